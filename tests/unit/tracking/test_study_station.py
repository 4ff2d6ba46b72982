"""The station tracks the packaged study, and the chapter speaks of it in three languages."""

import dataclasses
from types import SimpleNamespace

import blank
import pandas as pd
import pytest

from isthmus.plans.plan import Kind, Target
from isthmus.readers.indicators.observations import read_observations
from isthmus.readers.study.study import study_directory
from isthmus.readers.study.targets import read_targets
from isthmus.report.blocks import Figure, Grid, flat
from isthmus.report.chapters.tracking import chapter
from isthmus.report.locale import LANGUAGES, Translator
from isthmus.report.tracked import ToldTracking
from isthmus.study import tracking
from isthmus.study.cards import LEVERS_WORLD, CardRow, card_rows
from isthmus.study.outcome_rows import TargetChangeRow
from isthmus.study.outcomes import PROJECTION, OutcomesSection
from isthmus.study.section import Table, table, tables_of
from isthmus.study.station import Findings
from isthmus.tracking.indicator import Observation
from isthmus.tracking.scoreboard import gap_closed, track


@pytest.fixture(scope="module")
def section():
    folder = study_directory("china-russia")
    study = SimpleNamespace(
        targets=read_targets(folder / "targets.csv"),
        observations=read_observations(folder / "observations.csv").points,
        as_of="2026-10-31",
        partners=("CHN", "RUS"),
        economy_names={},
    )
    assert tracking.STATION.applies(study)
    return tracking.compute(study, Findings(), None)


def test_packaged_observations_reach_forty_targets(section):
    assert section.observed_targets >= 40
    assert "no target has this id or indicator" not in set(section.tracking_unused.frame["reason"])


def test_known_traps_of_the_packaged_study(section):
    status = section.tracking_status.frame.set_index("target")
    assert status.loc["cn15_water", "verdict"] == "not_comparable"
    assert status.loc["cn15t_hs", "rule_code"] == "other_measure"
    assert status.loc["ru309_robot", "rule_code"] == "other_measure"
    assert status.loc["cn15_beds", "plan_base"] == 68
    assert status.loc["cn15_beds", "base_value"] == 69.9
    assert status.loc["cn15_dig", "base_year"] == 2024
    assert status.loc["ru309_agroexp", "now"] == pytest.approx(40.9 / 37.1)
    assert status.loc["cn15_urban", "redefined"] == 2020


@pytest.mark.parametrize("language", LANGUAGES)
def test_chapter_in_every_language(section, language):
    found = chapter(section, Findings(), Translator(language))
    assert found is not None
    figures = [block for block in flat(found.blocks) if isinstance(block, Figure)]
    grids = [block for block in flat(found.blocks) if isinstance(block, Grid)]
    assert [figure.name for figure in figures] == ["tracking-verdicts", "tracking-ladder-a", "tracking-ladder-b"]
    assert len(grids) == 6
    for figure in figures[1:]:
        rows = figure.option["yAxis"]["data"]
        assert len(rows) == len(set(rows)) == len(figure.twin)
    for grid in grids:
        assert all(len(row) == len(grid.columns) for row in grid.rows)
        assert grid.csv in tables_of(section)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_theme_has_one_name_in_all_chapters(section, language):
    text = Translator(language)
    assert ToldTracking(section, text).label("theme", "social") == text("plans.theme.social")


def test_share_of_the_gap_that_levers_close():
    ids = (("up", Kind.LEVEL, ">=", 200.0), ("down", Kind.LEVEL, "<=", 50.0), ("met", Kind.LEVEL, ">=", 80.0))
    targets = [
        Target(name, "A", "", "en", name, kind, operator, value, "t", 2030) for name, kind, operator, value in ids
    ]
    seen = [Observation(name, year, 100.0, "t") for name, *_ in ids for year in (2024, 2025)]
    changes = pd.DataFrame(
        [("up", 10.0, 30.0, 20.0, 50.0), ("down", -30.0, -15.0, -10.0, 5.0), ("met", 1.0, 2.0, 2.0, 3.0)],
        columns=["target", "low", "median", "central", "high"],
    )
    found = gap_closed(track(targets, seen, "2026-06-30").status, changes).set_index("target")
    assert list(found.index) == ["up", "down"]
    assert list(found.loc["up", ["low", "median", "central", "high"]]) == [0.1, 0.3, 0.2, 0.5]
    assert list(found.loc["down", ["low", "median", "central", "high"]]) == pytest.approx([-0.1, 0.3, 0.2, 0.6])


def test_station_reads_modelled_changes_from_earlier_sections(section):
    nothing = float("nan")
    changes = pd.DataFrame(
        [("cn15_nonfossil", *[nothing] * 4), ("cn15_co2", -4.0, -3.0, -2.0, -1.0)],
        columns=["target", "low", "median", "central", "high"],
    )
    outcomes = blank.section(OutcomesSection, target_changes=Table(TargetChangeRow, changes))
    folder = study_directory("china-russia")
    study = SimpleNamespace(
        targets=read_targets(folder / "targets.csv"),
        observations=read_observations(folder / "observations.csv").points,
        as_of="2026-10-31",
        partners=("CHN", "RUS"),
        economy_names={},
    )
    found = tracking.compute(study, Findings({"outcomes": outcomes}), None)
    closed = found.tracking_gap_closed.frame.set_index("target")["central"]
    assert closed["cn15_co2"] == pytest.approx(2 / 17)
    text = Translator("en")
    made = chapter(found, Findings(), text)
    grid = next(block for block in made.blocks if isinstance(block, Grid) and block.csv == "tracking_gap_closed")
    assert [row[2] == text("outcomes.by_lever") for row in grid.rows] == [False, True]
    assert grid.rows[0][2] == text.percent(100 * 3 / 17, 1, signed=True), "the median of the draws, not the central run"
    assert not section.tracking_gap_closed.rows


def with_levers(section):
    """Give two targets whose past can be projected a chance with levers that is not the chance of their trend."""
    trends = {r.target: r.chance for r in section.tracking_status.rows if r.chance is not None and 0.1 < r.chance < 0.9}
    chosen = list(trends)[:2]
    assert len(chosen) == 2
    aims = [SimpleNamespace(id=f"o{k}", target=target) for k, target in enumerate(chosen)]
    rows = [
        SimpleNamespace(outcome=aim.id, world=LEVERS_WORLD, median_pct=1.25, basis=PROJECTION, chance=chance)
        for aim in aims
        for chance in [trends[aim.target] / 2]
    ]
    made = SimpleNamespace(aims=aims, outcomes=SimpleNamespace(rows=rows), carried_by_levers=())
    tracked = [tracking._tracked(row) for row in section.tracking_status.rows]
    cards = table(CardRow, list(card_rows(tracked, made)))
    return dataclasses.replace(section, target_cards=cards), {target: trends[target] for target in chosen}


def test_a_card_has_the_aim_of_the_plan_and_the_last_observation(section):
    """Every number of a card against the study's own files, not against what tracking made of them."""
    folder = study_directory("china-russia")
    plan = {target.id: target for target in read_targets(folder / "targets.csv")}
    seen = {}
    for point in read_observations(folder / "observations.csv").points:
        if point.comparable:
            seen.setdefault(point.indicator, {})[point.year] = point.value
    status = section.tracking_status.frame.set_index("target")
    cards = section.target_cards.rows
    assert {card.target for card in cards} == set(plan)
    checked = 0
    for card in cards:
        target = plan[card.target]
        assert (card.partner, card.aim, card.unit, card.year) == (
            target.partner,
            target.value,
            target.unit,
            target.year,
        )
        row = status.loc[card.target]
        told = [card.verdict, card.chance_trend, card.projected, card.latest]
        for mine, name in zip(told, ("verdict", "chance", "projected", "now"), strict=True):
            assert mine == row[name] or (mine is None and pd.isna(row[name])), (card.target, name)
        if card.latest is not None and card.target in seen and target.kind is Kind.LEVEL:
            assert card.latest_year == max(seen[card.target]), card.target
            assert card.latest == pytest.approx(seen[card.target][card.latest_year]), card.target
            checked += 1
    assert checked >= 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_on_the_page_says_the_trend_first_and_the_levers_after_it_with_the_years_of_the_table(section, language):
    text, (given, trends) = Translator(language), with_levers(section)
    told = ToldTracking(given, text)
    plan = {target.id: target for target in read_targets(study_directory("china-russia") / "targets.csv")}
    page = flat(chapter(given, Findings(), text).blocks)
    grid = next(block for block in page if isinstance(block, Grid) and block.csv == "target_cards")
    heads = ("target", "partner", "aim", "latest", "verdict", "chance_trend", "effect", "chance_levers", "why")
    assert list(grid.columns) == [text.of("tracking.column", head) for head in heads]
    shown = [
        card for card in given.target_cards.rows if card.chance_trend is not None or card.chance_levers is not None
    ]
    assert len(grid.rows) == len(shown) > 10
    for card, row in zip(shown, grid.rows, strict=True):
        status = told.status_of(card.target)
        assert row[2] == text("tracking.aim", goal=told.goal(status), year=plan[card.target].year)
        if card.latest is not None:
            assert row[3] == text("tracking.latest", value=told.value(card.latest, status), at=card.latest_year)
        if card.target in trends:
            trend = trends[card.target]
            assert row[5] == text.percent(100 * trend, 0)
            assert row[6] == text.percent(1.25, 2, signed=True)
            assert row[7] == text.percent(50 * trend, 0)
            assert row[8] == text("tracking.why.levers")
        else:
            assert (row[5] == "–", row[7]) == (card.chance_trend is None, "–")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_target_without_a_year_but_with_observations_is_listed(language):
    targets = (
        Target("dated", "A", "", "en", "dated", Kind.LEVEL, ">=", 9.0, "t", 2030),
        Target("open", "A", "", "en", "open aim", Kind.LEVEL, ">=", 9.0, "t", None),
    )
    seen = tuple(Observation(t.id, year, 5.0, "t") for t in targets for year in (2023, 2024, 2025))
    study = SimpleNamespace(
        targets=targets,
        observations=seen,
        as_of="2026-06-30",
        partners=("A", "B"),
        economy_names={},
    )
    found = chapter(tracking.compute(study, Findings(), None), Findings(), Translator(language))
    listed = [cell for block in flat(found.blocks) if isinstance(block, Grid) for row in block.rows for cell in row]
    assert "open aim" in listed
