"""Scanned pages of a PDF: tesseract recognises their words, and they come back as pages with text and rules where these stand.

Such a page is then read like any other one. Rules are found in its picture and wiped out of it: they disturb the recognition.
"""

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from io import BytesIO

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray
from scipy import ndimage

from isthmus.readers.documents.apart import more_time
from isthmus.readers.documents.pdf_lines import Line

_DPI = 300
_SECONDS = 300
"""Most time that a page may take."""
_OWN_SECONDS = 3
"""Processor time that the picture of a page may take here, beside what tesseract takes."""
_DARK = 160
"""How light the ink of a rule is at most, of 255."""
_LONG, _SHORT, _NEAR = 0.5, 0.2, 0.03  # inches of a rule, of one between two others, and from it to them
_THICKEST = 0.1  # inches; a page laid on the glass at a slant makes a rule thick
_STROKE, _GROUND = 11, 41  # points of a picture: the strokes of letters are thinner, a ground of them is wider
_ROUGH = 0.25  # of the size of its text that a line may seem larger or smaller
_MARGIN = 2  # points of a picture around a rule that are wiped out with it

_WHOLE = 0.9  # of a page that a picture of it covers
_ENOUGH, _READABLE = 100, 0.25  # signs from which a text is judged, and their share in words below which it is none
_SPACES = re.compile(r"[\s，。；：、！？（）《》]+")
_POINTS = '.,;:!?()«»"“”•–-—'

GrayPicture = NDArray[np.uint8]
PointsOfInk = NDArray[np.bool_]
PlaceInPicture = tuple[slice, slice]
"""Rows and columns of a picture."""


def evened(lines: Sequence[Line]) -> list[Line]:
    """Return lines of a recognised page, those nearly of the size of its text in that size: letters tell it, and not finely."""
    sizes = Counter[float]()
    for line in lines:
        sizes[line.size] += len(line.text)
    body = max(sizes, key=lambda size: sum(n for other, n in sizes.items() if abs(other - size) < 1), default=0.0)
    return [replace(n, size=body) if abs(n.size - body) < _ROUGH * body else n for n in lines]


def is_installed() -> bool:
    """Say whether there is a tesseract."""
    return shutil.which("tesseract") is not None


def with_recognised(
    source: pdfium.PdfDocument, scanned: Sequence[int], tell: Callable[[int], None]
) -> tuple[BytesIO, str]:
    """Return a PDF with its scanned pages (counted from 1) recognised, and the languages they were looked at in.

    `tell` hears how many of them are done.
    """
    program = shutil.which("tesseract") or "tesseract"
    known = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False, timeout=30)
    names = known.stdout.splitlines()[1:]
    languages = "+".join(name for name in names if name != "osd") or "eng"
    # a page that was laid on the glass sideways is turned where that can be told
    layout = "1" if "osd" in names else "3"
    made = pdfium.PdfDocument.new()
    for number in range(1, len(source) + 1):
        page = None
        if number in scanned:
            tell(scanned.index(number))
            more_time(_OWN_SECONDS)
            command = [program, "stdin", "stdout", "-l", languages, "--psm", layout, "--dpi", str(_DPI)]
            page = _recognised(source[number - 1], command)
        made.import_pages(page or source, [0 if page else number - 1])
    made.save(whole := BytesIO())
    made.close()
    return whole, languages


def is_scanned(page: pdfium.PdfPage) -> bool:
    """Say whether a page is a picture without text, or under a picture as large as itself, with text that is hardly any words."""
    said = str(page.get_textpage().get_text_range())
    pictures = [found.get_bounds() for found in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=2)]
    if not said.strip():
        return bool(pictures)
    wide, high = page.get_size()
    covered = any((right - left) * (top - low) > _WHOLE * wide * high for left, low, right, top in pictures)
    return covered and _is_garbled(said)


def _is_garbled(text: str) -> bool:
    """Say whether hardly any of the signs of a text stand in words and numbers, as where a page was recognised upside down."""
    words = [bare for word in _SPACES.split(text) if (bare := word.strip(_POINTS))]
    good = sum(len(word) for word in words if _is_word(word))
    return sum(map(len, words)) >= _ENOUGH and good < _READABLE * sum(map(len, words))


def _is_word(word: str) -> bool:
    cased = word.lower() != word.upper()
    spelled = len(word) > 2 and (word[1:].islower() or word.isupper())
    return word.isalpha() and (spelled or not cased) if not word[0].isdigit() else word.strip("%.,").isdecimal()


def _recognised(page: pdfium.PdfPage, command: Sequence[str]) -> pdfium.PdfDocument | None:
    """Return a PDF of one page with the text and the rules of a scanned one; None where nothing was recognised."""
    picture = page.render(scale=_DPI / 72, grayscale=True).to_numpy()
    picture = _dark_on_white(picture.reshape(picture.shape[:2]))
    rules = list(_rules(picture < _DARK))
    for rule, place in rules:
        picture[place][rule] = 255
    high, wide = picture.shape
    options = ["-c", "tessedit_create_pdf=1", "-c", "textonly_pdf=1"]
    done = subprocess.run(
        [*command, *options], input=b"P5 %d %d 255\n" % (wide, high) + picture.tobytes(), capture_output=True,
        check=False, timeout=_SECONDS,
    )  # fmt: skip
    try:
        written = pdfium.PdfDocument(done.stdout)
    except pdfium.PdfiumError:
        return None
    _draw(written[0], [place for _, place in rules], high)
    return written


def _dark_on_white(picture: GrayPicture) -> GrayPicture:
    """Return a picture with every ground, as of shaded rows or of a head in white letters, turned into white."""
    filled = ndimage.grey_closing((picture < _DARK).astype(np.uint8), (_STROKE, _STROKE))
    dark = ndimage.grey_opening(filled, (_GROUND, _GROUND)) > 0
    light = np.where(dark, 255 - picture, picture)
    ground = np.maximum(ndimage.grey_closing(light, (_GROUND, _GROUND)), 1)
    return np.asarray(255.0 * light / ground, dtype=np.uint8)


def _rules(dark: PointsOfInk) -> Iterator[tuple[PointsOfInk, PlaceInPicture]]:
    """Yield the rules of a picture: long runs of dark points that are thin the other way, each with its points and place.

    Shorter ones between two rules, as of low rows, are rules as well.
    """
    every = [list(_runs(dark, axis)) for axis in (0, 1)]
    whole = np.zeros(dark.shape, dtype=bool)
    for axis, runs in enumerate(every):
        for own, place in runs:
            whole[place] |= own & (place[axis].stop - place[axis].start >= _LONG * _DPI)
    for axis, runs in enumerate(every):
        for own, place in runs:
            long = place[axis].stop - place[axis].start >= _LONG * _DPI
            if long or all(whole[end].any() for end in _ends(place, axis)):
                yield own, place


def _runs(dark: PointsOfInk, axis: int) -> Iterator[tuple[PointsOfInk, PlaceInPicture]]:
    """Yield the thin runs of dark points along an axis."""
    joined = ndimage.maximum_filter1d(dark.astype(np.uint8), _MARGIN + 1, axis=axis)
    short = round(_SHORT * _DPI)
    runs = ndimage.maximum_filter1d(ndimage.minimum_filter1d(joined, short, axis=axis), short, axis=axis)
    labels, _ = ndimage.label(ndimage.maximum_filter1d(runs, 2 * _MARGIN + 1, axis=1 - axis))
    for number, place in enumerate(ndimage.find_objects(labels), start=1):
        across = place[1 - axis]
        if across.stop - across.start < _THICKEST * _DPI + 2 * _MARGIN:
            yield labels[place] == number, place


def _ends(place: PlaceInPicture, axis: int) -> Iterator[PlaceInPicture]:
    """Yield the places around both ends of a run along an axis."""
    near = round(_NEAR * _DPI)
    for end in (place[axis].start, place[axis].stop):
        along = slice(max(0, end - near), end + near)
        yield (along, place[1]) if axis == 0 else (place[0], along)


def _draw(page: pdfium.PdfPage, rules: Sequence[PlaceInPicture], high: int) -> None:
    """Draw rules on a page, each as a thin line in the middle of its place in the picture of so many points."""
    for down, along in rules:
        wide, tall = along.stop - along.start, down.stop - down.start
        x, y = (
            (along.start, (down.start + down.stop) / 2) if wide > tall else ((along.start + along.stop) / 2, down.stop)
        )
        size = (wide, 1) if wide > tall else (1, tall)
        left, low, right, over = (72 / _DPI * n for n in (x, high - y, *size))
        line = pdfium_c.FPDFPageObj_CreateNewRect(left, low, right, over)
        pdfium_c.FPDFPageObj_SetFillColor(line, 0, 0, 0, 255)
        pdfium_c.FPDFPath_SetDrawMode(line, pdfium_c.FPDF_FILLMODE_ALTERNATE, 0)
        pdfium_c.FPDFPage_InsertObject(page.raw, line)
    pdfium_c.FPDFPage_GenerateContent(page.raw)
