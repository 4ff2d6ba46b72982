"""An analyst's verdicts on links: found again by the passages themselves, stronger than the machine, never lost silently.

A verdict names its two passages by digest, not by number or page, so that it outlives a new run, a renumbered table and
a changed document. A verdict whose passage is gone is stale: it is kept, counted and shown.
"""

from collections.abc import Iterator, Mapping, Sequence
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
    by_left, by_right = _by_digest(left), _by_digest(right)
    return [
        (a.id, b.id)
        for verdict in verdicts
        if verdict.decision == Decision.REJECT
        for a, b in _meant(verdict, by_left, by_right)
    ]


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
    by_left, by_right = _by_digest(left), _by_digest(right)
    links = {(link.left.id, link.right.id): link for link in alignment.links}
    applied: list[LinkVerdict] = []
    stale: list[LinkVerdict] = []
    decided: set[tuple[str, str]] = set()
    for verdict in verdicts:
        pairs = list(_meant(verdict, by_left, by_right))
        (applied if pairs else stale).append(verdict)
        for a, b in pairs:
            links[a.id, b.id] = _decided(links.get((a.id, b.id)), a, b, verdict)
            decided.add((a.id, b.id))
    kept = _without_taken(links, decided)
    position = {target.id: i for i, target in enumerate(left)}
    ordered = sorted(kept, key=lambda link: (position[link.left.id], -link.score, link.right.id))
    reviewed = replace(
        alignment,
        links=tuple(ordered),
        gaps=gaps(_first_by_id(left), _first_by_id(right), ordered),
        counts={**alignment.counts, "links": len(ordered), "accepted": sum(link.accepted for link in ordered)},
    )
    return Reviewed(reviewed, tuple(applied), tuple(stale))


def _by_digest(targets: Sequence[Target]) -> dict[str, list[Target]]:
    found: dict[str, list[Target]] = {}
    for target in _first_by_id(targets):
        found.setdefault(passage_digest(target.text), []).append(target)
    return found


def _meant(
    verdict: LinkVerdict, by_left: Mapping[str, Sequence[Target]], by_right: Mapping[str, Sequence[Target]]
) -> Iterator[tuple[Target, Target]]:
    """Yield the pairs of statements that a verdict means: its passages are the same when the plans change sides."""
    for one, other in dict.fromkeys(_sides(verdict)):
        for a in by_left.get(one, ()):
            for b in by_right.get(other, ()):
                yield a, b


def _sides(verdict: LinkVerdict) -> tuple[tuple[str, str], tuple[str, str]]:
    both = (verdict.left_digest, verdict.right_digest)
    return both, both[::-1]


def _first_by_id(targets: Sequence[Target]) -> list[Target]:
    return list({target.id: target for target in reversed(targets)}.values())[::-1]


def _decided(link: Link | None, left: Target, right: Target, verdict: LinkVerdict) -> Link:
    """Return the link as the analyst wants it; a pair the machine did not list gets the score 0."""
    machine = link or Link(left, right, 0.0, Judgement(Relation.RELATED, "field_only"), False, Band.WEAK)
    judgement = machine.judgement
    if verdict.relation is not None and verdict.relation != judgement.relation:
        judgement = replace(judgement, relation=verdict.relation, rule="verdict")
    accepted = verdict.decision != Decision.REJECT
    return replace(machine, judgement=judgement, accepted=accepted, verdict=str(verdict.decision), note=verdict.note)


def _without_taken(links: Mapping[tuple[str, str], Link], decided: set[tuple[str, str]]) -> list[Link]:
    """Withdraw machine acceptances of statements for which a verdict accepts a pair that the machine did not."""
    taken = [pair for pair in decided if links[pair].accepted and not links[pair].proposed]
    taken_left, taken_right = ({pair[side] for pair in taken} for side in (0, 1))
    return [
        replace(link, accepted=False)
        if link.accepted and pair not in decided and (pair[0] in taken_left or pair[1] in taken_right)
        else link
        for pair, link in links.items()
    ]
