"""Balances in brackets, scenarios in running text, parts of rows, thousands in names, years of lone heads."""

import pytest

from isthmus.plans.document import PICTURE, Document, LeftOut
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document, extract_targets
from tests.unit.plans.test_tables_of_originals import rows, table


def test_numbers_of_a_balance_in_brackets_are_negative_levels_and_a_bound_holds_for_their_size() -> None:
    text = table(
        "Indicator | 2025 (actual) | 2033 | 2035 target",
        "Fiscal balance (% of GDP) | (5.1) | (3.8) | <(2.4)",
        "Primary balance (% of GDP) | -1.0 | 0.5 | 1.2",
        "Places, total of the years in brackets | 100 | 200 | (500)",
    )
    found = [
        (t.kind, t.operator, t.value, t.base_value, t.direction) for t in extract_targets(f"# Plan to 2035\n\n{text}")
    ]
    assert found == [
        ("level", "=", -3.8, -5.1, "up"),
        ("level", ">", -2.4, -5.1, "up"),
        ("level", "=", 0.5, -1.0, "up"),
        ("level", "=", 1.2, -1.0, "up"),
        ("level", "=", 200.0, 100.0, "up"),
        ("cumulative", "=", 500.0, 100.0, "up"),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Under the high growth scenario exports will reach 45% of output by 2035, and under the alternative scenario 30%.",
            {45.0: "(the high growth scenario)", 30.0: "(the alternative scenario)"},
        ),
        (
            "The economy is to grow by 6.5% a year in the best-case scenario and by 4% in the slow reform scenario until 2035.",
            {6.5: "(the best-case scenario)", 4.0: "(the slow reform scenario)"},
        ),
    ],
)
def test_values_of_a_sentence_are_told_apart_by_the_scenarios_that_it_names(text: str, names: dict[float, str]) -> None:
    found = {t.value: t.indicator for t in extract_targets(f"# Targets to 2035\n\n{text}\n") if t.value}
    assert all(found[value].endswith(name) for value, name in names.items())


def test_a_scenario_is_not_handed_on_to_what_the_next_paragraph_says() -> None:
    text = "# Targets to 2035\n\nUnder the low scenario exports will reach 30% of output by 2035.\n\nIt will reach 50% by 2040.\n"
    assert [t.indicator.count("scenario") for t in extract_targets(text) if t.value] == [1, 0]


@pytest.mark.parametrize(
    ("head", "part", "others"),
    [
        ("Visitors, thousand", "of which:", ("from the region", "from overseas", "Nights spent, thousand")),
        ("Туристы, тыс. чел.", "в том числе:", ("из региона", "из-за рубежа", "Ночёвки, тыс. ед.")),
    ],
)
def test_below_a_row_that_says_of_which_stand_parts_of_the_row_in_front(
    head: str, part: str, others: tuple[str, ...]
) -> None:
    first, second, other = others
    found = rows(table("| 2031 | 2035", f"{head} | 340 | 800", f"{part} | |", f"{first} | 100 | 300", f"{second} | 240 | 500",
                       f"{other} | 900 | 1200"))  # fmt: skip
    whole, apart = (name.partition(",")[0] for name in (head, other))
    named = [(name, value) for name, value, _, year in found if year == 2035]
    assert named == [(whole, 800e3), (f"{whole}: {first}", 300e3), (f"{whole}: {second}", 500e3), (apart, 1.2e6)]


def test_thousands_in_the_name_of_a_row_hold_beside_its_unit() -> None:
    found = rows(table("Indicator | Unit | 2035", "Visitors ('000) | number | 800", "Exports ('000) | tonnes | 35"))
    assert [row[:3] for row in found] == [("Visitors", 800e3, "number"), ("Exports", 35e3, "t")]


@pytest.mark.parametrize("below", ["1. MAINTENANCE\n\nOutcome indicators:\n\n", ""])
def test_the_head_of_a_lost_table_gives_its_year_to_the_lines_below(below: str) -> None:
    text = f"# Plan 2031-2036\n\nMinistry of Roads | 2034 targets\n\n{below}1. Good roads: 75%\n\n2. Bridges repaired: 12\n"
    assert [(t.value, t.year) for t in extract_targets(text)] == [(75.0, 2034), (12.0, 2034)]


def test_a_table_goes_on_behind_lines_that_name_groups_of_its_rows() -> None:
    head = table("Indicator | 2031 | 2032 | 2033 | 2034", "Births in clinics | 40 | 44 | 48 | 50")
    lines = "1.2 Fewer people smoke.\n\n1.3 Nobody falls ill with malaria in any district.\n\n"
    found = rows(
        f"# Targets\n\n{head}\n{lines}| Clinics that test | 1 | 2 | 3 | 4 |\n| Villages with nets | 60 | 70 | 80 | 90 |\n"
    )
    assert found[-1] == ("Villages with nets", 90.0, "", 2034)


def test_pages_with_pictures_count_in_the_share_that_is_left_out() -> None:
    blocks = tuple(blocks_of("# Targets\n\nBuild 40 schools by 2035.\n"))
    shares = [
        extract_document(Document("plan.pdf", 4, blocks, (), left)).left_share
        for left in ((), (LeftOut(PICTURE, "a picture", 2),))
    ]
    assert shares[0] == 0 < 0.15 < shares[1] < 0.5


@pytest.mark.parametrize(
    ("line", "name", "found"),
    [
        ("Pupils who read. Baseline: 34% (2029). Target: 55% (2035).", "Pupils who read", (55.0, 2035, 34.0, 2029)),
        ("Girls in science (baseline 2030: 21%; target 2034: 40%)", "Girls in science", (40.0, 2034, 21.0, 2030)),
        ("- Deaths per 100,000: baseline 14 (2030), target 5", "Deaths per 100,000", (5.0, 2036, 14.0, 2030)),
        ("女生比重:基期值(2030年)21%,目标值(2034年)40%", "女生比重", (40.0, 2034, 21.0, 2030)),
    ],
)
def test_a_baseline_and_a_target_in_one_line_are_a_row(
    line: str, name: str, found: tuple[float, int, float, int]
) -> None:
    read = [
        (t.indicator, (t.value, t.year, t.base_value, t.base_year))
        for t in extract_targets(f"# Plan to 2036\n\n{line}\n")
    ]
    assert read == [(name, found)]


def test_indicators_of_a_logical_framework_are_aims_and_its_assumptions_are_none() -> None:
    text = table(
        "Narrative summary | Objectively verifiable indicators | Assumptions",
        "Goal: schools that teach | Completion rate increased from 61% in 2030 to 80% by 2036 | Funds of 20 million are there",
        "Output 1.1: Schools | 120 schools built and 300 rooms repaired | ",
    )
    found = extract_targets(f"# Strategy 2031-2036\n\n{text}")
    assert [(t.value, t.year) for t in found if t.value] == [(80.0, 2036), (120.0, 2036), (300.0, 2036)]


def test_outcomes_with_a_number_are_aims_whatever_their_participle() -> None:
    text = "# Strategy 2031-2036\n\nOutcome 4(a): Improved access to banks by reducing exclusion from 51.7% to 26%.\n"
    assert [(t.value, t.base_value) for t in extract_targets(text) if t.value] == [(26.0, 51.7)]


def test_ranks_ratios_zeros_in_front_and_scales_in_cells_are_numbers() -> None:
    found = rows(
        table(
            "Indicator | Unit | 2035",
            "Rank in the index of competitiveness | | About 80th",
            "Pupils a teacher | | 1:40",
            "Stations | Nos | 02",
            "Arrivals | million | 2.3m",
            "Deaths | per 1,000 | 100 (–68%)",
        )
    )
    assert [row[1] for row in found] == [80.0, 40.0, 2.0, 2.3e6, 100.0, -68.0]


def test_what_things_are_now_is_no_name_of_a_row() -> None:
    found = rows(
        table("Area | Now | 2036", "Literacy | 71 per cent | 90 per cent", "Health | 40 per cent | 60 per cent")
    )
    assert [(name, value) for name, value, *_ in found] == [("Literacy", 90.0), ("Health", 60.0)]


@pytest.mark.parametrize(("period", "years"), [("2031-2033", [2031, 2032, 2033]), ("2031-2036", [None, None, None])])
def test_years_of_a_plan_by_their_numbers_are_those_of_its_period_where_it_has_as_many(
    period: str, years: list[int | None]
) -> None:
    text = table("Indicator | Baseline | Yr 1 | Yr 2 | Yr 3", "Number of dams built | 2 | 3 | 4 | 5")
    assert [t.year for t in extract_targets(f"# Strategic plan {period}\n\n{text}") if t.value] == years
