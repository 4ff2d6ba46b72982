"""Aims by what stands around them: cards in one line, lists of success, baselines in brackets, verbs that govern, forecasts."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.plan import Kind, Target
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document


def found(text: str) -> list[Target]:
    made = extract_document(Document("plan.md", None, tuple(blocks_of(text)))).targets
    return [t for t in made if t.value is not None]


@pytest.mark.parametrize(
    "heading", ["What success looks like by 2036", "How we will measure success", "What we will have achieved by 2036"]
)
def test_what_has_happened_where_a_plan_succeeds_is_an_aim(heading: str) -> None:
    text = f"# Plan 2031-2036\n\n## {heading}\n- The number of floods has fallen by half\n- More than 65% of farms feel safe\n"
    assert [t.value for t in found(text)] == [0.5, 65.0]


def test_a_result_with_a_baseline_in_brackets_is_an_aim() -> None:
    text = "# Plan 2031-2036\n\nResult 4: 300,000 hectares of moor restored (baseline 45,000 ha in 2030).\n"
    assert [(t.value, t.base_value, t.base_year) for t in found(text)] == [(300000.0, 45000.0, 2030)]


@pytest.mark.parametrize(
    ("text", "direction", "value"),
    [
        ("Bring down the population growth rate to 1.5% by 2036.", "down", 1.5),
        ("Improve the agreement of staff that rules mean less work by 8 percentage points by 2036.", "up", 8.0),
        ("Improve access by reducing the distance to a clinic to 4 km by 2036.", "down", 4.0),
        ("Reduce deaths in hospitals (MMR) to95 by 2036.", "down", 95.0),
    ],
)
def test_the_verb_that_governs_says_the_direction(text: str, direction: str, value: float) -> None:
    assert [(t.direction, t.value) for t in found(text)] == [(direction, value)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We aim to raise wind capacity from the 2031 level of 14 GW to 48 GW by 2036.", (48.0, 14.0, 2031)),
        ("We aim to reduce 25% from the total emissions in 2031 by 2036.", (-25.0, None, 2031)),
        ("Our position in the index is to improve from 85th to 50th by 2036.", (50.0, None, None)),
    ],
)
def test_what_an_aim_starts_from(text: str, expected: tuple[float, float | None, int | None]) -> None:
    assert [(t.value, t.base_value, t.base_year) for t in found(text)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Fuel consumption is expected to increase from 21,000 t in 2031 to 53,000 t in 2036.",
        "The projections correspond to an increase in the number of cars to 20,000 in 2036.",
        "We answer 95% of calls within 40 seconds.",
    ],
)
def test_forecasts_of_demand_and_sizes_in_seconds_are_no_aims(text: str) -> None:
    assert found(text) == []


def test_items_with_roman_numbers_are_those_of_their_list() -> None:
    text = "Our goals should be reached by 2036:\n(I) a maximum 56% share of coal (28% in towns);\n(II) a minimum 23% of peat;\n"
    assert [(t.value, t.year, t.kind) for t in found(text)] == [(v, 2036, Kind.LEVEL) for v in (56.0, 28.0, 23.0)]


def test_numbered_rows_have_no_head_among_them() -> None:
    text = "| a) | Base year | Base year: 2021 |\n| b) | Target | In 2036, 45% reduction in emissions compared to 2021 levels |\n"
    assert [(t.value, t.year, t.base_year) for t in found(text)] == [(-45.0, 2036, 2021)]
