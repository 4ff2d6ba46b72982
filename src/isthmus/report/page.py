"""The report as one self-contained page: chapters collected in the order of the stations, then rendered."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.metadata import version
from typing import Any

import pandas as pd

from isthmus.report.assets import CHARTS
from isthmus.report.blocks import Chapter
from isthmus.report.chapters import answer
from isthmus.report.locale import LANGUAGES, Translator
from isthmus.report.outset import outset
from isthmus.report.shell import environment, script, style
from isthmus.study.evidence import EvidenceSection
from isthmus.study.registry import STATIONS
from isthmus.study.section import tables_of
from isthmus.study.station import Findings, Station
from isthmus.study.trade import TradeSection
from isthmus.study.value import ValueSection

LANGUAGE_NAMES = {"en": "English", "ru": "Русский", "zh": "中文"}


def collect(findings: Findings, language: str, stations: Sequence[Station[Any]] = STATIONS) -> list[Chapter]:
    """Return the first screen and one chapter for every section that is shown, in the order of the stations.

    The first screen is the answer, and for a study without levers what is known and what is missing.

    Raises
    ------
    ModuleNotFoundError
        If a station has no chapter: ``report/chapters/NAME.py`` with a function `chapter`.
    """
    text, value = translator(findings, language), findings.get(ValueSection)
    found: list[Chapter] = []
    for station in stations:
        section = findings.sections.get(station.name)
        if section is not None and not station.internal:
            module = import_module(f"isthmus.report.chapters.{station.name}")
            found.append(module.chapter(section, findings, text))
    if value is not None:
        return [answer.chapter(value, findings, text), *found]
    return [outset(findings, found, text), *found] if findings.get(EvidenceSection) else found


def translator(findings: Findings, language: str) -> Translator:
    """Return the texts of a language for as many partners as the study has."""
    trade = findings.get(TradeSection)
    return Translator(language, several=trade is not None and len(trade.partners) > 2)


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
    text = translator(findings, language)
    tables = _tables(findings)
    masthead = _masthead(findings, text)
    footer = _footer(findings, text, date)
    template = environment(text, tables, footer["citation"]).get_template("report.html")
    return template.render(
        chapters=chapters,
        masthead=masthead,
        footer=footer,
        others=_others(language, languages, text),
        switches=[
            {"code": code, "name": LANGUAGE_NAMES[code], "href": file_name(code, languages)} for code in languages
        ],
        style=style("style.css"),
        echarts=script(CHARTS),
        script=script("page.js"),
    )


def file_name(language: str, languages: Sequence[str]) -> str:
    """Return the name of the report's file in a language: the first of `languages` is report.html."""
    if language not in LANGUAGES:
        raise KeyError(language)
    return "report.html" if not languages or language == languages[0] else f"report.{language}.html"


def _others(language: str, languages: Sequence[str], text: Translator) -> str:
    """Say which language this file holds and where the others are, so that a file sent alone explains itself."""
    files = [f"{LANGUAGE_NAMES[code]} – {file_name(code, languages)}" for code in languages if code != language]
    missing = [code for code in LANGUAGES if code not in languages and code != language]
    told = [text("page.this_file")]
    if files:
        told.append(text("page.other_files", files=text.list(files)))
    if missing:
        told.append(text("page.not_written", commands=text.list([f"isthmus report … --lang {c}" for c in missing])))
    return text("common.space").join(told)


def _tables(findings: Findings) -> Mapping[str, pd.DataFrame]:
    return {name: table.frame for section in findings.sections.values() for name, table in tables_of(section).items()}


def _masthead(findings: Findings, text: Translator) -> Mapping[str, str]:
    """Return the line above the title: which study, which years, which world."""
    evidence = findings.get(EvidenceSection)
    if evidence is None:
        return {"study": "Isthmus", "detail": ""}
    parts = [
        text("page.years", start=evidence.start, end=evidence.deadline),
        text("page.world", name=evidence.world, year=evidence.world_year),
    ]
    return {"study": text.named(evidence.titles, evidence.study), "detail": " · ".join(parts)}


def citation(findings: Findings, language: str, date: str = "") -> str:
    """Return how a report is cited: product and version, study, date, digest of all inputs."""
    evidence, text = findings.get(EvidenceSection), translator(findings, language)
    digest = evidence.digest[:12] if evidence else ""
    parts = [f"Isthmus {version('isthmus')}", _masthead(findings, text)["study"], date, digest]
    return ", ".join(part for part in parts if part) + "."


def _footer(findings: Findings, text: Translator, date: str) -> Mapping[str, str]:
    """Return what made the report: version, date, worst residual of the equations, digest of all inputs, citation."""
    evidence = findings.get(EvidenceSection)
    residuals = evidence.solver.residuals if evidence and evidence.solver else {}
    worst = text("page.residual", residual=text.scientific(max(residuals.values()))) if residuals else ""
    made, digest = version("isthmus"), evidence.digest[:12] if evidence else ""
    return {
        "version": made,
        "date": date,
        "residual": worst,
        "digest": digest,
        "citation": citation(findings, text.language, date),
        "about": text("page.about_known" if findings.get(ValueSection) is None else "page.about"),
    }
