"""What twelve whole plans taught: cuts without a by, years of a period in turn, run-in reviews, titles behind empty lines."""

import pytest

from isthmus.plans.reported import reported_to
from isthmus.plans.run_in import titles_apart
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.lexicon import read_lexicon
from isthmus.readers.documents.plans import extract_targets

Row = tuple[str, str, float | None, int | None]


def rows(text: str, lang: str = "en") -> list[Row]:
    found = [t for t in extract_targets(text, lang) if t.value is not None]
    return [(t.kind.value, t.operator, t.value, t.year) for t in found]


def test_no_level_falls_to_at_least_a_rate() -> None:
    aim = "We will reduce harbour emissions at least 26% by 2032, 50% by 2035 and 90% by 2040, compared to 2015 levels."
    text = f"Plan 2040\n\n{aim}"
    assert rows(text) == [
        ("change_pct", "<=", -26.0, 2032),
        ("change_pct", "<=", -50.0, 2035),
        ("change_pct", "<=", -90.0, 2040),
    ]


@pytest.mark.parametrize(
    "aim",
    [
        "We will increase coverage of at least 80% of villages by 2035.",
        "Increase the share of women at least 80% by 2035.",
        "Reduce water losses to at least 80% by 2035.",
    ],
)
def test_a_rise_or_a_level_named_as_such_stays_a_level(aim: str) -> None:
    assert rows(f"Plan 2035\n\n{aim}") == [("level", ">=", 80.0, 2035)]


def test_what_at_least_so_many_get_is_no_change() -> None:
    assert rows("Plan 2035\n\nThe city will cut bills for at least 300 households by 2032.") == [
        ("level", ">=", 300.0, 2032)
    ]


def test_a_fall_of_more_than_a_rate_is_a_change() -> None:
    assert rows("Plan 2035\n\nWe will reduce harbour emissions over 26% by 2032.") == [("change_pct", "<", -26.0, 2032)]


@pytest.mark.parametrize("joint", [", ", ", and "])
def test_what_a_cut_is_compared_with_bounds_no_number_behind_its_comma(joint: str) -> None:
    text = f"Roadmap 2040\n\nWe aim at a 26% cut by 2032 below 2015 levels{joint}50% by 2035."
    assert rows(text) == [("change_pct", "=", -26.0, 2032), ("change_pct", "=", -50.0, 2035)]


@pytest.mark.parametrize(
    ("text", "lang", "kind"),
    [
        ("Plan 2040\n\nIndustry will grow by 6.8%, 7.9% and 11% respectively in 2032-2034.", "en", "change_pct"),
        (
            "План на 2032-2034 годы\n\nВ 2032-2034 годах рост составит 6,8%, 7,9% и 11% соответственно.",
            "ru",
            "change_pct",
        ),
        ("规划2031-2035\n\n2032—2034年粮食产量分别增长6.8%、7.9%和11%。", "zh", "change_pct"),
    ],
)
def test_as_many_values_as_years_of_a_period_are_of_one_each(text: str, lang: str, kind: str) -> None:
    assert rows(text, lang) == [(kind, "=", 6.8, 2032), (kind, "=", 7.9, 2033), (kind, "=", 11.0, 2034)]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Raise the share of women and youth to 30% and 40% respectively in 2034-2035.", [2035, 2035]),
        ("Raise the share of women to 30% and later to 40% in 2034-2035.", [2035, 2035]),
        ("Raise the shares to 30%, 40% and 50% respectively in 2034-2035.", [2035, 2035, 2035]),
    ],
)
def test_other_values_of_a_period_are_due_at_its_end(text: str, years: list[int]) -> None:
    assert [year for *_, year in rows(f"Plan 2035\n\n{text}")] == years


def test_a_yearly_rate_of_a_period_is_a_growth() -> None:
    text = (
        "План на 2032-2034 годы\n\nСреднегодовой темп роста экспорта товаров за период 2032-2034 годы составит 11,1%."
    )
    assert rows(text, "ru") == [("growth", "=", 11.1, 2034)]


def test_a_rise_over_several_years_is_no_growth_where_only_its_unit_is_yearly() -> None:
    text = "Стратегия до 2035 года\n\nЕжегодный сбор за пять лет увеличить на 20%."
    assert ("change_pct", "=", 20.0, 2035) in rows(text, "ru")


@pytest.mark.parametrize(
    ("second", "apart"),
    [
        ("（二）发展目标。坚持创新。", 2),
        ("（二）发展现状。形势复杂。", 3),
        ("1. 发展目标。坚持创新。", 2),
        ("发展目标。坚持创新。", 2),
    ],
)
def test_titles_are_set_apart_up_to_the_one_behind_the_last_review(second: str, apart: int) -> None:
    text = f"（一）发展基础。全省深化改革。\n{second}\n（三）重点任务。加快建设。"
    blocks = titles_apart(tuple(blocks_of(text)), read_lexicon())
    assert sum(block.kind == "heading" for block in blocks) == apart


@pytest.mark.parametrize(
    "title", ["（一）发展基础与发展目标", "（一）发展现状是全省各地各部门多年来共同努力所建立起来的现有格局"]
)
def test_a_title_that_names_aims_too_or_is_a_sentence_stays_in_its_paragraph(title: str) -> None:
    blocks = tuple(blocks_of(f"{title}。全省深化改革。\n（二）发展目标。坚持创新。"))
    assert titles_apart(blocks, read_lexicon()) == blocks


PLAN = """# 科技规划（2031-2035年）

一、总体要求

{first}“十四五”时期，全省深化改革。

创新能力增强。全省高新技术企业达到3903家，专利授权量达到16881件。

（二）发展目标。坚持创新。

高新技术企业达到9000家。
"""


@pytest.mark.parametrize(
    ("first", "values"),
    [("（一）发展基础。", [9000.0]), ("（一）基础与优势。", [9000.0]), ("（一）指导思想。", [3903.0, 16881.0, 9000.0])],
)
def test_a_run_in_title_of_a_review_holds_to_the_next_one_as_high(first: str, values: list[float]) -> None:
    assert [value for _, _, value, _ in rows(PLAN.format(first=first), "zh")] == values


def test_a_numbered_title_behind_an_empty_line_does_not_go_on_the_one_above() -> None:
    wrapped = [
        "The ministries and the communes of the harbour towns of the coast plan the",
        "works of the coming years with the people who live there and with all that",
        "these need to do so in the years that are to come, as the law of the coast",
        "demands of them and as was agreed with those who own the land and those who",
        "live on it with their children and the old people of these small towns that",
        "lie along the shore of the sea which gives them what they live on day by day.",
    ]
    text = "\n".join(
        ["STRATEGY OF THE HARBOUR TOWNS", "UP TO THE YEAR 2035", "", "", "1.3. Scenarios of the towns", *wrapped]
    )
    assert [block.text for block in blocks_of(text)][:2] == [
        "STRATEGY OF THE HARBOUR TOWNS UP TO THE YEAR 2035",
        "1.3. Scenarios of the towns",
    ]


DUE = "We will open {n} wards by the end of 2024."


@pytest.mark.parametrize(("due", "until"), [(3, 2024), (4, 2023)])
def test_a_year_that_mostly_is_to_come_is_not_over(due: int, until: int) -> None:
    """One sentence tells of 2024; it takes more than three that want something by then to make it a year to come."""
    told = ["The first reviews took place in 2024.", "The last reviews took place in 2023."]
    text = "\n".join([*told, *(DUE.format(n=n) for n in range(due))])
    assert reported_to(list(blocks_of(text)), read_lexicon(), otherwise=2025)[0] == until


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            "By 2031, raise wages by 10 percent and lower prices by 5 percent.",
            [("change_pct", "=", 10.0, "up"), ("change_pct", "=", -5.0, "down")],
        ),
        (
            "By 2031 build five parks and lower logistics costs by 30 percent.",
            [("level", "=", 5.0, ""), ("change_pct", "=", -30.0, "down")],
        ),
        ("By 2031 the share of poor households shall be 5 percent and lower.", [("level", "<=", 5.0, "")]),
        ("The share of poor households shall be 5 percent and lower in 2031.", [("level", "<=", 5.0, "")]),
        ("By 2031, 90% of lower secondary schools will have clean water.", [("level", "=", 90.0, "")]),
        ("By 2031, 50 percent of farms in the lower valley will be irrigated.", [("level", "=", 50.0, "")]),
        ("By 2031, repetition will be 9 percent in lower schools.", [("level", "=", 9.0, "")]),
        ("By 2031, emissions will be 20 percent lower.", [("change_pct", "=", -20.0, "down")]),
    ],
)
def test_lower_is_a_verb_a_bound_or_a_part_of_a_name(text: str, read: list[tuple[str, str, float, str]]) -> None:
    found = [t for t in extract_targets(text, "en") if t.value is not None]
    assert [(t.kind.value, t.operator, t.value, t.direction) for t in found] == read


def test_aims_without_a_number_below_a_heading_of_targets_keep_their_words() -> None:
    text = "2. Targets\n\nBy 2031, build 5 parks.\n\nStrengthen cooperation on customs.\n\nComplete the new airport by 2032.\n"
    assert [(t.kind.value, t.indicator, t.year) for t in extract_targets(text, "en")][1:] == [
        ("qualitative", "Strengthen cooperation on customs", None),
        ("milestone", "Complete the new airport", 2032),
    ]


def test_a_formula_written_apart_is_no_start() -> None:
    text = "Emissions will fall to 7.7 tCO2e by 2031, a reduction of 26% below the level in 2005 of 10.4 tCO 2e."
    assert [(t.value, t.base_value, t.base_year, t.direction) for t in extract_targets(text, "en")] == [
        (7.7, None, None, "down"),
        (-26.0, 10.4, 2005, "down"),
    ]


def test_a_town_behind_its_mark_ends_no_sentence_and_stages_are_no_amounts() -> None:
    text = "В 2031 году построят сети в г. Озерске по 1, 2, 8 и 12 этапам протяженностью 33,6 км."
    assert rows(text, "ru") == [("level", "=", 33.6, 2031)]
    ended = "Школу построят к концу 2031 г. Доля дорог вырастет до 60 % к 2032 году."
    assert rows(ended, "ru") == [("level", "=", 60.0, 2032)]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("The number of students increases from 610 in 2025 to 2000 in 2031.", [(2000.0, 2031, 610.0)]),
        ("The number of students increases from 610 in 2025 to 2000.", []),
    ],
)
def test_a_number_like_a_year_is_a_value_where_its_year_follows(
    text: str, read: list[tuple[float, int, float]]
) -> None:
    found = [t for t in extract_targets(text, "en") if t.value is not None]
    assert [(t.value, t.year, t.base_value) for t in found] == read
