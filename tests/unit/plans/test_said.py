"""An aim is said: by a word, by a year that lies ahead, or by what introduces it; money, forecasts and sizes are none."""

import pytest

from isthmus.plans.document import Document, DocumentBlock
from isthmus.plans.plan import Target
from isthmus.plans.statements import SIZE
from isthmus.readers.documents.plans import extract_document, extract_targets


def numbers(text: str) -> list[float | None]:
    return [t.value for t in extract_targets(text, "en", reported=2024) if t.value is not None]


def read(*blocks: tuple[str, str]) -> tuple[Target, ...]:
    document = Document("plan.txt", None, tuple(DocumentBlock(kind, text) for kind, text in blocks))  # type: ignore[arg-type]
    return extract_document(document, "en", reported=2024).targets


@pytest.mark.parametrize(
    "text",
    [
        "Out of 61,000 dwellings, more than 14,000 require a new roof.",
        "This week we closed 8,412 fraudulent accounts, valued at 95 million dollars.",
        "An overall cut of 21 percent results from the measures of the members.",
    ],
)
def test_a_sentence_without_any_word_of_an_aim_is_a_fact(text: str) -> None:
    assert numbers(text) == []


def test_what_says_nothing_is_what_its_list_or_its_heading_is() -> None:
    items = [("item", "- 40 percent of new buses electric"), ("item", "- 12 percent of freight by rail")]
    assert [t.value for t in read(("paragraph", "The city will reach:"), *items) if t.value] == [40.0, 12.0]
    assert read(("paragraph", "The fleet consists of the following:"), *items) == ()
    assert [t.value for t in read(("heading", "Targets for transport"), *items) if t.value] == [40.0, 12.0]


@pytest.mark.parametrize(
    "text",
    [
        "The measure will cost an additional 12 million dollars a year.",
        "Each family will receive 300 dollars in March.",
        "We forecast growth of 3 percent in the coming year.",
        "The population of the region is expected to grow to 18 million by 2030.",
        "The valley has the potential to raise yields by 30 percent.",
        "About 80 percent of residents support the goal of clean power.",
    ],
)
def test_money_spent_forecasts_and_surveys_are_no_aims(text: str) -> None:
    assert numbers(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The 7NDP will be carried out by the ministries.", []),
        ("The two members will raise output to 45 tonnes.", [45.0]),
        ("We will help all 27 districts to connect 300 schools.", [300.0]),
        ("To do so we will 1) open 40 clinics and 2) train 900 nurses.", [40.0, 900.0]),
        ("We will build a hall at a cost of 30 million dollars with 600 seats.", [600.0]),
        ("The levy for R1 permits will rise to 700 dollars.", [700.0]),
        ("Warming needs to be limited to 1,5 °C.", [1.5]),
        ("The works will rest on five areas.", []),
        ("We will raise the present share, which stands at 8 percent.", []),
        ("Payouts will go to workers aged 30 to 34 so that they can save.", []),
    ],
)
def test_figures_that_only_tell_which_things_are_meant_are_no_values(text: str, values: list[float]) -> None:
    assert numbers(text) == values


def test_large_figures_in_mt_are_tonnes() -> None:
    (target,) = extract_targets("The catch will rise to 214,600 MT by 2030.", "en", reported=2024)
    assert (target.value, target.unit) == (214600.0, "t")


def test_figures_of_years_of_reports_are_no_aims_unless_most_would_be() -> None:
    late = [("paragraph", f"Exports will reach {n} million dollars by 2030.") for n in (50, 60)]
    early = ("paragraph", "The plan was to cut waste to 70 tonnes by 2015.")
    title = ("heading", "Development Plan 2025-2030")
    assert [t.value for t in read(title, *late, early) if t.value] == [50e6, 60e6]
    assert [t.value for t in read(title, early)] == [70.0]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Reduce greenhouse gas emissions 80% by 2050.", [("change_pct", -80.0, 2050, "down")]),
        ("A target of 30% community-wide energy reduction by 2035.", [("change_pct", -30.0, 2035, "down")]),
        (
            "Increase the rate of reuse from 3% to 10% by 2027, and 40% by 2050.",
            [("level", 10.0, 2027, "up"), ("level", 40.0, 2050, "up")],
        ),
        ("The town set a goal to reduce energy use 15% by 2035.", [("change_pct", -15.0, 2035, "down")]),
        ("Cut waste by 20% by 2030 from a 2006 baseline year.", [("change_pct", -20.0, 2030, "down")]),
        ("Emissions of the plant were calculated to be 13,446 tons.", []),
        ("We will follow the 7% cap and our neighbour's 20% solar share.", []),
        ("0% 10% 20% 30% 40% will be shown.", []),
        ("The town is one of 290 towns that will work towards it.", []),
        ("See Code § 17-40-105 and 66:10 J. of Law pp. 20, which will apply by 2030.", []),
        ("Over 40 firms are members and follow a common standard.", []),
    ],
)
def test_changes_without_a_preposition_and_figures_of_others(
    text: str, found: list[tuple[str, float, int, str]]
) -> None:
    targets = [t for t in extract_targets(text, "en", reported=2024) if t.value is not None]
    assert [(t.kind.value, t.value, t.year, t.direction) for t in targets] == found


def test_works_under_way_ahead_are_aims_and_telephone_numbers_are_none() -> None:
    text = "In 2025 12,000 wagons are being procured for the northern line."
    assert numbers(text) == [12000.0]
    assert numbers("Tel: +260-211-252395") == []


@pytest.mark.parametrize(
    "text",
    [
        "The town equipped the two depots of line 4 with 60 chargers.",
        "Small firms contribute only 20 percent of exports.",
        "The dairy sells about 100 tonnes of cheese.",
        "Emissions of lorries are projected to rise to 17 percent of the total in 2030.",
        "It was estimated that traffic grows by 12 percent by 2035.",
        "The institute predicts that electric cars will be 30 percent of sales by 2030.",
        "Demand is expected to rise to 140 MW in 2030 unless new lines are built.",
        "A poll shows that 72 percent will buy a house by 2030.",
        "For instance, a neighbouring town will build 40 halls by 2030.",
        "Initially our target was to reach 5 million homes.",
        "Growth of farming may decrease by 5 percent in a dry decade.",
        "This share can increase to 25 percent with support from abroad.",
        "If the sea rises by 100 cm, nearly 39 percent of the delta will be under water.",
        "Parties pursue efforts to hold warming to 1.5 °C above pre-industrial levels.",
        "Projections for transport: 528 million tonnes in 2030.",
        "The score ranges from 5 to 80.",
        "We will help workers in the bottom half of the income ladder.",
        "We must change what was built 20 to 30 years ago.",
        "We are committed to lead by example despite a share of 0.006% in emissions.",
        "Baseline emissions expected to decrease from 3,350 Gg in 2015 to 3,020 Gg in 2030.",
        "Demand would double by 2040 under the business as usual scenario.",
        "The storm, which resulted in damages of 900 million dollars, will be remembered.",
        "The economy is expected to shrink by 20 percent.",
        "The estimated cost of the planned activities is 15 million dollars.",
        "The utility met its goal of 33 percent clean power for 2030.",
        "Ridership is above the target of a 15 percent increase by 2030.",
        "We will also treat waste from 300 households.",
        "Trains will offer double benefits for travellers.",
    ],
)
def test_a_verb_of_the_past_or_of_a_forecast_is_known_by_its_form(text: str) -> None:
    assert numbers(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("We will raise the cap on grants to 70 percent [please refer to Annex A-5].", [70.0]),
        ("The term refers to plants of at least 40 MW by 2030.", []),
        ("The goal for homes is projected to be 9,000 flats by 2030.", [9000.0]),
        ("This includes the delivery of 9,000 homes.", [9000.0]),
        ("We will raise the number of homes renovated a year to 5,000.", [5000.0]),
        ("We will keep costs from exceeding 4 percent.", [4.0]),
        ("No more than 3% of pupils may drop out of school.", [3.0]),
        ("Having exceeded the targets, we will train 40 nurses.", [40.0]),
        ("The plan will see cycling journeys double over the next six years.", [2.0]),
    ],
)
def test_what_only_looks_like_a_fact_is_an_aim(text: str, values: list[float]) -> None:
    assert numbers(text) == values


@pytest.mark.parametrize(
    "text",
    [
        "3 Declaration on clean transport, June 2031",
        "- 1.7. Roads and bridges to be built",
        "Tables 11.1 and 11.2 describe what will be reached.",
        "Strategy of the county, pg 55 (2031)",
        "ISBN 978-87-94224-28-4 to be published in 2031",
        "- <3 yrs; MT 3-6 yrs",
        "Savings: 1,900 kWh a year * 5 percent * $0.04 = $380 by 2030",
        "The council will launch 14 flagship initiatives.",
        "1 Setting up patrols 2 Implementing the safe city plan",
        "The targets are as follows: (cid:120) clean air",
    ],
)
def test_numbers_of_notes_headings_references_and_sums_are_no_aims(text: str) -> None:
    assert numbers(text) == []


def test_a_number_in_front_of_a_unit_or_under_aims_is_none_of_a_heading() -> None:
    assert numbers("100 Percent of buses electric by 2035") == [100.0]
    assert numbers("100 MW plant by 2034") == [100.0]
    found = read(("heading", "Targets"), ("item", "- 50 Champions trained"))
    assert [t.value for t in found] == [50.0]


def test_a_start_value_may_be_called_a_level() -> None:
    (found,) = extract_targets("Capacity is to rise from current levels of approximately 6,800 to 12,000 seats.", "en")
    assert (found.value, found.base_value) == (12000.0, 6800.0)


@pytest.mark.parametrize(
    ("text", "reason", "left"),
    [
        ("We will raise output to 12 t, while exports were 7 t in 2020.", "fact", "exports were 7 t in 2020"),
        (
            "By 2030 output will be 400 t, but demand is projected to be 900 t.",
            "forecast",
            "demand is projected to be 900",
        ),
        ("We will double output, but the mine costs 40 million dollars.", SIZE, "the mine costs 40 million dollars"),
        (
            "The town has 47 other parks along the road.",
            "figures without a target",
            "The town has 47 other parks along",
        ),
    ],
)
def test_every_figure_that_is_no_target_is_left_out_with_its_reason(text: str, reason: str, left: str) -> None:
    extraction = extract_document(Document("plan.txt", None, (DocumentBlock("paragraph", text),)), "en", reported=2024)
    assert [(e.reason, e.text.startswith(left)) for e in extraction.left_out] == [(reason, True)]


@pytest.mark.parametrize("opening", ["By 2030 the county will achieve the following.", "By 2030, we will"])
def test_a_line_without_a_colon_that_announces_a_list_gives_its_year(opening: str) -> None:
    items = [("item", "- Build 40 clinics"), ("item", "- 300 km of roads paved")]
    assert [(t.value, t.year) for t in read(("paragraph", opening), *items) if t.value] == [(40.0, 2030), (300.0, 2030)]


def test_a_bracket_stands_between_a_cut_and_its_percentage() -> None:
    found, amount = extract_targets("We commit to a 13% (16 Gg) reduction in emissions by 2030 compared to 2006.", "en")
    assert (found.kind.value, found.value, found.base_year) == ("change_pct", -13.0, 2006)
    assert (amount.kind.value, amount.value, amount.unit) == ("change_abs", -0.016, "Mt")
    (words,) = extract_targets("We commit to a 13% (16 parts) reduction in emissions by 2030 compared to 2006.", "en")
    assert (words.kind.value, words.value) == ("change_pct", -13.0)


@pytest.mark.parametrize(
    "text",
    [
        "In the business-as-usual (BAU) scenario the emissions of the region in 2031 will be 66.4 million tonnes.",
        "The BAU emissions baseline, forests included, is 66.4 million tonnes in 2031.",
        "Together transport and farming make up 71 percent of emissions in 2031 under business as usual.",
    ],
)
def test_what_comes_without_the_plan_is_no_aim(text: str) -> None:
    assert numbers(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("We will cut emissions by 21 percent in 2031 compared to BAU.", -21.0),
        ("We will hold emissions 21 percent below the BAU scenario by 2031.", -21.0),
    ],
)
def test_what_the_plan_saves_against_it_is_one(text: str, value: float) -> None:
    assert numbers(text) == [value]


def test_units_in_words_may_be_written_apart() -> None:
    made = extract_targets("Reach 2,600 Mega Watts and save 3 million tons carbon dioxide equivalent by 2031.", "en")
    assert [(t.value, t.unit) for t in made] == [(2600.0, "MW"), (3e6, "tCO2")]


def test_a_figure_without_a_word_names_nothing_also_under_aims_and_is_no_statement() -> None:
    assert read(("heading", "Targets"), ("item", "- <3 yrs; MT 3-6 yrs")) == ()
    document = Document("plan.txt", None, (DocumentBlock("paragraph", "7,352 10,760"),))
    extraction = extract_document(document, "en", reported=2024)
    assert [left.reason for left in extraction.left_out] == ["names nothing"]


def test_gigagrams_are_kilotonnes() -> None:
    (found,) = extract_targets("Emissions will fall by 9 Gg CO2 eq. by 2031.", "en")
    assert (found.value, found.unit) == (-0.009, "MtCO2")


@pytest.mark.parametrize(
    ("text", "aims"),
    [
        ("Strengthening of the inspection of dams", 1),
        ("Limited strength of the inspection of dams", 0),
        ("Increased risk of landslides along the coast", 0),
        ("The dams protect the villages and are inspected every spring.", 0),
        ("This chapter presents what will be done for the villages.", 0),
        ("To reach these goals the district will:", 0),
        ("The district will inspect its dams.", 1),
        ("Повышение надежности плотин", 1),
        ("Сведения о надежности плотин", 0),
        ("Плотины позволяют защитить посёлки от паводков.", 0),
        ("(в ред. Постановления администрации от 12.03.2031 N 17)", 0),
        ("Плотины укреплять, не прерывая движения.", 1),
    ],
)
def test_words_without_a_number_are_an_aim_only_where_they_want_something(text: str, aims: int) -> None:
    assert len(extract_document(Document("plan.txt", None, (DocumentBlock("paragraph", text),))).targets) == aims
