"""The path to the deadline: capital follows the return on it, so that year 5 is not the long run.

There is one loop over years. What differs from use to use is handed in: the changes of each year, the law by which capital
moves, project investment beside it, and how exactly each year is solved. The world without shocks stays where it is.
"""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from isthmus.core.axes import Array
from isthmus.core.errors import BadInputError, NotConvergedError
from isthmus.economy.baseline import Baseline
from isthmus.equilibrium.anderson import Memory
from isthmus.equilibrium.result import percent
from isthmus.equilibrium.scenario import Changes, Scenario, resolve
from isthmus.equilibrium.solve import Problem, Settings, find, pose
from isthmus.equilibrium.state import State

LONG_RUN = "long_run"
DEPRECIATION = 0.06
LAWS = ("lucas_prescott", "linear")
"""Laws of capital: geometric adjustment costs (:eq:`accumulation`), or perpetual inventory (:eq:`linear-accumulation`)."""

MEMORY = 24
"""Differences that the solver carries from year to year: neighbouring years share most of their Jacobian."""

ChangesByYear = Callable[[int], Changes]
"""The changes of each year."""


@dataclass(frozen=True, kw_only=True)
class PathPoint:
    """What a year inherits from the years before it.

    Attributes
    ----------
    year
        The year that is solved next.
    ln_capital
        (N,): log of accumulated capital over the baseline's.
    start
        `State.point` of the year before; None starts from the baseline.
    """

    year: int
    ln_capital: Array
    start: Array | None = None


@dataclass(frozen=True, kw_only=True, repr=False)
class Path:
    """The states of consecutive years.

    Attributes
    ----------
    states
        By year.
    ln_capital
        By year, (N,): log of the capital in use over the baseline's, accumulated and shocks to capital together.
    end
        From where a later call goes on.
    long_run, long_run_capital
        State in which capital has adjusted fully to the last year's changes, where it was asked for, and its capital.
    """

    states: Mapping[int, State]
    ln_capital: Mapping[int, Array]
    end: PathPoint
    long_run: State | None = None
    long_run_capital: Array | None = None

    def table(self) -> pd.DataFrame:
        """Return one row an economy and year, in percent; the long run last."""
        rows: list[tuple[int | str, State, Array]] = [(y, s, self.ln_capital[y]) for y, s in self.states.items()]
        if self.long_run is not None and self.long_run_capital is not None:
            rows.append((LONG_RUN, self.long_run, self.long_run_capital))
        frames = [
            pd.DataFrame(
                {
                    "economy": state.axes.economies,
                    "year": year,
                    "real_income_pct": percent(state.welfare.ln_real_income),
                    "real_gdp_pct": percent(state.welfare.ln_real_gdp),
                    "capital_pct": percent(capital),
                }
            )
            for year, state, capital in rows
        ]
        return pd.concat(frames, ignore_index=True)

    def __repr__(self) -> str:
        """Show years and sizes, and the table's first rows."""
        years = list(self.states)
        return f"Path, {years[0]} to {years[-1]}, percent\n{self.table().head(10)}"

    def _repr_html_(self) -> str:
        """Show the table in a notebook."""
        return str(self.table().to_html(max_rows=20))


def solve_path(
    baseline: Baseline, scenario: Scenario, first: int, final: int, *, settings: Settings | None = None
) -> Path:
    """Solve a scenario year by year from `first` to `final`, and in the long run; see `solve_years`."""
    problem = pose(baseline, scenario, settings)
    return solve_years(problem, scenario, range(first, final + 1), long_run=True, settings=settings)


def solve_years(
    problem: Problem,
    changes_by_year: Scenario | ChangesByYear,
    years: Sequence[int],
    *,
    capital_law: str = "lucas_prescott",
    depreciation: float = DEPRECIATION,
    investment: Callable[[int], Array] | None = None,
    elasticity: Callable[[int], float] | None = None,
    start: PathPoint | None = None,
    long_run: bool = False,
    settings: Settings | Callable[[int], Settings | None] | None = None,
    memory: Memory | None = None,
    progress: Callable[[float], None] | None = None,
) -> Path:
    """Solve consecutive years, capital given in each of them (:eq:`accumulation`, :eq:`linear-accumulation`).

    Parameters
    ----------
    problem
        World, closure and numéraire; its own changes are not used.
    changes_by_year
        A scenario whose shocks have their own timing, or the changes of each year.
    years
        Consecutive calendar years.
    capital_law, depreciation
        One of `LAWS`; delta per year.
    investment
        Project investment of a year, (N,), as a share of the baseline's capital stock; only under the linear law.
    elasticity
        Factor on every trade elasticity in a year: lower than 1 where trade has had less time to answer.
    start
        Where an earlier call ended (`Path.end`); default: the baseline's capital.
    long_run
        Whether the state in which capital has adjusted to the last year's changes is added; project investment has ended.
    settings
        How each year is solved; a function of the year where years between are only passed through.
    memory
        Differences carried over from neighbouring problems; changed in place.

    Raises
    ------
    BadInputError
        For years that are not consecutive or do not follow `start`, an unknown law, or investment under the other law.
    NotConvergedError
        If a year is not solved, or the long run is not reached in 400 rounds.
    """
    _check(years, start, capital_law, investment)
    plan = planned(problem, changes_by_year)
    point = start or PathPoint(year=years[0], ln_capital=np.zeros(problem.model.VA.size))
    kept = memory or Memory(MEMORY)
    states: dict[int, State] = {}
    capital: dict[int, Array] = {}
    for count, year in enumerate(years, start=1):
        posed = problem if elasticity is None else _with_horizon(problem, elasticity(year))
        grown = _with_capital(plan(year), point.ln_capital)
        how = settings(year) if callable(settings) else settings
        state = find(posed, grown, settings=how, start=point.start, memory=kept)
        states[year], capital[year] = state, grown.ln_capital
        added = None if investment is None else investment(year)
        ln_K = _accumulate(capital_law, point.ln_capital, state.welfare.ln_return, depreciation, added)
        point = PathPoint(year=year + 1, ln_capital=ln_K, start=state.point)
        if progress is not None:
            progress(count / len(years))
    path = Path(states=states, ln_capital=capital, end=point)
    if not long_run:
        return path
    last = settings(years[-1]) if callable(settings) else settings
    final, stock = _steady(problem, plan(years[-1]), point, last)
    return dataclasses.replace(path, long_run=final, long_run_capital=stock)


def planned(problem: Problem, changes: Scenario | ChangesByYear) -> ChangesByYear:
    """Return the changes of a year as a function; shocks without timing are resolved once."""
    if not isinstance(changes, Scenario):
        return changes
    scenario = changes
    if any(shock.start is not None or shock.end is not None for shock in scenario.shocks):
        return lambda year: resolve(scenario, problem.baseline, year)
    always = resolve(scenario, problem.baseline)
    return lambda _: always


def _check(years: Sequence[int], start: PathPoint | None, law: str, investment: Callable[[int], Array] | None) -> None:
    first = years[0] if len(years) else None
    if first is None or list(years) != list(range(first, first + len(years))):
        raise BadInputError("years", f"found {list(years)}", allowed="consecutive years", remedy="name every year once")
    if start is not None and start.year != first:
        raise BadInputError(
            "years", f"begin in {first}", allowed=f"{start.year}, where the path ended", remedy="go on from there"
        )
    if law not in LAWS:
        raise BadInputError("capital law", f"found {law!r}", allowed=", ".join(LAWS), remedy="choose one of them")
    if investment is not None and law != "linear":
        raise BadInputError(
            "capital law",
            f"project investment cannot be added under {law!r}",
            allowed="the linear law",
            remedy='choose capital_law="linear", or leave investment out',
        )


def _with_horizon(problem: Problem, factor: float) -> Problem:
    return dataclasses.replace(problem, model=dataclasses.replace(problem.model, theta=problem.model.theta * factor))


def _with_capital(changes: Changes, ln_K: Array) -> Changes:
    """Return the changes of a year; a shock to capital itself adds to what has accumulated."""
    return dataclasses.replace(changes, ln_capital=changes.ln_capital + ln_K)


def _accumulate(law: str, ln_K: Array, ln_return: Array, delta: float, investment: Array | None) -> Array:
    """Return the log of next year's capital."""
    if law == "lucas_prescott":
        geometric: Array = (1 - delta) * ln_K + delta * ln_return
        return geometric
    added = 0.0 if investment is None else investment
    linear: Array = np.log((1 - delta) * np.exp(ln_K) + delta * np.exp(ln_return) + added)
    return linear


def _steady(problem: Problem, changes: Changes, point: PathPoint, settings: Settings | None) -> tuple[State, Array]:
    """Find the long run by iterating K_hat = v_hat V_hat / P^C_hat, a contraction while the capital share is below one."""
    tolerance = (settings or Settings()).tolerance
    ln_K = point.ln_capital
    grown = _with_capital(changes, ln_K)
    state = find(problem, grown, settings=settings, start=point.start)
    gaps: list[float] = []
    for _ in range(400):
        wanted = state.welfare.ln_return
        gaps.append(float(np.abs(wanted - ln_K).max()))
        if gaps[-1] <= 10 * tolerance:
            return state, grown.ln_capital
        ln_K, grown = wanted, _with_capital(changes, wanted)
        state = find(problem, grown, settings=settings, start=state.point)
    raise NotConvergedError(
        f"the long run was not reached: capital still moves by {gaps[-1]:.2e} after {len(gaps)} rounds; "
        "use a smaller shock or a smaller capital share",
        [{"round": number, "gap": gap} for number, gap in enumerate(gaps)],
    )
