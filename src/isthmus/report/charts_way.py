"""Charts of ways: time along the kilometres of a journey."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from isthmus.report.chart_frame import LEGEND_ICONS, SHAPES, Drawing, Scale, grid, legend, value_axis
from isthmus.report.embed import records

DASHES = ("solid", "dashed", "dotted")


def journeys(
    frame: pd.DataFrame, colours: Mapping[str, str], across: Scale, up: Scale, names: Sequence[str]
) -> Drawing:
    """Draw how time or cost grows along each journey; steep stretches are crossings and terminals.

    Parameters
    ----------
    frame
        Columns series, km, value and place (what is reached there), in the order of the journey.
    colours
        Palette name of each series.
    across, up
        How kilometres and values are written.
    names
        Names of the axis of kilometres and of the axis of values.
    """
    series = list(dict.fromkeys(map(str, frame["series"])))
    return Drawing(
        {
            "tooltip": {"trigger": "item"},
            "legend": legend(series, shapes=True),
            "grid": {**grid(legend=len(series) > 1, marks=True), "bottom": 56},
            "xAxis": _named(across, names[0]),
            "yAxis": _named(up, names[1]) | {"nameLocation": "end", "nameGap": 12, "nameTextStyle": {"align": "left"}},
            "series": [
                _journey(name, k, frame[frame["series"] == name], colours[name]) for k, name in enumerate(series)
            ],
        },
        (360, 440),
    )


def _named(scale: Scale, name: str) -> dict[str, Any]:
    return value_axis(scale) | {"name": name, "nameLocation": "middle", "nameGap": 30}


def _journey(name: str, k: int, part: pd.DataFrame, colour: str) -> dict[str, Any]:
    return {
        "type": "line",
        "name": name,
        "symbol": LEGEND_ICONS[SHAPES[k % len(SHAPES)]],
        "symbolSize": 7,
        "color": colour,
        "lineStyle": {"color": colour, "width": 2, "type": DASHES[k % len(DASHES)]},
        "data": [{"name": r["place"], "value": [r["km"], r["value"]]} for r in records(part)],
        "tooltip": {"formatter": "{a}: {b}"},
    }
