"""Sums by position, added in the order in which the amounts stand, so that they are the same on every machine."""

import numpy as np
from numpy.typing import NDArray

from isthmus.core.axes import Array


def summed(at: NDArray[np.intp], amounts: Array, count: int) -> Array:
    """Return the sum of the amounts at each of `count` positions."""
    return np.bincount(at, amounts, count).astype(float, copy=False)
