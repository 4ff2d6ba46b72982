"""Measure the extraction of targets on statements with known answers.

``python benchmarks/extraction.py`` prints accuracy by field and every miss for the files in ``tests/data``;
``--write`` also writes the measured part of ``docs/evidence/extraction.md``.
"""

import csv
import math
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from isthmus.plans.plan import Target
from isthmus.readers.documents.plans import extract_targets

ROOT = Path(__file__).resolve().parents[1]
EVIDENCE = ROOT / "docs/evidence/extraction.md"
UNCHECKED = "?"
"""What stands in the answers for a field that is not compared: the later batches give units as written."""
MARKS = ("<!-- measured -->", "<!-- end -->")
FIELDS = ("kind", "operator", "value", "unit", "year")
FILES = {
    "development": ROOT / "tests/data/extraction_cases.csv",
    "second batch": ROOT / "tests/data/extraction_second.csv",
    "third batch": ROOT / "tests/data/extraction_third.csv",
    "fourth batch": ROOT / "tests/data/extraction_fourth.csv",
    "fifth batch": ROOT / "tests/data/extraction_fifth.csv",
    "sixth batch": ROOT / "tests/data/extraction_sixth.csv",
    "seventh batch": ROOT / "tests/data/extraction_seventh.csv",
    "eighth batch": ROOT / "tests/data/extraction_eighth.csv",
    "ninth batch": ROOT / "tests/data/extraction_ninth.csv",
    "tenth batch": ROOT / "tests/data/extraction_tenth.csv",
}


@dataclass
class Score:
    """Counts over the expected targets of a file."""

    statements: int = 0
    expected: int = 0
    right: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    compared: set[str] = field(default_factory=set)
    missing: int = 0
    extra: int = 0
    misses: list[str] = field(default_factory=list)

    def share(self, name: str) -> float:
        return self.right[name] / self.expected


def load(path: Path) -> dict[str, list[dict[str, str]]]:
    """Return the expected rows by statement."""
    cases: dict[str, list[dict[str, str]]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            cases[row["id"]].append(row)
    return cases


def score(path: Path) -> Score:
    """Compare extracted with expected targets; a statement whose answer is none must give no target with a number."""
    result = Score()
    for rows in load(path).values():
        result.statements += 1
        lang, text = rows[0]["lang"], rows[0]["text"]
        found = extract_targets(text, lang, reported=2025)
        if rows[0]["kind"] == "none":
            surplus = [t for t in found if t.value is not None]
            result.extra += len(surplus)
            result.misses.extend(f"{lang} · {text} · expected nothing, found {show(t)}" for t in surplus)
            continue
        result.expected += len(rows)
        result.compared |= {name for row in rows for name in FIELDS if row[name] != UNCHECKED}
        pairs, surplus = pair(rows, found)
        result.extra += len(surplus)
        result.misses.extend(f"{lang} · {text} · surplus {show(t)}" for t in surplus)
        for row, target in pairs:
            if target is None:
                result.missing += 1
                result.misses.append(
                    f"{lang} · {text} · missing {row['kind']} {row['operator']} {row['value']} {row['year']}"
                )
                continue
            wrong = [name for name in FIELDS if not same(name, row, target)]
            for name in FIELDS:
                result.right[name] += name not in wrong
            if wrong:
                want = " ".join(f"{name}={row[name] or '–'}" for name in wrong)
                result.misses.append(f"{lang} · {text} · wanted {want}, found {show(target)}")
    return result


def pair(
    rows: list[dict[str, str]], found: list[Target]
) -> tuple[list[tuple[dict[str, str], Target | None]], list[Target]]:
    """Pair expected rows with found targets: first those that agree most, in order."""
    free = list(found)
    pairs: list[tuple[dict[str, str], Target | None]] = []
    for row in rows:
        best = max(free, key=lambda t: sum(same(n, row, t) * (3 if n == "value" else 1) for n in FIELDS), default=None)
        if best is not None and (same("value", row, best) or len(found) <= len(rows)):
            free.remove(best)
            pairs.append((row, best))
        else:
            pairs.append((row, None))
    return pairs, free


def same(name: str, row: dict[str, str], target: Target) -> bool:
    """Say whether one field of a target is as expected."""
    want = row[name]
    if want == UNCHECKED:
        return True
    if name == "value":
        if not want:
            return target.value is None
        return target.value is not None and math.isclose(float(want), target.value, rel_tol=1e-9)
    if name == "year":
        return (int(want) if want else None) == target.year
    return want == (target.kind.value if name == "kind" else getattr(target, name))


def show(target: Target) -> str:
    """Write a found target in one line."""
    return f"{target.kind.value} {target.operator} {target.value} {target.unit} {target.year or '–'}"


def section(results: dict[str, Score]) -> str:
    """Return the measured part of the evidence page: accuracy by field; the misses are printed, not kept."""
    heads = ("set", "statements", "targets", *FIELDS, "missing", "surplus")
    lines = [f"| {' | '.join(heads)} |", "|" + "---|" * len(heads)]
    for name, r in results.items():
        shares = " | ".join(f"{100 * r.share(n):.1f} %" if n in r.compared else "–" for n in FIELDS)
        lines.append(f"| {name} | {r.statements} | {r.expected} | {shares} | {r.missing} | {r.extra} |")
    return "\n".join(lines)


def write(results: dict[str, Score]) -> None:
    """Put the measured part between its marks in the evidence page."""
    text = EVIDENCE.read_text("utf-8")
    before, rest = text.split(MARKS[0])
    after = rest.split(MARKS[1])[1]
    EVIDENCE.write_text(f"{before}{MARKS[0]}\n{section(results)}\n{MARKS[1]}{after}", "utf-8")


def main() -> None:
    """Print accuracy and misses."""
    results: dict[str, Score] = {}
    only = [a for a in sys.argv[1:] if not a.startswith("-")]
    for name, path in FILES.items():
        if not path.exists() or (only and name.split()[0] not in only):
            continue
        result = results[name] = score(path)
        shares = ", ".join(f"{n} {100 * result.share(n):.1f} %" for n in FIELDS)
        print(f"{name}: {result.statements} statements, {result.expected} targets; {shares}", end="; ")
        print(f"missing {result.missing}, surplus {result.extra}")
        for miss in result.misses:
            print("  " + miss.replace("\n", " ⏎ "))
    if "--write" in sys.argv:
        write(results)


if __name__ == "__main__":
    main()
