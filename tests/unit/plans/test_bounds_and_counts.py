# ruff: noqa: E501 (sentences stay on one line)
"""Bounds on falls, counts of a plan's own parts, histories with years, and what tables and captions say beside their values."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.extract import Extraction
from isthmus.plans.plan import Kind
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document, extract_targets

Bounded = tuple[Kind, str, float | None, str]


def read(text: str, reported: int | None = None) -> Extraction:
    return extract_document(Document("plan.txt", None, tuple(blocks_of(text))), with_words=False, reported=reported)


def bounds(text: str) -> list[Bounded]:
    return [(t.kind, t.operator, t.value, t.unit) for t in extract_targets(text, with_words=False)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Снижение аварийности судов не менее чем до 26 процентов к 2035 году", [(Kind.LEVEL, "<=", 26, "%")]),
        ("Сокращение очередей в порту не более чем до 7 часов к 2035 году", [(Kind.LEVEL, ">=", 7, "hours")]),
        ("Снизить долю старых кранов до не менее 26 процентов к 2035 году.", [(Kind.LEVEL, ">=", 26, "%")]),
        ("Снизить запас причалов не ниже чем до 7 процентов к 2035 году.", [(Kind.LEVEL, ">=", 7, "%")]),
        ("Увеличение доли новых кранов не менее чем до 26 процентов к 2035 году", [(Kind.LEVEL, ">=", 26, "%")]),
        ("Снизить аварийность не менее чем на 26 процентов к 2035 году.", [(Kind.CHANGE_PCT, "<=", -26, "%")]),
    ],
)
def test_a_bound_in_front_of_the_word_for_to_is_one_on_the_fall(text: str, expected: list[Bounded]) -> None:
    assert bounds(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Port traffic will return to at least the pre-crisis rate of 6 per cent by 2035.",
            [(Kind.LEVEL, ">=", 6, "%")],
        ),
        ("Keep new berths above the national average of 5 percent by 2035.", [(Kind.LEVEL, ">", 5, "%")]),
        (
            "Loans will exceed the budget figure of 10 million dollars by 2 million dollars in 2035.",
            [(Kind.LEVEL, "=", 1e7, "USD"), (Kind.CHANGE_ABS, "=", 2e6, "USD")],
        ),
        ("Keep idle berths below the national average of 5 percent by 2035.", [(Kind.LEVEL, "<", 5, "%")]),
        (
            "Темп роста перевозок будет не ниже докризисного уровня в 6 процентов к 2035 году.",
            [(Kind.GROWTH, ">=", 6, "%")],
        ),
        ("Обеспечить рост ВВП не ниже докризисного темпа 6 процентов к 2035 году.", [(Kind.GROWTH, ">=", 6, "%")]),
        (
            "Доля старых судов будет не выше докризисного уровня в 6 процентов к 2035 году.",
            [(Kind.LEVEL, "<=", 6, "%")],
        ),
        (
            "Снизить потери улова на треть, а отходы от него — вдвое.",
            [(Kind.CHANGE_PCT, "=", -33.3333333333, "%"), (Kind.MULTIPLE, "=", 0.5, "x")],
        ),
        ("Не допускать роста долга портов выше 6 процентов доходов.", [(Kind.LEVEL, "<=", 6, "%")]),
        ("到2035年，港口拥堵率不超过当前6%的水平。", [(Kind.LEVEL, "<=", 6, "%")]),
        ("到2035年，货运增速不低于危机前6%的水平。", [(Kind.GROWTH, ">=", 6, "%")]),
        ("到2035年，货运增速不低于危机前的6%。", [(Kind.GROWTH, ">=", 6, "%")]),
    ],
)
def test_a_bound_stands_in_front_of_the_level_that_names_its_value(text: str, expected: list[Bounded]) -> None:
    assert bounds(text) == expected


@pytest.mark.parametrize(
    ("text", "expected", "name"),
    [
        ("Catches will not fall by more than 3 percent in 2035.", (Kind.CHANGE_PCT, ">=", -3, "%"), "Catches"),
        (
            "Idle time shall not rise by more than 2 percentage points by 2035.",
            (Kind.CHANGE_PP, "<=", 2, "pp"),
            "Idle time",
        ),
        (
            "Catches are not to drop by more than 100 million dollars by 2035.",
            (Kind.CHANGE_ABS, ">=", -1e8, "USD"),
            "Catches",
        ),
        ("Port fees must never be raised by over 5% a year until 2035.", (Kind.GROWTH, "<=", 5, "%"), "Port fees"),
        ("Улов рыбы не упадет более чем на 3 процента в 2035 году.", (Kind.CHANGE_PCT, ">=", -3, "%"), "Улов рыбы"),
        (
            "Сборы портов не вырастут более чем на 5 процентов к 2035 году.",
            (Kind.CHANGE_PCT, "<=", 5, "%"),
            "Сборы портов",
        ),
        ("到2035年，渔获量不会下降超过3%。", (Kind.CHANGE_PCT, ">=", -3, "%"), "渔获量"),
        (
            "The share of idle berths must not be above 5 percent by 2035.",
            (Kind.LEVEL, "<=", 5, "%"),
            "share of idle berths",
        ),
    ],
)
def test_a_change_that_is_forbidden_beyond_a_bound_is_still_a_change(text: str, expected: Bounded, name: str) -> None:
    assert bounds(text) == [expected]
    assert extract_targets(text, with_words=False)[0].indicator == name


def test_a_level_that_nothing_may_rise_to_is_no_aim_to_rise() -> None:
    (found,) = extract_targets(
        "The share of idle berths must never rise to more than 5 percent by 2035.", with_words=False
    )
    assert (found.kind, found.operator, found.value, found.direction) == (Kind.LEVEL, "<=", 5, "")


def test_a_percentage_may_be_an_adjective() -> None:
    (found,) = extract_targets("Обеспечить 100-процентную доступность причалов к 2035 году.", with_words=False)
    assert (found.value, found.unit, found.indicator) == (100, "%", "доступность причалов")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共20项指标、5个类别；约束性8项（表中另列），其余12项为预期性。", []),
        ("打造80个新型航运空间，改造其他泊位12个。", [80, 12]),
        ("围绕3个新突破，新建泊位45个。", [45]),
        ("实施船厂振兴行动，船厂营收达到8400亿元、同比增长7%左右。", [8.4e11, 7]),
        ("船厂营收达到8400亿元、同比增长7.2%。", []),
    ],
)
def test_counts_of_the_plan_itself_and_growth_in_round_figures(text: str, expected: list[float]) -> None:
    assert [t.value for t in read(text).targets] == expected


@pytest.mark.parametrize("bound", ["", "охота и "])
def test_a_year_of_the_past_makes_no_aim_of_what_a_verb_reports(bound: str) -> None:
    text = f"Главное место в обороте до 2024 года занимали {bound}лов рыбы (около 25 - 30% оборота)."
    assert not read(text, reported=2028).targets
    assert [t.value for t in read(text.replace("занимали", "займут"), reported=2020).targets] == [25, 30]


def test_the_steps_of_a_path_end_with_its_semicolon() -> None:
    text = (
        "увеличено число судов, получающих стоянку: в 2031 году - не менее 60 тыс. судов; к 2034 году - не менее 80 тыс. судов; "
        "улучшены условия работы экипажей: к 2034 году - не менее 120 тыс. моряков"
    )
    names = [t.indicator for t in read(text).targets]
    assert names[:2] == ["число судов, получающих стоянку"] * 2


def test_a_column_of_yearly_averages_holds_levels_of_shares() -> None:
    rows = ["| 指标 | 2025年 | 2030年 | 年均/累计 |", "|---|---|---|---|"]
    rows += ["| 港口失业率（%） | 5.2 | — | <5.5 |", "| 船厂研发投入增长（%） | 9.1 | — | >7 |"]
    rows += ["| 船员人数（万人） | 12 | 15 | — |", "| 港口吞吐量（万吨） | 120 | — | 6%左右 |"]
    kinds = [(t.kind, t.value) for t in read("\n".join(rows)).targets]
    assert kinds == [(Kind.LEVEL, 5.5), (Kind.GROWTH, 7), (Kind.LEVEL, 150000), (Kind.GROWTH, 6)]


@pytest.mark.parametrize(
    ("caption", "count"),
    [("Оценка финансовых ресурсов, необходимых\nдля развития портов", 0), ("Показатели развития портов", 2)],
)
def test_a_table_of_the_money_that_a_plan_needs_holds_no_targets(caption: str, count: int) -> None:
    rows = [
        "| Источник | 2031 - 2035 гг. | 2036 - 2040 гг. |",
        "|---|---|---|",
        "| Вложения, млрд рублей | 377,0 | 458,4 |",
    ]
    assert len(read("\n".join(["Таблица 2", caption, "", *rows]), reported=2028).targets) == count


@pytest.mark.parametrize(
    "text",
    [
        "结构：不分篇，18个部分、74个二级条目；正文约5.2万汉字。",
        "存档文本约9.3万字，设24个专栏。",
        "主要指标（专栏1，共25项）核心值：",
        "锻造更多千亿元级、万亿元级船舶产业集群，培育五千亿级渔业。",
        "完善世界500强、中国500强、航运龙头企业等企业培育体系。",
        "实施产业倍增战略，推动六大优势产业提质倍增。",
        "升级建设12355船员服务台。",
    ],
)
def test_sizes_of_the_document_classes_and_slogans_are_no_targets(text: str) -> None:
    assert not read(text).targets


def test_amounts_told_in_turn_go_on_from_start_values_told_in_turn() -> None:
    found = read("困难船员生活补贴、重度伤残船员护理补贴标准分别从每人每月209元、280元提高到217元、290元。").targets
    assert [(t.base_value, t.value) for t in found] == [(209, 217), (280, 290)]
    assert [t.indicator.rpartition(": ")[2] for t in found] == ["困难船员生活补贴", "重度伤残船员护理补贴标准"]
    found = read(
        "集中供养船员保障标准从每人每月2375元提高到2423元，散居船员（含退休船员）从每人每月1536元提高到1567元。"
    ).targets
    assert [(t.base_value, t.value) for t in found] == [(2375, 2423), (1536, 1567)]
    assert [t.indicator for t in found] == ["集中供养船员保障标准", "散居船员（含退休船员）"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("十五是打造80个新型航运空间。", ["打造新型航运空间"]),
        ("有序推进港口建设，机械化率提升至67.5%。", ["机械化率"]),
        ("提出港口产值年均增长5%。", ["港口产值"]),
        (
            "航运增加值年均增长5%以上，2030年占港口生产总值比重力争达60%。",
            ["航运增加值", "航运增加值占港口生产总值比重"],
        ),
    ],
)
def test_names_stand_without_the_words_that_lead_to_their_value(text: str, names: list[str]) -> None:
    assert [t.indicator for t in read(text).targets] == names


def test_an_amount_may_stand_at_the_head_of_a_cell_with_a_space_in_it() -> None:
    (found,) = read("| 指标 | 2030年 |\n|---|---|\n| 船员人均收入 | 9 万元左右，增长与产值同步 |").targets
    assert (found.operator, found.value, found.unit) == ("~", 90000, "yuan")


def test_what_was_reached_of_the_value_of_an_earlier_plan_is_a_fact() -> None:
    text = (
        "Доля новых причалов составила 50,2%, что соответствует 62,8% от планового значения показателя на 2030 год, установленного Планом 2030 (80%). "
        "Степень достижения планового значения показателя на 2030 год, установленного Планом 2030 (30%), составила 55,3%."
    )
    assert not read(text, reported=2028).targets
    aim = "Доля причалов составит не ниже планового значения 80% к 2030 году."
    assert [t.value for t in read(aim, reported=2028).targets] == [80]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Open at least one school by 2031.", [(Kind.LEVEL, ">=", 1, "school")]),
        ("Identify one candidate by 2031.", [(Kind.LEVEL, "=", 1, "candidate")]),
        ("Open at least one school.", []),
        ("Turn the harbour into one of the largest ports by 2031.", []),
        ("We will open at least one by 2031.", []),
        ("Ferries of one owner will be safe by 2031.", []),
        ("Incorporate five laboratories by 2031.", [(Kind.LEVEL, "=", 5, "laboratories")]),
        ("Convene two meetings by 2031.", [(Kind.LEVEL, "=", 2, "meetings")]),
        ("Facilitate development of 10 novel therapies by 2031.", [(Kind.LEVEL, "=", 10, "therapies")]),
        ("Studies are undertaken to 1) describe the reefs and 2) assess the quays by 2031.", []),
        ("Raise the share of ferries with sails to 30% of all by 20316.", [(Kind.LEVEL, "=", 30, "%")]),
        ("Raise the number of sailors to 20500 by 2031.", [(Kind.LEVEL, "=", 20500, "")]),
        ("Raise the number of sailors to 20500.", [(Kind.LEVEL, "=", 20500, "")]),
        ("Raise exports of barrels by 20306.", [(Kind.CHANGE_ABS, "=", 20306, "")]),
        ("Raise the share of sails to 30% against that in 20205.", [(Kind.LEVEL, "=", 30, "%")]),
        ("Raise the share of sails to 30% relative to 20205 levels.", [(Kind.LEVEL, "=", 30, "%")]),
    ],
)
def test_ones_and_small_counts_are_aims_where_they_are_due(text: str, expected: list[Bounded]) -> None:
    assert [row for row in bounds(text) if row[2] is not None] == expected


@pytest.mark.parametrize(
    ("text", "unit", "name"),
    [
        ("Raise fisheries by establishing 40 “reef farms” with nurseries by 2035.", "farms", "establishing “reef farms” with nurseries"),
        ("Build 20 “harbour” clinics by 2031.", "clinics", "Build “harbour” clinics"),
        ("Build 30 'pilot' harbours by 2031.", "harbours", "Build 'pilot' harbours"),
    ],
)  # fmt: skip
def test_things_counted_in_quotation_marks_keep_them(text: str, unit: str, name: str) -> None:
    found = extract_targets(text, "en", with_words=False)
    assert [(t.unit, t.indicator) for t in found] == [(unit, name)]
