"""From trade to tonnes: values become units of carriers, and units are put on the network.

A carrier that is traded both ways is split, so that what one side sells never serves its own customers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from isthmus.core.axes import Array, labelled
from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Status
from isthmus.corridors.modes import by_mode
from isthmus.corridors.network import Carrier, Network, with_carriers

Flags = NDArray[np.bool_]
PAIR = ("exporter", "importer")
SLACK = 1.25
"""Supply over demand where the network has no supply of its own in a direction."""
LEAST = 1e-4
"""Directions that carry less than this share of a carrier's largest one are left out."""


@dataclass(frozen=True)
class Mix:
    """What part of a sector's trade value goes in a carrier, and USD of the sector's goods in a unit of it.

    With `exporter` and `importer` it holds in that direction and goes before a mix without them.
    """

    sector: str
    carrier: str
    share: float
    usd_per_unit: float
    source: str = ""
    status: Status = Status.ASSUMED
    exporter: str = ""
    importer: str = ""


def mixes_of(mixes: Sequence[Mix], sector: str, exporter: str, importer: str) -> tuple[Mix, ...]:
    """Return the mixes of a sector in a direction: its own, else those that hold in any."""
    of = [m for m in mixes if m.sector == sector and m.share > 0]
    own = tuple(m for m in of if (m.exporter, m.importer) == (exporter, importer))
    return own or tuple(m for m in of if not m.exporter and not m.importer)


def volumes(trade: xr.DataArray, mixes: Sequence[Mix], carriers: Sequence[str]) -> xr.DataArray:
    """Turn trade values into units of carriers, (carrier, exporter, importer, year).

    Parameters
    ----------
    trade
        Million USD by (sector, exporter, importer, year).
    mixes
        Shares of each sector and direction sum to one; a sector without a mix crosses no network (services).
    carriers
        Ids of the network's carriers.

    Raises
    ------
    BadInputError
        When shares of a sector do not sum to one, or a mix names an unknown sector or carrier.
    """
    sectors = [str(s) for s in trade["sector"].values]
    _check(mixes, sectors, carriers)
    value = 1e6 * trade.transpose("sector", *PAIR, "year").values
    labels: dict[str, Sequence[Any]] = {
        "carrier": carriers,
        **{d: trade.get_index(d).tolist() for d in (*PAIR, "year")},
    }
    units = np.zeros((len(carriers), *value.shape[1:]))
    for s, sector in enumerate(sectors):
        for (e, exporter), (i, importer) in product(*(enumerate(labels[d]) for d in PAIR)):
            for mix in mixes_of(mixes, sector, exporter, importer):
                units[carriers.index(mix.carrier), e, i] += value[s, e, i] * mix.share / mix.usd_per_unit
    return labelled(units, labels)


def placed(network: Network, units: xr.DataArray) -> tuple[Network, pd.DataFrame]:
    """Put volumes on the network: its own supply and demand say how a carrier spreads over the nodes of an economy.

    A direction without nodes of its own starts and ends where the other direction does. A carrier without any volume stays
    as the network has it; of a carrier traded in several directions all but the largest go in copies of it (`Carrier.like`).

    Returns
    -------
    Network, DataFrame
        The network with the years of `units` and these volumes (supply grows as demand does from the nearest year of the
        network), split by the modes it is known to cross by, and the volumes of directions that it has no nodes or no way for.
    """
    years = tuple(int(y) for y in units["year"].values)
    plain, directions, own = _Plain(network, years), _directions(units), network.carriers
    supply, demand, cost = (list(np.moveaxis(x, 1, 0)) for x in (plain.supply, plain.demand, plain.supply_cost))
    copies, left = list[Carrier](), []
    for c, carrier in enumerate(own):
        used = False
        for exporter, importer, amount in directions.get(carrier.id, ()):
            there, wanted = plain.pattern(c, exporter, importer, amount)
            if there is None or wanted is None:
                left += [(carrier.id, exporter, importer, y, q) for y, q in zip(years, amount, strict=True) if q > 0]
                continue
            if not used:
                supply[c], demand[c], used = there, wanted, True
                continue
            copies.append(replace(carrier, id=f"{carrier.id}:{exporter}>{importer}", like=carrier.id))
            supply, demand, cost = [*supply, there], [*demand, wanted], [*cost, cost[c]]
    listed = [(*a.carriers, *(copy.id for copy in copies if copy.like in a.carriers)) for a in network.arcs]
    made = with_carriers(
        network, years, [*own, *copies], listed, *(np.stack(x, axis=1) for x in (supply, demand, cost))
    )
    return by_mode(made), pd.DataFrame(left, columns=["carrier", "exporter", "importer", "year", "units"])


def anchored(network: Network, units: xr.DataArray) -> tuple[xr.DataArray, pd.DataFrame]:
    """Bring volumes to those of the network in the year of `units`, by carrier and importer, where it has any.

    The value of a tonne is an average over very unlike goods, while the network's volumes were counted; what follows is
    moved from the counted volume by the changes of trade alone.

    Returns
    -------
    DataArray, DataFrame
        Volumes as the network has them, and both beside each other: carrier, exporter, importer, by_value, on_network.
    """
    year = int(units["year"].values[0])
    plain, directions = _Plain(network, (year,)), _directions(units)
    found, rows = units.copy(), []
    for c, carrier in enumerate(network.carriers):
        pairs = [(e, i, float(q[0])) for e, i, q in directions.get(carrier.id, ())]
        for exporter, importer, amount in pairs:
            sources = [q for e, i, q in pairs if i == importer and plain.has("supply", c, e)]
            own = plain.has("supply", c, exporter)
            counted = plain.total("demand", c, importer) * amount / sum(sources) if own else 0.0
            if counted > 0:
                found.loc[{"carrier": carrier.id, "exporter": exporter, "importer": importer}] = counted
            rows.append((carrier.id, exporter, importer, amount, counted if counted > 0 else np.nan))
    return found, pd.DataFrame(rows, columns=["carrier", "exporter", "importer", "by_value", "on_network"])


def growth(network: Network, base: int, years: Sequence[int]) -> Mapping[tuple[str, str], Array]:
    """Return how the network's own demand grows from `base` by (carrier, importer): a ratio for each of `years`.

    Between years in which the network has demand for the carrier it moves in a straight line, outside them it stays.
    """
    found: dict[tuple[str, str], Array] = {}
    demand = network.demand.values.sum(axis=3)
    economy = np.array([node.economy for node in network.nodes])
    for c, carrier in enumerate(network.carriers):
        for importer in dict.fromkeys(economy.tolist()):
            own = demand[economy == importer, c].sum(axis=0)
            known = own > 0
            at = np.interp([base, *years], np.array(network.years)[known], own[known]) if known.any() else None
            found[carrier.id, importer] = np.ones(len(years)) if at is None else at[1:] / at[0]
    return found


def _directions(units: xr.DataArray) -> dict[str, list[tuple[str, str, Array]]]:
    """Return by carrier the (exporter, importer, amounts by year) of what is traded in it, the largest first."""
    carriers, exporters, importers = ([str(x) for x in units.get_index(d)] for d in ("carrier", *PAIR))
    amounts, found = units.transpose("carrier", *PAIR, "year").values, {}
    for carrier, own in zip(carriers, amounts, strict=True):
        cells = [(e, i, own[a, b]) for a, e in enumerate(exporters) for b, i in enumerate(importers) if e != i]
        least = LEAST * max((float(x[2].sum()) for x in cells), default=0.0)
        found[carrier] = sorted((x for x in cells if x[2].sum() > least), key=lambda x: -float(x[2].sum()))
    return found


class _Plain:
    """The network's own volumes in the years that are wanted, each from the nearest in which the carrier has demand."""

    def __init__(self, network: Network, years: Sequence[int]) -> None:
        self._network = network
        nearest = np.array([_nearest(network, c, years) for c in range(len(network.carriers))], dtype=int)
        arrays = (network.supply, network.demand, network.supply_cost)
        carriers = np.arange(len(network.carriers))[:, None]
        self.supply, self.demand, self.supply_cost = (array.values[:, carriers, nearest] for array in arrays)
        self._values = {"supply": self.supply.sum(axis=3), "demand": self.demand.sum(axis=3)}
        self._economy = np.array([node.economy for node in network.nodes])
        self._season = np.array([share for _, share in network.seasons])

    def total(self, name: str, carrier: int, economy: str) -> float:
        """Return supply or demand of an economy in the first year."""
        return float(self._values[name][self._economy == economy, carrier, 0].sum())

    def has(self, name: str, carrier: int, economy: str) -> bool:
        """Say whether an economy has supply or demand in every year."""
        own = self._values[name][self._economy == economy, carrier]
        return bool((own.sum(axis=0) > 0).all())

    def pattern(self, c: int, exporter: str, importer: str, amount: Array) -> tuple[Array | None, Array | None]:
        """Return supply and demand by (node, year, season) for volumes of one direction, None where there is no way."""
        if self.has("supply", c, exporter) and self.has("demand", c, importer):
            wants = self._spread("demand", c, importer)
            scale = amount / self._values["demand"][self._economy == importer, c].sum(axis=0)
            offers = self._values["supply"][:, c] * (self._economy == exporter)[:, None] * scale
        elif self.has("demand", c, exporter) and self.has("supply", c, importer):
            wants, offers = self._spread("supply", c, importer), SLACK * amount * self._spread("demand", c, exporter)
        else:
            return None, None
        if not self._network_reaches(c, offers[:, 0] > 0, wants[:, 0] > 0):
            return None, None
        return offers[:, :, None] * self._season, (amount * wants)[:, :, None] * self._season

    def _spread(self, name: str, c: int, economy: str) -> Array:
        """Return the shares of an economy's nodes, (node, year)."""
        own = self._values[name][:, c] * (self._economy == economy)[:, None]
        shares: Array = own / own.sum(axis=0)
        return shares

    def _network_reaches(self, c: int, offers: Flags, wants: Flags) -> bool:
        """Say whether every place that wants a carrier is on a way from one that offers it."""
        carrier, place = self._network.carriers[c].id, {node.id: k for k, node in enumerate(self._network.nodes)}
        ends = [(place[a.origin], place[a.destination], a.two_way) for a in self._network.arcs if carrier in a.carriers]
        ways = [*((a, b) for a, b, _ in ends), *((b, a) for a, b, both in ends if both)]
        tails, heads = np.array(ways, dtype=int).reshape(-1, 2).T
        reached = offers.copy()
        while not reached[more := heads[reached[tails]]].all():
            reached[more] = True
        return bool(reached[wants].all())


def _nearest(network: Network, carrier: int, years: Sequence[int]) -> list[int]:
    """Return for each year the position of the nearest one in which a carrier has demand, of any where it never has."""
    wanted = network.demand.values[:, carrier].sum(axis=(0, 2)) > 0
    known = np.flatnonzero(wanted) if wanted.any() else np.arange(len(network.years))
    own = np.array(network.years)[known]
    return [int(known[np.argmin(np.abs(own - year))]) for year in years]


def _check(mixes: Sequence[Mix], sectors: Sequence[str], carriers: Sequence[str]) -> None:
    """Refuse unknown labels, values of nothing, and shares that do not sum to one."""
    total: dict[tuple[str, str, str], float] = {}
    for mix in mixes:
        if mix.sector not in sectors or mix.carrier not in carriers or not mix.usd_per_unit > 0:
            raise BadInputError(
                f"value mix of {mix.sector} in {mix.carrier}", "unknown label, or no value a unit",
                allowed=f"sectors {', '.join(sectors)}; carriers {', '.join(carriers)}; a value above 0",
                remedy="correct the row",
            )  # fmt: skip
        key = mix.sector, mix.exporter, mix.importer
        total[key] = total.get(key, 0.0) + mix.share
    wrong = sorted(key for key, share in total.items() if abs(share - 1) > 1e-6)
    if wrong:
        raise BadInputError(
            f"value mix of {', '.join(' '.join(filter(None, key)) for key in wrong)}",
            f"shares sum to {total[wrong[0]]:g}", allowed="1", remedy="correct the shares",
        )  # fmt: skip
