"""Units in parts, and numbers that read like values: cents, times a year, dates without a year, a plan's own indicators."""

import pytest

from isthmus.plans.document import Document, DocumentBlock
from isthmus.readers.documents.plans import extract_document, extract_targets

Read = list[tuple[str, float | None, str]]


def read(text: str, lang: str) -> Read:
    return [(t.operator, t.value, t.unit) for t in extract_targets(text, lang) if t.value is not None]


@pytest.mark.parametrize(
    ("lang", "text", "value", "unit"),
    [
        ("ru", "Довести выработку до 27 млрд. кВт. час к 2034 году.", 27e9, "kWh"),
        ("ru", "Довести экспорт тока до 6 млрд кВт часов к 2034 году.", 6e9, "kWh"),
        ("ru", "Довести выработку до 9 млн МВт · ч к 2034 году.", 9e6, "MWh"),
        ("ru", "Довести грузооборот до 3,4 млрд. т. км к 2034 году.", 3.4e9, "tkm"),
        ("en", "Cut the price of power to USD 9.5 cents/kWh by 2034.", 0.095, "USD"),
        ("en", "Cut the price of power to 9.5 US cents per kWh by 2034.", 0.095, "USD"),
        ("en", "Cut the price of power to 9.5 cents per kWh by 2034.", 9.5, "cents"),
    ],
)
def test_units_written_in_parts_are_read_whole(lang: str, text: str, value: float, unit: str) -> None:
    assert read(text, lang) == [("=", pytest.approx(value), unit)]


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        (
            "en",
            "Reduce interruptions of supply to no more than 7 times per annum by 2034.",
            [("<=", 7.0, "times per year")],
        ),
        ("ru", "Снизить число аварий до не более 7 раз в год к 2034 году.", [("<=", 7.0, "times per year")]),
        ("ru", "Проводить смотр техники не менее 2 раз в год.", []),
        ("en", "Hold the fair at least 2 times a year.", []),
        ("ru", "Увеличить вывоз леса в 4 и более раза к 2034 году.", [(">=", 4.0, "x")]),
        ("en", "Raise timber sales 4 or more times by 2034.", [(">=", 4.0, "x")]),
        ("en", "Setting up a floating solar farm of up to 30 MW by 2034.", [("<=", 30.0, "MW")]),
        ("en", "Inspect wind farms of up to 30 MW by 2034.", []),
    ],
)
def test_ceilings_in_times_a_year_multiples_and_sizes_of_what_is_set_up(lang: str, text: str, found: Read) -> None:
    assert read(text, lang) == found


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Revenue of the port ‘000 Riel"),
        ("ru", "Меры включаются в программы на периоды 2031-2035, 2036-2040 и 2041-2045 годов."),
        ("zh", "规划于2031-03-05印发、03-19公开。"),
        ("zh", "核心指标（共14项，9项预期性+5项约束性）："),
        ("zh", "传承三千多年的文明史。"),
    ],
)
def test_dates_thousands_and_counts_of_indicators_are_no_values(lang: str, text: str) -> None:
    assert not read(text, lang)


def test_minutes_in_the_name_of_a_hub_are_no_value() -> None:
    assert read("到2034年建成10分钟换乘枢纽超过40个。", "zh") == [(">", 40.0, "个")]


def test_what_a_share_is_brought_to_goes_its_own_way() -> None:
    [found] = extract_targets("Сокращение теневого найма, с доведением доли белых зарплат до 80% к 2034 году.", "ru")
    assert (found.indicator, found.value, found.direction) == ("доли белых зарплат", 80.0, "")
    [kept] = extract_targets("Сокращение очереди, доведя её до 5 семей к 2034 году.", "ru")
    assert kept.direction == "down"


def test_a_total_that_is_the_sum_of_its_years_is_told_as_one() -> None:
    rows = (("Indicator", "2033", "2034", "2035", "Total"), ("Wells drilled", "12", "14", "20", "46"))
    found = extract_document(Document("plan.txt", None, (DocumentBlock("table", "", rows=rows),))).targets
    assert [(t.kind.value, t.value) for t in found] == [
        ("level", 12.0),
        ("level", 14.0),
        ("level", 20.0),
        ("cumulative", 46.0),
    ]


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("Project has been shelved.", []),
        ("Already operational.", []),
        ("Completed", []),
        ("Завершено в 2024 году.", []),
        ("已建成。", []),
        ("Completed in two hospitals.", [35.0]),
        ("To be completed.", [35.0]),
    ],
)
def test_what_is_done_or_given_up_by_its_own_row_is_no_target(said: str, values: list[float]) -> None:
    rows = (
        ("Action", "Description", "Status", "Agency"),
        ("Wind", "Construction of a 35 MW wind farm at the cape", said, "Power board"),
    )
    found = extract_document(Document("plan.txt", None, (DocumentBlock("table", "", rows=rows),)))
    assert [t.value for t in found.targets if t.value is not None] == values
    assert values or [entry for entry in found.left_out if "35 MW" in entry.text]
