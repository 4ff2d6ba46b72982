"""The solver against the same equations written a second time (`plain.py`), on invented worlds."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from isthmus.economy.baseline import Baseline
from isthmus.economy.calibrate import calibrate
from isthmus.economy.synthetic import synthetic_world
from isthmus.equilibrium.scenario import Changes, Scenario, Shock, resolve
from isthmus.equilibrium.solve import solve

from . import plain
from .plain import PlainChange, PlainWorld, nothing, plain_solve
from .worlds import baselines, scenarios

some = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def unpacked(baseline: Baseline) -> PlainWorld:
    """Return a baseline as plain arrays."""
    return PlainWorld(
        pi=baseline.trade_share.values, tau=baseline.tariff_factor.values, X=baseline.spending.values,
        beta=baseline.value_added_share.values, gamma=baseline.input_share.values, alpha=baseline.final_share.values,
        VA=baseline.value_added.values, D=baseline.deficit.values, I=baseline.income.values,
        theta=baseline.elasticity.values, chi=baseline.capital_share.values,
    )  # fmt: skip


def spread(world: PlainWorld, changes: Changes) -> PlainChange:
    """Return changes over all cells."""
    kappa, tau = np.ones(world.pi.size), world.tau.flatten()
    kappa[changes.cells], tau[changes.cells] = np.exp(changes.ln_cost), np.exp(changes.ln_tariff)
    bundle = changes.ln_endowment + (1 - world.chi) * changes.ln_labour + world.chi * changes.ln_capital
    requirement = nothing(world).m if changes.ln_requirement is None else np.exp(changes.ln_requirement)
    return PlainChange(
        kappa=kappa.reshape(world.pi.shape), tau=tau.reshape(world.pi.shape), A=np.exp(changes.ln_productivity),
        V=np.exp(bundle), m=requirement,
    )  # fmt: skip


def test_it_knows_nothing_of_the_product() -> None:
    assert "isthmus" not in Path(plain.__file__).read_text("utf-8")


@given(st.data())
@some
def test_both_solvers_find_one_equilibrium(data: st.DataObject) -> None:
    baseline = data.draw(baselines())
    scenario = data.draw(scenarios(baseline, closures=("fixed", "own_va")))
    world = unpacked(baseline)
    theirs = solve(baseline, scenario)
    ours = plain_solve(world, spread(world, resolve(scenario, baseline)), scenario.trade_balance)
    assert ours.gap < 1e-10
    np.testing.assert_allclose(100 * np.expm1(ours.real_income), theirs.real_income_pct, rtol=1e-7, atol=1e-8)
    np.testing.assert_allclose(ours.income, theirs.income, rtol=1e-8)
    np.testing.assert_allclose(ours.X, theirs.spending, rtol=1e-7, atol=1e-6)


@pytest.mark.parametrize("kind", ["trade_cost", "productivity", "tariff", "labour", "input_requirement"])
def test_no_kind_of_shock_is_left_out(kind: str) -> None:
    """What the plain solver makes of a kind of shock alone is not nothing, so that agreement says something."""
    baseline = calibrate(synthetic_world(3, 3, np.random.default_rng(5)), "four")
    a = baseline.economies[0]
    shock = {
        "trade_cost": Shock("trade_cost", -5, exporter="*", importer=a),
        "productivity": Shock("productivity", 5, economy=a, sector="*"),
        "tariff": Shock("tariff", importer=a, rate=0.3),
        "labour": Shock("labour", 5, economy=a),
        "input_requirement": Shock("input_requirement", -5, economy=a, input="*", industry="*"),
    }[kind]
    world = unpacked(baseline)
    ours = plain_solve(world, spread(world, resolve(Scenario((shock,)), baseline)))
    theirs = solve(baseline, Scenario((shock,)))
    assert np.abs(ours.real_income).max() > 1e-4
    np.testing.assert_allclose(100 * np.expm1(ours.real_income), theirs.real_income_pct, rtol=1e-7, atol=1e-8)
