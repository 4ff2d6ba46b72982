# ruff: noqa: C405, E501 (patterns stay on one line)
"""Units as plans write them: recognised in three languages, named alike, converted only where nobody else uses them.

The physical unit stays as written (GW stays GW and is not turned into kW); only the unit's name is made the same in all
languages, so that a later comparison does not depend on the language. Chinese jin become kg and mu become ha.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from isthmus.plans.grammar import Grammar
from isthmus.plans.text import HIDDEN, compiled

PERCENT, POINTS, PERMILLE, TIMES = "%", "pp", "‰", "x"
SHARES = (PERCENT, PERMILLE, POINTS, TIMES)
DURATIONS = ("years", "months", "weeks", "days", "working days", "hours", "minutes")
CURRENCIES = ("USD", "EUR", "yuan", "RUB", "INR", "rand", "GBP", "NGN", "PHP", "money")
ALIKE = (
    CURRENCIES,
    ("ha", "km2", "m2", "acres", "sqkm"),
    ("t", "Mt", "kg", "tons", "pounds"),
    ("km", "m", "miles", "feet"),
)
"""Units of one thing: an amount in brackets behind one in another of them says it again."""
SIZES = ("t", "kt", "Mt", "kW", "MW", "GW", "m3")
"""Units in which the size of a plant stands in its name."""

ZH_MEASURES = "期列班趟篇份席队届笔单宗棵尾款幅集羽匹幢栋艇轮桶瓶包瓦个家项座条件张辆架艘所处套台名位次例种类批股对片根支只头口株枚颗册部场门间栋"
_PREFIXED = [
    (r"(?:(?:(?<![a-z])us ?|u\.s\. ?)?\$|usd) ?$", "USD"),
    (r"(?:€|eur) ?$", "EUR"),
    (r"(?:¥|rmb|cny) ?$", "yuan"),
    (r"₽ ?$", "RUB"),
    (r"(?:`|₹|(?<![a-z])rs\.?) ?$", "INR"),
    (r"£ ?$", "GBP"),
    (r"₦ ?$", "NGN"),
    (r"₱ ?$", "PHP"),
    (r"(?<![a-z])r ?$", "rand"),
]
_NOUN = {
    "ru": re.compile(r"[а-я][а-я-]{2,}"),
    "en": re.compile(r"(?:ev|ai|it)(?= )|[a-z][a-z-]{2,}"),
}
_NOT_A_UNIT = {
    "ru": set(["для", "при", "или", "что", "как", "это", "год", "года", "году", "годов", "годы", "более", "менее", "выше", "ниже", "раз", "также", "чтобы", "лет", "июня", "июля", "мая", "января", "февраля", "марта", "апреля", "августа", "сентября", "октября", "ноября", "декабря"]),
    "en": set(["and", "the", "for", "per", "with", "from", "that", "this", "than", "more", "less", "above", "below", "was", "were", "are", "has", "have", "into", "over", "under", "between", "during", "within", "until", "will", "shall", "should", "must", "fewer", "through", "across", "among", "via", "who", "which", "whose", "where", "when", "while", "because", "against", "since", "after", "before", "also", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "levels", "level"]),
}  # fmt: skip
_ATTRIBUTE = {
    "ru": re.compile(r"\w+(?:ых|их|ого|его|ой|ые|ие|ую|ным|ими|ыми)"),
    "en": re.compile(
        r"(?:ev|ai|it|ict|new|additional|more|small|large|modern|domestic\w*|high|highly|skilled|qualified|clean|green|public|private|extra|other|further|newly|local|national|foreign|international|major|key|rural|urban|electric|fast|smart|affordable|industrial|direct|indirect|learning|border|built|young|\w+-\w+|\w+al|\w+ic|\w+ed|\w+ly)"
    ),
}
_PLURAL = {
    "ru": re.compile("(?!)"),
    "en": re.compile(r"[a-z-]{2,}[^su]s|people|children|women|men|staff"),
}
"""A counted noun that says by its ending that it is the head of its phrase (12 dry ports, 15 child care centres)."""
_LONGEST = 5
_MORE = re.compile(r"(?:more |fewer )?")
_SPACE = re.compile(rf"[ -]?(?:{HIDDEN}+ )?")


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
    lang = grammar.lang
    for pattern, name, factor in grammar.units:
        if (
            (match := compiled(pattern).match(text, start))
            and match.end() > start
            and (best is None or match.end() > best.end)
        ):
            best = Unit(name, factor, match.end(), True)
    if best is not None:
        return best
    if not grammar.spaced:
        counted = re.compile(f"[{ZH_MEASURES}]|[\u4e00-\u9fff](?=左右|以上|以下|以内|上下)").match(text, start)
        return Unit(counted.group(), 1.0, counted.end(), False) if counted else None
    nouns = list(_nouns(text, _MORE.match(text, start).end(), lang))  # type: ignore[union-attr]
    head = next((noun for noun in nouns if _PLURAL[lang].fullmatch(noun.group())), None) or _behind_attributes(
        nouns, lang
    )
    return Unit(head.group(), 1.0, head.end(), False) if head else None


def _nouns(text: str, start: int, lang: str) -> Iterator[re.Match[str]]:
    """Yield the words behind a number up to the first that can be no part of what it counts."""
    for _ in range(_LONGEST):
        noun = _NOUN[lang].match(text, start)
        if noun is None or noun.group() in _NOT_A_UNIT[lang]:
            return
        yield noun
        if text[noun.end() : noun.end() + 1] != " ":
            return
        start = noun.end() + 1


def _behind_attributes(nouns: Sequence[re.Match[str]], lang: str) -> re.Match[str] | None:
    """Return the first word that is no attribute of the next."""
    pairs = zip(nouns, [*nouns, None][1:], strict=True)
    return next((noun for noun, after in pairs if after is None or not _ATTRIBUTE[lang].fullmatch(noun.group())), None)


def currency_before(text: str, position: int, grammar: Grammar) -> tuple[int, str] | None:
    """Return start and name of a currency sign that stands in front of a number."""
    for pattern, name in (*_PREFIXED, (rf"(?<![a-z])(?:{grammar.money})\.? ?$", "money")):
        if match := re.search(pattern, text[max(0, position - 8) : position]):
            return max(0, position - 8) + match.start(), name
    return None
