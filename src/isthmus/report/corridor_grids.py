"""Tables of the corridors chapter."""

from collections.abc import Sequence

from isthmus.report.blocks import Cell, Grid
from isthmus.report.locale import Translator
from isthmus.report.way_names import WayNames
from isthmus.report.wording import unit_name, with_prices
from isthmus.study.components import THIRD
from isthmus.study.corridor_tables import HeadroomRow
from isthmus.study.corridors import CorridorsSection
from isthmus.study.headroom import AS_IT_IS, BUILT, GROWTH

FOLD = 12


def limit_grid(section: CorridorsSection, names: WayNames, text: Translator) -> list[Grid]:
    """Show what the plans bring with ways as today, with full ways dearer, and with all candidate projects.

    Where trade and ways do not agree there is nothing to show.
    """
    if not section.limits.rows:
        return []
    rows = [
        [
            text("common.third") if r.economy == THIRD else names.economy(r.economy),
            *(text.percent(x, 3, signed=True) for x in (r.without_limits_pct, r.with_limits_pct)),
            "–" if r.with_projects_pct is None else text.percent(r.with_projects_pct, 3, signed=True),
            *(text.percent(x, 3, signed=True) for x in (r.measures_without_limits_pct, r.measures_with_limits_pct)),
        ]
        for r in section.limits.rows
    ]
    columns = ("economy", "as_today", "with_limits", "with_projects", "measures", "measures_limits")
    return [
        Grid(
            title=text("corridors.limits"), columns=_heads(columns, text), rows=rows, numeric=(1, 2, 3, 4, 5),
            source=text("corridors.limits_source", year=section.deadline, trade=_trade(section, names, text)),
            csv="limits", opened=True,
        )
    ]  # fmt: skip


def headroom_grid(section: CorridorsSection, names: WayNames, text: Translator) -> list[Grid]:
    """Show at which growth of trade each way is full: as it is, and year by year with all projects built."""
    growth = {(r.case, r.arc, r.direction, r.year): r.growth_pct for r in section.headroom.rows}
    first = [r for r in section.headroom.rows if (r.case, r.year) == (AS_IT_IS, section.start)]
    years = range(section.start, section.deadline + 1) if any(case == BUILT for case, *_ in growth) else ()

    filled = {(arc, direction) for (_, arc, direction, _), step in growth.items() if step is not None}

    def told(case: str, row: HeadroomRow, year: int) -> str:
        step = growth.get((case, row.arc, row.direction, year))
        return "–" if step is None else text.number(step, 0)

    rows = [
        [
            names.heading(r.arc, r.direction),
            text.number(r.utilisation_pct, 0),
            told(AS_IT_IS, r, section.deadline),
            *(told(BUILT, r, year) for year in years),
        ]
        for r in sorted(first, key=lambda r: (r.growth_pct is None, r.growth_pct or 0.0, -r.utilisation_pct))
        if (r.arc, r.direction) in filled
    ]
    if not rows:
        return []
    heads = [*_heads(("way", "use", "as_it_is"), text), *(text("corridors.column.built_in", year=y) for y in years)]
    return [
        Grid(
            title=text("corridors.headroom"), columns=heads, rows=rows, numeric=tuple(range(1, len(heads))),
            source=text(
                "corridors.headroom_source",
                steps=text("common.comma").join(text.number(g, 0) for g in GROWTH[1:]),
                last=text.number(GROWTH[-1], 0),
            ),
            csv="headroom", fold=FOLD,
        )
    ]  # fmt: skip


def beside_grid(section: CorridorsSection, names: WayNames, text: Translator) -> Grid:
    """Costs of the wedge ledger and of the network side by side."""
    rows: list[list[str | Cell]] = [
        [
            names.direction(r.exporter, r.importer),
            names.sector(r.sector),
            text.of("border.component", r.component),
            _three(r.ledger_low, r.ledger, r.ledger_high, text),
            Cell(_three(r.network_low, r.network, r.network_high, text), tone="" if r.inside else "mark"),
            text.number(text.tabled(r.trade_musd), 0),
        ]
        for r in sorted(section.beside.rows, key=lambda r: -r.trade_musd)
    ]
    columns = ("direction", "sector", "component", "ledger", "network", "trade")
    return Grid(
        title=text("corridors.beside"), columns=_heads(columns, text), rows=rows, numeric=(3, 4, 5),
        source=with_prices(text("corridors.beside_source", year=section.year), section.price_year, text), csv="beside",
        fold=FOLD, filters=(0, 2),
    )  # fmt: skip


def candidate_grid(section: CorridorsSection, names: WayNames, text: Translator) -> Grid:
    """Candidate projects with what they save, who builds them and which statements carry them."""
    rows: list[list[str | Cell]] = [
        [
            Cell(names.project(r.project), tag="" if r.status == "verified" else text.of("common.status", r.status)),
            str(r.opens),
            text.number(text.tabled(r.without_musd), 1),
            text.number(text.tabled(r.agreed_musd), 1),
            "–" if r.cost_musd is None else text.number(text.tabled(r.cost_musd), 0),
            text.list([names.economy(s) for s in r.sides.split(";") if s]),
            _statements(section, r.statements, text),
        ]
        for r in section.candidates.rows
    ]
    columns = ("project", "opens", "without", "agreed", "cost", "sides", "statements")
    return Grid(
        title=text("corridors.candidate_table", n=len(rows)), columns=_heads(columns, text), rows=rows, numeric=(1, 2, 3, 4),
        source=text("corridors.candidate_table_source", year=section.deadline), csv="candidates",
    )  # fmt: skip


def route_grid(section: CorridorsSection, names: WayNames, text: Translator) -> Grid:
    """Routes with the four indicators of corridor performance."""
    rows = [
        [
            names.thing(r.carrier),
            names.thing(r.origin),
            names.thing(r.destination),
            names.way(r.crossing),
            f"{text.number(r.delivered, 2)} {unit_name(r.unit, text)}",
            text.number(r.km, 0),
            text.number(r.hours / 24, 1),
            *(_or_none(x, text) for x in (r.crossing_hours, r.crossing_usd, r.section_usd, r.speed_kmh)),
            _or_none(r.speed_without_delay_kmh, text),
        ]
        for r in section.way_routes.rows
    ]
    columns = (
        "carrier",
        "origin",
        "destination",
        "crossing",
        "volume",
        "km",
        "days",
        "tfi1",
        "tfi2",
        "tfi3",
        "swd",
        "swod",
    )
    return Grid(
        title=text("corridors.routes", n=len(rows)), columns=_heads(columns, text), rows=rows,
        numeric=(4, 5, 6, 7, 8, 9, 10, 11), source=text("corridors.routes_source", year=section.year), csv="way_routes",
        fold=FOLD, filters=(0, 3),
    )  # fmt: skip


def unmet_grid(section: CorridorsSection, names: WayNames, text: Translator) -> Grid:
    """Show what trade of the plans wants at the deadline, what gets across, and what the rest would pay."""
    rows = [
        [
            names.thing(r.carrier),
            names.economy(r.importer),
            f"{text.number(r.wanted, 2)} {unit_name(r.unit, text)}",
            text.percent(r.unmet_pct, 2),
            text.number(r.would_pay_usd_per_unit / 1e6, 2),
            text.number(text.tabled(r.value_musd), 1),
        ]
        for r in section.unmet.rows
        if r.year == section.deadline
    ]
    columns = ("carrier", "importer", "wanted", "unmet", "would_pay", "value")
    return Grid(
        title=text("corridors.unmet", year=section.deadline), columns=_heads(columns, text), rows=rows, numeric=(2, 3, 4, 5),
        source=text("corridors.unmet_source"), csv="unmet",
    )  # fmt: skip


def rent_grid(section: CorridorsSection, names: WayNames, text: Translator) -> Grid:
    """Who receives scarcity prices and fees."""
    rows = [
        [
            names.economy(r.recipient),
            text.of("corridors.paid", r.kind),
            names.direction(r.exporter, r.importer),
            text.number(text.tabled(r.musd), 0),
            text.range(text.tabled(r.low_musd), text.tabled(r.high_musd), 0) if r.high_musd > r.low_musd else "–",
        ]
        for r in section.way_rents.rows
    ]
    return Grid(
        title=text("corridors.rents"), columns=_heads(("recipient", "kind", "direction", "money", "either"), text),
        rows=rows, numeric=(3, 4), source=text("corridors.rents_source", year=section.year), csv="way_rents",
    )  # fmt: skip


def energy_grid(section: CorridorsSection, names: WayNames, text: Translator) -> Grid:
    """Delivery of energy today and at the deadline."""
    rows = [
        [
            names.thing(r.carrier),
            text.of("corridors.world", r.world),
            str(r.year),
            f"{text.number(r.delivered, 2)} {unit_name(r.unit, text)}",
            text.percent(r.lost_pct, 1),
            text.number(r.cost_usd_per_unit / 1e6, 1),
        ]
        for r in sorted(section.energy_ways.rows, key=lambda r: r.carrier)
        if r.year in (section.year, section.deadline)
    ]
    columns = ("carrier", "world", "year", "volume", "lost", "delivered_cost")
    return Grid(
        title=text("corridors.energy"), columns=_heads(columns, text), rows=rows, numeric=(3, 4, 5),
        source=text("corridors.energy_source"), csv="energy_ways",
    )  # fmt: skip


def volume_grid(section: CorridorsSection, names: WayNames, text: Translator) -> Grid:
    """Volumes by value and as the network counts them."""
    rows = [
        [
            names.thing(r.carrier),
            names.direction(r.exporter, r.importer),
            f"{text.number(r.by_value, 2)} {unit_name(r.unit, text)}",
            "–" if r.on_network is None else f"{text.number(r.on_network, 2)} {unit_name(r.unit, text)}",
            f"{text.number(r.agreed, 2)} {unit_name(r.unit, text)}",
        ]
        for r in section.way_volumes.rows
    ]
    columns = ("carrier", "direction", "by_value", "on_network", "volume_agreed")
    return Grid(
        title=text("corridors.volumes"), columns=_heads(columns, text), rows=rows, numeric=(2, 3, 4),
        source=text("corridors.volumes_source", year=section.year, deadline=section.deadline), csv="way_volumes",
    )  # fmt: skip


def known_grid(section: CorridorsSection, text: Translator) -> list[Grid]:
    """Known volumes beside computed ones, misses first."""
    rows: list[list[str | Cell]] = [
        [
            Cell(r.what.replace(" - ", " – "), lang="en"),
            str(r.year),
            f"{text.number(r.observed, 1)} {unit_name(r.unit, text)}",
            Cell(f"{text.number(r.computed, 1)} {unit_name(r.unit, text)}", tone="" if r.met else "mark"),
            text.percent(r.gap_pct, 0, signed=True),
            text.of("corridors.used", "yes" if r.used else "no"),
        ]
        for r in sorted(section.known.rows, key=lambda r: (r.met, -abs(r.gap_pct)))
    ]
    if not rows:
        return []
    unused = [r for r in section.known.rows if not r.used]
    met, fresh = (sum(r.met for r in listed) for listed in (section.known.rows, unused))
    title = text("corridors.known", met=met, n=len(rows), fresh=fresh, unused=len(unused))
    return [
        Grid(
            title=title, columns=_heads(("what", "year", "observed", "computed", "gap", "used"), text), rows=rows,
            numeric=(2, 3, 4), source=text("corridors.known_source"), csv="known", fold=FOLD,
        )
    ]  # fmt: skip


def _statements(section: CorridorsSection, listed: str, text: Translator) -> Cell:
    """Write statements whose ids stand with ; between them in the language of the report, the ids behind them."""
    names = [name for name in listed.split(";") if name]
    told = [text.named(section.statement_texts.get(name, {}), name) for name in names]
    return Cell(text("common.space").join(told), title=", ".join(names), sentence=True)


def _trade(section: CorridorsSection, names: WayNames, text: Translator) -> str:
    """Say how trade changes in either direction, ways as today and with limits."""
    return text("common.semicolon").join(
        text(
            "corridors.trade",
            direction=names.direction(r.exporter, r.importer),
            free=text.percent(r.without_limits_pct, 2, signed=True),
            limited=text.percent(r.with_limits_pct, 2, signed=True),
        )
        for r in section.trade_limits.rows
    )


def _heads(names: Sequence[str], text: Translator) -> list[str]:
    return [text.of("corridors.column", name) for name in names]


def _three(low: float, central: float, high: float, text: Translator) -> str:
    ends = text.range(100 * low, 100 * high, 1)
    return text("common.with_range", central=text.percent(100 * central, 1), range=ends)


def _or_none(value: float | None, text: Translator) -> str:
    return "–" if value is None else text.number(value, 0)
