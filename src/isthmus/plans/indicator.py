"""The words that say what is measured: a clause without its numbers, years, operators and verbs of change."""

import re

from isthmus.plans.grammar import Grammar
from isthmus.plans.interpret import Finding
from isthmus.plans.plan import Kind
from isthmus.plans.text import BLANK

_EDGES = " ,.;:–-—。，；：、()（）\"'“”"
_PRONOUNS = {"it", "they", "this", "these", "she", "he", "он", "она", "оно", "они", "это", "их", "其"}
_OF = {
    "zh": r"^的[^，。；]{2,}",
    "ru": r"^ (?!к |по |от |в |с |и |за |на |до |а |или |при )(?:(?! и | к | до | за | в \d)[а-я ,%-]){3,}",
    "en": r"^ (?:(?!(?:and|by|for|from|of|or|per|to) )[a-z-]+ ){0,4}(?:growth|reduction|increase|decrease|decline)\b"
    r"|^ (?:of|in) (?:(?! and | by | from | to | while | with )[^,;.()]){3,}",
}


def indicator_of(
    finding: Finding, text: str, masked: str, grammar: Grammar, previous: str, used: int
) -> tuple[str, int]:
    """Return the indicator of a finding and how far into the text its words reach.

    Parameters
    ----------
    text, masked
        The normalised statement and the same with years and quantities blanked; positions agree.
    previous, used
        Indicator of the finding before, taken where a clause names none of its own, and how far its words reached.
    """
    start, end = finding.window
    if finding.kind in (Kind.MILESTONE, Kind.QUALITATIVE):
        words = _tidy(text[start:end], masked[start:end], grammar, trim=False)
        return re.sub(r"^[到至在，, ]+", "", words), end
    start = min(max(start, used), finding.start)
    left = _tidy(text[start : finding.start], masked[start : finding.start], grammar)
    reach, right = start, masked[finding.end : end]
    if behind := re.match(_OF[grammar.lang], right.lower()):
        reach = finding.end + behind.end()
        tail = _tidy(text[finding.end : reach], right[: behind.end()], grammar, trim=not left)
        left = f"{left} {tail}".strip() if grammar.spaced else left + tail
    if len(left) < 2:
        left, reach = _tidy(text[finding.end : end], right, grammar), end
    if len(left) < 2 or left.lower() in _PRONOUNS:
        named = previous or _subject(text[: finding.start], masked[: finding.start], grammar)
        if len(named) >= 2:
            return named, used
    if len(left) < 2 or (grammar.spaced and " " not in left and not finding.unit.startswith(("%", "pp", "x"))):
        counted = re.sub(r"^[^A-Za-zА-Яа-яЁё\u4e00-\u9fff]+", "", text[finding.start : finding.end])
        left = f"{left} {counted}".strip() if len(left) >= 2 else counted if len(counted) > 2 else ""
    return (left, reach) if len(left) >= 2 else (previous, used)


def _subject(text: str, masked: str, grammar: Grammar) -> str:
    """Return what a sentence opens with, up to its first year or quantity: what a later clause calls "it"."""
    end = masked.find(BLANK, len(masked) - len(masked.lstrip(BLANK + _EDGES)))
    end = end if end > 0 else len(text)
    return _tidy(text[:end], masked[:end], grammar)


def _tidy(text: str, masked: str, grammar: Grammar, *, trim: bool = True) -> str:
    """Drop blanked characters and, at both edges, words that only carry the target."""
    kept = "".join(c if m != BLANK else " " for c, m in zip(text, masked, strict=True))
    kept = re.sub(" +", " " if grammar.spaced else "", kept).strip(_EDGES)
    while trim:
        shorter = re.sub(rf"^(?:{grammar.strip})", "", kept, flags=re.IGNORECASE).strip(_EDGES)
        shorter = re.sub(rf"(?:{grammar.strip})$", "", shorter, flags=re.IGNORECASE).strip(_EDGES)
        if shorter == kept:
            break
        kept = shorter
    return kept
