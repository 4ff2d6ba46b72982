"""The same document in another shape: what a plan says must not depend on how it was set.

A shape turns the blocks of a document into a file of another format or build. ``python benchmarks/real_documents.py FOLDER
--as SHAPE`` reads every marked text in that shape and compares it with the same marks.
"""

import html
import io
import subprocess
import tempfile
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path

import docx

from isthmus.plans.document import DocumentBlock
from isthmus.plans.segment import width

Shape = tuple[str, Callable[[Sequence[DocumentBlock]], bytes]]
"""Suffix of a file, and its content by the blocks of a document."""
_COLUMNS = 90
_PAGE = "@page {{size: A4; margin: 18mm}} body {{font: 10pt serif}} td {{padding: 1mm 2mm; vertical-align: top}} {}"
_RULES = {
    "ruled": "table {border-collapse: collapse} td {border: 0.4pt solid black}",
    "open": "table {border-collapse: collapse} td {border-top: 0.4pt solid black; border-bottom: 0.4pt solid black}",
    "bare": "",
}
BROWSER = "chromium"


def _lines(blocks: Sequence[DocumentBlock], row: Callable[[Sequence[str]], str], rule: str = "") -> Iterator[str]:
    for block in blocks:
        if block.kind == "heading":
            yield f"{'#' * (block.level or 1)} {block.text}"
        elif block.kind != "table":
            yield block.text
        for i, cells in enumerate(block.rows):
            yield row(cells)
            if i == 0 and rule:
                yield " | ".join([rule] * len(cells))


def _text(lines: Iterable[str]) -> bytes:
    return "\n".join(lines).encode()


def _barred(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def plain(blocks: Sequence[DocumentBlock]) -> bytes:
    """Return the blocks as text, one a line: what all other shapes are compared with."""
    return _text(_lines(blocks, _barred))


def apart(blocks: Sequence[DocumentBlock]) -> bytes:
    """Return the blocks with an empty line between them."""
    groups = groupby(_lines(blocks, _barred), key=lambda line: line.startswith("| "))
    return "\n\n".join("\n".join(lines) if row else "\n\n".join(lines) for row, lines in groups).encode()


def unbarred(blocks: Sequence[DocumentBlock]) -> bytes:
    """Return rows without bars at their ends, below a line of rules."""
    return _text(_lines(blocks, " | ".join, ":---"))


def tabbed(blocks: Sequence[DocumentBlock]) -> bytes:
    """Return cells divided by tabs."""
    return _text(_lines(blocks, "\t".join))


def wrapped(blocks: Sequence[DocumentBlock]) -> bytes:
    """Return hard-wrapped lines, a paragraph after an empty line."""
    lines: list[str] = []
    for line in _lines(blocks, _barred):
        row = line.startswith("| ")
        lines += [line] if row or width(line) > 2 * len(line) * 0.8 else [*textwrap.wrap(line, _COLUMNS), ""]
    return _text(lines)


def page(blocks: Sequence[DocumentBlock], style: str = "") -> bytes:
    """Return a page of HTML."""
    parts = [f"<!doctype html><html><head><meta charset='utf-8'><style>{style}</style></head><body>"]
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        parts += ["<ul>"] if kind == "item" else []
        for block in group:
            parts.append(_element(block))
        parts += ["</ul>"] if kind == "item" else []
    return "\n".join([*parts, "</body></html>"]).encode()


def _element(block: DocumentBlock) -> str:
    if block.kind == "table":
        rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in cells) for cells in block.rows)
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
    tag = {"heading": f"h{block.level or 1}", "item": "li"}.get(block.kind, "p")
    return f"<{tag}>{html.escape(block.text)}</{tag}>"


def word(blocks: Sequence[DocumentBlock]) -> bytes:
    """Return a DOCX file."""
    made = docx.Document()
    for block in blocks:
        if block.kind == "heading":
            made.add_heading(block.text, min(block.level or 1, 9))
        elif block.kind == "table":
            table = made.add_table(0, max(len(cells) for cells in block.rows))
            for cells in block.rows:
                for cell, text in zip(table.add_row().cells, cells, strict=False):
                    cell.text = text
        else:
            made.add_paragraph(block.text, style="List Bullet" if block.kind == "item" else None)
    into = io.BytesIO()
    made.save(into)
    return into.getvalue()


def printed(blocks: Sequence[DocumentBlock], rules: str) -> bytes:
    """Return a PDF that a browser prints, its tables with all rules, with those between rows, or with none."""
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_bytes(page(blocks, _PAGE.format(_RULES[rules])))
        command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
        command += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
        command += [f"--user-data-dir={folder}/profile", "--no-pdf-header-footer", f"--print-to-pdf={made}"]
        subprocess.run([*command, source.as_uri()], check=True, capture_output=True, timeout=120)
        return made.read_bytes()


SHAPES: dict[str, Shape] = {
    "plain": (".txt", plain),
    "apart": (".txt", apart),
    "unbarred": (".txt", unbarred),
    "tabbed": (".txt", tabbed),
    "wrapped": (".txt", wrapped),
    "html": (".html", page),
    "docx": (".docx", word),
    **{f"pdf-{rules}": (".pdf", partial(printed, rules=rules)) for rules in _RULES},
}
