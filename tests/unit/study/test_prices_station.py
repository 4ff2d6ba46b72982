"""The price list of the border on the packaged study: against exact solves, and its chapter against its tables."""

import dataclasses

import numpy as np
import pytest

from isthmus.equilibrium.scenario import Scenario, Shock
from isthmus.equilibrium.solve import solve
from isthmus.levers.worlds import with_parameters
from isthmus.report.blocks import Figure, Grid
from isthmus.report.chapters import prices as chapter
from isthmus.report.locale import LANGUAGES, Translator
from isthmus.study import border, prices
from isthmus.study.draws import central_draw
from isthmus.study.headline import headline_world
from isthmus.study.section import Table, from_parts, to_parts
from isthmus.study.station import Findings
from tests.packaged import packaged_study


@pytest.fixture(scope="module")
def study():
    """The study with two closures and two sets of elasticities."""
    read = packaged_study()
    few = dataclasses.replace(read.draws, closures=("fixed", "zero"), elasticities=("FGO", "CP"))
    return dataclasses.replace(read, draws=few)


@pytest.fixture(scope="module")
def measured(study):
    return border.compute(study, Findings(), _Bench())


@pytest.fixture(scope="module")
def found(study, measured):
    return prices.compute(study, Findings({"border": measured}), _Bench())


class _Bench:
    def progress(self, _share):
        pass


def gained(world, solved, economy):
    """Return the gain in real income, million USD."""
    n = world.economies.index(economy)
    return float(world.income.values[n] * np.log1p(solved.real_income_pct.values[n] / 100))


def test_a_price_is_what_the_whole_model_says_of_a_small_step(study, found):
    world = with_parameters(headline_world(study)[0], central_draw(study).parameters)
    for row in [r for r in found.prices.rows if r.of in study.partners and r.component == "standards"][:2]:
        change = 100 * ((1 + 0.99 * row.overhead) / (1 + row.overhead) - 1)
        shock = Shock("trade_cost", change, exporter=row.exporter, importer=row.importer, sector=row.sector)
        solved = solve(world, Scenario((shock,), trade_balance=study.trade_balance))
        assert gained(world, solved, row.of) == pytest.approx(row.central, rel=0.02)


def test_tariffs_are_priced_with_their_revenue(study, found):
    world = with_parameters(headline_world(study)[0], central_draw(study).parameters)
    row = max((r for r in found.prices.rows if r.of == r.exporter and r.component == "tariff"), key=lambda r: r.central)
    shock = Shock("tariff", exporter=row.exporter, importer=row.importer, sector=row.sector, rate=0.99 * row.overhead)
    solved = solve(world, Scenario((shock,), trade_balance=study.trade_balance))
    assert gained(world, solved, row.of) == pytest.approx(row.central, rel=0.02)


def test_both_is_the_sum_of_the_partners_and_ranges_hold_the_centre(study, found):
    table = found.prices.frame.set_index(["of", "exporter", "importer", "sector", "component", "part"])
    both, parts = table.loc["both"]["central"], [table.loc[p]["central"] for p in study.partners]
    assert np.allclose(both, (parts[0] + parts[1]).reindex(both.index))
    assert (table["low"] <= table["central"]).all()
    assert (table["central"] <= table["high"]).all()
    assert found.settings == ("central:", "closure:zero", "elasticity:CP")


def test_ends_come_from_both_settings_and_wedges(study, measured, found):
    row = found.prices.rows[0]
    alone = dataclasses.replace(study, draws=dataclasses.replace(study.draws, closures=("",), elasticities=("",)))
    narrow = prices.compute(alone, Findings({"border": measured}), _Bench())
    same = next(r for r in narrow.prices.rows if dataclasses.astuple(r)[:6] == dataclasses.astuple(row)[:6])
    wedge = next(
        w
        for w in measured.wedge_parts.rows
        if (w.component, w.part, w.sector, w.exporter, w.importer)
        == (row.component, row.part, row.sector, row.exporter, row.importer)
    )
    size, ends = wedge.central_run * (1 - wedge.rent_share), (wedge.low, wedge.high)
    per_factor = same.central * (1 + size) / size
    expected = sorted(per_factor * (x := end * (1 - wedge.rent_share)) / (1 + x) for end in ends)
    assert [same.low, same.high] == pytest.approx(expected)
    assert row.low < same.low or row.high > same.high


def test_totals_are_sums_of_what_policy_can_reach(found):
    frame = found.prices.frame
    within = frame[frame["reach"] == "policy"].groupby(["of", "exporter", "importer"])["central"].sum()
    totals = found.price_totals.frame.query("component == 'all'").set_index(["of", "exporter", "importer"])["central"]
    assert np.allclose(within.reindex(totals.index), totals)
    assert len(within) == len(totals)
    assert {"natural", "third_party"} <= set(frame["reach"])


def test_a_kept_section_is_the_same(found):
    again = from_parts(prices.PricesSection, to_parts(found))
    assert again.prices.frame.equals(found.prices.frame)


@pytest.mark.parametrize("language", LANGUAGES)
def test_chapter_and_tables_agree(found, language):
    text = Translator(language)
    made = chapter.chapter(found, Findings(), text)
    figure = next(block for block in made.blocks if isinstance(block, Figure))
    annex = [block for block in made.blocks if isinstance(block, Grid)][-1]
    both = [r for r in found.prices.rows if r.of == "both" and r.reach == "policy"]
    assert len(annex.rows) == sum(abs(r.central) >= 0.1 for r in both)
    first = max(both, key=lambda r: r.central)
    assert text.named(found.sector_names[first.sector], "") in figure.title
    own = [r for r in found.prices.rows if dataclasses.astuple(r)[1:6] == dataclasses.astuple(first)[1:6]]
    assert list(figure.twin.iloc[:2, 3]) == [
        text.tabled(next(r.central for r in own if r.of == p)) for p in found.partners
    ]
    for partner in found.partners:
        total = sum(r.central for r in found.price_totals.rows if (r.of, r.component) == (partner, "all"))
        assert text.million_usd(total, signed=False) in made.title


def scaled(found, factor):
    """Return prices as of two partners that trade by so much less."""
    ends = ["low", "central", "high"]
    parts = {name: getattr(found, name) for name in ("prices", "price_totals")}
    small = {name: Table(part.row, part.frame.assign(**factor * part.frame[ends])) for name, part in parts.items()}
    return dataclasses.replace(found, **small)


def test_small_prices_are_written_with_the_digits_that_tell_them_apart(found):
    text = Translator("en")
    made = chapter.chapter(scaled(found, 1e-3), Findings(), text)
    figure = next(block for block in made.blocks if isinstance(block, Figure))
    assert {series["itemPayload"]["digits"] for series in figure.option["series"]} == {3}
    assert "million USD a year" in figure.title
    totals = next(block for block in made.blocks if isinstance(block, Grid))
    central = [cell.partition(" ")[0] for row in totals.rows for cell in row[2:]]
    assert {len(value.partition(".")[2]) for value in central} <= {0, 3}
    assert "0 stands for" not in figure.source


def test_prices_of_nothing_are_told_and_not_drawn(found):
    for language in LANGUAGES:
        text = Translator(language)
        blocks = chapter.chapter(scaled(found, 0.0), Findings(), text).blocks
        assert not any(isinstance(block, Figure) for block in blocks)
        assert blocks[0].text == text("prices.nothing")
