"""Read PDF: running text in reading order, ruled tables apart, scans recognised where that is possible."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import pairwise, takewhile
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from isthmus.core.errors import BadInputError
from isthmus.plans.document import PICTURE, BlockKind, Document, DocumentBlock, LeftOut
from isthmus.plans.segment import CUT, LONGEST, join_lines, width
from isthmus.readers.documents.apart import PagesTold, silent
from isthmus.readers.documents.pdf_aligned import aligned_tables, words_of
from isthmus.readers.documents.pdf_cells import as_head, cell_tables, headed
from isthmus.readers.documents.pdf_hidden import shown
from isthmus.readers.documents.pdf_letters import in_pieces, lack_letters, lack_short_words, with_letters
from isthmus.readers.documents.pdf_lines import Line, in_columns, lines_of, text_of
from isthmus.readers.documents.pdf_margins import PAGE_NUMBER, Page, table_of, without_margins
from isthmus.readers.documents.pdf_pictures import UNREAD, looks_written
from isthmus.readers.documents.pdf_scans import evened, is_installed, is_scanned, with_recognised
from isthmus.readers.documents.pdf_tables import VALUE, RuledTable, continues, is_table, ruled_tables, with_rest_above
from isthmus.readers.documents.pdf_turned import upright

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

LARGEST_PAGES = 3000
_RULES_FOR_A_TABLE = 6
_NEAR = 8
_HEADING = 90  # widest line that may be a heading
_CLEAR_GAP = 0.35  # of a line's height, more than lines of a paragraph stand apart
_TERMINAL = re.compile(r"[.!?;:…。！？；：][»”’\"')）\]]*(?:\s*\[\d{1,3}\])*$")
_ITEM = re.compile(
    r"^(?:[•·▪●–—-]\s|\(?\d{1,2}[).、]\s?(?!\d)|（[一二三四五六七八九十\d]+）|[一二三四五六七八九十]+、|[а-яa-z]\)\s)"
)
_CAPTION = re.compile(r"(?:table|таблица|табл\.|表)\s*(?:№\s*)?\d", re.IGNORECASE)
_CAPTION_ABOVE = 5.0  # of its size that a line of a caption stands above its table
_MARKED = re.compile(r"[•·▪●–—-]\s")
_HANGS = 3.0  # of its size that the text of an item stands behind its mark at most
_NOTE = re.compile(r"(?:\d{1,3}|[*†‡]+)(?:\s|(?=[A-ZА-ЯЁ“«\"(]|https?:|[\u4e00-\u9fff]))(?!\d)\S")
"""How a note at the foot of a page begins: a mark without a full stop, and words."""
_SMALLER = 0.4  # points below the size of the text
_FEW_LETTERS = 600  # that a page has at least whose own text shows its size
_NOTE_OVER = 4.0  # points that a note may reach over the foot of the line above it


def read_pdf(path: Path, tell: PagesTold = silent) -> Document:
    """Read a PDF; see `isthmus.readers.documents.document.read_document`."""
    try:
        source = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium_c.FPDF_ERR_PASSWORD or "assword" in str(error):
            raise _bad(path, "is protected by a password", "save a copy without the password") from error
        raise _bad(path, f"cannot be read as PDF ({error})", "open and save it again") from error
    try:
        if len(source) > LARGEST_PAGES:
            raise _bad(path, f"has {len(source)} pages", f"split it into parts of at most {LARGEST_PAGES} pages")
        drawn: Path | BytesIO = path
        scans: list[str] = []
        if scanned := [i + 1 for i in range(len(source)) if is_scanned(source[i])]:
            source, drawn, note = _recognised(path, source, scanned, tell)
            scans.append(note)
        drawn = upright(drawn, source)
        pages = [_read_page(source[i], i + 1) for i in range(len(source))]
        pages = [replace(page, lines=evened(page.lines)) if page.number in scanned else page for page in pages]
        if scanned and not any(page.lines for page in pages):
            raise _bad(path, "is a scan in which no text was recognised", "use a better scan, or a PDF with text")
        pages, notes = _spelled(drawn, pages)
        notes += scans
        pages = _with_aligned(_with_tables(drawn, pages, [page.number for page in pages if page.has_rules], tell))
        if pictured := ", ".join(str(page.number) for page in pages if page.pictured):
            notes.append(f"pages {pictured} have {UNREAD}: check them")
    finally:
        source.close()
    pages, dropped = without_margins(pages)
    if dropped:
        notes.append(f"{len(dropped)} running heads and page numbers left out")
    pages, footnotes = _without_footnotes(_sized(pages))
    if footnotes:
        notes.append(f"{len(footnotes)} lines of footnotes left out")
    unseen = [LeftOut("not shown on its page", page.hidden, page.number) for page in pages if page.hidden]
    if hiding := ", ".join(str(gap.page) for gap in unseen):
        notes.append(f"pages {hiding} hold text that they do not show, which was left out")
    unseen += [LeftOut(PICTURE, UNREAD, page.number) for page in pages if page.pictured]
    dropped += [*footnotes, *_lost(pages), *unseen]
    return Document(path.name, len(pages), tuple(_merged(_blocks(pages))), tuple(notes), tuple(dropped))


def _bad(path: Path, problem: str, remedy: str) -> BadInputError:
    return BadInputError(path.name, problem, allowed=f"a PDF with text, at most {LARGEST_PAGES} pages", remedy=remedy)


def _read_page(page: "PdfPage", number: int) -> Page:
    """Read the lines of a page in the order of its content, and note whether it has rules."""
    text_page = page.get_textpage()
    raw, hidden = shown(text_of(text_page), page, text_page)
    lines = list(lines_of(raw, text_page))
    rules = sum(1 for _ in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH], max_depth=2)) if lines else 0
    words = words_of(raw, text_page)
    pictured = bool(lines) and looks_written(page)
    text_page.close()
    page.close()
    return Page(number, in_columns(lines), rules >= _RULES_FOR_A_TABLE, words=words, pictured=pictured, hidden=hidden)


def _spelled(drawn: Path | BytesIO, pages: list[Page]) -> tuple[list[Page], list[str]]:
    """Read pages that seem to have lost their letters in another way, and say which have none in that way either."""
    result = list(pages)
    mute = [p.number for p in pages if lack_letters(p.lines) or in_pieces(p.words) or lack_short_words(p.words)]
    for number, lines, words in with_letters(drawn, mute) if mute else ():
        if not lack_letters(lines):
            result[number - 1] = replace(pages[number - 1], lines=in_columns(lines), words=words)
    left = ", ".join(str(page.number) for page in result if lack_letters(page.lines))
    return result, [f"pages {left} have figures and hardly a letter: their fonts may hide the words"] if left else []


def _with_tables(drawn: Path | BytesIO, pages: list[Page], ruled: list[int], tell: PagesTold) -> list[Page]:
    """Read the ruled tables of the pages that have rules."""
    result = list(pages)
    for number, tables in ruled_tables(drawn, ruled) if ruled else ():
        tell("tables", number, len(pages))
        page = result[number - 1]
        kept: list[RuledTable] = []
        before = result[number - 2].tables[-1] if number > 1 and result[number - 2].tables else None
        for table in tables:
            if not is_table(table) and not continues(table, before):
                continue
            if not kept and continues(table, before):
                above = [n for n in page.lines if n.bottom >= table.top - 2 and not PAGE_NUMBER.match(n.text)]
                table = with_rest_above(table, above)
            kept.append(table)
        result[number - 1] = replace(page, tables=kept)
    return result


def _with_aligned(pages: Sequence[Page]) -> list[Page]:
    """Read the tables without rules, and put the lines around them above and below.

    A lone row that is written cell by cell is the head of the table that begins the next page, or none.
    """
    result: list[Page] = []
    before: RuledTable | None = None
    cells: RuledTable | None = None
    for page in pages:
        loose = [word for word in page.words if table_of(word, page) is None]
        whole = [table for table in cell_tables(loose, cells) if len(table.rows) > 1]
        found = [t for t in aligned_tables(loose, before) if not any(t.is_of_cells(table) for table in whole)]
        before = found[-1] if found else None
        rest = [word for word in loose if not any(table.holds(word) for table in found)]
        by_cell = cell_tables(rest, cells)
        found = sorted([*found, *(table for table in by_cell if len(table.rows) > 1)], key=lambda table: -table.top)
        if found and cells and len(cells.rows) == 1 and (head := as_head(cells, found[0])):
            result[-1] = _with_found(result[-1], [head])
        cells = by_cell[-1] if by_cell else None
        result.append(replace(_with_found(page, found), words=[]))
    return result


def _with_found(page: Page, found: Sequence[RuledTable]) -> Page:
    tables = sorted(headed(page.tables, found), key=lambda table: -table.top)
    lines = sorted(page.lines, key=lambda line: sum(line.top <= table.bottom + 2 for table in found))
    return replace(page, tables=tables, lines=lines)


def _recognised(
    path: Path, source: "PdfDocument", scanned: Sequence[int], tell: PagesTold
) -> tuple["PdfDocument", Path | BytesIO, str]:
    """Return a document with its scanned pages recognised where tesseract is installed; refuse one that has nothing else."""
    listed = ", ".join(map(str, scanned[:20])) + (" …" if len(scanned) > 20 else "")
    if not is_installed():
        if len(scanned) == len(source) or not any(source[i].get_textpage().count_chars() for i in range(len(source))):
            raise _bad(
                path,
                f"is a scan: its {len(scanned)} pages hold pictures and no text",
                "install tesseract with the languages of the document, or use a PDF with text",
            )
        return source, path, f"pages {listed} are scans without text and were not read; tesseract is not installed"
    whole, languages = with_recognised(source, scanned, lambda done: tell("scan", done, len(scanned)))
    source.close()
    note = f"pages {listed} are scans and were recognised by tesseract ({languages}): check them"
    return pdfium.PdfDocument(whole), whole, note


def _sized(pages: Sequence[Page]) -> list[Page]:
    """Tell the size of the text of each page: that of most pages where enough has it, else the largest of a quarter of it."""
    told = [Counter[float]() for _ in pages]
    for page, sizes in zip(pages, told, strict=True):
        for line in page.lines:
            sizes[round(line.size, 1)] += len(line.text)
    largest = [
        max((n for n, count in own.items() if count >= max(own.total(), _FEW_LETTERS) / 4), default=0.0) for own in told
    ]
    ((usual, _),) = Counter(filter(None, largest)).most_common(1) or [(0.0, 0)]
    bodies = [
        max(n, usual) if own[usual] >= _FEW_LETTERS / 4 else n or usual for n, own in zip(largest, told, strict=True)
    ]
    return [replace(page, body=body) for page, body in zip(pages, bodies, strict=True)]


def _without_footnotes(pages: Sequence[Page]) -> tuple[list[Page], list[LeftOut]]:
    """Drop the notes at the foot of pages, and return them: small lines below all others, the first with its mark."""
    kept: list[Page] = []
    dropped: list[LeftOut] = []
    for page in pages:
        floor = min((n.bottom for n in page.lines if n.size >= page.body - _SMALLER), default=inf)
        floor = min([floor, *(table.bottom for table in page.tables)]) + _NOTE_OVER
        small = [n for n in page.lines if n.size < page.body - _SMALLER and n.top < floor]
        first = max((n.top for n in small if _NOTE.match(n.text)), default=0.0)
        notes = {id(n) for n in small if n.top <= first}
        kept.append(replace(page, lines=[n for n in page.lines if id(n) not in notes]))
        dropped.extend(LeftOut("footnote", n.text, page.number) for n in page.lines if id(n) in notes)
    return kept, dropped


def _lost(pages: Sequence[Page]) -> Iterator[LeftOut]:
    """Yield the words within the edges of a table that none of its cells holds: no block has them."""
    for page in pages:
        for i, table in enumerate(page.tables):
            words = table.lacks([line for line in page.lines if table_of(line, page) == i])
            yield from (LeftOut("not in a cell of its table", lost, page.number) for lost in words)


def _blocks(pages: Sequence[Page]) -> Iterator[DocumentBlock]:
    """Turn lines into paragraphs and put each table where its lines stood: above or below all text of its page, first or last."""
    for page in pages:
        pending: list[Line] = []
        shown: set[int] = set()
        places = [(line, table_of(line, page)) for line in page.lines]
        around = [line for line, inside in places if inside is None]
        if page.tables and all(line.top <= page.tables[0].bottom + 2 for line in around):
            places.sort(key=lambda place: place[1] != 0)
        elif page.tables and all(line.bottom >= page.tables[-1].top - 2 for line in around):
            places.sort(key=lambda place: place[1] == len(page.tables) - 1)
        for line, inside in _captioned(places, page):
            if inside is None:
                pending.append(line)
                continue
            if inside not in shown:
                yield from _paragraphs(pending, page)
                pending = []
                shown.add(inside)
                yield DocumentBlock("table", "", page.number, page.tables[inside].rows)
        yield from _paragraphs(pending, page)


def _captioned(places: Sequence[tuple[Line, int | None]], page: Page) -> list[tuple[Line, int | None]]:
    """Return lines, each with the table it stands in, those of a table moved behind its caption right above it."""
    ordered = list(places)
    for number, table in enumerate(page.tables):
        own = [place for place in ordered if place[1] == number]
        above = [
            i
            for i, (line, inside) in enumerate(ordered)
            if inside is None
            and table.top - 2 < line.bottom < table.top + _CAPTION_ABOVE * line.size
            and _meets(line, table)
        ]
        if own and above and any(_CAPTION.match(ordered[i][0].text) for i in above):
            last = ordered[above[-1]]
            ordered = [place for place in ordered if place[1] != number]
            at = ordered.index(last) + 1
            ordered[at:at] = own
    return ordered


def _meets(line: Line, table: RuledTable) -> bool:
    return line.left < table.right and table.left < line.right


def _paragraphs(lines: list[Line], page: Page) -> Iterator[DocumentBlock]:
    """Join the lines of a paragraph: a line that is full, or that a small letter goes on from, does not end one."""
    if not lines:
        return
    text, previous = "", None
    for place, line in enumerate(lines):
        if previous is not None and _goes_on(previous, line, lines, place, text):
            text = text[:-1].rstrip("-") + line.text if text.endswith("\ufffe") else join_lines(text, line.text)
        else:
            if text:
                yield _paragraph(text, previous, page)
            text = line.text
        previous = line
    if text:
        yield _paragraph(text, previous, page)


def _goes_on(previous: Line, line: Line, lines: list[Line], place: int, text: str) -> bool:
    """Say whether a line goes on a paragraph: the one before it, at a place among `lines`, is full as those near it show."""
    if text.endswith("\ufffe"):
        return True
    if _ITEM.match(line.text) or not _alike(previous, line):
        return False
    near = lines[max(0, place - _NEAR) : place + _NEAR]
    column = [
        n.right
        for n in near
        if _alike(n, previous) and (abs(n.left - previous.left) < 40 or n.left <= previous.right <= n.right)
    ]
    edge = max(column, default=previous.right)
    letter = (previous.right - previous.left) / max(len(previous.text), 1)
    word = letter * (1 + len(re.match(r"\S*", line.text)[0]))  # type: ignore[index]
    full = previous.right >= edge - max(3.0 * max(previous.size, 6.0), min(word, 0.5 * (edge - previous.left)))
    gap = previous.bottom - line.top
    spaced = gap > 0.9 * max(previous.top - previous.bottom, 1.0) and previous.bottom > line.top
    risen = line.bottom >= previous.top and line.left < previous.right and previous.left < line.right
    if spaced or risen:
        return False
    if _TERMINAL.search(text):
        # the first line of an item hangs out: what follows it stands further right and still goes on
        hanging = text.endswith(".") and _ITEM.match(previous.text)
        indented = line.left > previous.left + 0.8 * max(line.size, 6.0) and not hanging
        if indented or gap > _usual_gap(near, gap) + _CLEAR_GAP * (previous.top - previous.bottom):
            return False
        return full or (text.endswith(".") and bool(re.match(r"[a-zа-яё]", line.text)))
    small = bool(re.match(r"[a-zа-яё,;，；、。)）%]", line.text))
    below_mark = _MARKED.match(previous.text) and 0 < line.left - previous.left < _HANGS * line.size
    return full or small or bool(below_mark or CUT.search(text))


def _usual_gap(lines: Sequence[Line], largest: float) -> float:
    """Return the smallest distance between two of the lines that follow each other in a column, at most `largest`."""
    gaps = (a.bottom - b.top for a, b in pairwise(lines) if a.bottom > (b.bottom + b.top) / 2 and _alike(a, b))
    return min(gaps, default=largest)


def _alike(a: Line, b: Line) -> bool:
    return abs(a.size - b.size) <= 0.6


def _paragraph(text: str, line: "Line | None", page: Page) -> DocumentBlock:
    text = text.replace("\ufffe", "-").strip()
    sentence = width(text) > LONGEST and _TERMINAL.search(text)
    large = line is not None and line.size > page.body + 1.0 and not sentence
    opened = "。" in text or text.count("“") > text.count("”")  # a sentence that the end of its page broke off
    short = width(text) < _HEADING and not (opened or _TERMINAL.search(text) or re.search(r"\d", text))
    kind: BlockKind = "item" if _ITEM.match(text) else "heading" if large or short else "paragraph"
    if large and kind == "item":
        kind = "heading"
    return DocumentBlock(kind, text, page.number)


def _merged(blocks: Iterator[DocumentBlock]) -> Iterator[DocumentBlock]:
    """Join what a page break divides: a sentence, or a table whose head stands before it, a line cut at a comma."""
    held: DocumentBlock | None = None
    for block in blocks:
        joined = _joined(held, block) if held is not None else block
        if held is not None and joined is None:
            yield held
        held = joined or block
    if held is not None:
        yield held


def _joined(first: DocumentBlock, second: DocumentBlock) -> DocumentBlock | None:
    last = first.page_of(len(first.rows) - 1) if first.kind == "table" else first.page
    cut = first.text.endswith(",") and second.kind == "paragraph"
    if (last == second.page and not cut) or (first.kind == "table") != (second.kind == "table"):
        return None
    if first.kind == "table":
        same = len(first.rows[0]) == len(second.rows[0])
        alike = zip(first.rows, second.rows[:-1], strict=False)
        repeated = sum(1 for _ in takewhile(lambda pair: list(pair[0]) == list(pair[1]), alike))
        rows, more = [list(row) for row in first.rows], list(second.rows)[repeated:]
        years = any(re.search(r"(?:19|20|21)\d\d", cell) for cell in more[0])
        has_header = len(rows) > 1 and years and not any(VALUE.fullmatch(cell) for cell in more[0])
        rest = same and _is_rest(rows[-1], more[0], head=len(rows) == 1)
        if not same or (has_header and not rest):
            return None
        if rest:
            rows[-1] = [join_lines(a, b) if a and b else a or b for a, b in zip(rows[-1], more.pop(0), strict=True)]
        pages = [*(first.page_of(i) for i in range(len(rows))), *(second.page for _ in more)]
        return replace(first, rows=[*rows, *more], row_pages=pages)
    similar = first.kind == second.kind or (second.kind == "paragraph" and width(first.text) > _HEADING)
    if (
        first.kind != "heading"
        and second.kind != "item"
        and not _TERMINAL.search(first.text)
        and re.match(r"[a-zа-яё\u4e00-\u9fff,，、]" if similar else r"[a-zа-яё,]", second.text)
    ):
        return replace(first, text=join_lines(first.text, second.text))
    return None


def _is_rest(row: Sequence[str], following: Sequence[str], *, head: bool) -> bool:
    """Say whether the first row of a page is the rest of the last one of the page before: each of its cells goes on there.

    The rest of a head that stands alone on its page is a row with few cells.
    """
    few = head and 0 < 2 * sum(map(bool, following)) < sum(map(bool, row))
    return few or all(
        not rest or (bool(cell) and not _TERMINAL.search(cell) and re.match(r"[a-zа-яё(,;%]", rest) is not None)
        for cell, rest in zip(row, following, strict=True)
    )
