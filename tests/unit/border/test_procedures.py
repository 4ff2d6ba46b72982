import numpy as np
import pytest

from isthmus.border.procedures import money_cost, time_cost, trade_effect_cost
from isthmus.core.errors import BadInputError


def test_days_compound():
    assert time_cost(3, 0.01) == pytest.approx(1.01**3 - 1)
    assert time_cost(0, 0.02) == 0


def test_published_range_of_one_day():
    np.testing.assert_allclose(time_cost(1, [0.006, 0.021]), [0.006, 0.021])


def test_splitting_a_wait_changes_nothing():
    assert (1 + time_cost(2, 0.013)) * (1 + time_cost(5, 0.013)) == pytest.approx(1 + time_cost(7, 0.013))


def test_dear_goods_bear_a_fee_lightly():
    np.testing.assert_allclose(money_cost(60, [120, 60000]), [0.5, 0.001])


def test_a_trade_effect_becomes_the_cost_that_explains_it():
    cost = trade_effect_cost(0.44, 5.0)
    assert (1 + cost) ** 5.0 == pytest.approx(1.44)


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: time_cost(-1, 0.01), "days"),
        (lambda: time_cost(1, float("nan")), "cost of a day"),
        (lambda: money_cost(10, 0), "value density"),
        (lambda: money_cost(10, np.inf), "services have no weight"),
        (lambda: trade_effect_cost(0.4, 0), "trade elasticity"),
    ],
)
def test_impossible_numbers_are_refused(call, name):
    with pytest.raises(BadInputError, match=name):
        call()
