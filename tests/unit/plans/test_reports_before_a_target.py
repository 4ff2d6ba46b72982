"""Years in front of the one column that says target; money that is provided; a baseline year said in passing."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.plan import Target
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document


def targets(text: str, reported: int | None = 2024) -> list[Target]:
    found = extract_document(Document("plan.md", None, tuple(blocks_of(text))), reported=reported).targets
    return [t for t in found if t.value is not None]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Indicator | 2024 | 2027 | 2033 (target)", [(2033, 9.0, 2027)]),
        ("Indicator | 2024 | 2032 | 2033 (target)", [(2032, 8.0, 2024), (2033, 9.0, 2024)]),
        ("Indicator | 2024 | 2027 (target) | 2033 (target)", [(2027, 8.0, 2024), (2033, 9.0, 2024)]),
        ("Indicator | 2024 (baseline) | 2027 | 2033 (target)", [(2027, 8.0, 2024), (2033, 9.0, 2024)]),
    ],
)
def test_years_far_before_the_one_column_that_says_target_are_reports(
    head: str, expected: list[tuple[int, float, int]]
) -> None:
    found = targets(f"| {head} |\n|---|---|---|---|\n| Wells closed, number | 7 | 8 | 9 |\n")
    assert [(t.year, t.value, t.base_year) for t in found] == expected


def test_a_year_of_baselines_said_in_passing_is_that_of_the_changes_below() -> None:
    text = "# Targets\n\nThese are the indicators for 2033 based on the 2027 baseline.\n\n- Cut the dust of quarries by 10%.\n"
    assert [(t.value, t.base_year) for t in targets(text)] == [(-10.0, 2027)]


@pytest.mark.parametrize(
    "text",
    [
        "€13 million is provided for the repair of quarries in 2031.",
        "Additional funding of €18 million in 2031 will support quarries.",
        "A total of €2 million is being made available for barges in 2031.",
    ],
)
def test_money_that_is_provided_is_no_aim(text: str) -> None:
    assert targets(f"# Targets\n\n{text}\n") == []
