import numpy as np
import pytest

from isthmus.core.errors import BadInputError
from isthmus.economy.calibrate import calibrate
from isthmus.economy.synthetic import synthetic_world
from isthmus.equilibrium.scenario import Scenario, Shock
from isthmus.equilibrium.solve import find, pose
from isthmus.equilibrium.state import State
from isthmus.levers.energy import EnergyAccounts, Fuel, energy_balance
from isthmus.levers.outcomes import Measure, Outcome, Reached, measure, outcomes_table, reach
from isthmus.levers.picture import Picture, picture
from isthmus.plans.plan import Kind, Target


def outcome(kind: Measure, economy: str = "E00", sector=("*",), **changes) -> Outcome:
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
        m for m in Measure if m not in (Measure.ENERGY_INTENSITY, Measure.CO2_INTENSITY, Measure.NON_FOSSIL_SHARE)
    ):
        assert measure(
            outcome(kind, partner="E01" if kind is Measure.TRADE_VALUE else ""), same, None, {}
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
    assert measure(outcome(Measure.TRADE_VALUE, partner="E01"), shown, None, {}) > 1.2
    assert measure(outcome(Measure.IMPORT_SHARE), shown, None, {}) > 1
    assert measure(outcome(Measure.DOMESTIC_SHARE), shown, None, {}) < 1
    assert measure(outcome(Measure.REAL_GDP), shown, None, {}) > 1


def test_import_share_by_hand(baseline):
    shown = after(baseline, Shock("trade_cost", -10, exporter="E00", importer="E01"))
    imports = [shown.flows[:, [0, 2, 3], 1].sum(), shown.flows_after[:, [0, 2, 3], 1].sum()]
    by_hand = (imports[1] / shown.gdp_after[1]) / (imports[0] / shown.gdp[1])
    assert measure(outcome(Measure.IMPORT_SHARE, "E01"), shown, None, {}) == pytest.approx(by_hand)


def test_reach_with_a_trend():
    """19 % today, no trend, 6 % more by the plans: 20.14 against at most 17 is 3.14 points too much."""
    o = outcome(Measure.IMPORT_SHARE, base="b", trend="g", direction="down")
    found = reach(o, target(Kind.LEVEL, 17.0), 1.06, {"b": 19.0, "g": 0.0})
    assert (found.without_plan, found.target) == (19.0, 17.0)
    assert found.reached == pytest.approx(20.14)
    assert found.miss == pytest.approx(-3.14)
    assert found.needed_pct == pytest.approx(100 * (17 / 19 - 1))


def test_reach_with_growth_to_the_deadline_and_a_change_as_target():
    """1.02 a year over five years, 10 % more by the plans, against plus 25 %."""
    o = outcome(Measure.EXPORT_VOLUME, trend="g")
    found = reach(o, target(Kind.CHANGE_PCT, 25.0), 1.10, {"g": 0.02})
    assert found.without_plan == pytest.approx(1.02**5)
    assert found.reached == pytest.approx(1.02**5 * 1.10)
    assert found.miss == pytest.approx(1.02**5 * 1.10 - 1.25)
    assert found.miss_pct == pytest.approx(100 * found.miss / 1.25)


def test_reach_with_an_additional_part():
    """Of a fall by 19 % half in logarithms happens anyway (to 0.9); 10 % less by the plans meets the target exactly."""
    o = outcome(Measure.ENERGY_INTENSITY, additional="a", direction="down")
    found = reach(o, target(Kind.CHANGE_PCT, -19.0), 0.9, {"a": 0.5})
    assert found.without_plan == pytest.approx(0.9)
    assert found.miss == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("given", [None, target(Kind.QUALITATIVE, None), target(Kind.RANK, 4)])
def test_a_target_without_a_usable_number_gives_the_change_alone(given):
    found = reach(outcome(Measure.REAL_GDP), given, 1.03, {})
    assert found.model_pct == pytest.approx(3)
    assert found.miss is None


def test_table_gives_range_and_chance():
    def row(hat: float) -> Reached:
        return reach(outcome(Measure.REAL_GDP), target(Kind.MULTIPLE, 1.1), hat, {})

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
        measure(outcome(Measure.CO2_INTENSITY), shown, None, {})
    with pytest.raises(BadInputError, match="non-fossil share of E01"):
        measure(outcome(Measure.NON_FOSSIL_SHARE, "E01"), shown, ACCOUNTS, NUMBERS)
    assert measure(outcome(Measure.NON_FOSSIL_SHARE), shown, ACCOUNTS, NUMBERS) == pytest.approx(1)
    assert measure(outcome(Measure.ENERGY_INTENSITY), shown, ACCOUNTS, NUMBERS) == pytest.approx(1)
