"""Tables that lost their cells in plain text: lines of words and values below one of years, or of baseline and target."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from isthmus.plans.cells import is_empty
from isthmus.plans.document import DocumentBlock
from isthmus.plans.lexicon import Patterns
from isthmus.plans.patterns import compiled
from isthmus.plans.segment import LONGEST
from isthmus.plans.text import normalise
from isthmus.plans.units import PERCENT

_YEAR = r"(?:19|20|21)\d\d"
_DATED = rf"{_YEAR}\*?(?:\s?[^\W\d]{{1,3}}\.?(?!\w))?"
"""A year with its mark of a note, or its word (2030 год)."""
_YEARS = re.compile(rf"(?P<lead>\D{{0,80}}?)\s*(?<!\S)(?P<years>(?:{_DATED}\s+){{2,}}{_DATED})")
_VALUE = re.compile(r"[<>≤≥~≈]?[-+–]?\d(?:[\d.,]*\d)?%?")
_OF_A_YEAR = re.compile(
    rf"(?P<label>.*?)\s*(?<!\S)(?P<base>\S+)\s+(?P<year>{_YEAR}|(?P=base))\s+(?P<due>(?:[^\W\d]+\s){{0,3}}\S*\d\S*(?:\s\S+){{0,8}})"
)
"""A start value, its year, and the value due with its words."""
_GIVEN = rf"(?:{_VALUE.pattern}|[<>≤≥~≈]\s\d[\d.,]*%?|(?i:na|n/a|nil|tbd)|[-–—])"
_PAIR = re.compile(
    rf"(?P<label>(?:\S.*?[^\W\d_]{{2}}.*?)??)\s*(?<!\S)(?P<base>{_GIVEN})\s+(?P<due>(?:{_VALUE.pattern}|[<>≤≥~≈]\s\d[\d.,]*%?)(?:\s%(?=\s[A-ZА-Я]|$))?|(?i:tbd))"
    r"(?=\s(?:[^\W\da-zа-я]|% [^\W\d])|$)"
)
"""A name with its start value and the one due; behind them may stand another name, that opens with a capital or with %."""
_NAME = re.compile(r"[^\W\d_]{2}|[\u4e00-\u9fff]")
_SENTENCE = re.compile(r"[.。;；:：]$")
_OF_A_GROUP = re.compile(r"(?:[A-Z]|\d{1,2}|[IVX]{1,4})[.)]\s")
"""How the title of a group of rows opens."""
_SMALL = re.compile(r"[(（]|[^\W\d]")
"""How a line opens that goes on a name, where its letter is no capital."""
_GAP = re.compile(r"\s{2,}")
_APART = "  "
_NAMES = 4
"""Lines at most that the name and the unit of a row fill, where each cell has its own."""
_BETWEEN, _FEWEST, _RIGHT, _HEADLESS = 4, 2, 1, 3
"""Lines without values at most between two rows; rows at least below years, below a baseline and a target, without a head."""


class _Head(NamedTuple):
    """The cells of a head: those of names, and those of values; `pair` where they are a baseline and a target."""

    names: tuple[str, ...]
    values: tuple[str, ...]
    pair: bool = False

    @property
    def fewest(self) -> int:
        """How many rows it has below it at least."""
        return _RIGHT if self.pair else _FEWEST


class _Below(NamedTuple):
    """The rows below a head, the blocks that stand between them and name none, and the place of the block behind the last."""

    rows: list[list[str]]
    beside: list[DocumentBlock]
    end: int


def with_lost_cells(blocks: Sequence[DocumentBlock], words: Patterns) -> list[DocumentBlock]:
    """Return blocks with each run of lines that is a table without its cells as a table.

    The lines between its rows that name none of them come behind it. Rows of a start value, its year and a value due that
    have no head are below the last one of a baseline and a target.
    """
    made, at, blocks, last = list[DocumentBlock](), 0, _unstacked(blocks), None
    while at < len(blocks):
        block, line = blocks[at], blocks[at].text.strip()
        own = None if block.kind == "table" else _head_of(line, words)
        last = own if own and own.pair else last
        head = own or (last if len(line) <= LONGEST and _OF_A_YEAR.fullmatch(line) else None)
        below = _below(blocks, at + (own is not None), head) if head else None
        if head and below and len(below.rows) >= (head.fewest if own else _HEADLESS):
            table = replace(block, kind="table", text="", rows=_with_titles(head, below.rows), level=0)
            made += [table, *below.beside]
            at = below.end
        else:
            made.append(block)
            at += 1
    return made


def _unstacked(blocks: Sequence[DocumentBlock]) -> list[DocumentBlock]:
    """Return blocks with cells that stand one below another, years and then rows of as many values, as lines of cells.

    Behind the last value of a row may stand the number of the next one.
    """
    made, at, count, others = list[DocumentBlock](), 0, 0, 0
    lines = [block.text.strip() if block.kind in ("paragraph", "item") else "" for block in blocks]
    dated, valued = (_runs(lines, pattern) for pattern in (_YEAR, _VALUE.pattern))
    while at < len(blocks):
        count = dated[at] if dated[at] > _FEWEST else count * (others <= _BETWEEN)
        named = [n for n in range(1, _NAMES + 1) if valued[at + n : at + n + 1] in ([count], [count + 1])]
        wide = 1
        if dated[at] > _FEWEST:
            wide = dated[at]
        elif (
            count
            and named
            and not any(valued[at + 1 : at + named[0]])
            and _NAME.search(" ".join(lines[at : at + named[0]]))
        ):
            wide = named[0] + count
        others = others + 1 if wide == 1 else 0
        joined = replace(blocks[at], kind="paragraph", text=_APART.join(lines[at : at + wide]))
        made.append(joined if wide > 1 else blocks[at])
        at += wide
    return made


def _runs(lines: Sequence[str], pattern: str) -> list[int]:
    """Return how many lines from each one on, one below another, are each what a pattern tells."""
    runs = [0]
    for line in reversed(lines):
        runs.append(runs[-1] + 1 if re.fullmatch(pattern, line) else 0)
    return runs[:0:-1]


def _head_of(line: str, words: Patterns) -> _Head | None:
    """Return the head of a table that a line is: years in their order, or the words for a baseline and for a target."""
    if dated := _YEARS.fullmatch(line):
        years = re.findall(_YEAR, dated["years"])
        names = _GAP.split(dated["lead"].strip())
        if len(names) == 1 and words["column unit"].search((parted := ["", *names[0].rsplit(" ", 1)])[-1]):
            names = parted[-2:]
        return _Head((*names,), (*years,)) if years == sorted({*years}) else None
    base, target = (rf"(?:{words[f'{name} word'].pattern})\*?(?:[\s(]+{_YEAR}\)?)?" for name in ("baseline", "target"))
    pair = compiled(
        rf"(?i)(?P<lead>[^\d.:：;]{{0,100}}?)(?P<base>{base})\s+(?P<due>(?:[^\W\d]+\s)?{target})(?:\s*[^\W\d]+){{0,2}}"
    )
    told = pair.fullmatch(line)
    return _Head((told["lead"].strip(),), (told["base"], told["due"]), pair=True) if told else None


def _below(blocks: Sequence[DocumentBlock], start: int, head: _Head) -> _Below:
    """Return what stands below a head, up to a line that is too long, or too many that are no rows.

    Values alone are named by the line above them; what goes on small or in brackets below a row belongs to its name.
    """
    rows, end = list[list[str]](), start
    beside, waits, held = list[DocumentBlock](), list[DocumentBlock](), list[DocumentBlock]()
    for i, block in enumerate(blocks[start:], start=start):
        line = block.text.strip()
        if block.kind in ("table", "heading") or _YEARS.fullmatch(line):
            break
        found, rest = _rows(line, head)
        if found and not found[0][0] and waits and not _SENTENCE.search(waits[-1].text.strip()):
            found[0][0] = waits.pop().text.strip()
        if found and found[0][0]:
            titles = [other for other in waits if _OF_A_GROUP.match(other.text)]
            rows += [*([title.text.strip(), *[""] * (len(found[0]) - 1)] for title in titles), *found]
            beside += [other for other in waits if other not in titles]
            held = [replace(block, text=rest)] * bool(rest)
            waits, end = [*held], i + 1
        elif not found and rows and not waits and _goes_on(line):
            rows[-1][0] = f"{rows[-1][0]} {line}"
            end = i + 1
        elif (found and not head.pair) or len(normalise(line)) > LONGEST or len(waits) == _BETWEEN:
            break
        else:
            waits.append(block)
    return _Below(rows, [*beside, *(block for block in held if block in waits)], end)


def _goes_on(line: str) -> bool:
    """Say whether a line goes on the name of the row above it."""
    small = _SMALL.match(line) and not line[:1].isupper()
    return bool(small) and len(line) < LONGEST // 3 and not _SENTENCE.search(line)


def _rows(line: str, head: _Head) -> tuple[list[list[str]], str]:
    """Return the rows that a line below a head is, name and values, and what stands behind the last one."""
    if not head.pair:
        row = _row(line, head)
        return [row] if row else [], ""
    line = normalise(line)
    if (dated := _OF_A_YEAR.fullmatch(line)) and (_VALUE.fullmatch(dated["base"]) or is_empty(dated["base"])):
        return [[*dated.group("label", "base", "year", "due")]], ""
    found = [match for match in _PAIR.finditer(line) if not re.fullmatch(_YEAR, match["due"])]
    found = found if all(match["label"] for match in found[1:]) else []
    return [[*match.group("label", "base", "due")] for match in found], line[found[-1].end() :].strip() if found else ""


def _row(line: str, head: _Head) -> list[str] | None:
    """Return the cells of a line below years: its name, in as many as the head has for names, and its values."""
    count = len(head.values)
    for fields in (_GAP.split(line), line.split()):
        values, names = fields[-count:], fields[:-count]
        given = len(values) == count and all(_VALUE.fullmatch(f) or is_empty(f) for f in values)
        if given and any(map(_VALUE.match, values)) and (not names or _NAME.search(" ".join(names))):
            if len(head.names) == 1 < len(names) and names[-1].startswith(PERCENT):
                names = [*names[:-1], f"({names[-1]})"]
            unit = names[-1:] if len(head.names) > 1 < len(names) else [""] * (len(head.names) > 1)
            return [" ".join(names[: -len(unit)] if unit[:1] > [""] else names), *unit, *values]
    return None


def _with_titles(head: _Head, rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a table with its head above them; a baseline has a column for its year where a row tells it."""
    base, *due = head.values
    wide = max(map(len, rows))
    dated = wide > len(head.names) + len(head.values)
    even = ((*row[:-1], "", row[-1]) if len(row) < wide else (*row,) for row in rows)
    return ((*head.names, base, *[base] * dated, *due), *even)
