"""The same levers to the same degrees at other times: what it costs that one side is late, and what moving together is worth."""

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np

from isthmus.core.axes import Array
from isthmus.levers.change import Number
from isthmus.levers.lever import Lever
from isthmus.levers.worlds import World

TOGETHER, LATE, ALL_LATE = "together", "late:", "late"
"""Worlds: everybody in time, one partner late (its label follows), everybody late."""


def timing_worlds(levers: Sequence[Lever], agreed: World, partners: Sequence[str], delay: Number) -> tuple[World, ...]:
    """Return the worlds in which nobody, one partner, or everybody carries its part out `delay` years later.

    Degrees are those of `agreed` throughout. A joint lever takes effect when its last side is there, a single one with its
    owner.
    """

    def late(name: str, sides: Sequence[str]) -> World:
        starts = {
            lever.id: {
                side: agreed.starts.get(lever.id, {}).get(side, lever.start) + (delay if side in sides else 0.0)
                for side in lever.partners
            }
            for lever in levers
        }
        return dataclasses.replace(agreed, name=name, starts=starts)

    return late(TOGETHER, ()), *(late(LATE + p, (p,)) for p in partners), late(ALL_LATE, partners)


def synchronising(worlds: Mapping[str, Array], partners: Sequence[str]) -> Array:
    """Return what moving at the same time is worth by itself, the mean delay held fixed (:eq:`synchronising`).

    Parameters
    ----------
    worlds
        Worth of each world of `timing_worlds`.
    """
    share = 1 / len(partners)
    apart = np.mean([worlds[LATE + p] for p in partners], axis=0)
    worth: Array = (1 - share) * worlds[TOGETHER] + share * worlds[ALL_LATE] - apart
    return worth


def longest_lag(levers: Sequence[Lever], parameters: Mapping[str, Number]) -> Number:
    """Return the years that the slowest joint measure loses where its sides do not agree; 0 where none loses any."""
    longest: Number = 0.0
    for lever in levers:
        if lever.joint and lever.lag:
            longest = np.maximum(longest, parameters[lever.lag])
    return longest
