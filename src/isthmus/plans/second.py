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
_COMPARED = ("kind", "operator", "year", "base_year", "direction")
_TOLERANCE = 1e-6
_PLACES = 3
"""A value of more decimals is a fraction in words (two thirds), which others may round."""
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


def holds_a_number(passage: str, grammar: Grammar) -> bool:
    """Say whether a passage holds a number, be it in figures or in words (double, two thirds)."""
    return bool(_numbers_in(probe(normalise(passage)), grammar))


def unsupported(told: Target, grammars: Sequence[Grammar]) -> str:
    """Return what of a reading nothing in its passage, which is its text, supports, "" where all stands there.

    Parameters
    ----------
    grammars
        That of the passage, and others in whose words a unit may be named.
    """
    grammar, text = grammars[0], probe(normalise(told.text))
    reading, value = read(text, grammar), told.value or 0.0
    if not _stands_in(value, text, grammar):
        return "value not in the passage"
    if value in _YEARS and not _stands_in(value, reading.text, grammar):
        return "value is a year of the passage"
    signed = any(q.signed and _equal(value, q.value) for q in reading.quantities)
    if value < 0 and not signed and not (told.kind in _CHANGES and search(grammar.down, text)):
        return "sign not in the passage"
    if told.base_value is not None and not _stands_in(told.base_value, text, grammar):
        return "base value not in the passage"
    years = {found for year in reading.years for found in (year.first, year.year)}
    if any(year and year not in years and str(year) not in text for year in (told.year, told.base_year)):
        return "year not in the passage"
    currency = _named(told.unit, grammars)[0]
    return "currency not in the passage" * (currency in CURRENCIES and currency not in currencies_in(text, grammar))


def _stands_in(value: float, text: str, grammar: Grammar) -> bool:
    """Say whether a value stands in a text; its sign is free."""
    return any(_equal(abs(value), abs(number)) for number in _numbers_in(text, grammar))


def _numbers_in(text: str, grammar: Grammar) -> list[float]:
    """Return the numbers of a text: as written, multiplied out, and what a word such as double says as a multiple or change."""
    numbers = [
        n for number in find_numbers(text, grammar.numerals) for n in (number.value, number.value / number.scale)
    ]
    for q in read(text, grammar).quantities:
        numbers += [q.value, *([100.0 * (q.value - 1.0)] if q.form == "multiple" else ())]
        numbers += [q.value / 100.0] if q.form == "fraction" else []
    return numbers


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
        return one is other
    near = abs(one - other) <= _TOLERANCE * max(abs(one), abs(other), 1e-12)
    short, endless = sorted((one, other), key=lambda value: value != round(value, _PLACES))
    rounded = (round(endless, places) for places in range(_PLACES))
    return near or (endless != round(endless, _PLACES) and short in rounded)


def _differences(one: Target, other: Target, grammars: Sequence[Grammar]) -> tuple[str, ...]:
    named = [name for name in _COMPARED if getattr(one, name) != getattr(other, name)]
    named += ["base_value"] * (not _equal(one.base_value, other.base_value))
    return (*named, "unit") if _other_unit(one, other, grammars) else tuple(named)
