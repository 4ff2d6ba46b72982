"""Blocs: groups of economies with no trade between them, whose price levels nothing in the model ties together."""

from collections.abc import Sequence

import numpy as np
from scipy.sparse.csgraph import connected_components

from isthmus.core.axes import Array
from isthmus.core.provenance import Repair

NO_TRADE = 1e-12
"""Trade below this share of either side's purchases ties no prices together: residuals of the solver are larger."""


def trading_blocs(
    economies: Sequence[str], purchases: Array, value_added: Array, deficit: Array
) -> tuple[tuple[np.ndarray, ...], tuple[Repair, ...]]:
    """Return the positions of the economies of each bloc, and a note where there is more than one.

    Relative prices of two blocs are free, so a convention sets them: each bloc keeps its value added in the numéraire
    (:eq:`blocs`). Where a bloc has a deficit with nobody to pay it, all economies stay one bloc and no equilibrium exists.

    Parameters
    ----------
    economies
        Labels, (N,).
    purchases
        Purchases at unchanged factory prices, (N, N) exporter by importer.
    value_added, deficit
        (N,) of the baseline, transfers included.
    """
    n = len(economies)
    whole = (np.arange(n),)
    size = purchases.sum(axis=0)
    tied = purchases > NO_TRADE * np.minimum(size[:, None], size[None, :])
    hub = int(size.argmax())
    if (tied[hub] | tied[:, hub]).all():
        return whole, ()
    count, member = connected_components(tied, directed=False)
    if count == 1:
        return whole, ()
    blocs = tuple(np.flatnonzero(member == bloc) for bloc in range(count))
    if any(abs(deficit[bloc].sum()) > 1e-9 * value_added[bloc].sum() for bloc in blocs):
        return whole, ()
    largest = max(blocs, key=lambda bloc: (bloc.size, float(value_added[bloc].sum())))
    cut = [economies[int(i)] for bloc in blocs if bloc is not largest for i in bloc]
    what = f"no trade with the rest of the world, value added kept in the numéraire: {', '.join(cut)}"
    return blocs, (Repair("price level", what, len(cut)),)
