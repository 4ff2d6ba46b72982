"""A document becomes statements: sentences and list items, unchanged, with the page they stand on."""

import re
from collections.abc import Iterator, Sequence

from isthmus.plans.document import Block

_ABBREVIATIONS = re.compile(
    r"(?:\b(?:тыс|млн|млрд|трлн|руб|долл|кв|куб|г|гг|т|п|ст|пп|им|др|пр|см|ред|стр|рис|табл|ок|св|чел|мес|мин|ед|шт|обл|ул|д|гл|в|вв|н|э|у|е|к"
    r"|No|no|vol|Vol|Art|art|Sec|sec|Fig|fig|p|pp|para|approx|incl|e\.g|i\.e|etc|vs|cf|St|Dr|Mr|Ms|Mrs|U\.S|U\.K|U\.N|E\.U|[A-Z]|[А-Я])|\d)\.$"
)
_BOUNDARY = re.compile(r"([.!?…]+[»”\"')\]]*(?:\s*\[\d{1,3}(?:[,–-]\s?\d{1,3})*\])*)\s+(?=[«“\"'(\[]?[A-ZА-ЯЁ0-9])")
_ZH_BOUNDARY = re.compile(
    r"[。！？]+[”』）」]*(?:\s*\[\d{1,3}(?:[,、-]\d{1,3})*\])*\s*|(?<=[；;])\s*(?=（[一二三四五六七八九十]+）)"
)
_ITEM = re.compile(
    r"^\s*(?:[-–—•·*▪●]\s|\(?[\dа-яa-z一二三四五六七八九十]{1,3}[).、．](?!\d)|（[一二三四五六七八九十\d]{1,3}）)\s*"
)
_CELLS = re.compile(r"\s*\|\s*|\t+")
_RULE = re.compile(r":?-+:?")
_TERMINAL = re.compile(r"[.!?;:…。！？；：][»”’\"')）\]]*(?:\s*\[\d{1,3}\])*\s*$")
_CONTINUES = re.compile(r"^[a-zа-яё\u4e00-\u9fff,;，；、(（«“\d%]")
_CUT = re.compile(
    r"(?:^|\s)(?:about|of|by|to|and|the|from|at|in|a|an|with|for|or|least|than|до|на|в|и|не|менее|более|по|с|к|от|или|чем)\s*$",
    re.IGNORECASE,
)
_HEADING = re.compile(r"^#{1,6}\s+")
_WRAPPED = 40


def sentences(paragraph: str, lang: str) -> list[str]:
    """Return the sentences of a paragraph without changing them; a reference in brackets stays with its sentence."""
    return [s for s in (part.strip() for part in _cut(paragraph, lang)) if s]


def blocks_of(text: str) -> Iterator[Block]:
    """Turn plain text into blocks.

    A line is a paragraph or a list item; lines of cells separated by ``|`` or tabs are a table; ``#`` begins a heading.
    Lines that are evidently wrapped (long, all about equally wide, the next one going on) are joined.
    """
    rows: list[list[str]] = []
    for line in [*unwrapped(text.splitlines()), ""]:
        cells = [cell.strip() for cell in _CELLS.split(line.strip().strip("|"))]
        if len(cells) >= 3 or (rows and len(cells) == len(rows[0])):
            rows.append(cells)
            continue
        if rows:
            yield from _table_or_lines(rows)
            rows = []
        if _HEADING.match(line):
            yield Block("heading", _HEADING.sub("", line).strip())
        elif line.strip():
            yield Block("item" if _ITEM.match(line) else "paragraph", line.strip())


def unwrapped(lines: Sequence[str]) -> list[str]:
    """Join lines that were wrapped at a fixed width; a line that ends a sentence or begins an item stays apart.

    A line that ends in a preposition or a conjunction goes on whatever its width.
    """
    lines = _uncut(lines)
    widths = [width(line) for line in lines if line.strip()]
    if len(widths) < 4:
        return list(lines)
    full = sorted(widths)[int(0.9 * (len(widths) - 1))]
    near = sum(0.8 * full <= w <= 1.1 * full for w in widths)
    if full < _WRAPPED or max(widths) > 1.25 * full or near < 0.4 * len(widths):
        return list(lines)
    joined: list[str] = []
    for line in lines:
        last = joined[-1] if joined else ""
        goes_on = last.strip() and width(last.splitlines()[-1]) >= 0.75 * full and not _TERMINAL.search(last)
        if goes_on and line.strip() and _CONTINUES.match(line.strip()) and not _ITEM.match(line) and "|" not in line:
            joined[-1] = join_lines(last, line)
        else:
            joined.append(line)
    return joined


def _uncut(lines: Sequence[str]) -> list[str]:
    """Join a line that ends in the middle of a phrase to the next one."""
    joined: list[str] = []
    for line in lines:
        if joined and line.strip() and _CUT.search(joined[-1]) and not _ITEM.match(line):
            joined[-1] = join_lines(joined[-1], line)
        else:
            joined.append(line)
    return joined


def join_lines(first: str, second: str) -> str:
    """Join two lines of a paragraph: without a space between Han characters, with one elsewhere."""
    first, second = first.rstrip(), second.lstrip()
    if first and second and (ord(first[-1]) > 0x2E7F and ord(second[0]) > 0x2E7F):
        return first + second
    han = bool(first and second) and (ord(first[-1]) > 0x2E7F or ord(second[0]) > 0x2E7F)
    return first + second if han else f"{first} {second}"


def width(line: str) -> int:
    """Return the width of a line in Latin characters; a Han character counts two."""
    return sum(2 if ord(c) > 0x2E7F else 1 for c in line.strip())


def _table_or_lines(rows: list[list[str]]) -> Iterator[Block]:
    if len(rows) >= 2:
        yield Block("table", "", rows=[row for row in rows if not all(_RULE.fullmatch(cell or "-") for cell in row)])
    else:
        yield from (Block("paragraph", " | ".join(row)) for row in rows)


def _cut(paragraph: str, lang: str) -> Iterator[str]:
    pattern, start = (_ZH_BOUNDARY if lang == "zh" else _BOUNDARY), 0
    for match in pattern.finditer(paragraph):
        end = match.end() if lang == "zh" else match.end(1)
        piece = paragraph[start:end]
        if (
            lang != "zh"
            and _ABBREVIATIONS.search(piece.rstrip("»”\"')"))
            and not _closes(piece, paragraph[match.end() :])
        ):
            continue
        yield piece
        start = match.end()
    yield paragraph[start:]


def _closes(piece: str, following: str) -> bool:
    """Say whether an abbreviation or a number in front of a full stop ends the sentence after all."""
    unit = re.search(r"(?:(\d)|\b(?:г|гг|руб|чел|км|га|т|др|пр|п|тыс|млн|млрд|трлн|etc))\.$", piece)
    if not unit:
        return False
    if unit.group(1) and re.search(r"(?:^|\s)\d{1,2}(?:\.\d+)*\.$", piece) and len(piece) < 8:
        return False
    return bool(re.match(r"[«“\"'(]?[A-ZА-ЯЁ][a-zа-яё]", following)) and len(piece) > 20
