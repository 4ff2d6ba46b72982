"""The reference is what the code says, and every command is in it."""

import importlib.util
from pathlib import Path

import pytest

from isthmus.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
_spec = importlib.util.spec_from_file_location("reference_pages", ROOT / "tools" / "reference.py")
assert _spec is not None
assert _spec.loader is not None
reference = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(reference)


@pytest.mark.parametrize("name", ["cli.md", "data-dictionary.md", "study-file.md"])
def test_generated_page_is_fresh(name: str) -> None:
    written = (ROOT / "docs" / "reference" / name).read_text("utf-8")
    assert written == reference.pages()[name], "stale: run python tools/reference.py"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    assert f"## isthmus {command}\n" in (ROOT / "docs" / "reference" / "cli.md").read_text("utf-8")
