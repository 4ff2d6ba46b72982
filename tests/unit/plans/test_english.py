"""What new English plans showed, batch by batch: each case is a sentence of our own in the form that a plan had."""

import pytest

from isthmus.readers.documents.plans import extract_targets

Row = tuple[str, str, float, int | None, int | None, float | None, str]


def rows(text: str) -> list[Row]:
    found = extract_targets(text, with_words=False, reported=2024)
    return [(t.kind.value, t.operator, t.value or 0.0, t.year, t.base_year, t.base_value, t.direction) for t in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "- Raise the mean wage of a household from RM5,200 to RM6,900.",
            [("level", "=", 6900.0, None, None, 5200.0, "up")],
        ),
        ("The state plans exports worth N45.5 billion by 2031.", [("level", "=", 45.5e9, 2031, None, None, "")]),
        (
            "The plan is to reach an average income of KSh90,000 (US$700) by 2031.",
            [("level", "=", 90000.0, 2031, None, None, "")],
        ),
        ("- Elevating the share of trained staff to 80 %.", [("level", "=", 80.0, None, None, None, "up")]),
        (
            "Reduce wasting to 9 % and underweight to 6 % by 2031.",
            [("level", "=", 9.0, 2031, None, None, "down"), ("level", "=", 6.0, 2031, None, None, "down")],
        ),
        (
            "6.5 to 7.5 % growth of exports a year by 2031.",
            [("growth", ">=", 6.5, 2031, None, None, "up"), ("growth", "<=", 7.5, 2031, None, None, "up")],
        ),
        ("Energy use is to fall by 1.5 %/year.", [("growth", "=", -1.5, None, None, None, "down")]),
    ],
)
def test_money_lists_and_bounds(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "We will cut 2035 emissions by 40 % compared with 2010.",
            [("change_pct", "=", -40.0, 2035, 2010, None, "down")],
        ),
        (
            "The aim is to reduce poverty to 12 % from 20 %, and to bring inflation down to 5 % from 8 %.",
            [("level", "=", 12.0, None, None, 20.0, "down"), ("level", "=", 5.0, None, None, 8.0, "down")],
        ),
        (
            "The plan includes raising the index to 0.65 from 0.6 and the share of schools to 78 % from 76 %.",
            [("level", "=", 0.65, None, None, 0.6, "up"), ("level", "=", 78.0, None, None, 76.0, "up")],
        ),
    ],
)
def test_what_belongs_to_which_member(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "85 % of permits will be issued online by 2031 from 30 % in 2022.",
            [("level", "=", 85.0, 2031, 2022, 30.0, "up")],
        ),
        (
            "The state commits to a 60 % cut in waste by 2030 and 72 % by 2035, compared to 2005 levels.",
            [
                ("change_pct", "=", -60.0, 2030, 2005, None, "down"),
                ("change_pct", "=", -72.0, 2035, 2005, None, "down"),
            ],
        ),
        (
            "At least 400,000 boilers should be renewed in homes and offices each year by 2030, and up to 1.2 million by 2035.",
            [("level", ">=", 400000.0, 2030, None, None, ""), ("level", "<=", 1.2e6, 2035, None, None, "")],
        ),
        (
            "The share will rise from the current 47, 5 percent to 60 percent.",
            [("level", "=", 60.0, None, None, 47.5, "up")],
        ),
        ("The plan will bring 1, 75,000 MW of wind power by 2031.", [("level", "=", 175000.0, 2031, None, None, "")]),
        ("Exports are to reach USD 350 Millions by 2031.", [("level", "=", 350e6, 2031, None, None, "")]),
        ("Emissions are to fall by 4000tns a year.", [("change_abs", "=", -4000.0, None, None, None, "down")]),
        (
            "The aim is to reduce the emissions of traffic with 40% by 2035.",
            [("change_pct", "=", -40.0, 2035, None, None, "down")],
        ),
        (
            "Emissions per head will fall to $1,4\\mathrm{tCO}_{2}\\mathrm{e}$ by 2032.",
            [("level", "=", 1.4, 2032, None, None, "down")],
        ),
        (
            "A target of 6 lakh groups up to March 31, 2031 has been set for banks.",
            [("level", "=", 6e5, 2031, None, None, "")],
        ),
    ],
)
def test_start_values_later_members_and_broken_numbers(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


def test_a_text_whose_years_are_all_over_was_written_before_them() -> None:
    lines = ("The deficit will be below 4 % in 2016.", "Forests are to cover 42 % by 2018.", "Losses: 9 % by 2018.")
    found = extract_targets("\n".join(lines), with_words=False)
    assert [(t.operator, t.value, t.year) for t in found] == [("<", 4.0, 2016), ("=", 42.0, 2018), ("=", 9.0, 2018)]


@pytest.mark.parametrize("opening", ["The main points of the programme are:", "Key performance indicators"])
def test_a_list_of_a_programme_holds_aims(opening: str) -> None:
    (target,) = extract_targets(f"{opening}\n- Supply of power, from 120 MW to 560 MW.", with_words=False)
    assert (target.value, target.base_value) == (560.0, 120.0)


def test_a_growth_in_front_of_a_comma_is_not_what_the_target_measures() -> None:
    (target,) = extract_targets(
        "With low GDP growth and weak taxes, the target of 3.9 percent fiscal deficit is daunting."
    )
    assert (target.kind, target.value) == ("level", 3.9)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The plan has targets to attain 6.5 percent GDP growth and reduce the rate of illness to 12 percent by 2031.",
            [("growth", "=", 6.5, 2031, None, None, "up"), ("level", "=", 12.0, 2031, None, None, "down")],
        ),
        (
            "The aim is to have 80,000 zero-emission vans and 2,500 zero-emission lorries by 2031.",
            [("level", "=", 80000.0, 2031, None, None, ""), ("level", "=", 2500.0, 2031, None, None, "")],
        ),
        (
            "The way to reach the 80 % emissions cut by 2041, compared to 1995 levels, is open.",
            [("change_pct", "=", -80.0, 2041, 1995, None, "down")],
        ),
        (
            "The goal is defined as a 70 % reduction from the 1995 emission level.",
            [("change_pct", "=", -70.0, None, 1995, None, "down")],
        ),
        (
            'Under its "40 by 32" plan, the island will produce 25 % of its food by 2031.',
            [("level", "=", 25.0, 2031, None, None, "")],
        ),
        (
            "We will have 14.5 beds for each 10,000 people by 2031.",
            [("level", "=", 14.5, 2031, None, None, "")],
        ),
        ("Pupils must not become eight years old before they enter a class of 30 children.", []),
    ],
)
def test_clauses_sizes_and_years_of_others(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "We are reducing hunger from existing 45 percent to less than 15 percent by 2031.",
            [("level", "<", 15.0, 2031, None, 45.0, "down")],
        ),
        ("Become one of the largest 20 economies.", [("rank", "<=", 20.0, None, None, None, "")]),
        ("- Guarantee at least 60 % of the funds for schools.", [("level", ">=", 60.0, None, None, None, "")]),
        ("- An additional 3900 nurses", [("cumulative", "=", 3900.0, None, None, None, "up")]),
        ("- Fast-track 15 new tram lines", [("level", "=", 15.0, None, None, None, "")]),
        ("- Share of girls in schools: from 43 % to 90 %", [("level", "=", 90.0, None, None, 43.0, "up")]),
        (
            "They have promised to hire an additional 2,900 doctors.",
            [("cumulative", "=", 2900.0, None, None, None, "up")],
        ),
        ("The aim is to keep a workforce of 24,000.", [("level", "=", 24000.0, None, None, None, "")]),
        (
            "Key initiatives include improving access to water for 85 % of the people.",
            [("level", "=", 85.0, None, None, None, "up")],
        ),
        (
            "It is planned to provide all settlements with one hundred percent clean water by 2031.",
            [("level", "=", 100.0, 2031, None, None, "")],
        ),
        (
            "An additional 250 pocket areas of farming will be developed in the coming year.",
            [("cumulative", "=", 250.0, None, None, None, "up")],
        ),
        (
            "Target: Cut total solid waste that goes to the landfill by 45 % from 2009 levels.",
            [("change_pct", "=", -45.0, None, 2009, None, "down")],
        ),
        (
            "We will cut waste by 15 % from 2012 to 2031.",
            [("change_pct", "=", -15.0, 2031, 2012, None, "down")],
        ),
        ("Despite less wear of pipes, from 65 % to 57 %, losses remain high.", []),
        ("Exports of the state, 40 million tons.", []),
    ],
)
def test_aims_without_a_verb_and_with_verbs_of_their_own(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


def test_a_start_value_right_in_front_of_its_target_does_not_go_back() -> None:
    found = extract_targets(
        "The plan targets 5.5 percent growth a year, from 40,000 dollars in 2023 to 55,000 dollars in 2031."
    )
    assert [t.base_value for t in found] == [None, 40000.0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "(iv) Raise the number of nursery vouchers by 300 to 2 100 by 2031.",
            [("change_abs", "=", 300.0, 2031, None, None, "up"), ("level", "=", 2100.0, 2031, None, None, "up")],
        ),
        (
            "The city will raise the quota by 20 to 25 places a year.",
            [("change_abs", ">=", 20.0, None, None, None, "up"), ("change_abs", "<=", 25.0, None, None, None, "up")],
        ),
        (
            "To lift the share of exports in output from less than 2 % to 9 %.",
            [("level", "=", 9.0, None, None, 2.0, "up")],
        ),
        (
            "The programme provides for raising the share of rail in the carriage of goods across the whole of the country "
            "from about 12 % to 30 %.",
            [("level", "=", 30.0, None, None, 12.0, "up")],
        ),
        (
            "The aim is to climb from our current position of 41 to the top 20 countries for ease of trade.",
            [("rank", "<=", 20.0, None, None, 41.0, "")],
        ),
        (
            "To raise foreign trade from 40 % to the international level of 55 % of output.",
            [("level", "=", 55.0, None, None, 40.0, "up")],
        ),
        (
            "To increase spending on research from the current level of 1.2 % to 3 %.",
            [("level", "=", 3.0, None, None, 1.2, "up")],
        ),
        (
            "Renewables should give 44-46 % of power in 2031, up from the current target of 30-32 %.",
            [("level", ">=", 44.0, 2031, None, 30.0, "up"), ("level", "<=", 46.0, 2031, None, 32.0, "up")],
        ),
    ],
)
def test_a_change_and_its_level_and_a_start_value_with_a_bound_are_told_apart(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We are aiming to install 7,500 more.", [("cumulative", "=", 7500.0, None, None, None, "up")]),
        (
            "The council has adopted a goal of cutting noise by a quarter compared with 2019.",
            [("change_pct", "=", -25.0, None, 2019, None, "down")],
        ),
        (
            "The programme was approved in 2022 and sets three targets: 60 % of roofs carry panels in 2032; losses of water "
            "are reduced by 4,000 tonnes; and composting is doubled.",
            [
                ("level", "=", 60.0, 2032, None, None, ""),
                ("change_abs", "=", -4000.0, 2032, None, None, "down"),
                ("multiple", "=", 2.0, 2032, None, None, "up"),
            ],
        ),
        (
            "We aim to offer jobs to an additional million workers by 2032.",
            [("level", "=", 1e6, 2032, None, None, "")],
        ),
        ("Over the period ahead 18 theatres will undergo repair.", [("cumulative", "=", 18.0, None, None, None, "")]),
        ("Forty-two clinics will be fully operational by March 2032.", [("level", "=", 42.0, 2032, None, None, "")]),
        (
            "Thirty of these depots will have been built by the end of the term.",
            [("level", "=", 30.0, None, None, None, "")],
        ),
        ("Marked reductions in noise by at least 30 %.", [("change_pct", "<=", -30.0, None, None, None, "down")]),
        ("To more than triple the number of listed houses.", [("multiple", ">", 3.0, None, None, None, "up")]),
        (
            "Emissions will fall by 40 % by 2032 compared to the reference year 2008.",
            [("change_pct", "=", -40.0, 2032, 2008, None, "down")],
        ),
        ("The port fee is to be no larger than 15 %.", [("level", "<=", 15.0, None, None, None, "")]),
        (
            "Last year, we increased sales by 12 percent, and we plan to continue opening new lines.",
            [],
        ),
    ],
)
def test_works_to_come_and_aims_that_a_sentence_opens_with(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "# Objective 6: attract talent\n\nWe will open laboratories.\n\n"
        "# Share of researchers in the workforce of seven economies, in percent of all who work there, on average.\n\n"
        "- Northland: 0.69 %\n- Southland: 0.66 %\n",
        "Consultants estimated that robots will add 353 billion dollars to output by 2031.",
        "It is expected by 2031 that the number of callers will reach 1.5 billion.",
        "The economies of the region are strong. Our economies are expected to grow by six percent in 2031.",
        "The adopted plan should take effect from the 14th of December 2026.",
    ],
)
def test_lists_behind_another_heading_forecasts_and_dates_are_no_aims(text: str) -> None:
    assert rows(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Of the clinics, 40 will be staffed. Of these, 2,500 will be set up by 2031.", [40.0, 2500.0]),
        ("120 weirs will have been refitted by 2031.", [120.0]),
        ("120 owners will be affected by 2031.", []),
        ("The scheme envisions setting up 130 new clusters.", [130.0]),
        ("- Ringfence at least 12 % of new homes for the disabled.", [12.0]),
        ("- Supplying 40 clinics with water.", [40.0]),
        ("300,000 more people will travel by other means.", [300000.0]),
        ("The fleet will consist of 320 electric buses.", [320.0]),
        ("We will hand over 14,000 flats to young families.", [14000.0]),
        ("The goal is to raise daily use to 80,000 by Census 2031.", [80000.0]),
        ("Renewable sources are to supply 70% of the grid, 2000 megawatts, by 2031.", [70.0, 2000.0]),
        ("The strength of the force will be raised by a further 2,000.", [2000.0]),
    ],
)
def test_works_are_counted_by_many_verbs(text: str, expected: list[float]) -> None:
    assert [row[2] for row in rows(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We will raise the claims limit to EUR 8,000.", ("=", 8000.0, "up")),
        ("We will limit the fee to EUR 80.", ("<=", 80.0, "")),
        ("The income of a visitor will be increased up to 500 dollars.", ("=", 500.0, "up")),
        ("We will hand over 14,000 flats to young families.", ("=", 14000.0, "")),
    ],
)
def test_words_that_look_like_a_bound_are_none(text: str, expected: tuple[str, float, str]) -> None:
    assert [(row[1], row[2], row[6]) for row in rows(text)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Even though 46 percent of families own their homes, we will build more.",
        "With over 55 percent of graduates being female, we will go on to develop their talents.",
        "There will be support for lone parents, which accounts for nearly 60% of all, and for those that make up 12 %.",
        "There must be no third wave of closures, and a third wave will be prevented.",
        "By other means, we will help the city.",
    ],
)
def test_clauses_that_tell_how_things_are_hold_no_target(text: str) -> None:
    assert rows(text) == []


def test_a_figure_with_a_mark_of_a_note_is_a_start_value() -> None:
    table = "| Homes | 2024 | 2028 | 2030 |\n| Private homes | 24,600* | 26,500 | 30,000 |\n"
    assert [(row[2], row[3], row[5]) for row in rows(table)] == [(26500.0, 2028, 24600.0), (30000.0, 2030, 24600.0)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norland looks to attract at least 50 million anglers and serve 160 million hikers.", [50e6, 160e6]),
        ("The governor wants 300 ferries on the river over the coming decade.", [300.0]),
        ("The scheme was launched with a commitment to create 132,000 berths for young sailors.", [132000.0]),
        ("The plan is designed to bring a rise in the share of anglers from 54% to 58%.", [58.0]),
        ("He added that the port would focus on increasing output by 2 percent a year.", [2.0]),
        ("- Average annual output of the port increases by 7.0 - 7.5%.", [7.0, 7.5]),
        ("- 50% reduction of the use of coal", [-50.0]),
        ("The credit leads to the buildout of at least 20 gigawatts of lines.", [20.0]),
        ("Harland would strive to forge five industries and to nurture 12 clusters.", [5.0, 12.0]),
        ("Manage the lawns so that at least 25% of the surface consists of flowers.", [25.0]),
        ("The port is to bring in Dh450 billion in 2031.", [450e9]),
        ("Remove 20 MMT of carbon by 2031.", [20.0]),
        ("The plan is to build a network of 200 cool lanes by 2031.", [200.0]),
        (
            "The agency plans to plant 12mn hectares (29.6mn acres) to meet its target under the Paris Agreement.",
            [12e6],
        ),
        ("- Baseline value: 12 harbours.", []),
        ("The law bars lorries (>3.5 tonnes) from the centre by 2031.", []),
        ("Reports indicate that in 2031 over 2m birds died.", []),
        ("It took over 55 years for the economy to add 1 trillion dollars.", []),
    ],
)
def test_press_prose_about_plans(text: str, expected: list[float]) -> None:
    assert [row[2] for row in rows(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The plan seeks to achieve 4 percent agriculture sector growth.", ("growth", "=", None)),
        ("The plan aims at a minimum average yearly growth of 9.4 per cent.", ("growth", ">=", None)),
        ("The fee is currently USD 150, and it will be increased to USD 500.", ("level", "=", 150.0)),
        ("Install 6 million pumps, scaling up to 7 million.", ("level", "=", None)),
    ],
)
def test_press_prose_in_every_field(text: str, expected: tuple[str, str, float | None]) -> None:
    assert (rows(text)[-1][0], rows(text)[-1][1], rows(text)[-1][5]) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The law aims at 1) carrying out the treaty, 2) reducing losses of water by 20 % by 2035.",
            [("change_pct", "=", -20.0, 2035, None, None, "down")],
        ),
        (
            "By 2035 emissions of the port cannot exceed 75 % of the total emissions of 1990.",
            [("level", "<=", 75.0, 2035, 1990, None, "")],
        ),
        (
            "The plan aims for a 23 % energy cut in homes and 38 % in offices.",
            [
                ("change_pct", "=", -23.0, None, None, None, "down"),
                ("change_pct", "=", -38.0, None, None, None, "down"),
            ],
        ),
        (
            "The ambition is to achieve 80 % reduction on our way to neutrality by 2040.",
            [("change_pct", "=", -80.0, 2040, None, None, "down")],
        ),
        (
            "The port must reach the minimum of 60 % reduction by 2035.",
            [("change_pct", "<=", -60.0, 2035, None, None, "down")],
        ),
        (
            "The target is to cut waste by 40 % of the waste generated in 2019.",
            [("change_pct", "=", -40.0, None, 2019, None, "down")],
        ),
        (
            "The goal is to reduce scope 1 emissions of the reference year 1990 by at least 80 % by 2035.",
            [("change_pct", "<=", -80.0, 2035, 1990, None, "down")],
        ),
        ("The town plans to lay 8 100 m of mains by 2035.", [("level", "=", 8100.0, 2035, None, None, "")]),
        (
            "- **Works:** Complete the **repair** of at least 10 libraries.",
            [("level", ">=", 10.0, None, None, None, "")],
        ),
        (
            "Roads of 40 km and 5m wide will be built, with a 55 % CO2-emissions reduction by 2035.",
            [
                ("level", "=", 40.0, 2035, None, None, ""),
                ("level", "=", 5.0, 2035, None, None, ""),
                ("change_pct", "=", -55.0, 2035, None, None, "down"),
            ],
        ),
        ("# Targets of the port\n\n- 40 % of cargo by rail", [("level", "=", 40.0, None, None, None, "")]),
        ("Emissions of cars are to fall to 95 g CO2/km by 2035.", [("level", "=", 95.0, 2035, None, None, "down")]),
        ("The target is 2.1 tCO $_2$ e per capita by 2035.", [("level", "=", 2.1, 2035, None, None, "")]),
        (
            "The plan is to expand solar power by multiplying current output by 9 by 2035.",
            [("multiple", "=", 9.0, 2035, None, None, "up")],
        ),
        (
            "Cut losses by 53 % against 2019 by 2035, which at the same time means a cut by 80 % against 1990.",
            [
                ("change_pct", "=", -53.0, 2035, 2019, None, "down"),
                ("change_pct", "=", -80.0, 2035, 1990, None, "down"),
            ],
        ),
    ],
)
def test_climate_plans(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Art 9 stipulates that companies shall publish their use of water.",
        "The plan should be in line with the Fit for 55 targets of the union.",
        "Under a business as usual path, the need for water will rise to 28 billion litres by 2035.",
        "This scenario would raise incomes by 12 % by 2035.",
        "The plan comprises two cornerstone documents and is to be structured in three modules.",
        "OPEX: €600, to be paid by 2035.",
        "Date of signature: 14.03.2027, by the mayor.",
        "The group is to meet 2-4 times per year.",
        "Call 954-435-6520 to learn about the plan.",
        "By 2021 a cut of the emissions by 55 % has already been achieved.",
        "The Masterplan2035 was drawn up by 75 local experts.",
        "According to the inventory of the town, there are to be counted 750 thousand animals.",
        "It is said that the population of the town will reach 5 million in 2035.",
        "Renovating 60 schools could cut the use of heat by 30 %.",
        "# Targets of the port\n\nThe old quay of the port covers about 93 hectares beside the river.",
        "# Plan\n\n| Source | 2021 |\n|---|---|\n| Diesel fuel | 831 |\n| Gas | 1774 |\n",
    ],
)
def test_no_targets_of_climate_plans(text: str) -> None:
    assert rows(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Output of the port: 3.2 million tonnes in 2022; 5.5 million tonnes in 2030.",
            [("level", "=", 5.5e6, 2030, 2022, 3.2e6, "up")],
        ),
        (
            "Output of the port: 3.2 million tonnes in 2026; 5.5 million tonnes in 2030.",
            [("level", "=", 3.2e6, 2026, None, None, ""), ("level", "=", 5.5e6, 2030, None, None, "")],
        ),
        (
            "Output of the port: 3.2 million tonnes in 2022; of the mine: 5.5 million tonnes in 2030.",
            [("level", "=", 3.2e6, 2022, None, None, ""), ("level", "=", 5.5e6, 2030, None, None, "")],
        ),
        (
            "The city aims to cut losses of water by 30 % between 2026 and 2035.",
            [("change_pct", "=", -30.0, 2035, 2026, None, "down")],
        ),
    ],
)
def test_starts_with_a_year_of_their_own(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- 4.11.B02.06) Establishing 300 repair shops.", [("level", "=", 300.0, None, None, None, "")]),
        ("- 4.11.6 Raise the yearly catch above 9,000 tons.", [("level", ">", 9000.0, None, None, None, "up")]),
        ("- 4.5 million trees will be planted by 2031.", [("level", "=", 4.5e6, 2031, None, None, "")]),
        ("- School meals scheme to 100% coverage.", [("level", "=", 100.0, None, None, None, "")]),
    ],
)
def test_codes_in_front_and_aims_without_a_verb(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("- Reduce deaths of infants to 12/1000 live births.", 12.0, "per 1,000"),
        ("- Reduce cases of cholera to < 2/1 lakh.", 2.0, "per 100,000"),
        ("- Bring leprosy to below 1/10,000.", 1.0, "per 10,000"),
        ("- Reduce deaths of mothers to 40 per million births.", 40.0, "per 1,000,000"),
    ],
)
def test_ratios_with_a_stroke(text: str, value: float, unit: str) -> None:
    (target,) = extract_targets(text, with_words=False, reported=2024)
    assert (target.value, target.unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norland targets 5.8pc growth of exports next year.", [5.8]),
        ("The plan is to create 11-million berths by 2031.", [11e6]),
        ("The share of anglers should hover at 6.8 -7.2 percent.", [6.8, 7.2]),
        ("The goal is to reach a mean income of USD1,033 by 2031.", [1033.0]),
        ("Every 10,000 people are to have 3.3 boats.", [3.3]),
        ("The port is focused on quickly ramping up the share of tidal power to 9 percent.", [9.0]),
        ("Strongly developing the port; its share reaches 30 % of trade.", [30.0]),
        ("The goal is 5 million boats by 2031, up from a previous target of 1.5 million.", [5e6]),
        ("The group plans to double its fleet in less than 20 years.", [2.0]),
        ("The town sets a goal of 70 % by 2031, more than twice as large as the plans of its neighbours.", [70.0]),
        ("The plan introduces 17 bold measures for the port.", []),
        ("In a bay where 18 million people live, the plan is to lead the way.", []),
        ("The towns are to work together, and 12 of them have gone over to tidal power.", []),
        ("Norland attracted approximately USD320 billion.", []),
    ],
)
def test_further_press_prose_about_plans(text: str, expected: list[float]) -> None:
    assert [row[2] for row in rows(text)] == expected


def test_a_share_of_growth_is_a_level() -> None:
    assert [row[0] for row in rows("Skills are to contribute 50% of GDP growth.")] == ["level"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Mean income per capita of fishers: 41,000 yuan in 2023; 60,000 yuan in 2030.",
            [("level", "=", 60000.0, 2030, 2023, 41000.0, "up")],
        ),
        (
            "By 2031 at least 20 % of heat (4.5 % in 2022) and 60 % of power (31 % in 2022) are to be renewable.",
            [("level", ">=", 20.0, 2031, 2022, 4.5, "up"), ("level", "=", 60.0, 2031, 2022, 31.0, "up")],
        ),
        (
            "Today, 18 lakh hectares of forest are managed and by 2031, we will bring 30 lakh hectares into care.",
            [("level", "=", 3e6, 2031, None, 1.8e6, "up")],
        ),
        (
            "Losses of heat will be reduced by 12 % during the period 2021-2031.",
            [("change_pct", "=", -12.0, 2031, 2021, None, "down")],
        ),
        ("Credit for fishers will rise to Rs.42,000 crore by 2031.", [("level", "=", 4.2e11, 2031, None, None, "up")]),
        (
            "The towns agree on a target of an approx. 700 ton reduction by 2031.",
            [("change_abs", "~", -700.0, 2031, None, None, "down")],
        ),
    ],
)
def test_starts_in_brackets_and_of_today(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    "text",
    ["The allocation for all piers is Rs.3,100 crore.", "For 2026, this would amount to Rs.1,200 crore for the ports."],
)
def test_allocations_of_money_are_no_targets(text: str) -> None:
    assert rows(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- Ensure 1,700 fewer adults in hospital by 2031.", [("change_abs", "=", -1700.0, 2031, None, None, "down")]),
        ("- Ensure 400 more people at home by 2031.", [("change_abs", "=", 400.0, 2031, None, None, "up")]),
        ("Target: R2B by 2031", [("level", "=", 2e9, 2031, None, None, "")]),
        ("Raise exports to $2.5B by 2031.", [("level", "=", 2.5e9, 2031, None, None, "up")]),
        ("# Targets\nCurrent progress 8.2%", []),
        (
            "Raise the enrolment of children age 4+ and 5+ from 72 % to 80 % by 2031.",
            [("level", "=", 80.0, 2031, None, 72.0, "up")],
        ),
        (
            "Bring 70 % of the population within 400 meters of a stop by 2031.",
            [("level", "=", 70.0, 2031, None, None, "")],
        ),
        ("Achieve a 1.7:1 ratio of journey times by 2031.", [("level", "=", 1.7, 2031, None, None, "")]),
        (
            "Extend grants to 3 % of schools by 2031 compared to only 2 % of schools.",
            [("level", "=", 3.0, 2031, None, 2.0, "up")],
        ),
        ("- Maintain a Triple A credit rating", []),
        ("# Targets\n* Year-to-date: 1 Jan to 30 June 2031", []),
        ("Buy 12 new 6-car trains by 2031.", [("level", "=", 12.0, 2031, None, None, "")]),
    ],
)
def test_what_documents_of_five_kinds_showed(
    text: str, expected: list[tuple[str, str, float, int | None, int | None, float | None, str]]
) -> None:
    assert rows(text) == expected


def test_a_count_in_words_opens_an_item_of_a_list_of_aims() -> None:
    text = (
        "By 2031 the city will create new posts, including:\n- Two new planners and three new engineers for streets.\n"
    )
    assert [row[2] for row in rows(text)] == [2.0, 3.0]
    assert rows("Two new planners work on streets.") == []


def test_a_colon_behind_by_and_levels_fallen_below_leave_a_change() -> None:
    cut = [("change_pct", "=", -5.0, 2031), ("change_pct", "=", -9.0, 2036)]
    for text in (
        "The isles will reduce losses by: 5% by 2031 and 9% by 2036.",
        "The isles will reduce losses below 2024 levels by the following shares: 5% by 2031, 9% by 2036.",
    ):
        found = [t for t in extract_targets(text) if t.value is not None]
        assert [(t.kind.value, t.operator, t.value, t.year) for t in found] == cut, text


def test_the_number_of_a_milestone_with_a_colon_is_no_value() -> None:
    table = "| Milestone | Success indicators |\n| 3.1: Wide use | The tool has over 700 users. |"
    assert [t.value for t in extract_targets(f"Roadmap 2027-2031\n\n{table}")] == [700.0]


def test_savings_of_a_share_fall() -> None:
    (found,) = extract_targets("The works will achieve electricity savings of at least 15% by 2031.")
    assert (found.kind.value, found.operator, found.value, found.direction) == ("change_pct", "<=", -15.0, "down")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Increase staff to over 300 and turnover of £700 million by 2031.", [300.0, 7e8]),
        ("Give free bus travel to over 65s by 2031.", []),
        ("- Double cab cars pay a higher road tax by 2031", []),
        ("- Double-digit growth of exports by 2031", []),
        ("- Double exports of tea by 2031", [2.0]),
    ],
)
def test_a_size_behind_to_is_no_age_and_a_double_thing_no_multiple(text: str, values: list[float]) -> None:
    assert [row[2] for row in rows(text)] == values


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("Road plan", "Rs"),
        ("Road plan of Mauritius", "MUR"),
        ("Road plan of Punjab, India, beside Pakistan and India", "INR"),
        ("Road plan of Nepal and India", "Rs"),
    ],
)
def test_rupees_are_those_of_the_country_that_the_document_names_most(title: str, unit: str) -> None:
    (found,) = extract_targets(
        f"# {title}\n\nRaise yearly spending on roads to Rs 4 million by 2031.", with_words=False
    )
    assert found.unit == unit


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Investments of Rs 50,000 Cr will be attracted by 2031.", 5e11, "Rs"),
        ("Private investment will reach 20 MEUR in 2031.", 2e7, "EUR"),
        ("Private investment will reach 35 M€ in 2031.", 3.5e7, "EUR"),
        ("Exports of honey will reach 300 kEUR by 2031.", 3e5, "EUR"),
        ("Making the valley #1 in Asia in orchards by 2031", 1.0, "rank"),
    ],
)
def test_money_and_ranks_with_their_short_signs(text: str, value: float, unit: str) -> None:
    (target,) = [t for t in extract_targets(text, "en", with_words=False, reported=2022) if t.value is not None]
    assert (target.value, target.unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Reduce thefts by 55 per cent. by 2028 and by 90 per cent. by 2031.", [(-55.0, 2028), (-90.0, 2031)]),
        ("Maintain the 0% prevalence of rabies until 2031.", [(0.0, 2031)]),
        ("The city aims to decarbonise 100% of its fleet by 2031.", [(100.0, 2031)]),
        ("We will heat more than 2 1/2 million homes with heat pumps by 2031.", [(2.5e6, 2031)]),
        ("Boards work towards a goal of 50-50 balance of women by 2031.", [(50.0, 2031)]),
        ("The law will permit fishermen to use the resources of the 200-mile zone by 2031.", []),
        ("The total cost of the action is 5.4 Mln €.", []),
    ],
)
def test_values_in_less_common_dress(text: str, read: list[tuple[float, int]]) -> None:
    found = [t for t in extract_targets(text, "en", with_words=False, reported=2022) if t.value is not None]
    assert [(t.value, t.year) for t in found] == read
