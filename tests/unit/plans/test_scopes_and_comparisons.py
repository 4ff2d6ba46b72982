"""What belongs to something else: years in titles, bases of changes, sizes, scopes, and what a list or a column shares."""

import pytest

from isthmus.plans.document import Document, DocumentBlock
from isthmus.plans.plan import Kind, Target
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document


def found(text: str) -> list[Target]:
    made = extract_document(Document("plan.md", None, tuple(blocks_of(text))), reported=2024).targets
    return [t for t in made if t.value is not None]


def rows(*table: list[str]) -> list[Target]:
    made = extract_document(
        Document("plan.md", None, (DocumentBlock("table", "", None, list(table)),)), reported=2024
    ).targets
    return [t for t in made if t.value is not None]


@pytest.mark.parametrize(
    ("text", "year", "value"),
    [
        (
            "Планом очистки рек области до 2055 года предусмотрено сокращение сброса стоков к 2032 году на 12 %.",
            2032,
            -12.0,
        ),
        (
            "В соответствии с Программой развития портов до 2037 года к 2031 году будут построены 14 тыс. причалов.",
            2031,
            14000.0,
        ),
    ],
)
def test_the_end_in_the_title_of_another_plan_is_no_year_due(text: str, year: int, value: float) -> None:
    assert [(t.year, t.value) for t in found(text)] == [(year, value)]


def test_a_number_in_the_name_of_a_project_counts_nothing() -> None:
    assert not found('создание новых парков, включая реализацию проекта "Восемь холмов и долина Оки";')


@pytest.mark.parametrize(
    "words", ["применять два подхода к отбору: открытый и закрытый", "работать по трем взаимосвязанным направлениям"]
)
def test_what_a_plan_counts_of_itself_in_words_is_no_aim(words: str) -> None:
    assert not found(f"Фонд будет {words}.")


def test_points_above_a_base_year_are_a_change() -> None:
    target = rows(["Показатель", "Ед. изм.", "2033"], ["Рейтинг надежности", "балл", "База (2026) + 3 балла"])[-1]
    assert (target.kind, target.value, target.year, target.base_year) == (Kind.CHANGE_ABS, 3.0, 2033, 2026)
    assert target.direction == "up"


def test_the_base_of_a_change_is_not_that_of_the_level_behind_it() -> None:
    text = (
        "рост стипендии к 2032 году в два раза по сравнению с суммой на 2026 год, с достижением не менее 9 тыс. рублей;"
    )
    assert [(t.kind, t.base_year) for t in found(text)] == [(Kind.MULTIPLE, 2026), (Kind.LEVEL, None)]


def test_a_level_that_is_kept_is_an_aim_of_the_later_year_too() -> None:
    text = (
        "охват садов к 2031 году составит не менее 45 процентов и сохранится не ниже достигнутого уровня до 2038 года;"
    )
    assert [(t.operator, t.value, t.year) for t in found(text)] == [(">=", 45.0, 2031), (">=", 45.0, 2038)]


@pytest.mark.parametrize(
    ("unit", "named"), [("раз", "x"), ("тыс. пассажиро-километров на одного жителя в год", "pkm per person")]
)
def test_units_of_comparisons_and_of_each_person_are_named(unit: str, named: str) -> None:
    table = rows(["Показатель", "Единица измерения", "2024", "2031"], ["Разрыв между районами", unit, "2,4", "1,9"])
    assert [t.unit for t in table] == [named]


@pytest.mark.parametrize(
    "text",
    [
        "对25处列入省级名录、130处列入市级名录的遗址逐项进行排查。",
        "涉粉作业人数40人以上的金属加工、木制品企业，批发市场隐患整治。",
    ],
)
def test_scopes_of_a_survey_and_sizes_of_firms_are_no_aims(text: str) -> None:
    assert not found(text)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (
            "对27处列入省级名录、140处列入市级名录的遗址逐项进行排查。",
            "对27处列入省级名录、140处列入市级名录的遗址逐项进行排查",
        ),
        ("对330个老旧小区逐一开展摸底，2027年前改造170个。", "对330个老旧小区逐一开展摸底"),
        ("依托G60沿线7个开发区，2027年集聚规上企业1400家以上。", "依托G60沿线7个开发区"),
    ],
)
def test_a_count_beside_an_aim_is_left_out_by_name(text: str, part: str) -> None:
    made = extract_document(Document("plan.md", None, tuple(blocks_of(text))), reported=2024)
    assert [(left.text, left.within) for left in made.left_out] == [(part, text)]


def test_a_list_of_counts_shares_its_verb() -> None:
    text = "2027年，新建12家概念验证中心、25家孵化器和8家中试平台。"
    assert [t.indicator for t in found(text)] == ["新建概念验证中心", "新建孵化器", "新建中试平台"]


def test_a_term_of_its_own_is_not_the_end_of_the_plan() -> None:
    text = "# 文化规划（2026—2030年）\n\n建立工作机制，5至8年展览改陈率达到100%。\n"
    assert [(t.indicator, t.year) for t in found(text)] == [("展览改陈率", None)]


def test_the_kind_in_front_of_a_name_is_told_in_the_objective() -> None:
    table = rows(
        ["指标", "", "2030年", "属性"],
        ["保护利用", "公园增加数量", "≥50", "预期性"],
        ["", "举办讲座（场次）", "≥300", "预期性"],
        ["文物安全", "巡检率（%）", "100", "预期性"],
    )
    assert [(t.objective, t.kind, t.unit) for t in table] == [
        ("保护利用", Kind.CUMULATIVE, ""),
        ("保护利用", Kind.LEVEL, "场次"),
        ("文物安全", Kind.LEVEL, "%"),
    ]


def test_a_system_that_binds_makes_no_target_binding() -> None:
    assert [t.modality for t in found("落实用水刚性约束制度，到2030年单位产值用水量下降12%。")] == ["expected"]
