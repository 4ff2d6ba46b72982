"""Text that a PDF page holds and does not show, as its clipping paths cut it off or it stands beside the paper.

Designers leave a caption under its picture that way, often in an older wording.
"""

import ctypes
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium_c
from pypdfium2 import PdfiumError

if TYPE_CHECKING:
    from pypdfium2 import PdfObject, PdfPage, PdfTextPage

_SLACK = 1.0  # points that a letter may stand over the edge of what is shown
_MOST = 0.8  # share of its letters that a page may hide: where most are hidden, its paths are not understood

_Window = tuple[float, float, float, float]


def shown(raw: str, page: "PdfPage", text_page: "PdfTextPage") -> tuple[str, str]:
    """Return the text of a page with spaces for what it does not show, and that."""
    paper = page.get_bbox()
    windows = {
        ctypes.addressof(found.raw.contents): _window(found, paper)
        for found in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_TEXT], max_depth=1)
    }
    hidden = [not sign.isspace() and _is_hidden(text_page, i, windows, paper) for i, sign in enumerate(raw)]
    if sum(hidden) > _MOST * sum(not sign.isspace() for sign in raw):
        return raw, ""
    kept = "".join(" " if out else sign for sign, out in zip(raw, hidden, strict=True))
    dropped = "".join(sign if out or sign.isspace() else "\n" for sign, out in zip(raw, hidden, strict=True))
    return kept, " ".join(dropped.split())


def _is_hidden(text_page: "PdfTextPage", index: int, windows: dict[int, _Window], paper: _Window) -> bool:
    """Say whether a sign stands wholly outside what is shown of its text; that of forms is held against the paper alone."""
    try:
        left, low, right, high = text_page.get_charbox(index)
    except PdfiumError:
        return False
    drawn = pdfium_c.FPDFText_GetTextObject(text_page.raw, index)
    window = windows.get(ctypes.addressof(drawn.contents), paper) if drawn else paper
    aside = right < window[0] - _SLACK or left > window[2] + _SLACK
    return bool(aside or high < window[1] - _SLACK or low > window[3] + _SLACK)


def _window(found: "PdfObject", paper: _Window) -> _Window:
    """Return the box that the clipping paths of a text leave of the paper."""
    left, low, right, high = paper
    paths = pdfium_c.FPDFPageObj_GetClipPath(found.raw)
    x, y = ctypes.c_float(), ctypes.c_float()
    for path in range(max(0, pdfium_c.FPDFClipPath_CountPaths(paths)) if paths else 0):
        across, up = list[float](), list[float]()
        for number in range(pdfium_c.FPDFClipPath_CountPathSegments(paths, path)):
            pdfium_c.FPDFPathSegment_GetPoint(pdfium_c.FPDFClipPath_GetPathSegment(paths, path, number), x, y)
            across.append(x.value)
            up.append(y.value)
        left, right = max(left, min(across, default=left)), min(right, max(across, default=right))
        low, high = max(low, min(up, default=low)), min(high, max(up, default=high))
    return left, low, right, high
