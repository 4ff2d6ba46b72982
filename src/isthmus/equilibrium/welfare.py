"""Welfare in four numbers, never one: real wage, tariff revenue, deficit effect, exact real income; and real GDP."""

from dataclasses import dataclass

import numpy as np

from isthmus.core.axes import Array
from isthmus.equilibrium.hat import Solution


@dataclass(frozen=True)
class Welfare:
    """Changes by economy, shape (N,), in percent or in percentage points of baseline income (tariff_revenue).

    (VA / I) times the change of real value added plus tariff revenue plus deficit effect is real income, exactly.
    """

    real_wage: Array
    tariff_revenue: Array
    deficit_effect: Array
    real_income: Array
    real_gdp: Array
    price_index: Array


def welfare(solution: Solution) -> Welfare:
    """Return the welfare numbers of a solution (:eq:`welfare`)."""
    system, swept = solution.system, solution.sweep
    model = system.model
    price = np.exp((model.alpha * solution.ln_P).sum(axis=0))
    wages = np.exp(solution.ln_v) * system.bundle * model.VA
    gdp = (wages + swept.R) / (model.VA + model.R)
    return Welfare(
        real_wage=100 * (np.exp(solution.ln_v) * system.bundle / system.labour / price - 1),
        tariff_revenue=100 * (swept.R / price - model.R) / model.I,
        deficit_effect=100 * (swept.D / price - model.D) / model.I,
        real_income=100 * (swept.I / model.I / price - 1),
        real_gdp=100 * (gdp / price - 1),
        price_index=100 * (price - 1),
    )
