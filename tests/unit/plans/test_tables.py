"""Tables of indicators: roles of columns by their headings, cells below them."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.plan import Kind, Target
from isthmus.plans.rows import BEYOND, HEADLESS, UNREAD
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document, extract_targets

Row = tuple[str, float | None, int | None, float | None, int | None]


def found(text: str, reported: int | None = None) -> list[Target]:
    document = Document("t.md", None, tuple(blocks_of(text)))
    return list(extract_document(document, with_words=False, reported=reported).targets)


def rows(text: str, reported: int | None = None) -> list[Row]:
    return [(t.indicator, t.value, t.year, t.base_value, t.base_year) for t in found(text, reported)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "| Theme | Metric | Units | Source | FY19 progress\\* | FY25 target\\* |\n|---|---|---|---|---|---|\n"
            "| Ports | Turnaround of ships | Hours | Harbour office | 59.5 (March 2018) | < 24 Hours |\n"
            "| | Berths with shore power | Nos. | Harbour office | TBD | 1,20,000 |\n",
            [("Turnaround of ships", 24.0, 2025, 59.5, 2018), ("Berths with shore power", 120000.0, 2025, None, None)],
        ),
        (
            "| Goals | Indicators | 2019 | 2025 | 2030 | Source of targets |\n|---|---|---|---|---|---|\n"
            "| **Schools** | Dropout rate (%) | 1.5[6] (2020) | 0.5 | 0.25 | Ministry, 2021 |\n"
            "| | Homes with tap water (%) | Urban: 90[11] Rural:40 | Urban: 95 Rural: 60 | | Ministry |\n"
            "| | Score in tests | Reading: 413[7] | none | 450 | |\n"
            "| | | Counting: 389[7] | none | 425 | |\n",
            [
                ("Dropout rate", 0.5, 2025, 1.5, 2020),
                ("Dropout rate", 0.25, 2030, 1.5, 2020),
                ("Homes with tap water Urban", 95.0, 2025, 90.0, 2019),
                ("Homes with tap water Rural", 60.0, 2025, 40.0, 2019),
                ("Score in tests Reading", 450.0, 2030, 413.0, 2019),
                ("Score in tests Counting", 425.0, 2030, 389.0, 2019),
            ],
        ),
        (
            "| Outcome | Indicator No. | Indicator name | Unit | 2019 baseline | Target values | | |\n"
            "|---|---|---|---|---|---|---|---|\n| | | | | | 2025 | 2027 | 2030 |\n"
            "| Clean air | CA-1 | Buses that run on batteries | % | 4 | 20 | 40 | 90 |\n",
            [
                ("Buses that run on batteries", 20.0, 2025, 4.0, 2019),
                ("Buses that run on batteries", 40.0, 2027, 4.0, 2019),
                ("Buses that run on batteries", 90.0, 2030, 4.0, 2019),
            ],
        ),
        (
            "| Indicators | Realisation 2022 | Realisation 2024 | Target 2025 | Target 2030 |\n|---|---|---|---|---|\n"
            "| Wind power on land | 340 MW | 355 MW | N/A | 400 MW |\n",
            [("Wind power on land", 400.0, 2030, 355.0, 2024)],
        ),
        (
            "| Targets | Indicators | Target value |\n|---|---|---|\n"
            "| More sun | Capacity of panels on roofs | 50,000 kW installed by 2031 |\n",
            [("Capacity of panels on roofs", 50000.0, 2031, None, None)],
        ),
        (
            "| Показатель | Единица | Значения показателя | |\n| | | 2029 год | 2030 год |\n| 1 | 2 | 3 | 4 |\n"
            "| Доля дорог в норме | процентов | 61,5 | 70 |\n| Рождаемость, промилле | | | |\n",
            [("Доля дорог в норме", 61.5, 2029, None, None), ("Доля дорог в норме", 70.0, 2030, None, None)],
        ),
        (
            "Индикатор | 2029 год | 2030 год\nЧисленность занятых, в тысячах человек | |\nИнерционный | 5 | 6\nБазовый | 7 | 8\n",
            [
                ("Численность занятых: Инерционный", 5000.0, 2029, None, None),
                ("Численность занятых: Инерционный", 6000.0, 2030, None, None),
                ("Численность занятых: Базовый", 7000.0, 2029, None, None),
                ("Численность занятых: Базовый", 8000.0, 2030, None, None),
            ],
        ),
        (
            "指标 | 单位 | 现状值 | 2029年目标值 | 2031年规划值 | 属性\n森林覆盖率 | % | 21.5 | 23 | ≥24 | 约束性\n",
            [("森林覆盖率", 23.0, 2029, 21.5, None), ("森林覆盖率", 24.0, 2031, 21.5, None)],
        ),
    ],
)  # fmt: skip
def test_each_column_has_its_role_and_each_cell_its_parts(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


def test_values_stand_in_order_where_columns_without_a_heading_shift_them() -> None:
    text = (
        "| Metric | | Units | FY21 progress | | FY27 target |\n|---|---|---|---|---|---|\n"
        "| Wait for a ride | Hours | | 4 | 3 | |\n| Length of cycle paths | | km | | 70 | 95 |\n"
        "| Seats | | Nos. | Bus office | 300 | TBD |\n"
    )
    assert [(t.value, t.unit, t.base_value) for t in found(text)] == [(3.0, "hours", 4.0), (95.0, "km", 70.0)]


def test_the_last_year_of_reports_tells_start_values_from_targets() -> None:
    text = "Indicator | 2019 | 2020 | 2021 | 2022\nPaved roads, km | 10 | 11 | 12 | 13\n"
    assert rows(text, reported=2020) == [
        ("Paved roads", 12.0, 2021, 11.0, 2020),
        ("Paved roads", 13.0, 2022, 11.0, 2020),
    ]
    assert [row[3] for row in rows(text.replace("20", "203"), reported=2020)] == []


def test_a_year_that_values_are_compared_with_is_no_column_and_a_column_of_numbers_no_label() -> None:
    text = "Test year | Cut compared to 1990 | Power from sun\n2029 | -70 % | 365\n2032 | -80 % | none\n"
    assert rows(text) == []


def test_a_head_within_a_table_holds_for_the_rows_below_it() -> None:
    text = (
        "Aim 1 | Current situation | Target value 2030\nMeadows kept | 55 percent (2017) | More than 90 percent\n"
        "Aim 2 | Current situation 2019 | Target value 2025 | Target value 2035\n"
        "Vans without fuel | 12 percent | 40 percent | 100 percent\n"
    )
    assert rows(text) == [
        ("Meadows kept", 90.0, 2030, 55.0, 2017),
        ("Vans without fuel", 40.0, 2025, 12.0, 2019),
        ("Vans without fuel", 100.0, 2035, 12.0, 2019),
    ]


def test_a_table_without_a_head_goes_on_from_the_one_right_above_it() -> None:
    head = "Measure | Now | 2029 | 2033\nRoofs with panels | 4 | 20 | 60\n"
    below = "Homes with pumps | 7 | 30 | 90\nShips with plugs | 1 | 5 | 8\n"
    assert [row[:3] for row in rows(f"{head}\nPage 7\n\n{below}")][2:] == [
        ("Homes with pumps", 30.0, 2029),
        ("Homes with pumps", 90.0, 2033),
        ("Ships with plugs", 5.0, 2029),
        ("Ships with plugs", 8.0, 2033),
    ]
    between = "What follows is another list, which has nothing to do with the one above it.\n\n"
    assert len(rows(f"{head}\n{between}{below}")) == 2


def test_cells_beyond_the_heads_are_left_out_by_name() -> None:
    document = Document(
        "t.md", None, tuple(blocks_of("Indicator | 2029 | 2031\nRoads | 10 | 12 | 14 | 15\nTowns | 1 | 2\n"))
    )
    found = extract_document(document)
    assert [t.value for t in found.targets] == [10.0, 12.0, 1.0, 2.0]
    assert [(left.reason, left.text) for left in found.left_out] == [(BEYOND, "14"), (BEYOND, "15")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "| Показатель | 2025 отчет | 2027 | | 2030 | |\n| | | базовый | консервативный | базовый | консервативный |\n"
            "| Оборот торговли, млрд руб. | 40 | 44 | 42 | 50 | 45 |\n",
            [
                ("Оборот торговли (базовый)", 44e9, 2027, 40e9),
                ("Оборот торговли (консервативный)", 42e9, 2027, 40e9),
                ("Оборот торговли (базовый)", 50e9, 2030, 40e9),
                ("Оборот торговли (консервативный)", 45e9, 2030, 40e9),
            ],
        ),
        (
            "| Indicator | 2030 | 2030 |\n| | Baseline scenario | High case |\n| Ports, Mt | 12 | 15 |\n",
            [("Ports (Baseline scenario)", 12.0, 2030, None), ("Ports (High case)", 15.0, 2030, None)],
        ),
        (
            "指标 | 2030年基准情景 | 2030年强化情景\n用电量（亿千瓦时） | 100 | 90\n",
            [("用电量 (基准情景)", 1e10, 2030, None), ("用电量 (强化情景)", 9e9, 2030, None)],
        ),
    ],
)  # fmt: skip
def test_values_of_one_year_keep_their_scenario(
    text: str, expected: list[tuple[str, float, int, float | None]]
) -> None:
    assert [(t.indicator, t.value, t.year, t.base_value) for t in found(text, reported=2025)] == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("At least 90 percent less compared to 2019", ("change_pct", "<=", -90.0, 2030, 2019)),
        ("Reduction by 25 percent", ("change_pct", "=", -25.0, 2030, None)),
        ("2028: 45 %", ("level", "=", 45.0, 2028, None)),
        ("60 % by 2028", ("level", "=", 60.0, 2028, None)),
        ("23,5", ("level", "=", 23.5, 2030, None)),
        ("Annual increase", ("qualitative", "", None, 2030, None)),
    ],
)
def test_a_cell_says_in_words_what_its_number_is(cell: str, expected: tuple[object, ...]) -> None:
    (target,) = extract_document(
        Document(
            "t.md",
            None,
            tuple(blocks_of(f"Indicator | Status | Target 2030\nLoss of leaves | 9 | 7\nUse | - | {cell}\n")),
        )
    ).targets[1:]
    assert (target.kind, target.operator, target.value, target.year, target.base_year) == expected


def test_identifiers_and_fractions_in_cells_are_no_values() -> None:
    text = "| Indicator | Target 2030 |\n| Memos sent | M-19-23 |\n| Tank filled | 1/6th |\n| Trees planted | 30 |\n"
    assert [row[:2] for row in rows(text)] == [("Trees planted", 30.0)]


def test_a_column_of_years_beside_start_values_dates_them() -> None:
    text = (
        "Indicator | Baseline | Year of baseline | Target 2031\n1a Poor by region (%) | | |\na) Total | 54 | 2015 | 43\n"
        "b) Rural | 76 | 2016 | 61\n1b Homes with light | 31 | 2017 | 50\n"
    )
    assert rows(text) == [
        ("Poor by region: a) Total", 43.0, 2031, 54.0, 2015),
        ("Poor by region: b) Rural", 61.0, 2031, 76.0, 2016),
        ("Homes with light", 50.0, 2031, 31.0, 2017),
    ]


def test_a_label_that_is_a_unit_belongs_to_the_row_above_it() -> None:
    text = "Показатель | 2029 год | 2030 год\nОбъем услуг (млн руб.) | 50 | 60\nв % к предыдущему году | 102 | 103\n"
    assert [(t.indicator, t.value, t.unit) for t in found(text)][2:] == [
        ("Объем услуг", 2.0, "%"), ("Объем услуг", 3.0, "%")
    ]  # fmt: skip


def test_a_scale_word_behind_a_currency_is_a_unit() -> None:
    text = "Indicator | 2029 | 2031\nExports (US$ billion) | 4.5 | 6\n"
    assert [(t.indicator, t.value) for t in found(text)] == [("Exports", 4.5e9), ("Exports", 6e9)]


def test_numbers_that_belong_to_a_unit_are_no_values() -> None:
    text = "Показатель | Ед. изм. | 2030 год\nПрием врача | ч на 1 чел. | 3\n"
    assert [(t.value, t.kind) for t in found(text)] == [(3.0, "level")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("No | Measure | Target date\n1 | Open a school in the north | 31.12.2031\n", [("milestone", None, 2031)]),
        ("№ | Мероприятие | Срок исполнения\n1 | Построить 12 школ на севере | 2031 год\n", [("level", 12.0, 2031)]),
        ("| 任务 | 完成时限 |\n| 新建小学3所以上并投入使用 | 2031年底前 |\n", [("cumulative", 3.0, 2031)]),
    ],
)
def test_a_column_of_dates_gives_the_year_due(text: str, expected: list[Row]) -> None:
    document = Document("t.md", None, tuple(blocks_of(text)))
    targets = extract_document(document, reported=2025).targets
    assert [(t.kind, t.value, t.year) for t in targets] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "| No. | Initiative | Lead | Expected outcome | Start | End |\n|---|---|---|---|---|---|\n"
            "| 4.1 | Exchange | Ports unit | 3 strategic partnerships formalized. | 01/01/2026 | 31/12/2028 |\n"
            "| 4.2 | Training | Rail unit | App launched; first cohort of 5 officers deployed. | 01/01/2026 | 2027 |\n",
            [(3.0, 2028), (5.0, 2027)],
        ),
        (
            "| Sector | Water |\n|---|---|\n| Background | The mill has 12 pumps of the old kind |\n"
            "| Measure | Introduction of 50,000 efficient cook stoves |\n| Objective | 4 weirs by 2031 |\n",
            [(50000.0, None), (4.0, 2031)],
        ),
        (
            "| Area | Status | Action |\n|---|---|---|\n| Rail | We will have 7 yards | 9 yards in the north |\n",
            [(9.0, None)],
        ),
        (
            "| Outline | Name | Heat pumps |\n|---|---|---|\n| | Outcome (module B-1.1) | 4,000 boilers replaced |\n"
            "| Handling | Responsible bodies | Office of 12 people |\n",
            [(4000.0, None)],
        ),
        (
            "| Part | Key indicators |\n|---|---|\n| Staff | \uf0b7 At least 3 workshops held \uf0b7 12 weirs were built |\n",
            [(3.0, None), (12.0, None)],
        ),
    ],
)
def test_cells_of_words_are_aims_under_a_heading_of_aims(text: str, expected: list[tuple[float, int | None]]) -> None:
    assert [(t.value, t.year) for t in found(text)] == expected


def test_what_a_cell_of_outcomes_tells_of_a_year_of_reports_is_no_aim() -> None:
    text = "| Part | Outcomes |\n|---|---|\n| Staff | 30 tanks were built in {} |\n"
    assert [len(found(text.format(year), 2022)) for year in (2021, 2024)] == [0, 1]


def test_what_stands_under_aims_counts_things_without_a_verb() -> None:
    text = "# {}\n\n- 20 promising contractors with a certificate\n- First cohort of 5 officers\n"
    assert [t.value for t in found(text.format("Targets for 2028"))] == [20.0, 5.0]
    assert not found(text.format("Contacts"))


def test_the_last_of_two_columns_of_dates_is_the_year_due() -> None:
    text = (
        "No. | Measure | Outcome | Start | End\n1 | Open a hub | At least 40 firms in it | 01/02/2027 | 30/06/2031\n"
        "2 | Train staff | - | 01/01/2027 | 31/12/2029\n"
    )
    targets = extract_document(Document("t.md", None, tuple(blocks_of(text)))).targets
    assert [(t.kind, t.operator, t.value, t.year) for t in targets] == [
        ("level", ">=", 40.0, 2031), ("milestone", "", None, 2029)
    ]  # fmt: skip


def test_columns_of_one_year_are_told_apart_by_the_row_below_it_and_keep_their_start_values() -> None:
    text = (
        "| Measure | 2021 Baseline | | 2031 Target | |\n|---|---|---|---|---|\n| | North | South | North | South |\n"
        "| Roads in order | 94 % | 92 % | 96 % | 95 % |\n"
    )
    assert rows(text) == [
        ("Roads in order (North)", 96.0, 2031, 94.0, 2021), ("Roads in order (South)", 95.0, 2031, 92.0, 2021)
    ]  # fmt: skip


def test_the_title_of_a_table_says_nothing_of_its_columns() -> None:
    text = "Table 4: targets of the towns | | |\nArea | Indicator | Baseline | 2031\nWater | Homes with a tap | 57 % | 90 %\n"
    assert rows(text) == [("Homes with a tap", 90.0, 2031, 57.0, None)]


def test_columns_that_no_row_fills_both_are_one_and_the_text_stays() -> None:
    text = (
        "| Indicator | | Baseline | | Target 2031 |\n|---|---|---|---|---|\n| | Homes with light | | 31 | 50 |\n"
        "| Homes with a tap | | 20 | | 40 |\n"
    )
    assert rows(text) == [("Homes with light", 50.0, 2031, 31.0, None), ("Homes with a tap", 40.0, 2031, 20.0, None)]
    assert found(text)[0].text == " | Homes with light |  | 31 | 50"


def test_a_forecast_in_variants_keeps_them_apart_and_its_rows_of_percent_are_growth() -> None:
    text = (
        "| № п/п | Показатели | Единица измерения | 2024 год | 2025 год | 2026 год | |\n|---|---|---|---|---|---|---|\n"
        "| | | | отчет | оценка | 1 вариант | 2 вариант |\n"
        "| 1.1 | Объем товаров | млн руб. | 1 234,5 | 1 300,1 | 1 350,0 | 1 480,0 |\n"
        "| | в % к предыдущему году | % | 101,2 | 102,0 | 99,1 | 102,5 |\n"
    )
    assert [(t.indicator, t.value, t.base_value, t.base_year) for t in found(text, reported=2025)] == [
        ("Объем товаров (1 вариант)", 1350e6, 1300.1e6, 2025), ("Объем товаров (2 вариант)", 1480e6, 1300.1e6, 2025),
        ("Объем товаров (1 вариант)", -0.9, 2.0, 2025), ("Объем товаров (2 вариант)", 2.5, 2.0, 2025),
    ]  # fmt: skip


def test_a_row_of_numbers_of_columns_is_no_head_of_its_own() -> None:
    text = (
        "| № | Показатель | Базовый показатель (2024 год) | Значение по годам | | Исполнитель |\n|---|---|---|---|---|---|\n"
        "| | | | 2027 | 2028 | |\n| 1 | 2 | 3 | 4 | 5 | 6 |\n| 1 | Число школ | 0 | 1 | не менее 2 | Отдел школ |\n"
    )
    assert rows(text) == [("Число школ", 1.0, 2027, 0.0, 2024), ("Число школ", 2.0, 2028, 0.0, 2024)]


def test_growth_of_the_period_stands_beside_the_level_and_a_total_does_not() -> None:
    text = (
        "| 指标 | 单位 | 2025年 | 2030年 | 年均增长（累计） | 属性 |\n|---|---|---|---|---|---|\n"
        "| 生产总值 | 亿元 | 35 | 47 | 6%左右 | 预期性 |\n| 森林覆盖率 | % | 41 | 42.5 | 〔1.5〕 | 约束性 |\n"
    )
    assert [(t.kind, t.operator, t.value, t.modality) for t in found(text, reported=2025)] == [
        ("level", "=", 47e8, "expected"), ("growth", "~", 6.0, "expected"), ("level", "=", 42.5, "binding")
    ]  # fmt: skip


def test_a_measure_with_no_year_among_dated_ones_keeps_its_number() -> None:
    text = (
        "№ | Мероприятие | Срок | Результат\n1 | Дома | 2031 год | -\n"
        "2 | Проведение ярмарок | ежегодно | Не менее 12 ярмарок\n"
    )
    assert [(t.operator, t.value, t.year) for t in found(text)] == [(">=", 12.0, None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("По первому вопросу решено к 2031 году построить 12 школ.", [(12.0, "")]),
    ],
)
def test_the_numbers_of_a_sentence_keep_their_scenario(text: str, expected: list[tuple[float, str]]) -> None:
    assert [(t.value, t.indicator.partition("(")[2].rstrip(")")) for t in found(text, reported=2025)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Коэффициент обновления фондов | 2024 г. — 6,1 | 2031 г. — 8,4",
        "Коэффициент обновления фондов: 6,1 (2024), 8,4 (2031).",
    ],
)
def test_a_row_that_is_a_line_without_a_unit_keeps_its_start_value(text: str) -> None:
    assert rows(text, reported=2025) == [("Коэффициент обновления фондов", 8.4, 2031, 6.1, 2024)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "| Year | All roads | Interstate | Actual or target |\n|---|---|---|---|\n| 2015 | 11.79 | 0.73 | Actual |\n"
            "| 2020 | 10.19 | 0.5 | Actual |\n| 2035 | 8.80 | | Target |\n| 2050 | 2.00 | NA | Target |\n",
            [("All roads", 8.8, 2035, 10.19, 2020), ("All roads", 2.0, 2050, 10.19, 2020)],
        ),
        (
            "| YEAR | tonnes | % |\n|---|---|---|\n| 2020 | 120 | 40 |\n| 2031 | 90 | 55 |\n",
            [("tonnes", 90.0, 2031, 120.0, 2020), ("tonnes", 55.0, 2031, 40.0, 2020)],
        ),
        (
            "| Год | Объём грузов, млн т | Доля перевозок, % |\n|---|---|---|\n| 2023 (факт) | 120 | 40 |\n"
            "| 2031 (план) | 130 | 55 |\n",
            [("Объём грузов", 130e6, 2031, 120e6, 2023), ("Доля перевозок", 55.0, 2031, 40.0, 2023)],
        ),
        (
            "| 年份 | 森林覆盖率（%） | 性质 |\n|---|---|---|\n| 2020年 | 24.1 | 实际 |\n"
            "| 2031年 | 25 | 目标 |\n| 2035年 | 26 | 目标 |\n",
            [("森林覆盖率", 25.0, 2031, 24.1, 2020), ("森林覆盖率", 26.0, 2035, 24.1, 2020)],
        ),
        (
            "| Year | Actual | Target |\n|---|---|---|\n| 2031 | 50 | 60 |\n| 2035 | | 58 |\n",
            [("Target", 60.0, 2031, None, None), ("Target", 58.0, 2035, None, None)],
        ),
        (
            "| Year | Emissions |\n| | Total | Farms |\n|---|---|---|\n| 2020 | 8 | 3 |\n| 2031 | 6 | 2 |\n",
            [("Emissions Total", 6.0, 2031, 8.0, 2020), ("Farms", 2.0, 2031, 3.0, 2020)],
        ),
        ("| Year | Region | Cars |\n|---|---|---|\n| 2031 | North | 6 |\n| 2035 | North | 2 |\n", []),
        ("| Year | Cars |\n|---|---|\n| 2031 | 6 |\n", []),
        (
            "| Year | Cars | Note |\n|---|---|---|\n| 2020 | 9 | A count |\n| 2031 | 6 | |\n| 2035 | 2 | |\n",
            [("Cars", 6.0, 2031, 9.0, 2020), ("Cars", 2.0, 2035, 9.0, 2020)],
        ),
    ],
)
def test_rows_of_years_are_read_as_columns(text: str, expected: list[Row]) -> None:
    assert sorted(rows(text), key=str) == sorted(expected, key=str)


def test_a_target_of_a_row_of_a_year_keeps_that_row() -> None:
    (target,) = found("| Year | Cars | Kind |\n|---|---|---|\n| 2020 | 6 | Actual |\n| 2031 | 2 | Target |\n")
    assert target.text == "2031 | 2 | Target"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "Indicator | Baseline 2020 | Target 2031\nRoads | 10 | 12\nTowns | 7 | -\nWells | - | -\n",
            [(UNREAD, "Towns | 7 | -")],
        ),
        (
            "| Year | Cars | Kind |\n|---|---|---|\n| 2020 | 6 | Actual |\n| 2031 | 2 | Target |\n",
            [(UNREAD, "2020 | 6 | Actual")],
        ),
        (
            "No. | Town | Length\n1 | 2 | 3\n1. | North | 7 km\n2. | South (2031) | -\n",
            [(HEADLESS, "1. | North | 7 km")],
        ),
    ],
)
def test_a_row_with_figures_that_gives_no_target_is_left_out_with_its_reason(
    text: str, left: list[tuple[str, str]]
) -> None:
    document = Document("t.md", None, tuple(blocks_of(text)))
    assert [(entry.reason, entry.text) for entry in extract_document(document).left_out] == left


def test_a_head_within_a_table_of_words_gives_its_year_and_items_in_a_cell_are_read_one_by_one() -> None:
    text = (
        "| | Objective 2: more grain at less risk | |\n|---|---|---|\n| Action | Results by 30th June 2031 | Note |\n"
        "| Water | ▪ Farms with tanks increased to 5,000 ▪ 60 weirs built | Held 12 meetings |\n"
    )
    assert [(t.value, t.year) for t in found(text)] == [(5000.0, 2031), (60.0, 2031)]


def test_a_heading_over_groups_and_indicators_names_the_indicators() -> None:
    text = (
        "| 指标 | | 2031年 | 属性 |\n|---|---|---|---|\n| 保护 | 新增保护单位数量 | ≥50 | 约束性 |\n"
        "| | 开放公园数量 | ≥20 | 约束性 |\n| 场馆 | 展馆数量 | ≥260 | 预期性 |\n"
    )
    assert [row[:2] for row in rows(text)] == [("新增保护单位数量", 50.0), ("开放公园数量", 20.0), ("展馆数量", 260.0)]


def test_a_measure_word_at_the_end_of_a_chinese_label_is_its_unit() -> None:
    text = "| 指标 | 2025年 | 2031年 |\n|---|---|---|\n| 示范园区数量（个） | 5 | 9 |\n"
    assert [(t.indicator, t.unit, t.value) for t in found(text)] == [("示范园区数量", "个", 9.0)]


def test_a_row_that_names_a_group_of_aims_keeps_the_head_above_it() -> None:
    text = (
        "| Outcome | Measure | Status |\n|---|---|---|\n| Outcome 1: water | | |\n"
        "| Wells | 60 weirs in the north | Held 12 meetings of farmers |\n"
        "| Outcome of the second part | | |\n| Farms | 40 tanks in the south | We will hold 7 meetings of farmers |\n"
    )
    assert [t.value for t in found(text)] == [60.0, 40.0]


def test_the_items_of_a_cell_do_not_share_their_words() -> None:
    text = (
        "| Action | Results |\n|---|---|\n| Water | ▪ Seed loss reduced from 40% to 15%. "
        "▪ Number of farms insured increased to 3,500 farms ▪ - 600 ha restored |\n"
    )
    assert [(t.value, t.base_value) for t in found(text)] == [(15.0, 40.0), (3500.0, None), (600.0, None)]
    assert [t.text for t in found(text)][1] == "Number of farms insured increased to 3,500 farms"


def test_cells_of_words_under_a_heading_of_aims_are_aims_whatever_their_column_is_called() -> None:
    table = "| Area | Text |\n|---|---|\n| Health care | 20 small wards with a doctor |\n"
    assert [t.value for t in found(f"# Targets for 2031\n\n{table}")] == [20.0]
    assert not found(f"# Contacts\n\n{table}")


def test_a_table_of_words_without_a_head_goes_on_from_the_one_above_it() -> None:
    first = "| No. | Lever | Late {} |\n|---|---|---|\n| 1.1 | Homes | 900 homes refitted |\n"
    rest = (
        "| 1.2 | 3. Boilers and pipes in homes | 15,000 boilers replaced |\n|---|---|---|\n"
        "| 1.3 | Lamps | 27,000 lamps replaced |\n"
    )
    assert [t.value for t in found(f"{first.format('outcomes')}\n{rest}")] == [900.0, 15000.0, 27000.0]
    assert not found(f"{first.format('notes')}\n{rest}")


def test_a_head_holds_for_all_tables_that_go_on_and_marks_and_numbers_of_items_are_no_values() -> None:
    rest = "| {} | {} |\n|---|---|\n| {} | {} |\n"
    text = "\n".join(
        (
            rest.format("Part", "Results", "Homes", "3. Boilers in all homes of the town"),
            rest.format(
                "Staff",
                "\uf0b7 40 officers \uf0b7 12 weirs in the north",
                "Fish",
                "Public rules published; >95% of ponds achieved",
            ),
            rest.format("Road", "6 roads in the south", "Rail", "9 yards in the west"),
        )
    )
    assert [t.value for t in found(text)] == [40.0, 12.0, 95.0, 6.0, 9.0]


def test_a_description_of_an_action_is_no_result() -> None:
    text = "| Sheet | Action {} | By now ten schools have joined, with 1,200 pupils |\n|---|---|---|\n| 1 | 2 | 3 |\n"
    assert [len(found(text.format(word))) for word in ("description", "outcome")] == [0, 1]


def test_parts_of_an_indicator_have_the_year_of_its_start_values() -> None:
    text = (
        "| Indicator | Baseline | Baseline year | 2031 target |\n|---|---|---|---|\n| Deaths (%) | 3 | 2014 | 1 |\n"
        "| Prevalence of | | 2015 | |\n| (a) wasting (%) | 6.0 | | 2.0 |\n| (b) stunting (%) | 40.1 | | 35 |\n"
    )
    assert [row[1:] for row in rows(text)] == [(1.0, 2031, 3.0, 2014), (2.0, 2031, 6.0, 2015), (35.0, 2031, 40.1, 2015)]


def test_a_heading_of_cumulative_values_over_several_columns_is_no_column_of_totals() -> None:
    text = (
        "| Indicator | Unit | Baseline | Cumulative target values | |\n|---|---|---|---|---|\n| | | | 2030 | 2031 |\n"
        "| Irrigated land | ha | 1,000 | 1,200 | 1,500 |\n"
    )
    assert [row[1:4] for row in rows(text)] == [(1200.0, 2030, 1000.0), (1500.0, 2031, 1000.0)]


def test_a_cell_gives_the_year_of_its_opening_line_to_its_items() -> None:
    text = (
        "| Field | Targets |\n|---|---|\n"
        "| Parks | 2031 target: • Develop 130 ha of parks • 20 ponds by 2029 • 2035 targets: • 40 lakes |\n"
    )
    assert [(t.value, t.year) for t in found(text)] == [(130.0, 2031), (20.0, 2029), (40.0, 2035)]


def test_a_row_with_a_sentence_is_no_head() -> None:
    text = (
        "| Travel | | |\n|---|---|---|\n"
        "| Use new ways that only buses and bicycles may use and that lead into the middle of each part of town | | RTA, city |\n"
        "| Invest in 6 miles of such ways by 2027 | | RTA |\n| Bikes | 75 miles by 2029 | The works |\n"
        "| Cars | 40% by 2035 | The works of the city |\n"
    )
    assert not {"RTA, city", "The works", "The works of the city"} & {t.indicator for t in found(text)}


def test_rows_that_say_where_the_money_comes_from_are_left_out() -> None:
    text = (
        "| Наименование | Ед. изм. | Источник | 2029 год | 2030 год |\n|---|---|---|---|---|\n"
        "| Задача 1. Ремонт залов | тыс. руб. | всего | 900,5 | 800,0 |\n| | | МБ | 400,5 | 300,0 |\n"
        "| Число залов | ед. | | 12 | 14 |\n| | тыс. руб. | средства областного бюджета | 500,0 | 500,0 |\n"
    )
    made = extract_document(Document("t.md", None, tuple(blocks_of(text))), with_words=False)
    assert [(t.value, t.year) for t in made.targets] == [(12.0, 2029), (14.0, 2030)]
    assert sum(left.reason == "funding" for left in made.left_out) == 3
    totals = (
        "| Показатель | 2029 год | 2030 год |\n|---|---|---|\n| Всего школ | 12 | 14 |\n| из них сельских | 7 | 8 |\n"
    )
    assert [t.value for t in found(totals)] == [12.0, 14.0, 7.0, 8.0]


def test_a_line_above_a_table_gives_its_cells_of_words_their_year_and_a_bare_amount_is_named_by_its_row() -> None:
    head = "Among the works of the region, the following targets until 2031 are highlighted.\n\n"
    table = """|  | Actions | Targets |
| 1 | Improve the care of hedges | Keep 436 million tonnes of stock outside of the fenced part of the system |
| 2 | Keep at least 50% of land as hedges | Keep 201 million tonnes of stock in the fenced part 51.4% of land and 31% of hills |
| 3 | Better hedges through wise restoration | 2000 ha of hedges and restoration work |
| 4 | Plant hedges | 15 acres |
| 5 | Care for the marsh | Conduct an assessment for understanding what it holds |
"""
    numbers = [
        t for t in extract_document(Document("plan.md", None, tuple(blocks_of(head + table)))).targets if t.value
    ]
    assert {t.year for t in numbers} == {2031}
    assert numbers[-1].indicator == "Plant hedges"


def test_a_table_below_a_head_of_its_money_has_no_targets() -> None:
    head = "Объем финансового обеспечения по годам, тыс. рублей"
    table = (
        f"| Наименование | {head} | |\n|---|---|---|\n| | 2030 | 2031 |\n| Ремонт портов области | 700,5 | 800,0 |\n"
    )
    assert rows(table) == []
    assert len(rows(table.replace(head, "Значение по годам"))) == 2


def test_the_mark_of_a_note_in_angles_is_no_bound() -> None:
    (target,) = found("| Показатель | Уровень | 2030 |\n|---|---|---|\n| Доля дорог, % | ГП <**> | 40 <1> |\n")
    assert (target.operator, target.value, target.unit) == ("=", 40.0, "%")


@pytest.mark.parametrize("mark", ["▪", "\uf0b7", "<br>"])
def test_marks_part_the_items_of_a_cell_and_the_number_of_an_item_is_no_value(mark: str) -> None:
    table = f"| Action | Outcome |\n| Care | 3. Boilers replaced in 40 houses {mark} 52 clinics opened |\n"
    table += "| Help | 4. 71 schools repaired |\n"
    made = extract_document(Document("plan.md", None, tuple(blocks_of(table)))).targets
    assert [t.value for t in made if t.value is not None] == [40.0, 52.0, 71.0]
    assert ["clinics" in t.indicator for t in made if t.value is not None] == [False, True, False]


def test_as_many_items_in_two_cells_are_rows_of_their_own() -> None:
    table = (
        "| Area | Measure | 2031 target |\n|---|---|---|\n"
        "| More power | • Power from wind • Power from sun | • 65 MW • 2,013 kW |\n| Water | • Homes with a tap | • 97% |\n"
        "| Roads | • Roads paved • Bridges | • 6 |\n"
    )
    assert [(t.indicator, t.value, t.unit) for t in found(table)][:3] == [
        ("Power from wind", 65.0, "MW"), ("Power from sun", 2013.0, "kW"), ("Homes with a tap", 97.0, "%")
    ]  # fmt: skip
    assert [t.value for t in found(table)][3:] == [6.0]


def test_a_column_that_says_target_is_one_in_the_last_year_of_reports_too() -> None:
    table = "| Indicator | {} |\n|---|---|\n| Homes with a tap | 97% |\n"
    assert [t.value for t in found(table.format("2025 target"), reported=2025)] == [97.0]
    assert not found(table.format("2025 target"), reported=2026)
    assert not found(table.format("2025"), reported=2025)


def test_what_a_record_says_of_its_money_is_no_aim() -> None:
    record = "| Measure | Solar roofs |\n|---|---|\n| {} | In total 40 million dollars will be needed by 2031 |\n"
    assert [len(found(record.format(name))) for name in ("Financial needs", "Outcome")] == [0, 1]


def test_a_unit_behind_a_word_for_in_ends_a_label() -> None:
    table = "| Indicator | 2031 |\n|---|---|\n| Catch of fish in million tonnes | 2.5 |\n| Shops in towns | 7 |\n"
    assert [(t.indicator, t.value, t.unit) for t in found(table)] == [
        ("Catch of fish", 2.5e6, "t"), ("Shops in towns", 7.0, "")
    ]  # fmt: skip


def test_a_cell_without_a_name_of_its_own_is_named_by_the_column_of_names() -> None:
    table = (
        "| Effects | Power made on the roofs of schools | Outcome |\n|---|---|---|\n"
        "| On air | Gas that is saved in homes | 40 tonnes of it |\n| On air | Coal that is saved in mills | 50 tonnes of it |\n"
    )
    assert [t.indicator for t in found(table)] == ["Gas that is saved in homes", "Coal that is saved in mills"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Программа развития библиотек на 2026 - 2028 годы\n\n"
            "| Показатель | 2026 год | 2027 год |\n|---|---|---|\n| Число читателей, чел. | 810 | 830 |\n",
            [("Число читателей", 810.0, 2026, None), ("Число читателей", 830.0, 2027, None)],
            id="the first year of a period that the title names is one of aims",
        ),
        pytest.param(
            "| | 2023 | 2024 |\n|---|---|---|\n| Целевое значение числа читателей | 900 | 950 |\n",
            [
                ("Целевое значение числа читателей", 900.0, 2023, None),
                ("Целевое значение числа читателей", 950.0, 2024, None),
            ],
            id="rows that are named as target values hold no start value",
        ),
        pytest.param(
            "| | 2023 | 2024 |\n|---|---|---|\n| Целевое значение числа читателей | 900 | 950 |\n| Число книг | 50 | 60 |\n",
            [("Целевое значение числа читателей", 950.0, 2024, 900.0), ("Число книг", 60.0, 2024, 50.0)],
            id="one such row among others says nothing of the columns",
        ),
        pytest.param(
            "| № | Мероприятие | 2025 год (план) | 2026 год (план) |\n|---|---|---|---|\n"
            "| 1.1 | Посадка деревьев вдоль дорог | 2000 | 2100 |\n| | | 2025 | 2026 |\n",
            [
                ("Посадка деревьев вдоль дорог", 2000.0, 2025, None),
                ("Посадка деревьев вдоль дорог", 2100.0, 2026, None),
            ],
            id="a value below its year may look like another year",
        ),
        pytest.param(
            "| № | Мероприятие | 2025 год (план) | 2026 год (план) |\n|---|---|---|---|\n"
            "| 1.1 | Обучение учителей | 40 | 50 |\n| 1.2 | Обучение сельских врачей | 20 | 25 |\n"
            "| Итого учителей и врачей | 60 | 75 |\n",
            [
                ("Обучение учителей", 40.0, 2025, None),
                ("Обучение учителей", 50.0, 2026, None),
                ("Обучение сельских врачей", 20.0, 2025, None),
                ("Обучение сельских врачей", 25.0, 2026, None),
                ("Итого учителей и врачей", 60.0, 2025, None),
                ("Итого учителей и врачей", 75.0, 2026, None),
            ],
            id="a row whose first cells are merged has its values at the end",
        ),
        pytest.param(
            "| Показатель | Единица измерения | 2025 год (план) |\n|---|---|---|\n"
            "| Число травм на 1000 работников | показатель на 1000 | 22,2 |\n",
            [("Число травм на 1000 работников", 22.2, 2025, None)],
            id="a unit that cannot be read leaves the value",
        ),
    ],
)
def test_values_that_their_head_or_row_tells(text: str, expected: list[tuple[str, float, int, float | None]]) -> None:
    assert [(t.indicator, t.value, t.year, t.base_value) for t in found(text, 2023)] == expected


def test_estimates_of_a_budget_and_a_series_of_every_year_are_no_targets() -> None:
    estimates = (
        "| | 2029-30 Est. Out. ($m) | 2030-31 Budget ($m) | 2031-32 Estimate ($m) |\n|---|---|---|---|\n"
        "| Interest paid | 47 | 49 | 52 |\n"
    )
    assert rows(estimates) == []
    years = "".join(f"| {year} | {year - 1900} |\n" for year in range(2029, 2033))
    assert rows(f"| 30 June | Assets |\n|---|---|\n{years}") == []
    assert len(rows(f"| 30 June | Target |\n|---|---|\n{years}")) == 4


def test_an_estimate_beside_a_target_is_its_start_value() -> None:
    text = "| Indicator | 2026 estimate | 2031 target |\n|---|---|---|\n| Homes with fibre (%) | 40 | 80 |\n"
    assert rows(text) == [("Homes with fibre", 80.0, 2031, 40.0, 2026)]


@pytest.mark.parametrize("column", ["Jan-June 2031", "2031"])
def test_a_column_of_the_year_of_a_target_that_is_none_itself_reports(column: str) -> None:
    text = f"| Indicator | 2031 Target | {column} |\n|---|---|---|\n| Enrolment rate (%) | 80 | 58.3 |\n"
    assert [row[1] for row in rows(text)] == [80.0]


def test_the_title_of_a_group_between_rows_of_a_text_is_a_row_of_their_table() -> None:
    text = (
        "№ | Показатель | Ед. изм. | 2023 (базовый) | 2029 | 2030\n"
        'Цель 1 "Чистые реки"\nОхрана берегов\n'
        "1 | Доля очищенных стоков | % | 61 | 80 | 84\n"
        "Питьевая вода\n"
        "2 | Доля домов с водопроводом | % | 70 | 88 | 90\n"
    )
    assert [(t.value, t.year, t.base_value) for t in found(text, 2024)] == [
        *((80.0, 2029, 61.0), (84.0, 2030, 61.0), (88.0, 2029, 70.0), (90.0, 2030, 70.0)),
    ]
    apart = text.replace("Питьевая вода\n", "Питьевая вода подается всем.\n")
    assert len(list(blocks_of(apart))) > len(list(blocks_of(text))) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "| № | Наименование объекта | Место | Сроки реализации | Мощность объекта | Объем инвестиций, тыс. руб. |\n"
            "| 1 | Школа | село Лесное | 2031 - 2032 гг. | 550 мест | 630474,9 |\n"
            "| 2 | Больница | село Речное | 2031 - 2033 гг. | 40 коек стационара, 150 посещений в день | 980100 |\n",
            [(550.0, 2032), (40.0, 2033), (150.0, 2033)],
        ),
        (
            "| № | Северный район | Протяженность, км | Стоимость, млн руб. |\n"
            "| 1 | Лесное – Речное | 5,6 | 310 |\n| 2 | Подъезд к порту | 12 | 640 |\n",
            [(5.6, None), (12.0, None)],
        ),
        (
            "| 项目 | 建设规模 | 总投资（万元） | 完成时间 |\n|---|---|---|---|\n"
            "| 东河道路工程 | 12公里 | 8600 | 2031年 |\n| 西山水厂工程 | 3座 | 5200 | 2032年 |\n",
            [(12.0, 2031), (3.0, 2032)],
        ),
        ("| № | Дорога | Протяженность, км | Состояние |\n| 1 | Лесное – Речное | 5,6 | хорошее |\n", []),
    ],
)
def test_the_size_of_works_with_a_price_is_their_target(text: str, expected: list[tuple[float, int | None]]) -> None:
    assert [(t.value, t.year) for t in found(text, 2030)] == expected


def test_columns_of_an_inertial_scenario_and_bounds_before_a_value_like_a_year() -> None:
    text = (
        "| Показатель | Ед. изм. | 2023 год | инерционный сценарий 2030 год | целевой сценарий 2030 год |\n"
        "| Доля дорог в норме | % | 50 | 48 | 75 |\n| Число поездок | ед. | 1500 | 1600 | ≥2000 |\n"
    )
    assert [(t.value, t.operator) for t in found(text, 2024)] == [(75.0, "="), (2000.0, ">=")]


def test_a_register_goes_on_from_its_head_over_a_heading() -> None:
    head = "| Measure | Carried out by | Expected result |\n|---|---|---|\n| 1. Roads | Office | not fewer than 40 km paved |\n"
    rest = "| 2. Schools | Board | {} |\n| 3. Ponds | Board | clean water |\n"
    for heading in ("# II. Measures for the schools of all the towns\n", ""):
        text = f"# I. Measures for the roads of the county\n{head}\n{heading}{rest.format('12 classrooms')}"
        assert [t.value for t in found(text)] == [40.0, 12.0]


def test_a_long_heading_ends_with_its_year() -> None:
    head = "Значение показателя результата (количество семей, которые охвачены мерами поддержки), 2030 год"
    text = f"| Наименование показателя | {head} | 2031 год |\n|---|---|---|\n| Пункты проката колясок | 57 | 62 |\n"
    assert [(value, year) for _, value, year, *_ in rows(text)] == [(57.0, 2030), (62.0, 2031)]


def test_one_date_beside_sentences_is_the_term_of_a_measure_and_no_head() -> None:
    head = "| Наименование мероприятия | Исполнители | Срок | Ожидаемый результат |\n|---|---|---|---|\n"
    measure = "Развитие сети пунктов проката колясок, кроваток и других вещей для молодых семей области ({})"
    aims = "созданы условия для прогулок молодых семей: в 2030 году – {} семей; в 2031 году – {} семей"
    row = f"| {{}} | управление по делам семьи | 2031 год | {aims} |\n"
    first = f"# I. Меры для семей\n{head}{row.format('Подбор участков', 10, 12)}\n"
    rest = "".join(row.format(measure.format(place), low, low + 3) for place, low in (("север", 21), ("юг", 32)))
    found = [(value, year) for _, value, year, *_ in rows(f"{first}# II. Меры для вещей\n{rest}", 2029)]
    assert found == [(10.0, 2030), (12.0, 2031), (21.0, 2030), (24.0, 2031), (32.0, 2030), (35.0, 2031)]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("640 (2 900)", [640, 2900]),
    ],
)
def test_a_cell_with_named_values_and_their_sums_in_brackets_gives_each_of_them(cell: str, expected: list[int]) -> None:
    label = "Объём займов, выданных малым предприятиям, за год (с накоплением с 2027 года)"
    head = f"| № | Показатель | Ед. изм. | 2036 |\n| 1. | {label} | млн леев | "
    assert [t.value for t in found(f"{head}{cell} |\n", 2026)] == [value * 1e6 for value in expected]


def test_a_number_in_brackets_behind_a_value_is_a_note_where_the_label_says_nothing_of_it() -> None:
    text = "| № | Показатель | Ед. изм. | 2036 |\n| 1. | Объём выданных займов | млн леев | 640 (2 900) |\n"
    assert [t.value for t in found(text, 2026)] == [640e6]


def test_a_year_in_brackets_behind_a_value_is_no_sum_of_it() -> None:
    text = "| Indicator | Unit | Baseline | Target |\n| Loans to mills (cumulative) | Number | 0 (2026) | 14 (2032) |\n"
    assert [(t.value, t.year) for t in found(text, 2027)] == [(14.0, 2032)]


@pytest.mark.parametrize("unit", ["нарастающим итогом, млн евро", "за год, млн евро", "млн евро, нарастающим итогом"])
def test_a_cell_with_a_unit_may_say_how_it_is_counted(unit: str) -> None:
    text = (
        f"| № | Показатель | Единица измерения | 2030 | 2031 |\n| 1 | Объём поддержки фермеров | {unit} | 2,4 | 3,1 |\n"
    )
    assert [(t.value, t.unit) for t in found(text, 2026)][-1] == (3.1e6, "EUR")


def test_a_yearly_index_whose_label_says_in_full_what_it_is_percent_of() -> None:
    label = "Индекс производства мебели (% к уровню предыдущего года в сопоставимых ценах)"
    text = f"| N | Наименование показателя | 2030 | 2031 |\n| 1. | {label} | 103,5 | 104,5 |\n"
    assert [(t.kind, t.value) for t in found(text, 2029)] == [("growth", 3.5), ("growth", 4.5)]


def test_a_cell_names_its_own_year_and_what_it_counts_from() -> None:
    table = (
        "Indicator | 2031 | 2034\nGlass collected. | 50 % in 2032 | 60 %\n"
        "Reduction of cars in town. | 5 % | 9 %\nEmissions | 4 % cut since 2019 | 8 %"
    )
    rows = extract_targets(table, "en")
    assert [(t.value, t.year) for t in rows[:2]] == [(50, 2032), (60, 2034)]
    assert [(t.kind.value, t.value) for t in rows[2:4]] == [("change_pct", -5), ("change_pct", -9)]
    assert (rows[4].kind.value, rows[4].value, rows[4].base_year) == ("change_pct", -4, 2019)


def test_works_with_their_amounts_beside_a_column_of_targets_are_aims() -> None:
    table = (
        "Goals | Targets | Works | Cost\nCare for the old woods | Renewal of woods- 640 ha. | Beech on hills- 410 ha. | 44.40\n"
        " | | Alder on wet land - 230 ha. | 43.20"
    )
    assert [(t.value, t.unit) for t in extract_targets(table, "en") if t.value] == [
        (640, "ha"),
        (410, "ha"),
        (230, "ha"),
    ]
    assert extract_targets("Sector | Works\nWoods | Beech on hills- 410 ha.", "en", with_words=False) == []


def test_headings_of_a_data_file_are_words_and_its_months_no_values() -> None:
    table = (
        "| indicator | target_type | target_min | target_month | target_year |\n|---|---|---|---|---|\n"
        "| Share of letters answered in time | percent | 82.00 | 3 | 2031 |\n"
    )
    assert [(t.value, t.year) for t in extract_targets(table, "en")] == [(82, 2031)]


def test_ambitions_of_two_years_are_targets_and_a_share_to_raise_is_a_state() -> None:
    table = (
        "| Indicator | 2025 ambition | 2031 ambition |\n|---|---|---|\n"
        "| Increase the proportion of ferries with sails | 20% of ferries | 35% of ferries |\n"
    )
    rows = extract_targets(table, "en")
    assert [(t.kind.value, t.value, t.year) for t in rows] == [("level", 20, 2025), ("level", 35, 2031)]


def test_columns_of_tasks_hold_targets_from_the_first_on() -> None:
    table = (
        "| 市县 | 2015年招生人数 | 扩招 | 分年度招生任务 | |\n|---|---|---|---|---|\n| | | | 2016年 | 2017年 |\n"
        "| 北县 | 80 | 30 | 90 | 110 |\n| 南县 | 60 | 20 | 70 | 80 |\n"
    )
    rows = extract_targets(table, "zh", reported=2015)
    assert [(t.value, t.year, t.base_value) for t in rows[:2]] == [(90, 2016, 80), (110, 2017, 80)]


@pytest.mark.parametrize(
    ("head", "values"),
    [("2031 | 2032 | 2033", [(2031, 410.0), (2032, 395.0), (2033, 380.0)]), ("12 | 2032 | 2033", [])],
)
def test_values_below_years_alone_are_named_by_the_title_of_their_table(
    head: str, values: list[tuple[int, float]]
) -> None:
    text = f"Таблица 2. Целевые значения числа пожаров\n\n| {head} |\n|---|---|---|\n| 410 | 395 | 380 |\n"
    found = extract_targets(text, "ru", with_words=False)
    assert [(t.year, t.value) for t in found] == values
    assert all("пожаров" in t.indicator for t in found)


def test_a_value_against_the_year_before_is_growth_wherever_the_unit_stands() -> None:
    text = "Показатель | 2030 год | 2031 год\nВыпуск ткани, по отношению к предыдущему году, % | 103,5 | 98,0\n"
    found = extract_targets(text, "ru", with_words=False)
    assert [(t.kind, t.value, t.direction) for t in found] == [(Kind.GROWTH, 3.5, "up"), (Kind.GROWTH, -2.0, "down")]
