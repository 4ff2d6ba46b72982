"""A shell is offered studies, worlds and economies."""

from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from isthmus.cli import cli


def offered(*words: str) -> list[str]:
    *given, incomplete = words
    found = ShellComplete(cli, {}, "isthmus", "_ISTHMUS_COMPLETE").get_completions(list(given), incomplete)
    return [item.value for item in found]


def test_commands_are_offered() -> None:
    assert "border" in offered("bo")


def test_studies_are_offered_packaged_and_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "study.toml").write_text("", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert offered("run", "mi") == ["mine"]
    assert len(offered("run", "")) >= 2


def test_economies_are_offered_in_any_case_and_of_the_world_that_is_named() -> None:
    assert "KAZ" in offered("border", "k")
    assert "KAZ" in offered("new", "DEU", "ka")
    assert offered("border", "--world", "no such world", "k") == []


def test_worlds_are_offered() -> None:
    assert offered("solve", "--world", "world-2") == ["world-2022"]
