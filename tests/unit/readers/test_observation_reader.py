"""Observations come as the product's CSV or as SDMX-CSV, and say what is wrong with what cannot be used."""

import json

import pytest
from click.testing import CliRunner

from isthmus.commands.track import command
from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Status
from isthmus.readers.indicators.observations import read_observations
from isthmus.readers.study.study import study_directory

SDMX_1 = """DATAFLOW,FREQ,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MEASURE,UNIT_MULT
WB:WDI(1.0),A,AAA,life,2023,78.5,A,years,0
WB:WDI(1.0),A,AAA,life,2024,79,B,years,0
WB:WDI(1.0),A,AAA,life,2025,,M,years,0
"""
SDMX_2 = """STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MEASURE,UNIT_MULT
dataflow,WB:WDI(1.0),I,A,AAA,life,2023,78.5,A,years,0
dataflow,WB:WDI(1.0),I,A,AAA,life,2024,0.079,B,years,3
"""


def write(folder, text, name="o.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_csv_with_provenance(tmp_path):
    text = (
        "indicator,year,value,unit,source,break,comparable,producer,title,address,date,licence,processing,status\n"
        "life,2024,79,years,Office,true,,Office,Bulletin,https://example.org,2025-02-28,CC BY 4.0,none,verified\n"
        "life,2025,,years,Office,,,,,,,,,\n"
    )
    read = read_observations(write(tmp_path, text))
    point = read.points[0]
    assert (point.breaks, point.comparable, point.status, point.date) == (True, True, Status.VERIFIED, "2025-02-28")
    assert (read.form, read.empty) == ("CSV", 1)


def test_contract_columns_are_enough(tmp_path):
    read = read_observations(write(tmp_path, "indicator,year,value,unit,source,break\nlife,2024,79,years,Office,\n"))
    assert read.points[0].status is Status.UNVERIFIED


@pytest.mark.parametrize("text", [SDMX_1, SDMX_2])
def test_sdmx_csv(tmp_path, text):
    read = read_observations(write(tmp_path, text))
    assert read.form == "SDMX-CSV"
    assert [(p.indicator, p.year, p.value, p.unit, p.breaks, p.partner) for p in read.points] == [
        ("life", 2023, 78.5, "years", False, "AAA"),
        ("life", 2024, 79.0, "years", True, "AAA"),
    ]
    assert read.empty == (1 if text is SDMX_1 else 0)


def test_a_long_sdmx_csv_with_numbers_and_words_in_one_column_is_read_in_silence(tmp_path):
    extra = [f"NOTE_{i}" for i in range(800)]
    rows = [
        ",".join(["X:Y(1.0),A,life", *[cell] * 800, str(year), "81"])
        for year, cell in enumerate(["7"] * 1100 + ["a"], 1000)
    ]
    head = ",".join(["DATAFLOW,FREQ,INDICATOR", *extra, "TIME_PERIOD,OBS_VALUE"])
    assert len(read_observations(write(tmp_path, "\n".join([head, *rows]))).points) == 1101


def test_sdmx_with_a_further_dimension_is_refused(tmp_path):
    text = (
        "DATAFLOW,FREQ,INDICATOR,SEX,TIME_PERIOD,OBS_VALUE\n"
        "X:Y(1.0),A,life,F,2024,81\nX:Y(1.0),A,life,M,2024,75\n"
    )  # fmt: skip
    with pytest.raises(BadInputError, match="SEX"):
        read_observations(write(tmp_path, text))


def test_sdmx_by_quarter_is_refused(tmp_path):
    text = "DATAFLOW,FREQ,INDICATOR,TIME_PERIOD,OBS_VALUE\nX:Y(1.0),Q,life,2024-Q1,81\n"
    with pytest.raises(BadInputError, match="2024-Q1"):
        read_observations(write(tmp_path, text))


def test_sdmx_without_indicator_names_what_it_has(tmp_path):
    with pytest.raises(BadInputError, match="GEO"):
        read_observations(write(tmp_path, "DATAFLOW,FREQ,GEO,TIME_PERIOD,OBS_VALUE\nX:Y(1.0),A,AAA,2024,81\n"))


@pytest.mark.parametrize(
    ("cells", "said"),
    [("life,2024,79,years,x,,sure", "status"), (",2024,79,years,x,,", "empty"), ("life,,79,years,x,,", "empty")],
)
def test_bad_cells_are_named(tmp_path, cells, said):
    text = "indicator,year,value,unit,source,break,status\n" + cells + "\n"
    with pytest.raises(BadInputError, match=said) as caught:
        read_observations(write(tmp_path, text))
    assert "o.csv, row 2" in str(caught.value)


def test_the_command_writes_the_contract(tmp_path):
    targets = (
        "id,indicator,kind,operator,value,unit,year,base_year,base_value,direction,modality\n"
        "a,x,level,>=,200,t,2030,2020,100,up,\n"
    )
    seen = "indicator,year,value,unit,source,break\na,2020,100,t,o,\na,2025,150,t,o,\nzz,2025,1,t,o,\n"
    out = tmp_path / "out"
    files = [str(write(tmp_path, targets, "t.csv")), str(write(tmp_path, seen))]
    result = CliRunner().invoke(command, [*files, "--as-of", "2026-06-30", "--out", str(out), "--json"])
    assert result.exit_code == 0, result.output
    head = (out / "status.csv").read_text(encoding="utf-8").split("\n")[0]
    assert head.startswith("target,verdict,rule,required_pace,observed_pace,projected,low,high,chance,next_change")
    summary = json.loads((out / "track.json").read_text(encoding="utf-8"))
    assert summary["verdicts"]["on_track"] == 1
    assert summary["observations_unused"] == 1


def test_every_packaged_observation_says_where_it_comes_from():
    path = study_directory("china-russia") / "observations.csv"
    points = read_observations(path).points
    for point in points:
        assert point.producer, point.row
        assert point.title, point.row
        assert point.licence, point.row
        if point.status is Status.VERIFIED:
            assert point.address.startswith("http"), point.row
        if point.status is Status.UNVERIFIED:
            assert point.processing.startswith("unverified"), point.row
    assert len({name for p in points for name in p.indicator.split(";") if ":" not in name}) >= 40


@pytest.mark.parametrize("cell", ["inf", "-inf", "1e999"])
def test_an_infinite_value_is_refused(tmp_path, cell):
    path = write(tmp_path, f"indicator,year,value,unit,source\na,2024,{cell},t,s\n")
    with pytest.raises(BadInputError, match="row 2, column value"):
        read_observations(path)


def test_an_infinite_value_in_sdmx_is_refused(tmp_path):
    with pytest.raises(BadInputError, match="OBS_VALUE"):
        read_observations(write(tmp_path, SDMX_2.replace("78.5", "inf")))
