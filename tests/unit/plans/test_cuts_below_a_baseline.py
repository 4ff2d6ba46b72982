"""Cuts below business as usual in sentences and columns of English pledges, and start values and units that a head tells."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.plan import Kind, Target
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document

Told = list[tuple[Kind, float | None, str]]


def found(text: str, reported: int = 2024) -> list[Target]:
    made = extract_document(Document("plan.md", None, tuple(blocks_of(text))), reported=reported).targets
    return [t for t in made if t.value is not None]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The contribution by 2035 is 24.4% relative to business-as-usual.", [(Kind.CHANGE_PCT, -24.4, "%")]),
        ("By 2035 emissions will grow by 30% compared to BAU.", [(Kind.CHANGE_PCT, 30.0, "%")]),
        (
            "Emissions will be reduced by 9% by 2035, equivalent to 84 million tonnes CO2eq.",
            [(Kind.CHANGE_PCT, -9.0, "%"), (Kind.CHANGE_ABS, -84e6, "tCO2")],
        ),
        (
            "Reduce emissions by 5% by 2035 (i.e. 5,498.3 Gg of CO2 of avoided emissions).",
            [(Kind.CHANGE_PCT, -5.0, "%"), (Kind.CHANGE_ABS, -5.4983, "MtCO2")],
        ),
        ("The state is committed to preventing 1.8 Mt of CO2 by 2035.", [(Kind.CHANGE_ABS, -1.8, "MtCO2")]),
        (
            "The energy sector will reduce 52 million tonnes by 2035; the farm sector, 7 million tonnes, or 0.7% compared to "
            "the BAU scenario; and forests will hold 9 million tonnes.",
            [
                (Kind.CHANGE_ABS, -52e6, "t"),
                (Kind.CHANGE_ABS, -7e6, "t"),
                (Kind.CHANGE_PCT, -0.7, "%"),
                (Kind.LEVEL, 9e6, "t"),
            ],
        ),
    ],
)
def test_cuts_in_sentences(text: str, told: Told) -> None:
    assert [(t.kind, t.value, t.unit) for t in found(f"# Plan to 2035\n\n{text}\n")] == told


def test_members_of_a_list_of_sectors_have_names_of_their_own() -> None:
    text = (
        "By 2035, the expected reduction in the energy sector will be 52 million tonnes, about 16% compared to BAU; in the farm "
        "sector, 7 million tonnes, or 3% compared to BAU."
    )
    names = [t.indicator for t in found(f"# Plan to 2035\n\n{text}\n")]
    assert names == ["expected reduction in the energy sector"] * 2 + ["expected reduction in the farm sector"] * 2


def test_columns_of_contributions_hold_cuts() -> None:
    table = (
        "| Sector | Own means: Compared to BAU scenario (%) | Own means: Reduction amount (Mt CO2eq) "
        "| Total with support: Compared to BAU scenario (%) | Total with support: Reduction amount (Mt CO2eq) |\n"
        "|---|---|---|---|---|\n| Energy | 5.5 | 51.5 | 16.7 | 155.8 |\n| Waste | 1.0 | 9.1 | 3.6 | 33.1 |\n"
    )
    energy = [t for t in found(f"# Pledge to 2035\n\n{table}") if t.text.startswith("Energy")]
    assert [(t.kind, t.value) for t in energy] == [
        (Kind.CHANGE_PCT, -5.5),
        (Kind.CHANGE_ABS, -51.5),
        (Kind.CHANGE_PCT, -16.7),
        (Kind.CHANGE_ABS, -155.8),
    ]


def test_measures_with_the_emissions_that_they_avoid_and_the_works_that_they_name() -> None:
    table = (
        "| Project | Sector | Quantities avoided, emissions avoided (kt CO2/year) |\n|---|---|---|\n"
        "| National cook stove programme | Energy | 500 |\n| Development of the 180 MW Highfall plant | Energy | 250 |\n"
    )
    told = {(t.value, t.unit) for t in found(f"# Pledge to 2035\n\n{table}")}
    assert told == {(0.5, "MtCO2"), (0.25, "MtCO2"), (180.0, "MW")}


def test_recent_values_are_start_values_also_where_the_target_is_still_to_be_found() -> None:
    table = (
        "| Indicator name | Target values (year) | Recent value (year) |\n|---|---|---|\n"
        "| Recycling rate | 60 % (2035) | 48 % (2021) |\n"
        "| Use of water by homes | Target value will be identified later in the process. | 130 litres/day |\n"
    )
    assert [(t.value, t.year, t.base_value, t.base_year) for t in found(table)] == [(60.0, 2035, 48.0, 2021)]


def test_the_unit_of_a_group_of_columns_holds_below_it() -> None:
    table = (
        "| Scheme | Target 2035 (In Lakh Ha.): net | Target 2035 (In Lakh Ha.): gross |\n|---|---|---|\n"
        "| Canals | 6.95 | 10.68 |\n| Wells | 1.95 | 2.68 |\n"
    )
    assert [(t.value, t.unit) for t in found(table)[:2]] == [(695e3, "ha"), (1068e3, "ha")]


@pytest.mark.parametrize(
    "text",
    [
        "In 2035, the country will emit around 189,271.8 kt, i.e. 62.7% more than in 2010.",
        "In that case, 2035 emissions would more than double their level of 2010.",
        "Nearly 55% of those emissions come from “Energy”, making it a priority sector for the plan.",
        "| Annual cost of damage | 2031-2035 |\n|---|---|\n| Flood | US $5 billion |\n| Storm | US $9 billion |",
        "| Emissions (kt) | 2020 | 2035 |\n|---|---|---|\n| Emissions - Business-as-usual scenario | 1974 | 4475 |",
    ],
)
def test_what_comes_by_itself_is_no_target(text: str) -> None:
    assert found(f"# Plan to 2035\n\n{text}\n") == []


def test_a_targeted_potential_is_an_aim() -> None:
    text = "By 2035, 7,313 new schemes are planned with targeted potential of 168,827 ha."
    assert [t.value for t in found(f"# Plan to 2035\n\n{text}\n")] == [7313.0, 168827.0]
