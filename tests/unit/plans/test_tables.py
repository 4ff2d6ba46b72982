"""Tables of indicators: roles of columns by their headings, cells below them."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.plan import Target
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document

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
            "Показатель | Единица | Значения показателя\n2029 год | 2030 год\n1 | 2 | 3 | 4\n"
            "Доля дорог в норме | процентов | 61,5 | 70\nРождаемость, промилле |\n",
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
        (
            "Shares of output\n2019 2025 2029/30\nFarming 40 35 30.5\nTrade and services 20 25 28\nMore words follow here.\n",
            [
                ("Farming", 35.0, 2025, 40.0, 2019),
                ("Farming", 30.5, 2030, 40.0, 2019),
                ("Trade and services", 25.0, 2025, 20.0, 2019),
                ("Trade and services", 28.0, 2030, 20.0, 2019),
            ],
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
