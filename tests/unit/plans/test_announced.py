"""Aims that a sentence announces, ranges of start values, and bodies that are told what to reach."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document, extract_targets

_LEAD = "The assembly passed the plan. The resolution sets out four key targets for the districts."


def values(text: str) -> list[float | None]:
    return [t.value for t in extract_targets(text, "en", with_words=False, reported=2022)]


def test_a_list_of_announced_targets_needs_no_word_of_an_aim() -> None:
    items = "1. The share of paved lanes is about 61.5%.\n2. Clinic cover reached 92.4%.\n3. Idle land below 4%."
    assert values(f"{_LEAD}\n{items}") == [61.5, 92.4, 4.0]
    assert values(f"The assembly met in spring.\n{items}") == []


def test_announced_targets_outside_of_a_list_end_at_a_report_or_a_block_without_a_figure() -> None:
    assert values(f"{_LEAD}\nThe share of paved lanes is about 61%.\nIdle land is 4%.") == [61.0, 4.0]
    assert values(f"{_LEAD}\nThe share of paved lanes was 61% at last count.\nIdle land is 4%.") == []
    assert values(f"{_LEAD}\nThe districts lie on the coast.\nIdle land is 4%.") == []
    assert values(f"{_LEAD}\n# Setting\nIdle land is 4%.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Targets for 2028 are: 1.) inflation of 2%-4% (from 2.5%-4.5% in 2023); 2.) a deficit of 3% (from 6.1% in 2023).",
            [(2.0, 2.5, 2023), (4.0, 4.5, 2023), (3.0, 6.1, 2023)],
        ),
        (
            "The aim is a poverty rate of 6 percent by 2031 from 9.4 percent in March and a jobless rate of around 4 percent "
            "from 5.3 percent.",
            [(6.0, 9.4, None), (4.0, 5.3, None)],
        ),
    ],
)
def test_start_values_may_be_ranges_and_stand_in_front_of_another_target(
    text: str, expected: list[tuple[float, float, int | None]]
) -> None:
    found = extract_targets(text, "en", with_words=False, reported=2022)
    assert [(t.value, t.base_value, t.base_year) for t in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The ministry was assigned to achieve output growth of 6.7 percent and a price index of nearly 4 percent.",
            ["=", "~"],
        ),
        ("The trade office must record an 8-10 percent export increase.", [">=", "<="]),
        (
            "The president is targeting growth between 5.3 percent and 5.6 percent in 2031, above the 5 percent seen in 2023.",
            [">=", "<="],
        ),
    ],
)
def test_who_is_told_or_targets_has_an_aim(text: str, expected: list[str]) -> None:
    found = extract_targets(text, "en", with_words=False, reported=2022)
    assert [t.operator for t in found][:2] == expected
    assert len(found) == 2


def test_a_forecast_of_a_fund_is_no_aim_and_a_contribution_to_growth_is_a_level() -> None:
    assert values("The International Monetary Fund forecasts the country to achieve growth of 5 percent by 2031.") == []
    found = extract_targets(
        "By 2031 the contribution of productivity to growth will be about 45%.", "en", with_words=False
    )
    assert [(t.kind.value, t.value) for t in found] == [("level", 45.0)]


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Target 80% completed within 20 business days", 80.0),
        ("Target: 4 clinics opened in the north", 4.0),
    ],
)
def test_a_line_that_opens_with_the_word_target_is_one_whatever_its_verb(line: str, value: float) -> None:
    assert value in [t.value for t in extract_targets(line)]


def test_a_numbered_item_takes_the_direction_of_its_list_behind_its_number() -> None:
    text = "Реализация программы позволит к концу 2031 года увеличить:\n\n1. Удельный вес доступных зданий – до 70 %.\n"
    document = Document("t.md", None, tuple(blocks_of(text)))
    found = extract_document(document, with_words=False).targets
    assert [(t.value, t.direction) for t in found] == [(70.0, "up")]


def test_a_figure_of_which_only_words_were_read_is_left_out_where_words_are_not_asked_for() -> None:
    text = "# Aims\n\nWe will open Line 5 of the tramway by 2031.\n\nWe will open the tramway to all by 2032.\n"
    document = Document("t.md", None, tuple(blocks_of(text)))
    assert [t.value for t in extract_document(document).targets] == [None, None]
    left = extract_document(document, with_words=False).left_out
    assert [(e.reason, "Line 5" in e.text) for e in left] == [("figures without a target", True)]


def test_a_line_that_only_names_the_list_below_it_keeps_the_year_of_the_list_above() -> None:
    text = "I этап (2026–2031 годы):\n\nобновление программ;\n\nразвитие сети.\n\nОжидаемые результаты:\n\nдоля охвата – 85 %;\n"
    document = Document("t.md", None, tuple(blocks_of(text)))
    assert [(t.value, t.year) for t in extract_document(document, with_words=False).targets] == [(85.0, 2031)]


def test_a_year_announced_for_goals_ends_at_a_heading_as_high_as_that_above_them() -> None:
    text = (
        "水利发展规划（2029—2035年）\n\n一、背景\n\n二、总体要求\n\n到2033年的主要目标是：\n\n（一）粮食产量达到800万吨。\n\n"
        "三、主要任务\n\n（一）建成水库12座。"
    )
    document = Document("plan.txt", None, tuple(blocks_of(text)))
    rows = extract_document(document, "zh", reported=2028).targets
    assert [(t.value, t.year) for t in rows if t.value] == [(8e6, 2033), (12.0, 2035)]


def test_a_heading_as_high_as_that_above_an_announced_year_ends_it_for_a_list_as_well() -> None:
    goals = "## 1. Goals\n\nBy 2033 our targets are:\n\n- 40 dams checked."
    text = f"# Water plan 2029–2035\n\n{goals}\n\n## 2. Works\n\n- Build 12 weirs."
    document = Document("plan.md", None, tuple(blocks_of(text)))
    rows = extract_document(document, "en", reported=2028).targets
    assert [(t.value, t.year) for t in rows if t.value] == [(40.0, 2033), (12.0, 2035)]
