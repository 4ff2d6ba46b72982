"""Maps: places and what runs between them over land without political boundaries."""

import math
from collections.abc import Mapping

import pandas as pd

from isthmus.report.chart_frame import LEGEND_ICONS, SHAPES, Drawing, Scale, legend
from isthmus.report.embed import records
from isthmus.report.land import land, window_around
from isthmus.report.locale import Translator

THIN, THICK = 1.5, 9.0
"""Widths of an arc in pixels, for the smallest and the largest value."""
DASHES = ("solid", "dashed", "dotted")
NARROW_WIDTH, WIDE_WIDTH = 330, 1050


def route_map(places: pd.DataFrame, arcs: pd.DataFrame, colours: Mapping[str, str], scale: Scale) -> Drawing:
    """Draw places and the arcs between them; a thicker arc carries more.

    Its source line goes through `with_land`.

    Parameters
    ----------
    places
        Columns name, lon, lat, series; optional label (false leaves the name to the tooltip).
    arcs
        Columns name, series, value and path (a list of at least two pairs of longitude and latitude; longitudes may pass 180
        where an arc crosses the date line). May be empty.
    colours
        Palette name of each series of places and arcs.
    scale
        How an arc's value is written.
    """
    ends = [tuple(point) for path in arcs["path"] for point in path] if len(arcs) else []
    window = window_around([*zip(places["lon"], places["lat"], strict=True), *ends])
    middle = math.radians((window.south + window.north) / 2)
    lines = list(dict.fromkeys(map(str, arcs["series"]))) if len(arcs) else []
    groups = list(dict.fromkeys(map(str, places["series"])))
    aspect = (window.north - window.south) / ((window.east - window.west) * math.cos(middle))
    names = [*lines, *groups]
    return Drawing(
        {
            "$land": land(window),
            "tooltip": {"trigger": "item"},
            "legend": legend(names) | {"data": _icons(lines, groups)},
            "geo": {
                "map": "",
                "roam": False,
                "silent": True,
                "top": 40,
                "bottom": 8,
                "left": 8,
                "right": 8,
                "preserveAspect": "contain",
                "aspectScale": round(math.cos(middle), 4),
                "boundingCoords": [[window.west, window.north], [window.east, window.south]],
                "itemStyle": {"color": "land", "borderColor": "shore", "borderWidth": 0.5},
            },
            "series": [
                *(_arcs(name, k, arcs, colours, scale) for k, name in enumerate(lines)),
                *(_places(name, k, places, colours, (window.west + window.east) / 2) for k, name in enumerate(groups)),
            ],
        },
        (_height(aspect, WIDE_WIDTH, 560), _height(aspect, NARROW_WIDTH, 520)),
    )


def with_land(source: str, text: Translator) -> str:
    """Return the source line of a map: where the land comes from, and that no political boundary is shown."""
    return f"{source} {text('common.map_note')}".strip()


def _height(aspect: float, width: int, most: int) -> int:
    return int(min(max(aspect * width, 260), most)) + 48


def _icons(lines: list[str], groups: list[str]) -> list[dict[str, str]]:
    shapes = [{"name": name, "icon": LEGEND_ICONS[SHAPES[k % len(SHAPES)]]} for k, name in enumerate(groups)]
    return [*({"name": name, "icon": "path://M0,4 L20,4 L20,7 L0,7 Z"} for name in lines), *shapes]


def _arcs(name: str, k: int, arcs: pd.DataFrame, colours: Mapping[str, str], scale: Scale) -> dict[str, object]:
    most = float(arcs["value"].abs().max()) or 1.0
    return {
        "type": "lines",
        "coordinateSystem": "geo",
        "name": name,
        "polyline": True,
        "color": colours[name],
        "lineStyle": {"color": colours[name], "opacity": 0.75, "type": DASHES[k % len(DASHES)]},
        "tooltip": {"formatter": scale.spec() | {"$format": "named"}},
        "data": [
            {
                "name": r["name"],
                "value": r["value"],
                "coords": [list(point) for point in r["path"]],
                "lineStyle": {"width": round(THIN + (THICK - THIN) * math.sqrt(abs(r["value"]) / most), 2)},
            }
            for r in records(arcs[arcs["series"] == name])
        ],
    }


def _places(name: str, k: int, places: pd.DataFrame, colours: Mapping[str, str], middle: float) -> dict[str, object]:
    """Return the places of one series; their names stand on the side where there is room."""
    return {
        "type": "scatter",
        "coordinateSystem": "geo",
        "name": name,
        "symbol": LEGEND_ICONS[SHAPES[k % len(SHAPES)]],
        "symbolSize": 9,
        "itemStyle": {"color": colours[name], "borderColor": "card", "borderWidth": 1},
        "label": {"color": "ink", "formatter": "{b}", "textBorderColor": "card", "textBorderWidth": 3},
        "labelLayout": {"hideOverlap": True},
        "tooltip": {"formatter": "{b}"},
        "data": [
            {
                "name": r["name"],
                "value": [r["lon"], r["lat"]],
                "label": {"show": bool(r.get("label", True)), "position": "right" if r["lon"] < middle else "left"},
            }
            for r in records(places[places["series"] == name])
        ],
    }
