"""The station tracks the packaged study, and the chapter speaks of it in three languages."""

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
from isthmus.study import tracking
from isthmus.study.outcome_rows import TargetChangeRow
from isthmus.study.outcomes import OutcomesSection
from isthmus.study.section import Table, tables_of
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
