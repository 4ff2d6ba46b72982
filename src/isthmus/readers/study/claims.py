"""Read the claims of a study: overheads that somebody stated, to test the border against."""

from collections.abc import Mapping, Sequence
from typing import Any

from isthmus.border.overhead import Claim, Definition
from isthmus.core.errors import BadInputError
from isthmus.core.pairs import pair_called

_MOST_OVERHEAD = 100.0
"""Largest overhead that can be claimed, as a fraction."""


_REQUIRED = ("name", "low", "high", "source")
_KEYS = (*_REQUIRED, "definition", "address", "pair")


def read_claims(items: Sequence[Mapping[str, Any]], where: str, partners: Sequence[str] = ()) -> tuple[Claim, ...]:
    """Return the claims of a study file: name, low, high (fractions), source, optional definition, address and pair (A-B).

    Raises
    ------
    BadInputError
        For a key that is missing or unknown, a range out of order, or a pair that the study does not have.
    """
    claims = []
    for number, item in enumerate(items, start=1):
        missing = [key for key in _REQUIRED if key not in item]
        unknown = [key for key in item if key not in _KEYS]
        if missing or unknown:
            raise BadInputError(
                f"{where}, claim {number}",
                "; ".join([*(f"{k} is missing" for k in missing), *(f"unknown key {k}" for k in unknown)]),
                allowed=", ".join(_KEYS),
                remedy="correct the keys",
            )
        stated = item.get("definition")
        if stated is not None and stated not in set(Definition):
            raise BadInputError(
                f"{where}, claim {number}, definition",
                f"found {stated!r}",
                allowed=", ".join(Definition),
                remedy="choose one",
            )
        low, high = item["low"], item["high"]
        plain = all(isinstance(number, int | float) and not isinstance(number, bool) for number in (low, high))
        if not plain or not 0 <= low <= high <= _MOST_OVERHEAD:
            raise BadInputError(
                f"{where}, claim {number}, low and high",
                f"found {low!r} and {high!r}",
                allowed=f"fractions with 0 <= low <= high <= {_MOST_OVERHEAD:g}",
                remedy="correct them",
            )
        claims.append(
            Claim(
                str(item["name"]), float(low), float(high), str(item["source"]),
                Definition(stated) if stated else None, str(item.get("address", "")),
                pair_called(str(item["pair"]), partners, f"{where}, claim {number}, pair") if "pair" in item else None,
            )
        )  # fmt: skip
    return tuple(claims)
