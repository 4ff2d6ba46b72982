"""What a station of the study is: what it reads, what it needs, and the section it makes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, Protocol

from isthmus.core.each import Item, Made
from isthmus.study.section import Parts, S, Section

if TYPE_CHECKING:
    from isthmus.study.study import Study


@dataclass(frozen=True)
class Findings:
    """What a run found.

    Attributes
    ----------
    sections
        Sections by station, in the order of the flow.
    skipped
        Stations that the study has nothing for.
    """

    sections: Mapping[str, Section] = field(default_factory=dict)
    skipped: tuple[str, ...] = ()

    def get(self, kind: type[S]) -> S | None:
        """Return the section of a kind, None where its station did not apply."""
        return next((section for section in self.sections.values() if isinstance(section, kind)), None)

    def __getitem__(self, kind: type[S]) -> S:
        found = self.get(kind)
        if found is None:
            raise LookupError(f"the findings have no {kind.__name__}")
        return found


class Work(Protocol):
    """What a station may ask of whoever runs it; stations themselves know no file, clock or thread."""

    def progress(self, share: float) -> None:
        """Report the share of the station's work that is done (0 to 1)."""

    def piece(self, name: str, make: Callable[[], Parts]) -> Parts:
        """Return a part of the station's work, made now or kept from a run that was stopped."""

    def map(self, function: Callable[[Item], Made], items: Sequence[Item]) -> list[Made]:
        """Apply a function to every item, perhaps several at a time; results keep the order of the items."""


@dataclass(frozen=True)
class Station(Generic[S]):
    """One step of a study.

    Attributes
    ----------
    name
        One word: the same for the report's chapter, its texts, the documentation page and the folder.
    section
        What the station makes.
    reads
        Fields of the study that `applies` and `compute` may read; any other raises. Their content is the station's key.
    needs
        Sections of earlier stations that `compute` reads where they are there.
    applies
        Whether the study has what the station needs; a station that does not apply is said so in the report.
    compute
        The work itself: pure, given the study, the earlier sections and the means of whoever runs it.
    refine
        What later stations see of the study once this one has measured something that was only assumed before.
    internal
        Its section serves later stations alone: no chapter, no files.
    weight
        How much work it is beside others, roughly in seconds of a processor for the largest packaged study; of several that
        could begin, the one that most work hangs on does.
    """

    name: str
    section: type[S]
    reads: tuple[str, ...]
    applies: Callable[["Study"], bool]
    compute: Callable[["Study", Findings, Work], S]
    needs: tuple[type[Section], ...] = ()
    refine: Callable[["Study", S], "Study"] | None = None
    internal: bool = False
    weight: float = 1.0


class UndeclaredError(AttributeError):
    """A station reads a field of the study that it does not declare."""


class View:
    """A study of which only some fields can be read, so that nothing a result depends on is missing from its key."""

    def __init__(self, study: "Study", station: str, reads: Sequence[str]) -> None:
        self._study, self._station, self._reads = study, station, frozenset(reads)

    def __getattr__(self, name: str) -> object:
        if name not in self._reads:
            raise UndeclaredError(f"station {self._station} reads study.{name} without declaring it in `reads`")
        return getattr(self._study, name)
