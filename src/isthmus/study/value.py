"""The value of alignment: what each plan, both together and their coordination are worth, to whom, with ranges."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from isthmus.core.axes import Array
from isthmus.core.errors import NotConvergedError
from isthmus.core.provenance import percentiles
from isthmus.equilibrium.hat import trade
from isthmus.equilibrium.result import true_residuals
from isthmus.equilibrium.solve import Settings
from isthmus.levers.change import target_values
from isthmus.levers.worlds import PlanWorld, Timetable, solve_worlds
from isthmus.study.components import COMPONENTS, THIRD, WORLDS, four_worlds, split, third_weights, with_third
from isthmus.study.labels import names
from isthmus.study.outcomes import CENTRAL, measured
from isthmus.study.standing import standing_costs
from isthmus.study.station import Findings, Section, Station, Work
from isthmus.study.study import Study

CHUNK = 20
DRAWN = ("incomes", "sectors", "failed", "measures")
"""Tables that every draw gives."""

DRAW_TOLERANCE, PASSING_TOLERANCE = 1e-8, 1e-6
"""Residual to reach in a draw, and in years a draw only passes through: far below what percentiles show. The central run
stops at 1e-10 everywhere."""


def compute(study: Study, findings: Findings, work: Work) -> Section:
    """Solve the worlds of both plans at central values and over the draws; return effects with 5th and 95th percentile."""
    timetable = Timetable(study.start, study.deadline, study.review)
    known = target_values(study.targets)
    parameters = {**known, **study.ledger.central()}
    central = solve_worlds(
        study.baseline,
        study.levers,
        parameters,
        four_worlds(study.levers, study.partners, parameters),
        timetable,
        trade_balance=study.trade_balance,
        standing=(standing := standing_costs(findings, study.baseline)),
    )
    draws = _drawn(study, timetable, known, standing, work)
    effects = _effects(study, central, draws)
    facts: dict[str, Any] = {
        "partners": list(study.partners),
        "names": names(study.baseline.table.economy_names if study.baseline.table else {}),
        "sectors": names(study.baseline.table.sector_names if study.baseline.table else {}),
        "deadline": study.deadline,
        "review": study.review,
        "draws": study.ensemble.draws,
        "parameters": len(study.ledger.parameters),
        "failed_draws": int(draws["failed"]["draw"].nunique()) if len(draws["failed"]) else 0,
        "residuals": _worst_residuals(central),
        "solves": len(WORLDS) * (study.review - study.start + 1) * (study.ensemble.draws + 1),
    }
    return Section(
        facts,
        {
            "effects": effects,
            "sectors": _sectors(study, central["aligned"], draws["sectors"]),
            "path": _path(study, central),
            "failed_draws": draws["failed"],
            "measures": pd.concat(
                [measured(study, central, parameters, CENTRAL), draws["measures"]], ignore_index=True
            ),
        },
    )


STATION = Station(
    name="value",
    inputs=("world", "settings", "ledger", "targets", "levers", "outcomes"),
    needs=("border",),
    applies=lambda study: bool(study.levers),
    compute=compute,
)


def _drawn(
    study: Study, timetable: Timetable, known: Mapping[str, float], standing: Mapping[str, Array], work: Work
) -> dict[str, pd.DataFrame]:
    """Solve every draw in chunks that survive an interruption; return long tables of incomes, outputs and failures."""
    draws = study.ledger.draws(study.ensemble.draws, study.ensemble.seed)
    chunks = [range(k, min(k + CHUNK, len(draws))) for k in range(0, len(draws), CHUNK)]
    parts = []

    def one(number: int) -> dict[str, Any]:
        return _draw(study, timetable, number, {**known, **draws[number]}, standing)

    for done, chunk in enumerate(chunks, start=1):

        def make(chunk: range = chunk) -> Section:
            solved = work.map(one, chunk)
            return Section({}, {name: pd.concat([s[name] for s in solved]) for name in DRAWN})

        parts.append(work.piece(f"draws-{chunk[0]}-{chunk[-1]}", make))
        work.progress(done / len(chunks))
    return {name: pd.concat([part.tables[name] for part in parts], ignore_index=True) for name in DRAWN}


def _draw(
    study: Study,
    timetable: Timetable,
    number: int,
    parameters: Mapping[str, float],
    standing: Mapping[str, Array],
) -> dict[str, pd.DataFrame]:
    economies = list(study.baseline.economies)
    incomes = pd.DataFrame(columns=["draw", "world", "year", "economy", "real_income_pct"])
    sectors = pd.DataFrame(columns=["draw", "economy", "sector", "output_pct"])
    failed = pd.DataFrame({"draw": [], "reason": []})
    measures = pd.DataFrame(columns=["draw", "world", "quantity", "hat"])
    try:
        worlds = solve_worlds(
            study.baseline,
            study.levers,
            parameters,
            four_worlds(study.levers, study.partners, parameters),
            timetable,
            trade_balance=study.trade_balance,
            standing=standing,
            settings=Settings(tolerance=DRAW_TOLERANCE),
            passing=Settings(tolerance=PASSING_TOLERANCE),
        )
    except NotConvergedError as error:
        failed = pd.DataFrame({"draw": [number], "reason": [str(error)]})
    else:
        incomes = pd.concat(
            pd.DataFrame(
                {
                    "draw": number,
                    "world": name,
                    "year": year,
                    "economy": economies,
                    "real_income_pct": world.real_income[year],
                }
            )
            for name, world in worlds.items()
            for year in (timetable.deadline, timetable.last)
        )
        sectors = _outputs(study, worlds["aligned"]).assign(draw=number)
        measures = measured(study, worlds, parameters, number)
    return {"incomes": incomes, "sectors": sectors, "failed": failed, "measures": measures}


def _outputs(study: Study, world: PlanWorld) -> pd.DataFrame:
    """Return the change of each sector's output in percent for both partners at the deadline."""
    solution = world.at_deadline
    before, after = solution.system.model.Y, trade(solution)[1].sum(axis=2)
    change = 100 * (np.divide(after, before, out=np.ones_like(after), where=before > 0) - 1)
    rows = [
        pd.DataFrame(
            {"economy": p, "sector": study.baseline.sectors, "output_pct": change[:, study.baseline.economies.index(p)]}
        )
        for p in study.partners
    ]
    return pd.concat(rows, ignore_index=True)


def _effects(study: Study, central: Mapping[str, PlanWorld], draws: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return economy, component, year, low, central, high in percent of real income."""
    baseline = study.baseline
    weights = third_weights(baseline, study.partners)
    labels = [*baseline.economies, THIRD]
    frames = []
    for year in (study.deadline, study.review):
        middle = split(
            {n: with_third(w.real_income[year], weights) for n, w in central.items()}, labels, study.partners
        )
        incomes = draws["incomes"]
        at_year = incomes[incomes["year"] == year]
        cubes = {
            name: at_year[at_year["world"] == name]
            .pivot_table(index="draw", columns="economy", values="real_income_pct")[list(baseline.economies)]
            .to_numpy(dtype=float)
            for name in WORLDS
        }
        spread = split({n: with_third(cube, weights) for n, cube in cubes.items()}, labels, study.partners)
        frames += [
            _effect_rows(component, year, labels, middle[component], spread[component]) for component in COMPONENTS
        ]
    return pd.concat(frames, ignore_index=True)


def _effect_rows(component: str, year: int, labels: Sequence[str], middle: Array, spread: Array) -> pd.DataFrame:
    keep = ~np.isnan(middle)
    low, high = np.array(
        [percentiles(column) if k else (np.nan, np.nan) for column, k in zip(spread.T, keep, strict=True)]
    ).T
    frame = pd.DataFrame(
        {"economy": labels, "component": component, "year": year, "low": low, "central": middle, "high": high}
    )
    return frame[keep]


def _sectors(study: Study, aligned: PlanWorld, drawn: pd.DataFrame) -> pd.DataFrame:
    """Return sector outputs at the deadline in the aligned world with their range."""
    central = _outputs(study, aligned)
    ranges = drawn.groupby(["economy", "sector"])["output_pct"].quantile(np.array([0.05, 0.95])).unstack()
    found = central.join(ranges, on=["economy", "sector"])
    value_added = dict(zip(study.baseline.sectors, _value_added(study).T, strict=True))
    found["value_added_share_pct"] = [
        100 * value_added[sector][study.partners.index(economy)]
        for economy, sector in zip(found["economy"], found["sector"], strict=True)
    ]
    found.insert(2, "scenario", "aligned")
    return found.rename(columns={0.05: "output_low_pct", 0.95: "output_high_pct"})


def _value_added(study: Study) -> Array:
    """Return each sector's share of value added of both partners, (2, S)."""
    at = [study.baseline.economies.index(p) for p in study.partners]
    total = (study.baseline.value_added_share.values * study.baseline.output.values)[:, at].T
    shares: Array = total / total.sum(axis=1, keepdims=True)
    return shares


def _path(study: Study, central: Mapping[str, PlanWorld]) -> pd.DataFrame:
    """Return the central path of both partners and third countries, year by year, in every world."""
    weights = third_weights(study.baseline, study.partners)
    labels = [*study.baseline.economies, THIRD]
    keep = [labels.index(code) for code in (*study.partners, THIRD)]
    rows = [
        (labels[i], name, year, float(values[i]))
        for name, world in central.items()
        for year, income in world.real_income.items()
        for values in [with_third(income, weights)]
        for i in keep
    ]
    return pd.DataFrame(rows, columns=["economy", "world", "year", "real_income_pct"])


def _worst_residuals(central: Mapping[str, PlanWorld]) -> dict[str, float]:
    """Return the largest residual of each equation block over the central worlds at the deadline."""
    found = [true_residuals(world.at_deadline, *trade(world.at_deadline)) for world in central.values()]
    return {block: max(residuals[block] for residuals in found) for block in found[0]}
