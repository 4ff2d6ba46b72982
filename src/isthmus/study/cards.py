"""One card a target: aim, latest value, chance if the past goes on, chance with the model's levers, and why the two differ."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

from isthmus.study.outcome_rows import OutcomeRow
from isthmus.study.outcomes import PROJECTION, OutcomesSection
from isthmus.study.section import key, measure, note

OWN = "unit of the target"
LEVERS_WORLD = "aligned"
"""World of the chance with levers: the levers of all plans, and all joint measures agreed."""

ALIKE = 0.015
"""Chances this near are called the same: the draws tell them apart by no more."""

REASONS = ("unjudged", "no_measure", "no_number", "assumed_growth", "beyond_trend", "same", "levers")
"""Why the two chances differ, or why one is missing."""


@dataclass(frozen=True)
class CardRow:
    """A target with both of its chances."""

    target: Annotated[str, key("id of the target")]
    partner: Annotated[str, note("partner whose target it is")]
    verdict: Annotated[str, note("achieved, on_track, moderate, limited, away, no_data or not_comparable")]
    aim: Annotated[float | None, measure(OWN, "number of the target")]
    unit: Annotated[str, note("unit of the target")]
    year: Annotated[int | None, note("year in which it is due", "year")]
    latest: Annotated[float | None, measure(OWN, "last observed value")]
    latest_year: Annotated[int | None, note("year of the last observation", "year")]
    projected: Annotated[float | None, measure(OWN, "value at the deadline if the past goes on")]
    chance_trend: Annotated[float | None, measure("1", "chance of meeting the target if the past goes on")]
    effect_pct: Annotated[float | None, measure("%", "median effect of the levers on the indicator")]
    chance_levers: Annotated[float | None, measure("1", "chance of meeting the target with the levers of all plans")]
    why: Annotated[str, note("why the two chances differ or one is missing: " + ", ".join(REASONS))]


@dataclass(frozen=True)
class TrackedTarget:
    """What tracking says of one target."""

    target: str
    partner: str
    verdict: str
    aim: float | None
    unit: str
    year: int | None
    latest: float | None
    latest_year: int | None
    projected: float | None
    chance: float | None


def card_rows(tracked: Sequence[TrackedTarget], outcomes: OutcomesSection | None) -> Iterator[CardRow]:
    """Yield the card of every target.

    The chance with levers is that of the same projection as the chance without, moved by what the levers do to the indicator;
    where the past is too short to be projected, it rests on the outcome's assumed growth, and no other chance stands beside it.
    """
    aims = {aim.id: aim.target for aim in outcomes.aims} if outcomes is not None else {}
    rows = outcomes.outcomes.rows if outcomes is not None else []
    found = {aims[row.outcome]: row for row in rows if row.world == LEVERS_WORLD and aims[row.outcome]}
    carried = outcomes.carried_by_levers if outcomes is not None else ()
    for one in tracked:
        outcome = found.get(one.target)
        yield CardRow(
            target=one.target,
            partner=one.partner,
            verdict=one.verdict,
            aim=one.aim,
            unit=one.unit,
            year=one.year,
            latest=one.latest,
            latest_year=one.latest_year,
            projected=one.projected,
            chance_trend=one.chance,
            effect_pct=None if outcome is None else outcome.median_pct,
            chance_levers=None if outcome is None else outcome.chance,
            why=_why(one, outcome, one.target in carried),
        )


def _why(one: TrackedTarget, outcome: OutcomeRow | None, carried: bool) -> str:
    if outcome is None:
        return "unjudged" if one.chance is None and one.verdict in ("no_data", "not_comparable") else "no_measure"
    if outcome.chance is None:
        return "no_number"
    if outcome.basis != PROJECTION or one.chance is None:
        return "assumed_growth"
    if abs(outcome.chance - one.chance) < ALIKE:
        return "same"
    return "beyond_trend" if carried else "levers"
