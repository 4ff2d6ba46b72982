"""What dated effects are worth over the years: money by year, costs, loans and their service, against plain arithmetic."""

import dataclasses

import numpy as np
import pytest

from isthmus.core.errors import BadInputError
from isthmus.economy.calibrate import calibrate
from isthmus.economy.synthetic import synthetic_world
from isthmus.equilibrium.finance import Outlay
from isthmus.equilibrium.path import solve_years
from isthmus.equilibrium.scenario import Scenario, Shock, resolve
from isthmus.equilibrium.solve import Settings, find, pose
from isthmus.equilibrium.worth import THIRD, LoanTerms, path_worth

EXACT = Settings(tolerance=1e-12)
YEARS = range(2026, 2032)
CHEAPER = Scenario((Shock("trade_cost", -20, exporter="E00", importer="E01", start=2028, phase_years=2),))


@pytest.fixture(scope="module")
def problem():
    return pose(calibrate(synthetic_world(3, 4, np.random.default_rng(1))), Scenario())


def worth(problem, effects=CHEAPER, **more):
    return path_worth(problem, effects, YEARS, settings=EXACT, **more)


def test_without_costs_it_is_the_path_in_money(problem):
    path = solve_years(problem, CHEAPER, YEARS, settings=EXACT)
    found = worth(problem)
    for t, year in enumerate(YEARS):
        expected = problem.model.I * np.expm1(path.states[year].welfare.ln_real_income)
        np.testing.assert_allclose(found.gross[t], expected, atol=1e-6)
    np.testing.assert_allclose(found.net, found.gross, atol=1e-6)
    assert found.gross[:2] == pytest.approx(0, abs=1e-6)
    assert found.gross[-1, 1] > found.gross[3, 1] > 0


def test_a_cost_at_home_is_consumption_forgone_dollar_for_dollar(problem):
    size = 0.01 * problem.model.I[1]
    plain, paid = worth(problem), worth(problem, outlays=[Outlay(year=2029, payer=1, amount=size)])
    moved = paid.net - plain.net
    assert moved[3, 1] == pytest.approx(-size)
    moved[3, 1] = 0
    np.testing.assert_allclose(moved, 0, atol=1e-9)
    assert paid.present[1] - plain.present[1] == pytest.approx(-size * 1.05**-3)
    np.testing.assert_allclose(paid.loans, 0, atol=1e-9)


def test_present_value_and_equivalent_are_discounted_to_the_first_year(problem):
    found = worth(problem, terms=LoanTerms(discount=0.1))
    weights = 1.1 ** -np.arange(6)
    assert found.present == pytest.approx(weights @ found.net)
    logs = np.log1p(found.net / problem.model.I)
    assert found.equivalent == pytest.approx(weights @ logs / weights.sum())


def test_a_loan_moves_the_cost_to_the_lender_and_back_with_interest(problem):
    size = 0.01 * problem.model.I[1]
    terms = LoanTerms(interest=0.05, repayment=3)
    home = worth(problem, outlays=[Outlay(year=2026, payer=1, amount=size)], terms=terms)
    lent = worth(problem, outlays=[Outlay(year=2026, payer=1, amount=size, lender=0)], terms=terms)
    assert lent.lent[0] == pytest.approx([-size, size, 0])
    assert lent.lent[1] == pytest.approx(size * 0.05 / (1 - 1.05**-3) * np.array([1, -1, 0]))
    assert lent.lent[4:] == pytest.approx(0)
    assert lent.owed[3] == pytest.approx(0, abs=1e-9)
    np.testing.assert_allclose(lent.gross, home.gross, atol=1e-6)
    assert lent.net[0, 1] > home.net[0, 1]
    assert lent.net[0, 0] < home.net[0, 0]
    assert lent.net[1, 1] < home.net[1, 1]
    np.testing.assert_allclose(lent.net, lent.gross - lent.cost + lent.loans, atol=1e-9)


def test_a_transfer_in_the_model_is_what_a_static_solve_says(problem):
    size = 0.02 * problem.model.I[1]
    nothing = resolve(Scenario(), problem.baseline)
    found = worth(problem, Scenario(), outlays=[Outlay(year=2026, payer=1, amount=size, lender=0)])
    static = find(problem, dataclasses.replace(nothing, transfer=np.array([-size, size, 0.0])), settings=EXACT)
    expected = problem.model.I * np.expm1(static.welfare.ln_real_income)
    np.testing.assert_allclose(found.loans[0], expected, atol=1e-6)


def test_debt_that_is_still_open_counts(problem):
    size = 0.01 * problem.model.I[1]
    outlays = [Outlay(year=2031, payer=1, amount=size, lender=0)]
    found = worth(problem, Scenario(), outlays=outlays, terms=LoanTerms(repayment=10))
    assert found.owed[-1] == pytest.approx([-size, size, 0])
    open_debt = found.present - 1.05 ** -np.arange(6) @ found.net
    assert open_debt == pytest.approx(1.05**-5 * size * np.array([1, -1, 0]))


def test_the_table_has_partners_and_all_others_together(problem):
    found = worth(problem)
    table = found.table(["E01", "E00"])
    assert list(table["economy"].unique()) == ["E01", "E00", THIRD]
    last = table[table["year"] == 2031].set_index("economy")["net_musd"]
    assert last.to_list() == pytest.approx([found.net[-1, 1], found.net[-1, 0], found.net[-1, 2]])
    assert len(found.table()) == 3 * 6


def test_what_makes_no_sense_is_refused(problem):
    with pytest.raises(BadInputError, match="discount"):
        worth(problem, terms=LoanTerms(discount=-1))
    with pytest.raises(BadInputError, match="E01 pays"):
        worth(problem, outlays=[Outlay(year=2027, payer=1, amount=2 * problem.model.I[1])])
