# ruff: noqa: E501 (sentences stay on one line)
"""Which year a target is due in: fiscal years, laws, lists of clauses, titles, reports of a year, spans to come."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.period import BY_PERIOD
from isthmus.plans.segment import blocks_of
from isthmus.plans.spoken import BY_DATE
from isthmus.readers.documents.plans import extract_document

Row = tuple[float, int | None]
SPEECH = "Statement on the port\n\n14 March 2031\n\n"
DOKLAD = "Доклад о порте\n\n14 марта 2031 года\n\n"


def rows(text: str) -> list[Row]:
    """Return value and year of each target of a document."""
    found = extract_document(Document("", None, tuple(blocks_of(text))), with_words=False).targets
    return [(t.value or 0.0, t.year) for t in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{SPEECH}In 2032 - 33 a further 25 piers will be built.", [(25.0, 2033)]),
        (f"{SPEECH}The port will receive 25 cranes in RE 2032- 33.", [(25.0, 2033)]),
        (f"{SPEECH}By 2040 - 30 % of the ships will be electric.", [(30.0, 2040)]),
        (f"{SPEECH}In 2038 - 39 % of the ships will be electric.", [(39.0, 2038)]),
        (f"{SPEECH}2032 - 25 piers, 2033 - 35 piers will be built.", [(25.0, 2032), (35.0, 2033)]),
        (f"{DOKLAD}В 2032 - 33 годах построим 250 причалов.", [(250.0, 2033)]),
        ("海港计划\n\n2031年3月14日\n\n2032 - 33年度建设码头250座。", [(250.0, 2033)]),
    ],
)
def test_a_dash_between_spaces_joins_a_fiscal_year_and_nothing_else(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{SPEECH}The aim is to cut waste by 30%, as the Framework (Law 4819/2034) says.", [(-30.0, None)]),
        (f"{SPEECH}Under Act No. 45/2029 waste will be cut by 30% by 2040.", [(-30.0, 2040)]),
        (f"{DOKLAD}Согласно закону 45/2035 сократить отходы на 30 %.", [(-30.0, None)]),
    ],
)
def test_the_year_in_the_number_of_a_law_is_none_of_a_target(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We will clear the docks by 2035, and pave 40% of the roads and light 45% of the piers by 2040.", [(40.0, 2040), (45.0, 2040)]),
        ("We will pave 30% of the roads by 2035, and light 40% of the piers and 45% of the docks by 2040.", [(30.0, 2035), (40.0, 2040), (45.0, 2040)]),
        ("By 2035, pave 40% of the roads and, by 2040, light 45% of the piers.", [(40.0, 2035), (45.0, 2040)]),
        ("We will clear the docks by 2035, and pave 40% of the roads, and light 45% of the piers by 2040.", [(40.0, 2035), (45.0, 2040)]),
    ],
)  # fmt: skip
def test_the_year_at_the_end_of_a_list_is_that_of_all_its_members(text: str, expected: list[Row]) -> None:
    assert rows(f"{SPEECH}{text}") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Port Authority: agency priority goals, fiscal years 2032-2033\n\nIncrease the number of cranes to 25.", [(25.0, 2033)]),
        ("О прогнозе социально-экономического развития порта на 2032-2034 годы\n\n14.11.2031\n\nВ прогнозируемом периоде планируется ввод 25 причалов.", [(25.0, 2034)]),
        ("奋力建设海港——在海港市第九届人民代表大会第五次会议上的政府工作报告\n\n2031年1月30日\n\n主要预期目标是：生产总值增长12%。", [(12.0, 2031)]),
        ("海港市政府工作报告——2031年2月10日在海港市第九届人民代表大会第二次会议上\n\n2031-02-10\n\n主要预期目标是：生产总值增长12%。", [(12.0, 2031)]),
        ("关于二〇三一年度海港计划草案的报告\n\n2031年2月3日\n\n今年内可以建设完工的码头有五十二个。", [(52.0, 2031)]),
        ("2031年海港市委市政府为民兴办10件实事\n\n四是完成码头改造40个。", [(40.0, 2031)]),
        ("2032年海港市人民政府十件民生实事\n\n2031年12月20日\n\n完成码头改造40个。", [(40.0, 2032)]),
        ("海港市政府工作报告\n\n2031年1月30日\n\n今明两年再建设码头50座。", [(50.0, 2032)]),
        ("海港发言\n\n2031年1月30日\n\n码头二期约260个泊位将于二○三四/三五年度落成。", [(260.0, 2035)]),
    ],
)  # fmt: skip
def test_the_title_says_when_what_has_no_year_is_due(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


BY_2040 = "By 2040 the port will be clean."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{BY_2040} All will see it.\n\n- 250 piers will be lit.\n\n- 45 docks will be paved.\n\nWe will plant 300 trees.", [(250.0, 2040), (45.0, 2040), (300.0, None)]),
        (f"{BY_2040}\n\nWe will light 250 piers.", [(250.0, None)]),
        (f"{BY_2040}\n\n- By 2036 the docks will be dry.\n\n- 45 docks will be paved.", [(45.0, 2040)]),
        ("By 2024 half of the piers were lit. It goes on.\n\n- Light 250 piers.", [(250.0, None)]),
        (f"{BY_2040}\n\nWhat it needs:\n\n- 250 piers shall be lit.", [(250.0, None)]),
        (f"{BY_2040}\n\n- 45 docks will be paved.\n\n- 55 roads will be paved.\n\n- In 2029 we lit 250 piers.", [(45.0, 2040), (55.0, 2040)]),
        (f"{BY_2040}\n\n# 2 Tasks\n\n- 250 piers will be lit.", [(250.0, None)]),
        (f"{BY_2040}\n\n（一）码头\n\n建设泊位45个。", [(45.0, None)]),
        ("Piers in 2040 will be clean.\n\n- 250 piers will be lit.", [(250.0, None)]),
        ("到2040年，港口全面建成。\n\n——码头覆盖90%以上乡镇。\n\n——泊位达到15800个以上。", [(90.0, 2040), (15800.0, 2040)]),
    ],
)  # fmt: skip
def test_the_year_by_which_a_paragraph_opens_holds_for_the_list_below_it(text: str, expected: list[Row]) -> None:
    assert rows(f"Vision of the port\n\n14 March 2031\n\n{text}") == expected


PLAN, TASKS, ADDRESS = (
    "Plan of the port 2030-2034",
    "海港政府工作报告\n\n2031年1月14日",
    "海港施政报告\n\n2031年1月14日",
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{SPEECH}We will build 250 piers in the next five years.", [(250.0, 2036)]),
        (f"{SPEECH}Over the next decade we will build 250 piers.", [(250.0, 2041)]),
        (f"{SPEECH}When the dam is completed in two years' time 250 acres would be added.", [(250.0, 2033)]),
        (f"{SPEECH}We aim to train 300 pilots in the next two years, and hire 25 masters a year for the next six years.", [(300.0, 2033), (25.0, 2037)]),
        (f"{SPEECH}The aim is to open 40 docks by 2035 and double output to 78 billion euros in eight years.", [(40.0, 2035), (2.0, 2039), (78e9, 2039)]),
        (f"{SPEECH}In the next five years we will raise the share of docks to 40% and that of piers to 50% by 2040.", [(40.0, 2040), (50.0, 2040)]),
        (f"{SPEECH}Within three years of adoption 250 piers will be built.", [(250.0, None)]),
        (f"{SPEECH}A five-year programme will build 250 piers.", [(250.0, None)]),
        (f"{SPEECH}Over the past five years we built 250 piers.", []),
        (f"{PLAN}\n\n14 March 2031\n\nWe will build 250 piers in the next five years.", [(250.0, 2034)]),
        (f"{PLAN}\n\n14 March 2031\n\nWe will build 250 piers in the next two years.", [(250.0, 2033)]),
        ("We will build 250 piers in the next two years.", [(250.0, None)]),
        (f"{SPEECH}Light 250 piers by 2035, and 300 piers by the end of this decade.", [(250.0, 2035), (300.0, 2040)]),
        ("Statement on the port\n\n14 March 1983\n\nWe will light 250 piers by the end of the decade and pave 45% of the docks by the turn of the century.", [(250.0, 1990), (45.0, 2000)]),
        ("Statement on the port\n\nWe will light 250 piers by the end of the decade.", [(250.0, None)]),
        (f"{SPEECH}Output fell in the 1990s. By the end of the decade it had to be cut by 60%.", [(-60.0, None)]),
        (f"{SPEECH}The plan of 1996 required to close 40 pits by the end of the decade.", [(40.0, None)]),
        (f"{SPEECH}Renovate 40% of the schools built before the turn of the century.", [(40.0, None)]),
        (f"{SPEECH}Insulate 60% of the homes built by the end of the 20th century.", [(60.0, None)]),
        (f"{DOKLAD}К концу десятилетия построим 250 причалов, к середине века - 300 причалов.", [(250.0, 2040), (300.0, 2050)]),
        ("海港规划纲要\n\n1991年3月14日\n\n到本世纪末，建设码头250座。", [(250.0, 2000)]),
        ("海港规划纲要\n\n2031年3月14日\n\n到本世纪中叶，建设码头250座。", [(250.0, 2050)]),
        (f"{DOKLAD}В ближайшие пять лет построим 250 причалов.", [(250.0, 2036)]),
        (f"{DOKLAD}В течение пяти лет построим 250 причалов.", [(250.0, 2036)]),
        (f"{DOKLAD}В течение пяти лет после ремонта построим 250 причалов.", [(250.0, None)]),
        (f"{TASKS}\n\n今后五年新建码头250座。", [(250.0, 2035)]),
        (f"{ADDRESS}\n\n未来10年，建设码头250座。", [(250.0, 2041)]),
    ],
)  # fmt: skip
def test_a_span_to_come_is_counted_from_the_date_of_the_document(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


def test_the_note_says_what_a_span_is_counted_from() -> None:
    said = "14 March 2031\n\nWe will build 250 piers in the next {} years."
    made = [
        extract_document(Document("", None, tuple(blocks_of(f"{PLAN}\n\n{said.format(n)}"))), with_words=False)
        for n in ("five", "two")
    ]
    assert [t.note for found in made for t in found.targets] == [BY_PERIOD, BY_DATE]
