"""An analyst's verdicts on links: found again by the passages themselves, stronger than the machine, never lost silently.

A verdict names its two passages by digest, not by number or page, so that it outlives a new run, a renumbered table and
a changed document. A verdict whose passage is gone is stale: it is kept, counted and shown.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from isthmus.alignment.judgement import Judgement, Relation
from isthmus.alignment.match import Alignment, Band, Link, gaps
from isthmus.core.provenance import digest
from isthmus.plans.plan import Target


class Decision(StrEnum):
    """What an analyst decided on a link."""

    ACCEPT = "accept"
    REJECT = "reject"
    CHANGE = "change"


@dataclass(frozen=True)
class LinkVerdict:
    """One row of the verdict table.

    Attributes
    ----------
    left_digest, right_digest
        Digests of the two passages, see `passage_digest`.
    decision
        accept and change make the link accepted; reject makes it not accepted.
    relation
        The relation the analyst gives; None keeps the machine's.
    note
        Why.
    left_text, right_text
        The passages, so that a stale verdict can still be read.
    place
        Where the analyst wrote it, for messages.
    """

    left_digest: str
    right_digest: str
    decision: Decision
    relation: Relation | None = None
    note: str = ""
    left_text: str = ""
    right_text: str = ""
    place: str = field(default="", compare=False)


@dataclass(frozen=True)
class Reviewed:
    """An alignment after review, with the verdicts that were used and those whose passage is gone."""

    alignment: Alignment
    applied: tuple[LinkVerdict, ...]
    stale: tuple[LinkVerdict, ...]


def passage_digest(text: str) -> str:
    """Return the digest of a passage (16 hexadecimal digits); spaces and line ends do not count."""
    return digest(["".join(text.split())])[:16]


def rejected_pairs(
    verdicts: Sequence[LinkVerdict], left: Sequence[Target], right: Sequence[Target]
) -> list[tuple[str, str]]:
    """Return the ids of the statements whose link the analyst rejected, for `match.align` to look for the next best."""
    return [(a.id, b.id) for verdict, a, b in _meant(verdicts, left, right) if verdict.decision is Decision.REJECT]


def review(
    alignment: Alignment, verdicts: Sequence[LinkVerdict], left: Sequence[Target], right: Sequence[Target]
) -> Reviewed:
    """Return the alignment with the analyst's verdicts in force.

    Notes
    -----
    A verdict holds for every pair of statements with these two passages, whichever plan stands left, also where the
    machine did not list the pair. A verdict that accepts another pair than the machine takes both statements: other
    machine links of them are no longer accepted.
    """
    meant = _meant(verdicts, left, right)
    links = {(link.left.id, link.right.id): link for link in alignment.links}
    decided: dict[tuple[str, str], Link] = {}
    for verdict, a, b in meant:
        pair = a.id, b.id
        decided[pair] = _decided(decided.get(pair) or links.get(pair), a, b, verdict)
    taken = [{pair[side] for pair, link in decided.items() if link.accepted and not link.proposed} for side in (0, 1)]
    others = [
        replace(link, accepted=link.accepted and a not in taken[0] and b not in taken[1])
        for (a, b), link in links.items()
        if (a, b) not in decided
    ]
    place = {target.id: i for i, target in enumerate(left)}
    ordered = sorted([*decided.values(), *others], key=lambda link: (place[link.left.id], -link.score, link.right.id))
    reviewed = replace(
        alignment,
        links=tuple(ordered),
        gaps=gaps(_first_by_id(left), _first_by_id(right), ordered),
        counts={**alignment.counts, "links": len(ordered), "accepted": sum(link.accepted for link in ordered)},
    )
    applied = {verdict for verdict, _, _ in meant}
    return Reviewed(
        reviewed, tuple(v for v in verdicts if v in applied), tuple(v for v in verdicts if v not in applied)
    )


def _meant(
    verdicts: Sequence[LinkVerdict], left: Sequence[Target], right: Sequence[Target]
) -> list[tuple[LinkVerdict, Target, Target]]:
    """Return the pairs of statements that each verdict means: its passages are the same when the plans change sides."""
    lefts, rights = defaultdict[str, list[Target]](list), defaultdict[str, list[Target]](list)
    for found, targets in ((lefts, left), (rights, right)):
        for target in _first_by_id(targets):
            found[passage_digest(target.text)].append(target)
    return [
        (verdict, a, b)
        for verdict in verdicts
        for one, other in dict.fromkeys(
            ((verdict.left_digest, verdict.right_digest), (verdict.right_digest, verdict.left_digest))
        )
        for a in lefts.get(one, ())
        for b in rights.get(other, ())
    ]


def _first_by_id(targets: Sequence[Target]) -> list[Target]:
    return list({target.id: target for target in reversed(targets)}.values())[::-1]


def _decided(link: Link | None, left: Target, right: Target, verdict: LinkVerdict) -> Link:
    """Return the link as the analyst wants it; a pair the machine did not list gets the score 0."""
    machine = link or Link(left, right, 0.0, Judgement(Relation.RELATED, "field_only"), False, Band.WEAK)
    judgement = machine.judgement
    if verdict.relation is not None and verdict.relation != judgement.relation:
        judgement = replace(judgement, relation=verdict.relation, rule="verdict")
    accepted = verdict.decision is not Decision.REJECT
    return replace(machine, judgement=judgement, accepted=accepted, verdict=str(verdict.decision), note=verdict.note)
