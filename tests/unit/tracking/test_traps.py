"""Traps of real plans: changed measures, redefined series, replaced bases, mixed units, late values."""

import pytest

from isthmus.core.errors import BadInputError
from isthmus.plans.plan import Kind, Target
from isthmus.tracking.indicator import Observation
from isthmus.tracking.scoreboard import track


def target(kind="level", value=85.0, year=2030, name="t", **more):
    more = {"partner": "A", "indicator": "thing", **more}
    return Target(id=name, text="", lang="en", kind=Kind(kind), value=value, year=year, **more)


def row(one, observations, as_of="2026-06-30"):
    return track([one], observations, as_of).status.iloc[0]


def test_water_target_below_the_outturn_is_another_measure():
    one = target(value=85, unit="%", operator="=", direction="up")
    assert row(one, [Observation("t", 2025, 91.4, "%")]).rule_code == "passed_without_base"
    unsaid = target(value=85, unit="%", operator="=")
    series = [Observation("t", 2020, 83.4, "%"), Observation("t", 2025, 91.4, "%")]
    assert row(unsaid, series).verdict == "not_comparable"
    flagged = row(one, [Observation("t", 2025, 91.4, "%", comparable=False)])
    assert (flagged.verdict, flagged.rule_code) == ("not_comparable", "other_measure")


def test_a_floor_below_the_outturn_is_simply_met():
    assert row(target(value=85, unit="%", operator=">="), [Observation("t", 2025, 91.4, "%")]).verdict == "achieved"


def test_robot_density_is_not_chained_over_its_redefinition():
    one = target(value=600, unit="per 10k", operator=">=", base_year=2023, base_value=470)
    old_new = [Observation("t", 2023, 470, "per 10k"), Observation("t", 2024, 166, "per 10k", breaks=True)]
    found = row(one, old_new)
    assert (found.verdict, found.rule_code) == ("not_comparable", "break")
    with_pace = row(one, [*old_new, Observation("t", 2025, 180, "per 10k")])
    assert with_pace.observed_pace == pytest.approx(180 / 166 - 1)
    assert with_pace.redefined == 2024
    change = target("multiple", 2, unit="x", operator=">=", base_year=2023)
    assert row(change, [*old_new, Observation("t", 2025, 180, "per 10k")]).rule_code == "break_after_base"


def test_digital_share_counts_from_the_stated_base_year():
    one = target(value=12.5, unit="%", operator="=", base_year=2024, base_value=10.5)
    found = row(one, [Observation("t", 2025, 10.8, "%")])
    assert found.required_pace == pytest.approx(2.0 / 6)
    assert found.observed_pace == pytest.approx(0.3)
    assert found.base_from == "plan"


def test_trade_in_yuan_is_kept_apart_from_trade_in_dollars():
    one = target(value=300, unit="bn USD", operator=">=")
    usd = [Observation("t", 2024, 244.8, "bn USD"), Observation("t", 2025, 228.1, "bn USD")]
    yuan = [Observation("t", 2024, 1740, "bn yuan"), Observation("t", 2025, 1630, "bn yuan")]
    result = track([one], usd + yuan, "2026-06-30")
    assert result.status.iloc[0].latest_value == pytest.approx(228.1)
    assert len(result.unused) == 2
    assert row(one, yuan).rule_code == "other_unit"
    in_millions = row(
        one, [Observation("t", 2024, 244800, "million USD"), Observation("t", 2025, 228100, "million USD")]
    )
    assert in_millions.latest_value == pytest.approx(228.1)


def test_mixed_units_without_a_judge_are_refused():
    one = target("change_pct", 25, unit="%", operator=">=", base_year=2021)
    mixed = [Observation("t", 2021, 100, "bn USD"), Observation("t", 2025, 700, "bn yuan")]
    with pytest.raises(BadInputError, match="bn yuan"):
        row(one, mixed)


def test_outturn_replaces_the_base_of_the_plan_and_both_are_shown():
    one = target(value=73, unit="%", operator="=", base_year=2025, base_value=68)
    found = row(one, [Observation("t", 2024, 65.7, "%"), Observation("t", 2025, 69.9, "%")])
    assert (found.base_value, found.plan_base, found.base_from) == (69.9, 68, "outturn")
    assert found.required_pace == pytest.approx((73 - 69.9) / 5)
    assert "replaced" in found.rule


def test_later_publication_replaces_the_first_value():
    one = target(value=0.37, unit="index", operator="<=")
    series = [
        Observation("t", 2022, 0.395, "index", date="2023-02-01"),
        Observation("t", 2023, 0.403, "index", date="2024-02-28"),
        Observation("t", 2023, 0.405, "index", date="2025-03-07"),
    ]
    assert row(one, series).latest_value == 0.405
    assert row(one, series, as_of="2024-06-30").latest_value == 0.403


def test_contradicting_values_without_dates_are_refused():
    series = [
        Observation("t", 2025, 1.0, "%", row="o.csv, row 2"),
        Observation("t", 2025, 2.0, "%", row="o.csv, row 3"),
    ]
    with pytest.raises(BadInputError, match="row 3"):
        row(target(unit="%", operator=">="), series)


def test_nothing_known_later_is_used():
    one = target(unit="%", operator=">=")
    series = [
        Observation("t", 2024, 60, "%"),
        Observation("t", 2025, 70, "%", date="2027-01-01"),
        Observation("t", 2026, 90, "%"),
        Observation("t", 2031, 95, "%", date="2026-01-01"),
    ]
    result = track([one], series, "2026-06-30")
    assert result.status.iloc[0].latest_year == 2024
    assert sorted(result.unused["year"]) == [2025, 2026, 2031]


def test_change_without_any_base_says_so():
    one = target("change_pct", 60, unit="%", operator=">=")
    assert row(one, [Observation("t", 2024, 60, "bn")]).rule_code == "no_base"


def test_base_year_that_is_still_to_come_is_provisional():
    one = target("change_pct", -10, unit="%", operator="=", base_year=2025)
    found = row(one, [Observation("t", 2020, 100, "index"), Observation("t", 2024, 80, "index")])
    assert found.base_from == "provisional"
    assert found.required_pace == pytest.approx(0.9**0.2 - 1)


def test_unknown_indicator_is_counted_and_shown():
    result = track([target(unit="%")], [Observation("nobody", 2024, 1, "%")], "2026-06-30")
    assert list(result.unused["reason"]) == ["no target has this id or indicator"]
    assert result.status.iloc[0].verdict == "no_data"


def test_one_text_for_two_partners_must_name_its_partner():
    two = [target(name="a", partner="A", unit="years"), target(name="b", partner="B", unit="years")]
    with pytest.raises(BadInputError, match="A, B"):
        track(two, [Observation("thing", 2024, 78, "years")], "2026-06-30")
    found = track(two, [Observation("thing", 2024, 78, "years", partner="B")], "2026-06-30").status
    assert list(found["points"]) == [0, 1]


def test_list_of_targets_shares_one_observation():
    two = [target(name="a", unit="years"), target(name="b", unit="years", year=2036)]
    found = track(two, [Observation("a;b", 2024, 78, "years")], "2026-06-30").status
    assert list(found["points"]) == [1, 1]


def test_next_change_follows_the_release_of_earlier_values():
    one = target(unit="%", operator=">=")
    series = [Observation("t", 2023, 60, "%", date="2024-02-29"), Observation("t", 2024, 61, "%", date="2025-02-28")]
    found = row(one, series, as_of="2025-06-30")
    assert (found.next_change, found.next_basis) == ("2026-02-28", "release_dates")
    undated = row(one, [Observation("t", 2023, 60, "%"), Observation("t", 2024, 61, "%")], as_of="2025-06-30")
    assert (undated.next_change, undated.next_basis) == ("2026-06-29", "assumed_lag")
    late = row(one, series, as_of="2026-06-30")
    assert (late.next_change, late.next_basis) == ("2026-06-30", "overdue")


@pytest.mark.parametrize("date", ["2026", "30.06.2026", "2026-13-01"])
def test_as_of_must_be_a_date(date):
    with pytest.raises(BadInputError, match="YYYY-MM-DD"):
        track([target(unit="%")], [], date)
