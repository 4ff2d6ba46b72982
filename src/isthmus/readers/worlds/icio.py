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
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from isthmus.core.errors import BadInputError
from isthmus.economy.assemble import assemble
from isthmus.economy.baseline import WorldTable
from isthmus.readers.worlds.attributes import SectorList, economy_names, known_sectors, table_layout, tariffs_for
from isthmus.readers.worlds.summing import IndustryColumns, IndustryRow, columns_of, require_cells, sum_rows


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
    layout = table_layout("icio")
    with _opened(path, year) as (lines, name, found_year):
        columns = _columns(next(lines, ""), layout, name)
        known = sectors or known_sectors("icio", columns.industries, name)
        stated = (layout["taxes"], layout["value_added"])
        rows = _rows(lines, columns, layout, name)
        sums, notes = sum_rows(rows, columns, stated, layout["total"], layout["unit"], name)
    attributes = replace(
        known.attributes(f"icio-{found_year or 'year-unknown'}", columns.industries),
        year=found_year,
        unit=layout["unit"],
        currency=layout["currency"],
        source=f"{layout['source']}, file {name}",
        licence=layout["licence"],
        economy_names=economy_names(columns.economies),
    )
    codes = known.coded(columns.industries)
    rates = None if tariffs is None else tariffs_for(tariffs, columns.economies, codes)
    return assemble(replace(sums, sectors=tuple(codes)), attributes, rates, notes)


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


def _columns(header: str, layout: Mapping[str, Any], name: str) -> IndustryColumns:
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
    return columns_of(pairs, layout["final_demand"], labels)


def _pair(label: str, layout: Mapping[str, Any], where: str) -> tuple[str, str]:
    """Split ECONOMY_INDUSTRY at the first mark, parts of an economy given to it."""
    economy, mark, second = label.partition("_")
    if not (economy and mark and second):
        raise BadInputError(
            where, f"label {label!r}", allowed="ECONOMY_INDUSTRY, for example ABC_C10T12", remedy="correct the label"
        )
    return layout["splits"].get(economy, economy), second


def _rows(
    lines: Iterator[str], columns: IndustryColumns, layout: Mapping[str, Any], name: str
) -> Iterator[IndustryRow]:
    """Give the rows of the file, the total at the end of each left out."""
    bottom = {layout[key] for key in ("taxes", "value_added", "total")}
    for number, line in enumerate(lines, start=2):
        if line.strip():
            label, _, rest = line.rstrip("\r\n").partition(",")
            label = label.strip().strip('"')
            where = f"{name}, row {number} ({label})"
            economy, industry = ("", label) if label in bottom else _pair(label, layout, where)
            yield IndustryRow(where=where, economy=economy, label=industry, values=_values(rest, columns, where)[:-1])


def _values(rest: str, columns: IndustryColumns, where: str) -> NDArray[np.float64]:
    """Turn the cells of a row into numbers; the first that is none is named with its column."""
    cells = rest.split(",")
    require_cells(len(cells), columns, where)
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
