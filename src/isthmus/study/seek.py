"""Goal-seek on a study: to which degree levers must be carried out for its goals, and what two goals cost each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from isthmus.core.axes import Array
from isthmus.core.errors import BadInputError
from isthmus.equilibrium.anderson import Memory
from isthmus.equilibrium.path import DEPRECIATION, solve_years
from isthmus.equilibrium.result import percent
from isthmus.equilibrium.scenario import Scenario
from isthmus.equilibrium.seek import SeekResult, seek, trade_off
from isthmus.equilibrium.solve import Problem, Settings, pose
from isthmus.equilibrium.state import State
from isthmus.levers.facts import BorderCosts, WorldFacts, world_facts
from isthmus.levers.outcomes import Outcome, measure, reach
from isthmus.levers.picture import picture
from isthmus.levers.support import NONE
from isthmus.levers.worlds import AGREED, MEMORY, World, dated_changes, plan_worlds, with_parameters
from isthmus.plans.plan import Kind
from isthmus.study.draws import central_draw
from isthmus.study.headline import headline_world
from isthmus.study.study import Study

INCOME, GDP = "income:", "gdp:"
"""What the name of a goal begins with that is no outcome of the study: real income and real GDP of an economy, percent."""

PERCENT = "%"


@dataclass(frozen=True, kw_only=True)
class Goal:
    """What is wanted.

    Attributes
    ----------
    name
        Id of an outcome of the study, or `INCOME` or `GDP` and an economy.
    value
        In the unit of the outcome's target; percent where there is none; None for the target of the plan itself.
    year
        0 for the target's own year, else the deadline.
    unit
        Where stated it must be that of the outcome.
    """

    name: str
    value: float | None = None
    year: int = 0
    unit: str = ""


@dataclass(frozen=True, kw_only=True)
class Span:
    """A lever that may be moved, and between which degrees."""

    lever: str
    low: float = 0.0
    high: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Sought:
    """Degrees at which goals are met, what was wanted and what the low ends bring (effects in percent), and every trial."""

    spans: tuple[Span, ...]
    goals: tuple[Goal, ...]
    wanted_pct: tuple[float, ...]
    low_pct: tuple[float, ...]
    degrees: tuple[float, ...]
    found: SeekResult


@dataclass(frozen=True, kw_only=True)
class Curve:
    """What two goals cost each other: points on which neither can be raised without lowering the other.

    Attributes
    ----------
    degrees
        (point, lever).
    exact_pct, linear_pct
        Effect on both outcomes, (point, 2): solved, and as the sum of levers that the search works with.
    """

    spans: tuple[Span, ...]
    goals: tuple[Goal, ...]
    degrees: Array
    exact_pct: Array
    linear_pct: Array


@dataclass(frozen=True, kw_only=True)
class Question:
    """A study made ready to be asked: which levers move, and where all others stand."""

    study: Study
    problem: Problem
    facts: WorldFacts
    parameters: Mapping[str, float]
    spans: tuple[Span, ...]
    rest: World
    memory: Memory = field(default_factory=lambda: Memory(MEMORY))


def question(study: Study, standing: BorderCosts, spans: Sequence[Span], *, others: bool = True) -> Question:
    """Make a study ready to be asked on its newest trade, at central values.

    Parameters
    ----------
    spans
        Levers that may be moved; none for all joint levers.
    others
        Whether all other levers act as both plans agree, else not at all.

    Raises
    ------
    BadInputError
        For a lever that the study does not have, one that stands twice, or degrees outside 0 to 1.
    """
    known = {lever.id: lever for lever in study.levers}
    chosen = tuple(spans) or tuple(Span(lever=lever.id) for lever in study.levers if lever.joint)
    names = [span.lever for span in chosen]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise BadInputError(
            "levers", f"{twice[0]} is used twice in one year", allowed="each lever once", remedy="name it once"
        )
    for span in chosen:
        if span.lever not in known:
            raise BadInputError(
                "levers", f"unknown lever {span.lever!r}", allowed=", ".join(known), remedy="correct the name"
            )
        if not 0 <= span.low < span.high <= 1:
            raise BadInputError(
                f"lever {span.lever}",
                f"degrees {span.low:g} to {span.high:g}",
                allowed="a low end below the high end, both from 0 to 1",
                remedy="correct the degrees",
            )
    if not chosen:
        raise BadInputError("levers", "the study has no joint lever", allowed="a lever", remedy="name levers")
    parameters = central_draw(study).parameters
    world = with_parameters(headline_world(study)[0], parameters)
    agreed = {w.name: w for w in plan_worlds(study.levers, study.partners, parameters, study.asked)}[AGREED + NONE]
    return Question(
        study=study,
        problem=pose(world, Scenario(trade_balance=study.trade_balance)),
        facts=world_facts(world, standing),
        parameters=parameters,
        spans=chosen,
        rest=agreed if others else World("none", {}, agreed.starts),
    )


def seek_goals(asked: Question, goals: Sequence[Goal], *, each: bool = False) -> Sought:
    """Find the degrees at which all goals are met.

    One goal moves all levers in the same proportion between their ends, unless `each` lets every lever move by itself, as
    several goals always do.

    Raises
    ------
    BadInputError
        For an unknown goal, a unit that its outcome does not have, or a year outside the study.
    InfeasibleError
        If the goals are out of reach; names the closest attainable and what was tried.
    """
    put = [placed(asked, goal) for goal in goals]
    wanted = [_wanted_pct(asked, goal) for goal in put]
    low, high = (np.array([getattr(span, end) for span in asked.spans]) for end in ("low", "high"))
    last: dict[tuple[float, ...], Array] = {}

    def at(degrees: Array) -> Array:
        point = tuple(map(float, degrees))
        if point not in last:
            last[point] = effects(asked, put, degrees)
        return last[point]

    if len(put) == 1 and not each:
        found = seek(lambda share: at(low + share[0] * (high - low)), wanted, [0.0], [1.0])
        degrees = low + found.degrees[0] * (high - low)
    else:
        found = seek(at, wanted, list(low), list(high))
        degrees = found.degrees
    return Sought(
        spans=asked.spans,
        goals=tuple(put),
        wanted_pct=tuple(wanted),
        low_pct=tuple(map(float, at(low))),
        degrees=tuple(map(float, degrees)),
        found=found,
    )


def trade_off_of(asked: Question, first: Goal, second: Goal, points: int = 11) -> Curve:
    """Return what two goals cost each other over the degrees of the levers; values of the goals are not used.

    Each lever is solved alone and effects are added in logarithms for the search; every point is then solved exactly.

    Raises
    ------
    BadInputError
        For an unknown goal, or fewer than two points.
    """
    if points < 2:
        raise BadInputError("points", f"found {points}", allowed="2 or more", remedy="ask for more points")
    put = [placed(asked, goal) for goal in (first, second)]
    low, high = (np.array([getattr(span, end) for span in asked.spans]) for end in ("low", "high"))
    sign = np.array([_sign(asked, goal) for goal in put])
    base = np.log1p(effects(asked, put, low) / 100)
    slope = []
    for position in range(len(low)):
        moved = low.copy()
        moved[position] = high[position]
        slope.append((np.log1p(effects(asked, put, moved) / 100) - base) / (high[position] - low[position]))
    matrix = np.array(slope)

    def linear(degrees: Array) -> Array:
        logs: Array = base + (np.asarray(degrees) - low) @ matrix
        return logs

    _, degrees = trade_off(lambda d: 100 * sign * linear(d), list(low), list(high), points)
    exact = np.array([effects(asked, put, point) for point in degrees])
    return Curve(
        spans=asked.spans,
        goals=tuple(put),
        degrees=degrees,
        exact_pct=exact,
        linear_pct=100 * np.expm1([linear(point) for point in degrees]),
    )


def effects(asked: Question, goals: Sequence[Goal], degrees: Array) -> Array:
    """Return the effect on each goal's measure with the levers at these degrees, percent, (G,)."""
    study = asked.study
    sides = {lever.id: lever.partners for lever in study.levers}
    moved = {
        span.lever: dict.fromkeys(sides[span.lever], float(degree))
        for span, degree in zip(asked.spans, degrees, strict=True)
    }
    world = World("asked", {**asked.rest.degrees, **moved}, asked.rest.starts)
    path = solve_years(
        asked.problem,
        dated_changes(asked.problem, study.levers, asked.parameters, asked.facts, world),
        range(study.start, max(goal.year for goal in goals) + 1),
        depreciation=asked.parameters.get("capital_depreciation", DEPRECIATION),
        settings=Settings(tolerance=1e-11),
        memory=asked.memory,
    )
    return np.array([_effect(asked, goal, path.states[goal.year]) for goal in goals])


def unit_of(asked: Question, goal: Goal) -> str:
    """Return the unit in which the value of a goal is stated."""
    outcome = _outcome(asked.study, goal.name)
    target = next((t for t in asked.study.targets if outcome and t.id == outcome.target), None)
    return PERCENT if target is None or target.kind is Kind.CHANGE_PCT or not target.unit else target.unit


def _effect(asked: Question, goal: Goal, state: State) -> float:
    outcome = _outcome(asked.study, goal.name)
    if outcome is not None:
        shown = picture(asked.problem.baseline, state)
        return 100 * (measure(outcome, shown, asked.study.energy, asked.parameters) - 1)
    logs = state.welfare.ln_real_income if goal.name.startswith(INCOME) else state.welfare.ln_real_gdp
    return float(percent(logs)[asked.problem.baseline.economies.index(goal.name.partition(":")[2])])


def _outcome(study: Study, name: str) -> Outcome | None:
    return next((outcome for outcome in study.outcomes if outcome.id == name), None)


def _sign(asked: Question, goal: Goal) -> int:
    outcome = _outcome(asked.study, goal.name)
    return outcome.sign if outcome else 1


def placed(asked: Question, goal: Goal) -> Goal:
    """Return a goal with its year and unit, once its name, year and unit are checked.

    Raises
    ------
    BadInputError
        For an unknown outcome or economy, a year outside the study or beside the target's own, or another unit.
    """
    study = asked.study
    outcome, economies = _outcome(study, goal.name), asked.problem.baseline.economies
    whole = goal.name.startswith((INCOME, GDP)) and goal.name.partition(":")[2] in economies
    if outcome is None and not whole:
        names = [o.id for o in study.outcomes] + [f"{kind}CODE" for kind in (INCOME, GDP)]
        raise BadInputError(
            "goal", f"unknown outcome {goal.name!r}", allowed=", ".join(names), remedy="correct the name"
        )
    target = next((t for t in study.targets if outcome and t.id == outcome.target), None)
    year = goal.year or (target.year if target and target.year else study.deadline)
    level = target is not None and target.year is not None
    allowed = (target.year, target.year) if target and level and target.year else (study.start, study.review)
    if not allowed[0] <= year <= allowed[1]:
        raise BadInputError(
            f"goal {goal.name}",
            f"year {year}",
            allowed=str(allowed[0]) if allowed[0] == allowed[1] else f"{allowed[0]} to {allowed[1]}",
            remedy="choose a year of the study; an outcome with a target is measured in the target's own year",
        )
    put = Goal(name=goal.name, value=goal.value, year=year, unit=unit_of(asked, goal))
    if goal.unit not in ("", put.unit):
        raise BadInputError(
            f"goal {goal.name}", f"unit {goal.unit!r}", allowed=put.unit, remedy="state the value in that unit"
        )
    return put


def _wanted_pct(asked: Question, goal: Goal) -> float:
    """Return the effect of levers that meets a goal, percent."""
    outcome = _outcome(asked.study, goal.name)
    target = next((t for t in asked.study.targets if outcome and t.id == outcome.target), None)
    known = reach(outcome, target, 1.0, asked.parameters) if outcome else None
    without = known.without_plan if known else None
    if goal.value is None:
        if known is None or known.needed_pct is None:
            raise BadInputError(
                f"goal {goal.name}", "no value, and no plan gives one", allowed="NAME=VALUE", remedy="state the value"
            )
        return known.needed_pct
    if without is None or target is None:
        return goal.value
    level = 1 + goal.value / 100 if target.kind is Kind.CHANGE_PCT else goal.value
    return 100 * (level / without - 1)
