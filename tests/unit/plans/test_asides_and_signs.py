"""Values said in another way behind an or or in brackets, signs in words, lists of changes, and amounts a verb carries alone."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document, extract_targets

Row = tuple[str, str, float, str, int | None]


def rows(text: str, lang: str = "en") -> list[Row]:
    """Return kind, operator, value, unit and year of each number of a statement."""
    return [
        (t.kind.value, t.operator, t.value, t.unit, t.year) for t in extract_targets(text, lang) if t.value is not None
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The republic will cut emissions by 18% by 2030 (24% with support) and reach carbon neutrality by 2050.",
        "The republic will cut emissions by 18% by 2030, or 24% with support, and reach carbon neutrality by 2050.",
        "The republic will cut emissions by 18% compared to a business-as-usual scenario by 2030 – or 24% with outside support.",
    ],
)
def test_another_value_of_the_same_change_is_due_with_it(text: str) -> None:
    assert rows(text) == [("change_pct", "=", -18.0, "%", 2030), ("change_pct", "=", -24.0, "%", 2030)]


def test_a_bracket_goes_with_what_it_stands_behind() -> None:
    found = rows("Cut losses by 20% (10% in towns) in 2031 and 30% (15% in towns) in 2036.")
    assert [(value, year) for _, _, value, _, year in found] == [(-20, 2031), (-10, 2031), (-30, 2036), (-15, 2036)]


def test_a_bracket_with_a_year_has_that_year() -> None:
    found = rows("Raise the share to 40% by 2031 (25% in villages by 2029) and 50% by 2036.")
    assert [(value, year) for _, _, value, _, year in found] == [(40, 2031), (25, 2029), (50, 2036)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Emissions until 2040: minus at least 75 percent.", [("change_pct", "<=", -75.0, "%", 2040)]),
        ("Emissions until 2040: at least minus 75 percent.", [("change_pct", "<=", -75.0, "%", 2040)]),
        ("Emissions until 2040: minus about 75 percent.", [("change_pct", "~", -75.0, "%", 2040)]),
        (
            "Cut the use of firewood by 27 per cent-66 per cent by 2031.",
            [("change_pct", "<=", -27.0, "%", 2031), ("change_pct", ">=", -66.0, "%", 2031)],
        ),
        (
            "Reserve 20 MW-30 MW for storage by 2031.",
            [("level", ">=", 20.0, "MW", 2031), ("level", "<=", 30.0, "MW", 2031)],
        ),
        ("The scheme reduces emissions 10 percent by 2031.", [("change_pct", "=", -10.0, "%", 2031)]),
        ("By 2031 heat will be supplied by 60% renewables.", [("level", "=", 60.0, "%", 2031)]),
        ("Emissions will drop by 44,116 tn CO2 by 2031.", [("change_abs", "=", -44116.0, "tCO2", 2031)]),
        ("Invest $1.5tn by 2031.", [("level", "=", 1.5e12, "USD", 2031)]),
        (
            "The city's objective of the plan that the council adopted in 2023 was to reduce emissions by 41 percent by 2031.",
            [("change_pct", "=", -41.0, "%", 2031)],
        ),
    ],
)
def test_what_a_change_is(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize("text", ["Reach net-zero emissions by 20502.", "The sector becomes carbon neutral by 20502."])
def test_the_mark_of_a_note_is_no_digit_of_the_year_of_neutrality(text: str) -> None:
    assert rows(text) == []


def test_targets_below_a_year_are_cuts() -> None:
    found = extract_targets(
        "The region set 2031 targets below 2007 levels for farms (27-32%) and mills (38-43%).", "en"
    )
    assert [(t.operator, t.value, t.year, t.base_year) for t in found] == [
        ("<=", -27.0, 2031, 2007),
        (">=", -32.0, 2031, 2007),
        ("<=", -38.0, 2031, 2007),
        (">=", -43.0, 2031, 2007),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Each member will reduce its losses by 2031 by the following percentage: Avala 47%, Borduria 10%, Cisalpina 26%.",
        "Each member will reduce its losses by 2031 as follows: Avala -47 kt, Borduria -10 kt, Cisalpina -26 kt.",
    ],
)
def test_all_members_of_a_list_of_changes_are_read(text: str) -> None:
    assert [row[2] for row in rows(text)] in ([-47, -10, -26], [-0.047, -0.01, -0.026], [-47000, -10000, -26000])


def test_an_amount_with_a_year_is_named_by_the_line_above_its_list() -> None:
    text = "Targets\n\n1. In the building sector:\n\nBy 2035: minus 66 percent;\n\nUntil 2040: minus 82 percent.\n"
    found = extract_document(Document("r.txt", None, tuple(blocks_of(text)))).targets
    assert [(t.value, t.year) for t in found] == [(-66.0, 2035), (-82.0, 2040)]


def test_a_review_keeps_its_parts_where_a_period_stands_behind_it() -> None:
    text = (
        "某市2026年政府工作报告\n2026年1月8日\n2025年和“十四五”时期工作回顾\n一、全力推进招商引资\n引进项目804个。\n坚持“四早”\n"
        "二、扎实推进开发区建设\n新建道路122公里。\n“十五五”期间的发展思路和目标任务\n到2030年，生产总值达到5000亿元。\n"
        "2026年主要工作\n一、加强教育\n新建学校8所。\n二、加强卫生\n新建医院3所。\n"
    )
    found = extract_document(Document("r.txt", None, tuple(blocks_of(text)))).targets
    assert [t.value for t in found if t.value is not None] == [5000e8, 8.0, 3.0]
