"""Printed effects of a world without borders hold the equilibrium solver: the structural gravity guide's one-sector world."""

from pathlib import Path

import numpy as np
import pytest

from isthmus.border.borderless import GUIDE_TERMS
from isthmus.border.gravity import fit_poisson
from isthmus.core.axes import Axes
from isthmus.economy.baseline import CELL, FLOW, Baseline, WorldTable
from isthmus.economy.calibrate import calibrate
from isthmus.equilibrium.scenario import Scenario, Shock
from isthmus.equilibrium.solve import solve
from isthmus.readers.published import read_gravity_panel, read_published

PANEL = Path(__file__).parents[1] / "data" / "gravity_guide" / "agtpa_2006.csv.gz"
PUBLISHED = read_published("gravity_guide")
SIGMA = float(PUBLISHED.settings["sigma"])
ENTRIES = [entry for entry in PUBLISHED.entry if entry.id.startswith("real_gdp_pct.")]


@pytest.fixture(scope="module")
def fitted() -> tuple[Baseline, float]:
    """One sector without inputs whose flows are those that gravity fits, and the border's effect on trade."""
    panel = read_gravity_panel(PANEL, int(PUBLISHED.settings["year"]))
    panel = panel.assign(
        ln_distance=np.log(panel["distance"]),
        border=(panel["exporter"] != panel["importer"]).astype(float),
        pair=[" ".join(sorted(pair)) for pair in zip(panel["exporter"], panel["importer"], strict=True)],
    )
    fit = fit_poisson(panel, "trade", GUIDE_TERMS, ("exporter", "importer"), "pair")
    labels = sorted(panel["exporter"].unique())
    trade = panel.assign(fitted=fit.fitted).pivot(index="exporter", columns="importer", values="fitted")
    flows = trade.loc[labels, labels].to_numpy(dtype=float)
    n, axes = len(labels), Axes(tuple(labels), ("all",), ("all",), {"set": ("guide",)})
    table = WorldTable(
        name="guide",
        flows=axes.array(flows[None], FLOW),
        intermediate_use=axes.array(np.zeros((n, 1, 1)), ("economy", "input", "industry")),
        final_demand=axes.array(flows.sum(axis=0)[None], CELL),
        value_added=axes.array(flows.sum(axis=1)[None], CELL),
        tariff_rate=axes.array(np.zeros((1, n, n)), FLOW),
        elasticities=axes.array(np.full((1, 1), SIGMA - 1), ("set", "sector")),
        goods=("all",),
    )
    return calibrate(table), float(fit.coefficients.set_index("term")["estimate"]["border"])


def test_there_are_numbers_to_hold_against() -> None:
    assert len(ENTRIES) == 10


@pytest.mark.parametrize("closure", ["own_va", "fixed"])
def test_real_gdp_without_borders_is_what_the_guide_prints(fitted: tuple[Baseline, float], closure: str) -> None:
    """Without the border term, costs abroad fall by exp(border / (sigma - 1)); printed numbers within their tolerance.

    The guide keeps every economy's spending in proportion to its output, which is closest to ``own_va``.
    """
    baseline, border = fitted
    scenario = Scenario((Shock("trade_cost", 100 * np.expm1(border / (SIGMA - 1))),), trade_balance=closure)
    found = solve(baseline, scenario).real_gdp_pct
    for entry in ENTRIES:
        ours = float(found.sel(economy=entry.id.partition(".")[2]))
        assert ours == pytest.approx(entry.value, abs=entry.tolerance), entry.id
