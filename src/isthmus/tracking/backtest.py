"""Would the chances have been right? Forecast held-out years of many series and compare with what came."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pandas as pd

from isthmus.tracking.chance import MODELS, Belief, forecast, probability
from isthmus.tracking.measure import TargetScale

LEAST_TRAINING = 6
HORIZONS = (1, 2, 3, 4, 5)

PACES = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0)
"""Trial targets ask for these multiples of the pace seen in the training years, as plans do."""

BINS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True)
class PastSeries:
    """A yearly series that is known to its end."""

    name: str
    years: np.ndarray
    values: np.ndarray
    scale: TargetScale


def trials(series: Mapping[str, PastSeries], belief: Belief) -> pd.DataFrame:
    """Forecast every held-out value of every series and set trial targets against it.

    Parameters
    ----------
    series
        By name.
    belief
        Prior weights and spread to be tried.

    Returns
    -------
    One row a trial: series, origin (last training year), horizon, pace, chance, met (0 or 1), rank (probability of a value
    below the one that came, for the coverage of ranges).
    """
    rows: list[tuple[str, int, int, float, float, int, float]] = []
    for name, past in series.items():
        for end in range(LEAST_TRAINING, past.years.size):
            rows += _from_origin(name, past, end, belief)
    return pd.DataFrame(rows, columns=["series", "origin", "horizon", "pace", "chance", "met", "rank"])


def scores(found: pd.DataFrame) -> dict[str, float]:
    """Return the Brier score of the chances, that of a constant chance at the base rate, and the coverage of 90 % ranges."""
    met = found["met"].to_numpy(dtype=float)
    once = found.drop_duplicates(["series", "origin", "horizon"])
    inside = once["rank"].between(0.05, 0.95)
    constant = float(np.mean((met.mean() - met) ** 2))
    brier = float(np.mean((found["chance"].to_numpy(dtype=float) - met) ** 2))
    return {
        "trials": float(len(found)),
        "base_rate": float(met.mean()),
        "brier": brier,
        "brier_constant": constant,
        "skill": 1 - brier / constant,
        "coverage_90": float(inside.mean()),
    }


def reliability(found: pd.DataFrame) -> pd.DataFrame:
    """Return, by bin of the chance, the mean chance and the share of trials that were met with a 90 % interval.

    The interval comes from resampling whole series, since trials of one series are not independent.
    """
    names = [f"{low:.1f} to {high:.1f}" for low, high in pairwise(BINS)]
    label = pd.cut(found["chance"], list(BINS), include_lowest=True, labels=names)
    rows = []
    for interval, part in found.groupby(label, observed=True):
        low, high = _resampled(part)
        rows.append((str(interval), len(part), part["chance"].mean(), part["met"].mean(), low, high))
    return pd.DataFrame(rows, columns=["chance", "trials", "mean_chance", "met_share", "low", "high"])


def tune(series: Mapping[str, PastSeries], start: Belief) -> Belief:
    """Learn prior weights, spread and temper from series that are not used for the evaluation.

    The prior is that of the lowest Brier score; the spread the smallest whose 90 % ranges hold at least 90 % of the values;
    the temper the largest that costs no more than `TOLERATED` in the Brier score, so that a long series may speak for itself.
    """
    plain = replace(start, temper=0.0, spread=1.0)
    prior = min(_PRIORS, key=lambda tried: _brier(series, replace(plain, prior=tried)))
    tuned = replace(plain, prior=prior)
    wide = (s for s in _SPREADS if scores(trials(series, replace(tuned, spread=s)))["coverage_90"] >= 0.9)
    tuned = replace(tuned, spread=next(wide, _SPREADS[-1]))
    limit = _brier(series, tuned) + TOLERATED
    return replace(
        tuned, temper=max(t for t in _TEMPERS if t == 0 or _brier(series, replace(tuned, temper=t)) <= limit)
    )


TOLERATED = 0.0005

_PRIORS = (
    (0.25, 0.25, 0.25, 0.25),
    (0.40, 0.20, 0.30, 0.10),
    (0.55, 0.10, 0.30, 0.05),
    (0.60, 0.20, 0.15, 0.05),
    (0.20, 0.20, 0.50, 0.10),
    (0.20, 0.50, 0.20, 0.10),
)
_SPREADS = (1.0, 1.1, 1.2, 1.3, 1.4)
_TEMPERS = (0.0, 0.1, 0.25, 0.5, 1.0)

assert all(len(prior) == len(MODELS) for prior in _PRIORS)


def _brier(series: Mapping[str, PastSeries], belief: Belief) -> float:
    return scores(trials(series, belief))["brier"]


def _from_origin(
    name: str, past: PastSeries, end: int, belief: Belief
) -> list[tuple[str, int, int, float, float, int, float]]:
    years, values = past.years[:end], past.values[:end]
    later = past.years[end:] - years[-1]
    held = past.values[end:][np.isin(later, HORIZONS)]
    ahead = later[np.isin(later, HORIZONS)]
    found = forecast(years, values, ahead, past.scale, belief) if ahead.size else None
    if found is None:
        return []
    pace = (values[-1] - values[0]) / (years[-1] - years[0])
    better = 1 if pace >= 0 else -1
    rows = []
    for position, (h, value) in enumerate(zip(ahead, held, strict=True)):
        rank = 1 - probability(found, float(value), 1, position)
        for multiple in PACES:
            goal = float(values[-1] + multiple * pace * h)
            chance = probability(found, goal, better, position)
            rows.append((name, int(years[-1]), int(h), multiple, chance, int(better * (value - goal) >= 0), rank))
    return rows


def _resampled(part: pd.DataFrame, draws: int = 200) -> tuple[float, float]:
    """Return the 5th and 95th percentile of the share met when whole series are drawn with replacement."""
    grouped = part.groupby("series")["met"]
    total, count = grouped.sum().to_numpy(dtype=float), grouped.size().to_numpy(dtype=float)
    picked = np.random.default_rng(5).integers(0, total.size, (draws, total.size))
    low, high = np.percentile(total[picked].sum(axis=1) / count[picked].sum(axis=1), [5, 95])
    return float(low), float(high)
