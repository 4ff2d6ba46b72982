"""Tables whose columns are steps of a project, whose cells hold their year, and whose headings say which way values go."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.plan import Kind, Target
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document


def found(text: str) -> list[Target]:
    made = extract_document(Document("frame.md", None, tuple(blocks_of(text)))).targets
    return [t for t in made if t.value is not None]


@pytest.mark.parametrize("step", ["YR{}", "Year {}", "Year or Period {}", "Y{}", "PY {}"])
def test_steps_of_a_frame_are_targets_whose_years_are_open(step: str) -> None:
    head = " | ".join(step.format(i) for i in (1, 2, 3))
    text = f"# Water Strategy 2027-2032\n\n| Indicator | Baseline | {head} |\n| Wells dug | 4 | 60 | 140 | 300 |\n"
    assert [(t.value, t.year, t.base_value) for t in found(text)] == [(v, None, 4.0) for v in (60.0, 140.0, 300.0)]


def test_years_of_a_budget_are_no_steps() -> None:
    text = "| Activity | Year 1 | Year 2 |\n| Training of nurses in villages | 40 | 60 |\n"
    assert not found(text)


def test_an_amount_allocated_to_an_indicator_is_no_target() -> None:
    text = (
        "| | Baseline | Year 1 | Year 2 |\n| Clinics with a cold store | 0 | 30 | 70 |\n"
        "| Allocated amount: | - | US$3 million | US$4 million |\n"
    )
    assert [t.value for t in found(text)] == [30.0, 70.0]


def test_a_year_in_brackets_behind_a_target_is_when_it_is_due() -> None:
    text = "| Indicator | Unit | Baseline (Year) | End Target (Year) |\n| Desks for pupils | No. | 300 (2023) | 2,600 (2031) |\n"
    (target,) = found(text)
    assert (target.value, target.year, target.base_value, target.base_year) == (2600.0, 2031, 300.0, 2023)


def test_the_year_of_an_annual_plan_is_when_its_planned_targets_are_due() -> None:
    text = (
        "# County of Hills: Annual Development Plan 2028/2029, Roads\n\n"
        "| Key Output | Performance Indicators | Baseline | Planned Targets |\n"
        "| Farms visited | No. of farms visited | 1,450 | 2000 |\n| Bridges mended | No. of bridges mended | 4 | 12 |\n"
    )
    assert [(t.value, t.year, t.base_value) for t in found(text)] == [(2000.0, 2029, 1450.0), (12.0, 2029, 4.0)]


@pytest.mark.parametrize(
    ("head", "label"),
    [
        ("2031 target % reduction", "Fires in homes"),
        ("Reduction by 2031 (%)", "Fires in homes"),
        ("2031 target", "Fires in homes reduction"),
        ("2031 target", "Energy saving and leakage reduction (m3, %)"),
    ],
)
def test_a_heading_or_a_label_says_that_a_share_is_a_fall(head: str, label: str) -> None:
    (target,) = found(f"| Indicator | {head} |\n| {label} | 35% |\n")
    assert (target.kind, target.value, target.year, target.direction) == (Kind.CHANGE_PCT, -35.0, 2031, "down")


def test_a_year_between_a_start_and_a_target_due_before_tells_how_far_it_has_come() -> None:
    text = "| Indicator | 2021-2023 average | 2029 | 2028 milestone | 2032 target |\n| Homes on fire | 80 | 61 | 70 | 50 |\n"
    assert [(t.value, t.year, t.base_value) for t in found(text)] == [(70.0, 2028, 80.0), (50.0, 2032, 80.0)]


@pytest.mark.parametrize(
    ("outcome", "cells", "way"),
    [
        ("Increasing the share of wooden houses", "- | 20%", "up"),
        ("Schools are mended; the share of wooden houses is lowered", "- | 20%", "down"),
        ("Increasing the number of foresters", "- | 20%", ""),
        ("-", "↑ | 20%", "up"),
        ("-", "↓ | 20%", "down"),
    ],
)
def test_a_clause_in_front_of_the_name_or_an_arrow_tells_the_direction(outcome: str, cells: str, way: str) -> None:
    text = f"| Outcome | Indicator name | 2028 | 2031 |\n| {outcome} | Share of wooden houses | {cells} |\n"
    assert [t.direction for t in found(text)] == [way]


def test_a_scale_in_brackets_behind_a_unit_multiplies() -> None:
    text = "| Indicator | Unit | Baseline | Target 2031 |\n| Milk sold by farms | Litres (Million) | 2 | 9 |\n"
    assert [t.value for t in found(text)] == [9e6]


def test_a_fall_is_counted_from_the_year_that_a_cell_in_front_of_its_name_compares_with() -> None:
    text = "| Outcome | Indicator name | 2031 |\n| Less waste (2022 baseline) | Household waste reduction (%) | 30% |\n"
    assert [(t.value, t.base_year) for t in found(text)] == [(-30.0, 2022)]
