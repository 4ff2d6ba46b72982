"""Lines of a PDF page: text with its place, divided words joined, columns in reading order."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from ctypes import c_double
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from math import hypot
from typing import TYPE_CHECKING, Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from isthmus.readers.documents.raised import settled, without_notes

if TYPE_CHECKING:
    from pypdfium2 import PdfTextPage

_TOUCH = 1.0  # points that pieces of a line may reach into each other
_SPACE = 0.6  # of its size that pieces of a line may stand apart
_GAP = 14.0  # points between two pieces of a line that do not belong together
_HAN = 0x2E7F
_BEFORE = 12  # characters that tell a unit
_HEIGHTS = ("top", "bottom", "doctop")
_BULLET = re.compile("[\uf0a7\uf0b7\uf0d8\uf0fc]")
"""Marks of lists in fonts of symbols."""
_NO_SIGN = "\u00ad"
_LIGATURE = re.compile("(?<=f[fil]) (?=[a-z])")
"""The space behind what may be a ligature within a word."""
_CUT = re.compile(r"\S( *\r?\n)(?=[\d*†‡])")
"""The end of a line in front of what may be raised behind it."""
_MARKS = ("•", "▪", "●", "■", "-", "–", "—")
_SYMBOLS = (
    (re.compile("\uf06d(?=[glmsV]\\b)"), "µ"),
    (re.compile(r"\uf0b3(?=\s?\d)"), "≥"),
    (re.compile(r"\uf0a3(?=\s?\d)"), "≤"),
    (re.compile(r"^\s*(?:[\uf021-\uf0ff]\s*|[⎯−►➤❖◆◼■‣]\s+)(?=[^\W\d_])", re.MULTILINE), "• "),
)
"""Signs of the font of symbols beside what they stand for there, and less usual marks of lists."""
_MARK_OF_ITEM = re.compile(r"^[•●▪■](?=\w)", re.MULTILINE)
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


@dataclass(frozen=True)
class _Place:
    """Where a character stands: its left and right end, the height its foot is at, and its own height."""

    left: float
    right: float
    level: float
    height: float


def text_of(text_page: "PdfTextPage") -> str:
    """Return the text of a page with one character for each that has a place; those that stand for nothing are spaces.

    A raised figure, which may stand on a line of its own, stays on the line of what it is raised behind.
    """
    raw, count = str(text_page.get_text_range()), text_page.count_chars()
    if len(raw) != count:
        signs = [pdfium_c.FPDFText_GetUnicode(text_page.raw, i) for i in range(count)]
        raw = "".join(chr(sign) if sign else " " for sign in signs)
    for space in _LIGATURE.finditer(raw):
        before, after = (_place(text_page, i) for i in (space.start() - 1, space.end()))
        if fills_no_gap(before.right, text_page.get_charbox(space.start())[0], after.left):
            raw = f"{raw[: space.start()]}{_NO_SIGN}{raw[space.end() :]}"
    for cut in _CUT.finditer(raw):
        if _is_raised(_place(text_page, cut.end()), _place(text_page, cut.start()), False):
            raw = f"{raw[: cut.start(1)]}{_NO_SIGN * len(cut[1])}{raw[cut.end() :]}"
    return raw


def fills_no_gap(before: float, space: float, after: float) -> bool:
    """Say whether a space begins, by its left edge, within the letter in front of it and the next letter where that ends.

    Some programs put such a one behind a ligature.
    """
    return space < before - _TOUCH / 2 and abs(after - before) < _TOUCH / 2


def lines_of(raw: str, text_page: "PdfTextPage") -> Iterator[Line]:
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


def _line(text_page: "PdfTextPage", text: str, first: int, last: int) -> Line:
    """Return the line made of the characters from `first` to `last`; a mark in front tells not its size."""
    letter = first + next((i for i, sign in enumerate(text) if sign.isalnum()), 0)
    try:
        a, b = text_page.get_charbox(first, loose=True), text_page.get_charbox(last, loose=True)
        size = size_of(text_page, letter)
    except pdfium.PdfiumError:
        a = b = (0.0, 0.0, 0.0, 0.0)
        size = 0.0
    signs = zip(_unspaced(text_page, text, first), _raised(text_page, text, first), strict=True)
    pieces = ((sign, raised) for sign, raised in signs if sign != _NO_SIGN)
    return Line(clean(without_notes(pieces)).strip(), a[0], b[2], min(a[1], b[1]), max(a[3], b[3]), size)


def size_of(text_page: "PdfTextPage", index: int) -> float:
    """Return the size a character is drawn in: that of its font by the scale of its text."""
    matrix = pdfium_c.FS_MATRIX()
    scaled = pdfium_c.FPDFText_GetMatrix(text_page.raw, index, matrix)
    return float(pdfium_c.FPDFText_GetFontSize(text_page.raw, index)) * (hypot(matrix.c, matrix.d) if scaled else 1.0)


def _unspaced(text_page: "PdfTextPage", text: str, first: int) -> Iterator[str]:
    """Yield the characters, "" for a space that stands for the narrow gap some programs set beside Han characters."""
    for i, c in enumerate(text):
        inner = 0 < i < len(text) - 1 and c == " "
        mixed = inner and (ord(text[i - 1]) > _HAN) != (ord(text[i + 1]) > _HAN)
        yield "" if mixed and pdfium_c.FPDFText_IsGenerated(text_page.raw, first + i) == 1 else c


def _raised(text_page: "PdfTextPage", text: str, first: int) -> Iterator[bool]:
    """Say of each character whether it is raised; letters are looked at only where they follow a number or a raised one."""
    base, raised = -1, False
    for i, c in enumerate(text):
        if c.isspace() or c == _NO_SIGN:
            yield raised
            continue
        followed = i > 0 and (raised or text[i - 1].isdigit())
        raised = (
            base >= 0
            and (followed or not c.isalpha())
            and _is_raised(_place(text_page, first + i), _place(text_page, first + base), raised)
        )
        base = base if raised else i
        yield raised


def _place(text_page: "PdfTextPage", index: int) -> _Place:
    try:
        left, bottom, right, top = text_page.get_charbox(index, loose=True)
    except pdfium.PdfiumError:  # a character without a place, of no height, is never raised
        return _Place(0.0, 0.0, 0.0, 0.0)
    x, y = c_double(), c_double()
    pdfium_c.FPDFText_GetCharOrigin(text_page.raw, index, x, y)
    return _Place(left, right, y.value, top - bottom)


def _is_raised(char: _Place, base: _Place, goes_on: bool) -> bool:
    """Say whether a character is smaller than the last one on the line and stands higher, directly behind it."""
    return _is_small(char, base, goes_on) and 0.2 * base.height < char.level - base.level < base.height


def _is_lowered(char: _Place, base: _Place) -> bool:
    """Say whether a character is the index of the one before it, as in a formula."""
    return _is_small(char, base, False) and -0.6 * base.height < char.level - base.level < 0.2 * base.height


def _is_small(char: _Place, base: _Place, goes_on: bool) -> bool:
    return char.height < 0.9 * base.height and (goes_on or abs(char.left - base.right) < 0.3 * base.height)


def settled_chars(chars: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return pdfplumber's characters of a page without marks of footnotes; a power or an index takes the height of its line."""
    marked: list[tuple[dict[str, Any], bool]] = []
    base, held, raised = None, {}, False
    for char in chars:
        place = _Place(char["x0"], char["x1"], char["y0"], char["height"])
        raised = base is not None and _is_raised(place, base, raised)
        if base is not None and not raised and _is_lowered(place, base):
            base, char = replace(base, right=place.right), {**char, **held}
        elif not raised:
            base, held = place, {side: char[side] for side in _HEIGHTS}
        marked.append((char, raised))
    kept: list[dict[str, Any]] = []
    groups = [(raised, [char for char, _ in group]) for raised, group in groupby(marked, key=lambda pair: pair[1])]
    for i, (raised, group) in enumerate(groups):
        if not raised:
            kept.extend(group)
            continue
        written = "".join(char["text"] for char in group)
        after = groups[i + 1][1][0]["text"] if i + 1 < len(groups) else ""
        text = settled("".join(char["text"] for char in kept[-_BEFORE:]), written, after)
        if text == written:
            kept.extend(group)
        elif text.strip():
            kept.append({**group[0], "text": text, **{side: kept[-1][side] for side in _HEIGHTS}})
    return kept


def _pieces(text_page: "PdfTextPage", first: int, last: int) -> list[tuple[int, int]]:
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
    for sign, meant in _SYMBOLS:
        text = sign.sub(meant, text)
    return _MARK_OF_ITEM.sub("• ", _BULLET.sub("•", text).replace(_NO_SIGN, "").replace("\t", " "))


def in_columns(lines: list[Line]) -> list[Line]:
    """Bring two columns that were set line by line into reading order; put the pieces of other lines together again."""
    lines = _mended(list(once(lines)))
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


def once(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield lines or words, those that are set over one that holds them once: some programs make text bold that way."""
    kept: dict[int, list[Line]] = {}
    for line in lines:
        level = kept.setdefault(round(line.bottom), [])
        if not any(
            line.text in n.text and n.left - _TOUCH < line.left and line.right < n.right + _TOUCH for n in level
        ):
            level.append(line)
            yield line


def _level(a: Line, b: Line) -> bool:
    """Say whether a piece stands behind another one on a line; a raised or lowered sign may have cut the line there."""
    return abs(a.bottom - b.bottom) < max(2.0, 0.5 * (a.top - a.bottom)) and b.left > a.right - _TOUCH


def _mended(lines: Sequence[Line]) -> list[Line]:
    """Join the pieces of a line that a raised or lowered sign, or the mark of a list, has cut."""
    mended: list[Line] = []
    for line in lines:
        before = mended[-1] if mended else None
        if before is None or not _level(before, line) or not _belongs(before, line, mended[-2:-1]):
            mended.append(line)
            continue
        gap = "" if line.left - before.right < _TOUCH else " "
        wide = max(before, line, key=lambda piece: len(piece.text))
        text, bottom, top = (
            clean(f"{before.text}{gap}{line.text}"),
            min(before.bottom, line.bottom),
            max(before.top, line.top),
        )
        mended[-1] = replace(wide, text=text, left=before.left, right=line.right, bottom=bottom, top=top)
    return mended


def _belongs(before: Line, line: Line, earlier: Sequence[Line]) -> bool:
    """Say whether a piece follows another one closely, or the mark of a list that opens its line."""
    opens = before.text in _MARKS and not any(_level(piece, before) for piece in earlier)
    return opens or line.left - before.right <= _SPACE * line.size


def _rejoined(lines: list[Line]) -> list[Line]:
    """Join the pieces of one line."""
    rows: list[list[Line]] = []
    for line in lines:
        if rows and _level(rows[-1][-1], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [
        replace(
            row[0],
            text=" ".join(piece.text for piece in row),
            right=row[-1].right,
            bottom=min(piece.bottom for piece in row),
            top=max(piece.top for piece in row),
        )
        for row in rows
    ]
