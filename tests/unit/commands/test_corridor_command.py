"""`isthmus corridor` as it is called: tables, summary, exit codes."""

import json
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from isthmus.commands.corridor import command
from isthmus.core.errors import BadInputError, InfeasibleError
from tests.unit.corridors.test_reader import TABLES, written

SMALL = {
    "arcs": TABLES["arcs.csv"] + "y,A,B,line,false,*,500,0.5,0,60,3,,\n",
    "demand": TABLES["demand.csv"] + "A,ore,2030,20,\nB,ore,2030,,12\n",
    "projects": "id,name,arc,year,capacity_add,capacity_b_add,cost_musd,sides,statements\nwide,Wide,x,2030,2,5,3,AA;BB,s1\n",
}


def ran(folder: Path, *words: str) -> dict:
    done = CliRunner().invoke(command, [str(folder), "--out", str(folder.parent / "out"), "--json", *words])
    if done.exception is not None:
        raise done.exception
    return json.loads(done.stdout)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "net"
    place.mkdir()
    return written(place, **SMALL)


def test_tables_and_summary(folder: Path) -> None:
    summary = ran(folder)
    out = folder.parent / "out"
    flows = pd.read_csv(out / "flows.csv").set_index(["arc", "direction", "year"])
    assert flows.loc[("x", "forward", 2030), "flow"] == pytest.approx(10)
    assert flows.loc[("x", "forward", 2030), "utilisation"] == pytest.approx(1)
    assert flows.loc[("x", "forward", 2030), "dual"] > 0
    assert summary["converged"] is True
    assert max(summary["residuals"].values()) < 1e-9
    assert pd.read_csv(out / "routes.csv")["tfi1_hours_per_crossing"].notna().any()
    projects = pd.read_csv(out / "projects.csv").set_index("year")
    assert projects.loc[2025, "saving_musd"] == 0
    assert projects.loc[2030, "saving_musd"] > 0
    assert (out / "energy.csv").exists()


def test_demand_that_does_not_fit_is_named_and_leaves_no_table(folder: Path) -> None:
    with pytest.raises(InfeasibleError, match=r"node B, carrier ore, year 2030"):
        ran(folder, "--close", "y")
    out = folder.parent / "out"
    assert json.loads((out / "corridor.json").read_text())["unmet"][0]["node"] == "B"
    assert not (out / "flows.csv").exists()
    ran(folder, "--close", "y", "--fit", "5")
    assert pd.read_csv(out / "fit.csv")["unmet"].sum() > 0
    assert (out / "binding.csv").exists()


def test_projects_change_flows(folder: Path) -> None:
    summary = ran(folder, "--projects", "wide")
    assert summary["built"] == ["wide"]
    assert summary["change_of_cost_usd"]["2030"] < 0
    assert len(pd.read_csv(folder.parent / "out" / "changes.csv")) > 0
    with pytest.raises(BadInputError, match="deep"):
        ran(folder, "--projects", "deep")
    with pytest.raises(BadInputError, match="--close"):
        ran(folder, "--close", "x:soon")
