"""``isthmus report``: write the report of a finished run in another language."""

from pathlib import Path

import click

from isthmus.commands.output import JSON, answer, results


@click.command("report")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--lang",
    "languages",
    type=click.Choice(["en", "ru", "zh"]),
    multiple=True,
    help="Language of the report; may be repeated. Without it the reports that are there are written anew.",
)
@JSON
def command(folder: Path, languages: tuple[str, ...], as_json: bool) -> None:
    """Write the report of the finished run in DIR from its findings and tables.

    The first language of a folder is report.html, further ones are report.LANG.html; links between them are kept up to date.
    """
    from isthmus.commands.results import MANIFEST, languages_of, write_reports
    from isthmus.readers.store.findings import read_findings

    findings = read_findings(folder)
    every = list(dict.fromkeys([*languages_of(folder), *languages])) or ["en"]
    with results(folder, summary=MANIFEST, update=True) as place:
        written = write_reports(findings, place, every)
    files = {code: str(folder / path.name) for code, path in zip(every, written, strict=True)}
    answer({"reports": files}, as_json, lambda: "\n".join(f"{code}: {path}" for code, path in files.items()))
