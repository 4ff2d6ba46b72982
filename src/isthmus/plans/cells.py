"""The cell of a table: without its marks of notes, in its parts, and as a target of its row."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from isthmus.plans.dates import SLOTS, YEAR, year_numbers
from isthmus.plans.grammar import Grammar
from isthmus.plans.interpret import interpret
from isthmus.plans.patterns import finditer, search
from isthmus.plans.plan import Kind
from isthmus.plans.quantities import read
from isthmus.plans.quantity import Finding
from isthmus.plans.text import normalise, probe, unnumbered
from isthmus.plans.units import PERCENT, TIMES, currency_before, unit_at

_MARK = r"\s*(?:[▪●•✓➢\uf020-\uf0ff]|(?<!\S)--(?=[^\s-]))\s*"
ITEMS = re.compile(rf"{_MARK}|<br ?/?>")
"""Marks between the items of a cell."""
_OPENING_MARK = re.compile(rf"^(?:{_MARK}|[A-Z](?:/[A-Z])+ ?[-–:] ?(?=\d))")
"""What stands in front of a value: a mark, or the groups that it holds for (M/F-90%)."""
_NO_SHARE = re.compile(r"(?!.*%)\D*(?:\d{1,3}(?:[ ,]\d{3})+|\d{4,})(?!\d)")
"""A cell that counts something, though its name says percent."""
_COUNTED = re.compile(r"\d{1,2}")
DAY = re.compile(
    r"(?<!\d)\d{1,2}[./](?:\d{1,2}[./])?(?=\d{4})|(?<=年)\d{1,2}月(?:\d{1,2}日)?|\bQ[1-4]\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?(?= (?:{SLOTS['{M}']})(?!\w))|\b(?:{SLOTS['{M}']})\.? \d{{1,2}},(?= \d{{4}})",
    re.IGNORECASE,
)
"""The day, the month or the quarter of a date, in front of its year or behind it."""
OWN_NUMBER = re.compile(r"\W*\d+(?:[.)]\d*)*\s?[.)]?")
HEADING = 60
"""Longest heading of a column, in characters."""
VALUE = re.compile(r"[-+<>≤≥~≈]{0,2}\s?\d")
_EXPLAINED = re.compile(r"(?<=\S)\s*[(（\[][^()（）\[\]]*[)）\]]?")
"""What a heading has in brackets behind it (indicator (unit))."""
_MARKS = re.compile(
    r"\s?\((?i:m/f|f/m)\)|<(?:\*+|\d{1,2})>|(?<=\S)\s?\[\d{1,2}\]|\*\*|\\|(?<=\S)[*†‡#^@]+(?:\(\d+\))?(?=\s|$|[(:])|(?<=[\d%])[¹²³⁰⁴-⁹]+|\s*-{3,}$|(?<!\S)--(?=[^\s-])|(?<=[^\W\d])\.(?=/[^\W\d])"
)
_THOUSANDS = re.compile(r"(?<![\d.,'’‘])(?<!\d )(?<!\d, )000s?(?= [^\W\d]|[)）])")
"""Thousands that a unit is counted in (000 tonnes)."""
_LAKH = re.compile(r"(?<=\d),(?=\d\d,(?:\d\d,)*\d{3}(?!\d)|\s[MmBb]illion)")
_TOTAL = re.compile(r"^[\[〔【(（]\s*[\u4e00-\u9fff]{0,4}[-+]?\d[\d., \u00a0]*\s*%?\s*[\]〕】)）]$")
_NEGATIVE = re.compile(r"([<>≤≥]?)\s*(?:[(（]\s*(?P<size>\d[\d.,]*\s*%?)\s*[)）]|-(?P<own>\d[\d.,]*))(\s*%?)")
_TURNED = str.maketrans("<>≤≥", "><≥≤")
"""A negative number with its sign or in brackets, as in accounts, and signs of bounds turned round."""
_MINUS = "\u2212"
"""Stands for the sign of a negative level, which other signs would make a change."""
_FIGURE = re.compile(r"(?<![A-Za-zА-я])\d|(?<=[A-Za-zА-я])\d[\d.,]*\d")
"""A digit, but for one alone behind a letter (CO2, m2)."""
_EMPTY = re.compile(
    r"[-–—/…*.xх\s]*|n[/.]?a\.?|n\.d\.?|tb[dac]|not (?:available|applicable)|нет(?: данных)?|无|待定|no (?:data|baseline)"
    r"|(?:baseline )?to be (?:established|determined|confirmed|defined|set|collected|assessed)(?: (?:in|by) \d{4})?",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?<!\S)([^\W\d][^:：]{0,40}?)[:：]\s*(?=[<>≤≥+-]?\s?\d)")
_ACRONYM = re.compile(r"^([A-ZА-ЯЁ]{2,6})\s[–-]\s(?=\d)")
"""The name of a body in front of its own value."""
_SUM = re.compile(r"([^()（）]*\d)\s*[(（](?!(?:19|20|21)\d\d[)）])([\d ,.]*\d)[)）]")
_APART = re.compile(r"\s*[;；]\s*|,\s+(?=\d[\d ]* [^\W\d]{3})|(?<=\d{4}[)）])[,，、]?\s*(?=\d)")
"""Between the groups, the counts or the years of a cell (18 beds, 150 visits a day; 50% (2031), 60% (2032))."""
_PAIR = re.compile(
    r"([^\W\d_][^\W\d_]+(?:[ -][^\W\d_]+){0,2}):?\s(\d[\d.,]*\s?%?)(?=\s|$)(?:\s?[(（](?![^()（）]*\d{4})[^()（）]*[)）])?\s*"
)
"""A group with its value, and no colon between them."""
_DATED = 16
"""Characters at most of the year of such a list behind it ((2031 data))."""
_RANGE = re.compile(r"\d\s?[-–~]\s?\d")
_OPENS = re.compile(r"\W*(?:[^\W\d]+\W+)?[^\w]*\d")
_LED = re.compile(r"\W*(?:[^\W\d]+(?:\W+|(?=\d))){0,4}\d")
_NOTE = re.compile(r"(?<=\S)\s*[(（][^()（）]*[)）]\s*$")
_DECIMAL = re.compile(r"(?<![\d.,])(\d{1,3}),(\d{1,2})(?![\d,])")
_HELD = re.compile(r"^(\S[^()（）:：]*\d[^()（）:：]*)[(（]([^()（）]*[:：][^()（）]*)[)）]$")
"""A value with named ones in brackets behind it (12 (long term: 10))."""
_PART_OF = re.compile(r"^(\S[^()（）]*\d[^()（）]*)[(（]\s*(\d[\d.,]*\s?%)\s+(?:of |de )?([^()（）\d]{3,40})[)）]$")
"""A value with the share of a part of it in brackets behind it (160 (30% women))."""
_DAYS, _MONTHS = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
_LISTED = re.compile(rf"(?!.*{YEAR.pattern}|(?:{_DAYS}/{_MONTHS}|{_MONTHS}/{_DAYS})/\d\d$)(?:\d[\d,.]*/){{2,}}[\d,.]*")
"""Values of several things one after the other, between strokes (1/24,000/3), and no date (01/07/31)."""
_GLUED_YEAR = re.compile(r"(?<=[a-zа-яё]{3})(?=(?:19|20|21)\d\d(?!\d))")
"""Between a word and its year, where a line of a heading ended (Target2030)."""
_SHORT_YEAR = re.compile(r"(?<![^\s(/–-])['‘’](?=[0-6]\d\s*(?:$|[(),/–-]))")
"""The apostrophe that stands for the century of a year (Target '31)."""
_JOINED = re.compile(r"(?<=[^\W\d_])_(?=[^\W\d_])")
"""Joins the words of a heading in a data file (target_year)."""
_LETTERS = {"m": "million", "b": "billion"}
"""Scales of one letter behind a sign of money."""
_SCALES = ((re.compile(r"(?<=\d)\s?B(?!\w)"), " billion"), (re.compile(r"(?<=\d)(?:m|\s?M)(?![\w²³/])"), " million"))
"""Scales of one letter; that of millions only where the unit stands elsewhere (1.2m, of tonnes) or in front ($20 M)."""
_MONEY = re.compile(r"\W*[A-Z]{0,3}[$€£¥]")
_LETTER = re.compile(r"(?<=\d) [mb]n?$", re.IGNORECASE)
"""The letter of a scale that the unit of a column says too."""
_NO_VALUE = re.compile(
    r"\b[A-ZА-Я]{1,4}(?:-\d+)+\b|(?<![\d.,])\d{1,2}/\d{1,2}(?:st|nd|rd|th|s)?(?!\w)|(?<=\d) / \d[\d.]*|(?<=\d\.\d)/\d{1,3}(?!\w)"
    r"|(?:(?<=\b\d)|(?<=\b\d\d)|(?<=\b\d{3}))/\d{3}(?!\w)"
)
"""Identifiers, fractions, and what a score is out of."""
_LIKE_A_YEAR = re.compile(r"\W*([12])([901]\d\d)(?:\.\d+)?\W*")
"""A number of which only its column tells that it is no year."""
_DRESSED = re.compile(r"([^\W\d]+ )?(?:0+(?=[1-9]\d*$)|1 ?: ?)?(\d[\d,.]*)(?:(?<=\d)(?:st|nd|rd|th))?")
"""A number as a rank (about 80th), as a ratio to one (1:40), or with zeros in front (02)."""
_BOUND, _NO_BOUND = re.compile(r"[<>≤≥]"), re.compile(r"[<>≤≥]\s?(?=\d)")
"""A sign in a name that bounds its own number (children < 5 years)."""
Start = tuple[float, int | None] | None
"""The start value of a row and its year, if it has one."""
STATE = (1.0, None)
"""Stands for the start value where a start value itself is read: both are states."""


@lru_cache(maxsize=16384)
def cleaned(cell: str) -> str:
    """Return a cell in normal form, without the mark it opens with, marks of notes, emphasis and line breaks."""
    cell = "; ".join(part.strip(",.") for part in cell.split("/")) if _LISTED.fullmatch(cell.strip()) else cell
    bare = _SHORT_YEAR.sub("20", re.sub(r"<br ?/?>", " ", _OPENING_MARK.sub("", cell)))
    bare = _THOUSANDS.sub(
        "'000", _LAKH.sub("", _GLUED_YEAR.sub(" ", _JOINED.sub(" ", _NO_VALUE.sub("", _MARKS.sub("", bare)))))
    )
    plain = _DRESSED.fullmatch(normalise(bare))
    return f"{plain[1] or ''}{plain[2]}" if plain else normalise(bare)


def heading(cell: str) -> str:
    """Return a heading without what explains it in brackets."""
    return _EXPLAINED.sub("", cell).strip()


def is_empty(cell: str) -> bool:
    """Say whether a cell has no value: it is blank, a dash, or says that there is none."""
    return _EMPTY.fullmatch(cell.strip()) is not None


_ENDS = 2
"""Years of a period."""
_PERIOD = re.compile(r"\W*(?:19|20|21)\d\d ?[-–—] ?(?:19|20|21)\d\d\W*")
"""A cell that is the years from and to which something is done."""
_STARTED = re.compile(r"(?<=\S)\s?[(（]([^()（）]+)[)）]$")
"""What a cell has in brackets at its end."""


_BETWEEN = re.compile(r"[^\W\d_]{4,} (?:19|20|21)\d\d (?:and|to|и|до) ((?:19|20|21)\d\d)(?!\d)")
"""A period whose ends stand in words (average between 2031 and 2040)."""


def has_a_figure(text: str) -> bool:
    """Say whether a text has a digit that is not one of a year, nor of a formula or a power (CO2, m2)."""
    return _FIGURE.search(YEAR.sub("", text)) is not None


def has_a_value(cell: str) -> bool:
    """Say whether a cell has a figure beside its dates (at least 30 fields by May 2031)."""
    return has_a_figure(DAY.sub("", cell))


def mostly_valued(cells: Sequence[str]) -> bool:
    """Say whether most cells have a figure beside their dates."""
    return 2 * sum(map(has_a_value, cells)) > len(cells)


def own_year(cell: str) -> int | None:
    """Return the year that a cell names, the later one of a year that begins in one and ends in the next; None without one."""
    match = YEAR.search(cell)
    if match is None:
        return None
    if ends := _BETWEEN.search(cell):
        return int(ends[1])
    first, last = match.groups(default="")
    return int(first[: 4 - len(last)] + last)


def is_year(cell: str) -> bool:
    """Say whether a cell is a year, a period or a date, with words at most; one that lists several is a term told in words."""
    bare, years = YEAR.sub("", DAY.sub("", cell)), len(re.findall(r"\d{4}", cell))
    dated = len(cell) <= HEADING and years <= _ENDS and own_year(cell) is not None
    return dated and not re.search(r"(?<![^\W\d_])\d", bare)


def counts(cells: Sequence[str]) -> bool:
    """Say whether a row of the head numbers the columns."""
    return len(cells) > 2 and all(_COUNTED.fullmatch(cell) for cell in cells if cell)


def has_figures(row: Sequence[str]) -> bool:
    """Say whether a row holds figures: other ones than years, the numbers of columns, and its own number."""
    cells = [YEAR.sub("", DAY.sub("", cleaned(cell))) for cell in row]
    return not counts(cells) and any(
        _FIGURE.search(cell) for i, cell in enumerate(cells) if i or not OWN_NUMBER.fullmatch(cell)
    )


def itemised(row: Sequence[str]) -> list[Sequence[str]]:
    """Return a row of which several cells hold as many items as one another item by item; their marks are dropped."""
    items = [[item for item in ITEMS.split(cell) if item.strip()] for cell in row]
    marked = [len(own) for cell, own in zip(row, items, strict=True) if ITEMS.match(cell)]
    if len(marked) < 2 or len(set(marked)) > 1:
        return [row]
    listed = [own if ITEMS.match(cell) else [cell] * marked[0] for cell, own in zip(row, items, strict=True)]
    return list(zip(*listed, strict=True))


def sums_in(name: str, grammar: Grammar) -> tuple[str, str]:
    """Return a name without what its brackets say of the sums in brackets behind its values, and this; "" without any."""
    match = next(
        (m for m in re.finditer(r"\s*([(（][^()（）]+[)）])", name) if search(grammar.summed, probe(m[1]))), None
    )
    return (name[: match.start()] + name[match.end() :], match[1]) if match else (name, "")


def parts_of(cell: str, *, summed: str = "") -> list[tuple[str, str]]:
    """Return what a cell says of each group that it names (urban: 40 rural: 96), and of each count; else it as it is.

    A sum in brackets behind its yearly value is one of them where the label explains it in brackets (`summed`).
    """
    cell, parts = _paired(cell), list[tuple[str, str]]()
    for piece in _APART.split(_HELD.sub(r"\1;\2", _PART_OF.sub(r"\1;\3: \2", cell))):
        names = list(_NAMED.finditer(piece)) or list(_ACRONYM.finditer(piece))
        ends = [*(name.start() for name in names), len(piece)]
        parts.extend([("", piece[: ends[0]].strip())] if not names or VALUE.match(piece) else [])
        parts.extend((name[1], piece[name.end() : end].strip()) for name, end in zip(names, ends[1:], strict=True))
    split = [(name, _SUM.fullmatch(part) if summed else None, part) for name, part in parts]
    told = ((name, sums.groups() if sums else (part,)) for name, sums, part in split)
    return [(f"{name} {summed * bool(i)}".strip(), own) for name, values in told for i, own in enumerate(values)]


def _paired(cell: str) -> str:
    """Return a cell of groups with their values (Urban 40% Rural 96% (2031)) with signs between them; others as they are.

    Each group begins with a capital and comes once; a year at the end is that of all.
    """
    pairs, at = dict[str, str](), 0
    while (match := _PAIR.match(cell, at)) and match[1][0].isupper() and match[1] not in pairs:
        pairs[match[1]], at = match[2], match.end()
    rest = cell[at:]
    year = own_year(rest) if len(rest) <= _DATED else None
    dated = f" ({year})" if year else ""
    named = [f"{name}: {value}{dated}" for name, value in pairs.items()]
    return "; ".join([*named, *([rest] if rest and not year else [])]) if len(named) > 1 else cell


def in_groups(cell: str) -> bool:
    """Say whether a cell has a value for each of several groups that it names."""
    return sum(bool(name) for name, _ in parts_of(cell)) > 1


def opens_with_value(cell: str) -> bool:
    """Say whether a cell, or its first group, begins with a number, no year nor one of a chapter, few words in front of it."""
    first = parts_of(cell)[0][1]
    first = unnumbered(first) if "." in first.partition(" ")[0] else first
    return _LED.match(YEAR.sub("", first)) is not None


def number_of(cell: str, label: str, unit: str, grammar: Grammar) -> float | None:
    """Return the start value of a cell; None for a range or a bound, or where more than a word stands before it."""
    bare = _NOTE.sub("", cell)
    if _RANGE.search(bare) or _BOUND.match(bare) or not _OPENS.match(bare):
        return None
    found = (f.value for f in cell_findings(cell, label, unit, 0, STATE, grammar) if f.value is not None)
    return next((float(f"{value:.12g}") for value in found), None)


def started_in(cell: str, label: str, unit: str, grammar: Grammar, due: int) -> tuple[str, Start]:
    """Return a cell without the start value that it has in brackets with an earlier year, and that value (67 (65 in 2025))."""
    match = _STARTED.search(cell)
    year = own_year(match[1]) if match else None
    if match is None or year is None or year >= (own_year(cell[: match.start()]) or due):
        return cell, None
    bare = re.sub(
        rf"(?:(?:{grammar.in_word})\s)?(?:{YEAR.pattern})\s?(?:{grammar.year_word})?\s?[:：–-]?", "", probe(match[1])
    )
    value = number_of(bare.strip(" ,"), label, unit, grammar)
    return (cell, None) if value is None else (cell[: match.start()].rstrip(), (value, year))


def scaled(unit: str, grammar: Grammar) -> str:
    """Return a unit with its scale in front of it (million USD for USD million); money may have one letter for it (£m).

    A word in front of the currency says at which prices it is counted (current UGX bn).
    """
    scales = "|".join(pattern for pattern, _ in grammar.numerals.scales)
    match = re.fullmatch(rf"(\S+?)(,? (?:(?:{grammar.in_word}) )?|,?)\(?({scales}|m|b)\)?", probe(unit))
    if match is None:
        opening, _, own = probe(unit).partition(" ")
        priced = opening.isalpha() and currency_before(f"{own} ", len(own.partition(" ")[0]) + 1, grammar)
        return scaled(own, grammar) if priced and scaled(own, grammar) != own else unit
    if match[3] in _LETTERS and not match[2] and match[1][-1].isalpha():
        return unit
    sign = currency_before(f"{match[1]} ", len(match[1]) + 1, grammar)
    if sign is None:
        return unit if match[3] in _LETTERS or not match[2] else f"{match[3]} {match[1]}"
    return f"{_LETTERS.get(match[3], match[3])} {match[1] if sign[1] == 'money' else sign[1].lower()}"


def cell_findings(cell: str, label: str, unit: str, year: int | None, base: Start, grammar: Grammar) -> list[Finding]:
    """Read the value of a cell like a sentence: the label, a word that leads to a value or a change, the number, its unit."""
    if not re.search(r"\d", cell) or _PERIOD.fullmatch(cell) or _tells_when(cell, grammar):
        return []
    if _MINUS in cell:
        found = cell_findings(cell.replace(_MINUS, ""), label, unit, year, base, grammar)
        return [replace(f, value=-(f.value or 0.0)) for f in found]
    cell = _in_words(cell, unit, grammar)
    total = is_total(cell)
    bare = probe(cell.strip("[]〔〕【】() （）") if total else _NOTE.sub("", cell))
    bare = bare if grammar.numerals.comma else _DECIMAL.sub(r"\1.\2", bare)
    noted = [match.group() for match in finditer(_due(grammar), probe(cell))]
    several = len({*year_numbers(bare)}) > 1
    due = own_year(noted[0]) if noted else None
    bare = re.sub(_due(grammar), "", bare).strip() if len(noted) == 1 and not several else bare
    unit = re.sub(grammar.unit_of_year, rf"\g<0>{grammar.of_level}", scaled(unit, grammar))
    if (year is not None or base) and (alone := _LIKE_A_YEAR.fullmatch(bare)) and int(alone[1] + alone[2]) != year:
        bare = f"{bare[: alone.end(1)]} {bare[alone.end(1) :]}"
    shown = _with_unit(bare, unit, grammar)
    words = _NO_BOUND.sub("", _NOTE.sub("", probe(label))).rstrip(" .")
    moved = search(grammar.names_change, words)
    shares = {q.value for q in read(shown, grammar).quantities if q.unit == PERCENT}
    state = base is not None and (not shares or (base[0] and re.match(grammar.commands, words)))
    changes = moved and not state and not search(grammar.of_a_rate, words)
    said = ": " if grammar.spaced else ""
    lead = grammar.moves if changes else said if re.match(r"[^\W\d_]", bare) else grammar.reaches
    found = interpret(read(f"{words}{lead}{shown}", grammar), grammar)
    # a number of the unit (on 1 person) is no value
    last = max((m.end() for m in re.finditer(r"\d", bare)), default=0) + len(words) + len(lead)
    label = re.sub(r"\W+", " ", probe(label)).strip()
    ranked = any(m.end() > len(label) for p, _ in grammar.ranks for m in finditer(p, f"{label} 1"))
    made = []
    valued = (f for f in found if len(words) <= f.start < last and f.value is not None)
    for finding, own in (_on_its_start(f, base, shares) for f in valued):
        kind = Kind.CUMULATIVE if total and finding.kind is Kind.LEVEL and finding.unit != PERCENT else finding.kind
        if ranked and kind is Kind.LEVEL and not finding.unit and (finding.value or 0.0).is_integer():
            finding, kind = replace(finding, unit="rank"), Kind.RANK
        started = own if own and kind is not Kind.CHANGE_PCT else (finding.base_value, finding.base_year)
        dated = replace(finding, kind=kind, year=(several and finding.year) or due or year or finding.year)
        made.append(replace(dated, base_value=started[0], base_year=started[1]))
    # a unit that reads like words of the plan (indicators per 1,000) leaves a value all the same
    return made if made or not unit else _named(cell_findings(cell, label, "", year, base, grammar), unit, grammar)


def _in_words(cell: str, unit: str, grammar: Grammar) -> str:
    """Return a cell with the letters of scales behind its numbers in words, without one that its unit says too."""
    for scale, word in _SCALES[: 1 + bool(unit or _MONEY.match(cell))]:
        cell = scale.sub(word, cell)
    return _LETTER.sub("", cell) if scaled(unit, grammar) != unit else cell


def _named(found: list[Finding], unit: str, grammar: Grammar) -> list[Finding]:
    """Return values that were read without their unit with it, where it says how many times one thing is another."""
    own = unit_at(f" {probe(unit)}", 0, grammar)
    return [replace(f, unit=f.unit or TIMES) for f in found] if own is not None and own.name == TIMES else found


def _on_its_start(finding: Finding, base: Start, shares: set[float]) -> tuple[Finding, Start]:
    """Return a percentage of a level before as a level where its row starts with that level as 100 percent, or as no growth."""
    value = round((finding.value or 0.0) + 100.0, 9)
    first = {Kind.CHANGE_PCT: 100.0, Kind.GROWTH: 0.0}.get(finding.kind)
    if base is None or base[0] != first or value not in shares:
        return finding, base
    return replace(finding, kind=Kind.LEVEL, value=value), (100.0, base[1])


def _with_unit(bare: str, unit: str, grammar: Grammar) -> str:
    """Return the number of a cell with its unit behind it; behind one that repeats its currency the scale alone ($300 of $m)."""
    scales = "|".join(pattern for pattern, _ in grammar.numerals.scales)
    if any(q.unit for q in read(bare, grammar).quantities):
        money = currency_before(bare, len(re.split(r"\d", bare)[0]), grammar) and not re.search(scales, bare)
        scale = re.match(scales, probe(unit)) if money else None
        unit = scale.group() if scale else ""
    if re.search(rf"\d\s?(?:{scales})(?!\w)", bare):
        unit = re.sub(rf"^(?:{scales})(?!\w)\s?", "", probe(unit))
    figure, gap = rf"\d(?:\s?(?:{scales})(?!\w))?(?=[^\d.,]*$)", " " if grammar.spaced else ""
    named = unit and not (unit == PERCENT and _NO_SHARE.match(bare))
    return re.sub(figure, lambda m: f"{m.group()}{gap}{probe(unit)}", bare, count=1) if named else bare


def _tells_when(cell: str, grammar: Grammar) -> bool:
    """Say whether a cell says in words in which year something is done, and no value (is planned in 2031)."""
    if has_a_figure(cell) or not re.search(r"[^\W\d_]{5}", cell):
        return False
    told = read(probe(cell), grammar)
    return bool(told.years and not told.quantities)


def _due(grammar: Grammar) -> str:
    """Return the pattern of a year due that a cell names itself."""
    year, word = f"(?:{YEAR.pattern})", rf"(?:\s?(?:{grammar.year_word}))?"
    day = rf"(?:\d{{1,2}}\s)?(?:(?:{SLOTS['{M}']}),?\s)?"
    led = rf"(?:{grammar.until})\s?{day}{year}{word}|(?<=\S)\s(?:{grammar.in_word})\s{year}{word}$"
    return (
        rf"{led}|^{year}{word}\s?[:：–-]\s*(?=\D?\d)|(?<=\S)\s*[(（](?:(?:{grammar.until})\s?)?{day}{year}{word}[)）]$"
    )


def signed(cell: str) -> str:
    """Return a negative number of a balance with the sign of a level; what bounds one in brackets bounds its size."""
    match = _NEGATIVE.fullmatch(cell)
    bound = match[1].translate(_TURNED if match["size"] else {}) if match else ""
    return f"{bound}{_MINUS}{match['size'] or match['own']}{match[4]}" if match else cell


def is_total(cell: str) -> bool:
    """Say whether a cell is in brackets as a whole: a total over the years of the plan."""
    return _TOTAL.match(cell) is not None
