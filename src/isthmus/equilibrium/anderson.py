"""Safeguarded Anderson acceleration of a fixed point, stopped by the caller's residuals and never by the step size."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from isthmus.core.axes import Array

Info = TypeVar("Info")


@dataclass(frozen=True)
class Accelerated(Generic[Info]):
    """The last point, what the map reported there, and the error of every iteration."""

    point: Array
    info: Info
    converged: bool
    errors: tuple[float, ...]


def accelerate(
    mapping: Callable[[Array, float], tuple[Array, float, Info]],
    start: Array,
    *,
    tolerance: float,
    most: int,
    step: float = 0.3,
    memory: "Memory | None" = None,
) -> Accelerated[Info]:
    """Find the fixed point of `mapping` by Anderson acceleration.

    Parameters
    ----------
    mapping
        ``mapping(point, step) -> (image, error, info)``; the error is the true residual of the equations at the point.
    start
        First point, shape (M,).
    tolerance, most
        Error to reach, and the largest number of evaluations.
    memory
        Differences to start with, kept from a neighbouring problem; changed in place.
    step
        Damping handed to the mapping; halved whenever the error exceeds three times the best one seen.

    Notes
    -----
    Safeguards: an error above three times the best clears the history and halves the damping; a value that is not a number
    restarts from the best point. Both are rare near the solution, where the plain recursion is used.
    """
    memory = memory or Memory()
    memory.turn()
    point, best_point, best = start, start, np.inf
    errors: list[float] = []
    image, error, info = mapping(point, step)
    for _ in range(most):
        errors.append(error)
        if error <= tolerance:
            return Accelerated(point, info, True, tuple(errors))
        if not np.isfinite(error) or not np.isfinite(image).all():
            step, point = step / 2, best_point
            memory.clear()
            if step < 1e-3:
                break
            image, error, info = mapping(point, step)
            point, image = image, mapping(image, step)[0]
            image, error, info = mapping(point, step)
            continue
        if error > 3 * best and memory.filled > 1:
            step = max(step / 2, 0.02)
            memory.clear()
            best = error
        if error < best:
            best, best_point = error, point
        point = memory.next(point, image)
        image, error, info = mapping(point, step)
    return Accelerated(point, info, False, tuple(errors))


class Memory:
    """Differences of images and residuals, with their Gram matrix kept up to date.

    One memory may serve a sequence of neighbouring problems: what it holds is a picture of the Jacobian.
    """

    def __init__(self, depth: int = 8) -> None:
        self._images = self._changes = np.zeros((depth, 0))
        self._gram = np.zeros((depth, depth))
        self._last: tuple[Array, Array] | None = None
        self._depth, self.filled, self._slot = depth, 0, 0

    def turn(self) -> None:
        """Turn to the next problem: the last point is no longer a neighbour of the first one there."""
        self._last = None

    def clear(self) -> None:
        """Forget everything."""
        self._last, self.filled, self._slot = None, 0, 0

    def next(self, point: Array, image: Array) -> Array:
        """Return the point at which the linear model of the residual vanishes; the image where it says nothing."""
        residual = image - point
        if self._changes.shape[1] != point.size:
            self._images, self._changes = (np.zeros((self._depth, point.size)) for _ in range(2))
            self.clear()
        if self._last is None:
            self._last = image, residual
            return image
        self._remember(image - self._last[0], residual - self._last[1])
        self._last = image, residual
        m = self.filled
        gram = self._gram[:m, :m] + 1e-14 * np.trace(self._gram[:m, :m]) * np.eye(m)
        try:
            weights = np.linalg.solve(gram, self._changes[:m] @ residual)
        except np.linalg.LinAlgError:
            self.clear()
            return image
        better: Array = image - weights @ self._images[:m]
        return better

    def _remember(self, image: Array, change: Array) -> None:
        k = self._slot
        self._images[k], self._changes[k] = image, change
        self.filled = min(self.filled + 1, self._depth)
        row = self._changes[: self.filled] @ change
        self._gram[k, : self.filled], self._gram[: self.filled, k] = row, row
        self._slot = (k + 1) % self._depth
