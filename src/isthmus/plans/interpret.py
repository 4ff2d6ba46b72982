"""A quantity in its sentence becomes a finding: its kind, operator, sign, direction, year and base."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from isthmus.plans.dates import Year
from isthmus.plans.grammar import Grammar
from isthmus.plans.plan import Kind
from isthmus.plans.quantities import Quantity, Reading
from isthmus.plans.text import plain
from isthmus.plans.units import PERCENT, PERMILLE, POINTS, TIMES

_FLIP = {">=": "<=", "<=": ">=", ">": "<", "<": ">", "=": "=", "~": "~"}
_RATES = (PERCENT, PERMILLE)
_TO = ("to", "до", "到", "至", "达到")


@dataclass(frozen=True)
class Finding:
    """What a statement says by one quantity; `window` is the span of text that names the indicator."""

    kind: Kind
    operator: str
    value: float | None
    unit: str
    direction: str
    year: int | None
    base_year: int | None
    base_value: float | None
    start: int
    end: int
    window: tuple[int, int]


@dataclass(frozen=True)
class _Context:
    """A quantity with the words around it."""

    quantity: Quantity
    left: str
    source: str
    lead: str
    right: str
    clause: str
    window: tuple[int, int]
    operator: str
    mode: str
    token: str
    listed: bool
    role: str = "target"


def interpret(reading: Reading, grammar: Grammar) -> list[Finding]:
    """Return the findings of a statement's quantities, in order.

    Quantities of a clause that reports the past are left out; a start value (from 16 percent in 2025) becomes the base
    of the target it belongs to. A range gives two findings.
    """
    contexts = _share_list_suffix([_context(i, reading, grammar) for i in range(len(reading.quantities))])
    contexts = _roles(contexts, reading, grammar)
    years = _assign_years([c.quantity for c in contexts], reading)
    findings: list[Finding] = []
    base: tuple[float, int | None] | None = None
    base_window = (0, 0)
    previous: tuple[_Context, Finding] | None = None
    for context, year in zip(contexts, years, strict=True):
        if context.role == "base":
            base, base_window = (context.quantity.value, _start_year(context.quantity, reading)), context.window
            if previous is not None and _goes_back(context, grammar):
                findings[-1] = replace(findings[-1], base_value=base[0], base_year=base[1] or findings[-1].base_year)
                base = None
            continue
        if context.role == "past":
            continue
        if context.quantity.bound == "<=" and previous is not None and previous[0].quantity.bound == ">=":
            findings.append(_upper_end(context.quantity, previous[1]))
            continue
        finding = _finding(context, previous, year, reading, grammar)
        if base is not None and finding.kind in (Kind.LEVEL, Kind.CUMULATIVE, Kind.RANK, Kind.MULTIPLE):
            window = (base_window[0], finding.window[1])
            finding = replace(finding, base_value=base[0], base_year=base[1] or finding.base_year, window=window)
            base = None
        findings.append(finding)
        previous = (context, finding)
    return findings


def _context(index: int, reading: Reading, grammar: Grammar) -> _Context:
    """Collect the words around a quantity and read operator and mode (by or to) off those directly in front."""
    quantity, text = reading.quantities[index], reading.text
    before = reading.quantities[index - 1] if index else None
    floor = before.end if before else 0
    segment = floor
    for match in re.finditer(grammar.segment, text[floor : quantity.start]):
        segment = floor + match.end()
    following = reading.quantities[index + 1].start if index + 1 < len(reading.quantities) else len(text)
    tail = quantity.end
    if quantity.bound == ">=" and index + 1 < len(reading.quantities):
        tail = reading.quantities[index + 1].end
        following = reading.quantities[index + 2].start if index + 2 < len(reading.quantities) else len(text)
    stop = re.search(grammar.segment, text[tail:following])
    end = tail + stop.start() if stop else following
    left, right = plain(text[segment : quantity.start]), plain(text[tail:end])
    operator, mode, token, lead = _lead(left, grammar)
    for pattern, sign in grammar.bounds_after:
        if re.search(pattern, right):
            operator = "~" if sign == "~" else sign
            break
    listed = before is not None and bool(re.search(grammar.joiner, plain(text[floor : quantity.start])))
    clause_start, clause_end = _clause(quantity, text, grammar)
    return _Context(
        quantity, left, reading.source[segment : quantity.start], lead, right, plain(text[clause_start:clause_end]), (segment, end), operator, mode, token, listed
    )


def _clause(quantity: Quantity, text: str, grammar: Grammar) -> tuple[int, int]:
    start, end = 0, len(text)
    for match in re.finditer(grammar.segment, text):
        if match.end() <= quantity.start:
            start = match.end()
        elif match.start() >= quantity.end:
            end = match.start()
            break
    return start, end


def _lead(left: str, grammar: Grammar) -> tuple[str, str, str, str]:
    """Read operator, mode and its word from the end of the words in front of a quantity; the rest comes last."""
    text, operator, mode, token = left.rstrip(), "", "", ""
    for _ in range(12):
        for pattern, sign in grammar.bounds_before:
            if not operator and (match := re.search(rf"(?:^|(?<=\W)|(?<=[^\x00-\x7f])){pattern}", text)):
                operator, text = sign, text[: match.start()].rstrip()
                break
        else:
            amount = re.search(grammar.amount, text)
            to, by = re.search(grammar.to, text), re.search(grammar.by, text)
            if not mode and amount:
                return operator, "by", "", text
            if not mode and to:
                mode, token, text = "to", to.group(), text[: to.start()].rstrip()
            elif not mode and by and by.group() in ("на", "by"):
                mode, text = "by", text[: by.start()].rstrip()
            elif not mode and by:
                return operator, "by", "", text
            elif filler := re.search(grammar.filler, text):
                text = text[: filler.start()].rstrip()
            else:
                break
    return operator, mode, token, text


def _share_list_suffix(contexts: list[_Context]) -> list[_Context]:
    """Give the members of a list what only its first or last member states: the mode, the operator."""
    shared = list(contexts)
    for i in range(1, len(shared)):
        if shared[i].listed:
            first = shared[i - 1]
            mode = shared[i].mode or first.mode
            inherited = "" if shared[i].quantity.bound or first.operator == "~" else first.operator
            operator = shared[i].operator or inherited
            shared[i] = replace(shared[i], mode=mode, operator=operator, lead=shared[i].lead or first.lead)
    for i in range(len(shared) - 2, -1, -1):
        if shared[i + 1].listed and not shared[i].operator and shared[i].quantity.unit == shared[i + 1].quantity.unit:
            shared[i] = replace(shared[i], operator=shared[i + 1].operator)
    return shared


def _roles(contexts: list[_Context], reading: Reading, grammar: Grammar) -> list[_Context]:
    """Tell targets from start values and from figures of the past."""
    result = []
    for i, context in enumerate(contexts):
        role = "target"
        later = contexts[i + 1] if i + 1 < len(contexts) else None
        if _is_start(context, later, reading, grammar) or _in_bracket_of_past(context, reading):
            role = "base"
        elif re.search(grammar.past, context.clause) and not re.search(grammar.future, context.clause):
            role = "past"
        result.append(replace(context, role=role))
    return result


def _is_start(context: _Context, later: _Context | None, reading: Reading, grammar: Grammar) -> bool:
    q = context.quantity
    if q.bound or q.form in ("multiple",):
        return False
    trailing = any(y.role == "base" and y.end <= q.start and not reading.text[y.end : q.start].strip(" 的为约是") for y in reading.years)
    named = bool(re.search(grammar.from_before, context.left.rstrip()))
    if not (named or (trailing and grammar.lang == "zh")):
        return False
    if later is not None and (later.mode == "to" or later.quantity.unit == q.unit):
        return True
    return _goes_back(context, grammar)


def _goes_back(context: _Context, grammar: Grammar) -> bool:
    """Say whether a start value stands behind its target (up from, against, compared with)."""
    return bool(re.search(r"(?:up from|down from|against|compared with|compared to|versus|против|вместо)[\w ']*$|[(（]\W*\w*\W*$", context.left.rstrip()))


def _in_bracket_of_past(context: _Context, reading: Reading) -> bool:
    """Say whether a quantity stands in brackets with a year before the sentence's target year."""
    q, text = context.quantity, reading.text
    opening = max(text.rfind(c, 0, q.start) for c in "(（")
    closing = min((p for p in (text.find(c, q.end) for c in ")）") if p >= 0), default=-1)
    if opening < 0 or closing < 0 or any(c in text[opening : q.start] for c in ")）"):
        return False
    inside = [y for y in reading.years if opening < y.start < closing]
    outside = [y.year for y in reading.years if not opening < y.start < closing and y.role in ("target", "period")]
    return len(inside) == 1 and bool(outside) and inside[0].year < max(outside) and opening > 0


def _assign_years(quantities: Sequence[Quantity], reading: Reading) -> list[Year | None]:
    """Give each quantity the year it is due.

    A year between two quantities belongs to the one it is not separated from by a comma or an and; without a separator
    to the one in front when the sentence begins with a quantity. Otherwise a quantity takes the last year before it,
    else the first one behind it.
    """
    years = [y for y in reading.years if y.role in ("target", "period")]
    if not years:
        return [None] * len(quantities)
    apart = years[-1].end <= quantities[0].start or years[0].start >= quantities[-1].end if quantities else False
    if len(years) == len(quantities) > 1 and apart and not any(q.bound for q in quantities):
        return list(years)
    owner: dict[int, Year] = {}
    for year in years:
        index = _attached(year, quantities, years, reading.text)
        if index is not None and index not in owner:
            owner[index] = year
    assigned: list[Year | None] = []
    for i, quantity in enumerate(quantities):
        if i in owner:
            assigned.append(owner[i])
            continue
        before = [y for y in years if y.end <= quantity.start]
        behind = [y for y in years if y.start >= quantity.end]
        free = [y for y in before if y not in owner.values()] or [y for y in behind if y not in owner.values()]
        if free:
            assigned.append(free[-1] if free[-1] in before else free[0])
        elif i and assigned[i - 1] is not None and before:
            assigned.append(before[-1])
        else:
            assigned.append(before[-1] if before else behind[0])
    return assigned


def _attached(year: Year, quantities: Sequence[Quantity], years: Sequence[Year], text: str) -> int | None:
    """Return the index of the quantity behind which a year directly stands, as in "67 (2027)" or "to 78 by 2030"."""
    behind = [i for i, q in enumerate(quantities) if q.end <= year.start]
    if not behind:
        return None
    index = behind[-1]
    if any(quantities[index].end <= y.start < year.start for y in years):
        return None
    gap = text[quantities[index].end : year.start]
    if len(gap) > 60 or re.search(r"[;；。，]|, (?:и|а|and|while)|(?<!\w)(?:и|а|and)(?!\w) ?$|, ?$|、", gap):
        return None
    following = next((q for q in quantities if q.start >= year.end), None)
    if following is not None:
        ahead = text[year.end : following.start]
        first_is_year = years[0].start < quantities[0].start
        open_ahead = not re.search(r"[,;；，。、)）]|(?<!\w)(?:и|а|and)(?!\w)", ahead)
        if open_ahead and first_is_year:
            return None
    return index


def _finding(
    context: _Context, previous: tuple[_Context, Finding] | None, year: Year | None, reading: Reading, grammar: Grammar
) -> Finding:
    q = context.quantity
    direction = _direction(context, previous, grammar)
    kind, value = _kind(context, previous, year, direction, grammar), q.value
    operator = q.bound or q.operator or context.operator or "="
    if re.search(grammar.forbids, context.left) and operator in ("<", ">"):
        kind, operator, direction = Kind.LEVEL, "<=" if operator == ">" else ">=", ""
    if q.form == "rank":
        direction = direction if direction == "up" else ""
    if kind is Kind.MULTIPLE:
        value, operator, direction = _multiple(context, direction, operator, grammar)
    elif kind in (Kind.CHANGE_PCT, Kind.CHANGE_PP, Kind.CHANGE_ABS, Kind.GROWTH) or (
        kind is Kind.CUMULATIVE and (context.mode == "by" or grammar.lang == "zh")
    ):
        if direction == "down" or q.signed:
            value, direction = -abs(value), "down"
        elif not direction and kind in (Kind.CHANGE_PCT, Kind.GROWTH) and q.value > 0:
            direction = "up"
    base = _base_year(context, kind, reading)
    return Finding(
        kind, operator, value, TIMES if kind is Kind.MULTIPLE else q.unit, direction, year.year if year else None, base, None, q.start, q.end, context.window
    )


def _upper_end(quantity: Quantity, lower: Finding) -> Finding:
    """Return the second end of a range: like the first but for its value and operator."""
    value = quantity.value
    if lower.kind is not Kind.LEVEL and (lower.value or 0.0) < 0:
        value = -abs(value)
    window = (lower.window[0], max(lower.window[1], quantity.end))
    return replace(lower, operator="<=", value=value, end=quantity.end, window=window)


def _kind(
    context: _Context, previous: tuple[_Context, Finding] | None, year: Year | None, direction: str, grammar: Grammar
) -> Kind:
    q = context.quantity
    near = context.right[:40]
    if q.form == "rank":
        return Kind.RANK
    if q.unit in (TIMES, POINTS, PERCENT) and q.form != "multiple" and _is_relative(context, grammar):
        return Kind.RELATIVE
    if q.unit == TIMES:
        return Kind.MULTIPLE
    if q.unit == POINTS:
        return Kind.CHANGE_PP
    if context.listed and previous is not None and not context.left.strip(" ,、和и") and q.unit == previous[0].quantity.unit:
        return previous[1].kind
    if q.unit in _RATES:
        return _rate_kind(context, previous, direction, near, grammar)
    strong = any(re.search(grammar.cumulative_strong, words) for words in (context.left, context.source, near))
    yearly = re.search(grammar.yearly, context.left[-30:]) or re.search(grammar.yearly, near)
    if strong and not (context.mode == "by" and q.unit in ("years", "days")):
        return Kind.CUMULATIVE
    if re.search(grammar.cumulative, context.left) and not yearly:
        return Kind.CUMULATIVE
    if context.mode == "by" or _noun_behind(context, grammar):
        return Kind.CHANGE_ABS
    if year is not None and year.role == "period" and year.first and re.search(grammar.counted, context.left) and not yearly:
        return Kind.CUMULATIVE
    return Kind.LEVEL


def _rate_kind(
    context: _Context, previous: tuple[_Context, Finding] | None, direction: str, near: str, grammar: Grammar
) -> Kind:
    """Decide between a share, a change in percent and a yearly growth."""
    changes = context.mode == "by" or context.quantity.plus or _noun_behind(context, grammar)
    noun = re.search(grammar.growth_noun, context.left) or re.search(grammar.growth_noun, near)
    cue = re.search(grammar.growth, context.left) or re.search(grammar.growth, near)
    if noun and not (context.mode == "by" and not cue):
        return Kind.GROWTH
    if cue and (changes or (direction and context.token not in _TO)):
        return Kind.GROWTH
    if context.mode in ("by", "") and re.search(grammar.headline, context.left.rstrip()) and not re.search(grammar.cumulative_strong, context.clause):
        return Kind.GROWTH
    if context.quantity.form == "fraction" and grammar.half_is_multiple and changes and context.quantity.value == 50.0:
        return Kind.MULTIPLE
    return Kind.CHANGE_PCT if changes or context.quantity.signed else Kind.LEVEL


def _noun_behind(context: _Context, grammar: Grammar) -> bool:
    return context.mode != "to" and bool(re.search(grammar.by_after, context.right)) or bool(
        context.mode == "to" and grammar.lang != "zh" and re.search(grammar.by_after, context.right) and not re.search(grammar.to_strict, context.left)
    )


def _is_relative(context: _Context, grammar: Grammar) -> bool:
    if re.search(grammar.relative_ratio, context.right[:70]) and context.quantity.unit != PERCENT:
        return True
    if context.quantity.unit == POINTS or grammar.lang == "zh":
        return any(re.search(pattern + r"的?$", context.left.rstrip()) for pattern, _ in grammar.relative) or bool(
            grammar.lang == "zh" and re.search(r"(?:比|较|高于|快于)[^，]{0,14}(?:增速|增长率|平均水平|平均)(?:高|快|低)?(?:出)?$", context.left.rstrip())
        )
    return False


def _direction(context: _Context, previous: tuple[_Context, Finding] | None, grammar: Grammar) -> str:
    """Return up or down from the nearest word of direction, "" without one."""
    q = context.quantity
    if q.direction:
        return q.direction
    if re.search(grammar.down_after, context.right):
        return "down"
    if re.search(grammar.up_after, context.right):
        return "up"
    nearest = _last_direction(context.lead, grammar)
    if nearest:
        return nearest
    if context.mode == "by" or q.unit in (TIMES, POINTS):
        ahead = _first_direction(context.right, grammar)
        if ahead:
            return ahead
        if previous is not None:
            return previous[1].direction
        return _last_direction(context.clause.split(context.left)[0] if context.left else "", grammar)
    if context.listed and previous is not None:
        return previous[1].direction
    return _first_direction(context.right, grammar) if grammar.lang != "zh" and not context.left.strip() else ""


def _last_direction(text: str, grammar: Grammar) -> str:
    up = max((m.end() for m in re.finditer(grammar.up, text)), default=-1)
    down = max((m.end() for m in re.finditer(grammar.down, text)), default=-1)
    return "" if up == down else "up" if up > down else "down"


def _first_direction(text: str, grammar: Grammar) -> str:
    up, down = re.search(grammar.up, text), re.search(grammar.down, text)
    if up and down:
        return "up" if up.start() < down.start() else "down"
    return "up" if up else "down" if down else ""


def _multiple(context: _Context, direction: str, operator: str, grammar: Grammar) -> tuple[float, str, str]:
    """Return value, operator and direction of a multiple: the ratio of new to old."""
    q, value = context.quantity, context.quantity.value
    if q.form == "fraction":
        return (0.5, operator, "down") if direction == "down" else (1.5, operator, direction or "up")
    if q.form == "multiple" and value < 1:
        return value, operator, "down"
    if direction == "down" and q.direction != "up":
        if value > 1 and not (grammar.lang == "zh" and context.mode == "to"):
            value, operator = 1.0 / value, _FLIP[operator]
        return value, operator, "down"
    if re.search(grammar.times_plus, context.left.rstrip()) and q.form != "multiple":
        value += 1.0
    return value, operator, direction or ("up" if value > 1 else "")


def _start_year(quantity: Quantity, reading: Reading) -> int | None:
    """Return the year of a start value: the one right in front of it or right behind it."""
    for year in reading.years:
        front = plain(reading.text[year.end : quantity.start]) if year.end <= quantity.start else None
        if front is not None and len(front.strip()) <= 3:
            return year.year
    for year in reading.years:
        behind = plain(reading.text[quantity.end : year.start]) if year.start >= quantity.end else None
        if behind is not None and len(behind) <= 12 and not re.search(r"(?<!\w)(?:to|до|к)(?!\w)|[到至，,]", behind):
            return year.year
    return None


def _base_year(context: _Context, kind: Kind, reading: Reading) -> int | None:
    """Return the base year nearest to a quantity, None without one; a level's must stand in its own clause."""
    quantity, (low, high) = context.quantity, context.window
    bases = [y for y in reading.years if y.role == "base"]
    if kind not in (Kind.CHANGE_PCT, Kind.CHANGE_PP, Kind.CHANGE_ABS, Kind.MULTIPLE, Kind.GROWTH):
        bases = [y for y in bases if low <= y.start < high]
    if not bases:
        return None
    return min(bases, key=lambda y: min(abs(y.start - quantity.end), abs(quantity.start - y.end))).year
