import json
import sys
from importlib import resources
from pathlib import Path

import pandas as pd
import pytest

import isthmus as im
from isthmus.cli import main

EXAMPLE = Path(str(resources.files("isthmus"))) / "assets" / "border" / "example_catalogue"


def run(monkeypatch, *words):
    monkeypatch.setattr(sys, "argv", ["isthmus", "border", *map(str, words)])
    try:
        main()
    except SystemExit as stopped:
        return int(stopped.code or 0)
    return 0


def test_outputs_of_the_contract(tmp_path, monkeypatch, capsys):
    assert run(monkeypatch, "DEU", "POL", "--out", tmp_path, "--json") == 0
    columns = {
        "wedges": ["component", "sector", "exporter", "importer", "low", "central", "high", "grade", "source"],
        "overhead": ["definition", "direction", "sector", "low", "central", "high"],
        "head_ries": ["year", "sector", "value", "one_way"],
        "compatibility": ["ics", "index_low", "index_high"],
    }
    for name, wanted in columns.items():
        assert set(wanted) <= set(pd.read_csv(tmp_path / f"{name}.csv").columns), name
    summary = json.loads(capsys.readouterr().out)
    assert summary == json.loads((tmp_path / "border.json").read_text("utf-8"))
    assert summary["partners"] == ["DEU", "POL"]
    assert summary["digests"]


def test_catalogues_give_points(tmp_path, monkeypatch):
    files = ["--deliverables", EXAMPLE / "deliverables.csv", "--catalogue-a", EXAMPLE / "left.csv"]
    files += ["--catalogue-b", EXAMPLE / "right.csv", "--recognition", EXAMPLE / "recognition.csv"]
    assert run(monkeypatch, "IND", "BGD", "--out", tmp_path, *files, "--claim", "10-20") == 0
    table = pd.read_csv(tmp_path / "compatibility.csv", dtype={"ics": str}).set_index("ics")
    assert set(table["basis"]) == {"catalogues"}
    assert table.loc["67", "index_central"] > table.loc["25", "index_central"]
    assert set(pd.read_csv(tmp_path / "claims.csv")["claim"]) == {"claim 10-20 %"}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("DEU", "XXX"), "economy 'XXX'"),
        (("DEU", "DEU"), "DEU twice"),
        (("DEU", "POL", "--claim", "much"), "LOW-HIGH"),
        (("DEU", "POL", "--catalogue-a", str(EXAMPLE / "left.csv")), "come together"),
        (("DEU", "POL", "--elasticity", "none"), "unknown set 'none'"),
    ],
)
def test_bad_input_is_exit_2_and_writes_nothing(tmp_path, monkeypatch, capsys, words, message):
    assert run(monkeypatch, *words, "--out", tmp_path / "o") == 2
    assert message in capsys.readouterr().err
    assert not (tmp_path / "o").exists()


def test_the_time_base_is_named_as_in_the_tables(tmp_path, monkeypatch):
    assert run(monkeypatch, "DEU", "POL", "--out", tmp_path, "--time-base", "journey") == 0
    assert set(pd.read_csv(tmp_path / "overhead.csv")["time_base"]) == {"journey"}


def test_the_sentence_gives_the_median_beside_the_central_run(tmp_path, monkeypatch, capsys):
    assert run(monkeypatch, "DEU", "POL", "--out", tmp_path) == 0
    table = pd.read_csv(tmp_path / "overhead.csv")
    row = table[
        (table["definition"] == "ad_valorem_equivalent") & (table["reach"] == "all")
        & (table["direction"] == "both") & (table["sector"] == "goods")
    ].iloc[0]  # fmt: skip
    told = capsys.readouterr().out
    assert f"{100 * row['central']:.1f} %" in told
    assert f"central values {100 * row['central_run']:.1f}" in told


def test_a_folder_that_cannot_be_made_is_exit_2(tmp_path, monkeypatch, capsys):
    (tmp_path / "file").write_text("x", "utf-8")
    assert run(monkeypatch, "DEU", "POL", "--out", tmp_path / "file" / "o") == 2
    assert "Traceback" not in capsys.readouterr().err


def test_the_python_call_gives_the_same_tables(tmp_path, monkeypatch):
    assert run(monkeypatch, "DEU", "POL", "--out", tmp_path) == 0
    found = im.border("DEU", "POL").tables["overhead"]
    assert found["central"].to_numpy() == pytest.approx(
        pd.read_csv(tmp_path / "overhead.csv")["central"].to_numpy(), nan_ok=True
    )


def test_no_claim_is_tested_unless_one_is_stated(tmp_path, monkeypatch, capsys):
    assert run(monkeypatch, "CHN", "RUS", "--out", tmp_path, "--json") == 0
    summary = json.loads(capsys.readouterr().out)
    assert summary["answers"] == summary["claims"] == []
    assert len(pd.read_csv(tmp_path / "claims.csv")) == 0
    assert im.border("DEU", "POL").basis.claims == ()
