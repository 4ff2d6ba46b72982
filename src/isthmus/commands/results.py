"""Write the results of a study: tables in full, findings as JSON, one report for each language."""

import json
import os
import re
import shutil
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from isthmus.commands.output import write_json, write_table
from isthmus.commands.workbook import FILE as WORKBOOK
from isthmus.commands.workbook import workbook
from isthmus.core.errors import BadInputError
from isthmus.execution.results import WORK
from isthmus.execution.workers import map_in_workers, processes_here
from isthmus.execution.workshop import tell
from isthmus.readers.store.findings import FILE, FORMAT
from isthmus.report.brief import brief_docx
from isthmus.report.dictionary import column_dictionary
from isthmus.report.locale import LANGUAGES
from isthmus.report.page import citation, collect, file_name, render, translator
from isthmus.study.registry import STATIONS
from isthmus.study.section import Section, facts_of, tables_of
from isthmus.study.station import Findings, Station

MANIFEST, STUDY = "manifest.json", "study.toml"
"""What made the results, and what makes a folder a study."""
RESULTS = (
    *("report.html", "report.*.html", "brief.docx", "brief.*.docx", "findings.json", "tables/*", "exchange/*"),
    *(WORKBOOK, "vary.html"),
)
"""What a run may write beside it."""


def write_findings(findings: Findings, out: Path, *, excel: bool = False) -> None:
    """Write the facts as ``findings.json``, every table as ``tables/NAME.csv`` and their columns as ``tables/columns.csv``.

    With `excel` all tables are also written as one workbook.
    """
    exported = exported_sections(findings)
    for section in exported.values():
        for name, table in tables_of(section).items():
            write_table(table.frame, out / "tables" / f"{name}.csv")
    write_table(column_dictionary(type(section) for section in exported.values()), out / "tables" / "columns.csv")
    sections = {name: facts_of(section) for name, section in exported.items()}
    write_json({"format": FORMAT, "sections": sections, "skipped": list(findings.skipped)}, out / FILE)
    if excel:
        (out / WORKBOOK).write_bytes(workbook(exported))


def exported_sections(findings: Findings, stations: Sequence[Station[Any]] = STATIONS) -> dict[str, Section]:
    """Return the sections that are shown and written; those of internal stations serve other stations alone."""
    internal = {station.name for station in stations if station.internal}
    return {name: section for name, section in findings.sections.items() if name not in internal}


def require_own_folder(out: Path, study: str, partners: Sequence[str], *, place: str = "", force: bool) -> None:
    """Refuse a folder that holds another study or its results; with `force` the unfinished work of that one is given up.

    Parameters
    ----------
    place
        Where the study lies, as `place_of` says it: two studies of one name may lie in different folders.

    Raises
    ------
    BadInputError
        If the folder is that of a study, or its manifest names another study, other partners or another place, or cannot
        be read.
    """
    path = out / MANIFEST
    if (out / STUDY).is_file() and place != "." and not force:
        raise BadInputError(
            f"--out {out}",
            f"is the folder of the study {Path(os.path.abspath(out)).name}",
            allowed="an empty folder, or one with results of this study",
            remedy="name another folder, or give --force to write beside it",
        )
    if not path.is_file():
        return
    try:
        manifest = json.loads(path.read_text("utf-8"))
        found = manifest["study"], list(manifest["partners"])
        lies = str(manifest.get("place", place))
    except (ValueError, KeyError, TypeError, AttributeError):
        found, lies = ("something else", []), ""
    moved = lies != place and (out / lies / STUDY).is_file()
    if found == (study, list(partners)) and not moved:
        return
    if not force:
        raise BadInputError(
            f"--out {out}",
            f"holds the results of {found[0]} ({', '.join(found[1]) or 'unknown partners'}){f' in {lies}' if moved else ''}",
            allowed="an empty folder, or one with results of this study",
            remedy="name another folder, or give --force to replace them",
        )
    shutil.rmtree(out / WORK, ignore_errors=True)


def place_of(study: Path, out: Path) -> str:
    """Return where a study lies as seen from the folder of its results, which may be moved together."""
    try:
        return Path(os.path.relpath(os.path.realpath(study), os.path.realpath(out))).as_posix()
    except ValueError:  # another drive
        return Path(os.path.realpath(study)).as_posix()


def write_reports(findings: Findings, out: Path, languages: Sequence[str]) -> list[Path]:
    """Write the report in each language, the first as ``report.html``, the others as ``report.LANG.html``, with its brief.

    Languages are written side by side. The brief, ``brief.docx`` or ``brief.LANG.docx``, is the first screen as a document; a
    study without an answer has none.
    """
    jobs = report_jobs(findings, out, languages)
    return map_in_workers(lambda write: write(), jobs, processes_here(), tell)


def report_jobs(findings: Findings, out: Path, languages: Sequence[str]) -> list[Callable[[], Path]]:
    """Return by language what is still to do for `write_reports`: each may be done beside the others."""
    today = datetime.now(UTC).date().isoformat()
    return [partial(_write_report, (findings, out, language, tuple(languages), today)) for language in languages]


def _write_report(what: tuple[Findings, Path, str, tuple[str, ...], str]) -> Path:
    """Write the report in one language, and its brief."""
    findings, out, language, languages, today = what
    chapters = collect(findings, language)
    path = out / file_name(language, languages)
    page = render(findings, chapters, language, languages, today)
    path.write_text(page, encoding="utf-8", errors="backslashreplace")
    if chapters[0].name == "answer":
        brief = brief_docx(chapters[0], citation(findings, language, today), translator(findings, language))
        path.with_name(path.name.replace("report", "brief", 1)).with_suffix(".docx").write_bytes(brief)
    return path


def languages_of(out: Path) -> list[str]:
    """Return the languages reports were written in before, the one of ``report.html`` first."""
    first = out / "report.html"
    found = [_language(first)] if first.is_file() else []
    found += [code for code in LANGUAGES if (out / f"report.{code}.html").is_file()]
    return [code for code in dict.fromkeys(found) if code in LANGUAGES]


def _language(path: Path) -> str:
    with path.open(encoding="utf-8") as file:
        match = re.search(r'<html lang="(\w+)"', file.read(400))
    return match.group(1) if match else ""
