"""`isthmus compare`: inputs and numbers that are not the same in all runs."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import pandas as pd
import pytest
from click.testing import CliRunner

from isthmus.cli import cli
from isthmus.commands.compare import compare_inputs
from isthmus.core.errors import BadInputError
from isthmus.study.compare import compare, only_in
from isthmus.study.section import Help, Section, Table, key, measure, note, table
from isthmus.study.station import Findings


@dataclass(frozen=True)
class Row:
    economy: Annotated[str, key("economy")]
    year: Annotated[int, key("year")]
    gain: Annotated[float | None, measure("%", "gain")]
    remark: Annotated[str, note("remark")]


@dataclass(frozen=True, kw_only=True)
class ToySection(Section):
    toys: Annotated[Table[Row], Help("toys")]


def run(*rows: Row) -> Findings:
    return Findings({"toy": ToySection(toys=table(Row, rows))})


BASE = (Row("AAA", 2030, 1.0, "x"), Row("BBB", 2030, 2.0, "y"))


def test_equal_runs_have_no_difference() -> None:
    assert compare({"a": run(*BASE), "b": run(*reversed(BASE))}).empty


def test_a_changed_number_is_found_by_its_row_and_a_remark_is_none() -> None:
    other = run(Row("AAA", 2030, 1.5, "z"), BASE[1])
    found = compare({"a": run(*BASE), "b": other})
    (row,) = found.to_dict("records")
    assert (row["station"], row["table"], row["row"]) == ("toy", "toys", "economy=AAA; year=2030")
    assert (row["column"], row["unit"], row["a"], row["b"], row["spread"]) == ("gain", "%", 1.0, 1.5, 0.5)


def test_rounding_is_no_difference() -> None:
    assert compare({"a": run(*BASE), "b": run(Row("AAA", 2030, 1.0 + 1e-12, "x"), BASE[1])}).empty


def test_a_row_or_a_station_that_one_run_lacks_is_shown() -> None:
    found = compare({"a": run(*BASE), "b": run(BASE[0])})
    assert list(found["row"]) == ["economy=BBB; year=2030"]
    assert pd.isna(found["b"].item())
    assert only_in({"a": run(*BASE), "b": Findings()}) == {"a": ("toy",), "b": ()}
    assert len(compare({"a": run(*BASE), "b": Findings()})) == 2


def test_an_empty_cell_in_both_is_no_difference() -> None:
    empty = run(Row("AAA", 2030, None, "x"))
    assert compare({"a": empty, "b": empty}).empty


def test_inputs_that_differ_are_listed() -> None:
    manifests = {
        "a": {"study": "s", "settings": {"draws": 200}, "inputs": {"x.csv": "1" * 64, "y.csv": "2" * 64}},
        "b": {"study": "s", "settings": {"draws": 400}, "inputs": {"x.csv": "3" * 64, "y.csv": "2" * 64}},
    }
    rows = compare_inputs(manifests).to_dict("records")
    assert [(r["kind"], r["name"], r["a"], r["b"]) for r in rows] == [
        ("setting", "draws", "200", "400"),
        ("input", "x.csv", "1" * 12, "3" * 12),
    ]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    runner, tmp_path = CliRunner(), tmp_path_factory.mktemp("runs")
    for name, low in (("one", "0.10"), ("two", "0.12")):
        folder = tmp_path / name
        assert runner.invoke(cli, ["new", "KAZ", "TUR", "--start", "2026", "--out", str(folder)]).exit_code == 0
        claim = f'\n[[claim]]\nname = "stated"\nlow = {low}\nhigh = 0.15\nsource = "s"\n'
        path = folder / "study.toml"
        path.write_text(path.read_text("utf-8") + claim, "utf-8")
        done = runner.invoke(cli, ["run", str(folder), "--out", str(tmp_path / f"{name}-out"), "--lang", "en"])
        assert done.exit_code == 0, done.output
    return tmp_path / "one-out", tmp_path / "two-out"


@pytest.mark.parametrize("language", ["en", "ru", "zh"])
def test_two_runs_of_one_study_with_another_range(runs: tuple[Path, Path], tmp_path: Path, language: str) -> None:
    out = tmp_path / "compared"
    words = ["compare", *map(str, runs), "--lang", language, "--out", str(out)]
    told = json.loads(CliRunner().invoke(cli, [*words, "--json"], catch_exceptions=False).stdout)
    assert told["by_table"] == {"claim_tests": told["numbers"]}
    assert told["numbers"] > 0
    assert {row["name"] for row in told["inputs"]} == {"study", "study.toml"}
    page = (out / "compare.html").read_text("utf-8")
    assert f'<html lang="{language}">' in page
    assert "http" not in page.replace("http-equiv", "")
    assert len(pd.read_csv(out / "numbers.csv")) == told["numbers"]


def test_one_run_or_no_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="two or more"):
        compare({"a": run(*BASE)})
    with pytest.raises(BadInputError, match=r"holds no findings\.json"):
        CliRunner().invoke(cli, ["compare", str(tmp_path), str(tmp_path / "x")], catch_exceptions=False)
