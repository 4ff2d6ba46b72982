"""Changes in English plans: parts of a pledge, amounts in brackets, ranges without "by", growth that is limited."""

import pytest

from isthmus.plans.plan import Kind
from isthmus.readers.documents.plans import extract_targets

Row = tuple[str, str, float, str]


def rows(text: str) -> list[Row]:
    made = extract_targets(text, "en", with_words=False, reported=2022)
    return [(t.kind.value, t.operator, t.value or 0.0, t.direction) for t in made]


FALL = Kind.CHANGE_PCT.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The aim is to reduce emissions of the burning of coal by 14% (22 Mt) by 2031.",
            [(FALL, "=", -14.0, "down"), (Kind.CHANGE_ABS.value, "=", -22.0, "down")],
        ),
        (
            "We will reduce the total emissions of towns 45 to 55 percent by 2031.",
            [(FALL, "<=", -45.0, "down"), (FALL, ">=", -55.0, "down")],
        ),
        ("Raise the output of wind by 10% to 45% by 2031.", [(FALL, "=", 10.0, "up"), (FALL, "=", 45.0, "up")]),
        (
            "Reduce the losses of the grid by 12% to 15% by 2031.",
            [(FALL, "<=", -12.0, "down"), (FALL, ">=", -15.0, "down")],
        ),
        ("The aim is at reducing losses by at maximum 2.5 % by 2031.", [(FALL, ">=", -2.5, "down")]),
        (
            "Limit growth in grid-connected end-use of power to 2% per year on average for the period 2023-2031.",
            [(Kind.GROWTH.value, "<=", 2.0, "up")],
        ),
        ("By 2031 it will: Increase use of patient generated records by over 7%", [(FALL, ">", 7.0, "up")]),
        (
            "By 2031 the office will help by increasing the use of beds to 91% in the wards of towns and the rate of use to 99%.",
            [(Kind.LEVEL.value, "=", 91.0, "up"), (Kind.LEVEL.value, "=", 99.0, "up")],
        ),
        ("The present use is less than 52 percent, which is poor (75 to 81 percent would be regarded as good).", []),
    ],
)
def test_changes(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The cumulative reduction would be up to 3,100 kt CO2 over the period from 2023 to 2031.", []),
        ("The country will go on to press for a new world agreement that cuts emissions in half by 2051.", []),
        ("Planting 35% of dry lands on which the fall of rain exceeds 400 mm by 2031.", [("level", "=", 35.0, "")]),
        ("Losses of grain are to be cut to half their present level by 2031.", [("multiple", "=", 0.5, "down")]),
        ("By 2031 half of the present roads are to be lit.", [("level", "=", 50.0, "")]),
        ("Narrow the gap in pay to 7 percentage points by 2031.", [("level", "=", 7.0, "down")]),
        ("Cut the rate of theft by 3 percentage points by 2031.", [("change_pp", "=", -3.0, "down")]),
        ("By 2031, 800 head teachers will receive training in the use of maps.", [("level", "=", 800.0, "")]),
        (
            "Increase the cover of trees by 7% of the base or 1,450 trees by 2031.",
            [(FALL, "=", 7.0, "up"), (Kind.CHANGE_ABS.value, "=", 1450.0, "up")],
        ),
        (
            "By 2031 this leads to a combined uplift in the total space for birds within the town of 15%.",
            [(FALL, "=", 15.0, "up")],
        ),
    ],
)
def test_what_counts_and_what_does_not(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


def test_a_number_with_a_measure_is_no_year() -> None:
    made = extract_targets(
        "They will build four tanks of 2000 m³ each and one of 2050 m³ by 2031.", "en", reported=2022
    )
    assert {t.year for t in made} == {2031}


def test_a_noun_like_a_command_in_front_of_a_finite_verb_reports() -> None:
    assert not rows(
        "Support for the ports was 640 million dollars and has now been enhanced by 12.5% to 720 million dollars."
    )
    assert not rows("(1) The Speech on the Budget - 14 May 2006 [RP 7-2031].")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The total reduction would therefore be 31.5% by 2031.", [(FALL, "=", -31.5, "down")]),
        ("About 38 tons of waste are expected to be avoided by 2031.", [(Kind.CHANGE_ABS.value, "~", -38.0, "down")]),
        ("By 2031, 40 GWh are planned to be saved.", [(Kind.CHANGE_ABS.value, "=", -40.0, "down")]),
    ],
)
def test_what_a_reduction_would_be_and_what_is_to_be_avoided_are_falls(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected
