"""Outcome targets: how far the solved plans come, CO2 beside them, and which targets help or hinder each other."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from isthmus.core.axes import Array
from isthmus.core.provenance import percentiles
from isthmus.equilibrium.hat import Solution
from isthmus.equilibrium.scenario import Scenario
from isthmus.equilibrium.solve import pose
from isthmus.levers.change import target_values
from isthmus.levers.conflicts import LeverEffects, exchange_rate, pairs_table, reach_table
from isthmus.levers.energy import energy_balance
from isthmus.levers.facts import world_facts
from isthmus.levers.outcomes import Measure, Outcome, Reached, change_in_own_terms, measure, outcomes_table, reach
from isthmus.levers.picture import Picture, picture
from isthmus.levers.responses import by_lever, respond
from isthmus.levers.worlds import PlanWorld
from isthmus.study.standing import standing_costs
from isthmus.study.station import Findings, Section, Station, Work
from isthmus.study.study import Study

CENTRAL = -1
"""Number of the run at central values among the draws."""

WORLDS_MEASURED = ("both", "aligned")
THRESHOLD_PCT = 0.02
"""Effects on an outcome within this many percent of zero are called neutral."""

THIRD = "third"


def measured(
    study: Study, worlds: Mapping[str, PlanWorld], parameters: Mapping[str, float], number: int
) -> pd.DataFrame:
    """Return every outcome's measure and the energy and CO2 of partners and third countries at the deadline.

    Parameters
    ----------
    worlds
        Solved worlds, of which `WORLDS_MEASURED` are read.
    number
        Number of the draw, or `CENTRAL`.

    Returns
    -------
    pandas.DataFrame
        draw, world, quantity (an outcome's id, ``co2:LABEL`` or ``energy:LABEL``), hat.
    """
    rows = []
    for name in WORLDS_MEASURED:
        if name in worlds:
            shown = picture(study.baseline, worlds[name].at_deadline)
            hats = {o.id: measure(o, shown, study.energy, parameters) for o in study.outcomes}
            hats |= _energy_hats(study, shown, parameters)
            rows += [(number, name, quantity, hat) for quantity, hat in hats.items()]
    return pd.DataFrame(rows, columns=["draw", "world", "quantity", "hat"])


def compute(study: Study, findings: Findings, work: Work) -> Section:
    """Compare every outcome with its target, and find pairs of targets that help or hinder each other."""
    known = target_values(study.targets)
    draws = study.ledger.draws(study.ensemble.draws, study.ensemble.seed)
    central = {**known, **study.ledger.central()}
    measures = findings["value"].tables["measures"]
    reached_by = _reached_by_world(study, measures, central, [{**known, **draw} for draw in draws])
    work.progress(0.2)
    effects = _lever_effects(study, findings, central, [{**known, **draw} for draw in draws])
    work.progress(0.9)
    pairs = pairs_table(effects, study.levers, study.outcomes, THRESHOLD_PCT)
    needed = _needed(study, central)
    return Section(
        {
            "partners": list(study.partners),
            "deadline": study.deadline,
            "draws": study.ensemble.draws,
            "outcomes": [_described(study, o) for o in study.outcomes],
            "targets": {t.id: {"en": t.indicator, "ru": t.indicator_ru, "zh": t.indicator_zh} for t in study.targets},
            "carried_by_levers": _carried(study),
            "trade_and_imports": _trade_and_imports(study, effects),
            "threshold_pct": THRESHOLD_PCT,
        },
        {
            "outcomes": _outcomes(reached_by),
            "energy": _energy_table(study, measures),
            "pairs": pairs,
            "reach": reach_table(effects, study.outcomes, needed),
            "lever_outcomes": _effects_table(effects),
            "target_changes": _target_changes(study, reached_by),
        },
    )


STATION = Station(
    name="outcomes",
    inputs=("world", "settings", "ledger", "targets", "levers", "outcomes", "co2"),
    needs=("border", "value"),
    applies=lambda study: bool(study.levers) and bool(study.outcomes),
    compute=compute,
)


def _carried(study: Study) -> list[str]:
    """Return the targets whose own number goes into a lever: their outcome is part of the input."""
    names = {name for lever in study.levers for effect in lever.effects for name in effect.numbers.values()}
    return sorted({name.split(".")[1] for name in names if name.startswith("target.")})


def _energy_hats(study: Study, shown: Picture, parameters: Mapping[str, float]) -> dict[str, float]:
    if study.energy is None:
        return {}
    found, before, after = {}, 0.0, 0.0
    for economy in study.baseline.economies:
        balance = energy_balance(economy, shown, study.energy, parameters)
        if economy in study.partners:
            found[f"co2:{economy}"], found[f"energy:{economy}"] = balance.co2_hat, balance.energy_hat
        elif balance.co2_mt is not None:
            before, after = before + balance.co2_mt, after + balance.co2_mt * balance.co2_hat
    return found | ({f"co2:{THIRD}": after / before} if before else {})


def _targets(study: Study) -> dict[str, Any]:
    return {target.id: target for target in study.targets}


def _needed(study: Study, central: Mapping[str, float]) -> dict[str, float]:
    """Return the ratio of after to before that meets each outcome whose target has a number."""
    targets = _targets(study)
    without = {o.id: reach(o, targets.get(o.target), 1.0, central).needed_pct for o in study.outcomes}
    return {name: 1 + percent / 100 for name, percent in without.items() if percent is not None}


def _reached_by_world(
    study: Study, measures: pd.DataFrame, central: Mapping[str, float], drawn: Sequence[Mapping[str, float]]
) -> dict[str, dict[int, list[Reached]]]:
    """Return outcomes against targets by world and number of the run, for the runs that were solved."""
    targets = _targets(study)
    found = {}
    for world in WORLDS_MEASURED:
        part = measures[measures["world"] == world]
        hats = {int(str(number)): group.set_index("quantity")["hat"] for number, group in part.groupby("draw")}
        if CENTRAL not in hats:
            continue
        found[world] = {
            number: [
                reach(o, targets.get(o.target), float(hat[o.id]), central if number == CENTRAL else drawn[number])
                for o in study.outcomes
            ]
            for number, hat in hats.items()
        }
    return found


def _outcomes(reached: Mapping[str, Mapping[int, Sequence[Reached]]]) -> pd.DataFrame:
    """Return outcomes against targets in both worlds, with ranges over the draws."""
    frames = []
    for world, rows in reached.items():
        frame = outcomes_table(rows[CENTRAL], [row for number, row in rows.items() if number != CENTRAL])
        frame.insert(1, "world", world)
        frames.append(frame)
    return pd.concat(frames, ignore_index=True)


def _target_changes(study: Study, reached: Mapping[str, Mapping[int, Sequence[Reached]]]) -> pd.DataFrame:
    """Return the change that both aligned plans bring to each target's indicator, in the target's own terms.

    A target whose own number goes into a lever stands without numbers: what the model reaches there is what was put in.
    """
    targets, carried = _targets(study), _carried(study)
    rows: list[tuple[str, float, float, float]] = [(name, np.nan, np.nan, np.nan) for name in carried]
    runs = reached.get(WORLDS_MEASURED[-1], {})
    for k, outcome in enumerate(study.outcomes):
        target = targets.get(outcome.target)
        changes = {number: change_in_own_terms(row[k], target) for number, row in runs.items()}
        central = changes.get(CENTRAL)
        if target is None or target.id in carried or central is None:
            continue
        low, high = percentiles([c for number, c in changes.items() if number != CENTRAL and c is not None])
        rows.append((target.id, low, central, high))
    return pd.DataFrame(rows, columns=["target", "low", "central", "high"])


def _lever_effects(
    study: Study, findings: Findings, central: Mapping[str, float], drawn: Sequence[Mapping[str, float]]
) -> LeverEffects:
    """Return the effect of each lever alone on each outcome, in every draw."""
    facts = world_facts(study.baseline, standing_costs(findings, study.baseline))
    problem = pose(study.baseline, Scenario(trade_balance=study.trade_balance))

    def observe(solution: Solution) -> Array:
        shown = picture(study.baseline, solution)
        return np.log([measure(o, shown, study.energy, central) for o in study.outcomes])

    responses = respond(problem, study.levers, central, facts, observe)
    return LeverEffects(
        levers=tuple(lever.id for lever in study.levers),
        outcomes=tuple(o.id for o in study.outcomes),
        hat=np.exp(by_lever(responses, central, facts)),
        draws=np.exp([by_lever(responses, draw, facts) for draw in drawn]),
    )


def _described(study: Study, outcome: Outcome) -> dict[str, Any]:
    target = _targets(study).get(outcome.target)
    return {
        "id": outcome.id,
        "titles": dict(outcome.titles),
        "target": outcome.target,
        "owner": outcome.owner,
        "measure": str(outcome.measure),
        "economy": outcome.economy,
        "partner": outcome.partner,
        "sectors": list(outcome.sector),
        "direction": outcome.direction,
        "unit": target.unit if target else "",
        "kind": str(target.kind) if target else "",
        "operator": target.operator if target else "",
        "year": target.year if target else None,
        "status": str(target.status) if target else "",
    }


def _trade_and_imports(study: Study, effects: LeverEffects) -> list[dict[str, Any]]:
    """Return, for each aim to import less, by how much joint levers raise its measure for one percent more bilateral trade."""
    joint = [lever.id for lever in study.levers if lever.joint]
    trade = next((o for o in study.outcomes if o.measure is Measure.TRADE_VALUE and o.direction == "up"), None)
    if trade is None or not joint:
        return []
    return [
        {
            "outcome": o.id,
            "trade": trade.id,
            "economy": o.economy,
            "percent": exchange_rate(effects, joint, o.id, trade.id),
        }
        for o in study.outcomes
        if o.measure is Measure.IMPORT_SHARE and o.direction == "down"
    ]


def _energy_table(study: Study, measures: pd.DataFrame) -> pd.DataFrame:
    """Return CO2 and energy of partners and CO2 of third countries against neither plan, in percent, with ranges."""
    rows = []
    wanted = measures[measures["quantity"].str.contains(":", regex=False)]
    for (world, quantity), group in wanted.groupby(["world", "quantity"], sort=False):
        central = group.loc[group["draw"] == CENTRAL, "hat"]
        low, high = percentiles(list(100 * (group.loc[group["draw"] != CENTRAL, "hat"] - 1)))
        kind, economy = str(quantity).split(":")
        reported = study.energy.co2_mt.get(economy) if study.energy and kind == "co2" else None
        pct = 100 * (float(central.iloc[0]) - 1)
        rows.append((world, kind, economy, low, pct, high, reported))
    return pd.DataFrame(rows, columns=["world", "quantity", "economy", "low", "central", "high", "reported_mt"])


def _effects_table(effects: LeverEffects) -> pd.DataFrame:
    rows = []
    for i, lever in enumerate(effects.levers):
        for k, outcome in enumerate(effects.outcomes):
            low, high = percentiles(list(100 * (effects.draws[:, i, k] - 1)))
            rows.append((lever, outcome, low, 100 * (float(effects.hat[i, k]) - 1), high))
    return pd.DataFrame(rows, columns=["lever", "outcome", "low", "central", "high"])
