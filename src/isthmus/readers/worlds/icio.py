"""Read the official CSV files of the OECD Inter-Country Input-Output tables, one file a year, into a world.

The layout stands in ``assets/layouts/icio.toml``. A file is read line by line and summed on the way, so that a table of
81 economies and 50 industries needs little memory.
"""

import gzip
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Repair
from isthmus.economy.assemble import Sums, assemble
from isthmus.economy.baseline import WorldTable
from isthmus.readers.worlds.attributes import SectorList, icio_layout, icio_names, icio_sectors, tariffs_for

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class _Columns:
    """What the columns of a file are: economy of each, cell of production columns, which hold final demand."""

    labels: list[str]
    economies: list[str]
    industries: list[str]
    economy: Whole
    industry: Whole
    total: int


def read_icio(
    path: Path, year: int | None = None, sectors: SectorList | None = None, tariffs: Path | None = None
) -> WorldTable:
    """Read one year of the tables from a CSV file, plain, gzipped or inside a zip.

    Parameters
    ----------
    path
        ``2019_SML.csv``, ``2019.csv`` (the extended edition; parts of economies are added up), or a zip of such files.
    year
        Year of the table; needed where the name does not say it or a zip holds several.
    sectors
        Kinds, names and elasticities of the industries; None takes those of the editions known.
    tariffs
        Applied tariffs in the format of a world directory, by the labels of the file.

    Raises
    ------
    BadInputError
        For another layout, an unknown row, a missing row, or a cell that is not a number, named by row and column.
    """
    layout = icio_layout()
    with _opened(path, year) as (lines, name, found_year):
        columns = _columns(next(lines, ""), layout, name)
        known = sectors or icio_sectors(columns.industries, name)
        sums, notes = _sums(lines, columns, layout, name)
    attributes = known.attributes(
        f"icio-{found_year or 'year-unknown'}",
        columns.industries,
        year=found_year,
        unit=layout["unit"],
        currency=layout["currency"],
        source=f"{layout['source']}, file {name}",
        licence=layout["licence"],
        economy_names=icio_names(columns.economies),
    )
    rates = None if tariffs is None else tariffs_for(tariffs, columns.economies, columns.industries)
    return assemble(sums, attributes, rates, notes)


@contextmanager
def _opened(path: Path, year: int | None) -> Iterator[tuple[Iterator[str], str, int | None]]:
    """Open the table and give its lines, its name and its year."""
    if not path.is_file():
        raise BadInputError(str(path), "no such file", allowed="a CSV, .csv.gz or .zip file", remedy="check the path")
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                name = _member(archive, year, path.name)
                with archive.open(name) as raw, io.TextIOWrapper(raw, encoding="utf-8-sig") as file:
                    yield file, name, year or _year_in(name)
        else:
            with (
                gzip.open(path, "rt", encoding="utf-8-sig")
                if path.suffix == ".gz"
                else path.open(encoding="utf-8-sig") as file
            ):
                yield file, path.name, year or _year_in(path.name)
    except (UnicodeDecodeError, gzip.BadGzipFile, zipfile.BadZipFile, EOFError) as error:
        raise BadInputError(
            path.name, f"cannot be read ({error})", allowed="UTF-8 text", remedy="fetch the file again"
        ) from error


def _year_in(name: str) -> int | None:
    """Return the year a file name speaks of: the last one, since some names start with the edition."""
    years = re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", Path(name).name)
    return int(years[-1]) if years else None


def _member(archive: zipfile.ZipFile, year: int | None, name: str) -> str:
    """Return the member of the archive that holds the year."""
    tables = [member for member in archive.namelist() if member.lower().endswith(".csv")]
    fitting = tables if year is None else [member for member in tables if _year_in(member) == year]
    if len(fitting) != 1:
        raise BadInputError(
            name,
            f"{len(fitting)} tables fit" + ("" if year is None else f" the year {year}"),
            allowed=f"one of {', '.join(sorted(tables)) or 'no CSV at all'}",
            remedy="name the year with --year, or take the file out of the archive",
        )
    return fitting[0]


def _columns(header: str, layout: Mapping[str, Any], name: str) -> _Columns:
    """Read the header: which columns are production, which are final demand."""
    first, *labels = [cell.strip().strip('"') for cell in header.rstrip("\r\n").split(",")]
    if first not in (layout["first_column"], "") or not labels or labels[-1] != layout["total"]:
        raise BadInputError(
            f"{name}, header",
            f"starts with {first!r} and ends with {(labels or [''])[-1]!r}",
            allowed=f"{layout['first_column']}, columns ECONOMY_INDUSTRY and ECONOMY_CATEGORY, {layout['total']}",
            remedy="use the CSV files of the OECD unchanged; tables of others come in with --parser",
        )
    pairs = [_pair(label, layout, f"{name}, header") for label in labels[:-1]]
    economies = list(dict.fromkeys(economy for economy, _ in pairs))
    industries = list(dict.fromkeys(second for _, second in pairs if second not in layout["final_demand"]))
    at = {label: i for i, label in enumerate(economies)}, {label: i for i, label in enumerate(industries)}
    return _Columns(
        labels=labels,
        economies=economies,
        industries=industries,
        economy=np.array([at[0][economy] for economy, _ in pairs]),
        industry=np.array([at[1].get(second, -1) for _, second in pairs]),
        total=len(labels) - 1,
    )


def _pair(label: str, layout: Mapping[str, Any], where: str) -> tuple[str, str]:
    """Split ECONOMY_INDUSTRY at the first mark, parts of an economy given to it."""
    economy, mark, second = label.partition("_")
    if not (economy and mark and second):
        raise BadInputError(
            where, f"label {label!r}", allowed="ECONOMY_INDUSTRY, for example ABC_C10T12", remedy="correct the label"
        )
    return layout["splits"].get(economy, economy), second


def _sums(lines: Iterator[str], columns: _Columns, layout: Mapping[str, Any], name: str) -> tuple[Sums, list[Repair]]:
    """Sum the rows of the file; taxes, value added and output as stated are kept to compare."""
    n, s = len(columns.economies), len(columns.industries)
    made = columns.industry >= 0
    cell = columns.economy[made] * s + columns.industry[made]
    flows, use, final = np.zeros((s, n, n)), np.zeros((n, s, s)), np.zeros((s, n))
    bottom = {layout[key]: np.zeros((n, s)) for key in ("taxes", "value_added", "total")}
    seen: set[tuple[str, str]] = set()
    for where, label, values in _rows(lines, columns, name):
        by_cell = np.bincount(cell, values[made], n * s).reshape(n, s)
        if label in bottom:
            bottom[label] += by_cell
            continue
        economy, industry = _pair(label, layout, where)
        i, j = _place(economy, industry, columns, where)
        flows[j, i] += np.bincount(columns.economy, values, n)
        use[:, j, :] += by_cell
        final[j] += np.bincount(columns.economy[~made], values[~made], n)
        seen.add((economy, industry))
    _require_all(seen, columns, name)
    stated = (bottom[layout["taxes"]] + bottom[layout["value_added"]]).T
    sums = Sums(
        economies=tuple(columns.economies),
        sectors=tuple(columns.industries),
        flows=flows,
        use=use,
        final=final,
        stated_value_added=stated if stated.any() else None,
    )
    return sums, _compare_output(flows, bottom[layout["total"]].T, layout["unit"])


def _rows(lines: Iterator[str], columns: _Columns, name: str) -> Iterator[tuple[str, str, NDArray[np.float64]]]:
    """Give place, label and values (the total left out) of every row."""
    for number, line in enumerate(lines, start=2):
        if line.strip():
            label, _, rest = line.rstrip("\r\n").partition(",")
            label = label.strip().strip('"')
            where = f"{name}, row {number} ({label})"
            yield where, label, _values(rest, columns, where)[: columns.total]


def _place(economy: str, industry: str, columns: _Columns, where: str) -> tuple[int, int]:
    """Return the positions of a row's economy and industry."""
    if economy not in columns.economies or industry not in columns.industries:
        raise BadInputError(
            where,
            "the row has no columns of its own",
            allowed="a row for every industry in the header, then taxes, value added and output",
            remedy="check that the file is complete and of one edition",
        )
    return columns.economies.index(economy), columns.industries.index(industry)


def _values(rest: str, columns: _Columns, where: str) -> NDArray[np.float64]:
    """Turn the cells of a row into numbers; the first that is none is named with its column."""
    cells = rest.split(",")
    if len(cells) != len(columns.labels):
        raise BadInputError(
            where,
            f"{len(cells)} cells under {len(columns.labels)} columns",
            allowed=f"{len(columns.labels)} cells",
            remedy="fetch the file again; it may be cut off",
        )
    try:
        values = np.array(cells, dtype=float)
    except ValueError:
        values = np.array([_number(cell) for cell in cells])
    if np.isfinite(values).all():
        return values
    at = int(np.argmax(~np.isfinite(values)))
    raise BadInputError(
        f"{where}, column {columns.labels[at]}", f"found {cells[at]!r}", allowed="a number", remedy="correct the cell"
    )


def _number(cell: str) -> float:
    try:
        return float(cell.strip().strip('"'))
    except ValueError:
        return float("nan")


def _require_all(seen: set[tuple[str, str]], columns: _Columns, name: str) -> None:
    """Raise when production columns have no row."""
    wanted = {
        (columns.economies[n], columns.industries[j])
        for n, j in zip(columns.economy, columns.industry, strict=True)
        if j >= 0
    }
    missing = sorted("_".join(pair) for pair in wanted - seen)
    if missing:
        raise BadInputError(
            name,
            f"no row for {', '.join(missing[:5])} ({len(missing)} in all)",
            allowed="a row for every industry in the header",
            remedy="fetch the file again; it may be cut off",
        )


def _compare_output(flows: NDArray[np.float64], stated: NDArray[np.float64], unit: str) -> list[Repair]:
    """Note where the sum of uses differs from output as stated, which happens where the file is rounded."""
    if not stated.any():
        return []
    gap = np.abs(flows.sum(axis=2) - stated)
    count = int((gap > 1e-6 * stated.mean()).sum())
    return [Repair("output", "sum of uses taken where it differs from output as stated", count, float(gap.sum()), unit)]
