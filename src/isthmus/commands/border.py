"""`isthmus border`: what the border between two economies costs, by cause, in all and as claimed."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import click
import pandas as pd

from isthmus.border.basis import ClaimStanding
from isthmus.border.border import Border
from isthmus.border.overhead import BOTH, REACHES, Claim, verdict
from isthmus.border.together import Borders, borders
from isthmus.border.wedge import TimeBase
from isthmus.commands.completion import economies, worlds
from isthmus.commands.output import EXCEL, JSON, OUT, answer, results, write_json, write_table
from isthmus.core.errors import BadInputError
from isthmus.core.pairs import pair_label, pairs_of
from isthmus.economy.aggregate import Grouping
from isthmus.economy.baseline import WorldTable
from isthmus.readers.study.border import BorderFiles, border_digests, packaged_study, read_borders
from isthmus.readers.worlds.find import economy_code
from isthmus.readers.worlds.groups import grouping, split_groups
from isthmus.readers.worlds.world import DEFAULT_WORLD, read_world, world_directory, world_settings
from isthmus.report.border_claims import claim_sentence
from isthmus.report.embed import records
from isthmus.report.locale import Translator
from isthmus.study.border import stated_claims

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("border")
@click.argument("partners", nargs=-1, required=True, metavar="A B [C...]", shell_complete=economies)
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
@click.option(
    "--catalogue",
    "catalogues",
    multiple=True,
    metavar="CODE=FILE",
    help="National standards of any partner, once for each.",
)
@click.option(
    "--recognition",
    type=_FILE,
    help="Mutual recognition: ics, level, references, source, pair.",
)
@click.option("--claim", "claims", multiple=True, help="Overhead to test in percent: LOW-HIGH, for example 30-40.")
@OUT
@EXCEL
@JSON
def command(
    partners: tuple[str, ...],
    world: str,
    time_base: str,
    elasticity: str,
    wedges: Path | None,
    sectors: Path | None,
    deliverables: Path | None,
    catalogue_a: Path | None,
    catalogue_b: Path | None,
    catalogues: tuple[str, ...],
    recognition: Path | None,
    claims: tuple[str, ...],
    out: Path,
    excel: bool,
    as_json: bool,
) -> None:
    """Measure the border between A and B and write wedges, overhead, head_ries, compatibility and border.json.

    A and B are codes or names, or groups written LABEL=CODE,CODE. With three or more every pair is measured; the tables then
    have a column `pair`, and border.json holds the facts of each pair.
    """
    start = time.perf_counter()
    codes, read, groups = _partners(partners, world)
    packaged = {} if wedges or groups.economies else {pair_label(p): packaged_study(p) for p in pairs_of(codes)}
    studies = {pair: folder for pair, folder in packaged.items() if folder is not None}
    named = _catalogues(catalogues, codes)
    files = BorderFiles(None, wedges, sectors, deliverables, catalogue_a, catalogue_b, recognition, named, studies)
    stated = tuple(_claim(text) for text in claims)
    with results(out, names=("wedges.csv", "overhead.csv", "head_ries.csv", "compatibility.csv")) as place:
        given = read_borders(read, world, codes, files, stated, TimeBase(time_base), elasticity, groups)
        result = borders(given)
        alone = len(result.of) == 1
        for name, table in (result.of[0] if alone else result).tables.items():
            write_table(table, place / f"{name}.csv", excel=excel)
        answers = _answers(result)
        summary = {
            "command": "border",
            "world": given[0].world.name,
            "answers": answers,
            **(_told(result.of[0]) if alone else _told_of_several(result, codes)),
            "digests": border_digests(world, files),
            "seconds": time.perf_counter() - start,
        }
        write_json(summary, place / "border.json")
    answer(summary, as_json, lambda: _sentence(result, answers, out))


def _partners(words: Sequence[str], world: str) -> tuple[tuple[str, ...], WorldTable, Grouping]:
    """Return the labels of all sides, the world as read, and what is merged into groups."""
    if len(words) < 2:
        raise BadInputError("partners", f"found {', '.join(words)}", allowed="two or more", remedy="name the partners")
    table, rest = read_world(world), world_settings(world_directory(world)).rest
    named, listed = split_groups(words)
    groups = grouping(listed, table, "group", rest=rest)
    return tuple(side if side in listed else economy_code(side, table, rest) for side in named), table, groups


def _catalogues(given: Sequence[str], codes: Sequence[str]) -> dict[str, Path]:
    """Return the catalogue of each partner from CODE=FILE."""
    found: dict[str, Path] = {}
    for words in given:
        code, _, file = words.partition("=")
        if code not in codes or code in found or not file:
            raise BadInputError(
                f"--catalogue {words}",
                "names no partner, or one twice",
                allowed=f"CODE=FILE with one of {', '.join(codes)}, each once",
                remedy="correct the option",
            )
        found[code] = Path(file)
    return found


def _answers(result: Borders) -> list[str]:
    """Answer every claim, of several pairs for each with its name before it."""
    text = Translator("en")
    told = [(claim.pair, claim_sentence(claim, text)) for claim in stated_claims(result)]
    return [sentence if len(result.of) == 1 else f"{pair}: {sentence}" for pair, sentence in told]


SAME = ("year", "price_basis", "time_base", "elasticity", "services_theta", "draws")
"""What holds for every pair of one call."""

TOLD = {
    "waterfall": "waterfall",
    "bridge": "bridge",
    "rents": "rents",
    "history": "head_ries_total",
    "benchmarks": "benchmarks",
    "excess": "excess_total",
    "compatibility": "compatibility",
    "protocols": "protocols",
    "group_wedges": "group_wedges",
}
"""Tables that border.json repeats, by the name they have there."""


def _told(one: Border) -> dict[str, object]:
    """Return what border.json says of one pair, in plain JSON types."""
    basis, tables = one.basis, one.tables
    total = tables["overhead"]
    return {
        **asdict(basis),
        "price_basis": "value at the exporter's border, basic prices",
        "overhead": records(total[(total["sector"] == "goods") & total["reach"].isin(REACHES)]),
        **{name: records(tables[table]) for name, table in TOLD.items()},
        "claims": [_claim_told(standing, tables["claims"]) for standing in basis.claims],
        "grades": tables["wedges"]["grade"].value_counts().sort_index().to_dict(),
    }


def _claim_told(standing: ClaimStanding, tested: pd.DataFrame) -> dict[str, object]:
    """Return a claim with every reading of it for goods."""
    goods = tested[(tested["claim"] == standing.claim.name) & (tested["sector"] == "goods")]
    strict = None if standing.strict is None else {**asdict(standing.strict), "inside": standing.strict_inside}
    return {
        **asdict(standing.claim),
        "readings": records(goods.assign(verdict=[verdict(within) for within in goods["within"]])),
        "grid": [asdict(count) for count in standing.grid],
        "strict": strict,
    }


def _told_of_several(result: Borders, codes: Sequence[str]) -> dict[str, object]:
    """Return what is the same for every pair once, and what is said of each pair by its label."""
    pairs = {pair_label(one.basis.partners): _told(one) for one in result.of}
    first = next(iter(pairs.values()))
    return {"partners": list(codes), **{name: first[name] for name in SAME}, "pairs": pairs}


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


def _sentence(result: Borders, answers: Sequence[str], out: Path) -> str:
    """Say the overhead of goods of every pair and what became of the claims."""
    told = [_cost(one) for one in result.of]
    if len(told) > 1:
        told = [f"{pair_label(one.basis.partners)} {cost}" for one, cost in zip(result.of, told, strict=True)]
    cost = "; ".join(told)
    how = (
        "Each figure: median of the draws (5th to 95th percentile; run at central values, which lies low because most "
        "assumptions reach further up than down)."
    )
    return " ".join([f"border of goods, both directions: {cost}. {how}", *answers, f"Tables in {out}."])


def _cost(one: Border) -> str:
    """Say what the border of one pair costs in all, and what the two could change."""
    rows = one.tables["overhead"]
    rows = rows[(rows["sector"] == "goods") & (rows["direction"] == BOTH)]
    found = {row["reach"]: row for row in records(rows[rows["definition"] == "ad_valorem_equivalent"])}
    return f"{_pct(found['all'])} of their value, {_pct(found['policy'])} within the reach of the two partners"


def _pct(row: Mapping[str, float]) -> str:
    low, median, high, run = (100 * row[name] for name in ("low", "central", "high", "central_run"))
    return f"{median:.1f} % ({low:.1f} to {high:.1f}; central values {run:.1f})"
