"""Lines of PDF pages whose fonts hide their letters from the usual reader, as those of recognised scans do: read by another."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from isthmus.readers.documents.pdf_lines import Line, clean

_ENOUGH, _FEW = 30, 0.15
"""From how many signs on a page is judged, and the share of letters among them below which it seems to have lost them."""


def lack_letters(lines: Iterable[Line]) -> bool:
    """Say whether hardly any of the signs of some lines is a letter."""
    signs = [c for line in lines for c in line.text if not c.isspace()]
    return len(signs) >= _ENOUGH and sum(map(str.isalpha, signs)) < _FEW * len(signs)


def lines_with_letters(path: Path, numbers: Sequence[int]) -> Iterator[tuple[int, list[Line]]]:
    """Yield the lines of some pages (counted from 1) of a PDF as pdfminer spells them, page by page."""
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    with pdfplumber.open(path) as source:
        for number in numbers:
            page = source.pages[number - 1]
            upper = float(page.height)
            yield (
                number,
                [
                    Line(clean(line["text"]), line["x0"], line["x1"], upper - line["bottom"], upper - line["top"], size)
                    for line in page.extract_text_lines()
                    for size in [float(line["chars"][0]["size"])]
                ],
            )
            page.close()
