"""Read plan documents: PDF, DOCX, HTML and plain text become blocks in reading order, with pages where there are any.

Nothing comes back empty in silence: a file that is protected, broken, empty, too large or only a picture raises
`BadInputError` and says what to do.
"""

import re
from collections.abc import Iterator, Sequence
from email import message_from_bytes, policy
from itertools import groupby, pairwise
from pathlib import Path

from isthmus.core.errors import BadInputError
from isthmus.plans.document import Document
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.apart import PagesTold, parsed_apart, silent
from isthmus.readers.documents.divided import with_whole_words
from isthmus.readers.documents.docx import read_docx
from isthmus.readers.documents.html import declared_encoding, is_html, read_html
from isthmus.readers.documents.pdf import read_pdf
from isthmus.readers.documents.text import HEAD_BYTES, READ_ENCODINGS, decode, wide_encoding

FORMATS = f"PDF, DOCX, HTML (also a saved page, MHTML) or plain text ({READ_ENCODINGS})"
LARGEST_FILE_MB = 200
LARGEST_TEXT_MB = 10
"""Of plain text, or of the text of a page; about two minutes of extraction."""
_CROSSED_OUT = re.compile(
    r"<(del|s|strike)>(?:(?!<\1>).)*?</\1>|</?ins>|(?<!\d)~~(?=\S)[^\n]+?(?<=\S)~~", re.IGNORECASE | re.DOTALL
)
"""What is crossed out in a text with marks, and the marks of what was put in; between numbers the sign is one of a range."""
_LEAST_TABS = 2
_TABLES = (".csv", ".tsv")
_PICTURE = re.compile(rb"\xff\xd8\xff|\x89PNG|GIF8|II\*\x00|MM\x00\*|BM.{4}\x00{4}|RIFF.{4}WEBP", re.DOTALL)
_ARCHIVE = re.compile(rb"\s*(?:[\w-]+:.*(?:\r?\n[ \t].*)*\r?\n){0,12}?content-type:\s*multipart/", re.IGNORECASE)
"""The head of a page saved with its pictures in one file (MHTML), or of a mail."""


def read_document(path: Path, tell: PagesTold = silent) -> Document:
    """Read a plan document; its format is told by its content, not by its name.

    Only a fragment of HTML that begins with its text is known by its name. `tell` hears how far the pages of a PDF are
    read: ``tables`` where rules are looked for, ``scan`` where text is recognised, which takes seconds a page.

    Raises
    ------
    BadInputError
        For a missing, empty, oversized, protected, broken or purely scanned file, a directory, or another format.
    """
    checked_head(path)
    return parsed_apart(path, _parse, tell)


def _parse(path: Path, tell: PagesTold) -> Document:
    """Read a document whose file is there; see `read_document`."""
    head = checked_head(path)
    if _is_pdf(head):
        document = read_pdf(path, tell)
    elif head.startswith(b"PK"):
        document = read_docx(path)
    elif head.startswith(b"{\\rtf"):
        raise _bad(path, "is RTF, which is not read", "open it in a word processor and save it as DOCX")
    elif head.startswith(b"\xd0\xcf\x11\xe0"):
        raise _bad(path, "is an old Office file or an encrypted DOCX", "save it as DOCX without a password")
    elif _PICTURE.match(head):
        raise _bad(path, "is a picture", "put the pages into one PDF file, whose text is then recognised")
    elif _ARCHIVE.match(head):
        document = _read_archive(path)
    else:
        document = _read_text(path, head)
    if not any(block.text.strip() or block.rows for block in document.blocks):
        raise _bad(path, "holds no text", "check the file; a scanned document needs optical recognition")
    return with_whole_words(document)


def _is_pdf(head: bytes) -> bool:
    """Say whether a file is a PDF: its mark stands first, or behind bytes that are no text; a text may speak of the mark."""
    at = head.find(b"%PDF-")
    before = head[:at] if at > 0 else b""
    return at == 0 or (
        at > 0 and (not before.strip() or b"\x00" in head or (head[at + 5 : at + 8][1:2] == b"." and b"obj" in head))
    )


def _bad(path: Path, problem: str, remedy: str, largest: str = f"{LARGEST_FILE_MB} MB") -> BadInputError:
    return BadInputError(path.name, problem, allowed=f"{FORMATS}, at most {largest}", remedy=remedy)


def checked_head(path: Path) -> bytes:
    """Return the first bytes after checking that the file exists, is not empty and not too large."""
    if path.is_dir():
        raise BadInputError(str(path), "is a directory", allowed=FORMATS, remedy="name the files in it")
    if not path.is_file():
        raise BadInputError(str(path), "no such file", allowed=FORMATS, remedy="check the path")
    size = path.stat().st_size
    if size == 0:
        raise _bad(path, "is empty", "use the complete file")
    if size > LARGEST_FILE_MB * 1_000_000:
        raise _bad(path, f"has {size / 1e6:.0f} MB", "split it, or leave the pictures out")
    with path.open("rb") as file:
        return file.read(HEAD_BYTES)


def _read_text(path: Path, head: bytes) -> Document:
    """Read HTML or plain text in whatever encoding it is."""
    if b"\x00" in head and not wide_encoding(head):
        raise _bad(path, "is a binary file of an unknown format", "save it as PDF, DOCX, HTML or text")
    text, encoding = decode(path.read_bytes(), path.name, declared_encoding(head))
    if text.startswith("%PDF-"):
        raise _bad(path, "is a PDF that was saved as text, which lost its pages", "get the PDF anew")
    name = path.suffix.lower()
    if name in _TABLES:
        raise _bad(
            path,
            "is a table of data and no document",
            "give the document itself; targets of your own go into targets.csv",
        )
    otherwise = f"named {name}, but it holds text and was read as such: check that it is the whole document"
    notes = (otherwise,) * (name in (".pdf", ".docx")) + (f"read as {encoding.upper()}",) * (encoding != "utf-8")
    if is_html(text, name):
        document = read_html(path, text, notes)
        _require_readable(path, len(document.text.encode()))
        return document
    _require_readable(path, path.stat().st_size)
    lines = _CROSSED_OUT.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    return Document(path.name, None, tuple(blocks_of("\n".join(_ruled(lines)))), notes)


def _read_archive(path: Path) -> Document:
    """Read the page of a file that holds it with its pictures."""
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    if page is None:
        raise _bad(path, "is an archive of parts without a page of HTML", "save the page as HTML")
    raw = page.get_payload(decode=True)
    assert isinstance(raw, bytes)
    text, _ = decode(raw, path.name, page.get_content_charset() or declared_encoding(raw[:HEAD_BYTES]))
    _require_readable(path, len(text.encode()))
    return read_html(path, text, ("read from the web archive, without its pictures",))


def _require_readable(path: Path, size: int) -> None:
    if size > LARGEST_TEXT_MB * 1_000_000:
        largest = f"{LARGEST_TEXT_MB} MB of text"
        raise _bad(path, f"has {size / 1e6:.1f} MB of text", "split it into several files", largest)


def _is_row(line: str, above: str) -> bool:
    """Say whether a line is a row of cells between tabs: of several, or of one with as many tabs as the line above it."""
    filled, tabs = sum(bool(cell.strip()) for cell in line.split("\t")), line.count("\t")
    return tabs >= _LEAST_TABS and (filled >= 2 or (filled == 1 and tabs == above.count("\t")))


def _ruled(lines: Sequence[str]) -> Iterator[str]:
    """Write rows of cells divided by tabs with ``|``, as other tables stand in text.

    Where most rows have the same number of tabs each tab ends a cell, be it empty, and a row with fewer, and no empty cell,
    has its last ones merged; else several tabs only pad.
    """
    tabbed_lines = ((_is_row(line, above), line) for above, line in pairwise(["", *lines]))
    for tabbed, group in groupby(tabbed_lines, key=lambda entry: entry[0]):
        rows = [line for _, line in group]
        if not tabbed or len(rows) < 2:
            yield from rows
            continue
        cells = [[cell.strip() for cell in row.split("\t")] for row in rows]
        wide = max(map(len, cells))
        short = [own for own in cells if len(own) < wide]
        equal = 2 * len(short) < len(rows) and all(all(own) for own in short)
        for own in cells:
            yield f"| {' | '.join([*own, *[''] * (wide - len(own))] if equal else filter(None, own))} |"
