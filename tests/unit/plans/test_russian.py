# ruff: noqa: E501 (sentences stay on one line)
"""Constructions of Russian programmes and forecasts, each with what an analyst takes from it."""

import pytest

from isthmus.plans.document import Document, DocumentBlock
from isthmus.readers.documents.plans import extract_document, extract_targets

Row = tuple[str, str, float, int | None, int | None, float | None, str]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "довести долю дорог в нормативе не менее чем до 60 процентов (относительно их длины по состоянию на 31 декабря 2021 г.);",
            [("level", ">=", 60.0, None, 2021, None, "up")],
        ),
        (
            "снижение смертности взрослых (до 300 случаев на 100 тыс. населения), смертности от болезней сердца (до 400 случаев на 100 тыс. населения);",
            [("level", "=", 300.0, None, None, None, "down"), ("level", "=", 400.0, None, None, None, "down")],
        ),
        (
            "Рост выпуска в 2029 году составит 102% к предыдущему году, в 2030 году - 103,5%.",
            [("growth", "=", 2.0, 2029, None, None, "up"), ("growth", "=", 3.5, 2030, None, None, "up")],
        ),
        (
            "К концу 2030 года выручка составит 40 млрд рублей, превысив уровень 2022 года на 12%.",
            [("level", "=", 40e9, 2030, 2022, None, ""), ("change_pct", "=", 12.0, 2030, 2022, None, "up")],
        ),
        (
            "Сохранится тенденция роста зарплаты на 4,0%-5,5% в год.",
            [("growth", ">=", 4.0, None, None, None, "up"), ("growth", "<=", 5.5, None, None, None, "up")],
        ),
        (
            "Цель – сократить к 2030 году число погибших на 1 человека (12,5 процента) по сравнению с 2021 годом.",
            [("change_abs", "=", -1.0, 2030, 2021, None, "down"), ("change_pct", "=", -12.5, 2030, 2021, None, "down")],
        ),
        (
            "темпы роста выпуска (соотношение с аналогичным показателем 2021 года): в 2029 году - до 112 %;",
            [("change_pct", "=", 12.0, 2029, 2021, None, "up")],
        ),
        ("Объем отгрузки – 130 % к уровню 2022 года;", [("change_pct", "=", 30.0, None, 2022, None, "up")]),
        (
            "увеличение доли местных товаров: обувь - до 40 % в 2029 году;",
            [("level", "=", 40.0, 2029, None, None, "up")],
        ),
        (
            "Увеличить число турниров областис 110 турниров в 2021 году до 135 турниров в 2030 году;",
            [("level", "=", 135.0, 2030, 2021, 110.0, "up")],
        ),
        (
            "темп роста выпуска мяса составит не менее 4 - 5%, молока - 6 - 7%.",
            [("growth", o, v, None, None, None, "up") for o, v in ((">=", 4.0), ("<=", 5.0), (">=", 6.0), ("<=", 7.0))],
        ),
        (
            "повышение средней продолжительности жизни до 70 лет у мужчин и 80 лет - у женщин.",
            [("level", "=", 70.0, None, None, None, "up"), ("level", "=", 80.0, None, None, None, "up")],
        ),
        (
            "Будет введено: в 2028 – 1,2 тыс. кв. м, 2029 – 1,4 тыс. кв. м.",
            [("level", "=", 1200.0, 2028, None, None, ""), ("level", "=", 1400.0, 2029, None, None, "")],
        ),
        (
            "Добыча составит 795 - 820 млн т в 2027 году и 990 млн т в 2035 году (в 2021 году - 727 млн т).",
            [
                ("level", ">=", 795e6, 2027, None, None, ""), ("level", "<=", 820e6, 2027, None, None, ""),
                ("level", "=", 990e6, 2035, 2021, 727e6, "up"),
            ],
        ),
        (
            "Перевозки увеличатся с 500 млрд пасс.-км в 2021 году до 780 млрд пасс.-км в 2030 году и 905 млрд пасс.-км в 2035 году.",
            [("level", "=", 780e9, 2030, 2021, 500e9, "up"), ("level", "=", 905e9, 2035, 2021, 500e9, "up")],
        ),
        ("Уже в ближайшие годы нужно увеличить экспорт как минимум в два раза.", [("multiple", ">=", 2.0, None, None, None, "up")]),
        ("рост по сравнению с 2021 годом составит 102,0%.", [("change_pct", "=", 2.0, None, 2021, None, "up")]),
        ("рост ВВП не превысит 0,2% в 2025 году.", [("growth", "<=", 0.2, 2025, None, None, "up")]),
        ("сократить число пожаров до показателя 0 ед.;", [("level", "=", 0.0, None, None, None, "down")]),
        ("рост в 1,4 раза к 2030 году (2021 год - базовый)", [("multiple", "=", 1.4, 2030, 2021, None, "up")]),
        (
            "К 2030 году темп роста строительства составит 74,5% к уровню 2022 года.",
            [("change_pct", "=", -25.5, 2030, 2022, None, "down")],
        ),
        (
            "К 2030 году предприятий станет на 12% больше 2022 года.",
            [("change_pct", "=", 12.0, 2030, 2022, None, "up")],
        ),
        (
            "К 2030 году выпуск достигнет 2 млн.тонн, с ростом к 2022 году в 1,5 раза.",
            [("level", "=", 2e6, 2030, 2022, None, ""), ("multiple", "=", 1.5, 2030, 2022, None, "up")],
        ),
        (
            "В 2030 году планируется отгрузить 95-98 тонн, что составит 97-102% к оценке 2022 года по 1 -3 вариантам.",
            [("level", o, v, 2030, None, None, "") for o, v in ((">=", 95.0), ("<=", 98.0))]
            + [("change_pct", o, v, 2030, 2022, None, "down") for o, v in ((">=", -3.0), ("<=", 2.0))],
        ),
        ("В 2030 году индекс производства -90%.", [("change_pct", "=", -10.0, 2030, None, None, "down")]),
        (
            "В 2030 году выпуск составит 11,12-11,25-11,28 тыс. тонн.",
            [("level", "=", v, 2030, None, None, "") for v in (11120.0, 11250.0, 11280.0)],
        ),
        (
            "Индекс в 2029 году по сравнению с оценкой 2022 года возрастет (на 1,5 - 1,7 - 2,0%), в 2030 году к 2021 году на 4 – 5 – 6%.",
            [("change_pct", "=", v, 2029, 2022, None, "up") for v in (1.5, 1.7, 2.0)]
            + [("change_pct", "=", v, 2030, 2021, None, "up") for v in (4.0, 5.0, 6.0)],
        ),
        (
            "Темпы роста на уровне 8% в 2029 году и 9% в 2030 году обеспечат услуги (2029 год – 5%, 2030 год – 4%), связь (2029г. - 3%, 2030г. - 2%).",
            [("growth", "=", v, y, None, None, "up") for v, y in ((8.0, 2029), (9.0, 2030))]
            + [("growth", "=", v, y, None, None, "up") for v, y in ((5.0, 2029), (4.0, 2030), (3.0, 2029), (2.0, 2030))],
        ),
        (
            "Доля строительства увеличится с 9% в 2028 году до 11% в 2030 году (2029г. – 10%).",
            [("level", "=", v, y, 2028, 9.0, "up") for v, y in ((11.0, 2030), (10.0, 2029))],
        ),
        ("Численность в 2030г. к уровню 2022г. составит 95%.", [("change_pct", "=", -5.0, 2030, 2022, None, "down")]),
        ("К 2030 году выручка достигнет 612,2 м.р. в год.", [("level", "=", 612.2e6, 2030, None, None, "")]),
        (
            "В 2030 году индекс производства составит 100,2% -102,0%.",
            [("change_pct", ">=", 0.2, 2030, None, None, "up"), ("change_pct", "<=", 2.0, 2030, None, None, "up")],
        ),
    ],
)  # fmt: skip
def test_values_bases_years_and_directions(text: str, expected: list[Row]) -> None:
    found = [
        (t.kind.value, t.operator, t.value, t.year, t.base_year, t.base_value, t.direction)
        for t in extract_targets(text, "ru")
    ]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("улучшение жилищных условий 40 сельских семей, в том числе 12 молодых семей;", [40.0, 12.0]),
        ("Ликвидация и рекультивация 19 ед. несанкционированных свалок;", [19.0]),
        ("приобретение 5 школьных автобусов;", [5.0]),
        ("строительство 2 - х котельных с переводом на газ", [2.0]),
        ("Будет создано 12 гостиниц на 1294 места.", [12.0, 1294.0]),
        ("Надои достигнут к 2030 году 7000 кг молока в среднем от одной коровы;", [7000.0]),
        ("Меры направлены на снижение гибели на воде до уровня, не превышающего 10% всех случаев.", [10.0]),
        ("В программе заложен рост доходов на 40% и снижение износа сетей до 60%.", [40.0, 60.0]),
        ("Выпуск удобрений (в пересчете на 100% полезного вещества) возрастет на 6%.", [6.0]),
        ("Планируется прокладка трубы «Северный луч - 2» до завода.", []),
        ("Население поселка – 5000 человек.", []),
        ("В районе работают 12 школ (2026 год).", []),
        ("- высокий уровень эффективности - не менее 95 процентов планового значения;", []),
        ("в 2027 году – 40 тыс. рублей;", []),
        ("на учебу служащих (объёмом 72 часа и более);", []),
        ("Программа рассчитана на 6 лет (2026-2031 годы).", []),
        ("На рисунке 3.1 показано, что весь объем (100%) рассчитан по приборам.", []),
        ("- бюджет района - 50 тыс. руб.", []),
        ("Общая сумма затрат на мероприятия составит 12 млн руб.", []),
    ],
)
def test_what_is_counted_and_what_is_not(text: str, values: list[float]) -> None:
    assert [t.value for t in extract_targets(text, "ru") if t.value is not None] == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("В 2031 году 53 деревни впервые получат доступ к газу.", [53.0]),
        ("К 1 сентября 2031 года сдадут 11 школ.", [11.0]),
        ("- обеспечить жильем 35 молодых семей;", [35.0]),
        ("Планируется посетить предприятия в 14 районах.", []),
        ("До 2031 года построят 4 станции общей мощностью 164 МВт.", [4.0, 164.0]),
        ("Проект поспособствует росту турпотока на 10 млн человек.", [1e7]),
        ("К концу 2031-го – рост выпуска на 8 %.", [8.0]),
        ("Реализация подпрограммы 2 обеспечит развитие дорог.", []),
        ("Программой предусматриваются три сводных целевых показателя: доля школ до 60 % к 2031 году.", [60.0]),
        ("Открыть 27 новых фельдшерско-акушерских пунктов.", [27.0]),
        ("Выбросы в двенадцати промышленных центрах уменьшатся вдвое.", [0.5]),
        ("Программа на 4 – летний период необходима.", []),
        ("Требуется финансирование в объеме: 924 тыс. рублей - в 2031 году.", []),
        ("2031 год - 533 тыс. рублей (из них 205 тыс. рублей - средства бюджета области);", []),
        ("показатели принимаются в долях единицы (не умножаются на 100 процентов)", []),
        ("значения 95 процентов и более показателей соответствуют высокому уровню эффективности программы;", []),
    ],
)
def test_counts_of_future_verbs_and_figures_of_accounts(text: str, values: list[float]) -> None:
    assert [t.value for t in extract_targets(text, "ru") if t.value is not None] == values


def test_a_level_reached_over_a_period_is_no_change() -> None:
    (target,) = extract_targets("Необходимо за пять лет довести долю дорог до 70%.", "ru")
    assert (target.kind.value, target.value) == ("level", 70.0)


def test_bare_years_in_front_of_levels_are_theirs() -> None:
    found = extract_targets("Снизить убыль в 2031 году до 18 тыс. человек, 2032 – до 15 тыс. человек.", "ru")
    assert [(t.value, t.year) for t in found] == [(18e3, 2031), (15e3, 2032)]


def test_a_start_value_in_brackets_keeps_out_of_the_ratio_behind_them() -> None:
    (target,) = extract_targets(
        "до 2031 года услугами – 9,7 места (в базовом 2023 году – 10,5 места) на 1000 жителей;", "ru"
    )
    assert (target.value, target.base_value, target.base_year) == (9.7, 10.5, 2023)


def test_a_list_takes_the_direction_and_year_of_the_line_above_it() -> None:
    text = (
        "Предполагается достичь увеличения к 2031 году:\n- охвата школ до 61 процента;\n8)\nохват садов до 7 процентов."
    )
    assert [(t.value, t.year, t.direction) for t in extract_targets(text) if t.value is not None] == [
        (61.0, 2031, "up"),
        (7.0, 2031, "up"),
    ]


def test_the_year_of_results_goes_on_behind_lines_of_another_shape() -> None:
    text = "Реализация программы к 2031 году позволит обеспечить:\nплощадь торговли\n918 кв. м,\nрост оборота на 6 %."
    assert {t.year for t in extract_targets(text) if t.value is not None} == {2031}


def test_both_ends_of_a_range_are_used() -> None:
    text = "К 2030 году выпуск составит 100-120 тонн."
    made = extract_document(Document("t.txt", None, (DocumentBlock("paragraph", text),)))
    assert ([t.value for t in made.targets], made.left_out) == ([100.0, 120.0], ())


def test_a_year_at_100_percent_is_a_base_only_where_it_stands_alone() -> None:
    listed = "Охват семей сопровождением, в: 2026 году - 100%; 2027 году - 100%; 2028 году - 100%"
    assert [(t.value, t.year) for t in extract_targets(listed, "ru")] == [(100.0, y) for y in (2026, 2027, 2028)]
    (target,) = extract_targets("Рост выпуска до 140 % к 2030 году (2020 год - 100%)", "ru")
    assert (target.value, target.year, target.base_year) == (40.0, 2030, 2020)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Рост числа мест в гостиницах и кемпингах района на 5% к 2030 году", [5.0]),
        ("К 2030 году построить детский сад на 120 мест", []),
        ("К 2030 году занятость женщин в возрастах 20 - 24 и 25 - 29 лет достигнет 70%", [70.0]),
        ("К 2030 году занятость в возрастной группе 35-39 лет достигнет 80%", [80.0]),
        ("К 2030 году охватить осмотрами девочек 11 - 14 лет и мальчиков 15-16 лет на 90%", [90.0]),
    ],
)
def test_ages_and_sizes_are_no_values_but_growth_is(text: str, values: list[float]) -> None:
    assert [t.value for t in extract_targets(text, "ru") if t.value is not None] == values


def made(text: str) -> list[tuple[str, float, int | None]]:
    return [(t.kind.value, t.value, t.year) for t in extract_targets(text) if t.value is not None]


def test_a_title_with_abbreviations_is_no_sentence() -> None:
    title = "Программа соц. поддержки граждан в обл. центре на 2019 год"
    assert made(f"{title}\n\nN | Показатель | Целевое значение\n1 | Охват семей, % | 40") == [("level", 40.0, 2019)]


def test_a_budget_begins_with_its_year_and_ends_with_its_planned_period() -> None:
    title = "Закон о бюджете: программы на 2031 год и на плановый период 2032 и 2033 годов"
    head = "Индикатор | Базовый год: 2029 | Целевые значения: 2030 | Целевые значения: 2031 | Целевые значения: 2033"
    rows = made(f"{title}\n\n{head}\nДоля школ с лифтом, % | 20 | 22 | 24 | 31")
    assert rows == [("level", 22.0, 2030), ("level", 24.0, 2031), ("level", 31.0, 2033)], (
        "a year of reports set as an aim"
    )


def test_what_a_target_model_holds_is_told_in_the_past_and_is_an_aim() -> None:
    title = "Программа развития института до 2032 года"
    text = f"{title}\n\nЧисленные характеристики целевой модели:\n- не менее 35% клиник открыты выпускниками;\n- созданы 3 филиала института;"
    assert made(text) == [("level", 35.0, 2032), ("level", 3.0, 2032)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("снизить число пожаров в жилье на - 12%, ущерб от них - на 15%;", [("change_pct", -12.0), ("change_pct", -15.0)]),
        ("К 2030 году муниципальный заказ будет выполнен на 100 процентов.", [("level", 100.0)]),
        ("Доля ферм в выпуске составляет – 4,1% садов – 62,3%; строительства – 6,7%; торговли – 21,9%.", []),
        ("Целевым показателем является ежегодное снижение расхода воды на 2,5 процента.", [("growth", -2.5)]),
        ("Мерой является наём водителей со сроком службы не менее четырех лет.", []),
        ('Учредить фонд поддержки "Колледж – 2031" для студентов.', []),
    ],
)  # fmt: skip
def test_percentages_of_work_of_parts_and_of_what_is_meant(text: str, expected: list[tuple[str, float]]) -> None:
    assert [(kind, value) for kind, value, _ in made(text)] == expected


def test_what_has_to_be_needs_no_company() -> None:
    facts = "\n".join(f"В районе {n} ферм, на них приходится {n + 20}% выпуска молока." for n in range(11, 22))
    assert ("level", 30.0, 2032) in made(f"{facts}\nДоля молока должна составить 30 процентов к 2032 году.")


def test_the_period_of_a_title_may_end_in_its_abbreviation() -> None:
    title = "Муниципальная программа\nсбережения воды\nна 2031-2035 гг."
    assert made(f"{title}\nВ 2029 г. отпущено по счетчикам 70% воды.\nОхват счетчиками вырастет до 95%.") == [
        ("level", 95.0, 2035)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2. Оценка текущего состояния\nПрограммой запланированы мероприятия по вводу 640 новых мест.",
        "2. Оценка текущего состояния\nРезультат программы должен обеспечить:\n1.\nРост выпуска овощей в теплицах до 640 тонн.",
        "Целевые показатели:\n1.1.1.\nЧисло домов, ремонт которых завершен, и подъездов, расчеты за ремонт которых ведутся, в районе – 640;",
    ],
)
def test_aims_within_a_review_and_below_numbers_of_several_levels_are_read(text: str) -> None:
    assert [value for _, value, _ in made(text)] == [640.0]


def test_a_past_value_with_its_year_in_front_is_the_start_of_the_next() -> None:
    text = "Программа на 2030-2034 годы\n\nВ 2029 году значение показателя составит 61,4%, в 2034 году – 53,2%."
    (row,) = (t for t in extract_targets(text) if t.value is not None)
    assert (row.value, row.year, row.base_value, row.base_year, row.direction) == (53.2, 2034, 61.4, 2029, "down")
    against = "Сбор овощей повысится к 2034 году до 81,3 тыс. тонн против 60,2 тыс. тонн в среднем за 2024–2028 гг."
    (row,) = (t for t in extract_targets(against) if t.value is not None)
    assert (row.value, row.year, row.base_value) == (81300.0, 2034, 60200.0)
    bracketed = "Программа на 2030-2034 годы\n\nЧисло занятий вырастет на 6,5% (в 2029 – 41, в 2034 – 60);"
    assert [(t.value, t.base_value) for t in extract_targets(bracketed) if t.value is not None] == [
        (6.5, None),
        (60.0, 41.0),
    ]


def test_a_share_of_all_finance_that_is_planned_is_an_aim() -> None:
    text = "Доля лесных проектов в общем объеме финансирования фонда планируется на уровне 24 % к концу 2034 года."
    assert [(t.value, t.year) for t in extract_targets(text)] == [(24.0, 2034)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Снизить сбросы к 2035 г. на 12% по сравнению со сбросами 1995 г.", (-12.0, 2035, 1995)),
        ("Показатель в 64 процента выбросов 1995 года к 2035 году.", (64.0, 2035, 1995)),
        ("Сократить выбросы к 2035 году до 64 процентов указанных выбросов в 1995 году.", (64.0, 2035, 1995)),
    ],
)
def test_the_year_of_what_a_share_is_taken_of_is_its_base(text: str, expected: tuple[float, int, int]) -> None:
    assert [(t.value, t.year, t.base_year) for t in extract_targets(text, "ru", reported=2031)] == [expected]


def test_a_list_of_results_goes_on_through_a_list_inside_it() -> None:
    text = (
        "Реализация мер позволит достичь следующих результатов:\n- создана сеть портов, в том числе:\n"
        "а) мощность причалов увеличена до 14 млн тонн;\nб) потери груза снижены до 3%."
    )
    assert [t.value for t in extract_targets(text, "ru", with_words=False)] == [14e6, 3]


def test_what_was_planned_for_a_year_of_reports_is_an_aim_and_what_is_current_is_none() -> None:
    text = "В 2031 году запланирована закладка парка на площади 35 га.\nТекущая мощность причалов 12 млн тонн."
    assert [t.value for t in extract_targets(text, "ru", reported=2031, with_words=False)] == [35]


@pytest.mark.parametrize(
    "text",
    [
        "По проекту «Дорога к порту», км 14-31,5, будет обеспечен проезд.",
        "Причал будет построен в 7 километрах от города на месте крепости 16 века.",
    ],
)
def test_places_on_a_road_and_centuries_are_no_aims(text: str) -> None:
    assert extract_targets(text, "ru", reported=2031, with_words=False) == []


def test_parts_behind_of_which_have_the_direction_of_the_whole() -> None:
    text = "Охват кружками должен возрасти с 14% до 55%, в том числе в портах до 75%, в сёлах до 35%."
    assert [t.direction for t in extract_targets(text, with_words=False)] == ["up", "up", "up"]


def test_what_happens_to_a_number_is_not_its_unit() -> None:
    made = extract_targets("Число мест будет доведено к 2031 году до 400, из них 7 построены.", "ru", with_words=False)
    assert [(t.value, t.unit) for t in made] == [(400.0, ""), (7.0, "")]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("68% жителей не хотят уезжать.", []),
        ("Опрос показал: 68% семей довольны дворами, 20% - нет.", []),
        ("Не менее 70% жителей должны считать посёлок удобным к 2031 году.", [70.0]),
    ],
)
def test_what_people_answered_is_no_aim(text: str, values: list[float]) -> None:
    assert [t.value for t in extract_targets(text, "ru", with_words=False)] == values
