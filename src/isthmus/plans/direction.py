"""Up or down: the way that the words beside a quantity tell."""

import re

from isthmus.plans.context import Context, goes_on_path
from isthmus.plans.grammar import Grammar
from isthmus.plans.plan import Kind
from isthmus.plans.quantity import Finding
from isthmus.plans.text import BRACKETED, finditer, search
from isthmus.plans.units import POINTS, TIMES


def direction_of(context: Context, previous: tuple[Context, Finding] | None, grammar: Grammar) -> str:
    """Return up or down from the nearest word of direction, "" without one."""
    q = context.quantity
    if q.direction:
        return q.direction
    nearest = (_governing if grammar.spaced else _last_direction)(BRACKETED.sub("", context.lead), grammar)
    if context.mode == "by" and nearest:
        return nearest
    if search(grammar.down_after, context.behind):
        return "down"
    if search(grammar.up_after, context.behind):
        return "up"
    nearest = nearest or (_last_direction(context.left, grammar) if not grammar.spaced else "")
    if nearest:
        return nearest
    if previous is not None and goes_on_path(context, previous[0], grammar) and previous[1].direction:
        return previous[1].direction
    if context.mode == "by" or q.plus or q.unit in (TIMES, POINTS):
        ahead = first_direction(context.right, grammar) if previous is None or not context.listed else ""
        if ahead or previous is not None:
            return ahead or (previous[1].direction if previous else "")
        return _last_direction(context.clause.split(context.left)[0] if context.left else "", grammar)
    if context.listed and previous is not None:
        return previous[1].direction
    if (
        (context.mode == "to" or context.operator)
        and previous is not None
        and (
            _comes_to(context, previous, grammar)
            or (grammar.spaced and re.fullmatch(r"(?:.*[\w ]–|[)].*[(])?[ ,，–]*", context.lead))
            or (grammar.spaced and search(grammar.joiner, context.lead))
            or _shares_the_verb(context, previous[0], grammar)
        )
    ):
        return previous[1].direction
    return first_direction(context.right, grammar) if grammar.spaced and not context.left.strip() else ""


def _shares_the_verb(context: Context, before: Context, grammar: Grammar) -> bool:
    """Say whether a quantity goes on a list with a subject but no verb of its own (raise A to 5 and B to 7)."""
    verbs = f"{grammar.intends}|{grammar.tells}|{grammar.told}|{grammar.ahead}"
    joined = search(grammar.joins_on, context.left)
    return joined is not None and before.mode == context.mode == "to" and not search(verbs, context.left)


def _comes_to(context: Context, before: tuple[Context, Finding], grammar: Grammar) -> bool:
    """Say whether a level is what the change in front of it comes to (cut losses by half to below 9)."""
    changed = before[0].mode == "by" or before[1].kind is Kind.MULTIPLE
    words = re.fullmatch(r"[\w' -]*", context.left) and not search(grammar.conjunction, context.left)
    words = words if grammar.spaced else not context.lead.strip(" ,，")
    return bool(changed and context.mode == "to" and words)


def _last_direction(text: str, grammar: Grammar) -> str:
    up = max((m.end() for m in finditer(grammar.up, text)), default=-1)
    down = max((m.end() for m in finditer(grammar.down, text)), default=-1)
    return "" if up == down else "up" if up > down else "down"


def _governing(text: str, grammar: Grammar) -> str:
    """Return up or down by the last verb of direction of a text and not by what it governs (bring down the growth rate)."""
    ways = ("up", "down")
    found = sorted((m.start(), m.end(), way) for way in ways for m in finditer(getattr(grammar, way), text))
    while len(found) > 1 and _governed(text[found[-2][1] : found[-1][0]], text[slice(*found[-1][:2])], grammar):
        found.pop()
    return found[-1][2] if found else ""


def _governed(gap: str, word: str, grammar: Grammar) -> bool:
    """Say whether a word of direction is a noun or an adjective behind another one, and no verb of its own."""
    apart = any(re.search("[,;–-]", part) or search(grammar.joiner, part) for part in gap.split())
    apart = apart or search(grammar.tells, gap) is not None
    return not (apart or word.endswith("ing") or search(grammar.to, gap.rstrip()))


def first_direction(text: str, grammar: Grammar) -> str:
    """Return up or down by the first word of direction of a text, "" without one."""
    up, down = search(grammar.up, text), search(grammar.down, text)
    if up and down:
        return "up" if up.start() < down.start() else "down"
    return "up" if up else "down" if down else ""
