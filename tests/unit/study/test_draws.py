"""Draws: unrelated inputs do not correlate, what was measured is passed on as it was drawn, choices are balanced."""

import dataclasses
from collections import Counter

import numpy as np
import pytest

from isthmus.core.draws import balanced, largest_correlation, unit_draws
from isthmus.core.provenance import Ledger, Parameter, Status
from isthmus.study.draws import CENTRAL, central_draw, drawn, strongest_chance_correlation
from isthmus.study.study import DrawSettings, Study

LIMIT = 0.1


def parameter(name: str, low: float, value: float, high: float) -> Parameter:
    return Parameter(name, name, "1", value, low, high, "assumed", Status.ASSUMED)


def study(count: int = 200, entries: int = 100, **changes: object) -> Study:
    ledger = Ledger({f"p{i:03d}": parameter(f"p{i:03d}", 0.0, 0.3, 1.0) for i in range(entries)})
    fields = {"ledger": ledger, "targets": (), "measured_draws": {}, "draws": DrawSettings(count), **changes}
    bare = object.__new__(Study)
    for name, value in fields.items():
        object.__setattr__(bare, name, value)
    return bare


def test_a_hundred_unrelated_inputs_hardly_correlate_in_two_hundred_draws() -> None:
    unit = unit_draws(200, 103, 1)
    assert largest_correlation(unit) < LIMIT
    assert np.abs(np.corrcoef(unit, rowvar=False) - np.eye(103)).max() < LIMIT
    assert all(sorted((200 * column).astype(int)) == list(range(200)) for column in unit.T)


def test_columns_that_have_to_do_with_each_other_are_not_counted_against_each_other() -> None:
    """Two columns that are nearly one are left out of account together; either is counted against all others."""
    table = np.random.default_rng(2).random((100, 5))
    table[:, 1] = 0.5
    table[:, 3] = table[:, 0] + 1e-3 * table[:, 2]
    related = [True, False, False, True, False]
    pairs = [(i, j) for i in range(5) for j in range(i) if not (related[i] and related[j])]
    expected = max(largest_correlation(table[:, [i, j]]) for i, j in pairs)
    assert largest_correlation(table, related) == pytest.approx(expected)
    assert 0.0 < expected < 0.9 < largest_correlation(table)


def test_entries_that_rest_on_one_number_are_drawn_alike_and_count_once() -> None:
    alone = {f"p{i}": parameter(f"p{i}", 0.0, 0.3, 1.0) for i in range(3)}
    same = {n: dataclasses.replace(parameter(n, 0.2, 0.5, 0.8), together="kind") for n in ("a", "z")}
    other = dataclasses.replace(parameter("q", 1.0, 2.0, 5.0), together="kind")
    ledger = Ledger({**alone, **same, "q": other})
    found = dict(zip(sorted(ledger.parameters), ledger.draw_table(200, 1).T, strict=True))
    assert np.array_equal(found["a"], found["z"])
    assert np.corrcoef(found["a"].argsort().argsort(), found["q"].argsort().argsort())[0, 1] == pytest.approx(1.0)
    assert found["q"].min() >= 1.0
    assert largest_correlation(np.stack([found["a"], *(found[n] for n in alone)], axis=1)) < LIMIT
    assert strongest_chance_correlation(study(ledger=ledger)) < LIMIT
    apart = Ledger({n: dataclasses.replace(p, together="") for n, p in ledger.parameters.items()})
    assert largest_correlation(apart.draw_table(200, 1)) < LIMIT


def test_equal_seeds_give_equal_draws_and_other_seeds_others() -> None:
    assert np.array_equal(unit_draws(50, 4, 7), unit_draws(50, 4, 7))
    assert not np.array_equal(unit_draws(50, 4, 7), unit_draws(50, 4, 8))


def test_a_draw_is_triangular_on_low_value_and_high() -> None:
    """Mean (low + mode + high) / 3 and the share below the mode, (mode - low) / (high - low), of a triangular distribution."""
    table = Ledger({"x": parameter("x", 1.0, 2.0, 5.0)}).draw_table(4000, 3)[:, 0]
    assert table.mean() == pytest.approx(8 / 3, rel=2e-3)
    assert (table < 2.0).mean() == pytest.approx(0.25, abs=2e-3)
    assert table.min() >= 1.0
    assert table.max() <= 5.0


def test_what_was_measured_is_passed_on_as_it_was_drawn_and_the_rest_does_not_correlate_with_it() -> None:
    measured = {"p001": tuple(np.random.default_rng(5).gamma(2.0, size=200))}
    given = study(measured_draws=measured)
    assert [draw.parameters["p001"] for draw in drawn(given)] == list(measured["p001"])
    assert strongest_chance_correlation(given) < LIMIT
    short = study(measured_draws={"p001": (0.1, 0.2)})
    assert [draw.parameters["p001"] for draw in drawn(short)][:4] == [0.1, 0.2, 0.1, 0.2]


def test_the_run_at_central_values_is_no_draw() -> None:
    middle = central_draw(study())
    assert middle.number == CENTRAL
    assert set(middle.parameters.values()) == {0.3}
    assert [draw.number for draw in drawn(study(20, 3))] == list(range(20))


def test_discrete_choices_are_balanced_and_independent() -> None:
    settings = dataclasses.replace(DrawSettings(120), closures=("", "own_va", "zero"), elasticities=("", "CP"))
    found = Counter((draw.closure, draw.elasticity) for draw in drawn(study(120, 3, draws=settings)))
    assert {c: sum(n for (closure, _), n in found.items() if closure == c) for c in ("", "own_va", "zero")} == {
        "": 40, "own_va": 40, "zero": 40,
    }  # fmt: skip
    assert len(found) == 6
    assert sorted(Counter(balanced(9, ["a", "b", "c"], 1)).values()) == [3, 3, 3]


def test_discrete_choices_do_not_stand_for_an_input() -> None:
    """A thousand draws over a hundred and fifty entries: a random order of choices correlates by up to 0.13 with some entry."""
    settings = DrawSettings(
        1000,
        closures=("", "", "own_va", "zero"),
        elasticities=("", "", "CP", "U4"),
        trade_years=("2024", "2024", "2022"),
    )
    given = study(1000, 150, draws=settings)
    assert strongest_chance_correlation(given) < LIMIT
    draws = drawn(given)
    entries = np.array([[draw.parameters[f"p{i:03d}"] for i in range(150)] for draw in draws])
    for kind in ("closure", "elasticity", "trade_year"):
        chosen = [getattr(draw, kind) for draw in draws]
        for option in set(chosen):
            taken = np.array([one == option for one in chosen], dtype=float)
            ranks = entries.argsort(axis=0).argsort(axis=0)
            assert np.abs(np.corrcoef(np.column_stack([ranks, taken]), rowvar=False)[-1, :-1]).max() < LIMIT


def test_an_order_of_choices_that_follows_an_input_is_not_taken() -> None:
    column = np.arange(40.0)[:, None]
    order = balanced(40, ["a", "b"], 3, column)
    assert abs(np.corrcoef(column[:, 0], order)[0, 1]) < 0.02
    assert sorted(Counter(order.tolist()).values()) == [20, 20]
