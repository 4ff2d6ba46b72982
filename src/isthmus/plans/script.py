"""Other ways of writing: traditional characters as simplified ones, wide digits as plain ones, dots between thousands as commas.

The passages of a document that is read so are given back as the document has them.
"""

import re
from collections.abc import Mapping

from isthmus.plans.document import Document
from isthmus.plans.language import detect

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
        """Return a passage in the document's own way of writing; as it is where it does not stand there."""
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
