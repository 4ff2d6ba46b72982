"""What must hold of every equilibrium, and what theory says in closed form."""

import dataclasses
import itertools

import numpy as np
import pytest
import xarray as xr
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from isthmus.core.errors import NotConvergedError
from isthmus.economy.baseline import WorldTable
from isthmus.economy.calibrate import calibrate
from isthmus.economy.synthetic import synthetic_world
from isthmus.equilibrium.scenario import CLOSURES, Scenario, Shock
from isthmus.equilibrium.solve import Settings, conclude, find, pose, solve, splits

from .worlds import baselines, scenarios

some = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(st.data())
@some
def test_no_shock_is_exact_in_one_evaluation(data: st.DataObject) -> None:
    baseline = data.draw(baselines())
    for closure in ("fixed", "own_va"):
        result = solve(baseline, Scenario(trade_balance=closure))
        assert result.iterations == 1
        np.testing.assert_allclose(result.factor_price_hat, 1, atol=1e-11)
        np.testing.assert_allclose(result.flows, result.baseline_flows, rtol=1e-9, atol=1e-9)
        np.testing.assert_allclose(result.real_income_pct, 0, atol=1e-8)


@given(st.data())
@some
def test_residuals_shares_walras_and_numeraire(data: st.DataObject) -> None:
    baseline = data.draw(baselines())
    result = solve(baseline, data.draw(scenarios(baseline)))
    assert max(result.residuals.values()) <= 1e-9
    np.testing.assert_allclose(result.trade_share.sum("exporter"), 1, atol=1e-12)
    world = float(result.output.sum())
    assert (
        abs(float(result.value_added.sum() - baseline.value_added.sum())) <= 1e-8 * world
        or result.scenario.trade_balance == "zero"
    )
    assert abs(float(result.deficit.sum())) <= 1e-9 * world
    sold = result.flows.sum(("sector", "importer")).values
    bought = result.flows.sum(("sector", "exporter")).values
    np.testing.assert_allclose(sold - bought, -result.deficit.values, atol=1e-8 * world)


@given(st.data())
@some
def test_real_income_is_made_of_its_parts(data: st.DataObject) -> None:
    baseline = data.draw(baselines())
    result = solve(baseline, data.draw(scenarios(baseline, closures=("fixed", "own_va"))))
    price = 1 + result.price_index_pct.values / 100
    real_value_added = 100 * (result.value_added.values / baseline.value_added.values / price - 1)
    total = (
        baseline.value_added.values / baseline.income.values * real_value_added
        + result.tariff_revenue_pp.values
        + result.deficit_effect_pct.values
    )
    np.testing.assert_allclose(total, result.real_income_pct, atol=1e-7)


@given(st.data())
@some
def test_another_numeraire_changes_nothing_real(data: st.DataObject) -> None:
    baseline = data.draw(baselines())
    scenario = data.draw(scenarios(baseline, closures=("own_va", "zero")))
    one = solve(baseline, scenario)
    other = solve(baseline, dataclasses.replace(scenario, numeraire=data.draw(st.sampled_from(baseline.economies))))
    np.testing.assert_allclose(one.real_income_pct, other.real_income_pct, atol=1e-6)
    np.testing.assert_allclose(one.trade_share, other.trade_share, atol=1e-7)


@given(st.data())
@some
def test_relabelling_permutes_the_answer(data: st.DataObject) -> None:
    n, s, seed = data.draw(st.integers(2, 5)), data.draw(st.integers(1, 4)), data.draw(st.integers(0, 999))
    table = synthetic_world(n, s, np.random.default_rng(seed))
    order = data.draw(st.permutations(range(n)))
    scenario = Scenario(
        (Shock("trade_cost", -15, exporter="E00", importer="E01"), Shock("productivity", 5, economy="E01"))
    )
    one, other = solve(calibrate(table), scenario), solve(calibrate(_permuted(table, list(order))), scenario)
    np.testing.assert_allclose(
        one.real_income_pct, other.real_income_pct.sel(economy=one.real_income_pct["economy"]), atol=1e-8
    )


@given(st.integers(0, 999))
@some
def test_splitting_an_economy_into_halves_leaves_others_alone(seed: int) -> None:
    table = synthetic_world(3, 3, np.random.default_rng(seed), tariffs=False)
    scenario = Scenario((Shock("trade_cost", -20, exporter="E01", importer="E02"),))
    one, other = solve(calibrate(table), scenario), solve(calibrate(_halved(table)), scenario)
    np.testing.assert_allclose(other.real_income_pct[:3], one.real_income_pct, atol=1e-6)
    np.testing.assert_allclose(other.real_income_pct[3], one.real_income_pct[0], atol=1e-6)


@given(st.data())
@some
def test_first_order_world_effect_without_tariffs(data: st.DataObject) -> None:
    baseline = data.draw(baselines(tariffs=False))
    small = 1e-4
    scenario = Scenario(
        (
            Shock("trade_cost", 100 * (np.exp(small) - 1), exporter="*", importer=baseline.economies[0]),
            Shock("productivity", 100 * (np.exp(small) - 1), economy=baseline.economies[1]),
        )
    )
    result = solve(baseline, scenario, Settings(tolerance=1e-13))
    world = float((baseline.income * np.log1p(result.real_income_pct / 100)).sum())
    imports = baseline.trade_share[:, 1:, 0] * baseline.spending[:, 0]
    expected = small * (float(baseline.output[:, 1].sum()) - float(imports.sum()))
    assert world == pytest.approx(expected, rel=5e-3, abs=1e-3 * small * float(baseline.income.sum()))


@given(st.integers(0, 999), st.floats(-30, 60))
@some
def test_one_sector_real_wage_is_the_formula_of_the_literature(seed: int, change: float) -> None:
    baseline = calibrate(synthetic_world(4, 1, np.random.default_rng(seed)), "four")
    result = solve(baseline, Scenario((Shock("trade_cost", change, exporter="*", importer="E00"),)))
    own = result.trade_share.values[0].diagonal() / baseline.trade_share.values[0].diagonal()
    beta, theta = baseline.value_added_share.values[0], float(baseline.elasticity[0])
    np.testing.assert_allclose(1 + result.real_wage_pct / 100, own ** (-1 / (theta * beta)), rtol=1e-8)


@given(st.integers(0, 999))
@some
def test_isolation_without_deficits_is_the_autarky_formula(seed: int) -> None:
    baseline = calibrate(synthetic_world(4, 3, np.random.default_rng(seed), tariffs=False), "four")
    shut = Scenario(
        (
            Shock("trade_cost", 1e7, exporter="E00", importer="*"),
            Shock("trade_cost", 1e7, exporter="*", importer="E00"),
        ),
        trade_balance="zero",
    )
    problem = pose(baseline, shut)
    result = conclude(problem, find(problem))
    model = problem.model
    own = np.log(model.pi[:, 0, 0]) / model.theta
    price = np.linalg.solve(np.eye(3) - model.chain[0].T, own)
    assert np.log1p(float(result.real_income_pct[0]) / 100) == pytest.approx(float(model.alpha[:, 0] @ price), rel=1e-6)


@given(st.integers(0, 999))
@settings(max_examples=8, deadline=None)
def test_chained_small_steps_equal_one_jump(seed: int) -> None:
    baseline = calibrate(synthetic_world(3, 2, np.random.default_rng(seed)))
    problem = pose(
        baseline,
        Scenario((Shock("trade_cost", -30, exporter="E00", importer="E01"), Shock("tariff", importer="E02", rate=0.3))),
    )
    jump = find(problem)
    point = None
    for k in range(1, 41):
        step = find(problem, problem.changes.at(k / 40), start=point)
        point = step.point
    np.testing.assert_allclose(step.ln_v, jump.ln_v, atol=1e-9)
    np.testing.assert_allclose(step.ln_P, jump.ln_P, atol=1e-9)


@given(st.data())
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_path_split_adds_up_to_real_income(data: st.DataObject) -> None:
    baseline = data.draw(baselines())
    scenario = data.draw(scenarios(baseline))
    problem = pose(baseline, scenario)
    solution = find(problem)
    parts = splits(problem, solution)
    exact = np.log1p(conclude(problem, solution).real_income_pct.values / 100)
    np.testing.assert_allclose(parts["path"].total, exact, atol=2e-5 + 1e-3 * np.abs(exact).max())


def test_small_shocks_have_the_same_split_however_it_is_evaluated() -> None:
    baseline = calibrate(synthetic_world(4, 3, np.random.default_rng(3)))
    problem = pose(baseline, Scenario((Shock("trade_cost", 0.01, exporter="E00", importer="E01"),)))
    parts = splits(problem, find(problem, settings=Settings(tolerance=1e-13)))
    for name in ("tot", "vot"):
        np.testing.assert_allclose(parts["log"].parts[name], parts["path"].parts[name], atol=1e-8)
        np.testing.assert_allclose(parts["published"].parts[name], parts["path"].parts[name], atol=1e-8)


def test_without_inputs_the_chain_drops_out() -> None:
    baseline = calibrate(synthetic_world(3, 2, np.random.default_rng(5), inputs=False), "four")
    result = solve(baseline, Scenario((Shock("trade_cost", -20, exporter="E00", importer="E01"),)))
    own_price = result.price_hat.values
    share = (
        result.trade_share.values[:, np.arange(3), np.arange(3)]
        / baseline.trade_share.values[:, np.arange(3), np.arange(3)]
    )
    np.testing.assert_allclose(own_price, result.factor_price_hat.values * share ** (1 / 4.0), rtol=1e-8)


def test_extensions_that_are_switched_off_change_nothing() -> None:
    baseline = calibrate(synthetic_world(3, 3, np.random.default_rng(6)))
    core = Scenario((Shock("trade_cost", -20, exporter="E00", importer="E01"),))
    idle = core.with_shocks(
        Shock("input_requirement", 0.0), Shock("productivity", 0.0), Shock("labour", 0.0), Shock("capital", 0.0)
    )
    np.testing.assert_allclose(solve(baseline, core).real_income_pct, solve(baseline, idle).real_income_pct, atol=1e-9)


HARD = {
    "embargo": (
        Shock("trade_cost", 1e6, exporter="E00", importer="E01"),
        Shock("trade_cost", 1e6, exporter="E01", importer="E00"),
    ),
    "tariff of 60 percent everywhere": (Shock("tariff", rate=0.6),),
    "costs down by 40 percent": (Shock("trade_cost", -40),),
    "productivity up in one economy": (Shock("productivity", 200, economy="E02"),),
    "one input dispensed with": (Shock("input_requirement", -99, economy="E00", input="S01"),),
}


EXTREME = {
    "costs down by 80 percent": (Shock("trade_cost", -80),),
    "tariffs of 300 percent everywhere": (Shock("tariff", rate=3.0),),
    "tenfold productivity in one economy": (Shock("productivity", 900, economy="E02"),),
    "all of it": (
        Shock("trade_cost", -60),
        Shock("productivity", 500, economy="E01"),
        Shock("tariff", importer="E02", rate=2.0),
    ),
}


@pytest.mark.parametrize(
    ("scenarios", "scales", "most"),
    [(HARD, (0.5, 1.0, 64 / 9), 0), (EXTREME, (1.0, 64 / 9), 3)],
    ids=["hard", "extreme"],
)
def test_hard_scenarios_converge_or_say_so(
    scenarios: dict[str, tuple[Shock, ...]], scales: tuple[float, ...], most: int
) -> None:
    """Under every closure and several scales of elasticities, at most so many may end without an equilibrium."""
    baseline = calibrate(synthetic_world(8, 4, np.random.default_rng(11)))
    failures: list[NotConvergedError] = []
    for name, closure, scale in itertools.product(scenarios, CLOSURES, scales):
        try:
            result = solve(baseline, Scenario(scenarios[name], trade_balance=closure, scale=scale))
        except NotConvergedError as error:
            failures.append(error)
        else:
            assert max(result.residuals.values()) <= 1e-9
    assert len(failures) <= most, [str(failure) for failure in failures]
    for failure in failures:
        assert failure.trace
        assert all({"share", "evaluation", "error"} <= set(step) for step in failure.trace)


def test_isolating_a_deficit_economy_cannot_keep_its_deficit() -> None:
    baseline = calibrate(synthetic_world(4, 2, np.random.default_rng(2)))
    shut = (
        Shock("trade_cost", 1e9, exporter="E00", importer="*"),
        Shock("trade_cost", 1e9, exporter="*", importer="E00"),
    )
    with pytest.raises(NotConvergedError) as caught:
        solve(baseline, Scenario(shut))
    assert caught.value.exit_code == 3
    assert len(caught.value.trace) > 1
    assert "E00 is left without trade but has a deficit to pay" in str(caught.value)


def test_a_tolerance_finer_than_double_precision_is_named_as_the_reason() -> None:
    baseline = calibrate(synthetic_world(3, 2, np.random.default_rng(2)))
    with pytest.raises(NotConvergedError, match="finer than double precision allows"):
        solve(baseline, Scenario().with_trade_cost("E00", "E01", -10), Settings(tolerance=1e-30))


@given(st.data())
@some
def test_an_economy_without_trade_keeps_its_value_added_and_leaves_the_others_alone(data: st.DataObject) -> None:
    """Closed form: alone, an economy's real quantities follow from its own technology, its wage from the convention."""
    seed, gain = data.draw(st.integers(0, 999)), data.draw(st.floats(-20, 40))
    table = synthetic_world(4, 2, np.random.default_rng(seed), tariffs=False, balanced_trade=True)
    alone = _alone(table)
    cost = Shock("trade_cost", -10, exporter="E01", importer="E02")
    exact = Settings(tolerance=1e-12)
    both = solve(calibrate(alone), Scenario((cost, Shock("labour", gain, economy="E00"))), exact)
    others = solve(calibrate(alone), Scenario((cost,)), exact)
    assert both.value_added.values[0] == pytest.approx(others.value_added.values[0], rel=1e-9)
    np.testing.assert_allclose(both.real_income_pct[1:], others.real_income_pct[1:], atol=1e-7)
    np.testing.assert_allclose(both.factor_price_hat[1:], others.factor_price_hat[1:], rtol=1e-9)
    problem = pose(calibrate(alone), Scenario((Shock("labour", gain, economy="E00"),)))
    share = 1 - problem.baseline.capital_share.values[0]
    assert np.log1p(float(both.real_income_pct[0]) / 100) == pytest.approx(share * np.log1p(gain / 100), abs=1e-8)
    assert [(note.where, note.count) for note in both.notes] == [("price level", 1)]


def test_small_economies_beside_a_large_one_without_trade_are_solved_to_double_precision() -> None:
    """Their deficits sum to the rounding of the whole world, some 5e-12 of their own value added."""
    table = _alone(synthetic_world(4, 2, np.random.default_rng(987), tariffs=False, balanced_trade=True))
    problem = pose(calibrate(table), Scenario().with_trade_cost("E01", "E02", -10))
    size, owed = problem.model.VA, problem.model.D
    assert size[0] > 1e3 * size[1:].sum()
    assert abs(owed[1:].sum()) > 1e-12 * size[1:].sum()
    state = find(problem, settings=Settings(tolerance=1e-12))
    assert max(state.residuals.values()) <= 1e-12


@pytest.mark.parametrize("closure", ["fixed", "own_va"])
def test_the_wage_of_an_economy_without_trade_does_not_depend_on_the_start(closure: str) -> None:
    table = _alone(synthetic_world(4, 2, np.random.default_rng(5), tariffs=False, balanced_trade=True))
    problem = pose(calibrate(table), Scenario(trade_balance=closure).with_trade_cost("E01", "E02", -20))
    first = find(problem)
    moved = first.point.copy()
    moved[0] += 0.003
    again = find(problem, start=moved)
    assert again.ln_v[0] == pytest.approx(first.ln_v[0], abs=1e-9)
    assert first.ln_v[0] == pytest.approx(0, abs=1e-12)


def _alone(table: WorldTable) -> WorldTable:
    """Cut all trade of E00, which has no deficit; its industries and use follow from its own flows."""
    flows = table.flows.copy(deep=True)
    own = flows.sum("exporter").values[:, 0]
    flows[:, 0, :] = 0.0
    flows[:, :, 0] = 0.0
    flows[:, 0, 0] = own
    made = flows.sum("importer").values / table.flows.sum("importer").values
    use = table.intermediate_use * made.T[:, None, :]
    return dataclasses.replace(
        table,
        flows=flows,
        intermediate_use=use,
        value_added=table.value_added * made,
        final_demand=table.final_demand.copy(
            data=np.maximum(flows.sum("exporter").values - use.sum("industry").values.T, 0)
        ),
    )


def _permuted(table: WorldTable, order: list[int]) -> WorldTable:
    def move(array: xr.DataArray) -> xr.DataArray:
        dims = [d for d in array.dims if d in ("economy", "exporter", "importer")]
        return array.isel(dict.fromkeys(dims, order))

    fields = ("flows", "intermediate_use", "final_demand", "value_added", "tariff_rate")
    return dataclasses.replace(table, **{name: move(getattr(table, name)) for name in fields})


def _halved(table: WorldTable) -> WorldTable:
    """Split economy E00 into two identical halves that sell to each other as to themselves."""

    def halve(array: xr.DataArray) -> xr.DataArray:
        for dim in [d for d in array.dims if d in ("economy", "exporter", "importer")]:
            half = array.isel({dim: [0]}) / 2
            rest = array.isel({dim: slice(1, None)})
            array = xr.concat([half, rest, half.assign_coords({dim: ["E99"]})], dim=dim)
        return array

    fields = ("flows", "intermediate_use", "final_demand", "value_added")
    rate = xr.zeros_like(halve(table.tariff_rate))
    return dataclasses.replace(table, **{name: halve(getattr(table, name)) for name in fields}, tariff_rate=rate)
