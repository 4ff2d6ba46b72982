import numpy as np
import pytest

from isthmus.core.errors import BadInputError
from isthmus.levers.conflicts import LeverEffects, exchange_rate, pairs_table, reach_table
from isthmus.levers.lever import Lever
from isthmus.levers.outcomes import Outcome, OutcomeMeasure


def lever(name: str, targets: dict[str, tuple[str, ...]], owner: str = "AAA") -> Lever:
    partners = ("AAA", "BBB") if owner == "joint" else (owner,)
    return Lever(name, {}, "trade", owner, partners, targets, (), 2025, 2026, 2030)


def outcome(name: str, direction: str, owner: str, target: str = "") -> Outcome:
    return Outcome(name, target, {}, owner, OutcomeMeasure.REAL_GDP, owner, "", ("*",), "", 2025, "", "", direction)


LEVERS = (
    lever("gate", {"AAA": ("t_trade",), "BBB": ("t_trade_b",)}, "joint"),
    lever("farm", {"BBB": ("t_farm",)}, "BBB"),
)
OUTCOMES = (
    outcome("trade", "up", "joint"),
    outcome("imports", "down", "BBB", "t_imports"),
    outcome("gdp", "up", "AAA"),
)


def effects(hat, draws=None) -> LeverEffects:
    hat = np.array(hat, dtype=float)
    return LeverEffects(
        ("gate", "farm"),
        ("trade", "imports", "gdp"),
        hat,
        np.zeros((0, *hat.shape)) if draws is None else np.array(draws),
    )


def relation(table, target, name):
    return table.set_index(["target", "outcome"]).loc[(target, name)]


def test_a_lever_that_raises_what_another_target_wants_down_competes():
    """More trade (+20 %) lifts imports in GDP by 4 %, which the other target wants down: competing by 4 %."""
    table = pairs_table(effects([[1.2, 1.04, 1.001], [1.0, 0.99, 1.0]]), LEVERS, OUTCOMES, threshold_pct=0.05)
    row = relation(table, "t_trade", "imports")
    assert row["effect_pct"] == pytest.approx(-4)
    assert (row["relation"], row["joint"], row["target_owner"], row["outcome_owner"]) == (
        "competing",
        True,
        "AAA",
        "BBB",
    )
    assert relation(table, "t_farm", "imports")["relation"] == "complementary"
    assert relation(table, "t_farm", "gdp")["relation"] == "neutral"
    assert relation(table, "t_trade", "gdp")["effect_pct"] == pytest.approx(0.1)


def test_a_target_is_not_compared_with_itself():
    own = (lever("gate", {"BBB": ("t_imports",)}, "BBB"), LEVERS[1])
    table = pairs_table(effects(np.full((2, 3), 1.1)), own, OUTCOMES, 0.05)
    assert "imports" not in set(table.loc[table["target"] == "t_imports", "outcome"])


def test_a_range_on_both_sides_of_zero_is_uncertain():
    hat = [[1.2, 1.04, 1.01], [1.0, 1.0, 1.0]]
    draws = [[[1.2, 1.04, value], [1.0, 1.0, 1.0]] for value in np.linspace(0.98, 1.03, 40)]
    row = relation(pairs_table(effects(hat, draws), LEVERS, OUTCOMES, 0.05), "t_trade", "gdp")
    assert row["low"] < 0 < row["high"]
    assert row["relation"] == "uncertain"


def test_levers_of_one_target_are_compounded():
    both = (lever("gate", {"AAA": ("t",)}), lever("farm", {"AAA": ("t",)}))
    row = relation(pairs_table(effects([[1.1, 1, 1], [1.2, 1, 1]]), both, OUTCOMES, 0.05), "t", "trade")
    assert row["effect_pct"] == pytest.approx(32)
    assert row["levers"] == "gate;farm"


def test_outcomes_that_can_be_had_alone_but_not_together():
    """Trade needs the gate, which lifts imports; fewer imports need the gate shut: each can be met, not both."""
    hat = [[1.2, 1.05, 1.0], [1.0, 0.97, 1.0]]
    needed = {"trade": 1.15, "imports": 0.98}
    table = reach_table(effects(hat), OUTCOMES, needed).set_index(["first", "second"])
    row = table.loc[("imports", "trade")]
    assert row["status"] == "jointly_unreachable"
    assert row["first_best_pct"] == pytest.approx(3)
    assert row["second_best_pct"] == pytest.approx(20)
    degree = (np.log(0.98) - np.log(0.97)) / np.log(1.05)
    assert row["second_given_pct"] == pytest.approx(100 * (1.2**degree - 1), rel=1e-6)
    assert row["competing"]
    assert table.loc[("trade", "imports"), "status"] == "jointly_unreachable"
    assert table.loc[("trade", "gdp"), "status"] == "both"


def test_a_target_beyond_every_lever_is_named_and_pushed_as_far_as_it_goes():
    hat = [[1.2, 1.05, 1.0], [1.0, 0.97, 1.0]]
    table = reach_table(effects(hat), OUTCOMES, {"imports": 0.9}).set_index(["first", "second"])
    row = table.loc[("imports", "trade")]
    assert row["status"] == "first_unreachable"
    assert row["first_given_pct"] == pytest.approx(3)
    assert row["second_given_pct"] == pytest.approx(0, abs=1e-6)
    assert table.loc[("trade", "imports"), "status"] == "second_unreachable"


def test_exchange_rate_between_two_outcomes():
    """20 % more trade with 4 % more imports: ln 1.04 / ln 1.2 percent of imports for one percent of trade."""
    assert exchange_rate(effects([[1.2, 1.04, 1], [1, 1, 1]]), ["gate"], "imports", "trade") == pytest.approx(
        np.log(1.04) / np.log(1.2)
    )
    with pytest.raises(BadInputError, match="do not move"):
        exchange_rate(effects([[1.2, 1.04, 1], [1, 1, 1]]), ["farm"], "imports", "trade")


def test_effects_of_another_shape_are_refused():
    with pytest.raises(BadInputError, match="shapes"):
        LeverEffects(("gate",), ("trade", "gdp"), np.ones((2, 2)), np.ones((0, 1, 2)))
