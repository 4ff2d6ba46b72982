"""The words of a verdict on two statements: relation, rule and numbers compared."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from isthmus.alignment.statement import ComparableNumber


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
    compared: tuple[ComparableNumber, ComparableNumber] | None = None


REASONS = {
    "numbers_agree": "one indicator; number and year agree ({left})",
    "other_number": "one indicator, another number: {left} against {right}",
    "other_year": "one indicator, another year: {left} against {right}",
    "other_base": "one indicator, changes counted from other years: {left} against {right}",
    "other_whole": "shares of unlike wholes: {left} against {right}",
    "part_of_whole": "not of the same people or places (youth, villages): {left} against {right}",
    "other_due": "one subject, due in other years: {left} against {right}",
    "other_number_and_year": "one indicator, another number and year: {left} against {right}",
    "opposite_direction": "one indicator, opposite direction: {left} against {right}",
    "opposite_unclear": "same field, opposite direction; whether the indicator is one is not clear: {left} against {right}",
    "bounds": "one indicator, bounds that cannot both hold: {left} against {right}",
    "other_measure": "same field, measured differently: {left} against {right}",
    "same_aim": "one aim, measured differently: {left} and {right}",
    "numbers_unread": "one subject, but both passages hold figures that could not be compared",
    "procedure": "both act on the same border procedure",
    "both_replace_imports": "both replace imports of one good by own production",
    "both_export": "both seek foreign customers for one good or service",
    "delivers": "one side's output is the other's input",
    "buyer_wants_less": "one side wants to buy less of what the other wants to deliver",
    "limit_against_expansion": "one side limits, closes or ends what the other wants",
    "same_subject": "one subject; nothing in number, direction or flow speaks against it",
    "field_only": "same field only",
    "verdict": "decided by the analyst",
}
"""English sentence of each rule; the report has its own in every language."""
