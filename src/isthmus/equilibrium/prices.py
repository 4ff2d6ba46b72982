"""The price list of the border: money a year for one percent off each barrier, by sector, direction and component."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import xarray as xr

from isthmus.economy.baseline import FLOW
from isthmus.equilibrium.gradient import Gradient

TARIFF, WHOLE = "tariff", "whole"
COLUMNS = ("of", "exporter", "importer", "sector", "component", "overhead", "musd_per_pct")


def price_list(
    gradients: Sequence[Gradient],
    pairs: Sequence[tuple[str, str]],
    components: Mapping[str, xr.DataArray] | None = None,
    *,
    tariff_factor: xr.DataArray | None = None,
) -> pd.DataFrame:
    """Return what one percent off each barrier is worth to each objective, the dearest first (:eq:`price-list`).

    Parameters
    ----------
    gradients
        One for each objective (`gradient`).
    pairs
        Directions (exporter, importer) that are listed.
    components
        Ad valorem overhead of each component of the border, (sector, exporter, importer), as fractions. One percent off a
        component is one percent of its own overhead. The component ``whole`` is one percent off the cost factor.
    tariff_factor
        tau, (sector, exporter, importer): adds the component ``tariff``, one percent of the rate.

    Returns
    -------
    DataFrame
        of, exporter, importer, sector, component, overhead (fraction, 1 for the whole), musd_per_pct.

    Raises
    ------
    BadInputError
        For an unknown economy, or a component whose labels are not those of the gradients in their order.
    """
    rows = []
    for g in gradients:
        parts = {WHOLE: (np.ones_like(g.trade_cost), g.musd_per_pct)}
        for name, labelled in (components or {}).items():
            overhead = g.axes.plain(labelled, FLOW, f"component {name}")
            parts[name] = overhead, g.musd_per_pct * overhead / (1 + overhead)
        if tariff_factor is not None:
            tau = g.axes.plain(tariff_factor, FLOW, "tariff factor")
            parts[TARIFF] = tau - 1, -0.01 * g.income * g.tariff * (tau - 1) / tau
        for exporter, importer in pairs:
            i, n = g.axes.economy([exporter, importer], "pair")
            rows += [
                (g.of, exporter, importer, sector, name, float(overhead[j, i, n]), float(money[j, i, n]))
                for name, (overhead, money) in parts.items()
                for j, sector in enumerate(g.axes.sectors)
            ]
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.sort_values("musd_per_pct", ascending=False, kind="stable", ignore_index=True)
