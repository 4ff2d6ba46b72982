"""Where the values of a row go, start values that only their cells tell, what was reached, and lists that are no aims."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.plan import Kind, Target
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document


def numbers(text: str, reported: int | None = None) -> list[Target]:
    made = extract_document(Document("plan.md", None, tuple(blocks_of(text))), reported=reported).targets
    return [t for t in made if t.value is not None]


@pytest.mark.parametrize(
    ("row", "way"),
    [
        ("| Alarms raised, cases | 13 | 11 | 11 |", "down"),
        ("| Wear of pipes, % | 40 | 30 | 10 |", "down"),
        ("| Рождаемость, на 1 тыс. человек | 9 | 10 | 12 |", "up"),
        ("| 幼儿入园率（%） | 80 | 85 | 90 |", "up"),
        ("| Improved wells | 40 | 40 | 40 |", ""),
        ("| Beds | 40 | 50 | 45 |", ""),
    ],
)
def test_levels_of_several_years_go_where_their_path_goes(row: str, way: str) -> None:
    found = numbers(f"# Plan 2031-2040\n\n| Indicator | 2032 | 2035 | 2040 |\n|---|---|---|---|\n{row}\n")
    assert [t.direction for t in found if t.kind is Kind.LEVEL] == [way] * 3


def test_a_column_whose_cells_are_a_value_and_its_year_holds_start_values_with_the_unit() -> None:
    rows = (
        "| Girls in school | 61.2 % (survey 2028) | 72 | 80 |\n| Deaths per 1000 births | 24 (register 2029) | 21 | 15 |\n"
        "| Schools shut | 3 % in 2027 | 3 | 2 |\n| Fevers | 0.7% (survey 2027) | <1 | <1 |\n"
    )
    found = numbers(f"# Plan 2031-2036\n\n| Indicator | Value with year | Mark in 2033 | Target in 2036 |\n{rows}")
    assert [(t.value, t.unit, t.year, t.base_value, t.base_year, t.direction) for t in found] == [
        (72.0, "%", 2033, 61.2, 2028, "up"),
        (80.0, "%", 2036, 61.2, 2028, "up"),
        (21.0, "per 1,000", 2033, 24.0, 2029, "down"),
        (15.0, "per 1,000", 2036, 24.0, 2029, "down"),
        (3.0, "%", 2033, 3.0, 2027, ""),
        (2.0, "%", 2036, 3.0, 2027, "down"),
        (1.0, "%", 2033, 0.7, 2027, ""),
        (1.0, "%", 2036, 0.7, 2027, ""),
    ]


@pytest.mark.parametrize(
    ("line", "value", "unit", "year", "start"),
    [
        ("Wind power Baseline: 1,200 MW (2030) Target: 3,500 MW (2035)", 3500.0, "MW", 2035, 1200.0),
        ("Increased wind power. Baseline: 1,200 MW (2030). Target: 3,500 MW (2035)", 3500.0, "MW", 2035, 1200.0),
    ],
)
def test_a_target_beside_its_baseline_keeps_unit_and_year(
    line: str, value: float, unit: str, year: int, start: float
) -> None:
    (found,) = numbers(f"# Plan 2031-2035\n\n{line}\n", 2030)
    assert (found.kind, found.value, found.unit, found.year, found.base_value, found.direction) == (
        *(Kind.LEVEL, value, unit, year, start),
        "up",
    )


def test_what_was_reached_is_told_beside_the_target_of_its_year() -> None:
    told = (
        "Fever is 18.4 per 1,000 children against the 2034 target of 29.3; wells serve 61% compared to a target of 75%."
    )
    told += (
        " There are 242 clinics out of a target of 256 by 2036; spending is 13.5%, still short of the target of 15%."
    )
    aim = "Fever will fall to 12 per 1,000 children by 2040 against the target of 15."
    assert [t.value for t in numbers(f"# Plan 2036-2040\n\n{told}\n\n{aim}\n", 2035)] == [12.0]


def test_a_band_of_incomes_says_whose_share_is_meant() -> None:
    found = numbers("# 规划（2031-2035年）\n\n到2035年，家庭可支配收入10万—50万元群体比例达80%。\n")
    assert [(t.value, t.unit) for t in found] == [(80.0, "%")]


def test_less_in_front_of_an_attribute_is_no_minus() -> None:
    found = numbers("# Plan 2031-2035\n\nProvide lamps to 10,000 less privileged households by 2035.\n")
    assert [(t.kind, t.value) for t in found] == [(Kind.LEVEL, 10_000.0)]


@pytest.mark.parametrize(
    ("weak", "item", "aims", "aim"),
    [
        ("Weaknesses", "Reduce the 40 idle boats", "Targets", "Repair 25 boats by 2035"),
        ("Issues and Challenges", "An increase of fares by 20 percent", "Targets", "Repair 25 boats by 2035"),
        ("Слабые стороны", "Снижение числа лодок на 20 процентов", "Цели", "Построить 25 причалов к 2035 году"),
        ("劣势", "减少闲置船只20%", "主要目标", "到2035年建成25个码头"),
    ],
)
def test_lists_of_weaknesses_and_challenges_hold_no_aims(weak: str, item: str, aims: str, aim: str) -> None:
    text = f"# Plan 2031-2035\n\n{weak}\n\n- {item}\n\n{aims}\n\n- {aim}\n"
    made = extract_document(Document("plan.md", None, tuple(blocks_of(text)))).targets
    assert [t.value for t in made] == [25.0]


def test_a_term_alone_opens_a_list_and_is_no_target() -> None:
    found = numbers("# Plan 2031-2035\n\nWithin one year:\n\n- We will launch 3 pilots.\n", 2030)
    assert [(t.value, t.unit) for t in found] == [(3.0, "pilots")]


def test_metres_are_no_millions() -> None:
    told = "At most 50 users will share a tap no further than 150m from the house. A tunnel of 14,130 m will be built by 2035."
    found = numbers(f"# Plan 2031-2035\n\n{told}\n\nBuild 1.2m homes by 2035.\n", 2030)
    assert [(t.value, t.unit) for t in found] == [(50.0, "users"), (14_130.0, "m"), (1_200_000.0, "homes")]


def test_numbers_of_tables_and_notes_are_no_values() -> None:
    told = (
        "The steps will be found in tables 8 – 10. A benchmark will measure it further 8 . Priority area 1.3 opens it."
    )
    assert numbers(f"# Plan 2031-2035\n\n{told}\n", 2030) == []


def test_what_people_tend_to_do_is_a_fact_in_its_brackets_too() -> None:
    told = "They tend to be single (47%) or married (36%). They are more likely than others to own a car (19%)."
    aim = "We will raise the share of drivers to 60% by 2035."
    assert [t.value for t in numbers(f"# Plan 2031-2035\n\n{told}\n\n{aim}\n", 2030)] == [60.0]


def test_a_table_called_a_summary_of_the_budget_holds_money_that_is_needed() -> None:
    table = "| No | Objectives | 2031 | 2032 |\n|---|---|---|---|\n| 1 | Raise awareness | $884,185 | $908,797 |\n"
    assert numbers(f"# Plan 2031-2035\n\nTable 7: Budget summary 2031 - 2032\n\n{table}", 2030) == []


def test_columns_of_marks_do_not_name_the_target_beside_them() -> None:
    head = "| Measure of performance | Target | Timeline | |\n| | | Y 1 | Y 2 |\n"
    rows = "| Number of schools with wells | 40 | X | X |\n| Number of clinics with wells | 20 | | X |\n"
    found = numbers(f"# Plan 2031-2032\n\n{head}{rows}", 2030)
    assert [(t.indicator, t.value) for t in found] == [
        ("Number of schools with wells", 40.0),
        ("Number of clinics with wells", 20.0),
    ]


def test_voltages_tell_which_lines_are_meant() -> None:
    found = numbers("# Plan 2031-2035\n\nBuild 674 km of 132kV and 192 km of 33/11 kV lines by 2035.\n", 2030)
    assert [(t.value, t.unit) for t in found] == [(674.0, "km"), (192.0, "km")]


def test_how_long_somebody_must_have_done_something_is_no_target() -> None:
    told = "Farmers who have grown rice for more than 3 years will teach.\n\nWe will train 40 farmers for at least 2 months."
    assert [t.value for t in numbers(f"# Plan 2031-2035\n\n{told}\n", 2030)] == [40.0]


@pytest.mark.parametrize("label", ["Темп роста выпуска к базовому году", "Выпуск, в % к базовому году"])
def test_indices_of_a_year_that_is_100_are_levels_of_it(label: str) -> None:
    head = "| Показатель | Базовое значение, 2030 год | 2031 год | 2032 год |\n|---|---|---|---|\n"
    table = f"{head}| {label} | 100% | 103,8% | 108,9% |\n"
    found = numbers(f"# План на 2031-2032 годы\n\n{table}", 2030)
    assert [(t.kind, t.value, t.base_value, t.base_year, t.year) for t in found] == [
        (Kind.LEVEL, 103.8, 100.0, 2030, 2031),
        (Kind.LEVEL, 108.9, 100.0, 2030, 2032),
    ]
