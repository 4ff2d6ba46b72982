"""Strategies: invented worlds and scenarios for the property tests."""

import numpy as np
from hypothesis import strategies as st

from isthmus.economy.baseline import Baseline
from isthmus.economy.calibrate import calibrate
from isthmus.economy.synthetic import synthetic_world
from isthmus.equilibrium.scenario import Scenario, Shock


@st.composite
def baselines(draw: st.DrawFn, *, inputs: bool = True, tariffs: bool = True, balanced: bool = False) -> Baseline:
    n = draw(st.integers(2, 6))
    s = draw(st.integers(1, 5))
    seed = draw(st.integers(0, 10_000))
    world = synthetic_world(n, s, np.random.default_rng(seed), inputs=inputs, tariffs=tariffs, balanced_trade=balanced)
    return calibrate(world, draw(st.sampled_from(["drawn", "four"])))


@st.composite
def scenarios(
    draw: st.DrawFn, baseline: Baseline, *, closures: tuple[str, ...] = ("fixed", "own_va", "zero")
) -> Scenario:
    label = st.sampled_from(baseline.economies)
    sector = st.sampled_from([*baseline.sectors, "*", "goods"])
    shocks = [
        Shock("trade_cost", draw(st.floats(-25, 40)), exporter=draw(label), importer="*", sector=draw(sector)),
        Shock("productivity", draw(st.floats(-10, 20)), economy=draw(label), sector=draw(sector)),
        Shock("labour", draw(st.floats(-10, 10)), economy=draw(label)),
        Shock("input_requirement", draw(st.floats(-30, 20)), economy=draw(label), input=draw(sector), industry="*"),
        Shock("tariff", importer=draw(label), sector=draw(sector), rate=draw(st.floats(0, 0.4))),
    ]
    chosen = draw(st.lists(st.sampled_from(shocks), min_size=1, max_size=3, unique=True))
    return Scenario(tuple(chosen), trade_balance=draw(st.sampled_from(closures)))
