"""Strategies of states: what stands around their targets (trends, reports, notes of an edition) and the heads of their tables."""

import pytest

from isthmus.plans.document import Document, DocumentBlock, LeftOut
from isthmus.plans.extract import extract_document
from isthmus.plans.plan import Kind, Target
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.lexicon import read_lexicon
from isthmus.readers.documents.plans import extract_targets

Cells = list[list[str]]


def numbers_of(rows: Cells, *above: str) -> list[Target]:
    """Return the targets with a number of a table below some lines."""
    blocks = [*(DocumentBlock("heading", text, 1) for text in above), DocumentBlock("table", "", 1, rows)]
    return [
        t
        for t in extract_document(Document("t.pdf", None, tuple(blocks)), read_lexicon(), "ru").targets
        if t.value is not None
    ]


def test_groups_of_a_head_in_small_letters_with_the_same_years_are_two() -> None:
    rows = [
        ["", "Показатель", "Единица", "Значение на 2031 год (базовое)", "Варианты", "", "", "", "Кто отвечает"],
        ["", "", "", "", "инерционный", "", "целевой", "", ""],
        ["", "", "", "", "2035 год", "2040 год", "2035 год", "2040 год", ""],
        ["1.", "Доля мостов в хорошем состоянии", "процентов", "41", "40", "38", "55", "70", "Ведомство дорог"],
        ["2.", "Длина троп", "км", "300", "310", "320", "400", "520", "Ведомство лесов"],
    ]
    found = numbers_of(rows, "Стратегия развития дорог на период до 2040 года", "Целевые показатели")
    assert [(t.value, t.year) for t in found] == [(55.0, 2035), (70.0, 2040), (400.0, 2035), (520.0, 2040)]


def test_a_share_of_a_level_before_with_its_start_value_is_a_level() -> None:
    rows = [
        ["Показатель", "Единица", "2031 год (базовый)", "2035 год", "2040 год"],
        ["Отношение числа жителей островов к уровню 2031 года", "процентов", "100", "не менее 100", "не менее 102"],
        ["Доля причалов с краном", "процентов", "41", "55", "70"],
    ]
    found = numbers_of(rows, "Целевые показатели стратегии до 2040 года")
    assert [(t.kind, t.operator, t.value, t.base_value) for t in found] == [
        (Kind.LEVEL, ">=", 100.0, 100.0),
        (Kind.LEVEL, ">=", 102.0, 100.0),
        (Kind.LEVEL, "=", 55.0, 41.0),
        (Kind.LEVEL, "=", 70.0, 41.0),
    ]


def test_a_year_of_which_plan_and_fact_stand_in_a_table_of_a_review_is_reported() -> None:
    rows = [
        ["Показатель", "2033 План", "2033 Факт", "2034 План"],
        ["Объем займов, млрд рублей", "120", "131", "140"],
        ["Доля лизинга, %", "31", "33", "35"],
    ]
    found = numbers_of(rows, "Стратегия развития банка до 2040 года", "1. Анализ выполнения показателей")
    assert [(t.value, t.year) for t in found] == [(140e9, 2034), (35.0, 2034)]


OUTLOOK = """Стратегия развития портов на период до 2040 года
I. Общие положения
Стратегия принята в 2033 году.
II. {heading}
Товарооборот с южными соседями вырастет к 2040 году в 2 раза.
Доля северного пути к 2040 году составит 4 процента.
Необходимо увеличить долю причалов с краном до 60 процентов к 2040 году.
III. Основные задачи
Доля новых причалов к 2040 году составит 30 процентов."""


@pytest.mark.parametrize(
    "heading",
    ["Новые вызовы и возможности развития портов", "Анализ тенденций морской торговли", "Анализ внешней среды"],
)
def test_what_is_to_come_around_a_plan_is_none_of_its_aims(heading: str) -> None:
    found = [t.value for t in extract_targets(OUTLOOK.format(heading=heading), "ru") if t.value is not None]
    assert found == [60.0, 30.0]


def test_forecasts_are_told_by_a_noun_in_every_case_and_by_a_verb_alone() -> None:
    said = "Прогнозируется, что по сравнению с 2031 годом к 2035 году число судов вырастет в 3 раза."
    text = f"Задача: довести долю судов на газе до 20 процентов к 2035 году. {said}"
    assert [t.value for t in extract_targets(text, "ru") if t.value is not None] == [20.0]


NOTES = """Стратегия развития банка на 2034–2040 годы
1. Основные задачи
В раздел 1 внесены изменения в соответствии с решением совета
Долю кредитов селу довести до 40 процентов к 2040 году.
Раздел 2 изложен в редакции решения совета директоров банка
2. Стратегическая цель – Качество портфеля банка
Долю плохих займов снизить до 6 процентов к 2040 году."""


def test_a_note_of_an_edition_is_no_heading_and_one_of_an_aim_gives_what_stands_behind_its_dash() -> None:
    found = {t.value: t.objective for t in extract_targets(NOTES, "ru") if t.value is not None}
    assert found == {40.0: "", 6.0: "Качество портфеля банка"}


def test_what_stands_above_all_parts_names_no_objective() -> None:
    text = """Распоряжение о стратегии
И.о. главы области
I. Целевые показатели
Доля школ с горячим питанием составит 90 процентов к 2036 году.
II. Контроль
Контроль ведет министерство."""
    (found,) = (t for t in extract_targets(text, "ru") if t.value is not None)
    assert found.objective == ""


def test_left_out_is_what_an_outlook_tells() -> None:
    document = Document("t.md", None, tuple(blocks_of(OUTLOOK.format(heading="Вызовы").replace("\n", "\n\n"))))
    left = [entry for entry in extract_document(document, read_lexicon(), "ru").left_out if "северного" in entry.text]
    assert left == [LeftOut("review", "Доля северного пути к 2040 году составит 4 процента.", None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Снижение уровня бедности ниже 9 процентов к 2036 году и ниже 6 процентов к 2040 году.",
            [(Kind.LEVEL, "<", 9.0, "уровня бедности"), (Kind.LEVEL, "<", 6.0, "уровня бедности")],
        ),
        (
            "Вовлечение к 2036 году 30 процентов мелких и средних ферм края и 100 процентов школ в сбор стекла.",
            [
                (Kind.LEVEL, "=", 30.0, "Вовлечение мелких и средних ферм края"),
                (Kind.LEVEL, "=", 100.0, "школ в сбор стекла"),
            ],
        ),
        (
            "Рост капитала биржи до 50 процентов валового продукта к 2036 году и до 70 процентов валового продукта к 2040 году.",
            [
                (Kind.LEVEL, "=", 50.0, "капитала биржи валового продукта"),
                (Kind.LEVEL, "=", 70.0, "капитала биржи валового продукта"),
            ],
        ),
        (
            "Выход не позднее 2036 года на пятое место в мире по объему вылова рыбы, считая по весу.",
            [(Kind.RANK, "<=", 5.0, "объему вылова рыбы")],
        ),
        (
            "Обеспечить к 2036 году темп роста вложений в верфи втрое выше темпа роста валового продукта.",
            [(Kind.MULTIPLE, "=", 3.0, "темп роста вложений в верфи")],
        ),
        (
            "Увеличение к 2036 году вывоза рыбы не менее чем в полтора раза за счет открытия новых рынков.",
            [(Kind.MULTIPLE, ">=", 1.5, "вывоза рыбы")],
        ),
        (
            "Снижение к 2036 году разрыва доходов между 10 наиболее и 10 наименее богатыми районами до 20 процентов.",
            [(Kind.LEVEL, "=", 20.0, "разрыва доходов между 10 наиболее и 10 наименее богатыми районами")],
        ),
    ],
)
def test_goals_of_a_decree(text: str, expected: list[tuple[Kind, str, float, str]]) -> None:
    found = [t for t in extract_targets(text, "ru") if t.value is not None]
    assert [(t.kind, t.operator, t.value, t.indicator) for t in found] == expected


def test_the_line_that_opens_a_numbered_list_of_goals_stands_beside_them() -> None:
    text = '2. Установить показатели цели "Чистые реки":\n\nа) снижение сброса стоков на 20 процентов к 2036 году;\n'
    assert [t.objective for t in extract_targets(text, "ru")] == ['Установить показатели цели "Чистые реки"']


def test_values_of_bodies_in_one_row_and_the_sums_in_their_brackets_are_told_apart() -> None:
    rows = [
        ["№", "Показатель", "Ед. изм.", "2040"],
        [
            "1.",
            "Объем займов хозяйствам, получившим помощь банка, за год (с накопл. с 2033 года до 2040 года)",
            "млрд рублей",
            "90 (610)",
        ],
        [
            "1.",
            "Объем займов хозяйствам, получившим помощь банка, за год (с накопл. с 2033 года до 2040 года)",
            "млрд рублей",
            "БРК – 60 (400)",
        ],
        ["2.", "Доля лизинга", "%", "не менее 35"],
    ]
    found = numbers_of(rows, "Стратегия развития банка на 2033–2040 годы", "Ключевые показатели деятельности")
    sums = "(с накопл. с 2033 года до 2040 года)"
    assert [(t.kind, t.value, t.indicator) for t in found] == [
        (Kind.LEVEL, 90e9, "Объем займов хозяйствам, получившим помощь банка, за год"),
        (Kind.CUMULATIVE, 610e9, f"Объем займов хозяйствам, получившим помощь банка, за год {sums}"),
        (Kind.LEVEL, 60e9, "Объем займов хозяйствам, получившим помощь банка, за год БРК"),
        (Kind.CUMULATIVE, 400e9, f"Объем займов хозяйствам, получившим помощь банка, за год БРК {sums}"),
        (Kind.LEVEL, 35.0, "Доля лизинга"),
    ]


METHOD = """Стратегия развития банка на 2033–2040 годы
1. Основные задачи
⎯ снизить долговую нагрузку до уровня не более 6:1;
⎯ сохранить рейтинг на уровне не ниже Ba2 и довести долю займов селу до 30 процентов к 2040 году.
2. Методика расчета показателей
Значение рейтинга от 5 до 1 балла, где 1 балл значит лучшее, к 2040 году составит 1 балл.
А = Б * 2 + 4
Доля рассчитывается к 2040 году на уровне 50 процентов активов."""


def test_ratios_ratings_and_how_indicators_are_measured_are_no_values() -> None:
    found = [(t.operator, t.value, t.indicator) for t in extract_targets(METHOD, "ru") if t.value is not None]
    assert [(operator, value) for operator, value, _ in found] == [("<=", 6.0), ("=", 30.0)]
    assert found[0][2] == "долговую нагрузку"


def test_a_line_between_two_parts_of_a_table_names_the_rows_below_it() -> None:
    head = [
        ["№ п/п", "Наименование показателя", "Базовое значение 31.12.2033", "Период, год", ""],
        ["", "", "", "2034", "2035"],
        ["1.", "Число родов", "805", "810", "820"],
    ]
    more = [["-", "терапевтами;", "71,1", "73,8", "75,1"], ["-", "хирургами", "62,3", "70,8", "73,8"]]
    blocks = (
        DocumentBlock("heading", "Целевые показатели программы на 2034 - 2035 годы", 1),
        DocumentBlock("table", "", 1, head),
        DocumentBlock("item", "2. Доля больниц, укомплектованных в полном объеме, в %:", 2),
        DocumentBlock("table", "", 2, more),
    )
    found = extract_document(Document("t.pdf", None, blocks), read_lexicon(), "ru").targets
    name = "Доля больниц, укомплектованных в полном объеме"
    assert [(t.value, t.unit, t.year, t.indicator) for t in found if t.value is not None] == [
        (810.0, "", 2034, "Число родов"),
        (820.0, "", 2035, "Число родов"),
        (73.8, "%", 2034, f"{name}: терапевтами;"),
        (75.1, "%", 2035, f"{name}: терапевтами;"),
        (70.8, "%", 2034, f"{name}: хирургами"),
        (73.8, "%", 2035, f"{name}: хирургами"),
    ]


def test_cells_with_two_days_beside_each_other_are_run_together() -> None:
    text = "Задачи к 2036 году: открыть приемы 01.01.2034 31.12.2036 Программа 0 2 приемов в 3 больницах края."
    assert [t for t in extract_targets(text, "ru") if t.value is not None] == []


def test_what_stands_in_an_annex_stands_under_no_part_of_the_text() -> None:
    blocks = (
        DocumentBlock("heading", "Стратегия развития портов на период до 2040 года", 1),
        DocumentBlock("heading", "XI. Устройство надзора", 1),
        DocumentBlock("paragraph", "Надзор ведет ведомство.", 1),
        DocumentBlock("paragraph", "ПРИЛОЖЕНИЕ № 1 к Стратегии развития портов", 2),
        DocumentBlock("heading", "Целевые показатели", 2),
        DocumentBlock(
            "table", "", 2, [["Показатель", "2033 (базовый)", "2040"], ["Доля причалов с краном, %", "41", "70"]]
        ),
    )
    found = extract_document(Document("t.pdf", None, blocks), read_lexicon(), "ru").targets
    assert [(t.value, t.objective) for t in found if t.value is not None] == [(70.0, "")]
