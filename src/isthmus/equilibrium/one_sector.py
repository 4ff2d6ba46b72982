"""The world as if it had one sector: by its exact answer the solver removes what errors of many sectors have in common.

One pass through the equations takes away quickly what differs between the sectors of an economy, and only slowly what they
share: a price level, a level of spending, a factor price. These are as many numbers as there are economies, so that the
linear equations between them can be solved outright. What they miss is left to the passes, so that an answer never depends on
this picture, only the number of passes does (:eq:`one-sector`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from isthmus.core.axes import Array


@dataclass(frozen=True, kw_only=True)
class OneSector:
    """How factor prices, price levels and levels of spending answer to what is still wrong with each.

    Attributes
    ----------
    weight
        (S, N): share of each sector in the spending of an economy.
    prices_by_error, prices_by_factor
        (N, N): answer of price levels to errors of prices, and to factor prices.
    factors_by_excess, factors_by_error
        (N, N) and (N, 2N): answer of factor prices to excess demand for factors, and to errors of prices and of spending.
    earned, ordered
        (N,): answer of spending to factor prices, and to output beyond them.
    """

    weight: Array
    prices_by_error: Array
    prices_by_factor: Array
    factors_by_excess: Array
    factors_by_error: Array
    earned: Array
    ordered: Array

    def answer(self, excess: Array, price: Array, spending: Array) -> tuple[Array, Array, Array]:
        """Return by how much all three move, beyond the errors themselves.

        Parameters
        ----------
        excess
            Log excess demand for factors, (N,).
        price, spending
            (S, N): what the equations make of ln P and ln X, less what went in.

        Returns
        -------
        tuple
            Moves of ln v, and of what the equations make of ln P and ln X in every sector alike, (N,) each.
        """
        p, x = (self.weight * price).sum(axis=0), (self.weight * spending).sum(axis=0)
        v = self.factors_by_excess @ excess + self.factors_by_error @ np.concatenate([p, x])
        return v, self.prices_by_error @ p + self.prices_by_factor @ v - p, self.earned * v - self.ordered * excess


def one_sector(
    *, purchases: Array, spending: Array, output: Array, value_added: Array, theta: Array, blocs: Sequence[np.ndarray]
) -> OneSector:
    """Add up the sectors of a world and solve the linear equations of what is left.

    Parameters
    ----------
    purchases
        Purchases of all goods, (N, N) exporter by importer.
    spending
        (S, N).
    output, value_added
        (N,), of all sectors.
    theta
        (N,): trade elasticity of what an economy sells, weighted with the value added in it.
    blocs
        Groups of economies without trade between them: the level of prices is free in each.
    """
    one, total = np.eye(value_added.size), spending.sum(axis=0)
    bought = (purchases / purchases.sum(axis=0)).T
    sold = purchases / purchases.sum(axis=1, keepdims=True)
    made = value_added / output
    prices_by_error = np.linalg.inv(one - bought * (1 - made))
    prices_by_factor = prices_by_error @ (bought * made)
    through = theta[:, None] * (np.diag(1 - made) - sold)
    earned, ordered = output / total, (output - value_added) / total
    demand = one + np.diag(theta * made) + through @ prices_by_factor - sold * earned
    for bloc in blocs:
        demand[np.ix_(bloc, bloc)] += value_added[bloc] / value_added[bloc].sum()
    inverse = np.linalg.inv(demand)
    by_price = through @ prices_by_error + theta[:, None] * sold
    return OneSector(
        weight=spending / total,
        prices_by_error=prices_by_error,
        prices_by_factor=prices_by_factor,
        factors_by_excess=inverse @ (one - sold * ordered),
        factors_by_error=np.concatenate([-inverse @ by_price, inverse @ sold], axis=1),
        earned=earned,
        ordered=ordered,
    )
