"""The words around each quantity: what stands directly in front and behind, and which part it plays in the sentence."""

from dataclasses import dataclass, replace

from isthmus.plans.grammar import Grammar
from isthmus.plans.quantities import Quantity, Reading
from isthmus.plans.text import finditer, plain, search

_LEVEL_BOUNDS = ("ниже", "выше", "не ниже", "не выше", "below", "above", "under", "no higher than", "no lower than")


@dataclass(frozen=True)
class Context:
    """A quantity with the words around it.

    Attributes
    ----------
    left, right
        Words of its clause in front and behind, without what was blanked; `source` is `left` with everything.
    lead
        `left` without the words that carry operator and mode.
    clause, window
        The whole clause, and the span of the text that belongs to the quantity.
    operator, mode, token
        What stands directly in front: a bound, ``to`` or ``by``, and the word for it.
    listed
        Whether it goes on a list that the quantity before began.
    role
        ``target``, ``base`` (a start value) or ``past`` (a figure reported).
    """

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
    for pattern, sign in grammar.bounds_after:
        if search(pattern, right):
            operator = "~" if sign == "~" else sign
            break
    listed = before is not None and bool(search(grammar.joiner, plain(text[floor : quantity.start])))
    clause_start, clause_end = _clause(quantity, text, grammar)
    return Context(
        quantity,
        left,
        reading.source[segment : quantity.start],
        lead,
        right,
        plain(text[clause_start:clause_end]),
        (segment, end),
        operator,
        mode,
        token,
        listed,
    )


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
                mode = mode or ("to" if match.group() in _LEVEL_BOUNDS else "")
                break
        else:
            amount = search(grammar.amount, text)
            to, by = search(grammar.to, text), search(grammar.by, text)
            if not mode and amount:
                return operator, "by", "", text
            if not mode and to:
                mode, token, text = "to", to.group(), text[: to.start()].rstrip()
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
            inherited = "" if shared[i].quantity.bound or first.operator == "~" else first.operator
            operator = shared[i].operator or inherited
            shared[i] = replace(shared[i], mode=mode, operator=operator, lead=shared[i].lead or first.lead)
    for i in range(len(shared) - 2, -1, -1):
        if shared[i + 1].listed and not shared[i].operator and shared[i].quantity.unit == shared[i + 1].quantity.unit:
            shared[i] = replace(shared[i], operator=shared[i + 1].operator)
    return shared


def _roles(contexts: list[Context], reading: Reading, grammar: Grammar) -> list[Context]:
    """Tell targets from start values and from figures of the past."""
    result = []
    for i, context in enumerate(contexts):
        role = "target"
        later = contexts[i + 1] if i + 1 < len(contexts) else None
        if _is_start(context, later, reading, grammar) or _in_bracket_of_past(context, reading):
            role = "base"
        elif search(grammar.past, context.clause) and not search(grammar.future, context.clause):
            role = "past"
        result.append(replace(context, role=role))
    return result


def _is_start(context: Context, later: Context | None, reading: Reading, grammar: Grammar) -> bool:
    q = context.quantity
    if q.bound or q.form in ("multiple",):
        return False
    trailing = any(
        y.role == "base" and y.end <= q.start and not reading.text[y.end : q.start].strip(" 的为约是")
        for y in reading.years
    )
    named = bool(search(grammar.from_before, context.left.rstrip()))
    if not (named or (trailing and grammar.lang == "zh")):
        return False
    if later is not None and (later.mode == "to" or later.quantity.unit == q.unit):
        return True
    return goes_back(context, grammar)


def goes_back(context: Context, grammar: Grammar) -> bool:
    """Say whether a start value stands behind its target (up from, against, compared with)."""
    return bool(
        search(
            r"(?:up from|down from|against|compared with|compared to|versus|против|вместо|^ ?from)[\w ']*$|[(（]\W*\w*\W*$",
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
    inside = [y for y in reading.years if opening < y.start < closing]
    outside = [y.year for y in reading.years if not opening < y.start < closing and y.role in ("target", "period")]
    if len(inside) != 1 or opening <= 0:
        return False
    if not outside:
        return not search(r"达|到|reach|(?<!\w)to |(?<!\w)до |достиг|состав", text[opening : q.start])
    return inside[0].year < max(outside)
