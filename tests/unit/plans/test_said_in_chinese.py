"""Chinese has no tense: sections, words that tell how things are, and who speaks tell facts from aims."""

import pytest

from isthmus.plans import extract
from isthmus.plans.document import Document
from isthmus.plans.extract import Extraction
from isthmus.plans.reported import reported_to
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.lexicon import read_lexicon
from isthmus.readers.documents.plans import extract_document, extract_targets


def read(text: str) -> Extraction:
    return extract_document(Document("plan.txt", None, tuple(blocks_of(text))))


@pytest.mark.parametrize(
    "heading",
    ["一、港口发展现况", "一、全县概况", "第一条 规划背景", "一、重要意义", "一、機遇與挑戰", "一、问题与短板"],
)
def test_a_section_on_how_things_are_gives_no_targets(heading: str) -> None:
    behind = "第二条" if "条" in heading else "二、"
    found = read(f"{heading}\n港口泊位数量310个，岸线长度42公里。\n{behind}主要目标\n港口泊位数量达到360个。")
    assert [t.value for t in found.targets] == [360]


@pytest.mark.parametrize("heading", ["三、深化协作，夯实产业发展基础", "三、优化布局，厚植海洋发展基础"])
def test_a_heading_that_orders_to_build_a_base_opens_no_review(heading: str) -> None:
    assert [t.value for t in read(f"{heading}\n新建泊位45个。\n改造仓库21座。").targets] == [45, 21]


@pytest.mark.parametrize(
    "text",
    [
        "本省造船產量占全球35%，出口額83億元。",
        "园区位于湖区南岸，总面积约51平方公里。",
        "目前全市渔船3100艘。",
        "科创区依托港口大学，面积约7.5平方公里。",
        "我省有海员19万名，要办好培训。",
        "今年高校毕业生将高达83万人，要做好服务。",
        "组织开展了21个县的试点。",
        "船厂走过了长达160年的历程，创业50多年。",
        "办好32件民生实事，抓实船舶创新8条路径。",
        "渡轮票价呈逐年上涨趋势：票价年均上涨3%。",
        "远洋货运占全国运量三成以上。",
        "依2031年資料顯示，商業部門用電占12%。",
        "國際海運總署(World Shipping Office, WSO) 2031年發布報告指出，到2045年航運排放將減少40%。",
    ],
)
def test_what_tells_how_things_are_or_what_others_say_is_no_aim(text: str) -> None:
    assert extract_targets(text, reported=2031, with_words=False) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("力争造船产量占全球35%。", [35]),
        ("目前全市渔船3100艘，将新增210艘。", [210]),
        ("计划安排，生铁产量八百万吨，略低于上年水平。", [8e6]),
        ("主要目标：\n（1）园区总面积51平方公里。\n（2）泊位310个。", [51, 310]),
    ],
)
def test_words_of_an_aim_outweigh_them(text: str, values: list[float]) -> None:
    assert [t.value for t in extract_targets(text, reported=2031, with_words=False) if t.value] == values


def test_the_line_of_those_who_issue_a_plan_dates_it() -> None:
    text = "# 航运中心建设方案\n江州市港务局 江州市发展改革委 2031年4月12日 江港规〔2031〕6号\n为推动航运发展，制定本方案。"
    assert reported_to(tuple(blocks_of(text)), read_lexicon()) == (2030, True)


def test_the_base_year_that_a_plan_says_holds_start_values_in_its_tables() -> None:
    text = (
        "江州村规划（2032-2045年）\n规划期限为2032-2045年，规划基期年为2032年。\n\n"
        "| 指标 | 2032年 | 2045年 |\n|---|---|---|\n| 耕地保有量（公顷） | 83 | 121 |\n| 公园面积（公顷） | 4 | 9 |\n"
    )
    rows = [(t.value, t.year, t.base_value, t.base_year) for t in read(text).targets if t.value]
    assert rows == [(121, 2045, 83, 2032), (9, 2045, 4, 2032)]


def test_the_number_of_an_item_is_none_behind_the_word_of_its_list() -> None:
    text = "主要措施是提高：\n1.資源循環\n2.港口用電比例30%"
    assert [t.value for t in extract_targets(text, with_words=False)] == [30]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("渔获量九百万吨，比上年增加二十万吨。", [(9e6, "up", None), (2e5, "up", None)]),
        ("用电量三百亿千瓦小时，减少五亿千瓦小时。", [(3e10, "down", None), (-5e8, "down", None)]),
        ("電動漁船占比於2033與2038年分別達20%與45%。", [(20, "", 2033), (45, "", 2038)]),
        ("規劃2055淨零排放藍圖，綠能占比80%。", [(80, "", 2055)]),
    ],
)
def test_levels_with_their_change_behind_and_years_without_their_word(
    text: str, rows: list[tuple[float, str, int | None]]
) -> None:
    found = extract_targets(text, reported=2031, with_words=False)
    assert [(t.value, t.direction, t.year) for t in found] == rows


def test_the_heading_of_a_review_dates_an_undated_report() -> None:
    review = "一、2025年工作回顾\n港口吞吐量增长6%，泊位达到310个。\n新增渔船420艘。"
    aims = "二、2026年主要目标\n港口吞吐量增长5%左右。\n为到2035年港口吞吐量比2020年翻一番打好基础。"
    found = read(f"{review}\n{aims}")
    assert [(t.value, t.year) for t in found.targets] == [(5, 2026), (2, 2035)]
    assert {left.reason for left in found.left_out} == {"review"}
    assert found.guessed == 2025
    blocks = tuple(blocks_of(f"{review}\n{aims}"))
    assert extract.extract_document(Document("plan.txt", None, blocks), read_lexicon(), reported=2025).guessed == 0


@pytest.mark.parametrize(("text", "operator"), [("年均 6% 以上", ">="), ("年均 6% 左右", "~"), ("年均6%以上", ">=")])
def test_spaces_around_figures_part_no_bound_from_its_number(text: str, operator: str) -> None:
    in_cell = extract_targets(f"| 指标 | 目标 |\n| 渔业增加值增长 | {text} |", "zh", with_words=False, reported=2025)
    in_line = extract_targets(f"到2030年，渔业增加值增长{text}。", "zh", with_words=False, reported=2025)
    assert {(t.value, t.operator) for t in (*in_cell, *in_line)} == {(6.0, operator)}


def test_a_value_of_which_a_sentence_only_says_that_it_fits_is_no_second_target() -> None:
    text = (
        "# 2026年主要预期目标\n居民收入增长6.5%左右。\n6.5%左右的预期增长目标与“十五五”规划目标衔接。\n绿地率达到35%。"
    )
    assert [t.value for t in read(text).targets if t.value is not None] == [6.5, 35.0]


def test_a_cut_goes_on_along_a_list_without_a_verb_of_its_own() -> None:
    found = read("2031年压减铸铁产能35万吨、石灰12万吨、镜片60万重量箱。").targets
    assert [(t.kind.value, t.value, t.direction) for t in found] == [
        ("change_abs", -350000.0, "down"),
        ("change_abs", -120000.0, "down"),
        ("change_abs", -600000.0, "down"),
    ]


def test_a_step_is_no_machine() -> None:
    assert [t.unit for t in read("进出口迈上万亿台阶。机床达到200台。").targets if t.value is not None] == ["台"]


DATED = """某省政府工作报告
（{date}）

今年国内生产总值增长9%。
二、重点工作
确保社会投资增长10%以上。
保证每年增产原煤3000万吨。"""


@pytest.mark.parametrize("date", ["二〇〇三年一月十日", "二○○三年一月", "２００３年１月１０日", "2003年1月10日"])
def test_a_date_in_numerals_or_wide_figures_dates_a_report_whose_rises_are_yearly(date: str) -> None:
    found = [(t.kind.value, t.value, t.year) for t in read(DATED.format(date=date)).targets if t.value]
    assert found == [("growth", 9.0, 2003), ("growth", 10.0, 2003), ("change_abs", 3e7, 2003)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("增加渔船300艘。", "change_abs"),
        ("每年增产鱼粉50万吨以上。", "change_abs"),
        ("增加值达到50亿元。", "level"),
        ("推广增产技术100万亩。", "level"),
        ("增加至300艘。", "level"),
    ],
)
def test_a_clause_that_opens_with_a_verb_of_adding_says_what_comes_on_top(text: str, kind: str) -> None:
    (found,) = extract_targets(text, with_words=False)
    assert (found.kind.value, found.direction) == (kind, "up" if kind == "change_abs" or "至" in text else "")


def test_a_rise_of_a_rate_or_of_several_years_in_a_report_is_no_yearly_growth() -> None:
    rises = "本届政府任期内产值提高50%。投资三年提高60%。绿化覆盖率提高2%。投资增长7%。"
    found = read(f"某市政府工作报告\n（2023年1月10日）\n\n各位代表：\n\n{rises}").targets
    assert [t.kind.value for t in found if t.value] == ["change_pct"] * 3 + ["growth"]


@pytest.mark.parametrize("title", ["二零一五至一六财政年度预算案", "二〇一五/一六年度预算案"])
def test_a_year_of_a_budget_in_numerals_is_no_figure(title: str) -> None:
    assert [t.value for t in extract_targets(f"{title}\n\n增加渔船300艘。", with_words=False)] == [300.0]
