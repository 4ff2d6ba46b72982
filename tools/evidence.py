"""Write the pages of docs/evidence that are tables: sources read again, support, costs and degrees of levers, estimates.

python tools/evidence.py           write all pages
python tools/evidence.py --check   exit 1 when a page is stale
"""

import csv
import sys
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "evidence"
STUDY = ROOT / "src" / "isthmus" / "assets" / "studies" / "china-russia"
LEVELS = ("low", "central", "high")
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
on the first check. Seven rows of the ledger and those of degrees.csv were later given sources where they had been
assumptions ([how far measures go](degrees.md)): these were read by those who entered them, and by nobody else yet.

This page is written from `sources.csv` beside it by `python tools/evidence.py`; a test holds it to the rows of the data
files."""

SUPPORT = """\
# What the plans say about each lever, and what it costs

The worked case's levers with the statements that they carry out, in our own words, and their costs. A side supports a
lever when a statement of its own plan or programme *states* the measure or *implies* it by its field and direction;
documents that both signed stand apart, since they are no plan of either. Degrees are low, central and high; one marked
with a star is not in the statement but [how far statements of its kind went elsewhere](degrees.md). Written by
`python tools/evidence.py` from the study's tables."""
ESTIMATES = """\
# Published estimates for comparison

What others found for agreements and works that involve these economies or comparable ones. They differ from a run of
this model in method, base year and what is simulated: the table is for orders of magnitude, not for agreement. *Verified*
means that the abstract, summary or table named was read. Written by `python tools/evidence.py` from the study's table."""


DEGREES = """\
# How far measures go: what comparable ones did elsewhere

No plan of the worked case says how much of a cost a joint measure removes, and few say how far they go. This page says
for every such number what was looked at, what was found, and whether it carries over. What was found and carries over is
used, whether it makes the result larger or smaller; what does not carry over stays assumed and says so. Sources were read
as stored copies of public pages, mostly abstracts and the beginnings of pages, by those who entered the numbers.

*Estimated* is measured on a comparable case or estimated by a study; *expert* is rated by observers or put together from
parts; *assumed* is our judgement. A number that carries over from elsewhere is never called measured. Numbers and grades
come from the study's tables; written by `python tools/evidence.py`, held to them by a test."""
KINDS = """\
## How far a statement without a number goes

Which kind a statement is of stays our reading. A statement with a number and a date counts as that number, from 0.8 to 1:
China reported 24 of 25 goals of its plan of 2011 to 2015 as reached (siahang.com, 9 March 2016), and 16 of 20 indicators
of the plan of 2021 to 2025 as on course in its middle (lwxsd.com). Degrees of one kind are drawn alike, since they would
be wrong together; `assumptions.csv` of a run moves them one measure at a time, and so tells less than a kind as a whole."""
LIMITS = """\
## Which degree each measure takes

The strongest statement of each side's plan; a measure goes as far as the least of its sides. A side without a statement
follows the other."""
SHARES = """\
## What each measure changes

*Used* is the central value with its range. The costs that a measure works on have grades of their own, cell by cell
(`wedge_parts.csv` of a run); shares of the result by grade are in `evidence_weights.csv`."""
COSTS = """\
## What the measures cost

Known yearly costs of joint measures that rest on a published budget or contract, and those that do not."""


def pages() -> dict[str, str]:
    """Return every generated page by file name."""
    return {
        "sources.md": sources_page(),
        "lever-support.md": support_page(),
        "published-estimates.md": estimates_page(),
        "degrees.md": degrees_page(),
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


def degrees_page() -> str:
    """Return what degrees and shares rest on, and which costs have a source."""
    kinds = [
        (
            f"`{row['id']}` {row['title']}",
            _used(row, "central"),
            row["grade"],
            f"[{row['source']}]({row['address']})",
            row["note"],
        )
        for row in _rows(STUDY / "degrees.csv")
    ]
    sides = list(dict.fromkeys(row["partner"] for row in _rows(STUDY / "support.csv")))
    ledger = {row["name"]: row for row in tomllib.loads((STUDY / "ledger.toml").read_text("utf-8"))["parameter"]}
    shares = [
        (
            row["measure"],
            f"`{row['number']}`",
            row["looked_at"],
            row["found"],
            row["transfers"],
            _used(ledger[row["number"]], "value"),
            grade_told(ledger[row["number"]]),
            row["before"],
        )
        for row in _rows(FOLDER / "degrees.csv")
    ]
    paid = [
        (
            row["lever"],
            row["payer"],
            row["item"],
            f"{row['central']} ({row['low']} to {row['high']})",
            row["status"],
            row["note"],
        )
        for row in _rows(STUDY / "costs.csv")
        if row["lever"].startswith("joint_")
    ]
    return (
        "\n\n".join(
            [
                DEGREES,
                KINDS,
                _table(("kind", "used", "grade", "source", "how it carries over"), kinds),
                LIMITS,
                _table(("measure", *sides, "taken"), _limits(sides)),
                SHARES,
                _table(("measure", "number", "looked at", "found", "carries over", "used", "grade", "before"), shares),
                COSTS,
                _table(("measure", "payer", "item", "million USD of 2024 a year", "status", "note"), paid),
            ]
        )
        + "\n"
    )


def _limits(sides: list[str]) -> list[tuple[str, ...]]:
    """Return by joint measure what the plan of each side asks for, and the least of it."""
    own = [row for row in _rows(STUDY / "support.csv") if row["lever"].startswith("joint_")]
    found: list[tuple[str, ...]] = []
    for lever in dict.fromkeys(row["lever"] for row in own):
        most = {
            side: max((_degree(row) for row in own if (row["lever"], row["partner"]) == (lever, side)), default=None)
            for side in sides
        }
        told = [f"{one[0]:g} (`{one[1]}`)" if one else "nothing" for one in most.values()]
        found.append((lever, *told, f"{min(one[0] for one in most.values() if one):g}"))
    return found


def _degree(row: dict[str, str]) -> tuple[float, str]:
    """Return the central degree of a row of support, and what it is taken from."""
    kinds = {one["id"]: one for one in _rows(STUDY / "degrees.csv")}
    kind = kinds.get(row["degree_from"])
    return float(kind["central"] if kind else row["degree_central"]), row["degree_from"] or row["degree_status"]


def grade_told(entry: Mapping[str, Any]) -> str:
    """Return the grade of an entry of the ledger, as the evidence weights count it."""
    known = entry["status"] in ("verified", "quoted")
    return str(entry.get("grade", "estimated" if known else "assumed"))


def _used(row: Mapping[str, Any], centre: str) -> str:
    return f"{float(row[centre]):g} ({float(row['low']):g} to {float(row['high']):g})"


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


def _supported(row: dict[str, str], said: dict[str, dict[str, str]], origin: str) -> tuple[str, ...]:
    kind = {one["id"]: one for one in _rows(STUDY / "degrees.csv")}.get(row["degree_from"])
    parts = [kind[name] for name in LEVELS] if kind else [row[f"degree_{name}"] for name in LEVELS]
    degree = ", ".join(parts) + ("" if row["degree_status"] == "stated" else "*")
    statement = f"`{row['statement']}` {said[row['statement']]['text']}"
    note = f" ({row['note']})" if row["note"] and origin == "plan" else ""
    return row["partner"], origin, row["strength"], statement + note, degree, row["due"]


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


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
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
