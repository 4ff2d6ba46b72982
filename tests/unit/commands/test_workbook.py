"""The workbook of a run, and all its numbers as one table."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import pandas as pd
from openpyxl import load_workbook

from isthmus.commands.workbook import workbook
from isthmus.study.dataset import dataset
from isthmus.study.section import Help, Section, Table, key, measure, note, table
from isthmus.study.station import Findings


@dataclass(frozen=True)
class GainRow:
    """A gain."""

    economy: Annotated[str, key("economy")]
    unit: Annotated[str, note("unit")]
    gain: Annotated[float | None, measure("see column unit", "gain")]
    money: Annotated[float, measure("million USD", "money")]
    source: Annotated[str, note("source")]


@dataclass(frozen=True)
class YearRow:
    """A year."""

    year: Annotated[int, key("year")]
    value: Annotated[float, measure("%", "value")]


@dataclass(frozen=True, kw_only=True)
class Found(Section):
    """Something found."""

    when: Annotated[int, Help("year of the gains")]
    gains: Annotated[Table[GainRow], Help("gains", at="when")]
    a_table_with_a_name_longer_than_sheets_take: Annotated[Table[YearRow], Help("years")]
    none_found: Annotated[Table[YearRow], Help("nothing")]


GAINS = [GainRow("AAA", "%", 1.25, 1234.5, "=A survey"), GainRow("BBB", "t", None, -2.0, "=A survey")]
FOUND: Mapping[str, Section] = {
    "found": Found(
        when=2030,
        gains=table(GainRow, GAINS),
        a_table_with_a_name_longer_than_sheets_take=table(YearRow, [YearRow(2026, 0.1)]),
        none_found=table(YearRow),
    )
}


def sheet(name: str) -> pd.DataFrame:
    return pd.read_excel(io.BytesIO(workbook(FOUND)), sheet_name=name)


def test_a_workbook_lists_its_tables_with_their_rows() -> None:
    contents = sheet("contents")
    assert contents["table"].tolist() == ["gains", "a_table_with_a_name_longer_than_sheets_take", "none_found"]
    assert contents["rows"].tolist() == [2, 1, 0]
    assert contents["sheet"].isna().tolist() == [False, False, True]
    assert len(sheet(contents["sheet"][1])) == 1


def test_cells_keep_their_values_and_texts_stay_texts() -> None:
    back = sheet("gains")
    assert back["money"].tolist() == [1234.5, -2.0]
    assert back["gain"].isna().tolist() == [False, True]
    assert back["source"].tolist() == ["=A survey", "=A survey"]


def test_headers_are_frozen_and_numbers_have_the_format_of_their_unit() -> None:
    book = load_workbook(io.BytesIO(workbook(FOUND)))
    gains = book["gains"]
    assert gains.freeze_panes == "A2"
    assert gains.auto_filter.ref == "A1:E3"
    assert gains["D2"].number_format == "#,##0.00"
    years = book.worksheets[-1]
    assert (years["A2"].number_format, years["B2"].number_format) == ("0", "0.000")
    assert book["contents"]["C2"].hyperlink.location == "'gains'!A1"


def test_sources_are_listed_once_with_the_tables_that_name_them() -> None:
    sources = sheet("sources")
    assert sources[["source", "tables"]].to_numpy().tolist() == [["=A survey", "gains"]]


def test_units_name_every_column() -> None:
    units = sheet("units")
    assert set(units.loc[units["table"] == "gains", "column"]) == {"economy", "unit", "gain", "money", "source"}


def test_the_dataset_holds_every_number_with_unit_keys_and_time() -> None:
    numbers = dataset(Findings(FOUND))
    gains = numbers[numbers["table"] == "gains"]
    assert gains["unit"].tolist() == ["%", "t", "million USD", "million USD"]
    assert gains["economy"].tolist() == ["AAA", "BBB"] * 2
    assert gains["at"].tolist() == ["2030"] * 4
    assert gains["value"].fillna(0).tolist() == [1.25, 0, 1234.5, -2.0]
    years = numbers[numbers["year"].notna()]
    assert years[["station", "measure", "unit", "year", "value"]].to_numpy().tolist() == [
        ["found", "value", "%", 2026, 0.1]
    ]
