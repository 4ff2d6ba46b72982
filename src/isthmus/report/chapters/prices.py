"""The price list of the border: which barriers are worth most to take down, for either partner."""

from collections.abc import Mapping, Sequence

import pandas as pd

from isthmus.report.blocks import Cell, Chapter, Figure, Grid, Paragraph
from isthmus.report.border_names import BorderNames
from isthmus.report.chart_frame import Scale
from isthmus.report.charts import intervals
from isthmus.report.locale import NOTHING, Translator, apart, decimals
from isthmus.report.palette import sided
from isthmus.report.wording import with_prices, with_zeros
from isthmus.study.components import THIRD
from isthmus.study.prices import BOTH, EVERY, PriceRow, PricesSection, PriceTotalRow
from isthmus.study.station import Findings

SHOWN, FOLD, TOTALS = 5, 12, 10
LEAST = 0.1
"""Barriers worth less than this to both partners together, million USD, stand in the file alone."""
POLICY = "policy"

Barrier = tuple[str, str, str, str, str]
"""Exporter, importer, sector, component, part."""


def chapter(section: PricesSection, _: Findings, text: Translator) -> Chapter:
    """Write the chapter."""
    names = BorderNames(section.economy_names, text)
    barriers = _by_barrier(section)
    sums = {
        of: sum(r.central for r in section.price_totals.rows if (r.of, r.component) == (of, EVERY))
        for of in _of(section)
    }
    first, second = section.partners[:2]
    title = text(
        "prices.title",
        first=names.economy(first),
        second=names.economy(second),
        first_money=_money(sums[first], text),
        second_money=_money(sums[second], text),
        parts=text.each({names.economy(p): _money(sums[p], text) for p in section.partners}),
    )
    return Chapter(
        name="prices",
        short=text("prices.short"),
        title=title,
        lead=text("prices.lead", year=section.year),
        blocks=[
            _figure(section, barriers, names, text) or Paragraph(text("prices.nothing")),
            Paragraph(text("prices.how")),
            Paragraph(text("prices.third", money=_money(sums[THIRD], text, signed=True))),
            _totals(section, names, text),
            _range(section, text),
            _table(section, barriers, names, text),
        ],
    )


def _range(section: PricesSection, text: Translator) -> Paragraph:
    """Say what the ranges cover."""
    if len(section.settings) < 2:
        return Paragraph(text("prices.range_one", draws=section.draws), tone="muted")
    return Paragraph(text("prices.range", settings=len(section.settings), draws=section.draws), tone="muted")


def _of(section: PricesSection) -> tuple[str, ...]:
    return *section.partners, BOTH, THIRD


def _by_barrier(section: PricesSection) -> dict[Barrier, dict[str, PriceRow]]:
    """Return the rows of each barrier that policy can reach, by whose income, the dearest to both partners first."""
    found: dict[Barrier, dict[str, PriceRow]] = {}
    for row in section.prices.rows:
        if row.reach == POLICY:
            found.setdefault((row.exporter, row.importer, row.sector, row.component, row.part), {})[row.of] = row
    return dict(sorted(found.items(), key=lambda item: -item[1][BOTH].central))


def _money(value: float, text: Translator, *, signed: bool = False) -> str:
    return text.million_usd(value, signed=signed)


def _sector(section: PricesSection, sector: str, text: Translator) -> str:
    return text.named(section.sector_names.get(sector, {}), sector)


def _figure(
    section: PricesSection, barriers: Mapping[Barrier, Mapping[str, PriceRow]], names: BorderNames, text: Translator
) -> Figure | None:
    """Draw the dearest barriers, both partners in each row; None where none is worth anything."""
    shown = list(barriers)[:SHOWN]
    if not shown or abs(barriers[shown[0]][BOTH].central) < NOTHING:
        return None
    rows = [
        {
            "row": text(
                "prices.barrier",
                cause=names.part(component, part),
                sector=_sector(section, sector, text),
                direction=names.direction(f"{exporter}>{importer}"),
            ),
            "series": names.economy(of),
            "low": text.tabled(row.low),
            "central": text.tabled(row.central),
            "high": text.tabled(row.high),
        }
        for (exporter, importer, sector, component, part) in shown
        for of in section.partners
        for row in [barriers[exporter, importer, sector, component, part][of]]
    ]
    frame = pd.DataFrame(rows, columns=["row", "series", "low", "central", "high"])
    colours = sided([names.economy(p) for p in section.partners])
    largest = frame[["low", "high"]].abs().max(axis=1).groupby(frame["row"]).max()
    drawing = intervals(frame, colours, Scale("", apart(*largest)))
    _, _, sector, component, part = shown[0]
    heads = {"row": "barrier", "series": "economy", "low": "low", "central": "central", "high": "high"}
    return Figure(
        name="prices-barriers",
        title=text("prices.figure", cause=names.part(component, part), sector=_sector(section, sector, text)),
        alt=text("prices.alt", n=len(shown)),
        option=drawing.option,
        twin=frame.rename(columns={name: text.of("prices.column", head) for name, head in heads.items()}),
        source=with_zeros(
            with_prices(text("prices.source", year=section.year), section.price_year, text), drawing.below, text
        ),
        height=drawing.height,
    )


def _totals(section: PricesSection, names: BorderNames, text: Translator) -> Grid:
    """Set the sums by direction and cause beside each other, one column for each economy."""
    found: dict[tuple[str, str, str], dict[str, PriceTotalRow]] = {}
    for row in section.price_totals.rows:
        found.setdefault((row.exporter, row.importer, row.component), {})[row.of] = row
    order = sorted(found, key=lambda at: (section.partners.index(at[0]), at[2] != EVERY, -found[at][BOTH].central))
    fine = _fine(section.price_totals.rows, text)
    rows = [
        [
            names.direction(f"{exporter}>{importer}"),
            text("prices.every") if component == EVERY else text.of("border.component", component),
            *(_with_range(found[exporter, importer, component][of], fine, text) for of in _of(section)),
        ]
        for exporter, importer, component in order
    ]
    return Grid(
        title=text("prices.totals"),
        columns=[
            text.of("prices.column", "direction"),
            text.of("prices.column", "cause"),
            *_heads(section, names, text),
        ],
        rows=rows,
        numeric=tuple(range(2, 2 + len(_of(section)))),
        source=text("prices.totals_source"),
        csv="price_totals",
        fold=TOTALS,
        opened=True,
    )


def _table(
    section: PricesSection, barriers: Mapping[Barrier, Mapping[str, PriceRow]], names: BorderNames, text: Translator
) -> Grid:
    """List every barrier worth something."""
    fine = _fine(section.prices.rows, text)
    rows: list[list[str | Cell]] = [
        [
            names.direction(f"{exporter}>{importer}"),
            _sector(section, sector, text),
            Cell(names.part(component, part), tag=_tag(found[BOTH], text)),
            text.percent(100 * found[BOTH].overhead, 1),
            *(_with_range(found[of], fine, text) for of in _of(section)),
        ]
        for (exporter, importer, sector, component, part), found in barriers.items()
        if abs(found[BOTH].central) >= LEAST
    ]
    heads = [text.of("prices.column", name) for name in ("direction", "sector", "cause", "overhead")]
    return Grid(
        title=text("prices.table", n=len(rows), all=len(barriers)),
        columns=[*heads, *_heads(section, names, text)],
        rows=rows,
        numeric=tuple(range(3, 4 + len(_of(section)))),
        source=text("prices.table_source", least=text.short(text.tabled(LEAST))),
        csv="prices",
        fold=FOLD,
        filters=(0, 1, 2),
    )


def _heads(section: PricesSection, names: BorderNames, text: Translator) -> list[str]:
    known = {BOTH: text("prices.both"), THIRD: text("common.third")}
    return [known.get(of) or names.economy(of) for of in _of(section)]


def _tag(row: PriceRow, text: Translator) -> str:
    return text.of("common.status", "assumed") if row.grade == "assumed" else ""


def _fine(rows: Sequence[PriceRow] | Sequence[PriceTotalRow], text: Translator) -> int:
    """Return the decimals of the small numbers of a table: more than one where the large ones are small as well."""
    largest = max((abs(text.tabled(end)) for row in rows for end in (row.low, row.high)), default=0.0)
    return 1 if largest >= 20 else decimals(largest) + 1


def _with_range(row: PriceRow | PriceTotalRow, fine: int, text: Translator) -> str:
    low, central, high = (text.tabled(value) for value in (row.low, row.central, row.high))
    largest = max(abs(low), abs(high))
    digits = 0 if largest >= 20 else 1 if largest >= 1 else fine
    return text("common.with_range", central=text.number(central, digits), range=text.range(low, high, digits))
