"""The equations differentiated at a state: what a small change does, forwards and backwards.

One forward pass maps small changes (d ln v, d ln P, d ln X) to what the equations make of them; at a solution of the
differentiated equations (:eq:`tangent`) both agree. The backward pass is its transpose, term by term. Both use the cube of
shares as the solver holds it, so that nothing of that size is formed until the gradient itself is written down.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from isthmus.core.axes import Array
from isthmus.equilibrium.state import State


@dataclass(frozen=True, kw_only=True)
class Nudge:
    """Small changes of what a scenario sets.

    Attributes
    ----------
    trade_cost, tariff
        (S, N, N): d ln of iceberg costs and of tariff factors.
    productivity, endowment
        (S, N) and (N,): d ln of A and of the bundle of factors.
    transfer
        (N,): net inflow, million USD.
    """

    trade_cost: Array
    tariff: Array
    productivity: Array
    endowment: Array
    transfer: Array


@dataclass(frozen=True)
class Tangent:
    """The differentiated equations at a state."""

    state: State

    @cached_property
    def shape(self) -> tuple[int, int]:
        """Sectors, economies."""
        s, n = self.state.ln_P.shape
        return s, n

    @cached_property
    def sales(self) -> Array:
        """c_hat^-theta, (S, N): pi' is this times `reach` over `market`."""
        sales: Array = np.exp(-self.state.system.theta * self.state.ln_c)
        return sales

    @cached_property
    def market(self) -> tuple[Array, Array]:
        """Sums over exporters of reach times sales, and of the same over tariff factors; (S, N) each."""
        n = self.shape[1]
        both = np.matmul(self.sales[:, None, :], self.state.system.reach)[:, 0, :]
        return both[:, :n], both[:, n:]

    @cached_property
    def per_market(self) -> Array:
        """X' / market, (S, N)."""
        ratio: Array = self.state.spending / self.market[0]
        return ratio

    @cached_property
    def duty(self) -> Array:
        """Share of spending that is tariff, (S, N)."""
        share: Array = 1 - self.market[1] / self.market[0]
        return share

    def over_exporters(self, values: Array) -> tuple[Array, Array]:
        """Return sum_i pi'_in values_i and sum_i (pi'/tau')_in values_i, (S, N) each."""
        n = self.shape[1]
        both = np.matmul((self.sales * values)[:, None, :], self.state.system.reach)[:, 0, :]
        return both[:, :n] / self.market[0], both[:, n:] / self.market[0]

    def over_importers(self, shares: Array, sold: Array) -> Array:
        """Return sum_n pi'_in shares_n + sum_n (pi'/tau')_in sold_n, (S, N)."""
        both = np.concatenate([shares / self.market[0], sold / self.market[0]], axis=1)
        total: Array = self.sales * np.matmul(self.state.system.reach, both[:, :, None])[:, :, 0]
        return total

    def net_over_importers(self, values: Array) -> Array:
        """Return sum_n (pi' X' / tau')_in values_n, (S, N)."""
        inner = (self.per_market * values)[:, :, None]
        total: Array = self.sales * np.matmul(self.state.system.net, inner)[:, :, 0]
        return total

    def into_costs(self, ln_P: Array) -> Array:
        """Return sum_k chain_kj ln P_k, (S, N)."""
        cost: Array = np.matmul(np.ascontiguousarray(ln_P.T)[:, None, :], self.state.system.chain)[:, 0, :].T
        return cost

    def into_use(self, output: Array) -> Array:
        """Return sum_j chain_kj Y_j, (S, N)."""
        use: Array = np.matmul(self.state.system.chain, np.ascontiguousarray(output.T)[:, :, None])[:, :, 0].T
        return use

    def deficit(self, wages: Array) -> Array:
        """Return dD for a change of factor incomes."""
        system, found = self.state.system, np.zeros_like(wages)
        if system.closure != "own_va":
            return found
        rate, w = system.model.D / system.model.VA, self.state.factor_income
        for b in system.blocs:
            size, owed = w[b].sum(), (rate[b] * w[b]).sum()
            found[b] = rate[b] * wages[b] - wages[b] * owed / size
            found[b] += w[b] / size * (owed / size * wages[b].sum() - (rate[b] * wages[b]).sum())
        return found

    def deficit_back(self, adjoint: Array) -> Array:
        """Transpose of `deficit`."""
        system, found = self.state.system, np.zeros_like(adjoint)
        if system.closure != "own_va":
            return found
        rate, w = system.model.D / system.model.VA, self.state.factor_income
        for b in system.blocs:
            size, owed = w[b].sum(), (rate[b] * w[b]).sum()
            inner = (w[b] * adjoint[b]).sum() / size
            found[b] = (rate[b] - owed / size) * (adjoint[b] - inner)
        return found

    def level(self, ln_v: Array, ln_bundle: Array) -> Array:
        """Return by how much the numéraire makes all factor prices of a bloc move, (N,)."""
        system, w, found = self.state.system, self.state.factor_income, np.zeros_like(ln_v)
        for b in system.blocs:
            if system.numeraire is not None and system.numeraire in b:
                found[b] = ln_v[system.numeraire]
            else:
                found[b] = (w[b] * (ln_v + ln_bundle)[b]).sum() / w[b].sum()
        return found

    def level_back(self, adjoint: Array) -> tuple[Array, Array]:
        """Transpose of `level`, for ln v and for the bundle."""
        system, w = self.state.system, self.state.factor_income
        price, bundle = np.zeros_like(adjoint), np.zeros_like(adjoint)
        for b in system.blocs:
            if system.numeraire is not None and system.numeraire in b:
                price[system.numeraire] += adjoint[b].sum()
            else:
                price[b] = bundle[b] = w[b] / w[b].sum() * adjoint[b].sum()
        return price, bundle


@dataclass(frozen=True, kw_only=True)
class Pulled:
    """What a backward pass brings to the unknowns, and to what the scenario sets (see `Nudge`).

    `price`, `output` and `revenue` are the adjoints of P (logs), of output and of income (levels): the gradient with respect
    to every cell of the trade cube follows from them (:eq:`gradient-cells`).
    """

    unknowns: Array
    price: Array
    output: Array
    revenue: Array
    productivity: Array
    endowment: Array


def push(tangent: Tangent, unknowns: Array, nudge: Nudge | None = None) -> tuple[Array, Array]:
    """Return the image of small changes of the unknowns (and of a nudge), and the change of ln real income, (N,)."""
    state, theta = tangent.state, tangent.state.system.theta
    ln_v, ln_P, ln_X = split(unknowns, tangent.shape)
    ln_bundle = np.zeros_like(ln_v) if nudge is None else nudge.endowment
    ln_c = state.system.beta * ln_v + tangent.into_costs(ln_P)
    if nudge is not None:
        ln_c = ln_c - nudge.productivity
    first, second = tangent.over_exporters(ln_c)
    mean = first
    sold, revenue = -theta * ln_c * state.output, np.zeros_like(ln_P)
    if nudge is not None:
        cost = nudge.trade_cost + nudge.tariff
        pi = state.trade_share
        mean = first + (pi * cost).sum(axis=1)
        sold = sold - (state.flows * (theta[:, :, None] * cost + nudge.tariff)).sum(axis=2)
        paid = pi * state.spending[:, None, :]
        revenue = (state.flows * nudge.tariff - (paid - state.flows) * theta[:, :, None] * cost).sum(axis=1)
    moved = ln_X + theta * mean
    output = sold + tangent.net_over_importers(moved)
    duty = tangent.duty * moved - theta * (first - second)
    wages = state.factor_income * (ln_v + ln_bundle)
    income = wages + (state.spending * duty + revenue).sum(axis=0) + tangent.deficit(wages)
    if nudge is not None:
        income = income + nudge.transfer
    new_X = (state.before.alpha * income + tangent.into_use(output)) / state.spending
    excess = (state.system.beta * output).sum(axis=0) / state.factor_income - ln_v - ln_bundle
    new_v = ln_v + state.system.pace * excess
    new_v = new_v - tangent.level(new_v, ln_bundle)
    real = income / state.income - (state.before.alpha * mean).sum(axis=0)
    return np.concatenate([new_v, mean.ravel(), new_X.ravel()]), real


def pull(tangent: Tangent, adjoint: Array, weights: Array) -> Pulled:
    """Return the transpose of `push` at `adjoint` of its image and `weights` on ln real income."""
    state, theta = tangent.state, tangent.state.system.theta
    a_v, a_P, a_X = split(adjoint, tangent.shape)
    level, level_bundle = tangent.level_back(a_v)
    moved_v = a_v - level
    excess = state.system.pace * moved_v
    per_spending = a_X / state.spending
    income = weights / state.income + (state.before.alpha * per_spending).sum(axis=0)
    output = state.system.beta * (excess / state.factor_income) + tangent.into_costs(per_spending)
    mean_sold = tangent.over_exporters(output)[1]
    moved = state.spending * (mean_sold + tangent.duty * income)
    price = a_P - state.before.alpha * weights + theta * moved
    duty = theta * state.spending * income
    ln_c = -theta * state.output * output + tangent.over_importers(price - duty, duty)
    wages = income + tangent.deficit_back(income)
    endowment = state.factor_income * wages - excess - level_bundle
    ln_v = moved_v - excess + state.factor_income * wages + (state.system.beta * ln_c).sum(axis=0)
    ln_P = tangent.into_use(ln_c)
    unknowns = np.concatenate([ln_v, ln_P.ravel(), moved.ravel()])
    return Pulled(
        unknowns=unknowns, price=price, output=output, revenue=income, productivity=-ln_c, endowment=endowment
    )


def split(unknowns: Array, shape: tuple[int, int]) -> tuple[Array, Array, Array]:
    """Return the parts of a vector of unknowns: (N,), (S, N), (S, N)."""
    s, n = shape
    return unknowns[:n], unknowns[n : n + s * n].reshape(s, n), unknowns[n + s * n :].reshape(s, n)
