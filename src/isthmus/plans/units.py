"""Units as plans write them: recognised in three languages, named alike, converted only where nobody else uses them.

The physical unit stays as written (GW stays GW and is not turned into kW); only the unit's name is made the same in all
languages, so that a later comparison does not depend on the language. Chinese jin become kg and mu become ha.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from isthmus.plans.grammar import Grammar
from isthmus.plans.patterns import compiled
from isthmus.plans.text import HIDDEN

PERCENT, POINTS, PERMILLE, TIMES = "%", "pp", "‰", "x"
CENTS, TIMES_A_YEAR = "cents", "times per year"
SHARES = (PERCENT, PERMILLE, POINTS, TIMES)
DURATIONS = ("years", "months", "weeks", "days", "working days", "hours", "minutes", "seconds")
RUPEES = ("INR", "PKR", "LKR", "NPR", "MUR", "SCR")
"""Currencies whose sign is Rs; which one a plan means is said by the country it names."""
_DOLLARS = ("USD", "SGD", "AUD", "HKD", "CAD", "NZD", "TWD")
_CODES = (
    "AED", "AOA", "AZN", "BDT", "BIF", "BWP", "CDF", "CHF", "CLP", "DZD", "EGP", "ETB", "FJD", "GHS", "GMD",
    "IDR", "JPY", "KES", "KHR", "KWD", "MGA", "MMK", "MNT", "MVR", "MWK", "MXN", "MZN", "NAD", "NOK", "OMR", "PGK",
    "PLN", "QAR", "RWF", "SAR", "SEK", "THB", "TND", "TZS", "UAH", "UGX", "VND", "XAF", "XOF", "ZAR", "ZMW",
)  # fmt: skip
"""Currencies that stand as their codes alone."""
CURRENCIES = (
    *_DOLLARS,
    *_CODES,
    "EUR",
    "yuan",
    "RUB",
    "Rs",
    *RUPEES,
    "rand",
    "GBP",
    "NGN",
    "PHP",
    "MYR",
    "DKK",
    "KZT",
    "KGS",
    "TJS",
    "UZS",
    "BRL",
    "money",
)
ALIKE = (
    CURRENCIES,
    ("ha", "km2", "m2", "acres", "sqkm"),
    ("t", "Mt", "kg", "tons", "pounds"),
    ("km", "m", "miles", "feet"),
)
"""Units of one thing: an amount in brackets behind one in another of them says it again."""
SIZES = ("t", "kt", "Mt", "kW", "MW", "GW", "m3")
"""Units in which the size of a plant stands in its name."""

_LONGEST = 5
QUOTES = "\"'“”‘’«»„"
_MORE = re.compile(r"(?:more |fewer )?")
_WORD_OF_A_UNIT = re.compile(r"(?<![^\W\d_\u4e00-\u9fff])[^\W\d_]")
_WORD_OR_SIGN = re.compile(r"[^\W\d_]+|[^\w\s]")
_SPACE = re.compile(rf"(?: [{QUOTES}]|[ -])?(?:{HIDDEN}+ )?")
_NEXT = re.compile(rf"[{QUOTES}]? (?=[^\W\d_])")


@dataclass(frozen=True)
class Unit:
    """A unit found behind a number: its name, the factor of the conversion, where it ends, and whether it is known."""

    name: str
    factor: float
    end: int
    known: bool


def unit_at(text: str, position: int, grammar: Grammar) -> Unit | None:
    """Return the unit that stands behind a number at `position` of a normalised, lower-cased text; None without one.

    A counted noun that is no unit of measurement is its own unit, as written, and not `known`.
    """
    start = _SPACE.match(text, position).end()  # type: ignore[union-attr]
    best: Unit | None = None
    for pattern, name, factor in grammar.units:
        if (
            (match := compiled(pattern).match(text, start))
            and match.end() > start
            and (best is None or match.end() > best.end)
        ):
            best = Unit(name, factor, match.end(), True)
    if best is not None:
        return best
    nouns = list(_nouns(text, _MORE.match(text, start).end(), grammar))  # type: ignore[union-attr]
    plurals = (noun for noun in nouns if compiled(grammar.plural).fullmatch(noun.group()))
    head = next(plurals, None) or _behind_attributes(nouns, grammar)
    if head is None:
        return None
    closes = any(sign in QUOTES for sign in text[position : head.start()])  # 100 “smart farms”
    return Unit(head.group(), 1.0, head.end() + (closes and text[head.end() : head.end() + 1] in {*QUOTES}), False)


def _nouns(text: str, start: int, grammar: Grammar) -> Iterator[re.Match[str]]:
    """Yield the words behind a number up to the first that can be no part of what it counts."""
    for _ in range(_LONGEST):
        noun = compiled(grammar.noun).match(text, start)
        if noun is None or noun.group().endswith("-") or compiled(grammar.no_noun).fullmatch(noun.group()):
            return
        yield noun
        if not (gap := _NEXT.match(text, noun.end())):
            return
        start = gap.end()


def _behind_attributes(nouns: Sequence[re.Match[str]], grammar: Grammar) -> re.Match[str] | None:
    """Return the first word that is no attribute of the next."""
    pairs = zip(nouns, [*nouns, None][1:], strict=True)
    adjective = compiled(grammar.adjective)
    return next((noun for noun, after in pairs if after is None or not adjective.fullmatch(noun.group())), None)


def currencies_in(text: str, grammar: Grammar) -> set[str]:
    """Return the currencies that a normalised, lower-cased text names anywhere, beside a number or not."""
    units = (unit_at(text, word.start(), grammar) for word in _WORD_OF_A_UNIT.finditer(text))
    signs = (currency_before(text, word.end(), grammar) for word in _WORD_OR_SIGN.finditer(text))
    found = {unit.name for unit in units if unit is not None} | {sign[1] for sign in signs if sign is not None}
    return found.intersection(CURRENCIES)


def currency_before(text: str, position: int, grammar: Grammar) -> tuple[int, str] | None:
    """Return start and name of a currency sign that stands in front of a number."""
    for pattern, name in (*grammar.signs, (rf"(?<![a-z])(?:{grammar.money})\.? ?$", "money")):
        if match := re.search(pattern, text[max(0, position - 8) : position]):
            code = match.group().strip(" .").upper()
            return max(0, position - 8) + match.start(), code if name == "money" and code in _CODES else name
    return None
