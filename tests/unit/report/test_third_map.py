"""Third economies on the map: classes by sign and size, places by code, what has no place is named, nobody is lost."""

import pytest

from isthmus.report.effects import ToldEffect
from isthmus.report.land import places
from isthmus.report.locale import LANGUAGES, Translator
from isthmus.report.third_map import third_map
from isthmus.study.trade import ThirdRow, TradeSection

from .report_sample import third_row, trade

CENTRES = {"CAN": -0.009, "BRA": 0.0004, "IND": -0.0001, "ZMB": 0.00005, "X-GROUP": -0.002}
MONEY = {"CAN": -5.0, "BRA": 7.0, "IND": -15.0, "ZMB": 0.1, "X-GROUP": -9.0}


def rows() -> list[ThirdRow]:
    return [third_row(code, CENTRES[code], MONEY[code]) for code in CENTRES]


def ranges(*, told: bool = True) -> dict[str, ToldEffect]:
    """Ranges that leave zero outside, but for ZMB whose sign cannot be told."""
    width = 0.5 if told else 2.0
    found = {c: ToldEffect(v - width * abs(v), v, v + width * abs(v)) for c, v in CENTRES.items()}
    return found | {"ZMB": ToldEffect(-1.0, CENTRES["ZMB"], 1.0)}


def section() -> TradeSection:
    return trade()


def drawn(language: str = "en", **how: bool) -> dict[str, list[dict[str, object]]]:
    figure = third_map(rows(), ranges(**how), section(), Translator(language))
    assert figure is not None
    return {series["name"]: series["data"] for series in figure.option["series"]}


def test_every_economy_stands_in_the_class_of_its_sign_and_size() -> None:
    text = Translator("en")
    found = {name: {mark["name"] for mark in marks} for name, marks in drawn().items()}
    value = text.percent(0.004, 4)
    assert found == {
        text.of("trade.map_class", "gain_less", value=value): {"BRA"},
        text.of("trade.map_class", "untold"): {"ZMB"},
        text.of("trade.map_class", "loss_less", value=value): {"IND"},
        text.of("trade.map_class", "loss_more", value=value): {"CAN"},
    }


def test_ranges_that_hold_zero_are_no_gain_and_no_loss() -> None:
    (name,) = drawn(told=False)
    assert name == Translator("en").of("trade.map_class", "untold")


def test_marks_stand_at_their_places_and_grow_with_money() -> None:
    marks = {str(mark["name"]): mark for found in drawn().values() for mark in found}
    assert set(marks) == set(CENTRES) - {"X-GROUP"}
    for code, mark in marks.items():
        assert mark["value"] == [*places()[code], CENTRES[code]]
    sizes = sorted(marks, key=lambda code: float(str(marks[code]["symbolSize"])))
    assert sizes == sorted(marks, key=lambda code: abs(MONEY[code]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_has_no_place_is_named_and_all_stand_in_the_table(language: str) -> None:
    text = Translator(language)
    figure = third_map(rows(), ranges(), section(), text)
    assert figure is not None
    assert text("trade.map_one", name="X-GROUP", amount=text.million_usd(-9.0)) in figure.source
    assert set(figure.twin[text.of("trade.column", "economy")]) == set(CENTRES)
    assert any("%" in head for head in figure.twin.columns if head.startswith(text.of("trade.column", "gain")))
    assert "CAN" in figure.title
    assert text.million_usd(-15.0) in figure.title


def test_without_a_place_for_anybody_there_is_no_map() -> None:
    only = [row for row in rows() if row.economy == "X-GROUP"]
    assert third_map(only, ranges(), section(), Translator("en")) is None
    assert third_map(rows(), {}, section(), Translator("en")) is None
