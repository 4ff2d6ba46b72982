"""The packaged study, read once in a process and locked against changes."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache

import numpy as np
import xarray as xr

from isthmus.readers.study.study import load_study
from isthmus.study.study import Study


@cache
def packaged_study() -> Study:
    """Return the packaged study; a test that changes an array of it in place fails."""
    study = load_study("china-russia")
    _lock(study, set())
    return study


def _lock(value: object, seen: set[int]) -> None:
    """Make every array in a value read-only."""
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, np.ndarray):
        value.flags.writeable = False
    elif isinstance(value, xr.DataArray):
        for array in (value.variable, *(coordinate.variable for coordinate in value.coords.values())):
            if isinstance(array._data, np.ndarray):
                array._data.flags.writeable = False
    elif isinstance(value, Mapping):
        for inner in value.values():
            _lock(inner, seen)
    elif isinstance(value, tuple | list):
        for inner in value:
            _lock(inner, seen)
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            _lock(getattr(value, one.name), seen)
