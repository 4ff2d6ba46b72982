"""What stands above a table holds for its rows: unit, year, that they are aims, money that is needed, or a forecast."""

from pathlib import Path

import pytest

from isthmus.plans.document import LeftOut
from isthmus.plans.plan import Kind, Target
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents import pdf
from isthmus.readers.documents.document import Document
from isthmus.readers.documents.pdf_tables import RuledTable
from isthmus.readers.documents.plans import extract_document

PLAN = "# Rail Plan 2031-2036\n\n"


def numbers(text: str) -> list[Target]:
    return [t for t in read(text)[0] if t.value is not None]


def read(text: str) -> tuple[list[Target], list[LeftOut]]:
    found = extract_document(Document("plan.txt", None, tuple(blocks_of(text))))
    return list(found.targets), list(found.left_out)


def test_the_unit_of_a_caption_holds_for_rows_without_one_and_names_what_they_measure() -> None:
    table = "| Line | 2033 | 2036 |\n|---|---|---|\n| North | 14 | 19 |\n| Share of electric trains (%) | 70 | 90 |\n"
    rows = numbers(f"{PLAN}Table 3. Freight carried (million tonnes)\n\n{table}")
    assert [(t.value, t.unit) for t in rows] == [(14e6, "t"), (19e6, "t"), (70.0, "%"), (90.0, "%")]
    assert [t.indicator for t in rows[1:3]] == ["Freight carried: North", "Share of electric trains"]


def test_a_line_that_is_a_unit_holds_for_the_table_below_it() -> None:
    table = "| Line | 2033 | 2036 |\n|---|---|---|\n| North | 14 | 19 |\n"
    rows = numbers(f"{PLAN}Table 3. Passengers\n\n(in thousands)\n\n{table}")
    assert [(t.value, t.indicator) for t in rows] == [(14e3, "Passengers: North"), (19e3, "Passengers: North")]
    assert [t.unit for t in numbers(f"{PLAN}Table 3. Investment\n\n% of GDP\n\n{table}")] == ["%", "%"]


def test_a_year_of_a_caption_is_that_of_columns_that_only_say_target() -> None:
    table = "| Line | Target |\n|---|---|\n| North (km) | 140 |\n"
    assert [t.year for t in numbers(f"{PLAN}Table 3: Targets for 2034\n\n{table}")] == [2034]
    assert [t.year for t in numbers(f"{PLAN}Table 3: Targets\n\n{table}")] == [2036]


def test_needs_of_money_and_forecasts_are_no_targets() -> None:
    table = "| Sector | 2033 | 2036 |\n|---|---|---|\n| North | 140 | 190 |\n"
    for caption, why in (
        ("Table 3. Investment requirements (USD million)", "funding"),
        ("Table 3. List of projects of the sector (EUR million)", "funding"),
        ("Table 3. Population forecasts", "forecast"),
        ("Таблица 3. Объем финансирования мероприятий, млн рублей", "funding"),
    ):
        targets, left = read(f"{PLAN}{caption}\n\n{table}")
        assert ([t for t in targets if t.value is not None], {entry.reason for entry in left}) == ([], {why})
    assert len(numbers(f"{PLAN}Table 3. Targets of funding needs met\n\n{table}")) == 2


def test_a_row_of_business_as_usual_is_no_target_whatever_stands_in_brackets_behind_it() -> None:
    rows = "| Case | 2033 | 2036 |\n|---|---|---|\n| BAU reference case (Outlook) | 14 | 19 |\n| Measures | 9 | 7 |\n"
    assert [t.value for t in numbers(f"{PLAN}Emissions by case\n\n{rows}")] == [9.0, 7.0]


def test_a_table_called_one_of_targets_is_so_from_its_first_year_on_where_nothing_dates_the_document() -> None:
    report = "Rail programme of the north\n\nIn 2024 the number of passengers fell by 2 %.\n\n"
    table = "| Indicator | 2024 | 2025 | 2026 |\n|---|---|---|---|\n| Passengers, persons | 590 | 584 | 580 |\n"
    assert [t.year for t in numbers(f"{report}Target values of the programme\n\n{table}")] == [2024, 2025, 2026]
    assert [t.year for t in numbers(f"{report}Values of the programme\n\n{table}")] == [2025, 2026]
    apart = table.replace("2025 |", "2028 |").replace("2026 |", "2032 |")
    assert [t.year for t in numbers(f"{report}Target values of the programme\n\n{apart}")] == [2028, 2032]


def test_a_row_of_the_years_of_the_columns_names_the_group_below_it() -> None:
    text = (
        f"{PLAN}| Headline indicators | | 2024 | 2033 | 2036 |\n| Share of rail (%) | | | | |\n"
        "| Stations | | 2024 | 2033 | 2036 |\n| Lifts | km | 4 | 14 | 19 |\n"
    )
    assert [(t.value, t.year, t.indicator) for t in numbers(text)] == [(14.0, 2033, "Lifts"), (19.0, 2036, "Lifts")]


def test_rows_below_a_colon_or_of_several_groups_have_the_name_of_their_group() -> None:
    rows = (
        "| No. | Indicator | Unit | 2033 | 2036 |\n|---|---|---|---|---|\n"
        "| 1. | Staff of stations by trade: | | | |\n| | drivers | % | 80 | 88 |\n| 2. | Lines | km | 50 | 60 |\n"
    )
    names = [t.indicator for t in numbers(PLAN + rows)]
    assert names == ["Staff of stations by trade: drivers"] * 2 + ["Lines"] * 2
    rows = (
        "| Case | 2033 | 2036 |\n|---|---|---|\n| Emissions (MtCO2e) | | |\n| All measures | 9 | 7 |\n"
        "| Reduction of emissions | | |\n| All measures | 14% | 19% |\n"
    )
    found = numbers(PLAN + rows)
    assert [t.unit for t in found] == ["MtCO2", "MtCO2", "%", "%"]
    assert [t.indicator for t in found[1:3]] == ["Emissions: All measures", "Reduction of emissions: All measures"]
    assert found[3].kind is Kind.CHANGE_PCT


def test_a_table_of_a_page_stands_behind_the_caption_above_it(tmp_path: Path) -> None:
    del tmp_path
    table = RuledTable(50, 500, 300, 600, [["Line", "2033"], ["North", "14"]])
    texts = [("Line 2033", 580), ("North 14", 560), ("Table 3 Freight (tonnes)", 610), ("Costs are told below.", 480)]
    lines = [pdf.Line(text, 50, 200, low, low + 10, 10) for text, low in texts]
    blocks = list(pdf._blocks([pdf.Page(1, lines, tables=[table], body=10)]))
    assert [block.kind for block in blocks] == ["paragraph", "table", "paragraph"]


def test_the_number_of_a_measure_with_a_dash_behind_it_is_no_value() -> None:
    rows = "| Measure | Status |\n|---|---|\n| 4 – Renewal of stations Lifts will be built. | Planned |\n"
    assert numbers(PLAN + rows) == []


def test_a_list_of_contents_in_one_line_is_no_statement() -> None:
    titles = [
        "Introduction",
        "Stations",
        "Lines",
        "Trains",
        "Fares",
        "Staff",
        "Depots",
        "Signals",
        "Bridges",
        "Tunnels",
    ]
    titles += ["Budget", "Annexes"]
    listed = " ".join(f"{n} {title} {n + 3}" for n, title in enumerate(titles, start=1))
    assert numbers(f"{PLAN}Contents {listed}\n") == []


CROPS = "| Crop | Unit | from | to | % increase |\n|---|---|---|---|---|\n| Beans | t | 625 | 640 | 2.4% |\n"
HOMES = "| | North | South |\n|---|---|---|\n| Homes | 85 | 30 |\n"
KINDS = "| Type of firms | Registered 2030 | Registered 2036 |\n|---|---|---|\n| Small firms | 37% | 70% |\n"


def test_from_and_to_head_start_values_and_targets() -> None:
    rows = numbers(f"{PLAN}Table 1: 2035 targets for crops\n\n{CROPS}")
    assert [(t.value, t.base_value, t.year) for t in rows if t.unit == "t"] == [(640.0, 625.0, 2035)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("For each of the districts the approximate targets are below.", [85.0, 30.0]),
        ("The homes of each of the districts are below.", []),
    ],
)
def test_a_table_announced_as_one_of_targets_may_head_its_columns_by_places(line: str, expected: list[float]) -> None:
    assert [t.value for t in numbers(f"{PLAN}{line}\n\n{HOMES}")] == expected


def test_the_type_of_what_stands_in_front_names_the_rows() -> None:
    assert [(t.indicator, t.value) for t in numbers(f"{PLAN}Table 2: Firms\n\n{KINDS}")][-1] == (
        "Small firms (Registered)",
        70.0,
    )


def test_a_table_of_targets_may_have_no_head_and_outlays_are_none() -> None:
    rows = "| Target | 1.1 Share of dams inspected | 90% |\n| | 1.2 Dams repaired | 12 |\n"
    table = f"| Goal 1 | Safer dams | |\n|---|---|---|\n{rows}"
    assert [(t.value, t.year) for t in numbers(f"{PLAN}Goals and targets by 2035\n\n{table}")] == [
        (90.0, 2035),
        (12.0, 2035),
    ]
    assert not numbers(f"{PLAN}Targets of the dams by 2035\n\n| Works | Capital |\n|---|---|\n| Dams | 2.5 |\n")


def test_a_caption_that_names_a_change_and_its_base_year_makes_percentages_changes() -> None:
    table = (
        "| Target/year | 2033 | 2036 |\n|---|---|---|\n| Unconditional | 8.4% | 41% |\n| Conditional | 9.2% | 47% |\n"
        "| Share of quiet trains | 60% | 80% |\n"
    )
    rows = numbers(f"{PLAN}Table 1: Noise reduction targets of the railway (compared to 2024 levels)\n\n{table}")
    assert [(t.kind, t.value, t.direction, t.base_year) for t in rows] == [
        *((Kind.CHANGE_PCT, value, "down", 2024) for value in (-8.4, -41.0, -9.2, -47.0)),
        *((Kind.LEVEL, value, "up", None) for value in (60.0, 80.0)),
    ]
    assert rows[0].indicator.startswith("Noise reduction targets")
    assert [t.kind for t in numbers(f"{PLAN}Table 1: Quiet stations\n\n{table}")] == [Kind.LEVEL] * 6


def test_a_plan_of_financing_holds_no_targets() -> None:
    rows = numbers(
        f"{PLAN}Financing plan (USD million)\n\n| Financier | Commitments |\n|---|---|\n| Bank of the Coast | 21 |\n"
    )
    assert rows == []


def test_a_heading_of_more_or_less_is_no_change() -> None:
    table = "| Year 2036 | Lower ambition scenario | Higher ambition scenario |\n|---|---|---|\n"
    rows = numbers(f"{PLAN}{table}| Noise (units) | 7 200 | 6 900 |\n")
    assert [(t.kind, t.value) for t in rows] == [(Kind.LEVEL, 7200.0), (Kind.LEVEL, 6900.0)]


def test_a_table_of_what_is_done_holds_targets_though_no_heading_names_them() -> None:
    table = "| Area | New chargers | Page |\n|---|---|---|\n| North shore | 120 | 7 |\n| Old town | 45 | 9 |\n"
    plan = f"{PLAN}Homes and roads are many here.\n\n"
    assert [t.value for t in numbers(f"{plan}Measures for electric cars\n\n{table}")] == [120.0, 45.0]
    assert numbers(f"{plan}Electric cars\n\n{table}") == []
    assert numbers(f"{plan}Measures for electric cars, 2022\n\n{table}") == []
    long = table.replace("120 |", "The shore has 120 of them as far as is known |")
    assert [t.value for t in numbers(f"{plan}Measures for electric cars\n\n{long}")] == []
