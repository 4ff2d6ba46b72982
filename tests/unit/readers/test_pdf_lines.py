"""Lines of PDF pages: places of words behind signs that stand for nothing."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from isthmus.readers.documents import pdf_lines
from isthmus.readers.documents.document import read_document
from tests.unit.readers.test_documents import write_pdf


def test_a_sign_without_a_meaning_keeps_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    signs = [ord("a"), 0, ord("b")]
    monkeypatch.setattr(pdf_lines.pdfium_c, "FPDFText_GetUnicode", lambda _, i: signs[i])
    page = SimpleNamespace(raw=None, get_text_range=lambda: "ab", count_chars=lambda: len(signs))
    assert pdf_lines.text_of(page) == "a b"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("drawn", "meant"),
    [
        ("\uf076Roads and ports", "• Roads and ports"),
        ("− raise the share to 7 %", "• raise the share to 7 %"),
        ("− 7", "− 7"),
        ("\uf0b3 7 km", "≥ 7 km"),
        ("dust of 7 \uf06dg/m³", "dust of 7 µg/m³"),
    ],
)
def test_signs_of_fonts_of_symbols_are_those_they_stand_for_and_marks_of_lists(drawn: str, meant: str) -> None:
    assert pdf_lines.clean(drawn) == meant


def test_a_space_that_stands_within_a_ligature_parts_no_word(tmp_path: Path) -> None:
    drawn = ") Tj [(pro) 0 (\\256) 220 ( ) 58 (t)] TJ (. of fish"
    write_pdf(path := tmp_path / "plan.pdf", [[(60, drawn)]], escaped=False)
    (block,) = read_document(path).blocks
    assert block.text == "profit. of fish"


def test_an_item_goes_on_whatever_the_size_of_its_mark_and_behind_a_preposition(tmp_path: Path) -> None:
    line = ") Tj /F1 10 Tf ({}) Tj /F1 {} Tf ("
    rows = [
        [(60, line.format("The plan names what is to be done in every region of the country and by whom it is,", 6))],
        [(60, f"- {line.format('Reach an income of 3000 dollars a head by', 10)}")],
        [(90, "2035 as the vision of the country has it.")],
    ]
    write_pdf(path := tmp_path / "plan.pdf", rows, escaped=False)
    assert read_document(path).blocks[1].text.endswith("a head by 2035 as the vision of the country has it.")


def test_a_large_mark_makes_no_heading_of_an_item(tmp_path: Path) -> None:
    item = ") Tj /F1 16 Tf (- ) Tj /F1 10 Tf (Reach an income a head of 3000 dollars) Tj /F1 10 Tf ("
    body = [[(60, f"Line {i} of a plan that names all that is to be done in it by the harbours.")] for i in range(6)]
    write_pdf(path := tmp_path / "plan.pdf", [*body, [(60, item)]], escaped=False)
    assert read_document(path).blocks[-1].kind == "item"


def test_a_sentence_in_large_letters_is_no_heading(tmp_path: Path) -> None:
    large = ") Tj /F1 14 Tf ({}) Tj /F1 10 Tf ("
    said = [
        "The council aims at 30 percent less waste of the",
        "harbours, of the quays and of the markets by",
        "2035, and",
    ]
    said += ["at 40 percent fewer lorries in all of the towns."]
    body = [[(60, f"Line {i} of a plan that names all that is to be done in it by the harbours")] for i in range(6)]
    write_pdf(path := tmp_path / "plan.pdf", [*([(60, large.format(text))] for text in said), *body], escaped=False)
    assert read_document(path).blocks[0].kind == "paragraph"
