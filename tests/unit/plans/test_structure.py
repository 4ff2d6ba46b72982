"""Headings give their part a year; the title of an ended plan moves the years of reports."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from isthmus.plans import patterns
from isthmus.plans.document import Document, DocumentBlock
from isthmus.plans.period import BY_PERIOD
from isthmus.plans.reported import reported_to
from isthmus.plans.segment import blocks_of, width
from isthmus.plans.structure import heading_level, parts_of
from isthmus.readers.documents.lexicon import read_lexicon
from isthmus.readers.documents.plans import extract_document, extract_targets

CHAPTERS = """Отраслевая стратегия
1. Основные цели до 2030 года
Довести долю дорог в нормативном состоянии до 85 процентов.
1.1. Сельские территории
Довести долю сельских дорог до 60 процентов к 2032 году.
Довести долю мостов в нормативном состоянии до 70 процентов.
2. Управление
Довести долю электронных услуг до 95 процентов."""


def test_statements_have_the_year_of_their_heading_and_of_the_heading_above_it() -> None:
    found = [(t.value, t.year) for t in extract_targets(CHAPTERS, "ru")]
    assert found == [(85.0, 2030), (60.0, 2032), (70.0, 2030), (95.0, None)]


@pytest.mark.parametrize(
    ("heading", "year"),
    [
        ("第五章 “十五五”时期经济社会发展的主要目标", 2030),
        ("三、2026年经济社会发展总体要求", 2026),
        ("1. Цели до 2030 года и на перспективу до 2036 года", None),
        ("1. Headline targets for 2030", 2030),
        ("2. Доля дорог до 85 процентов к 2030 году, целевой показатель", None),
        ("2. Законодательство 2024 года", None),
    ],
)
def test_a_heading_gives_one_year_only_where_it_names_a_part_of_a_plan(heading: str, year: int | None) -> None:
    blocks = list(blocks_of(f"Title\n{heading}\nWords."))
    assert parts_of(blocks, read_lexicon(), 2025)[-1].year == year


def test_the_title_gives_no_year() -> None:
    blocks = [DocumentBlock("heading", "Targets to 2035"), DocumentBlock("paragraph", "Raise the share to 5 percent.")]
    assert [part.year for part in parts_of(blocks, read_lexicon(), 2025)] == [None, None]


@pytest.mark.parametrize(
    ("text", "level"), [("第一篇 总论", 0), ("第二章 目标", 1), ("（一）目标", 4), ("Words", None)]
)
def test_numbering_tells_how_high_a_heading_stands(text: str, level: int | None) -> None:
    assert heading_level(DocumentBlock("paragraph", text), read_lexicon()) == level


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("“十四五”时期发展规划纲要（2021—2025年）", 2020),
        ("Программа развития края на 2016-2020 годы", 2015),
        ("Road programme to 2025", 2020),
        ("Road programme to 2035", 2025),
        ("Roads", 2025),
    ],
)
def test_figures_of_a_plan_that_has_ended_are_targets_from_its_first_year_on(title: str, year: int) -> None:
    assert reported_to([DocumentBlock("paragraph", title)], read_lexicon(), 2025)[0] == year


def test_a_lone_year_in_a_title_follows_the_last_year_that_the_text_tells_of() -> None:
    text = "In 2019 the town planted 900 trees. In 2019 the share of coal was 40 %."
    blocks = [DocumentBlock("paragraph", each) for each in ("Town of Ost 2020 Climate Plan", text)]
    assert reported_to(blocks, read_lexicon(), 2025) == (2019, True)


def test_a_bare_year_of_an_ended_plan_is_a_target() -> None:
    text = "Программа развития края на 2016-2020 годы\nОбъём производства молока в 2020 году - 120 тыс. тонн."
    assert [(t.value, t.year) for t in extract_targets(text, "ru") if t.value] == [(120_000.0, 2020)]


def left(text: str, lang: str | None = None) -> dict[str, int]:
    """Return what is left out of a text, by reason."""
    found = extract_document(Document("plan.txt", None, tuple(blocks_of(text))), lang)
    return dict(Counter(entry.reason for entry in found.left_out))


def numbers(text: str, lang: str | None = None) -> list[tuple[float, int | None]]:
    return [(t.value, t.year) for t in extract_targets(text, lang) if t.value is not None]


WORK_REPORT = """2026年政府工作报告
——2026年1月20日在市第十届人民代表大会第五次会议上
一、2025年重点工作
城镇新增就业8.1万人，粮食产量达到96万吨。
二、“十五五”时期主要目标任务
研发经费投入强度达到3.1%左右。
三、2026年重点工作
新建幼儿园24所，地区生产总值增长5%左右。"""


def test_a_work_report_gives_the_period_and_the_year_of_its_parts() -> None:
    assert numbers(WORK_REPORT, "zh") == [(3.1, 2030), (24.0, 2026), (5.0, 2026)]
    assert left(WORK_REPORT, "zh") == {"front matter": 1, "review": 1}


@pytest.mark.parametrize(
    ("heading", "read"),
    [
        ("Achievements", False),
        ("Achievements and targets", True),
        ("Итоги работы", False),
        ("Итоги и задачи", True),
        ("重点工作回顾", False),
        ("回顾与目标", True),
    ],
)
def test_a_heading_without_a_number_announces_a_review_unless_it_names_aims(heading: str, read: bool) -> None:
    text = {"A": "Coverage of 64 percent.", "И": "Охват 64 процента.", "重": "覆盖率64%。", "回": "覆盖率64%。"}[
        heading[0]
    ]
    assert bool(numbers(f"Strategy of the region\n{heading}\n{text}")) is read


WRAPPED = """The government of the region will raise the share of renewable energy
in the supply of electricity to 45 percent by 2031, and it will cut the
losses of the Northern networks by at least
8 percent. The number of connected households will reach 320,000 by
2030.

14

The regional fund will give loans to 1,200 firms
in 2029."""


def test_wrapped_lines_are_joined_across_page_numbers() -> None:
    assert numbers(WRAPPED, "en") == [(45.0, 2031), (-8.0, 2031), (320_000.0, 2030), (1200.0, 2029)]


def test_statements_one_a_line_stay_apart() -> None:
    lines = "Raise the share of rail to 40 percent by 2030\nBuild 12 schools by 2029\nOpen 3 ports by 2028\nPlant 5 million trees"
    assert [year for _, year in numbers(lines, "en")] == [2030, 2029, 2028, None]


def test_only_a_heading_with_references_under_it_starts_a_list_of_sources() -> None:
    energy = "Plan\n2. Sources\nSolar capacity will reach 40 MW by 2030."
    listed = "Plan\nSources\n[1] Statistical yearbook, 2024, https://example.org\n[2] Report on 60 MW, 2023."
    assert numbers(energy, "en") == [(40.0, 2030)]
    assert left(listed, "en") == {"sources": 3}


@pytest.mark.parametrize(
    ("text", "lang", "reason"),
    [
        ("According to the World Bank, demand will grow by 3.2 percent in 2028.", "en", "another body"),
        ("Under the Paris Agreement, emissions must fall by 45 percent by 2030.", "en", "another body"),
        ("По оценкам экспертов, спрос вырастет на 3 процента к 2028 году.", "ru", "another body"),
        ("据国际能源署预测，2030年用电量将增长30%。", "zh", "another body"),
        ("This would contribute to the Union target of at least 30 million nurses by 2031.", "en", "another body"),
        (
            "Концепцией защиты малых рек страны до 2061 года предусмотрено очистить к 2032 году 40 озёр.",
            "ru",
            "another body",
        ),
        ("A small farm is one that has fewer than 20 hectares.", "en", "definition"),
        ("Под малым хозяйством понимается хозяйство площадью до 20 га.", "ru", "definition"),
        ("Unemployment is 6.3 percent and the workforce has 4.2 million members.", "en", "fact"),
        ("В крае проживает 1,9 млн человек.", "ru", "fact"),
        ("In 2023 exports reached 42 billion dollars.", "en", "fact"),
        ("图3 2030年装机容量增长40%", "zh", "caption"),
        ("Targets of the plan ........ 14", "en", "contents"),
        ("Aims......14 8.3 Yearly cuts .....15 8.4 Raise the goals ......iii Part of a page", "en", "contents"),
    ],
)
def test_who_does_not_speak_for_the_plan_is_left_out_with_the_reason(text: str, lang: str, reason: str) -> None:
    assert numbers(text, lang) == []
    assert left(text, lang) == {reason: 1}


@pytest.mark.parametrize(
    ("stamp", "year"),
    [
        ("Brussels, 2.7.2025", 2024),
        ("2026年1月26日", 2025),
        ("7 мая 2024 года", 2023),
        ("March 5, 2023", 2022),
        ("Version 3 – May 2022", 2021),
        ("2017 год", 2016),
    ],
)
def test_the_last_year_of_reports_comes_from_the_date_of_the_document(stamp: str, year: int) -> None:
    blocks = list(blocks_of(f"Plan\n{stamp}\nRaise the share to 5 percent."))
    assert reported_to(blocks, read_lexicon(), 2030) == (year, True)


def test_without_a_date_the_study_says_it_and_without_a_study_the_text() -> None:
    blocks = list(blocks_of("Plan of roads\nIn 2019 the network was 210 km long.\nBuild 40 km."))
    assert reported_to(blocks, read_lexicon(), 2024) == (2024, False)
    assert reported_to(blocks, read_lexicon(), None) == (2019, False)


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Темп роста производства в 2027 году составит 103 %.", "ru", [("growth", 3.0)]),
        ("五年地区生产总值增长30%。", "zh", [("change_pct", 30.0)]),
        ("安排资金5100多亿元。", "zh", [("level", 5.1e11)]),
        ("Cut emissions by 300 kt CO2e by 2030.", "en", [("change_abs", -0.3)]),
        ("Store 1.2 Gt of CO2 by 2050.", "en", [("level", 1200.0)]),
        ("Ship 5 million MT of grain by 2030.", "en", [("level", 5e6)]),
        ("Provide care to all children under two by 2030.", "en", []),
        ("Solve the third problem in the second half of 2028.", "en", []),
        ("By 2030 every tenth school will have a laboratory.", "en", []),
        ("К 2030 году каждая десятая школа получит лабораторию.", "ru", []),
        ("Третий этап начнется во второй половине 2028 года.", "ru", []),
        ("Cut the energy used per unit of output by 40 percent.", "en", [("change_pct", -40.0)]),
    ],
)
def test_values_that_are_easily_misread(text: str, lang: str, expected: list[tuple[str, float]]) -> None:
    assert [(t.kind.value, t.value) for t in extract_targets(text, lang) if t.value is not None] == expected


class Counting:
    """A pattern that adds up how many characters it looks through."""

    looked = 0

    def __init__(self, pattern: "re.Pattern[str]") -> None:
        self.pattern = pattern

    def search(self, text: str) -> "re.Match[str] | None":
        Counting.looked += len(text)
        return self.pattern.search(text)

    def finditer(self, text: str) -> "Iterator[re.Match[str]]":
        Counting.looked += len(text)
        return self.pattern.finditer(text)


def test_what_a_paragraph_of_eighty_kilobytes_costs_grows_with_its_length(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = patterns.compiled
    monkeypatch.setattr(patterns, "compiled", lambda pattern: Counting(compiled(pattern)))
    clause = "Raise the share of rail to 40 percent by 2030 and build at least 300 stations, "
    looked = []
    for length in (20_000, 80_000):
        Counting.looked = 0
        assert extract_targets((clause * 1300)[:length], "en")
        looked.append(Counting.looked)
    assert looked[1] < 5 * looked[0]


REPORT = """下载
打印
字号
2026年某省政府工作报告
——2026年2月3日在某省第十四届人民代表大会第四次会议上
来源：某日报
时间：2026-02-09
各位代表：
一、2025年工作回顾
新建绿道137公里、累计达到2136公里，地区生产总值增长5.1%。
二、“十五五”时期主要目标
“十五五”时期经济社会发展的主要目标是：城镇化率达到71%。
三、2026年重点工作
社会消费品零售总额增长6%左右。"""


def test_the_date_of_a_page_stands_behind_its_navigation() -> None:
    found = extract_document(Document("r.txt", None, tuple(blocks_of(REPORT))))
    assert [(t.value, t.year) for t in found.targets if t.value] == [(71.0, 2030), (6.0, 2026)]


PARTS = """高唐县2026年政府工作报告
——2026年1月8日在高唐县第十八届人民代表大会第五次会议上
2025年工作回顾
{review}
新建开通5G基站307处。
二、坚持改革开放突破，市场活力持续释放
完成工业技改项目113个。
2026年工作目标任务
{ahead}
新建充电桩500个。
二、聚焦提振市场信心
新增上云企业80家。"""


def test_parts_below_a_review_without_a_number_are_of_the_review_where_what_comes_opens_its_own() -> None:
    numbered = {"review": "一、坚持产业跨越发展", "ahead": "一、聚焦高质量发展"}
    found = extract_document(Document("r.txt", None, tuple(blocks_of(PARTS.format(**numbered)))))
    assert [(t.value, t.year) for t in found.targets if t.value] == [(500.0, 2026), (80.0, 2026)]
    assert [left.reason for left in found.left_out if "113" in left.text or "307" in left.text] == ["review", "review"]


def test_a_part_of_a_year_to_come_ends_a_review_though_another_heading_opens_parts_later() -> None:
    text = PARTS.format(review="一、产业转型", ahead="一、名词解释").replace(
        "二、坚持改革开放突破，市场活力持续释放", "二、2026年重点工作"
    )
    found = extract_document(Document("r.txt", None, tuple(blocks_of(text))))
    assert 113.0 in [t.value for t in found.targets]


@pytest.mark.parametrize(
    "text",
    [
        "{}二、2026年重点工作\n新建充电桩500个。\n2026年民生实事\n一、教育\n新建学校8所。",
        "{}2026年工作安排\n新建充电桩500个。\n自身建设要求\n一、依法行政\n办理建议200件。",
        "{}2026年工作安排\n主要预期目标\n新建充电桩500个。\n重点任务\n一、聚焦高质量发展\n新建学校8所。",
    ],
)
def test_what_comes_is_no_review_where_its_heading_opens_no_parts_itself(text: str) -> None:
    head = "某县2026年政府工作报告\n2026年1月8日\n2025年工作回顾\n一、经济稳中有进\n新建开通5G基站307处。\n"
    found = extract_document(Document("r.txt", None, tuple(blocks_of(text.format(head)))))
    assert 500.0 in [t.value for t in found.targets]


@pytest.mark.parametrize("opening", ["机遇与挑战", "发展基础", "重要意义"])
def test_a_preamble_without_a_year_has_no_parts_below_it(opening: str) -> None:
    text = (
        f"某省氢能产业发展意见\n2025年3月10日\n{opening}\n氢能前景广阔。\n一、指导思想\n坚持创新。\n二、发展目标\n"
        "到2030年建成加氢站300座。\n重点任务分工安排\n一、省发改委\n建成项目20个。"
    )
    found = extract_document(Document("r.txt", None, tuple(blocks_of(text))))
    assert 300.0 in [t.value for t in found.targets]
    dated = Document("r.txt", None, tuple(blocks_of(text.replace("重点任务分工安排", "2026年重点工作"))))
    assert 300.0 in [t.value for t in extract_document(dated).targets]


def test_a_line_of_a_year_and_its_work_is_a_heading_and_the_start_of_a_period_its_first_year() -> None:
    text = (
        "2026年某省政府工作报告\n时间：2026-02-09\n一、“十五五”时期主要目标\n城镇化率达到71%。\n{}\n新建绿色矿山75座。"
    )
    for heading in ("2026年重点工作", "二、推动“十五五”开好局、起好步"):
        found = extract_document(Document("r.txt", None, tuple(blocks_of(text.format(heading)))))
        assert [(t.value, t.year) for t in found.targets if t.value] == [(71.0, 2030), (75.0, 2026)], heading


def test_settings_of_a_page_between_hyphens_are_front_matter() -> None:
    text = "---\npermalink: /2019-03-01-goals\ndate: 2019-02-27\n---\nBuild 40,000 apartments by 2022."
    found = extract_document(Document("r.md", None, tuple(blocks_of(text))))
    assert [t.value for t in found.targets] == [40_000.0]
    assert {left.reason for left in found.left_out} == {"front matter"}


SET = """# Strategy of a port
{above}
# 2. Indicators to be reached
The strategy is measured by these.
## Trade
*   250+ firms that export
## Services
*   Turnover of services of 36% of trade
# 3. How it is run
*   14 members on the board
## Who pays
*   6 banks"""


def test_a_heading_set_below_one_that_names_indicators_still_lists_them() -> None:
    assert [value for value, _ in numbers(SET.format(above=""), "en")] == [250.0, 36.0]


@pytest.mark.parametrize("above", ["## 1. Background", "# Background"])
def test_numbered_lines_among_headings_that_are_set_do_not_end_a_part(above: str) -> None:
    text = SET.format(
        above=f"{above}\n1. Trade by sea\nRaise it to 70 percent.\n2. Trade by land\nRaise it to 40 percent."
    )
    assert [value for value, _ in numbers(text, "en")] == [250.0, 36.0]


def test_a_year_goes_down_to_the_headings_set_below_and_ends_at_one_set_as_high() -> None:
    text = (
        "# Plan of a town\n## Targets for 2031\n### 1. Heat\nRaise the share to 5 percent.\n## Homes\nBuild 900 homes."
    )
    assert numbers(text, "en") == [(5.0, 2031), (900.0, None)]


def test_the_name_of_the_plan_on_every_page_is_no_heading() -> None:
    page = "Strategy of the port 2025-2030\nRaise the share of rail to {} percent.\n{}\n"
    text = "Port\n" + "".join(page.format(10 + i, i) for i in range(5))
    found = extract_document(Document("plan.md", None, tuple(blocks_of(text))), "en").targets
    assert {(t.year, t.note) for t in found if t.value is not None} == {(2030, BY_PERIOD)}
    assert left(text, "en")["front matter"] == 5


def test_one_sentence_on_a_late_year_does_not_date_a_long_text() -> None:
    told = [f"In {2015 + i % 6} exports were {i} tonnes." for i in range(90)]
    blocks = list(blocks_of("Trade of a port\n" + "\n".join([*told, "In 2024 it was said that exports rose."])))
    assert reported_to(blocks, read_lexicon(), otherwise=2025) == (2020, False)


def test_a_table_of_years_of_reports_gives_no_targets_though_the_last_one_is_that_of_the_clock() -> None:
    table = "| Emissions, kt | 2024 | 2025 | 2030 |\n|---|---|---|---|\n| Heating | 236 | 190 | 28 |"
    text = f"Emissions of a town\nIn 2025 emissions were 190 kt.\n{table}"
    found = extract_document(Document("plan.md", None, tuple(blocks_of(text))), "en").targets
    assert [(t.value, t.year) for t in found if t.value is not None] == [(28.0, 2030)]


@pytest.mark.parametrize(
    ("text", "lang", "years"),
    [
        # The last member stands without a mark, behind one that ends in a semicolon.
        (
            "К 2030 году необходимо:\nУвеличить долю лесов до 25 процентов;\nПостроить 40 школ;\nПосадить 5000 деревьев.\n"
            "Служба сообщает обо всём. Принять меры к 7 складам.",
            "ru",
            [2030, 2030, 2030],
        ),
        # Bullets were lost; the list ends with a paragraph.
        (
            "Plan\nBy 2030 we will:\nBuild 900 homes.\nRepair 40 schools.\nThe board meets in May. Raise the fee to 6 percent.",
            "en",
            [2030, 2030, None],
        ),
        # A line says nothing but when all below it is due, also below lines that head its parts.
        (
            "Roadmap\nBy 2031\nService\n- Treat at least 60 percent of waste.\nFinance\n- Raise fees paid to 90 percent.\n"
            "Raise the fee to 6 percent.",
            "en",
            [2031, 2031, None],
        ),
        (
            "到2030年，主要任务如下：\n一是森林覆盖率达到25%。\n二是新建学校40所。\n加强管理，招录教师600人。",
            "zh",
            [2030, 2030, None],
        ),
        # Numbers stand on lines of their own.
        (
            "By 2030 we will:\n1.\nBuild 900 homes.\n2.\nRepair 40 schools.\nRaise the fee to 6 percent.",
            "en",
            [2030, 2030, None],
        ),
        # A sentence in front of the one that opens the list speaks of another year.
        ("The city tests the goals in 2027. It will then build:\n- 400 beds in homes.", "en", [None]),
        # The year in which a plan was approved is no deadline.
        ("The plan, approved in 2019, requires the city to build 250 miles of lanes.", "en", [None]),
        ("Программа, утверждённая в 2019 году, требует построить 40 школ.", "ru", [None]),
    ],
)
def test_a_list_takes_its_year_from_the_line_that_opens_it(text: str, lang: str, years: list[int | None]) -> None:
    assert [year for _, year in numbers(text, lang)][: len(years)] == years


def test_a_part_with_a_roman_number_is_a_heading_though_it_ends_in_a_full_stop() -> None:
    text = "Программа\nI.\nТекущее состояние\nДовести охват до 40 %.\nII.\nЦель программы.\nДовести охват до 60 %."
    assert [value for value, _ in numbers(text, "ru")] == [60.0]


@pytest.mark.parametrize("year", [2010, 2011])
def test_a_heading_on_results_of_a_year_of_reports_opens_a_review(year: int) -> None:
    text = f"04 August 2011\n# Transport results in {year}\n192 % improvement in ridership"
    assert bool(numbers(text)) is (year == 2011)


def test_a_heading_on_what_is_in_focus_names_aims() -> None:
    assert numbers("04 August 2011\n## Our focus in 2011\n470 new buses for the city") == [(470.0, 2011)]


@pytest.mark.parametrize(
    "line",
    [
        "Утверждена постановлением администрации района от 4 марта 2030 г. N 12 (с изменениями на 9 июня 2033 года)",
        "(в редакции постановления от 09.06.2033 N 44)",
        "от 09.06.2033 № 44 «О внесении изменений в постановление от 04.03.2030 № 12»",
        "Resolution of 4 March 2030, as amended on 9 June 2033",
        "2030年3月4日通过，2033年6月9日修订",
    ],
)
def test_the_date_of_an_amendment_is_not_that_of_the_plan(line: str) -> None:
    blocks = [DocumentBlock("paragraph", line), DocumentBlock("heading", "Программа развития района на 2030-2034 годы")]
    assert reported_to(blocks, read_lexicon(), otherwise=2025) == (2029, True)


def test_a_list_of_contents_without_leaders_goes_up_to_where_its_first_title_comes_again() -> None:
    lines = (
        "# План развития рынка на 2031-2033 годы",
        "СОДЕРЖАНИЕ",
        "Общие положения 3",
        "2. Развитие торговли в сёлах 7-9",
    )
    text = "\n\n".join([*lines, "ОБЩИЕ ПОЛОЖЕНИЯ", "Доля сельских магазинов вырастет до 42 процентов к 2033 году."])
    document = extract_document(Document("t.md", None, tuple(blocks_of(text))))
    assert [t.value for t in document.targets] == [42]
    assert "front matter" in {left.reason for left in document.left_out}


@pytest.mark.parametrize(
    "text",
    ["б) графу 4 позиции 17 изложить в новой редакции:", "Target 14 is amended to read:", "将第14项目标修改为："],
)
def test_an_order_to_amend_a_text_is_no_aim(text: str) -> None:
    document = extract_document(Document("t.md", None, tuple(blocks_of(text))))
    assert (document.targets, [left.reason for left in document.left_out]) == ((), ["amendment"])


def test_numbered_parts_below_results_of_a_year_tell_what_comes_too() -> None:
    text = (
        "О прогнозе развития района на 2032-2034 годы\n14.11.2031\n\nИтоги развития\n\nЗа год выпуск вырос на 3 %.\n\n"
        "1. Сельское хозяйство\n\nВыпуск вырос на 4 %. Прогнозируемый сбор зерна составит 135 тыс. тонн ежегодно.\n"
    )
    found = extract_document(Document("r.txt", None, tuple(blocks_of(text))))
    assert [t.value for t in found.targets if t.value] == [135e3]


def test_a_list_of_contents_that_lists_itself_ends_where_sentences_begin() -> None:
    said = "This plan was drawn up by the city with its partners, and it says by which steps the harbour and its quays are to "
    text = (
        "# Harbour plan 2031-2036\n\n# Table of Contents\n\nTable of Contents...2\n\nQuays...5\n\nTrams...9\n\n# Quays\n\n"
        f"{said}live without coal.\n\nBy 2035, 45 % of the quays will have shore power.\n\n# Table of contents\n\nAnnex\n"
    )
    found = extract_document(Document("plan.md", None, tuple(blocks_of(text)))).targets
    assert [t.value for t in found if t.value is not None] == [45.0]


def test_a_step_behind_the_year_of_a_plan_is_no_end_of_its_term() -> None:
    text = (
        "# Pledge of the isles\n\n| Time frame | 2035, with an interim step in 2029 |\n|---|---|\n"
        "| Coverage | All of the isles |\n\n| Indicator | Target 2029 |\n|---|---|\n| Share of wind, % | 35 |\n"
    )
    found = extract_document(Document("pledge.md", None, tuple(blocks_of(text))))
    assert [(t.value, t.year) for t in found.targets if t.value] == [(35.0, 2029)]


def test_a_list_of_contents_with_ranges_of_pages_is_no_text_where_its_first_title_does_not_come_again() -> None:
    lines = "Contents\n\nPreface i-iv\n\nPart I: The Isles\n\nThe Plan of Action for Seabirds 77-97\n\n7.2 Works 111-112 xi\n\n"
    text = f"{lines}Increase ponds to 20 by 2034.\n\nThe plan protects more shores. It adds 30 wardens by 2034.\n"
    found = extract_targets(f"# Atoll Plan 2030-2034\n\n{text}")
    assert [t.value for t in found if t.value is not None] == [20.0, 30.0]


def test_rows_that_lead_to_their_pages_are_contents() -> None:
    rows = (("TABLE 3.3: QUAYS BY SECTOR……………", "101"), ("TABLE 4.7: TARGETS FOR MORE QUAYS.......", "160"))
    blocks = (DocumentBlock("heading", "Plan 2030-2034", level=1), DocumentBlock("table", "", rows=rows))
    found = extract_document(Document("plan.txt", None, blocks))
    assert (found.targets, {entry.reason for entry in found.left_out}) == ((), {"contents"})


def test_a_list_of_contents_whose_titles_run_on_is_no_text() -> None:
    titles = (
        "4.0 Framework of the strategy for the ports 20 4.1 Increase of the fleet 21-24 4.2 Targets for quays 25-29"
    )
    titles += " 4.3 Increase of the share of the traffic of the isles 30-33 4.4 Works 34"
    text = f"# Port Plan 2030-2034\n\nTable of contents\n\n{titles}\n\nIncrease ponds to 20 by 2034.\n"
    assert [t.value for t in extract_targets(text) if t.value is not None] == [20.0]


def roles_of(*lines: str) -> list[str]:
    return [part.role for part in parts_of([DocumentBlock("paragraph", line) for line in lines], read_lexicon(), 2025)]


@pytest.mark.parametrize(("number", "role"), [(1, "review"), (2, "text")])
def test_a_review_ends_with_its_chapter_though_the_title_of_the_next_one_is_no_heading(number: int, role: str) -> None:
    below = ("The port has cranes.", f"{number}.1. Cranes of the port", "The port has cranes.")
    assert roles_of("Plan", "1. Background", *below) == ["text", "review", "review", role, role]


def test_numbered_parts_below_a_review_without_a_number_are_its_own() -> None:
    blocks = [DocumentBlock("heading", f"Heading {n}", level=1) for n in range(3)]
    blocks += [DocumentBlock("heading", "Background", level=1), DocumentBlock("heading", "1.1 Cranes", level=2)]
    assert [part.role for part in parts_of(blocks, read_lexicon(), 2025)][-2:] == ["review", "review"]


def test_a_line_that_goes_on_in_brackets_is_joined() -> None:
    text = """The government of the region will raise the share of renewable energy
in the supply of electricity to 45 percent by 2031, and it will cut the
losses by 8 percent
(from a share of 12 percent). The number of connected households will
reach 320,000 by 2030, and the number of those with two lines will be
9,000 then."""
    assert len(list(blocks_of(text))) == 1


def test_a_han_character_is_as_wide_as_two_letters() -> None:
    assert [width(line) for line in ("port", " 港口 ", "a  b", "порт")] == [4, 4, 3, 4]


def test_headings_with_three_numbers_end_a_review_of_their_level() -> None:
    lines = ("5.1 Ports", "5.1.1 Current situation", "The port has cranes.", "5.1.2 Key areas", "The port has cranes.")
    assert roles_of("Plan", *lines) == ["text", "text", "review", "review", "text", "text"]
