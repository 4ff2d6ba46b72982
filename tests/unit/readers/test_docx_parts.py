"""What stands within other parts of a DOCX: content controls, tables in cells."""

from pathlib import Path

import docx
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from isthmus.readers.documents.document import read_document
from isthmus.readers.documents.plans import extract_document


def control(*parts: object, gallery: str = "") -> object:
    """Return a content control around some parts of a document."""
    kind = f'<w:docPartObj><w:docPartGallery w:val="{gallery}"/></w:docPartObj>' if gallery else ""
    made = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtPr>{kind}</w:sdtPr><w:sdtContent/></w:sdt>")
    for part in parts:
        made[1].append(part)
    return made


def filled(table: object, *rows: tuple[str, ...]) -> None:
    for row, texts in zip(table.rows, rows, strict=True):  # type: ignore[attr-defined]
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


def test_content_controls_are_read_and_a_table_of_contents_is_not(tmp_path: Path) -> None:
    document = docx.Document()
    body = document.element.body
    lines = [document.add_paragraph(f"Build {number} quarries by 2031.")._p for number in (3, 7)]
    table = document.add_table(rows=2, cols=2)
    filled(table, ("Indicator", "2031"), ("Barges", "12"))
    row, cell = table._tbl.tr_lst[1], table._tbl.tr_lst[1].tc_lst[1]
    row.append(control(cell))
    table._tbl.append(control(row))
    body.insert(0, control(lines[0], gallery="Table of Contents"))
    body.insert(1, control(lines[1], table._tbl))
    document.save(tmp_path / "plan.docx")
    found = extract_document(read_document(tmp_path / "plan.docx")).targets
    assert [t.value for t in found] == [7.0, 12.0]


def test_a_table_in_a_cell_is_read_below_the_line_above_it(tmp_path: Path) -> None:
    document = docx.Document()
    outer = document.add_table(rows=1, cols=2).rows[0].cells
    outer[0].text = "Targets"
    outer[1].text = "Barges run on gas."
    outer[1].add_paragraph("Dust reduction targets – compared to 2025 – are:")
    outer[1].add_paragraph("")
    filled(outer[1].add_table(rows=2, cols=3), ("Sector", "2031", "2036"), ("Quarries", "30%", "56%"))
    outer[1].add_paragraph("They hold for all quarries.")
    document.save(tmp_path / "plan.docx")
    read = read_document(tmp_path / "plan.docx")
    assert [block.kind for block in read.blocks] == ["table", "paragraph", "table"]
    assert read.blocks[0].rows == [["Targets", "Barges run on gas. They hold for all quarries."]]
    found = extract_document(read).targets
    assert [(t.kind, t.value, t.year) for t in found if t.value is not None] == [
        ("change_pct", -30.0, 2031),
        ("change_pct", -56.0, 2036),
    ]


def test_a_page_that_begins_in_a_table_in_a_cell_is_counted_once(tmp_path: Path) -> None:
    document = docx.Document()
    inner = document.add_table(rows=1, cols=1).rows[0].cells[0].add_table(rows=1, cols=2)
    run = inner.rows[0].cells[0].paragraphs[0].add_run("Quarries")
    run._r.append(run._r.makeelement(f"{{{run._r.nsmap['w']}}}lastRenderedPageBreak", {}))
    document.add_paragraph("Double exports by 2031.")
    document.save(tmp_path / "plan.docx")
    assert [t.page for t in extract_document(read_document(tmp_path / "plan.docx")).targets] == [2]


BOX = (
    '<w:p {ns} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r>'
    "<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><w:txbxContent>"
    "<w:p><w:r><w:t>Build {number} quarries by 2031.</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>Build {number} quarries by 2031.</w:t></w:r></w:p>"
    "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)


def test_text_boxes_are_read_once(tmp_path: Path) -> None:
    document = docx.Document()
    body = document.element.body
    body.insert(0, parse_xml(BOX.format(ns=nsdecls("w"), number=7)))
    cell = document.add_table(rows=1, cols=1).rows[0].cells[0]
    cell._tc.append(parse_xml(BOX.format(ns=nsdecls("w"), number=9)))
    document.save(tmp_path / "plan.docx")
    found = extract_document(read_document(tmp_path / "plan.docx")).targets
    assert [t.value for t in found] == [7.0, 9.0]


def test_notes_are_left_out_and_counted(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Build 7 quarries by 2031.")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    note = "<w:footnote w:id='{}'><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:footnote>"
    notes = note.format(-1, "") + note.format(1, "12 barges of 2031 are counted elsewhere.")
    xml = f"<w:footnotes {nsdecls('w')}>{notes}</w:footnotes>"
    content = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), content, xml.encode(), document.part.package)
    document.part.relate_to(part, kind)
    document.save(tmp_path / "plan.docx")
    read = read_document(tmp_path / "plan.docx")
    assert [(left.reason, left.text) for left in read.left_out] == [
        ("footnote", "12 barges of 2031 are counted elsewhere.")
    ]
    assert read.notes == ("1 lines of footnotes left out",)
    assert [t.value for t in extract_document(read).targets] == [7.0]
