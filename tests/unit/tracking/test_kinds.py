"""Every kind of target, worked by hand."""

import pytest

from isthmus.core.errors import BadInputError
from isthmus.plans.plan import Kind, Target
from isthmus.tracking.indicator import Observation
from isthmus.tracking.scoreboard import track


def target(kind, value, year=2030, **more):
    return Target(
        id="t", partner="A", text="", lang="en", indicator="thing", kind=Kind(kind), value=value, year=year, **more
    )


def points(unit, values, indicator="t", breaks=()):
    return [Observation(indicator, year, value, unit, breaks=year in breaks) for year, value in values.items()]


def row(one, observations, as_of="2026-06-30"):
    return track([one], observations, as_of).status.iloc[0]


def test_level_compares_compound_growth_since_the_base():
    one = target("level", 200, unit="t", operator=">=", base_year=2020, base_value=100)
    found = row(one, points("t", {2020: 100, 2025: 150}))
    assert found.required_pace == pytest.approx(2**0.1 - 1)
    assert found.observed_pace == pytest.approx(1.5**0.2 - 1)
    assert found.ratio == pytest.approx((1.5**0.2 - 1) / (2**0.1 - 1))
    assert (found.verdict, found.pace_unit) == ("on_track", "fraction/yr")


def test_share_is_linear_in_points():
    one = target("level", 50, unit="%", operator=">=", base_year=2020, base_value=40)
    found = row(one, points("%", {2020: 40, 2024: 42}))
    assert found.required_pace == pytest.approx(1.0)
    assert found.observed_pace == pytest.approx(0.5)
    assert (found.verdict, found.pace_unit) == ("limited", "pp/yr")


def test_change_in_percent_counts_from_the_observed_base():
    one = target("change_pct", 25, unit="%", operator=">=", base_year=2021)
    found = row(one, points("bn", {2021: 80, 2024: 86}))
    assert found.required_pace == pytest.approx(1.25 ** (1 / 9) - 1)
    assert found.observed_pace == pytest.approx((86 / 80) ** (1 / 3) - 1)
    assert found.verdict == "on_track"
    assert found.base_from == "outturn"


def test_change_in_percent_chains_yearly_growth_from_the_base():
    one = target("change_pct", -19, unit="%", operator="=", base_year=2023, base_value=0)
    found = row(one, points("%/yr", {2024: -10, 2025: -10}), as_of="2026-12-31")
    assert found.observed_pace == pytest.approx(-0.1)
    assert found.latest_value == pytest.approx(0.81)
    assert found.verdict == "achieved"


def test_change_in_points_and_absolute_change():
    points_up = target("change_pp", 6, unit="pp", operator=">=", base_year=2020, base_value=10)
    found = row(points_up, points("%", {2020: 10, 2025: 12}))
    assert (found.required_pace, found.observed_pace) == (pytest.approx(0.6), pytest.approx(0.4))
    assert found.verdict == "moderate"
    years_up = target("change_abs", 1, unit="years", operator="=", base_year=2020)
    found = row(years_up, points("years", {2020: 78, 2025: 79.2}))
    assert found.verdict == "achieved"


def test_multiple_is_never_a_percentage():
    one = target("multiple", 1.5, unit="x", operator=">=", base_year=2021, base_value=1)
    found = row(one, points("bn USD", {2021: 40, 2025: 60}))
    assert found.verdict == "achieved"  # 60 is 40 x 1.5; plus 150 % would be 100
    short = row(one, points("bn USD", {2021: 40, 2025: 44}))
    assert short.required_pace == pytest.approx(1.5 ** (1 / 9) - 1)
    assert short.observed_pace == pytest.approx(1.1**0.25 - 1)


def test_growth_average_uses_rates_and_levels_alike():
    one = target("growth", 7, unit="%/yr", operator=">=", base_year=2022)
    rates = row(one, points("%/yr", {2023: 8, 2024: 6, 2025: 7}))
    index = row(one, points("bn", {2022: 100, 2023: 108, 2024: 108 * 1.06, 2025: 108 * 1.06 * 1.07}))
    assert rates.required_pace == index.required_pace == 0.07
    assert rates.observed_pace == pytest.approx((1.08 * 1.06 * 1.07) ** (1 / 3) - 1)
    assert index.observed_pace == pytest.approx(rates.observed_pace)
    assert rates.verdict == "on_track"


def test_growth_is_achieved_at_the_deadline_only():
    one = target("growth", 7, unit="%/yr", operator=">=", base_year=2022, year=2025)
    assert row(one, points("%/yr", {2023: 8, 2024: 8})).verdict == "on_track"
    assert row(one, points("%/yr", {2023: 8, 2024: 8, 2025: 6})).verdict == "achieved"
    assert row(one, points("%/yr", {2023: 6, 2024: 6, 2025: 6})).verdict == "moderate"


def test_cumulative_sums_the_years_of_the_plan():
    one = target("cumulative", 100, unit="km", operator=">=", base_year=2020, year=2025)
    found = row(one, points("km", {2021: 20, 2022: 10, 2023: 12}), as_of="2024-06-30")
    assert (found.required_pace, found.observed_pace) == (pytest.approx(20), pytest.approx(14))
    assert found.verdict == "moderate"
    done = row(one, points("km", {2021: 40, 2022: 40, 2023: 30}), as_of="2024-06-30")
    assert (done.verdict, done.chance) == ("achieved", 1.0)


def test_cumulative_ceiling_is_not_achieved_by_an_early_low_sum():
    one = target("cumulative", 100, unit="km", operator="<=", base_year=2020, year=2025)
    assert row(one, points("km", {2021: 18, 2022: 18}), as_of="2024-06-30").verdict == "on_track"
    assert row(one, points("km", {2021: 30, 2022: 30}), as_of="2024-06-30").verdict == "moderate"


def test_rank_counts_downwards():
    one = target("rank", 25, unit="rank", operator="<=", base_year=2020, base_value=40)
    found = row(one, points("rank", {2020: 40, 2024: 37}))
    assert (found.required_pace, found.observed_pace) == (pytest.approx(-1.5), pytest.approx(-0.75))
    assert found.verdict == "limited"
    assert row(one, points("rank", {2020: 40, 2024: 25})).verdict == "achieved"
    assert row(one, points("rank", {2020: 40, 2024: 44})).verdict == "away"


def test_milestone_waits_for_its_event():
    one = target("milestone", None, year=2027)
    assert row(one, points("", {2025: 0})).verdict == "limited"
    assert row(one, points("", {2024: 0, 2025: 1})).verdict == "achieved"
    missed = row(one, points("", {2027: 0}), as_of="2028-06-30")
    assert (missed.verdict, missed.next_change) == ("away", "")


def test_relative_target_compares_growth_of_the_same_years():
    one = target("relative", None, operator=">=", base_year=2020)
    own = points("%/yr", {2021: 5, 2022: 4, 2023: 9})
    other = points("%/yr", {2021: 6, 2022: 4}, indicator="t:reference")
    found = row(one, own + other)
    assert (found.required_pace, found.observed_pace) == (pytest.approx(5), pytest.approx(4.5))
    assert found.verdict == "moderate"
    assert row(one, own).rule_code == "no_reference"


def test_operators_are_strict_where_they_say_so():
    strict = target("level", 5.5, unit="%", operator="<")
    exact = points("%", {2024: 5.6, 2025: 5.5})
    assert row(strict, exact).verdict != "achieved"
    assert row(target("level", 5.5, unit="%", operator="<="), exact).verdict == "achieved"


def test_a_fall_of_at_least_is_a_fall():
    one = target("change_pct", -8, unit="%", operator=">=", direction="down", base_year=2020)
    assert row(one, points("Mt", {2020: 100, 2025: 90})).verdict == "achieved"
    assert row(one, points("Mt", {2020: 100, 2025: 105})).verdict == "away"


@pytest.mark.parametrize(
    ("last", "verdict"),
    [(109.5, "on_track"), (109.4, "moderate"), (105.9, "limited"), (100, "limited"), (99.9, "away")],
)
def test_thresholds_are_ninety_five_sixty_and_zero(last, verdict):
    one = target("change_abs", 20, unit="t", operator=">=", base_year=2020)
    zero_based = [Observation("t", 2020, 0.0, "t"), Observation("t", 2025, last - 100, "t")]  # linear: a zero is in it
    assert row(one, zero_based).verdict == verdict


def test_sign_change_is_linear():
    one = target("level", 10, unit="t", operator=">=", base_year=2020, base_value=-10)
    found = row(one, points("t", {2020: -10, 2025: 0}))
    assert (found.required_pace, found.observed_pace) == (pytest.approx(2), pytest.approx(2))


def test_deadline_decides_with_its_own_value():
    one = target("level", 100, unit="t", operator=">=", year=2024, base_year=2020, base_value=80)
    missed = row(one, points("t", {2020: 80, 2024: 96, 2025: 104}))
    assert missed.verdict == "moderate"
    assert missed.chance == 0.0
    assert missed.next_change == ""


def test_what_the_next_value_must_be():
    one = target("level", 140, unit="t", operator=">=", base_year=2020, base_value=100)
    found = row(one, points("t", {2020: 100, 2025: 110}))
    required = 1.4**0.1 - 1
    assert found.next_year == 2026
    assert found.next_needed == pytest.approx(100 * (1 + 0.95 * required) ** 6)


@pytest.mark.parametrize(("kind", "value"), [("change_pct", 50), ("change_pct", -50), ("multiple", 1.5)])
def test_a_ratio_to_a_negative_base_has_no_meaning(kind, value):
    found = row(target(kind, value, base_year=2020, direction=""), points("bn", {2020: -10, 2024: -12}))
    assert (found.verdict, found.rule_code) == ("not_comparable", "base_zero")


@pytest.mark.parametrize(("kind", "value"), [("change_pct", 17), ("change_abs", 5), ("multiple", 2)])
def test_a_rise_with_direction_down_is_not_guessed_at(kind, value):
    observed = points("Mt", {2020: 100, 2024: 92})
    found = row(target(kind, value, base_year=2020, operator=">=", direction="down"), observed)
    assert (found.verdict, found.rule_code) == ("not_comparable", "sign")
    ceiling = row(target(kind, value, base_year=2020, operator="<=", direction="down"), observed)
    assert ceiling.verdict == "achieved"


def test_chinese_magnitudes_are_converted():
    one = target("level", 2, unit="亿吨", operator=">=", base_year=2020, base_value=1)
    found = row(one, points("万吨", {2020: 10000, 2024: 15000}))
    assert found.latest_value == pytest.approx(1.5)


def test_a_rank_below_one_is_refused():
    with pytest.raises(BadInputError, match="rank 0"):
        row(target("rank", 4, operator="<="), points("rank", {2020: 0, 2024: 3}))
