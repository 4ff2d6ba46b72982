"""The head of a table: its rows, the roles of its columns, where a further one begins, over the break of a page."""

import time

import pytest

from isthmus.plans.columns import Head
from isthmus.plans.document import Document, DocumentBlock
from isthmus.plans.segment import blocks_of
from isthmus.plans.table import TablePart, table_parts
from isthmus.plans.value_columns import Reported
from isthmus.readers.documents.lexicon import read_lexicon
from isthmus.readers.documents.plans import extract_document, extract_targets

WORDS = read_lexicon().structure


def parts(text: str, above: Head | None = None) -> list[TablePart]:
    rows = [[cell.strip() for cell in line.split("|")] for line in text.splitlines()]
    return list(table_parts(rows, WORDS, None, Reported(2024, True), above))


@pytest.mark.parametrize(
    ("text", "depth", "measured"),
    [
        ("Goal 1: clean air | | \nIndicator | Unit | 2030\nBuses | % | 40", 2, True),
        ("No. | Indicator | Values |\n | | 2025 | 2030\n1 | 2 | 3 | 4\n1 | Buses | 4 | 40", 3, True),
        (
            "Sector | Actions | Means | \n | | own | shared\nPower | Produce 2000 heaters of water for homes | + | ",
            2,
            False,
        ),
        (
            "T 4: Overview | | \nResults of the works List all that can be seen by others, and those that come much later on"
            " | Name | Target values | \n | | 2031 | 2033\nQuays | Cranes | 4 | 40",
            3,
            True,
        ),
        ("Sector | Actions\nPower | Heaters of water\nGrid | 40 stations", 1, False),
        ("Power | 400 stations on the coast | none", 0, False),
        ("任务 | 完成时限\n新建小学3所以上 | 2031年底前", 1, True),
        ("Indicator | As of 31 December 2024 | By 31st December 2030\nBuses | 4 | 40", 1, True),
    ],
)
def test_the_rows_of_a_head(text: str, depth: int, measured: bool) -> None:
    (part,) = parts(text)
    assert (part.first, part.head.measured) == (depth, measured)


def test_days_and_months_in_a_title_leave_its_year() -> None:
    (part,) = parts("Indicator | As of 31 December 2024 | By 31st December 2030\nBuses | 4 | 40")
    assert [(c.year, c.base) for c in part.head.values] == [(2024, True), (2030, False)]


def test_a_head_of_aims_begins_within_a_table_of_words_and_not_below_values() -> None:
    words = "Area | Actions\nRail | 9 yards in the north\nTheme | Expected outcomes\nPorts | 4 cranes"
    assert [part.first for part in parts(words)] == [1, 3]
    values = "Indicator | 2030 | 2031\nYards | 9 | 10\nNumber of actions | units | -\nPorts | 4 | 5"
    assert [part.first for part in parts(values)] == [1]


def test_a_table_goes_on_where_a_column_of_its_rows_is_empty() -> None:
    (above,) = parts("Theme | Indicator | 2031 | 2033\nQuays | Cranes | 4 | 40")
    (rest,) = parts(" | Sheds | 5 | 50\n | Docks | 6 | 60", above.head)
    assert (rest.head.measured, len(rest.rows[0])) == (True, 4)


def test_a_table_as_wide_goes_on_below_a_head_of_words_or_values() -> None:
    (words,) = parts("Area | Expected outcomes\nRail | 9 yards")
    assert parts("Ports | 4 cranes in the docks", words.head)[0].head.rows == words.head.rows
    assert parts("Ports | 4 cranes in the docks | none", words.head)[0].head.rows != words.head.rows
    (values,) = parts("Indicator | 2030\nYards | 9")
    (rest,) = parts("Cranes | 4\nDocks | 5", values.head)
    assert (rest.head.measured, rest.first) == (True, 0)
    assert parts("Kind | 2040\nDocks | 5", values.head)[0].head.values[0].year == 2040


def test_items_below_the_title_of_a_year_are_no_values_of_a_column() -> None:
    head = "Action | Results by 30 June 2031\n"
    assert parts(f"{head}Water | 5,000 tanks")[0].head.values
    assert not parts(f"{head}Water | ▪ 5,000 tanks ▪ 60 weirs")[0].head.values


@pytest.mark.parametrize(
    ("text", "label", "unit"),
    [
        ("Indicator (unit) | 2030 | Body\nBuses (number) | 40 | Ministry of roads", 0, -1),
        ("Наименование показателя (единица измерения) | 2030 год | Исполнитель\nЧисло школ (ед.) | 40 | Минстрой", 0, -1),
        ("Показатель | Единица измерения | 2030 год\nЧисло школ | ед. | 40", 0, 1),
    ],
)  # fmt: skip
def test_a_unit_named_in_brackets_makes_no_column_of_units(text: str, label: int, unit: int) -> None:
    (part,) = parts(text)
    assert (part.head.at("label"), part.head.at("unit")) == (label, unit)


def test_what_stands_right_above_values_says_whether_they_are_start_values() -> None:
    (part,) = parts(
        "Показатель | Значения целевого показателя | | \n | Базовое значение 2025 год | 2026 год | 2030 год\nШколы | 4 | 5 | 9"
    )
    assert [(c.year, c.base) for c in part.head.values] == [(2025, True), (2026, False), (2030, False)]
    (part,) = parts("Показатель | Текущее значение и цель | \n | план 2026 год | план 2030 год\nШколы | 4 | 9")
    assert [c.base for c in part.head.values] == [False, False]


def test_a_caption_however_long_belongs_to_the_head_below_it_and_a_long_row_alone_to_none() -> None:
    caption = (
        "Table 12.1: indicators and aims of the ministries of energy, of water, of roads and of all towns of the north"
    )
    (part,) = parts(f"{caption} | \nIndicator | 2031 target\nBuses | 40")
    assert (part.first, part.head.measured) == (2, True)
    (part,) = parts(f"{caption}: 400 stations | \nand 50 more in the ports of the south | none")
    assert part.first == 0


def test_a_figure_within_a_word_of_a_title_leaves_its_year() -> None:
    (part,) = parts("Sector | Savings in 2031 (ktCO2 a year)\nBuses | 40")
    assert [column.year for column in part.head.values] == [2031]


def test_of_two_columns_of_names_the_one_that_tells_rows_apart_holds_the_indicators() -> None:
    (part,) = parts("MKRA | MKPI | 2031 target\nMore power | Power from wind | 40\nMore power | Power from sun | 30")
    assert part.head.at("label") == 1


def test_columns_of_money_hold_no_values_to_reach() -> None:
    for title in ("Budget 2031", "Объем средств, 2031 год", "2031年资金"):
        (part,) = parts(f"Indicator | 2031 | {title}\nBuses | 40 | 900")
        assert [column.at for column in part.head.values] == [1]


def test_a_start_value_below_a_title_of_targets_is_one() -> None:
    (part,) = parts(
        "Objective | Name of indicator | Target values | | \n | | Baseline | 2030 | 2031\nRoofs | Power | 4 | 5 | 6"
    )
    assert [(column.base, column.planned) for column in part.head.values] == [
        (True, False),
        (False, True),
        (False, True),
    ]
    assert parts("Indicator | Status and target 2031\nPower | 4")[0].head.values[0].planned


def test_a_row_that_opens_empty_goes_on_from_a_head_that_names_columns_only() -> None:
    (part,) = parts("Effects | Power made on roofs |\n | Power of another type |\n | Less gas | 40 tonnes of it")
    assert (part.first, part.head.at("nature")) == (1, -1)


def test_a_table_needs_no_bars_at_the_ends_of_its_rows_below_a_line_of_rules() -> None:
    text = """Performance of the ministry

**Programmes / indicators** | **2031 targets**
:--- | :---:
**3.1. Forest Protection Program** | |
*Output indicator(s):* | |
1. No. of guidelines issued | 4 |
2. Percentage of stations set up | 20.5% |
"""
    found = [t for t in extract_targets(text, with_words=False) if t.value is not None]
    assert [(t.indicator, t.value, t.year) for t in found] == [
        ("No. of guidelines issued", 4.0, 2031),
        ("Percentage of stations set up", 20.5, 2031),
    ]


@pytest.mark.parametrize("period", ["2031/32–2033/34", "2031-32 to 2033-34", "FY 2031/32 - FY 2033/34"])
def test_a_plan_of_fiscal_years_begins_with_its_first(period: str) -> None:
    head = "| Indicator | Unit | Baseline | 2031/32 | 2032/33 | 2033/34 |\n|---|---|---|---|---|---|"
    table = f"{head}\n| Refund time | days | 18 | 17 | 16 | 15 |"
    found = extract_targets(f"# Corporate Plan {period}\n\n{table}", with_words=False)
    assert [(t.value, t.year, t.base_value) for t in found] == [
        (17.0, 2032, 18.0),
        (16.0, 2033, 18.0),
        (15.0, 2034, 18.0),
    ]


def test_numbers_with_a_space_behind_the_comma_of_their_groups_are_one() -> None:
    text = "The plan will restore 275, 000 ha of forest and 2, 664, 805 ha of grass by 2031, and 120, 130 and 140 km of roads."
    assert [t.value for t in extract_targets(text, "en", with_words=False)][:2] == [275_000.0, 2_664_805.0]
    lines = extract_targets("Lines of 120, 130 and 140 km will be built by 2031.", "en", with_words=False)
    assert [t.value for t in lines] == [120.0, 130.0, 140.0]


def test_a_total_cost_is_no_total_of_the_period() -> None:
    text = """# Forest plan 2026-2031
| Indicator | Unit | Target 2031 | Total cost (million US$) |
|---|---|---|---|
| Forest restored | ha | 400 | 526.36 |"""
    assert [t.value for t in extract_targets(text, "en", with_words=False)] == [400.0]


@pytest.mark.parametrize("title", ["By when", "Completion date", "Implementation period"])
@pytest.mark.parametrize("year", ["2031", "by 2031", "2028-2031", "Q4 2031"])
def test_a_column_of_years_to_come_holds_the_years_due(title: str, year: str) -> None:
    text = f"| Indicator | Target | {title} |\n|---|---|---|\n| Forest restored | 400 ha | {year} |\n| Roads | 30 km | {year} |"
    assert [(t.value, t.year) for t in extract_targets(text, "en", with_words=False)] == [(400.0, 2031), (30.0, 2031)]


def test_a_row_that_is_left_out_is_listed_once_and_counts_once() -> None:
    rows = "".join(f"| Share of {name} | 12% | 13% | 14% |\n" for name in ("coal", "gas"))
    head = "# Report 2022\n| Indicator | 2018 | 2019 | 2020 |\n|---|---|---|---|\n"
    text = f"{head}{rows}And this is how it was read in all of the years of the report.\n"
    found = extract_document(Document("report.md", None, tuple(blocks_of(text))), "en")
    listed = [left.text for left in found.left_out if left.reason == "review"]
    assert len(listed) == len(set(listed)) == 2
    assert found.left_share < 1.0


def test_a_head_that_no_row_has_followed_waits_for_them_below_a_line_of_text() -> None:
    lines = [
        "No. | Indicator | Unit | Base value | | Value | ",
        " | | | value | year | 2029 | 2031",
        "1 | 2 | 3 | 4 | 5 | 6 | 7",
        "",
        "Aim 1: every town of the county has water of its own and a road to the coast",
        "",
        "1. | Towns with water | % | 40 | 2024 | 55 | 70",
        "2. | Roads to the coast | km | 12 | 2024 | 15 | 30",
    ]
    rows = [[cell.strip() for cell in line.split("|")] for line in lines]
    told = [DocumentBlock("table", "", rows=rows[:3]), DocumentBlock("paragraph", lines[4])]
    found = extract_document(Document("", None, (*told, DocumentBlock("table", "", rows=rows[6:])))).targets
    assert [(t.value, t.year, t.base_value) for t in found if t.value is not None] == [
        (55.0, 2029, 40.0),
        (70.0, 2031, 40.0),
        (15.0, 2029, 12.0),
        (30.0, 2031, 12.0),
    ]


def test_a_line_with_many_spaces_is_read_in_no_time() -> None:
    """A form filled in by hand pads its lines; a pattern that tries every way to part them never comes to an end."""
    began = time.process_time()
    extract_targets(f"Roads of the County {' ' * 400} 7 km", "en")
    assert time.process_time() - began < 5
