"""The edges of PDF pages: running heads and feet and page numbers, which are no text."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise

from isthmus.plans.document import LeftOut
from isthmus.readers.documents.pdf_lines import Line
from isthmus.readers.documents.pdf_tables import RuledTable

_PAGE_MARK = re.compile(r"^\W*\d{1,4}(?=\W|$)\W*|\W*(?<!\d)\d{1,4}\W*$")
_NAME = 16  # letters of a running head that may stand on every other page of a chapter alone
_LONGEST = 300  # characters of a running head or foot
_MARGIN = 6  # lines of one
_WITHIN = re.compile(r"(?<![\d.,])\d{1,4}(?![\d.,])")
_SAYS = re.compile(r"\d.*[.。;；]\s*$")
PAGE_NUMBER = re.compile(
    r"^[-–—~·\s]*(?:第?\s*\d{1,4}\s*页?|(?:page|стр\.?|с\.)\s*\d{1,4})(?:\s*(?:/|of|из|共)\s*\d{1,4}\s*页?)?[-–—~·\s]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Page:
    """A page as its lines and its tables, with the size of its text, whether a picture looks like text, and what it hides."""

    number: int
    lines: list[Line]
    has_rules: bool = False
    tables: list[RuledTable] = field(default_factory=list)
    words: list[Line] = field(default_factory=list)
    body: float = 0.0
    pictured: bool = False
    hidden: str = ""


def without_margins(pages: list[Page]) -> tuple[list[Page], list[LeftOut]]:
    """Drop page numbers and lines repeated at the same edge of many pages, and return them.

    Repeated is a line that is the same but for a page number at its end, at its beginning or within; the first of several
    lines that end a sentence is text, as is every line whose other numbers differ, and the head of the first page names
    the document.
    """
    margins = [[line for line in _margin(page) if table_of(line, page) is None] for page in pages]
    edges = Counter(
        text
        for page, margin in zip(pages, margins, strict=True)
        for text in {text for line in margin for text in _without_number(line.text, page.number)}
    )
    letters = {text: _letters(text) for text in edges}
    least = {text: 0.15 if count >= _NAME else 0.4 for text, count in letters.items() if count}
    repeated = {t for t in least if edges[t] >= max(3, least[t] * len(pages)) and len(t) < _LONGEST}
    kept: list[Page] = []
    dropped: list[LeftOut] = []
    told: set[str] = set()
    for page, margin in zip(pages, margins, strict=True):
        middle = sum(line.bottom for line in page.lines) / max(len(page.lines), 1)
        left_out: set[int] = set()
        for line in margin:
            bare = _without_number(line.text, page.number)
            number = line in _ends(page) and bool(PAGE_NUMBER.match(line.text))
            running = bool(bare & repeated) and (bool(kept) or line.bottom < middle)
            if number or (running and (bool(bare & told) or not _SAYS.search(line.text))):
                dropped.append(LeftOut("page number" if number else "running head", line.text, page.number))
                left_out.add(id(line))
        told.update(*(_without_number(line.text, page.number) for line in page.lines))
        tables = [_without_head(table, repeated, page.number, dropped) for table in page.tables]
        kept.append(replace(page, lines=[n for n in page.lines if id(n) not in left_out], tables=tables))
    return kept, dropped


def _without_head(table: RuledTable, repeated: set[str], page: int, dropped: list[LeftOut]) -> RuledTable:
    """Return a table without a running head that its first row is, which goes to what is dropped."""
    text = " ".join(filter(None, table.rows[0]))
    if len(table.rows) < 2 or not _without_number(text, page) & repeated:
        return table
    dropped.append(LeftOut("running head", text, page))
    return replace(table, rows=table.rows[1:])


def _ends(page: Page) -> list[Line]:
    """Return the first and last two lines of a page, and the highest and the lowest one."""
    falling = _falling(page)
    return [*page.lines[:2], *page.lines[-2:], *falling[:1], *falling[-1:]]


def _falling(page: Page) -> list[Line]:
    return sorted(page.lines, key=lambda line: -line.bottom)


def _margin(page: Page) -> list[Line]:
    """Return the lines at the edges of a page: its ends, and those that stand apart above or below its text."""
    edge = set(map(id, _ends(page)))
    falling = _falling(page)
    for lines in (falling, falling[::-1]):
        for i, (line, following) in enumerate(pairwise(lines[: _MARGIN + 1]), 1):
            gap = max(line.bottom - following.top, following.bottom - line.top)
            if gap > max(line.top - line.bottom, following.top - following.bottom) > 0:
                edge.update(map(id, lines[:i]))
    return [line for line in page.lines if id(line) in edge]


def _without_number(text: str, page: int) -> set[str]:
    """Return a line without the page number at its edges; a long one also with each number by its distance from the page."""
    numbers = _WITHIN.finditer(text) if _letters(text) >= _NAME else ()
    return {
        _PAGE_MARK.sub("", text),
        *(f"{text[: n.start()]}{int(n[0]) - page:+d}{text[n.end() :]}" for n in numbers),
    }


def _letters(text: str) -> int:
    return len(re.findall(r"[^\W\d_]", text))


def table_of(line: Line, page: Page) -> int | None:
    """Return the number of the table that a line stands in, the innermost where one holds another."""
    return max((i for i, table in enumerate(page.tables) if table.holds(line)), default=None)
