"""Other ways of writing: traditional characters are read as simplified ones, dots between thousands as commas.

The passages of a document that is read so are given back as the document has them.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from isthmus.plans.document import Document, DocumentBlock, LeftOut
from isthmus.plans.language import detect

_DOTTED = r"(?<![\w.,])[1-9]\d{0,2}(?:\.\d{3})"
_NO_SHARE = r"(?![\d%]|[.,]\d| ?(?:%|°|per ?cent|[mb]n\b|thousand|million|billion|trillion|lakh|crore))"
_THOUSANDS = re.compile(rf"{_DOTTED}{{2,}}{_NO_SHARE}|(?<![\w.,])[1-9]\d{{0,2}}\.000{_NO_SHARE}")
_PERHAPS = re.compile(rf"{_DOTTED}+{_NO_SHARE}")
_HABIT = 2
"""So many different numbers that can only have dots between their thousands tell that a document writes them so."""
_BESIDE = " | "
"""Stands between the cells of a row of a table."""


def simplified(document: Document, characters: Mapping[int, str]) -> Document:
    """Return a document in simplified characters, the same document where it has no others.

    Parameters
    ----------
    characters
        Simplified characters by the code of the traditional ones, each for exactly one.
    """
    blocks = tuple(_block(block, characters) for block in document.blocks)
    left = tuple(_left(entry, characters) for entry in document.left_out)
    return document if blocks == document.blocks else replace(document, blocks=blocks, left_out=left)


def with_commas(document: Document) -> Document:
    """Return an English document with commas between thousands where it has dots, the same document where it has none.

    10.000 and 1.200.000 can only be thousands. Where a document has several such numbers, 398.305 is of thousands too; a
    percentage or a number with a scale word never is. Documents with a decimal comma of their own are not asked.
    """
    found = _THOUSANDS.findall(document.text)
    if not found or detect(document.text) != "en":
        return document
    pattern = _PERHAPS if len(set(found)) >= _HABIT else _THOUSANDS
    return replace(document, blocks=tuple(_with_commas(block, pattern) for block in document.blocks))


def _with_commas(block: DocumentBlock, pattern: "re.Pattern[str]") -> DocumentBlock:
    def commas(text: str) -> str:
        return pattern.sub(lambda m: m.group().replace(".", ","), text)

    return replace(block, text=commas(block.text), rows=tuple(tuple(commas(c) for c in row) for row in block.rows))


def _block(block: DocumentBlock, characters: Mapping[int, str]) -> DocumentBlock:
    rows = tuple(tuple(cell.translate(characters) for cell in row) for row in block.rows)
    return replace(block, text=block.text.translate(characters), rows=rows)


def _left(entry: LeftOut, characters: Mapping[int, str]) -> LeftOut:
    return replace(entry, text=entry.text.translate(characters))


class OwnWords:
    """Give passages that were read in another way of writing back as the document has them."""

    def __init__(self, document: Document, read: Document) -> None:
        self._same = document is read
        self._own, self._read = (_bare("\n".join(_texts(d))) for d in (document, read))

    def __call__(self, passage: str) -> str:
        """Return a passage in the document's own way of writing; as it is where it does not stand there."""
        return passage if self._same else _BESIDE.join(self._found(part) for part in passage.split(_BESIDE))

    def _found(self, passage: str) -> str:
        at = self._read.find(_bare(passage))
        if at < 0:
            return passage
        own = iter(self._own[at:])
        return "".join(c if c.isspace() else next(own) for c in passage)


def _texts(document: Document) -> tuple[str, ...]:
    return (document.text, *(entry.text for entry in document.left_out))


def _bare(text: str) -> str:
    return "".join(text.split())
