"""Start values of English targets: behind the target, in lists, before another target of the same sentence."""

import pytest

from isthmus.readers.documents.plans import extract_targets

Row = tuple[float, int | None, float | None, int | None, str]


def rows(text: str) -> list[Row]:
    found = extract_targets(text, "en", with_words=False, reported=2022)
    return [(t.value or 0.0, t.year, t.base_value, t.base_year, t.direction) for t in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Rural electrification will rise to 64 percent by 2031 from 41.5 percent in 2022 for homesteads, while the share "
            "of lit clinics is targeted to climb to 90 percent from 71 percent.",
            [(64.0, 2031, 41.5, 2022, "up"), (90.0, 2031, 71.0, None, "up")],
        ),
        (
            "The programme leads to a rise in paved access to 52 percent by 2031 from 33 percent in 2021 for villages and to 97 "
            "percent by 2031 from 90 percent in 2021 for towns.",
            [(52.0, 2031, 33.0, 2021, "up"), (97.0, 2031, 90.0, 2021, "up")],
        ),
        (
            "Vaccine cover of calves and kids is expected to increase to 70 and 80 percent by 2031 from 44 and 51.5 percent in "
            "2022, respectively.",
            [(70.0, 2031, 44.0, 2022, "up"), (80.0, 2031, 51.5, 2022, "up")],
        ),
        (
            "The aim is to reduce thefts and fires from 90 cases per 1,000 persons and 6 per 100,000 persons in 2022 to 45 per "
            "1,000 and 2.5 per 100,000 in 2031, respectively.",
            [(45.0, 2031, 90.0, 2022, "down"), (2.5, 2031, 6.0, 2022, "down")],
        ),
        (
            "Workloads fall as follows: 1,500 clients per doctor in 2031 from 2,900 in 2022; 700 clients per nurse from 910.",
            [(1500.0, 2031, 2900.0, 2022, "down"), (700.0, 2031, 910.0, None, "down")],
        ),
        (
            "The fishery will record yearly growth of at least 6 percent by 2031, from an annual average of 2.4 percent in 2022.",
            [(6.0, 2031, 2.4, 2022, "up")],
        ),
        (
            "Boys' attendance will reach 95 percent in 2031 and girls' attendance from 61 percent of pupils to 90 percent.",
            [(95.0, 2031, None, None, ""), (90.0, 2031, 61.0, None, "up")],
        ),
        (
            "By 2031 the goal is to have less than 30 pupils to a teacher from 48 pupils to 1 teacher in 2022 (the "
            "regional average is 37 pupils to 1 teacher).",
            [(30.0, 2031, 48.0, 2022, "down")],
        ),
    ],
)
def test_every_target_has_its_own_start_value(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


def test_a_finite_verb_of_change_in_the_past_is_no_aim() -> None:
    assert rows("The port index improved to 62.5 in 2021 from 52 in 2017 against the target of 60.") == []
    assert rows("International visitor arrivals are expected to increase to 3 million by 2031.")[0][:2] == (3e6, 2031)


def table(*lines: str, reported: int | None = None) -> list[tuple[str, float, int | None, float | None, str]]:
    found = extract_targets("\n".join(lines), "en", with_words=False, reported=reported)
    return [(str(t.kind), t.value or 0.0, t.year, t.base_value, t.direction) for t in found]


def test_a_row_that_opens_with_a_verb_holds_states_where_a_start_value_stands_beside_them() -> None:
    head = "| Name | Units | Baseline | 2027 | 2028 |"
    assert table(
        head,
        "| Reduce imports of salt | tonnes | 900.0 | 2000.0 | 450.0 |",
        "| Raise honey exports | t | 0 | 20 | 30 |",
    ) == [
        ("level", 2000.0, 2027, 900.0, "up"),
        ("level", 450.0, 2028, 900.0, "down"),
        ("level", 20.0, 2027, 0.0, "up"),
        ("level", 30.0, 2028, 0.0, "up"),
    ]
    assert table(head, "| Cut emissions | % | 0 | 20 | 30 |") == [
        ("change_pct", -20.0, 2027, None, "down"),
        ("change_pct", -30.0, 2028, None, "down"),
    ]


def test_the_only_year_behind_a_column_of_start_values_is_due_though_the_reports_reach_it() -> None:
    lines = ("| Area | Indicator | Baseline | 2024 |", "| Reading | Pupils who read well | 67% | 72% |")
    assert table(*lines, reported=2024) == [("level", 72.0, 2024, 67.0, "up")]


def test_a_column_of_links_to_goals_of_others_holds_no_values() -> None:
    lines = (
        "| Output | Indicator | Linkages to SDG targets | Year 2027 target | Year 2028 target |",
        "| Wells | No. of wells dug | 6.1, 6.4 | 40 | 50 |",
    )
    assert [(value, year) for _, value, year, _, _ in table(*lines)] == [(40.0, 2027), (50.0, 2028)]


def test_an_amount_goes_where_its_start_value_says() -> None:
    head = "| Indicator | Baseline 2024 | Target 2030 |"
    rows_of_table = ("| Wells in use | 40 | 65 |", "| Share of leaks | 12% | 7% |", "| Cover | 9% | 9% |")
    assert [row[4] for row in table(head, *rows_of_table)] == ["up", "down", ""]
    assert table(head, "| Cumulative number of wells drilled | 40 | 65 |") == [("cumulative", 65.0, 2030, 40.0, "up")]


def test_several_start_values_are_those_of_as_many_targets_and_else_of_none() -> None:
    head, label = "| Indicator | Baseline 2024 | Target 2030 |", "| Tons of salt, honey and wax sold"
    three, two = "80 tons, 7 tons, 12 tons", "80 tons, 7 tons"
    assert [row[3] for row in table(head, f"{label} | {three} | 200 tons, 20 tons, 10 tons |")] == [80.0, 7.0, 12.0]
    assert [row[3] for row in table(head, f"{label} | {two} | 200 tons, 20 tons, 10 tons |")] == [None] * 3


def test_an_arrow_before_the_target_says_which_way_it_goes() -> None:
    rows_of_table = [f"| Share of leaks mended | N.d. | {arrow} | 70% |" for arrow in "↗↑↘↓"]
    found = table("| Indicator | 2026 | 2027 | Target 2030 |", *rows_of_table)
    assert [row[4] for row in found] == ["up", "up", "down", "down"]


def test_a_cell_may_hold_its_start_value_in_brackets_with_an_earlier_year() -> None:
    head = "| Indicator | Target |"
    assert table(head, "| Share of rail | 67 % by 2030 (64.7 % in 2021) |") == [("level", 67.0, 2030, 64.7, "up")]
    assert table("| Indicator | 2030 |", "| Share of barges | 41 % (49 % in 2021) |") == [
        ("level", 41.0, 2030, 49.0, "down")
    ]
    later = table(head, "| Pilots | 30 by 2028 (40 by 2032) |")
    assert [(value, start) for _, value, _, start, _ in later][:1] == [(30.0, None)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("| 指标 | 目标 |\n| 铁路占比 | 到2030年达67%左右(2025年64.7%) |", (67.0, 64.7, 2025)),
        ("| Показатель | Цель |\n| Доля дорог | 67 % к 2030 году (64,7 % в 2025 году) |", (67.0, 64.7, 2025)),
    ],
)
def test_start_values_in_brackets_in_each_language(lines: str, expected: tuple[float, float, int]) -> None:
    (target,) = extract_targets(lines, with_words=False, reported=2025)
    assert (target.value, target.base_value, target.base_year, target.direction) == (*expected, "up")


@pytest.mark.parametrize(
    ("text", "lang", "value", "start"),
    [
        ("Share of rail in 2031: 9% (target 20%)", "en", 20.0, 9.0),
        ("Length of the cycle network in 2031: 18.3 km (goal: at least 150 km)", "en", 150.0, 18.3),
        (
            "Cut imports of oil from a potential level of 16 million barrels to 6 million barrels by 2031.",
            "en",
            6e6,
            16e6,
        ),
        ("Охват населения к 2031 году – 60 % (цель – 80 %).", "ru", 80.0, 60.0),
        ("到2031年覆盖率60%（目标80%）。", "zh", 80.0, 60.0),
    ],
)
def test_what_stands_in_front_of_an_aim_is_its_start(text: str, lang: str, value: float, start: float) -> None:
    (target,) = [t for t in extract_targets(text, lang, with_words=False, reported=2022) if t.value is not None]
    assert (target.value, target.base_value) == (value, start)
