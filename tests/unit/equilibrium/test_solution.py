"""A solution held against the equations, written out once more in plain loops; and what is said when there is none."""

import dataclasses

import numpy as np
import pytest

from isthmus.core.errors import BadInputError, NotConvergedError
from isthmus.economy.baseline import Baseline
from isthmus.economy.calibrate import calibrate
from isthmus.economy.synthetic import synthetic_world
from isthmus.equilibrium import solve as solving
from isthmus.equilibrium.decomposition import once_split
from isthmus.equilibrium.scenario import Scenario, Shock
from isthmus.equilibrium.solve import Settings, conclude, find, pose, solve, splits
from isthmus.equilibrium.state import State, true_residuals

N, S = 3, 2
EXACT = Settings(tolerance=1e-12)
SHOCKS = (
    Shock("trade_cost", -20, exporter="E00", importer="E01"),
    Shock("tariff", exporter="E02", importer="E00", sector="S01", rate=0.3),
    Shock("productivity", 7, economy="E01", sector="S00"),
    Shock("labour", 6, economy="E00"),
    Shock("capital", 11, economy="E00"),
    Shock("input_requirement", -30, economy="E02", input="S00", industry="S01"),
)
COST, RATE = {(0, 1): 0.8}, {(1, 2, 0): 1.3}


@pytest.fixture(scope="module")
def baseline() -> Baseline:
    return calibrate(synthetic_world(N, S, np.random.default_rng(4)))


@pytest.fixture(scope="module")
def state(baseline: Baseline) -> State:
    return find(pose(baseline, Scenario(SHOCKS)), settings=EXACT)


def test_prices_shares_and_trade_are_those_of_the_equations(baseline: Baseline, state: State) -> None:
    pi, tau = baseline.trade_share.values, baseline.tariff_factor.values
    theta = baseline.elasticity.values
    c, P = np.exp(state.ln_c), np.exp(state.ln_P)
    for j in range(S):
        for n in range(N):
            reach = []
            for i in range(N):
                new_tau = RATE.get((j, i, n), tau[j, i, n])
                phi = COST.get((i, n), 1.0) * new_tau / tau[j, i, n]
                reach.append(pi[j, i, n] * (c[j, i] * phi) ** -theta[j])
            assert P[j, n] == pytest.approx(sum(reach) ** (-1 / theta[j]), rel=1e-10)
            np.testing.assert_allclose(state.trade_share[j, :, n], np.array(reach) / sum(reach), rtol=1e-10)
            for i in range(N):
                new_tau = RATE.get((j, i, n), tau[j, i, n])
                flow = reach[i] / sum(reach) * state.spending[j, n] / new_tau
                assert state.flows[j, i, n] == pytest.approx(flow, rel=1e-10)


def test_costs_and_incomes_are_those_of_the_equations(baseline: Baseline, state: State) -> None:
    beta, gamma = baseline.value_added_share.values, baseline.input_share.values
    chi = baseline.capital_share.values
    v, P, c = np.exp(state.ln_v), np.exp(state.ln_P), np.exp(state.ln_c)
    bundle = np.array([1.06 ** (1 - chi[0]) * 1.11 ** chi[0], 1.0, 1.0])
    for n in range(N):
        for j in range(S):
            inputs = [(1 - beta[j, n]) * gamma[n, k, j] for k in range(S)]
            need = [0.7 if (n, k, j) == (2, 0, 1) else 1.0 for k in range(S)]
            z = beta[j, n] + sum(m * a for m, a in zip(need, inputs, strict=True))
            cost = v[n] ** (beta[j, n] / z)
            for k in range(S):
                cost *= P[k, n] ** (need[k] * inputs[k] / z)
            productivity = (1.07 if (j, n) == (0, 1) else 1.0) / z
            assert c[j, n] == pytest.approx(cost / productivity, rel=1e-10)
            assert state.sector_value_added[j, n] == pytest.approx(beta[j, n] / z * state.output[j, n], rel=1e-10)
        earned = v[n] * bundle[n] * baseline.value_added.values[n]
        revenue = sum(state.spending[j, n] - state.flows[j, :, n].sum() for j in range(S))
        assert state.factor_income[n] == pytest.approx(earned, rel=1e-12)
        assert state.sector_value_added[:, n].sum() == pytest.approx(earned, rel=1e-9)
        assert state.tariff_revenue[n] == pytest.approx(revenue, rel=1e-8)
        assert state.deficit[n] == pytest.approx(baseline.deficit.values[n], rel=1e-12)
        assert state.income[n] == pytest.approx(earned + revenue + state.deficit[n], rel=1e-9)
    np.testing.assert_allclose(state.output, state.flows.sum(axis=2), rtol=1e-9)
    assert state.axes == baseline.axes
    assert state.notes == ()


def test_welfare_is_in_four_numbers_by_hand(baseline: Baseline, state: State) -> None:
    """The real wage is per worker: 6 % more workers and 11 % more capital are not a wage."""
    w, alpha = state.welfare, baseline.final_share.values
    income, R, D, VA = (
        getattr(baseline, name).values for name in ("income", "tariff_revenue", "deficit", "value_added")
    )
    price = np.prod(np.exp(state.ln_P) ** alpha, axis=0)
    workers = np.array([1.06, 1.0, 1.0])
    np.testing.assert_allclose(np.exp(w.ln_price), price, rtol=1e-12)
    np.testing.assert_allclose(np.exp(w.ln_real_income), state.income / income / price, rtol=1e-10)
    np.testing.assert_allclose(np.exp(w.ln_real_wage), state.factor_income / VA / workers / price, rtol=1e-10)
    np.testing.assert_allclose(np.exp(w.ln_return), state.factor_income / VA / price, rtol=1e-10)
    gdp = (state.factor_income + state.tariff_revenue) / (VA + R) / price
    np.testing.assert_allclose(np.exp(w.ln_real_gdp), gdp, rtol=1e-10)
    np.testing.assert_allclose(w.tariff_revenue, (state.tariff_revenue / price - R) / income, rtol=1e-8)
    np.testing.assert_allclose(w.deficit_effect, (state.deficit / price - D) / income, rtol=1e-8)


def test_the_real_wage_of_the_table_is_per_worker(baseline: Baseline) -> None:
    """More workers at one share of capital: income rises by what the share of labour gives, the wage falls by the rest."""
    found = solve(baseline, Scenario((Shock("labour", 10, economy="E00"),)))
    whole = (1 + float(found.real_wage_pct[0]) / 100) * 1.1
    price = 1 + float(found.price_index_pct[0]) / 100
    value_added = float(found.value_added[0] / baseline.value_added[0])
    assert whole == pytest.approx(value_added / price, rel=1e-9)
    assert float(found.real_wage_pct[0]) < 0 < float(found.real_income_pct[0])


def test_residuals_are_recomputed_from_what_is_returned(state: State) -> None:
    assert max(true_residuals(state).values()) < 1e-11
    assert state.errors[-1] == max(state.residuals.values()) <= 1e-12

    def broken(**parts: object) -> dict[str, float]:
        return true_residuals(dataclasses.replace(state, **parts))  # type: ignore[arg-type]

    dearer = state.ln_X.copy()
    dearer[0, 1] += 0.01
    assert broken(ln_X=dearer)["expenditure"] == pytest.approx(0.01, rel=0.6)
    paid = state.factor_income.copy()
    paid[2] *= 1.01
    assert broken(factor_income=paid)["labour"] == pytest.approx(0.01, rel=0.02)
    assert broken(factor_income=paid)["expenditure"] > 1e-4
    assert broken(residuals={**state.residuals, "price": 0.5})["price"] == 0.5


def test_a_point_is_where_a_neighbour_can_start(baseline: Baseline, state: State) -> None:
    problem = pose(baseline, Scenario(SHOCKS))
    again = find(problem, settings=EXACT, start=state.point)
    assert len(again.errors) == 1 < len(state.errors)
    np.testing.assert_allclose(again.ln_X, state.ln_X, atol=1e-11)


def test_closure_zero_starts_from_the_world_without_deficits(baseline: Baseline) -> None:
    problem = pose(
        baseline, Scenario((Shock("trade_cost", -20, exporter="E00", importer="E01"),), trade_balance="zero")
    )
    assert problem.without is not None
    assert problem.closure == "fixed"
    assert np.abs(problem.model.D).max() == 0
    np.testing.assert_allclose(problem.model.I, problem.without.income, rtol=1e-12)
    np.testing.assert_allclose(problem.model.sold * problem.model.tau, problem.model.pi, rtol=1e-12)
    found = conclude(problem, find(problem))
    assert np.abs(found.deficit.values).max() == 0
    back = 100 * np.expm1(problem.without.welfare.ln_real_income)
    np.testing.assert_allclose(found.rebalancing_pct.values, back, rtol=1e-12)
    assert pose(baseline, Scenario()).without is None


def test_a_numeraire_keeps_its_factor_price(baseline: Baseline) -> None:
    found = solve(baseline, Scenario(SHOCKS, numeraire="E01"))
    assert float(found.factor_price_hat.sel(economy="E01")) == pytest.approx(1, abs=1e-12)
    assert abs(float(found.factor_price_hat.sel(economy="E00")) - 1) > 1e-3


@pytest.mark.parametrize("given", [{"elasticity": "four"}, {"services": 2.0}, {"scale": 1.5}])
def test_elasticities_of_a_scenario_are_used(baseline: Baseline, given: dict[str, object]) -> None:
    plain = pose(baseline, Scenario())
    assert plain.baseline is baseline
    other = pose(baseline, Scenario(**given))  # type: ignore[arg-type]
    assert (other.model.theta != plain.model.theta).any()


def test_a_hard_shock_is_reached_by_continuation(baseline: Baseline, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where passes of both kinds fail, the shares of the way are taken one after the other, each from the last one's point."""
    problem = pose(baseline, Scenario(SHOCKS))
    straight = find(problem, settings=EXACT)
    seen: list[tuple[float, bool]] = []
    real = solving._attempt

    def first_two_fail(system, start, settings, share, trace, memory=None, *, plain=True):
        seen.append((share, start is None))
        if len(seen) <= 2:
            settings = dataclasses.replace(settings, most=1)
        return real(system, start, settings, share, trace, memory, plain=plain)

    monkeypatch.setattr(solving, "_attempt", first_two_fail)
    round_about = find(problem, settings=EXACT)
    assert seen == [(1.0, True), (1.0, True), (0.25, True), (0.5, False), (0.75, False), (0.9, False), (1.0, False)]
    np.testing.assert_allclose(round_about.ln_v, straight.ln_v, atol=1e-11)


def test_the_trace_tells_every_evaluation_of_every_attempt(baseline: Baseline) -> None:
    with pytest.raises(NotConvergedError, match="also by continuation in the shock") as caught:
        solve(baseline, Scenario(SHOCKS), Settings(most=2))
    assert [(step["share"], step["evaluation"]) for step in caught.value.trace] == [
        (s, e) for s in (1.0, 1.0, 0.25) for e in (0, 1)
    ]
    smallest = min(step["error"] for step in caught.value.trace if step["share"] == 0.25)
    assert f"residual {smallest:.2e} instead of 1e-10" in str(caught.value)


def test_a_deficit_that_cannot_be_paid_is_named(baseline: Baseline) -> None:
    problem = pose(baseline, Scenario())
    for part in (1.0, 3.0):
        owed = np.array([-1.0, 1.0, 0.0]) * part * problem.model.VA[0]
        changes = dataclasses.replace(problem.changes, transfer=owed)
        with pytest.raises(NotConvergedError, match="transfer that E00 has to pay exceeds what it earns") as caught:
            find(problem, changes)
        assert "residual" not in str(caught.value), "the equations held; it is the income that is refused"


def test_a_tolerance_is_between_nought_and_one() -> None:
    for wrong in (0.0, 1.0, -1e-9, float("nan")):
        with pytest.raises(BadInputError, match="a residual above 0 and below 1"):
            Settings(tolerance=wrong)
    assert Settings(tolerance=0.999).tolerance == 0.999


def test_the_finest_tolerance_is_reached(baseline: Baseline) -> None:
    assert max(solve(baseline, Scenario(SHOCKS), Settings(tolerance=1e-13)).residuals.values()) < 1e-11


def test_a_split_takes_as_many_steps_as_it_is_told(baseline: Baseline) -> None:
    problem = pose(baseline, Scenario((SHOCKS[0],)))
    state = find(problem)
    exact = state.welfare.ln_real_income
    errors = [np.abs(splits(problem, state, steps=k)["path"].total - exact).max() for k in (5, 20)]
    assert errors[1] < errors[0] / 8
    found = splits(problem, state, steps=5)
    assert set(found) == {"path", "log", "published"}
    start = find(problem, problem.changes.at(0.0))
    for name, split in once_split(problem.changes, start, state).items():
        np.testing.assert_allclose(found[name].total, split.total, rtol=1e-9)


def test_an_economy_is_cut_off_that_owes_far_more_than_it_can_trade(baseline: Baseline) -> None:
    """More than a thousand times what it sells and buys abroad; what it owes has to be more than rounding."""
    model = solving.unpack(baseline)
    value = np.einsum("jin,jn->in", model.pi, model.X)
    abroad = min(value[0].sum(), value[:, 0].sum()) - value[0, 0]
    changes = pose(baseline, Scenario()).changes
    for owed, cut in ((1e4 * abroad, [0]), (1e2 * abroad, []), (0.0, [])):
        system = solving.prepare(dataclasses.replace(model, D=np.array([owed, 0.0, 0.0])), changes, "fixed", None)
        assert solving._cut_off(system) == cut
    shut = Scenario((Shock("trade_cost", 1e9, exporter="E00"), Shock("trade_cost", 1e9, importer="E00")))
    changes = pose(baseline, shut).changes
    for part, cut in ((1e-6, [0]), (1e-10, [])):
        D = np.array([part * model.VA[0], 0.0, 0.0])
        system = solving.prepare(dataclasses.replace(model, D=D), changes, "fixed", None)
        assert solving._cut_off(system) == cut
    one_way = pose(baseline, Scenario((Shock("trade_cost", 1e9, exporter="E00"),))).changes
    system = solving.prepare(dataclasses.replace(model, D=np.array([model.VA[0], 0.0, 0.0])), one_way, "fixed", None)
    assert solving._cut_off(system) == [0], "it buys, but sells nothing"
