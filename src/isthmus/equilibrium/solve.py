"""Solve a scenario: find the new equilibrium, stop on the residuals of its equations, return everything it implies."""

from dataclasses import dataclass

import numpy as np

from isthmus.core.axes import Array
from isthmus.core.errors import BadInputError, NotConvergedError
from isthmus.economy.baseline import Baseline
from isthmus.economy.calibrate import with_elasticity
from isthmus.equilibrium.anderson import Memory, accelerate
from isthmus.equilibrium.closures import rebalanced
from isthmus.equilibrium.decomposition import Split, once_split, path_split
from isthmus.equilibrium.hat import FLOOR, Model, Solution, Sweep, System, normalise, prepare, sweep, unpack
from isthmus.equilibrium.result import Result, label_result
from isthmus.equilibrium.scenario import Changes, Scenario, resolve

CONTINUATION = (0.25, 0.5, 0.75, 0.9, 1.0)


@dataclass(frozen=True)
class Settings:
    """How an equilibrium is found: residual to reach in every block, evaluations allowed, memory and damping."""

    tolerance: float = 1e-10
    most: int = 400
    depth: int = 8
    step: float = 0.3

    def __post_init__(self) -> None:
        """Refuse a tolerance that no equilibrium can be held against."""
        if not 0 < self.tolerance < 1:
            raise BadInputError(
                "tolerance",
                f"found {self.tolerance:g}",
                allowed="a residual above 0 and below 1",
                remedy="leave it at 1e-10, or give a larger one",
            )


def solve(baseline: Baseline, scenario: Scenario, settings: Settings | None = None) -> Result:
    """Solve the equilibrium in changes of a scenario (:eq:`hat-cost` to :eq:`hat-labour`).

    Parameters
    ----------
    baseline
        The calibrated world.
    scenario
        Shocks, closure and elasticities.
    settings
        Residual to reach and limits; the defaults stop at a true residual of 1e-10 in every block.

    Returns
    -------
    Result
        Prices, trade, output, incomes and four-way welfare, with the residual of every block.

    Raises
    ------
    BadInputError
        If the scenario does not fit the world.
    NotConvergedError
        If the residuals stay above the tolerance even by continuation; carries the trace.
    """
    problem = pose(baseline, scenario, settings)
    return conclude(problem, find(problem.model, problem.changes, problem.closure, problem.numeraire, settings))


@dataclass(frozen=True)
class Problem:
    """A scenario in a baseline, ready to be solved: the model it starts from, its changes and its closure."""

    baseline: Baseline
    scenario: Scenario
    model: Model
    changes: Changes
    closure: str
    numeraire: int | None
    without: Solution | None


def pose(baseline: Baseline, scenario: Scenario, settings: Settings | None = None, year: int | None = None) -> Problem:
    """Choose elasticities, resolve shocks (in `year` where given) and, for closure ``zero``, remove the deficits first."""
    own = bool(scenario.elasticity) or scenario.services is not None or scenario.scale != 1.0
    chosen = with_elasticity(baseline, scenario.elasticity, scenario.services, scenario.scale) if own else baseline
    changes = resolve(scenario, chosen, year)
    model, closure, without = unpack(chosen), scenario.trade_balance, None
    if closure == "zero":
        without = find(model, no_changes(model), "none", None, settings)
        model, closure = rebalanced(without), "fixed"
    numeraire = None if scenario.numeraire is None else chosen.economies.index(scenario.numeraire)
    return Problem(chosen, scenario, model, changes, closure, numeraire, without)


def conclude(problem: Problem, solution: Solution) -> Result:
    """Return the labelled result of a solved problem."""
    return label_result(problem.baseline, problem.scenario, solution, problem.without, problem.changes.notes)


def splits(problem: Problem, solution: Solution, settings: Settings | None = None, steps: int = 40) -> dict[str, Split]:
    """Return the first-order split of a solved problem in its three evaluations: path, log, published."""
    last: list[Solution] = []

    def at(share: float) -> Solution:
        start = last[-1].point if last else None
        found = find(problem.model, problem.changes.at(share), problem.closure, problem.numeraire, settings, start)
        last[:] = [found]
        return found

    path = path_split(problem.changes, at, steps)
    start = find(problem.model, problem.changes.at(0.0), problem.closure, problem.numeraire, settings)
    return {"path": path, **once_split(problem.changes, start, solution)}


def find(
    model: Model,
    changes: Changes,
    closure: str,
    numeraire: int | None = None,
    settings: Settings | None = None,
    start: Array | None = None,
    memory: Memory | None = None,
) -> Solution:
    """Find the equilibrium of `changes` from `start` (default: the baseline), by continuation where the direct way fails.

    `memory` may carry over from a neighbouring problem; it is changed in place.

    Raises
    ------
    NotConvergedError
        With the error of every evaluation.
    """
    settings = settings or Settings()
    trace: list[dict[str, float]] = []
    found = _attempt(prepare(model, changes, closure, numeraire), start, settings, 1.0, trace, memory)
    if found is not None:
        return found
    point = None
    for share in CONTINUATION:
        found = _attempt(prepare(model, changes.at(share), closure, numeraire), point, settings, share, trace)
        if found is None:
            break
        point = found.point
    if found is None:
        worst = trace[-1]["error"] if trace else float("nan")
        raise NotConvergedError(
            f"the equilibrium was not found: residual {worst:.2e} instead of {settings.tolerance:g}, also by continuation in "
            "the shock; use a smaller shock, lower elasticities, or another closure",
            trace,
        )
    return found


def no_changes(model: Model) -> Changes:
    """Return the empty set of changes for a model."""
    s, n = model.X.shape
    none = np.zeros(0)
    return Changes(np.zeros(0, dtype=int), none, none, none, np.zeros((s, n)), np.zeros(n), np.zeros(n), np.zeros(n))


def _attempt(
    system: System,
    start: Array | None,
    settings: Settings,
    share: float,
    trace: list[dict[str, float]],
    memory: Memory | None = None,
) -> Solution | None:
    """Run the accelerated iteration once; None when it does not reach the tolerance at a valid point."""
    s, n = system.model.X.shape

    def split(z: Array) -> tuple[Array, Array, Array]:
        return z[:n], z[n : n + s * n].reshape(s, n), z[n + s * n :].reshape(s, n)

    def mapping(z: Array, step: float) -> tuple[Array, float, Sweep]:
        done = sweep(system, *split(z), step)
        return np.concatenate([done.ln_v, done.ln_P.ravel(), done.ln_X.ravel()]), done.worst, done

    with np.errstate(all="ignore"):
        first = _cold_start(system) if start is None else start
        kept = memory or Memory(settings.depth)
        run = accelerate(
            mapping, first, tolerance=settings.tolerance, most=settings.most, step=settings.step, memory=kept
        )
    trace.extend({"share": share, "evaluation": k, "error": float(e)} for k, e in enumerate(run.errors))
    valid = run.converged and bool((run.info.I > 0).all()) and bool(np.isfinite(run.info.Y).all())
    return Solution(system, run.info, *split(run.point), errors=run.errors) if valid else None


def _cold_start(system: System) -> Array:
    """Start from the baseline; factor prices are scaled to the numéraire."""
    model = system.model
    ln_v = normalise(system, np.zeros(model.VA.size))
    return np.concatenate([ln_v, np.zeros(model.X.size), np.log(np.maximum(model.X, FLOOR * model.Y.sum())).ravel()])
