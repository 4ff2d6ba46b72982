"""Scanned pages: their words come back where they stand, so that tables keep their columns; their rules are found."""

import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest

from isthmus.readers.documents import pdf_scans, pdf_tables
from isthmus.readers.documents.document import read_document
from isthmus.readers.documents.pdf_lines import Line
from tests.unit.readers.test_documents import write_pdf

DARK = 0
HIGH, WIDE = 900, 1200


def page_of_rules() -> np.ndarray:
    """Return a picture with two long rules, a short one between them, one of its length apart, and a thick block."""
    picture = np.full((HIGH, WIDE), 255, dtype=np.uint8)
    picture[100:104, 100:900] = DARK
    picture[180:184, 100:900] = DARK
    picture[100:184, 500:503] = DARK
    picture[400:480, 500:503] = DARK
    picture[600:760, 100:900] = DARK
    return picture


def test_short_strokes_are_rules_only_between_two_of_them() -> None:
    places = [place for _, place in pdf_scans._rules(page_of_rules() < 160)]
    upright = [down.start for down, along in places if down.stop - down.start > along.stop - along.start]
    level = [down.start for down, along in places if down.stop - down.start < along.stop - along.start]
    assert len(level) == 2
    assert len(upright) == 1
    assert upright[0] < 110


def test_white_letters_on_a_dark_ground_become_dark_ones_on_white() -> None:
    picture = page_of_rules()
    picture[650:700, 300:305] = 255
    seen = pdf_scans._dark_on_white(picture)
    assert (seen[640, 300], seen[675, 302], seen[102, 400]) == (255, 0, 0)


class _Picture:
    def __init__(self, share: float) -> None:
        self.share = share

    def get_bounds(self) -> tuple[float, float, float, float]:
        return 0.0, 0.0, 600.0, 800.0 * self.share


class _ScannedPage:
    """A page under a picture of a share of it, with some text."""

    def __init__(self, text: str, *shares: float) -> None:
        self.text, self.shares = text, shares

    def get_textpage(self) -> "_ScannedPage":
        return self

    def get_text_range(self) -> str:
        return self.text

    def get_size(self) -> tuple[float, float]:
        return 600.0, 800.0

    def get_objects(self, **_: object) -> list[_Picture]:
        return [_Picture(share) for share in self.shares]


@pytest.mark.parametrize(
    ("text", "shares", "scanned"),
    [
        ("", (0.1,), True),
        ("", (), False),
        ("S & 2 a л § Я msxgfess® cd g О 22^^9^ Ри Я Д сх н я тя " * 4, (1.0,), True),
        ("S & 2 a л § Я msxgfess® cd g О 22^^9^ Ри Я Д сх н я тя " * 4, (0.5,), False),
        ("S & 2 a л § Я msxgfess®", (1.0,), False),
        ("Мостов отремонтировано 47, закрыто 29 (в том числе 3 паромных переправы). " * 3, (1.0,), False),
        ("Bridges repaired: 47.5; closed, 29 of them. " * 4, (1.0,), False),
        ("桥梁维修四十七座，关闭二十九座。\n" * 12, (1.0,), False),
    ],
)
def test_a_picture_whose_text_is_no_words_is_recognised_anew(
    text: str, shares: tuple[float, ...], scanned: bool
) -> None:
    assert pdf_scans.is_scanned(_ScannedPage(text, *shares)) is scanned  # type: ignore[arg-type]


def test_lines_of_a_recognised_page_have_the_size_of_its_text() -> None:
    lines = [Line("x" * 40, 0, 100, 0, 10, size) for size in (11.0, 12.0, 12.0, 13.0, 20.0)]
    assert [line.size for line in pdf_scans.evened(lines)] == [12.0, 12.0, 12.0, 12.0, 20.0]


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="needs tesseract")
def test_the_table_of_a_scan_keeps_its_columns(tmp_path: Path) -> None:
    rows = [
        [(60, "Indicators of the strategy for bridges")],
        [(60, "Indicator"), (260, "2025"), (360, "2030")],
        [(60, "Bridges repaired"), (260, "47"), (360, "83")],
        [(60, "Bridges closed"), (260, "29"), (360, "18")],
        [(60, "Ferries replaced"), (260, "16"), (360, "27")],
    ]
    write_pdf(tmp_path / "written.pdf", rows, {1: 30})
    with pdfium.PdfDocument(tmp_path / "written.pdf") as source:
        source[0].render(scale=300 / 72).to_pil().save(drawn := BytesIO(), format="PDF", resolution=300)
    (tmp_path / "scan.pdf").write_bytes(drawn.getvalue())
    tables = [block.rows for block in read_document(tmp_path / "scan.pdf").blocks if block.kind == "table"]
    assert [[list(row) for row in table] for table in tables] == [[[cell for _, cell in row] for row in rows[1:]]]


def test_text_of_a_page_that_lay_aslant_is_kept_and_text_over_it_is_not() -> None:
    assert not pdf_tables._is_slanting(-0.002, 1.0)
    assert not pdf_tables._is_slanting(9.9, 0.2)
    assert pdf_tables._is_slanting(0.7, 0.7)


def test_each_scanned_page_gives_its_reader_some_more_time() -> None:
    limited = (
        "import resource\nfrom isthmus.readers.documents import apart\n"
        "apart._limit(30)\napart.more_time(3)\nprint(resource.getrlimit(resource.RLIMIT_CPU))\n"
        "apart.more_time(10_000)\nprint(resource.getrlimit(resource.RLIMIT_CPU))"
    )
    told = subprocess.run([sys.executable, "-c", limited], capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    assert told[:2] == ["(33, 600)", "(600, 600)"]
