"""Only what the plan adds: how much of a target's pace lies above the pace at which its indicator moves anyway."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import stdtrit

from isthmus.core.axes import Array
from isthmus.core.provenance import Ledger, Parameter, Status
from isthmus.levers.lever import Lever

OBSERVED = "observed pace"
"""How the source of an entry begins that observations decided."""

COVERAGE = 0.9
"""Probability that the range of an observed pace is to hold."""


@dataclass(frozen=True, kw_only=True)
class Trend:
    """Pace that a target asks for and pace at which its indicator has moved, both a year and in one unit.

    Attributes
    ----------
    low, high
        Range of the observed pace; None where there are too few observations for one.
    points
        Number of observations.
    """

    required: float
    observed: float
    low: float | None
    high: float | None
    points: int


def additional_share(required: float, observed: float) -> float:
    """Return the part of a target's pace that is not trend, 0 to 1 (:eq:`additional`)."""
    if required == 0:
        return 0.0
    return float(np.clip(1 - observed / required, 0.0, 1.0))


def observed_range(years: Array, values: Array, compound: bool) -> tuple[float, float] | None:
    """Return the range of the mean yearly pace of a series, or None where it has fewer than three values.

    Steps over several years count as their yearly mean. `compound` paces are growth rates, others differences.
    """
    order = np.argsort(years)
    t, z = years[order], np.log(values[order]) if compound else values[order]
    if t.size < 3:
        return None
    steps = np.diff(z) / np.diff(t)
    centre, error = (z[-1] - z[0]) / (t[-1] - t[0]), steps.std(ddof=1) / np.sqrt(steps.size)
    reach = float(stdtrit(steps.size - 1, (1 + COVERAGE) / 2)) * error
    low, high = float(centre - reach), float(centre + reach)
    return (float(np.expm1(low)), float(np.expm1(high))) if compound else (low, high)


def additional_entries(levers: Sequence[Lever], ledger: Ledger, trends: Mapping[str, Trend]) -> dict[str, Parameter]:
    """Return the ledger's entries for additional parts as far as observations decide them.

    With a trend the entry takes the pace's central value and range; where the range of the pace is not known, the assumed
    high end stays. Without a trend the assumed entry stays, from 0 on. Entries that are no assumption (low equals high) stay.

    Parameters
    ----------
    trends
        By id of the target.
    """
    found: dict[str, Parameter] = {}
    for lever in levers:
        for effect in lever.effects:
            name = effect.numbers.get("additional", "")
            entry = ledger.parameters.get(name)
            if entry is None or entry.low == entry.high or name in found:
                continue
            target = effect.numbers.get("target", "").removeprefix("target.")
            trend = trends.get(target)
            found[name] = _from_zero(entry) if trend is None else _measured(entry, target, trend)
    return found


def _from_zero(entry: Parameter) -> Parameter:
    return replace(entry, low=min(0.0, entry.low))


def _measured(entry: Parameter, target: str, trend: Trend) -> Parameter:
    value = additional_share(trend.required, trend.observed)
    if trend.low is None or trend.high is None:
        low, high = 0.0, max(value, entry.high)
    else:
        low, high = sorted(additional_share(trend.required, end) for end in (trend.low, trend.high))
    return replace(
        entry,
        value=value,
        low=min(low, value),
        high=max(high, value),
        source=f"{OBSERVED} of {target}: {trend.observed:.4g} a year where {trend.required:.4g} is asked for, "
        f"{trend.points} observations; before that: {entry.source}",
        status=Status.VERIFIED if trend.low is not None else Status.ASSUMED,
    )
