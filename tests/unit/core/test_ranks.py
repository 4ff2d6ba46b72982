"""Ranks of drawn columns, whose products are rank correlations."""

import numpy as np

from isthmus.core.draws import standard_ranks


def test_ties_share_the_mean_of_their_ranks_and_what_does_not_vary_is_left_out() -> None:
    ranks = standard_ranks(np.array([[5.0, 1.0, 4.0], [5.0, 2.0, 4.0], [7.0, 3.0, 4.0]]))
    expected = np.array([[-0.5, -1.0], [-0.5, 0.0], [1.0, 1.0]]) / np.sqrt([1.5, 2.0])
    np.testing.assert_allclose(ranks, expected)
