"""Work that was finished is taken up again, and the eye sees each station begin and end once."""

import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from isthmus.execution import workshop
from isthmus.execution.workshop import LocalWorkshop, bar
from isthmus.study.section import Parts
from isthmus.study.station import Work


class Watch:
    """Keeps what a workshop shows."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, float, float | None]] = []

    def __call__(self, station: str, share: float, left: float | None) -> None:
        self.seen.append((station, share, left))


def section(value: float = 1.0) -> Parts:
    return Parts({"value": value}, {"table": pd.DataFrame({"value": [value]})})


def test_a_finished_station_is_taken_up_again_until_what_it_depends_on_changes(tmp_path: Path) -> None:
    first = LocalWorkshop(tmp_path, Watch())
    first.section("value", "key", lambda _: section())
    second = LocalWorkshop(tmp_path, Watch())
    kept = second.section("value", "key", lambda _: pytest.fail("made again"))
    assert second.resumed == ["value"]
    assert kept.facts == {"value": 1.0}
    pd.testing.assert_frame_equal(kept.tables["table"], section().tables["table"])
    made = second.section("value", "another key", lambda _: section(2.0))
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
        LocalWorkshop(tmp_path, Watch()).section("value", "key", lambda work: make(work, stop=True))
    made = LocalWorkshop(tmp_path, Watch()).section("value", "key", lambda work: make(work, stop=False))
    assert calls == ["one", "two"]
    assert made.facts == {"value": 2.0}


def test_fresh_forgets_what_is_kept(tmp_path: Path) -> None:
    LocalWorkshop(tmp_path, Watch()).section("value", "key", lambda _: section())
    anew = LocalWorkshop(tmp_path, Watch(), fresh=True)
    assert anew.section("value", "key", lambda _: section(3.0)).facts == {"value": 3.0}
    assert anew.resumed == []


def test_each_station_is_shown_to_begin_and_to_end_once(tmp_path: Path) -> None:
    watch = Watch()

    def make(work: Work) -> Parts:
        for share in (0.0, 0.5, 1.0):
            work.progress(share)
        return section()

    LocalWorkshop(tmp_path, watch).section("value", "key", make)
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
    found: list[int] = []

    def make(work: Work) -> Parts:
        found.extend(work.map(lambda item: item * item, range(5)))
        return section()

    LocalWorkshop(tmp_path, Watch(), processes=2).section("value", "key", make)
    assert found == [0, 1, 4, 9, 16]


def break_off(place: Path) -> None:
    (place / "facts.json").write_text("{", encoding="utf-8")


def leave_out(place: Path) -> None:
    (place / "tables" / "table.parquet").unlink()


def add(place: Path) -> None:
    (place / "tables" / "more.parquet").write_bytes(b"more")


def change(place: Path) -> None:
    other = LocalWorkshop(place.parent.parent / "other", Watch())
    other.section("value", "key", lambda _: section(5.0))
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
    LocalWorkshop(kept, Watch()).section("value", "key", lambda _: section())
    (place,) = kept.iterdir()
    damage(place)
    anew = LocalWorkshop(kept, Watch())
    made = anew.section("value", "key", lambda _: section(2.0))
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
    LocalWorkshop(kept, Watch()).section("value", "key", lambda _: section())
    (place,) = kept.iterdir()
    for name in ("facts.json", "digests.json", "tables/table.parquet", "tables/table.pkl"):
        (place / name).write_bytes(pickle.dumps(Trap()))
    LocalWorkshop(kept, Watch()).section("value", "key", lambda _: section())
    assert not (tmp_path / "ran").exists()
    assert {path.suffix for path in kept.rglob("*") if path.is_file()} == {".json", ".parquet"}


def test_a_run_sees_the_same_whether_it_was_stopped_or_not(tmp_path: Path) -> None:
    mixed = pd.DataFrame(
        {"flag": [True, False], "whole": [1, 2], "number": [0.1, None], "text": ["a", ""]}, index=[3, 7]
    )
    facts = {"years": (2030, 2036), "text": "китай 中国", "none": None}
    made = [
        LocalWorkshop(tmp_path, Watch()).section("value", "key", lambda _: Parts(facts, {"b": mixed, "a": mixed[:0]}))
        for _ in range(2)
    ]
    assert made[0].facts == made[1].facts == {**facts, "years": [2030, 2036]}
    assert list(made[0].tables) == list(made[1].tables) == ["b", "a"]
    for found in made:
        pd.testing.assert_frame_equal(found.tables["b"], mixed)


def test_columns_that_mix_numbers_and_text_are_named(tmp_path: Path) -> None:
    mixed = Parts({}, {"odd": pd.DataFrame({"year": [2030, "long_run"]})})
    with pytest.raises(ValueError, match="table odd cannot be kept"):
        LocalWorkshop(tmp_path, Watch()).section("value", "key", lambda _: mixed)


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
    LocalWorkshop(tmp_path / "kept", Watch()).section("value", "key", lambda _: section())
    CHANGES[kind](package)
    made = LocalWorkshop(tmp_path / "kept", Watch()).section("value", "key", lambda _: section(2.0))
    same = kind in ("nothing", "what Python compiled")
    assert made.facts == {"value": 1.0 if same else 2.0}


def test_another_version_of_a_package_that_computes_makes_kept_work_anew(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    LocalWorkshop(tmp_path, Watch()).section("value", "key", lambda _: section())
    real = workshop.metadata.version
    monkeypatch.setattr(workshop.metadata, "version", lambda name: "0.0" if name == "scipy" else real(name))
    assert LocalWorkshop(tmp_path, Watch()).section("value", "key", lambda _: section(2.0)).facts == {"value": 2.0}


@pytest.mark.parametrize("processes", [1, 2])
def test_many_pieces_show_the_share_done_and_the_time_left(processes: int, tmp_path: Path) -> None:
    watch = Watch()

    def make(work: Work) -> Parts:
        work.map(lambda item: item, range(40))
        return section()

    LocalWorkshop(tmp_path, watch, processes=processes).section("value", "key", make)
    between = [(share, left) for _, share, left in watch.seen if 0 < share < 1]
    assert [share for share, _ in between] == pytest.approx([step / 20 for step in range(1, 20)])
    assert all(left is not None and left >= 0 for _, left in between)


def test_without_a_terminal_quarters_are_told_with_the_time_left(capsys: pytest.CaptureFixture[str]) -> None:
    for share in (0.2, 0.25, 0.3, 0.75):
        bar("value", share, 3.0)
    assert capsys.readouterr().err == "value: 25% done, about 3 s left\nvalue: 75% done, about 3 s left\n"
