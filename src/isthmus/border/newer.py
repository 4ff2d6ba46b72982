"""The excess over the frontier on newer totals of trade: the last year of the history, moved as the world's table was."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from isthmus.border.frontier import excess
from isthmus.border.gravity import Estimates
from isthmus.border.head_ries import head_ries
from isthmus.border.observed import FlowHistory, Geography, pair_positions
from isthmus.economy.baseline import WorldTable

COLUMNS = ["trade_year", "all_in", "frontier", "value", "low", "high", "sectors", "coverage"]


def moved_history(history: FlowHistory, pair: Sequence[str], before: WorldTable, after: WorldTable) -> FlowHistory:
    """Return the last year of a history with the pair's trade and own sales moved as much as from one table to another.

    Sectors that only the history has, and cells that are empty before, stay as they are.
    """
    value = history.value.isel(year=[-1]).copy(deep=True)
    cells = value.values
    a, b = pair_positions(history, pair)
    labels = history.economies
    for j, sector in enumerate(history.sectors):
        for i, n in ((a, b), (b, a), (a, a), (b, b)) if sector in before.sectors else ():
            cell = {"sector": sector, "exporter": labels[i], "importer": labels[n]}
            old, new = (float(table.flows.sel(cell)) for table in (before, after))
            cells[0, j, i, n] *= new / old if old > 0 else 1.0
    return FlowHistory(value.copy(data=np.asarray(cells)), history.with_tariff, history.notes)


def excess_by_trade(
    history: FlowHistory,
    pair: Sequence[str],
    estimates: Estimates,
    geography: Geography,
    groups: Mapping[str, str],
    theta: pd.DataFrame,
    table: WorldTable,
    newer: Mapping[str, WorldTable],
) -> pd.DataFrame:
    """Return the aggregate excess of the last year on the table's trade and on every newer total (:eq:`frontier`).

    The frontier is that of the history's last year throughout: only the pair's own trade moves.

    Parameters
    ----------
    table, newer
        The world as it stands (``table`` in the result), and moved to the totals of each year.

    Returns
    -------
    pandas.DataFrame
        trade_year and the columns of `frontier.Excess.aggregate`; low and high are the 5th and 95th percentile.
    """
    frames = []
    for label, after in {"table": table, **newer}.items():
        index = head_ries(moved_history(history, pair, table, after), pair, theta)
        found = excess(index, pair, estimates, geography, groups, theta).aggregate
        frames.append(found[found["basket"] == "each_year"].assign(trade_year=label))
    return pd.concat(frames, ignore_index=True)[COLUMNS]
