"""The same for every item: one after another, or several at a time where whoever runs it has the means."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")


class Each(Protocol):
    """Applies a function to every item, perhaps several at a time; results keep the order of the items."""

    def __call__(self, function: Callable[[Item], Made], items: Sequence[Item], /) -> list[Made]:
        """Return what the function makes of each."""


def one_by_one(function: Callable[[Item], Made], items: Sequence[Item]) -> list[Made]:
    """Apply a function to every item, one after another."""
    return [function(item) for item in items]
