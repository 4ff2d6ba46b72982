"""Work that was finished is taken up again, and the eye sees each station begin and end once."""

import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import threadpoolctl

from isthmus.core.errors import BadInputError
from isthmus.execution import workshop
from isthmus.execution.workers import WorkerLostError
from isthmus.execution.workshop import LocalWorkshop, bar
from isthmus.study.section import Parts
from isthmus.study.station import Work


class Watch:
    """Keeps what a workshop shows."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, float, float | None]] = []

    def __call__(self, station: str, share: float, left: float | None) -> None:
        self.seen.append((station, share, left))


def done(shop: LocalWorkshop, make: Callable[[Work], Parts], key: str = "key", station: str = "value") -> Parts:
    """Return the section of one station, as a run asks for it."""
    shop.begin(station, key, make)
    name, parts = shop.finished()
    assert name == station
    return parts


def section(value: float = 1.0) -> Parts:
    return Parts({"value": value}, {"table": pd.DataFrame({"value": [value]})})


def test_a_finished_station_is_taken_up_again_until_what_it_depends_on_changes(tmp_path: Path) -> None:
    first = LocalWorkshop(tmp_path, Watch())
    done(first, lambda _: section())
    second = LocalWorkshop(tmp_path, Watch())
    kept = done(second, lambda _: pytest.fail("made again"))
    assert second.resumed == ["value"]
    assert kept.facts == {"value": 1.0}
    pd.testing.assert_frame_equal(kept.tables["table"], section().tables["table"])
    made = done(second, lambda _: section(2.0), "another key")
    assert made.facts == {"value": 2.0}
    assert second.resumed == ["value"]


def test_a_stopped_station_keeps_its_finished_pieces(tmp_path: Path) -> None:
    calls: list[str] = []

    def make(work: Work, stop: bool) -> Parts:
        work.piece("one", lambda: calls.append("one") or section())
        if stop:
            raise KeyboardInterrupt
        return work.piece("two", lambda: calls.append("two") or section(2.0))

    with pytest.raises(KeyboardInterrupt):
        done(LocalWorkshop(tmp_path, Watch(), 1), lambda work: make(work, stop=True))
    made = done(LocalWorkshop(tmp_path, Watch(), 1), lambda work: make(work, stop=False))
    assert calls == ["one", "two"]
    assert made.facts == {"value": 2.0}


def test_fresh_forgets_what_is_kept(tmp_path: Path) -> None:
    done(LocalWorkshop(tmp_path, Watch()), lambda _: section())
    anew = LocalWorkshop(tmp_path, Watch(), fresh=True)
    assert done(anew, lambda _: section(3.0)).facts == {"value": 3.0}
    assert anew.resumed == []


def test_each_station_is_shown_to_begin_and_to_end_once(tmp_path: Path) -> None:
    watch = Watch()

    def make(work: Work) -> Parts:
        for share in (0.0, 0.5, 1.0):
            work.progress(share)
        return section()

    done(LocalWorkshop(tmp_path, watch), make)
    assert [share for _, share, _ in watch.seen].count(1.0) == 1
    assert watch.seen[-1] == ("value", 1.0, 0.0)
    ((left,),) = ([left] for _, share, left in watch.seen if share == 0.5)
    assert left is not None
    assert left >= 0


def test_without_a_terminal_a_station_takes_two_lines(capsys: pytest.CaptureFixture[str]) -> None:
    for share in (0.0, 0.4, 1.0):
        bar("value", share, 3.0)
    assert capsys.readouterr().err == "value: started\nvalue: done\n"


def test_results_of_several_processes_keep_the_order_of_the_items(tmp_path: Path) -> None:
    def make(work: Work) -> Parts:
        return Parts({"found": work.map(lambda item: item * item, range(5))}, {})

    assert done(LocalWorkshop(tmp_path, Watch(), processes=2), make).facts == {"found": [0, 1, 4, 9, 16]}


def break_off(place: Path) -> None:
    (place / "facts.json").write_text("{", encoding="utf-8")


def leave_out(place: Path) -> None:
    (place / "tables" / "table.parquet").unlink()


def add(place: Path) -> None:
    (place / "tables" / "more.parquet").write_bytes(b"more")


def change(place: Path) -> None:
    other = LocalWorkshop(place.parent.parent / "other", Watch())
    done(other, lambda _: section(5.0))
    (changed,) = (place.parent.parent / "other").glob("value-*/tables/table.parquet")
    (place / "tables" / "table.parquet").write_bytes(changed.read_bytes())


def empty(place: Path) -> None:
    shutil.rmtree(place)
    place.mkdir()


@pytest.mark.parametrize("damage", [break_off, leave_out, add, change, empty])
def test_damaged_work_is_done_again_and_that_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], damage: Callable[[Path], None]
) -> None:
    kept = tmp_path / "kept"
    done(LocalWorkshop(kept, Watch()), lambda _: section())
    (place,) = kept.iterdir()
    damage(place)
    anew = LocalWorkshop(kept, Watch())
    made = done(anew, lambda _: section(2.0))
    assert made.facts == {"value": 2.0}
    assert set(made.tables) == {"table"}
    assert anew.resumed == []
    said = capsys.readouterr().err
    assert place.name in said
    assert "--fresh" in said


def test_nothing_that_is_kept_can_run(tmp_path: Path) -> None:
    class Trap:
        def __reduce__(self) -> tuple[Callable[..., object], tuple[str]]:
            return os.mkdir, (str(tmp_path / "ran"),)

    kept = tmp_path / "kept"
    done(LocalWorkshop(kept, Watch()), lambda _: section())
    (place,) = kept.iterdir()
    for name in ("facts.json", "digests.json", "tables/table.parquet", "tables/table.pkl"):
        (place / name).write_bytes(pickle.dumps(Trap()))
    done(LocalWorkshop(kept, Watch()), lambda _: section())
    assert not (tmp_path / "ran").exists()
    assert {path.suffix for path in kept.rglob("*") if path.is_file()} == {".json", ".parquet"}


def test_a_run_sees_the_same_whether_it_was_stopped_or_not(tmp_path: Path) -> None:
    mixed = pd.DataFrame(
        {"flag": [True, False], "whole": [1, 2], "number": [0.1, None], "text": ["a", ""]}, index=[3, 7]
    )
    facts = {"years": (2030, 2036), "text": "китай 中国", "none": None}
    made = [
        done(LocalWorkshop(tmp_path, Watch()), lambda _: Parts(facts, {"b": mixed, "a": mixed[:0]})) for _ in range(2)
    ]
    assert made[0].facts == made[1].facts == {**facts, "years": [2030, 2036]}
    assert list(made[0].tables) == list(made[1].tables) == ["b", "a"]
    for found in made:
        pd.testing.assert_frame_equal(found.tables["b"], mixed)


def test_columns_that_mix_numbers_and_text_are_named(tmp_path: Path) -> None:
    mixed = Parts({}, {"odd": pd.DataFrame({"year": [2030, "long_run"]})})
    with pytest.raises(ValueError, match="table odd cannot be kept"):
        done(LocalWorkshop(tmp_path, Watch()), lambda _: mixed)


def moved(place: Path) -> None:
    (place / "assets" / "locale" / "words.toml").rename(place / "assets" / "words.toml")


def changed_binary(place: Path) -> None:
    (place / "assets" / "vectors.npz").write_bytes(b"\x00\x02")


CHANGES: dict[str, Callable[[Path], object]] = {
    "code": lambda place: (place / "code.py").write_text("x = 1"),
    "new code": lambda place: (place / "more.py").write_text(""),
    "locale": lambda place: (place / "assets" / "locale" / "words.toml").write_text("a = 2"),
    "asset": changed_binary,
    "an asset gone": lambda place: (place / "assets" / "vectors.npz").unlink(),
    "a file moved": moved,
    "nothing": lambda _: None,
    "what Python compiled": lambda place: (place / "__pycache__" / "code.pyc").write_bytes(b"other"),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_whatever_changes_in_the_package_makes_kept_work_anew(
    kind: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = tmp_path / "package"
    (package / "assets" / "locale").mkdir(parents=True)
    (package / "__pycache__").mkdir()
    (package / "code.py").write_text("")
    (package / "__pycache__" / "code.pyc").write_bytes(b"compiled")
    (package / "assets" / "locale" / "words.toml").write_text("a = 1")
    (package / "assets" / "vectors.npz").write_bytes(b"\x00\x01")
    monkeypatch.setattr(workshop.resources, "files", lambda _: package)
    done(LocalWorkshop(tmp_path / "kept", Watch()), lambda _: section())
    CHANGES[kind](package)
    made = done(LocalWorkshop(tmp_path / "kept", Watch()), lambda _: section(2.0))
    same = kind in ("nothing", "what Python compiled")
    assert made.facts == {"value": 1.0 if same else 2.0}


def test_another_version_of_a_package_that_computes_makes_kept_work_anew(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    done(LocalWorkshop(tmp_path, Watch()), lambda _: section())
    real = workshop.metadata.version
    monkeypatch.setattr(workshop.metadata, "version", lambda name: "0.0" if name == "scipy" else real(name))
    assert done(LocalWorkshop(tmp_path, Watch()), lambda _: section(2.0)).facts == {"value": 2.0}


@pytest.mark.parametrize("processes", [1, 2])
def test_many_pieces_show_the_share_done_and_the_time_left(processes: int, tmp_path: Path) -> None:
    watch = Watch()

    def make(work: Work) -> Parts:
        work.map(lambda item: item, range(40))
        return section()

    done(LocalWorkshop(tmp_path, watch, processes=processes), make)
    between = [(share, left) for _, share, left in watch.seen if 0 < share < 1]
    assert [share for share, _ in between] == pytest.approx([step / 20 for step in range(1, 20)])
    assert all(left is not None and left >= 0 for _, left in between)


def test_without_a_terminal_quarters_are_told_with_the_time_left(capsys: pytest.CaptureFixture[str]) -> None:
    for share in (0.2, 0.25, 0.3, 0.75):
        bar("value", share, 3.0)
    assert capsys.readouterr().err == "value: 25% done, about 3 s left\nvalue: 75% done, about 3 s left\n"


def wait_for(path: Path) -> None:
    """Wait until a file is there; a test that waits in vain fails by what it then finds."""
    end = time.monotonic() + 20
    while not path.exists() and time.monotonic() < end:
        time.sleep(0.01)


def meeting(own: Path, other: Path) -> Callable[[Work], Parts]:
    """Return the work of a station that ends once another one is at work."""

    def make(_: Work) -> Parts:
        own.touch()
        wait_for(other)
        return Parts({"met": other.exists()}, {})

    return make


def test_two_stations_are_at_work_at_once_and_no_more_than_there_are_processes(tmp_path: Path) -> None:
    shop, one, two = LocalWorkshop(tmp_path / "kept", Watch(), 2), tmp_path / "one", tmp_path / "two"
    assert shop.free
    shop.begin("border", "key", meeting(one, two))
    assert shop.free
    shop.begin("value", "key", meeting(two, one))
    assert not shop.free
    found = dict([shop.finished(), shop.finished()])
    assert {name: parts.facts for name, parts in found.items()} == {"border": {"met": True}, "value": {"met": True}}
    assert shop.free
    assert set(shop.seconds) == {"border", "value"}


def test_a_station_that_fails_is_told_once_ends_the_others_and_keeps_what_is_finished(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    shop = LocalWorkshop(tmp_path / "kept", Watch(), 2)
    done(shop, lambda _: section(), station="plans")

    def fail(_: Work) -> Parts:
        wait_for(tmp_path / "at_work")
        raise BadInputError("f.csv, row 2", "found 'x'", allowed="a number", remedy="correct it")

    def go_on(_: Work) -> Parts:
        (tmp_path / "at_work").write_text(str(os.getpid()))
        time.sleep(60)
        return section()

    shop.begin("value", "key", go_on)
    shop.begin("border", "key", fail)
    with pytest.raises(BadInputError, match=r"f\.csv, row 2: found 'x'") as raised:
        shop.finished()
    assert raised.value.remedy == "correct it"
    assert "in fail" in "".join(raised.value.__notes__)
    shop.leave()
    assert not Path(f"/proc/{(tmp_path / 'at_work').read_text()}").exists()
    assert capfd.readouterr().err == ""
    assert [place.name.split("-")[0] for place in (tmp_path / "kept").iterdir()] == ["plans"]
    again = LocalWorkshop(tmp_path / "kept", Watch(), 2)
    done(again, lambda _: pytest.fail("made again"), station="plans")
    assert again.resumed == ["plans"]


def test_an_error_that_cannot_cross_processes_keeps_its_kind_and_message(tmp_path: Path) -> None:
    class OddError(Exception):
        pass

    def fail(_: Work) -> Parts:
        raise OddError("seven")

    with pytest.raises(RuntimeError, match="OddError: seven"):
        done(LocalWorkshop(tmp_path, Watch(), 2), fail)


def test_a_station_whose_process_is_lost_is_done_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def make(_: Work) -> Parts:
        if not (tmp_path / "died").exists():
            (tmp_path / "died").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return section(4.0)

    assert done(LocalWorkshop(tmp_path / "kept", Watch(), 2), make).facts == {"value": 4.0}
    assert capsys.readouterr().err == "isthmus: station value was ended from outside; it is done again\n"


def test_a_station_that_is_always_lost_is_given_up(tmp_path: Path) -> None:
    def make(_: Work) -> Parts:
        os.kill(os.getpid(), signal.SIGKILL)
        return section()

    with pytest.raises(WorkerLostError, match="station value was ended from outside 3 times"):
        done(LocalWorkshop(tmp_path, Watch(), 2), make)


@pytest.mark.parametrize("processes", [1, 2])
def test_stations_compute_in_one_thread(processes: int, tmp_path: Path) -> None:
    """Sums of products depend on how many threads share them: with one, results are the same on every machine."""

    def make(_: Work) -> Parts:
        np.eye(3) @ np.eye(3)
        return Parts({"threads": [library["num_threads"] for library in threadpoolctl.threadpool_info()]}, {})

    threads = done(LocalWorkshop(tmp_path, Watch(), processes), make).facts["threads"]
    assert threads
    assert set(threads) == {1}


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_stations_and_their_workers_end_with_the_run(how: signal.Signals, tmp_path: Path) -> None:
    code = """
import os, signal, sys, time
from pathlib import Path
from isthmus.execution.workshop import LocalWorkshop
signal.signal(signal.SIGINT, signal.default_int_handler)  # a suite started behind a shell passes on that it is ignored
def work(item):
    os.write(1, b"%d\\n" % os.getpid())
    time.sleep(60)
def station(work_of_station):
    os.write(1, b"%d\\n" % os.getpid())
    work_of_station.map(work, range(2))
shop = LocalWorkshop(Path(sys.argv[1]), lambda *_: None, 2)
shop.begin("border", "key", station)
shop.begin("value", "key", station)
try:
    shop.finished()
finally:
    shop.leave()
"""
    run = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert run.stdout is not None
    others = [int(run.stdout.readline()) for _ in range(6)]
    run.send_signal(how)
    run.wait(120)
    run.stdout.close()
    end = time.monotonic() + 20
    while any(map(alive, others)) and time.monotonic() < end:
        time.sleep(0.05)
    assert [pid for pid in others if alive(pid)] == []


def alive(pid: int) -> bool:
    """Say whether a process is at work."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in ("Z", "X")
    except OSError:
        return False


def shared(folder: Path, *, fresh: bool = False) -> LocalWorkshop:
    """Return a workshop, in one process, on a folder that other runs name too."""
    return LocalWorkshop(folder, Watch(), 1, fresh=fresh, shared=True)


def test_in_a_shared_folder_the_work_of_other_inputs_stays_and_own_pieces_go(tmp_path: Path) -> None:
    def make(work: Work) -> Parts:
        work.piece("one", section)
        return section(2.0)

    for key in ("one", "two"):
        done(shared(tmp_path), make, key)
    for key in ("one", "two"):
        shop = shared(tmp_path)
        done(shop, lambda _: pytest.fail("made again"), key)
        assert shop.resumed == ["value"]
    assert len(list(tmp_path.iterdir())) == 2
    done(LocalWorkshop(tmp_path, Watch(), 1), make, "three")
    assert len(list(tmp_path.iterdir())) == 1


def test_fresh_forgets_of_a_shared_folder_what_the_run_needs_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    for key in ("one", "two"):
        done(shared(tmp_path), lambda _: section(), key)
    anew = shared(tmp_path, fresh=True)
    assert done(anew, lambda _: section(3.0), "one").facts == {"value": 3.0}
    assert anew.resumed == []
    kept = shared(tmp_path)
    assert [done(kept, lambda _: section(4.0), key).facts["value"] for key in ("one", "two")] == [3.0, 1.0]
    assert kept.resumed == ["value", "value"]
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_fresh_also_makes_pieces_of_a_shared_folder_anew(tmp_path: Path) -> None:
    def make(work: Work, value: float, stop: bool) -> Parts:
        made = work.piece("one", lambda: section(value))
        if stop:
            raise KeyboardInterrupt
        return made

    with pytest.raises(KeyboardInterrupt):
        done(shared(tmp_path), lambda work: make(work, 1.0, stop=True))
    assert done(shared(tmp_path, fresh=True), lambda work: make(work, 2.0, stop=False)).facts == {"value": 2.0}


def test_of_two_runs_that_make_one_section_at_once_the_first_is_kept(tmp_path: Path) -> None:
    first, second = shared(tmp_path), shared(tmp_path)

    def make(work: Work) -> Parts:
        work.piece("one", section)
        assert done(first, lambda other: other.piece("one", section)).facts == {"value": 1.0}
        return section(2.0)

    assert done(second, make).facts == {"value": 1.0}
    assert len(list(tmp_path.iterdir())) == 1


def test_a_piece_that_another_run_removes_is_kept_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, gone = workshop.save_section, []

    def save(parts: Parts, place: Path) -> None:
        real(parts, place)
        if not gone:
            gone.append(place)
            shutil.rmtree(place)

    monkeypatch.setattr(workshop, "save_section", save)
    assert done(shared(tmp_path), lambda work: work.piece("one", section)).facts == {"value": 1.0}
    assert len(gone) == 1


def test_a_section_that_another_run_takes_away_before_it_is_read_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made: list[int] = []

    def make(_: Work) -> Parts:
        made.append(1)
        return section()

    shop = shared(tmp_path)
    shop.begin("value", "key", make)
    real = shop._next_made
    monkeypatch.setattr(shop, "_next_made", lambda: (real(), [shutil.rmtree(p) for p in tmp_path.iterdir()])[0])
    assert shop.finished()[1].facts == {"value": 1.0}
    assert len(made) == 2
    assert capsys.readouterr().err == ""


def test_what_killed_runs_left_in_a_shared_folder_goes_after_a_day_and_of_this_section_alone(tmp_path: Path) -> None:
    done(shared(tmp_path), lambda _: section())
    (place,) = tmp_path.iterdir()
    shutil.rmtree(place)
    old, now, other = (tmp_path / name for name in (f".{place.name}.1-a", f".{place.name}.2-b", ".other-0.1-a"))
    for left in (old, now, other):
        left.mkdir()
    for left in (old, other):
        os.utime(left, (0, 0))
    done(shared(tmp_path), lambda _: section())
    assert {path.name for path in tmp_path.iterdir()} == {place.name, now.name, other.name}
    done(LocalWorkshop(tmp_path, Watch(), 1), lambda _: section(), "another")
    assert not now.exists()


@pytest.mark.parametrize("damage", [break_off, leave_out, add, empty])
def test_a_damaged_section_in_a_shared_folder_is_replaced(damage: Callable[[Path], None], tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    done(shared(kept), lambda _: section())
    (place,) = kept.iterdir()
    damage(place)
    assert done(shared(kept), lambda _: section(2.0)).facts == {"value": 2.0}
    assert [path.name for path in kept.iterdir()] == [place.name]


def test_many_processes_write_and_read_one_section_at_once(tmp_path: Path) -> None:
    code = """
import sys
from pathlib import Path
import pandas as pd
from isthmus.execution.workshop import LocalWorkshop
from isthmus.study.section import Parts
def make(work):
    work.piece("one", lambda: Parts({"value": 1}, {}))
    return Parts({"value": 1}, {"table": pd.DataFrame({"value": range(2000)})})
print("ready", flush=True)
sys.stdin.readline()
shops = [LocalWorkshop(Path(sys.argv[1]), lambda *_: None, 1, fresh=fresh, shared=True) for fresh in (False, True)]
for number in range(40):
    shop = shops[number % 4 == 3]
    shop.begin("value", str(number // 2), make)
    assert len(shop.finished()[1].tables["table"]) == 2000
"""
    words = [sys.executable, "-c", code, str(tmp_path)]
    pipe = subprocess.PIPE
    runs = [subprocess.Popen(words, stdin=pipe, stdout=pipe, stderr=pipe, text=True) for _ in range(3)]
    for run in runs:
        assert run.stdout is not None
        assert run.stdout.readline() == "ready\n"
    for run in runs:
        assert run.stdin is not None
        run.stdin.write("go\n")
        run.stdin.flush()
    ended = [run.communicate() for run in runs]
    assert [(run.returncode, error) for run, (_, error) in zip(runs, ended, strict=True)] == [(0, "")] * 3
    assert len(list(tmp_path.iterdir())) == 20
