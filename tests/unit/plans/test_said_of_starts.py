"""What sentences say of the start of a target, of what a share does, and figures in them that are none of a target."""

import pytest

from isthmus.plans.plan import Target
from isthmus.readers.documents.plans import extract_targets


def numbers(text: str) -> list[Target]:
    return [t for t in extract_targets(f"# Targets\n\n{text}\n") if t.value is not None]


@pytest.mark.parametrize(
    ("text", "value", "base_year", "base"),
    [
        (
            "Cut emissions from waste by 47% by 2035 compared to emissions measured in 2015, which were 5.5 Mt.",
            -47,
            2015,
            5.5,
        ),
        ("A 71% reduction in waste by 2035 compared to the amount of 2018, which was about 4.5 Mt.", -71, 2018, 4.5),
        ("Emissions will be reduced by 27% by 2035 from the annual amount measured in 2015 (79 Mt).", -27, 2015, 79),
        ("Transition from 80% of waste landfilled in 2020, to only 20% by 2035;", 20, 2020, 80),
        ("Demand will reach 364 ktoe in 2035, from an annual of 223 ktoe in 2029.", 364, 2029, 223),
        ("Double the current installed capacity of 180,000 tonnes by 2035.", 2, None, 180000),
        ("Increase of the area of protected sites (currently some 128,000 ha) by 50% by 2035;", 50, None, 128000),
        ("The target for 2035 is to decrease deaths to 274, while it is now about 733.", 274, None, 733),
    ],
)
def test_a_start_value_stands_behind_the_base_year_or_in_the_next_clause(
    text: str, value: float, base_year: int | None, base: float
) -> None:
    assert [(t.value, t.base_year, t.base_value) for t in numbers(text)] == [(value, base_year, base)]


def test_the_value_of_a_base_year_in_front_of_its_change_is_the_start_of_both() -> None:
    text = "2036年铁路货物运输量将达到5.2亿吨，比2028年的3.8亿吨增长36%。研发投入强度比2028年的2.4%提高0.6个百分点，达到3%。"
    assert [(t.value, t.base_year, t.base_value) for t in numbers(text)] == [
        (5.2e8, 2028, 3.8e8),
        (36.0, 2028, 3.8e8),
        (0.6, 2028, 2.4),
        (3.0, 2028, 2.4),
    ]


@pytest.mark.parametrize(
    ("text", "kind", "value", "base_year"),
    [
        (
            "A reduction target for emissions by 2050, of at least 85% of the amount measured in 2015.",
            "change_pct",
            -85,
            2015,
        ),
        (
            "By 2035 the total increase in emissions will be only 3.3% compared to emissions in 2015.",
            "change_pct",
            3.3,
            2015,
        ),
        (
            "By 2035 we aim to increase awareness by 10%, using 2028 and 2029 baselines, respectively.",
            "change_pct",
            10,
            2028,
        ),
        (
            "Set a new energy intensity target so that by 2035 the intensity will be 122 MWh per NIS 1 million.",
            "level",
            122,
            None,
        ),
        ("Reduce the use of antibiotics in 2035 to two-thirds of the level in 2013.", "multiple", 0.666666666667, 2013),
    ],
)
def test_what_a_figure_is_counted_from(text: str, kind: str, value: float, base_year: int | None) -> None:
    assert [(t.kind, t.value, t.base_year) for t in numbers(text)] == [(kind, value, base_year)]


def test_what_those_counted_do_is_no_way_of_their_number() -> None:
    (share,) = numbers(
        "By 2035 the share of hospitals taking measures to reduce the rate of infections will reach 50%."
    )
    assert (share.indicator, share.direction) == (
        "share of hospitals taking measures to reduce the rate of infections",
        "",
    )
    (share,) = numbers("Increase the share of firms with a plan to reduce waste to 50% by 2035.")
    assert (share.indicator, share.direction) == ("share of firms with a plan to reduce waste", "up")
    (share,) = numbers("Доля больниц, реализующих меры по снижению частоты инфекций, составит 50 % к 2035 году.")
    assert share.direction == ""
    (share,) = numbers("到2035年，实施降低感染率措施的医院比例达到50%。")
    assert share.direction == ""


@pytest.mark.parametrize(
    "text",
    [
        "Strategy 3 Infection prevention and control in humans by 2035",
        "Government Decision N 465 governs the end of coal power by 2035.",
        "The previous target was 7.7 t by 2035.",
        "Limit emissions from new vehicles, weighing up to 3.5 tonnes, by 2035",
        "Given only 7% of the land is under irrigation, it is difficult to feed all by 2035.",
        "For this reason, the top 10 will be reviewed by 2035.",
        "Совершенствование мер по предупреждению инфекций до 2035 года, в том числе: 10.1.",
        "The EU Commission recommends that, by 2035, at least 65% of the use of antibiotics is of the Access group.",
        "Summary 3 Aims 4 Introduction 6 The response 9 Lessons learnt 10 About the plan 13 Theme 18 Education 22 Health 25",
    ],
)
def test_figures_that_are_none_of_a_target(text: str) -> None:
    assert numbers(text) == []


def test_the_period_of_what_was_approved_is_none_of_a_target() -> None:
    (share,) = numbers("The rate of towns with plans against floods for the 2028 - 2040 period approved reaches 100%.")
    assert share.year != 2040


def test_an_amount_of_calories_is_no_year() -> None:
    assert [
        (t.operator, t.value, t.unit) for t in numbers("Everybody should have a minimum of 2122 kilo calories by 2035.")
    ] == [(">=", 2122.0, "kcal")]
    assert [
        (t.operator, t.value) for t in numbers("It requires an investment not inferior to 200 million USD by 2035.")
    ] == [(">=", 2e8)]
