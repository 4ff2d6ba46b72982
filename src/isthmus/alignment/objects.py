"""Statements about one object: which ones two people preparing talks would put under one item, many to many.

Where the first tier (`match`) asks whether two statements set one aim, this one asks whether they speak of one good, resource,
technology, corridor or procedure. It needs the object of each statement in words and is made for texts of one language; the
signs are the meaning of object and text, glossary objects in common, and one theme.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from isthmus.alignment.glossary import Glossary, Reading, read_statement
from isthmus.alignment.similarity import Embedder, Passage, Vectors, meaning
from isthmus.plans.statement import PlanStatement

_IN_TEXT, _WIDE = 0.4, 0.4
"""What an object in common counts where one side names it in its text only, and where it is a whole field."""


@dataclass(frozen=True)
class ObjectWeights:
    """How the signs of one object become a score, a logistic curve fitted on labelled pairs (tools/calibrate_objects.py).

    Attributes
    ----------
    object_meaning, text_meaning
        Weight of the cosine of object and text without their mean.
    named
        Weight of the rarest glossary object in common (0 to 1).
    known
        Weight of a known object (`ObjectFacts`) in common: 1 where both objects name it, less for a wide one or one in the text.
    theme
        Weight of one theme.
    accept, accept_needs
        Score from which two statements are linked, and where one side supplies what the other needs.
    """

    intercept: float = -4.3
    object_meaning: float = 1.0
    text_meaning: float = 2.5
    named: float = 1.7
    known: float = 2.4
    theme: float = 1.8
    accept: float = 0.6
    accept_needs: float = 0.3


@dataclass(frozen=True)
class ObjectFacts:
    """What is known of a glossary object: the sectors it is traded in, what it is, and how much sharing it says.

    Attributes
    ----------
    sectors
        Sectors of the world whose trade holds it; empty where trade says nothing.
    kind
        good, service, link (a corridor, procedure or standard that two sides can only have together), rule or aim.
    wide
        Whether it is a whole field, so that two statements may share it and have little in common.
    scarce
        Whether what one side takes is missing to the other.
    head
        Whether it says what is meant whatever stands beside it: equipment for oil and gas is no oil.
    crossing
        Whether it is the crossing of a border itself, so that trade in all goods goes by it.
    """

    sectors: tuple[str, ...] = ()
    kind: str = "aim"
    wide: bool = False
    scarce: bool = False
    head: bool = False
    crossing: bool = False


@dataclass(frozen=True)
class ObjectRules:
    """What the second tier goes by.

    Attributes
    ----------
    known
        What is known of glossary objects.
    weights
        How signs become a score.
    territories
        Names of all countries: a statement that names others only does not speak to the partner.
    """

    known: Mapping[str, ObjectFacts] = field(default_factory=dict)
    weights: ObjectWeights = ObjectWeights()
    territories: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class ObjectReading:
    """A plan statement with what the glossary found in its object, and in object and text together."""

    statement: PlanStatement
    named: Reading
    whole: Reading


def read_objects(statements: Sequence[PlanStatement], glossary: Glossary) -> list[ObjectReading]:
    """Return the statements with their glossary objects."""
    found = []
    for s in statements:
        whole = read_statement(f"{s.object}. {s.text}", s.lang, glossary)
        named = read_statement(s.object, s.lang, glossary)
        found.append(ObjectReading(s, named, whole))
    return found


def object_signs(
    left: Sequence[ObjectReading],
    right: Sequence[ObjectReading],
    models: Sequence[Embedder],
    glossary: Glossary,
    known: Mapping[str, ObjectFacts],
) -> Vectors:
    """Return the signs of one object for every pair, shape (left, right, 5), in the order of `ObjectWeights`."""
    both = [*left, *right]
    count = len(left)
    signs = np.zeros((count, len(right), 5), dtype=np.float32)
    for layer, texts in enumerate(([r.statement.object for r in both], [r.statement.text for r in both])):
        passages = [Passage(text, r.statement.lang) for text, r in zip(texts, both, strict=True)]
        vectors = meaning(passages, models, glossary)
        signs[..., layer] = vectors[:count] @ vectors[count:].T
    signs[..., 2], signs[..., 3] = _named_shared(left, right, glossary, known)
    themes = [np.array([r.statement.theme for r in side]) for side in (left, right)]
    signs[..., 4] = themes[0][:, None] == themes[1][None, :]
    return signs


def object_score(signs: Vectors, weights: ObjectWeights) -> Vectors:
    """Return the probability that two statements are about one object, shape (left, right)."""
    w = weights
    weight = np.array([w.object_meaning, w.text_meaning, w.named, w.known, w.theme], dtype=np.float32)
    score: Vectors = 1.0 / (1.0 + np.exp(-(signs @ weight + np.float32(w.intercept))))
    return score


def common_objects(
    left: ObjectReading, right: ObjectReading, glossary: Glossary, known: Mapping[str, ObjectFacts]
) -> dict[str, float]:
    """Return the objects in common, the wider of each pair: 1 where both objects name it, less where one does in its text.

    A statement that names a head object is about nothing else that it names.
    """
    found: dict[str, float] = {}
    sides = [_own(reading, known) for reading in (left, right)]
    for first, second, weight in (
        (sides[0], sides[1], 1.0),
        (sides[0], right.whole.objects, _IN_TEXT),
        (left.whole.objects, sides[1], _IN_TEXT),
    ):
        for a in first:
            for b in second:
                wider = b if b in glossary.wider(a) else a if a in glossary.wider(b) else ""
                if wider:
                    found[wider] = max(weight, found.get(wider, 0.0))
    return found


def _own(reading: ObjectReading, known: Mapping[str, ObjectFacts]) -> frozenset[str]:
    heads = frozenset(key for key in reading.named.objects if key in known and known[key].head)
    return heads or reading.named.objects


def _named_shared(
    left: Sequence[ObjectReading],
    right: Sequence[ObjectReading],
    glossary: Glossary,
    known: Mapping[str, ObjectFacts],
) -> tuple[Vectors, Vectors]:
    """Return the rarity (0 to 1) of the rarest glossary object in common, and how much of a known one is in common."""
    every = [*left, *right]
    often = Counter(key for reading in every for key in reading.whole.objects)
    scale = np.log(1.0 + len(every))
    rarity = {key: float(np.log((1.0 + len(every)) / (1.0 + n)) / scale) for key, n in often.items()}
    rare, sure = (np.zeros((len(left), len(right)), dtype=np.float32) for _ in range(2))
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            both = common_objects(a, b, glossary, known)
            for key, weight in both.items():
                rare[i, j] = max(rare[i, j], weight * rarity.get(key, 1.0))
                if facts := known.get(key):
                    sure[i, j] = max(sure[i, j], weight * (_WIDE if facts.wide else 1.0))
    return rare, sure
