"""The cell of a table: without its marks of notes, in its parts, and as a target of its row."""

import re
from dataclasses import replace

from isthmus.plans.grammar import Grammar
from isthmus.plans.interpret import FLIPPED, Finding, interpret
from isthmus.plans.numbers import find_numbers
from isthmus.plans.plan import Kind
from isthmus.plans.quantities import ratio_of, read
from isthmus.plans.text import normalise, probe, search
from isthmus.plans.units import PERCENT, POINTS, named_unit

YEAR = re.compile(
    r"(?<![\d.,])((?:19|20|21)\d\d)(?:\s?[-–/]\s?((?:19|20|21)?\d\d))?(?!\d|[.,]\d)|\bFY\s?'?(\d\d)(?!\d)"
)
VALUE = re.compile(r"[-+<>≤≥~≈]{0,2}\s?\d")
_MARKS = re.compile(r"(?<=\S)\s?\[\d{1,2}\]|\*\*|\\|(?<=\S)[*†‡#^@]+(?:\(\d+\))?(?=\s|$|[(:])|(?<=[\d%])[¹²³⁰⁴-⁹]+")
_LAKH = re.compile(r"(?<=\d),(?=\d\d,(?:\d\d,)*\d{3}(?!\d))")
_TOTAL = re.compile(r"^[\[〔【(（]\s*[-+]?\d[\d., \u00a0]*\s*%?\s*[\]〕】)）]$")
_EMPTY = re.compile(
    r"[-–—/…*.xх\s]*|n[/.]?a\.?|n\.d\.?|tb[dac]|not (?:available|applicable)|нет(?: данных)?|无", re.IGNORECASE
)
_NAMED = re.compile(r"(?<!\S)([^\W\d][^:：]{0,40}?)[:：]\s*(?=[<>≤≥]?\s?\d)")
_RANGE = re.compile(r"\d\s?[-–~]\s?\d")
_OPENS = re.compile(r"\W*(?:[^\W\d]+\W+)?[^\w]*\d")
_BRACKET = re.compile(r"(?<=\S)\s*[(（][^()（）]*[)）]\s*$")


def cleaned(cell: str) -> str:
    """Return a cell in normal form, without marks of notes, emphasis and line breaks."""
    return normalise(_LAKH.sub("", _MARKS.sub("", re.sub(r"<br ?/?>", " ", cell))))


def is_empty(cell: str) -> bool:
    """Say whether a cell has no value: it is blank, a dash, or says that there is none."""
    return _EMPTY.fullmatch(cell.strip()) is not None


def own_year(cell: str) -> int | None:
    """Return the year that a cell names, the later one of a year that begins in one and ends in the next; None without one."""
    match = YEAR.search(cell)
    if match is None:
        return None
    first, last, fiscal = match.groups()
    return 2000 + int(fiscal) if fiscal else int(first[: 4 - len(last or "")] + (last or "")) if last else int(first)


def parts_of(cell: str) -> list[tuple[str, str]]:
    """Return what a cell says of each group that it names (urban: 40 rural: 96), and between semicolons; else it as it is."""
    parts: list[tuple[str, str]] = []
    for piece in re.split(r"\s*[;；]\s*", cell):
        names = list(_NAMED.finditer(piece))
        ends = [*(name.start() for name in names[1:]), len(piece)]
        parts.extend((name[1], piece[name.end() : end].strip()) for name, end in zip(names, ends, strict=False))
        parts.extend([] if names else [("", piece)])
    return parts


def opens_with_value(cell: str) -> bool:
    """Say whether a cell, or its first group, begins with a number that is no year, at most a word in front of it."""
    return _OPENS.match(YEAR.sub("", parts_of(cell)[0][1])) is not None


def number_of(cell: str, unit: str, grammar: Grammar) -> float | None:
    """Return the start value of a cell in the unit of its row; None for a range, or where more than a word stands before it."""
    if _RANGE.search(cell := _BRACKET.sub("", cell)) or not _OPENS.match(cell):
        return None
    number = next(iter(read(probe(cell) + " %", grammar).quantities), None)
    value = number.value if number else next((n.value for n in find_numbers(probe(cell), grammar.numerals)), None)
    return value if value is None or _has_unit(cell, grammar) else value * named_unit(unit, grammar)[0]


def _has_unit(cell: str, grammar: Grammar) -> bool:
    return any(q.unit for q in read(probe(cell), grammar).quantities)


def cell_findings(
    cell: str, label: str, unit: str, year: int | None, base: tuple[float, int | None] | None, grammar: Grammar
) -> list[Finding]:
    """Read the target cell of a row with the grammar of sentences, the label in front of it."""
    total = bool(_TOTAL.match(cell))
    if not re.search(r"\d", cell):
        return []
    bare = cell.strip("[]〔〕【】() （）") if total else _BRACKET.sub("", cell)
    factor, name = named_unit(unit, grammar) if unit else (1.0, "")
    words = probe(re.sub(r"[(（][^()（）]*[)）]\s*$", "", label))
    has_unit = _has_unit(bare, grammar)
    shown = bare if has_unit else re.sub(r"(\d)(?=[^\d.,]*$)", r"\1%", bare, count=1)
    changes = _last_word(words, grammar)
    ratio = ratio_of(words, grammar) if name != PERCENT else ""
    made = []
    for finding in interpret(read(f"{grammar.reaches}{probe(shown)}", grammar), grammar):
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
        start = base if base and kind is not Kind.CHANGE_PCT else (None, None)
        made.append(
            replace(
                finding, kind=kind, value=value, unit=given, year=year or finding.year, direction=direction, base_value=start[0],
                base_year=start[1],
            )
        )  # fmt: skip
    return made


def _last_word(words: str, grammar: Grammar) -> str:
    tail = words.strip()
    if grammar.spaced:
        head, _, rest = tail.partition(" ")
        if re.match(r"(?:rate|ratio|level|share)\b", rest):
            return ""
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
