"""A digest of what a value holds: equal content gives equal digests in every process, any other content another one."""

import hashlib
import re
import struct
from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np
import pandas as pd
import xarray as xr

if TYPE_CHECKING:
    from hashlib import _Hash as Digest


@runtime_checkable
class Named(Protocol):
    """Something known by a name that holds its version, for example a model whose weights are read when needed."""

    @property
    def name(self) -> str:
        """Name and version."""


def content_digest(value: object) -> str:
    """Return the SHA-256 of a value's canonical content.

    Records are taken field by field, mappings and sets in the order of their items' digests, arrays with shape, type and
    labels. Neither the order of a set nor the seed of Python's hash nor a place in memory has a part in it.

    Raises
    ------
    TypeError
        For a value without canonical content, for example a function.
    """
    total = hashlib.sha256()
    _feed(total, value)
    return total.hexdigest()


def _feed(total: "Digest", value: object) -> None:
    """Add a value to a digest, each with a mark of its kind and its length."""
    if value is None or isinstance(value, bool | int | np.bool_ | np.integer):
        _add(
            total,
            "plain",
            repr(value if value is None else int(value)).encode() + str(isinstance(value, bool)).encode(),
        )
    elif isinstance(value, float | np.floating):
        _add(total, "number", struct.pack("<d", float(value)))
    elif isinstance(value, str):
        _add(total, "text", str(value).encode())
    elif isinstance(value, bytes):
        _add(total, "bytes", value)
    elif isinstance(value, np.ndarray):
        _array(total, value)
    elif isinstance(value, xr.DataArray):
        _add(total, "labelled", repr(value.dims).encode())
        _feed(total, {str(name): np.asarray(labels) for name, labels in value.coords.items()})
        _array(total, np.asarray(value))
    elif isinstance(value, xr.Dataset):
        _add(total, "dataset", b"")
        _feed(total, {str(name): array for name, array in value.data_vars.items()})
    elif isinstance(value, pd.DataFrame):
        _add(total, "frame", repr([str(kind) for kind in value.dtypes]).encode())
        _feed(total, [*value.columns])
        for column in value.columns:
            cells = value[column]
            _feed(total, [None if gone else cell for cell, gone in zip(cells, cells.isna(), strict=True)])
    elif is_dataclass(value) and not isinstance(value, type):
        _add(total, "record", type(value).__qualname__.encode())
        for entry in fields(value):
            _add(total, "field", entry.name.encode())
            _feed(total, getattr(value, entry.name))
    else:
        _several(total, value)


def _several(total: "Digest", value: object) -> None:
    if isinstance(value, Mapping):
        items = sorted((content_digest(name), content_digest(inner)) for name, inner in value.items())
        _add(total, "mapping", "".join(a + b for a, b in items).encode())
    elif isinstance(value, Set):
        _add(total, "set", "".join(sorted(map(content_digest, value))).encode())
    elif isinstance(value, re.Pattern):
        _add(total, "pattern", f"{value.flags}:{value.pattern}".encode())
    elif isinstance(value, list | tuple):
        _add(total, "list", str(len(value)).encode())
        for item in value:
            _feed(total, item)
    elif isinstance(value, Named) and isinstance(value.name, str) and not callable(value):
        _add(total, type(value).__qualname__, value.name.encode())
    else:
        raise TypeError(f"a {type(value).__name__} has no canonical content")


def _array(total: "Digest", value: np.ndarray) -> None:
    if value.dtype.kind in "OUS":
        _add(total, "words", repr(value.shape).encode())
        _feed(total, [str(item) for item in value.ravel()])
        return
    _add(total, "array", f"{value.shape}{value.dtype.str}".encode())
    _add(total, "cells", np.ascontiguousarray(value).tobytes())


def _add(total: "Digest", kind: str, content: bytes) -> None:
    total.update(f"{kind}:{len(content)}:".encode())
    total.update(content)
