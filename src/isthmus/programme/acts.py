"""What a finished project does: it carries out a share of levers, those of the study or one of its own for a border cost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from isthmus.core.axes import Array
from isthmus.core.errors import BadInputError
from isthmus.levers.lever import JOINT, Channel, Effect, Lever
from isthmus.programme.proposal import Effect as Claim
from isthmus.programme.proposal import Proposal, effect_name

LEVER, WEDGE, ARC = "lever", "wedge", "arc"
NOTHING = "programme.nothing"
"""Name of the number 0: a border cost that was not priced cannot be lowered."""


@dataclass(frozen=True, kw_only=True)
class Act:
    """A share of one lever that one project carries out once it is done.

    Attributes
    ----------
    project, lever
        Positions of both.
    entry
        Name of the number that is the size of the effect.
    full
        Size at which the whole lever is carried out.
    """

    project: int
    lever: int
    entry: str
    full: float


@dataclass(frozen=True, kw_only=True)
class Acts:
    """What all projects do.

    Attributes
    ----------
    levers
        The study's levers, then one for every effect on a border cost.
    acts
        Shares of levers by project.
    numbers
        Values that the added levers name.
    silent
        Positions of projects none of whose effects reaches the model.
    """

    levers: tuple[Lever, ...]
    acts: tuple[Act, ...]
    numbers: Mapping[str, float]
    silent: tuple[int, ...]

    def shares(self, values: Mapping[str, float], projects: int) -> Array:
        """Return the share of each lever that each project carries out, (project, lever)."""
        found = np.zeros((projects, len(self.levers)))
        for act in self.acts:
            found[act.project, act.lever] += values[act.entry] / act.full
        return found


def acts_of(proposals: Sequence[Proposal], levers: Sequence[Lever], partners: Sequence[str], start: int) -> Acts:
    """Return what projects do to levers and to border costs.

    Capacities of corridor arcs change no cost by themselves; a project with nothing else is among `Acts.silent`.

    Parameters
    ----------
    start
        First year of the plans.

    Raises
    ------
    BadInputError
        For a lever that does not exist or is one side's alone.
    """
    known = {lever.id: i for i, lever in enumerate(levers)}
    added: list[Lever] = []
    acts: list[Act] = []
    numbers: dict[str, float] = {NOTHING: 0.0}
    for p, one in enumerate(proposals):
        for k, claim in enumerate(one.effects):
            entry = effect_name(one, k)
            if claim.kind == LEVER:
                acts.append(Act(project=p, lever=_joint(known, levers, claim, one), entry=entry, full=1.0))
            elif claim.kind == WEDGE and claim.high > 0:
                acts.append(Act(project=p, lever=len(levers) + len(added), entry=entry, full=claim.high))
                numbers[f"{entry}.most"] = claim.high
                added.append(_own(claim, entry, partners, start))
    doing = {act.project for act in acts}
    return Acts(
        levers=(*levers, *added),
        acts=tuple(acts),
        numbers=numbers,
        silent=tuple(p for p in range(len(proposals)) if p not in doing),
    )


def _joint(known: Mapping[str, int], levers: Sequence[Lever], claim: Claim, one: Proposal) -> int:
    if claim.target not in known or not levers[known[claim.target]].joint:
        raise BadInputError(
            f"projects, effects of {one.project.id}",
            f"acts on lever {claim.target!r}, which {'is one side’s own' if claim.target in known else 'does not exist'}",
            allowed=f"a joint lever: {', '.join(lever.id for lever in levers if lever.joint)}",
            remedy="correct the target, or add the lever",
        )
    return known[claim.target]


def _own(claim: Claim, entry: str, partners: Sequence[str], start: int) -> Lever:
    """Return a lever that removes the largest part of a border cost that an effect may remove, in its sectors and directions."""
    pairs = [(x, m) for x in claim.exporter or partners for m in claim.importer or partners if x != m]
    effects = tuple(
        Effect(
            channel=Channel.WEDGE, component=claim.target, exporter=(x,), importer=(m,), sector=claim.sectors or ("*",),
            numbers={"overhead": NOTHING, "removed": f"{entry}.most"},
        )
        for x, m in pairs
    )  # fmt: skip
    return Lever(
        id=entry, titles={}, family="", owner=JOINT, partners=tuple(partners), targets={}, effects=effects,
        base_year=start - 1, start=start, full=start,
    )  # fmt: skip
