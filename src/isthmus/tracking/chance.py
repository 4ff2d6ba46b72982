"""How likely a target is met: a few simple trend models, weighed by how well each foretold the series' own past.

Every model is a closed form that gives a Student distribution of the value some years ahead, on a scale where the natural
limits of the indicator cannot be broken: logit for shares, log for what is positive, log above one half for ranks. The
forecast is the mixture of the models. A weight is the prior of the model, from many other series, times the tempered
likelihood of the values that the model had to foretell from what was known before them.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy import optimize, special

from isthmus.tracking.measure import TargetScale

LEAST_POINTS = 4
"""Fewer observed points give no chance: a spread cannot be told from them."""

MODELS = ("random_walk", "drift", "damped", "trend")

DAMPING = 0.85
"""Share of the yearly drift that the damped model keeps from one year to the next."""

_FIRST_ORIGIN = 4


@dataclass(frozen=True)
class Belief:
    """What the back-test on other series taught: prior weights of `MODELS` and a factor on every spread.

    The defaults come from the tuning half of the back-test; ``docs/evidence/tracking-backtest.md`` shows the other half.
    """

    prior: tuple[float, ...] = (0.60, 0.20, 0.15, 0.05)
    spread: float = 1.3
    temper: float = 0.25


@dataclass(frozen=True)
class Forecast:
    """Mixture of Student distributions for each horizon, on the transformed scale.

    Attributes
    ----------
    scale, negative
        Which transform the values went through, and whether they were negative throughout.
    horizons
        Years ahead of the last observed point.
    centre, width
        Location and scale by model and horizon.
    freedom
        Degrees of freedom by model.
    weights
        Weight of each model, summing to one.
    """

    scale: TargetScale
    negative: bool
    horizons: np.ndarray
    centre: np.ndarray
    width: np.ndarray
    freedom: np.ndarray
    weights: np.ndarray


def forecast(
    years: np.ndarray, values: np.ndarray, horizons: np.ndarray, scale: TargetScale, belief: Belief | None = None
) -> Forecast | None:
    """Forecast a series.

    Parameters
    ----------
    years, values
        Observed points, oldest first; years may have gaps.
    horizons
        Years ahead of the last point.
    scale
        Natural limits of the values.
    belief
        Prior weights and spread; the back-tested ones unless given.

    Returns
    -------
    The mixture, or None for fewer than `LEAST_POINTS` points.
    """
    if years.size < LEAST_POINTS:
        return None
    belief = belief or Belief()
    scale = _usable(scale, values)
    negative = bool(scale == "positive" and (values < 0).all())
    z = transform(values, scale, negative=negative)
    floor = _resolution(values, z, scale, negative=negative)
    ahead = np.asarray(horizons, dtype=float)
    fits = [model(years.astype(float), z, ahead, floor) for model in _MODELS]
    return Forecast(
        scale, negative, ahead,
        np.array([fit[0] for fit in fits]), np.array([fit[1] for fit in fits]) * belief.spread,
        np.array([fit[2] for fit in fits]), weigh(years.astype(float), z, floor, int(ahead.max()), belief),
    )  # fmt: skip


def at_last(f: Forecast) -> Forecast:
    """Return the forecast of the last horizon alone."""
    return replace(f, horizons=f.horizons[-1:], centre=f.centre[:, -1:], width=f.width[:, -1:])


def quantile(f: Forecast, p: float) -> np.ndarray:
    """Return the value below which the indicator stays with probability `p`, for each horizon."""
    p = 1 - p if f.negative else p
    z = np.empty(f.horizons.size)
    for h in range(f.horizons.size):
        ends = (
            special.stdtrit(f.freedom[:, None], np.clip([p - 1e-9, p + 1e-9], 1e-12, 1 - 1e-12)) * f.width[:, [h]]
            + f.centre[:, [h]]
        )
        low, high = float(ends.min()) - 1e-9, float(ends.max()) + 1e-9
        z[h] = optimize.brentq(lambda x, h=h: _below(f, x, h) - p, low, high, xtol=1e-10)
    return inverse(z, f.scale, negative=f.negative)


def probability(f: Forecast, goal: float, better: int, horizon: int) -> float:
    """Return the probability that the value `horizon` (a position) years ahead reaches `goal` from the worse side."""
    goal = _inside(goal, f.scale)
    if f.scale == "positive" and (goal == 0 or (goal < 0) != f.negative):
        return float((better > 0) != f.negative)
    z = transform(np.array([goal]), f.scale, negative=f.negative)[0]
    below = _below(f, float(z), horizon)
    below = 1 - below if f.negative else below
    return 1 - below if better > 0 else below


def transform(values: np.ndarray, scale: TargetScale, *, negative: bool = False) -> np.ndarray:
    """Bring values to the scale where limits cannot be broken."""
    if scale == "share":
        return np.asarray(special.logit(values / 100))
    if scale == "rank":
        return np.asarray(np.log(values - 0.5))
    if scale == "positive":
        return np.asarray(np.log(-values if negative else values))
    return np.asarray(values, dtype=float)


def inverse(z: np.ndarray, scale: TargetScale, *, negative: bool = False) -> np.ndarray:
    """Bring transformed values back."""
    if scale == "share":
        return np.asarray(100 * special.expit(z))
    if scale == "rank":
        return np.asarray(0.5 + np.exp(z))
    if scale == "positive":
        return np.asarray(-np.exp(z) if negative else np.exp(z))
    return z


def weigh(years: np.ndarray, z: np.ndarray, floor: float, horizon: int, belief: Belief) -> np.ndarray:
    """Weigh the models by how they foretold each held-out value from the values before it, up to `horizon` years ahead."""
    score = np.zeros(len(_MODELS))
    for origin in range(_FIRST_ORIGIN, years.size):
        later = years[origin:] - years[origin - 1]
        ahead = later[later <= max(1, horizon)]
        if not ahead.size:
            continue
        fits = [model(years[:origin], z[:origin], ahead, floor) for model in _MODELS]
        held = z[origin : origin + ahead.size]
        score += [
            float(_log_density((held - c) / (w * belief.spread), f).sum() - np.log(w).sum()) / ahead.size
            for c, w, f in fits
        ]
    logs = np.log(np.asarray(belief.prior)) + belief.temper * score
    logs -= logs.max()
    weights = np.exp(logs)
    return np.asarray(weights / weights.sum())


def _log_density(x: np.ndarray, freedom: np.ndarray | float) -> np.ndarray:
    """Return the logarithm of Student's density."""
    scale = np.log(special.poch(freedom / 2, 0.5)) - 0.5 * (np.log(freedom) + np.log(np.pi))
    return np.asarray(scale - (freedom + 1) / 2 * np.log1p(x * x / freedom))


def _usable(scale: TargetScale, values: np.ndarray) -> TargetScale:
    """Return the scale if all values lie inside its limits, else the next looser one."""
    if scale == "share" and not ((values > 0) & (values < 100)).all():
        scale = "positive"
    if scale == "rank" and not (values >= 1).all():
        scale = "positive"
    if scale == "positive" and not ((values > 0).all() or (values < 0).all()):
        scale = "plain"
    return scale


def _inside(goal: float, scale: TargetScale) -> float:
    """Keep a goal at a natural limit within reach of rounding: 99.5 is written 100, rank 1 is anything below 1.5."""
    if scale == "share":
        return float(np.clip(goal, 0.05, 99.5))
    return float(max(goal, 1.0)) + 0.49 if scale == "rank" else goal


def _resolution(values: np.ndarray, z: np.ndarray, scale: TargetScale, *, negative: bool) -> float:
    """Return the smallest spread that rounding of the published values leaves, on the transformed scale."""
    decimals = max(len(f"{v:.6f}".rstrip("0").partition(".")[2]) for v in values)
    step = 10.0**-decimals
    last = values[-1]
    nudged = transform(
        np.array([last + (-step if scale == "share" else step if last > 0 else -step)]), scale, negative=negative
    )
    width = abs(float(nudged[0]) - float(z[-1])) if np.isfinite(nudged[0]) else step
    return max(float(width / np.sqrt(12)), 1e-9)


def _below(f: Forecast, z: float, horizon: int) -> float:
    """Return the mixture's distribution function at `z`."""
    standard = (z - f.centre[:, horizon]) / f.width[:, horizon]
    return float(f.weights @ np.asarray(special.stdtr(f.freedom, standard)))


Fit = tuple[np.ndarray, np.ndarray, float]
"""Location and scale by horizon, degrees of freedom."""


def _innovation(years: np.ndarray, z: np.ndarray, drift: float, used: int, floor: float) -> tuple[float, float]:
    """Return the yearly standard deviation around a drift and its degrees of freedom; gaps in years count their length."""
    gap = np.diff(years)
    freedom = gap.size - used
    return max(float(np.sqrt(np.sum((np.diff(z) - drift * gap) ** 2 / gap) / freedom)), floor), float(freedom)


def _random_walk(years: np.ndarray, z: np.ndarray, ahead: np.ndarray, floor: float) -> Fit:
    sigma, freedom = _innovation(years, z, 0.0, 0, floor)
    return np.full(ahead.size, z[-1]), sigma * np.sqrt(ahead), freedom


def _drift(years: np.ndarray, z: np.ndarray, ahead: np.ndarray, floor: float) -> Fit:
    span = years[-1] - years[0]
    drift = (z[-1] - z[0]) / span
    sigma, freedom = _innovation(years, z, drift, 1, floor)
    return z[-1] + drift * ahead, sigma * np.sqrt(ahead * (1 + ahead / span)), freedom


def _damped(years: np.ndarray, z: np.ndarray, ahead: np.ndarray, floor: float) -> Fit:
    """Drift of the recent years (half the history, at least three steps) that fades from year to year."""
    recent = max(3, (years.size - 1) // 2)
    span = years[-1] - years[-1 - recent]
    drift = (z[-1] - z[-1 - recent]) / span
    sigma, freedom = _innovation(years, z, (z[-1] - z[0]) / (years[-1] - years[0]), 1, floor)
    reach = DAMPING * (1 - DAMPING**ahead) / (1 - DAMPING)
    return z[-1] + drift * reach, sigma * np.sqrt(ahead + reach**2 / span), freedom


def _trend(years: np.ndarray, z: np.ndarray, ahead: np.ndarray, floor: float) -> Fit:
    """Straight line through all points, moved to pass half way to the last one."""
    x = years - years.mean()
    slope = float(x @ z) / float(x @ x)
    residual = z - z.mean() - slope * x
    freedom = float(years.size - 2)
    sigma = max(float(np.sqrt(residual @ residual / freedom)), floor)
    far = years[-1] + ahead - years.mean()
    centre = z.mean() + slope * far + 0.5 * residual[-1]
    return centre, sigma * np.sqrt(1 + 1 / years.size + far**2 / float(x @ x)), freedom


_MODELS: tuple[Callable[[np.ndarray, np.ndarray, np.ndarray, float], Fit], ...] = (
    _random_walk,
    _drift,
    _damped,
    _trend,
)
