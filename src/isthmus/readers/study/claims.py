"""Read the claims of a study: overheads that somebody stated, to test the border against."""

from collections.abc import Mapping, Sequence
from typing import Any

from isthmus.border.overhead import Claim, Definition
from isthmus.core.errors import BadInputError
from isthmus.core.pairs import pair_called

_MOST_OVERHEAD = 100.0
"""Largest overhead that can be claimed, as a fraction."""


_REQUIRED = ("name", "low", "high", "source")
SOURCES = {"ru": "source_ru", "zh": "source_zh"}
"""Keys of the source in other languages, by language."""
_KEYS = (*_REQUIRED, *SOURCES.values(), "definition", "address", "pair")


def read_claims(items: Sequence[Mapping[str, Any]], where: str, partners: Sequence[str] = ()) -> tuple[Claim, ...]:
    """Return the claims of a study file: name, low, high (fractions), source, and what may stand with them.

    Optional are the source in other languages (`SOURCES`), definition, address and pair (A-B).

    Raises
    ------
    BadInputError
        For a key that is missing or unknown, a source that is no text or empty, a range out of order, or a pair that the study
        does not have.
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
        sources = _sources(item, f"{where}, claim {number}")
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
                str(item["name"]), float(low), float(high), sources.pop("en"),
                Definition(stated) if stated else None, str(item.get("address", "")),
                pair_called(str(item["pair"]), partners, f"{where}, claim {number}, pair") if "pair" in item else None,
                sources,
            )
        )  # fmt: skip
    return tuple(claims)


def _sources(item: Mapping[str, Any], where: str) -> dict[str, str]:
    """Return who states a claim, by language."""
    found = {language: item[key] for language, key in {"en": "source", **SOURCES}.items() if key in item}
    for language, text in found.items():
        if not isinstance(text, str) or not text.strip():
            raise BadInputError(
                f"{where}, {SOURCES.get(language, 'source')}",
                f"found {text!r}",
                allowed="a text that says who states it, where and when",
                remedy="write it, or leave the key out where the study has no text in this language",
            )
    return found
