"""What the items of a list have from the lines above them: year, base year, voice; and start values behind a colon."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document

Row = tuple[float, int | None, int | None, float | None]


def rows(text: str) -> list[Row]:
    """Return value, year, base year and start value of each target of a document."""
    found = extract_document(Document("", None, tuple(blocks_of(text))), "en", with_words=False, reported=2022).targets
    return [(t.value or 0.0, t.year, t.base_year, t.base_value) for t in found]


@pytest.mark.parametrize("date", ["as of 30 June 2031", "as at June 30, 2031", "as on 30 June 2031"])
def test_a_day_on_which_levels_are_measured_is_the_year_due_of_a_list(date: str) -> None:
    text = f"The plan sets out the following indicators (levels {date} are):\n1. Number of wells dug: 130\n2. Weirs: 27"
    assert rows(text) == [(130.0, 2031, None, None), (27.0, 2031, None, None)]


@pytest.mark.parametrize(
    "item",
    [
        "Number of wells that were dug in the valleys: 60, baseline: 40",
        "Number of wells that were dug in the valleys: 60 (baseline: 40)",
        "Number of wells that were dug in the valleys: 60, baseline 40",
    ],
)
def test_a_start_value_of_few_digits_ends_its_line(item: str) -> None:
    assert rows(f"The plan sets out the following targets by 2031:\n1. {item}") == [(60.0, 2031, None, 40.0)]


def test_a_count_behind_a_colon_is_no_number_of_a_stray_item_and_a_page_number_no_aim() -> None:
    text = (
        "The plan sets out the following targets by 2031:\n1. Number of crews who have completed a course: 10\n\n17\n\n"
    )
    assert rows(f"{text}2. Barns: 12") == [(10.0, 2031, None, None), (12.0, 2031, None, None)]
    assert rows("By 2031 we will build 40 barns: 2.") == [(40.0, 2031, None, None)]


def test_a_line_of_a_name_and_a_count_is_an_aim_where_it_opens_with_what_is_counted() -> None:
    lines = ["Number of rooms opened to visitors: 40", "Rooms opened to many visitors: 50"]
    assert rows("# Targets of the library 2031\n\n" + "\n\n".join(lines)) == [(40.0, 2031, None, None)]


def test_a_heading_within_a_list_leaves_it_the_voice_of_the_line_above() -> None:
    items = "- (a) 90% of farms have a well;\n- (b) the share of paved lanes is at least 20%."
    lists = f"#### (1) Villages:\n{items}\n#### (2) Secure and lasting roads:\n{items}"
    text = f"### Targets of the district\n1. The council shall reach the following targets by 2031:\n{lists}"
    assert rows(text) == [(90.0, 2031, None, None), (20.0, 2031, None, None)] * 2
    facts = (
        f"### Targets of the district\nThe council reported in spring.\n1. Villages last year were as follows:\n{items}"
    )
    assert rows(facts) == []


@pytest.mark.parametrize(
    ("base", "expected"),
    [
        ("Starting from the baseline of June 30, 2020, by June 30, 2031:", 2020),
        ("Compared with 1 July 2019, by 2031:", 2019),
        ("By June 30, 2031:", None),
    ],
)
def test_the_base_year_of_a_list_reaches_the_lists_inside_it(base: str, expected: int | None) -> None:
    text = f"{base}\n\n1. Spare water:\n   a. Decrease by 25% the leakage of mains\n2. Save the woods:\n   a. Cut felling by 10%"
    assert rows(text) == [(-25.0, 2031, expected, None), (-10.0, 2031, expected, None)]


def test_a_fiscal_year_is_a_year_also_without_a_space() -> None:
    text = "By June 30, 2026, losses will fall to 5.9 boats. Later we will cut losses by 40 percent until FY2031."
    assert rows(text) == [(5.9, 2026, None, None), (-40.0, 2031, None, None)]
    for base in ("FY2019", "FY 2019", "fiscal year 2019"):
        assert rows(f"By June 30, 2031, increase the wells sealed by 10% compared to {base}.") == [
            (10.0, 2031, 2019, None)
        ]


def test_at_least_one_for_each_of_many_places_is_a_count() -> None:
    assert rows("At least one trial boat will be launched per port by 2031.") == [(1.0, 2031, None, None)]
    assert rows("We will set up at least one net shed in every harbour by 2031.") == [(1.0, 2031, None, None)]
    assert rows("We will set up at least one net shed by 2031.") == [(1.0, 2031, None, None)]
    assert rows("We will set up at least one net shed.") == []


def test_a_list_of_aims_inside_one_of_facts_keeps_its_own_voice() -> None:
    lines = (
        "1) The valleys have these springs:",
        "2) The wells that we will dig by 2031 are:",
        "- 30 wells in the north;",
        "- 12 more.",
    )
    text = "\n".join(lines)
    assert [row[:2] for row in rows(text)] == [(30.0, 2031), (12.0, 2031)]
