"""What must hold of any network: more room never costs more, closing never costs less, duals are derivatives."""

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "unit" / "corridors"))

from networks import random_network

from isthmus.core.errors import InfeasibleError
from isthmus.corridors.fit import fit
from isthmus.corridors.flow import flow, total_cost
from isthmus.corridors.network import Closure, Network, with_closures, with_demand
from isthmus.corridors.routes import route_table, routes

SEEDS = st.integers(0, 10_000)
PART = st.floats(0, 1, exclude_max=True)


def roomier(given: Network, index: int, more: float) -> Network:
    arcs = list(given.arcs)
    arcs[index] = replace(arcs[index], capacity=arcs[index].capacity + more, capacity_b=arcs[index].capacity_b + more)
    return replace(given, arcs=tuple(arcs))


def chosen(given: Network, part: float) -> int:
    limited = [i for i, a in enumerate(given.arcs) if np.isfinite(a.capacity)]
    return limited[int(part * len(limited))]


@settings(max_examples=10, deadline=None)
@given(SEEDS, PART)
def test_more_capacity_never_costs_more(seed: int, part: float) -> None:
    drawn = random_network(seed)
    before = flow(drawn)
    after = flow(roomier(drawn, chosen(drawn, part), 10.0), start=before)
    assert (total_cost(after) <= total_cost(before) * (1 + 1e-9)).all()


@settings(max_examples=10, deadline=None)
@given(SEEDS, PART)
def test_closing_an_arc_never_costs_less_and_warm_equals_cold(seed: int, part: float) -> None:
    drawn = random_network(seed)
    before = flow(drawn)
    closed = with_closures(drawn, [Closure(drawn.arcs[chosen(drawn, part)].id)])
    warm, cold = flow(closed, start=before), flow(closed)
    assert (total_cost(warm) >= total_cost(before) * (1 - 1e-9)).all()
    assert total_cost(warm) == pytest.approx(total_cost(cold), rel=1e-9)


@settings(max_examples=6, deadline=None)
@given(SEEDS, st.booleans(), st.booleans())
def test_scarcity_equals_the_finite_difference(seed: int, queues: bool, seasons: bool) -> None:
    drawn = random_network(seed, queues=queues, seasons=seasons, room=0.7)
    before = flow(drawn)
    scarce = before.scarcity.sum(("direction", "family", "year")).values
    for index in np.argsort(-scarce)[:3]:
        smaller = min(drawn.arcs[index].capacity, drawn.arcs[index].capacity_b)
        if not scarce[index] or not np.isfinite(smaller):
            continue
        step = 1e-5 * smaller
        left, right = (float(total_cost(flow(roomier(drawn, int(index), h))).sum()) for h in (-step, step))
        base = float(total_cost(before).sum())
        low, high = (base - right) / step, (left - base) / step
        tolerance = 1e-4 * max(high, 1.0)
        assert low - tolerance <= scarce[index] <= high + tolerance


@settings(max_examples=6, deadline=None)
@given(SEEDS)
def test_the_delivered_cost_equals_the_finite_difference(seed: int) -> None:
    drawn = random_network(seed)
    before = flow(drawn)
    n, c, y, _ = (int(k) for k in np.argwhere(drawn.demand.values > 0)[0])
    step = 1e-5
    sides = []
    for h in (-step, step):
        more = drawn.demand.copy(deep=True)
        more.values[n, c, y, 0] += h
        sides.append(float(total_cost(flow(with_demand(drawn, supply=drawn.supply, demand=more)))[y]))
    base, price = float(total_cost(before)[y]), float(before.price.values[n, c, y])
    assert (base - sides[0]) / step - 1e-3 * price <= price <= (sides[1] - base) / step + 1e-3 * price


@settings(max_examples=10, deadline=None)
@given(SEEDS, st.booleans())
def test_losses_conserve_and_routes_add_up(seed: int, seasons: bool) -> None:
    drawn = random_network(seed, seasons=seasons)
    found = flow(drawn)
    loss = np.array([a.loss_share for a in drawn.arcs])[:, None, None, None]
    lost = (found.flow.values * loss).sum(axis=(0, 1))
    assert found.supplied.values.sum(axis=0) == pytest.approx(drawn.demand.values.sum(axis=(0, 3)) + lost, rel=1e-9)
    taken = routes(found)
    again = np.zeros(found.flow.shape)
    for route in taken:
        amount = route.sent
        for a, d in route.hops:
            again[a, d, route.carrier, route.year] += amount
            amount *= 1 - drawn.arcs[a].loss_share
        assert amount == pytest.approx(route.delivered)
    if not seasons:
        assert again == pytest.approx(found.flow.values, abs=1e-6)
        table = route_table(found, taken)
        moved = (table["cost_usd_per_unit"] * table["flow"]).sum()
        sourced = (found.supplied.values * drawn.supply_cost.values).sum()
        assert moved + sourced == pytest.approx(total_cost(found).sum(), rel=1e-6)


@settings(max_examples=6, deadline=None)
@given(SEEDS, st.floats(0.5, 10))
def test_what_fits_never_exceeds_what_is_wanted(seed: int, elasticity: float) -> None:
    drawn = random_network(seed, room=0.3)
    found = fit(drawn, elasticity)
    wanted = drawn.demand.values.sum(axis=3)
    assert (found.unmet.values <= wanted * (1 + 1e-9)).all()
    more = drawn.demand * 1.5
    larger = fit(with_demand(drawn, supply=drawn.supply * 1.5, demand=more), elasticity)
    assert larger.unmet.sum() >= found.unmet.sum() - 1e-6


def test_demand_beyond_capacity_is_named() -> None:
    drawn = random_network(0)
    tight = replace(drawn, arcs=tuple(replace(a, capacity=0.01, capacity_b=0.01) for a in drawn.arcs))
    with pytest.raises(InfeasibleError) as error:
        flow(tight)
    named = error.value.detail["unmet"][0]
    assert named["node"] in {n.id for n in drawn.nodes}
    assert named["carrier"] in {c.id for c in drawn.carriers}
    assert named["year"] == 2025
    assert named["node"] in str(error.value)
