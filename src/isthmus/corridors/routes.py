"""Routes: the flows taken apart into ways from a source to a destination, with what each costs in money and hours.

Beside money and hours each route carries the four indicators of corridor performance measurement: hours and cost of a
border crossing (TFI1, TFI2), cost of 500 km for 20 tonnes (TFI3), speed with and without delay (TFI4: SWD, SWOD).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from isthmus.corridors.flow import DIRECTIONS, Flows, families
from isthmus.corridors.network import Arc, ArcKind

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
class Hop:
    """What one arc adds to a route: km, hours, and USD for each unit sent; `kept` is what is left of the unit before it."""

    arc: Arc
    node: str
    km: float
    hours: float
    kept: float
    money: float
    fee: float
    scarcity: float


def routes(flows: Flows) -> tuple[Route, ...]:
    """Take the flows of every carrier and year apart into routes.

    Flows of the seasons of a year are taken together. What goes round in a circle belongs to no route and is left out.
    """
    network = flows.network
    place = {node.id: i for i, node in enumerate(network.nodes)}
    ends = np.array([[place[a.origin], place[a.destination]] for a in network.arcs]).reshape(-1, 2)
    loss = np.array([arc.loss_share for arc in network.arcs])
    found: list[Route] = []
    for y in range(len(network.years)):
        for c in range(len(network.carriers)):
            amount = flows.flow.values[:, :, c, y]
            supply = flows.supplied.values[:, c, y] + flows.discharged.values[:, c, y]
            for origin, hops, sent, delivered in _decompose(amount, supply, ends, loss):
                last, way = hops[-1]
                found.append(Route(y, c, origin, int(ends[last, 1 - way]), tuple(hops), sent, delivered))
    return tuple(found)


def route_table(flows: Flows, found: tuple[Route, ...]) -> pd.DataFrame:
    """Return one row a route with amounts, money, hours and the indicators; indicators are empty without weight."""
    network = flows.network
    rows = []
    for number, route in enumerate(found):
        carrier = network.carriers[route.carrier]
        steps = list(hops(flows, route))
        money = sum(step.money for step in steps)
        hours = sum(step.hours for step in steps)
        km = sum(step.km for step in steps)
        waiting = sum(step.hours * step.kept for step in steps) / 24 * carrier.time_value * carrier.value
        rows.append(
            {
                "route": number,
                "year": network.years[route.year],
                "carrier": carrier.id,
                "origin": network.nodes[route.origin].id,
                "destination": network.nodes[route.destination].id,
                "from_economy": network.nodes[route.origin].economy,
                "to_economy": network.nodes[route.destination].economy,
                "arcs": ";".join(network.arcs[a].id for a, _ in route.hops),
                "flow": route.sent,
                "delivered": route.delivered,
                "km": km,
                "hours": hours,
                "money_usd_per_unit": money,
                "time_usd_per_unit": waiting,
                "cost_usd_per_unit": money + waiting,
                "scarcity_usd_per_unit": sum(step.scarcity for step in steps),
                **_indicators(steps, money, hours, km, carrier.tonnes),
            }
        )
    return pd.DataFrame(rows, columns=None if rows else list(ROUTE_COLUMNS))


ROUTE_COLUMNS = (
    "route", "year", "carrier", "origin", "destination", "from_economy", "to_economy", "arcs", "flow", "delivered", "km",
    "hours", "money_usd_per_unit", "time_usd_per_unit", "cost_usd_per_unit", "scarcity_usd_per_unit", "crossings",
    "tfi1_hours_per_crossing", "tfi2_usd_per_crossing_20t", "tfi3_usd_per_500km_20t", "swd_kmh", "swod_kmh",
)  # fmt: skip


def step_table(flows: Flows, found: tuple[Route, ...]) -> pd.DataFrame:
    """Return the time/cost-distance line of each route: after every arc, km, hours and USD per unit so far."""
    rows = []
    for number, route in enumerate(found):
        far = {"km": 0.0, "hours": 0.0, "money": 0.0}
        for order, step in enumerate(hops(flows, route)):
            far = {name: far[name] + getattr(step, name) for name in far}
            rows.append(
                {
                    "route": number,
                    "step": order + 1,
                    "arc": step.arc.id,
                    "kind": str(step.arc.kind),
                    "node": step.node,
                    "km_so_far": far["km"],
                    "hours_so_far": far["hours"],
                    "money_usd_per_unit_so_far": far["money"],
                }
            )
    names = ["route", "step", "arc", "kind", "node", "km_so_far", "hours_so_far", "money_usd_per_unit_so_far"]
    return pd.DataFrame(rows, columns=names)


def hops(flows: Flows, route: Route) -> Iterator[Hop]:
    """Yield what each hop of a route adds to a unit sent; what was lost before pays nothing any more."""
    network, y = flows.network, route.year
    carrier = network.carriers[route.carrier]
    family = families(network).index(carrier.family)
    times, wait, scarcity = flows.times, flows.wait.values, flows.scarcity.values
    kept = 1.0
    for a, direction in route.hops:
        arc = network.arcs[a]
        yield Hop(
            arc=arc,
            node=arc.destination if DIRECTIONS[direction] == "forward" else arc.origin,
            km=arc.km,
            hours=float(times.hours[a, y] + wait[a, direction, route.carrier, y]),
            kept=kept,
            money=float(times.money[a, y]) * carrier.cost_factor * kept,
            fee=float(times.fee[a, y]) * carrier.cost_factor * kept,
            scarcity=float(scarcity[a, direction, family, y]) * carrier.weight * kept,
        )
        kept *= 1 - arc.loss_share


def _indicators(steps: list[Hop], money: float, hours: float, km: float, tonnes: float) -> dict[str, float]:
    """Return the indicators; a border and the change of gauge at it are one crossing."""
    crossing = [step for step in steps if step.arc.kind in CROSSING]
    count = max(sum(step.arc.kind == ArcKind.BORDER for step in steps), min(1, len(crossing)))
    shipment = SHIPMENT_TONNES / tonnes
    moving = sum(step.hours for step in steps if step.arc.kind in MOVING)
    return {
        "crossings": count,
        "tfi1_hours_per_crossing": sum(step.hours for step in crossing) / count if count else np.nan,
        "tfi2_usd_per_crossing_20t": sum(step.money for step in crossing) * shipment / count if count else np.nan,
        "tfi3_usd_per_500km_20t": money * shipment / km * SECTION_KM if km > 0 else np.nan,
        "swd_kmh": km / hours if hours > 0 and km > 0 else np.nan,
        "swod_kmh": km / moving if moving > 0 and km > 0 else np.nan,
    }


def _decompose(
    amount: np.ndarray, supply: np.ndarray, ends: np.ndarray, loss: np.ndarray
) -> Iterator[tuple[int, list[ArcUse], float, float]]:
    """Yield (origin, hops, sent, delivered) until supply or flow is used up.

    A walk follows the largest flow out of a node and stops where nothing more leaves than came in; a circle met on the
    way is taken off and forgotten.
    """
    least = SMALL * max(float(amount.max(initial=0.0)), float(supply.max(initial=0.0)))
    out: dict[int, dict[ArcUse, float]] = {}
    for a, d in np.argwhere(amount > least):
        out.setdefault(int(ends[a, d]), {})[int(a), int(d)] = float(amount[a, d])
    left = {int(n): float(supply[n]) for n in np.argwhere(supply > least).ravel()}
    inflow = np.zeros(len(supply))
    for leaving in out.values():
        for (a, d), q in leaving.items():
            inflow[ends[a, 1 - d]] += q * (1 - loss[a])
    outflow = {n: sum(leaving.values()) for n, leaving in out.items()}
    ends_here = {n: supply[n] + inflow[n] - outflow.get(n, 0.0) for n in range(len(supply))}
    for origin in sorted(left):
        own = min(left[origin], max(ends_here[origin], 0.0)) if inflow[origin] <= least else 0.0
        ends_here[origin] -= own
        left[origin] -= own
        while left[origin] > least:
            hops = _walk(origin, out, ends, ends_here, least, loss)
            if not hops:
                break
            keep = np.cumprod([1 - loss[a] for a, _ in hops])
            before = np.concatenate([[1.0], keep[:-1]])
            last = int(ends[hops[-1][0], 1 - hops[-1][1]])
            room = [out[int(ends[a, d])][a, d] / b for (a, d), b in zip(hops, before, strict=True)]
            sent = min(left[origin], *room, max(ends_here[last], least) / keep[-1])
            for (a, d), b in zip(hops, before, strict=True):
                _take(out[int(ends[a, d])], (a, d), sent * b, least)
            left[origin] -= sent
            ends_here[last] -= sent * keep[-1]
            yield origin, hops, float(sent), float(sent * keep[-1])


def _walk(
    origin: int, out: dict[int, dict[ArcUse, float]], ends: np.ndarray, ends_here: dict[int, float], least: float,
    loss: np.ndarray,
) -> list[ArcUse]:  # fmt: skip
    """Follow the largest flow from `origin` to a node where something stays."""
    hops: list[ArcUse] = []
    visited = [origin]
    at = origin
    while not hops or ends_here[at] <= least:
        leaving = out.get(at)
        if not leaving:
            return hops if hops and ends_here[at] > 0 else []
        hop = max(leaving, key=lambda h: (leaving[h], -h[0]))
        hops.append(hop)
        at = int(ends[hop[0], 1 - hop[1]])
        if at in visited:
            first = visited.index(at)
            circle = hops[first:]
            least_of_all = min(out[int(ends[a, d])][a, d] for a, d in circle)
            for a, d in circle:
                _take(out[int(ends[a, d])], (a, d), least_of_all, least)
            hops, visited = hops[:first], visited[: first + 1]
            continue
        visited.append(at)
    return hops


def _take(leaving: dict[ArcUse, float], hop: ArcUse, quantity: float, least: float) -> None:
    """Take a quantity off a flow, and the flow away when nothing is left."""
    leaving[hop] -= quantity
    if leaving[hop] <= least:
        del leaving[hop]
