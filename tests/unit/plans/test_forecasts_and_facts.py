"""Forecasts, facts and charts in English plans that are no targets, and works that are expected to be commissioned."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.plan import Target
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document


def found(text: str) -> list[Target]:
    made = extract_document(Document("plan.md", None, tuple(blocks_of(text))), reported=2024).targets
    return [t for t in made if t.value is not None]


@pytest.mark.parametrize(
    "text",
    [
        "Projected emissions for the industrial sector for year 2035 are 130 Mt.",
        "Emissions in this sector of the islands were around 130 Gg in 2020 but are expected to rise to 240 Gg by 2035.",
        "Waste will be responsible for about 54% of the total emissions of the country in 2035.",
        "By 2035, the demand may increase from 3,400 ha to 4,500 ha.",
        "By 2050, over 6.5 per cent of the output could be lost.",
        "It was further projected for the economy to grow by 3.4% in 2035.",
        "The country aims to stay a small emitter (well below the global average of approximately 7.99 tons).",
        "This included the issuance of more than three million titles in the plan.",
        "The disease continues to be an important cause (37%).",
        "The action, funded by the regional fund with 4.5 million EUR, aims at cleaner streets.",
        "Every day, almost 3,000 tonnes are collected from the streets.",
        "Strengthen the management of new diseases such as H1N1.",
        "Emission reduction in sector A in 2035 700 650 615 (35) 600 500 400 300 200 100 0 scenario",
    ],
)
def test_what_is_foreseen_or_told_is_no_target(text: str) -> None:
    assert found(f"# Plan to 2035\n\n{text}\n") == []


@pytest.mark.parametrize(
    "caption",
    [
        "Projection of Emissions by Sector",
        "Inventory of 2020 and BAU scenario to 2035",
        "Table 2: Projected GHG Emissions of the country from 2025 to 2035",
        "Table 2 shows the projections of greenhouse emissions, which are projected to increase in 2035.",
    ],
)
def test_tables_of_projected_emissions_hold_no_targets(caption: str) -> None:
    table = (
        "| Sector | 2025 | 2030 | 2035 |\n|---|---|---|---|\n| Energy | 85.8 | 186 | 898 |\n| Waste | 4.4 | 12 | 89 |\n"
    )
    assert found(f"# Pledge\n\n{caption}\n\n{table}") == []


def test_works_that_are_expected_to_be_commissioned_are_targets() -> None:
    text = (
        "There are two projects under construction that are anticipated to be commissioned before 2035 viz. "
        "Lowhill (1200 MW) and Upvale (118 MW)."
    )
    assert [(t.value, t.unit, t.year) for t in found(text)] == [(1200.0, "MW", 2035), (118.0, "MW", 2035)]


def test_numbers_of_actions_are_no_counts_and_a_mitigation_potential_is_a_value() -> None:
    text = (
        "Actions until 2035 include 1 Improve forest management to keep 436 million tonnes of carbon "
        "2 Maintain at least 50% of land as parks."
    )
    assert [t.value for t in found(text)] == [436e6, 50.0]
    table = (
        "| Sector | Mitigation potential (Gg CO2-eq) | Share |\n|---|---|---|\n"
        "| Energy | 1301 | 5.7 |\n| Waste | 205 | 0.9 |\n"
    )
    assert [(t.indicator, t.unit) for t in found(f"# Pledge\n\n{table}")] == [("Energy", "MtCO2"), ("Waste", "MtCO2")]


def test_cells_that_repeat_the_scale_of_their_unit_or_open_with_their_year() -> None:
    table = "| Indicator | Baseline | Target 2035 |\n|---|---|---|\n| Contribution (US$ m) | 62.8 m | >250 m |\n"
    assert [(t.value, t.unit, t.base_value) for t in found(table)] == [(250e6, "USD", 62.8e6)]
    table = (
        "| Code | Objective | Indicator | Target |\n|---|---|---|---|\n"
        "| S1 | Coordinate donors | Percentage of aid that uses own systems | By 2035 – 65% |\n"
        "| S2 | Keep records | Share of acts that are put on line each year | All acts shall be put on line by the ministry |\n"
        "| S3 | Hear people | Number of meetings in the villages of the land | The council will hear people in each village |\n"
    )
    assert [(t.value, t.unit, t.year) for t in found(table)] == [(65.0, "%", 2035)]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("We estimate that we will open 2 502 clinics and equip 801 schools in 2031.", [(2502.0, 2031), (801.0, 2031)]),
        ("We anticipate that in 2031 the programme will create 40 000 jobs.", [(40000.0, 2031)]),
        ("We estimate that the economy will grow by 3 % in 2031.", []),
        ("It is estimated that 40 000 jobs will be there in 2031.", []),
        ("At least half of the flats are assumed to be renovated by 2031.", [(50.0, 2031)]),
        ("It is assumed that 25% of the roofs will be replaced by 2031.", [(25.0, 2031)]),
        ("Oil prices are assumed to be 60 dollars in 2031.", []),
        ("The sector, which includes approximately 6 million m2, will be connected to 40 networks by 2031.", [(40.0, 2031)]),
    ],
)  # fmt: skip
def test_what_a_body_estimates_of_its_own_work_is_its_aim(text: str, read: list[tuple[float, int]]) -> None:
    assert [(t.value, t.year) for t in found(text)] == read
