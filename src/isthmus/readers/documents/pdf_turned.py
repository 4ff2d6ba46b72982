"""Pages of a PDF whose text is set sideways or upside down, turned so that it stands upright."""

from collections import Counter
from io import BytesIO
from math import pi
from pathlib import Path

import pypdfium2.raw as pdfium_c
from pypdfium2 import PdfDocument, PdfPage

_EVERY = 5  # characters of a page one is looked at of


def upright(drawn: Path | BytesIO, source: PdfDocument) -> Path | BytesIO:
    """Turn the pages whose text is not upright, however they are to be shown; return where all stand as they are then."""
    if any([_turned(source[i]) for i in range(len(source))]):  # noqa: C419 - every page is to be turned
        source.save(drawn := BytesIO())
    return drawn


def _turned(page: PdfPage) -> bool:
    """Turn a page so that most of its text is upright; say whether it had to be."""
    text = page.get_textpage()
    angles = (pdfium_c.FPDFText_GetCharAngle(text.raw, i) for i in range(0, text.count_chars(), _EVERY))
    ((quarter, _),) = Counter(round(2 * angle / pi) % 4 for angle in angles).most_common(1) or [(0, 0)]
    if quarter:
        left, low, right, high = page.get_cropbox()
        turn = {1: (0, 1, -1, 0, high, -left), 2: (-1, 0, 0, -1, right, high), 3: (0, -1, 1, 0, -low, right)}[quarter]
        pdfium_c.FPDFPage_TransFormWithClip(page.raw, pdfium_c.FS_MATRIX(*turn), None)
        box = (0, 0, high - low, right - left) if quarter % 2 else (0, 0, right - left, high - low)
        page.set_mediabox(*box)
        page.set_cropbox(*box)
        page.set_rotation(0)
    return bool(quarter)
