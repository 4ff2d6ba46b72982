"""The main job: stations in the order of the flow, each computed once for its inputs, findings out."""

from collections.abc import Callable, Sequence
from typing import Protocol

from isthmus.core.provenance import digest
from isthmus.study import alignment, border, evidence, levers, outcomes, plans, tracking, value, worlds
from isthmus.study.station import Findings, Section, Station, Work
from isthmus.study.study import Study

STATIONS: tuple[Station, ...] = (
    plans.STATION,
    alignment.STATION,
    border.STATION,
    levers.STATION,
    value.STATION,
    outcomes.STATION,
    worlds.STATION,
    tracking.STATION,
    evidence.STATION,
)
"""The flow, top to bottom."""


class Workshop(Protocol):
    """Where stations work: keeps finished sections and gives each station its means."""

    def section(self, station: str, key: str, make: Callable[[Work], Section]) -> Section:
        """Return the kept section of a station for a key, or make and keep it."""


def run(study: Study, workshop: Workshop, stations: Sequence[Station] = STATIONS) -> Findings:
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
        Sections by station, in the order of the flow; stations that do not apply are missing and named by the evidence.
    """
    findings: dict[str, Section] = {}
    keys: dict[str, str] = {}
    for station in stations:
        if not station.applies(study):
            continue
        needed = [name for name in station.needs if name in findings]
        parts = [station.name, *(f"{name}={study.digests.get(name, '')}" for name in station.inputs)]
        keys[station.name] = digest([*parts, *(keys[name] for name in needed)])
        earlier = {name: findings[name] for name in needed}

        def make(work: Work, station: Station = station, seen: Study = study, earlier: Findings = earlier) -> Section:
            return station.compute(seen, earlier, work)

        findings[station.name] = workshop.section(station.name, keys[station.name], make)
        if station.refine is not None:
            study = station.refine(study, findings[station.name])
    return findings
