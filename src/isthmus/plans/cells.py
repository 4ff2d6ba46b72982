"""The cell of a table: without its marks of notes, in its parts, and as a target of its row."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from isthmus.plans.grammar import Grammar
from isthmus.plans.interpret import Finding, interpret
from isthmus.plans.plan import Kind
from isthmus.plans.quantities import read
from isthmus.plans.text import normalise, probe, search
from isthmus.plans.units import PERCENT
from isthmus.plans.voice import ANNOUNCED, RESULTS

YEAR = re.compile(
    r"(?:(?<![\d.,])|(?<=\d\d\.\d\d\.))((?:19|20|21)\d\d)(?:\s?[-–/]\s?((?:19|20|21)?\d\d))?(?!\d|[.,]\d)|\bFY\s?'?(\d\d)(?!\d)"
)
VALUE = re.compile(r"[-+<>≤≥~≈]{0,2}\s?\d")
_MARKS = re.compile(
    r"<(?:\*+|\d{1,2})>|(?<=\S)\s?\[\d{1,2}\]|\*\*|\\|(?<=\S)[*†‡#^@]+(?:\(\d+\))?(?=\s|$|[(:])|(?<=[\d%])[¹²³⁰⁴-⁹]+"
)
_LAKH = re.compile(r"(?<=\d),(?=\d\d,(?:\d\d,)*\d{3}(?!\d))")
_TOTAL = re.compile(r"^[\[〔【(（]\s*[\u4e00-\u9fff]{0,4}[-+]?\d[\d., \u00a0]*\s*%?\s*[\]〕】)）]$")
_EMPTY = re.compile(
    r"[-–—/…*.xх\s]*|n[/.]?a\.?|n\.d\.?|tb[dac]|not (?:available|applicable)|нет(?: данных)?|无", re.IGNORECASE
)
_NAMED = re.compile(r"(?<!\S)([^\W\d][^:：]{0,40}?)[:：]\s*(?=[<>≤≥]?\s?\d)")
_RANGE = re.compile(r"\d\s?[-–~]\s?\d")
_OPENS = re.compile(r"\W*(?:[^\W\d]+\W+)?[^\w]*\d")
_NOTE = re.compile(r"(?<=\S)\s*[(（][^()（）]*[)）]\s*$")
_DECIMAL = re.compile(r"(?<![\d.,])(\d{1,3}),(\d{1,2})(?![\d,])")
_NO_VALUE = re.compile(
    r"\b[A-ZА-Я]{1,4}(?:-\d+)+\b|(?<![\d.,])\d{1,2}/\d{1,2}(?:st|nd|rd|th|s)?(?!\w)|(?<=\d) / \d[\d.]*"
)
"""Identifiers, fractions, and what a score is out of."""
_DUE = re.compile(
    rf"(?:\b(?:by|until|к|до)|[到至])\s?(?:{YEAR.pattern})"
    rf"|^(?:{YEAR.pattern})\s?(?:года?|г\.|年)?\s?[:：–-]\s*(?=\D?\d)"
)
"""A year due that a cell names itself."""
_TITLE = 60
"""Longest heading of a column, in characters."""
_SENTENCE = re.compile(r"\w+\s+\w+\s+\w+\s+\w+|[\u4e00-\u9fff]{8,}")
_COUNTS = re.compile(r"(?<!\w)\d[\d.,]*(?:\s?%|\+)?\s.*[^\W\d_]{2}|[\u4e00-\u9fff].*\d")
_DAY = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?(?= [A-Zа-я])")
_CODE = re.compile(r"^\s*(?:\d{1,2}(?:[a-z][.)]?|[.)])|\d{1,2}(?:\.\d{1,2})+\.?(?=\s[A-ZА-Я]))\s")
_ITEMS = re.compile(r"\s*[▪●•✓➢\uf020-\uf0ff]\s*|<br ?/?>")
_LAST_DIGIT = re.compile(r"\d(?=[^\d.,]*$)")
_BOUND = re.compile(r"[<>≤≥]")
_RATE = re.compile(r"\w+ (?:rate|ratio|level|share)\b")


@dataclass(frozen=True)
class CellInWords:
    """A cell that holds a sentence: its row, its words, the year due of its row, and what its heading says it is."""

    row: int
    text: str
    year: int | None
    lead: str


def cleaned(cell: str) -> str:
    """Return a cell in normal form, without marks of notes, emphasis and line breaks."""
    bare = _NO_VALUE.sub("", _MARKS.sub("", re.sub(r"<br ?/?>", " ", cell)))
    return normalise(_LAKH.sub("", bare))


def narrowed(rows: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    """Return rows of equal width with neighbouring columns joined of which no row fills two: one column was divided."""
    groups: list[list[int]] = []
    if len({len(row) for row in rows}) != 1:
        return rows
    for column in range(len(rows[0])):
        wide = groups and all(sum(bool(row[i]) for i in [*groups[-1], column]) < 2 for row in rows)
        groups = [*groups[:-1], [*groups[-1], column]] if wide else [*groups, [column]]
    return [["".join(row[i] for i in group) for group in groups] for row in rows]


def money_rows(rows: Sequence[Sequence[str]], words: Mapping[str, "re.Pattern[str]"]) -> set[int]:
    """Return the rows that say from whom a plan has its money, with those of their totals, and all below a head of it."""
    for i, row in enumerate(rows[:2]):
        headed = next((column for column, cell in enumerate(row[:3]) if words["funding"].search(cell)), 0)
        if headed and all(cell in ("", row[headed]) for cell in row[headed:]):
            return set(range(i + 1, len(rows)))
    named = {i for i, row in enumerate(rows) if any(words["funding row"].search(cell) for cell in row)}
    totals = (i for i, row in enumerate(rows) if any(words["funding total"].match(cell.strip()) for cell in row))
    return named.union(totals) if named else named


def is_empty(cell: str) -> bool:
    """Say whether a cell has no value: it is blank, a dash, or says that there is none."""
    return _EMPTY.fullmatch(cell.strip()) is not None


def has_a_figure(text: str) -> bool:
    """Say whether a text has a digit that is not one of a year."""
    return re.search(r"\d", YEAR.sub("", text)) is not None


def own_year(cell: str) -> int | None:
    """Return the year that a cell names, the later one of a year that begins in one and ends in the next; None without one."""
    match = YEAR.search(cell)
    if match is None:
        return None
    first, last, fiscal = match.groups()
    return 2000 + int(fiscal) if fiscal else int(first[: 4 - len(last or "")] + (last or "")) if last else int(first)


def cells_in_words(
    rows: Sequence[Sequence[str]],
    words: Mapping[str, "re.Pattern[str]"],
    skipped: Collection[int],
    above: Sequence[Sequence[str]] = (),
) -> Iterator[CellInWords]:
    """Yield the cells that hold sentences, of a heading of aims also those that count something; not those of start values.

    A row that names aims is a head, also within the table, else that of the table `above`, or the first row where it is
    short and has no number. The last cell of a row is headed by the one in front of it too, which names it in a record
    (Outcome | 40 schools built).
    """
    goes_on = above and len(above[0]) == len(rows[0]) and is_head(above[-1], words)
    titles = [cleaned(cell) for cell in above[-1]] if goes_on else []
    for number, row in enumerate(rows):
        if number in skipped:
            continue
        if is_head(row, words) or (
            not (number or titles) and len(rows) > 1 and not re.search(r"\d|.{60}", " ".join(row))
        ):
            titles = [cleaned(cell) for cell in row]
            continue
        due = next((i for i, title in enumerate(titles[: len(row)]) if words["column due"].search(title)), None)
        year = own_year(row[due]) if due is not None else None
        filled = [i for i, cell in enumerate(row) if cell.strip()]
        for i in filled:
            title = titles[i] if i < len(titles) else ""
            lead = _lead([title, *(cleaned(row[j]) for j in filled[-2:-1] if i == filled[-1])], len(row), words)
            if i == due or (words["column base"].search(title) and not lead):
                continue
            given = year or own_year(title)
            for part in _ITEMS.split(_CODE.sub("", row[i])):
                given = (own_year(part) if part.rstrip().endswith(":") else None) or given
                if _SENTENCE.search(part) or (lead and _COUNTS.search(cleaned(part))):
                    yield CellInWords(number, part, given, lead)


def _lead(titles: Sequence[str], wide: int, words: Mapping[str, "re.Pattern[str]"]) -> str:
    """Return what the heading of a cell and the cell that names it say it is: a result, an aim, or nothing."""
    heads = [title for title in titles if len(title) <= _TITLE]
    if any(words["column result"].search(title) for title in heads):
        return RESULTS
    return ANNOUNCED if any(words["column aim"].search(title) for title in heads[: 2 if wide == 2 else 1]) else ""


def is_head(row: Sequence[str], words: Mapping[str, "re.Pattern[str]"]) -> bool:
    """Say whether a row names its columns: short cells without a number but a year, several, one of them a heading of aims."""
    cells = [cell for cell in map(cleaned, row) if cell]
    short = all(len(cell) <= _TITLE and not re.search(r"\d", _DAY.sub("", YEAR.sub("", cell))) for cell in cells)
    return len(set(cells)) > 1 and short and any(words["column aim"].search(cell) for cell in cells)


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


def number_of(cell: str, label: str, unit: str, grammar: Grammar) -> float | None:
    """Return the start value of a cell; None for a range or a bound, or where more than a word stands before it."""
    bare = _NOTE.sub("", cell)
    if _RANGE.search(bare) or _BOUND.match(bare) or not _OPENS.match(bare):
        return None
    found = (f.value for f in cell_findings(cell, label, unit, None, None, grammar) if f.value is not None)
    return next((float(f"{value:.12g}") for value in found), None)


def cell_findings(
    cell: str, label: str, unit: str, year: int | None, base: tuple[float, int | None] | None, grammar: Grammar
) -> list[Finding]:
    """Read the value of a cell like a sentence: the label, a word that leads to a value or a change, the number, its unit."""
    if not re.search(r"\d", cell):
        return []
    total = is_total(cell)
    bare = probe(cell.strip("[]〔〕【】() （）") if total else _NOTE.sub("", cell))
    bare = bare if grammar.numerals.comma else _DECIMAL.sub(r"\1.\2", bare)
    own = _DUE.search(bare)
    due, bare = own_year(own.group()) if own else None, bare[own.end() :] if own and own.start() == 0 else bare
    for scale, _ in grammar.numerals.scales:
        unit = re.sub(rf"^(\S+?),? ({scale})$", r"\2 \1", unit, flags=re.IGNORECASE)
    measured = any(q.unit for q in read(bare, grammar).quantities)
    gap = " " if grammar.spaced else ""
    shown = bare if measured or not unit else _LAST_DIGIT.sub(lambda m: f"{m.group()}{gap}{probe(unit)}", bare, count=1)
    words = _NOTE.sub("", probe(label))
    edge = re.match if grammar.spaced else search
    moved = edge(rf"(?:{grammar.up}|{grammar.down})" + ("" if grammar.spaced else "(?:率|幅度)?$"), words)
    changes = (moved and not _RATE.match(words)) or (total and unit == PERCENT)
    lead = grammar.moves if changes else ": " if re.match(r"[^\W\d_]", bare) else grammar.reaches
    found = interpret(read(f"{words}{lead}{shown}", grammar), grammar)
    # a number of the unit (on 1 person) is no value
    last = max((m.end() for m in re.finditer(r"\d", bare)), default=0) + len(words) + len(lead)
    made = []
    for finding in (f for f in found if len(words) <= f.start < last and f.value is not None):
        kind = Kind.CUMULATIVE if total and finding.kind is Kind.LEVEL and finding.unit != PERCENT else finding.kind
        started = base if base and kind is not Kind.CHANGE_PCT else (finding.base_value, finding.base_year)
        dated = replace(finding, kind=kind, year=due or year or finding.year)
        made.append(replace(dated, base_value=started[0], base_year=started[1]))
    return made


def is_total(cell: str) -> bool:
    """Say whether a cell is in brackets as a whole: a total over the years of the plan."""
    return _TOTAL.match(cell) is not None
