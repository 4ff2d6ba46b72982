# ruff: noqa: E501, UP031 (patterns stay on one line and are put together with %, because braces count repeats)
"""Numbers as plans write them: digits in three conventions, numerals in words, fractions and scale words."""

import re
from dataclasses import dataclass, replace

from isthmus.plans.text import finditer, search

_ZH = {c: float(i) for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0.0, "两": 2.0, "俩": 2.0, "半": 0.5}
_ZH_TENS = {"十": 10.0, "百": 100.0, "千": 1e3}
_ZH_SCALES = {"万": 1e4, "亿": 1e8}

ZH_NUMERAL = "(?:[零〇一二两三四五六七八九十百万亿]|千(?![瓦克米帕卡焦伏赫]))+(?:点[零〇一二三四五六七八九]+)?"

_RU_FORMS = {
    0: "ноль|нуля|нулю|нулем|нулевой", 1: "один|одна|одно|одного|одной|одну|одному", 2: "два|две|двух|двум|двумя",
    3: "три|трех|трем|тремя", 4: "четыре|четырех|четырем", 5: "пять|пяти|пятью", 6: "шесть|шести|шестью",
    7: "семь|семи|семью", 8: "восемь|восьми|восемью", 9: "девять|девяти|девятью", 10: "десять|десяти|десятью",
    11: "одиннадцать|одиннадцати", 12: "двенадцать|двенадцати", 13: "тринадцать|тринадцати",
    14: "четырнадцать|четырнадцати", 15: "пятнадцать|пятнадцати", 16: "шестнадцать|шестнадцати",
    17: "семнадцать|семнадцати", 18: "восемнадцать|восемнадцати", 19: "девятнадцать|девятнадцати",
    20: "двадцать|двадцати", 30: "тридцать|тридцати", 40: "сорок|сорока", 50: "пятьдесят|пятидесяти",
    60: "шестьдесят|шестидесяти", 70: "семьдесят|семидесяти", 80: "восемьдесят|восьмидесяти",
    90: "девяносто|девяноста", 100: "сто|ста", 200: "двести|двухсот", 300: "триста|трехсот", 400: "четыреста|четырехсот",
    500: "пятьсот|пятисот", 600: "шестьсот|шестисот", 700: "семьсот|семисот", 800: "восемьсот|восьмисот",
    900: "девятьсот|девятисот",
}  # fmt: skip
_RU = {form: float(value) for value, forms in _RU_FORMS.items() for form in forms.split("|")} | {
    "полтора": 1.5,
    "полторы": 1.5,
    "полутора": 1.5,
}
_EN = {
    word: float(value)
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
} | {
    word: 10.0 * i
    for i, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)
}
_EN |= {"hundred": 100.0, "dozen": 12.0}


def _alternatives(words: dict[str, float]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


DIGITS = {
    "zh": r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?: \d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?",
    "ru": r"\d{1,3}(?: \d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)?",
    "en": r"\d+,\d{1,2}(?![\d,])(?= ?(?:%|[a-z]))|\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?(?!\d)|\d{1,3}(?: \d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?",
}
WORDS = {
    "zh": ZH_NUMERAL,
    "ru": rf"(?:{_alternatives(_RU)})(?: (?:{_alternatives(_RU)}))*(?: с половиной)?",
    "en": rf"(?:{_alternatives(_EN)})(?:[ -](?:and )?(?:{_alternatives(_EN)})(?![ -]quarter))*(?: and (?:a half|(?:a|one|three)[ -]quarters?))?",
}
SCALES = {
    "zh": {r"万亿": 1e12, r"千亿": 1e11, r"百亿": 1e10, r"十亿": 1e9, r"亿": 1e8, r"千万": 1e7, r"百万": 1e6, r"十万": 1e5, r"万": 1e4, r"千(?!瓦|克|米|人|公|帕)": 1e3},
    "ru": {r"тыс\.|тыс\b|тысяч\w*": 1e3, r"млн\.?(?!\w)|миллион\w*": 1e6, r"млрд\.?(?!\w)|миллиард\w*": 1e9, r"трлн\.?(?!\w)|триллион\w*": 1e12},
    "en": {r"thousand\b|k\b": 1e3, r"million\b|mn\b|m\b(?!\w)|mln\b": 1e6, r"billion\b|bn\b|bln\b": 1e9, r"trillion\b|tn\b|trn\b": 1e12, r"hundred thousand\b|lakhs?\b": 1e5, r"crores?\b": 1e7},
}  # fmt: skip
FRACTIONS = {
    "zh": [
        (r"百分之(?P<n>%s|\d+(?:\.\d+)?)" % ZH_NUMERAL, 1.0),
        (r"(?P<d>[二三四五六七八九十两]+|\d+)分之(?P<n>[一二两三四五六七八九十]+|\d+)", 100.0),
        (r"(?P<n>[一二两三四五六七八九\d])成(?P<half>半|[一二三四五六七八九](?!是|种|级|类|项|个|家))?(?![为立员熟长本果功套系都效交绩型品])", 10.0),
        (r"(?:一半|半数|(?<=过)半(?!导|数))", 50.0),
        (r"(?<![\d./])(?P<n>[1-9])/(?P<d>[2-9])(?![\d./])", 100.0),
    ],
    "ru": [
        (r"(?:(?P<n>одн\w+|две|двух|три|трех|четыре|четырех|пять|пяти) )?(?P<d>трет(?:ь|и|ью|ей|ям|ях)|четверт(?:ь|и|ью|ей|ям|ях)|пят(?:ую|ой|ых|ая) част\w*|десят(?:ую|ой|ых|ая) част\w*|пятых|десятых)(?!\w|ь?его)", 100.0),
        (r"(?P<n>\d+|одн\w+|двух?|трех?|четырех|пяти?|шести?|семи?|восьми|девяти?|девять|восемь|семь|четыре|три|два) (?:[а-я]+ )?из (?:каждых )?(?P<d>10|100|5|4|3|десяти|ста|пяти|трех|четырех)(?=[ .,;]|$)", 100.0),
        (r"(?:наполовину|половин(?:у|ы|а|е))(?!\w)", 50.0),
        (r"(?P<n>одн\w+|две|двух|три|трех|четыре|четырех) (?P<d>пят|шест|седьм|восьм|девят|десят)(?:ой|ую|ая|ых|ые)(?! (?:част|мест|стро|позиц))", 100.0),
        (r"стопроцентн\w+", 100.0),
        (r"(?<!для )(?<!в )(?<!на )(?<!о )(?<!к )(?<!у )кажд(?:ый|ая|ое|ого|ому|ую|ом|ой) (?P<d>втор|трет|четверт|пят|десят)\w*(?! (?:год|месяц|раз|день))", 100.0),
    ],
    "en": [
        (r"(?:(?P<n>a|one|two|three|four|five|seven|nine)[ -](?P<d>third|quarter|fifth|tenth)s?|(?<=by )(?P<d2>thirds?|quarters?))\b(?!-|[ ](?:largest|biggest|highest|place|part|plan|country|countries|parties|party|generation|phase|stage|pillar|of (?:20|19)\d\d))", 100.0),
        (r"(?P<n>\d+|one|two|three|four|five|six|seven|eight|nine) (?:[a-z]+ )?(?:out of|in) (?:every )?(?P<d>10|100|5|4|3|ten|five|three|four|twenty)(?=[ .,;]|$)", 100.0),
        (r"(?<!and a )(?<!first )(?<!second )(?<!latter )(?<!last )(?:one[ -])?half\b(?! a)", 50.0),
        (r"(?P<n>one) [a-z]+ in (?P<d>three|four|five|six|seven|eight|nine|ten|twenty)\b", 100.0),
        (r"(?<!for )(?<!in )(?<!to )(?<!of )(?<!at )(?<!on )every (?P<d>second|third|fourth|fifth|tenth)(?= (?!year|month|time|day|week|quarter|country))", 100.0),
    ],
}  # fmt: skip
_HALVES = {
    "zh": r"(?:(?P<n>[一二两三四五六七八九])个)?半个?(?=百分点|小时|月|工作日)",
    "ru": r"(?<!\w)пол(?= ?процентн)",
    "en": r"(?<!and a )\bhalf an? (?=percentage|point|day|degree)",
}
"""Halves of something that is counted, which are no shares: half a percentage point."""
_PARTS = {
    "трет": 3,
    "четверт": 4,
    "пят": 5,
    "десят": 10,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "second": 2,
    "втор": 2,
    "шест": 6,
    "седьм": 7,
    "восьм": 8,
    "девят": 9,
    "fifth": 5,
    "tenth": 10,
}


@dataclass(frozen=True)
class Number:
    """A number found in a text: its span, its value, and how it is written (digits, words, fraction in percent).

    `more` tells that a word for "and more" stands inside it (5100多亿).
    """

    start: int
    end: int
    value: float
    form: str
    scale: float = 1.0
    more: bool = False


def find_numbers(text: str, lang: str) -> list[Number]:
    """Return the numbers of a normalised, lower-cased text in order, scale words multiplied out.

    Fractions are returned in percent with form ``fraction``. A blanked character ends a number.
    """
    found: list[Number] = []
    found.extend(
        Number(match.start(), match.end(), value, "fraction")
        for pattern, factor in FRACTIONS[lang]
        for match in finditer(_bounded(pattern, lang), text)
        if (value := _fraction(match, factor, lang)) is not None
    )
    if lang == "zh":
        found.extend(
            Number(match.start(), match.end(), _permille(match["n"]), "permille")
            for match in finditer(rf"千分之(?P<n>{ZH_NUMERAL}|\d+(?:\.\d+)?)", text)
        )
    found.extend(n for n in _halves(text, lang) if not _inside(n.start, found))
    found.extend(
        Number(match.start(), match.end(), _digits(match.group(), lang), "digits")
        for match in finditer(rf"(?<![\d.,])(?:{DIGITS[lang]})", text)
        if not _inside(match.start(), found)
    )
    found.extend(
        Number(match.start(), match.end(), value, "words")
        for match in finditer(_bounded(WORDS[lang], lang), text)
        if not _inside(match.start(), found) and (value := numeral(match.group(), lang)) is not None
    )
    found.extend(_lone_scales(text, lang, found))
    return _summed(sorted((_scaled(number, text, lang) for number in found), key=lambda n: n.start), text)


def _summed(numbers: list[Number], text: str) -> list[Number]:
    """Add up a number whose parts stand side by side with falling scale words (1 trillion 350 billion)."""
    kept: list[Number] = []
    for number in numbers:
        last = kept[-1] if kept else None
        falls = last is not None and last.scale > number.scale > 1.0 and number.value < last.scale
        if last is not None and falls and last.form == number.form == "digits" and text[last.end : number.start] == " ":
            kept[-1] = replace(last, end=number.end, value=last.value + number.value, scale=number.scale)
        else:
            kept.append(number)
    return kept


def numeral(words: str, lang: str) -> float | None:
    """Return the value of a numeral in words, None where the words do not form one."""
    if lang == "zh":
        return _zh(words)
    part = 0.5 if search(r"с половиной|and a half", words) else 0.0
    if quarters := search(r"and (a|one|three)[ -]quarters?", words):
        part = 0.75 if quarters.group(1) == "three" else 0.25
    table, total = (_RU, 0.0) if lang == "ru" else (_EN, 0.0)
    for word in re.split(r"[ -]", re.sub(r" с половиной| and (?:a half|(?:a|one|three)[ -]quarters?)", "", words)):
        if word in ("", "and"):
            continue
        value = table[word]
        total = max(total, 1.0) * value if word == "hundred" else total + value
    return total + part


def _halves(text: str, lang: str) -> list[Number]:
    """Return the halves of counted things, with the whole ones in front of them."""
    found = []
    for match in finditer(_HALVES[lang], text):
        whole = match.groupdict().get("n")
        value = 0.5 + ((_zh(whole) or 0.0) if whole else 0.0)
        found.append(Number(match.start(), match.end(), value, "words"))
    return found


def _permille(raw: str) -> float:
    return float(raw) if raw[0].isdigit() else _zh(raw) or 0.0


def _bounded(pattern: str, lang: str) -> str:
    return pattern if lang == "zh" else rf"(?<![\w-])(?:{pattern})(?![\w])"


def _inside(position: int, found: list[Number]) -> bool:
    return any(n.start <= position < n.end for n in found)


def _digits(text: str, lang: str) -> float:
    if lang == "ru":
        return float(text.replace(" ", "").replace(",", "."))
    if re.fullmatch(r"\d+,\d{1,2}", text):
        return float(text.replace(",", "."))
    return float(text.replace(" ", "").replace(",", ""))


def _fraction(match: "re.Match[str]", factor: float, lang: str) -> float | None:
    """Return a fraction in percent."""
    groups = match.groupdict()
    top = groups.get("n")
    if lang == "zh":
        if top is None:
            return factor
        value = float(top) if re.fullmatch(r"[\d.]+", top) else _zh(top)
        if value is None:
            return None
        if groups.get("d"):
            bottom = float(groups["d"]) if groups["d"].isdigit() else _zh(groups["d"])
            return 100.0 * value / bottom if bottom else None
        tenths = groups.get("half") or ""
        return (value + (0.5 if tenths == "半" else _ZH.get(tenths, 0.0) / 10)) * factor
    part = groups.get("d") or groups.get("d2")
    if part is None:
        return factor
    words = _RU if lang == "ru" else _EN
    if part.isdigit() or part in words:
        bottom = float(part) if part.isdigit() else words[part]
        above = float(top) if top and top.isdigit() else words.get(top or "")
        return None if above is None or above > bottom else 100.0 * above / bottom
    bottom = next(n for stem, n in _PARTS.items() if part.startswith(stem))
    count = 1.0 if top in (None, "a") else numeral(top, lang) if top in (_RU if lang == "ru" else _EN) else 1.0
    return 100.0 * (count or 1.0) / bottom


def _zh(text: str) -> float | None:
    """Read a Chinese numeral."""
    whole, _, decimals = text.partition("点")
    total = section = digit = 0.0
    seen = False
    for c in whole:
        if c in _ZH:
            digit, seen = _ZH[c], True
        elif c in _ZH_TENS:
            section += (digit if seen else 1.0) * _ZH_TENS[c]
            digit, seen = 0.0, False
        elif c in _ZH_SCALES:
            if not (section or digit or total):
                digit = 1.0
            total = (total + section + digit) * _ZH_SCALES[c]
            section, digit, seen = 0.0, 0.0, False
    value = total + section + digit
    if decimals:
        value += sum(_ZH[c] * 10.0 ** -(i + 1) for i, c in enumerate(decimals))
    return value


def _lone_scales(text: str, lang: str, found: list[Number]) -> list[Number]:
    """Find scale words that stand for a number themselves: a million, около тысячи, half a million."""
    if lang == "zh":
        return []
    word = (
        r"(?:пол)?(?:тысяч[аиу]|миллиона?|миллиарда?|триллиона?)(?!\w)"
        if lang == "ru"
        else r"(?:half )?an? (?=million|billion|thousand|trillion)"
    )
    lone = []
    for match in finditer(rf"(?<![\w-]){word}", text):
        before = text[: match.start()].rstrip()
        if any(n.end == len(before) for n in found) or _inside(match.start(), found):
            continue
        half = re.match(r"half|пол", match.group())
        end = match.end() if lang != "ru" else match.start() + (half.end() if half else 0)
        value = 0.5 if half else 1.0
        lone.append(Number(match.start(), end, value, "words"))
    return lone


def _scaled(number: Number, text: str, lang: str) -> Number:
    """Multiply out scale words that follow."""
    if number.form in ("fraction", "permille"):
        return number
    end, value, more = number.end, number.value, False
    gap = re.compile(r"[ ]?")
    while True:
        start = gap.match(text, end).end()  # type: ignore[union-attr]
        if lang == "zh" and (inside := re.compile(r"[多余](?=[十百千万亿])").match(text, start)):
            start, more = inside.end(), True
        for pattern, factor in SCALES[lang].items():
            if match := re.compile(pattern).match(text, start):
                value, end = value * factor, match.end()
                break
        else:
            scale = value / number.value if number.value else 1.0
            return Number(number.start, end, value, number.form, scale, more)
