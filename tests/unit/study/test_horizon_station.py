"""The value of alignment over the years on the packaged study: against the ensemble, a second computation, and closed forms."""

import dataclasses

import numpy as np
import pytest

from isthmus.report.blocks import Figure, Grid
from isthmus.report.chapters import horizon as chapter
from isthmus.report.locale import LANGUAGES, Translator
from isthmus.study import border, ensemble, horizon
from isthmus.study.blend import EVERY, central_run, effects_of, percent_worlds
from isthmus.study.components import THIRD
from isthmus.study.ensemble import bench_of, draws_in
from isthmus.study.headline import headline_world
from isthmus.study.horizon_draws import paid_in
from isthmus.study.horizon_exact import HOME, LENT_BY
from isthmus.study.jobs import QUICK, SLOW
from isthmus.study.over_years import equivalent_pct, over_years
from isthmus.study.section import from_parts, to_parts
from isthmus.study.station import Findings
from tests.packaged import packaged_study


class _Bench:
    def progress(self, _share):
        pass

    def map(self, function, items):
        return [function(item) for item in items]


@pytest.fixture(scope="module")
def study():
    """The packaged study with few draws and few years."""
    read = packaged_study()
    draws = dataclasses.replace(read.draws, count=5, closures=("",), elasticities=("",), trade_years=("",))
    return dataclasses.replace(read, draws=draws, start=read.deadline - 2, review=read.deadline + 2)


@pytest.fixture(scope="module")
def earlier(study):
    measured = border.compute(study, Findings(), _Bench())
    return Findings({"border": measured, "ensemble": ensemble.compute(study, Findings({"border": measured}), _Bench())})


@pytest.fixture(scope="module")
def found(study, earlier):
    return horizon.compute(study, earlier, _Bench())


def test_all_years_at_once_are_the_years_one_by_one(study, earlier):
    solved, labels = earlier.sections["ensemble"], [*study.partners, THIRD]
    bench = bench_of(study, solved, headline_world(study)[0], labels)
    drawn = draws_in(study, solved)
    whole = over_years(bench, drawn, labels)
    for year in (study.start, study.review):
        effects = effects_of(bench, drawn, year, labels)
        for name, values in percent_worlds(bench, effects.slow, effects.quick, EVERY).items():
            np.testing.assert_allclose(whole.gross[name][:, year - study.start], values, rtol=1e-10, atol=1e-15)


def test_the_long_run_of_the_draws_is_that_of_the_model(study, earlier, found):
    labels = [*study.partners, THIRD]
    bench = bench_of(study, earlier.sections["ensemble"], headline_world(study)[0], labels)
    linear = over_years(bench, central_run(bench), labels).gross[QUICK][0]
    rows = {(r.economy, r.component, r.mark): r.central for r in found.horizon_arrival.rows}
    for position, code in enumerate(study.partners):
        assert linear[-2, position] == pytest.approx(rows[code, "total", "static"], rel=0.03)
        assert linear[-1, position] == pytest.approx(rows[code, "total", "long_run"], rel=0.03)
        assert rows[code, "total", "static"] < rows[code, "total", "year_5"] < rows[code, "total", "long_run"]


def test_yearly_effects_are_those_of_the_ensemble(study, earlier, found):
    exact = earlier.sections["ensemble"].data["real_income_pct"].sel(branch=EVERY)
    rows = {(r.economy, r.component, r.support, r.net, r.year): r for r in found.horizon.rows}
    for code in study.partners:
        for year in (study.start, study.deadline, study.review):
            quick, slow = (float(exact.sel(world=w, economy=code, year=year)) for w in (QUICK, SLOW))
            assert rows[code, "total", "all", False, year].central == pytest.approx(quick)
            assert rows[code, "agreement", "all", False, year].central == pytest.approx(quick - slow)
            row = rows[code, "total", "all", True, year]
            assert row.low <= row.median <= row.high
            assert row.central < quick


def test_paying_at_home_is_the_net_worth_by_a_second_computation(study, found):
    worth = {(r.economy, r.component, r.support, r.net): r for r in found.horizon_worth.rows}
    paid = {(r.case, r.economy): r for r in found.horizon_financing_worth.rows}
    for code in study.partners:
        net = worth[code, "total", "all", True]
        assert paid[HOME, code].equivalent_pct == pytest.approx(net.central, rel=1e-6)
        assert paid[HOME, code].present_musd == pytest.approx(net.present_central, rel=1e-6)


def test_loans_change_hands_and_are_owed(study, found):
    first, second = study.partners
    rows = {(r.case, r.economy, r.year): r for r in found.horizon_financing.rows}
    lent, owed = rows[LENT_BY + first, first, study.start], rows[LENT_BY + first, second, study.start]
    assert owed.lent_musd == pytest.approx(owed.cost_musd)
    assert lent.lent_musd == pytest.approx(-owed.lent_musd)
    assert owed.owed_musd == pytest.approx(-lent.owed_musd)
    assert owed.net_musd > rows[HOME, second, study.start].net_musd


def test_a_run_at_central_values_pays_lends_and_owes_what_was_solved(study, earlier, found):
    """Costs, loans and debts of the draws, computed for all draws at once, against the path that was solved with loans in it."""
    labels = [*study.partners, THIRD]
    bench = bench_of(study, earlier.sections["ensemble"], headline_world(study)[0], labels)
    rows = {(r.case, r.economy, r.year): r for r in found.horizon_financing.rows}
    years = range(study.start, study.review + 1)
    for case in (HOME, LENT_BY + study.partners[0], LENT_BY + study.partners[1]):
        paid = paid_in(bench, central_run(bench), years, case, found.repayment)
        for t, year in enumerate(years):
            for position, code in enumerate(labels):
                row = rows[case, code, year]
                assert paid.cost[0, t, position] == pytest.approx(row.cost_musd, abs=1e-6)
                assert paid.lent[0, t, position] == pytest.approx(row.lent_musd, abs=1e-6)
                assert paid.owed[0, t, position] == pytest.approx(row.owed_musd, abs=1e-6)


def test_financing_has_ranges_for_both_sides_and_for_all_others(study, found):
    worth = {(r.economy, r.component, r.support, r.net): r for r in found.horizon_worth.rows}
    paid = {(r.case, r.economy): r for r in found.horizon_financing_worth.rows}
    assert len(paid) == 3 * 3
    for row in paid.values():
        assert row.equivalent_low_pct < row.equivalent_median_pct < row.equivalent_high_pct
        assert row.present_low_musd < row.present_median_musd < row.present_high_musd
    for code in study.partners:
        home = paid[HOME, code]
        for name in ("low", "median", "high"):
            expected = getattr(worth[code, "total", "all", True], name)
            assert getattr(home, f"equivalent_{name}_pct") == pytest.approx(expected, rel=0.02, abs=2e-4)
    for row in found.horizon_financing.rows:
        assert row.net_low_musd <= row.net_median_musd <= row.net_high_musd
        assert row.cost_low_musd <= row.cost_median_musd <= row.cost_high_musd
        assert row.owed_low_musd <= row.owed_median_musd <= row.owed_high_musd


def test_every_third_economy_has_a_range(study, earlier, found):
    rows = {(r.economy, r.component): r for r in found.horizon_economies.rows}
    assert {code for code, _ in rows} == set(study.baseline.economies)
    assert all(
        r.low <= r.median <= r.high and r.last_low_pct <= r.last_median_pct <= r.last_high_pct for r in rows.values()
    )
    assert sum(r.low < r.high for r in rows.values()) == len(rows)
    worth = {(r.economy, r.component, r.support, r.net): r for r in found.horizon_worth.rows}
    for code in study.partners:
        one, other = rows[code, "total"], worth[code, "total", "all", False]
        assert (one.low, one.median, one.high) == pytest.approx((other.low, other.median, other.high), rel=1e-6)
        assert one.equivalent_pct == pytest.approx(other.central)


def test_delays_cost_the_side_that_waits_and_synchronising_has_no_price_for_being_late(study, found):
    rows = {(r.case, r.economy): r.central for r in found.horizon_timing.rows}
    first, second = study.partners
    assert rows[f"waiting:{first}", second] > 0
    assert rows[f"waiting:{second}", first] > 0
    expected = (rows["together", second] + rows["late", second]) / 2
    expected -= (rows[f"late:{first}", second] + rows[f"late:{second}", second]) / 2
    assert rows["synchronising", second] == pytest.approx(expected)
    assert 0 < rows["synchronising", second] < rows[f"waiting:{first}", second]


def test_a_constant_change_is_worth_itself_and_later_years_count_less():
    assert equivalent_pct(np.full((1, 4, 1), 2.0), 0.05)[0, 0] == pytest.approx(2.0)
    early, late = np.array([[[3.0], [0.0]]]), np.array([[[0.0], [3.0]]])
    assert equivalent_pct(early, 0.1)[0, 0] == pytest.approx(100 * np.expm1(np.log(1.03) / (1 + 1 / 1.1)))
    assert equivalent_pct(early, 0.1) > equivalent_pct(late, 0.1)
    two = equivalent_pct(np.repeat(late, 2, axis=0), np.array([0.0, 0.1]))
    assert two[0] > two[1]


def test_the_section_is_kept_and_read_back(found):
    back = from_parts(horizon.HorizonSection, to_parts(found))
    assert back.horizon.rows == found.horizon.rows
    assert back.delay == found.delay == 2.0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chapter_says_what_the_tables_say(found, language):
    text = Translator(language)
    written = chapter.chapter(found, Findings(), text)
    row = next(
        r
        for r in found.horizon_worth.rows
        if (r.economy, r.component, r.support, r.net) == (found.partners[1], "total", "both", True)
    )
    assert chapter.effect(row).middle(text) in written.title
    figure = next(block for block in written.blocks if isinstance(block, Figure))
    assert len(figure.twin) == 3 * (found.last - found.start + 1)
    grids = [block for block in written.blocks if isinstance(block, Grid)]
    assert {grid.csv for grid in grids} == {
        "horizon_arrival", "horizon_timing", "horizon_worth", "horizon_financing", "horizon_economies",
    }  # fmt: skip


def test_a_study_without_joint_measures_speaks_of_all_levers(study):
    few = tuple(lever for lever in study.levers if not lever.joint)[:2]
    single = dataclasses.replace(study, levers=few, costs=())
    earlier = Findings({"ensemble": ensemble.compute(single, Findings(), _Bench())})
    section = horizon.compute(single, earlier, _Bench())
    assert not section.horizon_timing.rows
    assert not section.horizon_financing.rows
    written = chapter.chapter(section, Findings(), Translator("en"))
    assert "all levers together" in written.title
    assert {block.csv for block in written.blocks if isinstance(block, Grid)} == {
        "horizon_arrival", "horizon_worth", "horizon_economies",
    }  # fmt: skip
