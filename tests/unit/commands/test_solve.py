"""`isthmus solve` keeps its contract: columns, keys, exit codes, and no table without an equilibrium."""

import dataclasses
import errno
import json
import os
import shutil
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from isthmus.cli import main
from isthmus.economy.synthetic import synthetic_world
from isthmus.readers.worlds.write import write_world

ECONOMIES = [
    "economy",
    "real_wage_pct",
    "tariff_revenue_pp",
    "deficit_effect_pct",
    "real_income_pct",
    "real_gdp_pct",
    "price_index_pct",
    "exports_pct",
    "imports_pct",
    "tot_path_pct",
    "vot_path_pct",
    "deficit_path_pct",
    "technology_path_pct",
    "tot_published_pct",
    "vot_published_pct",
    "welfare_published_pct",
]
SECTORS = ["economy", "sector", "output_pct", "price_pct", "value_added_musd"]
FLOWS = ["exporter", "importer", "sector", "baseline_musd", "value_musd"]
PATH = ["economy", "year", "real_income_pct", "real_gdp_pct", "capital_pct"]
CHEAPER = '[[shock]]\nkind = "trade_cost"\nexporter = "E00"\nimporter = "E01"\nchange_pct = -10\n'


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    folder = tmp_path_factory.mktemp("worlds") / "w"
    write_world(dataclasses.replace(synthetic_world(3, 4, np.random.default_rng(3)), year=2019), folder)
    return folder


def solve(world, tmp_path, text, *more):
    """Run the command as a user does; return the exit code and the folder of results."""
    scenario = tmp_path / "case.toml"
    scenario.write_text(text, encoding="utf-8")
    words = ["solve", "--world", str(world), "--scenario", str(scenario), "--out", str(tmp_path / "out"), *more]
    return call(*words), tmp_path / "out"


def call(*words):
    """Call the command line and return its exit code."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["isthmus", *words])
        try:
            main()
        except SystemExit as left:
            return left.code
    return 0


def test_tables_have_the_columns_of_the_contract(world, tmp_path):
    code, out = solve(world, tmp_path, CHEAPER, "--years", "2026-2028")
    assert code == 0
    economies = pd.read_csv(out / "economies.csv")
    assert [name for name in economies.columns if name in ECONOMIES] == ECONOMIES
    assert list(economies["economy"]) == ["E00", "E01", "E02"]
    assert list(pd.read_csv(out / "sectors.csv").columns) == SECTORS
    flows = pd.read_csv(out / "flows.csv.gz")
    assert list(flows.columns) == FLOWS
    assert len(flows) == 3 * 3 * 4
    path = pd.read_csv(out / "path.csv")
    assert list(path.columns) == PATH
    assert list(path["year"].unique()) == ["2026", "2027", "2028", "long_run"]


def test_numbers_agree_between_tables(world, tmp_path):
    _, out = solve(world, tmp_path, CHEAPER)
    economies = pd.read_csv(out / "economies.csv").set_index("economy")
    flows = pd.read_csv(out / "flows.csv.gz")
    abroad = flows[flows["exporter"] != flows["importer"]]
    totals = abroad.groupby("exporter")[["baseline_musd", "value_musd"]].sum()
    assert economies["exports_pct"].to_numpy() == pytest.approx(
        (100 * (totals["value_musd"] / totals["baseline_musd"] - 1)).to_numpy(), abs=1e-8
    )
    parts = economies[["tot_path_pct", "vot_path_pct", "deficit_path_pct", "technology_path_pct"]].sum(axis=1)
    assert parts.to_numpy() == pytest.approx(100 * np.log1p(economies["real_income_pct"] / 100).to_numpy(), abs=1e-3)
    assert not (out / "path.csv").exists()


def test_full_precision_is_written(world, tmp_path):
    _, out = solve(world, tmp_path, CHEAPER)
    written = pd.read_csv(out / "flows.csv.gz", dtype=str)["value_musd"]
    assert (written.str.replace(".", "").str.lstrip("0").str.len() >= 15).mean() > 0.8


def test_summary_has_the_keys_of_the_contract(world, tmp_path):
    code, out = solve(world, tmp_path, CHEAPER, "--repeat", "3")
    assert code == 0
    summary = json.loads((out / "solve.json").read_text("utf-8"))
    assert {"converged", "iterations", "seconds", "residuals", "settings", "digests"} <= set(summary)
    assert summary["converged"] is True
    assert set(summary["residuals"]) == {"price", "expenditure", "labour"}
    assert max(summary["residuals"].values()) <= 1e-9
    assert 0 < summary["seconds"] < 10
    assert {"case.toml", "economies.csv", "flows_2019.csv.gz"} <= set(summary["digests"])
    assert summary["settings"]["trade_balance"] == "fixed"


def test_zero_closure_tells_the_rebalancing(world, tmp_path):
    _, out = solve(world, tmp_path, '[closure]\ntrade_balance = "zero"\n' + CHEAPER)
    summary = json.loads((out / "solve.json").read_text("utf-8"))
    assert set(summary["rebalancing_real_income_pct"]) == {"E00", "E01", "E02"}


def test_no_shock_changes_nothing(world, tmp_path):
    _, out = solve(world, tmp_path, "")
    table = pd.read_csv(out / "economies.csv").drop(columns="economy")
    assert np.abs(table.to_numpy()).max() < 1e-8
    assert json.loads((out / "solve.json").read_text("utf-8"))["iterations"] == 1


def test_json_goes_to_standard_output(world, tmp_path, capsys):
    code, _ = solve(world, tmp_path, CHEAPER, "--json")
    assert code == 0
    assert json.loads(capsys.readouterr().out)["command"] == "solve"


BAD = {
    "unknown label": (CHEAPER.replace("E01", "XXX"), (), ["shock 1", "XXX", "E00"]),
    "broken TOML": ("[[shock\n", (), ["case.toml", "TOML"]),
    "unknown elasticity": ('[elasticity]\nsource = "none"\n', (), ["none", "trade_elasticities.csv"]),
    "years before the world's": (CHEAPER, ("--years", "2010-2015"), ["--years", "2010", "2019"]),
    "bad years": (CHEAPER, ("--years", "2030-2026"), ["--years", "2030-2026"]),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_exit_2_and_writes_nothing(world, tmp_path, capsys, case):
    text, more, words = BAD[case]
    code, out = solve(world, tmp_path, text, *more)
    said = capsys.readouterr().err
    assert code == 2
    assert all(word in said for word in [*words, "Allowed", "To do"])
    assert not list(out.glob("*.csv*"))


def test_not_converged_is_exit_3_with_a_reason_and_no_table(world, tmp_path, capsys):
    code, out = solve(world, tmp_path, CHEAPER, "--tolerance", "1e-30")
    assert code == 3
    assert [path.name for path in out.iterdir()] == ["solve.json"]
    summary = json.loads((out / "solve.json").read_text("utf-8"))
    assert summary["converged"] is False
    assert "residual" in summary["error"]
    assert summary["trace"]
    assert "residual" in capsys.readouterr().err


def test_exit_codes_reach_the_shell(tmp_path):
    words = ["isthmus", "solve", "--scenario", "none.toml", "--out", str(tmp_path)]
    code = f"import sys; from isthmus.cli import main; sys.argv = {words!r}; main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "none.toml" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(("text", "code"), [(CHEAPER.replace("E01", "XXX"), 2), ("[[shock\n", 2)])
def test_results_of_an_earlier_success_survive_bad_input(world, tmp_path, text, code):
    _, out = solve(world, tmp_path, CHEAPER, "--years", "2026-2027", "--excel")
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    assert len(before) == 9
    assert solve(world, tmp_path, text)[0] == code
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_without_an_equilibrium_no_older_table_stands_beside_the_reason(world, tmp_path):
    _, out = solve(world, tmp_path, CHEAPER, "--years", "2026-2027", "--excel")
    assert solve(world, tmp_path, CHEAPER, "--tolerance", "1e-30")[0] == 3
    assert [path.name for path in out.iterdir()] == ["solve.json"]


def test_a_world_is_never_the_place_of_results(world, tmp_path, capsys):
    copy = tmp_path / "w"
    shutil.copytree(world, copy)
    before = {path.name: path.read_bytes() for path in copy.iterdir()}
    (tmp_path / "case.toml").write_text(CHEAPER, encoding="utf-8")
    (tmp_path / "link").symlink_to(copy)
    for out in (copy, tmp_path / "link", copy / ".." / "w"):
        words = ["solve", "--world", str(copy), "--scenario", str(tmp_path / "case.toml"), "--out", str(out)]
        assert call(*words) == 2
        assert "one of the inputs" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in copy.iterdir()} == before


def test_an_empty_place_is_not_the_folder_one_stands_in(world, tmp_path, capsys, monkeypatch):
    (tmp_path / "case.toml").write_text(CHEAPER, encoding="utf-8")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert call("solve", "--world", str(world), "--scenario", str(tmp_path / "case.toml"), "--out", "") == 2
    assert "--out" in capsys.readouterr().err
    assert list((tmp_path / "here").iterdir()) == []


def test_a_full_disk_leaves_what_was_there(world, tmp_path, capsys, monkeypatch):
    _, out = solve(world, tmp_path, CHEAPER)
    before = {path.name: path.read_bytes() for path in out.iterdir()}

    def full(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(pd.DataFrame, "to_csv", full)
    assert solve(world, tmp_path, CHEAPER.replace("-10", "-20"))[0] == 2
    assert "No space left" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert {path.name for path in tmp_path.iterdir()} == {"case.toml", "out"}


def test_folder_that_cannot_be_made_is_exit_2(world, tmp_path, capsys):
    (tmp_path / "out").write_text("a file")
    assert solve(world, tmp_path, CHEAPER)[0] == 2
    scenario = tmp_path / "case.toml"
    with pytest.MonkeyPatch.context() as patch:
        words = ["solve", "--world", str(world), "--scenario", str(scenario), "--out", str(tmp_path / "out" / "x")]
        patch.setattr(sys, "argv", ["isthmus", *words])
        with pytest.raises(SystemExit, match="2"):
            main()
    assert "Allowed" in capsys.readouterr().err
