import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import pandas as pd
import pytest
import report_sample as sample
from click.testing import CliRunner

from isthmus.commands.report import command
from isthmus.commands.results import languages_of, write_findings
from isthmus.core.errors import BadInputError
from isthmus.readers.store.findings import read_findings
from isthmus.study.registry import STATIONS
from isthmus.study.section import Help, Section, Table, declared_tables, facts_of, key, note, tables_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_findings(sample.findings(), tmp_path)
    return tmp_path


def test_findings_come_back_as_they_were_written(folder: Path) -> None:
    before, after = sample.findings(), read_findings(folder)
    assert after.skipped == before.skipped
    assert list(after.sections) == list(before.sections)
    for name, section in before.sections.items():
        assert facts_of(after.sections[name]) == facts_of(section)
        assert type(after.sections[name]) is type(section)
        for table, found in tables_of(section).items():
            pd.testing.assert_frame_equal(tables_of(after.sections[name])[table].frame, found.frame)


@dataclass(frozen=True)
class FlagRow:
    name: Annotated[str, key("name")]
    held: Annotated[bool | None, note("whether it holds; empty where nobody knows")]


@dataclass(frozen=True, kw_only=True)
class FlagSection(Section):
    flags: Annotated[Table[FlagRow], Help("flags")]


def test_an_empty_flag_comes_back_empty(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "flags.csv").write_text("name,held\na,true\nb,\nc,false\n", "utf-8")
    (tmp_path / "findings.json").write_text('{"format": 2, "sections": {"toy": {}}, "skipped": []}', "utf-8")
    found = read_findings(tmp_path, [replace(STATIONS[0], name="toy", section=FlagSection)])
    assert [row.held for row in found[FlagSection].flags.rows] == [True, None, False]


def test_two_stations_never_name_a_table_alike() -> None:
    names = [name for station in STATIONS if not station.internal for name in declared_tables(station.section)]
    assert len(names) == len(set(names))


def test_a_folder_without_a_run_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match=r"holds no findings\.json"):
        read_findings(tmp_path)


@pytest.mark.parametrize("content", ["{", "[]", '{"format": 2, "sections": {"a": {}}}', '{"format": 1}'])
def test_a_broken_file_is_bad_input(folder: Path, content: str) -> None:
    (folder / "findings.json").write_text(content, "utf-8")
    with pytest.raises(BadInputError, match="not as this version writes it"):
        read_findings(folder)


def test_a_missing_table_is_bad_input(folder: Path) -> None:
    (folder / "tables" / "effects.csv").unlink()
    with pytest.raises(BadInputError, match=r"effects\.csv"):
        read_findings(folder)


def test_a_missing_fact_is_bad_input(folder: Path) -> None:
    content = json.loads((folder / "findings.json").read_text("utf-8"))
    del content["sections"]["value"]["deadline"]
    (folder / "findings.json").write_text(json.dumps(content), "utf-8")
    with pytest.raises(BadInputError, match="deadline is missing"):
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


def test_tables_of_another_version_say_that_a_new_run_helps(folder: Path) -> None:
    table = folder / "tables" / "effects.csv"
    header, _, rest = table.read_text("utf-8").partition("\n")
    table.write_text(header.replace("component", "part") + "\n" + rest, "utf-8")
    with pytest.raises(BadInputError, match="run the study again if another version wrote it"):
        read_findings(folder)
