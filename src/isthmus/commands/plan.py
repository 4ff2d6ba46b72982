"""Read plan documents: ``isthmus plan extract``."""

from collections import Counter
from pathlib import Path

import click

from isthmus.commands.output import EXCEL, JSON, OUT_FILE, answer, one_result, write_table
from isthmus.core.errors import BadInputError


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
@click.option("--numbers-only", is_flag=True, help="Leave out milestones and statements without a number.")
@JSON
@EXCEL
def extract(
    files: tuple[Path, ...], lang: str | None, out: Path, numbers_only: bool, as_json: bool, excel: bool
) -> None:
    """Extract every target of plan documents (PDF, DOCX, HTML, text) with its number, year and page."""
    from isthmus.plans.extract import extract_document
    from isthmus.plans.taxonomy import with_themes
    from isthmus.readers.documents.document import read_document
    from isthmus.readers.study.targets import targets_frame
    from isthmus.readers.study.taxonomy import read_taxonomy

    taxonomy, targets, documents = read_taxonomy(), [], []
    for path in _distinct(files):
        click.echo(f"reading {path.name}", err=True)
        document = read_document(path)
        for note in document.notes:
            click.echo(f"  {note}", err=True)
        extraction = extract_document(document, lang, with_words=not numbers_only)
        found = with_themes(extraction.targets, taxonomy)
        targets.extend(found)
        if extraction.reported:
            click.echo(
                f"  {len(extraction.reported)} sentences with figures report the past and were left out", err=True
            )
        numbered = sum(t.value is not None for t in found)
        if not found:
            click.echo(f"  no target was found in {path.name}", err=True)
        about = {"file": path.name, "pages": document.pages, "notes": list(document.notes)}
        counts = {"targets": len(found), "with_number": numbered, "reports_left_out": len(extraction.reported)}
        documents.append({**about, **counts})
    with one_result(out, excel=excel) as place:
        write_table(targets_frame(targets), place / out.name, excel=excel)
    kinds = Counter(target.kind.value for target in targets)
    summary = {"out": str(out), "targets": len(targets), "kinds": dict(sorted(kinds.items())), "documents": documents}
    numbered = sum(target.value is not None for target in targets)
    answer(
        summary,
        as_json,
        lambda: f"{len(targets)} targets, {numbered} with a number, from {len(files)} documents: {out}",
    )


def _distinct(files: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return the files; ids of targets begin with the name of the file, so that no two may share it."""
    doubled = [name for name, count in Counter(path.name for path in files).items() if count > 1]
    if doubled:
        raise BadInputError(
            doubled[0], "two files have this name", allowed="files of different names", remedy="rename one of them"
        )
    return files
