"""Write the pages of docs/evidence that are tables: sources read again, support and costs of levers, published estimates.

python tools/evidence.py           write all pages
python tools/evidence.py --check   exit 1 when a page is stale
"""

import csv
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "evidence"
STUDY = ROOT / "src" / "isthmus" / "assets" / "studies" / "china-russia"
VERDICTS = {
    "confirmed": "the source was opened and says it",
    "partly": "the source was opened and says a part of it; the finding says which part was not seen",
    "corrected": "the source says something else; the row was changed",
    "unconfirmed": "the source could not be opened, or the part that was seen does not say it",
    "assumption": "the row says that it is our judgement",
    "removed": "the number rested on nothing that could be found",
}
SOURCES = """\
# Sources read again

Every row of the border's assumptions and of the worked case's ledger, wedges, targets and customs totals was checked
by somebody who had not entered it. Sources were read as stored copies of public pages, mostly abstracts and the
beginnings of pages, not live: *confirmed* says what was seen, not that a whole paper was read. What a correction did to
the results stands in the changelog under "Numbers that changed".

Fifteen confirmed rows, drawn at random, were then read a third time by somebody who had neither entered nor checked
them: nine stood as they were, three could not be found again, one number was ours where the finding did not say so,
in two rows a part had not been seen. Every row whose finding names a part that was not seen is called *partly* since;
of two such rows the missing half was found. The public copy of the outline was not found again, so that its rows rest
on the first check.

This page is written from `sources.csv` beside it by `python tools/evidence.py`; a test holds it to the rows of the data
files."""

SUPPORT = """\
# What the plans say about each lever, and what it costs

The worked case's levers with the statements that they carry out, in our own words, and their costs. A side supports a
lever when a statement of its own plan or programme *states* the measure or *implies* it by its field and direction;
documents that both signed stand apart, since they are no plan of either. Degrees in brackets are low, central and high;
one marked with a star is our reading. Written by `python tools/evidence.py` from the study's tables."""
ESTIMATES = """\
# Published estimates for comparison

What others found for agreements and works that involve these economies or comparable ones. They differ from a run of
this model in method, base year and what is simulated: the table is for orders of magnitude, not for agreement. *Verified*
means that the abstract, summary or table named was read. Written by `python tools/evidence.py` from the study's table."""


def pages() -> dict[str, str]:
    """Return every generated page by file name."""
    return {
        "sources.md": sources_page(),
        "lever-support.md": support_page(),
        "published-estimates.md": estimates_page(),
    }


def sources_page() -> str:
    """Return the check of every row with a number."""
    rows = _rows(FOLDER / "sources.csv")
    counts = Counter(row["verdict"] for row in rows)
    parts = [SOURCES, _table(("verdict", "rows", "meaning"), [(v, str(counts[v]), m) for v, m in VERDICTS.items()])]
    for name in dict.fromkeys(row["file"] for row in rows):
        found = [row for row in rows if row["file"] == name and row["verdict"] != "assumption"]
        assumed = [row["row"] for row in rows if row["file"] == name and row["verdict"] == "assumption"]
        parts.append(f"## {name}")
        cells = ("row", "verdict", "looked_at", "finding")
        if found:
            parts.append(
                _table(("row", "verdict", "looked at", "finding"), [tuple(row[c] for c in cells) for row in found])
            )
        if assumed:
            parts.append("Our judgement, nothing to look up: " + ", ".join(f"`{row}`" for row in assumed) + ".")
    return "\n\n".join(parts) + "\n"


def support_page() -> str:
    """Return statements and costs by lever."""
    said = {row["id"]: row for row in _rows(STUDY / "statements.csv")}
    own, beside = _rows(STUDY / "support.csv"), _rows(STUDY / "support_beside_plans.csv")
    costs = _rows(STUDY / "costs.csv")
    parts = [SUPPORT]
    for lever in dict.fromkeys(row["lever"] for row in own):
        rows = [_supported(row, said, "plan") for row in own if row["lever"] == lever]
        rows += [_supported(row, said, "both signed") for row in beside if row["lever"] == lever]
        parts += [f"## {lever}", _table(("side", "from", "how", "statement", "degree", "due"), rows)]
        paid = [row for row in costs if row["lever"] == lever]
        parts.append(_table(("payer", "item", "million USD of 2024", "source and note"), [_paid(row) for row in paid]))
    return "\n\n".join(parts) + "\n"


def estimates_page() -> str:
    """Return published estimates."""
    head = ("authors", "year", "simulated", "measure", "whom", "result", "status", "note")
    rows = []
    for row in _rows(STUDY / "published_estimates.csv"):
        low, high = row["result_low"], row["result_high"]
        span = (
            low if low == high else f"up to {high}" if not low else f"{low} or more" if not high else f"{low} to {high}"
        )
        result = f"{span} {row['unit']}" if span else "not seen"
        authors = f"[{row['authors']}]({row['address']})"
        rows.append((authors, *(row[name] for name in head[1:5]), result, row["status"], row["note"]))
    return f"{ESTIMATES}\n\n{_table(head, rows)}\n"


def _supported(row: dict[str, str], said: dict[str, dict[str, str]], kind: str) -> tuple[str, ...]:
    star = "*" if row["degree_status"] == "assumed" else ""
    degree = f"{row['degree_low']}, {row['degree_central']}, {row['degree_high']}{star}"
    statement = f"`{row['statement']}` {said[row['statement']]['text']}"
    note = f" ({row['note']})" if row["note"] and kind == "plan" else ""
    return row["partner"], kind, row["strength"], statement + note, degree, row["due"]


def _paid(row: dict[str, str]) -> tuple[str, ...]:
    amount = {"unknown": "unknown", "inside": "paid inside the lever"}.get(row["basis"])
    if amount is None:
        per = {"excess": ", times the growth added", "points": ", times the points added"}.get(row["basis"], " a year")
        amount = f"{row['central']} ({row['low']} to {row['high']}){per}"
    return (
        row["payer"],
        row["item"],
        amount,
        ". ".join(text.rstrip(".") for text in (row["source"], row["note"]) if text),
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(cell.replace("|", "/") for cell in row) + " |" for row in rows)])


def main() -> int:
    """Write or check the pages."""
    written = pages()
    if "--check" in sys.argv[1:]:
        return int(any((FOLDER / name).read_text("utf-8") != text for name, text in written.items()))
    for name, text in written.items():
        (FOLDER / name).write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
