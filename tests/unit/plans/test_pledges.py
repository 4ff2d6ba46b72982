"""Pledges and their tables: cuts beside levels, values without names, measures done in parts, and what their prose says."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.plan import Kind, Target
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document


def found(text: str, reported: int | None = None) -> list[Target]:
    made = extract_document(Document("pledge.md", None, tuple(blocks_of(text))), reported=reported).targets
    return [t for t in made if t.value is not None]


def test_reductions_stand_beside_the_levels_of_their_year() -> None:
    text = (
        "| Sector | Methane Level 2018 (kt) | Methane Level 2035 kt BaU | Methane Level 2035 kt CM1 | Methane Reduction kt CM1 |"
        " Methane Reduction % of Total BaU CM1 | Average Growth 2008-2018 |\n"
        "| 1. Farms | 310 | 420 | 280 | 140 | 33% | 1.4% |\n"
    )
    assert [(t.kind, t.value, t.year, t.base_value, t.base_year) for t in found(text, 2020)] == [
        (Kind.LEVEL, 280.0, 2035, 310.0, 2018),
        (Kind.CHANGE_ABS, -140.0, 2035, None, None),
        (Kind.CHANGE_PCT, -33.0, 2035, None, None),
    ]


def test_a_row_of_values_alone_is_named_by_its_table_and_starts_in_front_of_its_target() -> None:
    text = (
        "Table 4 – Required path of the ports\n\n"
        "| 2018 Emissions kt | Indicative Target for 2035 Emissions kt | 2022 Emissions kt |\n"
        "| 12.4 | 7 | 11.8 |\n"
    )
    (target,) = found(text, 2023)
    assert (target.value, target.year, target.base_value, target.base_year) == (7.0, 2035, 12.4, 2018)
    assert target.indicator.startswith("Required path of the ports")


def test_a_carbon_budget_is_a_target_and_no_money() -> None:
    text = (
        "Table 3 – Budgets of the ports\n\n"
        "| Sectoral Carbon Budget 2026 to 2030 kt | Sectoral Carbon Budget 2031 to 2035 kt |\n| 45 | 28 |\n"
    )
    assert [(t.value, t.year) for t in found(text, 2024)] == [(45.0, 2030), (28.0, 2035)]


def test_a_heading_on_steps_to_take_ends_a_review() -> None:
    text = (
        "# Plan for Ports 2031-2036\n\n## 1.1 State of Play\n\n## 1.1.1 Profile\n\nThere were 40 cranes in 2030.\n\n"
        "## 1.1.2 Measures to meet the demand\n\n• Support at least 70 MW of tidal power.\n"
    )
    assert [(t.operator, t.value, t.unit) for t in found(text)] == [(">=", 70.0, "MW")]


def test_the_amount_of_a_work_may_be_one_a_day() -> None:
    text = (
        "| Area | Measures | Reduction potential | Cost (Million USD) |\n"
        "| Waste | Composting of market waste – 320 ton/day | 1 068,39 | 7 |\n"
    )
    assert 320.0 in [t.value for t in found(text, 2024)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Reduce water use from 150 litres per person in 2028 to 140 litres by 2032 and 130 litres by 2036.",
            [(140.0, 2032, 2028, "down"), (130.0, 2036, 2028, "down")],
        ),
        (
            "Open 82 ha of ponds and 9 km of paths by 2032 and have 95 ha of ponds and 12 km of paths by 2036.",
            [(82.0, 2032, None, ""), (9.0, 2032, None, ""), (95.0, 2036, None, ""), (12.0, 2036, None, "")],
        ),
        ("To create an additional carbon sink of 2 million tonnes of CO2 by 2036.", [(2e6, 2036, None, "up")]),
        ("The region must see at least one million more adults in training by 2036.", [(1e6, 2036, None, "up")]),
        ("The state sets the target of achieving those 18% of emission reduction by 2036.", [(-18.0, 2036, None, "down")]),
        ("Emissions abatement (on 2028): -35%.", [(-35.0, None, 2028, "down")]),
        ("Reduce yearly CO2eq. emissions of ports to 3 MtCO2eq. by 2036.", [(3.0, 2036, None, "down")]),
        ("With a potential of more than 90 GW, the aim is a target of 40 GW of wind by 2036.", [(40.0, 2036, None, "")]),
        ("As emissions in 2029 were 9.1 Mt, ports will need to come to emissions of 7.2 Mt by 2036.", [(7.2, 2036, None, "")]),
        ("The mission will increase tree cover on another 5 mha of land by 2036.", [(5e6, 2036, None, "up")]),
    ],
)  # fmt: skip
def test_prose_of_pledges(text: str, expected: list[tuple[float, int | None, int | None, str]]) -> None:
    made = [(t.value, t.year, t.base_year, t.direction) for t in found(text, 2030)]
    assert [m[: len(e)] for m, e in zip(made, expected, strict=True)] == expected


def test_a_rate_behind_a_yearly_one_is_no_growth_by_it() -> None:
    text = "We promote growth projected to average at least 5% per year in order to reduce the poverty rate to below 4% by 2036."
    assert (Kind.LEVEL, "<", 4.0) in [(t.kind, t.operator, t.value) for t in found(text, 2030)]
