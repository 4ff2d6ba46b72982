"""The same levers at other times: who waits for whom, and what moving together is worth by itself."""

import numpy as np
import pytest

from isthmus.levers.lever import JOINT, Channel, Effect, Lever
from isthmus.levers.timing import ALL_LATE, LATE, TOGETHER, longest_lag, synchronising, timing_worlds
from isthmus.levers.worlds import World

EFFECT = Effect(channel=Channel.OUTPUT_PRODUCTIVITY, numbers={})


def lever(name, owner, partners, lag=""):
    return Lever(
        id=name,
        titles={},
        family="",
        owner=owner,
        partners=partners,
        targets={},
        effects=(EFFECT,),
        base_year=2025,
        start=2026,
        full=2026,
        lag=lag,
    )


LEVERS = (lever("a", "AAA", ("AAA",)), lever("b", "BBB", ("BBB",)), lever("ab", JOINT, ("AAA", "BBB"), "lag"))
AGREED = World(
    "agreed", {"a": {"AAA": 1.0}, "b": {"BBB": 0.5}, "ab": {"AAA": 0.4, "BBB": 0.4}}, {"ab": {"AAA": 2027, "BBB": 2027}}
)


def degrees(world, year):
    return [float(world.degree(one, year)) for one in LEVERS]


def test_a_joint_lever_waits_for_its_last_side_and_single_ones_for_their_owner():
    worlds = {w.name: w for w in timing_worlds(LEVERS, AGREED, ("AAA", "BBB"), 2.0)}
    assert list(worlds) == [TOGETHER, LATE + "AAA", LATE + "BBB", ALL_LATE]
    assert degrees(worlds[TOGETHER], 2027) == [1, 0.5, 0.4]
    assert degrees(worlds[LATE + "AAA"], 2027) == [0, 0.5, 0]
    assert degrees(worlds[LATE + "BBB"], 2027) == [1, 0, 0]
    assert degrees(worlds[LATE + "BBB"], 2028) == [1, 0.5, 0]
    for world in worlds.values():
        assert degrees(world, 2029) == [1, 0.5, 0.4]


def test_synchronising_is_worth_nothing_where_sides_do_not_need_each_other():
    """Two sides that each lose 3 and 5 by their own delay alone; then a joint part of 2 that either delay costs."""
    apart = {TOGETHER: np.array([8.0]), LATE + "A": np.array([5.0]), LATE + "B": np.array([3.0]), ALL_LATE: np.zeros(1)}
    assert synchronising(apart, ("A", "B")) == pytest.approx([0])
    joint = dict(apart)
    joint[TOGETHER] = joint[TOGETHER] + 2.0
    assert synchronising(joint, ("A", "B")) == pytest.approx([1.0])


def test_three_sides_keep_the_mean_delay():
    worlds = {TOGETHER: np.array([9.0]), **{LATE + p: np.array([6.0]) for p in "ABC"}, ALL_LATE: np.array([0.0])}
    assert synchronising(worlds, "ABC") == pytest.approx([0])


def test_the_delay_is_the_longest_lag_of_a_joint_measure():
    assert longest_lag(LEVERS, {"lag": 2.5}) == 2.5
    assert longest_lag(LEVERS, {"lag": np.array([1.0, 3.0])}).tolist() == [1.0, 3.0]
    assert longest_lag(LEVERS[:2], {}) == 0.0
