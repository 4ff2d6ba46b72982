"""The words of a clause without the signs and words at its edges that only carry a target."""

import re

from isthmus.plans.grammar import Grammar
from isthmus.plans.patterns import search
from isthmus.plans.text import BLANK, HIDDEN, probe

_MARKS = "".join(map(chr, (*range(0x80, 0xA0), *range(0xF020, 0xF100))))
"""Signs of items in fonts of their own, and control signs that stand for them."""
EDGES = f" ,.;:–-—。，；：、\"'“”•·▪●■✓*#|<>≤≥→{HIDDEN}{_MARKS}"
"""Signs that a name neither begins nor ends with."""
_ASIDE = re.compile(r"^[(（][^()（）]*[)）][ ,，]+(?=\w)")
"""A bracket in front of a name, which belongs to what stands before it."""
_LETTER = re.compile(r"^[(（]?(?:[^\W\d_]|[ivx]{2,4}|\d{1,2})[)）]\s*")
"""Opens an item with its letter (b), (iv))."""


def tidy(text: str, masked: str, grammar: Grammar, *, front: bool = True, back: bool = True) -> str:
    """Drop blanked characters and, at its edges, words that only carry the target."""
    kept = "".join(c if m != BLANK else " " for c, m in zip(text, masked, strict=True))
    kept = re.sub(r"[(（]\s*[)）]", " ", kept)
    if grammar.spaced:  # the word for from, where its value is gone
        kept = re.sub(rf"(?i){grammar.from_word} +(?={grammar.toward}|(?:{grammar.opens_of}) )", "", kept)
    kept = _trimmed(re.sub(" +", " " if grammar.spaced else "", kept))
    while front or back:
        ahead = search(rf"^(?:{grammar.strip})", probe(kept)) if front else None
        shorter = _trimmed(kept[ahead.end() :]) if ahead else kept
        behind = search(rf"(?<!-)(?:{grammar.strip})$", probe(shorter)) if back else None
        shorter = _trimmed(shorter[: behind.start()]) if behind else shorter
        if shorter == kept or search(grammar.unnamed, shorter.lower()):
            break
        kept = shorter
    return _balanced(kept)


def _trimmed(text: str) -> str:
    """Return a text without the signs at its edges, a bracket that opens nothing or closes nothing there among them."""
    return _LETTER.sub("", text.strip(EDGES).lstrip(")）").rstrip("(（")).strip(EDGES)


def _balanced(text: str) -> str:
    """Return a text behind a bracket that it only closes, with the one closed that it only opens."""
    depth = 0
    for i, sign in enumerate(text):
        depth += (sign in "(（") - (sign in ")）")
        if depth < 0:
            return _balanced(_trimmed(text[i:]) or text[:i])
    if depth and text[0] in "(（":
        return _balanced(_trimmed(text[1:]))
    text = _ASIDE.sub("", text)
    return _trimmed(text[1:-1]) if re.fullmatch(r"[(（][^()（）]*[)）]", text) else text + ")" * depth
