"""Lines of PDF pages: places of words behind signs that stand for nothing."""

from types import SimpleNamespace

import pytest

from isthmus.readers.documents import pdf_lines


def test_a_sign_without_a_meaning_keeps_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    signs = [ord("a"), 0, ord("b")]
    monkeypatch.setattr(pdf_lines.pdfium_c, "FPDFText_GetUnicode", lambda _, i: signs[i])
    page = SimpleNamespace(raw=None, get_text_range=lambda: "ab", count_chars=lambda: len(signs))
    assert pdf_lines.text_of(page) == "a b"  # type: ignore[arg-type]
