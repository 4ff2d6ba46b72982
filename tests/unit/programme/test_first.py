"""Which projects first, and sharing the cost, on the folder that can be worked out by hand."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from folders import TABLES, write

from isthmus.programme import sharing
from isthmus.programme.first import adding_order, latest_useful_start, regret, rejected, value_for_money
from isthmus.programme.schedule import Schedule, schedule
from isthmus.programme.sharing import budget_values, coalition_values, sharing_rules
from isthmus.readers.programme.folder import read_folder


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Schedule:
    read = read_folder(write(tmp_path_factory.mktemp("first") / "f"))
    return schedule(read.candidates, read.budget, read.settings)


def test_value_for_money(result: Schedule) -> None:
    table = value_for_money(result.candidates, result.budget, result.settings).set_index(["project", "partner"])
    assert table.loc[("bridge", "A"), "per_dollar"] == pytest.approx(1.0)
    assert table.loc[("bridge", "all"), "per_dollar"] == pytest.approx(1.8)
    years = table.loc[("bridge", "all"), "years"]
    assert years == 2032 - table.loc[("bridge", "all"), "start"] - 2 + 1
    assert table.loc[("bridge", "all"), "per_dollar_year"] == pytest.approx(1.8 / years)


def test_order_of_adding(result: Schedule) -> None:
    """The bridge brings 80, then the road 10 and the synergy of 5, then the school 6; alone A would do the school."""
    order = adding_order(result)
    assert list(order["project"]) == ["bridge", "road", "school"]
    assert list(order["added"]) == pytest.approx([80, 15, 6])
    assert order["objective"].iloc[-1] == pytest.approx(result.objective)
    assert len(adding_order(result, most=1)) == 1


def test_regret(result: Schedule) -> None:
    """Without the school the laboratory takes its place: 6 - 5; without the bridge there is no road either."""
    table = regret(result).set_index("project")["regret"]
    assert table["school"] == pytest.approx(1)
    assert table["road"] == pytest.approx(15)
    assert table["bridge"] == pytest.approx(95)


def test_latest_useful_start(result: Schedule) -> None:
    """The bridge has to be done before the road, which starts in its year; the school is as useful in 2028."""
    table = latest_useful_start(result).set_index("project")
    assert table.loc["bridge", "latest_useful"] == result.start["road"] - 2
    assert table.loc["school", "latest_useful"] == 2028
    assert table.loc["road", "latest_useful"] == 2029
    assert table.loc["road", "value_then"] == pytest.approx(15)


def test_best_rejected(result: Schedule) -> None:
    """The laboratory would bring 5 where the school brings 6: it has to bring 1 more."""
    table = rejected(result)
    assert list(table["project"]) == ["lab"]
    assert table["needed"].iloc[0] == pytest.approx(1)
    assert table["needed_share_of_cost"].iloc[0] == pytest.approx(1 / 30)


def test_rejected_that_cannot_be_forced_says_why(tmp_path: Path) -> None:
    read = read_folder(write(tmp_path / "f", costs=TABLES["costs.csv"].replace("lab,0,30", "lab,0,3000")))
    table = rejected(schedule(read.candidates, read.budget, read.settings))
    assert "budget" in table.set_index("project").loc["lab", "held_by"]


def test_sharing_rules_by_hand(result: Schedule) -> None:
    """Bridge 100 shared 100:80, road 20 by A and its benefit, school 10 shared 12:4."""
    rules = sharing_rules(result).set_index(["rule", "partner"])
    assert rules.loc[("beneficiary_pays", "A"), "cost_pv"] == pytest.approx(100 * 100 / 180 + 20 + 10 * 12 / 16)
    assert rules.loc[("proportional", "B"), "cost_pv"] == pytest.approx(130 / 2)
    joint = 101 - 2
    assert rules.loc[("shapley", "A"), "gain"] == pytest.approx(2 + joint / 2)
    assert rules.loc[("shapley", "B"), "gain"] == pytest.approx(joint / 2)
    assert rules.loc[("nucleolus", "B"), "gain"] == pytest.approx(joint / 2)
    assert rules.loc[("shapley", "A"), "in_core"]
    assert rules.loc[("beneficiary_pays", "A"), "cost_pv"] != pytest.approx(rules.loc[("planned", "A"), "cost_pv"])


def test_coalition_values(result: Schedule) -> None:
    game = coalition_values(result)
    assert game == pytest.approx({frozenset("A"): 2, frozenset("B"): 0, frozenset("AB"): 101})


def rules_of(result: Schedule, values: dict[str, float]) -> pd.DataFrame:
    game = {frozenset(members): value for members, value in values.items()}
    return sharing_rules(result, game).set_index(["rule", "partner"])


def test_budgets_count_at_their_present_value(result: Schedule) -> None:
    later = replace(result, settings=replace(result.settings, discount_rate=0.25))
    years, base = later.budget.amount["year"].values, later.settings.base_year
    by_hand = [
        sum(b / 1.25 ** (y - base) for b, y in zip(row, years, strict=True)) for row in later.budget.amount.values
    ]
    assert budget_values(later) == pytest.approx(by_hand)
    assert budget_values(later)[0] < budget_values(result)[0]


def test_gains_of_a_rule_are_scaled_to_the_programme(result: Schedule) -> None:
    """Alone 2 and 0, together 202 in the game and 101 in the programme: what is above alone shrinks in one proportion."""
    rules = rules_of(result, {"A": 42.0, "B": 0.0, "AB": 202.0})
    gains = {p: rules.loc[("shapley", p), "gain"] for p in "AB"}
    scale = (101 - 2) / (202 - 2)
    assert gains["A"] == pytest.approx(2 + (42 + 80 - 2) * scale)
    assert gains["B"] == pytest.approx(80 * scale)
    for rule in ("planned", "beneficiary_pays", "proportional", "shapley", "nucleolus"):
        part = rules.loc[rule]
        assert part["gain"].sum() == pytest.approx(101)
        assert part["cost_pv"].sum() == pytest.approx(130)
        assert part["share_of_cost"].sum() == pytest.approx(1)
        np.testing.assert_allclose(part["gain"], part["benefit_pv"] - part["cost_pv"], rtol=1e-12)
        np.testing.assert_allclose(part["above_disagreement"], part["gain"] - [2, 0], rtol=1e-12)


def test_a_game_without_a_gain_from_cooperation_shares_the_difference_equally(result: Schedule) -> None:
    rules = rules_of(result, {"A": 2.0, "B": -2.0, "AB": 0.0})
    assert rules.loc[("shapley", "A"), "gain"] == pytest.approx(2 + 101 / 2)
    assert rules.loc[("shapley", "B"), "gain"] == pytest.approx(-2 + 101 / 2)


def test_a_payment_is_payable_from_nothing_to_the_whole_budget(result: Schedule) -> None:
    benefit = result.valued.benefit
    owed = rules_of(result, {"A": 2.0, "B": 0.0, "AB": 101.0 + 4 * float(benefit.sum())})
    assert owed["payable"].all()
    paid = rules_of(result, {"A": 2.0, "B": 400.0, "AB": 402.0})
    assert paid.loc[("shapley", "B"), "cost_pv"] < 0
    assert not paid.loc[("shapley", "B"), "payable"]
    poor = replace(result, budget=replace(result.budget, amount=result.budget.amount * 0 + 1.0))
    means, rules = budget_values(poor), rules_of(poor, {"A": 2.0, "B": 0.0, "AB": 101.0})
    assert means[0] < rules.loc[("planned", "A"), "cost_pv"]
    assert not rules.loc["planned", "payable"].any()


def test_without_any_budget_no_cost_is_in_proportion_to_it(result: Schedule) -> None:
    none = replace(result, budget=replace(result.budget, amount=result.budget.amount * 0))
    assert rules_of(none, {"A": 2.0, "B": 0.0, "AB": 101.0}).loc["proportional", "cost_pv"].isna().all()


def test_small_budgets_are_in_proportion_too(result: Schedule) -> None:
    poor = replace(result, budget=replace(result.budget, amount=result.budget.amount * 0 + 0.01))
    costs = rules_of(poor, {"A": 2.0, "B": 0.0, "AB": 101.0}).loc["proportional", "cost_pv"]
    assert costs.to_numpy() == pytest.approx([65, 65])


def test_a_partner_may_pay_its_whole_budget_or_nothing_but_for_rounding(result: Schedule) -> None:
    """Budgets that sum to the cost are paid in full by proportion; a share equal to one's benefit costs nothing."""
    amount = result.budget.amount
    exact = replace(result, budget=replace(result.budget, amount=amount * (130 / float(amount.sum()))))
    rules = rules_of(exact, {"A": 2.0, "B": 0.0, "AB": 101.0})
    assert rules.loc["proportional", "cost_pv"].to_numpy() == pytest.approx(budget_values(exact))
    assert rules.loc["proportional", "payable"].all()
    benefit = float(result.valued.benefit[1])
    for rounding, payable in ((0.0, True), (1e-9, True), (1e-6, False)):
        gain = benefit + rounding
        free = rules_of(result, {"A": 101 - gain, "B": gain, "AB": 101.0})
        assert free.loc[("shapley", "B"), "cost_pv"] == pytest.approx(0, abs=1e-5)
        assert free.loc[("shapley", "B"), "payable"] == payable


def test_every_partner_s_share_of_the_cost(result: Schedule) -> None:
    rules = rules_of(result, {"A": 2.0, "B": 0.0, "AB": 101.0})
    np.testing.assert_allclose(rules["share_of_cost"], rules["cost_pv"] / 130, rtol=1e-12)
    for total, share in ((0.5, rules["share_of_cost"]["planned"].to_numpy()), (0.0, [np.nan, np.nan])):
        less = replace(result, valued=replace(result.valued, cost=result.valued.cost * (total / 130)))
        found = rules_of(less, {"A": 2.0, "B": 0.0, "AB": 101.0}).loc["planned", "share_of_cost"]
        np.testing.assert_allclose(found, share)


def test_the_game_of_three_lets_two_do_what_is_theirs(tmp_path: Path) -> None:
    """C brings nothing and pays nothing: A and B alone gain what all three do, A or B with C what they do alone."""
    budgets = TABLES["budgets.csv"] + "".join(f"C,{year},60\n" for year in (2026, 2027, 2028))
    read = read_folder(write(tmp_path / "f", budgets=budgets))
    three = schedule(read.candidates, read.budget, read.settings)
    game = coalition_values(three)
    names = ("A", "B", "C", "AB", "AC", "BC", "ABC")
    found = {name: game[frozenset(name)] for name in names}
    assert found["ABC"] == pytest.approx(three.largest_sum)
    assert found["AB"] == pytest.approx(101)
    assert (found["A"], found["B"], found["C"]) == pytest.approx((2, 0, 0))
    assert (found["AC"], found["BC"]) == pytest.approx((2, 0))


def test_a_coalition_is_worth_what_it_found_and_not_what_it_might(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    budgets = TABLES["budgets.csv"] + "".join(f"C,{year},60\n" for year in (2026, 2027, 2028))
    read = read_folder(write(tmp_path / "f", budgets=budgets))
    three = schedule(read.candidates, read.budget, read.settings)
    monkeypatch.setattr(sharing, "best_of", lambda _search, members, part: (len(members) + 0.5, 99.0))
    game = sharing.coalition_values(three)
    assert {value for members, value in game.items() if len(members) == 2} == {2.5}


def test_projects_that_bring_nothing_are_paid_as_planned(result: Schedule) -> None:
    """With interest, so that when a payment falls due counts."""
    nothing = replace(
        result,
        candidates=replace(result.candidates, benefit=result.candidates.benefit * 0),
        settings=replace(result.settings, discount_rate=0.25),
    )
    found = rules_of(nothing, {"A": 2.0, "B": 0.0, "AB": 101.0}).loc["beneficiary_pays", "cost_pv"].to_numpy()
    years = nothing.valued.years
    due = 1.25 ** (nothing.settings.base_year - years.astype(float))
    paid = sum(
        nothing.valued.contribution[i] @ due
        for i, project in enumerate(nothing.candidates.projects)
        if project.id in nothing.start
    )
    np.testing.assert_allclose(found, paid)


def test_shares_do_not_depend_on_the_size_of_benefits(result: Schedule) -> None:
    small = replace(result, candidates=replace(result.candidates, benefit=result.candidates.benefit * 1e-3))
    game = {"A": 2.0, "B": 0.0, "AB": 101.0}
    np.testing.assert_allclose(
        rules_of(small, game).loc["beneficiary_pays", "cost_pv"],
        rules_of(result, game).loc["beneficiary_pays", "cost_pv"],
    )


def test_gains_are_scaled_above_what_each_has_alone_and_shifted_where_there_is_nothing_above(result: Schedule) -> None:
    assert sharing._scaled(result, {"A": 2.4, "B": 0.1}) == pytest.approx([2 + 0.4 * 198, 0.1 * 198])
    assert sharing._scaled(result, {"A": 1.5, "B": -0.5}) == pytest.approx([1.5 + 50, -0.5 + 50])
    assert sharing._scaled(result, {"A": 4.0, "B": -2.0}) == pytest.approx([4 + 49.5, -2 + 49.5])


def test_the_value_of_all_is_the_larger_of_this_programme_and_the_best_sum(result: Schedule) -> None:
    better = replace(result, largest_sum=120.0)
    assert coalition_values(better)[frozenset("AB")] == 120
    worse = replace(result, largest_sum=90.0)
    assert coalition_values(worse)[frozenset("AB")] == pytest.approx(101)
