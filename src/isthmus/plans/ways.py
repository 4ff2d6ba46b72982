"""Which way the values of a row go, by its label, by the heading of their column, and by the cells beside them."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from isthmus.plans.cells import is_empty
from isthmus.plans.columns import Head
from isthmus.plans.compare import likeness
from isthmus.plans.grammar import Grammar
from isthmus.plans.interpret import interpret
from isthmus.plans.kinds import first_direction
from isthmus.plans.patterns import search
from isthmus.plans.plan import Kind
from isthmus.plans.quantities import read
from isthmus.plans.quantity import Finding
from isthmus.plans.text import BRACKETED, probe
from isthmus.plans.units import PERCENT
from isthmus.plans.value_columns import ValueColumn

_ARROWS = {"↑": "up", "↗": "up", "↓": "down", "↘": "down"}
_ALONE = re.compile(r"\W{0,2}(\d[\d ]*(?:[.,]\d+)?)\s?%?(?: [^\d]{0,20})?")
"""The one number of a cell."""
SHARE = re.compile(r"\W*\d+(?:[.,]\d+)?\s?%(?:\s(?:\w{1,2}\s)?\d{4}.*|\s*[(（].*)?")
"""A cell of a percentage alone: the others of its row without a unit are percentages as well."""
_PATH = 2
"""Fewest values of a path."""
_ALIKE = 0.5
"""Share of the words of a clause that a name needs to speak of the same thing."""


def change_in(
    found: Sequence[Finding], base: tuple[float, int | None] | None, label: str, title: str, grammar: Grammar
) -> str:
    """Return the noun of direction that makes levels changes, "" without one: of the name or of the heading.

    What goes on from a start value is a state, unless it is a share and its heading says the change itself.
    """
    shares = all(f.unit == PERCENT for f in found)
    state = base is not None and (base[0] != 0.0 or not shares)
    if not all(f.kind is Kind.LEVEL for f in found):
        return ""
    return _way("" if state else label, title if shares or not state else "", grammar)


def changes_of_a_table(cells: Sequence[str], name: str, grammar: Grammar) -> bool:
    """Say whether the values of a row are percentages of what its table measures: its own name is no share.

    A value that goes the other way says so (3% increase).
    """
    bare = (re.sub(rf"(?:{grammar.up}|{grammar.down})$", "", probe(c)).strip() for c in cells if not is_empty(c))
    return all(map(SHARE.fullmatch, bare)) and not search(grammar.share, probe(name))


def followed(name: str, unit: str, cells: Sequence[str], grammar: Grammar) -> str:
    """Return a name without the noun of direction it opens with, where the values of its row go that way.

    They are the levels on it (Fall in deaths: 30, 28, 25), and no changes; shares that rise may well be growth.
    """
    words = probe(name)
    opening = re.match(rf"(?:{grammar.names_change})\w*\W+(?:(?:{grammar.in_word})\s)?", words)
    values = [float(re.sub(r"\s", "", m[1]).replace(",", ".")) for m in map(_ALONE.fullmatch, cells) if m]
    if not opening or len(values) < max(_PATH, len(cells)):
        return name
    shares = any(PERCENT in text for text in (unit, *cells))
    falls = first_direction(opening.group(), grammar) == "down"
    goes = values[-1] < values[0] if falls else values[-1] > values[0] and not shares
    return re.sub(grammar.of, "", words[opening.end() :]) if goes else name


def along(made: Sequence[tuple[str, Finding, int]]) -> list[tuple[str, Finding, int]]:
    """Return the values of a row, levels of one thing in several years with the direction that all of them go."""
    paths = defaultdict[tuple[str, str], dict[int, float]](dict)
    for part, f, _ in made:
        if f.kind is Kind.LEVEL and f.value is not None and f.year:
            paths[part, f.unit].setdefault(f.year, f.value)
    ways = {of: _way_of([path[year] for year in sorted(path)]) for of, path in paths.items()}
    told = [ways.get((part, f.unit)) if f.kind is Kind.LEVEL else None for part, f, _ in made]
    return [
        (part, f if way is None else replace(f, direction=way), at)
        for (part, f, at), way in zip(made, told, strict=True)
    ]


def _way_of(path: Sequence[float]) -> str | None:
    """Return the direction of a path, "" where it stays, None where it has one value or turns."""
    steps = {(b > a) - (b < a) for a, b in pairwise(path)}
    return {(): None, (0,): "", (1,): "up", (-1,): "down"}.get((*(steps - {0} or steps),))


def counted_from(
    cells: Sequence[str], title: str, column: ValueColumn, filled: Sequence[ValueColumn], grammar: Grammar
) -> int | None:
    """Return the year from which a row counts its changes, of the columns that it fills; None where it says none or several.

    It is what the cells in front of its values, or a heading, compare with (Reduction of waste (2031 baseline)); else that of the
    start values in front of a column whose heading says a change.
    """
    told = {y.year for cell in (*cells, title) for y in read(probe(cell), grammar).years if y.role == "base"}
    starts = [c.year for c in filled if c.base and c.at < column.at and c.part in ("", column.part)]
    years = [*told] or starts * bool(_way("", title, grammar))
    return years[0] if len(years) == 1 else None


def bounded(found: Sequence[Finding], name: str, title: str, grammar: Grammar) -> list[Finding]:
    """Return values with the bound that their heading says (target, minimum), as changes where their name says these.

    That is so where it has the same number (Cut the waste by 300 t: 300).
    """
    words = re.split(r"\W+", probe(title))
    bounds = [
        sign
        for pattern, sign in grammar.bounds_before
        if sign in ("<=", ">=") and any(search(pattern, w) for w in words)
    ]
    told = interpret(read(probe(name), grammar), grammar) if found and re.search(r"\d", name) else []
    changes = {abs(f.value): f for f in told if f.value and f.kind is Kind.CHANGE_ABS}
    made = list[Finding]()
    for finding in found:
        own = changes.get(finding.value or 0.0) if finding.kind is Kind.LEVEL else None
        if own is not None:
            changed = replace(finding, kind=own.kind, operator=own.operator, direction=own.direction)
            finding = replace(changed, value=own.value, base_value=None, base_year=None)
        elif len(bounds) == 1 and finding.operator == "=" and finding.value is not None and finding.value >= 0:
            finding = replace(finding, operator=bounds[0])
        made.append(finding)
    return made


def _way(label: str, title: str, grammar: Grammar) -> str:
    """Return the noun of direction of a label (Energy use reduction in towns), or of the heading of a column (% reduction)."""
    way = rf"(?:{grammar.up}|{grammar.down})(?<!ed)(?<!er)"
    label, title = (re.sub(r"^[\W\d]+|[\W\d]+$", "", BRACKETED.sub("", probe(text))) for text in (label, title))
    found = search(rf"(?<=^){way}|{way}(?=$|{grammar.change_of})", title) or search(
        rf"^(?:[\w-]+ ){{1,4}}(?P<way>{way})(?=$|:|{grammar.change_of})", label
    )
    return found.groupdict().get("way", found.group()) if found else ""


def way_beside(cells: Sequence[str], name: str, head: Head, grammar: Grammar) -> str:
    """Return the direction that an arrow under a heading tells, or a clause in front of the name that speaks of the same."""
    arrows = {_ARROWS[c] for column in head.values for c in cells[column.at] if c in _ARROWS}
    clauses = (clause for cell in cells[: head.at("label")] for clause in re.split("[;,]", probe(cell)))
    ways = {way for c in clauses if (way := first_direction(c, grammar)) and _of_one_thing(c, name, grammar)}
    told = arrows or ways
    return told.pop() if len(told) == 1 else ""


def _of_one_thing(clause: str, name: str, grammar: Grammar) -> bool:
    rest = re.sub(f"{grammar.up}|{grammar.down}", "", clause)
    return likeness(rest, name, name) >= _ALIKE
