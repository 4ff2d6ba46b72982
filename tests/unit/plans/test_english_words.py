"""Words of whole classes in English plans: start values, works, bounds; each case is a sentence of our own."""

import pytest

from isthmus.readers.documents.plans import extract_targets

Row = tuple[str, str, float, int | None, int | None, float | None, str]


def rows(text: str) -> list[Row]:
    found = extract_targets(text, with_words=False, reported=2024)
    return [(t.kind.value, t.operator, t.value or 0.0, t.year, t.base_year, t.base_value, t.direction) for t in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Raise the rate to 46 % by 2031 (baseline: 31 %).", [("level", "=", 46.0, 2031, None, 31.0, "up")]),
        (
            "Homes with water will reach 60 % in 2028 and 90 % in 2031 (currently it stands at 57 %).",
            [("level", "=", 60.0, 2028, None, None, ""), ("level", "=", 90.0, 2031, None, 57.0, "up")],
        ),
        (
            "The present rate of 31 % will rise to 46 % by 2031.",
            [("level", "=", 31.0, 2031, None, None, "up"), ("level", "=", 46.0, 2031, None, None, "up")],
        ),
        (
            "Transit is to grow from today’s 18 million tons up to 35 million tons by 2031.",
            [("level", "=", 35e6, 2031, None, 18e6, "up")],
        ),
        (
            "The number of servants will fall by around 23% to 380,000.",
            [("change_pct", "~", -23.0, None, None, None, "down"), ("level", "=", 380000.0, None, None, None, "down")],
        ),
        ("We propose to raise EUR 400 million by selling land.", [("cumulative", "=", 4e8, None, None, None, "up")]),
        ("Exports will be enhanced to 52 billion dollars.", [("level", "=", 52e9, None, None, None, "up")]),
        ("We are targetting output of 10,700 MW in FY31.", [("level", "=", 10700.0, 2031, None, None, "")]),
        ("- Immediately increase the number of aides by 2,100.", [("change_abs", "=", 2100.0, None, None, None, "up")]),
        ("- A living wage of at least 15 euros an hour for all.", [("level", ">=", 15.0, None, None, None, "")]),
        ("Cap rates of mortgages to 3 %.", [("level", "<=", 3.0, None, None, None, "")]),
        (
            "The package consists of a plan to achieve 6% GDP growth by 2031.",
            [("growth", "=", 6.0, 2031, None, None, "up")],
        ),
    ],
)
def test_start_values_and_words_of_new_plans(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The national strategy for growth – 2nd Edition will be read.",
        "We will train for Year 5 and 9 tests and for 4+ and 5+ year olds.",
        "The lane will be free from 7am to 9am.",
        "The old scheme failed to bring 400 new jobs.",
    ],
)
def test_editions_school_years_and_hours_are_no_values(text: str) -> None:
    assert rows(text) == []


def test_rows_take_the_year_of_their_cell_and_the_label_beside_an_empty_one() -> None:
    table = (
        "| Theme | Metric | Units | FY25 progress | FY31 target |\n"
        "| Schools | Dropout rate | % | 1.5 (2023) | 0.5 |\n"
        "| Days to pay | | Days | 90 | 60 |\n"
        "| | Wards served | Nos. | 12 | TBD |\n"
    )
    assert [row[:6] for row in rows(table)] == [
        ("level", "=", 0.5, 2031, 2023, 1.5),
        ("level", "=", 60.0, 2031, 2025, 90.0),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We are aiming to develop 24 HPS by 2031.", [("level", "=", 24.0, 2031, None, None, "")]),
        (
            "Processing is to be cut (from 2 months currently to seven days by 2031).",
            [("level", "=", 7.0, 2031, None, None, "")],
        ),
        ("By the end of 2031, the town had attracted 65 billion dollars.", []),
    ],
)
def test_start_values_have_the_unit_of_their_target(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected
