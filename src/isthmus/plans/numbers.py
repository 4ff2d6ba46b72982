"""Numbers as plans write them: digits in three conventions, numerals in words, fractions and scale words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from isthmus.plans.patterns import compiled, finditer

_SLOT = "@"
"""Stands where the words for numbers go, or in a fraction a numeral."""
_NEVER = "(?!)"
_BESIDE, _UNITS = ("", " "), re.compile(r"\d{2,4}")
"""What may stand in front of the rest behind a scale word, and that rest."""
Sized = tuple[tuple[str, float], ...]
"""Patterns with what each of them counts."""


@dataclass(frozen=True)
class Numerals:
    """How a language writes numbers.

    Attributes
    ----------
    values, times
        Words for numbers; those that multiply what stands in front of them.
    spaced
        Whether words are written apart; a numeral without spaces is read by the places of its characters.
    comma, point
        Whether a comma is the decimal sign; what parts the decimals of a numeral in words.
    digits, words, lone, half, permille, more
        Patterns of a number in digits, of one in words, of scale words that are a number themselves (a million), of halves
        of something counted, of parts in a thousand, and of a word for "and more" inside a number.
    tails, scales, fractions, parts, ordinals
        What a numeral may end with (and a half), scale words, fractions with what one of them is in percent, stems of
        denominators, and stems of ordinals.
    """

    values: Mapping[str, float]
    times: frozenset[str]
    spaced: bool
    comma: bool
    point: str
    digits: str
    words: str
    lone: str
    half: str
    permille: str
    more: str
    tails: Sized
    scales: Sized
    fractions: Sized
    parts: Sized
    ordinals: Sized


def numerals_of(rows: Iterable[Mapping[str, str]]) -> Numerals:
    """Return the numerals of a language from the rows (class, value, form) of their table."""
    listed = list(rows)

    def sized(name: str) -> Sized:
        return tuple((row["form"], float(row["value"])) for row in listed if row["class"] == name)

    values = {word: value for name in ("word", "times") for forms, value in sized(name) for word in forms.split("|")}
    patterns = {row["class"]: row["form"] for row in listed if not row["value"]}
    spaced = _SLOT in patterns["words"]
    words = patterns["words"].replace(_SLOT, "|".join(sorted(values, key=len, reverse=True)))

    def apart(pattern: str) -> str:
        return rf"(?<![\w-])(?:{pattern})(?![\w])" if spaced else pattern

    return Numerals(
        values=values,
        times=frozenset(word for word, _ in sized("times")),
        spaced=spaced,
        comma="decimal" in patterns,
        point=patterns.get("point", "."),
        digits=rf"(?:(?<![\d.,])|(?<=rs\.))(?:{patterns['digits']})",
        words=apart(words),
        lone=rf"(?<![\w-]){patterns.get('lone', _NEVER)}",
        half=patterns["half"],
        permille=patterns.get("permille", _NEVER).replace(_SLOT, words),
        more=patterns.get("more", _NEVER),
        tails=sized("tail"),
        scales=sized("scale"),
        fractions=tuple((apart(form.replace(_SLOT, words)), size) for form, size in sized("fraction")),
        parts=sized("part"),
        ordinals=tuple(sorted(sized("ordinal"), key=lambda stem: -len(stem[0]))),
    )


@dataclass(frozen=True)
class NumberSpan:
    """A number found in a text: its span, its value, and how it is written (digits, words, fraction in percent).

    `more` tells that a word for "and more" stands inside it (5100多亿).
    """

    start: int
    end: int
    value: float
    form: str
    scale: float = 1.0
    more: bool = False


def find_numbers(text: str, numerals: Numerals) -> list[NumberSpan]:
    """Return the numbers of a normalised, lower-cased text in order, scale words multiplied out.

    Fractions are returned in percent with form ``fraction``. A blanked character ends a number.
    """
    found = [
        NumberSpan(match.start(), match.end(), value, "percent" if factor == 1.0 else "fraction")
        for pattern, factor in numerals.fractions
        for match in finditer(pattern, text)
        if (value := _fraction(match, factor, numerals)) is not None
    ]
    found.extend(
        NumberSpan(match.start(), match.end(), _in_digits_or_words(match["n"], numerals) or 0.0, "permille")
        for match in finditer(numerals.permille, text)
    )
    found.extend(n for n in _halves(text, numerals) if not _inside(n.start, found))
    found.extend(
        NumberSpan(match.start(), match.end(), _digits(match.group(), numerals), "digits")
        for match in finditer(numerals.digits, text)
        if not _inside(match.start(), found)
    )
    found.extend(
        NumberSpan(match.start(), match.end(), value, "words")
        for match in finditer(numerals.words, text)
        if not _inside(match.start(), found) and (value := numeral(match.group(), numerals)) is not None
    )
    found.extend(_lone_scales(text, numerals, found))
    return _summed(sorted((_scaled(number, text, numerals) for number in found), key=lambda n: n.start), text)


def _summed(numbers: list[NumberSpan], text: str) -> list[NumberSpan]:
    """Add up a number whose parts stand side by side with falling scale words (1 trillion 350 billion, two thousand six)."""
    kept: list[NumberSpan] = []
    for number in numbers:
        last = kept[-1] if kept else None
        if last is not None and number.start < last.end:
            continue
        falls = last is not None and last.scale > number.scale and number.value < last.scale
        in_words = number.scale > 1.0 or number.form == "words"
        falls = falls and (in_words or _UNITS.fullmatch(text[number.start : number.end]) is not None)
        if (
            last is not None
            and falls
            and (last.form == number.form == "digits" or (last.form == "words" and in_words))
            and text[last.end : number.start] in _BESIDE
        ):
            kept[-1] = replace(last, end=number.end, value=last.value + number.value, scale=number.scale)
        else:
            kept.append(number)
    return kept


def numeral(words: str, numerals: Numerals) -> float | None:
    """Return the value of a numeral in words, None where the words do not form one."""
    if not numerals.spaced:
        return _by_places(words, numerals)
    total = part = 0.0
    for pattern, value in numerals.tails:
        words, count = re.subn(pattern, "", words)
        part += value * count
    for word in re.split(r"[ -]", words):
        if word in ("", "and"):
            continue
        value = numerals.values[word]
        total = max(total, 1.0) * value if word in numerals.times else total + value
    return total + part


def _halves(text: str, numerals: Numerals) -> list[NumberSpan]:
    """Return the halves of counted things, which are no shares (half a point), with the whole ones in front of them."""
    found = []
    for match in finditer(numerals.half, text):
        whole = next((n for n in match.groups() if n), None)
        value = 0.5 + ((numeral(whole, numerals) or 0.0) if whole else 0.0)
        found.append(NumberSpan(match.start(), match.end(), value, "words"))
    return found


def _in_digits_or_words(raw: str, numerals: Numerals) -> float | None:
    return float(raw) if re.fullmatch(r"[\d.]+", raw) else numeral(raw, numerals)


def _inside(position: int, found: list[NumberSpan]) -> bool:
    return any(n.start <= position < n.end for n in found)


def _digits(text: str, numerals: Numerals) -> float:
    text = text.replace(" ", "")
    decimal = numerals.comma or re.fullmatch(r"\d+,\d{1,2}", text)
    return float(text.replace(",", "." if decimal else ""))


def _fraction(match: "re.Match[str]", factor: float, numerals: Numerals) -> float | None:
    """Return a fraction in percent."""
    groups = match.groupdict()
    top, part = groups.get("n"), groups.get("d") or groups.get("d2")
    if not numerals.spaced:
        value = 1.0 if top is None else _in_digits_or_words(top, numerals)
        if value is None or not part:
            tail = numerals.values.get(groups.get("half") or "", 0.0)
            return None if value is None else (value + (tail if tail < 1 else tail / 10)) * factor
        bottom = _in_digits_or_words(part, numerals)
        return 100.0 * value / bottom if bottom else None
    if part is None:
        return factor
    words = numerals.values
    if part.isdigit() or part in words:
        bottom = float(part) if part.isdigit() else words[part]
        above = float(top) if top and top.isdigit() else words.get(top or "")
        return None if above is None or above > bottom else 100.0 * above / bottom
    bottom = next(n for stem, n in numerals.parts if part.startswith(stem))
    return 100.0 * (words.get(top or "") or 1.0) / bottom


def _by_places(text: str, numerals: Numerals) -> float | None:
    """Read a numeral whose characters are digits, tens and scales."""
    values, (whole, _, decimals) = numerals.values, text.partition(numerals.point)
    total = section = digit = 0.0
    seen = False
    for value in (values[c] for c in whole if c in values):
        if value < 10:
            digit, seen = (10.0 * digit if seen else 0.0) + value, True
        elif value < 1e4:
            section += (digit if seen else 1.0) * value
            digit, seen = 0.0, False
        else:
            part = section + digit or float(not total)
            # 三亿二千万 adds its second part; 三万五千亿 and 十二万万 multiply the whole
            apart = part > 0.0 and total >= value
            total = total + part * value if apart else (total + part) * value
            section, digit, seen = 0.0, 0.0, False
    return total + section + digit + sum(values[c] * 10.0 ** -(i + 1) for i, c in enumerate(decimals))


def _lone_scales(text: str, numerals: Numerals, found: list[NumberSpan]) -> list[NumberSpan]:
    """Find scale words that stand for a number themselves: a million, около тысячи, half a million."""
    lone = []
    for match in finditer(numerals.lone, text):
        before = text[: match.start()].rstrip()
        if not any(n.end == len(before) for n in found) and not _inside(match.start(), found):
            lone.append(NumberSpan(match.start(), match.end(), 0.5 if match["half"] else 1.0, "words"))
    return lone


def _scaled(number: NumberSpan, text: str, numerals: Numerals) -> NumberSpan:
    """Multiply out scale words that follow."""
    if number.form in ("fraction", "percent", "permille"):
        return number
    end, value, more = number.end, number.value, False
    while True:
        gap = text[end : end + 3]  # a dash may stand in it (12,5 - thousand)
        start = end + len(gap) - len(gap.lstrip(" -–"))
        if inside := compiled(numerals.more).match(text, start):
            start, more = inside.end(), True
        for pattern, factor in numerals.scales:
            if match := compiled(pattern).match(text, start):
                value, end = value * factor, match.end()
                break
        else:
            scale = value / number.value if number.value else 1.0
            end = inside.end() if inside else end
            return NumberSpan(number.start, end, value, number.form, scale, more)
