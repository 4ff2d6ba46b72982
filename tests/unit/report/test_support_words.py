"""Who states, who implies, and what is known from secondary sources alone: counted from the table, never from a word for all."""

import re
from dataclasses import replace

import pytest
from report_sample import supported

from isthmus.report.locale import LANGUAGES, Translator
from isthmus.report.support_words import carried_told, support_told
from isthmus.study.levers import SupportRow
from isthmus.study.section import table


@pytest.mark.parametrize("language", LANGUAGES)
def test_measures_of_both_plans_are_counted_by_how_each_plan_carries_them(language: str) -> None:
    """Three of four measures are of both plans: one stated by both, one by one of them, one by none; statements count once."""
    text = Translator(language)
    told = support_told(supported(), "stated", text)
    assert list(map(int, re.findall(r"\d+", told)))[:4] == [3, 1, 1, 1]
    for n, every in ((0, 2), (1, 1)):
        assert text("answer.of", n=n, all=every) in told
    section = supported()
    rows = [replace(row, strength="implies") if row.lever == "gate" else row for row in section.measure_support.rows]
    fewer = support_told(replace(section, measure_support=table(SupportRow, rows)), "stated", text)
    assert list(map(int, re.findall(r"\d+", fewer)))[:4] == [3, 0, 1, 2]


def test_statements_that_name_the_other_side_and_documents_count_once() -> None:
    section = supported()
    rows = [
        replace(row, naming=row.statements.split(";")[0], documents="plan;law") if row.statements else row
        for row in section.measure_support.rows
    ]
    told = support_told(replace(section, measure_support=table(SupportRow, rows)), "stated", Translator("en"))
    assert "name the other side: Aland 1 of 2 and Beria 1 of 1" in told
    assert told.endswith("number of documents they stand in: Aland 2 and Beria 2.")


def test_nothing_is_said_of_support_without_measures_of_both_plans() -> None:
    text, section = Translator("en"), supported()
    assert support_told(None, "own", text) == ""
    assert support_told(replace(section, measure_support=table(SupportRow)), "own", text) == ""


def test_a_tag_names_the_plans_that_state_a_project_and_those_that_only_imply_it() -> None:
    text, names = Translator("en"), {"A": "Aland", "B": "Beria"}
    assert carried_told("A:states;B:implies", names, text) == "states: Aland; implies: Beria"
    assert carried_told("B:implies;A:implies", names, text) == "implies: Beria and Aland"
    assert carried_told("A:states", names, text) == "states: Aland"
    assert carried_told("", names, text) == "no plan"
