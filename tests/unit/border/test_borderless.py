import numpy as np
import pandas as pd
import pytest

from isthmus.border.borderless import solve_endowment, without_borders
from isthmus.core.errors import BadInputError


def _trade(n: int = 6, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return rng.uniform(1, 10, (n, n)) + np.diag(rng.uniform(50, 200, n))


def test_no_change_changes_nothing():
    price, index, sales, iterations, _ = solve_endowment(_trade(), np.ones((6, 6)), 7.0)
    assert iterations == 1
    assert price == pytest.approx(1)
    assert index == pytest.approx(1)
    assert sales == pytest.approx(_trade())


def test_two_equal_economies_have_a_closed_form():
    own, cost, sigma = 0.8, 3.0, 5.0
    trade = np.array([[own, 1 - own], [1 - own, own]])
    price, index, _, _, _ = solve_endowment(trade, np.array([[1, cost], [cost, 1]]), sigma)
    expected = (own + (1 - own) * cost) ** (1 / (sigma - 1))
    assert price / index == pytest.approx([expected, expected], rel=1e-10)


def test_markets_clear_and_gains_equal_the_change_of_the_own_share():
    trade, sigma = _trade(8, 4), 6.0
    cost = np.exp(np.random.default_rng(5).uniform(0, 2, (8, 8)))
    np.fill_diagonal(cost, 1.0)
    price, index, sales, _, _ = solve_endowment(trade, cost, sigma)
    assert sales.sum(axis=1) == pytest.approx(price * trade.sum(axis=1), rel=1e-10)
    own = (np.diag(sales) / sales.sum(axis=0)) / (np.diag(trade) / trade.sum(axis=0))
    assert price / index == pytest.approx(own ** (-1 / (sigma - 1)), rel=1e-10)


def _panel(seed: int = 3) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    names = [f"E{i}" for i in range(8)]
    rows = []
    for i, a in enumerate(names):
        for j, b in enumerate(names):
            distance = 50.0 if i == j else float(rng.uniform(200, 2000))
            rows.append((a, b, distance, float(i != j and (i + j) % 3 == 0)))
    panel = pd.DataFrame(rows, columns=["exporter", "importer", "distance", "contiguity"])
    abroad = panel["exporter"] != panel["importer"]
    panel["trade"] = np.exp(9 - 0.7 * np.log(panel["distance"]) - 1.5 * abroad + 0.3 * panel["contiguity"])
    return panel


def test_border_is_estimated_and_taken_away():
    found = without_borders(_panel(), 7.0, "E0")
    assert found.fit.coefficients.set_index("term")["estimate"]["border"] == pytest.approx(-1.5, abs=1e-5)
    assert (found.effects["real_gdp_pct"] > 0).all()
    assert (found.effects["exports_pct"] > 0).all()
    assert found.residual < 1e-12


@pytest.mark.parametrize("broken", ["missing pair", "numeraire"])
def test_incomplete_panel_is_refused(broken):
    panel = _panel().iloc[1:] if broken == "missing pair" else _panel()
    with pytest.raises(BadInputError, match="gravity panel"):
        without_borders(panel, 7.0, "E0" if broken == "missing pair" else "XX")
