"""Targets in tables: the header carries the years and the unit, brackets mark totals over the plan."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from isthmus.plans.grammar import Grammar
from isthmus.plans.interpret import FLIPPED, Finding, interpret
from isthmus.plans.lexicon import Lexicon
from isthmus.plans.numbers import find_numbers
from isthmus.plans.plan import Kind
from isthmus.plans.quantities import ratio_of, read
from isthmus.plans.text import normalise, probe, search
from isthmus.plans.units import PERCENT, POINTS, named_unit, unit_at

_YEAR = re.compile(r"(?<!\d)((?:19|20|21)\d\d)(?!\d)")
_TOTAL = re.compile(r"^[\[〔【(（]\s*[-+]?\d[\d., \u00a0]*\s*%?\s*[\]〕】)）]$")
_EMPTY = re.compile(r"^[-–—/…*.\s]*$|^(?:n/?a|tb[cd]|нет|无)$")
_CELL_NUMBER = re.compile(r"[-+]?\d")
_WORD = re.compile(r"[^\W\d_]{3}")
_INDICATOR = re.compile(r"指标|показател|indicator|目标名称|наименование|项目|target|name|metric|measure", re.IGNORECASE)
_UNIT = re.compile(r"^单位$|计量单位|^ед\.?$|ед\.? ?изм|единиц|^units?\b", re.IGNORECASE)
_KIND_COLUMN = re.compile(r"属性|性质|тип|характер|type|nature|status", re.IGNORECASE)
_TOTAL_COLUMN = re.compile(r"累计|cumulative|итого|нарастающ|total", re.IGNORECASE)
_GROWTH_COLUMN = re.compile(r"年均|среднегодов|annual average|average annual", re.IGNORECASE)
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
    growth: int = _NOWHERE
    total: int = _NOWHERE
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
        read_row = _path_of_row if columns.due == _NOWHERE else _dated_row
        text, modality = " | ".join(cell.strip() for cell in row), _modality(cells[columns.nature])
        found.extend(
            RowFinding(finding, text, name if finding.value is not None else whole, modality, number, lang)
            for finding in read_row(cells, whole, unit, columns, grammar)
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
            unit, nature, growth, total = (
                _column(above, p, years) for p in (_UNIT, _KIND_COLUMN, _GROWTH_COLUMN, _TOTAL_COLUMN)
            )
            return depth, _Columns(_label_column(above, years), unit, nature, years, growth, total)
    return None


def _column(header: Sequence[Sequence[str]], pattern: "re.Pattern[str]", taken: Collection[int]) -> int:
    """Return the first free column whose heading fits a pattern."""
    fitting = (i for row in header for i, cell in enumerate(row) if i not in taken and pattern.search(cell))
    return next(fitting, _NOWHERE)


def _label_column(header: Sequence[Sequence[str]], taken: Collection[int]) -> int:
    """Return the column of indicators: the one named so, else the first free one."""
    named = _column(header, _INDICATOR, taken)
    return named if named != _NOWHERE else next((i for i in range(len(header[-1])) if i not in taken), _NOWHERE)


def _dated_row(cells: Sequence[str], label: str, unit: str, columns: _Columns, grammar: Grammar) -> list[Finding]:
    """Read a row that names its own due year in a column; without a number it is a milestone."""
    when, value = _YEAR.search(cells[columns.due]), cells[columns.value]
    if when is None:
        return []
    if _EMPTY.match(value.lower()):
        return [Finding(Kind.MILESTONE, "<=", None, "", "", int(when[1]), None, None, 0, 0, (0, 0))]
    return _cell(value, label, unit, int(when[1]), None, grammar)


def _path_of_row(cells: Sequence[str], label: str, unit: str, columns: _Columns, grammar: Grammar) -> list[Finding]:
    """Read one row: the column of the last year is the target, the first an earlier base, those between a path."""
    ordered = sorted(columns.years.items(), key=lambda item: (item[1], item[0]))
    filled = [(i, year) for i, year in ordered if not _EMPTY.match(cells[i].lower())]
    last_year = ordered[-1][1]
    targets, base = _targets_and_base(filled, cells, last_year, grammar) if filled else ([], None)
    made = [finding for i, year in targets for finding in _cell(cells[i], label, unit, year, base, grammar)]
    extra = next((i for i in (columns.total, columns.growth) if not _EMPTY.match(cells[i])), None)
    if made or extra is None:
        return made
    of_period = _cell(cells[extra], label, unit, last_year, None, grammar)
    if extra == columns.total:
        return of_period
    return [replace(f, kind=Kind.GROWTH) if f.unit == PERCENT else f for f in of_period]


def _targets_and_base(
    filled: list[tuple[int, int]], cells: Sequence[str], last_year: int, grammar: Grammar
) -> tuple[list[tuple[int, int]], tuple[float, int] | None]:
    first_index, first_year = filled[0]
    if len(filled) == 1:
        return (filled, None) if first_year == last_year else ([], None)
    value = _number(cells[first_index], grammar)
    if value is None or re.match(r"^[<>≤≥]", cells[first_index]):
        return filled[1:], None
    own = _OWN_YEAR.search(cells[first_index])
    return filled[1:], (value, int(own[1]) if own else first_year)


def _number(cell: str, grammar: Grammar) -> float | None:
    """Return the number of a cell, None without one."""
    number = next(iter(read(probe(cell) + " %", grammar).quantities), None)
    bare = number or next(iter(find_numbers(probe(cell), grammar.numerals)), None)
    return bare.value if bare else None


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
    factor, rest = named_unit(text, grammar)
    unit = unit_at(rest.lower(), 0, grammar) if rest else None
    return factor != 1.0 or (unit is not None and unit.known) or bool(re.match(r"ед\b", text.lower()))


def _cell(
    cell: str, label: str, unit: str, year: int | None, base: tuple[float, int | None] | None, grammar: Grammar
) -> list[Finding]:
    """Read the target cell of a row with the grammar of sentences, the label in front of it."""
    total = bool(_TOTAL.match(cell))
    if not _CELL_NUMBER.search(cell):
        return []
    bare = cell.strip("[]〔〕【】() （）") if total else re.sub(r"(?<=\S)\s*[(（][^()（）]*[)）]\s*$", "", cell)
    factor, name = named_unit(unit, grammar) if unit else (1.0, "")
    words = probe(re.sub(r"[(（][^()（）]*[)）]\s*$", "", label))
    has_unit = any(q.unit for q in read(probe(bare), grammar).quantities)
    shown = bare if has_unit else _with_sign(bare)
    findings = interpret(read(f"{grammar.reaches}{probe(shown)}", grammar), grammar)
    changes = _last_word(words, grammar)
    ratio = ratio_of(words, grammar) if name != PERCENT else ""
    made = []
    for finding in findings:
        if finding.value is None:
            continue
        value = finding.value * (1.0 if has_unit else factor)
        given = finding.unit if has_unit else f"{name} {ratio}".strip()
        kind, direction = (
            (finding.kind, "")
            if has_unit and finding.kind is not Kind.CHANGE_PCT
            else _cell_kind(words, given, total, value, changes, grammar)
        )
        if kind in (Kind.CHANGE_PCT, Kind.CHANGE_PP, Kind.GROWTH) and (direction == "down" or value < 0):
            finding = finding if value < 0 else replace(finding, operator=FLIPPED[finding.operator])
            value, direction = -abs(value), "down"
        made.append(
            replace(
                finding, kind=kind, value=value, unit=given, year=year, direction=direction,
                base_value=base[0] if base and kind is not Kind.CHANGE_PCT else None,
                base_year=base[1] if base and kind is not Kind.CHANGE_PCT else None,
            )
        )  # fmt: skip
        if base and kind in (Kind.LEVEL, Kind.CUMULATIVE) and not has_unit:
            made[-1] = replace(made[-1], base_value=base[0] * factor)
    return made


def _with_sign(cell: str) -> str:
    """Write a percent sign behind the numbers of a cell, so that ranges, bounds and signs are read like in sentences."""
    return re.sub(r"(\d)(?=[^\d.,]*$)", r"\1%", cell, count=1)


def _last_word(words: str, grammar: Grammar) -> str:
    tail = words.strip()
    if grammar.spaced:
        head = tail.split(" ")[0]
        return "down" if re.match(grammar.down, head) else "up" if re.match(grammar.up, head) else ""
    for direction, pattern in (("down", grammar.down), ("up", grammar.up)):
        if search(rf"(?:{pattern})(?:率|幅度)?$", tail):
            return direction
    return ""


def _cell_kind(words: str, unit: str, total: bool, value: float, changes: str, grammar: Grammar) -> tuple[Kind, str]:
    if unit == POINTS:
        return Kind.CHANGE_PP, changes or "up"
    if unit == PERCENT:
        if search(grammar.growth_noun, words) or (search(grammar.growth, words) and changes):
            return Kind.GROWTH, changes or "up"
        if changes or total:
            return Kind.CHANGE_PCT, changes or ("down" if value < 0 else "up")
        return Kind.LEVEL, ""
    return (Kind.CUMULATIVE if total or search(grammar.cumulative_strong, words) else Kind.LEVEL), changes
