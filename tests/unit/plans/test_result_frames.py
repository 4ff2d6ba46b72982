"""Result frames: sentences in cells below a heading and a year, each with its start value in brackets."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.plan import Target
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document

HEAD = "| Chain of results | Indicators of performance |\n| Outcome | By 2031: |\n"
WHERE = " in the towns and the villages of the upper valley that take part in the works of the project"
"""What makes a cell as long as those of real frames, too long for a value."""
Row = tuple[float | None, int | None, float | None, int | None]


def found(text: str) -> list[Target]:
    made = extract_document(Document("frame.md", None, tuple(blocks_of(text.format(WHERE))))).targets
    return [t for t in made if t.value is not None]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("At least 70,000 farms received seed{0} (2023 baseline: 0) (OP 5.2.1)", [(7e4, 2031, 0.0, 2023)]),
        (
            "At least 6,000 people, including 2,000 women, have a clinic{0} (2023 baseline: 1,500 people)",
            [(6000.0, 2031, 1500.0, 2023), (2000.0, 2031, None, 2023)],
        ),
        (
            "At least 600,000 people, of which 250,000 are old, have a tap{0} (2023 baseline: 90,000 people, of which 40,000 "
            "are old)",
            [(6e5, 2031, 9e4, 2023), (2.5e5, 2031, 4e4, 2023)],
        ),
        ("Leakage reduced to 25% of all water{0} (2023 baseline: estimated at 38%)", [(25.0, 2031, 38.0, 2023)]),
    ],
)
def test_a_start_value_in_brackets_is_that_of_its_target(cell: str, expected: list[Row]) -> None:
    made = found(f"{HEAD}| Services improved | {cell} |\n")
    assert [(t.value, t.year, t.base_value, t.base_year) for t in made] == expected


def test_a_year_at_the_head_of_a_cell_holds_for_the_cells_below() -> None:
    table = (
        f"{HEAD}| Services improved | 900 wells dug{{0}} |\n| Outputs: 2. Roads | By 2029 1a. 300 km of roads paved{{0}} |\n"
        "| | 1b. 40 bridges built{0} |\n| 3. Schools mended | By 2030: |\n| | 3a. 70 schools repaired{0} |\n"
    )
    assert [(t.value, t.year) for t in found(table)] == [(900.0, 2031), (300.0, 2029), (40.0, 2029), (70.0, 2030)]
