"""Figures of the corridors chapter: map, scarcity, journeys, candidates."""

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from isthmus.report.blocks import Columns, Figure
from isthmus.report.chart_frame import Scale
from isthmus.report.charts import stacked
from isthmus.report.charts_place import route_map, with_land
from isthmus.report.charts_way import journeys
from isthmus.report.locale import Translator
from isthmus.report.way_names import WayNames
from isthmus.study.candidates import ENERGY, FREIGHT
from isthmus.study.corridor_tables import PlaceRow, RouteRow, WayLinkRow
from isthmus.study.corridors import AGREED, CorridorsSection

FULL, BUSY = 99.9, 80.0
"""Use of capacity, percent, from which a way counts as full or busy."""
SHOWN, LEAST_MUSD = 10, 0.5
AROUND = 1.8
"""A sea leg longer than so many times the shortest way is not drawn: a straight line would cross the land."""
EARTH_KM = 6371.0
COLOURS = {"full": "loss", "busy": "warn", "free": "a", "open": "third"}


def map_figure(section: CorridorsSection, names: WayNames, text: Translator) -> list[Figure]:
    """Draw the network as it is used today; nothing where no place has coordinates."""
    at = {row.node: row for row in section.way_places.rows if row.longitude is not None and row.latitude is not None}
    drawn = [r for r in section.way_links.rows if r.origin in at and r.destination in at and _carries(r)]
    lines = [r for r in drawn if _distance(at[r.origin], at[r.destination]) > 0 and not _around(r, at)]
    if not lines:
        return []
    ends = [r for r in drawn if r.kind in ("border", "gauge")]
    arcs, places = _lines(lines, at, names, text), _crossings(ends, at, names, text)
    colours = {text.of("corridors.use", use): colour for use, colour in COLOURS.items()}
    drawing = route_map(
        places, arcs, {**colours, text("corridors.crossings"): "ink"}, Scale(text("corridors.tonnes"), 1, signed=False)
    )
    full = [r for r in section.way_links.rows if (r.utilisation_pct or 0.0) >= FULL]
    twin = pd.DataFrame(
        [
            [names.way(r.arc), text.tabled(r.tonnes_mt or 0.0), r.utilisation_pct]
            for r in section.way_links.rows
            if _carries(r)
        ],
        columns=[text.of("corridors.column", c) for c in ("way", "tonnes", "use")],
    )
    return [
        Figure(
            name="corridors-map",
            title=text("corridors.map", n=len(full), year=section.year),
            alt=text("corridors.map_alt", n=len(lines), crossings=len(ends)),
            option=drawing.option,
            twin=twin,
            source=with_land(text("corridors.map_source", year=section.year), text),
            height=drawing.height,
        )
    ]


def _lines(rows: Sequence[WayLinkRow], at: Mapping[str, PlaceRow], names: WayNames, text: Translator) -> pd.DataFrame:
    """Return the lines of the map, the fullest last."""
    order = list(COLOURS)
    listed = [
        {
            "name": names.way(r.arc),
            "series": text.of("corridors.use", _use(r)),
            "value": text.tabled(r.tonnes_mt or 0.0),
            "path": _path(at[r.origin], at[r.destination]),
        }
        for r in sorted(rows, key=lambda r: order.index(_use(r)), reverse=True)
    ]
    return pd.DataFrame(listed)


def _crossings(
    rows: Sequence[WayLinkRow], at: Mapping[str, PlaceRow], names: WayNames, text: Translator
) -> pd.DataFrame:
    """Return the crossings of the map; those that are full carry their name."""
    listed = [
        {
            "name": names.way(r.arc),
            "lon": at[r.origin].longitude,
            "lat": at[r.origin].latitude,
            "series": text("corridors.crossings"),
            "label": (r.utilisation_pct or 0.0) >= FULL,
        }
        for r in rows
    ]
    return pd.DataFrame(listed, columns=["name", "lon", "lat", "series", "label"])


def scarcity_figure(section: CorridorsSection, names: WayNames, text: Translator) -> Figure | None:
    """Draw what one more tonne of room is worth on the full ways of freight, with the plans."""
    rows = [
        r for r in section.ways.rows
        if (r.world, r.year, r.unit) == (AGREED, section.deadline, "Mt") and r.scarcity_usd_per_unit > 0
    ]  # fmt: skip
    rows = sorted(rows, key=lambda r: -r.scarcity_usd_per_unit)[:SHOWN]
    if not rows:
        return None
    label = text("corridors.scarcity_series")
    frame = pd.DataFrame(
        [
            {"row": names.heading(r.arc, r.direction), "series": label, "value": r.scarcity_usd_per_unit / 1e6}
            for r in rows
        ]
    )
    drawing = stacked(frame, Scale("", 1, signed=False), colours={label: "loss"})
    twin = frame.drop(columns="series").assign(
        use=[r.utilisation_pct for r in rows], rent=[text.tabled(r.rent_musd) for r in rows]
    )
    twin.columns = pd.Index([text.of("corridors.column", c) for c in ("way", "scarcity", "use", "rent")])
    first = rows[0]
    return Figure(
        name="corridors-scarcity",
        title=text(
            "corridors.scarcity",
            way=names.heading(first.arc, first.direction),
            price=text.number(first.scarcity_usd_per_unit / 1e6, 0),
        ),
        alt=text("corridors.scarcity_alt", n=len(rows)),
        option=drawing.option,
        twin=twin,
        source=text("corridors.scarcity_source", year=section.deadline),
        height=drawing.height,
    )


def journey_figure(section: CorridorsSection, names: WayNames, text: Translator) -> Figure | None:
    """Draw hours along the kilometres of the largest route of a few carriers."""
    routes = _main_routes(section)
    if not routes:
        return None
    steps = {r.route: [s for s in section.way_steps.rows if s.route == r.route] for r in routes}
    labels = {
        r.route: text("corridors.from_to", first=names.thing(r.origin), second=names.thing(r.destination))
        for r in routes
    }
    frame = pd.DataFrame(
        [
            {"series": labels[number], "km": s.km, "value": s.hours / 24, "place": names.thing(s.node)}
            for number, listed in steps.items()
            for s in listed
        ]
    )
    colours = dict(zip(labels.values(), ("a", "b", "joint"), strict=False))
    axes = [text("corridors.axis_km"), text("corridors.axis_days")]
    drawing = journeys(frame, colours, Scale("", 0, signed=False), Scale("", 1, signed=False), axes)
    slow = max(routes, key=lambda r: r.hours)
    twin = frame.assign(usd=[s.usd_per_unit / 1e6 for listed in steps.values() for s in listed])
    twin.columns = pd.Index([text.of("corridors.column", c) for c in ("route", "km", "days", "place", "usd")])
    return Figure(
        name="corridors-journeys",
        title=text(
            "corridors.journeys",
            carrier=names.thing(slow.carrier),
            route=labels[slow.route],
            days=text.number(slow.hours / 24, 0),
        ),
        alt=text("corridors.journeys_alt", n=len(routes)),
        option=drawing.option,
        twin=twin,
        source=text("corridors.journeys_source", year=section.year),
        height=drawing.height,
    )


def candidate_figures(section: CorridorsSection, names: WayNames, text: Translator) -> list[Columns]:
    """Draw what each candidate project would save, freight and energy side by side."""
    found = [_candidates(section, kind, names, text) for kind in (FREIGHT, ENERGY)]
    drawn = [figure for figure in found if figure is not None]
    return [Columns(drawn)] if drawn else []


def _candidates(section: CorridorsSection, kind: str, names: WayNames, text: Translator) -> Figure | None:
    rows = [r for r in section.candidates.rows if r.agreed_musd >= LEAST_MUSD and r.carries == kind][:SHOWN]
    if not rows:
        return None
    label = text("corridors.saving_series")
    listed = [{"row": names.project(r.project), "series": label, "value": text.tabled(r.agreed_musd)} for r in rows]
    frame = pd.DataFrame(listed)
    drawing = stacked(frame, Scale("", 0, signed=False), colours={label: "joint"})
    twin = frame.drop(columns="series").assign(without=[text.tabled(r.without_musd) for r in rows])
    twin.columns = pd.Index([text.of("corridors.column", c) for c in ("project", "agreed", "without")])
    saving = text.million_usd(rows[0].agreed_musd, signed=False)
    return Figure(
        name=f"corridors-{kind}",
        title=text.of("corridors.candidates", kind, project=names.project(rows[0].project), saving=saving),
        alt=text("corridors.candidates_alt", n=len(rows)),
        option=drawing.option,
        twin=twin,
        source=text("corridors.candidates_source", year=section.deadline, n=len(section.candidates)),
        height=drawing.height,
    )


def _main_routes(section: CorridorsSection) -> list[RouteRow]:
    """Return the largest route of the three carriers and directions that are worth most and are carried by land or sea."""
    weighed = [r for r in section.way_routes.rows if r.unit == "Mt" and r.crossing_hours is not None]
    by_way: dict[tuple[str, str, str], list[RouteRow]] = {}
    for row in weighed:
        by_way.setdefault((row.carrier, row.exporter, row.importer), []).append(row)
    total = {key: sum(r.delivered for r in rows) for key, rows in by_way.items()}
    chosen: list[RouteRow] = []
    for exporter in section.partners:
        keys = sorted((k for k in by_way if k[1] == exporter), key=lambda k: -total[k])
        chosen += [max(by_way[k], key=lambda r: r.delivered) for k in keys[: 2 - len(chosen) // 2]]
    apart = {(r.origin, r.destination): r for r in reversed(chosen)}
    return list(reversed(apart.values()))[:3]


def _carries(row: WayLinkRow) -> bool:
    return bool(row.tonnes_mt and row.tonnes_mt > 0)


def _use(row: WayLinkRow) -> str:
    if row.utilisation_pct is None:
        return "open"
    return "full" if row.utilisation_pct >= FULL else "busy" if row.utilisation_pct >= BUSY else "free"


def _around(row: WayLinkRow, at: dict[str, PlaceRow]) -> bool:
    """Say whether a sea leg goes around land."""
    return row.kind == "sea" and row.km > AROUND * _distance(at[row.origin], at[row.destination])


def _path(one: PlaceRow, other: PlaceRow) -> list[list[float]]:
    """Return both ends, the second on the side of the date line where the first one is."""
    first, second = one.longitude or 0.0, other.longitude or 0.0
    turn = 360.0 if first - second > 180 else -360.0 if second - first > 180 else 0.0
    return [[first, one.latitude or 0.0], [second + turn, other.latitude or 0.0]]


def _distance(one: PlaceRow, other: PlaceRow) -> float:
    """Return kilometres between two places on the sphere."""
    a, b = ((math.radians(p.latitude or 0.0), math.radians(p.longitude or 0.0)) for p in (one, other))
    inner = math.sin(a[0]) * math.sin(b[0]) + math.cos(a[0]) * math.cos(b[0]) * math.cos(a[1] - b[1])
    return EARTH_KM * math.acos(max(-1.0, min(1.0, inner)))
