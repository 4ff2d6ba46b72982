"""What a whole document says of one of its rows: a number alone among facts is one, figures of years of reports are left out."""

import pytest

from isthmus.plans.company import (
    ALONE,
    BASED_ELSEWHERE,
    ELSEWHERE,
    PAST,
    RowOrGap,
    untold_of,
    without_past,
    without_strays,
)
from isthmus.plans.document import LeftOut
from isthmus.plans.extract import REPEATS
from isthmus.plans.plan import Kind, Target
from isthmus.readers.documents.lexicon import read_lexicon
from isthmus.readers.documents.plans import extract_targets

UNTIL = 2024
LEXICON = read_lexicon()


def row(text: str, year: int | None = None, *, kind: Kind = Kind.LEVEL, operator: str = "=", way: str = "") -> Target:
    return Target("", "", text, "en", "", kind, operator, 5.0, "%", year, direction=way)


def facts(count: int, start: int = 0, reason: str = "fact") -> list[RowOrGap]:
    return [LeftOut(reason, f"In place {start + i} it was {i} %.") for i in range(count)]


def kept(passages: list[RowOrGap], middle: RowOrGap) -> bool:
    return middle in without_strays(passages, UNTIL, LEXICON)


def test_a_plain_number_among_facts_is_a_fact_and_is_counted_as_such() -> None:
    alone = row("A share of 5 %.")
    found = without_strays([*facts(4), alone, *facts(4, 4)], UNTIL, LEXICON)
    assert alone not in found
    assert found[4] == LeftOut(ALONE, alone.text, None)
    assert len(found) == 9


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("За период будет построено 800 кв. м жилья.", True),
        ("Планируется рост выручки на 5 %.", True),
        ("Реализация проектов позволит увеличить выпуск до 5 тонн.", True),
        ("- ввести в действие 1,2 км сетей;", True),
        ("Планы на 5 %.", False),
        ("The aim of the scheme is to save 5 % of water.", True),
        ("This document proposes a target of 5 %.", True),
        ("Plans for 5 % of it.", False),
        ("Дорога длиной 5 км.", False),
    ],
)
def test_what_is_planned_or_will_be_needs_no_company(text: str, stays: bool) -> None:
    middle = row(text)
    assert kept([*facts(8), middle, *facts(8, 8)], middle) is stays


@pytest.mark.parametrize(
    ("aims", "plain", "moved", "due"),
    [(0, False, False, False), (1, False, False, True), (2, False, True, True), (3, True, True, True)],
)
def test_how_many_aims_a_number_needs_around_it(aims: int, plain: bool, moved: bool, due: bool) -> None:
    """Of ten statements around: a level needs three aims, one with a direction, a bound or of another kind two, a due one one."""
    around: list[RowOrGap] = [row(f"We aim at {i} %.") for i in range(aims)]
    before, behind = [*around, *facts(5 - aims)], facts(5, 5)
    for middle, expected in (
        (row("x"), plain),
        (row("x", way="up"), moved),
        (row("x", operator=">="), moved),
        (row("x", kind=Kind.GROWTH), moved),
        (row("x", UNTIL), plain),
        (row("x", UNTIL + 1), due),
    ):
        assert kept([*before, middle, *behind], middle) is expected


def test_only_the_eight_statements_on_each_side_count() -> None:
    middle = row("x")
    aims: list[RowOrGap] = [row(f"We aim at {i} %.") for i in range(9)]
    assert not kept([*aims, *facts(8), middle, *facts(8, 8), *aims], middle)
    assert kept([*aims, *facts(3), middle, *facts(8, 8)], middle)
    assert not kept([*aims, *facts(4), middle, *facts(8, 8)], middle)


def test_few_statements_say_nothing() -> None:
    middle = row("x")
    assert kept([*facts(2), middle, *facts(2, 2)], middle)
    assert not kept([*facts(3), middle, *facts(2, 3)], middle)


def test_what_holds_no_figure_or_is_no_report_does_not_count() -> None:
    middle = row("x")
    silent: list[RowOrGap] = [LeftOut("review", "Much was done."), LeftOut("contents", "1. Aims 7")]
    assert kept([*silent * 4, middle, *facts(4)], middle)


def test_numbers_of_one_statement_stand_and_fall_together() -> None:
    first, second = row("x"), row("x", UNTIL + 1)
    found = without_strays([*facts(5), first, second, *facts(5, 5)], UNTIL, LEXICON)
    assert found[5] == LeftOut(ALONE, "x", None)
    assert len(found) == 11
    aim: RowOrGap = row("We aim at 5 %.")
    assert {first, second} <= set(without_strays([*facts(5), first, second, aim, *facts(4, 5)], UNTIL, LEXICON))


def test_a_row_without_a_number_stays() -> None:
    middle = Target("", "", "A law will be passed.", "en", "", Kind.MILESTONE, year=2030)
    assert kept([*facts(5), middle, *facts(5, 5)], middle)


def test_past_figures_are_left_out_unless_they_are_most() -> None:
    old, new = row("a", UNTIL), row("b", UNTIL + 1)
    assert without_past([old, new, row("c", UNTIL + 2)], UNTIL)[0] == LeftOut(PAST, "a", None)
    assert without_past([old, row("d", UNTIL), new], UNTIL)[0] is old


def test_a_past_figure_beside_one_that_is_kept_is_a_part_of_its_passage() -> None:
    passages = [row("a", UNTIL), row("a", UNTIL + 1), row("c", UNTIL + 2)]
    assert without_past(passages, UNTIL)[0] == LeftOut(PAST, "a", None, "a")


def test_what_is_untold_of_a_cell_are_its_items_with_other_figures() -> None:
    cell = "• 100 people a year are trained • At least 8 hours are taught • 03 workshops are held"
    told = [row("100 people a year are trained"), row("At least 8 hours are taught")]
    assert untold_of(cell, told) == "03 workshops are held"
    assert untold_of("Nothing", told) == "Nothing"


def test_a_survey_with_one_number_that_nothing_tells_apart() -> None:
    told = [f"In {year} the share of paved roads was {year - 1970} %." for year in range(2001, 2009)]
    text = "\n\n".join([*told[:4], "Those arriving will cross 12 bridges.", *told[4:]])
    assert [t.value for t in extract_targets("Those arriving will cross 12 bridges.", with_words=False)] == [12.0]
    assert extract_targets(text, with_words=False) == []


def test_a_lone_bullet_is_read() -> None:
    assert [
        t.value for t in extract_targets("- Raise the share of recycled waste to 20 % by 2030", with_words=False)
    ] == [20.0]


FIRST = "The county will cut the carbon intensity of transport by 41 per cent in 2031 relative to 2012."


@pytest.mark.parametrize(
    ("again", "year"),
    [
        ("We aim to cut the carbon intensity of transport by 41 per cent.", 2031),
        ("We aim to cut the carbon intensity by 41 per cent, so the transport ministry says.", 2031),
        ("We aim to cut the carbon intensity of transport by 42 per cent.", None),
        ("We aim to cut the losses of water in cities by 41 per cent.", None),
        ("We aim to cut transport by 41 per cent.", None),
        ("We aim to raise the carbon intensity of transport by 41 per cent.", None),
    ],
)
def test_a_figure_without_a_year_has_that_of_the_same_figure_elsewhere(again: str, year: int | None) -> None:
    found = extract_targets(f"# Plan\n\n{FIRST}\n\nMinisters agree.\n\n{again}", reported=2025)
    notes = ["", f"{ELSEWHERE}; {BASED_ELSEWHERE}" if year == 2031 and "2031" not in again else ""]
    told = [t.note.split(f"; {REPEATS}")[0] for t in found]  # the same target again, once year and base year are known
    assert [(t.year, note) for t, note in zip(found, told, strict=True)] == list(zip([2031, year], notes, strict=True))


@pytest.mark.parametrize(
    ("again", "base"),
    [
        ("A cut of 41 per cent in transport by 2031 will take work.", 2012),
        (
            "We aim to cut the carbon intensity of transport by 41 per cent.",
            2012,
        ),  # its year is that of the first as well
        ("A cut of 41 per cent in transport by 2035 will take work.", None),
        ("A cut of 42 per cent in transport by 2031 will take work.", None),
        ("A rise of 41 per cent in transport by 2031 will take work.", None),
        ("We aim to cut the losses of water in cities by 41 per cent.", None),
        ("Transport will emit 41 per cent less in 2031 compared to business as usual.", None),
        ("A cut of 41 per cent in transport by 2031, from 90 kt, will take work.", None),
        ("The share of clean transport will reach 41 per cent in 2031.", None),
    ],
)
def test_a_change_without_a_base_year_has_that_of_the_same_change_elsewhere(again: str, base: int | None) -> None:
    found = extract_targets(f"# Plan\n\n{FIRST}\n\nMinisters agree.\n\n{again}", with_words=False, reported=2025)
    assert [t.base_year for t in found] == [2012, base]
    assert (BASED_ELSEWHERE in found[1].note) is (base is not None)


def test_of_two_base_years_elsewhere_none_is_taken() -> None:
    other = FIRST.replace("2012", "2005")
    again = "A cut of 41 per cent in transport by 2031 will take work."
    found = extract_targets(f"# Plan\n\n{FIRST}\n\n{other}\n\n{again}", with_words=False, reported=2025)
    assert [t.base_year for t in found] == [2012, 2005, None]


def test_of_two_years_elsewhere_none_is_taken_and_that_of_an_annual_figure_neither() -> None:
    again = "We aim to cut the carbon intensity of transport by 41 per cent."
    other = FIRST.replace("2031", "2035")
    years = [t.year for t in extract_targets(f"# Plan\n\n{FIRST}\n\n{other}\n\n{again}", reported=2025)]
    assert years == [2031, 2035, None]
    annual = extract_targets(f"# Plan\n\n{FIRST}\n\nMinisters agree.\n\n{again}", reported=2030)
    assert [t.year for t in annual] == [2031, None]


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("Expand the grid to 5 % of farms.", True),
        ("- Action 2: Expand the grid to 5 % of farms.", True),
        ("Target: 5 % a year", True),
        ("Finance: 5 %", False),
    ],
)
def test_a_command_and_a_named_target_need_no_company(text: str, stays: bool) -> None:
    assert kept([*facts(5), row(text), *facts(5, 5)], row(text)) is stays
