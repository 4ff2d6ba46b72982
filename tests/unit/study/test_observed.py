"""What third economies trade: sums of the right cells of the trade cube, and nothing where there is nobody to trade with."""

import numpy as np
import pytest

from isthmus.study.observed import ELSEWHERE, PURCHASES, SALES, terms_of_trade, traded


def test_each_kind_adds_the_cells_it_names() -> None:
    flows = np.arange(2 * 4 * 4, dtype=float).reshape(2, 4, 4)
    found = traded(flows, [0, 2], [1, 3])
    for position, n in enumerate((1, 3)):
        other = 3 if n == 1 else 1
        assert found[SALES][position] == flows[:, n, 0].sum() + flows[:, n, 2].sum()
        assert found[ELSEWHERE][position] == flows[:, n, other].sum()
        assert found[PURCHASES][position] == flows[:, 0, n].sum() + flows[:, 2, n].sum()


def test_one_third_economy_alone_sells_nothing_elsewhere_to_the_last_digit() -> None:
    flows = np.random.default_rng(1).random((5, 3, 3))
    assert traded(flows, [0, 1], [2])[ELSEWHERE].tolist() == [0.0]


def test_terms_of_trade_weigh_what_is_sold_and_bought_abroad_by_income() -> None:
    flows, ln_c, income = np.ones((1, 2, 2)), np.array([[0.1, 0.3]]), np.array([2.0, 4.0])
    assert terms_of_trade(flows, ln_c, income) == pytest.approx([(0.1 - 0.3) / 2, (0.3 - 0.1) / 4])
