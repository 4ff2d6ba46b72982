"""Tables whose heading names targets, prices of units, parts of a sum, and what speeches promise beside what they report."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.plan import Kind, Target
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document


def numbers(text: str, reported: int | None = 2030) -> list[Target]:
    made = extract_document(Document("plan.md", None, tuple(blocks_of(text))), reported=reported).targets
    return [t for t in made if t.value is not None]


SCENARIOS = """# Ferries of the bay

Three ways were set out, each with its own pace of renewal of the fleet, and all of them start from the boats of today.

| Targets: Share of hydrogen boats in % in 2045 | Modest | Even | Bold |
|---|---|---|---|
| Ferries | 12% | 25% | 70% |
| Tugs | 4% | 30% | 55% |
"""


def test_a_heading_over_the_names_says_that_columns_of_scenarios_hold_targets() -> None:
    found = [(t.indicator, t.value, t.unit, t.year) for t in numbers(SCENARIOS)]
    assert found[:3] == [
        ("Share of hydrogen boats: Ferries (Modest)", 12.0, "%", 2045),
        ("Share of hydrogen boats: Ferries (Even)", 25.0, "%", 2045),
        ("Share of hydrogen boats: Ferries (Bold)", 70.0, "%", 2045),
    ]
    assert [value for _, value, *_ in found[3:]] == [4.0, 30.0, 55.0]


def test_a_word_in_front_of_a_currency_says_its_prices() -> None:
    table = "| Indicator | Unit | Baseline 2030 | Target 2035 |\n|---|---|---|---|\n| Savings | constant KES bn | 12 | 19 |\n"
    (found,) = numbers(f"# Plan 2031-2035\n\n{table}")
    assert (found.value, found.unit, found.base_value) == (19e9, "KES", 12e9)


def test_counts_in_a_bracket_that_sum_up_to_the_one_in_front_are_its_parts() -> None:
    found = numbers(
        "# Plan 2031-2035\n\nExpected outcome: 900 herders (300 category A; 600 category B) join a union.\n"
    )
    assert [(t.value, t.unit) for t in found] == [(900.0, "herders"), (300.0, "herders"), (600.0, "herders")]


def test_a_name_with_the_number_of_its_row_says_that_this_is_a_change() -> None:
    table = "| Indicator | 2033 target |\n|---|---|\n| To reduce the number of idle wells by 250 by 2033 | 250 |\n"
    (found,) = numbers(f"# Plan 2031-2035\n\n{table}")
    assert (found.kind, found.value, found.direction) == (Kind.CHANGE_ABS, -250.0, "down")


@pytest.mark.parametrize(
    ("line", "operator", "value"),
    [
        ("By the end of next year, more than 80 rangers will also have received new boats.", ">", 80),
        (
            "We have targeted 1 240 huts to be rewired, and, as I have already indicated, all of them will be.",
            "=",
            1240,
        ),
        ("The first aim was to increase the share of lit roads to 64%.", "=", 64),
        ("€7 million is set aside for 3,400 grants to repair roofs.", "=", 3400),
        ("The club will extend its loans to more than half of a million members.", ">", 500_000),
        ("The city will build 700 flats, and over 300 garages.", ">", 300),
    ],
)
def test_a_speech_says_what_it_promises(line: str, operator: str, value: float) -> None:
    told = "Last year 12 boats were repaired. In 2029 the fleet had 40 boats. Fares rose by 3%."
    found = numbers(f"Speech on the bay\n\n{told}\n\n{line}\n")
    assert (operator, value) in [(t.operator, t.value) for t in found]


def test_what_support_includes_is_a_list_of_aims_and_big_wins_are_none() -> None:
    told = "2031 Big Wins\n\n54 piers repaired\n\n900 boats painted\n\n"
    text = f"Report on the bay 2031\n\n{told}Targets\n\nSupport for sailors includes:\n\n- 450 places at school\n"
    assert [t.value for t in numbers(text)] == [450.0]


def test_a_sentence_is_no_name_of_the_card_below_it() -> None:
    above = "今年是关键之年，要坚持稳中求进，为全省发展作出新的贡献。"
    goals = "今年发展的主要预期目标是：港口吞吐量增长7%左右，城镇调查失业率控制在5%左右。"
    found = numbers(f"2031年工作报告\n\n{above}\n\n{goals}\n\n实际工作中，着力把握以下几点：一是稳住港口。\n", None)
    assert [t.indicator for t in found] == ["港口吞吐量", "城镇调查失业率"]


def test_the_name_of_a_line_is_no_amount_of_money() -> None:
    assert numbers("# 规划（2031-2035年）\n\n开展城际（R3线）前期工作，到2035年建成。\n") == []
