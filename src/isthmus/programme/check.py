"""Recompute a programme from its input, without the model it was found with, and refuse it where anything is broken."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from isthmus.core.errors import NotConvergedError
from isthmus.programme.project import NO_SIDE, Budget, Candidates, ProgrammeSettings, Project

TOLERANCE = 1e-6
"""Largest violation that counts as rounding, relative to the largest budget, cost or benefit."""


@dataclass(frozen=True, eq=False)
class Valued:
    """What a programme brings and costs, present values by partner, and every constraint it breaks.

    `contribution` is (project, partner, year), `kept` (partner, year): money carried into the next year.
    """

    years: np.ndarray
    benefit: np.ndarray
    cost: np.ndarray
    gain: np.ndarray
    contribution: np.ndarray
    kept: np.ndarray
    broken: tuple[str, ...]


def value_plan(
    candidates: Candidates,
    budget: Budget,
    settings: ProgrammeSettings,
    start: Mapping[str, int],
    contribution: np.ndarray,
) -> Valued:
    """Value a plan and list the constraints it breaks.

    Parameters
    ----------
    start
        Start year by project id.
    contribution
        What each partner pays (project, partner, year), years from the first to the horizon.
    """
    first = min([settings.base_year, *(project.earliest for project in candidates.projects)])
    years = np.arange(first, settings.horizon + 1)
    discount = (1 + settings.discount_rate) ** (settings.base_year - years).astype(float)
    money = _money(candidates, budget)
    cost = np.zeros((len(candidates.projects), len(years)))
    benefit = np.zeros(budget.amount.sizes["partner"])
    for i, project in enumerate(candidates.projects):
        if project.id in start:
            cost[i] = _stream(candidates.cost.values[i].sum(axis=0), start[project.id], years)
            benefit += project_benefits(candidates, i, start[project.id], years) @ discount
    benefit += _synergies(candidates, budget, settings, start)
    paid = (contribution.sum(axis=0) * discount).sum(axis=1)
    kept, short = _carry(budget, contribution.sum(axis=0), years)
    broken = [
        *_order(candidates, settings, start),
        *_payment(candidates, budget, settings, start, cost, contribution, money),
        *(f"budget of {name} is short by {lack:.6g}" for name, lack in short.items() if lack > TOLERANCE * money),
        *_resources(candidates, start, years),
    ]
    return Valued(years, benefit, paid, benefit - paid, contribution, kept, tuple(broken))


def require_kept(valued: Valued, gain: np.ndarray, floor: np.ndarray | None, unit: float) -> None:
    """Raise NotConvergedError unless a plan keeps every constraint and gains are those the solver reported.

    Parameters
    ----------
    gain, floor
        Gains by partner as the solver has them, and what nobody may end below (None: no floor).
    unit
        Money to which the tolerance is relative.
    """
    broken = list(valued.broken)
    if np.abs(valued.gain - gain).max() > TOLERANCE * unit:
        broken.append(f"gains are {valued.gain.tolist()}, the solver has {gain.tolist()}")
    if floor is not None and (valued.gain < floor - TOLERANCE * unit).any():
        broken.append(f"gains {valued.gain.tolist()} are below the floor {floor.tolist()}")
    if broken:
        raise NotConvergedError(
            f"the programme found breaks its constraints: {'; '.join(broken)}", [{"broken": part} for part in broken]
        )


def _money(candidates: Candidates, budget: Budget) -> float:
    arrays = (candidates.cost.values, candidates.benefit.values, candidates.gain.values, budget.amount.values)
    return max(float(np.abs(values).max(initial=0)) for values in arrays) or 1.0


def _stream(amounts: np.ndarray, start: int, years: np.ndarray) -> np.ndarray:
    """Lay amounts by offset from the start over the years; the last axis is the offset."""
    laid = np.zeros((*amounts.shape[:-1], len(years)))
    for offset in range(amounts.shape[-1]):
        if years[0] <= start + offset <= years[-1]:
            laid[..., start + offset - years[0]] = amounts[..., offset]
    return laid


def project_benefits(candidates: Candidates, i: int, start: int, years: np.ndarray) -> np.ndarray:
    """Return benefits of a project that starts in a year, shape (partner, year)."""
    laid = _stream(candidates.benefit.values[i], start, years)
    for k, year in enumerate(candidates.gain["year"].values):
        if start + candidates.projects[i].build_years <= year <= years[-1]:
            laid[:, int(year) - years[0]] += candidates.gain.values[i, :, k]
    return laid


def _synergies(
    candidates: Candidates, budget: Budget, settings: ProgrammeSettings, start: Mapping[str, int]
) -> np.ndarray:
    partners = [str(name) for name in budget.amount["partner"].values]
    build = {project.id: project.build_years for project in candidates.projects}
    extra = np.zeros(len(partners))
    for one in candidates.synergies:
        if one.a in start and one.b in start:
            year = max(start[one.a] + build[one.a], start[one.b] + build[one.b]) + one.year_offset
            if year <= settings.horizon:
                extra[partners.index(one.partner)] += one.benefit / (1 + settings.discount_rate) ** (
                    year - settings.base_year
                )
    return extra


def _carry(budget: Budget, spent: np.ndarray, years: np.ndarray) -> tuple[np.ndarray, dict[str, float]]:
    """Return what is kept for the next year (as much as is left and allowed) and by how much each partner is short."""
    amount = np.zeros(spent.shape)
    amount[:, np.searchsorted(years, budget.amount["year"].values)] = budget.amount.values
    kept, before, short = np.zeros(spent.shape), np.zeros(len(spent)), np.zeros(len(spent))
    for y in range(len(years)):
        left = amount[:, y] + before - spent[:, y]
        short = np.maximum(short, -left)
        before = kept[:, y] = np.clip(left, 0.0, budget.carry_over * amount[:, y])
    return kept, {str(name): float(lack) for name, lack in zip(budget.amount["partner"].values, short, strict=True)}


def _order(candidates: Candidates, settings: ProgrammeSettings, start: Mapping[str, int]) -> list[str]:
    """Return broken windows, precedence and exclusions."""
    broken = []
    build = {project.id: project.build_years for project in candidates.projects}
    for project in candidates.projects:
        if project.id not in start:
            continue
        if not project.earliest <= start[project.id] <= min(project.latest, settings.horizon):
            broken.append(f"{project.id} starts in {start[project.id]}, outside its window")
        broken += [
            f"{project.id} starts before {other} is done"
            for other in project.requires
            if other not in start or start[other] + build[other] > start[project.id]
        ]
        broken += [f"{project.id} and {other} exclude each other" for other in project.excludes if other in start]
    return broken


def _payment(
    candidates: Candidates, budget: Budget, settings: ProgrammeSettings, start: Mapping[str, int], cost: np.ndarray,
    contribution: np.ndarray, money: float,
) -> list[str]:  # fmt: skip
    """Return where contributions do not sum to the cost, come from a stranger, or are below the minimum."""
    partners = [str(name) for name in budget.amount["partner"].values]
    broken = []
    if np.abs(contribution.sum(axis=1) - cost).max(initial=0) > TOLERANCE * money:
        broken.append("contributions do not sum to the cost")
    if (contribution < -TOLERANCE * money).any():
        broken.append("a contribution is negative")
    for i, project in enumerate(candidates.projects):
        least = settings.minimum_share * cost[i] if len(project.sides) > 1 else np.zeros(len(cost[i]))
        for j, partner in enumerate(partners):
            if project.sides and partner not in project.sides and contribution[i, j].any():
                broken.append(f"{partner} pays for {project.id}, which is not its own")
            if partner in project.sides and (contribution[i, j] < least - TOLERANCE * money).any():
                broken.append(f"{partner} pays less than the minimum share of {project.id}")
    return broken


def _resources(candidates: Candidates, start: Mapping[str, int], years: np.ndarray) -> list[str]:
    """Return limits that are exceeded."""
    resources = [str(name) for name in candidates.need["resource"].values]
    used = np.zeros((len(resources), len(years)))
    for i, project in enumerate(candidates.projects):
        if project.id in start:
            used += _stream(candidates.need.values[i], start[project.id], years)
    return [
        f"{limit.resource} in {limit.year} is exceeded"
        for limit in candidates.limits
        if years[0] <= limit.year <= years[-1]
        and used[resources.index(limit.resource), limit.year - years[0]] > limit.capacity * (1 + TOLERANCE) + 1e-9
    ]


def spending(candidates: Candidates, project: Project, start: int, years: np.ndarray) -> dict[str, np.ndarray]:
    """Return a project's cost by the side where it is spent and year."""
    place = [one.id for one in candidates.projects].index(project.id)
    laid = _stream(candidates.cost.values[place], start, years)
    return {str(side) or NO_SIDE: laid[k] for k, side in enumerate(candidates.cost["side"].values) if laid[k].any()}
