# ruff: noqa: E501 (sentences stay on one line)
"""Regional programmes: lines of tables that lost their edges, payments, terms of procedures, what is said of a past clause."""

import pytest

from isthmus.plans.text import normalise
from isthmus.readers.documents.plans import extract_targets


def values(text: str) -> list[tuple[float, int | None]]:
    return [(t.value, t.year) for t in extract_targets(text, "ru", reported=2029) if t.value is not None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Увеличение числа участниц клуба 2031 - 320 2032 - 330 2033 - 340", [(320.0, 2031), (330.0, 2032), (340.0, 2033)]),
        ("Повышение охвата семей 2031 - 64,4% 2032 - 66%", [(64.4, 2031), (66.0, 2032)]),
        ("Количество семей, получивших льготы: 2031 - более 40 2032 - более 50 2033 - не менее 60", [(40.0, 2031), (50.0, 2032), (60.0, 2033)]),
        ("Ремонт школ в 2031 - 2033 годах: 12 объектов", [(12.0, 2033)]),
    ],
)  # fmt: skip
def test_bare_years_each_with_its_value(text: str, expected: list[tuple[float, int]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "1.1Реализация мер поддержки семей, направленных на повышение рождаемости",
        "Улучшение условий 5.2Ремонт домов культуры, повышение посещаемости",
        "17 Компенсация расходов на оплату жилья семьям",
        "Повышение доступности услуг 05 департамент здравоохранения 06 департамент культуры",
        'Мероприятия программы "Молодежь" на 2031 -',
        "Обеспечить выдачу пособий <12> семьям",
        "Создать штаб согласно письму ТГ-П45-4330",
    ],
)
def test_numbers_of_measures_codes_and_marks_of_notes_are_no_values(text: str) -> None:
    assert values(text) == []


def test_a_number_glued_to_a_name_leaves_the_name() -> None:
    assert normalise("31Функционирование клубов") == "Функционирование клубов"
    assert normalise("5 Центров и 20 домов, 2тыс. мест") == "5 Центров и 20 домов, 2тыс. мест"


@pytest.mark.parametrize(
    "text",
    [
        "Предоставление единовременной выплаты в размере 200000 рублей студенческим семьям",
        "Единовременная выплата предоставляется в размере 70 процентов стоимости, но не более 1 500 000 рублей.",
        "Администрация обеспечивает перечисление средств в срок не позднее 5-ти рабочих дней с момента решения.",
        "Решение должно быть размещено на портале в течение 3-х календарных дней.",
        "Управлению в 2-месячный срок утвердить перечень школ на 2031 год.",
        "Предоставление путевок детям до достижения ими 18 лет",
        "Открытие пунктов проката для детей в возрасте до полутора лет",
        "Обеспечить услугами детей от 2 месяцев до 8 лет",
    ],
)
def test_sizes_of_payments_terms_and_ages_are_no_targets(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Зарплата составила в 2027 году 18990 рублей, что составляет 102,5% к 2026 году.",
        "Надой в 2027 году составил 26389 тонн, в том числе в хозяйствах – 23050 тонн (100% к 2026 году).",
        "Проект позволил увеличить выпуск на 5 млн. тонн в год.",
        "На эти цели средства направили 8352 семьи.",
        "При среднем варианте прогноза число рождений снизится на 10%.",
        "Площадь лесов может сократиться на 15 процентов.",
        "Согласно демографическому прогнозу число жителей составит 87,3 млн человек.",
        "По низкому варианту прогноза к 2031 году число жителей составит 87,3 млн человек.",
    ],
)
def test_what_is_said_of_the_past_and_what_comes_without_the_plan(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Привлечь инвестиции в размере 5 млрд рублей.", 5e9),
        ("Сократить срок оформления до 3 дней.", 3.0),
        ("Доля изделий к 2031 году может достигнуть 60 %.", 60.0),
        ("Проект позволил бы увеличить выпуск на 5 млн. тонн.", 5e6),
        ("Реализация программы позволит увеличить выпуск на 5 млн. тонн.", 5e6),
        ("Предоставление 105 000 путевок в 2031 году", 105e3),
    ],
)
def test_aims_that_look_like_them(text: str, value: float) -> None:
    assert [found for found, _ in values(text)] == [value]


def test_a_growth_in_brackets_is_no_start_of_a_sum() -> None:
    found = extract_targets(
        "К 2031 году достичь оборота 536 млрд. рублей в целевом варианте (59% роста к 2020 году).", "ru"
    )
    assert [t.base_value for t in found if t.unit == "RUB"] == [None]


def test_rows_of_a_projection_are_no_indicators() -> None:
    text = "| Вариант прогноза | 2031 год | 2032 год |\n|---|---|---|\n| Низкий | 5183 | 5098 |\n| Средний вариант прогноза | 5737 | 5642 |\n| Средний балл | 4,1 | 4,2 |"
    assert [
        t.indicator for t in extract_targets(text, "ru", reported=2029) if t.value is not None and t.year == 2032
    ] == ["Средний балл"]


@pytest.mark.parametrize(
    "text",
    [
        "Повысить обеспеченность врачами на 2 и 1 уровнях",
        "При существующих тенденциях убыль населения составит 45 тыс. человек.",
        "2031 год – 54117 тыс. рублей, в том числе:",
        "областной дорожный фонд – 51221,00 тыс. руб.;",
        "Расходы по Программе составят за 2031 – 2033 годы: 401 205,5 тыс. руб., в том числе:",
        "- 15041962,90 тыс. рублей, в том числе по годам реализации:",
    ],
)
def test_levels_of_care_trends_and_money_by_year_are_no_targets(text: str) -> None:
    assert values(text) == []


def test_steps_of_a_path_on_lines_of_their_own_have_the_name_of_the_first() -> None:
    text = "охват мерой поддержки: в 2031 году - 972 семьи;\n\nв 2032 году - 990 семей;\n\nв 2033 году - 1000 семей"
    assert [(t.indicator, t.year) for t in extract_targets(text, "ru", reported=2029) if t.value is not None] == [
        ("охват мерой поддержки", year) for year in (2031, 2032, 2033)
    ]


def test_rows_below_a_label_that_ends_in_its_parts_belong_to_it() -> None:
    text = (
        "| N | Показатель | Ед. изм. | 2031 год |\n|---|---|---|---|\n| 1 | Обеспечено жильем, в том числе: | семей | 501 |\n"
        "|  | молодые |  | 439 |\n|  | многодетные |  | 62 |\n| 2 | Построено школ | ед. | 9 |"
    )
    assert [(t.indicator, t.unit) for t in extract_targets(text, "ru", reported=2029)] == [
        ("Обеспечено жильем, в том числе:", "семей"),
        ("Обеспечено жильем, в том числе: молодые", "семей"),
        ("Обеспечено жильем, в том числе: многодетные", "семей"),
        ("Построено школ", "units"),
    ]
