"""What original files of English plans say: terms beside works, what nature does, numbers run on, conditional measures."""

import pytest

from isthmus.plans.document import Document, DocumentBlock
from isthmus.plans.segment import sentences
from isthmus.readers.documents.plans import extract_document, extract_targets

MEASURES = ("Action", "Description", "Target/Notes", "Agency")


def values(text: str) -> list[tuple[float | None, int | None]]:
    return [(t.value, t.year) for t in extract_targets(f"# Targets\n\n{text}\n") if t.value is not None]


@pytest.mark.parametrize(
    ("beside", "year"),
    [
        ("Scheduled for completion in June 2036.", 2036),
        ("An agreement has been signed and commercial operation is expected by December 2035.", 2035),
        ("Target for completion: End 2034", 2034),
        ("Out of 31 MW, 7 applications for 1.4 MW received. Target for completion: End 2034", 2034),
        ("Kept in abeyance.", None),
    ],
)
def test_a_work_is_due_when_the_cell_beside_it_says(beside: str, year: int | None) -> None:
    rows = (MEASURES, ("Wind", "(i) Construction of a 31 MW wind farm at the cape", beside, "Power board"))
    found = extract_document(Document("plan.txt", None, (DocumentBlock("table", "", rows=rows),)))
    assert [(t.value, t.year) for t in found.targets if t.value is not None] == [(31.0, year)]


def test_notes_beside_targets_tell_how_far_things_have_come() -> None:
    notes = "A scheme of certificates has been drafted. 47 auditors have been trained for the largest of the companies."
    rows = (MEASURES, ("Auditors", "Set up a scheme of certificates", notes, "Power board"))
    found = extract_document(Document("plan.txt", None, (DocumentBlock("table", "", rows=rows),)))
    assert [t.text for t in found.targets] == ["Set up a scheme of certificates"]
    assert [entry.text for entry in found.left_out if "47" in entry.text]


def test_a_year_with_a_colon_behind_it_leads_what_follows_and_names_of_a_list_stand_in_front_of_their_values() -> None:
    text = "Short term (2034): Tidal power: 3 MW Medium term (2037): Tidal power: 14 MW Wave, current and heat: 17 MW"
    found = extract_targets(f"# Targets\n\n{text}\n")
    assert [(t.indicator, t.value, t.year) for t in found] == [
        ("Tidal power", 3.0, 2034),
        ("Tidal power", 14.0, 2037),
        ("Wave, current and heat", 17.0, 2037),
    ]


def test_a_start_value_stands_behind_its_target_and_a_bracket() -> None:
    found = extract_targets("The share is expected to reach 5.3% (USD 41 billion) by 2034 from the current 3.7%.")
    assert [(t.value, t.unit, t.base_value) for t in found] == [(5.3, "%", 3.7), (41e9, "USD", None)]


@pytest.mark.parametrize(
    "line",
    [
        "Annual and seasonal mean temperature will increase by 0.4–1.1 °C by 2036 (high confidence).",
        "Mean sea level will rise by 6 to 14 cm by 2036.",
        "The mean air temperature tends to rise by 0.03 °C a year by 2036.",
        "The loss of yield in 2036 under scenarios RCP4.5 can make up 11 % for cotton.",
        "GHG emissions level in the projected BAU scenario in 2036: 37,950 Gg CO2eq.",
        "Workshops are to be conducted at least 3 times/year by 2036.",
        "Missions will be conducted at least three times during the first year.",
        "Meals for all children (Grades 1-6, 1 meal a day) by 2036.",
        "By 2052, up to 45 % of the land on the coast could become inundated.",
        "Provide three times annual updates to the committee by 2034.",
        "Five strategic shifts and 23 action items will be implemented by 2034.",
        "02 FOREWORD 03 INTRODUCTION",
    ],
)
def test_what_nature_does_how_often_parts_of_the_plan_and_numbers_of_pages_are_no_targets(line: str) -> None:
    assert values(line) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Keep indoor temperatures at 23 °C or higher by 2034.", [(23.0, 2034)]),
        ("Map the coastal zone with 0.7m contour intervals by 2034.", [(0.7, 2034)]),
        ("By 2034, 6m trees will be planted.", [(6e6, 2034)]),
        ("If conditional measures are implemented, emissions could fall by 24 % by 2034.", [(-24.0, 2034)]),
        (
            "The cumulative impact of the policies and measures could result in a 21 % reduction of emissions in 2034.",
            [(-21.0, 2034)],
        ),
        ("The measures bring a reduction against BAU of around 17 % by 2034.", [(-17.0, 2034)]),
    ],
)
def test_metres_millions_and_what_measures_bring(line: str, expected: list[tuple[float, int]]) -> None:
    assert values(line) == expected


def test_a_paragraph_that_opens_with_a_number_is_a_list_of_the_next_ones() -> None:
    assert sentences("1. Mend roads 2. Dredge ports 3. Build 13 quays. They open in 2034.") == [
        "1. Mend roads",
        "2. Dredge ports",
        "3. Build 13 quays.",
        "They open in 2034.",
    ]
    assert sentences("4.1 Map the coast 4.2 Set up 7 posts") == ["4.1 Map the coast", "4.2 Set up 7 posts"]
    assert sentences("5.1 HIV rate 2% 5.2 # of posts 7 5.3 Ports 9") == [
        "5.1 HIV rate 2% 5.2 # of posts 7",
        "5.3 Ports 9",
    ]
    assert sentences("of the coast 7% 1.6 Roads 5% 1.7 Ports 9") == ["of the coast 7%", "1.6 Roads 5%", "1.7 Ports 9"]
    assert sentences("We mend 3. Roads 4. Ports") == ["We mend 3. Roads 4. Ports"]
    assert sentences("It rises by 1.6 Roads and 2.9 Ports, 3 Rails") == ["It rises by 1.6 Roads and 2.9 Ports, 3 Rails"]


def test_a_path_from_the_current_value_is_an_aim_also_alone_among_facts() -> None:
    facts = "".join(f"In 20{10 + i}, banks held {40 + i} percent of all savings.\n\n" for i in range(12))
    aim = "Access will be improved by reducing exclusion from the current baseline of 47.3 percent to 21 percent.\n"
    assert [t.value for t in extract_targets(facts + aim) if t.value is not None] == [21.0]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        (
            "The country commits to unconditionally generate 17% of its power demand (i.e. electricity demand) and 12% of "
            "its heat demand by 2034.",
            ["generate its power demand", "heat demand"],
        ),
        (
            "A GHG emission reduction of 17% compared to the Business-As-Usual (BAU) scenario in 2034 (amounting to 6,111 "
            "Gg CO2eq).",
            ["GHG emission", "GHG emission"],
        ),
        ("Biofuels to meet 13% of transport fuels by 2034.", ["Biofuels to meet transport fuels"]),
        ("(i) Installation of 7 kW photovoltaic panels by 2034.", ["photovoltaic panels"]),
        ("Construction of 340 km of roads by 2034.", ["Construction of roads"]),
        ("Realignment of 47 RapidKL routes by 2034.", ["Realignment of RapidKL routes"]),
        ("Increase the forest cover to 61% of land area by 2034.", ["forest cover of land area"]),
    ],
)
def test_names_without_adverbs_examples_and_what_is_said_again(line: str, names: list[str]) -> None:
    assert [t.indicator for t in extract_targets(f"# Targets\n\n{line}\n")] == names


def test_findings_have_numbers_and_aging_people_years() -> None:
    assert not any(t.value for t in extract_targets("By 2034 act on finding 11 about ports.", "en"))
    (share,) = extract_targets("The rate among adults aging 15-49 is to fall to 2 % by 2034.", "en")
    assert share.value == 2.0


def test_numbers_of_parts_announced_or_not_are_no_values() -> None:
    parts = "7.8 Build ports. 7.9 As per decree, the office will yearly mend roads"
    rows = (("Goals", "Activities"), ("Goal 7", parts))
    found = extract_document(Document("plan.txt", None, (DocumentBlock("table", "", rows=rows),)))
    assert {t.value for t in found.targets} == {None}
    assert values("Output 1.1 Increased capacity of ports will reach 40 % by 2034") == [(40.0, 2034)]
    assert values("The programme of 2034 will act on elements of KRAs 1–3.") == []


def test_page_numbers_that_only_rise_are_those_of_contents() -> None:
    line = "Aims for 2034 51 Roads 51 Ports of the coast 62 Rails 63 Yards 70 Health and Care 71 Schools 80 Annexes"
    assert extract_targets(line, "en") == []
    few = "By 2034 build 3 Roads and 4 Ports and 5 Rails."
    falling = "By 2034 build 9 Roads and 7 Ports and 8 Rails and 3 Yards and 2 Schools and 4 Clinics."
    assert [len([t for t in extract_targets(text, "en") if t.value]) for text in (few, falling)] == [3, 6]


@pytest.mark.parametrize(
    ("name", "unit", "indicator"),
    [
        ("Foreign investment as a % GDP", "%", "Foreign investment as a % GDP"),
        ("Crafts (% share) to output", "%", "Crafts (% share) to output"),
        ("Ha. under irrigation increased", "ha", "Ha. under irrigation increased"),
        ("kg/ha of barley harvested", "kg per ha", "kg/ha of barley harvested"),
        ("Tons of grain that can be stored", "t", "Tons of grain that can be stored"),
        ("Total area (hectare) of land cleared", "ha", "Total area of land cleared"),
        ("Infant mortality (1,000 live births)", "per 1,000", "Infant mortality (1,000 live births)"),
        ("Maternal mortality (100,000 live births)", "per 100,000", "Maternal mortality (100,000 live births)"),
        ("Second phase of the canal", "", "Second phase of the canal"),
        ("Mt Soarele visitors", "", "Mt Soarele visitors"),
        ("Min level of the lake", "", "Min level of the lake"),
    ],
)
def test_the_name_of_a_row_opens_with_its_unit_or_explains_it_within(name: str, unit: str, indicator: str) -> None:
    rows = (("Indicator", "Baseline 2030", "2034"), (name, "20", "24"))
    found = extract_document(Document("plan.txt", None, (DocumentBlock("table", "", rows=rows),)))
    assert [(t.value, t.unit, t.base_value, t.indicator) for t in found.targets] == [(24.0, unit, 20.0, indicator)]


def test_a_column_of_targets_and_their_terms_is_read_for_its_targets() -> None:
    head = ("Objectives", "Target area/group", "Indicators", "Indicative target and timeframe")
    rows = (
        head,
        (
            "1.1.1 Better soils",
            "Farmers",
            "1.1.1 Methods of tillage in use",
            "1.1.1 At least 30 methods in use by 2034",
        ),
        ("1.1.2 Healthy herds", "Herders", "1.1.2 % reduction in losses", "1.1.2 At least 25% reduction by 2033"),
        ("1.1.3 A platform", "Ministries", "1.1.3 Platform", "Platform at work by end of 2032"),
    )
    found = extract_document(Document("plan.txt", None, (DocumentBlock("table", "", rows=rows),)))
    read = [(t.operator, t.value, t.unit, t.year) for t in found.targets if t.value is not None]
    assert read == [(">=", 30.0, "methods", 2034), ("<=", -25.0, "%", 2033)]
    dated = (("Action", "Target date"), ("Open 4 schools", "May 2034"), ("Pave 20 km of roads", "2035"))
    found = extract_document(Document("plan.txt", None, (DocumentBlock("table", "", rows=dated),)))
    assert [(t.value, t.year) for t in found.targets] == [(4.0, 2034), (20.0, 2035)]


@pytest.mark.parametrize(
    "line",
    [
        "Table 6-1 outlines more traits of the economy as they are to be in 2034.",
        "Exhibit 16 shows how the Office will be organised by 2034.",
        "1.1.1Increased yields of barley by 2034",
        "2.8 Ensure prudence of spending 2.4 Enhance care 2.5 Improve offices by 2034",
        "Improve soils by 2034: The Gazette 382 (9890): 427–451.",
        "Increase care by 2034. Jul; 26(5):378-85.",
        "Proportion of cases of flu among under five treated in clinics by 2034",
        "% of women who attend care visit 2+ by staff by 2034",
        "Every extra 5 kg of weight increases the risk of illness by 52% by 2034.",
        "By 2050, the population would have been approximately 400,000.",
        "Raise incomes of those who live below the poverty line (USD 1.25 per day) by 2034.",
    ],
)
def test_numbers_of_parts_pages_ages_and_things_that_are_no_aims_give_none(line: str) -> None:
    assert values(line) == []


def test_an_amount_behind_the_number_of_its_output_is_no_time_of_day() -> None:
    assert values("Output 2:20,000 ha of terraces built by 2034 for 40,000 homes") == [(20000.0, 2034), (40000.0, 2034)]


@pytest.mark.parametrize(
    "caption",
    [
        "Table 12-1: Estimate of Resources, 2033-2035 (K million)",
        "Table 3: Indicative Recurrent Budget for Ministries, 2033-2035 (million Riels)",
        "Table 4: Capital Investment Required to Achieve the Growth (USD million)",
        "Table 5: Resource Mobilisation for Public Works (million Taka)",
    ],
)
def test_a_table_of_what_is_needed_in_money_has_no_targets(caption: str) -> None:
    rows = (("Sector", "2033", "2035"), ("Crops", "64,510", "66,552"), ("Mining", "4,510", "6,552"))
    blocks = (DocumentBlock("paragraph", caption), DocumentBlock("table", "", rows=rows))
    found = extract_document(Document("plan.txt", None, blocks))
    assert not found.targets
    assert {entry.reason for entry in found.left_out if "Crops" in entry.text} == {"funding"}


def test_what_would_have_been_cut_by_a_year_is_an_aim() -> None:
    assert values("Losses would have been reduced from 23% today to 10% in 2034.") == [(10.0, 2034)]


@pytest.mark.parametrize("period", ["2033/34-2037/38", "2034-2038", "2034-38"])
def test_steps_below_a_period_of_as_many_years_have_their_own_with_a_letter_set_apart_too(period: str) -> None:
    head = ("Indicator", "Baseline", f"Targets {period}", "", "", "", "")
    rows = (
        head,
        ("", "", "Yr 1", "Yr 2", "Yr 3", "Y r4", "Yr 5"),
        ("Projects in hand", "2", "3", "8", "10", "11", "12"),
    )
    found = extract_document(Document("plan.txt", None, (DocumentBlock("table", "", rows=rows),)))
    values = zip((3.0, 8.0, 10.0, 11.0, 12.0), range(2034, 2039), strict=True)
    assert [(t.value, t.year, t.indicator) for t in found.targets] == [(*value, "Projects in hand") for value in values]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("The country plans to reduce GHG emissions up to 14% by 2035.", [("change_pct", ">=", -14.0)]),
        ("A wind farm of 25-40 MW will be set up at the cape.", [("level", ">=", 25.0), ("level", "<=", 40.0)]),
        (
            "A cut of 16% by 2035; equivalent to an estimated mitigation level of 1.9 million tonnes in that year.",
            [("change_pct", "=", -16.0), ("change_abs", "=", -1.9e6)],
        ),
    ],
)
def test_what_a_work_or_a_cut_amounts_to(text: str, read: list[tuple[str, str, float]]) -> None:
    found = extract_targets(f"# Targets\n\n{text}\n")
    assert [(t.kind.value, t.operator, t.value) for t in found if t.value is not None] == read


def test_the_month_of_a_date_is_no_value() -> None:
    assert values("Reach 40 ports by 12/2033.") == [(40.0, 2033)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Cut road deaths due to speeding by 40% by 2036.", "road deaths due to speeding"),
        ("The plant is due to supply 400 MW by 2036.", "plant supply"),
    ],
)
def test_what_is_due_to_something_stays_in_the_name(text: str, name: str) -> None:
    (target,) = extract_targets(f"# Targets\n\n{text}\n")
    assert target.indicator == name
