"""Everything in a statement that is a quantity: numbers with units, ranks, multiples; and what only looks like one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from isthmus.plans.dates import find_years
from isthmus.plans.grammar import Grammar
from isthmus.plans.numbers import NumberSpan, Numerals, find_numbers, numeral
from isthmus.plans.patterns import finditer, search
from isthmus.plans.quantity import Quantity, Reading
from isthmus.plans.text import BLANK, HIDDEN, blank, plain
from isthmus.plans.units import CENTS, PERCENT, PERMILLE, POINTS, SHARES, TIMES, currency_before, unit_at
from isthmus.plans.values import accepted_of

_DASH = re.compile(r"\s?[-–~]\s?")
_SHARE_IN_WORDS = {"percent": PERCENT, "permille": PERMILLE}
"""Forms of numbers that say what they are parts of (百分之五, 千分之三)."""
_FAR, _WHOLE = 3, 1000
"""How many times a count's change is the level it comes to (by 300 to 2,100), where the two can be no range."""
_NEAR = 2
"""Up to how many times the first of two percentages the second one is where they are a range (by 20% to 30%)."""


@lru_cache(maxsize=2048)
def read(text: str, grammar: Grammar, reported_to: int = 0, *, aims: bool = False) -> Reading:
    """Take a normalised, lower-cased statement apart; for `reported_to` see `Reading`, for `aims` `accepted_of`."""
    source = _masked(text, grammar, {"code": " "})
    text = _masked(source, grammar, {"before years": BLANK})
    years, text = find_years(text, grammar, reported_to)
    text = _masked(text, grammar, {"blank": BLANK, "name": HIDDEN})
    found, text = _ranks(text, grammar)
    multiples, text = _multiples(text, grammar)
    ratios, text = _ratios(text, grammar)
    numbers = _with_units(text, grammar)
    quantities = sorted([*found, *multiples, *numbers], key=lambda q: q.start)
    quantities = [_with_ratio(q, ratios, quantities, text, grammar) for q in quantities]
    accepted = [_with_bound(_kept(q), text, grammar) for q in accepted_of(quantities, text, grammar, aims=aims)]
    return Reading(tuple(accepted), tuple(years), text, source, grammar, reported_to)


def _masked(text: str, grammar: Grammar, marks: Mapping[str, str]) -> str:
    """Return a text with the digits blanked that masks of some senses find."""
    for pattern, sense in grammar.masks:
        for match in finditer(pattern, text) if sense in marks else ():
            text = blank(text, match.start(), match.end(), marks[sense])
    return text


def _ranks(text: str, grammar: Grammar) -> tuple[list[Quantity], str]:
    """Find ranks and blank them."""
    found = []
    for pattern, operator in grammar.ranks:
        for match in finditer(pattern, text):
            groups = match.groupdict()
            raw = groups.get("n") or groups.get("m") or ""
            value = 1.0 if operator == "first" else _ordinal(raw, grammar.numerals)
            if value is None:
                continue
            found.append(
                Quantity(match.start(), match.end(), value, "rank", "rank", True, operator="<=" if value > 1 else "=")
            )
            text = blank(text, match.start(), match.end())
    return found, text


def _ordinal(raw: str, numerals: Numerals) -> float | None:
    if digits := re.match(r"\d+", raw):
        return float(digits.group())
    for stem, value in numerals.ordinals:
        if raw.startswith(stem):
            return value
    try:
        return numeral(raw, numerals)
    except KeyError:
        return None


def _multiples(text: str, grammar: Grammar) -> tuple[list[Quantity], str]:
    """Find multiples that are one word (double, halve, twofold) and blank them."""
    found = []
    for pattern, sense in grammar.multiples:
        for match in finditer(pattern, text):
            value, _, how = sense.partition(" ")
            size = float(value)
            if how == "fan":
                count = numeral(match["n"], grammar.numerals) if not match["n"].isdigit() else float(match["n"])
                size = 2.0 ** ((count or 1.0) + (0.5 if match.groupdict().get("half") else 0.0))
            elif how.startswith("n"):
                raw = match["n"].replace(",", ".")
                size = float(raw) if raw[0].isdigit() else numeral(raw, grammar.numerals) or 1.0
            direction = {"up": "up", "n up": "up", "fan": "up", "down": "down"}.get(how, "")
            found.append(Quantity(match.start(), match.end(), size, TIMES, "multiple", True, direction=direction))
            text = blank(text, match.start(), match.end())
    return found, text


def _ratios(text: str, grammar: Grammar) -> tuple[list[tuple[int, int, str]], str]:
    """Find denominators of ratio units (per 10,000 people) and blank them."""
    found = []
    for pattern, _ in grammar.ratios:
        for match in finditer(pattern, text):
            raw = match.groupdict().get("n")
            person = search(grammar.persons, match.group())
            name = f"per {_count(raw, grammar.numerals):,.0f}" if raw else "per person" if person else "per unit"
            found.append((match.start(), match.end(), name))
            text = blank(text, match.start(), match.end(), HIDDEN)
    return found, text


def _count(raw: str, numerals: Numerals) -> float:
    alone = {"hundred": 100.0, "thousand": 1e3, "million": 1e6}
    numbers = find_numbers(raw.strip(), numerals)
    return numbers[0].value if numbers else alone.get(raw.strip(), 1.0)


def _with_units(text: str, grammar: Grammar) -> list[Quantity]:
    """Turn numbers into quantities; neighbours in a range or a list share the unit and the scale of the last."""
    found: list[Quantity] = []
    for number in find_numbers(text, grammar.numerals):
        if not found or number.start >= found[-1].end:
            found.append(_quantity(number, text, grammar))
    for i in range(len(found) - 2, -1, -1):
        this, following = found[i], found[i + 1]
        between = text[this.end : following.start]
        ranged = bool(search(grammar.range_between, between))
        if not ranged and not search(grammar.joiner, between):
            continue
        whole = this.value >= _WHOLE  # written out (from 380,000 to 1.4 million, 50% women)
        if not this.unit and following.unit and not (whole and following.unit == PERCENT):
            this = replace(
                this, unit=following.unit, known=following.known, value=this.value * _factor(following, text, grammar)
            )
            if this.scale == 1.0 and following.scale != 1.0 and this.form == "digits" and not whole:
                this = replace(this, value=this.value * following.scale, scale=following.scale)
        # what a cut in percent comes to is no end of a range (by 30 % to 13 million)
        level = this.unit == PERCENT and following.scale != 1.0
        alike = not level and following.unit in ("", this.unit)
        short = ranged and this.form == "digits" and this.scale == 1.0 and alike
        if short and this.value * following.scale < 2.0 * following.value:
            this = replace(this, value=this.value * following.scale, scale=following.scale)
        if ranged and this.signed and -this.value < following.value:
            this = replace(this, value=-this.value, signed=False)
        far = not following.known and following.value >= _FAR * this.value
        parts = found[i].unit == following.unit == PERCENT and search(grammar.range_by, between)
        near = parts and this.value < following.value <= _NEAR * this.value
        apart = (far or (found[i].unit != "" and not near)) and not _DASH.fullmatch(between)
        by_to = apart and search(grammar.by_word, plain(text[: this.start]).rstrip())
        if ranged and not by_to and this.unit and not following.unit and not level:
            following = replace(following, unit=this.unit, known=this.known)
        same = ranged and not by_to and this.unit == following.unit
        beside = [(found[i - 1], this)] * (i > 0) + [(following, after) for after in found[i + 2 : i + 3]]
        chained = any(_DASH.fullmatch(text[a.end : b.start]) for a, b in beside)
        ends = same and not chained and _is_range(this, following, between, text, grammar)
        found[i : i + 2] = _ends(this, following) if ends else (this, following)
    return found


def _ends(low: Quantity, high: Quantity) -> Sequence[Quantity]:
    """Return the two ends of a range, or the one value that both are (a balance of 50-50)."""
    if low.value == high.value:
        return (replace(low, end=high.end),)
    return replace(low, bound=">="), replace(high, bound="<=")


def _factor(quantity: Quantity, text: str, grammar: Grammar) -> float:
    number = next((n for n in find_numbers(text[quantity.start : quantity.end], grammar.numerals)), None)
    return abs(quantity.value) / quantity.scale * number.scale / number.value if number and number.value else 1.0


def _is_range(left: Quantity, right: Quantity, between: str, text: str, grammar: Grammar) -> bool:
    """Decide whether two numbers are the ends of a range and not a start and an end or two values."""
    mark = between.strip()
    before = plain(text[: left.start]).rstrip()
    if _DASH.fullmatch(mark) or search(grammar.range_sign, mark):
        return left.value <= right.value or left.signed
    start, opens = search(grammar.from_before, before), bool(search(grammar.range_open, before))
    level = search(rf"{BLANK} of $", text[: left.start])
    if level or (start and not opens and search(grammar.from_word, start.group())):
        return False
    if search(grammar.conjunction, mark) or (start and search(f"(?:{grammar.up}|{grammar.down})", before[-60:])):
        return opens
    return left.value < right.value


def _quantity(number: NumberSpan, text: str, grammar: Grammar) -> Quantity:
    """Attach sign, currency sign and unit to a number."""
    start, value, signed, plus = number.start, number.value, False, False
    currency = currency_before(text, start, grammar)
    if currency:
        start = currency[0]
    sign = search(
        rf"(?:(?<![\w%{BLANK}])(?<!{BLANK} )(?:[-±]|(?:{grammar.minus}|{grammar.plus}) )|(?<![\w%])\+ ?)$", text[:start]
    )
    if sign:
        signed, plus = (bool(search(rf"^(?:{p})", sign[0])) for p in (f"-|{grammar.minus}", rf"\+|{grammar.plus}"))
        value, start = (-value if signed else value), sign.start()
    if number.form == "fraction":
        by = search(grammar.by_fraction, text[number.start : number.end]) is not None
        return Quantity(start, number.end, value, PERCENT, "fraction", True, signed=signed, plus=plus or by)
    if number.form in _SHARE_IN_WORDS:
        return Quantity(start, number.end, value, _SHARE_IN_WORDS[number.form], "digits", True, signed=signed)
    unit = unit_at(text, number.end, grammar)
    if unit is None or (currency and not (unit.known and unit.name in (*SHARES, CENTS))):
        named, known = (currency[1], True) if currency else ("", False)
        return Quantity(start, number.end, value, named, number.form, known, signed=signed, scale=number.scale)
    name, factor = (currency[1], 0.01) if currency and unit.name == CENTS else (unit.name, unit.factor)
    if name == "points" and search(grammar.in_points, text):
        name = POINTS
    if name == "households" and search(grammar.firms, _part_around(text, number.start)):
        name = "户"
    if name == "Mt" and factor == 1.0 and (number.scale >= 1000 or number.value >= 10_000):
        name = "t"
    return Quantity(
        start,
        unit.end,
        value * factor,
        name,
        number.form,
        unit.known,
        operator=">=" if number.more else "",
        signed=signed,
        scale=number.scale,
        plus=plus,
    )


def _part_around(text: str, position: int) -> str:
    """Return what stands between the commas around a place."""
    return re.split(r"[，,、；;。：]", text[:position])[-1] + re.split(r"[，,、；;。：]", text[position:])[0]


def _with_ratio(
    quantity: Quantity, ratios: list[tuple[int, int, str]], others: list[Quantity], text: str, grammar: Grammar
) -> Quantity:
    """Attach the denominator that stands behind a quantity or, in the same clause, before it."""
    for start, end, name in sorted(ratios, key=lambda ratio: (ratio[0] < quantity.end, ratio[0])):
        apart = search(rf"[)）]|, [^\W\d]|{grammar.segment}", text[quantity.end : start])
        behind = quantity.end <= start <= quantity.end + 30 and not apart
        before = end <= quantity.start and not search(grammar.segment, text[end : quantity.start])
        low, high = (quantity.end, start) if behind else (end, quantity.start)
        taken = any(low <= other.start < high for other in others)
        if (behind or before) and not taken and quantity.unit not in (POINTS, TIMES, "rank", PERCENT):
            return replace(quantity, ratio=name, end=max(quantity.end, end) if behind else quantity.end)
    return quantity


def _with_bound(quantity: Quantity, text: str, grammar: Grammar) -> Quantity:
    """Attach a bound that stands directly behind a quantity (以上, or more)."""
    if quantity.form == "rank":
        return quantity
    for pattern, operator in grammar.bounds_after:
        if match := search(pattern, text[quantity.end :]):
            return replace(quantity, operator=operator, end=quantity.end + match.end())
    return quantity


def _kept(quantity: Quantity) -> Quantity:
    """Name the ratio in the unit."""
    if not quantity.ratio:
        return quantity
    return replace(quantity, unit=f"{quantity.unit} {quantity.ratio}".strip())
