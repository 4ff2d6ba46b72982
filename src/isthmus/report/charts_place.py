"""Maps: places and what runs between them over land without political boundaries."""

import math
from collections.abc import Mapping

import pandas as pd

from isthmus.report.chart_frame import LEGEND_ICONS, SHAPES, Drawing, Scale, legend
from isthmus.report.embed import records
from isthmus.report.land import WORLD, Window, land, window_around
from isthmus.report.locale import Translator

THIN, THICK = 1.5, 9.0
"""Widths of an arc in pixels, for the smallest and the largest value."""
DASHES = ("solid", "dashed", "dotted")
STROKES = {
    "solid": "path://M0,4 L20,4 L20,7 L0,7 Z",
    "dashed": "path://M0,4 L8,4 L8,7 L0,7 Z M12,4 L20,4 L20,7 L12,7 Z",
    "dotted": "path://M0,4 L4,4 L4,7 L0,7 Z M8,4 L12,4 L12,7 L8,7 Z M16,4 L20,4 L20,7 L16,7 Z",
}
"""A piece of each kind of line, as the legend shows it."""
NARROW_WIDTH, WIDE_WIDTH = 330, 1050
SMALL, LARGE = 7.0, 26.0
"""Sizes of a mark in pixels, for nothing and for the largest."""
CLOSE = (60.0, 8.0)
"""Degrees of longitude and latitude within which words beside two marks meet."""
MARKS = {"up": "triangle", "down": "path://M0,0 L10,0 L5,9 Z", "circle": "circle", "square": "rect"}


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
    lines = list(dict.fromkeys(map(str, arcs["series"]))) if len(arcs) else []
    groups = list(dict.fromkeys(map(str, places["series"])))
    names = [*lines, *groups]
    return Drawing(
        {
            "$land": land(window),
            "tooltip": {"trigger": "item"},
            "legend": legend(names) | {"data": _icons(lines, groups)},
            "geo": _geo(window),
            "series": [
                *(_arcs(name, k, arcs, colours, scale) for k, name in enumerate(lines)),
                *(_places(name, k, places, colours, (window.west + window.east) / 2) for k, name in enumerate(groups)),
            ],
        },
        _heights(window),
    )


def mark_map(places: pd.DataFrame, looks: Mapping[str, tuple[str, str]], scale: Scale) -> Drawing:
    """Draw a mark for each economy on a map of the world; a larger mark stands for a larger `size`.

    No land is coloured, so that the map says nothing about whose it is. Its source line goes through `with_land`.

    Parameters
    ----------
    places
        Columns name, lon, lat, series, value (written when pointed at), size (no sign) and label (words beside it or "").
    looks
        Symbol and colour of each series, in the order of the legend.
    scale
        How values are written.
    """
    present = set(places["series"])
    names = [name for name in looks if name in present]
    places = places.assign(side=_sides(places))
    most = float(places["size"].max()) or 1.0
    icons = [{"name": name, "icon": MARKS[looks[name][0]], "itemStyle": {"color": looks[name][1]}} for name in names]
    return Drawing(
        {
            "$land": land(WORLD),
            "tooltip": {"trigger": "item"},
            "legend": legend(names) | {"show": True, "data": icons},
            "geo": _geo(WORLD),
            "series": [_marks(name, *looks[name], places[places["series"] == name], most, scale) for name in names],
        },
        _heights(WORLD),
    )


def _marks(name: str, symbol: str, colour: str, places: pd.DataFrame, most: float, scale: Scale) -> dict[str, object]:
    return {
        "type": "scatter",
        "coordinateSystem": "geo",
        "name": name,
        "symbol": MARKS[symbol],
        "itemStyle": {"color": colour, "borderColor": "ink", "borderWidth": 0.8, "opacity": 0.9},
        "label": {"color": "ink", "textBorderColor": "card", "textBorderWidth": 3},
        "labelLayout": {"hideOverlap": True},
        "tooltip": {"formatter": scale.spec() | {"$format": "named"}},
        "data": [
            {
                "name": r["name"],
                "value": [r["lon"], r["lat"], r["value"]],
                "symbolSize": round(SMALL + (LARGE - SMALL) * math.sqrt(r["size"] / most), 1),
                "label": {"show": bool(r["label"]), "formatter": r["label"], "position": r["side"]},
            }
            for r in records(places)
        ],
    }


def _sides(places: pd.DataFrame) -> list[str]:
    """Return on which side of each mark its words stand: on the left where those of a neighbour in the east would meet them."""
    worded = [(r["lon"], r["lat"]) for r in records(places) if r["label"]]
    return [
        "left" if any(0 < x - r["lon"] < CLOSE[0] and abs(y - r["lat"]) < CLOSE[1] for x, y in worded) else "right"
        for r in records(places)
    ]


def with_land(source: str, text: Translator) -> str:
    """Return the source line of a map: where the land comes from, and that no political boundary is shown."""
    return f"{source} {text('common.map_note')}".strip()


def _geo(window: Window) -> dict[str, object]:
    """Return the coordinate system of a map, as wide as its frame, true in shape at its middle."""
    return {
        "map": "",
        "roam": False,
        "silent": True,
        "top": 40,
        "bottom": 8,
        "left": 8,
        "right": 8,
        "preserveAspect": "contain",
        "aspectScale": round(_shrink(window), 4),
        "boundingCoords": [[window.west, window.north], [window.east, window.south]],
        "itemStyle": {"color": "land", "borderColor": "shore", "borderWidth": 0.5},
    }


def _shrink(window: Window) -> float:
    """Return how much shorter a degree of longitude is than one of latitude in the middle of a window."""
    return math.cos(math.radians((window.south + window.north) / 2))


def _heights(window: Window) -> tuple[int, int]:
    aspect = (window.north - window.south) / ((window.east - window.west) * _shrink(window))
    return _height(aspect, WIDE_WIDTH, 560), _height(aspect, NARROW_WIDTH, 520)


def _height(aspect: float, width: int, most: int) -> int:
    return int(min(max(aspect * width, 260), most)) + 48


def _icons(lines: list[str], groups: list[str]) -> list[dict[str, str]]:
    shapes = [{"name": name, "icon": LEGEND_ICONS[SHAPES[k % len(SHAPES)]]} for k, name in enumerate(groups)]
    strokes = [{"name": name, "icon": STROKES[DASHES[k % len(DASHES)]]} for k, name in enumerate(lines)]
    return [*strokes, *shapes]


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
