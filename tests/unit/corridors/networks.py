"""Networks for tests: random ones with a ring that always carries what the limited arcs cannot, and small ones."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import xarray as xr

from isthmus.corridors.network import Arc, ArcKind, Carrier, Network, Node


def node(name: str, economy: str = "AA") -> Node:
    return Node(id=name, name=name, economy=economy, mode="rail")


def arc(name: str, origin: str, destination: str, **more: Any) -> Arc:
    plain = {
        "kind": ArcKind.LINE,
        "two_way": False,
        "carriers": ("c0",),
        "km": 100.0,
        "rate": 0.1,
        "fee": 0.0,
        "hours": 0.0,
    }
    given = {**plain, **more}
    return Arc(
        id=name, origin=origin, destination=destination,
        **{"hours_low": given["hours"], "hours_high": given["hours"], **given},
    )  # fmt: skip


def carrier(name: str = "c0", **more: Any) -> Carrier:
    plain = {
        "name": name,
        "family": "freight",
        "unit": "t",
        "value": 1000.0,
        "time_value": 0.01,
        "weight": 1.0,
        "tonnes": 1.0,
    }
    return Carrier(id=name, **{**plain, **more})


def network(
    nodes: Sequence[Node], arcs: Sequence[Arc], carriers: Sequence[Carrier], supply: dict[Any, float],
    demand: dict[Any, float], *, years: Sequence[int] = (2025,), seasons: Any = (("", 1.0),),
    supply_cost: dict[Any, float] | None = None, **more: Any,
) -> Network:  # fmt: skip
    """Supply and demand by (node, carrier, year) or (node, carrier, year, season)."""
    dims = ("node", "carrier", "year", "season")
    labels = {"node": [n.id for n in nodes], "carrier": [c.id for c in carriers], "year": list(years)}
    labels["season"] = [name for name, _ in seasons]
    shape = tuple(len(labels[d]) for d in dims)
    made = {}
    for name, given in (("supply", supply), ("demand", demand)):
        array = xr.DataArray(np.zeros(shape), dims=dims, coords=labels)
        for key, value in given.items():
            if len(key) == 4:
                array.loc[dict(zip(dims, key, strict=True))] = value
            else:
                array.loc[dict(zip(dims[:3], key, strict=True))] = value * np.array([s for _, s in seasons])
        made[name] = array
    cost = xr.DataArray(np.zeros(shape[:3]), dims=dims[:3], coords={d: labels[d] for d in dims[:3]})
    for key, value in (supply_cost or {}).items():
        cost.loc[dict(zip(dims[:3], key, strict=True))] = value
    return Network(
        nodes=tuple(nodes), arcs=tuple(arcs), carriers=tuple(carriers), years=tuple(years), supply_cost=cost,
        seasons=tuple(seasons), **made, **more,
    )  # fmt: skip


def random_network(
    seed: int, places: int = 12, count: int = 40, kinds: int = 3, years: Sequence[int] = (2025, 2026), families: int = 2,
    *, losses: bool = True, room: float = 1.0, queues: bool = False, seasons: bool = False,
) -> Network:  # fmt: skip
    """Draw a network with limited arcs, a dear ring without limits, weights, losses and several carriers."""
    rng = np.random.default_rng(seed)
    nodes = [node(f"n{i}", "AA" if i < places // 2 else "BB") for i in range(places)]
    carriers = [
        carrier(
            f"c{k}", family=f"f{k % families}", value=float(rng.uniform(100, 5000)),
            time_value=float(rng.uniform(0.0005, 0.01)), weight=float(rng.uniform(0.8, 1.5)),
            cost_factor=float(rng.uniform(0.5, 3)),
        )
        for k in range(kinds)
    ]  # fmt: skip
    pairs = [(i, (i + 1) % places) for i in range(places)]
    while len(pairs) < count:
        i, j = (int(x) for x in rng.integers(places, size=2))
        pairs += [(i, j)] if i != j else []
    arcs = []
    for k, (i, j) in enumerate(pairs):
        ring = k < places
        some = tuple(c.id for c in carriers if ring or rng.random() < 0.8)
        limits = (
            {}
            if ring
            else {"capacity": float(rng.uniform(5, 40)) * room, "capacity_b": float(rng.uniform(5, 40)) * room}
        )
        waiting = {"queue_hours": float(rng.uniform(5, 200))} if queues and not ring and rng.random() < 0.5 else {}
        arcs.append(
            arc(
                f"a{k}", f"n{i}", f"n{j}", two_way=bool(rng.random() < 0.4) and not ring, carriers=some,
                km=float(rng.uniform(50, 500)), rate=0.3 if ring else 0.03, fee=float(rng.uniform(0, 5)),
                hours=float(rng.uniform(1, 20)), loss_share=float(rng.choice([0.0, 0.01, 0.05])) if losses else 0.0,
                closed_seasons=("winter",) if seasons and not ring and rng.random() < 0.3 else (), **limits, **waiting,
            )
        )  # fmt: skip
    parts = (("summer", 0.6), ("winter", 0.4)) if seasons else (("", 1.0),)
    supply: dict[Any, float] = {}
    demand: dict[Any, float] = {}
    for c in carriers:
        sources = rng.choice(places, 3, replace=False)
        sinks = rng.choice(places, 5, replace=False)
        for y in years:
            wanted = {f"n{j}": float(rng.uniform(1, 20)) for j in sinks}
            demand |= {(n, c.id, y): q for n, q in wanted.items()}
            supply |= {
                (f"n{i}", c.id, y): sum(wanted.values()) * 2 / len(sources) * (1.5 if losses else 1) for i in sources
            }
    costs = {key: float(rng.uniform(0, 50)) for key in supply}
    queue = ((0.6, 0.0), (0.8, 0.2), (0.95, 0.6), (1.0, 1.0)) if queues else ()
    return network(nodes, arcs, carriers, supply, demand, years=years, seasons=parts, supply_cost=costs, queue=queue)
