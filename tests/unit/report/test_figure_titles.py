"""Titles of charts state what the numbers of the run say, and say plainly what is drawn where there is no finding."""

import dataclasses

import pytest
from blank import row, section

from isthmus.report.blocks import Figure, flat
from isthmus.report.chapters import levers, programme
from isthmus.report.chapters import value as value_chapter
from isthmus.report.locale import LANGUAGES, Translator
from isthmus.study.levers import LeversSection, WeightRow
from isthmus.study.programme_tables import ProgrammeSection, ProjectRow
from isthmus.study.section import Table, table
from isthmus.study.station import Findings
from isthmus.study.value import EffectRow

from .report_sample import value


def titles(frame, language: str = "en") -> dict[str, str]:
    """Titles of the chapter on value by chart, with effects of the frame."""
    made = value_chapter.chapter(
        dataclasses.replace(value(), effects=Table(EffectRow, frame)), Findings(), Translator(language)
    )
    return {block.name: block.title for block in flat(made.blocks) if isinstance(block, Figure)}


def effects(**medians: float):
    """Effects of the sample whose medians are replaced for both partners; ranges reach half as far on both sides."""
    frame = value().effects.frame.copy()
    for component, median in medians.items():
        chosen = (frame["component"] == component) & frame["economy"].isin(["AAA", "BBB"])
        frame.loc[chosen, ["low", "median", "high"]] = sorted((0.5 * median, median, 1.5 * median))
    return frame


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chart_of_the_plans_says_what_part_the_own_plan_alone_brings(language: str) -> None:
    text, frame = Translator(language), effects(own=0.3, aligned=0.4)
    assert text.percent(75, 0) in titles(frame, language)["value-own"]
    frame.loc[(frame["component"] == "own") & (frame["economy"] == "BBB"), "low"] = -0.1
    assert titles(frame, language)["value-own"] == text("value.figure.own"), "a share of what may be a loss is none"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chart_of_what_crosses_the_border_names_its_largest_part_beyond_doubt(language: str) -> None:
    text, frame = Translator(language), effects(spillover=0.01, interaction=-0.001, coordination=0.05)
    assert text.of("value.component", "coordination") in titles(frame, language)["value-cross"]
    frame.loc[frame["component"] == "coordination", "low"] = -1.0
    assert text.of("value.component", "spillover") in titles(frame, language)["value-cross"]
    frame["low"], frame["high"] = -1.0, 1.0
    told = text("value.found.cross_unclear", name=text.named(value().economy_names["AAA"], ""))
    assert told in titles(frame, language)["value-cross"]


def test_the_chart_of_levers_says_what_part_of_all_the_shown_ones_move() -> None:
    text = Translator("en")
    medians = {"one": 0.3, "two": -0.1, "three": 0.1}
    rows = [row(WeightRow, lever=lever, economy="AAA", median=median) for lever, median in medians.items()]
    made = section(LeversSection, partners=("AAA",), described=[None] * 3, lever_weights=table(WeightRow, rows))
    told = levers._figure_title(made, ["one", "two"], {"AAA": "Aland"}, text)
    assert f"Aland {text.percent(80, 0)}" in told
    assert levers._figure_title(made, list(medians), {"AAA": "Aland"}, text) == text("levers.figure", n=3, all=3)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_chart_of_all_projects_says_how_many_are_in_use_by_the_deadline(language: str) -> None:
    text, made = Translator(language), section(ProgrammeSection, deadline=2030)
    rows = [row(ProjectRow, done=year) for year in (2028, 2030, 2031)]
    assert programme._in_use(rows, made, text) == text("programme.in_use", n=2, all=3, year=2030, last=2031)
    assert programme._in_use(rows[:2], made, text) == text("programme.all_in_use", n=2, year=2030)
