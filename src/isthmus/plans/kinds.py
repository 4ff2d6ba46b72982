"""What a quantity's number means (a level, a change, a growth, a total, a rank, a multiple) and which way it goes."""

import re

from isthmus.plans.context import Context, goes_on_path, purpose_in, stands_apart
from isthmus.plans.dates import Year
from isthmus.plans.grammar import Grammar
from isthmus.plans.patterns import finditer, search
from isthmus.plans.plan import Kind
from isthmus.plans.quantity import Finding
from isthmus.plans.text import BRACKETED
from isthmus.plans.units import DURATIONS, PERCENT, PERMILLE, POINTS, TIMES

_RATES = (PERCENT, PERMILLE)
_INDEX = 100.0
"""From here on a percentage of a base year may be an index of it."""
_RATES_OF_CHANGE = (Kind.CHANGE_PCT, Kind.GROWTH)
Before = tuple[Context, Kind] | None
"""The quantity before and its kind, None for the first of a statement."""


def kind_of(context: Context, previous: Before, year: Year | None, direction: str, grammar: Grammar) -> Kind:
    """Return what the number of a quantity means."""
    q = context.quantity
    near = context.right[:40]
    if q.form == "rank":
        return Kind.RANK
    if q.unit == TIMES:
        return Kind.LEVEL if direction == "down" and context.comes_to and q.value > 1.0 else Kind.MULTIPLE
    if q.unit == POINTS:
        return Kind.LEVEL if context.comes_to else Kind.CHANGE_PP
    if previous is not None and stands_apart(context, previous[0], grammar):
        previous = None
    if (
        previous is not None
        and previous[1] in _RATES_OF_CHANGE
        and year is not None
        and goes_on_path(context, previous[0], grammar)
    ):
        return previous[1]
    same = previous is not None and q.unit == previous[0].quantity.unit
    bare = context.listed and same and not context.left.strip(" ,、")
    if previous is not None and (bare or goes_on_total(context, previous, grammar)):
        return previous[1]
    if q.unit in _RATES:
        return _rate_kind(context, previous, direction, near, grammar)
    return _amount_kind(context, year, direction, near, grammar)


def goes_on_total(context: Context, previous: Before, grammar: Grammar) -> bool:
    """Say whether a count goes on a list of totals, or of changes, without a verb of its own (add 3 schools, 2 clinics)."""
    kinds = (Kind.CUMULATIVE,) if grammar.spaced else (Kind.CUMULATIVE, Kind.CHANGE_ABS)
    if previous is None or previous[1] not in kinds or context.quantity.unit in _RATES:
        return False
    own = f"{grammar.counted}|{grammar.up}|{grammar.down}"
    if search(own, context.left):
        return False
    joined, bare = f"(?:、|{grammar.conjunction})", context.lead == context.left.rstrip()
    behind = not grammar.spaced and not context.mode and search(f"{joined}$", context.left)
    return bool(behind or (bare and search(f"^{joined}", context.left)))


def _amount_kind(context: Context, year: Year | None, direction: str, near: str, grammar: Grammar) -> Kind:
    """Decide between a level, a change and a total of an amount that is no rate."""
    q = context.quantity
    words = context.source + " # " + context.behind
    yearly = search(grammar.yearly, context.left[-30:]) or search(grammar.yearly, near)
    strong = bool(search(grammar.cumulative_strong, words)) and not yearly
    if strong:
        return Kind.CUMULATIVE
    if search(grammar.over_period, words) and context.mode != "by" and not (yearly or (direction and context.comes_to)):
        return Kind.CUMULATIVE
    if not q.unit and q.value != int(q.value) and context.mode != "by":
        return Kind.LEVEL
    added = search(grammar.cumulative, context.left) or (not q.known and search(grammar.newly, near))
    if added and not yearly and q.unit not in DURATIONS:
        return Kind.CUMULATIVE
    moved = context.mode == "by" and (direction or (q.known and q.unit not in DURATIONS))
    opens = context.mode == "" and search(grammar.verb_of_more, context.left)
    if moved or opens or q.plus or q.signed or _noun_behind(context, grammar):
        return Kind.CHANGE_ABS
    over = year is not None and year.role == "period" and context.mode == "" and not yearly
    return Kind.CUMULATIVE if over and not {context.operator, q.operator} & {"<", ">", "<="} else Kind.LEVEL


def _rate_kind(context: Context, previous: Before, direction: str, near: str, grammar: Grammar) -> Kind:
    """Decide between a share, a change in percent and a yearly growth."""
    whole = not direction and (context.quantity.value == 100.0 or search(grammar.fulfils, context.clause))
    whole = whole or (previous is not None and previous[1] is Kind.LEVEL and previous[0].mode == context.mode == "by")
    loosely = search(grammar.by_share, context.source) and not search(grammar.of, context.right.lstrip())
    loosely = bool(direction and (loosely or _is_set_against_a_year(context, grammar)))
    changes = (context.mode == "by" and not whole) or context.quantity.plus or _noun_behind(context, grammar) or loosely
    if context.operator and not changes and search(grammar.share, context.clause):
        return Kind.LEVEL
    goes_on = not context.lead.strip(" ,，") or (context.token == "–" and not search(grammar.share, context.left))
    if previous is not None and previous[1] is Kind.GROWTH and goes_on:
        return Kind.GROWTH
    rates = previous is not None and previous[1] in _RATES_OF_CHANGE
    over = previous if rates and not search(grammar.yearly, context.left) else None
    of_each_year = search(grammar.yearly, context.left) and search(grammar.growth_noun, context.left)
    if not of_each_year and search(grammar.whole_period, (over[0] if over else context).clause_source):
        return Kind.CHANGE_PCT if changes or context.quantity.signed else Kind.LEVEL
    behind = (
        "" if previous is None else f"^ (?:{grammar.yearly})"
    )  # of the rate in front (grow by 5 % per year, cut X by)
    left = _own_part(re.sub(behind, "", context.left))
    noun = search(grammar.growth_noun, left) or search(grammar.growth_noun, near)
    cue = search(grammar.growth, left) or search(grammar.growth, near)
    if noun and not (context.mode == "by" and not cue):
        return Kind.GROWTH
    if cue and (changes or (direction and not context.comes_to)):
        return Kind.GROWTH
    if context.mode in ("by", "") and search(grammar.headline, left.rstrip()):
        return Kind.GROWTH
    if context.quantity.form == "fraction" and grammar.half_is_multiple and changes and context.quantity.value == 50.0:
        return Kind.MULTIPLE
    opens = context.mode == "" and search(grammar.verb_first, context.left)
    return Kind.CHANGE_PCT if changes or opens or context.quantity.signed else Kind.LEVEL


def _is_set_against_a_year(context: Context, grammar: Grammar) -> bool:
    """Say whether a percentage is compared with a year (an intensity reduction of 24% compared to 1990) and no level (to 24%)."""
    against = search(rf"^[^,;]*?(?:{grammar.compares})\D{{0,24}}(?:19|20)\d\d(?!\d)", context.behind)
    return against is not None and not context.comes_to and context.quantity.value < _INDEX


def _own_part(left: str) -> str:
    """Return the words behind the last comma, where they name what a quantity measures and are no part of a group (X: a, b)."""
    before, _, last = left.rpartition(", ")
    return last if re.search(r"[^\W\d_]{5,}", last) and ": " not in before else left


def _noun_behind(context: Context, grammar: Grammar) -> bool:
    level = context.mode == "to" and (not grammar.spaced or search(grammar.to_strict, context.left))
    level = level and not search(grammar.against, context.right)
    return not level and bool(search(grammar.by_after, context.right))


def direction_of(context: Context, previous: tuple[Context, Finding] | None, grammar: Grammar) -> str:
    """Return up or down from the nearest word of direction, "" without one."""
    q = context.quantity
    if q.direction:
        return q.direction
    lead, left = (_without_purpose(words, grammar) for words in (BRACKETED.sub("", context.lead), context.left))
    nearest = (_governing if grammar.spaced else _last_direction)(lead, grammar)
    if context.mode == "by" and nearest:
        return nearest
    if search(grammar.down_after, context.behind):
        return "down"
    if search(grammar.up_after, context.behind):
        return "up"
    nearest = nearest or (_last_direction(left, grammar) if not grammar.spaced else "")
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


def _without_purpose(words: str, grammar: Grammar) -> str:
    """Return the words in front of a quantity without those that tell what is counted by what it is for."""
    aim = purpose_in(words, grammar)
    return words[: aim.start] + words[aim.stop :]


def _shares_the_verb(context: Context, before: Context, grammar: Grammar) -> bool:
    """Say whether a quantity goes on a list with a subject but no verb of its own (raise A to 5 and B to 7)."""
    verbs = f"{grammar.intends}|{grammar.tells}|{grammar.told}|{grammar.ahead}"
    joined = search(grammar.joins_on, context.left)
    return joined is not None and before.mode == context.mode == "to" and not search(verbs, context.left)


def _comes_to(context: Context, before: tuple[Context, Finding], grammar: Grammar) -> bool:
    """Say whether a level is what the change in front of it comes to (cut losses by half to below 9)."""
    changed = before[0].mode == "by" or before[1].kind is Kind.MULTIPLE
    words = re.fullmatch(r"[\w'’ -]*", context.left) and not search(grammar.conjunction, context.left)
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
