"""Targets in tables: the head gives each column its role, each row below holds the cells of one indicator."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import isclose
from typing import NamedTuple

from isthmus.plans.captions import (
    UNNAMED,
    Caption,
    is_unit,
    label_unit,
    names_a_unit,
    titled,
    told_by_head,
    unit_of_group,
    with_share_of,
    without_in,
    year_due,
)
from isthmus.plans.cells import (
    HEADING,
    OWN_NUMBER,
    cell_findings,
    cleaned,
    is_empty,
    is_total,
    is_year,
    itemised,
    own_year,
    parts_of,
    signed,
    started_in,
    sums_in,
)
from isthmus.plans.columns import NOWHERE, Head, Rows, in_place, names_alone, widened
from isthmus.plans.dates import YEAR
from isthmus.plans.grammar import Grammar
from isthmus.plans.kinds import first_direction
from isthmus.plans.lexicon import Lexicon, Patterns
from isthmus.plans.patterns import search
from isthmus.plans.plan import Kind
from isthmus.plans.quantity import Finding
from isthmus.plans.table import TablePart, announced_parts, named_rows, table_parts, turned
from isthmus.plans.text import probe, shortened
from isthmus.plans.told_apart import wholes_of
from isthmus.plans.units import PERCENT
from isthmus.plans.value_columns import Reported, ValueColumn, bases_of, in_order, is_spending, money_rows, starts_of
from isthmus.plans.voice import ANOTHER, FUNDING
from isthmus.plans.ways import SHARE, along, bounded, change_in, changes_of_a_table, counted_from, followed, way_beside
from isthmus.plans.worded import CellInWords, cells_in_words

BEYOND = "cells beyond the heads"
"""Reason of cells that no heading stands over."""
UNREAD, HEADLESS = "row without a value to reach", "row of a table without heads of values"
"""Reasons of rows with figures that give no target, below a head and without one."""
_NUMBER = re.compile(r"[^\w%]*\d+(?:[.,]\d+)?(?:\s?[-–]\s?\d+(?:[.,]\d+)?)?\W*")
_CHANGED_BY = re.compile(r"(?<=\d) ?[(（]((?P<sign>[-+–])?\d+(?:[.,]\d+)?\s?%)[)）]$")
"""The change in percent in brackets behind its amount, or behind the level that it comes to (290 (-25%))."""
_NUMBERED = re.compile(r"\d+[a-zа-я]?[.)]?\s")
_ITEM = re.compile(
    r"\(?(?:[^\W\d]+ )?\d{1,2}(?:[.):]|[a-z][.):]?)\s+(?=[^\W\d])|\d{1,2}(?:\.\d{1,2}){2,}\.?\s*(?=[^\W\d]|%)"
    r"|\d{1,2}(?:\.\d{1,2})+\.?\s+(?=[A-ZА-Я][a-zа-я]|[\u4e00-\u9fff])"
)
"""The number that a label opens with (2. Roads, KPI 2: Roads, 2.1 Roads)."""
_NAME = re.compile(r"[^\W\d_]{2}|(?<![\d.,])\d[A-Z](?!\w)|[\u4e00-\u9fff]")  # letters, or 5G


@dataclass(frozen=True)
class RowFinding:
    """A target of a table row; `field` is what the columns in front of its name say that it belongs to."""

    finding: Finding
    text: str
    indicator: str
    modality: str
    row: int = 0
    lang: str = ""
    column: int = 0
    field: str = ""


class TableReading(NamedTuple):
    """What a table gives: targets of its values, cells in words of its other rows, its last head, and what gives nothing.

    A cell beyond the heads, or of a column of another body, stands with its row and why; `unread` is the reason of figures that
    give nothing; `apart` names why rows of values hold no targets: they tell where money comes from.
    """

    found: list[RowFinding]
    words: list[CellInWords]
    head: Head | None
    beyond: list[tuple[int, str, str]]
    unread: str
    apart: dict[int, str]


class _Row(NamedTuple):
    """The cells of a row without marks of notes, its label in full, its unit, the year of its group, what tells it apart."""

    cells: Sequence[str]
    label: str
    unit: str
    due: int | None = None
    apart: str = ""


def read_table(
    rows: Rows,
    spoken: Callable[[str], str],
    lexicon: Lexicon,
    year: int | None,
    reported: Reported,
    above: Head | None = None,
    caption: Caption = UNNAMED,
) -> TableReading:
    """Read a table: its values of a year and values to reach, and what its other rows say in words.

    Parameters
    ----------
    rows
        Cells, the head first, which may have several rows; a further head may begin within the table.
    spoken
        Returns the language (zh, ru, en) of a row's label; a table may mix them.
    year
        Year of columns that say target without a year, taken from the text before the table.
    reported
        What is known of the last year of reports.
    above
        Head of the table right above: one without a head that is as wide goes on from it.
    caption
        What is said above the table of its rows.
    """
    words, own = lexicon.structure, [row or [""] for row in rows]
    rows = named_rows(own, caption.title)
    parts = list(table_parts(rows, words, year, reported, above))
    by_year, row_of = turned(rows, words)
    if not any(part.head.measured for part in parts):
        over = cleaned(rows[0][0])
        caption = told_by_head(over, caption, words, lexicon.grammars[spoken(over) or "en"])
    if not caption.apart and not any(part.head.measured and part.head.values for part in parts):
        parts = announced_parts(rows, words, year, reported, caption) or parts
    read = list(table_parts(by_year, words, year, reported, None)) if by_year else parts
    found = [f for part in read for f in _found(part, lexicon, spoken, caption)]
    found = [replace(f, row=row_of[f.column]) if by_year else f for f in found]
    found = [replace(f, text=row_text(own[f.row])) for f in found]
    foreign = [f for f in found if any(c.foreign and c.at == f.column for part in read for c in part.head.values)]
    found = [f for f in found if f not in foreign]
    cells = [
        (number, cleaned(cell))
        for part in (() if by_year else parts)
        for number, row in enumerate(part.rows if part.head.measured else (), start=part.first)
        for cell in row[part.head.titled :]
    ]
    beyond = [(number, cell, BEYOND) for number, cell in cells if not is_empty(cell)]
    beyond += [(f.row, f"{f.indicator}: {f.finding.value:g}", ANOTHER) for f in foreign if f.finding.value is not None]
    measured = {(f.row, f.column) for f in found if f.finding.value is not None}
    in_words = [] if by_year and found else [c for part in parts for c in cells_in_words(part, words, measured)]
    heads = [part.head for part in parts if part.head.measured or part.head.names]
    reason = UNREAD if any(part.head.measured for part in read) else HEADLESS
    spent, units = money_rows(rows, words), {f.finding.unit for f in found if f.finding.value is not None}
    if units and is_spending(rows if by_year else [rows[0][:1]], units, words):
        spent = {*range(len(rows))}
    return TableReading(found, in_words, [above, *heads][-1], beyond, reason, dict.fromkeys(spent, FUNDING))


def row_text(row: Sequence[str]) -> str:
    """Return a row as it stands in the text of its targets."""
    return " | ".join(map(str.strip, row))


def _found(part: TablePart, lexicon: Lexicon, spoken: Callable[[str], str], caption: Caption) -> Iterator[RowFinding]:
    """Yield the targets of the rows below a head."""
    field = ""
    for number, row in _told_apart([*_rows_below(part, lexicon, spoken)], part.head) if part.head.measured else ():
        field = _field_of(row.cells, part.head, field)
        grammar = lexicon.grammars[lang := spoken(row.label)]
        unit, name = label_unit(row.label, row.unit, grammar)
        binding = lexicon.structure["binding"].search(row.cells[part.head.at("nature")])
        common = caption.unit if names_a_unit(caption.unit, grammar) else ""
        shares = not caption.unit and changes_of_a_table([row.cells[c.at] for c in part.head.values], name, grammar)
        name = f"{caption.name}: {name}" if caption.name and (common or shares) and not unit else name
        row = (
            row._replace(cells=[*map(signed, row.cells)]) if lexicon.structure["row balance"].search(row.label) else row
        )
        values = _findings(row, name, (unit, common), part.head, grammar)
        name = titled(sums_in(with_share_of(name, row.label), grammar)[0], part.head, caption, lexicon.structure)
        for group, finding, column in values:
            indicator = " ".join(filter(None, (name, row.apart, group))) if finding.value is not None else row.label
            yield RowFinding(finding, "", indicator, "binding" if binding else "expected", number, lang, column, field)


def _field_of(cells: Sequence[str], head: Head, above: str) -> str:
    """Return the names in front of that of a row, shortened; those of the row above where merged cells hand them on."""
    named = max(head.at("label"), 0)
    return " – ".join(shortened(c) for c in cells[:named] if cells[named] and _NAME.search(c)) or above


def _told_apart(rows: Sequence[tuple[int, _Row]], head: Head) -> Iterator[tuple[int, _Row]]:
    """Yield rows, those of one label with the words of the columns in which they differ (a scenario, a region, a sex).

    Else with the row above them that they are parts of (urban, rural).
    """
    for (number, row), whole in zip(rows, wholes_of([row.label for _, row in rows]), strict=True):
        alike = [other.cells for _, other in rows if (other.label, other.unit) == (row.label, row.unit)]
        names: list[str] = []
        for i in head.beside if len(alike) > 1 else ():
            own = [cells[i] for cells in alike]
            if row.cells[i] and all(len(cell) <= HEADING and not is_year(cell) for cell in own) and len({*own}) > 1:
                names.append(row.cells[i])
        label = f"{whole}: {row.label}" if whole else row.label
        yield number, row._replace(label=label, apart=f"({', '.join(names)})" if names else "")


def _rows_below(part: TablePart, lexicon: Lexicon, spoken: Callable[[str], str]) -> Iterator[tuple[int, _Row]]:
    """Yield the rows of indicators with their numbers.

    An empty label goes on from the row above, as merged cells do. A row of words alone, or of the years of the columns, names
    the group of those below; a label that is a unit belongs to the row above it, one that is a part to its group, and so does
    one below a colon, of one word, or in several. Below a row that says of which stand parts of the one in front of it.
    """
    group = label = parent = dated = counted = above = ""
    inner, due = False, None
    often = Counter(cleaned(row[part.head.at("label")]) for row in part.rows if len(row) > part.head.at("label"))
    words, head = lexicon.structure, part.head
    named, dated_in = head.at("label"), head.at("base_year")
    for number, cells, own in _cells_below(part, words):
        own_number = next((cell for cell in cells[: max(named, 0)] if OWN_NUMBER.fullmatch(cell)), "")
        alone = {*cells[: head.behind]} <= {own, own_number, "", *_years_again(cells, head)}
        if alone and names_alone(cells, words):
            if parent and words["parts below"].fullmatch(own):
                inner = True
                continue
            group, label, parent, above, inner = own, "", own, own_number.rstrip("."), False
            due = year_due(own, lexicon.grammars[spoken(own)])
            continue
        if not (label := own or label):
            continue
        group = "" if _NUMBERED.match(label) or (above and own_number and f"{above}." not in own_number) else group
        label = _ITEM.sub("", label)
        grammar = lexicon.grammars[spoken(label)]
        unit, beside = _unit_of_row(cells, head, grammar)
        whole = label if unit == beside else f"{label}: {beside}"
        measured = bool(unit or label_unit(label, "", grammar)[0])
        within = words["parts below"].search(parent) and not measured and not (named and re.search(r"\d", cells[0]))
        inner = inner and (label[:1].islower() or not measured)
        if is_unit(label, grammar):
            unit, whole = without_in(label, grammar), label_unit(parent, "", grammar)[1] or label
        elif parent and (words["part label"].match(label) or within or inner):
            held, name = label_unit(parent, "", grammar)
            unit, whole = unit or (held or counted) * (not measured), f"{name.rstrip(': ')}: {whole}"
            cells[dated_in] = cells[dated_in] or dated
        else:
            parent, dated, counted = whole, cells[dated_in], unit
            held, name = label_unit(group, "", grammar) if group else ("", "")
            held = "" if measured else held
            several = often[cleaned(own)] != 1 or words["row total"].match(own)
            nested = " " not in label and {*" ."} & {*above, *group}
            grouped = group and (held or several or nested or group.endswith((":", "：")))
            unit, whole = unit or held, f"{name.rstrip(':： ')}: {whole}" if grouped else whole
        yield number, _Row(in_place(cells, head), whole, unit, due)


def _cells_below(part: TablePart, words: Patterns) -> Iterator[tuple[int, list[str], str]]:
    """Yield the cells and the name of each row below a head, or of its items, none of the head again or of a forecast."""
    titles = {tuple(row) for row in part.head.rows}
    whole_rows = enumerate(part.rows, start=part.first)
    for number, row in ((n, item) for n, whole_row in whole_rows for item in itemised(whole_row)):
        cells = widened([cleaned(cell) for cell in row], part.head)
        own = _name_of_row(cells, part.head)
        if tuple(row) not in titles and any(cells) and not words["projection row"].fullmatch(own):
            yield number, cells, own


def _name_of_row(cells: Sequence[str], head: Head) -> str:
    """Return the name of a row, "" where it has none."""
    named = head.at("label")
    return next((cells[i] for i in (named, *reversed(range(named))) if _NAME.search(cells[i])), "")


def _unit_of_row(cells: Sequence[str], head: Head, grammar: Grammar) -> tuple[str, str]:
    """Return the unit that a cell of a row is, and what stands in the column of units or one without a title."""
    at = head.at("unit")
    beside = next((cells[i] for i in (at, *head.loose) if not is_empty(cells[i].strip("0123456789. "))), "")
    return beside if cells[at] or not grammar.spaced or names_a_unit(beside, grammar) else "", beside


def _years_again(cells: Sequence[str], head: Head) -> set[str]:
    """Return the cells that say the years of their columns once more, as where each group of rows has a head of its own."""
    again = [cells[c.at] for c in head.values if is_year(cells[c.at]) and own_year(cells[c.at]) == c.year]
    return {*again} if len(again) > 1 else set()


def _findings(
    row: _Row, name: str, units: tuple[str, str], head: Head, grammar: Grammar
) -> list[tuple[str, Finding, int]]:
    """Read a row: each group of each column of targets, with its start value; where there is none a total of the period.

    Each finding stands with its column; `units` are that of the row, and that of the table for columns without one.
    A cell without a number says in words what is to be reached; a row without values is a milestone of its year due.
    """
    due, (unit, common) = own_year(row.cells[head.at("due")]) or row.due, units
    filled = [column for column in head.values if not is_empty(row.cells[column.at])]
    if head.at("due") != NOWHERE and all(column.base for column in filled):
        return [("", _in_words(Kind.MILESTONE, due), head.at("due"))]
    made: list[tuple[str, Finding, int]] = []
    name = followed(name, unit, [row.cells[column.at] for column in filled], grammar)
    beside_it = way_beside(row.cells, name, head, grammar)
    name, summed = sums_in(name, grammar)
    for column in filled:
        beside = starts_of(column, filled)
        measured_in = unit or _unit_beside(column, filled, row.cells, head, grammar) or common
        bases = bases_of(beside, row.cells, row.cells[column.at], name, measured_in, grammar, head.at("base_year"))
        within = column.beside(row.cells[column.at])
        begun = len(made)
        for place, (part, cell) in enumerate(() if column.base else parts_of(row.cells[column.at], summed=summed)):
            if not part and place == 0 and len(bases) == 1:
                (part,) = bases
            base = None if place and not part and own_year(cell) is None else bases.get(part)
            year, title = column.year or due, head.titles[column.at]
            if base is None:
                cell, base = started_in(cell, name, measured_in, grammar, year or 0)
            found = cell_findings(cell, f"{name} {part}".strip(), measured_in, year, base, grammar)
            found = _changed(found, cell, (name, part), measured_in, year, base, column.said or title, grammar)
            since = counted_from([*row.cells[: head.at("label")], name], title, column, filled, grammar)
            changes = {Kind.CHANGE_PCT: since, Kind.CHANGE_ABS: since}
            found = [replace(f, base_year=f.base_year or changes.get(f.kind)) for f in found]
            found = [replace(f, direction=f.direction or beside_it) for f in found]
            found = bounded(found, name, title, grammar)
            found = [replace(f, kind=Kind.CUMULATIVE) if summed and part.endswith(summed) else f for f in found]
            if not found and not re.search(r"\d", cell) and len(cell) > 2:
                found = [_in_words(Kind.QUALITATIVE, year, first_direction(probe(cell), grammar))]
            made.extend((f"{part} {within}".strip(), f, column.at) for f in found)
        if not any(part for part, _ in parts_of(row.cells[column.at])):
            made[begun:] = in_order(made[begun:], beside, row.cells, name, measured_in, grammar)
    return [*along(made), *_of_period(row, name, unit, made, head, grammar)]


def _of_period(
    row: _Row, name: str, unit: str, made: Sequence[tuple[str, Finding, int]], head: Head, grammar: Grammar
) -> list[tuple[str, Finding, int]]:
    """Read the total of the period, in the unit of its row where it is no yearly rate; in brackets only where nothing else is."""
    at = head.at("period")
    period, title = row.cells[at], head.titles[at]
    yearly = not is_total(period)
    if is_empty(period) or (not yearly and any(f.value is not None for _, f, _ in made)):
        return []
    rate = made and yearly and search(grammar.yearly, probe(title))
    told, _ = label_unit(title, "", grammar)
    found = cell_findings(period, name, told or ("" if rate else unit), head.last, None, grammar)
    grows = [f.unit == PERCENT and yearly and not (f.kind is Kind.LEVEL and unit == PERCENT) for f in found]
    years = [f.value for _, f, _ in made if f.value is not None]
    summed = sum(years) if len(years) > 1 else 0.0
    kinds = [
        Kind.GROWTH if own else Kind.CUMULATIVE if f.value and isclose(f.value, summed) else f.kind
        for f, own in zip(found, grows, strict=True)
    ]
    return [("", replace(f, kind=kind), at) for f, kind in zip(found, kinds, strict=True)]


def _changed(
    found: list[Finding],
    cell: str,
    named: tuple[str, str],
    unit: str,
    year: int | None,
    base: tuple[float, int | None] | None,
    title: str,
    grammar: Grammar,
) -> list[Finding]:
    """Return the values of a cell as changes where their name or heading says so, with the percentage in brackets behind one."""
    label = " ".join(named).strip()
    if way := change_in(found, base, named[0], title, grammar):
        label = f"{way} {label}" if way in probe(named[0]) else way
        found = cell_findings(cell, label, unit, year, None, grammar)
    if (share := _CHANGED_BY.search(cell)) and (way or share["sign"]):
        found = [*found, *cell_findings(share[1].replace("–", "-"), label, PERCENT, year, None, grammar)]
    return found


def _unit_beside(
    column: ValueColumn, filled: Sequence[ValueColumn], cells: Sequence[str], head: Head, grammar: Grammar
) -> str:
    """Return the unit that the heading of a column says, else percent where only a cell beside says it, not its heading."""
    title = re.sub(grammar.of_dates, "", head.titles[column.at])
    undated = re.sub(rf"(?i:\s(?:{grammar.in_word}|{grammar.until}) (?:\w+ ){{0,2}}(?:{YEAR.pattern}).*)", "", title)
    titled = label_unit(title, "", grammar)[0] or label_unit(undated, "", grammar)[0] or unit_of_group(title, grammar)
    bare = _NUMBER.fullmatch(cells[column.at]) is not None
    alike = (
        other for other in filled if (other.measure, other.part) == (column.measure, column.part) and not other.cut
    )
    beside = (cells[other.at] for other in alike if PERCENT not in head.titles[other.at])
    return titled or PERCENT * (bare and (PERCENT in title or any(map(SHARE.fullmatch, beside))))


def _in_words(kind: Kind, year: int | None, direction: str = "") -> Finding:
    return Finding(kind, "", None, "", direction, year, None, None, 0, 0, (0, 0))
