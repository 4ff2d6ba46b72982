"""The state of the world under a scenario: one record per solution, of which all results are views."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from isthmus.core.axes import Array, Axes
from isthmus.core.provenance import Repair
from isthmus.equilibrium.hat import Model, Sweep, System
from isthmus.equilibrium.welfare import Welfare, welfare


@dataclass(frozen=True, kw_only=True)
class State:
    """A solved scenario: everything before (`before`) and after, plain arrays in storage order.

    Changes are logarithms of new over old; values are million USD in the numéraire.

    Attributes
    ----------
    system
        The scenario as it was solved, with the model before it.
    ln_v, ln_P, ln_c
        Log changes of the price of value added (N,), of price indices (S, N) and of factory prices (S, N).
    ln_X
        (S, N): logarithm of new spending, tariff included (a value, not a change).
    output
        (S, N): output at basic prices.
    factor_income, tariff_revenue, deficit, income
        (N,): v_hat V_hat VA and the other parts of income.
    welfare
        Four welfare numbers and real GDP.
    errors
        Largest residual at every evaluation of the equations; the last one is that of the state.
    residuals
        Largest residual by block at the state.
    """

    system: System
    ln_v: Array
    ln_P: Array
    ln_c: Array
    ln_X: Array
    output: Array
    factor_income: Array
    tariff_revenue: Array
    deficit: Array
    income: Array
    welfare: Welfare
    errors: tuple[float, ...]
    residuals: Mapping[str, float]

    @property
    def before(self) -> Model:
        """The world that changes are relative to."""
        return self.system.model

    @property
    def axes(self) -> Axes:
        """Labels of economies and sectors."""
        return self.system.model.axes

    @property
    def notes(self) -> tuple[Repair, ...]:
        """What has to be known about the solution, counted."""
        return self.system.notes

    @property
    def point(self) -> Array:
        """The unknowns in one vector, from which a neighbouring scenario can be started."""
        return np.concatenate([self.ln_v, self.ln_P.ravel(), self.ln_X.ravel()])

    @cached_property
    def spending(self) -> Array:
        """New spending, tariff included, (S, N)."""
        return np.exp(self.ln_X)

    @cached_property
    def sector_value_added(self) -> Array:
        """New value added, (S, N)."""
        added: Array = self.system.beta * self.output
        return added

    @cached_property
    def trade_share(self) -> Array:
        """pi', (S, N, N): share of each exporter in the importer's spending (:eq:`hat-share`)."""
        n = self.ln_v.size
        shares = self.system.reach[:, :, :n] * self._sales
        shares /= shares.sum(axis=1, keepdims=True)
        return shares

    @cached_property
    def flows(self) -> Array:
        """Pi' X' / tau', (S, N, N): new trade before tariff, own sales included."""
        n = self.ln_v.size
        market = np.matmul(self._sales[:, None, :, 0], self.system.reach[:, :, :n])[:, 0, :]
        value: Array = self.system.net * self._sales * (self.spending / market)[:, None, :]
        return value

    @property
    def _sales(self) -> Array:
        """c_hat^-theta, (S, N, 1)."""
        sales: Array = np.exp(-self.system.theta * self.ln_c)[:, :, None]
        return sales


def state_of(system: System, swept: Sweep, ln_v: Array, ln_X: Array, errors: tuple[float, ...]) -> State:
    """Return the state at the point that was swept last."""
    ln_P = swept.at
    return State(
        system=system,
        ln_v=ln_v,
        ln_P=ln_P,
        ln_c=swept.ln_c,
        ln_X=ln_X,
        output=swept.Y,
        factor_income=swept.wages,
        tariff_revenue=swept.R,
        deficit=swept.D,
        income=swept.I,
        welfare=welfare(system, ln_P, ln_v, swept),
        errors=errors,
        residuals={"price": swept.price, "expenditure": swept.expenditure, "labour": swept.labour},
    )


def true_residuals(state: State) -> dict[str, float]:
    """Return the residual of each equation block, recomputed from the shares and values of the state.

    price: :eq:`hat-price`; expenditure: :eq:`hat-output` to :eq:`hat-income`; labour: :eq:`hat-labour`, each relative.
    """
    system, model = state.system, state.before
    Y = state.flows.sum(axis=2)
    revenue = state.spending.sum(axis=0) - state.flows.sum(axis=(0, 1))
    use = np.einsum("nkj,jn->kn", system.chain, Y)
    needed = model.alpha * (state.factor_income + revenue + state.deficit) + use
    used = np.maximum(state.spending, needed) > 1e-20 * model.Y.sum()
    gap = np.abs(needed - state.spending) / np.where(used, state.spending, 1.0)
    return {
        "price": max(state.residuals["price"], float(np.abs(state.trade_share.sum(axis=1) - 1).max())),
        "expenditure": float(gap[used].max()),
        "labour": float(np.abs((system.beta * Y).sum(axis=0) / state.factor_income - 1).max()),
    }
