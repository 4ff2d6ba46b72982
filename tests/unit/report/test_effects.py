import pytest

from isthmus.report.effects import ToldEffect
from isthmus.report.locale import Translator


@pytest.mark.parametrize(
    ("effect", "ends"),
    [
        (ToldEffect(-0.003, -0.001, -0.0002), "−0.0030 to −0.0002"),
        (ToldEffect(0.000018, 0.000128, 0.00028), "+0.00002 to +0.00028"),
        (ToldEffect(0.0045, 0.0231, 0.0424), "+0.004 to +0.042"),
        (ToldEffect(0.021, 0.048, 0.083), "+0.021 to +0.083"),
        (ToldEffect(-0.00286, -0.0011, -0.0000002), "−0.0029 to −0.0000002"),
        (ToldEffect(0.0000031, 0.0011, 0.00286), "+0.000003 to +0.0029"),
        (ToldEffect(-0.003, -0.001, 0.0), "−0.0030 to 0"),
        (ToldEffect(0.026, 0.06, 0.118), "+0.03 to +0.12"),
        (ToldEffect(0.03, 0.06, 0.12), "+0.03 to +0.12"),
        (ToldEffect(0.00056, 0.00207, 0.00367), "+0.0006 to +0.0037"),
    ],
)
def test_a_range_on_one_side_of_zero_does_not_end_at_a_zero(effect, ends):
    text = Translator("en")
    written = [effect.ends(text), effect.row(text, "")[2], effect.both(text)]
    assert all(ends in one.replace("\u00a0", " ") for one in written)


@pytest.mark.parametrize(
    ("effect", "more", "middle"),
    [
        (ToldEffect(-0.18, -0.0047, 0.16), 0, "−0.005 %"),
        (ToldEffect(-0.18, -0.0002, 0.16), 0, "0 %"),
        (ToldEffect(-0.18, 0.0, 0.16), 0, "0 %"),
        (ToldEffect(0.001, 0.0025, 0.004), 0, "+0.0025 %"),
        (ToldEffect(0.001, 0.0021, 0.004), 0, "+0.0021 %"),
        (ToldEffect(0.001, 0.0021, 0.004), 1, "+0.00210 %"),
    ],
)
def test_a_middle_near_zero_gets_one_decimal_more(effect, more, middle):
    text = Translator("en")
    assert effect.middle(text, more).replace("\u00a0", " ") == middle
    assert effect.both(text).replace("\u00a0", " ").startswith(effect.middle(text).replace("\u00a0", " "))
