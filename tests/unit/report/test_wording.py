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
        ("zh", 200.0, "bcm", ">=", "", "≥ 200 十亿立方米"),
        ("en", 2.0, "x", "=", "up", "↑ ×2"),
        ("en", 4.0, "rank", "<=", "", "rank 4 or better"),
        ("en", 30.0, "家", "=", "", "30"),
    ],
)
def test_a_bounded_number_has_direction_bound_and_unit(
    language: str, value: float, unit: str, operator: str, direction: str, written: str
) -> None:
    assert bounded(value, unit, operator, direction, Translator(language)).replace(NO_BREAK, " ") == written


def test_years_of_life_are_not_years_of_a_calendar() -> None:
    text = Translator("zh")
    assert (unit_name("years", text, "health"), unit_name("years", text, "education")) == ("岁", "年")


def test_a_counted_noun_stays_as_it_was_written() -> None:
    assert unit_name("станций", Translator("en")) == "станций"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_theme_without_a_name_is_shown_by_its_key(language: str) -> None:
    text = Translator(language)
    assert theme_name("unheard", text) == "unheard"
    assert theme_name("border", text) != "border"
    assert theme_name("", text) == text("plans.other_theme")
