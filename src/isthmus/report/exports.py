"""Tables of the report in the exchange formats of statistics offices and of the scenario community.

The declaration of a table's row says which columns tell rows apart, which are measures and in which unit, and what goes
along as attributes (SDMX only: the IAMC format has no place for it). Both formats are read back by their readers and compared
with the table before they are handed out.
"""

import io
import re
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from isthmus.core.errors import BadInputError
from isthmus.core.pairs import EVERY_PAIR
from isthmus.study.dataset import units
from isthmus.study.section import Column, Table, columns

if TYPE_CHECKING:
    from pysdmx.model import Schema

IAMC_COLUMNS = ("model", "scenario", "region", "variable", "unit", "year", "value")

UNITLESS = "dimensionless"
"""The IAMC format's unit of shares and factors: a column of ones alone would be read as numbers."""

NOT_APPLICABLE = "_Z"
"""The standard's code for a key that a row does not have."""

_AREAS = ("economy", "partner", "of", "reporter", "country")
_LISTED = Column("measure", "one for each row of a table of words", "rows", "listed", "number")
_RESERVED = {"FREQ", "MEASURE", "TIME_PERIOD", "OBS_VALUE", "UNIT_MEASURE"}
_YEAR, _PAIR = "year", "pair"
EVERY = "_T"
"""The standard's code for a total: all pairs together."""


@dataclass(frozen=True)
class Description:
    """What a table does not say about itself.

    Attributes
    ----------
    name
        Name of the table, as in ``tables/NAME.csv``.
    time
        Year or date of tables without a year among their dimensions; "" where they hold at no time.
    agency, model, scenario
        Names for the two formats.
    """

    name: str
    time: str = ""
    agency: str = "ISTHMUS"
    model: str = "Isthmus"
    scenario: str = "study"


@dataclass(frozen=True)
class Export:
    """A table as text, the number of values in it, and the number of cells the format cannot carry."""

    text: str
    values: int
    left_out: int


def sdmx_csv(table: Table[Any], about: Description) -> Export:
    """Return a table as SDMX-CSV 2.0, read back through pysdmx and compared cell by cell.

    A table that holds at no time has neither FREQ nor TIME_PERIOD.

    Raises
    ------
    BadInputError
        If what is read back is not what was written.
    """
    from pysdmx.io.csv.sdmx20.writer import write
    from pysdmx.io.pd import PandasDataset

    parts = _parts(table)
    long = _long(table.frame, about, parts, parts.timed or bool(about.time))
    schema = data_schema(table, about)
    text = write([PandasDataset(structure=schema, data=long.copy())]) or ""
    dimensions = [component.id for component in schema.components.dimensions]
    _require_same(about, long, read_sdmx_csv(text), dimensions)
    return Export(text, int((long["OBS_VALUE"] != "").sum()), 0)


def read_sdmx_csv(text: str) -> pd.DataFrame:
    """Return the observations of SDMX-CSV as text columns, OBS_VALUE as numbers."""
    from pysdmx.io import read_sdmx

    with (
        warnings.catch_warnings()
    ):  # the reader turns every column into text, so what pandas guesses of parts does not matter
        warnings.simplefilter("ignore", pd.errors.DtypeWarning)
        datasets = read_sdmx(text).data or []
    frames = [pd.DataFrame(getattr(dataset, "data")).astype(str) for dataset in datasets]  # noqa: B009
    found = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
    return found.assign(OBS_VALUE=pd.to_numeric(found["OBS_VALUE"], errors="coerce").astype(float))


def data_schema(table: Table[Any], about: Description) -> "Schema":
    """Return what the SDMX dataset of a table may hold: its dimensions, its measure, its attributes."""
    from pysdmx.model import Component, Components, Concept, DataType, Role, Schema

    def component(name: str, role: Role, kind: DataType, level: str | None = None) -> Component:
        required = role is Role.DIMENSION
        return Component(name, required, role, Concept(id=name, dtype=kind), local_dtype=kind, attachment_level=level)

    found = _parts(table)
    keys = [name for key in found.keys for name in _dimensions(table.frame, key.name)]
    timed = found.timed or bool(about.time)
    dimensions = ["FREQ", *keys, "MEASURE", "TIME_PERIOD"] if timed else [*keys, "MEASURE"]
    parts = [component(name, Role.DIMENSION, DataType.STRING) for name in dimensions]
    parts.append(component("OBS_VALUE", Role.MEASURE, DataType.DOUBLE))
    attributes = [_code(text.name) for text in found.texts]
    parts += [component(name, Role.ATTRIBUTE, DataType.STRING, "O") for name in ("UNIT_MEASURE", *attributes)]
    return Schema("datastructure", about.agency, _code(about.name), Components(parts), "1.0", ())


def iamc(table: Table[Any], about: Description) -> Export | None:
    """Return a table in the long format of the Integrated Assessment Modeling Consortium, read back and compared.

    The region is the economy of a row, ``A>B`` for a flow from A to B, ``A-B`` for a pair of partners, else ``World``; the
    variable is the table, the measure and the remaining keys, joined by bars. Text that is no key cannot be carried and is
    counted. The format knows no value without a year: of a table that holds at no time None is returned.
    """
    parts, frame = _parts(table), table.frame
    if not (parts.timed or about.time):
        return None
    names = [key.name for key in parts.keys]
    flow = {"exporter", "importer"} <= set(names)
    region_keys = ["exporter", "importer"] if flow else [name for name in (*_AREAS, _PAIR) if name in names][:1]
    rest = _joined(frame, [name for name in names if name not in region_keys], "|", _bar)
    region = _joined(frame, region_keys, ">", str) if region_keys else ["World"] * len(frame)
    years = [str(year) for year in frame[_YEAR]] if parts.timed else [about.time[:4]] * len(frame)
    pieces = []
    for measure in parts.measures:
        head = f"{_bar(about.name)}|{_bar(measure.name)}"
        pieces.append(
            pd.DataFrame(
                {
                    "model": about.model,
                    "scenario": about.scenario,
                    "region": region,
                    "variable": [f"{head}|{tail}" if tail else head for tail in rest],
                    "unit": [UNITLESS if unit == "1" else unit for unit in units(frame, measure)],
                    "year": years,
                    "value": _values(frame, measure),
                }
            )
        )
    long = pd.concat(pieces, ignore_index=True)
    numbers = long.dropna(subset=["value"])
    text = numbers.to_csv(index=False, lineterminator="\n")
    back = read_iamc(text)
    same = len(back) == len(numbers) and np.array_equal(back["value"].to_numpy(), numbers["value"].to_numpy())
    if not same:
        raise _changed(about, "IAMC")
    filled = sum(int((frame[column.name].astype(str) != "").sum()) for column in parts.texts)
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


@dataclass(frozen=True)
class _Parts:
    """Columns of a table by role; whether one of the dimensions is its year, which is not among the keys."""

    keys: Sequence[Column]
    measures: Sequence[Column]
    texts: Sequence[Column]
    timed: bool


def _parts(table: Table[Any]) -> _Parts:
    declared = columns(table.row)
    keys = [column for column in declared if column.role == "dimension"]
    return _Parts(
        keys=[column for column in keys if column.name != _YEAR],
        measures=[column for column in declared if column.role == "measure"] or [_LISTED],
        texts=[column for column in declared if column.role == "attribute"],
        timed=any(column.name == _YEAR for column in keys),
    )


def _long(frame: pd.DataFrame, about: Description, parts: _Parts, timed: bool) -> pd.DataFrame:
    """Return one row a key and measure, every column as text."""
    labels = {name: cells for key in parts.keys for name, cells in _dimensions(frame, key.name).items()}
    notes = {_code(text.name): _texts(frame[text.name]) for text in parts.texts}
    years = [str(year) for year in frame[_YEAR]] if parts.timed else [about.time] * len(frame)
    pieces = []
    for measure in parts.measures:
        told: dict[str, list[str]] = {"FREQ": ["A"] * len(frame)} if timed else {}
        told |= {**labels, "MEASURE": [_code(measure.name)] * len(frame)}
        told |= {"TIME_PERIOD": years} if timed else {}
        told |= {"OBS_VALUE": [_number(v) for v in _values(frame, measure)], "UNIT_MEASURE": units(frame, measure)}
        pieces.append(pd.DataFrame({**told, **notes}, dtype=object))
    return pd.concat(pieces, ignore_index=True)


def _dimensions(frame: pd.DataFrame, name: str) -> dict[str, list[str]]:
    """Return the cells of a key by dimension: a pair of partners makes two, unless a label of a partner holds a hyphen."""
    cells = [cell or NOT_APPLICABLE for cell in _texts(frame[name])]
    halves = [[EVERY, EVERY] if cell == EVERY_PAIR else cell.split("-") for cell in cells] if name == _PAIR else []
    if not halves or any(len(half) != 2 for half in halves):
        return {_code(name): cells}
    return {f"{_code(name)}_{place}": [half[i] for half in halves] for i, place in enumerate(("FIRST", "SECOND"))}


def _values(frame: pd.DataFrame, measure: Column) -> np.ndarray:
    """Return a measure as numbers; a table of words is counted as ones."""
    if measure is _LISTED:
        return np.ones(len(frame))
    return frame[measure.name].to_numpy(dtype=float, na_value=np.nan)


def _joined(frame: pd.DataFrame, columns: list[str], mark: str, written: Callable[[str], str]) -> list[str]:
    """Return the cells of several columns joined row by row."""
    cells = [[written(str(cell)) for cell in frame[name].tolist()] for name in columns]
    return [mark.join(row) for row in zip(*cells, strict=True)] if cells else [""] * len(frame)


def _require_same(about: Description, long: pd.DataFrame, back: pd.DataFrame, dimensions: list[str]) -> None:
    written = pd.to_numeric(long["OBS_VALUE"], errors="coerce").to_numpy(dtype=float)
    read = back["OBS_VALUE"].to_numpy(dtype=float)
    same = len(back) == len(long) and np.array_equal(written, read, equal_nan=True)
    if not same or not all(all(map(_alike, back[name].tolist(), long[name].tolist())) for name in dimensions):
        raise _changed(about, "SDMX-CSV")


def _alike(read: str, written: str) -> bool:
    """Say whether a key is what was written; the standard's reader takes 0.10 for a number, true for a flag."""
    if read == written or (written in ("true", "false") and read.lower() == written):
        return True
    try:
        return float(read) == float(written)
    except ValueError:
        return False


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


def _texts(cells: "pd.Series[Any]") -> list[str]:
    """Return cells as text; labels recur, so that each is written once."""
    listed = cells.tolist()
    written = {cell: _text(cell) for cell in dict.fromkeys(listed)}
    return [written[cell] for cell in listed]


def _text(cell: object) -> str:
    if cell is None or cell is pd.NA or (isinstance(cell, float) and np.isnan(cell)):
        return ""
    if isinstance(cell, bool | np.bool_):
        return "true" if cell else "false"
    return re.sub(r"\s+", " ", str(cell))


def _number(value: float) -> str:
    return "" if np.isnan(value) else repr(float(value))
