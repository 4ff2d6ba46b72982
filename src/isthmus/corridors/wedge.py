"""From trade to tonnes, and from flows back to what crossing costs by sector and direction.

Trade values become units of carriers by value density; the solved flows say what each carrier pays on its ways, and that
becomes wedges (fractions of the value) and rents with a recipient (:eq:`corridor-wedge`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from isthmus.border.wedge import Component, TimeBase
from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Status
from isthmus.corridors.flow import Flows
from isthmus.corridors.network import Array, Kind, Network
from isthmus.corridors.routes import Route, hops

COMPONENT_OF = {
    Kind.LINE: Component.FREIGHT,
    Kind.SEA: Component.FREIGHT,
    Kind.PIPE: Component.FREIGHT,
    Kind.WIRE: Component.FREIGHT,
    Kind.GAUGE: Component.TRANSHIPMENT,
    Kind.TRANSFER: Component.TRANSHIPMENT,
    Kind.BORDER: Component.PROCEDURES,
}
"""Component that the money paid on an arc belongs to; its hours are time."""
COMPONENTS = (Component.FREIGHT, Component.TIME, Component.TRANSHIPMENT, Component.PROCEDURES)
_AT_THE_BORDER = (Kind.BORDER, Kind.GAUGE)
_PAIR = ("exporter", "importer")


@dataclass(frozen=True)
class Mix:
    """What part of a sector's trade value goes in a carrier, and USD of the sector's goods in a unit of it."""

    sector: str
    carrier: str
    share: float
    usd_per_unit: float
    source: str = ""
    status: Status = Status.ASSUMED


@dataclass(frozen=True)
class Volumes:
    """Units of each carrier by (carrier, exporter, importer, year), and the million USD that no carrier takes."""

    units: xr.DataArray
    without_carrier: pd.DataFrame


def volumes(trade: xr.DataArray, mixes: Sequence[Mix], carriers: Sequence[str]) -> Volumes:
    """Turn trade values into units of carriers.

    Parameters
    ----------
    trade
        Million USD by (sector, exporter, importer, year).
    mixes
        Shares of each sector sum to one; a sector without a mix crosses no network (services).
    carriers
        Ids of the network's carriers.

    Raises
    ------
    BadInputError
        When shares of a sector do not sum to one, or a mix names an unknown sector or carrier.
    """
    sectors = [str(s) for s in trade["sector"].values]
    share = _mix_array(mixes, sectors, carriers)
    units = np.tensordot(share, 1e6 * trade.transpose("sector", *_PAIR, "year").values, axes=(0, 0))
    labels = {"carrier": list(carriers), **{d: trade[d].values for d in (*_PAIR, "year")}}
    without = [s for s in sectors if s not in {m.sector for m in mixes}]
    left = trade.sel(sector=without).rename("value_musd").to_dataframe().reset_index()
    return Volumes(xr.DataArray(units, dims=tuple(labels), coords=labels), left[left["value_musd"] > 0])


def placed(network: Network, units: xr.DataArray) -> tuple[Network, pd.DataFrame]:
    """Put volumes on the network: its own supply and demand say how a carrier spreads over the nodes of an economy.

    Returns
    -------
    Network, DataFrame
        The network with the years of `units` and these volumes (supply grows as demand does from the nearest year of the
        network; carriers without any volume stay as they were then), and the volumes of directions it has no nodes for.
    """
    years = tuple(int(y) for y in units["year"].values)
    nearest = [int(np.argmin([abs(y - own) for own in network.years])) for y in years]
    supply, demand = (getattr(network, name).values[:, :, nearest].copy() for name in ("supply", "demand"))
    economy = np.array([node.economy for node in network.nodes])
    season = np.array([share for _, share in network.seasons])
    plain = {"supply": supply.sum(axis=3), "demand": demand.sum(axis=3)}
    touched, rows = set(), []
    for c, carrier in enumerate(network.carriers):
        if carrier.id not in units["carrier"].values:
            continue
        for e, i in [(str(a), str(b)) for a in units["exporter"].values for b in units["importer"].values if a != b]:
            amount = units.sel(carrier=carrier.id, exporter=e, importer=i).values
            offers, wants = economy == e, economy == i
            has = plain["supply"][offers, c].sum(axis=0) > 0, plain["demand"][wants, c].sum(axis=0) > 0
            if not (has[0] & has[1]).all():
                rows += [(carrier.id, e, i, y, q) for y, q in zip(years, amount, strict=True) if q > 0]
                continue
            if c not in touched:
                supply[:, c], demand[:, c] = 0.0, 0.0
                touched.add(c)
            growth = amount / plain["demand"][wants, c].sum(axis=0)
            for name, to, side in (("supply", supply, offers), ("demand", demand, wants)):
                to[:, c] += (plain[name][:, c] * side[:, None] * growth)[:, :, None] * season
    labels = {d: network.demand[d].values for d in network.demand.dims} | {"year": list(years)}
    made = [xr.DataArray(a, dims=network.demand.dims, coords=labels) for a in (supply, demand)]
    cost = network.supply_cost.isel(year=nearest).assign_coords(year=list(years))
    left = pd.DataFrame(rows, columns=["carrier", "exporter", "importer", "year", "units"])
    return replace(network, years=years, supply=made[0], demand=made[1], supply_cost=cost), left


def wedges(
    flows: Flows,
    found: Sequence[Route],
    mixes: Sequence[Mix],
    base: TimeBase,
    benchmark: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """Return what crossing adds by component, sector, exporter, importer and year, as fractions of the value.

    Parameters
    ----------
    flows, found
        Solved flows and their routes.
    mixes
        As in `volumes`.
    base
        Whether hours of the whole journey count, or those at borders and changes of gauge alone.
    benchmark
        USD a unit of each carrier that an ordinary domestic haul costs; freight is what lies above it.
    """
    rows = []
    for key, cost in _mean_costs(flows, found, base).items():
        carrier, exporter, importer, year = key
        for mix in (m for m in mixes if m.carrier == carrier and m.share > 0):
            usual = (benchmark or {}).get(carrier, 0.0)
            parts: dict[Component, float] = {c: cost[c] / mix.usd_per_unit for c in COMPONENTS if c != Component.TIME}
            parts[Component.FREIGHT] = max(cost[Component.FREIGHT] - usual, 0.0) / mix.usd_per_unit
            parts[Component.TIME] = cost[Component.TIME]
            rows += [(str(c), mix.sector, exporter, importer, year, mix.share, x) for c, x in parts.items()]
    names = ["component", "sector", "exporter", "importer", "year", "share", "value"]
    frame = pd.DataFrame(rows, columns=names)
    keys = names[:5]
    frame["weighted"] = frame["share"] * frame["value"]
    summed = frame.groupby(keys, sort=False, as_index=False)[["weighted", "share"]].sum()
    return summed.assign(value=summed["weighted"] / summed["share"]).drop(columns="weighted")


def rents(flows: Flows, found: Sequence[Route], mixes: Sequence[Mix]) -> pd.DataFrame:
    """Return scarcity rents and fees by recipient, sector, exporter, importer and year, as fractions of the value.

    They are paid beyond the resource cost in `wedges` (scarcity), or are a part of it (fee).
    """
    paid: dict[tuple[Any, ...], float] = {}
    carried: dict[tuple[Any, ...], float] = {}
    for route in found:
        key = _key(flows, route)
        carried[key] = carried.get(key, 0.0) + route.delivered
        for hop in hops(flows, route):
            for kind, recipient, usd in (
                ("scarcity", hop.arc.owner, hop.scarcity),
                ("fee", hop.arc.fee_recipient, hop.fee),
            ):
                paid[*key, kind, recipient] = paid.get((*key, kind, recipient), 0.0) + usd * route.sent
    rows = [
        (kind, recipient, mix.sector, *key[1:], mix.share * usd / carried[tuple(key)] / mix.usd_per_unit)
        for (*key, kind, recipient), usd in paid.items()
        if usd > 0
        for mix in mixes
        if mix.carrier == key[0] and mix.share > 0
    ]
    names = ["kind", "recipient", "sector", "exporter", "importer", "year", "value"]
    return pd.DataFrame(rows, columns=names).groupby(names[:6], sort=False, as_index=False).sum()


def _mix_array(mixes: Sequence[Mix], sectors: Sequence[str], carriers: Sequence[str]) -> Array:
    """Return units a USD of each (sector, carrier)."""
    share, total = np.zeros((len(sectors), len(carriers))), dict.fromkeys(sectors, 0.0)
    for mix in mixes:
        if mix.sector not in total or mix.carrier not in carriers or not mix.usd_per_unit > 0:
            raise BadInputError(
                f"value mix of {mix.sector} in {mix.carrier}", "unknown label, or no value a unit",
                allowed=f"sectors {', '.join(sectors)}; carriers {', '.join(carriers)}; a value above 0",
                remedy="correct the row",
            )  # fmt: skip
        total[mix.sector] += mix.share
        share[sectors.index(mix.sector), carriers.index(mix.carrier)] += mix.share / mix.usd_per_unit
    wrong = [s for s in {m.sector for m in mixes} if abs(total[s] - 1) > 1e-6]
    if wrong:
        raise BadInputError(
            f"value mix of {', '.join(sorted(wrong))}", f"shares sum to {total[sorted(wrong)[0]]:g}", allowed="1",
            remedy="correct the shares",
        )  # fmt: skip
    return share


def _key(flows: Flows, route: Route) -> tuple[str, str, str, int]:
    network = flows.network
    ends = (network.nodes[n].economy for n in (route.origin, route.destination))
    exporter, importer = ends
    return network.carriers[route.carrier].id, exporter, importer, network.years[route.year]


def _mean_costs(
    flows: Flows, found: Sequence[Route], base: TimeBase
) -> dict[tuple[str, str, str, int], dict[Component, float]]:
    """Return USD a unit delivered by component, time as a fraction of the value, means over the routes taken."""
    sums: dict[tuple[str, str, str, int], dict[Component, float]] = {}
    carried: dict[tuple[str, str, str, int], float] = {}
    for route in found:
        key = _key(flows, route)
        if key[1] == key[2]:
            continue
        cost = sums.setdefault(key, dict.fromkeys(COMPONENTS, 0.0))
        carried[key] = carried.get(key, 0.0) + route.delivered
        for hop in hops(flows, route):
            cost[COMPONENT_OF[hop.arc.kind]] += hop.money * route.sent
            if base == TimeBase.JOURNEY or hop.arc.kind in _AT_THE_BORDER:
                days = hop.hours / 24 * hop.kept
                cost[Component.TIME] += days * flows.network.carriers[route.carrier].time_value * route.sent
    return {key: {c: x / carried[key] for c, x in cost.items()} for key, cost in sums.items()}
