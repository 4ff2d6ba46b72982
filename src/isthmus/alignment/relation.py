"""What two statements of one subject mean for each other: decided by declared trade, then by numbers, direction and flows.

The rules, in order; the first that applies decides:

0. One says that it exports what the other says that it imports: a complement; a conflict where the buyer wants less of it.
1. Both give a number of one indicator: opposite directions or bounds that cannot both hold are a conflict; equal number
   and year are the same; anything else is related, and the reason says what differs. Changes counted from unlike years,
   shares of unlike wholes, and rates of a part (youth) that one side alone names are never equal.
2. Both act on the same border procedure: the same (a recognised certificate serves buyer and seller alike).
3. Both replace imports of one industrial good by own production, one replaces what the other exports, or both seek foreign
   customers for one good or service: a conflict.
4. One delivers what the other buys: a complement; a conflict where the buyer wants to buy less.
5. Both give numbers that measure different things: opposite directions are a conflict; numbers of different quantities
   (berths and tonnes) of each other's best match are one aim, the same; else related.
6. One side limits, closes or ends what the other wants before it wants anything, also where number and year agree: a conflict.
7. Figures that were not read or different years, or the subjects are not near enough: related.
8. Nothing speaks against it: the same; of one field only where the two lists share next to nothing.
"""

from dataclasses import replace
from itertools import product

from isthmus.alignment.flows import by_meaning, ends, trade
from isthmus.alignment.glossary import Glossary, shared_objects
from isthmus.alignment.judgement import Judgement, Relation
from isthmus.alignment.pair import FLOW, INDICATOR, SUBJECT, StatementPair
from isthmus.alignment.statement import (
    CHANGES,
    COUNTED,
    DOWN,
    LIKE_COUNTS,
    UP,
    WITHOUT_UNIT,
    ComparableNumber,
    Statement,
    akin,
    comparable,
    equal,
)

_SURE, _LIKELY = 0.5, 0.4
"""Scores from which numbers that measure different things may be one aim; each other's best match needs less."""
_SMALL_COUNT = 10.0
_RATIOS = {"percent", "points", "times"}
"""What a small number may turn out to be when it is read in full (eight villages in ten)."""
_ONE_INDICATOR = {"numbers_agree", "other_number", "other_year", "other_number_and_year", "same_aim"}
"""Rules that take two numbers for measures of one thing."""
_FROM_BASE = CHANGES - {"growth"}
"""Forms of numbers that say nothing without the year they are counted from; a yearly growth does."""
_RELATIVE = {"%", "‰", ""}
"""Units of a number that may be no level."""
_ALIKE = 0.5
"""Share of pairs of letters in common from which two names of one language are alike."""


def relate(
    left: Statement,
    right: Statement,
    score: float,
    glossary: Glossary,
    *,
    matched: bool = False,
    strange: bool = False,
) -> Judgement:
    """Return the relation of two statements.

    Parameters
    ----------
    score
        Probability that both are of one subject (0 to 1), see `match.align`.
    matched
        Whether the pair is accepted as a match, which is taken to be of one subject.
    strange
        Whether the two lists share next to nothing, so that words which nothing speaks against are of one field only.
    """
    shared = shared_objects(left.reading, right.reading, glossary)
    groups = frozenset(glossary.objects[key].group for key in shared)
    own = (left.own & right.own) - glossary.whole_fields
    pair = StatementPair(left, right, score, matched, shared, groups, own)
    judgement = _relate(pair)
    told = left.reading.objects and right.reading.objects
    unlike = judgement.rule == "same_subject" and told and not shared
    field = strange and judgement.rule in ("same_subject", "other_due")
    if field or (judgement.relation is Relation.SAME and (unlike or _named_otherwise(pair))):
        return replace(judgement, relation=Relation.RELATED, rule="field_only")
    if judgement.rule not in _ONE_INDICATOR:
        return judgement
    if judgement.rule == "numbers_agree" and (ends(left, right) or ends(right, left)):
        return Judgement(Relation.CONFLICT, "limit_against_expansion")
    rule = _unlike(pair, judgement.rule, glossary)
    return replace(judgement, relation=Relation.RELATED, rule=rule) if rule else judgement


def _unlike(pair: StatementPair, rule: str, glossary: Glossary) -> str:
    """Return why two numbers are not of one thing: shares of unlike wholes, a part that one alone names; "" if they may be."""
    left, right = pair.left, pair.right
    if left.whole and right.whole and not any(glossary.akin(a, b) for a in left.whole for b in right.whole):
        return "other_whole"
    told = [side.reading.measures - {"share"} for side in (left, right)]
    if pair.shares and all(told) and told[0].isdisjoint(told[1]):
        return "other_whole"
    alone = (left.parts - right.reading.parts) | (right.parts - left.reading.parts)
    return "part_of_whole" if alone and rule != "same_aim" else ""


def _named_otherwise(pair: StatementPair) -> bool:
    """Say whether two statements of one language name what they measure in other words, and share no object or not all.

    Equal numbers are then a chance (40,000 nurses and 40,000 welders).
    """
    left, right = pair.left.target, pair.right.target
    own = [side.reading.objects - pair.shared for side in (pair.left, pair.right)]
    if left.lang != right.lang or not (left.indicator and right.indicator) or (pair.shared and not all(own)):
        return False
    a, b = ({name[i : i + 2].lower() for i in range(len(name) - 1)} for name in (left.indicator, right.indicator))
    return len(a & b) < _ALIKE * len(a | b)


def _relate(pair: StatementPair) -> Judgement:
    """Apply the rules in their order."""
    if (pair.matched or pair.score >= FLOW) and (found := trade(pair)):
        return found
    one = pair.near(INDICATOR) and (pair.one_indicator or pair.one_figure)
    if one and (found := compare_numbers(pair.left, pair.right, nouns=bool(pair.own))):
        unsure = found.rule == "opposite_direction" and not pair.measures_agree
        return replace(found, relation=Relation.RELATED, rule="opposite_unclear") if unsure else found
    if pair.near(SUBJECT) and (found := by_meaning(pair)):
        return found
    return _measured_differently(pair) if pair.numbers else _without_numbers(pair)


def compare_numbers(left: Statement, right: Statement, *, nouns: bool = False) -> Judgement | None:
    """Return what comparable numbers of two statements say, taken as one indicator; None without such numbers.

    With `nouns` counts of things are compared whatever they are called and however many (1.4 million jobs, 48 тысяч мест).
    """
    counted = ("amount", COUNTED) if nouns else None
    numbers = product(left.quantities, right.quantities)
    pairs = [(a, b) for a, b in numbers if comparable(a, b) or (a.form, a.quantity) == (b.form, b.quantity) == counted]
    if not pairs:
        return None
    found = [_compare(a, b) for a, b in pairs]
    order = (Relation.CONFLICT, Relation.SAME, Relation.RELATED)
    return min(found, key=lambda judgement: order.index(judgement.relation))


def _without_numbers(pair: StatementPair) -> Judgement:
    """Judge a pair whose words decide nothing: the same unless something speaks against it."""
    left, right = pair.left, pair.right
    if pair.near(SUBJECT) and pair.measures_agree and (ends(left, right) or ends(right, left)):
        return Judgement(Relation.CONFLICT, "limit_against_expansion")
    if not (pair.matched or pair.score >= SUBJECT) or (pair.opposed and pair.one_measure):
        return Judgement(Relation.RELATED, "field_only")
    if left.numerals and right.numerals and left.numerals != right.numerals:
        return Judgement(Relation.RELATED, "numbers_unread")
    if pair.other_year:
        years = {"left": str(min(left.years)), "right": str(min(right.years))}
        return Judgement(Relation.RELATED, "other_due", years)
    return Judgement(Relation.SAME, "same_subject")


def _measured_differently(pair: StatementPair) -> Judgement:
    """Judge a pair whose numbers measure different things: opposite aims, one aim, or no more than one field."""
    first = next((ab for ab in pair.numbers if comparable(*ab)), pair.numbers[0])
    details = {"left": first[0].label, "right": first[1].label}
    grown = any(map(_level_and_growth, pair.numbers))
    if pair.near(INDICATOR) and pair.one_indicator and pair.opposed and (grown or any(map(_both_change, pair.numbers))):
        return Judgement(Relation.CONFLICT, "opposite_direction", details, first)
    rates = next((ab for ab in pair.numbers if pair.one_way and _change_and_share(*ab)), None)
    whole = rates and (pair.left if rates[0].form == "amount" else pair.right).reading.of_whole
    grown = bool(pair.own and (grown or whole))
    one = any(a.quantity == b.quantity or _may_be_one(a, b) or (a.counts is b.counts is None) for a, b in pair.numbers)
    apart = grown or not one
    any_year = grown or (pair.own and (pair.one_way or (not pair.shares and any(map(_worth_and_rate, pair.numbers)))))
    sure = pair.score >= (_LIKELY if pair.matched and pair.shared else _SURE)
    if apart and sure and pair.one_measure and (any_year or not pair.other_year) and not pair.opposed:
        return Judgement(Relation.SAME if pair.matched else Relation.RELATED, "same_aim", details, first)
    if pair.own and (alike := (not whole and rates) or next((ab for ab in pair.numbers if _of_one(*ab)), None)):
        return _other_number(*alike)
    return Judgement(Relation.RELATED, "other_measure", details, first)


def _compare(left: ComparableNumber, right: ComparableNumber) -> Judgement:
    """Compare two numbers of one indicator."""
    details = {"left": _dated(left), "right": _dated(right)}
    if {left.direction, right.direction} == {UP, DOWN}:
        return Judgement(Relation.CONFLICT, "opposite_direction", details, (left, right))
    if _exclude(left, right) or _exclude(right, left):
        return Judgement(Relation.CONFLICT, "bounds", details, (left, right))
    return _other_number(left, right)


def _other_number(left: ComparableNumber, right: ComparableNumber) -> Judgement:
    """Say in what two numbers of one indicator differ, if in anything; those of other measures or currencies always do."""
    number = comparable(left, right) and equal(left, right)
    year = left.year is None or right.year is None or left.year == right.year
    rule = "numbers_agree" if year else "other_year"
    if not number:
        rule = "other_number" if year else "other_number_and_year"
    based = None not in (left.base, right.base) and left.base != right.base and {left.form, right.form} <= _FROM_BASE
    rule = "other_base" if based else rule
    relation = Relation.SAME if rule == "numbers_agree" else Relation.RELATED
    details = {"left": _dated(left, based=based), "right": _dated(right, based=based)}
    return Judgement(relation, rule, details, (left, right))


def _of_one(left: ComparableNumber, right: ComparableNumber) -> bool:
    """Say whether two numbers measure one thing where both names say one object: a level may lack its unit."""
    bare = WITHOUT_UNIT in (left.quantity, right.quantity) and not _RATIOS & {left.quantity, right.quantity}
    return akin(left, right) or (bare and left.form == right.form == "amount" and _may_be_one(left, right))


def _both_change(numbers: tuple[ComparableNumber, ComparableNumber]) -> bool:
    """Say whether both numbers say by how much something changes."""
    return {number.form for number in numbers} <= CHANGES


def _level_and_growth(numbers: tuple[ComparableNumber, ComparableNumber]) -> bool:
    """Say whether one number says how much there is and the other by how much it changes: two measures of one aim in any year.

    A share is no such level: what grows may well fall behind the whole.
    """
    levels = [number for number in numbers if number.form == "amount" and number.unit not in _RELATIVE]
    rises = [number for number in numbers if number.form in CHANGES]
    return len(levels) == len(rises) == 1 and not _may_be_one(*numbers)


def _change_and_share(left: ComparableNumber, right: ComparableNumber) -> bool:
    """Say whether one number says by how much something changes, and the other is a percentage that is no change."""
    numbers = (left, right), (right, left)
    return any(a.form in CHANGES and (b.form, b.unit) == ("amount", "%") for a, b in numbers)


def _worth_and_rate(numbers: tuple[ComparableNumber, ComparableNumber]) -> bool:
    """Say whether one number is an amount of money and the other a percentage."""
    return any(a.counts is None and b.unit == "%" for a, b in (numbers, numbers[::-1]))


def _may_be_one(left: ComparableNumber, right: ComparableNumber) -> bool:
    """Say whether two numbers of different quantities could measure one thing: one of them has no unit, or a noun for it.

    Six villages in ten may be written without the ten, an amount without its currency: then the sizes are alike.
    """
    loose = {left.quantity, right.quantity} & {WITHOUT_UNIT, COUNTED}
    if not loose:
        return False
    sizes = [sorted(map(abs, told)) for told in ((left.value, right.value), (left.amount, right.amount))]
    small = {left.quantity, right.quantity} & _RATIOS and sizes[0][1] <= _SMALL_COUNT
    return bool(small) or any(high <= LIKE_COUNTS * low for low, high in sizes[: 1 + (WITHOUT_UNIT in loose)])


def _exclude(low: ComparableNumber, high: ComparableNumber) -> bool:
    """Say whether a lower bound is an upper bound for one year or lies above it, or a level that is to be raised does.

    The upper end of a range to which something is to be raised (to 42 to 43 %) bounds nothing.
    """
    raised = low.operator in ("=", "~") and low.direction == UP
    if not (low.operator.startswith(">") or raised) or not high.operator.startswith("<") or high.direction == UP:
        return False
    known = low.year is not None and high.year is not None
    if low.year != high.year and (known or raised):
        return False
    return low.value > high.value or (low.value == high.value and low.operator.startswith(">"))


def _dated(quantity: ComparableNumber, *, based: bool = False) -> str:
    """Write number, direction and year for people, with the year that it is counted from where that is asked."""
    sign = {UP: "↑ ", DOWN: "↓ "}.get(quantity.direction, "")
    operator = {"=": "", ">=": "≥ ", "<=": "≤ ", "~": "≈ "}.get(quantity.operator, f"{quantity.operator} ")
    year = str(quantity.year) if quantity.year is not None else ""
    year = f"{quantity.base} → {year or '…'}" if based else year
    return f"{sign}{operator}{quantity.label}" + (f" ({year})" if year else "")
