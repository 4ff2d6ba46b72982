"""The page on tests names tests that exist, and has a row for every module that is mutated."""

import ast
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "evidence" / "tests.md").read_text("utf-8")


def test_every_test_on_the_page_exists() -> None:
    rows = [line for line in PAGE.splitlines() if "test_" in line and line.count("|") == 3]
    assert len(rows) > 40
    for row in rows:
        names: set[str] = set()
        for word in re.findall(r"`([^`]+)`", row.split("|")[2]):
            if word.endswith(".py"):
                tree = ast.parse((ROOT / "tests" / word).read_text("utf-8"))
                names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
            else:
                assert word in names, row


def test_every_module_of_the_list_has_its_figures() -> None:
    with (ROOT / "tools" / "mutation.toml").open("rb") as file:
        listed = {entry["name"] for entry in tomllib.load(file)["module"]}
    shown = set(re.findall(r"^\| `([\w/]+)\.py` \|", PAGE, re.M))
    assert shown == listed
