"""Years of a quantity: when its target is due, what it starts from, what a change is counted from."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from isthmus.plans.context import Context
from isthmus.plans.dates import Year
from isthmus.plans.patterns import finditer, search
from isthmus.plans.plan import Kind
from isthmus.plans.quantity import Quantity, Reading
from isthmus.plans.text import bracket_around, plain
from isthmus.plans.units import PERCENT, TIMES

_NEAR, _SHARE_OF, _BESIDE, _TOLD = 16, 60, 40, 2
"""Characters at most between a start value and its year, where what it is a share of stands between, and between a quantity and
the brackets that go with it; fewest words of a clause that its year ends."""
_CHANGES = (Kind.CHANGE_PCT, Kind.CHANGE_PP, Kind.CHANGE_ABS, Kind.MULTIPLE, Kind.GROWTH)


def assign_years(quantities: Sequence[Quantity], reading: Reading) -> list[Year | None]:
    """Give each quantity the year it is due: in brackets with years of their own one of these, else one outside of them."""
    due = [y for y in reading.years if y.role in ("target", "period")]
    years = [y for y in due if not _of_words(y, due, quantities, reading.text)]
    brackets = [bracket_around(reading.text, q.start, q.end) for q in quantities]
    dated = sorted({b for b in brackets if any(y.start in b for y in years)}, key=len)
    given: dict[int, Year | None] = {}
    for scope in (*dated, range(0)):
        own = [q for q, b in zip(quantities, brackets, strict=True) if (b if b in dated else range(0)) == scope]
        near = [y for y in years if next((b for b in dated if y.start in b), range(0)) == scope]
        led = _leaders(own, reading.text)
        leading = [q for q in own if q.start not in led]
        given |= zip([q.start for q in leading], _assigned(leading, near, reading), strict=True)
        given |= {start: given[leader] for start, leader in led.items()}
    return [given[q.start] for q in quantities]


def _leaders(quantities: Sequence[Quantity], text: str) -> dict[int, int]:
    """Return which quantity each one in brackets right behind it goes with, by start (20 % (10 % in towns) by 2030)."""
    found = dict[int, int]()
    for before, quantity in pairwise(quantities):
        bracket = bracket_around(text, quantity.start, quantity.end)
        if before.start in bracket:
            found |= {quantity.start: found[before.start]} if before.start in found else {}
        elif bracket and len(plain(text[before.end : bracket.start]).strip()) <= _BESIDE:
            found[quantity.start] = found.get(before.start, before.start)
    return found


def _of_words(year: Year, years: Sequence[Year], quantities: Sequence[Quantity], text: str) -> bool:
    """Say whether a year belongs to an aim in words: in front of the first number and a semicolon, where others stand behind.

    So does one in brackets with the aim behind it (cut to a third (by 2030 – to nothing)).
    """
    first = quantities[0].start if quantities else 0
    opens = not text[: year.start].strip()
    if not opens and ";" in text[year.end : first] and any(y.start > first for y in years):
        return True
    bracket = bracket_around(text, year.start, year.end)
    alone = bool(bracket) and not any(q.start in bracket for q in quantities)
    return alone and search(r"^ ?[–:-] ?[^\W\d_]", text[year.end : bracket.stop]) is not None


def _assigned(quantities: Sequence[Quantity], years: Sequence[Year], reading: Reading) -> list[Year | None]:
    """Give each quantity one of the years of its scope.

    A year between two quantities belongs to the one it is not separated from by a comma or an and; without a separator
    to the one in front when the sentence begins with a quantity. Otherwise a quantity takes the last year before it,
    else the first one behind it.
    """
    text = reading.text
    if not years:
        return [None] * len(quantities)
    if quantities and (turns := _in_turn(quantities, years, reading)):
        return list(turns)
    cue = search(reading.grammar.respectively, text)
    front = [q for q in quantities if cue and q.end <= cue.start()]
    told = [y for y in years if cue and y.end <= cue.start()]
    if 0 < len(front) < len(quantities) and (turns := _in_turn(front, told, reading)):
        return [*turns, *_assigned(quantities[len(front) :], years[len(told) :] or told[-1:], reading)]
    owner: dict[int, Year] = {}
    for year in years:
        index = _attached(year, quantities, years, reading)
        if index is not None and index not in owner:
            owner[index] = year
    trailing = len(owner) == len(years) > 1 and quantities[0].end <= years[0].start and len(quantities) - 1 in owner
    assigned: list[Year | None] = []
    for i, quantity in enumerate(quantities):
        if trailing and i not in owner:
            assigned.append(owner[min(at for at in owner if at > i)])
            continue
        upper = i + 1 < len(quantities) and quantities[i + 1].bound == "<=" and quantity.bound == ">="
        if i in owner or (upper and i + 1 in owner):
            assigned.append(owner[i] if i in owner else owner[i + 1])
            continue
        if shared := _of_list(i, quantities, years, owner, reading):
            assigned.append(shared)
            continue
        before = [y for y in years if y.end <= quantity.start]
        if before and _in_other_words(quantity, before[-1], years, reading):
            assigned.append(before[-1])
            continue
        behind = [y for y in years if y.start >= quantity.end and not _of_later_clause(y, quantity, quantities, text)]
        free = [y for y in before if y not in owner.values()] or [y for y in behind if y not in owner.values()]
        if free:
            assigned.append(free[-1] if free[-1] in before else free[0])
        else:
            assigned.append(before[-1] if before else behind[0] if behind else None)
    return assigned


def _in_other_words(quantity: Quantity, before: Year, years: Sequence[Year], reading: Reading) -> bool:
    """Say whether a quantity says otherwise, in brackets or behind an or, what the year in front of it is that of.

    So in *by 18 % by 2030 (24 % with support) and to nothing by 2050*, and in *by 18 % by 2030, or 24 % with support*.
    """
    bracket = bracket_around(reading.text, quantity.start, quantity.end)
    if bracket:
        return before.end <= bracket.start and not any(y.start in bracket for y in years)
    return (
        search(rf"^ ?[,–]? ?(?:{reading.grammar.disjunction}) $", reading.text[before.end : quantity.start]) is not None
    )


def _of_list(
    i: int, quantities: Sequence[Quantity], years: Sequence[Year], owner: Mapping[int, Year], reading: Reading
) -> Year | None:
    """Return the year at the end of a list that a quantity stands in, where the year in front ends the clause before it.

    The list has a clause of its own (open it by 2031, and pave 40 % and light 50 % by 2035).
    """
    text, conjunction = reading.text, reading.grammar.conjunction
    front = [y for y in years if y.end <= quantities[i].start]
    last = min((at for at in owner if at > i and owner[at].start >= quantities[at].end), default=None)
    if not front or last is None:
        return None
    ends = search(rf"^ ?, ?(?:{conjunction}) ", text[front[-1].end : quantities[i].start])
    told = re.split(r"[,;:.]", text[: front[-1].start])[-1]
    parts = text[quantities[i].end : owner[last].start]
    joined = search(conjunction, parts) and not search(r"[,;:.]", plain(parts))
    return owner[last] if ends and joined and len(told.split()) >= _TOLD else None


def _in_turn(quantities: Sequence[Quantity], years: Sequence[Year], reading: Reading) -> Sequence[Year]:
    """Return the years that as many quantities take one after the other: all stand on one side of them; else none."""
    if told := _of_period_in_turn(quantities, years, reading):
        return told
    front = [y for y in years if y.end <= quantities[0].start]
    behind = [y for y in years if y.start >= quantities[-1].end]
    of_one_time = len({y.year > reading.reported_to for y in years}) == 1
    apart = len(years) in (len(front), len(behind)) and 1 < len(years) == len(quantities)
    return years if apart and of_one_time and not any(q.bound for q in quantities) else ()


def _of_period_in_turn(quantities: Sequence[Quantity], years: Sequence[Year], reading: Reading) -> Sequence[Year]:
    """Return the years of a period for as many quantities told respectively (in 2031–2033 by 5 %, 6 % and 7 % respectively).

    Where as many things are named in front of them, each is of one of these.
    """
    count, grammar = len(quantities), reading.grammar
    if len(years) != 1 or not search(grammar.respectively, reading.text):
        return ()
    (period,) = years
    named = 1 + len([*finditer(rf"[,、;]|{grammar.conjunction}", reading.text[: quantities[0].start])])
    passed = range(period.first or period.year, period.year + 1)
    turns = [replace(period, year=year, first=None, role="target") for year in passed]
    return turns if named < len(turns) == count and not any(q.bound for q in quantities) else ()


def _of_later_clause(year: Year, quantity: Quantity, quantities: Sequence[Quantity], text: str) -> bool:
    """Say whether a year belongs to a later clause, and so does not reach back.

    In a language without spaces between words a year behind a comma reaches back only where it opens its clause.
    """
    gap = text[quantity.end : year.start]
    far = search(r"[，；。][^，；。]*$", gap)
    if far and len(plain(far.group()[1:]).strip()) > 4:
        return True
    opened = search(r"(?:[，；;。]|––)[^，；;。]*$", text[quantity.end : year.start])
    if opened is None:
        return False
    start = quantity.end + opened.start()
    stop = search(r"[，；;。]", text[year.end :])
    end = year.end + stop.start() if stop else len(text)
    own = [q for q in quantities if start <= q.start < end]
    if not own or own[0].start < year.end:
        return False
    return own[0].unit == quantity.unit or len(plain(text[start + 1 : own[0].start]).strip(" ,")) > 5


def _attached(year: Year, quantities: Sequence[Quantity], years: Sequence[Year], reading: Reading) -> int | None:
    """Return the index of the quantity behind which a year directly stands, as in "67 (2027)" or "to 78 by 2030".

    A year with a colon behind it leads what follows (2027: 67 Next term (2030): 78).
    """
    behind = [i for i, q in enumerate(quantities) if q.end <= year.start]
    if not behind or re.match(r" ?\)?:", reading.text[year.end :]):
        return None
    index = behind[-1]
    if any(quantities[index].end <= y.start < year.start for y in years):
        return None
    text, conjunction = reading.text, reading.grammar.conjunction
    gap = text[quantities[index].end : year.start]
    apart = rf"[;；。，、]|, ?(?:$|{conjunction})|{reading.grammar.segment}|(?:{conjunction}) ?$"
    if len(gap) > 60 or search(apart, gap):
        return None
    following = next((q for q in quantities if q.start >= year.end), None)
    if following is not None:
        ahead = text[year.end : following.start]
        first_is_year = years[0].start < quantities[0].start
        open_ahead = not search(f"[,;；，。、)）]|{conjunction}", ahead)
        if open_ahead and first_is_year:
            return None
    return index


def start_year(quantity: Quantity, reading: Reading) -> int | None:
    """Return the year of a start value: a base year in its brackets, the one right in front of it or right behind it."""
    bracket = bracket_around(reading.text, quantity.start, quantity.end)
    if reading.steps and reading.years[0].end <= quantity.start < reading.years[1].start:
        return reading.years[0].year
    for year in reading.years:
        if year.role in ("base", "told") and year.start in bracket and year.end <= quantity.start:
            return year.year
        between = re.sub(r"\([^()]*\)", "", reading.text[year.end : quantity.start])
        front = plain(between) if year.end <= quantity.start else None
        # behind from the year is the target's (33 by 2030 from 20)
        if front is not None and len(front.strip()) <= 3 and not search(rf"[(（]|{reading.grammar.from_word}", front):
            return year.year
    following = next((q.start for q in reading.quantities if q.start >= quantity.end), len(reading.text))
    for year in reading.years:
        if year.year > reading.reported_to and search(f"^(?:{reading.grammar.until})", reading.source[year.start :]):
            continue
        behind = plain(reading.text[quantity.end : year.start]) if quantity.end <= year.start <= following else None
        if behind is None or search(f"[，,]|{reading.grammar.toward}", behind):
            continue
        # what a share is of may stand between (from 45 percent of those without work in 2031 to 60)
        goes_on = search(rf"^,? ?{reading.grammar.toward}", reading.text[year.end :]) and len(behind) <= _SHARE_OF
        if len(behind) <= _NEAR or (goes_on and search(reading.grammar.of, behind.strip())):
            return year.year
    return None


def _of_the_change_before(year: Year, quantity: Quantity, reading: Reading) -> bool:
    """Say whether a base year stands behind what an earlier multiple or percentage is compared with (to double on 2031)."""
    before = next((q for q in reversed(reading.quantities) if q.end <= year.start < quantity.start), None)
    return before is not None and before.unit in (TIMES, PERCENT)


def base_year(context: Context, kind: Kind, due: Year | None, reading: Reading) -> int | None:
    """Return the base year nearest to a quantity, None without one; a level's must stand in its own clause.

    A change between two years, or over a period from the last year of reports or an earlier one on, is counted from the first.
    """
    quantity, (low, high) = context.quantity, context.window
    bases = [y for y in reading.years if y.role == "base"]
    following = next((q.start for q in reading.quantities if bases and q.start >= quantity.end), quantity.end)
    bracket = bracket_around(reading.text, quantity.start, quantity.end)
    bases = [y for y in bases if y.start in bracket] or bases
    if search(reading.grammar.compares, reading.source[quantity.end : following]):
        bases = [y for y in bases if y.start < following]
    if kind not in _CHANGES:
        bases = [y for y in bases if low <= y.start < high and not _of_the_change_before(y, quantity, reading)]
    if not bases:
        if due is None or due.first is None or kind not in _CHANGES:
            return None
        opens = search(reading.grammar.opens_period, reading.source[due.start :]) and due.first < reading.reported_to
        between = search(reading.grammar.between_years, reading.source[due.start :]) and kind is not Kind.GROWTH
        return due.first if opens or between or due.first == reading.reported_to else None
    dues = [y.start for y in reading.years if y.role in ("target", "period") and y != due]
    near = [
        y for y in bases if not any(min(y.start, quantity.start) < at < max(y.start, quantity.start) for at in dues)
    ]
    return min(near or bases, key=lambda y: min(abs(y.start - quantity.end), abs(quantity.start - y.end))).year
