"""A table as its heads, each with the rows below it: over breaks of pages, within a table, and with years as rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import NamedTuple

from isthmus.plans.captions import Caption
from isthmus.plans.cells import (
    HEADING,
    VALUE,
    cleaned,
    counts,
    has_a_value,
    has_figures,
    heading,
    is_empty,
    is_year,
    own_year,
)
from isthmus.plans.columns import (
    CELL,
    WORD,
    Head,
    Rows,
    card_head,
    head_of,
    heads_values,
    names_columns,
    names_values,
)
from isthmus.plans.dates import YEAR
from isthmus.plans.lexicon import Patterns
from isthmus.plans.value_columns import Reported, is_step

_HEAD_ROWS, _FEWEST_YEARS = 4, 2
_VALUED = re.compile(r"(?:[^\W\d]+\W+){0,2}\W*\d")
"""How a cell opens that holds a value, two words at most in front of it (less than 1%)."""
_ITEM = re.compile(r"\W*(?:\d{1,2}(?:\.\d{1,2})*[.)]?|\(?[a-zа-я]\))\W*")
"""The first cell of a row that only numbers it."""
_LABELLED = re.compile(r"[^\W\d]+(?: \d[\d.]*)?: [^\W\d]{2}")
"""A first cell that says what its row is (Output 2: Schools built)."""
_SEVERAL = re.compile(r"[,;]\s+\S*\d")
"""Between two values of a cell."""
_BARE = re.compile(r"[-+<>≤≥~≈]{0,2}\s?\d[\d,. ]*(?:\s?%)?(?:\s?/?[^\W\d]+){0,2}")
"""A number, with two words of a unit at most."""
_FEW = 3
"""Words at most of a name in a record that says what is aimed at (primary target)."""
_SERIES = 4
"""So many years one after the other are a series of accounts and their forecast, where no heading says target."""


class TablePart(NamedTuple):
    """A head, the number of the first row below it, and these rows."""

    head: Head
    first: int
    rows: Rows


def table_parts(
    rows: Rows, words: Patterns, year: int | None, reported: Reported, above: Head | None
) -> Iterator[TablePart]:
    """Yield the heads of a table, each with the rows below it; for the parameters see `rows.read_table`.

    A table goes on from the one `above` where it is as wide and its own first rows name no columns.
    """
    start = 0
    rows = _in_full(rows)
    rows = rows if above is not None and rows and above.wide == len(rows[0]) else _narrowed(rows)
    if _is_card(rows, words, above):
        last = next((own_year(row[1]) for row in rows if words["column due"].search(row[0])), year)
        yield TablePart(card_head(last), 0, [row if _says_a_target(row, words) else ["", ""] for row in rows])
        return
    while start < len(rows):
        body = start + _depth_of(rows[start:], words)
        head = head_of(rows[start:body], rows[body:], words, year, reported)
        end = next((i for i in range(max(body, start + 1), len(rows)) if _opens(rows[i], head, words)), len(rows))
        head = head_of(rows[start:body], rows[body:end], words, year, reported)
        if start == 0 and above is not None and not (body and head.measured) and above.wide == len(rows[0]):
            goes_on = head_of(above.rows, rows[:end], words, year, reported)
            head, body = (goes_on, 0) if goes_on.measured or not head.names else (head, body)
        yield TablePart(head, body, rows[body:end])
        start = end


def announced_parts(
    rows: Rows, words: Patterns, year: int | None, reported: Reported, caption: Caption
) -> list[TablePart]:
    """Return a table whose head only names things (places, groups), or that has none, where it may hold targets.

    All columns of figures do below a caption of targets, those of bare numbers where the caption or a heading names what is
    done (measures, savings) and nothing tells of years of reports; none where most of its rows have no figures.
    """
    body = 0 if has_figures(rows[0]) else 1
    below = rows[body:]
    if 2 * sum(map(has_figures, below)) <= len(below):
        return []
    head = head_of(rows[:body], below, words, year, reported, every=True)
    if not caption.aims:
        told = [caption.title, *head.titles]
        dated = [cell for row in below for cell in map(cleaned, row) if is_year(cell)]
        past = any(0 < (own_year(cell) or 0) <= reported.until for cell in [*told, *dated])
        done = any(words[f"column {kind}"].search(cell) for kind in ("aim", "cut") for cell in told)
        bare = [column for column in head.values if done and not past and _is_bare_column(below, column.at)]
        # what is done may have its own figures in words
        head = replace(head, values=tuple(replace(c, sized=True) for c in bare), places=head.places if bare else {})
    return [TablePart(head, body, below)] if head.measured else []


def _is_bare_column(rows: Rows, at: int) -> bool:
    """Say whether a column holds numbers with a unit at most, and does not count its rows."""
    cells = [cell for row in rows if len(row) > at and not is_empty(cell := cleaned(row[at]))]
    whole = [int(cell) for cell in cells if cell.isdigit()]
    counting = len(whole) == len(cells) > 1 and whole == [*range(whole[0], whole[0] + len(whole))]
    return bool(cells) and all(map(_BARE.fullmatch, cells)) and not counting


def named_rows(rows: Rows, title: str) -> Rows:
    """Return the rows of a table of values alone, each behind the title of the table that names it; others as they are."""
    body = [cell for row in rows[1:] for cell in map(cleaned, row)]
    valued = (
        body
        and (all(map(WORD.search, rows[0])) or all(is_year(cleaned(cell)) for cell in rows[0]))
        and all(is_empty(c) or (VALUE.match(c) and not is_year(c)) for c in body)
    )
    return [["", *rows[0]], *([title, *row] for row in rows[1:])] if title and valued else rows


def _says_a_target(row: Sequence[str], words: Patterns) -> bool:
    """Say whether a row of two cells is a target by its name with its value (emissions target (Mt), 12)."""
    name, value = (cleaned(cell) for cell in row)
    named = words["column target"].search(name) and not words["column base"].search(name)
    short = len(value) <= CELL and not is_year(value) and not _SEVERAL.search(value)
    return bool(named) and short and VALUE.match(value) is not None


def _is_card(rows: Rows, words: Patterns, above: Head | None) -> bool:
    """Say whether rows of a name and what it is tell of one thing, targets among it: they have no head and go on from none.

    Where several say a year, the first is no head.
    """
    if not all(len(row) == 2 for row in rows) or not any(_says_a_target(row, words) for row in rows):
        return False
    dated = sum(bool(WORD.search(name) and words["bare year"].fullmatch(cleaned(said))) for name, said in rows)
    return dated > 1 or ((above is None or above.wide != 2) and not _depth_of(rows, words))


def _in_full(rows: Rows) -> Rows:
    """Return the rows, those that lack cells merged over several rows with empty ones: they look like the end of a full row.

    Columns that are empty in all full rows, as many as the others lack cells, are dropped: a break of the page lost them.
    A head that lacks one cell, above rows that are numbered in their first, has none over the numbers.
    """
    wide, made, full = max(map(len, rows), default=0), [], list[bool]()
    whole = [row for row in rows if len(row) == wide]
    if rows and len(rows[0]) == wide - 1 and len(whole) > 1 and all(_ITEM.fullmatch(row[0]) for row in whole):
        rows = [["", *rows[0]], *rows[1:]]
    blank = [i for i in range(wide) if not any(row[i].strip() for row in whole)]
    if blank and {len(row) for row in rows} == {wide, wide - len(blank)}:
        rows = [[cell for i, cell in enumerate(row) if len(row) < wide or i not in blank] for row in rows]
        wide -= len(blank)
    for row in rows:
        worded = [not is_empty(cell) and not _VALUED.match(cleaned(cell)) for cell in row]
        lacks = wide - len(row)
        cut = 0 < lacks < wide - 1 and any(worded) and not all(worded) and worded == full[lacks:] != full[: len(row)]
        made.append([*[""] * (lacks * cut), *row])
        full = full if lacks else worded
    return made


def _narrowed(rows: Rows) -> Rows:
    """Return rows of equal width with neighbouring columns joined of which no row fills two: one column was divided."""
    groups: list[list[int]] = []
    if len({len(row) for row in rows}) != 1:
        return rows
    for column in range(len(rows[0])):
        wide = groups and all(sum(bool(row[i]) for i in [*groups[-1], column]) < 2 for row in rows)
        groups = [*groups[:-1], [*groups[-1], column]] if wide else [*groups, [column]]
    return [["".join(row[i] for i in group) for group in groups] for row in rows]


def _depth_of(rows: Rows, words: Patterns) -> int:
    """Return how many rows the head has: those before the first with values, or with words that name no columns.

    Behind the first one only those belong to it that have years, name columns, or go on from a row above.
    """
    depth, closed, named = 0, False, False
    for i, row in enumerate(rows[:_HEAD_ROWS]):
        cells = [words["column against"].sub("", cleaned(cell)) for cell in row if cell.strip()]
        dated = sum(
            heads_values(cell, words) if depth else is_year(cell) or names_values(cell, words) for cell in cells
        )
        names = names_columns(row, words)
        opens = cleaned(row[0]) if named and row[0] != rows[i - 1][0] else ""
        own = bool(opens) and not (names or heads_values(opens, words))
        goes_on = dated > (own and _FEWEST_YEARS) or (not row[0].strip() if named else names)
        if len(cells) > 1 and (_LABELLED.match(cells[0]) if depth else _ITEM.fullmatch(row[0])):
            break  # the first of numbered rows, or of those that say what they are
        if counts(cells) or (i == 0 and _explains(rows, words)):
            depth += 1
            continue
        if any(VALUE.match(cell) and not (is_year(cell) or names_values(cell, words)) for cell in cells):
            break
        if depth and _is_dated_like(row, [*rows, ()][i + 1]):
            break
        if depth and len(cells) == 1 and (len(row) == 1 or _names_a_group(row, rows[i - 1], words)):
            break
        if depth and len(cells) == len(row) == 2 and (len(cells[0]) > HEADING or not _is_bare(cells[1])):
            break  # a name and what it is
        below = [cell for cell in map(cleaned, [*rows, ()][i + 1]) if cell]
        titles = names_columns(below, words) if len(cells) == 1 else len(below) > 1 and all(map(is_year, below))
        titles = titles or (not depth and sum(map(is_year, below)) > _FEWEST_YEARS)
        long = any(len(heading(cell)) > CELL for cell in cells) and not titles
        if depth and (not goes_on or long or (closed and row[0].strip() and not all(map(is_year, cells)))):
            break
        numbers = has_figures([cell for cell in row if not is_step(cleaned(cell), words)])
        told = long and any(len(cell) > CELL and cell[-1] in ".。" for cell in cells)
        if not names and (told or dated < 2 if long else not dated and len(cells) > 1 and numbers):
            break  # one date beside sentences is the term of a measure
        closed = any(words["column due"].search(cell) for cell in cells)
        depth, named = depth + 1, named or names or (dated > 0 and len(cells) > 1)
    return depth


def _is_dated_like(row: Sequence[str], below: Sequence[str]) -> bool:
    """Say whether a row has words and dates where the next one has: each tells when its work is done, and neither is a head."""
    dated, again = ([own_year(c) is not None and not has_a_value(c) for c in map(cleaned, r)] for r in (row, below))
    return dated == again and any(dated) and not dated[0] and all(WORD.search(cells[0]) for cells in (row, below))


def _explains(rows: Rows, words: Patterns) -> bool:
    """Say whether the first row explains in full what stands below it: figures in every row, due in a year that it names."""
    first, *others = [cleaned(cell) for cell in rows[0]]
    aims = any(own_year(cell) and words["column aim"].search(cell) for cell in others)
    below = [[cell for cell in row if not is_step(cleaned(cell), words)] for row in rows[1:]]
    return aims and len(first) <= HEADING and not has_figures(rows[0]) and all(map(has_figures, below))


def _names_a_group(row: Sequence[str], above: Sequence[str], words: Patterns) -> bool:
    """Say whether the one cell of a row stands below the heading of names, and explains it not in brackets: it names a group."""
    headings = [over for over, own in zip(above, row, strict=False) if own.strip()]
    own = cleaned("".join(row))
    apart = any(map(words["column label"].search, headings)) or (
        all(above[1:]) and len(own.split()) > _FEW and own[:1].isupper() and not heads_values(own, words)
    )
    return apart and own[:1] not in "(（"


def _opens(row: Sequence[str], head: Head, words: Patterns) -> bool:
    """Say whether a row below a head is one of its own.

    Each cell but the first names values, one of them with its year; below a head without values it may name columns, or end with
    a size and its year (Capacity to 2046).
    """
    last = (
        cleaned(row[-1])
        if len(row) > 2 and all(WORD.search(cell) and not has_a_value(heading(cell)) for cell in row)
        else ""
    )
    sized = heads_values(last, words) and words["column size"].search(last)
    if not head.measured and (sized or names_columns(row, words)):
        return True
    first, *others = [cleaned(cell) for cell in row] or [""]
    filled = [cell for cell in others if not is_empty(cell)]
    named = [cell for cell in filled if names_values(cell, words) and _is_bare(cell)]
    return (
        bool(WORD.search(first))
        and (len(row) > 2 or len(first) <= HEADING)  # else a name and what it is
        and any(map(own_year, named))
        and all(cell in named or is_year(cell) for cell in filled)
    )


def _is_bare(cell: str) -> bool:
    """Say whether a cell has no figure but a year (not: 2035, with an interim target in 2032)."""
    return not has_a_value(cell) and len(YEAR.findall(cell)) < 2


def turned(rows: Rows, words: Patterns) -> tuple[list[list[str]], list[int]]:
    """Return a table of a row a year turned, and which row each column was.

    Its years are the heads, below them stands what a column says of each, then an indicator a row.

    Nothing where most rows do not begin with a year, where another column has words of its own (it names the indicators), or
    for a series of every year without a word for aims. The card of an indicator, whose rows are its heads, is turned as it is.
    """
    heads = [cleaned(row[0]) for row in rows]
    headed = any(heads_values(cleaned(cell), words) for row in rows[:_HEAD_ROWS] for cell in row[1:])
    if any(map(words["column label"].match, heads)) and sum(names_values(h, words) for h in heads) > 1 and not headed:
        return [list(column) for column in zip_longest(*rows, fillvalue="")], [*range(len(rows))]
    body = [[cleaned(cell) for cell in row] for row in rows]
    depth = next((i for i, row in enumerate(body) if _heads_a_row(row[0], words)), 0)
    top, wide = [row for row in body[:depth] if not counts(row)], max((len(row) for row in body), default=0)
    dated = [row + [""] * (wide - len(row)) for row in body[depth:] if _heads_a_row(row[0], words)]
    if not 0 < depth <= _HEAD_ROWS or len(dated) < _FEWEST_YEARS or 2 * len(dated) <= len(body) - depth:
        return [], []
    columns = list(zip(*dated, strict=True))
    heads = [" ".join(row[i] for row in top if i < len(row) and row[i]) for i in range(wide)]
    filled = [[cell for cell in column if not is_empty(cell)] for column in columns]
    said = [i for i in range(1, wide) if 2 * sum(names_values(cell, words) for cell in filled[i]) > len(filled[i])]
    valued = [i for i in range(1, wide) if i not in said and filled[i] and all(map(VALUE.match, filled[i]))]
    named = [i for i in range(1, wide) if i not in [*said, *valued] and 2 * len(filled[i]) > len(dated)]
    if not valued or named:
        return [], []
    aims = [heads[i] for i in valued if words["column target"].search(heads[i])]
    years = [own_year(row[0]) or 0 for row in dated]
    series = len(years) >= _SERIES and years == [*range(years[0], years[0] + len(years))]
    if series and not aims and not said:
        return [], []
    kept = [i for i in valued if not (aims and words["column base"].search(heads[i]))]
    kept = [i for i in kept if not words["column projection"].search(heads[i])]
    said_by = [["", *columns[i]] for i in said] + [["", *aims[:1] * len(dated)]] * bool(aims)
    labels = [heads[i] if WORD.search(heads[i]) else f"{heads[i - 1]}, {heads[i]}".strip(" ,") for i in kept]
    named_rows = [[label, *columns[i]] for label, i in zip(labels, kept, strict=True)]
    numbers = [i for i, row in enumerate(body) if i >= depth and _heads_a_row(row[0], words)]
    return [["", *columns[0]], *said_by, *named_rows], [0, *numbers]


def _heads_a_row(cell: str, words: Patterns) -> bool:
    return is_year(cell) and (words["bare year"].match(cell) is not None or names_values(cell, words))
