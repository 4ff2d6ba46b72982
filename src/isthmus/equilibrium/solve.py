"""Solve a scenario: find the new equilibrium, stop on the residuals of its equations, return everything it implies."""

from dataclasses import dataclass

import numpy as np

from isthmus.core.axes import Array
from isthmus.core.errors import BadInputError, NotConvergedError
from isthmus.economy.baseline import Baseline
from isthmus.economy.calibrate import with_elasticity
from isthmus.equilibrium.anderson import Memory, accelerate
from isthmus.equilibrium.changes import no_changes
from isthmus.equilibrium.closures import rebalanced
from isthmus.equilibrium.decomposition import Split, once_split, path_split
from isthmus.equilibrium.hat import FLOOR, Model, Sweep, System, normalise, prepare, sweep, unpack
from isthmus.equilibrium.result import Result, label_result
from isthmus.equilibrium.scenario import Changes, Scenario, resolve
from isthmus.equilibrium.state import State, state_of

CONTINUATION = (0.25, 0.5, 0.75, 0.9, 1.0)

FIRST = 100
"""Evaluations before the passes go on without the one-sector answer; almost every scenario needs fewer than thirty."""

FINEST = 1e-13
"""Residual that double precision can be held to."""


@dataclass(frozen=True)
class Settings:
    """How an equilibrium is found: residual to reach in every block, evaluations allowed, memory and damping."""

    tolerance: float = 1e-10
    most: int = 400
    depth: int = 8
    step: float = 1.0

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
    return conclude(problem, find(problem, settings=settings))


@dataclass(frozen=True, kw_only=True)
class Problem:
    """A scenario in a baseline, ready to be solved: the model it starts from, its changes and its closure.

    `without` is the state without deficits that closure ``zero`` starts from, None under the others.
    """

    baseline: Baseline
    scenario: Scenario
    model: Model
    changes: Changes
    closure: str
    numeraire: int | None
    without: State | None


def pose(baseline: Baseline, scenario: Scenario, settings: Settings | None = None, year: int | None = None) -> Problem:
    """Choose elasticities, resolve shocks (in `year` where given) and, for closure ``zero``, remove the deficits first."""
    own = bool(scenario.elasticity) or scenario.services is not None or scenario.scale != 1.0
    chosen = with_elasticity(baseline, scenario.elasticity, scenario.services, scenario.scale) if own else baseline
    changes = resolve(scenario, chosen, year)
    model, closure, without = unpack(chosen), scenario.trade_balance, None
    if closure == "zero":
        without = _find(_Task(model, "none", None), no_changes(*model.X.shape), settings or Settings())
        model, closure = rebalanced(without), "fixed"
    return Problem(
        baseline=chosen,
        scenario=scenario,
        model=model,
        changes=changes,
        closure=closure,
        numeraire=None if scenario.numeraire is None else chosen.economies.index(scenario.numeraire),
        without=without,
    )


def find(
    problem: Problem,
    changes: Changes | None = None,
    *,
    settings: Settings | None = None,
    start: Array | None = None,
    memory: Memory | None = None,
) -> State:
    """Find the equilibrium of a problem; where the direct way fails by plain passes, and then by continuation in the shock.

    Parameters
    ----------
    changes
        What to solve instead of the problem's own changes.
    start
        `State.point` of a neighbouring scenario; default: the baseline.
    memory
        Differences carried over from a neighbouring problem; changed in place.

    Raises
    ------
    NotConvergedError
        With the reason and the error of every evaluation.
    """
    task = _Task(problem.model, problem.closure, problem.numeraire)
    return _find(task, problem.changes if changes is None else changes, settings or Settings(), start, memory)


def conclude(problem: Problem, state: State) -> Result:
    """Return the labelled result of a solved problem."""
    return label_result(problem.scenario, state, problem.without)


def splits(problem: Problem, state: State, settings: Settings | None = None, steps: int = 40) -> dict[str, Split]:
    """Return the first-order split of a solved problem in its three evaluations: path, log, published."""
    last: list[State] = []

    def at(share: float) -> State:
        start = last[-1].point if last else None
        found = find(problem, problem.changes.at(share), settings=settings, start=start)
        last[:] = [found]
        return found

    path = path_split(problem.changes, at, steps)
    start = find(problem, problem.changes.at(0.0), settings=settings)
    return {"path": path, **once_split(problem.changes, start, state)}


@dataclass(frozen=True)
class _Task:
    """What stays when the changes differ."""

    model: Model
    closure: str
    numeraire: int | None

    def system(self, changes: Changes) -> System:
        """Return a scenario made ready."""
        return prepare(self.model, changes, self.closure, self.numeraire)


def _find(
    task: _Task, changes: Changes, settings: Settings, start: Array | None = None, memory: Memory | None = None
) -> State:
    trace: list[dict[str, float]] = []
    system = task.system(changes)
    found = _attempt(system, start, settings, 1.0, trace, memory, plain=False)
    if not isinstance(found, State):
        found = _attempt(system, None, settings, 1.0, trace)
    if isinstance(found, State):
        return found
    point = None
    for share in CONTINUATION:
        found = _attempt(task.system(changes.at(share)), point, settings, share, trace)
        if not isinstance(found, State):
            break
        point = found.point
    if not isinstance(found, State):
        raise NotConvergedError(_reason(system, found, trace, settings), trace)
    return found


def _attempt(
    system: System,
    start: Array | None,
    settings: Settings,
    share: float,
    trace: list[dict[str, float]],
    memory: Memory | None = None,
    *,
    plain: bool = True,
) -> State | Sweep:
    """Run the accelerated iteration once; the last sweep where it does not reach the tolerance at a valid point."""
    s, n = system.model.X.shape

    def split(z: Array) -> tuple[Array, Array, Array]:
        return z[:n], z[n : n + s * n].reshape(s, n), z[n + s * n :].reshape(s, n)

    def mapping(z: Array, step: float) -> tuple[Array, float, Sweep]:
        done = sweep(system, *split(z), step, plain=plain)
        return np.concatenate([done.ln_v, done.ln_P.ravel(), done.ln_X.ravel()]), done.worst, done

    most = settings.most if plain else min(FIRST, settings.most)
    with np.errstate(all="ignore"):
        first = _cold_start(system) if start is None else start
        kept = memory or Memory(settings.depth)
        run = accelerate(mapping, first, tolerance=settings.tolerance, most=most, step=settings.step, memory=kept)
    trace.extend({"share": share, "evaluation": k, "error": float(e)} for k, e in enumerate(run.errors))
    valid = run.converged and bool((run.info.I > 0).all()) and bool(np.isfinite(run.info.Y).all())
    if not valid:
        return run.info
    ln_v, _, ln_X = split(run.point)
    return state_of(system, run.info, ln_v, ln_X, run.errors)


def _cold_start(system: System) -> Array:
    """Start from the baseline; factor prices are scaled to the numéraire."""
    model = system.model
    ln_v = normalise(system, np.zeros(model.VA.size))
    return np.concatenate([ln_v, np.zeros(model.X.size), np.log(np.maximum(model.X, FLOOR * model.Y.sum())).ravel()])


def _reason(system: System, last: Sweep, trace: list[dict[str, float]], settings: Settings) -> str:
    """Say why no equilibrium was found, from what is known about the scenario and the last attempt."""
    errors = [step["error"] for step in trace if step["share"] == trace[-1]["share"] and np.isfinite(step["error"])]
    best = min(errors, default=float("nan"))
    told = "the equilibrium was not found"
    if not best <= settings.tolerance:  # where the equations do hold, the point is refused for another reason
        told += f": residual {best:.2e} instead of {settings.tolerance:g}"
    names = system.model.axes.economies
    poor = np.flatnonzero(~(last.I > 0))
    cut = [] if best <= settings.tolerance and poor.size else _cut_off(system)
    if cut:
        listed = ", ".join(names[n] for n in cut)
        return f"{told}; {listed} is left without trade but has a deficit to pay or a surplus to lend; use closure zero"
    if settings.tolerance < FINEST and best < 1e-10:
        return f"{told}, which is finer than double precision allows; ask for {FINEST:g} or more"
    if poor.size and np.isfinite(last.I).all():
        listed = ", ".join(names[n] for n in poor)
        return (
            f"{told} at a positive income; the deficit or transfer that {listed} has to pay exceeds what it earns; "
            "use closure own_va or zero, or a smaller shock"
        )
    return f"{told}, also by continuation in the shock; use a smaller shock, lower elasticities, or another closure"


def _cut_off(system: System) -> list[int]:
    """Return economies that the scenario leaves with almost no trade although their balance is not zero."""
    n = system.model.VA.size
    value = np.einsum("jin,jn->in", system.reach[:, :, :n], system.model.X)
    own = np.diagonal(value)
    abroad = np.minimum(value.sum(axis=0) - own, value.sum(axis=1) - own)
    owed = np.abs(system.model.D + system.transfer)
    return [int(i) for i in np.flatnonzero((owed > 1e-9 * system.model.VA) & (abroad < 1e-3 * owed))]
