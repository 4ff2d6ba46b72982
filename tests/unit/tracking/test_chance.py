"""Chances are probabilities, respect limits, and move the way they should."""

import numpy as np
import pytest

from isthmus.tracking.backtest import PastSeries, reliability, scores, trials
from isthmus.tracking.chance import Belief, forecast, probability, quantile

YEARS = np.arange(2016, 2026)
AHEAD = np.arange(1, 6)


def test_a_steady_climb_is_foretold_to_go_on():
    f = forecast(YEARS, np.linspace(50, 59, 10), AHEAD, "positive", Belief((1e-9, 1 - 3e-9, 1e-9, 1e-9), 1.0, 0.0))
    assert quantile(f, 0.5)[-1] == pytest.approx(59 * (59 / 50) ** (5 / 9), rel=1e-6)


def test_random_walk_with_no_drift_is_even_at_the_last_value():
    noisy = np.array([10, 11, 10, 11, 10, 11, 10, 11, 10, 10.5])
    f = forecast(YEARS, noisy, AHEAD, "plain", Belief((1 - 3e-9, 1e-9, 1e-9, 1e-9), 1.0, 0.0))
    assert probability(f, 10.5, 1, 4) == pytest.approx(0.5, abs=1e-6)


def test_shares_stay_between_zero_and_a_hundred():
    f = forecast(YEARS, np.array([90, 92, 93, 95, 96, 97, 97.5, 98, 98.5, 99.0]), AHEAD, "share")
    assert (quantile(f, 0.999) < 100).all()
    assert (quantile(f, 0.001) > 0).all()
    assert 0 < probability(f, 100, 1, 4) < 1  # written 100, reached from 99.5 on


def test_ranks_do_not_go_below_one():
    f = forecast(YEARS, np.array([9, 8, 7, 6, 5, 4, 3, 3, 2, 2.0]), AHEAD, "rank")
    assert (quantile(f, 0.001) >= 0.5).all()
    assert probability(f, 1, -1, 4) < probability(f, 2, -1, 4)


def test_negative_series_mirror_positive_ones():
    values = np.array([5, 6, 5.5, 7, 7.2, 8, 8.8, 9, 9.5, 10])
    up, down = (forecast(YEARS, sign * values, AHEAD, "positive") for sign in (1, -1))
    assert quantile(down, 0.05) == pytest.approx(-quantile(up, 0.95), rel=1e-6)
    assert probability(down, -12, -1, 4) == pytest.approx(probability(up, 12, 1, 4))


@pytest.mark.parametrize(
    ("sign", "goal", "better", "chance"), [(1, 0, 1, 1), (1, -5, -1, 0), (-1, 0, 1, 0), (-1, 5, -1, 1)]
)
def test_a_goal_on_the_other_side_of_zero_is_certain(sign, goal, better, chance):
    f = forecast(YEARS, sign * np.linspace(5, 14, 10), AHEAD, "positive")
    assert probability(f, goal, better, 4) == chance


def test_four_points_are_the_least():
    assert forecast(YEARS[:3], np.array([1, 2, 3.0]), AHEAD, "positive") is None
    assert forecast(YEARS[:4], np.array([1, 2, 3, 3.0]), AHEAD, "positive") is not None


def test_gaps_between_years_count_their_length():
    drift = Belief((1e-9, 1 - 3e-9, 1e-9, 1e-9), 1.0, 0.0)
    whole = forecast(YEARS, np.linspace(50, 59, 10), AHEAD, "plain", drift)
    holes = forecast(YEARS[::3], np.linspace(50, 59, 10)[::3], AHEAD, "plain", drift)
    assert quantile(holes, 0.5)[-1] == pytest.approx(quantile(whole, 0.5)[-1], abs=1e-5)


def test_backtest_counts_what_came():
    past = {"up": PastSeries("up", YEARS, np.linspace(50, 59, 10), "positive")}
    found = trials(past, Belief())
    assert set(found["horizon"]) == {1, 2, 3, 4}
    assert found.loc[found["pace"] <= 0.5, "met"].eq(1).all()
    assert found.loc[found["pace"] >= 1.5, "met"].eq(0).all()
    assert 0 <= scores(found)["brier"] <= 1
    assert reliability(found)["trials"].sum() == len(found)
