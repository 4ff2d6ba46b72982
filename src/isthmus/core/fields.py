"""The array contract: every array field of a record is declared once, and that declaration drives everything.

A record is a frozen dataclass whose array fields are written ``Annotated[xr.DataArray, Field(...)]``. The declaration
validates the array when the record is made, prints the record, and feeds the data dictionary of the documentation.
"""

import dataclasses
from collections.abc import Mapping, Sized
from functools import cache
from html import escape
from typing import get_args, get_origin, get_type_hints

import numpy as np
import xarray as xr

from isthmus.core.axes import Axes, common_axes
from isthmus.core.errors import BadInputError


@dataclasses.dataclass(frozen=True)
class Field:
    """Declaration of one array: dimensions in storage order, unit, symbol of the equations, bounds (inclusive)."""

    dims: tuple[str, ...]
    unit: str
    symbol: str = ""
    description: str = ""
    lower: float | None = None
    upper: float | None = None


class Record:
    """Base of frozen dataclasses with declared arrays: bounds and labels checked on construction, readable when printed."""

    axes: Axes
    """Labels and their order, on which all arrays of the record agree."""

    def __post_init__(self) -> None:
        arrays: dict[str, xr.DataArray] = {}
        for name, field in declared_fields(type(self)).items():  # type: ignore[arg-type]  # a class is hashable
            where = f"{type(self).__name__}.{name}"
            arrays[where] = getattr(self, name)
            _check(where, arrays[where], field)
        object.__setattr__(self, "axes", common_axes(arrays, getattr(self, "goods", ())))

    def __repr__(self) -> str:
        rows = [f"{name:<24} {size:<34} {unit}" for name, size, unit, _ in _rows(self)]
        return "\n".join([type(self).__name__, *(f"  {row}" for row in rows)])

    def _repr_html_(self) -> str:
        cells = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in _rows(self))
        head = "<tr><th>field</th><th>value or size</th><th>unit</th><th>symbol</th></tr>"
        return f"<table><caption>{escape(type(self).__name__)}</caption>{head}{cells}</table>"


@cache
def declared_fields(record: type) -> Mapping[str, Field]:
    """Return the array declarations of a record class by field name."""
    hints = get_type_hints(record, include_extras=True)
    found: dict[str, Field] = {}
    for name, hint in hints.items():
        if get_origin(hint) is not None:
            declared = [extra for extra in get_args(hint)[1:] if isinstance(extra, Field)]
            found.update({name: declared[0]} if declared else {})
    return found


def _check(name: str, array: object, field: Field) -> None:
    """Raise BadInputError where `array` breaks its declaration."""
    if not isinstance(array, xr.DataArray) or array.dims != field.dims:
        found = array.dims if isinstance(array, xr.DataArray) else type(array).__name__
        raise BadInputError(
            name, f"found {found}", allowed=f"xarray.DataArray with dims {field.dims}", remedy="transpose or rebuild it"
        )
    values = np.asarray(array.values, dtype=float)
    wrong = ~np.isfinite(values)
    if field.lower is not None:
        wrong |= values < field.lower
    if field.upper is not None:
        wrong |= values > field.upper
    if wrong.any():
        cell = tuple(int(i[0]) for i in np.nonzero(wrong))
        labels = {
            dim: str(array[dim].values[i]) if dim in array.coords else i
            for dim, i in zip(field.dims, cell, strict=True)
        }
        bounds = f"finite numbers from {field.lower} to {field.upper}" if wrong.any() else ""
        raise BadInputError(
            f"{name} at {labels}",
            f"value {values[cell]!r} ({int(wrong.sum())} such cells)",
            allowed=bounds.replace("None", "unbounded"),
            remedy="correct the source of this cell",
        )


def _rows(record: "Record") -> list[tuple[str, str, str, str]]:
    """Describe each dataclass field as (name, value or size, unit, symbol)."""
    declared = declared_fields(type(record))  # type: ignore[arg-type]  # a class is hashable
    rows = []
    for item in dataclasses.fields(record):  # type: ignore[arg-type]  # its children are dataclasses
        value = getattr(record, item.name)
        if item.name in declared:
            size = " × ".join(f"{dim} {n}" for dim, n in zip(value.dims, value.shape, strict=True))
            rows.append((item.name, size, declared[item.name].unit, declared[item.name].symbol))
        else:
            rows.append((item.name, _brief(value), "", ""))
    return rows


def _brief(value: object) -> str:
    """Write a plain value on one line: numbers by name in full, anything long by its kind and size."""
    if isinstance(value, Mapping) and value and all(isinstance(number, float) for number in value.values()):
        return ", ".join(f"{name} {number:.1e}" for name, number in value.items())
    text = repr(value)
    if len(text) <= 60:
        return text
    size = f" of {len(value)}" if isinstance(value, Sized) else ""
    return f"{type(value).__name__}{size}"
