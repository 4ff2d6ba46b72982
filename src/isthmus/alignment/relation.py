"""What two statements of one subject mean for each other: decided by declared trade, then by numbers, direction and flows.

The rules, in order; the first that applies decides:

0. One says that it exports what the other says that it imports: a complement; a conflict where either wants less of it.
1. Both give a number of one indicator: opposite directions or bounds that cannot both hold are a conflict; equal number
   and year are the same; anything else is related, and the reason says what differs.
2. Both act on the same border procedure: the same (a recognised certificate serves buyer and seller alike).
3. Both replace imports of one industrial good by own production, or both seek foreign customers for one good or service:
   a conflict.
4. One delivers what the other buys: a complement; a conflict where the buyer wants to buy less.
5. One raises what the other limits: a conflict.
6. Both give numbers that measure different things: opposite directions are a conflict; numbers of different quantities
   (berths and tonnes) of each other's best match are one aim, the same; else related.
7. Figures that were not read or different years, or the subjects are not near enough: related.
8. Nothing speaks against it: the same; a conflict where one side opens, introduces or wants what the other closes or ends.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from isthmus.alignment.glossary import Glossary, Reading, fields_of, shared_objects
from isthmus.alignment.statement import (
    COUNTED,
    DOWN,
    LIKE_COUNTS,
    UP,
    WITHOUT_UNIT,
    Quantity,
    Statement,
    comparable,
    equal,
)


class Relation(StrEnum):
    """How two statements stand to each other; the words of the link table."""

    SAME = "same"
    COMPLEMENT = "complement"
    CONFLICT = "conflict"
    RELATED = "related"


@dataclass(frozen=True)
class Judgement:
    """A relation with the rule that decided it, the details a sentence about it needs, and the numbers it compared."""

    relation: Relation
    rule: str
    details: Mapping[str, str] = field(default_factory=dict)
    compared: tuple[Quantity, Quantity] | None = None


@dataclass(frozen=True)
class Strictness:
    """Scores below which two statements are of different indicators, of different subjects, and too far for flows.

    Who delivers to whom, and whether an aim is turned round, is read off a shared object and needs less nearness, because
    buyer and seller, or those who want more and those who want less, use other words.
    All of them hold for pairs that are not each other's best match; mutual best matches are taken to be of one subject.
    """

    indicator: float = 0.3
    subject: float = 0.5
    flow: float = 0.01


MUTUAL_BEST = Strictness(0.0, 0.0, 0.0)


TRADED = frozenset({"energy", "materials", "industry", "agriculture"})
"""Fields whose objects are bought and sold between economies."""

SERVICES = frozenset({"education", "health", "culture", "tourism", "space", "transport", "digital", "labour"})
"""Fields whose services cross borders when a side says so: students, patients, visitors, audiences, crews."""

MADE = TRADED | {"digital", "health", "space"}
"""Fields whose objects a side can make itself instead of importing them."""

FOOD, BORDER = "agriculture", "border"

_SURE, _LIKELY = 0.5, 0.4
"""Scores from which numbers that measure different things may be one aim; each other's best match needs less."""
_SMALL_COUNT = 10.0
_RATIOS = {"percent", "points", "times"}
"""What a number without a unit may turn out to be when it is read in full (eight villages in ten)."""

REASONS = {
    "numbers_agree": "one indicator; number and year agree ({left})",
    "other_number": "one indicator, another number: {left} against {right}",
    "other_year": "one indicator, another year: {left} against {right}",
    "other_number_and_year": "one indicator, another number and year: {left} against {right}",
    "opposite_direction": "one indicator, opposite direction: {left} against {right}",
    "opposite_unclear": "same field, opposite direction; whether the indicator is one is not clear: {left} against {right}",
    "bounds": "one indicator, bounds that cannot both hold: {left} against {right}",
    "other_measure": "same field, measured differently: {left} against {right}",
    "opposite_scope": "one side opens or introduces what the other closes or abolishes",
    "same_aim": "one aim, measured differently: {left} and {right}",
    "numbers_unread": "one subject, but both passages hold figures that could not be compared",
    "procedure": "both act on the same border procedure",
    "both_replace_imports": "both replace imports of one good by own production",
    "both_export": "both seek foreign customers for one good or service",
    "delivers": "one side's output is the other's input",
    "seller_wants_less": "one side wants to deliver less of what the other wants to buy",
    "buyer_wants_less": "one side wants to buy less of what the other wants to deliver",
    "limit_against_expansion": "one side limits what the other expands",
    "same_subject": "one subject; nothing in number, direction or flow speaks against it",
    "field_only": "same field only",
    "verdict": "decided by the analyst",
}
"""English sentence of each rule; the report has its own in every language."""


def relate(
    left: Statement, right: Statement, score: float, glossary: Glossary, limits: Strictness = Strictness()
) -> Judgement:
    """Return the relation of two statements.

    Parameters
    ----------
    score
        Probability that both are of one subject (0 to 1), see `match.align`.
    """
    judgement = _relate(left, right, score, glossary, limits)
    nothing_against = judgement.rule in ("numbers_agree", "same_subject", "numbers_unread", "other_year")
    return Judgement(Relation.CONFLICT, "opposite_scope") if nothing_against and _turns(left, right) else judgement


def _turns(left: Statement, right: Statement) -> bool:
    """Say whether one side opens or introduces what the other closes, or ends a flow that the other wants."""
    if {left.scope, right.scope} == {UP, DOWN}:
        return True
    one_measure = left.reading.measures == right.reading.measures or left.reading.measures & right.reading.measures
    return bool(one_measure) and any(a.scope == DOWN and _wants(b) for a, b in ((left, right), (right, left)))


def _wants(statement: Statement) -> bool:
    """Say whether a statement wants more of something, or wants it made."""
    less = DOWN in (statement.direction, statement.scope)
    return not less and (UP in (statement.direction, statement.scope) or "build" in statement.reading.cues)


def _relate(left: Statement, right: Statement, score: float, glossary: Glossary, limits: Strictness) -> Judgement:
    pair = _Pair(left, right, score, shared_objects(left.reading, right.reading, glossary), glossary)
    if score >= limits.flow and (found := _trade(pair)):
        return found
    if pair.near(limits) and (pair.one_indicator or pair.one_figure) and (found := compare_numbers(left, right)):
        unsure = found.rule == "opposite_direction" and not pair.measures_agree
        return replace(found, relation=Relation.RELATED, rule="opposite_unclear") if unsure else found
    if score >= (limits.flow if pair.shared else limits.subject) and (found := _by_meaning(pair)):
        return found
    return _without_comparison(pair, limits)


def compare_numbers(left: Statement, right: Statement) -> Judgement | None:
    """Return what comparable numbers of two statements say, taken as one indicator; None without such numbers."""
    pairs = [(a, b) for a in left.quantities for b in right.quantities if comparable(a, b)]
    if not pairs:
        return None
    found = [_compare(a, b) for a, b in pairs]
    order = (Relation.CONFLICT, Relation.SAME, Relation.RELATED)
    return min(found, key=lambda judgement: order.index(judgement.relation))


def _without_comparison(pair: "_Pair", limits: Strictness) -> Judgement:
    """Judge a pair whose numbers cannot be compared and whose words decide nothing: the same unless something speaks against."""
    left, right = pair.left, pair.right
    if pair.counted:
        return _measured_differently(pair, limits)
    if pair.score < limits.subject or ({left.direction, right.direction} == {UP, DOWN} and pair.one_measure):
        return Judgement(Relation.RELATED, "field_only")
    if left.numerals and right.numerals and left.numerals != right.numerals:
        return Judgement(Relation.RELATED, "numbers_unread")
    if pair.other_year:
        years = {side: str(min(s.years)) for side, s in (("left", left), ("right", right))}
        return Judgement(Relation.RELATED, "other_year", years)
    return Judgement(Relation.SAME, "same_subject")


def _measured_differently(pair: "_Pair", limits: Strictness) -> Judgement:
    """Judge a pair whose numbers measure different things: opposite aims, one aim, or no more than one field."""
    left, right = pair.left, pair.right
    pairs = [(a, b) for a in left.quantities for b in right.quantities]
    first = next((ab for ab in pairs if comparable(*ab)), pairs[0])
    details = {"left": first[0].label, "right": first[1].label}
    if pair.near(limits) and pair.one_indicator and {left.direction, right.direction} == {UP, DOWN}:
        return Judgement(Relation.CONFLICT, "opposite_direction", details, first)
    measured = [{q.quantity for q in side.quantities} for side in (left, right)]
    apart = not measured[0] & measured[1] and not any(_may_be_one(a, b) for a, b in pairs)
    mutual = limits.subject == 0.0 and bool(pair.shared)
    sure = pair.score >= (_LIKELY if mutual else max(limits.subject, _SURE))
    if apart and sure and pair.one_measure and not pair.other_year and {left.direction, right.direction} != {UP, DOWN}:
        accepted = limits.subject == 0.0
        return Judgement(Relation.SAME if accepted else Relation.RELATED, "same_aim", details, first)
    return Judgement(Relation.RELATED, "other_measure", details, first)


@dataclass(frozen=True)
class _Pair:
    """Two statements with what they share."""

    left: Statement
    right: Statement
    score: float
    shared: frozenset[str]
    glossary: Glossary

    def near(self, limits: Strictness) -> bool:
        """Whether the statements are near enough to be of one indicator; a shared object needs less."""
        return self.score >= (limits.flow if self.shared else limits.indicator)

    @property
    def one_measure(self) -> bool:
        """Whether the measures named do not contradict each other."""
        a, b = self.left.reading.measures, self.right.reading.measures
        return not a or not b or bool(a & b)

    @property
    def counted(self) -> bool:
        """Whether both sides give numbers."""
        return bool(self.left.quantities and self.right.quantities)

    @property
    def other_year(self) -> bool:
        """Whether both sides name years and none of them is common."""
        return bool(self.left.years and self.right.years) and not self.left.years & self.right.years

    @property
    def measures_agree(self) -> bool:
        """Whether both sides name a common measure, or neither names any."""
        a, b = self.left.reading.measures, self.right.reading.measures
        return bool(a & b) or not (a or b)

    @property
    def one_indicator(self) -> bool:
        """Whether object and measure named on both sides do not contradict each other."""
        named = self.left.reading.objects and self.right.reading.objects
        return self.one_measure and (bool(self.shared) or not named or self.score >= 0.8)

    @property
    def one_figure(self) -> bool:
        """Whether both give one number for one year of one object: then a measure named beside it does not part them."""
        figures = ((a, b) for a in self.left.quantities for b in self.right.quantities if comparable(a, b))
        return bool(self.shared) and any(equal(a, b) and a.year == b.year is not None for a, b in figures)

    @property
    def procedural(self) -> bool:
        """Whether both sides are about a border procedure and nothing else, or both act on one."""
        acts = "procedure" in self.left.reading.cues and "procedure" in self.right.reading.cues
        return bool(self.groups) and (self.groups <= {BORDER} or (acts and BORDER in self.groups))

    @property
    def groups(self) -> frozenset[str]:
        """Fields of the shared objects."""
        return fields_of(Reading(self.shared), self.glossary)


def _compare(left: Quantity, right: Quantity) -> Judgement:
    """Compare two numbers of one indicator."""
    pair = left, right
    details = {"left": _dated(left), "right": _dated(right)}
    if {left.direction, right.direction} == {UP, DOWN}:
        return Judgement(Relation.CONFLICT, "opposite_direction", details, pair)
    if _exclude(left, right) or _exclude(right, left):
        return Judgement(Relation.CONFLICT, "bounds", details, pair)
    if _turned(left, right):
        return Judgement(Relation.CONFLICT, "opposite_direction", details, pair)
    number = equal(left, right)
    year = left.year is None or right.year is None or left.year == right.year
    if number and year:
        return Judgement(Relation.SAME, "numbers_agree", details, pair)
    rule = "other_year" if number else "other_number" if year else "other_number_and_year"
    return Judgement(Relation.RELATED, rule, details, pair)


def _may_be_one(left: Quantity, right: Quantity) -> bool:
    """Say whether two numbers of different quantities could measure one thing: one of them has no unit, or a noun for it.

    Six villages in ten may be written without the ten, an amount without its currency: then the sizes are alike.
    """
    loose = {left.quantity, right.quantity} & {WITHOUT_UNIT, COUNTED}
    if not loose:
        return False
    low, high = sorted((abs(left.value), abs(right.value)))
    small = {left.quantity, right.quantity} & _RATIOS and high <= _SMALL_COUNT
    return WITHOUT_UNIT in loose or bool(small) or high <= LIKE_COUNTS * low


def _exclude(low: Quantity, high: Quantity) -> bool:
    """Say whether a lower bound, or a level that is to be raised, lies above an upper bound for one year."""
    raised = low.operator in ("=", "~") and low.direction == UP
    if not (low.operator.startswith(">") or raised) or not high.operator.startswith("<"):
        return False
    if low.year is not None and high.year is not None and low.year != high.year:
        return False
    strict = low.operator == ">" or high.operator == "<"
    return low.value > high.value or (strict and low.value == high.value)


def _turned(left: Quantity, right: Quantity) -> bool:
    """Say whether one number is a minimum on one side and a maximum on the other."""
    return left.value == right.value and {left.operator[:1], right.operator[:1]} == {"<", ">"}


def _dated(quantity: Quantity) -> str:
    """Write number, direction and year for people."""
    sign = {UP: "↑ ", DOWN: "↓ "}.get(quantity.direction, "")
    operator = (
        ""
        if quantity.operator == "="
        else {">=": "≥ ", "<=": "≤ ", "~": "≈ "}.get(quantity.operator, f"{quantity.operator} ")
    )
    return f"{sign}{operator}{quantity.label}" + (f" ({quantity.year})" if quantity.year is not None else "")


def _by_meaning(pair: _Pair) -> Judgement | None:
    """Apply the rules on procedures, rivalry, flows and limits; None when none of them applies."""
    left, right = pair.left.reading.cues, pair.right.reading.cues
    if pair.procedural:
        return None if pair.counted or pair.other_year else Judgement(Relation.SAME, "procedure")
    made = bool(pair.groups & MADE) or not pair.shared
    if "substitute" in left and "substitute" in right and made and pair.groups != {FOOD}:
        return Judgement(Relation.CONFLICT, "both_replace_imports")
    if "import" in left and "import" in right and {pair.left.direction, pair.right.direction} == {"", DOWN}:
        return Judgement(Relation.RELATED, "field_only")
    outward = {"export" in left, "export" in right} == {True} or (
        ("export" in left and "import" in right) or ("import" in left and "export" in right)
    )
    if not pair.groups & TRADED and not (outward and pair.shared):
        return _limit(pair)
    if _exports(pair.left) and _exports(pair.right):
        same_way = DOWN not in (pair.left.direction, pair.right.direction)
        return Judgement(Relation.CONFLICT, "both_export") if same_way else _limit(pair)
    return _flow(pair, _sells, _buys) or _limit(pair)


def _trade(pair: _Pair) -> Judgement | None:
    """Judge a pair of which one side says that it exports what the other says that it imports."""
    if not pair.shared or not pair.groups & (TRADED | SERVICES) or pair.procedural:
        return None
    for seller, buyer in ((pair.left, pair.right), (pair.right, pair.left)):
        ends = DOWN in (seller.direction, seller.scope)
        if ends and _exports(seller) and _imports(buyer) and buyer.direction != DOWN:
            return Judgement(Relation.CONFLICT, "seller_wants_less")
    return _flow(pair, _exports, _imports)


def _flow(pair: _Pair, sells: Callable[[Statement], bool], buys: Callable[[Statement], bool]) -> Judgement | None:
    """Say whether one side delivers what the other buys, or wants to buy less of it."""
    for seller, buyer in ((pair.left, pair.right), (pair.right, pair.left)):
        if sells(seller) and buys(buyer) and seller.direction != DOWN:
            less = buyer.direction == DOWN or "substitute" in buyer.reading.cues
            return Judgement(*((Relation.CONFLICT, "buyer_wants_less") if less else (Relation.COMPLEMENT, "delivers")))
    return None


def _exports(statement: Statement) -> bool:
    """Say whether a statement speaks of exports and not of imports."""
    return "export" in statement.reading.cues and "import" not in statement.reading.cues


def _imports(statement: Statement) -> bool:
    """Say whether a statement speaks of imports and not of exports; depending less on them is importing less."""
    cues = statement.reading.cues
    depends = "substitute" in cues and "import" in statement.reading.measures
    return ("import" in cues or depends) and "export" not in cues


def _limit(pair: _Pair) -> Judgement | None:
    """Say whether one side limits or cuts what the other raises: one object, one measure named on both sides."""
    left, right = pair.left, pair.right
    if not pair.shared or not left.reading.measures & right.reading.measures:
        return None
    limited = any("limit" in a.reading.cues and _wants(b) for a, b in ((left, right), (right, left)))
    if limited or {left.direction, right.direction} == {UP, DOWN}:
        return Judgement(Relation.CONFLICT, "limit_against_expansion")
    return None


def _sells(statement: Statement) -> bool:
    """Say whether a statement is about delivering its object: it exports, or produces and does not speak of use."""
    cues = statement.reading.cues
    if "import" in cues or ("substitute" in cues and "export" not in cues):
        return False
    return "export" in cues or ("supply" in cues and "demand" not in cues)


def _buys(statement: Statement) -> bool:
    """Say whether a statement is about obtaining its object: it imports, or speaks of use and does not export."""
    cues = statement.reading.cues
    return "export" not in cues and ("import" in cues or "demand" in cues or "use" in statement.reading.measures)
