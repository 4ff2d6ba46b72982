"""The columns of a table: what each holds, by what stands over it and in it: names, units, years due, values of a year."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from isthmus.plans.cells import (
    HEADING,
    ITEMS,
    VALUE,
    cleaned,
    counts,
    has_a_value,
    has_figures,
    heading,
    in_groups,
    is_empty,
    is_year,
    itemised,
    mostly_valued,
    opens_with_value,
    own_year,
)
from isthmus.plans.dates import YEAR
from isthmus.plans.lexicon import Patterns
from isthmus.plans.patterns import compiled
from isthmus.plans.value_columns import (
    Reported,
    ValueColumn,
    bare,
    by_date,
    is_step,
    is_sum,
    measured_by,
    says_a_start,
    told_starts,
    with_cuts,
    year_of_names,
    years_of_steps,
)

CELL, NOWHERE = 80, -1
"""Longest cell of a head, and of a value, in characters; place of a missing column: that of the empty cell behind each row."""
WORD = re.compile(r"[^\W\d_]{3}|[\u4e00-\u9fff]")
_WORDS = re.compile(r"[^\W\d_]{2}\W+[^\W\d_]{2}|[\u4e00-\u9fff]{2}")
_SENTENCE = re.compile(r"(?:\S+\s+){6,}\S*\w{3}\.")
_OF_A_KIND = re.compile(r"(?<=[^\W\d_]) \d{1,2}$")
_KINDS = re.compile(r"\s*[(（][^()（）]*[,，、][^()（）]*[,，、][^()（）]*[)）]?")
"""What the cells below a heading may say, listed in it."""
_OF_YEARS = re.compile(r"\b\d{1,2}-(?=[^\W\d])")
"""A number that is a part of a word (3-year budget)."""
Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Head:
    """What the columns of a table hold.

    Attributes
    ----------
    rows
        The rows it was read from.
    titles, lowest
        All that stands over each column, and what stands right above its cells; behind them "" over the empty cell behind
        each row.
    places
        Column of each role that one column at most has.
    values
        Columns of values, in order of their years.
    last
        Latest year of the values, else the year given.
    names
        Whether one of its rows names the columns of a table of aims.
    """

    rows: Rows
    titles: tuple[str, ...]
    lowest: tuple[str, ...]
    places: Mapping[str, int]
    values: tuple[ValueColumn, ...]
    last: int | None
    names: bool

    @property
    def wide(self) -> int:
        """How many columns the table has."""
        return len(self.titles) - 1

    def at(self, role: str) -> int:
        """Return the column of a role; that of the empty cell behind each row where none has it."""
        return self.places.get(role, NOWHERE)

    @property
    def measured(self) -> bool:
        """Whether the rows below it name indicators with values to reach, or with the year due of what they name."""
        dated = self.at("due") != NOWHERE or not all(column.base for column in self.values)
        return self.at("label") != NOWHERE and dated

    def plans(self, year: int) -> bool:
        """Say whether a column of a year says itself that it holds targets."""
        return any(column.planned and column.year == year for column in self.values)

    @property
    def loose(self) -> list[int]:
        """Columns without a title between the names and the values: a unit may stand there."""
        return [i for i in self._untitled if self.at("label") < i < self.first]

    @property
    def region(self) -> list[int]:
        """Columns of values and those without a title among or behind them."""
        return sorted([*(c.at for c in self.values), *(i for i in self._untitled if i > self.first)])

    @property
    def behind(self) -> int:
        """The column behind the last one of values."""
        return max((column.at + 1 for column in self.values), default=self.wide)

    @property
    def titled(self) -> int:
        """How many columns there are up to the last that has a title."""
        return max((i + 1 for i, title in enumerate(self.titles) if title), default=self.wide)

    @property
    def _untitled(self) -> list[int]:
        return [i for i, title in enumerate(self.titles[:-1]) if not title]

    @property
    def beside(self) -> list[int]:
        """Columns in front of the values that have a title and no other role."""
        return [i for i in range(self.first) if self.titles[i] and i not in self.places.values()]

    @property
    def first(self) -> int:
        """The first column of values."""
        return min((column.at for column in self.values), default=self.wide)


def card_head(year: int | None) -> Head:
    """Return the head of rows of a name and its value, whose names say themselves that they are targets."""
    return Head((), ("",) * 3, ("",) * 3, {"label": 0}, (ValueColumn(1, year, False, False, True),), year, names=False)


def widened(cells: list[str], head: Head) -> list[str]:
    """Return the cells of a row with empty ones up to the one behind the table.

    A shorter row of a name and as many values as there are columns of values has its first cells merged.
    """
    missing, values = head.wide - len(cells), len(head.values)
    last = sorted(column.at for column in head.values) == [*range(head.wide - values, head.wide)]
    merged = missing > 0 and last and len(cells) == values + 1 and all(map(VALUE.match, cells[1:]))
    return [*cells[:1], *[""] * missing, *cells[1:], ""] if merged else cells + [""] * (missing + 1)


def in_place(cells: list[str], head: Head) -> list[str]:
    """Return cells with values under their headings: those of columns without a heading belong to the next one that is empty."""
    filled = [i for i in head.region if cells[i] and (is_empty(cells[i]) or VALUE.match(cells[i]))]
    if len(filled) != len(head.values) or len(head.region) == len(head.values):
        return cells
    placed = [cell if i not in filled else "" for i, cell in enumerate(cells)]
    for column, i in zip(sorted(head.values, key=lambda c: c.at), filled, strict=True):
        placed[column.at] = cells[i]
    return placed


def head_of(
    top: Rows, below: Rows, words: Patterns, year: int | None, reported: Reported, *, every: bool = False
) -> Head:
    """Return what the columns of a table hold.

    Parameters
    ----------
    top, below, words
        The rows of the head, those below it, and the patterns of headings by class.
    year
        Year of columns that say target without one.
    reported
        What is known of the last year of reports.
    every
        Whether every column of figures holds values.
    """
    wide = max(map(len, [*top, *below]), default=0)
    named = [[_KINDS.sub("", cleaned(cell)) for cell in row] for row in top]
    named = [cells for cells in named if not (counts(cells) and cells[0])]
    while len(named) > 1 and named[0][:1] != [""] and not any(named[0][1:]):
        year = own_year(named.pop(0)[0]) or year  # a title over the whole table
    stacks, years = _headings(named, below, wide, words)
    titles = [" ".join(filter(None, stack)) for stack in stacks]
    lowest = [next(filter(None, reversed(stack)), "") for stack in stacks]
    listed = [item for row in below for item in itemised(row)]
    body = [[cleaned(cell) for cell in row] + [""] * (wide - len(row)) for row in listed]
    cells = [[row[i] for row in body if not is_empty(row[i])] for i in range(wide)]
    year = year_of_names(years, cells) or year
    places = _places(titles, years, cells, words, reported[0])
    free = [i for i in range(wide) if i not in places.values() and years[i] is None]
    places["label"], years = _label(titles, cells, free, words), with_cuts(titles, years, reported[0], words)
    due = places["due"] != NOWHERE
    priced = any(words["column money"].search(title) for title in titles)
    framed = any(words[f"column {name}"].search(title) for title in titles for name in ("base", "target"))
    steps = {i for i, stack in enumerate(stacks) if framed and any(is_step(cell, words) for cell in stack)}
    unnamed = {i for i, title in enumerate(titles) if years[i] is None and not names_values(title, words)}
    starts = told_starts({i: cells[i] for i in unnamed}, min((y for y in years if y), default=reported[0] + 1))
    found = [
        _column(i, stacks[i], years[i], words, None if i in steps else year, started=i in starts)
        for i, title in enumerate(titles)
        if i not in places.values()
        and _holds_values(
            (title, lowest[i]), years[i], cells[i], words, due=due, priced=priced, step=every or i in steps | starts
        )
        and i > places["label"]  # in front of the names stand numbers of goals
    ]
    places["period"] = _totals(lowest, years, words, [i for i in free if is_sum(body, i, [c.at for c in found])])
    labels = cells[places["label"]] if places["label"] != NOWHERE else []
    labels = [label for label in labels if not words["projection row"].fullmatch(label)]
    if labels and all(map(words["column target"].match, labels)):
        found = [replace(c, planned=not c.base) for c in found]
    own = (_with_part(c, [f for f in found if cells[f.at]], stacks, words) for c in found if c.at != places["period"])
    values = by_date(measured_by([*own], titles, titles[places["label"]] if titles else "", words), reported)
    last = max((column.year for column in values if column.year), default=year)
    names = any(names_columns(row, words) for row in top)
    return Head(top, (*titles, ""), (*lowest, ""), places, values, last, names)


def _places(
    titles: Sequence[str], years: Sequence[int | None], cells: Sequence[Sequence[str]], words: Patterns, until: int
) -> dict[str, int]:
    """Return the columns of years of start values and of years due, of units, and of what says how firm an aim is.

    A column of dates is that of years due where its title says so, where it is the last of several, or where all its years
    are later than those of reports (`until`).
    """
    free = [i for i, title in enumerate(titles) if years[i] is None and not words["column unit"].search(title)]
    dates = [i for i in free if 2 * sum(map(is_year, cells[i])) > len(cells[i])]
    dates = [i for i in dates if any(words[name].search(titles[i]) for name in ("column date", "column due"))] or dates
    based = next((i for i in dates if words["column base"].search(titles[i])), NOWHERE)
    dates = [i for i in dates if i != based]
    ahead = bool(dates) and all((own_year(cell) or until + 1) > until for cell in cells[dates[-1]])
    places = {"base_year": based, "due": dates[-1] if len(dates) > 1 or ahead else NOWHERE}
    taken = {*places.values(), *dates[:-1]}
    for name in ("due", "unit", "nature"):
        free = [i for i, title in enumerate(map(heading, titles)) if words[f"column {name}"].search(title)]
        free = [i for i in free if i not in taken and (i or name != "nature")]  # the type of things in front names them
        if name == "unit":
            free = [i for i in free if not _names_rows_too(titles[i], words)]
        if name == "due":
            free = [i for i in free if not (mostly_valued(cells[i]) and names_values(titles[i], words))]
            free = [i for i in free if years[i] is None and any(map(own_year, cells[i]))]
            free += [i for i in dates if i not in free and words["column target"].search(titles[i])]
        places[name] = next(iter(free), places.get(name, NOWHERE))
        taken.add(places[name])
    return places | {f"date {i}": i for i in dates[:-1]}


def names_alone(cells: Sequence[str], words: Patterns) -> bool:
    """Say whether cells have no figures but in brackets and behind the last word of a name (Completion of grade 6)."""
    step = compiled(rf"(?i)(?<!\w)(?:{words['column step'].pattern})(?!\w)")
    return not has_figures([_OF_A_KIND.sub("", heading(step.sub("", cell))) for cell in cells])


def _names_rows_too(title: str, words: Patterns) -> bool:
    """Say whether the heading of a unit stands behind that of the names, over both columns (indicator, unit)."""
    named, unit = (words[f"column {name}"].search(title) for name in ("label", "unit"))
    return named is not None and unit is not None and named.start() < unit.start()


def names_columns(row: Sequence[str], words: Patterns) -> bool:
    """Say whether a row names the columns of aims: short cells without a number but a year, several, one for aims."""
    cells = [_OF_YEARS.sub("", cell) for cell in map(cleaned, row) if cell]
    brief = (
        len(c) <= (CELL if words["column money"].search(c) and not re.search("[.;]", c) else HEADING) for c in cells
    )
    short = all(brief) and all(len(YEAR.findall(c)) < 2 and not has_a_value(c) for c in cells)
    return len(set(cells)) > 1 and short and any(words["column aim"].search(cell) for cell in cells)


def heads_values(cell: str, words: Patterns) -> bool:
    """Say whether a cell may stand over values: it names them, or is a year with two words at most."""
    return names_values(cell, words) or (is_year(cell) and len(WORD.findall(cell)) <= 2)


def names_values(cell: str, words: Patterns) -> bool:
    """Say whether a cell is the heading of targets, start values or a scenario."""
    kinds = ("column base", "column target", "scenario")
    return len(heading(cell)) <= HEADING and any(words[name].search(cell) for name in kinds)


def _totals(lowest: Sequence[str], years: Sequence[int | None], words: Patterns, sums: Collection[int]) -> int:
    """Return the column of totals of the period: the lowest cell of its head says so, and it sums up no other columns."""
    titled = (i for i, title in enumerate(lowest) if years[i] is None and words["column period"].search(title))
    titled = (i for i in titled if i not in sums)
    return next((i for i in titled if not words["column money"].search(lowest[i])), NOWHERE)


def _headings(
    rows: list[list[str]], body: Sequence[Sequence[str]], wide: int, words: Patterns
) -> tuple[list[list[str]], list[int | None]]:
    """Return the cells of the head above each column, and the year of each column.

    A cell over several columns holds for each, with what goes on small behind an empty cell unless those below begin anew.
    """
    stacks, years = [list[str]() for _ in range(wide)], list[int | None]([None] * wide)
    for depth, row in enumerate(rows):
        below = rows[depth + 1] if depth + 1 < len(rows) and any(row[1:]) else []
        held = ""
        for i, cell in enumerate(row):
            goes_on = below[i] if i < len(below) else ""
            broken = goes_on and goes_on not in below[:i] and below[i - 1] and not row[i - 1] and cell[:1].islower()
            held = f"{held} {cell}" if broken else cell or (held if goes_on else "")
            stacks[i].append(held)
            said = words["column against"].sub("", held)
            named = own_year(said if len(heading(said)) <= CELL else "".join(words["last year"].findall(said)))
            years[i] = years[i] if named is None else named
    return stacks, years_of_steps(stacks, years, words)


def _label(headings: Sequence[str], cells: Sequence[Sequence[str]], free: Collection[int], words: Patterns) -> int:
    """Return the column of indicators: of those in words that are named so, else of all, the first with most names.

    A heading over two columns, of groups and of indicators, stands above the first: the second has more cells.
    """
    named = [i for i in free if words["column label"].search(headings[i])]
    others = [i for i in free if not (names_values(headings[i], words) and (i or any(map(has_a_value, cells[0]))))]

    def words_in(i: int) -> tuple[bool, int, int, int]:
        opens = bool(words["column label"].match(headings[i]))
        several, one = (len({cell for cell in cells[i] if kind.search(cell)}) for kind in (_WORDS, WORD))
        return opens, several, one, -i

    worded = [i for i in free if 2 * sum(bool(WORD.search(cell)) for cell in cells[i]) >= len(cells[i])]
    fitting = next((own for kind in (named, others, free) if (own := [i for i in kind if i in worded])), [])
    found = max(fitting, key=words_in, default=NOWHERE)
    spans = found != NOWHERE and found + 1 in free and not headings[found + 1]
    return found + 1 if spans and words_in(found + 1)[2] > len(cells[found]) else found


def _holds_values(
    headings: tuple[str, str],
    year: int | None,
    cells: Sequence[str],
    words: Patterns,
    *,
    due: bool,
    priced: bool,
    step: bool,
) -> bool:
    """Say whether a column holds values: its heading has a year, or says so above values, and most of its cells are short.

    Of works with a year due or a price their size is one, of a frame of results each step on the way (YR1), whose year is open.
    A heading right above targets counts for more than one above it and their costs.
    """
    heading, lowest = headings
    named = step or year is not None or any(words[f"column {name}"].search(heading) for name in ("base", "target"))
    numbers = sum(WORD.search(cell) is None and any(map(str.isdigit, cell)) for cell in cells)
    named = named or (words["column label"].match(heading) is not None and 2 * numbers > len(cells))
    said = lowest if words["column target"].search(lowest) else heading
    apart = any(words[f"column {name}"].search(said) for name in ("money", "projection", "reference"))
    sized = (priced or due) and words["column size"].search(heading)
    if apart or not (named or sized or (due and words["column value"].search(heading))):
        return False
    return 2 * sum(_is_value(cell, dated=year is not None or due) for cell in cells) >= len(cells)


def _is_value(cell: str, *, dated: bool) -> bool:
    """Say whether a cell has values of groups, or is short, one item and no sentence, and opens with a value or is dated."""
    told = ITEMS.search(cell) or _SENTENCE.fullmatch(cell)
    return in_groups(cell) or (len(cell) <= CELL and not told and (dated or opens_with_value(cell)))


def _column(
    at: int, stack: Sequence[str], year: int | None, words: Patterns, given: int | None, *, started: bool
) -> ValueColumn:
    """Return a column of values: the lowest cell above it that names start values or targets says which it holds."""
    base, target = words["column base"], words["column target"]
    stack = [words["column against"].sub("", cell) for cell in stack]
    own = next((cell for cell in reversed(stack) if base.search(cell) or target.search(cell)), "")
    based = started or (bool(base.search(own)) and not target.search(own))
    planned = not based and any(target.search(words["column share"].sub("", cell)) for cell in stack)
    baseline = based and any(map(words["column baseline"].search, stack))
    return ValueColumn(at, year if year is not None or based else given, based, baseline, planned)


def _with_part(
    column: ValueColumn, columns: Sequence[ValueColumn], stacks: Sequence[Sequence[str]], words: Patterns
) -> ValueColumn:
    """Name what tells a column from others of its year: a group, or a scenario, whose base is none in time."""
    same = [c for c in columns if c.year == column.year]
    own = [name for cell in stacks[column.at] if (name := words["bare year"].sub("", cell).strip(" ,"))]
    scenario = any(words["scenario"].search(cell) for c in same for cell in stacks[c.at])
    beside = [
        " ".join(stacks[c.at]) for c in same if scenario or (c.base, c.baseline) == (column.base, column.baseline)
    ]
    named = [c for c in own if (scenario and words["scenario"].search(c)) or is_step(c, words)]
    apart = named or len({*beside}) == len(beside) or not names_values(own[-1], words) if own else []
    name = bare(next(iter(named), *own[-1:])) if own else ""
    if len(beside) < 2 or not apart or (column.base and not scenario and says_a_start(name, words)):
        return column
    name = name[1:-1] if name[:1] in "(（" else heading(name) or name
    return (
        replace(column, part=name, base=False, baseline=False, planned=True) if scenario else replace(column, part=name)
    )
