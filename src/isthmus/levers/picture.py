"""A world before and after a scenario, in volumes: what outcomes and energy accounts are measured on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from isthmus.core.axes import Array
from isthmus.core.labels import positions
from isthmus.economy.baseline import Baseline
from isthmus.equilibrium.state import State


@dataclass(frozen=True)
class Picture:
    """Plain arrays of a baseline and a solved scenario; values in million USD of the numéraire.

    Attributes
    ----------
    flows, flows_after
        Trade before tariff, own sales included, (sector, exporter, importer).
    output, output_after, value_added, value_added_after
        (sector, economy).
    own_spending, own_spending_after, spending, spending_after
        Spending on own goods and on all goods, tariff included, (sector, economy).
    cost_hat
        Change of the price at the factory, (sector, economy): values divided by it are volumes of the seller.
    gdp, gdp_after
        Value added and tariff revenue, (economy,).
    real_gdp_hat
        (economy,).
    use, use_hat
        Spending on inputs in the baseline and change of its volume, (economy, input, user); the last user is final
        demand.
    requirement
        Change m of input requirements, (economy, input, industry).
    """

    economies: tuple[str, ...]
    sectors: tuple[str, ...]
    groups: Mapping[str, Sequence[str]]
    flows: Array
    flows_after: Array
    output: Array
    output_after: Array
    value_added: Array
    value_added_after: Array
    own_spending: Array
    own_spending_after: Array
    spending: Array
    spending_after: Array
    cost_hat: Array
    gdp: Array
    gdp_after: Array
    real_gdp_hat: Array
    use: Array
    use_hat: Array
    requirement: Array

    def sector(self, selector: Sequence[str], where: str) -> list[int]:
        """Return positions of sectors."""
        return positions(tuple(selector), self.sectors, where, {k: tuple(v) for k, v in self.groups.items()})

    def economy(self, selector: Sequence[str], where: str) -> list[int]:
        """Return positions of economies."""
        return positions(tuple(selector), self.economies, where)


def picture(baseline: Baseline, state: State) -> Picture:
    """Return the picture of a state of `baseline`.

    The factory price is the unit cost (:eq:`hat-cost`); volumes of inputs are spending over the buyer's price.
    """
    system, model = state.system, state.before
    price = np.exp(state.ln_P)
    use = _use(model.chain, model.Y, model.alpha * model.I)
    after = _use(system.chain, state.output, model.alpha * state.income) / price.T[:, :, None]
    z = np.divide(model.beta, system.beta, out=np.ones_like(model.beta), where=system.beta > 0).T[:, None, :]
    requirement = np.divide(system.chain * z, model.chain, out=np.ones_like(model.chain), where=model.chain > 0)
    return Picture(
        economies=baseline.economies,
        sectors=baseline.sectors,
        groups=baseline.sector_groups,
        flows=model.flows,
        flows_after=state.flows,
        output=model.Y,
        output_after=state.output,
        value_added=model.beta * model.Y,
        value_added_after=state.sector_value_added,
        own_spending=_diagonal(model.pi) * model.X,
        own_spending_after=_diagonal(state.trade_share) * state.spending,
        spending=model.X,
        spending_after=state.spending,
        cost_hat=np.exp(state.ln_c),
        gdp=model.VA + model.R,
        gdp_after=state.factor_income + state.tariff_revenue,
        real_gdp_hat=np.exp(state.welfare.ln_real_gdp),
        use=use,
        use_hat=np.divide(after, use, out=np.ones_like(use), where=use > 0),
        requirement=requirement,
    )


def _diagonal(cube: Array) -> Array:
    own: Array = np.einsum("jnn->jn", cube)
    return own.copy()


def _use(chain: Array, output: Array, final: Array) -> Array:
    """Return spending by (economy, input, user), final demand last."""
    return np.concatenate([chain * output.T[:, None, :], final.T[:, :, None]], axis=2)
