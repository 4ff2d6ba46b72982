"""The how-to of corridors, done to the letter: its tables are written, its commands are run, its sentences hold."""

import csv
import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from isthmus.cli import cli
from isthmus.core.errors import BadInputError, InfeasibleError

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/how-to/describe-a-corridor.md").read_text("utf-8")
BLOCK = re.compile(r"```\{code-block\} text\n:caption: (\S+)\n\n(.*?)```", re.DOTALL)
SHELL = re.compile(r"```sh\n(.*?)```", re.DOTALL)
TOML = re.compile(r"```toml\n(.*?)```", re.DOTALL)


def write(folder: Path, *names: str) -> None:
    """Write the tables of the page into a folder."""
    tables = {caption.removeprefix("my-corridor/"): text for caption, text in BLOCK.findall(PAGE)}
    for name in names or [n for n in tables if n not in ("mode_shares.csv", "value_mix.csv")]:
        (folder / name).write_text(tables[name], encoding="utf-8")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "my-corridor").mkdir()
    write(tmp_path / "my-corridor")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_command_of_the_page_runs_and_says_what_it_says(place: Path) -> None:
    lines = [
        line for block in SHELL.findall(PAGE) for line in block.splitlines() if line.startswith("isthmus corridor")
    ]
    assert len(lines) == 5
    ended = {}
    for line in lines:
        done = CliRunner().invoke(cli, shlex.split(line)[1:])
        ended[Path(line.split("--out ")[1]).name] = done.exit_code
    assert ended == dict.fromkeys(("base", "no-road", "fit", "projects", "built"), 0)
    closed = CliRunner().invoke(cli, ["corridor", "my-corridor", "--close", "road", "--out", "results/closed"])
    assert isinstance(closed.exception, InfeasibleError)
    flow = {(r["arc"], r["direction"], r["carrier"], r["year"]): r for r in rows(place / "results/base/flows.csv")}
    assert float(flow["crossing", "forward", "ore", "2030"]["utilisation"]) == pytest.approx(1.0)
    assert float(flow["road", "forward", "ore", "2030"]["flow"]) == pytest.approx(2.0)
    assert {r["arc"] for r in rows(place / "results/fit/binding.csv")} == {"crossing"}
    assert any(float(r["unmet"]) > 0 for r in rows(place / "results/fit/fit.csv"))
    saved = {
        r["project"]: float(r["saving_musd"])
        for r in rows(place / "results/projects/projects.csv")
        if r["year"] == "2030"
    }
    assert set(saved) == {"second-track", "faster"}
    assert min(saved.values()) > 0
    moved = {r["arc"]: float(r["change"]) for r in rows(place / "results/built/changes.csv") if r["carrier"] == "ore"}
    assert moved["crossing"] == pytest.approx(2.0)


def test_shares_of_modes_need_a_way_of_that_mode(place: Path) -> None:
    write(place / "my-corridor", "mode_shares.csv")
    done = CliRunner().invoke(cli, ["corridor", "my-corridor", "--out", "results"])
    assert isinstance(done.exception, BadInputError)
    assert "'road'" in str(done.exception)
    nodes = place / "my-corridor/nodes.csv"
    nodes.write_text(
        nodes.read_text("utf-8") + "mine-road,Mine,AAA,road,,,\ntown-road,Town,BBB,road,,,\n", encoding="utf-8"
    )
    arcs = place / "my-corridor/arcs.csv"
    more = "".join(
        f"{name},{start},{end},{kind},true,*,{km},90000,0,{hours},,,\n"
        for name, start, end, kind, km, hours in (
            ("load", "mine", "mine-road", "transfer", 0, 5), ("unload", "town-road", "town", "transfer", 0, 5),
            ("trucks", "mine-road", "town-road", "border", 1700, 60),
        )
    )  # fmt: skip
    arcs.write_text(arcs.read_text("utf-8") + more, encoding="utf-8")
    assert CliRunner().invoke(cli, ["corridor", "my-corridor", "--out", "results"]).exit_code == 0
    flow = [r for r in rows(place / "results/flows.csv") if (r["arc"], r["year"]) == ("trucks", "2030")]
    assert sum(float(r["flow"]) for r in flow) == pytest.approx(0.3 * 3)


@pytest.mark.slow
def test_the_study_of_the_page_has_corridors_and_its_value_moves_with_their_room(place: Path) -> None:
    made = {}
    for room in (None, 0.5, 0.9, 1.5):
        study = place / f"full-{room}"
        shutil.copytree(ROOT / "docs/examples/files/full", study)
        shutil.copytree(place / "my-corridor", study / "my-corridor")
        write(study / "my-corridor", "value_mix.csv")
        lines = TOML.findall(PAGE)[0]
        assert lines.startswith("[corridors]")
        (study / "study.toml").write_text((study / "study.toml").read_text("utf-8") + "\n" + lines, encoding="utf-8")
        if room is not None:
            entry = (
                f'\n[[parameter]]\nname = "ways_room"\ndescription = "Room on the ways"\nunit = "ratio"\nvalue = {room}\n'
                f'low = {0.9 * room}\nhigh = {1.1 * room}\nsource = "assumed"\nstatus = "assumed"\n'
            )
            ledger = (study / "ledger.toml").read_text("utf-8")
            (study / "ledger.toml").write_text(ledger + entry, encoding="utf-8")
        # the report of the page's own study in every language, of the others as one
        words = ["run", str(study), "--out", str(place / f"out-{room}"), "--quiet"]
        done = CliRunner().invoke(cli, words if room is None else [*words, "--lang", "en"])
        assert done.exit_code == 0, done.output
        assert "corridors" in (place / f"out-{room}/report.html").read_text("utf-8")
        made[room] = {
            r["economy"]: [float(r[x]) for x in ("low", "central", "high")]
            for r in rows(place / f"out-{room}/tables/value.csv")
            if (r["channel"], r["component"], r["support"], r["net"], r["year"])
            == ("border", "total", "all", "false", "2030")
        }
    gain = {room: [sum(found[p][i] for p in ("AAA", "BBB")) for i in range(3)] for room, found in made.items()}
    assert gain[0.5][1] < gain[None][1]
    assert gain[0.5][1] <= gain[0.9][1] < gain[None][1]
    assert gain[1.5][1] >= gain[None][1]
