"""Rows of English originals that are no targets: comparisons, sums, money, running numbers, findings, forecasts, sizes."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.plan import Target
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document


def found(text: str, reported: int = 2024) -> list[Target]:
    made = extract_document(Document("plan.md", None, tuple(blocks_of(text))), reported=reported).targets
    return [t for t in made if t.value is not None]


def table(*lines: str) -> str:
    head, *body = (f"| {line} |" for line in lines)
    return "\n".join([head, "|" + "---|" * (head.count("|") - 1), *body]) + "\n"


@pytest.mark.parametrize(
    "text",
    [
        "Currency Unit – crown (Cr) Cr1.00 = $0.0144 $1.00 = Cr 69.425",
        "The provisional biennial allocation available for the country is $1.04 billion or, $521.37 million per year.",
        "One extra cm of adult height corresponds to a 4.5% increase in wage rates.",
        "Job creation: children who are well-nourished do better in school, earn 20% more in the labour market and are "
        "10% more likely to own their own businesses",
        "With the current trend of population increase of 2.7%, by 2030 it is expected to reach 13 million.",
        "This corresponds to a 0.56m rise under the high emissions scenario.",
        "The Ministry of Environment projects GHG emissions from transport to increase to 11,376 Gg by 2050.",
        "Investing now in nutrition will ensure productivity exceeding $10 billion by 2031.",
        "Sites are required for the subsequent years 6-10 and, where possible, for years 11-15 of the plan period.",
        "Proposed sites over the plan period are of a large scale (i.e. greater than 100 dwellings).",
        "Vision 2050 is a forty-year strategy that will transform the delivery system.",
        "Investments in the first 1,000 days of a person's life will yield benefits in 2035.",
    ],
)
def test_what_is_found_or_foreseen_is_no_target(text: str) -> None:
    assert found(f"# Plan to 2035\n\n{text}\n") == []


@pytest.mark.parametrize(
    "finding",
    [
        "Iron deficiency in adults decreases productivity by 5 to 17 percent.",
        "Undernutrition diminishes lifetime earnings by at least 10% and 2-3% in the worst affected areas.",
    ],
)
def test_a_finding_behind_a_list_of_aims_is_none_of_them(finding: str) -> None:
    assert found(f"The aims are:\n- a healthier workforce;\n- saving of resources:\n{finding}\n") == []


def test_what_the_plan_itself_does_stays_a_target() -> None:
    text = "By 2030, the programme increases enrolment to 90%.\n\nReduce losses by 5 to 17 percent by 2030.\n"
    assert [t.value for t in found(text)] == [90.0, -5.0, -17.0]


def test_a_growth_that_a_target_needs_is_no_stray_among_facts() -> None:
    facts = [
        f"- The share of sector {name} was {value}% in 2010."
        for name, value in zip("ABCDEF", range(11, 17), strict=True)
    ]
    aim = "- The farms are expected to have a 5% growth rate annually in order to meet the national growth target;"
    assert [t.value for t in found("\n".join([*facts[:3], aim, *facts[3:]]), 2013)] == [5.0]


def test_a_size_of_sites_is_no_target_beside_a_share_of_them() -> None:
    text = "At least 10% of the homes should be built on sites no larger than one hectare by 2035."
    assert [t.value for t in found(text)] == [10.0]


def test_a_table_that_compares_places_by_a_measure_holds_no_targets() -> None:
    lines = (
        "Area | Measure of health | A | B | C",
        "Life | Life expectancy (years) | 54 | 65 | 69",
        " | Birth rate | 32 | 27 | 21",
    )
    assert found(table(*lines)) == []


def test_a_total_of_what_stands_in_front_is_none_of_the_period() -> None:
    lines = (
        "Settlement | Completions | Commitments | Total | Delivery 2021 – 2046",
        "Ashill | 253 | 579 | 832 | 800",
        "Watton | 168 | 356 | 524 | 500",
        "Larling | 3 | 2 | n/a | ",
    )
    assert [(t.indicator, t.value) for t in found(table(*lines))] == [
        ("Ashill (Delivery)", 800.0),
        ("Watton (Delivery)", 500.0),
    ]


def test_the_column_of_an_allocation_for_some_years_holds_money() -> None:
    lines = (
        "Objectives | Outcomes and Indicators | Indicative 3-Year Resource Allocation and Thematic Priorities of the Bank",
        "Better energy services for all | Access to electricity: Target: 90% by 2030 | GRO: 100% GOV: 100% ENV: 67.6%",
    )
    assert [t.value for t in found(table(*lines))] == [90.0]


def test_numbers_that_run_through_the_names_of_rows_count_nothing() -> None:
    lines = (
        "Name | Priority | Cost ($ million)",
        "1 Primary Education Sector Project | GEN | 300",
        "Energy 2 Regional Power Generation and Transmission Project | GRO | 335",
        "Transport 3 Railway Investment Program 4 Road Link Project | GRO | 100",
    )
    assert found(table(*lines)) == []


def test_years_in_turn_end_at_the_word_respectively() -> None:
    text = (
        "The target for tourism is 4.5 million and 6.1 million international tourists by 2035 and 2038 respectively, "
        "while the target for domestic tourists is 10.5 million by 2038."
    )
    assert [(t.value, t.year) for t in found(text)] == [(4.5e6, 2035), (6.1e6, 2038), (10.5e6, 2038)]


def test_a_number_alone_in_the_name_of_a_row_counts() -> None:
    lines = (
        "Name | Cost ($ million)",
        "Deployment of a 1 MW incineration unit | 300",
        "Building of 2 Schools by 2035 | 40",
    )
    assert [t.value for t in found(f"# Actions\n\n{table(*lines)}")] == [1.0, 2.0]


def test_a_size_and_its_year_open_a_table_below_words() -> None:
    lines = (
        "HOU 4: Preferred sites | | ",
        "Site | Site name | Capacity to 2046",
        "Ashill | | ",
        "ASH 1 | The Willows | 20",
    )
    assert [(t.indicator, t.value, t.year) for t in found(table(*lines))] == [("The Willows (Capacity)", 20.0, 2046)]


def test_a_table_that_goes_on_behind_a_page_number_keeps_its_caption() -> None:
    head = "Reference | Site name | Dwellings"
    first, second = table(head, "A1 | Land off the road | 130"), table(head, "A2 | Land off the lane | 15")
    text = f"# Plan to 2046\n\nTable 5: Planned sites\n\n{first}\n1.1\n\n{second}"
    assert [t.value for t in found(text)] == [130.0, 15.0]


def test_a_cell_that_lists_how_things_are_financed_is_no_head() -> None:
    lines = (
        "Responsible | Rulemaking; monitoring targets; planning of the national co-financing.",
        "Stakeholders | The company ensures 50% of renewables in the consumption of its plants by 2035",
    )
    assert [t.value for t in found(table("Field of action | Municipal infrastructure", *lines))] == [50.0]


@pytest.mark.parametrize(
    "text",
    [
        "We study the catch. 2.1 U ndertake cam paigns against illegal nets.",
        "We raise the catch.\n\n92 The nets are a sign that the catch will rise.",
        "We raise the catch.\n\n32 ibid.",
        "We raise the catch.\n\n100 Some aim for 2029 in the programme of fishers.",
    ],
)
def test_the_number_of_an_item_or_a_note_is_no_value(text: str) -> None:
    assert found(f"# Nets plan 2025-2030\n\n## Targets and actions\n\n{text}\n") == []


def test_an_amount_that_opens_its_sentence_stays() -> None:
    text = "We raise the catch. 2.5 Million nets will be mended. 1.5 GW of wind will be built. 3.5 Mtoe of oil will be saved."
    text += " 10 – 15 new piers will be built."
    assert [t.value for t in found(f"# Nets plan 2025-2030\n\n## Targets\n\n{text}\n")] == [2.5e6, 1.5, -3.5, 10, 15]


def test_a_line_in_brackets_with_a_year_of_reports_is_no_aim_and_a_bare_value_has_the_name_above_it() -> None:
    text = (
        "(2) Spending of each guest\n\n200,000 euros\n\n[2019 results: 159,000 euros]\n\n(3) Nights\n\n2 nights by 2030"
    )
    rows = found(f"Guests plan\n\nMarch 2025\n\nTargets by 2030\n\n{text}\n")
    assert [(t.value, t.indicator) for t in rows] == [
        (200000.0, "Spending of each guest (EUR)"), (2.0, rows[1].indicator)
    ]  # fmt: skip


def test_a_line_with_a_mark_of_its_own_takes_no_name_from_the_one_above() -> None:
    rows = found("# Plan to 2035\n\n## Targets\n\nGuests that stay\n\n- 12,000 MWh\n- 300 MWh\n")
    assert all("Guests that stay" not in t.indicator for t in rows)


def test_bare_values_have_the_name_above_them_up_to_the_next_name() -> None:
    rows = found(
        "# Plan to 2035\n\n## Targets\n\nPower of the new dams\n\n12,000 MWh\n\n3,000 MWh\n\nNew homes\n\n40 flats\n"
    )
    assert [t.indicator for t in rows] == ["Power of the new dams (MWh)"] * 2 + ["New homes (flats)"]


def test_a_bare_value_below_a_sentence_takes_no_name_from_above_it() -> None:
    rows = found(
        "# Plan to 2035\n\n## Targets\n\nPower of the new dams\n\nBy 2030 we will plant 12,000 trees.\n\n3,000 MWh\n"
    )
    assert [t.value for t in rows] == [12000.0, 3000.0]
    assert "dams" not in rows[1].indicator


def test_a_line_further_up_names_no_bare_value() -> None:
    rows = found("# Plan to 2035\n\n## Targets\n\nof which social homes\n\n3,000 homes\n\nTransport\n\n40 trams\n")
    assert [t.indicator for t in rows] == ["of which social homes (homes)", "trams"]
