"""Goal-seek, trade-off, price list, financing and what new trade displaces."""

import numpy as np
import pytest
import xarray as xr

from isthmus.core.errors import BadInputError, InfeasibleError
from isthmus.economy.calibrate import calibrate
from isthmus.economy.exposure import exposure, links
from isthmus.economy.synthetic import synthetic_world
from isthmus.equilibrium.aftermath import displaced, links_after
from isthmus.equilibrium.changes import combine
from isthmus.equilibrium.finance import Outlay, equivalent_variation, financing, net_consumption
from isthmus.equilibrium.gradient import gradient
from isthmus.equilibrium.path import solve_years
from isthmus.equilibrium.prices import price_list
from isthmus.equilibrium.scenario import Scenario, Shock, resolve
from isthmus.equilibrium.seek import outcomes_of, seek, trade_off
from isthmus.equilibrium.solve import Settings, find, pose

EXACT = Settings(tolerance=1e-12)
CHEAPER = Shock("trade_cost", -30, exporter="E00", importer="E01")
ABLER = Shock("productivity", 20, economy="E01")


@pytest.fixture(scope="module")
def baseline():
    return calibrate(synthetic_world(3, 4, np.random.default_rng(1)))


@pytest.fixture(scope="module")
def problem(baseline):
    return pose(baseline, Scenario())


def levers(baseline, *shocks):
    return [resolve(Scenario((shock,)), baseline) for shock in shocks]


def test_one_lever_reaches_one_goal(baseline, problem):
    outcomes = outcomes_of(problem, levers(baseline, CHEAPER), lambda state: state.welfare.ln_real_income[1:2], EXACT)
    half = outcomes(np.array([0.5]))[0]
    found = seek(outcomes, [half], [0], [1])
    assert found.degrees == pytest.approx([0.5], abs=1e-6)
    assert found.outcomes == pytest.approx([half])
    assert len(found.tried) >= 3


def test_two_levers_reach_two_goals(baseline, problem):
    outcomes = outcomes_of(
        problem, levers(baseline, CHEAPER, ABLER), lambda state: state.welfare.ln_real_income[:2], EXACT
    )
    wanted = outcomes(np.array([0.3, 0.8]))
    assert seek(outcomes, wanted, [0, 0], [1, 1]).degrees == pytest.approx([0.3, 0.8], abs=1e-4)


def test_a_goal_out_of_reach_names_the_closest(baseline, problem):
    outcomes = outcomes_of(problem, levers(baseline, CHEAPER), lambda state: state.welfare.ln_real_income[1:2], EXACT)
    most = outcomes(np.array([1.0]))[0]
    with pytest.raises(InfeasibleError, match="closest attainable") as caught:
        seek(outcomes, [most + 1], [0], [1])
    assert caught.value.exit_code == 3
    assert caught.value.detail["closest"] == pytest.approx([most])
    assert caught.value.detail["degrees"] == [1.0]
    assert len(caught.value.detail["tried"]) >= 3
    two = outcomes_of(problem, levers(baseline, CHEAPER, ABLER), lambda state: state.welfare.ln_real_income[:2], EXACT)
    with pytest.raises(InfeasibleError):
        seek(two, [1.0, -1.0], [0, 0], [1, 1])


def test_a_goal_in_a_year_of_a_path(baseline, problem):
    def outcome(degrees):
        shock = Shock("trade_cost", -30 * degrees[0], exporter="E00", importer="E01", start=2027, phase_years=2)
        path = solve_years(problem, Scenario((shock,)), range(2026, 2030), settings=EXACT)
        return path.states[2029].welfare.ln_real_income[1:2]

    wanted = outcome([0.4])
    assert seek(outcome, wanted, [0], [1]).degrees == pytest.approx([0.4], abs=1e-6)


@pytest.mark.parametrize(("goals", "low", "high"), [([], [0], [1]), ([1], [1], [0]), ([1], [], [])])
def test_bounds_that_do_not_fit_are_refused(goals, low, high):
    with pytest.raises(BadInputError, match="goal-seek"):
        seek(lambda d: d, goals, low, high)


def test_the_trade_off_of_two_goals_is_a_falling_curve():
    """In closed form: x and 1 - x^2 on [0, 1] trade off along the parabola."""
    curve, degrees = trade_off(lambda d: np.array([d[0], 1 - d[0] ** 2]), [0], [1], points=5)
    assert degrees[:, 0] == pytest.approx([1, 0.75, 0.5, 0.25, 0], abs=1e-4)
    assert curve[:, 1] == pytest.approx(1 - degrees[:, 0] ** 2)


def test_changes_together_are_those_of_one_scenario(baseline, problem):
    tariff = Shock("tariff", exporter="E02", importer="E01", rate=0.3)
    saving = Shock("input_requirement", -10, economy="E00", input="S01")
    parts = levers(baseline, CHEAPER, ABLER, tariff, saving)
    together = find(problem, combine(*parts), settings=EXACT)
    whole = find(pose(baseline, Scenario((CHEAPER, ABLER, tariff, saving))), settings=EXACT)
    np.testing.assert_allclose(together.ln_P, whole.ln_P, atol=1e-10)


def test_what_new_trade_displaces_adds_up(problem, baseline):
    state = find(problem, levers(baseline, CHEAPER)[0])
    split = displaced(state, 0, 1)
    np.testing.assert_allclose(split.created + split.diverted, split.gained, atol=1e-9 * split.gained.max())
    assert (split.gained > 0).all()
    assert (split.diverted > 0).all()


def test_links_after_nothing_are_the_links_before(problem, baseline):
    one, other = exposure(links(baseline)), exposure(links_after(find(problem)))
    np.testing.assert_allclose(other.export_content, one.export_content, rtol=1e-9)
    np.testing.assert_allclose(other.final_content, one.final_content, rtol=1e-9)
    moved = exposure(links_after(find(problem, levers(baseline, CHEAPER)[0])))
    assert moved.final_content[0, 1] > one.final_content[0, 1]


def test_the_price_list_is_sorted_and_made_of_the_gradient(baseline):
    (g,) = gradient(baseline, "E01")
    tau = baseline.tariff_factor.values
    factor, overhead = baseline.tariff_factor, xr.full_like(baseline.tariff_factor, 0.25)
    table = price_list([g], [("E00", "E01"), ("E01", "E00")], {"time": overhead}, tariff_factor=factor)
    assert list(table.columns) == ["of", "exporter", "importer", "sector", "component", "overhead", "musd_per_pct"]
    assert len(table) == 2 * 3 * 4
    assert table["musd_per_pct"].is_monotonic_decreasing
    cell = table[(table["exporter"] == "E00") & (table["sector"] == "S01")].set_index("component")["musd_per_pct"]
    assert cell["whole"] == pytest.approx(g.musd_per_pct[1, 0, 1])
    assert cell["time"] == pytest.approx(0.2 * g.musd_per_pct[1, 0, 1])
    rate = tau[1, 0, 1] - 1
    assert cell["tariff"] == pytest.approx(-0.01 * g.income * g.tariff[1, 0, 1] * rate / (1 + rate))
    with pytest.raises(BadInputError, match="component time"):
        price_list([g], [("E00", "E01")], {"time": overhead[0]})
    swapped = factor.isel(importer=[1, 0, *range(2, factor.sizes["importer"])])
    with pytest.raises(BadInputError, match="tariff factor, dimension importer: 'E01' stands where"):
        price_list([g], [("E00", "E01")], tariff_factor=swapped)
    with pytest.raises(BadInputError, match="XXX"):
        price_list([g], [("XXX", "E01")])


def test_a_loan_is_repaid_to_the_last_dollar():
    done = financing([Outlay(year=2026, payer=0, amount=100.0, lender=1)], range(2026, 2037), 3, rate=0.05, term=6)
    np.testing.assert_allclose(done.transfer.sum(axis=1), 0, atol=1e-12)
    worth = (done.transfer[:, 0] / 1.05 ** np.arange(11)).sum()
    assert worth == pytest.approx(0, abs=1e-10)
    assert done.owed[0, 0] == 100
    assert done.owed[6] == pytest.approx(0, abs=1e-10)
    assert done.cost[0].tolist() == [100, 0, 0]
    assert done.transfer[:, 2].tolist() == [0] * 11


def test_without_interest_instalments_are_equal_parts():
    done = financing([Outlay(year=2026, payer=0, amount=90.0, lender=1)], range(2026, 2030), 2, rate=0.0, term=3)
    assert done.transfer[:, 0].tolist() == pytest.approx([90, -30, -30, -30])


@pytest.mark.parametrize(
    ("outlay", "rate", "term"),
    [
        (Outlay(year=2020, payer=0, amount=1.0), 0.05, 3),
        (Outlay(year=2026, payer=0, amount=-1.0), 0.05, 3),
        (Outlay(year=2026, payer=0, amount=1.0, lender=0), 0.05, 3),
        (Outlay(year=2026, payer=0, amount=1.0), -1.0, 3),
        (Outlay(year=2026, payer=0, amount=1.0), 0.05, 0),
    ],
)
def test_outlays_that_make_no_sense_are_refused(outlay, rate, term):
    with pytest.raises(BadInputError, match="Allowed"):
        financing([outlay], range(2026, 2030), 2, rate, term)


def test_costs_lower_consumption_and_a_constant_gain_is_worth_itself(baseline, problem):
    path = solve_years(problem, Scenario(), range(2026, 2029))
    cost = {2027: np.array([0.01, 0, 0]) * baseline.income.values}
    net = net_consumption(path, cost)
    assert net[2027][0] == pytest.approx(np.log(0.99), abs=1e-9)
    assert net[2026] == pytest.approx(0, abs=1e-9)
    assert equivalent_variation(dict.fromkeys(range(5), np.array([0.02])), 0.05) == pytest.approx([0.02])
    weights = 1.05 ** -np.arange(3)
    assert equivalent_variation(net, 0.05)[0] == pytest.approx(np.log(0.99) * weights[1] / weights.sum(), abs=1e-9)


def test_a_transfer_is_spent_where_it_arrives(baseline, problem):
    size = 0.01 * baseline.income.values[0]
    changes = combine(problem.changes)
    moved = type(changes)(**{**vars(changes), "transfer": np.array([size, -size, 0.0])})
    state = find(problem, moved)
    assert state.deficit - baseline.deficit.values == pytest.approx([size, -size, 0])
    assert state.welfare.ln_real_income[0] > 0 > state.welfare.ln_real_income[1]
