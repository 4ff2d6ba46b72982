"""Text that a PDF page holds and does not show: left out with its page, while all that is shown stays."""

from pathlib import Path

from isthmus.readers.documents.document import read_document
from tests.unit.readers.test_documents import write_pdf

SHOWN = "Raise the share of pupils who swim from 31% to 55%."


def clipped(text: str, window: str, at: str = "80 420") -> str:
    """Return operators that draw a text behind the line before it, within a window of which a page shows the inside."""
    return f"{SHOWN}) Tj ET q {window} re W n BT /F1 10 Tf 1 0 0 1 {at} Tm ({text}) Tj ET Q BT ("


def test_text_that_its_clipping_path_cuts_off_or_that_stands_beside_the_paper_is_left_out(tmp_path: Path) -> None:
    drawn = {
        "beside the window": clipped("from 20% to 40%", "80 430 200 60"),
        "beside the paper": clipped("from 20% to 40%", "0 0 900 900", "620 420"),
    }
    for name, text in drawn.items():
        write_pdf(tmp_path / f"{name}.pdf", [[(60, text)]], escaped=False)
        document = read_document(tmp_path / f"{name}.pdf")
        assert [block.text for block in document.blocks] == [SHOWN], name
        assert [(e.reason, e.text, e.page) for e in document.left_out] == [
            ("not shown on its page", "from 20% to 40%", 1)
        ]
        assert document.notes == ("pages 1 hold text that they do not show, which was left out",)


def test_text_within_its_clipping_path_is_read_and_so_is_a_page_that_would_lose_nearly_everything(
    tmp_path: Path,
) -> None:
    write_pdf(tmp_path / "shown.pdf", [[(60, clipped("from 20% to 40%", "70 410 200 60"))]], escaped=False)
    assert "from 20% to 40%" in read_document(tmp_path / "shown.pdf").text
    write_pdf(tmp_path / "most.pdf", [[(60, clipped("In words of no end. " * 20, "80 430 9 9"))]], escaped=False)
    assert "no end" in read_document(tmp_path / "most.pdf").text
