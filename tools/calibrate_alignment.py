"""Fit the score of alignment on labelled pairs, and say how far lists agree that a fit did not see.

python tools/calibrate_alignment.py [--documents FOLDER]

It prints, for each set of models, the lines `score` and `figures` of src/isthmus/assets/alignment/calibration.toml. What the
first is fitted on are the
matches that a high score would accept, kept in tests/data/alignment_real/matches_*.csv: of the pairs of real lists, and of the
development and the test set of hand-written statements in all directions. A match is the similarity of two rows as moved by
`order`, the signs that hold, and whether a person calls it right. The texts are not ours to keep; `--documents` measures the
matches again, and what is named in each row, where FOLDER holds the documents as ID.txt (see benchmarks/real_lists.py). That is
needed after every change of the reader, the glossary or the similarity. Pairs of lists whose documents are not there stay as
they were. FOLDER holds the documents themselves, never texts put together from excerpts.

The second corrects the first for pairs with figures on both sides, by what their names say. It is fitted on matches between
whole documents drawn at random, which share less than the lists do (tests/data/alignment_figures).
"""

import argparse
import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "published"))
sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from alignment_error import DEVELOPMENT, LANGUAGES, TEST, directions, table, targets

from calibrate_objects import fit
from isthmus.alignment.match import Matcher, matches, rank, signs
from isthmus.alignment.statement import Statement, statements
from isthmus.readers.alignment.matcher import load_matcher
from real_lists import DATA, Row, rows, sides

SIGNS = (
    "akin_objects", "more_objects", "whole_field", "one_field", "one_measure", "counted", "no_figures", "one_language",
)  # fmt: skip
"""Signs whose weight is fitted, beside the order."""
NAMES = ("intercept", "order", *SIGNS)
NAMED = ("own_object", "long_name", "one_language")
"""Signs whose weight is fitted for pairs with figures: what their names say, and that a language is easier than two."""
DRAWN = DATA.parent / "alignment_figures"
"""Judged matches between documents drawn at random; the documents of its two halves are others."""
ONE_AIM = 2
"""Verdict from which two rows are of one aim."""
MODELS = ("base", "both")
READ = 0.7
"""Share of the rows of a list that must be read for its matches to be measured again."""
BANDS = ((0.0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.0))


@dataclass(frozen=True)
class Case:
    """Best matches of two lists: their signs, which are right, the findings each makes, and how many there are."""

    name: str
    signs: np.ndarray
    right: np.ndarray
    groups: tuple[frozenset[str], ...]
    findings: int


def measured(
    name: str, left: list[Statement], right: list[Statement], wanted: set[tuple[str, str]], matcher: Matcher
) -> Iterator[Row]:
    """Yield the best matches of two lists; `wanted` are the right pairs."""
    order, _, one = rank(left, right, matcher)
    for i, j in sorted(matches(order, np.ones(order.shape, dtype=bool), one)):
        pair, found = (left[i].id, right[j].id), signs(left[i], right[j], matcher.glossary)
        yield {
            "lists": name, "left": pair[0], "right": pair[1], "order": f"{order[i, j]:.3f}",
            "signs": " ".join(sign for sign in SIGNS if sign in found), "verdict": str(int(pair in wanted)),
        }  # fmt: skip


def real_matches(lists: dict[str, list[Statement]], matcher: Matcher, kept: list[Row]) -> Iterator[Row]:
    """Yield the best matches of the pairs of real lists, those that were kept where a list is not read."""
    wanted = defaultdict[str, set[tuple[str, str]]](set)
    for row in rows("pairs.csv"):
        wanted[row["lists"]].add((row["left"], row["right"]))
    size = Counter(row["list"] for row in rows("rows.csv"))
    for name, pairs in wanted.items():
        left, right = name.split("-")
        if all(len(lists.get(side, ())) >= READ * size[side] for side in (left, right)):
            yield from measured(name, lists[left], lists[right], pairs, matcher)
        else:
            yield from (row for row in kept if row["lists"] == name)


def hand_matches(matcher: Matcher) -> Iterator[Row]:
    """Yield those of the hand-written plan pairs of two sets, with statements that have no counterpart."""
    others = {lang: [] for lang in LANGUAGES}
    for folder in (DEVELOPMENT, TEST):
        pairs = targets(table(folder, "plan_pairs"))
        alone = targets(folder / "unmatched.csv") if folder == TEST else {lang: [] for lang in LANGUAGES}
        for left, right in directions():
            a = statements([*pairs[left], *alone[left]], matcher.glossary)
            b = statements([*pairs[right], *alone[right], *others[right]], matcher.glossary)
            topic = {s.id: s.id.rpartition("_")[0] for s in [*a, *b]}
            wanted = {(s.id, t.id) for s in a for t in b if topic[s.id] == topic[t.id]}
            yield from measured(folder.name, a, b, wanted, matcher)
        others = pairs


def keep(folder: Path) -> None:
    """Measure every match again and write it down, with what is named in each row."""
    found, named = sides(folder), {}
    for models in MODELS:
        matcher, kept = load_matcher(models), f"matches_{models}.csv"
        lists = {name: statements(targets, matcher.glossary) for name, targets in found.items()}
        named |= {s.id: (s.target.lang, " ".join(sorted(s.named))) for side in lists.values() for s in side}
        write(DATA / kept, [*real_matches(lists, matcher, rows(kept)), *hand_matches(matcher)])
    read = [
        row | dict(zip(("lang", "objects"), named.get(row["id"], (row["lang"], row["objects"])), strict=True))
        for row in rows("rows.csv")
    ]
    write(DATA / "rows.csv", read)


def write(path: Path, table: list[Row]) -> None:
    """Write a table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(table[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


def kept(models: str) -> list[Case]:
    """Return the matches that were kept, by lists; a match makes the findings whose strong pair it is."""
    made, listed = defaultdict[tuple[str, ...], set[str]](set), defaultdict[str, list[Row]](list)
    for row in rows("pairs.csv"):
        if row["kind"] == "strong":
            made[row["lists"], row["left"], row["right"]].add(row["group"])
    for row in rows(f"matches_{models}.csv"):
        listed[row["lists"]].append(row)
    return [
        Case(
            name,
            np.array([[float(row["order"]), *(sign in row["signs"].split() for sign in SIGNS)] for row in found]),
            np.array([float(row["verdict"]) for row in found]),
            tuple(frozenset(made[name, row["left"], row["right"]]) for row in found),
            len(set().union(*(groups for (lists, *_), groups in made.items() if lists == name))),
        )
        for name, found in listed.items()
    ]


def score(weights: np.ndarray, told: np.ndarray) -> np.ndarray:
    """Return the probability that matches are right."""
    return 1.0 / (1.0 + np.exp(-(weights[0] + told @ weights[1:])))


def learned(cases: list[Case]) -> np.ndarray:
    """Return intercept and weights fitted on some cases."""
    return fit(np.vstack([c.signs for c in cases]), np.concatenate([c.right for c in cases]))


def line(models: str) -> str:
    """Return the line `score` of the calibration of a set of models."""
    return _line("score", NAMES, learned(kept(models)))


def figures_line(models: str) -> str:
    """Return the line `figures`."""
    drawn = judged(models)
    return _line("figures", ("intercept", "score", *NAMED), fit(drawn.signs, drawn.right))


def _line(name: str, signs: Iterable[str], weights: Iterable[float]) -> str:
    told = ", ".join(f"{sign} = {weight:.2f}" for sign, weight in zip(signs, weights, strict=True))
    return f"{name} = {{ {told} }}"


@dataclass(frozen=True)
class Drawn:
    """Judged matches: half, whether of two languages, score before correction and signs of the names, and verdict."""

    half: np.ndarray
    two_languages: np.ndarray
    signs: np.ndarray
    right: np.ndarray


def judged(models: str) -> Drawn:
    """Return the judged matches of a set of models, scored by the fit on the lists."""
    with (DRAWN / f"matches_{models}.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    listed = [row["signs"].split() for row in found]
    told = np.array([
        [float(row["order"]), *(sign in signs for sign in SIGNS)] for row, signs in zip(found, listed, strict=True)
    ])  # fmt: skip
    weights = learned(kept(models))
    names = [[sign in signs for sign in NAMED] for signs in listed]
    return Drawn(
        np.array([int(row["half"]) for row in found]),
        np.array(["one_language" not in signs for signs in listed]),
        np.column_stack([weights[0] + told @ weights[1:], names]),
        np.array([int(row["verdict"]) >= ONE_AIM for row in found]),
    )


def held_out_half(models: str) -> tuple[Drawn, np.ndarray]:
    """Return the judged matches with their score by a fit on the other half."""
    drawn = judged(models)
    found = np.zeros(len(drawn.right))
    for half in (0, 1):
        here = drawn.half == half
        found[here] = score(fit(drawn.signs[~here], drawn.right[~here]), drawn.signs[here])
    return drawn, found


def apart(one: Case, other: Case) -> bool:
    """Say whether two cases have no list in common."""
    return set(one.name.split("-")).isdisjoint(other.name.split("-"))


@dataclass(frozen=True)
class Reached:
    """Links that a threshold accepts and right ones, findings made and all of them."""

    accepted: int
    right: int
    made: int
    findings: int

    @property
    def precision(self) -> float:
        """Share of the links that are right."""
        return self.right / self.accepted

    @property
    def found(self) -> float:
        """Share of the findings that are made."""
        return self.made / self.findings


def held_out(cases: list[Case]) -> Iterator[tuple[Case, np.ndarray]]:
    """Yield each pair of real lists with the scores of a fit that saw neither of them."""
    for case in cases:
        if case.findings:
            yield case, score(learned([other for other in cases if apart(case, other)]), case.signs)


def reached(cases: list[Case], least: float) -> dict[str, Reached]:
    """Return what a threshold reaches on lists that a fit did not see, by the languages that meet."""
    langs = {row["list"]: row["lang"] for row in rows("rows.csv") if row["lang"]}
    parts = defaultdict[str, list[tuple[int, int, int, int]]](list)
    for case, found in held_out(cases):
        here, taken = {langs[side] for side in case.name.split("-")}, found >= least
        made = set().union(*(group for group, on in zip(case.groups, taken, strict=True) if on))
        part = "in one language" if len(here) == 1 else "with English" if "en" in here else "Chinese and Russian"
        parts[part].append((int(taken.sum()), int(taken @ case.right), len(made), case.findings))
    return {part: Reached(*map(sum, zip(*counts, strict=True))) for part, counts in parts.items()}


def tell(models: str) -> None:
    """Print the weights and what they reach on pairs of lists whose lists the fit did not see."""
    cases = kept(models)
    print(models, line(models), figures_line(models), sep="\n")
    drawn, found = held_out_half(models)
    for least in (0.4, 0.5, 0.6, 0.7, 0.8):
        for part, here in (("two languages", drawn.two_languages), ("one language", ~drawn.two_languages)):
            taken = here & (found >= least)
            made = drawn.right[taken].sum() / drawn.right[here].sum()
            print(
                f"other half, {part}, score >= {least}: {taken.sum()}, right {drawn.right[taken].mean():.2f}, found {made:.2f}"
            )
    for least in (0.4, 0.5, 0.55, 0.6, 0.7):
        for part, figures in reached(cases, least).items():
            print(
                f"unseen lists {part}, score >= {least}: right {figures.precision:.2f}, found {figures.found:.2f}",
                figures,
            )
    scores, right = (
        np.concatenate(every) for every in zip(*((found, c.right) for c, found in held_out(cases)), strict=True)
    )
    for low, high in BANDS:
        inside = (scores >= low) & (scores < high)
        print(f"  score {low} to {high}: {inside.sum()} matches, right {right[inside].mean():.2f}")


def main() -> None:
    """Print what is fitted on the matches that are kept, measured again where the documents are given."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--documents", type=Path)
    options = parser.parse_args()
    if options.documents:
        keep(options.documents)
    for models in MODELS:
        tell(models)


if __name__ == "__main__":
    main()
