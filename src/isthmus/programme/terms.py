"""The numbers of a programme by position: what each project costs, brings and needs for each year it could start in."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from isthmus.core.axes import Array
from isthmus.programme.project import Budget, Candidates, ProgrammeSettings, Project

Calendar = NDArray[np.int64]
"""Calendar years."""


@dataclass(frozen=True, kw_only=True)
class ProgrammeTerms:
    """One entry a project in every tuple; arrays have a row for each year in which the project could start.

    `cost` is (start, year), `benefit` the present value (start, partner), `need` (start, resource, year); `discount`
    turns money of a year into base-year money. `budget` is (partner, year), `limit` (resource, year), infinite where
    there is none. `bonus` has (a, b, partner, present value by year in which both are done).
    """

    projects: tuple[Project, ...]
    partners: tuple[str, ...]
    years: Calendar
    discount: Array
    starts: tuple[Calendar, ...]
    cost: tuple[Array, ...]
    benefit: tuple[Array, ...]
    need: tuple[Array, ...]
    resources: tuple[str, ...]
    budget: Array
    limit: Array
    carry_over: float
    minimum_share: float
    requires: tuple[tuple[int, int], ...]
    excludes: tuple[tuple[int, int], ...]
    bonus: tuple[tuple[int, int, int, Array], ...]

    @cached_property
    def unit(self) -> float:
        """Return the power of ten in which money is passed to the solver, so that numbers are neither huge nor tiny."""
        most = max([float(np.abs(part).max(initial=0)) for part in (*self.benefit, *self.cost)], default=0.0)
        return float(10.0 ** np.floor(np.log10(most / 100))) if most > 0 else 1.0


def terms(candidates: Candidates, budget: Budget, settings: ProgrammeSettings) -> ProgrammeTerms:
    """Return the numbers of a programme by position, starts after the horizon left out."""
    projects = candidates.projects
    first = min([settings.base_year, *(project.earliest for project in projects)])
    years = np.arange(first, settings.horizon + 1)
    discount = (1.0 + settings.discount_rate) ** -(years - settings.base_year).astype(float)
    starts = tuple(np.arange(p.earliest, min(p.latest, settings.horizon) + 1) for p in projects)
    partners = tuple(str(name) for name in budget.amount["partner"].values)
    resources = tuple(str(name) for name in candidates.need["resource"].values)
    place = {project.id: i for i, project in enumerate(projects)}
    cost = candidates.cost.values.sum(axis=1)
    pairs = {tuple(sorted((place[p.id], place[other]))) for p in projects for other in p.excludes}
    return ProgrammeTerms(
        projects=projects, partners=partners, years=years, discount=discount, starts=starts, resources=resources,
        cost=tuple(shift(cost[i], starts[i], years) for i in range(len(projects))),
        benefit=tuple(_present_benefit(candidates, i, starts[i], years, discount) for i in range(len(projects))),
        need=tuple(
            np.stack([shift(row, starts[i], years) for row in candidates.need.values[i]], axis=1)
            if resources else np.zeros((len(starts[i]), 0, len(years)))
            for i in range(len(projects))
        ),
        budget=_spread(budget, years), limit=_limits(candidates, resources, years),
        carry_over=budget.carry_over, minimum_share=settings.minimum_share,
        requires=tuple((place[p.id], place[other]) for p in projects for other in p.requires),
        excludes=tuple((a, b) for a, b in sorted(pairs)),
        bonus=_bonuses(candidates, place, partners, years, discount),
    )  # fmt: skip


def shift(stream: Array, starts: Calendar, years: Calendar) -> Array:
    """Lay a stream by offset over calendar years for each start, shape (start, year); what falls outside is left out."""
    offset = years[None, :] - starts[:, None]
    inside = (offset >= 0) & (offset < len(stream))
    return np.where(inside, stream[np.clip(offset, 0, len(stream) - 1)], 0.0)


def _present_benefit(candidates: Candidates, i: int, starts: Calendar, years: Calendar, discount: Array) -> Array:
    """Return the present value of a project's benefits, shape (start, partner)."""
    streams = np.stack([shift(row, starts, years) for row in candidates.benefit.values[i]], axis=1)
    listed = candidates.gain["year"].values
    done = years[None, :] >= (starts + candidates.projects[i].build_years)[:, None]
    for k, year in enumerate(listed):
        column = np.flatnonzero(years == int(year))
        streams[:, :, column] += candidates.gain.values[i, :, k][None, :, None] * done[:, None, column]
    present: Array = streams @ discount
    return present


def _spread(budget: Budget, years: Calendar) -> Array:
    """Lay budgets over the years of the programme; nothing may be spent in years without a budget."""
    spread = np.zeros((budget.amount.sizes["partner"], len(years)))
    spread[:, np.searchsorted(years, budget.amount["year"].values)] = budget.amount.values
    return spread


def _limits(candidates: Candidates, resources: tuple[str, ...], years: Calendar) -> Array:
    limit = np.full((len(resources), len(years)), np.inf)
    for one in candidates.limits:
        limit[resources.index(one.resource), years == one.year] = one.capacity
    return limit


def _bonuses(
    candidates: Candidates, place: dict[str, int], partners: tuple[str, ...], years: Calendar, discount: Array
) -> tuple[tuple[int, int, int, Array], ...]:
    """Return the present value of each pair's synergy to a partner by the year in which both are done."""
    found: dict[tuple[int, int, int], Array] = {}
    for one in candidates.synergies:
        a, b = sorted((place[one.a], place[one.b]))
        paid = np.arange(len(years)) + one.year_offset
        inside = (paid >= 0) & (paid < len(years))
        value = np.where(inside, one.benefit * discount[np.clip(paid, 0, len(years) - 1)], 0.0)
        key = (a, b, partners.index(one.partner))
        found[key] = found.get(key, 0) + value
    return tuple((a, b, j, value) for (a, b, j), value in found.items())
