"""Are both plans on course: the study's targets tracked by its observations, and what the modelled levers add."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import pandas as pd

from isthmus.economy.aggregate import Names
from isthmus.study.cards import CardRow, TrackedTarget, card_rows
from isthmus.study.columns import Address, Partner, Source, Status, Target, Year
from isthmus.study.outcomes import OutcomesSection
from isthmus.study.section import Help, Section, Table, key, measure, note, table
from isthmus.study.station import Findings, Station, Work
from isthmus.study.study import Study
from isthmus.tracking.indicator import Observation
from isthmus.tracking.pace import VERDICTS
from isthmus.tracking.scoreboard import gap_closed, track

OWN = "unit of the target"


@dataclass(frozen=True)
class StatusRow:
    """A target against what was observed."""

    target: Target
    verdict: Annotated[str, note("achieved, on_track, moderate, limited, away, no_data or not_comparable")]
    rule: Annotated[str, note("rule of the verdict, in English")]
    required_pace: Annotated[float | None, measure("see column pace_unit", "pace that reaches the target")]
    observed_pace: Annotated[float | None, measure("see column pace_unit", "pace so far")]
    projected: Annotated[float | None, measure(OWN, "value at the deadline if the pace holds")]
    low: Annotated[float | None, measure(OWN, "5th percentile of the projection")]
    high: Annotated[float | None, measure(OWN, "95th percentile of the projection")]
    chance: Annotated[float | None, measure("1", "chance of meeting the target if the past goes on")]
    next_change: Annotated[str, note("date on which the verdict can change, empty where it cannot")]
    partner: Annotated[str, note("partner whose target it is")]
    objective: Annotated[str, note("heading of the plan under which the target stands")]
    theme: Annotated[str, note("theme")]
    indicator: Annotated[str, note("what is measured")]
    kind: Annotated[str, note("what the number means")]
    operator: Annotated[str, note("bound")]
    value: Annotated[float | None, measure(OWN, "number of the target")]
    unit: Annotated[str, note("unit of the target")]
    year: Annotated[int | None, note("year in which it is due", "year")]
    pace_unit: Annotated[str, note("unit of both paces")]
    ratio: Annotated[float | None, measure("1", "observed over required pace")]
    start_year: Annotated[int | None, note("year the observed pace is counted from", "year")]
    start_value: Annotated[float | None, measure(OWN, "value in that year")]
    now: Annotated[float | None, measure(OWN, "last observed value")]
    better: Annotated[int, note("1 where more is better, -1 where less is, 0 unknown")]
    form: Annotated[str, note("how the target is measured: level, growth, flow, gap or event")]
    rule_code: Annotated[str, note("rule of the verdict")]
    base_year: Annotated[int | None, note("year the target is counted from", "year")]
    base_value: Annotated[float | None, measure(OWN, "value in the base year")]
    base_from: Annotated[str, note("where the base value comes from")]
    plan_base: Annotated[float | None, measure(OWN, "base value as the plan gives it")]
    latest_year: Annotated[int | None, note("year of the last observation", "year")]
    latest_value: Annotated[float | None, measure("see unit of the observation", "last observation")]
    latest_age_years: Annotated[int | None, measure("years", "age of the last observation")]
    points: Annotated[int, measure("observations", "number of observations used")]
    redefined: Annotated[int | None, note("year in which the series was redefined", "year")]
    next_basis: Annotated[str, note("what next_change rests on")]
    next_year: Annotated[int | None, note("year of the next figure", "year")]
    next_needed: Annotated[float | None, measure(OWN, "value of the next figure that would be on track")]
    chance_basis: Annotated[str, note("what the chance rests on")]
    status: Annotated[str, note("weakest status of the observations")]
    indicator_ru: Annotated[str, note("what is measured, in Russian")]
    indicator_zh: Annotated[str, note("what is measured, in Chinese")]


@dataclass(frozen=True)
class LadderRow:
    """A point for drawing, in the target's own terms."""

    target: Target
    series: Annotated[str, key("observed, required or projected")]
    year: Year
    value: Annotated[float, measure(OWN, "value")]
    low: Annotated[float | None, measure(OWN, "5th percentile of the projection")]
    high: Annotated[float | None, measure(OWN, "95th percentile of the projection")]


@dataclass(frozen=True)
class ScoreRow:
    """Targets of one partner, objective or theme by verdict."""

    partner: Partner
    by: Annotated[str, key("all, objective or theme")]
    name: Annotated[str, key("name of the objective or theme")]
    targets: Annotated[int, measure("targets", "number of targets")]
    achieved: Annotated[int, measure("targets", "achieved")]
    on_track: Annotated[int, measure("targets", "at least 95 % of the required pace")]
    moderate: Annotated[int, measure("targets", "at least 60 % of the required pace")]
    limited: Annotated[int, measure("targets", "towards the target, below 60 % of the required pace")]
    away: Annotated[int, measure("targets", "moving away")]
    no_data: Annotated[int, measure("targets", "without usable observations")]
    not_comparable: Annotated[int, measure("targets", "whose series was redefined or measures something else")]
    chance_mean: Annotated[float | None, measure("1", "mean chance of those that have one")]


@dataclass(frozen=True)
class UnusedRow:
    """An observation that was set aside."""

    number: Annotated[int, key("number within the table")]
    row: Annotated[str, note("row of the file")]
    indicator: Annotated[str, note("indicator as given")]
    target: Annotated[str, note("target it was meant for, empty where none is known")]
    year: Year
    value: Annotated[float | None, measure("see column unit", "value")]
    unit: Annotated[str, note("unit")]
    reason: Annotated[str, note("why it is not used")]


@dataclass(frozen=True)
class ObservationRow:
    """A published value."""

    number: Annotated[int, key("number within the table")]
    indicator: Annotated[str, note("id of the target or name of the indicator")]
    year: Year
    value: Annotated[float | None, measure("see column unit", "published value")]
    unit: Annotated[str, note("unit")]
    breaks: Annotated[bool, note("whether the series is redefined in this year", name="break")]
    comparable: Annotated[bool, note("whether it measures what the target means")]
    source: Source
    producer: Annotated[str, note("who produced it")]
    title: Annotated[str, note("title of the publication")]
    address: Address
    date: Annotated[str, note("date of publication")]
    licence: Annotated[str, note("licence")]
    processing: Annotated[str, note("what was done with the number")]
    status: Status


@dataclass(frozen=True)
class ClosedRow:
    """Share of a target's gap that the modelled levers close; empty where the target's number is an input."""

    target: Target
    partner: Annotated[str, note("partner whose target it is")]
    gap: Annotated[float, measure(OWN, "target less the last observed value")]
    low: Annotated[float | None, measure("1", "lower end over the draws, fraction of the gap")]
    median: Annotated[float | None, measure("1", "median of the draws, fraction of the gap")]
    central: Annotated[float | None, measure("1", "run at central values, fraction of the gap")]
    high: Annotated[float | None, measure("1", "upper end over the draws, fraction of the gap")]


@dataclass(frozen=True, kw_only=True)
class TrackingSection(Section):
    """Whether the plans are on course."""

    as_of: Annotated[str, Help("date after which no observation is used")]
    partners: Annotated[tuple[str, ...], Help("partners in the order in which they are shown")]
    economy_names: Annotated[Names, Help("names of economies by code and language")]
    targets: Annotated[int, Help("number of targets")]
    verdicts: Annotated[Mapping[str, Mapping[str, int]], Help("number of targets by partner and verdict")]
    observed_targets: Annotated[int, Help("targets with at least one usable observation")]
    observation_status: Annotated[Mapping[str, int], Help("number of observations by status")]
    target_cards: Annotated[
        Table[CardRow], Help("every target with its chance if the past goes on and with the levers", at="as_of")
    ]
    tracking_status: Annotated[
        Table[StatusRow], Help("every target with verdict, pace, projection and chance", at="as_of")
    ]
    tracking_ladder: Annotated[Table[LadderRow], Help("points of each target for drawing")]
    tracking_scoreboard: Annotated[
        Table[ScoreRow], Help("number of targets by verdict for partners, objectives and themes", at="as_of")
    ]
    tracking_unused: Annotated[Table[UnusedRow], Help("observations that were set aside")]
    tracking_gap_closed: Annotated[
        Table[ClosedRow], Help("share of each gap that the modelled levers close", at="as_of")
    ]
    observations: Annotated[Table[ObservationRow], Help("published values with their provenance")]


def compute(study: Study, findings: Findings, _: Work) -> TrackingSection:
    """Track every target of both plans."""
    found = track(study.targets, study.observations, study.as_of)
    own = {name: [getattr(target, name) for target in study.targets] for name in ("indicator_ru", "indicator_zh")}
    status = found.status.assign(**own)
    outcomes, status_table = findings.get(OutcomesSection), Table(StatusRow, status)
    closed = gap_closed(found.status, outcomes.target_changes.frame) if outcomes else pd.DataFrame()
    verdicts: dict[str, dict[str, int]] = {
        partner: {v: int((status.loc[status["partner"] == partner, "verdict"] == v).sum()) for v in VERDICTS}
        for partner in study.partners
    }
    states = pd.Series([point.status.value for point in study.observations], dtype=str).value_counts()
    return TrackingSection(
        as_of=study.as_of,
        partners=study.partners,
        economy_names=study.economy_names,
        targets=len(status),
        verdicts=verdicts,
        observed_targets=int((status["points"] > 0).sum()),
        observation_status={str(name): int(count) for name, count in states.items()},
        target_cards=table(CardRow, card_rows([_tracked(row) for row in status_table.rows], outcomes)),
        tracking_status=status_table,
        tracking_ladder=Table(LadderRow, found.ladder),
        tracking_scoreboard=Table(ScoreRow, found.scoreboard),
        tracking_unused=Table(UnusedRow, _numbered(found.unused)),
        tracking_gap_closed=table(ClosedRow) if closed.empty else Table(ClosedRow, closed),
        observations=table(ObservationRow, _observations(study.observations)),
    )


STATION = Station(
    name="tracking",
    section=TrackingSection,
    reads=("partners", "economy_names", "targets", "observations", "as_of"),
    needs=(OutcomesSection,),
    applies=lambda study: bool(study.targets and study.observations),
    compute=compute,
)


def _tracked(row: StatusRow) -> TrackedTarget:
    return TrackedTarget(
        target=row.target,
        partner=row.partner,
        verdict=row.verdict,
        aim=row.value,
        unit=row.unit,
        year=row.year,
        latest=row.now,
        latest_year=row.latest_year,
        projected=row.projected,
        chance=row.chance,
    )


def _numbered(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(number=range(1, len(frame) + 1))


def _observations(points: tuple[Observation, ...]) -> list[ObservationRow]:
    return [
        ObservationRow(
            number=number,
            indicator=point.indicator,
            year=point.year,
            value=point.value,
            unit=point.unit,
            breaks=point.breaks,
            comparable=point.comparable,
            source=point.source,
            producer=point.producer,
            title=point.title,
            address=point.address,
            date=point.date,
            licence=point.licence,
            processing=point.processing,
            status=str(point.status),
        )
        for number, point in enumerate(points, start=1)
    ]
