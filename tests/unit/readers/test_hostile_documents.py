"""Documents made to hold up, fill or mislead a reader end in a document or a message, soon."""

import gzip
import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from isthmus.core.errors import BadInputError
from isthmus.plans.document import Document
from isthmus.readers.documents import apart
from isthmus.readers.documents.document import read_document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def docx(body: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELS)
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
    return held.getvalue()


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def rows(count: int, row: Callable[[int], str]) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(f'<w:tr>{row(i)}</w:tr>' for i in range(count))}</w:tbl>"


def merged(i: int) -> str:
    return "".join(cell(f"c{j}", f'<w:vMerge w:val="{"continue" if i else "restart"}"/>') for j in range(5))


READ = {
    "comments.html": "<!-- a -->" * 2000 + "<html><body><p>Raise exports to 40 percent by 2030.</p></body></html>",
    "comments.txt": "<!--" * 20_000 + "Raise exports to 40 percent by 2030.",
    "undefined.html": b"<meta charset=undefined><p>Raise exports \xff to 40 percent by 2030, caf\xe9.</p>",
    "about.txt": "A file of this format begins with %PDF-1.7 in its first line. Raise exports to 40 percent by 2030.",
    "merged.docx": docx(rows(400, merged)),
    "no-letters.txt": "12345 67890 ...\n" * 50,
    "long.txt": "Raise exports to 40 percent by 2030, " * 5000,
    "digits.txt": "Raise exports by " + "9" * 180_000 + " percent by 2030.",
}
REFUSED = {
    "wide.docx": docx(rows(1, lambda _: cell("a", '<w:gridSpan w:val="50000000"/>'))),
    "bomb.docx": docx("<w:p><w:r><w:t>" + "a" * 90_000_000 + "</w:t></w:r></w:p>"),
    "text.docx": docx("<w:p><w:r><w:t>" + "ab " * 4_000_000 + "</w:t></w:r></w:p>"),
    "deep.html": "<html><body>" + "<div>" * 1000 + "x" + "</div>" * 1000,
    "deep.docx": docx("<w:sdt><w:sdtContent>" * 3000 + "</w:sdtContent></w:sdt>" * 3000),
    "cut.pdf": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n",
    "zip.docx": b"PK\x03\x04" + b"\0" * 200,
    "bomb.txt": gzip.compress(b"a" * 1000),
}


@pytest.mark.parametrize("name", READ)
def test_odd_documents_are_read_soon(tmp_path: Path, name: str) -> None:
    content = READ[name]
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    start = time.process_time()
    assert read_document(tmp_path / name).blocks
    assert time.process_time() - start < 5


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_bad_input(tmp_path: Path, name: str) -> None:
    content = REFUSED[name]
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(BadInputError, match="Allowed"):
        read_document(tmp_path / name)


def test_a_text_that_speaks_of_the_mark_is_no_pdf(tmp_path: Path) -> None:
    (tmp_path / "about.txt").write_text(str(READ["about.txt"]))
    assert "%PDF-1.7" in read_document(tmp_path / "about.txt").text


def test_a_cell_merged_over_rows_stands_in_each(tmp_path: Path) -> None:
    (tmp_path / "merged.docx").write_bytes(bytes(READ["merged.docx"]))  # type: ignore[arg-type]
    (table,) = read_document(tmp_path / "merged.docx").blocks
    assert len(table.rows) == 400
    assert all(list(row) == ["c0", "c1", "c2", "c3", "c4"] for row in table.rows)


def forever(_: Path, tell: apart.PagesTold) -> Document:
    while True:
        pass


def greedy(_: Path, tell: apart.PagesTold) -> Document:
    held = bytearray(4_000_000_000)
    return Document(str(len(held)), None, ())


def broken(_: Path, tell: apart.PagesTold) -> Document:
    import os

    os.kill(os.getpid(), 9)


def faulty(_: Path, tell: apart.PagesTold) -> Document:
    raise KeyError("x")


@pytest.mark.parametrize("parse", [forever, greedy, broken, faulty])
def test_a_parser_that_misbehaves_is_ended_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parse: Callable[[Path, apart.PagesTold], Document]
) -> None:
    monkeypatch.setattr(apart, "LEAST_SECONDS", 1)
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(BadInputError, match=r"a\.txt"):
        apart.parsed_apart(tmp_path / "a.txt", parse)
