"""Hold the product against numbers that other people printed."""

from collections.abc import Iterable
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pandas as pd

from isthmus.commands.output import JSON, OUT_PLACE, answer, results, write_json, write_table
from isthmus.core.errors import IsthmusError
from isthmus.readers.worlds.world import DEFAULT_WORLD

if TYPE_CHECKING:
    from isthmus.readers.published import Published

COLUMNS = ["id", "what", "unit", "published", "computed", "difference", "tolerance", "status", "source"]
NOT_RUN = "not run: needs --gravity FILE"


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
@click.option("--out", type=OUT_PLACE, help="Folder for published.csv.")
@JSON
def command(world: str | None, gravity: Path | None, out: Path | None, as_json: bool) -> None:
    """Run the checks that were asked for, print the table, and fail where a number is out of tolerance.

    Without options the packaged world is checked, and published numbers that need a file are listed as not run.
    """
    everything = gravity is None and world is None
    tables = []
    if gravity is not None or everything:
        tables.append(gravity_table(gravity))
    if world is not None or everything:
        tables.append(world_table(world or DEFAULT_WORLD))
    table = pd.concat(tables, ignore_index=True)
    wrong = table[~table["status"].isin(["matches", "differs-because", NOT_RUN])]
    summary = {
        "checked": int((table["status"] != NOT_RUN).sum()),
        "out_of_tolerance": list(wrong["id"]),
        "entries": table.to_dict("records"),
    }
    if out is not None:
        with results(out, names=("published.csv",)) as place:
            write_table(table, place / "published.csv")
            write_json(summary, place / "validate.json")
    answer(summary, as_json, lambda: _sentence(table))
    if len(wrong):
        raise MismatchError(f"{len(wrong)} of {len(table)} numbers are out of tolerance: {', '.join(wrong['id'])}")


def gravity_table(path: Path | None) -> pd.DataFrame:
    """Return the guide's printed results beside ours on the panel at `path`; without it they are listed as not run."""
    from isthmus.border.borderless import without_borders
    from isthmus.readers.published import read_gravity_panel, read_published

    published = read_published("gravity_guide")
    if path is None:
        return compare(published.entry, {}).assign(status=NOT_RUN)
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
    from isthmus.readers.worlds.world import read_world

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


def compare(entries: Iterable["Published"], computed: dict[str, float]) -> pd.DataFrame:
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
        f"{row.what:<{width}}  published {row.published:>9.3f}  computed {_number(float(str(row.computed))):>9}  {row.status}"
        for row in table.itertuples()
    ]
    run = table["status"] != NOT_RUN
    told = f"{(table['status'] == 'matches').sum()} of {run.sum()} match."
    if not run.all():
        told += (
            f" {(~run).sum()} published numbers were not run: give the guide's panel agtpa_applications.csv (CC BY 4.0, "
            "not packaged) with --gravity FILE."
        )
    return "\n".join([*lines, told])


def _number(value: float) -> str:
    return "-" if isnan(value) else f"{value:.3f}"
