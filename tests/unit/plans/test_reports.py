"""What reports the past is told from what sets an aim: sections, paragraphs, sentences, single figures."""

import pytest

from isthmus.plans.document import Document, DocumentBlock
from isthmus.plans.extract import Extraction
from isthmus.plans.reported import reported_to
from isthmus.plans.row_line import find_in_line
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.lexicon import read_lexicon
from isthmus.readers.documents.plans import extract_document, extract_targets


def read(*blocks: tuple[str, str]) -> Extraction:
    return extract_document(Document("plan.txt", None, tuple(DocumentBlock(kind, text) for kind, text in blocks)))  # type: ignore[arg-type]


def test_a_section_that_reviews_the_past_holds_no_targets_until_the_next_of_its_level() -> None:
    found = read(
        ("heading", "一、2025年工作回顾"),
        ("paragraph", "城镇新增就业1267万人，研发经费投入强度达到2.8%。"),
        ("heading", "（一）产业发展"),
        ("paragraph", "高技术制造业增加值增长9.4%。"),
        ("heading", "二、主要目标"),
        ("paragraph", "研发经费投入强度达到3.2%。"),
    )
    assert [t.value for t in found.targets] == [3.2]
    assert len(found.reported) == 2


@pytest.mark.parametrize(
    "text",
    [
        "In 2023 exports reached 42 billion dollars.",
        "В 2024 году введено 320 км дорог.",
        "2024年，全市粮食产量增长2%。",
    ],
)
def test_a_sentence_that_only_reports_is_counted_wherever_it_stands(text: str) -> None:
    found = read(("paragraph", text))
    assert (found.targets, found.reported) == ((), (text,))


def test_rows_of_a_table_in_a_review_are_left_out_and_counted() -> None:
    table = DocumentBlock(
        "table", "", rows=(("Indicator", "2020", "2025"), ("Forest cover, %", "22", "24"), ("Roads, km", "300", "410"))
    )
    blocks = (DocumentBlock("heading", "1. Review of the past five years"), table)
    found = extract_document(Document("plan.txt", None, blocks))
    assert found.targets == ()
    assert found.reported == ("Forest cover, % | 22 | 24", "Roads, km | 300 | 410")


def test_an_aim_inside_a_review_is_read() -> None:
    found = read(
        ("heading", "1. Review of the past five years"),
        ("paragraph", "Forest cover reached 23 percent."),
        ("paragraph", "By 2030, forest cover will reach 26 percent."),
    )
    assert [t.value for t in found.targets] == [26.0]


def test_a_paragraph_that_opens_with_a_review_reports_from_there_on() -> None:
    text = "五年来，全市发展成效突出。经营主体突破200万户，全球创新集群排名升至第13位。"
    found = read(("paragraph", text))
    assert not [t for t in found.targets if t.value is not None]
    assert len(found.reported) == 1


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("截至2025年10月底，全市累计建成5G基站2.1万个，总量居全省第三位。", "zh"),
        ("В 2024 году газификация составила 73,8 процента, что на 4,1 процентного пункта выше показателя 2020 года.", "ru"),
        ("In 2024 the region produced 1.9 million tonnes of potash, 3 percent more than a year earlier.", "en"),
    ],
)  # fmt: skip
def test_reports_give_no_number(text: str, lang: str) -> None:
    assert [t for t in extract_targets(text, lang) if t.value is not None] == []


@pytest.mark.parametrize(
    ("text", "lang", "values"),
    [
        ("到2030年，年营业收入超百亿元的数字企业达到10家以上。", "zh", [10.0]),
        ("Доля домохозяйств, расходующих на коммунальные услуги более 22 % дохода, не должна превышать 6 %.", "ru", [6.0]),
        ("Annual mean PM10 no higher than 45 µg/m3 in every city of over 300,000 people by 2029.", "en", [45.0]),
    ],
)  # fmt: skip
def test_sizes_of_the_things_meant_are_no_targets(text: str, lang: str, values: list[float]) -> None:
    assert [t.value for t in extract_targets(text, lang)] == values


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("Показатель|Срок|Значение\nТоварооборот, млрд долл.|2028|300", [(3e11, 2028)]),
        ("Measure|Deadline|Result\nVisa-free regime for travellers|2027|-", [(None, 2027)]),
    ],
)
def test_a_table_whose_rows_name_their_own_year(rows: str, expected: list[tuple[float | None, int]]) -> None:
    assert [(t.value, t.year) for t in extract_targets(rows)] == expected


def test_sentences_in_the_cells_of_a_table_are_read() -> None:
    table = DocumentBlock(
        "table", "", 3, [["No.", "Measure"], ["1", "Steel output will reach 80 million tonnes by 2030."]]
    )
    found = extract_document(Document("plan.pdf", 5, (table,))).targets
    assert [(t.value, t.year, t.page) for t in found] == [(8e7, 2030, 3)]


def test_rows_of_a_table_over_two_pages_keep_their_page() -> None:
    rows = [["Indicator", "2025", "2030"], ["Share, %", "18", "20"], ["Rate, %", "22", "25"]]
    table = DocumentBlock("table", "", 1, rows, row_pages=[1, 1, 2])
    found = extract_document(Document("plan.pdf", 2, (table,))).targets
    assert [(t.value, t.page) for t in found] == [(20.0, 1), (25.0, 2)]


@pytest.mark.parametrize(
    ("text", "lang", "value"),
    [
        ("Bring trade with China to more than 300 billion US dollars by 2030.", "en", 3e11),
        ("Increase science spending by at least 3 percent by 2030.", "en", 3.0),
        ("Обеспечить товарооборот с партнёром свыше 300 млрд долларов к 2030 году.", "ru", 3e11),
        ("Доля действующих предприятий не менее 50 процентов.", "ru", 50.0),
        ("到2030年新增300万吨以上的产能。", "zh", 3e6),
    ],
)
def test_words_that_also_name_sizes_do_not_hide_targets(text: str, lang: str, value: float) -> None:
    assert [t.value for t in extract_targets(text, lang)] == [value]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("近4年，全市共筹集资金20亿元，年均增长12%。", []),
        ("记者7日从市水务局获悉，去冬今春全市新建管网80公里。", []),
        ("目前全市绿化率达41%，水面率达8%。", []),
        ("目前全市绿化率达41%，到2030年达到60%。", [60.0]),
        ("游客满意度在全省排名第3位，接待人次达900万。", []),
        ("粮食产量达到90万吨，创历史新高。", []),
        ("河流水质有所改善，优良比例提高到71%。", []),
        ("去年建成公园9个，绿化率达到41%。", []),
        ("去年建成公园9个，绿化率达到41%，到2030年达到60%。", [60.0]),
        ("绿化率达到50%，水面率达到9%。", [50.0, 9.0]),
    ],
)
def test_a_chinese_report_goes_on_to_the_end_of_its_sentence_unless_a_later_year_is_named(
    text: str, values: list[float]
) -> None:
    assert [t.value for t in extract_targets(text, "zh", with_words=False, reported=2024)] == values


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Коэффициент Джини, ед.: 0,394 (2024), 0,36 (2030)", "ru", [(0.36, 2030, 0.394)]),
        ("常住人口城镇化率（%）：66.3（2025年），70（2030年），预期性", "zh", [(70.0, 2030, 66.3)]),
        ("Digital maturity, %: 67 (2027), 78 (2028)", "en", [(67.0, 2027, None), (78.0, 2028, None)]),
        ("养老机构护理型床位占比(%)|2025年|69|2030年|75|约束性", "zh", [(75.0, 2030, 69.0)]),
    ],
)
def test_rows_written_as_a_line(text: str, lang: str, expected: list[tuple[float, int, float | None]]) -> None:
    assert [(t.value, t.year, t.base_value) for t in extract_targets(text, lang)] == expected


def test_prose_with_brackets_is_no_row() -> None:
    assert find_in_line("Enrolment is to follow the path 71 % (2026), 78 % (2028).", "en", read_lexicon(), 2025) == []


def test_next_year_and_a_list_of_works_of_a_year_have_their_year() -> None:
    def years(text: str) -> list[tuple[float | None, int | None, str]]:
        made = extract_document(Document("t.txt", None, tuple(blocks_of(text))), with_words=False).targets
        return [(t.value, t.year, t.kind.value) for t in made]

    assert years("某市经济工作报告\n\n——2029年12月20日\n\n明年，力争新增就业3万人。") == [(3e4, 2030, "cumulative")]
    assert years("Доклад главы района\n\n20 декабря 2029 года\n\nВ следующем году планируется построить 3 школы.") == [
        (3.0, 2030, "level")
    ]
    works = "某区民生实事项目\n\n# 2031年民生实事项目\n\n1.新建公路500公里。\n\n2.游客数量增长8%。\n"
    assert years(f"{works}\n2031年2月1日") == [(500.0, 2031, "cumulative"), (8.0, 2031, "growth")]


@pytest.mark.parametrize(
    ("text", "lang", "until"),
    [
        ("到2022年，文物保护水平提升。\n展望2035年，建成文化强国。", "zh", 2021),
        ("By 2022 roads will be safe.\nIn 2035 all is well.", "en", 2021),
        ("В 2035 году всё будет хорошо.\nК 2022 году дороги станут безопасны.", "ru", 2021),
        ("By 2035 roads will be safe.", "en", 0),
    ],
)
def test_what_is_due_by_a_year_was_written_before_it(text: str, lang: str, until: int) -> None:
    assert reported_to(list(blocks_of(text)), read_lexicon(), otherwise=2025) == (until, False)


@pytest.mark.parametrize("wide", [False, True])
def test_the_report_on_a_plan_and_the_next_one_has_a_review_and_aims(wide: bool) -> None:
    text = (
        "# 关于2015年地方计划执行情况与2016年地方计划草案的报告\n\n--2016年1月9日在会议上\n\n"
        "## 一、2015年地方计划的执行情况\n\n茶叶产量80万吨，增长3.5%。茶园总面积达到12万公顷，比上年增加3万公顷。\n\n"
        "## 二、2016年地方计划的主要目标\n\n茶叶产量达到84万吨，增长5%。\n"
    )
    text = text.translate({ord(str(i)): chr(ord("０") + i) for i in range(10)}) if wide else text
    rows = extract_targets(text, "zh", with_words=False)
    assert [(t.value, t.year) for t in rows] == [(840000, 2016), (5, 2016)]
    assert wide == ("８４" in rows[0].text)
