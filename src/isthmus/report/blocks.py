"""The parts a chapter of the report is built from; the template knows how to show each, the chapters only fill them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import pandas as pd

Tone = Literal["plain", "muted", "warning"]


@dataclass(frozen=True)
class Paragraph:
    """Running text."""

    text: str
    tone: Tone = "plain"
    block: str = "paragraph"


@dataclass(frozen=True)
class Grid:
    """A table for reading.

    Attributes
    ----------
    title
        What the table shows, as a finding where there is one.
    columns
        Heading of each column of `rows`, with its unit.
    rows
        Cells as written in the language, row by row; a cell may be a `Cell`.
    numeric
        Positions of columns that are set flush right.
    source
        Source line.
    csv
        Name of the table in ``tables/`` that holds the same numbers in full, or "".
    fold
        Number of rows shown before the rest is folded away; 0 shows all.
    opened
        Whether the table belongs to what an opened chapter shows; otherwise it stands in the annex.
    filters
        Positions of columns that the annex offers as filters, for example side, theme, status.
    shares
        Relative widths of the first columns; the others stand below them, over the full width of the row. Empty where all
        stand side by side.
    """

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence["str | Cell"]]
    numeric: Sequence[int] = ()
    source: str = ""
    csv: str = ""
    fold: int = 0
    opened: bool = False
    filters: Sequence[int] = ()
    shares: Sequence[int] = ()
    block: str = "grid"


@dataclass(frozen=True)
class Cell:
    """A table cell with the language of a quotation, a tag (unverified, assumed) or a tone (gain, loss, mark).

    `sentence` says that it holds one, which takes a broad column.
    """

    text: str
    lang: str = ""
    tag: str = ""
    tone: str = ""
    title: str = ""
    sentence: bool = False


@dataclass(frozen=True)
class Figure:
    """A chart with everything a reader needs beside it.

    Attributes
    ----------
    name
        Identifier, unique in the report.
    title
        The finding, as a sentence.
    alt
        What the chart shows, for those who cannot see it.
    option
        ECharts option as plain data; colours by the names of `report.palette`, functions are not possible.
    twin
        The same numbers as a table, shown on demand and offered as CSV.
    source
        Source line with units.
    height
        Height in pixels on a wide screen and on a narrow one.
    """

    name: str
    title: str
    alt: str
    option: Mapping[str, Any]
    twin: pd.DataFrame
    source: str
    height: tuple[int, int] = (360, 440)
    block: str = "figure"


@dataclass(frozen=True)
class Card:
    """One headline number of an economy or group, with its range and a few rows below.

    Attributes
    ----------
    interval
        Low, central and high on the scale of the `Cards` it stands in.
    interval_label
        The range in words; written under the bar, so that a reader sees both ends.
    role
        Colour: that of the partner (`palette.sides`), or ``third``.
    rows
        Term and value, and where there is one the value's range as a third part.
    """

    heading: str
    value: str
    label: str
    role: str
    interval: tuple[float, float, float] | None = None
    interval_label: str = ""
    rows: Sequence[tuple[str, ...]] = ()
    note: str = ""


@dataclass(frozen=True)
class Cards:
    """Headline numbers side by side: partners first, third countries after them."""

    cards: Sequence[Card]
    scale: tuple[float, float] = (0.0, 1.0)
    block: str = "cards"


@dataclass(frozen=True)
class Points:
    """A short list of sentences under a heading, for example what a result does not claim."""

    title: str
    items: Sequence[str]
    tone: Tone = "plain"
    block: str = "points"


@dataclass(frozen=True)
class Stack:
    """Blocks one below the other inside one of two columns."""

    blocks: Sequence["Block"]
    block: str = "stack"


@dataclass(frozen=True)
class Columns:
    """Blocks side by side on a wide screen, one below the other on a narrow one."""

    blocks: Sequence["Block"]
    block: str = "columns"


@dataclass(frozen=True)
class Folded:
    """Blocks behind a summary that opens on a click or a key, for example the passages behind a count.

    Attributes
    ----------
    name
        Identifier, unique in the report, by which a chart's cell opens it (`charts.heatmap`); "" where none does.
    """

    summary: str
    blocks: Sequence["Block"]
    name: str = ""
    block: str = "folded"


@dataclass(frozen=True)
class Part:
    """One of several views of which one shows at a time; its label stands on the tab or in the list."""

    label: str
    blocks: Sequence["Block"]


@dataclass(frozen=True)
class Tabs:
    """Two or three views of one thing, for example its map and its table.

    Attributes
    ----------
    name
        Identifier, unique in the report.
    title
        What all views show.
    """

    name: str
    title: str
    parts: Sequence[Part]
    block: str = "tabs"


@dataclass(frozen=True)
class Picker:
    """Many views of one kind with a list to choose from, for example one for each economy; on paper the chosen one shows.

    Attributes
    ----------
    name
        Identifier, unique in the report.
    title
        What each view shows.
    label
        Name of the list, for example "Economy".
    chosen
        Position of the part that shows first.
    """

    name: str
    title: str
    label: str
    parts: Sequence[Part]
    chosen: int = 0
    block: str = "picker"


@dataclass(frozen=True)
class Annex:
    """Blocks that stand in the annex though their kind would open with the chapter, for example further charts."""

    blocks: Sequence["Block"]
    block: str = "annex"


Block = Paragraph | Grid | Figure | Cards | Points | Columns | Stack | Folded | Tabs | Picker | Annex


@dataclass(frozen=True)
class Chapter:
    """One chapter: its anchor (the station's name), the finding as title, a lead and its blocks in order (see `layers`)."""

    name: str
    short: str
    title: str
    lead: str
    blocks: Sequence[Block] = field(default_factory=tuple)


@dataclass(frozen=True)
class Layers:
    """A chapter in three layers: what it shows closed, what opens, and the annex."""

    chart: Figure | None
    opened: Sequence[Block]
    annex: Sequence[Block]

    @property
    def charts(self) -> bool:
        """Whether the annex holds charts beside its tables."""
        return any(isinstance(block, Figure) for block in flat(self.annex))


def layers(chapter: Chapter) -> Layers:
    """Sort the blocks of a chapter into its layers.

    The first chart is shown with the finding while the chapter is closed. Tables and folded parts belong to the annex
    unless a table says that it is `Grid.opened`; so does what an `Annex` holds. Everything else, tabs and pickers with all
    they hold, opens with the chapter.
    """
    chart = next((block for block in chapter.blocks if isinstance(block, Figure)), None)
    rest = [block for block in chapter.blocks if block is not chart]
    annex = [inner for b in rest if _in_annex(b) for inner in (b.blocks if isinstance(b, Annex) else [b])]
    return Layers(chart, [b for b in rest if not _in_annex(b)], annex)


def flat(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield every single block, whatever columns, tabs, lists or folds hold it."""
    for block in blocks:
        if isinstance(block, Columns | Stack | Folded | Annex):
            yield from flat(block.blocks)
        elif isinstance(block, Tabs | Picker):
            for part in block.parts:
                yield from flat(part.blocks)
        else:
            yield block


def renamed(block: Block, suffix: str) -> Block:
    """Return a block whose charts, tabs and lists have names of their own, so that it may stand in a page more than once."""
    if isinstance(block, Columns | Stack | Folded | Annex):
        block = replace(block, blocks=[renamed(inner, suffix) for inner in block.blocks])
    if isinstance(block, Tabs | Picker):
        parts = [replace(part, blocks=[renamed(inner, suffix) for inner in part.blocks]) for part in block.parts]
        block = replace(block, parts=parts)
    if isinstance(block, Figure | Tabs | Picker | Folded) and block.name:
        block = replace(block, name=f"{block.name}-{suffix}")
    return block


def _in_annex(block: Block) -> bool:
    if isinstance(block, Columns | Stack):
        return all(_in_annex(inner) for inner in block.blocks)
    return isinstance(block, Folded | Annex) or (isinstance(block, Grid) and not block.opened)
