import math

import pytest

from isthmus.report.locale import LANGUAGES, Translator, apart, decimals


@pytest.mark.parametrize(
    ("language", "written"), [("en", "−1,234.50\u00a0%"), ("ru", "−1\u00a0234,50\u00a0%"), ("zh", "−1,234.50%")]
)
def test_percent_fits_the_language(language: str, written: str) -> None:
    assert Translator(language).percent(-1234.5).replace("\u202f", "\u00a0") == written


@pytest.mark.parametrize(
    ("value", "digits", "signed", "written"),
    [
        (0.3, 0, False, "0.3"),
        (0.03, 0, False, "<\u00a00.1"),
        (0.0004, 2, False, "<\u00a00.001"),
        (0.0, 0, False, "0"),
        (1e-9, 0, False, "0"),
        (-0.0004, 2, True, "−0.0004"),
        (0.00003, 3, True, "+0.00003"),
        (0.004, 2, True, "+0.004"),
        (0.006, 2, True, "+0.01"),
    ],
)
def test_a_percentage_that_is_not_zero_does_not_read_zero(
    value: float, digits: int, signed: bool, written: str
) -> None:
    assert Translator("en").percent(value, digits, signed=signed) == f"{written}\u00a0%"


def test_a_range_of_small_percentages_does_not_read_zero() -> None:
    text = Translator("en")
    assert text.percent_range(0.02, 0.03, 0) == text.percent(0.03, 0) == "<\u00a00.1\u00a0%"
    assert text.percent_range(-0.02, 0.03, 0) == text.percent(0, 0)


def test_sign_is_that_of_the_rounded_number() -> None:
    text = Translator("en")
    assert text.number(0.0004, 2, signed=True) == "0"
    assert text.number(-0.0004, 2, signed=True) == "0"
    assert text.number(0.006, 2, signed=True) == "+0.01"
    assert text.number(math.nan) == "–"


@pytest.mark.parametrize(("n", "word"), [(1, "строку"), (3, "строки"), (5, "строк"), (21, "строку"), (112, "строк")])
def test_russian_plural_forms(n: int, word: str) -> None:
    assert Translator("ru")("page.more_rows", n=n).split()[-1] == word


@pytest.mark.parametrize(
    ("value", "digits"), [(0.0, 0), (0.0003, 5), (0.004, 4), (0.048, 3), (0.07, 3), (0.12, 2), (3.0, 2), (45.0, 1)]
)
def test_decimals_keep_what_counts(value: float, digits: int) -> None:
    assert decimals(value, -value / 2, math.nan) == digits


def test_a_value_is_tied_to_its_unit_and_only_to_it() -> None:
    text = Translator("en")
    assert text.tie("0.3 to 0.9 % of 5 million people, 3 percent, 2 ppx") == (
        "0.3 to 0.9\u00a0% of 5\u00a0million people, 3 percent, 2 ppx"
    )
    assert Translator("ru").tie("7 млрд долл.") == "7\u00a0млрд долл."
    assert Translator("ru").tie("Китай → Россия — 9 из 18") == "Китай\u00a0→ Россия\u00a0— 9 из 18"


def test_short_and_scientific_numbers() -> None:
    text = Translator("ru")
    assert text.short(0.012345) == "0,01235"
    assert text.short(-2.5) == "−2,5"
    assert text.short(-1e-13) == "0"
    assert text.scientific(3e-11).replace("\u00a0", " ") == "3 × 10⁻¹¹"


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        Translator("en")("page.no_such_text")


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_ends_that_read_the_same_are_written_once(language: str) -> None:
    text = Translator(language)
    assert text.range(0.0000001, 0.0000004, 2) == text.number(0, 2)
    assert text.percent_range(-1e-9, 1e-9, 0, signed=True) == text.percent(0, 0)


def test_values_below_each_other_are_told_apart() -> None:
    cases = (22.8, 30.8), (5.5, 12.4), (0.1237, 0.1231, 0.099), (0.12, 0.03), (0.0, 0.0)
    assert [apart(*values) for values in cases] == [0, 1, 3, 3, 0]
