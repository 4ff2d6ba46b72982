"""A folder of results belongs to one study."""

import json
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from isthmus.commands import run
from isthmus.commands.results import MANIFEST, STUDY, place_of, require_own_folder
from isthmus.core.errors import BadInputError
from isthmus.execution.results import WORK
from isthmus.report import assets
from isthmus.report.assets import CHARTS, COARSE, FINE, asset


def finished(out: Path, study: str, partners: list[str], **more: str) -> None:
    (out / WORK).mkdir(parents=True)
    (out / MANIFEST).write_text(json.dumps({"study": study, "partners": partners, **more}), "utf-8")


def test_results_of_another_study_are_refused_without_force(tmp_path: Path) -> None:
    finished(tmp_path, "one", ["AAA", "BBB"])
    require_own_folder(tmp_path, "one", ("AAA", "BBB"), force=False)
    for study, partners in (("two", ("AAA", "BBB")), ("one", ("AAA", "CCC"))):
        with pytest.raises(BadInputError, match="holds the results of one"):
            require_own_folder(tmp_path, study, partners, force=False)
    require_own_folder(tmp_path, "two", ("AAA", "BBB"), force=True)
    assert not (tmp_path / WORK).exists()


def test_a_run_asks_before_it_begins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    finished(tmp_path, "one", ["AAA", "BBB"])
    monkeypatch.setattr(
        run, "load_study", lambda *_, **__: SimpleNamespace(name="two", partners=("AAA", "BBB"), documents=())
    )
    monkeypatch.setattr(run, "study_directory", lambda _: tmp_path / "two")
    monkeypatch.setattr(run, "run", lambda *_: pytest.fail("the run began"))
    with pytest.raises(BadInputError, match="holds the results of one"):
        CliRunner().invoke(run.command, ["two", "--out", str(tmp_path)], catch_exceptions=False)


@pytest.mark.parametrize("name", [COARSE, FINE, CHARTS])
def test_a_run_says_that_the_report_could_not_be_written_before_it_begins(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "asset", lambda wanted: asset("vendor/none.js") if wanted == name else "")
    monkeypatch.setattr(run, "load_study", lambda *_, **__: pytest.fail("the study was read"))
    with pytest.raises(BadInputError, match=r"tools/vendor\.py"):
        CliRunner().invoke(run.command, ["two", "--out", str(tmp_path)], catch_exceptions=False)


def test_a_study_of_the_same_name_elsewhere_is_another_study(tmp_path: Path) -> None:
    out, first, second = tmp_path / "out", tmp_path / "a" / "one", tmp_path / "b" / "one"
    for folder in (first, second):
        folder.mkdir(parents=True)
        (folder / STUDY).touch()
    finished(out, "one", ["AAA", "BBB"], place=place_of(first, out))
    require_own_folder(out, "one", ("AAA", "BBB"), place=place_of(first, out), force=False)
    with pytest.raises(BadInputError, match=r"holds the results of one \(AAA, BBB\) in \.\./a/one"):
        require_own_folder(out, "one", ("AAA", "BBB"), place=place_of(second, out), force=False)
    shutil.rmtree(first)
    require_own_folder(out, "one", ("AAA", "BBB"), place=place_of(second, out), force=False)


def test_the_folder_of_another_study_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / STUDY).touch()
    with pytest.raises(BadInputError, match="is the folder of the study other"):
        require_own_folder(tmp_path / "other", "one", ("AAA", "BBB"), place="../one", force=False)
    require_own_folder(tmp_path / "other", "one", ("AAA", "BBB"), place="../one", force=True)


def test_a_folder_without_a_manifest_is_free(tmp_path: Path) -> None:
    require_own_folder(tmp_path, "one", ("AAA", "BBB"), force=False)
