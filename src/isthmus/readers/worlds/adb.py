"""Read a workbook of the Asian Development Bank's Multiregional Input-Output Tables, one file a year, into a world.

The layout stands in ``assets/layouts/adb.toml``. Rows are read one by one and summed on the way.
"""

import re
import zipfile
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl

from isthmus.core.errors import BadInputError
from isthmus.economy.assemble import assemble
from isthmus.economy.baseline import WorldTable
from isthmus.readers.worlds.attributes import (
    SectorList,
    economy_names,
    known_sectors,
    own_codes,
    table_layout,
    tariffs_for,
)
from isthmus.readers.worlds.summing import IndustryColumns, IndustryRow, Numbers, columns_of, require_cells, sum_rows

Cells = Sequence[Any]


@dataclass(frozen=True)
class _Place:
    """Where the numbers stand: the first column with one, and what each column is."""

    first: int
    columns: IndustryColumns


def read_adb(
    path: Path, year: int | None = None, sectors: SectorList | None = None, tariffs: Path | None = None
) -> WorldTable:
    """Read one year of the tables from the publisher's workbook.

    Economies take the codes of ISO 3166 in place of the publisher's; a code that is neither stays as it is.

    Parameters
    ----------
    path
        The workbook (``.xlsx``).
    year
        Year of the table; needed where the name does not say it.
    sectors
        Kinds, names and elasticities by code of the table (``c1``); None takes those of the publisher's 35 industries.
    tariffs
        Applied tariffs in the format of a world directory, by codes of ISO 3166 and of the table's industries.

    Raises
    ------
    BadInputError
        For another layout, an unknown row, a missing row, or a cell that is not a number, named by row and column.
    """
    layout, name = table_layout("adb"), path.name
    with closing(_cells(path, layout)) as cells:
        numbered = enumerate(cells, start=1)
        place = _place(numbered, layout, name)
        rows = _rows(numbered, place, layout, name)
        sums, notes = sum_rows(rows, place.columns, layout["stated"], layout["total"], layout["unit"], name)
    known = sectors or known_sectors("adb", place.columns.industries, name)
    found_year = year or _year_in(name)
    attributes = replace(
        known.attributes(f"adb-mrio-{found_year or 'year-unknown'}", place.columns.industries),
        year=found_year,
        unit=layout["unit"],
        currency=layout["currency"],
        source=f"{layout['source']}, file {name}",
        licence=layout["licence"],
        economy_names=economy_names(place.columns.economies),
    )
    codes = known.coded(place.columns.industries)
    rates = None if tariffs is None else tariffs_for(tariffs, place.columns.economies, codes)
    return assemble(replace(sums, sectors=tuple(codes)), attributes, rates, notes)


def _year_in(name: str) -> int | None:
    """Return the year a file name speaks of: the first one, since the month of the edition may follow."""
    found = re.search(r"(?<!\d)(?:19|20)\d{2}(?!\d)", name)
    return int(found.group()) if found else None


def _cells(path: Path, layout: Mapping[str, Any]) -> Generator[Cells]:
    """Give the rows of the sheet with the numbers."""
    if not path.is_file():
        raise BadInputError(str(path), "no such file", allowed="an .xlsx workbook", remedy="check the path")
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, OSError, openpyxl.utils.exceptions.InvalidFileException) as error:
        raise BadInputError(
            path.name, f"cannot be read ({error})", allowed="an .xlsx workbook", remedy="fetch the file again"
        ) from error
    try:
        sheet = next(sheet for sheet in book.worksheets if sheet.title.casefold() != layout["legend"].casefold())
        yield from sheet.iter_rows(values_only=True)
    finally:
        book.close()


def _place(numbered: Iterator[tuple[int, Cells]], layout: Mapping[str, Any], name: str) -> _Place:
    """Read rows up to the one with codes of columns, and say what each column is."""
    industry, demand = re.compile(layout["industry"]), re.compile(layout["final_demand"])
    above: Cells = ()
    for number, row in numbered:
        codes = [_text(cell) for cell in row]
        given = [i for i, code in enumerate(codes) if industry.fullmatch(code) or demand.fullmatch(code)]
        if any(layout["other_prices"] in code.casefold() for code in codes):
            raise BadInputError(
                f"{name}, row {number}",
                f"the table is at {layout['other_prices']} prices",
                allowed="current prices, as tariffs and trade are",
                remedy="fetch the edition at current prices",
            )
        if given and above:
            return _Place(given[0], _columns(codes, above, given, f"{name}, row {number}"))
        if number >= layout["rows_searched_for_the_header"]:
            break
        above = row
    raise BadInputError(
        name,
        f"no row with codes of columns (c1, F1) in the first {layout['rows_searched_for_the_header']} rows",
        allowed="the publisher's workbook, unchanged",
        remedy="fetch the file from kidb.adb.org; tables of others come in with another --parser",
    )


def _columns(codes: list[str], above: Cells, given: list[int], where: str) -> IndustryColumns:
    """Say what the columns are by their codes and the economies in the row above."""
    first, last = given[0], given[-1]
    if first < 2 or given != list(range(first, last + 1)):
        raise BadInputError(
            where,
            "codes of columns do not stand side by side, right of two columns of labels",
            allowed="economy and code of each row, then c1, c2, ... of every economy, then F1, F2, ...",
            remedy="use the publisher's workbook unchanged",
        )
    mapped = own_codes("adb")
    economies = [_text(cell) for cell in above[first : last + 1]]
    pairs = [(mapped.get(e, e), code) for e, code in zip(economies, codes[first : last + 1], strict=True)]
    if not all(economies):
        at = first + economies.index("")
        raise BadInputError(
            where,
            f"column {at + 1} ({codes[at]}) has no economy above it",
            allowed="the code of an economy",
            remedy="use the publisher's workbook unchanged",
        )
    demand = {code for code in codes[first : last + 1] if code.startswith("F")}
    return columns_of(pairs, demand, [f"{economy} {code}" for economy, code in pairs])


def _rows(
    numbered: Iterator[tuple[int, Cells]], place: _Place, layout: Mapping[str, Any], name: str
) -> Iterator[IndustryRow]:
    """Give the rows below the header; sums of others and remarks are left out."""
    mapped, width = own_codes("adb"), len(place.columns.labels)
    for number, row in numbered:
        economy, code = (_text(cell) for cell in row[place.first - 2 : place.first])
        where = f"{name}, row {number} ({economy} {code})"
        cells = row[place.first : place.first + width]
        if code in layout["sums"] or (not code and not any(isinstance(cell, int | float) for cell in cells)):
            continue
        below = code == layout["total"] or code in layout["stated"]
        yield IndustryRow(
            where=where,
            economy="" if below else mapped.get(economy, economy) or "?",
            label=code,
            values=_values(cells, place.columns, where),
        )


def _values(cells: Cells, columns: IndustryColumns, where: str) -> Numbers:
    """Turn cells into numbers, empty ones into 0; the first that is no number is named with its column."""
    require_cells(len(cells), columns, where)
    for cell, label in zip(cells, columns.labels, strict=True):
        if not isinstance(cell, int | float) and _text(cell):
            raise BadInputError(
                f"{where}, column {label}", f"found {cell!r}", allowed="a number", remedy="correct the cell"
            )
    return np.array([cell if isinstance(cell, int | float) else 0.0 for cell in cells], dtype=float)


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip()
