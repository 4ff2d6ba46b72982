"""Values, years and start values that stand beside something alike: a unit, a bracket, a chain, another year."""

import pytest

from isthmus.plans.plan import Target
from isthmus.readers.documents.plans import extract_targets

Row = tuple[str, float, str, int | None, int | None, float | None]


def numbers(text: str, lang: str, reported: int) -> list[Target]:
    return [t for t in extract_targets(text, lang, reported=reported) if t.value is not None]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Довести площадь жилых помещений до 29,1 кв. м на человека.", 29.1, "m2 per person"),
        ("Обеспеченность населения жильем составит 31,1 кв. м.", 31.1, "m2"),
        ("Стоимость 1 кв. м жилья снизится до 40 тыс. рублей.", 40e3, "RUB"),
    ],
)
def test_the_last_digit_of_a_decimal_is_no_number_of_its_own(text: str, value: float, unit: str) -> None:
    (found,) = numbers(text, "ru", 2016)
    assert (found.value, found.unit) == (pytest.approx(value), unit)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "We will expand organic farming from 3.5% (1.5 million hectares) to 12% (5.4 million hectares) by 2030.",
            [("level", 12.0, "%", 2030, None, 3.5), ("level", 5.4e6, "ha", 2030, None, 1.5e6)],
        ),
        (
            "Raise enrolment from 40% (2 million pupils) to 60% by 2030.",
            [("level", 60.0, "%", 2030, None, 40.0)],
        ),
        ("We will raise the share from 16% (20% by 2030).", [("level", 20.0, "%", 2030, None, 16.0)]),
    ],
)
def test_a_bracket_behind_a_start_value_is_a_start_value(text: str, expected: list[Row]) -> None:
    found = numbers(text, "en", 2016)
    assert [(t.kind.value, t.value, t.unit, t.year, t.base_year, t.base_value) for t in found] == expected


@pytest.mark.parametrize(
    ("text", "year", "base"),
    [
        ("We will reduce by 2030 emissions per unit of GDP by 35% from the level of 2010.", 2030, 2010),
        ("We will reduce emissions per unit of GDP by 35% from the level of 2010 by 2030.", 2030, 2010),
        ("The target is a 15% decrease by 2025 from baseline levels in 2008.", 2025, 2008),
        ("By 2030 emissions are to be reduced by 20% from the level in 2012.", 2030, 2012),
        ("The city will cut water use by at least 40% from fiscal year 2002-2003 levels.", None, 2003),
        ("The city will cut water use by 40% compared with 2002/03.", None, 2003),
        ("The city will cut water use by 30% from 2020-2030.", 2030, None),
        ("The city will cut water use by 20% no later than 2029/30.", 2030, None),
    ],
)
def test_a_year_behind_a_comparison_is_the_one_it_is_counted_from(
    text: str, year: int | None, base: int | None
) -> None:
    (found,) = numbers(text, "en", 2016)
    assert (found.kind.value, found.year, found.base_year) == ("change_pct", year, base)


def test_a_year_behind_a_comparison_is_not_due() -> None:
    (found,) = numbers("We will fill 90% of places, with more applicants than in 2020/21.", "en", 2016)
    assert (found.value, found.year) == (90.0, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Реальные доходы увеличатся в 2018 году на 1,0%, за 2019 год – на 1,2%, за 2020 – на 1,1%, инфляция замедлится.",
            [(1.0, 2018), (1.2, 2019), (1.1, 2020)],
        ),
    ],
)
def test_a_chain_keeps_the_direction_it_began_with(text: str, expected: list[tuple[float, int]]) -> None:
    found = numbers(text, "ru", 2016)
    assert [(t.value, t.year) for t in found] == expected
    assert {t.direction for t in found} == {"up"}
    assert len({t.indicator for t in found}) == 1


@pytest.mark.parametrize(
    "text", ["We set a target of 9% with a stretch target of 11% by 2030.", "Reach a stretch target of 11% by 2030."]
)
def test_a_stretch_target_is_a_level(text: str) -> None:
    found = numbers(text, "en", 2016)[-1]
    assert (found.kind.value, found.value, found.year) == ("level", 11.0, 2030)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("力争营收达到8400亿元、同比增长7%左右。", [("level", 8.4e11), ("growth", 7.0)]),
        ("2026年，地区生产总值增长5%，固定资产投资增长6%。", [("growth", 5.0), ("growth", 6.0)]),
        ("2026年，固定资产投资增长6%。", [("growth", 6.0)]),
        ("今年工业增加值增长8%，固定资产投资增长5%以上。", [("growth", 8.0), ("growth", 5.0)]),
        ("到2030年，海水淡化能力增长40%。", [("change_pct", 40.0)]),
        ("2024-2026年，固定资产投资增长16%。", [("change_pct", 16.0)]),
        ("2026年，固定资产投资比2024年增长6%。", [("change_pct", 6.0)]),
        ("到2026年，海水淡化能力增长40%。", [("change_pct", 40.0)]),
        ("地区生产总值年均增长5%，单位能耗降低15%。", [("growth", 5.0), ("change_pct", -15.0)]),
    ],
)
def test_a_change_in_the_plan_of_one_year_is_a_growth(text: str, expected: list[tuple[str, float]]) -> None:
    assert [(t.kind.value, t.value) for t in numbers(text, "zh", 2025)] == expected


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("培育30户以上智能工厂，改造棚户区3000户。", ["户", "households"]),
        ("新增规上工业企业30户。", ["户"]),
    ],
)
def test_firms_are_no_households(text: str, units: list[str]) -> None:
    assert [t.unit for t in numbers(text, "zh", 2025)] == units


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Довести долю с 3,5% (1,5 млн га) до 12% (5,4 млн га) к 2030 году.", "ru"),
        ("到2030年，有机农业占比从3.5%（1.5万平方公里）提高到12%（5.4万平方公里）。", "zh"),
    ],
)
def test_so_it_does_in_other_languages(text: str, lang: str) -> None:
    (share, area) = numbers(text, lang, 2020)
    assert (share.value, share.base_value) == (12.0, 3.5)
    assert area.value is not None
    assert area.base_value == pytest.approx(area.value / 54 * 15)


def test_both_ends_of_a_range_of_money_have_its_scale() -> None:
    found = extract_targets("Raise exports to $133-136 million by 2030.", "en", with_words=False)
    assert [(t.operator, t.value) for t in found] == [(">=", 133e6), ("<=", 136e6)]
    found = extract_targets("Keep the fare at $5-6 by 2030.", "en", with_words=False)
    assert [t.value for t in found] == [5.0, 6.0]
    found = extract_targets("Keep loans between $900 and 2 million by 2030.", "en", with_words=False)
    assert [t.value for t in found] == [900.0, 2e6]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("We will attract £1.1 to £1.3 billion of new investment by 2031.", 1.1e9, 1.3e9),
        ("The country is to welcome 18 – 20 million visitors a year by 2031.", 18e6, 20e6),
    ],
)
def test_the_lower_end_of_a_range_has_the_scale_of_the_upper_where_it_stays_below(
    text: str, low: float, high: float
) -> None:
    assert [t.value for t in extract_targets(text, "en")] == [low, high]
    (rise,) = extract_targets("Raise the number of visitors from 300 to 2 million by 2031.", "en")
    assert (rise.base_value, rise.value) == (300.0, 2e6)


def test_this_year_is_a_year_beside_others() -> None:
    text = "2031年市政府工作报告\n\n二、2031年重点工作\n\n今年建成两条地铁，里程突破340公里，2032年、2033年分别建成东线、西线。"
    assert [(t.value, t.year) for t in extract_targets(text) if t.value == 340.0] == [(340.0, 2031)]


def test_words_with_a_year_in_a_cell_are_no_value() -> None:
    table = (
        "# Programme for 2031-2033\n\n| Measure | Unit | 2031 | 2032 | 2033 |\n|---|---|---|---|---|\n"
        "| Training of drivers | persons | 290 | 310 | The measure is planned to be carried out in 2033 |\n"
    )
    assert [t.value for t in extract_targets(table) if t.value is not None] == [290.0, 310.0]
