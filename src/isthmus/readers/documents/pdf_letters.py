"""Lines of PDF pages whose fonts hide their letters from the usual reader, as those of recognised scans do: read by another."""

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from isthmus.readers.documents.pdf_lines import Line, clean

_ENOUGH, _FEW = 30, 0.15
"""From how many signs on a page is judged, and the share of letters among them below which it seems to have lost them."""

_MOST = 0.8  # of the words of a page that are single signs where it is read in pieces

_PLENTY, _RARE = 60, 0.015
"""From how many Cyrillic words a page is judged, and the share of words of one letter below which it has lost them."""
_CYRILLIC = re.compile(r"[а-яёА-ЯЁ]+")


def lack_letters(lines: Iterable[Line]) -> bool:
    """Say whether hardly any of the signs of some lines is a letter."""
    signs = [c for line in lines for c in line.text if not c.isspace()]
    return len(signs) >= _ENOUGH and sum(map(str.isalpha, signs)) < _FEW * len(signs)


def in_pieces(words: Sequence[Line]) -> bool:
    """Say whether nearly all words are single signs, as where the usual reader takes columns for upright writing."""
    return len(words) >= _ENOUGH and sum(len(word.text) == 1 for word in words) > _MOST * len(words)


def lack_short_words(words: Sequence[Line]) -> bool:
    """Say whether Cyrillic text lacks the words of one letter, of which every twelfth one is in it.

    The usual reader misses those of some recognised scans.
    """
    spelled = [word.text for word in words if _CYRILLIC.fullmatch(word.text)]
    return len(spelled) >= _PLENTY and sum(len(word) == 1 for word in spelled) < _RARE * len(spelled)


def with_letters(drawn: Path | BytesIO, numbers: Sequence[int]) -> Iterator[tuple[int, list[Line], list[Line]]]:
    """Yield the lines and the words of some pages (counted from 1) of a PDF as pdfminer spells them, page by page."""
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    with pdfplumber.open(drawn) as source:
        for number in numbers:
            page = source.pages[number - 1]
            upper = float(page.height)
            lines = [({**line, "size": line["chars"][0]["size"]}) for line in page.extract_text_lines()]
            words = page.extract_words(extra_attrs=["size"])
            yield number, [_line(line, upper) for line in lines], [_line(word, upper) for word in words]
            page.close()


def _line(found: dict[str, Any], upper: float) -> Line:
    left, right, low, high = found["x0"], found["x1"], upper - found["bottom"], upper - found["top"]
    return Line(clean(found["text"]), left, right, low, high, float(found["size"]))
