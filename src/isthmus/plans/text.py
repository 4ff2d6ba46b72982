"""Normal form of a statement for parsing: one width, one kind of dash, one kind of space. The source stays as it is."""

import re
import unicodedata
from functools import lru_cache

BLANK = "\ue000"
"""Stands for characters that were recognised and must not be read again; spans keep their positions."""

HIDDEN = "\ue001"
"""Stands for digits that are no value but belong to a name (PM2.5, an age group): not read as numbers, kept in names."""

VERB = "\ue002"
"""Stands for a finite verb where a name is looked for: it ends one, and no name has it."""

LONGEST_NAME, LONGEST_PART = 200, 90
"""Characters at most of the name of a table row, and of what an amount is for."""

_DASHES = {
    "‐": "-",
    "‑": "-",
    "−": "-",
    "﹣": "-",
    "—": "–",
    "―": "–",
    "─": "–",
    "⎯": "–",
    "～": "~",
    "〜": "~",
    "∼": "~",
}
_ONE_FORM = {**_DASHES, "²": "2", "³": "3", **{c: c for c in "，；：！？（）"}}
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_FORMULA_PERCENT = re.compile(r"\\%")
_FORMULA_INDEX = re.compile(r" ?\$_\{?(\d)\}?\$ ?(?=eq?\b)?|<su[bp]>(\d)</su[bp]>|(?<=CO) (2)(?=eq?\b)")
_NUMBERS = r"[\d.,]+(?:\s?%)?(?:\s?[-–]\s?[\d.,]+\s?%)?"
_FORMULA_NUMBER = re.compile(rf"\$\s?({_NUMBERS}|\({_NUMBERS}\))\s?\$")
_FORMULA = re.compile(r"\$(?=[^$]*\\)([^$]{1,80})\$")
_FORMULA_MARK = re.compile(r"\\(?:mathrm|text|rm|mathbf|,|;)|[{}_^]")
_FISCAL = re.compile(r"\bFY ?['’]?(?=\d\d(?!\d))")
_PARTS = {"¼": ".25", "½": ".5", "¾": ".75", " 1/4": ".25", " 1/2": ".5", " 3/4": ".75"}
_PART = re.compile(r"(\d?)([¼½¾])|(?<![\d/.,])(\d{1,2})( [13]/[24])(?![\d/])")
"""A fraction in a sign of its own, or behind a whole number (2 1/2 million)."""
_POINTED = re.compile(r"(?i)(?<=\bper cent)\.(?= [a-z(])")
"""The full stop of an old way of writing per cent (by 55 per cent. by 2031)."""
_SIGN_OF_ITEM = re.compile(r"(?:^|(?<=[:;.,] ))¾ (?!of\b|cups?\b)(?=[A-Za-z])")
"""A tick or an arrow of an item, which the fonts of some programs write where others have three quarters."""
_FOOTNOTE = re.compile(
    r"[⁰¹⁴-⁹][⁰¹²³⁴-⁹]*|[²³][⁰¹²³⁴-⁹]+|(?:^|(?<=[.:,;!?”’])|(?<=\w{4}\)))[²³](?![\w%/])|<\d{1,2}>"
    r"|(?<=\d%)\d{1,2}(?![\d.,%])|(?<=\d [MGkT]W)\d{1,2}(?!\d)|(?<=\bin 20[0-6]\d)\d{1,2}(?=[.;:)]|,(?!\d)|$)"
    r"|(?<=\bto 20[0-6]\d)\d{1,2}(?= levels)"
)
"""Marks of notes: raised, in angle brackets, or right behind a year or a sign that ends a value (in 20306, 5%13, 80 MW18)."""
_NOTE_OF_YEAR = re.compile(
    r"((?:\d ?%|\b(?:[nN]et[- ][zZ]ero|neutral(?:ity)?)\b)[^.;]*\bby 20[2-6]\d)\d{1,2}(?=[.;:)]|,(?!\d)|$)"
)
"""A share, or nothing, by a year with the mark of a note (5% by 20306); otherwise the number may be what is added."""
_CODE = r"(?!USD|EUR|GBP|GDP|PM|CO)[A-Z]{2,4} (?=\d{1,2}\.\d)"
"""Letters in front of the number of an indicator (KPI 2.3 Length of cycle tracks)."""
_NUMBERING = re.compile(
    rf"[^\w<>≥≤~$€£+-]*(?:{_CODE}[\d.]+\s?[,/]\s?)*(?:{_CODE})?"
    r"(\d{1,3}(?:\.\d+)*):? (?:[–-] )?(?!(?:Per|Percent|Hundred|Thousand|Times|Lakh|Crore|[MBT]r?illion|Mtoe)\b)"
    r"(?:[A-Z][a-z]-?[a-z]|[A-Z]{4}|(?<=– )[A-Z]{3} |[А-ЯЁ][а-яё]{2}|(?<=: )[A-Z“]|https?:|www\.|ibid\b)"
)
_OPENS = re.compile(r"\W*(\d{1,3}(?:\.\d{1,2})*)")
_RUNS_ON = r"(?=(?<= )[A-ZА-ЯЁ][a-zа-яё]{2}|(?<= )[A-Z]{4} |https?:|www\.)"
"""What stands behind the number of the next note in one line."""
SECTION = (
    r"\d{1,2}(?:\.\d{1,2})+\.?(?=\s(?:[A-ZА-Я][a-zа-я](?:[a-zа-я]|\s[a-zа-я])|[A-Z]{3}s?\s[a-z]{4}))"
    r"(?!\s(?:Times|Lakh|Crore|[MBT]r?illion|(?:[BM]CM|[KMGT]WH|M?TOE|Mtoe|M[MT]T|USD|RMB|EUR)\b))"
)
"""The number of a part in front of its name (3.6 Roads), and no amount (3.6 MW)."""
_GLUED = re.compile(
    r"(?<![\w.,–-])\d{1,2}(?:\.\d{1,2})*(?:\.? (?=[А-ЯЁ][а-яё]+(?:ние|ция) )|(?=[А-ЯЁ][а-яё]{3}))"
    r"|(?:^|(?<=: ))\d{1,2}\.(?=[А-ЯЁ][а-яё]{3})"
)
"""The number of a measure in front of its name, in a table that lost its edges (1.1Создание)."""
_SOFT = re.compile(
    r"[\u00ad\u200b-\u200f\u2060\ufeff]|\*\*|\(cid:\d+\)|</?(?:b|i|u|em|strong|span|su[bp]|small|font)(?: [^<>]*)?>"
)
_APART = re.compile(r"</?(?:br|p|div|li|[uo]l|t[drh]|h\d)(?: [^<>]*)?/?>")
"""Marks of pages that stand between words; those in `_SOFT` may stand within one."""
BRACKETED = re.compile(r"[(（][^()（）]*[)）]")
_PINYIN = re.compile("(?<=[\u4e00-\u9fff])\\([a-z]{0,4}[\u00e0-\u00fc\u0101-\u01dc][a-z]{0,3}\\)")
"""How a character is said, which some pages set behind it."""
_WIDE = {",": "，", ";": "；", ":": "："}
_HAN_STOP = re.compile("(?<=[\u4e00-\u9fff])[,;:]|[,;:](?=[\u4e00-\u9fff“])")
_HAN_SPACE = re.compile(
    "(?<=[\u4e00-\u9fff]) (?!\\d{4}[年.-]\\d)(?=\\d)|(?<=[\\d%‰])(?<!^\\d)(?<!^\\d\\d) (?=[\u4e00-\u9fff])"
    "|(?<=\\d) (?=[万亿][亿元吨亩千人户家公平立辆台条套件个])"
)
"""A space that pages set between characters and figures (增长 5% 以上), but before a date and behind a number at the head.

An amount may stand at the head (9 万元)."""
_HAN = "[〇○零一二三四五六七八九]"
_HAN_YEAR = re.compile(
    f"[一二]{_HAN}{{3}}(?:[/至]{_HAN}{{2}}(?=(?:[財财]政)?年|至)|(?=年|[/至—–-][一二]{_HAN}{{3}}年))"
)
_SPACED_GROUPS = re.compile(r"(?<![\d.,])(?:\d{1,3}(?:, ?\d{3})*, 0\d\d(?:, \d{3})*|\d(?:, \d{3}){2,})(?![\d,])")
"""A number with a space behind each comma between its groups (275, 000); a list of numbers has no group that begins with 0."""
_GLUED_WORD = re.compile(r"(?<![\w.-])(?:to|of|by|from)(?=\d)")
"""A word that its number lost the space to (reduce it to125)."""
_GLUED_ITEM = re.compile(r"^\d{1,2}\.(?:\d{1,2}\.?)*(?=[A-Z][a-z]{4})(?!(?:M|B|Tr)illion)")
"""The number of an item that lost the space behind it (2.1Reduce)."""
_BY_COLON = re.compile(r"(?<=\bby)(?: the following \w+)?:(?= ?\d)")
"""A colon between a change and what it comes to (reduce losses by: 5% by 2031)."""
_MINUS_BOUND = re.compile(
    r"(?i)\b(minus|plus) (at least|about|around|approximately|some|up to|more than|over|nearly) (?=\d)"
)
"""A bound behind the sign of its number (minus at least 64 percent)."""
_GLUED_RANGE = re.compile(r"(?<=\d) ?([^\W\d_]+(?: cent)?)-(?=[\d.,]+ ?\1\b)")
"""A dash glued to the unit of the first end of a range (20 MW-30 MW)."""
_SHORT_EQUIVALENT = re.compile(r"(?<=[Oo]2)(?:[- ]?e(?:q|quiv))\.(?=\s[a-z(]|[,;:])")
"""Carbon dioxide equivalent cut short, with a full stop that ends no sentence."""
_SPACED_HYPHEN = re.compile(r"(?<= )-(?= )|(?<=[\d%] )-(?=\d)|(?<=\d)-(?= \d)")
_CASE_ENDING = re.compile("(?<=\\d)(?: ?[-–] ?| )(?:х|ти|ми|мя)(?= (?!год)[а-яё]{3})")
"""The ending of a numeral in a text with cases, written behind its digits (на 55-ти объектах)."""
_IN_WORDS = re.compile(
    r"(?<=\d) ?\((?:(?:од[ин]|дв|тр[иеё]|четыр|четв|пят|шест|сем|в?осем|вос|девят|десят|сорок|девян"
    r"|ст[оа]|тысяч|милли)[а-яё]*[ -]?)+\)(?= ?[а-яё%])"
)
"""A number in words behind its digits, as contracts and rules write it (5 (пять) лет)."""
_WORDS_AHEAD = re.compile(
    r"(?<![\w-])(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]{3,5}teen|(?:twen|thir|for|fif|six|seven|eigh"
    r"|nine)ty|hundred|thousand)(?:[ -]and)?[ -]?)+\((\d[\d,.]*)\)(?= ?[a-z%])",
    re.IGNORECASE,
)
"""A number in words in front of its digits in brackets (sixty (60) mills)."""
_FULL_WIDTH = {ord("０") + i: str(i) for i in range(10)}
_HAN_DIGIT = {c: str(i) for i, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}


_LONE_QUOTE = re.compile(r"^([^'‘’]*\s)['‘’](?=[^\W\d]+$)")
"""A quotation mark before the last word that none closes (USD 'million)."""


@lru_cache(maxsize=4096)
def normalise(text: str) -> str:
    """Return `text` with full-width signs, spaces, dashes, minus signs and superscripts in one form.

    Chinese punctuation is kept: a full-width comma groups full-width digits only, and `script.simplified` has read these.
    """
    text = _PART.sub(
        lambda m: f"{m[1] or m[3] or '0'}{_PARTS[m[2] or m[4]]}",
        _FISCAL.sub(lambda m: "FY 19" if m.string[m.end()] in "89" else "FY 20", _SIGN_OF_ITEM.sub("", text)),
    )
    text = _APART.sub(" ", _FORMULA_INDEX.sub(lambda m: m[1] or m[2] or m[3], _LONE_QUOTE.sub(r"\1", text)))
    text = _without_formulas(_PINYIN.sub("", _NOTE_OF_YEAR.sub(r"\1", _FOOTNOTE.sub("", _SOFT.sub("", text)))))
    if not text.isascii():
        text = _NOT_ASCII.sub(lambda m: _ONE_FORM.get(m[0]) or unicodedata.normalize("NFKC", m[0]), text)
    text = _HAN_STOP.sub(lambda m: _WIDE[m.group()], text)
    text = in_figures(text)
    text = _POINTED.sub("", text)
    text = _GLUED_ITEM.sub(lambda m: f"{m[0]} ", text)
    text = _BY_COLON.sub("", _GLUED_WORD.sub(lambda m: f"{m[0]} ", text))
    text = _SPACED_HYPHEN.sub("–", re.sub(r"\s+", " ", text).strip())
    text = _MINUS_BOUND.sub(r"\2 \1 ", _GLUED_RANGE.sub(r" \1–", text))
    text = _HAN_SPACE.sub("", text)
    text = _SHORT_EQUIVALENT.sub("eq", text)
    text = _SPACED_GROUPS.sub(lambda m: m[0].replace(", ", ","), text)
    return _GLUED.sub("", _CASE_ENDING.sub("", _WORDS_AHEAD.sub(r"\1", _IN_WORDS.sub("", text))))


def in_figures(text: str) -> str:
    """Return a text with years in full-width figures or Chinese numerals in plain figures, position by position the same."""
    return _HAN_YEAR.sub(
        lambda m: "".join(_HAN_DIGIT.get(c, c) for c in m[0].replace("至", "/")), text.translate(_FULL_WIDTH)
    )


def _without_formulas(text: str) -> str:
    """Return a text with the numbers and names that LaTeX sets between dollar signs written plainly."""
    if "\\" not in text and text.count("$") < 2:
        return text
    text = _FORMULA_NUMBER.sub(r"\1", _FORMULA_PERCENT.sub("%", text))
    return _FORMULA.sub(lambda m: _FORMULA_MARK.sub("", m[1]), text)


def probe(text: str) -> str:
    """Return a normalised text for matching: lower case and without ё, position by position the same."""
    lowered = text.lower().replace("ё", "е")
    return lowered if len(lowered) == len(text) else text.replace("ё", "е")


def unnumbered(text: str, *, surely: bool = False) -> str:
    """Return a text with the numbers hidden that a note, a heading or run-on items have in front (2 Declaration on Reform).

    `surely` where what stands behind the first number need not tell that it is one.
    """
    number = _OPENS.match(text) if surely else _NUMBERING.match(text)
    while number:
        text = blank(text, *number.span(1), HIDDEN)
        number = re.search(rf" ({int(number[1].rpartition('.')[2]) + 1}) ?{_RUNS_ON}", text)
    return text


def blank(text: str, start: int, end: int, mark: str = BLANK) -> str:
    """Return `text` with one span blanked."""
    return text[:start] + mark * (end - start) + text[end:]


def plain(text: str) -> str:
    """Return `text` without what was blanked."""
    return re.sub(" +", " ", text.replace(BLANK, "").replace(HIDDEN, ""))


def bracket_around(text: str, start: int, end: int) -> range:
    """Return the span of the brackets that a part of a text stands in; an empty one without any, or at the start of the text."""
    ahead = BRACKETED.sub(lambda m: " " * len(m.group()), text[:start])
    opening = max(ahead.rfind(c) for c in "(（")
    closing = min((at for c in ")）" if (at := text.find(c, end)) >= 0), default=0)
    return range(opening, closing) if opening > 0 else range(0)


def shortened(text: str, most: int = LONGEST_PART) -> str:
    """Return words as many as a name may have of others, or another number of characters at `most`."""
    bare = text.strip(" .;:")
    return bare if len(bare) <= most else f"{bare[:most].rpartition(' ')[0]} …"
