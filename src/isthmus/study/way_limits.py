"""How much of what measures cut in the cost of crossing full ways take back, by sector and direction (:eq:`ways-taken`)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from isthmus.core.axes import Array
from isthmus.corridors.ledger import Cell
from isthmus.corridors.network import Kind, Network
from isthmus.corridors.volume import mixes_of
from isthmus.study.corridor_tables import WayLimitRow
from isthmus.study.coupling import Coupled, Point, Ways, by_cell
from isthmus.study.freight import cells_of_trade

PIPED = (Kind.PIPE, Kind.WIRE)
"""Ways whose room is a contract's, not a guess."""
LEAST = 1e-9
"""Cuts below this are none."""


def with_room(factor: float) -> Callable[[Network], Network]:
    """Return what gives crossings, lines, ports and sea legs so much of their room."""

    def build(network: Network) -> Network:
        return replace(
            network,
            arcs=tuple(
                a if a.kind in PIPED else replace(a, capacity=a.capacity * factor, capacity_b=a.capacity_b * factor)
                for a in network.arcs
            ),
        )

    return build


def way_limit_rows(point: Point, solved: Sequence[Coupled]) -> Iterator[WayLimitRow]:
    """Yield what full ways take back of the cuts of all measures.

    Parameters
    ----------
    point
        The deadline with the plans' changes.
    solved
        Trade and ways with less room, with the room there is, and with more.
    """
    cuts = _cuts(point)
    taken = [taken_shares(point, one.ways, cuts) for one in solved]
    for cell, cut in cuts.items():
        less, central, more = (100 * shares.get(cell, 0.0) for shares in taken)
        yield WayLimitRow(
            *cell, cut_pct=100 * cut, taken_less_pct=less, taken_pct=central, taken_more_pct=more,
            trade_musd=_trade(point, cell),
        )  # fmt: skip


def taken_shares(point: Point, ways: Ways, cuts: Mapping[Cell, float]) -> dict[Cell, float]:
    """Return by cell the share of a cut that dearer ways use up.

    Within a family of carriers, which share their ways, some goods go dearer and some cheaper; the sum of both, where it is a
    cost, is laid on those that go dearer. What full ways earn is income and no cost.
    """
    network, found = point.freight.given.network, dict[Cell, float]()
    levels = {cell: level for cell, (level, _, _) in by_cell(point, ways).items()}
    for family in dict.fromkeys(carrier.family for carrier in network.carriers):
        own = {carrier.id for carrier in network.carriers if carrier.family == family}
        part = Ways(
            price={key: usd for key, usd in ways.price.items() if key[0] in own},
            rent={key: paid for key, paid in ways.rent.items() if key[0] in own},
        )
        burnt = {
            cell: (rise - sum(rents.values())) / levels[cell]
            for cell, (_, rise, rents) in by_cell(point, part).items()
            if cell in levels and cell in cuts
        }
        sums = [sum(_trade(point, c) * x for c, x in burnt.items() if x * sign > 0) for sign in (1, -1)]
        if sums[0] > 0:
            net = max(sum(sums), 0.0) / sums[0]
            for cell, x in burnt.items():
                found[cell] = found.get(cell, 0.0) + max(x, 0.0) * net / cuts[cell]
    return {cell: min(share, 1.0) for cell, share in found.items()}


def _cuts(point: Point) -> dict[Cell, float]:
    """Return what the measures cut in the cost of crossing, in logarithms, of goods that the network carries."""
    freight, shape = point.freight, point.problem.model.pi.shape
    ln_cost: Array = np.zeros(int(np.prod(shape)))
    ln_cost[point.changes.cells] = point.changes.ln_cost
    sectors, economies = list(freight.world.sectors), list(freight.world.economies)
    found = {}
    for sector, exporter, importer, _ in cells_of_trade(freight.trade):
        at = sectors.index(sector), economies.index(exporter), economies.index(importer)
        cut = -float(ln_cost.reshape(shape)[at])
        if cut > LEAST and mixes_of(freight.given.mixes, sector, exporter, importer):
            found[Cell(sector, exporter, importer)] = cut
    return found


def _trade(point: Point, cell: Cell) -> float:
    return float(point.freight.trade.sel(sector=cell.sector, exporter=cell.exporter, importer=cell.importer))
