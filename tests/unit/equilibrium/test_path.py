"""One loop over years: laws of capital against closed forms, restart, horizons, and what is refused."""

import numpy as np
import pytest

from isthmus.core.errors import BadInputError
from isthmus.economy.calibrate import calibrate
from isthmus.economy.synthetic import synthetic_world
from isthmus.equilibrium.path import LAWS, Path, solve_path, solve_years
from isthmus.equilibrium.scenario import Scenario, Shock, ramp, resolve
from isthmus.equilibrium.solve import Settings, find, pose

EXACT = Settings(tolerance=1e-12)
CHEAPER = Scenario((Shock("trade_cost", -20, exporter="E00", importer="E01", start=2027, phase_years=3),))
GAIN = np.log(1.1)
CHI = 0.35


@pytest.fixture(scope="module")
def problem():
    return pose(calibrate(synthetic_world(3, 4, np.random.default_rng(1))), Scenario())


@pytest.fixture(scope="module")
def everywhere():
    """Without inputs and tariffs, productivity that rises everywhere moves no trade share: K follows in closed form."""
    baseline = calibrate(synthetic_world(3, 2, np.random.default_rng(4), inputs=False, tariffs=False))
    return pose(baseline, Scenario((Shock("productivity", 10),)))


def capital(path: Path, year: int) -> np.ndarray:
    return path.ln_capital[year]


@pytest.mark.parametrize("law", LAWS)
def test_one_step_and_long_run_are_the_closed_form(everywhere, law):
    scenario = everywhere.scenario
    path = solve_years(everywhere, scenario, range(2026, 2028), capital_law=law, long_run=True, settings=EXACT)
    assert capital(path, 2026) == pytest.approx(0)
    one_step = 0.06 * GAIN if law == "lucas_prescott" else np.log(0.94 + 0.06 * np.exp(GAIN))
    assert capital(path, 2027) == pytest.approx(one_step, abs=1e-10)
    assert path.long_run_capital == pytest.approx(GAIN / (1 - CHI), abs=1e-9)
    assert path.states[2027].welfare.ln_return == pytest.approx(GAIN + CHI * one_step, abs=1e-10)


def test_year_five_and_ten_are_far_from_the_long_run(everywhere):
    """The geometric law in closed form: 1 - (1 - delta (1 - chi))^t of the long run has arrived after t years."""
    path = solve_years(everywhere, everywhere.scenario, range(2026, 2037), settings=EXACT)
    for years in (5, 10):
        arrived = capital(path, 2026 + years) * (1 - CHI) / GAIN
        assert arrived == pytest.approx(1 - (1 - 0.06 * (1 - CHI)) ** years, abs=1e-9)


@pytest.mark.parametrize("law", LAWS)
def test_both_laws_end_in_the_same_long_run(problem, law):
    scenario = Scenario((Shock("trade_cost", -20, exporter="E00", importer="E01"),))
    path = solve_years(problem, scenario, range(2026, 2126), capital_law=law, depreciation=0.4, long_run=True)
    assert capital(path, 2125) == pytest.approx(path.long_run_capital, abs=1e-9)


def test_project_investment_adds_to_capital_under_the_linear_law(problem):
    added = np.array([0.02, 0.0, 0.0])
    path = solve_years(
        problem, Scenario(), range(2026, 2029), capital_law="linear", investment=lambda year: added * (year == 2026)
    )
    assert capital(path, 2027) == pytest.approx(np.log1p(added))
    assert np.exp(capital(path, 2028)) == pytest.approx(
        0.94 * np.exp(capital(path, 2027)) + 0.06 * np.exp(path.states[2027].welfare.ln_return)
    )


@pytest.mark.parametrize("law", LAWS)
def test_a_path_split_and_restarted_gives_the_same_numbers(problem, law):
    whole = solve_years(problem, CHEAPER, range(2026, 2034), capital_law=law, settings=EXACT)
    first = solve_years(problem, CHEAPER, range(2026, 2030), capital_law=law, settings=EXACT)
    rest = solve_years(problem, CHEAPER, range(2030, 2034), capital_law=law, settings=EXACT, start=first.end)
    for year in range(2030, 2034):
        np.testing.assert_allclose(capital(rest, year), capital(whole, year), atol=1e-11)
        np.testing.assert_allclose(
            rest.states[year].welfare.ln_real_income, whole.states[year].welfare.ln_real_income, atol=1e-11
        )


def test_changes_may_come_from_a_function_of_the_year(problem):
    told = solve_years(problem, lambda year: resolve(CHEAPER, problem.baseline, year), range(2026, 2031))
    read = solve_years(problem, CHEAPER, range(2026, 2031))
    np.testing.assert_array_equal(told.states[2030].ln_P, read.states[2030].ln_P)


def test_capital_in_use_is_what_has_accumulated_and_shocks_to_it(problem):
    path = solve_years(problem, Scenario((Shock("capital", 10, economy="E00"),)), range(2026, 2028))
    assert capital(path, 2026) == pytest.approx([np.log(1.1), 0, 0])
    assert capital(path, 2027)[0] > np.log(1.1)


def test_elasticities_may_depend_on_the_horizon(problem):
    scenario = Scenario((Shock("trade_cost", -20, exporter="E00", importer="E01"),))
    path = solve_years(problem, scenario, range(2026, 2028), elasticity=lambda year: 0.5 if year == 2026 else 1.0)
    short = pose(problem.baseline, Scenario(scenario.shocks, scale=0.5))
    np.testing.assert_allclose(path.states[2026].ln_P, find(short).ln_P, atol=1e-9)
    assert np.abs(path.states[2027].ln_P - path.states[2026].ln_P).max() > 1e-4


def test_the_table_tells_the_long_run_last(problem):
    table = solve_path(problem.baseline, CHEAPER, 2026, 2028).table()
    assert list(table["year"].unique()) == [2026, 2027, 2028, "long_run"]
    assert table["real_income_pct"].abs().max() < 20


def test_the_ramp_is_flat_steps_flat():
    assert [ramp(year, 2027, 4) for year in range(2026, 2032)] == [0, 0.25, 0.5, 0.75, 1, 1]
    assert [ramp(year, 2027, 0) for year in (2026, 2027)] == [0, 1]
    assert ramp(2027, 2027.5, 4) == pytest.approx(0.125)


BAD = {
    "gap": ({"years": [2026, 2028]}, "consecutive years"),
    "none": ({"years": []}, "consecutive years"),
    "backwards": ({"years": [2027, 2026]}, "consecutive years"),
    "law": ({"capital_law": "putty"}, "lucas_prescott, linear"),
    "investment": ({"investment": lambda _: np.zeros(3)}, "the linear law"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_makes_no_path_is_refused(problem, case):
    keys, words = BAD[case]
    with pytest.raises(BadInputError, match=words):
        solve_years(problem, CHEAPER, keys.pop("years", range(2026, 2028)), **keys)


def test_a_restart_in_another_year_is_refused(problem):
    first = solve_years(problem, CHEAPER, range(2026, 2028))
    with pytest.raises(BadInputError, match="2028, where the path ended"):
        solve_years(problem, CHEAPER, range(2029, 2031), start=first.end)
