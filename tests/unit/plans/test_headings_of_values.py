"""What the headings over values say: years of a plan by their number, terms, conditions, changes, units, dates."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.plan import Kind, Target
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document


def found(text: str, reported: int | None = None) -> list[Target]:
    made = extract_document(Document("frame.md", None, tuple(blocks_of(text))), reported=reported).targets
    return [t for t in made if t.value is not None]


@pytest.mark.parametrize(("last", "expected"), [(2038, [None] * 3)])
def test_years_of_a_plan_by_their_number_are_those_of_its_period(last: int, expected: list[int | None]) -> None:
    text = (
        f"# Lake County Development Plan 2033-{last}\n\n"
        "| Sub-Programme | Key Output | Performance Indicators | Planned Targets and Budget (Million) | | | | | | Full Cost |\n"
        "| | | | Year 1 | | Year 2 | | Year 3 | | |\n"
        "| | | | Target | Cost | Target | Cost | Target | Cost | |\n"
        "| Beekeeping | Hives bought | Number of hives bought | 40 | 2 | 55 | 3 | 70 | 4 | 9 |\n"
    )
    assert [(t.value, t.year) for t in found(text)] == list(zip((40.0, 55.0, 70.0), expected, strict=True))
    assert found(text)[0].indicator == "Number of hives bought (Year 1)"


def test_a_baseline_of_year_and_value_starts_every_target_of_its_row() -> None:
    text = (
        "| Result | Indicator | Baseline | | Annual Targets | | End of Plan Target |\n"
        "| | | Year | Value | 2033 | 2034 | |\n"
        "| Better roads | Share of lanes repaired (%) | 2031 | 14 | 20 | 26 | 40 |\n"
    )
    assert [(t.value, t.base_value, t.base_year) for t in found(text)] == [
        (40.0, 14.0, 2031),
        (20.0, 14.0, 2031),
        (26.0, 14.0, 2031),
    ]


def test_an_estimated_performance_is_a_start_value() -> None:
    text = (
        "| Output Indicator | Audited Performance | Estimated Performance | Medium-Term Targets | |\n"
        "| | 2031/32 | 2032/33 | 2033/34 | 2034/35 |\n"
        "| Number of dams inspected | 12 | 15 | 18 | 24 |\n"
    )
    rows = [(t.value, t.year, t.base_value, t.base_year) for t in found(text, 2031)]
    assert rows == [(18.0, 2034, 15.0, 2033), (24.0, 2035, 15.0, 2033)]


def test_a_value_in_the_middle_of_the_term_has_no_year() -> None:
    text = (
        "# Hill Strategy 2030-2036\n\n"
        "| Indicator | Baseline | Mid-Term | End Target |\n| Terraces built | 300 | 800 | 1,900 |\n"
    )
    assert [(t.value, t.year, t.base_value) for t in found(text)] == [(800.0, None, 300.0), (1900.0, 2036, 300.0)]


def test_intermediate_targets_may_be_numbered_below_their_heading() -> None:
    text = (
        "| Indicator Name | Baseline | Intermediate Targets | | | End Target |\n| | | 1 | 2 | 3 | |\n"
        "| Nurses with a tablet (Percentage) | 5.00 | 20.00 | 45.00 | 60.00 | 80.00 |\n"
    )
    assert [(t.value, t.unit, t.base_value) for t in found(text)] == [(v, "%", 5.0) for v in (20.0, 45.0, 60.0, 80.0)]


def test_two_targets_of_one_year_are_told_apart_by_their_headings() -> None:
    text = (
        "| Measure | Unconditional target (2037) | Conditional target (2037) |\n| Wind farms built (MW) | 150 | 400 |\n"
    )
    assert [t.indicator.partition(" (")[2] for t in found(text)] == ["Unconditional target)", "Conditional target)"]


def test_a_heading_that_says_a_change_itself_starts_from_no_value() -> None:
    text = (
        "| Sector | 2022 baseline (Mt) | 2036 ceiling | % reduction by 2036 relative to 2022 |\n"
        "| Shipping | 12 | 7 | 40% |\n| Cement | 10 | 8 | 20% |\n"
    )
    rows = [(t.kind, t.value, t.base_value, t.base_year) for t in found(text)]
    assert rows[:2] == [(Kind.LEVEL, 7.0, 12.0, 2022), (Kind.CHANGE_PCT, -40.0, None, 2022)]


@pytest.mark.parametrize(
    ("label", "values", "unit"),
    [
        ("Percentage of wells tested", "45 | 80", "%"),
        ("% of wells tested", "45 | 80", "%"),
        ("Occupancy (average, %)", "45 | 80", "%"),
        ("Share of wells tested", "45.5% | 80", "%"),
        ("Outlays as % of total", "45 | 80", "%"),
        ("Wells tested", "45 | 80", ""),
        ("Percentage points gained", "45 | 80", ""),
    ],
)
def test_the_start_of_a_label_or_a_cell_beside_says_that_a_value_is_a_percentage(
    label: str, values: str, unit: str
) -> None:
    text = f"| Indicator | Baseline (2030) | Target (2036) |\n| {label} | {values} |\n"
    assert [(t.value, t.unit) for t in found(text)] == [(80.0, unit)]


def test_a_date_in_the_heading_of_a_column_is_no_unit() -> None:
    text = "| Indicator | Baseline (Year) | Target (Year) |\n| Ports with a customs desk | 3 (2031) | 8 (2036) |\n"
    assert [(t.value, t.unit, t.year, t.base_year) for t in found(text)] == [(8.0, "", 2036, 2031)]


def test_a_label_that_ends_with_or_above_bounds_nothing() -> None:
    text = "| Indicator | Baseline | Target |\n| Barns with a roof of grade B or above | 40% | 65% by 2036 |\n"
    assert [(t.operator, t.value) for t in found(text)] == [("=", 65.0)]


@pytest.mark.parametrize("number", ["", "KPI 2: ", "2.1 ", "3. "])
def test_the_number_of_an_indicator_is_no_part_of_its_name(number: str) -> None:
    text = f"| Indicator | Baseline | Target (2036) |\n| {number}Bridges with a railing | 40 | 65 |\n"
    assert [t.indicator for t in found(text)] == ["Bridges with a railing"]


def test_a_share_in_brackets_behind_a_value_is_a_value_of_its_part() -> None:
    text = "| Indicator | Baseline | Target (2036) |\n| Number of guides trained | 0 | 160 (30% women) |\n"
    assert [(t.value, t.unit, t.base_value) for t in found(text)] == [(160.0, "", 0.0), (30.0, "%", None)]


@pytest.mark.parametrize("above", ["", "| Base year | 2021 |\n| Target year | 2036 |\n"])
def test_rows_of_a_card_without_a_head_are_targets_where_their_names_say_so(above: str) -> None:
    text = (
        f"{above}| Fleet emissions in 2021 (Mt) | 9.5 |\n| Fleet target by 2036 (Mt) | 4.5 |\n"
        "| Fleet reduction target (%) | 52.6% |\n"
    )
    rows = [(t.kind, t.value, t.unit, t.year) for t in found(text)]
    last = 2036 if above else None
    assert rows == [(Kind.LEVEL, 4.5, "Mt", 2036), (Kind.CHANGE_PCT, -52.6, "%", last)]


def test_a_heading_of_names_over_numbers_leaves_the_names_to_another_column() -> None:
    text = (
        "| | 2030 | 2036 | Main indicators |\n| Visitors (million) | | | growth in percent |\n| Plan | 4 | 9 | 125 |\n"
        "| Receipts (million USD) | | | |\n| Plan | 7 | 12 | 71 |\n"
    )
    assert [(t.value, t.base_value) for t in found(text, 2030)] == [(9e6, 4e6), (12e6, 7e6)]


@pytest.mark.parametrize("unit", ["'000", "000 tonnes", "’000 tonnes", "US$ '000", "USD in thousand"])
def test_thousands_are_written_with_noughts(unit: str) -> None:
    text = f"| Indicator | 2030 Target | 2036 Target |\n| Cargo ({unit}) | 40 | 55 |\n"
    assert [t.value for t in found(text)] == [4e4, 5.5e4]


@pytest.mark.parametrize("unit", ["USD 'million", "USD ‘million", "USD million"])
def test_a_quotation_mark_that_none_closes_is_no_part_of_a_unit(unit: str) -> None:
    text = f"| Indicator | Unit | 2030 Target | 2036 Target |\n|---|---|---|---|\n| Cargo | {unit} | 40 | 55 |\n"
    assert [(t.value, t.unit) for t in found(text)] == [(4e7, "USD"), (5.5e7, "USD")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fifth Plan, 2032-37 & Annual Plan, 2032-33\n\nIncrease the share of paved roads to 40 %.", (40.0, 2037)),
    ],
)
def test_the_widest_period_and_the_time_frame_are_those_of_the_plan(text: str, expected: tuple[float, int]) -> None:
    assert [(t.value, t.year) for t in found(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        (
            "By 30 June 2036, increase the percent of nurses who agree that they are heard by 5 points.",
            Kind.CHANGE_PP,
            5.0,
        ),
        ("By 2036, increase the share of respondents who agree that they are heard by 8 points.", Kind.CHANGE_PP, 8.0),
        ("By 2036, achieve an average score of 4 out of 5.", Kind.LEVEL, 4.0),
        ("By 2036 we aim to mitigate our emissions by 12 percent.", Kind.CHANGE_PCT, -12.0),
    ],
)
def test_what_people_say_in_a_survey_may_be_an_aim(text: str, kind: Kind, value: float) -> None:
    assert [(t.kind, t.value, t.year) for t in found(text)] == [(kind, value, 2036)]


@pytest.mark.parametrize(
    ("unit", "value", "name"),
    [
        ("£m", 8e6, "GBP"),
        ("USD m", 8e6, "USD"),
        ("US$M", 8e6, "USD"),
        ("€ bn", 8e9, "EUR"),
        ("R'000", 8e3, "rand"),
        ("million USD", 8e6, "USD"),
        ("m", 8.0, "m"),
    ],
)
def test_money_may_have_a_letter_for_its_scale(unit: str, value: float, name: str) -> None:
    text = f"| Indicator | 2030 Target | 2036 Target |\n| Loans ({unit}) | 5 | 8 |\n"
    assert [(t.value, t.unit) for t in found(text)][-1] == (value, name)


def test_a_sentence_beside_a_percentage_is_none() -> None:
    text = "| Goal | Target | Progress |\n| Green towns | Every resident within 300 m of a park by 2036 | 82% |\n"
    assert found(text) == []


def test_a_cell_below_a_title_of_targets_that_says_fact_heads_start_values() -> None:
    text = (
        "| № | Наименование целевого показателя | Значения целевого показателя по годам | | |\n"
        "| | | факт | план | |\n"
        "| | | 2033 | 2034 | 2035 |\n"
        "| 1. | Число учеников, человек, в год | 940 | 960 | 990 |\n"
    )
    rows = [(t.value, t.unit, t.year, t.base_year, t.base_value) for t in found(text)]
    assert rows == [(960.0, "persons", 2034, 2033, 940.0), (990.0, "persons", 2035, 2033, 940.0)]


def test_a_head_goes_on_with_a_row_of_years_whatever_stands_above_it() -> None:
    text = (
        "| | | Aims of the plan | | | Costs of the works in thousand dollars with all that is needed for their upkeep |\n"
        "| Works | Unit | 2031 | 2032 | 2033 | 2033 |\n"
        "| Dams | km | 12 | 14 | 17 | 900 |\n"
    )
    assert [(t.value, t.year) for t in found(text)] == [(12.0, 2031), (14.0, 2032), (17.0, 2033)]


def test_fiscal_years_in_full_are_years() -> None:
    text = "| Measure | 2032/2033 Baseline | 2033/2034 | 2034/2035 |\n| Length of dams, km | 12 | 14 | 17 |\n"
    rows = [(t.value, t.year, t.base_value, t.base_year) for t in found(text, 2033)]
    assert rows == [(14.0, 2034, 12.0, 2033), (17.0, 2035, 12.0, 2033)]


def test_a_size_with_its_year_in_brackets_is_no_value_among_years() -> None:
    text = (
        "| | Targets | | | |\n| Works | 2033 | 2034 | 2035 | People who live there (2031) |\n"
        "| Length of dams, km | 12 | 14 | 17 | 4,400 |\n"
    )
    assert [t.value for t in found(text, 2032)] == [12.0, 14.0, 17.0]


def test_the_years_below_a_long_title_over_the_whole_table_are_its_head() -> None:
    title = "Output of the dairies of the north in thousand tonnes a year, by kind, as agreed with the owners of all of them"
    text = f"# Dairies: targets\n\n| {title} | | | |\n| Kind | 2031 | 2032 | 2033 |\n| Milk | 14 | 15 | 16 |\n"
    assert [(t.value, t.year) for t in found(text)] == [(14.0, 2031), (15.0, 2032), (16.0, 2033)]


def test_resources_that_are_needed_are_no_targets() -> None:
    text = (
        "| Priority measures | Ministry | Resource requirements (in US$ m) | | |\n| | | 2031/2032 | 2033 | 2034 |\n"
        "| Train the staff of the districts | Health | 0.5 | 0.7 | 0.9 |\n"
    )
    assert found(text, 2030) == []


def test_a_target_starts_where_the_column_of_its_own_measure_does() -> None:
    text = (
        "| Size of firms | Registered firms 2031 | Registered firms 2034 | Insured firms 2031 | Insured firms 2034 |\n"
        "| Small firms | 37% | 70% | 4% | 30% |\n"
    )
    assert [(t.value, t.base_value) for t in found(text, 2031)] == [(70.0, 37.0), (30.0, 4.0)]


def test_fiscal_years_of_the_last_century_are_in_it() -> None:
    text = "| Measure | FY 98 Baseline | FY 33 Target |\n| Length of dams, km | 12 | 14 |\n"
    assert [(t.year, t.base_year) for t in found(text)] == [(2033, 1998)]


@pytest.mark.parametrize("mark", ["'", "‘", "’"])
def test_an_apostrophe_stands_for_the_century_of_a_year(mark: str) -> None:
    text = (
        f"| Indicator | Means of verification | Target {mark}31 | Target {mark}32 | {mark}33/{mark}34 (units) |\n"
        "| Number of clinics online | Yearly report | 12 | 30 | 55 |\n"
    )
    assert [(t.value, t.year) for t in found(text)] == [(12.0, 2031), (30.0, 2032), (55.0, 2034)]


def test_a_long_heading_ends_with_its_year_and_a_start_value_may_be_of_the_first_day_of_it() -> None:
    head = "Целевое значение показателя, установленное в плане мероприятий по развитию рынка, в отчетном периоде (году)"
    text = (
        f"| Показатель | Ед. изм. | Исходное значение показателя на 01.01.2031 | {head} 2031 год | "
        "Фактическое значение показателя в отчетном периоде (году) 2031 год |\n"
        "| Доля частных пекарен | % | 41,0 | 45,0 | 44,2 |\n"
    )
    assert [(t.value, t.year, t.base_value, t.direction) for t in found(text)] == [(45.0, 2031, 41.0, "up")]
