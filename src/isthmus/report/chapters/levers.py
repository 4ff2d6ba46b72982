"""How the plans act on the model: the arithmetic of every lever, and what each is worth alone."""

from collections.abc import Mapping, Sequence

import pandas as pd

from isthmus.levers.lever import JOINT, Channel, Form
from isthmus.report.blocks import Block, Cell, Chapter, Figure, Grid, Paragraph
from isthmus.report.chart_frame import Scale
from isthmus.report.charts import intervals
from isthmus.report.effects import THIRD, ToldEffect
from isthmus.report.gains import gain_blocks
from isthmus.report.locale import Translator, decimals
from isthmus.report.palette import sided, sides
from isthmus.report.wording import with_zeros
from isthmus.study.levers import LeverFacts, LeverRow, LeversSection
from isthmus.study.station import Findings

SHOWN = 6
MARKED = {"assumed", "unverified"}


def chapter(section: LeversSection, findings: Findings, text: Translator) -> Chapter:
    """Write the chapter."""
    names = _economy_names(section, text)
    levers = {lever.id: lever for lever in section.described}
    blocks: list[Block] = [
        Paragraph(text("levers.how")),
        Paragraph(text("levers.joint_rule", n=sum(lever.joint for lever in levers.values()))),
        _figure(section, levers, names, text),
        *gain_blocks(findings, text),
        *_unclear(section, levers, text),
        _arithmetic(section, levers, names, text),
        _families(section, names, text),
    ]
    return Chapter(
        name="levers",
        short=text("levers.short"),
        title=_title(section, levers, names, text),
        lead=text("levers.lead", n=len(levers)),
        blocks=blocks,
    )


def _economy_names(section: LeversSection, text: Translator) -> dict[str, str]:
    """Return the names of the partners, of third countries and of joint action."""
    named = {code: text.named(section.economy_names.get(code, {}), code) for code in section.partners}
    return named | {THIRD: text("common.third"), JOINT: text("levers.both_sides")}


def _title(section: LeversSection, levers: Mapping[str, LeverFacts], names: Mapping[str, str], text: Translator) -> str:
    """Name the lever that moves each partner most."""
    values: dict[str, str] = {}
    each: dict[str, str] = {}
    for side, code in zip(sides(len(section.partners)), section.partners, strict=True):
        row = max((r for r in section.lever_weights.rows if r.economy == code), key=lambda r: abs(r.median))
        values[f"{side}_name"] = names[code]
        values[f"{side}_lever"] = text.named(levers[row.lever].titles, row.lever)
        values[f"{side}_value"] = ToldEffect(row.low, row.median, row.high).middle(text)
        each[names[code]] = text("levers.title_part", lever=values[f"{side}_lever"], value=values[f"{side}_value"])
    return text("levers.title", parts=text.each(each), **values)


def _figure(
    section: LeversSection, levers: Mapping[str, LeverFacts], names: Mapping[str, str], text: Translator
) -> Figure:
    """Draw the levers that move either partner most, both partners in each row."""
    size: dict[str, float] = {}
    for row in section.lever_weights.rows:
        if row.economy in section.partners:
            size[row.lever] = max(size.get(row.lever, 0.0), abs(row.median))
    order = sorted(size, key=lambda name: -size[name])
    shown = order[:SHOWN]
    weights = {(row.lever, row.economy): row for row in section.lever_weights.rows}
    every = pd.DataFrame(
        [
            {
                "row": text.named(levers[name].titles, name),
                "series": names[code],
                "low": weights[name, code].low,
                "central": weights[name, code].median,
                "high": weights[name, code].high,
            }
            for name in order
            for code in (*section.partners, THIRD)
        ]
    )
    rows = {text.named(levers[name].titles, name) for name in shown}
    frame = every[every["row"].isin(rows) & (every["series"] != names[THIRD])]
    colours = sided([names[code] for code in section.partners])
    drawing = intervals(frame, colours, Scale(text.percent(0, 0).removeprefix("0")))
    heads = {"row": "lever", "series": "economy", "low": "low", "central": "central", "high": "high"}
    return Figure(
        name="levers-weights",
        title=_figure_title(section, shown, names, text),
        alt=text("levers.alt", n=len(shown)),
        option=drawing.option,
        twin=every.rename(columns={name: text.of("levers.column", head) for name, head in heads.items()}),
        source=with_zeros(text("levers.source", year=section.deadline, draws=section.draws), drawing.below, text),
        height=drawing.height,
    )


def _figure_title(section: LeversSection, shown: Sequence[str], names: Mapping[str, str], text: Translator) -> str:
    """Say how much of all that levers move one by one, gains and losses alike, those of the chart make up for each partner."""
    rows = [row for row in section.lever_weights.rows if row.economy in section.partners]
    moved = {code: sum(abs(row.median) for row in rows if row.economy == code) for code in section.partners}
    if len(shown) == len({row.lever for row in rows}) or not all(moved.values()):
        return text("levers.figure", n=len(shown), all=len(section.described))
    top = {c: sum(abs(row.median) for row in rows if row.economy == c and row.lever in shown) for c in moved}
    parts = {names[code]: text.percent(100 * top[code] / whole, 0) for code, whole in moved.items()}
    return text("levers.figure_share", n=len(shown), all=len(section.described), parts=text.each(parts))


def _unclear(section: LeversSection, levers: Mapping[str, LeverFacts], text: Translator) -> list[Block]:
    """Name the levers whose range holds zero for every partner."""
    clear = {r.lever for r in section.lever_weights.rows if r.economy in section.partners and not r.low <= 0 <= r.high}
    found = [text.named(lever.titles, name) for name, lever in sorted(levers.items()) if name not in clear]
    return [Paragraph(text("levers.zero", levers=text.list(found), n=len(found)))] if found else []


def _arithmetic(
    section: LeversSection, levers: Mapping[str, LeverFacts], names: Mapping[str, str], text: Translator
) -> Grid:
    """Set the steps from target to shock beside each other, one row an effect."""
    rows: list[list[str | Cell]] = []
    for row in section.levers.rows:
        lever = levers[row.lever]
        tag = text.of("common.status", lever.status) if lever.status in MARKED else ""
        digits = decimals(row.shock_low_pct, row.shock_pct, row.shock_high_pct)
        ends = text.range(row.shock_low_pct, row.shock_high_pct, digits, signed=True)
        shock = text.percent(row.shock_pct, digits, signed=True)
        rows.append(
            [
                Cell(text.named(lever.titles, row.lever), tag=tag),
                names[lever.owner],
                _targets(section, lever, text),
                _change(row, row.change, text),
                _change(row, row.expected, text),
                "–" if row.elasticity is None else text.number(row.elasticity, 3),
                text.of("levers.kind", row.shock_kind),
                text("common.with_range", central=shock, range=ends),
            ]
        )
    columns = ("lever", "owner", "target", "change", "expected", "elasticity", "acts", "shock")
    source = text("levers.table_source", draws=section.draws)
    return Grid(
        title=text("levers.table", n=len(levers)),
        columns=[text.of("levers.column", name) for name in columns],
        rows=rows,
        numeric=(3, 4, 5, 7),
        source=text("common.space").join([source, *_outside(section, levers, text)]),
        csv="levers",
        fold=10,
    )


def _outside(section: LeversSection, levers: Mapping[str, LeverFacts], text: Translator) -> list[str]:
    """Name the levers that do nothing at central values, though their whole range lies on one side of nothing."""
    found = [r.lever for r in section.levers.rows if r.shock_pct == 0 and r.shock_low_pct * r.shock_high_pct > 0]
    named = [text("answer.quoted", words=text.named(levers[name].titles, name)) for name in dict.fromkeys(found)]
    return [text("levers.outside", n=len(named), levers=text.list(named))] if named else []


def _targets(section: LeversSection, lever: LeverFacts, text: Translator) -> str:
    listed = [target for side in lever.targets.values() for target in side]
    named = [text.named(section.target_names.get(name, {}), name) for name in listed]
    return text("common.comma").join(dict.fromkeys(named))


def _change(row: LeverRow, value: float | None, text: Translator) -> str:
    """Write a change in the unit of its channel: percent, days, the target's own unit, or an overhead."""
    if value is None:
        return "–"
    if row.channel == Channel.WEDGE:
        return text("levers.overhead", value=text.percent(value, 1))
    if row.channel == Channel.DAYS:
        return text("levers.days", value=text.number(value, 1))
    if row.form == Form.DIFFERENCE:
        return text.number(value, 2, signed=True)
    return text.percent(value, 1, signed=True)


def _families(section: LeversSection, names: Mapping[str, str], text: Translator) -> Grid:
    """Count levers by family and by who must act."""
    owners = (*section.partners, JOINT)
    rows = [
        [
            text.of("levers.family", family),
            *(
                text.number(sum((lever.family, lever.owner) == (family, owner) for lever in section.described), 0)
                for owner in owners
            ),
        ]
        for family in dict.fromkeys(lever.family for lever in section.described)
    ]
    return Grid(
        title=text("levers.families"),
        columns=[text.of("levers.column", "family"), *(names[owner] for owner in owners)],
        rows=rows,
        numeric=tuple(range(1, 1 + len(owners))),
    )
