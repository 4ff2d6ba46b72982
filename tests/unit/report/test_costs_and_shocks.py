"""Costs are said to be known for what they are known of, and a central shock outside its range says why."""

from dataclasses import replace

import pytest
from blank import row, section
from report_sample import trade, value

from isthmus.report.chapters import horizon, levers
from isthmus.report.locale import Translator
from isthmus.report.worth import Worth
from isthmus.study.horizon import HorizonSection
from isthmus.study.horizon_rows import YearsWorthRow
from isthmus.study.levers import LeverFacts, LeverRow, LeversSection
from isthmus.study.section import table
from isthmus.study.value import ValueRow


@pytest.mark.parametrize(
    ("both", "every", "told"),
    [
        (9.0, 9.0, "Costs are those that are known"),
        (0.0, 9.0, "The cost of every measure that both plans support is known; of the gain of all levers"),
        (0.0, 0.0, "The cost of every measure is known."),
    ],
)
def test_costs_are_known_of_the_measures_that_are_named(both: float, every: float, told: str) -> None:
    shares = {"both": both, "all": every}
    known = [row for row in value().value.rows if (row.component, row.support) == ("total", "both")]
    rows = [replace(row, support=s, unknown_cost_pct=shares[s]) for row in known for s in shares]
    worth = Worth(replace(value(), value=table(ValueRow, rows)), trade(), Translator("en"))
    counted = row(YearsWorthRow, economy="AAA", component="total", support="both", net=True, central=1.0)
    made = section(HorizonSection, partners=("AAA", "BBB"), horizon_worth=table(YearsWorthRow, [counted]))
    assert horizon._unknown(horizon._Told(made, worth, Translator("en"))).startswith(told)


def lever(name: str) -> LeverFacts:
    return LeverFacts(name, {"en": name.title()}, "energy", "AAA", False, {}, 2026, 2030, "assumed", ())


def test_a_lever_that_does_nothing_at_central_values_is_named_where_its_range_says_otherwise() -> None:
    text = Translator("en")
    shocks = {"saving": (-4.9, 0.0, -0.2), "skills": (-0.1, 0.0, 0.2), "roads": (1.0, 2.0, 3.0)}
    rows = [
        row(LeverRow, lever=name, number=n, shock_low_pct=low, shock_pct=middle, shock_high_pct=high)
        for name, (low, middle, high) in shocks.items()
        for n in (1, 2)
    ]
    made = section(LeversSection, levers=table(LeverRow, rows))
    known = {name: lever(name) for name in shocks}
    assert levers._outside(made, known, text) == [text("levers.outside", n=1, levers="“Saving”")]
    assert not levers._outside(section(LeversSection), known, text)
