"""Properties of chances and verdicts that hold for any series."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from isthmus.plans.plan import Kind, Target
from isthmus.tracking.chance import forecast, probability, quantile
from isthmus.tracking.indicator import Observation
from isthmus.tracking.scoreboard import track

VALUES = st.lists(st.floats(1.0, 99.0).map(lambda v: round(v, 2)), min_size=4, max_size=12)


@settings(max_examples=60, deadline=None)
@given(VALUES, st.sampled_from(["positive", "share", "rank", "plain"]), st.floats(1, 99), st.floats(1, 99))
def test_chance_falls_as_the_goal_rises(values, scale, one, other):
    f = forecast(np.arange(len(values)) + 2010, np.array(values), np.array([1, 5]), scale)
    low, high = sorted((one, other))
    for horizon in (0, 1):
        easy, hard = probability(f, low, 1, horizon), probability(f, high, 1, horizon)
        assert 0 <= hard <= easy + 1e-12 <= 1 + 1e-9
        if scale != "rank":  # a rank within rounding counts as reached
            assert abs(probability(f, low, -1, horizon) + easy - 1) < 1e-9


@settings(max_examples=60, deadline=None)
@given(VALUES, st.sampled_from(["positive", "share", "rank", "plain"]))
def test_quantiles_are_in_order(values, scale):
    f = forecast(np.arange(len(values)) + 2010, np.array(values), np.array([1, 3, 8]), scale)
    low, middle, high = (quantile(f, p) for p in (0.05, 0.5, 0.95))
    assert (low <= middle).all()
    assert (middle <= high).all()


@settings(max_examples=60, deadline=None)
@given(VALUES, st.floats(0.1, 1000.0))
def test_verdict_does_not_depend_on_the_unit(values, factor):
    def verdict(scale):
        one = Target("t", "A", "", "en", "x", Kind.LEVEL, ">=", 150.0 * scale, "t", 2030)
        seen = [Observation("t", 2010 + i, v * scale, "t") for i, v in enumerate(values)]
        row = track([one], seen, "2026-01-01").status.iloc[0]
        return row.verdict, row.ratio

    (a, ratio_a), (b, ratio_b) = verdict(1.0), verdict(factor)
    assert a == b or np.isclose(ratio_a, ratio_b)
    assert np.isclose(ratio_a, ratio_b, rtol=1e-6, atol=1e-9, equal_nan=True)


@settings(max_examples=40, deadline=None)
@given(VALUES)
def test_nothing_before_a_break_matters(values):
    def status(older):
        one = Target("t", "A", "", "en", "x", Kind.LEVEL, ">=", 150.0, "t", 2030)
        seen = [Observation("t", 2005 + i, v, "t") for i, v in enumerate(older)]
        seen += [Observation("t", 2010 + i, v, "t", breaks=i == 0) for i, v in enumerate(values)]
        row = track([one], seen, "2026-01-01").status.iloc[0]
        return row.verdict, row.observed_pace, row.chance

    first, second = status([1.0, 2.0]), status([900.0, 5.0])
    assert first[0] == second[0]
    assert np.allclose(first[1:], second[1:], equal_nan=True)
