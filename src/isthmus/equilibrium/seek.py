"""Goal-seek: to which degree levers have to be carried out for outcomes to be reached, and what two goals cost each other.

The search knows nothing of what a lever or an outcome is: it is given a function from degrees to outcomes, which may solve
one scenario or a whole path up to the year of the goal.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq, least_squares, minimize

from isthmus.core.axes import Array
from isthmus.core.errors import BadInputError, InfeasibleError
from isthmus.equilibrium.changes import combine
from isthmus.equilibrium.scenario import Changes
from isthmus.equilibrium.solve import Problem, Settings, find
from isthmus.equilibrium.state import State

Outcomes = Callable[[Array], Array]
"""From the degree of each lever, (L,), to each outcome, (G,)."""

CLOSE = 1e-7
"""Distance from a goal that counts as reached, in the unit of the outcome."""


@dataclass(frozen=True, kw_only=True)
class SeekResult:
    """Degrees at which the goals are reached, the outcomes there, and every point that was tried."""

    degrees: Array
    outcomes: Array
    tried: tuple[tuple[tuple[float, ...], tuple[float, ...]], ...]


def seek(outcomes: Outcomes, goals: Sequence[float], low: Sequence[float], high: Sequence[float]) -> SeekResult:
    """Find degrees between `low` and `high` at which every outcome is at its goal.

    One lever and one goal are bracketed and bisected (Brent); otherwise the distance to the goals is made least within the
    bounds. Where levers are more numerous than goals, the answer nearest to the middle of the bounds is one of many.

    Raises
    ------
    BadInputError
        If bounds do not fit, or no goal is given.
    InfeasibleError
        If the goals are out of reach: `detail` holds the closest attainable outcomes, their degrees, and what was tried.
    """
    bounds = np.array([low, high], dtype=float)
    wanted = np.array(goals, dtype=float)
    if bounds.ndim != 2 or not bounds.shape[1] or not (bounds[0] < bounds[1]).all() or not wanted.size:
        raise BadInputError(
            "goal-seek",
            f"found {wanted.size} goals and bounds from {list(low)} to {list(high)}",
            allowed="at least one goal and one lever, each with a low end below its high end",
            remedy="correct the bounds",
        )
    tried: list[tuple[tuple[float, ...], tuple[float, ...]]] = []

    def at(degrees: Array) -> Array:
        found = np.asarray(outcomes(degrees), dtype=float)
        tried.append((tuple(map(float, degrees)), tuple(map(float, found))))
        return found

    single = bounds.shape[1] == 1 and wanted.size == 1
    degrees = _bisect(at, float(wanted[0]), bounds) if single else _approach(at, wanted, bounds)
    reached = at(degrees)
    if np.abs(reached - wanted).max() > CLOSE * max(1.0, float(np.abs(wanted).max())):
        raise InfeasibleError(
            f"the goals {_listed(wanted)} are out of reach: the closest attainable is {_listed(reached)}, with the levers at "
            f"{_listed(degrees)}; {len(tried)} points were tried between {_listed(bounds[0])} and {_listed(bounds[1])}",
            {"goals": wanted.tolist(), "closest": reached.tolist(), "degrees": degrees.tolist(), "tried": tried},
        )
    return SeekResult(degrees=degrees, outcomes=reached, tried=tuple(tried))


def trade_off(outcomes: Outcomes, low: Sequence[float], high: Sequence[float], points: int = 11) -> tuple[Array, Array]:
    """Return the curve on which neither of two outcomes can be raised without lowering the other.

    The second outcome is made as large as can be while the first keeps at least a level, in `points` steps of that level
    between the first outcomes of the two extremes.

    Returns
    -------
    Array, Array
        Outcomes (points, 2) and degrees (points, L).
    """
    box = list(zip(map(float, low), map(float, high), strict=True))
    middle = np.array([(a + b) / 2 for a, b in box])

    def best(weights: tuple[float, float]) -> Array:
        return _largest(lambda d: float(np.dot(weights, outcomes(d))), middle, box, None)

    ends = [best((1.0, 0.0)), best((0.0, 1.0))]
    first, last = (float(outcomes(end)[0]) for end in ends)
    curve, start = [], ends[0]
    for level in np.linspace(first, last, points):
        start = _largest(lambda d: float(outcomes(d)[1]), start, box, _margin(outcomes, float(level)))
        curve.append(start)
    return np.array([outcomes(d) for d in curve]), np.array(curve)


def outcomes_of(
    problem: Problem, levers: Sequence[Changes], measure: Callable[[State], Array], settings: Settings | None = None
) -> Outcomes:
    """Return outcomes as a function of the degrees of levers, each scaled geometrically, in one scenario."""
    last: list[Array] = []

    def at(degrees: Array) -> Array:
        parts = [lever.at(float(degree)) for lever, degree in zip(levers, degrees, strict=True)]
        state = find(problem, combine(problem.changes, *parts), settings=settings, start=last[0] if last else None)
        last[:] = [state.point]
        return np.asarray(measure(state), dtype=float)

    return at


def _margin(outcomes: Outcomes, level: float) -> Callable[[Array], float]:
    return lambda degrees: float(outcomes(degrees)[0]) - level


def _bisect(at: Outcomes, goal: float, bounds: Array) -> Array:
    """Return the degree at which one outcome is at its goal; the nearer end where the goal is not between the ends."""
    ends = [float(at(end)[0]) - goal for end in bounds]
    if ends[0] * ends[1] > 0:
        nearer: Array = bounds[int(np.argmin(np.abs(ends)))]
        return nearer
    return np.array([brentq(lambda d: float(at(np.array([d]))[0]) - goal, *bounds[:, 0], xtol=1e-12, rtol=1e-12)])


def _approach(at: Outcomes, goals: Array, bounds: Array) -> Array:
    """Return the degrees within bounds at which the outcomes are nearest to their goals."""
    scale = np.maximum(np.abs(goals), 1e-3)
    run = least_squares(
        lambda d: (at(d) - goals) / scale,
        bounds.mean(axis=0),
        bounds=(bounds[0], bounds[1]),
        diff_step=1e-5,
        xtol=1e-13,
        ftol=1e-13,
        gtol=1e-13,
    )
    degrees: Array = np.clip(run.x, bounds[0], bounds[1])
    return degrees


def _largest(
    value: Callable[[Array], float],
    start: Array,
    box: Sequence[tuple[float, float]],
    at_least: Callable[[Array], float] | None,
) -> Array:
    kept = [] if at_least is None else [{"type": "ineq", "fun": lambda d: 1e3 * at_least(d)}]
    run = minimize(
        lambda d: -1e3 * value(d), start, bounds=box, constraints=kept, method="SLSQP", options={"ftol": 1e-12}
    )
    found: Array = np.clip(run.x, [a for a, _ in box], [b for _, b in box])
    return found


def _listed(values: Array) -> str:
    return ", ".join(f"{value:.6g}" for value in values)
