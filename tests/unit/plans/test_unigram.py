"""A text is cut into the likeliest pieces, each with its place."""

import math

import pytest

from isthmus.plans.unigram import LONGEST, UNKNOWN, Vocabulary, pieces_of

CHANCES = {"▁": -3.0, "▁re": -5.0, "new": -5.0, "▁renew": -9.0, "able": -4.0, "▁renewable": -20.0}
CHANCES |= {"▁4": -6.0, "0": -5.0, "▁40": -6.0, "%": -3.0, "中": -4.0, "。": -3.0, "▁q": -20.0}
VOCABULARY = {piece: (number, chance) for number, (piece, chance) in enumerate(CHANCES.items(), 4)}
NAMES = {number: piece for piece, (number, _) in VOCABULARY.items()} | {UNKNOWN: "?"}


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("renewable", [("▁renew", 0), ("able", 5)]),
        ("40%", [("▁40", 0), ("%", 2)]),
        ("renew  40", [("▁renew", 0), ("▁40", 6)]),
        ("中。中", [("▁", 0), ("中", 0), ("。", 1), ("中", 2)]),
        ("４０％ \t\u00a0renew\n", [("▁40", 0), ("%", 2), ("▁renew", 5)]),
        ("\u0007re\u0000new", [("▁renew", 1)]),
        ("rex40", [("▁re", 0), ("?", 2), ("?", 3), ("0", 4)]),
        ("q", [("▁q", 0)]),
        ("re\tnew", [("▁re", 0), ("▁", 2), ("new", 3)]),
        ("", []),
        (" \n", []),
    ],
)
def test_the_likeliest_pieces_win(text: str, cut: list[tuple[str, int]]) -> None:
    assert [(NAMES[piece.number], piece.start) for piece in pieces_of(text, Vocabulary(VOCABULARY))] == cut


def test_a_sum_of_chances_decides_not_the_longest_piece() -> None:
    sums = {tuple(parts): sum(CHANCES[p] for p in parts) for parts in (["▁re", "new", "able"], ["▁renew", "able"])}
    assert math.isclose(max(sums.values()), -13.0)
    assert max(sums.values()) > CHANCES["▁renewable"]


def test_no_piece_is_longer_than_the_longest() -> None:
    long = "▁" + "0" * LONGEST
    pieces = pieces_of(long[1:], Vocabulary({**VOCABULARY, long: (99, 0.0)}))
    assert 99 not in {piece.number for piece in pieces}
    assert 99 in {piece.number for piece in pieces_of(long[2:], Vocabulary({**VOCABULARY, long[:-1]: (99, 0.0)}))}
