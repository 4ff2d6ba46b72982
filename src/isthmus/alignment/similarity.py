"""How near two statements are in meaning, across languages.

Sentence embeddings of different languages lie in different places, and some statements are near to everything. Three
steps undo this: every language's mean vector is subtracted, the vectors of several models stand side by side, and each
similarity is measured against the neighbourhoods of both statements (cross-domain similarity local scaling). What the
glossary finds in both statements counts as one more, weaker model, and so do the words of both indicators in one language.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from isthmus.alignment.glossary import SPACELESS, Glossary, GlossaryReading

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """A model that turns texts into vectors; its weights are read at the edge."""

    @property
    def name(self) -> str:
        """Name and version, as the product reports them."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one row a text; equal texts give equal rows."""


class Remembered:
    """A model that is asked once for each text, however many plans are compared."""

    def __init__(self, model: Embedder) -> None:
        self.name = model.name
        self._model = model
        self._rows: dict[str, Vectors] = {}

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one row a text; those of texts that were asked for before are kept."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._rows]
        if missing:
            self._rows |= zip(missing, np.asarray(self._model.embed(missing), dtype=np.float32), strict=True)
        return np.stack([self._rows[text] for text in texts])


@dataclass(frozen=True)
class Passage:
    """A statement to be compared: its text and language, what the glossary found in it, and its indicator.

    Where the indicator is empty, the text stands for it.
    """

    text: str
    lang: str
    reading: GlossaryReading = field(default_factory=GlossaryReading)
    indicator: str = ""


_NEIGHBOURS = 5
"""Size of the neighbourhood against which a similarity is measured."""
_ONE_THING = 0.7
"""Cosine from which passages of one side say one thing: a plan that says it three times has one neighbour there."""
_GLOSSARY = 0.6
"""Weight of shared glossary objects beside one model; beside several it grows with the root of their number."""
_INDICATOR = 0.4
"""Weight of the indicator beside the clause, for the first model; the others read the clause."""
_WORDS, _STEM = 0.8, 5
"""Weight of the words of the indicators where both sides are in one language, and letters by which a word is known."""


def similarity(
    left: Sequence[Passage],
    right: Sequence[Passage],
    models: Sequence[Embedder],
    glossary: Glossary,
    reference: Sequence[Passage] = (),
) -> Vectors:
    """Return the similarity of every left and right passage, shape (left, right), unitless and around zero.

    Parameters
    ----------
    left, right
        Passages of the two plans, in any of the languages.
    models
        At least one model; their vectors are centred one by one and concatenated.
    reference
        Statements that say the same in every language: they steady means and neighbourhoods of short lists.

    Notes
    -----
    With cosine s, the result is 2 s(i, j) - r(i) - r(j), where r is the mean cosine of a passage with its nearest
    passages on the other side (Lample et al. 2018, Word translation without parallel data, eq. 2).
    """
    if not left or not right:
        return np.zeros((len(left), len(right)), dtype=np.float32)
    passages, models = [*left, *right, *reference], [Remembered(model) for model in models]
    blocks = [_model_block(passages, model) for model in models]
    named = [replace(p, text=p.indicator or p.text) for p in passages]
    blocks.append(np.float32(_INDICATOR) * _model_block(named, models[0]))
    weight = np.float32(_GLOSSARY * len(models) ** 0.5)
    blocks.append(weight * _object_block([p.reading for p in passages], glossary))
    if len({p.lang for p in (*left, *right)}) == 1:
        blocks.append(np.float32(_WORDS) * _word_block(named))
    vectors = _unit(np.hstack(blocks))
    a, b, c = np.split(vectors, [len(left), len(left) + len(right)])
    cosine = a @ b.T
    near_left = _neighbourhood(a, np.vstack([b, _others(c, reference, right)]))
    near_right = _neighbourhood(b, np.vstack([a, _others(c, reference, left)]))
    scaled: Vectors = 2.0 * cosine - near_left[:, None] - near_right[None, :]
    return scaled


def likeness(
    left: Sequence[Passage], right: Sequence[Passage], model: Embedder, reference: Sequence[Passage]
) -> Vectors:
    """Return the cosine of every left and right passage in one model alone, without each language's mean."""
    if not left or not right:
        return np.zeros((len(left), len(right)), dtype=np.float32)
    near = meaning([*left, *right, *reference], [model])
    cosine: Vectors = near[: len(left)] @ near[len(left) : len(left) + len(right)].T
    return cosine


def meaning(passages: Sequence[Passage], models: Sequence[Embedder]) -> Vectors:
    """Return unit vectors of all models side by side, without each language's mean, one row a passage."""
    return _unit(np.hstack([_model_block(passages, model) for model in models]))


def _model_block(passages: Sequence[Passage], model: Embedder) -> Vectors:
    """Return unit vectors of one model without each language's mean."""
    row = {text: i for i, text in enumerate(dict.fromkeys(p.text for p in passages))}
    vectors = np.asarray(model.embed(list(row)), dtype=np.float32)[[row[p.text] for p in passages]]
    langs = np.array([p.lang for p in passages])
    for lang in np.unique(langs):
        vectors[langs == lang] -= vectors[langs == lang].mean(axis=0)
    return _unit(vectors)


def _object_block(readings: Sequence[GlossaryReading], glossary: Glossary) -> Vectors:
    """Return unit vectors over glossary objects; a wider object weighs half."""
    own = [
        dict.fromkeys((over for key in reading.objects for over in glossary.wider(key)), 0.5) for reading in readings
    ]
    return _by_rarity(
        [weights | dict.fromkeys(reading.objects, 1.0) for weights, reading in zip(own, readings, strict=True)]
    )


def _word_block(passages: Sequence[Passage]) -> Vectors:
    """Return unit vectors over words without their endings; over pairs of letters where there are no spaces."""
    return _by_rarity([dict.fromkeys(_words(p.text.lower(), spaceless=p.lang in SPACELESS), 1.0) for p in passages])


def _words(text: str, *, spaceless: bool) -> Iterable[str]:
    words = re.findall(r"[^\W\d_]{2,}", text)
    if spaceless:
        return (word[i : i + 2] for word in words for i in range(len(word) - 1))
    return (word[:_STEM] for word in words)


def _by_rarity(found: Sequence[Mapping[str, float]]) -> Vectors:
    """Return unit vectors of what was found in each passage, with its weight; what few passages have weighs more."""
    columns = {key: i for i, key in enumerate(sorted(set().union(*found)))}
    counts = np.zeros((len(found), max(1, len(columns))), dtype=np.float32)
    for row, weights in enumerate(found):
        for key, weight in weights.items():
            counts[row, columns[key]] = weight
    rarity = np.log((1.0 + len(found)) / (1.0 + (counts > 0).sum(axis=0)))
    return _unit(counts * rarity.astype(np.float32))


def _others(vectors: Vectors, reference: Sequence[Passage], side: Sequence[Passage]) -> Vectors:
    """Return reference vectors in the languages of a side, without those whose text stands in it already."""
    langs, texts = {p.lang for p in side}, {p.text for p in side}
    keep = [i for i, p in enumerate(reference) if p.lang in langs and p.text not in texts]
    return vectors[keep]


def _neighbourhood(rows: Vectors, counterparts: Vectors) -> Vectors:
    """Return the mean cosine of each row with its nearest counterparts; those that say one thing count once."""
    count, group = connected_components(counterparts @ counterparts.T >= _ONE_THING, directed=False)
    nearest = np.full((count, len(rows)), -1.0, dtype=np.float32)
    np.maximum.at(nearest, group, counterparts @ rows.T)
    kept = min(_NEIGHBOURS, count)
    mean: Vectors = np.partition(nearest, -kept, axis=0)[-kept:].mean(axis=0, dtype=np.float32)
    return mean


def _unit(vectors: Vectors) -> Vectors:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = np.divide(vectors, length, out=np.zeros_like(vectors), where=length > 1e-12)
    return unit
