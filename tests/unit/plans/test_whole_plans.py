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
    assert 95.0 not in {t.value for t in made}  # of another body
    assert {t.indicator for t in made if t.base_value == 71.0} == {"4G"}


HEAD = ["Indicators", "Baseline 2024", "Target 2031"]


def test_targets_of_another_body_are_left_out_with_their_reason() -> None:
    rows = [
        ["Indicators", "Baseline 2024", "Target 2031, Borland", "Global target"],
        ["Wells, % of farms", "4", "9", "35"],
    ]
    made = extract_document(Document("", None, (DocumentBlock("table", "", rows=rows),)), "en", reported=2025)
    assert [t.value for t in made.targets] == [9.0]
    assert [(e.reason, e.text) for e in made.left_out] == [("another body", "Wells (% of farms) (Global): 35")]


def test_a_name_keeps_what_its_value_is_a_share_of() -> None:
    rows = [
        ["Robots, % of farms", "4", "9"],
    ]
    (farms,) = table([HEAD, *rows])
    assert (farms.indicator, farms.unit) == ("Robots (% of farms)", "%")


def test_percentage_growth_rates_are_growth_in_percent_whatever_commas_their_rows_have() -> None:
    rows = [["4b Output percentage growth rates by trade", "", ""], ["a) Boats, nets and harbours", "-2", "6"]]
    (boats,) = table([HEAD, *rows])
    assert (boats.kind.value, boats.value, boats.unit, boats.base_value) == ("growth", 6.0, "%", -2.0)


def test_a_table_has_its_name_from_the_heading_over_it() -> None:
    rows = [HEAD, ["Wells", "4", "9"]]
    of_aims = [
        ("heading", "WHAT THE STRATEGY COVERS", 1),
        ("heading", "HARBOUR TARGETS AND YEARLY STEPS OF BORLAND*", 1),
    ]
    opening = [("heading", "Plan of Borland", 1), ("heading", "Part 1. Coasts", 1)]
    blocks = [DocumentBlock(kind, text, page) for kind, text, page in (*opening, *of_aims)]
    whole = Document("", 2, (*blocks, DocumentBlock("table", "", 2, rows=rows)))
    (target,) = extract_document(whole, "en", with_words=False, reported=2025).targets
    assert target.objective == "HARBOUR TARGETS AND YEARLY STEPS OF BORLAND"


def test_nothing_is_due_in_the_year_of_the_prices_of_a_group() -> None:
    rows = [
        ["Indicators", "Baseline", "Year of baseline", "Target 2031"],
        ["3a Growth of value added by sector (constant 2015 prices)", "", "", ""],
        ["a) Fishing", "-2.5", "2024", "4.5"],
    ]
    (fishing,) = table(rows)
    assert (fishing.year, fishing.base_value, fishing.value) == (2031, -2.5, 4.5)


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


def test_what_each_year_brings_between_two_years_is_a_column_of_the_later() -> None:
    rows = [
        ["Sector", "Measure", "Average target between 2026 and 2034 (ktCO2e/y)"],
        ["Transport", "Electric buses", "30"],
    ]
    (made,) = table(rows)
    assert (made.value, made.unit, made.year, made.base_value) == (0.03, "MtCO2", 2034, None)


def test_conditional_measures_and_what_they_cost_hold_no_targets() -> None:
    rows = [["", "(Million USD)"], ["Forest cover to 70% of land", "1,700"], ["30% electric buses", "500"]]
    made = table(rows, "Table 5: Estimated financing needs – conditional measures")
    assert {t.value for t in made} <= {70.0, 30.0}


def test_the_targets_of_a_card_are_called_by_its_measure() -> None:
    card = [
        ["Measure", "Electric buses"],
        ["Sector", "Transport"],
        ["GHG mitigation target", "25 ktCO2e per year between 2026 and 2031"],
    ]
    (made,) = table([*card, ["Comments", "Routes are planned"]])
    assert (made.indicator, made.kind.value) == ("GHG mitigation target (Electric buses)", "level")


def test_money_is_called_by_what_it_is_for() -> None:
    made = found("The ministry will provide 58 billion tenge to village schools by 2031.")
    assert [t.indicator for t in made] == ["ministry provide to village schools"]
    made = found(
        "Homes will be built for large families. For these purposes, by 2031, the state will provide 24 billion tenge."
    )
    assert [t.indicator for t in made] == ["state provide (Homes will be built for large families)"]


def test_what_becomes_of_counted_things_is_part_of_their_name() -> None:
    made = found(
        "By 2031, more than 2.7 million people will have access to clean water. At least 03 workshops conducted by 2031"
    )
    assert [(t.indicator, t.value) for t in made] == [
        ("people will have access to clean water", 2700000.0),
        ("workshops conducted", 3.0),
    ]


def test_the_wheels_of_vehicles_are_no_target() -> None:
    assert [t.value for t in found("Electric cars will be 30% of 2-wheelers and cars by 2031.")] == [30.0]


def test_what_is_reached_if_reforms_are_carried_out_is_an_aim() -> None:
    told = "If the necessary reforms are carried out, by 2031, yearly growth of exports can reach 6% or higher."
    assert [(t.value, t.operator, t.year) for t in found(told)] == [(6.0, ">=", 2031)]
