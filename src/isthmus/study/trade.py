"""What the partners trade today, how much of the border the joint measures remove, and why others gain or lose by them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated

import numpy as np

from isthmus.core.axes import Array
from isthmus.economy.aggregate import Names
from isthmus.economy.baseline import Baseline
from isthmus.equilibrium.state import State
from isthmus.levers.components import JOINT, TOTAL
from isthmus.levers.support import BOTH, NONE
from isthmus.levers.worlds import AGREED, SINGLES, Timetable, World, plan_worlds, solve_worlds
from isthmus.study.border import BorderSection
from isthmus.study.columns import Direction, Exporter, HighShare, Importer, LowShare, MedianShare, Pair, Sector
from isthmus.study.components import THIRD
from isthmus.study.corridors import CorridorsSection
from isthmus.study.draws import DRAW_FIELDS, median_draw
from isthmus.study.ensemble import EnsembleSection, bench_of, draws_in
from isthmus.study.headline import HEADLINE_FIELDS, headline_world, price_year
from isthmus.study.jobs import QUICK
from isthmus.study.observed import ELSEWHERE, PURCHASES, SALES, TERMS, places, terms_of_trade, traded
from isthmus.study.others import moved_others
from isthmus.study.removal import cuts, removed
from isthmus.study.runs import FOUR
from isthmus.study.section import Help, Section, Table, key, measure, note, table
from isthmus.study.standing import standing_costs
from isthmus.study.station import Findings, Station, Work
from isthmus.study.study import Study
from isthmus.study.value import ValueRow, ValueSection

ALL = "all"
Three = tuple[float, float, float]
"""Median, low and high of the draws."""
ENDS = ("", "_low", "_high")
"""What the names of columns with these three end with."""
MEASURES = {BOTH: AGREED + BOTH, ALL: QUICK}
"""World with the joint measures agreed, by what supports them: both plans, or all measures of the study."""

IN_VALUE = {BOTH: BOTH, ALL: JOINT}
"""The same supports as the table `value` names them."""

LEAST_PCT = 1e-6
"""Effects within this many percent of zero have no reason."""


@dataclass(frozen=True)
class TradeRow:
    """What one partner sells the other."""

    exporter: Exporter
    importer: Importer
    sector: Sector
    value_musd: Annotated[float, measure("million USD", "value before tariff")]
    export_share_pct: Annotated[float, measure("%", "share in the exporter's sales of the sector to other economies")]
    import_share_pct: Annotated[float, measure("%", "share in the importer's purchases of the sector from others")]


@dataclass(frozen=True)
class RemovalRow:
    """How much of the border's cost of goods the joint measures remove if they are agreed."""

    pair: Pair
    direction: Direction
    component: Annotated[
        str,
        key(
            "cause of the cost, `all` together, or `volume`: an agreed volume of trade as the cut of cost that brings it"
        ),
    ]
    support: Annotated[str, key("joint measures that both plans support (both), or all of the study")]
    low: LowShare
    median: MedianShare
    high: HighShare
    central: Annotated[float, measure("1", "run at central values, fraction")]


@dataclass(frozen=True)
class ThirdRow:
    """What joint measures do to one third economy, and by which way; every number is a median of the draws with its range."""

    economy: Annotated[str, key("third economy")]
    support: Annotated[str, key("joint measures that both plans support (both), or all of the study")]
    real_income_pct: Annotated[float, measure("%", "change of real income")]
    real_income_pct_low: Annotated[float, measure("%", "5th percentile of real_income_pct")]
    real_income_pct_high: Annotated[float, measure("%", "95th percentile of real_income_pct")]
    real_income_musd: Annotated[float, measure("million USD", "the same in money")]
    real_income_musd_low: Annotated[float, measure("million USD", "5th percentile of real_income_musd")]
    real_income_musd_high: Annotated[float, measure("million USD", "95th percentile of real_income_musd")]
    terms_of_trade_pct: Annotated[float, measure("%", "part that comes from prices of what it sells and buys")]
    terms_of_trade_pct_low: Annotated[float, measure("%", "5th percentile of terms_of_trade_pct")]
    terms_of_trade_pct_high: Annotated[float, measure("%", "95th percentile of terms_of_trade_pct")]
    exports_to_partners_musd: Annotated[float, measure("million USD", "change of its sales to the partners")]
    exports_to_partners_musd_low: Annotated[float, measure("million USD", "5th percentile of exports_to_partners_musd")]
    exports_to_partners_musd_high: Annotated[
        float, measure("million USD", "95th percentile of exports_to_partners_musd")
    ]
    exports_elsewhere_musd: Annotated[float, measure("million USD", "change of its sales to all others")]
    exports_elsewhere_musd_low: Annotated[float, measure("million USD", "5th percentile of exports_elsewhere_musd")]
    exports_elsewhere_musd_high: Annotated[float, measure("million USD", "95th percentile of exports_elsewhere_musd")]
    imports_from_partners_musd: Annotated[float, measure("million USD", "change of its purchases from the partners")]
    imports_from_partners_musd_low: Annotated[
        float, measure("million USD", "5th percentile of imports_from_partners_musd")
    ]
    imports_from_partners_musd_high: Annotated[
        float, measure("million USD", "95th percentile of imports_from_partners_musd")
    ]
    sector: Annotated[
        str, note("sector in which its sales to the partners change most where every number is at its median")
    ]
    reason: Annotated[
        str, note("by the medians: diversion, prices_up, prices_down, several, or none without an effect")
    ]


@dataclass(frozen=True, kw_only=True)
class TradeSection(Section):
    """Trade of the partners, and what joint measures do to it and to others."""

    partners: Annotated[tuple[str, ...], Help("partners in the order in which they are shown")]
    economy_names: Annotated[Names, Help("names of economies by code and language")]
    sector_names: Annotated[Names, Help("names of sectors by code and language")]
    deadline: Annotated[int, Help("year in which targets are due")]
    trade_year: Annotated[str, Help("year of the trade totals, or `table`")]
    table_year: Annotated[int, Help("year of the world's table")]
    price_year: Annotated[int | None, Help("year of the prices that money is told in")]
    income_musd: Annotated[dict[str, float], Help("income of the partners and of all others together, million USD")]
    trade: Annotated[Table[TradeRow], Help("what the partners sell each other today", at="table_year")]
    removal: Annotated[
        Table[RemovalRow], Help("points of the border that agreed joint measures remove, by cause", at="deadline")
    ]
    third_economies: Annotated[Table[ThirdRow], Help("third economies' gains and losses with reasons", at="deadline")]


def compute(study: Study, findings: Findings, _: Work) -> TradeSection:
    """Tell trade of today; with levers, solve the plans without and with joint measures and compare the two."""
    world, year, _moved = headline_world(study)
    border, third = findings.get(BorderSection), _others(world, study)
    moved = list(_moved_others(study, world, findings)) if study.levers else []
    return TradeSection(
        partners=study.partners,
        economy_names=study.economy_names,
        sector_names=study.sector_names,
        deadline=study.deadline,
        trade_year=year,
        price_year=price_year(study),
        table_year=study.baseline.table.year or 0 if study.baseline.table else 0,
        income_musd=_incomes(world, study, third),
        trade=table(TradeRow, _trade_rows(world, study)),
        removal=table(RemovalRow, _removal_rows(world, study, findings, border) if border and study.levers else []),
        third_economies=table(ThirdRow, moved),
    )


def _moved_others(study: Study, world: Baseline, findings: Findings) -> Iterator[ThirdRow]:
    """Yield what joint measures do to third economies at the deadline, in all draws; sectors are those of the median run."""
    parameters = median_draw(study).parameters
    plans = plan_worlds(study.levers, study.partners, parameters, study.asked)
    solved = solve_worlds(
        world,
        study.levers,
        parameters,
        [agreed_alone(plan, study) for plan in plans if plan.name in {SINGLES, *MEASURES.values()}],
        Timetable(study.start, study.deadline, study.deadline),
        trade_balance=study.trade_balance,
        standing=standing_costs(findings, study),
    )
    before = solved[SINGLES].at_deadline
    after = {support: solved[name].at_deadline for support, name in MEASURES.items()}
    at, others = places(world.economies, study.partners)
    exact = {support: _exact(before, state, at, others) for support, state in after.items()}
    drawn = moved_others(study, findings[EnsembleSection], world, parameters, exact)
    income, told = world.income.values, findings[ValueSection].value.rows
    known = {
        (row.economy, row.support): row
        for row in told
        if (row.component, row.net, row.channel, row.year) == (TOTAL, True, "all", study.deadline)
    }
    for support, state in after.items():
        change = (state.flows - before.flows)[:, others][:, :, at].sum(axis=2)
        for position, n in enumerate(others):
            row = known[world.economies[n], IN_VALUE[support]]
            numbers = {kind: _three(draws[:, position]) for kind, draws in drawn[support].items()}
            sector = world.sectors[int(np.argmax(np.abs(change[:, position])))]
            yield _third_row(world.economies[n], support, row, float(income[n]), numbers, sector)


def _three(draws: Array) -> Three:
    """Return median, low and high."""
    low, middle, high = (float(x) for x in np.quantile(draws, FOUR))
    return middle, low, high


def _exact(before: State, after: State, partners: list[int], others: list[int]) -> dict[str, Array]:
    """Return what an exact solve finds by kind, (economy,): amounts in million USD, terms of trade in percent."""
    was, now = (traded(state.flows, partners, others) for state in (before, after))
    terms = terms_of_trade(before.flows, after.ln_c - before.ln_c, before.income)[others]
    return {kind: now[kind] - was[kind] for kind in was} | {TERMS: 100 * terms}


def _third_row(
    economy: str, support: str, row: ValueRow, income: float, numbers: dict[str, Three], sector: str
) -> ThirdRow:
    """Return one row from the value of joint measures and from what is traded, medians first."""
    gain = row.median, row.low, row.high
    told = {
        "real_income_pct": gain,
        "real_income_musd": tuple(income / 100 * value for value in gain),
        "terms_of_trade_pct": numbers[TERMS],
        "exports_to_partners_musd": numbers[SALES],
        "exports_elsewhere_musd": numbers[ELSEWHERE],
        "imports_from_partners_musd": numbers[PURCHASES],
    }
    values = {f"{name}{end}": value for name, three in told.items() for end, value in zip(ENDS, three, strict=True)}
    reason = _reason(row.median, numbers[TERMS][0], numbers[SALES][0])
    return ThirdRow(economy=economy, support=support, sector=sector, reason=reason, **values)


def agreed_alone(plan: World, study: Study) -> World:
    """Return the world of measures of both plans without the others, which stand in it each at its side's own pace."""
    if plan.name != MEASURES[BOTH]:
        return plan
    left_out = {lever.id for lever in study.levers if lever.joint and _support(study, lever.id) != BOTH}
    return replace(plan, degrees={name: sides for name, sides in plan.degrees.items() if name not in left_out})


def _support(study: Study, lever: str) -> str:
    return study.asked[lever].support if lever in study.asked else NONE


STATION = Station(
    name="trade",
    section=TradeSection,
    reads=(
        *dict.fromkeys((*DRAW_FIELDS, *HEADLINE_FIELDS)),
        *(
            "partners",
            "economy_names",
            "sector_names",
            "start",
            "deadline",
            "review",
            "levers",
            "trade_balance",
            "asked",
        ),
        "costs",
    ),
    needs=(BorderSection, CorridorsSection, EnsembleSection, ValueSection),
    applies=lambda _: True,
    compute=compute,
)


def _others(world: Baseline, study: Study) -> list[int]:
    return [i for i, label in enumerate(world.economies) if label not in study.partners]


def _incomes(world: Baseline, study: Study, third: list[int]) -> dict[str, float]:
    income = world.income.values
    own = {partner: float(income[world.economies.index(partner)]) for partner in study.partners}
    return {**own, THIRD: float(income[third].sum())}


def _flows(world: Baseline) -> Array:
    """Return trade before tariff, (S, N, N)."""
    value: Array = world.trade_share.values * world.spending.values[:, None, :] / world.tariff_factor.values
    return value


def _pairs(study: Study) -> Iterator[tuple[str, str]]:
    yield from ((a, b) for a in study.partners for b in study.partners if a != b)


def _trade_rows(world: Baseline, study: Study) -> Iterator[TradeRow]:
    abroad = _flows(world) * (1 - np.eye(len(world.economies)))
    sold, bought = abroad.sum(axis=2), abroad.sum(axis=1)
    for exporter, importer in _pairs(study):
        i, n = (world.economies.index(label) for label in (exporter, importer))
        for j, sector in enumerate(world.sectors):
            value = float(abroad[j, i, n])
            shares = (100 * value / total if total > 0 else 0.0 for total in (float(sold[j, i]), float(bought[j, n])))
            yield TradeRow(exporter, importer, sector, value, *shares)


def _removal_rows(world: Baseline, study: Study, findings: Findings, border: BorderSection) -> Iterator[RemovalRow]:
    """Yield points of ad valorem equivalent of goods that agreed measures remove, weighted by trade (:eq:`removed-points`)."""
    ensemble, standing = findings[EnsembleSection], standing_costs(findings, study)
    bench = bench_of(study, ensemble, world, study.partners)
    drawn, weights = draws_in(study, ensemble), _flows(world)
    for support in MEASURES:
        chosen = [one for one in study.levers if one.joint and support in (ALL, bench.support[one.id])]
        for pair, direction, cause, low, median, high, central in removed(
            cuts(bench, world, standing, drawn, chosen), border, world, weights
        ):
            yield RemovalRow(pair, direction, cause, support, low, median, high, central)


def _reason(gain: float, prices: float, to_partners: float) -> str:
    if abs(gain) < LEAST_PCT:
        return "none"
    if gain < 0 and to_partners < 0:
        return "diversion"
    if prices * gain > 0 and abs(prices) >= 0.5 * abs(gain):
        return "prices_up" if gain > 0 else "prices_down"
    return "several"
