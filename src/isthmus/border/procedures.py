"""Time and money at the border, turned into fractions of the value of goods."""

import numpy as np
from numpy.typing import ArrayLike

from isthmus.core.axes import Array
from isthmus.core.errors import BadInputError

HOURS_PER_DAY = 24.0


def time_cost(days: ArrayLike, cost_per_day: ArrayLike) -> Array:
    """Return what days cost as a fraction of value: ``(1 + rho)^days - 1`` (:eq:`time-cost`, Hummels and Schaur 2013).

    Parameters
    ----------
    days
        Days, 0 or more.
    cost_per_day
        Fraction of value that one day costs, 0 or more.
    """
    cost: Array = np.expm1(_positive("days", days) * np.log1p(_positive("cost of a day", cost_per_day)))
    return cost


def money_cost(usd_per_tonne: ArrayLike, value_density: ArrayLike) -> Array:
    """Return a cost per tonne as a fraction of value.

    Parameters
    ----------
    usd_per_tonne
        Cost in USD a tonne, 0 or more.
    value_density
        Value of the goods in USD a tonne, above 0.
    """
    density = np.asarray(value_density, dtype=float)
    wrong = ~np.isfinite(density) | (density <= 0)
    if wrong.any():
        raise BadInputError(
            "value density",
            f"found {density[wrong].flat[0]}",
            allowed="above 0 USD a tonne; services have no weight",
            remedy="name goods in the ledger row, or correct the sector table",
        )
    cost: Array = _positive("cost per tonne", usd_per_tonne) / density
    return cost


def trade_effect_cost(effect: ArrayLike, elasticity: ArrayLike) -> Array:
    """Return the cost that explains a proportional loss of trade: ``(1 + effect)^(1/theta) - 1`` (:eq:`trade-effect`).

    Parameters
    ----------
    effect
        How much more would be traded without the barrier, as a fraction (0.44: 44 % more).
    elasticity
        Trade elasticity theta, above 0.
    """
    theta = _positive("trade elasticity", elasticity)
    if (theta == 0).any():
        raise BadInputError("trade elasticity", "found 0", allowed="above 0", remedy="choose another elasticity source")
    cost: Array = np.expm1(np.log1p(_positive("trade effect", effect)) / theta)
    return cost


def _positive(name: str, values: ArrayLike) -> Array:
    array = np.asarray(values, dtype=float)
    wrong = ~np.isfinite(array) | (array < 0)
    if wrong.any():
        raise BadInputError(name, f"found {array[wrong].flat[0]}", allowed="0 or more", remedy="correct the ledger row")
    return array
