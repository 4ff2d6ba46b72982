"""`isthmus gradient` keeps its contract: columns, rows, exit codes."""

import dataclasses
import json

import numpy as np
import pandas as pd
import pytest

from isthmus.cli import main
from isthmus.economy.synthetic import synthetic_world
from isthmus.readers.worlds.write import write_world

COLUMNS = ["of", "exporter", "importer", "sector", "trade_cost_elasticity", "tariff_elasticity", "musd_per_pct"]


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    folder = tmp_path_factory.mktemp("worlds") / "w"
    write_world(dataclasses.replace(synthetic_world(3, 4, np.random.default_rng(3)), year=2019), folder)
    return folder


def run(world, out, *words):
    """Run the command as a user does; return the exit code."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["isthmus", "gradient", "--world", str(world), "--out", str(out), *words])
        try:
            main()
        except SystemExit as left:
            return left.code
    return 0


def test_table_has_every_flow_of_every_objective(world, tmp_path):
    assert run(world, tmp_path, "--of", "E00,E02") == 0
    table = pd.read_csv(tmp_path / "gradient.csv")
    assert list(table.columns) == COLUMNS
    assert list(table["of"].unique()) == ["E00", "E02", "sum"]
    assert len(table) == 3 * 3 * 3 * 4
    assert (table["exporter"] == table["importer"]).sum() == 3 * 3 * 4
    money = table.set_index(["exporter", "importer", "sector", "of"])["musd_per_pct"].unstack()
    assert money["sum"].to_numpy() == pytest.approx((money["E00"] + money["E02"]).to_numpy())
    assert (table[(table["of"] == "E00") & (table["importer"] == "E00")]["musd_per_pct"] > 0).mean() > 0.8
    assert len(pd.read_csv(tmp_path / "gradient_productivity.csv")) == 3 * 12
    assert len(pd.read_csv(tmp_path / "gradient_endowment.csv")) == 3 * 3


def test_a_scenario_sets_the_point(world, tmp_path):
    (tmp_path / "case.toml").write_text('[[shock]]\nkind = "tariff"\nimporter = "E00"\nrate = 0.5\n')
    assert run(world, tmp_path / "a", "--of", "E00") == 0
    assert run(world, tmp_path / "b", "--of", "E00", "--scenario", str(tmp_path / "case.toml")) == 0
    one, other = (pd.read_csv(tmp_path / name / "gradient.csv") for name in "ab")
    assert np.abs(one["musd_per_pct"] - other["musd_per_pct"]).max() > 1
    assert {"case.toml", "flows_2019.csv.gz"} <= set(json.loads((tmp_path / "b/gradient.json").read_text())["digests"])


def test_an_unknown_economy_is_exit_2_without_a_table(world, tmp_path, capsys):
    assert run(world, tmp_path / "out", "--of", "XXX") == 2
    said = capsys.readouterr().err
    assert "objective" in said
    assert "XXX" in said
    assert not list(tmp_path.rglob("gradient*"))
