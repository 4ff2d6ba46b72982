"""Traditional characters: a document is read in simplified ones, and its targets are given back in its own."""

from collections.abc import Mapping
from dataclasses import replace

from isthmus.plans.document import Document, DocumentBlock, LeftOut

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


def _block(block: DocumentBlock, characters: Mapping[int, str]) -> DocumentBlock:
    rows = tuple(tuple(cell.translate(characters) for cell in row) for row in block.rows)
    return replace(block, text=block.text.translate(characters), rows=rows)


def _left(entry: LeftOut, characters: Mapping[int, str]) -> LeftOut:
    return replace(entry, text=entry.text.translate(characters))


class OwnWords:
    """Give passages that were read in simplified characters back as the document has them."""

    def __init__(self, document: Document, read: Document) -> None:
        self._same = document is read
        self._own, self._read = (_bare("\n".join(_texts(d))) for d in (document, read))

    def __call__(self, passage: str) -> str:
        """Return a passage in the document's own characters; as it is where it does not stand there."""
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
