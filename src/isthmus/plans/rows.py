"""Targets in tables: the head gives each column its role, each row below holds the cells of one indicator."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest
from typing import NamedTuple

from isthmus.plans.cells import (
    VALUE,
    cell_findings,
    cleaned,
    is_empty,
    is_head,
    is_total,
    narrowed,
    number_of,
    own_year,
    parts_of,
)
from isthmus.plans.grammar import Grammar
from isthmus.plans.heads import NOWHERE, Head, ValueColumn, depth_of, has_figures, head_of, opens_head, turned
from isthmus.plans.interpret import Finding, first_direction
from isthmus.plans.lexicon import Lexicon
from isthmus.plans.plan import Kind
from isthmus.plans.quantities import read
from isthmus.plans.text import probe
from isthmus.plans.units import PERCENT, unit_at

BEYOND = "cells beyond the heads"
"""Reason of cells that no heading stands over."""
UNREAD, HEADLESS = "row without a value to reach", "row of a table without heads of values"
"""Reasons of rows with figures that give no target, below a head and without one."""
CHROME = 40
"""Fewer characters between two tables are a page number or a running head."""
Rows = Sequence[Sequence[str]]
_UNIT_IN_LABEL = re.compile(r"[(（\[]([^()（）\[\]]{1,24})[)）\]]\s*\*?$|[,，]\s*(?:в )?([^,，]{1,20})$")
_COUNT_IN_LABEL = re.compile(r"\s*[(（]\d[^()（）]*[)）]\s*$")
_PART = re.compile(r"[–-]|\(?(?:\d{1,2}|[a-zа-я]|[ivx]{1,4})\)|в том числе|из них|其中|of which|o/w", re.IGNORECASE)
"""What a label begins with that only says which part of the rows above it is."""
_PERCENT_OF = re.compile(r"%(?:$| (?:к|от|to|of (?:the )?previous) )")
_IN = re.compile(r"^(?:в|in) ")
_CLASS = re.compile(r"\d{1,2} ?[-–] ?\d{1,2}")
"""An age or another class of what a row above names, whose figures are no aims of their own."""
_NUMBERED = re.compile(r"\d+[a-zа-я]?[.)]?\s")
_WORD = re.compile(r"[^\W\d_]{2}|[\u4e00-\u9fff]")
_GOES_ON = re.compile(r"[a-zа-яё]")


@dataclass(frozen=True)
class RowFinding:
    """A target of a table row: the finding, the row as text, its language and number, its indicator, how firm it is."""

    finding: Finding
    text: str
    indicator: str
    modality: str
    row: int = 0
    lang: str = ""


class TableReading(NamedTuple):
    """The targets of a table, its last head, the cells that no heading stands over, and the rows with figures that give none.

    A cell stands with the number of its row, the text of a row with its number and the reason why it gives no target.
    """

    found: list[RowFinding]
    head: Rows
    beyond: list[tuple[int, str]]
    unread: list[tuple[int, str, str]]


class _Row(NamedTuple):
    """The cells of a row without marks of notes, its label in full, and the unit that stands in a cell of its own."""

    cells: Sequence[str]
    label: str
    unit: str


def find_in_table(
    rows: Rows,
    spoken: Callable[[str], str],
    lexicon: Lexicon,
    year: int | None,
    reported: tuple[int, bool],
    above: Rows = (),
) -> TableReading:
    """Return the targets of a table of indicators; nothing where no column holds values of a year, or values to reach.

    Parameters
    ----------
    rows
        Cells, the head first, which may have several rows; a further head may begin within the table.
    spoken
        Returns the language (zh, ru, en) of a row's label; a table may mix them.
    year
        Year of columns that say target without a year, taken from the text before the table.
    reported
        Last year of reports, and whether it is known: columns up to it hold start values; else only the first may.
    above
        Head of the table right above: one without a head that is as wide goes on from it.
    """
    if by_year := turned(rows, lexicon.structure):
        made = _read(by_year, spoken, lexicon, year, reported)
        rows_of = {own_year(row[0]): i for i, row in enumerate(rows) if row}
        dated = [(f, rows_of[f.finding.year]) for f in made.found if f.finding.year in rows_of]
        found = [replace(f, row=i, text=_told(rows[i])) for f, i in dated]
        return TableReading(found, (), [], _unread(rows, {i for _, i in dated}, UNREAD))
    cells, shift = narrowed(rows), 0
    above = above if above and len(above[0]) == len(cells[0]) else ()
    made = _read(cells, spoken, lexicon, year, reported)
    if above and not made.head:
        made, shift = _read([*above, *cells], spoken, lexicon, year, reported), len(above)
    found = [replace(f, row=f.row - shift, text=_told(rows[f.row - shift])) for f in made.found]
    beyond = [(row - shift, cell) for row, cell in made.beyond]
    unread = _unread(rows, {f.row for f in found} | {row for row, _ in beyond}, UNREAD if made.head else HEADLESS)
    named = [row for row in cells if is_head(row, lexicon.structure)][-1:]
    return TableReading(found, made.head or named or above, beyond, unread)


def _unread(rows: Rows, used: Collection[int], reason: str) -> list[tuple[int, str, str]]:
    return [(number, reason, _told(row)) for number, row in enumerate(rows) if number not in used and has_figures(row)]


def _told(row: Sequence[str]) -> str:
    return " | ".join(map(str.strip, row))


def _read(
    rows: Rows, spoken: Callable[[str], str], lexicon: Lexicon, year: int | None, reported: tuple[int, bool]
) -> TableReading:
    """Read a table part by part, each below a head of its own."""
    made = TableReading([], (), [], [])
    start = 0
    while start < len(rows):
        body = start + max(1, depth_of(rows[start:], lexicon.structure))
        end = next((i for i in range(body, len(rows)) if opens_head(rows[i], lexicon.structure)), len(rows))
        head = head_of(rows[start:end], lexicon.structure, year, reported)
        if head is not None:
            made = made._replace(head=rows[start:body])
            for number, row in _rows_below(rows[start:end], head, lexicon, spoken):
                made.found.extend(_found(row, start + number, head, lexicon, spoken(row.label)))
                made.beyond.extend((start + number, cell) for cell in row.cells[head.named :] if not is_empty(cell))
        start = end
    return made


def _found(row: _Row, number: int, head: Head, lexicon: Lexicon, lang: str) -> Iterator[RowFinding]:
    """Yield the targets of a row."""
    grammar = lexicon.grammars[lang]
    unit, name = _label_unit(row.label, row.unit, grammar)
    modality = "binding" if lexicon.structure["binding"].search(row.cells[head.nature]) else "expected"
    for part, finding in _findings(row, name, unit, head, grammar):
        indicator = f"{name} {part}".strip() if finding.value is not None else row.label
        yield RowFinding(finding, "", indicator, modality, number, lang)


def _rows_below(rows: Rows, head: Head, lexicon: Lexicon, spoken: Callable[[str], str]) -> Iterator[tuple[int, _Row]]:
    """Yield the rows of indicators with their numbers.

    An empty label goes on from the row above, as merged cells do. A row of words alone names the group of those below, or
    goes on in small letters; a label that is a unit belongs to the row above it, one that is a part to its group.
    """
    group = label = parent = dated = ""
    titles = {tuple(row) for row in rows[: head.depth]}
    rows = _with_whole_units(rows, head.unit, lexicon)
    for number, row in _whole(rows, head.depth):
        cells = [cleaned(cell) for cell in row] + [""] * (head.wide - len(row))
        left = (cells[i] for i in (head.label, *reversed(range(head.label))) if _WORD.search(cells[i]))
        own = next(left, "")
        filled = {cell for cell in cells if cell}
        if tuple(row) in titles or not filled:
            continue
        if filled == {own}:
            group, label, parent = own, "", own
            continue
        label = own or label
        if not label or (not own and _CLASS.fullmatch(next(cell for cell in cells if cell))):
            continue
        group = "" if _NUMBERED.match(label) else group
        grammar = lexicon.grammars[spoken(label)]
        beside = next((cells[i] for i in (head.unit, *head.loose) if not is_empty(cells[i])), "")
        unit = beside if cells[head.unit] or not grammar.spaced or _names_a_unit(beside, grammar) else ""
        whole = label if unit == beside else f"{label}: {beside}"
        measured = bool(unit or _label_unit(label, "", grammar)[0])
        if _is_unit(label, grammar):
            unit, whole = _IN.sub("", label), _label_unit(parent, "", grammar)[1] or label
        elif parent and (_PART.match(label) or (group and lexicon.structure["scenario"].search(label))):
            held, name = ("", parent) if measured else _label_unit(parent, "", grammar)
            unit, whole = unit or held, f"{name}: {whole}"
            cells[head.base_year] = cells[head.base_year] or dated
        else:
            parent, dated = whole, cells[head.base_year]
            held, name = ("", "") if measured or not group else _label_unit(group, "", grammar)
            unit, whole = unit or held, f"{name}: {whole}" if held else whole
        yield number, _Row(_in_place(cells, head), whole, unit)


def _with_whole_units(rows: Rows, at: int, lexicon: Lexicon) -> Rows:
    """Return the rows, a unit that two of them share (тыс, below it руб.) whole in both."""
    scales = "|".join(pattern for grammar in lexicon.grammars.values() for pattern, _ in grammar.numerals.scales)
    made = [list(row) for row in rows]
    for above, below in pairwise(made if at > 0 else ()):
        goes_on = len(above) == len(below) > at and below[at].strip() and not below[0].strip() and has_figures(below)
        if goes_on and re.fullmatch(rf"(?:{scales})", above[at].strip(), re.IGNORECASE) and above[at] != below[at]:
            above[at] = below[at] = f"{above[at].strip()} {below[at].strip()}"
    return made


def _whole(rows: Rows, start: int) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the rows with their numbers, each with the rows below it whose cells all go on in small letters."""
    held: tuple[int, list[str]] | None = None
    for number, row in enumerate(rows[start:], start=start):
        filled = [cell.strip() for cell in row if cell.strip()]
        goes_on = filled and all(_GOES_ON.match(cell) and not _PART.match(cell) for cell in filled)
        if held and goes_on and len(row) <= len(held[1]):
            held = held[0], [" ".join(filter(None, cells)) for cells in zip_longest(held[1], row)]
            continue
        if held:
            yield held
        held = number, list(row)
    if held:
        yield held


def _in_place(cells: list[str], head: Head) -> list[str]:
    """Return cells with values under their headings: those of columns without a heading belong to the next one that is empty."""
    filled = [i for i in head.region if cells[i] and (is_empty(cells[i]) or VALUE.match(cells[i]))]
    if len(filled) != len(head.values) or len(head.region) == len(head.values):
        return cells
    placed = [cell if i not in filled else "" for i, cell in enumerate(cells)]
    for column, i in zip(sorted(head.values, key=lambda c: c.at), filled, strict=True):
        placed[column.at] = cells[i]
    return placed


def _findings(row: _Row, name: str, unit: str, head: Head, grammar: Grammar) -> list[tuple[str, Finding]]:
    """Read a row: each group of each column of targets, with its start value; where there is none a total of the period.

    A cell without a number says in words what is to be reached; a row without values is a milestone of its year due.
    """
    due = own_year(row.cells[head.due])
    filled = [column for column in head.values if not is_empty(row.cells[column.at])]
    if head.due != NOWHERE and all(column.base for column in filled):
        return [("", _in_words(Kind.MILESTONE, due))]
    made: list[tuple[str, Finding]] = []
    for column in filled:
        beside = [c for c in filled if c.base and c.part in ("", column.part)]
        bases = _bases(beside, row.cells, name, unit, grammar, head.base_year)
        within = f"({column.part})" if column.part else ""
        for place, (part, cell) in enumerate(() if column.base else parts_of(row.cells[column.at])):
            if not part and place == 0 and len(bases) == 1:
                (part,) = bases
            base = None if place and not part else bases.get(part)
            label, year = f"{name} {part}".strip(), column.year or due
            found = cell_findings(cell, label, unit, year, base, grammar)
            found = [_with_rank(f, beside, row.cells, grammar) for f in found]
            if not found and not re.search(r"\d", cell) and len(cell) > 2:
                found = [_in_words(Kind.QUALITATIVE, year, first_direction(probe(cell), grammar))]
            made.extend((f"{part} {within}".strip(), f) for f in found)
    period = row.cells[head.period]
    yearly = not is_total(period)
    if is_empty(period) or (not yearly and any(f.value is not None for _, f in made)):
        return made
    of_period = cell_findings(period, name, "" if made and yearly else unit, head.last, None, grammar)
    return [*made, *(("", replace(f, kind=Kind.GROWTH) if f.unit == PERCENT and yearly else f) for f in of_period)]


def _with_rank(finding: Finding, bases: Sequence[ValueColumn], cells: Sequence[str], grammar: Grammar) -> Finding:
    """Return a rank with the rank of its start, where that stands beside the value of its index (0.62 (rank 41))."""
    if finding.kind is not Kind.RANK or not bases:
        return finding
    ranks = [q.value for q in read(probe(cells[bases[-1].at]), grammar).quantities if q.form == "rank"]
    return replace(finding, base_value=ranks[0]) if len(ranks) == 1 else finding


def _in_words(kind: Kind, year: int | None, direction: str = "") -> Finding:
    return Finding(
        kind, "<=" if kind is Kind.MILESTONE and year else "", None, "", direction, year, None, None, 0, 0, (0, 0)
    )


def _bases(
    columns: Sequence[ValueColumn], cells: Sequence[str], label: str, unit: str, grammar: Grammar, dated: int
) -> dict[str, tuple[float, int | None]]:
    """Return the start value and its year for each group that the cell names: of the baseline, else of the latest report."""
    for column in sorted(columns, key=lambda c: (c.baseline, c.year or 0), reverse=True):
        found = {
            name: (value, own_year(cell) or own_year(cells[dated]) or column.year)
            for name, cell in parts_of(cells[column.at])
            if (value := number_of(cell, label, unit, grammar)) is not None
        }
        if found:
            return found
    return {}


def _label_unit(label: str, unit: str, grammar: Grammar) -> tuple[str, str]:
    """Return the unit's text, of its own cell or of the label's end, and the indicator without it."""
    if not is_empty(unit):
        return unit, label
    match = _UNIT_IN_LABEL.search(label := _COUNT_IN_LABEL.sub("", label))
    if match and _names_a_unit(match[1] or match[2], grammar):
        return (match[1] or match[2]).strip(), label[: match.start()].strip(" ,")
    return "", label


def _names_a_unit(text: str, grammar: Grammar) -> bool:
    """Say whether the end of a label is a unit of measurement, or has a scale word or begins with the word for units."""
    unit = unit_at(text.lower(), 0, grammar)
    scaled = any(re.search(rf"(?<!\w)(?:{pattern})", text.lower()) for pattern, _ in grammar.numerals.scales)
    counted = unit is not None and not grammar.spaced and unit.end == len(text)
    return scaled or counted or (unit is not None and unit.known) or bool(re.match(r"ед\b", text.lower()))


def _is_unit(label: str, grammar: Grammar) -> bool:
    """Say whether a label is a unit and no more, or says what its values are percent of."""
    text = _IN.sub("", label.lower())
    for pattern, _ in grammar.numerals.scales:
        text = re.sub(rf"^(?:{pattern})\s*", "", text)
    unit = unit_at(text, 0, grammar)
    return not text or bool(_PERCENT_OF.match(text)) or (unit is not None and unit.known and unit.end >= len(text) - 1)
