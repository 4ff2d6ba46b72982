"""The equilibrium in changes as plain arrays: what a scenario fixes, and one sweep through the equations.

Everything is a ratio to the baseline except spending and output, which are values in the numéraire. Storage is sector first:
(S, N) for cells, (S, N, N) exporter by importer for trade, (N, S, S) input by industry for the input-output chain.
"""

from dataclasses import dataclass

import numpy as np

from isthmus.core.axes import Array
from isthmus.economy.baseline import Baseline
from isthmus.equilibrium.scenario import Changes

FLOOR = 1e-30
"""Spending below this share of world output counts as none, so that its logarithm exists."""


@dataclass(frozen=True)
class Model:
    """Arrays of a baseline, unpacked once.

    `sold` is pi / tau, `chain` is gamma (1 - beta): what a unit of output spends on each input.
    """

    pi: Array
    tau: Array
    sold: Array
    X: Array
    Y: Array
    beta: Array
    gamma: Array
    chain: Array
    alpha: Array
    VA: Array
    R: Array
    D: Array
    I: Array  # noqa: E741 - the symbol of the equations
    theta: Array
    chi: Array


@dataclass(frozen=True)
class System:
    """A scenario made ready: everything that does not change while the equilibrium is found.

    Attributes
    ----------
    reach
        (S, N, 2N): pi phi_hat^-theta and, behind it, the same divided by the new tariff factor.
    theta
        (S, 1).
    beta, chain
        Shares after changes of input requirements.
    ln_productivity
        (S, N), with the efficiency effect of input requirements.
    bundle
        (N,), change V_hat of the bundle of factors.
    closure, numeraire
        Name of the trade-balance closure and position of the numéraire economy or None.
    """

    model: Model
    reach: Array
    theta: Array
    beta: Array
    chain: Array
    ln_productivity: Array
    bundle: Array
    labour: Array
    closure: str
    numeraire: int | None

    @property
    def net(self) -> Array:
        """(S, N, N): pi phi_hat^-theta / tau'."""
        return self.reach[:, :, self.model.VA.size :]


@dataclass(frozen=True)
class Sweep:
    """One pass through the equations from (ln v, ln P, ln X): what they imply, and how far it is from what went in."""

    ln_v: Array
    ln_P: Array
    ln_X: Array
    Y: Array
    R: Array
    D: Array
    I: Array  # noqa: E741
    price: float
    expenditure: float
    labour: float

    @property
    def worst(self) -> float:
        """Largest residual of the three blocks."""
        return max(self.price, self.expenditure, self.labour)


@dataclass(frozen=True)
class Solution:
    """An equilibrium as plain arrays, and the point from which a neighbouring one can be started."""

    system: System
    sweep: Sweep
    ln_v: Array
    ln_P: Array
    ln_X: Array
    errors: tuple[float, ...]

    @property
    def point(self) -> Array:
        """The unknowns in one vector."""
        return np.concatenate([self.ln_v, self.ln_P.ravel(), self.ln_X.ravel()])


def unpack(baseline: Baseline) -> Model:
    """Return the arrays of a baseline."""
    pi, tau = baseline.trade_share.values, baseline.tariff_factor.values
    beta, gamma = baseline.value_added_share.values, baseline.input_share.values
    return Model(
        pi,
        tau,
        pi / tau,
        baseline.spending.values,
        baseline.output.values,
        beta,
        gamma,
        gamma * (1 - beta).T[:, None, :],
        baseline.final_share.values,
        baseline.value_added.values,
        baseline.tariff_revenue.values,
        baseline.deficit.values,
        baseline.income.values,
        baseline.elasticity.values,
        baseline.capital_share.values,
    )


def prepare(model: Model, changes: Changes, closure: str, numeraire: int | None) -> System:
    """Form the loop-invariant powers; only cells that the scenario touches are recomputed."""
    s, n, _ = model.pi.shape
    reach = np.concatenate([model.pi, model.sold], axis=2)
    j, i, m = np.unravel_index(changes.cells, (s, n, n))
    touched = model.pi[j, i, m] * np.exp(
        -model.theta[j] * (changes.ln_cost + changes.ln_tariff - changes.ln_tariff_before)
    )
    reach[j, i, m] = touched
    reach[j, i, m + n] = touched / np.exp(changes.ln_tariff)
    beta, chain, ln_productivity = _requirements(model, changes)
    bundle = np.exp(changes.ln_endowment + (1 - model.chi) * changes.ln_labour + model.chi * changes.ln_capital)
    return System(
        model,
        reach,
        model.theta[:, None],
        beta,
        chain,
        ln_productivity,
        bundle,
        np.exp(changes.ln_labour),
        closure,
        numeraire,
    )


def _requirements(model: Model, changes: Changes) -> tuple[Array, Array, Array]:
    """Move Cobb-Douglas shares for input requirements m (:eq:`input-requirement`)."""
    if changes.ln_requirement is None:
        return model.beta, model.chain, changes.ln_productivity
    needed = model.chain * np.exp(changes.ln_requirement)
    z = model.beta.T + needed.sum(axis=1)
    chain = needed / z[:, None, :]
    return (model.beta.T / z).T, chain, changes.ln_productivity - np.log(z).T


def sweep(system: System, ln_v: Array, ln_P: Array, ln_X: Array, step: float) -> Sweep:
    """Pass once through the equations.

    Cost (:eq:`hat-cost`), price (:eq:`hat-price`), output (:eq:`hat-output`), spending (:eq:`hat-spending`), income
    (:eq:`hat-income`) and factor markets (:eq:`hat-labour`).

    Parameters
    ----------
    system
        The scenario made ready.
    ln_v, ln_P, ln_X
        Logs of factor price (N,), price index (S, N) and spending (S, N).
    step
        Share of the log excess demand for factors by which ln v moves.
    """
    model, n = system.model, ln_v.size
    sales = np.exp(-system.theta * ln_cost(system, ln_v, ln_P))
    both = np.matmul(sales[:, None, :], system.reach)[:, 0, :]
    market = both[:, :n]
    new_P = -np.log(market) / system.theta
    X = np.exp(ln_X)
    per_reach = X / market
    Y = sales * np.matmul(system.net, per_reach[:, :, None])[:, :, 0]
    R = (X - per_reach * both[:, n:]).sum(axis=0)
    wages = np.exp(ln_v) * system.bundle * model.VA
    D = deficits(system, wages, ln_v)
    income = wages + R + D
    use = np.matmul(system.chain, np.ascontiguousarray(Y.T)[:, :, None])[:, :, 0].T
    new_X = np.log(np.maximum(model.alpha * income + use, FLOOR * model.Y.sum()))
    excess = np.log((system.beta * Y).sum(axis=0) / wages)
    new_v = normalise(system, ln_v + step * excess)
    return Sweep(
        new_v,
        new_P,
        new_X,
        Y,
        R,
        D,
        income,
        float(np.abs(new_P - ln_P).max()),
        float(np.abs(new_X - ln_X).max()),
        float(np.abs(excess).max()),
    )


def ln_cost(system: System, ln_v: Array, ln_P: Array) -> Array:
    """Return ln c_hat (S, N) of the input bundle (:eq:`hat-cost`)."""
    inputs = np.matmul(np.ascontiguousarray(ln_P.T)[:, None, :], system.chain)[:, 0, :].T
    cost: Array = system.beta * ln_v + inputs - system.ln_productivity
    return cost


def deficits(system: System, wages: Array, ln_v: Array) -> Array:
    """Return D' under the closure; `wages` is v_hat V_hat VA.

    ``fixed`` keeps D in the numéraire, ``own_va`` keeps D in proportion to value added (:eq:`own-balance`),
    ``none`` has no deficits: the world that closure ``zero`` starts from.
    """
    model = system.model
    if system.closure == "none":
        return np.zeros_like(wages)
    if system.closure == "own_va":
        own = model.D / model.VA * wages
        balanced: Array = own - wages / wages.sum() * own.sum()
        return balanced
    return model.D


def normalise(system: System, ln_v: Array) -> Array:
    """Scale factor prices to the numéraire: world value added constant, or one economy's factor price at 1."""
    if system.numeraire is not None:
        level = ln_v[system.numeraire]
    else:
        VA = system.model.VA
        level = np.log((np.exp(ln_v) * system.bundle * VA).sum() / VA.sum())
    scaled: Array = ln_v - level
    return scaled


def trade(solution: Solution) -> tuple[Array, Array]:
    """Return pi' (:eq:`hat-share`) and the exports at basic prices pi' X' / tau', both (S, N, N)."""
    system = solution.system
    n = system.model.VA.size
    sales = np.exp(-system.theta * ln_cost(system, solution.ln_v, solution.ln_P))
    shares = system.reach[:, :, :n] * sales[:, :, None]
    market = shares.sum(axis=1)
    value = system.net * sales[:, :, None] * (np.exp(solution.ln_X) / market)[:, None, :]
    return shares / market[:, None, :], value
