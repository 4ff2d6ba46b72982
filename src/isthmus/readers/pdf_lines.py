"""Lines of a PDF page: text with its place, divided words joined, columns in reading order."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

_GAP = 14.0  # points between two pieces of a line that do not belong together
_HAN = 0x2E7F
_COMPATIBILITY = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06\ufe30-\ufe4f]")
_RADICALS = dict(
    zip(
        "⺎⺟⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "兀母民虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)
"""Radicals that fonts put for the character of the same shape and that have no compatibility form."""


@dataclass(frozen=True)
class Line:
    """A line of text with its box (points from the page's lower left corner) and font size."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float


def lines_of(raw: str, text_page: Any) -> Iterator[Line]:
    """Split the text of a page into lines; a word divided at a line's end (U+FFFE) is joined to the next line."""
    position = 0
    for piece in re.split(r"(\r?\n)", raw):
        start, position = position, position + len(piece)
        text = piece.strip()
        if not text:
            continue
        first = start + len(piece) - len(piece.lstrip())
        last = start + len(piece.rstrip()) - 1
        for low, high in _pieces(text_page, first, last):
            yield _line(text_page, raw[low : high + 1], low, high)


def _line(text_page: Any, text: str, first: int, last: int) -> Line:
    """Return the line made of the characters from `first` to `last`."""
    try:
        a, b = text_page.get_charbox(first, loose=True), text_page.get_charbox(last, loose=True)
        size = float(pdfium_c.FPDFText_GetFontSize(text_page.raw, first))
    except pdfium.PdfiumError:
        a = b = (0.0, 0.0, 0.0, 0.0)
        size = 0.0
    return Line(clean(_unspaced(text_page, text, first)), a[0], b[2], min(a[1], b[1]), max(a[3], b[3]), size)


def _unspaced(text_page: Any, text: str, first: int) -> str:
    """Drop the spaces that stand for the narrow gap some programs set between Han characters and other ones."""
    kept = []
    for i, c in enumerate(text):
        inner = 0 < i < len(text) - 1 and c == " "
        mixed = inner and (ord(text[i - 1]) > _HAN) != (ord(text[i + 1]) > _HAN)
        if not (mixed and pdfium_c.FPDFText_IsGenerated(text_page.raw, first + i) == 1):
            kept.append(c)
    return "".join(kept).strip()


def _pieces(text_page: Any, first: int, last: int) -> list[tuple[int, int]]:
    """Cut a line where it has a wide gap, as between two columns set line by line or the cells of a table."""
    count = text_page.count_rects(first, last - first + 1)
    rects = [text_page.get_rect(i) for i in range(count)] if count > 1 else []
    if not any(b[0] - a[2] > _GAP for a, b in pairwise(rects)):
        return [(first, last)]
    pieces, start, right = [], first, None
    for index in range(first, last + 1):
        left, _, end, _ = text_page.get_charbox(index)
        if end - left <= 0:
            continue
        if right is not None and left - right > _GAP:
            pieces.append((start, index - 1))
            start = index
        right = end
    return [*pieces, (start, last)]


def clean(text: str) -> str:
    """Undo compatibility forms that PDF fonts bring in (ligatures, radicals); punctuation stays as it is."""
    text = _COMPATIBILITY.sub(lambda m: _RADICALS.get(m.group()) or unicodedata.normalize("NFKC", m.group()), text)
    return text.replace("\u00ad", "")


def in_columns(lines: list[Line]) -> list[Line]:
    """Bring two columns that were set line by line into reading order; put the pieces of other lines together again."""
    left_edge, right_edge = min((n.left for n in lines), default=0.0), max((n.right for n in lines), default=0.0)
    middle = (left_edge + right_edge) / 2
    jumps = sum(a.right < middle + 5 and b.left > middle - 5 and _level(a, b) for a, b in pairwise(lines))
    wide = sum(0.3 * (right_edge - left_edge) < line.right - line.left for line in lines)
    if len(lines) < 8 or jumps < 0.25 * len(lines) or wide < 0.5 * len(lines):
        return _rejoined(lines)
    ordered: list[Line] = []
    columns: tuple[list[Line], list[Line]] = ([], [])
    for line in lines:
        if line.right < middle + 5:
            columns[0].append(line)
        elif line.left > middle - 5:
            columns[1].append(line)
        else:
            ordered.extend([*columns[0], *columns[1], line])
            columns = ([], [])
    return [*ordered, *columns[0], *columns[1]]


def _level(a: Line, b: Line) -> bool:
    return abs(a.bottom - b.bottom) < max(2.0, 0.5 * (a.top - a.bottom)) and b.left > a.right


def _rejoined(lines: list[Line]) -> list[Line]:
    """Join the pieces of one line: three or more are the cells of a row and are kept apart by tabs."""
    rows: list[list[Line]] = []
    for line in lines:
        if rows and _level(rows[-1][-1], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [
        replace(
            row[0],
            text=("\t" if len(row) >= 3 else " ").join(piece.text for piece in row),
            right=row[-1].right,
            bottom=min(piece.bottom for piece in row),
            top=max(piece.top for piece in row),
        )
        for row in rows
    ]
