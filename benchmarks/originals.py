"""Measure what the reader makes of the file a marked text was taken from, beside what it makes of that text.

A user feeds in the original PDF, DOCX or HTML file; the marked texts were taken from it by hand. A mark is found where its
value stands among the rows of its part of the file, whole where all fields agree, wherever in that part: places do not carry
over. The part is told by the runs of characters that a page, or a row, shares with the marked text. A row without a mark is
false only where its own words stand in the marked text, and where it agrees with no mark: a file says a target again in its
summary or an annex.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from isthmus.plans.document import Document
from isthmus.plans.plan import Target
from isthmus.readers.documents.document import read_document
from isthmus.readers.documents.plans import extract_document
from real_documents import Reading, _documents, _is_open, _same, _wrong

SUFFIXES = (".pdf", ".docx", ".html")
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


def paired(marks: Sequence[Reading], rows: Sequence[Target]) -> tuple[dict[int, list[str]], list[Target]]:
    """Pair marks and rows of one value one to one, those that agree best first: the fields that differ by mark, and the rest."""
    options = [
        (list(_wrong(mark, row)), m, r)
        for m, mark in enumerate(marks)
        for r, row in enumerate(rows)
        if _same(mark, row)
    ]
    found: dict[int, list[str]] = {}
    used: set[int] = set()
    for fields, m, r in sorted(options, key=lambda option: len(option[0])):
        if m not in found and r not in used:
            found[m] = fields
            used.add(r)
    return found, [row for r, row in enumerate(rows) if r not in used]


def compared(path: Path, original: Path, readings: Sequence[Reading]) -> tuple[Counter[str], list[str]]:
    """Return what is read of a marked text and of its original, and the marks that are whole in the text alone."""
    text = path.read_text("utf-8-sig")
    marks = [mark for mark in readings if mark["kind"] != "open"]
    opened = [mark for mark in readings if mark["kind"] == "open"]
    document = read_document(original)
    near, inside = part_of(document, _numbered([document]), text)
    there, surplus = paired(marks, near)
    here, loose = paired(marks, _numbered(_documents(path, text)))
    told = {id(row) for row in inside}
    false = [t for t in surplus if id(t) in told and not any(_is_open(r, t) for r in opened)]
    again = [t for t in false if any(_same(mark, t) and not list(_wrong(mark, t)) for mark in marks)]
    counts = Counter(
        targets=len(marks),
        found=len(there),
        whole=sum(not wrong for wrong in there.values()),
        false=len(false) - len(again),
        again=len(again),
        text_found=len(here),
        text_whole=sum(not wrong for wrong in here.values()),
        text_false=sum(not any(_is_open(r, t) for r in opened) for t in loose),
    )
    lost = [m for m, wrong in here.items() if not wrong and there.get(m, ["missing"])]
    return counts, [
        f"{path.stem} · {'/'.join(there.get(m, ['missing']))} · "
        + " ".join(marks[m][name] for name in ("kind", "operator", "value", "unit", "year", "base_year", "base_value"))
        for m in lost
    ]


def _numbered(documents: Sequence[Document]) -> list[Target]:
    return [t for document in documents for t in extract_document(document).targets if t.value is not None]
