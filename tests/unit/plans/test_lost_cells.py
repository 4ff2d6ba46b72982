"""Tables that lost their cells: words and values in a line, below years or a baseline and a target."""

from isthmus.plans.lost_cells import with_lost_cells
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_targets, read_lexicon

PAIR = """
Indicators Baseline* Targets 2031

Value Year

Mean years of evening classes (years) 3.9 2024 5.0

Share (%) of clinics with running water

44 2025 64

Reading rooms 8 2024 1 per parish

Households with two taps (%) NA NA 40

Ferries in service 4 7

Ferries docked 445 2024
"""


def rows(text, **more):
    found = extract_targets("# Plan of the islands 2026-2031\n" + text, **more)
    return [(t.value, t.unit, t.year, t.base_year, t.base_value) for t in found if t.value is not None]


def test_baseline_its_year_and_target_stand_in_a_line():
    assert rows(PAIR) == [
        (5.0, "years", 2031, 2024, 3.9),
        (64.0, "%", 2031, 2025, 44.0),
        (1.0, "", 2031, 2024, 8.0),
        (40.0, "%", 2031, None, None),
        (7.0, "", 2031, None, 4.0),
    ]


def tables(text):
    blocks = with_lost_cells([*blocks_of(text)], read_lexicon().structure)
    return [[*map(list, block.rows)] if block.kind == "table" else block.text for block in blocks]


def test_a_pair_goes_on_from_words_of_the_head_and_ends_with_the_first_long_line():
    long = "The council of the islands has asked every parish to say by the end of the spring what it can do, and " * 2
    made = tables(f"{PAIR}\n{long}\n\nBeds 3 9")
    assert made[0][0] == ["Indicators", "Baseline*", "Baseline*", "Targets 2031"]
    assert made[0][2] == ["Share (%) of clinics with running water", "44", "2025", "64"]
    assert made[0][-1] == ["Ferries in service", "4", "", "7"]
    assert made[1:] == ["Value Year", "Ferries docked 445 2024", long.strip(), "Beds 3 9"]


def test_years_over_values_that_spaces_divide():
    text = "Targets of the post\n\nUnit 2025 2026 2027\n\nA. State post\n\nRiders Nos 12 - 15\n\nLetters Million 1.5 1.6 1.75\n\n"
    head, riders = ["", "Unit", "2025", "2026", "2027"], ["Riders", "Nos", "12", "-", "15"]
    assert tables(text)[1] == [
        head, ["A. State post", "", "", "", ""], riders, ["Letters", "Million", "1.5", "1.6", "1.75"]
    ]  # fmt: skip


def test_a_name_goes_on_above_and_below_its_values():
    text = """
        Targets of the post        2025       2026       2027
Rate of riders
                               1,250.5    1,260.5    1,300.0
(one person a year)
Rate of letters
                                  3.50       4.50       5.50
per office
Chapter 2: The post on the islands                         17
"""
    assert tables(text) == [
        [
            ["Targets of the post", "2025", "2026", "2027"],
            ["Rate of riders (one person a year)", "1,250.5", "1,260.5", "1,300.0"],
            ["Rate of letters per office", "3.50", "4.50", "5.50"],
        ],
        "Chapter 2: The post on the islands                         17",
    ]


def test_years_with_their_word_and_lines_between_rows_that_name_nothing():
    text = "Показатель 2025 год 2027 год 2030 год\n\nМосты 1 2 3\n\nСтраница семь\n\nПристани 4 5 6\n\nИтого\n\n"
    assert tables(text) == [
        [["Показатель", "2025", "2027", "2030"], ["Мосты", "1", "2", "3"], ["Пристани", "4", "5", "6"]],
        "Страница семь",
        "Итого",
    ]


def test_one_row_below_years_or_years_out_of_order_are_no_table():
    for head in ("Islands 2025 2026 2027", "Islands 2027 2026 2025"):
        assert not any(isinstance(block, list) for block in tables(f"{head}\n\nBridges 1 2 3\n\nThe end.\n\n"))


def test_a_second_line_of_years_heads_its_own_rows():
    text = (
        "Isles 2025 2026 2027\n\nBoats 1 2 3\n\nCarts 1 2 3\n\nHills 2028 2029 2030\n\nGoats 4 5 6\n\nMules 7 8 9\n\n"
    )
    assert [table[0] for table in tables(text)] == [
        ["Isles", "2025", "2026", "2027"],
        ["Hills", "2028", "2029", "2030"],
    ]


STACKED = "2025|2026|2027|Poverty|1.01 Whole of the islands|% of people|17.9|16.9|15.9|1.02|North|%|<5|4|3"


def test_cells_one_below_another():
    made = tables(STACKED.replace("|", "\n"))
    assert made == [
        [
            ["", "2025", "2026", "2027"],
            ["Poverty 1.01 Whole of the islands (% of people)", "17.9", "16.9", "15.9"],
            ["1.02 North (%)", "<5", "4", "3"],
        ]
    ]


def test_rows_with_more_values_than_years_stay_apart():
    assert tables(STACKED.replace("2025|", "").replace("|", "\n"))[0] == "2026"


def test_a_head_without_a_cell_over_the_numbers_of_rows():
    text = "Product\t2026\t2030\t2036\n1.\tRails\t6.4\t8.6\t8.8\n2.\tPipes\t2.7\t4.3\t6.1\n"
    assert [row[:3] for row in rows(f"Targets of output, million tonnes\n{text}")] == [
        (value * 1e6, "t", year)
        for value, year in [(6.4, 2026), (8.6, 2030), (8.8, 2036), (2.7, 2026), (4.3, 2030), (6.1, 2036)]
    ]


def test_a_line_of_several_rows_and_what_stands_behind_them():
    text = """
GNH Pillars Sector Key Result Areas Key Performance Indicators Baseline Target

94 166

Weather forecasts (days) 1 3 River forecasts (days) 0 < 5 Stations on the ice

of the north na 4

Wells dug 12 30 Pumps set

Roads 7 2025
"""
    assert tables(text) == [
        [
            ["GNH Pillars Sector Key Result Areas Key Performance Indicators", "Baseline", "Target"],
            ["Weather forecasts (days)", "1", "3"],
            ["River forecasts (days)", "0", "< 5"],
            ["of the north", "na", "4"],
            ["Wells dug", "12", "30"],
        ],
        "94 166",
        "Stations on the ice",
        "Pumps set",
        "Roads 7 2025",
    ]


def test_a_plan_says_its_days_over_two_lines():
    for days in ("1st July 2030 - 30th June 2035", "1st July 2030 - 30th\n\nJune 2035"):
        found = extract_targets(
            f"SEVENTH FIVE YEAR PLAN\n\n{days}\n\nVOLUME 1\n\nThe ministry will build 30 bridges.\n"
        )
        assert [(t.value, t.year) for t in found] == [(30.0, 2035)]


HEADLESS = "Roads (km) 8 2024 9\n\nBridges 3 2025 At least 1 per island\n\nTunnels NA NA 2\n\n"


def test_rows_without_a_head_are_below_the_last_baseline_and_target():
    made = tables(f"{PAIR}\n\n# Roads\n\n2031Value Year\n\n{HEADLESS}")
    assert made[-1][0] == ["Indicators", "Baseline*", "Baseline*", "Targets 2031"]
    assert made[-1][2:] == [["Bridges", "3", "2025", "At least 1 per island"], ["Tunnels", "NA", "NA", "2"]]
    assert not any(isinstance(block, list) for block in tables(HEADLESS))
    two = HEADLESS.partition("Tunnels")[0]
    assert [isinstance(block, list) for block in tables(f"{PAIR}\n\n# Roads\n\n{two}")].count(True) == 1


def test_what_is_no_row_and_no_name():
    head = "Isles 2025 2026 2027\n\nBoats 1 2 3\n\nCarts 4 5 6\n\n"
    rows = [["Isles", "2025", "2026", "2027"], ["Boats", "1", "2", "3"], ["Carts", "4", "5", "6"]]
    long = "and all of the other things that swim around the isles in winter"
    for line in (
        "Goats - - -",
        "3 7 8 9",
        f"{long}\n\nThe end.",
        "The isles are small.\n\n7 8 9",
        "A\n\nB\n\nC\n\nD\n\nE\n\nGoats 7 8 9",
    ):
        assert tables(f"{head}{line}\n\n") == [rows, *line.split("\n\n")]
    assert not any(isinstance(table, list) for table in tables(head.replace("2025 2026 2027", "2027 2026 2025")))
    assert tables("Indicator Baseline Target\n\nWells 1 3 NA 5\n\nPumps 2 4\n\n") == [
        [["Indicator", "Baseline", "Target"], ["Pumps", "2", "4"]], "Wells 1 3 NA 5"
    ]  # fmt: skip


def test_cells_below_a_head_that_lost_years_or_far_from_one_stay_apart():
    cells = "2025|2026|2027|Share|%|1.5|17.9|16.9|15.9|14.9"
    assert tables(cells.replace("|", "\n"))[1:] == cells.split("|")[3:]
    far = "2025|2026|2027|North|3|4|5|South|6|7|8|Alps|Bogs|Cape|Dune|Erg|Fell|Glen|Hill|Isle|East|9|8|7"
    assert tables(far.replace("|", "\n"))[-3:] == ["9", "8", "7"]


def test_marks_of_notes_right_behind_a_value_are_no_numbers():
    for text, expected in (
        ("Reduce energy per unit by 5%13 by 2031 relative to 2010.", [(-5.0, 2031)]),
        ("Install 80 MW18 of wind power by 2031.", [(80.0, 2031)]),
        ("Raise the share of wind from 5%3 to 9% by 2031.", [(9.0, 2031)]),
    ):
        assert [(t.value, t.year) for t in extract_targets(text)] == expected


def test_a_name_behind_a_pair_opens_with_percent_and_values_stand_apart_from_their_sign():
    table = """
Indicators Baseline Target

No. of piers rebuilt na 2 % of nets mended and reused na 70% Share of ferries in trade 12.5% > 13 % No. of pilots 8 10

Harbour index TBD TBD Quays with lights (%) NA 100% Lamps on quays TBD 12
"""
    assert rows(table) == [
        (2.0, "", 2031, None, None),
        (70.0, "%", 2031, None, None),
        (13.0, "%", 2031, None, 12.5),
        (10.0, "", 2031, None, 8.0),
        (100.0, "%", 2031, None, None),
        (12.0, "", 2031, None, None),
    ]
