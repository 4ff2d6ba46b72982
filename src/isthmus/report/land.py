"""Coastlines for maps: land without any political boundary, cut to the window that a map shows."""

import csv
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from isthmus.report.assets import COARSE, FINE, asset

MapPoint = tuple[float, float]
FLAT = 0.45
WIDE_DEGREES = 40.0
"""Windows wider than this are drawn from the coarse shapes."""


@dataclass(frozen=True, kw_only=True)
class Window:
    """Degrees that a map shows; `east` may pass 180, so that a window can lie across the date line."""

    west: float
    east: float
    south: float
    north: float


WORLD = Window(west=-169.0, east=191.0, south=-56.0, north=78.0)
"""The inhabited world, cut where the fewest people live."""


def window_around(points: Sequence[MapPoint], *, margin: float = 0.08, least: float = 6.0) -> Window:
    """Return the window that holds all points with a margin around them, at least `FLAT` as high as it is wide on the map.

    Parameters
    ----------
    points
        Longitude and latitude in degrees; longitudes may pass 180.
    margin
        Share of the width and height that is left free on each side.
    least
        Degrees that a window is wide and high at least.
    """
    longitudes, latitudes = [x for x, _ in points], [y for _, y in points]
    west, east = _widened(min(longitudes), max(longitudes), margin, least)
    middle = math.radians((min(latitudes) + max(latitudes)) / 2)
    south, north = _widened(min(latitudes), max(latitudes), margin, max(least, FLAT * (east - west) * math.cos(middle)))
    return Window(west=west, east=east, south=max(south, -85.0), north=min(north, 85.0))


def land(window: Window) -> dict[str, Any]:
    """Return the land inside a window as GeoJSON with one feature; there is always a shape, were it only sea."""
    name = COARSE if window.east - window.west > WIDE_DEGREES else FINE
    found = []
    for ring in _rings(name):
        for turn in (-360.0, 0.0, 360.0):
            cut = _clipped([(x + turn, y) for x, y in ring], window)
            if len(cut) > 3:
                found.append([cut])
    found = found or [[_corner(window)]]
    feature = {
        "type": "Feature",
        "properties": {"name": ""},
        "geometry": {"type": "MultiPolygon", "coordinates": found},
    }
    return {"type": "FeatureCollection", "features": [feature]}


def _widened(low: float, high: float, margin: float, least: float) -> MapPoint:
    width = max(high - low, least) * (1 + 2 * margin)
    middle = (low + high) / 2
    return middle - width / 2, middle + width / 2


def _corner(window: Window) -> list[MapPoint]:
    x, y = window.west, window.south
    return [(x, y), (x + 1e-3, y), (x, y + 1e-3), (x, y)]


@lru_cache
def places() -> Mapping[str, MapPoint]:
    """Return longitude and latitude of an economy's mark by ISO 3166-1 alpha-3 code: the middle of its largest piece of land.

    Codes of groups, and of islands too small for the shapes, are not in it.
    """
    rows = csv.DictReader(asset("places.csv").splitlines())
    return {row["economy"]: (float(row["lon"]), float(row["lat"])) for row in rows}


def middles() -> Mapping[str, MapPoint]:
    """Return the middle of the largest piece of land of every shape that has an ISO 3166-1 numeric code, by that code."""
    topology = json.loads(asset(FINE))
    arcs = _arcs(topology)
    found: dict[str, tuple[float, MapPoint]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        if "id" in shape:
            largest = max(_middle(_unrolled(_joined(polygon[0], arcs))) for polygon in _polygons(shape))
            found[shape["id"]] = max(largest, found.get(shape["id"], largest))
    return {number: middle for number, (_, middle) in found.items()}


def _unrolled(ring: Sequence[MapPoint]) -> list[MapPoint]:
    """Return a ring whose longitudes run on past 180 where it crosses the date line."""
    turned = [ring[0]]
    for x, y in ring[1:]:
        turned.append((x - 360 * round((x - turned[-1][0]) / 360), y))
    return turned


def _middle(ring: Sequence[MapPoint]) -> tuple[float, MapPoint]:
    """Return the area of a ring on the globe (square degrees at the equator) and its centre of gravity."""
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in pairwise(ring):
        cross = x0 * y1 - x1 * y0
        area, x, y = area + cross / 2, x + (x0 + x1) * cross / 6, y + (y0 + y1) * cross / 6
    if not area:
        return 0.0, ring[0]
    x, y = x / area, y / area
    return abs(area) * math.cos(math.radians(y)), (x - 360 * round(x / 360), y)


@lru_cache
def _rings(name: str) -> tuple[tuple[MapPoint, ...], ...]:
    """Return the outer rings of all land from a TopoJSON file."""
    topology = json.loads(asset(name))
    arcs = _arcs(topology)
    return tuple(tuple(_unrolled(_joined(polygon[0], arcs))) for polygon in _polygons(topology["objects"]["land"]))


def _arcs(topology: Mapping[str, Any]) -> list[list[MapPoint]]:
    """Return the arcs of a TopoJSON file in degrees: they are stored as differences of whole steps."""
    (sx, sy), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * sx + dx, y * sy + dy))
        arcs.append(points)
    return arcs


def _polygons(shape: dict[str, Any]) -> Iterator[Any]:
    if shape["type"] == "GeometryCollection":
        for inner in shape["geometries"]:
            yield from _polygons(inner)
    elif shape["type"] == "MultiPolygon":
        yield from shape["arcs"]
    elif shape["type"] == "Polygon":
        yield shape["arcs"]


def _joined(numbers: Sequence[int], arcs: Sequence[Sequence[MapPoint]]) -> tuple[MapPoint, ...]:
    """Return a ring from its arcs; a negative number means the arc backwards."""
    ring: list[MapPoint] = []
    for number in numbers:
        piece = arcs[number] if number >= 0 else list(arcs[~number])[::-1]
        ring.extend(piece[1:] if ring else piece)
    return tuple(ring)


def _clipped(ring: Sequence[MapPoint], window: Window) -> list[MapPoint]:
    """Return a ring cut to the window, edge by edge, rounded and without points that fall together."""
    points = list(ring)
    for axis, bound, keep in ((0, window.west, 1), (0, window.east, -1), (1, window.south, 1), (1, window.north, -1)):
        points = _cut(points, axis, bound, keep)
        if not points:
            return []
    digits = 1 if window.east - window.west > WIDE_DEGREES else 2
    rounded = [(round(x, digits), round(y, digits)) for x, y in points]
    kept = [p for i, p in enumerate(rounded) if i == 0 or p != rounded[i - 1]]
    return [*kept, kept[0]] if kept[0] != kept[-1] else kept


def _cut(points: Sequence[MapPoint], axis: int, bound: float, keep: int) -> list[MapPoint]:
    kept: list[MapPoint] = []
    for before, here in zip([points[-1], *points[:-1]], points, strict=True):
        inside, was = keep * (here[axis] - bound) >= 0, keep * (before[axis] - bound) >= 0
        if inside != was:
            share = (bound - before[axis]) / (here[axis] - before[axis])
            kept.append((before[0] + share * (here[0] - before[0]), before[1] + share * (here[1] - before[1])))
        if inside:
            kept.append(here)
    return kept
