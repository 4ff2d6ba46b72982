"""Chart options from tidy tables: every builder returns plain data for ECharts and the heights it needs on both screens.

Colours are names of `report.palette`. Numbers are formatted in the page by ``{"$format": "number", ...}``, so that signs and
separators fit the language. Custom series name a drawing of ``page.js``: ``interval``, ``step`` or ``band``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from isthmus.report.chart_frame import (
    LEGEND_ICONS,
    SHAPES,
    Drawing,
    Mark,
    Scale,
    ends_of,
    grid,
    height_of,
    legend,
    lines_at,
    reference,
    room,
    row_axis,
    value_axis,
    written,
)
from isthmus.report.embed import records
from isthmus.report.locale import NOTHING, decimals
from isthmus.report.palette import DIVERGING, SERIES


def intervals(
    frame: pd.DataFrame,
    colours: Mapping[str, str],
    scale: Scale,
    *,
    marks: Sequence[Mark] = (),
    log: bool = False,
    ends: tuple[float, float] | None = None,
) -> Drawing:
    """Draw ranges with their central value, one row a category, the series of a row one below the other.

    Parameters
    ----------
    frame
        Columns row, series, low, central, high; rows keep their order of appearance.
    colours
        Palette name of each series, in the order in which series stand.
    scale
        How values are written; both ends of each range are written beside it. Without digits each series takes what its
        largest value needs, so that figures of one kind have one number of digits.
    marks
        Stretches of the axis to point out.
    log
        Whether the axis is logarithmic.
    ends
        Lowest and highest value that the axis has room for (`ends_of`), so that charts to be compared share it.
    """
    rows, present = _distinct(frame["row"]), set(_distinct(frame["series"]))
    names = [name for name in colours if name in present]
    low, high = ends or ends_of(frame)
    series: list[dict[str, Any]] = []
    shifts = _shifts(frame, names)
    for k, name in enumerate(names):
        part = frame[frame["series"] == name]
        own = scale if scale.digits is not None else replace(scale, digits=decimals(*part["low"], *part["high"]))
        data = [
            [rows.index(r["row"]), r["low"], r["central"], r["high"], shifts[r["row"]][name], r["row"]]
            for r in records(part)
        ]
        series.append(
            {
                "type": "custom",
                "name": name,
                "renderItem": "interval",
                "itemPayload": {**written(own), "shape": SHAPES[k % len(SHAPES)]},
                "color": colours[name],
                "itemStyle": {"color": colours[name]},
                "encode": {"x": [1, 2, 3], "y": 0},
                "data": data,
                "clip": False,
                "tooltip": {"formatter": own.spec() | {"$format": "interval"}},
            }
        )
    if series:
        series[0] |= reference(marks, zero=not log)
    return Drawing(
        {
            "tooltip": {"trigger": "item"},
            "legend": legend(names, shapes=True),
            "grid": grid(legend=len(names) > 1, marks=bool(marks)),
            "xAxis": value_axis(scale, log=log) | room(low, high, marks, log=log),
            "yAxis": row_axis(rows),
            "series": series,
        },
        height_of(len(rows), max(map(len, shifts.values()), default=1), legend=len(names) > 1),
        _written_as_nothing(series),
    )


def _written_as_nothing(series: Sequence[Mapping[str, Any]]) -> float | None:
    """Return the size below which ranges are written as 0, None where none is that is more than nothing."""
    halves = (
        (0.5 * 10.0 ** -one["itemPayload"]["digits"], max(abs(low), abs(high)))
        for one in series
        for _, low, _, high, *_ in one["data"]
    )
    return max((half for half, size in halves if NOTHING <= size < half), default=None)


def _shifts(frame: pd.DataFrame, names: Sequence[str]) -> dict[str, dict[str, float]]:
    """Return by row and series how far from the row's middle a range lies, as a share of the row: only those it has count."""
    shifts = {}
    for row, part in frame.groupby("row", sort=False):
        present = [name for name in names if name in set(part["series"])]
        shifts[str(row)] = {name: (k - (len(present) - 1) / 2) / len(present) for k, name in enumerate(present)}
    return shifts


def waterfall(
    frame: pd.DataFrame,
    colours: Mapping[str, str],
    scale: Scale,
    *,
    marks: Sequence[Mark] = (),
    ends: tuple[float, float] = (0.0, 0.0),
) -> Drawing:
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
    ends
        Lowest and highest value that the axis has room for besides its own, so that charts to be compared share it.
    """
    rows, groups = list(map(str, frame["row"])), _distinct(frame["group"])
    reached, steps = 0.0, []
    for i, r in enumerate(records(frame)):
        start = 0.0 if r.get("total", False) else reached
        reached = start + r["central"]
        steps.append((r["group"], [i, start, reached, start + r["low"], start + r["high"], r["central"], r["row"]]))
    reach = [*ends, *(value for _, step in steps for value in step[1:5])]
    series: list[dict[str, Any]] = [
        {
            "type": "custom",
            "name": group,
            "renderItem": "step",
            "itemPayload": written(scale),
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
        series[0] |= reference(marks)
    return Drawing(
        {
            "tooltip": {"trigger": "item"},
            "legend": legend(groups),
            "grid": grid(legend=len(groups) > 1, marks=bool(marks)),
            "xAxis": value_axis(Scale(scale.unit, scale.digits, signed=False)) | room(min(reach), max(reach), marks),
            "yAxis": row_axis(rows),
            "series": series,
        },
        height_of(len(rows), 1, legend=len(groups) > 1),
    )


def heatmap(frame: pd.DataFrame, scale: Scale, *, diverging: bool = True) -> Drawing:
    """Draw a matrix of values, each written in its cell; a diverging scale is centred on zero.

    Parameters
    ----------
    frame
        Columns x, y, value; an empty value leaves its cell empty. An optional column opens names the folded part of the
        page that a click on the cell opens; one of shade is what the colour tells, else the value.
    scale
        How values are written.
    diverging
        Whether values run both ways from zero.
    """
    frame = frame if "shade" in frame else frame.assign(shade=frame["value"])
    xs, ys = _distinct(frame["x"]), _distinct(frame["y"])
    most = float(frame["shade"].abs().max()) or 1.0
    colours = list(DIVERGING if diverging else DIVERGING[3:])
    data = [
        {
            "name": f"{r['y']} · {r['x']}",
            "value": [xs.index(r["x"]), ys.index(r["y"]), r["value"], r["shade"]],
            "label": {"color": "card" if abs(r["shade"]) > 0.7 * most else "ink"},
            **({"opens": r["opens"]} if "opens" in r else {}),
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
                "dimension": 3,
                "min": -most if diverging else 0,
                "max": most,
                "inRange": {"color": colours},
            },
            "series": [
                {
                    "type": "heatmap",
                    "data": data,
                    "label": {"show": True, "formatter": scale.spec(at=2), "color": "ink"},
                    "itemStyle": {"borderColor": "card", "borderWidth": 2},
                }
            ],
        },
        (46 + 32 * len(ys), 70 + 44 * len(ys)),
    )


def stacked(
    frame: pd.DataFrame,
    scale: Scale,
    *,
    colours: Mapping[str, str] | None = None,
    ends: tuple[float, float] | None = None,
) -> Drawing:
    """Draw parts of a whole side by side, negative parts to the left of zero; patterns tell the parts apart as well.

    Parameters
    ----------
    frame
        Columns row, series, value.
    scale
        How values are written.
    colours
        Palette name of each series; else the palette's series in order.
    ends
        Lowest and highest whole that the axis has room for, so that charts to be compared share it.
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
        series[0] |= reference(())
    return Drawing(
        {
            "aria": {"enabled": True, "label": {"enabled": False}, "decal": {"show": True}},
            "tooltip": {"trigger": "item", "valueFormatter": scale.spec()},
            "legend": legend(names),
            "grid": grid(legend=True, marks=False),
            "xAxis": value_axis(scale) | (room(*ends, ()) if ends else {}),
            "yAxis": row_axis(rows),
            "series": series,
        },
        height_of(len(rows), 1, legend=True),
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
            series.append(_band(name, colours[name], part))
        series.append(_line(name, colours[name], part, k))
    if series:
        series[-1] |= reference(marks, vertical=True)
    return Drawing(
        {
            "tooltip": {"trigger": "axis", "formatter": scale.spec() | {"$format": "years"}},
            "legend": legend(names, shapes=True),
            "grid": grid(legend=len(names) > 1, marks=False),
            "xAxis": {"type": "category", "data": list(map(str, years)), "boundaryGap": False},
            "yAxis": value_axis(scale),
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
        "markLine": lines_at([(100.0, words["target"])]),
    }
    option = done.option | {
        "legend": {
            **legend([words["done"], words["required"]]),
            "data": [{"name": words["done"], "icon": "circle"}, {"name": words["required"], "icon": "rect"}],
        },
        "grid": grid(legend=True, marks=True),
        "series": [*done.option["series"], required],
    }
    return Drawing(option, height_of(len(rows), 1, legend=True))


def _band(name: str, colour: str, part: pd.DataFrame) -> dict[str, Any]:
    """Return the range around a line; `part` is indexed by year."""
    points = [[str(year), low, high] for year, low, high in zip(part.index, part["low"], part["high"], strict=True)]
    return {
        "type": "custom",
        "name": name,
        "renderItem": "band",
        "itemPayload": {"points": points},
        "color": colour,
        "itemStyle": {"color": colour},
        "encode": {"x": 0, "y": [1, 2]},
        "data": points,
        "silent": True,
    }


def _line(name: str, colour: str, part: pd.DataFrame, position: int) -> dict[str, Any]:
    """Return one line with a symbol and a dash of its own; `part` is indexed by year."""
    return {
        "type": "line",
        "name": name,
        "symbol": LEGEND_ICONS[SHAPES[position % len(SHAPES)]],
        "symbolSize": 8,
        "color": colour,
        "lineStyle": {"color": colour, "width": 2, "type": ("solid", "dashed", "dotted")[position % 3]},
        "itemStyle": {"color": colour},
        "data": [None if pd.isna(value) else float(value) for value in part["central"]],
    }


def _distinct(column: "pd.Series[Any]") -> list[str]:
    return list(dict.fromkeys(map(str, column)))
