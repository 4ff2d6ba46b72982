"""Chart options from tidy tables: every builder returns plain data for ECharts and the heights it needs on both screens.

Colours are names of `report.palette`. Numbers are formatted in the page by ``{"$format": "number", ...}``, so that signs and
separators fit the language. Custom series name a drawing of ``page.js``: ``interval``, ``step`` or ``band``.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from isthmus.report.embed import records
from isthmus.report.palette import DIVERGING, SERIES

SHAPES = ("circle", "diamond", "square")
LEGEND_ICONS = {"circle": "circle", "diamond": "diamond", "square": "rect"}


@dataclass(frozen=True)
class Drawing:
    """An ECharts option and the height in pixels on a wide and on a narrow screen, as `Figure` takes them."""

    option: dict[str, Any]
    height: tuple[int, int]


@dataclass(frozen=True)
class Scale:
    """How the values of a chart are written.

    Attributes
    ----------
    unit
        Written after each number; carries its own leading space.
    digits
        Decimals; None lets each range have as many as it needs.
    signed
        Whether a plus sign is shown.
    """

    unit: str = ""
    digits: int | None = None
    signed: bool = True

    def spec(self, **more: Any) -> dict[str, Any]:
        """Return the formatter the page knows."""
        return {"$format": "number", "digits": self.digits, "signed": self.signed, "unit": self.unit, **more}


@dataclass(frozen=True)
class Mark:
    """A stretch of the value axis that is pointed out, for example a stated claim; `label` names it."""

    low: float
    high: float
    label: str


def intervals(
    frame: pd.DataFrame, colours: Mapping[str, str], scale: Scale, *, marks: Sequence[Mark] = (), log: bool = False
) -> Drawing:
    """Draw ranges with their central value, one row a category, the series of a row one below the other.

    Parameters
    ----------
    frame
        Columns row, series, low, central, high; rows and series keep their order of appearance.
    colours
        Palette name of each series.
    scale
        How values are written; both ends of each range are written beside it.
    marks
        Stretches of the axis to point out.
    log
        Whether the axis is logarithmic.
    """
    rows, names = _distinct(frame["row"]), _distinct(frame["series"])
    series = []
    for k, name in enumerate(names):
        shift = (k - (len(names) - 1) / 2) / len(names)
        part = frame[frame["series"] == name]
        data = [[rows.index(r["row"]), r["low"], r["central"], r["high"], shift, r["row"]] for r in records(part)]
        series.append(
            {
                "type": "custom",
                "name": name,
                "renderItem": "interval",
                "itemPayload": {**_how(scale), "shape": SHAPES[k % len(SHAPES)]},
                "color": colours[name],
                "itemStyle": {"color": colours[name]},
                "encode": {"x": [1, 2, 3], "y": 0},
                "data": data,
                "clip": False,
                "tooltip": {"formatter": scale.spec() | {"$format": "interval"}},
            }
        )
    if series:
        series[0] |= _reference(marks)
    return Drawing(
        {
            "tooltip": {"trigger": "item"},
            "legend": _legend(names, shapes=True),
            "grid": _grid(legend=len(names) > 1, marks=bool(marks)),
            "xAxis": _value_axis(scale, log=log) | _room(frame["low"].min(), frame["high"].max(), marks, log=log),
            "yAxis": _rows(rows),
            "series": series,
        },
        _height(len(rows), len(names), legend=len(names) > 1),
    )


def waterfall(frame: pd.DataFrame, colours: Mapping[str, str], scale: Scale, *, marks: Sequence[Mark] = ()) -> Drawing:
    """Draw contributions that add up, each with its own range.

    Parameters
    ----------
    frame
        Columns row, group, central, low, high in the order of adding; an optional column total marks rows that start
        again from zero.
    colours
        Palette name of each group.
    scale
        How values are written.
    marks
        Stretches of the axis to point out.
    """
    rows, groups = list(map(str, frame["row"])), _distinct(frame["group"])
    reached, steps = 0.0, []
    for i, r in enumerate(records(frame)):
        start = 0.0 if r.get("total", False) else reached
        reached = start + r["central"]
        steps.append((r["group"], [i, start, reached, start + r["low"], start + r["high"], r["central"], r["row"]]))
    reach = [value for _, step in steps for value in step[1:5]]
    series: list[dict[str, Any]] = [
        {
            "type": "custom",
            "name": group,
            "renderItem": "step",
            "itemPayload": _how(scale),
            "color": colours[group],
            "itemStyle": {"color": colours[group]},
            "encode": {"x": [1, 2, 3, 4], "y": 0},
            "data": [step for owner, step in steps if owner == group],
            "clip": False,
            "tooltip": {"formatter": scale.spec() | {"$format": "step"}},
        }
        for group in groups
    ]
    if series:
        series[0] |= _reference(marks)
    return Drawing(
        {
            "tooltip": {"trigger": "item"},
            "legend": _legend(groups),
            "grid": _grid(legend=len(groups) > 1, marks=bool(marks)),
            "xAxis": _value_axis(Scale(scale.unit, scale.digits, signed=False))
            | _room(min(reach, default=0), max(reach, default=0), marks),
            "yAxis": _rows(rows),
            "series": series,
        },
        _height(len(rows), 1, legend=len(groups) > 1),
    )


def heatmap(frame: pd.DataFrame, scale: Scale, *, diverging: bool = True) -> Drawing:
    """Draw a matrix of values, each written in its cell; a diverging scale is centred on zero.

    Parameters
    ----------
    frame
        Columns x, y, value; an empty value leaves its cell empty.
    scale
        How values are written.
    diverging
        Whether values run both ways from zero.
    """
    xs, ys = _distinct(frame["x"]), _distinct(frame["y"])
    most = float(frame["value"].abs().max()) or 1.0
    colours = list(DIVERGING if diverging else DIVERGING[3:])
    data = [
        {
            "value": [xs.index(r["x"]), ys.index(r["y"]), r["value"]],
            "label": {"color": "card" if abs(r["value"]) > 0.7 * most else "ink"},
        }
        for r in records(frame)
        if pd.notna(r["value"])
    ]
    return Drawing(
        {
            "tooltip": {"trigger": "item", "formatter": scale.spec() | {"$format": "cell"}},
            "grid": {"left": 4, "right": 8, "top": 8, "bottom": 4},
            "xAxis": {"type": "category", "data": xs, "position": "top", "axisLabel": {"interval": 0}},
            "yAxis": {"type": "category", "data": ys, "inverse": True, "axisLabel": {"interval": 0}},
            "visualMap": {
                "show": False,
                "min": -most if diverging else 0,
                "max": most,
                "inRange": {"color": colours},
            },
            "series": [
                {
                    "type": "heatmap",
                    "data": data,
                    "label": {"show": True, "formatter": scale.spec(), "color": "ink"},
                    "itemStyle": {"borderColor": "card", "borderWidth": 2},
                }
            ],
        },
        (60 + 40 * len(ys), 90 + 52 * len(ys)),
    )


def stacked(frame: pd.DataFrame, scale: Scale, *, colours: Mapping[str, str] | None = None) -> Drawing:
    """Draw parts of a whole side by side, negative parts to the left of zero; patterns tell the parts apart as well.

    Parameters
    ----------
    frame
        Columns row, series, value.
    scale
        How values are written.
    colours
        Palette name of each series; else the palette's series in order.
    """
    rows, names = _distinct(frame["row"]), _distinct(frame["series"])
    values = frame.set_index(["series", "row"])["value"]
    series = [
        {
            "type": "bar",
            "stack": "all",
            "name": name,
            "barMaxWidth": 24,
            "itemStyle": {"color": colours[name] if colours else SERIES[k % len(SERIES)]},
            "data": [float(values.get((name, row), 0.0)) for row in rows],
        }
        for k, name in enumerate(names)
    ]
    if series:
        series[0] |= _reference(())
    return Drawing(
        {
            "aria": {"enabled": True, "label": {"enabled": False}, "decal": {"show": True}},
            "tooltip": {"trigger": "item", "valueFormatter": scale.spec()},
            "legend": _legend(names),
            "grid": _grid(legend=True, marks=False),
            "xAxis": _value_axis(scale),
            "yAxis": _rows(rows),
            "series": series,
        },
        _height(len(rows), 1, legend=True),
    )


def lines(frame: pd.DataFrame, colours: Mapping[str, str], scale: Scale, *, marks: Sequence[Mark] = ()) -> Drawing:
    """Draw lines over years with the range around each as a band.

    Parameters
    ----------
    frame
        Columns year, series, central and, where there is a range, low and high; a missing value breaks the line.
    colours
        Palette name of each series.
    scale
        How values are written.
    marks
        Stretches of the value axis to point out.
    """
    years, names = sorted(map(int, frame["year"].unique())), _distinct(frame["series"])
    series: list[dict[str, Any]] = []
    for k, name in enumerate(names):
        part = frame[frame["series"] == name].set_index("year").reindex(years)
        if {"low", "high"} <= set(part.columns):
            points = [[str(y), lo, hi] for y, lo, hi in zip(years, part["low"], part["high"], strict=True)]
            series.append(
                {
                    "type": "custom",
                    "name": name,
                    "renderItem": "band",
                    "itemPayload": {"points": points},
                    "color": colours[name],
                    "itemStyle": {"color": colours[name]},
                    "encode": {"x": 0, "y": [1, 2]},
                    "data": points,
                    "silent": True,
                }
            )
        series.append(
            {
                "type": "line",
                "name": name,
                "symbol": LEGEND_ICONS[SHAPES[k % len(SHAPES)]],
                "symbolSize": 8,
                "color": colours[name],
                "lineStyle": {"color": colours[name], "width": 2, "type": ("solid", "dashed", "dotted")[k % 3]},
                "itemStyle": {"color": colours[name]},
                "data": [None if pd.isna(v) else float(v) for v in part["central"]],
                "tooltip": {"valueFormatter": scale.spec()},
            }
        )
    if series:
        series[-1] |= _reference(marks, vertical=True)
    return Drawing(
        {
            "tooltip": {"trigger": "axis"},
            "legend": _legend(names, shapes=True),
            "grid": _grid(legend=len(names) > 1, marks=False),
            "xAxis": {"type": "category", "data": list(map(str, years)), "boundaryGap": False},
            "yAxis": _value_axis(scale),
            "series": series,
        },
        (340, 420),
    )


def ladder(frame: pd.DataFrame, words: Mapping[str, str], scale: Scale, colour: str) -> Drawing:
    """Draw how far each target has come: where it started is 0, the target 100 % of the way.

    Parameters
    ----------
    frame
        Columns row, required (share of the way that should be done by now, percent), low, central, high (share done or
        projected, percent).
    words
        Names in the language: ``done`` and ``required`` for the legend, ``target`` for the line at 100 %.
    scale
        How values are written.
    colour
        Palette name of the side the targets belong to.
    """
    done = intervals(frame.assign(series=words["done"]), {words["done"]: colour}, scale, marks=())
    rows = done.option["yAxis"]["data"]
    required = {
        "type": "scatter",
        "name": words["required"],
        "symbol": "rect",
        "symbolSize": [4, 22],
        "itemStyle": {"color": "ink"},
        "data": [[r["required"], rows.index(r["row"])] for r in records(frame) if pd.notna(r["required"])],
        "tooltip": {"valueFormatter": scale.spec(at=0)},
        "markLine": _lines_at([(100.0, words["target"])]),
    }
    option = done.option | {
        "legend": {
            **_legend([words["done"], words["required"]]),
            "data": [{"name": words["done"], "icon": "circle"}, {"name": words["required"], "icon": "rect"}],
        },
        "grid": _grid(legend=True, marks=True),
        "series": [*done.option["series"], required],
    }
    return Drawing(option, _height(len(rows), 1, legend=True))


def _distinct(column: "pd.Series[Any]") -> list[str]:
    return list(dict.fromkeys(map(str, column)))


def _how(scale: Scale) -> dict[str, Any]:
    return {"digits": scale.digits, "signed": scale.signed, "unit": ""}


def _legend(names: Sequence[str], *, shapes: bool = False) -> dict[str, Any]:
    icons = [LEGEND_ICONS[SHAPES[k % len(SHAPES)]] if shapes else "rect" for k in range(len(names))]
    data = [{"name": name, "icon": icon} for name, icon in zip(names, icons, strict=True)]
    return {"show": len(names) > 1, "top": 0, "left": 0, "data": data, "selectedMode": False}


def _grid(*, legend: bool, marks: bool) -> dict[str, Any]:
    return {"left": 4, "right": 20, "top": 12 + 28 * legend + 22 * marks, "bottom": 4}


def _value_axis(scale: Scale, *, log: bool = False) -> dict[str, Any]:
    formatter = scale.spec(trim=True) | {"digits": 6}
    return {"type": "log" if log else "value", "axisLabel": {"formatter": formatter}}


def _room(low: float, high: float, marks: Sequence[Mark], *, log: bool = False) -> dict[str, Any]:
    """Return the ends of a value axis: zero, all values and marks inside, and room for the numbers beside the ends."""
    if log:
        return {}
    low, high = min(0.0, low, *(m.low for m in marks)), max(0.0, high, *(m.high for m in marks))
    width = (high - low) or 1.0
    step = _nice(width / 5)
    ends = {
        "min": _floor(low - 0.16 * width, step) if low < 0 else 0,
        "max": -_floor(-high - 0.16 * width, step) if high > 0 else 0,
    }
    return {**ends, "interval": step}


def _nice(width: float) -> float:
    """Return 1, 2 or 5 times a power of ten, at least `width`."""
    power = 10.0 ** math.floor(math.log10(width))
    return next(float(f"{factor * power:.3g}") for factor in (1, 2, 5, 10) if factor * power >= width * 0.999)


def _floor(value: float, step: float) -> float:
    return float(f"{math.floor(value / step) * step:.6g}")


def _rows(rows: Sequence[str]) -> dict[str, Any]:
    return {
        "type": "category",
        "inverse": True,
        "data": list(rows),
        "axisLine": {"show": False, "onZero": False},
        "axisLabel": {"interval": 0, "width": 230, "overflow": "break"},
        "splitLine": {"show": True, "lineStyle": {"color": "hair"}},
    }


def _reference(marks: Sequence[Mark], *, vertical: bool = False) -> dict[str, Any]:
    """Return the line at zero and the stretches pointed out, as parts of a series."""
    axis = "yAxis" if vertical else "xAxis"
    parts: dict[str, Any] = {"markLine": _lines_at([(0.0, "")], axis)}
    if marks:
        parts["markArea"] = {
            "silent": True,
            "itemStyle": {
                "color": "rgba(163,83,31,0.07)",
                "borderColor": "loss",
                "borderType": "dashed",
                "borderWidth": 1,
            },
            "label": {"show": True, "position": "top", "color": "loss", "fontSize": 13},
            "data": [[{"name": m.label, axis: m.low}, {axis: m.high}] for m in marks],
        }
    return parts


def _lines_at(places: Sequence[tuple[float, str]], axis: str = "xAxis") -> dict[str, Any]:
    return {
        "silent": True,
        "symbol": "none",
        "animation": False,
        "lineStyle": {"color": "ink", "type": "solid", "width": 1},
        "data": [
            {axis: at, "label": {"show": bool(label), "formatter": label, "position": "start", "fontSize": 13}}
            for at, label in places
        ],
    }


def _height(rows: int, per_row: int, *, legend: bool) -> tuple[int, int]:
    """Return heights that leave each range its line, and on a narrow screen a line for the row's label above it."""
    frame = 56 + 30 * legend
    return frame + rows * max(36, 12 + 26 * per_row), frame + 40 + rows * (30 + 30 * per_row)
