"""Results appear whole or not at all, one command at a time, and never over what somebody else put there."""

import json
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from isthmus.core.errors import BadInputError, NotConvergedError
from isthmus.execution.results import WORK, results_file, results_folder

SUMMARY = "done.json"


def write(out: Path, texts: dict[str, str], **options: bool) -> None:
    with results_folder(out, SUMMARY, names=("*.csv", "tables/*.csv"), **options) as place:
        for name, text in texts.items():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_text(text)
        if not options.get("update"):
            (place / SUMMARY).write_text("{}")


def texts(out: Path) -> dict[str, str]:
    return {p.relative_to(out).as_posix(): p.read_text() for p in out.rglob("*") if p.is_file() and p.name != SUMMARY}


def test_new_results_take_the_place_of_old_ones_as_a_whole(tmp_path: Path) -> None:
    out = tmp_path / "a" / "out"
    write(out, {"one.csv": "1", "tables/two.csv": "2"})
    (out / WORK).mkdir()
    (out / WORK / "kept").write_text("work")
    write(out, {"one.csv": "new"})
    assert texts(out) == {"one.csv": "new", f"{WORK}/kept": "work"}
    assert [path.name for path in out.parent.iterdir()] == ["out"]


@pytest.mark.parametrize(
    "stop", [BadInputError("w", "p", allowed="a", remedy="r"), KeyboardInterrupt(), OSError(28, "full")]
)
def test_what_goes_wrong_leaves_the_old_results(tmp_path: Path, stop: BaseException) -> None:
    out = tmp_path / "out"
    write(out, {"one.csv": "1", "two.csv": "2"})
    before = texts(out)
    with suppress(type(stop)), results_folder(out, SUMMARY) as place:
        (place / "one.csv").write_text("half")
        raise stop
    assert texts(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_without_a_solution_only_the_reason_is_kept(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out, {"one.csv": "1"})
    with suppress(NotConvergedError), results_folder(out, SUMMARY, names=("one.csv",)) as place:
        (place / "one.csv").write_text("half")
        (place / SUMMARY).write_text('{"error": "why"}')
        raise NotConvergedError("why", [])
    assert [path.name for path in out.iterdir()] == [SUMMARY]
    assert json.loads((out / SUMMARY).read_text())["error"] == "why"


def test_files_of_others_are_neither_replaced_nor_removed(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "notes.txt").write_text("mine")
    write(out, {"one.csv": "1"})
    write(out, {"two.csv": "2"})
    assert texts(out) == {"notes.txt": "mine", "two.csv": "2"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("names", [("notes.txt",), ("tables/*", "notes.*"), ()])
def test_a_file_of_somebody_else_in_the_way_is_refused(tmp_path: Path, names: tuple[str, ...]) -> None:
    (tmp_path / "notes.txt").write_text("mine")

    def begin() -> None:
        with results_folder(tmp_path, SUMMARY, names=names) as place:
            assert not names, "begun although a file is in the way"
            (place / "notes.txt").write_text("theirs")

    with pytest.raises(BadInputError, match=r"notes\.txt, which this command did not write"):
        begin()
    assert texts(tmp_path) == {"notes.txt": "mine"}


def test_two_commands_share_a_folder_without_touching_each_others_files(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out, {"one.csv": "1"})
    with results_folder(out, "other.json") as place:
        (place / "two.txt").write_text("2")
        (place / "other.json").write_text("{}")
    write(out, {"three.csv": "3"})
    assert texts(out) == {"three.csv": "3", "two.txt": "2", "other.json": "{}"}


def test_an_update_adds_and_removes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out, {"one.csv": "1"})
    write(out, {"two.csv": "2"}, update=True)
    assert texts(out) == {"one.csv": "1", "two.csv": "2"}


@pytest.mark.parametrize("inside", ["", "deep/er"])
def test_an_input_is_never_in_the_folder_of_results(tmp_path: Path, inside: str) -> None:
    out = tmp_path / "out"
    (out / inside).mkdir(parents=True)
    given = out / inside / "input.csv"
    given.write_text("input")
    with pytest.raises(BadInputError, match="one of the inputs"), results_folder(out, SUMMARY, [given]):
        pytest.fail("begun over an input")
    assert texts(out) == {given.relative_to(out).as_posix(): "input"}


def test_a_second_run_in_the_same_place_is_refused(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from isthmus.execution.results import results_folder\n"
        "with results_folder(Path(sys.argv[1]), 'done.json') as place: print('held', flush=True); sys.stdin.read()"
    )
    out = tmp_path / "out"
    first = subprocess.Popen(
        [sys.executable, "-c", code, str(out)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        with pytest.raises(BadInputError, match="another run is writing there now"), results_folder(out, SUMMARY):
            pytest.fail("two at once")
        first.kill()
        first.wait()
        write(out, {"one.csv": "1"})
    finally:
        first.kill()
        first.communicate()
    assert texts(out) == {"one.csv": "1"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_exchange_that_was_killed_half_way_is_put_right(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out, {"one.csv": "old"})
    out.rename(tmp_path / ".out.old-1")
    (tmp_path / ".out.new-1").mkdir()
    with pytest.raises(KeyboardInterrupt), results_folder(out, SUMMARY):
        raise KeyboardInterrupt
    assert texts(out) == {"one.csv": "old"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_one_stands_in_is_filled_without_being_exchanged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"one.csv": "1"})
    monkeypatch.chdir(tmp_path)
    number = os.stat(tmp_path).st_ino
    write(Path("."), {"two.csv": "2"})
    assert os.stat(tmp_path).st_ino == number
    assert texts(tmp_path) == {"two.csv": "2"}
    assert {path.name for path in tmp_path.iterdir()} == {"two.csv", SUMMARY}


def test_a_table_appears_with_those_beside_it_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "stale.csv").write_text("old")
    out = tmp_path / "links.csv"
    with suppress(KeyboardInterrupt), results_file(out, beside=("stale.csv",)) as place:
        (place / "links.csv").write_text("half")
        raise KeyboardInterrupt
    assert texts(tmp_path) == {"stale.csv": "old"}
    with results_file(out, beside=("stale.csv",)) as place:
        (place / "links.csv").write_text("new")
    assert texts(tmp_path) == {"links.csv": "new"}
    with (
        pytest.raises(BadInputError, match="one of the inputs"),
        results_file(tmp_path / "x.csv", [out], ["links.csv"]),
    ):
        pytest.fail("begun over an input")


FULL = """
import resource, runpy, sys
limit = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
runpy.run_module("isthmus", run_name="__main__")
"""
"""The command line on a disk on which no file may grow beyond a limit: what writing to a full one looks like."""


def solved(home: Path) -> list[str]:
    """Return the words of a call that solves a scenario in a folder."""
    return ["solve", "--world", "world-2022", "--scenario", str(home / "s.toml"), "--out", str(home / "out"), "--excel"]


@pytest.fixture(scope="module")
def old_results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("old")
    (home / "s.toml").write_text(
        '[[shock]]\nkind = "trade_cost"\nexporter = "CHN"\nimporter = "RUS"\nchange_pct = -10\n'
    )
    subprocess.run([sys.executable, "-m", "isthmus", *solved(home)], check=True, capture_output=True)
    return home


@pytest.mark.skipif(os.name == "nt", reason="needs limits of POSIX")
@pytest.mark.parametrize("kilobytes", [2, 20, 60])
def test_a_full_disk_leaves_the_old_results_whole(tmp_path: Path, kilobytes: int, old_results: Path) -> None:
    shutil.copytree(old_results, tmp_path, dirs_exist_ok=True)
    scenario, words = tmp_path / "s.toml", solved(tmp_path)
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert max(map(len, before.values())) > 60 * 1024
    scenario.write_text(scenario.read_text().replace("-10", "-20"))
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(kilobytes * 1024), *words], check=False, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "no result was changed" in done.stderr
    assert "Traceback" not in done.stderr
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "s.toml"]
