"""The columns of values of a table: what each measures, their years, and the start values that they hold."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import isclose
from typing import NamedTuple

from isthmus.plans.cells import (
    HEADING,
    STATE,
    VALUE,
    cell_findings,
    has_a_figure,
    heading,
    number_of,
    own_year,
    parts_of,
)
from isthmus.plans.dates import YEAR
from isthmus.plans.grammar import Grammar
from isthmus.plans.lexicon import Patterns
from isthmus.plans.quantity import Finding
from isthmus.plans.units import CURRENCIES, PERCENT

_AMOUNT, _AT_LENGTH = re.compile(r"^[<>≤≥~]?\s?\d[\d.,]*\s?(?:%|[kMGTP][Wt]\w*)?"), 4
"""The amount that opens a cell, and the words beside it of one that says itself what is meant."""
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

    def beside(self, cell: str) -> str:
        """Return what stands beside the name of a row: what a cell says itself at length, else what tells the column apart."""
        apart = " ".join(f"({own})" for own in (self.measure, self.part) if own)
        said = _AMOUNT.sub("", cell).strip(" ,.;–-")
        return f"– {said}" if apart and len(_WORD.findall(said)) >= _AT_LENGTH else apart


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
    due = {c.year or 0 for c in ordered if c.planned}
    beside = [c for c in plain if c.year in due and not c.cut and not (known and (c.year or 0) > until)]
    if aimed and len(plain) > 1 and all(b == a + 1 for a, b in pairwise(c.year or 0 for c in plain)):
        return tuple(replace(c, planned=c.planned or c in plain) for c in ordered)
    if not known or len(reported) in (0, sum(not c.base for c in ordered)):
        next_year = next((c.year or 0 for c in ordered[1:]), 0)
        first = until + (not known or next_year > until + _FAR)
        reported = [c for c in plain[:1] if c is ordered[0] and len(ordered) > 1 and (c.year or 0) <= first]
    # where one column alone says target, years far before it are reports
    lone = (
        len(due) == 1
        and not any(c.base for c in ordered)
        and min(due) > 1 + max((c.year or 0 for c in plain), default=0)
    )
    started = plain if lone else [*reported, *beside]
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
    earlier = [
        c
        for c in same or shared * (not column.cut)
        if not (c.year and column.year and c.year >= column.year + c.baseline)
    ]
    return [c for c in earlier if c.at < column.at] or earlier


def told_starts(columns: Mapping[int, Sequence[str]], first: int) -> set[int]:
    """Return the columns most cells of which are a value and its year (61 % (survey of 2029)), all before the first one due."""
    found = set[int]()
    for i, cells in columns.items():
        told = [own_year(cell) for cell in cells if len(cell) <= HEADING and VALUE.match(cell) and has_a_figure(cell)]
        dated = [year for year in told if year]
        found |= {i} if 2 * len(dated) > len(cells) > 1 and max(dated) < first else set()
    return found


def is_step(cell: str, words: Patterns) -> bool:
    """Say whether a heading names a year of the plan by its number, or a step on the way to its end."""
    return bool(words["column step"].fullmatch(cell) or words["own term"].search(cell))


_LOOSE = re.compile(r"(?:(?:^|\s+)[a-zа-я]{1,3}\.?)*[^\w)）%]*$")
"""What is left at the end of a heading without its year (reductions in)."""
_WORD = re.compile(r"[^\W\d_]{3}|[\u4e00-\u9fff]")
_KINDS = ("column base", "column target", "scenario")
_PLAIN = re.compile(r"\d{1,3}(?:,\d{3})*(?:\.\d+)?|\d+(?:\.\d+)?")


def bare(title: str) -> str:
    """Return a heading whose year was taken out without the brackets and the words that this leaves."""
    return " ".join(_LOOSE.sub("", re.sub(r"[(（]\W*[)）]", "", title)).split())


def says_a_start(title: str, words: Patterns) -> bool:
    """Say whether a heading says no more than that its values are start values: a baseline beside the latest is no group."""
    return not _WORD.search(words["column value"].sub("", words["column base"].sub("", title).strip()))


def with_cuts(titles: Sequence[str], years: list[int | None], until: int, words: Patterns) -> list[int | None]:
    """Return the years of columns; reductions without one behind the levels of one year to come have this year."""
    ahead = {year for year in years if year is not None and year > until}
    first = next((i for i, year in enumerate(years) if year in ahead), len(years))
    behind = [i > first and year is None for i, year in enumerate(years)]
    cuts = [own and words["column cut"].search(title) is not None for own, title in zip(behind, titles, strict=True)]
    return [min(ahead) if cut and len(ahead) == 1 else year for cut, year in zip(cuts, years, strict=True)]


def year_of_names(years: list[int | None], cells: Sequence[Sequence[str]]) -> int | None:
    """Take the year that stands over a first column of names (2031 targets | Value) and return it; None without one."""
    if not years or years[0] is None or not cells[0] or re.search(r"\d", "".join(cells[0])):
        return None
    year, years[0] = years[0], None
    return year


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


def measured_by(
    columns: Sequence[ValueColumn], titles: Sequence[str], named: str, words: Patterns
) -> list[ValueColumn]:
    """Say what columns measure, where all have words for it and the heading of the names has none; of works in any case."""
    made = []
    columns = [_of_another(column, columns, titles[column.at], words) for column in columns]
    for column in columns:
        title, kinds = titles[column.at], ("base", "target", "value", "label", "period", "step")
        own = rest = bare(heading(words["bare year"].sub("", title)))
        for kind in (*(f"column {kind}" for kind in kinds), "scenario"):
            rest = words[kind].sub("", rest).strip()
        sized = words["column size"].search(title) is not None and not any(words[name].search(title) for name in _KINDS)
        said = (
            _WORD.search(rest)
            and not (column.base or is_step(column.part, words))
            and (sized or not words["column label"].search(named))
        )
        part = "" if said and bare(heading(column.part)) in own else column.part
        alone = words["column against"].sub("", title)
        cut = None if words["bare year"].search(alone) else words["column cut"].search(alone)
        told = alone[: cut.end()] if cut else ""
        made.append(replace(column, measure=own if said else "", part=part, sized=sized, cut=told))
    whole = all(column.measure or column.base for column in made)
    return [new if whole or new.sized or new.cut else old for new, old in zip(made, columns, strict=True)]


def _of_another(column: ValueColumn, columns: Sequence[ValueColumn], title: str, words: Patterns) -> ValueColumn:
    """Return a column of targets beside another one with what tells it from this: the body whose they are (EU target)."""
    beside = [c for c in columns if c.planned and c.at != column.at]
    if not column.planned or not beside or is_step(title, words):
        return column
    own = bare(words["column target"].sub("", words["bare year"].sub("", heading(title)))).strip(" ,")
    return replace(column, part=own, foreign=True) if words["column body"].fullmatch(own) else column


def money_rows(rows: Sequence[Sequence[str]], words: Patterns) -> set[int]:
    """Return the rows that say from whom a plan has its money, with those of their totals."""
    named = {i for i, row in enumerate(rows) if any(words["funding row"].search(cell) for cell in row)}
    totals = (i for i, row in enumerate(rows) if any(words["funding total"].match(cell.strip()) for cell in row))
    return named.union(totals) if named else named


def is_sum(rows: Sequence[Sequence[str]], at: int, apart: Collection[int]) -> bool:
    """Say whether a column is in most of its rows the sum of those in front of it, but for some that stand apart."""
    sums = list[bool]()
    for row in rows if at >= 0 else ():
        numbers = {i: float(cell.replace(",", "")) for i, cell in enumerate(row[: at + 1]) if _PLAIN.fullmatch(cell)}
        total = numbers.pop(at, None)
        parts = [number for i, number in numbers.items() if i not in apart]
        sums += [] if total is None else [len(parts) > 1 and isclose(sum(parts), total)]
    return 2 * sum(sums) > len(sums)


def is_spending(rows: Sequence[Sequence[str]], units: Collection[str], words: Patterns) -> bool:
    """Say whether a table of a row a year tells what each year costs: a heading says so, and no unit is other than money."""
    told = any(words["column money"].search(cell) for cell in rows[0])
    return told and {*units} <= {*CURRENCIES, ""} and {*units} != {""}


_OF_PARTS = re.compile(rf"[(（](?:(?!{YEAR.pattern})[^()（）:：])*?(?:[)）]|$|(?=,\s[^\W\d]\w*:))")
"""Brackets that tell a value of its parts (urban 60%, rural 12%), the closing one of which may lack."""


_BOUND = re.compile(r"^\W*[<>≤≥]\s*(?=\d)")


def _bare(start: str, due: str) -> str:
    """Return a cell without the sign of its bound, where the value due has one as well."""
    return _BOUND.sub("", start) if _BOUND.match(due) else start


_COUNTED = re.compile(r"\d\s+[^\W\d_]{4}")
"""A number and what it counts."""


def _are_unlike(start: str, due: str, unit: str) -> bool:
    """Say whether one of two cells is a percentage and the other a number of things (20 schools; 10% have water)."""
    if PERCENT in start:
        return PERCENT not in due and unit != PERCENT and _COUNTED.search(start.replace(PERCENT, " ")) is not None
    return PERCENT in due and _COUNTED.search(start) is not None


def bases_of(
    columns: Sequence[ValueColumn], cells: Sequence[str], due: str, label: str, unit: str, grammar: Grammar, dated: int
) -> dict[str, tuple[float, int | None]]:
    """Return the start value and its year for each group that the cell names: of the baseline, else of the latest report.

    Of several values of one name none is taken: which target they start is not said (see `in_order`). What is of another
    kind than the value due is no start; a bound is one for another bound, by its number.
    """
    for column in sorted(columns, key=lambda c: (c.baseline, c.year or 0), reverse=True):
        whole = cells[column.at]
        said = own_year(whole) if has_a_figure(whole) else None
        parts = parts_of(_OF_PARTS.sub("", whole))
        named = Counter(name for name, _ in parts)
        found = {
            name: (
                value,
                (own_year(cell) if has_a_figure(cell) else None) or said or own_year(cells[dated]) or column.year,
            )
            for name, cell in parts
            if named[name] == 1
            and not _are_unlike(cell, due, unit)
            and (value := number_of(_bare(cell, due), label, unit, grammar)) is not None
        }
        if found:
            return found
    return {}


def in_order(
    made: list[tuple[str, Finding, int]],
    columns: Sequence[ValueColumn],
    cells: Sequence[str],
    name: str,
    unit: str,
    grammar: Grammar,
) -> list[tuple[str, Finding, int]]:
    """Return the values of a cell with the start values of a cell that lists as many, each its own."""
    for column in columns[-1:] if len(made) > 1 else ():
        cell = _OF_PARTS.sub("", cells[column.at])
        found = [f for f in cell_findings(cell, name, unit, 0, STATE, grammar) if f.value is not None]
        if len(found) == len(made):
            parts = [part for part, _ in parts_of(cell)]
            parts = parts if len(parts) == len(found) else [""] * len(found)
            year = own_year(cell) or column.year
            started = [replace(f, base_value=s.value, base_year=year) for (_, f, _), s in zip(made, found, strict=True)]
            return [(part, f, at) for part, f, (*_, at) in zip(parts, started, made, strict=True)]
    return made
