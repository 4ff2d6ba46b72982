# ruff: noqa: E501 (sentences stay on one line)
"""What programmes of Russian districts and towns say in their own ways, each with what an analyst takes from it."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document, extract_targets

HEAD = "Муниципальная программа «Развитие парков на 2031-2033 годы»\n\nОжидаемые результаты реализации программы:\n\n"
Row = tuple[str, str, float, int | None, str]


def rows(text: str) -> list[Row]:
    found = extract_targets(HEAD + text, "ru", reported=2030)
    return [(t.kind.value, t.operator, t.value, t.year, t.direction) for t in found if t.value is not None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Сбор листвы в 2032 году составит 31 тыс. тонн, что на 7,2% ниже уровня 2029 года.",
            [("level", "=", 31000.0, 2032, ""), ("change_pct", "=", -7.2, 2032, "down")],
        ),
        (
            "К 2033 году оборот кафе составит 212,5 млн. руб. рост на 11,4% к 2029 году.",
            [("level", "=", 212.5e6, 2033, "up"), ("change_pct", "=", 11.4, 2033, "up")],
        ),
        (
            "Оборот кафе в 2032 году составит 812,5-807,3 млн. рублей.",
            [("level", "=", 812.5e6, 2032, ""), ("level", "=", 807.3e6, 2032, "")],
        ),
        ("Площадь зелени на 1 жителя сохранится на уровне 21,5 кв.м до 2033 года.", [("level", "=", 21.5, 2033, "")]),
        ("Плотность аллей на 1 кв. км составит 0,4 единицы к 2033 году.", [("level", "=", 0.4, 2033, "")]),
        (
            "Доля инвалидов от 7 до 17 лет, занимающихся в кружках, составит 35% к 2033 году.",
            [("level", "=", 35.0, 2033, "")],
        ),
        (
            "системой наставнического роста охвачено не менее 45 процентов садовников к 2033 году;",
            [("level", ">=", 45.0, 2033, "up")],
        ),
        ("выполнение плана посадок не менее чем на 85% к 2033 году;", [("level", ">=", 85.0, 2033, "")]),
        (
            "рост числа скамеек: 2031 г. на 40 штук, 2032 г. на 100 человек мест;",
            [("change_abs", "=", 40.0, 2031, "up"), ("change_abs", "=", 100.0, 2032, "up")],
        ),
        (
            "число посетителей увеличится на:\n\n2031 г на 3%\n\n2032 г на 3,5%",
            [("change_pct", "=", 3.0, 2031, "up"), ("change_pct", "=", 3.5, 2032, "up")],
        ),
        (
            "охватить кружками 35 (тридцать пять) студентов и 45 (сорок пять) процентов школьников к 2033 году;",
            [("level", "=", 35.0, 2033, ""), ("level", "=", 45.0, 2033, "")],
        ),
        ("2.Устройство дорожек протяженностью 12 км к 2033 году", [("level", "=", 12.0, 2033, "")]),
    ],
)
def test_ways_of_saying_values(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Срок реализации муниципальной программы 2031 – 2033 гг. (этапы не выделяются).",
        "Программа рассчитана на период с 2031- по 2033 год.",
        "Программа принята на 2031 и на перспективу до 2033 года.",
        "таблицы 3, 4 и 7 программы изложить в редакции согласно приложению 2 к постановлению;",
        "- в графе 5 строк «Итого» программы «Парки» цифры «310,5» заменить цифрами «330,5»;",
        "графу седьмую позиции 2 дополнить абзацем пятым следующего содержания:",
        "2031 год – 67,0 т.руб.; 2032 год – 68,5 т. руб.;",
        "2031 год - 20411,7- тыс. рублей",
        "Общий объем 225811,7 тыс. рублей, в том числе по годам:",
        "за счет республиканского бюджета Республики Заречье 6 276,0 тыс. рублей;",
        "по подпрограмме 2 «Цветники» 302170,37 тыс. рублей, в том числе по годам:",
        "2 период - 2032 год -220,0 тысяч рублей;",
        "- собственные и заемные средства дачников – 41979,6 тыс. рублей.",
        "2031-2033 годы - 35 700 000,00 рублей;",
        "- бюджет муниципального района «Заречный» - 63245,9 тыс. рублей,",
        "К = 0,7, при условии, если соотношение посадок больше или равно 0,3, но",
        "ДПар = (40% - ДЗел)/2 для садоводов, не имеющих теплиц;",
        "Запланированный уровень эффективности: 0,7 <= Iп < 0,95.",
        "Значение показателя рассчитывается как разница 100% и доли сухих деревьев.",
        "в уставном капитале которых доля участия области превышает 40 процентов",
        "40 процентов расчетной (средней) стоимости жилья - для молодых семей;",
        "число травм на 1000 женщин 20-24 лет",
    ],
)
def test_money_amendments_rules_and_periods_are_no_targets(text: str) -> None:
    assert rows(text) == []


def made(text: str, reported: int | None = 2030) -> list[Row]:
    found = extract_targets(text, "ru", reported=reported)
    return [(t.kind.value, t.operator, t.value, t.year, t.direction) for t in found if t.value is not None]


def test_the_date_of_an_amendment_in_brackets_with_brackets_is_not_the_plans() -> None:
    title = "Распоряжение Правительства РЗ (Заречье) от 30 июня 2030 г. N 12-р (в ред. распоряжения Правительства РЗ(З) от 26.02.2032 N 7-р)"
    rows = "Программа садов на 2031 - 2033 годы\n\nПоказатель | Базовое значение 2029 | 2031 | 2033\nЧисло садов, ед. | 4 | 6 | 9"
    assert [value for _, _, value, _, _ in made(f"{title}\n\n{rows}", None)] == [6.0, 9.0]


def test_a_percentage_of_the_previous_year_is_an_index() -> None:
    text = "Индекс | Ед. изм. | Базовое значение 2030 год | 2031 год | 2032 год\nИндекс сбора яблок | в % к предыдущему году | 101,2 | 102,5 | 103,5"
    assert made(text) == [("growth", "=", 2.5, 2031, "up"), ("growth", "=", 3.5, 2032, "up")]


def test_rows_of_facts_beside_rows_of_the_plan_hold_no_targets() -> None:
    text = "|  | 2031 | 2032 | 2033 |\n|---|---|---|---|\n| Отражение факта | 5 | 7 | - |\n| План | 4 | 6 | 8 |"
    assert [row[2] for row in made(text, None)] == [4.0, 6.0, 8.0]


def test_a_label_that_raises_something_to_an_amount_makes_no_change_of_its_count() -> None:
    text = "Мера | Ед. | 2031 | 2032\nУвеличение до 2 млн рублей размера выплаты на посадку сада | чел. | 300 | 400"
    assert [(kind, value) for kind, _, value, _, _ in made(text)] == [("level", 300.0), ("level", 400.0)]


def test_a_long_label_that_speaks_of_money_is_no_title_of_costs() -> None:
    label = (
        "Вклад республики по части сокращения сброса стоков без привлечения новых объемов международного финансирования"
    )
    says = "Долгосрочной целью ограничения сброса определен показатель, не превышающий 60-75% от уровня 2009 года к 2035 году, что составляет 1,1-1,4 тонны на душу населения."
    assert [row[2] for row in made(f"| {label} | {says} |\n| Базовый год | 2009 год |")] == [60.0, 75.0, 1.1, 1.4]


def test_the_figures_of_a_cell_that_gives_an_aim_in_words_are_not_lost() -> None:
    text = "| Мера | Ожидаемый результат |\n|---|---|\n| Сады | Высажено 40 яблонь в 2029 году. Повышение привлекательности садов к 2033 году. |"
    found = extract_document(Document("", None, tuple(blocks_of(text))), "ru", reported=2030)
    assert any("40" in left.text for left in found.left_out)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Республика обязуется обеспечить к 2035 году сокращение сброса не менее чем на 23 процента от уровня сброса 2009 года.",
            [("change_pct", "<=", -23.0, 2035, "down")],
        ),
        ("построить до 2036 года один миллиард 245 миллионов саженцев.", [("level", "=", 1245e6, 2036, "")]),
        ("К 2033 году улучшить услуги не менее чем для 30 миллионов жителей.", [("level", ">=", 30e6, 2033, "up")]),
        ("Молодежь не планирует рано создавать семью и откладывает это до 2035 года.", []),
        ("По опросу, 40 процентов опрошенных дачников планируют купить сад.", []),
        ("Ресурсы для сада, млн. $2005", []),
        ("Цель мира – удержать потепление ниже 2оС", []),
        ("субсидии на 1 килограмм собранных яблок;", []),
    ],
)
def test_pledges_sums_and_prices(text: str, expected: list[Row]) -> None:
    assert made(text) == expected


def test_a_level_goes_the_way_of_the_change_that_goes_on_from_it() -> None:
    found = extract_targets("二○三五年全县果品产值达到三万二千亿元，比二○三○年增长一点二倍；", "zh", reported=2030)
    assert [(t.kind.value, t.direction) for t in found] == [("level", "up"), ("multiple", "up")]


def test_the_people_of_a_country_are_no_target() -> None:
    assert not [
        t for t in extract_targets("守护14亿人的果园始终是头等大事。", "zh", reported=2030) if t.value is not None
    ]


def test_what_stands_below_a_sum_for_the_programme_is_money() -> None:
    text = "Объем финансирования программы 7 млн рублей, в том числе:\n\n- 4100500 рублей – на саженцы;\n\n- на полив 223,5 тыс. руб;\n\n- высадить 12 га садов;"
    assert rows(text) == [("level", "=", 12.0, 2033, "")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Программа позволит укомплектовать бригады: лесные – на 30%; садовые – на 45%, парковые – на 15%.",
            [("level", "=", value, 2033, "") for value in (30.0, 45.0, 15.0)],
        ),
        ("В том числе по годам реализации программы: 2031 год – 54,8 тыс.рублей; 2032 год –143,2 тыс. рублей;", []),
        ("Допускается отклонение не более чем на 15 процентов.", []),
        ("при количестве набранных баллов от 7 до 4 баллов программа требует корректировки;", []),
        ("частями 2,5 статьи 4, статьями 6,7,9 Закона области о садах", []),
        ("выполнено на 1 января 20__ г.", []),
    ],
)
def test_shares_of_a_list_scores_articles_and_forms(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "смеси для детей: с 2 до 4 месяцев - дважды в день",
        "уход за садом с 1 года до 3 лет",
        "посадка яблонь 01 02 04 Комитет садов к 2033 году",
        "плата за полив на 1 ребенка;",
    ],
)
def test_ages_of_babies_and_codes_of_a_register_are_no_values(text: str) -> None:
    assert rows(text) == []


def test_what_grows_beside_a_growth_over_a_period() -> None:
    text = "五年内全县果品产值增长百分之三十六，国民生产总值增长百分之四十二。"
    found = [(t.kind.value, t.value, t.direction) for t in extract_targets(text, "zh", reported=2030)]
    assert found == [("change_pct", value, "up") for value in (36.0, 42.0)]


def test_two_scales_in_characters_are_both_read() -> None:
    found = extract_targets("到二○三五年果品产值达到十三万万元。", "zh", reported=2030)
    assert [t.value for t in found] == [1.3e9]


def test_a_numbered_heading_with_its_year_ends_the_year_of_the_results_announced_above_it() -> None:
    text = (
        "政府工作报告\n\n——2031年1月27日\n\n一、“十六五”时期主要目标任务\n\n到2035年，实现目标，必须做到：\n\n聚焦果园。园区面积达到40公顷。\n\n"
        "二、2031年主要工作\n\n（一）果园建设\n\n新建果园15个。森林覆盖率达到45%。"
    )
    found = [(t.value, t.year) for t in extract_targets(text, "zh") if t.value is not None]
    assert found == [(40.0, 2035), (15.0, 2031), (45.0, 2031)]


@pytest.mark.parametrize("unit", ["% к 2029 году", "% к уровню 2029 года"])
def test_a_unit_may_compare_with_a_year(unit: str) -> None:
    text = f"Показатель | Ед. изм. | 2029 (факт) | 2032 | 2033\nСбор яблок | {unit} | 100 | 106 | 111"
    found = [t for t in extract_targets(text, "ru", reported=2030) if t.value is not None]
    assert [(t.kind.value, t.value, t.year, t.base_year) for t in found] == [
        ("change_pct", 6.0, 2032, 2029),
        ("change_pct", 11.0, 2033, 2029),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Базовый год программы – 2029 год.",
        "В качестве базового года для расчета показателей принят 2029 год.",
        "Базовый год для расчета: 2029.",
    ],
)
def test_the_base_year_of_a_programme_holds_for_its_changes(line: str) -> None:
    text = f"Программа садов до 2035 года\n\n{line}\n\nУвеличение сбора яблок на 15%;"
    assert [(t.value, t.base_year) for t in extract_targets(text, "ru", reported=2030)] == [(15.0, 2029)]
