"""The words around each quantity: what stands directly in front and behind, and what it shares with its list."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from isthmus.plans.dates import Year
from isthmus.plans.grammar import Grammar
from isthmus.plans.patterns import finditer, search
from isthmus.plans.quantity import Quantity, Reading
from isthmus.plans.text import plain
from isthmus.plans.units import PERCENT
from isthmus.plans.values import joined_behind_nouns

OPENING = ("(", "（")
"""Brackets behind which a quantity says the one in front in another way."""
_SUBJECT = re.compile(r"\s*(?:[\w'’()-]+ ){1,8}[\w'’()-]+(?=,)")
"""What stands in front of a quantity of a list behind semicolons that does not repeat its verb (cut 5 t; farms, 3 t)."""


_JOINED, _COMPARED = 3, 9
"""Words at most between a change and the other value that it may have, and between two rates (by 18% compared to …, or 24%)."""


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
    clause, clause_source, window
        The whole clause, the same with everything (and with what opens the sentence), and the span of the text that
        belongs to the quantity.
    operator, mode, token
        What stands directly in front: a bound, ``to`` or ``by``, and the word for it.
    comes_to
        Whether that word is the mere word for to.
    listed
        Whether it goes on a list that the quantity before began.
    of_list
        Whether it is a change of a list of names and changes.
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
    clause_source: str
    window: tuple[int, int]
    operator: str
    mode: str
    token: str
    comes_to: bool
    listed: bool
    role: str = "target"
    of_list: bool = False


def contexts_of(reading: Reading, grammar: Grammar) -> list[Context]:
    """Return the quantities of a statement with the words around them; `roles.with_roles` says which are targets."""
    contexts = [_context(i, reading, grammar) for i in range(len(reading.quantities))]
    contexts = _share_list_suffix(_without_verbs(contexts, reading.text), reading.years, grammar)
    return _changed_as_listed(contexts, reading, grammar)


def _changed_as_listed(contexts: list[Context], reading: Reading, grammar: Grammar) -> list[Context]:
    """Make the percentages of a list of names changes, where the words in front say by how much (cut waste as follows: …)."""
    lead = search(grammar.change_as_listed, reading.text)
    listed = [c for c in contexts if lead and c.quantity.start >= lead.end()]
    alike = len({c.quantity.unit for c in listed}) == 1 and all(c.quantity.signed for c in listed)
    if lead is None or any(c.mode for c in listed) or not (alike or all(c.quantity.unit == PERCENT for c in listed)):
        return contexts
    return [replace(c, mode="by", lead=plain(lead.group()), of_list=True) if c in listed else c for c in contexts]


def _without_verbs(contexts: list[Context], text: str) -> list[Context]:
    """Give the members of a list behind semicolons that have a subject and no verb the change of the one in front."""
    shared = list(contexts)
    for i, context in enumerate(shared):
        opens = text[: context.window[0]].endswith(";") and _SUBJECT.match(context.left)
        if i and opens and opens.group() == context.lead:
            first = next((c for c in shared[i - 1 :: -1] if c.quantity.unit == context.quantity.unit), context)
            shared[i] = replace(context, mode=first.mode, lead=first.lead) if first.mode == "by" else context
    return shared


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
    operator, mode, token, lead = _lead(_without_comparison(left, grammar), grammar)
    operator = quantity.operator or operator
    mode = mode or _moved_by_at_least(quantity, operator, lead, grammar)
    gap = plain(text[floor : quantity.start])
    listed = before is not None and bool(
        search(grammar.joiner, gap) or (before.unit == quantity.unit and joined_behind_nouns(gap, grammar))
    )
    clause_start, clause_end = clause_of(quantity.start, quantity.end, text, grammar)
    return Context(
        quantity,
        left,
        reading.source[segment : quantity.start],
        lead,
        right,
        reading.source[tail:end],
        plain(text[clause_start:clause_end]),
        reading.source[:clause_end] if clause_start < 40 else reading.source[clause_start:clause_end],
        (segment, end),
        operator,
        mode,
        token,
        search(grammar.to_word, token) is not None,
        listed,
    )


def goes_on_path(context: Context, before: Context, grammar: Grammar) -> bool:
    """Say whether a quantity is the next step of a path: its unit is that before, and only a year stands between them.

    What the first step measures may stand behind it (a cut of 20 percent in losses by 2030 and 40 percent by 2035).
    """
    between = re.findall(r"[^\W\d]{3,}", context.left)
    if between and not before.left.endswith("("):
        bare = not re.match(r"[^,;.(]*[^\W\d]{2,}", context.right)
        between = between if not (bare and search(f"(?:{grammar.conjunction}) ?$", context.lead)) else []
    unit, of = (quantity.unit.partition(" per ")[0] for quantity in (context.quantity, before.quantity))
    return not context.operator and not between and unit == of


def stands_apart(context: Context, before: Context, grammar: Grammar) -> bool:
    """Say whether a quantity has things of its own behind a semicolon, behind one that a noun makes a change (a 5% cut)."""
    named = search(grammar.by_after, before.right) and re.match(r" [^\W\d_]{5}", context.right)
    return named is not None and context.window[0] >= before.window[1] and not search(grammar.by_after, context.right)


def purpose_in(words: str, grammar: Grammar) -> range:
    """Return where words tell what is counted by what it is for (the share of firms with a plan to cut waste), if they do."""
    found = search(grammar.purpose, words)
    return range(*found.span()) if found else range(0)


def in_bracket(context: Context, before: Context) -> bool:
    """Say whether a quantity says in brackets behind another one the same in another unit."""
    return context.left.strip() in OPENING and context.quantity.unit != before.quantity.unit


def clause_of(first: int, last: int, text: str, grammar: Grammar) -> tuple[int, int]:
    """Return start and end of the clause a span stands in."""
    start, end = 0, len(text)
    for match in finditer(grammar.segment, text):
        if match.end() <= first:
            start = match.end()
        elif match.start() >= last:
            end = match.start()
            break
    return start, end


def _without_comparison(left: str, grammar: Grammar) -> str:
    """Return words in front without what compares the number before them with a year (26 % below 2031 levels, and 50 %)."""
    compared = search(rf"(?:{grammar.compares}) ?, ?(?=(?:{grammar.conjunction})? ?$)", left)
    return left[: compared.start()] + left[compared.end() :] if compared else left


def _lead(left: str, grammar: Grammar) -> tuple[str, str, str, str]:
    """Read operator, mode and its word from the end of the words in front of a quantity; the rest comes last."""
    text, operator, mode, token = left.rstrip(), "", "", ""
    for _ in range(12):
        for pattern, sign in grammar.bounds_before:
            match = None if operator else search(pattern, text)
            if match and not (mode == "by" and search(grammar.level_bound, match.group())):  # below 2031 levels by 5%
                operator, text = sign, text[: match.start()].rstrip()
                level = search(grammar.level_bound, match.group()) and not _moves(text, sign, grammar)
                mode = mode or ("to" if level else "")
                break
        else:
            amount = search(grammar.amount, text)
            to, by = search(grammar.to, text), search(grammar.by, text)
            if not mode and amount:
                return operator, "by", "", text
            if not mode and to:
                mode, token, text = "to", to.group(), text[: to.start()].rstrip()
            elif not mode and by and search(grammar.by_word, by.group()):
                mode, text = "by", text[: by.start()].rstrip()
            elif not mode and by:
                front = text[: by.start()].rstrip()  # 至少下降
                ahead = next((sign for pattern, sign in grammar.bounds_before if search(pattern, front)), "")
                return operator or ahead, "by", "", text
            elif filler := search(grammar.filler, text):
                text = text[: filler.start()].rstrip()
            else:
                break
    return operator, mode, token, text


def _moved_by_at_least(quantity: Quantity, operator: str, lead: str, grammar: Grammar) -> str:
    """Return "by" where a verb of falling has a rate as its lower bound (cut emissions at least 26%): no level falls to that."""
    falls = operator == ">=" and quantity.unit == PERCENT and search(grammar.down, lead)
    return "by" if falls and search(grammar.verb_first, f"{lead} ") else ""


def _moves(text: str, sign: str, grammar: Grammar) -> bool:
    """Say whether a noun of change governs a bound behind it; what falls below a value has that value as its level."""
    noun = search(grammar.amount, text)
    return noun is not None and not (sign == "<" and search(rf"^(?:{grammar.down})", noun.group()))


def _share_list_suffix(contexts: list[Context], years: Sequence[Year], grammar: Grammar) -> list[Context]:
    """Give the members of a list what only its first or last member states: the mode, the operator."""
    shared = list(contexts)
    for i in range(1, len(shared)):
        if shared[i].left.strip() == "(" and shared[i].right.startswith(")"):
            right, behind = shared[i].right[1:], shared[i].behind[1:]
            shared[i - 1 : i + 1] = (replace(c, right=right, behind=behind) for c in shared[i - 1 : i + 1])
        if shared[i].left.strip() == "/":
            shared[i - 1] = replace(shared[i - 1], right=shared[i].right, behind=shared[i].behind)
        units = [context.quantity.unit for context in shared[i - 1 : i + 1]]
        most = _COMPARED if units == [PERCENT, PERCENT] else _JOINED
        otherwise = rf"^(?: [\w-]+){{0,{most}}} ?[,–]? ?(?:{grammar.disjunction}) $"
        again = shared[i].left.strip() == "(" or search(otherwise, shared[i].left)
        inner = again and PERCENT in units
        if shared[i - 1].mode == "by" and inner:
            shared[i] = replace(shared[i], mode="by", lead=shared[i - 1].lead)
        if shared[i].listed:
            first = shared[i - 1]
            cut = first.quantity.unit == PERCENT and search(grammar.by_after, first.right)
            mode = shared[i].mode or first.mode or ("by" if cut else "")
            started = first.quantity.operator or search(grammar.from_before, first.left.rstrip())
            known = first.quantity.known and shared[i].quantity.known
            other = (shared[i].comes_to or known) and shared[i].quantity.unit != first.quantity.unit
            ahead = "" if started or other else first.operator
            inherited = "" if shared[i].quantity.bound or ahead == "~" else ahead
            operator = shared[i].operator or inherited
            shared[i] = replace(shared[i], mode=mode, operator=operator, lead=shared[i].lead or first.lead)
    for i in range(len(shared) - 2, -1, -1):
        gap = range(shared[i].quantity.end, shared[i + 1].quantity.start)
        dated = any(year.start in gap for year in years)
        if (
            shared[i + 1].listed
            and not dated
            and not shared[i].operator
            and (shared[i].quantity.unit == shared[i + 1].quantity.unit or search(grammar.respectively, shared[i].left))
        ):
            shared[i] = replace(shared[i], operator=shared[i + 1].quantity.operator)
    return shared
