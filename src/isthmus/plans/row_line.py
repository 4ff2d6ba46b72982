"""A table row written as a line of text: indicator and unit, then values, each with its year."""

import re
from dataclasses import replace

from isthmus.plans.lexicon import Lexicon, Patterns
from isthmus.plans.rows import RowFinding, read_table
from isthmus.plans.text import compiled, normalise, search
from isthmus.plans.value_columns import Reported

_NUMBER = r"[<>≤≥~≈+-]?\s*(?:[\[〔【]\s*[-+]?[\d.,]+\s*[\]〕】]|\d{1,3}(?:[ ,]\d{3})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,]\d+)?)\s*%?"
_ROW = re.compile(
    r"^(?P<label>[^:：|]{2,160}?)\s*"
    r"(?:[(（](?P<unit>(?!\d{4})[^()（）]{1,30})[)）]\s*[:：|,，]|,\s*(?P<unit2>[^,:：|]{1,30})(?:[:：|]|,(?=\s*(?:19|20)\d\d\s*:))"
    r"|\|\s*(?P<unit3>[^|\d:：]{1,30}?)\s*\||[:：|])\s*(?P<rest>.+)$"
)
_MARKS = " -–—•●▪▫*"
"""What an item opens with."""


def find_in_line(text: str, lang: str, lexicon: Lexicon, reported: int) -> list[RowFinding]:
    """Return the targets of a row that is written as a line of text, read as a table of one row; none where it is none.

    The first value is the start where it is marked as reported, or where its year is one of reports and a later one
    follows; otherwise every value is a target of its year, as in a path.
    """
    row = _ROW.match(normalise(text))
    if row is None:
        return []
    words = lexicon.structure
    entry = compiled(_entry(words))
    matches = list(entry.finditer(row["rest"]))
    tail = search(rf"(?i)^[\s,，;；、|.。]*({words['row nature'].pattern})?[\s.。]*$", entry.sub("", row["rest"]))
    if not matches or tail is None:
        return []
    entries = [
        (
            (m["v1"] or m["v2"] or m["v3"]).strip(),
            int(m["y1"] or m["y2"] or m["y3"]),
            bool(words["row reported"].search(m.group())),
        )
        for m in matches
    ]
    told = [e for e in entries if e[2]]
    if not told and len(entries) > 1:
        told = [e for e in entries if e[1] <= reported]
        told = told if len(told) < len(entries) else entries[:1]
    targets = [e for e in entries if e not in told]
    shown = [*told[-1:], *targets]
    units = [unit.strip() for unit in (row["unit"], row["unit2"], row["unit3"]) if unit]
    table = [
        ["", *["unit" for _ in units], *(str(year) for _, year, _ in shown)],
        [row["label"].strip(_MARKS), *units, *(value for value, _, _ in shown)],
    ]
    until = told[-1][1] if told else min((year for _, year, _ in targets), default=0) - 2
    binding = bool(words["binding"].search(tail[1] or ""))
    found = read_table(table, lambda _: lang, lexicon, None, Reported(until, True)).found if targets else []
    return [replace(f, text=text, modality="binding" if binding else f.modality) for f in found]


def _entry(words: Patterns) -> str:
    """Return the pattern of a value with its year: in brackets behind it, in front of it, or as the end of a period summed."""
    value, mark = rf"{_NUMBER}(?:{words['row bound'].pattern})?", r"[^()（）\d]{2,30}"
    year = rf"(?P<y{{}}>(?:19|20|21)\d\d)\s*(?:{words['row year'].pattern})?"
    behind = rf"[(（]\s*(?:[^()（）\d]{{2,20}}?\s*)?{year.format(1)}(?:\s*[,，]?\s*{mark})?\s*[)）]"
    in_front = rf"{year.format(2)}(?:\s*[(（]{mark}[)）])?\s*(?:[–:：=|-]\s*|(?<=[\u4e00-\u9fff])|\s)"
    summed = rf"(?:20|21)\d\d\s*[–-]\s*{year.format(3)}\s*(?:{words['row total'].pattern})\s*[:：]?\s*"
    of = r"\s?[а-яёa-z][а-яёa-z. ]{0,17}"
    return rf"(?i)(?P<v1>{value}(?:{of})?)\s*{behind}|{in_front}(?P<v2>{value})|{summed}(?P<v3>{value})"
