"""`isthmus world`: check and make world directories."""

import json
from typing import Any

import click

from isthmus.commands.output import JSON
from isthmus.commands.world_make import aggregate_world, import_table, nowcast_world
from isthmus.commands.world_show import find_economy, list_worlds, show_world
from isthmus.economy.baseline import Baseline
from isthmus.readers.store.digests import file_digests, visible_files
from isthmus.readers.worlds.world import load_baseline, world_directory


@click.group("world")
def command() -> None:
    """List, search, check and make world directories: input-output worlds as plain tables."""


for _made in (list_worlds, show_world, find_economy, import_table, aggregate_world, nowcast_world):
    command.add_command(_made)


@command.command("check")
@click.argument("directory")
@JSON
def check(directory: str, as_json: bool) -> None:
    """Print identity residuals and every repair of the world in DIRECTORY (or a packaged world)."""
    baseline = load_baseline(directory)
    summary = _summary(baseline, directory)
    if as_json:
        click.echo(json.dumps(summary, ensure_ascii=False))
        return
    for line in _lines(summary):
        click.echo(line)


def _summary(baseline: Baseline, directory: str) -> dict[str, Any]:
    balance = baseline.balance
    assert balance is not None
    return {
        "command": "world check",
        "world": baseline.name,
        "economies": len(baseline.economies),
        "sectors": len(baseline.sectors),
        "valuation": balance.valuation,
        "misses": dict(balance.misses),
        "value_added_miss": balance.value_added_miss,
        "residuals": dict(balance.residuals),
        "repairs": [vars(repair) for repair in balance.repairs],
        "digests": file_digests(visible_files(world_directory(directory))),
    }


def _lines(summary: dict[str, Any]) -> list[str]:
    lines = [
        f"{summary['world']}: {summary['economies']} economies, {summary['sectors']} sectors",
        "",
        "Identity residuals, relative to world output (allowed 1e-10)",
        *(f"  {name:<16} {size:.2e}" for name, size in summary["residuals"].items()),
        "",
        "Use tables against flows, total miss as a share of world output (allowed 0.05)",
        *(f"  {name:<16} {size:.2e}" for name, size in summary["misses"].items()),
        f"  taken as valued: {summary['valuation']}",
        f"  inputs and value added against output: {summary['value_added_miss']:.2e}",
        "",
        "Repairs and absent rows",
    ]
    for repair in summary["repairs"]:
        size = f", {repair['size']:.6g} {repair['unit']}" if repair["unit"] else ""
        lines.append(f"  {repair['where']}: {repair['what']}: {repair['count']}{size}")
    return [*lines, "", "A solve without any change reproduces the world in one evaluation."]
