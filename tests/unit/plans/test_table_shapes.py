# ruff: noqa: E501 (tables of words stay on one line)
"""Tables put together from independent choices of their build: each gives the targets it was composed from, and no other."""

from itertools import islice
from pathlib import Path

import pytest

from isthmus.plans.document import Document, DocumentBlock
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.lexicon import read_lexicon
from isthmus.readers.documents.plans import extract_document
from tests.unit.plans.indicator_tables import CHOICES, PLAIN, Choice, choices_of, document_of, expected

LEXICON = read_lexicon()
KNOWN_LIMITS: list[Choice] = []
"""Choices that together are not read, and cannot be without a loss elsewhere: none among those that are composed."""
_EVERY, _LANGUAGES = 24, ("en", "ru", "zh")
Row = tuple[float | None, str, int | None, float | None, int | None]


def read(document: Document) -> list[Row]:
    targets = extract_document(document, with_words=False).targets
    return [(t.value, t.operator, t.year, t.base_value, t.base_year) for t in targets]


def rows(text: str) -> list[Row]:
    return read(Document("plan.md", None, tuple(blocks_of(text))))


def is_limit(choice: Choice) -> bool:
    return any(all(choice[name] == option for name, option in limit.items()) for limit in KNOWN_LIMITS)


def wrong(choices: list[Choice], lang: str, folder: Path) -> list[tuple[dict[str, str], list[Row]]]:
    """Return what differs from the plain choice where a table is not read as it was composed, with what was read."""
    found = ((choice, read(document_of(choice, lang, folder))) for choice in choices if not is_limit(choice))
    failed = [(c, r) for c, r in found if sorted(r, key=str) != sorted(expected(c, lang), key=str)]
    return [({name: c[name] for name in CHOICES if c[name] != PLAIN[name]}, r) for c, r in failed]


@pytest.mark.parametrize("lang", _LANGUAGES)
def test_each_choice_of_a_build_alone_is_read(lang: str, tmp_path: Path) -> None:
    assert wrong(list(choices_of(1)), lang, tmp_path) == []


@pytest.mark.parametrize("lang", _LANGUAGES)
def test_two_choices_together_are_read(lang: str, tmp_path: Path) -> None:
    start = _LANGUAGES.index(lang) * _EVERY // len(_LANGUAGES)
    assert wrong(list(islice(choices_of(2), start, None, _EVERY)), lang, tmp_path) == []


PLAN = "# Development plan of the northern region 2026–2030\n\n"


@pytest.mark.parametrize(
    "first", ["| Indicator | Homes with piped water |", "| Field | Value |\n| Indicator | Homes with water |"]
)
def test_a_card_of_an_indicator_is_read_from_top_to_bottom(first: str) -> None:
    card = "| Unit | % |\n| Baseline | 62 (2023) |\n| Milestone 2028 | 70 |\n| Target 2030 | 80 |\n| Source | Survey of 400 homes |"
    assert rows(f"{PLAN}{first}\n{card}\n") == [(70.0, "=", 2028, 62.0, 2023), (80.0, "=", 2030, 62.0, 2023)]


def test_rows_that_are_the_heads_of_values_are_turned() -> None:
    text = f"{PLAN}| | Homes with water, % | Clinics |\n|---|---|---|\n| Baseline 2023 | 62 | 140 |\n| Target 2030 | 80 | 200 |\n"
    assert rows(text) == [(80.0, "=", 2030, 62.0, 2023), (200.0, "=", 2030, 140.0, 2023)]


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("Indicator | Unit | Baseline 2023 | Target 2030", "Length of roads | km | 1950 | 2050"),
        (
            "Indicator | Unit | Baseline | Base year | Target | Target year",
            "Length of roads | km | 1950 | 2023 | 2050 | 2030",
        ),
        ("Indicator | 2023 | 2030", "Rural clinics | 1950 | 2050"),
    ],
)
def test_values_like_years_are_values(head: str, row: str) -> None:
    second = row.replace("1950", "1990").replace("2050", "2100").replace("clinics", "schools")
    found = rows(f"{PLAN}{head}\n{row}\n{second}\n")
    assert found == [(2050.0, "=", 2030, 1950.0, 2023), (2100.0, "=", 2030, 1990.0, 2023)]


def test_a_title_within_a_table_gives_the_year_of_its_targets_only() -> None:
    text = (
        "| Indicators to 2030 | | |\n| No. | Indicator | Target |\n| 1 | Rural clinics | 200 |\n| 2 | Roads | 40 km |\n"
    )
    assert rows(text) == [(200.0, "=", 2030, None, None), (40.0, "=", 2030, None, None)]


@pytest.mark.parametrize("empty", [[], [""], ["", "", ""]])
def test_a_row_without_cells_is_passed_over(empty: list[str]) -> None:
    table = [empty, ["Indicator", "Baseline 2023", "Target 2030"], empty, ["Clinics", "140", "200"], empty]
    assert read(Document("plan.md", None, (DocumentBlock("table", "", rows=table),))) == [
        (200.0, "=", 2030, 140.0, 2023)
    ]
    assert read(Document("plan.md", None, (DocumentBlock("table", "", rows=[empty, empty]),))) == []


@pytest.mark.parametrize(
    ("unit", "cell", "value"),
    [("tonnes", "1.2m", 1.2e6), ("tonnes", "1.2 million", 1.2e6), ("USD", "3B", 3e9), ("clinics", "45+", 45.0)],
)
def test_a_scale_stands_in_front_of_the_unit_of_a_column(unit: str, cell: str, value: float) -> None:
    text = f"{PLAN}| Indicator | Unit | 2030 target |\n|---|---|---|\n| Output of the region | {unit} | {cell} |\n"
    assert [row[0] for row in rows(text)] == [value]


def test_the_title_of_a_column_of_yearly_growth_gives_its_unit() -> None:
    text = "# 北部地区2026—2030年发展规划\n\n| 指标 | 单位 | 2025年 | 2030年 | 年均增长(%) |\n|---|---|---|---|---|\n| 公路里程 | 公里 | 1200 | 1500 | 4.5 |\n"
    found = extract_document(Document("plan.md", None, tuple(blocks_of(text))), with_words=False).targets
    assert [(t.value, t.unit, t.kind.value) for t in found] == [(1500.0, "km", "level"), (4.5, "%", "growth")]


def test_a_row_without_a_bar_in_front_keeps_its_empty_first_cell() -> None:
    text = f"{PLAN}Indicator | Baseline | Target\n | 2023 | 2030\nRural clinics | 140 | 200\nRoads | 30 | 40\n"
    assert rows(text) == [(200.0, "=", 2030, 140.0, 2023), (40.0, "=", 2030, 30.0, 2023)]


@pytest.mark.parametrize(
    ("head", "row", "expected"),
    [
        ("Item | Baseline 2023 (USD million) | Target 2030 (USD million)", "Exports | 50 | 75", [(75e6, 50e6)]),
        ("Item | Baseline 2023 (USD million) | Target 2030 (USD million)", "Exports in GDP | 5% | 7%", [(7.0, 5.0)]),
        ("指标 | 2025年（万人） | 2030年（万人）", "常住人口 | 50 | 75", [(75e4, 50e4)]),
        ("Показатель | 2025 год, млн руб. | 2030 год, млн руб.", "Объём экспорта | 50 | 75", [(75e6, 50e6)]),
        ("Item | Baseline (year) | Target (year)", "Exports of copper | 50 (2023) | 75 (2030)", [(75.0, 50.0)]),
    ],
)
def test_the_title_of_a_column_gives_the_unit_of_its_values(
    head: str, row: str, expected: list[tuple[float, float]]
) -> None:
    assert [(value, base) for value, _, _, base, _ in rows(f"{PLAN}{head}\n{row}\n")] == expected


def test_what_happens_without_the_plan_is_no_target() -> None:
    columns = "Sector | BAU emissions 2030 (Mt) | Mitigation 2030 (Mt)\nEnergy | 50 | 35\nWaste | 10 | 6\n"
    assert [row[0] for row in rows(f"{PLAN}{columns}")] == [35.0, 6.0]
    lines = "Emissions, Mt | 2023 | 2030\nBusiness as usual | 40 | 50\nUnder the plan | 40 | 35\n"
    assert [row[0] for row in rows(f"{PLAN}{lines}")] == [35.0]
    below = "| Sector | Saved below BAU in 2030 (%) |\n| Energy | 30 |\n| Waste | 10 |\n"
    assert [row[0] for row in rows(f"{PLAN}{below}")] == [30.0, 10.0]


def test_numbers_of_goals_in_front_of_the_names_and_what_a_score_is_out_of_are_no_values() -> None:
    text = "SDG target | Indicator | Base year value | 2030\n6.1 | Index of piped water | 3.2/5 (2022) | 4.5/5\n"
    assert rows(f"{PLAN}{text}") == [(4.5, "=", 2030, 3.2, 2022)]


def test_items_of_a_cell_below_the_words_for_aims_are_aims() -> None:
    text = (
        "| Measure | Description | Body |\n|---|---|---|\n"
        "| Schools of water | The measure is new. Its objectives are, among others: <br> • 80 engineers per year <br> • 40 wells per year | Unit |\n"
    )
    assert [row[0] for row in rows(f"{PLAN}{text}")] == [80.0, 40.0]


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("National Water Strategy 2030", 2030),
        ("Стратегия развития воды 2030", 2030),
        ("Annual performance plan 2026/27", 2027),
        ("Climate Action Plan 2019", None),
        ("Water plan of the north", None),
    ],
)
def test_a_year_in_the_name_of_a_plan_is_its_end(title: str, year: int | None) -> None:
    text = f"# {title}\n\n| Indicator | Unit | Target |\n|---|---|---|\n| Homes with water | % | 80 |\n| Clinics | number | 200 |\n"
    assert [row[2] for row in rows(text)] == [year, year]
