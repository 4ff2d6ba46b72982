"""From tables to a baseline: shares, spending and incomes that satisfy every identity, and a report of what was changed."""

import dataclasses
from collections.abc import Mapping

import numpy as np

from isthmus.core.axes import Array
from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Repair
from isthmus.economy.accounts import Accounts, identity_residuals
from isthmus.economy.baseline import CELL, FLOW, Balance, Baseline, WorldTable
from isthmus.economy.elasticities import choose_elasticity

GATE = 1e-10
"""Largest residual of an identity, relative to world output."""

ROUNDING = 1e-9
"""Share of an industry's output by which value added may stay below it where the industry uses no inputs."""

WORST_MISS = 0.05
"""Share of world output by which the better reading of the use tables may miss before the world is refused."""


def calibrate(table: WorldTable, elasticity: str = "", services: float | None = None, scale: float = 1.0) -> Baseline:
    """Calibrate a baseline from a world table (:eq:`calibration`).

    Trade shares come from flows times (1 + rate), output is the sum of flows, beta = value added / output, gamma the column
    shares of intermediate use. Final demand is the residual of spending; where it would be negative it is set to zero and
    spending and output are solved again. Every such change is in ``baseline.balance.repairs``.

    Parameters
    ----------
    table
        The world as read.
    elasticity, services, scale
        Column of the elasticity table (default: the table's), override for services, factor on all of them.

    Raises
    ------
    BadInputError
        If the tables miss each other by more than 5 % of world output, an input column is empty where inputs are needed,
        or an identity is not met to 1e-10.
    """
    theta = choose_elasticity(table, elasticity, services, scale)
    accounts, repairs = _solve_accounts(table)
    residuals = identity_residuals(accounts)
    _refuse_broken(residuals)
    balance = _balance(table, residuals, (*table.notes, *repairs))
    return _pack(table, accounts, theta, balance)


def _solve_accounts(table: WorldTable) -> tuple[Accounts, list[Repair]]:
    """Compute shares and levels; return them with the list of changes."""
    flows = table.flows.values
    tau = 1 + table.tariff_rate.values
    repairs: list[Repair] = []
    paid = flows * tau
    X, Y = paid.sum(axis=1), flows.sum(axis=2)
    pi = _trade_shares(paid, X, repairs)
    beta = _value_added_shares(table, Y, repairs)
    gamma = _input_shares(table, beta)
    use = np.einsum("nkj,jn->kn", gamma, (1 - beta) * Y)
    F = X - use
    negative = F < 0
    if negative.any():
        size = float(-F[negative].sum())
        repairs.append(Repair("final demand", "negative residual set to zero", int(negative.sum()), size, table.unit))
        F = np.maximum(F, 0.0)
        before = Y
        X, Y = _spending_given_final(F, pi / tau, gamma, beta, X, Y)
        moved = float(np.abs(Y - before).sum())
        repairs.append(Repair("output", "solved again after that", int((before != Y).sum()), moved, table.unit))
    R = np.einsum("jin,jn->n", (tau - 1) / tau * pi, X)
    VA, income = (beta * Y).sum(axis=0), F.sum(axis=0)
    _refuse_empty(table, income, "final demand")
    _refuse_empty(table, VA, "value added")
    accounts = Accounts(
        pi=pi, tau=tau, X=X, Y=Y, beta=beta, gamma=gamma, alpha=F / income, VA=VA, R=R, D=income - VA - R, I=income
    )
    return accounts, repairs


def _refuse_empty(table: WorldTable, total: Array, what: str) -> None:
    """Raise when an economy has none of `what` at all."""
    if (total <= 0).any():
        raise BadInputError(
            f"world {table.name}, economy {table.economies[int(np.argmin(total))]}",
            f"has no {what}",
            allowed=f"positive {what} in every economy",
            remedy="check its tables, or merge it into a group",
        )


def _trade_shares(paid: Array, X: Array, repairs: list[Repair]) -> Array:
    """Return pi; a market without any purchase is served from home, which changes no value."""
    empty = X == 0
    pi = paid / np.where(empty, 1.0, X)[:, None, :]
    if empty.any():
        sector, economy = np.nonzero(empty)
        pi[sector, economy, economy] = 1.0
        repairs.append(Repair("trade shares", "market without purchases counted as served from home", int(empty.sum())))
    return pi


def _value_added_shares(table: WorldTable, Y: Array, repairs: list[Repair]) -> Array:
    """Return beta = value added / output; 1 where there is no output."""
    VA = table.value_added.values
    over = Y * (1 + 1e-6) + 1e-9 * Y.mean() < VA
    if over.any():
        j, n = (int(index[0]) for index in np.nonzero(over))
        raise BadInputError(
            f"value_added, economy {table.economies[n]}, industry {table.sectors[j]}",
            f"value added {VA[j, n]:.6g} exceeds output {Y[j, n]:.6g} ({int(over.sum())} such cells)",
            allowed="value added up to output, which is the sum of the industry's flows",
            remedy="correct value added or the flows of this industry",
        )
    raw = np.divide(VA, Y, out=np.ones_like(Y), where=Y > 0)
    near = (table.intermediate_use.values.sum(axis=1).T == 0) & (raw < 1) & (raw > 1 - ROUNDING)
    if near.any():
        missing = float((Y - VA)[near].sum())
        repairs.append(
            Repair("value added", "below output by rounding, raised to output", int(near.sum()), missing, table.unit)
        )
    raw = np.where(near, 1.0, raw)
    above = raw > 1
    if above.any():
        excess = float((VA - Y)[above].sum())
        repairs.append(
            Repair("value added", "above output by rounding, cut to output", int(above.sum()), excess, table.unit)
        )
    beta: Array = np.minimum(raw, 1.0)
    return beta


def _input_shares(table: WorldTable, beta: Array) -> Array:
    """Return gamma, columns renormalised to sum to one exactly."""
    use = table.intermediate_use.values
    bill = use.sum(axis=1)
    hollow = (bill == 0) & (beta.T < 1)
    if hollow.any():
        n, j = (int(index[0]) for index in np.nonzero(hollow))
        raise BadInputError(
            f"intermediate_use, economy {table.economies[n]}, industry {table.sectors[j]}",
            f"no inputs although value added is only {beta[j, n]:.4g} of output ({int(hollow.sum())} such columns)",
            allowed="an empty input column only where value added equals output",
            remedy="add the inputs of this industry or raise its value added to output",
        )
    gamma: Array = use / np.where(bill == 0, 1.0, bill)[:, None, :]
    return gamma


def _spending_given_final(F: Array, sold: Array, gamma: Array, beta: Array, X: Array, Y: Array) -> tuple[Array, Array]:
    """Solve X = F + gamma (1 - beta) Y, Y = sum of sales, by the contraction of the input-output chain."""
    matrix = np.ascontiguousarray(sold)
    for _ in range(2000):
        Y = np.matmul(matrix, X[:, :, None])[:, :, 0]
        new = F + np.matmul(gamma, ((1 - beta) * Y).T[:, :, None])[:, :, 0].T
        change = float(np.abs(new - X).max())
        X = new
        if change <= 1e-15 * float(X.max()):
            break
    Y = np.matmul(matrix, X[:, :, None])[:, :, 0]
    return F + np.matmul(gamma, ((1 - beta) * Y).T[:, :, None])[:, :, 0].T, Y


def _refuse_broken(residuals: Mapping[str, float]) -> None:
    """Raise when an identity is not met."""
    broken = {name: size for name, size in residuals.items() if not size <= GATE}
    if broken:
        listing = ", ".join(f"{name} {size:.2e}" for name, size in residuals.items())
        raise BadInputError(
            "calibration",
            f"identities are not met: {listing}",
            allowed=f"residuals up to {GATE:g} of world output",
            remedy="run isthmus world check on the directory and correct the tables it names",
        )


def _balance(table: WorldTable, residuals: Mapping[str, float], repairs: tuple[Repair, ...]) -> Balance:
    """Compare the use tables with the flows under both valuations; refuse a world that fits neither."""
    flows = table.flows.values
    world = float(flows.sum())
    use = table.intermediate_use.values.sum(axis=2).T + table.final_demand.values
    tau = 1 + table.tariff_rate.values
    misses = {
        "before tariff": float(np.abs(flows.sum(axis=1) - use).sum()) / world,
        "with tariff": float(np.abs((flows * tau).sum(axis=1) - use).sum()) / world,
    }
    bill = table.intermediate_use.values.sum(axis=1).T
    cost_miss = float(np.abs(flows.sum(axis=2) - bill - table.value_added.values).sum()) / world
    valuation = min(misses, key=lambda name: misses[name])
    worst = max(misses[valuation], cost_miss)
    if worst > WORST_MISS:
        raise BadInputError(
            f"world {table.name}",
            f"the tables do not balance: use misses absorption by {misses[valuation]:.1%} and inputs plus value added miss "
            f"output by {cost_miss:.1%} of world output",
            allowed=f"at most {WORST_MISS:.0%} each",
            remedy="check units and missing rows of flows, intermediate_use, final_demand and value_added",
        )
    return Balance(valuation=valuation, misses=misses, value_added_miss=cost_miss, residuals=residuals, repairs=repairs)


def _pack(table: WorldTable, a: Accounts, theta: Array, balance: Balance) -> Baseline:
    """Put labels on the arrays."""
    array, one = table.axes.array, ("economy",)
    return Baseline(
        name=table.name,
        trade_share=array(a.pi, FLOW),
        tariff_factor=array(a.tau, FLOW),
        spending=array(a.X, CELL),
        output=array(a.Y, CELL),
        value_added_share=array(a.beta, CELL),
        input_share=array(a.gamma, ("economy", "input", "industry")),
        final_share=array(a.alpha, CELL),
        value_added=array(a.VA, one),
        tariff_revenue=array(a.R, one),
        deficit=array(a.D, one),
        income=array(a.I, one),
        elasticity=array(theta, ("sector",)),
        capital_share=array(np.full(len(table.economies), table.capital_share), one),
        goods=table.goods,
        balance=balance,
        table=table,
    )


def with_elasticity(baseline: Baseline, elasticity: str, services: float | None, scale: float) -> Baseline:
    """Return the baseline with another elasticity set; nothing else depends on it."""
    if baseline.table is None:
        raise BadInputError(
            "baseline", "has no world table", allowed="a calibrated baseline", remedy="calibrate a table"
        )
    theta = choose_elasticity(baseline.table, elasticity, services, scale)
    return dataclasses.replace(baseline, elasticity=baseline.elasticity.copy(data=theta))
