"""The worlds of two plans: neither, A alone, B alone, both unaligned, both aligned; solved year by year.

Every world runs from the plans' first year; levers phase in, capital follows its return. The world with neither plan is the
baseline itself, so that every number is an effect of the plans and not a forecast.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from isthmus.core.axes import Array
from isthmus.economy.baseline import Baseline
from isthmus.equilibrium.anderson import Memory
from isthmus.equilibrium.hat import Solution
from isthmus.equilibrium.path import ln_return
from isthmus.equilibrium.scenario import Changes, Scenario, Shock, resolve
from isthmus.equilibrium.solve import Problem, Settings, find, pose
from isthmus.equilibrium.welfare import welfare
from isthmus.levers.lever import Lever, WorldFacts, effective_degree, lever_shocks, world_facts

MEMORY = 32
"""Differences carried from year to year and world to world; neighbouring equilibria share most of their Jacobian."""

WORLDS = ("a", "b", "both", "aligned")
"""Worlds with a plan: A alone, B alone, both without coordination, both coordinated."""


@dataclass(frozen=True)
class PlanWorld:
    """One world over the years.

    Attributes
    ----------
    real_income, real_gdp, capital
        Percent against the world with neither plan, by year, each (N,).
    at_deadline
        Solution of the deadline's year.
    """

    real_income: Mapping[int, Array]
    real_gdp: Mapping[int, Array]
    capital: Mapping[int, Array]
    at_deadline: Solution


@dataclass(frozen=True)
class Timetable:
    """First year of the plans, the deadline, and the last year that is solved."""

    start: int
    deadline: int
    last: int


def solve_worlds(
    baseline: Baseline,
    levers: Sequence[Lever],
    parameters: Mapping[str, float],
    partners: tuple[str, str],
    timetable: Timetable,
    *,
    trade_balance: str = "fixed",
    worlds: Sequence[str] = WORLDS,
    settings: Settings | None = None,
    passing: Settings | None = None,
) -> dict[str, PlanWorld]:
    """Solve the worlds of two plans at one set of parameters.

    Parameters
    ----------
    parameters
        Values by name: the ledger's and the targets'. ``services_elasticity``, ``capital_share`` and
        ``capital_depreciation`` also set the model's own numbers where they are present.
    worlds
        Which of `WORLDS` to solve.
    settings, passing
        How the deadline and the last year are solved, and how the years in between, of which only the return on capital
        is kept (default: the same).

    Raises
    ------
    NotConvergedError
        If any year of any world is not solved.
    """
    own = with_parameters(baseline, parameters)
    facts = world_facts(own)
    problem = pose(own, Scenario(trade_balance=trade_balance), settings)
    memory, chosen = Memory(MEMORY), (settings, passing or settings)
    delta = parameters.get("capital_depreciation", 0.06)
    acting = {"a": partners[:1], "b": partners[1:], "both": partners, "aligned": partners}
    return {
        name: _solve_world(
            problem, levers, parameters, facts, acting[name], name == "aligned", timetable, delta, chosen, memory
        )
        for name in worlds
    }


def with_parameters(baseline: Baseline, parameters: Mapping[str, float]) -> Baseline:
    """Return the baseline with the model's own numbers taken from `parameters` where they are present."""
    changes: dict[str, Any] = {}
    if "services_elasticity" in parameters:
        theta = baseline.elasticity.values.copy()
        theta[[s not in baseline.goods for s in baseline.sectors]] = parameters["services_elasticity"]
        changes["elasticity"] = baseline.elasticity.copy(data=theta)
    if "capital_share" in parameters:
        share = np.full(baseline.income.size, parameters["capital_share"])
        changes["capital_share"] = baseline.capital_share.copy(data=share)
    return dataclasses.replace(baseline, **changes) if changes else baseline


def plan_shocks(
    levers: Sequence[Lever],
    parameters: Mapping[str, float],
    facts: WorldFacts,
    acting: Sequence[str],
    aligned: bool,
    year: int,
) -> tuple[Shock, ...]:
    """Return the shocks of all levers in a year when the partners in `acting` carry out their plans."""
    degrees = dict.fromkeys(acting, 1.0)
    found: list[Shock] = []
    for lever in levers:
        found += lever_shocks(lever, parameters, facts, degrees, year=year, aligned=aligned)
    return tuple(found)


def _solve_world(
    problem: Problem,
    levers: Sequence[Lever],
    parameters: Mapping[str, float],
    facts: WorldFacts,
    acting: Sequence[str],
    aligned: bool,
    timetable: Timetable,
    delta: float,
    settings: tuple[Settings | None, Settings | None],
    memory: Memory,
) -> PlanWorld:
    degrees = dict.fromkeys(acting, 1.0)
    ln_K = np.zeros(problem.baseline.income.size)
    known: dict[tuple[float, ...], Changes] = {}
    numbers: dict[int, tuple[Array, Array, Array]] = {}
    point: Array | None = None
    deadline: Solution | None = None
    for year in range(timetable.start, timetable.last + 1):
        state = tuple(effective_degree(lever, parameters, degrees, year=year, aligned=aligned) for lever in levers)
        if state not in known:
            shocks = plan_shocks(levers, parameters, facts, acting, aligned, year)
            known[state] = resolve(Scenario(shocks), problem.baseline)
        changes = known[state]
        grown = dataclasses.replace(changes, ln_capital=changes.ln_capital + ln_K)
        how = settings[year not in (timetable.deadline, timetable.last)]
        solution = find(problem.model, grown, problem.closure, problem.numeraire, how, point, memory)
        point = solution.point
        w = welfare(solution)
        numbers[year] = w.real_income, w.real_gdp, 100 * np.expm1(grown.ln_capital)
        if year == timetable.deadline:
            deadline = solution
        ln_K = (1 - delta) * ln_K + delta * ln_return(solution)
    assert deadline is not None
    income, gdp, capital = ({year: row[k] for year, row in numbers.items()} for k in range(3))
    return PlanWorld(income, gdp, capital, deadline)
