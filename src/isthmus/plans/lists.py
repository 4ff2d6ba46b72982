"""Lists of a document: what goes on one, and what an announcement makes of its items."""

import re

from isthmus.plans.grammar import Grammar
from isthmus.plans.voice import ANNOUNCED

GOES_ON = re.compile(r"\s*(?:[-–—•·*▪●]|\d{1,2}[.)]|[a-zа-яё])")
"""Opens what goes on a list: a mark, a number, or a small letter."""
COLON = re.compile(r"[:：]\s*$")


def announced(text: str, grammar: Grammar, lead: str) -> str:
    """Return a normalised statement among announced aims with the words of an aim behind its mark."""
    if lead != ANNOUNCED:
        return text
    mark = GOES_ON.match(text) if not text[:1].isalpha() else None
    start = mark.end() if mark is not None else 0
    return f"{text[:start]} {grammar.announced}{text[start:].strip()}".strip()
