"""Extracted targets are paired with curated ones, and what differs is named."""

from dataclasses import replace

from isthmus.plans.compare import compare
from isthmus.plans.plan import Kind, Target

FACT = Target(
    id="f", partner="AAA", text="", lang="en", indicator="Forest cover", kind=Kind.LEVEL, operator="=",
    value=26.0, year=2030,
)  # fmt: skip
FOUND = replace(FACT, id="x", text="Forest cover is to reach 26 percent.")


def test_an_equal_target_matches_and_a_statement_without_a_year_is_due_at_the_end() -> None:
    comparison = compare([replace(FOUND, year=None)], [FACT], 2030)
    assert [p.outcome for p in comparison.pairs] == ["match"]
    assert comparison.extras == ()


def test_differences_are_named() -> None:
    pairs = compare([replace(FOUND, value=25.0, operator=">=", year=2035)], [FACT], 2030).pairs
    assert pairs[0].outcome == "differs"
    assert pairs[0].differs == ("value", "operator", "year")


def test_what_is_not_there_is_missed_and_what_is_more_is_extra() -> None:
    other = replace(FOUND, indicator="Steel output", text="Steel output is to reach 9 Mt.", value=9.0)
    comparison = compare([other], [FACT], 2030)
    assert comparison.count("missed") == 1
    assert comparison.extras == (other,)


def test_partners_are_kept_apart() -> None:
    assert compare([replace(FOUND, partner="BBB")], [FACT], 2030).count("missed", "AAA") == 1


def test_equal_values_are_told_apart_by_their_indicators() -> None:
    school = replace(FACT, id="g", indicator="School enrolment", kind=Kind.LEVEL)
    enrolment = replace(FOUND, id="y", indicator="school enrolment", text="School enrolment is to reach 26 percent.")
    pairs = compare([enrolment, FOUND], [FACT, school], 2030).pairs
    assert [p.extracted.id for p in pairs if p.extracted] == ["x", "y"]


def test_a_bound_on_the_size_of_a_decrease_is_not_one_on_its_value() -> None:
    fact = replace(FACT, kind=Kind.CHANGE_PCT, operator="<=", value=-8.0)
    found = replace(FOUND, kind=Kind.CHANGE_PCT, operator=">=", value=-8.0)
    assert compare([found], [fact], 2030).pairs[0].differs == ("operator",)
