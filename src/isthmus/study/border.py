"""The border of the study: what it costs by cause, in all, beyond geography, and what becomes of stated claims."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, Any

import numpy as np
import pandas as pd

from isthmus.border.basis import PairBasis, ReachCount
from isthmus.border.overhead import AT_HAND, BOTH, STATED, WedgeCell
from isthmus.border.pair import BorderInput
from isthmus.border.together import Borders, borders
from isthmus.core.pairs import EVERY_PAIR, pair_called, pair_label
from isthmus.core.provenance import Ledger, Parameter, Status
from isthmus.economy.aggregate import Names
from isthmus.economy.nowcast import Nowcast
from isthmus.levers.coverage import worked_on
from isthmus.levers.support import BOTH as ASKED
from isthmus.study.border_tables import (
    AllInRow,
    AllInTotalRow,
    BenchmarkRow,
    BridgeRow,
    BySetRow,
    ClaimRow,
    CompatibilityRow,
    ExcessNewerRow,
    ExcessRow,
    ExcessTotalRow,
    ExcludedRow,
    GroupWedgeRow,
    OverheadRow,
    ProtocolRow,
    RentRow,
    RobustnessRow,
    UnexplainedRow,
    WaterfallRow,
    WedgeDrawRow,
    WedgePartRow,
    WedgeRow,
)
from isthmus.study.gravity_tables import CoefficientRow, DroppedRow, FitRow
from isthmus.study.headline import HEADLINE_FIELDS, price_level, price_year
from isthmus.study.section import Help, Section, Table, declared_tables, table
from isthmus.study.station import Findings, Station, Work
from isthmus.study.study import Study
from isthmus.study.variants import SERVICES, nowcasts

MEASURED = re.compile(r"wedge_(?P<component>[a-z]+(?:_party)?)_(?P<scope>[a-z_]+)(?:@(?P<pair>.+))?")
"""Ledger entries that the border measures: over all pairs of partners, or of the pair that is named as A-B."""
SCOPES = {"farm": ("food",), "hightech": ("electronics", "machinery", "vehicles", "pharmaceuticals")}
"""Scopes that a ledger may name besides goods, services and the groups of the sector table: the groups they mean."""

FILED_AS = {"claim_tests": "claims"}
"""Name of a table in the border station, where it is another than in the study."""


@dataclass(frozen=True)
class BorderFacts:
    """One pair of partners: its directions, trade in goods and services, and what its border is measured from."""

    pair: str
    partners: tuple[str, ...]
    directions: tuple[str, ...]
    trade_musd: float
    compatibility_basis: str
    one_way: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class ClaimFacts:
    """A stated overhead, its readings counted by reach, and whether the excess over the frontier lies inside.

    `sources` is who states it in other languages, by language.
    """

    pair: str
    name: str
    low: float
    high: float
    source: str
    address: str
    grid: tuple[ReachCount, ...]
    strict_inside: bool | None
    sources: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class BorderSection(Section):
    """What the border costs."""

    partners: Annotated[tuple[str, ...], Help("partners in the order in which they are shown")]
    economy_names: Annotated[Names, Help("names of economies by code and language")]
    directions: Annotated[tuple[str, ...], Help("both directions of every pair as EXPORTER>IMPORTER")]
    pairs: Annotated[
        tuple[BorderFacts, ...],
        Help("pairs of partners, with the basis of compatibility, sectors traded one way only, and remarks in English"),
    ]
    year: Annotated[int, Help("year of the trade weights")]
    price_year: Annotated[int | None, Help("year of the prices that money is told in")]
    time_base: Annotated[str, Help("border (the crossing alone) or journey (beyond a domestic one)")]
    elasticity: Annotated[str, Help("elasticity set of the central reading")]
    draws: Annotated[int, Help("draws over the wedge ledger")]
    world: Annotated[str, Help("world whose trade weighs")]
    claims: Annotated[tuple[ClaimFacts, ...], Help("stated overheads and what becomes of them")]
    wedges: Annotated[Table[WedgeRow], Help("cost of each component by sector and direction", at="year")]
    wedge_parts: Annotated[Table[WedgePartRow], Help("cost of each part with its evidence", at="year")]
    group_wedges: Annotated[
        Table[GroupWedgeRow],
        Help("cost of each component by group of sectors, in all and within policy's reach", at="year"),
    ]
    waterfall: Annotated[Table[WaterfallRow], Help("points each part adds to the cost of goods", at="year")]
    bridge: Annotated[
        Table[BridgeRow], Help("steps from the whole border to what joint measures work on, by cause", at="year")
    ]
    rents: Annotated[Table[RentRow], Help("who receives what part of the cost of goods", at="year")]
    overhead: Annotated[
        Table[OverheadRow], Help("overhead under three definitions by direction, sector and reach", at="year")
    ]
    head_ries: Annotated[Table[AllInRow], Help("all-in trade cost by sector and year (Head and Ries)")]
    head_ries_total: Annotated[Table[AllInTotalRow], Help("all-in trade cost over two-way sectors by year")]
    head_ries_excluded: Annotated[Table[ExcludedRow], Help("cells left out of the all-in cost, by reason")]
    head_ries_by_set: Annotated[Table[BySetRow], Help("all-in trade cost with each set of elasticities")]
    benchmarks: Annotated[Table[BenchmarkRow], Help("all-in trade cost of well-integrated pairs")]
    excess: Annotated[Table[ExcessRow], Help("cost beyond the frontier of well-integrated pairs by sector")]
    excess_total: Annotated[Table[ExcessTotalRow], Help("cost beyond the frontier over two-way sectors by year")]
    excess_newer: Annotated[
        Table[ExcessNewerRow], Help("the same of the last year on newer totals of trade", at="year")
    ]
    excess_robustness: Annotated[Table[RobustnessRow], Help("the excess under other choices")]
    gravity_coefficients: Annotated[
        Table[CoefficientRow], Help("coefficients of the gravity equation behind the frontier")
    ]
    gravity_fits: Annotated[Table[FitRow], Help("fits of the gravity equation")]
    gravity_dropped: Annotated[Table[DroppedRow], Help("observations that the gravity equation left out, by reason")]
    unexplained: Annotated[
        Table[UnexplainedRow], Help("all-in cost against the sum of known causes by sector", at="year")
    ]
    compatibility: Annotated[Table[CompatibilityRow], Help("compatibility of standards by field")]
    protocols: Annotated[Table[ProtocolRow], Help("compatibility of R&D protocols by domain")]
    wedge_draws: Annotated[
        Table[WedgeDrawRow], Help("draws of the ledger's measured wedges, passed on as they were drawn")
    ]
    claim_tests: Annotated[Table[ClaimRow], Help("every claim under every reading", at="year")]


def compute(study: Study, _: Findings, work: Work) -> BorderSection:
    """Measure the border of every pair of the study's partners."""
    newer = {year: done.table for year, done in nowcasts(study).items() if isinstance(done, Nowcast)}
    covered = _covered(study)
    result = borders(
        [
            replace(given, covered=covered, newer=newer, services_theta=_services_theta(study, given))
            for given in study.borders
        ]
    )
    work.progress(1.0)
    level = price_level(study)
    basis, tables = result.of[0].basis, _rents_at(level, result.tables)
    pairs = tuple(_pair_facts(one.basis, level) for one in result.of)
    assert basis.year is not None  # tables read from files are of a year

    def made(name: str, row: type) -> Table[Any]:
        frame = tables.get(FILED_AS.get(name, name), pd.DataFrame())
        return table(row) if frame.empty else Table(row, frame)

    return BorderSection(
        partners=study.partners,
        economy_names=study.economy_names,
        directions=tuple(way for one in pairs for way in one.directions),
        pairs=pairs,
        year=basis.year,
        price_year=price_year(study),
        time_base=str(basis.time_base),
        elasticity=basis.elasticity,
        draws=basis.draws,
        world=study.borders[0].world.name,
        claims=stated_claims(result),
        **{name: made(name, row) for name, (row, _) in declared_tables(BorderSection).items() if name != "wedge_draws"},
        wedge_draws=table(WedgeDrawRow, _wedge_draws(study.ledger, result, study.partners)),
    )


def refine(study: Study, section: BorderSection) -> Study:
    """Return the study with measured wedges in its ledger and with their draws, for the stations that follow."""
    drawn: dict[str, list[float]] = {}
    for row in section.wedge_draws.rows:
        drawn.setdefault(row.parameter, []).append(row.value)
    ledger, _ = measured_ledger(study.ledger, section)
    return replace(study, ledger=ledger, measured_draws={name: tuple(values) for name, values in drawn.items()})


STATION = Station(
    name="border",
    section=BorderSection,
    reads=("borders", "partners", "economy_names", "ledger", *HEADLINE_FIELDS, "levers", "asked"),
    applies=lambda study: bool(study.borders),
    compute=compute,
    refine=refine,
    weight=3,
)


def _services_theta(study: Study, given: BorderInput) -> tuple[float, float, float]:
    """Return low, central and high elasticity of services: the study's own where its ledger has it."""
    own = study.ledger.parameters.get(SERVICES)
    return given.services_theta if own is None else (own.low, own.value, own.high)


def _covered(study: Study) -> dict[str, tuple[WedgeCell, ...]]:
    """Return the cells of the border that joint measures work on: of all measures, and of those that all plans ask for."""
    joint = [lever for lever in study.levers if lever.joint]
    chosen = {
        AT_HAND: joint,
        STATED: [lever for lever in joint if lever.id in study.asked and study.asked[lever.id].support == ASKED],
    }
    world = study.baseline
    return (
        {
            name: worked_on(levers, world.economies, world.sectors, world.sector_groups)
            for name, levers in chosen.items()
        }
        if joint
        else {}
    )


def _rents_at(level: float, tables: Mapping[str, pd.DataFrame]) -> Mapping[str, pd.DataFrame]:
    """Return the tables with what is received at the prices that money is told in, as the border has it at its table's."""
    rents = tables["rents"]
    return {**tables, "rents": rents.assign(musd=rents["musd"] * level)}


def _pair_facts(basis: PairBasis, level: float) -> BorderFacts:
    return BorderFacts(
        pair=pair_label(basis.partners),
        partners=basis.partners,
        directions=basis.directions,
        trade_musd=level * float(sum(basis.trade_musd.values())),
        compatibility_basis=basis.compatibility_basis,
        one_way=basis.one_way,
        notes=basis.notes,
    )


def stated_claims(result: Borders) -> tuple[ClaimFacts, ...]:
    """Return what became of the claims that the borders were tested against."""
    return tuple(
        ClaimFacts(
            pair=pair_label(one.basis.partners),
            name=standing.claim.name,
            low=standing.claim.low,
            high=standing.claim.high,
            source=standing.claim.source,
            address=standing.claim.address,
            grid=standing.grid,
            strict_inside=standing.strict_inside,
            sources=standing.claim.sources,
        )
        for one in result.of
        for standing in one.basis.claims
    )


def measured_ledger(ledger: Ledger, section: BorderSection) -> tuple[Ledger, tuple[str, ...]]:
    """Return the ledger with measured wedges in the place of its first values, and the names that were replaced.

    A parameter ``wedge_COMPONENT_SCOPE`` takes the part of that component that policy could reach and that uses up
    resources, for all directions together, weighted by trade; with ``@A-B`` behind it for both directions of that pair. Levers
    remove shares of that part, and what somebody receives would only change hands. A scope the border does not know keeps
    its entry.
    """
    both = {name: [r for r in rows if r.direction == BOTH] for name, rows in _by_pair(section).items()}
    found: dict[str, Parameter] = {}
    for name, parameter in ledger.parameters.items():
        match = MEASURED.fullmatch(name)
        if match is None:
            continue
        rows = both.get(_pair_of(match, section.partners), [])
        three = _measured(rows, match["component"], match["scope"])
        if three is not None:
            low, value, high = three
            source = f"wedge ledger priced on {section.world}, see the border; before that: {parameter.source}"
            found[name] = replace(parameter, low=low, value=value, high=high, source=source, status=Status.ASSUMED)
    merged: Mapping[str, Parameter] = {**ledger.parameters, **found}
    return Ledger(merged), tuple(found)


def _by_pair(section: BorderSection) -> dict[str, list[GroupWedgeRow]]:
    """Return the wedges by group of every pair; those of the only pair are those of all pairs."""
    found: dict[str, list[GroupWedgeRow]] = {}
    for row in section.group_wedges.rows:
        found.setdefault(row.pair, []).append(row)
    if len(section.pairs) == 1:
        found[EVERY_PAIR] = found.get(section.pairs[0].pair, [])
    return found


def _pair_of(match: re.Match[str], partners: Sequence[str]) -> str:
    """Return the label of the pair that an entry of the ledger is about, in the order of the partners, or that of all pairs."""
    if not match["pair"]:
        return EVERY_PAIR
    return pair_label(pair_called(match["pair"], partners, f"ledger, entry {match[0]}"))


def _wedge_draws(ledger: Ledger, result: Borders, partners: Sequence[str]) -> list[WedgeDrawRow]:
    """Return the draws of every wedge of the ledger that the border measured; scopes of several groups are averaged."""
    rows = []
    for name in ledger.parameters:
        match = MEASURED.fullmatch(name)
        scopes = SCOPES.get(match["scope"], (match["scope"],)) if match else ()
        draws = result.draws.get(_pair_of(match, partners), {}) if match else {}
        known = [draws[match["component"], s] for s in scopes if match and (match["component"], s) in draws]
        if known:
            rows += [WedgeDrawRow(name, i, float(v)) for i, v in enumerate(np.mean(known, axis=0))]
    return rows


def _measured(rows: Sequence[GroupWedgeRow], component: str, scope: str) -> tuple[float, float, float] | None:
    """Return low, median and high of a component in a scope; groups of one scope are averaged plainly.

    The centre is the median, as what stands in each cell is: a draw of the entry moves cells by its ratio to the centre, and
    with the run at modes for a centre that ratio would count the skew of the draws a second time.
    """
    mine = [row for row in rows if row.component == component and row.scope in SCOPES.get(scope, (scope,))]
    if not mine:
        return None
    low, middle, high = (
        sum(numbers) / len(mine)
        for numbers in zip(*((r.burnt_low, r.burnt_central, r.burnt_high) for r in mine), strict=True)
    )
    return low, middle, high
