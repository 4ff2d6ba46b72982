"""What the border costs by cause, where a stated claim falls, how the all-in cost moved, and how far standards fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from isthmus.border.wedge import Component
from isthmus.core.pairs import EVERY_PAIR
from isthmus.report.blocks import (
    Annex,
    Block,
    Cell,
    Chapter,
    Figure,
    Folded,
    Grid,
    Paragraph,
    Part,
    Picker,
    Points,
    Tabs,
    layers,
    renamed,
)
from isthmus.report.border_claims import bridge, claims, ends, reading_table, rents, strict
from isthmus.report.border_fit import figure, fit, largest_causes, protocols, twin_of
from isthmus.report.border_names import BOTH, BUNDLES, BorderNames
from isthmus.report.chart_frame import Mark, Scale
from isthmus.report.charts import intervals, lines, stacked, waterfall
from isthmus.report.locale import Translator
from isthmus.study.border import BorderFacts, BorderSection
from isthmus.study.border_pairs import largest_first, of_pair
from isthmus.study.border_tables import (
    AllInTotalRow,
    BenchmarkRow,
    GroupWedgeRow,
    OverheadRow,
    WaterfallRow,
    WedgePartRow,
)
from isthmus.study.station import Findings
from isthmus.study.value import ValueSection

REACH = ("policy", "natural", "third_party")
REACH_COLOUR = {"policy": "gain", "natural": "third", "third_party": "warn"}
DEFINITIONS = ("ad_valorem_equivalent", "share_of_delivered_price", "share_of_all_in_cost")
LIMITS = ("ledger", "index", "one_way", "claim", "reach")
BENCHMARKS = 2


def chapter(section: BorderSection, findings: Findings, text: Translator) -> Chapter:
    """Write the chapter: of one pair, or of several with the one that trades most first."""
    wide = BorderNames(section.economy_names, text)
    told = largest_first(section)
    main = of_pair(section, told[0])
    blocks = _of_one(main, wide, text) if len(told) == 1 else _of_several(section, told, wide, text)
    return Chapter(
        name="border",
        short=text("border.short"),
        title=_title(main, text) if len(told) == 1 else _title_of_several(section, main, wide, text),
        lead=text(
            "border.lead",
            basis=text.of("border.base", section.time_base),
            year=section.year,
            beside=text("border.lead_chart" if findings.get(ValueSection) is None else "border.lead_steps"),
        ),
        blocks=blocks,
    )


def _of_several(
    section: BorderSection, told: Sequence[BorderFacts], wide: BorderNames, text: Translator
) -> list[Block]:
    """Return the first chart of the pair that trades most, all pairs in one table, and every pair behind a list."""
    parts, annex = [], list[Block]()
    first: Block | None = None
    for pair in told:
        name = wide.pair(pair.partners)
        blocks = [renamed(block, pair.pair) for block in _of_one(of_pair(section, pair), wide, text)]
        own = layers(Chapter(pair.pair, "", "", "", blocks))
        parts.append(Part(name, [own.chart, *own.opened] if first and own.chart else own.opened))
        first = first or own.chart
        annex.append(Folded(text("border.tables_of", pair=name), own.annex))
    picker = Picker("border-pair", text("border.one_by_one"), text.of("border.column", "pair"), parts)
    return [*([first] if first else []), _beside(section, told, wide, text), picker, *annex]


def _beside(section: BorderSection, told: Sequence[BorderFacts], wide: BorderNames, text: Translator) -> Grid:
    """Set the pairs and all of them together beside each other: trade, the whole border, and what policy could reach."""
    labels = {pair.pair: wide.pair(pair.partners) for pair in told} | {EVERY_PAIR: text("border.all_pairs")}
    trade = {pair.pair: pair.trade_musd for pair in told}
    trade[EVERY_PAIR] = sum(trade.values())
    overhead = {
        (r.pair, r.reach): r
        for r in section.overhead.rows
        if (r.definition, r.direction, r.sector) == (DEFINITIONS[0], BOTH, "goods")
    }
    rows = [
        [
            name,
            text.number(text.charted(trade[pair]), 1),
            *(_ranged(overhead[pair, reach], text) for reach in ("all", "policy", "fragmentation")),
        ]
        for pair, name in labels.items()
    ]
    columns = ("pair", "trade", "all", "policy", "fragmentation")
    return Grid(
        text("border.beside"),
        [text.of("border.column", c) for c in columns],
        rows,
        numeric=(1, 2, 3, 4),
        source=text("border.beside_source", year=section.year, draws=section.draws),
        csv="overhead",
        opened=True,
    )


def _ranged(row: OverheadRow, text: Translator) -> str:
    """Write the median of an overhead with its range."""
    if row.central is None or row.low is None or row.high is None:
        return "–"
    return text("common.with_range", central=text.percent(100 * row.central, 1), range=ends(row.low, row.high, text))


def _title_of_several(section: BorderSection, main: BorderSection, wide: BorderNames, text: Translator) -> str:
    """Say what the border of all pairs together adds, and that of the pair that trades most."""
    every, policy = (_value_overhead(section, reach, BOTH, EVERY_PAIR) for reach in ("all", "policy"))
    largest = _value_overhead(main, "all", BOTH)
    return text(
        "border.title_several",
        n=len(section.pairs),
        all=ends(every.low, every.high, text),
        policy=ends(policy.low, policy.high, text),
        pair=wide.pair(main.partners),
        largest=ends(largest.low, largest.high, text),
    )


def _of_one(section: BorderSection, wide: BorderNames, text: Translator) -> list[Block]:
    """Return what is told of one pair."""
    first, *others = (_waterfall(section, wide, d, s, text) for d, s in zip(section.directions, "ab", strict=True))
    history = [_history(section, wide, text), _groups(section.group_wedges.rows, wide, text), *fit(section, text)]
    blocks: list[Block | None] = [
        first,
        *claims(section, text),
        _middle(section, text),
        _views(section, others, wide, text),
        reading_table(section, wide, text),
        Annex([strict(section, text), *(block for block in history if block is not None)]),
        protocols(section, text),
        rents(section, wide, text),
        _ledger(section.wedge_parts.rows, wide, text),
        Points(text("border.limits_title"), [text.of("border.limit", name) for name in _limits(section)], tone="muted"),
    ]
    return [block for block in blocks if block is not None]


def _views(section: BorderSection, others: Sequence[Figure], wide: BorderNames, text: Translator) -> Tabs:
    """Show the other directions, the same border under other definitions, and who could change it, behind tabs."""
    ways = zip(section.directions[1:], others, strict=True)
    parts = [Part(wide.direction(label), [figure]) for label, figure in ways]
    parts += [
        Part(text("border.tab_definitions"), [_overheads(section, wide, text)]),
        Part(text("border.tab_reach"), [bridge(section, wide, text)]),
    ]
    return Tabs("border-views", text("border.views"), parts)


def _limits(section: BorderSection) -> list[str]:
    return [name for name in LIMITS if name != "claim" or section.claims]


def _alt(told: str, section: BorderSection, text: Translator) -> str:
    return f"{told} {text('border.claim_alt')}" if section.claims else told


def _title(section: BorderSection, text: Translator) -> str:
    every, policy = (_value_overhead(section, reach, BOTH) for reach in ("all", "policy"))
    return text("border.title", all=ends(every.low, every.high, text), policy=ends(policy.low, policy.high, text))


@dataclass(frozen=True)
class _Overhead:
    """Low, central, high of an overhead that is defined, and the run at central values."""

    low: float
    central: float
    high: float
    central_run: float


def _overhead(section: BorderSection, definition: str, reach: str, direction: str, pair: str = "") -> _Overhead | None:
    """Return the overhead of goods under one definition, None where it is not defined; of the first pair unless named."""
    wanted = pair or section.pairs[0].pair, definition, reach, direction, "goods"
    row = next(r for r in section.overhead.rows if (r.pair, r.definition, r.reach, r.direction, r.sector) == wanted)
    if row.low is None or row.central is None or row.high is None or row.central_run is None:
        return None
    return _Overhead(row.low, row.central, row.high, row.central_run)


def _value_overhead(section: BorderSection, reach: str, direction: str, pair: str = "") -> _Overhead:
    """Return the overhead of goods in percent of their value, which is always defined."""
    found = _overhead(section, DEFINITIONS[0], reach, direction, pair)
    assert found is not None
    return found


def _hundred(row: _Overhead | WaterfallRow) -> dict[str, float]:
    return {"low": 100 * row.low, "central": 100 * row.central, "high": 100 * row.high}


def _middle(section: BorderSection, text: Translator) -> Paragraph:
    """Say the median beside the central run, and why the two differ."""
    row = _value_overhead(section, "all", BOTH)
    told = text(
        "border.middle", median=text.percent(100 * row.central, 1), central=text.percent(100 * row.central_run, 1)
    )
    skewed = row.central - row.central_run > row.central_run - row.low
    return Paragraph(f"{told} {text('border.middle_low')}" if skewed else told)


def _marks(section: BorderSection, text: Translator) -> list[Mark]:
    return [Mark(100 * c.low, 100 * c.high, text("border.claim_mark")) for c in section.claims]


def _waterfall(section: BorderSection, wide: BorderNames, direction: str, side: str, text: Translator) -> Figure:
    """Draw the points that each cause adds in one direction, the total last."""
    rows = [
        r
        for r in section.waterfall.rows
        if r.direction == direction and (r.high > 0.0005 or r.component == Component.TARIFF)
    ]
    frame = pd.DataFrame(
        [
            {
                "row": wide.part(r.component, r.part),
                "group": text.of("border.reach", r.reach),
                **_hundred(r),
                "total": False,
            }
            for r in rows
        ]
    )
    every = _value_overhead(section, "all", direction)
    most = max(100 * _value_overhead(section, "all", label).high for label in section.directions)
    total: dict[str, Any] = {"row": text("border.total"), "group": text("border.total"), "total": True}
    total |= _hundred(every)
    frame = pd.concat([frame, pd.DataFrame([total])], ignore_index=True)
    colours = {text.of("border.reach", r): REACH_COLOUR[r] for r in REACH} | {text("border.total"): side}
    top = max(rows, key=lambda r: r.central)
    return figure(
        f"border-waterfall-{side}",
        text(
            "border.waterfall",
            direction=wide.direction(direction),
            total=text.percent(100 * every.central, 1),
            cause=wide.part(top.component, top.part),
        ),
        _alt(text("border.waterfall_alt", direction=wide.direction(direction)), section, text),
        waterfall(largest_causes(frame, text), colours, Scale("", 1), marks=_marks(section, text), ends=(0.0, most)),
        twin_of(frame.drop(columns="total"), text),
        text("border.source_points", year=section.year, base=text.of("border.base", section.time_base)),
    )


def _overheads(section: BorderSection, wide: BorderNames, text: Translator) -> Figure:
    """Draw the three definitions, in all and within policy's reach, with the claims marked."""
    frame = pd.DataFrame(
        [
            {
                "row": text(
                    "border.of_reach", definition=text.of("border.definition", d), reach=text.of("border.reach", r)
                ),
                "series": wide.direction(label),
                **_hundred(row),
            }
            for d in DEFINITIONS
            for r in ("all", "policy")
            for label in (*section.directions, BOTH)
            if (row := _overhead(section, d, r, label)) is not None
        ]
    )
    labels = [wide.direction(label) for label in (*section.directions, BOTH)]
    return figure(
        "border-claim",
        text("border.panel"),
        _alt(text("border.panel_alt"), section, text),
        intervals(
            frame,
            dict(zip(labels, ("a", "b", "joint"), strict=True)),
            Scale("", 0, signed=False),
            marks=_marks(section, text),
        ),
        twin_of(frame, text),
        text("border.source", year=section.year, base=text.of("border.base", section.time_base), draws=section.draws),
    )


def _history(section: BorderSection, wide: BorderNames, text: Translator) -> Figure | None:
    """Draw the all-in cost over the years beside well-integrated pairs."""
    own = [r for r in section.head_ries_total.rows if r.basket == "constant"]
    if len({r.year for r in own}) < 2:
        return None
    name = wide.pair(section.partners)
    chosen = list(dict.fromkeys(r.pair for r in section.benchmarks.rows))[:BENCHMARKS]
    rows = [_year_row(r, name) for r in own]
    for pair in chosen:
        label = wide.pair(pair.split("-"))
        mine = [r for r in section.benchmarks.rows if r.pair == pair and r.basket == "constant"]
        rows += [{**_year_row(r, label), "low": None, "high": None} for r in mine]
    frame = pd.DataFrame(rows)
    first, last = min(own, key=lambda r: r.year), max(own, key=lambda r: r.year)
    names = list(dict.fromkeys(frame["series"]))
    colours = dict(zip(names, ("joint", "third", "muted"), strict=False))
    return figure(
        "border-history",
        text(
            "border.history",
            first=text.percent(100 * first.value, 0),
            last=text.percent(100 * last.value, 0),
            start=first.year,
            end=last.year,
        ),
        text("border.history_alt"),
        lines(frame, colours, Scale("", 0, signed=False)),
        twin_of(frame.rename(columns={"central": "run"}), text),
        text("border.history_source", set=section.elasticity),
    )


def _year_row(row: AllInTotalRow | BenchmarkRow, name: str) -> dict[str, Any]:
    return {"year": row.year, "series": name, "central": 100 * row.value, "low": 100 * row.low, "high": 100 * row.high}


def _groups(table: Sequence[GroupWedgeRow], wide: BorderNames, text: Translator) -> Figure:
    """Draw what bundles of causes add in each group of sectors, both directions together."""
    both = [row for row in table if row.direction == BOTH and row.scope != "goods"]
    frame = pd.DataFrame(
        [
            {
                "row": wide.group(row.scope),
                "series": text.of("border.bundle", BUNDLES[row.component]),
                "value": 100 * row.points,
            }
            for row in both
        ]
    )
    frame = frame.groupby(["row", "series"], sort=False)[["value"]].sum().reset_index()
    twin = pd.DataFrame(
        [
            {
                "scope": wide.group(row.scope),
                "component": text.of("border.component", row.component),
                "low": 100 * row.low,
                "central": 100 * row.central,
                "high": 100 * row.high,
            }
            for row in both
        ]
    )
    return figure(
        "border-groups",
        text("border.groups"),
        text("border.groups_alt"),
        stacked(frame, Scale("", 1, signed=False)),
        twin_of(twin, text),
        text("border.groups_source"),
    )


def _ledger(table: Sequence[WedgePartRow], wide: BorderNames, text: Translator) -> Grid:
    """List the evidence behind the wedges, each source once for a part."""
    kept: dict[tuple[str, str, str], WedgePartRow] = {}
    for row in table:
        if row.high > 0:
            kept.setdefault((row.component, row.part, row.source), row)
    rows: list[list[str | Cell]] = [
        [
            wide.part(r.component, r.part),
            text.of("border.grade", r.grade),
            Cell(
                r.source,
                lang="en",
                tag=text.of("common.status", r.status) if r.status in ("assumed", "unverified") else "",
            ),
        ]
        for r in kept.values()
    ]
    headings = [text.of("border.column", c) for c in ("component", "grade", "source")]
    return Grid(
        text("border.ledger", n=len(rows)),
        headings,
        rows,
        source=text("border.ledger_source"),
        csv="wedge_parts",
        fold=8,
    )
