"""Words that the end of a line divided, and that a file keeps divided within its lines (emis- sions), are joined again."""

import re
from dataclasses import replace

from isthmus.plans.document import Document

_WORD = re.compile(r"[^\W\d_]+")
_DIVIDED = re.compile(r"(?<![\w-])([^\W\d_]{2,})- ([^\W\d_]{2,})(?![\w-])")


def with_whole_words(document: Document) -> Document:
    """Return a document with the two parts of a divided word joined where it has the whole word elsewhere.

    What only shares its end (short- and long-term) stays: no document has it in one. `Document.notes` tell how many were joined.
    """
    if not _DIVIDED.search(document.text):
        return document
    whole = {word.lower() for word in _WORD.findall(document.text)}
    count = 0

    def mended(divided: "re.Match[str]") -> str:
        nonlocal count
        word = divided[1] + divided[2]
        found = word.lower() in whole and word[1:].islower()
        count += found
        return word if found else divided[0]

    changed = document.rewritten(lambda text: _DIVIDED.sub(mended, text))
    return replace(changed, notes=(*document.notes, f"{count} divided words joined")) if count else document
