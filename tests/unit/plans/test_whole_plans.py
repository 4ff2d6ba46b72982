"""What the tables and sentences of whole plans need: years and names that their captions, groups and headings say."""

import pytest

from isthmus.plans.document import Document, DocumentBlock
from isthmus.plans.plan import Target
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document


def found(text: str, reported: int | None = 2025) -> list[Target]:
    document = Document("", None, tuple(blocks_of(text)))
    return list(extract_document(document, "en", with_words=False, reported=reported).targets)


def table(rows: list[list[str]], *above: str) -> list[Target]:
    blocks = [*(DocumentBlock("paragraph", text) for text in above), DocumentBlock("table", "", rows=rows)]
    return list(extract_document(Document("", None, tuple(blocks)), "en", with_words=False, reported=2025).targets)


def test_steps_in_front_of_a_dated_target_are_read_beside_that_of_another_body() -> None:
    head = ["Indicator", "Baseline 2025", "2027", "2028", "Target 2031, Borland", "UN Target"]
    made = table(
        [head, ["Homes with fibre, %", "41%", "50%", "60%", "90%", "95%"], ["4G, %", "71%", "80%", "85%", "99%", ""]]
    )
    assert [(t.value, t.year) for t in made if "UN" not in t.indicator][:3] == [
        (50.0, 2027),
        (60.0, 2028),
        (90.0, 2031),
    ]
    assert [t.value for t in made if "(UN)" in t.indicator] == [95.0]
    assert {t.indicator for t in made if t.base_value == 71.0} == {"4G"}


def test_nothing_is_due_in_the_year_of_the_prices_of_a_group() -> None:
    rows = [
        ["Indicators", "Baseline", "Year of baseline", "Target 2031"],
        ["3a Growth of value added by sector (constant 2015 prices)", "", "", ""],
        ["a) Fishing", "-2.5", "2024", "4.5"],
        ["3b Pupils (2023)", "71.5", "", "88"],
    ]
    fishing, pupils = table(rows)
    assert (fishing.year, fishing.base_value, fishing.value) == (2031, -2.5, 4.5)
    assert (pupils.year, pupils.base_year) == (2031, 2023)


def test_an_age_group_behind_its_people_is_no_value() -> None:
    rows = [
        ["Indicators", "Baseline", "Target 2031"],
        ["8d Smoking among adults 15-49 by sex (%)", "", ""],
        ["a) Total", "11", "7"],
    ]
    assert [t.value for t in table(rows)] == [7.0]


def test_a_table_of_what_each_year_costs_holds_no_targets() -> None:
    rows = [["Year", "DESCRIPTION OF COSTS Goal 1", "Goal 2", "Total (EUR millions)"]]
    assert not table([*rows, *([str(year), "65", "29", "976"] for year in range(2026, 2032))])


def test_a_caption_with_its_number_is_what_a_table_stands_under() -> None:
    rows = [["Indicators", "Baseline", "Target 2031"], ["Rural roads (km)", "110", "700"]]
    (made,) = table(rows, "Table 7-1: Result area 4: Access to markets")
    assert made.objective == "Result area 4: Access to markets"


def test_a_vision_that_names_its_year_ends_then() -> None:
    told = "This is our nation’s vision for 2044.\n\nTo raise the savings of households from 6% to 10% of income\n\n"
    (made,) = found(f"{told}Our vision for 2044 starts here.", 2026)
    assert made.year == 2044


@pytest.mark.parametrize(
    ("text", "value", "base"),
    [
        ("To raise our position from 31 to 12 in the Clean Cities index by 2031", 12.0, 31.0),
        ("Lift our global ranking in the Ports Survey from 44 to 20 by 2031", 20.0, 44.0),
        ("To move from our current position as the 17th largest economy into the top 12 by 2031", 12.0, 17.0),
    ],
)
def test_a_place_in_an_index_is_a_rank_that_neither_rises_nor_falls(text: str, value: float, base: float) -> None:
    (made,) = found(text)
    assert (made.kind.value, made.value, made.base_value, made.direction) == ("rank", value, base, "")


def test_a_line_that_opens_with_what_is_to_be_done_is_an_aim() -> None:
    (made,) = found("To rally 40,000 helpers per year (compared to 11,000 now)")
    assert (made.value, made.base_value, made.unit) == (40000.0, 11000.0, "helpers")


def test_a_currency_is_called_by_its_code() -> None:
    made = found(
        "Revenue will rise from SAR 16 billion to SAR 90 billion by 2031. Grants will reach 5 billion tenge by 2031."
    )
    assert [t.unit for t in made] == ["SAR", "KZT"]


def test_a_line_that_tells_something_is_no_title() -> None:
    head = "Digital roadmap\n\nThe roadmap is a new version (previous 2029) of the agenda (and the\n\n"
    assert [
        t.year for t in found(f"{head}By 2033, 90 % of homes will have fibre. 40 % of firms will sell online.", 2031)
    ][-1] != 2029


def test_what_names_nothing_is_called_by_its_heading() -> None:
    made = found(
        "# Plan\n\n# A mining sector at full potential\n\nAs such, we are determined to ensure it reaches SAR 80 billion by 2031."
    )
    assert [t.indicator for t in made] == ["A mining sector at full potential"]


def test_a_formula_of_shares_gives_no_targets() -> None:
    assert not found("# Targets\n\nObjective for 2031 is (90% + 80% + 100%)/3 = 90")
