"""Targets in tables: the head gives each column its role, each row below holds the cells of one indicator."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from isthmus.plans.cells import VALUE, cell_findings, cleaned, is_empty, is_total, number_of, own_year, parts_of
from isthmus.plans.grammar import Grammar
from isthmus.plans.heads import Head, ValueColumn, head_of
from isthmus.plans.interpret import Finding
from isthmus.plans.lexicon import Lexicon
from isthmus.plans.plan import Kind
from isthmus.plans.row_line import read_row_line
from isthmus.plans.text import normalise
from isthmus.plans.units import PERCENT, unit_at

_UNIT_IN_LABEL = re.compile(r"[(（\[]([^()（）\[\]]{1,24})[)）\]]\s*\*?$|[,，]\s*(?:в )?([^,，]{1,20})$")
_COUNT_IN_LABEL = re.compile(r"\s*[(（]\d[^()（）]*[)）]\s*$")
_WORD = re.compile(r"[^\W\d_]{2}|[\u4e00-\u9fff]")


@dataclass(frozen=True)
class RowFinding:
    """A target of a table row: the finding, the row as text, its language and number, its indicator, how firm it is."""

    finding: Finding
    text: str
    indicator: str
    modality: str
    row: int = 0
    lang: str = ""


@dataclass(frozen=True)
class _Row:
    """The cells of a row without marks of notes, its label in full, and the unit that stands in a cell of its own."""

    cells: Sequence[str]
    label: str
    unit: str


def find_in_table(
    rows: Sequence[Sequence[str]],
    spoken: Callable[[str], str],
    lexicon: Lexicon,
    year: int | None,
    reported: tuple[int, bool],
) -> list[RowFinding]:
    """Return the targets of a table of indicators; nothing where no column holds values of a year, or values to reach.

    Parameters
    ----------
    rows
        Cells, the head first, which may have several rows.
    spoken
        Returns the language (zh, ru, en) of a row's label; a table may mix them.
    year
        Year of columns that say target without a year, taken from the text before the table.
    reported
        Last year of reports, and whether it is known: columns up to it hold start values; else only the first may.
    """
    head = head_of(rows, lexicon.structure, year, reported)
    if head is None:
        return []
    found: list[RowFinding] = []
    for number, row in _rows_below(rows, head, lexicon):
        lang = spoken(row.label)
        grammar = lexicon.grammars[lang]
        unit, name = _label_unit(row.label, row.unit, grammar)
        text = " | ".join(cell.strip() for cell in rows[number])
        modality = "binding" if lexicon.structure["binding"].search(row.cells[head.nature]) else "expected"
        found.extend(
            RowFinding(
                finding,
                text,
                f"{name} {part}".strip() if finding.value is not None else row.label,
                modality,
                number,
                lang,
            )
            for part, finding in _findings(row, name, unit, head, grammar)
        )
    return found


def find_in_line(text: str, lang: str, lexicon: Lexicon, reported: tuple[int, bool]) -> list[RowFinding]:
    """Return the targets of a row that is written as a line of text, read as a table of one row; none where it is none."""
    line = read_row_line(normalise(text), reported[0])
    if line is None or any(year is None for _, year in line.targets):
        return []
    entries = [*([line.base] if line.base else []), *line.targets]
    head = ["", *(["unit"] if line.unit else []), *(str(year) for _, year in entries)]
    row = [line.label, *([line.unit] if line.unit else []), *(value for value, _ in entries)]
    due = [year or 0 for _, year in line.targets]
    until = line.base[1] or 0 if line.base else min(due) - 2
    found = find_in_table([head, row], lambda _: lang, lexicon, None, (until, True))
    return [
        replace(f, text=text, modality="binding" if lexicon.structure["binding"].search(line.nature) else f.modality)
        for f in found
    ]


def _rows_below(rows: Sequence[Sequence[str]], head: Head, lexicon: Lexicon) -> Iterator[tuple[int, _Row]]:
    """Yield the rows of indicators with their numbers.

    An empty label goes on from the row above, as merged cells do. A row of words alone names the group of those below; where
    it has a unit, or the label says that it is a part, the group's words stand before the label.
    """
    group = label = ""
    titles = {tuple(row) for row in rows[: head.depth]}
    for number, row in enumerate(rows[head.depth :], start=head.depth):
        cells = [cleaned(cell) for cell in row] + [""] * (head.wide - len(row))
        left = (cells[i] for i in (head.label, *reversed(range(head.label))) if _WORD.search(cells[i]))
        own = next(left, "")
        filled = {cell for cell in cells if cell}
        if tuple(row) in titles or not filled:
            continue
        if filled == {own}:
            group, label = own, ""
            continue
        label = own or label
        if not label:
            continue
        unit = next((cells[i] for i in (head.unit, *head.loose) if not is_empty(cells[i])), "")
        whole = label
        if group and label.startswith(("–", "-", "其中", "в том числе")):
            whole = f"{group} {label}"
        elif not unit and group and not _label_unit(label, "", _grammar(label, lexicon))[0]:
            unit, name = _label_unit(group, "", _grammar(group, lexicon))
            whole = f"{name}: {label}" if unit else label
        yield number, _Row(_in_place(cells, head), whole, unit)


def _grammar(text: str, lexicon: Lexicon) -> Grammar:
    return lexicon.grammars["zh" if re.search("[\u4e00-\u9fff]", text) else "ru" if re.search("[а-я]", text) else "en"]


def _in_place(cells: list[str], head: Head) -> list[str]:
    """Return cells with values under their headings: those of columns without a heading belong to the next one that is empty."""
    filled = [cells[i] for i in head.region if cells[i] and (is_empty(cells[i]) or VALUE.match(cells[i]))]
    if len(filled) != len(head.values) or len(head.region) == len(head.values):
        return cells
    placed = list(cells)
    for column, cell in zip(head.values, filled, strict=True):
        placed[column.at] = cell
    return placed


def _findings(row: _Row, name: str, unit: str, head: Head, grammar: Grammar) -> list[tuple[str, Finding]]:
    """Read a row: each group of each column of targets, with its start value; where there is none a total of the period."""
    due = own_year(row.cells[head.due])
    if head.dated and due is None:
        return []
    filled = [column for column in head.values if not is_empty(row.cells[column.at])]
    if head.dated and all(column.base for column in filled):
        return [("", Finding(Kind.MILESTONE, "<=", None, "", "", due, None, None, 0, 0, (0, 0)))]
    bases = _bases([column for column in filled if column.base], row.cells, name, unit, grammar)
    made: list[tuple[str, Finding]] = []
    for column in filled:
        for place, (part, cell) in enumerate(() if column.base else parts_of(row.cells[column.at])):
            if not part and place == 0 and len(bases) == 1:
                (part,) = bases
            base = None if place and not part else bases.get(part)
            label = f"{name} {part}".strip()
            made.extend((part, f) for f in cell_findings(cell, label, unit, column.year or due, base, grammar))
    period = row.cells[head.period]
    if made or is_empty(period):
        return made
    of_period, yearly = cell_findings(period, name, unit, head.last, None, grammar), not is_total(period)
    return [("", replace(f, kind=Kind.GROWTH) if f.unit == PERCENT and yearly else f) for f in of_period]


def _bases(
    columns: Sequence[ValueColumn], cells: Sequence[str], label: str, unit: str, grammar: Grammar
) -> dict[str, tuple[float, int | None]]:
    """Return the start value and its year for each group that the cell names: of the baseline, else of the latest report."""
    for column in sorted(columns, key=lambda c: (c.baseline, c.year or 0), reverse=True):
        found = {
            name: (value, own_year(cell) or column.year)
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
    if match and (match[1] or _names_a_unit(match[2], grammar)):
        return (match[1] or match[2]).strip(), label[: match.start()].strip(" ,")
    return "", label


def _names_a_unit(text: str, grammar: Grammar) -> bool:
    """Say whether the end of a label is a unit of measurement, or begins with a scale word or the word for units."""
    unit = unit_at(text.lower(), 0, grammar)
    scaled = any(re.match(pattern, text.lower()) for pattern, _ in grammar.numerals.scales)
    return scaled or (unit is not None and unit.known) or bool(re.match(r"ед\b", text.lower()))
