"""Tables of kinds not met before: values of several things in a cell, columns without a word for aims, start values."""

import pytest

from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.document import Document
from isthmus.readers.documents.plans import extract_document

PLAN = "# Harbour County Plan 2031-2036\n\nThe county has many things to do in all its parts.\n\n## Chapter 4\n\n"


def values(*rows: str, above: str = "") -> list[tuple[float | None, float | None, int | None]]:
    head, *below = rows
    table = "\n".join((head, "|" + "---|" * (head.count("|") - 1), *below))
    found = extract_document(Document("plan.txt", None, tuple(blocks_of(f"{PLAN}{above}{table}\n"))))
    return [(t.base_value, t.value, t.year) for t in found.targets if t.value is not None]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("1/24,000/3,", [1.0, 24000.0, 3.0]), ("M/F-90%", [90.0]), ("US$20 M", [20e6]), ("12/05/2032", [])],
)
def test_a_cell_of_targets_holds_values_between_strokes_behind_groups_or_in_millions(
    cell: str, expected: list[float]
) -> None:
    assert [v for _, v, _ in values("| Project | Target |", f"| Visits, jobs and markets | {cell} |")] == expected


def test_sexes_in_brackets_are_no_unit() -> None:
    found = values("| Indicator | Baseline | Target |", "| Score in mathematics (m/f) | 48 | 60 |")
    assert [(base, value) for base, value, _ in found] == [(48.0, 60.0)]


def test_columns_of_numbers_beside_a_year_due_hold_what_is_due() -> None:
    found = values("| Deliverable | Number | Completion date |", "| Bridges | 14 | 2034 |", "| Wells | 60 | 2033 |")
    assert found == [(None, 14.0, 2034), (None, 60.0, 2033)]


def test_a_later_column_of_another_measure_holds_no_start_values() -> None:
    dated = "Prepared in March 2031.\n\n"
    head = "| Product | Baseline 2030 | Projected 2034 | Projected 2036 | Self-sufficiency 2036 (%) |"
    assert [v for _, v, _ in values(head, "| Milk | 50 t | 60 t | 70 t | 25 |", above=dated)] == [60.0, 70.0, 25.0]


@pytest.mark.parametrize(
    "head",
    [
        "| Facility | Existing | Proposed by 2036 |",
        "| Indicator | Present level | Desired level 2036 |",
    ],
)
def test_what_exists_is_where_a_plan_starts(head: str) -> None:
    assert values(head, "| Places in schools | 40 | 55 |") == [(40.0, 55.0, 2036)]
