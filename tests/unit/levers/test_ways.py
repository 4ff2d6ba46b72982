"""Limits on ways: cuts shrink by what is taken back, dearer crossing stays, draws of the room lie between its ends."""

from dataclasses import replace

import numpy as np
import pytest

from isthmus.equilibrium.changes import no_changes
from isthmus.levers.ways import ROOM, Ways, kept, limited

SHAPE = (2, 3, 3)


def ways(**more):
    taken = np.zeros((3, *SHAPE))
    taken[:, 0, 0, 1] = 0.5, 0.2, 0.1
    taken[:, 1, 0, 1] = 1.0, 0.4, 0.0
    weight = np.zeros(SHAPE)
    weight[0, 0, 1], weight[1, 0, 1], weight[0, 1, 0] = 30.0, 10.0, 5.0
    return Ways(**{"room": (0.8, 1.0, 1.2), "taken": taken, "weight": weight, **more})


def changes():
    at = np.array([np.ravel_multi_index(c, SHAPE) for c in ((0, 0, 1), (0, 1, 0), (1, 0, 1))])
    return replace(
        no_changes(2, 3),
        cells=at,
        ln_cost=np.array([-0.1, -0.1, 0.05]),
        ln_tariff=np.zeros(3),
        ln_tariff_before=np.zeros(3),
    )


def test_cuts_shrink_and_what_is_dearer_stays():
    found = limited(changes(), ways(), {})
    assert found.ln_cost == pytest.approx([-0.08, -0.1, 0.05])
    assert limited(changes(), None, {}).ln_cost == pytest.approx([-0.1, -0.1, 0.05])


@pytest.mark.parametrize(
    ("room", "left"), [(0.8, 0.05), (0.9, 0.065), (1.0, 0.08), (1.1, 0.085), (1.2, 0.09), (0.1, 0.05), (9, 0.09)]
)
def test_room_between_the_ends_takes_shares_in_between(room, left):
    assert limited(changes(), ways(), {ROOM: room}).ln_cost[0] == pytest.approx(-left)


def test_means_are_weighted_by_trade_and_follow_draws():
    cells = ([0, 1], [0], [1])
    assert kept(ways(), cells, {}) == pytest.approx(1 - (0.2 * 30 + 0.4 * 10) / 40)
    drawn = kept(ways(), cells, {ROOM: np.array([0.8, 1.0, 1.2])})
    assert drawn == pytest.approx([1 - 25 / 40, 1 - 10 / 40, 1 - 3 / 40])
    assert kept(ways(), ([0], [2], [2]), {}) == 1
    assert kept(None, cells, {}) == 1


def test_a_range_without_width_is_its_centre():
    flat = ways(room=(1.0, 1.0, 1.0))
    assert limited(changes(), flat, {ROOM: 0.5}).ln_cost[0] == pytest.approx(-0.08)
