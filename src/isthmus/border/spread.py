"""A number over the draws: its range, its middle, and the run at central values beside them."""

from typing import NamedTuple

import numpy as np

from isthmus.core.axes import Array

CENTRAL = 0
"""Position of the run at central values on the draw axis; the draws follow it."""


class Range(NamedTuple):
    """Low, middle and high of a number over the draws, and beside them the run with every assumption at its central value.

    Low and high are the 5th and 95th percentile, `central` is the median. The run is one point among the draws: where
    assumptions reach further up than down it lies below the median, and it may lie outside low and high.
    """

    low: Array
    central: Array
    high: Array
    run: Array


def ranges(values: Array) -> Range:
    """Return the range of values whose last axis holds the run at central values and then the draws."""
    low, middle, high = np.percentile(values[..., CENTRAL + 1 :], [5, 50, 95], axis=-1)
    return Range(low, middle, high, values[..., CENTRAL])


def range_columns(values: Array, prefix: str = "") -> dict[str, Array]:
    """Return the columns low, central, high and central_run of a table, each name after `prefix`."""
    return dict(zip((f"{prefix}{n}" for n in ("low", "central", "high", "central_run")), ranges(values), strict=True))


def parts_at_median(points: Array) -> Array:
    """Return what each part (part, 1 + draws) adds where the whole is at its median; the parts add up to that median.

    Medians of parts do not add up to the median of the whole. So the parts are averaged over the fifth of the draws
    whose whole lies closest around the median, and scaled by the small remaining difference.
    """
    drawn = points[:, CENTRAL + 1 :]
    whole = drawn.sum(axis=0)
    low, middle, high = np.percentile(whole, [40, 50, 60])
    near = drawn[:, (whole >= low) & (whole <= high)].mean(axis=1)
    scaled: Array = near * (middle / near.sum()) if near.sum() else near
    return scaled
