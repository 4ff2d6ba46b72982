"""English prose: what a word in the sentence makes a fact or an aim, which numbers are sizes, and when aims were set."""

import pytest

from isthmus.plans.document import Document, DocumentBlock
from isthmus.plans.reported import reported_to
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.lexicon import read_lexicon
from isthmus.readers.documents.plans import extract_document, extract_targets

Row = tuple[str, str, float | None, int | None, str]


def rows(text: str) -> list[Row]:
    found = extract_targets(text, "en", reported=2020)
    return [(t.kind.value, t.operator, t.value, t.year, t.direction) for t in found if t.value is not None]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (
            "The council keeps to the goal originally set by the assembly in 1975 of raising aid to 0.6 percent of income.",
            ("level", "=", 0.6, None, "up"),
        ),
        (
            "What is wanted is to increase the share of respondents content with the clinics from 31% to 44% in 2027.",
            ("level", "=", 44.0, 2027, "up"),
        ),
        (
            "The cabinet has adopted a policy with the objective of raising the share of crafts in exports to 24 per cent.",
            ("level", "=", 24.0, None, "up"),
        ),
        (
            "We will increase the number of pupils who are eligible for college to 90 000 a year by 2028.",
            ("level", "=", 90000.0, 2028, "up"),
        ),
        ("The agency will sell 17 spare sites that have potential for housing.", ("level", "=", 17.0, None, "")),
        (
            "Training will contribute to the accident rate remaining below the target of 3.7 per million flights by 2027.",
            ("level", "<", 3.7, 2027, ""),
        ),
        ("Farms with projects that store water will plant 80 ha by 2027.", ("level", "=", 80.0, 2027, "")),
    ],
)
def test_an_aim_stays_one_whatever_words_of_reports_stand_beside_it(text: str, row: Row) -> None:
    assert rows(text) == [row]


@pytest.mark.parametrize(
    "text",
    [
        "The graph shows emissions more than tripling under the BAU projection to around 14.1 MtCO2e in 2030.",
        "As estimated, BAU per capita emissions in 2040 will be 3.1 tCO2e, this is less than half of those of the region.",
        "In the absence of any action, net removals are expected to fall to 900 kt in 2030.",
        "As of March 2027, more than 60% of car parks have been fitted with chargers.",
        "Ferries make up 13% of the traffic in our ports.",
        "The office already planted 700 ha of forest which will be expanded by 2030.",
        "In this scenario, heat from the network doubles to 32% in 2030.",
        "The regional plan also states an expansion potential of around 65 MW by 2030.",
    ],
)
def test_what_would_be_without_the_plan_and_what_is_give_no_target(text: str) -> None:
    assert rows(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Electrify 25% of <4.5 ton trucks by 2035.", [25.0]),
        ("By 2027, 85% of children 6-23 months receive two doses of vitamin A.", [85.0]),
        ("We will train 300 farmers in the R4DE programme by 2027.", [300.0]),
        ("The city will exchange experience with more than 80 other cities and plant 400 trees by 2030.", [400.0]),
        ("Our target is that 80% of callers wait less than 5 minutes by 2027.", [80.0]),
        ("The law will make plants which consume more than 12 GWh a year report, and 40% of them by 2026.", [40.0]),
        ("The scheme will make users of more than 12 GWh a year report, and 40% of them by 2026.", [40.0]),
        ("Development of 48 MW of hydropower (capacity > 6 MW) by 2030.", [48.0]),
        (
            "Current levels of local output are about 4.5 million litres a year, with farms poised to reach 90 ha.",
            [90.0],
        ),
        ("As an island with a population of 3.4 million, we will plant 40 million trees by 2028.", [4e7]),
        ("With a SPA/SCA provision of Rs. 1300 crore, the state will plant 70 ha by 2027.", [70.0]),
        ("The state will buy the shops of the Big Six companies and plant 70 ha by 2027.", [70.0]),
        ("Improve to at least 7 out of 12 possible points by 2029", [7.0]),
        ("Safety will improve over the next two to three years, with 400 cameras by 2030.", [400.0]),
        ("Reduce losses from the reported 22-27% to about 12% by 2028.", [12.0]),
        ("New goals of 45 million guests by 2030 will double the initial goals of 22 million.", [45e6, 2.0]),
    ],
)
def test_a_size_that_tells_which_things_are_meant_is_no_target(text: str, values: list[float]) -> None:
    assert [value for _, _, value, _, _ in rows(text)] == values


def test_a_wait_that_is_bounded_gives_the_share_that_waits_no_direction() -> None:
    assert rows("By 2030, 90% of patients will wait less than three months.") == [("level", "=", 90.0, 2030, "")]
    assert rows("Losses will be 20% less than 50 t by 2030.")[0] == ("change_pct", "=", -20.0, 2030, "down")


def test_not_going_to_exceed_is_an_upper_bound() -> None:
    assert rows("The deficit is not going to exceed 4.2% of output in 2026.") == [("level", "<=", 4.2, 2026, "")]


def test_a_level_with_a_verb_of_its_own_has_neither_bound_nor_direction_of_the_one_before() -> None:
    text = "The plan aims to hold the growth rate of prices to no more than 2 percent while keeping vacancies at 3.6 percent."
    assert [(operator, direction) for _, operator, _, _, direction in rows(text)][1] == ("=", "")
    assert [row[1] for row in rows("Growth above 6% and inflation of 5% by 2028")] == [">", "="]


def test_a_measure_by_its_code_is_an_aim_of_the_plan_unless_it_tells() -> None:
    assert rows("E1 – 7.6 MW of solar capacity on roofs") == [("level", "=", 7.6, None, "")]
    assert rows("P2: 90% renewable heat in municipal buildings.") == [("level", "=", 90.0, None, "")]
    assert rows("M3 – Forest cover was 12% in 2019") == rows("PM10: 40 µg/m3") == []


def test_sentences_of_a_cell_that_describe_a_measure_are_facts() -> None:
    cell = "Composting. An estimated 53% of the waste is organic. Only 3% is composted. Reduce what is dumped by 20%."
    table = (("Measure", "Body"), (cell, "Council"), ("Planting of 40 ha of forest", "Ministry"))
    found = extract_document(Document("", None, (DocumentBlock("table", "", rows=table),)), "en", reported=2020).targets
    assert [t.value for t in found] == [-20.0, 40.0]


def test_two_sentences_on_two_years_in_a_row_tell_what_is_past() -> None:
    told = ["Between 2021 and 2025, in 2026 and 2027, the city and its partners will set out what is to come."] * 30
    text = "\n\n".join([*told, "In 2018, 12% of waste was sorted.", "In 2019, 16% of waste was sorted."])
    assert reported_to(list(blocks_of(text)), read_lexicon(), otherwise=2025) == (2018, False)


def test_a_paragraph_that_reports_is_no_result_where_results_are_announced() -> None:
    text = "Expected results\n\nIn 2018, farms accounted for 31% of the water used.\n\n40% of fields watered by drip."
    found = extract_document(Document("", None, tuple(blocks_of(text))), "en", reported=2020).targets
    assert [t.value for t in found if t.value is not None] == [40.0]
