"""Bounds that headings say, numbers in words that open an aim, bases of the sentence in front, and years behind a change."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.plan import Target
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document


def found(text: str) -> list[Target]:
    made = extract_document(Document("plan.md", None, tuple(blocks_of(text)))).targets
    return [t for t in made if t.value is not None]


@pytest.mark.parametrize(("least", "most"), [("Target minimum", "Target maximum"), ("target_min", "target_max")])
def test_the_heading_of_a_column_says_the_bound(least: str, most: str) -> None:
    text = (
        f"# Harbour: yearly plan 2032\n\n| Indicator | {least} | {most} |\n"
        "| % of berths in use | 80 | 95 |\n| % of cranes out of order |  | 4 |\n"
    )
    assert [(t.value, t.operator) for t in found(text)] == [(80.0, ">="), (95.0, "<="), (4.0, "<=")]


def test_a_number_in_words_opens_an_aim() -> None:
    text = (
        "# Parks plan 2031-2036\n\nThree hundred wells in the dry valleys are restored by 2035.\n\n"
        "## Performance measures\n- Four campaigns and fairs delivered\n"
    )
    assert [(t.value, t.year) for t in found(text)] == [(300.0, 2035), (4.0, 2036)]


def test_what_we_are_and_a_stage_count_nothing() -> None:
    text = "# Parks plan 2031-2036\n\n31 We are also asked to report.\n\nStage Two of the line is slated to open in 2034.\n"
    assert found(text) == []


def test_a_sentence_that_goes_back_to_an_aim_has_its_base_year() -> None:
    text = (
        "# Air plan\n\nMean emissions should fall by 40% by 2035 compared to 2010. This target follows from the duty to cut "
        "those of single gases by 2035 as follows: soot by 50% and ozone by 30%.\n"
    )
    assert [(t.value, t.base_year) for t in found(text)] == [(-40.0, 2010), (-50.0, 2010), (-30.0, 2010)]


def test_a_change_from_a_year_is_counted_from_it() -> None:
    text = "# Police plan 2034\n\n| Indicator | Target 2034 |\n| Reported thefts | 15% reduction from 2032 |\n"
    assert [(t.value, t.year, t.base_year) for t in found(text)] == [(-15.0, 2034, 2032)]


def test_a_change_between_the_years_is_due_in_the_second() -> None:
    text = "# Trade plan\n\nThe aim is to double the share of imports by rail between the years 2024 and 2034.\n"
    assert [(t.value, t.year, t.base_year) for t in found(text)] == [(2.0, 2034, 2024)]


def test_sums_of_money_below_the_name_of_indicators_are_targets() -> None:
    rows = (
        "| Col1 | KPI | 2031 |\n| Grants | $84,000 | $61,500 |\n| Fees | $9,100 | $8,200 |\n| Gifts | $TBA | $900 |\n"
    )
    text = f"# Choir, statement of intent 2032-2034\n\n{rows}"
    assert [(t.value, t.base_value) for t in found(text)] == [(84000.0, 61500.0), (9100.0, 8200.0)]


def test_the_name_of_a_share_of_cuts_makes_changes_of_its_values() -> None:
    text = "# Fleet plan\n\n| Indicator | Target minimum | Due |\n| % of fuel use reduction relative to 2015 | 25 | 2035 |\n"
    assert [(t.kind, t.value, t.base_year) for t in found(text)] == [("change_pct", -25.0, 2015)]


def test_rows_of_a_name_and_what_it_is_are_no_heads() -> None:
    text = (
        "# Pledge of an island\n\n| Parameter | Information |\n| Timeframe | 2035 (with an interim target in 2032) |\n"
        "| Base year | 2010 base year (2,300 Gg CO2e) |\n"
        "| Estimated impact | Intention to cut emissions by 40% below BAU levels by 2035 (18% below 2010 levels) |\n"
    )
    assert [(t.value, t.year, t.base_year) for t in found(text)] == [(-40.0, 2035, None), (-18.0, 2035, 2010)]


def test_a_reduction_to_an_average_is_a_level() -> None:
    text = "# Land plan\n\nTarget: Reduction to an average of less than 45 hectares per day by 2034\n"
    assert [(t.kind, t.value, t.operator, t.direction) for t in found(text)] == [("level", 45.0, "<", "down")]


def test_a_start_as_of_a_day_dates_no_target() -> None:
    text = "# Goals\n\nBy May 31, 2035, the office will cut the rate of errors from 8 percent as of May 1, 2033, to 5 percent.\n"
    assert [(t.value, t.year, t.base_value, t.base_year) for t in found(text)] == [(5.0, 2035, 8.0, 2033)]
