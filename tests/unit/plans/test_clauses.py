"""Each clause of a sentence is judged by its own words; one without a verb takes the judgement of its neighbour."""

import pytest

from isthmus.plans.plan import Target
from isthmus.readers.documents.plans import extract_targets


def numbers(text: str, lang: str) -> list[Target]:
    return [t for t in extract_targets(text, lang, reported=2024) if t.value is not None]


@pytest.mark.parametrize(
    ("lang", "text", "values"),
    [
        ("en", "India currently has 69 million hectares of forest, and will add 5 million hectares by 2030.", [5e6]),
        ("en", "At present the port has 12 cranes and is planning to install 8 cranes.", [8.0]),
        ("en", "Output rose by 23 per cent in 2023, while exports are to grow by 9 per cent a year.", [9.0]),
        ("en", "By 2030 output will be 400 tonnes; the share of exports is over 30 percent.", [400.0, 30.0]),
        ("en", "The fund, which was set up with 70 million dollars, will support 300 farms.", [300.0]),
        ("en", "The site was 40 hectares large, providing 900 jobs.", []),
        ("ru", "Завод построил 40 станков, а к 2030 году построит 90 станков.", [90.0]),
        ("ru", "Добыча составила 70 млн тонн, что на 13 % выше уровня прошлого года.", []),
        ("zh", "到2030年建成道路400公里，去年建成320公里，绿化率提高到30%。", [400.0, 30.0]),
        ("zh", "去年新建学校30所，到2030年新建学校80所。", [80.0]),
    ],
)
def test_a_clause_is_judged_by_its_own_words(lang: str, text: str, values: list[float]) -> None:
    assert [t.value for t in numbers(text, lang)] == pytest.approx(values)


def test_years_of_a_clause_that_reports_are_not_those_of_the_aim() -> None:
    (found,) = numbers("The master plan, which the council approved in 2019, requires 250 miles of bus lanes.", "en")
    assert (found.value, found.year) == (250.0, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The province aims to cut emissions to 37.5 per cent below 1990 levels.",
            [("change_pct", "=", -37.5, 1990, None)],
        ),
        ("Losses should be at least 63 per cent lower than in 1990.", [("change_pct", "<=", -63.0, 1990, None)]),
        (
            "Losses are to be reduced by between 15 and 25 per cent.",
            [("change_pct", "<=", -15.0, None, None), ("change_pct", ">=", -25.0, None, None)],
        ),
        ("No pupil travels more than 30 km to a school.", [("level", "<=", 30.0, None, None)]),
        ("We will achieve a poverty rate of 30% (64% today).", [("level", "=", 30.0, None, 64.0)]),
        ("Cut the rate from 79% to 70% by 2028, 54% by 2035.", [("level", "=", v, None, 79.0) for v in (70.0, 54.0)]),
        (
            "This includes the delivery of 9,000 social homes and 3,000 other homes.",
            [("level", "=", 9e3, None, None), ("level", "=", 3e3, None, None)],
        ),
    ],
)
def test_what_a_value_is_bound_to(text: str, expected: list[tuple[str, str, float, int | None, float | None]]) -> None:
    assert [(t.kind.value, t.operator, t.value, t.base_year, t.base_value) for t in numbers(text, "en")] == expected


@pytest.mark.parametrize(
    "text",
    [
        "The region has few roads; support for 12 towns is thin.",
        "Fares are low; increase of 5 percent a year is usual.",
    ],
)
def test_a_noun_that_opens_a_later_clause_is_no_command(text: str) -> None:
    assert not extract_targets(text, "en", with_words=False)


def test_a_year_of_an_aim_in_words_in_front_of_a_semicolon_is_none_of_the_numbers_behind_it() -> None:
    text = (
        "Utopia will see its emissions peak before 2031 and be neutral before 2055; it will lower the energy per unit of"
        " output by over 35%, raise the share of wind to around 15%, and bring the area of woods to over 14 million ha by 2033."
    )
    assert [t.year for t in extract_targets(text, "en", with_words=False)] == [2033, 2033, 2033]
    text = "By 2031: keep to the plan; raise the share of wind to 30%, cut the use of coal by 10% by 2036."
    assert [t.year for t in extract_targets(text, "en", with_words=False)] == [2031, 2036]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到2028年和2031年，冷链流通率分别不低于45%和60%。", [(45.0, 2028), (60.0, 2031)]),
        ("Индекс производства составит: в 2029 г. 101,6%, в 2030 г. – 102,8%.", [(1.6, 2029), (2.8, 2030)]),
        ("Привлечь в 2031 году средства -213,4-238,6 млн.р.", [(213.4e6, 2031), (238.6e6, 2031)]),
        ("The deficit will fall by half a percentage point by 2031.", [(-0.5, 2031)]),
        ("К 2031 году ставка снизится на полпроцентных пункта.", [(-0.5, 2031)]),
    ],
)  # fmt: skip
def test_each_of_several_years_has_its_number_and_half_a_point_is_one(
    text: str, expected: list[tuple[float, int]]
) -> None:
    assert [(t.value, t.year) for t in extract_targets(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Темпы роста производства составят в 2031 году 100,7 - 101,9% при базовом варианте, 103% при целевом.",
            [(0.7, "базовом варианте"), (1.9, "базовом варианте"), (3.0, "целевом")],
        ),
        (
            "К 2031 году население сократится по первому варианту на 4 %, по второму варианту на 2,7 %.",
            [(-4.0, "первому варианту"), (-2.7, "второму варианту")],
        ),
    ],
)
def test_each_of_several_scenarios_has_its_number(text: str, expected: list[tuple[float, str]]) -> None:
    found = extract_targets(text)
    assert [(t.value, t.indicator.partition(" (")[2].rstrip(")")) for t in found] == expected


def test_what_could_be_reached_with_support_from_outside_is_an_aim() -> None:
    text = "Conditional on adequate international support, the share could increase to 55 % by 2031."
    assert [t.value for t in extract_targets(text)] == [55.0]
    assert not [t for t in extract_targets("With luck, the share could increase to 55 %.") if t.value]


def test_a_year_in_front_of_semicolons_holds_where_no_other_follows() -> None:
    text = "It intends to halt losses around 2031; to cut waste by 30% from the 2015 level; to raise the share of rail to 25%."
    assert [(t.value, t.year) for t in extract_targets(text) if t.value] == [(-30.0, 2031), (25.0, 2031)]
