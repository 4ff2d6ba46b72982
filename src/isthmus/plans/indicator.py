"""The words that say what is measured: a clause without its numbers, years, operators and verbs of change."""

import re
from collections.abc import Sequence

from isthmus.plans.grammar import Grammar
from isthmus.plans.interpret import Finding
from isthmus.plans.numbers import find_numbers
from isthmus.plans.plan import Kind
from isthmus.plans.text import BLANK, finditer, search
from isthmus.plans.units import SHARES, unit_at

_WORD = re.compile(r"[^\W\d_]{3}")
_EDGES = " ,.;:–-—。，；：、()（）\"'“”"
_PRONOUNS = {"it", "they", "we", "this", "these", "she", "he", "он", "она", "оно", "они", "это", "их", "其"}
_ADVERB = re.compile(r"^(?!supply|family|assembly)\w+(?:ly|апно|одно|льно|енно|ойчиво)$", re.IGNORECASE)
_NOUN = re.compile(r"(?:s|ing|ion|ment|ity|[ae]nce|ure|age|put)$")
"""How English nouns end that may open an aim as a verb does (Production of 30 tonnes of rice)."""
_BARE = {"rate", "rates", "target", "list", "темп", "темпы"}
"""Words that name nothing without the words of change beside them (a growth rate)."""
_OF = {
    "zh": r"^的[^，。；]{2,}",
    "ru": r"^ (?!к |по |от |в |с |и |за |на |до |а |или |при )(?:(?! и | к | до | за | в \d)[а-я ,%-]){3,}",
    "en": r"^ (?:(?!(?:and|by|for|from|of|or|per|to) )[a-z-]+ ){0,4}(?:growth|reduction|increase|decrease|decline)\b"
    r"|^ (?:of|in) (?:(?! and | by | from | to | while | with )[^,;.()]){3,}",
}

_COUNTED_BEHIND = re.compile(
    rf"^(?:[-–~至到]{BLANK}+)?"
    r"((?:以上|左右|多|余)?(?:的)?(?=[\u4e00-\u9fff“《])[^，。；、：（(]*?[^，。；、：（(和及与并]{2}(?=[，。；、：（(和及与并]|$))"
)
"""What a Chinese measure word counts: the things named behind it, also behind the other end of a range."""
_OBJECT = re.compile(
    r" (?!(?:and|as|at|between|by|compared|during|for|from|in|on|or|over|per|relative|than|to|until|when|while|with|within"
    r"|в|до|за|и|или|к|на|от|по|при|с|со)\b)"
    r"(?:(?! (?:and|by|compared|from|in|over|relative|to|while|within|к|по сравнению) )[^,;.()])+"
)
"""What a verb that is a multiple (double, halve) has behind it as its object."""


def indicators_of(findings: Sequence[Finding], text: str, masked: str, grammar: Grammar) -> list[str]:
    """Return what each finding of a statement measures; both ends of a range are named by the words around both.

    Parameters
    ----------
    text, masked
        The normalised statement and the same with years and quantities blanked; positions agree.
    """
    names: list[str] = []
    name, used = "", 0
    for i, finding in enumerate(findings):
        name, used = _indicator(finding, text, masked, grammar, name, used)
        if i and findings[i - 1].window[0] == finding.window[0] and len(name) > len(names[-1]):
            names[-1] = name
        names.append(name)
    return names


def _indicator(finding: Finding, text: str, masked: str, grammar: Grammar, previous: str, used: int) -> tuple[str, int]:
    """Return the indicator of a finding and how far into the text its words reach.

    `previous` and `used` are those of the finding before, taken where a clause names none of its own.
    """
    start, end = finding.window
    if finding.kind in (Kind.MILESTONE, Kind.QUALITATIVE):
        words = _tidy(text[start:end], masked[start:end], grammar, trim=False)
        return re.sub(r"^[到至在，, ]+", "", words), end
    start = min(max(start, used), finding.start)
    left = _named(text[start : finding.start], masked[start : finding.start], _counted(finding, text, grammar), grammar)
    reach, right = start, masked[finding.end : end]
    if (
        finding.kind is Kind.MULTIPLE
        and (thing := _OBJECT.match(right))
        and not re.search(r"\d", text[finding.start : finding.end])
    ):
        left, reach = (
            _tidy(text[finding.end : finding.end + thing.end()], thing.group(), grammar),
            finding.end + thing.end(),
        )
    elif behind := _behind(finding, right, grammar):
        reach, begin = finding.end + behind.end(), finding.end + behind.start(1)
        tail = _tidy(
            text[begin:reach],
            right[behind.start(1) : behind.end()],
            grammar,
            trim=not left or (not grammar.spaced and behind[1][0] != "的"),
        )
        if finding.unit not in SHARES and search(grammar.counted, left.lower()) and not _NOUN.search(left):
            tail = tail.removeprefix("of ")
        reach = start if behind.start(1) else reach
        left = f"{left} {tail}".strip() if grammar.spaced else left + tail
    unit = unit_at(left.lower(), 0, grammar) if previous and grammar.spaced else None
    left = "" if unit and unit.known and unit.end >= len(left) else left
    goes_on = right.startswith((",", ")")) or (grammar.spaced and not _WORD.search(masked[start : finding.start]))
    if len(left) < 2 and not (previous and goes_on):
        left, reach = _tidy(text[finding.end : end], right, grammar), end
    if len(left) < 2 or left.lower() in _PRONOUNS:
        named = previous or _subject(text[: finding.start], masked[: finding.start], grammar)
        if len(named) >= 2:
            return named, used
    return (left, reach) if len(left) >= 2 else (previous, used)


def _behind(finding: Finding, right: str, grammar: Grammar) -> "re.Match[str] | None":
    """Return the words behind a quantity that say what it is of, or what its measure word counts."""
    counts = not grammar.spaced and re.fullmatch("[\u4e00-\u9fff]|persons|households", finding.unit) is not None
    return re.match(rf"({_OF[grammar.lang]})", right.lower()) or (_COUNTED_BEHIND.match(right) if counts else None)


def _named(text: str, masked: str, counted: str, grammar: Grammar) -> str:
    """Return what the words in front of a quantity are about.

    The object of the words that carry an aim (we plan to, it is expected that) says it, or where there is only a verb the
    subject in front of them as well; what a verb counts ends it.
    """
    verb, end = "", len(text)
    for match in reversed([None, *finditer(grammar.carries, text.lower())]):
        start = match.end() if match else 0
        words = _ADVERB.sub("", _tidy(text[start:end], masked[start:end], grammar))
        counts = counted if match or " " not in words or search(grammar.counted, words.lower()) else ""
        alone = words.lower() == text[start:end].strip().split(" ")[0].lower()
        if match and words and alone and end == len(text) and not counted:
            verb = words
        elif (len(words) >= 2 and words.lower() not in _PRONOUNS) or (counted and not match):
            return " ".join(filter(None, (words, verb, counts)))
        end = match.start() if match else 0
    return verb


def _counted(finding: Finding, text: str, grammar: Grammar) -> str:
    """Return the things that a quantity counts, as written; "" for measures, money, times and shares."""
    written = text[finding.start : finding.end] if finding.kind is not Kind.RANK else ""
    number = max((n.end for n in find_numbers(written.lower(), grammar.numerals)), default=0)
    unit = unit_at(written.lower(), number, grammar) if grammar.spaced else None
    return written[number:].strip() if unit and (not unit.known or unit.name == "persons") else ""


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
        if shorter == kept or shorter.lower() in _BARE:
            break
        kept = shorter
    return kept
