"""Rows that lost cells or their head's lines, groups with a year of their own, over pages too, and what cells say of it."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.segment import blocks_of
from isthmus.plans.told_apart import wholes_of
from isthmus.readers.documents.plans import extract_document

Row = tuple[str, str, float | None, int | None, float | None, int | None]
HEAD = "| No. | Indicator | 2019 | Targets for 2032 |\n|---|---|---|---|\n"


def rows(text: str) -> list[Row]:
    made = extract_document(Document("t.md", None, tuple(blocks_of(text))), with_words=False).targets
    return [(t.kind.value, t.operator, t.value, t.year, t.base_value, t.base_year) for t in made]


def test_a_row_without_the_cells_merged_over_several_rows_stands_below_the_last_heads() -> None:
    table = (
        "| | Objective | Measures | Baseline2019 | Achieved2027 | Target2027 | Target2032 |\n|---|---|---|---|---|---|---|\n"
        "| A | More boats in the harbours | Crews with a licence | Less than 9% | 41% | ~15% | ~40% |\n"
        "| Masters at sea in service | N/A | 1,898 | ~4k | ~2.5k |\n"
        "| B | More firms on the coast | Rank of the port (Ranking) | 29 | 7 | 15 | 10 |\n"
        "| Money put in ships | N/A | 27B | ~15B | ~30B |\n"
        "| C | More trade with others | Index of the trade (rank) | 0.4 | 0.5 | 0.6 | 0.75 |\n"
    )
    assert rows(table) == [
        ("level", "~", 15.0, 2027, None, None), ("level", "~", 40.0, 2032, 41.0, 2027),
        ("level", "~", 4000.0, 2027, None, None), ("level", "~", 2500.0, 2032, 1898.0, 2027),
        ("rank", "=", 15.0, 2027, 29.0, 2019), ("rank", "=", 10.0, 2032, 29.0, 2019),
        ("level", "~", 15e9, 2027, None, None), ("level", "~", 30e9, 2032, 27e9, 2027),
        ("level", "=", 0.6, 2027, 0.4, 2019), ("level", "=", 0.75, 2032, 0.4, 2019),
    ]  # fmt: skip


def test_a_row_that_ends_early_keeps_its_columns() -> None:
    table = (
        "| Goal | Indicator | 2019 | Target 2029 | Target 2032 |\n|---|---|---|---|---|\n"
        "| Fleet | Boats in use | 5 | 7 | 9 |\n| Fleet | Crews at sea | 6 | 8 |\n"
    )
    assert [value for _, _, value, *_ in rows(table)] == [7.0, 9.0, 8.0]


def test_the_year_of_a_group_says_nothing_of_several_columns_of_targets() -> None:
    table = (
        "| Indicator | 2019 | Target 2029 | Target 2032 |\n|---|---|---|---|\n"
        "| Water, targets for 2027 | | | |\n| Lead in it | 9 mg | 6 mg | 5 mg |\n"
    )
    assert [year for _, _, _, year, *_ in rows(table)] == [2029, 2032]


def test_a_cell_beyond_the_head_names_no_group() -> None:
    table = "| Indicator | Target 2032 |\n|---|---|\n| | | a note |\n| Boats in use | 7 |\n"
    assert [(value, year) for _, _, value, year, *_ in rows(table)] == [(7.0, 2032)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Cycle paths will double from 355 km in 2019 to more than 700 km by 2032.",
            [("multiple", "=", 2.0, 2032, 355.0, 2019), ("level", ">", 700.0, 2032, 355.0, 2019)],
        ),
        (
            "The plan will double the fleet by 2032 and raise the crews from 30 to 90 people by 2032.",
            [("multiple", "=", 2.0, 2032, None, None), ("level", "=", 90.0, 2032, 30.0, None)],
        ),
        (
            "We will expand the network from 600 to 2000 business people in key ports by 2032.",
            [("level", "=", 2000.0, 2032, 600.0, None)],
        ),
        (
            "The programme, launched in 2019, aims to grow the fleet by 1,000 boats or about 25 percent by 2032.",
            [("change_abs", "=", 1000.0, 2032, None, None), ("change_pct", "~", 25.0, 2032, None, None)],
        ),
        ("We aim to rank as first in the index of harbours by 2032.", [("rank", "=", 1.0, 2032, None, None)]),
        ("- 2nd globally in the building of ships by 2032", [("rank", "<=", 2.0, 2032, None, None)]),
        ("We aim to be among the best 20 ports by 2032.", [("rank", "<=", 20.0, 2032, None, None)]),
    ],
)
def test_starts_of_multiples_ranks_and_numbers_like_years(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


NESTED = """| Indicator | Unit | 2031 | 2032 |
|---|---|---|---|
| Homes with a stove | % | 40 | 50 |
| Gas | % | 20 | 25 |
| Towns | % | 12 | 15 |
| Villages | % | 8 | 10 |
| Pellets | % | 5 | 6 |
| Towns | % | 2 | 3 |
| Villages | % | 3 | 3 |
"""


def test_rows_that_come_again_below_several_are_parts_of_these() -> None:
    names = [
        "Homes with a stove",
        "Gas",
        "Gas: Towns",
        "Gas: Villages",
        "Pellets",
        "Pellets: Towns",
        "Pellets: Villages",
    ]
    assert named(NESTED) == names
    totals = NESTED.replace("| Villages | % | 8 | 10 |\n", "").replace("| Villages | % | 3 | 3 |\n", "")
    assert "Gas: Towns" not in named(totals), "one row that comes again may be the sum of those above it"
    other = NESTED.replace("| Villages | % | 3 | 3 |", "| Hamlets | % | 3 | 3 |")
    assert "Gas: Towns" not in named(other), "parts are the same everywhere"


def named(text: str) -> list[str]:
    made = extract_document(Document("t.md", None, tuple(blocks_of(text))), with_words=False).targets
    return list(dict.fromkeys(t.indicator for t in made))


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("50% of schools by 2031 and 70% by 2033", [(50.0, 2031, 40.0), (70.0, 2033, 40.0)]),
        ("50% by 2031 70% by 2033", [(50.0, 2031, 40.0), (70.0, 2033, 40.0)]),
        ("50% in 2031, 70% in 2033", [(50.0, 2031, 40.0), (70.0, 2033, 40.0)]),
        ("50% (2031), 60% (2032)", [(50.0, 2031, 40.0), (60.0, 2032, 40.0)]),
        ("2031: 50%; 2032: 60%", [(50.0, 2031, 40.0), (60.0, 2032, 40.0)]),
        ("from 45% in 2024 to 60% by 2032", [(60.0, 2032, 40.0)]),
        ("50% by 2031", [(50.0, 2031, 40.0)]),
    ],
)
def test_each_value_of_a_cell_has_its_own_year_and_the_start_of_its_row(
    cell: str, expected: list[tuple[float, int, float]]
) -> None:
    table = f"| Indicator | Baseline | Target (2033) |\n|---|---|---|\n| Schools with water | 40% | {cell} |\n"
    assert [(row[2], row[3], row[4]) for row in rows(table)] == expected


def test_groups_with_values_need_no_colons() -> None:
    table = (
        "| Indicator | Baseline | Target (2033) |\n|---|---|---|\n"
        "| Intake | Towns 143% Villages 98% (2030) | Towns 100% Villages 99% |\n"
        "| Boats | Baseline to be established in 2030 | |\n"
        "| Crews | Men 32 (12%) Women 1,400 Total 1,432 | 1,500 |\n"
        "| Nets | Towns 3 Villages 4 Towns 5 | Towns 6 Villages 8 as they were counted in 2012 |\n"
        "| Ports | to be determined | 7 |\n| Phases | Phase 1 Phase 2 | 9 |\n"
    )
    assert {row[3] for row in rows(table)} == {2033}
    assert [(row[2], row[4], row[5]) for row in rows(table)] == [
        (100.0, 143.0, 2030), (99.0, 98.0, 2030), (1500.0, None, None), (6.0, 3.0, None), (8.0, 4.0, None),
        (7.0, None, None), (9.0, None, None),
    ]  # fmt: skip


def test_long_lists_of_groups_are_start_values() -> None:
    kinds = " ".join(
        f"{name} {i}00" for i, name in enumerate(("Cutters", "Trawlers", "Liners", "Ferries", "Tugs"), start=1)
    )
    rest = "Barges that lie in the ports of the north and of the south in winter 900"
    body = "".join(f"| Boats of {port} | {kinds} {rest} | 1,000 |\n" for port in ("the north", "the south"))
    table = f"| Indicator | Baseline | Target (2033) |\n|---|---|---|\n{body}| Crews at sea | 57 | 99 |\n"
    assert rows(table)[-1][2:5] == (99.0, 2033, 57.0)


@pytest.mark.parametrize(
    ("labels", "wholes"),
    [
        ("A u r B u r", "- A A - B B"),
        ("A u r B r u", "- - - - - -"),
        ("A u u B u u", "- - - - - -"),
        ("A u r B u r C r u", "- - - - - - - - -"),
        ("u r A u r B u r", "- - - A A - B B"),
    ],
)
def test_parts_are_the_same_below_each_whole(labels: str, wholes: str) -> None:
    assert wholes_of(labels.split()) == [whole.strip("-") for whole in wholes.split()]


@pytest.mark.parametrize(
    ("cell", "values"),
    [("01/07/31", []), ("12/31/31", []), ("1/24,000/3", [1.0, 24000.0, 3.0]), ("40/50/60", [40.0, 50.0, 60.0])],
)
def test_values_between_strokes_are_no_date(cell: str, values: list[float]) -> None:
    table = f"| Indicator | Baseline | Target (2033) |\n|---|---|---|\n| Register of boats | 0 | {cell} |\n| Ports | 5 | 7 |\n"
    assert [row[2] for row in rows(table)] == [*values, 7.0]


def test_a_group_may_have_a_figure_in_its_name_and_gives_it_to_rows_of_one_word() -> None:
    table = (
        "| No | Indicator | Unit | 2031 | 2032 | 2033 |\n|---|---|---|---|---|---|\n"
        "| 5 | Education |  |  |  |  |\n|  | Completion of grade 6 |  |  |  |  |\n| 5.1 | Girls | % | 50 | 60 | 70 |\n"
        "|  | Wage employment of women (15 to 64) |  |  |  |  |\n| 5.2 | Farming | % | 30 | 31 | 33 |\n"
        "| 6.1 | Ferries |  |  |  |  |\n| 6.1.1 | Passengers | Nos | 40 | 41 | 43 |\n| 7 | Lorries | Nos | 9 | 8 | 7 |\n"
    )
    made = extract_document(Document("t.md", None, tuple(blocks_of(table)))).targets
    assert {t.indicator for t in made if t.value is not None} == {
        "Completion of grade 6: Girls", "Wage employment of women: Farming", "Ferries: Passengers", "Lorries",
    }  # fmt: skip


def test_a_first_row_with_a_date_where_the_next_has_one_is_no_head() -> None:
    table = (
        "| Action | Description | Target |\n|---|---|---|\n| Master plan | Finalise the plan of wind power. | End 2031 |\n"
        "| Wind | Farms at the cape | 2031/2033 Mid 2032 |\n| Waste | Construction of a 20 MW plant at the port | 2034 |\n"
    )
    assert [row[2:4] for row in rows(table) if row[2] is not None] == [(20.0, 2034)]


@pytest.mark.parametrize(
    ("name", "cell", "read"),
    [
        ("% of people with HIV who are served", "92,000", ("=", 92000.0, "")),
        ("% of people with HIV who are served", "92%", ("=", 92.0, "%")),
        ("Underweight (weight <2 SD) of children < 5 years of age", "19.2%", ("=", 19.2, "%")),
        ("% of students that pass", "60", ("=", 60.0, "%")),
        ("Length of new quays", "--26,134 km --Finalise the policy", ("=", 26134.0, "km")),
    ],
)
def test_what_a_name_says_is_no_bound_and_no_share_of_what_is_counted(
    name: str, cell: str, read: tuple[str, float, str]
) -> None:
    table = f"| Indicator | Baseline | Target (2033) |\n|---|---|---|\n| {name} |  | {cell} |\n| Ports | 5 | 7 |\n"
    made = extract_document(Document("t.md", None, tuple(blocks_of(table)))).targets
    assert (made[0].operator, made[0].value, made[0].unit) == read


def test_a_cell_that_says_itself_what_is_meant_is_not_named_by_its_heading() -> None:
    table = (
        "| Sector | Mitigation target in 2033 | Reduction of emissions in 2033 (kt) |\n|---|---|---|\n"
        "| Transport | 30% electric cars in the fleets of all towns | 40 |\n| Forests | 70 % | 90 |\n"
    )
    made = extract_document(Document("t.md", None, tuple(blocks_of(table)))).targets
    names = [(t.indicator, t.value) for t in made if t.unit == "%"]
    assert names == [
        ("Transport – electric cars in the fleets of all towns", 30.0), ("Forests (Mitigation target)", 70.0),
    ]  # fmt: skip
