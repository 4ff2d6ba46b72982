"""Raised characters: the mark of a footnote is no part of the text, the power of a unit is."""

import re
from collections.abc import Iterable
from itertools import groupby

_POWERS = str.maketrans("0123456789-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁻")
_LENGTH = re.compile(
    r"(?:(?<![^\W\d_])(?:[mckd]?m|ft|yd|mi|[мксд]?м)|(?<!方)(?:公里|[千厘毫分]米)"
    r"|(?:^|[\s\d/每一二三四五六七八九十百千万亿])米)\s?$"
)
_SPELT = re.compile(r"(?:sq|cu|кв|куб)\.?\s?[a-zа-я]{1,2}\s?$", re.IGNORECASE)
"""A unit whose power is written before it; what is raised behind it is a mark."""
_TIMES_TEN = re.compile(r"[×xх·∙*]\s?10$")
_POWER = re.compile(r"[-−–]?\d{1,2}")
_MARK = re.compile(r"[\[(（〔［]?(?:\d{1,3}|[a-z]|[①-⑳]|[*∗†‡§]+)[\])）〕］]?")
_BETWEEN_MARKS = re.compile(r"[\s,，、;–-]+|(?<=[\])）〕］])(?=.)")
_FRACTION = re.compile(r"\s*[/⁄]")


def without_notes(pieces: Iterable[tuple[str, bool]]) -> str:
    """Join pieces of text, each with whether it is raised; marks of footnotes are left out, powers become ² or ³."""
    whole = ""
    joined = [("".join(text for text, _ in group), raised) for raised, group in groupby(pieces, key=lambda p: p[1])]
    for place, (text, raised) in enumerate(joined):
        after = joined[place + 1][0] if place + 1 < len(joined) else ""
        whole += settled(whole, text, after) if raised else text
    return whole


def settled(before: str, raised: str, after: str) -> str:
    """Return what raised text stands for between the text before and after it.

    A power of a length or of ten stays as a power, letters of an ordinal (21st) and the upper part of a fraction stay as
    they are, and the mark of a footnote becomes "".
    """
    mark = raised.strip()
    squared = mark in ("2", "3") and _LENGTH.search(before) and not _SPELT.search(before)
    if squared or (_POWER.fullmatch(mark) and _TIMES_TEN.search(before)):
        return raised.translate(_POWERS)
    if _FRACTION.match(after):
        return f" {raised}" if before[-1:].isdigit() else raised
    if all(map(_MARK.fullmatch, _BETWEEN_MARKS.split(mark))):
        return " " if raised != mark and before and not before[-1].isspace() else ""
    return raised
