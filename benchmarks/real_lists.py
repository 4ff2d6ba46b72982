"""Measure alignment on pairs of real lists that were labelled by hand.

``python benchmarks/real_lists.py FOLDER [LISTS ...] [--models both] [--misses]`` reads the documents of
``tests/data/alignment_real`` again (FOLDER holds them as ID.txt; ``witnesses.csv`` of the glossary gives address and digest),
takes the rows that the lists name, aligns each pair of lists and prints how many accepted links are right, how many findings
are linked, and how many of those have their relation. ``--misses`` names what is wrong; not for lists that are to stay unseen.
"""

import argparse
import csv
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from isthmus.alignment.match import Link, Matcher, align
from isthmus.alignment.review import passage_digest
from isthmus.plans.plan import Target
from isthmus.readers.alignment.matcher import load_matcher
from isthmus.readers.documents.document import read_document
from isthmus.readers.documents.plans import extract_document

SETS = Path(__file__).resolve().parents[1] / "tests/data"
DATA = SETS / "alignment_real"
Row = dict[str, str]


@dataclass(frozen=True)
class Score:
    """Accepted links and right ones; findings, linked ones and those with their relation."""

    accepted: int = 0
    right: int = 0
    findings: int = 0
    found: int = 0
    related: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    def line(self) -> str:
        share = self.right / max(1, self.accepted)
        found = f"found {self.found} of {self.findings} ({self.found / max(1, self.findings):.2f})"
        return f"accepted {self.accepted}, right {self.right} ({share:.2f}); {found}; relation {self.related} of {self.found}"


def rows(name: str) -> list[Row]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def read(path: Path) -> dict[tuple[str, ...], Target]:
    """Return the targets of a document by passage, number and unit, and which of several alike; none of one that is not there."""
    if not path.exists():
        return {}
    found: dict[tuple[str, ...], Target] = {}
    alike: Counter[tuple[str, ...]] = Counter()
    for target in extract_document(read_document(path)).targets:
        key = (passage_digest(target.text), str(target.value), target.unit)
        alike[key] += 1
        found[*key, str(alike[key])] = target
    return found


def sides(folder: Path) -> dict[str, list[Target]]:
    """Return the rows of each list; rows that the plan reader does not read today are counted and left out."""
    found: dict[str, list[Target]] = defaultdict(list)
    named = rows("rows.csv")
    today = {row["document"]: read(folder / f"{row['document']}.txt") for row in named}
    taken = {(row["document"], *_key(row)) for row in named}
    for row in named:
        held = today[row["document"]]
        alike = (key for key in held if _alike(key, _key(row)) and (row["document"], *key) not in taken)
        key = _key(row) if _key(row) in held else next(alike, None)
        if key is not None:
            taken.add((row["document"], *key))
            found[row["list"]].append(replace(held[key], id=row["id"]))
    print(f"{sum(map(len, found.values()))} rows, {len(named) - sum(map(len, found.values()))} not read today")
    return found


def _key(row: Row) -> tuple[str, ...]:
    """Return by what a row is known: its passage, number and unit, and which of several alike it is."""
    return tuple(row[name] for name in ("passage", "value", "unit", "nth"))


def _alike(today: tuple[str, ...], then: tuple[str, ...]) -> bool:
    """Say whether a row of today gives the number of an earlier row in its passage, with whatever unit or sign."""
    return today[0] == then[0] and today[1].lstrip("-") == then[1].lstrip("-")


def measure(name: str, lists: dict[str, list[Target]], matcher: Matcher, *, misses: bool) -> Score:
    left, right = (lists[side] for side in name.split("-"))
    accepted = {(link.left.id, link.right.id): link for link in align(left, right, matcher).accepted}
    here = [row for row in rows("pairs.csv") if row["lists"] == name]
    wanted = {(row["left"], row["right"]) for row in here}
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in here:
        if row["kind"] == "strong":
            groups[row["group"]].append(row)
    linked = [group for group in groups.values() if any(_link(row, accepted) for row in group)]
    related = [group for group in linked if any(_agrees(row, accepted) for row in group)]
    if misses:
        _tell(accepted, wanted, (group for group in groups.values() if group not in related))
    return Score(len(accepted), sum(pair in wanted for pair in accepted), len(groups), len(linked), len(related))


def _link(row: Row, accepted: dict[tuple[str, str], Link]) -> Link | None:
    return accepted.get((row["left"], row["right"]))


def _agrees(row: Row, accepted: dict[tuple[str, str], Link]) -> bool:
    link = _link(row, accepted)
    return link is not None and str(link.relation) in row["relation"].split("|")


def _tell(accepted: dict[tuple[str, str], Link], wanted: set[tuple[str, str]], missed: Iterable[list[Row]]) -> None:
    for pair, link in accepted.items():
        if pair not in wanted:
            print("  wrong", pair, round(link.score, 2), link.relation, link.left.indicator, "|", link.right.indicator)
    for group in missed:
        print("  missed, or of another relation", [(row["left"], row["right"]) for row in group])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("lists", nargs="*")
    parser.add_argument("--models", default="base")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--set", default=DATA.name, help="folder of tests/data with the labels")
    options = parser.parse_args()
    globals()["DATA"] = SETS / options.set
    lists, matcher, total = sides(options.folder), load_matcher(options.models), Score()
    for name in options.lists or dict.fromkeys(row["lists"] for row in rows("pairs.csv")):
        score = measure(name, lists, matcher, misses=options.misses)
        print(f"{name}: {score.line()}", flush=True)
        total += score
    print(f"together: {total.line()}")


if __name__ == "__main__":
    main()
