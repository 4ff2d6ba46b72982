"""What the border costs by cause, where a stated claim falls, how the all-in cost moved, and how far standards fit."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from isthmus.report.blocks import Block, Cell, Chapter, Figure, Grid, Paragraph, Points
from isthmus.report.border_claims import bridge, claims, ends, reading_table, rents, strict
from isthmus.report.border_names import BOTH, BorderNames
from isthmus.report.chart_frame import Drawing, Mark, Scale
from isthmus.report.charts import heatmap, intervals, lines, stacked, waterfall
from isthmus.report.embed import records
from isthmus.report.locale import Translator
from isthmus.study.station import Facts, Findings

REACH = ("policy", "natural", "third_party")
REACH_COLOUR = {"policy": "gain", "natural": "third", "third_party": "warn"}
DEFINITIONS = ("ad_valorem_equivalent", "share_of_delivered_price", "share_of_all_in_cost")
LIMITS = ("ledger", "index", "one_way", "claim", "reach")
BENCHMARKS = 2


def chapter(findings: Findings, text: Translator) -> Chapter | None:
    """Write the chapter; None when the border was not measured."""
    if "border" not in findings:
        return None
    facts, tables = findings["border"].facts, findings["border"].tables
    wide = BorderNames(facts, text)
    blocks: list[Block | None] = [
        *claims(facts, text),
        _middle(facts, text),
        *(_waterfall(facts, wide, label, side, text) for label, side in zip(facts["directions"], "ab", strict=True)),
        bridge(facts, wide, text),
        _overheads(facts, wide, text),
        reading_table(facts, wide, text),
        strict(facts, text),
        _history(facts, wide, text),
        _groups(tables["group_wedges"], wide, text),
        *_fit(facts, tables["compatibility"], text),
        _protocols(facts, text),
        rents(facts, wide, text),
        _ledger(tables["wedge_parts"], wide, text),
        Points(text("border.limits_title"), [text.of("border.limit", name) for name in _limits(facts)], tone="muted"),
    ]
    return Chapter(
        name="border",
        short=text("border.short"),
        title=_title(facts, text),
        lead=text("border.lead", basis=text.of("border.base", facts["time_base"]), year=facts["year"]),
        blocks=[block for block in blocks if block is not None],
    )


def _limits(facts: Facts) -> list[str]:
    return [name for name in LIMITS if name != "claim" or facts["claims"]]


def _alt(told: str, facts: Facts, text: Translator) -> str:
    return f"{told} {text('border.claim_alt')}" if facts["claims"] else told


def _title(facts: Facts, text: Translator) -> str:
    every, policy = (_overhead(facts, DEFINITIONS[0], reach, BOTH) for reach in ("all", "policy"))
    return text("border.title", all=ends(every, text), policy=ends(policy, text))


def _overhead(facts: Facts, definition: str, reach: str, direction: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = next(
        row
        for row in facts["overhead"]
        if (row["definition"], row["reach"], row["direction"]) == (definition, reach, direction)
    )
    return found


def _middle(facts: Facts, text: Translator) -> Paragraph:
    """Say the median beside the central run, and why the two differ."""
    row = _overhead(facts, DEFINITIONS[0], "all", BOTH)
    told = text(
        "border.middle", median=text.percent(100 * row["central"], 1), central=text.percent(100 * row["central_run"], 1)
    )
    skewed = row["central"] - row["central_run"] > row["central_run"] - row["low"]
    return Paragraph(f"{told} {text('border.middle_low')}" if skewed else told)


def _marks(facts: Facts, text: Translator) -> list[Mark]:
    return [Mark(100 * c["low"], 100 * c["high"], text("border.claim_mark")) for c in facts["claims"]]


def _waterfall(facts: Facts, wide: BorderNames, direction: str, side: str, text: Translator) -> Figure:
    """Draw the points that each cause adds in one direction, the total last."""
    rows = [
        r
        for r in facts["waterfall"]
        if r["direction"] == direction and (r["high"] > 0.0005 or r["component"] == "tariff")
    ]
    frame = pd.DataFrame(
        [
            {
                "row": wide.part(r["component"], r["part"]),
                "group": text.of("border.reach", r["reach"]),
                **{k: 100 * r[k] for k in ("low", "central", "high")},
                "total": False,
            }
            for r in rows
        ]
    )
    every = _overhead(facts, DEFINITIONS[0], "all", direction)
    total: dict[str, Any] = {"row": text("border.total"), "group": text("border.total"), "total": True}
    total |= {k: 100 * every[k] for k in ("low", "central", "high")}
    frame = pd.concat([frame, pd.DataFrame([total])], ignore_index=True)
    colours = {text.of("border.reach", r): REACH_COLOUR[r] for r in REACH} | {text("border.total"): side}
    top = max(rows, key=lambda r: r["central"])
    return _figure(
        f"border-waterfall-{side}",
        text(
            "border.waterfall",
            direction=wide.direction(direction),
            total=text.percent(100 * every["central"], 1),
            cause=wide.part(top["component"], top["part"]),
        ),
        _alt(text("border.waterfall_alt", direction=wide.direction(direction)), facts, text),
        waterfall(frame, colours, Scale("", 1), marks=_marks(facts, text)),
        _twin(frame.drop(columns="total"), text),
        text("border.source_points", year=facts["year"], base=text.of("border.base", facts["time_base"])),
    )


def _overheads(facts: Facts, wide: BorderNames, text: Translator) -> Figure:
    """Draw the three definitions, in all and within policy's reach, with the claims marked."""
    frame = pd.DataFrame(
        [
            {
                "row": text(
                    "border.of_reach", definition=text.of("border.definition", d), reach=text.of("border.reach", r)
                ),
                "series": wide.direction(label),
                **{k: 100 * row[k] for k in ("low", "central", "high")},
            }
            for d in DEFINITIONS
            for r in ("all", "policy")
            for label in (*facts["directions"], BOTH)
            if (row := _overhead(facts, d, r, label))["central"] is not None
        ]
    )
    labels = [wide.direction(label) for label in (*facts["directions"], BOTH)]
    return _figure(
        "border-claim",
        text("border.panel"),
        _alt(text("border.panel_alt"), facts, text),
        intervals(
            frame,
            dict(zip(labels, ("a", "b", "joint"), strict=True)),
            Scale("", 0, signed=False),
            marks=_marks(facts, text),
        ),
        _twin(frame, text),
        text(
            "border.source", year=facts["year"], base=text.of("border.base", facts["time_base"]), draws=facts["draws"]
        ),
    )


def _history(facts: Facts, wide: BorderNames, text: Translator) -> Figure | None:
    """Draw the all-in cost over the years beside well-integrated pairs."""
    own = [r for r in facts["history"] if r["basket"] == "constant"]
    if len({r["year"] for r in own}) < 2:
        return None
    name = text("border.pair", a=wide.economy(facts["partners"][0]), b=wide.economy(facts["partners"][1]))
    chosen = list(dict.fromkeys(r["pair"] for r in facts["benchmarks"]))[:BENCHMARKS]
    rows = [_year_row(r, name) for r in own]
    for pair in chosen:
        a, b = pair.split("-")
        label = text("border.pair", a=wide.economy(a), b=wide.economy(b))
        mine = [r for r in facts["benchmarks"] if r["pair"] == pair and r["basket"] == "constant"]
        rows += [{**_year_row(r, label), "low": None, "high": None} for r in mine]
    frame = pd.DataFrame(rows)
    first, last = min(own, key=lambda r: r["year"]), max(own, key=lambda r: r["year"])
    names = list(dict.fromkeys(frame["series"]))
    colours = dict(zip(names, ("joint", "third", "muted"), strict=False))
    return _figure(
        "border-history",
        text(
            "border.history",
            first=text.percent(100 * first["value"], 0),
            last=text.percent(100 * last["value"], 0),
            start=first["year"],
            end=last["year"],
        ),
        text("border.history_alt"),
        lines(frame, colours, Scale("", 0, signed=False)),
        _twin(frame, text),
        text("border.history_source", set=facts["elasticity"]),
    )


def _year_row(row: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {
        "year": row["year"], "series": name, "central": 100 * row["value"], "low": 100 * row["low"], "high": 100 * row["high"]
    }  # fmt: skip


BUNDLES = {
    "tariff": "tariff",
    "procedures": "papers",
    "payments": "papers",
    "time": "transport",
    "transhipment": "transport",
    "freight": "transport",
    "standards": "rules",
    "information": "information",
    "third_party": "others",
}
"""Components bundled to what a narrow screen can tell apart."""


def _groups(table: pd.DataFrame, wide: BorderNames, text: Translator) -> Figure:
    """Draw what bundles of causes add in each group of sectors, both directions together."""
    both = table[(table["direction"] == BOTH) & (table["scope"] != "goods")]
    frame = pd.DataFrame(
        {
            "row": [wide.group(str(s)) for s in both["scope"]],
            "series": [text.of("border.bundle", BUNDLES[str(c)]) for c in both["component"]],
            "value": 100 * both["points"],
        }
    )
    frame = frame.groupby(["row", "series"], sort=False)[["value"]].sum().reset_index()
    twin = both.assign(
        component=[text.of("border.component", str(c)) for c in both["component"]],
        scope=[wide.group(str(s)) for s in both["scope"]],
        **{k: 100 * both[k] for k in ("low", "central", "high")},
    )[["scope", "component", "low", "central", "high"]]
    return _figure(
        "border-groups",
        text("border.groups"),
        text("border.groups_alt"),
        stacked(frame, Scale("", 1, signed=False)),
        _twin(twin, text),
        text("border.groups_source"),
    )


def _fit(facts: Facts, table: pd.DataFrame, text: Translator) -> list[Block]:
    """Show how far standards fit: a heatmap from catalogues, ranges where only shares are known."""
    points = facts["compatibility_basis"] != "bounds"
    names = ("technical", "conformity", "index")
    if points:
        part = table[table["references"] > 0]
        fields = [text("border.field", ics=r["ics"], n=int(r["references"])) for r in records(part)]
        frame = pd.concat(
            [
                pd.DataFrame({"x": text.of("border.fit", n), "y": fields, "value": 100 * part[f"{n}_central"]})
                for n in names
            ]
        )
        drawing = heatmap(frame, Scale("", 0, signed=False), diverging=False)
        twin = frame.rename(columns={"x": "component", "y": "scope", "value": "central"})
    else:
        row = records(table)[0]
        frame = pd.DataFrame(
            [
                {
                    "row": text.of("border.fit", n),
                    "series": text("border.bound"),
                    **{k: 100 * row[f"{n}_{k}"] for k in ("low", "central", "high")},
                }
                for n in names
            ]
        )
        drawing, twin = intervals(frame, {text("border.bound"): "joint"}, Scale("", 0, signed=False)), frame
    first = records(table)[0]
    sources = text("border.fit_source", left=first["left_source"], right=first["right_source"])
    sources += "" if points else " " + text("border.bound_note")
    title = text("border.fit_points") if points else text("border.fit_bounds", range=_index_range(first, text))
    return [_figure("border-fit", title, text("border.fit_alt"), drawing, _twin(twin, text), sources)]


def _index_range(row: Mapping[str, Any], text: Translator) -> str:
    return text.percent_range(100 * row["index_low"], 100 * row["index_high"], 0)


def _protocols(facts: Facts, text: Translator) -> Grid:
    """List the domains of R&D protocols with their evidence."""
    rows: list[list[str | Cell]] = []
    for r in facts["protocols"]:
        name = text.of("border.domain", r["domain"]) if text.has(f"border.domain.{r['domain']}") else r["domain"]
        tag = text.of("common.status", str(r["status"])) if r["status"] in ("assumed", "unverified") else ""
        rows.append(
            [
                name,
                ends(r, text),
                text.of("border.grade", r["grade"]) if r["grade"] else "",
                Cell(r["source"], lang="en", tag=tag),
            ]
        )
    headings = [text.of("border.column", c) for c in ("domain", "range", "grade", "source")]
    return Grid(
        text("border.protocols"), headings, rows, numeric=(1,), source=text("border.protocols_source"), csv="protocols"
    )


def _ledger(table: pd.DataFrame, wide: BorderNames, text: Translator) -> Grid:
    """List the evidence behind the wedges, each source once for a part."""
    kept = table[table["high"] > 0].drop_duplicates(["component", "part", "source"])
    rows: list[list[str | Cell]] = [
        [
            wide.part(r["component"], r["part"]),
            text.of("border.grade", r["grade"]),
            Cell(str(r["source"]), lang="en", tag=r["status"] if r["status"] in ("assumed", "unverified") else ""),
        ]
        for r in records(kept)
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
