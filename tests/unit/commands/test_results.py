"""A folder of results belongs to one study, and holds nothing of an earlier run that this one did not write."""

import json
from pathlib import Path

import pandas as pd
import pytest

from isthmus.commands.results import MANIFEST, WORK, remove_stale, require_own_folder
from isthmus.core.errors import BadInputError
from isthmus.study.station import Section


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


def test_a_folder_without_a_manifest_is_free(tmp_path: Path) -> None:
    require_own_folder(tmp_path, "one", ("AAA", "BBB"), force=False)


def test_what_was_not_written_again_is_removed(tmp_path: Path) -> None:
    for name in ("tables/kept.csv", "tables/old.csv", "tables/old.xlsx", "exchange/sdmx/old.csv", "report.ru.html"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", "utf-8")
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    findings = {"value": Section({}, {"kept": pd.DataFrame({"x": [1]})})}
    remove_stale(tmp_path, findings, [tmp_path / "report.html"])
    left = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {"tables/kept.csv", "notes.txt"}
