"""Extracted against curated targets: what was found, what was read differently, what was missed, what is more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from isthmus.plans.plan import Kind, Target
from isthmus.plans.text import normalise, probe

VALUE_TOLERANCE = 2e-3
"""Relative difference up to which two values are the same (two thirds is curated as 66.7 percent)."""

_ALIKE = 0.3
_LEVELS = (Kind.LEVEL, Kind.CUMULATIVE)


@dataclass(frozen=True)
class Compared:
    """A curated target with the extracted one it was found in; `differs` names the fields that disagree."""

    curated: Target
    extracted: Target | None
    differs: tuple[str, ...] = ()

    @property
    def outcome(self) -> str:
        """Return match, differs or missed."""
        return "missed" if self.extracted is None else "differs" if self.differs else "match"


@dataclass(frozen=True)
class Comparison:
    """All curated targets with what was found for them, and the extracted numbers that no curated target has."""

    pairs: tuple[Compared, ...]
    extras: tuple[Target, ...]

    def count(self, outcome: str, partner: str | None = None) -> int:
        """Return the number of curated targets of an outcome, of one partner or of all."""
        return sum(p.outcome == outcome and partner in (None, p.curated.partner) for p in self.pairs)


def compare(extracted: Sequence[Target], curated: Sequence[Target], deadline: int) -> Comparison:
    """Pair every curated target with at most one extracted target of the same partner.

    Pairs are made in the order of their score: an equal value counts most, then how alike the indicators are written,
    then kind, year and operator. A target without a number needs a like indicator.

    Parameters
    ----------
    deadline
        Year a statement without one is taken to be due, as in a plan whose title carries the year.
    """
    scored = [
        (score, i, j)
        for i, fact in enumerate(curated)
        for j, found in enumerate(extracted)
        if fact.partner == found.partner and (score := _score(fact, found, deadline)) > 0
    ]
    taken: dict[int, int] = {}
    used: set[int] = set()
    for _, i, j in sorted(scored, key=lambda item: (-item[0], item[1], item[2])):
        if i not in taken and j not in used:
            taken[i] = j
            used.add(j)
    pairs = []
    for i, fact in enumerate(curated):
        other = extracted[taken[i]] if i in taken else None
        pairs.append(Compared(fact, other, tuple(_differences(fact, other, deadline)) if other else ()))
    extras = tuple(t for j, t in enumerate(extracted) if j not in used and t.value is not None)
    return Comparison(tuple(pairs), extras)


def _score(fact: Target, found: Target, deadline: int) -> float:
    """Return how well an extracted target fits a curated one, 0 where it does not."""
    alike = likeness(_indicator(fact, found.lang), f"{found.indicator} {found.text}", found.indicator)
    equal = _same_value(fact, found)
    year = (found.year or deadline) == (fact.year or deadline)
    if fact.value is None or found.value is None:
        agree = fact.value is None and found.value is None
        return 4 * alike + (fact.kind is found.kind) + year if agree and alike >= _ALIKE else 0.0
    if not equal and alike < _ALIKE:
        return 0.0
    kind = _same_kind(fact, found)
    if equal and not (kind and year) and alike < 0.1:
        return 0.0
    return 3.0 * equal + 4.0 * alike + kind + year + 0.5 * _same_operator(fact, found)


def _differences(fact: Target, found: Target, deadline: int) -> Iterable[str]:
    if not _same_value(fact, found):
        yield "value"
    if not _same_kind(fact, found):
        yield "kind"
    if not _same_operator(fact, found):
        yield "operator"
    if (found.year or deadline) != (fact.year or deadline):
        yield "year"


def _same_value(fact: Target, found: Target) -> bool:
    if fact.value is None or found.value is None:
        return fact.value is found.value
    return abs(fact.value - found.value) <= VALUE_TOLERANCE * max(abs(fact.value), abs(found.value))


def _same_kind(fact: Target, found: Target) -> bool:
    return fact.kind is found.kind or (fact.kind in _LEVELS and found.kind in _LEVELS)


def _same_operator(fact: Target, found: Target) -> bool:
    return fact.operator == found.operator or fact.value is None


def _indicator(fact: Target, lang: str) -> str:
    return {"ru": fact.indicator_ru, "zh": fact.indicator_zh}.get(lang, fact.indicator) or fact.indicator


def likeness(name: str, whole: str, indicator: str) -> float:
    """Return the share of a name's letter groups that occur in a statement, its indicator counting half."""
    wanted = letter_groups(name)
    shared = len(wanted & letter_groups(whole)) + len(wanted & letter_groups(indicator))
    return shared / (2 * len(wanted)) if wanted else 0.0


@lru_cache(maxsize=4096)
def letter_groups(text: str) -> frozenset[str]:
    """Return pairs of Han characters, or the first five letters of words in alphabetic scripts."""
    plain = probe(normalise(text))
    groups = {
        plain[i : i + 2] for i in range(len(plain) - 1) if all("\u4e00" <= c <= "\u9fff" for c in plain[i : i + 2])
    }
    words = ["".join(c for c in word if c.isalnum() and not "\u4e00" <= c <= "\u9fff") for word in plain.split()]
    return frozenset(groups | {word[:5] for word in words if len(word) > 3})
