"""What stands beside the aims of a plan: money that is allocated, forecasts that go on, facts of a share, yearly amounts."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.extract import Extraction
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document

TITLE = "Strategy of Borland 2026-2031"


def read(text: str) -> Extraction:
    return extract_document(Document("", None, tuple(blocks_of(f"{TITLE}\n\n{text}"))), "en", reported=2025)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Over the next three years, 73 billion tenge will be allocated to reform the police.", "funding"),
        ("For these purposes, by 2030, the state will invest more than 1.5 trillion tenge.", "funding"),
        ("Life expectancy was 61.5 years in 2020 against the projected 64.5 years as at 2027.", "forecast"),
        ("Roads are eased in line with the increase in population that is expected to reach 27 million.", "forecast"),
        ("Only half of the country's colleges ensure a 70 per cent employment rate of their pupils.", "fact"),
        ("Today we are able to double the deeds of our fathers.", "forecast"),
        ("By applying 520 hours, 13 kt were saved through power that would otherwise be bought.", "fact"),
        ("We must end the export of ore, while the load of plants is only 45%.", "fact"),
    ],
)
def test_what_is_no_aim_is_left_out_with_its_reason(text: str, reason: str) -> None:
    made = read(text)
    assert not [t for t in made.targets if t.value is not None]
    assert reason in {e.reason for e in made.left_out}


def test_a_factor_that_is_applied_is_no_aim_beside_one() -> None:
    made = read("Hydropower capacity by 2030 is set at 13 GW, by applying an 80% probability ratio to what is planned.")
    assert [t.value for t in made.targets] == [13.0]


def test_a_share_of_money_that_is_allocated_stays_an_aim() -> None:
    (share,) = (t for t in read("The share of the budget allocated to schools will rise to 20% by 2030.").targets)
    assert (share.value, share.year) == (20.0, 2030)


def test_an_amount_of_each_year_says_so_in_its_name() -> None:
    made = read("We will train 500 teachers a year and lay 40 km of pipes annually by 2030.").targets
    assert [t.indicator for t in made] == ["train teachers (a year)", "lay pipes annually"]


def test_one_figure_of_the_past_among_figures_without_a_year_is_left_out() -> None:
    text = (
        "Build 12 schools. Plant 40 hectares of trees. Open 3 clinics. The goal was to halve hunger by the end of 2015."
    )
    assert not [t for t in read(text).targets if t.year == 2015]


def test_the_year_of_a_start_value_may_stand_behind_what_it_is_a_share_of() -> None:
    (work,) = read(
        "Raise the employment of nurses from 45 percent of all those trained in 2024 to 55 percent in 2031."
    ).targets
    assert (work.base_value, work.base_year, work.value, work.year) == (45.0, 2024, 55.0, 2031)
    assert " from of " not in f" {work.indicator} "
