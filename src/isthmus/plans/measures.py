"""What the columns of a table measure, by the words of their headings."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from isthmus.plans.cells import heading, is_step
from isthmus.plans.lexicon import Patterns
from isthmus.plans.units import CURRENCIES
from isthmus.plans.value_columns import ValueColumn

_LOOSE = re.compile(r"(?:(?:^|\s+)[a-zа-я]{1,3}\.?)*[^\w)）%]*$")
"""What is left at the end of a heading without its year (reductions in)."""
_WORD = re.compile(r"[^\W\d_]{3}|[\u4e00-\u9fff]")
_KINDS = ("column base", "column target", "scenario")


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
        cut = None if words["bare year"].search(title) else words["column cut"].search(title)
        told = title[: cut.end()] if cut else ""
        made.append(replace(column, measure=own if said else "", part=part, sized=sized, cut=told))
    whole = all(column.measure or column.base for column in made)
    return [new if whole or new.sized or new.cut else old for new, old in zip(made, columns, strict=True)]


def _of_another(column: ValueColumn, columns: Sequence[ValueColumn], title: str, words: Patterns) -> ValueColumn:
    """Return a column of targets beside another one with what tells it from this: the body whose they are (EU target).

    Of other words one alone does so, where the column has no year and the other one has.
    """
    beside = [c for c in columns if c.planned and c.at != column.at]
    if not column.planned or not beside or is_step(title, words):
        return column
    own = bare(words["column target"].sub("", words["bare year"].sub("", heading(title)))).strip(" ,")
    if words["column body"].fullmatch(own):
        return replace(column, part=own, foreign=True)
    alone = not column.year and not column.part and any(c.year for c in beside)
    return replace(column, part=own) if alone and len(own.split()) == 1 and re.search(r"[^\W\d_]{2}", own) else column


def money_rows(rows: Sequence[Sequence[str]], words: Patterns) -> set[int]:
    """Return the rows that say from whom a plan has its money, with those of their totals."""
    named = {i for i, row in enumerate(rows) if any(words["funding row"].search(cell) for cell in row)}
    totals = (i for i, row in enumerate(rows) if any(words["funding total"].match(cell.strip()) for cell in row))
    return named.union(totals) if named else named


def is_spending(rows: Sequence[Sequence[str]], units: Collection[str], words: Patterns) -> bool:
    """Say whether a table of a row a year tells what each year costs: a heading says so, and no unit is other than money."""
    told = any(words["column money"].search(cell) for cell in rows[0])
    return told and {*units} <= {*CURRENCIES, ""} and {*units} != {""}
