"""Lists below headings of results: what their lines say is an aim, whatever their verbs are; rhythms and numbers in words."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.plan import Target
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document


def found(text: str) -> list[Target]:
    made = extract_document(Document("plan.md", None, tuple(blocks_of(text)))).targets
    return [t for t in made if t.value is not None]


@pytest.mark.parametrize("heading", ["Key 2036 targets", "Performance measures", "Measuring our success"])
def test_lines_below_a_heading_of_results_are_aims_whatever_their_verbs(heading: str) -> None:
    text = (
        f"# Harbour plan 2031-2036\n\n## {heading}\n2.4 million additional crates are shipped by rail\n"
        "Share of quays with shore power is increased from 35% to 60%\n"
        "3 million visitors reached by open days that the port paid\n"
    )
    assert [(t.value, t.base_value) for t in found(text)] == [(2.4e6, None), (60.0, 35.0), (3e6, None)]


def test_whole_sentences_below_such_a_heading_say_themselves_what_they_are() -> None:
    text = (
        "# Harbour plan 2031-2036\n\n## Targets\n"
        "- In the old town of this country, small boats carry 65 percent of the fish that is sold.\n"
    )
    assert found(text) == []


def test_items_of_cells_below_such_a_heading_are_aims() -> None:
    text = (
        "# Museum, statement of intent 2031-2036\n\n## Performance measures\n\n"
        "| Visits | • Surveys indicate at least 75% satisfaction Report 3 monthly |\n"
        "| Learning | • A minimum of 45 talks are held each year. • 14+ loans per year |\n"
    )
    assert [(t.value, t.operator) for t in found(text)] == [(75.0, ">="), (45.0, ">="), (14.0, ">=")]


def test_a_number_in_words_with_its_digits_in_brackets_is_one_number() -> None:
    text = (
        "# Port plan 2031-2036\n\n## Targets\n- Forty (40) tours introduced;\n- Landings up by thirty (30) per cent;\n"
    )
    assert [(t.value, t.unit) for t in found(text)] == [(40.0, "tours"), (30.0, "%")]


def test_a_target_of_a_bare_number_is_one() -> None:
    text = (
        "# Museum plan\n\nA visit target of 48,000 was set for 2034.\n\nTarget: Reach the index value of 110 by 2034\n"
    )
    assert [(t.value, t.year) for t in found(text)] == [(48000.0, 2034), (110.0, 2034)]


def test_the_number_of_an_item_in_emphasis_is_no_figure() -> None:
    items = "***4. **Leaders feel safe in the talks they hold\n\n* 7. Fewer nurses leave *\n"
    text = f"# Staff plan 2031-2036\n\n## Measures of success\n\n{items}"
    assert found(text) == []


def test_a_heading_of_aims_and_their_year_holds_for_headings_set_as_high_right_below_it() -> None:
    text = (
        "# River plan\n\n## Targets for 2038\n\n## Homes\n\n- Connect 400 homes to the sewer\n\n## Farms\n\n"
        "- Plant hedges on 25 farms\n\n## Targets for 2045\n\n## Homes\n\n- Connect 900 homes to the sewer\n"
    )
    assert [(t.value, t.year) for t in found(text)] == [(400.0, 2038), (25.0, 2038), (900.0, 2045)]


def test_a_heading_without_a_number_stands_above_the_numbers_it_opens() -> None:
    text = (
        "# Library plan\n\n## Results / indicators | 2037 targets\n\n## 1. Reading\n\n## 1.1 Schools\n\nOutput indicators:\n"
        "1. No. of schools visited: 34\n\n## 2. Music\n\nOutput indicators:\n1. No. of concerts held: 12\n"
    )
    assert [(t.value, t.year) for t in found(text)] == [(34.0, 2037), (12.0, 2037)]


def test_a_line_that_ends_in_a_colon_gives_its_year_to_the_headings_below_it() -> None:
    text = (
        "# River plan\n\n## Our longer view\n\nBy 2045 we will:\n\n### Water\n\n- Open 12 bathing places\n\n"
        "### Land\n\n- Plant 3,000 trees\n\n## Staff\n\n- Hire 30 rangers\n"
    )
    assert [(t.value, t.year) for t in found(text)] == [(12.0, 2045), (3000.0, 2045), (30.0, None)]


def test_quarters_at_the_ends_of_a_period_are_no_part_of_its_years() -> None:
    text = "# Tram plan 2031-2040\n\n## Phase 2: Building (Q3 2033 - Q4 2036)\n\n- Lay 14 km of track\n"
    assert [(t.value, t.year) for t in found(text)] == [(14.0, 2036)]


@pytest.mark.parametrize(
    "lead",
    [
        "By 2037, total noise reductions per district will be as follows:",
        "The town has named targets focused on reductions in noise by 2037 through new surfaces in the following districts:",
        "Noise reduction targets for 2037:",
    ],
)
def test_a_noun_of_change_above_a_list_makes_its_percentages_changes(lead: str) -> None:
    text = f"# Noise plan 2031-2037\n\n{lead}\n\n- Harbour – 18%\n- Transport: 7%;\n- Old town by 25% (near schools).\n"
    assert [(t.kind.value, t.value) for t in found(text)] == [("change_pct", v) for v in (-18.0, -7.0, -25.0)]


def test_the_share_of_something_and_what_a_change_is_reached_by_make_no_changes_of_the_items() -> None:
    text = (
        "# Noise plan 2031-2037\n\nIncrease in the share of quiet roads:\n\n- Harbour: 18%\n\n"
        "Noise reductions will be achieved by these measures by 2037:\n\n- Electric share of buses: 40%\n"
    )
    assert [t.kind.value for t in found(text)] == ["level", "level"]


def test_items_that_end_in_a_bound_in_brackets_are_targets() -> None:
    text = (
        "# Criteria\n\nThey are:\n1- The growth of orchards (4% or higher per year);\n"
        "2- The share of ponds inspected (35% or more);\n3- Number of stewards trained (at least 12);\n"
    )
    assert [(t.kind.value, t.operator, t.value) for t in found(text)] == [
        ("growth", ">=", 4.0), ("level", ">=", 35.0), ("level", ">=", 12.0),
    ]  # fmt: skip


def test_growth_projections_that_a_plan_sets_out_are_aims() -> None:
    text = (
        "# Harbour strategy 2036\n\nIt sets out growth projections for the next decade which include:\n"
        "1. An increase in the value of landings by 45% to €3 million\n"
    )
    assert [(t.kind.value, t.value) for t in found(text)] == [("change_pct", 45.0), ("level", 3e6)]


def test_saving_is_a_fall_where_it_is_wanted() -> None:
    text = "# Heat plan 2031-2036\n\n## Targets\n\n- Save 15% of heat in schools\n- We will save at least 200 GWh of heat\n"
    assert [(t.kind.value, t.operator, t.value) for t in found(text)] == [
        ("change_pct", "=", -15.0), ("change_abs", "<=", -200.0),
    ]  # fmt: skip


def test_sizes_that_tell_which_things_are_meant_are_no_targets() -> None:
    text = (
        "# Fleet plan 2031-2036\n\n## Targets\n\n"
        "- 30% of vans of less than 3.5 t and 20% of trucks of more than 3.5 t are electric\n"
        "- Halls with a heated floor area ≥ 2,000 m2 get a certificate\n"
    )
    assert [(t.operator, t.value) for t in found(text)] == [("=", 30.0), ("=", 20.0)]


def test_the_year_over_the_names_of_a_table_is_that_of_its_targets() -> None:
    text = (
        "| FY2034 CANAL TARGETS | Target | MEASURES |\n| Locks mended | 15% | 15.2% |\n| Weirs mended | 30% | 28% |\n"
    )
    assert [(t.value, t.year) for t in found(text)] == [(15.0, 2034), (30.0, 2034)]


@pytest.mark.parametrize("cap", ["not more than N390 per ride", "no more than N45 a day"])
def test_money_of_one_letter_for_each_of_something_is_no_code(cap: str) -> None:
    assert [(t.operator, t.unit) for t in found(f"By 2035 the fare will be {cap}.\n")] == [("<=", "money")]


def test_milestones_numbered_with_a_colon_are_names_and_no_values() -> None:
    text = (
        "# Canal plan 2031-2036\n\n| Milestone | Deliverables |\n| --- | --- |\n"
        "| 3.1: Wider use | The pass is used by 25% of boats |\n"
        "| 3.2: A Self-Sustaining Fund | The fund has at least two partners |\n"
        "| 3.3: A Town of Rowers | The course has 500 pupils |\n"
    )
    assert [t.value for t in found(text)] == [25.0, 2.0, 500.0]


def test_emissions_of_a_baseline_are_no_targets() -> None:
    text = "|  | 2031 | 2036 |\n| --- | --- | --- |\n| Baseline emissions (Mt) | 28.3 | 39.8 |\n"
    text += "| Emissions with measures (Mt) | 25 | 31 |\n"
    assert [t.value for t in found(text)] == [25.0, 31.0]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("Reduce the current yearly loss of reeds to fields of 9.1 km2 to 4 km2 by 2034", ("=", 4.0, 9.1, "down")),
        ("Water quality index: 85 → 50", ("=", 50.0, 85.0, "down")),
        ("Turn 40 huts and more than 12 barns into homes", ("=", 40.0, None, "")),
        ("One (1) plan for the harbour made: 1", ("=", 1.0, None, "")),
        ("Save water of 15% by FY2035 from our baseline use in FY2023", ("=", 15.0, None, "")),
    ],
)
def test_items_of_targets(item: str, expected: tuple[object, ...]) -> None:
    rows = found(f"# Canal plan 2031-2036\n\n## Targets\n\n- {item}\n")
    assert (rows[0].operator, rows[0].value, rows[0].base_value, rows[0].direction) == expected
    assert [t.operator for t in rows[1:]] == ([">"] if "barns" in item else [])


def test_a_goal_that_was_set_is_one_though_the_sentence_compares_it_with_what_it_powers() -> None:
    text = "The mayor set a bold goal of building 30 MW of mills by 2037, enough to power 10,000 homes.\n"
    assert [(t.value, t.year) for t in found(text)] == [(30.0, 2037)]


@pytest.mark.parametrize("year", ["{}", "## {}", "## By {}"])
def test_a_year_in_a_line_of_its_own_is_that_of_the_items_below_it(year: str) -> None:
    years = (year.format(2037), year.format(2039))
    text = "# Bus plan\n\n" + "".join(
        f"{y}\n\n- {n} electric buses in use\n\n" for y, n in zip(years, (30, 60), strict=True)
    )
    assert [(t.value, t.year) for t in found(text)] == [(30.0, 2037), (60.0, 2039)]


def test_columns_of_conditional_aims_hold_targets_and_a_goal_in_words_is_a_name() -> None:
    text = (
        "| Sector | Unconditional | Conditional | BAU 2040 |\n|---|---|---|---|\n"
        "| Ferries | -20% | -35% | 12.4 kt |\n\nBelow are the works.\n\n| Goal | Target | Timeline | Lead |\n|---|---|---|---|\n"
        "| Quieter nights | 50% below 2030 levels | 2037 | Noise team |\n| Shade | Plant 200 trees | 2038 | Parks |\n"
    )
    rows = [(t.indicator, t.value, t.year) for t in found(text)]
    assert [row[1:] for row in rows] == [(-20.0, None), (-35.0, None), (-50.0, 2037), (200.0, 2038)]
    assert [row[0] for row in rows[2:]] == ["Quieter nights", "Shade"]


def test_the_lone_year_of_a_title_is_no_end_of_a_plan_whose_aims_are_due_later() -> None:
    aims = "We will cut noise by 50% by 2040.\n\nBy 2040 we will have 40% of boats electric.\n\nWe will plant 2,000 trees.\n"
    assert [(t.value, t.year) for t in found(f"# Quiet Town Plan 2031\n\n## Actions\n\n{aims}")] == [
        (-50.0, 2040), (40.0, 2040), (2000.0, None),
    ]  # fmt: skip


def test_a_contribution_has_a_period_like_a_plan() -> None:
    text = "# Nationally Determined Contribution of Arcadia 2031-2040\n\n## Measures\n\n- Plant 2,000 ha of forest\n"
    assert [(t.value, t.year) for t in found(text)] == [(2000.0, 2040)]


def test_a_long_name_that_opens_with_target_says_what_the_cell_behind_it_is() -> None:
    name = "Target relative to the reference indicator, expressed numerically, for example in percentage or amount"
    text = (
        f"| (c) | Sources of data | Inventory |\n| (d) | {name} | • Energy: 66% reduction • Industry: 45% increase |\n"
    )
    assert [t.value for t in found(f"# Contribution\n\n{text}")] == [-66.0, 45.0]


def test_something_improved_is_no_change_by_its_share() -> None:
    text = "| Outcome | 2036 target |\n| --- | --- |\n| Improved learning of pupils | 95% |\n| Increased catch of crabs | 15% |\n"
    assert [t.kind.value for t in found(text)] == ["level", "change_pct"]


@pytest.mark.parametrize(
    "lead", ["By 2038:", "In 2038:", "By 2038 we want to see:", "By the end of this plan we will see:"]
)
def test_lists_of_what_is_to_be_seen_by_then_are_aims_whatever_their_verbs(lead: str) -> None:
    items = "- The town has 40 hubs\n- 9 out of 10 tenants are satisfied with repairs\n"
    rows = found(
        f"# Town plan 2031-2038\n\n## Vision\n\n{lead}\n\n{items}\nBy year three, 150 rangers will be in post.\n"
    )
    assert [(t.value, t.year) for t in rows] == [(40.0, 2038), (90.0, 2038), (150.0, 2038)]


@pytest.mark.parametrize(
    ("opens", "expected"), [("Output indicator(s):", [85.0, 12.0, 4.0]), ("Villages of the district:", [])]
)
def test_lines_of_what_is_counted_and_how_many_are_targets_below_a_line_that_names_indicators(
    opens: str, expected: list[float]
) -> None:
    lines = ["Percentage of dams inspected within the term 85%", "Number of dams repaired 12"]
    lines = [opens, *lines, "Number of rules adopted by the board: 4"]
    text = "\n\n".join(f"{i}. {line}" if i else line for i, line in enumerate(lines))
    rows = extract_document(Document("plan.txt", None, tuple(blocks_of(text))), "en", reported=2028).targets
    assert [t.value for t in rows if t.value is not None] == expected


def test_a_root_sign_is_the_mark_of_an_item() -> None:
    text = "By 2033 these results will be reached:\n\n√ At least 400 homes have been built."
    assert [(t.operator, t.value, t.year) for t in found(text)] == [(">=", 400.0, 2033)]
