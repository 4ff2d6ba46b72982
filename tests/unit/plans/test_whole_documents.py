"""What whole programmes and speeches showed: where reports end, which year results have, what is no value."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.reported import reported_to
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.lexicon import read_lexicon
from isthmus.readers.documents.plans import extract_document, extract_targets


def read(text: str, lang: str) -> list[tuple[float | None, int | None]]:
    return [(t.value, t.year) for t in extract_targets(text, lang) if t.value is not None]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("ПОСТАНОВЛЕНИЕ\nот 23 октября 2017 г. № 152\nМУНИЦИПАЛЬНАЯ ПРОГРАММА\nна 2018-2020 годы", 2017),
        ("ПОСТАНОВЛЕНИЕ\nот 15 марта 2017 г. № 77\nМУНИЦИПАЛЬНАЯ ПРОГРАММА\nна 2015-2020 годы", 2016),
        ("МУНИЦИПАЛЬНАЯ ПРОГРАММА\nна 2015-2019 годы", 2014),
        ("Совет принял программу работ.\nна 2015-2019 годы", 0),
    ],
)
def test_reports_end_before_the_period_in_the_title_begins(text: str, year: int) -> None:
    assert reported_to(list(blocks_of(text)), read_lexicon())[0] == year


def test_a_year_that_results_are_announced_for_holds_up_to_the_next_heading() -> None:
    text = """МУНИЦИПАЛЬНАЯ ПРОГРАММА
Реализация программы позволит к 2020 году достичь следующих результатов:
1.
Количество дружинников составит не менее 450 человек.
Источник информации - управление.
Увеличить количество волонтеров до 240.
Раздел 6. Объемы финансирования
Довести долю школ до 30 процентов."""
    assert read(text, "ru") == [(450.0, 2020), (240.0, 2020), (30.0, None)]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("We will provide connections to 8 crore poor women.", "en", [(8e7, None)]),
        ("I propose to raise credit to ₹11 lakh crore.", "en", [(1.1e13, None)]),
        ("We will upgrade 1,25,000 kms of roads.", "en", [(125_000.0, None)]),
        ("We will procure 12000 wagons and 5160 coaches in 2019.", "en", [(12_000.0, 2019), (5160.0, 2019)]),
        ("By 2022, every block with more than 50% of the population will have a school.", "en", []),
        (
            "Программа разработана по закону от 4 мая 2006 года № 34-ЗРТ и обеспечит 90 процентов школ.",
            "ru",
            [(90.0, None)],
        ),
        (
            "Развитие спорта посредством проекта «500 шагов до площадки» охватит 30 процентов детей.",
            "ru",
            [(30.0, None)],
        ),
        ("Р1 = ∑ Ki х (Xi план. / Xi факт.) х 100%,", "ru", []),
        ("今年赤字率拟按4%左右安排、比上年提高1个百分点。", "zh", [(4.0, None), (1.0, None)]),
        ("打造40个重点消费品产业集群。", "zh", [(40.0, None)]),
        ("指标化学需氧量排放总量（万吨）14141270-10%二氧化硫排放总量。", "zh", []),
        ("Укомплектованность врачебными кадрами составляет – 46%.", "ru", []),
        ("развитие услуг для детей раннего возраста (детей от 1,5 до 3 лет);", "ru", []),
        ("70周岁以上户籍老年人意外伤害保险全覆盖。", "zh", []),
    ],
)
def test_what_is_a_value_and_what_is_none(text: str, lang: str, expected: list[tuple[float, int | None]]) -> None:
    assert read(text, lang) == expected


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Причины жители видят в низкой оплате труда (66 процентов).", []),
        ("Доля служащих, с которыми проведены занятия, составит не менее 50 процентов.", [50.0]),
        ("Доля предпринимателей (по данным исследований комитета) составит не более 13,7 процента.", [13.7]),
    ],
)
def test_the_main_clause_outside_of_brackets_says_whether_a_figure_is_a_fact(text: str, values: list[float]) -> None:
    assert [value for value, _ in read(text, "ru")] == values


def test_a_yearly_share_is_no_growth() -> None:
    found = extract_targets(
        "Доля служащих, прошедших повышение квалификации, составит не менее 33 процентов ежегодно.", "ru"
    )
    assert [(t.kind.value, t.value) for t in found] == [("level", 33.0)]


def test_steps_of_a_path_keep_kind_and_direction_and_a_start_may_be_the_current_value() -> None:
    path = extract_targets("Рост промышленного производства в 2028 году составит 1,1%, в 2029 году – 1,7%.", "ru")
    assert [(t.kind.value, t.value, t.year, t.direction) for t in path] == [
        ("change_pct", 1.1, 2028, "up"),
        ("change_pct", 1.7, 2029, "up"),
    ]
    raised = extract_targets("We will raise the minimum salary from the current $2,500 to $3,000 in 2028.", "en")
    assert [(t.kind.value, t.operator, t.value, t.base_value) for t in raised] == [("level", "=", 3000.0, 2500.0)]


def test_settings_of_a_page_are_not_joined_to_its_text() -> None:
    lines = ["---", "title: 'Joint Sitting'", "permalink: /2007/joint-sitting-2007-02-09", "---"]
    blocks = list(blocks_of("\n".join([*lines, *["word " * 14 + "and so it goes on"] * 9])))
    assert [b.text for b in blocks[:4]] == lines


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Объем финансирования программы - 5000 тыс. рублей", "ru"),
        ("2018 год – 2417,0 тыс. руб.", "ru"),
        ("На территории района работают следующие учреждения:\n- 12 школ на 2500 мест;\n- 3 музея.", "ru"),
        ("每3年修订1次教材。", "zh"),
        ("具备条件的25度以上坡耕地实施退耕还林还草。", "zh"),
        ("基本淘汰10蒸吨以下燃煤锅炉。", "zh"),
    ],
)
def test_funding_lines_lists_of_facts_and_names_give_no_number(text: str, lang: str) -> None:
    assert read(text, lang) == []


def test_a_relative_clause_holds_the_start_value_and_makes_no_report() -> None:
    text = "Сокращение количества погибших до 62 человек по сравнению с 2017 годом, в котором погибло 78 человек."
    (target,) = extract_targets(text, "ru")
    assert (target.value, target.base_value, target.base_year, target.direction) == (62.0, 78.0, 2017, "down")


def test_a_long_heading_that_names_aims_closes_a_review() -> None:
    text = """МУНИЦИПАЛЬНАЯ ПРОГРАММА
на 2018-2022 годы
1. Общая характеристика сферы реализации муниципальной программы
Обеспеченность инвентарем составляет 40 процентов.
2. Приоритеты муниципальной политики в сфере реализации муниципальной программы, цели, задачи и показатели (индикаторы) \
достижения целей и решения задач, описание основных ожидаемых конечных результатов муниципальной программы.
Увеличить долю занимающихся спортом с 40,7% в 2017 году до 45,9% к концу 2022 года."""
    assert reported_to(list(blocks_of(text)), read_lexicon())[0] == 2017
    assert read(text, "ru") == [(45.9, 2022)]


def test_lakh_and_crore_count_without_a_unit() -> None:
    assert read("We will invest 100 lakh crore in roads and increase borrowers by another 50 lakh.", "en") == [
        (1e14, None),
        (5e6, None),
    ]


def test_a_level_that_is_reached_by_a_year_of_the_past_is_due_then_a_change_is_counted_from_it() -> None:
    (level,) = extract_targets("Доля продукции в экспорте вырастет до 30 % к 2025 году.", "ru")
    (change,) = extract_targets("Производство вырастет на 30 % к 2025 году.", "ru")
    assert (level.kind, level.year, level.base_year) == ("level", 2025, None)
    assert (change.kind, change.year, change.base_year) == ("change_pct", None, 2025)


def test_a_rule_of_hyphens_below_a_page_number_ends_its_paragraph() -> None:
    wrapped = [
        "word " * 14 + "and so it goes on",
        "with the next line of it and so forth to the end of this line of words",
    ] * 9
    lines = [
        *wrapped,
        "",
        "To raise the expectancy of life from 74 years to 80 years",
        "",
        "31",
        "",
        "---",
        "",
        "# Page 1",
    ]
    assert "To raise the expectancy of life from 74 years to 80 years" in [b.text for b in blocks_of("\n".join(lines))]


def test_the_share_left_out_counts_a_passage_once() -> None:
    told = "By 2024, raise the share of rail to 14 %, of barges to 15 % and of pipes to 16 %."
    aims = [f"Open {n} new piers by 2030." for n in (3, 5, 7)]
    lines = ["Port Plan", "14 March 2026", told, *aims]
    extraction = extract_document(Document("port.txt", None, tuple(blocks_of("\n\n".join(lines)))))
    assert [entry.text for entry in extraction.left_out if entry.text == told] == [told] * 3
    left = {entry.text for entry in extraction.left_out}
    assert extraction.left_share == pytest.approx(sum(map(len, left)) / len("\n".join(lines)), abs=0.02)
