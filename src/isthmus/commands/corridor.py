"""`isthmus corridor`: cheapest flows over a network, what is scarce, and what closures and projects change."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal

import click
import pandas as pd

from isthmus.commands.output import EXCEL, JSON, OUT, answer, results, write_json, write_table
from isthmus.core.errors import BadInputError, InfeasibleError, NotConvergedError
from isthmus.core.labels import EVERY
from isthmus.corridors.fit import first_binding, fit, fit_table
from isthmus.corridors.flow import Flows, flow, total_cost
from isthmus.corridors.network import Closure, Network, with_closures, with_dwell, with_projects
from isthmus.corridors.projects import change_table, project_table
from isthmus.corridors.routes import route_table, routes, step_table
from isthmus.corridors.tables import bottleneck_table, energy_table, flow_table, rent_table
from isthmus.readers.networks.network import network_directory, read_network
from isthmus.readers.store.digests import file_digests

NAMES = (
    "flows", "routes", "steps", "energy", "bottlenecks", "rents", "fit", "binding", "projects", "changes"
)  # fmt: skip


@click.command("corridor")
@click.argument("network")
@click.option("--close", "closed", multiple=True, metavar="ARC[:YEAR,YEAR]",
              help="Close an arc, in all years or in those named; may be repeated.")  # fmt: skip
@click.option("--projects", "projects", default="", help="Projects that are built: ids separated by commas, or *.")
@click.option("--each-project/--no-each-project", default=True, show_default=True,
              help="Value every project that is not built by itself.")  # fmt: skip
@click.option("--dwell", type=click.Choice(["low", "central", "high"]), default="central", show_default=True,
              help="End of the range of hours.")  # fmt: skip
@click.option("--fit", "elasticity", type=click.FloatRange(min=0.0, min_open=True), metavar="ELASTICITY",
              help="Let goods stay away at this trade elasticity instead of failing when demand does not fit.")  # fmt: skip
@click.option("--threads", type=click.IntRange(1), default=2, show_default=True, help="Variants solved side by side.")
@OUT
@EXCEL
@JSON
def command(
    network: str,
    closed: tuple[str, ...],
    projects: str,
    each_project: bool,
    dwell: Literal["low", "central", "high"],
    elasticity: float | None,
    threads: int,
    out: Path,
    excel: bool,
    as_json: bool,
) -> None:
    """Find the cheapest flows over NETWORK, a directory of tables or the name of a packaged network.

    Writes flows, routes, steps (time and cost along each route), energy, bottlenecks and rents as .csv and corridor.json;
    fit.csv and binding.csv with --fit, changes.csv with --close or --projects, projects.csv where there are any.
    """
    folder = network_directory(network)
    settings = {"close": list(closed), "projects": projects, "dwell": dwell, "elasticity": elasticity}
    with results(out, [folder], [f"{name}.csv" for name in NAMES]) as place:
        plain = with_dwell(read_network(folder), dwell)
        changed = with_closures(plain, [_closure(text) for text in closed]) if closed else plain
        if projects:
            changed = with_projects(changed, [EVERY] if projects in (EVERY, "all") else projects.split(","))
        summary: dict[str, object] = {
            "command": "corridor",
            "network": folder.name,
            "settings": settings,
            "notes": list(plain.notes),
            "digests": file_digests(sorted(folder.glob("*.csv*"))),
        }
        before, flows, seconds = _flows(plain, changed, elasticity, summary, place)
        tables = _tables(flows, before, elasticity)
        if each_project and set(changed.built) < {project.id for project in changed.projects}:
            with ThreadPoolExecutor(threads) as pool:
                tables["projects"] = project_table(flows, pool.map)
        for name, table in tables.items():
            write_table(table, place / f"{name}.csv", excel=excel)
        summary |= _facts(flows, before, seconds)
        write_json(summary, place / "corridor.json")
    answer(summary, as_json, lambda: _sentence(flows, tables["bottlenecks"], out))


def _flows(
    plain: Network, changed: Network, elasticity: float | None, summary: dict[str, object], place: Path
) -> tuple[Flows | None, Flows, float]:
    """Solve what was asked for, and where something is changed the network as it stands; else corridor.json says why."""
    start = time.perf_counter()
    try:
        before = _solve(plain, elasticity) if changed is not plain else None
        flows = _solve(changed, elasticity, before)
    except (InfeasibleError, NotConvergedError) as error:
        why = error.detail if isinstance(error, InfeasibleError) else {"trace": list(error.trace)}
        write_json({**summary, "converged": False, "error": str(error), **why}, place / "corridor.json")
        raise
    return before, flows, time.perf_counter() - start


def _solve(network: Network, elasticity: float | None, before: Flows | None = None) -> Flows:
    return flow(network, start=before) if elasticity is None else fit(network, elasticity, start=before)


def _closure(text: str) -> Closure:
    """Read ARC or ARC:YEAR,YEAR."""
    arc, _, years = text.partition(":")
    parts = [part.strip() for part in years.split(",") if part.strip()]
    if not all(part.isdigit() for part in parts):
        raise BadInputError("--close", f"found {text!r}", allowed="ARC or ARC:YEAR,YEAR", remedy="write bridge:2026")
    return Closure(arc.strip(), tuple(map(int, parts)))


def _tables(flows: Flows, before: Flows | None, elasticity: float | None) -> dict[str, pd.DataFrame]:
    found = routes(flows)
    tables = {
        "flows": flow_table(flows),
        "routes": route_table(flows, found),
        "steps": step_table(flows, found),
        "energy": energy_table(flows),
        "bottlenecks": bottleneck_table(flows),
        "rents": rent_table(flows),
    }
    if elasticity is not None:
        tables |= {"fit": fit_table(flows), "binding": first_binding(flows)}
    if before is not None:
        tables["changes"] = change_table(before, flows)
    return tables


def _facts(flows: Flows, before: Flows | None, seconds: float) -> dict[str, object]:
    network = flows.network
    facts: dict[str, object] = {
        "converged": True,
        "seconds": seconds,
        "iterations": flows.iterations,
        "residuals": dict(flows.residuals),
        "nodes": len(network.nodes),
        "arcs": len(network.arcs),
        "carriers": len(network.carriers),
        "years": list(network.years),
        "built": list(network.built),
        "cost_usd": dict(zip(map(str, network.years), map(float, total_cost(flows)), strict=True)),
    }
    if before is not None:
        change = total_cost(flows) - total_cost(before)
        facts["change_of_cost_usd"] = dict(zip(map(str, network.years), map(float, change), strict=True))
    return facts


def _sentence(flows: Flows, bottlenecks: pd.DataFrame, out: Path) -> str:
    """Say cost and the dearest bottleneck of the last year."""
    years: Sequence[int] = flows.network.years
    cost = total_cost(flows)[-1]
    text = f"{len(flows.network.arcs)} arcs, {years[0]} to {years[-1]}: {cost / 1e6:,.1f} million USD in {years[-1]}."
    last = bottlenecks[(bottlenecks["year"] == years[-1]) & bottlenecks["full"].astype(bool)]
    if last.empty:
        return f"{text} No arc is full. Tables in {out}."
    first = last.iloc[0]
    worth = f"one more unit is worth {first['dual']:,.2f} USD"
    return f"{text} Full arcs: {len(last)}, dearest {first['arc']} ({first['direction']}): {worth}. Tables in {out}."
