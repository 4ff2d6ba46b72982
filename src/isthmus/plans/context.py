"""The words around each quantity: what stands directly in front and behind, and which part it plays in the sentence."""

import re
from dataclasses import dataclass, replace

from isthmus.plans.dates import REPORTED_TO
from isthmus.plans.grammar import Grammar
from isthmus.plans.quantities import Quantity, Reading
from isthmus.plans.text import finditer, plain, search
from isthmus.plans.units import DURATIONS, PERCENT, PERMILLE, POINTS, TIMES

_ADDITION = r", (?:что|which|that is)(?!\w)"
_ADVERBIAL = 18
_DUE = ("到", "至", "达到", "to", "до")
_ARROW = re.compile("→|⇒|->|➔")
_LEVEL_BOUNDS = ("ниже", "выше", "не ниже", "не выше", "below", "above", "under", "no higher than", "no lower than")


@dataclass(frozen=True)
class Context:
    """A quantity with the words around it.

    Attributes
    ----------
    left, right
        Words of its clause in front and behind, without what was blanked; `source` and `behind` are the same with
        everything.
    lead
        `left` without the words that carry operator and mode.
    clause, window
        The whole clause, and the span of the text that belongs to the quantity.
    operator, mode, token
        What stands directly in front: a bound, ``to`` or ``by``, and the word for it.
    listed
        Whether it goes on a list that the quantity before began.
    role
        ``target``, ``base`` (a start value), ``past`` (a figure reported) or ``attribute`` (a size that tells which
        things are meant: firms of more than 500 staff).
    """

    quantity: Quantity
    left: str
    source: str
    lead: str
    right: str
    behind: str
    clause: str
    window: tuple[int, int]
    operator: str
    mode: str
    token: str
    listed: bool
    role: str = "target"


def contexts_of(reading: Reading, grammar: Grammar) -> list[Context]:
    """Return the quantities of a statement with the words around them and the part each plays."""
    contexts = _share_list_suffix([_context(i, reading, grammar) for i in range(len(reading.quantities))])
    return _roles(contexts, reading, grammar)


def _context(index: int, reading: Reading, grammar: Grammar) -> Context:
    """Collect the words around a quantity and read operator and mode (by or to) off those directly in front."""
    quantity, text = reading.quantities[index], reading.text
    before = reading.quantities[index - 1] if index else None
    floor = before.end if before else 0
    segment = floor
    for match in finditer(grammar.segment, text[floor : quantity.start]):
        segment = floor + match.end()
    following = reading.quantities[index + 1].start if index + 1 < len(reading.quantities) else len(text)
    tail = quantity.end
    if quantity.bound == ">=" and index + 1 < len(reading.quantities):
        tail = reading.quantities[index + 1].end
        following = reading.quantities[index + 2].start if index + 2 < len(reading.quantities) else len(text)
    stop = search(grammar.segment, text[tail:following])
    end = tail + stop.start() if stop else following
    left, right = plain(text[segment : quantity.start]), plain(text[tail:end])
    operator, mode, token, lead = _lead(left, grammar)
    operator = quantity.operator or operator
    gap = plain(text[floor : quantity.start])
    listed = before is not None and bool(search(grammar.joiner, gap) or _goes_on_of(before, quantity, gap))
    clause_start, clause_end = _clause(quantity, text, grammar)
    return Context(
        quantity,
        left,
        reading.source[segment : quantity.start],
        lead,
        right,
        reading.source[tail:end],
        plain(text[clause_start:clause_end]),
        (segment, end),
        operator,
        mode,
        token,
        listed,
    )


def _goes_on_of(before: Quantity, quantity: Quantity, gap: str) -> bool:
    """Say whether a quantity goes on a list whose members have a noun each (30 percent of the land and 18 percent of ...)."""
    return before.unit == quantity.unit and bool(re.fullmatch(r" (?:of|in) (?:(?!by\b|to\b)[\w'-]+ ?){1,6} and ", gap))


def _clause(quantity: Quantity, text: str, grammar: Grammar) -> tuple[int, int]:
    start, end = 0, len(text)
    for match in finditer(grammar.segment, text):
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
            if not operator and (match := search(rf"(?:^|(?<=\W)|(?<=[^\x00-\x7f])){pattern}", text)):
                operator, text = sign, text[: match.start()].rstrip()
                level = match.group() in _LEVEL_BOUNDS and not search(grammar.amount, text)
                mode = mode or ("to" if level else "")
                break
        else:
            amount = search(grammar.amount, text)
            to, by = search(grammar.to, text), search(grammar.by, text)
            if not mode and amount:
                return operator, "by", "", text
            if not mode and to:
                mode, token, text = "to", to.group().removesuffix("的"), text[: to.start()].rstrip()
            elif not mode and by and by.group() in ("на", "by"):
                mode, text = "by", text[: by.start()].rstrip()
            elif not mode and by:
                return operator, "by", "", text
            elif filler := search(grammar.filler, text):
                text = text[: filler.start()].rstrip()
            else:
                break
    return operator, mode, token, text


def _share_list_suffix(contexts: list[Context]) -> list[Context]:
    """Give the members of a list what only its first or last member states: the mode, the operator."""
    shared = list(contexts)
    for i in range(1, len(shared)):
        if shared[i].listed:
            first = shared[i - 1]
            mode = shared[i].mode or first.mode
            ahead = "" if first.quantity.operator else first.operator
            inherited = "" if shared[i].quantity.bound or ahead == "~" else ahead
            operator = shared[i].operator or inherited
            shared[i] = replace(shared[i], mode=mode, operator=operator, lead=shared[i].lead or first.lead)
    for i in range(len(shared) - 2, -1, -1):
        if shared[i + 1].listed and not shared[i].operator and shared[i].quantity.unit == shared[i + 1].quantity.unit:
            shared[i] = replace(shared[i], operator=shared[i + 1].operator)
    return shared


def _roles(contexts: list[Context], reading: Reading, grammar: Grammar) -> list[Context]:
    """Tell targets from start values and from figures of the past."""
    result: list[Context] = []
    for i, context in enumerate(contexts):
        role = "target"
        later = contexts[i + 1] if i + 1 < len(contexts) else None
        if _is_attribute(context, contexts, reading, grammar):
            role = "attribute"
        elif (
            _is_start(context, later, reading, grammar)
            or _in_bracket_of_past(context, reading)
            or _opens_with_report(context, later, reading)
        ):
            role = "base"
        elif _reports(context, result[-1] if result else None, reading, grammar):
            role = "past"
        result.append(replace(context, role=role))
    return result


def _is_attribute(context: Context, contexts: list[Context], reading: Reading, grammar: Grammar) -> bool:
    """Say whether a quantity only tells which things are meant."""
    q = context.quantity
    if q.bound == "<=" and len(contexts) > 1:
        before = contexts[max(0, contexts.index(context) - 1)]
        return before.quantity.bound == ">=" and _is_attribute(before, contexts, reading, grammar)
    after = context is not contexts[0]
    term = q.unit in DURATIONS and search(r"\bwithin $", context.left)
    goes_on = after and (term or search(grammar.attribute_size, context.left))
    if goes_on or search(grammar.attribute_plain, context.left):
        return True
    if not (q.operator or q.bound or context.operator or q.form == "words"):
        return False
    behind = q.unit not in (PERCENT, PERMILLE) and (
        search(grammar.attribute_behind, reading.text[q.end :]) or _sizes_the_next(context, contexts, reading, grammar)
    )
    return bool(behind or search(grammar.attribute, context.left))


def _sizes_the_next(context: Context, contexts: list[Context], reading: Reading, grammar: Grammar) -> bool:
    """Say whether a bound right behind a quantity is followed by the things that are counted (以上 企业突破300家)."""
    q, index = context.quantity, contexts.index(context)
    if grammar.lang != "zh" or not (q.operator or q.form == "words") or q.form == "rank" or index + 1 == len(contexts):
        return False
    following = contexts[index + 1].quantity
    between = reading.text[q.end : following.start]
    return following.unit != q.unit and bool(re.match(r"[\u4e00-\u9fff]{2,}", between)) and not search(r"[，；。、]", between)


def _opens_with_report(context: Context, later: Context | None, reading: Reading) -> bool:
    """Say whether a sentence opens with a figure of a year of reports and goes on to a later year (2025: 62, 2030: 80)."""
    first = _first_year(reading.source)
    if first is None or first > REPORTED_TO or later is None or later.quantity.unit != context.quantity.unit:
        return False
    between = [y for y in reading.years if context.quantity.end <= y.start < later.quantity.start]
    ahead = [y for y in reading.years if y.end <= context.quantity.start]
    return len(ahead) == 1 and any(y.year > first and y.role in ("target", "period") for y in between)


def _reports(context: Context, before: Context | None, reading: Reading, grammar: Grammar) -> bool:
    """Say whether a quantity is reported: by its clause, by words that open the sentence, or as an addition to a report."""
    q = context.quantity
    source = re.sub(r"[(（][^()（）]*[)）]", lambda m: _spaces(m, q.start), reading.source)
    start, end = _clause(q, reading.text, grammar)
    floor = before.quantity.end if before else 0
    if before is not None and before.role == "past" and search(_ADDITION, source[floor : q.start]):
        return True
    after = next((other.start for other in reading.quantities if other.start > q.start), len(source))
    around, opening = source[start:end], source[:start] if before is None else ""
    if grammar.lang == "zh" and len(opening.rstrip("，：:")) > _ADVERBIAL:
        opening = ""
    if search(grammar.reported, source[min(start, floor) : max(end, after)]):
        return True
    first = _first_year(source)
    due = any(y.role in ("target", "period") and y.year > REPORTED_TO for y in reading.years if start <= y.start < end)
    if not due and (first is None or first <= REPORTED_TO) and (search(grammar.past, around) or search(grammar.past, opening)):
        return not search(grammar.future, opening + around)
    if before is not None and before.role == "past" and context.mode == "" and not search(grammar.future, around):
        return (context.operator == "" or q.form == "rank") and _direction_free(around, grammar)
    year, own = _first_year(source), _first_year(around.lstrip())
    if before is None and year is not None and not source[:start].strip(" ，,年底末0123456789"):
        own = year
    if own is not None and own <= REPORTED_TO and context.token not in _DUE and not search(grammar.future, source):
        return True
    head = re.split(r"[；;。]", source)[0]
    opens = year is not None and year <= REPORTED_TO and q.start < len(head) and not search(grammar.future, source)
    carried = before is not None and before.role == "past" and context.token not in _DUE
    return opens and (carried or bool(search(grammar.past, head)))


def _direction_free(text: str, grammar: Grammar) -> bool:
    return not search(grammar.up, text) and not search(grammar.down, text)


def _spaces(match: "re.Match[str]", kept: int) -> str:
    """Return spaces for a bracket that does not hold the position `kept`."""
    return match.group() if match.start() <= kept < match.end() else " " * len(match.group())


def _first_year(source: str) -> int | None:
    """Return the year that opens a sentence without a word that makes it a due year (2024年, in 2024, в 2024 году)."""
    match = search(r"^(?:in |в )?((?:19|20|21)\d\d)(?!\d| ?[-–~至/])", source)
    return int(match.group(1)) if match else None


def _is_start(context: Context, later: Context | None, reading: Reading, grammar: Grammar) -> bool:
    q = context.quantity
    if q.bound or q.form == "multiple" or q.unit == TIMES:
        return False
    if later is not None and _ARROW.search(reading.source, q.end, later.quantity.start):
        between = [y.year for y in reading.years if q.end <= y.start < later.quantity.start]
        return all(year <= REPORTED_TO for year in between)
    trailing = any(
        y.role == "base" and y.end <= q.start and not reading.text[y.end : q.start].strip(" 的为约是")
        for y in reading.years
    )
    named = bool(search(grammar.from_before, context.left.rstrip()))
    if not (named or (trailing and grammar.lang == "zh")):
        return False
    if later is not None and (
        later.mode == "to" or later.quantity.unit == q.unit or (q.unit, later.quantity.unit) == (PERCENT, POINTS)
    ):
        return True
    return goes_back(context, grammar)


def goes_back(context: Context, grammar: Grammar) -> bool:
    """Say whether a start value stands behind its target (up from, against, compared with)."""
    return bool(
        search(
            r"(?:up from|down from|against|compared with|compared to|versus|против|вместо|при нынешн\w+|при текущ\w+|(?:от|с|со) исходн\w+|(?:^|,) ?from)[\w ']*$|[(（](?:\W*\w+){0,3}\W*$",
            context.left.rstrip(),
        )
    )


def _in_bracket_of_past(context: Context, reading: Reading) -> bool:
    """Say whether a quantity stands in brackets with a year before the sentence's target year."""
    q, text = context.quantity, reading.text
    opening = max(text.rfind(c, 0, q.start) for c in "(（")
    closing = min((p for p in (text.find(c, q.end) for c in ")）") if p >= 0), default=-1)
    if opening < 0 or closing < 0 or any(c in text[opening : q.start] for c in ")）"):
        return False
    if any(y.role == "base" and y.end == opening for y in reading.years):
        return True
    inside = [y for y in reading.years if opening < y.start < closing]
    outside = [y.year for y in reading.years if not opening < y.start < closing and y.role in ("target", "period")]
    if len(inside) != 1 or opening <= 0:
        return False
    if not outside:
        return not search(r"达|到|reach|(?<!\w)to |(?<!\w)до |достиг|состав", text[opening : q.start])
    return inside[0].year < max(outside)
