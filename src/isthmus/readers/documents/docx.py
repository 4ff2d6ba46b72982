"""Read DOCX: paragraphs and tables in order, as they stand when tracked changes are accepted."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from isthmus.core.errors import BadInputError
from isthmus.plans.document import BlockKind, Document, DocumentBlock, LeftOut
from isthmus.plans.segment import join_lines
from isthmus.readers.documents.raised import without_notes
from isthmus.readers.tables import even

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.text.paragraph import Paragraph

LARGEST_UNPACKED_MB = 600
LARGEST_XML_MB = 60
"""Of the parts in XML, which take twenty times their size of memory."""
LARGEST_TEXT_MB = 10
MOST_COLUMNS = 1_000
"""Of a table."""
_TITLE = 150
"""Fewer letters of a paragraph in bold make a heading."""
_ENDS = re.compile(r"[.;:,]\s*$")
_MAIN = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ALTERNATIVES, _FALLBACK = f"{_MC}AlternateContent", f"{_MC}Fallback"
_NOTES = ("/footnotes", "/endnotes")
_NO_TEXT = {f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "drawing", "pict", "object")} | {_ALTERNATIVES}
"""What holds deleted text, properties, or pictures and boxes that do not stand in the line."""
_AROUND = {f"{_W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}
"""What stands around paragraphs, tables, rows or cells: content controls, marks of what was put in."""
_CONTENTS = f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery[@{_W}val='Table of Contents']"
_SIGNS = {f"{_W}tab": "\t", f"{_W}ptab": "\t", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def read_docx(path: Path) -> Document:
    """Read paragraphs and tables of a DOCX in order; pages where Word has stored its page breaks."""
    import docx

    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            unpacked = sum(info.file_size for info in archive.infolist())
            xml = sum(info.file_size for info in archive.infolist() if info.filename.endswith((".xml", ".rels")))
        if _MAIN not in names:
            raise _bad(path, "is a zip archive but no DOCX", "save it as DOCX, or unpack it first")
        if unpacked > LARGEST_UNPACKED_MB * 1_000_000:
            raise _bad(path, f"unpacks to {unpacked / 1e6:.0f} MB", "split it, or leave the pictures out")
        if xml > LARGEST_XML_MB * 1_000_000:
            raise _bad(path, f"holds {xml / 1e6:.0f} MB of XML", f"split it; at most {LARGEST_XML_MB} MB are read")
        source = docx.Document(io.BytesIO(path.read_bytes()))
        paged = any(True for _ in source.element.body.iter(f"{_W}lastRenderedPageBreak"))
        raised = frozenset(
            style.style_id for style in source.styles if getattr(style, "font", None) and style.font.superscript
        )
        blocks: list[DocumentBlock] = []
        page, size, counted = 1, 0, 0
        for part in _held(source.element.body, "p", "tbl"):
            here = page if paged else None
            parts = [part, *_within_cells(part), *_in_boxes(part)]
            blocks += [_block(own, here, raised, path, source) for own in parts]
            size += sum(len(text) for text in _texts(blocks[counted:]))
            counted = len(blocks)
            if size > LARGEST_TEXT_MB * 1_000_000:
                raise _bad(path, f"has more than {LARGEST_TEXT_MB} MB of text", "split it")
            page += _breaks(part)
        notes = [*_notes(source)]
    except BadInputError:
        raise
    except Exception as error:  # zipfile, lxml and python-docx raise many kinds for a broken file
        raise _bad(path, f"cannot be read as DOCX ({type(error).__name__})", "open and save it again") from error
    told = (f"{len(notes)} lines of footnotes left out",) if notes else ()
    blocks = [block for block in blocks if block.text or block.kind == "table"]
    return Document(path.name, page if paged else None, tuple(blocks), told, tuple(notes))


def _block(
    part: "BaseOxmlElement", page: int | None, raised: frozenset[str], path: Path, source: "WordDocument"
) -> DocumentBlock:
    """Return a paragraph or a table as a block."""
    from docx.text.paragraph import Paragraph

    if part.tag == f"{_W}tbl":
        return DocumentBlock("table", "", page, _rows(part, raised, path))
    kind, level = _kind(Paragraph(part, source))
    return DocumentBlock(kind, _text(part, raised), page, level=level)


def _held(element: "BaseOxmlElement", *names: str) -> "Iterator[BaseOxmlElement]":
    """Yield the elements of some names in another one, those in content controls as well; a table of contents is none."""
    for child in element:
        if child.tag in {f"{_W}{name}" for name in names}:
            yield child
        elif child.tag in _AROUND and child.find(_CONTENTS) is None:
            yield from _held(child, *names)


def _within_cells(table: "BaseOxmlElement") -> "Iterator[BaseOxmlElement]":
    """Yield the tables that stand in the cells of a table, each behind the line above it, and those in their cells."""
    for cell in (cell for row in _held(table, "tr") for cell in _held(row, "tc")):
        for part in _parts_of(cell)[1]:
            yield part
            if part.tag == f"{_W}tbl":
                yield from _within_cells(part)


def _in_boxes(part: "BaseOxmlElement") -> "Iterator[BaseOxmlElement]":
    """Yield what stands in the text boxes of a paragraph or table; of a box that is drawn in two ways the first."""
    for box in part.iter(f"{_W}txbxContent"):
        if not any(above.tag == _FALLBACK for above in box.iterancestors()):
            yield from _held(box, "p", "tbl")


def _notes(source: "WordDocument") -> Iterator[LeftOut]:
    """Yield the notes at the foot of the pages and at the end, of which none is a part of the text."""
    from docx.oxml import parse_xml

    for part in (link.target_part for link in source.part.rels.values() if link.reltype.endswith(_NOTES)):
        for note in parse_xml(part.blob):
            if text := " ".join(filter(None, (_text(line, frozenset()) for line in _held(note, "p")))):
                yield LeftOut("footnote", text)


def _parts_of(cell: "BaseOxmlElement") -> "tuple[list[BaseOxmlElement], list[BaseOxmlElement]]":
    """Return the paragraphs of a cell, and apart from them its tables with the last written line above each."""
    own: list[BaseOxmlElement] = []
    apart: list[BaseOxmlElement] = []
    for part in _held(cell, "p", "tbl"):
        if part.tag == f"{_W}p":
            own.append(part)
            continue
        while own and not any(text.text for text in own[-1].iter(f"{_W}t")):
            own.pop()
        apart += [*own[-1:], part]
        own = own[:-1]
    return own, apart


def _bad(path: Path, problem: str, remedy: str) -> BadInputError:
    allowed = f"a DOCX that unpacks to at most {LARGEST_UNPACKED_MB} MB"
    return BadInputError(path.name, problem, allowed=allowed, remedy=remedy)


def _kind(paragraph: "Paragraph") -> tuple[BlockKind, int]:
    """Return the kind of a paragraph, and how deep its style sets a heading (Title and Heading 1: 1); 0 for other kinds.

    Where no style tells it, a short paragraph in bold that ends no sentence is a heading.
    """
    style = (paragraph.style.name or "").lower() if paragraph.style is not None else ""
    if style.startswith(("heading", "title", "заголовок", "标题")):
        return "heading", int(style[-1]) if style[-1] in "123456789" else 1
    numbered = paragraph._p.pPr is not None and paragraph._p.pPr.numPr is not None
    written = [run for run in paragraph.runs if run.text.strip()]
    if (
        not numbered
        and all(run.bold for run in written)
        and len(paragraph.text) < _TITLE
        and not _ENDS.search(paragraph.text)
    ):
        return "heading", 0
    return "item" if numbered or style.startswith("list") else "paragraph", 0


def _breaks(element: "BaseOxmlElement") -> int:
    """Return how many pages begin within a paragraph or cell; in a table, a row that goes on says so in each of its cells."""
    if rows := element.findall(f"{_W}tr"):
        return sum(max(map(_breaks, row.findall(f"{_W}tc")), default=0) for row in rows)
    return sum(1 for _ in element.iter(f"{_W}lastRenderedPageBreak"))


def _texts(blocks: list[DocumentBlock]) -> Iterator[str]:
    for block in blocks:
        yield block.text
        yield from (cell for row in block.rows for cell in row)


def _rows(table: "BaseOxmlElement", raised: frozenset[str], path: Path) -> list[list[str]]:
    """Return a table's cells: one merged over columns gives its text once, one merged over rows in each; a deleted row none."""
    rows: list[list[str]] = []
    above: dict[int, str] = {}
    for row in _held(table, "tr"):
        if row.find(f"{_W}trPr/{_W}del") is not None:
            continue
        cells: list[str] = []
        for cell in _held(row, "tc"):
            at, span = len(cells), max(1, int(cell.grid_span))
            if at + span > MOST_COLUMNS:
                raise _bad(path, f"has a table of {at + span} columns", f"divide it; at most {MOST_COLUMNS} are read")
            above[at] = above.get(at, "") if cell.vMerge == "continue" else _cell_text(cell, raised)
            cells += [above[at], *[""] * (span - 1)]
        rows.append(cells)
    return even(rows)


def _cell_text(cell: "BaseOxmlElement", raised: frozenset[str]) -> str:
    text = ""
    for line in (_text(paragraph, raised) for paragraph in _parts_of(cell)[0]):
        text = join_lines(text, line) if text else line
    return text.strip()


def _text(paragraph: "BaseOxmlElement", raised: frozenset[str]) -> str:
    """Return the text of a paragraph without marks of footnotes; `raised` names the styles whose characters are raised."""
    return without_notes(_pieces(paragraph, raised)).strip()


def _pieces(node: "BaseOxmlElement", styles: frozenset[str], raised: bool = False) -> Iterator[tuple[str, bool]]:
    """Yield the text under a node, each piece with whether it is raised; tracked insertions are text like any other."""
    for child in node:
        if child.tag == f"{_W}t":
            yield child.text or "", raised
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag], raised
        elif child.tag == f"{_W}br":
            yield "\n" if child.get(f"{_W}type", "textWrapping") == "textWrapping" else "", raised
        elif child.tag not in _NO_TEXT and not _is_crossed_out(child):
            yield from _pieces(child, styles, _is_raised(child, styles) if child.tag == f"{_W}r" else raised)


def _is_crossed_out(run: "BaseOxmlElement") -> bool:
    """Say whether the characters of a run are hidden or struck through: they are no part of the text that holds."""
    marks = (run.find(f"{_W}rPr/{_W}{name}") for name in ("vanish", "strike", "dstrike"))
    return any(mark is not None and mark.get(f"{_W}val") not in ("0", "false", "none") for mark in marks)


def _is_raised(run: "BaseOxmlElement", styles: frozenset[str]) -> bool:
    own = {
        name: node.get(f"{_W}val")
        for name in ("vertAlign", "position", "rStyle")
        if (node := run.find(f"{_W}rPr/{_W}{name}")) is not None
    }
    if "vertAlign" in own:
        return bool(own["vertAlign"] == "superscript")
    return own.get("rStyle") in styles or int(own.get("position") or 0) > 0
