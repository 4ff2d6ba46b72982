"""The figures alignment is required to reach on the reference statements, and the ones the product prints of itself."""

from itertools import product

import pytest

from isthmus.alignment.match import align
from isthmus.alignment.relation import MUTUAL_BEST, Relation, relate
from isthmus.alignment.statement import statements
from isthmus.readers.alignment_glossary import read_glossary
from isthmus.readers.embedders import second_available
from isthmus.readers.matcher import load_matcher

from .alignment_error import LANGUAGES, measure, targets

REQUIRED = {
    "base": {"top1": 0.70, "top3": 0.85, "precision": 0.93, "recall": 0.72},
    "both": {"top1": 0.80, "top3": 0.93, "precision": 0.93, "recall": 0.72},
}
needs_second = pytest.mark.skipif(not second_available(), reason="the second model has no wheel for this machine")


@pytest.mark.slow
@pytest.mark.parametrize("models", ["base", pytest.param("both", marks=needs_second)])
def test_error_rates(models: str) -> None:
    matcher = load_matcher(models)
    found = measure(matcher)
    assert all(found[name] >= least for name, least in REQUIRED[models].items()), found
    assert found == pytest.approx(dict(matcher.measured), abs=0.015), (
        "assets/alignment/calibration.toml prints other figures"
    )


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["direction", "number", "year"])
def test_every_contrast_is_noticed_whichever_languages_meet(kind: str) -> None:
    glossary = read_glossary()
    originals = targets("contrast_dev.csv", lambda row: row["kind"] == "orig")
    changed = targets("contrast_dev.csv", lambda row: row["kind"] == kind)
    missed = [
        (a.id, b.id)
        for left, right in product(LANGUAGES, repeat=2)
        for a in statements(originals[left], glossary)
        for b in statements(changed[right], glossary)
        if a.id.split("_")[0] == b.id.split("_")[0]
        and relate(a, b, 0.99, glossary, MUTUAL_BEST).relation == Relation.SAME
    ]
    assert missed == []


@pytest.mark.slow
def test_a_contrast_finds_its_own_variant_among_all() -> None:
    every = targets("contrast_dev.csv")
    found = align(every["zh"], every["ru"], load_matcher("base"))
    accepted = {link.left.id.removesuffix("_zh"): link.right.id.removesuffix("_ru") for link in found.accepted}
    right = sum(a == b for a, b in accepted.items())
    assert right >= 0.9 * len(every["zh"])
