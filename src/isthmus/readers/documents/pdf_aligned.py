"""Tables of PDF pages that have no rules: figures that stand below each other, and the text that keeps clear of their columns."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from pypdfium2 import PdfiumError

from isthmus.readers.documents.pdf_lines import Line, clean, size_of
from isthmus.readers.documents.pdf_tables import RuledTable, cell_text

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

_FIGURE = re.compile(r"[<>≤≥~±]?[-–−]?\d+(?:[.,]\d+)*(?:[-–/]\d+(?:[.,]\d+)*)?[%*]*")
_FIGURES = 3  # that a row of a table without rules shares with another one
_SHARED = 0.6  # of the figures of the shorter row
_GROUP = re.compile(r"\d{1,3}(?: \d{3})*")
_SPACE = 0.35  # of their size that words of a cell and groups of a number stand apart
_WIDE = 0.6  # of its size, more than words stand apart
_CLEAR = 0.3  # points between the words of two columns
_PITCH = 1.9  # of their size that lines of a table stand apart
_OPEN = 3.0  # of their size that a table never leaves open
_SAME = 1.07  # of the distance between the lines of a cell

Strip = tuple[float, float]


@dataclass(frozen=True)
class _Grid:
    """The columns of a table: the clear strips between them, and which of them stand beside figures on both sides."""

    strips: Sequence[Strip]
    firm: Sequence[Strip]

    def after(self, row: Sequence[Line]) -> list[Strip]:
        """Return what the words of a row leave of the strips."""
        left = []
        for a, b in self.strips:
            low = max([a, *(w.right for w in row if (w.left + w.right) / 2 <= (a + b) / 2)])
            high = min([b, *(w.left for w in row if (w.left + w.right) / 2 > (a + b) / 2)])
            if high - low >= _CLEAR:
                left.append((low, high))
        return left

    def holds(self, row: Sequence[Line]) -> bool:
        """Say whether the words of a row keep clear of the strips, and are no sentence whose spaces happen to lie there."""
        clear = len(self.after(row)) == len(self.strips)
        columns = {sum((w.left + w.right) / 2 > (a + b) / 2 for a, b in self.strips) for w in row}
        return clear and (len(columns) <= 2 or len(list(_pieces(row))) > 1)

    def crossed_by(self, row: Sequence[Line]) -> bool:
        """Say whether a row is text over several columns."""
        for piece in _pieces(row):
            left = self.after(piece)
            firm = [f for f in self.firm if not any(f[0] <= a and b <= f[1] for a, b in left)]
            if firm or len(self.strips) - len(left) >= 2:
                return True
        return False


def words_of(raw: str, text_page: "PdfTextPage") -> list[Line]:
    """Return the words of a page with their places; the groups of a number are one word."""
    words: list[Line] = []
    for match in re.finditer(r"[^\s\ufffe]+\ufffe?", raw):
        try:
            a = text_page.get_charbox(match.start(), loose=True)
            b = text_page.get_charbox(match.end() - 1 - match[0].endswith("\ufffe"), loose=True)
        except PdfiumError:  # characters without a place stand in no column
            continue
        text = clean(match[0].replace("\ufffe", "-")).strip()
        word = Line(text, a[0], b[2], min(a[1], b[1]), max(a[3], b[3]), size_of(text_page, match.start()))
        before = words[-1] if words else word
        level = abs(before.bottom - word.bottom) < 1 and 0 < word.left - before.right < _SPACE * word.size
        if level and _GROUP.fullmatch(before.text) and re.fullmatch(r"\d{3}(?:[.,]\d+)?", text):
            words[-1] = replace(before, text=f"{before.text} {text}", right=word.right)
        elif text:
            words.append(word)
    return words


def aligned_tables(words: Sequence[Line], before: RuledTable | None = None) -> list[RuledTable]:
    """Return the tables that the words of a page make, from the upper one down.

    Parameters
    ----------
    words
        The words of a page outside its ruled tables.
    before
        The last table without rules of the page before, whose columns may go on.
    """
    rows = _rows(words)
    tables: list[RuledTable] = []
    used = 0
    for core in _cores(rows):
        last = before if not tables else None
        if core[0] < used:
            continue
        goes_on = last is not None and core[0] < 3 * len(last.rows[0]) and _goes_on(rows[core[0]], last)
        if len(core) < 2 and not goes_on:
            continue
        grid, spanning = _grid(rows, core, last if goes_on else None)
        if (
            _columns_of_figures(
                [row for i, row in enumerate(rows) if core[0] <= i <= core[-1] and i not in spanning], grid
            )
            < _FIGURES
        ):
            continue
        first, end = _extent(rows, core, grid, used)
        tables.append(_table(rows[first:end], [i - first for i in core], grid, {i - first for i in spanning}))
        used = end
    return tables


def _rows(words: Sequence[Line]) -> list[list[Line]]:
    """Return the words line by line, from the upper one down and from left to right."""
    rows: list[list[Line]] = []
    for word in sorted(words, key=lambda word: -word.bottom):
        if rows and rows[-1][0].bottom - word.bottom < _SPACE * word.size:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word.left) for row in rows]


def _figures(row: Sequence[Line]) -> list[Line]:
    return [word for word in row if _FIGURE.fullmatch(word.text)]


def _shared(a: Sequence[Line], b: Sequence[Line]) -> int:
    """Return how many words of a row stand above or below exactly one of another row."""
    return sum(sum(x.left < y.right and y.left < x.right for y in b) == 1 for x in a)


def _cores(rows: Sequence[Sequence[Line]]) -> list[list[int]]:
    """Return the places of rows of figures that stand below each other, without those within the rows of a larger table."""
    cores: list[list[int]] = []
    for i, row in enumerate(rows):
        figures = _figures(row)
        if len(figures) < _FIGURES:
            continue
        for core in cores[::-1]:
            near = not any(_pitch(a, b) > _OPEN * b[0].size for a, b in pairwise(rows[core[-1] : i + 1]))
            if near and any(_align(figures, _figures(rows[k])) for k in core[::-1]):
                core.append(i)
                break
        else:
            cores.append([i])
    inner = [c for c in cores if any(k is not c and k[0] < c[0] < k[-1] and len(k) >= len(c) for k in cores)]
    outer = [c for c in cores if c not in inner]
    return [c for c in outer if not any(c[0] < k[0] <= c[-1] and len(k) > len(c) for k in outer)]


def _align(a: Sequence[Line], b: Sequence[Line]) -> bool:
    """Say whether the figures of two rows stand below each other."""
    return min(_shared(a, b), _shared(b, a)) >= max(_FIGURES, _SHARED * min(len(a), len(b)))


def _pitch(above: Sequence[Line], below: Sequence[Line]) -> float:
    return above[0].bottom - below[0].bottom


def _goes_on(row: Sequence[Line], before: RuledTable) -> bool:
    """Say whether each figure of a row stands within a column of its own of the table on the page before."""
    places = [
        i for w in _figures(row) for i, (a, b) in enumerate(before.columns) if a - 1 <= w.left and w.right <= b + 1
    ]
    return len(set(places)) == len(places) == len(_figures(row))


def _grid(rows: Sequence[Sequence[Line]], core: Sequence[int], before: RuledTable | None) -> tuple[_Grid, set[int]]:
    """Return the columns of the rows between the first and the last of figures, and which rows are text over several."""
    lines = [rows[i] for i in core]
    strips = list(_between(word for row in lines for word in row))
    if before is not None:
        edges = [b for _, b in before.columns[:-1]]
        strips = [s for s in strips if any(s[0] - 1 <= x <= s[1] + 1 for x in edges)]
    figures = [word for row in lines for word in _figures(row)]
    firm = [
        s
        for s in strips
        if any(0 <= s[0] - n.right < n.size for n in figures) and any(0 <= n.left - s[1] < n.size for n in figures)
    ]
    grid, spanning = _Grid(strips, firm), set[int]()
    for i in range(core[0] + 1, core[-1]):
        row = rows[i]
        follows = i - 1 in spanning and _pitch(rows[i - 1], row) < 1.3 * row[0].size and i not in core
        if i not in core and (follows or grid.crossed_by(row)):
            spanning.add(i)
        else:
            grid = _Grid(grid.after(row), firm)
    inner = [row for i, row in enumerate(rows[core[0] : core[-1] + 1], core[0]) if i not in spanning]
    sure = grid.strips if before is not None else _sure(grid, inner, figures)
    return _Grid(sure, firm), spanning


def _sure(grid: _Grid, rows: Sequence[Sequence[Line]], figures: Sequence[Line]) -> list[Strip]:
    """Return the strips of a grid that are no spaces between words: left of figures, or wide beside words of one row."""
    strips = list(grid.strips)
    for strip in sorted(strips, key=lambda strip: strip[1] - strip[0]):
        i = strips.index(strip)
        low, middle, high = [-1e9, *((a + b) / 2 for a, b in strips), 1e9][i : i + 3]
        opens = sum(strip[1] <= n.left + _CLEAR and n.right <= high for n in figures)
        if strip not in grid.firm and opens < 2 and not any(_parts(row, low, middle, high) for row in rows):
            strips.remove(strip)
    return strips


def _parts(row: Sequence[Line], low: float, middle: float, high: float) -> bool:
    """Say whether words of a row stand further apart than those of a sentence on both sides of the middle one of three bounds."""
    before = [word for word in row if low < (word.left + word.right) / 2 < middle]
    after = [word for word in row if middle < (word.left + word.right) / 2 < high]
    return bool(before and after) and after[0].left - before[-1].right >= _WIDE * after[0].size


def _columns_of_figures(rows: Sequence[Sequence[Line]], grid: _Grid) -> int:
    """Return how many columns hold figures: more than one of three words, as some tell beside them whose money it is."""
    bounds = [-1e9, *((a + b) / 2 for a, b in grid.strips), 1e9]
    words = [word for row in rows for word in row]
    cells = ([w for w in words if a < (w.left + w.right) / 2 <= b] for a, b in pairwise(bounds))
    return sum(3 * len(_figures(cell)) > len(cell) for cell in cells)


def _between(words: Iterable[Line]) -> Iterator[Strip]:
    """Yield the strips of a page that no word covers."""
    ordered = sorted(words, key=lambda word: word.left)
    reach = ordered[0].right
    for word in ordered[1:]:
        if word.left - reach >= _CLEAR:
            yield reach, word.left
        reach = max(reach, word.right)


def _extent(rows: Sequence[Sequence[Line]], core: Sequence[int], grid: _Grid, least: int) -> tuple[int, int]:
    """Return the first line of a table's head and the line behind its last one."""
    first, end = core[0], core[-1] + 1
    while first > least:
        above, pitch = rows[first - 1], _pitch(rows[first - 1], rows[first]) / rows[first][0].size
        parts = len(list(_pieces(above, 1.0))) >= 2
        if pitch > (_OPEN if parts else _PITCH) or not (parts or grid.holds(above)):
            break
        first -= 1
    while end < len(rows) and _pitch(rows[end - 1], rows[end]) <= _PITCH * rows[end][0].size:
        if not grid.holds(rows[end]):
            break
        end += 1
    return first, end


def _pieces(row: Sequence[Line], wide: float = _WIDE) -> Iterator[list[Line]]:
    """Yield the words of a line that stand no more than a share of their size apart."""
    piece: list[Line] = []
    for word in row:
        if piece and word.left - piece[-1].right >= wide * word.size:
            yield piece
            piece = []
        piece.append(word)
    yield piece


def _table(rows: Sequence[Sequence[Line]], core: Sequence[int], grid: _Grid, spanning: set[int]) -> RuledTable:
    """Return the table of some lines: a row ends where lines stand further apart or figures stand anew."""
    words = [word for row in rows for word in row]
    left, right = min(word.left for word in words), max(word.right for word in words)
    last = max(word.right for i in core for word in rows[i])
    edges = [left, *((a + b) / 2 for a, b in grid.strips), last]
    pitches = [_pitch(a, b) for a, b in pairwise(rows)]
    usual = min((p for p, row in zip(pitches, rows, strict=False) if p > 0.9 * row[0].size), default=0.0)
    told: list[list[list[str]]] = []
    filled = False
    for i, row in enumerate(rows):
        figures = i in core
        if not told or pitches[i - 1] > _SAME * usual or (figures and filled):
            told.append([[] for _ in edges[1:]])
            filled = False
        filled |= figures
        over = [(0, " ".join(word.text for word in row))] if i in spanning else []
        placed = over or _placed(row, edges, head=i < core[0])
        for column, group in groupby(placed, key=lambda pair: pair[0]):
            told[-1][column].append(" ".join(text for _, text in group))
    cells = [[cell_text("\n".join(lines)) for lines in row] for row in told]
    low, high = min(word.bottom for word in words), max(word.top for word in words)
    return RuledTable(left, low, right, high, cells, list(pairwise(edges)))


def _placed(row: Sequence[Line], edges: Sequence[float], *, head: bool) -> list[tuple[int, str]]:
    """Return the words of a line with their columns; what names several columns of a head stands in the first of them."""
    pieces = list(_pieces(row))
    places = [[sum((word.left + word.right) / 2 > x for x in edges[1:-1]) for word in piece] for piece in pieces]
    placed: list[tuple[int, str]] = []
    free = 0
    for i, (piece, columns) in enumerate(zip(pieces, places, strict=True)):
        first = columns[0]
        if head and len(set(columns)) > 2:
            end = edges[places[i + 1][0]] if i + 1 < len(places) else edges[-1]
            twice = piece[0].left + piece[-1].right - end
            first = min(range(free, first + 1), key=lambda column: abs(edges[column] - twice), default=first)
            columns = [first] * len(columns)
        placed += [(column, word.text) for column, word in zip(columns, piece, strict=True)]
        free = columns[-1] + 1
    return sorted(placed, key=lambda pair: pair[0])
