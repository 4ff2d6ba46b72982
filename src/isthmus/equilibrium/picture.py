"""A world before and after a scenario, in volumes: what outcomes and energy accounts are measured on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from isthmus.core.labels import positions
from isthmus.economy.accounts import Array
from isthmus.economy.baseline import Baseline
from isthmus.equilibrium.result import Result
from isthmus.equilibrium.scenario import resolve


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


def picture(baseline: Baseline, result: Result) -> Picture:
    """Return the picture of a solved scenario.

    The factory price follows from own sales, whose cost no scenario changes: P_hat (pi'_nn / pi_nn) ** (-1 / theta).
    Volumes of inputs are spending over the buyer's price.
    """
    pi, pi_after = baseline.trade_share.values, result.trade_share.values
    theta = baseline.elasticity.values[:, None]
    own, own_after = _diagonal(pi), _diagonal(pi_after)
    ratio = np.divide(own_after, own, out=np.ones_like(own), where=own > 0)
    price = result.price_hat.values
    n = len(baseline.economies)
    chain = baseline.input_share.values * (1 - baseline.value_added_share.values.T)[:, None, :]
    ln_m = resolve(result.scenario, baseline).ln_requirement
    m = np.ones_like(chain) if ln_m is None else np.exp(ln_m)
    z = 1 - (chain * (1 - m)).sum(axis=1, keepdims=True)
    use = _use(chain, baseline.output.values, baseline.final_share.values * baseline.income.values)
    after = _use(chain * m / z, result.output.values, baseline.final_share.values * result.income.values)
    after /= price.T[:, :, None]
    revenue_before, revenue_after = baseline.tariff_revenue.values, result.tariff_revenue.values
    return Picture(
        economies=baseline.economies,
        sectors=baseline.sectors,
        groups=baseline.sector_groups,
        flows=result.baseline_flows.values,
        flows_after=result.flows.values,
        output=result.baseline_output.values,
        output_after=result.output.values,
        value_added=(baseline.value_added_share * baseline.output).values,
        value_added_after=result.sector_value_added.values,
        own_spending=own * baseline.spending.values,
        own_spending_after=own_after * result.spending.values,
        spending=baseline.spending.values,
        spending_after=result.spending.values,
        cost_hat=price * ratio ** (-1 / theta),
        gdp=baseline.value_added.values + revenue_before,
        gdp_after=result.value_added.values + revenue_after,
        real_gdp_hat=1 + result.real_gdp_pct.values / 100,
        use=use,
        use_hat=np.divide(after, use, out=np.ones((n, use.shape[1], use.shape[2])), where=use > 0),
        requirement=m,
    )


def _diagonal(cube: Array) -> Array:
    own: Array = np.einsum("jnn->jn", cube)
    return own.copy()


def _use(chain: Array, output: Array, final: Array) -> Array:
    """Return spending by (economy, input, user), final demand last."""
    return np.concatenate([chain * output.T[:, None, :], final.T[:, :, None]], axis=2)
