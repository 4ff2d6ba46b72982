"""Measures and works that tables and lists describe beside their values, and what pledges say of reference years."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.plan import Target
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document


def found(text: str, reported: int | None = 2024) -> list[Target]:
    made = extract_document(Document("plan.md", None, tuple(blocks_of(text))), reported=reported).targets
    return [t for t in made if t.value is not None]


def test_what_describes_a_measure_is_read_beside_its_values_where_it_tells_by_when() -> None:
    text = (
        "# Plan of measures\n\n"
        "| No. | Name of measure | Description | 2035 saving in kt CO2eq |\n|---|---|---|---|\n"
        "| 1 | Cooling | The law limits gases: 10% reduction by 2029; 30% reduction by 2035 | 4 |\n"
        "| 2 | Audits | Audits are carried out in the mills each year. | 3 |\n"
    )
    changes = [(t.value, t.year) for t in found(text) if t.unit == "%"]
    assert changes == [(-10.0, 2029), (-30.0, 2035)]


def test_lettered_works_that_a_cell_announces_are_targets_by_their_sizes() -> None:
    text = (
        "# Plan of measures until 2035\n\n"
        "| No. | Name of measure | Description | 2035 saving in kt CO2eq |\n|---|---|---|---|\n"
        "| 1 | New plants | The following power plants are planned: a) Wind park Lowhill (54 MW, 150 GWh) "
        "b) Dam Upvale (172 MW) | 65 |\n"
    )
    sizes = [(t.value, t.unit, t.indicator) for t in found(text) if t.unit in ("MW", "GWh")]
    assert [size[:2] for size in sizes] == [(54.0, "MW"), (150.0, "GWh"), (172.0, "MW")]
    assert "Lowhill" in sizes[0][2]
    assert "Upvale" in sizes[2][2]


def test_works_that_a_column_of_actions_describes_are_aims_on_later_pages_too() -> None:
    head = ["Action", "Description", "Target/Notes", "Agency"]
    first = ["Sun", "Provision of solar heaters in 4 hospitals", "Completed in two hospitals.", "ESD"]
    told = (
        "Included in the programme that was funded by the bank for 18 months, which is expected to start in June 2025."
    )
    later = [
        ["Development Plan", "Finalize the Development Plan", told, "MEP"],
        ["Audits", "Energy audits in 100 public buildings", "In progress.", "ESD"],
    ]
    rows = "\n\n".join(
        "\n".join(f"| {' | '.join(row)} |" for row in table)
        for table in ([head, first], [["Wind", *first[1:]], *later])
    )
    text = f"# Strategy\n\n{rows}\n"
    values = [(t.value, t.indicator) for t in found(text)]
    assert (4.0, "Provision of solar heaters in hospitals") in values
    assert (100.0, "Energy audits in public buildings") in values


def test_measures_that_have_been_considered_announce_the_works_below_them() -> None:
    text = (
        "The measures which the islands have considered as contributions to this date, are as follows:\n"
        "- Isolated mini power plant (1 MW);\n- Photovoltaic panels (12 MW).\n"
    )
    assert [(t.value, t.unit) for t in found(text)] == [(1.0, "MW"), (12.0, "MW")]


def test_a_row_of_two_cells_with_a_long_name_is_no_head_of_the_tables_below() -> None:
    text = (
        "# Pledge\n\n| Item | Information |\n|---|---|\n"
        "| (b) Whether it is a single-year or a multi-year target, as it applies here | Single-year target, namely 2035 |\n\n"
        "## Fairness\n\n| Item | Information |\n|---|---|\n"
        "| (a) How the pledge is fair and ambitious in the light of circumstances here | "
        "Emissions represent only 0.01% of the total. |\n"
    )
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("At least a 35% reduction in emissions (excl. LULUCF) by 2035 compared to 1990.", [(-35.0, 2035, 1990)]),
        (
            "We will cut emissions by about 57 kt, a 24% cut by 2035 related to 2005.",
            [(-0.057, 2035, 2005), (-24.0, 2035, 2005)],
        ),
        (
            "The land is committed to reduce emissions by 25% (at the support prevailing in 2015) by 2035.",
            [(-25.0, 2035, 2015)],
        ),
        ("By 2035, the population with access to water will increase from 88% to 99%.", [(99.0, 2035, None)]),
        (
            "Having considered the potential for savings, Westland intends to reduce emissions by 20% by 2035.",
            [(-20.0, 2035, None)],
        ),
    ],
)
def test_reference_years_and_aims_of_pledges(text: str, values: list[tuple[float, int, int | None]]) -> None:
    assert [(t.value, t.year, t.base_year) for t in found(text)] == values


@pytest.mark.parametrize(
    ("label", "named", "unit", "value"),
    [
        ("Total exports in billion US dollars (goods and services)", "Total exports (goods and services)", "USD", 72e9),
        ("Value of exports each year (no power) - USD Billion", "Value of exports each year (no power)", "USD", 72e9),
        ("Inflow without power (in EUR Mil.)", "Inflow without power", "EUR", 72e6),
    ],
)
def test_units_behind_dashes_and_in_front_of_brackets(label: str, named: str, unit: str, value: float) -> None:
    (target,) = found(f"| Indicator | 2023 | 2035 |\n|---|---|---|\n| {label} | 47.7 | 72 |\n")
    assert (target.indicator, target.unit, target.value) == (named, unit, value)
