"""The value of alignment: what each plan, both together and their coordination are worth, to whom, with ranges."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import numpy as np
import xarray as xr

from isthmus.study.columns import Central, Economy, High, Low, Median, Partner, Sector, World, Year
from isthmus.study.components import COMPONENTS, THIRD, WORLDS, split, third_weights, with_third
from isthmus.study.ensemble import EnsembleSection, FailedRow, ranges
from isthmus.study.section import Help, Section, Table, key, measure, table
from isthmus.study.station import Findings, Station, Work
from isthmus.study.study import Names, Study


@dataclass(frozen=True)
class EffectRow:
    """What one component of the plans is worth to one economy."""

    economy: Economy
    component: Annotated[str, key("own, spillover, interaction, both, coordination or aligned")]
    year: Year
    low: Low
    median: Median
    high: High
    central: Central


@dataclass(frozen=True)
class SectorRow:
    """Change of a sector's output at the deadline, both plans aligned."""

    economy: Partner
    sector: Sector
    low: Low
    median: Median
    high: High
    central: Central
    value_added_share_pct: Annotated[float, measure("%", "share of the sector in the economy's value added, before")]


@dataclass(frozen=True)
class PathRow:
    """Real income of one economy in one world and year, against neither plan."""

    economy: Economy
    world: World
    year: Year
    low: Low
    median: Median
    high: High
    central: Central


@dataclass(frozen=True, kw_only=True)
class ValueSection(Section):
    """What the plans are worth."""

    partners: Annotated[tuple[str, ...], Help("partners in the order in which they are shown")]
    economy_names: Annotated[Names, Help("names of economies by code and language")]
    sector_names: Annotated[Names, Help("names of sectors by code and language")]
    deadline: Annotated[int, Help("year in which targets are due")]
    review: Annotated[int, Help("later year for which effects are also shown")]
    draws: Annotated[int, Help("draws that were asked for")]
    parameters: Annotated[int, Help("assumed numbers that are drawn")]
    chance_correlation: Annotated[float, Help("largest rank correlation between two unrelated inputs of the draws")]
    residuals: Annotated[Mapping[str, float], Help("largest residual of each equation block in the central run")]
    solves: Annotated[int, Help("equilibria that were solved")]
    effects: Annotated[Table[EffectRow], Help("effects of the plans on real income by component")]
    sectors: Annotated[
        Table[SectorRow], Help("change of output by sector at the deadline, both plans aligned", at="deadline")
    ]
    path: Annotated[Table[PathRow], Help("real income year by year in every world")]
    failed_draws: Annotated[Table[FailedRow], Help("draws that were not solved")]


def compute(study: Study, findings: Findings, _: Work) -> ValueSection:
    """Return the effects of the plans as views of the ensemble."""
    ensemble = findings[EnsembleSection]
    return ValueSection(
        partners=study.partners,
        economy_names=study.economy_names,
        sector_names=study.sector_names,
        deadline=study.deadline,
        review=study.review,
        draws=ensemble.draws,
        parameters=len(study.ledger.parameters),
        chance_correlation=ensemble.chance_correlation,
        residuals=ensemble.residuals,
        solves=ensemble.solves,
        effects=table(EffectRow, _effects(study, ensemble.data)),
        sectors=table(SectorRow, _sectors(study, ensemble.data)),
        path=table(PathRow, _path(study, ensemble.data)),
        failed_draws=ensemble.failed,
    )


STATION = Station(
    name="value",
    section=ValueSection,
    reads=("partners", "economy_names", "sector_names", "deadline", "review", "ledger", "baseline", "levers"),
    needs=(EnsembleSection,),
    applies=lambda study: bool(study.levers),
    compute=compute,
)


def _effects(study: Study, data: xr.Dataset) -> list[EffectRow]:
    incomes = _with_third(study, data)
    labels = [str(label) for label in incomes["economy"].values]
    rows = []
    for year in dict.fromkeys((study.deadline, study.review)):
        worlds = {name: incomes.sel(world=name, year=year).values for name in WORLDS}
        for component, values in split(worlds, labels, study.partners).items():
            known = ~np.isnan(values[0])
            found = ranges(incomes.sel(world=WORLDS[0], year=year, drop=True).copy(data=values)[:, known])
            kept = [label for label, own in zip(labels, known, strict=True) if own]
            rows += [EffectRow(label, component, year, *_four(found, i)) for i, label in enumerate(kept)]
    order = {component: position for position, component in enumerate(COMPONENTS)}
    return sorted(rows, key=lambda row: (row.year, order[row.component]))


def _sectors(study: Study, data: xr.Dataset) -> list[SectorRow]:
    found, rows = ranges(data["output_pct"]), []
    baseline = study.baseline
    value_added = baseline.value_added_share.values * baseline.output.values
    for partner in study.partners:
        own = value_added[:, baseline.economies.index(partner)]
        mine = found.sel(partner=partner)
        for i, sector in enumerate(baseline.sectors):
            rows.append(SectorRow(partner, sector, *_four(mine, i), float(100 * own[i] / own.sum())))
    return rows


def _path(study: Study, data: xr.Dataset) -> list[PathRow]:
    shown = _with_third(study, data).sel(economy=[*study.partners, THIRD])
    found, rows = ranges(shown), []
    for world in WORLDS:
        for year in (int(y) for y in shown["year"].values):
            mine = found.sel(world=world, year=year)
            rows += [PathRow(str(code), world, year, *_four(mine, i)) for i, code in enumerate(shown["economy"].values)]
    return rows


def _with_third(study: Study, data: xr.Dataset) -> xr.DataArray:
    """Return real incomes with third countries together as one more economy."""
    incomes = data["real_income_pct"].transpose("draw", "world", "year", "economy")
    values = with_third(incomes.values, third_weights(study.baseline, study.partners))
    labels = [*incomes["economy"].values, THIRD]
    coords = {name: incomes[name].values for name in ("draw", "world", "year")} | {"economy": labels}
    return xr.DataArray(values, coords, incomes.dims)


def _four(found: xr.Dataset, i: int) -> tuple[float, float, float, float]:
    """Return low, median, high and central of one cell."""
    low, median, high, central = (float(found[name].values[i]) for name in ("low", "median", "high", "central"))
    return low, median, high, central
