# ruff: noqa: E501 (patterns stay on one line)
"""A table row written as a line of text: indicator and unit, then values, each with its year."""

import re
from dataclasses import dataclass

_VALUE = r"[<>≤≥~≈+-]?\s*(?:[\[〔【]\s*[-+]?[\d.,]+\s*[\]〕】]|\d{1,3}(?:[ ,]\d{3})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,]\d+)?)\s*%?(?:以上|以下|左右)?"
_YEAR = r"(?P<y>(?:19|20|21)\d\d)\s*(?:г\.|год[ау]?|年)?"
_MARK = r"(?P<mark>[^()（）\d]{2,30})"
_ENTRY = re.compile(
    rf"(?P<v>{_VALUE}(?:\s?[а-яёa-z][а-яёa-z. ]{{0,17}})?)\s*[(（]\s*(?:(?P<mark0>[^()（）\d]{{2,20}}?)\s*)?{_YEAR}(?:\s*[,，]?\s*{_MARK})?\s*[)）]"
    rf"|{_YEAR.replace('<y>', '<y2>')}(?:\s*[(（]{_MARK.replace('<mark>', '<mark2>')}[)）])?\s*(?:[–:：=|-]\s*|(?<=年)|\s)(?P<v2>{_VALUE})"
    rf"|(?:20|21)\d\d\s*[–-]\s*{_YEAR.replace('<y>', '<y3>')}\s*(?:累计|итого|всего|total|cumulative)\s*[:：]?\s*(?P<v3>{_VALUE})",
    re.IGNORECASE,
)
_ROW = re.compile(
    r"^(?P<label>[^:：|]{2,160}?)\s*"
    r"(?:[(（](?P<unit>(?!\d{4})[^()（）]{1,30})[)）]\s*[:：|,，]|,\s*(?P<unit2>[^,:：|]{1,30})(?:[:：|]|,(?=\s*(?:19|20)\d\d\s*:))"
    r"|\|\s*(?P<unit3>[^|\d:：]{1,30}?)\s*\||[:：|])\s*(?P<rest>.+)$"
)
_REPORTED = re.compile(r"факт|отч[её]т|оценк|базов|actual|baseline|estimate|outturn|现状|实际|基期", re.IGNORECASE)
_TAIL = re.compile(
    r"^[\s,，;；、|.。]*(?P<nature>预期性|约束性|anticipatory|binding|indicative)?(?:指标)?[\s.。]*$", re.IGNORECASE
)


@dataclass(frozen=True)
class RowLine:
    """The parts of such a row: label, unit, value and year of each target, the start value, and its nature if named."""

    label: str
    unit: str
    targets: tuple[tuple[str, int | None], ...]
    base: tuple[str, int | None] | None
    nature: str


def read_row_line(text: str, reported_to: int = 0) -> RowLine | None:
    """Return the row that a normalised statement is, None where it is anything else.

    The first value is the start where it is marked as reported, or where its year is one of reports and a later one
    follows; otherwise every value is a target of its year, as in a path.
    """
    row = _ROW.match(text)
    if row is None:
        return None
    entries: list[tuple[str, int | None, bool]] = []
    position, rest = 0, row["rest"]
    while match := _ENTRY.match(rest, position):
        year, mark = match["y"] or match["y2"] or match["y3"], match["mark0"] or match["mark"] or match["mark2"] or ""
        entries.append(((match["v"] or match["v2"] or match["v3"]).strip(), int(year), bool(_REPORTED.search(mark))))
        gap = re.compile(r"[\s,，;；、|]*").match(rest, match.end())
        position = gap.end() if gap else match.end()
    if not entries and "|" in text:
        return _undated(row, [cell.strip() for cell in rest.split("|")])
    tail = _TAIL.match(rest[position:])
    if not entries or tail is None:
        return None
    reported = [e for e in entries if e[2]]
    if not reported and len(entries) > 1:
        reported = [e for e in entries if (e[1] or 0) <= reported_to]
        reported = reported if len(reported) < len(entries) else entries[:1]
    targets = tuple((value, year) for value, year, _ in (e for e in entries if e not in reported))
    if not targets:
        return None
    base = (reported[-1][0], reported[-1][1]) if reported else None
    return RowLine(row["label"].strip(), _unit(row), targets, base, tail["nature"] or "")


def _undated(row: "re.Match[str]", cells: list[str]) -> RowLine | None:
    """Read a table row without its header: one number is the target, of two the first is the start."""
    numbers = [cell for cell in cells if re.fullmatch(_VALUE, cell)]
    others = [cell for cell in cells if cell not in numbers and not re.fullmatch(r"[-–—/.]*", cell)]
    nature = next((tail["nature"] for cell in others if (tail := _TAIL.match(cell)) and tail["nature"]), "")
    if not 1 <= len(numbers) <= 2 or len(others) > (nature != "") or not _unit(row):
        return None
    base = (numbers[0], None) if len(numbers) == 2 else None
    return RowLine(row["label"].strip(), _unit(row), ((numbers[-1], None),), base, nature)


def _unit(row: "re.Match[str]") -> str:
    return (row["unit"] or row["unit2"] or row["unit3"] or "").strip()
