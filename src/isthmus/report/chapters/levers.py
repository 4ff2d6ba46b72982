"""How the plans act on the model: the arithmetic of every lever, and what each is worth alone."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from isthmus.report.blocks import Block, Cell, Chapter, Figure, Grid, Paragraph
from isthmus.report.chart_frame import Scale
from isthmus.report.charts import intervals
from isthmus.report.effects import THIRD
from isthmus.report.embed import records
from isthmus.report.locale import Translator, decimals
from isthmus.study.station import Findings

SHOWN = 12
MARKED = {"assumed", "unverified"}
JOINT = "joint"


def chapter(findings: Findings, text: Translator) -> Chapter | None:
    """Write the chapter; None when the study has no levers.

    The section ``levers`` has facts ``partners``, ``deadline``, ``draws``, ``levers`` (id, titles, family, owner, joint,
    targets, start, full, status) and ``targets`` (names by id), and tables ``levers`` and ``lever_weights``.
    """
    if "levers" not in findings:
        return None
    facts, tables = findings["levers"].facts, findings["levers"].tables
    names = _economy_names(findings, text)
    levers = {lever["id"]: lever for lever in facts["levers"]}
    weights = tables["lever_weights"]
    blocks: list[Block] = [
        Paragraph(text("levers.how")),
        Paragraph(text("levers.joint_rule", n=sum(lever["joint"] for lever in levers.values()))),
        _figure(facts, levers, weights, names, text),
        *_unclear(levers, weights, facts, text),
        _arithmetic(facts, levers, tables["levers"], names, text),
        _families(levers, facts, names, text),
    ]
    return Chapter(
        name="levers",
        short=text("levers.short"),
        title=_title(facts, levers, weights, names, text),
        lead=text("levers.lead", n=len(levers)),
        blocks=blocks,
    )


def _economy_names(findings: Findings, text: Translator) -> dict[str, str]:
    """Return the names of both partners, of third countries and of joint action."""
    facts = findings["levers"].facts
    known: Mapping[str, Mapping[str, str]] = findings["value"].facts["names"] if "value" in findings else {}
    named = {code: text.named(known.get(code, {}), code) for code in facts["partners"]}
    return named | {THIRD: text("common.third"), JOINT: text("levers.both_sides")}


def _largest(weights: pd.DataFrame, economy: str) -> dict[str, Any]:
    """Return the row of the lever that moves an economy most."""
    part = weights[weights["economy"] == economy]
    return max(records(part), key=lambda row: abs(row["central"]))


def _title(
    facts: Mapping[str, Any],
    levers: Mapping[str, Any],
    weights: pd.DataFrame,
    names: Mapping[str, str],
    text: Translator,
) -> str:
    values: dict[str, str] = {}
    for side, code in zip(("a", "b"), facts["partners"], strict=True):
        row = _largest(weights, code)
        digits = decimals(row["central"])
        values[f"{side}_name"] = names[code]
        values[f"{side}_lever"] = text.named(levers[row["lever"]]["titles"], row["lever"])
        values[f"{side}_value"] = text.percent(row["central"], digits, signed=True)
    return text("levers.title", **values)


def _figure(
    facts: Mapping[str, Any],
    levers: Mapping[str, Any],
    weights: pd.DataFrame,
    names: Mapping[str, str],
    text: Translator,
) -> Figure:
    """Draw the levers that move either partner most, both partners in each row."""
    own = weights[weights["economy"].isin(facts["partners"])]
    order = own.assign(size=own["central"].abs()).groupby("lever")["size"].max().sort_values(ascending=False)
    shown = list(order.index[:SHOWN])
    every = pd.DataFrame(
        [
            {
                "row": text.named(levers[name]["titles"], name),
                "series": names[code],
                "low": row["low"],
                "central": row["central"],
                "high": row["high"],
            }
            for name in order.index
            for code in (*facts["partners"], THIRD)
            for row in records(weights[(weights["lever"] == name) & (weights["economy"] == code)])
        ]
    )
    rows = {text.named(levers[name]["titles"], name) for name in shown}
    frame = every[every["row"].isin(rows) & (every["series"] != names[THIRD])]
    colours = dict(zip((names[code] for code in facts["partners"]), ("a", "b"), strict=True))
    drawing = intervals(frame, colours, Scale(text.percent(0, 0).removeprefix("0")))
    heads = {"row": "lever", "series": "economy", "low": "low", "central": "central", "high": "high"}
    return Figure(
        name="levers-weights",
        title=text("levers.figure", n=len(shown), all=len(levers)),
        alt=text("levers.alt", n=len(shown)),
        option=drawing.option,
        twin=every.rename(columns={name: text.of("levers.column", head) for name, head in heads.items()}),
        source=text("levers.source", year=facts["deadline"], draws=facts["draws"]),
        height=drawing.height,
    )


def _unclear(
    levers: Mapping[str, Any], weights: pd.DataFrame, facts: Mapping[str, Any], text: Translator
) -> list[Block]:
    """Name the levers whose range holds zero for both partners."""
    own = weights[weights["economy"].isin(facts["partners"])]
    holds = own.assign(zero=(own["low"] <= 0) & (own["high"] >= 0)).groupby("lever")["zero"].all()
    found = [text.named(levers[name]["titles"], name) for name in holds.index[holds]]
    return [Paragraph(text("levers.zero", levers=text.list(found), n=len(found)))] if found else []


def _arithmetic(
    facts: Mapping[str, Any],
    levers: Mapping[str, Any],
    table: pd.DataFrame,
    names: Mapping[str, str],
    text: Translator,
) -> Grid:
    """Set the steps from target to shock beside each other, one row an effect."""
    rows: list[list[str | Cell]] = []
    for row in records(table):
        lever = levers[row["lever"]]
        tag = text.of("common.status", lever["status"]) if lever["status"] in MARKED else ""
        digits = decimals(row["shock_low_pct"], row["shock_pct"], row["shock_high_pct"])
        ends = text.range(row["shock_low_pct"], row["shock_high_pct"], digits, signed=True)
        shock = text.percent(row["shock_pct"], digits, signed=True)
        rows.append(
            [
                Cell(text.named(lever["titles"], row["lever"]), tag=tag),
                names[lever["owner"]],
                _targets(lever, facts, text),
                _change(row, "change", text),
                _change(row, "expected", text),
                "–" if pd.isna(row["elasticity"]) else text.number(row["elasticity"], 3),
                text.of("levers.kind", row["shock_kind"]),
                text("common.with_range", central=shock, range=ends),
            ]
        )
    columns = ("lever", "owner", "target", "change", "expected", "elasticity", "acts", "shock")
    return Grid(
        title=text("levers.table", n=len(levers)),
        columns=[text.of("levers.column", name) for name in columns],
        rows=rows,
        numeric=(3, 4, 5, 7),
        source=text("levers.table_source", draws=facts["draws"]),
        csv="levers",
        fold=10,
    )


def _targets(lever: Mapping[str, Any], facts: Mapping[str, Any], text: Translator) -> str:
    listed = [target for side in lever["targets"].values() for target in side]
    return text("common.comma").join(dict.fromkeys(text.named(facts["targets"].get(name, {}), name) for name in listed))


def _change(row: Mapping[str, Any], name: str, text: Translator) -> str:
    """Write a change in the unit of its channel: percent, days, the target's own unit, or an overhead."""
    value = row[name]
    if value is None or pd.isna(value):
        return "–"
    if row["channel"] == "wedge":
        return text("levers.overhead", value=text.percent(value, 1))
    if row["channel"] == "days":
        return text("levers.days", value=text.number(value, 1))
    if row["measure"] == "difference":
        return text.number(value, 2, signed=True)
    return text.percent(value, 1, signed=True)


def _families(levers: Mapping[str, Any], facts: Mapping[str, Any], names: Mapping[str, str], text: Translator) -> Grid:
    """Count levers by family and by who must act."""
    owners = (*facts["partners"], JOINT)
    families = list(dict.fromkeys(lever["family"] for lever in levers.values()))
    rows = [
        [
            text.of("levers.family", family),
            *(
                text.number(sum(lever["family"] == family and lever["owner"] == owner for lever in levers.values()), 0)
                for owner in owners
            ),
        ]
        for family in families
    ]
    return Grid(
        title=text("levers.families"),
        columns=[text.of("levers.column", "family"), *(names[owner] for owner in owners)],
        rows=rows,
        numeric=(1, 2, 3),
    )
