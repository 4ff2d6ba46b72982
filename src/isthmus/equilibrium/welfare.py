"""Welfare in four numbers, never one: real wage, tariff revenue, deficit effect, exact real income; and real GDP."""

from dataclasses import dataclass

import numpy as np

from isthmus.core.axes import Array
from isthmus.equilibrium.hat import Sweep, System


@dataclass(frozen=True, kw_only=True)
class Welfare:
    """Changes by economy, shape (N,): logarithms of new over old, except the two effects.

    (VA / I) times the change of real value added plus tariff revenue plus deficit effect is the change of real income,
    exactly.

    Attributes
    ----------
    ln_real_income, ln_real_wage, ln_real_gdp, ln_price
        Real income, value added per worker, value added and tariff revenue, each over the price of consumption; that price.
    ln_return
        What the income of all factors buys, v_hat V_hat / P^C_hat: the return that capital accumulates from.
    tariff_revenue, deficit_effect
        Fractions of baseline income.
    """

    ln_real_income: Array
    ln_real_wage: Array
    ln_real_gdp: Array
    ln_price: Array
    ln_return: Array
    tariff_revenue: Array
    deficit_effect: Array


def welfare(system: System, ln_P: Array, ln_v: Array, swept: Sweep) -> Welfare:
    """Return the welfare numbers of a solution (:eq:`welfare`)."""
    model = system.model
    ln_price = (model.alpha * ln_P).sum(axis=0)
    price = np.exp(ln_price)
    ln_return = ln_v + system.ln_bundle - ln_price
    return Welfare(
        ln_real_income=np.log(swept.I / model.I) - ln_price,
        ln_real_wage=ln_return - system.ln_labour,
        ln_real_gdp=np.log((swept.wages + swept.R) / (model.VA + model.R)) - ln_price,
        ln_price=ln_price,
        ln_return=ln_return,
        tariff_revenue=(swept.R / price - model.R) / model.I,
        deficit_effect=(swept.D / price - model.D) / model.I,
    )
