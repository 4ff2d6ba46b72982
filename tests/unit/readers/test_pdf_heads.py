"""Heads of PDF tables at the foot of the page before, and places of words behind signs that stand for nothing."""

from types import SimpleNamespace

import pytest

from isthmus.readers.documents import pdf_lines
from isthmus.readers.documents.pdf_heads import with_heads
from isthmus.readers.documents.pdf_lines import Line
from isthmus.readers.documents.pdf_margins import Page
from isthmus.readers.documents.pdf_tables import RuledTable
from tests.unit.readers.test_pdf_aligned import words

COLUMNS = ((20, 100), (100, 160), (160, 220))
TABLE = RuledTable(20, 700, 220, 780, [["Roads", "4", "9"], ["Ports", "7", "8"]], COLUMNS)


def pages(last: list[tuple[int, str]], above: list[Line] | None = None) -> list[Page]:
    lines = [Line("Aims of the county", 20, 110, 100, 110, 10), Line(" ".join(t for _, t in last), 20, 200, 80, 90, 10)]
    told = words((100, [(20, "Aims of the county")]), (80, last))
    return [Page(1, lines, False, words=told), Page(2, above or [], False, tables=[TABLE])]


def test_a_head_at_the_foot_of_a_page_heads_the_table_of_the_next_one() -> None:
    first, second = with_heads(pages([(20, "Aim"), (110, "2029"), (170, "2031")]))
    assert [line.text for line in first.lines] == ["Aims of the county"]
    assert second.tables[0].rows[0] == ["Aim", "2029", "2031"]


def test_a_sentence_at_the_foot_of_a_page_and_a_table_below_text_get_no_head() -> None:
    sentence = pages([(20, "It builds all roads by 2031 at most.")])
    below = pages([(20, "Aim"), (110, "2029"), (170, "2031")], [Line("Ports", 20, 50, 790, 800, 10)])
    for given in (sentence, below):
        assert with_heads(given)[1].tables == [TABLE]


def test_a_sign_without_a_meaning_keeps_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    signs = [ord("a"), 0, ord("b")]
    monkeypatch.setattr(pdf_lines.pdfium_c, "FPDFText_GetUnicode", lambda _, i: signs[i])
    page = SimpleNamespace(raw=None, get_text_range=lambda: "ab", count_chars=lambda: len(signs))
    assert pdf_lines.text_of(page) == "a b"  # type: ignore[arg-type]
