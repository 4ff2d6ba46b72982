"""Two readings of one document side by side: which targets both found, where they differ, and what only one has."""

from collections.abc import Sequence
from dataclasses import dataclass

from isthmus.plans.grammar import Grammar
from isthmus.plans.numbers import find_numbers
from isthmus.plans.plan import Target
from isthmus.plans.quantities import read
from isthmus.plans.text import normalise, probe

AGREE, DIFFERS, ONLY_FIRST, ONLY_SECOND, UNANSWERED = "agree", "differs", "only first", "only second", "unanswered"
_COMPARED = ("kind", "operator", "year", "direction")
_TOLERANCE = 1e-6


@dataclass(frozen=True)
class Readings:
    """What two readers say of one passage; `differs` names the fields in which they disagree."""

    passage: str
    page: int | None
    first: Target | None
    second: Target | None
    differs: tuple[str, ...] = ()
    answered: bool = True

    @property
    def verdict(self) -> str:
        """Return agree, differs, only first, only second, or unanswered where the second reader said nothing."""
        if not self.answered:
            return UNANSWERED
        if self.first is None:
            return ONLY_SECOND
        if self.second is None:
            return ONLY_FIRST
        return DIFFERS if self.differs else AGREE


def side_by_side(passage: str, page: int | None, first: Sequence[Target], second: Sequence[Target]) -> list[Readings]:
    """Pair the numeric targets that two readers found in a passage: equal values, those that agree most first."""
    free = [t for t in second if t.value is not None]
    pairs = []
    for own in (t for t in first if t.value is not None):
        equal = [t for t in free if _equal(own.value, t.value)]
        other = min(equal, key=lambda t: len(_differences(own, t)), default=None)
        if other is not None:
            free.remove(other)
        pairs.append(Readings(passage, page, own, other, _differences(own, other) if other is not None else ()))
    return pairs + [Readings(passage, page, None, other) for other in free]


def stands_in(value: float, passage: str, grammar: Grammar) -> bool:
    """Say whether a value stands in a passage: as written, multiplied out, or as a word such as double; its sign is free."""
    text = probe(normalise(passage))
    numbers = [
        n for number in find_numbers(text, grammar.numerals) for n in (number.value, number.value / number.scale)
    ]
    numbers += [q.value for q in read(text, grammar).quantities]
    return any(_equal(abs(value), abs(number)) for number in numbers)


def _equal(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return False
    return abs(one - other) <= _TOLERANCE * max(abs(one), abs(other), 1e-12)


def _differences(one: Target, other: Target) -> tuple[str, ...]:
    return tuple(name for name in _COMPARED if getattr(one, name) != getattr(other, name))
