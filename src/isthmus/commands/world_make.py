"""`isthmus world import | aggregate | nowcast`: make a world directory from a table, or from another world."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from isthmus.commands.output import EXCEL, JSON, OUT, answer, results, write_json, write_table
from isthmus.core.errors import BadInputError
from isthmus.economy.aggregate import UNGROUPED, Grouping, aggregate
from isthmus.economy.baseline import WorldTable
from isthmus.economy.nowcast import Nowcast, NowcastSettings, nowcast
from isthmus.readers.store.digests import file_digests, visible_files
from isthmus.readers.worlds.adb import read_adb
from isthmus.readers.worlds.attributes import read_sector_list, table_layout
from isthmus.readers.worlds.carry import carry_over
from isthmus.readers.worlds.changes import read_map, read_totals, read_world_trade
from isthmus.readers.worlds.icio import read_icio
from isthmus.readers.worlds.mrio import PARSERS, read_mrio
from isthmus.readers.worlds.world import read_world, world_directory, world_settings
from isthmus.readers.worlds.write import require_no_world, write_world

FILE = click.Path(path_type=Path)
OWN = "adb"
"""The parser beside those of pymrio."""
TARIFFS = click.option("--tariffs", type=FILE, help="Applied tariffs: exporter, importer, sector, rate (fraction).")


@click.command("import")
@click.argument("file", type=FILE)
@click.option("--year", type=int, help="Year of the table, where its name does not say it or a zip holds several.")
@click.option(
    "--parser",
    type=click.Choice((OWN, *PARSERS)),
    help=f"Read another publisher's table: {OWN} the workbook of the Asian Development Bank, the others through pymrio.",
)
@click.option("--sectors", type=FILE, help="Sectors of the table: label, code, name, kind. Needed with pymrio.")
@click.option("--elasticities", type=FILE, help="Trade elasticities by code, one column a source.")
@TARIFFS
@OUT
@JSON
def import_table(
    file: Path,
    year: int | None,
    parser: str | None,
    sectors: Path | None,
    elasticities: Path | None,
    tariffs: Path | None,
    out: Path,
    as_json: bool,
) -> None:
    """Make a world directory from the OECD's ICIO CSV in FILE, or from a table of another publisher."""
    rest = ""
    if parser in (None, OWN):
        listed = None if sectors is None else read_sector_list(sectors, elasticities)
        table = (read_icio if parser is None else read_adb)(file, year, listed, tariffs)
        rest = table_layout(parser or "icio")["rest"]
    elif sectors is None:
        raise BadInputError(
            "--sectors",
            "is missing",
            allowed="a CSV with label, code, name and kind of every sector",
            remedy="write the list; a table does not say which of its sectors are goods",
        )
    else:
        table = read_mrio(file, parser, sectors, elasticities, year, tariffs)
    with _new_world(out) as place:
        write_world(table, place, rest if rest in table.economies else "")
    given = [path for path in (file, sectors, elasticities, tariffs) if path is not None and path.is_file()]
    _finish(table, "world import", out, given, as_json)


@click.command("aggregate")
@click.argument("directory")
@click.option("--map", "map_file", type=FILE, required=True, help="Groups: dimension, code, group, name (optional).")
@OUT
@JSON
def aggregate_world(directory: str, map_file: Path, out: Path, as_json: bool) -> None:
    """Merge economies and sectors of the world in DIRECTORY (or a packaged world)."""
    before, groups = read_world(directory), read_map(map_file)
    table = aggregate(before, groups)
    with _new_world(out) as place:
        _write_derived(directory, before, table, place, groups)
    _finish(table, "world aggregate", out, [*visible_files(world_directory(directory)), map_file], as_json)


@click.command("nowcast")
@click.argument("directory")
@click.option(
    "--totals", type=FILE, required=True, help="Totals of goods trade: exporter, importer, year, value, kind, source."
)
@click.option("--year", type=int, help="Take totals of this year; without it the newest of each pair.")
@click.option("--world-trade", type=FILE, help="World exports of goods by year; without it the packaged file.")
@click.option(
    "--cif-fob", type=click.FloatRange(1.0), default=NowcastSettings.cif_fob, show_default=True, help="Cif over fob."
)
@OUT
@EXCEL
@JSON
def nowcast_world(
    directory: str,
    totals: Path,
    year: int | None,
    world_trade: Path | None,
    cif_fob: float,
    out: Path,
    excel: bool,
    as_json: bool,
) -> None:
    """Move totals of goods trade of the world in DIRECTORY to newer figures and report every change."""
    settings = NowcastSettings(cif_fob=cif_fob)
    before = read_world(directory)
    done = nowcast(before, read_totals(totals, year), read_world_trade(world_trade), settings)
    given = [*visible_files(world_directory(directory)), totals]
    extra = {"settings": vars(settings), "totals": done.totals.to_dict("records"), **_changes(done)}
    with _new_world(out) as place:
        _write_derived(directory, before, done.table, place)
        for name in ("totals", "margins", "revenue"):
            write_table(getattr(done, name), place / f"nowcast_{name}.csv", excel=excel)
        write_table(done.cells, place / "nowcast_cells.csv.gz")
        write_json(extra, place / "nowcast.json")
    _finish(done.table, "world nowcast", out, given, as_json, extra)


def _write_derived(
    directory: str, before: WorldTable, after: WorldTable, place: Path, groups: Grouping = UNGROUPED
) -> None:
    """Write a world that was made from another, with what lies beside the other's tables."""
    source = world_directory(directory)
    rest = world_settings(source).rest
    write_world(after, place, groups.economies.get(rest, rest))
    carry_over(source, before, after, place, groups)


@contextmanager
def _new_world(out: Path) -> Iterator[Path]:
    """Give a fresh folder for a world; one that is there already is never replaced."""
    require_no_world(out)
    with results(out) as place:
        yield place


def _changes(done: Nowcast) -> dict[str, float]:
    """Measure what a nowcast changed besides the totals."""
    margins, revenue = done.margins, done.revenue
    return {
        "largest_output_change": float((margins["output_after"] - margins["output_before"]).abs().max()),
        "largest_absorption_change": float((margins["absorption_after"] - margins["absorption_before"]).abs().max()),
        "revenue_before": float(revenue["revenue_before"].sum()),
        "revenue_after": float(revenue["revenue_after"].sum()),
        "changed_flows": len(done.cells),
    }


def _finish(
    table: WorldTable,
    command: str,
    out: Path,
    given: list[Path],
    as_json: bool,
    extra: Mapping[str, object] | None = None,
) -> None:
    """Say what was made and what was changed on the way."""
    summary = {
        "command": command,
        "world": str(out),
        "economies": len(table.economies),
        "sectors": len(table.sectors),
        "output": float(table.flows.sum()),
        "unit": table.unit,
        "repairs": [vars(repair) for repair in table.notes],
        "digests": file_digests(given),
        **(extra or {}),
    }
    answer(summary, as_json, lambda: _sentences(table, out))


def _sentences(table: WorldTable, out: Path) -> str:
    lines = [
        f"{out}: {len(table.economies)} economies, {len(table.sectors)} sectors, output {table.flows.sum():.6g} {table.unit}"
    ]
    for repair in table.notes:
        size = f", {repair.size:.6g} {repair.unit}" if repair.unit else ""
        lines.append(f"  {repair.where}: {repair.what}: {repair.count}{size}")
    return "\n".join([*lines, f"Check it with: isthmus world check {out}"])
