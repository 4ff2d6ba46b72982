"""The reference is what the code says, and every command is in it."""

import csv
import importlib
import importlib.util
from pathlib import Path

import pytest
from click.testing import CliRunner

from isthmus.cli import COMMANDS, cli
from isthmus.equilibrium.solve import solve
from isthmus.readers.study.scenario import read_scenario
from isthmus.readers.study.study import load_study
from isthmus.readers.worlds.world import load_baseline

ROOT = Path(__file__).resolve().parents[2]
_spec = importlib.util.spec_from_file_location("reference_pages", ROOT / "tools" / "reference.py")
assert _spec is not None
assert _spec.loader is not None
reference = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(reference)
files = importlib.import_module("file_reference")
licences = importlib.import_module("licences")


@pytest.mark.parametrize(
    "name", ["cli.md", "data-dictionary.md", "files.md", "python.md", "study-file.md", "tables.md"]
)
def test_generated_page_is_fresh(name: str) -> None:
    written = (ROOT / "docs" / "reference" / name).read_text("utf-8")
    assert written == reference.pages()[name], "stale: run python tools/reference.py"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    assert f"## isthmus {command}\n" in (ROOT / "docs" / "reference" / "cli.md").read_text("utf-8")


@pytest.mark.parametrize("size", ["minimal", "full"])
def test_examples_of_files_are_read(size: str) -> None:
    files.read_examples(size)
    assert solve(load_baseline(files.EXAMPLES / size / "world"), read_scenario(files.EXAMPLES / size / "scenario.toml"))


def test_full_examples_hold_every_column_and_minimal_ones_only_what_is_needed() -> None:
    """So that the page shows each column at work, and the least that a file needs."""
    for name, tables in files.declarations().items():
        for size in files.SIZES:
            path = files.EXAMPLES / size / name
            if path.suffix == ".csv" and path.is_file():
                header = set(path.read_text("utf-8").split("\n", 1)[0].split(","))
                missing = {entry.name for entry in tables[""] if entry.needed or size == "full"} - header
                assert not missing, f"{size} {name}"


@pytest.mark.parametrize("size", ["minimal", "full"])
def test_examples_are_a_study_together(size: str) -> None:
    study = load_study(files.EXAMPLES / size)
    assert study.partners == files.PARTNERS
    assert study.levers
    assert study.outcomes
    assert study.agenda is not None
    assert study.agenda.proposals[0].project.id == "papers"
    assert bool(study.agenda.limits) == (size == "full")


@pytest.mark.slow
def test_the_minimal_study_runs_and_finds_its_programme(tmp_path: Path) -> None:
    """No joint measure, hence no bars of what it removes; one project that pays."""
    out = tmp_path / "out"
    done = CliRunner().invoke(cli, ["run", str(files.EXAMPLES / "minimal"), "--out", str(out)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    rows = csv.DictReader((out / "tables" / "programme.csv").read_text("utf-8-sig").splitlines())
    assert [row["status"] for row in rows] == ["chosen"]


def test_every_installed_package_has_an_allowed_licence_and_stands_on_the_page(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert licences.main(["--check"]) == 0, capsys.readouterr().out


@pytest.mark.parametrize("stated", ["", "GPL-3.0-only", "GNU Affero General Public License v3"])
def test_a_forbidden_licence_is_told(
    stated: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(licences, "licence", lambda package: stated)
    assert licences.main(["--check"]) == 1
    assert "numpy: " in capsys.readouterr().out
