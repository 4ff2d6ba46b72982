"""Levers: the arithmetic from each target to its shock, and what each lever alone is worth to whom."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from isthmus.core.axes import Array
from isthmus.core.provenance import Ledger, Status, percentiles
from isthmus.equilibrium.hat import Solution
from isthmus.equilibrium.scenario import Scenario
from isthmus.equilibrium.solve import pose
from isthmus.equilibrium.welfare import welfare
from isthmus.levers.change import target_values
from isthmus.levers.facts import WorldFacts, world_facts
from isthmus.levers.lever import Effect, Lever
from isthmus.levers.responses import Responses, by_lever, respond
from isthmus.levers.shocks import Step, arithmetic
from isthmus.plans.plan import Target
from isthmus.study.standing import standing_costs
from isthmus.study.station import Findings, Section, Station, Work
from isthmus.study.study import Study

THIRD = "third"
WEAKEST = (Status.UNVERIFIED, Status.ASSUMED, Status.QUOTED, Status.VERIFIED)


def compute(study: Study, findings: Findings, work: Work) -> Section:
    """Return the arithmetic of every lever and its effect on real income, each with 5th and 95th percentile."""
    known = target_values(study.targets)
    central = {**known, **study.ledger.central()}
    drawn = [{**known, **draw} for draw in study.ledger.draws(study.ensemble.draws, study.ensemble.seed)]
    facts = world_facts(study.baseline, standing_costs(findings, study.baseline))
    problem = pose(study.baseline, Scenario(trade_balance=study.trade_balance))
    responses = respond(problem, study.levers, central, facts, _ln_income)
    work.progress(0.7)
    return Section(
        {
            "partners": list(study.partners),
            "deadline": study.deadline,
            "draws": study.ensemble.draws,
            "levers": [_described(lever, study.ledger) for lever in study.levers],
            "targets": {target.id: _names(target) for target in study.targets},
        },
        {
            "levers": _arithmetic_table(study.levers, central, drawn, facts),
            "lever_weights": _weights(study, responses, central, drawn, facts),
        },
    )


STATION = Station(
    name="levers",
    inputs=("world", "settings", "ledger", "targets", "levers"),
    needs=("border",),
    applies=lambda study: bool(study.levers),
    compute=compute,
)


def _ln_income(solution: Solution) -> Array:
    return np.log1p(welfare(solution).real_income / 100)


def _described(lever: Lever, ledger: Ledger) -> dict[str, Any]:
    """Return what the report says of a lever besides its numbers; the status is the weakest of the numbers it uses."""
    used = list(dict.fromkeys(name for effect in lever.effects for name in effect.numbers.values()))
    entries = [ledger[name] for name in used if name in ledger.parameters]
    statuses = {entry.status for entry in entries}
    return {
        "id": lever.id,
        "titles": dict(lever.titles),
        "family": lever.family,
        "owner": lever.owner,
        "joint": lever.joint,
        "targets": {partner: list(targets) for partner, targets in lever.targets.items()},
        "start": lever.start,
        "full": lever.full,
        "status": next((str(s) for s in WEAKEST if s in statuses), ""),
        "elasticities": [
            {"source": ledger[name].source, "address": ledger[name].address, "status": str(ledger[name].status)}
            for name in dict.fromkeys(
                effect.numbers[role]
                for effect in lever.effects
                for role in ("elasticity", "per_day", "removed", "overhead")
                if effect.numbers.get(role) in ledger.parameters
            )
        ],
    }


def _names(target: Target) -> dict[str, str]:
    found = {"en": target.indicator, "ru": target.indicator_ru, "zh": target.indicator_zh}
    return {language: name for language, name in found.items() if name}


def _arithmetic_table(
    levers: Sequence[Lever], central: Mapping[str, float], drawn: Sequence[Mapping[str, float]], facts: WorldFacts
) -> pd.DataFrame:
    """Return one row an effect; the two directions of one effect are one row."""
    rows = []
    for lever in levers:
        middle = arithmetic(lever, central, facts)
        spread = [arithmetic(lever, draw, facts) for draw in drawn]
        seen: dict[tuple[object, ...], dict[str, Any]] = {}
        for k, (effect, step) in enumerate(zip(lever.effects, middle, strict=True)):
            key = (*_numbers_of(effect), tuple(sorted({effect.exporter, effect.importer})))
            if key in seen:
                row = seen[key]
                row |= {"both_ways": True, "cells": row["cells"] + step.cells, "capped": row["capped"] + step.capped}
                continue
            low, high = percentiles([steps[k].shock_pct for steps in spread])
            seen[key] = _row(lever, effect, step, low, high)
        rows += list(seen.values())
    return pd.DataFrame(rows)


def _numbers_of(effect: Effect) -> tuple[object, ...]:
    return (
        effect.channel,
        effect.form,
        effect.sector,
        effect.input,
        effect.economy,
        tuple(sorted(effect.numbers.items())),
    )


def _row(lever: Lever, effect: Effect, step: Step, low: float, high: float) -> dict[str, Any]:
    return {
        "lever": lever.id,
        "family": lever.family,
        "owner": lever.owner,
        "channel": step.channel,
        "measure": str(effect.form),
        "economy": ";".join(effect.economy),
        "exporter": ";".join(effect.exporter),
        "importer": ";".join(effect.importer),
        "both_ways": False,
        "sector": ";".join(effect.sector),
        "input": ";".join(effect.input),
        "change": step.change,
        "expected": step.expected,
        "elasticity": step.elasticity,
        "driver_pct": step.driver_pct,
        "shock_kind": step.shock_kind,
        "shock_pct": step.shock_pct,
        "shock_low_pct": low,
        "shock_high_pct": high,
        "cells": step.cells,
        "capped": step.capped,
        "start": lever.start,
        "full": lever.full,
        "numbers": ";".join(f"{role}={name}" for role, name in effect.numbers.items()),
    }


def _weights(
    study: Study,
    responses: Responses,
    central: Mapping[str, float],
    drawn: Sequence[Mapping[str, float]],
    facts: WorldFacts,
) -> pd.DataFrame:
    """Return the effect of each lever alone on real income of the partners and third countries, in percent."""
    labels = study.baseline.economies
    at = [labels.index(partner) for partner in study.partners]
    income = study.baseline.income.values.copy()
    income[at] = 0
    weights = income / income.sum()

    def percent(parameters: Mapping[str, float]) -> Array:
        effects = 100 * np.expm1(by_lever(responses, parameters, facts))
        return np.concatenate([effects[:, at], (effects @ weights)[:, None]], axis=1)

    middle = percent(central)
    spread = np.array([percent(parameters) for parameters in drawn])
    rows = []
    for i, lever in enumerate(study.levers):
        for k, economy in enumerate((*study.partners, THIRD)):
            low, high = percentiles(list(spread[:, i, k]))
            rows.append((lever.id, economy, low, float(middle[i, k]), high))
    return pd.DataFrame(rows, columns=["lever", "economy", "low", "central", "high"])
