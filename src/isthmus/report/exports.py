"""Tables of the report in the exchange formats of statistics offices and of the scenario community.

Any tidy table becomes long: the columns that tell rows apart are keys, every column of numbers is a measure, and other text
goes along as attributes (SDMX only: the IAMC format has no place for it). Both formats are read back by their readers and
compared with the table before they are handed out.
"""

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from isthmus.core.errors import BadInputError

if TYPE_CHECKING:
    from pysdmx.model import Schema

IAMC_COLUMNS = ("model", "scenario", "region", "variable", "unit", "year", "value")

_AREAS = ("economy", "partner", "of", "reporter", "country")
_DIMENSIONS = {
    *_AREAS,
    "exporter",
    "importer",
    "sector",
    "input",
    "industry",
    "year",
    "component",
    "target",
    "project",
    "carrier",
}
"""Columns that always are keys: the product's own dimension names."""

_LISTED = "listed"
_RESERVED = {"FREQ", "MEASURE", "TIME_PERIOD", "OBS_VALUE", "UNIT_MEASURE"}


@dataclass(frozen=True)
class Description:
    """What a table does not say about itself.

    Attributes
    ----------
    name
        Name of the table, as in ``tables/NAME.csv``.
    year
        Year of tables without a column `year`.
    units
        Unit by measure; "" where a measure's name carries it.
    keys
        Columns that tell rows apart; found by trying from the left when empty.
    agency, model, scenario
        Names for the two formats.
    """

    name: str
    year: int
    units: Mapping[str, str] = field(default_factory=dict)
    keys: tuple[str, ...] = ()
    agency: str = "ISTHMUS"
    model: str = "Isthmus"
    scenario: str = "study"


@dataclass(frozen=True)
class Export:
    """A table as text, the number of values in it, and the number of cells the format cannot carry."""

    text: str
    values: int
    left_out: int


def sdmx_csv(frame: pd.DataFrame, about: Description) -> Export:
    """Return a table as SDMX-CSV 2.0, read back through pysdmx and compared cell by cell.

    Raises
    ------
    BadInputError
        If no set of columns tells the rows apart, or what is read back is not what was written.
    """
    from pysdmx.io.csv.sdmx20.writer import write
    from pysdmx.io.pd import PandasDataset

    keys, measures, texts = _roles(frame, about)
    long = _long(frame, about, keys, measures, texts)
    dimensions = ["FREQ", *(_code(key) for key in keys if key != "year"), "MEASURE", "TIME_PERIOD"]
    schema = _schema(about, dimensions, [_code(text) for text in texts])
    text = write([PandasDataset(structure=schema, data=long.copy())]) or ""
    _require_same(about, long, read_sdmx_csv(text), dimensions)
    return Export(text, int((long["OBS_VALUE"] != "").sum()), 0)


def read_sdmx_csv(text: str) -> pd.DataFrame:
    """Return the observations of SDMX-CSV as text columns, OBS_VALUE as numbers."""
    from pysdmx.io import read_sdmx

    datasets = read_sdmx(text).data or []
    frames = [pd.DataFrame(getattr(dataset, "data")).astype(str) for dataset in datasets]  # noqa: B009
    found = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
    return found.assign(OBS_VALUE=pd.to_numeric(found["OBS_VALUE"], errors="coerce").astype(float))


def iamc(frame: pd.DataFrame, about: Description) -> Export:
    """Return a table in the long format of the Integrated Assessment Modeling Consortium, read back and compared.

    The region is the economy of a row, ``A>B`` for a flow from A to B, else ``World``; the variable is the table, the
    measure and the remaining keys, joined by bars. Text that is no key cannot be carried and is counted.
    """
    keys, measures, texts = _roles(frame, about)
    region_keys = (
        ["exporter", "importer"] if {"exporter", "importer"} <= set(keys) else [k for k in _AREAS if k in keys][:1]
    )
    others = [key for key in keys if key not in (*region_keys, "year")]
    rest = _joined(frame, others, "|", _bar)
    region = _joined(frame, region_keys, ">", str) if region_keys else ["World"] * len(frame)
    years = [str(year) for year in frame["year"]] if "year" in keys else [str(about.year)] * len(frame)
    parts = []
    for measure in measures:
        head = f"{_bar(about.name)}|{_bar(measure)}"
        parts.append(
            pd.DataFrame(
                {
                    "model": about.model,
                    "scenario": about.scenario,
                    "region": region,
                    "variable": [f"{head}|{tail}" if tail else head for tail in rest],
                    "unit": _unit(about, measure),
                    "year": years,
                    "value": _values(frame, measure),
                }
            )
        )
    long = pd.concat(parts, ignore_index=True)
    numbers = long.dropna(subset=["value"])
    text = numbers.to_csv(index=False, lineterminator="\n")
    back = read_iamc(text)
    same = len(back) == len(numbers) and np.array_equal(back["value"].to_numpy(), numbers["value"].to_numpy())
    if not same:
        raise _changed(about, "IAMC")
    filled = sum(int((frame[name].astype(str) != "").sum()) for name in texts)
    return Export(text, len(numbers), filled)


def read_iamc(text: str) -> pd.DataFrame:
    """Return IAMC long data; BadInputError for missing columns, repeated rows or values that are no numbers."""
    found = pd.read_csv(io.StringIO(text), dtype=dict.fromkeys(IAMC_COLUMNS[:-1], str), keep_default_na=False)
    found.columns = [str(name).lower() for name in found.columns]
    missing = [name for name in IAMC_COLUMNS if name not in found]
    if missing:
        raise BadInputError(
            "IAMC table", f"column {', '.join(missing)} is missing", allowed=", ".join(IAMC_COLUMNS), remedy="add it"
        )
    found = found[list(IAMC_COLUMNS)]
    numbers = pd.to_numeric(found["value"], errors="coerce").astype(float)
    if numbers.isna().any():
        spot = int(np.flatnonzero(numbers.isna())[0])
        raise BadInputError(
            f"IAMC table, row {spot + 2}",
            f"value {found['value'].iloc[spot]!r}",
            allowed="a number",
            remedy="correct it",
        )
    twice = found.duplicated(list(IAMC_COLUMNS[:-1]))
    if twice.any():
        spot = int(np.flatnonzero(twice)[0])
        raise BadInputError(
            f"IAMC table, row {spot + 2}", "repeats an earlier row", allowed="each variable, region and year once",
            remedy="name the keys of the table",
        )  # fmt: skip
    return found.assign(value=numbers)


def _roles(frame: pd.DataFrame, about: Description) -> tuple[list[str], list[str], list[str]]:
    """Sort columns into keys, measures and other text."""
    numeric = [str(n) for n in frame.columns if pd.api.types.is_float_dtype(frame[n].dtype)]
    whole = [str(n) for n in frame.columns if pd.api.types.is_integer_dtype(frame[n].dtype)]
    labels = [str(n) for n in frame.columns if n not in numeric and n not in whole]
    keys = list(about.keys) or _found_keys(frame, about, [str(n) for n in frame.columns if str(n) not in numeric])
    measures = [
        n for n in [str(c) for c in frame.columns] if n in numeric or (n in whole and n not in keys and n != "year")
    ]
    measures = [n for n in measures if n not in keys]
    return keys, measures or [_LISTED], [n for n in labels if n not in keys]


def _found_keys(frame: pd.DataFrame, about: Description, candidates: list[str]) -> list[str]:
    """Return the named dimensions and as many further columns from the left as it takes to tell the rows apart."""
    keys = [name for name in candidates if name in _DIMENSIONS]
    for name in [*candidates, ""]:
        if keys and not frame.duplicated(keys).any():
            return [key for key in candidates if key in keys]
        if name and name not in keys:
            keys.append(name)
    raise BadInputError(
        f"table {about.name}",
        "no set of text columns tells its rows apart",
        allowed="columns whose combination is unique",
        remedy="name the keys in the description of the table",
    )


def _long(
    frame: pd.DataFrame, about: Description, keys: list[str], measures: list[str], texts: list[str]
) -> pd.DataFrame:
    """Return one row a key and measure, every column as text."""
    years = [str(year) for year in frame["year"]] if "year" in keys else [str(about.year)] * len(frame)
    labels = {_code(key): [_text(cell) for cell in frame[key]] for key in keys if key != "year"}
    notes = {_code(name): [_text(cell) for cell in frame[name]] for name in texts}
    parts = []
    for measure in measures:
        numbers = [_number(value) for value in _values(frame, measure)]
        columns = {"FREQ": ["A"] * len(frame), **labels, "MEASURE": _code(measure), "TIME_PERIOD": years}
        parts.append(pd.DataFrame({**columns, "OBS_VALUE": numbers, "UNIT_MEASURE": _unit(about, measure), **notes}))
    return pd.concat(parts, ignore_index=True)


def _values(frame: pd.DataFrame, measure: str) -> np.ndarray:
    """Return a measure as numbers; a table of words is counted as ones."""
    return np.ones(len(frame)) if measure == _LISTED else frame[measure].to_numpy(dtype=float, na_value=np.nan)


def _joined(frame: pd.DataFrame, columns: list[str], mark: str, written: Callable[[str], str]) -> list[str]:
    """Return the cells of several columns joined row by row."""
    cells = [[written(str(cell)) for cell in frame[name]] for name in columns]
    return [mark.join(row) for row in zip(*cells, strict=True)] if cells else [""] * len(frame)


def _schema(about: Description, dimensions: list[str], attributes: list[str]) -> "Schema":
    from pysdmx.model import Component, Components, Concept, DataType, Role, Schema

    def component(name: str, role: Role, kind: DataType, level: str | None = None) -> Component:
        required = role is Role.DIMENSION
        return Component(name, required, role, Concept(id=name, dtype=kind), local_dtype=kind, attachment_level=level)

    parts = [component(name, Role.DIMENSION, DataType.STRING) for name in dimensions]
    parts.append(component("OBS_VALUE", Role.MEASURE, DataType.DOUBLE))
    parts += [component(name, Role.ATTRIBUTE, DataType.STRING, "O") for name in ("UNIT_MEASURE", *attributes)]
    return Schema("datastructure", about.agency, _code(about.name), Components(parts), "1.0", ())


def _require_same(about: Description, long: pd.DataFrame, back: pd.DataFrame, dimensions: list[str]) -> None:
    written = pd.to_numeric(long["OBS_VALUE"], errors="coerce").to_numpy(dtype=float)
    read = back["OBS_VALUE"].to_numpy(dtype=float)
    same = len(back) == len(long) and np.array_equal(written, read, equal_nan=True)
    if not same or not all((back[name].to_numpy() == long[name].to_numpy()).all() for name in dimensions):
        raise _changed(about, "SDMX-CSV")


def _changed(about: Description, form: str) -> BadInputError:
    return BadInputError(
        f"table {about.name}",
        f"{form} reads back other values than were written",
        allowed="cells that survive the format",
        remedy="look for line breaks or odd characters in its text columns",
    )


def _code(name: str) -> str:
    """Return an SDMX identifier; names of the standard's own columns get a tail."""
    code = re.sub(r"[^A-Z0-9_]", "_", name.upper())
    return f"{code}_KEY" if code in _RESERVED else code


def _bar(name: str) -> str:
    return name.replace("_", " ").replace("|", "/").strip().capitalize() if name.islower() else name.replace("|", "/")


def _unit(about: Description, measure: str) -> str:
    if measure in about.units:
        return about.units[measure]
    endings = {
        "_pct": "%",
        "_pp": "percentage points",
        "_musd": "million USD",
        "_share": "1",
        "_rate": "1",
        "_pace": "1/year",
    }
    return next((unit for ending, unit in endings.items() if measure.endswith(ending)), "1")


def _text(cell: object) -> str:
    if cell is None or cell is pd.NA or (isinstance(cell, float) and np.isnan(cell)):
        return ""
    if isinstance(cell, bool | np.bool_):
        return "true" if cell else "false"
    return re.sub(r"\s+", " ", str(cell))


def _number(value: float) -> str:
    return "" if np.isnan(value) else repr(float(value))
