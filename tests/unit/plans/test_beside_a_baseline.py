"""Targets in words with their baseline beside them: in the line below, in the cell of a table; and what such lines pair."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.plan import Target
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document, extract_targets

Row = tuple[float | None, int | None, float | None, int | None]


def found(text: str) -> list[Target]:
    made = extract_document(Document("plan.md", None, tuple(blocks_of(text)))).targets
    return [t for t in made if t.value is not None]


def rows(targets: list[Target]) -> list[Row]:
    return [(t.value, t.year, t.base_value, t.base_year) for t in targets]


@pytest.mark.parametrize(
    ("target", "baseline", "expected"),
    [
        (
            "Reach 30% use of electric ferries across the county; buy 90% of new vans for the town fleet by 2031.",
            "7% electric ferries; 12 piers; 40% of new vans of the fleet in 2022.",
            [(30.0, 2031, 7.0, 2022), (90.0, 2031, 40.0, 2022)],
        ),
        (
            "Build more libraries and reading rooms to give 60% of all pupils a seat in one of them within 12 minutes or a ½-km "
            "walk by 2031, 80% by 2041.",
            "Baseline of 52% of all pupils.",
            [(60.0, 2031, 52.0, None), (80.0, 2041, 52.0, None)],
        ),
        (
            "Achieve 15% lower use of heat in houses and shops by 2031.",
            "Heat of 2018: 400,200 kWh",
            [(-15.0, 2031, None, 2018)],
        ),
    ],
)
def test_a_line_of_a_baseline_gives_the_start_of_what_it_names(target: str, baseline: str, expected: list[Row]) -> None:
    text = f"### C-1 Cleaner towns\n\nTarget C-T1: {target}\n\nBaseline C-B1: {baseline}\n"
    assert rows(found(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The aim is a 20/35% reduction of losses.", [(-20.0, None), (-35.0, None)]),
        ("The aim is 65% recycling by 2031, in line with Senate Bill 2417 goals.", [(65.0, 2031)]),
    ],
)
def test_values_and_years_with_a_stroke_and_things_of_their_own(
    text: str, expected: list[tuple[float, int | None]]
) -> None:
    made = extract_targets(text, "en", with_words=False, reported=2025)
    assert [(t.value, t.year) for t in made] == expected


def test_the_date_in_a_title_is_no_end_of_the_plan() -> None:
    text = (
        "# Plan for the climate (Town of Elms, Draft, March 2031)\n\nThe town aims at 80% of homes with solar roofs.\n"
    )
    assert [t.year for t in found(text)] == [None]


def test_a_cell_that_lists_as_many_start_values_gives_each_target_its_own() -> None:
    head = "| Indicator | Definition | Baseline | Target 2031 |\n|---|---|---|---|\n"
    made = found(
        f"{head}| Exports | Tons of figs and dates. | 6,000 tons (2020), 9 tons , 2.5 tons | 12,000 tons, 30 tons, 5 tons |\n"
        "| Homes with heat | Share of homes | Wood: 44.1% (2019/20) (Hills 33%; coast 70%, Gas: 12.5 % (2019/20) (Hills 1.4%) "
        "| 20%, 60% |\n"
        "| Homes with a phone | Share of homes | 88.5% (2019/20) (Hills 80.5%; Coast 93.2% | 97% |\n"
        "| Trade | All that is sold | TZS 620 Billion (2020) | 1,250, Billions |\n"
    )
    assert rows(made) == [
        (12_000.0, 2031, 6000.0, 2020), (30.0, 2031, 9.0, 2020), (5.0, 2031, 2.5, 2020), (20.0, 2031, 44.1, 2020),
        (60.0, 2031, 12.5, 2020), (97.0, 2031, 88.5, 2020), (1.25e12, 2031, 6.2e11, 2020),
    ]  # fmt: skip


def test_a_column_of_targets_in_words_is_no_column_of_names() -> None:
    made = found(
        "| No. | Kind | Targets |\n|---|---|---|\n| 1 | All boats | 35% of all new boats that are sold |\n| 2 | Sail boats "
        "| 45% of all new boats that are sold |\n| 3 | Motor boats | 45% of all new boats that are sold |\n"
    )
    assert [(t.indicator, t.value) for t in made] == [("All boats", 35.0), ("Sail boats", 45.0), ("Motor boats", 45.0)]


def test_a_label_that_tells_of_a_rise_measures_a_change() -> None:
    made = found(
        "| Indicator | Target 2031 |\n|---|---|\n| Percentage increased in the catch of all boats | 6% |\n"
        "| Income of crews increased through new markets | 12% |\n| Crews with increased income | 40% |\n"
    )
    assert [t.kind.value for t in made] == ["change_pct", "change_pct", "level"]


GAS = (
    "| Sector | Baseline 2018 (tCO2e) | Target 2031 (tCO2e) | Reduction |\n|---|---|---|---|\n"
    "| Homes | 5,200 | 2,600 | 50% |\n| Ferries | 4,000 | 3,000 | 25% |\n"
)


def test_a_formula_in_a_heading_is_no_value_and_a_column_of_changes_counts_from_the_start_in_front() -> None:
    made = found(GAS)
    assert [(t.indicator, t.kind.value, t.value, t.year, t.base_value, t.base_year) for t in made] == [
        ("Homes (Target)", "level", 2600.0, 2031, 5200.0, 2018),
        ("Homes (Reduction)", "change_pct", -50.0, 2031, None, 2018),
        ("Ferries (Target)", "level", 3000.0, 2031, 4000.0, 2018),
        ("Ferries (Reduction)", "change_pct", -25.0, 2031, None, 2018),
    ]


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        (GAS.replace("Target 2031 (tCO2e)", "Baseline 2021 (tCO2e)").replace("tion |", "tion 2031 |"), [None, None]),
        (GAS.replace("Reduction", "Reduction against 2012"), [2018, 2012, 2018, 2012]),
        (GAS.replace("Reduction", "Reduction on 2012 levels"), [2018, 2012, 2018, 2012]),
        ("| Indicator | Baseline 2018 | Target 2031 |\n|---|---|---|\n| Increase in catch, % | 4 | 10 |\n", [2018]),
    ],
)
def test_changes_count_from_one_year_only_and_from_the_one_they_name(text: str, bases: list[int | None]) -> None:
    assert [t.base_year for t in found(text)] == bases
