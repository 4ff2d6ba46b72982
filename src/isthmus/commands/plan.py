"""Read plan documents: ``isthmus plan extract``."""

import re
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from isthmus.commands.output import EXCEL, JSON, OUT_FILE, answer, one_result, write_table
from isthmus.core.errors import BadInputError

if TYPE_CHECKING:
    import pandas as pd

    from isthmus.plans.document import LeftOut
    from isthmus.plans.extract import Extraction
    from isthmus.plans.plan import Target
    from isthmus.readers.documents.second_reader import SecondReading

LARGE_SHARE = 0.2
"""Share of a document's characters from which what was left out is worth a warning."""

SILENCE = 5
"""Seconds after which the reading of a long file says how far it is."""

SHOWN_CELLS = 6
"""Of the cells beyond the heads of tables, so many are shown a page."""


def _years(context: click.Context, parameter: click.Parameter, value: str | None) -> tuple[int, int] | None:
    """Return the two years of a period; refuse what is none."""
    if value is None:
        return None
    match = re.fullmatch(r"(\d{4})\s?[-–]\s?(\d{4})", value.strip())
    if match is None or match[1] > match[2]:
        raise click.BadParameter(
            f"{value} is no period. Allowed: first and last year, as 2021-2025", context, parameter
        )
    return int(match[1]), int(match[2])


@click.group(name="plan", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Read plan documents and extract their targets."""


@command.command(name="extract")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option(
    "--lang",
    type=click.Choice(["zh", "ru", "en"]),
    help="Language of the documents; found for each statement if left out.",
)
@click.option("--out", type=OUT_FILE, required=True, help="Table of targets (CSV).")
@click.option(
    "--only",
    type=click.Choice(["numbers", "dated", "all"]),
    default="all",
    show_default=True,
    help="Rows with a number, rows with a number or a year, or all.",
)
@click.option(
    "--period",
    metavar="FIRST-LAST",
    callback=_years,
    help="First and last year of the plan (2021-2025), whatever the document says; what has no year is due in the last.",
)
@click.option(
    "--reader",
    type=click.Choice(["openai"]),
    help="Have a server of this protocol read the documents too (ISTHMUS_READER_URL, ISTHMUS_READER_MODEL).",
)
@click.option(
    "--left-out",
    "with_left_out",
    is_flag=True,
    help="Also write what was left out, each passage with its reason, beside the table (OUT_left_out.csv).",
)
@JSON
@EXCEL
def extract(
    files: tuple[Path, ...],
    lang: str | None,
    out: Path,
    only: str,
    period: tuple[int, int] | None,
    reader: str | None,
    with_left_out: bool,
    as_json: bool,
    excel: bool,
) -> None:
    """Extract every target of plan documents (PDF, DOCX, HTML, text) with its number, year and page."""
    from isthmus.plans.taxonomy import with_themes
    from isthmus.readers.documents.document import read_document
    from isthmus.readers.documents.plans import extract_document
    from isthmus.readers.documents.second_reader import read_again, server_of
    from isthmus.readers.study.targets import targets_frame
    from isthmus.readers.study.taxonomy import read_taxonomy

    taxonomy, targets, documents, second = read_taxonomy(), [], [], []
    passages: list[tuple[str, LeftOut]] = []
    server = server_of() if reader else None
    for path in _distinct(files):
        click.echo(f"reading {path.name}", err=True)
        document = read_document(path, _progress(lang))
        for note in document.notes:
            click.echo(f"  {note}", err=True)
        extraction = extract_document(document, lang, with_words=only != "numbers", period=period)
        found = [t for t in with_themes(extraction.targets, taxonomy) if _wanted(t, only)]
        targets.extend(found)
        if server is not None:
            second.append(read_again(document, found, server))
        reasons = Counter(left.reason for left in extraction.left_out)
        passages.extend((path.name, entry) for entry in extraction.left_out)
        _tell(path.name, len(found), reasons, extraction)
        counts = {"targets": len(found), "with_number": _numbered(found)}
        left = {"left_out": dict(sorted(reasons.items())), "left_out_share": round(extraction.left_share, 3)}
        documents.append({"file": path.name, "pages": document.pages, "notes": list(document.notes), **counts, **left})
    with one_result(out, excel=excel) as place:
        write_table(targets_frame(targets), place / out.name, excel=excel)
        if second:
            write_table(_readings(second), place / f"{out.stem}_readings.csv", excel=excel)
        if with_left_out:
            write_table(_passages(passages), place / f"{out.stem}_left_out.csv", excel=excel)
    kinds = Counter(target.kind.value for target in targets)
    summary = {"out": str(out), "targets": len(targets), "kinds": dict(sorted(kinds.items()))}
    left_out = Counter(entry.reason for _, entry in passages)
    summary |= {"left_out": dict(sorted(left_out.items())), "documents": documents}
    summary |= {"second_reader": _agreement(second)} if second else {}
    answer(summary, as_json, lambda: _line(targets, len(files), out))


def _progress(lang: str | None) -> "Callable[[str, int, int], None]":
    """Return what says on standard error how far a file is read, where that takes long: now and then, not for each page."""
    from isthmus.report.locale import Translator

    text, last = Translator(lang or "en"), time.monotonic()

    def tell(step: str, done: int, whole: int) -> None:
        nonlocal last
        if time.monotonic() - last >= SILENCE:
            click.echo(f"  {text.of('plans.reading', step, done=done, whole=whole)}", err=True)
            last = time.monotonic()

    return tell


def _line(targets: "Sequence[Target]", files: int, out: Path) -> str:
    """Return what the command says at its end: how many rows there are, how many with a number, and how to get those."""
    numbered = _numbered(targets)
    without = len(targets) - numbered
    more = f"\n{without} rows are milestones and aims in words; --only numbers gives the {numbered} with a number"
    said = f"{len(targets)} targets, {numbered} with a number, from {files} documents: {out}"
    return said + (more if without else "")


def _numbered(targets: "Sequence[Target]") -> int:
    return sum(target.value is not None for target in targets)


def _passages(left_out: "Sequence[tuple[str, LeftOut]]") -> "pd.DataFrame":
    """Return a row for each passage that was left out."""
    import pandas as pd

    rows = [(file, entry.page, entry.reason, entry.text) for file, entry in left_out]
    return pd.DataFrame(rows, columns=["file", "page", "reason", "text"])


def _readings(second: "Sequence[SecondReading]") -> "pd.DataFrame":
    """Return both readings side by side, a row for each target that either found."""
    import pandas as pd

    fields = ("kind", "operator", "value", "unit", "year", "direction", "indicator")
    rows = []
    for reading in (r for found in second for r in found.readings):
        row = {"verdict": reading.verdict, "differs": ";".join(reading.differs), "page": reading.page}
        for side, target in (("first", reading.first), ("second", reading.second)):
            row |= {f"{side}_{name}": "" if target is None else getattr(target, name) for name in fields}
        rows.append(row | {"passage": reading.passage})
    return pd.DataFrame(rows)


def _agreement(second: "Sequence[SecondReading]") -> dict[str, object]:
    """Return what the second reader found: how often both agree, what goes to review, and what was refused."""
    readings = [r for found in second for r in found.readings]
    agree = sum(r.verdict == "agree" for r in readings)
    refused = sum((Counter(found.refused) for found in second), Counter[str]())
    verdicts = Counter(r.verdict for r in readings)
    return {
        "passages": sum(found.passages for found in second),
        "verdicts": dict(sorted(verdicts.items())),
        "agreement": agree / len(readings) if readings else None,
        "review": len(readings) - agree,
        "refused": dict(sorted(refused.items())),
    }


def _wanted(target: "Target", only: str) -> bool:
    return only == "all" or target.value is not None or (only == "dated" and target.year is not None)


def _tell(name: str, found: int, reasons: Mapping[str, int], extraction: "Extraction") -> None:
    """Say on standard error what of a document was left out, and warn where that is much or nothing was found."""
    if reasons:
        listed = ", ".join(f"{count} {reason}" for reason, count in sorted(reasons.items(), key=lambda item: -item[1]))
        click.echo(f"  left out: {listed}", err=True)
    if extraction.left_share > LARGE_SHARE:
        click.echo(f"  warning: {extraction.left_share:.0%} of {name} was left out; read it beside the table", err=True)
    for note, count in Counter(target.note for target in extraction.targets if target.note).items():
        click.echo(f"  {count} without a year of their own are {note} (see their note)", err=True)
    undated = sum(target.value is not None and target.year is None for target in extraction.targets)
    if undated:
        click.echo(f"  {undated} with a number have no year; --period FIRST-LAST says when the plan ends", err=True)
    if not found:
        click.echo(f"  no target was found in {name}", err=True)
    _tell_beyond(name, extraction.left_out)


def _tell_beyond(name: str, left_out: "Sequence[LeftOut]") -> None:
    """Warn of the tables with cells that no heading stands over, for nobody can say what those are."""
    from isthmus.plans.rows import BEYOND

    beyond = [left for left in left_out if left.reason == BEYOND]
    for page, count in Counter(left.page for left in beyond).items():
        shown = ", ".join([left.text for left in beyond if left.page == page][:SHOWN_CELLS])
        place = name if page is None else f"page {page} of {name}"
        click.echo(f"  warning: {count} cells beyond the heads of a table on {place}: {shown}", err=True)


def _distinct(files: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return the files; ids of targets begin with the name of the file, so that no two may share it."""
    doubled = [name for name, count in Counter(path.name for path in files).items() if count > 1]
    if doubled:
        raise BadInputError(
            doubled[0], "two files have this name", allowed="files of different names", remedy="rename one of them"
        )
    return files
