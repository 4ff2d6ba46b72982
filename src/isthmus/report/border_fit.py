"""How far standards and protocols of a pair fit; the frame of every chart of the border's chapter, and its largest causes."""

import pandas as pd

from isthmus.report.blocks import Block, Cell, Figure, Grid
from isthmus.report.border_claims import ends
from isthmus.report.chart_frame import Drawing, Scale
from isthmus.report.charts import heatmap, intervals
from isthmus.report.locale import Translator
from isthmus.study.border import BorderSection
from isthmus.study.border_tables import CompatibilityRow

FITS = ("technical", "conformity", "index")
SHOWN = 5
"""Causes that stand in a bar of their own."""


def fit(section: BorderSection, text: Translator) -> list[Block]:
    """Show how far standards fit: a heatmap from catalogues, ranges where only shares are known."""
    points, first = section.pairs[0].compatibility_basis != "bounds", section.compatibility.rows[0]
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
    sources += "" if points else text("common.space") + text("border.bound_note")
    bounds = text("border.fit_bounds", range=ends(first.index_low, first.index_high, text))
    title = text("border.fit_points") if points else bounds
    return [figure("border-fit", title, text("border.fit_alt"), drawing, twin_of(twin, text), sources)]


def _fits(row: CompatibilityRow) -> dict[str, tuple[float, float, float]]:
    """Return low, central and high of the technical match, of conformity and of the index."""
    return {
        "technical": (row.technical_low, row.technical_central, row.technical_high),
        "conformity": (row.conformity_low, row.conformity_central, row.conformity_high),
        "index": (row.index_low, row.index_central, row.index_high),
    }


def protocols(section: BorderSection, text: Translator) -> Grid:
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


def figure(name: str, title: str, alt: str, drawing: Drawing, twin: pd.DataFrame, source: str) -> Figure:
    """Return a chart of this chapter."""
    return Figure(
        name=name, title=title, alt=alt, option=drawing.option, twin=twin, source=source, height=drawing.height
    )


def twin_of(frame: pd.DataFrame, text: Translator) -> pd.DataFrame:
    """Return the table beside a chart with headings in the language."""
    headings = [text.of("border.column", str(c)) if text.has(f"border.column.{c}") else str(c) for c in frame.columns]
    return frame.set_axis(pd.Index(headings), axis="columns")


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
