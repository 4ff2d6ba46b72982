"""The station worlds on the packaged study: every setting is there, numbers are those of a solve by hand, failures are told."""

import dataclasses
import json

import numpy as np
import pytest

from isthmus.economy.calibrate import with_elasticity
from isthmus.levers.change import target_values
from isthmus.levers.worlds import SINGLE, Timetable, solve_worlds
from isthmus.report.blocks import Cell, Folded, Grid, Paragraph, Points
from isthmus.report.chapters import worlds as chapter_module
from isthmus.report.locale import LANGUAGES, Translator
from isthmus.study import worlds
from isthmus.study.components import ALIGNED, BOTH, plan_by_plan
from isthmus.study.section import Table, facts_of
from isthmus.study.station import Findings
from tests.packaged import packaged_study


class Bench:
    def progress(self, share: float) -> None:
        assert 0 <= share <= 1

    def map(self, function, items):
        return [function(item) for item in items]


@pytest.fixture(scope="module")
def study():
    return packaged_study()


@pytest.fixture(scope="module")
def section(study):
    return worlds.compute(study, Findings(), Bench())


@pytest.fixture(scope="module")
def smaller(study):
    """The study with one elasticity set and without world trade, so that only totals of the table's year can be used."""
    table = dataclasses.replace(study.baseline.table, elasticities=study.baseline.table.elasticities.sel(set=["FGO"]))
    return dataclasses.replace(study, baseline=dataclasses.replace(study.baseline, table=table), world_trade={})


def test_every_set_closure_end_and_year_is_compared(study, section):
    settings = section.worlds_settings.frame
    found = {kind: set(part["choice"]) for kind, part in settings.groupby("kind")}
    sets = set(study.baseline.table.elasticities["set"].values)
    assert found == {
        "central": {""},
        "elasticity": sets - {"FGO"},
        "closure": {"own_va", "zero"},
        "services": {"3", "8.35"},
        "nowcast": {str(t.year) for t in study.totals},
    }
    assert settings["solved"].all()
    json.dumps(facts_of(section))


@pytest.mark.parametrize(("name", "change"), [("central:", {}), ("closure:zero", {"trade_balance": "zero"})])
def test_numbers_are_those_of_a_solve_by_hand(study, section, name, change):
    parameters = {**target_values(study.targets), **study.ledger.central()}
    at = Timetable(study.start, study.deadline, study.deadline)
    solved = solve_worlds(
        study.baseline,
        study.levers,
        parameters,
        plan_by_plan(study.levers, study.partners, parameters, study.asked),
        at,
        **change,
    )
    table = section.worlds.frame.set_index(["setting", "economy", "component"])["value_pct"]
    for code in study.partners:
        i = study.baseline.economies.index(code)
        value = {world: solved[world].real_income[study.deadline][i] for world in solved}
        assert table[name, code, "own"] == pytest.approx(value[SINGLE + code], abs=1e-7)
        assert table[name, code, "coordination"] == pytest.approx(value[ALIGNED] - value[BOTH], abs=1e-7)


def test_another_set_moves_goods_only(study, section):
    parameters = {**target_values(study.targets), **study.ledger.central()}
    other = with_elasticity(study.baseline, "CP", parameters["services_elasticity"], 1.0)
    at = Timetable(study.start, study.deadline, study.deadline)
    aligned = solve_worlds(
        other, study.levers, parameters, plan_by_plan(study.levers, study.partners, parameters, study.asked)[3:], at
    )[ALIGNED]
    table = section.worlds.frame.set_index(["setting", "economy", "component"])["value_pct"]
    for code in study.partners:
        i = study.baseline.economies.index(code)
        assert table["elasticity:CP", code, "aligned"] == pytest.approx(
            aligned.real_income[study.deadline][i], abs=1e-7
        )


def test_signs_that_turn_are_marked_and_no_others(section):
    table = section.worlds.frame
    turned = table["value_pct"] * table["central_pct"] < 0
    sized = np.minimum(table["value_pct"].abs(), table["central_pct"].abs()) > worlds.NEGLIGIBLE_PCT
    assert (table["sign_change"] == (turned & sized)).all()
    assert not table.loc[table["kind"] == "central", "sign_change"].any()


def test_newer_totals_are_reached_and_stated(study, section):
    totals = section.nowcast_totals.frame
    assert len(totals) == len(study.totals)
    assert np.allclose(totals["after"], totals["target"])
    assert set(totals["basis"]) == {"fob", "cif"}
    assert (totals.loc[totals["year"] == study.baseline.table.year, "year_factor"] == 1).all()


def test_a_setting_that_fails_is_listed_with_its_reason(smaller):
    found = worlds.compute(smaller, Findings(), Bench())
    settings = found.worlds_settings.frame.set_index("setting")
    assert not settings.loc["nowcast:2024", "solved"]
    assert "world goods trade" in settings.loc["nowcast:2024", "reason"]
    assert settings.loc["nowcast:2022", "solved"]
    text = Translator("en")
    written = chapter_module.chapter(found, Findings(), text)
    warning = [b for b in written.blocks if isinstance(b, Points) and b.tone == "warning"]
    assert len(warning) == 1
    assert len(warning[0].items) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_chapter_says_which_signs_turn(section, language):
    written = chapter_module.chapter(section, Findings(), Translator(language))
    table = section.worlds.frame
    turned = table[table["sign_change"]].groupby(["component", "economy"]).ngroups
    assert str(turned) in written.title
    points = [b for b in written.blocks if isinstance(b, Points)]
    assert len(points[0].items) == turned
    grids = [b for b in written.blocks if isinstance(b, Grid)]
    grids += [inner for b in written.blocks if isinstance(b, Folded) for inner in b.blocks if isinstance(inner, Grid)]
    marked = sum(isinstance(cell, Cell) for grid in grids for row in grid.rows for cell in row)
    by_setting = int(table["sign_change"].sum())
    beside = int(table.loc[table["kind"] == "nowcast", "sign_change"].sum())
    assert marked == by_setting + beside


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_effect_of_nothing_has_no_sign_to_keep(section, language):
    frame, text = section.worlds.frame, Translator(language)
    own = (frame["component"] == "own") & (frame["economy"] == section.partners[0])
    still = frame.assign(value_pct=frame["value_pct"].where(~own, 1e-9))
    nothing = dataclasses.replace(section, worlds=Table(section.worlds.row, still))
    written = chapter_module.chapter(nothing, Findings(), text)
    said = [block.text for block in written.blocks if isinstance(block, Paragraph)][1]
    name, settings = section.economy_names[section.partners[0]][language], len(section.worlds_settings.rows)
    part = text("value.zero_of", name=name, components=text.of("value.component", "own"))
    assert said.endswith(text("worlds.nothing", n=settings, parts=part))
