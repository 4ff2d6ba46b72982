"""Tables survive SDMX-CSV and IAMC."""

import numpy as np
import pandas as pd
import pytest

from isthmus.core.errors import BadInputError
from isthmus.report.exports import Description, iamc, read_iamc, read_sdmx_csv, sdmx_csv

FLOWS = pd.DataFrame(
    {
        "exporter": ["CHN", "RUS"],
        "importer": ["RUS", "CHN"],
        "sector": ["C10T12", "C10T12"],
        "value_musd": [0.1 + 0.2, 1e300],
        "note": ["俄罗斯, «x»", ""],
    }
)


def test_sdmx_csv_keeps_every_digit_and_every_label():
    export = sdmx_csv(FLOWS, Description("flows", 2030))
    back = read_sdmx_csv(export.text)
    assert list(back["OBS_VALUE"]) == [0.30000000000000004, 1e300]
    assert list(back["NOTE"]) == ["俄罗斯, «x»", ""]
    assert set(back["TIME_PERIOD"]) == {"2030"}
    assert export.text.startswith("STRUCTURE,STRUCTURE_ID,ACTION,FREQ,EXPORTER")


def test_missing_values_stay_missing():
    frame = pd.DataFrame({"target": ["a", "b"], "chance": [0.5, np.nan]})
    export = sdmx_csv(frame, Description("status", 2030))
    assert np.isnan(read_sdmx_csv(export.text)["OBS_VALUE"].iloc[1])
    assert export.values == 1
    assert iamc(frame, Description("status", 2030)).values == 1


def test_iamc_names_flows_by_their_direction():
    back = read_iamc(iamc(FLOWS, Description("flows", 2030)).text)
    assert list(back["region"]) == ["CHN>RUS", "RUS>CHN"]
    assert back["variable"].iloc[0] == "Flows|Value musd|C10T12"
    assert list(back["unit"].unique()) == ["million USD"]
    assert list(back["value"]) == [0.30000000000000004, 1e300]


def test_year_column_becomes_the_period():
    frame = pd.DataFrame({"economy": ["CHN", "CHN"], "year": [2029, 2030], "real_gdp_pct": [1.0, 2.0]})
    assert list(read_sdmx_csv(sdmx_csv(frame, Description("path", 2022)).text)["TIME_PERIOD"]) == ["2029", "2030"]
    assert list(read_iamc(iamc(frame, Description("path", 2022)).text)["year"]) == ["2029", "2030"]


def test_table_of_words_is_listed():
    frame = pd.DataFrame({"left": ["a", "b"], "reason": ["x", "y"]})
    assert sdmx_csv(frame, Description("links", 2030)).values == 2
    assert iamc(frame, Description("links", 2030)).left_out == 2


def test_rows_that_cannot_be_told_apart_are_refused():
    frame = pd.DataFrame({"name": ["a", "a"], "value": [1.0, 2.0]})
    with pytest.raises(BadInputError, match="tells its rows apart"):
        sdmx_csv(frame, Description("bad", 2030))


def test_iamc_reader_refuses_what_is_not_iamc():
    with pytest.raises(BadInputError, match="year"):
        read_iamc("model,scenario,region,variable,unit,value\na,b,c,d,e,1\n")
    with pytest.raises(BadInputError, match="row 3"):
        read_iamc("model,scenario,region,variable,unit,year,value\na,b,c,d,e,2030,1\na,b,c,d,e,2030,2\n")
    with pytest.raises(BadInputError, match="'x'"):
        read_iamc("model,scenario,region,variable,unit,year,value\na,b,c,d,e,2030,x\n")
