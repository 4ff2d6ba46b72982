"""Outcome targets: how far the solved plans come, CO2 beside them, and which targets help or hinder each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
import pandas as pd
import xarray as xr

from isthmus.core.provenance import percentiles
from isthmus.economy.aggregate import Names
from isthmus.levers.conflicts import LeverEffects, exchange_range, pairs_table, reach_table
from isthmus.levers.outcomes import Outcome, OutcomeMeasure, Reached, change_in_own_terms, outcomes_table, reach
from isthmus.plans.plan import Target
from isthmus.study.blend import CENTRAL_SETTING, Bench, Drawn, central_run, sizes_of
from isthmus.study.draws import CENTRAL, DRAW_FIELDS, central_draw, drawn
from isthmus.study.ensemble import MEASURED, EnsembleSection, bench_of, draws_in, hats_of, ranges
from isthmus.study.headline import HEADLINE_FIELDS, headline_world
from isthmus.study.outcome_rows import (
    EnergyRow,
    LeverOutcomeRow,
    OutcomeRow,
    PairRow,
    ReachRow,
    TargetChangeRow,
)  # fmt: skip
from isthmus.study.pace import projected_draws
from isthmus.study.quantities import CO2, ENERGY
from isthmus.study.section import Help, Section, Table, table
from isthmus.study.station import Findings, Station, Work
from isthmus.study.study import Study
from isthmus.study.targets import target_names

PROJECTION = "projection"
"""Basis of an outcome whose indicator has a past long enough to be projected."""

THRESHOLD_PCT = 0.02
"""Effects on an outcome within this many percent of zero are called neutral."""


@dataclass(frozen=True)
class OutcomeFacts:
    """An outcome that a plan wants: what is measured where, which way, and the target it belongs to."""

    id: str
    titles: Mapping[str, str]
    target: str
    owner: str
    measure: str
    economy: str
    partner: str
    sectors: tuple[str, ...]
    direction: str
    unit: str
    kind: str
    operator: str
    year: int | None
    status: str


@dataclass(frozen=True)
class TradeFacts:
    """Percent by which joint levers raise an aim to import less for one percent more bilateral trade: median, low, high."""

    outcome: str
    trade: str
    economy: str
    percent: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class OutcomesSection(Section):
    """What the plans reach."""

    partners: Annotated[tuple[str, ...], Help("partners in the order in which they are shown")]
    economy_names: Annotated[Names, Help("names of economies by code and language")]
    deadline: Annotated[int, Help("year in which targets are due")]
    draws: Annotated[int, Help("draws that were asked for")]
    aims: Annotated[tuple[OutcomeFacts, ...], Help("outcomes that the plans want")]
    target_names: Annotated[Names, Help("names of targets by id and language")]
    carried_by_levers: Annotated[tuple[str, ...], Help("targets whose own number goes into a lever")]
    trade_and_imports: Annotated[
        tuple[TradeFacts, ...], Help("what more bilateral trade does to aims of importing less")
    ]
    threshold_pct: Annotated[float, Help("effects within this many percent of zero are neutral")]
    outcomes: Annotated[Table[OutcomeRow], Help("outcomes against their targets", at="deadline")]
    energy: Annotated[Table[EnergyRow], Help("energy use and CO2 against neither plan", at="deadline")]
    pairs: Annotated[Table[PairRow], Help("what the levers of one target do to the outcome of another", at="deadline")]
    reach: Annotated[Table[ReachRow], Help("how far two outcomes can be had together", at="deadline")]
    lever_outcomes: Annotated[Table[LeverOutcomeRow], Help("effect of each lever alone on each outcome", at="deadline")]
    target_changes: Annotated[
        Table[TargetChangeRow], Help("change that both aligned plans bring to each target's indicator", at="deadline")
    ]


def compute(study: Study, findings: Findings, work: Work) -> OutcomesSection:
    """Compare every outcome with its target, and find pairs of targets that help or hinder each other."""
    central, spread = central_draw(study).parameters, [draw.parameters for draw in drawn(study)]
    section, world = findings[EnsembleSection], headline_world(study)[0]
    hats = hats_of(study, section, world)
    reached_by = _reached_by_world(study, hats, central, spread)
    work.progress(0.2)
    effects = _lever_effects(study, bench_of(study, section, world, _hat_names(study)), draws_in(study, section))
    work.progress(0.9)
    return OutcomesSection(
        partners=study.partners,
        economy_names=study.economy_names,
        deadline=study.deadline,
        draws=len(spread),
        aims=tuple(_described(study, o) for o in study.outcomes),
        target_names=target_names(study.targets),
        carried_by_levers=tuple(_carried(study)),
        trade_and_imports=tuple(_trade_and_imports(study, effects)),
        threshold_pct=THRESHOLD_PCT,
        outcomes=Table(OutcomeRow, _outcomes(study, reached_by)),
        energy=table(EnergyRow, _energy(study, hats)),
        pairs=_made(PairRow, pairs_table(effects, study.levers, study.outcomes, THRESHOLD_PCT)),
        reach=_made(ReachRow, reach_table(effects, study.outcomes, _needed(study, central))),
        lever_outcomes=table(LeverOutcomeRow, _effect_rows(effects)),
        target_changes=table(TargetChangeRow, _target_changes(study, reached_by)),
    )


STATION = Station(
    name="outcomes",
    section=OutcomesSection,
    reads=(
        *dict.fromkeys((*DRAW_FIELDS, *HEADLINE_FIELDS)),
        *("partners", "economy_names", "start", "deadline", "review", "levers", "asked", "costs", "outcomes", "energy"),
        "projections",
    ),
    needs=(EnsembleSection,),
    applies=lambda study: bool(study.levers) and bool(study.outcomes),
    compute=compute,
)


def _made(row: type, frame: pd.DataFrame) -> Table:  # type: ignore[type-arg]
    return table(row) if frame.empty else Table(row, frame)


def _carried(study: Study) -> list[str]:
    """Return the targets whose own number goes into a lever: their outcome is part of the input."""
    names = {name for lever in study.levers for effect in lever.effects for name in effect.numbers.values()}
    return sorted({name.split(".")[1] for name in names if name.startswith("target.")})


def _targets(study: Study) -> dict[str, Target]:
    return {target.id: target for target in study.targets}


def _needed(study: Study, central: Mapping[str, float]) -> dict[str, float]:
    """Return the ratio of after to before that meets each outcome whose target has a number."""
    targets, ahead = _targets(study), {n: float(np.median(one.values)) for n, one in study.projections.items()}
    needed = (
        (o.id, reach(o, targets.get(o.target), 1.0, central, ahead.get(o.target)).needed_pct) for o in study.outcomes
    )
    return {name: 1 + percent / 100 for name, percent in needed if percent is not None}


def _reached_by_world(
    study: Study, hats: xr.DataArray, central: Mapping[str, float], spread: Sequence[Mapping[str, float]]
) -> dict[str, dict[int, list[Reached]]]:
    """Return outcomes against targets by world and number of the run, for the runs that were solved."""
    targets, ahead = _targets(study), [projected_draws(study, o.target, len(spread)) for o in study.outcomes]
    found: dict[str, dict[int, list[Reached]]] = {}
    for world in MEASURED:
        part = hats.sel(world=world, quantity=[outcome.id for outcome in study.outcomes])
        found[world] = {
            int(number): [
                reach(
                    o,
                    targets.get(o.target),
                    float(hat),
                    central if number == CENTRAL else spread[number],
                    None if own is None else float(own[number + 1]),
                    study.projections[o.target].goal if own is not None else None,
                )
                for o, hat, own in zip(study.outcomes, row, ahead, strict=True)
            ]
            for number, row in zip(part["draw"].values, part.values, strict=True)
        }
    return found


def _basis(study: Study, outcome: Outcome) -> str:
    target = _targets(study).get(outcome.target)
    if target is None or target.year is None or target.value is None:
        return "none"
    return PROJECTION if outcome.target in study.projections else "assumed"


def _outcomes(study: Study, reached: Mapping[str, Mapping[int, Sequence[Reached]]]) -> pd.DataFrame:
    """Return outcomes against targets in both worlds, with ranges over the draws."""
    frames = []
    for world, rows in reached.items():
        frame = outcomes_table(rows[CENTRAL], [row for number, row in rows.items() if number != CENTRAL])
        frame.insert(1, "world", world)
        frame["basis"] = [_basis(study, outcome) for outcome in study.outcomes]
        frames.append(frame)
    return pd.concat(frames, ignore_index=True)


def _target_changes(study: Study, reached: Mapping[str, Mapping[int, Sequence[Reached]]]) -> list[TargetChangeRow]:
    """Return the change that both aligned plans bring to each target's indicator, in the target's own terms.

    A target whose own number goes into a lever stands without numbers: what the model reaches there is what was put in.
    """
    targets, carried = _targets(study), _carried(study)
    rows = [TargetChangeRow(name, None, None, None, None) for name in carried]
    runs = reached.get(MEASURED[-1], {})
    for k, outcome in enumerate(study.outcomes):
        target = targets.get(outcome.target)
        changes = {number: change_in_own_terms(row[k], target) for number, row in runs.items()}
        central = changes.get(CENTRAL)
        if target is None or target.id in carried or central is None:
            continue
        known = [c for number, c in changes.items() if number != CENTRAL and c is not None]
        low, high = percentiles(known)
        rows.append(TargetChangeRow(target.id, low, float(np.median(known)), central, high))
    return rows


def _hat_names(study: Study) -> list[str]:
    return [f"hat:{outcome.id}" for outcome in study.outcomes]


def _lever_effects(study: Study, bench: Bench, drawn: Drawn) -> LeverEffects:
    """Return the effect of each lever alone, at full degree, on each outcome, in every draw."""
    responses = bench.responses[CENTRAL_SETTING]
    sizes, lever_of = sizes_of(bench, drawn), np.array(responses.lever_of, dtype=int)
    central = sizes_of(bench, central_run(bench))[0]
    hat = np.zeros((len(study.levers), len(study.outcomes)))
    draws = np.zeros((drawn.count, *hat.shape))
    for position in range(len(study.levers)):
        parts = np.flatnonzero(lever_of == position)
        hat[position] = central[parts] @ responses.observed[parts]
        draws[:, position] = sizes[:, parts] @ responses.observed[parts]
    return LeverEffects(
        levers=tuple(lever.id for lever in study.levers),
        outcomes=tuple(o.id for o in study.outcomes),
        hat=np.exp(hat),
        draws=np.exp(draws),
    )


def _described(study: Study, outcome: Outcome) -> OutcomeFacts:
    target = _targets(study).get(outcome.target)
    return OutcomeFacts(
        id=outcome.id,
        titles=dict(outcome.titles),
        target=outcome.target,
        owner=outcome.owner,
        measure=str(outcome.measure),
        economy=outcome.economy,
        partner=outcome.partner,
        sectors=tuple(outcome.sector),
        direction=outcome.direction,
        unit=target.unit if target else "",
        kind=str(target.kind) if target else "",
        operator=target.operator if target else "",
        year=target.year if target else None,
        status=str(target.status) if target else "",
    )


def _trade_and_imports(study: Study, effects: LeverEffects) -> list[TradeFacts]:
    """Return, for each aim to import less, by how much joint levers raise its measure for one percent more bilateral trade."""
    joint = [lever.id for lever in study.levers if lever.joint]
    trade = next((o for o in study.outcomes if o.measure is OutcomeMeasure.TRADE_VALUE and o.direction == "up"), None)
    if trade is None or not joint:
        return []
    return [
        TradeFacts(o.id, trade.id, o.economy, *exchange_range(effects, joint, o.id, trade.id))
        for o in study.outcomes
        if o.measure is OutcomeMeasure.IMPORT_SHARE and o.direction == "down"
    ]


def _energy(study: Study, hats: xr.DataArray) -> list[EnergyRow]:
    """Return CO2 and energy of partners and CO2 of third countries against neither plan, in percent, with ranges."""
    rows = []
    for world in MEASURED:
        for quantity in (str(name) for name in hats["quantity"].values):
            if not (mark := next((m for m in (CO2, ENERGY) if quantity.startswith(m)), "")):
                continue
            found, economy = ranges(100 * (hats.sel(world=world, quantity=quantity) - 1)), quantity.removeprefix(mark)
            reported = study.energy.co2_mt.get(economy) if study.energy and mark == CO2 else None
            rows.append(
                EnergyRow(
                    world=world,
                    quantity=mark.rstrip(":"),
                    economy=economy,
                    reported_mt=reported,
                    **{name: float(found[name]) for name in ("low", "median", "central", "high")},
                )
            )
    return rows


def _effect_rows(effects: LeverEffects) -> list[LeverOutcomeRow]:
    rows = []
    for i, lever in enumerate(effects.levers):
        for k, outcome in enumerate(effects.outcomes):
            low, high = percentiles(list(100 * (effects.draws[:, i, k] - 1)))
            rows.append(LeverOutcomeRow(lever, outcome, low, 100 * (float(effects.hat[i, k]) - 1), high))
    return rows
