"""Paths: years with values in a cell or a line, and rows of values that go the way their name says."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.plan import Kind, Target
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document

Step = tuple[str, str, float | None, int | None]


def found(text: str) -> list[Target]:
    made = extract_document(Document("plan.md", None, tuple(blocks_of(text)))).targets
    return [t for t in made if t.value is not None]


def steps(text: str) -> list[Step]:
    return [(t.indicator, t.operator, t.value, t.year) for t in found(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Число выданных путёвок: 2031 - 40 2032 - не менее 50 Число смен, в которых они действуют: 2031 - 4 2032 - 5",
            [
                ("Число выданных путёвок", "=", 40.0, 2031),
                ("Число выданных путёвок", ">=", 50.0, 2032),
                ("Число смен, в которых они действуют", "=", 4.0, 2031),
                ("Число смен, в которых они действуют", "=", 5.0, 2032),
            ],
        ),
        ("Путёвки 2031 - 1970 2032 - 2100", [("Путёвки", "=", 1970.0, 2031), ("Путёвки", "=", 2100.0, 2032)]),
        (
            "Foster homes: 2031 - 40; 2032 - at least 50.",
            [("Foster homes", "=", 40.0, 2031), ("Foster homes", ">=", 50.0, 2032)],
        ),
        ("Объём финансирования программы: 2031 год - 400 тыс. рублей, 2032 год - 500 тыс. рублей.", []),
    ],
)
def test_years_with_values_are_the_path_of_what_stands_in_front_of_them(text: str, expected: list[Step]) -> None:
    assert steps(text) == expected


def test_a_path_without_a_label_is_named_by_the_line_above_or_by_its_row() -> None:
    text = "А) Число открытых кружков\nПрогноз\n2031 - 40 2032 - 50\n"
    assert steps(text) == [("Число открытых кружков", "=", 40.0, 2031), ("Число открытых кружков", "=", 50.0, 2032)]
    row = "| Прокат колясок | 2031 год - 40 семей; 2032 год - 50 семей |"
    made = steps(f"| Мероприятие | Ожидаемый результат |\n|---|---|\n{row}\n")
    assert [name for name, *_ in made] == ["Прокат колясок", "Прокат колясок"]


@pytest.mark.parametrize(
    ("row", "kind", "values"),
    [
        ("Снижение числа пожаров | 90 | 80 | 70", Kind.LEVEL, [90.0, 80.0, 70.0]),
        ("Reduction in the number of fires | 90 | 80 | 70", Kind.LEVEL, [90.0, 80.0, 70.0]),
        ("Увеличение числа школ | 30 | 32 | 35", Kind.LEVEL, [30.0, 32.0, 35.0]),
        ("Увеличение доли лесов, % | 30 | 32 | 35", Kind.LEVEL, [30.0, 32.0, 35.0]),
        ("Снижение потерь воды, % | 2 | 4 | 6", Kind.CHANGE_PCT, [-2.0, -4.0, -6.0]),
        ("Рост ВВП, % | 3 | 4 | 5", Kind.GROWTH, [3.0, 4.0, 5.0]),
    ],
)
def test_values_that_go_the_way_that_their_name_says_are_levels(row: str, kind: Kind, values: list[float]) -> None:
    made = found(f"| Показатель | 2031 | 2032 | 2033 |\n|---|---|---|---|\n| {row} |\n")
    assert [(t.kind, t.value) for t in made] == [(kind, value) for value in values]
    assert all(t.direction in ("up", "down") for t in made)
