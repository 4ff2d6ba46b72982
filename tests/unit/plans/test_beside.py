"""What stands beside a value: the start value and its year, the unit of a table, the year compared with, facts in a column."""

import pytest

from isthmus.plans.plan import Target
from isthmus.readers.documents.plans import extract_targets

Row = tuple[str, float, int | None, float | None, int | None]


def numbers(text: str, reported: int | None = 2021) -> list[Target]:
    return [t for t in extract_targets(text, "en", reported=reported) if t.value is not None]


def rows(text: str, reported: int | None = 2021) -> list[Row]:
    found = numbers(text, reported)
    return [(t.operator, float(t.value or 0), t.year, t.base_value, t.base_year) for t in found]


def test_a_start_cell_holds_a_score_and_a_rank_for_the_two_aims_of_a_cell() -> None:
    table = """
Indicator | Baseline | 2030 Target
Trade Ease Index | Score: -0.24 (-2 – 2) Rank: 71/140 (2018) | Score > 0.9 or Top 25 Countries
Transit Time Index | Score: 3.5 (1 – 7) Rank: 44/135 (2019 | Score > 5 or Top 30 Countries
"""
    assert rows(table) == [
        (">", 0.9, 2030, -0.24, 2018),
        ("<=", 25.0, 2030, 71.0, 2018),
        (">", 5.0, 2030, 3.5, 2019),
        ("<=", 30.0, 2030, 44.0, 2019),
    ]


def test_a_path_without_a_unit_keeps_its_start_value() -> None:
    text = "The city will raise the ratio of trees to cars from 1.2 in 2015 to 2.4 in 2030 and 3.1 in 2040."
    assert rows(text) == [("=", 2.4, 2030, 1.2, 2015), ("=", 3.1, 2040, 1.2, 2015)]


@pytest.mark.parametrize("line", ["[Unit: million t]", "Value: million tonnes", "Unit of measure: million tons"])
@pytest.mark.parametrize("above", [True, False])
def test_a_line_beside_a_table_says_its_unit(line: str, *, above: bool) -> None:
    table = "|  | Emissions in FY 2030 | FY 2013 |\n|---|---|---|\n| Farms | 14 | 21 |\n| Mills | 3.5 | 5 |"
    text = f"{line}\n{table}" if above else f"{table}\n{line}"
    assert rows(text) == [("=", 14e6, 2030, 21e6, 2013), ("=", 3.5e6, 2030, 5e6, 2013)]


def test_what_stands_in_brackets_is_compared_with_the_year_there() -> None:
    text = "The pledge is a cut of 31.0% by fiscal year (FY) 2035 compared to FY 2014 (28.5% reduction compared to FY 2006)."
    assert rows(text) == [("=", -31.0, 2035, None, 2014), ("=", -28.5, 2035, None, 2006)]


def test_a_year_within_inner_brackets_dates_nothing_outside_of_them() -> None:
    text = (
        "The target for storage is set as about 12 Mt (a 2.6% cut of all emissions in 2013) (about 8 Mt by forests (a 2.0% cut "
        "of all emissions in 2013 (a 2.1% cut of those in 2005)), and about 4 Mt by soils (a 0.6% cut of emissions in 2013))."
    )
    assert [year for _, value, year, _, _ in rows(text) if value in (4e6, 8e6, 4.0, 8.0)] == [None, None]


def test_what_comes_after_a_year_is_not_due_in_it() -> None:
    text = "The pledge towards post-2024 cuts is at the level of a reduction of 15% by FY 2032 compared to FY 2014."
    assert rows(text)[0] == ("=", -15.0, 2032, None, 2014)


def test_a_base_year_leads_to_the_start_value() -> None:
    text = (
        "By June 30, 2025, the office will: (1) raise the share of calls answered within 36 hours to 91% from a 2020 baseline "
        "of 77%; and (2) raise the number of checks to 5,210 from a 2020 baseline of 4,330."
    )
    assert rows(text) == [
        ("=", 91.0, 2025, 77.0, 2020),
        ("=", 5210.0, 2025, 4330.0, 2020),
    ]


def test_a_change_since_a_year_of_reports_is_counted_from_it() -> None:
    text = "Emissions are to fall to 90 kt in 2032. This would mean a 70% reduction since 1995."
    assert rows(text)[-1] == ("=", -70.0, 2032, None, 1995)


def test_the_baseline_situation_has_its_year_in_brackets() -> None:
    text = "We will improve crop yields by 40% by 2035 in relation to the baseline situation (2012)."
    assert rows(text) == [("=", 40.0, 2035, None, 2012)]


def test_a_column_of_contexts_tells_facts() -> None:
    table = """
| Commitment | Context and description | Objectives |
|---|---|---|
| Light | The sources (in 2012) are: wood (71%); and wind (about 0.5%). | ● Install 25 MW (4 MW in 2012) by 2030 |
| Buses | They emitted about 12% of all gases. | ● Buy 300 electric buses by 2030 |
"""
    found = rows(f"# Commitments\n\nCommitment period: 2014-2030\n{table}", None)
    assert [row[1] for row in found] == [25.0, 300.0]
    assert found[0][3:] == (4.0, 2012)


def test_lines_of_two_cells_below_a_line_of_words_are_a_table() -> None:
    table = "Sector | Measure\nWater | Mapping and gazettement of 14 springs\nWater | Upkeep of wells\nRoads | Paving of 70 km"
    assert [row[1] for row in rows(table)] == [14.0, 70.0]


def test_a_column_that_a_break_of_the_page_lost_moves_no_value() -> None:
    table = """
| Project | No. | Indicator |  | Target values |  |
|---|---|---|---|---|---|
|  |  |  |  | 2027 | 2030 |
| Heating | 1 | Share of heat pumps (%) |  | 20 | 45 |
| Waste | 2 | Share of waste recycled (%) | 50 | 75 |
"""
    assert [(row[1], row[2]) for row in rows(table)] == [(20.0, 2027), (45.0, 2030), (50.0, 2027), (75.0, 2030)]


def test_the_number_of_a_goal_in_front_of_its_words_is_no_value() -> None:
    table = """
| Council's goal for the field | Indicator | Goal for 2027 |
|---|---|---|
| 4.1 Rivers will become clean | Share of clean rivers | 80% |
| 4.2 Parks will become green | Share of green parks | 65% |
"""
    assert [row[1] for row in rows(table)] == [80.0, 65.0]


def test_an_age_bounds_no_value_and_a_speed_limit_is_none() -> None:
    table = "| Indicator | Current | Target 2030 |\n|---|---|---|\n| Stunting under age 4 | 37% (survey 2018) | 21 |"
    assert rows(table) == [("=", 21.0, 2030, 37.0, 2018)]
    text = "By 2030 we will increase the roads with a 40 km/h speed limit from 120 km to 310 km, or 25% of the total 1240 km."
    assert [row[1] for row in rows(text)] == [310.0, 25.0]


def test_a_sentence_ends_also_where_no_space_follows() -> None:
    text = "In the business-as-usual (BAU) scenario emissions in 2030 will be 61 Mt (per year).We will cut them by 20% by 2030."
    assert [row[1] for row in rows(text)] == [-20.0]


def test_items_behind_ticks_are_a_list() -> None:
    text = "It is expected to create real change in these areas:\n\n✓ 700 fewer people waiting.\n\n✓ 250 more people at home."
    assert [row[1] for row in rows(text)] == [-700.0, 250.0]


def test_fewer_things_among_results_are_a_fall() -> None:
    text = (
        "The programme is expected to bring these results:\n\n- 600 fewer people waiting.\n- 240 more people at home."
    )
    assert [row[1] for row in rows(text)] == [-600.0, 240.0]


def test_a_percent_point_is_one() -> None:
    (found,) = numbers("Every trust is expected to deliver a minimum 6% point improvement by 2026.")
    assert (found.kind.value, found.value) == ("change_pp", 6.0)


def test_many_words_between_a_change_and_what_it_may_come_to_are_read_at_once() -> None:
    text = "Снизить износ труб на 30 процентов до уровня межрайонной магистральной водопроводной сети: 45 к 2031 году."
    assert [(t.value, t.direction) for t in extract_targets(text)] == [(-30.0, "down"), (45.0, "")]


def test_what_a_change_comes_to_has_its_direction() -> None:
    found = numbers("By 2030, reduce by half the mortality rate to below 35 per 100,000 births.")
    assert [t.direction for t in found] == ["down", "down"]


def test_planned_things_are_counted_and_the_size_of_services_is_none() -> None:
    assert [row[1] for row in rows("Four training courses are planned for 2027.")] == [4.0]
    assert rows("All councils will redesign the services that process over 40,000 forms by 2030.") == []
