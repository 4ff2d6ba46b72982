"""Tables of PDF pages whose rows are shaded by turns: what stands between shaded rows and under their head is one table."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pdfplumber.table import Table

_NEAR = 2.0  # points that a part may stand from the next one where nothing is between them
_SAME = 3.5  # points that two edges of one column may stand apart
_TALLEST = 60  # points of a row between two others
_BESIDE = 20  # points that text beside a table stands from it
_SPACE = 0.5  # of their height, more than words of a sentence stand apart
_CLOSE = 0.8  # of their height that the letters of a row stand below the row above

Box = tuple[float, float, float, float]
"""Left, top, right and bottom edge as pdfplumber counts them, from the upper edge of the page."""


def in_bands(tables: "Sequence[Table]", ladders: "Sequence[Table]", letters: Sequence[dict[str, Any]]) -> "list[Table]":
    """Join the tables of a page that are parts of one: a head and shaded rows, with the rows between them.

    Parameters
    ----------
    tables
        The tables between rules or in shading.
    ladders
        Those of them whose rules or bands of shading leave the sides open.
    letters
        The characters of the page that are no spaces.
    """
    whole: list[tuple[Table, bool]] = []
    for table in sorted(tables, key=lambda table: table.bbox[1]):
        above = whole[-1][0] if whole else None
        if above is not None and _goes_on(above, table, letters):
            whole[-1] = (_one(above, table), True)
        else:
            whole.append((table, table in ladders))
    return [_with_last(table, letters) if banded else table for table, banded in whole]


def beside(table: "Table", known: "Sequence[Table]", letters: Sequence[dict[str, Any]]) -> "Table | None":
    """Return the cells of some tables with those that a table in shading has beside them; None where it has no text there."""
    if not all(_has_columns_of(table, part) and within(part.bbox, table.bbox, _SAME) for part in known):
        return None
    free = [cell for cell in table.cells if not any(_over(cell, part.bbox) for part in known)]
    filled = [
        c for c in free if any(c[0] < n["x0"] < c[2] and c[1] < (n["top"] + n["bottom"]) / 2 < c[3] for n in letters)
    ]
    if not filled:
        return None
    whole = type(table)(table.page, free)
    for part in known:
        whole = _one(whole, part)
    return whole


def crosses(line: Sequence[dict[str, Any]], x: float) -> bool:
    """Say whether the letters of a line stand no further apart on both sides of a point than those of a word, or over it."""
    left = max((n["x1"] for n in line if n["x0"] + n["x1"] < 2 * x), default=-inf)
    right = min((n["x0"] for n in line if n["x0"] + n["x1"] >= 2 * x), default=inf)
    return right - left < _SPACE * line[0]["height"] or left > x + _NEAR or right < x - _NEAR


def runs_on(table: "Table", letters: Sequence[dict[str, Any]]) -> bool:
    """Say whether the text of most rows runs over the edges of their cells, as where only lines of a sentence are shaded."""
    inner = _edges(table)[1:-1]
    rows = [[n for n in letters if row.bbox[1] < (n["top"] + n["bottom"]) / 2 < row.bbox[3]] for row in table.rows]
    crossed = sum(crosses(row, x) for row in rows if row for x in inner)
    return crossed > 0 and 2 * crossed >= len(rows) * len(inner)


def _has_columns_of(table: "Table", other: "Table") -> bool:
    """Say whether each edge of a column of another table is one of this table too."""
    edges = _edges(table)
    return all(any(abs(x - y) < _SAME for y in edges) for x in _edges(other))


def within(a: Box, b: Box, near: float = _NEAR) -> bool:
    """Say whether a box stands in another one, near points beyond its edges at most."""
    return a[0] > b[0] - near and a[2] < b[2] + near and a[1] > b[1] - near and a[3] < b[3] + near


def _over(a: Box, b: Box) -> bool:
    """Say whether two boxes share more than an edge."""
    return min(a[2], b[2]) - max(a[0], b[0]) > _SAME and min(a[3], b[3]) - max(a[1], b[1]) > _SAME


def _goes_on(above: "Table", table: "Table", letters: Sequence[dict[str, Any]]) -> bool:
    """Say whether two tables have the same columns, and a row of them or nothing at all stands between."""
    top, bottom = above.bbox[3], table.bbox[1]
    few, many = sorted((above, table), key=lambda part: len(_edges(part)))
    if not -_NEAR < bottom - top < _TALLEST or not _has_columns_of(many, few):
        return False
    return bottom - top < _NEAR or _is_row(top, bottom, _edges(many), letters)


def _edges(table: "Table") -> list[float]:
    return sorted({x for cell in table.cells for x in (cell[0], cell[2])})


def _is_row(top: float, bottom: float, edges: Sequence[float], letters: Sequence[dict[str, Any]]) -> bool:
    """Say whether the letters between two heights stand in two columns at least and keep clear of the edges of all."""
    level = [n for n in letters if top < (n["top"] + n["bottom"]) / 2 < bottom]
    inside = [n for n in level if edges[0] - _BESIDE < n["x1"] and n["x0"] < edges[-1] + _BESIDE]
    columns = {sum((n["x0"] + n["x1"]) / 2 > x for x in edges) for n in inside}
    clear = not any(n["x0"] < x - 1 and n["x1"] > x + 1 for n in inside for x in edges)
    return clear and len(columns) > 1 and columns <= set(range(1, len(edges)))


def _one(above: "Table", table: "Table") -> "Table":
    """Return one table of two, the edges of the one with fewer columns moved to those of the other."""
    few, many = sorted((above, table), key=lambda part: len(_edges(part)))
    xs, ys = _edges(many), {y for cell in many.cells for y in (cell[1], cell[3])}
    moved = [(_at(a, xs), _at(top, ys), _at(b, xs), _at(low, ys)) for a, top, b, low in few.cells]
    return type(table)(table.page, [*many.cells, *moved])


def _at(place: float, edges: Iterable[float]) -> float:
    """Return the edge that a place is as good as, else the place itself."""
    nearest = min(edges, key=lambda edge: abs(edge - place))
    return nearest if abs(nearest - place) < _SAME else place


def _with_last(table: "Table", letters: Sequence[dict[str, Any]]) -> "Table":
    """Return a table of rows shaded by turns with the row without shading that may end it."""
    edges, top = _edges(table), table.bbox[3]
    bottom = top
    for n in sorted((n for n in letters if n["top"] > top - 1), key=lambda n: n["top"]):
        if n["top"] - bottom > _CLOSE * n["height"]:
            break
        bottom = max(bottom, n["bottom"])
    row = [(a, top, b, bottom) for a, b in pairwise(edges)] if _is_row(top, bottom, edges, letters) else []
    return type(table)(table.page, [*table.cells, *row])
