"""Read a world directory: an input-output world as plain tables."""

import re
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr
from pydantic import ConfigDict, Field

from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Repair
from isthmus.economy.baseline import CELL, FLOW, Baseline, WorldTable
from isthmus.economy.calibrate import calibrate
from isthmus.equilibrium.scenario import Scenario
from isthmus.equilibrium.solve import solve
from isthmus.readers.tables import ReadTable, read_table
from isthmus.readers.toml import Typed, read_model

DEFAULT_WORLD = "world-2022"
_RESERVED = ("", "*", "goods", "services")
"""What selects a group of labels in scenarios and ledgers, so that no label may be called so."""
_NAME_COLUMN = re.compile(r"name(?:_(?P<lang>[a-z]{2}))?")


class WorldFile(Typed):
    """The optional world.toml."""

    model_config = ConfigDict(extra="allow")

    year: int | None = Field(default=None, ge=1, le=9999)
    unit: str = "million USD"
    currency: str = "USD"
    source: str = ""
    licence: str = ""
    elasticity: str = ""
    capital_share: float = Field(default=0.35, ge=0, lt=1)
    rest: str = ""


def world_directory(name_or_dir: str | Path) -> Path:
    """Return the directory of a packaged world by name, or the given directory.

    Raises
    ------
    BadInputError
        If it is neither.
    """
    path = Path(name_or_dir)
    if path.is_dir():
        return path
    packaged = Path(str(resources.files("isthmus") / "assets" / "worlds"))
    if (packaged / path.name).is_dir() and str(path) == path.name:
        return packaged / path.name
    raise BadInputError(
        str(name_or_dir),
        "no such world",
        allowed=f"a directory, or one of {', '.join(packaged_worlds())}",
        remedy="check the path, or see `isthmus world list`",
    )


def packaged_worlds() -> tuple[str, ...]:
    """Return the names of the worlds that come with the product."""
    packaged = Path(str(resources.files("isthmus") / "assets" / "worlds"))
    return tuple(sorted(path.name for path in packaged.iterdir() if path.is_dir()))


def read_world(name_or_dir: str | Path = DEFAULT_WORLD) -> WorldTable:
    """Read a world directory (the contract's format) into a `WorldTable`.

    An absent row is 0 and counted in the notes; of several years world.toml's is taken, else the newest.

    Raises
    ------
    BadInputError
        For a missing file or column, a duplicate row, an unknown label, a negative value or text where a number belongs.
    """
    folder = world_directory(name_or_dir)
    settings = world_settings(folder)
    economies = read_table(
        folder / "economies.csv", {"code": "text", "name": "text"}, {"members": "text"}, key=["code"]
    )
    sectors = read_table(folder / "sectors.csv", {"code": "text", "name": "text", "kind": "text"}, key=["code"])
    _require_labels(economies, sectors)
    n, s = list(economies.frame["code"]), list(sectors.frame["code"])
    year = settings.year if settings.year is not None else _newest(folder)
    notes: list[Repair] = []
    _note_dialect(economies, notes)
    _note_dialect(sectors, notes)
    suffix = f"_{year}" if year is not None else ""

    def cube(
        file: str, columns: Mapping[str, Sequence[str]], value: str, dims: tuple[str, ...], **bounds: float
    ) -> xr.DataArray:
        return _cube(folder / file, columns, value, dims, notes, **bounds)

    trade = {"exporter": n, "sector": s, "importer": n}
    cell = {"economy": n, "sector": s}
    return WorldTable(
        name=folder.name,
        flows=cube(f"flows{suffix}.csv", trade, "value", FLOW),
        intermediate_use=cube(
            f"intermediate_use{suffix}.csv",
            {"economy": n, "input": s, "industry": s},
            "value",
            ("economy", "input", "industry"),
        ),
        final_demand=cube(f"final_demand{suffix}.csv", cell, "value", CELL),
        value_added=cube(
            f"value_added{suffix}.csv", {"economy": n, "industry": s}, "value", ("industry", "economy")
        ).rename(industry="sector"),
        tariff_rate=cube("tariffs.csv", trade, "rate", FLOW, above=-1.0),
        elasticities=read_elasticities(folder / "trade_elasticities.csv", s, notes),
        goods=tuple(sectors.frame["code"][sectors.frame["kind"] == "goods"]),
        year=year,
        unit=settings.unit,
        currency=settings.currency,
        source=settings.source,
        licence=settings.licence,
        default_elasticity=settings.elasticity,
        capital_share=settings.capital_share,
        economy_names=_names(economies),
        sector_names=_names(sectors),
        members=_members(economies),
        notes=tuple(notes),
    )


def world_settings(folder: Path) -> WorldFile:
    """Return what world.toml says, or its defaults where there is none."""
    path = folder / "world.toml"
    if not path.exists():
        return WorldFile()
    return read_model(path, WorldFile)


def _newest(folder: Path) -> int | None:
    years = [
        int(m[1]) for p in folder.glob("flows_*.csv*") if (m := re.fullmatch(r"flows_(\d{4})\.csv(\.gz)?", p.name))
    ]
    if not years:
        raise BadInputError(
            str(folder),
            "no flows_YYYY.csv",
            allowed="flows_YYYY.csv or flows_YYYY.csv.gz",
            remedy="add the table of flows",
        )
    return max(years)


def _require_labels(economies: ReadTable, sectors: ReadTable) -> None:
    """Raise at a kind of sector that does not exist, and at a code that cannot be one."""
    _require_kind(sectors)
    for listed in (economies, sectors):
        _require_own_codes(listed)


def _require_kind(sectors: ReadTable) -> None:
    wrong = ~sectors.frame["kind"].isin(["goods", "services"])
    if wrong.any():
        at = int(np.argmax(wrong.to_numpy()))
        raise BadInputError(
            f"{sectors.row(at)}, column kind",
            f"found {sectors.frame['kind'].iloc[at]!r}",
            allowed="goods, services",
            remedy="correct the kind of this sector",
        )


def _require_own_codes(table: ReadTable) -> None:
    """Raise at a code that selects a group elsewhere, is empty, or would be taken apart in a list."""
    codes = table.frame["code"]
    wrong = codes.isin(_RESERVED) | codes.str.contains(";", regex=False)
    if wrong.any() or not len(codes):
        at = int(np.argmax(wrong.to_numpy())) if len(codes) else 0
        raise BadInputError(
            f"{table.row(at)}, column code" if len(codes) else table.path.name,
            f"found {codes.iloc[at]!r}" if len(codes) else "holds no row",
            allowed="at least one code; none that is empty, holds a semicolon, or is goods, services or *",
            remedy="choose another code",
        )


def _cube(
    path: Path,
    columns: Mapping[str, Sequence[str]],
    value: str,
    dims: tuple[str, ...],
    notes: list[Repair],
    above: float | None = None,
) -> xr.DataArray:
    """Read a long table into an array with `dims`; values are at least 0, or above `above` where it is given."""
    table = read_table(path, {**dict.fromkeys(columns, "text"), value: "number"}, other=None)
    frame = table.frame
    where = [_codes(table, name, labels) for name, labels in columns.items()]
    values = frame[value].to_numpy()
    limit = 0.0 if above is None else above
    bad = ~np.isfinite(values) | (values < limit if above is None else values <= limit)
    if bad.any():
        at = int(np.argmax(bad))
        raise BadInputError(
            f"{table.row(at)}, column {value}",
            f"found {values[at]:g} ({int(bad.sum())} such rows)",
            allowed="numbers of 0 and more" if above is None else f"fractions above {above:g}",
            remedy="correct the value; leave the row out where there is nothing",
        )
    shape = tuple(len(labels) for labels in columns.values())
    flat = np.ravel_multi_index(tuple(where), shape)
    counts = np.bincount(flat, minlength=int(np.prod(shape)))
    if (counts > 1).any():
        at = int(pd.Series(flat).duplicated().to_numpy().argmax())
        label = ", ".join(str(frame[name].iloc[at]) for name in columns)
        raise BadInputError(
            table.row(at),
            f"duplicate row for {label}",
            allowed="each combination once",
            remedy="remove or merge the rows",
        )
    _note_dialect(table, notes)
    notes.append(Repair(table.path.name, "absent rows counted as 0", int((counts == 0).sum())))
    cube = np.zeros(int(np.prod(shape)))
    cube[flat] = values
    array = xr.DataArray(cube.reshape(shape), coords={k: list(v) for k, v in columns.items()}, dims=tuple(columns))
    ordered = array.transpose(*dims)
    return ordered.copy(data=np.ascontiguousarray(ordered.values))


def _note_dialect(table: ReadTable, notes: list[Repair]) -> None:
    """Write down that a table is not plain UTF-8 with commas."""
    if table.dialect:
        notes.append(Repair(table.path.name, f"read as {table.dialect}", len(table.frame)))


def _codes(table: ReadTable, column: str, labels: Sequence[str]) -> np.ndarray:
    """Return the position of each cell of a label column; the first unknown label is an error."""
    codes: np.ndarray = pd.Index(labels).get_indexer(pd.Index(table.frame[column]))
    if (codes < 0).any():
        at = int(np.argmax(codes < 0))
        raise BadInputError(
            f"{table.row(at)}, column {column}",
            f"unknown label {table.frame[column].iloc[at]!r}",
            allowed=", ".join(labels),
            remedy="correct the label, or add it to economies.csv or sectors.csv",
        )
    return codes


def read_elasticities(path: Path, sectors: Sequence[str], notes: list[Repair] | None = None) -> xr.DataArray:
    """Read the elasticity sets; every sector needs a positive number in every set. A recognised dialect goes to `notes`."""
    table = read_table(path, {"sector": "text"}, key=["sector"], other="number")
    if notes is not None:
        _note_dialect(table, notes)
    codes = _codes(table, "sector", sectors)
    missing = [s for i, s in enumerate(sectors) if i not in set(codes.tolist())]
    if missing:
        raise BadInputError(
            path.name, f"no row for sector {', '.join(missing)}", allowed="one row a sector", remedy="add the rows"
        )
    sets = [name for name in table.frame.columns if name != "sector"]
    values = table.frame[sets].to_numpy(dtype=float)
    bad = ~(values > 0)
    if bad.any():
        at, column = (int(index[0]) for index in np.nonzero(bad))
        raise BadInputError(
            f"{table.row(at)}, column {sets[column]}",
            f"elasticity is {values[at, column]:g}",
            allowed="numbers above 0 (large = responsive)",
            remedy="correct the elasticity",
        )
    ordered = np.empty((len(sets), len(sectors)))
    ordered[:, codes] = values.T
    return xr.DataArray(ordered, coords={"set": sets, "sector": list(sectors)}, dims=("set", "sector"))


def read_tariffs(path: Path, economies: Sequence[str], sectors: Sequence[str]) -> xr.DataArray:
    """Read applied tariffs in the format of a world directory; an absent row is 0."""
    labels = {"exporter": economies, "sector": sectors, "importer": economies}
    return _cube(path, labels, "rate", FLOW, [], above=-1.0)


def _names(table: ReadTable) -> dict[str, dict[str, str]]:
    """Return names by language and code; the plain column name has the language ""."""
    found = {}
    for column in table.frame.columns:
        if match := _NAME_COLUMN.fullmatch(column):
            found[match["lang"] or ""] = dict(zip(table.frame["code"], table.frame[column], strict=True))
    return found


def _members(table: ReadTable) -> dict[str, tuple[str, ...]]:
    if "members" not in table.frame:
        return {}
    rows: Any = zip(table.frame["code"], table.frame["members"], strict=True)
    return {code: tuple(re.split(r"[;\s]+", listed.strip())) if listed.strip() else (code,) for code, listed in rows}


def load_baseline(
    name_or_dir: str | Path = DEFAULT_WORLD, elasticity: str = "", services: float | None = None
) -> Baseline:
    """Read and calibrate a world, and solve it without any change as a check.

    Raises
    ------
    BadInputError
        If the world cannot be read, does not balance, or does not reproduce itself.
    """
    return checked_baseline(read_world(name_or_dir), elasticity, services)


def checked_baseline(table: WorldTable, elasticity: str = "", services: float | None = None) -> Baseline:
    """Calibrate a world as read, and solve it without any change as a check.

    Raises
    ------
    BadInputError
        If the world does not balance, or does not reproduce itself.
    """
    baseline = calibrate(table, elasticity, services)
    same = solve(baseline, Scenario())
    off = float(np.abs(same.real_income_pct.values).max())
    if same.iterations > 1 or off > 1e-8:
        raise BadInputError(
            f"world {baseline.name}",
            f"does not reproduce itself: without any change real income moves by {off:.2e} percent",
            allowed="a no-change solve that is exact in one evaluation",
            remedy="run isthmus world check on the directory",
        )
    return baseline
