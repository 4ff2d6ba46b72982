"""The accelerated iteration: it finds fixed points, is stopped by the error of the equations alone, and never breaks down."""

import numpy as np
import pytest

from isthmus.equilibrium.anderson import Memory, accelerate


def linear(matrix, constant):
    def mapping(point, _step):
        image = matrix @ point + constant
        return image, float(np.abs(image - point).max()), None

    return mapping


@pytest.fixture
def contraction():
    rng = np.random.default_rng(0)
    matrix = rng.normal(size=(30, 30))
    matrix *= 0.95 / np.abs(np.linalg.eigvals(matrix)).max()
    return matrix, rng.normal(size=30)


def test_fixed_point_of_a_slow_contraction(contraction):
    matrix, constant = contraction
    run = accelerate(linear(matrix, constant), np.zeros(30), tolerance=1e-10, most=400)
    assert run.converged
    assert run.point == pytest.approx(np.linalg.solve(np.eye(30) - matrix, constant), abs=1e-7)
    assert len(run.errors) < 150


def test_too_few_evaluations_are_told(contraction):
    run = accelerate(linear(*contraction), np.zeros(30), tolerance=1e-10, most=5)
    assert not run.converged
    assert len(run.errors) == 5


def test_a_point_that_does_not_move_is_no_failure():
    """An error that cannot fall further, as with a tolerance below rounding, must not end in a singular matrix."""
    stuck = np.ones(4)
    run = accelerate(lambda point, step: (point, 1.0, None), stuck, tolerance=1e-30, most=20)
    assert not run.converged
    assert (run.point == stuck).all()


def test_values_that_are_no_numbers_restart_from_the_best_point():
    seen = []

    def mapping(point, step):
        seen.append(step)
        if len(seen) == 2:
            return np.full(2, np.nan), float("nan"), None
        image = 0.5 * point
        return image, float(np.abs(point).max()), None

    run = accelerate(mapping, np.ones(2), tolerance=1e-8, most=100)
    assert run.converged
    assert min(seen) < max(seen)


def test_memory_of_another_size_is_forgotten():
    memory = Memory(4)
    for k in range(1, 4):
        memory.next(np.full(3, 1.0 / k), np.full(3, 0.5 / k))
    assert memory.filled
    assert memory.next(np.ones(5), np.zeros(5)) == pytest.approx(np.zeros(5))
    assert memory.filled == 0
