"""Pages that tell of a plan: the stamp that dates them, the year in their title, lists led by a sentence, a start in brackets."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.period import lone_year
from isthmus.plans.reported import reported_to
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.lexicon import read_lexicon
from isthmus.readers.documents.plans import extract_document, extract_targets

Row = tuple[str, float | None, int | None]


def rows(text: str) -> list[Row]:
    return [(t.operator, t.value, t.year) for t in extract_targets(text) if t.value is not None]


@pytest.mark.parametrize(
    "stamp",
    [
        "- 14.03.2029 11:38",
        "27.04.2029 в 12:38",
        "2029/9/8 15:39",
        "2029-01-18 19:46:05 来源：通讯社",
        "2029/9/8",
        "2029.9.8",
        "date 2029-02-12 政府公布《路线图》，表示充电桩发展迅速，全市充电桩数量位居前列，市民出行更加便利，服务更加完善。",
    ],
)
def test_the_stamp_of_a_page_dates_it(stamp: str) -> None:
    text = f"Roads of a town\n{stamp}\nThe share of paved roads will reach 40 %."
    assert reported_to(list(blocks_of(text)), read_lexicon()) == (2028, True)


@pytest.mark.parametrize("line", ["Версия 2029.9/8", "- 14.03.2029", "- Open the road by 14.03.2029"])
def test_other_lines_with_a_day_do_not(line: str) -> None:
    text = f"Roads of a town\n{line}\nThe share of paved roads will reach 40 %."
    assert reported_to(list(blocks_of(text)), read_lexicon()) == (0, False)


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("Development targets for 2031", 2031),
        ("Government sets ambitious targets for 2030/31", 2031),
        ("Highlights of the policy and programmes for the FY 2030/31", 2031),
        ("The government of the town has set its targets for 2031.", None),
    ],
)
def test_a_first_line_that_names_a_year_with_its_aims_gives_it(title: str, year: int | None) -> None:
    assert rows(f"{title}\nIncrease the share of paved roads to 40 %.") == [("=", 40.0, year)]


def test_a_heading_further_down_gives_its_year_to_its_own_part_alone() -> None:
    text = "# Roads of a town\n## Targets for 2031\nIncrease the share to 5 %.\n## Homes\nBuild 900 homes."
    assert rows(text) == [("=", 5.0, 2031), ("=", 900.0, None)]


def test_a_work_report_is_of_the_year_in_its_title_with_or_without_its_word() -> None:
    for title in ("2012政府工作报告", "2012年政府工作报告"):
        assert rows(f"{title}\n城镇新增就业900万人以上。") == [(">=", 9e6, 2012)]


def test_this_year_in_the_line_over_a_list_is_that_of_its_items() -> None:
    lead = "Реализация мероприятий программ в текущем году позволит обеспечить:"
    items = "- ввод в эксплуатацию 93,5 тыс. га земель;\n- вовлечение в оборот 93,4 тыс. га угодий."
    assert rows(f"Мелиорация\n27.04.2029 в 12:38\n{lead}\n{items}") == [("=", 93500.0, 2029), ("=", 93400.0, 2029)]


def test_what_a_sentence_over_a_list_below_it_says_is_due_with_its_items() -> None:
    text = "To halve emissions by 2031, we need to meet the outcomes below.\n- Cut use of energy by 15 %\n- Plant 900 trees"
    assert rows(text)[-2:] == [("=", -15.0, 2031), ("=", 900.0, 2031)]


PERIODS = """“十三五”期间，全区水利事业蓬勃发展，取得了显著成绩。
——农村自来水普及率由60.8%提高到了70%。
为了发展水利事业，水利厅制定了“十五五”主要目标。
——新增供水能力20亿立方米。
——农田灌溉水有效利用系数提高到0.55以上。"""


def test_chinese_sentences_on_what_was_reached_and_on_aims_open_the_lists_below_them() -> None:
    assert rows(PERIODS) == [("=", 2e9, 2030), (">=", 0.55, 2030)]


def test_what_a_report_says_was_reached_opens_no_list_due_at_the_end_of_a_plan_it_names() -> None:
    text = "去年主要任务较好完成，“十五五”实现良好开局，发展取得新的重大成就。\n国内生产总值达到114万亿元，增长8.1%。"
    assert {year for _, _, year in rows(text)} == {None}


def test_a_model_makes_no_aim_of_a_fact_in_a_sentence_of_years_of_reports_alone() -> None:
    text = (
        "某区发布2029年十项为民办实事项目\n2029-01-18 19:46:05 来源\n"
        "2028年，引进税收千万级以上项目156个，同比增长39%；200幢重点楼宇实现税收622.08亿元，亿元楼新增6幢，达到88幢。\n"
        "2029年，建成绿道2公里。"
    )
    assert rows(text) == [("=", 2.0, 2029)]


@pytest.mark.parametrize(
    ("text", "start", "since"),
    [
        ("Broadband for 100% of citizens by 2031. (Baseline: coverage was at 93% in December 2027.)", 93.0, 2027),
        (
            "50% of the people should buy online by 2031. (Baseline: In 2028, 37 % of individuals ordered goods.)",
            37.0,
            2028,
        ),
        ("到2031年覆盖率达到95%。（基准值：2028年为82%。）", 82.0, 2028),
        ("Broadband for 100% of citizens by 2031. (In December 2027 coverage was at 93%.)", None, None),
        ("33% of firms should buy online by 2031. (Baseline: 24% and 12% of enterprises did so.)", None, None),
    ],
)
def test_a_start_in_brackets_behind_the_sentence_of_an_aim_is_its_start(
    text: str, start: float | None, since: int | None
) -> None:
    (found,) = (t for t in extract_targets(text) if t.value is not None)
    assert (found.base_value, found.base_year) == (start, since)


def test_one_start_in_brackets_is_not_that_of_two_aims() -> None:
    text = "Broadband for 90% of towns and 60% of villages by 2031. (Baseline: coverage was at 30% in 2028.)"
    found = [t for t in extract_targets(text) if t.value is not None]
    assert [(t.value, t.base_value) for t in found] == [(90.0, None), (60.0, None)]


def test_a_start_in_brackets_without_an_aim_in_front_is_a_fact() -> None:
    found = extract_document(Document("t", None, tuple(blocks_of("(Baseline: coverage was at 30% in 2028.)"))))
    assert [entry.reason for entry in found.left_out] == ["fact"]


def test_the_lone_year_of_a_title_is_no_period() -> None:
    titles = ("Report 2031", "2031政府工作报告", "Report on 2026-2031", "Report")
    assert [lone_year(title, read_lexicon()) for title in titles] == [2031, 2031, None, None]


def test_what_a_start_in_brackets_says_besides_is_left_out_with_its_reason() -> None:
    text = "90 roads will be paved by 2031. (Baseline: 23% of towns had 12 bridges.)"
    found = extract_document(Document("t", None, tuple(blocks_of(text))))
    assert [t.value for t in found.targets if t.value is not None] == [90.0]
    assert ["12 bridges" in entry.text for entry in found.left_out] == [True]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("We will pave ninety kilometres of road by 2031.", [("=", 90.0, 2031)]),
        ("Notice of thirty days will be given by 2031.", []),
        ("We will pave five kilometres of road by 2031.", []),
        ("People will live within five km of a paved road by 2031.", []),
        ("Two thousand five hundred schools will be built by 2031.", [("=", 2500.0, 2031)]),
        ("By 2031, 300 bridges would be built.", [("=", 300.0, 2031)]),
        ("300 bridges would help the towns by 2031.", []),
        ("Ensure that the score is no lower 95% in 2031.", [(">=", 95.0, 2031)]),
        ("By 2031 a trebling of the number of placements", [("=", 3.0, 2031)]),
        ("货币发行规模与去年大体持平，零售物价上涨幅度控制在百分之六以内。", [("<=", 6.0, None)]),
        ("货币发行规模去年增长百分之六。", []),
    ],
)
def test_numbers_in_words_and_bounds_of_pages(text: str, wanted: list[Row]) -> None:
    assert rows(text) == wanted


@pytest.mark.parametrize(
    ("lead", "values"),
    [
        ("The towns will cut waste by 2031 as follows", [-30.0, 0.0, -15.0]),
        ("Each town will reduce its waste by 2031 in accordance with the following percentage", [-30.0, 0.0, -15.0]),
        ("Output will be increased by 2031 by", [30.0, 0.0, 15.0]),
        ("Reduce waste by 2031 to the following levels", [30.0, 0.0, 15.0]),
        ("Reduce the share of waste by 2031 as follows", [30.0, 0.0, 15.0]),
    ],
)
def test_a_list_of_names_and_percentages_changes_as_the_words_over_it_say(lead: str, values: list[float]) -> None:
    found = [t for t in extract_targets(f"{lead}: north 30%, south 0%, hills 15%.") if t.value is not None]
    assert [t.value for t in found] == values
    assert not any(str(t.value).startswith("-0") for t in found)
    assert {t.kind.value for t in found} == ({"level"} if "share" in lead or "levels" in lead else {"change_pct"})


def test_what_stands_in_front_of_such_a_list_stays_as_it_is() -> None:
    found = extract_targets("To reach 90% coverage, increase output by 2031 as follows: north 30%, south 15%.")
    assert [(t.kind.value, t.value) for t in found if t.value is not None] == [
        ("level", 90.0), ("change_pct", 30.0), ("change_pct", 15.0)
    ]  # fmt: skip


def test_a_list_in_which_one_says_how_stays_as_it_is_written() -> None:
    found = extract_targets("The towns will cut waste by 2031 as follows: north by 30%, south to 15%.")
    assert [(t.kind.value, t.value) for t in found if t.value is not None] == [("change_pct", -30.0), ("level", 15.0)]
