"""Targets in tables: a row is read like a sentence, its label in front of each value; the header carries the years."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from isthmus.plans.grammar import Grammar
from isthmus.plans.interpret import Finding, interpret
from isthmus.plans.lexicon import Lexicon
from isthmus.plans.plan import Kind
from isthmus.plans.quantities import read
from isthmus.plans.text import normalise, probe, search
from isthmus.plans.units import PERCENT, unit_at

_YEAR = re.compile(r"(?<!\d)((?:19|20|21)\d\d)(?!\d)")
_TOTAL = re.compile(r"^[\[〔【(（]\s*[-+]?\d[\d., \u00a0]*\s*%?\s*[\]〕】)）]$")
_EMPTY = re.compile(r"^[-–—/…*.\s]*$|^(?:n/?a|tb[cd]|нет|无)$")
_CELL_NUMBER = re.compile(r"[-+]?\d")
_WORD = re.compile(r"[^\W\d_]{3}")
_INDICATOR = re.compile(
    r"指标|показател|indicator|目标名称|наименование|项目|target|name|metric|measure", re.IGNORECASE
)
_UNIT = re.compile(r"^单位$|计量单位|^ед\.?$|ед\.? ?изм|единиц|^units?\b", re.IGNORECASE)
_KIND_COLUMN = re.compile(r"属性|性质|тип|характер|type|nature|status", re.IGNORECASE)
_PERIOD_COLUMN = re.compile(
    r"累计|cumulative|итого|нарастающ|total|年均|среднегодов|annual average|average annual", re.IGNORECASE
)
_TARGET_COLUMN = re.compile(r"目标|целев|target|план\b|goal", re.IGNORECASE)
_DUE_COLUMN = re.compile(
    r"^срок|год (?:достижения|исполнения)|^year$|deadline|due (?:date|year)?|时限|完成时间|期限|目标年", re.IGNORECASE
)
_VALUE_COLUMN = re.compile(
    r"значени|^value|目标值|target value|целев|^target$|数值|指标值|^result|^outcome|результат|成果", re.IGNORECASE
)
_BINDING = re.compile(r"约束|обязател|binding|mandatory", re.IGNORECASE)
_OWN_YEAR = re.compile(r"[(（][^()（）]*((?:19|20)\d\d)[)）]")
"""The year of one cell, in brackets behind its value."""
_NOWHERE = -1
_UNIT_IN_LABEL = re.compile(r"[(（]([^()（）]{1,24})[)）]\s*$|[,，]\s*([^,，]{1,20})$")
_NOTE = re.compile(r"(?<=\S)\s*[(（][^()（）]*[)）]\s*$")
_LAST_DIGIT = re.compile(r"\d(?=[^\d.,]*$)")


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
class _Columns:
    """Where a table has what; a column that it does not have is the empty cell behind each row."""

    label: int
    unit: int
    nature: int
    years: Mapping[int, int]
    period: int = _NOWHERE
    due: int = _NOWHERE
    value: int = _NOWHERE


def find_in_table(
    rows: Sequence[Sequence[str]], spoken: Callable[[str], str], lexicon: Lexicon, year: int | None = None
) -> list[RowFinding]:
    """Return the targets of a table whose header carries years.

    Parameters
    ----------
    rows
        Cells, the header first; a second header row is recognised by its years.
    spoken
        Returns the language (zh, ru, en) of a row's label; a table may mix them.
    year
        Year of columns that say target without a year, taken from the text before the table.
    """
    header = _header(rows, year)
    if header is None:
        return []
    depth, columns = header
    wide = max(len(row) for row in rows) + 1
    found: list[RowFinding] = []
    parent = ""
    for number, row in enumerate(rows[depth:], start=depth):
        cells = [normalise(cell) for cell in row] + [""] * (wide - len(row))
        taken = {columns.unit, columns.nature, *columns.years}
        label = cells[columns.label] or next((c for i, c in enumerate(cells) if i not in taken and _WORD.search(c)), "")
        if not label:
            continue
        if all(not cell for i, cell in enumerate(cells) if i != columns.label):
            parent = label
            continue
        whole = label if not label.startswith(("–", "-", "其中")) else f"{parent} {label}".strip()
        lang = spoken(whole)
        grammar = lexicon.grammars[lang]
        unit, name = _label_unit(whole, cells[columns.unit], grammar)
        text, modality = " | ".join(cell.strip() for cell in row), _modality(cells[columns.nature])
        found.extend(
            RowFinding(finding, text, name if finding.value is not None else whole, modality, number, lang)
            for finding in _row(cells, name, unit, columns, grammar)
        )
    return found


def _modality(nature: str) -> str:
    return "binding" if _BINDING.search(nature) else "expected"


def _header(rows: Sequence[Sequence[str]], year: int | None) -> tuple[int, _Columns] | None:
    """Find the header: a first row with a column of due years, else the first rows up to the one that carries the years."""
    first = [normalise(cell) for cell in rows[0]] if rows else []
    due = _column([first], _DUE_COLUMN, {i for i, cell in enumerate(first) if _YEAR.search(cell)})
    if due != _NOWHERE and len(first) > 1:
        value = _column([first], _VALUE_COLUMN, {due})
        label = _label_column([first], {due, value})
        unit, nature = (_column([first], p, {due, value, label}) for p in (_UNIT, _KIND_COLUMN))
        return None if label == _NOWHERE else (1, _Columns(label, unit, nature, {}, due=due, value=value))
    for depth, row in enumerate(rows[:3], start=1):
        cells = [normalise(cell) for cell in row]
        if any(_CELL_NUMBER.match(cell) and not _YEAR.search(cell) for cell in cells):
            continue
        years = {i: int(m[1]) for i, cell in enumerate(cells) if (m := _YEAR.search(cell)) and len(cell) < 30}
        for i, cell in enumerate(cells):
            if year is not None and i not in years and _TARGET_COLUMN.search(cell) and not _INDICATOR.search(cell):
                years[i] = year
        if years and len(years) < len(cells):
            above = [[normalise(cell) for cell in other] for other in rows[:depth]]
            unit, nature, period = (_column(above, p, years) for p in (_UNIT, _KIND_COLUMN, _PERIOD_COLUMN))
            return depth, _Columns(_label_column(above, years), unit, nature, years, period)
    return None


def _column(header: Sequence[Sequence[str]], pattern: "re.Pattern[str]", taken: Collection[int]) -> int:
    """Return the first free column whose heading fits a pattern."""
    fitting = (i for row in header for i, cell in enumerate(row) if i not in taken and pattern.search(cell))
    return next(fitting, _NOWHERE)


def _label_column(header: Sequence[Sequence[str]], taken: Collection[int]) -> int:
    """Return the column of indicators: the one named so, else the first free one."""
    named = _column(header, _INDICATOR, taken)
    return named if named != _NOWHERE else next((i for i in range(len(header[-1])) if i not in taken), _NOWHERE)


def _row(cells: Sequence[str], label: str, unit: str, columns: _Columns, grammar: Grammar) -> list[Finding]:
    """Read one row.

    It may name its own due year in a column, and is a milestone without a value. Else the column of the last year is the
    target, the first an earlier base, those between a path; without them the column of the whole period counts.
    """
    if columns.due != _NOWHERE:
        when, value = _YEAR.search(cells[columns.due]), cells[columns.value]
        if when is not None and _EMPTY.match(value.lower()):
            return [Finding(Kind.MILESTONE, "<=", None, "", "", int(when[1]), None, None, 0, 0, (0, 0))]
        return _cell(value, label, unit, int(when[1]), None, grammar) if when is not None else []
    ordered = sorted(columns.years.items(), key=lambda item: (item[1], item[0]))
    filled = [(cells[i], year) for i, year in ordered if not _EMPTY.match(cells[i].lower())]
    last = ordered[-1][1]
    starts = filled[:1] if len(filled) > 1 or (filled and filled[0][1] < last) else []
    start = next((f.value for cell, year in starts for f in _cell(cell, label, unit, year, None, grammar)), None)
    base = None
    if start is not None and starts[0][0][0] not in "<>≤≥":
        own = _OWN_YEAR.search(starts[0][0])
        base = (start, int(own[1]) if own else starts[0][1])
    made = [f for cell, year in filled[len(starts) :] for f in _cell(cell, label, unit, year, base, grammar)]
    if made or _EMPTY.match(cells[columns.period]):
        return made
    whole = _cell(cells[columns.period], label, unit, last, None, grammar)
    yearly = not _TOTAL.match(cells[columns.period])
    return [replace(f, kind=Kind.GROWTH) if f.unit == PERCENT and yearly else f for f in whole]


def _label_unit(label: str, unit: str, grammar: Grammar) -> tuple[str, str]:
    """Return the unit's text, of its own cell or of the label's end, and the indicator without it."""
    if not _EMPTY.match(unit):
        return unit, label
    match = _UNIT_IN_LABEL.search(label)
    if match and (match[1] or _names_a_unit(match[2], grammar)):
        return (match[1] or match[2]).strip(), label[: match.start()].strip(" ,")
    return "", label


def _names_a_unit(text: str, grammar: Grammar) -> bool:
    """Say whether the end of a label is a unit of measurement, or begins with a scale word or the word for units."""
    unit = unit_at(text.lower(), 0, grammar)
    scaled = any(re.match(pattern, text.lower()) for pattern, _ in grammar.numerals.scales)
    return scaled or (unit is not None and unit.known) or bool(re.match(r"ед\b", text.lower()))


def _cell(
    cell: str, label: str, unit: str, year: int | None, base: tuple[float, int] | None, grammar: Grammar
) -> list[Finding]:
    """Read the value of a cell like a sentence: the label, a word that leads to a value or a change, the number, its unit."""
    if not _CELL_NUMBER.search(cell):
        return []
    total = bool(_TOTAL.match(cell))
    bare = probe(cell.strip("[]〔〕【】() （）") if total else _NOTE.sub("", cell))
    own = any(q.unit for q in read(bare, grammar).quantities)
    gap = " " if grammar.spaced else ""
    shown = bare if own or not unit else _LAST_DIGIT.sub(lambda m: f"{m.group()}{gap}{probe(unit)}", bare, count=1)
    words = _NOTE.sub("", probe(label))
    edge = re.match if grammar.spaced else search
    moved = edge(rf"(?:{grammar.up}|{grammar.down})" + ("" if grammar.spaced else "(?:率|幅度)?$"), words)
    lead = grammar.moves if moved or (total and unit == PERCENT) else grammar.reaches
    found = interpret(read(f"{words}{lead}{shown}", grammar), grammar)
    made = []
    for finding in (f for f in found if f.start >= len(words) and f.value is not None):
        kind = Kind.CUMULATIVE if total and finding.kind is Kind.LEVEL and finding.unit != PERCENT else finding.kind
        started = base if kind is not Kind.CHANGE_PCT else None
        made.append(
            replace(
                finding, kind=kind, year=year,
                base_value=started and started[0], base_year=started and started[1],
            )
        )  # fmt: skip
    return made
