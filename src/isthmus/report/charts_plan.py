"""Charts for choosing and timing: when each project is built and used, and what one side gains where the other gains more."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from isthmus.report.chart_frame import (
    LEGEND_ICONS,
    SHAPES,
    Drawing,
    Scale,
    grid,
    height_of,
    legend,
    lines_at,
    row_axis,
    value_axis,
)
from isthmus.report.embed import records


@dataclass(frozen=True, kw_only=True)
class Axis:
    """A value axis: its name with unit, and how its values are written."""

    name: str
    scale: Scale


def gantt(frame: pd.DataFrame, colours: Mapping[str, str], *, deadline: int | None = None, label: str = "") -> Drawing:
    """Draw what happens when: one row a project, one bar for each of its stretches of years.

    Parameters
    ----------
    frame
        Columns row, series (for example being built, in use), start and end (years; a bar runs to the end of `end`), and an
        optional column words, written behind the row's last bar (for example what the project is worth).
    colours
        Palette name of each series; a series after the first is drawn paler with an outline, so that colour is never alone.
    deadline
        Year whose end is marked by a line across the chart.
    label
        Name of that line.
    """
    rows, names = list(dict.fromkeys(map(str, frame["row"]))), list(dict.fromkeys(map(str, frame["series"])))
    first, last = int(frame["start"].min()), int(frame["end"].max()) + 1
    series = [_spans(name, k, frame[frame["series"] == name], rows, colours[name]) for k, name in enumerate(names)]
    if series and deadline is not None:
        series[0]["markLine"] = lines_at([(deadline + 1, label)])
    room = 0.0 if "words" not in frame else 0.3 * (last - first)
    years = {"$format": "number", "digits": 0, "signed": False, "unit": "", "plain": True}
    step = max(1, round((last - first + room) / 8))
    told = list(range(first, last, step))
    return Drawing(
        {
            "tooltip": {"trigger": "item"},
            "legend": legend(names),
            "grid": grid(legend=len(names) > 1, marks=bool(label)),
            "xAxis": {
                "type": "value",
                "min": first,
                "max": last + round(room),
                "interval": step,
                "axisLabel": {"formatter": years, "customValues": told},
                "axisTick": {"show": True, "customValues": told},
                "splitLine": {"show": False},
            },
            "yAxis": row_axis(rows),
            "series": series,
        },
        height_of(len(rows), 1, legend=len(names) > 1),
    )


def plane(frame: pd.DataFrame, colours: Mapping[str, str], x: Axis, y: Axis) -> Drawing:
    """Draw points by two values, for example what two sides gain; a joined series is a frontier.

    Parameters
    ----------
    frame
        Columns series, x, y, label (written beside the point, may be empty) and joined (true where the series' points are
        joined by a line in the order of x). Optional columns x_low, x_high, y_low, y_high draw a range as a cross.
    colours
        Palette name of each series.
    x, y
        The two axes.
    """
    names = list(dict.fromkeys(map(str, frame["series"])))
    series: list[dict[str, Any]] = []
    for k, name in enumerate(names):
        part = frame[frame["series"] == name].sort_values("x")
        if {"x_low", "x_high", "y_low", "y_high"} <= set(part.columns):
            series.append(_crosses(name, part, colours[name]))
        series.append(_dots(name, k, part, colours[name], y.scale))
    if series:
        series[-1]["markLine"] = lines_at([(0.0, "")])
        series[-1]["markLine"]["data"].append({"yAxis": 0.0, "label": {"show": False}})
    return Drawing(
        {
            "tooltip": {"trigger": "item", "formatter": {"$format": "pair", "x": x.scale.spec(), "y": y.scale.spec()}},
            "legend": legend(names, shapes=True),
            "grid": {"left": 8, "right": 28, "top": 40 + 28 * (len(names) > 1), "bottom": 34},
            "xAxis": value_axis(x.scale) | {"name": x.name, "nameLocation": "middle", "nameGap": 32},
            "yAxis": value_axis(y.scale) | {"name": y.name, "nameLocation": "end", "nameTextStyle": {"align": "left"}},
            "series": series,
        },
        (440, 480),
    )


def _spans(name: str, k: int, part: pd.DataFrame, rows: list[str], colour: str) -> dict[str, Any]:
    return {
        "type": "custom",
        "name": name,
        "renderItem": "span",
        "itemPayload": {"pale": k > 0, "words": _words(part)},
        "color": colour,
        "itemStyle": {"color": colour},
        "encode": {"x": [1, 2], "y": 0},
        "clip": False,
        "tooltip": {"formatter": {"$format": "span"}},
        "data": [
            [rows.index(r["row"]), r["start"], r["end"] + 1, str(r.get("words") or ""), r["row"]] for r in records(part)
        ],
    }


def _words(part: pd.DataFrame) -> list[str]:
    return [str(r.get("words") or "") for r in records(part)]


def _dots(name: str, k: int, part: pd.DataFrame, colour: str, scale: Scale) -> dict[str, Any]:
    joined = bool(part["joined"].any())
    return {
        "type": "line" if joined else "scatter",
        "name": name,
        "symbol": LEGEND_ICONS[SHAPES[k % len(SHAPES)]],
        "symbolSize": 10,
        "color": colour,
        "itemStyle": {"color": colour},
        "lineStyle": {"color": colour, "width": 2},
        "label": {"show": True, "position": "left", "distance": 8, "formatter": "{b}", "color": "ink"},
        "labelLayout": {"hideOverlap": True},
        "data": [{"name": r["label"], "value": [r["x"], r["y"]]} for r in records(part)],
    }


def _crosses(name: str, part: pd.DataFrame, colour: str) -> dict[str, Any]:
    """Return the ranges of both values of each point."""
    return {
        "type": "custom",
        "name": name,
        "renderItem": "cross",
        "color": colour,
        "itemStyle": {"color": colour},
        "silent": True,
        "encode": {"x": [0, 2, 3], "y": [1, 4, 5]},
        "data": [[r["x"], r["y"], r["x_low"], r["x_high"], r["y_low"], r["y_high"]] for r in records(part)],
    }
