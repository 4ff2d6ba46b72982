"""Heads of PDF tables that stand alone at the foot of a page, above a table that begins on the next one."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from isthmus.readers.documents.pdf_aligned import pieces_of, rows_of
from isthmus.readers.documents.pdf_lines import Line
from isthmus.readers.documents.pdf_margins import Page, table_of
from isthmus.readers.documents.pdf_tables import cell_text

_WIDE = 1.0  # of their size, more than words of a sentence stand apart
_PITCH = 1.9  # of their size that the lines of a head stand apart
_LINES = 4  # of a head at most
_BEYOND = 3.0  # points that the title of a column may reach over its edges


def with_heads(pages: Sequence[Page]) -> list[Page]:
    """Put the last lines of a page at the head of the table that begins the next one, where they fit its columns."""
    result = list(pages)
    for i, (page, following) in enumerate(pairwise(pages)):
        table = following.tables[0] if following.tables else None
        if table is None or any(line.bottom > table.top for line in following.lines):
            continue
        head, rest = _head(result[i], page.words, table.columns)
        if head:
            result[i] = replace(result[i], lines=rest)
            result[i + 1] = replace(following, tables=[replace(table, rows=[head, *table.rows]), *following.tables[1:]])
    return [replace(page, words=[]) for page in result]


def _head(page: Page, words: Sequence[Line], columns: Sequence[tuple[float, float]]) -> tuple[list[str], list[Line]]:
    """Return the cells of the last lines of a page that stand in several columns, and the lines that are left."""
    floor = min((line.bottom for line in page.lines), default=0.0) - 1
    told: list[list[list[str]]] = []
    low = floor
    for row in rows_of([word for word in words if word.bottom >= floor])[::-1]:
        pieces = list(pieces_of(row, _WIDE))
        places = [
            [i for i, (a, b) in enumerate(columns) if a - _BEYOND < p[0].left and p[-1].right < b + _BEYOND]
            for p in pieces
        ]
        near = row[0].bottom - low < _PITCH * row[0].size
        if (
            len(pieces) < 2
            or not near
            or table_of(row[0], page) is not None
            or not all(len(own) == 1 for own in places)
        ):
            break
        cells: list[list[str]] = [[] for _ in columns]
        for piece, (place,) in zip(pieces, places, strict=True):
            cells[place] += [word.text for word in piece]
        told.insert(0, cells)
        low = row[0].bottom
    head = [cell_text("\n".join(" ".join(cells[i]) for cells in told)) for i in range(len(columns))]
    if not 0 < len(told) <= _LINES or 2 * sum(map(bool, head)) < len(columns) or len(columns) < 3:
        return [], page.lines
    return head, [line for line in page.lines if line.bottom > low + 1]
