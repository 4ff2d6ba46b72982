"""What the independent test of the reader showed: ways of writing, lists with an opening line, changes, names."""

import pytest

from isthmus.readers.documents.plans import extract_targets

Row = tuple[str, str, float, int | None, int | None, str]


def rows(text: str) -> list[Row]:
    found = extract_targets(text, with_words=False)
    return [(t.kind.value, t.operator, t.value or 0.0, t.year, t.base_year, t.direction) for t in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The goal is an $70\\%$ reduction in emissions by 2035 compared to $2019$.",
            [("change_pct", "=", -70.0, 2035, 2019, "down")],
        ),
        ("We will raise the share of renewables to 45\\% by 2032.", [("level", "=", 45.0, 2032, None, "up")]),
        (
            "The town aims to achieve a 15 % reduction in its water use by 2031.",
            [("change_pct", "=", -15.0, 2031, None, "down")],
        ),
        (
            "The target is to reach 1.4 Mt by 2031, equivalent to a 35 % reduction compared with 2006.",
            [("level", "=", 1.4, 2031, None, ""), ("change_pct", "=", -35.0, 2031, 2006, "down")],
        ),
        ("The aim is to more than halve emissions by 2031.", [("multiple", "<", 0.5, 2031, None, "down")]),
        ("The government will set up solar plants of one lakh megawatt.", [("level", "=", 1e5, None, None, "")]),
        ("The plan is to bring unemployment to 4 % by 2031.", [("level", "=", 4.0, 2031, None, "")]),
        ("必须通过工程措施削减氨氮排放30万吨。", [("change_abs", "=", -3e5, None, None, "down")]),
        ("到2030年，将氨氮排放削减到30万吨。", [("level", "=", 3e5, 2030, None, "down")]),
        ("装配式建筑占比由28%调整为2033年的40%。", [("level", "=", 40.0, 2033, None, "up")]),
    ],
)
def test_forms_of_percentages_and_changes(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


def test_a_sign_of_dollars_on_one_side_is_money() -> None:
    (target,) = extract_targets("Raise exports to $80 billion by 2030, from $60 billion in 2024.", "en")
    assert (target.value, target.base_value, target.unit) == (80e9, 60e9, "USD")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("We will lay 12.000 km of pipes by 2030.", [12000.0]),
        ("We will plant 1.250.000 trees by 2030.", [1250000.0]),
        (
            "We will build 12.000 homes and renew 345.600 tons of pipes by 2030. They will serve 200.000 people.",
            [12e3, 345600.0, 2e5],
        ),
        ("We will cut emissions to 398.305 tons by 2030.", [398.305]),
        ("We will build 12.000 homes by 2030, and cut losses to 3.125 % by 2030.", [12000.0, 3.125]),
        ("We will raise exports to 64.000 billion dollars by 2030.", [64e9]),
    ],
)
def test_dots_between_thousands_only_where_nothing_else_is_meant(text: str, values: list[float]) -> None:
    found = extract_targets(text, with_words=False)
    assert [t.value for t in found] == values
    assert all(t.text in text for t in found)


def test_three_digits_behind_a_dot_are_decimals_where_most_numbers_have_two() -> None:
    head = "| Item | Unit | Physical target | Financial target |\n|---|---|---|---|\n"
    rows = "| Ponds | ha | 125.000 | 67.50 |\n| Hedges | ha | 40.000 | 7.25 |\n| Wells | no. | 12 | 31.75 |\n"
    more = "| Roads | km | 8 | 3.10 |\n| Barns | no. | 4 | 9.05 |\n"
    found = extract_targets(f"Annual plan 2031-32\n\n{head}{rows}{more}", with_words=False)
    assert [t.value for t in found] == [125.0, 40.0, 12.0, 8.0, 4.0]


def test_a_single_number_with_noughts_behind_a_dot_is_of_thousands_beside_any_decimals() -> None:
    told = (
        "Losses fell from 12.25 to 11.75, 10.50, 9.85 and 8.15 percent by 2021. We will connect 120.000 homes by 2030."
    )
    assert [t.value for t in extract_targets(told, with_words=False, reported=2024) if t.year == 2030] == [120000.0]


def test_a_list_takes_the_year_of_its_opening_line() -> None:
    items = "- снижение энергоёмкости на 35 %;\n- снижение потерь воды на 15 %."
    lines = f"Задачи к 2031 году:\n{items}\nДоля дорог в нормативе достигнет 85 %."
    assert rows(lines) == [
        ("change_pct", "=", -35.0, 2031, None, "down"),
        ("change_pct", "=", -15.0, 2031, None, "down"),
        ("level", "=", 85.0, None, None, ""),
    ]
    found = extract_targets(lines)
    assert found[0].text == "снижение энергоёмкости на 35 %;"


def test_a_list_in_small_letters_without_marks_is_a_list() -> None:
    lines = "Меры позволят к 2031 году обеспечить:\nдоступность воды до 55 процентов\nввод 20 школ"
    assert [(value, year) for _, _, value, year, _, _ in rows(lines)] == [(55.0, 2031), (20.0, 2031)]
    one = "Ожидается, что к 2031 году:\nсмертность составит 350 человек на 100 тыс. населения, а доля дорог – 85 %."
    assert [(value, year) for _, _, value, year, _, _ in rows(one)] == [(350.0, 2031), (85.0, 2031)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Для достижения целей Подпрограммы - 1 необходимо решить задачи:", []),
        ("Срок реализации Подпрограммы - 2 – 2027 – 2032 годы.", []),
        ("доля детей и юношей 6 – 15 лет, занимающихся спортом, составит 45 процентов к 2031 году;", [45.0]),
        ("увеличить долю детей в возрасте от 1 года до 7 лет, охваченных услугами, до 80 процентов.", [80.0]),
        ("Смертность младенцев к 2031 году снизится до 5,4 (1000 родившихся живыми).", [5.4]),
        ("Смертность матерей к 2031 году снизится до 8,1 (100 тыс. родившихся живыми).", [8.1]),
        ("Финансирование программы - 12 млрд рублей; программой будет создано 300 мест.", [300.0]),
    ],
)
def test_numbers_of_names_ages_and_denominators_are_no_targets(text: str, values: list[float]) -> None:
    assert [t.value for t in extract_targets(text, with_words=False)] == values
