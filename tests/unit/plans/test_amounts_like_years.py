"""Amounts whose digits are those of a year stay amounts, and years in front of what is counted stay years."""

import pytest

from isthmus.readers.documents.plans import extract_targets


def rows(text: str, lang: str) -> list[tuple[float, str, int | None]]:
    """Return value, unit and year of each number of a statement."""
    return [(t.value, t.unit, t.year) for t in extract_targets(text, lang) if t.value is not None]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Increase capacity to 2040.4 MW by 2035.", "en", (2040.4, "MW", 2035)),
        ("Raise cereal output to 2035.5 thousand tonnes by 2031.", "en", (2035500.0, "t", 2031)),
        ("By 2031 output will reach 2035 million tonnes.", "en", (2035e6, "t", 2031)),
        ("Deploy over 2035 zero-emission trucks and equipment by 2030.", "en", (2035.0, "trucks", 2030)),
        ("By 2031, at least 2030 people receive training.", "en", (2030.0, "persons", 2031)),
        ("Raise employment by 2030 jobs by 2035.", "en", (2030.0, "jobs", 2035)),
        ("Increase the number of places to 2050 by 2031.", "en", (2050.0, "", 2031)),
        ("Increase the number of places to 2050 by the end of 2031.", "en", (2050.0, "", 2031)),
        ("Довести добычу до 2035 тонн в 2031 году.", "ru", (2035.0, "t", 2031)),
        ("Увеличить объем инвестиций до 2035,4 млн рублей к 2031 году.", "ru", (2035.4e6, "RUB", 2031)),
        ("Сохранить выбросы на уровне 2035 тыс. тонн в 2031 году.", "ru", (2035000.0, "t", 2031)),
        ("到2031年，粮食产量达到2035.5万吨。", "zh", (20355000.0, "t", 2031)),
    ],
)
def test_an_amount_is_no_year(text: str, lang: str, expected: tuple[float, str, int]) -> None:
    assert rows(text, lang) == [expected]


def test_behind_a_currency_no_year_stands() -> None:
    assert rows("Save households an average of $2035 per year by 2031.", "en") == [(2035.0, "USD", 2031)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("By 2030 people will have access to 300 clinics.", [(300.0, "clinics", 2030)]),
        ("By 2030 new buildings use 40 percent less energy.", [(-40.0, "%", 2030)]),
        ("In 2030 schools will employ 300 more teachers.", [(300.0, "teachers", 2030)]),
        ("Emissions fall by 20 percent over 2005 sales by 2031.", [(-20.0, "%", 2031)]),
        ("Reach 40 percent more than 2025 output by 2031.", [(40.0, "%", 2031)]),
        ("Under the roadmap to 2031 T&LU plans cover 300 towns.", [(300.0, "towns", 2031)]),
    ],
)
def test_a_year_in_front_of_what_is_counted_is_a_year(text: str, expected: list[tuple[float, str, int | None]]) -> None:
    assert rows(text, "en") == expected


def test_a_year_that_a_change_is_counted_from_stands_in_front_of_the_one_it_is_due_in() -> None:
    found = extract_targets("Raise steel output by 20 percent from 2020 by 2030.", "en")
    assert [(t.value, t.base_year, t.year) for t in found] == [(20.0, 2020, 2030)]
