"""The start values of a row: of its baseline or its latest report, by group, in order, and the rank of a start."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from isthmus.plans.cells import STATE, cell_findings, groups_behind, has_a_figure, number_of, own_year, parts_of
from isthmus.plans.dates import YEAR
from isthmus.plans.grammar import Grammar
from isthmus.plans.plan import Kind
from isthmus.plans.quantity import Finding
from isthmus.plans.value_columns import ValueColumn

_OF_PARTS = re.compile(rf"[(（](?:(?!{YEAR.pattern})[^()（）:：])*?(?:[)）]|$|(?=,\s[^\W\d]\w*:))")
"""Brackets that tell a value of its parts (urban 60%, rural 12%), the closing one of which may lack."""


def bases_of(
    columns: Sequence[ValueColumn], cells: Sequence[str], label: str, unit: str, grammar: Grammar, dated: int
) -> dict[str, tuple[float, int | None]]:
    """Return the start value and its year for each group that the cell names: of the baseline, else of the latest report.

    Of several values of one name none is taken: which target they start is not said (see `in_order`).
    """
    for column in sorted(columns, key=lambda c: (c.baseline, c.year or 0), reverse=True):
        whole = cells[column.at]
        said = own_year(whole) if has_a_figure(whole) else None
        parts = groups_behind(whole) or parts_of(_OF_PARTS.sub("", whole))
        named = Counter(name for name, _ in parts)
        found = {
            name: (
                value,
                (own_year(cell) if has_a_figure(cell) else None) or said or own_year(cells[dated]) or column.year,
            )
            for name, cell in parts
            if named[name] == 1 and (value := number_of(cell, label, unit, grammar)) is not None
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


def again(change: Finding, found: Sequence[Finding], base: tuple[float, int | None] | None) -> bool:
    """Say whether a change in percent is the one from the start value of a row to its level, to a point."""
    levels = [f.value for f in found if f.kind is Kind.LEVEL and f.value is not None]
    if base is None or not base[0] or change.value is None:
        return False
    return any(abs(100.0 * v / base[0] - 100.0 - change.value) < 1.0 for v in levels)
