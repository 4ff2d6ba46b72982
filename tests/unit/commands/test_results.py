"""A folder of results belongs to one study."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from isthmus.commands import run
from isthmus.commands.results import MANIFEST, require_own_folder
from isthmus.core.errors import BadInputError
from isthmus.execution.results import WORK


def finished(out: Path, study: str, partners: list[str]) -> None:
    (out / WORK).mkdir(parents=True)
    (out / MANIFEST).write_text(json.dumps({"study": study, "partners": partners}), "utf-8")


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
    monkeypatch.setattr(run, "run", lambda *_: pytest.fail("the run began"))
    with pytest.raises(BadInputError, match="holds the results of one"):
        CliRunner().invoke(run.command, ["two", "--out", str(tmp_path)], catch_exceptions=False)


def test_a_folder_without_a_manifest_is_free(tmp_path: Path) -> None:
    require_own_folder(tmp_path, "one", ("AAA", "BBB"), force=False)
