"""A plan that gives a target no year means its own end: the title's period, else the one it names more than all others."""

import pytest

from isthmus.plans.dates import year_numbers
from isthmus.plans.document import Document
from isthmus.plans.patterns import compiled
from isthmus.plans.period import BY_ONLY_YEAR, BY_PERIOD
from isthmus.plans.plan import Target
from isthmus.plans.reported import reported_to
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.lexicon import read_lexicon
from isthmus.readers.documents.plans import extract_document, extract_targets

AIM = "The share of paved roads will be raised to 40 %."


def one(text: str) -> Target:
    (found,) = (t for t in extract_targets(text, with_words=False) if t.value == 40.0)
    return found


def year_of(text: str) -> int | None:
    return one(text).year


@pytest.mark.parametrize(
    ("title", "end"),
    [
        ("National roads strategy 2026-2034", 2034),
        ("Transport strategy until 2031", 2031),
        ("Corporate plan 2026/27–2033/34", 2034),
        ("Industrial policy 2025 - 2033", 2033),
        ("Industrial policy 2025", None),
        ("National roads framework 2026-2034", 2034),
        ("Framework for action on roads (FY2026–FY2034)", 2034),
        ("Compact for roads 2026/27 - 2033/34", 2034),
        ("Roads outlook 2016-2024", None),
        ("Framework agreement with the bank", None),
        ("Review of the framework 2010-2020", None),
        ("Guidelines 2006/42", None),
        ("Framework for roads, version 2021-03", None),
        ("Recovery deal 2014-2020\n\nRegional strategy 2021-2030", 2030),
        ("Roads of Mr A. Mason: framework 2026-2034", 2034),
        ("This paper follows the roads plan 2010-2015 of region B.", None),
        ("Отчёт о реализации концепции на 2015-2020 годы", None),
        ("扶贫行动2016至2020年总结", None),
        ("Against drought 2031 to 2036", 2036),
        ("Policing plan for 2031/2032 to 2034/35", 2035),
        ("Концепция развития дорог на период до 2034 года", 2034),
        ("Дорожная карта развития дорог на 2026-2034 годы", 2034),
        ("关于加快公路发展的意见（2026—2034年）", 2034),
        ("Transport plan", None),
    ],
)
def test_the_period_of_the_title_ends_a_plan(title: str, end: int | None) -> None:
    assert year_of(f"{title}\n\n{AIM}") == end


def test_the_period_that_a_plan_names_most_ends_it() -> None:
    said = "Means for {0} are kept apart.\n\nOffices of {0} report.\n\nRules of {0} hold.\n\n"
    assert year_of(f"Roads of the country\n\n{said.format('2027-2032')}{AIM}") == 2032
    assert year_of(f"Roads of the country\n\nRules of 2027-2032 hold.\n\n{AIM}") is None
    assert year_of(f"Roads of the country\n\n12.03.2024\n\n{said.format('2011-2016')}{AIM}") is None, "it is over"
    both = said.format("2027-2032") + said.format("2028-2040") + "Rules of 2028-2040 stay.\n\n"
    assert year_of(f"Roads of the country\n\n{both}{said.format('2027-2029')}{AIM}") is None


def test_the_horizon_year_of_nearly_all_targets_ends_a_plan() -> None:
    told = [f"Target {i} has a horizon year of 2040.\n\n" for i in range(1, 6)]
    other = "Target 6 has a horizon year of 2035.\n\n"
    assert year_of(f"Roads of the country\n\n{''.join(told)}{other}{AIM}") == 2040
    assert year_of(f"Roads of the country\n\n{''.join(told[:3])}{other}{AIM}") is None
    assert year_of(f"Roads of the country\n\n{told[0]}{AIM}") is None


def test_the_only_year_that_aims_name_holds_for_the_others() -> None:
    told = "By 2040 there will be 300 km of tracks.\n\nBuses will carry 12 million passengers by 2040.\n\n"
    other = "Emissions will be cut by 20 % by 2035.\n\n"
    assert (one(f"Roads of the country\n\n{told}{AIM}").year, one(f"Roads of the country\n\n{told}{AIM}").note) == (
        2040,
        BY_ONLY_YEAR,
    )
    assert year_of(f"Roads of the country\n\n{told}{other}{AIM}") is None
    assert year_of(f"Roads of the country\n\n{told.split(chr(10))[0]}\n\n{AIM}") is None, "one alone tells nothing"
    past = told.replace("2040", "2019")
    assert year_of(f"Roads of the country\n\n12.03.2024\n\n{past}{AIM}") is None, "it is over"


def test_a_year_is_part_of_the_name_that_the_text_repeats() -> None:
    again = "The Roads Strategy {0} wants good roads.\n\n"
    assert year_of(f"Roads for all: Roads Strategy 2027\n\n{again.format(2027)}{AIM}") == 2027
    assert year_of(f"Roads for all: Roads Strategy 2027\n\n{again.format(2026)}{AIM}") is None
    assert year_of(f"Roads for all: Roads Strategy 2027\n\n{AIM}") is None


def test_what_is_made_in_a_year_to_come_is_due_then() -> None:
    assert one("Plan\n\n2015\n\n40% of the electricity generated in 2030 will be from wind.").year == 2030
    past = one("Plan\n\n2015\n\nWind will make 40% of the electricity generated in 2012.")
    assert (past.year, past.base_year) == (None, 2012)


def test_a_year_of_its_own_and_a_nearer_term_stay() -> None:
    title = "National roads strategy 2026-2034"
    assert year_of(f"{title}\n\nBy 2029 the share of paved roads will be raised to 40 %.") == 2029
    assert year_of(f"{title}\n\nIn the medium term the share of paved roads will be raised to 40 %.") is None


def test_the_note_says_where_the_year_is_from() -> None:
    title = "National roads strategy 2026-2034"
    assert one(f"{title}\n\n{AIM}").note == BY_PERIOD
    assert one(f"{title}\n\nBy 2029 the share of paved roads will be raised to 40 %.").note == ""
    words = extract_targets(f"{title}\n\n{AIM}\n\nA school for road builders will be set up.")
    assert [t.year for t in words if t.value is None] == [None]


def test_russian_and_chinese_plans_end_too() -> None:
    russian = "Стратегия развития дорог на 2026 - 2034 годы\n\nДоля дорог с покрытием будет увеличена до 40 %."
    chinese = "公路发展规划（2026—2034年）\n\n铺装路面比重提高到40%。"
    assert [year_of(russian), year_of(chinese)] == [2034, 2034]


@pytest.mark.parametrize(
    ("lines", "year", "until"),
    [
        ("Программа развития дорог\nСрок реализации Программы: 2019 - 2023 годы.", 2023, 2018),
        ("Программа развития дорог\n| Срок реализации муниципальной программы | 2019 - 2023 годы |", 2023, 2018),
        ("Программа развития дорог на 2020 - 2023 годы\nСрок реализации Программы: 2019 - 2022 годы.", 2022, 2018),
        ("Программа развития дорог на 2019 - 2023 годы\nСрок реализации Программы: 2020 - 2024 годы.", 2023, 2018),
        ("Программа развития дорог\nСрок реализации проекта: 2019 - 2023 годы.", None, 0),
        ("Программа развития дорог\nСрок реализации Программы: 2019 - 2023 годы, этап 2019 - 2020 годы.", 2023, 2018),
        ("道路规划\n规划期限为2019-2023年。", 2023, 2018),
    ],
)
def test_the_term_that_a_plan_says_is_its_period(lines: str, year: int | None, until: int) -> None:
    text = f"{lines}\nДоля дорог с твердым покрытием вырастет до 40 %."
    assert one(text).year == year
    assert reported_to(list(blocks_of(text)), read_lexicon(), otherwise=2025) == (until, until > 0)


def test_a_first_stage_in_a_title_ends_no_plan_and_old_chinese_periods_are_known() -> None:
    aim = "Долю дорог в норме довести до 40 %."
    titles = ("ПРОГРАММА\n«Сельские дороги района на 2024-2027 годы", "и на период до 2030 года»")
    assert year_of("\n".join(titles) + f"\n\n{aim}") == 2030
    assert year_of(" ".join(titles) + f"\n\n{aim}") == 2030
    assert year_of('"九五"期间，水利投资率要达到40%。') == 2000
    assert year_of("“十一五”期间，水利投资率要达到40%。") == 2010
    assert year_of("增加九五座桥梁，投资率要达到40%。") is None


def test_what_is_predicted_to_be_so_is_a_forecast() -> None:
    told = "Прогнозируется, что к 2031 году доля ввозимых фруктов вырастет до 40 %."
    assert not [t for t in extract_targets(told, with_words=False) if t.value is not None]
    assert year_of("К 2031 году прогнозируется увеличить долю местных фруктов до 40 %.") == 2031


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Harbour Plan\n\nThis Harbour Plan is for the period 2012-2033.\n\nThe port will have 40 piers.", 2033),
        ("Harbour Plan\n\nOur strategy covers the years from 2022 to 2034.\n\nThe port will have 40 piers.", 2034),
        ("Harbour Plan\n\nThe previous strategy covers the years 2022-2034.\n\nThe port will have 40 piers.", None),
        ("Стратегия порта\n\nСтратегия рассчитана на период 2022–2033 годов.\n\nПостроить 40 причалов.", 2033),
    ],
)
def test_what_a_plan_says_of_its_own_period_is_its_term(text: str, year: int | None) -> None:
    found = extract_document(Document("", None, tuple(blocks_of(text))), with_words=False, reported=2021).targets
    assert [(t.value, t.year) for t in found] == [(40.0, year)]


@pytest.mark.parametrize(
    "line",
    [
        "Published 2023",
        "First published in 2023",
        "© Ministry of Roads, 2023",
        "Опубликовано в 2023 году",
        "2023年发布",
    ],
)
def test_a_line_that_says_when_a_document_was_published_dates_it(line: str) -> None:
    text = f"Vision of Roads\n\n{line}\n\nThe share of paved roads will reach 40 % by 2030."
    assert reported_to(list(blocks_of(text)), read_lexicon(), otherwise=2025) == (2022, True)


def test_years_of_budgets_are_told_of_by_their_ends() -> None:
    text = "Vision of Roads\n\nThe share of paved roads rose to 30 % in 2021/22.\n\nIt will reach 40 % by 2030."
    assert reported_to(list(blocks_of(text)), read_lexicon(), otherwise=2025) == (2022, False)


@pytest.mark.parametrize(
    "line",
    [
        "**更新时间**: 2024-01-26 11:25:29",
        "Last updated: 2024-01-26",
        "Retrieved 2024-01-26",
        "Дата обновления: 26.01.2024",
    ],
)
def test_when_a_copy_was_made_does_not_date_the_document(line: str) -> None:
    text = f"Vision of Roads\n\nPublished 2021\n\nThe share of paved roads will reach 40 % by 2030.\n\n{line}"
    assert reported_to(list(blocks_of(text)), read_lexicon(), otherwise=2025) == (2020, True)


@pytest.mark.parametrize(
    ("told", "until"),
    [
        ("The time frame of the vision is for the period up to 2025.", 0),
        ("Roads were also dealt with in the National Plan of Roads (2015-2020).", 0),
        ("It covers what was done pre-2020.", 0),
        ("Paved roads grew in length between 2015 and 2020.", 2020),
        ("The share of paved roads is 30 % in 2020.", 2020),
        ("The share of paved roads rose to 30 % in 2019-20.", 2020),
    ],
)
def test_years_that_something_ends_by_or_is_named_after_are_not_told_of(told: str, until: int) -> None:
    text = f"Vision of Roads\n\n{told}\n\nThe share of paved roads will reach 40 % by 2030."
    assert reported_to(list(blocks_of(text)), read_lexicon(), otherwise=2025) == (until, False)


@pytest.mark.parametrize(
    ("title", "end"),
    [
        ("Budget Speech of the Minister of Finance\n23 February 2027", 2027),
        ("APPROPRIATION BILL: Vote No 23 – Roads\n27 May 2028", 2028),
        ("Annual Budget Statement\n2 March 2027", 2027),
        ("Budget Speech of the Minister of Finance", None),
        ("Roads plan\n23 February 2027", None),
        ("The budget speech; a guide for readers\n23 February 2027", None),
        ("Speech of Mr R. Minister introducing the budget for the year 1986-87", 1987),
        ("The 2027-28 Budget\n23 February 2027", 2028),
        ("2027–2028 Appropriation Bill", 2028),
        ("Budget execution report 2019-2020", None),
        ("Budget Speech 1986-87\n1986\n\n1. Roads", 1987),
    ],
)
def test_a_dated_budget_is_one_of_its_year(title: str, end: int | None) -> None:
    assert year_of(f"{title}\n\n{AIM}") == end


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("For the current financial year we will raise the share of paved roads to 40 %.", 2027),
        ("We will raise the share of paved roads to 40 % this budget year.", 2027),
        ("In the next financial year the share of paved roads will be raised to 40 %.", 2028),
        ("In the coming year the share of paved roads will be raised to 40 %.", 2028),
    ],
)
def test_a_year_of_the_budget_is_one_of_its_speech(text: str, year: int) -> None:
    assert year_of(f"Speech on roads\n23 February 2027\n\n{text}") == year


def test_a_span_in_the_line_over_a_list_holds_for_its_items() -> None:
    plan = "Roads of the country\n\nJuly 2031\n\nThe plan has goals over the next 5 years:\n\n- {}\n"
    assert year_of(plan.format("Raise the share of paved roads to 40 %")) == 2036
    assert (
        year_of(plan.replace("over the next 5 years", "for roads").format("Raise the share of paved roads to 40 %"))
        is None
    )


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_without_a_digit_no_form_of_years_finds_one(lang: str) -> None:
    """What `dates.find_years` leaves out holds only as long as no form but a plan counted in words has its years in words."""
    grammar = read_lexicon().grammars[lang]
    words = {
        "en": "by the end of the five-year plan, next year, this decade, in the last year, by mid-century, from then to now",
        "ru": "к концу пятилетки, в следующем году, в этом десятилетии, к середине века, в прошлом году, с тех пор до конца",
    }
    assert not [pattern for pattern, _ in grammar.years if compiled(pattern).search(words[lang])]


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("In the next year the share of paved roads will be raised to 40 %.", 1987),
        ("Over the next five years the share of paved roads will be raised to 40 %.", 1991),
        ("In the Seventh Plan the share of paved roads will be raised to 40 %.", None),
        ("In the long term the share of paved roads will be raised to 40 %.", None),
        ("The share of long-term care on paved roads will be raised to 40 %.", 1987),
    ],
)
def test_a_budget_counts_from_the_year_that_it_begins_in_and_a_longer_plan_keeps_its_end(text: str, year: int) -> None:
    assert year_of(f"Speech introducing the budget for the year 1986-87\n\n{text}") == year


def test_the_year_of_the_document_in_a_line_of_its_own_heads_a_list_further_down() -> None:
    plan = "Roads of the country 2027-2034\n\nMarch 2027\n\nRoads are old.\n\n2027\n\n- Raise the share of paved roads to 40 %\n"
    assert year_of(plan) == 2027


def test_years_in_numerals_or_wide_figures_are_years() -> None:
    assert [year_numbers(text) for text in ("２００３年", "二〇〇三年", "二零一五至一六年度", "三〇〇三年")] == [
        [2003],
        [2003],
        [2015],
        [],
    ]


@pytest.mark.parametrize(("title", "year"), [("数字山东2031行动方案", 2031), ("数字山东2031展望", None)])
def test_a_chinese_title_of_a_plan_names_its_year_without_the_word_for_one(title: str, year: int | None) -> None:
    (found,) = extract_targets(f"{title}\n\n建设100家智慧农业应用基地。\n")
    assert (found.value, found.year) == (100, year)
