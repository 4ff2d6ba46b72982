"""The price list of the border: what one percent off each barrier is worth, from one backward pass through the equations."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse.linalg import LinearOperator, gmres

from isthmus.core.axes import Array, Axes
from isthmus.core.errors import BadInputError, NotConvergedError
from isthmus.economy.baseline import Baseline
from isthmus.equilibrium.scenario import Scenario
from isthmus.equilibrium.solve import Settings, find, pose
from isthmus.equilibrium.state import State
from isthmus.equilibrium.tangent import Nudge, Tangent, pull, push

TOLERANCE = 1e-11
"""Residual of the linear equations relative to their right-hand side."""

MOST = 400

SUM = "sum"
"""Name of the objective of several economies together, weighted by income."""


@dataclass(frozen=True, kw_only=True)
class Gradient:
    """Derivatives of a weighted sum of ln real income at a state.

    Attributes
    ----------
    of
        Label of the objective.
    weights
        (N,): weights on ln real income.
    income
        Income that the weights stand for, million USD at the state.
    trade_cost, tariff
        (S, N, N): with respect to ln of iceberg costs and of tariff factors (1 + rate).
    productivity
        (S, N): with respect to ln A.
    endowment
        (N,): with respect to ln of the bundle of factors; labour and capital have 1 - chi and chi of it.
    transfer
        (N,): with respect to one million USD of net inflow; only differences between economies mean something.
    evaluations
        Passes through the equations that were needed.
    """

    axes: Axes
    of: str
    weights: Array
    income: float
    trade_cost: Array
    tariff: Array
    productivity: Array
    endowment: Array
    transfer: Array
    evaluations: int

    @property
    def musd_per_pct(self) -> Array:
        """(S, N, N): million USD a year for one percent off each cost factor; positive is a gain."""
        money: Array = -0.01 * self.income * self.trade_cost
        return money


def gradient(
    baseline: Baseline, of: str | Sequence[str], scenario: Scenario | None = None, settings: Settings | None = None
) -> tuple[Gradient, ...]:
    """Return the gradient of each economy's ln real income, and of several together (`SUM`), at a solved scenario.

    Parameters
    ----------
    of
        Codes of economies.
    scenario
        Closure, elasticities and the point at which the derivative is taken; default: the baseline.

    Raises
    ------
    BadInputError
        For an unknown or repeated economy, or none.
    NotConvergedError
        If the scenario or the linear equations are not solved.
    """
    codes = [of] if isinstance(of, str) else list(of)
    if not codes or len(set(codes)) < len(codes):
        raise BadInputError(
            "objective",
            f"names {', '.join(codes) or 'nothing'}",
            allowed="each economy once",
            remedy="correct the codes",
        )
    unknown = [code for code in codes if code not in baseline.economies]
    if unknown:
        raise BadInputError(
            "objective",
            f"unknown economy {unknown[0]!r}",
            allowed=", ".join(baseline.economies),
            remedy="correct the code, or use a world that has it",
        )
    chosen = [baseline.economies.index(code) for code in codes]
    state = find(pose(baseline, scenario or Scenario(), settings), settings=settings)
    found = [gradient_of(state, code, np.eye(state.income.size)[n]) for code, n in zip(codes, chosen, strict=True)]
    return tuple([*found, _together(state, found)] if len(found) > 1 else found)


def gradient_of(state: State, of: str, weights: Array) -> Gradient:
    """Return the gradient of sum_n weights_n ln W_n at a state (:eq:`adjoint`, :eq:`gradient-cells`).

    Raises
    ------
    NotConvergedError
        If GMRES does not solve the transposed equations.
    """
    tangent = Tangent(state)
    nothing = np.zeros(state.point.size)
    right = pull(tangent, nothing, weights).unknowns
    none = np.zeros_like(weights)
    adjoint, count = _linear(lambda a: a - pull(tangent, a, none).unknowns, right)
    found = pull(tangent, adjoint, weights)
    # cells: shares times what a dearer cell does to the price index and to revenue, sales times what it does to both sides
    theta = state.system.theta
    by_share = (found.price - theta * state.spending * found.revenue)[:, None, :]
    by_sales = found.revenue[None, None, :] - found.output[:, :, None]
    trade_cost = state.trade_share * by_share + state.flows * (theta[:, :, None] * by_sales)
    return Gradient(
        axes=state.axes,
        of=of,
        weights=weights,
        income=float(state.income[weights != 0].sum()),
        trade_cost=trade_cost,
        tariff=trade_cost + state.flows * by_sales,
        productivity=found.productivity,
        endowment=found.endowment,
        transfer=found.revenue,
        evaluations=count,
    )


def tangent_of(state: State, nudge: Nudge) -> Array:
    """Return d ln real income, (N,), of a small change: the same derivative forwards, one change at a time."""
    tangent = Tangent(state)
    nothing = np.zeros(state.point.size)
    right = push(tangent, nothing, nudge)[0]
    unknowns, _ = _linear(lambda z: z - push(tangent, z)[0], right)
    return push(tangent, unknowns, nudge)[1]


def _together(state: State, found: Sequence[Gradient]) -> Gradient:
    """Return the gradient of several economies weighted by income."""
    income = np.array([float(state.income[g.weights != 0].sum()) for g in found])
    share = income / income.sum()

    def mean(name: str) -> Array:
        total: Array = sum(w * getattr(g, name) for w, g in zip(share, found, strict=True))
        return total

    return Gradient(
        axes=state.axes,
        of=SUM,
        weights=mean("weights"),
        income=float(income.sum()),
        trade_cost=mean("trade_cost"),
        tariff=mean("tariff"),
        productivity=mean("productivity"),
        endowment=mean("endowment"),
        transfer=mean("transfer"),
        evaluations=sum(g.evaluations for g in found),
    )


def _linear(operator: Callable[[Array], Array], right: Array) -> tuple[Array, int]:
    """Solve a linear system of which only the product with a vector is known; return solution and number of products."""
    count = 0

    def product(z: Array) -> Array:
        nonlocal count
        count += 1
        image: Array = operator(z)
        return image

    size = right.size
    matrix = LinearOperator((size, size), matvec=product, dtype=float)
    solution, left = gmres(matrix, right, rtol=TOLERANCE, atol=0.0, restart=60, maxiter=MOST // 60)
    if left:
        gap = float(np.linalg.norm(operator(solution) - right) / np.linalg.norm(right))
        raise NotConvergedError(
            f"the gradient was not found: residual {gap:.2e} instead of {TOLERANCE:g} after {count} evaluations",
            [{"evaluations": count, "residual": gap}],
        )
    return solution, count
