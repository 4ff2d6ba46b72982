"""Which of the three languages a statement is written in, and whether a document is in any of them."""

import re
import unicodedata

LANGUAGES = ("zh", "ru", "en")

_HAN, _CYRILLIC, _LATIN = re.compile("[\u3400-\u9fff]"), re.compile("[\u0400-\u04ff]"), re.compile("[A-Za-z]")
_LETTER = re.compile(r"[^\W\d_]")
_READ = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u0400-\u052fA-Za-z\u00aa-\u02afḀ-ỿ\uff21-\uff5a]")
"""Letters of the scripts that are read."""
_LATIN_WORD = re.compile("[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ]{2,}")

_WORDS = {
    "en": "and are by from of shall that the their this to which with",
    # French, German
    "": "au aux avec ce ces dans des du elle est et la le les leur ont ou pour que qui sont sur un une "
    "auf aus bis dass dem den der durch eine einem einen einer für ist mit nach nicht oder sich sind über und von werden wird zu "
    # Spanish, Portuguese, Italian, Romanian
    "con de del el en entre las los más para por se sus una como da das dos em não nas pela pelo uma "
    "al alla che delle dei della di gli il nel nella più sono și din la pentru sau este "
    # Dutch, Swedish, Danish, Norwegian, Finnish
    "aan de het naar een van voor worden zijn och att av det ett från för med som til och på ja joka ovat sekä "
    # Polish, Czech, Croatian, Hungarian
    "dla jest lub nie oraz przez się są ze jako jsou nebo své ve za koje kao iz az egy hogy és nem valamint "
    # Turkish, Azerbaijani, Uzbek
    "bir bu daha da ile için olarak olan ve və ilə üçün bilan bo va uchun "
    # Vietnamese, Indonesian, Filipino, Swahili
    "các có của cho được đến là một những này trong và với dan dalam dari dengan di pada untuk yang "
    "ang mga ng sa katika kwa wa ya",
}
"""Words that every running text has whatever it is about, of English and of languages that are not read.

Words that are headings or units of tables in English too (per, na, nos, par) are none of these.
"""
_ENGLISH, _OTHERS = (frozenset(words.split()) for words in _WORDS.values())
_ENOUGH, _RARE, _COMMON = 80, 0.03, 0.05
"""Fewer words tell nothing; foreign is what has words of English rarely and those of others commonly (shares of all)."""
_FEWEST, _MANY = 5, 0.12
"""So many words, of which this share is of other languages, make a short text without a word of English doubtful."""
_ELSEWHERE = 0.4
"""Share of letters of other scripts (Arabic, Thai, kana beside Han characters) from which a document is foreign."""


def detect(text: str) -> str:
    """Return zh, ru or en by the script that carries the text; "" where there are no letters.

    A Han character counts as three letters, because it carries about a word; short Latin abbreviations inside a
    Chinese or Russian sentence therefore do not decide.
    """
    counts = {"zh": 3 * len(_HAN.findall(text)), "ru": len(_CYRILLIC.findall(text)), "en": len(_LATIN.findall(text))}
    best = max(counts, key=lambda lang: counts[lang])
    return best if counts[best] else ""


def is_foreign(text: str) -> bool:
    """Say whether a document is in a script that is not read, or in Latin letters but not in English.

    Then the words between its nouns are those of others. Tables have few such words of any language; a name (La Paz) opens
    with a capital, which counts for English alone.
    """
    if _letters_elsewhere(text, _ENOUGH):
        return True
    words, english, others = _counts(text)
    return words >= _ENOUGH and english < _RARE * words and others > _COMMON * words


def seems_foreign(text: str) -> bool:
    """Say whether a text that is too short to tell has words of languages that are not read, and none of English."""
    words, english, others = _counts(text)
    doubtful = _FEWEST <= words < _ENOUGH and not english and others >= max(2, _MANY * words)
    return doubtful or _letters_elsewhere(text, _FEWEST)


def _letters_elsewhere(text: str, fewest: int) -> bool:
    """Say whether a text of at least so many letters has many of scripts that are not read."""
    letters, read = len(_LETTER.findall(text)), len(_READ.findall(text))
    return letters >= fewest and letters - read > _ELSEWHERE * letters


def _counts(text: str) -> tuple[int, int, int]:
    """Return how many words a text in Latin letters has, and how many of them English and other languages always have."""
    words = _LATIN_WORD.findall(unicodedata.normalize("NFC", text)) if detect(text) == "en" else []
    return len(words), sum(word.lower() in _ENGLISH for word in words), sum(word in _OTHERS for word in words)
