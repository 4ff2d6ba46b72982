"""A quantity in its sentence becomes a finding: its kind, operator, sign, direction, year and base."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, dropwhile, takewhile

from isthmus.plans.context import OPENING, Context, contexts_of, goes_on_path
from isthmus.plans.dates import Year
from isthmus.plans.due import assign_years, base_year, start_year
from isthmus.plans.grammar import Grammar
from isthmus.plans.kinds import direction_of, first_direction, goes_on_total, kind_of
from isthmus.plans.patterns import search
from isthmus.plans.plan import Kind
from isthmus.plans.quantity import Finding, Quantity, Reading
from isthmus.plans.roles import goes_back, with_roles
from isthmus.plans.text import BRACKETED, bracket_around, plain
from isthmus.plans.units import CURRENCIES, PERCENT, SHARES, TIMES

_OF_INDEX = (Kind.LEVEL, Kind.GROWTH, Kind.CHANGE_PCT)
_CHANGES = (Kind.CHANGE_PCT, Kind.GROWTH, Kind.MULTIPLE)
_FALL_OF_HALF = -50.0
"""A fall of 50 percent looks like an index of 50, and is none."""
_IN_PARTS = (Kind.CHANGE_PCT, Kind.CHANGE_PP, Kind.CHANGE_ABS)
"""Kinds of changes whose parts may be named."""
_ROUNDED = 0.005
"""By how much of it the parts of an amount may miss it."""
_STARTED = (Kind.LEVEL, Kind.CUMULATIVE, Kind.RANK, Kind.MULTIPLE)
"""Kinds that go on from a start value."""
FLIPPED = {">=": "<=", "<=": ">=", ">": "<", "<": ">", "=": "=", "~": "~"}
"""A bound on the size of a decrease is the opposite bound on the signed number."""


def interpret(reading: Reading, grammar: Grammar) -> list[Finding]:
    """Return the findings of a statement's quantities, in order.

    Quantities of a clause that reports the past are left out; a start value (from 16 percent in 2025) becomes the base
    of the target it belongs to. A range gives two findings.
    """
    contexts = with_roles(contexts_of(reading, grammar), reading, grammar)
    reading = _without_start_years(reading, contexts)
    due = iter(assign_years([c.quantity for c in contexts if c.role == "target"], reading))
    years = (next(due) if c.role == "target" else None for c in contexts)
    findings: list[Finding] = []
    starts: list[Context] = []
    previous: tuple[Context, Finding] | None = None
    outer, bracket = previous, range(0)
    for context, year, after in zip(contexts, years, [*contexts, None][1:], strict=True):
        inside = bracket_around(reading.text, context.quantity.start, context.quantity.end)
        if context.role == "base":
            starts = [*starts, context] if starts and _goes_on(context, starts[-1], reading) else [context]
            if after is not None and after.role == "base" and _goes_on(after, context, reading):
                continue
            last = outer if bracket and outer and not inside else previous
            if last is not None and _is_start_of(last, starts[0], context, after, grammar):
                _start_behind(findings, starts, last[0], reading)
                starts = []
            continue
        if context.role in ("past", "attribute"):
            continue
        if context.quantity.bound == "<=" and previous is not None and previous[0].quantity.bound == ">=":
            findings.append(_upper_end(context.quantity, previous[0].quantity, previous[1]))
            continue
        if bool(inside) != bool(bracket):
            previous = outer if bracket and outer else previous
            outer = previous
        bracket = inside
        finding = _finding(context, previous, year, reading, grammar, started=bool(starts))
        if starts and finding.kind in _STARTED and _alike(starts[0], context):
            finding = _started(finding, starts, reading)
            if previous is not None and _starts_of(starts[0], previous, grammar):
                base = findings[-1].base_year or finding.base_year
                findings[-1] = replace(findings[-1], base_value=finding.base_value, base_year=base)
            onward = after is not None and goes_on_path(after, context, grammar) and not _in_turn(starts)
            starts = starts if onward else starts[1:] if after is not None and _goes_on(after, context, reading) else []
        findings.append(finding)
        previous = (context, finding)
    findings = [_ranked(f, reading, grammar) for f in _with_parts(_grown(findings, contexts, reading), reading)]
    return [_on_its_way(f, after, reading, grammar) for f, after in zip(findings, [*findings[1:], None], strict=False)]


def _with_parts(findings: list[Finding], reading: Reading) -> list[Finding]:
    """Make changes of the amounts behind a change that sum up to it (by 30 %, of which 10 % alone and 20 % with help).

    A word puts them under it, and none has a way, a start or a word for a level of its own.
    """
    for at, whole in enumerate(findings):
        behind = dropwhile(lambda f: f.unit != whole.unit, findings[at + 1 :])  # noqa: B023 (used at once)
        parts = [*takewhile(lambda f: _may_be_part(f, whole, reading), behind)]  # noqa: B023
        sums = accumulate(abs(f.value or 0.0) for f in parts)
        size = abs(whole.value or 0.0)
        count = max((n for n, total in enumerate(sums, 1) if abs(total - size) <= _ROUNDED * size), default=0)
        ahead = reading.text[whole.end : parts[0].start] if count > 1 else ""
        if whole.kind in _IN_PARTS and size and search(reading.grammar.parts_ahead, ahead):
            findings = [_part_of(whole, f) if f in parts[:count] else f for f in findings]
    return findings


def _may_be_part(finding: Finding, whole: Finding, reading: Reading) -> bool:
    """Say whether an amount is of the unit of a change and says nothing of its own: no way, no start, no share, no level."""
    plainly = finding.kind in (Kind.LEVEL, Kind.CUMULATIVE) and not finding.direction and finding.base_value is None
    grammar, words = reading.grammar, reading.text[slice(finding.window[0], finding.start)].rstrip()
    level = search(grammar.share, words) or (finding.operator == "=" and search(f"(?:{grammar.to})$", words))
    return plainly and finding.unit == whole.unit and not level


def _part_of(whole: Finding, part: Finding) -> Finding:
    """Return an amount as a part of a change."""
    falls = (whole.value or 0.0) < 0
    value, operator = abs(part.value or 0.0) * (-1 if falls else 1), FLIPPED[part.operator] if falls else part.operator
    way, year, base = whole.direction, part.year or whole.year, part.base_year or whole.base_year
    return replace(part, kind=whole.kind, value=value, operator=operator, direction=way, year=year, base_year=base)


def _grown(findings: Sequence[Finding], contexts: Sequence[Context], reading: Reading) -> list[Finding]:
    """Return findings, a change right behind the value that a base year had with it (比2020年的50吨增长40%).

    So has one behind the bracket of a start value (now 50 ha), and the level in front of both, that the change leads to.
    """
    grammar, starts = reading.grammar, dict[int, tuple[float, int | None]]()
    for before, base, after in zip([None, *contexts], contexts, contexts[1:], strict=False):
        bracketed = after.mode == "by" and after.lead.strip() == ")"
        if base.role == "base" and (bracketed or re.fullmatch(f"(?:{grammar.up}|{grammar.down})", after.left.strip())):
            start = base.quantity.value, start_year(base.quantity, reading)
            starts[after.quantity.start] = start
            if before is not None and before.quantity.unit == base.quantity.unit and not base.left.strip():
                starts[before.quantity.start] = start
    told = ((f, starts.get(f.start, (f.base_value, f.base_year))) for f in findings)
    return [replace(f, base_value=value, base_year=year or f.base_year) for f, (value, year) in told]


def _ranked(level: Finding, reading: Reading, grammar: Grammar) -> Finding:
    """Return a bare whole number as the place that its words say it is; whether a place rises is not told by its number."""
    value, words = level.value, reading.source[slice(*level.window)]
    bare = level.kind is Kind.LEVEL and not level.unit and value is not None and value > 0 and value.is_integer()
    if not (bare and search(grammar.ranked, words)):
        return level
    return replace(level, kind=Kind.RANK, unit="rank", direction="")


def _on_its_way(level: Finding, after: Finding | None, reading: Reading, grammar: Grammar) -> Finding:
    """Return a level with the direction of the change that goes on from it without a subject (reaches 5 t, up 8 percent)."""
    if (
        level.kind is not Kind.LEVEL
        or level.direction
        or after is None
        or after.kind not in (*_CHANGES, Kind.CHANGE_ABS)
    ):
        return level
    between = plain(reading.text[level.end : after.start])
    return replace(level, direction=after.direction) if search(grammar.moves_on, between) else level


def _is_start_of(
    target: tuple[Context, Finding], first: Context, base: Context, after: Context | None, grammar: Grammar
) -> bool:
    """Say whether start values, the first and the last of them, stand behind their target and not in front of it.

    What a change in percent or a multiple is counted from has a unit of its own.
    """
    back = after is None or goes_back(first, target[0], after, grammar)
    alike = target[1].kind in (Kind.CHANGE_PCT, Kind.MULTIPLE) or _alike(first, target[0])
    return alike and back and not _leads_on(base, after, grammar)


def _leads_on(base: Context, after: Context | None, grammar: Grammar) -> bool:
    """Say whether a start value belongs to what follows it in its clause, and not to what stands in front."""
    if after is None or after.role != "target" or after.mode != "to" or after.quantity.unit != base.quantity.unit:
        return False
    own = after.left.strip() not in ("", after.token)
    lead = BRACKETED.sub("", after.lead) if own else ""
    apart = search(f"[,)]|{grammar.up}|{grammar.down}", lead)
    joined = any(search(grammar.joiner, word) for word in lead.split())
    return after.window[0] == base.quantity.end and not apart and not joined


def _alike(base: Context, context: Context) -> bool:
    """Say whether a start value can be that of a quantity: their units are no two different known ones."""
    first, second = base.quantity, context.quantity
    return (
        first.unit.partition(" per ")[0] == second.unit.partition(" per ")[0]
        or not (first.known and second.known)
        or any({first.unit, second.unit} <= {*kind} for kind in (SHARES, CURRENCIES))
    )


def _goes_on(base: Context, before: Context, reading: Reading) -> bool:
    """Say whether a start value goes on a list, or stands in the brackets of the one before it."""
    beside = base.quantity.start in bracket_around(reading.text, before.quantity.start, before.quantity.end)
    return base.listed or base.quantity.bound == "<=" or base.left.strip() in OPENING or beside


def _started(finding: Finding, starts: list[Context], reading: Reading) -> Finding:
    """Return a finding with the start values in front of it."""
    year = start_year(starts[-1].quantity, reading)
    given = (year if year != finding.year else None) or finding.base_year
    window, start = (starts[0].window[0], finding.window[1]), starts[0].quantity.value
    way = finding.direction or ("up" if start < (finding.value or 0.0) and finding.kind is Kind.LEVEL else "")
    return replace(finding, base_value=start, base_year=given, window=window, direction=way)


def _starts_of(start: Context, before: tuple[Context, Finding], grammar: Grammar) -> bool:
    """Say whether a start value behind a multiple is that of what it multiplies (double exports from 3 to 6)."""
    behind = start.window[0] == before[0].quantity.end
    return behind and before[1].kind is Kind.MULTIPLE and not first_direction(start.left, grammar)


def _start_behind(findings: list[Finding], starts: list[Context], last: Context, reading: Reading) -> None:
    """Give the targets in front of start values theirs: each of a list, else the last of its unit; a mere nothing is all's."""
    alike = _alike(starts[0], last)
    levels = [i for i, f in enumerate(findings) if alike and f.kind in _STARTED] or [len(findings) - 1]
    year, first = start_year(starts[-1].quantity, reading), starts[0].quantity
    levels = [i for i in levels if findings[i].unit == first.unit and len(starts) == 1] or levels
    nothing = len(starts) == 1 and not (first.unit or first.value)
    count = len(levels) if nothing else min(len(starts), len(levels))
    for at, start in zip(levels[-count:], starts[-count:] * count, strict=False):
        if findings[at].base_value is None:  # the baseline in front counts for more than the latest value behind
            findings[at] = replace(
                findings[at], base_value=start.quantity.value, base_year=year or findings[at].base_year
            )


def _without_start_years(reading: Reading, contexts: list[Context]) -> Reading:
    """Turn the years right behind a start value (against 11.8 percent in 2024) into base years: nothing is due then."""
    starts = {
        year
        for context in contexts
        if context.role == "base" and (year := start_year(context.quantity, reading)) is not None
    }
    years = tuple(
        replace(y, role="base") if y.role in ("target", "period") and y.year in starts else y for y in reading.years
    )
    return replace(reading, years=years)


def _within(context: Context, kind: Kind, direction: str, operator: str, grammar: Grammar) -> tuple[Kind, str, str]:
    """Return kind, direction and operator of a finding, turned round where the text forbids what lies beyond a bound."""
    if not search(grammar.forbids, context.left.rstrip()) or operator not in ("<", ">"):
        return kind, direction, operator
    bound = context.left.removeprefix(context.lead).strip()
    level = context.mode != "by" or search(grammar.level_bound, bound)
    return (Kind.LEVEL, "", FLIPPED[operator] + "=") if level else (kind, direction, FLIPPED[operator] + "=")


def _finding(
    context: Context,
    previous: tuple[Context, Finding] | None,
    year: Year | None,
    reading: Reading,
    grammar: Grammar,
    *,
    started: bool,
) -> Finding:
    q = context.quantity
    before = (previous[0], previous[1].kind) if previous and not started else None
    goes_on = previous is not None and goes_on_total(context, before, grammar)
    direction = previous[1].direction if previous and goes_on else direction_of(context, previous, grammar)
    kind, value = kind_of(context, before, year, direction, grammar), q.value
    counted = reading.source[q.start : q.end]
    kind, direction = _again(context, previous, *_more_or_fewer(context, kind, direction, counted, grammar), grammar)
    operator = _operator(context, kind, direction, grammar)
    kind, direction, operator = _within(context, kind, direction, operator, grammar)
    if kind is Kind.MULTIPLE:
        value, operator, direction = _multiple(context, direction, operator, grammar)
    elif kind in (Kind.CHANGE_PCT, Kind.CHANGE_PP, Kind.CHANGE_ABS, Kind.GROWTH) or (
        kind is Kind.CUMULATIVE and (context.mode == "by" or not grammar.spaced)
    ):
        of_rate = kind is Kind.GROWTH and context.comes_to and search(grammar.growth_noun, context.left)
        if (direction == "down" and not of_rate) or q.signed:
            in_words = q.signed and operator == context.operator and not search(grammar.level_bound, context.left)
            operator = FLIPPED[operator] if in_words or not q.signed else operator
            value, direction = -abs(value), "down"
        elif not direction and kind in (Kind.CHANGE_PCT, Kind.GROWTH):
            direction = "up"
    capped = context.operator in ("<", "<=") and not grammar.spaced  # additions within a limit; "up to" is an aim
    direction = direction or ("up" if _adds(context, kind, counted, grammar) and not capped else "")
    base = base_year(context, kind, year, reading)
    if kind is Kind.CHANGE_PCT and base is None and _of_one_year(previous, year, reading, grammar):
        kind = Kind.GROWTH
    index = _is_index(context, grammar)
    if previous and previous[1].value == previous[0].quantity.value - 100.0 != _FALL_OF_HALF:
        index = index or goes_on_path(context, previous[0], grammar) or kind is previous[1].kind is Kind.GROWTH
        kind = previous[1].kind if index else kind
    if kind in _OF_INDEX and index:
        yearly = kind is Kind.GROWTH or search(grammar.index_yearly, f"{context.left} {context.behind}")
        kind, value = Kind.GROWTH if yearly and base is None else Kind.CHANGE_PCT, abs(q.value) - 100.0
        direction = "up" if value > 0 else "down" if value < 0 else ""
        operator = q.bound or q.operator or context.operator or "="
    if kind is Kind.LEVEL and q.form == "fraction" and _is_of_a_level(context, base, grammar):
        kind, value = Kind.MULTIPLE, q.value / 100.0
    unit = TIMES if kind is Kind.MULTIPLE else q.unit * (q.unit != TIMES)
    due = year.year if year else None
    return Finding(kind, operator, value, unit, direction, due, base, None, q.start, q.end, context.window)


def _operator(context: Context, kind: Kind, direction: str, grammar: Grammar) -> str:
    """Return the bound of a quantity; one in front of the word for to is on the change (a fall at least to 26 percent)."""
    operator = context.quantity.bound or context.quantity.operator or context.operator or "="
    said = context.left.removeprefix(context.lead).rstrip()
    falls = kind is Kind.LEVEL and direction == "down" and context.comes_to and said.endswith(context.token)
    bound = said.removesuffix(context.token).strip()
    own = falls and bound and not (context.quantity.operator or search(grammar.level_bound, bound))
    return FLIPPED[operator] if own else operator


def _in_turn(starts: Sequence[Context]) -> bool:
    """Say whether there are several start values, which are no ends of a range: each of the next targets goes on from one."""
    return len(starts) > 1 and starts[1].quantity.bound != "<="


def _is_of_a_level(context: Context, base: int | None, grammar: Grammar) -> bool:
    """Say whether a fraction is one of the level of a year, or of the present one."""
    present = search(grammar.of_present, f"{context.left}#{context.right}")
    return present is not None or (base is not None and context.mode == "to")


def _more_or_fewer(context: Context, kind: Kind, direction: str, counted: str, grammar: Grammar) -> tuple[Kind, str]:
    """Return kind and direction of a count: one with more or fewer between number and things is a change."""
    told = context.mode == "to" and context.token != "–"
    if kind is not Kind.LEVEL or told or not (grammar.spaced and search(grammar.more, counted)):
        return kind, direction
    fewer = search(grammar.down_after, counted.lstrip("0123456789.,"))
    return Kind.CHANGE_ABS, "down" if fewer else "up"


def _again(
    context: Context, previous: tuple[Context, Finding] | None, kind: Kind, direction: str, grammar: Grammar
) -> tuple[Kind, str]:
    """Return kind and direction of an amount that says the change in percent in front of it again."""
    changed = previous is not None and previous[1].kind is Kind.CHANGE_PCT and kind is Kind.LEVEL
    again = changed and search(grammar.again, context.left)
    return (Kind.CHANGE_ABS, previous[1].direction) if previous and again else (kind, direction)


def _of_one_year(
    previous: tuple[Context, Finding] | None, year: Year | None, reading: Reading, grammar: Grammar
) -> bool:
    """Say whether a change is on the year before: one of the year behind the reports, or one beside a growth."""
    if grammar.spaced:
        return False
    if year is None:
        beside = previous is not None and previous[1].kind is Kind.GROWTH
        return beside and previous is not None and not search(grammar.yearly, previous[0].left)
    within = not search(f"(?:{grammar.until}) ?$", reading.source[: year.start])
    return within and year.role == "target" and year.year == reading.reported_to + 1


def _adds(context: Context, kind: Kind, counted: str, grammar: Grammar) -> bool:
    """Say whether a count is one of additions: behind a word or a plus, or with "more" between number and things."""
    counts = kind is Kind.CUMULATIVE or (kind is Kind.LEVEL and grammar.spaced)
    return context.quantity.plus or (
        counts and bool(search(grammar.adds, context.left) or search(grammar.more, counted))
    )


def _is_index(context: Context, grammar: Grammar) -> bool:
    """Say whether a percentage is an index of the year or level before (103 percent of it), so that 3 is the growth."""
    value = abs(context.quantity.value)
    if context.quantity.unit != PERCENT or not 50.0 < value < 400.0:
        return False
    above = 100.0 < value < 200.0 and search(grammar.index_above, context.left)
    alone = context.comes_to or not context.token
    beside = context.behind[:40] if alone else f"{context.source} {context.behind[:40]}"
    set_against = context.mode != "by" and search(grammar.index_yearly, beside)
    return bool(above or search(grammar.index, context.left) or set_against)


def _upper_end(quantity: Quantity, first: Quantity, lower: Finding) -> Finding:
    """Return the second end of a range: like the first but for its value and operator."""
    index = lower.value == abs(first.value) - 100.0 != _FALL_OF_HALF
    value = quantity.value - (100.0 if index else 0.0)
    if lower.kind is Kind.MULTIPLE and (lower.value or 0.0) < 1.0 < value:
        value = 1.0 / value
    if lower.kind is not Kind.LEVEL and not index and (lower.value or 0.0) < 0:
        value = -abs(value)
    window = (lower.window[0], max(lower.window[1], quantity.end))
    operator = ">=" if value < (lower.value or 0.0) else "<="
    return replace(lower, operator=operator, value=value, end=quantity.end, window=window)


def _multiple(context: Context, direction: str, operator: str, grammar: Grammar) -> tuple[float, str, str]:
    """Return value, operator and direction of a multiple: the ratio of new to old."""
    q, value = context.quantity, context.quantity.value
    if q.form == "fraction":
        return (0.5, FLIPPED[operator], "down") if direction == "down" else (1.5, operator, "up")
    if q.form == "multiple" and value < 1:
        return value, FLIPPED[operator], "down"
    if direction == "down" and value > 1 and (grammar.spaced or context.mode != "to"):
        return 1.0 / value, FLIPPED[operator], "down"
    if search(grammar.times_plus, context.left.rstrip()) and q.form != "multiple":
        value += 1.0
    return value, operator, direction or ("up" if value > 1 else "")
