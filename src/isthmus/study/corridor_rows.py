"""From flows to rows: what fits, what is full, who receives it, and how it compares with what is known."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr

from isthmus.core.axes import Array
from isthmus.corridors.calibration import compare
from isthmus.corridors.fit import first_binding, fit_table
from isthmus.corridors.flow import DIRECTIONS, Flows
from isthmus.corridors.network import Network
from isthmus.levers.worlds import PlanWorld
from isthmus.study.components import THIRD, third_weights, with_third
from isthmus.study.corridor_tables import (
    BesideRow,
    BindingRow,
    CarrierEnergyRow,
    CouplingRoundRow,
    KnownRow,
    LimitRow,
    OutsideRow,
    ShareRow,
    TradeLimitRow,
    UnmetRow,
    VolumeRow,
    WayRow,
)
from isthmus.study.coupling import CARRIER, Coupled, CouplingStart, by_cell
from isthmus.study.freight import Freight, Solved, cells_of_trade
from isthmus.study.network import NetworkSection

KNOWN = ("id", "year", "observed", "computed", "met", "used", "what", "cause", "status", "source", "unit")
"""Columns of the comparison that a row takes as they are."""


@dataclass(frozen=True, kw_only=True)
class CorridorCase:
    """Everything the tables of the corridors are made of.

    Attributes
    ----------
    today
        Flows of today's trade.
    worlds
        Flows by world; those of years to come have several years.
    wanted, reference
        The network with what trade of the plans asks for, and the price at which all of it comes.
    """

    freight: Freight
    partners: tuple[str, ...]
    today: Solved
    worlds: Mapping[str, Flows]
    wanted: Network
    reference: Array


def way_rows(case: CorridorCase) -> Iterator[WayRow]:
    """Yield ways with a limit that carry anything, by world, year and direction."""
    for world, flows in case.worlds.items():
        network, use = flows.network, flows.utilisation.values
        units = {c.family: c.unit for c in network.carriers}
        for a, d, f, y in np.argwhere(use > 0):
            family = str(flows.utilisation["family"].values[f])
            capacity = float(flows.times.capacity[a, y]) * _open_share(network, a)
            dual = float(flows.scarcity.values[a, d, f, y])
            yield WayRow(
                world=world, year=network.years[y], arc=network.arcs[a].id, direction=DIRECTIONS[d], family=family,
                load=float(use[a, d, f, y]) * capacity, capacity=capacity, utilisation_pct=100 * float(use[a, d, f, y]),
                scarcity_usd_per_unit=dual, rent_musd=dual * capacity / 1e6, unit=units[family],
            )  # fmt: skip


def binding_rows(case: CorridorCase) -> Iterator[BindingRow]:
    """Yield the first year in which each way is full, by world."""
    for world, flows in case.worlds.items():
        for row in first_binding(flows).to_dict("records"):
            yield BindingRow(world, row["arc"], row["direction"], row["family"], row["year"], row["dual"])


def unmet_rows(case: CorridorCase, flows: Flows) -> Iterator[UnmetRow]:
    """Yield what the plans' trade wants and what gets across, by year, carrier and importer."""
    found = fit_table(flows, case.reference)
    like = {c.id: c.like or c.id for c in flows.network.carriers}
    found = found[found["economy"].isin(case.partners)].assign(carrier=lambda t: t["carrier"].map(like))
    groups: Any = found.groupby(["year", "carrier", "economy"], sort=False)
    for (year, carrier, economy), rows in groups:
        wanted, unmet = rows["wanted"].sum(), rows["unmet"].sum()
        pays = float(np.average(rows["unmet_pays_usd_per_unit"], weights=rows["unmet"])) if unmet > 0 else 0.0
        yield UnmetRow(
            int(year), carrier, economy, float(wanted), float(wanted - unmet), float(100 * unmet / wanted), pays,
            float(rows["unmet_value_usd"].sum() / 1e6), str(rows["unit"].iloc[0]),
        )  # fmt: skip


def limit_rows(
    case: CorridorCase,
    worlds: tuple[PlanWorld, PlanWorld],
    coupled: tuple[Coupled, Coupled, Coupled | None],
) -> Iterator[LimitRow]:
    """Yield real income with and without limits; worlds and cases: plans, then with joint measures, then with projects.

    The last one is None where trade and ways do not agree in it.
    """
    weights = third_weights(case.freight.world, case.partners)
    logs = [w.at_deadline.welfare.ln_real_income for w in worlds] + [c.ln_real_income for c in coupled[:2]]
    plans, agreed, plans_full, agreed_full = (with_third(100 * np.expm1(x), weights) for x in logs)
    last = coupled[2]
    built = None if last is None else with_third(100 * np.expm1(last.ln_real_income), weights)
    labels = [*case.freight.world.economies, THIRD]
    for label in (*case.partners, THIRD):
        n = labels.index(label)
        yield LimitRow(
            label, float(agreed[n]), float(agreed_full[n]), None if built is None else float(built[n]),
            float(agreed[n] - plans[n]), float(agreed_full[n] - plans_full[n]),
        )  # fmt: skip


def trade_limit_rows(
    case: CorridorCase, free: xr.DataArray, coupled: tuple[Coupled, Coupled | None], point: CouplingStart
) -> Iterator[TradeLimitRow]:
    """Yield the volume of trade on the network under the plans: ways as today, with limits, and with all projects."""
    before, (agreed, built) = case.freight.trade, coupled
    taken = {m.sector for m in case.freight.given.mixes}
    sectors = [s for s in before["sector"].values if str(s) in taken]
    rises = by_cell(point, agreed.ways)
    for exporter in case.partners:
        for importer in (p for p in case.partners if p != exporter):
            at = {"sector": sectors, "exporter": exporter, "importer": importer}
            whole = float(before.sel(at).sum())
            if whole <= 0:
                continue
            now, limited = (100 * (float(t.sel(at).sum()) / whole - 1) for t in (free, agreed.trade))
            roomy = None if built is None else 100 * (float(built.trade.sel(at).sum()) / whole - 1)
            dearer = sum(
                float(before.sel(sector=cell.sector, exporter=exporter, importer=importer)) * rise / level
                for cell, (level, rise, _) in rises.items()
                if (cell.exporter, cell.importer) == (exporter, importer)
            )
            yield TradeLimitRow(exporter, importer, now, limited, roomy, 100 * dearer / whole)


def round_rows(coupled: Mapping[str, Coupled]) -> Iterator[CouplingRoundRow]:
    """Yield the residual of every round."""
    for case, found in coupled.items():
        for number, residual in enumerate(found.residuals, start=1):
            yield CouplingRoundRow(case, number, residual)


def beside_rows(freight: Freight, section: NetworkSection) -> Iterator[BesideRow]:
    """Yield both sides of every cell that the network took over, with its trade at the prices that money is told in."""
    trade = {cell[:3]: cell[3] * freight.level for cell in cells_of_trade(freight.trade)}
    for row in section.replaced.rows:
        yield BesideRow(
            **vars(row),
            inside=row.ledger_low <= row.network <= row.ledger_high,
            trade_musd=trade.get((row.sector, row.exporter, row.importer), 0.0),
        )


def share_rows(case: CorridorCase) -> Iterator[ShareRow]:
    """Yield who receives what on the ways of the pair's trade today, a side of the trade with what carriers may add."""
    sums: dict[tuple[str, str, str, str], float] = {}
    for (_, exporter, importer, _), passage in case.today.passed.items():
        if exporter in case.partners and importer in case.partners:
            for (kind, recipient), usd in passage.paid.items():
                key = recipient, kind, exporter, importer
                sums[key] = sums.get(key, 0.0) + usd * passage.delivered / 1e6
    sums = {key: musd for key, musd in sums.items() if musd > 0}
    unnamed = {key[1:]: musd for key, musd in sums.items() if key[0] == CARRIER}
    for way in unnamed:
        for side in way[1:]:
            sums.setdefault((side, *way), 0.0)
    for key, musd in sorted(sums.items(), key=lambda item: -item[1]):
        more = unnamed.get(key[1:], 0.0) if key[0] in key[2:] else 0.0
        yield ShareRow(*key, musd, 0.0 if key[0] == CARRIER else musd, musd + more)


def volume_rows(case: CorridorCase, agreed: Coupled) -> Iterator[VolumeRow]:
    """Yield volumes by value and as the network has them, and those of the plans at the deadline."""
    units = {c.id: c.unit for c in case.freight.given.network.carriers}
    after = _by_direction(agreed.network)
    for row in case.freight.beside.to_dict("records"):
        carrier, exporter, importer = row["carrier"], row["exporter"], row["importer"]
        counted = None if np.isnan(row["on_network"]) else float(row["on_network"])
        moved = after.get((carrier, importer), 0.0)
        yield VolumeRow(carrier, exporter, importer, float(row["by_value"]), counted, moved, units[carrier])


def known_rows(flows: Flows, freight: Freight) -> Iterator[KnownRow]:
    """Yield known volumes beside those computed on the network's own demand."""
    for row in compare(flows, freight.given.observations).to_dict("records"):
        same = {name: row[name] for name in KNOWN}
        yield KnownRow(**same, gap_pct=100 * row["gap"])


def energy_rows(case: CorridorCase) -> Iterator[CarrierEnergyRow]:
    """Yield delivery, losses and cost of every form of energy, by world and year."""
    for world, flows in case.worlds.items():
        network = flows.network
        demand = network.demand.values.sum(axis=3) - flows.unmet.values
        economy = np.array([node.economy for node in network.nodes])
        loss = np.array([arc.loss_share for arc in network.arcs])
        for c, carrier in enumerate(network.carriers):
            for importer in case.partners if carrier.energy else ():
                for y, year in enumerate(network.years):
                    here = demand[economy == importer, c, y]
                    if here.sum() <= 0:
                        continue
                    lost = float((flows.flow.values[:, :, c, y].sum(axis=1) * loss).sum())
                    price = float(np.average(flows.price.values[economy == importer, c, y], weights=here))
                    yield CarrierEnergyRow(
                        world, year, carrier.like or carrier.id, importer, float(here.sum()),
                        100 * lost / (float(here.sum()) + lost), price, carrier.unit,
                    )  # fmt: skip


def outside_rows(freight: Freight, section: NetworkSection) -> Iterator[OutsideRow]:
    """Yield trade of goods that does not take the network, at the prices that money is told in."""
    taken = {(row.sector, row.exporter, row.importer) for row in section.crossings.rows}
    for sector, exporter, importer, value in cells_of_trade(freight.trade):
        if sector in freight.world.goods and (sector, exporter, importer) not in taken:
            yield OutsideRow(sector, exporter, importer, value * freight.level)


def _by_direction(network: Network) -> dict[tuple[str, str], float]:
    """Return demand by carrier and importer."""
    found: dict[tuple[str, str], float] = {}
    demand = network.demand.values.sum(axis=(2, 3))
    for n, c in np.argwhere(demand > 0):
        carrier = network.carriers[c]
        key = carrier.like or carrier.id, network.nodes[n].economy
        found[key] = found.get(key, 0.0) + float(demand[n, c])
    return found


def _open_share(network: Network, arc: int) -> float:
    """Return the share of the year in which an arc can be used."""
    return sum(share for name, share in network.seasons if name not in network.arcs[arc].closed_seasons)
