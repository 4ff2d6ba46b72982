"""A plan document as read: blocks of text and tables in reading order, each with its page."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

REPORTS = ("review", "past result", "fact", "alone among facts")
"""Reasons under which a passage with figures is a report."""
PICTURE = "picture"
"""Reason of what stands on a page as a picture, whose words nobody can count."""
_FIGURE = re.compile(r"\d|[一二三四五六七八九十两]成|翻番")

BlockKind = Literal["heading", "paragraph", "item", "table"]


@dataclass(frozen=True)
class DocumentBlock:
    """A heading, a paragraph, a list item or a table.

    Attributes
    ----------
    text
        The text unchanged; "" for a table.
    page
        Page it begins on, counted from 1; None where the format has no pages.
    rows
        Cells of a table, row by row.
    row_pages
        Page of each row of a table that goes on over pages; empty where all stand on `page`.
    level
        How deep the format sets a heading, 1 the highest; 0 for another block, or where it does not say.
    """

    kind: BlockKind
    text: str
    page: int | None = None
    rows: Sequence[Sequence[str]] = ()
    row_pages: Sequence[int | None] = ()
    level: int = 0

    def page_of(self, row: int) -> int | None:
        """Return the page of a row of a table."""
        return self.row_pages[row] if self.row_pages else self.page


@dataclass(frozen=True)
class LeftOut:
    """A passage that was not read for targets: why, its words, its page, and what it is a part of where the rest was read."""

    reason: str
    text: str
    page: int | None = None
    within: str = ""

    def rewritten(self, change: Callable[[str], str]) -> "LeftOut":
        """Return the passage with its words changed by a function."""
        return replace(self, text=change(self.text), within=change(self.within))


@dataclass(frozen=True)
class Document:
    """A document in reading order.

    Attributes
    ----------
    file
        Name of the file.
    pages
        Number of pages; None where the format has no pages.
    blocks
        Blocks in reading order.
    notes
        What was recognised or repaired on the way (encoding, hyphens joined, optical recognition).
    left_out
        Lines that the reader took out of the running text: running heads, page numbers.
    """

    file: str
    pages: int | None
    blocks: tuple[DocumentBlock, ...]
    notes: tuple[str, ...] = field(default_factory=tuple)
    left_out: tuple[LeftOut, ...] = ()

    @property
    def text(self) -> str:
        """The running text of the document, a line for each block and each table row."""
        return "\n".join(
            block.text if block.kind != "table" else "\n".join(" | ".join(row) for row in block.rows)
            for block in self.blocks
        )

    def rewritten(self, change: Callable[[str], str]) -> "Document":
        """Return the document with every text, cell and left-out line changed by a function."""
        blocks = tuple(
            replace(b, text=change(b.text), rows=tuple(tuple(change(cell) for cell in row) for row in b.rows))
            for b in self.blocks
        )
        return replace(self, blocks=blocks, left_out=tuple(e.rewritten(change) for e in self.left_out))


@dataclass(frozen=True)
class Doubt:
    """What does not fit in a document that a user gave: period, country, title or language, as expected and as found."""

    about: str
    expected: str
    found: str


@dataclass(frozen=True)
class Given:
    """A document that a user gave for a plan of the study: what in its head fits that plan, and what does not."""

    fits: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class PlanDocument:
    """A document with the partner whose plan it is, its language where it is given, and what was not read as an aim.

    Attributes
    ----------
    code
        Its code among the official documents of the study, "" without one.
    digest
        Whether it is a digest in the study's own words and no document.
    instead
        File of the digest it was read instead of, "" where it stands for itself.
    given
        How it fits the plan it was given for, None where it is the study's own.
    as_of, period
        Year in which it was read and the plan's first and last year, where the study says them; see `extract_document`.
    tells_past, leaves_much
        Whether it may be a report and no plan, and whether much of it was left out; see `Extraction`.
    """

    partner: str
    document: Document
    lang: str = ""
    left_out: tuple[LeftOut, ...] = ()
    code: str = ""
    digest: bool = False
    instead: str = ""
    given: Given | None = None
    as_of: int = 0
    period: tuple[int, int] | None = None
    tells_past: bool = False
    leaves_much: bool = False

    @property
    def reported(self) -> tuple[str, ...]:
        """The sentences that report the past or how things are."""
        return reports_in(self.left_out)


def reports_in(left_out: Sequence[LeftOut]) -> tuple[str, ...]:
    """Return the passages with figures that were left out because they report the past or how things are."""
    return tuple(left.text for left in left_out if left.reason in REPORTS and _FIGURE.search(left.text))
