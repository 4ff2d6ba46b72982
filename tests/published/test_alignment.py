"""The figures alignment is required to reach on the reference statements, and the ones the product prints of itself."""

from itertools import product
from pathlib import Path

import pytest

from isthmus.alignment.glossary import Glossary
from isthmus.alignment.judgement import Relation
from isthmus.alignment.match import align
from isthmus.alignment.relation import relate
from isthmus.alignment.statement import statements
from isthmus.readers.alignment.embedders import second_available
from isthmus.readers.alignment.glossary import read_glossary
from isthmus.readers.alignment.matcher import load_matcher

from .alignment_error import DEVELOPMENT, LANGUAGES, TEST, UNSEEN, measure, table, targets

REQUIRED = {
    "base": {"top1": 0.70, "top3": 0.85, "precision": 0.93, "recall": 0.72},
    "both": {"top1": 0.80, "top3": 0.93, "precision": 0.93, "recall": 0.72},
}
needs_second = pytest.mark.skipif(not second_available(), reason="the second model has no wheel for this machine")


@pytest.mark.slow
@pytest.mark.parametrize("models", ["base", pytest.param("both", marks=needs_second)])
def test_error_rates(models: str) -> None:
    matcher = load_matcher(models)
    found = measure(matcher, DEVELOPMENT)
    assert all(found[name] >= least for name, least in REQUIRED[models].items()), found
    printed = measure(matcher, UNSEEN)
    told = {name: share for name, share in matcher.measured.items() if not name.startswith(("words_", "rows_"))}
    assert printed == pytest.approx(told, abs=0.015), "assets/alignment/calibration.toml prints other figures"


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["direction", "number", "year"])
def test_every_contrast_is_noticed_whichever_languages_meet(kind: str) -> None:
    glossary = read_glossary()
    missed, _ = _contrasts(DEVELOPMENT, kind, glossary)
    assert missed == []


@pytest.mark.slow
@pytest.mark.parametrize("folder", [TEST, UNSEEN], ids=lambda folder: folder.name)
@pytest.mark.parametrize(("kind", "least"), [("direction", 0.9), ("number", 0.98), ("year", 1.0)])
def test_most_contrasts_in_words_of_another_writer_are_noticed(folder: Path, kind: str, least: float) -> None:
    missed, cases = _contrasts(folder, kind, read_glossary())
    assert 1 - len(missed) / cases >= least, missed


def _contrasts(folder: Path, kind: str, glossary: Glossary) -> tuple[list[tuple[str, str]], int]:
    """Return the contrast pairs called the same, in all pairs of languages, and the number of pairs."""
    originals = targets(table(folder, "contrast"), lambda row: row["kind"] == "orig")
    changed = targets(table(folder, "contrast"), lambda row: row["kind"] == kind)
    before = {lang: statements(originals[lang], glossary) for lang in LANGUAGES}
    after = {lang: statements(changed[lang], glossary) for lang in LANGUAGES}
    pairs = [
        (a, b)
        for left, right in product(LANGUAGES, repeat=2)
        for a in before[left]
        for b in after[right]
        if a.id.split("_")[0] == b.id.split("_")[0]
    ]
    same = [(a.id, b.id) for a, b in pairs if relate(a, b, 0.99, glossary, matched=True).relation == Relation.SAME]
    return same, len(pairs)


@pytest.mark.slow
def test_a_contrast_finds_its_own_variant_among_all() -> None:
    every = targets(table(DEVELOPMENT, "contrast"))
    found = align(every["zh"], every["ru"], load_matcher("base"))
    accepted = {link.left.id.removesuffix("_zh"): link.right.id.removesuffix("_ru") for link in found.accepted}
    right = sum(a == b for a, b in accepted.items())
    assert right >= 0.9 * len(every["zh"])
