"""`isthmus gradient`: what every barrier costs the economies that are asked for."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import numpy as np
import pandas as pd

from isthmus.commands.output import EXCEL, JSON, OUT, answer, results, write_json, write_table
from isthmus.core.errors import NotConvergedError
from isthmus.equilibrium.gradient import Gradient, gradient
from isthmus.equilibrium.scenario import Scenario
from isthmus.readers.store.digests import file_digests, visible_files
from isthmus.readers.study.scenario import read_scenario
from isthmus.readers.worlds.world import DEFAULT_WORLD, load_baseline, world_directory

TABLES = ("gradient.csv", "gradient_productivity.csv", "gradient_endowment.csv")


@click.command("gradient")
@click.option("--world", "world", default=DEFAULT_WORLD, show_default=True, help="Packaged world or world directory.")
@click.option("--of", "codes", required=True, metavar="CODE[,CODE]", help="Economies whose real income is asked about.")
@click.option(
    "--scenario",
    "scenario_file",
    type=click.Path(path_type=Path),
    help="Closure, elasticities and the point at which the gradient is taken; default: the world as it is.",
)
@OUT
@EXCEL
@JSON
def command(world: str, codes: str, scenario_file: Path | None, out: Path, excel: bool, as_json: bool) -> None:
    """Write what one percent off every barrier is worth: gradient.csv, and the same for productivity and endowments."""
    with results(out, names=TABLES) as place:
        found, summary = _price(world, codes, scenario_file, place)
        for name, table in zip(TABLES, (barriers(found), _productivity(found), _endowment(found)), strict=True):
            write_table(table, place / name, excel=excel)
        write_json(summary, place / "gradient.json")
    answer(summary, as_json, lambda: _sentence(found[-1], out))


def _price(
    world: str, codes: str, scenario_file: Path | None, place: Path
) -> tuple[tuple[Gradient, ...], dict[str, Any]]:
    """Return the gradients and the summary; where none is found, gradient.json says why."""
    baseline = load_baseline(world)
    scenario = Scenario() if scenario_file is None else read_scenario(scenario_file)
    inputs = [*visible_files(world_directory(world)), *([scenario_file] if scenario_file else [])]
    summary: dict[str, Any] = {
        "command": "gradient",
        "world": baseline.name,
        "unit": baseline.table.unit if baseline.table else "",
        "scenario": scenario.name,
        "of": [code.strip() for code in codes.split(",")],
        "digests": file_digests(inputs),
    }
    try:
        found = gradient(baseline, summary["of"], scenario)
    except NotConvergedError as error:
        failed = {**summary, "converged": False, "error": str(error), "trace": list(error.trace)}
        write_json(failed, place / "gradient.json")
        raise
    return found, summary | {"converged": True, "evaluations": {g.of: g.evaluations for g in found}}


def barriers(found: Sequence[Gradient]) -> pd.DataFrame:
    """Return one row an objective and flow: both elasticities, and money per percent off the cost factor."""
    frames = []
    for g in found:
        exporter, importer, sector = (
            label.ravel() for label in np.meshgrid(g.axes.economies, g.axes.economies, g.axes.sectors, indexing="ij")
        )
        frames.append(
            pd.DataFrame(
                {
                    "of": g.of,
                    "exporter": exporter,
                    "importer": importer,
                    "sector": sector,
                    "trade_cost_elasticity": _by_flow(g.trade_cost),
                    "tariff_elasticity": _by_flow(g.tariff),
                    "musd_per_pct": _by_flow(g.musd_per_pct),
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


def _by_flow(cube: np.ndarray) -> np.ndarray:
    return cube.transpose(1, 2, 0).ravel()


def _productivity(found: Sequence[Gradient]) -> pd.DataFrame:
    frames = [
        pd.DataFrame(
            {
                "of": g.of,
                "economy": np.repeat(g.axes.economies, len(g.axes.sectors)),
                "sector": np.tile(g.axes.sectors, len(g.axes.economies)),
                "productivity_elasticity": g.productivity.T.ravel(),
                "musd_per_pct": 0.01 * g.income * g.productivity.T.ravel(),
            }
        )
        for g in found
    ]
    return pd.concat(frames, ignore_index=True)


def _endowment(found: Sequence[Gradient]) -> pd.DataFrame:
    frames = [
        pd.DataFrame(
            {
                "of": g.of,
                "economy": g.axes.economies,
                "endowment_elasticity": g.endowment,
                "musd_per_pct": 0.01 * g.income * g.endowment,
            }
        )
        for g in found
    ]
    return pd.concat(frames, ignore_index=True)


def _sentence(g: Gradient, out: Path) -> str:
    money = g.musd_per_pct * (1 - np.eye(len(g.axes.economies)))
    j, i, n = np.unravel_index(int(money.argmax()), money.shape)
    where = f"{g.axes.sectors[j]} from {g.axes.economies[i]} to {g.axes.economies[n]}"
    return f"largest gain for {g.of}: {money[j, i, n]:.1f} per percent off the cost of {where}; tables in {out}"
