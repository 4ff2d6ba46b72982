"""Sharing against games whose answers are printed in textbooks."""

from itertools import combinations

import numpy as np
import pytest

from isthmus.core.errors import BadInputError
from isthmus.programme.games import coalitions, core, nucleolus, shapley


def game(values: dict[str, float], players: str) -> dict[frozenset[str], float]:
    return {one: float(values.get("".join(sorted(one)), 0.0)) for one in coalitions(players)}


def test_gloves() -> None:
    """One right glove, two left ones: Shapley 2/3, 1/6, 1/6; the core and the nucleolus give all to the scarce one."""
    gloves = game({"ab": 1, "ac": 1, "abc": 1}, "abc")
    assert shapley("abc", gloves) == pytest.approx({"a": 2 / 3, "b": 1 / 6, "c": 1 / 6})
    assert nucleolus("abc", gloves) == pytest.approx({"a": 1, "b": 0, "c": 0}, abs=1e-7)
    assert core("abc", gloves, {"a": 1, "b": 0, "c": 0}).stable
    check = core("abc", gloves, shapley("abc", gloves))
    assert not check.stable
    assert check.complaint == pytest.approx(1 / 6)


@pytest.mark.parametrize(("estate", "shares"), [(100, (100 / 3,) * 3), (200, (50, 75, 75)), (300, (50, 100, 150))])
def test_the_estate_of_the_talmud(estate: float, shares: tuple[float, ...]) -> None:
    """Claims of 100, 200 and 300: Aumann and Maschler (1985) show that the Talmud's division is the nucleolus."""
    claims = {"a": 100, "b": 200, "c": 300}
    values = {
        "".join(one): max(estate - sum(claims[k] for k in claims if k not in one), 0)
        for size in (1, 2, 3)
        for one in combinations("abc", size)
    }
    assert nucleolus("abc", game(values, "abc")) == pytest.approx(dict(zip("abc", shares, strict=True)))


def test_a_runway() -> None:
    """Costs of 1, 2 and 3 for ever longer runways (Littlechild and Owen 1973): each length is shared by those who need it."""
    need = {"a": 1, "b": 2, "c": 3}
    values = {one: -float(max(need[k] for k in one)) for one in coalitions("abc")}
    assert shapley("abc", values) == pytest.approx({"a": -1 / 3, "b": -5 / 6, "c": -11 / 6})
    assert nucleolus("abc", values) == pytest.approx({"a": -0.5, "b": -0.75, "c": -1.75})


def test_majority_has_no_core() -> None:
    majority = game({"ab": 1, "ac": 1, "bc": 1, "abc": 1}, "abc")
    assert nucleolus("abc", majority) == pytest.approx(dict.fromkeys("abc", 1 / 3))
    assert not core("abc", majority, dict.fromkeys("abc", 1 / 3)).stable


def test_scale_and_names_do_not_matter() -> None:
    r = np.random.default_rng(3)
    small = {one: float(r.uniform(0, 1)) * len(one) ** 2 for one in coalitions("abcd")}
    big = {one: value * 1e9 for one, value in small.items()}
    for rule in (shapley, nucleolus):
        one, other = rule("abcd", small), rule("abcd", big)
        assert other == pytest.approx({k: v * 1e9 for k, v in one.items()}, rel=1e-5)
        assert sum(one.values()) == pytest.approx(small[frozenset("abcd")])


def test_nucleolus_makes_the_largest_complaint_smallest() -> None:
    r = np.random.default_rng(4)
    values = {one: float(r.uniform(0, 1)) * len(one) for one in coalitions("abcd")}
    best = core("abcd", values, nucleolus("abcd", values)).complaint
    for _ in range(300):
        share = r.dirichlet(np.ones(4)) * values[frozenset("abcd")] * 1.5 - 0.125 * values[frozenset("abcd")]
        assert core("abcd", values, dict(zip("abcd", share, strict=True))).complaint >= best - 1e-7


def test_a_missing_coalition_is_named() -> None:
    with pytest.raises(BadInputError, match="a, b"):
        shapley("ab", {frozenset("a"): 1.0, frozenset("b"): 1.0})
