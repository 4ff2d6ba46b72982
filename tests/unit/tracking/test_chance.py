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


def only(model: int) -> Belief:
    prior = [1e-12] * 4
    prior[model] = 1 - 3e-12
    return Belief(tuple(prior), 1.0, 0.0)


NOISY = np.array([10.0, 11.5, 11.0, 12.5, 14.0, 13.5, 15.0, 16.5, 17.0, 18.5])
HOLED = np.array([2010, 2011, 2013, 2014, 2016, 2017, 2019, 2022, 2024, 2025])


def spread(f, model: int) -> np.ndarray:
    return f.width[model]


@pytest.mark.parametrize("years", [YEARS, HOLED])
def test_the_spread_of_a_walk_and_of_a_drift_by_hand(years):
    """A walk's variance grows with the years; a drift's by the drift's own variance too, sigma squared over the span."""
    f = forecast(years, NOISY, AHEAD, "plain", only(1))
    gaps, steps, span = np.diff(years), np.diff(NOISY), years[-1] - years[0]
    still = np.sqrt((steps**2 / gaps).sum() / 9)
    np.testing.assert_allclose(spread(f, 0), still * np.sqrt(AHEAD), rtol=1e-12)
    assert (f.centre[0] == 18.5).all()
    drift = (18.5 - 10) / span
    sigma = np.sqrt(((steps - drift * gaps) ** 2 / gaps).sum() / 8)
    np.testing.assert_allclose(f.centre[1], 18.5 + drift * AHEAD, rtol=1e-12)
    np.testing.assert_allclose(spread(f, 1) ** 2, sigma**2 * (AHEAD + AHEAD**2 / span), rtol=1e-12)
    assert list(f.freedom) == [9, 8, 8, 8]


def test_the_variance_of_a_drift_is_that_of_many_walks():
    """Walks with a drift, foretold from ten points: the errors at each horizon spread as the drift's variance says."""
    chance, walks, sigma = np.random.default_rng(7), 4000, 1.0
    steps = 0.8 + sigma * chance.standard_normal((walks, 9 + AHEAD[-1]))
    paths = np.concatenate([np.zeros((walks, 1)), steps.cumsum(axis=1)], axis=1)
    now, first = paths[:, 9], paths[:, 0]
    for h in AHEAD:
        error = paths[:, 9 + h] - (now + (now - first) / 9 * h)
        assert error.var() == pytest.approx(sigma**2 * (h + h**2 / 9), rel=0.08)


def test_the_damped_drift_and_the_trend_by_hand():
    f = forecast(YEARS, NOISY, AHEAD, "plain", only(2))
    recent = (18.5 - NOISY[-5]) / 4
    reach = np.array([sum(0.85**k for k in range(1, h + 1)) for h in AHEAD])
    np.testing.assert_allclose(f.centre[2], 18.5 + recent * reach, rtol=1e-12)
    sigma = np.sqrt(((np.diff(NOISY) - 8.5 / 9) ** 2).sum() / 8)
    np.testing.assert_allclose(spread(f, 2), sigma * np.sqrt(AHEAD + reach**2 / 4), rtol=1e-12)
    slope, level = np.polyfit(YEARS - 2025.0, NOISY, 1)
    left = NOISY - (level + slope * (YEARS - 2025.0))
    np.testing.assert_allclose(f.centre[3], level + slope * AHEAD + left[-1] / 2, rtol=1e-9)
    x = YEARS - YEARS.mean()
    far = 2025 + AHEAD - YEARS.mean()
    width = np.sqrt((left**2).sum() / 8) * np.sqrt(1 + 1 / 10 + far**2 / (x @ x))
    np.testing.assert_allclose(spread(f, 3), width, rtol=1e-9)


def test_a_spread_is_never_finer_than_the_rounding_of_the_values():
    f = forecast(YEARS, np.full(10, 3.5), AHEAD, "plain", only(0))
    np.testing.assert_allclose(spread(f, 0), 0.1 / np.sqrt(12) * np.sqrt(AHEAD), rtol=1e-9)
    assert forecast(YEARS, np.full(10, 3.0), AHEAD, "plain", only(0)).width[0][0] == pytest.approx(1 / np.sqrt(12))


def test_the_belief_widens_every_spread():
    narrow, wide = (forecast(YEARS, NOISY, AHEAD, "plain", Belief(spread=s)) for s in (1.0, 1.5))
    np.testing.assert_allclose(wide.width, 1.5 * narrow.width, rtol=1e-12)


def test_backtest_counts_what_came():
    past = {"up": PastSeries("up", YEARS, np.linspace(50, 59, 10), "positive")}
    found = trials(past, Belief())
    assert set(found["horizon"]) == {1, 2, 3, 4}
    assert found.loc[found["pace"] <= 0.5, "met"].eq(1).all()
    assert found.loc[found["pace"] >= 1.5, "met"].eq(0).all()
    assert 0 <= scores(found)["brier"] <= 1
    assert reliability(found)["trials"].sum() == len(found)
