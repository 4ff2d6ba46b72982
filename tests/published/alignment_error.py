"""Measure alignment on the CC0 reference statements: the figures that the product prints of itself."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import permutations
from pathlib import Path

import pandas as pd

from isthmus.alignment.evaluate import GoldPair, evaluate
from isthmus.alignment.judgement import Relation
from isthmus.alignment.match import Alignment, Band, Matcher, align
from isthmus.alignment.similarity import Remembered
from isthmus.plans.plan import Target
from isthmus.readers.alignment.links import read_gold, read_passage

DATA = Path(__file__).parents[1] / "data"
DEVELOPMENT, TEST, UNSEEN = (DATA / f"alignment_{name}" for name in ("dev", "test", "unseen"))
"""Rules and words were written with the first in sight, weights and curve with the second; of the third only what rules ask
of relations, and the words for wholes and for parts of the people."""
LANGUAGES = ("zh", "ru", "en")


def table(folder: Path, name: str) -> Path:
    """Return the path of a table of a set; those of the development set carry its name."""
    return folder / (f"{name}_dev.csv" if folder == DEVELOPMENT else f"{name}.csv")


def targets(path: Path, keep: Callable[[pd.Series], bool] = lambda _: True) -> dict[str, list[Target]]:
    """Return the statements of a table by language, their targets read from the text alone."""
    found: dict[str, list[Target]] = {lang: [] for lang in LANGUAGES}
    for row, read in _read(path):
        if keep(row):
            found[row["lang"]] += read
    return found


@cache
def _read(path: Path) -> list[tuple[pd.Series, list[Target]]]:
    """Return the rows of a table with the targets of their texts, read once."""
    rows = (row for _, row in pd.read_csv(path).iterrows())
    return [(row, read_passage(row["id"], row["text"], row["lang"])) for row in rows]


def directions() -> Iterator[tuple[str, str]]:
    """Return all ordered pairs of languages."""
    return permutations(LANGUAGES, 2)


def measure(matcher: Matcher, folder: Path = UNSEEN) -> dict[str, float]:
    """Return the error rates over all six directions.

    Plan pairs of the development set are searched among 69 candidates (24 topics and 45 other statements), those of the
    test set among 161 (72 topics, 20 statements without an answer, and all of the development set), those of the unseen
    set among 145 (60 topics, 16 and 69 likewise). Agreement is that of
    the relation between Chinese and Russian plan pairs, and of labelled pairs of numbered statements, where pairs that
    are not even listed as candidates count as related. `false_links` is the share of statements without an answer that
    were linked all the same. `confident`, `check` and `weak` are the shares of all accepted links of a band that are right.
    """
    # as a study does: a model is asked once for each text, however many lists are compared
    matcher = replace(matcher, models=tuple(Remembered(model) for model in matcher.models))
    pairs, statements = targets(table(folder, "plan_pairs")), targets(table(folder, "statements"))
    seen = folder == DEVELOPMENT
    alone = {lang: [] for lang in LANGUAGES} if seen else targets(folder / "unmatched.csv")
    others = statements if seen else _with_development(alone)
    rows, right_relations, numbered, false_links = [], [], [], []
    bands: dict[str, list[bool]] = {band: [] for band in Band}
    for left, right in directions():
        both = align([*pairs[left], *alone[left]], [*pairs[right], *others[right]], matcher)
        gold, _ = read_gold(table(folder, "plan_pairs"), pairs[left], pairs[right])
        found = evaluate(both.links, gold)
        rows.append((found.top1, found.top3, found.precision, found.recall))
        right_relations += [agrees(both, pair) for pair in gold if pair.label and {left, right} == {"zh", "ru"}]
        for link in both.accepted:
            bands[link.band].append(topic(link.left) == topic(link.right))
        linked = {link.left.id for link in both.accepted}
        false_links += [target.id in linked for target in alone[left]]
        numbers = align(statements[left], statements[right], matcher)
        labelled, _ = read_gold(table(folder, "relations"), statements[left], statements[right])
        numbered += [agrees(numbers, pair) for pair in labelled]
    shares = pd.DataFrame(rows, columns=["top1", "top3", "precision", "recall"]).mean().to_dict()
    shares |= {"agreement": mean(right_relations), "agreement_numbers": mean(numbered)}
    shares |= {"false_links": mean(false_links)} if false_links else {}
    shares |= {str(band): mean(cases) for band, cases in bands.items() if cases}
    topics = len({topic(target) for target in pairs["en"]})
    return {"pairs": 3 * topics, **{str(name): round(value, 3) for name, value in shares.items()}}


def topic(target: Target) -> str:
    """Return what a statement of a set is about: its id without the language."""
    return target.id.rpartition("_")[0]


def _with_development(alone: dict[str, list[Target]]) -> dict[str, list[Target]]:
    """Return the statements without an answer together with those of the development set."""
    names = ("plan_pairs", "statements")
    return {
        lang: [*alone[lang], *(t for name in names for t in targets(table(DEVELOPMENT, name))[lang])]
        for lang in LANGUAGES
    }


def agrees(found: Alignment, pair: GoldPair) -> bool:
    """Say whether a labelled pair got its relation; a pair that is no candidate is taken as related."""
    relation = next(
        (k.relation for k in found.links if (k.left.id, k.right.id) == (pair.left, pair.right)), Relation.RELATED
    )
    return relation == pair.relation


def mean(cases: list[bool]) -> float:
    return sum(cases) / len(cases)
