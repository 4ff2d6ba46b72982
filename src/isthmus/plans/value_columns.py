"""The columns of values of a table in the order of their years, and which of them hold start values."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from isthmus.plans.cells import is_step, own_year
from isthmus.plans.dates import YEAR
from isthmus.plans.lexicon import Patterns

_FAR = 5
"""Years to the next column from which on a first one of the document's own year tells how things are."""


class Reported(NamedTuple):
    """The last year of reports, whether it is known, and whether a table holds aims from its first year on.

    Columns up to that year hold start values where it is known; else only the first may. Those of a table that is called
    one of targets, in a document that does not say its date, are aims where each holds the year after the one before.
    """

    until: int
    known: bool
    aimed: bool = False


@dataclass(frozen=True)
class ValueColumn:
    """A column of values: where it stands, its year, whether it holds start values and says so itself, its part of the year.

    `measure` is what its heading says is measured where the names of the rows do not, `sized` that it is the size of works, `cut`
    its heading up to the word for a reduction that stands beside the levels of its year, `foreign` that it holds targets of
    another body.
    """

    at: int
    year: int | None
    base: bool
    baseline: bool
    planned: bool
    part: str = ""
    measure: str = ""
    sized: bool = False
    cut: str = ""
    foreign: bool = False

    @property
    def said(self) -> str:
        """What its heading says of its values: that they are cuts, else what is measured."""
        return self.cut or self.measure


def years_of_steps(stacks: Sequence[Sequence[str]], years: Sequence[int | None], words: Patterns) -> list[int | None]:
    """Return the years of columns, with those of steps (Yr 1, Yr 2) below a period of as many years."""
    made, below = list(years), defaultdict[str, list[int]](list)
    for i, stack in enumerate(stacks):
        named = [cell for cell in stack if cell]
        if named and is_step(named[-1], words):
            below[next((cell for cell in reversed(named[:-1]) if _ends(cell)), "")].append(i)
    for period, steps in below.items():
        ends = _ends(period)
        if ends and ends[1] - ends[0] + 1 == len(steps):
            made = [ends[0] + steps.index(i) if i in steps else year for i, year in enumerate(made)]
    return made


def _ends(cell: str) -> tuple[int, int] | None:
    """Return the first and the last year of a period, of years that end in the next (2031/32 – 2035/36) these ends."""
    found = [match.group() for match in YEAR.finditer(cell)]
    first, last = (own_year(found[0]), own_year(found[-1])) if found else (None, None)
    if len(found) == 1:
        first = int(found[0][:4])
    return (first, last) if first and last and first < last else None


def by_date(columns: Sequence[ValueColumn], reports: Reported) -> tuple[ValueColumn, ...]:
    """Return the columns in order of their years, those of years of reports as start values.

    Where all would be, none is, or the last year of reports is not known, only the first may be one, of this year at the latest.
    """
    until, known, aimed = reports
    last = max((c.year for c in columns if c.planned and c.year), default=0)
    ordered = [
        c
        for c in sorted(columns, key=lambda c: (c.year or 0, c.at))
        # what stands in front of a target that was due sooner tells how far it has come
        if c.planned
        or c.base
        or not any(p.planned and p.at > c.at and (p.year or last) < (c.year or 0) for p in columns)
    ]
    plain = [c for c in ordered if not c.planned and not c.base and c.year is not None]
    reported = [c for c in plain if (c.year or 0) <= until]
    due = {c.year for c in ordered if c.planned}
    beside = [c for c in plain if c.year in due]
    if aimed and len(plain) > 1 and all(b == a + 1 for a, b in pairwise(c.year or 0 for c in plain)):
        return tuple(replace(c, planned=c.planned or c in plain) for c in ordered)
    if not known or len(reported) in (0, sum(not c.base for c in ordered)):
        next_year = next((c.year or 0 for c in ordered[1:]), 0)
        first = until + (not known or next_year > until + _FAR)
        reported = [c for c in plain[:1] if c is ordered[0] and len(ordered) > 1 and (c.year or 0) <= first]
    started = [*reported, *beside]
    # behind a column of start values all others hold targets, those of the last year of reports as well
    planned = plain if not started and any(c.baseline for c in ordered[:1]) else []
    return tuple(replace(c, base=c.base or c in started, planned=c.planned or c in planned) for c in ordered)


def accounted(columns: Sequence[ValueColumn]) -> int:
    """Return the latest year of which both what was planned and what came of it have a column, 0 without one."""
    planned = {c.year for c in columns if c.planned}
    return max((c.year or 0 for c in columns if c.base and c.year in planned), default=0)


def starts_of(column: ValueColumn, columns: Sequence[ValueColumn]) -> list[ValueColumn]:
    """Return the columns with the start values of a column, of the columns that its row fills.

    They measure what it does, by the words of their headings; a cut has no start value of another name. What stands behind
    the column tells how far things have come, where one stands in front.
    """
    of_part = [c for c in columns if c.base and c.part in ("", column.part)]
    words = {*column.measure.split()}
    same = [c for c in of_part if {*c.measure.split()} <= words]
    shared = [c for c in of_part if words & {*c.measure.split()}] or of_part
    earlier = [c for c in same or shared * (not column.cut) if not (c.year and column.year and c.year >= column.year)]
    return [c for c in earlier if c.at < column.at] or earlier
