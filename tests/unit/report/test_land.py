"""Land on maps: cut to the window, also across the date line, without boundaries; windows that are not flat."""

import csv
import math
from itertools import pairwise

from isthmus.report.assets import asset
from isthmus.report.land import WORLD, Window, land, middles, places, window_around


def area(ring: list[tuple[float, float]]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))) / 2


def rings(window: Window) -> list[list[tuple[float, float]]]:
    (feature,) = land(window)["features"]
    return [polygon[0] for polygon in feature["geometry"]["coordinates"]]


def test_land_inside_a_continent_fills_the_window_and_open_sea_leaves_it_empty() -> None:
    inside = rings(Window(west=90, east=100, south=50, north=60))
    assert math.isclose(sum(map(area, inside)), 100, rel_tol=1e-3)
    sea = rings(Window(west=-150, east=-140, south=-40, north=-30))
    assert sum(map(area, sea)) < 1e-5
    assert len(sea) == 1, "a map needs a shape, were it only sea"


def test_rings_are_closed_and_inside_the_window() -> None:
    window = Window(west=20, east=140, south=10, north=70)
    found = rings(window)
    assert len(found) > 5
    for ring in found:
        assert ring[0] == ring[-1]
        assert all(20 <= x <= 140 and 10 <= y <= 70 for x, y in ring)


def test_a_window_across_the_date_line_holds_land_on_both_sides() -> None:
    found = rings(Window(west=170, east=200, south=55, north=70))
    assert any(x < 180 for ring in found for x, _ in ring)
    assert any(x > 180 for ring in found for x, _ in ring)
    assert all(170 <= x <= 200 for ring in found for x, _ in ring)


def test_a_window_has_a_margin_and_is_neither_flat_nor_tiny() -> None:
    wide = window_around([(20.0, 50.0), (120.0, 50.0)])
    assert wide.west < 20
    assert wide.east > 120
    assert wide.north - wide.south >= 0.45 * (wide.east - wide.west) * math.cos(math.radians(50))
    tiny = window_around([(10.0, 10.0)])
    assert tiny.east - tiny.west >= 6
    assert tiny.north - tiny.south >= 6


def test_places_are_the_middles_of_the_shapes() -> None:
    found, at = middles(), places()
    listed = {row["economy"]: row["numeric"] for row in csv.DictReader(asset("places.csv").splitlines())}
    assert len(at) > 220
    for code, number in listed.items():
        assert math.dist(at[code], found[number]) < 0.1, code


def test_a_middle_lies_inside_its_land_and_codes_are_those_of_the_shapes() -> None:
    at = places()
    assert math.dist(at["BRA"], (-53, -11)) < 3
    assert math.dist(at["AUS"], (134, -26)) < 2, "two shapes carry its number: the larger one counts"
    assert math.dist(at["FJI"], (178, -18)) < 1, "its islands lie on both sides of the date line"
    assert {"ATA", "ROW"}.isdisjoint(at)


def test_land_on_both_sides_of_the_date_line_leaves_no_stripe_across_the_map() -> None:
    for ring in rings(WORLD):
        assert all(abs(a[0] - b[0]) < 60 for a, b in pairwise(ring) if WORLD.south + 1 < a[1] < WORLD.north - 1)
