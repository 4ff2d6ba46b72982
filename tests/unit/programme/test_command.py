"""`isthmus schedule`: what it writes, and how it ends."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from folders import CONFLICT, settings, write
from programmes import instance

import isthmus
from isthmus.cli import cli
from isthmus.core.errors import InfeasibleError


def run(*words: object) -> str:
    done = CliRunner().invoke(cli, ["schedule", *map(str, words)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_tables_and_summary(tmp_path: Path) -> None:
    folder, out = write(tmp_path / "f"), tmp_path / "out"
    printed = json.loads(run(folder, "--objective", "nash", "--out", out, "--json"))
    assert printed == json.loads((out / "schedule.json").read_text("utf-8"))
    assert {"objective", "bound", "gap", "price_of_fairness", "seconds"} <= printed.keys()
    assert list(pd.read_csv(out / "schedule.csv").columns[:2]) == ["project", "start"]
    assert list(pd.read_csv(out / "contributions.csv").columns) == ["project", "partner", "year", "amount"]
    gains = ["partner", "benefit_pv", "cost_pv", "gain", "disagreement"]
    assert list(pd.read_csv(out / "gains.csv").columns[:5]) == gains
    assert pd.read_csv(out / "spending.csv")["side"].dropna().isin(["A", "B"]).all()
    assert set(printed["digests"]) == {path.name for path in folder.iterdir()}


def test_all_that_can_be_asked_for(tmp_path: Path) -> None:
    out = tmp_path / "out"
    printed = run(
        write(tmp_path / "f"),
        "--out",
        out,
        "--frontier",
        4,
        "--sharing",
        "--first",
        "--lp",
        "--excel",
    )
    assert "3 of 4 projects" in printed
    assert set(pd.read_csv(out / "sharing.csv")["rule"]) >= {"beneficiary_pays", "proportional", "shapley"}
    assert len(pd.read_csv(out / "frontier.csv")) >= 2
    assert pd.read_csv(out / "rejected.csv")["project"].tolist() == ["lab"]
    assert "Maximize" in (out / "model.lp").read_text("utf-8")
    assert (out / "gains.xlsx").exists()


def test_scenarios_from_a_file(tmp_path: Path) -> None:
    rows = "scenario,project,partner,factor\nlow,road,A,0\nhigh,road,A,2\n"
    folder = write(tmp_path / "f", scenarios=rows, **settings(tail_weight=1.0, tail_share=0.5))
    run(folder, "--objective", "tail", "--out", tmp_path / "out")
    assert "road" not in pd.read_csv(tmp_path / "out" / "schedule.csv")["project"].tolist()


def test_no_programme_is_exit_three_with_the_reason_and_no_table(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(write(tmp_path / "g"), "--out", out)
    with pytest.raises(InfeasibleError) as caught:
        run(write(tmp_path / "f", **CONFLICT), "--out", out)
    assert caught.value.exit_code == 3
    told = json.loads((out / "schedule.json").read_text("utf-8"))
    assert told["feasible"] is False
    assert told["binding"] == ["floor", "limit"]
    assert [path.name for path in out.iterdir()] == ["schedule.json"]


def large(folder: Path) -> Path:
    """Write a folder too large to be solved to the end at once."""
    one = instance(5, count=60, years=10, window=8, crew=8.0)
    projects = [
        f"{p.id},,{p.build_years},{p.earliest},{p.latest},{';'.join(p.requires)},{';'.join(p.excludes)},{';'.join(p.sides)}"
        for p in one.projects
    ]
    costs = [f"{p},{o},{c}" for p, part in one.cost.items() for o, c in enumerate(part)]
    benefits = [f"{p},{j},{o},{b}" for (p, j), part in one.benefit.items() for o, b in part.items()]
    years = one.budget.amount["year"].values
    budgets = [f"{j},{y},{float(one.budget.amount.sel(partner=j, year=y))}" for j in one.partners for y in years]
    tables = {
        "projects": ["id,name,build_years,earliest,latest,requires,excludes,sides", *projects],
        "costs": ["project,year_offset,cost", *costs],
        "benefits": ["project,partner,year_offset,benefit", *benefits],
        "budgets": ["partner,year,budget", *budgets],
    }
    text = {name: "\n".join(rows) + "\n" for name, rows in tables.items()}
    return write(folder, **text, synergies="", limits="", needs="", **settings(horizon=2040, time_limit_s=300, gap=0.0))


@pytest.mark.slow
def test_interrupted_search_writes_the_best_found_and_exits_130(tmp_path: Path) -> None:
    words = [sys.executable, "-c", "from isthmus.cli import main; main()", "schedule", str(large(tmp_path / "f"))]
    words += ["--objective", "maxmin", "--out", str(tmp_path / "out")]
    environment = {**os.environ, "PYTHONPATH": str(Path(isthmus.__file__).parents[1])}
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True, env=environment) as running:
        assert running.stderr is not None
        while "largest sum" not in running.stderr.readline():
            assert running.poll() is None
        running.send_signal(signal.SIGINT)
        rest = running.stderr.read()
        assert running.wait(120) == 130, rest
    told = json.loads((tmp_path / "out" / "schedule.json").read_text("utf-8"))
    assert told["status"] == "interrupted"
    assert 0 < told["gap"] < 20
    assert (tmp_path / "out" / "gains.csv").exists()


@pytest.mark.slow
def test_a_time_limit_writes_the_best_found_with_its_gap(tmp_path: Path) -> None:
    run(large(tmp_path / "f"), "--out", tmp_path / "out", "--time-limit", 0.1)
    told = json.loads((tmp_path / "out" / "schedule.json").read_text("utf-8"))
    assert told["gap"] > 0
    assert told["status"] == "time limit"
