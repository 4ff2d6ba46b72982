"""Whole Chinese plans: their period by its number, pasted tables, boxes of projects, values in turn, sizes of what is meant."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.extract import Extraction
from isthmus.plans.plan import Target
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document, extract_targets


def read(text: str, reported: int | None = None) -> Extraction:
    return extract_document(Document("plan.txt", None, tuple(blocks_of(text))), reported=reported)


def numbers(text: str, reported: int | None = None) -> list[Target]:
    return [t for t in read(text, reported).targets if t.value is not None]


def test_the_number_of_a_five_year_plan_in_its_title_is_its_period() -> None:
    text = (
        "江州市国民经济和社会发展第十五个五年规划纲要\n第一章　发展基础\n第一节　“十四五”时期发展取得重大成就\n"
        "港口吞吐量超过3亿吨，渔业产值年均增长4.2%。\n第二章　主要目标\n绿地率提高到41%。\n"
    )
    assert [(t.value, t.year) for t in numbers(text)] == [(41, 2030)]


def test_values_in_turn_share_the_bound_behind_the_last_and_have_their_own_names() -> None:
    rows = numbers("溺水死亡率、火灾死亡率分别下降到2.5‰、9/10万以下。")
    assert [(t.indicator, t.operator, t.value) for t in rows] == [("溺水死亡率", "<=", 2.5), ("火灾死亡率", "<=", 9)]


def test_subjects_with_one_value_keep_the_measure_that_they_share() -> None:
    rows = numbers("荔枝采摘、运输机械化率均达到35%。")
    assert [(t.indicator, t.value) for t in rows] == [
        ("荔枝采摘、运输机械化率: 荔枝采摘", 35),
        ("荔枝采摘、运输机械化率: 运输机械化率", 35),
    ]


def test_a_pasted_table_whose_cells_stand_in_lines_is_read_as_one() -> None:
    cells = [
        "序号",
        "指　　标",
        "目标值",
        "属性",
        "1",
        "渔船事故起数",
        "下降12%",
        "约束性",
        "2",
        "港口安全达标率",
        ">95%",
    ]
    text = "\n".join(["专栏1　“十五五”时期主要指标", *cells, "预期性", "海上搜救成功率达到97%。"])
    rows = [(t.indicator, t.operator, t.value, t.year) for t in numbers(text)]
    assert rows[:2] == [("渔船事故起数", "=", -12, 2030), ("港口安全达标率", ">", 95, 2030)]
    assert rows[2][:3] == ("海上搜救成功率", "=", 97)


def test_lines_with_numbers_that_no_head_names_are_no_table() -> None:
    text = "建设任务\n码头\n1\n新建泊位45个\n2\n改造仓库21座"
    assert [t.value for t in numbers(text)] == [45, 21]


@pytest.mark.parametrize(
    "text",
    [
        "60万吨/年以下煤矿，加强巡查。",
        "• 红色标记（评分65/100）",
        "实施海洋服务业倍增行动，壮大企业队伍。",
        "持续扩大“带动两千万人参与划船运动”成果。",
        "办好10类46件民生实事。",
    ],
)
def test_sizes_marks_of_an_editor_and_names_are_no_targets(text: str) -> None:
    assert [t.value for t in numbers(text)] == []


def test_a_size_behind_a_verb_that_counts_stays_a_target() -> None:
    assert [t.value for t in numbers("新增60万吨/年以上海盐产能。\n培训5000人以上的潜水骨干队伍。")] == [600_000, 5000]


def test_what_is_doubled_in_ten_years_is_not_due_by_the_end_of_a_plan_of_five() -> None:
    text = "江州市海洋发展“十五五”规划\n实施海上风电十年倍增行动。\n泊位达到45个。"
    assert [(t.indicator, t.value, t.year) for t in numbers(text)] == [("实施海上风电", 2, None), ("泊位", 45, 2030)]


def test_an_anniversary_that_a_plan_makes_use_of_makes_no_fact_of_it() -> None:
    assert [t.value for t in numbers("结合建港一百周年、航海日等主题，推出30个展览。")] == [30]
    assert [t.value for t in numbers("围绕建市四十周年，举办12场演出。")] == [12]


def test_the_title_of_an_item_is_what_its_targets_stand_under() -> None:
    text = (
        "# 五、保护海洋文物\n加强管理。\n专栏3 沉船保护\n1.水下考古工程：系统调查海域。实施8项发掘。\n"
        "2.沉船展示工程：建成6个展馆。\n# 六、加强宣传\n举办40场讲座。"
    )
    under = {t.value: t.objective for t in numbers(text)}
    assert under == {8: "专栏3 沉船保护 – 水下考古工程", 6: "专栏3 沉船保护 – 沉船展示工程", 40: "加强宣传"}


def test_the_list_of_contents_is_no_heading_of_what_follows() -> None:
    text = "# 目录\n1.总体要求\n2.主要目标\n\n一、总体要求\n港口发展。\n二、主要目标\n泊位达到45个。"
    assert "目" not in {t.objective for t in numbers(text)}.pop()


def test_what_a_bracket_tells_of_the_past_dates_nothing_outside_of_it() -> None:
    text = "加快构建海洋产业体系（“十四五”建成现代渔港体系），建设8个渔港。\n到2030年，泊位达到45个。\n绿地率达到30%。"
    rows = numbers(f"江州市“十五五”规划\n{text}", reported=2025)
    assert (8, 2030) in [(t.value, t.year) for t in rows]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("每名船员至少掌握3项技能。", ("level", ">=", 3)),
        ("船舶能耗至少下降12%。", ("change_pct", "<=", -12)),
        ("渔业产值至少增长8%。", ("change_pct", ">=", 8)),
    ],
)
def test_at_least_holds_for_the_number_behind_its_verb(text: str, row: tuple[str, str, float]) -> None:
    assert [(t.kind.value, t.operator, t.value) for t in extract_targets(text, with_words=False)] == [row]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("新建20个主题鲜明、内容丰富的精品展厅。", "新建主题鲜明、内容丰富的精品展厅"),
        ("完成400件沉船文物和出水瓷器的修复。", "完成沉船文物和出水瓷器的修复"),
        ("救援力量3小时内到达受灾岛屿。", "救援力量到达受灾岛屿"),
        ("改扩建现有30个渔港。", "改扩建渔港"),
        ("海洋生产总值按增长5%安排。", "海洋生产总值"),
    ],
)
def test_what_is_counted_is_named_whole(text: str, name: str) -> None:
    assert [t.indicator for t in numbers(text)] == [name]


def test_a_plan_that_opens_with_a_review_is_no_report() -> None:
    review = "".join(f"新增渔船{count}艘。\n" for count in range(20, 60))
    aims = "".join(f"新建{count}个泊位。\n" for count in range(11, 23))
    found = read(f"江州市政府工作报告\n一、2030年工作回顾\n{review}二、2031年主要任务\n{aims}", 2030)
    assert not found.tells_past
    assert read(f"江州市政府工作报告\n一、2030年工作回顾\n{review}二、2031年主要任务\n新建9个泊位。", 2030).tells_past


def test_the_undated_tasks_of_a_report_on_work_are_due_in_its_year() -> None:
    text = "2031年江州市政府工作报告\n一、2030年工作回顾\n新增渔船42艘。\n二、重点任务\n新建30个泊位。\n未来五年建成6个渔港。"
    assert [(t.value, t.year) for t in numbers(text)] == [(30, 2031), (6, 2035)]


def test_what_a_report_on_work_tells_of_a_plan_is_not_due_in_its_year() -> None:
    told = "《纲要草案》提出鱼产量达8万吨。\n渔业产值年均增长6%。\n新建30个泊位。"
    text = f"2031年江州市政府工作报告\n一、2030年工作回顾\n新增渔船42艘。\n二、重点任务\n{told}"
    assert [(t.value, t.year) for t in numbers(text)] == [(80_000, None), (6, None), (30, 2031)]


def test_what_one_verb_adds_is_all_added() -> None:
    rows = numbers("新建10家船舶研究中心、30家渔业基地和12家海洋实验室。")
    assert [(t.kind.value, t.value) for t in rows] == [("cumulative", 10), ("cumulative", 30), ("cumulative", 12)]


def test_a_limit_on_what_is_added_goes_nowhere() -> None:
    assert [(t.operator, t.direction) for t in numbers("新增填海规模控制在30公顷以内。")] == [("<=", "")]


def test_the_sentence_that_opens_a_paragraph_as_its_title_is_what_its_targets_stand_under() -> None:
    text = (
        "第三章　主要目标\n第一节　船员生活\n——船员生活品质不断提高。失业率低于6.5%。\n（一）壮大船员队伍，提高待遇。"
    )
    text += "培训400名船员。"
    assert {t.value: t.objective for t in numbers(text)} == {
        6.5: "船员生活 – 船员生活品质不断提高",
        400: "船员生活 – 壮大船员队伍，提高待遇",
    }
