"""Chances are probabilities, respect limits, and move the way they should."""

import numpy as np
import pytest
from scipy import stats

from isthmus.tracking.backtest import PastSeries, reliability, scores, trials
from isthmus.tracking.chance import Belief, at_last, forecast, inverse, probability, quantile, transform

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


def test_scales_by_hand():
    """Half of all, the rank one and a half and one are the zeros of their scales; every scale comes back."""
    assert transform(np.array([50.0, 100 / (1 + np.e)]), "share") == pytest.approx([0, -1])
    assert transform(np.array([1.5, 0.5 + np.e]), "rank") == pytest.approx([0, 1])
    assert transform(np.array([1.0, np.e]), "positive") == pytest.approx([0, 1])
    assert transform(np.array([-np.e]), "positive", negative=True) == pytest.approx([1])
    assert inverse(np.array([0.0, 1.0]), "positive") == pytest.approx([1, np.e])
    for scale in ("share", "rank", "positive", "plain"):
        assert inverse(transform(np.array([0.7, 3.0, 99.2]), scale), scale) == pytest.approx([0.7, 3.0, 99.2])


@pytest.mark.parametrize(
    ("scale", "last", "used"),
    [
        ("share", 0.5, "share"), ("share", 99.5, "share"), ("share", 0.0, "plain"), ("share", 100.0, "positive"),
        ("share", 100.5, "positive"), ("rank", 1.0, "rank"), ("rank", 0.5, "positive"), ("positive", 0.5, "positive"),
        ("positive", 0.0, "plain"), ("positive", -0.5, "plain"), ("plain", 0.5, "plain"), ("plain", 100.5, "plain"),
    ],
)  # fmt: skip
def test_values_outside_a_scale_are_foretold_on_the_next_looser_one(scale, last, used):
    f = forecast(YEARS, np.array([*range(2, 11), last], dtype=float), AHEAD, scale)
    assert (f.scale, f.negative) == (used, False)


@pytest.mark.parametrize(("last", "used"), [(-0.5, "positive"), (0.0, "plain"), (0.5, "plain")])
def test_negative_values_stay_so_as_long_as_they_all_are(last, used):
    f = forecast(YEARS, np.array([*range(-11, -2), last], dtype=float), AHEAD, "positive")
    assert (f.scale, f.negative) == (used, used == "positive")


def test_a_goal_at_a_limit_is_reached_within_rounding():
    """None is anything below 0.05, all is 99.5 and more, the third is any rank below 3.5, the first below 1.5."""
    share = forecast(YEARS, np.linspace(40, 60, 10) + NOISY, AHEAD, "share")
    assert probability(share, 0, -1, 4) == probability(share, 0.05, -1, 4) < probability(share, 0.1, -1, 4)
    assert probability(share, 100, 1, 4) == probability(share, 99.5, 1, 4) < probability(share, 99, 1, 4)
    rank = forecast(YEARS, NOISY, AHEAD, "rank", only(0))
    for goal, least in ((3, 3), (1, 1), (0, 1)):
        far = (np.log(least + 0.49 - 0.5) - np.log(18.5 - 0.5)) / rank.width[0][4]
        assert probability(rank, goal, -1, 4) == pytest.approx(stats.t.cdf(far, rank.freedom[0]), rel=1e-6)


def test_a_goal_of_the_other_sign_is_uncertain_where_the_sign_is_no_limit():
    f = forecast(YEARS, NOISY, AHEAD, "plain")
    assert 0 < probability(f, 0, 1, 4) < 1
    assert 0 < probability(f, -5, 1, 4) < 1
    small = forecast(YEARS, NOISY / 20, AHEAD, "positive")
    assert 0.001 < probability(small, 1, -1, 4) < 0.999
    assert 0.0001 < probability(small, 0.5, -1, 4) < 0.999


def test_the_last_horizon_alone():
    f = forecast(YEARS, NOISY, AHEAD, "plain")
    last = at_last(f)
    assert list(last.horizons) == [5]
    assert probability(last, 20, 1, 0) == probability(f, 20, 1, 4) != probability(f, 20, 1, 3)


@pytest.mark.parametrize("ahead", [np.array([1, 2, 4]), np.array([1.0]), np.array([0.5])])
def test_models_weigh_by_what_they_foretold(ahead):
    """Prior times the tempered mean likelihood of every value held out, from the values before it, as far as is foretold."""
    belief, farthest = Belief(prior=(0.4, 0.3, 0.2, 0.1), spread=1.2, temper=0.5), max(1, int(ahead.max()))
    score = np.zeros(4)
    for known in range(4, HOLED.size):
        gone = HOLED[known:] - HOLED[known - 1]
        gone = gone[gone <= farthest]
        if gone.size:
            f = forecast(HOLED[:known], NOISY[:known], gone, "plain", belief)
            held = NOISY[known : known + gone.size]
            score += stats.t.logpdf(held, f.freedom[:, None], f.centre, f.width).mean(axis=1)
    weights = np.array(belief.prior) * np.exp(belief.temper * score)
    found = forecast(HOLED, NOISY, ahead, "plain", belief).weights
    assert found == pytest.approx(weights / weights.sum(), rel=1e-6)


def test_the_damped_drift_is_that_of_half_the_history():
    years, values = np.arange(2015, 2026), np.array([9.0, *NOISY])
    f = forecast(years, values, AHEAD[:1], "plain", only(2))
    assert f.centre[2] == pytest.approx(18.5 + 0.85 * (18.5 - values[-6]) / 5)
    short = forecast(years[-5:], values[-5:], AHEAD[:1], "plain", only(2))
    assert short.centre[2] == pytest.approx(18.5 + 0.85 * (18.5 - values[-4]) / 3)


def test_rounding_is_that_of_the_last_value():
    straight = forecast(YEARS, np.linspace(50, 59, 10), AHEAD, "plain", only(1))
    np.testing.assert_allclose(spread(straight, 1), np.sqrt((AHEAD + AHEAD**2 / 9) / 12), rtol=1e-9)
    share = forecast(YEARS, np.full(10, 90.0), AHEAD, "share", only(0))
    step = np.log(90 / 10) - np.log(89 / 11)
    np.testing.assert_allclose(spread(share, 0), step / np.sqrt(12) * np.sqrt(AHEAD), rtol=1e-9)
    below = forecast(YEARS, np.full(10, -2.0), AHEAD, "positive", only(0))
    np.testing.assert_allclose(spread(below, 0), np.log(3 / 2) / np.sqrt(12) * np.sqrt(AHEAD), rtol=1e-9)
    small = forecast(YEARS, np.full(10, 0.5), AHEAD, "positive", only(0))
    np.testing.assert_allclose(spread(small, 0), np.log(6 / 5) / np.sqrt(12) * np.sqrt(AHEAD), rtol=1e-9)
    finest = forecast(YEARS, np.linspace(1.25, 3.5, 10), AHEAD, "plain", only(1))
    np.testing.assert_allclose(spread(finest, 1), 0.01 * np.sqrt((AHEAD + AHEAD**2 / 9) / 12), rtol=1e-9)


def test_backtest_counts_what_came():
    past = {"up": PastSeries("up", YEARS, np.linspace(50, 59, 10), "positive")}
    found = trials(past, Belief())
    assert set(found["horizon"]) == {1, 2, 3, 4}
    assert found.loc[found["pace"] <= 0.5, "met"].eq(1).all()
    assert found.loc[found["pace"] >= 1.5, "met"].eq(0).all()
    assert 0 <= scores(found)["brier"] <= 1
    assert reliability(found)["trials"].sum() == len(found)
