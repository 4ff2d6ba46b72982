"""Where a target's indicator leads at the deadline if its past goes on: the projection behind every chance."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from isthmus.plans.plan import Target
from isthmus.tracking import chance as chances
from isthmus.tracking.indicator import Observation, gather
from isthmus.tracking.measure import MeasuredTarget, Refusal, measure, shown
from isthmus.tracking.pace import Pace, judge


@dataclass(frozen=True)
class Future:
    """Projection at the deadline and on the way to it, in the target's own terms."""

    years: tuple[int, ...]
    middle: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    chance: float
    basis: str


_NOTHING = Future((), (), (), (), float("nan"), "")


@dataclass(frozen=True)
class Projected:
    """Where the past of an indicator leads, in the target's own terms.

    Attributes
    ----------
    goal
        What counts as met; about as much as the target where it says about.
    values
        Quantiles, ascending.
    """

    goal: float
    values: tuple[float, ...]


def projected(
    targets: Sequence[Target], observations: Sequence[Observation], day: np.datetime64, levels: Sequence[float]
) -> dict[str, Projected]:
    """Return the projection behind every chance, at the deadline and in the target's own terms.

    Parameters
    ----------
    day
        Date after which no observation is used.
    levels
        Probabilities, ascending: the quantile is what the indicator stays below with each.

    Returns
    -------
    dict
        By target; targets without a projection, sums of flows and settled ones are left out.
    """
    series, reference, _ = gather(targets, observations, day)
    found = {}
    for target in targets:
        m = measure(target, series.get(target.id), reference.get(target.id))
        if isinstance(m, Refusal) or m.form in ("event", "flow"):
            continue
        known = _forecast(m, judge(m))
        if known is not None:
            f = chances.at_last(known)
            values = [_shown_on_the_way(m, float(chances.quantile(f, level)[0]), m.due) for level in levels]
            found[target.id] = Projected(goal=shown(m, m.goal), values=tuple(sorted(values)))
    return found


def project(m: MeasuredTarget | Refusal, pace: Pace) -> Future:
    """Forecast a measured target to its deadline."""
    if isinstance(m, Refusal) or m.form == "event":
        return _settled(m, pace)
    if pace.final:
        return _settled(m, pace)
    known = m.years <= m.due
    years, values = m.years[known], m.values[known]
    if not years.size or m.due <= years[-1]:
        return _NOTHING
    f = _forecast(m, pace)
    if f is None:
        return Future((), (), (), (), float("nan"), "too_few_points")
    start, horizons = m.due - int(f.horizons[-1]), f.horizons.astype(int)
    if m.form == "flow":
        return _project_sum(m, f, years, values)
    low, middle, high = (chances.quantile(f, p) for p in (0.05, 0.5, 0.95))
    chance = chances.probability(f, m.goal, m.better, horizons.size - 1)
    in_terms = [
        tuple(_shown_on_the_way(m, v, int(y)) for v, y in zip(part, start + horizons, strict=True))
        for part in (low, middle, high)
    ]
    bottom, top = (in_terms[0], in_terms[2]) if m.show[1] >= 0 else (in_terms[2], in_terms[0])
    return Future(
        tuple(int(y) for y in start + horizons),
        in_terms[1],
        bottom,
        top,
        chance,
        "models" if start == years[-1] else "models_provisional_base",
    )


def _forecast(m: MeasuredTarget, pace: Pace) -> chances.Forecast | None:
    """Forecast the series of a target year by year to its deadline; None where it is settled or too short."""
    known = m.years <= m.due
    years, values = m.years[known], m.values[known]
    if pace.final or not years.size or m.due <= years[-1]:
        return None
    start = int(m.base_year) if m.base_from == "provisional" and m.base_year is not None else int(years[-1])
    return chances.forecast(years, values, np.arange(1, m.due - start + 1), m.scale)


def _shown_on_the_way(m: MeasuredTarget, value: float, year: int) -> float:
    """Return a value before the deadline in the target's own terms; averages run from the base to that year."""
    if m.base_year is None or m.form not in ("growth", "gap") or year == m.base_year:
        return shown(m, value)
    span = year - m.base_year
    if m.form == "growth" and m.base_value:
        return 100 * (float(np.power(max(value, 0.0) / m.base_value, 1 / span)) - 1) if span > 0 else float("nan")
    return (value - (m.base_value or 0.0)) / span if span > 0 else float("nan")


def _project_sum(m: MeasuredTarget, f: chances.Forecast, years: np.ndarray, values: np.ndarray) -> Future:
    """Add forecast flows to what has been summed; flows of all years are taken to be high or low together."""
    assert m.base_year is not None
    ahead = years[-1] + f.horizons.astype(int)
    inside = ahead > m.base_year
    so_far = float(values[years > m.base_year].sum())

    def total(p: float) -> np.ndarray:
        return so_far + np.cumsum(np.where(inside, chances.quantile(f, p), 0.0))

    low, middle, high = total(0.05), total(0.5), total(0.95)
    grid = np.linspace(0.005, 0.995, 199)
    ends = np.array([total(float(p))[-1] for p in grid])
    below = float(np.interp(m.goal, ends, grid, left=0.0, right=1.0))
    chance = 1 - below if m.better > 0 else below
    parts = [tuple(float(x) for x in part) for part in (middle, low, high)]
    return Future(tuple(int(y) for y in ahead), parts[0], parts[1], parts[2], chance, "models_sum")


def _settled(m: MeasuredTarget | Refusal, pace: Pace) -> Future:
    """Return certainty where the deadline's value is known or an event has happened."""
    if isinstance(m, Refusal) or not (pace.final or pace.verdict == "achieved"):
        return _NOTHING
    value = pace.latest_value if m.form in ("flow", "gap") else shown(m, pace.latest_value)
    chance = 1.0 if pace.verdict == "achieved" else 0.0
    return Future((m.due,), (value,), (value,), (value,), chance, "known")
