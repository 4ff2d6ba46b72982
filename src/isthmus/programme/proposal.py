"""Projects as they are proposed: costs and effects with ranges and sources, and the plan statements that carry them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import xarray as xr

from isthmus.core.provenance import Parameter, Status
from isthmus.levers.support import IMPLIES, STATES
from isthmus.programme.project import NO_SIDE, Candidates, Limit, Project, Synergy, gather

KINDS = ("lever", "wedge", "arc")
"""What an effect may act on."""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Where a number comes from."""

    source: str
    address: str
    accessed: str
    status: Status
    note: str


@dataclass(frozen=True, kw_only=True)
class CostLine:
    """What a project costs in each year of a span since its start, million USD a year, and where it is spent."""

    first: int
    last: int
    side: str
    low: float
    central: float
    high: float
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class ProposedEffect:
    """What a finished project acts on: a lever, a component of the border cost or an arc, and by how much."""

    kind: str
    target: str
    measure: str
    low: float
    central: float
    high: float
    unit: str
    sectors: tuple[str, ...]
    exporter: tuple[str, ...]
    importer: tuple[str, ...]
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Need:
    """What a project needs of a resource, or of a skill, in each year of a span since its start."""

    resource: str
    kind: str
    first: int
    last: int
    amount: float
    unit: str
    status: Status
    note: str


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A project with titles by language, its theme and sectors, the statements that carry it, costs, effects and needs.

    Attributes
    ----------
    statements, implying
        Ids of the statements by side, and those of them, as (side, id), that name the project's field but not the project.
    """

    project: Project
    titles: Mapping[str, str]
    theme: str
    sectors: tuple[str, ...]
    statements: Mapping[str, tuple[str, ...]]
    costs: tuple[CostLine, ...]
    effects: tuple[ProposedEffect, ...]
    needs: tuple[Need, ...]
    implying: frozenset[tuple[str, str]] = frozenset()


def candidates_of(
    proposals: Sequence[Proposal],
    benefit: xr.DataArray,
    values: Mapping[str, float],
    *,
    limits: Sequence[Limit] = (),
    synergies: Sequence[Synergy] = (),
) -> Candidates:
    """Return candidates for a schedule from proposals and what they bring.

    Parameters
    ----------
    benefit
        Money-metric gain (project, partner, offset) in million USD, offsets counted from a project's start; projects in the
        order of `proposals`, partners in the order of the budgets.
    values
        What each line of cost comes to a year, by `cost_name` (`entries` has their ranges).
    limits
        Limits of shared resources; needs of anything else, skills among them, do not bind here.

    Raises
    ------
    BadInputError
        For a side that is not among the partners, or projects of `benefit` in another order (when it is scheduled).
    """
    limited = {limit.resource for limit in limits}
    costs = [
        (one.project.id, line.side or NO_SIDE, offset, values[cost_name(one, k)])
        for one in proposals
        for k, line in enumerate(one.costs)
        for offset in range(line.first, line.last + 1)
    ]
    needs = [
        (one.project.id, need.resource, offset, need.amount)
        for one in proposals
        for need in one.needs
        if need.resource in limited
        for offset in range(need.first, need.last + 1)
    ]
    partners = [str(name) for name in benefit["partner"].values]
    bare = gather(
        [one.project for one in proposals], partners=partners, costs=costs, benefits=[], needs=needs, limits=limits,
        synergies=synergies,
    )  # fmt: skip
    offsets = range(max(bare.cost.sizes["offset"], benefit.sizes["offset"]))
    cost, need, gain = (part.reindex(offset=offsets, fill_value=0.0) for part in (bare.cost, bare.need, benefit))
    return replace(bare, cost=cost, need=need, benefit=gain)


def cost_name(proposal: Proposal, line: int) -> str:
    """Return the name under which a line of cost is drawn."""
    return f"cost.{proposal.project.id}.{line}"


def effect_name(proposal: Proposal, effect: int) -> str:
    """Return the name under which an effect is drawn."""
    return f"effect.{proposal.project.id}.{effect}"


def entries(proposals: Sequence[Proposal]) -> dict[str, Parameter]:
    """Return an entry with range and source for every cost and every effect, so that each is drawn."""
    found = {}
    for one in proposals:
        for k, line in enumerate(one.costs):
            name, amount = cost_name(one, k), (line.low, line.central, line.high)
            found[name] = ranged(name, f"Cost of {one.project.id}", "million USD a year", amount, line.evidence)
        for k, effect in enumerate(one.effects):
            name, amount = effect_name(one, k), (effect.low, effect.central, effect.high)
            told = f"{effect.measure} of {one.project.id} in {effect.target}"
            found[name] = ranged(name, told, effect.unit, amount, effect.evidence)
    return found


def ranged(name: str, told: str, unit: str, amount: tuple[float, float, float], evidence: Evidence) -> Parameter:
    """Return an entry of the ledger; `amount` is low, central and high."""
    low, central, high = amount
    return Parameter(
        name=name, description=told, unit=unit, value=central, low=low, high=high, source=evidence.source,
        status=evidence.status, address=evidence.address, note=evidence.note,
    )  # fmt: skip


def support(proposal: Proposal, partners: Sequence[str]) -> str:
    """Return whether plans of "both" (every partner concerned), "one" (some) or "none" carry a project."""
    concerned = proposal.project.sides or tuple(partners)
    carried = sum(bool(proposal.statements.get(side)) for side in concerned)
    return "both" if carried == len(concerned) > 1 else "one" if carried else "none"


def strengths(proposal: Proposal) -> dict[str, str]:
    """Return by side whether its plan states a project or only implies it, the strongest of its statements."""
    return {
        side: IMPLIES if all((side, one) in proposal.implying for one in names) else STATES
        for side, names in proposal.statements.items()
        if names
    }


def assumed_share(proposals: Sequence[Proposal], value: Mapping[str, float]) -> float:
    """Return the part of a total value that rests on assumed or unverified effects, every effect of a project alike.

    Parameters
    ----------
    value
        Present value of each project's benefits by id; negative ones count by their size.
    """
    resting = total = 0.0
    for one in proposals:
        size = abs(value.get(one.project.id, 0.0))
        marks = Counter(effect.evidence.status for effect in one.effects)
        weak = marks[Status.ASSUMED] + marks[Status.UNVERIFIED]
        total += size
        resting += size * weak / sum(marks.values()) if marks else size
    return resting / total if total > 0 else 0.0
