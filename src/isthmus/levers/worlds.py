"""Who does what, to which degree and from when: the worlds of several plans, solved year by year.

The world with no plan is the baseline itself, so that every number is an effect of the plans and not a forecast. Every world
runs from the plans' first year; levers phase in, capital follows its return.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from isthmus.core.axes import Array
from isthmus.economy.baseline import Baseline
from isthmus.equilibrium.anderson import Memory
from isthmus.equilibrium.path import DEPRECIATION, Plan, solve_years
from isthmus.equilibrium.result import percent
from isthmus.equilibrium.scenario import Changes, Scenario, resolve
from isthmus.equilibrium.solve import Problem, Settings, pose
from isthmus.equilibrium.state import State
from isthmus.levers.change import Number, number
from isthmus.levers.degree import Sides, effective_degree
from isthmus.levers.facts import Standing, WorldFacts, world_facts
from isthmus.levers.lever import Effect, Lever
from isthmus.levers.shocks import lever_shocks
from isthmus.levers.support import NONE, SUPPORTS, Terms, degree_name
from isthmus.levers.ways import limited

MEMORY = 32
"""Differences carried from year to year and world to world; neighbouring equilibria share most of their Jacobian."""

SILENT = Terms(support=NONE, statements={}, degrees={}, starts={}, assumed=())
"""What plans ask of a measure that none of them speaks of."""

SINGLES, SINGLE, UNAGREED, AGREED = "singles", "single:", "unagreed:", "agreed:"


@dataclass(frozen=True)
class World:
    """How every lever is carried out in one world; a lever or side that is not named does nothing.

    Attributes
    ----------
    degrees, starts
        Degree (0 to 1) and first year of effect by lever and side (see `degree.effective_degree`).
    """

    name: str
    degrees: Mapping[str, Sides]
    starts: Mapping[str, Sides] = field(default_factory=dict)

    def degree(self, lever: Lever, year: int | None = None) -> Number:
        """Return the degree to which a lever takes effect in a year; None for full effect."""
        return effective_degree(lever, self.degrees.get(lever.id, {}), self.starts.get(lever.id), year)


@dataclass(frozen=True)
class PlanWorld:
    """One world over the years.

    Attributes
    ----------
    real_income, real_gdp
        Percent against the world with no plan, by year, each (N,).
    states
        States of the years up to the deadline.
    ln_capital
        Log of the capital in use over the baseline's in these years, (N,).
    changes
        What the levers amount to in these years.
    """

    real_income: Mapping[int, Array]
    real_gdp: Mapping[int, Array]
    states: Mapping[int, State]
    ln_capital: Mapping[int, Array]
    changes: Mapping[int, Changes]

    @property
    def at_deadline(self) -> State:
        """State of the deadline's year."""
        return self.states[max(self.states)]


@dataclass(frozen=True)
class Timetable:
    """First year of the plans, the deadline, and the last year that is solved."""

    start: int
    deadline: int
    last: int

    @property
    def years(self) -> range:
        """All years."""
        return range(self.start, self.last + 1)


def plan_worlds(
    levers: Sequence[Lever], partners: Sequence[str], parameters: Mapping[str, Number], asked: Mapping[str, Terms]
) -> tuple[World, ...]:
    """Return the worlds that the value of alignment is made of, at one set of parameters or at many draws at once.

    ``single:PARTNER`` for each partner's own levers, ``singles`` for all of them; then joint measures on top, each side at
    its own pace, ``unagreed:both``, ``unagreed:one`` and ``unagreed:none``, where every one adds the measures of the next
    support; then the same measures agreed, one support after the other, ``agreed:both``, ``agreed:one``, ``agreed:none``.

    Parameters
    ----------
    parameters
        Values by name; degrees that the plans ask for stand under `support.degree_name`.
    asked
        `Terms` by id of the lever. A lever that is not in it is carried out in full from its own date; a single lever that
        is, but of which the plan says nothing, is not carried out.
    """
    own = {
        p: {
            lever.id: {p: _asked(lever, p, parameters, asked, float(lever.id not in asked))}
            for lever in levers
            if lever.owner == p
        }
        for p in partners
    }
    singles: dict[str, Sides] = {name: sides for p in partners for name, sides in own[p].items()}
    worlds = [World(SINGLE + p, own[p]) for p in partners] + [World(SINGLES, singles)]
    degrees, starts = dict(singles), dict[str, Sides]()
    for kind, conduct in ((UNAGREED, unagreed), (AGREED, agreed)):
        for support in SUPPORTS:
            for lever in levers:
                if lever.joint and asked.get(lever.id, SILENT).support == support:
                    degrees[lever.id], starts[lever.id] = conduct(lever, parameters, asked)
            worlds.append(World(kind + support, dict(degrees), dict(starts)))
    return tuple(worlds)


def agreed(lever: Lever, parameters: Mapping[str, Number], asked: Mapping[str, Terms]) -> tuple[Sides, Sides]:
    """Return degree and start of every side of an agreed measure: the lesser degree and the later date (:eq:`agreed`).

    A side whose plan says nothing of the measure follows the others; where no plan does, the measure is carried out in
    full from the lever's own date.
    """
    said = asked.get(lever.id, SILENT)
    degree: Number = 1.0
    for side in said.degrees:
        degree = np.minimum(degree, _asked(lever, side, parameters, asked, 1.0))
    start = float(max([lever.start, *said.starts.values()]))
    return dict.fromkeys(lever.partners, degree), dict.fromkeys(lever.partners, start)


def unagreed(lever: Lever, parameters: Mapping[str, Number], asked: Mapping[str, Terms]) -> tuple[Sides, Sides]:
    """Return degree and start of every side at its own pace.

    Each reaches only the share `Lever.alone` of the degree that its own plan asks for, `Lever.lag` years later.
    """
    together, starts = agreed(lever, parameters, asked)
    lag = number(lever, parameters, lever.lag) if lever.lag else 0.0
    degrees = {
        side: _asked(lever, side, parameters, asked, together[side]) * number(lever, parameters, lever.alone[side])
        for side in lever.partners
    }
    return degrees, {side: start + lag for side, start in starts.items()}


def _asked(
    lever: Lever, side: str, parameters: Mapping[str, Number], asked: Mapping[str, Terms], otherwise: Number
) -> Number:
    """Return the degree that a side's plan asks for."""
    if lever.id not in asked or side not in asked[lever.id].degrees:
        return otherwise
    return number(lever, parameters, degree_name(lever.id, side))


def only(levers: Sequence[Lever], branch: str) -> tuple[Lever, ...]:
    """Return the levers with nothing but the effects of one branch (see `lever.BRANCHES`)."""
    kept: list[Lever] = []
    for lever in levers:
        effects: tuple[Effect, ...] = tuple(e for e in lever.effects if e.channel.branch == branch)
        kept.append(dataclasses.replace(lever, effects=effects))
    return tuple(kept)


def solve_worlds(
    baseline: Baseline,
    levers: Sequence[Lever],
    parameters: Mapping[str, float],
    worlds: Sequence[World],
    timetable: Timetable,
    *,
    trade_balance: str = "fixed",
    standing: Standing | None = None,
    settings: Settings | None = None,
    passing: Settings | None = None,
) -> dict[str, PlanWorld]:
    """Solve worlds at one set of parameters; those in which every lever does the same in every year are solved once.

    Parameters
    ----------
    parameters
        Values by name: the ledger's and the targets'. ``services_elasticity``, ``capital_share`` and
        ``capital_depreciation`` also set the model's own numbers where they are present.
    standing
        What the border costs by component and cell (see `facts.Standing`).
    settings, passing
        How the deadline and the last year are solved, and how the years in between, of which only the return on capital
        is kept (default: the same).

    Raises
    ------
    NotConvergedError
        If any year of any world is not solved.
    """
    own = with_parameters(baseline, parameters)
    run = _Run(
        problem=pose(own, Scenario(trade_balance=trade_balance), settings),
        levers=tuple(levers),
        parameters=parameters,
        facts=world_facts(own, standing),
        timetable=timetable,
        depreciation=parameters.get("capital_depreciation", DEPRECIATION),
        settings=(settings, passing or settings),
        memory=Memory(MEMORY),
    )
    done: dict[tuple[tuple[float, ...], ...], PlanWorld] = {}
    found = {}
    for world in worlds:
        states = tuple(tuple(float(world.degree(lever, year)) for lever in levers) for year in timetable.years)
        if states not in done:
            done[states] = _solve_world(run, states)
        found[world.name] = done[states]
    return found


def dated_changes(
    problem: Problem, levers: Sequence[Lever], parameters: Mapping[str, float], facts: WorldFacts, world: World
) -> Plan:
    """Return what levers amount to in each year of a world, for `path.solve_years` or `worth.path_worth`.

    Parameters
    ----------
    problem
        `pose` of an empty scenario on the baseline that `facts` were taken of.
    """
    known: dict[tuple[float, ...], Changes] = {}

    def at(year: int) -> Changes:
        degrees = tuple(float(world.degree(lever, year)) for lever in levers)
        if degrees not in known:
            known[degrees] = _changes(problem, levers, parameters, facts, degrees)
        return known[degrees]

    return at


def full_changes(
    problem: Problem, levers: Sequence[Lever], parameters: Mapping[str, float], facts: WorldFacts, world: World
) -> Changes:
    """Return what levers amount to once all of them are in full effect."""
    degrees = tuple(float(world.degree(lever)) for lever in levers)
    return _changes(problem, levers, parameters, facts, degrees)


def _changes(
    problem: Problem,
    levers: Sequence[Lever],
    parameters: Mapping[str, float],
    facts: WorldFacts,
    degrees: Sequence[float],
) -> Changes:
    shocks = [
        shock
        for lever, degree in zip(levers, degrees, strict=True)
        for shock in lever_shocks(lever, parameters, facts, degree)
    ]
    return limited(resolve(Scenario(tuple(shocks)), problem.baseline), facts.standing.ways, parameters)


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


@dataclass(frozen=True, kw_only=True)
class _Run:
    """What all worlds of one set of parameters share."""

    problem: Problem
    levers: tuple[Lever, ...]
    parameters: Mapping[str, float]
    facts: WorldFacts
    timetable: Timetable
    depreciation: float
    settings: tuple[Settings | None, Settings | None]
    memory: Memory
    known: dict[tuple[float, ...], Changes] = field(default_factory=dict)

    def changes(self, state: tuple[float, ...]) -> Changes:
        """Return what the levers at their degrees amount to."""
        if state not in self.known:
            self.known[state] = _changes(self.problem, self.levers, self.parameters, self.facts, state)
        return self.known[state]


def _solve_world(run: _Run, states: Sequence[tuple[float, ...]]) -> PlanWorld:
    timetable = run.timetable
    by_year = dict(zip(timetable.years, states, strict=True))
    path = solve_years(
        run.problem,
        lambda year: run.changes(by_year[year]),
        timetable.years,
        depreciation=run.depreciation,
        settings=lambda year: run.settings[year not in (timetable.deadline, timetable.last)],
        memory=run.memory,
    )
    planned = range(timetable.start, timetable.deadline + 1)
    return PlanWorld(
        {year: percent(state.welfare.ln_real_income) for year, state in path.states.items()},
        {year: percent(state.welfare.ln_real_gdp) for year, state in path.states.items()},
        {year: path.states[year] for year in planned},
        {year: path.ln_capital[year] for year in planned},
        {year: run.changes(by_year[year]) for year in planned},
    )
