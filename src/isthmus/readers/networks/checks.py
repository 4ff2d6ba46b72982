"""Checks of a corridor network that look at more than one cell."""

from collections import deque
from collections.abc import Sequence

import numpy as np

from isthmus.core.errors import BadInputError
from isthmus.corridors.network import Arc, Carrier, Network, Node
from isthmus.readers.tables import ReadTable


def check_range(
    table: ReadTable, columns: Sequence[str], low: float, *, above: bool = False, below: float = np.inf
) -> None:
    """Refuse numbers under `low` (or equal to it with `above`), or from `below` on; empty cells pass."""
    for name in columns:
        if name not in table.frame:
            continue
        values = table.frame[name].to_numpy(dtype=float)
        wrong = (values < low) | (values >= below) | (above & (values == low))
        if wrong.any():
            position = int(np.argmax(wrong))
            ids = table.frame.columns[0]
            upper = "" if np.isinf(below) else f" and below {below:g}"
            raise BadInputError(
                f"{table.row(position)}, {ids} {table.frame.iloc[position][ids]}, column {name}",
                f"found {values[position]:g} ({int(wrong.sum())} such cells)",
                allowed=f"numbers {'above' if above else 'from'} {low:g}{upper}",
                remedy="correct the cell",
            )


def check_nodes(nodes: Sequence[Node], arcs: Sequence[Arc]) -> None:
    """Refuse nodes that no arc touches, and arcs from a node to itself."""
    loops = [arc.id for arc in arcs if arc.origin == arc.destination]
    if loops:
        raise BadInputError(
            f"arcs.csv, arc {', '.join(loops)}",
            "starts where it ends",
            allowed="two nodes",
            remedy="correct from or to",
        )
    touched = {end for arc in arcs for end in (arc.origin, arc.destination)}
    dangling = [node.id for node in nodes if node.id not in touched]
    if dangling:
        raise BadInputError(
            f"nodes.csv, node {', '.join(dangling)}",
            "has no arc",
            allowed="nodes at the end of at least one arc",
            remedy="connect or remove it",
        )


def check_demand(network: Network) -> None:
    """Refuse demand that no supply of its carrier can reach by any arc, whatever its capacity or year."""
    lost = []
    for c, carrier in enumerate(network.carriers):
        ahead: dict[str, list[str]] = {}
        for arc in network.arcs:
            if carrier.id in arc.carriers:
                ahead.setdefault(arc.origin, []).append(arc.destination)
                if arc.two_way:
                    ahead.setdefault(arc.destination, []).append(arc.origin)
        supply, demand = (a.values[:, c].sum(axis=(1, 2)) > 0 for a in (network.supply, network.demand))
        reached = {node.id for node, has in zip(network.nodes, supply, strict=True) if has}
        waiting = deque(reached)
        while waiting:
            for place in ahead.get(waiting.popleft(), []):
                if place not in reached:
                    reached.add(place)
                    waiting.append(place)
        wanted = [node.id for node, has in zip(network.nodes, demand, strict=True) if has]
        lost += [f"{place} ({carrier.id})" for place in wanted if place not in reached]
    if lost:
        raise BadInputError(
            f"demand.csv, node {', '.join(lost)}",
            "cannot be reached from any supply of its carrier",
            allowed="demand at nodes that arcs for the carrier connect with a supply",
            remedy="add an arc or a supply, or remove the demand",
        )


def shared_by_families(arcs: Sequence[Arc], carriers: Sequence[Carrier]) -> list[str]:
    """Say which limited arcs more than one family uses: each family has the whole capacity."""
    family = {carrier.id: carrier.family for carrier in carriers}
    found = []
    for arc in arcs:
        used = sorted({family[c] for c in arc.carriers})
        if len(used) > 1 and np.isfinite(min(arc.capacity, arc.capacity_b)):
            found.append(f"arc {arc.id}: families {', '.join(used)} have its whole capacity each")
    return found
