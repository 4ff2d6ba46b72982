"""What the partners trade today, and what their joint measures do to third economies, with the reason."""

from collections.abc import Sequence

import pandas as pd

from isthmus.core.pairs import directions_of
from isthmus.levers.support import BOTH
from isthmus.report.blocks import Block, Cell, Chapter, Figure, Grid, Paragraph, Part, Picker, Tabs
from isthmus.report.chart_frame import Scale
from isthmus.report.charts import stacked
from isthmus.report.effects import THIRD, ToldEffect
from isthmus.report.locale import Translator, decimals
from isthmus.report.palette import sided
from isthmus.report.third_map import third_map
from isthmus.report.wording import with_prices
from isthmus.study.station import Findings
from isthmus.study.trade import ThirdRow, TradeRow, TradeSection
from isthmus.study.value import ValueSection

SHOWN = 6
"""Sectors that the chart shows; the table has them all."""
FOLD = 12
LARGEST = 3
"""Flows that the title names where there are more than two partners."""


def chapter(section: TradeSection, findings: Findings, text: Translator) -> Chapter:
    """Write the chapter."""
    names = {p: text.named(section.economy_names.get(p, {}), p) for p in section.partners}
    totals = {(a, b): _total(section, a, b) for a, b in directions_of(section.partners)}
    told = sorted(totals, key=lambda way: -totals[way])[:LARGEST] if len(names) > 2 else list(totals)
    sold = [
        text("trade.sells", exporter=names[a], importer=names[b], amount=text.million_usd(totals[a, b], signed=False))
        for a, b in told
    ]
    year = str(section.table_year) if section.trade_year == "table" else section.trade_year
    return Chapter(
        name="trade",
        short=text("trade.short"),
        title=text("trade.title", sold=text.list(sold)),
        lead=text("trade.lead" if len(section.third_economies) else "trade.lead_today", year=year),
        blocks=[_sectors(section, names, year, text), *_thirds(section, findings, text), _table(section, names, text)],
    )


def _thirds(section: TradeSection, findings: Findings, text: Translator) -> list[Block]:
    """Tell what joint measures do to third economies; nothing without levers."""
    if not len(section.third_economies):
        return []
    return [Paragraph(text("trade.third_lead", deadline=section.deadline)), *_others(section, findings, text)]


def _total(section: TradeSection, exporter: str, importer: str) -> float:
    return sum(r.value_musd for r in section.trade.rows if (r.exporter, r.importer) == (exporter, importer))


def _sectors(section: TradeSection, names: dict[str, str], year: str, text: Translator) -> Figure:
    """Draw the largest sectors of both directions."""
    both: dict[str, float] = {}
    for row in section.trade.rows:
        both[row.sector] = both.get(row.sector, 0.0) + row.value_musd
    largest = sorted(both, key=lambda sector: -both[sector])[:SHOWN]
    sectors = {s: text.named(section.sector_names.get(s, {}), s) for s in both}
    labels = {
        (a, b): text("border.direction", exporter=names[a], importer=names[b]) for a, b in directions_of(list(names))
    }
    small = text.charted(both[largest[0]]) < 1 if largest else False
    sized, unit = (text.tabled, text("trade.column.musd")) if small else (text.charted, text("trade.column.value"))
    rows = [
        {"row": sectors[s], "series": labels[r.exporter, r.importer], "value": sized(r.value_musd)}
        for s in largest
        for r in section.trade.rows
        if r.sector == s
    ]
    frame = pd.DataFrame(rows, columns=["row", "series", "value"])
    heads = {name: text.of("trade.column", name) for name in ("row", "series")} | {"value": unit}
    drawing = stacked(frame, Scale("", 0, signed=False), colours=sided(list(labels.values())))
    top = text.list([text("answer.quoted", words=sectors[s]) for s in largest[:3]])
    return Figure(
        name="trade-sectors",
        title=text("trade.sectors", top=top),
        alt=text("trade.sectors_alt"),
        option=drawing.option,
        twin=frame.rename(columns=heads),
        source=with_prices(text("trade.sectors_source", unit=unit, year=year), section.price_year, text),
        height=drawing.height,
    )


def _others(section: TradeSection, findings: Findings, text: Translator) -> list[Block]:
    """Show third economies drawn, as a table, and one by one behind a list."""
    rows = sorted((r for r in section.third_economies.rows if r.support == BOTH), key=lambda r: -r.real_income_pct)
    if not rows:
        return [_third(section, findings, text)]
    table, drawn = _third(section, findings, text), third_map(rows, _ranges(section, findings), section, text)
    whole = _whole(section, findings)
    parts = [Part(text("trade.tab_chart"), [_ways(section, rows, whole, text)]), Part(text("trade.tab_table"), [table])]
    if drawn is not None:
        parts.insert(0, Part(text("trade.tab_map"), [drawn]))
    lines = {str(row[0]): row for row in table.rows}
    listed = _called(rows, section, text)
    one_by_one = [Part(name, [_economy(row, name, lines[name], section, text)]) for row, name in listed]
    chosen = max(range(len(listed)), key=lambda k: abs(listed[k][0].real_income_musd))
    label = text.of("trade.column", "economy")
    picker = Picker("trade-economy", text("trade.one_by_one"), label, one_by_one, chosen)
    return [Tabs("trade-third", table.title, [*parts, Part(text("trade.one_by_one"), [picker])])]


def _called(rows: list[ThirdRow], section: TradeSection, text: Translator) -> list[tuple[ThirdRow, str]]:
    """Return the rows with the economies' names, in the order of the names."""
    named = [(row, text.named(section.economy_names.get(row.economy, {}), row.economy)) for row in rows]
    return sorted(named, key=lambda pair: pair[1])


def _whole(section: TradeSection, findings: Findings) -> ToldEffect:
    """Return what third economies gain or lose together in million USD, as the brief tells it."""
    effect, share = _ranges(section, findings)[THIRD], section.income_musd[THIRD] / 100
    return ToldEffect(share * effect.low, share * effect.central, share * effect.high)


def _ways(section: TradeSection, rows: list[ThirdRow], whole: ToldEffect, text: Translator) -> Figure:
    """Draw the third economies whose income moves most in money, the median split into that of prices and what is left of it."""
    largest = sorted(rows, key=lambda r: -abs(r.real_income_musd))[:SHOWN]
    shown = sorted(largest, key=lambda r: -r.real_income_musd)
    parts = {name: text.of("trade.way", name) for name in ("prices", "else")}
    found = []
    for row in shown:
        name = text.named(section.economy_names.get(row.economy, {}), row.economy)
        share = row.terms_of_trade_pct / row.real_income_pct if row.real_income_pct else 0.0
        by_price = share * row.real_income_musd
        values = {"prices": by_price, "else": row.real_income_musd - by_price}
        found += [{"row": name, "series": parts[way], "value": text.tabled(values[way])} for way in parts]
    frame = pd.DataFrame(found, columns=["row", "series", "value"])
    drawing = stacked(frame, Scale("", 0), colours=dict(zip(parts.values(), ("joint", "third"), strict=True)))
    heads = {"row": "economy", "series": "way", "value": "musd"}
    return Figure(
        name="trade-third-ways",
        title=text(
            "trade.ways",
            amount=text.million_with_range(whole.low, whole.central, whole.high),
            first=_name_of(shown, whole.central, section, text),
        ),
        alt=text("trade.ways_alt", n=len(shown)),
        option=drawing.option,
        twin=frame.rename(columns={c: text.of("trade.column", heads[c]) for c in frame.columns}),
        source=with_prices(
            text("trade.ways_source", deadline=section.deadline, shown=len(shown), n=len(rows)),
            section.price_year,
            text,
        ),
        height=drawing.height,
    )


def _name_of(shown: list[ThirdRow], whole: float, section: TradeSection, text: Translator) -> str:
    """Name the economy that moves most in the direction of the whole."""
    row = shown[-1] if whole < 0 else shown[0]
    return text.named(section.economy_names.get(row.economy, {}), row.economy)


def _economy(row: ThirdRow, name: str, line: Sequence[str | Cell], section: TradeSection, text: Translator) -> Grid:
    """Say of one third economy what it gains, by which way, and how its trade with the partners moves."""
    sector = text.named(section.sector_names.get(row.sector, {}), row.sector)
    moved = {
        "sales": _sales(row),
        "elsewhere": (row.exports_elsewhere_musd_low, row.exports_elsewhere_musd, row.exports_elsewhere_musd_high),
        "purchases": (
            row.imports_from_partners_musd_low,
            row.imports_from_partners_musd,
            row.imports_from_partners_musd_high,
        ),
    }
    changes: list[list[str | Cell]] = [
        [text.of("trade.column", column), text.million_with_range(*three)] for column, three in moved.items()
    ]
    prices = ToldEffect(row.terms_of_trade_pct_low, row.terms_of_trade_pct, row.terms_of_trade_pct_high)
    cells: list[list[str | Cell]] = [
        [text.of("trade.column", "gain"), line[1]],
        [text.of("trade.column", "range"), line[2]],
        [text.of("trade.column", "prices"), prices.both(text)],
        *changes,
        [text.of("trade.column", "sector"), sector],
        [text.of("trade.column", "reason"), line[4]],
    ]
    heads = [name, text.of("trade.column", "amount")]
    return Grid(name, heads, cells, numeric=(1,), source=text("trade.third_source"))


def _sales(row: ThirdRow) -> tuple[float, float, float]:
    return row.exports_to_partners_musd_low, row.exports_to_partners_musd, row.exports_to_partners_musd_high


def _ranges(section: TradeSection, findings: Findings) -> dict[str, ToldEffect]:
    """Return the net effect of the joint measures of both plans with its range, by economy; empty without levers."""
    value = findings.get(ValueSection)
    return {
        row.economy: ToldEffect(row.low, row.median, row.high)
        for row in (value.value.rows if value is not None else ())
        if (row.component, row.support, row.net, row.channel, row.year)
        == ("total", BOTH, True, "all", section.deadline)
    }


def _third(section: TradeSection, findings: Findings, text: Translator) -> Grid:
    """List third economies by gain, with the median and range where they are known, and the reason."""
    known = _ranges(section, findings)
    rows: list[list[str | Cell]] = []
    for row in sorted((r for r in section.third_economies.rows if r.support == BOTH), key=lambda r: -r.real_income_pct):
        low, middle, high = row.real_income_pct_low, row.real_income_pct, row.real_income_pct_high
        digits = decimals(low, middle, high)
        sector = text.named(section.sector_names.get(row.sector, {}), row.sector)
        tone = "gain" if low > 0 else "loss" if high < 0 else ""
        rows.append(
            [
                text.named(section.economy_names.get(row.economy, {}), row.economy),
                Cell(text.percent(middle, digits, signed=True), tone=tone),
                text.range(low, high, digits, signed=True),
                text.million_with_range(*_sales(row)),
                text.of("trade.reason", row.reason, sector=sector),
            ]
        )
    heads = [text.of("trade.column", c) for c in ("economy", "gain", "range", "sales", "reason")]
    signs = [effect.sign() for code, effect in known.items() if code not in (*section.partners, THIRD)]
    gain, lose = signs.count(1), signs.count(-1)
    return Grid(
        text("trade.third_title", gain=gain, lose=lose),
        heads,
        rows,
        numeric=(1, 2, 3),
        source=text("trade.third_source"),
        csv="third_economies",
        fold=FOLD,
        opened=True,
    )


def _table(section: TradeSection, names: dict[str, str], text: Translator) -> Grid:
    def cells(row: TradeRow) -> list[str]:
        return [
            text("border.direction", exporter=names[row.exporter], importer=names[row.importer]),
            text.named(section.sector_names.get(row.sector, {}), row.sector),
            text.number(text.tabled(row.value_musd), 0),
            text.percent(row.export_share_pct, 1),
            text.percent(row.import_share_pct, 1),
        ]

    ordered = sorted(section.trade.rows, key=lambda r: (section.partners.index(r.exporter), -r.value_musd))
    heads = [text.of("trade.column", c) for c in ("series", "row", "musd", "export_share", "import_share")]
    return Grid(
        text("trade.table"),
        heads,
        [cells(row) for row in ordered],
        numeric=(2, 3, 4),
        csv="trade",
        fold=FOLD,
        filters=(0, 1),
    )
