"""The text of a cell of a PDF table: its lines joined, or rows of their own where every cell of a row has as many."""

import re
from collections.abc import Iterator, Sequence

from isthmus.plans.segment import join_lines
from isthmus.readers.documents.morphology import is_word
from isthmus.readers.documents.pdf_lines import clean

_DECIMAL = re.compile(r"^(\d+,)\s*\n\s*(\d{1,2})$")
_FULL = 0.7  # of the letters of the longest line of a cell, as letters differ in width
_CUT = re.compile(r"[А-ЯЁа-яё][а-яё]{3,}")
_FIGURE = re.compile(
    r"\s*(?:[-+–]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)%?|[-–.]{1,2})\s*"
)
_BRACKET = re.compile(r"[(](?![a-z]\) )")
"""Opens a line that goes on the one above it in brackets, not the letter of an item."""
_GROUPS = re.compile(r"\d{1,3}(?: \d{3})+")
_FEWEST = 2
"""Lines of a cell, and cells of nothing but figures, in a row that is several."""


def cell_text(text: str | None) -> str:
    """Return the text of a cell, its lines joined."""
    lines = [line.strip() for line in clean(_DECIMAL.sub(r"\1\2", text or "")).splitlines()]
    longest, joined = max(map(len, lines), default=0), ""
    for before, line in zip(["", *lines], lines, strict=False):
        cut = len(before) >= _FULL * longest and _is_cut(before, line)
        joined = _whole(joined, line) or (joined + line if cut or not joined else join_lines(joined, line))
    return joined.strip()


def texts_of(cells: Sequence[Sequence[str]]) -> list[str]:
    """Return the text of the cells of a row; of those of figures below each other none are one number if another is none."""
    stacked = [cell for cell in cells if len(cell) >= _FEWEST and all(map(_FIGURE.fullmatch, cell))]
    groups = [cell for cell in stacked if _GROUPS.fullmatch(" ".join(map(str.strip, cell)))]
    several = [cell for cell in groups if any(len(cell) == len(other) for other in stacked if other not in groups)]
    return [cell_text((";\n" if cell in several else "\n").join(cell)) for cell in cells]


def _whole(before: str, line: str) -> str:
    """Return two lines of which the second goes on a Russian word that a hyphen divides; "" where it does not."""
    first, rest = re.search(r"[А-ЯЁа-яё]+(?=-$)", before), re.match(r"[а-яё]+", line)
    if first is None or rest is None:
        return ""
    return (before[:-1] if is_word(first.group().lower() + rest.group()) else before) + line


def _is_cut(before: str, line: str) -> bool:
    """Say whether a line of a narrow cell is the first part of a Russian word that goes on, without a hyphen, in the next one."""
    rest = re.match(r"[а-яё]+", line)
    return rest is not None and _CUT.fullmatch(before) is not None and is_word(before + rest.group())


def rows_of_lines(row: list[str], cells: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the rows that a row is whose cells have as many lines as one another, those of two or more nothing but figures.

    Two lines of which the first is longer in all of these are numbers that did not fit. A name of one line more opens with what
    the others are parts of, and a lone figure stands for all rows.
    """
    cells = [list(_whole_lines(cell)) for cell in cells]
    figures = [cell for cell in cells if len(cell) >= _FEWEST and all(map(_FIGURE.fullmatch, cell))]
    count = len(figures[0]) if figures else 0
    named = [cell for cell in cells if cell and cell not in figures]
    shared = [cell for cell in named if len(cell) == 1 and _FIGURE.fullmatch(cell[0]) and len(figures) >= _FEWEST]
    named = [cell for cell in named if cell not in shared]
    headed = [cell for cell in named if len(cell) == count + 1]
    if len(figures) < _FEWEST or {len(cell) for cell in [*figures, *named]} - {count + len(headed)} - {count}:
        return [row]
    if len(headed) > 1 or (not headed and shared):
        return [row]
    if count == _FEWEST and all(len(cell[0]) > len(cell[1]) for cell in figures):
        return [row]
    every = [[*cell] * count if cell in shared else _parts(cell) if cell in headed else cell for cell in cells]
    return [[cell_text(cell[i]) if cell else "" for cell in every] for i in range(count)]


def _parts(cell: Sequence[str]) -> list[str]:
    """Return the lines of a name behind the first one, which says what they are parts of."""
    return [f"{cell[0].rstrip(' :')}: {line}" for line in cell[1:]]


def _whole_lines(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a cell, with one that goes on small or in a bracket the next one."""
    held = ""
    for line in lines:
        goes_on = held and (line[:1].islower() or _BRACKET.match(line) or held.count("(") > held.count(")"))
        if held and not goes_on:
            yield held
        held = f"{held} {line}" if goes_on else line
    if held:
        yield held
