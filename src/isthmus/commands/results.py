"""Write the results of a study: tables in full, findings as JSON, one report for each language."""

import json
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from isthmus.commands.output import write_json, write_table
from isthmus.core.errors import BadInputError
from isthmus.execution.results import WORK
from isthmus.readers.store.findings import FILE, kinds_of
from isthmus.report.locale import LANGUAGES
from isthmus.report.page import collect, file_name, render
from isthmus.study.station import Findings

MANIFEST = "manifest.json"
"""What made the results."""
RESULTS = ("report.html", "report.*.html", "findings.json", "tables/*", "exchange/*")
"""What a run may write beside it."""


def write_findings(findings: Findings, out: Path, *, excel: bool = False) -> None:
    """Write ``findings.json`` and every table as ``tables/NAME.csv``.

    Raises
    ------
    ValueError
        If two stations name a table alike: one would overwrite the other.
    """
    names = [name for section in findings.values() for name in section.tables]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"tables of two stations carry one name: {', '.join(twice)}")
    for section in findings.values():
        for name, table in section.tables.items():
            write_table(table, out / "tables" / f"{name}.csv", excel=excel)
    sections = {
        name: {"facts": section.facts, "tables": {table: kinds_of(frame) for table, frame in section.tables.items()}}
        for name, section in findings.items()
    }
    write_json({"format": 1, "sections": sections}, out / FILE)


def require_own_folder(out: Path, study: str, partners: Sequence[str], *, force: bool) -> None:
    """Refuse a folder that holds the results of another study; with `force` its unfinished work is given up.

    Raises
    ------
    BadInputError
        If the folder's manifest names another study or other partners, or cannot be read.
    """
    path = out / MANIFEST
    if not path.is_file():
        return
    try:
        manifest = json.loads(path.read_text("utf-8"))
        found = manifest["study"], list(manifest["partners"])
    except (ValueError, KeyError, TypeError):
        found = "something else", []
    if found == (study, list(partners)):
        return
    if not force:
        raise BadInputError(
            f"--out {out}",
            f"holds the results of {found[0]} ({', '.join(found[1]) or 'unknown partners'})",
            allowed="an empty folder, or one with results of this study",
            remedy="name another folder, or give --force to replace them",
        )
    shutil.rmtree(out / WORK, ignore_errors=True)


def write_reports(findings: Findings, out: Path, languages: Sequence[str]) -> list[Path]:
    """Write the report in each language, the first as ``report.html``, the others as ``report.LANG.html``."""
    written = []
    for language in languages:
        page = render(findings, collect(findings, language), language, languages)
        path = out / file_name(language, languages)
        path.write_text(page, encoding="utf-8", errors="backslashreplace")
        written.append(path)
    return written


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
