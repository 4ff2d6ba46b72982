"""Where the gain of aligning comes from: joint measures by side, ways and evidence, and the sectors that gain and lose."""

from collections.abc import Mapping

import pandas as pd

from isthmus.economy.aggregate import Names
from isthmus.report.blocks import Block, Columns, Figure, Grid
from isthmus.report.chart_frame import Scale
from isthmus.report.charts import intervals, stacked
from isthmus.report.locale import Translator
from isthmus.report.palette import sided
from isthmus.report.support_words import carried_told
from isthmus.report.wording import with_prices
from isthmus.study.levers import LeversSection
from isthmus.study.station import Findings
from isthmus.study.trade import TradeSection
from isthmus.study.value import ValueSection
from isthmus.study.weights import RankingRow

SHOWN, ENDS, FOLD = 8, 5, 12
GRADES = ("measured", "estimated", "expert", "assumed", "none")
SHADES = {"measured": "gain", "estimated": "a", "expert": "joint", "assumed": "warn", "none": "third"}


class Gains:
    """The measures' worth in money, by side, with their names and families in one language."""

    def __init__(self, value: ValueSection, levers: LeversSection, trade: TradeSection, text: Translator) -> None:
        self.value, self.text, self.income = value, text, trade.income_musd
        self.partners = value.partners
        self.names = {p: text.named(value.economy_names.get(p, {}), p) for p in value.partners}
        self.titles = {lever.id: text.named(lever.titles, lever.id) for lever in levers.described}
        self.family = {lever.id: text.of("levers.family", lever.family) for lever in levers.described}
        self.carried: dict[str, str] = {}
        for said in levers.measure_support.rows:
            if said.strength:
                before = self.carried.get(said.lever)
                one = f"{said.partner}:{said.strength}"
                self.carried[said.lever] = f"{before};{one}" if before else one
        self.rows = [row for row in value.ranking.rows if row.economy in self.income]

    def money(self, row: RankingRow, pct: float) -> float:
        """Return a percentage of income in the unit of money that tables name."""
        return self.text.tabled(self.income[row.economy] * pct / 100)

    def order(self, *, support: str = "") -> list[str]:
        """Return the measures, those that bring the partners most together first."""
        total: dict[str, float] = {}
        for row in self.rows:
            if not support or row.support == support:
                total[row.lever] = total.get(row.lever, 0.0) + self.money(row, row.median)
        return sorted(total, key=lambda lever: -total[lever])


def gain_blocks(findings: Findings, text: Translator) -> list[Block]:
    """Return the joint measures ranked, stacked by way and evidence, and all of them as a table."""
    value, levers, trade = findings.get(ValueSection), findings.get(LeversSection), findings.get(TradeSection)
    if value is None or levers is None or trade is None or not value.ranking.rows:
        return []
    gains = Gains(value, levers, trade, text)
    return [Columns([_measures(gains), _ways(gains)]), _table(gains)]


def _measures(gains: Gains) -> Figure:
    """Draw what each joint measure brings each side, the measures of both plans that bring most first."""
    text, order = gains.text, gains.order(support="both")[:SHOWN]
    rows = [
        {
            "row": gains.titles.get(row.lever, row.lever),
            "series": gains.names[row.economy],
            "low": gains.money(row, row.low),
            "central": gains.money(row, row.median),
            "high": gains.money(row, row.high),
        }
        for lever in order
        for row in gains.rows
        if row.lever == lever
    ]
    frame = pd.DataFrame(rows, columns=["row", "series", "low", "central", "high"])
    whole = sum(gains.money(row, row.median) for row in gains.rows if row.support == "both")
    top = sum(gains.money(row, row.median) for row in gains.rows if order and row.lever == order[0])
    colours = sided([gains.names[p] for p in gains.partners])
    drawing = intervals(frame, colours, Scale("", 0))
    return Figure(
        name="gain-measures",
        title=text(
            "gains.measures",
            first=gains.titles.get(order[0], "") if order else "–",
            share=text.percent(100 * top / whole if whole else 0.0, 0),
        ),
        alt=text("gains.measures_alt", n=len(order)),
        option=drawing.option,
        twin=_named(frame, text, row="measure", series="economy"),
        source=with_prices(text("gains.measures_source", year=gains.value.deadline), gains.value.price_year, text),
        height=drawing.height,
    )


def _ways(gains: Gains) -> Figure:
    """Stack each side's gain by the way it comes and the weakest evidence it rests on."""
    text = gains.text
    found: dict[tuple[str, str, str], float] = {}
    for row in gains.rows:
        if row.support == "both":
            at = row.economy, gains.family[row.lever], row.grade or "none"
            found[at] = found.get(at, 0.0) + gains.money(row, row.median)
    ways = sorted({way for _, way, _ in found}, key=lambda way: -sum(v for at, v in found.items() if at[1] == way))
    frame = pd.DataFrame(
        [
            {
                "row": text("gains.side_way", name=gains.names[p], way=way),
                "series": text.of("answer.grade", grade),
                "value": found[p, way, grade],
            }
            for p in gains.partners
            for way in ways
            for grade in GRADES
            if (p, way, grade) in found
        ],
        columns=["row", "series", "value"],
    )
    whole = sum(found.values())
    assumed = sum(v for (_, _, grade), v in found.items() if grade == "assumed")
    drawing = stacked(frame, Scale("", 0), colours={text.of("answer.grade", g): SHADES[g] for g in GRADES})
    return Figure(
        name="gain-ways",
        title=text(
            "gains.ways", way=ways[0] if ways else "–", share=text.percent(100 * assumed / whole if whole else 0.0, 0)
        ),
        alt=text("gains.ways_alt"),
        option=drawing.option,
        twin=_named(frame, text, row="way", series="grade", value="musd"),
        source=with_prices(text("gains.ways_source", year=gains.value.deadline), gains.value.price_year, text),
        height=drawing.height,
    )


def _table(gains: Gains) -> Grid:
    """List every joint measure with gains, costs, support and evidence."""
    text, by_lever = gains.text, dict[str, dict[str, RankingRow]]()
    for row in gains.rows:
        by_lever.setdefault(row.lever, {})[row.economy] = row
    rows = []
    for lever in gains.order():
        found = by_lever[lever]
        any_row = next(iter(found.values()))
        cells = [_cell(gains, found.get(p)) for p in gains.partners]
        costs = [
            gains.text.number(gains.money(r, r.cost_pct), 0) if (r := found.get(p)) else "–" for p in gains.partners
        ]
        grade = text.of("answer.grade", any_row.grade or "none")
        rows.append(
            [
                gains.titles.get(lever, lever),
                gains.family[lever],
                carried_told(gains.carried.get(lever, ""), gains.names, text),
                *cells,
                *costs,
                grade,
            ]
        )
    heads = [
        *(text.of("gains.column", c) for c in ("measure", "way", "support")),
        *(text("answer.gain_of", name=gains.names[p]) for p in gains.partners),
        *(text("gains.cost_of", name=gains.names[p]) for p in gains.partners),
        text.of("gains.column", "grade"),
    ]
    return Grid(
        text("gains.table", n=len(rows)),
        heads,
        rows,
        numeric=(3, 4, 5, 6),
        source=with_prices(text("gains.measures_source", year=gains.value.deadline), gains.value.price_year, text),
        csv="ranking",
        fold=FOLD,
        filters=(1, 2, 7),
    )


def _cell(gains: Gains, row: RankingRow | None) -> str:
    if row is None:
        return "–"
    text = gains.text
    low, middle, high = (gains.money(row, v) for v in (row.low, row.median, row.high))
    inner = text.range(low, high, 0, signed=True)
    return text("common.with_range", central=text.number(middle, 0, signed=True), range=inner)


def sectors(value: ValueSection, income: Mapping[str, float], names: Names, text: Translator) -> Figure | None:
    """Draw the sectors whose value added gains and loses most from aligning, in money, both sides in each row."""
    found = {(r.sector, r.economy): r for r in value.aligning_sectors.rows if r.economy in income}
    if not found:
        return None
    size = {at: text.tabled(income[at[1]] * r.value_added_share_pct * r.median / 1e4) for at, r in found.items()}
    every = sorted({sector for sector, _ in found}, key=lambda s: -_furthest(s, size, value.partners))
    order = every if len(every) <= 2 * ENDS else [*every[:ENDS], *every[-ENDS:]]
    people = {p: text.named(value.economy_names.get(p, {}), p) for p in value.partners}
    called = {s: text.named(names.get(s, {}), s) for s in every}
    rows = [
        {
            "row": called[s],
            "series": people[p],
            **{
                end: text.tabled(income[p] * r.value_added_share_pct * getattr(r, column) / 1e4)
                for end, column in (("low", "low"), ("central", "median"), ("high", "high"))
            },
        }
        for s in every
        for p in value.partners
        if (r := found.get((s, p))) is not None
    ]
    whole = pd.DataFrame(rows)
    frame = whole[whole["row"].isin([called[s] for s in order])]
    drawing = intervals(frame, sided([people[p] for p in value.partners]), Scale("", 0))
    told = [_winners(p, people[p], size, called, text) for p in value.partners]
    return Figure(
        name="gain-sectors",
        title=text("common.semicolon").join(told),
        alt=text("gains.sectors_alt", n=len(order)),
        option=drawing.option,
        twin=_named(whole, text, row="sector", series="economy"),
        source=with_prices(
            text("gains.sectors_source", year=value.deadline, shown=len(order), n=len(every)), value.price_year, text
        ),
        height=drawing.height,
    )


def _furthest(sector: str, size: Mapping[tuple[str, str], float], partners: tuple[str, ...]) -> float:
    return max((size[sector, p] for p in partners if (sector, p) in size), key=abs)


def _winners(
    partner: str, name: str, size: Mapping[tuple[str, str], float], called: Mapping[str, str], text: Translator
) -> str:
    """Name the sector that gains most and the one that loses most, or gains least where none loses."""
    own = {sector: v for (sector, p), v in size.items() if p == partner}
    best, worst = max(own, key=lambda s: own[s]), min(own, key=lambda s: own[s])
    return text(
        "gains.winners" if own[worst] < 0 else "gains.winners_only", name=name, best=called[best], worst=called[worst]
    )


def _named(frame: pd.DataFrame, text: Translator, **heads: str) -> pd.DataFrame:
    known = {"low": "low", "central": "central", "high": "high"} | heads
    return frame.rename(columns={c: text.of("gains.column", known[c]) for c in frame.columns})
