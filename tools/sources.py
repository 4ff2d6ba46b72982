"""Write docs/evidence/sources.md, the check of every row with a number, from docs/evidence/sources.csv.

python tools/sources.py           write the page
python tools/sources.py --check   exit 1 when the page is stale
"""

import csv
import sys
from collections import Counter
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "evidence"
VERDICTS = {
    "confirmed": "the source was opened and says it",
    "corrected": "the source says something else; the row was changed",
    "unconfirmed": "the source could not be opened, or the part that was seen does not say it",
    "assumption": "the row says that it is our judgement",
    "removed": "the number rested on nothing that could be found",
}
INTRO = """\
# Sources read again

Every row of the border's assumptions and of the worked case's ledger, wedges, targets and customs totals was checked
by somebody who had not entered it. Sources were read as stored copies of public pages, mostly abstracts and the
beginnings of pages, not live: *confirmed* says what was seen, not that a whole paper was read. What a correction did to
the results stands in the changelog under "Numbers that changed".

This page is written from `sources.csv` beside it by `python tools/sources.py`; a test holds it to the rows of the data
files."""


def page() -> str:
    """Return the page."""
    with (FOLDER / "sources.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    counts = Counter(row["verdict"] for row in rows)
    parts = [INTRO, _table(("verdict", "rows", "meaning"), [(v, str(counts[v]), m) for v, m in VERDICTS.items()])]
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


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(cell.replace("|", "/") for cell in row) + " |" for row in rows)])


def main() -> int:
    """Write or check the page."""
    target = FOLDER / "sources.md"
    if "--check" in sys.argv[1:]:
        return int(target.read_text("utf-8") != page())
    target.write_text(page(), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
