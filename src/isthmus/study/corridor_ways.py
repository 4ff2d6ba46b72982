"""Rows of places, links and routes: what maps and time and cost charts are drawn from."""

from collections.abc import Iterator

import numpy as np

from isthmus.corridors.flow import Flows
from isthmus.corridors.network import ArcKind, Network
from isthmus.corridors.routes import Route, route_table, step_table
from isthmus.study.corridor_rows import CorridorCase
from isthmus.study.corridor_tables import NameRow, PlaceRow, RouteRow, StepRow, WayLinkRow

INDICATORS = (
    "tfi1_hours_per_crossing", "tfi2_usd_per_crossing_20t", "tfi3_usd_per_500km_20t", "swd_kmh", "swod_kmh"
)  # fmt: skip
_CROSSING = (ArcKind.GAUGE, ArcKind.BORDER)
_OTHER = (ArcKind.SEA, ArcKind.PIPE, ArcKind.WIRE)


def place_rows(network: Network) -> Iterator[PlaceRow]:
    """Yield the nodes."""
    for node in network.nodes:
        known = not np.isnan(node.lat + node.lon)
        yield PlaceRow(node.id, node.economy, node.mode, node.lat if known else None, node.lon if known else None)


def link_rows(flows: Flows) -> Iterator[WayLinkRow]:
    """Yield the arcs that can be used in the last year of flows, with what passes."""
    network = flows.network
    tonnes = np.nan_to_num(np.array([c.tonnes for c in network.carriers])) / 1e6
    for a, arc in enumerate(network.arcs):
        if not flows.times.open[a, -1]:
            continue
        passing = float(flows.flow.values[a, :, :, -1].sum(axis=0) @ tonnes)
        weighed = any(np.isfinite(c.tonnes) for c in network.carriers if c.id in arc.carriers)
        limited = bool(np.isfinite(flows.times.capacity[a, -1]))
        use = 100 * float(flows.utilisation.values[a, :, :, -1].max())
        yield WayLinkRow(
            arc.id, arc.origin, arc.destination, str(arc.kind), arc.km, passing if weighed else None, use if limited else None,
            arc.note,
        )  # fmt: skip


def route_rows(case: CorridorCase) -> Iterator[RouteRow]:
    """Yield the routes of the pair's trade today, the largest of each carrier and direction first."""
    flows = case.today.flows
    network, chosen = flows.network, _of_the_pair(case)
    frame = route_table(flows, tuple(route for _, route in chosen))
    for (number, route), row in zip(chosen, frame.to_dict("records"), strict=True):
        carrier = network.carriers[route.carrier]
        hours, crossing, section, slow, quick = (
            None if np.isnan(row[name]) else float(row[name]) for name in INDICATORS
        )
        yield RouteRow(
            route=number, carrier=carrier.like or carrier.id, exporter=row["from_economy"], importer=row["to_economy"],
            origin=row["origin"], destination=row["destination"], crossing=_crossing(network, route),
            delivered=row["delivered"], km=row["km"], hours=row["hours"], cost_usd_per_unit=row["cost_usd_per_unit"],
            scarcity_usd_per_unit=row["scarcity_usd_per_unit"], crossing_hours=hours, crossing_usd=crossing,
            section_usd=section, speed_kmh=slow, speed_without_delay_kmh=quick, arcs=row["arcs"], unit=carrier.unit,
        )  # fmt: skip


def step_rows(case: CorridorCase) -> Iterator[StepRow]:
    """Yield kilometres, hours and money along every route, the start included."""
    flows, chosen = case.today.flows, _of_the_pair(case)
    for row in step_table(flows, tuple(route for _, route in chosen)).to_dict("records"):
        number, route = chosen[row["route"]]
        if row["step"] == 1:
            yield StepRow(number, 0, "", "", flows.network.nodes[route.origin].id, 0.0, 0.0, 0.0)
        so_far = (row[f"{name}_so_far"] for name in ("km", "hours", "money_usd_per_unit"))
        yield StepRow(number, row["step"], row["arc"], row["kind"], row["node"], *so_far)


def name_rows(network: Network) -> Iterator[NameRow]:
    """Yield the names that the network gives, in every language it has."""
    for label, names in network.names.items():
        for lang, name in names.items():
            yield NameRow(label, lang, name)


def _of_the_pair(case: CorridorCase) -> list[tuple[int, Route]]:
    """Return the routes of the pair's trade with their numbers, by carrier and direction, the largest first."""
    network = case.today.flows.network
    found = []
    for route in case.today.found:
        ends = [network.nodes[n].economy for n in (route.origin, route.destination)]
        if ends[0] != ends[1] and set(ends) <= set(case.partners):
            found.append(route)
    order = sorted(found, key=lambda r: (r.carrier, network.nodes[r.origin].economy, -r.delivered, r.hops))
    return list(enumerate(order, start=1))


def _crossing(network: Network, route: Route) -> str:
    """Return the arc by which a route leaves: its last change of gauge or border, else its sea leg, pipe or wire."""
    arcs = [network.arcs[a] for a, _ in route.hops]
    economy = {node.id: node.economy for node in network.nodes}
    over = [a for a in arcs if economy[a.origin] != economy[a.destination]]
    for kinds in (_CROSSING, _OTHER):
        listed = [a.id for a in over if a.kind in kinds] or [a.id for a in arcs if a.kind in kinds]
        if listed:
            return listed[0]
    return over[0].id if over else arcs[-1].id
