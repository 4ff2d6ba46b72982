"""One workbook with everything a run found: contents, units, sources, and a sheet for every table."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from isthmus.commands.output import book_place, require_fits, sheet_text
from isthmus.report.dictionary import column_dictionary
from isthmus.study.section import Column, Section, Table, columns, declared_tables, tables_of

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

FILE = "results.xlsx"
_LONGEST_NAME = 31
_WIDEST, _NARROWEST, _LOOKED_AT = 60, 8, 200
_OWN = ("contents", "units", "sources")
_SOURCES = ("source", "address", "status")


def workbook(sections: Mapping[str, Section]) -> bytes:
    """Return the workbook of a run.

    Headers are frozen and can be filtered, numbers have the format of their unit, years have none; every text is a text,
    whatever it begins with. An empty table has no sheet and is listed.

    Raises
    ------
    BadInputError
        If a table does not fit into a sheet.
    """
    from openpyxl import Workbook
    from openpyxl.worksheet.hyperlink import Hyperlink

    tables = [
        (station, name, table, declared_tables(type(section))[name][1].text)
        for station, section in sections.items()
        for name, table in tables_of(section).items()
    ]
    book, sheets = Workbook(write_only=False), _sheet_names(name for _, name, _, _ in tables)
    contents = pd.DataFrame(
        [(station, name, sheets[name] if len(t) else "", len(t), told) for station, name, t, told in tables],
        columns=["station", "table", "sheet", "rows", "what it holds"],
    )
    book.remove(book.active)
    first = _fill(book.create_sheet("contents"), contents, {})
    _fill(book.create_sheet("units"), column_dictionary(type(section) for section in sections.values()), {})
    _fill(book.create_sheet("sources"), _sources((name, table) for _, name, table, _ in tables), {})
    for _, name, table, _ in tables:
        if len(table):
            formats = {c.name: _format(c) for c in columns(table.row) if c.kind in ("number", "whole")}
            _fill(book.create_sheet(sheets[name]), table.frame, formats)
    for row, sheet in enumerate(contents["sheet"], start=2):
        if sheet:
            cell = first.cell(row, 3)
            cell.style, cell.hyperlink = "Hyperlink", Hyperlink(ref=cell.coordinate, location=f"'{sheet}'!A1")
    with book_place() as held:
        book.save(held)
        return held.getvalue()


def _sheet_names(names: Iterable[str]) -> dict[str, str]:
    """Return a sheet's name for every table: its own where it is short enough and free."""
    found: dict[str, str] = {}
    taken = set(_OWN)
    for name in names:
        short, count = name[:_LONGEST_NAME], 1
        while short.lower() in taken:
            count += 1
            short = f"{name[: _LONGEST_NAME - 3]}_{count}"
        taken.add(short.lower())
        found[name] = short
    return found


def _sources(tables: Iterable[tuple[str, Table[object]]]) -> pd.DataFrame:
    """Return every source that a row of a table names, with the tables that it stands in."""
    pieces = []
    for name, table in tables:
        if "source" in table.frame:
            told = table.frame.reindex(columns=list(_SOURCES)).astype(object)
            told = told.where(told.notna(), "")
            pieces.append(told[told["source"] != ""].drop_duplicates().assign(table=name))
    if not pieces:
        return pd.DataFrame(columns=[*_SOURCES, "tables"])
    joined = pd.concat(pieces, ignore_index=True).groupby(list(_SOURCES), sort=False)["table"]
    return joined.agg(", ".join).rename("tables").reset_index()


def _format(column: Column) -> str:
    """Return how a spreadsheet shows the numbers of a column; the cell keeps every digit."""
    unit = column.unit.lower()
    if column.kind == "whole" or unit in ("year", "rows", "cells"):
        return "0"
    if "usd" in unit and "million" in unit:
        return "#,##0.00"
    return "0.000" if unit.startswith(("%", "percent")) else "0.0000" if unit == "1" else "General"


def _fill(sheet: "Worksheet", frame: pd.DataFrame, formats: Mapping[str, str]) -> "Worksheet":
    """Write a table with a frozen header, filters, widths and number formats."""
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    require_fits(frame)
    sheet.append([str(name) for name in frame.columns])
    plain = frame.astype(object).where(frame.notna(), None)
    for row in plain.itertuples(index=False, name=None):
        sheet.append([sheet_text(cell) for cell in row])
    for at, name in enumerate(frame.columns, start=1):
        letter = get_column_letter(at)
        sheet.cell(1, at).font = Font(bold=True)
        lengths = [len(str(cell)) for cell in plain[name].head(_LOOKED_AT) if cell is not None]
        sheet.column_dimensions[letter].width = min(_WIDEST, max([_NARROWEST, len(str(name)) + 3, *lengths]))
        for (cell,) in sheet.iter_rows(min_row=2, min_col=at, max_col=at):
            if cell.data_type == "f":
                cell.data_type, cell.quotePrefix = "s", True
            elif name in formats:
                cell.number_format = formats[str(name)]
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    return sheet
