"""Pictures beside the text of a PDF page: one that looks like a text or a table is not read, so that its page is named."""

from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium_c

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

UNREAD = "pictures that look like text, a table or a chart, which were not read"
_LEAST, _MOST = 0.1, 0.9
"""Share of a page that such a picture covers: a smaller one is an ornament, a larger one the ground of the page."""
_SCALE = 0.4
_LIGHT = 235
"""How light paper is at least, of 255."""
_PAPER, _INK = 0.6, 0.02
"""Share of a picture that is as light as paper, and share that is not, at least: a photograph has no paper, a ground no ink."""


def looks_written(page: "PdfPage") -> bool:
    """Say whether a page has a picture that looks like a text or a table."""
    width, height = page.get_size()
    boxes = [item.get_bounds() for item in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=2)]
    large = [b for b in boxes if _LEAST < (b[2] - b[0]) * (b[3] - b[1]) / (width * height) < _MOST]
    if not large:
        return False
    drawn = page.render(scale=_SCALE, grayscale=True).to_pil()
    for left, bottom, right, top in large:
        edges = (left, height - top, right, height - bottom)
        counts = drawn.crop([round(_SCALE * edge) for edge in edges]).histogram()
        light = sum(counts[_LIGHT:]) / max(1, sum(counts))
        if _PAPER < light < 1 - _INK:
            return True
    return False
