"""Read the claims of a study: overheads that somebody stated, to test the border against."""

from collections.abc import Mapping, Sequence
from typing import Any

from isthmus.border.overhead import Claim, Definition
from isthmus.core.errors import BadInputError

_MOST_OVERHEAD = 100.0
"""Largest overhead that can be claimed, as a fraction."""


def read_claims(items: Sequence[Mapping[str, Any]], where: str) -> tuple[Claim, ...]:
    """Return the claims of a study file: name, low, high (fractions), source, optional definition and address."""
    claims = []
    for number, item in enumerate(items, start=1):
        missing = [key for key in ("name", "low", "high", "source") if key not in item]
        unknown = [key for key in item if key not in ("name", "low", "high", "source", "definition", "address")]
        if missing or unknown:
            raise BadInputError(
                f"{where}, claim {number}",
                "; ".join([*(f"{k} is missing" for k in missing), *(f"unknown key {k}" for k in unknown)]),
                allowed="name, low, high, source, definition, address",
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
            )
        )  # fmt: skip
    return tuple(claims)
