"""Link the statements of two plans: who means whom, how sure that is, and what nobody answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np

from isthmus.alignment.glossary import Glossary, shared_objects
from isthmus.alignment.judgement import MUTUAL_BEST, REASONS, Judgement, Relation, Strictness
from isthmus.alignment.objects import ObjectRules
from isthmus.alignment.relation import compare_numbers, relate
from isthmus.alignment.similarity import Embedder, Nearness, Passage, Vectors, similarity
from isthmus.alignment.statement import Statement, akin, statements
from isthmus.plans.plan import Target


class Band(StrEnum):
    """How much a link can be trusted without a look at both passages."""

    CONFIDENT = "confident"
    CHECK = "check"
    WEAK = "weak"


class Tier(StrEnum):
    """How two statements are linked: one subject, one to one; or one object, many to many."""

    SUBJECT = "subject"
    OBJECT = "object"


@dataclass(frozen=True)
class Calibration:
    """How similarity becomes a score, and what a score is worth.

    The score is 1 / (1 + exp(-(slope x similarity + intercept))): the share of mutual best matches of this similarity
    that were right on the reference statements.

    Attributes
    ----------
    confident, check
        Lowest score of the two upper bands.
    no_match
        Score below which a mutual best match is not accepted: the statement has no counterpart.
    """

    slope: float
    intercept: float
    confident: float = 0.8
    check: float = 0.4
    no_match: float = 0.2


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
        Objects, measures, cues, jargon and units.
    reference
        Statements that say the same in every language, to steady short lists.
    measured
        Error rates of these models on the reference statements, by name; empty where they were not measured.
    nearness, strictness
        How similarity is measured and how near a relation needs two statements to be.
    rules
        What the second tier goes by, see `items.link_objects`.
    candidates
        Candidates listed for each statement.
    number_weight
        How far agreeing numbers move a pair up in similarity.
    object_weight
        How far a shared object moves a likely pair up.
    """

    models: tuple[Embedder, ...]
    calibration: Calibration
    glossary: Glossary
    reference: tuple[Passage, ...] = ()
    measured: Mapping[str, float] = field(default_factory=dict)
    nearness: Nearness = field(default_factory=Nearness)
    strictness: Strictness = field(default_factory=Strictness)
    rules: ObjectRules = field(default_factory=ObjectRules)
    candidates: int = 5
    number_weight: float = 0.1
    object_weight: float = 0.1


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
        Whether they are linked; at most one accepted link of the subject tier a statement.
    band
        How far the link can be trusted.
    verdict, note
        What an analyst decided: accept, reject, change or ""; and why.
    proposed
        Whether the machine accepts it when it knows of no rejection.
    tier
        How they are linked, or would be.
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
    tier: Tier = Tier.SUBJECT

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
        For each statement its best candidates. A link is accepted when each is the other's best and the score reaches
        the no-match threshold; in one language statements that each name an object of their own are not linked.
    """
    a, b = statements(left, matcher.glossary), statements(right, matcher.glossary)
    near = nearness(a, b, matcher)
    score = _score(near, matcher.calibration)

    def chosen(free: Vectors) -> set[tuple[int, int]]:
        best = _mutual_best(free, score, matcher.calibration.no_match)
        return {(i, j) for i, j in best if not _own_objects(a[i], b[j], matcher.glossary)}

    proposed, accepted = chosen(near), chosen(_without(near, a, b, barred))
    links = [
        replace(_link(a[i], b[j], float(score[i, j]), (i, j) in accepted, matcher), proposed=(i, j) in proposed)
        for i, j in _candidates(near, matcher.candidates)
    ]
    position = {s.id: i for i, s in enumerate(a)}
    links.sort(key=lambda link: (position[link.left.id], -link.score, link.right.id))
    return Alignment(
        links=tuple(links),
        gaps=gaps([s.target for s in a], [s.target for s in b], links),
        models=tuple(model.name for model in matcher.models),
        counts={"left": len(a), "right": len(b), "links": len(links), "accepted": len(accepted)},
    )


def nearness(left: Sequence[Statement], right: Sequence[Statement], matcher: Matcher) -> Vectors:
    """Return the similarity of all statements with the weight of their objects and numbers, shape (left, right)."""
    near = similarity(
        _passages(left), _passages(right), matcher.models, matcher.glossary, matcher.reference, matcher.nearness
    )
    return _weigh_numbers(_weigh_objects(near, left, right, matcher), left, right, matcher.number_weight)


def gaps(left: Sequence[Target], right: Sequence[Target], links: Iterable[Link]) -> tuple[Gap, ...]:
    """Return the statements of either side that have no accepted link, in order of the plan."""
    links = list(links)
    taken = {("left", link.left.id) for link in links if link.accepted}
    taken |= {("right", link.right.id) for link in links if link.accepted}
    best: dict[tuple[str, str], Link] = {}
    for link in links:
        for key in (("left", link.left.id), ("right", link.right.id)):
            if link.verdict != "reject" and (key not in best or best[key].score < link.score):
                best[key] = link
    sides = (("left", left), ("right", right))
    return tuple(
        Gap(side, target, best.get((side, target.id)))
        for side, targets in sides
        for target in targets
        if (side, target.id) not in taken
    )


def band_of(score: float, calibration: Calibration) -> Band:
    """Return the band of a score."""
    if score >= calibration.confident:
        return Band.CONFIDENT
    return Band.CHECK if score >= calibration.check else Band.WEAK


def _passages(side: Sequence[Statement]) -> list[Passage]:
    return [Passage(s.passage, s.target.lang, s.reading) for s in side]


def _weigh_objects(near: Vectors, left: Sequence[Statement], right: Sequence[Statement], matcher: Matcher) -> Vectors:
    """Move likely pairs up that name one object."""
    moved = near.copy()
    for i, j in _candidates(near, 10):
        a, b = left[i].reading, right[j].reading
        if shared_objects(a, b, matcher.glossary):
            moved[i, j] += matcher.object_weight
    return moved


def _weigh_numbers(near: Vectors, left: Sequence[Statement], right: Sequence[Statement], weight: float) -> Vectors:
    """Move likely pairs up whose numbers agree, so that they win over variants; the same text goes furthest up.

    Equal years alone move a pair a little, so that of a path the right year is taken.

    Other numbers move nothing down: one indicator with another number is still one subject. Numbers that cannot be
    compared (a rank and a share) move a pair down a little.
    """
    moved = near.copy()
    for i, j in _candidates(near, 10):
        a, b = left[i], right[j]
        if (a.target.text, a.target.lang) == (b.target.text, b.target.lang):
            moved[i, j] += 5 * weight
        found = compare_numbers(a, b)
        if found is not None and found.relation == Relation.SAME:
            moved[i, j] += weight
        elif found is not None and found.rule == "other_number":
            moved[i, j] += 0.2 * weight
        elif _measured_apart(a, b):
            moved[i, j] -= 1.25 * weight
    return moved


def _own_objects(left: Statement, right: Statement, glossary: Glossary) -> bool:
    """Say whether two statements of one language each name an object of its own: train nurses, train welders.

    In one language the rest of the words is alike whatever the object, so that nearness says nothing.
    """
    shared = shared_objects(left.reading, right.reading, glossary)
    one_language = left.target.lang == right.target.lang
    return one_language and bool(left.reading.objects - shared) and bool(right.reading.objects - shared)


def _measured_apart(left: Statement, right: Statement) -> bool:
    """Say whether both sides give numbers and none of one side is akin to one of the other."""
    pairs = [(a, b) for a in left.quantities for b in right.quantities]
    return bool(pairs) and not any(akin(a, b) for a, b in pairs)


def _score(near: Vectors, calibration: Calibration) -> Vectors:
    score: Vectors = 1.0 / (1.0 + np.exp(-(calibration.slope * near + calibration.intercept)))
    return score


def _without(
    near: Vectors, left: Sequence[Statement], right: Sequence[Statement], barred: Iterable[tuple[str, str]]
) -> Vectors:
    """Return the similarities with those of barred pairs out of reach."""
    rows, columns = ({s.id: i for i, s in enumerate(side)} for side in (left, right))
    free = near.copy()
    for first, second in barred:
        free[rows[first], columns[second]] = -np.inf
    return free


def _mutual_best(near: Vectors, score: Vectors, least: float) -> set[tuple[int, int]]:
    if not near.size:
        return set()
    best_right, best_left = near.argmax(axis=1), near.argmax(axis=0)
    return {(i, int(j)) for i, j in enumerate(best_right) if best_left[j] == i and score[i, j] >= least}


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


def _link(left: Statement, right: Statement, score: float, accepted: bool, matcher: Matcher) -> Link:
    limits = MUTUAL_BEST if accepted else matcher.strictness
    judgement = relate(left, right, score, matcher.glossary, limits)
    return Link(left.target, right.target, score, judgement, accepted, band_of(score, matcher.calibration))
