"""What a table says, said in lines one below another: cards (Baseline: 45, and below it Target: 60), and cells of rows.

A card may be a row of a table as well, whose cells open with what they are.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from isthmus.plans.cells import has_a_figure, own_year
from isthmus.plans.document import DocumentBlock
from isthmus.plans.lexicon import Patterns
from isthmus.plans.patterns import Pattern
from isthmus.plans.plan import Target
from isthmus.plans.rows import row_text
from isthmus.plans.segment import LONGEST
from isthmus.plans.text import normalise

_LINE = re.compile(r"\W*(?P<label>(?:(?:20|21)\d\d )?[^\W\d][^:：|.;]{1,38}?)\s?[:：]\s?(?P<says>\S.*)")
_NUMBERED = re.compile(r"[^\d:：]*\d{1,2}\s?[:：]\D*")
"""A line that heads a part of its own (Target 2: Establish a system), and no card."""
_LONGEST = 5
"""Words of a label at most."""
_LINES, _PAIR = 3, 2
"""Rows of a card at least, and cells of each."""
_ROLES = ("money", "due", "base", "target", "unit", "label", "aim")
"""What a label heads: the first of these columns that its words name."""
_NAMES = ("label", "aim")
_NUMBER = re.compile(r"\W*(\d{1,3})\W*")
"""The number of a row in a line of its own."""
_WIDTHS, _FEWEST, _CELL = range(3, 10), 2, 120
"""Columns of a table whose cells stand one below another, rows of it at least, and characters of a cell."""
_ITEM = re.compile(r"(?<!\S)(\d{1,2}[a-zA-Z]|\d{1,2}(?=[.)](?!\d)))[.)]")
"""The number of an item of a list within a cell."""
_SPACED = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")


class _Line(NamedTuple):
    """A line with a label, what it says, and the role of the label, "" where it has none."""

    block: DocumentBlock
    label: str
    says: str
    role: str


def with_cards(blocks: Sequence[DocumentBlock], words: Patterns) -> list[DocumentBlock]:
    """Return blocks with the aims of each card as tables of a row: their text stays that of their line.

    A card has a line for a target or a date due, and its name, in a line of its own or above it; with a line for a start
    value, a date or the name it is no mere list.
    """
    made: list[DocumentBlock] = []
    blocks = [part for block in _with_stacks(blocks, words) for part in _with_records(block, words)]
    lines = [_line(block, words) for block in blocks]
    for is_line, group in groupby(range(len(blocks)), key=lambda i: lines[i] is not None):
        run = [line for i in group if (line := lines[i]) is not None] if is_line else []
        if not run:
            made.extend(blocks[i] for i in group)
        for card in _cards(run):
            made.extend(_read(card, made[-1].text if made else ""))
    return made


def _with_stacks(blocks: Sequence[DocumentBlock], words: Patterns) -> list[DocumentBlock]:
    """Return blocks with each table as one whose cells stand one below another, a pasted one: its rows are numbered."""
    made, start = list[DocumentBlock](), 0
    for i, width in _first_rows(blocks):
        head, rows = blocks[i - width : i], list[tuple[str, ...]]()
        while _number_of(row := blocks[(at := i + len(rows) * width) : at + width]) == len(rows) + 1:
            if len(row) < width or any(b.kind == "table" or len(b.text) > _CELL for b in row):
                break
            rows.append(tuple(b.text.strip() for b in row))
        titles = tuple(_SPACED.sub("", b.text.strip()) for b in head)
        named = any(words["column label"].search(title) for title in titles)
        if i - width >= start and len(rows) >= _FEWEST and named and all(len(title) <= _CELL for title in titles):
            made.extend(
                [*blocks[start : i - width], replace(head[0], kind="table", text="", rows=(titles, *rows), level=0)]
            )
            start = i + len(rows) * width
    return [*made, *blocks[start:]]


def _with_records(block: DocumentBlock, words: Patterns) -> Iterator[DocumentBlock]:
    """Yield a table with each row that says of its cells which is the start value and which the target as one of its own.

    What is measured stands in front of them or in the row above, the years of both in the row below.
    """
    start, rows = 0, block.rows if block.kind == "table" else ()
    for i, row in enumerate(rows):
        base, due = (_told_in(row, words[f"{name} word"]) for name in ("baseline", "target"))
        if i < start or base is None or due is None:
            continue
        above = next((cell for own in rows[i - 1 :: -1] if i for cell in own if cell.strip()), "")
        name = _named_by(next((cell for cell in row[: min(base[0], due[0])] if cell.strip()), above), words)
        below = [None if has_a_figure(c) else own_year(c) for own in rows[i + 1 : i + 2] for c in own]
        years = [below[k] if k < len(below) else None for k, *_ in (base, due)]
        if start < i:
            yield _part(block, start, i)
        start = i + 2 if years[1] else i + 1
        head = ("", *(f"{said} {year or ''}" for (_, said, _), year in zip((base, due), years, strict=True)))
        text = row_text([cell for own in rows[i:start] for cell in own if cell.strip()])
        yield DocumentBlock("table", text, block.page_of(i), (head, *_rows_of(name, base[2], due[2])))
    if start < len(rows) or not rows:
        yield _part(block, start, len(rows)) if start else block


def _rows_of(name: str, *values: str) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a name and its values, one for each item where all of these are lists (1. 30% 2. 26%)."""
    names, *items = ({m.lower(): text for m, text in _items(text)} for text in (name, *values))
    if len({*map(tuple, items)}) > 1 or len(items[0]) < _FEWEST:
        yield name, *values
        return
    yield from ((names.get(mark, name), *(own[mark] for own in items)) for mark in items[0])


def _items(text: str) -> Iterator[tuple[str, str]]:
    """Yield the number of each item of a list within a cell, and its text; none where the cell opens otherwise."""
    opening, *parts = _ITEM.split(text.strip())
    yield from zip(parts[::2], (part.strip(" ;") for part in parts[1::2]), strict=True) if not opening else ()


def _told_in(row: Sequence[str], word: Pattern) -> tuple[int, str, str] | None:
    """Return the place of the cell that opens with a word and a value behind it, the word, and the value."""
    for k, cell in enumerate(row):
        match = re.fullmatch(rf"(?is)(?:the )?(?P<word>{word.pattern})\s?[:：–-]?\s(?P<value>.+)", normalise(cell))
        if match and has_a_figure(match["value"]):
            return k, match["word"], match["value"]
    return None


def _named_by(text: str, words: Patterns) -> str:
    """Return what a cell says is measured, without the label in front of it (Result indicator: Number of wards)."""
    label, colon, name = normalise(text).partition(":")
    return name.strip() if colon and len(label) <= _CELL and words["column label"].search(label) else normalise(text)


def _part(block: DocumentBlock, start: int, end: int) -> DocumentBlock:
    return replace(block, rows=block.rows[start:end], page=block.page_of(start), row_pages=block.row_pages[start:end])


def _first_rows(blocks: Sequence[DocumentBlock]) -> Iterator[tuple[int, int]]:
    """Yield the places of lines that are the number 1, each with how many lines on the number 2 stands."""
    for i in range(len(blocks)):
        if _number_of(blocks[i : i + 1]) == 1:
            yield from ((i, n) for n in _WIDTHS if _number_of(blocks[i + n : i + n + 1]) == 2 and i >= n)


def _number_of(blocks: Sequence[DocumentBlock]) -> int:
    """Return the number that the first of some blocks is, 0 where it is more or none."""
    match = _NUMBER.fullmatch(blocks[0].text) if blocks and blocks[0].kind != "table" else None
    return int(match[1]) if match else 0


def _line(block: DocumentBlock, words: Patterns) -> _Line | None:
    """Return a block as a line of a card, None where it does not open with a label."""
    match = _LINE.fullmatch(normalise(block.text)) if block.kind != "table" else None
    if match is None or len(match["label"].split()) > _LONGEST or _NUMBERED.fullmatch(match[0]):
        return None
    role = next((role for role in _ROLES if words[f"column {role}"].search(match["label"])), "")
    if len(block.text) > LONGEST and role not in ("base", "target"):
        return None
    return _Line(block, match["label"], match["says"].rstrip(" ;"), role)


def _cards(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Yield the lines of each card; a label that comes again opens the next one, as a name behind a target does."""
    card: list[_Line] = []
    for line in lines:
        aimed = line.role in _NAMES and any(other.role == "target" for other in card)
        if aimed or any(line.label == other.label for other in card):
            yield card
            card = []
        card.append(line)
    if card:
        yield card


def _read(card: Sequence[_Line], above: str) -> Iterator[DocumentBlock]:
    """Yield the blocks of a card: each aim as a table of its own, the lines that tell of it within that table."""
    by_role = {role: [line for line in card if line.role == role] for role in _ROLES}
    named = [line for role in _NAMES for line in by_role[role]][:1]
    title = "" if above.rstrip().endswith("。") else normalise(above)  # a sentence is no name
    names = [(line.label, line.says.rstrip(" .;")) for line in named] or [("name", title)]
    aims = by_role["target"] or (named if by_role["due"] else [])
    beside = [line for role in ("unit", "base", "due") for line in by_role[role]]
    whole = aims and (beside or named) and len(card) > 1 and len(names[0][1]) > 2
    for line in card:
        if whole and line in aims:
            own = [line] if line not in named else []
            head, row = zip(*names, *((other.label, other.says) for other in [*beside, *own]), strict=True)
            yield replace(line.block, kind="table", rows=(head, row), level=0)
        elif not (whole and line in beside):
            yield line.block


def of_card(row: Target, number: int, rows: Sequence[Sequence[str]], words: Patterns) -> Target:
    """Return a target of a card, a row for each thing said of one measure, with what this is: its first row says it."""
    first = rows[0]
    card = len(rows) >= _LINES and all(len(own) == _PAIR and len(own[0].split()) < _LONGEST for own in rows)
    told = (
        card
        and words["column label"].search(first[0])
        and any(words["column target"].search(own[0]) for own in rows[1:])
    )
    if not (told and number and first[1] not in row.indicator):
        return row
    return replace(row, indicator=f"{row.indicator} ({normalise(first[1])})")
