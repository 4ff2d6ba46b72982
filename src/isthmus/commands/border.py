"""`isthmus border`: what the border between two economies costs, by cause, in all and as claimed."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from isthmus.border.border import Border, border
from isthmus.border.overhead import Claim
from isthmus.border.wedge import TimeBase
from isthmus.commands.completion import economies, worlds
from isthmus.commands.output import EXCEL, JSON, OUT, answer, results, write_json, write_table
from isthmus.core.errors import BadInputError
from isthmus.economy.aggregate import Grouping
from isthmus.economy.baseline import WorldTable
from isthmus.readers.study.border import BorderFiles, border_digests, packaged_study, read_border
from isthmus.readers.worlds.find import economy_code
from isthmus.readers.worlds.groups import grouping, split_groups
from isthmus.readers.worlds.world import DEFAULT_WORLD, read_world, world_directory, world_settings
from isthmus.report.border_claims import claim_sentence
from isthmus.report.locale import Translator
from isthmus.study.border import stated_claims

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("border")
@click.argument("a", shell_complete=economies)
@click.argument("b", shell_complete=economies)
@click.option(
    "--world",
    shell_complete=worlds,
    default=DEFAULT_WORLD,
    show_default=True,
    help="Packaged world or world directory.",
)
@click.option("--time-base", type=click.Choice([str(base) for base in TimeBase], case_sensitive=False),
              default=str(TimeBase.BORDER), show_default=True,
              help="Count the crossing alone, or the whole journey beyond a domestic one.")  # fmt: skip
@click.option("--elasticity", default="", help="Elasticity set of the central reading (default: the world's).")
@click.option("--wedges", type=_FILE, help="Wedge ledger of the pair; what it does not cover comes from general rules.")
@click.option("--sectors", type=_FILE, help="Sector table: group, kind, value a tonne, class of time cost.")
@click.option("--deliverables", type=_FILE, help="ISO Open Data iso_deliverables_metadata (CSV or JSON lines).")
@click.option("--catalogue-a", type=_FILE, help="National standards of A: standard, ics, adopts, degree, edition.")
@click.option("--catalogue-b", type=_FILE, help="National standards of B.")
@click.option("--recognition", type=_FILE, help="Mutual recognition: ics, level, references, source.")
@click.option("--claim", "claims", multiple=True, help="Overhead to test in percent: LOW-HIGH, for example 30-40.")
@OUT
@EXCEL
@JSON
def command(
    a: str,
    b: str,
    world: str,
    time_base: str,
    elasticity: str,
    wedges: Path | None,
    sectors: Path | None,
    deliverables: Path | None,
    catalogue_a: Path | None,
    catalogue_b: Path | None,
    recognition: Path | None,
    claims: tuple[str, ...],
    out: Path,
    excel: bool,
    as_json: bool,
) -> None:
    """Measure the border between A and B and write wedges, overhead, head_ries, compatibility and border.json.

    A and B are codes or names, or groups written LABEL=CODE,CODE.
    """
    start = time.perf_counter()
    pair, read, groups = _pair(a, b, world)
    study = None if wedges or groups.economies else packaged_study(pair)
    files = BorderFiles(study, wedges, sectors, deliverables, catalogue_a, catalogue_b, recognition)
    stated = tuple(_claim(text) for text in claims)
    with results(out, names=("wedges.csv", "overhead.csv", "head_ries.csv", "compatibility.csv")) as place:
        given = read_border(read, world, pair, files, stated, TimeBase(time_base), elasticity, groups)
        result = border(given)
        for name, table in result.tables.items():
            write_table(table, place / f"{name}.csv", excel=excel)
        answers = [claim_sentence(claim, Translator("en")) for claim in stated_claims(result)]
        summary = {
            "command": "border",
            "world": given.world.name,
            "answers": answers,
            **result.facts,
            "digests": border_digests(world, files),
            "seconds": time.perf_counter() - start,
        }
        write_json(summary, place / "border.json")
    answer(summary, as_json, lambda: _sentence(result, answers, out))


def _pair(a: str, b: str, world: str) -> tuple[tuple[str, str], WorldTable, Grouping]:
    """Return the labels of both sides, the world as read, and what is merged into groups."""
    table, rest = read_world(world), world_settings(world_directory(world)).rest
    (left, right), listed = split_groups((a, b))
    groups = grouping(listed, table, "group", rest=rest)
    codes = [side if side in listed else economy_code(side, table, rest) for side in (left, right)]
    return (codes[0], codes[1]), table, groups


def _claim(text: str) -> Claim:
    """Read LOW-HIGH or one number, in percent."""
    parts = text.replace("%", "").split("-")
    try:
        numbers = [float(part) / 100 for part in parts]
    except ValueError:
        numbers = []
    if len(numbers) not in (1, 2):
        raise BadInputError(
            "--claim", f"found {text!r}", allowed="LOW-HIGH or one number, in percent", remedy="write 30-40"
        )
    return Claim(f"claim {text} %", numbers[0], numbers[-1], "given on the command line")


def _sentence(result: Border, answers: Sequence[str], out: Path) -> str:
    """Say the overhead of goods and what became of the claims."""
    rows: list[dict[str, Any]] = result.facts["overhead"]
    found = {
        row["reach"]: row for row in rows if row["direction"] == "both" and row["definition"] == "ad_valorem_equivalent"
    }
    cost = f"{_pct(found['all'])} of their value, {_pct(found['policy'])} within the reach of the two partners"
    how = (
        "Each figure: median of the draws (5th to 95th percentile; run at central values, which lies low because most "
        "assumptions reach further up than down)."
    )
    return " ".join([f"border of goods, both directions: {cost}. {how}", *answers, f"Tables in {out}."])


def _pct(row: dict[str, Any]) -> str:
    low, median, high, run = (100 * row[name] for name in ("low", "central", "high", "central_run"))
    return f"{median:.1f} % ({low:.1f} to {high:.1f}; central values {run:.1f})"
