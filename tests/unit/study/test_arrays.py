"""A labelled array is kept as one column of numbers and comes back as it was."""

import numpy as np
import xarray as xr

from isthmus.study.arrays import dataset_from, dataset_parts


def test_arrays_of_any_number_of_dimensions_come_back_as_they_were() -> None:
    numbers = np.random.default_rng(1).random((2, 3, 4))
    numbers[0, 1, 2] = np.nan
    given = xr.Dataset(
        {"cube": (("x", "y", "z"), numbers), "turned": (("y", "x"), numbers[..., 0].T), "one": ((), 7.0)},
        {"x": [2030, 2036], "y": ["a", "b", "c"], "z": list(range(4)), "choice": ("x", ["", "low"])},
    )
    facts, frames = dataset_parts(given)
    assert {name: frame.shape for name, frame in frames.items()} == {"cube": (24, 1), "turned": (6, 1), "one": (1, 1)}
    xr.testing.assert_identical(dataset_from(facts, frames), given)
