"""Which numbers are quantities: they have a unit, or words around them say that they count something."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import isclose

from isthmus.plans.grammar import Grammar
from isthmus.plans.numbers import find_numbers
from isthmus.plans.patterns import search
from isthmus.plans.quantity import Quantity
from isthmus.plans.text import BLANK, plain
from isthmus.plans.units import DURATIONS, SHARES, TIMES, TIMES_A_YEAR

_MANY_PARTS, _FEW = 200, 20
"""What a plan has fewer parts than; the largest number in words that is a size rather than an amount (within five km)."""
_BRACKET = re.compile(r" ?[(（][^()（）]+[)）]")
_LIKE_A_YEAR = re.compile(r"(?:19|20)\d\d")
"""A bare number that is no value without a unit: a year of a list or a period that its words do not tell (on 2027)."""


@dataclass(frozen=True)
class _Words:
    """The words around a number.

    `before` and `after` are the nearest ones, `clause` is its clause in front; `led` tells whether a value is announced,
    `counted` whether a verb in front counts something, `counted_behind` whether one behind does, `of_each` whether it is
    a bound on what each of many places has, `due` whether a year by which it is due stands in its clause behind it.
    """

    before: str
    after: str
    clause: str
    led: bool
    bounded: bool
    counted: bool
    counted_behind: bool
    due: bool
    of_each: bool


def accepted_of(quantities: Sequence[Quantity], text: str, grammar: Grammar, *, aims: bool = False) -> list[Quantity]:
    """Return what is a quantity; one that goes on a list of quantities is one as well, and with `aims` any count of things."""
    kept: list[Quantity] = []
    for i, quantity in enumerate(_with_parts(quantities, text)):
        goes_on = kept and _goes_on(kept[-1], quantity, text, grammar)
        if goes_on or _is_value(quantity, text, grammar, aims=aims) or _opens_a_list(quantities[i:], text, grammar):
            kept.append(quantity)
    return kept


def _with_parts(quantities: Sequence[Quantity], text: str) -> Iterator[Quantity]:
    """Yield quantities, counts in the bracket behind one that sum up to it with its unit (300 farms (100 of A; 200 of B))."""
    span, whole = range(0), None
    for quantity in quantities:
        if whole is None or quantity.start not in span:
            bracket = _BRACKET.match(text, quantity.end)
            span = range(*bracket.span()) if bracket else range(0)
            parts = [q.value for q in quantities if q.start in span]
            whole = quantity if len(parts) > 1 and isclose(sum(parts), quantity.value) else None
            yield quantity
        else:
            yield replace(quantity, unit=whole.unit, known=True)


def _opens_a_list(quantities: Sequence[Quantity], text: str, grammar: Grammar) -> bool:
    """Say whether a count of things opens a list of counts whose verb stands behind the last (50 inns and 20 mills are built)."""
    first, *others = quantities
    if not others or not first.unit or first.form != "digits" or _counts_the_plan(first, text, grammar):
        return False
    after = others[0]
    between = grammar.spaced and search(rf"^,? (?:{grammar.conjunction}) $|^, $", text[first.end : after.start])
    if not (between and after.unit) or after.known:
        return False
    return _words_around(after, text, grammar).counted_behind or _opens_a_list(others, text, grammar)


def _goes_on(before: Quantity, quantity: Quantity, text: str, grammar: Grammar) -> bool:
    """Say whether a number goes on a list: behind a joining word, or with the unit of the quantity before it."""
    if search(grammar.definite, plain(text[: quantity.start]).rstrip()):
        return False
    lone = quantity.form == "words" and search(grammar.lone_scale, text[quantity.start :])
    same = before.unit == quantity.unit and (quantity.form == "digits" or lone)
    if same and (quantity.known or (not grammar.spaced and quantity.unit != "")):
        return True
    if 1900 <= quantity.value <= 2100:
        return False
    gap = plain(text[before.end : quantity.start])
    part = quantity.form == "digits" and search(grammar.nested, gap.rstrip())
    listed = quantity.unit != "" and quantity.form == "digits" and joined_behind_nouns(gap, grammar)
    if not part and not listed and not search(grammar.joiner, gap.lstrip(" –")):
        return False
    counts = quantity.form == "words" and quantity.unit != "" and quantity.value >= 2
    return quantity.form == "digits" or counts or bool(re.match(rf" ?{BLANK}", text[quantity.end :]))


def joined_behind_nouns(gap: str, grammar: Grammar) -> bool:
    """Say whether the words between two numbers are what the first counts and a joining word (30 schools and 12 clinics)."""
    nouns = re.match(r" (?:[\w'-]+ ){1,6}", gap) if grammar.spaced else None
    if nouns is None or search(grammar.to, gap.split()[0]) or search(grammar.intends, gap):
        return False
    return any(search(grammar.joiner, gap[at.start() :]) for at in re.finditer(" (?=.)", nouns.group()) if at.start())


def _is_value(quantity: Quantity, text: str, grammar: Grammar, *, aims: bool) -> bool:
    """Say whether a number is a quantity: it has a unit, or words around it that make it one."""
    if quantity.form in ("rank", "multiple"):
        return True
    if search(grammar.ordinal, text[quantity.end :]):
        return False
    words = _words_around(quantity, text, grammar)
    bounded = words.bounded and not search(grammar.where_before, words.before)
    parts = not (quantity.known or bounded) and quantity.value < _MANY_PARTS
    if parts and _counts_the_plan(quantity, text, grammar):
        return False
    if quantity.unit == TIMES_A_YEAR:  # how often something is held at least is no aim
        return any(sign == "<=" and search(pattern, words.before) for pattern, sign in grammar.bounds_before)
    if quantity.unit == TIMES:
        return quantity.bound == "<=" or _is_multiple(words, grammar)
    if quantity.form == "digits" and any(search(pattern, text[quantity.end :]) for pattern, _ in grammar.bounds_after):
        return True
    if quantity.form == "words":
        if not search(grammar.lone_scale, text[quantity.start :]):
            return _words_count(quantity, words, grammar, aims=aims)
        built = search(rf"(?:{grammar.counted}|{grammar.cumulative})$", words.before)
        return bool((words.led or built) and quantity.unit)
    if quantity.unit in DURATIONS and not quantity.ratio:
        return words.led or search(grammar.lasting, words.before) is not None
    scaled = quantity.scale >= (1e5 if grammar.spaced else 1e4)
    behind = re.search(rf"(?:[(（]{BLANK}+: ?|{BLANK} of )$", text[: quantity.start])
    dated = behind or re.match(rf" ?[(（]{BLANK}+[)）]", words.after)
    if quantity.known or quantity.ratio or quantity.bound or scaled or dated:
        return True
    if quantity.unit:
        glued = re.match(r"[\d.,]+[a-z]{2,}|\d+\.0 ", text[quantity.start : quantity.end])  # 7ndp, version 2.0
        if glued or search(grammar.definite, words.before):
            return False
        counted = words.counted or words.counted_behind
        return aims or not grammar.spaced or words.led or counted or quantity.value >= 1000
    if text.startswith(")", quantity.end) and text.rfind("(", 0, quantity.start) <= text.rfind(")", 0, quantity.start):
        return False  # the number of an item: to 1) find, 2) assess
    if _LIKE_A_YEAR.fullmatch(text, quantity.start, quantity.end) and not words.after.startswith(f" {BLANK}"):
        return False
    opens = words.counted_behind and not re.search(r"\w$", words.before)
    return words.led or opens or bool(search(grammar.counts_change, words.after))


def _counts_the_plan(quantity: Quantity, text: str, grammar: Grammar) -> bool:
    """Say whether a number counts what a plan consists of (10 goals, 34 показателя)."""
    number = next(iter(find_numbers(text[quantity.start : quantity.end], grammar.numerals)), None)
    return number is not None and bool(search(grammar.plan_parts, text[quantity.start + number.end :]))


def _words_around(quantity: Quantity, text: str, grammar: Grammar) -> _Words:
    before = plain(text[: quantity.start]).rstrip()[-60:]
    clause = re.split(grammar.segment, plain(text[: quantity.start]))[-1]
    bounded = any(search(pattern, before) for pattern, _ in grammar.bounds_before)
    behind = search(grammar.counted_after, plain(text[quantity.end :]))
    return _Words(
        before=before,
        after=text[quantity.end : quantity.end + 20],
        clause=clause,
        led=bounded or _led(before, grammar),
        bounded=bounded,
        counted=bool(search(grammar.counted, clause) or search(grammar.cumulative, before)),
        counted_behind=bool(behind) and not search(grammar.place_before, before),
        due=re.match(rf"[^,.;]* {BLANK}", text[quantity.end :]) is not None,
        of_each=bounded and search(grammar.of_each, text[quantity.end :]) is not None,
    )


def _led(before: str, grammar: Grammar) -> bool:
    """Say whether the words before a number announce a value (to, by, from ...)."""
    stripped = re.sub(rf" ?(?:(?<!\w)(?:{grammar.filler.removesuffix('$')}) ?)+$", "", before)
    return any(
        search(pattern, words)
        for pattern, words in (
            (grammar.from_before, before),
            (grammar.to, stripped),
            (grammar.by, stripped),
            (grammar.to, before),
        )
    )


def _is_multiple(words: _Words, grammar: Grammar) -> bool:
    led = words.led and search(grammar.times_led, words.after)
    return bool(led or search(grammar.times_before, words.before) or search(grammar.times_behind, words.after))


def _words_count(quantity: Quantity, words: _Words, grammar: Grammar, *, aims: bool) -> bool:
    """Accept numerals in words only where they clearly count something."""
    if quantity.scale >= 1000 or quantity.value >= 1000 or (quantity.known and quantity.unit in SHARES):
        return True
    if not grammar.spaced:
        return bool(quantity.unit and words.led and quantity.value >= 10)
    if quantity.known:
        return words.led or (quantity.value > _FEW and quantity.unit not in DURATIONS)
    if search(grammar.definite, words.before):
        return False
    if quantity.value == 1.0:
        return words.of_each or bool(quantity.unit and words.due and search(grammar.counted, words.before))
    turned = search(f"(?:{grammar.up}|{grammar.down})", words.clause) or re.match(rf" ?{BLANK}", words.after)
    if words.led and (turned or (quantity.unit and words.bounded)):
        return True
    opens = aims and re.search(r"\w", words.before.removesuffix(grammar.announced.strip())) is None
    counted = bool(search(grammar.counted, words.before[-40:])) or words.counted_behind or opens
    named = quantity.unit != "" or words.counted_behind
    return quantity.value >= 2 and named and counted and not search(r"[,:]$", words.before)
