"""Tables of a text that kept one cell, or one row, a line: the years of the heading tell how many values end a row."""

import re
from collections.abc import Iterator, Sequence

_CELL = 90
"""Longest line that can be a cell, in characters."""
_FAR = 60
"""So many lines without a row end a table."""
_YEAR = re.compile(r"(?:19|20)\d\d ?(?:年|год\w*|г\.)?\s?(?:[\u4e00-\u9fff]{1,5}|\(?[а-я]{4,9}\)?)?\*?")
_BASE = re.compile(r"基[期准](?:水平|值|年)?|现状值?|базов\w+ значени\w+", re.IGNORECASE)
_VALUE = re.compile(r"[≥≤<>＞＜≈~约]?\s?[-−]?\d[\d .,]*\s?[%‰]?\*?|[-–—]|x|х")
_UNIT = re.compile(
    r"[(（][^()（）]{1,24}[)）]|[%‰]|[\u4e00-\u9fff/]{1,4}|[a-zа-я./² ]{1,16}|[а-я ]{2,24} на \d[\d ]*[^\d]{0,40}"
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_SPACED_YEAR = re.compile(r"(?:19|20)\d\d(?:[/–-]\d\d)?\*?")
_FEWEST = 3
"""Fewest years side by side in one line that head rows of as many values."""


def with_rows(lines: Sequence[str]) -> list[str]:
    """Return the lines of a text, each table of one cell or row a line as rows of cells between bars, its heading first.

    A heading has at least two years side by side, three where they share a line; a row is what stands in front of as many
    values side by side, with its unit if it has one. All other lines stay, behind the table.
    """
    made: list[str] = []
    i = 0
    while i < len(lines):
        if rows := _spaced(lines, i):
            made.extend([*(" | ".join(row) for row in rows), ""])
            i += len(rows)
            continue
        columns, end = _heading(lines, i)
        found = list(_rows(lines, end, len(columns), _years(columns))) if columns else []
        if not found:
            made.append(lines[i])
            i += 1
            continue
        used = {at for row, _ in found for at in row}
        last = max(used)
        made.append(" | ".join([". ", ". ", *columns]))
        made.extend(" | ".join(cells) for _, cells in found)
        made.extend(["", *(line for at, line in enumerate(lines[end : last + 1], start=end) if at not in used)])
        i = last + 1
    return made


def _spaced(lines: Sequence[str], start: int) -> list[list[str]]:
    """Return the cells of a heading of years in one line, and of the rows right below it; nothing where there are none."""
    years = lines[start].split()
    if len(years) < _FEWEST or not all(map(_SPACED_YEAR.fullmatch, years)):
        return []
    rows = [[".", *years]]
    for line in lines[start + 1 :]:
        label, *values = line.rsplit(maxsplit=len(years)) or [""]
        if len(values) < len(years) or not _WORD.search(label) or not all(map(_VALUE.fullmatch, values)):
            break
        rows.append([label, *values])
    return rows if len(rows) > 1 else []


def _cell(line: str) -> str:
    """Return the words of a line that may be a cell, without the bar that ends it; "" for any other line."""
    words = line.strip().strip("|").strip()
    return words if len(words) <= _CELL and "|" not in words else ""


def _heading(lines: Sequence[str], start: int) -> tuple[list[str], int]:
    """Return the columns of values of a heading that begins at a line, and where it ends; none where it is no heading."""
    columns: list[str] = []
    at = start
    while at < len(lines) and (not lines[at].strip() or _is_column(lines[at])):
        columns.extend(filter(None, [_cell(lines[at])]))
        at += 1
    return (columns, at) if lines[start].strip() and _years(columns) >= 2 else ([], at)


def _years(columns: Sequence[str]) -> int:
    return sum(bool(_YEAR.fullmatch(column)) for column in columns)


def _is_column(line: str) -> bool:
    cell = _cell(line)
    return bool(_YEAR.fullmatch(cell) or _BASE.fullmatch(cell))


def _rows(lines: Sequence[str], start: int, width: int, years: int) -> Iterator[tuple[list[int], list[str]]]:
    """Yield the rows below a heading: the lines each consists of, and its label, unit and values."""
    run: list[int] = []
    words: list[int] = []
    last = start
    for at in range(start, len(lines) + 1):
        cell = _cell(lines[at]) if at < len(lines) else "."
        if at < len(lines) and not cell:
            continue
        if at < len(lines) and _VALUE.fullmatch(cell):
            run.append(at)
            continue
        if len(run) in (width, years) and words:
            unit = [words[-1]] if len(words) > 1 and _UNIT.fullmatch(_cell(lines[words[-1]])) else []
            label = words[-2] if unit else words[-1]
            named = [_cell(lines[j]) for j in (label, *unit)] + [""] * (1 - len(unit) + width - len(run))
            yield [label, *unit, *run], [*named, *(_cell(lines[j]) for j in run)]
            words, last = [], at
        if at - last > _FAR or (at < len(lines) and _is_column(lines[at])):
            return
        run = []
        words = [*words, at] if _WORD.search(cell) else words
