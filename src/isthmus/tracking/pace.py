"""Required against observed pace, and the verdict that follows from their ratio."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from isthmus.tracking.measure import WINDOW, MeasuredTarget, Refusal, met

PaceVerdict = Literal["achieved", "on_track", "moderate", "limited", "away", "no_data", "not_comparable"]

VERDICTS: tuple[PaceVerdict, ...] = ("achieved", "on_track", "moderate", "limited", "away", "no_data", "not_comparable")

CLASSES: tuple[tuple[float, PaceVerdict], ...] = ((0.95, "on_track"), (0.60, "moderate"), (0.0, "limited"))
"""Least ratio of observed to required pace of each class; below the last one the indicator moves away."""


@dataclass(frozen=True)
class Pace:
    """How fast a target's indicator must move and how fast it does.

    Attributes
    ----------
    verdict, code
        The class, and the rule that gave it.
    required, observed
        Per year: a fraction where `compound`, else in units of the series; NaN where there is none.
    compound
        Whether the pace is a growth ratio.
    ratio
        Observed over required pace, 1 or more when on course; NaN where it has no meaning.
    start, latest
        Years the observed pace runs between.
    origin, origin_value
        Point the required pace runs from.
    latest_value
        Last observed value, NaN without one.
    final
        Whether the deadline's own value is known, so that nothing can change any more.
    """

    verdict: PaceVerdict
    code: str
    required: float = float("nan")
    observed: float = float("nan")
    compound: bool = False
    ratio: float = float("nan")
    start: int | None = None
    latest: int | None = None
    origin: int | None = None
    origin_value: float = float("nan")
    latest_value: float = float("nan")
    final: bool = False


def judge(m: MeasuredTarget | Refusal) -> Pace:
    """Return the verdict on a measured target with the paces behind it."""
    if isinstance(m, Refusal):
        return Pace(m.verdict, m.code)
    if m.form == "flow":
        return _flow(m)
    if m.form == "gap":
        return _gap(m)
    last = _last(m)
    if last is None:
        return Pace("no_data", "only_later")
    year, value = last
    return _reached(m, year, value) if m.form == "event" and (met(m, value) or value <= 0) else _level(m, year, value)


def classify(ratio: float) -> PaceVerdict:
    """Return the class of a ratio of observed to required pace."""
    return next((verdict for least, verdict in CLASSES if ratio >= least - 1e-12), "away")


def path_value(m: MeasuredTarget, pace: Pace, year: int) -> float:
    """Return the value the required path passes in `year`, in units of the series; NaN where there is no path."""
    if pace.origin is None or not np.isfinite(pace.required):
        return float("nan")
    return _ahead(pace.origin_value, pace.required, year - pace.origin, pace.compound)


def needed_for_on_track(m: MeasuredTarget, pace: Pace) -> tuple[int, float] | None:
    """Return the next year of data and the value in it that would just be on track; None where nothing can change."""
    if pace.latest is None or pace.final or not np.isfinite(pace.required) or m.form == "event":
        return None
    following = pace.latest + 1
    least = CLASSES[0][0]
    if following >= m.due:
        return following, m.goal
    if pace.origin is None:
        return None
    return following, _ahead(pace.origin_value, least * pace.required, following - pace.origin, pace.compound)


def _last(m: MeasuredTarget) -> tuple[int, float] | None:
    """Return the last observed point up to the deadline."""
    known = np.flatnonzero(m.years <= m.due)
    return (int(m.years[known[-1]]), float(m.values[known[-1]])) if known.size else None


def _reached(m: MeasuredTarget, year: int, value: float) -> Pace:
    """Judge an event that has happened, or of which nothing is to be seen yet."""
    final = year >= m.due
    if met(m, value):
        return Pace("achieved", "met_at_deadline" if final else "met_now", latest=year, latest_value=value, final=True)
    verdict: PaceVerdict = "away" if final else "limited"
    return Pace(verdict, "event_missed" if final else "event_pending", latest=year, latest_value=value, final=final)


def _level(m: MeasuredTarget, year: int, value: float) -> Pace:
    """Judge an indicator by where it stands, or else by its pace."""
    final = year >= m.due
    pace = replace(_paces(m, year, value), latest=year, latest_value=value, final=final)
    if met(m, value) and (m.form == "level" or final):
        return replace(pace, verdict="achieved", code="met_at_deadline" if final else "met_now")
    if not np.isfinite(pace.ratio):
        verdict: PaceVerdict = "not_comparable" if m.redefined is not None else "no_data"
        return Pace(verdict, "one_point", latest=year, latest_value=value, final=final)
    code = "missed" if final else "from_base" if pace.start == m.base_year else "recent"
    return replace(pace, verdict=classify(pace.ratio), code=code)


def _paces(m: MeasuredTarget, year: int, value: float) -> Pace:
    """Return required and observed pace up to the last observed point, without a verdict yet."""
    base = None if m.base_year is None or m.base_value is None else (m.base_year, m.base_value)
    start = base if base is not None and base[0] < year else _window(m, year)
    passed = base is not None and base[0] < year and _past(m, base[1])
    origin = (year, value) if base is None or passed else base
    ends = [origin[1], m.goal, value] + ([start[1]] if start is not None else [])
    compound = m.scale == "positive" and (min(ends) > 0 or max(ends) < 0)
    required = m.rate if m.form == "growth" else _pace(origin[1], m.goal, m.due - origin[0], compound)
    observed = float("nan") if start is None else _pace(start[1], value, year - start[0], compound)
    return Pace(
        "no_data", "", required, observed, compound, _ratio(m, required, observed),
        None if start is None else start[0], origin=origin[0], origin_value=origin[1],
    )  # fmt: skip


def _window(m: MeasuredTarget, year: int) -> tuple[int, float] | None:
    """Return the earliest point of the recent years, None where there is only one point."""
    earlier = np.flatnonzero((m.years < year) & (m.years >= year - WINDOW))
    return (int(m.years[earlier[0]]), float(m.values[earlier[0]])) if earlier.size else None


def _past(m: MeasuredTarget, value: float) -> bool:
    """Say whether the base already stands at or beyond the goal, so that no pace leads from it to the goal."""
    return m.form == "level" and m.better * (value - m.goal) >= 0


def _pace(start: float, end: float, span: int, compound: bool) -> float:
    """Return the yearly pace between two values: a growth ratio less one, or a difference."""
    if span <= 0:
        return float("nan")
    return float((end / start) ** (1 / span) - 1) if compound else (end - start) / span


def _ahead(value: float, pace: float, span: int, compound: bool) -> float:
    return float(value * (1 + pace) ** span) if compound else value + pace * span


def _ratio(m: MeasuredTarget, required: float, observed: float) -> float:
    """Return observed over required pace; a ceiling on a pace is read the other way round."""
    if not (np.isfinite(required) and np.isfinite(observed)):
        return float("nan")
    wanted = np.sign(required) if required else m.better
    if m.form in ("growth", "flow", "gap") and m.better != wanted:
        return _under_ceiling(required, observed)
    if required == 0:
        return 1.0 if m.better * observed >= 0 else -1.0
    return observed / required


def _under_ceiling(required: float, observed: float) -> float:
    """Return 1 or more while a pace stays under its ceiling, and how far under 1 it is when it does not."""
    return 1.0 if observed <= required else required / observed


def _flow(m: MeasuredTarget) -> Pace:
    """Judge a sum over the plan by the mean yearly flow."""
    assert m.base_year is not None
    inside = (m.years > m.base_year) & (m.years <= m.due)
    span = m.due - m.base_year
    required = m.goal / span
    known = m.years <= m.due
    if not known.any():
        return Pace("no_data", "only_later")
    year, value = int(m.years[known][-1]), float(m.values[known][-1])
    total = float(m.values[inside].sum())
    recent = inside if inside.any() else known & (m.years > year - WINDOW)
    observed = float(m.values[recent].mean())
    complete, final = int(inside.sum()) == span, year >= m.due
    code = "sum_recent" if not inside.any() else "sum" if int(inside.sum()) == year - m.base_year else "sum_gaps"
    ratio = _ratio(m, required, observed)
    pace = Pace(
        classify(ratio), code, required, observed, False, ratio, int(m.years[recent][0]) - 1, year, m.base_year, 0.0,
        total if inside.any() else value, final and complete,
    )  # fmt: skip
    if met(m, total) and (m.better > 0 or complete):
        return replace(pace, verdict="achieved", code="sum_reached", final=complete or m.better > 0)
    return pace


def _gap(m: MeasuredTarget) -> Pace:
    """Judge growth against the growth of another indicator by the means over the same years."""
    assert m.base_year is not None
    assert m.base_value is not None
    last = _last(m)
    if last is None or m.years.size < 2:
        return Pace("no_data", "only_later")
    year, value = last
    since = year > m.base_year
    start = m.base_year if since else int(max(m.years[0], year - WINDOW))
    mean_gap = (value - float(m.values[m.years == start][0])) / (year - start) if year > start else float("nan")
    required, observed = m.rate, m.rate + mean_gap
    ratio = _ratio(m, required, observed) if required > 0 else (1.0 if m.better * mean_gap >= 0 else -1.0)
    final = year >= m.due
    enough = m.better * mean_gap > 0 if m.strict else m.better * mean_gap >= -1e-12
    code = "missed" if final else "gap" if since else "gap_recent"
    pace = Pace(
        classify(ratio), code, required, observed, False, ratio, start, year, latest_value=observed, final=final
    )
    return replace(pace, verdict="achieved", code="gap_at_deadline") if final and enough else pace
