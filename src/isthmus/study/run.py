"""The main job: stations side by side as far as the flow allows, each computed once for what it reads, findings out."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, Protocol, cast

from isthmus.core.content import content_digest
from isthmus.core.provenance import digest
from isthmus.study.registry import STATIONS
from isthmus.study.section import Parts, Section, from_parts, to_parts
from isthmus.study.station import Findings, Station, View, Work
from isthmus.study.study import Study


class Workshop(Protocol):
    """Where stations work: keeps finished sections and gives each station its means."""

    @property
    def free(self) -> bool:
        """Whether another station can be begun now; always, when none is at work."""

    def begin(self, station: str, key: str, make: Callable[[Work], Parts]) -> None:
        """Take up a station: the section kept for its key, or the work of making it."""

    def finished(self) -> tuple[str, Parts]:
        """Wait until a station that was begun is finished and return its name and section."""

    def leave(self) -> None:
        """Give up what is still at work."""


def run(study: Study, workshop: Workshop, stations: Sequence[Station[Any]] = STATIONS) -> Findings:
    """Compute every station that applies to the study.

    A station begins as soon as the sections it needs are there and the study is refined by all that do so before it; of
    several the one that most work hangs on. What it sees, and so its result, is the same in whatever order others end.

    Parameters
    ----------
    study
        What was read.
    workshop
        Keeps finished work, so that a stopped run resumes, and shows progress.

    Returns
    -------
    Findings
        Sections by station, in the order of the flow, and the stations that do not apply.
    """
    flow = _Flow(study, stations)
    try:
        while flow.open:
            flow.reach()
            while workshop.free and (one := flow.next_ready()) is not None:
                workshop.begin(one.station.name, *flow.begin(one))
            if flow.open:
                flow.finish(*workshop.finished())
    finally:
        workshop.leave()
    return flow.findings()


@dataclass(frozen=True, eq=False, kw_only=True)
class _Reached:
    """A station that applies, with what it sees of the study and what was skipped at its place in the flow."""

    station: Station[Any]
    seen: Study
    skipped: tuple[str, ...]


class _Flow:
    """How far a run has come: stations are reached in their order, begun when what they need is there, and finished."""

    def __init__(self, study: Study, stations: Sequence[Station[Any]]) -> None:
        self._study, self._due, self._ways = study, deque(stations), _ways(stations)
        self._reached: dict[str, _Reached] = {}
        self._skipped: tuple[str, ...] = ()
        self._keys: dict[str, str] = {}
        self._sections: dict[str, Section] = {}
        self._digests: dict[int, tuple[object, str]] = {}

    @property
    def open(self) -> bool:
        """Whether a station is not finished."""
        return bool(self._due) or len(self._sections) < len(self._reached)

    def reach(self) -> None:
        """Ask stations whether they apply, up to the next that refines the study for those behind it."""
        while self._due and not any(
            one.station.refine and name not in self._sections for name, one in self._reached.items()
        ):
            station = self._due.popleft()
            seen = cast("Study", View(self._study, station.name, station.reads))
            if station.applies(seen):
                self._reached[station.name] = _Reached(station=station, seen=seen, skipped=self._skipped)
            elif not station.internal:
                self._skipped = (*self._skipped, station.name)

    def next_ready(self) -> _Reached | None:
        """Return the station to begin next, None when all that are left wait for others."""
        waiting = (one for name, one in self._reached.items() if name not in self._keys)
        ready = (one for one in waiting if all(name in self._sections for name in self._needed(one)))
        return max(ready, key=lambda one: self._ways[one.station.name], default=None)

    def begin(self, one: _Reached) -> tuple[str, Callable[[Work], Parts]]:
        """Return the key of a station's section and its work."""
        station, needed = one.station, self._needed(one)
        earlier = Findings({name: self._sections[name] for name in needed}, one.skipped)
        read = [f"{name}={self._digest(getattr(one.seen, name))}" for name in station.reads]
        key = digest([station.name, *read, *(f"{name}:{self._keys[name]}" for name in needed), *one.skipped])
        self._keys[station.name] = key
        return key, lambda work: to_parts(station.compute(one.seen, earlier, work))

    def finish(self, name: str, parts: Parts) -> None:
        """Take the section of a station, and refine the study with it."""
        station = self._reached[name].station
        section = self._sections[name] = from_parts(station.section, parts)
        if station.refine is not None:
            self._study = station.refine(self._study, section)

    def findings(self) -> Findings:
        """Return all sections in the order of the flow."""
        return Findings({name: self._sections[name] for name in self._reached}, self._skipped)

    def _digest(self, value: object) -> str:
        """Return the digest of a field of the study, made once for all stations; the value is held, so that none takes its id."""
        if id(value) not in self._digests:
            self._digests[id(value)] = value, content_digest(value)
        return self._digests[id(value)][1]

    def _needed(self, one: _Reached) -> list[str]:
        """Return the stations before this one whose sections it needs."""
        before = takewhile(lambda other: other is not one, self._reached.values())
        return [other.station.name for other in before if issubclass(other.station.section, one.station.needs)]


def _ways(stations: Sequence[Station[Any]]) -> dict[str, float]:
    """Return for every station the work on the longest way from its beginning to the end of the run."""
    ways: dict[str, float] = {}
    for at in reversed(range(len(stations))):
        station = stations[at]
        after = (o for o in stations[at + 1 :] if station.refine or issubclass(station.section, o.needs))
        ways[station.name] = station.weight + max((ways[other.name] for other in after), default=0.0)
    return ways
