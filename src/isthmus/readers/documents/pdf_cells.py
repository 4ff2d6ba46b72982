"""Tables of PDF pages without rules that are written cell by cell: behind the foot of a cell the next one begins higher up."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from isthmus.readers.documents.pdf_aligned import FIGURE, Strip
from isthmus.readers.documents.pdf_cell_text import cell_text
from isthmus.readers.documents.pdf_lines import Line
from isthmus.readers.documents.pdf_tables import MARK, RuledTable

_LEVEL = 0.35  # of its size that words of a line differ in height
_SPACE = 0.7  # of its size, words of a line stand less far apart
_OPEN = 5.0  # of its size that a table never leaves open
_STEPS = 3  # steps up to the next cell that make a table
_BELOW = 30.0  # points that the rows of a table may stand below the rules of its head
_NEAR = 2.0  # points that two edges may differ by
_OFTEN = 2  # lines that begin where the one above does

WordsOfLine = list[Line]


def cell_tables(words: Sequence[Line], before: RuledTable | None = None) -> list[RuledTable]:
    """Return the tables, some of a lone row, that the words of a page, in the order of its content, make cell by cell.

    Parameters
    ----------
    words
        The words of a page outside its other tables.
    before
        The last table of the page before, which may go on.
    """
    columns = len(before.rows[0]) if before else 0
    return [table for run in _runs(list(_lines(words))) for table in _tables(run, columns)]


def as_head(head: RuledTable, table: RuledTable) -> RuledTable | None:
    """Return the rows of a head with the columns of a table, where each of its cells stands over other ones; else None.

    Columns of the head that are empty, as edges of its shading, are none.
    """
    named = [k for k in range(len(head.columns)) if any(row[k] for row in head.rows)]
    head = replace(head, rows=[[row[k] for k in named] for row in head.rows], columns=[head.columns[k] for k in named])
    places: list[int] = []
    for a, b in head.columns:
        own = [i for i, (c, d) in enumerate(table.columns) if 2 * a < c + d < 2 * b or 2 * c < a + b < 2 * d]
        free = [i for i in own if i not in places]
        places += [i for i in free if not all(MARK.fullmatch(row[i]) for row in table.rows)][:1] or free[:1]
    if len(places) < len(head.columns):
        return None
    told = [dict(zip(places, row, strict=True)) for row in head.rows]
    return replace(
        head, rows=[[row.get(i, "") for i in range(len(table.columns))] for row in told], columns=table.columns
    )


def headed(tables: Sequence[RuledTable], found: Sequence[RuledTable]) -> Iterator[RuledTable]:
    """Yield ruled tables and those without rules: what stands directly below a ruled head is one table with it."""
    rest = list(found)
    for table in tables:
        below = next((t for t in rest if 0 <= table.bottom - t.top < _BELOW), None)
        head = as_head(table, below) if below and not table.has_values() else None
        if below is None or head is None:
            yield table
            continue
        rest.remove(below)
        left, right, rows = min(head.left, below.left), max(head.right, below.right), [*head.rows, *below.rows]
        yield replace(below, left=left, right=right, top=head.top, rows=rows)
    yield from rest


def _lines(words: Sequence[Line]) -> Iterator[WordsOfLine]:
    """Yield the words of a page line by line, in the order of its content; figures beside each other are cells."""
    line: WordsOfLine = []
    for word in words:
        level = line and abs(line[-1].bottom - word.bottom) < _LEVEL * word.size
        figures = line and FIGURE.fullmatch(line[-1].text) and FIGURE.fullmatch(word.text)
        if line and (figures or not (level and -_NEAR < word.left - line[-1].right < _SPACE * word.size)):
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def _runs(lines: Sequence[WordsOfLine]) -> Iterator[list[tuple[WordsOfLine, bool]]]:
    """Yield lines that follow one another as those of a table do, each with whether it is a step up to the next cell.

    Such a line stands below the one before, beside it, or higher in a cell to its right; one further left opens a row and
    stands below all of the row before.
    """
    run: list[tuple[WordsOfLine, bool]] = []
    head = foot = 0.0
    begin: WordsOfLine = []
    for line in lines:
        first, size = line[0], line[0].size
        last = run[-1][0] if run else line
        level = run and abs(first.bottom - last[0].bottom) < _LEVEL * size and first.left > last[0].left
        right, left = first.left > last[0].left + size, bool(begin) and line[-1].right < begin[0].left
        begin = begin if level else line
        up = first.bottom > last[0].bottom + _LEVEL * size
        goes_on = right and first.top < head + _OPEN / 2 * size if up else foot - first.top < _OPEN * size
        if run and (not goes_on or (left and not up and first.top > foot + _NEAR)):
            yield run
            run = []
        head = first.top if left or not run else head
        foot = min(foot, first.bottom) if run else first.bottom
        run.append((line, up and bool(run)))
    yield run


def _tables(run: Sequence[tuple[WordsOfLine, bool]], columns: int) -> Iterator[RuledTable]:
    """Yield the table of a run of lines, if it has one; where it goes on with so many columns it begins with the run."""
    steps = [i for i, (_, up) in enumerate(run) if up]
    if len(steps) < _STEPS:
        return
    start, head, last = steps[0], run[steps[0]][0][0].top, steps[-1]
    while start and run[start - 1][0][0].top < head + _NEAR:
        start -= 1
    flush = Counter(round(b[0].left) for (a, _), (b, up) in pairwise(run) if not up and abs(a[0].left - b[0].left) < 1)
    often = [x for x, times in flush.items() if times >= _OFTEN]
    lines = [list(_cut(line, often)) for line, _ in run]
    wide = list(_wide(lines, often))
    strips = list(_strips([part for i in range(start, last + 1) if not wide[i] for part in lines[i]]))
    start = 0 if len(strips) + 1 == columns else start
    rows = list(_rows(lines[start:], wide[start:], strips, last - start)) if strips else []
    if not any(len(row) > 1 for row in rows):
        return
    words = [word for row in rows for cell in row.values() for line in cell for word in line]
    left, right = min(word.left for word in words), max(word.right for word in words)
    edges = [left, *((a + b) / 2 for a, b in strips), right]
    cells = [
        [cell_text("\n".join(" ".join(w.text for w in line) for line in row.get(i, ()))) for i in range(len(edges) - 1)]
        for row in rows
    ]
    low, high = min(word.bottom for word in words), max(word.top for word in words)
    yield RuledTable(left, low, right, high, cells, list(pairwise(edges)))


def _cut(line: WordsOfLine, often: Sequence[int]) -> Iterator[WordsOfLine]:
    """Yield the parts of a line, one from each word on that stands where many lines begin: cells may all but touch."""
    part: WordsOfLine = []
    for word in line:
        if part and any(abs(word.left - x) < 1 for x in often):
            yield part
            part = []
        part.append(word)
    yield part


def _wide(lines: Sequence[list[WordsOfLine]], often: Sequence[int]) -> Iterator[bool]:
    """Say of each line whether it reaches over several columns, or goes on below the middle of one that does."""
    wide, middle = False, 0.0
    for line in lines:
        left, right = line[0][0].left, line[-1][-1].right
        over = any(part[0].left + 1 < x < part[-1].right - 1 for part in line for x in often)
        wide = over or (wide and abs(left + right - 2 * middle) < _NEAR * line[0][0].size)
        middle = (left + right) / 2
        yield wide


def _strips(lines: Sequence[WordsOfLine]) -> Iterator[Strip]:
    """Yield the strips between the columns of some lines, over which none of them reaches."""
    left, right = min(line[0].left for line in lines), max(line[-1].right for line in lines)
    over = {x: sum(line[0].left < x < line[-1].right for line in lines) for x in range(int(left) + 1, int(right))}
    for covered, strip in groupby(over, key=lambda x: over[x] > 0):
        points = list(strip)
        if not covered:
            yield points[0], points[-1]


def _rows(
    lines: Sequence[list[WordsOfLine]], wide: Sequence[bool], strips: Sequence[Strip], last: int
) -> Iterator[dict[int, list[WordsOfLine]]]:
    """Yield the rows of a table, its lines by column: those over several in the first, and behind the last step they end it."""
    row: dict[int, list[WordsOfLine]] = {}
    at, whole, foot = 0, False, 0.0
    for i, line in enumerate(lines):
        over = wide[i] or any(part[0].left < (a + b) / 2 < part[-1].right for part in line for a, b in strips)
        if over and i > last:
            break
        for piece in [[word for part in line for word in part]] if over else line:
            place = 2 * piece[0].left if over else piece[0].left + piece[-1].right
            column = at if over and whole else sum(place > a + b for a, b in strips)
            if row and not (piece[0].top > foot if column > at else column == at and over == whole):
                yield row
                row = {}
            foot = min(foot, piece[0].bottom) if row else piece[0].bottom
            at, whole = column, over
            row.setdefault(at, []).append(piece)
    yield row
