"""A text as the pieces of words that a language model knows, each with its place: the likeliest way to cut it."""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

OPENS, ENDS, UNKNOWN = 0, 2, 3
"""Numbers of the pieces that stand at the start and at the end of what is read, and of what is not known."""
LONGEST = 16
"""Letters of a piece at most."""
_SPACE = "▁"
"""Opens a word."""
_UNLIKELY = -30.0
"""Logarithm of the chance of a letter that is not known: less than that of any piece."""
_KEPT = 50_000
"""Words of a text that are kept as they were cut."""


class Piece(NamedTuple):
    """The number of a piece in the vocabulary, and where its first letter stands."""

    number: int
    start: int


class Vocabulary:
    """The pieces that a model knows: number of each, and the logarithm of its chance. What it cut once it need not cut again."""

    def __init__(self, pieces: Mapping[str, tuple[int, float]]) -> None:
        self.pieces = pieces
        self.cut = lru_cache(_KEPT)(lambda word: tuple(_likeliest(word, pieces)))


def pieces_of(text: str, vocabulary: Vocabulary) -> list[Piece]:
    """Return the pieces of a text in order.

    Source: Kudo (2018), arXiv 1804.10959, as XLM-R cuts its text.
    """
    return [Piece(number, places[start]) for word, places in _words(text) for number, start in vocabulary.cut(word)]


def _words(text: str) -> Iterator[tuple[str, list[int]]]:
    """Yield the words of a text in one form of each letter, opened by a mark, with the place of each letter."""
    letters, places = list[str](), list[int]()
    for at, sign in enumerate(text):
        for letter in " " if sign.isspace() else unicodedata.normalize("NFKC", sign):
            if letter != " " and unicodedata.category(letter) == "Cc":
                continue
            if letter == " " or not letters:
                if len(letters) > 1:
                    yield "".join(letters), places
                letters, places = [_SPACE], [at]
            if letter != " ":
                letters.append(letter)
                places.append(at)
    if len(letters) > 1:
        yield "".join(letters), places


def _likeliest(word: str, pieces: Mapping[str, tuple[int, float]]) -> list[tuple[int, int]]:
    """Return number and start of the pieces into which a word most likely falls."""
    size = len(word)
    best, back = [0.0] + [-1e30] * size, [(UNKNOWN, 0)] * (size + 1)
    for start in range(size):
        for end in range(start + 1, min(size, start + LONGEST) + 1):
            number, chance = pieces.get(word[start:end], (UNKNOWN, _UNLIKELY if end == start + 1 else -1e30))
            if best[start] + chance > best[end]:
                best[end], back[end] = best[start] + chance, (number, start)
    cut, end = list[tuple[int, int]](), size
    while end:
        cut.append(back[end])
        end = back[end][1]
    return cut[::-1]
