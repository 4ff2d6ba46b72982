"""Pairs of one-sentence plans that look alike and are not: opposite verbs, unlike base years, wholes and parts."""

from itertools import product
from pathlib import Path

import pytest
from samples_alignment import packaged

from isthmus.alignment.glossary import read_statement
from isthmus.alignment.judgement import REASONS, Judgement, Relation
from isthmus.alignment.match import align
from isthmus.alignment.relation import relate
from isthmus.alignment.statement import Statement, statements
from isthmus.plans.plan import Target
from isthmus.readers.alignment.glossary import read_glossary
from isthmus.readers.alignment.links import read_passage
from isthmus.readers.alignment.matcher import load_matcher
from isthmus.readers.documents.plans import extract_targets

LANGUAGES = ("en", "ru", "zh")
Aims = tuple[str, str, str]
"""One aim in English, Russian and Chinese."""

MINES_CLOSED = ("Close 20 coal mines by 2030.", "Закрыть 20 угольных шахт к 2030 году.", "到2030年关闭20座煤矿。")
TO_GDP = (
    "Raise education spending to 4 percent of GDP by 2030.",
    "Довести расходы на образование до 4 процентов ВВП к 2030 году.",
    "到2030年教育支出占GDP的比重提高到4%。",
)
YOUTH = (
    "Reduce youth unemployment to 5 percent by 2030.",
    "Снизить безработицу среди молодежи до 5 процентов к 2030 году.",
    "到2030年青年失业率降至5%。",
)
FROM_1990 = (
    "Cut emissions by 30 percent from 1990 levels by 2030.",
    "Сократить выбросы парниковых газов на 30 процентов к 2030 году по сравнению с 1990 годом.",
    "到2030年温室气体排放比1990年下降30%。",
)
HOSPITALS = ("Build 40 hospitals by 2030.", "Построить 40 больниц к 2030 году.", "到2030年建设40所医院。")

OPPOSITE: list[tuple[Aims, Aims]] = [
    (("Open 20 coal mines by 2030.", "Открыть 20 угольных шахт к 2030 году.", "到2030年新建20座煤矿。"), MINES_CLOSED),
    (
        (
            "Build 1,500 km of railways by 2030.",
            "Построить 1500 км железных дорог к 2030 году.",
            "到2030年建设铁路1500公里。",
        ),
        (
            "Close 1,500 km of railways by 2030.",
            "Закрыть 1500 км железных дорог к 2030 году.",
            "到2030年关闭铁路1500公里。",
        ),
    ),
    (
        ("Build 12 steel mills by 2030.", "Построить 12 сталелитейных заводов к 2030 году.", "到2030年建设12座钢厂。"),
        ("Shut 12 steel mills by 2030.", "Остановить 12 сталелитейных заводов к 2030 году.", "到2030年关停12座钢厂。"),
    ),
    (
        ("Open 10 customs posts by 2030.", "Открыть 10 таможенных постов к 2030 году.", "到2030年新设10个海关监管点。"),
        (
            "Remove 10 customs posts by 2030.",
            "Ликвидировать 10 таможенных постов к 2030 году.",
            "到2030年撤销10个海关监管点。",
        ),
    ),
    (
        (
            "Commission 8 coal-fired power units by 2030.",
            "Ввести 8 угольных энергоблоков к 2030 году.",
            "到2030年投产8台煤电机组。",
        ),
        (
            "Decommission 8 coal-fired power units by 2030.",
            "Вывести из эксплуатации 8 угольных энергоблоков к 2030 году.",
            "到2030年淘汰8台煤电机组。",
        ),
    ),
    (
        ("Open 50 rural schools by 2030.", "Создать 50 сельских школ к 2030 году.", "到2030年新建50所农村学校。"),
        ("Abolish 50 rural schools by 2030.", "Упразднить 50 сельских школ к 2030 году.", "到2030年撤并50所农村学校。"),
    ),
    (
        ("Erect 6 bridges by 2030.", "Возвести 6 мостов к 2030 году.", "到2030年架设6座桥梁。"),
        ("Dismantle 6 bridges by 2030.", "Демонтировать 6 мостов к 2030 году.", "到2030年拆除6座桥梁。"),
    ),
]
OTHER_BASE: list[tuple[Aims, Aims]] = [
    (
        FROM_1990,
        (
            "Cut emissions by 30 percent from 2015 levels by 2030.",
            "Сократить выбросы парниковых газов на 30 процентов к 2030 году по сравнению с 2015 годом.",
            "到2030年温室气体排放比2015年下降30%。",
        ),
    ),
    (
        (
            "Raise steel output by 20 percent from 2020 by 2030.",
            "Увеличить производство стали на 20 процентов к уровню 2020 года к 2030 году.",
            "到2030年钢产量比2020年增长20%。",
        ),
        (
            "Raise steel output by 20 percent from 2025 by 2030.",
            "Увеличить производство стали на 20 процентов к уровню 2025 года к 2030 году.",
            "到2030年钢产量比2025年增长20%。",
        ),
    ),
]
OTHER_WHOLE: list[tuple[Aims, Aims]] = [
    (
        TO_GDP,
        (
            "Raise education spending to 4 percent of the budget by 2030.",
            "Довести расходы на образование до 4 процентов бюджета к 2030 году.",
            "到2030年教育支出占财政支出的比重提高到4%。",
        ),
    ),
    (
        (
            "Raise research spending to 3 percent of GDP by 2030.",
            "Увеличить расходы на науку до 3 процентов ВВП к 2030 году.",
            "到2030年研发经费占国内生产总值的比重达到3%。",
        ),
        (
            "Raise research spending to 3 percent of government spending by 2030.",
            "Увеличить расходы на науку до 3 процентов расходов бюджета к 2030 году.",
            "到2030年研发经费占一般公共预算支出的比重达到3%。",
        ),
    ),
]
BY_MEASURE: tuple[Aims, Aims] = (
    (
        "Raise the share of renewables in electricity generation to 40 percent by 2030.",
        "Увеличить долю возобновляемой энергии в выработке электроэнергии до 40 процентов к 2030 году.",
        "到2030年可再生能源占发电量的比重提高到40%。",
    ),
    (
        "Raise the share of renewables in energy consumption to 40 percent by 2030.",
        "Увеличить долю возобновляемой энергии в потреблении энергии до 40 процентов к 2030 году.",
        "到2030年可再生能源占能源消费的比重提高到40%。",
    ),
)
PART: list[tuple[Aims, Aims]] = [
    (
        (
            "Reduce unemployment to 5 percent by 2030.",
            "Снизить безработицу до 5 процентов к 2030 году.",
            "到2030年失业率降至5%。",
        ),
        YOUTH,
    ),
    (
        (
            "Reduce poverty to 3 percent by 2030.",
            "Снизить уровень бедности до 3 процентов к 2030 году.",
            "到2030年贫困率降至3%。",
        ),
        (
            "Reduce rural poverty to 3 percent by 2030.",
            "Снизить уровень бедности сельского населения до 3 процентов к 2030 году.",
            "到2030年农村贫困率降至3%。",
        ),
    ),
]


def read(text: str) -> list[Statement]:
    return statements(targets(text), packaged())


def targets(text: str) -> list[Target]:
    lang = "en" if text.isascii() else "ru" if any("а" <= letter <= "я" for letter in text) else "zh"
    return list(extract_targets(text, lang))


def judge(left: str, right: str) -> Judgement:
    """Judge the only aims of two sentences as each other's best match, in either order."""
    (a,), (b,) = read(left), read(right)
    found, back = (relate(*pair, 0.9, packaged(), matched=True) for pair in ((a, b), (b, a)))
    assert (found.relation, found.rule) == (back.relation, back.rule)
    assert REASONS[found.rule].format(**found.details)
    return found


def languages(pairs: list[tuple[Aims, Aims]]) -> list[tuple[str, str]]:
    return [both for left, right in pairs for both in product(left, right)]


@pytest.mark.parametrize(("left", "right"), languages(OPPOSITE))
def test_verbs_that_undo_each_other_are_a_conflict(left: str, right: str) -> None:
    found = judge(left, right)
    assert (found.relation, found.rule) == (Relation.CONFLICT, "limit_against_expansion")


@pytest.mark.parametrize(("left", "right"), languages(OTHER_BASE))
def test_changes_from_unlike_base_years_are_not_equal_and_both_years_are_told(left: str, right: str) -> None:
    found = judge(left, right)
    assert (found.relation, found.rule) == (Relation.RELATED, "other_base")
    assert all(" → 2030)" in told for told in found.details.values())
    assert found.details["left"] != found.details["right"]


@pytest.mark.parametrize(("left", "right"), languages(OTHER_WHOLE))
def test_shares_of_unlike_wholes_are_not_equal(left: str, right: str) -> None:
    found = judge(left, right)
    assert (found.relation, found.rule) == (Relation.RELATED, "other_whole")


@pytest.mark.parametrize(("left", "right"), [*zip(*BY_MEASURE, strict=True)])
def test_a_share_in_what_is_made_is_not_one_in_what_is_used(left: str, right: str) -> None:
    assert judge(left, right).rule == "other_whole"


@pytest.mark.parametrize(("left", "right"), languages(PART))
def test_a_part_is_not_the_whole(left: str, right: str) -> None:
    found = judge(left, right)
    assert (found.relation, found.rule) == (Relation.RELATED, "part_of_whole")


def test_parts_of_two_kinds_are_not_equal() -> None:
    assert judge(YOUTH[0], "Reduce unemployment among women to 5 percent by 2030.").rule == "part_of_whole"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Provide broadband to 98 percent of villages by 2030.", "到2030年行政村宽带通达率达到98%。"),
        ("Provide broadband to 98 percent of villages by 2030.", "Обеспечить интернетом 98 процентов сел к 2030 году."),
        ("Reduce mortality among children under five to 6 per mille by 2030.", "到2030年5岁以下儿童死亡率降至6‰。"),
        ("Reduce poverty among children to 10 percent by 2030.", "到2030年儿童贫困率降至10%。"),
        ("Снизить бедность среди детей до 10 процентов к 2030 году.", "到2030年儿童贫困率降至10%。"),
    ],
)
def test_a_part_in_other_words_is_the_same_part(left: str, right: str) -> None:
    assert judge(left, right).rule == "numbers_agree"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Убрать 120 млн тонн зерна к 2030 году.", "Увеличить сбор зерна до 120 млн тонн к 2030 году."),
        ("Remove obstacles to charging stations.", "Build charging stations."),
        ("Снос ветхого жилья до 2030 года.", "Строительство жилья до 2030 года."),
    ],
)
def test_harvesting_clearing_the_way_and_clearing_slums_end_nothing(left: str, right: str) -> None:
    told = [target for text in (left, right) for target in read_passage(text, text, "en" if text.isascii() else "ru")]
    a, b = statements(told, packaged())
    assert relate(a, b, 0.9, packaged(), matched=True).relation is not Relation.CONFLICT


@pytest.mark.parametrize(
    ("left", "right"), languages([(a, a) for a in (HOSPITALS, MINES_CLOSED, FROM_1990, TO_GDP, YOUTH)])
)
def test_one_aim_in_two_plans_is_the_same(left: str, right: str) -> None:
    found = judge(left, right)
    assert (found.relation, found.rule) == (Relation.SAME, "numbers_agree")


def test_one_aim_in_two_plans_is_accepted_and_sure() -> None:
    matcher = load_matcher("base")
    for aims in (HOSPITALS, YOUTH):
        (link,) = align(targets(aims[0]), targets(aims[0]), matcher).links
        assert (link.accepted, link.relation, link.band) == (True, Relation.SAME, "confident")


def test_who_sells_less_abroad_is_not_displaced() -> None:
    own = "Replace imports of wind turbines and equipment: 90 percent by 2030."
    assert judge(own, "Raise exports of equipment by 15 percent by 2031.").rule == "buyer_wants_less"
    own = "Raise the localisation of equipment to 90 percent by 2030."
    assert judge(own, "Cut exports of equipment by 15 percent by 2031.").relation is Relation.RELATED


def test_one_aim_measured_differently_may_be_told_of_a_part() -> None:
    assert judge("Reduce rural poverty by half by 2030.", "Reduce poverty to 5 percent by 2030.").rule == "same_aim"


def test_of_two_aims_of_a_sentence_each_has_its_own_verb() -> None:
    both = "Open 20 coal mines and close 30 oil wells by 2030."
    opened, closed = read(both)
    assert (opened.scope, closed.scope) == ("up", "down")
    (other,) = read("Close 30 oil wells by 2030.")
    assert relate(closed, other, 0.9, packaged(), matched=True).relation is Relation.SAME
    (opened,) = read("Open 30 oil wells by 2030.")
    assert relate(closed, opened, 0.9, packaged(), matched=True).relation is Relation.CONFLICT


def test_a_base_year_that_one_side_does_not_say_parts_nothing() -> None:
    bare = "Cut emissions by 30 percent by 2030."
    assert judge(FROM_1990[0], bare).rule == "numbers_agree"
    growth = [f"Raise steel output by 5 percent a year from {year} by 2030." for year in (2020, 2025)]
    assert judge(*growth).rule != "other_base"


def test_a_budget_and_its_revenue_are_no_unlike_wholes() -> None:
    pair = (
        "Obtain 60 percent of budget revenue outside mining by 2032.",
        "2032年非矿业收入占财政收入的60%。",
    )
    assert judge(*pair).rule == "numbers_agree"


def test_what_is_left_out_is_no_whole(tmp_path: Path) -> None:
    assert read_statement("Exports excluding crude oil", "en", packaged()).whole == frozenset()
    assert read_statement("Coal as % of total exports", "en", packaged()).whole == {"exports"}
    own = tmp_path / "own.toml"
    own.write_text('[denominator.steel]\nen = "per mill"\n[part.miners]\nen = "miners"\n', encoding="utf-8")
    found = read_statement("Wages of miners per mill", "en", read_glossary(own))
    assert (found.whole, found.parts) == ({"steel"}, {"miners"})


def test_a_form_may_ask_for_a_number() -> None:
    assert "close" in read_statement("Close 20 mines", "en", packaged()).cues
    assert "close" not in read_statement("Keep close ties with 20 mines, close to home", "en", packaged()).cues


def test_farming_is_no_part_of_the_people() -> None:
    assert read_statement("Индекс сельского хозяйства", "ru", packaged()).parts == frozenset()


def test_of_two_aims_of_a_sentence_each_has_its_own_whole() -> None:
    both = "Raise education spending to 4 percent of GDP and steel output to 40 million tonnes by 2030."
    assert [aim.whole for aim in read(both)] == [{"gdp"}, frozenset()]
