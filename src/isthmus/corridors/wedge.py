"""From flows back to what crossing costs by sector and direction.

The solved flows say what each carrier pays on its ways; as fractions of the value carried that becomes wedges, and rents
with a recipient (:eq:`corridor-wedge`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
import pandas as pd

from isthmus.border.wedge import Component, TimeBase
from isthmus.core.axes import Array
from isthmus.core.sums import summed
from isthmus.corridors.flow import Flows
from isthmus.corridors.network import ArcKind, Network
from isthmus.corridors.program import Index
from isthmus.corridors.routes import Hops, Route, hops
from isthmus.corridors.volume import Mix, mixes_of

COMPONENT_OF = {
    ArcKind.LINE: Component.FREIGHT,
    ArcKind.SEA: Component.FREIGHT,
    ArcKind.PIPE: Component.FREIGHT,
    ArcKind.WIRE: Component.FREIGHT,
    ArcKind.GAUGE: Component.TRANSHIPMENT,
    ArcKind.TRANSFER: Component.TRANSHIPMENT,
    ArcKind.BORDER: Component.PROCEDURES,
}
"""Component that the money paid on an arc belongs to; its hours are time."""
COMPONENTS = (Component.FREIGHT, Component.TIME, Component.TRANSHIPMENT, Component.PROCEDURES)
MONEY = (Component.FREIGHT, Component.TRANSHIPMENT, Component.PROCEDURES)
"""Components that are paid in money."""
SCARCITY, FEE = "scarcity", "fee"
_FULL = 1e-6
_AT_THE_BORDER = (ArcKind.BORDER, ArcKind.GAUGE)

CarrierWay = tuple[str, str, str, int]
"""Carrier, exporter, importer, year; a copy of a carrier counts as the carrier."""

Label = TypeVar("Label")


@dataclass(frozen=True)
class Arrival:
    """What a unit of a carrier pays that arrives from one economy in another, mean over the ways taken.

    Attributes
    ----------
    money
        USD by kind of arc.
    hours
        Hours at borders and changes of gauge, and on the rest of the way.
    time_share
        What these hours cost as fractions of the value, with the carrier's own cost of a day.
    paid
        USD by ``scarcity`` or ``fee`` and recipient; a fee is a part of `money`, a scarcity price comes on top.
    delivered
        Units.
    """

    money: Mapping[ArcKind, float] = field(default_factory=dict)
    hours: tuple[float, float] = (0.0, 0.0)
    time_share: tuple[float, float] = (0.0, 0.0)
    paid: Mapping[tuple[str, str], float] = field(default_factory=dict)
    delivered: float = 0.0

    def component(self, component: Component) -> float:
        """Return the USD of a component other than time."""
        return sum(usd for kind, usd in self.money.items() if COMPONENT_OF[kind] == component)

    def scarcity(self) -> float:
        """Return what full arcs take from a unit, USD."""
        return sum(usd for (kind, _), usd in self.paid.items() if kind == SCARCITY)


def passages(flows: Flows, found: Sequence[Route]) -> dict[CarrierWay, Arrival]:
    """Return what every carrier pays between every two economies, means over the routes taken."""
    abroad = [(way, route) for way, route in zip(_ways(flows.network, found), found, strict=True) if way[1] != way[2]]
    keys = {way: k for k, way in enumerate(dict.fromkeys(way for way, _ in abroad))}
    of = np.array([keys[way] for way, _ in abroad], dtype=int)
    sent, delivered = (np.array([getattr(route, name) for _, route in abroad]) for name in ("sent", "delivered"))
    arrived = summed(of, delivered, len(keys))
    each, arcs = hops(flows, [route for _, route in abroad]), flows.network.arcs
    of, sent, delivered = of[each.route], sent[each.route], delivered[each.route]
    money = _means(of, each.arc, [(arc.kind,) for arc in arcs], (each.money * sent)[:, None], arrived)
    usd = np.stack([_shared(flows, each) * sent, each.fee * sent], axis=1)
    paid = _means(of, each.arc, [((SCARCITY, a.owner), (FEE, a.fee_recipient)) for a in arcs], usd, arrived)
    side = 2 * of + np.array([arc.kind not in _AT_THE_BORDER for arc in arcs], dtype=int)[each.arc]
    hours, kept_hours = (
        summed(side, amount, 2 * len(keys)).reshape(-1, 2) / arrived[:, None]
        for amount in (each.hours * delivered, each.hours * each.kept * sent)
    )
    day = {c.like or c.id: c.time_value for c in flows.network.carriers}
    return {
        key: Arrival(
            money=money[k], hours=_two(hours[k]), time_share=_two(kept_hours[k] / 24 * day[key[0]]), paid=paid[k],
            delivered=float(arrived[k]),
        )
        for key, k in keys.items()
    }  # fmt: skip


def wedges(
    passed: Mapping[CarrierWay, Arrival],
    mixes: Sequence[Mix],
    base: TimeBase,
    benchmark: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """Return what crossing adds by component, sector, exporter, importer and year, as fractions of the value.

    Parameters
    ----------
    passed
        What each carrier pays, from `passages`.
    mixes
        As in `volumes`.
    base
        Whether hours of the whole journey count, or those at borders and changes of gauge alone.
    benchmark
        USD a unit of each carrier that an ordinary domestic haul costs; freight is what lies above it.
    """
    rows = []
    for sector, (carrier, *pair, year), mix, passage in sector_passages(passed, mixes):
        usual = (benchmark or {}).get(carrier, 0.0)
        parts: dict[Component, float] = {c: passage.component(c) / mix.usd_per_unit for c in COMPONENTS if c in MONEY}
        parts[Component.FREIGHT] = max(passage.component(Component.FREIGHT) - usual, 0.0) / mix.usd_per_unit
        parts[Component.TIME] = passage.time_share[0] + passage.time_share[1] * (base == TimeBase.JOURNEY)
        rows += [(str(c), sector, *pair, year, mix.share, parts[c]) for c in COMPONENTS]
    names = ["component", "sector", "exporter", "importer", "year", "share", "value"]
    frame = pd.DataFrame(rows, columns=names)
    frame["weighted"] = frame["share"] * frame["value"]
    summed = frame.groupby(names[:5], sort=False, as_index=False)[["weighted", "share"]].sum()
    return summed.assign(value=summed["weighted"] / summed["share"]).drop(columns="weighted")


def rents(passed: Mapping[CarrierWay, Arrival], mixes: Sequence[Mix]) -> pd.DataFrame:
    """Return scarcity rents and fees by recipient, sector, exporter, importer and year, as fractions of the value.

    They are paid beyond the resource cost in `wedges` (scarcity), or are a part of it (fee).
    """
    rows = [
        (kind, recipient, sector, *key[1:], mix.share * usd / mix.usd_per_unit)
        for sector, key, mix, passage in sector_passages(passed, mixes)
        for (kind, recipient), usd in passage.paid.items()
        if usd > 0
    ]
    names = ["kind", "recipient", "sector", "exporter", "importer", "year", "value"]
    return pd.DataFrame(rows, columns=names).groupby(names[:6], sort=False, as_index=False).sum()


def sector_passages(
    passed: Mapping[CarrierWay, Arrival], mixes: Sequence[Mix]
) -> Iterator[tuple[str, CarrierWay, Mix, Arrival]]:
    """Yield each sector with the carriers that its goods go in where they pass."""
    for sector in dict.fromkeys(m.sector for m in mixes):
        for key, passage in passed.items():
            carrier, exporter, importer, _ = key
            for mix in mixes_of(mixes, sector, exporter, importer):
                if mix.carrier == carrier:
                    yield sector, key, mix, passage


def _ways(network: Network, found: Sequence[Route]) -> Iterator[CarrierWay]:
    """Yield the way of the carrier that each route is taken by."""
    goods = [c.like or c.id for c in network.carriers]
    for route in found:
        exporter, importer = (network.nodes[n].economy for n in (route.origin, route.destination))
        yield goods[route.carrier], exporter, importer, network.years[route.year]


def _shared(flows: Flows, each: Hops) -> Array:
    """Share the scarcity price of full arcs in a row among them.

    Where the same load fills one arc after another, only the sum of their prices is known: room on one alone would bring
    nothing, and the program's own division is arbitrary.
    """
    capacity = flows.times.capacity[each.arc, each.year]
    full = flows.utilisation.values[each.arc, each.direction, each.family, each.year] > 1 - _FULL
    like = np.isclose(capacity[:-1], capacity[1:], _FULL, 0.0) & full[1:] & full[:-1] & (each.step[1:] > 0)
    row = np.cumsum(np.concatenate([[False], ~like])[: len(full)])
    shared: Array = (summed(row, each.scarcity, len(row)) / np.maximum(np.bincount(row, minlength=len(row)), 1))[row]
    return shared


def _means(
    of: Index, arc: Index, labels: Sequence[tuple[Label, ...]], amount: Array, arrived: Array
) -> list[dict[Label, float]]:
    """Return by way the sums of amounts by label over what arrived, labels in the order in which they come.

    Parameters
    ----------
    of, arc
        Way and arc of each hop.
    labels
        Of each arc, what its amounts count to.
    amount
        (hop, label of its arc).
    arrived
        Units by way.
    """
    names = list(dict.fromkeys(label for of_arc in labels for label in of_arc))
    place = {label: k for k, label in enumerate(names)}
    each = np.array([[place[label] for label in of_arc] for of_arc in labels], dtype=int)[arc]
    codes, first, at = np.unique(of[:, None] * len(names) + each, return_index=True, return_inverse=True)
    sums = summed(at.ravel(), amount.ravel(), len(codes))
    found: list[dict[Label, float]] = [{} for _ in arrived]
    for k in np.argsort(first):
        way, label = divmod(int(codes[k]), len(names))
        found[way][names[label]] = float(sums[k] / arrived[way])
    return found


def _two(values: Array) -> tuple[float, float]:
    return float(values[0]), float(values[1])
