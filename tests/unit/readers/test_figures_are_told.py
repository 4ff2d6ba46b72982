"""Every figure of a document stands in a row of its table of targets or among what was left out, with a reason."""

import re
from pathlib import Path

import docx
import pytest

from isthmus.plans.document import Document, DocumentBlock
from isthmus.plans.segment import blocks_of
from isthmus.readers.documents.document import read_document
from isthmus.readers.documents.plans import extract_document
from tests.unit.readers.test_documents import write_pdf

HEADS = ("Project", "Term", "Content", "Cost, million USD", "New jobs", "")
WORKS = (
    ("Glass works", "2031", "Plant of 12 kilns", "41", "64", "87"),
    ("Hothouse", "2032", "Hothouse of 9 ha", "35", "17", "-"),
    ("Old mill", "2033", "Repairs", "28", "-", "-"),
)
LINES = (
    "In 2024 the harbour had 77 cranes.",
    "By 2033, the harbour will have 93 cranes.",
    "The 44 sheds beside it and 36 of its gates.",
    "199,400 105,094",
)
FIGURES = {"12", "41", "64", "87", "9", "35", "17", "28", "77", "93", "44", "36", "199", "400", "105", "094"}


def write(path: Path) -> None:
    """Write the works as a table, and lines below it."""
    rows = [HEADS, *WORKS]
    if path.suffix == ".docx":
        document = docx.Document()
        table = document.add_table(len(rows), len(HEADS))
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                table.cell(i, j).text = cell
        for line in LINES:
            document.add_paragraph(line)
        document.save(str(path))
    elif path.suffix == ".html":
        cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
        path.write_text(f"<table>{cells}</table>{''.join(f'<p>{line}</p>' for line in LINES)}", "utf-8")
    else:
        at = (40, 120, 170, 300, 410, 480)
        drawn = [[(x, cell) for x, cell in zip(at, row, strict=True) if cell] for row in rows]
        write_pdf(path, [*drawn, *([(40, line)] for line in LINES)], dict.fromkeys(range(len(rows), len(rows) + 4), 20))


@pytest.mark.parametrize("suffix", ["docx", "html", "pdf"])
def test_every_figure_of_a_document_gives_a_row_or_is_left_out_with_its_reason(tmp_path: Path, suffix: str) -> None:
    write(path := tmp_path / f"plan.{suffix}")
    found = extract_document(read_document(path))
    told = {digits for t in found.targets for digits in re.findall(r"\d+", t.text)}
    left = {digits for entry in found.left_out for digits in re.findall(r"\d+", entry.text)}
    assert FIGURES - told - left == set()
    assert all(entry.reason for entry in found.left_out)
    assert {"44", "105"} <= left - told


def test_the_other_figures_of_a_row_that_gives_a_target_of_a_sentence_are_left_out() -> None:
    rows = (("Work", "Result", "Stage"), ("Quays", "40 quays built by 2033", "3,700 in 2 lots"))
    found = extract_document(Document("plan.txt", None, (DocumentBlock("table", "", rows=rows),)))
    assert [(t.value, t.text) for t in found.targets] == [(40.0, "40 quays built by 2033")]
    assert [(entry.reason, entry.text) for entry in found.left_out] == [
        ("row of a table without heads of values", "3,700 in 2 lots")
    ]


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("# 12 districts of the north", [("heading", "12 districts of the north")]),
        (
            "The quays of the 12 towns (Figure 3).",
            [("figures without a target", "The quays of the 12 towns (Figure 3).")],
        ),
        ("The quays of the towns (Figure 3).", []),
        ("Table 4. Quays and towns", []),
        ("88,120", [("names nothing", "88,120")]),
    ],
)
def test_numbers_of_figures_and_tables_are_no_figures_that_are_left_out(line: str, left: list[tuple[str, str]]) -> None:
    blocks = tuple(blocks_of(f"# Plan of the harbour\n\nBy 2033, the harbour will have 93 cranes.\n\n{line}\n"))
    found = extract_document(Document("plan.md", None, blocks))
    assert [(entry.reason, entry.text) for entry in found.left_out] == left
