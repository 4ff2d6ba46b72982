"""Fit the score of alignment on labelled pairs, and say how far lists agree that a fit did not see.

python tools/calibrate_alignment.py FOLDER [base|both]

FOLDER holds the documents of tests/data/alignment_real (see benchmarks/real_lists.py). What is fitted on are the matches that
a high score would accept: of the pairs of real lists, and of the development and the test set of hand-written statements in all
directions. Compare what it prints with src/isthmus/assets/alignment/calibration.toml.
"""

import sys
from collections.abc import Iterator
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
from real_lists import rows, sides

SIGNS = ("akin_objects", "more_objects", "one_field", "one_measure", "counted", "no_figures")
"""Signs whose weight is fitted, beside the order. All pairs with an object of its own on each side are wrong: theirs is set."""
BANDS = ((0.0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.0))


@dataclass(frozen=True)
class Case:
    """Best matches of two lists: their signs, which are right, and how many findings each threshold could find."""

    name: str
    signs: np.ndarray
    right: np.ndarray
    groups: tuple[frozenset[str], ...]
    findings: int

    @property
    def real(self) -> bool:
        """Whether it is a pair of real lists."""
        return self.findings > 0


def case(
    name: str, left: list[Statement], right: list[Statement], wanted: dict[tuple[str, str], set[str]], matcher: Matcher
) -> Case:
    """Return the best matches of two lists; `wanted` are the right pairs with the findings they make."""
    order, score, one = rank(left, right, matcher)
    told, correct, groups = [], [], []
    for i, j in sorted(matches(order, score, one, 0.0)):
        found = signs(left[i], right[j], matcher.glossary)
        if "own_objects" not in found:
            pair = left[i].id, right[j].id
            told.append([order[i, j], *(sign in found for sign in SIGNS)])
            correct.append(pair in wanted)
            groups.append(frozenset(wanted.get(pair, ())))
    findings = len({group for made in wanted.values() for group in made})
    return Case(name, np.array(told, dtype=float), np.array(correct, dtype=float), tuple(groups), findings)


def real_cases(folder: Path, matcher: Matcher) -> Iterator[Case]:
    """Yield the pairs of real lists; a pair is right where it is labelled, and makes a finding where it is a strong one."""
    lists = {name: statements(found, matcher.glossary) for name, found in sides(folder).items()}
    labels = rows("pairs.csv")
    for name in dict.fromkeys(row["lists"] for row in labels):
        wanted: dict[tuple[str, str], set[str]] = {}
        for row in labels:
            if row["lists"] == name:
                made = {row["group"]} if row["kind"] == "strong" else set()
                wanted.setdefault((row["left"], row["right"]), set()).update(made)
        left, right = name.split("-")
        yield case(name, lists[left], lists[right], wanted, matcher)


def hand_cases(matcher: Matcher) -> Iterator[Case]:
    """Yield the hand-written plan pairs of the development and the test set with statements that have no counterpart."""
    others = {lang: [] for lang in LANGUAGES}
    for folder in (DEVELOPMENT, TEST):
        pairs = targets(table(folder, "plan_pairs"))
        alone = targets(folder / "unmatched.csv") if folder == TEST else {lang: [] for lang in LANGUAGES}
        for left, right in directions():
            a = statements([*pairs[left], *alone[left]], matcher.glossary)
            b = statements([*pairs[right], *alone[right], *others[right]], matcher.glossary)
            topic = {s.id: s.id.rpartition("_")[0] for s in [*a, *b]}
            wanted = {(s.id, t.id): set() for s in a for t in b if topic[s.id] == topic[t.id]}
            yield case(folder.name, a, b, wanted, matcher)
        others = pairs


def score(weights: np.ndarray, told: np.ndarray) -> np.ndarray:
    """Return the probability that matches are right."""
    return 1.0 / (1.0 + np.exp(-(weights[0] + told @ weights[1:])))


def learned(cases: list[Case]) -> np.ndarray:
    """Return intercept and weights fitted on some cases."""
    return fit(np.vstack([c.signs for c in cases]), np.concatenate([c.right for c in cases]))


def apart(one: Case, other: Case) -> bool:
    """Say whether two cases have no list in common."""
    lists = set(one.name.split("-")) & set(other.name.split("-"))
    return not lists


def main() -> None:
    """Print weights, what they reach on pairs of lists whose lists the fit did not see, and how often scores are right there."""
    matcher = load_matcher(sys.argv[2] if len(sys.argv) > 2 else "base")
    cases = [*real_cases(Path(sys.argv[1]), matcher), *hand_cases(matcher)]
    names = ("intercept", "order", *SIGNS)
    print("fitted", dict(zip(names, np.round(learned(cases), 2).tolist(), strict=True)))
    kept = matcher.calibration.score
    print("in use", {name: kept[name] for name in names})
    held = [(c, score(learned([o for o in cases if apart(c, o)]), c.signs)) for c in cases if c.real]
    findings = sum(c.findings for c, _ in held)
    for least in (0.4, 0.45, 0.5, 0.55, 0.6, 0.7):
        taken = [(c, found >= least) for c, found in held]
        accepted, right = (int(sum(n)) for n in zip(*((t.sum(), (t * c.right).sum()) for c, t in taken), strict=True))
        made = sum(len(set().union(*(g for g, on in zip(c.groups, t, strict=True) if on))) for c, t in taken)
        print(
            f"unseen lists, score >= {least}: {accepted} links, right {right / accepted:.2f}, found {made / findings:.2f}"
        )
    every, right_ones = np.concatenate([found for _, found in held]), np.concatenate([c.right for c, _ in held])
    for low, high in BANDS:
        inside = (every >= low) & (every < high)
        print(f"  score {low} to {high}: {inside.sum()} matches, right {right_ones[inside].mean():.2f}")


if __name__ == "__main__":
    main()
