"""The value of alignment: what each plan, joint measures and agreeing on them are worth, to whom, gross and net of cost."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Annotated

import numpy as np

from isthmus.core.axes import Array
from isthmus.economy.aggregate import Names
from isthmus.levers.components import AGREEMENT, ALL, INTERACTION, OWN, SPILLOVER, TOTAL, ComponentKey, calibrated
from isthmus.levers.lever import BORDER, TECHNOLOGY
from isthmus.levers.support import BOTH
from isthmus.levers.worlds import SINGLE
from isthmus.study.blend import CROSS, EVERY, KINDS, Bench, Drawn, central_run, effects_of, percent_worlds
from isthmus.study.border import BorderSection
from isthmus.study.columns import Central, Economy, High, Low, Median, Partner, Sector, World, Year
from isthmus.study.components import THIRD, third_weights, with_third
from isthmus.study.draws import DRAW_FIELDS
from isthmus.study.ensemble import EnsembleSection, FailedRow, LinearErrorRow, bench_of, draws_in
from isthmus.study.headline import HEADLINE_FIELDS, headline_world, price_year
from isthmus.study.jobs import QUICK, SLOW
from isthmus.study.removal import by_direction
from isthmus.study.runs import FOUR, ORDER, YearRun, exact_split, fours, linear_split, unknown_shares, year_run
from isthmus.study.section import Help, Section, Table, key, measure, table
from isthmus.study.stakes import stakes
from isthmus.study.station import Findings, Station, Work
from isthmus.study.study import Study
from isthmus.study.variants import SERVICES
from isthmus.study.weights import (
    AssumptionRow,
    EvidenceWeightRow,
    RankingRow,
    assumption_rows,
    evidence_rows,
    ranking_rows,
)  # fmt: skip

BRANCHES = (BORDER, TECHNOLOGY, EVERY)
NETS = (False, True)

OLD: Mapping[str, tuple[ComponentKey, ...]] = {
    "own": ((OWN, ALL),),
    "spillover": ((SPILLOVER, ALL),),
    "interaction": ((INTERACTION, ALL),),
    "both": ((TOTAL, ALL), (AGREEMENT, ALL)),
    "coordination": ((AGREEMENT, ALL),),
    "aligned": ((TOTAL, ALL),),
}
"""Effects of all levers under the names of the table `effects`; a second component is taken off the first."""

SETTING_COMPONENTS: Mapping[str, ComponentKey] = {
    "alignment": (TOTAL, BOTH),
    "agreement": (AGREEMENT, ALL),
    "total": (TOTAL, ALL),
}


@dataclass(frozen=True)
class ValueRow:
    """What one component is worth to one economy."""

    economy: Economy
    channel: Annotated[str, key("border (trade costs), technology, or all")]
    component: Annotated[
        str, key("own, spillover, interaction, joint_unagreed, agreement, or total of the same support")
    ]
    support: Annotated[
        str, key("joint measures that both plans support, one, none, all of them (joint), or all levers (all)")
    ]
    net: Annotated[bool, key("whether the cost is taken off")]
    year: Year
    low: Low
    median: Median
    high: High
    central: Central
    unknown_cost_pct: Annotated[
        float | None,
        measure(
            "%", "of net rows of partners: part of the gain before cost whose cost is unknown and counts as nothing"
        ),
    ]


@dataclass(frozen=True)
class EffectRow:
    """What one component of the plans is worth to one economy, gross."""

    economy: Economy
    component: Annotated[str, key("own, spillover, interaction, both, coordination or aligned")]
    year: Year
    low: Low
    median: Median
    high: High
    central: Central


@dataclass(frozen=True)
class SectorRow:
    """Change of a sector's output at the deadline."""

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
    central: Central


@dataclass(frozen=True)
class SettingValueRow:
    """The value of alignment under one setting of the model, income and output side by side."""

    setting: Annotated[str, key("KIND:CHOICE, what differs from the central setting and how")]
    economy: Partner
    component: Annotated[
        str, key("alignment (joint measures that both plans support), agreement or total of all levers")
    ]
    real_income_pct: Annotated[float, measure("%", "effect on real income at the deadline")]
    real_gdp_pct: Annotated[float, measure("%", "effect on real GDP at the deadline")]


@dataclass(frozen=True)
class ValueWayRow:
    """What cheaper trade in one direction gives one partner."""

    economy: Partner
    direction: Annotated[
        str, key("EXPORTER>IMPORTER whose trade the measures make cheaper; none where they act elsewhere")
    ]
    low: Low
    median: Median
    high: High
    central: Central


@dataclass(frozen=True)
class CostRow:
    """What all levers of a component cost one partner in a year."""

    economy: Partner
    component: Annotated[str, key("as in value")]
    support: Annotated[str, key("as in value")]
    year: Year
    low: Low
    median: Median
    high: High
    central: Central
    unknown_share_pct: Annotated[
        float, measure("%", "part of the gross gain that comes from levers whose cost is unknown")
    ]


@dataclass(frozen=True, kw_only=True)
class ValueSection(Section):
    """What the plans are worth."""

    partners: Annotated[tuple[str, ...], Help("partners in the order in which they are shown")]
    economy_names: Annotated[Names, Help("names of economies by code and language")]
    sector_names: Annotated[Names, Help("names of sectors by code and language")]
    deadline: Annotated[int, Help("year in which targets are due")]
    review: Annotated[int, Help("later year for which effects are also shown")]
    trade_year: Annotated[str, Help("year of the trade totals that all numbers are computed on, or `table`")]
    table_year: Annotated[int | None, Help("year of the world's table")]
    price_year: Annotated[int | None, Help("year of the prices that money is told in")]
    draws: Annotated[int, Help("draws that were asked for")]
    parameters: Annotated[int, Help("assumed numbers that are drawn")]
    support: Annotated[Mapping[str, str], Help("support of every joint measure by id")]
    support_left_out: Annotated[int, Help("rows of support and statements of projects that no plan has")]
    chance_correlation: Annotated[float, Help("largest rank correlation between two unrelated inputs of the draws")]
    residuals: Annotated[Mapping[str, float], Help("largest residual of each equation block in the central run")]
    solves: Annotated[int, Help("equilibria that were solved")]
    value: Annotated[Table[ValueRow], Help("effects on real income by component, branch and support, gross and net")]
    value_by_direction: Annotated[
        Table[ValueWayRow], Help("gross value of measures of both plans by the trade they make cheaper", at="deadline")
    ]
    effects: Annotated[Table[EffectRow], Help("effects of the plans on real income by component, gross")]
    settings: Annotated[
        Table[SettingValueRow], Help("income and output under every setting, at central values", at="deadline")
    ]
    costs: Annotated[Table[CostRow], Help("cost of every component to the partners, in percent of real income")]
    sectors: Annotated[
        Table[SectorRow], Help("change of output by sector at the deadline, both plans aligned", at="deadline")
    ]
    aligning_sectors: Annotated[
        Table[SectorRow], Help("change of output by sector that agreeing on joint measures brings", at="deadline")
    ]
    ranking: Annotated[
        Table[RankingRow], Help("what would be lost without each joint measure, all others agreed", at="deadline")
    ]
    evidence_weights: Annotated[
        Table[EvidenceWeightRow], Help("share of the result by grade of the numbers it rests on", at="deadline")
    ]
    assumptions: Annotated[
        Table[AssumptionRow], Help("net value of alignment with one number at its low and high end", at="deadline")
    ]
    path: Annotated[Table[PathRow], Help("real income year by year in every world")]
    linear_error: Annotated[Table[LinearErrorRow], Help("sums of responses against exact solves", at="deadline")]
    failed_draws: Annotated[Table[FailedRow], Help("settings that were not solved")]


def compute(study: Study, findings: Findings, _: Work) -> ValueSection:
    """Return the effects of the plans as views of the ensemble."""
    ensemble = findings[EnsembleSection]
    labels = [*study.baseline.economies, THIRD]
    world = headline_world(study)[0]
    bench_for = partial(bench_of, study, ensemble, world)
    bench = bench_for([*labels, *(f"gdp:{p}" for p in study.partners)])
    drawn = draws_in(study, ensemble)
    runs = {y: year_run(bench, ensemble, drawn, y, labels) for y in dict.fromkeys((study.deadline, study.review))}
    at = runs[study.deadline]
    known = stakes(findings.get(BorderSection), study.levers, world)
    sectors, aligning = _sectors(study, ensemble, bench_for(_output_names(study)))
    return ValueSection(
        partners=study.partners,
        economy_names=study.economy_names,
        sector_names=study.sector_names,
        deadline=study.deadline,
        review=study.review,
        trade_year=ensemble.trade_year,
        table_year=study.baseline.table.year if study.baseline.table else None,
        price_year=price_year(study),
        draws=ensemble.draws,
        parameters=len(study.ledger.parameters),
        support={lever.id: bench.support[lever.id] for lever in study.levers if lever.joint},
        support_left_out=study.support_left_out,
        chance_correlation=ensemble.chance_correlation,
        residuals=ensemble.residuals,
        solves=ensemble.solves,
        value=table(ValueRow, [row for run in runs.values() for row in _value_rows(run, study)]),
        value_by_direction=table(ValueWayRow, _ways(bench_for(study.partners), drawn, at)),
        effects=table(EffectRow, [row for run in runs.values() for row in _effect_rows(run)]),
        settings=table(SettingValueRow, _settings(bench, ensemble, at)),
        costs=table(CostRow, [row for run in runs.values() for row in _cost_rows(run, study)]),
        sectors=table(SectorRow, sectors),
        aligning_sectors=table(SectorRow, aligning),
        ranking=table(RankingRow, ranking_rows(at, ensemble, study, known)),
        evidence_weights=table(EvidenceWeightRow, evidence_rows(at, study, known)),
        assumptions=table(AssumptionRow, assumption_rows(bench_for([*study.partners, THIRD]), ensemble, study)),
        path=table(PathRow, _path(study, ensemble, third_weights(world, study.partners))),
        linear_error=ensemble.linear_error,
        failed_draws=ensemble.failed,
    )


STATION = Station(
    name="value",
    section=ValueSection,
    reads=(
        *dict.fromkeys((*DRAW_FIELDS, *HEADLINE_FIELDS)),
        *("partners", "economy_names", "sector_names", "start", "deadline", "review", "levers", "asked", "costs"),
        *("support_left_out", "trade_balance"),
    ),
    needs=(BorderSection, EnsembleSection),
    applies=lambda study: bool(study.levers),
    compute=compute,
    weight=3,
)


def _order(part: ComponentKey) -> int:
    return ORDER[part[0]]


def _value_rows(run: YearRun, study: Study) -> Iterator[ValueRow]:
    """Yield every component of a year by branch, support and economy, gross and net."""
    unknown = {branch: unknown_shares(run, study, branch) for branch in BRANCHES}
    for part in sorted(run.exact[EVERY], key=_order):
        for branch in BRANCHES:
            gross, exact = run.gross[branch][part], run.exact[branch][part]
            cost, exact_cost = run.cost[branch][part], run.exact_cost[branch][part]
            told = {False: fours(gross, exact), True: fours(gross - cost, exact - exact_cost)}
            for position, label in enumerate(run.labels):
                if np.isnan(exact[position]):
                    continue
                for net in NETS:
                    open_cost = unknown[branch].get((part, label)) if net else None
                    yield ValueRow(label, branch, *part, net, run.year, *told[net][position], open_cost)


def _ways(bench: Bench, drawn: Drawn, run: YearRun) -> Iterator[ValueWayRow]:
    """Yield the gross value of alignment by the direction of trade it comes from."""
    part, at = (TOTAL, BOTH), [run.labels.index(partner) for partner in bench.study.partners]
    total, exact = run.gross[EVERY][part][:, at], run.exact[EVERY][part][at]
    for partner, way, *numbers in by_direction(bench, drawn, run.year, BOTH, total, exact):
        yield ValueWayRow(partner, way, *numbers)


def _effect_rows(run: YearRun) -> Iterator[EffectRow]:
    """Yield gross effects of all levers under the names of the table `effects`."""
    for component, keys in OLD.items():
        draws, central = run.gross[EVERY][keys[0]], run.exact[EVERY][keys[0]]
        for part in keys[1:]:
            draws, central = draws - run.gross[EVERY][part], central - run.exact[EVERY][part]
        for label, four in zip(run.labels, fours(draws, central), strict=True):
            if not np.isnan(four[-1]):
                yield EffectRow(label, component, run.year, *four)


def _cost_rows(run: YearRun, study: Study) -> Iterator[CostRow]:
    """Yield what every component costs the partners."""
    unknown = unknown_shares(run, study, EVERY)
    for part in sorted(run.exact_cost[EVERY], key=_order):
        told = fours(run.cost[EVERY][part], run.exact_cost[EVERY][part])
        for partner in study.partners:
            yield CostRow(partner, *part, run.year, *told[run.labels.index(partner)], unknown[part, partner])


def _settings(bench: Bench, ensemble: EnsembleSection, run: YearRun) -> Iterator[SettingValueRow]:
    """Yield income and GDP under every setting at central numbers: sums of responses, moved as at the central setting."""
    study, names = bench.study, _single_settings(ensemble)
    central = {name: np.full(len(names), value) for name, value in study.ledger.central().items()}
    choices = {kind: tuple(n.partition(":")[2] if n.startswith(f"{kind}:") else "" for n in names) for kind in KINDS}
    for position, name in enumerate(names):
        if name.startswith("services:"):
            central[SERVICES][position] = getattr(study.ledger.parameters[SERVICES], name.partition(":")[2])
    effects = effects_of(bench, Drawn(parameters=central, choices=choices), run.year, run.labels)
    found: dict[tuple[str, bool], Array] = {}
    for gdp in (False, True):
        linear = linear_split(bench, effects, run.labels, gdp)[EVERY]
        exact = exact_split(bench, ensemble, run.year, run.labels, gdp)[EVERY]
        for told, part in SETTING_COMPONENTS.items():
            found[told, gdp] = calibrated(linear[part], linear[part][0], exact[part])
    for position, name in enumerate(names):
        for number, partner in enumerate(study.partners):
            for told in SETTING_COMPONENTS:
                income = found[told, False][position, run.labels.index(partner)]
                yield SettingValueRow(name, partner, told, float(income), float(found[told, True][position, number]))


def _single_settings(ensemble: EnsembleSection) -> list[str]:
    """Return the settings that differ from the central one in one respect."""
    return [name for name in map(str, ensemble.data["setting"].values) if CROSS not in name]


def _output_names(study: Study) -> list[str]:
    return [f"output:{p}:{s}" for p in study.partners for s in study.baseline.sectors]


def _sectors(study: Study, ensemble: EnsembleSection, bench: Bench) -> tuple[list[SectorRow], list[SectorRow]]:
    """Return the change of output by sector with all levers agreed, and what agreeing alone brings."""
    effects = effects_of(bench, draws_in(study, ensemble), study.deadline, [*study.baseline.economies, THIRD])
    middle = effects_of(bench, central_run(bench), study.deadline, [*study.baseline.economies, THIRD])
    worlds, linear = (percent_worlds(bench, e.slow, e.quick, EVERY) for e in (effects, middle))
    shape = (len(study.partners), -1)
    exact = {name: ensemble.data["output_pct"].sel(pace=name).values.reshape(-1) for name in (SLOW, QUICK)}
    aligned = calibrated(worlds[QUICK], linear[QUICK][0], exact[QUICK])
    step = calibrated(worlds[QUICK] - worlds[SLOW], (linear[QUICK] - linear[SLOW])[0], exact[QUICK] - exact[SLOW])
    share = _value_added_shares(study).reshape(shape)
    return (
        list(_sector_rows(study, aligned, exact[QUICK], share)),
        list(_sector_rows(study, step, exact[QUICK] - exact[SLOW], share)),
    )


def _sector_rows(study: Study, draws: Array, central: Array, share: Array) -> Iterator[SectorRow]:
    position = 0
    for p, partner in enumerate(study.partners):
        for s, sector in enumerate(study.baseline.sectors):
            low, median, high = (float(x) for x in np.quantile(draws[:, position], FOUR))
            yield SectorRow(partner, sector, low, median, high, float(central[position]), float(share[p, s]))
            position += 1


def _value_added_shares(study: Study) -> Array:
    """Return each sector's share of value added of every partner in percent, (partner, sector)."""
    at = [study.baseline.economies.index(p) for p in study.partners]
    total = (study.baseline.value_added_share.values * study.baseline.output.values)[:, at].T
    shares: Array = 100 * total / total.sum(axis=1, keepdims=True)
    return shares


def _path(study: Study, ensemble: EnsembleSection, weights: Array) -> Iterator[PathRow]:
    """Yield real income of partners and third countries year by year: each partner alone, joint measures apart and agreed."""
    shown = {p: study.baseline.economies.index(p) for p in study.partners} | {THIRD: len(study.baseline.economies)}
    named = {SINGLE + p: short for p, short in zip(study.partners, "abcdefgh", strict=False)} | {
        SLOW: "both",
        QUICK: "aligned",
    }
    for name, short in named.items():
        found = ensemble.data["real_income_pct"].sel(branch=EVERY, world=name)
        for year, values in zip(found["year"].values, with_third(found.values, weights), strict=True):
            for label, position in shown.items():
                yield PathRow(label, short, int(year), float(values[position]))
