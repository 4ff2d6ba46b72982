"""What each plan and their alignment are worth: own effect, spillover, interaction, coordination; who gains, who loses."""

from collections.abc import Sequence

import pandas as pd

from isthmus.economy.aggregate import Names
from isthmus.report.blocks import Annex, Chapter, Figure, Grid, Paragraph, Part, Tabs
from isthmus.report.bridge import chapter_blocks
from isthmus.report.chart_frame import Scale
from isthmus.report.charts import intervals
from isthmus.report.effects import THIRD, ToldEffects
from isthmus.report.gains import sectors
from isthmus.report.locale import Translator
from isthmus.report.palette import sided, sides
from isthmus.report.wording import with_zeros
from isthmus.report.worth import Worth
from isthmus.study.border import BorderSection
from isthmus.study.station import Findings
from isthmus.study.trade import TradeSection
from isthmus.study.value import SectorRow, ValueSection

COMPONENTS = ("own", "spillover", "interaction", "both", "coordination", "aligned")
PLANS, CROSS = ("own", "both", "aligned"), ("spillover", "interaction", "coordination")
SHOWN_THIRD, SHOWN_SECTORS = 7, 7


def chapter(section: ValueSection, findings: Findings, text: Translator) -> Chapter:
    """Write the chapter."""
    effects, border, trade = ToldEffects(section, text), findings.get(BorderSection), findings.get(TradeSection)
    worth = Worth(section, trade, text)
    charts, steps = None, None
    if border and trade:
        charts, steps = chapter_blocks(border, trade, worth, section.value_by_direction.rows, text)
    views = {
        "cross": (_figure(effects, "cross", CROSS, text), _zeros(effects, text)),
        "sectors": (_gaining(section, effects, findings, text),),
        "bridge": (charts,),
    }
    parts = [
        Part(text.of("value.tab", name), found)
        for name, view in views.items()
        if (found := [block for block in view if block is not None])
    ]
    third = _third(effects, text)
    blocks = [
        _figure(effects, "own", PLANS, text),
        Paragraph(text("value.how", year=effects.deadline)),
        Tabs("value-views", text("value.views"), parts) if parts else None,
        steps,
        Annex([third]) if third is not None else None,
        _table(effects, text),
    ]
    return Chapter(
        name="value",
        short=text("value.short"),
        title=_title(effects, text),
        lead=text("value.lead"),
        blocks=[block for block in blocks if block is not None],
    )


def _title(effects: ToldEffects, text: Translator) -> str:
    """Say what moves each side most: its own plan, or what comes from the partner and from aligning."""
    own = [effects(code, "own") for code in effects.partners]
    cross = [effects(code, name) for code in effects.partners for name in ("spillover", "coordination")]
    if any(e is None for e in own):
        return text("value.title")
    smallest = min(abs(e.central) for e in own if e is not None)
    largest = max((abs(e.central) for e in cross if e is not None), default=0.0)
    key_own = smallest > largest
    values: dict[str, str] = {}
    for side, code, effect in zip(sides(len(own)), effects.partners, own, strict=True):
        values |= {f"{side}_name": effects.name(code), f"{side}_own": effect.middle(text) if effect else ""}
    named = zip(effects.partners, own, strict=True)
    values["parts"] = text.each({effects.name(code): effect.middle(text) for code, effect in named if effect})
    return text("value.title_own", **values) if key_own else text("value.title_cross", **values)


def _figure(effects: ToldEffects, name: str, components: Sequence[str], text: Translator) -> Figure | None:
    """Draw components as ranges, both partners and third countries in each row."""
    codes = (*effects.partners, THIRD)
    rows = [
        {
            "row": text.of("value.component", c),
            "series": effects.name(code),
            "low": e.low,
            "central": e.central,
            "high": e.high,
        }
        for c in components
        for code in codes
        if (e := effects(code, c)) is not None
    ]
    if not rows:
        return None
    frame = pd.DataFrame(rows)
    colours = sided([effects.name(code) for code in codes], "third")
    drawing = intervals(frame, colours, _scale(text))
    return Figure(
        name=f"value-{name}",
        title=(_own_title if name == "own" else _cross_title)(effects, text),
        alt=text.of("value.alt", name),
        option=drawing.option,
        twin=_twin(frame, text, "row", "series"),
        source=with_zeros(text("value.source", year=effects.deadline), drawing.below, text),
        height=drawing.height,
    )


def _own_title(effects: ToldEffects, text: Translator) -> str:
    """Say how much of what the aligned plans bring the own plan alone does, where both are gains beyond doubt."""
    shares: dict[str, str] = {}
    for code in effects.partners:
        own, aligned = effects(code, "own"), effects(code, "aligned")
        if own is None or aligned is None or own.sign() < 1 or aligned.sign() < 1:
            return text("value.figure.own")
        shares[effects.name(code)] = text.percent(100 * own.central / aligned.central, 0)
    return text("value.found.own", parts=text.each(shares))


def _cross_title(effects: ToldEffects, text: Translator) -> str:
    """Name for each partner the largest of what comes across the border, of what can be told from zero."""
    parts = []
    for code in effects.partners:
        known = {c: e for c in CROSS if (e := effects(code, c)) is not None}
        clear = {c: e for c, e in known.items() if e.sign()}
        if not known:
            return text("value.figure.cross")
        if not clear:
            parts.append(text("value.found.cross_unclear", name=effects.name(code)))
            continue
        most = max(clear, key=lambda c: abs(clear[c].central))
        told = {"component": text.of("value.component", most), "effect": clear[most].middle(text)}
        parts.append(text("value.found.cross_part", name=effects.name(code), **told))
    return text("value.found.cross", parts=text("common.semicolon").join(parts))


def _zeros(effects: ToldEffects, text: Translator) -> Paragraph | None:
    """Name every component whose range holds zero, for both partners and third countries alike."""
    parts = []
    for code in (*effects.partners, THIRD):
        names = [text.of("value.component", c) for c in COMPONENTS if (e := effects(code, c)) and e.has_zero]
        if names:
            parts.append(text("value.zero_of", name=effects.name(code), components=text.list(names)))
    return Paragraph(text("value.zero", parts=text("common.semicolon").join(parts))) if parts else None


def _third(effects: ToldEffects, text: Translator) -> Figure | None:
    """Draw the third countries that gain and lose most from aligning, with the number of all of them."""
    each = effects.third_countries("coordination")
    if not each:
        return None
    codes = list(each)
    shown = codes if len(codes) <= 2 * SHOWN_THIRD else [*codes[:SHOWN_THIRD], *codes[-SHOWN_THIRD:]]
    series = text("common.third")
    every = pd.DataFrame(
        [
            {
                "row": effects.name(c),
                "series": series,
                "low": each[c].low,
                "central": each[c].central,
                "high": each[c].high,
            }
            for c in codes
        ]
    )
    frame = every[every["row"].isin([effects.name(c) for c in shown])]
    drawing = intervals(frame, {series: "third"}, _scale(text))
    signs = [e.sign() for e in each.values()]
    counts = {"gain": text("value.gain", n=signs.count(1)), "lose": text("value.lose", n=signs.count(-1))}
    return Figure(
        name="value-third",
        title=text("value.third_title", unclear=text("value.unclear", n=signs.count(0)), **counts),
        alt=text("value.third_alt", n=len(shown)),
        option=drawing.option,
        twin=_twin(every.drop(columns="series"), text, "economy"),
        source=with_zeros(text("value.third_source", year=effects.deadline, n=len(codes)), drawing.below, text),
        height=drawing.height,
    )


def _gaining(section: ValueSection, effects: ToldEffects, findings: Findings, text: Translator) -> Figure | None:
    """Draw the sectors that gain and lose by aligning, in money; where incomes are unknown, output under both plans."""
    trade = findings.get(TradeSection)
    found = sectors(section, trade.income_musd, section.sector_names, text) if trade is not None else None
    return found if found is not None else _sectors(section, effects, text)


def _sectors(section: ValueSection, effects: ToldEffects, text: Translator) -> Figure | None:
    """Draw the sectors that gain and lose most under both plans aligned, both partners in each row."""
    chosen, furthest = section.sectors.rows, dict[str, float]()
    for row in chosen:
        furthest[row.sector] = max(row.median, furthest.get(row.sector, row.median), key=abs)
    if not furthest:
        return None
    every = sorted(furthest, key=lambda sector: -furthest[sector])
    order = every
    if len(order) > 2 * SHOWN_SECTORS:
        order = [*order[:SHOWN_SECTORS], *order[-SHOWN_SECTORS:]]
    names = section.sector_names
    frame = _sector_frame(chosen, order, names, effects, text)
    drawing = intervals(frame, sided([effects.name(p) for p in effects.partners]), _scale(text))
    return Figure(
        name="value-sectors",
        title=text(
            "value.sector_title" if furthest[order[-1]] < 0 else "value.sector_title_rise",
            best=text.named(names.get(order[0], {}), order[0]),
            worst=text.named(names.get(order[-1], {}), order[-1]),
        ),
        alt=text("value.sector_alt", n=len(order)),
        option=drawing.option,
        twin=_twin(_sector_frame(chosen, every, names, effects, text), text, "sector", "economy"),
        source=with_zeros(text("value.sector_source", year=effects.deadline), drawing.below, text),
        height=drawing.height,
    )


def _sector_frame(
    chosen: Sequence[SectorRow], order: Sequence[str], names: Names, effects: ToldEffects, text: Translator
) -> pd.DataFrame:
    rows = []
    for sector in order:
        name = text.named(names.get(sector, {}), sector)
        for code in effects.partners:
            rows += [
                {"row": name, "series": effects.name(code), "low": r.low, "central": r.median, "high": r.high}
                for r in chosen
                if (r.sector, r.economy) == (sector, code)
            ]
    return pd.DataFrame(rows)


def _table(effects: ToldEffects, text: Translator) -> Grid:
    """Set every component beside the other for both years."""
    years = [effects.deadline, *([effects.review] if effects.review != effects.deadline else [])]
    codes = (*effects.partners, THIRD)
    columns = [text("value.column.component"), *map(effects.name, codes)]
    rows = []
    for component in COMPONENTS:
        for year in years:
            found = [effects(code, component, year) for code in codes]
            if any(found):
                cells = [effect.both(text) if effect else "–" for effect in found]
                name = text("value.in_year", part=text.of("value.component", component), year=year)
                rows.append([name, *cells])
    return Grid(
        title=text("value.table"),
        columns=columns,
        rows=rows,
        numeric=tuple(range(1, 1 + len(codes))),
        source=text("value.source", year=text.list(list(map(str, years)))),
        csv="effects",
    )


def _scale(text: Translator) -> Scale:
    unit = text.percent(0, 0).removeprefix("0")
    return Scale(unit)


def _twin(frame: pd.DataFrame, text: Translator, *labels: str) -> pd.DataFrame:
    names = ["row", "series"][: len(labels)]
    heads = dict(zip(names, (text.of("value.column", label) for label in labels), strict=True))
    return frame.rename(columns=heads | {c: text.of("value.column", c) for c in ("low", "central", "high")})
