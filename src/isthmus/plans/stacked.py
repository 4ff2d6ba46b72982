"""Tables of a text whose rows are lines without bars: the years of the heading tell how many values end a row."""

import re
from collections.abc import Sequence

_VALUE = re.compile(r"[≥≤<>＞＜≈~约]?\s?[-−]?\d[\d .,]*\s?[%‰]?\*?|[-–—]|x|х")
_WORD = re.compile(r"[^\W\d_]{2,}")
_YEAR = re.compile(r"(?:19|20)\d\d(?:[/–-]\d\d)?\*?")
_FEWEST = 3
"""Fewest years side by side in one line that head rows of as many values."""


def with_rows(lines: Sequence[str]) -> list[str]:
    """Return the lines of a text, cells between bars where a line of years heads lines that end in as many values."""
    made: list[str] = []
    years: list[str] = []
    for line, below in zip(lines, [*lines[1:], ""], strict=False):
        cells = _cells(line, len(years))
        if years and not cells:
            made.append("")
        head = line.split()
        opens = len(head) >= _FEWEST and all(map(_YEAR.fullmatch, head)) and _cells(below, len(head))
        years = head if opens else years if cells else []
        made.append(" | ".join([".", *head] if opens else cells) or line)
    return made


def _cells(line: str, count: int) -> list[str]:
    """Return the cells of a row that ends in so many values; none where it does not."""
    label, *values = line.rsplit(maxsplit=count) or [""]
    fits = 0 < count == len(values) and _WORD.search(label) and all(map(_VALUE.fullmatch, values))
    return [label, *values] if fits else []
