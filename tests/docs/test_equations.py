"""Code and documentation speak of the same equations: each label is defined once, each definition is cited by code."""

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CITED = re.compile(r":eq:`([^`]+)`")
DEFINED = re.compile(r"^:label:\s*(\S+)\s*$|^\$\$\s*\(([^)\s]+)\)\s*$", re.MULTILINE)


def cited() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "src" / "isthmus").rglob("*.py")):
        for label in CITED.findall(path.read_text("utf-8")):
            found.setdefault(label, []).append(path.relative_to(ROOT).as_posix())
    return found


def defined() -> Counter[str]:
    found: Counter[str] = Counter()
    for path in sorted((ROOT / "docs").rglob("*.md")):
        found.update(first or second for first, second in DEFINED.findall(path.read_text("utf-8")))
    return found


def test_every_equation_that_code_cites_is_written_down() -> None:
    assert {label: places for label, places in cited().items() if label not in defined()} == {}


def test_every_equation_is_defined_once_and_cited_by_code() -> None:
    assert {label for label, count in defined().items() if count > 1} == set()
    assert set(defined()) - set(cited()) == set()
