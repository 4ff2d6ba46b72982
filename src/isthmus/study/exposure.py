"""Exposure and autonomy: how deep the partners depend on others and on each other, before and after, beside what it costs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from isthmus.core.axes import Array
from isthmus.economy.exposure import (
    STRONG,
    Exposure,
    Links,
    content_of,
    deliveries,
    exposure,
    extraction_by_sector,
    links,
    revealed_advantage,
    unused_strengths,
)
from isthmus.equilibrium.aftermath import displaced, links_after
from isthmus.equilibrium.scenario import Scenario, Shock, resolve
from isthmus.equilibrium.solve import Problem, find, pose
from isthmus.equilibrium.state import State
from isthmus.levers.facts import world_facts
from isthmus.levers.support import NONE
from isthmus.levers.worlds import AGREED, World, full_changes, plan_worlds
from isthmus.study.border import BorderSection
from isthmus.study.corridors import CorridorsSection
from isthmus.study.draws import DRAW_FIELDS, central_draw
from isthmus.study.exposure_rows import (
    DisplacedRow,
    ExtractionRow,
    IndependenceRow,
    MeasureRow,
    SectorExposureRow,
    StrengthRow,
    SupplierRow,
)
from isthmus.study.headline import HEADLINE_FIELDS, TABLE, headline_world
from isthmus.study.section import Help, Section, Table, table
from isthmus.study.standing import standing_costs
from isthmus.study.station import Findings, Station, Work
from isthmus.study.study import Names, Study
from isthmus.study.variants import CENTRAL, settings_around

BEFORE, JOINT, EVERYTHING = CASES = ("before", "joint", "all")
EVERY = "all"
"""All sectors together."""
DEARER_PCT = 10.0
"""By how much a supplier's goods become dearer when independence is priced."""
SUPPLIERS = 4
"""Suppliers besides the partners whose independence is priced."""


@dataclass(frozen=True, kw_only=True)
class ExposureSection(Section):
    """How deep the partners depend on others and on each other."""

    partners: Annotated[tuple[str, ...], Help("partners in the order in which they are shown")]
    economy_names: Annotated[Names, Help("names of economies by code and language")]
    sector_names: Annotated[Names, Help("names of sectors by code and language")]
    year: Annotated[int, Help("year of the trade that is measured")]
    dearer_pct: Annotated[float, Help("by how much a supplier becomes dearer when independence is priced")]
    settings: Annotated[tuple[str, ...], Help("settings of the model that the ranges cover, KIND:CHOICE")]
    exposure: Annotated[Table[MeasureRow], Help("measures of exposure, before and after, with real income", at="year")]
    exposure_sectors: Annotated[Table[SectorExposureRow], Help("dependence of every sector", at="year")]
    exposure_suppliers: Annotated[Table[SupplierRow], Help("value added of every supplier", at="year")]
    extraction: Annotated[Table[ExtractionRow], Help("size of the link between the partners", at="year")]
    strengths: Annotated[Table[StrengthRow], Help("strong sectors, and what the partner buys elsewhere", at="year")]
    displaced: Annotated[Table[DisplacedRow], Help("trade creation against diversion by joint measures", at="year")]
    independence: Annotated[Table[IndependenceRow], Help("what depending less on a supplier costs", at="year")]


def compute(study: Study, findings: Findings, work: Work) -> ExposureSection:
    """Measure exposure on the newest trade, with the joint measures and with all levers; ranges over settings of the model."""
    (world, year, moved), parameters = headline_world(study), central_draw(study).parameters
    settings = settings_around(study, world, moved, parameters)
    before = links(settings[CENTRAL][0])
    standing = standing_costs(findings, study)
    solved: dict[str, dict[str, State]] = {}
    prices: dict[str, dict[tuple[str, str], State]] = {}
    asked = _independent_of(study, before)
    for name, (one, closure) in settings.items():
        problem = pose(one, Scenario(trade_balance=closure))
        facts = world_facts(one, standing)
        worlds = _worlds(study, parameters)
        solved[name] = {
            case: find(problem, full_changes(problem, study.levers, parameters, facts, acting))
            for case, acting in worlds.items()
        }
        prices[name] = {pair: _dearer(problem, *pair) for pair in asked}
    work.progress(0.5)
    central = solved[CENTRAL]
    after = {BEFORE: before, JOINT: links_after(central[JOINT])}
    known = {case: exposure(found) for case, found in after.items()}
    pairs = [(a, b) for a in study.partners for b in study.partners if a != b]
    return ExposureSection(
        partners=study.partners,
        economy_names=study.economy_names,
        sector_names=study.sector_names,
        year=int(year) if year != TABLE else (world.table.year or 0 if world.table else 0),
        dearer_pct=DEARER_PCT,
        settings=tuple(settings),
        exposure=table(MeasureRow, _measure_rows(study, solved, before)),
        exposure_sectors=table(SectorExposureRow, _sector_rows(study, after, known)),
        exposure_suppliers=table(SupplierRow, _supplier_rows(study, known)),
        extraction=table(ExtractionRow, _extraction_rows(before, pairs)),
        strengths=table(StrengthRow, _strength_rows(before, pairs)),
        displaced=table(DisplacedRow, _displaced_rows(central[JOINT], pairs)),
        independence=table(IndependenceRow, _independence_rows(before, prices)),
    )


STATION = Station(
    name="exposure",
    section=ExposureSection,
    reads=(
        *dict.fromkeys((*DRAW_FIELDS, *HEADLINE_FIELDS)),
        *("partners", "economy_names", "sector_names", "levers", "asked", "trade_balance"),
    ),
    needs=(BorderSection, CorridorsSection),
    applies=lambda study: study.baseline.table is not None,
    compute=compute,
)


def _worlds(study: Study, parameters: Mapping[str, float]) -> dict[str, World]:
    """Return the world as it is, with the agreed joint measures alone, and with all levers."""
    agreed = {w.name: w for w in plan_worlds(study.levers, study.partners, parameters, study.asked)}[AGREED + NONE]
    joint = {lever.id for lever in study.levers if lever.joint}
    alone = World(JOINT, {name: sides for name, sides in agreed.degrees.items() if name in joint}, agreed.starts)
    return {BEFORE: World(BEFORE, {}), JOINT: alone, EVERYTHING: agreed}


def _others(partners: Sequence[str], names: Sequence[str], economy: str) -> list[int]:
    """Return the positions of the other partners."""
    return [names.index(p) for p in partners if p != economy]


def _measures(study: Study, state: State, near: Links) -> dict[tuple[str, str], float]:
    """Return measures by partner and name, in percent."""
    found, names = links_after(state), list(state.axes.economies)
    count = len(study.partners)
    contents = content_of(found, deliveries(found, [names.index(p) for p in study.partners]), near)
    abroad = found.flows * (1 - np.eye(len(names)))
    gdp = state.factor_income
    values: dict[tuple[str, str], float] = {}
    for position, economy in enumerate(study.partners):
        n, others = names.index(economy), _others(study.partners, names, economy)
        content = contents[:, [position, count + position]]
        bought = abroad[:, :, n]
        share = bought.sum(axis=0) / bought.sum()
        by_good = bought / np.maximum(bought.sum(axis=1, keepdims=True), 1e-300)
        values |= {
            (economy, "export_domestic"): content[n, 0],
            (economy, "export_partner"): content[others, 0].sum(),
            (economy, "final_foreign"): content[:, 1].sum() - content[n, 1],
            (economy, "final_partner"): content[others, 1].sum(),
            (economy, "imports_gdp"): bought.sum() / gdp[n],
            (economy, "import_partner"): share[others].sum(),
            (economy, "concentration"): ((by_good**2).sum(axis=1) * bought.sum(axis=1)).sum() / bought.sum(),
            (economy, "real_income"): float(np.expm1(state.welfare.ln_real_income[n])),
        }
    return {pair: 100 * float(value) for pair, value in values.items()}


def _measure_rows(study: Study, solved: Mapping[str, Mapping[str, State]], before: Links) -> Iterator[MeasureRow]:
    """Yield what is measured before, and before plus the change in each setting: some closures start from another world."""
    known: dict[str, dict[str, dict[tuple[str, str], float]]] = {}
    for name, states in solved.items():
        same = name != CENTRAL and np.array_equal(states[BEFORE].before.D, solved[CENTRAL][BEFORE].before.D)
        start = known[CENTRAL][BEFORE] if same else _measures(study, states[BEFORE], before)
        known[name] = {BEFORE: start} | {case: _measures(study, states[case], before) for case in CASES[1:]}
    for case in CASES:
        for pair, measured in known[CENTRAL][BEFORE].items():
            values = [measured + found[case][pair] - found[BEFORE][pair] for found in known.values()]
            yield MeasureRow(*pair, case, min(values), values[0], max(values))


def _sector_rows(
    study: Study, after: Mapping[str, Links], known: Mapping[str, Exposure]
) -> Iterator[SectorExposureRow]:
    for case, found in known.items():
        names, sectors = list(found.axes.economies), found.axes.sectors
        strong = revealed_advantage(after[case].flows)
        abroad = after[case].flows * (1 - np.eye(len(names)))
        for economy in study.partners:
            n, others = names.index(economy), _others(study.partners, names, economy)
            foreign = [m for m in range(len(names)) if m != n]
            for j, sector in enumerate(sectors):
                bought = abroad[j, :, n]
                some = bool(bought.sum() > 0)
                yield SectorExposureRow(
                    economy=economy,
                    sector=sector,
                    case=case,
                    direct_foreign_pct=100 * float(found.direct[foreign, j, n].sum()),
                    total_foreign_pct=100 * float(found.embodied[foreign, j, n].sum()),
                    direct_partner_pct=100 * float(found.direct[others, j, n].sum()),
                    total_partner_pct=100 * float(found.embodied[others, j, n].sum()),
                    concentration=float(found.concentration[j, n]) if some else None,
                    largest_supplier=names[int(bought.argmax())] if some else "",
                    largest_supplier_pct=100 * float(found.largest_supplier[j, n]) if some else None,
                    upstreamness=float(found.upstreamness[j, n]),
                    downstreamness=float(found.downstreamness[j, n]),
                    revealed_advantage=float(strong[j, n]),
                )


def _supplier_rows(study: Study, known: Mapping[str, Exposure]) -> Iterator[SupplierRow]:
    for case, found in known.items():
        names = list(found.axes.economies)
        for economy in study.partners:
            n = names.index(economy)
            for m, supplier in enumerate(names):
                final, shipped = float(found.final_content[m, n]), float(found.export_content[m, n])
                yield SupplierRow(economy, supplier, case, 100 * final, 100 * shipped)


def _extraction_rows(world: Links, pairs: Sequence[tuple[str, str]]) -> Iterator[ExtractionRow]:
    """Yield what each sector's sales carry, all together first."""
    names, n = list(world.axes.economies), len(world.axes.economies)
    added = np.bincount(np.tile(np.arange(n), len(world.axes.sectors)), world.value_added * world.output, n)
    for exporter, importer in pairs:
        at = [names.index(exporter), names.index(importer)]
        lost = extraction_by_sector(world, *at)[:, at]
        for sector, (own, other) in [(EVERY, lost[-1]), *zip(world.axes.sectors, lost[:-1], strict=True)]:
            money = float(own * added[at[0]]), float(other * added[at[1]])
            yield ExtractionRow(exporter, importer, sector, 100 * float(own), 100 * float(other), *money)


def _strength_rows(world: Links, pairs: Sequence[tuple[str, str]]) -> Iterator[StrengthRow]:
    """Yield the sectors in which the exporter has a revealed advantage, the largest unused one first."""
    names, strong = list(world.axes.economies), revealed_advantage(world.flows)
    abroad = world.flows * (1 - np.eye(len(names)))
    for exporter, importer in pairs:
        i, n = names.index(exporter), names.index(importer)
        unused = unused_strengths(world.flows, i, n)
        others = [k for k in range(len(names)) if k not in (i, n)]
        elsewhere = _share(abroad[:, i, others].sum(axis=1), abroad[:, :, others].sum(axis=(1, 2)))
        here = _share(abroad[:, i, n], abroad[:, :, n].sum(axis=1))
        for j in np.argsort(-unused, kind="stable"):
            if strong[j, i] > STRONG:
                yield StrengthRow(
                    exporter=exporter,
                    importer=importer,
                    sector=world.axes.sectors[j],
                    revealed_advantage=float(strong[j, i]),
                    share_elsewhere_pct=100 * float(elsewhere[j]),
                    share_pct=100 * float(here[j]),
                    unused_musd=float(unused[j]),
                )


def _displaced_rows(state: State, pairs: Sequence[tuple[str, str]]) -> Iterator[DisplacedRow]:
    names = list(state.axes.economies)
    for exporter, importer in pairs:
        moved = displaced(state, names.index(exporter), names.index(importer))
        rows = np.stack([moved.gained, moved.created, moved.diverted])
        for sector, values in [(EVERY, rows.sum(axis=1)), *zip(state.axes.sectors, rows.T, strict=True)]:
            yield DisplacedRow(exporter, importer, sector, *map(float, values))


def _independent_of(study: Study, world: Links) -> list[tuple[str, str]]:
    """Return partner and supplier for the other partners and the largest other suppliers of each."""
    names = list(world.axes.economies)
    bought = (world.flows * (1 - np.eye(len(names)))).sum(axis=0)
    found = []
    for economy in study.partners:
        partners = [p for p in study.partners if p != economy]
        ranked = [names[m] for m in np.argsort(-bought[:, names.index(economy)], kind="stable")]
        found += [(economy, p) for p in (*partners, *[m for m in ranked if m not in study.partners][:SUPPLIERS])]
    return found


def _dearer(problem: Problem, economy: str, supplier: str) -> State:
    """Return the world in which everything a partner buys from one supplier is dearer."""
    shock = Shock("trade_cost", DEARER_PCT, exporter=supplier, importer=economy)
    return find(problem, resolve(Scenario((shock,)), problem.baseline))


def _independence_rows(
    before: Links, prices: Mapping[str, Mapping[tuple[str, str], State]]
) -> Iterator[IndependenceRow]:
    names = list(before.axes.economies)
    buyers = [names.index(code) for code in dict.fromkeys(economy for economy, _ in prices[CENTRAL])]
    was = dict(zip(buyers, content_of(before, before.final[:, buyers]).T, strict=True))
    for pair, state in prices[CENTRAL].items():
        n, m = (names.index(code) for code in pair)
        after = links_after(state)
        share = 100 * float(was[n][m])
        moved = 100 * float(content_of(after, after.final[:, [n]], before)[m, 0]) - share
        income = [100 * float(np.expm1(states[pair].welfare.ln_real_income[n])) for states in prices.values()]
        money = float(state.before.I[n]) * income[0] / 100
        yield IndependenceRow(
            *pair, share, moved, income[0], min(income), max(income), money / moved if moved < 0 else None
        )


def _share(part: Array, whole: Array) -> Array:
    found: Array = np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
    return found
