"""The words that say what is measured: a clause without its numbers, years, operators and verbs of change."""

import re

from isthmus.plans.grammar import Grammar
from isthmus.plans.interpret import Finding
from isthmus.plans.plan import Kind
from isthmus.plans.text import BLANK

_EDGES = " ,.;:–-—。，；：、()（）\"'“”"
_OF = {"zh": r"^的[^，。；]{2,}", "ru": r"^ (?!к |по |от |в |с |и |за |на |до |по )[а-я][^,;.()]{2,}", "en": r"^ (?:of|in) [^,;.()]{3,}"}


def indicator_of(finding: Finding, text: str, masked: str, grammar: Grammar, previous: str) -> str:
    """Return the indicator of a finding.

    Parameters
    ----------
    text, masked
        The normalised statement and the same with years and masked digits blanked; positions agree.
    previous
        Indicator of the finding before, used where a clause names none of its own.
    """
    start, end = finding.window
    left = _tidy(text[start : finding.start], masked[start : finding.start], grammar)
    if finding.kind in (Kind.MILESTONE, Kind.QUALITATIVE):
        return _tidy(text[start:end], masked[start:end], grammar, trim=False)
    right = masked[finding.end : end]
    if behind := re.match(_OF[grammar.lang], right.lower()):
        tail = text[finding.end : finding.end + behind.end()]
        tail = _tidy(tail, right[: behind.end()], grammar, trim=not left)
        left = f"{left} {tail}".strip() if grammar.lang != "zh" else left + tail
    if len(left) < 2:
        left = _tidy(text[finding.end : end], right, grammar)
    return left if len(left) >= 2 else previous


def _tidy(text: str, masked: str, grammar: Grammar, *, trim: bool = True) -> str:
    """Drop blanked characters and, at both edges, words that only carry the target."""
    kept = "".join(c if m != BLANK else " " for c, m in zip(text, masked, strict=True))
    kept = re.sub(" +", " " if grammar.lang != "zh" else "", kept).strip(_EDGES)
    while trim:
        shorter = re.sub(rf"^(?:{grammar.strip})", "", kept, flags=re.IGNORECASE).strip(_EDGES)
        shorter = re.sub(rf"(?:{grammar.strip})$", "", shorter, flags=re.IGNORECASE).strip(_EDGES)
        if shorter == kept:
            break
        kept = shorter
    return kept
