"""The brief as a document for an office: the first screen's words, numbers and tables on two pages, as DOCX."""

import io
from collections.abc import Sequence

from docx import Document
from docx.document import Document as Doc
from docx.shared import Cm, Pt

from isthmus.report.blocks import (
    Block,
    Card,
    Cards,
    Cell,
    Chapter,
    Columns,
    Figure,
    Grid,
    Paragraph,
    Picker,
    Points,
    Stack,
    Tabs,
)
from isthmus.report.locale import Translator

MARGIN_CM, TEXT_PT, SMALL_PT = 2.0, 10.5, 8.5
LONGEST_PROPERTY = 255
"""Letters that the format allows in a property of the document, for example its title."""


def brief_docx(chapter: Chapter, citation: str, text: Translator) -> bytes:
    """Return the first chapter of a report as a DOCX file.

    Charts are given as their finding and their table; everything else is what the page shows.

    Parameters
    ----------
    chapter
        The brief, as `report.page.collect` returns it first.
    citation
        How the report is cited; stands at the end.
    """
    document = Document()
    for section in document.sections:
        section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(MARGIN_CM)
    document.styles["Normal"].font.size = Pt(TEXT_PT)
    title = chapter.title if len(chapter.title) <= LONGEST_PROPERTY else f"{chapter.title[: LONGEST_PROPERTY - 1]}…"
    document.core_properties.title, document.core_properties.language = title, text.language
    document.core_properties.author = "Isthmus"
    document.add_heading(chapter.title, level=1)
    document.add_paragraph(chapter.lead)
    for block in chapter.blocks:
        _write(document, block, text)
    _small(document, f"{text('page.cite')} {citation}")
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _write(document: Doc, block: Block, text: Translator) -> None:
    match block:
        case Columns() | Stack():
            for inner in block.blocks:
                _write(document, inner, text)
        case Tabs() | Picker():
            for part in block.parts[0].blocks:
                _write(document, part, text)
        case Cards():
            for card in block.cards:
                _card(document, card)
        case Points():
            document.add_heading(block.title, level=2)
            for item in block.items:
                document.add_paragraph(item, style="List Bullet")
        case Grid():
            document.add_heading(block.title, level=2)
            _table(document, block.columns, [[_words(cell) for cell in row] for row in block.rows])
            _small(document, block.source)
        case Figure():
            document.add_heading(block.title, level=2)
            rows = [[_written(value, text) for value in row] for row in block.twin.itertuples(index=False)]
            _table(document, list(map(str, block.twin.columns)), rows)
            _small(document, block.source)
        case Paragraph():
            document.add_paragraph(block.text)


def _card(document: Doc, card: Card) -> None:
    document.add_heading(f"{card.heading}: {card.value}", level=2)
    document.add_paragraph(f"{card.label} ({card.interval_label})" if card.interval_label else card.label)
    if card.rows:
        _table(document, (), [[row[0], row[1], row[2] if len(row) > 2 else ""] for row in card.rows])
    if card.note:
        _small(document, card.note)


def _table(document: Doc, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    every = [heads, *rows] if heads else rows
    if not every:
        return
    table = document.add_table(rows=0, cols=len(every[0]), style="Light Grid Accent 1" if heads else "Table Grid")
    for row in every:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words


def _small(document: Doc, words: str) -> None:
    if words:
        document.add_paragraph().add_run(words).font.size = Pt(SMALL_PT)


def _words(cell: str | Cell) -> str:
    if isinstance(cell, str):
        return cell
    return f"{cell.text} [{cell.tag}]" if cell.tag else cell.text


def _written(value: object, text: Translator) -> str:
    return text.short(float(value)) if isinstance(value, float) else str(value)
