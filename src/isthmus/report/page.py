"""The report as one self-contained page: chapters collected in the order of the stations, then rendered."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec

import pandas as pd

from isthmus.report.blocks import Chapter
from isthmus.report.locale import LANGUAGES, Translator
from isthmus.report.shell import environment, script, style
from isthmus.study.station import Findings

CHAPTERS = (
    "answer",
    "plans",
    "alignment",
    "border",
    "levers",
    "value",
    "outcomes",
    "worlds",
    "tracking",
    "evidence",
)
"""Order of the report; a chapter whose station found nothing is left out and named under Evidence."""

LANGUAGE_NAMES = {"en": "English", "ru": "Русский", "zh": "中文"}


def collect(findings: Findings, language: str) -> list[Chapter]:
    """Return the chapters that the findings support, in the order of the stations."""
    text = Translator(language)
    found = []
    for name in CHAPTERS:
        module = f"isthmus.report.chapters.{name}"
        if find_spec(module):
            chapter = import_module(module).chapter(findings, text)
            if chapter is not None:
                found.append(chapter)
    return found


def render(
    findings: Findings, chapters: Sequence[Chapter], language: str, languages: Sequence[str] = (), date: str = ""
) -> str:
    """Return the report as HTML that needs no other file and no network.

    Parameters
    ----------
    findings
        Sections by station: tables are offered for download, the evidence fills the footer.
    chapters
        From `collect`; the first one's title heads the page.
    language
        Language of the page.
    languages
        All languages the report is written in, the first one as report.html; links between the files are made from it.
    date
        Day on which the report is written (YYYY-MM-DD); stands on the page and in its citation.
    """
    text = Translator(language)
    tables = _tables(findings)
    masthead = _masthead(findings, text)
    footer = _footer(findings, text, masthead["study"], date)
    template = environment(text, tables, footer["citation"]).get_template("report.html")
    return template.render(
        chapters=chapters,
        masthead=masthead,
        footer=footer,
        switches=[
            {"code": code, "name": LANGUAGE_NAMES[code], "href": file_name(code, languages)} for code in languages
        ],
        style=style("style.css"),
        echarts=script("vendor/echarts.min.js"),
        script=script("page.js"),
    )


def file_name(language: str, languages: Sequence[str]) -> str:
    """Return the name of the report's file in a language: the first of `languages` is report.html."""
    if language not in LANGUAGES:
        raise KeyError(language)
    return "report.html" if not languages or language == languages[0] else f"report.{language}.html"


def _tables(findings: Findings) -> Mapping[str, pd.DataFrame]:
    return {name: table for section in findings.values() for name, table in section.tables.items()}


def _masthead(findings: Findings, text: Translator) -> Mapping[str, str]:
    """Return the line above the title: which study, which years, which world."""
    facts = findings["evidence"].facts if "evidence" in findings else {}
    study, world = facts.get("study", {}), facts.get("world", {})
    parts = []
    if study:
        parts.append(text("page.years", start=study["start"], end=study["deadline"]))
    if world:
        parts.append(text("page.world", name=world["name"], year=world["year"]))
    return {"study": text.named(study.get("titles", {}), study.get("name", "Isthmus")), "detail": " · ".join(parts)}


def _footer(findings: Findings, text: Translator, study: str, date: str) -> Mapping[str, str]:
    """Return what made the report: version, date, worst residual of the equations, digest of all inputs, citation."""
    facts = findings["evidence"].facts if "evidence" in findings else {}
    residuals = facts.get("solver", {}).get("residuals", {})
    worst = text("page.residual", residual=text.scientific(max(residuals.values()))) if residuals else ""
    made, digest = version("isthmus"), str(facts.get("digest", ""))[:12]
    parts = [f"Isthmus {made}", study, date, digest]
    return {
        "made": text("page.made", version=made),
        "version": made,
        "date": date,
        "residual": worst,
        "digest": digest,
        "citation": ", ".join(part for part in parts if part) + ".",
    }
