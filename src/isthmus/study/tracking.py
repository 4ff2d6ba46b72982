"""Are both plans on course: the study's targets tracked by its observations, and what the modelled levers add."""

from typing import Any

import pandas as pd

from isthmus.study.labels import names
from isthmus.study.station import Findings, Section, Station, Work
from isthmus.study.study import Study
from isthmus.tracking.indicator import Observation
from isthmus.tracking.pace import VERDICTS
from isthmus.tracking.scoreboard import gap_closed, track

CHANGES = "target_changes"
"""Table of an earlier section with the modelled change of each target's indicator: target, low, central, high."""

_NAMES = ("indicator_ru", "indicator_zh")
_PROVENANCE = (
    "indicator", "year", "value", "unit", "breaks", "comparable", "source", "producer", "title", "address", "date", "licence",
    "processing", "status",
)  # fmt: skip


def compute(study: Study, findings: Findings, _: Work) -> Section:
    """Track every target of both plans."""
    found = track(study.targets, study.observations, study.as_of)
    status = found.status.copy()
    for name in _NAMES:
        status[name] = [getattr(target, name) for target in study.targets]
    tables = {
        "tracking_status": status,
        "tracking_ladder": found.ladder,
        "tracking_scoreboard": found.scoreboard,
        "tracking_unused": found.unused,
        "observations": _observations(study.observations),
    }
    changes = [section.tables[CHANGES] for section in findings.values() if CHANGES in section.tables]
    if changes:
        tables["tracking_gap_closed"] = gap_closed(found.status, pd.concat(changes, ignore_index=True))
    return Section(_facts(study, status, len(found.unused)), tables)


def _facts(study: Study, status: pd.DataFrame, unused: int) -> dict[str, Any]:
    counts = {
        partner: {v: int((status.loc[status["partner"] == partner, "verdict"] == v).sum()) for v in VERDICTS}
        for partner in study.partners
    }
    states = pd.Series([point.status.value for point in study.observations], dtype=str).value_counts()
    table = study.baseline.table
    names_by_label = names(table.economy_names if table else {})
    return {
        "as_of": study.as_of,
        "partners": list(study.partners),
        "names": {code: names_by_label.get(code, {}) for code in study.partners},
        "targets": len(status),
        "verdicts": counts,
        "observations": len(study.observations),
        "observed_targets": int((status["points"] > 0).sum()),
        "observation_status": {str(k): int(v) for k, v in states.items()},
        "unused": unused,
    }


def _observations(points: tuple[Observation, ...]) -> pd.DataFrame:
    rows = [{name: getattr(point, name) for name in _PROVENANCE} for point in points]
    return pd.DataFrame(rows, columns=list(_PROVENANCE)).rename(columns={"breaks": "break"})


STATION = Station(
    name="tracking",
    inputs=("targets", "observations", "settings"),
    needs=("outcomes", "value"),
    applies=lambda study: bool(study.targets and study.observations),
    compute=compute,
)
