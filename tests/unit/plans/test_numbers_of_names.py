"""Numbers that belong to a name, a code, a note or a scale, and what nature is expected to do, are no targets."""

import pytest

from isthmus.plans.statements import noise
from isthmus.readers.documents.plans import extract_targets


def values(text: str) -> list[float]:
    return [t.value for t in extract_targets(f"# Targets for 2035\n\n{text}\n") if t.value is not None]


@pytest.mark.parametrize(
    "text",
    [
        "Ward 7 City Hall, water company, housing office",
        "District 3 aims to transform into a green town.",
        "To reach total scope 1+2 emissions",
        "The plan will cover the implementation of Targets 2 to 9, 11 and 14.",
        "The department will apply Subdecree N0 84 dated May.",
        "We aim to deliver 100 climate-neutral and smart cities.",
        'Our aim is to support the "500 solar villages by 2035" programme.',
        "Construction of a youth centre - 27 Linden Boulevard.",
        "Reach us: Telephone: +677 2288302/2288324 Facsimile: +677 2235504",
        "To be paid from the technical programme (codes: 6211.107, 6231.351).",
        "Open until October (08.00-22.30).",
        "To improve air (5 + 3) and to increase green spaces (2 + 3)",
        "The jury will see that each project is graded from 1 to 10.",
        "Action WE_7 Saving water in public gardens",
        "Increase the adoption of electric vehicles: 2 & 3 wheelers, 4 wheelers, light vans.",
        "Match talents to topics named by 4+3 industries.",
        "The share must be achieved six years earlier.",
        "Open a new theatre for the first time in more than 20 years.",
        "This should summarise at least 3 or 4 systemic strategic priorities.",
        "We reach our aim by employing three levers of change.",
        "Introduce nearly zero-energy building rules.",
        "# Measures\n\n| 2.4 ter |",
        "OI 6.3 Schools renovated",
        "KI 3.1, KI 4.2 Municipal waste collected",
        "The plan focuses on areas for realising the neutrality goal:³",
        "We will do this: ¾ fostering cooperation; ¾ building skills of farmers.",
        "41 ibid.",
        "27 http://www.water.example/laws 28 http://www.soil.example/acts 29 Forestry Board",
    ],
)
def test_a_number_of_a_name_is_no_value(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("District 4 will plant 6,000 trees by 2035.", [6000.0]),
        ("Build 12 schools in each district 40 kilometres from the coast.", [12.0, 40.0]),
        ("Scope 1+2 emissions will fall by 40% by 2035.", [-40.0]),
        ("KPI 2.3 Share of renewable energy of at least 45%", [45.0]),
        ("USD 3.4 Million will be invested in ports by 2035.", [3.4e6]),
        ("Put 400,000 electric 3-wheelers on the road by 2035.", [400_000.0]),
        ("Reduce the area by 3 km² by 2035.", [-3.0]),
        ("Reduce the waste of ¾ of all homes by 20% by 2035.", [-20.0]),
    ],
)
def test_values_beside_names_stay(text: str, expected: list[float]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "line",
    [
        "- a decrease in average summer rainfall of about 8–9 %;",
        "- an increase of 4 to 33 heatwave days by 2060",
        "By 2060, a drop of 10 to 20 per cent in the annual precipitation.",
        "Annual temperature increase across the country of +2.4°C until 2060.",
    ],
)
def test_what_the_climate_will_do_is_no_target(line: str) -> None:
    assert values(line) == []


def test_a_list_of_contents_with_numbers_of_chapters_is_no_statement() -> None:
    names = ("Roads", "Rails", "Ports", "Water", "Waste", "Parks", "Homes", "Fees", "Sources")
    assert noise(
        " ".join(
            f"3.{part} {name} of the towns, islands and far provinces of our country {10 + 3 * part}"
            for part, name in enumerate(names)
        )
    )


def test_what_those_say_who_were_asked_is_a_fact() -> None:
    assert values("52% of the owners that responded to the questionnaire will know of the plan.") == []


def test_the_number_of_an_item_may_lose_the_space_behind_it() -> None:
    found = extract_targets("Cranes plan\n\n2.10Reduce losses of cargo by 14% by 2034.", with_words=False)
    assert [(t.kind.value, t.value, t.direction) for t in found] == [("change_pct", -14.0, "down")]
