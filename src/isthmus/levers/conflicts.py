"""Conflicts and complements found by economics: what the levers of one target do to another target's outcome.

Effects come from exact solves of each lever alone and are added in logarithms. Many border levers together do somewhat more
than that sum, by up to a quarter in the packaged case, so that the table of reach is an approximation for them; the sign of
a pair does not depend on it. The table of pairs carries each effect with its range, the table of reach says which outcomes
cannot be had together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import linprog

from isthmus.core.axes import Array
from isthmus.core.errors import BadInputError
from isthmus.core.provenance import percentiles
from isthmus.levers.lever import Lever
from isthmus.levers.outcomes import Outcome

COMPLEMENTARY, COMPETING, NEUTRAL, UNCERTAIN = "complementary", "competing", "neutral", "uncertain"


@dataclass(frozen=True)
class LeverEffects:
    """Effect of each lever alone, at full degree, on each outcome's measure.

    Attributes
    ----------
    hat
        Ratio of after to before, (lever, outcome).
    draws
        The same for each draw of the ledger, (draw, lever, outcome); may have no draws.
    """

    levers: tuple[str, ...]
    outcomes: tuple[str, ...]
    hat: Array
    draws: Array

    def __post_init__(self) -> None:
        shape = (len(self.levers), len(self.outcomes))
        if self.hat.shape != shape or self.draws.shape[1:] != shape:
            raise BadInputError(
                "lever effects",
                f"shapes {self.hat.shape} and {self.draws.shape}",
                allowed=f"{shape} and (draws, {shape[0]}, {shape[1]})",
                remedy="give one row a lever and one column an outcome",
            )


def pairs_table(
    effects: LeverEffects, levers: Sequence[Lever], outcomes: Sequence[Outcome], threshold_pct: float
) -> pd.DataFrame:
    """Return one row for every target with levers and every outcome of another target.

    `effect_pct` is the effect of all levers that serve the first target on the second one's measure, signed so that
    plus is what the second target wants. A pair is complementary or competing when the effect and its whole range
    (5th to 95th percentile of the draws) lie beyond the threshold on one side, neutral when the range lies within it,
    else uncertain.
    """
    rows = []
    for target, owner, acting in _served(levers):
        index = [effects.levers.index(lever.id) for lever in acting]
        for outcome in outcomes:
            if outcome.target == target:
                continue
            k = effects.outcomes.index(outcome.id)
            effect = outcome.sign * 100 * (float(effects.hat[index, k].prod()) - 1)
            values = outcome.sign * 100 * (effects.draws[:, index, k].prod(axis=1) - 1)
            low, high = percentiles(list(values)) if len(values) else (effect, effect)
            rows.append(
                {
                    "target": target,
                    "target_owner": owner,
                    "outcome": outcome.id,
                    "outcome_owner": outcome.owner,
                    "levers": ";".join(lever.id for lever in acting),
                    "joint": any(lever.joint for lever in acting),
                    "effect_pct": effect,
                    "low": low,
                    "high": high,
                    "relation": _relation(effect, low, high, threshold_pct),
                }
            )
    return pd.DataFrame(rows)


def reach_table(effects: LeverEffects, outcomes: Sequence[Outcome], needed: Mapping[str, float]) -> pd.DataFrame:
    """Return one row for every pair of outcomes: how far the second can go when the first is met as far as possible.

    Degrees between 0 and 1 of all levers are chosen freely. `needed` is the ratio of after to before that meets an
    outcome (without an entry: no number is set, any change in the wanted direction is taken as met). Percentages are
    signed so that plus is what the outcome wants.

    Returns
    -------
    pandas.DataFrame
        first, second, first_best_pct and second_best_pct (each alone), first_needed_pct, second_needed_pct,
        first_given_pct (the first held at what it needs, or at its best), second_given_pct (the best of the second
        then), status: both (can be met together), jointly_unreachable (each alone, not together), first_unreachable,
        second_unreachable, neither; competing: true where holding the first costs the second anything.
    """
    sign = np.array([outcome.sign for outcome in outcomes])
    columns = [effects.outcomes.index(outcome.id) for outcome in outcomes]
    gain = sign * np.log(effects.hat[:, columns])
    want = np.array([o.sign * np.log(needed[o.id]) if o.id in needed else 0.0 for o in outcomes])
    best = np.maximum(gain, 0).sum(axis=0)
    rows = []
    for a, first in enumerate(outcomes):
        for b, second in enumerate(outcomes):
            if a == b:
                continue
            held = min(want[a], best[a])
            given = _best_given(gain[:, b], gain[:, a], held)
            rows.append(
                {
                    "first": first.id,
                    "second": second.id,
                    "first_best_pct": _signed_pct(best[a], first.sign),
                    "second_best_pct": _signed_pct(best[b], second.sign),
                    "first_needed_pct": _signed_pct(want[a], first.sign) if first.id in needed else None,
                    "second_needed_pct": _signed_pct(want[b], second.sign) if second.id in needed else None,
                    "first_given_pct": _signed_pct(held, first.sign),
                    "second_given_pct": _signed_pct(given, second.sign),
                    "status": _status(best[a], want[a], best[b], want[b], given),
                    "competing": bool(given < best[b] - 1e-9),
                }
            )
    return pd.DataFrame(rows)


def exchange_rate(effects: LeverEffects, chosen: Sequence[str], first: str, second: str) -> float:
    """Return the percent by which the first outcome changes when the chosen levers raise the second by one percent.

    Raises
    ------
    BadInputError
        If the chosen levers do not move the second outcome.
    """
    index = [effects.levers.index(name) for name in chosen]
    moved = np.log(effects.hat[index]).sum(axis=0)
    denominator = float(moved[effects.outcomes.index(second)])
    if abs(denominator) < 1e-12:
        raise BadInputError(
            f"exchange rate of {first} against {second}",
            "the chosen levers do not move the second outcome",
            allowed="levers that move it",
            remedy="choose other levers",
        )
    return float(moved[effects.outcomes.index(first)]) / denominator


def exchange_range(effects: LeverEffects, chosen: Sequence[str], first: str, second: str) -> tuple[float, float, float]:
    """Return median, 5th and 95th percentile of `exchange_rate` over the draws; without draws the rate itself."""
    rate = exchange_rate(effects, chosen, first, second)
    index = [effects.levers.index(name) for name in chosen]
    moved = np.log(effects.draws[:, index]).sum(axis=1)
    rates = moved[:, effects.outcomes.index(first)] / moved[:, effects.outcomes.index(second)]
    if not rates.size:
        return rate, rate, rate
    low, high = percentiles(list(rates))
    return float(np.median(rates)), low, high


def _served(levers: Sequence[Lever]) -> list[tuple[str, str, list[Lever]]]:
    """Return every target that levers serve, with its side and those levers."""
    found: dict[str, tuple[str, list[Lever]]] = {}
    for lever in levers:
        for owner, targets in lever.targets.items():
            for target in targets:
                found.setdefault(target, (owner, []))[1].append(lever)
    return [(target, owner, acting) for target, (owner, acting) in found.items()]


def _relation(effect: float, low: float, high: float, threshold: float) -> str:
    if min(effect, low) > threshold:
        return COMPLEMENTARY
    if max(effect, high) < -threshold:
        return COMPETING
    if max(abs(effect), abs(low), abs(high)) <= threshold:
        return NEUTRAL
    return UNCERTAIN


def _best_given(objective: Array, constraint: Array, held: float) -> float:
    """Return the largest sum of `objective` over degrees from 0 to 1 that keep the sum of `constraint` at `held`."""
    slack = 1e-12 * max(1.0, float(np.abs(constraint).sum()))
    found = linprog(-objective, A_ub=-constraint[None], b_ub=[slack - held], bounds=(0, 1), method="highs")
    return float(np.dot(objective, np.asarray(found.x, dtype=float)))


def _signed_pct(log_gain: float, sign: int) -> float:
    """Return a log gain in the wanted direction as a percentage change, signed so that plus is wanted."""
    return float(sign * 100 * (np.exp(sign * log_gain) - 1))


def _status(best_a: float, want_a: float, best_b: float, want_b: float, given: float) -> str:
    first, second = best_a >= want_a - 1e-12, best_b >= want_b - 1e-12
    if not first and not second:
        return "neither"
    if not first:
        return "first_unreachable"
    if not second:
        return "second_unreachable"
    return "both" if given >= want_b - 1e-9 else "jointly_unreachable"
