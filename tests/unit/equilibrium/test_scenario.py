"""What shocks amount to: which cells they touch, how they combine, and what is refused with which words."""

import numpy as np
import pytest

from isthmus.core.errors import BadInputError
from isthmus.economy.calibrate import calibrate
from isthmus.economy.synthetic import synthetic_world
from isthmus.equilibrium.path import solve_path
from isthmus.equilibrium.scenario import Scenario, Shock, degree_in, resolve
from isthmus.equilibrium.solve import Settings

A, B, C = "E00", "E01", "E02"
GOOD, SERVICE = "S00", "S03"


@pytest.fixture(scope="module")
def baseline():
    return calibrate(synthetic_world(3, 4, np.random.default_rng(1)))


def touched(baseline, *shocks):
    """Return changes and the touched cells as (sector, exporter, importer) labels."""
    changes = resolve(Scenario(shocks), baseline)
    j, i, n = np.unravel_index(changes.cells, baseline.tariff_factor.shape)
    names, sectors = baseline.economies, baseline.sectors
    return changes, [(sectors[a], names[b], names[c]) for a, b, c in zip(j, i, n, strict=True)]


def test_own_sales_stay_when_everybody_is_named(baseline):
    _, cells = touched(baseline, Shock("trade_cost", -10))
    assert len(cells) == 4 * 3 * 2
    assert all(exporter != importer for _, exporter, importer in cells)


@pytest.mark.parametrize("sides", [((A, B), (A, B)), ("*", A), (A, "*"), ((A,), (A, B))])
def test_own_sales_stay_for_lists_and_stars(baseline, sides):
    _, cells = touched(baseline, Shock("trade_cost", -10, exporter=sides[0], importer=sides[1]))
    assert cells
    assert all(exporter != importer for _, exporter, importer in cells)


@pytest.mark.parametrize("same", [A, (A,)])
def test_own_sales_move_when_both_sides_are_one_code(baseline, same):
    _, cells = touched(baseline, Shock("trade_cost", -10, exporter=same, importer=same))
    assert cells == [(sector, A, A) for sector in baseline.sectors]


def test_groups_of_sectors_are_goods_and_services(baseline):
    _, goods = touched(baseline, Shock("trade_cost", -10, exporter=A, importer=B, sector="goods"))
    _, services = touched(baseline, Shock("trade_cost", -10, exporter=A, importer=B, sector="services"))
    assert {sector for sector, _, _ in goods} == set(baseline.goods)
    assert {sector for sector, _, _ in services} == set(baseline.sectors) - set(baseline.goods)


def test_repeated_costs_multiply(baseline):
    changes, cells = touched(
        baseline,
        Shock("trade_cost", -10, exporter=A, importer=B, sector=GOOD),
        Shock("trade_cost", 25, exporter=A, importer="*", sector="*"),
    )
    at = cells.index((GOOD, A, B))
    assert np.exp(changes.ln_cost[at]) == pytest.approx(0.9 * 1.25)
    assert np.exp(changes.ln_cost[cells.index((GOOD, A, C))]) == pytest.approx(1.25)


@pytest.mark.parametrize(
    ("kind", "field"), [("labour", "ln_labour"), ("capital", "ln_capital"), ("endowment", "ln_endowment")]
)
def test_repeated_factors_multiply_in_the_economies_named(baseline, kind, field):
    changes = resolve(Scenario((Shock(kind, 10, economy=A), Shock(kind, 10, economy=(A, B)))), baseline)
    assert np.exp(getattr(changes, field)) == pytest.approx([1.21, 1.1, 1.0])


def test_repeated_productivity_and_requirements_multiply(baseline):
    grown = resolve(Scenario((Shock("productivity", 10, economy=A, sector=GOOD),) * 2), baseline)
    assert np.exp(grown.ln_productivity[0]) == pytest.approx([1.21, 1.0, 1.0])
    assert not grown.ln_productivity[1:].any()
    saved = resolve(
        Scenario((Shock("input_requirement", -50, economy=A, input=GOOD, industry="services"),) * 2), baseline
    )
    services = [baseline.sectors.index(s) for s in baseline.sectors if s not in baseline.goods]
    assert np.exp(saved.ln_requirement[0, 0, services]) == pytest.approx(0.25)
    assert np.count_nonzero(saved.ln_requirement) == len(services)


def test_the_last_tariff_wins_and_overlaps_are_counted(baseline):
    changes, cells = touched(
        baseline, Shock("tariff", exporter="*", importer=B, rate=0.5), Shock("tariff", exporter=A, importer=B, rate=0.0)
    )
    new = dict(zip(cells, np.exp(changes.ln_tariff), strict=True))
    assert new[GOOD, C, B] == pytest.approx(1.5)
    assert new.get((GOOD, A, B), 1.0) == pytest.approx(1.0)
    assert [(note.where, note.count) for note in changes.notes] == [("scenario", len(baseline.sectors))]


def test_tariff_changes_in_points_start_from_the_old_rate(baseline):
    changes, cells = touched(baseline, Shock("tariff", exporter=A, importer=B, sector=GOOD, rate_change_pp=5))
    old = float(baseline.tariff_factor.sel(sector=GOOD, exporter=A, importer=B))
    assert cells == [(GOOD, A, B)]
    assert np.exp(changes.ln_tariff) == pytest.approx([old + 0.05])


def test_listed_tariffs_change_only_their_cells(baseline):
    _, cells = touched(baseline, Shock("tariff", rates=((A, B, GOOD, 0.3), (B, C, SERVICE, 0.1))))
    assert sorted(cells) == [(GOOD, A, B), (SERVICE, B, C)]


def test_shocks_phase_in_and_end():
    shock = Shock("trade_cost", -10, start=2027, end=2030, phase_years=2)
    assert [degree_in(shock, year) for year in range(2026, 2032)] == [0, 0.5, 1, 1, 1, 0]


def test_half_way_is_the_root_of_the_factor(baseline):
    whole = resolve(Scenario((Shock("trade_cost", -19, exporter=A, importer=B),)), baseline)
    assert np.exp(whole.at(0.5).ln_cost) == pytest.approx(0.9)


def test_a_tariff_is_half_way_between_the_old_and_the_new_one(baseline):
    whole = resolve(Scenario((Shock("tariff", exporter=A, importer=B, sector=GOOD, rate=0.44),)), baseline)
    old = float(baseline.tariff_factor.sel(sector=GOOD, exporter=A, importer=B))
    for share in (0.0, 0.5, 1.0):
        assert np.exp(whole.at(share).ln_tariff) == pytest.approx([old ** (1 - share) * 1.44**share])


@pytest.mark.parametrize(("wrong", "told"), [(-1.5, "-1.5"), (float("inf"), "0.1")])
def test_one_tariff_that_cannot_be_among_others_is_refused_with_its_rate(baseline, wrong, told):
    with pytest.raises(BadInputError, match=f"tariff would be {told}"):
        resolve(Scenario((Shock("tariff", rates=((A, B, GOOD, 0.1), (A, C, GOOD, wrong))),)), baseline)


BAD = {
    "unknown kind": (Shock("wish", 1), ["shock 1", "kind", "wish"]),
    "unknown exporter": (Shock("trade_cost", 1, exporter="XXX"), ["shock 1", "exporter", "XXX"]),
    "unknown importer": (Shock("tariff", importer=("E00", "XXX"), rate=0.1), ["shock 1", "importer", "XXX"]),
    "unknown sector": (Shock("productivity", 1, sector="steel"), ["shock 1", "sector", "steel"]),
    "unknown economy": (Shock("labour", 1, economy="XXX"), ["shock 1", "economy", "XXX"]),
    "unknown input": (Shock("input_requirement", 1, input="steel"), ["shock 1", "input", "steel"]),
    "unknown industry": (Shock("input_requirement", 1, industry="steel"), ["shock 1", "industry", "steel"]),
    "no percent": (Shock("trade_cost"), ["shock 1", "change_pct"]),
    "not a number": (Shock("capital", float("nan")), ["shock 1", "change_pct"]),
    "all gone": (Shock("capital", -100), ["shock 1", "change_pct", "-100"]),
    "no tariff": (Shock("tariff"), ["shock 1", "rate"]),
    "two tariffs": (Shock("tariff", rate=0.1, rate_change_pp=1), ["shock 1", "rate, rate_change_pp"]),
    "percent for a tariff": (Shock("tariff", 5, rate=0.1), ["shock 1", "change_pct"]),
    "tariff of -100 %": (
        Shock("tariff", exporter=A, importer=B, sector=GOOD, rate=-1.0),
        ["shock 1", "E00 to E01, S00", "-1"],
    ),
    "tariff below -100 %": (Shock("tariff", exporter=A, importer=B, rate_change_pp=-250), ["shock 1", "E00 to E01"]),
    "listed label": (Shock("tariff", rates=((A, "XXX", GOOD, 0.1),)), ["shock 1", "rates row 1", "XXX"]),
    "listed rate": (Shock("tariff", rates=((A, B, GOOD, 0.1), (A, C, GOOD, -1.5))), ["shock 1", "E00 to E02, S00"]),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_shocks_are_refused_by_number_and_label(baseline, case):
    shock, words = BAD[case]
    with pytest.raises(BadInputError) as caught:
        resolve(Scenario((shock,)), baseline)
    for word in words:
        assert word in str(caught.value)
    assert caught.value.allowed
    assert caught.value.remedy


def test_the_number_of_the_bad_shock_is_that_of_the_list(baseline):
    with pytest.raises(BadInputError, match="shock 3"):
        resolve(Scenario((Shock("labour", 1), Shock("labour", 1), Shock("labour", 1, economy="XXX"))), baseline)


@pytest.mark.parametrize("scenario", [Scenario(trade_balance="free"), Scenario(numeraire="XXX")])
def test_bad_closures_are_refused(baseline, scenario):
    with pytest.raises(BadInputError, match="closure"):
        resolve(scenario, baseline)


def test_all_economies_together_are_neither_a_numeraire_nor_a_listed_cell(baseline):
    with pytest.raises(BadInputError, match="numeraire"):
        resolve(Scenario(numeraire="*"), baseline)
    with pytest.raises(BadInputError, match="rates row 1"):
        resolve(Scenario((Shock("tariff", rates=(("*", B, GOOD, 0.1),)),)), baseline)


def test_a_shock_with_only_an_end_is_gone_after_it(baseline):
    path = solve_path(baseline, Scenario((Shock("trade_cost", -10, exporter=A, importer=B, end=2027),)), 2027, 2028)
    income = path.table().set_index(["year", "economy"])["real_income_pct"]
    assert abs(income[2027, B]) > 10 * abs(income[2028, B])
    assert abs(income["long_run", B]) < 1e-6


def test_a_tolerance_that_nothing_can_reach_is_refused():
    for tolerance in (0.0, -1.0, float("nan")):
        with pytest.raises(BadInputError, match="tolerance"):
            Settings(tolerance=tolerance)
