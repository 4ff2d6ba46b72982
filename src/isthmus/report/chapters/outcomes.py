"""Outcome targets: how close the solved plans come, CO2 beside them, and which targets help or hinder each other."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from isthmus.report.blocks import Block, Cell, Chapter, Figure, Grid, Paragraph
from isthmus.report.chart_frame import Scale
from isthmus.report.charts import intervals
from isthmus.report.effects import THIRD
from isthmus.report.embed import records
from isthmus.report.locale import Translator, decimals
from isthmus.study.station import Facts, Findings

WORLDS = ("both", "aligned")
SHOWN_PAIRS = 8
JOINT = "joint"


def chapter(findings: Findings, text: Translator) -> Chapter | None:
    """Write the chapter; None when the study names no outcomes.

    The section ``outcomes`` has facts ``partners``, ``deadline``, ``draws``, ``outcomes``, ``targets``,
    ``carried_by_levers``, ``trade_and_imports``, ``threshold_pct``, and tables ``outcomes``, ``energy``, ``pairs``, ``reach``.
    """
    if "outcomes" not in findings:
        return None
    facts, tables = findings["outcomes"].facts, findings["outcomes"].tables
    names = _Names(findings, text)
    numbered = tables["outcomes"].dropna(subset=["miss_pct"])
    aligned = numbered[numbered["world"] == "aligned"]
    blocks: list[Block | None] = [
        Paragraph(text("outcomes.how")),
        _figure(facts, numbered, names, text),
        _table(facts, tables["outcomes"], names, text),
        _energy(facts, tables["energy"], names, text),
        *_trade_and_imports(facts, tables, names, text),
        _pairs(facts, tables["pairs"], "competing", names, text),
        _pairs(facts, tables["pairs"], "complementary", names, text),
        _alone(tables["reach"], names, text),
        _together(tables["reach"], names, text),
    ]
    return Chapter(
        name="outcomes",
        short=text("outcomes.short"),
        title=text("outcomes.title", n=len(aligned), met=int((aligned["miss_pct"] >= 0).sum())),
        lead=text("outcomes.lead"),
        blocks=[block for block in blocks if block is not None],
    )


class _Names:
    """Names of outcomes, targets, levers and economies in one language."""

    def __init__(self, findings: Findings, text: Translator) -> None:
        facts = findings["outcomes"].facts
        self._text, self._targets = text, facts["targets"]
        self.outcomes = {o["id"]: o for o in facts["outcomes"]}
        known: Mapping[str, Mapping[str, str]] = findings["value"].facts["names"] if "value" in findings else {}
        self._economies = {code: text.named(known.get(code, {}), code) for code in facts["partners"]}
        self._economies |= {THIRD: text("common.third"), JOINT: text("outcomes.both_sides")}

    def outcome(self, name: str) -> str:
        outcome = self.outcomes[name]
        if outcome["target"]:
            return self.target(outcome["target"], outcome["year"])
        return self._text.named(outcome["titles"], name)

    def target(self, name: str, year: int | None = None) -> str:
        named = self._text.named(self._targets.get(name, {}), name)
        return named if year is None else self._text("outcomes.in_year", name=named, year=year)

    def economy(self, code: str) -> str:
        return self._economies.get(code, code)


def _figure(facts: Facts, numbered: pd.DataFrame, names: _Names, text: Translator) -> Figure | None:
    """Draw the distance to each target with its range, unaligned and aligned in each row, first side first."""
    order = [o["id"] for owner in (*facts["partners"], JOINT) for o in facts["outcomes"] if o["owner"] == owner]
    rows = [
        {
            "row": text("outcomes.owned", owner=names.economy(names.outcomes[name]["owner"]), name=names.outcome(name)),
            "series": text.of("outcomes.world", world),
            "low": row["miss_pct_low"],
            "central": row["miss_pct"],
            "high": row["miss_pct_high"],
        }
        for name in order
        for world in WORLDS
        for row in records(numbered[(numbered["outcome"] == name) & (numbered["world"] == world)])
    ]
    if not rows:
        return None
    frame = pd.DataFrame(rows)
    colours = {text.of("outcomes.world", "both"): "third", text.of("outcomes.world", "aligned"): "joint"}
    drawing = intervals(frame, colours, Scale(text.percent(0, 0).removeprefix("0")))
    heads = {"row": "outcome", "series": "world", "low": "low", "central": "central", "high": "high"}
    return Figure(
        name="outcomes-miss",
        title=text("outcomes.figure"),
        alt=text("outcomes.alt", n=int(frame["row"].nunique())),
        option=drawing.option,
        twin=frame.rename(columns={name: text.of("outcomes.column", head) for name, head in heads.items()}),
        source=text("outcomes.source", draws=facts["draws"]),
        height=drawing.height,
    )


def _table(facts: Facts, table: pd.DataFrame, names: _Names, text: Translator) -> Grid:
    """Set what is needed beside what the aligned plans bring."""
    rows: list[list[str | Cell]] = []
    carried = set(facts["carried_by_levers"])
    for row in records(table[table["world"] == "aligned"]):
        outcome = names.outcomes[row["outcome"]]
        tag = text("outcomes.by_lever") if outcome["target"] in carried else ""
        rows.append(
            [
                Cell(names.outcome(row["outcome"]), tag=tag),
                names.economy(outcome["owner"]),
                _level(row["reached"], outcome, text),
                _level(row["target"], outcome, text),
                "–" if pd.isna(row["needed_pct"]) else text.percent(row["needed_pct"], 1, signed=True),
                _ranged(row["model_pct_low"], row["model_pct"], row["model_pct_high"], text),
                _ranged(row["miss_pct_low"], row["miss_pct"], row["miss_pct_high"], text),
                "–" if pd.isna(row["chance"]) else text.percent(100 * row["chance"], 0),
            ]
        )
    heads = ("outcome", "owner", "reached", "target", "needed", "brought", "miss", "chance")
    return Grid(
        title=text("outcomes.table", n=len(rows)),
        columns=[text.of("outcomes.column", head) for head in heads],
        rows=rows,
        numeric=(2, 3, 4, 5, 6, 7),
        source=text("outcomes.table_source", draws=facts["draws"]),
        csv="outcomes",
    )


def _level(value: float | None, outcome: Mapping[str, Any], text: Translator) -> str:
    """Write a level in its unit; a change as a percentage or a multiple of its base."""
    if value is None or pd.isna(value):
        return "–"
    if outcome["kind"] == "change_pct":
        return text.percent(100 * (value - 1), 1, signed=True)
    if outcome["kind"] == "multiple":
        return "×" + text.number(value, 2)
    if outcome["unit"].startswith("%"):
        return text.percent(value, 1)
    return text(
        "outcomes.millions",
        value=text.number(value / 1e6, 0),
        unit=text.of("outcomes.unit", outcome["unit"][:2].strip()),
    )


def _ranged(low: float, central: float | None, high: float, text: Translator) -> str:
    if central is None or pd.isna(central):
        return "–"
    digits = min(2, decimals(low, central, high))
    ends = text.range(low, high, digits, signed=True)
    return text("common.with_range", central=text.percent(central, digits, signed=True), range=ends)


def _energy(facts: Facts, table: pd.DataFrame, names: _Names, text: Translator) -> Grid | None:
    """Set CO2 and energy of the partners and third countries side by side, unaligned and aligned."""
    if table.empty:
        return None
    rows = []
    for quantity in ("co2", "energy"):
        for economy in (*facts["partners"], THIRD):
            part = table[(table["quantity"] == quantity) & (table["economy"] == economy)]
            if part.empty:
                continue
            found = {row["world"]: _ranged(row["low"], row["central"], row["high"], text) for row in records(part)}
            reported = part["reported_mt"].iloc[0]
            rows.append(
                [
                    text.of("outcomes.quantity", quantity),
                    names.economy(economy),
                    "–" if pd.isna(reported) else text("outcomes.mt", value=text.number(float(reported), 0)),
                    *(found.get(world, "–") for world in WORLDS),
                ]
            )
    heads = ("quantity", "economy", "reported")
    return Grid(
        title=text("outcomes.energy"),
        columns=[
            *(text.of("outcomes.column", head) for head in heads),
            *(text.of("outcomes.world", world) for world in WORLDS),
        ],
        rows=rows,
        numeric=(2, 3, 4),
        source=text("outcomes.energy_source"),
        csv="energy",
    )


def _trade_and_imports(
    facts: Facts, tables: Mapping[str, pd.DataFrame], names: _Names, text: Translator
) -> list[Block]:
    """Say what more trade between the partners does to an aim of importing less."""
    found: list[Block] = []
    for case in facts["trade_and_imports"]:
        reach = tables["reach"].set_index(["first", "second"])
        held = reach.loc[(case["outcome"], case["trade"])]
        outcomes = tables["outcomes"]
        aligned = outcomes[(outcomes["outcome"] == case["outcome"]) & (outcomes["world"] == "aligned")].iloc[0]
        trade = outcomes[(outcomes["outcome"] == case["trade"]) & (outcomes["world"] == "aligned")].iloc[0]
        outcome = names.outcomes[case["outcome"]]
        values = {
            "owner": names.economy(outcome["owner"]),
            "name": names.outcome(case["outcome"]),
            "target": _level(aligned["target"], outcome, text),
            "reached": _level(aligned["reached"], outcome, text),
            "per_percent": text.percent(abs(case["percent"]), 2),
            "trade": text.percent(trade["model_pct"], 0, signed=True),
            "best": text.percent(held["first_best_pct"], 1),
            "needed": text.percent(held["first_needed_pct"], 1),
            "then": text.percent(held["second_given_pct"], 1, signed=True),
        }
        rise = case["percent"] > 0
        sentence = text("outcomes.imports_rise", **values) if rise else text("outcomes.imports_fall", **values)
        found.append(Paragraph(sentence))
    return found


def _pairs(facts: Facts, pairs: pd.DataFrame, relation: str, names: _Names, text: Translator) -> Grid | None:
    """List the pairs of one relation with the largest effects, those across the border first."""
    part = pairs[pairs["relation"] == relation].copy()
    part["across"] = part["target_owner"] != part["outcome_owner"]
    part["size"] = part["effect_pct"].abs()
    part = part.sort_values(["across", "size"], ascending=False)
    part = part.drop_duplicates(["levers", "outcome"])
    across = part[part["across"]].head(SHOWN_PAIRS)
    inside = part[~part["across"]].head(SHOWN_PAIRS)
    rows = [
        [
            text("outcomes.owned", owner=names.economy(row["target_owner"]), name=names.target(row["target"])),
            text("outcomes.owned", owner=names.economy(row["outcome_owner"]), name=names.outcome(row["outcome"])),
            text.of("outcomes.where", "across" if row["across"] else "inside"),
            _ranged(row["low"], row["effect_pct"], row["high"], text),
        ]
        for row in records(pd.concat([across, inside]))
    ]
    if not rows:
        return None
    count = int((pairs["relation"] == relation).sum())
    title = text("outcomes.competing", n=count) if relation == "competing" else text("outcomes.complementary", n=count)
    return Grid(
        title=title,
        columns=[text.of("outcomes.column", head) for head in ("acting", "touched", "where", "effect")],
        rows=rows,
        numeric=(3,),
        source=text("outcomes.pairs_source", threshold=text.percent(facts["threshold_pct"], 2), draws=facts["draws"]),
        csv="pairs",
        fold=SHOWN_PAIRS,
    )


def _alone(reach: pd.DataFrame, names: _Names, text: Translator) -> Grid | None:
    """List the outcomes that no choice of levers meets, even alone."""
    first = reach.drop_duplicates("first").dropna(subset=["first_needed_pct"])
    missed = first[first["first_best_pct"] < first["first_needed_pct"]]
    if missed.empty:
        return None
    rows = [
        [
            names.outcome(row["first"]),
            names.economy(names.outcomes[row["first"]]["owner"]),
            text.percent(row["first_needed_pct"], 1, signed=True),
            text.percent(row["first_best_pct"], 1, signed=True),
        ]
        for row in records(missed)
    ]
    return Grid(
        title=text("outcomes.alone", n=len(rows)),
        columns=[text.of("outcomes.column", head) for head in ("outcome", "owner", "needed", "best")],
        rows=rows,
        numeric=(2, 3),
        source=text("outcomes.alone_source"),
        csv="reach",
    )


def _together(reach: pd.DataFrame, names: _Names, text: Translator) -> Grid | Paragraph:
    """List the pairs of outcomes that can be met alone but not together, or say that there are none."""
    found = reach[reach["status"] == "jointly_unreachable"]
    found = found[[tuple(sorted(pair)) == tuple(pair) for pair in zip(found["first"], found["second"], strict=True)]]
    if found.empty:
        return Paragraph(text("outcomes.no_pair"), "muted")
    rows: list[Sequence[str]] = [
        [
            names.outcome(row["first"]),
            names.outcome(row["second"]),
            text.percent(row["second_needed_pct"], 1, signed=True),
            text.percent(row["second_given_pct"], 1, signed=True),
        ]
        for row in records(found)
    ]
    return Grid(
        title=text("outcomes.jointly", n=len(rows)),
        columns=[text.of("outcomes.column", head) for head in ("held", "second", "needed", "left")],
        rows=rows,
        numeric=(2, 3),
        csv="reach",
    )
