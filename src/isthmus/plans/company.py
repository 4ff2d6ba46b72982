"""What a whole document says of one of its rows: figures of years of reports, and a row alone among facts, are facts."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeGuard

from isthmus.plans.aims import BY_WORDS
from isthmus.plans.cells import DAY, ITEMS
from isthmus.plans.compare import letter_groups, likeness
from isthmus.plans.dates import YEAR
from isthmus.plans.document import LeftOut, reports_in
from isthmus.plans.lexicon import Lexicon
from isthmus.plans.lists import named_target
from isthmus.plans.patterns import search
from isthmus.plans.plan import Kind, Target
from isthmus.plans.segment import sentences
from isthmus.plans.text import normalise, probe, unnumbered

PAST, ALONE = "past result", "alone among facts"
RowOrGap = Target | LeftOut
"""A row, or a passage that gives none, in reading order."""
_AROUND, _FEWEST = 8, 5
_OTHERS = 3
"""Figures for one with a year, from which on those with a year do not speak for a document."""
_PLAIN, _MOVED, _DUE = 0.3, 0.2, 0.1
"""Share of aims among the statements with figures around one, below which it is a fact: a mere level; one with a bound or a
direction, or another kind of number; any with a year still to come."""

_DIGITS = re.compile(r"\d+")
_LABEL = re.compile(r"^[-–—•·*▪●■✓✔√➢ ]*(?:(?:[^\W\d]+ )?\d[\d.]*[.:)–-]+ )?")
"""The mark and the number of a measure in front of what it orders (- Action 3: Plant trees)."""

ELSEWHERE, BASED_ELSEWHERE = (
    "due as the same figure elsewhere in the document",
    "counted from the base year of the same change elsewhere in the document",
)
"""Notes of a target without a year of its own, and of a change without a base year."""
RIVALS, _MANY = "one of several values of this name and year", 3
"""Note of a target whose name does not tell it from others, and so many values of one name are no bounds of one."""
_ALIKE = 0.5
"""Share of the words of a figure's indicator that another statement needs to speak of the same thing."""


def is_untold(text: str, given: Iterable[RowOrGap]) -> bool:
    """Say whether a text has a figure, not only years and its own number, that stands in none of some rows and passages."""
    bare = YEAR.sub("", DAY.sub("", unnumbered(normalise(text))))
    return not {*_DIGITS.findall(bare)} <= {digits for passage in given for digits in _digits(passage)}


def untold_of(text: str, given: Sequence[RowOrGap]) -> str:
    """Return the sentences of a cell with a figure that stands in none of some rows and passages; all of it where none has."""
    parts = (sentence for item in ITEMS.split(text) for sentence in sentences(item))
    return "; ".join(part for part in parts if is_untold(part, given)) or text


def _digits(passage: RowOrGap) -> list[str]:
    started = f" {passage.base_value:g}" if isinstance(passage, Target) and passage.base_value is not None else ""
    return _DIGITS.findall(normalise(passage.text) + started)


@dataclass(frozen=True)
class _Group:
    """Passages of one statement, whether they hold figures, whether one gives a number, and how many aims it needs around."""

    passages: tuple[RowOrGap, ...]
    figures: bool
    aim: bool
    needs: float


def in_company(passages: Iterable[RowOrGap], until: int, lexicon: Lexicon, *, dated: bool) -> list[RowOrGap]:
    """Return the passages of a document as the whole of it tells: dated, without what is past (if `dated`) or alone.

    `until` is the last year of reports.
    """
    every = list(passages)
    kept = with_years_elsewhere(without_past(every, until) if dated else every, until, lexicon)
    return without_strays(kept, until, lexicon)


def undated(passage: RowOrGap, lexicon: Lexicon) -> TypeGuard[Target]:
    """Say whether a passage is a number without a year but the model's; interim targets and steps are due before the end."""
    if (
        not isinstance(passage, Target)
        or passage.value is None
        or (passage.year is not None and passage.note != BY_WORDS)
    ):
        return False
    return not any(map(lexicon.structure["own term"].search, (passage.text, passage.indicator)))


def with_years_elsewhere(passages: Sequence[RowOrGap], until: int, lexicon: Lexicon) -> list[RowOrGap]:
    """Give figures without a year that of the same figure of the same thing elsewhere in the document, if it has but one.

    What is due in the year after those of reports (`until`) gives none: a plan sets such figures again for later years.
    """
    dated = defaultdict[object, list[Target]](list)
    for p in passages:
        if isinstance(p, Target) and (p.year or 0) > until + 1 and p.note != BY_WORDS:
            dated[_figure(p)].append(p)
    every = list(passages)
    for i, p in enumerate(every):
        if undated(p, lexicon):
            years = {other.year for other in dated[_figure(p)] if _of_one_thing(p, other)}
            every[i] = replace(p, year=years.pop(), note=ELSEWHERE) if len(years) == 1 else p
    return every


def with_bases_elsewhere(passages: Sequence[RowOrGap], lexicon: Lexicon) -> list[RowOrGap]:
    """Give changes without a base year that of the same change to the same year elsewhere in the document, if it has but one.

    Either they name that year themselves or they are of the same thing. One that says what it is compared with (below business
    as usual) keeps to that.
    """
    based = defaultdict[object, list[Target]](list)
    for p in passages:
        if isinstance(p, Target) and p.kind is Kind.CHANGE_PCT and p.base_year is not None:
            based[p.year, _figure(p)].append(p)
    every = list(passages)
    for i, p in enumerate(every):
        if not isinstance(p, Target) or p.kind is not Kind.CHANGE_PCT or p.year is None or p.base_year or p.base_value:
            continue
        others = [o for o in based[p.year, _figure(p)] if str(p.year) in p.text or _of_one_thing(p, o)]
        bases = {other.base_year for other in others}
        if len(bases) == 1 and not search(lexicon.grammars[p.lang].compares, probe(p.text)):
            every[i] = replace(p, base_year=bases.pop(), note="; ".join(filter(None, (p.note, BASED_ELSEWHERE))))
    return every


def with_rivals(passages: Sequence[RowOrGap]) -> list[RowOrGap]:
    """Note on numbers of one name, year and kind that they are several: their names do not tell what each is of."""
    values = defaultdict[object, set[float]](set)
    for p in passages:
        if isinstance(p, Target) and p.value is not None:
            values[_named(p)].add(p.value)
    many = {name for name, found in values.items() if len(found) >= _MANY}
    return [replace(p, note=p.note or RIVALS) if isinstance(p, Target) and _named(p) in many else p for p in passages]


def _named(target: Target) -> object:
    return target.indicator.lower(), target.kind, target.unit, target.year


def _figure(target: Target) -> object:
    return target.kind, target.value, target.unit, target.direction


def _of_one_thing(target: Target, other: Target) -> bool:
    name, whole = target.indicator, f"{other.indicator} {other.text}"
    return len(letter_groups(name)) > 1 and likeness(name, whole, other.indicator) >= _ALIKE


def without_past(passages: Sequence[RowOrGap], until: int) -> list[RowOrGap]:
    """Leave figures of years of reports out, unless most figures with a year would be and they are no few among others."""
    figures = [p for p in passages if isinstance(p, Target) and p.value is not None]
    dated = [p for p in figures if p.year is not None]
    past = {id(t) for t in dated if t.year is not None and t.year <= until}
    many = _OTHERS * len({t.text for t in dated}) >= len({t.text for t in figures})
    if many and 2 * len({t.text for t in dated if id(t) in past}) > len({t.text for t in dated}):
        return list(passages)
    kept = {p.text for p in passages if isinstance(p, Target) and id(p) not in past}
    left = {
        i: LeftOut(PAST, p.text, p.page, p.text * (p.text in kept)) for i, p in enumerate(passages) if id(p) in past
    }
    return [left.get(i, p) for i, p in enumerate(passages)]


def without_strays(passages: Sequence[RowOrGap], until: int, lexicon: Lexicon) -> list[RowOrGap]:
    """Leave out the numbers of statements among whose neighbours with figures hardly any is an aim.

    Parameters
    ----------
    passages
        Rows and what was left out, in reading order.
    until
        The last year of reports: a number that is due later needs less company.
    lexicon
        The verbs that say that something is planned or will be, or that a statement opens with as a command: such a one
        needs no company.
    """
    statements = [_statement(tuple(group), until, lexicon) for _, group in groupby(passages, key=lambda p: p.text)]
    counted = [s for s in statements if s.figures]
    kept: list[RowOrGap] = []
    at = 0
    for statement in statements:
        around = [*counted[max(0, at - _AROUND) : at], *counted[at + 1 : at + 1 + _AROUND]]
        alone = len(around) >= _FEWEST and sum(s.aim for s in around) < statement.needs * len(around)
        at += statement.figures
        if statement.aim and alone:
            kept.append(LeftOut(ALONE, statement.passages[0].text, statement.passages[0].page))
        else:
            kept.extend(statement.passages)
    return kept


def _statement(passages: tuple[RowOrGap, ...], until: int, lexicon: Lexicon) -> _Group:
    numbers = [p for p in passages if isinstance(p, Target) and p.value is not None]
    reports = reports_in([p for p in passages if isinstance(p, LeftOut)])
    moved = any(t.kind is not Kind.LEVEL or t.operator != "=" or t.direction for t in numbers)
    text = passages[0].text
    opens = _LABEL.sub("", text.lower())
    orders = any(re.match(rf"(?:{lexicon.grammars[t.lang].commands}) \w", opens) for t in numbers[:1])
    vows = any(search(grammar.vows, probe(text)) for grammar in [lexicon.grammars[t.lang] for t in numbers[:1]])
    says = orders or vows or named_target(text, lexicon.structure) or bool(lexicon.structure["planned"].search(text))
    needs = 0.0 if says else _DUE if any((t.year or 0) > until for t in numbers) else _MOVED if moved else _PLAIN
    return _Group(passages, bool(numbers or reports), bool(numbers), needs)
