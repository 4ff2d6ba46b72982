"""Words of whole classes in English plans: start values, works, bounds; each case is a sentence of our own."""

import pytest

from isthmus.readers.documents.plans import extract_targets

Row = tuple[str, str, float, int | None, int | None, float | None, str]


def rows(text: str) -> list[Row]:
    found = extract_targets(text, with_words=False, reported=2024)
    return [(t.kind.value, t.operator, t.value or 0.0, t.year, t.base_year, t.base_value, t.direction) for t in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Raise the rate to 46 % by 2031 (baseline: 31 %).", [("level", "=", 46.0, 2031, None, 31.0, "up")]),
        (
            "Homes with water will reach 60 % in 2028 and 90 % in 2031 (currently it stands at 57 %).",
            [("level", "=", 60.0, 2028, None, None, ""), ("level", "=", 90.0, 2031, None, 57.0, "up")],
        ),
        (
            "The present rate of 31 % will rise to 46 % by 2031.",
            [("level", "=", 46.0, 2031, None, 31.0, "up")],
        ),
        (
            "Transit is to grow from today’s 18 million tons up to 35 million tons by 2031.",
            [("level", "=", 35e6, 2031, None, 18e6, "up")],
        ),
        (
            "Fees will be cut from an average today of 46 euros to 31 euros by 2031.",
            [("level", "=", 31.0, 2031, None, 46.0, "down")],
        ),
        ("Build 12 priority depots by 2031.", [("level", "=", 12.0, 2031, None, None, "")]),
        (
            "Losses will fall by 30% by 2031, of which 10% is unconditional and up to 20% conditional.",
            [
                ("change_pct", "=", -30.0, 2031, None, None, "down"),
                ("change_pct", "=", -10.0, 2031, None, None, "down"),
                ("change_pct", ">=", -20.0, 2031, None, None, "down"),
            ],
        ),
        (
            "Imports will fall by 50%; exports will rise to 30% of output and savings to 20% of output by 2031.",
            [
                ("change_pct", "=", -50.0, 2031, None, None, "down"),
                ("level", "=", 30.0, 2031, None, None, "up"),
                ("level", "=", 20.0, 2031, None, None, "up"),
            ],
        ),
        (
            "Cut losses by 30% by 2031, including by raising the share of rail to 20% and that of ships to 10%.",
            [
                ("change_pct", "=", -30.0, 2031, None, None, "down"),
                ("level", "=", 20.0, 2031, None, None, "up"),
                ("level", "=", 10.0, 2031, None, None, "up"),
            ],
        ),
        (
            "Cut losses by 30% by 2031, of which 10% at home and 20% abroad; 25% of docks will be dry.",
            [
                ("change_pct", "=", -30.0, 2031, None, None, "down"),
                ("change_pct", "=", -10.0, 2031, None, None, "down"),
                ("change_pct", "=", -20.0, 2031, None, None, "down"),
                ("level", "=", 25.0, 2031, None, None, ""),
            ],
        ),
        (
            "We will provide women with at least 30% of the seats by 2031.",
            [("level", ">=", 30.0, 2031, None, None, "")],
        ),
        (
            "Losses will fall by 30% by 2031, and ports will have 11% of trade and roads 20% of it.",
            [
                ("change_pct", "=", -30.0, 2031, None, None, "down"),
                ("level", "=", 11.0, 2031, None, None, ""),
                ("level", "=", 20.0, 2031, None, None, ""),
            ],
        ),
        (
            "We aim for a reduction and avoidance of 7.5 kt from 2026 to 2031, with 2.3 kt by 2028 and 5.2 kt by 2031.",
            [
                ("change_abs", "=", -0.0075, 2031, None, None, "down"),
                ("change_abs", "=", -0.0023, 2028, None, None, "down"),
                ("change_abs", "=", -0.0052, 2031, None, None, "down"),
            ],
        ),
        (
            "The task of cutting emissions in half by 2031 is hard.",
            [("change_pct", "=", -50.0, 2031, None, None, "down")],
        ),
        (
            "We will train 450 pilots by 2031, with priority for workers with at least 3 years of experience.",
            [("level", "=", 450.0, 2031, None, None, "")],
        ),
        (
            r"By 2031 energy use will fall by $30 - 60\%$ .",
            [
                ("change_pct", "<=", -30.0, 2031, None, None, "down"),
                ("change_pct", ">=", -60.0, 2031, None, None, "down"),
            ],
        ),
        ("The plan has 4 priority areas and 12 priorities until 2031.", []),
        (
            "The number of servants will fall by around 23% to 380,000.",
            [("change_pct", "~", -23.0, None, None, None, "down"), ("level", "=", 380000.0, None, None, None, "down")],
        ),
        ("We propose to raise EUR 400 million by selling land.", [("cumulative", "=", 4e8, None, None, None, "up")]),
        ("1,040 MW will be added to the grid in 2031.", [("level", "=", 1040.0, 2031, None, None, "up")]),
        (
            "744 new teachers and 1,216 helpers will be recruited in 2031.",
            [("level", "=", 744.0, 2031, None, None, ""), ("level", "=", 1216.0, 2031, None, None, "")],
        ),
        (
            "In 2031, 50 inns, 20 mills and 12 halls will be built.",
            [("level", "=", v, 2031, None, None, "") for v in (50.0, 20.0, 12.0)],
        ),
        (
            "We have allocated money to extend irrigation to 12,000 hectares in the south.",
            [("level", "=", 12000.0, None, None, None, "up")],
        ),
        ("Exports will be enhanced to 52 billion dollars.", [("level", "=", 52e9, None, None, None, "up")]),
        ("We are targetting output of 10,700 MW in FY31.", [("level", "=", 10700.0, 2031, None, None, "")]),
        ("- Immediately increase the number of aides by 2,100.", [("change_abs", "=", 2100.0, None, None, None, "up")]),
        ("- A living wage of at least 15 euros an hour for all.", [("level", ">=", 15.0, None, None, None, "")]),
        ("Cap rates of mortgages to 3 %.", [("level", "<=", 3.0, None, None, None, "")]),
        (
            "The package consists of a plan to achieve 6% GDP growth by 2031.",
            [("growth", "=", 6.0, 2031, None, None, "up")],
        ),
    ],
)
def test_start_values_and_words_of_new_plans(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The national strategy for growth – 2nd Edition will be read.",
        "We will train for Year 5 and 9 tests and for 4+ and 5+ year olds.",
        "The lane will be free from 7am to 9am.",
        "The old scheme failed to bring 400 new jobs.",
        "The state has funded two dozen teams to expand the mining of lithium.",
        "For the past two to three days, the papers will not rest.",
    ],
)
def test_editions_school_years_and_hours_are_no_values(text: str) -> None:
    assert rows(text) == []


def test_rows_take_the_year_of_their_cell_and_the_label_beside_an_empty_one() -> None:
    table = (
        "| Theme | Metric | Units | FY25 progress | FY31 target |\n"
        "| Schools | Dropout rate | % | 1.5 (2023) | 0.5 |\n"
        "| Days to pay | | Days | 90 | 60 |\n"
        "| | Wards served | Nos. | 12 | TBD |\n"
    )
    assert [row[:6] for row in rows(table)] == [
        ("level", "=", 0.5, 2031, 2023, 1.5),
        ("level", "=", 60.0, 2031, 2025, 90.0),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We are aiming to develop 24 HPS by 2031.", [("level", "=", 24.0, 2031, None, None, "")]),
        (
            "Processing is to be cut (from 2 months currently to seven days by 2031).",
            [("level", "=", 7.0, 2031, None, None, "")],
        ),
        ("By the end of 2031, the town had attracted 65 billion dollars.", []),
    ],
)
def test_start_values_have_the_unit_of_their_target(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Share of women of 30 % by 2031; baseline: 12 %.", [("level", "=", 30.0, 2031, None, 12.0, "up")]),
        ("Share of women of 30 % by 2031; currently 12 %.", [("level", "=", 30.0, 2031, None, 12.0, "up")]),
        (
            "Raise the rate to 30 % in cities by 2031; baseline 12 % (2019); responsible: ministry.",
            [("level", "=", 30.0, 2031, 2019, 12.0, "up")],
        ),
        (
            "Raise the rate to 30 % by 2031; currently 12 hectares are dry.",
            [("level", "=", 30.0, 2031, None, None, "up")],
        ),
        ("Double the number of clinics from the current 12 by 2031.", [("multiple", "=", 2.0, 2031, None, 12.0, "up")]),
        (
            "Timber emissions will fall from 3.5M tCO2 to 2.3M tCO2 by 2031.",
            [("level", "=", 2.3e6, 2031, None, 3.5e6, "down")],
        ),
        (
            "Reduce emissions by 11 % compared to the baseline scenario in 2031.",
            [("change_pct", "=", -11.0, 2031, None, None, "down")],
        ),
        (
            "By 2041, credits may be used for up to 3 % of 1990 net emissions.",
            [("level", "<=", 3.0, 2041, 1990, None, "")],
        ),
    ],
)
def test_start_values_behind_a_semicolon_and_what_a_change_is_compared_with(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Our 20 actions will be grouped under four themes.", []),
        ("The plan will be structured around two key pillars.", []),
        ("We will implement at least five recommendations by 2031.", [5.0]),
        ("NAIS 2.0 seeks to build 30 schools by 2031.", [30.0]),
        ("Build 2.0 million homes by 2031.", [2e6]),
        ("Cut emissions to 2.0 tonnes per person by 2031.", [2.0]),
        ("The office will need money, as explained below 3.2.1.1.", []),
        ("[Sign in](./../protected/home.html?url=%2Feli%2F667%2Foj%2Feng) to build 20 roads by 2031.", [20.0]),
        ("Development of two hatcheries by 2031.", [2.0]),
        ("Restoration of four old markets by 2031.", [4.0]),
    ],
)
def test_parts_versions_numbers_of_sections_and_addresses_are_no_values(text: str, values: list[float]) -> None:
    assert [row[2] for row in rows(f"# Plan\n\n## Goals\n\n{text}")] == values


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aim at a 50-52 percent reduction in emissions by 2031.", [("<=", -50.0), (">=", -52.0)]),
        ("Fund two dozen teams by 2031.", [("=", 24.0)]),
        ("Train 300 drivers of ages 18-21 by 2031.", [("=", 300.0)]),
        ("We will take 20 actions by 2031.", []),
        ("Achieve a reduction in greenhouse gas (GHG) emissions of 22 % by 2031.", [("=", -22.0)]),
        ("Cut emissions by 47,320 kt by 2031.", [("=", -47.32)]),
        ("We will <b>green 80% of all roofs</b> by 2031.", [("=", 80.0)]),
    ],
)
def test_ranges_of_a_fall_by_half_dozens_ages_and_marks_of_pages(text: str, expected: list[tuple[str, float]]) -> None:
    assert [row[1:3] for row in rows(f"# Plan\n\n## Goals\n\n{text}")] == expected


def test_marks_of_pages_part_words_or_stand_within_them() -> None:
    found = extract_targets("# Plan\n\nRaise <b>the out</b>put<br>of mills to 80 % by 2031.", reported=2024)
    assert [t.indicator for t in found] == ["output of mills"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Access of the rural population to power will reach 80 % by 2031.", [80.0]),
        ("The share of people will rise and that of the total population will be raised to 60 % by 2031.", [60.0]),
        ("The population of the county will be 9 million by 2031.", []),
        ("We know that its population will reach 9 million by 2031.", []),
    ],
)
def test_only_a_population_that_heads_its_clause_is_forecast(text: str, values: list[float]) -> None:
    assert [row[2] for row in rows(text)] == values


def test_what_grows_at_a_rate_grows_by_it_each_year() -> None:
    found = [rows(f"The {what} will expand at 6 percent by 2031.") for what in ("fleet", "service sector")]
    assert [row[0][:3] for row in found] == [("growth", "=", 6.0)] * 2
    (row,) = rows("By 2037 the 2024 Energy Policy is to cut the use of gas to 40%.")
    assert row[3] == 2037


def test_falls_to_times_are_counted_and_the_level_of_a_year_is_where_a_multiple_starts() -> None:
    (cuts,) = rows("Reduce the number of power cuts to no more than 12 times by 2031.")
    assert cuts[:4] == ("level", "<=", 12.0, 2031)
    (output,) = rows("Increase output to 3 times the level of 2019 by 2031.")
    assert output[:5] == ("multiple", "=", 3.0, 2031, 2019)
    (losses,) = rows("Cut the losses of power to 0.5 times the level of 2019 by 2031.")
    assert losses[:4] == ("multiple", "=", 0.5, 2031)


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("Losses will fall by 30% by 2031, including 10% at home and 20% abroad.", [-30.0, -10.0, -20.0]),
        ("Losses will fall by 30% by 2031, including 30% at home.", [-30.0, 30.0]),
        ("Losses will fall by 30% by 2031, including 10% at home and 12% abroad.", [-30.0, 10.0, 12.0]),
        ("Losses will fall by 30% by 2031; docks will have 10% of trade and roads 20% of it.", [-30.0, 10.0, 20.0]),
        (
            "Losses will fall by 30 t or 5% by 2031, including 10 t at home and 20 t abroad.",
            [-30.0, -5.0, -10.0, -20.0],
        ),
    ],
)
def test_what_a_word_puts_under_a_change_and_sums_up_to_it_is_its_parts(text: str, signs: list[float]) -> None:
    assert [row[2] for row in rows(text)] == signs
