"""Pictures of PDF pages that look like text: their pages are named, since nothing in them is read."""

from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageDraw

from isthmus.plans.document import PICTURE
from isthmus.readers.documents.document import read_document
from tests.unit.readers.test_documents import write_pdf


def with_picture(path: Path, picture: Image.Image) -> None:
    """Write a PDF with a line of text and a picture below it."""
    write_pdf(path, [[(50, "The aims of the county by 2031 are told below.")]])
    with pdfium.PdfDocument(path.read_bytes()) as source:
        image = pdfium.PdfImage.new(source)
        image.set_bitmap(pdfium.PdfBitmap.from_pil(picture))
        image.set_matrix(pdfium.PdfMatrix().scale(400, 300).translate(80, 300))
        page = source[0]
        page.insert_obj(image)
        page.gen_content()
        source.save(path)


def test_a_page_whose_picture_looks_like_a_table_is_named_and_one_with_a_photograph_is_not(tmp_path: Path) -> None:
    table = Image.new("RGB", (400, 300), "white")
    pen = ImageDraw.Draw(table)
    for y in range(20, 300, 40):
        pen.rectangle((20, y, 380, y + 6), fill="black")
    for name, picture in (("table", table), ("photo", Image.new("RGB", (400, 300), "green"))):
        with_picture(tmp_path / f"{name}.pdf", picture)
    assert [note for note in read_document(tmp_path / "table.pdf").notes if note.startswith("pages 1 have pictures")]
    assert [left.page for left in read_document(tmp_path / "table.pdf").left_out if left.reason == PICTURE] == [1]
    assert read_document(tmp_path / "photo.pdf").notes == ()
