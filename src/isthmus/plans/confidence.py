"""How likely a row is to be right in every field: signs of the row, of those around it and of its document, weighed.

Rows of marked plans, as they were first read, are what the weights are fitted to; see docs/explanation/plans.md.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from isthmus.plans.lexicon import Lexicon
from isthmus.plans.patterns import search
from isthmus.plans.plan import Kind, Target
from isthmus.plans.text import normalise, probe
from isthmus.plans.units import CURRENCIES

INTERCEPT = "intercept"
DOUBTFUL = 0.5
"""Below it, a row is more likely wrong than right."""
_POOR, _FEWEST = 0.6, 10
"""Share of rows likely to be right below which a document is often misread; of fewer rows it says nothing."""
_AROUND = 6
"""Rows of other statements on each side that a row is compared with."""
_FEW = 10
"""Below it, a whole number without a unit is likely to be one of things that the text numbers or names by the way."""
_FIGURES = re.compile(r"\d+")
_NAMED = re.compile(r"[一-鿿]{2}|[^\W\d_]{2,}")
_WORDS = ("tells", "counted", "cumulative", "over_period")
"""Classes of words whose presence in the statement is a sign."""


def with_confidence(targets: Sequence[Target], left_out: int, lexicon: Lexicon) -> list[Target]:
    """Return the rows of a document, those with a number with the probability that they are right in every field.

    Parameters
    ----------
    targets
        In reading order.
    left_out
        How many passages with figures gave none.
    lexicon
        Holds the words and the weights; a sign without a weight counts nothing, and without any there is no confidence.
    """
    if not lexicon.confidence:
        return list(targets)
    numbers = [t for t in targets if t.value is not None]
    likely = iter([_likely(lexicon.confidence, signs) for signs in signs_of(numbers, left_out, lexicon)])
    return [t if t.value is None else replace(t, confidence=next(likely)) for t in targets]


def expected_right(targets: Sequence[Target]) -> float | None:
    """Return the share of rows with a number that is likely to be right in every field; None without such a row."""
    given = [t.confidence for t in targets if t.confidence is not None]
    return sum(given) / len(given) if given else None


def doubtful(targets: Sequence[Target]) -> int:
    """Return how many rows are more likely wrong than right."""
    return sum(t.confidence is not None and t.confidence < DOUBTFUL for t in targets)


def often_misread(targets: Sequence[Target]) -> bool:
    """Say whether documents that give rows like these are often misread."""
    given = [t.confidence for t in targets if t.confidence is not None]
    return len(given) >= _FEWEST and sum(given) < _POOR * len(given)


def _likely(weights: Mapping[str, float], signs: Mapping[str, float]) -> float:
    score = weights[INTERCEPT] + sum(weights.get(name, 0.0) * value for name, value in signs.items())
    return 1 / (1 + math.exp(-score))


def signs_of(rows: Sequence[Target], left_out: int, lexicon: Lexicon) -> list[dict[str, float]]:
    """Return the signs of each numeric row of a document, each by its name; what does not hold is 0."""
    told = Counter(t.text for t in rows)
    named = defaultdict[object, set[float | None]](set)
    for t in rows:
        named[_name(t)].add(t.value)
    whole = {
        "dated": _share([t.year is not None and not t.note for t in rows]),
        "short names": _share([_is_short(t) for t in rows]),
        "left out": math.log((left_out + 1) / (len(rows) + 1)),
    }
    return [
        whole
        | _own(t, lexicon)
        | _near(rows, i)
        | {"one name": len(named[_name(t)]) > 1, "told": math.log(told[t.text])}
        for i, t in enumerate(rows)
    ]


def _name(target: Target) -> object:
    return target.indicator.lower(), target.year, target.operator


def _own(t: Target, lexicon: Lexicon) -> dict[str, float]:
    grammar, text = lexicon.grammars[t.lang], probe(normalise(t.text))
    plain = t.kind is Kind.LEVEL and t.operator == "=" and not t.direction and t.base_value is None
    letters = len(t.text) * (1.0 if grammar.spaced else 2.5)
    return {
        f"language {t.lang}": True,
        "plain": plain,
        "directed": bool(t.direction),
        "bounded": t.operator != "=",
        "no unit": not t.unit,
        "money": t.unit in CURRENCIES,
        "few": not t.unit and t.value is not None and abs(t.value) < _FEW and float(t.value).is_integer(),
        "year said": t.year is not None and str(t.year) in t.text,
        "short name": _is_short(t),
        "length": math.log1p(letters),
        "figures": math.log1p(len({*_FIGURES.findall(t.text)})),
    } | {name: bool(search(grammar.patterns[name], text)) for name in _WORDS}


def _near(rows: Sequence[Target], at: int) -> dict[str, float]:
    own = rows[at]
    around = [t for t in rows[max(0, at - _AROUND) : at + _AROUND + 1] if t.text != own.text]
    return {"one year": _share([t.year == own.year for t in around])}


def _is_short(target: Target) -> bool:
    return len(_NAMED.findall(target.indicator)) <= 1


def _share(held: Sequence[bool]) -> float:
    return sum(held) / max(1, len(held))
