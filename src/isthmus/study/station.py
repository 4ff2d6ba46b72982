"""What a station gives to the study: a section of facts and tables, made by one function."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import pandas as pd

if TYPE_CHECKING:
    from isthmus.study.study import Study

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Section:
    """What one station found.

    Attributes
    ----------
    facts
        Numbers, texts and lists that the report speaks of; plain JSON types only.
    tables
        Tidy tables by file name without ending; each becomes ``tables/NAME.csv``.
    """

    facts: Facts
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)


Findings = Mapping[str, Section]
"""Sections by station name, in the order of the flow."""

Item = TypeVar("Item")
Made = TypeVar("Made")


class Work(Protocol):
    """What a station may ask of whoever runs it; stations themselves know no file, clock or thread."""

    def progress(self, share: float) -> None:
        """Report the share of the station's work that is done (0 to 1)."""

    def piece(self, name: str, make: Callable[[], Section]) -> Section:
        """Return a part of the station's work, made now or kept from a run that was stopped."""

    def map(self, function: Callable[[Item], Made], items: Sequence[Item]) -> list[Made]:
        """Apply a function to every item, perhaps several at a time; results keep the order of the items."""


@dataclass(frozen=True)
class Station:
    """One step of a study.

    Attributes
    ----------
    name
        One word: the same for the report's chapter, the documentation page and the folder.
    inputs
        Names of the study's digests that the result depends on (see `Study.digests`).
    needs
        Stations whose sections are read.
    applies
        Whether the study has what the station needs; a station that does not apply is said so in the report.
    compute
        The work itself: pure, given the study, the earlier sections and the means of whoever runs it.
    refine
        What later stations see of the study once this one has measured something that was only assumed before.
    """

    name: str
    inputs: tuple[str, ...]
    needs: tuple[str, ...]
    applies: Callable[["Study"], bool]
    compute: Callable[["Study", Findings, Work], Section]
    refine: Callable[["Study", Section], "Study"] | None = None


class Store(Protocol):
    """Where finished sections are kept, by station name and digest of everything they depend on."""

    def get(self, station: str, key: str) -> Section | None:
        """Return the kept section or None."""

    def put(self, station: str, key: str, section: Section) -> None:
        """Keep a finished section."""
