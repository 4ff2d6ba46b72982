"""Corridors in a study: one source for every cost, trade and ways agree, rents are income, a study without a network."""

import dataclasses

import numpy as np
import pytest

from isthmus.border.itemise import CostUnit
from isthmus.border.wedge import Component
from isthmus.corridors.ledger import REPLACED
from isthmus.report.blocks import Figure, Grid, Paragraph, flat, layers
from isthmus.report.chapters import corridors as chapter
from isthmus.report.corridor_figures import FULL
from isthmus.report.locale import LANGUAGES, Translator
from isthmus.report.way_names import WayNames
from isthmus.study import corridors, network
from isthmus.study.coupling import TOLERANCE, CoupledWays, by_cell, ways_changes
from isthmus.study.freight import cells_of_trade, flows_of, freight_of, volumes_under
from isthmus.study.headline import headline_world
from isthmus.study.section import from_parts, to_parts
from isthmus.study.station import Findings, View
from tests.packaged import packaged_study

pytestmark = pytest.mark.slow


class _Bench:
    def progress(self, _share):
        pass

    def map(self, function, items):
        return [function(item) for item in items]


@pytest.fixture(scope="module")
def study():
    return packaged_study()


@pytest.fixture(scope="module")
def measured(study):
    made = network.compute(View(study, "network", network.STATION.reads), Findings(), _Bench())
    return from_parts(network.NetworkSection, to_parts(made))


@pytest.fixture(scope="module")
def found(study, measured):
    refined = network.refine(study, measured)
    seen = View(refined, "corridors", corridors.STATION.reads)
    made = corridors.compute(seen, Findings({"network": measured}), _Bench())
    return from_parts(corridors.CorridorsSection, to_parts(made))


def priced(entries, study):
    """Return the rows that price freight, time and transhipment of goods, by cell and part."""
    profiles, seen = study.borders[0].profiles, {}
    for entry in entries:
        for name, profile in profiles.items():
            if entry.component in REPLACED and {"*", name, profile.group, profile.kind} & set(entry.sectors):
                key = name, entry.exporter, entry.importer, entry.component
                seen.setdefault(key, []).append(entry)
    return seen


def test_every_cost_of_a_cell_has_one_source(study, measured):
    cells = {(r.sector, r.exporter, r.importer) for r in measured.crossings.rows}
    by_cell = priced(network.refine(study, measured).borders[0].entries, study)
    for (sector, exporter, importer, _), rows in by_cell.items():
        own = {row.id.startswith("corridor:") for row in rows}
        assert len(own) == 1
        assert own == {(sector, exporter, importer) in cells}
    others = [e for e in study.borders[0].entries if e.component not in REPLACED]
    assert [e for e in network.refine(study, measured).borders[0].entries if e.component not in REPLACED] == others


def test_the_border_gets_what_the_flows_cost(study, measured):
    central = {(r.sector, r.exporter, r.importer): r for r in measured.crossings.rows if r.end == "central"}
    for entry in network.refine(study, measured).borders[0].entries:
        if entry.id.startswith("corridor:") and entry.component == Component.TRANSHIPMENT and entry.part == "terminals":
            row = central[entry.sectors[0], entry.exporter, entry.importer]
            assert entry.unit == CostUnit.USD_PER_TONNE
            density = study.borders[0].profiles[entry.sectors[0]].value_density
            assert entry.central / density == pytest.approx(row.terminals)
            assert entry.low <= entry.central <= entry.high


def test_network_and_ledger_are_of_one_magnitude(found):
    """Freight by value of trade: the network's lies within a factor of three of the ledger's."""
    rows = [r for r in found.beside.rows if r.component == "freight"]
    for exporter in found.partners:
        mine = [r for r in rows if r.exporter == exporter]
        ledger, net = (sum(getattr(r, name) * r.trade_musd for r in mine) for name in ("ledger", "network"))
        assert 1 / 3 < net / ledger < 3


def test_trade_is_told_at_the_prices_of_the_rest_of_the_report(found, study):
    world = headline_world(study)[0]
    flows = flows_of(world)

    def trade(row):
        return float(
            flows[world.sectors.index(row.sector), *(world.economies.index(e) for e in (row.exporter, row.importer))]
        )

    row = max(found.beside.rows, key=lambda r: r.trade_musd)
    assert row.trade_musd == pytest.approx(trade(row))
    outside = [row.value_musd for row in found.outside.rows]
    assert outside == pytest.approx([trade(row) for row in found.outside.rows])
    a, b = (world.economies.index(partner) for partner in study.partners)
    goods = flows[[sector in world.goods for sector in world.sectors]][:, [a, b], [b, a]].sum()
    assert 100 - found.on_network_pct == pytest.approx(100 * sum(outside) / goods)
    assert found.price_year == study.prices.year


def test_trade_and_ways_agree_and_say_how_far(found):
    assert found.converged
    assert found.residual <= TOLERANCE
    last = {}
    for row in found.coupling.rows:
        last[row.case] = row.residual
    assert max(last.values()) == pytest.approx(found.residual)
    first = next(r.residual for r in found.coupling.rows if r.case == "agreed")
    assert first > TOLERANCE


def test_limits_take_from_trade_where_ways_are_dearer(found):
    for row in found.trade_limits.rows:
        change = row.with_limits_pct - row.without_limits_pct
        assert change * row.dearer_pct < 0
    built = {r.economy: r.with_projects_pct - r.with_limits_pct for r in found.limits.rows}
    assert all(built[p] > 0 for p in found.partners)


def test_no_candidate_costs_and_every_one_names_its_statements(found):
    assert all(row.without_musd > -0.01 and row.agreed_musd > -0.01 for row in found.candidates.rows)
    assert all(row.statements for row in found.candidates.rows)
    assert {r.project for r in found.candidate_effects.rows} <= {r.project for r in found.candidates.rows}


def test_dearer_ways_are_a_cost_and_a_rent_that_sums_to_nothing(study):
    freight = freight_of(study)
    one = next(e for e in study.partners)
    other = next(e for e in study.partners if e != one)
    point = corridors._point(study, freight, _without_plans(study, freight))
    ways = CoupledWays(
        price={("boxes", one, other): 100e6}, rent={("boxes", one, other): {other: 40e6, "carrier": 20e6}}
    )
    changes, received = ways_changes(point, ways, _without_plans(study, freight).at_deadline)
    assert changes.transfer.sum() == pytest.approx(0.0, abs=1e-9)
    rents = np.expm1(changes.ln_tariff - changes.ln_tariff_before)
    assert (rents > 0).all()
    assert received[other] == pytest.approx(2 * received["carrier"])
    whole = np.exp(changes.ln_cost + changes.ln_tariff - changes.ln_tariff_before)
    cells = by_cell(point, ways)
    dearer = {round((level + rise) / level, 9) for level, rise, _ in cells.values()}
    burnt = {round((level + rise - sum(rents.values())) / level, 9) for level, rise, rents in cells.values()}
    assert set(whole.round(9)) == dearer
    assert set(np.exp(changes.ln_cost).round(9)) == burnt
    assert min(burnt) > 1
    gives = freight.world.economies.index(one)
    assert changes.transfer[gives] == pytest.approx(received["carrier"] / 2)


def _without_plans(study, freight):
    calm = dataclasses.replace(study, levers=(), asked={})
    return corridors._worlds(calm, Findings(), freight)["agreed:none"]


def test_trade_as_today_is_the_volume_as_counted(study):
    freight = freight_of(study)
    same = volumes_under(freight, [study.deadline], {study.deadline: freight.trade})
    assert np.allclose(same.values, volumes_under(freight, [study.deadline]).values)
    double = volumes_under(freight, [study.deadline], {study.deadline: 2 * freight.trade})
    assert np.allclose(double.values, 2 * same.values)
    assert sum(value for *_, value in cells_of_trade(freight.trade)) == pytest.approx(float(freight.trade.sum()))


def test_a_study_without_a_network_leaves_the_stations_out(study):
    plain = dataclasses.replace(study, corridors=None)
    assert not network.STATION.applies(plain)
    assert not corridors.STATION.applies(plain)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chapter_has_map_scarcity_days_and_candidates(found, language):
    made = chapter.chapter(found, Findings(), Translator(language))
    parts = layers(made)
    assert parts.chart is not None
    assert parts.chart.name == "corridors-map"
    shown = list(flat(made.blocks))
    figures = {b.name for b in shown if isinstance(b, Figure)}
    assert figures == {
        "corridors-map",
        "corridors-scarcity",
        "corridors-journeys",
        "corridors-freight",
        "corridors-energy",
    }
    text, names = Translator(language), WayNames(found, Translator(language))
    now = [r.arc for r in found.way_links.rows if (r.utilisation_pct or 0) >= FULL]
    at = {r.arc: r.utilisation_pct for r in found.ways.rows if (r.world, r.year) == (corridors.AGREED, found.deadline)}
    relieved = [arc for arc in now if arc in at and arc not in chapter.full_ways(found)]
    told = [b.text for b in shown if isinstance(b, Paragraph)]
    with_room = text("common.semicolon").join(map(names.way, relieved))
    sentence = text("corridors.relieved", year=found.year, deadline=found.deadline, ways=with_room)
    assert (sentence in told) == bool(relieved)
    grids = {b.csv for b in shown if isinstance(b, Grid)}
    assert {"limits", "beside", "candidates", "way_routes", "way_rents", "known"} <= grids
    (candidates,) = [b for b in shown if isinstance(b, Grid) and b.csv == "candidates"]
    ids = {name for row in found.candidates.rows for name in row.statements.split(";") if name}
    assert ids == set(found.statement_texts)
    assert not [name for name in ids for row in candidates.rows if name in row[-1].text]
    if language != "en":
        own = [b for b in shown if isinstance(b, Grid) and b.csv != "known"]
        told = [made.title, *(f"{cell}" for grid in own for row in grid.rows for cell in row)]
        assert not any("Zabaikalsk" in words for words in told)
