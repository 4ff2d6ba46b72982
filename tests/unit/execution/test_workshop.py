"""Work that was finished is taken up again, and the eye sees each station begin and end once."""

from pathlib import Path

import pandas as pd
import pytest

from isthmus.execution.workshop import LocalWorkshop, bar
from isthmus.study.station import Section, Work


class Watch:
    """Keeps what a workshop shows."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, float, float | None]] = []

    def __call__(self, station: str, share: float, left: float | None) -> None:
        self.seen.append((station, share, left))


def section(value: float = 1.0) -> Section:
    return Section({"value": value}, {"table": pd.DataFrame({"value": [value]})})


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

    def make(work: Work, stop: bool) -> Section:
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

    def make(work: Work) -> Section:
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

    def make(work: Work) -> Section:
        found.extend(work.map(lambda item: item * item, range(5)))
        return section()

    LocalWorkshop(tmp_path, Watch(), processes=2).section("value", "key", make)
    assert found == [0, 1, 4, 9, 16]
