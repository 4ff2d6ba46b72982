"""Exposure and autonomy: who depends on whom, before and after the joint measures, and what depending less would cost."""

from collections.abc import Sequence

import pandas as pd

from isthmus.report.blocks import Block, Chapter, Figure, Grid, Paragraph, Part, Tabs
from isthmus.report.chart_frame import Scale
from isthmus.report.charts import intervals
from isthmus.report.locale import NOTHING, Translator, apart, decimals
from isthmus.study.exposure import BEFORE, CASES, EVERY, JOINT, ExposureSection
from isthmus.study.exposure_rows import MeasureRow, SectorExposureRow
from isthmus.study.levers import LeversSection
from isthmus.study.station import Findings

MEASURES = (
    "export_domestic", "export_partner", "final_foreign", "final_partner", "imports_gdp", "import_partner", "concentration",
    "real_income",
)  # fmt: skip
SHOWN, FOLD = 6, 10
LEAST_PP = 1e-6
"""Moves smaller than this are none: the study has no joint measures."""


def chapter(section: ExposureSection, findings: Findings, text: Translator) -> Chapter:
    """Write the chapter; without levers there is nothing to compare today with."""
    acts = findings.get(LeversSection) is not None
    told = _Told(section, text, CASES if acts else (BEFORE,))
    blocks: list[Block | None] = [
        _figure(told) or Paragraph(text("exposure.nothing")),
        Paragraph(text("exposure.how")),
        _displaced(told),
        _views(told),
        _sectors(told),
        _extraction(told),
        _strengths(told),
        _suppliers(told),
    ]
    return Chapter(
        name="exposure",
        short=text("exposure.short"),
        title=_title(told),
        lead=text("exposure.lead", year=section.year, settings=len(section.settings))
        if acts
        else text("exposure.lead_today", year=section.year),
        blocks=[block for block in blocks if block is not None],
    )


def _title(told: "_Told") -> str:
    """Say how much of each side's final use is the others' value added, and how far joint measures move it."""
    section, text = told.section, told.text
    first, second = section.partners[:2]
    before = {p: told.of(p, "final_partner", BEFORE).central for p in section.partners}
    moved = {p: told.of(p, "final_partner", JOINT).central - before[p] for p in section.partners}
    shares = {p: text.percent(before[p], decimals(before[p])) for p in section.partners}
    words = {
        "first": told.name(first),
        "second": told.name(second),
        "first_share": shares[first],
        "second_share": shares[second],
        "parts": text.each({told.name(p): share for p, share in shares.items()}),
    }
    if max(map(abs, moved.values())) < LEAST_PP:
        return text("exposure.title_before", **words)
    steps = {p: text.number(moved[p], decimals(moved[p]), signed=True) for p in section.partners}
    told_steps = text.list(list(steps.values()))
    return text("exposure.title", **words, first_moved=steps[first], second_moved=steps[second], moved=told_steps)


class _Told:
    """The section with its measures by economy and case, and names in one language."""

    def __init__(self, section: ExposureSection, text: Translator, cases: Sequence[str]) -> None:
        self.section, self.text, self.cases = section, text, cases
        self._rows = {(r.economy, r.measure, r.case): r for r in section.exposure.rows}

    def of(self, economy: str, measure: str, case: str) -> MeasureRow:
        """Return one measure."""
        return self._rows[economy, measure, case]

    def name(self, code: str) -> str:
        """Return the name of an economy."""
        return self.text.named(self.section.economy_names.get(code, {}), code)

    def sector(self, code: str) -> str:
        """Return the name of a sector."""
        return (
            self.text("exposure.every")
            if code == EVERY
            else self.text.named(self.section.sector_names.get(code, {}), code)
        )

    def direction(self, exporter: str, importer: str) -> str:
        """Name a direction of trade."""
        return self.text("exposure.direction", exporter=self.name(exporter), importer=self.name(importer))

    def heads(self, *names: str) -> list[str]:
        """Return column heads."""
        return [self.text.of("exposure.column", name) for name in names]

    def percent(self, value: float | None) -> str:
        """Write a share."""
        return "–" if value is None else self.text.percent(value, 2)


def _figure(told: _Told) -> Figure | None:
    """Draw the sectors that depend most on the other partner, before and with the joint measures; None if none does."""
    section, text = told.section, told.text
    by = {(r.economy, r.sector, r.case): r.total_partner_pct for r in section.exposure_sectors.rows}
    before = {key[:2]: value for key, value in by.items() if key[2] == BEFORE}
    top = sorted(before, key=lambda key: -before[key])[:SHOWN]
    if before[top[0]] < NOTHING:
        return None
    shown = [case for case in (BEFORE, JOINT) if case in told.cases]
    rows = [
        {
            "row": text("exposure.of", sector=told.sector(sector), name=told.name(economy)),
            "series": text.of("exposure.case", case),
            "low": by[economy, sector, case],
            "central": by[economy, sector, case],
            "high": by[economy, sector, case],
        }
        for economy, sector in top
        for case in shown
    ]
    frame = pd.DataFrame(rows)
    colours = {text.of("exposure.case", case): colour for case, colour in zip(shown, ("third", "a"), strict=False)}
    digits = apart(*frame["central"])
    drawing = intervals(frame, colours, Scale(text.percent(0, 0).removeprefix("0"), digits, signed=False))
    economy, sector = top[0]
    heads = {"row": "sector", "series": "case", "central": "total_partner"}
    return Figure(
        name="exposure-sectors",
        title=text(
            "exposure.figure",
            sector=told.sector(sector),
            name=told.name(economy),
            share=text.percent(before[economy, sector], digits),
        ),
        alt=text("exposure.alt", n=len(top)),
        option=drawing.option,
        twin=frame[["row", "series", "central"]].rename(
            columns={name: text.of("exposure.column", head) for name, head in heads.items()}
        ),
        source=text("exposure.source", year=section.year),
        height=drawing.height,
    )


def _views(told: _Told) -> Tabs:
    """Show every measure, and what it costs to depend less, behind tabs."""
    views = {"measures": _measures(told), "cost": _independence(told)}
    parts = [Part(told.text.of("exposure.tab", name), [grid]) for name, grid in views.items()]
    return Tabs("exposure-views", told.text("exposure.views"), parts)


def _measures(told: _Told) -> Grid:
    """Set every measure before beside with joint measures and with all levers."""
    section, text = told.section, told.text
    rows = []
    for measure in MEASURES:
        for economy in section.partners:
            found = [told.of(economy, measure, case) for case in told.cases]
            label = text("exposure.of", sector=text.of("exposure.measure", measure), name=told.name(economy))
            rows.append([label, *(_with_range(row, text, measure) for row in found)])
    return Grid(
        title=text("exposure.measures" if JOINT in told.cases else "exposure.measures_today"),
        columns=[text.of("exposure.column", "measure"), *(text.of("exposure.case", case) for case in told.cases)],
        rows=rows,
        numeric=range(1, 1 + len(told.cases)),
        source=text("exposure.measures_source", settings=len(section.settings)),
        csv="exposure",
        opened=True,
    )


def _with_range(row: MeasureRow, text: Translator, measure: str) -> str:
    if measure == "real_income":
        if row.case == BEFORE:
            return "–"
        digits = decimals(row.low, row.high)
        inner = text.range(row.low, row.high, digits, signed=True)
        return text("common.with_range", central=text.percent(row.central, digits, signed=True), range=inner)
    middle = text.number(row.central, 1) if measure == "concentration" else text.percent(row.central, 2)
    if row.case == BEFORE:
        return middle
    return text("common.with_range", central=middle, range=text.range(row.low, row.high, 2))


def _independence(told: _Told) -> Grid:
    """Say what one point less of each supplier costs in real income."""
    section, text = told.section, told.text
    rows = [
        [
            text("exposure.on", name=told.name(r.economy), supplier=told.name(r.supplier)),
            text.percent(r.final_pct, 2),
            text("exposure.points", value=text.number(r.final_pp, 2, signed=True)),
            text(
                "common.with_range",
                central=text.percent(r.real_income_pct, 2, signed=True),
                range=text.range(r.real_income_low, r.real_income_high, 2, signed=True),
            ),
            "–" if r.musd_per_pp is None else text.million_usd(r.musd_per_pp, signed=False),
        ]
        for r in section.independence.rows
    ]
    return Grid(
        title=text("exposure.independence", dearer=text.percent(section.dearer_pct, 0)),
        columns=told.heads("depends", "final_before", "final_change", "income", "per_point"),
        rows=rows,
        numeric=(1, 2, 3, 4),
        source=text("exposure.independence_source", dearer=text.percent(section.dearer_pct, 0)),
        csv="independence",
        opened=True,
    )


def _displaced(told: _Told) -> Paragraph | None:
    """Say how much of the new trade is created and how much diverted."""
    text, parts = told.text, []
    for row in told.section.displaced.rows:
        if row.sector == EVERY and abs(row.gained_musd) >= 1:
            money = (row.gained_musd, row.created_musd, row.diverted_musd)
            gained, created, diverted = (text.million_usd(value, like=money[0]) for value in money)
            direction = told.direction(row.exporter, row.importer)
            parts.append(text("exposure.moved", direction=direction, gained=gained, created=created, diverted=diverted))
    return Paragraph(text("exposure.displaced", parts=text("common.semicolon").join(parts))) if parts else None


def _sectors(told: _Told) -> Grid:
    """List every sector of both partners, the most dependent first."""
    section, text = told.section, told.text
    joint = {(r.economy, r.sector): r for r in section.exposure_sectors.rows if r.case == JOINT}
    before = sorted((r for r in section.exposure_sectors.rows if r.case == BEFORE), key=lambda r: -r.total_partner_pct)
    heads = (
        "economy", "sector", "direct_partner", "total_partner", "total_foreign", "largest", "upstream", "downstream", "advantage",
    )  # fmt: skip
    return Grid(
        title=text("exposure.sectors", n=len(before)),
        columns=told.heads(*heads),
        rows=[_sector(told, r, joint[r.economy, r.sector].total_partner_pct) for r in before],
        numeric=(2, 3, 4, 5, 6, 7, 8),
        source=text("exposure.sectors_source"),
        csv="exposure_sectors",
        fold=FOLD,
        filters=(0,),
    )


def _sector(told: _Told, row: SectorExposureRow, after: float) -> list[str]:
    text = told.text
    largest = told.percent(row.largest_supplier_pct)
    if row.largest_supplier:
        largest = text("exposure.held_by", share=largest, name=told.name(row.largest_supplier))
    return [
        told.name(row.economy),
        told.sector(row.sector),
        told.percent(row.direct_partner_pct),
        text("exposure.then", before=told.percent(row.total_partner_pct), after=told.percent(after))
        if JOINT in told.cases
        else told.percent(row.total_partner_pct),
        told.percent(row.total_foreign_pct),
        largest,
        text.number(row.upstreamness, 1),
        text.number(row.downstreamness, 1),
        text.number(row.revealed_advantage, 2),
    ]


def _extraction(told: _Told) -> Grid:
    """List what would be lost without the sales of one partner to the other."""
    section, text = told.section, told.text
    every = [r for r in section.extraction.rows if r.sector == EVERY]
    single = sorted(
        (r for r in section.extraction.rows if r.sector != EVERY and abs(r.exporter_pct) + abs(r.importer_pct) > 0),
        key=lambda r: r.exporter_musd,
    )
    rows = [
        [
            told.direction(r.exporter, r.importer),
            told.sector(r.sector),
            _loss(r.exporter_pct, r.exporter_musd, text),
            _loss(r.importer_pct, r.importer_musd, text),
        ]
        for r in (*every, *single)
    ]
    return Grid(
        title=text("exposure.extraction"),
        columns=told.heads("direction", "sector", "exporter_loss", "importer_loss"),
        rows=rows,
        numeric=(2, 3),
        source=text("exposure.extraction_source"),
        csv="extraction",
        fold=FOLD,
    )


def _loss(percent: float, money: float, text: Translator) -> str:
    return text(
        "exposure.loss", share=text.percent(percent, decimals(percent), signed=True), money=text.million_usd(money)
    )


def _strengths(told: _Told) -> Grid | None:
    """List strong sectors that the partner buys elsewhere."""
    section, text = told.section, told.text
    rows = [
        [
            told.direction(r.exporter, r.importer),
            told.sector(r.sector),
            text.number(r.revealed_advantage, 2),
            told.percent(r.share_elsewhere_pct),
            told.percent(r.share_pct),
            text.million_usd(r.unused_musd, signed=False) if r.unused_musd > 0 else "–",
        ]
        for r in sorted(section.strengths.rows, key=lambda r: -r.unused_musd)
    ]
    if not rows:
        return None
    return Grid(
        title=text("exposure.strengths", n=sum(r.unused_musd > 0 for r in section.strengths.rows)),
        columns=told.heads("direction", "sector", "advantage", "elsewhere", "here", "unused"),
        rows=rows,
        numeric=(2, 3, 4, 5),
        source=text("exposure.strengths_source"),
        csv="strengths",
        fold=FOLD,
    )


def _suppliers(told: _Told) -> Grid:
    """List the largest suppliers of both partners, value added through all rounds."""
    section, text = told.section, told.text
    found: dict[str, dict[tuple[str, str], Sequence[float]]] = {}
    for row in section.exposure_suppliers.rows:
        found.setdefault(row.supplier, {})[row.economy, row.case] = row.final_pct, row.export_pct
    order = sorted(found, key=lambda code: -sum(found[code][p, BEFORE][0] for p in section.partners if p != code))
    rows = [
        [
            told.name(code),
            *(
                "–"
                if p == code
                else text(
                    "exposure.then",
                    before=told.percent(found[code][p, BEFORE][k]),
                    after=told.percent(found[code][p, JOINT][k]),
                )
                for p in section.partners
                for k in (0, 1)
            ),
        ]
        for code in order
    ]
    return Grid(
        title=text("exposure.suppliers"),
        columns=[
            text.of("exposure.column", "supplier"),
            *(
                text.of("exposure.column", what, name=told.name(p))
                for p in section.partners
                for what in ("in_final", "in_exports")
            ),
        ],
        rows=rows,
        numeric=range(1, 1 + 2 * len(section.partners)),
        source=text("exposure.suppliers_source"),
        csv="exposure_suppliers",
        fold=FOLD,
    )
