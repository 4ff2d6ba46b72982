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
