"""Axes: the labels of every dimension in storage order, on which all arrays of a record agree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from numpy.typing import NDArray

from isthmus.core.errors import BadInputError
from isthmus.core.labels import positions, require_same_labels

Array = NDArray[np.float64]
"""Plain numbers inside the kernels."""

AXIS_OF = {"exporter": "economy", "importer": "economy", "input": "sector", "industry": "sector"}
"""Dimensions that carry the labels of another one."""


@dataclass(frozen=True)
class Axes:
    """Labels of the economies and sectors of a world, and of any further dimension, in storage order.

    Attributes
    ----------
    economies, sectors
        Labels of the two dimensions that every record of a world shares.
    goods
        Sectors of kind goods; all others are services.
    others
        Labels of further dimensions by name.
    """

    economies: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    goods: tuple[str, ...] = ()
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for axis, labels in (("economy", self.economies), ("sector", self.sectors), *self.others.items()):
            twice = (
                sorted({label for label in labels if labels.count(label) > 1}) if len(set(labels)) < len(labels) else []
            )
            if twice:
                raise BadInputError(
                    f"dimension {axis}",
                    f"label {twice[0]!r} stands more than once",
                    allowed="each label once",
                    remedy="remove or rename the second one",
                )

    @property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """Sectors of kind goods and services: the named groups that selections may use."""
        return {"goods": self.goods, "services": tuple(s for s in self.sectors if s not in self.goods)}

    def labels(self, dim: str) -> tuple[str, ...]:
        """Return the labels of a dimension."""
        axis = AXIS_OF.get(dim, dim)
        if axis == "economy":
            return self.economies
        return self.sectors if axis == "sector" else self.others.get(axis, ())

    def array(self, values: Array, dims: Sequence[str]) -> xr.DataArray:
        """Return plain numbers in storage order with the labels of their dimensions."""
        shape = tuple(len(self.labels(dim)) for dim in dims)
        if np.shape(values) != shape:
            raise BadInputError(
                f"array with dimensions {', '.join(dims)}",
                f"has shape {np.shape(values)}",
                allowed=f"shape {shape}, one number a label",
                remedy="build it in storage order",
            )
        return labelled(np.ascontiguousarray(values), {dim: self.labels(dim) for dim in dims})

    def plain(self, array: xr.DataArray, dims: Sequence[str], where: str) -> Array:
        """Return the plain numbers of a labelled array in storage order; BadInputError where dimensions or labels differ."""
        if array.dims != tuple(dims) or any(dim not in array.coords for dim in dims):
            raise BadInputError(
                where,
                f"has dimensions {', '.join(map(str, array.dims))}",
                allowed=f"dimensions {', '.join(dims)}, each with its labels",
                remedy="build the array with Axes.array",
            )
        for dim in dims:
            labels = tuple(map(str, array[dim].values.tolist()))
            require_same_labels(labels, self.labels(dim), dim, f"{where}, dimension {dim}", "the world")
        values: Array = np.asarray(array.values, dtype=float)
        return values

    def economy(self, selector: str | Sequence[str], where: str) -> list[int]:
        """Return positions of economies."""
        return positions(selector, self.economies, where)

    def sector(self, selector: str | Sequence[str], where: str) -> list[int]:
        """Return positions of sectors or of a named group of them."""
        return positions(selector, self.sectors, where, self.groups)


def labelled(values: Array, labels: Mapping[str, Sequence[Any]]) -> xr.DataArray:
    """Return plain numbers in storage order with the labels of their dimensions.

    Arrays with equal labels share their indexes: to make an index takes longer than most sums over the numbers.
    """
    return _blank(tuple((dim, tuple(names)) for dim, names in labels.items())).copy(deep=False, data=values)


@lru_cache(maxsize=256)
def _blank(labels: tuple[tuple[str, tuple[Any, ...]], ...]) -> xr.DataArray:
    """Return an array of these labels that takes up no room."""
    parts = [_dimension(*one) for one in labels]
    coords = xr.Coordinates(
        {dim: part[dim].variable for part in parts for dim in part},
        indexes={dim: index for part in parts for dim, index in part.xindexes.items()},
    )
    return xr.DataArray(np.broadcast_to(0.0, [len(names) for _, names in labels]), coords, [dim for dim, _ in labels])


@lru_cache(maxsize=256)
def _dimension(dim: str, names: tuple[Any, ...]) -> xr.Coordinates:
    return xr.Coordinates({dim: list(names)})


def common_axes(arrays: Mapping[str, xr.DataArray], goods: tuple[str, ...] = ()) -> Axes:
    """Return the axes on which all arrays agree: labels and their order.

    The first array that carries a dimension sets its labels; `arrays` is keyed by the name that errors use.

    Raises
    ------
    BadInputError
        If an array has no labels, other labels, or the same ones in another order; names array, dimension and label.
    """
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    checked: dict[str, pd.Index[Any]] = {}
    for name, array in arrays.items():
        for dim in map(str, array.dims):
            if dim not in array.coords:
                raise BadInputError(
                    f"{name}, dimension {dim}",
                    "has no labels",
                    allowed="one label a position",
                    remedy="build the array with Axes.array",
                )
            if checked.get(dim) is (index := array.get_index(dim)):
                continue
            checked[dim] = index
            labels = tuple(map(str, index.tolist()))
            first, expected = found.setdefault(AXIS_OF.get(dim, dim), (f"{name}, dimension {dim}", labels))
            require_same_labels(labels, expected, dim, f"{name}, dimension {dim}", first)
    plain = {axis: labels for axis, (_, labels) in found.items()}
    return Axes(plain.pop("economy", ()), plain.pop("sector", ()), goods, plain)
