"""The check of sources covers every row with a number, and its page is what its table says."""

import csv
import importlib.util
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ASSETS = ROOT / "src" / "isthmus" / "assets"
_spec = importlib.util.spec_from_file_location("evidence_pages", ROOT / "tools" / "evidence.py")
assert _spec is not None
assert _spec.loader is not None
sources = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(sources)
STUDY = "studies/china-russia"


def rows() -> list[dict[str, str]]:
    with (sources.FOLDER / "sources.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def names(file: str) -> list[str]:
    path = ASSETS / file
    if path.suffix == ".toml":
        return [entry["name"] for entry in tomllib.loads(path.read_text("utf-8"))["parameter"]]
    with path.open(encoding="utf-8", newline="") as handle:
        return [row.get("id") or row["economy"] for row in csv.DictReader(handle)]


@pytest.mark.parametrize("name", ["sources.md", "lever-support.md", "published-estimates.md", "degrees.md"])
def test_page_is_fresh(name: str) -> None:
    written = (sources.FOLDER / name).read_text("utf-8")
    assert written == sources.pages()[name], "stale: run python tools/evidence.py"


@pytest.mark.parametrize(
    "file",
    [
        "border/ledger.toml",
        "border/defaults.csv",
        "border/economies.csv",
        "border/adoption_shares.csv",
        f"{STUDY}/ledger.toml",
        f"{STUDY}/degrees.csv",
        f"{STUDY}/wedges.csv",
        f"{STUDY}/targets.csv",
    ],
)
def test_every_row_was_checked_once_and_no_other(file: str) -> None:
    checked = [row["row"] for row in rows() if row["file"] == file and row["verdict"] != "removed"]
    assert checked == names(file)


def test_every_verdict_says_what_was_looked_at() -> None:
    for row in rows():
        assert row["verdict"] in sources.VERDICTS, row
        assert row["finding"], row
        assert row["looked_at"] or row["verdict"] in ("assumption", "removed"), row


def test_what_was_not_seen_is_not_called_confirmed() -> None:
    for row in rows():
        if row["verdict"] == "confirmed":
            assert "were not seen" not in row["finding"], row


def test_what_was_removed_is_gone() -> None:
    for row in rows():
        if row["verdict"] == "removed":
            assert row["row"] not in names(row["file"])


def test_every_number_of_a_joint_measure_was_looked_for_elsewhere() -> None:
    """Each measure has a row for every share, part or elasticity that it names, and its grade is that of the ledger."""
    levers = tomllib.loads((sources.STUDY / "levers.toml").read_text("utf-8"))["lever"]
    wanted = {
        (lever["id"], name)
        for lever in levers
        if lever["owner"] == "joint"
        for effect in lever["effect"]
        for role, name in effect["numbers"].items()
        if role in ("removed", "additional", "scope", "elasticity")
    }
    with (sources.FOLDER / "degrees.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert sorted((row["measure"], row["number"]) for row in found) == sorted(wanted)
    ledger = {e["name"]: e for e in tomllib.loads((sources.STUDY / "ledger.toml").read_text("utf-8"))["parameter"]}
    for row in found:
        entry, assumed = ledger[row["number"]], sources.grade_told(ledger[row["number"]]) == "assumed"
        assert row["looked_at"], row
        assert row["found"], row
        assert ("Stays assumed" in row["transfers"]) == assumed, row
        assert entry["source"].startswith("assumed") == assumed, row
