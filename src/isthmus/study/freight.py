"""Trade of the study on its network: what is carried today, what would be without the plans, and what trade under them adds."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import xarray as xr

from isthmus.core.axes import Array, labelled
from isthmus.corridors.flow import Flows, flow
from isthmus.corridors.given import CorridorInput
from isthmus.corridors.ledger import ENDS, Crossing, TradeCell, crossings
from isthmus.corridors.network import Dwell, Network, at_end, without_limits
from isthmus.corridors.routes import Route, routes
from isthmus.corridors.volume import anchored, growth, mixes_of, placed, volumes
from isthmus.corridors.wedge import Arrival, CarrierWay, passages
from isthmus.economy.baseline import Baseline
from isthmus.equilibrium.scenario import Changes
from isthmus.equilibrium.state import State
from isthmus.study.headline import HEADLINE_FIELDS, TABLE, newest_world, price_level
from isthmus.study.study import Study

FREIGHT_FIELDS = ("corridors", "partners", *HEADLINE_FIELDS)
"""Fields of the study that its freight is made of."""


@dataclass(frozen=True, kw_only=True)
class Freight:
    """Trade between the partners on the network in the year of the trade totals.

    Attributes
    ----------
    given
        The network and what ties it to trade.
    world, year
        World that headline numbers are computed on, and the year of its trade.
    trade
        Million USD, (sector, exporter, importer).
    units
        Units of carriers, (carrier, exporter, importer), as the network has them where it counted them.
    beside
        Units by value and as counted.
    left
        Volumes that the network has no nodes or no way for.
    level
        Level of the prices that money is told in over those of `trade`.
    """

    given: CorridorInput
    world: Baseline
    year: int
    trade: xr.DataArray
    units: xr.DataArray
    beside: pd.DataFrame
    network: Network
    left: pd.DataFrame
    level: float = 1.0

    @cached_property
    def elasticity(self) -> Mapping[tuple[str, str], float]:
        """Trade elasticity of each carrier and importer: that of its sectors, weighted by trade."""
        theta = dict(zip(self.world.sectors, map(float, self.world.elasticity.values), strict=True))
        sums: dict[tuple[str, str], list[float]] = {}
        for sector, exporter, importer, value in cells_of_trade(self.trade):
            for mix in mixes_of(self.given.mixes, sector, exporter, importer):
                sums.setdefault((mix.carrier, importer), [0.0, 0.0])
                sums[mix.carrier, importer][0] += value * mix.share * theta[sector]
                sums[mix.carrier, importer][1] += value * mix.share
        return {key: top / below for key, (top, below) in sums.items() if below > 0}

    @cached_property
    def usual_elasticity(self) -> float:
        """Mean trade elasticity of the sectors that have carriers."""
        known = {m.sector for m in self.given.mixes}
        pairs = zip(self.world.sectors, self.world.elasticity.values, strict=True)
        return float(np.mean([theta for sector, theta in pairs if sector in known]))

    @cached_property
    def by_value(self) -> Array:
        """Units of carriers by value alone, (carrier, exporter, importer)."""
        return _units(self.given, self.trade, self.year).values[..., 0]


@dataclass(frozen=True, kw_only=True)
class Solved:
    """Flows on a network with the ways they take, and what carriers pay."""

    flows: Flows
    found: tuple[Route, ...]
    passed: Mapping[CarrierWay, Arrival]


def freight_of(study: Study) -> Freight:
    """Put today's trade between the partners on the network."""
    assert study.corridors is not None
    given = study.corridors
    world, name, _ = newest_world(study)
    year = int(name) if name != TABLE else (world.table.year if world.table else 0) or given.network.years[0]
    trade = _between(world, study.partners, flows_of(world))
    units, beside = anchored(given.network, _units(given, trade, year))
    network, left = placed(given.network, units)
    return Freight(
        given=given, world=world, year=year, trade=trade, units=units.isel(year=0, drop=True), beside=beside,
        network=network, left=left, level=price_level(study),
    )  # fmt: skip


def ways_of(flows: Flows) -> Solved:
    """Take flows apart."""
    found = routes(flows)
    return Solved(flows=flows, found=found, passed=passages(flows, found))


def measured(freight: Freight) -> dict[Dwell, dict[TradeCell, Crossing]]:
    """Return what every sector pays in each direction today, at the low end of all ranges, in the middle, at the high end."""
    result: dict[Dwell, dict[TradeCell, Crossing]] = {}
    for end in ENDS:
        network = at_end(freight.network, end)
        passed, free = (ways_of(flow(n)).passed for n in (network, without_limits(network)))
        result[end] = crossings(network, passed, free, freight.given.mixes)
    return result


def volumes_under(
    freight: Freight, years: Sequence[int], trade: Mapping[int, xr.DataArray] | None = None
) -> xr.DataArray:
    """Return units of carriers in years to come: the network's own growth, times the change of trade.

    Parameters
    ----------
    trade
        Trade of each year at today's prices (see `volume_after`); None as it is today.
    """
    labels = {str(d): list(map(str, freight.units.get_index(d))) for d in freight.units.dims}
    carriers, importers = labels["carrier"], labels["importer"]
    units = np.repeat(freight.units.values[..., None], len(years), axis=-1)
    for (carrier, importer), factor in growth(freight.given.network, freight.year, years).items():
        if importer in importers:
            units[carriers.index(carrier), :, importers.index(importer)] *= factor
    if trade is not None:
        before = freight.by_value
        for position, year in enumerate(years):
            after = _units(freight.given, trade[year], year).values[..., 0]
            units[..., position] *= np.divide(after, before, out=np.ones_like(after), where=before > 0)
    return labelled(units, {**labels, "year": years})


def volume_after(freight: Freight, state: State, changes: Changes) -> xr.DataArray:
    """Return trade between the partners in a state at today's prices: what arrives, million USD, (sector, exporter, importer).

    Values are divided by the change of the price at the factory and of what melts on the way.
    """
    ln_cost = np.zeros(state.flows.size)
    ln_cost[changes.cells] = changes.ln_cost
    volume = state.flows / np.exp(state.ln_c)[:, :, None] / np.exp(ln_cost.reshape(state.flows.shape))
    partners = [str(x) for x in freight.trade["exporter"].values]
    return _between(freight.world, partners, volume)


def cells_of_trade(trade: xr.DataArray) -> Iterator[tuple[str, str, str, float]]:
    """Yield sector, exporter, importer and value of trade between different economies."""
    sectors, exporters, importers = ([str(x) for x in trade[d].values] for d in trade.dims)
    values = trade.values
    for j, i, n in np.argwhere(values > 0):
        yield sectors[j], exporters[i], importers[n], float(values[j, i, n])


def flows_of(world: Baseline) -> Array:
    """Return trade before tariff, (sector, exporter, importer)."""
    value: Array = world.trade_share.values * world.spending.values[:, None, :] / world.tariff_factor.values
    return value


def _between(world: Baseline, partners: Sequence[str], cube: Array) -> xr.DataArray:
    """Return the cells of a cube between different partners; those of one with itself are 0."""
    at = [world.economies.index(p) for p in partners]
    value = cube[:, at][:, :, at] * (1 - np.eye(len(at)))
    return labelled(value, {"sector": world.sectors, "exporter": partners, "importer": partners})


def _units(given: CorridorInput, trade: xr.DataArray, year: int) -> xr.DataArray:
    """Return units of carriers of one year's trade, (carrier, exporter, importer, year)."""
    carriers = [c.id for c in given.network.carriers]
    return volumes(trade.expand_dims(year=[year], axis=-1), given.mixes, carriers)
