"""Tables of PDF pages that have no rules: figures that stand below each other, and the text that keeps clear of their columns."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from pypdfium2 import PdfiumError

from isthmus.readers.documents.pdf_cell_text import cell_text
from isthmus.readers.documents.pdf_lines import Line, clean, once, size_of
from isthmus.readers.documents.pdf_tables import MARK, RuledTable

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

FIGURE = re.compile(r"[<>≤≥~±]?[-–−]?\d+(?:(?:[.,]\d+)*|(?: \d{3})+(?:[.,]\d+)?)(?:[-–/]\d+(?:[.,]\d+)*)?[%*]*")
_DATE = re.compile(r"\d\d?\.\d\d?\.\d{4}")
_YEAR = re.compile(r"(?:19|20|21)\d\d")
_FIGURES = 2  # that a row of a table without rules shares with another one
_AMONG = 3  # words of a column of figures is one at least
_VOTES = 6  # figures below each other that make a table
_MOST = 0.75  # of the rows of a table that agree on its columns
_SHARED = 0.6  # of the figures of the shorter row
_GROUP = re.compile(r"\d{1,3}(?: \d{3})*")
_SPACE = 0.35  # of their size that words of a cell and groups of a number stand apart
_WIDE = 0.6  # of its size, more than words stand apart
_CLEAR = 0.3  # points between the words of two columns
_PITCH = 1.9  # of their size that lines of a table stand apart
_CLOSE = 1.3  # of their size that lines of a cell stand apart at most
_OPEN = 3.0  # of their size that a table never leaves open
_SAME = 1.07  # of the distance between the lines of a cell

_WORD = re.compile(r"(?<!\S)(?:\d{1,3}\.)+(?=[^\W\d_]{2})|[^\s\ufffe]+\ufffe?")
"""A word; the number of an item that the cell of its name follows without a space is one of its own."""

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
        return clear and (self.filled_by(row) <= 2 or len(list(_pieces(row))) > 1)

    def filled_by(self, row: Sequence[Line]) -> int:
        """Return how many columns have words of a row."""
        return len({sum((w.left + w.right) / 2 > (a + b) / 2 for a, b in self.strips) for w in row})

    def crossed_by(self, row: Sequence[Line]) -> bool:
        """Say whether a row is text over several columns."""
        for piece in _pieces(row):
            over = [(a, b) for a, b in self.strips if piece[0].left < a and b < piece[-1].right]
            if len(over) > 1 or any(strip in self.firm for strip in over):
                return True
        return False


def words_of(raw: str, text_page: "PdfTextPage") -> list[Line]:
    """Return the words of a page with their places; the groups of a number are one word."""
    words: list[Line] = []
    for match in _WORD.finditer(raw):
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
    return list(once(words))


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
    cores = _cores(rows)
    for core in cores:
        last = before if not tables else None
        if core[0] < used:
            continue
        voters = [_voters(rows[i]) for i in core]
        figures = bool(voters[0][0].text)
        goes_on = figures and last is not None and core[0] < 3 * len(last.rows[0]) and _goes_on(rows[core[0]], last)
        even = len(core) == core[-1] - core[0] + 1 and len(set(map(len, voters))) == 1
        enough = len(core) > 1 and sum(map(len, voters)) >= _VOTES if figures else even and len(core) > 2
        if not enough and not goes_on:
            continue
        grid, spanning = _grid(rows, core, last if goes_on else None)
        if len(spanning) > len(core) or not _divides(grid, [rows[i] for i in core], figures):
            continue
        anew = (c[0] for c in cores if len(c) > 1 and c[0] > core[-1] and _are_years(_voters(rows[c[0]])))
        first, end = _extent(rows[: next(anew, None)], core, grid, used) if figures else (core[0], core[-1] + 1)
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
    """Return the figures of a row that stand apart from other words: no dates, and none within a sentence."""
    found: list[Line] = []
    for piece in _pieces(row):
        figures = [word for word in piece if FIGURE.fullmatch(word.text) and not _DATE.fullmatch(word.text)]
        rest = piece[piece.index(figures[0]) :] if figures else []
        least = 3 if piece[:1] == figures[:1] else 2
        found += figures if least * len(figures) >= len(rest) else []
    return found


def _voters(row: Sequence[Line]) -> list[Line]:
    """Return what tells the columns of a row: figures beside each other, or where its pieces of text, three at least, begin."""
    figures = _figures(row)
    if len(figures) > _FIGURES or (len(figures) == _FIGURES and row.index(figures[1]) - row.index(figures[0]) == 1):
        return figures
    pieces = [p for p in _pieces(row, 1.0) if not all(MARK.fullmatch(word.text) for word in p)]
    return [replace(p[0], text="", right=p[0].left + 1) for p in pieces] if len(pieces) > _FIGURES else []


def _shared(a: Sequence[Line], b: Sequence[Line]) -> int:
    """Return how many words of a row stand above or below exactly one of another row."""
    return sum(sum(x.left < y.right and y.left < x.right for y in b) == 1 for x in a)


def _cores(rows: Sequence[Sequence[Line]]) -> list[list[int]]:
    """Return the places of rows whose voters stand below each other, without those within the rows of a larger table."""
    cores: list[list[int]] = []
    for i, row in enumerate(rows):
        voters = _voters(row)
        if not voters:
            continue
        for core in cores[::-1]:
            near = not any(_pitch(a, b) > _OPEN * b[0].size for a, b in pairwise(rows[core[-1] : i + 1]))
            others = [_voters(rows[k]) for k in core[::-1]]
            anew = _are_years(voters) and not _are_years(others[0])
            if not _are_years(others[0]) and _parted(rows[core[-1] : i], others[0]):
                others = [own for own in others if len(own) == len(voters)]
            if near and not anew and any(_align(voters, own) for own in others):
                core.append(i)
                break
        else:
            cores.append([i])
    inner = [c for c in cores if any(k is not c and k[0] < c[0] < k[-1] and len(k) >= len(c) for k in cores)]
    outer = [c for c in cores if c not in inner]
    return [c for c in outer if not any(c[0] < k[0] <= c[-1] and len(k) > len(c) for k in outer)]


def _parted(rows: Sequence[Sequence[Line]], voters: Sequence[Line]) -> bool:
    """Say whether text over several columns of a row with voters stands below it."""
    pieces = [piece for row in rows[1:] for piece in _pieces(row)]
    return any(p[0].left < a.left and b.right < p[-1].right for p in pieces for a, b in pairwise(voters))


def _align(a: Sequence[Line], b: Sequence[Line]) -> bool:
    """Say whether the voters of two rows stand below each other, or are as many figures in columns clear of each other."""
    if bool(a[0].text) != bool(b[0].text):
        return False
    columns = [(min(x.left, y.left), max(x.right, y.right)) for x, y in zip(a, b, strict=False)]
    if len(a) == len(b) and a[0].text and all(left[1] < right[0] for left, right in pairwise(columns)):
        return True
    return min(_shared(a, b), _shared(b, a)) >= max(_FIGURES, _SHARED * min(len(a), len(b)))


def _are_years(figures: Sequence[Line]) -> bool:
    return all(_YEAR.fullmatch(figure.text) for figure in figures)


def _pitch(above: Sequence[Line], below: Sequence[Line]) -> float:
    return above[0].bottom - below[0].bottom


def _goes_on(row: Sequence[Line], before: RuledTable) -> bool:
    """Say whether each voter of a row stands within a column of its own of the table on the page before."""
    voters = _voters(row)
    places = [i for w in voters for i, (a, b) in enumerate(before.columns) if a - 1 <= w.left and w.right <= b + 1]
    return len(set(places)) == len(places) == len(voters)


def _grid(rows: Sequence[Sequence[Line]], core: Sequence[int], before: RuledTable | None) -> tuple[_Grid, set[int]]:
    """Return the columns of the rows between the first and the last of figures, and which rows are text over several."""
    lines = [rows[i] for i in core]
    strips = [s for s in _between(word for row in lines for word in row) if _parts_columns(s, lines)]
    if before is not None and len(strips) != len(before.columns) - 1:
        edges = [b for _, b in before.columns[:-1]]
        strips = [s for s in strips if any(s[0] - 1 <= x <= s[1] + 1 for x in edges)]
    figures = [word for row in lines for word in _figures(row)]
    firm = [
        s
        for s, after in zip(strips, [*strips[1:], (1e9, 1e9)], strict=False)
        if any(0 <= s[0] - n.right < n.size for n in figures)
        and any(0 <= n.left - s[1] < n.size and n.left < after[0] for n in figures)
    ]
    grid, spanning = _Grid(strips, firm), set[int]()
    for i, row in enumerate(rows[core[0] + 1 :], core[0] + 1):
        if i > core[-1] and (_pitch(rows[i - 1], row) > _CLOSE * row[0].size or grid.crossed_by(row)):
            break
        follows = i - 1 in spanning and _pitch(rows[i - 1], row) < _CLOSE * row[0].size and i not in core
        if i not in core and (follows or grid.crossed_by(row)):
            spanning.add(i)
        else:
            grid = _Grid(grid.after(row), firm)
    inner = [row for i, row in enumerate(rows[core[0] : core[-1] + 1], core[0]) if i not in spanning]
    sure = grid.strips if before is not None else _sure(grid, inner, figures)
    return _Grid(sure, firm), spanning


def _parts_columns(strip: Strip, rows: Sequence[Sequence[Line]]) -> bool:
    """Say whether a strip stands behind the same column of figures in most of the rows that have a figure in each."""
    figures = [_figures(row) for row in rows]
    full = [own for own in figures if len(own) == max(map(len, figures))]
    before = Counter(sum(n.right <= strip[0] for n in own) for own in full)
    return max(before.values()) >= _MOST * len(full)


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


def _divides(grid: _Grid, rows: Sequence[Sequence[Line]], figures: bool) -> bool:
    """Say whether most voters of the rows have a column of their own, and where they are figures two columns are of figures.

    A column of figures has one among three words, as some tell beside them whose money it is.
    """
    middles = [(a + b) / 2 for a, b in grid.strips]
    places = [[sum(w.left > x for x in middles) for w in _voters(row)] for row in rows]
    words, told = (
        Counter(sum(w.left > x for x in middles) for row in part for w in row) for part in (rows, map(_figures, rows))
    )
    apart = sum(len(set(own)) for own in places) >= _MOST * sum(map(len, places))
    return apart and (not figures or sum(_AMONG * told[i] > words[i] for i in told) >= _FIGURES)


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
    while end < len(rows) and grid.holds(rows[end]):
        row, pitch = rows[end], _pitch(rows[end - 1], rows[end])
        if pitch > (_OPEN if _figures(row) and grid.filled_by(row) > _AMONG else _PITCH) * row[0].size:
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
    apart = [i > 0 and pitches[i - 1] > _SAME * usual for i in range(len(rows))]
    spaced = 2 * sum(apart[i] for i in core[1:]) >= len(core) - 1
    told: list[list[list[str]]] = []
    filled = not _are_years(_figures(rows[core[0]]))
    for i, row in enumerate(rows):
        figures = i in core
        above = _figures(rows[i - 1]) if i else []
        goes_on = spaced and not (above and _are_years(above)) and _is_rest(row, edges[1])  # of a head nothing does
        if not told or apart[i] or (figures and filled and not goes_on):
            told.append([[] for _ in edges[1:]])
            filled = filled and i < core[0]
        filled |= figures
        over = [(0, " ".join(word.text for word in row))] if i in spanning else []
        placed = over or _placed(row, edges, head=i < core[0])
        for column, group in groupby(placed, key=lambda pair: pair[0]):
            told[-1][column].append(" ".join(text for _, text in group))
    cells = [[cell_text("\n".join(lines)) for lines in row] for row in told]
    low, high = min(word.bottom for word in words), max(word.top for word in words)
    return RuledTable(left, low, right, high, cells, list(pairwise(edges)))


def _is_rest(row: Sequence[Line], edge: float) -> bool:
    """Say whether a line with figures is the rest of a row: it begins small or with a figure behind the names, or is of words."""
    first, figures = row[0], _figures(row)
    few = 2 * len(figures) < len(list(_pieces(row)))
    return few or first.text[0].islower() or (first in figures and first.left > edge)


def _placed(row: Sequence[Line], edges: Sequence[float], *, head: bool) -> list[tuple[int, str]]:
    """Return the words of a line with their columns; what names several columns of a head stands in the first of them."""
    pieces = list(_pieces(row))
    places = [[sum((word.left + word.right) / 2 > x for x in edges[1:-1]) for word in piece] for piece in pieces]
    placed: list[tuple[int, str]] = []
    free = 0
    for i, (piece, columns) in enumerate(zip(pieces, places, strict=True)):
        first = columns[0]
        whole = any(word.left < x < word.right for word in piece for x in edges[1:-1])
        if head and len(set(columns)) > (1 if whole else 2):
            end = edges[places[i + 1][0]] if i + 1 < len(places) else edges[-1]
            twice = piece[0].left + piece[-1].right - end
            first = min(range(free, first + 1), key=lambda column: abs(edges[column] - twice), default=first)
            columns = [first] * len(columns)
        placed += [(column, word.text) for column, word in zip(columns, piece, strict=True)]
        free = columns[-1] + 1
    return sorted(placed, key=lambda pair: pair[0])
