"""Routes: the flows taken apart into ways from a source to a destination, with what each costs in money and hours.

Beside money and hours each route carries the four indicators of corridor performance measurement: hours and cost of a
border crossing (TFI1, TFI2), cost of 500 km for 20 tonnes (TFI3), speed with and without delay (TFI4: SWD, SWOD).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import mul

import numpy as np
import pandas as pd

from isthmus.core.axes import Array
from isthmus.core.sums import summed
from isthmus.corridors.flow import DIRECTIONS, Flows, families
from isthmus.corridors.network import ArcKind
from isthmus.corridors.program import Index

SMALL = 1e-9
"""Share of the largest flow below which an amount is taken as none."""
SHIPMENT_TONNES, SECTION_KM = 20.0, 500.0
"""What the indicators are stated for: a shipment of 20 tonnes, a section of 500 km."""
MOVING = (ArcKind.LINE, ArcKind.SEA, ArcKind.PIPE, ArcKind.WIRE)
CROSSING = (ArcKind.BORDER, ArcKind.GAUGE)
ArcUse = tuple[int, int]


@dataclass(frozen=True)
class Route:
    """One way that goods take: positions of year, carrier, ends; hops as (arc, direction); units sent and arriving."""

    year: int
    carrier: int
    origin: int
    destination: int
    hops: tuple[ArcUse, ...]
    sent: float
    delivered: float


@dataclass(frozen=True)
class Hops:
    """What every arc adds to some routes; all arrays run over the hops of one route after the other.

    Attributes
    ----------
    route, step
        Position of the route among those given, and of the hop on it.
    year, carrier, family, arc, direction
        Positions in the network and its flows.
    kept
        What is left of a unit sent before the hop: what was lost pays nothing any more.
    hours
        With what is waited.
    money, fee, scarcity
        USD for each unit sent.
    """

    route: Index
    step: Index
    year: Index
    carrier: Index
    family: Index
    arc: Index
    direction: Index
    kept: Array
    km: Array
    hours: Array
    money: Array
    fee: Array
    scarcity: Array


def routes(flows: Flows) -> tuple[Route, ...]:
    """Take the flows of every carrier and year apart into routes.

    Flows of the seasons of a year are taken together. What goes round in a circle belongs to no route and is left out.
    """
    network, moved = flows.network, flows.flow.values
    place = {node.id: i for i, node in enumerate(network.nodes)}
    ends = [(place[a.origin], place[a.destination]) for a in network.arcs]
    loss = [arc.loss_share for arc in network.arcs]
    offered = flows.supplied.values + flows.discharged.values
    found: list[Route] = []
    for y, c in np.ndindex(len(network.years), len(network.carriers)):
        for origin, hops, sent, delivered in _decompose(moved[:, :, c, y], offered[:, c, y], ends, loss):
            last, way = hops[-1]
            found.append(Route(y, c, origin, ends[last][1 - way], tuple(hops), sent, delivered))
    return tuple(found)


def hops(flows: Flows, found: Sequence[Route]) -> Hops:
    """Return what each arc adds to the routes found."""
    network, times = flows.network, flows.times
    route = np.repeat(np.arange(len(found)), np.array([len(r.hops) for r in found], dtype=int))
    step = np.arange(len(route)) - np.searchsorted(route, route)
    year, carrier = (np.array([getattr(r, name) for r in found], dtype=int)[route] for name in ("year", "carrier"))
    arc, direction = np.array([hop for r in found for hop in r.hops], dtype=int).reshape(-1, 2).T
    listed = families(network)
    family = np.array([listed.index(c.family) for c in network.carriers], dtype=int)[carrier]
    factor, weight = (np.array([getattr(c, n) for c in network.carriers])[carrier] for n in ("cost_factor", "weight"))
    km, loss = (np.array([getattr(a, name) for a in network.arcs])[arc] for name in ("km", "loss_share"))
    kept = _along(step, np.where(step > 0, np.roll(1 - loss, 1), 1.0), np.multiply)
    return Hops(
        route=route, step=step, year=year, carrier=carrier, family=family, arc=arc, direction=direction, kept=kept, km=km,
        hours=times.hours[arc, year] + flows.wait.values[arc, direction, carrier, year],
        money=times.money[arc, year] * factor * kept,
        fee=times.fee[arc, year] * factor * kept,
        scarcity=flows.scarcity.values[arc, direction, family, year] * weight * kept,
    )  # fmt: skip


def route_table(flows: Flows, found: tuple[Route, ...]) -> pd.DataFrame:
    """Return one row a route with amounts, money, hours and the indicators; indicators are empty without weight."""
    network, each = flows.network, hops(flows, found)
    carriers = [network.carriers[r.carrier] for r in found]
    ends = [[network.nodes[n] for n in (r.origin, r.destination)] for r in found]
    day = np.array([c.time_value for c in carriers])
    money, hours, km = (_total(each, values) for values in (each.money, each.hours, each.km))
    waiting = _total(each, each.hours * each.kept) / 24 * day * np.array([c.value for c in carriers])
    tonnes = np.array([c.tonnes for c in carriers])
    columns = {
        "route": np.arange(len(found)),
        "year": [network.years[r.year] for r in found],
        "carrier": [c.id for c in carriers],
        "origin": [origin.id for origin, _ in ends],
        "destination": [destination.id for _, destination in ends],
        "from_economy": [origin.economy for origin, _ in ends],
        "to_economy": [destination.economy for _, destination in ends],
        "arcs": [";".join(network.arcs[a].id for a, _ in r.hops) for r in found],
        "flow": [r.sent for r in found],
        "delivered": [r.delivered for r in found],
        "km": km,
        "hours": hours,
        "money_usd_per_unit": money,
        "time_usd_per_unit": waiting,
        "cost_usd_per_unit": money + waiting,
        "scarcity_usd_per_unit": _total(each, each.scarcity),
    }
    return pd.DataFrame(columns | _indicators(flows, each, money, hours, km, SHIPMENT_TONNES / tonnes))


def step_table(flows: Flows, found: tuple[Route, ...]) -> pd.DataFrame:
    """Return the time/cost-distance line of each route: after every arc, km, hours and USD per unit so far."""
    each, arcs = hops(flows, found), flows.network.arcs
    passed = [(arcs[a], DIRECTIONS[d]) for a, d in zip(each.arc, each.direction, strict=True)]
    columns = {
        "route": each.route,
        "step": each.step + 1,
        "arc": [arc.id for arc, _ in passed],
        "kind": [str(arc.kind) for arc, _ in passed],
        "node": [arc.destination if direction == "forward" else arc.origin for arc, direction in passed],
        "km_so_far": _along(each.step, each.km, np.add),
        "hours_so_far": _along(each.step, each.hours, np.add),
        "money_usd_per_unit_so_far": _along(each.step, each.money, np.add),
    }
    return pd.DataFrame(columns)


def _along(step: Index, values: Array, join: np.ufunc) -> Array:
    """Return values joined along each route, up to and with every hop."""
    found = values.copy()
    for k in range(1, int(step.max(initial=0)) + 1):
        at = np.flatnonzero(step == k)
        found[at] = join(found[at - 1], values[at])
    return found


def _total(each: Hops, values: Array) -> Array:
    """Return the sum over the hops of each route."""
    return summed(each.route, values, int(each.route.max(initial=-1)) + 1)


def _indicators(flows: Flows, each: Hops, money: Array, hours: Array, km: Array, shipment: Array) -> dict[str, Array]:
    """Return the indicators of each route; a border and the change of gauge at it are one crossing."""
    kinds = [arc.kind for arc in flows.network.arcs]
    crossing, moving, border = (
        np.array([kind in some for kind in kinds])[each.arc] for some in (CROSSING, MOVING, (ArcKind.BORDER,))
    )
    count = np.maximum(_total(each, 1.0 * border), np.minimum(_total(each, 1.0 * crossing), 1.0))
    rolling = _total(each, each.hours * moving)
    return {
        "crossings": count.astype(int),
        "tfi1_hours_per_crossing": _over(_total(each, each.hours * crossing), count),
        "tfi2_usd_per_crossing_20t": _over(_total(each, each.money * crossing) * shipment, count),
        "tfi3_usd_per_500km_20t": _over(money * shipment, km) * SECTION_KM,
        "swd_kmh": np.where(km > 0, _over(km, hours), np.nan),
        "swod_kmh": np.where(km > 0, _over(km, rolling), np.nan),
    }


def _over(above: Array, below: Array) -> Array:
    """Return a ratio, NaN where there is nothing below."""
    ratio: Array = np.divide(above, below, out=np.full(len(below), np.nan), where=below > 0)
    return ratio


def _decompose(
    amount: Array, supply: Array, ends: Sequence[ArcUse], loss: Sequence[float]
) -> Iterator[tuple[int, list[ArcUse], float, float]]:
    """Yield (origin, hops, sent, delivered) until supply or flow is used up.

    A walk follows the largest flow out of a node and stops where nothing more leaves than came in; a circle met on the
    way is taken off and forgotten.
    """
    least = SMALL * max(float(amount.max(initial=0.0)), float(supply.max(initial=0.0)))
    out: dict[int, dict[ArcUse, float]] = {}
    for (a, d), q in zip(np.argwhere(amount > least).tolist(), amount[amount > least].tolist(), strict=True):
        out.setdefault(ends[a][d], {})[a, d] = q
    inflow = [0.0] * len(supply)
    for leaving in out.values():
        for (a, d), q in leaving.items():
            inflow[ends[a][1 - d]] += q * (1 - loss[a])
    outflow = {n: sum(leaving.values()) for n, leaving in out.items()}
    offered = supply.tolist()
    ends_here = [s + inflow[n] - outflow.get(n, 0.0) for n, s in enumerate(offered)]
    for origin in np.flatnonzero(supply > least).tolist():
        own = min(offered[origin], max(ends_here[origin], 0.0)) if inflow[origin] <= least else 0.0
        ends_here[origin] -= own
        left = offered[origin] - own
        while left > least:
            hops = _walk(origin, out, ends, ends_here, least)
            if not hops:
                break
            keep = list(accumulate((1 - loss[a] for a, _ in hops), mul))
            before = [1.0, *keep[:-1]]
            last = ends[hops[-1][0]][1 - hops[-1][1]]
            room = (out[ends[a][d]][a, d] / b for (a, d), b in zip(hops, before, strict=True))
            sent = min(left, *room, max(ends_here[last], least) / keep[-1])
            for (a, d), b in zip(hops, before, strict=True):
                _take(out[ends[a][d]], (a, d), sent * b, least)
            left -= sent
            ends_here[last] -= sent * keep[-1]
            yield origin, hops, sent, sent * keep[-1]


def _walk(
    origin: int, out: dict[int, dict[ArcUse, float]], ends: Sequence[ArcUse], ends_here: Sequence[float], least: float
) -> list[ArcUse]:
    """Follow the largest flow from `origin` to a node where something stays."""
    hops: list[ArcUse] = []
    visited = [origin]
    at = origin
    while not hops or ends_here[at] <= least:
        leaving = out.get(at)
        if not leaving:
            return hops if hops and ends_here[at] > 0 else []
        a, d = max(leaving, key=lambda h: (leaving[h], -h[0])) if len(leaving) > 1 else next(iter(leaving))
        hops.append((a, d))
        at = ends[a][1 - d]
        if at in visited:
            first = visited.index(at)
            circle = hops[first:]
            least_of_all = min(out[ends[a][d]][a, d] for a, d in circle)
            for a, d in circle:
                _take(out[ends[a][d]], (a, d), least_of_all, least)
            hops, visited = hops[:first], visited[: first + 1]
            continue
        visited.append(at)
    return hops


def _take(leaving: dict[ArcUse, float], hop: ArcUse, quantity: float, least: float) -> None:
    """Take a quantity off a flow, and the flow away when nothing is left."""
    leaving[hop] -= quantity
    if leaving[hop] <= least:
        del leaving[hop]
