"""Corridors: does the trade of the plans get across, where is it full, and what would room be worth."""

from collections.abc import Sequence

from isthmus.report.blocks import Annex, Block, Chapter, Paragraph, Part, Tabs
from isthmus.report.corridor_figures import FULL, candidate_figures, journey_figure, map_figure, scarcity_figure
from isthmus.report.corridor_grids import (
    beside_grid,
    candidate_grid,
    energy_grid,
    headroom_grid,
    known_grid,
    limit_grid,
    rent_grid,
    route_grid,
    unmet_grid,
    volume_grid,
)
from isthmus.report.locale import Translator
from isthmus.report.way_names import WayNames
from isthmus.study.components import THIRD
from isthmus.study.corridor_tables import LimitRow
from isthmus.study.corridors import AGREED, CorridorsSection
from isthmus.study.station import Findings


def chapter(section: CorridorsSection, _: Findings, text: Translator) -> Chapter:
    """Write the chapter."""
    names = WayNames(section, text)
    title, lead = _finding(section, names, text)
    views: dict[str, Sequence[Block | None]] = {
        "scarcity": [scarcity_figure(section, names, text)],
        "journey": [journey_figure(section, names, text)],
        "candidates": candidate_figures(section, names, text),
    }
    parts = [
        Part(text.of("corridors.tab", n), found) for n, v in views.items() if (found := [b for b in v if b is not None])
    ]
    return Chapter(
        name="corridors",
        short=text("corridors.short"),
        title=title,
        lead=lead,
        blocks=[
            *map_figure(section, names, text),
            *_limits(section, text),
            *limit_grid(section, names, text),
            *([Tabs("corridors-views", text("corridors.views"), parts)] if parts else []),
            Annex(
                [
                    Paragraph(text("corridors.how", places=section.places, arcs=section.arcs, year=section.year)),
                    *_relieved(section, names, text),
                    _agreement(section, text),
                    Paragraph(_ledger(section, text), tone="muted"),
                ]
            ),
            beside_grid(section, names, text),
            candidate_grid(section, names, text),
            route_grid(section, names, text),
            *headroom_grid(section, names, text),
            unmet_grid(section, names, text),
            rent_grid(section, names, text),
            energy_grid(section, names, text),
            volume_grid(section, names, text),
            *known_grid(section, text),
        ],
    )


def _finding(section: CorridorsSection, names: WayNames, text: Translator) -> tuple[str, str]:
    """Return title and lead: what full ways take from the plans, and what room would add, where both are known."""
    if not section.limits.rows:
        return text("corridors.unsolved", year=section.deadline), text("corridors.unsolved_lead")
    limits = {r.economy: r for r in section.limits.rows}
    first, second = (limits[p] for p in section.partners[:2])
    changes = text.each({names.economy(p): _points(_taken(limits[p]), text) for p in section.partners})
    both = {"first": names.economy(first.economy), "second": names.economy(second.economy)}
    title = text(
        "corridors.title",
        n=len(full_ways(section)),
        year=section.deadline,
        **both,
        parts=changes,
        first_change=_points(_taken(first), text),
        second_change=_points(_taken(second), text),
    )
    added = {
        p: row.with_projects_pct - row.with_limits_pct for p, row in limits.items() if row.with_projects_pct is not None
    }
    if len(added) < len(limits):
        return title, text("corridors.lead_alone")
    told = {p: _points(value, text) for p, value in added.items()}
    lead = text(
        "corridors.lead",
        **both,
        parts=text.each({names.economy(p): told[p] for p in section.partners}),
        first_rooms=told[first.economy],
        second_rooms=told[second.economy],
        third_rooms=told[THIRD],
    )
    return title, lead


def _limits(section: CorridorsSection, text: Translator) -> list[Paragraph]:
    """Say what share of the cuts full ways take back, weighted by what is cut."""
    rows = section.way_limits.rows
    cut = sum(r.cut_pct * r.trade_musd for r in rows)
    if cut <= 0:
        return []
    less, central, more = (
        sum(getattr(r, name) * r.cut_pct * r.trade_musd for r in rows) / cut
        for name in ("taken_less_pct", "taken_pct", "taken_more_pct")
    )
    ends = text.percent_range(min(less, more), max(less, more), 1)
    return [Paragraph(text("corridors.taken", taken=text.percent(central, 1), range=ends))]


def _taken(row: LimitRow) -> float:
    """Return what full ways take from the plans, in points of real income."""
    return row.with_limits_pct - row.without_limits_pct


def full_ways(section: CorridorsSection) -> list[str]:
    """Return the ways that are full at the deadline with the trade of plans and joint measures."""
    rows = [r for r in section.ways.rows if (r.world, r.year) == (AGREED, section.deadline)]
    return list(dict.fromkeys(r.arc for r in rows if r.utilisation_pct >= FULL))


def _relieved(section: CorridorsSection, names: WayNames, text: Translator) -> list[Paragraph]:
    """Name the ways that are full today and have room at the deadline, so that fewer full ways surprise nobody."""
    later = set(full_ways(section))
    used = {r.arc for r in section.ways.rows if (r.world, r.year) == (AGREED, section.deadline)}
    left = [r.arc for r in section.way_links.rows if (r.utilisation_pct or 0.0) >= FULL and r.arc in used - later]
    if not left:
        return []
    told = text("common.semicolon").join(names.way(arc) for arc in left)
    return [Paragraph(text("corridors.relieved", year=section.year, deadline=section.deadline, ways=told))]


def _points(value: float, text: Translator) -> str:
    return text("corridors.points", value=text.effect(value, 3))


def _agreement(section: CorridorsSection, text: Translator) -> Paragraph:
    """Say whether trade and ways agree."""
    numbers = {"rounds": section.rounds, "residual": text.scientific(section.residual)}
    if section.converged:
        return Paragraph(text("corridors.agree", **numbers))
    return Paragraph(text("corridors.disagree", **numbers), tone="warning")


def _ledger(section: CorridorsSection, text: Translator) -> str:
    rows = section.beside.rows
    outside = sum(row.value_musd for row in section.outside.rows)
    return text(
        "corridors.ledger",
        inside=sum(row.inside for row in rows),
        n=len(rows),
        share=text.percent(section.on_network_pct, 1),
        outside=text.million_usd(outside, signed=False),
    )
