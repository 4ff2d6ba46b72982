"""Track every target: verdict, pace, projection with its range and chance, and what would change the verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from isthmus.core.errors import BadInputError
from isthmus.plans.plan import Target
from isthmus.tracking.future import Future, project
from isthmus.tracking.indicator import Observation, Series, Unused, gather, release_lag, statuses
from isthmus.tracking.measure import MeasuredTarget, Refusal, measure, shown
from isthmus.tracking.pace import VERDICTS, Pace, judge, needed_for_on_track, path_value
from isthmus.tracking.rules import rule_in_words

ASSUMED_LAG = 180
"""Days from the end of a year to its figure where no publication date is known."""

STATUS_COLUMNS = (
    "target", "verdict", "rule", "required_pace", "observed_pace", "projected", "low", "high", "chance", "next_change",
    "partner", "objective", "theme", "indicator", "kind", "operator", "value", "unit", "year", "pace_unit", "ratio",
    "start_year", "start_value", "now", "better", "form", "rule_code", "base_year",
    "base_value", "base_from", "plan_base", "latest_year", "latest_value", "latest_age_years",
    "points", "redefined", "next_basis", "next_year", "next_needed", "chance_basis", "status",
)  # fmt: skip


@dataclass(frozen=True)
class Tracking:
    """What tracking found.

    Attributes
    ----------
    status
        One row a target, columns `STATUS_COLUMNS`.
    ladder
        Points for drawing: target, series (observed, required, projected), year, value, low, high, in the target's own terms.
    unused
        Observations that were set aside, with the reason.
    scoreboard
        Number of targets by verdict for every partner, objective and theme.
    """

    status: pd.DataFrame
    ladder: pd.DataFrame
    unused: pd.DataFrame
    scoreboard: pd.DataFrame


def track(targets: Sequence[Target], observations: Sequence[Observation], as_of: str) -> Tracking:
    """Judge every target on what had been published by a date.

    Parameters
    ----------
    targets
        Targets of any plans; ids must be unique.
    observations
        Published values with their provenance.
    as_of
        Date, ``YYYY-MM-DD``; nothing later is used.

    Raises
    ------
    BadInputError
        For a date that is none, a repeated target id, contradicting values, or mixed units.

    Notes
    -----
    The verdict compares the observed with the required pace: at least 0.95 of it is on track, 0.6 moderate, 0 limited, and
    below 0 moving away. The pace is a compound growth ratio where all values have one sign, a difference a year for shares,
    ranks, sign changes and zeros.
    """
    day = _day(as_of)
    _require_unique(targets)
    series, reference, unused = gather(targets, observations, day)
    rows: list[dict[str, Any]] = []
    ladder: list[dict[str, Any]] = []
    for target in targets:
        own = series.get(target.id)
        m = measure(target, own, reference.get(target.id))
        pace = judge(m)
        future = project(m, pace)
        rows.append(_row(target, own, m, pace, future, day))
        ladder.extend(_steps(target, m, pace, future))
    status = pd.DataFrame(rows, columns=list(STATUS_COLUMNS))
    return Tracking(status, _ladder(ladder), _unused(unused), scoreboard(status))


def scoreboard(status: pd.DataFrame) -> pd.DataFrame:
    """Count targets by verdict for all partners, each partner, objective and theme.

    Returns
    -------
    Columns partner, by (``all``, ``objective``, ``theme``), name, targets, one column a verdict, and chance_mean (the mean
    over targets that have a chance).
    """
    rows = []
    for partner, own in status.groupby("partner", sort=False):
        groups = [("all", "", own)]
        for by in ("objective", "theme"):
            groups += [(by, str(name), part) for name, part in own.groupby(by, sort=False) if name]
        for by, name, part in groups:
            counts = part["verdict"].value_counts()
            rows.append(
                {"partner": partner, "by": by, "name": name, "targets": len(part)}
                | {verdict: int(counts.get(verdict, 0)) for verdict in VERDICTS}
                | {"chance_mean": part["chance"].mean()}
            )
    return pd.DataFrame(rows, columns=["partner", "by", "name", "targets", *VERDICTS, "chance_mean"])


def gap_closed(status: pd.DataFrame, changes: pd.DataFrame) -> pd.DataFrame:
    """Return which share of each target's gap the modelled levers close by its deadline.

    Parameters
    ----------
    status
        From `track`.
    changes
        Columns target, low, median, central, high: modelled change of the target's indicator by the deadline against a world
        without the levers, in the target's own terms; empty where the target's own number goes into a lever, so that the
        model says nothing about reaching it.

    Returns
    -------
    Columns target, partner, gap (target less the last observed value), low, median, central, high (fractions of the gap, positive
    towards the target). Targets without a gap to close, or without an observed value, are left out.
    """
    joined = changes.merge(status[["target", "partner", "value", "now", "better"]], on="target", how="inner")
    gap = joined["value"] - joined["now"]
    open_gaps = gap.notna() & (gap * joined["better"] > 0)
    joined, gap = joined[open_gaps], gap[open_gaps]
    shares = joined[["low", "median", "central", "high"]].div(gap, axis=0)
    ends = pd.DataFrame({"low": shares.min(axis=1), "median": shares["median"], "central": shares["central"]})
    ends = ends.assign(high=shares.max(axis=1))
    found = pd.concat([joined[["target", "partner"]].assign(gap=gap), ends], axis=1)
    return found.reset_index(drop=True)


def _day(as_of: str) -> np.datetime64:
    try:
        if len(as_of) != len("2026-01-31"):
            raise ValueError(as_of)
        return np.datetime64(as_of, "D")
    except ValueError as error:
        raise BadInputError(
            "as-of date", f"found {as_of!r}", allowed="YYYY-MM-DD", remedy="correct the date"
        ) from error


def _require_unique(targets: Sequence[Target]) -> None:
    ids = [target.id for target in targets]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        raise BadInputError(
            "targets",
            f"id {twice[0]!r} stands {ids.count(twice[0])} times",
            allowed="each id once",
            remedy="rename the rows",
        )


def _row(
    target: Target, series: Series | None, m: MeasuredTarget | Refusal, pace: Pace, future: Future, day: np.datetime64
) -> dict[str, Any]:
    measured = m if isinstance(m, MeasuredTarget) else None
    when, basis = _next_change(target, series, pace, day)
    needed = needed_for_on_track(measured, pace) if measured else None
    nan = float("nan")
    return {
        "target": target.id, "verdict": pace.verdict, "rule": rule_in_words(measured, pace),
        "required_pace": pace.required, "observed_pace": pace.observed,
        "projected": future.middle[-1] if future.middle else nan, "low": future.low[-1] if future.low else nan,
        "high": future.high[-1] if future.high else nan, "chance": future.chance, "next_change": when,
        "partner": target.partner, "objective": target.objective or target.file, "theme": target.theme,
        "indicator": target.indicator,
        "kind": str(target.kind), "operator": target.operator, "value": nan if target.value is None else target.value,
        "unit": target.unit, "year": target.year,
        "pace_unit": "" if not np.isfinite(pace.required) else "fraction/yr" if pace.compound else _pace_unit(target, series),
        "ratio": pace.ratio, "start_year": pace.start, "start_value": _start(measured, pace), "now": _now(measured, pace),
        "better": measured.better if measured else 0, "form": measured.form if measured else "", "rule_code": pace.code,
        "base_year": measured.base_year if measured else target.base_year,
        "base_value": nan if measured is None or measured.base_value is None else measured.base_value,
        "base_from": measured.base_from if measured else "",
        "plan_base": measured.plan_base if measured else None, "latest_year": pace.latest, "latest_value": pace.latest_value,
        "latest_age_years": None if pace.latest is None else int(str(day)[:4]) - pace.latest,
        "points": len(series.points) if series else 0, "redefined": measured.redefined if measured else None,
        "next_basis": basis, "next_year": needed[0] if needed else None,
        "next_needed": needed[1] if needed else nan, "chance_basis": future.basis,
        "status": statuses(series.points) if series else "",
    }  # fmt: skip


def _start(m: MeasuredTarget | None, pace: Pace) -> float:
    """Return the value the observed pace starts from, in the target's own terms; NaN where there is none."""
    if m is None or m.form not in ("level", "event") or pace.start is None:
        return float("nan")
    if pace.start == m.base_year and m.base_value is not None:
        return shown(m, m.base_value)
    at = np.flatnonzero(m.years == pace.start)
    return shown(m, float(m.values[at[0]])) if at.size else float("nan")


def _now(m: MeasuredTarget | None, pace: Pace) -> float:
    """Return the last observed value in the target's own terms."""
    if m is None or not np.isfinite(pace.latest_value):
        return float("nan")
    if m.form in ("flow", "gap"):
        return pace.latest_value
    return 100 * pace.observed if m.form == "growth" else shown(m, pace.latest_value)


def _pace_unit(target: Target, series: Series | None) -> str:
    unit = series.unit if series is not None and series.unit else target.unit
    return "pp/yr" if unit.startswith("%") else f"{unit or 'units'}/yr"


def _next_change(target: Target, series: Series | None, pace: Pace, day: np.datetime64) -> tuple[str, str]:
    """Return the date at which a new figure can change the verdict, and what the date rests on."""
    if pace.final:
        return "", "final"
    if pace.code in ("no_number", "no_year"):
        return "", "never"
    if series is None or not series.years.size or pace.latest is None:
        return "", "first_observation"
    lag = release_lag(series)
    date = np.datetime64(f"{int(series.years[-1]) + 1:04d}-12-31", "D") + np.timedelta64(
        ASSUMED_LAG if lag is None else lag, "D"
    )
    if date <= day:
        return str(day), "overdue"
    return str(date), "assumed_lag" if lag is None else "release_dates"


def _steps(target: Target, m: MeasuredTarget | Refusal, pace: Pace, future: Future) -> list[dict[str, Any]]:
    """Return the points of the ladder: observed, required and projected, in the target's own terms."""
    if isinstance(m, Refusal):
        return []
    nan = float("nan")
    steps: list[tuple[str, int, float, float, float]] = []
    if m.form in ("level", "event"):
        steps += [("observed", int(y), shown(m, float(v)), nan, nan) for y, v in zip(m.years, m.values, strict=True)]
        if pace.origin is not None and np.isfinite(pace.required):
            steps += [
                ("required", y, shown(m, path_value(m, pace, y)), nan, nan) for y in range(pace.origin, m.due + 1)
            ]
    steps += [
        ("projected", y, v, a, b)
        for y, v, a, b in zip(future.years, future.middle, future.low, future.high, strict=True)
    ]
    return [
        dict(zip(("target", "series", "year", "value", "low", "high"), (target.id, *step), strict=True))
        for step in steps
    ]


def _ladder(steps: list[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(steps, columns=["target", "series", "year", "value", "low", "high"])


def _unused(unused: Sequence[Unused]) -> pd.DataFrame:
    columns = ["row", "indicator", "target", "year", "value", "unit", "reason"]
    rows = [
        (
            u.observation.row,
            u.observation.indicator,
            u.target,
            u.observation.year,
            u.observation.value,
            u.observation.unit,
            u.reason,
        )
        for u in unused
    ]
    return pd.DataFrame(rows, columns=columns)
