"""Tables survive SDMX-CSV and IAMC, with the units and times that their rows declare."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
import pytest

from isthmus.core.errors import BadInputError
from isthmus.report.exports import NOT_APPLICABLE, Description, iamc, read_iamc, read_sdmx_csv, sdmx_csv
from isthmus.study.section import key, measure, note, table


@dataclass(frozen=True)
class FlowRow:
    """A flow."""

    exporter: Annotated[str, key("exporter")]
    importer: Annotated[str, key("importer")]
    sector: Annotated[str, key("sector")]
    value: Annotated[float, measure("million USD", "value")]
    note: Annotated[str, note("remark")]


@dataclass(frozen=True)
class PathRow:
    """A path."""

    economy: Annotated[str, key("economy")]
    year: Annotated[int, key("year")]
    share: Annotated[float | None, measure("%", "share")]


@dataclass(frozen=True)
class GoalRow:
    """A goal, whose unit stands beside it."""

    goal: Annotated[str, key("goal")]
    theme: Annotated[str, key("theme")]
    value: Annotated[float, measure("see column unit", "value")]
    unit: Annotated[str, note("unit")]


@dataclass(frozen=True)
class WordRow:
    """Words alone."""

    left: Annotated[str, key("left")]
    reason: Annotated[str, note("reason")]


FLOWS = table(
    FlowRow, [FlowRow("CHN", "RUS", "C10T12", 0.1 + 0.2, "俄罗斯, «x»"), FlowRow("RUS", "CHN", "C10T12", 1e300, "")]
)
PATH = table(PathRow, [PathRow("CHN", 2029, 1.0), PathRow("CHN", 2030, None)])


def test_sdmx_csv_keeps_every_digit_and_every_label():
    export = sdmx_csv(FLOWS, Description("flows", "2030"))
    back = read_sdmx_csv(export.text)
    assert list(back["OBS_VALUE"]) == [0.30000000000000004, 1e300]
    assert list(back["NOTE"]) == ["俄罗斯, «x»", ""]
    assert set(back["TIME_PERIOD"]) == {"2030"}
    assert set(back["UNIT_MEASURE"]) == {"million USD"}
    assert export.text.startswith("STRUCTURE,STRUCTURE_ID,ACTION,FREQ,EXPORTER")


def test_missing_values_stay_missing():
    export = sdmx_csv(PATH, Description("path"))
    assert np.isnan(read_sdmx_csv(export.text)["OBS_VALUE"].iloc[1])
    assert export.values == 1
    assert iamc(PATH, Description("path")).values == 1


def test_iamc_names_flows_by_their_direction():
    back = read_iamc(iamc(FLOWS, Description("flows", "2030")).text)
    assert list(back["region"]) == ["CHN>RUS", "RUS>CHN"]
    assert back["variable"].iloc[0] == "Flows|Value|C10T12"
    assert list(back["unit"].unique()) == ["million USD"]
    assert list(back["value"]) == [0.30000000000000004, 1e300]


def test_the_year_of_a_row_is_its_period_whatever_the_table_says():
    assert list(read_sdmx_csv(sdmx_csv(PATH, Description("path", "2022")).text)["TIME_PERIOD"]) == ["2029", "2030"]
    assert list(read_iamc(iamc(PATH, Description("path", "2022")).text)["year"]) == ["2029"]
    assert list(read_sdmx_csv(sdmx_csv(PATH, Description("path", "2022")).text)["UNIT_MEASURE"]) == ["%", "%"]


def test_a_table_that_holds_at_no_time_gets_none():
    rows = table(GoalRow, [GoalRow("a", "", 1.0, "t"), GoalRow("b", "x", 2.0, "")])
    back = read_sdmx_csv(sdmx_csv(rows, Description("goals")).text)
    assert "TIME_PERIOD" not in back
    assert list(back["UNIT_MEASURE"]) == ["t", "1"]
    assert list(back["THEME"]) == [NOT_APPLICABLE, "x"]
    assert iamc(rows, Description("goals")) is None


def test_table_of_words_is_listed():
    words = table(WordRow, [WordRow("a", "x"), WordRow("b", "y")])
    assert sdmx_csv(words, Description("links", "2030")).values == 2
    assert iamc(words, Description("links", "2030")).left_out == 2


def test_a_column_of_numbers_and_words_in_a_long_table_is_read_in_silence():
    names = [f"NOTE_{i}" for i in range(800)]
    lines = [",".join(["dataflow", "isthmus:x(1.0)", "I", *[cell] * 800, "1"]) for cell in ["7"] * 1100 + ["a"]]
    back = read_sdmx_csv("\n".join([",".join(["STRUCTURE", "STRUCTURE_ID", "ACTION", *names, "OBS_VALUE"]), *lines]))
    assert set(back["NOTE_0"]) == {"7", "a"}


def test_iamc_reader_refuses_what_is_not_iamc():
    with pytest.raises(BadInputError, match="year"):
        read_iamc("model,scenario,region,variable,unit,value\na,b,c,d,e,1\n")
    with pytest.raises(BadInputError, match="row 3"):
        read_iamc("model,scenario,region,variable,unit,year,value\na,b,c,d,e,2030,1\na,b,c,d,e,2030,2\n")
    with pytest.raises(BadInputError, match="'x'"):
        read_iamc("model,scenario,region,variable,unit,year,value\na,b,c,d,e,2030,x\n")
