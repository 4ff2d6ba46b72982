"""`isthmus solve`: one scenario in one world."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import click
import pandas as pd

from isthmus.commands.completion import worlds
from isthmus.commands.output import EXCEL, JSON, OUT, answer, results, write_json, write_table
from isthmus.commands.vary import VariedNumber, read_range, vary
from isthmus.core.errors import BadInputError, NotConvergedError
from isthmus.economy.baseline import Baseline
from isthmus.equilibrium.path import Path as YearPath
from isthmus.equilibrium.path import solve_path
from isthmus.equilibrium.result import Result
from isthmus.equilibrium.scenario import Scenario
from isthmus.equilibrium.solve import Problem, Settings, conclude, find, pose, solve, splits
from isthmus.readers.store.digests import file_digests, visible_files
from isthmus.readers.study.scenario import read_scenario, scenario_groups
from isthmus.readers.worlds.world import DEFAULT_WORLD, load_baseline, world_directory

TABLES = ("economies.csv", "sectors.csv", "flows.csv.gz", "groups.csv", "path.csv", "vary.csv")


@click.command("solve")
@click.option(
    "--world",
    "world",
    shell_complete=worlds,
    default=DEFAULT_WORLD,
    show_default=True,
    help="Packaged world or world directory.",
)
@click.option(
    "--scenario", "scenario_file", type=click.Path(path_type=Path), required=True, help="Scenario file (TOML)."
)
@click.option("--years", help="Also solve the path, for example 2026-2036.")
@click.option("--repeat", type=click.IntRange(1), default=1, help="Solve N times and report the median seconds.")
@click.option("--tolerance", type=float, default=Settings.tolerance, show_default=True, help="Residual to reach.")
@click.option(
    "--vary",
    "over",
    metavar="NAME=LOW:HIGH:STEPS",
    help="Also solve over a range of services, scale, or shock.N.change_pct, .rate, .rate_change_pp; writes vary.csv.",
)
@OUT
@EXCEL
@JSON
def command(
    world: str,
    scenario_file: Path,
    years: str | None,
    repeat: int,
    tolerance: float,
    over: str | None,
    out: Path,
    excel: bool,
    as_json: bool,
) -> None:
    """Solve one scenario and write economies.csv, sectors.csv, flows.csv.gz and solve.json (path.csv with --years).

    Where the scenario names groups of economies, groups.csv has their real income and GDP.
    """
    ranged = None if over is None else read_range(over)
    span = None if years is None else _span(years)
    with results(out, names=TABLES) as place:
        labelled, seconds, summary = _solve(
            world, scenario_file, span, Settings(tolerance=tolerance), repeat, place, excel
        )
        if ranged is not None:
            write_table(_varied(world, scenario_file, ranged, tolerance), place / "vary.csv", excel=excel)
        write_json(summary, place / "solve.json")
    answer(summary, as_json, lambda: _sentence(labelled, seconds, out))


def _solve(
    world: str,
    scenario_file: Path,
    span: tuple[int, int] | None,
    settings: Settings,
    repeat: int,
    place: Path,
    excel: bool,
) -> tuple[Result, float, dict[str, Any]]:
    """Solve and write the tables; without an equilibrium solve.json says why."""
    baseline = load_baseline(world)
    _not_before(span, baseline.table.year if baseline.table else None)
    scenario = read_scenario(scenario_file, baseline.economies)
    summary: dict[str, Any] = {
        "command": "solve",
        "world": baseline.name,
        "unit": baseline.table.unit if baseline.table else "",
        "scenario": scenario.name,
        "settings": _settings(scenario, settings),
        "digests": file_digests([*visible_files(world_directory(world)), scenario_file]),
    }
    try:
        problem = pose(baseline, scenario, settings)
        result, seconds = _timed(problem, settings, repeat)
        parts = splits(problem, result[1], settings)
        path = None if span is None else solve_path(baseline, scenario, *span, settings=settings)
    except NotConvergedError as error:
        failed = {**summary, "converged": False, "error": str(error), "trace": list(error.trace)}
        write_json(failed, place / "solve.json")
        raise
    labelled = result[0]
    economies = labelled.economies_table(parts)
    _write(labelled, economies, path, place, excel)
    groups = scenario_groups(scenario_file)
    if groups:
        write_table(groups_table(baseline, economies, groups), place / "groups.csv", excel=excel)
    summary |= {
        "converged": True,
        "iterations": labelled.iterations,
        "seconds": seconds,
        "residuals": dict(labelled.residuals),
        "notes": [vars(note) for note in labelled.notes],
    }
    if scenario.trade_balance == "zero":
        summary["rebalancing_real_income_pct"] = _by_economy(labelled, "rebalancing_pct")
    return labelled, seconds, summary


def groups_table(baseline: Baseline, economies: pd.DataFrame, groups: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Return real income and real GDP of groups: means of their members, weighted by income and GDP of the baseline."""
    labels = list(baseline.economies)
    income = pd.Series(baseline.income.values, labels)
    gdp = pd.Series(baseline.value_added.values + baseline.tariff_revenue.values, labels)
    by_code, rows = economies.set_index("economy"), []
    for group, members in groups.items():
        codes = list(members)
        row: dict[str, Any] = {"group": group, "members": ";".join(codes)}
        for name, weight in (("real_income_pct", income), ("real_gdp_pct", gdp)):
            row[name] = float((by_code.loc[codes, name] * weight[codes]).sum() / weight[codes].sum())
        rows.append(row)
    return pd.DataFrame(rows)


def _varied(world: str, scenario_file: Path, over: VariedNumber, tolerance: float) -> pd.DataFrame:
    """Solve the scenario over a range of one of its numbers."""
    baseline, settings = load_baseline(world), Settings(tolerance=tolerance)
    return vary(read_scenario(scenario_file), over, lambda scenario: solve(baseline, scenario, settings))


def _timed(problem: Problem, settings: Settings, repeat: int) -> tuple[tuple[Result, Any], float]:
    """Solve `repeat` times; return result with solution, and the median seconds of preparing and iterating."""
    seconds = []
    for _ in range(repeat):
        start = time.perf_counter()
        solution = find(problem, settings=settings)
        seconds.append(time.perf_counter() - start)
    return (conclude(problem, solution), solution), median(seconds)


def _write(result: Result, economies: pd.DataFrame, path: YearPath | None, out: Path, excel: bool) -> None:
    write_table(economies, out / "economies.csv", excel=excel)
    write_table(result.sectors_table(), out / "sectors.csv", excel=excel)
    write_table(result.flows_table(), out / "flows.csv.gz", excel=excel)
    if path is not None:
        write_table(path.table(), out / "path.csv", excel=excel)


def _span(years: str) -> tuple[int, int]:
    """Read FIRST-LAST."""
    parts = years.split("-")
    if (
        len(parts) != 2
        or not all(p.strip().isdigit() for p in parts)
        or not int(parts[0]) <= int(parts[1]) <= int(parts[0]) + 100
    ):
        raise BadInputError(
            "--years", f"found {years!r}", allowed="FIRST-LAST, at most 100 years", remedy="write 2026-2036"
        )
    return int(parts[0]), int(parts[1])


def _not_before(span: tuple[int, int] | None, base: int | None) -> None:
    """Refuse a path that begins before the year of the world's tables."""
    if span is not None and base is not None and span[0] < base:
        raise BadInputError(
            "--years",
            f"begin in {span[0]}",
            allowed=f"{base}, the year of the world's tables, and later",
            remedy="begin later",
        )


def _settings(scenario: Scenario, settings: Settings) -> dict[str, Any]:
    return {
        "trade_balance": scenario.trade_balance,
        "numeraire": scenario.numeraire or "world value added",
        "elasticity": scenario.elasticity or "world default",
        "services": scenario.services,
        "scale": scenario.scale,
        **vars(settings),
    }


def _by_economy(result: Result, name: str) -> dict[str, float]:
    array = getattr(result, name)
    return dict(zip(map(str, array["economy"].values), map(float, array.values), strict=True))


def _sentence(result: Result, seconds: float, out: Path) -> str:
    worst = max(result.residuals.values())
    return f"solved in {result.iterations} evaluations and {seconds * 1e3:.1f} ms, largest residual {worst:.1e}; tables in {out}"
