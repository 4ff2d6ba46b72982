"""Pairs of partners: which there are, how they are written, and which one a label of a file means."""

from collections.abc import Iterable, Sequence
from itertools import combinations

from isthmus.core.errors import BadInputError

Pair = tuple[str, str]
"""Labels of two partners, in the order in which the study names them."""

EVERY_PAIR = "all"
"""Label of all pairs together."""


def pairs_of(partners: Sequence[str]) -> tuple[Pair, ...]:
    """Return every pair of partners once, in the order in which partners are named."""
    return tuple(combinations(partners, 2))


def directions_of(partners: Sequence[str]) -> tuple[Pair, ...]:
    """Return exporter and importer of every direction, both of one pair beside each other."""
    return tuple(way for a, b in pairs_of(partners) for way in ((a, b), (b, a)))


def pair_label(pair: Sequence[str]) -> str:
    """Write a pair as A-B."""
    return "-".join(pair)


def pair_known(label: str, pairs: Iterable[Pair]) -> Pair | None:
    """Return the pair that A-B means, in either order; None where there is no such pair."""
    return next((pair for pair in pairs if label in (pair_label(pair), pair_label(pair[::-1]))), None)


def pair_called(label: str, partners: Sequence[str], where: str) -> Pair:
    """Return the pair that a user's A-B means, in either order.

    Raises
    ------
    BadInputError
        If no pair of the partners is written so.
    """
    pairs = pairs_of(partners)
    found = pair_known(label, pairs)
    if found is None:
        raise BadInputError(
            where,
            f"found {label!r}",
            allowed=", ".join(map(pair_label, pairs)),
            remedy="name a pair of the study's partners",
        )
    return found
