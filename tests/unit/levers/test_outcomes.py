from dataclasses import replace

import numpy as np
import pytest

from isthmus.core.errors import BadInputError
from isthmus.economy.calibrate import calibrate
from isthmus.economy.synthetic import synthetic_world
from isthmus.equilibrium.scenario import Scenario, Shock
from isthmus.equilibrium.solve import find, pose
from isthmus.equilibrium.state import State
from isthmus.levers.energy import EnergyAccounts, Fuel, energy_balance
from isthmus.levers.outcomes import (
    Outcome,
    OutcomeMeasure,
    Reached,
    change_in_own_terms,
    measure,
    outcomes_table,
    reach,
)
from isthmus.levers.picture import Picture, picture
from isthmus.plans.plan import Kind, Target


def outcome(kind: OutcomeMeasure, economy: str = "E00", sector=("*",), **changes) -> Outcome:
    fields = {
        "id": "o", "target": "t", "titles": {}, "owner": economy, "measure": kind, "economy": economy, "partner": "",
        "sector": tuple(sector), "base": "", "base_year": 2025, "trend": "", "additional": "", "direction": "up",
    }  # fmt: skip
    return Outcome(**(fields | changes))


def target(kind: Kind, value: float | None, year: int = 2030) -> Target:
    return Target("t", "E00", "text", "en", "thing", kind, value=value, year=year)


@pytest.fixture(scope="module")
def baseline():
    return calibrate(synthetic_world(4, 5, np.random.default_rng(3)))


def solved(baseline, *shocks: Shock) -> State:
    problem = pose(baseline, Scenario(tuple(shocks)))
    return find(problem)


def after(baseline, *shocks: Shock) -> Picture:
    return picture(baseline, solved(baseline, *shocks))


def test_without_a_shock_nothing_moves(baseline):
    same = after(baseline)
    for kind in (
        m
        for m in OutcomeMeasure
        if m not in (OutcomeMeasure.ENERGY_INTENSITY, OutcomeMeasure.CO2_INTENSITY, OutcomeMeasure.NON_FOSSIL_SHARE)
    ):
        assert measure(
            outcome(kind, partner="E01" if kind is OutcomeMeasure.TRADE_VALUE else ""), same, None, {}
        ) == pytest.approx(1)
    assert same.use_hat == pytest.approx(1)
    assert same.cost_hat == pytest.approx(1)


def test_factory_price_shows_in_the_share_of_own_sales(baseline):
    """Own sales bear no new cost, so that pi'_nn / pi_nn = (c_hat / P_hat) ** -theta, equation (3)."""
    solution = solved(
        baseline,
        Shock("productivity", 10, economy="E01", sector="S02"),
        Shock("trade_cost", -10, exporter="E00", importer="E01"),
    )
    shown = picture(baseline, solution)
    share = shown.own_spending_after / shown.spending_after / (shown.own_spending / shown.spending)
    ratio = share ** (-1 / baseline.elasticity.values[:, None])
    np.testing.assert_allclose(shown.cost_hat, ratio * np.exp(solution.ln_P), rtol=1e-8)


def test_volume_of_inputs_is_cut_by_the_requirement(baseline):
    """At unchanged prices and output an industry that needs half of an input buys half of it."""
    shown = after(baseline, Shock("input_requirement", -50, economy="E00", input="S00", industry="S01"))
    before = shown.use[0, 0, 1]
    volume = before * shown.use_hat[0, 0, 1]
    output_hat = shown.output_after[1, 0] / shown.output[1, 0] / shown.cost_hat[1, 0]
    assert volume / before / output_hat == pytest.approx(0.5, rel=0.05)
    assert shown.requirement[0, 0, 1] == pytest.approx(0.5)


def test_volumes_of_output_add_up_to_inputs_and_sales(baseline):
    """Cheaper trade: what all buyers use of a good in money is what is sold of it, so the use side is complete."""
    solution = solved(baseline, Shock("trade_cost", -10, exporter="E00", importer="E01"))
    shown = picture(baseline, solution)
    spent = (shown.use * shown.use_hat).sum(axis=2).T * np.exp(solution.ln_P)
    np.testing.assert_allclose(spent, shown.spending_after, rtol=1e-7)


def test_cheaper_trade_raises_bilateral_trade_and_the_import_share(baseline):
    shown = after(
        baseline,
        Shock("trade_cost", -10, exporter="E00", importer="E01"),
        Shock("trade_cost", -10, exporter="E01", importer="E00"),
    )
    assert measure(outcome(OutcomeMeasure.TRADE_VALUE, partner="E01"), shown, None, {}) > 1.2
    assert measure(outcome(OutcomeMeasure.IMPORT_SHARE), shown, None, {}) > 1
    assert measure(outcome(OutcomeMeasure.DOMESTIC_SHARE), shown, None, {}) < 1
    assert measure(outcome(OutcomeMeasure.REAL_GDP), shown, None, {}) > 1


def test_import_share_by_hand(baseline):
    shown = after(baseline, Shock("trade_cost", -10, exporter="E00", importer="E01"))
    imports = [shown.flows[:, [0, 2, 3], 1].sum(), shown.flows_after[:, [0, 2, 3], 1].sum()]
    by_hand = (imports[1] / shown.gdp_after[1]) / (imports[0] / shown.gdp[1])
    assert measure(outcome(OutcomeMeasure.IMPORT_SHARE, "E01"), shown, None, {}) == pytest.approx(by_hand)


MANY = (
    Shock("productivity", 30, economy="E01", sector="S02"),
    Shock("productivity", -10, economy="E01", sector="S00"),
    Shock("trade_cost", -10, exporter="E01", importer="E00"),
    Shock("tariff", exporter="E00", importer="E01", sector="S03", rate=0.4),
)


def test_volumes_are_deflated_sector_by_sector(baseline):
    """Exports and output in volumes: each sector's value over its own factory price, then added up."""
    shown = after(baseline, *MANY)
    hats = shown.cost_hat[[0, 2], 1]
    assert hats[0] > 1.05 > 0.85 > hats[1], "prices of the two sectors part, so that one deflator would not do"
    abroad = [shown.flows_after[s, 1, [0, 2, 3]].sum() / shown.cost_hat[s, 1] for s in (0, 2)]
    exports = sum(abroad) / sum(shown.flows[s, 1, [0, 2, 3]].sum() for s in (0, 2))
    found = measure(outcome(OutcomeMeasure.EXPORT_VOLUME, "E01", ("S00", "S02")), shown, None, {})
    assert found == pytest.approx(exports, rel=1e-12)
    assert abs(found / (sum(shown.flows_after[s, 1, [0, 2, 3]].sum() for s in (0, 2)) / sum(abroad)) - 1) > 1e-3
    there = shown.flows_after[0, 1, 0] / shown.cost_hat[0, 1] / shown.flows[0, 1, 0]
    to_partner = outcome(OutcomeMeasure.EXPORT_VOLUME, "E01", ("S00",), partner="E00")
    assert measure(to_partner, shown, None, {}) == pytest.approx(there, rel=1e-12)
    made = sum(shown.output_after[s, 1] / shown.cost_hat[s, 1] for s in (0, 2)) / shown.output[[0, 2], 1].sum()
    found = measure(outcome(OutcomeMeasure.OUTPUT_VOLUME, "E01", ("S00", "S02")), shown, None, {})
    assert found == pytest.approx(made, rel=1e-12)


def test_trade_and_shares_by_hand(baseline):
    shown = after(baseline, *MANY)
    both = [(f[:, 0, 1].sum() + f[:, 1, 0].sum()) for f in (shown.flows, shown.flows_after)]
    trade = measure(outcome(OutcomeMeasure.TRADE_VALUE, partner="E01"), shown, None, {})
    assert trade == pytest.approx(both[1] / both[0], rel=1e-12)
    added = [v[[2, 3], 1].sum() / v[:, 1].sum() for v in (shown.value_added, shown.value_added_after)]
    share = measure(outcome(OutcomeMeasure.VALUE_ADDED_SHARE, "E01", ("S02", "S03")), shown, None, {})
    assert share == pytest.approx(added[1] / added[0], rel=1e-12)
    own = [
        o[[2, 3], 1].sum() / s[[2, 3], 1].sum()
        for o, s in ((shown.own_spending, shown.spending), (shown.own_spending_after, shown.spending_after))
    ]
    found = measure(outcome(OutcomeMeasure.DOMESTIC_SHARE, "E01", ("S02", "S03")), shown, None, {})
    assert found == pytest.approx(own[1] / own[0], rel=1e-12)
    assert measure(outcome(OutcomeMeasure.REAL_GDP, "E01"), shown, None, {}) == shown.real_gdp_hat[1]


def test_a_picture_is_the_state_in_money(baseline):
    solution = solved(baseline, *MANY)
    shown = picture(baseline, solution)
    np.testing.assert_allclose(shown.gdp, baseline.value_added.values + baseline.tariff_revenue.values, rtol=1e-12)
    np.testing.assert_allclose(shown.gdp_after, solution.factor_income + solution.tariff_revenue, rtol=1e-12)
    np.testing.assert_allclose(
        shown.value_added, baseline.value_added_share.values * baseline.output.values, rtol=1e-12
    )
    for n in range(4):
        own = baseline.trade_share.values[:, n, n] * baseline.spending.values[:, n]
        np.testing.assert_allclose(shown.own_spending[:, n], own, rtol=1e-12)
        np.testing.assert_allclose(
            shown.own_spending_after[:, n], solution.trade_share[:, n, n] * solution.spending[:, n]
        )
    final = baseline.final_share.values * baseline.income.values
    np.testing.assert_allclose(shown.use[:, :, -1], final.T, rtol=1e-12)
    np.testing.assert_allclose(shown.use.sum(axis=2).T, baseline.spending.values, rtol=1e-6)
    assert shown.requirement == pytest.approx(1)


def test_reach_with_a_trend():
    """19 % today, no trend, 6 % more by the plans: 20.14 against at most 17 is 3.14 points too much."""
    o = outcome(OutcomeMeasure.IMPORT_SHARE, base="b", trend="g", direction="down")
    found = reach(o, target(Kind.LEVEL, 17.0), 1.06, {"b": 19.0, "g": 0.0})
    assert (found.without_plan, found.target) == (19.0, 17.0)
    assert found.reached == pytest.approx(20.14)
    assert found.miss == pytest.approx(-3.14)
    assert found.needed_pct == pytest.approx(100 * (17 / 19 - 1))


def test_reach_with_growth_to_the_deadline_and_a_change_as_target():
    """1.02 a year over five years, 10 % more by the plans, against plus 25 %."""
    o = outcome(OutcomeMeasure.EXPORT_VOLUME, trend="g")
    found = reach(o, target(Kind.CHANGE_PCT, 25.0), 1.10, {"g": 0.02})
    assert found.without_plan == pytest.approx(1.02**5)
    assert found.reached == pytest.approx(1.02**5 * 1.10)
    assert found.miss == pytest.approx(1.02**5 * 1.10 - 1.25)
    assert found.miss_pct == pytest.approx(100 * found.miss / 1.25)


def test_reach_with_an_additional_part():
    """Of a fall by 19 % half in logarithms happens anyway (to 0.9); 10 % less by the plans meets the target exactly."""
    o = outcome(OutcomeMeasure.ENERGY_INTENSITY, additional="a", direction="down")
    found = reach(o, target(Kind.CHANGE_PCT, -19.0), 0.9, {"a": 0.5})
    assert found.without_plan == pytest.approx(0.9)
    assert found.miss == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("given", [None, target(Kind.QUALITATIVE, None), target(Kind.RANK, 4)])
def test_a_target_without_a_usable_number_gives_the_change_alone(given):
    found = reach(outcome(OutcomeMeasure.REAL_GDP), given, 1.03, {})
    assert found.model_pct == pytest.approx(3)
    assert found.miss is None


def test_a_change_in_percent_is_told_in_points_of_its_base_and_a_level_in_its_unit():
    grown = reach(outcome(OutcomeMeasure.REAL_GDP, trend="g"), target(Kind.CHANGE_PCT, 20.0), 1.1, {"g": 0.0})
    assert change_in_own_terms(grown, target(Kind.CHANGE_PCT, 20.0)) == pytest.approx(10)
    made = reach(outcome(OutcomeMeasure.REAL_GDP, base="b"), target(Kind.LEVEL, 60.0), 1.1, {"b": 50.0})
    assert change_in_own_terms(made, target(Kind.LEVEL, 60.0)) == pytest.approx(5)
    assert change_in_own_terms(made, None) is None
    unknown = reach(outcome(OutcomeMeasure.REAL_GDP), target(Kind.LEVEL, None), 1.1, {})
    assert change_in_own_terms(unknown, target(Kind.LEVEL, None)) is None


def test_table_gives_range_and_chance():
    def row(hat: float) -> Reached:
        return reach(outcome(OutcomeMeasure.REAL_GDP), target(Kind.MULTIPLE, 1.1), hat, {})

    table = outcomes_table([row(1.10)], [[row(1.0 + x / 100)] for x in range(1, 21)])
    assert table.loc[0, "chance"] == pytest.approx(11 / 20)
    assert table.loc[0, "model_pct_low"] == pytest.approx(np.percentile(range(1, 21), 5))
    assert table.loc[0, "model_pct_high"] == pytest.approx(np.percentile(range(1, 21), 95))


ACCOUNTS = EnergyAccounts(
    fuels=(Fuel("S00", "coal", "p_coal"), Fuel("S01", "gas", "p_gas")),
    transformation=("S01",),
    power="S02",
    non_fossil={"E00": "nf"},
    co2_mt={"E00": 100.0},
    fuel_share={"E01": {"S00": 0.75, "S01": 0.25}},
)
NUMBERS = {"coal": 0.1, "gas": 0.05, "p_coal": 5.0, "p_gas": 10.0, "nf": 20.0}


def test_energy_stands_still_without_a_shock(baseline):
    balance = energy_balance("E00", after(baseline), ACCOUNTS, NUMBERS)
    assert (balance.co2_hat, balance.energy_hat) == (pytest.approx(1), pytest.approx(1))
    assert (balance.non_fossil_before, balance.non_fossil_after) == (0.2, pytest.approx(0.2))
    assert balance.co2_mt == 100.0


def test_carbon_at_common_prices_leaves_transformation_out(baseline):
    shown = after(baseline)
    burnt = np.delete(shown.use[0], 1, axis=1)
    by_hand = burnt[0].sum() / 5.0 * 0.1 + burnt[1].sum() / 10.0 * 0.05
    assert energy_balance("E00", shown, ACCOUNTS, NUMBERS).co2_at_common_prices_mt == pytest.approx(by_hand)


def test_reported_fuel_shares_weigh_the_volumes(baseline):
    shown = after(baseline, Shock("productivity", 20, economy="E01", sector="S00"))
    users = [0, 2, 3, 4, 5]
    hats = [(shown.use[1, k, users] * shown.use_hat[1, k, users]).sum() / shown.use[1, k, users].sum() for k in (0, 1)]
    balance = energy_balance("E01", shown, ACCOUNTS, NUMBERS)
    assert balance.co2_hat == pytest.approx(0.75 * hats[0] + 0.25 * hats[1])
    assert balance.non_fossil_after is None


def test_energy_and_its_non_fossil_share_by_hand(baseline):
    """Fuel weighs by the energy that its carbon stands for; clean power grows with the power industry and by what it replaces."""
    shown = after(
        baseline,
        Shock("input_requirement", -20, economy="E00", input="S00", industry="S02"),
        Shock("input_requirement", 15, economy="E00", input="S01", industry="S02"),
        Shock("productivity", 25, economy="E00", sector="S02"),
        Shock("productivity", 40, economy="E01", sector="S01"),
    )
    users = [0, 2, 3, 4, 5]
    spent = np.array([shown.use[0, k, users].sum() for k in (0, 1)])
    carbon = spent / [5.0, 10.0] * [0.1, 0.05]
    energy = carbon / [0.1, 0.05]
    energy /= energy.sum()
    hats = np.array([(shown.use[0, k, users] * shown.use_hat[0, k, users]).sum() for k in (0, 1)]) / spent
    assert abs(hats[0] / hats[1] - 1) > 0.03, "the fuels part, so that their weights matter"
    power = shown.output_after[2, 0] / shown.output[2, 0] / shown.cost_hat[2, 0]
    in_power = np.array([shown.use[0, k, 2] for k in (0, 1)]) / spent
    replaced = (energy * in_power * [0.2, -0.15]).sum() * power
    clean = 0.2 * power + 0.8 * replaced
    fuel = 0.8 * (energy * hats).sum()
    balance = energy_balance("E00", shown, ACCOUNTS, NUMBERS)
    assert balance.energy_hat == pytest.approx(clean + fuel, rel=1e-9)
    assert balance.non_fossil_after == pytest.approx(clean / (clean + fuel), rel=1e-9)
    assert balance.co2_hat == pytest.approx((carbon / carbon.sum() * hats).sum(), rel=1e-9)
    for kind, hat in (
        (OutcomeMeasure.ENERGY_INTENSITY, balance.energy_hat),
        (OutcomeMeasure.CO2_INTENSITY, balance.co2_hat),
    ):
        found = measure(outcome(kind), shown, ACCOUNTS, NUMBERS)
        assert found == pytest.approx(hat / shown.real_gdp_hat[0], rel=1e-12)
    share = measure(outcome(OutcomeMeasure.NON_FOSSIL_SHARE), shown, ACCOUNTS, NUMBERS)
    assert share == pytest.approx(balance.non_fossil_after / 0.2, rel=1e-12)


def test_energy_of_an_economy_without_a_known_share_is_its_fuel(baseline):
    """Reported shares of carbon are shares of energy after division by what each fuel emits."""
    shown = after(baseline, Shock("productivity", 20, economy="E01", sector="S00"))
    users = [0, 2, 3, 4, 5]
    hats = [(shown.use[1, k, users] * shown.use_hat[1, k, users]).sum() / shown.use[1, k, users].sum() for k in (0, 1)]
    energy = np.array([0.75 / 0.1, 0.25 / 0.05])
    by_hand = (energy / energy.sum() * hats).sum()
    assert energy_balance("E01", shown, ACCOUNTS, NUMBERS).energy_hat == pytest.approx(by_hand, rel=1e-9)


def test_less_fuel_in_power_raises_the_non_fossil_share_and_lowers_carbon(baseline):
    shown = after(
        baseline,
        Shock("input_requirement", -20, economy="E00", input=("S00", "S01"), industry="S02"),
        Shock("productivity", 100 * ((1 - 0.2 * power_fuel_share(baseline)) - 1), economy="E00", sector="S02"),
    )
    balance = energy_balance("E00", shown, ACCOUNTS, NUMBERS)
    assert balance.co2_hat < 1
    assert balance.non_fossil_after > 0.2
    assert balance.energy_hat == pytest.approx(1, abs=0.02)


def power_fuel_share(baseline) -> float:
    chain = baseline.input_share.values[0] * (1 - baseline.value_added_share.values[:, 0])
    return float(chain[[0, 1], 2].sum())


def test_energy_measures_without_accounts_or_share_say_so(baseline):
    shown = after(baseline)
    with pytest.raises(BadInputError, match="needs energy accounts"):
        measure(outcome(OutcomeMeasure.CO2_INTENSITY), shown, None, {})
    with pytest.raises(BadInputError, match="non-fossil share of E01"):
        measure(outcome(OutcomeMeasure.NON_FOSSIL_SHARE, "E01"), shown, ACCOUNTS, NUMBERS)
    assert measure(outcome(OutcomeMeasure.NON_FOSSIL_SHARE), shown, ACCOUNTS, NUMBERS) == pytest.approx(1)
    assert measure(outcome(OutcomeMeasure.ENERGY_INTENSITY), shown, ACCOUNTS, NUMBERS) == pytest.approx(1)


def test_an_economy_that_burns_nothing_emits_what_it_did(baseline):
    shown = after(baseline, Shock("productivity", 20, economy="E01", sector="S00"))
    use = shown.use.copy()
    use[0, :2] = 0
    balance = energy_balance("E00", replace(shown, use=use), ACCOUNTS, NUMBERS)
    assert (balance.co2_hat, balance.co2_at_common_prices_mt) == (pytest.approx(1), 0)
