"""Rows of the tables of outcomes: against their targets, by lever, in pairs."""

from dataclasses import dataclass
from typing import Annotated

from isthmus.study.columns import (
    Central,
    CentralOrNone,
    High,
    HighOrNone,
    Lever,
    Low,
    LowOrNone,
    Median,
    MedianOrNone,
    World,
)  # fmt: skip
from isthmus.study.columns import Outcome as OutcomeId
from isthmus.study.columns import Target as TargetId
from isthmus.study.section import key, note
from isthmus.study.section import measure as number


@dataclass(frozen=True)
class OutcomeRow:
    """An outcome against its target in one world."""

    outcome: OutcomeId
    world: World
    base: Annotated[
        float | None, number("unit of the target", "level in the base year; 1 where the target is a change")
    ]
    without_plan: Annotated[float | None, number("unit of the target", "level at the deadline without the plans")]
    reached: Annotated[float | None, number("unit of the target", "level at the deadline with the plans")]
    target: Annotated[float | None, number("unit of the target", "level that is wanted")]
    model_pct: Annotated[float, number("%", "effect of the plans in the solved world")]
    needed_pct: Annotated[float | None, number("%", "effect that would meet the target")]
    miss: Annotated[float | None, number("unit of the target", "distance to the target, positive where exceeded")]
    miss_pct: Annotated[float | None, number("%", "distance to the target, positive where exceeded")]
    model_pct_low: Annotated[float | None, number("%", "5th percentile of model_pct")]
    model_pct_high: Annotated[float | None, number("%", "95th percentile of model_pct")]
    without_plan_low: Annotated[float | None, number("unit of the target", "5th percentile of without_plan")]
    without_plan_high: Annotated[float | None, number("unit of the target", "95th percentile of without_plan")]
    reached_low: Annotated[float | None, number("unit of the target", "5th percentile of reached")]
    reached_high: Annotated[float | None, number("unit of the target", "95th percentile of reached")]
    miss_low: Annotated[float | None, number("unit of the target", "5th percentile of miss")]
    miss_high: Annotated[float | None, number("unit of the target", "95th percentile of miss")]
    miss_pct_low: Annotated[float | None, number("%", "5th percentile of miss_pct")]
    miss_pct_high: Annotated[float | None, number("%", "95th percentile of miss_pct")]
    reached_median: Annotated[float | None, number("unit of the target", "median of reached")]
    miss_pct_median: Annotated[float | None, number("%", "median of miss_pct")]
    met: Annotated[bool | None, note("whether the run at central values meets it; empty where it has no number")]
    chance: Annotated[
        float | None, number("1", "share of draws that meet the target: its chance with the plans' levers")
    ]
    median_pct: Annotated[float, number("%", "median of model_pct")]
    basis: Annotated[
        str, note("what happens without the plans: projection (of the indicator's past), assumed growth, or none")
    ]


@dataclass(frozen=True)
class EnergyRow:
    """Energy use or CO2 of one economy, against neither plan."""

    world: World
    quantity: Annotated[str, key("co2 or energy")]
    economy: Annotated[str, key("partner, or `third` for all others together")]
    low: Low
    median: Median
    central: Central
    high: High
    reported_mt: Annotated[float | None, number("Mt", "reported CO2 of the world's year")]


@dataclass(frozen=True)
class PairRow:
    """What the levers of one target do to the outcome of another."""

    target: TargetId
    target_owner: Annotated[str, key("whose target it is")]
    outcome: OutcomeId
    outcome_owner: Annotated[str, note("whose outcome it is")]
    levers: Annotated[str, note("levers of the target, with ;")]
    joint: Annotated[bool, note("whether one of them needs both sides")]
    effect_pct: Annotated[float, number("%", "effect on the outcome's measure, plus is what the outcome wants")]
    low: Low
    high: High
    relation: Annotated[str, note("complementary, competing, neutral or uncertain")]


@dataclass(frozen=True)
class ReachRow:
    """How far two outcomes can be had together, degrees of all levers chosen freely."""

    first: Annotated[str, key("id of the first outcome")]
    second: Annotated[str, key("id of the second outcome")]
    first_best_pct: Annotated[float, number("%", "most of the first alone, plus is wanted")]
    second_best_pct: Annotated[float, number("%", "most of the second alone, plus is wanted")]
    first_needed_pct: Annotated[float | None, number("%", "what the first needs")]
    second_needed_pct: Annotated[float | None, number("%", "what the second needs")]
    first_given_pct: Annotated[float, number("%", "where the first is held")]
    second_given_pct: Annotated[float, number("%", "most of the second then")]
    status: Annotated[str, note("both, jointly_unreachable, first_unreachable, second_unreachable or neither")]
    competing: Annotated[bool, note("whether holding the first costs the second anything")]


@dataclass(frozen=True)
class LeverOutcomeRow:
    """Effect of one lever alone on one outcome's measure."""

    lever: Lever
    outcome: OutcomeId
    low: Low
    central: Central
    high: High


@dataclass(frozen=True)
class TargetChangeRow:
    """Change that both aligned plans bring to a target's indicator, in the target's own terms; empty where it is an input."""

    target: TargetId
    low: LowOrNone
    median: MedianOrNone
    central: CentralOrNone
    high: HighOrNone
