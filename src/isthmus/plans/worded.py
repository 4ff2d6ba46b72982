"""Cells of a table that say in words what is to be reached."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from isthmus.plans.cells import HEADING, ITEMS, OWN_NUMBER, cleaned, has_a_value, has_figures, is_year, own_year
from isthmus.plans.columns import NOWHERE, WORD, Head, Rows, names_alone
from isthmus.plans.lexicon import Patterns
from isthmus.plans.segment import sentences
from isthmus.plans.table import TablePart
from isthmus.plans.text import SECTION
from isthmus.plans.units import PERCENT
from isthmus.plans.voice import AIMS, ANNOUNCED, FACTS, RESULTS

_SENTENCE = re.compile(r"\w+\s+\w+\s+\w+\s+\w+|[\u4e00-\u9fff]{8,}")
_COUNTS = re.compile(
    r"(?<![\w'])\d[\d.,]*(?:\s?%|\+)?\s.*[^\W\d_]{2}|^\W*[^\W\d]+ (?:20|21)\d\d ?[–:-] ?\d[\d.,]* ?%"
    r"|[:：]\s?\d[\d.,]*\s?%?[;,.)].*[:：]\s?\d|[\u4e00-\u9fff].*\d|(?:(?<!\d)(?:19|20|21)\d\d\D{0,8}[–:=-]\D{0,20}\d.*){2}"
)
"""A cell that counts something, or gives values with their years."""
_CODE = re.compile(rf"^\s*(?:\w+:\s*)?(?:\d{{1,2}}(?:[a-z][.)]?|[.)])|{SECTION})\s")
_LETTERED = re.compile(r"(?<=\s)\(?([a-z])\) ")
_RUNNING = re.compile(r"(?<!\S)(\d{1,2}) (?=[^\W\d_a-zа-я][^\W\d_A-ZА-Я])")
_PAIR = 2
"""Cells of a row that is a name and what it is: the name, not its heading, may say that it is a start value."""
_AMOUNT = re.compile(r"[^\W\d_]{3}[^–-]*[–-]\s?\d[\d., ]*[^\W\d_]+(?:[ /][^\W\d_]+)?\.?$")
"""A work with its amount behind a dash (planting - 400 ha): an aim in every column but those of money beside one of aims."""


@dataclass(frozen=True)
class CellInWords:
    """A cell that holds a sentence: its row, its words, the year due and the name of its row, and what its heading says it is.

    `base` is the year that this heading counts from, `start` what its row says of the start.
    """

    row: int
    text: str
    year: int | None
    name: str
    lead: str
    base: int | None
    start: str


def cells_in_words(part: TablePart, words: Patterns, read: Collection[tuple[int, int]]) -> Iterator[CellInWords]:
    """Yield the cells that hold sentences, of a heading of aims also those that count something; not those of start values.

    Of a row with values that were `read` (their rows and columns) these are the others that stand under a year, and a measure
    of which the values are what it saves, or the parts done with and without support.
    The last cell of a row is headed by the one in front of it too, which names it in a record (Outcome | 40 schools built).
    What a plan costs, by the heading or by the record, is no aim. A cell merged over several rows tells its words once.
    What stands below a year at the head of a cell, or in front of a numbered item, is due then as well.
    """
    titles = [own if not is_year(own) else whole for own, whole in zip(part.head.lowest, part.head.titles, strict=True)]
    headed: dict[int, int | None] = {}
    due = next((i for i, title in enumerate(titles) if words["column due"].search(title)), part.head.at("due"))
    aims = any(words["column aim"].search(title) for title in titles)
    for at, (row, label) in enumerate(zip(part.rows, _unnumbered(part.rows, part.head.at("label")), strict=True)):
        filled = [i for i, cell in enumerate(row) if cell.strip() and not _is_settled(row, words)]
        if len(filled) == 1 and len(row) > 1 and len(row[filled[0]]) <= HEADING:
            headed[NOWHERE] = own_year(row[filled[0]])
        valued = {column for number, column in read if number == part.first + at}
        firm = valued.difference(column.at for column in part.head.values if column.sized)
        names = [row[i] for i in sorted(filled, key=lambda i: i != part.head.at("label")) if WORD.search(row[i])]
        starts = [i for i in filled if _only_starts(titles[i] if len(row) > _PAIR else row[0], words)]
        start = " ".join(row[i] for i in starts)
        for i in (j for j in filled if not (is_again(part.rows, at, j) or _names_a_group(row, words))):
            last = i == filled[-1] and not (i in starts and len(row) > _PAIR)
            before = [cleaned(row[j]) for j in filled[-2:-1] if last and _names(row[j], words)]
            lead = _lead([titles[i], *before], len(row), words, described=aims)
            attribute = [] if _lead(titles[i : i + 1], len(row), words) else before
            priced = not lead and words["priced cell"].match(row[i])
            money = priced or any(words["column money"].search(title) for title in [titles[i], *attribute])
            named = i == part.head.at("label")
            apart = not (_done_in_parts(part.head, words) if named else _tells_an_aim(row[i], titles[i], words))
            amount = aims and not words["column label"].search(titles[i]) and _AMOUNT.search(cleaned(row[i]))
            other = i in valued or (not amount and (apart if firm else i == due))
            if other or money or (i in starts and not lead) or words["table caption"].match(row[i]):
                continue
            since = next((own_year(titles[i][m.end() :]) for m in words["column base"].finditer(titles[i])), None)
            cell = (label if named else row[i]).strip("*_ ")
            if dated := words["dated cell"].match(cell):
                headed[i], cell = own_year(dated.group()), cell[dated.end() :]
            given = (own_year(row[due]) if 0 <= due < len(row) else None) or headed.get(i) or own_year(titles[i])
            given = given or headed.get(NOWHERE) or _term_beside([row[j] for j in filled if j != i], words)
            for item, due_then in _dated_items(_CODE.sub("", cell), given, words):
                if item.rstrip().endswith(":"):
                    lead = lead or _lead([item[-HEADING:]], 0, words)
                    amount = amount or words["announces"].search(item.rstrip())
                lead = lead or ANNOUNCED * bool(amount)
                if _SENTENCE.search(item) or _COUNTS.search(cleaned(item)):
                    name = next((n for n in names if item not in n and not is_again(part.rows, at, i, 1)), "")
                    yield CellInWords(part.first + at, item, due_then, name, lead, since, start)


def _names_a_group(row: Sequence[str], words: Patterns) -> bool:
    """Say whether a row is no more than the name of a group with its ages or its grade."""
    (*told,) = filter(str.strip, row)
    return len(told) == 1 and has_figures(row) and PERCENT not in told[0] and names_alone(row, words)


def _unnumbered(rows: Rows, at: int) -> list[str]:
    """Return the names of rows; numbers that run through them, each one more than the last, part items (Energy 2 Dams)."""
    names = [row[at] if 0 <= at < len(row) else "" for row in rows]
    marks = [(i, match) for i, name in enumerate(names) for match in _RUNNING.finditer(name)]
    counted = [int(match[1]) for _, match in marks]
    for n in reversed(range(len(marks))):
        i, match = marks[n]
        if counted[n] + 1 in counted[n + 1 : n + 2] or (n and counted[n - 1] == counted[n] - 1):
            names[i] = f"{names[i][: match.start()]}<br>{names[i][match.end() :]}"
    return names


def _dated_items(cell: str, given: int | None, words: Patterns) -> Iterator[tuple[str, int | None]]:
    """Yield the items of a cell, each with its year due: what a label (2031 targets:) or a line ending in a colon gives."""
    for part in ITEMS.split(cell):
        labels = (match.start() for match in words["due label"].finditer(part) if match.start())
        edges = [0, *sorted({*labels, *_letters(part, words)}), len(part)]
        for item in (part[start:end] for start, end in pairwise(edges)):
            label = words["due label"].match(item)
            if label or item.rstrip().endswith(":"):
                given = own_year(label.group() if label else item) or given
            yield item[label.end() if label else 0 :], given


def _letters(cell: str, words: Patterns) -> list[int]:
    """Return where the items of a list begin that words announce in front of it (These plants are planned: a) … b) …)."""
    marks = [*_LETTERED.finditer(cell)]
    in_turn = len(marks) > 1 and all(ord(b[1]) - ord(a[1]) == 1 for a, b in pairwise(marks)) and marks[0][1] == "a"
    announced = in_turn and words["announces"].search(cell[: marks[0].start()].rstrip())
    return [mark.start() for mark in marks] if announced else []


def is_again(rows: Rows, at: int, column: int, step: int = -1) -> bool:
    """Say whether a long cell stands in the row next to it too: it was merged over both, and belongs to neither alone.

    Rows that have numbers of their own say the same twice.
    """
    cell, beside = rows[at][column], rows[at + step] if 0 <= at + step < len(rows) else ()
    numbered = all(OWN_NUMBER.fullmatch(cleaned(row[0])) for row in (rows[at], beside) if row)
    return len(cell) > HEADING and column < len(beside) and beside[column] == cell and not numbered


def _tells_an_aim(cell: str, title: str, words: Patterns) -> bool:
    """Say whether a cell stands below a year, or below aims or what describes them with its year or as a list."""
    told = any(words[f"column {kind}"].search(title) for kind in ("aim", "description"))
    dated = own_year(cell) is not None and has_a_value(cell)
    return own_year(title) is not None or (told and (dated or bool(_letters(cell, words))))


def _done_in_parts(head: Head, words: Patterns) -> bool:
    """Say whether the values of a table are what its measures save, or their parts with and without support."""
    efforts = [words["column effort"].search(head.titles[column.at]) for column in head.values if not column.base]
    return bool(efforts) and all(efforts)


def _only_starts(title: str, words: Patterns) -> bool:
    """Say whether a heading names start values and no targets."""
    return words["column base"].search(title) is not None and not words["column target"].search(title)


def _term_beside(cells: Sequence[str], words: Patterns) -> int | None:
    """Return the year in which a work is done, as a sentence without another figure says in another cell of its row."""
    said = (words["term beside"].search(own) for cell in cells for own in sentences(cell) if not has_a_value(own))
    return next((own_year(match.group()) for match in said if match), None)


def _is_settled(row: Sequence[str], words: Patterns) -> bool:
    """Say whether a cell of a row says all by itself that its work is done or given up, so that nothing of it is due."""
    return any(words["settled"].fullmatch(cleaned(cell)) for cell in row)


def _names(cell: str, words: Patterns) -> bool:
    """Say whether a cell names the one behind it: it is short, or opens with the word for a target, however it explains it."""
    return len(cell) <= HEADING or words["column target"].match(cell) is not None


def _lead(titles: Sequence[str], wide: int, words: Patterns, *, described: bool = False) -> str:
    """Return what the heading of a cell and the cell that names it say it is: a result, an aim, or nothing.

    What an aim comes from (context, background) and how far it has come are facts, but for aims that its words say. Beside a
    heading of aims another may say that they are `described` below it.
    """
    heads = [title for i, title in enumerate(titles) if _names(title, words) or (i == 0 and own_year(title))]
    if any(words["column result"].search(title) for title in heads):
        return FACTS if words["column status"].search(titles[0]) else RESULTS
    if any(words["column context"].search(title) for title in heads[:1]):
        return FACTS
    if any(words["column aim"].search(title) for title in heads[: 2 if wide == _PAIR else 1]):
        return ANNOUNCED
    return AIMS * (described and words["column description"].search(titles[0]) is not None)
