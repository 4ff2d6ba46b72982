"""Conventions of the table of targets that a count of right fields does not show."""

import pytest

from isthmus.plans.plan import Kind
from isthmus.readers.documents.plans import extract_targets


def only(text: str, lang: str | None = None):  # type: ignore[no-untyped-def]
    found = extract_targets(text, lang)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    "text",
    [
        "到２０３０年，森林覆盖率提高到２６．１％。",
        "К 2030\u00a0году довести лесистость до 46,5\u00a0процента (с учётом городов).",
        "By 2030, forest cover “should” reach 31 percent – at least.",
    ],
)
def test_the_statement_is_kept_unchanged(text: str) -> None:
    assert only(text).text == text


def test_language_is_found_for_each_statement() -> None:
    found = extract_targets("到2030年达到26%。\nК 2030 году — 26 процентов.\nReach 26 percent by 2030.")
    assert [t.lang for t in found] == ["zh", "ru", "en"]
    assert {(t.value, t.year) for t in found} == {(26.0, 2030)}


@pytest.mark.parametrize(
    ("text", "lang", "base_value", "base_year"),
    [
        ("由2024年的10.2%提高到2030年的13.6%，数字经济占比上升。", "zh", 10.2, 2024),
        ("Снизить долю с 41 процента в 2023 году до 25 процентов к 2031 году.", "ru", 41.0, 2023),
        ("Raise the ratio from 18 percent in 2025 to 24 percent by 2032.", "en", 18.0, 2025),
        ("Protect 30 percent of land by 2030 (17 percent in 2020).", "en", 17.0, 2020),
    ],
)
def test_start_values(text: str, lang: str, base_value: float, base_year: int) -> None:
    target = only(text, lang)
    assert (target.base_value, target.base_year) == (base_value, base_year)


@pytest.mark.parametrize(
    ("text", "lang", "year"),
    [
        ("能耗比2021年下降14%。", "zh", 2021),
        ("Рост на 40 % к уровню 2022 года.", "ru", 2022),
        ("Cut emissions by 40 percent below 1990.", "en", 1990),
    ],
)  # fmt: skip
def test_base_years(text: str, lang: str, year: int) -> None:
    target = only(text, lang)
    assert (target.base_year, target.year) == (year, None)


@pytest.mark.parametrize(
    ("text", "lang", "direction", "value"),
    [
        ("能耗下降12%。", "zh", "down", -12.0),
        ("Снизить потери на 3 п.п.", "ru", "down", -3.0),
        ("Lower costs by 9 percent.", "en", "down", -9.0),
        ("Lower costs to 9 percent of sales.", "en", "down", 9.0),
        ("Raise yields by 9 percent.", "en", "up", 9.0),
    ],
)
def test_a_decrease_is_negative_with_direction_down(text: str, lang: str, direction: str, value: float) -> None:
    target = only(text, lang)
    assert (target.direction, target.value) == (direction, value)


@pytest.mark.parametrize(
    ("text", "lang", "modality"),
    [
        ("约束性指标：耕地保有量不少于18亿亩。", "zh", "binding"),
        ("力争达到60%。", "zh", "soft"),
        ("预期性指标：占比达到60%。", "zh", "expected"),
        ("Доля должна составить 60 процентов.", "ru", "binding"),
        ("Стремиться довести долю до 60 процентов.", "ru", "soft"),
        ("The share must reach 60 percent.", "en", "binding"),
        ("Aim for a share of 60 percent.", "en", "soft"),
        ("Raise the share to 60 percent.", "en", "expected"),
    ],
)
def test_modality(text: str, lang: str, modality: str) -> None:
    assert only(text, lang).modality == modality


@pytest.mark.parametrize(
    "text",
    [
        "第十四届会议于2024年5月7日召开，发布了国发〔2024〕9号文件。",
        "Указ № 309 от 7 мая 2024 года, пункт 3 статьи 12.",
        "Chapter 4 of Law No. 88 entered into force on 7 May 2024.",
        "The 5G roll-out was described in Table 3 and ISO 9001.",
        "2024年进出口总额同比增长5%。",
        "В 2024 году экспорт вырос на 5 процентов.",
        "Exports grew by 5 percent in 2024.",
    ],
)
def test_numbers_that_are_no_targets_give_no_value(text: str) -> None:
    assert [t.value for t in extract_targets(text) if t.value is not None] == []


def test_a_list_inherits_the_year_of_the_sentence_in_front() -> None:
    found = extract_targets(
        "К 2031 году:\n1) довести долю до 20 процентов;\n2) снизить потери до 8 процентов;\nУровень — 5 процентов."
    )
    assert [t.year for t in found if t.value is not None] == [2031, 2031, None]


def test_a_paragraph_inherits_the_year_of_its_opening() -> None:
    found = extract_targets("到2030年，绿色体系初步形成。能耗比2025年下降10%。", "zh")
    assert [(t.kind, t.year) for t in found] == [(Kind.MILESTONE, 2030), (Kind.CHANGE_PCT, 2030)]


def test_sources_at_the_end_are_not_read() -> None:
    text = (
        "# Goals\nRaise the share to 20 percent. [1]\n# Sources\n[1] Annual report 2024, 120 pages, at least 5 percent."
    )
    assert [t.value for t in extract_targets(text)] == [20.0]


def test_statements_without_a_number_can_be_left_out() -> None:
    text = "Strengthen cooperation.\nRaise the share to 20 percent."
    assert len(extract_targets(text)) == 2
    assert len(extract_targets(text, with_words=False)) == 1


def test_table_rows_give_base_target_path_and_totals() -> None:
    text = "Indicator | 2025 | 2026 | 2030\nCoverage (%) | 40 | 45 | 60\nTrees planted (million) | – | – | [12]"
    found = extract_targets(text, "en")
    assert [(t.value, t.year, t.base_value, t.base_year) for t in found[:2]] == [
        (45, 2026, 40, 2025),
        (60, 2030, 40, 2025),
    ]
    assert (found[2].kind, found[2].value) == (Kind.CUMULATIVE, 12e6)


def test_each_row_of_a_table_is_read_in_its_own_language() -> None:
    table = (
        "Показатель | Ед. изм. | 2025 | 2030\nLength of paved roads | km | 12,400 | 14,000\n"
        "单位GDP用水量下降（%） | — | — | 〔16〕\nВвод жилья | тыс. кв. м | 500 | 600\n"
    )
    found = [(t.lang, t.kind, t.value, t.unit) for t in extract_targets(table)]
    assert found == [
        ("en", Kind.LEVEL, 14000.0, "km"),
        ("zh", Kind.CHANGE_PCT, -16.0, "%"),
        ("ru", Kind.LEVEL, 600000.0, "m2"),
    ]


@pytest.mark.parametrize(
    ("text", "lang", "number", "unit"),
    [
        ("Publish 150 manuals by 2030.", "en", 150.0, "manuals"),
        ("We will harmonise 200 technical standards.", "en", 200.0, "standards"),
        ("Twelve is not enough: open 40 dry ports.", "en", 40.0, "ports"),
        ("到2030年栽植树木300万棵。", "zh", 3e6, "棵"),
        ("放流鱼苗5亿尾。", "zh", 5e8, "尾"),
        ("更新投运400辆低地板公交车。", "zh", 400.0, "辆"),
        ("打通50条断头路。", "zh", 50.0, "条"),
        ("新开业老年人供餐点30个。", "zh", 30.0, "个"),
        ("带动万名青年返乡创业。", "zh", 1e4, "名"),
    ],
)
def test_what_a_verb_does_to_things_is_counted_whatever_the_verb(
    text: str, lang: str, number: float, unit: str
) -> None:
    target = only(text, lang)
    assert (target.value, target.unit) == (number, unit)


@pytest.mark.parametrize(
    "text",
    [
        "在天津、上海等9个城市开展试点。",
        "对沿海56个城市实施总量控制。",
        "依托沿线9个开发区发展加工业。",
        "落实关于民营经济的30条政策措施。",
        "从质量、效益等维度提出20个具体目标。",
    ],
)
def test_a_chinese_count_behind_a_preposition_or_of_the_plan_itself_is_no_target(text: str) -> None:
    assert [t.value for t in extract_targets(text, "zh", with_words=False)] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今年拟安排财政赤字2万亿元，比去年增加5600亿元，赤字率提高到3%。", [2e12, 5600e8, 3.0]),
        ("今年赤字率拟按2.8%左右安排、比上年有所下调。", [2.8]),
        ("记者获悉，“十四五”期间，可再生能源占比要达到9.5%以上。", [9.5]),
        ("实现70万吨落后产能退出，其中水泥29万吨。", [7e5, 2.9e5]),
        ("实现100%的乡镇通柏油路，85%以上的村通公路。", [100.0, 85.0]),
        ("为100所海拔1500米以上的小学建设供暖设施。", [100.0]),
        ("培育建成2到3个大型集团。", [2.0, 3.0]),
        ("到2030年，变电容量超过3亿千伏安。", [3e8]),
        ("县城新增人口100万、旅居人口50万。", [1e6, 5e5]),
        ("推广应用300万盏户外灯具，治理31块污染地块。", [3e6, 31.0]),
        ("风电装机实现翻倍。", [2.0]),
        ("加快建设750千伏通道工程。", []),
        ("打造15分钟社区生活圈。", []),
        ("开工建设330千伏、750千伏线路。", []),
        ("每10万人口救护车由2.4辆增至3辆。", [3.0]),
        ("开展第二轮土地承包到期后再延长三十年试点。", []),
        ("以上共计28项指标，其中预期性指标19项、约束性指标9项。", []),
    ],
)
def test_numbers_of_chinese_aims_are_read(text: str, expected: list[float]) -> None:
    assert [t.value for t in extract_targets(text, "zh", with_words=False, reported=2021)] == expected


@pytest.mark.parametrize(
    ("text", "value", "base"),
    [
        ("航天应用实验从每年40项增加到每年60项。", 60.0, 40.0),
        ("养护标准从每人每月2375元提高到2423元。", 2423.0, 2375.0),
        ("劳动生产率从人均8.7万元提高到12万元以上。", 120000.0, 87000.0),
    ],
)
def test_a_chinese_start_value_may_be_of_each_year_or_person(text: str, value: float, base: float) -> None:
    target = only(text, "zh")
    assert (target.value, target.base_value) == (value, base)


@pytest.mark.parametrize(
    ("text", "kind", "direction"),
    [("改造提升养老机构20个。", Kind.LEVEL, ""), ("新建低空起降设施2500个。", Kind.CUMULATIVE, "")],
)
def test_works_on_chinese_things_are_no_change_of_their_number(text: str, kind: Kind, direction: str) -> None:
    target = only(text, "zh")
    assert (target.kind, target.direction, target.value > 0) == (kind, direction, True)


@pytest.mark.parametrize(
    ("text", "lang", "years"),
    [
        ("人均预期寿命提高到81岁，到2035年达到82.5岁。", "zh", [None, 2035]),
        ("Продолжительность жизни возрастет до 78 лет к 2030 году и до 81 года к 2036 году.", "ru", [2030, 2036]),
        ("Connect 250 villages in 2027, 300 in 2028 and 420 in 2029.", "en", [2027, 2028, 2029]),
    ],
)
def test_each_step_keeps_its_own_year(text: str, lang: str, years: list[int | None]) -> None:
    assert [t.year for t in extract_targets(text, lang)] == years


@pytest.mark.parametrize(
    ("text", "value", "indicator"),
    [
        ("Forest cover stands at 31 percent; it should reach 33 percent by 2030.", 33.0, "Forest cover"),
        ("Productivity rose 3 percent last year and should rise 4 percent a year to 2030.", 4.0, "Productivity rose"),
    ],
)
def test_a_figure_of_the_past_leaves_its_subject_to_the_aim(text: str, value: float, indicator: str) -> None:
    target = only(text, "en")
    assert (target.value, target.year, target.indicator) == (value, 2030, indicator)


@pytest.mark.parametrize(
    "text",
    [
        "Between 2020 and 2024 the region built 310 km of roads.",
        "The region covers 42,000 square kilometres and has 3.6 million inhabitants.",
        "Law No. 273 of 2019 on environmental protection reports annually.",
    ],
)
def test_descriptions_and_reports_give_no_target(text: str) -> None:
    assert extract_targets(text, "en") == []


@pytest.mark.parametrize(
    "text", ["Keep inflation from exceeding 4 percent.", "Keep costs from growing more than 4 percent a year."]
)
def test_to_keep_something_from_exceeding_is_an_upper_bound(text: str) -> None:
    assert (only(text, "en").operator, only(text, "en").value) == ("<=", 4.0)


@pytest.mark.parametrize(
    ("text", "lang", "operator"),
    [
        ("Ввести в оборот 46 тыс. га земель.", "ru", "="),
        ("Довести флот до 46 судов.", "ru", "="),
        ("Время простоя судов не превысит 14 часов.", "ru", "<="),
    ],
)
def test_a_bound_is_a_word_of_its_own(text: str, lang: str, operator: str) -> None:
    target = only(text, lang)
    assert target.operator == operator
    assert operator == "=" or target.direction == ""


def test_a_start_value_behind_the_aim_gives_base_and_direction() -> None:
    target = only("Довести долю до 40 % с 83 % в 2024 году к 2036 году.", "ru")
    assert (target.value, target.year, target.base_value, target.base_year) == (40.0, 2036, 83.0, 2024)
    assert target.direction == "down"


def test_a_part_of_what_is_counted_is_a_target_of_its_own() -> None:
    assert [t.value for t in extract_targets("Build 9,500 homes, including 3,800 for rent.", "en")] == [9500.0, 3800.0]


def test_units_behind_a_comma_and_notes_behind_a_value_are_read_in_tables() -> None:
    table = "Indicator | 2025 | 2030\nFlats commissioned, thousand | 12 | 14.5\nCatch, thousand t | 310 | 270\n"
    assert [(t.value, t.unit) for t in extract_targets(table, "en")] == [(14500.0, ""), (270000.0, "t")]
    assert [(t.value, t.unit) for t in extract_targets("指标 | 2025 | 2030\n木材产量，万立方米 | 86 | 95\n", "zh")] == [
        (950000.0, "m3")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Regional programme for the development of inland ports to 2031",
        "Государственная программа развития речных портов до 2031 года",
    ],
)
def test_the_title_of_a_plan_is_no_target(text: str) -> None:
    assert extract_targets(text) == []


def test_a_programme_that_is_to_be_made_is_a_target() -> None:
    assert extract_targets("Adopt a programme for inland ports by 2027.", "en")
    assert extract_targets("Программа развития портов будет принята до 2027 года.", "ru")
