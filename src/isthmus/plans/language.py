"""Which of the three languages a statement is written in."""

import re

LANGUAGES = ("zh", "ru", "en")

_HAN, _CYRILLIC, _LATIN = re.compile("[\u3400-\u9fff]"), re.compile("[\u0400-\u04ff]"), re.compile("[A-Za-z]")


def detect(text: str) -> str:
    """Return zh, ru or en by the script that carries the text; "" where there are no letters.

    A Han character counts as three letters, because it carries about a word; short Latin abbreviations inside a
    Chinese or Russian sentence therefore do not decide.
    """
    counts = {"zh": 3 * len(_HAN.findall(text)), "ru": len(_CYRILLIC.findall(text)), "en": len(_LATIN.findall(text))}
    best = max(counts, key=lambda lang: counts[lang])
    return best if counts[best] else ""
