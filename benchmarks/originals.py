"""Measure what the reader makes of the file a marked text was taken from, beside what it makes of that text.

A user feeds in the original PDF, DOCX or HTML file; the marked texts were taken from it by hand. A mark is found where its
value stands among the rows of its part of the file, whole where all fields agree, wherever in that part: places do not carry
over. The part is told by the runs of characters that a page, or a row, shares with the marked text. A row without a mark is
false only where its own words stand in the marked text.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from isthmus.plans.document import Document
from isthmus.plans.plan import Target

SUFFIXES = (".pdf", ".docx", ".html")
Reading = dict[str, str]
_RUN = 8
_TOUCHED, _INSIDE = 0.3, 0.8
"""Share of the runs of a page that makes it a page of the marked part, and of a row that makes it one of its rows."""
_TOGETHER = 20
"""Blocks taken as a page where the format has none."""


def original_of(folder: Path, name: str) -> Path | None:
    """Return the original of a marked document in a folder."""
    return next((path for suffix in SUFFIXES if (path := folder / f"{name}{suffix}").is_file()), None)


def part_of(document: Document, rows: Sequence[Target], text: str) -> tuple[list[Target], list[Target]]:
    """Return the rows that stand on the pages of a marked text or in its words, and those whose words are all in it."""
    known = _runs(text)
    pages: dict[int, list[str]] = defaultdict(list)
    for i, block in enumerate(document.blocks):
        for number, words in enumerate([block.text] if block.kind != "table" else map(" ".join, block.rows)):
            page = block.page_of(number) if block.rows else block.page
            pages[i // _TOGETHER if page is None else page].append(words)
    touched = {page for page, words in pages.items() if _share("".join(words), known) >= _TOUCHED}
    near = [t for t in rows if t.page in touched or _share(t.text, known) >= _INSIDE]
    return near, [t for t in near if _share(t.text, known) >= _INSIDE]


def _runs(text: str) -> set[str]:
    bare = "".join(c for c in text.lower() if c.isalnum())
    return {bare[i : i + _RUN] for i in range(max(1, len(bare) - _RUN + 1))}


def _share(text: str, known: set[str]) -> float:
    own = _runs(text)
    return len(own & known) / len(own)


def paired(marks: Sequence[Reading], rows: Sequence[Target], wrong: Callable[[Reading, Target], list[str] | None]):
    """Pair marks and rows one to one, those that agree best first; `wrong` gives the fields that differ, None for no pair."""
    options = [
        (w, m, r) for m, mark in enumerate(marks) for r, row in enumerate(rows) if (w := wrong(mark, row)) is not None
    ]
    found: dict[int, tuple[int, list[str]]] = {}
    used: set[int] = set()
    for fields, m, r in sorted(options, key=lambda option: len(option[0])):
        if m not in found and r not in used:
            found[m] = r, fields
            used.add(r)
    return found, [row for r, row in enumerate(rows) if r not in used]
