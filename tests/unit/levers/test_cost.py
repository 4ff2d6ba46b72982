from dataclasses import replace

import numpy as np
import pytest

from isthmus.core.provenance import Ledger, Parameter, Status
from isthmus.levers.additional import Trend, additional_entries, additional_share, observed_range
from isthmus.levers.cost import Cost, burdens, unknown_costs, yearly_costs
from isthmus.levers.lever import Channel, Effect, Form, Lever
from isthmus.levers.worlds import Timetable, World

PARTNERS = ("AAA", "BBB")
RESEARCH = Lever(
    "research", {}, "research", "AAA", ("AAA",), {},
    (Effect(Channel.VALUE_ADDED_PRODUCTIVITY, {"target": "target.x", "base": "target.x.base", "additional": "more"}),),
    2025, 2026, 2030,
)  # fmt: skip
GATE = Lever(
    "gate", {}, "trade", "joint", PARTNERS, {},
    (Effect(Channel.WEDGE, {"overhead": "o", "removed": "s"}, exporter=("AAA",), importer=("BBB",)),), 2025, 2026, 2030,
)  # fmt: skip
FULL = World("all", {"research": {"AAA": 1.0}, "gate": {"AAA": 1.0, "BBB": 0.5}})
NUMBERS = {"target.x": 2.0, "target.x.base": 1.0, "more": 0.5, "sum": 100.0}


def cost(**changes):
    row = Cost(
        lever="gate",
        payer="AAA",
        item="works",
        basis="per_year",
        scales_with="degree",
        entry="sum",
        first=2026,
        last=2030,
    )
    return replace(row, **changes)


def paid(lever, row, year, world=FULL):
    return yearly_costs(lever, [row], NUMBERS, world, year).get(row.payer, 0.0)


def test_a_sum_a_year_follows_the_degree_and_ends():
    assert [paid(GATE, cost(), year) for year in (2025, 2026, 2030, 2031)] == pytest.approx([0, 10, 50, 0])
    assert paid(RESEARCH, cost(lever="research", scales_with="additional"), 2030) == pytest.approx(50)


def test_spending_above_the_trend_goes_on_while_the_lever_acts():
    """Doubling of which half is additional: 2 ** 0.5 - 1 of the base spending, and as many points of a base of one point."""
    for basis in ("excess", "points"):
        row = cost(lever="research", basis=basis)
        assert paid(RESEARCH, row, 2036) == pytest.approx(100 * (2**0.5 - 1))
        assert paid(RESEARCH, row, 2026) == pytest.approx(100 * (2**0.1 - 1))
    assert paid(RESEARCH, cost(lever="research", basis="inside"), 2030) == 0


def burden(rows, numbers, year=2030):
    return burdens(
        (RESEARCH, GATE), rows, NUMBERS | numbers, FULL, Timetable(2026, 2030, 2036), year,
        labels=["AAA", "BBB", "third"], income={"AAA": 1000.0, "BBB": 500.0}, draws=1,
    )[0]  # fmt: skip


def test_costs_are_a_share_of_the_payers_income_in_the_branch_of_the_lever():
    found = burden([cost(), cost(lever="research", basis="excess")], {})
    assert found[1, 0] == pytest.approx([5.0, 0.0, 0.0])
    assert found[0, 1] == pytest.approx([100 * 100 * (2**0.5 - 1) / 1000, 0.0, 0.0])
    assert found[:, :, 2].sum() == 0
    assert (found[0, 0], found[1, 1]) == (pytest.approx(0), pytest.approx(0))


def test_a_loan_moves_the_cost_to_the_partner_and_back_with_interest():
    loan = {"partner_finance_share": 0.5, "partner_finance_rate": 0.0, "partner_finance_years": 10.0}
    first, last = burden([cost()], loan, 2026)[1, 0], burden([cost()], loan, 2036)[1, 0]
    assert first == pytest.approx([0.5, 1.0, 0.0])
    repaid = 0.5 * (10 + 20 + 30 + 40 + 50) / 10
    assert last == pytest.approx([100 * repaid / 1000, -100 * repaid / 500, 0.0])
    dear = burden([cost()], loan | {"partner_finance_rate": 0.05}, 2036)[1, 0]
    assert dear[0] == pytest.approx(last[0] * 10 * 0.05 / (1 - 1.05**-10))


def test_lenders_and_borrowers_pay_all_of_it_between_them():
    for year in (2026, 2030, 2036):
        loan = {"partner_finance_share": 0.3, "partner_finance_rate": 0.04, "partner_finance_years": 8.0}
        with_loan, without = burden([cost()], loan, year)[1, 0], burden([cost()], {}, year)[1, 0]
        assert with_loan @ [1000, 500, 0] == pytest.approx(without @ [1000, 500, 0])


def test_costs_without_a_figure_are_named():
    rows = [cost(), cost(payer="BBB", basis="unknown", entry="")]
    assert unknown_costs((RESEARCH, GATE), rows) == {("research", "AAA"), ("gate", "BBB")}
    assert unknown_costs((GATE,), [*rows, cost(payer="BBB")]) == {("gate", "BBB")}


def test_only_the_pace_above_the_trend_is_the_plans():
    assert additional_share(0.07, 0.091) == 0.0
    assert additional_share(0.5, 0.3) == pytest.approx(0.4)
    assert additional_share(0.5, -0.1) == 1.0
    assert additional_share(-0.02, -0.01) == pytest.approx(0.5)


def test_range_of_a_pace_comes_from_the_steps():
    years = np.array([2020, 2021, 2023])
    low, high = observed_range(years, np.array([1.0, 2.0, 6.0]), compound=False)
    reach = 6.313751515 * np.std([1.0, 2.0], ddof=1) / np.sqrt(2)
    assert (low, high) == pytest.approx((5 / 3 - reach, 5 / 3 + reach))
    assert observed_range(years[:2], np.array([1.0, 2.0]), compound=False) is None
    steady = observed_range(years, 1.1 ** np.array([0.0, 1.0, 3.0]), compound=True)
    assert steady == pytest.approx((0.1, 0.1))


def entry(value, low, high):
    return Parameter("more", "part", "share", value, low, high, "assumed: a guess", Status.ASSUMED)


def entries(trends, given=None):
    return additional_entries((RESEARCH,), Ledger({"more": given or entry(0.25, 0.1, 0.5)}), trends)


def test_observations_take_the_place_of_assumed_parts():
    trend = Trend(required=0.1, observed=0.06, low=0.02, high=0.08, points=6)
    found = entries({"x": trend})["more"]
    assert (found.low, found.value, found.high) == pytest.approx((0.2, 0.4, 0.8))
    assert found.status is Status.VERIFIED
    few = entries({"x": replace(trend, observed=0.2, low=None, high=None, points=1)})["more"]
    assert (few.low, few.value, few.high) == (0.0, 0.0, 0.5)
    assert few.status is Status.ASSUMED


def test_without_a_series_an_assumed_part_may_be_nothing():
    found = entries({"other": Trend(required=1, observed=1, low=None, high=None, points=1)})["more"]
    assert (found.low, found.value, found.high) == (0.0, 0.25, 0.5)
    assert entries({}, entry(1.0, 1.0, 1.0)) == {}


def test_growth_form_needs_no_base_for_excess():
    effect = replace(RESEARCH.effects[0], form=Form.GROWTH, numbers={"target": "g", "additional": "more"})
    lever = replace(RESEARCH, effects=(effect,))
    found = yearly_costs(lever, [cost(lever="research", basis="excess")], NUMBERS | {"g": 7.0}, FULL, 2030)
    assert found == {"AAA": pytest.approx(100 * (1.07**2.5 - 1))}
