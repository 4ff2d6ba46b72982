import json
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from isthmus.commands.report import command
from isthmus.commands.results import languages_of, write_findings
from isthmus.core.errors import BadInputError
from isthmus.readers.store.findings import read_findings
from isthmus.study.station import Section


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    frame = pd.DataFrame(
        {
            "code": ["01", "NA"],
            "year": [2030, 2036],
            "value": [0.1 + 0.2, float("nan")],
            "flag": [True, False],
            "note": ["", "a, b"],
        }
    )
    facts = {"solver": {"tolerance": 1e-10, "residuals": {"price": 1e-12}, "solves": 3}, "names": {"x": "中"}}
    write_findings({"evidence": Section(facts, {"t": frame}), "empty": Section({})}, tmp_path)
    return tmp_path


def test_findings_come_back_as_they_were_written(folder: Path) -> None:
    findings = read_findings(folder)
    assert list(findings) == ["evidence", "empty"]
    assert findings["evidence"].facts["names"] == {"x": "中"}
    frame = findings["evidence"].tables["t"]
    assert list(frame["code"]) == ["01", "NA"]
    assert frame["value"][0] == 0.1 + 0.2
    assert frame["value"].isna()[1]
    assert list(frame["flag"]) == [True, False]
    assert frame["year"].dtype == "int64"
    assert list(frame["note"]) == ["", "a, b"]


def test_two_tables_of_one_name_are_refused(tmp_path: Path) -> None:
    frame = pd.DataFrame({"x": [1]})
    with pytest.raises(ValueError, match="one name: t"):
        write_findings({"a": Section({}, {"t": frame}), "b": Section({}, {"t": frame})}, tmp_path)


def test_a_folder_without_a_run_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"holds no findings\.json"):
        read_findings(tmp_path)


@pytest.mark.parametrize("content", ["{", "[]", '{"sections": {"a": {}}}'])
def test_a_broken_file_is_bad_input(folder: Path, content: str) -> None:
    (folder / "findings.json").write_text(content, "utf-8")
    with pytest.raises(BadInputError, match="not as a run writes it"):
        read_findings(folder)


def test_a_missing_table_is_bad_input(folder: Path) -> None:
    (folder / "tables" / "t.csv").unlink()
    with pytest.raises(BadInputError, match=r"t\.csv"):
        read_findings(folder)


def test_report_keeps_the_languages_that_are_there(folder: Path) -> None:
    run = CliRunner().invoke
    assert run(command, [str(folder), "--lang", "ru"]).exit_code == 0
    assert languages_of(folder) == ["ru"]
    answer = json.loads(run(command, [str(folder), "--lang", "zh", "--json"]).output)
    assert list(answer["reports"]) == ["ru", "zh"]
    first = (folder / "report.html").read_text("utf-8")
    assert '<html lang="ru">' in first
    assert 'href="report.zh.html"' in first
