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
_FEWEST = 2
"""Lines of a cell, and cells of nothing but figures, in a row that is several."""


def cell_text(text: str | None) -> str:
    """Return the text of a cell, its lines joined."""
    lines = [line.strip() for line in clean(_DECIMAL.sub(r"\1\2", text or "")).splitlines()]
    longest, joined = max(map(len, lines), default=0), ""
    for before, line in zip(["", *lines], lines, strict=False):
        cut = len(before) >= _FULL * longest and _is_cut(before, line)
        joined = joined + line if cut or not joined else join_lines(joined, line)
    return joined.strip()


def _is_cut(before: str, line: str) -> bool:
    """Say whether a line of a narrow cell is the first part of a Russian word that goes on, without a hyphen, in the next one."""
    rest = re.match(r"[а-яё]+", line)
    return rest is not None and _CUT.fullmatch(before) is not None and is_word(before + rest.group())


def rows_of_lines(row: list[str], cells: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the rows that a row is whose cells have as many lines as one another, those of two or more nothing but figures.

    Two lines of which the first is longer in all of these are numbers that did not fit.
    """
    cells = [list(_whole_lines(cell)) for cell in cells]
    filled = [cell for cell in cells if cell]
    figures = [cell for cell in filled if all(map(_FIGURE.fullmatch, cell))]
    if len(figures) < _FEWEST or len({len(cell) for cell in filled}) > 1 or len(filled[0]) < _FEWEST:
        return [row]
    if len(filled[0]) == _FEWEST and all(len(cell[0]) > len(cell[1]) for cell in figures):
        return [row]
    return [[cell_text(cell[i]) if cell else "" for cell in cells] for i in range(len(filled[0]))]


def _whole_lines(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a cell, with one that goes on small or in a bracket the next one."""
    held = ""
    for line in lines:
        goes_on = held and (line[:1].islower() or line[:1] == "(" or held.count("(") > held.count(")"))
        if held and not goes_on:
            yield held
        held = f"{held} {line}" if goes_on else line
    if held:
        yield held
