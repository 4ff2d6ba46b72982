"""Lists of a document: what goes on one, and the word of direction and the announcement that its items share."""

import re

from isthmus.plans.document import DocumentBlock
from isthmus.plans.grammar import Grammar
from isthmus.plans.lexicon import Patterns
from isthmus.plans.patterns import finditer, search
from isthmus.plans.text import SECTION, normalise, plain, probe
from isthmus.plans.voice import ANNOUNCED, RESULTS

GOES_ON = re.compile(
    r"\s*(?:[-–—•·*▪●■✓✔√➢①-⑳]|\(?\d{1,2}(?:\.\d{1,2})*[.)、．](?!\d)|\d{1,2}-\s(?=\D)|\((?:[a-zа-я]|[ivx]{2,4}|[IVX]{1,4}|[A-Z])\)|[(（]?[一二三四五六七八九十]{1,3}[)）、是]|[a-zа-яё])"
)
"""Opens what goes on a list: a mark, a number, or a small letter."""
_ONWARD = (";", "；", ",", "，")
"""Ends of a member of a list that is not its last one."""
_SECTION = re.compile(rf"{SECTION}\s|\d{{1,2}}(?:\.\d{{1,2}})+\s(?=[–-])")
"""The number of a part in front of an item (2.7 - Safety of users)."""
_LITTLE = re.compile(r"(?:\W|\b\w{1,4}\b)*")
_WORD, _NAMED = re.compile(r"[^\W\d_]{2}"), re.compile(r"[^\W\d_]{4}|[\u4e00-\u9fff]{2}")
_PERCENTAGE = r"(?:[^\W\d]+ ){0,2}[<>≤≥~]?\s?\d[\d.,]*\s?%"
"""A percentage that a list says a change by, unless it is one of something (17% of the power)."""
_VALUED = re.compile(r"(?P<name>[^\d:;]{12,}?):? (?P<value>[<>≥≤]?\s?\d[\d.,]*\s?%?)")
_MARK = re.compile(r"^(?:[-–—•·*▪●✓✔√➢\s]|\(?(?:\d{1,2}|[a-z]|[ivx]{2,4})[.)、．](?=[\s\u4e00-\u9fff]))+")


def goes_on(block: DocumentBlock, before: str, words: Patterns) -> bool:
    """Say whether a block goes on a list: an item, one with its mark or its end, or in a list without marks what follows one."""
    text = block.text.strip()
    return block.kind == "item" or listed(text, words) or (before.endswith(_ONWARD) and GOES_ON.match(before) is None)


def listed(text: str, words: Patterns) -> bool:
    """Say whether a text goes on a list by its own mark, its year, or the semicolon of a list without marks."""
    dated = words["dated item"].fullmatch(text.strip())
    return bool(GOES_ON.match(text) or text.rstrip().endswith(_ONWARD[:2]) or dated)


def opens(text: str, words: Patterns) -> bool:
    """Say whether a block opens a list: it ends in a colon, or says nothing but when all is due."""
    return any(words[name].search(text) for name in ("opens list", "stem")) or bool(words["due alone"].fullmatch(text))


def way_of(text: str, way: str, grammar: Grammar, words: Patterns) -> str:
    """Return the word of direction that the next list items share: the one that opens or ends the line above the list.

    Of a line whose items end its sentence it is the whole line; a noun of change that it speaks of has a colon behind it.

    Parameters
    ----------
    text
        A block of a document, stripped.
    way
        The word that the list before it has, kept where the block goes it on.
    """
    if words["stem"].search(text):
        return _MARK.sub("", normalise(text)).strip()
    if not words["opens list"].search(text):
        return way if listed(text, words) and _WORD.search(text) else ""
    line = probe(normalise(text))
    if (noun := search(grammar.shared_change, line)) and not search(grammar.in_points, line):
        return f"{noun['way']}:"
    for match in finditer(f"{grammar.up}|{grammar.down}", line):
        before, behind = plain(line[: match.start()]), plain(line[match.end() :])
        opens = _LITTLE.fullmatch(before) and not any(search(grammar.joiner, word) for word in behind.split())
        if opens or _LITTLE.fullmatch(behind):
            return match.group()
    return ""


def behind_way(text: str, way: str, grammar: Grammar) -> str:
    """Return a normalised list item behind the word of direction of its list, if it has none and no verb of its own.

    The noun of its list stands behind its name, in front of its percentage (Energy reduction – 5 %).
    """
    words = probe(text)
    if not way or not _WORD.search(words) or search(f"(?:{grammar.up})|(?:{grammar.down})", words):
        return text
    at = (
        re.search(rf"\s?[–:]\s?(?={_PERCENTAGE})|{grammar.moves}(?={_PERCENTAGE})", text) if way.endswith(":") else None
    )
    if at:
        of = re.match(rf"{_PERCENTAGE} ({grammar.opens_of})", text[at.end() :]) if grammar.spaced else None
        return text if of else f"{text[: at.start()]} {way[:-1]}{text[at.start() :]}"
    if search(grammar.commands, words):
        return text
    return f"{way.rstrip(':')}{' ' if grammar.spaced else ''}{_MARK.sub('', text)}"


def named_target(text: str, words: Patterns) -> bool:
    """Say whether a line opens with the word target and goes on with its value (Target: 80% within a day)."""
    return words["opens_target"].match(text.strip(" -–—•·*▪●")) is not None


def unlabelled(text: str, words: Patterns) -> tuple[str, str]:
    """Return what calls a normalised statement a target, or its code (Target 2: cut waste by half; E3 – 40 MW), and the rest."""
    label = words["label"].match(text)
    at = label.end() if label and _NAMED.search(text, label.end()) else 0
    return text[:at], text[at:]


def counted(text: str, words: Patterns) -> str:
    """Return a normalised line that is what is counted and how many, with a colon between them (Number of dams inspected: 10)."""
    line = _VALUED.fullmatch(text, ((mark := _MARK.match(text)) and mark.end()) or 0)
    named = line and words["measured"].match(line["name"])
    return f"{text[: line.end('name')]}: {line['value']}" if line and named else ""


_OF_A_YEAR = re.compile(r"[\[【(（]\s?(?:19|20|21)\d\d\D.*[\]】)）]")
"""A line in brackets that opens with a year, which says itself whether it tells or aims ([2031 results: 12 ha])."""


def announced(text: str, grammar: Grammar, lead: str) -> str:
    """Return a normalised statement among announced aims with the words of an aim behind its mark, if it has words."""
    if lead not in (ANNOUNCED, RESULTS) or not _WORD.search(text) or _OF_A_YEAR.fullmatch(text):
        return text
    marks = [pattern.match(text) for pattern in (GOES_ON, _SECTION, _MARK)] if not text[:1].isalpha() else []
    start = max((mark.end() for mark in marks if mark), default=0)
    return f"{text[:start]} {grammar.announced}{text[start:].strip()}".strip()
