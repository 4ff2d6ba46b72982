"""Measure alignment on the CC0 reference statements: the figures that the product prints of itself."""

from collections.abc import Callable, Iterator
from itertools import permutations
from pathlib import Path

import pandas as pd

from isthmus.alignment.evaluate import GoldPair, evaluate
from isthmus.alignment.match import Alignment, Matcher, align
from isthmus.alignment.relation import Relation
from isthmus.plans.plan import Target
from isthmus.readers.links import read_gold, read_passage

DATA = Path(__file__).parents[1] / "data" / "alignment_dev"
LANGUAGES = ("zh", "ru", "en")


def targets(name: str, keep: Callable[[pd.Series], bool] = lambda _: True) -> dict[str, list[Target]]:
    """Return the statements of a table by language, their targets read from the text alone."""
    frame = pd.read_csv(DATA / name)
    found: dict[str, list[Target]] = {lang: [] for lang in LANGUAGES}
    for _, row in frame.iterrows():
        if keep(row):
            found[row["lang"]] += read_passage(row["id"], row["text"], row["lang"])
    return found


def directions() -> Iterator[tuple[str, str]]:
    """Return all ordered pairs of languages."""
    return permutations(LANGUAGES, 2)


def measure(matcher: Matcher) -> dict[str, float]:
    """Return the error rates over all six directions.

    The plan pairs are searched among 69 candidates a direction (24 topics and 45 other statements). Agreement is that of
    the relation between Chinese and Russian plan pairs, and of labelled pairs of numbered statements, where pairs that
    are not even listed as candidates count as related.
    """
    pairs, statements = targets("plan_pairs_dev.csv"), targets("statements_dev.csv")
    rows, right_relations, numbered = [], [], []
    for left, right in directions():
        both = align([*pairs[left], *statements[left]], [*pairs[right], *statements[right]], matcher)
        gold, _ = read_gold(DATA / "plan_pairs_dev.csv", pairs[left], pairs[right])
        found = evaluate(both.links, gold)
        rows.append((found.top1, found.top3, found.precision, found.recall))
        right_relations += [agrees(both, pair) for pair in gold if pair.label]
        labelled, _ = read_gold(DATA / "relations_dev.csv", statements[left], statements[right])
        numbered += [agrees(both, pair) for pair in labelled]
    shares = pd.DataFrame(rows, columns=["top1", "top3", "precision", "recall"]).mean().to_dict()
    agreement = {"agreement": mean(right_relations), "agreement_numbers": mean(numbered)}
    return {"pairs": 72, **{str(name): round(value, 3) for name, value in {**shares, **agreement}.items()}}


def agrees(found: Alignment, pair: GoldPair) -> bool:
    """Say whether a labelled pair got its relation; a pair that is no candidate is taken as related."""
    relation = next(
        (k.relation for k in found.links if (k.left.id, k.right.id) == (pair.left, pair.right)), Relation.RELATED
    )
    return relation == pair.relation


def mean(cases: list[bool]) -> float:
    return sum(cases) / len(cases)
