"""The path to the deadline: capital follows the return on it, so that year 5 is not the long run.

Capital moves by K_hat_{t+1} = K_hat_t^(1-delta) (v_hat_t V_hat_t / P^C_hat_t)^delta (:eq:`accumulation`): log utility with
Lucas-Prescott accumulation, the investment price being the price of consumption. The world without shocks stays where it is.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from isthmus.core.axes import Array
from isthmus.core.errors import NotConvergedError
from isthmus.economy.baseline import Baseline
from isthmus.equilibrium.hat import Solution
from isthmus.equilibrium.scenario import Changes, Scenario, resolve
from isthmus.equilibrium.solve import Problem, Settings, find, pose
from isthmus.equilibrium.welfare import welfare

LONG_RUN = "long_run"


@dataclass(frozen=True, repr=False)
class Path:
    """Welfare year by year.

    Attributes
    ----------
    years
        Calendar years, and "long_run" last where it was asked for.
    economies
        Labels of the economies.
    real_income, real_gdp, capital
        Percent, shape (T, N).
    last
        Solution of the last calendar year.
    """

    years: tuple[int | str, ...]
    economies: tuple[str, ...]
    real_income: Array
    real_gdp: Array
    capital: Array
    last: Solution

    def table(self) -> pd.DataFrame:
        """Return one row an economy and year, in percent."""
        n = len(self.economies)
        columns = {"real_income_pct": self.real_income, "real_gdp_pct": self.real_gdp, "capital_pct": self.capital}
        return pd.DataFrame(
            {
                "economy": list(self.economies) * len(self.years),
                "year": [year for year in self.years for _ in range(n)],
                **{name: values.ravel() for name, values in columns.items()},
            }
        )

    def __repr__(self) -> str:
        """Show years and sizes, and the table's first rows."""
        span = f"{self.years[0]} to {self.years[-1]}"
        return f"Path, {span}, {len(self.economies)} economies, percent\n{self.table().head(10)}"

    def _repr_html_(self) -> str:
        """Show the table in a notebook."""
        return str(self.table().to_html(max_rows=20))


def solve_path(
    baseline: Baseline,
    scenario: Scenario,
    first: int,
    final: int,
    *,
    depreciation: float = 0.06,
    long_run: bool = True,
    settings: Settings | None = None,
    progress: Callable[[float], None] | None = None,
) -> Path:
    """Solve a scenario year by year from `first` to `final`, capital given in each year.

    Parameters
    ----------
    depreciation
        delta, per year.
    long_run
        Whether the state in which capital has adjusted fully to the last year's shocks is added.

    Raises
    ------
    NotConvergedError
        If a year is not solved, or the long run is not reached in 400 rounds.
    """
    problem = pose(baseline, scenario, settings)
    phased = any(shock.start is not None or shock.end is not None for shock in scenario.shocks)
    rows: list[tuple[int | str, Solution, Array]] = []
    ln_K = np.zeros(baseline.income.size)
    point: Array | None = None
    for year in range(first, final + 1):
        changes = resolve(scenario, problem.baseline, year) if phased else problem.changes
        solution = _with_capital(problem, changes, ln_K, settings, point)
        rows.append((year, solution, ln_K))
        ln_K = (1 - depreciation) * ln_K + depreciation * ln_return(solution)
        point = solution.point
        if progress is not None:
            progress((year - first + 1) / (final - first + 1))
    last = rows[-1][1]
    if long_run:
        changes = resolve(scenario, problem.baseline, final) if phased else problem.changes
        rows.append((LONG_RUN, *_steady(problem, changes, ln_K, settings, point)))
    numbers = [welfare(solution) for _, solution, _ in rows]
    return Path(
        tuple(year for year, _, _ in rows),
        baseline.economies,
        np.array([w.real_income for w in numbers]),
        np.array([w.real_gdp for w in numbers]),
        np.array([100 * np.expm1(capital) for _, _, capital in rows]),
        last,
    )


def _with_capital(
    problem: Problem, changes: Changes, ln_K: Array, settings: Settings | None, point: Array | None
) -> Solution:
    """Solve one year; a shock to capital itself adds to what has accumulated."""
    grown = dataclasses.replace(changes, ln_capital=changes.ln_capital + ln_K)
    return find(problem.model, grown, problem.closure, problem.numeraire, settings, point)


def ln_return(solution: Solution) -> Array:
    """Return the log of v_hat V_hat / P^C_hat: what a year's income from factors buys."""
    price = (solution.system.model.alpha * solution.ln_P).sum(axis=0)
    earned: Array = solution.ln_v + np.log(solution.system.bundle) - price
    return earned


def _steady(
    problem: Problem, changes: Changes, ln_K: Array, settings: Settings | None, point: Array | None
) -> tuple[Solution, Array]:
    """Find the long run by iterating K_hat = v_hat V_hat / P^C_hat, a contraction while the capital share is below one."""
    tolerance = (settings or Settings()).tolerance
    solution = _with_capital(problem, changes, ln_K, settings, point)
    gaps: list[float] = []
    for _ in range(400):
        wanted = ln_return(solution)
        gaps.append(float(np.abs(wanted - ln_K).max()))
        if gaps[-1] <= 10 * tolerance:
            return solution, ln_K
        ln_K = wanted
        solution = _with_capital(problem, changes, ln_K, settings, solution.point)
    raise NotConvergedError(
        f"the long run was not reached: capital still moves by {gaps[-1]:.2e} after {len(gaps)} rounds; "
        "use a smaller shock or a smaller capital share",
        [{"round": number, "gap": gap} for number, gap in enumerate(gaps)],
    )
