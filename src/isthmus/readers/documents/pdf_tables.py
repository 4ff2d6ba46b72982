"""Ruled tables of PDF pages: cells by the rules between them, marks of footnotes and shading left out."""

import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import chain, groupby, pairwise
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from isthmus.readers.documents.pdf_bands import Box, beside, crosses, in_bands, runs_on, within
from isthmus.readers.documents.pdf_cell_text import cell_text, rows_of_lines, texts_of
from isthmus.readers.documents.pdf_lines import Line, fills_no_gap, settled_chars

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.table import Table

_THIN = 3.5  # points, the thickest rule
VALUE = re.compile(r"\d{1,3}(?:[.,]\d+)?%?")
MARK = re.compile(r"\W*\d{0,2}\W*")
_ROW = re.compile(
    r"(?:^|\s)(?:[<>]?\d[\d.,]*%?\s(?!\d{3}(?!\d))\s*){2,}[<>]?\d[\d.,]*%?$"
)  # of a table within one cell
_FINE = 2  # to a point, how fine places are told
_CLEAR = 2.5  # points between text and the edge of its column
_DOTS = 8  # tiny pictures that make a rule
_NEAR = 2.0  # points that a cell may reach over its rules
_BESIDE = 2  # columns nearer than that stand beside each other
_BANDS = 3  # between rules of one length that make a table
_GUTTER = 5  # points between two of its columns
_TALL = 40  # points of a band that is no heading between its rows
_ON_A_RULE = 0.25  # of its height that the middle of a letter stands from a rule it is written over
_SLANT = 0.05  # by how much text may go up along its line
_FEW = 0.05  # of the letters that may be written over rules, as many of a chart are


@dataclass(frozen=True)
class RuledTable:
    """A table with its edges (points from the page's lower left corner), its rows and its columns."""

    left: float
    bottom: float
    right: float
    top: float
    rows: list[list[str]]
    columns: Sequence[tuple[float, float]] = ()

    def holds(self, line: Line) -> bool:
        """Say whether a line stands within the edges of the table."""
        x, y = (line.left + line.right) / 2, (line.bottom + line.top) / 2
        return self.left - 2 <= x <= self.right + 2 and self.bottom - 2 <= y <= self.top + 2

    def has_values(self) -> bool:
        """Say whether a cell is a figure, other than a year."""
        return any(VALUE.fullmatch(cell) for row in self.rows for cell in row)

    def is_of_cells(self, whole: "RuledTable") -> bool:
        """Say whether the table has no figures and stands within the edges of another one: of lines of its cells."""
        inside = whole.left - 2 < self.left and self.right < whole.right + 2
        return inside and whole.bottom - 2 < self.bottom and self.top < whole.top + 2 and not self.has_values()

    def lacks(self, lines: Sequence[Line]) -> list[str]:
        """Return the words of some lines within the edges of the table that stand in none of its cells, line by line."""
        cells = " ".join(cell for row in self.rows for cell in row)
        figures, letters = Counter(re.findall(r"\d+", cells)), re.sub(r"[\W\d_]+", "", cells)
        lost: list[str] = []
        for line in lines:
            own = Counter(re.findall(r"\d+", line.text))
            missing = [w for w in re.findall(r"[^\W\d_]+", line.text) if w not in letters] + [
                *(own - figures).elements()
            ]
            figures -= own
            lost += [" ".join(missing)] if missing else []
        return lost


def ruled_tables(drawn: Path | BytesIO, numbers: Sequence[int]) -> Iterator[tuple[int, list[RuledTable]]]:
    """Yield the tables of some pages (counted from 1) of a PDF, page by page."""
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    with pdfplumber.open(drawn) as source:
        for number in numbers:
            page = source.pages[number - 1]
            page.chars[:] = settled_chars([n for n in _once(page.chars) if not _is_slanting(*n["matrix"][:2])])
            found = _found(page)
            yield number, [table for ruled in found if (table := _read(ruled, found, float(page.height)))]
            page.close()


def _is_slanting(along: float, up: float) -> bool:
    """Say whether a line of text goes up or down, as one over a whole page does, and not only as the page lay on the glass."""
    return abs(along * up) > _SLANT * (along**2 + up**2)


def _once(chars: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the characters of a page, those that are drawn over each other to look bold once.

    A space behind which the next letter begins before it, as behind a number that is wider than its column, is none.
    """
    seen = set[tuple[str, int, int]]()
    for before, char, after in zip([*chars[:1], *chars], chars, [*chars[1:], *chars[-1:]], strict=False):
        level = char["text"].isspace() and abs(char["top"] - after["top"]) < 1
        if level and (after["x0"] < char["x0"] or fills_no_gap(before["x1"], char["x0"], after["x0"])):
            continue
        text, x, y = char["text"], round(_FINE * char["x0"]), round(_FINE * char["top"])
        if not any((text, near, y) in seen for near in (x - 1, x, x + 1)):
            yield char
        seen.add((text, x, y))


def _found(page: "Page") -> "list[Table]":
    """Return the tables between the rules of a page; shading makes cells only where no rules do."""
    from pdfplumber.table import merge_edges

    page.objects.setdefault("line", []).extend(_dotted([dot for dot in page.images if _is_thin(dot)]))
    letters = [n for n in page.chars if not n["text"].isspace()]
    drawn = page.filter(lambda thing: not _is_shading(thing))
    rules = merge_edges(drawn.horizontal_edges, 1, 1, _NEAR, _NEAR)
    tables = [_with_sides(table, rules, letters) for table in drawn.find_tables()]
    grids = [table.bbox for table in tables if len(table.cells) > 1]
    tables += (ladders := [*_open_tables(page, grids)])
    shaded = [thing for thing in page.rects if _is_shading(thing)]
    bare = [shade for shade in shaded if not any(_covers(table.bbox, shade) for table in tables)]
    if bare:
        tables = [_with_head(table, bare) for table in tables]
        inner = {
            id(a)
            for a in shaded
            for b in shaded
            if a is not b and within(_box(a), _box(b)) and not within(_box(b), _box(a))
        }
        cells = page.filter(lambda thing: id(thing) not in inner)
        for table in cells.find_tables():
            met = [known for known in tables if _meets(table.bbox, known.bbox)]
            more = beside(table, met, letters)
            if more and not runs_on(table, letters):
                tables = [*(known for known in tables if known not in met), more]
    return in_bands(tables, ladders, letters)


def _with_sides(table: "Table", rules: Sequence[dict[str, Any]], letters: Sequence[dict[str, Any]]) -> "Table":
    """Return a table with the columns beside it that no rule closes: those above and below it reach over them."""
    left, top, right, bottom = table.bbox
    heights = {y for cell in table.cells for y in (cell[1], cell[3])}
    more: list[Box] = []
    for side, edge, outwards in (("x0", left, -1), ("x1", right, 1)):
        near = [r for r in rules if r["x0"] < right and left < r["x1"] and (r[side] - edge) * outwards > 2 * _GUTTER]
        levels = sorted(y for y in heights if any(abs(rule["top"] - y) < _NEAR for rule in near))
        ends = [rule[side] for rule in near if any(abs(rule["top"] - y) < _NEAR for y in levels)]
        if levels[:1] == [top] and levels[-1] == bottom and max(ends) - min(ends) < _NEAR:
            a, b = sorted((ends[0], edge))
            cells = [(a, y0, b, y1) for y0, y1 in pairwise(levels)]
            more += cells if any(_covers(cell, letter) for cell in cells for letter in letters) else []
    return type(table)(table.page, [*table.cells, *more]) if more else table


def _open_tables(page: "Page", grids: Sequence[Box]) -> "Iterator[Table]":
    """Yield the tables beside some whose rules, or bands of shading, reach from side to side and leave the sides open."""
    from pdfplumber.table import Table, merge_edges
    from pdfplumber.utils.clustering import cluster_objects

    rules = merge_edges(page.horizontal_edges, 1, 1, _NEAR, _NEAR)
    for group in cluster_objects(rules, itemgetter("x0"), _NEAR):
        for ladder in cluster_objects(group, itemgetter("x1"), _NEAR):
            left, right = ladder[0]["x0"], ladder[0]["x1"]
            levels = sorted({round(rule["top"]) for rule in ladder})
            box = (left, levels[0], right, levels[-1])
            if len(levels) <= _BANDS or right - left < 2 * _GUTTER or any(_meets(box, grid) for grid in grids):
                continue
            inside = [n for n in page.chars if not n["text"].isspace() and _covers(box, n)]
            middles = [((n["top"] + n["bottom"]) / 2, _ON_A_RULE * n["height"]) for n in inside]
            crossed = sum(abs(middle - level) < near for middle, near in middles for level in levels)
            if crossed <= _FEW * len(inside):
                bands = [(top, bottom, _reach(inside, top, bottom)) for top, bottom in pairwise(levels)]
                yield from (Table(page, cells) for cells in _cells_of([b for b in bands if b[2]], left, right))


def _reach(letters: Sequence[dict[str, Any]], top: float, bottom: float) -> set[int]:
    """Return the points of a line that letters between two heights cover."""
    within = (n for n in letters if top <= (n["top"] + n["bottom"]) / 2 < bottom)
    return {x for n in within for x in range(int(n["x0"]), int(n["x1"]) + 1)}


def _cells_of(bands: Sequence[tuple[int, int, set[int]]], left: float, right: float) -> Iterator[list[Box]]:
    """Yield the cells of the tables of some bands, whose columns end where nearly all bands are clear.

    A table begins and ends with a band that is divided, and holds no tall one that is not.
    """
    edges = list(_gutters([reach for _, _, reach in bands], left, right))
    rows: list[list[Box]] = []
    for top, bottom, reach in [*bands, (0, _TALL, set[int]())]:
        clear = [x for x in edges if reach and not any(x - _CLEAR < n < x + _CLEAR for n in reach)]
        if clear or (rows and bottom - top < _TALL):
            rows.append([(a, top, b, bottom) for a, b in pairwise([left, *clear, right])])
            continue
        while rows and len(rows[-1]) == 1:
            rows.pop()
        if sum(len(row) > 1 for row in rows) >= _BANDS:
            yield [cell for row in rows for cell in row]
        rows = []


def _gutters(bands: Sequence[set[int]], left: float, right: float) -> Iterator[int]:
    """Yield the points, each the clearest of its gutter, between the columns of some bands."""
    crossing = {x: sum(x in reach for reach in bands) for x in range(int(left), int(right) + 1)}
    for free, run in groupby(crossing, key=lambda x: 4 * crossing[x] <= len(bands)):
        strip = list(run)
        both = sum(min(reach) < strip[0] and max(reach) > strip[-1] for reach in bands)
        if free and len(strip) > _GUTTER and both >= max(_BANDS, len(bands) / 2):
            least = min(crossing[x] for x in strip)
            clear = [x for x in strip if crossing[x] == least]
            yield clear[len(clear) // 2]


def _with_head(table: "Table", shades: Sequence[dict[str, Any]]) -> "Table":
    """Return a table with the rows that are only shaded and stand directly above it."""
    left, top, right, _ = table.bbox
    above = [shade for shade in shades if abs(shade["bottom"] - top) < 2 * _NEAR and left - _NEAR < shade["x0"]]
    head = min((shade["top"] for shade in above if shade["x1"] < right + _NEAR), default=top)
    return type(table)(table.page, [(left, head, right, top), *table.cells]) if head < top - _THIN else table


def _dotted(dots: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the rules that are drawn as rows of tiny pictures."""
    for low, high, start, end, length in (
        ("top", "bottom", "x0", "x1", "width"),
        ("x0", "x1", "top", "bottom", "height"),
    ):
        places = sorted((round(dot[low]), i) for i, dot in enumerate(dots))
        for _, row in groupby(places, key=itemgetter(0)):
            rule = [dots[i] for _, i in row]
            if len(rule) >= _DOTS:
                first, last = min(dot[start] for dot in rule), max(dot[end] for dot in rule)
                place = {start: first, end: last, length: last - first, high: rule[0][low]}
                yield {**rule[0], "object_type": "line", **place}


def _is_thin(thing: dict[str, Any]) -> bool:
    return bool(min(thing["width"], thing["height"]) < _THIN)


def _is_shading(thing: dict[str, Any]) -> bool:
    filled = thing["object_type"] == "rect" and thing.get("fill") and not thing.get("stroke")
    return bool(filled) and not _is_thin(thing)


def _covers(box: Box, thing: dict[str, Any]) -> bool:
    x, y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
    return bool(box[0] - _NEAR <= x <= box[2] + _NEAR and box[1] - _NEAR <= y <= box[3] + _NEAR)


def _box(thing: dict[str, Any]) -> Box:
    return thing["x0"], thing["top"], thing["x1"], thing["bottom"]


def _meets(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _read(table: "Table", found: "Sequence[Table]", height: float) -> RuledTable | None:
    """Read the cells of a table, without the text of a table that stands inside one of them; None for rules around columns."""
    left, top, right, bottom = table.bbox
    inner = [t.bbox for t in found if t is not table and within(t.bbox, table.bbox)]
    page = table.page.filter(lambda thing: not any(_covers(box, thing) for box in inner)) if inner else table.page
    columns = sorted({x for cell in table.cells for x in (cell[0], cell[2])})
    letters = [char for char in page.chars if not char["text"].isspace()]
    cells = [part for cell in _with_open_cells(_apart(table.cells)) for part in _divided(cell, columns, letters)]
    whole = type(table)(page, cells)
    told = [[(cell or "").splitlines() for cell in row] for row in whole.extract()]
    if sum(_ROW.search(line) is not None for row in told for cell in row for line in cell) >= _BANDS:
        return None
    rows = _spanned([texts_of(row) for row in told], [row.cells for row in whole.rows])
    rows = [line for row, lines in zip(rows, told, strict=True) for line in rows_of_lines(row, lines)]
    edges = [*sorted({cell[0] for cell in cells}), right]
    return _on_one_grid(RuledTable(left, height - bottom, right, height - top, rows, list(pairwise(edges))))


def _on_one_grid(table: RuledTable) -> RuledTable:
    """Return a table whose head stands over other columns than most of its rows with its titles over theirs, in order.

    A page that repeats the head of its table may have it so: as many cells are filled, each in the column itself or beside.
    """
    head, *body = [[k for k, cell in enumerate(row) if cell] for row in table.rows] or [[]]
    whole = [own for own in body if len(own) == len(head)]
    own = whole[0] if len(head) >= _BANDS and 2 * len(whole) > len(body) else head
    beside = all(abs(a - b) < _BESIDE for a, b in zip(head, own, strict=True)) and all(row == own for row in whole)
    places = {k: i for grid in (head, own) for i, k in enumerate(grid)}
    if own == head or not beside or any(len({places.get(k) for k in row} - {None}) < len(row) for row in body):
        return table
    titles = [table.rows[0][k] for k in head]
    rows = [
        [next((c for k, c in enumerate(row) if c and places.get(k) == i), "") for i in range(len(own))]
        for row in table.rows[1:]
    ]
    return replace(table, rows=[titles, *rows], columns=[table.columns[k] for k in own])


def _spanned(rows: list[list[str]], places: Sequence[Sequence[Box | None]]) -> list[list[str]]:
    """Return rows with the text of cells that reach over several of them in each that has but one cell of its own."""
    held: dict[int, Box] = {}
    for i, row in enumerate(places):
        own = {column: cell for column, cell in enumerate(row) if cell is not None}
        top = max(cell[1] for cell in own.values())
        over = [column for column, cell in held.items() if column not in own and cell[3] > top + _NEAR]
        if len(own) == 1:
            rows[i] = [rows[i - 1][column] if column in over else cell for column, cell in enumerate(rows[i])]
        held = {column: held[column] for column in over} | own
    return rows


def _apart(cells: Sequence[Box]) -> list[Box]:
    """Return cells of which none holds another: one around parts of what it names ends above them."""
    inner = [[other[1] for other in cells if other is not cell and within(other, cell)] for cell in cells]
    return [
        (a, top, b, min([low, *held])) for (a, top, b, low), held in zip(cells, inner, strict=True) if top not in held
    ]


def _with_open_cells(cells: Sequence[Box]) -> list[Box]:
    """Return the cells of a table and one for each place that its rules leave open, so that no text between its edges is lost."""
    xs = sorted({x for cell in cells for x in (cell[0], cell[2])})
    ys = sorted({y for cell in cells for y in (cell[1], cell[3])})
    places = [(x0, y0, x1, y1) for y0, y1 in pairwise(ys) for x0, x1 in pairwise(xs)]
    return [*cells, *(place for place in places if not any(_meets(place, cell) for cell in cells))]


def _divided(cell: Box, edges: Sequence[float], letters: Sequence[dict[str, Any]]) -> Iterator[Box]:
    """Divide a cell that reaches over several columns, as of a shaded head, where its text keeps clear of their edges.

    The last lines of a head may stand apart under a name for several columns.
    """
    left, top, right, bottom = cell
    inner = [x for x in edges if left + _NEAR < x < right - _NEAR]
    lines = _lines(letter for letter in letters if _covers(cell, letter)) if inner else []
    if not lines:
        yield cell
        return
    inside, parts = [*chain(*lines)], list(pairwise([left, *inner, right]))
    clear = _clear_of(inside, inner)
    starts = (i for i in range(1, len(lines)) if not any(crosses(line, x) for line in lines[i:] for x in inner))
    below = [*chain(*lines[next(starts, len(lines)) :])] if clear != inner else []
    if below and all(any(a < n["x0"] and n["x1"] < b for n in below) for a, b in parts[1:]):
        head = min(letter["top"] for letter in below)
        yield left, top, right, head
        yield from ((a, head, b, bottom) for a, b in parts)
    elif any(min(n["x0"] for n in inside) < x < max(n["x1"] for n in inside) for x in clear):
        yield from ((a, top, b, bottom) for a, b in pairwise([left, *clear, right]))
    else:
        yield cell


def _lines(letters: Iterable[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Return letters line by line, from the upper one down."""
    lines: list[list[dict[str, Any]]] = []
    for letter in sorted(letters, key=itemgetter("bottom")):
        if lines and letter["bottom"] < lines[-1][0]["bottom"] + _NEAR:
            lines[-1].append(letter)
        else:
            lines.append([letter])
    return lines


def _clear_of(letters: Sequence[dict[str, Any]], edges: Sequence[float]) -> list[float]:
    return [x for x in edges if not any(n["x0"] - _CLEAR < x < n["x1"] + _CLEAR for n in letters)]


def is_table(table: RuledTable) -> bool:
    """Say whether something between rules has cells beside each other and is more than a frame or a list with its marks."""
    filled = [sum(map(bool, row)) for row in table.rows] or [0]
    marked = table.rows and len(table.rows[0]) == 2 and all(MARK.fullmatch(row[0]) for row in table.rows)
    return not marked and max(filled) >= 2 and (max(filled) >= 3 or (len(filled) >= 2 and sum(filled) >= 4))


def continues(table: RuledTable, before: RuledTable | None) -> bool:
    """Say whether a small table at the beginning of a page is the rest of the last one on the page before."""
    return before is not None and len(before.rows[0]) == len(table.rows[0]) and sum(map(bool, table.rows[0])) >= 2


def with_rest_above(table: RuledTable, above: Sequence[Line]) -> RuledTable:
    """Return a table with the rest of a row that the page before began, whose cells stand open above the first rule."""
    cells = ["\n".join(n.text for n in above if a - 2 <= n.left and n.right <= b + 2) for a, b in table.columns]
    placed = sum(cell.count("\n") + 1 for cell in cells if cell) == len(above) > 0
    if not placed or len(cells) != len(table.rows[0]) or not all(re.match(r"[a-zа-яё]|$", cell) for cell in cells):
        return table
    return replace(table, rows=[[cell_text(cell) for cell in cells], *table.rows], top=max(line.top for line in above))
