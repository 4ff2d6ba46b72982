"""What a finished project does: it carries out a share of levers, those of the study or one of its own for a border cost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from isthmus.core.axes import Array
from isthmus.core.errors import BadInputError
from isthmus.levers.change import Number
from isthmus.levers.lever import JOINT, Channel, Effect, Lever
from isthmus.programme.proposal import Proposal, ProposedEffect, effect_name

LEVER, WEDGE, ARC = "lever", "wedge", "arc"
FACTOR = "capacity_factor"
"""Measure of an effect that says by what capacity grows: 1 is as it was."""
NOTHING, WHOLE = "programme.nothing", "programme.whole"
"""Names of the numbers 0 (a border cost that was not priced cannot be lowered) and 1."""

CrossingCost = Mapping[tuple[str, str, str], float]
"""Part of the cost factor of crossing that goes, by sector, exporter and importer; negative where it grows."""


@dataclass(frozen=True, kw_only=True)
class Act:
    """A share of one lever that one project carries out once it is done.

    Attributes
    ----------
    project, lever
        Positions of both.
    entry
        Name of the number that is the size of the effect.
    full, nothing
        Sizes at which the whole lever is carried out, and nothing of it.
    """

    project: int
    lever: int
    entry: str
    full: float
    nothing: float = 0.0

    def share(self, size: Number) -> Number:
        """Return the share of the lever that is carried out at a size, or at sizes over draws."""
        return (size - self.nothing) / (self.full - self.nothing)


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
            found[act.project, act.lever] += act.share(values[act.entry])
        return found


def acts_of(
    proposals: Sequence[Proposal],
    levers: Sequence[Lever],
    partners: Sequence[str],
    start: int,
    passages: Mapping[str, CrossingCost] | None = None,
) -> Acts:
    """Return what projects do to levers, to border costs, and to what ways cost.

    A capacity acts through the corridors alone, and only where a project says nothing else: what it makes of crossing is part of
    what a share of a lever says of the same project. Projects of which nothing reaches the model are among `Acts.silent`.

    Parameters
    ----------
    start
        First year of the plans.
    passages
        What more room on an arc makes of the cost of crossing, by id of the arc.

    Raises
    ------
    BadInputError
        For a lever that does not exist or is one side's alone.
    """
    known = {lever.id: i for i, lever in enumerate(levers)}
    added: list[Lever] = []
    acts: list[Act] = []
    numbers: dict[str, float] = {NOTHING: 0.0, WHOLE: 1.0}
    for p, one in enumerate(proposals):
        spoken = any(claim.kind != ARC for claim in one.effects)
        for k, claim in enumerate(one.effects):
            entry = effect_name(one, k)
            if claim.kind == LEVER:
                acts.append(Act(project=p, lever=_joint(known, levers, claim, one), entry=entry, full=1.0))
                continue
            passage = {} if spoken else (passages or {}).get(claim.target, {})
            own = _own(claim, entry, passage, partners, start)
            if own is not None:
                lever, full, nothing, named = own
                acts.append(Act(project=p, lever=len(levers) + len(added), entry=entry, full=full, nothing=nothing))
                added.append(lever)
                numbers |= named
    doing = {act.project for act in acts}
    return Acts(
        levers=(*levers, *added),
        acts=tuple(acts),
        numbers=numbers,
        silent=tuple(p for p in range(len(proposals)) if p not in doing),
    )


def _joint(known: Mapping[str, int], levers: Sequence[Lever], claim: ProposedEffect, one: Proposal) -> int:
    if claim.target not in known or not levers[known[claim.target]].joint:
        raise BadInputError(
            f"projects, effects of {one.project.id}",
            f"acts on lever {claim.target!r}, which {'is one side’s own' if claim.target in known else 'does not exist'}",
            allowed=f"a joint lever: {', '.join(lever.id for lever in levers if lever.joint)}",
            remedy="correct the target, or add the lever",
        )
    return known[claim.target]


def _own(
    claim: ProposedEffect, entry: str, passage: CrossingCost, partners: Sequence[str], start: int
) -> tuple[Lever, float, float, dict[str, float]] | None:
    """Return a lever of an effect's own, its full and its empty size, and the numbers it names; None where it does nothing."""
    neutral = 1.0 if claim.measure == FACTOR else 0.0
    if claim.kind == WEDGE and claim.high > 0:
        return _removing(claim, entry, partners, start), claim.high, 0.0, {f"{entry}.most": claim.high}
    if claim.kind == ARC and passage and claim.central > neutral:
        named = {f"{entry}.{k}": cut / (1 - cut) for k, cut in enumerate(passage.values())}
        return _cheaper(passage, entry, partners, start), claim.central, neutral, named
    return None


def _removing(claim: ProposedEffect, entry: str, partners: Sequence[str], start: int) -> Lever:
    """Return a lever that removes the largest part of a border cost that an effect may remove, in its sectors and directions."""
    pairs = [(x, m) for x in claim.exporter or partners for m in claim.importer or partners if x != m]
    effects = [
        Effect(
            channel=Channel.WEDGE, component=claim.target, exporter=(x,), importer=(m,), sector=claim.sectors or ("*",),
            numbers={"overhead": NOTHING, "removed": f"{entry}.most"},
        )
        for x, m in pairs
    ]  # fmt: skip
    return _lever(entry, effects, partners, start)


def _cheaper(passage: CrossingCost, entry: str, partners: Sequence[str], start: int) -> Lever:
    """Return a lever that makes crossing cheaper as the ways with more room do: what they save is an overhead that goes."""
    effects = [
        Effect(
            channel=Channel.WEDGE, exporter=(exporter,), importer=(importer,), sector=(sector,),
            numbers={"overhead": f"{entry}.{k}", "removed": WHOLE},
        )
        for k, (sector, exporter, importer) in enumerate(passage)
    ]  # fmt: skip
    return _lever(entry, effects, partners, start)


def _lever(entry: str, effects: Sequence[Effect], partners: Sequence[str], start: int) -> Lever:
    return Lever(
        id=entry, titles={}, family="", owner=JOINT, partners=tuple(partners), targets={}, effects=tuple(effects),
        base_year=start - 1, start=start, full=start,
    )  # fmt: skip
