"""Which language a text is written in, and documents in other characters or ways of writing numbers."""

import re
import unicodedata
from collections.abc import Mapping

from isthmus.plans.document import Document

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
_A_WORD, _ELSEWHERE = 5, 0.4
"""Letters of a word; share of letters of other scripts (Arabic, Thai, kana beside Han) from which a document is foreign."""
_OWN, _OTHER_CYRILLIC = re.compile("[А-Яа-яЁё]"), 0.04
"""Letters of Russian, and the share of other Cyrillic letters from which a text is in another language (Ukrainian, Kazakh)."""
_HARD, _NEEDED, _MANY_HARD, _HARDLY = re.compile("[ъЪ]"), re.compile("[ыэЫЭ]"), 0.01, 0.001
"""A letter that Bulgarian has everywhere and two that it lacks, and their shares there."""


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
    if _letters_elsewhere(text, _ENOUGH) or _other_cyrillic(text, _A_WORD * _ENOUGH) or _bulgarian(text):
        return True
    words, english, others = _counts(text)
    return words >= _ENOUGH and english < _RARE * words and others > _COMMON * words


def seems_foreign(text: str) -> bool:
    """Say whether a text that is too short to tell has words of languages that are not read, and none of English."""
    words, english, others = _counts(text)
    doubtful = _FEWEST <= words < _ENOUGH and not english and others >= max(2, _MANY * words)
    return doubtful or _letters_elsewhere(text, _FEWEST) or _other_cyrillic(text, _A_WORD * _FEWEST)


def _letters_elsewhere(text: str, fewest: int) -> bool:
    """Say whether a text of at least so many letters has many of scripts that are not read."""
    letters, read = len(_LETTER.findall(text)), len(_READ.findall(text))
    return letters >= fewest and letters - read > _ELSEWHERE * letters


def _other_cyrillic(text: str, fewest: int) -> bool:
    """Say whether a text of at least so many Cyrillic letters has many that Russian lacks."""
    letters, own = len(_CYRILLIC.findall(text)), len(_OWN.findall(text))
    return letters >= fewest and letters - own > _OTHER_CYRILLIC * letters


def _bulgarian(text: str) -> bool:
    """Say whether a long text has one Cyrillic letter everywhere that Russian has rarely, and hardly two that Russian needs."""
    letters, hard, needed = (len(pattern.findall(text)) for pattern in (_CYRILLIC, _HARD, _NEEDED))
    return letters >= _A_WORD * _ENOUGH and hard > _MANY_HARD * letters and needed < _HARDLY * letters


def _counts(text: str) -> tuple[int, int, int]:
    """Return how many words a text in Latin letters has, and how many of them English and other languages always have."""
    words = _LATIN_WORD.findall(unicodedata.normalize("NFC", text)) if detect(text) == "en" else []
    return len(words), sum(word.lower() in _ENGLISH for word in words), sum(word in _OTHERS for word in words)


_DIGITS = {ord("０") + i: str(i) for i in range(10)}
_WIDE_GROUPS = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
"""Commas between thousands in print whose digits are as wide as its characters."""
_DOTTED = r"(?<![\w.,])[1-9]\d{0,2}(?:\.\d{3})"
_NO_SHARE = r"(?![\d%]|[.,]\d| ?(?:%|°|per ?cent|[mb]n\b|thousand|million|billion|trillion|lakh|crore))"
_THOUSANDS = re.compile(rf"{_DOTTED}{{2,}}{_NO_SHARE}|(?<![\w.,])[1-9]\d{{0,2}}\.000{_NO_SHARE}")
_PERHAPS = re.compile(rf"{_DOTTED}+{_NO_SHARE}")
_HABIT = 2
"""So many different numbers that can only have dots between their thousands tell that a document writes them so."""
_DECIMALS = re.compile(r"(?<![\w.,])\d+\.\d\d(?![\d.])")
_BESIDE = " | "
"""Stands between the cells of a row of a table."""
_ITEM = re.compile(r"^(?:[-–—•·*▪●✓✔√➢]\s+)+(?!\|)")
"""Signs of an item, which a spreadsheet would take for a minus."""


def simplified(document: Document, characters: Mapping[int, str]) -> Document:
    """Return a document in simplified characters, with digits and the commas between their thousands of the common width.

    Parameters
    ----------
    characters
        Simplified characters by the code of the traditional ones, each for exactly one.
    """
    return document.rewritten(lambda text: _WIDE_GROUPS.sub(",", text).translate(characters).translate(_DIGITS))


def with_commas(document: Document) -> Document:
    """Return an English document with commas between thousands where it has dots, the same document where it has none.

    10.000 and 1.200.000 can only be thousands. Where a document has several such numbers, 398.305 is of thousands too; a
    percentage or a number with a scale word never is. Documents with a decimal comma of their own are not asked, and where
    several are outnumbered by numbers with two decimals, they are decimals too (75.000 beside 67.50 and 7.50).
    """
    found = _THOUSANDS.findall(document.text)
    if not found or detect(document.text) != "en":
        return document
    if len(set(_DECIMALS.findall(document.text))) > _HABIT * len(set(found)) >= _HABIT**2:
        return document
    pattern = _PERHAPS if len(set(found)) >= _HABIT else _THOUSANDS
    return document.rewritten(lambda text: pattern.sub(lambda number: number.group().replace(".", ","), text))


class OwnWords:
    """Give passages that were read in another way of writing back as the document has them."""

    def __init__(self, document: Document, read: Document) -> None:
        self._own, self._read = (
            _bare("\n".join((d.text, *(entry.text for entry in d.left_out)))) for d in (document, read)
        )

    def __call__(self, passage: str) -> str:
        """Return a passage in the document's own way of writing where it stands there, without the sign of an item."""
        passage = _ITEM.sub("", passage)
        return (
            passage if self._own == self._read else _BESIDE.join(self._found(part) for part in passage.split(_BESIDE))
        )

    def _found(self, passage: str) -> str:
        at = self._read.find(_bare(passage))
        if at < 0:
            return passage
        own = iter(self._own[at:])
        return "".join(c if c.isspace() else next(own) for c in passage)


def _bare(text: str) -> str:
    return "".join(text.split())
