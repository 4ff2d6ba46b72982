"""Sentences that items end, paths with one start, results that indicators announce, and words that say a change again."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.plan import Kind, Target
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document


def found(text: str) -> list[Target]:
    made = extract_document(Document("plan.md", None, tuple(blocks_of(text)))).targets
    return [t for t in made if t.value is not None]


def test_items_end_the_sentence_that_stands_above_them() -> None:
    text = (
        "# Clean Rivers Act\n(2) The goals of the county are to ensure that\n(a) discharges of phosphorus are reduced by\n"
        "(i) 15 per cent by 2029, and\n(ii) 35 per cent by 2034;\n"
    )
    assert [(t.kind, t.value, t.year, t.indicator) for t in found(text)] == [
        (Kind.CHANGE_PCT, -15.0, 2029, "discharges of phosphorus"),
        (Kind.CHANGE_PCT, -35.0, 2034, "discharges of phosphorus"),
    ]


def test_a_start_value_is_that_of_each_step_behind_it() -> None:
    made = found("Raise the number of nurses per ward from 1.5 to 4 by 2029 and to 7 by 2034.")
    assert [(t.value, t.year, t.base_value) for t in made] == [(4.0, 2029, 1.5), (7.0, 2034, 1.5)]


def test_a_number_written_out_has_not_the_scale_or_the_unit_of_the_next() -> None:
    made = found("Raise visits from 240,000 to 1.2 million by 2031, 40% of them by rail.")
    assert (made[0].value, made[0].base_value) == (1.2e6, 240_000.0)
    made = found("The scheme will create 600,000 jobs by 2031 from a current 210,000, 40% women.")
    assert [(t.value, t.base_value) for t in made] == [(600_000.0, 210_000.0), (40.0, None)]


def test_a_ratio_to_one_is_its_first_number() -> None:
    made = found("Improve the ratio of children to teachers to 18:1 in villages and 22:1 in towns by 2031.")
    assert [(t.value, t.year) for t in made] == [(18.0, 2031), (22.0, 2031)]


@pytest.mark.parametrize("lead", ["Outcome Indicators:", "Impact indicators", "Output indicators and targets:"])
def test_results_below_a_line_of_indicators_are_aims(lead: str) -> None:
    text = f"## Results\n- {lead}\n- Share of homes without a tap reduced from 41% to 12%;\n- 300 wardens trained;\n"
    assert [(t.value, t.base_value) for t in found(text)] == [(12.0, 41.0), (300.0, None)]


def test_targets_that_a_list_announces_go_on_over_lines_that_name_them() -> None:
    text = (
        "# Seven Targets\nThe seven targets in the quarterly reports for March 2023 are:\nFaster trains\n"
        "90% of trains are on time on each line.\nFewer thefts\n4,000 fewer people who are robbed in the street.\n"
    )
    assert [(t.value, t.kind) for t in found(text)] == [(90.0, Kind.LEVEL), (-4000.0, Kind.CHANGE_ABS)]
    assert 2023 not in {t.year for t in found(text)}


def test_the_number_of_a_year_of_the_project_is_no_value() -> None:
    made = found(
        "Loans will grow from KES 20 billion (UA 9 million) in YR 1 to KES 70 billion (UA 31 million) by 2031."
    )
    assert [(t.value, t.base_value) for t in made] == [(7e10, 2e10)]


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Water use reduction in offices", (Kind.CHANGE_ABS, -700.0)),
        ("Water use in offices", (Kind.LEVEL, 700.0)),
        ("Offices in which meters are improved", (Kind.LEVEL, 700.0)),
    ],
)
def test_a_label_that_names_a_fall_makes_amounts_changes(label: str, expected: tuple[Kind, float]) -> None:
    made = found(f"| Indicator | Unit | 2029 target | 2031 target |\n| {label} | m3 | 400 | 700 |\n")
    assert (made[-1].kind, made[-1].value) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Plan\nThe jobless rate will be 6% at a maximum by 2031.\n", ("<=", 6.0)),
        ("# Plan\nBy 2031, 14 islands will adopt a fishing code.\n", ("=", 14.0)),
        ("# Plan\nThe aims for 2031:\n- 82% of nurses in the north are trained in first aid\n", ("=", 82.0)),
    ],
)
def test_a_maximum_what_places_will_adopt_and_states_that_a_year_aims_at(
    text: str, expected: tuple[str, float]
) -> None:
    assert [(t.operator, t.value, t.year) for t in found(text)] == [(*expected, 2031)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Output of tin and zinc will reach 5 and 9 tonnes respectively by 2031.", ["Output of tin", "Output of zinc"]),
        (
            "Raise the shares of bus and tram travel to 20 and 25 percent respectively by 2031.",
            ["shares of bus travel", "shares of tram travel"],
        ),
        ("Bus travel and tram travel rise by 18 and 26 percent, respectively, by 2031.", ["Bus travel", "tram travel"]),
        (
            "Доля пеших и конных маршрутов составит соответственно 40 и 55 процентов к 2031 году.",
            ["Доля пеших маршрутов", "Доля конных маршрутов"],
        ),
        (
            "到2031年，公交车和出租车数量分别达到900辆和500辆。",
            ["公交车和出租车数量: 公交车", "公交车和出租车数量: 出租车数量"],
        ),
        ("The share of cold and warm rooms will reach 40 percent in 2028 and 55 percent in 2031 respectively.", 2),
    ],
)
def test_values_in_turn_are_those_of_the_subjects_in_turn(text: str, names: list[str] | int) -> None:
    made = [t.indicator for t in found(text)]
    assert made == (["share of cold and warm rooms"] * names if isinstance(names, int) else names)


def test_a_share_of_something_in_a_list_of_reductions_is_no_reduction() -> None:
    text = (
        "National emissions reduction targets:\n- Energy efficiency - 17% reduction\n"
        "- Renewable energy - 20% of the power in 2031 will be from the sun\n- Waste - 5%"
    )
    found = extract_document(Document("plan.txt", None, tuple(blocks_of(text)))).targets
    assert [(t.value, t.kind.value) for t in found] == [(-17.0, "change_pct"), (20.0, "level"), (-5.0, "change_pct")]
