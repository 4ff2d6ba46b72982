"""Numbers of the packaged world that must not move unnoticed: two solves and a nowcast."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from isthmus.cli import cli

CHEAPER = """
[[shock]]
kind = "trade_cost"
exporter = "CHN"
importer = "RUS"
sector = "goods"
change_pct = -10
"""
TARIFFS_GONE = """
[elasticity]
services = 5.0
[[shock]]
kind = "tariff"
exporter = "*"
importer = "KAZ"
sector = "goods"
rate = 0.0
"""
SCENARIOS = {"cheaper_goods": CHEAPER, "tariffs_gone": TARIFFS_GONE}
CUSTOMS = Path(__file__).parents[2] / "src" / "isthmus" / "assets" / "studies" / "china-russia" / "customs.csv"


def run(*words: object) -> None:
    done = CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 0


@pytest.mark.parametrize("name", SCENARIOS)
def test_solve(name: str, tmp_path: Path, frozen: Callable[[pd.DataFrame, str], None]) -> None:
    (tmp_path / "s.toml").write_text(SCENARIOS[name])
    run("solve", "--scenario", tmp_path / "s.toml", "--out", tmp_path / "out", "--tolerance", "1e-12", "--json")
    columns = ["economy", "real_wage_pct", "tariff_revenue_pp", "deficit_effect_pct", "real_income_pct", "exports_pct"]
    frozen(pd.read_csv(tmp_path / "out" / "economies.csv")[columns], name)


def test_nowcast(tmp_path: Path, frozen: Callable[[pd.DataFrame, str], None]) -> None:
    run("world", "nowcast", "world-2022", "--totals", CUSTOMS, "--out", tmp_path / "w", "--json")
    frozen(pd.read_csv(tmp_path / "w" / "nowcast_totals.csv").drop(columns="source"), "nowcast_totals")
    cells = pd.read_csv(tmp_path / "w" / "nowcast_cells.csv.gz")
    largest = (cells["after"] - cells["before"]).abs().nlargest(40).index
    order = ["exporter", "importer", "sector"]
    frozen(cells.loc[largest].sort_values(order).reset_index(drop=True), "nowcast_largest_cells")
