"""A statement of a plan as alignment sees it: its text, the targets read from it and what the glossary found in it."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from isthmus.alignment.glossary import BRACKETS, Glossary, GlossaryReading, narrowest, read_statement, shared_objects
from isthmus.plans.plan import Kind, Target
from isthmus.plans.units import CURRENCIES

UP, DOWN = "up", "down"

_CLAUSE = re.compile(r"(?:[^，；;。,]|,(?=\d))+[，；;。,]?")
_LONG, _HEAD = 60, 8
"""Characters from which a sentence is cut to the clause of its indicator, and of the indicator that must stand there."""
_SOURCE_MARK, _CELLS = re.compile(r"\s*\[\d{1,3}(?:[,;–-]\s?\d{1,3})*\]"), " | "
WITHOUT_UNIT, COUNTED, RATE = "number", "count", "rate"
_HEADS, _MONEY = {"persons", "visits"}, "money"
_COUNTED = {WITHOUT_UNIT, COUNTED, *_HEADS, "households", "containers"}
_LISTED = re.compile(r"[、和与及]|, | and | и ")
_PER = re.compile(r"(?:^| )per ([\d,]+)$")
_ROUNDED = 0.001
_RATE_FORMS = {"growth", "ratio", "amount"}
CHANGES = {"growth", "ratio", "points", "change"}
"""Forms of numbers that say by how much something changes."""
_SHARE, _WHOLE = re.compile("%|percent|процент", re.IGNORECASE), 100.0
"""What makes a bare number of at most so much a share, where its indicator says so."""
LIKE_COUNTS = 20.0
"""How many times larger one of two counts may be when their nouns cannot be compared."""


@dataclass(frozen=True)
class ComparableNumber:
    """A target's number in comparable form.

    Attributes
    ----------
    form
        What the number is: ratio (new over old), points, growth, change, rank or amount.
    quantity
        What the unit measures; counted things without a unit of measurement are one quantity, things counted per
        so many others another, and a bare number is none of them.
    value
        The number in the first unit of its quantity; decreases are negative, or below 1 for a ratio.
    operator, year, direction
        As the target has them.
    amount, unit
        The number and its unit as the target has them.
    base
        Year that the target counts its change from, None where it says none.
    """

    form: str
    quantity: str
    value: float
    operator: str
    year: int | None
    direction: str
    amount: float
    unit: str
    base: int | None = None

    @property
    def counts(self) -> bool | None:
        """Whether the number counts or measures things, instead of saying what part of them, or by how much they change.

        None for money, whose share (of GDP) and growth are common measures of one flow.
        """
        if self.quantity.startswith(_MONEY):
            return None
        return self.form in ("amount", "change") and self.unit not in ("%", "‰")

    @property
    def label(self) -> str:
        """Number and unit in a line of text."""
        return f"{self.amount:.10g}{'' if self.unit in ('%', '‰') else ' '}{self.unit}".strip()


@dataclass(frozen=True)
class Statement:
    """One statement with everything its relations are judged by.

    Attributes
    ----------
    passage
        What is compared: the statement without source marks; with its indicator in front where a sentence holds several
        targets; the indicator alone for a row of a table.
    direction
        up, down, or "" when it wants neither more nor less.
    years
        Years its targets are due; where no target was read, every year it names.
    numerals
        Every number written in figures, read or not, without years.
    acts
        Cues of its own aim: in a sentence of several aims of what stands behind those before it, if it has any there.
    scope
        up where the statement opens or introduces something, down where it closes or abolishes it.
    named
        Objects of the indicator alone, as narrow as the passage says them (income that is income per head); those of the
        passage where it names none.
    indicator
        What the number belongs to: the indicator of the target, or one member of what it lists.
    own
        Those of `named` that the indicator says itself, and not only the sentence or heading around it.
    unknown
        How many words of the indicator the glossary does not know.
    whole
        Objects that its number is a share of.
    parts
        Groups and places that the indicator itself is about (youth, rural).
    """

    target: Target
    passage: str
    reading: GlossaryReading
    direction: str
    quantities: tuple[ComparableNumber, ...]
    years: frozenset[int]
    numerals: frozenset[str] = frozenset()
    scope: str = ""
    named: frozenset[str] = frozenset()
    indicator: str = ""
    own: frozenset[str] = frozenset()
    unknown: float = 0.0
    acts: Mapping[str, int] = field(default_factory=dict)
    whole: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()

    @property
    def id(self) -> str:
        """Identifier of the statement in its plan."""
        return self.target.id


def statements(targets: Sequence[Target], glossary: Glossary) -> list[Statement]:
    """Return the statements of a plan in order; targets with the same id are readings of one statement."""
    groups = defaultdict[str, list[Target]](list)
    for target in targets:
        groups[target.id].append(target)
    firsts = [group[0] for group in groups.values()]
    mates = defaultdict[str, list[str]](list)
    for first in firsts:
        mates[first.text].append(first.indicator)
    return [
        _statement(group, _own(group[0], firsts, glossary), mates[group[0].text], glossary) for group in groups.values()
    ]


def _own(target: Target, firsts: Sequence[Target], glossary: Glossary) -> str:
    """Return the indicator of a target; of a list of objects with a number each, the one that its number belongs to."""
    whole, _, told = target.indicator.rpartition(": ")
    parts = _LISTED.split(whole or told)
    if len(parts) == 1 or not all(read_statement(part, target.lang, glossary).objects for part in parts):
        return target.indicator
    if told in whole:  # the list and its member: A and B: A
        return told
    rows = [t.id for t in firsts if (t.text, t.indicator) == (target.text, target.indicator)]
    return parts[rows.index(target.id)] if len(rows) == len(parts) else target.indicator


def comparable(left: ComparableNumber, right: ComparableNumber) -> bool:
    """Say whether two numbers are of one form and measure one quantity.

    A bare number may be one of any unit if it is equal, and a rate of increase may stand as a share or as a growth.
    """
    if left.form != right.form:
        return {left.form, right.form} <= _RATE_FORMS and left.unit == right.unit == "%" and left.amount == right.amount
    if left.quantity == right.quantity != COUNTED or left.form == "ratio":
        return True
    measured = {left.quantity, right.quantity}
    if _bare_alike(left, right):
        return True
    loose = measured & {WITHOUT_UNIT, COUNTED} or measured == _HEADS
    if not loose or not measured <= _COUNTED:
        return False
    low, high = sorted((abs(left.value), abs(right.value)))
    return left.unit == right.unit or high <= LIKE_COUNTS * low


def akin(left: ComparableNumber, right: ComparableNumber) -> bool:
    """Say whether two numbers can be compared, or both say how much something changes, or how much money, in any currency."""
    money = left.form == right.form and all(side.quantity.startswith(_MONEY) for side in (left, right))
    return comparable(left, right) or money or {left.form, right.form} <= CHANGES


def equal(left: ComparableNumber, right: ComparableNumber) -> bool:
    """Say whether two comparable numbers are equal, conversion of units allowed for."""
    if left.form != right.form:
        return left.amount == right.amount
    apart = abs(left.value - right.value)
    if left.form == "ratio":
        return apart <= _ROUNDED
    near = apart <= _ROUNDED * max(abs(left.value), abs(right.value))
    return near or _bare_alike(left, right)


def _bare_alike(left: ComparableNumber, right: ComparableNumber) -> bool:
    return WITHOUT_UNIT in (left.quantity, right.quantity) and left.amount == right.amount


def _statement(group: Sequence[Target], indicator: str, mates: Sequence[str], glossary: Glossary) -> Statement:
    """Read one statement; objects and measures come from the passage, the cues from the whole sentence.

    `mates` are the indicators of the sentence. An indicator that names no object ("exports" in a second clause) speaks of what
    its sentence speaks of, and where that names none either (raise it to 40 %), of what stands above it. It is as narrow as its
    sentence says it, unless this sets several aims and says both (potatoes by 2 %, vegetables by 10 %).
    """
    first, shares_sentence = group[0], len(mates) > 1
    text = _near(_SOURCE_MARK.sub("", first.text).strip(), first.indicator)
    passage = text
    if indicator and _CELLS in text:
        passage = indicator
    elif indicator and shares_sentence:
        passage = f"{indicator}: {text}"
    reading, named = (read_statement(words, first.lang, glossary) for words in (text, _outside(indicator)))
    named = named if named.objects else read_statement(indicator, first.lang, glossary)
    acts = read_statement(_behind(mates, first.indicator, text), first.lang, glossary).cues if shares_sentence else {}
    acts = acts or reading.cues
    whole = named.whole or (frozenset() if shares_sentence else reading.whole)
    finder = glossary.finders.get(first.lang)
    alone = frozenset(key for _, key in finder.alone(indicator)) if finder else frozenset[str]()
    told = indicator in text or (first.objective and _CELLS not in text)
    row = frozenset() if told else named.objects
    told_too = named.objects & reading.objects if shares_sentence else frozenset[str]()
    own = alone or told_too or shared_objects(reading, named, glossary) or reading.objects or row
    if first.objective and not own:
        passage, above = f"{first.objective}: {passage}", read_statement(first.objective, first.lang, glossary)
        own, reading = above.objects, replace(reading, objects=above.objects)
    elif passage != text or alone:
        reading = replace(reading, objects=named.objects or reading.objects, measures=named.measures)
    reading = replace(reading, objects=narrowest(reading.objects, glossary))
    direction = next(filter(None, (t.direction for t in group)), "") or _cued(reading.cues, UP, DOWN)
    if "share" in named.measures or _SHARE.search(indicator):
        group = [replace(t, unit=t.unit or "%") if (t.value or 0.0) <= _WHOLE else t for t in group]
    quantities = tuple(_quantity(t, t.value, glossary) for t in group if t.value is not None)
    years = frozenset(t.year for t in group if t.year is not None)
    if not years and not quantities:
        years = frozenset(map(int, re.findall(r"(?<!\d)20\d\d(?!\d)", text)))
    objects = narrowest(own, glossary)
    return Statement(
        first, passage, reading, direction, quantities, years, _numerals(text), _cued(acts, "open", "close"),
        objects, indicator, objects & named.objects, finder.unknown(indicator) if finder else 0.0, acts,
        whole, named.parts,
    )  # fmt: skip


def _outside(name: str) -> str:
    """Return a name without what stands in brackets: a unit, what is left out, an abbreviation."""
    return BRACKETS.sub(" ", name)


def _near(text: str, indicator: str) -> str:
    """Return the clauses of a long sentence over which its indicator stands: the rest of it speaks of other things."""
    first = text.find(indicator[:_HEAD])
    last = text.find(indicator[-_HEAD:], max(first, 0))
    if len(text) <= _LONG or not indicator or _CELLS in text or min(first, last) < 0:
        return text
    held = [match.span() for match in _CLAUSE.finditer(text) if match.start() <= last and first < match.end()]
    return text[held[0][0] : held[-1][1]].strip(" ,;，；。") if held else text


def _numerals(text: str) -> frozenset[str]:
    """Return the numbers written in figures without years and without names such as 5G or PM2.5."""
    plain = unicodedata.normalize("NFKC", text).replace("\u00a0", " ").replace(",", ".")
    found = re.findall(r"(?<![A-Za-z\d.])\d+(?:\.\d+)?(?![A-Za-z\d])", plain)
    return frozenset(number for number in found if not re.fullmatch(r"(?:19|20)\d\d", number))


def _behind(names: Sequence[str], own: str, text: str) -> str:
    """Return a sentence from behind the last of its indicators that stands before a certain one."""
    places = [(text.find(name[-_HEAD:]), name) for name in names if name]
    place = text.find(own[-_HEAD:])
    return text[max((at + len(name[-_HEAD:]) for at, name in places if 0 <= at < place), default=0) :]


def _cued(cues: Mapping[str, int], more: str, less: str) -> str:
    """Return up or down after the leading one of two cues; a limit wants less whatever verb stands beside it."""
    if more == UP and "limit" in cues:
        return DOWN
    first, second = cues.get(more), cues.get(less)
    if first is None or second is None:
        return UP if first is not None else DOWN if second is not None else ""
    return UP if first <= second else DOWN


def _quantity(target: Target, value: float, glossary: Glossary) -> ComparableNumber:
    signed = -value if target.direction == DOWN and value > 0 else value
    quantity, factor = _measured(target.unit, glossary)
    form, number = {
        Kind.CHANGE_PCT: ("ratio", 1.0 + signed / 100.0),
        Kind.MULTIPLE: ("ratio", value),
        Kind.CHANGE_PP: ("points", signed),
        Kind.GROWTH: ("growth", signed),
        Kind.RANK: ("rank", value),
        Kind.CHANGE_ABS: ("change", signed * factor),
    }.get(target.kind, ("amount", value * factor))
    sign, year, base = target.operator or "=", target.year, target.base_year
    return ComparableNumber(form, quantity, number, sign, year, target.direction, value, target.unit, base)


def _measured(unit: str, glossary: Glossary) -> tuple[str, float]:
    """Return what a unit measures and its size in the first unit of that quantity."""
    if scale := glossary.units.get(unit):
        return scale
    if unit in CURRENCIES:
        return f"{_MONEY}: {unit}", 1.0
    if per := _PER.search(unit):
        return RATE, 1.0 / float(per.group(1).replace(",", ""))
    whole, _, part = unit.partition(" per ")
    if part and whole in glossary.units:
        quantity, size = glossary.units[whole]
        return f"{quantity} per {part}", size
    return (COUNTED if unit else WITHOUT_UNIT), 1.0
