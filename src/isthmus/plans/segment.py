"""A document becomes statements: sentences and list items, unchanged, with the page they stand on."""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import groupby, pairwise

from isthmus.plans.document import DocumentBlock

_ABBREVIATIONS = re.compile(
    r"(?:\b(?:тыс|млн|млрд|трлн|руб|долл|кв|куб|г|гг|т|п|ст|пп|им|др|пр|см|ред|стр|рис|табл|ок|св|чел|мес|мин|ед|шт|обл|ул|д|гл|в|вв|н|э|у|е|к"
    r"|No|no|Nos|Rs|Tk|Ksh|Hon|Prof|Gov|Gen|Sen|Ltd|Inc|Dept|est|avg|max|min|sq|c|ca|viz|vol|Vol|Art|art|Sec|sec|Fig|fig|p|pp|para|approx|incl|excl|e\.g|i\.e|etc|vs|cf|St|Dr|Mr|Ms|Mrs|U\.S|U\.K|U\.N|E\.U|Gg|[A-Z]|[А-Я])|\d)\.$"
)
_BOUNDARY = re.compile(
    r"([.!?…]+[»”\"')\]]*(?:\s*\[\d{1,3}(?:[,–-]\s?\d{1,3})*\])*)\s+(?=[«“\"'(\[]?[A-ZА-ЯЁ0-9])"
    r"|(?<=[a-z)][a-z)]\.)(?=[A-Z][a-z]+ )"
    r"|[。！？]+[”』）」]*(?:\s*\[\d{1,3}(?:[,、-]\d{1,3})*\])*\s*|(?<=[；;])\s*(?=（[一二三四五六七八九十]+）)"
)
_ITEM = re.compile(
    r"^\s*(?:[-–—•·*▪●✓✔√➢]\s|\(?[\dа-яa-z一二三四五六七八九十]{1,3}[).、．](?!\d)|（[一二三四五六七八九十\d]{1,3}）)\s*"
)
_NUMBERED = re.compile(
    r"(?<!\S)(\d{1,2}(?:\.\d{1,2})*)(?:(?<=\.\d)|(?<=\.\d\d)|\.) ?(?=[A-ZА-ЯЁ](?:[a-zа-яё]|[A-Z]+ [a-z]))"
)
"""The number of an item of a list."""
_MARK_ALONE = re.compile(
    r"\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[а-яa-z])[.)]|[•▪●■✓✔√➢]|[IVX]{1,5}\.|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]+[章节篇]"
)
"""A number or a mark that lost its line: it belongs to the next one."""
_CELLS = re.compile(r"\s*\|\s*|\t+")
_RULE, _ROW = re.compile(r":?-+:?"), re.compile(r"\|.*\|")
_RULES = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?)?\s*")
"""The line below the head of a table, whose rows need no bars at their ends then."""
_TERMINAL = re.compile(r"[.!?;:…。！？；：][»”’\"')）\]]*(?:\s*\[\d{1,3}\])*\s*$")
_SMALL = re.compile(r"^(?:[a-zа-яё\u4e00-\u9fff,;:，；：、)）»”\d%–$€£¥-]|\((?:[a-zа-яё]{3}|\d[\d.,]*%)|[A-Z]{3} \d)")
CUT = re.compile(
    r"(?:^|\s)(?:about|of|by|to|and|the|from|at|in|a|an|with|for|or|least|than|до|на|в|и|не|менее|более|по|с|к|от|или|чем)\s*$"
    r"|\d ?[–-]\s*$",
    re.IGNORECASE,
)
"""The end of a line that goes on: a preposition, an article, a conjunction."""
_VALUES = re.compile(r"(?:(?:(?:^|\s+)[<>≤≥~≈]?[-+–]?\d[\d.,]*%?){3}|\S\s{4,}\d[\d.,]*%?)\s*$")
"""The end of a line of several values, or of one far behind its words: a row of a table without cells, a title with its page."""
_HEADING = re.compile(r"^(#{1,6})\s+")
_BLANKS, _DOUBLE = re.compile(r"[ \u00a0]+"), re.compile("[\u2e80-\U0010ffff]")
"""Blanks as one, and letters twice as wide as Latin ones."""
_STRONG = re.compile(r"(?:\*\*|__)((?:(?!\*\*|__).)+)(?:\*\*|__)")
"""A line set in bold letters as a whole."""
_SET_OFF = re.compile(
    r"(\*\*|__)(?=\S)((?:(?!\1).)+)(?<=\S)\1|(?<![*\w])(\*|`)(?=[^\W_])([^*`\n]+)(?<=[\w.,:;%)])\3(?![*\w])"
)
_LINKED = re.compile(r"!?\[([^\[\]]*)\]\((?:https?:|www\.|mailto:|[/#.])[^()\s]*\)")
"""Words set in bold letters or italics, or as code, and words of a link, in text with marks for these (Markdown)."""
_ARROWS = re.compile(r"(^\s*(?:[-*•]\s+)?)(?:&gt; ?)+|(?:&gt;){2,}")
"""What stands for marks of items and arrows, and is no bound (&gt; Roads, 5 &gt;&gt; 8)."""
_NAMED_SIGN = re.compile(r"&(?:#\d+|#x[\da-fA-F]+|[A-Za-z]\w+);")
_INDEX = re.compile(r"(?<=[A-Z])_\{(\d)\}")
_NESTED = 2
"""How deep words are set off in others."""
_NARROWEST, _WIDEST, _NEAR, _FEWEST = 30, 170, 4, 5
_FENCE, _FENCED = "---", 24
_WIDE, _TITLES = 4, 3
"""Fewest cells of rows between which a line is the title of a group, and how far apart such rows may stand."""
_TITLE = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?\s+[A-ZА-ЯЁ]")
"""A title with the number of its part, which begins anew behind an empty line (1.3. Scenarios)."""
LONGEST = 150
"""Longest line that may be a heading."""
_LONGEST = 1500
"""Longest statement in characters; no sentence of a real plan that was measured has more."""


def sentences(paragraph: str) -> list[str]:
    """Return the sentences of a paragraph without changing them; a reference in brackets stays with its sentence.

    A paragraph that opens with a number behind which items of the next ones follow is a list of these.
    """
    edges = [0, *_numbers_in_turn(paragraph), len(paragraph)]
    parts = (part for a, b in pairwise(edges) for part in _cut(paragraph[a:b]))
    return [s for part in parts for portion in _portions(part) if (s := portion.strip())]


def _numbers_in_turn(paragraph: str) -> Iterator[int]:
    """Yield where the items of a list that is set as a paragraph begin, but for the first (1. Roads 2. Ports 3. Rails).

    Behind the rest of another item the first one tells that it is one by a number of two levels and by the item after it.
    """
    found = list(_NUMBERED.finditer(paragraph))
    if not (found and found[0].start() == 0):
        levels = [match for match in found if "." in match[1]]
        at = next((i for i, (one, next_) in enumerate(pairwise(levels)) if _in_turn(one[1], next_[1])), len(levels))
        found = levels[at:]
        yield from (match.start(1) for match in found[:1])
    before = found[0][1] if found else ""
    for match in found[1:]:
        if _in_turn(before, match[1]):
            before = match[1]
            yield match.start(1)


def _in_turn(before: str, number: str) -> bool:
    """Say whether the number of an item is the next one, or the first below it; one item may begin otherwise (3.5 # of cases)."""
    *above, last = (int(n) for n in before.split("."))
    follows = ([*above, last + 1], [*above, last, 1], [*above, last + 2] if above else [])
    return [int(n) for n in number.split(".")] in follows


def _portions(sentence: str) -> Iterator[str]:
    """Yield a sentence, one that is too long in portions: what it costs to read grows faster than its length.

    A portion ends at a semicolon, else at a comma, else at a space near its end.
    """
    start = 0
    while len(sentence) - start > _LONGEST:
        window = sentence[start : start + _LONGEST]
        ends = (max(window.rfind(mark) for mark in marks) for marks in (";；", ",，、", " "))
        end = next((at for at in ends if at > _LONGEST // 2), _LONGEST - 1)
        yield sentence[start : start + end + 1]
        start += end + 1
    yield sentence[start:]


def blocks_of(text: str) -> Iterator[DocumentBlock]:
    """Turn plain text into blocks.

    A line is a paragraph or a list item; lines of cells separated by ``|`` or tabs are a table; ``#`` begins a heading.
    Lines that are evidently wrapped (long, all about equally wide, the next one going on) are joined.
    """
    rows: list[str] = []
    mark = ""
    lines = text.splitlines()
    fence = lines.index(_FENCE, 1) + 1 if lines[:1] == [_FENCE] and _FENCE in lines[1:_FENCED] else 0
    lines = [*lines[:fence], *unwrapped(lines[fence:]), ""]
    within = _titles_within(lines) | _of_two_columns(lines)
    for i, (line, below) in enumerate(pairwise([*lines, ""])):
        headed = _ROW.fullmatch(line.strip()) or ("|" in line and _RULES.fullmatch(below))
        if len(_CELLS.split(line.strip().strip("|"))) >= (2 if headed else 3) or (rows and "|" in line) or i in within:
            rows.append(unmarked(line))
            continue
        if rows:
            yield from _table_or_lines(rows)
            rows = []
        if _MARK_ALONE.fullmatch(line.strip()):
            mark = f"{line.strip()} "
            continue
        line, mark = (mark + line, "") if line.strip() else (line, mark)
        strong = _STRONG.fullmatch(line.strip())
        line = unmarked(strong[1] if strong else line)
        if marks := _HEADING.match(line):
            yield DocumentBlock("heading", line[marks.end() :].strip(), level=len(marks[1]))
        elif strong and len(line) <= LONGEST and not _TERMINAL.search(line):
            yield DocumentBlock("heading", line.strip())
        elif line.strip():
            yield DocumentBlock("item" if _ITEM.match(line) else "paragraph", line.strip())


def unmarked(line: str) -> str:
    """Return a line without the marks of Markdown for letters and links, and with the signs that it writes by their names."""
    if "&" in line:
        line = _ARROWS.sub(lambda match: "→" if match[1] is None else match[1], line)
        line = _NAMED_SIGN.sub(lambda match: unescape(match[0]), line)
    line = _LINKED.sub(r"\1", line) if "](" in line else line
    line = _INDEX.sub(r"\1", line)
    for _ in range(_NESTED):
        line = _SET_OFF.sub(lambda match: match[2] or match[4], line)
    return line


def _titles_within(lines: Sequence[str]) -> set[int]:
    """Return the lines of words between two rows as wide as one another, the lower one no head: titles of groups of rows."""
    found: set[int] = set()
    last, wide = -1, 0
    for i, line in enumerate(lines):
        cells = _CELLS.split(line.strip().strip("|"))
        if len(cells) > 1:
            near = len(cells) == wide >= _WIDE and i - last <= _TITLES and re.search(r"\d", line)
            found.update(range(last + 1, i) if near else ())
            last, wide = i, len(cells)
        elif not line.strip() or len(line) > 2 * LONGEST or _TERMINAL.search(line) or _HEADING.match(line):
            wide = 0
    return found


def _of_two_columns(lines: Sequence[str]) -> set[int]:
    """Return the lines of two cells each, several in a row below one without a figure: a table without bars at its ends."""
    found: set[int] = set()
    for two, run in groupby(range(len(lines)), key=lambda i: lines[i].strip("| ").count(" | ") == 1):
        rows = [*run] if two else []
        found.update(rows if len(rows) > _TITLES - 1 and not re.search(r"\d", lines[rows[0]]) else ())
    return found


def unwrapped(lines: Sequence[str]) -> list[str]:
    """Join lines that were wrapped at a fixed width.

    A line was wrapped where the next word would not have fitted any more. Where most lines that end inside a sentence
    were, the text is wrapped, and every such line goes on, across the empty lines and page numbers that a page break
    leaves too. A new item stays apart. A line that ends in a preposition or a conjunction goes on in any text.
    """
    edges = _edges(lines)
    if not _is_wrapped(lines, edges):
        return _uncut(lines)
    joined: list[str] = []
    last_line, edge = "", 0
    for line, edge_here in zip(_without_page_numbers(lines), edges, strict=True):
        words = line.strip()
        held = joined[-1].strip() if joined else ""
        if not words:
            joined.append(line)
            continue
        above = next((i for i in range(len(joined) - 1, -1, -1) if joined[i].strip()), None)
        apart = above is not None and above < len(joined) - 1
        opens = _ITEM.match(line) or _HEADING.match(line) or _RULE.fullmatch(words) or "|" in line
        goes_on = above is not None and not opens and not _VALUES.search(line) and not _VALUES.search(joined[above])
        if goes_on and above is not None:
            ended = bool(_TERMINAL.search(joined[above]))
            small = bool(_SMALL.match(words))
            if apart:
                goes_on = not ended and small and len(joined[above]) > 20 and not _TITLE.match(words)
            else:
                # the last line of a paragraph mostly leaves room
                full = _wrapped(last_line, words, edge) and not (ended and width(last_line) < 0.93 * edge)
                goes_on = bool(held) and (full or (small and not ended))
        if goes_on and above is not None:
            del joined[above + 1 :]
            joined[above] = join_lines(joined[above], words)
        else:
            joined.append(line)
        last_line, edge = line, edge_here
    return joined


def _edges(lines: Sequence[str]) -> list[int]:
    """Return the width at which each line may have been wrapped: that of the widest of its neighbours on the page.

    Columns, boxes and notes of one document are of different widths.
    """
    widths = [width(line) for line in lines]
    edges = [max(widths[max(0, i - _NEAR) : i + _NEAR + 1], default=0) for i in range(len(lines))]
    return [edge if _NARROWEST <= edge <= _WIDEST else 0 for edge in edges]


def _is_wrapped(lines: Sequence[str], edges: Sequence[int]) -> bool:
    """Say whether lines that end inside a sentence mostly go on in the next, many where a word would not have fitted."""
    pairs = [
        (first, second.strip(), edge)
        for (first, second), edge in zip(pairwise(lines), edges, strict=False)
        if first.strip()
        and second.strip()
        and not _TERMINAL.search(first)
        and not _ITEM.match(second)
        and "|" not in first
    ]
    open_ends = [bool(edge) and _wrapped(first, second, edge) for first, second, edge in pairs]
    going_on = sum(bool(_SMALL.match(second)) for _, second, _ in pairs)
    full, small = sum(open_ends) / max(1, len(pairs)), going_on / max(1, len(pairs))
    # where most go on, lines that lost the hyphen at their end are many
    return len(pairs) >= _FEWEST and ((full >= 0.35 and small >= 0.5) or (full >= 0.25 and small >= 0.8))


def _wrapped(line: str, following: str, edge: int) -> bool:
    """Say whether the first word of the next line would not have fitted behind a line."""
    word = following.split()[0] if following.split() else ""
    han = any(ord(c) > 0x2E7F for c in word)
    return width(line) + (2 if han else 1 + width(word)) > 0.97 * edge


def _without_page_numbers(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a wrapped text, an empty line for each number that stands alone between empty lines."""
    for i, line in enumerate(lines):
        alone = re.fullmatch(r"\s*[-–—]?\s*\d{1,4}\s*[-–—]?\s*", line)
        around = [lines[j].strip() for j in (i - 1, i + 1) if 0 <= j < len(lines)]
        yield "" if alone and not any(around) else line


def _uncut(lines: Sequence[str]) -> list[str]:
    """Join a line that ends in the middle of a phrase to the next one."""
    joined: list[str] = []
    for line in lines:
        if joined and line.strip() and CUT.search(joined[-1]) and not _ITEM.match(line):
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
    text = _BLANKS.sub(" ", line.strip())
    return len(text) + len(_DOUBLE.findall(text))


def _table_or_lines(lines: Sequence[str]) -> Iterator[DocumentBlock]:
    """Yield the table that lines of cells are, one line alone as a paragraph.

    Where some rows, or the rules below a head, have no bar in front, one there or at the end divides two cells as long as a
    row has no more of them than the first one without.
    """
    lines = [line.strip() for line in lines]
    barred = [line for line in lines if _CELLS.search(line)]
    closed = any(map(_ROW.fullmatch, filter(_RULES.fullmatch, lines))) or all(line[:1] in "|" for line in barred)
    wide = 0 if closed else next(len(_CELLS.split(line)) for line in barred if line[:1] != "|")
    rows = []
    for line in lines:
        cells = [cell.strip() for cell in _CELLS.split(line)]
        cells = cells[line.startswith("|") and len(cells) > wide :]
        rows.append(cells[: len(cells) - (line.endswith("|") and len(cells) > wide)])
    if len(rows) >= 2:
        yield DocumentBlock(
            "table", "", rows=[row for row in rows if not all(_RULE.fullmatch(cell or "-") for cell in row)]
        )
    else:
        yield from (DocumentBlock("paragraph", " | ".join(row)) for row in rows)


def _cut(paragraph: str) -> Iterator[str]:
    start = 0
    for match in _BOUNDARY.finditer(paragraph):
        piece = paragraph[start : match.end(1) if match[1] else match.end()]
        if _ABBREVIATIONS.search(piece.rstrip("»”\"')")) and not _closes(piece, paragraph[match.end() :]):
            continue
        yield piece
        start = match.end()
    yield paragraph[start:]


def _closes(piece: str, following: str) -> bool:
    """Say whether an abbreviation or a number in front of a full stop ends the sentence after all."""
    unit = re.search(r"(?:(\d)|\b(?:(?<=\d )г|гг|руб|чел|км|га|т|др|пр|п|тыс|млн|млрд|трлн|etc))\.$", piece)
    if not unit:
        return False
    if unit.group(1) and re.search(r"(?:^|\s)\d{1,2}(?:\.\d+)*\.$", piece) and len(piece) < 8:
        return False
    return bool(re.match(r"[«“\"'(]?[A-ZА-ЯЁ][a-zа-яё]", following)) and len(piece) > 20
