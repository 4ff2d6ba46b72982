"""The ensemble: every world of the plans in every draw and year, solved once; later stations are views of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
import xarray as xr

from isthmus.core.axes import Array
from isthmus.core.errors import IsthmusError
from isthmus.economy.baseline import Baseline
from isthmus.economy.nowcast import Nowcast
from isthmus.equilibrium.solve import Settings
from isthmus.equilibrium.state import true_residuals
from isthmus.levers.facts import Standing
from isthmus.levers.worlds import PlanWorld, Timetable, solve_worlds
from isthmus.study.arrays import dataset_from, dataset_parts
from isthmus.study.border import BorderSection
from isthmus.study.components import WORLDS, four_worlds
from isthmus.study.draws import CENTRAL, DRAW_FIELDS, Draw, central_draw, drawn, strongest_chance_correlation
from isthmus.study.quantities import QUANTITY_FIELDS, quantities, quantity_names
from isthmus.study.section import Help, Parts, Section, Table, key, note, table
from isthmus.study.standing import standing_costs
from isthmus.study.station import Findings, Station, Work
from isthmus.study.study import Study
from isthmus.study.variants import nowcasts, variant

CHUNK = 20
DRAW_TOLERANCE, PASSING_TOLERANCE = 1e-8, 1e-6
"""Residual to reach in a draw, and in years a draw only passes through: far below what percentiles show. The central run
stops at 1e-10 everywhere."""

LOW, HIGH = 0.05, 0.95
"""Quantiles of the draws that are low and high everywhere."""


@dataclass(frozen=True)
class FailedRow:
    """A draw that was not solved."""

    draw: Annotated[int, key("number of the draw")]
    reason: Annotated[str, note("why, in English")]


@dataclass(frozen=True, kw_only=True)
class EnsembleSection(Section):
    """All worlds in all draws.

    `data` has the variables ``real_income_pct`` and ``real_gdp_pct`` (draw, world, year, economy) against neither plan,
    ``output_pct`` (draw, partner, sector) in the last world at the deadline, ``hat`` (draw, world, quantity), the ratio of
    after to before at the deadline, and ``parameter`` (draw, name). The first draw is the run at central values.
    """

    draws: Annotated[int, Help("draws that were asked for")]
    solves: Annotated[int, Help("equilibria that were solved")]
    residuals: Annotated[Mapping[str, float], Help("largest residual of each equation block in the central run")]
    chance_correlation: Annotated[float, Help("largest rank correlation between two unrelated inputs")]
    failed: Annotated[Table[FailedRow], Help("draws that were not solved")]
    data: Annotated[xr.Dataset, Help("incomes, outputs and outcomes by draw")]


def compute(study: Study, findings: Findings, work: Work) -> EnsembleSection:
    """Solve the worlds of the plans at central values and in every draw, in pieces that survive an interruption."""
    bench = _bench(study, findings)
    middle = central_draw(study)
    worlds = _solved(bench, study.baseline, middle, None)
    asked = drawn(study)
    chunks = [asked[k : k + CHUNK] for k in range(0, len(asked), CHUNK)]
    parts = [_labelled(bench, [middle], [_arrays(bench, study.baseline, worlds, middle)])]
    failed: list[FailedRow] = []
    for done, chunk in enumerate(chunks, start=1):

        def make(chunk: Sequence[Draw] = chunk) -> Parts:
            return _piece(bench, chunk, work.map(lambda draw: _one(bench, draw), chunk))

        kept = work.piece(f"draws-{chunk[0].number}-{chunk[-1].number}", make)
        failed += [FailedRow(int(number), reason) for number, reason in kept.facts["failed"].items()]
        if kept.facts["data"]:
            parts.append(dataset_from(kept.facts["data"], kept.tables))
        work.progress(done / len(chunks))
    return EnsembleSection(
        draws=len(asked),
        solves=len(WORLDS) * len(bench.timetable.years) * (len(asked) + 1),
        residuals=_worst_residuals(worlds),
        chance_correlation=strongest_chance_correlation(study),
        failed=table(FailedRow, failed),
        data=xr.concat(parts, "draw"),
    )


STATION = Station(
    name="ensemble",
    section=EnsembleSection,
    reads=(
        *dict.fromkeys((*DRAW_FIELDS, *QUANTITY_FIELDS)),
        *("start", "deadline", "review", "baseline", "levers", "trade_balance", "totals", "world_trade"),
    ),
    needs=(BorderSection,),
    applies=lambda study: bool(study.levers),
    compute=compute,
    internal=True,
)


def ranges(values: xr.DataArray) -> xr.Dataset:
    """Return low, median and high of the draws, and central, of values over the dimension ``draw``.

    Low and high are the 5th and 95th percentile; the run at central values is not one of the draws.
    """
    draws = values.sel(draw=values["draw"] != CENTRAL)
    found = draws.quantile([LOW, 0.5, HIGH], "draw")
    low, median, high = (found.isel(quantile=i, drop=True) for i in range(3))
    return xr.Dataset({"low": low, "median": median, "high": high, "central": values.sel(draw=CENTRAL, drop=True)})


@dataclass(frozen=True, kw_only=True)
class _Bench:
    """What every draw needs."""

    study: Study
    timetable: Timetable
    standing: Standing
    moved: Mapping[str, Nowcast | str]
    fast: Settings
    passing: Settings


def _bench(study: Study, findings: Findings) -> _Bench:
    return _Bench(
        study=study,
        timetable=Timetable(study.start, study.deadline, study.review),
        standing=standing_costs(findings, study),
        moved=nowcasts(study) if any(study.draws.trade_years) else {},
        fast=Settings(tolerance=DRAW_TOLERANCE),
        passing=Settings(tolerance=PASSING_TOLERANCE),
    )


def _solved(bench: _Bench, baseline: Baseline, draw: Draw, fast: Settings | None) -> dict[str, PlanWorld]:
    study = bench.study
    return solve_worlds(
        baseline,
        study.levers,
        draw.parameters,
        four_worlds(study.levers, study.partners, draw.parameters),
        bench.timetable,
        trade_balance=draw.closure or study.trade_balance,
        standing=bench.standing,
        settings=fast,
        passing=bench.passing if fast else None,
    )


def _one(bench: _Bench, draw: Draw) -> dict[str, Array] | str:
    """Return the arrays of one draw, or why it was not solved."""
    try:
        baseline = variant(bench.study.baseline, bench.moved, draw.elasticity, draw.trade_year)
        return _arrays(bench, baseline, _solved(bench, baseline, draw, bench.fast), draw)
    except IsthmusError as error:
        return str(error)


def _arrays(bench: _Bench, baseline: Baseline, worlds: Mapping[str, PlanWorld], draw: Draw) -> dict[str, Array]:
    names = quantity_names(bench.study, baseline.economies)
    years, measured = (
        bench.timetable.years,
        [quantities(bench.study, baseline, w, draw.parameters) for w in worlds.values()],
    )
    return {
        "real_income_pct": np.array([[w.real_income[year] for year in years] for w in worlds.values()]),
        "real_gdp_pct": np.array([[w.real_gdp[year] for year in years] for w in worlds.values()]),
        "output_pct": _outputs(bench.study, worlds[WORLDS[-1]]),
        "hat": np.array([[found[name] for name in names] for found in measured]).reshape(len(worlds), len(names)),
        "parameter": np.array([draw.parameters[name] for name in bench.study.ledger.parameters]),
    }


def _outputs(study: Study, world: PlanWorld) -> Array:
    """Return the change of each sector's output in percent for every partner at the deadline, (partner, sector)."""
    before, after = world.at_deadline.before.Y, world.at_deadline.output
    change = 100 * (np.divide(after, before, out=np.ones_like(after), where=before > 0) - 1)
    found: Array = change[:, [study.baseline.economies.index(partner) for partner in study.partners]].T
    return found


def _piece(bench: _Bench, chunk: Sequence[Draw], solved: Sequence[dict[str, Array] | str]) -> Parts:
    done = [(draw, arrays) for draw, arrays in zip(chunk, solved, strict=True) if not isinstance(arrays, str)]
    failed = {str(draw.number): why for draw, why in zip(chunk, solved, strict=True) if isinstance(why, str)}
    if not done:
        return Parts({"failed": failed, "data": {}}, {})
    facts, frames = dataset_parts(_labelled(bench, *zip(*done, strict=True)))
    return Parts({"failed": failed, "data": facts}, frames)


def _labelled(bench: _Bench, draws: Sequence[Draw], arrays: Sequence[Mapping[str, Array]]) -> xr.Dataset:
    study = bench.study
    dims: dict[str, tuple[str, ...]] = {
        "real_income_pct": ("draw", "world", "year", "economy"),
        "real_gdp_pct": ("draw", "world", "year", "economy"),
        "output_pct": ("draw", "partner", "sector"),
        "hat": ("draw", "world", "quantity"),
        "parameter": ("draw", "name"),
    }
    coords: dict[str, Any] = {
        "draw": [draw.number for draw in draws],
        "world": list(WORLDS),
        "year": list(bench.timetable.years),
        "economy": list(study.baseline.economies),
        "partner": list(study.partners),
        "sector": list(study.baseline.sectors),
        "quantity": quantity_names(study, study.baseline.economies),
        "name": list(study.ledger.parameters),
        **{name: ("draw", [getattr(draw, name) for draw in draws]) for name in ("closure", "elasticity", "trade_year")},
    }
    stacked = {name: (dim, np.stack([each[name] for each in arrays])) for name, dim in dims.items()}
    return xr.Dataset(stacked, coords)


def _worst_residuals(central: Mapping[str, PlanWorld]) -> dict[str, float]:
    """Return the largest residual of each equation block over the central worlds at the deadline."""
    found = [true_residuals(world.at_deadline) for world in central.values()]
    return {block: float(max(residuals[block] for residuals in found)) for block in found[0]}
