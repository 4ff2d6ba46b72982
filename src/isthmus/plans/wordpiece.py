"""WordPiece: a text as the pieces of words that a language model knows, each with its place."""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import NamedTuple

UNKNOWN = "[UNK]"
_INNER = "##"
"""Opens a piece that goes on a word."""
_LONGEST = 100
"""Letters from which a word is not taken apart."""
_SIGNS = (range(33, 48), range(58, 65), range(91, 97), range(123, 127))


class Piece(NamedTuple):
    """The number of a piece in the vocabulary, and where its first letter stands."""

    number: int
    start: int


def pieces_of(text: str, vocabulary: Mapping[str, int]) -> list[Piece]:
    """Return the pieces of a text in order: small letters without accents, each sign a word, the longest known piece first.

    Source: Wu et al. (2016), arXiv 1609.08144, as the uncased BERT models cut it.
    """
    return [piece for word, places in _words(text) for piece in _cut(word, places, vocabulary)]


def _words(text: str) -> Iterator[tuple[str, list[int]]]:
    """Yield the words of a text in small letters, with the place of each letter."""
    word, places = "", list[int]()
    for at, sign in enumerate(text):
        category = unicodedata.category(sign)
        apart = sign.isspace() or category == "Zs"
        alone = category.startswith("P") or any(ord(sign) in signs for signs in _SIGNS) or "一" <= sign <= "鿿"
        if (apart or alone) and word:
            yield word, places
            word, places = "", []
        if apart or category.startswith("C"):
            continue
        letters = [c for c in unicodedata.normalize("NFD", sign.lower()) if unicodedata.category(c) != "Mn"]
        if alone:
            yield "".join(letters), [at] * len(letters)
        else:
            word, places = word + "".join(letters), places + [at] * len(letters)
    if word:
        yield word, places


def _cut(word: str, places: list[int], vocabulary: Mapping[str, int]) -> list[Piece]:
    """Return the pieces of a word; one of a piece that is not known is unknown as a whole."""
    cut, start = list[Piece](), 0
    while start < len(word) <= _LONGEST:
        opens = _INNER if start else ""
        end = next((e for e in range(len(word), start, -1) if opens + word[start:e] in vocabulary), None)
        if end is None:
            break
        cut.append(Piece(vocabulary[opens + word[start:end]], places[start]))
        start = end
    return cut if cut and start == len(word) else [Piece(vocabulary[UNKNOWN], places[0])] if places else []
