"""Sizes of what is meant, cuts to a level, years of numbered plans: forms met in passages of plans of 1979 to 2035."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document


def rows(text: str) -> list[tuple[object, ...]]:
    made = extract_document(Document("plan.md", None, tuple(blocks_of(text))), with_words=False).targets
    return [(t.kind.value, t.operator, t.value, t.unit, t.year, t.direction) for t in made]


@pytest.mark.parametrize(
    "text",
    [
        "By 2030, all leases greater than 25,000 RSF will be net-zero emissions buildings.",
        "New construction and major modernization projects larger than 25,000 GSF will be designed to leading standards.",
        "Publish a new biodiversity strategy underpinned by a 5 year delivery plan.",
        "重点抓好投资 3亿元的桥南轻纺城二期、投资3亿元的宏大制衣等项目，完善相关手续，尽快开工建设。",
        "完成投资2.85亿元的凯隆亿盛项目建设，力争提前投产。",
    ],
)
def test_the_size_of_what_is_meant_is_no_target(text: str) -> None:
    assert rows(f"Plan to 2035\n\n{text}\n") == []


def test_what_has_a_size_is_counted() -> None:
    text = (
        "Construct digesters (50 to 80m3 in size) in all provinces with a target of at least 1,250 digesters by 2030."
    )
    assert rows(text) == [("level", ">=", 1250.0, "digesters", 2030, "")]
    assert rows("到2025年全市新增投资100亿元。")[0][2] == 1e10


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Life expectancy at birth will be increased to 72 year through better health services by 2020.", 72.0),
        ("Provide at least 12 year quality education for all children by 2030.", 12.0),
        ("Build solar plants over 5 GW by 2030.", 5.0),
        ("Increase rooftop installations over 1 million by 2030.", 1e6),
        ("Build dykes over 210 km in length by 2027.", 210.0),
        ("The target is equivalent to planting 30,000 hectares of woodland a year by 2025.", 30_000.0),
        ("2026年确保完成基础设施投资350亿元的年度任务。", 3.5e10),
        ("到2025年实现累计投资1000亿元的预期目标。", 1e11),
        ("今年计划增加财政收入9%。", 9.0),
        ("2026年，在本年内完工的11个项目。", 11.0),
        ("Of these 1,450 officers will be required in professional and technical fields by 2028.", 1_450.0),
    ],
)
def test_what_only_looks_like_a_size_is_a_target(text: str, value: float) -> None:
    assert [row[2] for row in rows(f"Plan of 2020\n\n{text}\n")] == [value]


def test_what_a_cut_is_equal_to_is_no_target() -> None:
    text = "The city will cut CO2 emissions by 160,000 metric tons by 2030, equivalent to planting 13,000 trees."
    assert [row[2] for row in rows(text)] == [-160_000.0]
    text = "The works prevent 18,600 metric tons of carbon pollution each year, which is equal to removing 4,000 cars."
    assert 4_000.0 not in [row[2] for row in rows(text)]


def test_a_percentage_and_the_level_it_comes_to_are_no_range() -> None:
    found = rows("2030年氣候願景之目標需減少30%至1,337萬公噸;至2050年則需減100%。")
    assert found == [
        ("change_pct", "=", -30.0, "%", 2030, "down"),
        ("level", "=", 13_370_000.0, "t", 2030, "down"),
        ("change_pct", "=", -100.0, "%", 2050, "down"),
    ]
    assert [row[2] for row in rows("2030年需求减少30%至1,337万。")] == [-30.0, 13_370_000.0]
    assert [row[2] for row in rows("2030年需求减少30%至35%。")] == [-30.0, -35.0]


def test_years_of_plans_counted_in_words() -> None:
    text = (
        "Обеспечить производство мяса в одиннадцатой пятилетке — 90 тыс. тонн, в двенадцатой пятилетке — 110 тыс. тонн."
    )
    assert [(row[2], row[4]) for row in rows(text)] == [(90_000.0, 1985), (110_000.0, 1990)]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("В 1985 году по сравнению с концом десятой пятилетки увеличить добычу газа на 40 процентов.", 1985),
        ("В 1983 году, третьем году одиннадцатой пятилетки, произвести 40 млн. тонн проката.", 1983),
        ("В двенадцатой пятилетке намечено ввести в 1,5 раза больше жилья, чем в одиннадцатой пятилетке.", 1990),
        ("К 2000 году, начиная с двенадцатой пятилетки, удвоить национальный доход.", 2000),
    ],
)
def test_a_plan_that_is_compared_with_or_named_in_passing_gives_no_year(text: str, year: int) -> None:
    assert {row[4] for row in rows(text)} == {year}


def test_data_compared_with_give_no_list_its_year() -> None:
    text = (
        'Программа "Борьба с заболеваниями (2007-2012 годы)"\n\n'
        "Оценка проводится на основе сравнения с данными за 2005 год и с учетом достижения следующих показателей:\n"
        "снижение доли осложнений до 28,5 процента;\n"
    )
    assert [(row[2], row[4]) for row in rows(text)] == [(28.5, 2012)]


def test_areas_in_a_fiscal_year_are_due_in_it() -> None:
    assert rows("This will provide 550 million man-days of work in rural areas in 2026-27.")[0][4] == 2027


def test_what_is_planned_this_year_stays_among_facts() -> None:
    facts = "".join(f"Last year {n} schools were renovated in the district.\n\n" for n in range(51, 60))
    text = f"Speech\n4 June 2026\n\n{facts}In this financial year we have planned to build 685 classrooms.\n"
    assert [row[2] for row in rows(text)] == [685.0]


def test_an_apostrophe_parts_no_doubling_from_the_level_it_comes_to() -> None:
    found = rows("We will double the industry’s output value to NT$78 billion by 2026.")
    assert [(row[2], row[5]) for row in found] == [(2.0, "up"), (7.8e10, "up")]
