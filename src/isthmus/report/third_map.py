"""Third economies on a map of the world: who gains, who loses, for whom the sign cannot be told, and how much."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from isthmus.report.blocks import Figure
from isthmus.report.chart_frame import Scale
from isthmus.report.charts_place import mark_map
from isthmus.report.effects import ToldEffect
from isthmus.report.land import places
from isthmus.report.locale import Translator, decimals
from isthmus.report.palette import DIVERGING
from isthmus.report.wording import with_prices
from isthmus.study.trade import ThirdRow, TradeSection

LOOKS = {
    "gain_more": ("up", DIVERGING[-1]),
    "gain_less": ("up", DIVERGING[-2]),
    "untold": ("circle", "card"),
    "loss_less": ("down", DIVERGING[1]),
    "loss_more": ("down", DIVERGING[0]),
}
"""Symbol and colour of a class of economies; both leave the middle in both directions."""
PARTNER = ("square", "joint")
LABELLED, STRONG = 5, 75
"""Economies named on the map, and the percentile of signed effects from which one counts as strong."""
PARTNER_SIZE = 0.12
"""Size of a partner's mark as a share of the largest."""


def third_map(
    rows: Sequence[ThirdRow], ranges: Mapping[str, ToldEffect], section: TradeSection, text: Translator
) -> Figure | None:
    """Draw third economies at their places; those without a place, such as groups, are named in the source line.

    Parameters
    ----------
    rows
        Effects of the joint measures of both plans, one row an economy.
    ranges
        Net effect by economy with its range, percent of real income, partners included; an economy without one is left out.
    """
    at = places()
    known = [row for row in rows if row.economy in ranges]
    placed = [row for row in known if row.economy in at]
    if not placed:
        return None
    strong = _strong([ranges[row.economy] for row in known])
    names = {code: text.named(section.economy_names.get(code, {}), code) for code in (*section.partners, *ranges)}
    groups = {
        name: text.of("trade.map_class", name, value=text.percent(strong, decimals(strong))) for name in LOOKS
    } | {"partner": text("trade.map_partners")}
    frame = _marks(placed, ranges, names, groups, strong, section, text)
    looks = {groups[name]: look for name, look in {**LOOKS, "partner": PARTNER}.items()}
    drawing = mark_map(frame, looks, Scale(text.percent(0, 0).removeprefix("0"), None))
    twin = pd.DataFrame([_line(row, ranges[row.economy], names, text) for row in known])
    by_share = max(known, key=lambda row: abs(ranges[row.economy].central))
    by_money = max(known, key=lambda row: abs(row.real_income_musd))
    return Figure(
        name="trade-third-map",
        title=text(
            "trade.map",
            share=names[by_share.economy],
            effect=ranges[by_share.economy].middle(text),
            money=names[by_money.economy],
            amount=text.million_usd(by_money.real_income_musd),
        ),
        alt=text("trade.map_alt", n=len(placed)),
        option=drawing.option,
        twin=twin.rename(columns={c: text.of("trade.column", c) for c in twin.columns}),
        source=with_prices(
            text("trade.map_source", deadline=section.deadline, elsewhere=_elsewhere(known, at, names, text)),
            section.price_year,
            text,
        ),
        height=drawing.height,
    )


def _strong(effects: Sequence[ToldEffect]) -> float:
    """Return from which size on an effect is drawn dark, one figure that counts, percent."""
    told = [abs(effect.central) for effect in effects if effect.sign()]
    return float(f"{np.percentile(told, STRONG):.0e}") if told else 0.0


def _class(effect: ToldEffect, strong: float) -> str:
    if not effect.sign():
        return "untold"
    return ("gain" if effect.sign() > 0 else "loss") + ("_more" if abs(effect.central) >= strong else "_less")


def _marks(
    placed: Sequence[ThirdRow],
    ranges: Mapping[str, ToldEffect],
    names: Mapping[str, str],
    groups: Mapping[str, str],
    strong: float,
    section: TradeSection,
    text: Translator,
) -> pd.DataFrame:
    """Return the marks as `mark_map` takes them; the largest in money and in percent carry name and money."""
    at, most = places(), max(abs(row.real_income_musd) for row in placed)
    by_share = max(placed, key=lambda r: abs(ranges[r.economy].central))
    by_money = sorted(placed, key=lambda r: -abs(r.real_income_musd))[:LABELLED]
    named = {
        row.economy: text.number(text.tabled(row.real_income_musd), 0, signed=True) for row in (by_share, *by_money)
    }
    rows = [
        {
            "code": row.economy,
            "series": groups[_class(ranges[row.economy], strong)],
            "size": abs(row.real_income_musd),
            "label": f"{names[row.economy]} {named[row.economy]}" if row.economy in named else "",
        }
        for row in sorted(placed, key=lambda r: (r is not by_share, -abs(r.real_income_musd)))
    ]
    rows += [
        {"code": p, "series": groups["partner"], "size": PARTNER_SIZE * most, "label": names[p]}
        for p in section.partners
        if p in at and p in ranges
    ]
    frame = pd.DataFrame(rows)
    return frame.assign(
        name=frame["code"].map(names),
        lon=[at[code][0] for code in frame["code"]],
        lat=[at[code][1] for code in frame["code"]],
        value=[ranges[code].central for code in frame["code"]],
    )


def _line(row: ThirdRow, effect: ToldEffect, names: Mapping[str, str], text: Translator) -> dict[str, str | float]:
    return {
        "economy": names[row.economy],
        "gain_pct": effect.central,
        "low": effect.low,
        "high": effect.high,
        "musd": text.tabled(row.real_income_musd),
    }


def _elsewhere(
    known: Sequence[ThirdRow], at: Mapping[str, tuple[float, float]], names: Mapping[str, str], text: Translator
) -> str:
    """Name the economies that have no place on the map with their amounts."""
    left = sorted((r for r in known if r.economy not in at), key=lambda r: -abs(r.real_income_musd))
    if not left:
        return ""
    told = [
        text("trade.map_one", name=names[row.economy], amount=text.million_usd(row.real_income_musd)) for row in left
    ]
    return text("trade.map_elsewhere", economies=text.list(told))
