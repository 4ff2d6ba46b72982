"""Columns by what stands over them: the document's own year, indicators over values, years moved in merged heads; title years."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.plan import Target
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document


def found(text: str) -> list[Target]:
    made = extract_document(Document("plan.md", None, tuple(blocks_of(text)))).targets
    return [t for t in made if t.value is not None]


def test_a_column_of_the_documents_own_year_far_before_the_next_is_the_start() -> None:
    text = (
        "# Water works: savings plan, May 2024\n\n"
        "| | 2024 | 2035 | 2045 |\n| NUMBER OF METERS READ | 300 | 800 | 950 |\n| LEAKS REPAIRED | 40% | 60% | 90% |\n"
    )
    assert [(t.value, t.year, t.base_value, t.base_year, t.direction) for t in found(text)] == [
        (800.0, 2035, 300.0, 2024, "up"),
        (950.0, 2045, 300.0, 2024, "up"),
        (60.0, 2035, 40.0, 2024, "up"),
        (90.0, 2045, 40.0, 2024, "up"),
    ]


def test_a_column_of_the_documents_own_year_right_before_the_next_holds_targets() -> None:
    text = "# Water works: yearly plan, May 2024\n\n| | 2024 | 2025 |\n| Meters read | 300 | 320 |\n"
    assert [(t.value, t.year) for t in found(text)] == [(300.0, 2024), (320.0, 2025)]


def test_the_name_of_indicators_over_values_alone_heads_targets() -> None:
    text = (
        "# Dance school, statement of intent, 1 January 2024 – 31 December 2026\n\n"
        "| Col1 | KPI | 2023 |\n|---|---|---|\n| Pupils | 340 | 310 |\n| Evening classes | 22 | 25 |\n"
    )
    assert [(t.indicator, t.value, t.year, t.base_value, t.base_year) for t in found(text)] == [
        ("Pupils", 340.0, 2026, 310.0, 2023),
        ("Evening classes", 22.0, 2026, 25.0, 2023),
    ]


@pytest.mark.parametrize("title", ["Goals of the provinces to 2033", "Targets of the provinces for 2033"])
def test_the_year_in_a_title_of_goals_is_that_of_a_table_without_one(title: str) -> None:
    rows = "| Province | Target (MW) | Achieved (MW) |\n| North | 340 | 120 |\n| South | 80 | 30 |\n"
    text = f"# {title}\n\nWork began in 2024.\n\n{rows}"
    assert [(t.value, t.year) for t in found(text)] == [(340.0, 2033), (80.0, 2033)]


def test_ages_with_spaces_around_their_hyphen_are_no_figures() -> None:
    text = "# Plan 2034\n\n## Objectives\n- Open the studio for artists aged 14 - 19\n"
    assert found(text) == []


@pytest.mark.parametrize(
    "table",
    [
        "| Indicator | Target 2030 |\n| Wind output | 70 MW by December 2027 |\n| Wards | 45 (by 2027) |",
        "| Indicator | Target | Year |\n| Wind output | 70 MW by 31 December 2027 | 2030 |\n| Wards | 45 (May 2027) | 2030 |",
        "| Показатель | Значение в 2030 году |\n| Мощность, МВт | 70 (2027 год) |\n| Палаты | 45 до декабря 2027 года |",
        "| 指标 | 2030年目标 |\n| 风电装机 | 70万千瓦（2027年） |\n| 病房 | 45（2027年） |",
    ],
)
def test_the_year_in_a_cell_is_nearer_than_that_of_its_column_or_row(table: str) -> None:
    assert [t.year for t in found(f"# Plan 2026-2035\n\n{table}\n")] == [2027, 2027]


def test_the_year_of_an_item_at_the_end_of_a_document_dates_the_item_alone() -> None:
    made = found("# Plan 2026-2035\n\nBy 2035 we will reach:\n- 70 MW of wind (2027)\n- 45 wards by December 2028\n")
    assert [(t.value, t.year) for t in made] == [(70.0, 2027), (45.0, 2028)]


NOTES = (
    "# Water plan 2026-2035\n\n| Action | Description | Target/Notes |\n"
    "| Meters | Fit meters | 55 fitters have been taught by the water board. |\n"
    "| Dams | Support | Three tenders have been unsuccessful for the choice of a builder. |\n"
    "| Wind | (ii) Construction of a 12 MW wind farm | Scheduled for completion in June 2028. |\n"
    "| Sun | (iii) Setting up of a 9 MW solar park | A contract has been signed and work is expected to end by May 2029. |\n"
    "| Waste | (iv) Setting up of a 4 MW plant, every 3 years after 2029 | Subject to a study. |\n"
    "| Lamps | Replace lamps | 7,000 lamps will be replaced by 2031. |\n"
)


def test_notes_beside_aims_are_no_aims_and_tell_when_they_are_due() -> None:
    made = extract_document(Document("plan.md", None, tuple(blocks_of(NOTES))))
    assert [(t.value, t.year) for t in made.targets if t.value is not None] == [
        (12.0, 2028),
        (9.0, 2029),
        (4.0, 2035),
        (7000.0, 2031),
    ]
    assert any("55 fitters" in left.text for left in made.left_out)


def test_a_change_in_percent_beside_levels_is_not_their_unit() -> None:
    text = (
        "# Climate Plan 2022-2035\n\nTable 1: Emissions and targets (kt)\n\n"
        "| Sector | 1990 | 2021 | 2030 | Change 2021-2030 |\n|---|---|---|---|---|\n"
        "| Heating | 316.3 | 254.7 | 136.1 | -47 % |\n| Power | 157.6 | 135.5 | 68.0 | -50 % |\n"
    )
    assert [(t.value, t.unit, t.kind.value) for t in found(text)] == [
        (0.1361, "Mt", "level"),
        (-47.0, "%", "change_pct"),
        (0.068, "Mt", "level"),
        (-50.0, "%", "change_pct"),
    ]
