"""The equilibrium in changes as plain arrays: what a scenario fixes, and one sweep through the equations.

Everything is a ratio to the baseline except spending and output, which are values in the numéraire. Storage is sector first:
(S, N) for cells, (S, N, N) exporter by importer for trade, (N, S, S) input by industry for the input-output chain.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from isthmus.core.axes import Array, Axes
from isthmus.core.provenance import Repair
from isthmus.economy.baseline import Baseline
from isthmus.equilibrium.blocs import trading_blocs
from isthmus.equilibrium.one_sector import OneSector, one_sector
from isthmus.equilibrium.scenario import Changes

FLOOR = 1e-30
"""Spending below this share of world output counts as none, so that its logarithm exists."""


@dataclass(frozen=True, kw_only=True)
class Model:
    """The world before a scenario: arrays of a baseline, unpacked once.

    `sold` is pi / tau, `chain` is gamma (1 - beta): what a unit of output spends on each input.
    """

    axes: Axes
    pi: Array
    tau: Array
    sold: Array
    X: Array
    Y: Array
    beta: Array
    chain: Array
    alpha: Array
    VA: Array
    R: Array
    D: Array
    I: Array  # noqa: E741 - the symbol of the equations
    theta: Array
    chi: Array

    @cached_property
    def flows(self) -> Array:
        """Trade before tariff, own sales included, (S, N, N)."""
        flows: Array = self.sold * self.X[:, None, :]
        return flows

    @cached_property
    def purchases(self) -> Array:
        """Purchases of all goods, tariff included, (N, N) exporter by importer."""
        total: Array = np.einsum("jin,jn->in", self.pi, self.X)
        return total


@dataclass(frozen=True, kw_only=True)
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
    ln_bundle, ln_labour, transfer
        (N,): logs of the changes of the bundle of factors and of labour; net inflow beyond the closure's deficit.
    closure, numeraire
        Name of the trade-balance closure and position of the numéraire economy or None.
    purchases
        (N, N): purchases of all goods at the factory prices and spending of the baseline, exporter by importer.
    blocs
        Groups of economies without trade between them, each with a price level of its own.
    notes
        What has to be known about the solution, counted.
    """

    model: Model
    reach: Array
    theta: Array
    beta: Array
    chain: Array
    ln_productivity: Array
    ln_bundle: Array
    ln_labour: Array
    transfer: Array
    closure: str
    numeraire: int | None
    purchases: Array
    blocs: tuple[np.ndarray, ...]
    notes: tuple[Repair, ...] = ()

    @property
    def net(self) -> Array:
        """(S, N, N): pi phi_hat^-theta / tau'."""
        return self.reach[:, :, self.model.VA.size :]

    @cached_property
    def pace(self) -> Array:
        """(N,): move of ln v for one log point of excess demand, from how sales abroad answer to a dearer economy."""
        model, own = self.model, np.arange(self.model.VA.size)
        at_home = model.pi[:, own, own] * model.sold[:, own, own] * model.X / np.maximum(model.Y, FLOOR * model.Y.sum())
        answer = 1 + (model.beta * model.Y / model.VA * self.theta * (1 - at_home)).sum(axis=0)
        pace: Array = 1.5 / answer
        return pace

    @cached_property
    def whole(self) -> OneSector:
        """The scenario's world with all sectors added up."""
        model = self.model
        return one_sector(
            purchases=self.purchases,
            spending=model.X,
            output=model.Y.sum(axis=0),
            value_added=model.VA,
            theta=(model.beta * model.Y * self.theta).sum(axis=0) / model.VA,
            blocs=self.blocs,
        )

    @cached_property
    def endowed(self) -> Array:
        """V_hat VA, (N,): factor income at the factor prices of the baseline."""
        endowed: Array = np.exp(self.ln_bundle) * self.model.VA
        return endowed


@dataclass(frozen=True, kw_only=True)
class Sweep:
    """One pass through the equations from (ln v, ln P, ln X): what they imply, and how far it is from what went in.

    `at` are the price indices that the pass was made at; the residuals are those of the equations there.
    """

    at: Array
    ln_v: Array
    ln_P: Array
    ln_X: Array
    ln_c: Array
    Y: Array
    wages: Array
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


def unpack(baseline: Baseline) -> Model:
    """Return the arrays of a baseline."""
    pi, tau = baseline.trade_share.values, baseline.tariff_factor.values
    beta = baseline.value_added_share.values
    return Model(
        axes=baseline.axes,
        pi=pi,
        tau=tau,
        sold=pi / tau,
        X=baseline.spending.values,
        Y=baseline.output.values,
        beta=beta,
        chain=baseline.input_share.values * (1 - beta).T[:, None, :],
        alpha=baseline.final_share.values,
        VA=baseline.value_added.values,
        R=baseline.tariff_revenue.values,
        D=baseline.deficit.values,
        I=baseline.income.values,
        theta=baseline.elasticity.values,
        chi=baseline.capital_share.values,
    )


def prepare(model: Model, changes: Changes, closure: str, numeraire: int | None) -> System:
    """Form the loop-invariant powers; only cells that the scenario touches are recomputed."""
    s, n, _ = model.pi.shape
    reach = np.concatenate([model.pi, model.sold], axis=2)
    j, i, m = np.unravel_index(changes.cells, (s, n, n))
    touched = model.pi[j, i, m] * np.exp(
        -model.theta[j] * (changes.ln_cost + changes.ln_tariff - changes.ln_tariff_before)
    )
    purchases = model.purchases.copy()
    np.add.at(purchases, (i, m), (touched - model.pi[j, i, m]) * model.X[j, m])
    reach[j, i, m] = touched
    reach[j, i, m + n] = touched / np.exp(changes.ln_tariff)
    beta, chain, ln_productivity = _requirements(model, changes)
    blocs, notes = trading_blocs(model.axes.economies, purchases, model.VA, model.D + changes.transfer)
    return System(
        model=model,
        reach=reach,
        theta=model.theta[:, None],
        beta=beta,
        chain=chain,
        ln_productivity=ln_productivity,
        ln_bundle=changes.ln_endowment + (1 - model.chi) * changes.ln_labour + model.chi * changes.ln_capital,
        ln_labour=changes.ln_labour,
        transfer=changes.transfer,
        closure=closure,
        numeraire=numeraire,
        purchases=purchases,
        blocs=blocs,
        notes=(*changes.notes, *notes),
    )


def _requirements(model: Model, changes: Changes) -> tuple[Array, Array, Array]:
    """Move Cobb-Douglas shares for input requirements m (:eq:`input-requirement`)."""
    if changes.ln_requirement is None:
        return model.beta, model.chain, changes.ln_productivity
    needed = model.chain * np.exp(changes.ln_requirement)
    z = model.beta.T + needed.sum(axis=1)
    chain = needed / z[:, None, :]
    return (model.beta.T / z).T, chain, changes.ln_productivity - np.log(z).T


def sweep(system: System, ln_v: Array, ln_P: Array, ln_X: Array, step: float, *, plain: bool = False) -> Sweep:
    """Pass once through the equations.

    Cost (:eq:`hat-cost`), price (:eq:`hat-price`), output (:eq:`hat-output`), spending (:eq:`hat-spending`), income
    (:eq:`hat-income`) and factor markets (:eq:`hat-labour`). What they make of the unknowns is moved on by what errors of all
    sectors of an economy have in common (:eq:`one-sector`).

    Parameters
    ----------
    system
        The scenario made ready.
    ln_v, ln_P, ln_X
        Logs of factor price (N,), price index (S, N) and spending (S, N).
    step
        Factor on the moves beyond what the equations make of prices and spending.
    plain
        Without the one-sector answer, factor prices alone follow their excess demand, at the `System.pace`: slower, but it
        also arrives where shocks are so large that linear equations say little.
    """
    n = ln_v.size
    ln_c = ln_cost(system, ln_v, ln_P)
    sales, both = _markets(system, ln_c)
    new_P = -np.log(both[:, :n]) / system.theta
    wages = np.exp(ln_v) * system.endowed
    D = deficits(system, wages)
    Y, R, X = _spending(system, sales, both, np.exp(ln_X), wages + D)
    new_X = np.log(X)
    excess = np.log((system.beta * Y).sum(axis=0) / wages)
    price, expenditure = new_P - ln_P, new_X - ln_X
    if plain:
        further_v, further_P, further_X = system.pace * excess, np.zeros(n), np.zeros(n)
    else:
        further_v, further_P, further_X = system.whole.answer(excess, price, expenditure)
    return Sweep(
        at=ln_P,
        ln_v=normalise(system, ln_v + step * further_v),
        ln_P=new_P + step * further_P,
        ln_X=new_X + step * further_X,
        ln_c=ln_c,
        Y=Y,
        wages=wages,
        R=R,
        D=D,
        I=wages + R + D,
        price=float(np.abs(price).max()),
        expenditure=float(np.abs(expenditure).max()),
        labour=float(np.abs(excess).max()),
    )


def _markets(system: System, ln_c: Array) -> tuple[Array, Array]:
    """Return c_hat^-theta, (S, N), and the sums over exporters of it times `System.reach`, (S, 2N)."""
    sales = np.exp(-system.theta * ln_c)
    return sales, np.matmul(sales[:, None, :], system.reach)[:, 0, :]


def _spending(system: System, sales: Array, both: Array, X: Array, earned: Array) -> tuple[Array, Array, Array]:
    """Return output, tariff revenue and the spending that follows from spending X and income before tariffs."""
    model, n = system.model, earned.size
    per_reach = X / both[:, :n]
    Y = sales * np.matmul(system.net, per_reach[:, :, None])[:, :, 0]
    R = (X - per_reach * both[:, n:]).sum(axis=0)
    use = np.matmul(system.chain, np.ascontiguousarray(Y.T)[:, :, None])[:, :, 0].T
    return Y, R, np.maximum(model.alpha * (earned + R) + use, FLOOR * model.Y.sum())


def ln_cost(system: System, ln_v: Array, ln_P: Array) -> Array:
    """Return ln c_hat (S, N) of the input bundle (:eq:`hat-cost`)."""
    inputs = np.matmul(np.ascontiguousarray(ln_P.T)[:, None, :], system.chain)[:, 0, :].T
    cost: Array = system.beta * ln_v + inputs - system.ln_productivity
    return cost


def deficits(system: System, wages: Array) -> Array:
    """Return D' under the closure, transfers included; `wages` is v_hat V_hat VA.

    ``fixed`` keeps D in the numéraire, ``own_va`` keeps D in proportion to value added (:eq:`own-balance`),
    ``none`` has no deficits: the world that closure ``zero`` starts from.
    """
    model = system.model
    if system.closure == "none":
        return system.transfer
    if system.closure == "own_va":
        own: Array = _settled(model.D / model.VA * wages, wages, system.blocs) + system.transfer
        return own
    fixed: Array = model.D + system.transfer
    if len(system.blocs) > 1:  # each one's accounts close to rounding of the whole world, which a small one feels
        fixed = _settled(fixed, model.VA, system.blocs)
    return fixed


def _settled(deficit: Array, size: Array, blocs: Sequence[Array]) -> Array:
    """Return deficits (N,) that sum to zero in each bloc: what they miss is shared in proportion to the size of its members."""
    for bloc in blocs:
        deficit[bloc] -= size[bloc] / size[bloc].sum() * deficit[bloc].sum()
    return deficit


def normalise(system: System, ln_v: Array) -> Array:
    """Scale factor prices to the numéraire: value added of each bloc constant, or one economy's factor price at 1."""
    VA, wages = system.model.VA, np.exp(ln_v) * system.endowed
    scaled = ln_v.copy()
    for bloc in system.blocs:
        level = np.log(wages[bloc].sum() / VA[bloc].sum())
        if system.numeraire is not None and system.numeraire in bloc:
            level = ln_v[system.numeraire]
        scaled[bloc] -= level
    return scaled
