"""Numbers, units and themes are worded as readers of each language write them."""

import pytest

from isthmus.report.locale import LANGUAGES, NO_BREAK, Translator
from isthmus.report.wording import amount, bounded, theme_name, unit_name


@pytest.mark.parametrize(
    ("language", "value", "written"),
    [
        ("en", 79.25, "79.25"),
        ("en", 1.4e12, "1.4 trillion"),
        ("en", 7.0, "7"),
        ("en", 1 / 3, "0.33"),
        ("ru", 2.6e9, "2,6 млрд"),
        ("zh", 5.0e8, "5亿"),
    ],
)
def test_an_amount_keeps_its_digits_and_gets_a_word_for_its_scale(language: str, value: float, written: str) -> None:
    assert amount(value, False, Translator(language)).replace(NO_BREAK, " ") == written


@pytest.mark.parametrize(
    ("language", "value", "unit", "operator", "direction", "written"),
    [
        ("en", 12.0, "%", "<=", "down", "↓ ≤ 12%"),
        ("ru", 12.0, "%", "<=", "down", "↓ ≤ 12 %"),
        ("zh", 200.0, "bcm", ">=", "", "≥ 2,000亿立方米"),
        ("zh", 650.0, "Mt", ">=", "", "≥ 6.5亿吨"),
        ("en", 200.0, "bcm", ">=", "", "≥ 200 bn m³"),
        ("en", 2.0, "x", "=", "up", "↑ ×2"),
        ("en", 4.0, "rank", "<=", "", "rank 4 or better"),
        ("en", 8.0, "% per year", ">=", "", "≥ 8%"),
        ("en", 7.25e11, "kg", "~", "", "≈ 725 million t"),
        ("zh", 7.25e11, "kg", "~", "", "≈ 7.25亿吨"),
        ("en", 999_000.0, "kg", "", "", "999,000 kg"),
    ],
)
def test_a_bounded_number_has_direction_bound_and_unit(
    language: str, value: float, unit: str, operator: str, direction: str, written: str
) -> None:
    assert bounded(value, unit, operator, direction, Translator(language)).replace(NO_BREAK, " ") == written


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (81.0, "years", "81 год"),
        (2.0, "years", "2 года"),
        (80.0, "years", "80 лет"),
        (11.7, "years", "11,7 года"),
        (1.6, "children per woman", "1,6 ребёнка на женщину"),
        (2.5e6, "students", "2,5 млн студентов"),
    ],
)
def test_a_unit_stands_in_its_form_behind_the_number_as_it_is_written(value: float, unit: str, written: str) -> None:
    assert bounded(value, unit, "", "", Translator("ru")).replace(NO_BREAK, " ") == written


@pytest.mark.parametrize(
    ("language", "unit", "lang", "written"),
    [
        ("en", "家", "zh", "≥ 145"),
        ("zh", "家", "zh", "≥ 145家"),
        ("en", "trees", "en", "≥ 145 trees"),
        ("ru", "trees", "en", "≥ 145"),
        ("ru", "роботов per 10,000", "ru", "≥ 145 роботов на 10 000"),
        ("en", "роботов per 10,000", "ru", "≥ 145 per 10,000"),
        ("zh", "роботов per 10,000", "ru", "≥ 145 /1万"),
        ("zh", "persons per 100,000", "ru", "≥ 145人/10万"),
        ("zh", "%", "ru", "≥ 145%"),
    ],
)
def test_a_noun_of_a_passage_is_shown_to_readers_of_its_language(
    language: str, unit: str, lang: str, written: str
) -> None:
    assert bounded(145.0, unit, ">=", "", Translator(language), lang=lang).replace(NO_BREAK, " ") == written


def test_years_of_life_are_not_years_of_a_calendar() -> None:
    text = Translator("zh")
    assert (unit_name("years", text, "health"), unit_name("years", text, "education")) == ("岁", "年")


def test_a_counted_noun_stays_as_it_was_written() -> None:
    assert unit_name("станций", Translator("en")) == "станций"


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "роботов per 10,000"), ("ru", "роботов на 10 000"), ("zh", "роботов/1万")],
)
def test_things_per_so_many_are_worded_in_the_language_around_their_noun(language: str, written: str) -> None:
    assert unit_name("роботов per 10,000", Translator(language)).replace(NO_BREAK, " ") == written


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_theme_without_a_name_is_shown_by_its_key(language: str) -> None:
    text = Translator(language)
    assert theme_name("unheard", text) == "unheard"
    assert theme_name("border", text) != "border"
    assert theme_name("", text) == text("plans.other_theme")
