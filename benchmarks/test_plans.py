"""Reading and extraction: a 300-page PDF with two columns, tables and running heads, and a long plain text."""

from pathlib import Path

import pytest

from isthmus.readers.documents.document import read_document
from isthmus.readers.documents.plans import extract_document, extract_targets

PAGES = 300
LINES_A_PAGE = 44
STATEMENTS = (
    "By 2030, manufacturing output in district {n} will grow by at least {n} percent from 2025 levels.",
    "Strengthen cooperation between ports, railways and customs services in district {n}.",
    "Raise the share of certified suppliers in district {n} to {n}.5 percent by 2032.",
    "Train {n},000 engineers a year and open {n} laboratories in district {n} by 2031.",
    "The programme is carried out by the authorities of the district together with its partners.",
)


def pdf_of(pages: list[list[str]]) -> bytes:
    """Write a small PDF with Helvetica, one list of lines for each page, and a ruled table on every tenth page."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    kids = []
    for number, lines in enumerate(pages, start=1):
        parts = ["BT /F1 9 Tf 1 0 0 1 60 800 Tm (Plan of a sample economy) Tj ET"]
        for i, line in enumerate(lines):
            parts.append(f"BT /F1 9 Tf 1 0 0 1 60 {780 - 16 * i} Tm ({_escaped(line)}) Tj ET")
        parts.append(f"BT /F1 9 Tf 1 0 0 1 290 30 Tm ({number}) Tj ET")
        if number % 10 == 0:
            parts.append(_table(number))
        stream = "\n".join(parts).encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        content = len(objects)
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>"
            % content
        )
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % k for k in kids))
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for i, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (i, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _table(number: int) -> str:
    """Draw a ruled table of three columns and three rows in the lower part of a page."""
    rows = [("Indicator", "2025", "2030"), ("Coverage (%)", "40", "55"), (f"Stock {number} (GW)", "12", "30")]
    parts = [f"60 {90 - 14 * i} m 360 {90 - 14 * i} l S" for i in range(4)]
    parts += [f"{x} 90 m {x} 48 l S" for x in (60, 200, 280, 360)]
    for i, row in enumerate(rows):
        parts += [
            f"BT /F1 8 Tf 1 0 0 1 {x} {80 - 14 * i} Tm ({_escaped(cell)}) Tj ET"
            for x, cell in zip((64, 204, 284), row, strict=True)
        ]
    return "\n".join(parts)


def page_lines(page: int, count: int = LINES_A_PAGE) -> list[str]:
    """Return the lines of a page."""
    return [STATEMENTS[i % len(STATEMENTS)].format(n=1 + (page * count + i) % 90) for i in range(count)]


@pytest.fixture(scope="module")
def long_pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("plans") / "long.pdf"
    path.write_bytes(pdf_of([page_lines(p, 40) for p in range(PAGES)]))
    return path


def test_read_and_extract_300_pages(benchmark, long_pdf: Path) -> None:
    found = benchmark.pedantic(lambda: extract_document(read_document(long_pdf)).targets, rounds=1, iterations=1)
    assert len({t.page for t in found}) == PAGES
    assert sum(t.value is not None for t in found) > 20 * PAGES


def test_extract_two_thousand_statements(benchmark) -> None:
    text = "\n".join(line for p in range(50) for line in page_lines(p, 40))
    found = benchmark.pedantic(lambda: extract_targets(text, "en"), rounds=3, iterations=1)
    assert len(found) >= 2000
