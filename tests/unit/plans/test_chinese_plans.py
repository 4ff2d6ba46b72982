# ruff: noqa: E501 (sentences stay on one line)
"""Constructions of Chinese plans: counts in a word, five-year plans by number, changes and what they come to, years in turn."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.extract import Extraction
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document, extract_targets


def read(text: str) -> Extraction:
    return extract_document(Document("plan.txt", None, tuple(blocks_of(text))))


def values(text: str, reported: int = 2031) -> list[float | None]:
    return [t.value for t in extract_targets(text, reported=reported, with_words=False)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到2037年，创建百家示范船厂、百家示范码头、千家示范仓库。", [100, 100, 1000]),
        ("全年淘汰老旧吊机300台以上。", [300]),
        ("改造提升超300个已建成泊位的供电设施，优化已建成泊位运维，满意度不低于85%。", [300, 85]),
        ("船舶自动化水平位居全国前列，装卸机械化率达到82%以上。", [82]),
        ("去年完成投资1200亿元，今年计划完成1500亿元。", [1.5e11]),
        ("加快建设日处理能力10万吨的污水处理厂2座。", [2]),
        ("全市共有养老机构320家，床位5.6万张。", []),
        ("港口收费标准不低于上年度平均水平的60%。", [60]),
        ("建立更新机制，5 至 10 年吊机更新率达到 100%。", [100]),
        ("瞄准世界500强和国内航运企业，着力引进投资者。", []),
        ("发挥港口就业倍增效应，强化支持。", []),
        ("确保十年禁航令有效落实。", []),
        ("2031年7月5日至6日在代表大会上通过的报告", []),
        ("全港产量只有二万五千吨。", []),
    ],
)
def test_counts_attributes_and_idioms(text: str, expected: list[float]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "港口覆盖率提高1.7个百分点，达到34.2%。",
        "渔获：达到二千一百万担，增长百分之十八点三。",
    ],
)
def test_a_level_has_the_direction_of_the_change_beside_it(text: str) -> None:
    assert [t.direction for t in extract_targets(text, with_words=False)] == ["up", "up"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [("船舶产值平均每年增长百分之六点五。", "growth"), ("港口产值增长将为百分之九十点四。", "change_pct")],
)
def test_a_rate_of_change_in_full_is_one(text: str, kind: str) -> None:
    (target,) = extract_targets(text, with_words=False)
    assert target.kind == kind


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("第六个五年计划期间，用于港口改造的资金为九百亿元。", 1985),
        ("七五计划期间港口投资总规模为四千亿元。", 1990),
        ("“七五”期间港口投资总规模为四千亿元。", 1990),
    ],
)
def test_a_five_year_plan_by_its_number_is_due_at_its_end(text: str, year: int) -> None:
    assert [t.year for t in extract_targets(text, reported=1981, with_words=False)] == [year]


@pytest.mark.parametrize("before", ["比“六五”期间", "比第六个五年计划期间"])
def test_a_change_on_the_plan_before_is_counted_from_it(before: str) -> None:
    found = extract_targets(f"“七五”期间港口投资{before}增加百分之四十九。", reported=1985, with_words=False)
    assert [(t.value, t.year, t.base_year) for t in found] == [(49, 1990, 1985)]


def test_a_list_counted_from_a_year_gives_it_to_its_start_values() -> None:
    text = "港口主要货物2037年的计划运量比2032年增长的情况如下：\n钢：从120万吨增加到300万吨，增长一点五倍。\n煤：从500万吨增加到900万吨，增长零点八倍。"
    levels = [t for t in read(text).targets if t.kind == "level"]
    assert [(t.base_value, t.base_year) for t in levels] == [(1.2e6, 2032), (5e6, 2032)]


def test_a_period_that_is_over_opens_no_aim() -> None:
    text = "从2021年到2030年，港口运量平均每年递增的速度是百分之三，到2036年要求每年递增百分之五。"
    assert values(text, reported=2031) == [5]


@pytest.mark.parametrize(
    ("text", "year", "base"),
    [
        ("民國124年達成渡輪電動化占比20%。", 2035, None),
        ("124年底累計設置岸電20處。", 2035, None),
        ("民國124年港口用電比民國120年減少5%。", 2035, 2031),
    ],
)
def test_years_of_the_republic_are_years(text: str, year: int, base: int | None) -> None:
    (target,) = extract_targets(text, reported=2030, with_words=False)
    assert (target.year, target.base_year) == (year, base)


def test_a_long_time_is_no_year() -> None:
    assert [
        t.year for t in extract_targets("打造120年历史的码头群，新建泊位12个。", reported=2030, with_words=False)
    ] == [None]


def test_a_unit_in_letters_ends_before_a_chinese_word() -> None:
    (target,) = extract_targets("2036年岸电装机达45GW以上。", reported=2030, with_words=False)
    assert (target.value, target.unit, target.operator) == (45, "GW", ">=")


def test_what_holds_at_present_is_where_a_change_starts() -> None:
    (target,) = extract_targets("輪候時間會由現時5.3年降至4.5年。", with_words=False)
    assert (target.value, target.base_value) == (4.5, 5.3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2031年降低渔船成本3亿元以上。", ("change_abs", "<=", -3e8, "yuan")),
        ("2031年减轻渔民负担3亿元。", ("change_abs", "=", -3e8, "yuan")),
        ("2031年渔船成本降低到3亿元。", ("level", "=", 3e8, "yuan")),
        ("2031年压减玻璃产能60万重量箱。", ("change_abs", "=", -6e5, "weight cases")),
    ],
)
def test_costs_that_are_cut_without_a_level_fall_by_the_amount(text: str, expected: tuple[object, ...]) -> None:
    (target,) = extract_targets(text, reported=2030, with_words=False)
    assert (target.kind.value, target.operator, target.value, target.unit) == expected


def test_a_yearly_mean_is_no_yearly_growth() -> None:
    text = "港口空气计划\n\n2031年5月6日\n\n到2034年，全港颗粒物年均浓度较2029年下降12%，吞吐量年均增长6%。"
    assert [(t.kind.value, t.value) for t in read(text).targets] == [("change_pct", -12), ("growth", 6)]


def test_the_year_that_opens_a_sentence_beside_its_five_year_plan_holds_for_the_next() -> None:
    text = "港口空气计划\n\n2018年12月24日\n\n到2020年，全面完成“十三五”指标。港口颗粒物浓度降至47微克/立方米。"
    assert [t.year for t in read(text).targets if t.value] == [2020]
    assert [t.year for t in read(text.replace("十三五", "十四五")).targets if t.value] == [None]


def test_a_title_in_signs_set_apart_is_one_of_a_report() -> None:
    said = "\n\n2031年3月27日\n\n解决21个村饮水困难。"
    assert [t.year for t in read("政 府 工 作 报 告" + said).targets] == [2031]
    assert [t.year for t in read("政 府 工 作" + said).targets] == [None]


def test_years_within_which_something_is_done_count_from_the_document() -> None:
    head = "港口计划\n\n2031年3月27日\n\n"
    assert [t.year for t in read(head + "3年内增加900个泊位。").targets] == [2034]
    assert [t.year for t in read(head + "第3年内增加900个泊位。").targets] == [None]


def test_progress_by_stages_is_no_interim_target() -> None:
    head = "港口“十三五”规划\n\n"
    assert [t.year for t in read(head + "空气质量得到阶段性改善，绿地面积达到520公顷。").targets] == [2020]
    assert [t.year for t in read(head + "完成阶段性任务，绿地面积达到520公顷。").targets] == [None]


def test_the_size_of_a_fall_is_a_change() -> None:
    assert values("到2034年，能耗降幅达到12%。") == [-12]
