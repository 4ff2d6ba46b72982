"""The past as a test: what the model says of known changes, and how it is judged."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from isthmus.core.errors import BadInputError
from isthmus.economy.baseline import FLOW
from isthmus.economy.calibrate import calibrate
from isthmus.economy.history import world_of_year
from isthmus.equilibrium.retrodiction import Change, agreement_change, retrodict, score
from isthmus.equilibrium.scenario import Scenario, Shock
from isthmus.equilibrium.solve import find, pose
from isthmus.readers.worlds.retrodiction import Past, read_cases, read_past, read_trials, retrodict_case
from isthmus.report.blocks import Cell, Grid, Paragraph, flat
from isthmus.report.chapters import evidence as chapter
from isthmus.report.locale import Translator
from isthmus.study import evidence
from isthmus.study.station import Findings
from tests.packaged import packaged_study

SCORES = Path(__file__).resolve().parents[3] / "src/isthmus/assets/published/retrodiction_scores.csv"


@pytest.fixture(scope="module")
def past() -> Past:
    return read_past()


@pytest.fixture(scope="module")
def baseline(past: Past):
    return calibrate(world_of_year(past.world, past.history.value.sel(year=2014), 2014), services=5.0)


def changed(baseline, size: float) -> list[Change]:
    ln_cost = np.array([size if s in baseline.goods else 0.0 for s in baseline.sectors])
    return [Change(exporter=a, importer=b, ln_cost=ln_cost) for a, b in (("CHN", "AUS"), ("AUS", "CHN"))]


def test_a_world_that_did_what_the_model_says_is_predicted_without_error(baseline) -> None:
    shocks = [
        Shock("trade_cost", -20, exporter=a, importer=b, sector="goods") for a, b in (("CHN", "AUS"), ("AUS", "CHN"))
    ]
    later = find(pose(baseline, Scenario(tuple(shocks)))).flows
    later = baseline.axes.array(later, FLOW)
    found = score(retrodict(baseline, changed(baseline, np.log(0.8)), later))
    assert (found.correlation, found.slope) == pytest.approx((1.0, 1.0), abs=1e-6)
    assert found.model_error == pytest.approx(0.0, abs=1e-6)
    assert found.benchmark_error > 0.3
    assert found.said == pytest.approx(found.happened)
    assert found.said > 0


def test_without_a_change_the_model_says_the_benchmark(baseline, past: Past) -> None:
    later = past.history.value.sel(year=2018)
    rows = retrodict(baseline, changed(baseline, 0.0), later)
    np.testing.assert_allclose(rows["predicted"], rows["benchmark"])
    assert set(rows["sector"]) == set(baseline.goods)


def test_the_benchmark_grows_with_both_sides_trade_with_all_others(baseline) -> None:
    base = find(pose(baseline, Scenario())).flows
    n, i = (baseline.economies.index(code) for code in ("CHN", "AUS"))
    later = base.copy()
    later[:, i, :] *= 2.0
    later[:, i, n] = base[:, i, n]
    rows = retrodict(baseline, changed(baseline, 0.0), baseline.axes.array(later, FLOW))
    own = rows[(rows["exporter"] == "AUS") & (rows["base"] > 0)]
    ratio = own["benchmark"] / own["base"]
    assert ((ratio > 1.4) & (ratio <= 2.0 + 1e-9)).all(), (
        "doubled sales of the exporter, less where it is much of the world"
    )


def test_a_world_of_its_own_year_is_the_world(past: Past) -> None:
    again = world_of_year(past.world, past.history.value.sel(year=2022), 2022)
    goods = list(past.world.goods)
    total = past.world.flows.sel(sector=goods).values.sum()
    assert np.abs(again.flows.sel(sector=goods).values - past.world.flows.sel(sector=goods).values).sum() < 1e-3 * total
    np.testing.assert_allclose(again.value_added.values.sum(), past.world.value_added.values.sum(), rtol=1e-3)


def test_other_labels_are_refused(past: Past) -> None:
    flows = past.history.value.sel(year=2014)
    with pytest.raises(BadInputError, match="missing KAZ"):
        world_of_year(past.world, flows.drop_sel(exporter="KAZ"), 2014)


def test_small_flows_are_counted_and_left_out() -> None:
    rows = pd.DataFrame(
        {"base": [100.0, 1.0], "actual": [110.0, 90.0], "benchmark": [100.0, 100.0], "predicted": [110.0, 100.0]}
    )
    found = score(rows)
    assert (found.flows, found.left_out) == (1, 1)
    assert found.happened == pytest.approx(0.1)


def test_an_agreement_costs_its_gravity_effect_over_the_elasticity(baseline, past: Past) -> None:
    change = agreement_change(dict.fromkeys(set(past.groups.values()), 0.5), past.groups, baseline)
    theta = dict(zip(baseline.sectors, baseline.elasticity.values, strict=True))
    for sector, size in zip(baseline.sectors, change, strict=True):
        assert size == (-0.5 / theta[sector] if sector in baseline.goods else 0.0)


def test_a_pair_named_twice_is_refused(baseline) -> None:
    with pytest.raises(BadInputError, match="named twice"):
        retrodict(baseline, changed(baseline, 0.0) * 2, baseline.trade_share)


def test_flows_of_two_economies_swapped_are_refused(baseline) -> None:
    swapped = baseline.trade_share.isel(exporter=[1, 0, *range(2, len(baseline.economies))])
    with pytest.raises(BadInputError, match="flows of the later year, dimension exporter"):
        retrodict(baseline, changed(baseline, 0.0), swapped)


def test_cases_are_of_three_kinds_and_judge_later_years_than_they_observe(past: Past) -> None:
    cases = read_cases()
    assert {case.kind for case in cases} == {"deepening", "entering", "rupture"}
    late = cases[0].model_copy(update={"later": 2016})
    with pytest.raises(BadInputError, match="cost observed until 2016"):
        retrodict_case(late, past)
    with pytest.raises(BadInputError, match="unknown economy 'XYZ'"):
        retrodict_case(cases[0].model_copy(update={"left": ["XYZ"]}), past)


@pytest.mark.parametrize("place", [1, 9])
def test_the_packaged_scores_are_those_of_the_model(place: int, past: Past) -> None:
    case = read_cases()[place]
    stored = pd.read_csv(SCORES).set_index("case").loc[case.id]
    found = score(retrodict_case(case, past))
    assert [found.slope, found.model_error, found.said] == pytest.approx(
        [stored["slope"], stored["model_error"], stored["said"]], rel=1e-4
    )
    assert replace(found, flows=0) != found


def test_the_report_tells_every_case_and_where_the_sign_was_missed() -> None:
    trials = read_trials()
    single = [trial for trial in trials if trial.how]
    assert [trial.id for trial in single] == [case.id for case in read_cases()]
    assert [trial.id for trial in trials if not trial.how] == ["deepening", "entering", "rupture", "all"]
    section = evidence.compute(packaged_study(), Findings(), None)  # type: ignore[arg-type]
    rows = {row.case: row for row in section.retrodiction.rows}
    stored = pd.read_csv(SCORES).set_index("case")
    assert rows["china-korea"].said_pct == pytest.approx(100 * stored.loc["china-korea", "said"])
    text = Translator("en")
    written = chapter.chapter(section, Findings(), text)
    grid = next(b for b in flat(written.blocks) if isinstance(b, Grid) and b.csv == "retrodiction")
    tags = {str(row[0]): row[4].tag for row in grid.rows if isinstance(row[4], Cell)}
    assert tags["China and Korea, 2015"] == text("evidence.missed")
    assert tags["China and Australia, 2015"] == ""
    said = next(b.text for b in flat(written.blocks) if isinstance(b, Paragraph) and "benchmark" in b.text)
    better = sum(t.score.model_error < t.score.benchmark_error for t in single)
    assert f"in {better}." in said
