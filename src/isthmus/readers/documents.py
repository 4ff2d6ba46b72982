"""Read plan documents: PDF, DOCX, HTML and plain text become blocks in reading order, with pages where there are any.

Nothing comes back empty in silence: a file that is protected, broken, empty, too large or only a picture raises
`BadInputError` and says what to do.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from isthmus.core.errors import BadInputError
from isthmus.plans.document import Block, Document
from isthmus.plans.segment import blocks_of, join_lines
from isthmus.readers.pdf import read_pdf
from isthmus.readers.tables import decoded

FORMATS = "PDF, DOCX, HTML or plain text (UTF-8, GB18030, CP1251, KOI8-R, CP866)"
LARGEST_FILE_MB = 200
LARGEST_UNPACKED_MB = 600
_DOCX_MAIN = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_document(path: Path) -> Document:
    """Read a plan document; its format is told by its content, not by its name.

    Raises
    ------
    BadInputError
        For a missing, empty, oversized, protected, broken or purely scanned file, or another format.
    """
    head = _checked_head(path)
    if head.startswith(b"%PDF") or b"%PDF-" in head:
        document = read_pdf(path)
    elif head.startswith(b"PK"):
        document = _read_docx(path)
    elif head.startswith(b"\xd0\xcf\x11\xe0"):
        raise _bad(path, "is an old Office file or an encrypted DOCX", "save it as DOCX without a password")
    elif _is_html(head):
        document = _read_html(path)
    else:
        document = _read_plain(path, head)
    if not any(block.text.strip() or block.rows for block in document.blocks):
        raise _bad(path, "holds no text", "check the file; a scanned document needs optical recognition")
    return document


def _bad(path: Path, problem: str, remedy: str) -> BadInputError:
    return BadInputError(path.name, problem, allowed=f"{FORMATS}, at most {LARGEST_FILE_MB} MB", remedy=remedy)


def _checked_head(path: Path) -> bytes:
    """Return the first bytes after checking that the file exists, is not empty and not too large."""
    if not path.is_file():
        raise BadInputError(str(path), "no such file", allowed=FORMATS, remedy="check the path")
    size = path.stat().st_size
    if size == 0:
        raise _bad(path, "is empty", "use the complete file")
    if size > LARGEST_FILE_MB * 1_000_000:
        raise _bad(path, f"has {size / 1e6:.0f} MB", "split it, or leave the pictures out")
    with path.open("rb") as file:
        return file.read(2048)


def _is_html(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml")) and b"<" in start


def _read_plain(path: Path, head: bytes) -> Document:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            text, encoding = path.read_bytes().decode("utf-16"), "utf-16"
        except UnicodeDecodeError as error:
            raise _bad(path, f"is not readable as UTF-16 ({error.reason})", "save it as UTF-8") from error
    elif b"\x00" in head:
        raise _bad(path, "is a binary file of an unknown format", "save it as PDF, DOCX, HTML or text")
    else:
        text, encoding = decoded(path)
    notes = () if encoding == "utf-8" else (f"read as {encoding.upper()}",)
    return Document(path.name, None, tuple(blocks_of(text.replace("\r\n", "\n").replace("\r", "\n"))), notes)


def _read_html(path: Path) -> Document:
    """Read the main text of a page; menus, banners and footers are left out."""
    import trafilatura
    from trafilatura.settings import DEFAULT_CONFIG

    raw = path.read_bytes()
    found = trafilatura.extract(
        raw,
        output_format="xml",
        include_tables=True,
        include_comments=False,
        favor_recall=True,
        deduplicate=False,
        config=DEFAULT_CONFIG,
    )
    blocks = tuple(_xml_blocks(ElementTree.fromstring(found))) if found else ()
    notes: tuple[str, ...] = ()
    whole = tuple(_all_html_blocks(raw))
    kept, all_text = _length(blocks), _length(whole)
    if kept < 0.5 * all_text and all_text < 5000:
        blocks, notes = whole, ("the page is short: read whole, menus included",)
    return Document(path.name, None, blocks, notes)


def _length(blocks: Iterable[Block]) -> int:
    return sum(len(block.text) + sum(len(cell) for row in block.rows for cell in row) for block in blocks)


def _xml_blocks(root: Any) -> Iterator[Block]:
    """Turn trafilatura's XML into blocks."""
    for node in root.iter():
        if node.tag == "table":
            rows = [[_inner(cell) for cell in row.iter("cell")] for row in node.iter("row")]
            yield Block("table", "", rows=_even(rows))
        elif node.tag in ("p", "head", "item", "quote", "code"):
            inside = any(node in table.iter() for table in root.iter("table"))
            text = _inner(node)
            if text and not inside:
                kind = {"head": "heading", "item": "item"}.get(node.tag, "paragraph")
                yield Block(kind, text)  # type: ignore[arg-type]


def _inner(node: Any) -> str:
    return " ".join("".join(node.itertext()).split())


def _all_html_blocks(raw: bytes) -> Iterator[Block]:
    """Turn every paragraph, item, heading and table of a page into blocks."""
    from lxml import html

    try:
        root = html.fromstring(raw)
    except Exception:  # lxml raises several kinds for empty or broken markup
        return
    for dropped in root.xpath("//script|//style|//nav|//noscript|//template|//footer|//form"):
        dropped.drop_tree()
    for node in root.xpath("//h1|//h2|//h3|//h4|//h5|//h6|//p|//li|//table"):
        if any(above.tag in ("table", "li") for above in node.iterancestors()):
            continue
        if node.tag == "table":
            rows = [[_inner(cell) for cell in row.xpath("./th|./td")] for row in node.xpath(".//tr")]
            yield Block("table", "", rows=_even(rows))
        elif text := _inner(node):
            kind = "heading" if node.tag.startswith("h") else "item" if node.tag == "li" else "paragraph"
            yield Block(kind, text)  # type: ignore[arg-type]


def _even(rows: list[list[str]]) -> list[list[str]]:
    most = max((len(row) for row in rows), default=0)
    return [row + [""] * (most - len(row)) for row in rows if row]


def _read_docx(path: Path) -> Document:
    """Read paragraphs and tables of a DOCX in order; pages where Word has stored its page breaks."""
    import docx
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            unpacked = sum(info.file_size for info in archive.infolist())
        if _DOCX_MAIN not in names:
            raise _bad(path, "is a zip archive but no DOCX", "save it as DOCX, or unpack it first")
        if unpacked > LARGEST_UNPACKED_MB * 1_000_000:
            raise _bad(path, f"unpacks to {unpacked / 1e6:.0f} MB", "split it, or leave the pictures out")
        source = docx.Document(io.BytesIO(path.read_bytes()))
        paged = any(True for _ in source.element.body.iter(f"{_W}lastRenderedPageBreak"))
        blocks, page = [], 1
        for part in source.iter_inner_content():
            here = page if paged else None
            if isinstance(part, Paragraph):
                if part.text.strip():
                    blocks.append(Block(_docx_kind(part), part.text.strip(), here))
            elif isinstance(part, Table):
                blocks.append(Block("table", "", here, _docx_rows(part)))
            page += sum(1 for _ in part._element.iter(f"{_W}lastRenderedPageBreak"))
    except BadInputError:
        raise
    except Exception as error:  # zipfile, lxml and python-docx raise many kinds for a broken file
        raise _bad(path, f"cannot be read as DOCX ({type(error).__name__})", "open and save it again") from error
    return Document(path.name, page if paged else None, tuple(blocks))


def _docx_kind(paragraph: Any) -> Any:
    style = (paragraph.style.name or "").lower() if paragraph.style is not None else ""
    if style.startswith(("heading", "title", "заголовок", "标题")):
        return "heading"
    numbered = paragraph._p.pPr is not None and paragraph._p.pPr.numPr is not None
    return "item" if numbered or style.startswith("list") else "paragraph"


def _docx_rows(table: Any) -> list[list[str]]:
    """Return a table's cells; a merged cell gives its text once."""
    rows = []
    for row in table.rows:
        seen: set[int] = set()
        cells = []
        for cell in row.cells:
            first = id(cell._tc) not in seen
            seen.add(id(cell._tc))
            text = ""
            for paragraph in cell.paragraphs:
                text = join_lines(text, paragraph.text) if text else paragraph.text.strip()
            cells.append(text.strip() if first else "")
        rows.append(cells)
    return _even(rows)
