"""Which year a change is counted from and due in: comparisons, brackets, lists, plans, sentences that go on."""

import pytest

from isthmus.plans.document import Document
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.plans import extract_document, extract_targets

Row = tuple[float, int | None, int | None]


def rows(text: str) -> list[Row]:
    """Return value, year and base year of each target of a document."""
    found = extract_document(Document("", None, tuple(blocks_of(text))), "en", with_words=False, reported=2022).targets
    return [(t.value or 0.0, t.year, t.base_year) for t in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Losses are to be at least 40 per cent lower by 2031 than losses in 2015.", [(-40.0, 2031, 2015)]),
        ("Cut leakage by 12% by 2031 compared with the volume measured in 2018.", [(-12.0, 2031, 2018)]),
        ("By 2031 exports should be 2.5 times higher over those in 2019.", [(2.5, 2031, 2019)]),
        ("Cut water use by 15% by 2031 from our 2018/19 baseline.", [(-15.0, 2031, 2019)]),
        ("Cut water use by 15% by 2031 from a baseline year of 2014.", [(-15.0, 2031, 2014)]),
        ("Cut water use by 15% by 2031 compared with the base year, 2014.", [(-15.0, 2031, 2014)]),
        ("Reduce by 15% the incidence compared to estimates from 2014.", [(-15.0, None, 2014)]),
        ("Reduce cases by 15% by 2031 compared to estimates from 2012-2014.", [(-15.0, 2031, 2014)]),
        ("Cut emissions by 15% compared with the level expected for 2031.", [(-15.0, 2031, None)]),
        ("Emissions are to be 30% lower than those projected for 2031.", [(-30.0, 2031, None)]),
        ("Build more than half of the depots in 2031.", [(50.0, 2031, None)]),
    ],
)
def test_what_a_change_is_compared_with_gives_its_base_year(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


def test_a_change_that_has_a_comparison_of_its_own_does_not_take_that_of_the_next() -> None:
    text = "Cut emissions by 30% compared to business as usual by 2031, which is a cut of 18% compared to 2015."
    assert rows(text) == [(-30.0, 2031, None), (-18.0, 2031, 2015)]
    assert rows("Cut losses by 30% by 2028 and by 40% by 2031 compared to 2015.") == [
        (-30.0, 2028, 2015),
        (-40.0, 2031, 2015),
    ]


def test_a_change_in_brackets_with_a_year_it_is_counted_from_is_no_start_value() -> None:
    assert rows("Cut emissions by 30% below business as usual by 2031 (18% below 2015 levels).") == [
        (-30.0, 2031, None),
        (-18.0, 2031, 2015),
    ]
    started = extract_targets("Raise cover to 60% by 2031 (45% in 2015).", "en", reported=2022)
    assert [(t.value, t.base_value, t.base_year) for t in started] == [(60.0, 45.0, 2015)]


def test_a_list_has_the_base_year_of_the_sentence_in_front_of_it() -> None:
    text = (
        "# Aims\n\nWe will cut losses at the following rates (compared with 2016):\n\n- a cut of 10% by 2028\n"
        "- a cut of 25% by 2031\n\n## Roads\n\nCut accidents by 5% by 2031.\n"
    )
    assert rows(text) == [(-10.0, 2028, 2016), (-25.0, 2031, 2016), (-5.0, 2031, None)]


def test_the_base_year_that_a_plan_says_it_has_holds_for_all_its_changes() -> None:
    said = "All of these targets have a base year of 2016."
    plan = "# Aims\n\n{}\n\n## Roads\n\nCut accidents by 5% by 2031.\n\nRaise cover to 70% by 2033.\n\nCut fumes 9% below bau.\n"
    assert rows(plan.format(said)) == [(-5.0, 2031, 2016), (70.0, 2033, None), (-9.0, None, None)]
    assert rows(plan.format(f"{said}\n\nIncomes are to grow by 2% a year until 2031."))[0] == (2.0, 2031, None)
    told = "Emissions of the city were calculated for the base year of 2016."
    assert rows(plan.format(told)) == [(-5.0, 2031, None), (70.0, 2033, None), (-9.0, None, None)]


def test_a_sentence_that_goes_on_from_the_one_before_has_its_year() -> None:
    text = (
        "Cut emissions by 12% by 2031. This contribution will rise to 25% with help from abroad. In absolute "
        "terms, emissions will fall by 400 tonnes."
    )
    assert rows(text) == [(-12.0, 2031, None), (25.0, 2031, None), (-400.0, 2031, None)]
    assert rows("Cut emissions by 12% by 2031. The city will build 40 depots.") == [
        (-12.0, 2031, None),
        (40.0, None, None),
    ]
    assert rows("Cut emissions by 12% by 2019. This will close 40 depots.")[1:] == [(40.0, None, None)]
    assert rows("Cut emissions by 12% by 2031.\n\nThis town will build 40 depots.")[1:] == [(40.0, None, None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("By 2031 keep 90% of the wetlands of year 2014.", [(90.0, 2031, 2014)]),
        ("By 2031 protect 80% of the 2014 area of reefs.", [(80.0, 2031, 2014)]),
        ("By the end of year 2031, 90% of villages will have a well.", [(90.0, 2031, None)]),
        (
            "Aruland's 2016 NDC has these targets:\n\n- cut losses by 40%\n\n- plant 900 trees by 2031",
            [(-40.0, None, None)],
        ),
    ],
)
def test_the_year_of_a_stock_or_of_a_document_is_none_that_something_is_due_in(text: str, expected: list[Row]) -> None:
    assert rows(text)[: len(expected)] == expected


def test_a_head_that_explains_its_column_in_full_dates_the_sentences_below_it_and_says_what_they_are_counted_from() -> (
    None
):
    text = (
        "They belong to the survey of 2013:\n\n"
        "| Gas | 2031 objectives. Lower intensity (emissions for each unit of output) from base year 1995. Own means | Where |\n"
        "| Methane | 30% reduction in the intensity of methane for each unit of output | 40 farms |\n"
        "| Ozone | 20% reduction in the intensity of ozone for each unit of output | 12 mills |\n"
    )
    assert [row for row in rows(text) if row[0] < 0] == [(-30.0, 2031, 1995), (-20.0, 2031, 1995)]


def test_sentences_beside_a_value_are_read_below_a_year_of_their_own() -> None:
    text = (
        "| Success measure | 2028 target | 2031 target |\n| --- | --- | --- |\n"
        "| Visits within a day | 75% | National target of 85% as the average for all clinics of the year |\n"
        "| Coverage of nurses | 60% | 70% of schools with the teams that are still in training and those that work there |\n"
    )
    assert rows(text) == [
        (75.0, 2028, None),
        (85.0, 2031, None),
        (60.0, 2028, None),
        (70.0, 2031, None),
    ]


def test_the_verb_of_a_change_outweighs_a_noun_behind_it() -> None:
    text = "To reduce emissions of transport by 10% through efficiency improvements by 2031."
    assert rows(text) == [(-10.0, 2031, None)]


def test_a_command_behind_a_term_is_an_aim() -> None:
    assert rows("- over the next 3 years, create 900 new posts where there is need")[0][0] == 900.0


@pytest.mark.parametrize(
    "words", ["with respect to", "with regards to", "in relation to", "in comparison with", "compared to"]
)
def test_what_a_target_is_compared_with_is_its_start_however_it_is_said(words: str) -> None:
    (target,) = extract_targets(
        f"Pipe cover will increase to 71% by 2031 {words} 38% of 2012.", "en", with_words=False, reported=2022
    )
    assert (target.value, target.year, target.base_value, target.base_year) == (71.0, 2031, 38.0, 2012)
    assert rows(f"Soot shall be reduced by 2031 {words} 2012 by 26 %.") == [(-26.0, 2031, 2012)]


def test_the_word_of_a_comparison_is_no_unit() -> None:
    text = "Visits will increase to more than 54 million by 2031 compared with 47.5 million in 2012."
    (target,) = extract_targets(text, "en", with_words=False, reported=2022)
    assert (target.unit, target.base_value) == ("", 47_500_000.0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Power output will rise to 1,400 MW by 2035, compared to 160 MW by 2010.", (1400.0, 2035, 160.0, 2010)),
        (
            "Increase the area of parks to 54 thousand hectares by 2035, compared to the 52 of 2010.",
            (54e3, 2035, 52.0, 2010),
        ),
        (
            "Increase the area of parks to 19 hectares in 2035, in reference to 3 hectares by 2010.",
            (19.0, 2035, 3.0, 2010),
        ),
        ("Storage will reach 370 m3 by 2035 compared to 2010 (59 m3).", (370.0, 2035, 59.0, 2010)),
        ("Irrigation will grow to 15 hectares by 2035, compared to 2010 with 2 hectares.", (15.0, 2035, 2.0, 2010)),
    ],
)
def test_words_that_compare_lead_to_the_start_value_and_its_year(text: str, expected: tuple[float, ...]) -> None:
    found = extract_document(Document("plan.md", None, tuple(blocks_of(f"# Plan 2026-2035\n\n{text}")))).targets
    assert [(t.value, t.year, t.base_value, t.base_year) for t in found if t.value is not None] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "We have an aim for 2035 of an intensity reduction (methane per head) of 24% compared to 1990 values.",
            (-24.0, 1990),
        ),
        (
            "We are committed to a target of an at least 40% domestic reduction in methane by 2035 compared to 1990.",
            (-40.0, 1990),
        ),
        ("We will reduce methane by 29% by 2035 against the 2035 business as usual scenario.", (-29.0, None)),
    ],
)
def test_a_percentage_that_a_noun_of_fall_sets_against_a_year_is_a_change(
    text: str, expected: tuple[float, ...]
) -> None:
    found = extract_document(Document("plan.md", None, tuple(blocks_of(f"# Plan 2026-2035\n\n{text}")))).targets
    made = [(t.value, t.base_year) for t in found if t.value is not None]
    assert made == [expected]
