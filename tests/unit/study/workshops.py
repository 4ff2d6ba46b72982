"""Workshops for tests: everything is made anew, in this process."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from isthmus.core.each import one_by_one
from isthmus.study.section import Parts

Make = Callable[[Any], Parts]


class OneByOne:
    """Has `hands` stations at work at a time and finishes the one that was begun last first, so that orders are mixed."""

    def __init__(self, hands: int = 1) -> None:
        self.hands = hands
        self.at_work: list[tuple[str, Make]] = []
        self.begun: list[str] = []
        self.most = 0
        self.left = 0

    @property
    def free(self) -> bool:
        return len(self.at_work) < self.hands

    def begin(self, station: str, key: str, make: Make) -> None:
        self.at_work.append((station, make))
        self.begun.append(station)
        self.most = max(self.most, len(self.at_work))

    def finished(self) -> tuple[str, Parts]:
        station, make = self.at_work.pop()
        return station, make(SimpleNamespace(progress=lambda share: None))

    def leave(self) -> None:
        self.left += 1


class Quiet:
    """Work that reports nothing and does one thing after another."""

    map = staticmethod(one_by_one)

    def progress(self, share: float) -> None:
        """Ignore progress."""
