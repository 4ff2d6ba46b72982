"""Two readings of one document side by side: which targets both found, where they differ, and what only one has."""

from collections.abc import Sequence
from dataclasses import dataclass

from isthmus.plans.grammar import Grammar
from isthmus.plans.numbers import find_numbers
from isthmus.plans.patterns import search
from isthmus.plans.plan import Kind, Target
from isthmus.plans.quantities import read
from isthmus.plans.text import normalise, probe
from isthmus.plans.units import CURRENCIES, SHARES, TIMES, currencies_in

AGREE, DIFFERS, ONLY_FIRST, ONLY_SECOND, UNANSWERED = "agree", "differs", "only first", "only second", "unanswered"
_COMPARED = ("kind", "operator", "year", "direction")
_TOLERANCE = 1e-6
_YEARS = range(1900, 2101)
_CHANGES = (Kind.CHANGE_PCT, Kind.CHANGE_PP, Kind.CHANGE_ABS, Kind.GROWTH)


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


def side_by_side(
    passage: str, page: int | None, first: Sequence[Target], second: Sequence[Target], grammars: Sequence[Grammar]
) -> list[Readings]:
    """Pair the numeric targets that two readers found in a passage: equal values, those that agree most first.

    Units of another currency or quantity are a difference, as `grammars` read them; counted things and multiples have none.
    """
    free = [t for t in second if t.value is not None]
    pairs = []
    for own in (t for t in first if t.value is not None):
        equal = [t for t in free if _equal(own.value, t.value)]
        other = min(equal, key=lambda t: len(_differences(own, t, grammars)), default=None)
        if other is not None:
            free.remove(other)
        differs = _differences(own, other, grammars) if other is not None else ()
        pairs.append(Readings(passage, page, own, other, differs))
    return pairs + [Readings(passage, page, None, other) for other in free]


def unsupported(
    value: float, base: float | None, unit: str, kind: Kind, passage: str, grammars: Sequence[Grammar]
) -> str:
    """Return what of a reading nothing in its passage supports, "" where all stands there.

    Parameters
    ----------
    grammars
        That of the passage, and others in whose words a unit may be named.
    """
    grammar, text = grammars[0], probe(normalise(passage))
    reading = read(text, grammar)
    if not _stands_in(value, text, grammar):
        return "value not in the passage"
    if value in _YEARS and not _stands_in(value, reading.text, grammar):
        return "value is a year of the passage"
    signed = any(q.signed and _equal(value, q.value) for q in reading.quantities)
    if value < 0 and not signed and not (kind in _CHANGES and search(grammar.down, text)):
        return "sign not in the passage"
    if base is not None and not _stands_in(base, text, grammar):
        return "base value not in the passage"
    currency = _named(unit, grammars)[0]
    return "currency not in the passage" * (currency in CURRENCIES and currency not in currencies_in(text, grammar))


def _stands_in(value: float, text: str, grammar: Grammar) -> bool:
    """Say whether a value stands in a text: as written, multiplied out, or as a word such as double; its sign is free."""
    numbers = [
        n for number in find_numbers(text, grammar.numerals) for n in (number.value, number.value / number.scale)
    ]
    numbers += [q.value for q in read(text, grammar).quantities]
    return any(_equal(abs(value), abs(number)) for number in numbers)


def _named(unit: str, grammars: Sequence[Grammar]) -> tuple[str, bool]:
    """Return the name of a unit in whatever words it is said, and whether it is one of measurement."""
    if unit in (*CURRENCIES, *SHARES):
        return unit, True
    found = (read(f"2 {probe(normalise(unit))}", grammar).quantities for grammar in grammars)
    known = next((own[0] for own in found if own and own[0].known), None)
    if known is not None:
        return known.unit, True
    currency = next(iter(currencies_in(probe(normalise(unit)), grammars[0])), "")
    return (currency or unit), bool(currency)


def _other_unit(one: Target, other: Target, grammars: Sequence[Grammar]) -> bool:
    (own, known), (name, also) = (_named(t.unit, grammars) for t in (one, other))
    return (known or also) and own != name and TIMES not in (own, name)


def _equal(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return False
    return abs(one - other) <= _TOLERANCE * max(abs(one), abs(other), 1e-12)


def _differences(one: Target, other: Target, grammars: Sequence[Grammar]) -> tuple[str, ...]:
    named = tuple(name for name in _COMPARED if getattr(one, name) != getattr(other, name))
    return (*named, "unit") if _other_unit(one, other, grammars) else named
