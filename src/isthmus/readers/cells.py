"""What single cells of tables may hold: members of an enumeration and lists between semicolons."""

from enum import StrEnum
from typing import TypeVar

from isthmus.core.errors import BadInputError

M = TypeVar("M", bound=StrEnum)


def member(kind: type[M], text: str, where: str) -> M:
    """Return the member of an enumeration.

    Raises
    ------
    BadInputError
        If there is none of that name; it says which exist.
    """
    try:
        return kind(text)
    except ValueError:
        raise BadInputError(where, f"found {text!r}", allowed=", ".join(kind), remedy="choose one of these") from None


def listed(cell: object) -> tuple[str, ...]:
    """Return what stands between the semicolons of a cell; an empty cell is an empty list."""
    return tuple(part.strip() for part in str(cell or "").split(";") if part.strip())
