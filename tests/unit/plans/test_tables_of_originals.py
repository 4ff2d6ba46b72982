"""Tables as original files have them: what tells rows apart, what columns measure, terms, phases, totals and long heads."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document

Row = tuple[str, float | None, str, int | None]


def rows(text: str) -> list[Row]:
    """Return the numbers of a table: what is measured, value, unit, year."""
    found = extract_document(Document("plan.md", None, tuple(blocks_of(text))), reported=2025).targets
    return [(t.indicator, t.value, t.unit, t.year) for t in found if t.value is not None]


def table(*lines: str) -> str:
    head, *body = (f"| {line} |" for line in lines)
    return "\n".join([head, "|" + "---|" * (head.count("|") - 1), *body]) + "\n"


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (
            ("Показатель | Сценарий | 2031", "Надои | консервативный | 41", "Надои | целевой | 47"),
            ["Надои (консервативный)", "Надои (целевой)"],
        ),
        (
            (
                "Indicator | Region | Sex | 2031",
                "Nurses | North | women | 41",
                " | North | men | 12",
                " | South | men | 15",
            ),
            ["Nurses (North, women)", "Nurses (North, men)", "Nurses (South, men)"],
        ),
        (
            ("指标 | 地区 | 2031年", "护士 | 北部 | 41", "护士 | 南部 | 12"),
            ["护士 (北部)", "护士 (南部)"],
        ),
        (("Indicator | Body | 2031", "Nurses | North | 41", "Doctors | South | 12"), ["Nurses", "Doctors"]),
    ],
)
def test_rows_of_one_name_are_told_apart_by_the_columns_in_which_they_differ(
    lines: tuple[str, ...], names: list[str]
) -> None:
    assert [name for name, *_ in rows(table(*lines))] == names


def test_a_column_says_what_it_measures_where_the_names_of_the_rows_do_not() -> None:
    text = table(
        "Sector option | Class | Mitigation in 2033 (t) | % of 2033 projected emissions",
        "Wood stoves | A | 940 | 3.6",
        "Bus lanes | B | 310 | 1.2",
    )
    assert rows(text) == [
        ("Wood stoves (Mitigation)", 940, "t", 2033),
        ("Wood stoves (% of projected emissions)", 3.6, "%", 2033),
        ("Bus lanes (Mitigation)", 310, "t", 2033),
        ("Bus lanes (% of projected emissions)", 1.2, "%", 2033),
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            (
                "Наименование проекта | Срок реализации | Стадия (планирование, реализуемый, реализованный, приостановленный, "
                "отмененный по решению) | Стоимость, млн рублей | Новые рабочие места",
                "Завод стекла | 2031 - 2033 гг. | реализуемый | 410,5 | 64",
            ),
            [("Завод стекла (Новые рабочие места)", 64, "", 2033)],
        ),
        (
            (
                "Project | Content | Implementation period | Cost | Jobs",
                "Mill | Build 12 kilns | 2031-2034 | 5 | 40",
            ),
            [("Mill (Jobs)", 40, "", 2034), ("Build", 12, "kilns", 2034)],
        ),
        (
            ("Action | Quantity | Implementation period", "Kilns built | 40 | 2031-2034"),
            [("Kilns built", 40, "", 2034)],
        ),
    ],
)
def test_a_term_is_the_year_of_the_sizes_beside_it(lines: tuple[str, ...], expected: list[Row]) -> None:
    found = rows(table(*lines))
    assert [(value, year) for _, value, _, year in found] == [(value, year) for _, value, _, year in expected]
    assert found[0][0] == expected[0][0]


@pytest.mark.parametrize(
    "text",
    [
        "# Plan of the ports\n\nPhase 1 (2031-2032)\n\n- Build 40 ports.\n\nPhase 2 (2033-2035)\n\n- Build 50 ports.\n",
        table(
            "Action | Output",
            "Phase 1 (2031-2032) | ",
            "Ports | Build 40 ports",
            "Phase 2 (2033-2035) | ",
            "Ports | Build 50 ports",
        ),
        table(
            "Indicator | Target",
            "Phase 1 (2031-2032) | ",
            "Ports built | 40",
            "Phase 2 (2033-2035) | ",
            "Ports built | 50",
        ),
    ],
)
def test_the_years_of_a_phase_are_those_of_what_stands_below_it(text: str) -> None:
    assert [(value, year) for _, value, _, year in rows(text)] == [(40, 2032), (50, 2035)]


def test_a_heading_over_names_and_units_leaves_the_unit_in_its_own_column() -> None:
    text = table("№ Показатели программы Единица измерения | | 2031 | 2032", "1. Число родов | Чел. | 1 032 | 1 081")
    assert rows(text) == [("Число родов", 1032, "persons", 2031), ("Число родов", 1081, "persons", 2032)]


def test_heads_explained_in_brackets_are_heads_however_long() -> None:
    text = table(
        "Topic | Minimum cost to implement by 2031 (as proposed case only, in money of today) | "
        "Reduction of emissions of all kinds in 2031 (as proposed, fully implemented, with all measures)",
        "Buildings | $2,900,000 | 67,000",
    )
    assert [(name, value, year) for name, value, _, year in rows(text)] == [
        ("Buildings (Reduction of emissions of all kinds)", -67000, 2031)
    ]


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Надои на душу, тыс. рублей в текущих ценах", ("Надои на душу в текущих ценах", 41000, "RUB", 2031)),
        ("Milk sold, thousand USD at constant prices", ("Milk sold at constant prices", 41000, "USD", 2031)),
        ("牧业产值，亿元（可比价）", ("牧业产值（可比价）", 4.1e9, "yuan", 2031)),
        ("Fees of the port (RM)", ("Fees of the port", 41, "MYR", 2031)),
    ],
)
def test_the_unit_of_a_name_stands_in_front_of_its_prices(label: str, expected: Row) -> None:
    ((name, value, unit, year),) = rows(table("Indicator | 2031", f"{label} | 41"))
    assert (name, value, unit, year) == expected


@pytest.mark.parametrize(("amount", "unit"), [("RM149,000", "MYR"), ("DKK 149,000", "DKK"), ("149,000 ringgit", "MYR")])
def test_ringgit_and_kroner_are_currencies(amount: str, unit: str) -> None:
    ((_, value, said, _),) = rows(f"Raise the median income to {amount} by 2031.\n")
    assert (value, said) == (149_000, unit)


def test_a_heading_of_money_that_a_page_broke_stands_over_the_columns_behind_it_as_well() -> None:
    text = table(
        "Мероприятие | Срок окончания | Объём расходов по |  | источникам | ",
        " |  | 2031 год | 2032 год | 2033 год | 2034 год",
        "Открытие кабинета | 31.12.2034 | 0 | 0 | 0 | 0",
    )
    assert rows(text) == []


def test_rows_named_by_a_place_or_an_age_have_the_title_of_their_table_in_front() -> None:
    lines = ("Субъект | 2031 год | 2032 год", "Заречная область | 1,7 | 1,8")
    said = "Значения числа пожаров на тысячу домов приведены в таблице N 7.\n\nТаблица N 7\n\n"
    assert [name for name, *_ in rows(said + table(*lines))] == [
        "Значения числа пожаров на тысячу домов: Заречная область"
    ] * 2
    lines = ("Region | 2031 | 2032", "North | 17 | 18")
    assert rows("Table 3. Length of tramways\n\n" + table(*lines))[0][0] == "Length of tramways: North"


def test_women_of_an_age_are_counted_and_no_aim() -> None:
    text = table(
        "Субъект | Возраст | Численность женщин репродуктивного возраста в период 2031 - 2032 годов | ",
        " |  | 2031 год | 2032 год",
        "Заречная область | 20-24 | 4100 | 4000",
    )
    assert rows(text) == []


def test_a_name_that_several_rows_have_stands_behind_that_of_its_row_and_money_by_its_payer_is_none() -> None:
    text = table(
        "Мероприятие | Ожидаемый результат | Источник",
        "Прокат колясок | Ожидаемый охват: 2031 год - 40 семей; 2032 год - 50 семей | областной бюджет - 970,5 и иные",
        "Школа отцов | Ожидаемый охват: 2031 год - 4 семьи; 2032 год - 5 семей | областной бюджет - 120,5 и иные",
    )
    assert [name.partition(":")[0] for name, *_ in rows(text)] == ["Прокат колясок"] * 2 + ["Школа отцов"] * 2


def test_several_values_of_one_name_and_year_are_remarked() -> None:
    text = "".join(f"The number of new clinics will reach {n} by 2031.\n\n" for n in (5, 17, 40))
    notes = [t.note for t in extract_document(Document("plan.md", None, tuple(blocks_of(text)))).targets]
    assert notes == ["one of several values of this name and year"] * 3
