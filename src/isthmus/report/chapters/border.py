"""What the border costs by cause, where a stated claim falls, how the all-in cost moved, and how far standards fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from isthmus.border.wedge import Component
from isthmus.report.blocks import Annex, Block, Cell, Chapter, Figure, Grid, Paragraph, Part, Points, Tabs
from isthmus.report.border_claims import bridge, claims, ends, reading_table, rents, strict
from isthmus.report.border_names import BOTH, BUNDLES, BorderNames
from isthmus.report.chart_frame import Drawing, Mark, Scale
from isthmus.report.charts import heatmap, intervals, lines, stacked, waterfall
from isthmus.report.locale import Translator
from isthmus.study.border import BorderSection
from isthmus.study.border_tables import (
    AllInTotalRow,
    BenchmarkRow,
    CompatibilityRow,
    GroupWedgeRow,
    WaterfallRow,
    WedgePartRow,
)
from isthmus.study.station import Findings

REACH = ("policy", "natural", "third_party")
REACH_COLOUR = {"policy": "gain", "natural": "third", "third_party": "warn"}
DEFINITIONS = ("ad_valorem_equivalent", "share_of_delivered_price", "share_of_all_in_cost")
LIMITS = ("ledger", "index", "one_way", "claim", "reach")
BENCHMARKS = 2
SHOWN = 5
"""Causes that stand in a bar of their own."""
FITS = ("technical", "conformity", "index")


def chapter(section: BorderSection, _: Findings, text: Translator) -> Chapter:
    """Write the chapter."""
    wide = BorderNames(section.economy_names, text)
    first, *others = (_waterfall(section, wide, d, s, text) for d, s in zip(section.directions, "ab", strict=True))
    history = [_history(section, wide, text), _groups(section.group_wedges.rows, wide, text), *_fit(section, text)]
    told = strict(section, text)
    blocks: list[Block | None] = [
        first,
        *claims(section, text),
        _middle(section, text),
        _views(section, others, wide, text),
        reading_table(section, wide, text),
        Annex([block for block in (told, *history) if block is not None]),
        _protocols(section, text),
        rents(section, wide, text),
        _ledger(section.wedge_parts.rows, wide, text),
        Points(text("border.limits_title"), [text.of("border.limit", name) for name in _limits(section)], tone="muted"),
    ]
    return Chapter(
        name="border",
        short=text("border.short"),
        title=_title(section, text),
        lead=text("border.lead", basis=text.of("border.base", section.time_base), year=section.year),
        blocks=[block for block in blocks if block is not None],
    )


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


def _overhead(section: BorderSection, definition: str, reach: str, direction: str) -> _Overhead | None:
    """Return the overhead of goods under one definition, None where it is not defined."""
    wanted = definition, reach, direction, "goods"
    row = next(r for r in section.overhead.rows if (r.definition, r.reach, r.direction, r.sector) == wanted)
    if row.low is None or row.central is None or row.high is None or row.central_run is None:
        return None
    return _Overhead(row.low, row.central, row.high, row.central_run)


def _value_overhead(section: BorderSection, reach: str, direction: str) -> _Overhead:
    """Return the overhead of goods in percent of their value, which is always defined."""
    found = _overhead(section, DEFINITIONS[0], reach, direction)
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
    return _figure(
        f"border-waterfall-{side}",
        text(
            "border.waterfall",
            direction=wide.direction(direction),
            total=text.percent(100 * every.central, 1),
            cause=wide.part(top.component, top.part),
        ),
        _alt(text("border.waterfall_alt", direction=wide.direction(direction)), section, text),
        waterfall(largest_causes(frame, text), colours, Scale("", 1), marks=_marks(section, text), ends=(0.0, most)),
        _twin(frame.drop(columns="total"), text),
        text("border.source_points", year=section.year, base=text.of("border.base", section.time_base)),
    )


def largest_causes(frame: pd.DataFrame, text: Translator) -> pd.DataFrame:
    """Draw the largest causes and the total; what is left stands in one bar of each reach, without a range of its own."""
    parts = frame[~frame["total"]]
    small = parts[parts["central"].abs().rank(ascending=False, method="first") > SHOWN]
    if len(small) < 2:
        return frame
    rest = [
        {
            "row": text("border.smaller", n=len(part), reach=group),
            "group": group,
            **dict.fromkeys(("low", "central", "high"), part["central"].sum()),
            "total": False,
        }
        if len(part) > 1
        else part.iloc[0].to_dict()
        for group, part in small.groupby("group", sort=False)
    ]
    return pd.concat([parts.drop(index=small.index), pd.DataFrame(rest), frame[frame["total"]]], ignore_index=True)


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
    return _figure(
        "border-claim",
        text("border.panel"),
        _alt(text("border.panel_alt"), section, text),
        intervals(
            frame,
            dict(zip(labels, ("a", "b", "joint"), strict=True)),
            Scale("", 0, signed=False),
            marks=_marks(section, text),
        ),
        _twin(frame, text),
        text("border.source", year=section.year, base=text.of("border.base", section.time_base), draws=section.draws),
    )


def _history(section: BorderSection, wide: BorderNames, text: Translator) -> Figure | None:
    """Draw the all-in cost over the years beside well-integrated pairs."""
    own = [r for r in section.head_ries_total.rows if r.basket == "constant"]
    if len({r.year for r in own}) < 2:
        return None
    name = text("border.pair", a=wide.economy(section.partners[0]), b=wide.economy(section.partners[1]))
    chosen = list(dict.fromkeys(r.pair for r in section.benchmarks.rows))[:BENCHMARKS]
    rows = [_year_row(r, name) for r in own]
    for pair in chosen:
        a, b = pair.split("-")
        label = text("border.pair", a=wide.economy(a), b=wide.economy(b))
        mine = [r for r in section.benchmarks.rows if r.pair == pair and r.basket == "constant"]
        rows += [{**_year_row(r, label), "low": None, "high": None} for r in mine]
    frame = pd.DataFrame(rows)
    first, last = min(own, key=lambda r: r.year), max(own, key=lambda r: r.year)
    names = list(dict.fromkeys(frame["series"]))
    colours = dict(zip(names, ("joint", "third", "muted"), strict=False))
    return _figure(
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
        _twin(frame, text),
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
    return _figure(
        "border-groups",
        text("border.groups"),
        text("border.groups_alt"),
        stacked(frame, Scale("", 1, signed=False)),
        _twin(twin, text),
        text("border.groups_source"),
    )


def _fit(section: BorderSection, text: Translator) -> list[Block]:
    """Show how far standards fit: a heatmap from catalogues, ranges where only shares are known."""
    points, first = section.compatibility_basis != "bounds", section.compatibility.rows[0]
    if points:
        frame = pd.DataFrame(
            [
                {
                    "x": text.of("border.fit", name),
                    "y": text("border.field", ics=r.ics, n=r.references),
                    "value": 100 * value,
                }
                for name in FITS
                for r in section.compatibility.rows
                if r.references > 0
                for value in [_fits(r)[name][1]]
            ]
        )
        drawing = heatmap(frame, Scale("", 0, signed=False), diverging=False)
        twin = frame.rename(columns={"x": "component", "y": "scope", "value": "central"})
    else:
        frame = pd.DataFrame(
            [
                {
                    "row": text.of("border.fit", name),
                    "series": text("border.bound"),
                    "low": 100 * low,
                    "central": 100 * central,
                    "high": 100 * high,
                }
                for name, (low, central, high) in _fits(first).items()
            ]
        )
        drawing, twin = intervals(frame, {text("border.bound"): "joint"}, Scale("", 0, signed=False)), frame
    sources = text("border.fit_source", left=first.left_source, right=first.right_source)
    sources += "" if points else " " + text("border.bound_note")
    bounds = text("border.fit_bounds", range=ends(first.index_low, first.index_high, text))
    title = text("border.fit_points") if points else bounds
    return [_figure("border-fit", title, text("border.fit_alt"), drawing, _twin(twin, text), sources)]


def _fits(row: CompatibilityRow) -> dict[str, tuple[float, float, float]]:
    """Return low, central and high of the technical match, of conformity and of the index."""
    return {
        "technical": (row.technical_low, row.technical_central, row.technical_high),
        "conformity": (row.conformity_low, row.conformity_central, row.conformity_high),
        "index": (row.index_low, row.index_central, row.index_high),
    }


def _protocols(section: BorderSection, text: Translator) -> Grid:
    """List the domains of R&D protocols with their evidence."""
    rows: list[list[str | Cell]] = []
    for r in section.protocols.rows:
        name = text.of("border.domain", r.domain) if text.has(f"border.domain.{r.domain}") else r.domain
        tag = text.of("common.status", r.status) if r.status in ("assumed", "unverified") else ""
        rows.append(
            [
                name,
                ends(r.low, r.high, text),
                text.of("border.grade", r.grade) if r.grade else "",
                Cell(r.source, lang="en", tag=tag),
            ]
        )
    headings = [text.of("border.column", c) for c in ("domain", "range", "grade", "source")]
    return Grid(
        text("border.protocols"), headings, rows, numeric=(1,), source=text("border.protocols_source"), csv="protocols"
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
            Cell(r.source, lang="en", tag=r.status if r.status in ("assumed", "unverified") else ""),
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


def _figure(name: str, title: str, alt: str, drawing: Drawing, twin: pd.DataFrame, source: str) -> Figure:
    return Figure(
        name=name, title=title, alt=alt, option=drawing.option, twin=twin, source=source, height=drawing.height
    )


def _twin(frame: pd.DataFrame, text: Translator) -> pd.DataFrame:
    """Return the table beside a chart with headings in the language."""
    headings = [text.of("border.column", str(c)) if text.has(f"border.column.{c}") else str(c) for c in frame.columns]
    return frame.set_axis(pd.Index(headings), axis="columns")
