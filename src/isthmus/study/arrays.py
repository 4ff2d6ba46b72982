"""Labelled arrays as frames: how a section with a Dataset is kept in the same form as its tables."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

_NUMBERS = "number"


def dataset_parts(data: xr.Dataset) -> tuple[dict[str, Any], dict[str, pd.DataFrame]]:
    """Return the labels of a Dataset as plain JSON types, and one column of numbers a variable, its last dimension fastest."""
    labels = {
        str(name): {"dims": list(map(str, c.dims)), "values": c.values.tolist()} for name, c in data.coords.items()
    }
    dims = {str(name): list(map(str, array.dims)) for name, array in data.data_vars.items()}
    frames = {str(name): pd.DataFrame({_NUMBERS: array.values.ravel()}) for name, array in data.data_vars.items()}
    return {"labels": labels, "dims": dims}, frames


def dataset_from(facts: Mapping[str, Any], frames: Mapping[str, pd.DataFrame]) -> xr.Dataset:
    """Return the Dataset that was kept."""
    coords = {name: (tuple(entry["dims"]), np.asarray(entry["values"])) for name, entry in facts["labels"].items()}
    sizes = {name: len(entry["values"]) for name, entry in facts["labels"].items() if entry["dims"] == [name]}
    arrays = {
        name: (tuple(dims), frames[name][_NUMBERS].to_numpy(dtype=float).reshape([sizes[dim] for dim in dims]))
        for name, dims in facts["dims"].items()
    }
    return xr.Dataset(arrays, coords)
