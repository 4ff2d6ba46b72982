"""`--work`: runs that name one folder take up what another has finished, also at the same time, and remove nothing of it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from isthmus.cli import cli
from isthmus.commands import seek
from isthmus.commands.work import usable, work_folder
from isthmus.core.errors import BadInputError
from isthmus.execution.results import WORK
from isthmus.execution.workshop import VARIABLE, named_folder

MINIMAL = Path(__file__).parents[3] / "docs" / "examples" / "files" / "minimal"


def started(study: Path, out: Path, *more: str, work: Path | None = None) -> subprocess.Popen[str]:
    """Begin a run in a process of its own; the environment names a folder of work where one is given."""
    environment = {name: value for name, value in os.environ.items() if name != VARIABLE}
    if work is not None:
        environment[VARIABLE] = str(work)
    words = [sys.executable, "-m", "isthmus", "run", str(study), "--out", str(out), "--quiet", "--lang", "en", "--json"]
    pipe = subprocess.PIPE
    return subprocess.Popen([*words, *more], env=environment, stdout=pipe, stderr=pipe, text=True)


def ended(run: subprocess.Popen[str]) -> dict[str, object]:
    """Return the summary of a run that ended well and said nothing on standard error."""
    said, error = run.communicate(timeout=300)
    assert (run.returncode, error) == (0, "")
    told = json.loads(said)
    assert isinstance(told, dict)
    return told


def results(out: Path) -> dict[str, bytes]:
    """Return what a run found: facts and tables."""
    assert not (out / WORK).exists()
    return {path.name: path.read_bytes() for path in [out / "findings.json", *sorted((out / "tables").iterdir())]}


@pytest.mark.slow
def test_two_runs_at_once_on_one_folder_find_the_same_and_later_ones_take_it_up(tmp_path: Path) -> None:
    study, work = tmp_path / "study", tmp_path / "work"
    shutil.copytree(MINIMAL, study)
    both = [
        started(study, tmp_path / "one", "--work", str(work)),
        started(study, tmp_path / "two", work=work),
    ]
    for run in both:
        ended(run)
    found = results(tmp_path / "one")
    assert results(tmp_path / "two") == found
    kept = sorted(path.name for path in work.iterdir())
    assert all(not name.startswith(".") for name in kept)

    again = ended(started(study, tmp_path / "again", work=work))
    assert sorted(again["taken_from_an_earlier_run"]) == sorted(name.rsplit("-", 1)[0] for name in kept)  # type: ignore[call-overload]
    assert results(tmp_path / "again") == found

    ledger = study / "ledger.toml"
    text = ledger.read_text("utf-8")
    assert "high = 0.6" in text
    ledger.write_text(text.replace("high = 0.6", "high = 0.7"), "utf-8")
    changed = ended(started(study, tmp_path / "changed", work=work))
    taken = set(changed["taken_from_an_earlier_run"])  # type: ignore[call-overload]
    assert "plans" in taken
    assert not {"ensemble", "value"} & taken
    assert set(kept) < {path.name for path in work.iterdir()}
    with_taken = results(tmp_path / "changed")
    assert with_taken != found

    (work / "notes.txt").write_text("mine", "utf-8")
    before = {path.name: path.stat().st_ctime_ns for path in work.iterdir()}
    fresh = ended(started(study, tmp_path / "changed", "--fresh", "--work", str(work)))
    assert fresh["taken_from_an_earlier_run"] == []
    after = {path.name: path.stat().st_ctime_ns for path in work.iterdir()}
    assert before.keys() == after.keys()
    assert {name for name in kept if before[name] == after[name]}, "sections of the unchanged study are left"
    assert sum(before[name] != after[name] for name in before) == len(kept)
    assert results(tmp_path / "changed") == with_taken


def test_a_folder_that_cannot_be_made_is_named_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("x")
    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(BadInputError, match="cannot be written") as raised:
            usable(place, tmp_path / "out")
        assert VARIABLE in raised.value.remedy
    monkeypatch.setenv(VARIABLE, str(tmp_path / "file"))
    for command in (["run", str(MINIMAL)], ["seek", str(MINIMAL), "--goal", "income:AAA=0.1", "--lever", "research"]):
        done = CliRunner().invoke(cli, [*command, "--out", str(tmp_path / "out")])
        assert isinstance(done.exception, BadInputError), done.output
        assert str(tmp_path / "file") in done.exception.where
    assert not (tmp_path / "out").exists()


def test_a_folder_among_the_results_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "out"
    for place in (out, out / "tables", out / "kept" / "work"):
        with pytest.raises(BadInputError, match="lies among the results"):
            usable(place, out)
    assert not out.exists()
    for place in (out / WORK, tmp_path / "other" / WORK, tmp_path / "outside"):
        assert usable(place, out) == place
        assert list(place.iterdir()) == []


def test_without_a_name_there_is_no_folder_and_an_empty_one_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert named_folder() is None
    monkeypatch.setenv(VARIABLE, "")
    assert named_folder() is None
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert named_folder() == tmp_path
    with work_folder(None, tmp_path) as place:
        assert place.is_dir()
        assert place != tmp_path
    assert not place.exists()
    with work_folder(tmp_path / "named", tmp_path / "out") as place:
        pass
    assert place == tmp_path / "named"
    assert place.is_dir()


def test_seek_takes_up_what_another_command_has_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    resumed: list[list[str]] = []

    class Watched(seek.LocalWorkshop):
        def leave(self) -> None:
            super().leave()
            resumed.append(self.resumed)

    monkeypatch.setattr(seek, "LocalWorkshop", Watched)
    monkeypatch.setenv(VARIABLE, str(tmp_path / "work"))
    for out in ("one", "two"):
        words = ["seek", str(MINIMAL), "--goal", "income:AAA=0.0001", "--lever", "research"]
        done = CliRunner().invoke(cli, [*words, "--out", str(tmp_path / out)], catch_exceptions=False)
        assert done.exit_code == 0, done.output
    assert resumed == [[], sorted(path.name.rsplit("-", 1)[0] for path in (tmp_path / "work").iterdir())]
    assert resumed[1] == ["border", "pace"]
