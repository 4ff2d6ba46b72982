"""The main job: stations in the order of the flow, each computed once for what it reads, findings out."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol, cast

from isthmus.core.content import content_digest
from isthmus.core.provenance import digest
from isthmus.study.registry import STATIONS
from isthmus.study.section import Parts, Section, from_parts, to_parts
from isthmus.study.station import Findings, Station, View, Work
from isthmus.study.study import Study


class Workshop(Protocol):
    """Where stations work: keeps finished sections and gives each station its means."""

    def section(self, station: str, key: str, make: Callable[[Work], Parts]) -> Parts:
        """Return the kept section of a station for a key, or make and keep it."""


def run(study: Study, workshop: Workshop, stations: Sequence[Station[Any]] = STATIONS) -> Findings:
    """Compute every station that applies to the study.

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
    found, keys = Findings(), dict[str, str]()
    for station in stations:
        seen = cast("Study", View(study, station.name, station.reads))
        if not station.applies(seen):
            named = () if station.internal else (station.name,)
            found = Findings(found.sections, (*found.skipped, *named))
            continue
        earlier = Findings({n: s for n, s in found.sections.items() if isinstance(s, station.needs)}, found.skipped)
        keys[station.name] = _key(station, seen, earlier, keys)

        def make(work: Work, station: Station[Any] = station, seen: Study = seen, earlier: Findings = earlier) -> Parts:
            return to_parts(station.compute(seen, earlier, work))

        section: Section = from_parts(station.section, workshop.section(station.name, keys[station.name], make))
        found = Findings({**found.sections, station.name: section}, found.skipped)
        if station.refine is not None:
            study = station.refine(study, section)
    return found


def _key(station: Station[Any], seen: Study, earlier: Findings, keys: dict[str, str]) -> str:
    """Return the digest of everything a section depends on: what the station reads, and the earlier sections it needs."""
    read = [f"{name}={content_digest(getattr(seen, name))}" for name in station.reads]
    return digest([station.name, *read, *(f"{name}:{keys[name]}" for name in earlier.sections), *earlier.skipped])
