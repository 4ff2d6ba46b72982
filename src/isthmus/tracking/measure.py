"""Bring every kind of target to one form: a series, a goal on the same scale, and the point the goal is counted from."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from isthmus.plans.plan import Kind, Target
from isthmus.tracking.indicator import PERCENT, PERCENT_A_YEAR, Series, unit_key

TargetScale = Literal["positive", "share", "rank", "plain"]

WINDOW = 5
"""Years of recent pace that count where nothing was observed since the base."""

APPROXIMATE = 0.01
"""A target stated as about a value counts as met within this fraction of it."""

_SHARES = {PERCENT, "pp", "ratio", "share", "fraction"}


@dataclass(frozen=True)
class Refusal:
    """Why no pace can be computed."""

    verdict: Literal["no_data", "not_comparable"]
    code: str


@dataclass(frozen=True)
class MeasuredTarget:
    """A target and its observations on one scale.

    Attributes
    ----------
    years, values
        Observed points on the present definition, oldest first.
    goal, better, strict
        Value to reach, whether more (+1) or less (-1) is better, and whether reaching it exactly is not enough.
    due
        Year of the goal.
    base_year, base_value, base_from
        Point the goal is counted from; `base_from` says whether it is the plan's figure, the outturn
        observed since, or provisionally the latest value while the base year itself is not yet observed.
    plan_base
        The plan's own figure where an outturn replaced it.
    scale
        Natural limits of the values.
    form
        ``level`` for values that are judged as they stand; ``growth``, ``flow``, ``gap`` and ``event`` are judged over the
        plan: an average growth, a sum of yearly flows, a distance to another indicator, something that happens.
    show
        Offset and factor that bring `values` to the target's own terms.
    rate
        Yearly growth the target asks for, as a fraction (form ``growth``).
    redefined
        Year since which the present definition holds, where there was another before.
    """

    years: np.ndarray
    values: np.ndarray
    goal: float
    better: int
    strict: bool
    due: int
    base_year: int | None
    base_value: float | None
    base_from: str = ""
    plan_base: float | None = None
    scale: TargetScale = "plain"
    form: Literal["level", "growth", "flow", "gap", "event"] = "level"
    show: tuple[float, float] = (0.0, 1.0)
    rate: float = 0.0
    redefined: int | None = None


def measure(target: Target, series: Series | None, reference: Series | None = None) -> MeasuredTarget | Refusal:
    """Return the target on the scale of its observations, or why that cannot be done.

    Parameters
    ----------
    target
        Any kind of target.
    series
        Its observations, None where there are none.
    reference
        Observations of the indicator that a relative target is compared with.
    """
    if target.kind is Kind.QUALITATIVE or (target.value is None and target.kind not in (Kind.RELATIVE, Kind.MILESTONE)):
        return Refusal("no_data", "no_number")
    if target.year is None:
        return Refusal("no_data", "no_year")
    if series is None or not series.years.size:
        return _nothing(series)
    if target.kind is Kind.RELATIVE:
        return _relative(target, series, reference)
    if target.kind is Kind.GROWTH:
        return _growth(target, series)
    if target.kind is Kind.CUMULATIVE:
        return _cumulative(target, series)
    if target.kind is Kind.MILESTONE:
        return _event(target, series)
    if target.kind in (Kind.LEVEL, Kind.RANK):
        return _level(target, series)
    return _change(target, series)


def shown(m: MeasuredTarget, value: float) -> float:
    """Return a value of the series in the target's own terms (a change, a multiple, an average growth)."""
    if m.form == "growth" and m.base_year is not None and m.base_value:
        span = m.due - m.base_year
        return 100 * (float(np.power(max(value, 0.0) / m.base_value, 1 / span)) - 1) if span > 0 else float("nan")
    return m.show[0] + m.show[1] * value


def met(m: MeasuredTarget, value: float) -> bool:
    """Say whether a value reaches the goal."""
    slack = 1e-9 * max(1.0, abs(m.goal))
    distance = m.better * (value - m.goal)
    return bool(distance > slack) if m.strict else bool(distance >= -slack)


def _nothing(series: Series | None) -> Refusal:
    if series is not None and series.other_measure:
        return Refusal("not_comparable", "other_measure")
    if series is not None and series.other_unit:
        return Refusal("not_comparable", "other_unit")
    return Refusal("no_data", "no_observation")


def _present(series: Series) -> tuple[np.ndarray, np.ndarray, int | None]:
    """Return years and values on the present definition and the year it began, None where there was only one."""
    broken = np.flatnonzero(series.breaks)
    start = int(broken[-1]) if broken.size else 0
    begun = int(series.years[start]) if broken.size else None
    return series.years[start:], series.values[start:], begun


def _at(years: np.ndarray, values: np.ndarray, year: int | None) -> float | None:
    spot = np.flatnonzero(years == year) if year is not None else np.array([], dtype=int)
    return float(values[spot[0]]) if spot.size else None


def _sense(target: Target, goal: float, start: float | None) -> int:
    """Return +1 where more is better, -1 where less is, 0 where nothing tells."""
    if target.operator in (">=", ">", "<=", "<"):
        return 1 if target.operator in (">=", ">") else -1
    if target.direction:
        return 1 if target.direction == "up" else -1
    return int(np.sign(goal - start)) if start is not None else 0


def _level(target: Target, series: Series) -> MeasuredTarget | Refusal:
    assert target.value is not None
    assert target.year is not None
    years, values, begun = _present(series)
    base_year, base, origin, plan_base = target.base_year, target.base_value, "plan", None
    if begun is not None and (base_year is None or base_year < begun):
        if years.size < 2:
            return Refusal("not_comparable", "break")
        base_year, base = None, None
    outturn = _at(years, values, base_year)
    if outturn is not None:
        plan_base = base if base is not None and not np.isclose(base, outturn) else None
        base, origin = outturn, "outturn"
    goal, strict = target.value, target.operator in (">", "<")
    first = base if base is not None else float(values[max(0, int(np.searchsorted(years, years[-1] - WINDOW)))])
    better = (
        -1 if target.kind is Kind.RANK else _sense(target, goal, first if base is not None or years.size > 1 else None)
    )
    unclear = (
        target.operator == "~" and not target.direction and base is None and abs(values[-1] - goal) >= abs(first - goal)
    )
    if (better == 0 or unclear) and not np.isclose(values[-1], goal, rtol=APPROXIMATE):
        return Refusal("not_comparable", "no_direction")
    better = better or 1
    if target.operator == "~":
        goal -= better * APPROXIMATE * abs(goal)
    if target.operator in ("=", "") and base is None and better * (values[-1] - goal) > 1e-9 * abs(goal):
        return Refusal("not_comparable", "passed_without_base")
    scale: TargetScale = "rank" if target.kind is Kind.RANK else _scale(series.unit, np.append(values, goal))
    return MeasuredTarget(
        years, values, goal, better, strict, target.year, base_year if base is not None else None, base,
        origin if base is not None else "", plan_base, scale, redefined=begun,
    )  # fmt: skip


def _change(target: Target, series: Series) -> MeasuredTarget | Refusal:
    """Measure a change from a base: percent, points, absolute or a multiple."""
    assert target.value is not None
    assert target.year is not None
    years, values, begun = _present(series)
    if begun is not None and (target.base_year is None or target.base_year < begun):
        return Refusal("not_comparable", "break_after_base")
    years, values, unit = _as_index(target, years, values, series.unit)
    base, origin = _base_of_change(target, years, values, unit)
    stated = _stated_base(target)
    if base is None or target.base_year is None:
        return Refusal("no_data", "no_base")
    kind, v = target.kind, target.value
    if _contradicts_itself(target):
        return Refusal("not_comparable", "sign")
    if kind in (Kind.CHANGE_PCT, Kind.MULTIPLE):
        if base <= 0:
            return Refusal("not_comparable", "base_zero")
        goal = base * (1 + v / 100 if kind is Kind.CHANGE_PCT else v)
        show = (-100.0, 100.0 / base) if kind is Kind.CHANGE_PCT else (0.0, 1.0 / base)
    else:
        goal, show = base + v, (-base, 1.0)
    better = _change_sense(target, goal, base)
    if target.operator == "~":
        goal = base + (goal - base) * (1 - 5 * APPROXIMATE)
    plan_base = stated if origin == "outturn" and stated is not None and not np.isclose(stated, base) else None
    return MeasuredTarget(
        years, values, goal, better, target.operator in (">", "<"), target.year, target.base_year, base, origin, plan_base,
        _scale(series.unit if unit != "index" else "", np.append(values, goal)), show=show, redefined=begun,
    )  # fmt: skip


def _base_of_change(target: Target, years: np.ndarray, values: np.ndarray, unit: str) -> tuple[float | None, str]:
    """Return the value a change is counted from: the outturn, the plan's figure, or until then the latest value."""
    outturn, stated = _at(years, values, target.base_year), _stated_base(target)
    if outturn is not None:
        return outturn, "outturn"
    if unit == "index" and target.base_year is not None:
        return 1.0, "plan"
    if stated is not None:
        return stated, "plan"
    if (
        target.kind in (Kind.CHANGE_PCT, Kind.MULTIPLE)
        and target.base_year is not None
        and target.base_year > years[-1]
    ):
        return float(values[-1]), "provisional"
    return None, ""


def _change_sense(target: Target, goal: float, base: float) -> int:
    """Return the better direction; at least 8 % less is a fall of 8 % or more, whatever sign the operator has."""
    if target.direction == "down" or goal < base:
        return -1
    return -1 if target.operator in ("<=", "<") else 1


def _contradicts_itself(target: Target) -> bool:
    """Say whether a change is a rise although its direction is down; a ceiling on a rise is not."""
    neutral = 1.0 if target.kind is Kind.MULTIPLE else 0.0
    rises = target.value is not None and target.value > neutral
    return target.direction == "down" and rises and target.operator not in ("<=", "<")


def _stated_base(target: Target) -> float | None:
    """Return a base value that is a level of the indicator; plans write 0 % and x 1 for a base that only means itself."""
    neutral = {Kind.CHANGE_PCT: 0.0, Kind.MULTIPLE: 1.0}.get(target.kind)
    return None if target.base_value is None or target.base_value == neutral else target.base_value


def _as_index(
    target: Target, years: np.ndarray, values: np.ndarray, unit: str
) -> tuple[np.ndarray, np.ndarray, Literal["index", "level"]]:
    """Turn yearly growth, a change since the base or a multiple of it into an index that is 1 at the base."""
    if unit == PERCENT_A_YEAR and target.kind in (Kind.CHANGE_PCT, Kind.MULTIPLE):
        years, values = chain(years, values)
        at_base = _at(years, values, target.base_year)
        return years, values / at_base if at_base else values, "index" if at_base else "level"
    since_base = _stated_base(target) is None and _at(years, values, target.base_year) in (None, 0.0)
    if target.kind is Kind.CHANGE_PCT and unit == PERCENT and since_base:
        return years, 1 + values / 100, "index"
    if target.kind is Kind.MULTIPLE and unit_key(unit) in {"x", "times"}:
        return years, values, "index"
    return years, values, "level"


def chain(years: np.ndarray, rates: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Chain yearly growth in percent into an index that is 1 in the year before the first; only the last unbroken run counts."""
    gaps = np.flatnonzero(np.diff(years) != 1)
    start = int(gaps[-1]) + 1 if gaps.size else 0
    index = np.cumprod(1 + rates[start:] / 100)
    return np.append(years[start] - 1, years[start:]), np.append(1.0, index)


def _growth(target: Target, series: Series) -> MeasuredTarget | Refusal:
    """Measure an average yearly growth as the level it leads to at the deadline."""
    assert target.value is not None
    assert target.year is not None
    years, values, begun = _present(series)
    if series.unit in (PERCENT, PERCENT_A_YEAR):
        years, values = chain(years, values)
    wanted = target.base_year if target.base_year is not None else target.year - WINDOW
    latest = int(min(years[-1], target.year - 1))
    base_year = wanted if years[0] <= wanted <= latest else latest if wanted > latest else int(years[0])
    base = _at(years, values, base_year)
    if base is None:
        return Refusal("no_data", "no_base")
    if base <= 0:
        return Refusal("not_comparable", "base_zero")
    rate = target.value / 100
    better = _sense(target, rate, None) or 1
    return MeasuredTarget(
        years, values, base * (1 + rate) ** (target.year - base_year), better, target.operator in (">", "<"), target.year,
        base_year, base, "outturn", None, "positive", "growth", rate=rate, redefined=begun,
    )  # fmt: skip


def _cumulative(target: Target, series: Series) -> MeasuredTarget | Refusal:
    """Measure a sum over the plan; `base_year` is the last year before it."""
    assert target.value is not None
    assert target.year is not None
    years, values, begun = _present(series)
    base_year = target.base_year if target.base_year is not None else target.year - WINDOW
    if begun is not None and begun > base_year + 1:
        return Refusal("not_comparable", "break_after_base")
    better = _sense(target, target.value, 0.0) or 1
    scale: TargetScale = "positive" if (values > 0).all() else "plain"
    return MeasuredTarget(
        years, values, target.value, better, target.operator in (">", "<"), target.year, base_year, 0.0, "plan", None, scale,
        "flow", redefined=begun,
    )  # fmt: skip


def _relative(target: Target, series: Series, reference: Series | None) -> MeasuredTarget | Refusal:
    """Measure growth against the growth of another indicator: the distance, summed over the years since the base."""
    assert target.year is not None
    if reference is None or not reference.years.size:
        return Refusal("no_data", "no_reference")
    factor = 1.0 if target.value is None else target.value
    own, other = _yearly(series), _yearly(reference)
    years = np.array(sorted(set(own) & set(other)), dtype=int)
    if years.size < 1:
        return Refusal("no_data", "no_reference")
    gaps = np.flatnonzero(np.diff(years) != 1)
    years = years[int(gaps[-1]) + 1 :] if gaps.size else years
    distance = np.cumsum([own[y] - factor * other[y] for y in years])
    years, distance = np.append(years[0] - 1, years), np.append(0.0, distance)
    wanted = target.base_year if target.base_year is not None else years[-1]
    base_year = int(np.clip(wanted, years[0], years[-1]))
    base = _at(years, distance, base_year)
    assert base is not None
    span = target.year - base_year
    return MeasuredTarget(
        years, distance, base, -1 if target.operator in ("<=", "<") else 1, target.operator in (">", "<"), target.year,
        base_year, base, "outturn", None, "plain", "gap", show=(-base / span, 1 / span) if span > 0 else (0.0, 1.0),
        rate=factor * float(np.mean([other[y] for y in _judged(years[1:], base_year)])),
    )  # fmt: skip


def _judged(years: np.ndarray, base_year: int) -> list[int]:
    """Return the years a relative target is judged by: those since the base, or the recent ones."""
    since = [int(y) for y in years if y > base_year]
    return since or [int(y) for y in years[-WINDOW:]]


def _yearly(series: Series) -> dict[int, float]:
    """Return growth in percent by year, from growth as published or from levels of neighbouring years."""
    years, values, _ = _present(series)
    if series.unit in (PERCENT, PERCENT_A_YEAR):
        return {int(y): float(v) for y, v in zip(years, values, strict=True)}
    steps = zip(years[:-1], years[1:], values[:-1], values[1:], strict=True)
    return {int(b): 100 * (float(v) / float(u) - 1) for a, b, u, v in steps if b - a == 1 and u > 0}


def _event(target: Target, series: Series) -> MeasuredTarget | Refusal:
    """Measure an event: 0 before, 1 when it has happened, a fraction for work that is part done."""
    assert target.year is not None
    years, values, begun = _present(series)
    goal = target.value if target.value is not None and unit_key(target.unit) == series.unit else 1.0
    base = 0.0 if target.base_year is not None else None
    return MeasuredTarget(
        years, values, goal, 1, False, target.year, target.base_year, base, "plan" if base is not None else "", None, "plain",
        "event", redefined=begun,
    )  # fmt: skip


def _scale(unit: str, values: np.ndarray) -> TargetScale:
    key = unit_key(unit)
    if (key in _SHARES or key.startswith("% of")) and (values >= 0).all() and (values <= 100).all():
        return "share"
    return "positive" if (values > 0).all() or (values < 0).all() else "plain"
