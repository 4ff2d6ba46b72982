"""What projects bring in the full model: the world solved with what is done in each year, and each project's part of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from isthmus.core.axes import Array
from isthmus.equilibrium.anderson import Memory
from isthmus.equilibrium.path import Plan, solve_years
from isthmus.equilibrium.scenario import Changes, Scenario, resolve
from isthmus.equilibrium.solve import Problem, Settings, find
from isthmus.levers.facts import WorldFacts
from isthmus.levers.lever import Lever
from isthmus.levers.shocks import lever_shocks
from isthmus.levers.ways import limited
from isthmus.programme.proposal import Proposal

SETTINGS = Settings(tolerance=1e-11)
"""A project's effect can be a millionth of income; what is left of the equations has to be far below it."""
MEMORY = 32


@dataclass(frozen=True, kw_only=True)
class Ground:
    """The world that projects are done in.

    Attributes
    ----------
    problem
        A world without shocks, with its closure.
    levers, parameters, facts
        Levers, those of `acts.Acts` among them, and what their arithmetic needs.
    own
        Degree of every lever in each year without any project, (year, lever).
    years
        Consecutive years, the first of the plans first.
    depreciation
        Of capital, a year.
    """

    problem: Problem
    levers: tuple[Lever, ...]
    parameters: Mapping[str, float]
    facts: WorldFacts
    own: Array
    years: tuple[int, ...]
    depreciation: float
    known: dict[tuple[float, ...], Changes] = field(default_factory=dict)

    def changes(self, degrees: Array) -> Changes:
        """Return what all levers at their degrees amount to."""
        at = tuple(float(degree) for degree in np.minimum(degrees, 1.0))
        if at not in self.known:
            shocks = [
                shock
                for lever, degree in zip(self.levers, at, strict=True)
                for shock in lever_shocks(lever, self.parameters, self.facts, degree)
            ]
            plain = resolve(Scenario(tuple(shocks)), self.problem.baseline)
            self.known[at] = limited(plain, self.facts.standing.ways, self.parameters)
        return self.known[at]


def done_in(proposals: Sequence[Proposal], start: Mapping[str, int], shares: Array, years: Sequence[int]) -> Array:
    """Return the degree of every lever that projects add in each year, (year, lever)."""
    found = np.zeros((len(years), shares.shape[1]))
    for p, one in enumerate(proposals):
        if one.project.id in start:
            found += (np.array(years) >= start[one.project.id] + one.project.build_years)[:, None] * shares[p]
    return found


def changes_by_year(ground: Ground, added: Array) -> Plan:
    """Return the changes of each year; `added` is what projects add to the degree of every lever, (year, lever)."""
    by_year = dict(zip(ground.years, ground.own + added, strict=True))
    return lambda year: ground.changes(by_year[year])


def real_incomes(ground: Ground, added: Array) -> Array:
    """Return ln real income of every economy in every year against the world without plans, (year, economy).

    Parameters
    ----------
    added
        As in `changes_by_year`.

    Raises
    ------
    NotConvergedError
        If a year is not solved.
    """
    path = solve_years(
        ground.problem, changes_by_year(ground, added), ground.years, depreciation=ground.depreciation, settings=SETTINGS,
        memory=Memory(MEMORY),
    )  # fmt: skip
    return np.array([path.states[year].welfare.ln_real_income for year in ground.years])


def in_one_year(ground: Ground, added: Sequence[Array]) -> Array:
    """Return ln real income of every economy in the last year, capital as it was, for several sets of projects, (set, economy).

    Each set is what its projects add to the degree of every lever, (lever,).
    """
    memory, start, found = Memory(MEMORY), None, []
    for one in added:
        state = find(
            ground.problem, ground.changes(ground.own[-1] + one), settings=SETTINGS, start=start, memory=memory
        )
        start = state.point
        found.append(state.welfare.ln_real_income)
    return np.array(found)


@dataclass(frozen=True, kw_only=True)
class Margins:
    """What each project does in one year of the full model, ln real income, (project, economy).

    Attributes
    ----------
    alone
        Done alone.
    last
        Done last: beside the others of a programme, or taken from it where it belongs to it.
    """

    alone: Array
    last: Array


def margins(ground: Ground, shares: Array, chosen: Sequence[int]) -> Margins:
    """Return what each project does alone and what it does last, beside a programme.

    Parameters
    ----------
    shares
        (project, lever).
    chosen
        Positions of the programme's projects.
    """
    inside = np.zeros(len(shares))
    inside[list(chosen)] = 1.0
    whole = inside @ shares
    without = [whole - part if own else whole + part for part, own in zip(shares, inside, strict=True)]
    nothing, together, *rest = in_one_year(ground, [0 * whole, whole, *shares, *without])
    alone, other = np.split(np.array(rest) - nothing, 2)
    last = np.where(inside[:, None] > 0, together - nothing - other, other - (together - nothing))
    return Margins(alone=alone, last=last)


def pair_synergies(ground: Ground, shares: Array, pairs: Sequence[tuple[int, int]], alone: Array) -> Array:
    """Return what pairs of projects bring together beyond the sum of both alone, ln real income, (pair, economy)."""
    if not pairs:
        return np.zeros((0, alone.shape[1]))
    nothing, *together = in_one_year(ground, [0 * shares[0], *(shares[a] + shares[b] for a, b in pairs)])
    found: Array = np.array(together) - nothing - np.array([alone[a] + alone[b] for a, b in pairs])
    return found
