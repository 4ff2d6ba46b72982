"""Exposure of the partners on the packaged study: measured before, moved by the measures, beside what it costs."""

import dataclasses

import numpy as np
import pytest
from blank import section as blank

from isthmus.economy.exposure import exposure as measure_exposure
from isthmus.economy.exposure import links
from isthmus.equilibrium.scenario import Scenario, Shock
from isthmus.equilibrium.solve import solve
from isthmus.levers.worlds import with_parameters
from isthmus.report.blocks import Figure, Grid, Tabs
from isthmus.report.chapters import exposure as chapter
from isthmus.report.locale import LANGUAGES, Translator
from isthmus.study import border, exposure
from isthmus.study.draws import central_draw
from isthmus.study.exposure_rows import MeasureRow, SectorExposureRow
from isthmus.study.headline import headline_world
from isthmus.study.levers import LeversSection
from isthmus.study.section import from_parts, table, to_parts
from isthmus.study.station import Findings
from tests.packaged import packaged_study


class _Bench:
    def progress(self, _share):
        pass


@pytest.fixture(scope="module")
def study():
    read = packaged_study()
    few = dataclasses.replace(read.draws, closures=("fixed", "zero"), elasticities=("FGO", "CP"))
    return dataclasses.replace(read, draws=few)


@pytest.fixture(scope="module")
def world(study):
    return with_parameters(headline_world(study)[0], central_draw(study).parameters)


@pytest.fixture(scope="module")
def found(study):
    return exposure.compute(study, Findings({"border": border.compute(study, Findings(), _Bench())}), _Bench())


def rows_of(found):
    return {(r.economy, r.measure, r.case): r for r in found.exposure.rows}


def test_before_is_what_the_world_shows(study, world, found):
    whole, rows = measure_exposure(links(world)), rows_of(found)
    names = list(world.economies)
    for economy, other in (study.partners, study.partners[::-1]):
        n, m = names.index(economy), names.index(other)
        before = {name: rows[economy, name, "before"].central / 100 for name in ("final_partner", "export_domestic")}
        assert before["final_partner"] == pytest.approx(whole.final_content[m, n])
        assert before["export_domestic"] == pytest.approx(whole.export_content[n, n])
        assert rows[economy, "imports_gdp", "before"].central / 100 == pytest.approx(whole.imports_to_gdp[n])
        before = rows[economy, "final_foreign", "before"]
        assert before.low == pytest.approx(before.high, rel=1e-12)
        assert rows[economy, "real_income", "before"].central == pytest.approx(0, abs=1e-8)


def test_joint_measures_tie_the_partners_closer_and_bring_income(study, found):
    rows = rows_of(found)
    for economy in study.partners:
        for name in ("final_partner", "export_partner", "import_partner"):
            assert rows[economy, name, "joint"].low > rows[economy, name, "before"].central
        assert 0 < rows[economy, "real_income", "joint"].low <= rows[economy, "real_income", "joint"].central
        assert rows[economy, "real_income", "joint"].low < rows[economy, "real_income", "joint"].high


def test_suppliers_and_sectors_say_the_same(study, found):
    rows = rows_of(found)
    for economy in study.partners:
        for case in ("before", "joint"):
            content = {
                r.supplier: r.final_pct for r in found.exposure_suppliers.rows if (r.economy, r.case) == (economy, case)
            }
            foreign = sum(value for supplier, value in content.items() if supplier != economy)
            assert foreign == pytest.approx(rows[economy, "final_foreign", case].central, rel=1e-5)
    for row in found.exposure_sectors.rows:
        assert 0 <= row.direct_partner_pct <= row.direct_foreign_pct
        assert row.total_partner_pct <= row.total_foreign_pct < 100
        assert row.upstreamness >= 1


def test_the_price_of_independence_is_a_solved_world(study, world, found):
    row = next(r for r in found.independence.rows if (r.economy, r.supplier) == study.partners[::-1])
    shock = Shock("trade_cost", 10, exporter=row.supplier, importer=row.economy)
    solved = solve(world, Scenario((shock,), trade_balance=study.trade_balance))
    n = world.economies.index(row.economy)
    assert row.real_income_pct == pytest.approx(float(solved.real_income_pct.values[n]), rel=1e-6)
    assert row.final_pp < 0 > row.real_income_pct
    money = float(world.income.values[n]) * row.real_income_pct / 100 / row.final_pp
    assert row.musd_per_pp == pytest.approx(money)


def test_new_trade_is_created_or_diverted(found):
    for row in found.displaced.rows:
        assert row.gained_musd == pytest.approx(row.created_musd + row.diverted_musd, abs=1e-3)
    every = {(r.exporter, r.importer): r.gained_musd for r in found.displaced.rows if r.sector == "all"}
    for pair, total in every.items():
        parts = [r.gained_musd for r in found.displaced.rows if (r.exporter, r.importer) == pair and r.sector != "all"]
        assert total == pytest.approx(np.sum(parts))
        assert total > 0


def test_the_section_is_kept_and_read_back(found):
    assert from_parts(exposure.ExposureSection, to_parts(found)).exposure.rows == found.exposure.rows
    assert found.settings == ("central:", "closure:zero", "elasticity:CP")


def grids(blocks):
    """Return all tables, those behind tabs too."""
    inner = [block for tabs in blocks if isinstance(tabs, Tabs) for part in tabs.parts for block in part.blocks]
    return [block for block in (*blocks, *inner) if isinstance(block, Grid)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chapter_says_what_the_tables_say(study, found, language):
    text = Translator(language)
    written = chapter.chapter(found, Findings({"levers": blank(LeversSection)}), text)
    share = rows_of(found)[study.partners[1], "final_partner", "before"].central
    assert text.percent(share, 2) in written.title
    assert isinstance(written.blocks[0], Figure)
    tables = {grid.csv for grid in grids(written.blocks)}
    assert tables == {"exposure", "independence", "exposure_sectors", "extraction", "strengths", "exposure_suppliers"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_levers_nothing_is_set_beside_today(found, language):
    text = Translator(language)
    written = chapter.chapter(found, Findings(), text)
    with_levers = chapter.chapter(found, Findings({"levers": blank(LeversSection)}), text)
    assert written.lead == text("exposure.lead_today", year=found.year)
    assert len(written.blocks[0].option["series"]) < len(with_levers.blocks[0].option["series"])
    measures = next(grid for grid in grids(written.blocks) if grid.csv == "exposure")
    assert {len(row) for row in measures.rows} == {2}
    assert measures.title == text("exposure.measures_today")


def test_without_joint_measures_the_title_speaks_of_today_alone(found):
    before = {(r.economy, r.measure): r.central for r in found.exposure.rows if r.case == "before"}
    rows = [dataclasses.replace(r, central=before[r.economy, r.measure]) for r in found.exposure.rows]
    plain = dataclasses.replace(found, exposure=table(MeasureRow, rows))
    text = Translator("en")
    assert "joint measures" not in chapter.chapter(plain, Findings(), text).title
    assert "joint measures" in chapter.chapter(found, Findings(), text).title


def test_shares_concentration_links_and_strengths_by_hand(study, world, found):
    """Each number of the tables again from the flows of the world, one by one."""
    whole, rows, names = links(world), rows_of(found), list(world.economies)
    first, second = study.partners
    i, n = names.index(first), names.index(second)
    abroad = whole.flows.copy()
    abroad[:, range(len(names)), range(len(names))] = 0.0
    bought = abroad[:, :, n]
    assert rows[second, "import_partner", "before"].central == pytest.approx(100 * bought[:, i].sum() / bought.sum())
    herfindahl = sum(
        ((bought[j] / bought[j].sum()) ** 2).sum() * bought[j].sum() for j in range(len(bought)) if bought[j].sum() > 0
    )
    assert rows[second, "concentration", "before"].central == pytest.approx(100 * herfindahl / bought.sum())
    added = (world.value_added_share.values * world.output.values).sum(axis=0)
    for row in (r for r in found.extraction.rows if (r.exporter, r.importer) == (first, second)):
        assert row.exporter_musd == pytest.approx(row.exporter_pct / 100 * added[i])
        assert row.importer_musd == pytest.approx(row.importer_pct / 100 * added[n])
    assert next(r for r in found.extraction.rows if r.sector == "all").exporter_pct < 0
    for row in (r for r in found.strengths.rows if (r.exporter, r.importer) == (first, second)):
        j = world.sectors.index(row.sector)
        assert row.share_pct == pytest.approx(100 * bought[j, i] / bought[j].sum())
        missing = row.share_elsewhere_pct / 100 * bought[j].sum() - bought[j, i]
        assert row.unused_musd == pytest.approx(max(missing, 0.0), abs=1e-6)
        assert row.revealed_advantage > 1


def thinned(found, factor):
    """Return the exposure of two partners that trade by so much less."""
    rows = [dataclasses.replace(r, total_partner_pct=factor * r.total_partner_pct) for r in found.exposure_sectors.rows]
    return dataclasses.replace(found, exposure_sectors=table(SectorExposureRow, rows))


def test_small_shares_are_told_apart_and_a_chart_of_nothing_is_a_sentence(found):
    text = Translator("en")
    figure = chapter.chapter(thinned(found, 0.0199), Findings(), text).blocks[0]
    (series,) = figure.option["series"]
    written = [text.number(point[2], series["itemPayload"]["digits"]) for point in series["data"]]
    assert len(set(written)) == len(written)
    nothing = chapter.chapter(thinned(found, 0.0), Findings(), text).blocks[0]
    assert nothing.text == text("exposure.nothing")
