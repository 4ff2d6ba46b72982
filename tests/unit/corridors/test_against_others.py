"""The same networks in models written separately: SciPy's linprog a year and family, networkx where all is integral."""

import networkx as nx
import numpy as np
import pytest
from networks import arc, carrier, network, node, random_network
from scipy.optimize import linprog

from isthmus.corridors.flow import families, flow
from isthmus.corridors.network import Network


def independent_cost(given: Network, family: str, year: int) -> float:
    """Cost of one family and year from the tables alone: one variable an arc, direction, carrier, season and queue step."""
    y = given.years.index(year)
    mine = [c for c in given.carriers if c.family == family]
    cost, edges = [], []
    for a in given.arcs:
        for tail, head in [(a.origin, a.destination)] + ([(a.destination, a.origin)] if a.two_way else []):
            for c in mine:
                if c.id not in a.carriers:
                    continue
                for s, (season, _) in enumerate(given.seasons):
                    if season in a.closed_seasons:
                        continue
                    steps = given.queue if a.queue_hours else ((1.0, 0.0),)
                    for k, (_, waited) in enumerate(steps):
                        hours = a.hours + waited * a.queue_hours
                        cost.append((a.km * a.rate + a.fee) * c.cost_factor + hours / 24 * c.time_value * c.value)
                        edges.append((a, tail, head, c, s, k))
    sources = [
        (n.id, c, s)
        for n in given.nodes for c in mine for s in range(len(given.seasons))
        if float(given.supply.sel(node=n.id, carrier=c.id, year=year)[s]) > 0
    ]  # fmt: skip
    cost += [float(given.supply_cost.sel(node=n, carrier=c.id, year=year)) for n, c, _ in sources]
    bounds = [(0, None)] * len(edges)
    bounds += [(0, float(given.supply.sel(node=n, carrier=c.id, year=year)[s])) for n, c, s in sources]
    equal, need = [], []
    for n in given.nodes:
        for c in mine:
            for s in range(len(given.seasons)):
                row = [0.0] * len(cost)
                for j, (a, tail, head, other, t, _) in enumerate(edges):
                    if other is c and t == s:
                        row[j] = (1 - a.loss_share if head == n.id else 0.0) - (1.0 if tail == n.id else 0.0)
                for j, source in enumerate(sources):
                    if source == (n.id, c, s):
                        row[len(edges) + j] = 1.0
                equal.append(row)
                need.append(float(given.demand.sel(node=n.id, carrier=c.id, year=year)[s]))
    below, limit = [], []
    for a in given.arcs:
        room = min(a.capacity, a.capacity_b)
        if np.isinf(room):
            continue
        widths = np.diff([0.0] + [reach for reach, _ in given.queue]) if a.queue_hours else [1.0]
        for tail in [a.origin] + ([a.destination] if a.two_way else []):
            for s, (_, share) in enumerate(given.seasons):
                for k, width in enumerate(widths):
                    row = [0.0] * len(cost)
                    for j, (b, start, _, c, t, step) in enumerate(edges):
                        if b is a and start == tail and t == s and step == k:
                            row[j] = c.weight
                    below.append(row)
                    limit.append(room * width * share)
    assert y >= 0
    done = linprog(
        cost, A_ub=below or None, b_ub=limit or None, A_eq=equal, b_eq=need, bounds=bounds, method="highs-ipm"
    )
    assert done.status == 0
    return float(done.fun)


@pytest.mark.parametrize("seed", range(24))
def test_objective_equals_that_of_an_independent_model(seed: int) -> None:
    given = random_network(seed, queues=seed % 3 == 1, seasons=seed % 4 == 2, losses=seed % 2 == 0)
    found = flow(given)
    for f, family in enumerate(families(given)):
        for y, year in enumerate(given.years):
            assert found.cost.values[f, y] == pytest.approx(independent_cost(given, family, year), rel=1e-6)
    assert max(found.residuals.values()) < 1e-9


@pytest.mark.parametrize("seed", range(6))
def test_integral_networks_cost_what_networkx_finds(seed: int) -> None:
    rng = np.random.default_rng(seed)
    names = [f"n{i}" for i in range(10)]
    graph, arcs = nx.DiGraph(), []
    for i, a in enumerate(names):
        for b in names:
            if a != b and (rng.random() < 0.35 or b == names[(i + 1) % 10]):
                fee, room = int(rng.integers(1, 30)), int(rng.integers(3, 12)) if rng.random() < 0.6 else 1000
                graph.add_edge(a, b, weight=fee, capacity=room)
                arcs.append(arc(f"{a}-{b}", a, b, km=0.0, fee=float(fee), capacity=float(room)))
    wanted = {n: int(rng.integers(1, 6)) for n in names[5:]}
    for n, q in wanted.items():
        graph.nodes[n]["demand"] = q
    graph.nodes["n0"]["demand"] = -sum(wanted.values())
    demand = {(n, "c0", 2025): float(q) for n, q in wanted.items()}
    try:
        cost, _ = nx.network_simplex(graph)
    except nx.NetworkXUnfeasible:
        pytest.skip("the drawn network does not carry the demand")
    supply = {("n0", "c0", 2025): float(sum(wanted.values()))}
    found = flow(network([node(n) for n in names], arcs, [carrier()], supply, demand))
    assert found.cost.item() == pytest.approx(cost, rel=1e-9)
