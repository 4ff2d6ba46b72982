"""Outcome targets: what a plan wants the economy to reach, measured in the solved world.

A target such as an export volume or a share of GDP is not a lever. The levers of both plans are solved, the change they
bring is laid on what would be reached without a plan, and the distance to the target is the miss.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from isthmus.core.errors import BadInputError
from isthmus.core.provenance import percentiles
from isthmus.levers.energy import EnergyAccounts, energy_balance
from isthmus.levers.picture import Picture
from isthmus.plans.plan import Kind, Target


class OutcomeMeasure(StrEnum):
    """What is measured in the model; all are ratios of after to before."""

    TRADE_VALUE = "trade_value"
    """Trade between economy and partner in both directions."""
    IMPORT_SHARE = "import_share"
    """Imports over GDP."""
    EXPORT_VOLUME = "export_volume"
    """Exports to all, or to the partner, at the seller's prices of the baseline."""
    OUTPUT_VOLUME = "output_volume"
    """Output at baseline prices."""
    VALUE_ADDED_SHARE = "value_added_share"
    """Share of sectors in value added."""
    DOMESTIC_SHARE = "domestic_share"
    """Share of own products in spending on the products of sectors."""
    REAL_GDP = "real_gdp"
    ENERGY_INTENSITY = "energy_intensity"
    """Energy over real GDP."""
    CO2_INTENSITY = "co2_intensity"
    """CO2 over real GDP."""
    NON_FOSSIL_SHARE = "non_fossil_share"


@dataclass(frozen=True)
class Outcome:
    """An outcome that a plan wants.

    Attributes
    ----------
    id, target
        Its own name, and the id of the target it measures; "" where no document gives a number.
    titles
        Name by language where there is no target to take it from.
    owner
        Partner whose aim it is, or ``joint``.
    economy, partner, sector
        Where it is measured.
    base
        Name of the level in `base_year`; "" where the target itself is a change (the base is then 1).
    trend
        Name of the yearly growth without the plans (share), or "".
    additional
        Name of the part of the target's change that needs the plans, or "": an alternative to `trend`.
    direction
        ``up`` or ``down``.
    """

    id: str
    target: str
    titles: Mapping[str, str]
    owner: str
    measure: OutcomeMeasure
    economy: str
    partner: str
    sector: tuple[str, ...]
    base: str
    base_year: int
    trend: str
    additional: str
    direction: str

    @property
    def sign(self) -> int:
        """1 where more is wanted, -1 where less is."""
        return 1 if self.direction == "up" else -1


@dataclass(frozen=True)
class Reached:
    """An outcome against its target, in the target's unit (a ratio to the base where the target is a change).

    Attributes
    ----------
    base, without_plan, reached, target
        Level in the base year, at the deadline without the plans, with them, and wanted; None without a number.
    model_pct
        Effect of the plans in the solved world.
    needed_pct
        Effect that would meet the target.
    miss, miss_pct
        Distance to the target in its unit and in percent of it: positive where the target is exceeded in the wanted
        direction, negative where it is missed.
    met
        Whether the target counts as met; about as much is enough where it says about.
    """

    outcome: str
    base: float | None
    without_plan: float | None
    reached: float | None
    target: float | None
    model_pct: float
    needed_pct: float | None
    miss: float | None
    miss_pct: float | None
    met: bool | None


def measure(
    outcome: Outcome, picture: Picture, accounts: EnergyAccounts | None, parameters: Mapping[str, float]
) -> float:
    """Return the change of an outcome's measure as a ratio of after to before.

    Raises
    ------
    BadInputError
        For a label that the world does not have, or an energy measure without energy accounts or base share.
    """
    where = f"outcome {outcome.id}"
    n = picture.economy((outcome.economy,), f"{where}, economy")[0]
    s = picture.sector(outcome.sector, f"{where}, sector")
    others = [i for i in range(len(picture.economies)) if i != n]
    p = [picture.economy((outcome.partner,), f"{where}, partner")[0]] if outcome.partner else others
    match outcome.measure:
        case OutcomeMeasure.TRADE_VALUE:
            there, back = np.ix_(s, [n], p), np.ix_(s, p, [n])
            before = picture.flows[there].sum() + picture.flows[back].sum()
            return float((picture.flows_after[there].sum() + picture.flows_after[back].sum()) / before)
        case OutcomeMeasure.IMPORT_SHARE:
            cells = np.ix_(s, p, [n])
            ratio = picture.flows_after[cells].sum() / picture.flows[cells].sum()
            return float(ratio * picture.gdp[n] / picture.gdp_after[n])
        case OutcomeMeasure.EXPORT_VOLUME:
            cells = np.ix_(s, [n], p)
            volume = picture.flows_after[cells] / picture.cost_hat[s, n][:, None, None]
            return float(volume.sum() / picture.flows[cells].sum())
        case OutcomeMeasure.OUTPUT_VOLUME:
            return float((picture.output_after[s, n] / picture.cost_hat[s, n]).sum() / picture.output[s, n].sum())
        case OutcomeMeasure.VALUE_ADDED_SHARE:
            return _share_ratio(picture.value_added, picture.value_added_after, s, n)
        case OutcomeMeasure.DOMESTIC_SHARE:
            before = picture.own_spending[s, n].sum() / picture.spending[s, n].sum()
            return float(picture.own_spending_after[s, n].sum() / picture.spending_after[s, n].sum() / before)
        case OutcomeMeasure.REAL_GDP:
            return float(picture.real_gdp_hat[n])
    return _energy_ratio(outcome, picture, accounts, parameters, n)


def reach(
    outcome: Outcome,
    target: Target | None,
    hat: float,
    parameters: Mapping[str, float],
    projected: float | None = None,
    goal: float | None = None,
) -> Reached:
    """Lay the model's change on what would be reached without the plans and compare it with the target.

    Parameters
    ----------
    projected
        Where the indicator's own past leads, in the target's own terms; without it the outcome's assumed growth counts.
    goal
        What counts as met, in the target's own terms; without it the target's number.
    """
    model_pct = 100 * (hat - 1)
    wanted = _wanted(target)
    if target is None or target.year is None or wanted is None:
        return Reached(outcome.id, None, None, None, None, model_pct, None, None, None, None)
    base = parameters[outcome.base] if outcome.base else 1.0
    if projected is not None:
        without = _level(projected, target)
    elif outcome.additional:
        without = base * (wanted / base) ** (1 - parameters[outcome.additional])
    else:
        growth = parameters[outcome.trend] if outcome.trend else 0.0
        without = base * (1 + growth) ** (target.year - outcome.base_year)
    reached = without * hat
    miss = outcome.sign * (reached - wanted)
    needed = 100 * (wanted / without - 1)
    met = outcome.sign * (reached - (wanted if goal is None else _level(goal, target))) >= 0
    return Reached(outcome.id, base, without, reached, wanted, model_pct, needed, miss, 100 * miss / wanted, met)


def change_in_own_terms(reached: Reached, target: Target | None) -> float | None:
    """Return what the plans add to a target's indicator, in percent of the base where the target is a change in percent."""
    if target is None or reached.reached is None or reached.without_plan is None:
        return None
    change = reached.reached - reached.without_plan
    return 100 * change if target.kind is Kind.CHANGE_PCT else change


def outcomes_table(central: Sequence[Reached], draws: Sequence[Sequence[Reached]]) -> pd.DataFrame:
    """Return one row an outcome: central numbers, 5th percentile, median and 95th of the draws, chance of meeting it."""
    rows = []
    by_outcome = {r.outcome: [draw[i] for draw in draws] for i, r in enumerate(central)}
    for r in central:
        row: dict[str, object] = dict(vars(r))
        for name in ("model_pct", "without_plan", "reached", "miss", "miss_pct"):
            values = [getattr(draw, name) for draw in by_outcome[r.outcome]]
            known = [v for v in values if v is not None]
            row[f"{name}_low"], row[f"{name}_high"] = percentiles(known) if known else (None, None)
            if name in ("reached", "miss_pct"):
                row[f"{name}_median"] = float(np.median(known)) if known else None
        hits = [draw.met for draw in by_outcome[r.outcome] if draw.met is not None]
        row["chance"] = sum(hits) / len(hits) if hits else None
        row["median_pct"] = float(np.median([draw.model_pct for draw in by_outcome[r.outcome]]))
        rows.append(row)
    return pd.DataFrame(rows)


def _wanted(target: Target | None) -> float | None:
    """Return the target's level, as a ratio to the base for changes; None where it has no number the model can meet."""
    if target is None or target.value is None:
        return None
    if target.kind is Kind.CHANGE_PCT:
        return _level(target.value, target)
    return target.value if target.kind in (Kind.LEVEL, Kind.MULTIPLE) else None


def _level(value: float, target: Target) -> float:
    """Return a number in the target's own terms as a level, a ratio to the base for changes."""
    return 1 + value / 100 if target.kind is Kind.CHANGE_PCT else value


def _share_ratio(before: np.ndarray, after: np.ndarray, s: list[int], n: int) -> float:
    return float((after[s, n].sum() / after[:, n].sum()) / (before[s, n].sum() / before[:, n].sum()))


def _energy_ratio(
    outcome: Outcome, picture: Picture, accounts: EnergyAccounts | None, parameters: Mapping[str, float], n: int
) -> float:
    if accounts is None:
        raise BadInputError(
            f"outcome {outcome.id}",
            f"{outcome.measure.value} needs energy accounts",
            allowed="a study with energy accounts",
            remedy="add them or leave the outcome out",
        )
    balance = energy_balance(outcome.economy, picture, accounts, parameters)
    if outcome.measure is OutcomeMeasure.ENERGY_INTENSITY:
        return balance.energy_hat / float(picture.real_gdp_hat[n])
    if outcome.measure is OutcomeMeasure.CO2_INTENSITY:
        return balance.co2_hat / float(picture.real_gdp_hat[n])
    if balance.non_fossil_before is None or balance.non_fossil_after is None:
        raise BadInputError(
            f"outcome {outcome.id}",
            f"the non-fossil share of {outcome.economy} is not known",
            allowed="an economy named under energy, non_fossil",
            remedy="add its share or leave the outcome out",
        )
    return balance.non_fossil_after / balance.non_fossil_before
