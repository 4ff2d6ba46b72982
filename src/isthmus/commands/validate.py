"""Hold the product against numbers that other people printed."""

from pathlib import Path
from typing import Any

import click
import pandas as pd

from isthmus.commands.output import JSON, answer, write_table
from isthmus.core.errors import BadInputError, IsthmusError

COLUMNS = ["id", "what", "unit", "published", "computed", "difference", "tolerance", "status", "source"]


class MismatchError(IsthmusError):
    """A computed number is further from a published one than its entry allows."""


@click.command(help="Compare computed numbers with published ones.")
@click.option("--world", "world", metavar="DIR", help="World on which published identities and totals are checked.")
@click.option(
    "--gravity",
    "gravity",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Panel of the structural gravity guide (exporter, importer, year, trade, dist, cntg).",
)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder for published.csv.")
@JSON
def command(world: str | None, gravity: Path | None, out: Path | None, as_json: bool) -> None:
    """Run the checks that were asked for, print the table, and fail where a number is out of tolerance."""
    if gravity is None and world is None:
        raise BadInputError(
            "validate", "nothing to check", allowed="--gravity FILE, --world DIR", remedy="name at least one"
        )
    tables = []
    if gravity is not None:
        tables.append(gravity_table(gravity))
    if world is not None:
        tables.append(world_table(world))
    table = pd.concat(tables, ignore_index=True)
    if out is not None:
        write_table(table, out / "published.csv")
    wrong = table[~table["status"].isin(["matches", "differs-because"])]
    summary = {"checked": len(table), "out_of_tolerance": list(wrong["id"]), "entries": table.to_dict("records")}
    answer(summary, as_json, lambda: _sentence(table))
    if len(wrong):
        raise MismatchError(f"{len(wrong)} of {len(table)} numbers are out of tolerance: {', '.join(wrong['id'])}")


def gravity_table(path: Path) -> pd.DataFrame:
    """Return the guide's printed results beside ours, estimated and solved on the panel at `path`."""
    from isthmus.frictions.borderless import without_borders
    from isthmus.readers.published import read_gravity_panel, read_published

    published = read_published("gravity_guide")
    settings = published.settings
    panel = read_gravity_panel(path, int(settings["year"]))
    result = without_borders(panel, float(settings["sigma"]), str(settings["numeraire"]))
    coefficients = result.fit.coefficients
    computed = {f"coefficient.{t}": v for t, v in zip(coefficients["term"], coefficients["estimate"], strict=True)}
    for column in ("real_gdp_pct", "exports_pct"):
        values = zip(result.effects["economy"], result.effects[column], strict=True)
        computed |= {f"{column}.{economy}": value for economy, value in values}
    return compare(published.entry, computed)


def world_table(world: str) -> pd.DataFrame:
    """Return the identity residuals of a calibrated world beside the 0 they have to be."""
    from isthmus.economy.calibrate import calibrate
    from isthmus.readers.published import Published
    from isthmus.readers.world import read_world

    balance = calibrate(read_world(world)).balance
    residuals = balance.residuals if balance else {}
    entries = [
        Published(
            id=f"identity.{name}",
            what=f"Residual of identity {name}",
            unit="share of world output",
            value=0.0,
            tolerance=1e-10,
            why="double precision",
            source="the model's definition",
            table="identities of the baseline",
        )
        for name in residuals
    ]
    return compare(entries, {f"identity.{name}": value for name, value in residuals.items()})


def compare(entries: Any, computed: dict[str, float]) -> pd.DataFrame:
    """Return one row an entry: published, computed, difference and verdict."""
    rows = []
    for entry in entries:
        ours = float(computed[entry.id]) if entry.id in computed else float("nan")
        near = abs(ours - entry.value) <= entry.tolerance
        verdict = entry.status if near or entry.status == "differs-because" else "out of tolerance"
        rows.append(
            [
                entry.id,
                entry.what,
                entry.unit,
                entry.value,
                ours,
                ours - entry.value,
                entry.tolerance,
                verdict,
                entry.source,
            ]
        )
    return pd.DataFrame(rows, columns=COLUMNS)


def _sentence(table: pd.DataFrame) -> str:
    width = max(len(text) for text in table["what"])
    lines = [
        f"{row.what:<{width}}  published {row.published:>9.3f}  computed {row.computed:>9.3f}  {row.status}"
        for row in table.itertuples()
    ]
    return "\n".join([*lines, f"{(table['status'] == 'matches').sum()} of {len(table)} match."])
