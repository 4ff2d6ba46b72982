"""A text is cut into the pieces that a model knows, each with its place."""

import pytest

from isthmus.plans.wordpiece import UNKNOWN, pieces_of

VOCABULARY = {
    word: n
    for n, word in enumerate([UNKNOWN, "re", "##new", "##able", "renew", "e", "##t", "40", "%", "-", "中", "a", "##b"])
}


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Renewable", [("renew", 0), ("##able", 5)]),
        ("é 40%", [("e", 0), ("40", 2), ("%", 4)]),
        ("40-40", [("40", 0), ("-", 2), ("40", 3)]),
        ("中中a", [("中", 0), ("中", 1), ("a", 2)]),
        ("\u200bet\t\u00a0ab", [("e", 1), ("##t", 2), ("a", 5), ("##b", 6)]),
        ("rex a", [(UNKNOWN, 0), ("a", 4)]),
        ("", []),
    ],
)
def test_the_longest_known_piece_comes_first(text: str, cut: list[tuple[str, int]]) -> None:
    assert [(piece.number, piece.start) for piece in pieces_of(text, VOCABULARY)] == [
        (VOCABULARY[w], at) for w, at in cut
    ]


def test_a_word_of_more_than_a_hundred_letters_is_unknown() -> None:
    assert [p.number for p in pieces_of("a" + "b" * 99, VOCABULARY)] == [VOCABULARY["a"]] + [VOCABULARY["##b"]] * 99
    assert [(p.number, p.start) for p in pieces_of(" a" + "b" * 100, VOCABULARY)] == [(0, 1)]
