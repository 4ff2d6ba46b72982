"""Read plan documents: ``isthmus plan extract``."""

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from isthmus.commands.output import EXCEL, JSON, OUT_FILE, answer, excel_name, one_result, write_table
from isthmus.commands.period import first_and_last
from isthmus.commands.plan_tables import left_out_table, readings_table
from isthmus.commands.plan_told import dropped, numbered, repeated, tell_document, tell_extraction, tell_period
from isthmus.core.errors import BadInputError

if TYPE_CHECKING:
    from isthmus.core.each import Each, Item, Made
    from isthmus.plans.document import Document, LeftOut
    from isthmus.plans.extract import Extraction
    from isthmus.plans.plan import Target
    from isthmus.readers.documents.second_reader import Asker, SecondReading

SILENCE = 5
"""Seconds after which the reading of a long file says how far it is."""


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
    callback=first_and_last,
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
    from isthmus.readers.alignment.matcher import described
    from isthmus.readers.documents.document import read_document
    from isthmus.readers.documents.plans import extract_document
    from isthmus.readers.documents.second_reader import TIMEOUT_S, read_again
    from isthmus.readers.study.targets import targets_frame

    asker = _ready(files, out, reader)
    targets, documents, second = [], [], []
    passages: list[tuple[str, LeftOut]] = []
    for path in files:
        click.echo(f"reading {path.name}", err=True)
        document = read_document(path, tell := _progress(lang))
        tell_document(document, lang)
        extraction = extract_document(document, lang, with_words=only != "numbers", period=period, each=_several(tell))
        found = [t for t in described(extraction.targets) if _wanted(t, only)]
        targets.extend(found)
        if asker is not None:
            click.echo(f"  asking the second reader, at most {TIMEOUT_S} seconds a passage", err=True)
            second.append(read_again(document, found, asker, tell))
        passages.extend((path.name, entry) for entry in extraction.left_out)
        tell_extraction(path.name, found, extraction, only, period=True)
        tell_period(path.name, extraction, period)
        documents.append(_counts(path.name, document, found, extraction))
    tables = {out.name: targets_frame(targets)}
    tables |= {f"{out.stem}_readings.csv": readings_table(second)} if second else {}
    tables |= {f"{out.stem}_left_out.csv": left_out_table(passages, targets)} if with_left_out else {}
    with one_result(out, excel=excel) as place:
        for name, table in tables.items():
            write_table(table, place / name, excel=excel)
    written = [*tables, *(excel_name(name) for name in tables if excel)]
    kinds = Counter(target.kind.value for target in targets)
    summary = {"out": str(out), "files": written, "targets": len(targets), "kinds": dict(sorted(kinds.items()))}
    left_out = Counter(entry.reason for _, entry in passages)
    summary |= {"left_out": dict(sorted(left_out.items())), "documents": documents}
    if asker is not None:
        summary |= {"second_reader": (agreement := _agreement(second, asker.stopped))}
        _tell_second(agreement, out.with_name(f"{out.stem}_readings.csv"))
    answer(summary, as_json, lambda: _line(targets, len(files), out, written[1:]))
    _require_an_answer(second, out)


def _ready(files: tuple[Path, ...], out: Path, reader: str | None) -> "Asker | None":
    """Check before the first file is read, which may take minutes, what can be known by then; return the second reader.

    Raises
    ------
    BadInputError
        For a file that is missing or empty, a table that cannot be written there, or a second reader without an address.
    """
    from isthmus.readers.documents.document import checked_head
    from isthmus.readers.documents.second_reader import Asker, server_of

    if out.suffix.lower() != ".csv":
        raise BadInputError(
            f"--out: {out.name}",
            "is no name of a CSV table",
            allowed="a name that ends in .csv",
            remedy=f"name it {out.stem or 'targets'}.csv; --excel writes an .xlsx beside it",
        )
    for path in _distinct(files):
        checked_head(path)
    asker = (
        Asker(server_of(), lambda why: click.echo(f"  second reader: {why}; asked once more", err=True))
        if reader
        else None
    )
    try:
        with one_result(out):
            pass
    except OSError as error:
        raise BadInputError(
            f"--out: {out}",
            f"cannot be written ({error.strerror})",
            allowed="a file in a folder that can be written",
            remedy="name another place",
        ) from error
    return asker


def _require_an_answer(second: "Sequence[SecondReading]", out: Path) -> None:
    """Refuse a second reader that answered no passage, when everything is written."""
    asked = sum(found.passages for found in second)
    if asked and asked == sum(sum(found.unanswered.values()) for found in second):
        raise BadInputError(
            "--reader",
            f"none of {asked} passages was answered; the table of the rules is written: {out}",
            allowed="a server that answers with a JSON object whose key targets holds a list",
            remedy="see the reasons above, and try its address and model with one request, or leave --reader out",
        )


def _counts(name: str, document: "Document", found: "Sequence[Target]", extraction: "Extraction") -> dict[str, object]:
    """Return what the summary says of a document."""
    from isthmus.plans.confidence import doubtful, expected_right

    reasons = Counter(left.reason for left in extraction.left_out)
    return {
        "file": name,
        "pages": document.pages,
        "notes": list(document.notes),
        "targets": len(found),
        "with_number": numbered(found),
        "expected_right": expected_right(found),
        "doubtful": doubtful(found),
        "dropped_by_only": dropped(len(found), extraction),
        "left_out": dict(sorted(reasons.items())),
        "left_out_share": round(extraction.left_share, 3),
        "reports_until": extraction.guessed or None,
        "tells_past": extraction.tells_past,
        "repeated": repeated(found),
    }


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


def _several(tell: "Callable[[str, int, int], None]") -> "Each":
    """Return what reads several sections of a document at a time and says now and then how many are done."""
    from isthmus.execution.workers import map_in_workers, processes_here

    def each(function: "Callable[[Item], Made]", items: "Sequence[Item]") -> "list[Made]":
        return map_in_workers(
            function,
            items,
            processes_here(),
            lambda lost: click.echo(f"  {lost}", err=True),
            lambda done: tell("targets", done, len(items)),
        )

    return each


def _line(targets: "Sequence[Target]", files: int, out: Path, beside: Sequence[str]) -> str:
    """Return what the command says at its end: rows and how many have a number, how to get those, and the files."""
    valued = numbered(targets)
    without = len(targets) - valued
    more = f"\nin words, as milestones and aims: {without}; --only numbers gives the {valued} with a number"
    places = ", ".join(str(path) for path in (out, *(out.with_name(name) for name in beside)))
    many, several = ("s" * (count != 1) for count in (len(targets), files))
    said = f"{len(targets)} target{many}, {valued} with a number, from {files} document{several}: {places}"
    return said + (more if without and valued else "")


def _agreement(second: "Sequence[SecondReading]", stopped: str) -> dict[str, Any]:
    """Return what the second reader found: how often both agree, what goes to review, what was refused or not answered."""
    readings = [r for found in second for r in found.readings]
    agree = sum(r.verdict == "agree" for r in readings)
    answered = sum(r.answered for r in readings)
    refused = Counter(row.reason for found in second for row in found.refused)
    unanswered = sum((Counter(found.unanswered) for found in second), Counter[str]())
    verdicts = Counter(r.verdict for r in readings)
    return {
        "passages": sum(found.passages for found in second),
        "verdicts": dict(sorted(verdicts.items())),
        "agreement": agree / answered if answered else None,
        "review": answered - agree,
        "refused": dict(sorted(refused.items())),
        "unanswered": dict(sorted(unanswered.items())),
        "stopped": stopped,
    }


def _tell_second(found: Mapping[str, Any], place: Path) -> None:
    """Say on standard error how far both readers agree, what the second did not answer, and where it all stands."""
    if found["stopped"]:
        click.echo(f"second reader: no more passages were asked: {found['stopped']}", err=True)
    agreement = "nothing to compare" if found["agreement"] is None else f"agreement {found['agreement']:.0%}"
    refused, unanswered = _listed(found["refused"]), _listed(found["unanswered"])
    counts = f"{found['review']} to review, {refused} refused, {unanswered} of {found['passages']} passages unanswered"
    click.echo(f"second reader: {agreement}, {counts}: {place}", err=True)


def _listed(reasons: Mapping[str, int]) -> str:
    """Return the sum of counts and, where there are any, each with its reason."""
    shown = ", ".join(f"{count} {reason}" for reason, count in reasons.items())
    return f"{sum(reasons.values())} ({shown})" if reasons else "0"


def _wanted(target: "Target", only: str) -> bool:
    return only == "all" or target.value is not None or (only == "dated" and target.year is not None)


def _distinct(files: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return the files; ids of targets begin with the letters and digits of a name, so that no two may share them."""
    from isthmus.plans.extract import id_stem

    held = dict[str, Path]()
    for path in files:
        other = held.setdefault(id_stem(path.name), path)
        if other is not path:
            same = other.name == path.name
            raise BadInputError(
                path.name,
                "two files have this name" if same else f"its targets would have the same ids as those of {other.name}",
                allowed="files of different names" if same else "names that differ in a letter or digit",
                remedy="rename one of them",
            )
    return files
