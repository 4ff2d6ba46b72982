"""What surrounds the data of a chart: axes with room for numbers, rows, legend, lines and stretches that are pointed out."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

SHAPES = ("circle", "diamond", "square", "triangle")
LEGEND_ICONS = {"circle": "circle", "diamond": "diamond", "square": "rect", "triangle": "triangle"}


@dataclass(frozen=True)
class Drawing:
    """An ECharts option and the height in pixels on a wide and on a narrow screen, as `Figure` takes them.

    `below` is the size under which a range is written as 0, None where no range but one of nothing is.
    """

    option: dict[str, Any]
    height: tuple[int, int]
    below: float | None = None


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

    def spec(self, **more: object) -> dict[str, Any]:
        """Return the formatter the page knows."""
        return {"$format": "number", "digits": self.digits, "signed": self.signed, "unit": self.unit, **more}


@dataclass(frozen=True)
class Mark:
    """A stretch of the value axis that is pointed out, for example a stated claim; `label` names it."""

    low: float
    high: float
    label: str


def written(scale: Scale) -> dict[str, Any]:
    """Return how a drawing writes its numbers; the unit stands on the axis."""
    return {"digits": scale.digits, "signed": scale.signed, "unit": ""}


def legend(names: Sequence[str], *, shapes: bool = False) -> dict[str, Any]:
    """Return a legend at the top left, hidden where there is one name only."""
    icons = [LEGEND_ICONS[SHAPES[k % len(SHAPES)]] if shapes else "rect" for k in range(len(names))]
    data = [{"name": name, "icon": icon} for name, icon in zip(names, icons, strict=True)]
    return {
        "show": len(names) > 1,
        "top": 0,
        "left": 0,
        "data": data,
        "selectedMode": False,
        "itemWidth": 14,
        "itemHeight": 14,
    }


def grid(*, legend: bool, marks: bool) -> dict[str, Any]:
    """Return the plotting area, below a legend and the names of marks where there are such."""
    return {"left": 4, "right": 20, "top": 12 + 28 * legend + 22 * marks, "bottom": 4}


def value_axis(scale: Scale, *, log: bool = False) -> dict[str, Any]:
    """Return a value axis whose numbers have as many decimals as they need; the last one ends at the axis, never beyond."""
    formatter = scale.spec(trim=True) | {"digits": 6}
    return {"type": "log" if log else "value", "axisLabel": {"formatter": formatter, "alignMaxLabel": "right"}}


def ends_of(*frames: pd.DataFrame) -> tuple[float, float]:
    """Return the lowest low and the highest high of all frames: what charts that stand for comparison have room for."""
    return min(float(frame["low"].min()) for frame in frames), max(float(frame["high"].max()) for frame in frames)


def room(low: float, high: float, marks: Sequence[Mark], *, log: bool = False) -> dict[str, Any]:
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


def row_axis(rows: Sequence[str]) -> dict[str, Any]:
    """Return the axis of rows, the first one on top."""
    return {
        "type": "category",
        "inverse": True,
        "data": list(rows),
        "axisLine": {"show": False, "onZero": False},
        "axisLabel": {"interval": 0, "width": 230, "overflow": "break"},
        "splitLine": {"show": True, "lineStyle": {"color": "hair"}},
    }


def reference(marks: Sequence[Mark], *, vertical: bool = False, zero: bool = True) -> dict[str, Any]:
    """Return the line at zero and the stretches pointed out, as parts of a series."""
    axis = "yAxis" if vertical else "xAxis"
    parts: dict[str, Any] = {"markLine": lines_at([(0.0, "")], axis)} if zero else {}
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


def lines_at(places: Sequence[tuple[float, str]], axis: str = "xAxis") -> dict[str, Any]:
    """Return lines across the chart at values, each with its name or none."""
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


def height_of(rows: int, per_row: int, *, legend: bool) -> tuple[int, int]:
    """Return heights that leave each range its line, and on a narrow screen a line for the row's label above it."""
    frame = 56 + 30 * legend
    return frame + rows * max(28, 8 + 21 * per_row), frame + 20 + rows * (24 + 24 * per_row)
