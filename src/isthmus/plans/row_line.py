# ruff: noqa: E501 (patterns stay on one line)
"""A table row written as a line of text: indicator and unit, then values, each with its year."""

import re
from dataclasses import replace

from isthmus.plans.lexicon import Lexicon
from isthmus.plans.rows import RowFinding, read_table
from isthmus.plans.text import normalise

_VALUE = r"[<>≤≥~≈+-]?\s*(?:[\[〔【]\s*[-+]?[\d.,]+\s*[\]〕】]|\d{1,3}(?:[ ,]\d{3})+(?![\d])(?:[.,]\d+)?|\d+(?:[.,]\d+)?)\s*%?(?:以上|以下|左右)?"
_YEAR = r"(?P<y>(?:19|20|21)\d\d)\s*(?:г\.|год[ау]?|年)?"
_MARK = r"(?P<mark>[^()（）\d]{2,30})"
_ENTRY = re.compile(
    rf"(?P<v>{_VALUE}(?:\s?[а-яёa-z][а-яёa-z. ]{{0,17}})?)\s*[(（]\s*(?:(?P<mark0>[^()（）\d]{{2,20}}?)\s*)?{_YEAR}(?:\s*[,，]?\s*{_MARK})?\s*[)）]"
    rf"|{_YEAR.replace('<y>', '<y2>')}(?:\s*[(（]{_MARK.replace('<mark>', '<mark2>')}[)）])?\s*(?:[–:：=|-]\s*|(?<=年)|\s)(?P<v2>{_VALUE})"
    rf"|(?:20|21)\d\d\s*[–-]\s*{_YEAR.replace('<y>', '<y3>')}\s*(?:累计|итого|всего|total|cumulative)\s*[:：]?\s*(?P<v3>{_VALUE})",
    re.IGNORECASE,
)
_ROW = re.compile(
    r"^(?P<label>[^:：|]{2,160}?)\s*"
    r"(?:[(（](?P<unit>(?!\d{4})[^()（）]{1,30})[)）]\s*[:：|,，]|,\s*(?P<unit2>[^,:：|]{1,30})(?:[:：|]|,(?=\s*(?:19|20)\d\d\s*:))"
    r"|\|\s*(?P<unit3>[^|\d:：]{1,30}?)\s*\||[:：|])\s*(?P<rest>.+)$"
)
_MARKS = " -–—•●▪▫*"
"""What an item opens with."""
_REPORTED = re.compile(r"факт|отч[её]т|оценк|базов|actual|baseline|estimate|outturn|现状|实际|基期", re.IGNORECASE)
_TAIL = re.compile(
    r"^[\s,，;；、|.。]*(?P<nature>预期性|约束性|anticipatory|binding|indicative)?(?:指标)?[\s.。]*$", re.IGNORECASE
)


def find_in_line(text: str, lang: str, lexicon: Lexicon, reported: int) -> list[RowFinding]:
    """Return the targets of a row that is written as a line of text, read as a table of one row; none where it is none.

    The first value is the start where it is marked as reported, or where its year is one of reports and a later one
    follows; otherwise every value is a target of its year, as in a path.
    """
    row = _ROW.match(normalise(text))
    if row is None:
        return []
    matches = list(_ENTRY.finditer(row["rest"]))
    tail = _TAIL.match(_ENTRY.sub("", row["rest"]))
    if not matches or tail is None:
        return []
    entries = [
        ((m["v"] or m["v2"] or m["v3"]).strip(), int(m["y"] or m["y2"] or m["y3"]), bool(_REPORTED.search(m.group())))
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
    binding = bool(lexicon.structure["binding"].search(tail["nature"] or ""))
    found = read_table(table, lambda _: lang, lexicon, None, (until, True)).found if targets else []
    return [replace(f, text=text, modality="binding" if binding else f.modality) for f in found]
