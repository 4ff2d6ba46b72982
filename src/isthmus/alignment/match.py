"""Link the statements of two plans: who means whom, how sure that is, and what nobody answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import product

import numpy as np
from numpy.typing import NDArray

from isthmus.alignment.glossary import Glossary, shared_objects
from isthmus.alignment.judgement import REASONS, Judgement, Relation
from isthmus.alignment.objects import ObjectRules
from isthmus.alignment.relation import compare_numbers, relate
from isthmus.alignment.similarity import Embedder, Passage, Remembered, Vectors, likeness, similarity
from isthmus.alignment.statement import Statement, akin, statements
from isthmus.plans.plan import Target

_LIKELY = 10
"""Candidates of each statement, by similarity, whose other signs are looked at."""
_LONG_NAME = 4
"""Words that the glossary does not know from which a name says more than what it shares with another."""
_MANY = 100
"""Rows in words of a list that has something alike for whatever another says."""
_MUCH = 0.1
"""Share of the rows of the shorter list that are linked from which two lists share much."""
_STRANGE = 0.03
"""Share of the rows in words with a sure link in words below which lists share next to nothing there: what is alike is of one
field at best."""
_BELOW = 0.01
"""How far the highest score of a pair that may not be in a band stays below it."""


class Band(StrEnum):
    """How much a link can be trusted without a look at both passages."""

    CONFIDENT = "confident"
    CHECK = "check"
    WEAK = "weak"


@dataclass(frozen=True)
class Calibration:
    """How the signs of a pair (see `signs`) put candidates in order and become a score.

    The score is a logistic curve over the signs: the share of best matches (`matches`) with these signs that are right on
    labelled lists and statements (tools/calibrate_alignment.py).

    Attributes
    ----------
    order
        How far each sign moves a likely pair in similarity, so that of variants the right one is best.
    score
        Weight of each sign, of the similarity so moved (`order`) and of a constant (`intercept`).
    figures
        How the score of a pair with figures on both sides is corrected: weights of the signs, of what `score` makes of the pair
        (`score`) and of a constant (`intercept`); empty where it is not.
    confident, check
        Lowest score of the two upper bands.
    no_match
        Score below which a best match is not accepted: the statement has no counterpart. See `least_score`.
    shared
        The same for figures of two lists that share much.
    alike
        How near in meaning the passages of a pair must be (cosine) for each of the two upper bands, where figures do not
        carry it; none of them is asked where this is empty. See `most`.
    """

    order: Mapping[str, float] = field(default_factory=dict)
    score: Mapping[str, float] = field(default_factory=dict)
    figures: Mapping[str, float] = field(default_factory=dict)
    confident: float = 0.8
    check: float = 0.4
    no_match: float = 0.2
    shared: float = 0.2
    alike: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Matcher:
    """Everything an alignment needs beside the two plans.

    Attributes
    ----------
    models
        Embedding models, at least one; their vectors stand side by side.
    calibration
        How the similarity of these models becomes a score.
    glossary
        Objects, measures, cues and units.
    reference
        Statements that say the same in every language, to steady short lists.
    measured
        Error rates of these models on the reference statements, by name; empty where they were not measured.
    rules
        What the second tier goes by, see `items.link_objects`.
    candidates
        Candidates listed for each statement.
    """

    models: tuple[Embedder, ...]
    calibration: Calibration
    glossary: Glossary
    reference: tuple[Passage, ...] = ()
    measured: Mapping[str, float] = field(default_factory=dict)
    rules: ObjectRules = field(default_factory=ObjectRules)
    candidates: int = 5


@dataclass(frozen=True)
class Link:
    """A pair of statements of the two plans.

    Attributes
    ----------
    left, right
        The first target of each statement, with passage, file and page.
    score
        Probability that both are of one subject (0 to 1).
    judgement
        Relation with the rule that decided it.
    accepted
        Whether they are linked.
    band
        How far the link can be trusted.
    verdict, note
        What an analyst decided: accept, reject, change or ""; and why.
    proposed
        Whether the machine accepts it when it knows of no rejection.
    """

    left: Target
    right: Target
    score: float
    judgement: Judgement
    accepted: bool
    band: Band
    verdict: str = ""
    note: str = ""
    proposed: bool = False

    @property
    def relation(self) -> Relation:
        """Relation of the two statements."""
        return self.judgement.relation

    @property
    def reason(self) -> str:
        """English sentence saying why the relation was given."""
        return REASONS[self.judgement.rule].format(**self.judgement.details)


@dataclass(frozen=True)
class Gap:
    """A statement that nothing in the other plan answers; `nearest` is the best link it has, if any."""

    side: str
    target: Target
    nearest: Link | None


@dataclass(frozen=True)
class Alignment:
    """All candidate links, best first for each left statement, and the statements without an accepted link."""

    links: tuple[Link, ...]
    gaps: tuple[Gap, ...]
    models: tuple[str, ...]
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def accepted(self) -> tuple[Link, ...]:
        """The accepted links."""
        return tuple(link for link in self.links if link.accepted)


def align(
    left: Sequence[Target], right: Sequence[Target], matcher: Matcher, barred: Iterable[tuple[str, str]] = ()
) -> Alignment:
    """Link two plans.

    Parameters
    ----------
    left, right
        Targets of the two plans in any language; targets with one id are readings of one statement.
    matcher
        Models, glossary and settings.
    barred
        Pairs of ids that an analyst rejected: they are listed but not accepted, and each side's next best may be.

    Returns
    -------
    Alignment
        For each statement its best candidates, of which `matches` are accepted.
    """
    a, b = statements(left, matcher.glossary), statements(right, matcher.glossary)
    order, score, one = rank(a, b, matcher)
    sure = matches(order, score >= matcher.calibration.confident, one)
    strange = shares_no_words(a, b, sure)
    linked = matches(order, score >= matcher.calibration.no_match, one)
    least = least_score(a, b, matcher.calibration, common=_common((len(a), len(b)), linked), strange=strange)
    enough = score >= least
    best = matches(order, enough, one)
    accepted = matches(_without(order, a, b, barred), enough, one)
    links = []
    for i, j in sorted(_candidates(order, matcher.candidates), key=lambda ij: (ij[0], -order[ij], b[ij[1]].id)):
        probability, taken = float(score[i, j]), (i, j) in accepted
        judgement = relate(a[i], b[j], probability, matcher.glossary, matched=taken, strange=strange)
        band = band_of(probability, matcher.calibration)
        link = Link(a[i].target, b[j].target, probability, judgement, taken, band, proposed=(i, j) in best)
        links.append(link)
    return Alignment(
        links=tuple(links),
        gaps=gaps([s.target for s in a], [s.target for s in b], links),
        models=tuple(model.name for model in matcher.models),
        counts={"left": len(a), "right": len(b), "links": len(links), "accepted": len(accepted)},
    )


def rank(
    left: Sequence[Statement], right: Sequence[Statement], matcher: Matcher
) -> tuple[Vectors, Vectors, NDArray[np.bool_]]:
    """Return by what candidates are put in order, the score of every pair, and which likely ones name the same objects."""
    weights = matcher.calibration
    a, b = ([Passage(s.passage, s.target.lang, s.reading, s.indicator) for s in side] for side in (left, right))
    models = [Remembered(model) for model in matcher.models]
    order = similarity(a, b, models, matcher.glossary, matcher.reference)
    alike = likeness(a, b, models[0], matcher.reference) if weights.alike else order
    told, named, limit = np.zeros_like(order), np.zeros_like(order), np.ones_like(order)
    one, figures = np.zeros(order.shape, dtype=bool), np.zeros(order.shape, dtype=bool)
    for i, j in _candidates(order, _LIKELY):
        found = signs(left[i], right[j], matcher.glossary)
        one[i, j], figures[i, j] = "one_object" in found, bool(weights.figures) and "no_figures" not in found
        limit[i, j] = most(left[i], right[j], float(alike[i, j]), matcher)
        for sign in found:
            order[i, j] += weights.order.get(sign, 0.0)
            told[i, j] += weights.score.get(sign, 0.0)
            named[i, j] += weights.figures.get(sign, 0.0)
    logit = weights.score["intercept"] + weights.score["order"] * order + told
    if weights.figures:
        logit = np.where(figures, weights.figures["intercept"] + weights.figures["score"] * logit + named, logit)
    return order, _falling(np.minimum(1.0 / (1.0 + np.exp(-logit)), limit), order), one


def most(left: Statement, right: Statement, alike: float, matcher: Matcher) -> float:
    """Return the highest score that a pair may have: words that fit in objects alone are of one field, mostly not of one aim.

    Only passages that say nearly the same (translations do) may be sure of each other in words, and others that say too little
    alike are weak. Numbers are judged by their names instead (`Calibration.figures`).
    """
    bands, least = matcher.calibration, matcher.calibration.alike
    if not least or (left.quantities and right.quantities) or alike >= least["confident"]:
        return 1.0
    return (bands.confident if alike >= least["check"] else bands.check) - _BELOW


def signs(left: Statement, right: Statement, glossary: Glossary) -> list[str]:
    """Return what speaks for or against one subject, beside similarity.

    Other numbers of one measure are no sign, numbers that cannot be compared (a rank and a share) are one against it. In one
    language the rest of the words is alike whatever the object (train nurses, train welders), so that a pair needs more.
    """
    shared = shared_objects(left.reading, right.reading, glossary)
    named = left.named, right.named
    answered = [any(glossary.akin(a, b) for b in other) for side, other in (named, named[::-1]) for a in side]
    found = compare_numbers(left, right)
    numbers = list(product(left.quantities, right.quantities))
    fields = [{glossary.objects[key].group for key in side.named} for side in (left, right)]
    told = {
        "shared": bool(shared),
        "one_object": bool(left.named) and left.named == right.named,
        "more_objects": left.named < right.named or right.named < left.named,
        "whole_field": bool(left.named & right.named) and left.named & right.named <= glossary.whole_fields,
        "akin_objects": all(named) and all(answered),
        "one_field": bool(fields[0] & fields[1]),
        "one_measure": bool(left.reading.measures & right.reading.measures),
        "one_language": left.target.lang == right.target.lang,
        "equal_number": found is not None and found.relation == Relation.SAME,
        "no_figures": not numbers,
        "own_object": bool((left.own & right.own) - glossary.whole_fields),
        "long_name": max(left.unknown, right.unknown) > _LONG_NAME,
        "apart": bool(numbers) and not any(akin(a, b) for a, b in numbers),
        "counted": found is None and any({a.counts, b.counts} == {True, False} for a, b in numbers),
    }
    return [sign for sign, holds in told.items() if holds]


def gaps(left: Sequence[Target], right: Sequence[Target], links: Iterable[Link]) -> tuple[Gap, ...]:
    """Return the statements of either side that have no accepted link, in order of the plan."""
    links = sorted(links, key=lambda link: -link.score)
    sides = {"left": left, "right": right}
    taken = {(side, getattr(link, side).id) for link in links for side in sides if link.accepted}
    best: dict[tuple[str, str], Link] = {}
    for link in links:
        for side in sides:
            if link.verdict != "reject":
                best.setdefault((side, getattr(link, side).id), link)
    return tuple(
        Gap(side, target, best.get((side, target.id)))
        for side, targets in sides.items()
        for target in targets
        if (side, target.id) not in taken
    )


def band_of(score: float, calibration: Calibration) -> Band:
    """Return the band of a score."""
    if score >= calibration.confident:
        return Band.CONFIDENT
    return Band.CHECK if score >= calibration.check else Band.WEAK


def _falling(score: Vectors, order: Vectors) -> Vectors:
    """Return the scores of which none is above that of a better candidate of either statement."""
    lowest = score.copy()
    for axis in (0, 1):
        place = np.argsort(-order, axis=axis, kind="stable")
        fallen = np.minimum.accumulate(np.take_along_axis(score, place, axis), axis=axis)
        np.put_along_axis(lowest, place, np.minimum(np.take_along_axis(lowest, place, axis), fallen), axis)
    return lowest


def _without(
    near: Vectors, left: Sequence[Statement], right: Sequence[Statement], barred: Iterable[tuple[str, str]]
) -> Vectors:
    """Return the similarities with those of barred pairs out of reach."""
    rows, columns = ({s.id: i for i, s in enumerate(side)} for side in (left, right))
    free = near.copy()
    for first, second in barred:
        free[rows[first], columns[second]] = -np.inf
    return free


def least_score(
    left: Sequence[Statement], right: Sequence[Statement], calibration: Calibration, *, common: float, strange: bool
) -> Vectors:
    """Return the score from which each pair is linked.

    Where lists share next to nothing in words (`strange`), hardly any weak link in words is right, so that these need the band
    *check*; where they share much (`common`), figures need less than the share of right ones among whole documents.
    """
    words = ~np.logical_and.outer(*([bool(s.quantities) for s in side] for side in (left, right)))
    least = np.where(words & strange, max(calibration.check, calibration.no_match), calibration.no_match)
    return np.where(~words & (common >= _MUCH), min(calibration.shared, calibration.no_match), least)


def _common(sizes: tuple[int, int], sure: set[tuple[int, int]]) -> float:
    """Return what two lists share, as far as sure links show it: a share of the rows of the shorter list."""
    return min(len({pair[side] for pair in sure}) for side in (0, 1)) / max(1, min(sizes))


def shares_no_words(left: Sequence[Statement], right: Sequence[Statement], sure: set[tuple[int, int]]) -> bool:
    """Say whether two lists share next to nothing in words, whatever figures they share.

    Where one has so few rows in words that a single sure link would be more than that, all links are looked at, unless the other
    has so many that each of them finds one alike by chance.
    """
    told = {(i, j) for i, j in sure if not (left[i].quantities and right[j].quantities)}
    first, second = (sum(not s.quantities for s in side) for side in (left, right))
    words = min(first, second) * _STRANGE >= 1.0 or max(first, second) >= _MANY
    return _common((first, second) if words else (len(left), len(right)), told if words else sure) < _STRANGE


def matches(order: Vectors, enough: NDArray[np.bool_], one: NDArray[np.bool_]) -> set[tuple[int, int]]:
    """Return the pairs whose score is enough that are each other's best, or the best of a statement left over.

    A statement that is nobody's best joins its own best where both name the same objects: a row of a path, or growth and
    level of one indicator.
    """
    if not order.size:
        return set()
    best = (
        {(i, int(j)) for i, j in enumerate(order.argmax(axis=1))},
        {(int(i), j) for j, i in enumerate(order.argmax(axis=0))},
    )
    found = {pair for pair in best[0] & best[1] if enough[pair]}
    taken = [{pair[side] for pair in found} for side in (0, 1)]
    left_over = {pair for side in (0, 1) for pair in best[side] if pair[side] not in taken[side]}
    return found | {pair for pair in left_over if one[pair] and enough[pair]}


def _candidates(near: Vectors, count: int) -> list[tuple[int, int]]:
    """Return the positions of the best candidates of every row and column, in order of rows."""
    if not near.size:
        return []
    chosen = np.zeros(near.shape, dtype=bool)
    for axis in (1, 0):
        kept = min(count, near.shape[axis])
        best = np.argpartition(-near, kept - 1, axis=axis).take(range(kept), axis=axis)
        np.put_along_axis(chosen, best, True, axis=axis)
    return [(int(i), int(j)) for i, j in zip(*np.nonzero(chosen), strict=True)]
