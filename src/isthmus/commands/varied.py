"""What ``isthmus run --vary`` writes: a table and a page with one chart."""

from datetime import UTC, datetime
from pathlib import Path

from isthmus.commands.output import write_table
from isthmus.commands.vary import VariedNumber
from isthmus.report.locale import Translator
from isthmus.report.page import render
from isthmus.report.varied import varied_chapter
from isthmus.study.station import Findings
from isthmus.study.study import Study
from isthmus.study.vary import vary

PAGE, TABLE = "vary.html", "vary.csv"


def write_varied(study: Study, findings: Findings, over: VariedNumber, out: Path, language: str) -> None:
    """Solve a study over a range of one number and write ``tables/vary.csv`` and ``vary.html``."""
    rows, text = vary(study, findings, over.name, over.values), Translator(language)
    write_table(rows.frame, out / "tables" / TABLE)
    chapter = varied_chapter(rows, study.partners, study.economy_names, study.deadline, text)
    page = render(findings, [chapter], language, date=datetime.now(UTC).date().isoformat())
    (out / PAGE).write_text(page, encoding="utf-8", errors="backslashreplace")
