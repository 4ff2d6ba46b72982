"""Properties of the wedge algebra: shares and points add up, removal is monotone, parts of a factor multiply back."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from isthmus.border.spread import parts_at_median
from isthmus.border.wedge import Component, Reach, Wedge, compose, removal_factor, shapley_points
from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Grade

wedges = st.lists(st.floats(-0.5, 3.0), min_size=1, max_size=9)


@given(wedges)
def test_shapley_points_sum_to_the_overhead(x):
    assert shapley_points(x).sum() == pytest.approx(compose(x) - 1, rel=1e-9, abs=1e-9)


@given(st.lists(st.floats(-0.5, 3.0), min_size=1, max_size=5))
def test_shapley_points_are_the_average_over_all_orders(x):
    orders = list(permutations(range(len(x))))
    brute = np.zeros(len(x))
    for order in orders:
        product = 1.0
        for i in order:
            brute[i] += product * x[i]
            product *= 1 + x[i]
    np.testing.assert_allclose(shapley_points(x), brute / len(orders), rtol=1e-9, atol=1e-9)


@given(wedges, st.permutations(range(9)))
def test_order_of_causes_does_not_matter(x, order):
    order = [i for i in order if i < len(x)]
    shuffled = [x[i] for i in order]
    np.testing.assert_allclose(shapley_points(shuffled), shapley_points(x)[order], rtol=1e-9, atol=1e-12)
    assert compose(shuffled) == pytest.approx(compose(x))


@given(st.integers(0, 2**32 - 1), st.integers(1, 6))
def test_parts_at_the_median_add_up_to_the_median_of_the_whole(seed, count):
    points = np.random.default_rng(seed).lognormal(size=(count, 101)) * np.arange(1, count + 1)[:, None]
    parts = parts_at_median(points)
    assert parts.sum() == pytest.approx(np.median(points[:, 1:].sum(axis=0)))
    assert ((parts >= points[:, 1:].min(axis=1)) & (parts <= points[:, 1:].max(axis=1))).all()


@given(st.floats(0, 5), st.floats(0, 1), st.floats(0, 1))
def test_removing_more_never_costs_more(o, a, b):
    low, high = sorted((a, b))
    assert removal_factor(o, high) <= removal_factor(o, low) <= 1
    assert removal_factor(o, 1.0) * (1 + o) == pytest.approx(1.0)
    assert removal_factor(o, 0.0) == 1.0


@given(st.floats(0, 5), st.floats(0, 1), st.floats(0, 1))
def test_two_removals_chain(o, a, b):
    left = o * (1 - a)
    assert removal_factor(o, a) * removal_factor(left, b) == pytest.approx(removal_factor(o, 1 - (1 - a) * (1 - b)))


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_share_outside_zero_to_one_is_refused(share):
    with pytest.raises(BadInputError, match="share removed"):
        removal_factor(0.2, share)


def test_a_wedge_of_minus_one_is_refused():
    with pytest.raises(BadInputError, match="above -1"):
        compose([0.1, -1.0])


def test_one_bad_number_among_good_ones_is_refused():
    with pytest.raises(BadInputError, match="found 2"):
        removal_factor(0.2, [0.5, 2.0])
    with pytest.raises(BadInputError, match="found -3"):
        shapley_points([[0.5, -3.0]])


def test_points_of_many_cells_are_those_of_each():
    x = np.array([[[0.1, 0.2], [0.0, 1.0]], [[-0.1, 0.3], [0.4, 0.5]], [[0.7, 0.2], [0.1, 0.9]]])
    cells = [[shapley_points(x[:, a, b]) for b in range(2)] for a in range(2)]
    np.testing.assert_allclose(shapley_points(x), np.moveaxis(np.array(cells), -1, 0))


def wedge(**more):
    given = {"low": 0.1, "central": 0.2, "high": 0.3, "rent_share": 0.5, **more}
    return Wedge(
        component=Component.TIME, part="", sector="G", exporter="A", importer="B", central_run=0.2, grade=Grade.ASSUMED,
        source="this test", reach=Reach.POLICY, **given,
    )  # fmt: skip


def test_a_wedge_is_a_range_above_minus_one_and_its_rent_a_share():
    for share in (0.0, 0.5, 1.0):
        assert wedge(rent_share=share).rent_share == share
    assert wedge(low=-0.9, central=-0.9, high=-0.9).low == -0.9
    for wrong in ({"rent_share": -0.1}, {"rent_share": 1.5}, {"low": -1.0}, {"low": 0.25}, {"high": 0.15}):
        with pytest.raises(BadInputError, match=r"wedge time \(\), G, A to B"):
            wedge(**wrong)
