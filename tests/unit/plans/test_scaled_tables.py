"""Scales and units over values, totals of a period, changes under headings of change, ranks, and what is only required."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.plan import Target
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document


def found(text: str) -> list[Target]:
    made = extract_document(Document("plan.md", None, tuple(blocks_of(text)))).targets
    return [t for t in made if t.value is not None]


def test_a_total_of_years_has_the_unit_and_the_scale_of_its_row() -> None:
    text = (
        "# Orchard plan 2031-2033\n\n| Fruit | 2031 | 2032 | 2033 | Total |\n"
        "| New orchards (lakh ha) | 0.20 | 0.40 | 0.60 | 1.20 |\n| Juice (MT) @ 12 T/ha | 310 | 405 | 512 | 2043.75 |\n"
    )
    assert [(t.value, t.unit) for t in found(text) if t.indicator.startswith("New")] == [
        (20000.0, "ha"),
        (40000.0, "ha"),
        (60000.0, "ha"),
        (120000.0, "ha"),
    ]
    assert found(text)[-1].value == 2043.75


@pytest.mark.parametrize(
    ("title", "value", "unit"),
    [
        ("Area target In lakh hect. \\------", 250000.0, "ha"),
        ("Area lakh hect.", 250000.0, "ha"),
        ("Yield target in kg./ha.", 2.5, "kg per ha"),
    ],
)
def test_a_heading_ends_in_its_unit(title: str, value: float, unit: str) -> None:
    text = f"# Farm plan\n\n| Year | {title} | Harvest target (lakh tonnes) |\n| 2031 | 2.5 | 4 |\n| 2036 | 3 | 5 |\n"
    first = found(text)[0]
    assert (first.value, first.unit, found(text)[1].value) == (value, unit, 400000.0)


def test_the_scale_of_a_row_holds_for_cells_that_repeat_its_currency() -> None:
    text = "# Port plan\n\n| Measure | 2031 | 2032 |\n| Least reserves ($m) | >$240 | >$260m |\n| Debt ($m) | 12.5 | 13 |\n"
    assert [t.value for t in found(text)] == [240e6, 260e6, 12.5e6, 13e6]


def test_the_most_recent_value_is_where_a_target_starts() -> None:
    text = (
        "# Court plan\n\n| Indicator | Most Recent | Target (2033) |\n"
        "| Open cases | 41,500 (2027) | 38,000 |\n| % of fines paid | 31.4% (last term) | 45% |\n"
    )
    assert [(t.base_value, t.base_year, t.direction) for t in found(text)] == [
        (41500.0, 2027, "down"),
        (31.4, None, "up"),
    ]


def test_an_amount_and_its_percent_under_a_heading_of_reductions_are_both() -> None:
    text = (
        "# Climate plan\n\n| Sector | Actions | Reduction as Gg CO2eq and % in the year 2035 compared to the baseline |\n"
        "| Towns | Trams, and a greater use of bicycles. | 2,400 (12%) |\n| Farms | Biogas. | 650 (3%) |\n"
    )
    assert [(t.kind, t.value, t.year, t.direction) for t in found(text)] == [
        ("change_abs", -2.4, 2035, "down"),
        ("change_pct", -12.0, 2035, "down"),
        ("change_abs", -0.65, 2035, "down"),
        ("change_pct", -3.0, 2035, "down"),
    ]


def test_a_row_with_its_year_gives_its_reductions_and_no_baseline() -> None:
    text = (
        "# Climate plan\n\n|  | Year | % change relative to BAU projection | Emissions Reductions |\n"
        "| Baseline (all sectors) | 2029 |  | 512 GgCO2-eq |\n"
        "| Conditional target | 2035 | 14% reduction | 97 GgCO2-eq |\n"
    )
    assert [(t.kind, t.value, t.year) for t in found(text)] == [
        ("change_pct", -14.0, 2035),
        ("change_abs", -0.097, 2035),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "Requirement of lentils at 5 year intervals :\n\n| Year | @ 40 gm | @ 20 gm |\n| 2031 | 4 | 2 |\n| 2036 | 5 | 3 |\n",
        "| Year | Requirement of lentils |\n| 2031 | 4.1 |\n| 2036 | 5.2 |\n",
    ],
)
def test_what_is_required_is_no_aim(table: str) -> None:
    assert found(f"# Farm plan 2036\n\n{table}") == []


def test_the_lowest_groups_of_people_are_no_rank() -> None:
    assert found("# School plan 2036\n\nFees will be waived for schools in the lowest three quintiles.\n") == []


def test_codes_and_numbers_of_measures_are_no_values() -> None:
    text = (
        "# Energy plan 2031-2036\n\nFour measures have been identified in the power sector:\n"
        "• P1 – 45 MW of small hydro capacity\n• P2 – 2.4 MW of tidal capacity\n• 3 – Renewal of meters\n"
        "• 4 – Re-wiring of barns\n• 5 – EEV for all new barns\n"
    )
    assert [(t.value, t.unit) for t in found(text)] == [(45.0, "MW"), (2.4, "MW")]
    text = (
        "# Energy plan 2036\n\n| ID | Measure | Potential |\n| P2 | 2.4 MW of tidal capacity | high |\n"
        "| 2.5 | Renewal of lines | low |\n"
    )
    assert [(t.value, t.unit) for t in found(text)] == [(2.4, "MW")]


def test_items_of_results_say_where_they_start() -> None:
    text = (
        "# Pond plan 2031-2036\n\nThe expected outcomes in figures are as below:\n"
        "(a) The catch is likely to be enhanced from 4.5 million tonnes (2029-30) to 7 million tonnes by 2035-36.\n"
        "(b) Double sales from the present Rs.300 crores to about Rs.600 crores by 2035-36.\n"
        "(c) Reduction of losses from the reported 30-35% to about 12%.\n"
    )
    assert [(t.kind, t.value, t.base_value) for t in found(text)] == [
        ("level", 7e6, 4.5e6),
        ("multiple", 2.0, 3e9),
        ("level", 6e9, 3e9),
        ("level", 12.0, 30.0),
    ]


def test_a_sentence_that_announces_a_table_stands_between_it_and_its_name() -> None:
    text = (
        "# Climate plan 2036\n\nEmission reductions (MtCO2eq)\n\n"
        "The following table shows the reductions up to 2031 and 2036.\n\n"
        "|  | 2031 | 2036 |\n| Unconditional | 1.5 | 3.5 |\n| Conditional | 4 | 9 |\n"
    )
    assert [(t.kind, t.value, t.unit) for t in found(text)] == [
        ("change_abs", -1.5, "MtCO2"),
        ("change_abs", -3.5, "MtCO2"),
        ("change_abs", -4.0, "MtCO2"),
        ("change_abs", -9.0, "MtCO2"),
    ]


def test_units_in_brackets_behind_an_in_and_percentages_with_their_year_beside() -> None:
    text = (
        "# Heat plan\n\n| Indicator | Baseline | Target 2036 |\n| Share of peat in heating (%) | 40 (2029) | 12 (limit) |\n"
        "| Homes with meters | 71.5 % (2029/30) | 100 |\n| 4b Percentage share of wood in total heating | 9 | 15 |\n"
        "Table 3-1: Key Result Area 2\n"
    )
    assert [(t.kind, t.value, t.unit) for t in found(text)] == [
        ("level", 12.0, "%"),
        ("level", 100.0, "%"),
        ("level", 15.0, "%"),
    ]


def test_the_percentages_of_a_column_that_says_so_are_its_own() -> None:
    text = (
        "# Neutrality plan 2036\n\n| Sector | Baseline emissions | Emissions Reduction Target 2036 |  |\n"
        "|  | (absolute) | (absolute) | (%) |\n| Barns | 410 | 246 | 60% |\n"
    )
    assert [(t.kind, t.value, t.unit) for t in found(text)] == [("level", 246.0, ""), ("change_pct", -60.0, "%")]


def test_a_reduction_in_a_year_is_one_whatever_stands_behind_it() -> None:
    text = "# Tram plan\n\n| Measure | Emission reduction in 2036 | Deadline |\n| Trams | 90 kt CO2 | 2036 |\n"
    assert [(t.kind, t.value, t.year) for t in found(text)] == [("change_abs", -0.09, 2036)]
