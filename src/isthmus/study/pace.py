"""What would happen without the plans: the pace at which indicators have moved decides the levers' additional parts."""

from dataclasses import dataclass, replace
from typing import Annotated

import numpy as np

from isthmus.core.axes import Array
from isthmus.core.provenance import Ledger, Status
from isthmus.levers.additional import Trend, additional_entries, observed_range
from isthmus.plans.plan import Kind, Target
from isthmus.study.columns import Target as TargetId
from isthmus.study.section import Help, Section, Table, key, measure, note, table
from isthmus.study.station import Findings, Station, Work
from isthmus.study.study import Study
from isthmus.tracking.future import Projected, projected
from isthmus.tracking.scoreboard import Tracking, track

POINTS = 199
"""Points of the distribution that is handed on."""

COMPOUND = "fraction/yr"
"""Unit of paces that are growth rates."""


@dataclass(frozen=True)
class AdditionalRow:
    """Part of a target's change that would not happen without the plan."""

    parameter: Annotated[str, key("entry of the ledger")]
    low: Annotated[float, measure("1", "low end")]
    central: Annotated[float, measure("1", "central value")]
    high: Annotated[float, measure("1", "high end")]
    source: Annotated[str, note("what it rests on")]
    status: Annotated[str, note("verified where the observed pace has a range of its own, else assumed")]


@dataclass(frozen=True)
class ProjectionRow:
    """A point of the distribution of a target's indicator at its deadline, if its past goes on."""

    target: TargetId
    number: Annotated[int, key("number of the point, evenly spaced in probability")]
    value: Annotated[float, measure("unit of the target", "value that the indicator stays below with that probability")]
    goal: Annotated[float, measure("unit of the target", "value that counts as met")]


@dataclass(frozen=True, kw_only=True)
class PaceSection(Section):
    """Additional parts and projections as observations decide them."""

    observed: Annotated[int, Help("targets with a required and an observed pace")]
    additional: Annotated[Table[AdditionalRow], Help("additional parts as far as observations decide them")]
    projections: Annotated[Table[ProjectionRow], Help("where the past leads, for the targets that outcomes measure")]


def compute(study: Study, _: Findings, __: Work) -> PaceSection:
    """Compare the pace that targets ask for with the observed one."""
    trends = _trends(study.targets, track(study.targets, study.observations, study.as_of))
    entries = additional_entries(study.levers, study.ledger, trends)
    wanted = {outcome.target for outcome in study.outcomes}
    mine = [target for target in study.targets if target.id in wanted]
    levels = [(i + 0.5) / POINTS for i in range(POINTS)]
    ahead = projected(mine, study.observations, np.datetime64(study.as_of, "D"), levels)
    return PaceSection(
        observed=len(trends),
        additional=table(
            AdditionalRow,
            (AdditionalRow(n, e.low, e.value, e.high, e.source, str(e.status)) for n, e in entries.items()),
        ),
        projections=table(
            ProjectionRow,
            (ProjectionRow(name, i, value, p.goal) for name, p in ahead.items() for i, value in enumerate(p.values)),
        ),
    )


def refine(study: Study, section: PaceSection) -> Study:
    """Return the study with these parts in its ledger and with the projections, for the stations that follow."""
    known = study.ledger.parameters
    found = {
        row.parameter: replace(
            known[row.parameter],
            low=row.low,
            value=row.central,
            high=row.high,
            source=row.source,
            status=Status(row.status),
        )
        for row in section.additional.rows
    }
    ahead: dict[str, list[ProjectionRow]] = {}
    for point in section.projections.rows:
        ahead.setdefault(point.target, []).append(point)
    projections = {
        target: Projected(goal=points[0].goal, values=tuple(point.value for point in points))
        for target, points in ahead.items()
    }
    return replace(study, ledger=Ledger({**known, **found}), projections=projections)


def projected_draws(study: Study, target: str, draws: int) -> Array | None:
    """Return the projection of a target's indicator: its median, then one value a draw, evenly spread over its distribution.

    The order of the draws is random, so that the projection has nothing to do with what else is drawn; None without one.
    """
    if target not in study.projections:
        return None
    points = np.asarray(study.projections[target].values)
    order = np.random.default_rng([study.draws.seed, sorted(study.projections).index(target)]).permutation(draws)
    own = np.interp((order + 0.5) / draws, (np.arange(points.size) + 0.5) / points.size, points)
    return np.concatenate([[float(np.median(points))], own])


STATION = Station(
    name="pace",
    section=PaceSection,
    reads=("targets", "observations", "as_of", "levers", "ledger", "outcomes"),
    applies=lambda study: bool(study.levers and study.targets and study.observations),
    compute=compute,
    refine=refine,
    internal=True,
)


def _trends(targets: tuple[Target, ...], tracked: Tracking) -> dict[str, Trend]:
    """Return the paces of every target that has both."""
    found = {}
    kinds = {target.id: target.kind for target in targets}
    for row in tracked.status.to_dict("records"):
        required, observed = float(row["required_pace"]), float(row["observed_pace"])
        if np.isnan(required) or np.isnan(observed):
            continue
        name, compound = str(row["target"]), row["pace_unit"] == COMPOUND
        low, high = _range(tracked, name, kinds[name], compound, row["start_year"])
        if row["base_year"] is not None and row["latest_year"] > row["base_year"]:
            required = _still_required(tracked, name, kinds[name], compound, required)
        found[name] = Trend(required=required, observed=observed, low=low, high=high, points=int(row["points"]))
    return found


def _still_required(tracked: Tracking, target: str, kind: Kind, compound: bool, required: float) -> float:
    """Return the pace from the latest value to the aim; nothing where the aim has been reached since its base.

    Levers count what is still missing, so the pace that the trend is set against is that of the rest of the way.
    """
    own = tracked.ladder[tracked.ladder["target"] == target]
    ends = [own[own["series"] == series].sort_values("year").tail(1) for series in ("observed", "required")]
    if any(end.empty for end in ends):
        return required
    (last, due), (seen, aim) = ([float(end[name].iloc[0]) for end in ends] for name in ("year", "value"))
    if kind is Kind.CHANGE_PCT:
        seen, aim = 1 + seen / 100, 1 + aim / 100
    if due <= last or (compound and not min(seen, aim) > 0):
        return required
    left = (aim / seen) ** (1 / (due - last)) - 1 if compound else (aim - seen) / (due - last)
    return left if left * required > 0 else 0.0


def _range(
    tracked: Tracking, target: str, kind: Kind, compound: bool, start: object
) -> tuple[float, float] | tuple[None, None]:
    """Return the range of the observed pace from the values it was measured on."""
    ladder = tracked.ladder
    own = ladder[(ladder["target"] == target) & (ladder["series"] == "observed")]
    if start is not None and not np.isnan(float(str(start))):
        own = own[own["year"] >= float(str(start))]
    years, values = own["year"].to_numpy(dtype=float), own["value"].to_numpy(dtype=float)
    levels = 1 + values / 100 if kind is Kind.CHANGE_PCT else values
    if compound and not (levels > 0).all():
        return None, None
    return observed_range(years, levels, compound) or (None, None)
