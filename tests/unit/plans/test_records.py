"""Rows of tables whose cells say themselves which is the start value and which the target."""

import pytest

from isthmus.plans.document import Document, DocumentBlock
from isthmus.plans.plan import Target
from isthmus.readers.documents.plans import extract_document

YEARS = ("", "Base year: 2025", "", "Year of accomplishment: 2031")


def targets(*rows: tuple[str, ...], above: str = "") -> list[Target]:
    heading = [DocumentBlock("heading", above, 1, level=1)] if above else []
    table = DocumentBlock("table", "", 2, rows, tuple(2 + i for i in range(len(rows))))
    found = extract_document(Document("plan.pdf", 9, (*heading, table)), reported=2026).targets
    return [t for t in found if t.value is not None]


@pytest.mark.parametrize(
    ("rows", "name", "page"),
    [
        ((("Quarries restored", "Baseline value: 12", "", "Target value: 20"), YEARS), "Quarries restored", 2),
        (
            (
                ("Policy 1.1: Restore what was dug", "", "", ""),
                ("Result indicator: Quarries restored", "", "", ""),
                ("", "Baseline value 12", "", "The target value: 20"),
                YEARS,
            ),
            "Quarries restored",
            4,
        ),
    ],
)
def test_a_row_that_tells_its_start_and_its_target_is_read_with_the_years_below(
    rows: tuple[tuple[str, ...], ...], name: str, page: int
) -> None:
    (target,) = targets(*rows, above="1. BACKGROUND")
    assert (target.indicator, target.value, target.year) == (name, 20.0, 2031)
    assert (target.base_value, target.base_year, target.direction, target.page) == (12.0, 2025, "up", page)
    assert target.text.endswith("Base year: 2025 | Year of accomplishment: 2031")


def test_items_of_both_values_are_rows_with_the_names_of_their_numbers() -> None:
    listed = "Indicators: 1. Quarries restored 2a. Barges on gas 3. Wells"
    found = targets(
        (listed, "Baseline value: 1. 30% 2A. 26% 3. 8.5", "", "Target value: 1. 25% 2a.22% 3. 7.8"),
        YEARS,
        ("Quarries, all", "Baseline: 1. 3 2. 4", "", "Target: 1. 5 2. 6"),
    )
    assert [(t.indicator, t.value, t.base_value, t.year) for t in found] == [
        ("Quarries restored", 25.0, 30.0, 2031),
        ("Barges on gas", 22.0, 26.0, 2031),
        ("Wells", 7.8, 8.5, 2031),
        ("Quarries, all", 5.0, 3.0, None),
        ("Quarries, all", 6.0, 4.0, None),
    ]


def test_lists_of_other_items_are_no_rows() -> None:
    (target,) = targets(("Quarries", "Baseline: 1. 3 2. 4", "", "Target value: 7"), YEARS)
    assert (target.indicator, target.value) == ("Quarries", 7.0)


def test_headings_and_rows_around_records_stay_a_table() -> None:
    found = targets(
        ("Indicator", "Baseline value 2025", "", "Target value 2031"),
        ("Quarries", "3", "", "7"),
        ("Barges", "Baseline value: 4", "", "Target value: 9"),
        ("Wells", "1", "", "2"),
    )
    assert [(t.indicator, t.value, t.base_value, t.page) for t in found] == [
        ("Quarries", 7.0, 3.0, 3),
        ("Barges", 9.0, 4.0, 4),
        ("Wells", 2.0, 1.0, 5),
    ]
    assert [t.year for t in found[:2]] == [2031, None]


def test_the_target_may_stand_in_front_of_its_start() -> None:
    (target,) = targets(("Result indicator: Barges", ""), ("Target value: 9", "Baseline value: 4"))
    assert (target.indicator, target.value, target.base_value) == ("Barges", 9.0, 4.0)


def test_a_target_in_words_makes_no_record() -> None:
    assert targets(("Group", "Baseline value: 0", "", "Target value: formed"), YEARS) == []


def test_a_numbered_line_without_a_figure_heads_no_card() -> None:
    lines = (
        "a) Indicator 1: The share of quarries with a plan reaches at least 30% in 2031.",
        "b) Target 2 : Establish a survey of all quarries and of what they hold.",
    )
    blocks = tuple(DocumentBlock("item", line, 1) for line in lines)
    found = extract_document(Document("plan.pdf", 1, blocks), reported=2026).targets
    assert [(t.value, t.text) for t in found if t.value is not None] == [(30.0, lines[0])]


def test_a_record_below_another_one_is_no_row_of_its_years() -> None:
    found = targets(
        ("Quarries", "Baseline value 2025: 3", "", "Target value 2031: 7"),
        ("Barges", "Baseline value 2025: 4", "", "Target value 2031: 9"),
    )
    assert [(t.indicator, t.value, t.base_value) for t in found] == [("Quarries", 7.0, 3.0), ("Barges", 9.0, 4.0)]
