"""The gradient, backwards, is what the differentiated equations say forwards, and what finite differences say of solves."""

import dataclasses

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from isthmus.core.errors import BadInputError
from isthmus.economy.calibrate import calibrate
from isthmus.economy.synthetic import synthetic_world
from isthmus.equilibrium.gradient import SUM, gradient, gradient_of, tangent_of
from isthmus.equilibrium.scenario import CLOSURES, Changes, Scenario, Shock
from isthmus.equilibrium.solve import Problem, Settings, find, pose
from isthmus.equilibrium.tangent import Nudge

from .worlds import baselines, scenarios

EXACT = Settings(tolerance=1e-13)
SHOCKS = (
    Shock("trade_cost", -15, exporter="E00", importer="E01"),
    Shock("tariff", importer="E02", rate=0.3),
    Shock("input_requirement", -20, economy="E02", input="S00"),
    Shock("labour", 10, economy="E01"),
)


def nothing(s: int, n: int) -> Nudge:
    return Nudge(
        trade_cost=np.zeros((s, n, n)),
        tariff=np.zeros((s, n, n)),
        productivity=np.zeros((s, n)),
        endowment=np.zeros(n),
        transfer=np.zeros(n),
    )


def anything(s: int, n: int, rng: np.random.Generator) -> Nudge:
    transfer = rng.normal(size=n) * 1e4
    return Nudge(
        trade_cost=rng.normal(size=(s, n, n)),
        tariff=rng.normal(size=(s, n, n)),
        productivity=rng.normal(size=(s, n)),
        endowment=rng.normal(size=n),
        transfer=transfer - transfer.mean(),
    )


@given(st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_backwards_is_forwards_in_any_direction(data: st.DataObject) -> None:
    baseline = data.draw(baselines())
    scenario = data.draw(scenarios(baseline))
    scenario = dataclasses.replace(scenario, numeraire=data.draw(st.sampled_from([None, *baseline.economies])))
    state = find(pose(baseline, scenario, EXACT), settings=EXACT)
    s, n = state.ln_P.shape
    rng = np.random.default_rng(data.draw(st.integers(0, 999)))
    weights, nudge = rng.normal(size=n), anything(s, n, rng)
    g = gradient_of(state, "x", weights)
    parts = [(getattr(g, field.name) * getattr(nudge, field.name)).sum() for field in dataclasses.fields(Nudge)]
    assert weights @ tangent_of(state, nudge) == pytest.approx(sum(parts), abs=1e-8 * np.abs(parts).max())


@pytest.mark.parametrize("closure", CLOSURES)
def test_single_entries_are_those_of_the_forward_solve(closure: str) -> None:
    baseline = calibrate(synthetic_world(5, 3, np.random.default_rng(3)))
    state = find(pose(baseline, Scenario(SHOCKS, trade_balance=closure), EXACT), settings=EXACT)
    weights = np.array([1.0, 0.0, 0.5, 0.0, 0.0])
    g = gradient_of(state, "x", weights)
    for name in ("trade_cost", "tariff"):
        values = getattr(g, name)
        for cell in [(0, 0, 1), (2, 3, 0), (1, 2, 2), (0, 4, 2)]:
            nudge = nothing(3, 5)
            getattr(nudge, name)[cell] = 1.0
            assert weights @ tangent_of(state, nudge) == pytest.approx(values[cell], abs=1e-9 * np.abs(values).max())


def moved(problem: Problem, nudge: Nudge, size: float) -> Changes:
    """The problem's own changes and `size` times the nudge on every cell."""
    own, shape = problem.changes, problem.model.pi.shape
    cost, before = np.zeros(np.prod(shape)), np.log(problem.model.tau).ravel()
    tariff = before.copy()
    cost[own.cells], tariff[own.cells] = own.ln_cost, own.ln_tariff
    return dataclasses.replace(
        own,
        cells=np.arange(cost.size),
        ln_cost=cost + size * nudge.trade_cost.ravel(),
        ln_tariff=tariff + size * nudge.tariff.ravel(),
        ln_tariff_before=before,
        ln_productivity=own.ln_productivity + size * nudge.productivity,
        ln_endowment=own.ln_endowment + size * nudge.endowment,
        transfer=own.transfer + size * nudge.transfer,
    )


@pytest.mark.parametrize("numeraire", [None, "E01"])
@pytest.mark.parametrize("closure", CLOSURES)
@pytest.mark.parametrize("shocks", [(), SHOCKS])
def test_finite_differences_of_solves_agree(closure: str, numeraire: str | None, shocks: tuple[Shock, ...]) -> None:
    baseline = calibrate(synthetic_world(4, 3, np.random.default_rng(3)))
    problem = pose(baseline, Scenario(shocks, trade_balance=closure, numeraire=numeraire), EXACT)
    nudge = anything(3, 4, np.random.default_rng(1))
    exact = tangent_of(find(problem, settings=EXACT), nudge)

    def centred(step: float) -> np.ndarray:
        up, down = (find(problem, moved(problem, nudge, x), settings=EXACT) for x in (step, -step))
        return (up.welfare.ln_real_income - down.welfare.ln_real_income) / (2 * step)

    richardson = (4 * centred(5e-4) - centred(1e-3)) / 3
    np.testing.assert_allclose(richardson, exact, atol=1e-5 * np.abs(exact).max())


def test_several_economies_add_their_sum_weighted_by_income() -> None:
    baseline = calibrate(synthetic_world(3, 2, np.random.default_rng(2)))
    one, other, both = gradient(baseline, ["E00", "E02"])
    assert [g.of for g in (one, other, both)] == ["E00", "E02", SUM]
    income = baseline.income.values[[0, 2]]
    assert both.income == pytest.approx(income.sum())
    np.testing.assert_allclose(both.musd_per_pct, one.musd_per_pct + other.musd_per_pct, rtol=1e-10, atol=1e-10)
    np.testing.assert_allclose(both.weights, [income[0] / income.sum(), 0, income[1] / income.sum()])


def test_without_tariffs_the_world_gains_what_a_cost_burns() -> None:
    """Theory: income-weighted, the derivative with respect to an iceberg cost is minus the trade that bears it."""
    baseline = calibrate(synthetic_world(4, 3, np.random.default_rng(7), tariffs=False))
    world = gradient(baseline, list(baseline.economies))[-1]
    flows = baseline.trade_share.values * baseline.spending.values[:, None, :]
    np.testing.assert_allclose(world.trade_cost * world.income, -flows, rtol=1e-7, atol=1e-9 * flows.max())
    np.testing.assert_allclose(world.productivity * world.income, baseline.output.values, rtol=1e-7)


def test_one_percent_off_is_worth_what_the_solve_says() -> None:
    baseline = calibrate(synthetic_world(4, 3, np.random.default_rng(8)))
    (g,) = gradient(baseline, "E01")
    scenario = Scenario((Shock("trade_cost", -1, exporter="E00", importer="E01", sector="S00"),))
    gain = find(pose(baseline, scenario, EXACT), settings=EXACT).welfare.ln_real_income[1]
    assert g.musd_per_pct[0, 0, 1] == pytest.approx(gain * g.income, rel=0.05)


@pytest.mark.parametrize("of", ["XXX", [], ["E00", "E00"], ["E00", "XXX"]])
def test_an_objective_that_is_none_is_refused(of: str | list[str]) -> None:
    baseline = calibrate(synthetic_world(3, 2, np.random.default_rng(2)))
    with pytest.raises(BadInputError, match="objective"):
        gradient(baseline, of)
