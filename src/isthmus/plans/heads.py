"""The head of a table: which column names the indicator, its unit, its nature, and which hold values of which year."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from isthmus.plans.cells import VALUE, YEAR, cleaned, is_empty, opens_with_value, own_year

_HEAD_ROWS, _HEADING, _CELL, _FEWEST_YEARS = 4, 60, 80, 2
NOWHERE = -1
"""Place of a column that a table does not have: that of the empty cell behind each row."""
_WORD = re.compile(r"[^\W\d_]{3}|[\u4e00-\u9fff]")
_WORDS = re.compile(r"[^\W\d_]{2}\W+[^\W\d_]{2}|[\u4e00-\u9fff]{2}")
_AGAINST = re.compile(r"(?:\b(?:compared|relation|relative|against|vs)\b|к уровню|[较比])\D{0,9}\d{4}.*", re.IGNORECASE)
_DAY = re.compile(r"\d{1,2}[./](?:\d{1,2}[./])?(?=\d{4})|(?<=年)\d{1,2}月(?:\d{1,2}日)?|\bQ[1-4]\b")
_BARE_YEAR = re.compile(rf"(?:{YEAR.pattern})\s?(?:года?\b|г\.|年)?")
_COUNTED = re.compile(r"\d{1,2}")
_OWN_NUMBER = re.compile(r"\W*\d+(?:[.)]\d*)*\s?[.)]?")
Patterns = Mapping[str, "re.Pattern[str]"]


@dataclass(frozen=True)
class ValueColumn:
    """A column of values: where it stands, its year, whether it holds start values and says so itself, its part of the year."""

    at: int
    year: int | None
    base: bool
    baseline: bool
    planned: bool
    part: str = ""


@dataclass(frozen=True)
class Head:
    """What the columns of a table hold.

    Attributes
    ----------
    depth, wide
        Rows of the head, and cells of a row with the empty one behind it.
    base_year
        Column of the years of the start values.
    loose
        Columns without a heading in front of the values: a unit may stand there.
    region
        Columns of values and those without a heading among or behind them.
    named
        How many columns there are up to the last that has a heading.
    last
        Latest year of the values.
    """

    depth: int
    wide: int
    label: int
    unit: int
    nature: int
    period: int
    due: int
    base_year: int
    values: tuple[ValueColumn, ...]
    loose: tuple[int, ...]
    region: tuple[int, ...]
    named: int
    last: int | None


def head_of(
    rows: Sequence[Sequence[str]], words: Patterns, year: int | None, reported: tuple[int, bool]
) -> Head | None:
    """Return the head of a table; None for a table without columns of values or of years due.

    Parameters
    ----------
    rows, words
        The cells, and the patterns of headings by class.
    year
        Year of columns that say target without one.
    reported
        Last year of reports, and whether it is known: columns up to it hold start values; else only the first may.
    """
    wide, depth = max((len(row) for row in rows), default=0), depth_of(rows, words)
    top = [named for row in rows[:depth] if not _counts(named := [cleaned(cell) for cell in row])]
    stacks, years = _headings(top, rows[depth:], wide, words)
    headings = [" ".join(filter(None, stack)) for stack in stacks]
    body = [[cleaned(cell) for cell in row] + [""] * (wide - len(row)) for row in rows[depth:]]
    cells = [[row[i] for row in body if not is_empty(row[i])] for i in range(wide)]
    dates = [i for i in range(wide) if years[i] is None and 2 * sum(map(_is_year, cells[i])) > len(cells[i])]
    based = next((i for i in dates if words["column base"].search(headings[i])), NOWHERE)
    dates = [i for i in dates if i != based]
    places = {"base_year": based, "due": dates[-1] if len(dates) > 1 else NOWHERE}
    taken = {*places.values(), *dates[:-1]}
    for name in ("due", "unit", "nature"):
        free = [i for i in range(wide) if i not in taken and words[f"column {name}"].search(headings[i])]
        if name == "due":
            free = [i for i in free if years[i] is None and any(map(own_year, cells[i]))]
            free += [i for i in dates if i not in free and words["column target"].search(headings[i])]
        places[name] = next(iter(free), places.get(name, NOWHERE))
        taken.add(places[name])
    label = _label(headings, cells, [i for i in range(wide) if i not in taken and years[i] is None], words)
    due = places["due"] != NOWHERE
    found = [
        _column(i, heading, years[i], words, year)
        for i, heading in enumerate(headings)
        if i not in taken | {label} and _holds_values(heading, years[i], cells[i], words, due=due)
    ]
    found = [_with_part(column, found, stacks, words) for column in found]
    if label == NOWHERE or (not due and all(column.base for column in found)):
        return None
    period = _totals(stacks, years, words)
    values = [column for column in found if column.at != period]
    first = min((column.at for column in values), default=wide)
    empty = [i for i, heading in enumerate(headings) if not heading]
    return Head(
        depth=depth, wide=wide + 1, label=label, **places, period=period,
        values=_by_date(values, *reported),
        loose=tuple(i for i in empty if i < first and i != label),
        region=tuple(sorted([*(c.at for c in values), *(i for i in empty if i > first)])),
        named=max((i + 1 for i, heading in enumerate(headings) if heading), default=wide),
        last=max((column.year for column in values if column.year), default=year),
    )  # fmt: skip


def _totals(stacks: Sequence[Sequence[str]], years: Sequence[int | None], words: Patterns) -> int:
    """Return the column of totals of the period: the lowest cell of its head says so."""
    lowest = [next(filter(None, reversed(stack)), "") for stack in stacks]
    said = (i for i, title in enumerate(lowest) if years[i] is None and words["column period"].search(title))
    return next(said, NOWHERE)


def depth_of(rows: Sequence[Sequence[str]], words: Patterns) -> int:
    """Return how many rows the head has: those before the first with values, and behind that with the years none without."""
    depth, named, first = 0, False, [cleaned(cell) for cell in rows[0]] if rows else []
    for row in rows[:_HEAD_ROWS]:
        cells = [cleaned(cell) for cell in row if cell.strip()]
        if _counts(cells):
            depth += 1
            continue
        if any(VALUE.match(cell) and not (_is_year(cell) or _names_values(cell, words)) for cell in cells):
            break
        names = any(_is_year(cell) or words["column base"].search(cell) for cell in cells)
        opens = row[0].strip()
        if depth and any(len(cell) > _CELL for cell in cells):
            break
        if depth and ((named and not names and opens) or any(words["column due"].search(cell) for cell in first)):
            break
        depth, named = depth + 1, named or (names and len(cells) > 1)
    return depth


def turned(rows: Sequence[Sequence[str]], words: Patterns) -> list[list[str]]:
    """Return a table of a row a year turned: its years as heads, below them what a column says of each, then an indicator a row.

    Nothing where most rows do not begin with a year, or where another column has words of its own: it names the indicators.
    """
    body = [[cleaned(cell) for cell in row] for row in rows]
    depth = next((i for i, row in enumerate(body) if row and _opens_with_year(row[0])), 0)
    top, wide = [row for row in body[:depth] if not _counts(row)], max((len(row) for row in body), default=0)
    dated = [row + [""] * (wide - len(row)) for row in body[depth:] if row and _opens_with_year(row[0])]
    if not 0 < depth <= _HEAD_ROWS or len(dated) < _FEWEST_YEARS or 2 * len(dated) <= len(body) - depth:
        return []
    columns = list(zip(*dated, strict=True))
    heads = [" ".join(row[i] for row in top if i < len(row) and row[i]) for i in range(wide)]
    filled = [[cell for cell in column if not is_empty(cell)] for column in columns]
    said = [i for i in range(1, wide) if 2 * sum(_names_values(cell, words) for cell in filled[i]) > len(filled[i])]
    valued = [i for i in range(1, wide) if i not in said and filled[i] and all(map(VALUE.match, filled[i]))]
    named = [i for i in range(1, wide) if i not in [*said, *valued] and 2 * len(filled[i]) > len(dated)]
    if not valued or named:
        return []
    aims = [heads[i] for i in valued if words["column target"].search(heads[i])]
    kept = [i for i in valued if not (aims and words["column base"].search(heads[i]))]
    said_by = [["", *columns[i]] for i in said] + [["", *aims[:1] * len(dated)]] * bool(aims)
    labels = [heads[i] if _WORD.search(heads[i]) else f"{heads[i - 1]}, {heads[i]}".strip(" ,") for i in kept]
    named_rows = [[label, *columns[i]] for label, i in zip(labels, kept, strict=True)]
    return [["", *columns[0]], *said_by, *named_rows]


def has_figures(row: Sequence[str]) -> bool:
    """Say whether a row holds figures: other ones than years, the numbers of columns, and its own number."""
    cells = [YEAR.sub("", _DAY.sub("", cleaned(cell))) for cell in row]
    return not _counts(cells) and any(
        re.search(r"\d", cell) for i, cell in enumerate(cells) if i or not _OWN_NUMBER.fullmatch(cell)
    )


def _opens_with_year(cell: str) -> bool:
    return _is_year(cell) and _BARE_YEAR.match(cell) is not None


def opens_head(row: Sequence[str], words: Patterns) -> bool:
    """Say whether a row within a table is a head of its own: each cell but the first names values, one of them with its year."""
    first, *others = [cleaned(cell) for cell in row] or [""]
    filled = [cell for cell in others if cell]
    named = [cell for cell in filled if _names_values(cell, words)]
    return bool(first) and any(map(own_year, named)) and all(cell in named or _is_year(cell) for cell in filled)


def _counts(cells: Sequence[str]) -> bool:
    """Say whether a row of the head numbers the columns."""
    return len(cells) > 2 and all(_COUNTED.fullmatch(cell) for cell in cells if cell)


def _names_values(cell: str, words: Patterns) -> bool:
    """Say whether a cell is the heading of targets, start values or a scenario."""
    kinds = ("column base", "column target", "scenario")
    return len(cell) <= _HEADING and any(words[name].search(cell) for name in kinds)


def _is_year(cell: str) -> bool:
    return (
        len(cell) <= _HEADING and own_year(cell) is not None and not re.search(r"\d", YEAR.sub("", _DAY.sub("", cell)))
    )


def _headings(
    rows: list[list[str]], body: Sequence[Sequence[str]], wide: int, words: Patterns
) -> tuple[list[list[str]], list[int | None]]:
    """Return the cells of the head above each column, and the year of each column.

    A cell over several columns holds for each; in a head of one row that is shorter than all others the last cell but one
    stands over what is between.
    """
    stacks, years = [list[str]() for _ in range(wide)], list[int | None]([None] * wide)
    short = len(rows) == 1 and 2 < len(rows[0]) < wide and all(len(row) == wide for row in body)
    if short and _names_values(rows[0][-1], words) and _names_values(rows[0][-2], words):
        rows = [[*rows[0][:-1], *[rows[0][-2]] * (wide - len(rows[0])), rows[0][-1]]]
    for depth, row in enumerate(rows):
        below = rows[depth + 1] if depth + 1 < len(rows) and any(row[1:]) else []
        held = ""
        for i, cell in enumerate(row):
            held = cell or (held if i < len(below) and below[i] else "")
            stacks[i].append(held)
            named = own_year(_AGAINST.sub("", held)) if len(held) <= _HEADING else None
            years[i] = years[i] if named is None else named
    return stacks, years


def _label(headings: Sequence[str], cells: Sequence[Sequence[str]], free: Collection[int], words: Patterns) -> int:
    """Return the column of indicators: of those named so, else of all free ones, the first with most words.

    A heading over two columns, of groups and of indicators, stands above the first: the second has more cells.
    """
    named = [i for i in free if words["column label"].search(headings[i])] or free

    def words_in(i: int) -> tuple[bool, int, int, int]:
        opens = bool(words["column label"].match(headings[i]))
        several, one = (sum(bool(kind.search(cell)) for cell in cells[i]) for kind in (_WORDS, _WORD))
        return opens, several, one, -i

    fitting = (i for i in named if 2 * words_in(i)[2] >= len(cells[i]))
    found = max(fitting, key=words_in, default=NOWHERE)
    beside = found + 1
    spans = found != NOWHERE and beside in free and not headings[beside] and words_in(beside)[2] > len(cells[found])
    return beside if spans else found


def _holds_values(heading: str, year: int | None, cells: Sequence[str], words: Patterns, *, due: bool) -> bool:
    """Say whether a column holds values: its heading has a year, or says so above values, and most of its cells are short."""
    named = year is not None or any(words[f"column {name}"].search(heading) for name in ("base", "target"))
    if not named and not (due and words["column value"].search(heading)):
        return False
    return 2 * sum(len(cell) <= _CELL and (year is not None or opens_with_value(cell)) for cell in cells) >= len(cells)


def _column(at: int, heading: str, year: int | None, words: Patterns, given: int | None) -> ValueColumn:
    planned = bool(words["column target"].search(heading))
    based = not planned and bool(words["column base"].search(heading))
    baseline = based and bool(words["column baseline"].search(heading))
    return ValueColumn(at, year if year is not None or based else given, based, baseline, planned)


def _with_part(
    column: ValueColumn, columns: Sequence[ValueColumn], stacks: Sequence[Sequence[str]], words: Patterns
) -> ValueColumn:
    """Name what tells a column from others of its year: a group, or a scenario, whose base is none in time."""
    same = [stacks[c.at] for c in columns if c.year == column.year]
    own = [name for cell in stacks[column.at] if (name := _BARE_YEAR.sub("", cell).strip(" ,()"))]
    scenario = any(words["scenario"].search(cell) for stack in same for cell in stack)
    if len(same) < 2 or not own or (not scenario and _names_values(own[-1], words)):
        return column
    name = next((cell for cell in own if words["scenario"].search(cell)), own[-1])
    told = {"base": False, "baseline": False, "planned": True} if scenario else {}
    return replace(column, part=name, **told)


def _by_date(columns: Sequence[ValueColumn], until: int, known: bool) -> tuple[ValueColumn, ...]:
    """Return the columns in order of their years, those of years of reports as start values.

    Where all would be, none is, or the last year of reports is not known, only the first may be one, of this year at the latest.
    """
    ordered = sorted(columns, key=lambda c: (c.year or 0, c.at))
    plain = [c for c in ordered if not c.planned and not c.base and c.year is not None]
    reported = [c for c in plain if (c.year or 0) <= until]
    if not known or len(reported) in (0, sum(not c.base for c in ordered)):
        reported = [c for c in plain[:1] if c is ordered[0] and len(ordered) > 1 and (c.year or 0) <= until + 1]
    return tuple(replace(c, base=True) if c in reported else c for c in ordered)
