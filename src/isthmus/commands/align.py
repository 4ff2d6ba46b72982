"""Link the statements of two plans."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from isthmus.alignment.evaluate import Evaluation, evaluate
from isthmus.alignment.match import Alignment, align
from isthmus.alignment.review import LinkVerdict, rejected_pairs, review
from isthmus.alignment.spoken import SIDES, partners_of
from isthmus.alignment.tables import both_tiers, unmatched_table
from isthmus.commands.output import EXCEL, JSON, OUT_FILE, answer, one_result, write_table
from isthmus.core.errors import BadInputError
from isthmus.economy.baseline import WorldTable
from isthmus.plans.plan import Target
from isthmus.readers.alignment.embedders import SECOND, second_available
from isthmus.readers.alignment.links import Side, read_gold, read_side
from isthmus.readers.alignment.matcher import link_rows, load_matcher
from isthmus.readers.alignment.reviews import read_verdicts, verdict_table
from isthmus.readers.worlds.find import partner_code
from isthmus.readers.worlds.world import DEFAULT_WORLD, read_world

_FILE = click.Path(path_type=Path, dir_okay=False)
UNMATCHED = "unmatched.csv"
_MANY = 200
"""Statements of both sides from which a word says how long it takes."""


def _two_names(
    context: click.Context, parameter: click.Parameter, value: tuple[str, str] | None
) -> tuple[str, str] | None:
    """Return the names of both partners; refuse an option that stands where the second one should."""
    if value and value[1].startswith("-"):
        raise click.BadParameter(
            f"one name stands before {value[1]}. Allowed: two names, that of LEFT and that of RIGHT", context, parameter
        )
    return value


@click.command()
@click.argument("left", type=_FILE)
@click.argument("right", type=_FILE)
@click.option("--out", type=OUT_FILE, required=True, help="Table of links; unmatched.csv is written beside it.")
@click.option("--evaluate", "gold", type=_FILE, help="Table of right answers; prints precision, recall and agreement.")
@click.option("--review", "verdicts", type=_FILE, help="An analyst's verdicts; they win over the machine.")
@click.option("--glossary", type=_FILE, help="Your additions to the packaged glossary.")
@click.option(
    "--models",
    type=click.Choice(["best", "base", "both"]),
    default="best",
    show_default=True,
    help="Embedding models: the NumPy one alone (base), with the second one (both), or what is installed (best).",
)
@click.option(
    "--candidates", type=click.IntRange(1), default=5, show_default=True, help="Candidates listed for each statement."
)
@click.option(
    "--partners",
    nargs=2,
    is_eager=True,
    callback=_two_names,
    help="Whose plans LEFT and RIGHT are (code or name), where the rows do not say it.",
)
@click.option("--world", default=DEFAULT_WORLD, show_default=True, help="World whose trade confirms complements.")
@EXCEL
@JSON
def command(
    left: Path,
    right: Path,
    out: Path,
    gold: Path | None,
    verdicts: Path | None,
    glossary: Path | None,
    models: str,
    candidates: int,
    partners: tuple[str, str] | None,
    world: str,
    excel: bool,
    as_json: bool,
) -> None:
    """Link LEFT and RIGHT, tables with id, lang, text.

    Targets (number, unit, year, direction) are read from the text unless the table brings the columns of
    ``isthmus plan extract``. A link of tier subject is accepted when each statement is the other's best match; of tier
    object are rows that speak of one good, corridor or rule and are joint, complementary or in conflict by what each does.
    """
    if out.name == UNMATCHED:
        raise BadInputError(
            "--out", "is the name of the second table", allowed="another file name", remedy="use links.csv"
        )
    sides = read_side(left), read_side(right)
    for path, side in zip((left, right), sides, strict=True):
        if side.dialect:
            click.echo(f"{path.name}: read as {side.dialect}", err=True)
        if not side.targets:
            raise BadInputError(path.name, "holds no statements", allowed="at least one row", remedy="check the file")
    counts = [len({target.id for target in side.targets}) for side in sides]
    if sum(counts) >= _MANY:
        click.echo(f"comparing {counts[0]} with {counts[1]} statements: about a minute per thousand", err=True)
    decided = read_verdicts(verdicts) if verdicts else ()
    matcher, table = load_matcher(models, glossary, candidates), read_world(world)
    targets = _of_partners(sides, partners or ("", ""), table)
    barred = rejected_pairs(decided, *targets)
    found = align(*targets, matcher, barred)
    stale: tuple[LinkVerdict, ...] = ()
    if verdicts:
        reviewed = review(found, decided, *targets)
        found, stale = reviewed.alignment, tuple(reviewed.stale)
    measured, outside = None, 0
    if gold:
        pairs, outside = read_gold(gold, *targets)
        measured = evaluate(found.links, pairs)
    kept = {(link.left.id, link.right.id) for link in found.accepted} | set(barred)
    talked = [link for link in link_rows(*targets, matcher, table) if (link.left.id, link.right.id) not in kept]
    summary = _summary(found, sides, len(stale), verdicts is not None, measured, outside) | _places(out)
    with one_result(out, (UNMATCHED, "stale_verdicts.csv"), excel=excel) as place:
        write_table(both_tiers(found, talked, matcher.calibration), place / out.name, excel=excel)
        write_table(unmatched_table(found, talked), place / UNMATCHED, excel=excel)
        if stale:
            write_table(verdict_table(stale), place / "stale_verdicts.csv", excel=excel)
    if models == "best" and not second_available():
        click.echo(f"The second model ({SECOND}) is not installed; the NumPy model works alone.", err=True)
    summary["objects"] = dict(Counter(str(link.judgement.relation) for link in talked))
    summary["trade_between"] = [code for code in partners_of(*targets) if code in table.economies]
    summary["without_trade"] = sorted({*partners_of(*targets)} - {*SIDES, *table.economies})
    answer(summary, as_json, lambda: _sentences(summary))


def _places(out: Path) -> dict[str, Any]:
    """Return where both tables will be written, and whether the second one takes the place of an earlier one."""
    beside = out.with_name(UNMATCHED)
    return {"files": [str(out), str(beside)], "unmatched_replaced": beside.exists()}


def _of_partners(
    sides: tuple[Side, Side], partners: tuple[str, str], world: WorldTable
) -> tuple[tuple[Target, ...], tuple[Target, ...]]:
    """Return the rows of both sides with the codes of their partners where they have none."""
    codes = [name and partner_code(name, world, where=f"--partners {name}") for name in partners]
    if codes[0] and codes[0] == codes[1]:
        raise BadInputError(
            "--partners",
            f"names {codes[0]} twice",
            allowed="two economies",
            remedy="name both sides; for two regions of one economy leave it out",
        )
    left, right = (
        tuple(replace(target, partner=target.partner or code) for target in side.targets)
        for side, code in zip(sides, codes, strict=True)
    )
    return left, right


def _summary(
    found: Alignment,
    sides: tuple[Side, Side],
    stale: int,
    was_reviewed: bool,
    measured: Evaluation | None,
    outside: int,
) -> dict[str, Any]:
    relations: dict[str, int] = {}
    bands: dict[str, int] = {}
    for link in found.accepted:
        relations[str(link.relation)] = relations.get(str(link.relation), 0) + 1
        bands[str(link.band)] = bands.get(str(link.band), 0) + 1
    summary: dict[str, Any] = {
        **found.counts,
        "relations": relations,
        "bands": bands,
        "unmatched_left": sum(gap.side == "left" for gap in found.gaps),
        "unmatched_right": sum(gap.side == "right" for gap in found.gaps),
        "models": list(found.models),
        "targets_read_from_text": [side.extracted for side in sides],
        "language_not_read": sum(side.unread for side in sides),
    }
    if was_reviewed:
        summary["verdicts_stale"] = stale
        summary["verdicts_in_force"] = sum(bool(link.verdict) for link in found.links)
    if measured is not None:
        shares = {name: getattr(measured, name) for name in ("precision", "recall", "top1", "top3", "agreement")}
        summary["evaluation"] = {
            **{name: None if value != value else value for name, value in shares.items()},
            "links": measured.links,
            "labelled": measured.labelled,
            "labelled_related_only": measured.unlinked,
            "confusion": measured.confusion,
            "gold_rows_of_other_statements": outside,
        }
    return summary


def _sentences(summary: dict[str, Any]) -> str:
    """Write the summary for people."""
    lines = [
        f"{summary['accepted']} links between {summary['left']} left and {summary['right']} right statements "
        f"({_listing(summary['relations'])}; {_listing(summary['bands'])}); unmatched: {summary['unmatched_left']} left, "
        f"{summary['unmatched_right']} right.",
        f"By what each side does with one object, besides: {_listing(summary['objects'])} ({_witness(summary)}).",
        f"Models: {', '.join(summary['models'])}.",
    ]
    if summary["language_not_read"]:
        lines.append(f"{summary['language_not_read']} statements are in a language whose numbers are not read.")
    if "verdicts_stale" in summary:
        lines.append(
            f"Verdicts: {summary['verdicts_in_force']} links decided, {summary['verdicts_stale']} stale (passage gone)."
        )
    if "evaluation" in summary:
        lines += _evaluation_lines(summary["evaluation"])
    instead = ", which takes the place of an earlier one" if summary["unmatched_replaced"] else ""
    links, beside = summary["files"]
    lines.append(f"Links: {links}; what has none: {beside}{instead}.")
    return "\n".join(lines)


def _witness(summary: dict[str, Any]) -> str:
    codes, outside = summary["trade_between"], summary["without_trade"]
    if len(codes) == len(SIDES):
        return f"trade of {' and '.join(codes)} confirms complements"
    if outside:
        return f"no trade confirms complements: the world does not show {' and '.join(outside)} alone"
    return "no trade confirms complements: the rows name no two economies of the world, see --partners"


def _evaluation_lines(measured: dict[str, Any]) -> list[str]:
    def share(name: str) -> str:
        return "no case" if measured[name] is None else f"{measured[name]:.3f}"

    lines = [
        f"Against {measured['links']} gold links: precision {share('precision')}, recall {share('recall')}, "
        f"top-1 {share('top1')}, top-3 {share('top3')}.",
        f"Against {measured['labelled']} labelled pairs: agreement of the relation {share('agreement')} (of those listed).",
    ]
    if measured["labelled_related_only"]:
        lines.append(
            f"{measured['labelled_related_only']} of them are labelled as related only and are no gold links: they count for "
            "the relation, not for precision and recall."
        )
    lines += [f"  {label}: {_listing(row)}" for label, row in sorted(measured["confusion"].items())]
    if measured["gold_rows_of_other_statements"]:
        lines.append(
            f"{measured['gold_rows_of_other_statements']} gold rows speak of other statements and were not used."
        )
    return lines


def _listing(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items())) or "none"
