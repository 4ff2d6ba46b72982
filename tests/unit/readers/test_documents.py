"""The same statements as text, PDF (one and two columns), DOCX and HTML give the same targets; bad files are refused."""

import string
import zipfile
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import docx
import pypdfium2 as pdfium
import pytest

from isthmus.core.errors import BadInputError
from isthmus.plans.plan import Target
from isthmus.readers.documents import document as documents
from isthmus.readers.documents import docx as docx_reader
from isthmus.readers.documents import pdf, pdf_letters, pdf_lines, pdf_scans, pdf_tables
from isthmus.readers.documents.document import read_document
from isthmus.readers.documents.plans import extract_document

DOCUMENTS = Path(__file__).parents[2] / "data/documents"
FORMS = ("plan-{}.pdf", "columns-{}.pdf", "writer-{}.pdf", "plan-{}.docx", "plan-{}.html")


def comparable(path: Path) -> list[Target]:
    return [replace(t, id="", file="", page=None) for t in extract_document(read_document(path)).targets]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("lang", ["zh", "ru", "en"])
def test_every_format_gives_the_targets_of_the_text(lang: str, form: str) -> None:
    expected = comparable(DOCUMENTS / f"plan-{lang}.md")
    assert len(expected) >= 17
    assert comparable(DOCUMENTS / form.format(lang)) == expected


def test_a_table_may_open_with_a_row_without_words(tmp_path: Path) -> None:
    rows = [["", "", ""], ["Indicator", "2031", "2035"], ["Cranes, %", "40", "60"]]
    page = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    (tmp_path / "plan.html").write_text(f"<p>Targets of the plan for the ports</p><table>{page}</table>", "utf-8")
    word = docx.Document()
    table = word.add_table(3, 3)
    for cell, text in zip(table._cells, [cell for row in rows for cell in row], strict=True):
        cell.text = text
    word.save(str(tmp_path / "plan.docx"))
    for form in ("html", "docx"):
        found = extract_document(read_document(tmp_path / f"plan.{form}")).targets
        assert [(t.value, t.year) for t in found] == [(40, 2031), (60, 2035)]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "gb18030"]
)
def test_encodings_of_chinese_text(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes((DOCUMENTS / "plan-zh.md").read_text("utf-8").encode(encoding))
    assert comparable(path) == comparable(DOCUMENTS / "plan-zh.md")


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-16", "utf-16-be", "utf-32", "utf-32-le", "cp1251", "koi8-r", "cp866", "iso8859-5", "mac_cyrillic"],
)
def test_encodings_of_russian_text(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes((DOCUMENTS / "plan-ru.md").read_text("utf-8").encode(encoding, errors="replace"))
    assert [t.value for t in comparable(path)] == [t.value for t in comparable(DOCUMENTS / "plan-ru.md")]


def test_pages_are_those_of_the_pdf(tmp_path: Path) -> None:
    with pdfium.PdfDocument(DOCUMENTS / "plan-en.pdf") as one, pdfium.PdfDocument.new() as two:
        two.import_pages(one)
        two.import_pages(one)
        two.save(tmp_path / "two.pdf")
    found = extract_document(read_document(tmp_path / "two.pdf")).targets
    assert {t.page for t in found} == {1, 2}
    assert sum(t.page == 1 for t in found) == sum(t.page == 2 for t in found)


def test_menus_of_a_page_are_left_out() -> None:
    text = read_document(DOCUMENTS / "plan-en.html").text
    assert "Contact" not in text
    assert "Keep unemployment below 5.5 percent." in text


def test_tables_keep_their_cells() -> None:
    for name in ("plan-ru.pdf", "plan-ru.docx", "plan-ru.html"):
        tables = [block.rows for block in read_document(DOCUMENTS / name).blocks if block.kind == "table"]
        assert [list(row) for row in tables[0]] == [
            ["Показатель", "2024 год", "2030 год"],
            ["Грузооборот портов, млн т", "890,5", "1 200"],
            ["Доля электронных услуг, процентов", "64", "95"],
        ]


def test_a_column_that_the_rules_of_a_pdf_divide_anew_in_each_row_is_one(tmp_path: Path) -> None:
    rules = [(50, y, 250, y) for y in (771, 757, 743, 729)] + [(x, 771, x, 729) for x in (50, 250)]
    rules += [(150, 771, 150, 757), (165, 757, 165, 743), (150, 743, 150, 729)]
    drawn = "\n".join(f"{a} {b} m {c} {d} l S" for a, b, c, d in rules)
    cells = [
        [(55, "Roads, km"), (175, "2030")],
        [(55, "Paved"), (175, "40")],
        [(55, f"Lit) Tj ET {drawn} BT ("), (175, "7")],
    ]
    write_pdf(tmp_path / "rules.pdf", cells, escaped=False)
    found = extract_document(read_document(tmp_path / "rules.pdf")).targets
    assert [(t.indicator, t.value, t.year) for t in found] == [("Paved", 40.0, 2030), ("Lit", 7.0, 2030)]


def write_ruled(
    path: Path, cells: list[list[tuple[int, str]]], levels: list[int], sides: tuple[int, ...] = (50, 250, 300, 350)
) -> None:
    rules = [(50, y, 350, y) for y in levels] + [(x, levels[0], x, levels[-1]) for x in sides]
    drawn = "\n".join(f"{a} {b} m {c} {d} l S" for a, b, c, d in rules)
    (at, last) = cells[-1][-1]
    write_pdf(path, [*cells[:-1], [*cells[-1][:-1], (at, f"{last}) Tj ET {drawn} BT (")]], escaped=False)


def test_a_row_that_a_page_break_divides_goes_on_above_the_first_rule_of_the_next_page(tmp_path: Path) -> None:
    head = [(55, "Indicator"), (255, "2029"), (305, "2031")]
    first = [
        head,
        [(55, "Towns, number"), (255, "4"), (305, "5")],
        [(55, "Share of roads, %, in good"), (255, "-"), (305, "60")],
    ]
    write_ruled(tmp_path / "one.pdf", first, [771, 757, 743, 729])
    rest = [[(55, "repair, as the survey of each year")], [(55, "says of the county as a whole")]]
    second = [*rest, [(55, "Ports, number"), (255, "7"), (305, "9")], [(55, "Wells, number"), (255, "1"), (305, "2")]]
    write_ruled(tmp_path / "two.pdf", second, [743, 729, 715])
    with pdfium.PdfDocument(tmp_path / "one.pdf") as whole, pdfium.PdfDocument(tmp_path / "two.pdf") as more:
        whole.import_pages(more)
        whole.save(tmp_path / "plan.pdf")
    found = extract_document(read_document(tmp_path / "plan.pdf")).targets
    due = [t for t in found if t.year == 2031]
    assert [(t.value, t.page) for t in due] == [(5.0, 1), (60.0, 1), (9.0, 2), (2.0, 2)]
    assert due[1].indicator.endswith("in good repair, as the survey of each year says of the county as a whole")


def test_a_table_above_all_text_of_its_page_comes_first_though_it_was_drawn_last() -> None:
    text = pdf.Line("Who carries out the programme is named below.", 50, 300, 400, 410, 10)
    cell = pdf.Line("Roads", 55, 90, 700, 710, 10)
    table = [["Roads", "5"], ["Towns", "7"]]
    page = pdf.Page(1, [text, cell], tables=[pdf_tables.RuledTable(50, 600, 350, 720, table)])
    assert [block.kind for block in pdf._blocks([replace(page, body=10)])] == ["table", "paragraph"]


@pytest.mark.parametrize(
    ("lines", "cell"),
    [
        ("Един\nица\nизмер\nения", "Единица измерения"),
        ("Количеств\nо\nспортивны\nх и\nпрочих\nгрупп", "Количество спортивных и прочих групп"),
        ("Доля\nнаселения", "Доля населения"),
        ("не менее 4 консульта-\nционных площадок", "не менее 4 консультационных площадок"),
        ("Северо-\nзападный берег", "Северо-западный берег"),
        ("Новых\nмест", "Новых мест"),
        ("1197,\n3", "1197,3"),
    ],
)
def test_a_word_that_a_narrow_cell_cuts_is_whole(lines: str, cell: str) -> None:
    assert pdf_tables.cell_text(lines) == cell


def test_a_box_around_text_is_no_table(tmp_path: Path) -> None:
    rules = [(x, 771, x, 701) for x in (50, 58, 250)] + [(50, y, 250, y) for y in (771, 757, 743, 729, 715, 701)]
    drawn = "\n".join(f"{a} {b} m {c} {d} l S" for a, b, c, d in rules)
    words = [
        "Homes will use 30 percent",
        "less power by 2031, and",
        "all of it will come from",
        "the sun or from the wind",
    ]
    cells = [[(65, line)] for line in [*words, f"of the county.) Tj ET {drawn} BT ("]]
    write_pdf(tmp_path / "box.pdf", cells, escaped=False)
    (block,) = read_document(tmp_path / "box.pdf").blocks
    assert block.text.startswith("Homes will use 30 percent less power by 2031, and all")


def refused(path: Path, *words: str) -> None:
    with pytest.raises(BadInputError) as error:
        read_document(path)
    assert path.name in str(error.value)
    for word in words:
        assert word in str(error.value)


def test_missing_empty_and_blank_files_are_refused(tmp_path: Path) -> None:
    refused(tmp_path / "none.pdf", "no such file")
    refused(tmp_path, "is a directory")
    (tmp_path / "empty.pdf").write_bytes(b"")
    refused(tmp_path / "empty.pdf", "is empty")
    (tmp_path / "blank.txt").write_text("\n \n")
    refused(tmp_path / "blank.txt", "holds no text")


def test_a_password_is_named(tmp_path: Path) -> None:
    """An encryption dictionary that no empty password opens makes the library ask for one."""
    raw = (DOCUMENTS / "plan-en.pdf").read_bytes()
    start = raw.rindex(b"trailer")
    encrypt = (
        b"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <"
        + b"41" * 32
        + b"> /U <"
        + b"42" * 32
        + b"> >>"
    )
    identity = b"/ID [<" + b"43" * 16 + b"> <" + b"43" * 16 + b">]"
    changed = raw[:start] + raw[start:].replace(b"<<", b"<< " + encrypt + b" " + identity + b" ", 1)
    (tmp_path / "locked.pdf").write_bytes(changed)
    refused(tmp_path / "locked.pdf", "password")


def test_corrupt_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "cut.pdf").write_bytes(b"%PDF-1.7\n" + b"\x00broken" * 200)
    refused(tmp_path / "cut.pdf", "cannot be read as PDF")
    (tmp_path / "cut.docx").write_bytes((DOCUMENTS / "plan-en.docx").read_bytes()[:9000])
    refused(tmp_path / "cut.docx", "cannot be read as DOCX")
    with zipfile.ZipFile(tmp_path / "other.docx", "w") as archive:
        archive.writestr("readme.txt", "nothing")
    refused(tmp_path / "other.docx", "no DOCX")
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)
    refused(tmp_path / "old.doc", "old Office file")
    (tmp_path / "plan.rtf").write_bytes(b"{\\rtf1\\ansi Raise exports to 40 percent by 2030.}")
    refused(tmp_path / "plan.rtf", "is RTF", "save it as DOCX")
    for head in (
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        b"\x89PNG\r\n\x1a\n",
        b"RIFF\x10\x00\x00\x00WEBPVP8 ",
        b"II*\x00\x08\x00\x00\x00",
    ):
        (tmp_path / "page.pdf").write_bytes(head + b"\x00\x01" * 200)
        refused(tmp_path / "page.pdf", "is a picture", "one PDF file")
    (tmp_path / "program.bin").write_bytes(b"\x7fELF\x00\x00\x00\x01" * 50)
    refused(tmp_path / "program.bin", "binary")


def test_enormous_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate((documents.LARGEST_FILE_MB + 1) * 1_000_000)
    refused(tmp_path / "huge.txt", "MB")
    line = b"Raise exports to 40 percent by 2030.\n"
    (tmp_path / "long.txt").write_bytes(line * (documents.LARGEST_TEXT_MB * 1_000_000 // len(line) + 1))
    refused(tmp_path / "long.txt", "has 10.0 MB of text", "at most 10 MB of text")
    monkeypatch.setattr(pdf, "LARGEST_PAGES", 0)
    (tmp_path / "long.pdf").write_bytes((DOCUMENTS / "plan-en.pdf").read_bytes())
    refused(tmp_path / "long.pdf", "1 pages")
    monkeypatch.setattr(docx_reader, "LARGEST_UNPACKED_MB", 0)
    (tmp_path / "bomb.docx").write_bytes((DOCUMENTS / "plan-en.docx").read_bytes())
    refused(tmp_path / "bomb.docx", "unpacks to")


def test_a_scan_is_refused_without_a_recogniser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_scans.shutil, "which", lambda _: None)
    refused(scan(tmp_path), "is a scan", "tesseract")


def test_a_scan_is_recognised_where_tesseract_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recogniser(tmp_path, monkeypatch)
    document = read_document(scan(tmp_path))
    assert "recognised by tesseract (eng)" in document.notes[0]
    assert [(t.value, t.page) for t in extract_document(document).targets] == [(80.0, 1)]


def recogniser(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a program that recognises one sentence in the place of tesseract."""
    write_pdf(folder / "recognised.pdf", [[(60, "Raise coverage to 80 percent by 2030.")]])
    program = folder / "tesseract"
    program.write_text(
        "#!/bin/sh\n"
        'if [ "$1" = --list-langs ]; then printf "List of available languages (2):\\neng\\nosd\\n"; exit; fi\n'
        '[ "$4" = eng ] && [ "$6" = 1 ] || exit 1\n'
        f"cat >/dev/null\ncat {folder / 'recognised.pdf'}\n"
    )
    program.chmod(0o755)
    monkeypatch.setattr(pdf_scans.shutil, "which", lambda _: str(program))


def scan(folder: Path) -> Path:
    """Make a PDF of one page that holds nothing but a picture of the sample."""
    path = folder / "scan.pdf"
    with pdfium.PdfDocument(DOCUMENTS / "plan-en.pdf") as source:
        picture = source[0].render(scale=0.5).to_pil().convert("RGB")
    picture.save(path, format="PDF")
    return path


def test_docx_pages_follow_stored_page_breaks(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Raise output to 10 percent by 2030.")
    run = document.add_paragraph("Cut waste by 20 percent by 2030.").add_run()
    run._r.append(
        run._r.makeelement("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}lastRenderedPageBreak", {})
    )
    document.add_paragraph("Double exports by 2031.")
    document.save(tmp_path / "paged.docx")
    assert [t.page for t in extract_document(read_document(tmp_path / "paged.docx")).targets] == [1, 1, 2]


def test_docx_rows_that_go_on_over_a_page_count_it_once(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=3)
    for row, broken in zip(table.rows, (False, True), strict=True):
        for cell in row.cells:
            run = cell.paragraphs[0].add_run("Coal")
            if broken:
                run._r.append(run._r.makeelement(f"{{{run._r.nsmap['w']}}}lastRenderedPageBreak", {}))
    document.add_paragraph("Double exports by 2031.")
    document.save(tmp_path / "table.docx")
    assert [t.page for t in extract_document(read_document(tmp_path / "table.docx")).targets] == [2]


LEFT = (
    "Raise the share of rail in freight", "to 40 percent by 2030. Cut losses in", "power grids by 12 percent by 2031.",
    "Double exports of services by 2032.", "Keep the deficit below 3 percent of", "GDP in every year of the plan period.",
    "Strengthen customs cooperation with", "neighbours and mutual recognition.", "Build 12 logistics centres by 2029.",
)  # fmt: skip
RIGHT = (
    "Train 5,000 engineers a year. Lower", "the tariff on machines to 4 percent.", "Raise forest cover to 31 percent by",
    "2030. Bring the poverty rate to below", "9 percent by 2030. Grow output by an", "annual average of 4 percent. Halve",
    "road deaths by 2030. Modernise 75", "airports by 2034 and connect 300", "villages to the grid by 2028.",
)  # fmt: skip


def test_columns_set_line_by_line_are_put_in_order(tmp_path: Path) -> None:
    rows = [[(60, a), (310, b)] for a, b in zip(LEFT, RIGHT, strict=True)]
    write_pdf(tmp_path / "two.pdf", rows)
    assert read_document(tmp_path / "two.pdf").text == f"{' '.join(LEFT)}\n{' '.join(RIGHT)}"


def test_tables_without_rules_keep_their_columns(tmp_path: Path) -> None:
    rows = [
        [(60, "Indicators of the plan and what is to be reached in its last year.")],
        [(60, "Indicator"), (260, "2025"), (360, "2030")],
        [(60, "Coverage (%)"), (260, "61.5"), (360, "70")],
        [(60, "Installed storage (GW)"), (260, "12"), (360, "30")],
    ]
    write_pdf(tmp_path / "table.pdf", rows)
    found = extract_document(read_document(tmp_path / "table.pdf")).targets
    numbered = [(t.value, t.unit, t.year, t.base_value) for t in found if t.value is not None]
    assert numbered == [(70, "%", 2030, 61.5), (30, "GW", 2030, 12)]


def test_marks_of_footnotes_are_left_out_of_html(tmp_path: Path) -> None:
    (tmp_path / "marks.html").write_text(
        "<p>Grain output will reach 12<sup>3</sup> million tonnes. By 2030<sup><a href='#n'>[4]</a></sup> trade grows.</p>"
        "<p>Build <b>12</b><span style='vertical-align: super'>a, b</span> million m<sup>2 </sup>of housing.</p>"
        "<table><tr><th>Indicator</th><th>2030<sup>1</sup></th></tr>"
        "<tr><td>Water, km<sup>3</sup></td><td>15<sup>*</sup></td></tr></table>"
    )
    assert read_document(tmp_path / "marks.html").text.splitlines() == [
        "Grain output will reach 12 million tonnes. By 2030 trade grows.",
        "Build 12 million m² of housing.",
        "Indicator | 2030",
        "Water, km³ | 15",
    ]


def test_marks_of_footnotes_and_tracked_changes_in_docx(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(1, 2)
    for paragraph in (document.add_paragraph(), table.cell(0, 0).paragraphs[0]):
        for text, raised in (
            ("By 2030", False),
            ("4", True),
            (" build 12", False),
            ("3", True),
            (" млн м", False),
            ("2", True),
        ):
            paragraph.add_run(text).font.superscript = raised or None
    changed = document.add_paragraph("Imports will fall ")
    for tag, text in (("del", "strongly "), ("ins", "by 25 percent "), ("moveFrom", "soon ")):
        run = changed.add_run(text)
        run._r.addprevious(wrapped := run._r.makeelement(f"{docx_reader._W}{tag}", {}))
        wrapped.append(run._r)
    changed.add_run("by 2031.")
    document.save(tmp_path / "changed.docx")
    assert read_document(tmp_path / "changed.docx").text.splitlines() == [
        "By 2030 build 12 млн м² | ",
        "By 2030 build 12 млн м²",
        "Imports will fall by 25 percent by 2031.",
    ]


def test_marks_of_footnotes_are_left_out_of_pdf(tmp_path: Path) -> None:
    def small(text: str, rise: int = 4) -> str:
        return f") Tj /F1 6 Tf {rise} Ts ({text}) Tj /F1 10 Tf 0 Ts ("

    line = f"By 2030{small('4')} build 12{small('3')} million m{small('2')} of housing, "
    line += f"cut CO{small('2', -2)} for the 21{small('st')} century."
    write_pdf(tmp_path / "marks.pdf", [[(60, line)]], escaped=False)
    expected = "By 2030 build 12 million m² of housing, cut CO2 for the 21st century."
    assert read_document(tmp_path / "marks.pdf").text == expected


def test_a_mark_that_its_letter_cuts_off_the_line_is_left_out(tmp_path: Path) -> None:
    mark = ") Tj (s) Tj /F1 7 Tf 3 Ts (5) Tj /F1 10 Tf 0 Ts ("
    rows = [[(60, f"The plan has these aim{mark}")], [(60, f"for all centre{mark} of care in the county.")]]
    write_pdf(tmp_path / "cut.pdf", rows, escaped=False)
    assert read_document(tmp_path / "cut.pdf").text == "The plan has these aims for all centres of care in the county."
    power = ") Tj (m) Tj /F1 6 Tf 5 Ts (2) Tj /F1 10 Tf 0 Ts ("
    write_pdf(tmp_path / "power.pdf", [[(60, f"The plan is to build 12 k{power} of housing.")]], escaped=False)
    assert read_document(tmp_path / "power.pdf").text == "The plan is to build 12 km² of housing."


def test_a_line_set_apart_does_not_go_on_a_sentence(tmp_path: Path) -> None:
    for name, shift, skipped in (("indent", 24, 0), ("gap", 0, 9)):
        rows = [
            [(60, "The plan names what is to be done in every region of the country and by whom it")],
            [(60, "is to be done. Poverty is to fall below five percent of all households by 2032.")],
            [(60 + shift, "build 12,000 homes a year;")],
        ]
        write_pdf(tmp_path / f"{name}.pdf", rows, {2: skipped})
        assert [b.text for b in read_document(tmp_path / f"{name}.pdf").blocks][1:] == ["build 12,000 homes a year;"]
    write_pdf(tmp_path / "on.pdf", [*rows[:2], [(60, "thousand homes a year are built.")]])
    assert len(read_document(tmp_path / "on.pdf").blocks) == 1


def test_a_head_whose_last_cells_are_merged_is_as_wide_as_the_rows_between_tabs(tmp_path: Path) -> None:
    path = tmp_path / "tabs.txt"
    path.write_text(
        "No\tAims\tIndicator\tValues by year\n\t\t\t2030\t2035\n1\tHarbour\tShare, %\t60\t70\n\t\tQueues, hours\t7\t5\n"
        "2. Trade\n2.1\tSea\tFerries, units\t12\t16\n\t\tPiers, units\t8\t9\n"
    )
    (table,) = (b for b in read_document(path).blocks if b.kind == "table")
    assert [list(row) for row in table.rows] == [
        ["No", "Aims", "Indicator", "Values by year", ""], ["", "", "", "2030", "2035"],
        ["1", "Harbour", "Share, %", "60", "70"], ["", "", "Queues, hours", "7", "5"], ["2. Trade"],
        ["2.1", "Sea", "Ferries, units", "12", "16"], ["", "", "Piers, units", "8", "9"],
    ]  # fmt: skip


def test_rows_divided_by_tabs_are_a_table(tmp_path: Path) -> None:
    path = tmp_path / "tabs.txt"
    path.write_text("Indicators\n\tUnit\t2024\t2030\nShare\t%\t\t60\nStorage\tGW\t12\t30\n\t\tindented text\n")
    rows = [["", "Unit", "2024", "2030"], ["Share", "%", "", "60"], ["Storage", "GW", "12", "30"]]
    assert [b.rows for b in read_document(path).blocks if b.kind == "table"] == [rows]
    path.write_text("Indicator\t\tUnit\t2030\nShare of all services\t%\t60\n")
    assert read_document(path).blocks[0].rows == [["Indicator", "Unit", "2030"], ["Share of all services", "%", "60"]]
    path.write_text("Indicator\t\tUnit\t2030\nShare\t\t%\t60\nStorage of heat\t\t12\n")
    assert read_document(path).blocks[0].rows == [
        ["Indicator", "Unit", "2030"],
        ["Share", "%", "60"],
        ["Storage of heat", "12"],
    ]


@pytest.mark.parametrize(
    "page",
    [
        "<p>{0}</p>", "<div>{0}</div>", "<h1>Plan</h1>{0}<br>", "<ul><li>{0}</ul>", "Plan: <b>in short</b><p>{0}</p>",
        "<!-- a --><meta charset=windows-1251><p>{0}</p>",
    ],
)  # fmt: skip
def test_html_without_a_head_is_html(tmp_path: Path, page: str) -> None:
    path = tmp_path / "page.htm"
    for text, encoding in (
        ("Raise exports to 40 percent by 2030.", "utf-8"),
        ("Довести долю до 40 процентов.", "cp1251"),
    ):
        path.write_bytes(page.format(text).encode(encoding))
        document = read_document(path)
        assert text in document.text
        assert "<" not in document.text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("日本の経済計画は2030年までに貿易を拡大する。", "shift_jis"),
        ("한국의 경제 계획은 2030년까지 무역을 확대하는 것을 목표로 한다.", "euc-kr"),
        ("到二〇三〇年制造业占比不低于百分之二十二。", "utf-16-le"),
    ],
)
def test_text_in_an_unknown_encoding_is_refused(tmp_path: Path, text: str, encoding: str) -> None:
    (tmp_path / "plan.txt").write_bytes(text.encode(encoding))
    refused(tmp_path / "plan.txt", "encoding not recognised", "UTF-8")


def test_a_file_of_bytes_without_words_is_binary_whatever_its_noughts(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_bytes(b"a \x00 b\n\x00\x01\x02 \x00\x00" * 40)
    refused(tmp_path / "plan.txt", "is a binary file", "save it as")


def test_bullets_of_word_processors_and_stray_noughts_do_not_change_an_encoding(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    text = "\uf0b7 Увеличить долю до 40 процентов.\n" * 60
    for encoding in ("utf-16-le", "utf-8"):
        path.write_bytes((text + "\x00 " * (encoding == "utf-8")).encode(encoding))
        document = read_document(path)
        assert "Увеличить долю до 40 процентов." in document.text
        assert document.notes == (f"read as {encoding.upper()}",) * (encoding != "utf-8")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (
            "Довести долю до 40 процентов к 2030 году, а экспорт вырастет вдвое: моя цель для всех округов.",
            "mac_cyrillic",
        ),
        ("Новая линия дойдет до Ялты и Яи, а Янтарный край – до моря. Каждая семья получит дом.", "cp1251"),
        ("ПРОГРАММА РАЗВИТИЯ. КАЖДАЯ СЕМЬЯ ПОЛУЧИТ ДОМ К 2030 ГОДУ", "cp1251"),
        ("Сеть «ДомЯр» откроет каждая семья района.", "cp1251"),
        ("Каждая семья района получит дом до конца срока.", "utf-16-be"),
    ],
)
def test_encodings_are_told_by_few_letters_without_lines(tmp_path: Path, text: str, encoding: str) -> None:
    (tmp_path / "plan.txt").write_bytes(text.encode(encoding))
    document = read_document(tmp_path / "plan.txt")
    assert document.text == text
    assert document.notes == (f"read as {encoding.upper().replace('_', '-')}",)


def test_traditional_chinese_and_western_text_are_read(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    for text, encoding in (
        ("到2030年，製造業占國內生產總值比重不低於22%。", "big5"),
        ("China’s plan – “growth” in Côte d’Or", "cp1252"),
    ):
        path.write_bytes(text.encode(encoding))
        document = read_document(path)
        assert (document.text, document.notes) == (text, (f"read as {encoding.upper()}",))


def write_pdf(
    path: Path, rows: list[list[tuple[int, str]]], spaces: dict[int, int] | None = None, *, escaped: bool = True
) -> None:
    """Write a PDF of one page whose lines are drawn piece by piece in the order given.

    `spaces` are points left free above lines by number; text that is not escaped may hold operators between brackets.
    """
    below = [760 - 14 * i - sum(space for at, space in (spaces or {}).items() if at <= i) for i in range(len(rows))]
    brackets = {"(": "\\(", ")": "\\)"} if escaped else {}
    drawn = [
        f"BT /F1 10 Tf 1 0 0 1 {x} {below[i]} Tm ({text.translate(str.maketrans(brackets))}) Tj ET"
        for i, row in enumerate(rows)
        for x, text in row
    ]
    stream = "\n".join(drawn).encode("latin-1")
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [5 0 R] >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents 4 0 R >>",
    ]
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(bodies, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    path.write_bytes(bytes(out) + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start)


def test_a_line_break_of_a_page_ends_a_line_and_deleted_text_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "plan.html"
    path.write_text(
        "<p>By 2030, visits will reach 88 thousand.<br>By 2033, patents will grow by 15%.</p>"
        "<p>Connect <del>40</del><ins>46</ins> per cent of homes,<br>and <s>52</s> 47 schools.</p>"
        "<p>Plant <span style='text-decoration: line-through'>3</span> 4 million trees.</p>",
        "utf-8",
    )
    assert [block.text for block in read_document(path).blocks] == [
        "By 2030, visits will reach 88 thousand.",
        "By 2033, patents will grow by 15%.",
        "Connect 46 per cent of homes, and 47 schools.",
        "Plant 4 million trees.",
    ]


def test_what_a_text_with_marks_crosses_out_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "plan.md"
    path.write_text(
        "Connect <del>40</del><ins>46</ins> per cent of homes.\n\n<del>Build 300 schools.\n\nPave 7 km.</del>\n\n"
        "~~Plant 3 trees.~~ Plant 4 million trees.\n\nFrom ~~5 to ~~ 8 km\n\n"
        "Up 5~~10% and 7~~8%\n\n<s>Never closed. <s>Crossed.</s>\n",
        "utf-8",
    )
    assert [block.text for block in read_document(path).blocks] == [
        "Connect 46 per cent of homes.",
        "Plant 4 million trees.",
        "From ~~5 to ~~ 8 km",
        "Up 5~~10% and 7~~8%",
        "<s>Never closed.",
    ]


def test_a_table_that_only_sets_a_page_is_running_text_and_a_table_within_it_stays_one(tmp_path: Path) -> None:
    path = tmp_path / "plan.html"
    path.write_text(
        "<html><body><table><tr><td><p>Aims of the harbour towns</p>"
        "<p>In 2031 the ferries carry 14 million people, as the council decided.</p></td><td> </td></tr><tr><td>"
        "<table><tr><td><p>Aim</p></td><td><p>2031</p></td></tr><tr><td>Quays</td><td>12</td></tr></table>"
        "</td></tr></table></body></html>",
        "utf-8",
    )
    blocks = read_document(path).blocks
    assert [block.text for block in blocks if block.kind != "table"][-1].startswith("In 2031 the ferries")
    assert [block.rows for block in blocks if block.kind == "table"] == [[["Aim", "2031"], ["Quays", "12"]]]


def test_a_cell_of_html_over_several_rows_stands_in_each_and_one_over_several_columns_once(tmp_path: Path) -> None:
    path = tmp_path / "plan.html"
    head = '<tr><th rowspan="2">Aim</th><th rowspan=2>Unit</th><th colspan="2">Value</th></tr><tr><td>2029</td><td>2031</td></tr>'
    rows = '<tr><td rowspan="2"><p>Quays</p></td><td>number</td><td>5</td><td>6</td></tr><tr><td>km</td><td>2</td><td>3</td></tr>'
    about = "<p>The council of the harbour towns decided on these aims for all of them in spring.</p>"
    path.write_text(
        f'<html><body>{about}<table>{head}{rows}<tr><td colspan="x">Wells</td></tr></table></body></html>', "utf-8"
    )
    assert read_document(path).blocks[-1].rows == [
        ["Aim", "Unit", "Value", ""],
        ["Aim", "Unit", "2029", "2031"],
        ["Quays", "number", "5", "6"],
        ["Quays", "km", "2", "3"],
        ["Wells", "", "", ""],
    ]


def test_hidden_and_struck_characters_of_docx_are_left_out(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    paragraph = document.add_paragraph("Exports reach ")
    paragraph.add_run("40").font.strike = True
    paragraph.add_run("46 billion dollars by 2030")
    paragraph.add_run(" (secret)").font.hidden = True
    document.save(str(tmp_path / "plan.docx"))
    assert [block.text for block in read_document(tmp_path / "plan.docx").blocks] == [
        "Exports reach 46 billion dollars by 2030"
    ]


def test_a_short_paragraph_in_bold_is_a_heading_of_docx_that_has_no_styles(tmp_path: Path) -> None:
    document = docx.Document()
    for text, bold in (("State of the roads", True), ("Roads are 40 km long.", False), ("Note: in all towns.", True)):
        document.add_paragraph().add_run(text).bold = bold
    document.save(tmp_path / "plan.docx")
    assert [b.kind for b in read_document(tmp_path / "plan.docx").blocks] == ["heading", "paragraph", "paragraph"]


def test_headings_of_docx_and_html_keep_how_deep_they_are_set(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Plan of a port", 0)
    document.add_heading("Indicators", 1)
    document.add_heading("Trade", 3)
    document.add_paragraph("Words.")
    document.save(tmp_path / "set.docx")
    set_so = "<h1>Plan of a port</h1><h1>Indicators</h1><div><h3>Trade <b>by sea</b></h3></div><p>Words of a line.</p>"
    (tmp_path / "set.html").write_text(f"<html><body>{set_so}</body></html>")
    for name in ("set.docx", "set.html"):
        assert [block.level for block in read_document(tmp_path / name).blocks] == [1, 1, 3, 0], name


def test_a_raised_or_lowered_sign_does_not_cut_a_line_in_two() -> None:
    pieces = [pdf.Line("It cuts 46 Mt CO2", 60, 150, 497, 514, 12), pdf.Line("e in its 9", 150, 210, 500, 514, 12)]
    pieces += [pdf.Line("th", 210, 216, 503, 514, 7), pdf.Line("year.", 219, 240, 500, 514, 12)]
    (line,) = pdf_lines.in_columns(pieces)
    assert (line.text, line.left, line.right, line.size) == ("It cuts 46 Mt CO2e in its 9th year.", 60, 240, 12)


def test_notes_at_the_foot_of_a_page_are_left_out_and_shown(tmp_path: Path) -> None:
    small = ") Tj /F1 7 Tf ("
    body = [[(60, f"Line {i} of a plan that names all that is to be done in the county by 2031 and")] for i in range(6)]
    notes = [[(60, f"{small}4 Figures of 2019 are of the survey;")], [(60, f"{small}see its page 7.")]]
    write_pdf(tmp_path / "notes.pdf", [*body, *notes], escaped=False)
    document = read_document(tmp_path / "notes.pdf")
    assert not any("survey" in block.text for block in document.blocks)
    assert [left.text for left in document.left_out] == ["4 Figures of 2019 are of the survey;", "see its page 7."]
    assert {left.reason for left in document.left_out} == {"footnote"}
    items = [[(60, f"{small}4. Figures of 2019 are mended.")]]
    write_pdf(tmp_path / "items.pdf", [*body, *items], escaped=False)
    assert not read_document(tmp_path / "items.pdf").left_out


def test_a_mark_of_a_list_needs_no_space() -> None:
    lines = [
        pdf.Line(pdf_lines.clean(f"\uf0b7{text}"), 60, 160, 500 - i, 510 - i, 10)
        for i, text in ((0, "Build 7 ports"), (14, "Pave 9 km"))
    ]
    blocks = pdf._blocks([pdf.Page(1, lines, body=10)])
    assert [(b.kind, b.text) for b in blocks] == [("item", "• Build 7 ports"), ("item", "• Pave 9 km")]


def test_what_hangs_below_the_text_of_an_item_goes_on_it_though_its_line_is_short(tmp_path: Path) -> None:
    rows = [
        [(60, "The plan names what is to be done in every region of the country and by whom it is")],
        [(60, "- Planting of cover crops in the valleys of the south and of the east in")],
        [(72, "700,000 ha by 2031")],
        [(60, "- Planting of trees")],
    ]
    write_pdf(tmp_path / "items.pdf", rows)
    assert [block.text for block in read_document(tmp_path / "items.pdf").blocks][1:] == [
        "- Planting of cover crops in the valleys of the south and of the east in 700,000 ha by 2031",
        "- Planting of trees",
    ]


def test_the_size_of_text_is_the_one_it_is_drawn_in(tmp_path: Path) -> None:
    head = ") Tj /F1 1 Tf 16 0 0 16 60 760 Tm (Roads of the county 2031) Tj /F1 1 Tf 10 0 0 10 60 746 Tm ("
    rows = [[(60, head)], *([(60, f"Line {i} of a plan that names all that is to be done in it.")] for i in range(4))]
    write_pdf(tmp_path / "sizes.pdf", rows, escaped=False)
    assert read_document(tmp_path / "sizes.pdf").blocks[0].kind == "heading"


def test_the_mark_that_opens_a_line_belongs_to_it_and_a_dash_in_a_row_does_not() -> None:
    def piece(text: str, left: int) -> pdf.Line:
        return pdf.Line(text, left, left + 5 * len(text), 500, 510, 10)

    (item,) = pdf_lines.in_columns([piece("-", 60), piece("Build ports", 90)])
    assert item.text == "- Build ports"
    (row,) = pdf_lines.in_columns([piece("Quays", 60), piece("-", 120), piece("-", 160), piece("7", 200)])
    assert row.text == "Quays - - 7"


def test_a_running_head_of_every_other_page_is_left_out() -> None:
    def page(number: int, head: str) -> pdf.Page:
        letter = "abcdefghijklmnopqrst"[number]
        texts = [head, *(f"{word} of {letter}" for word in ("Work", "aims", "means", "ends"))]
        lines = [pdf.Line(text, 60, 200, 700 - 14 * i, 710 - 14 * i, 10) for i, text in enumerate(texts)]
        return pdf.Page(number, lines)

    heads = [
        "Plan of the harbour towns" if i % 5 == 2 else "of it" if i % 5 == 1 else f"About part {i} of it"
        for i in range(20)
    ]
    _, dropped = pdf.without_margins([page(i, head) for i, head in enumerate(heads)])
    assert [left.text for left in dropped] == ["Plan of the harbour towns"] * 4


def test_feet_that_stand_apart_are_left_out_wherever_the_file_tells_them_and_whatever_their_length() -> None:
    def line(text: str, bottom: int) -> pdf.Line:
        return pdf.Line(text, 60, 500, bottom, bottom + 10, 10)

    def page(number: int) -> pdf.Page:
        foot = ["Kept by the library of harbour towns, which holds more than 100 000 000 papers" + " of towns" * 9]
        foot += [] if number == 3 else [f"Seen on page {number + 2} of 40, harbour towns", "library.example"]
        head = ["The plan of the harbour towns", "of the year", "as of spring"]
        edges = [line(t, 800 - 12 * i) for i, t in enumerate(head)] + [line(t, 60 - 12 * i) for i, t in enumerate(foot)]
        text = [
            line(f"{w} of {'abcdefgh'[number]} and the rest", 700 - 12 * i) for i, w in enumerate(["Aims", "Work"] * 3)
        ]
        return pdf.Page(number, [*edges, *text])

    kept, dropped = pdf.without_margins([page(number) for number in range(1, 7)])
    assert [len(page.lines) for page in kept] == [9, *([6] * 5)]
    assert next(left.text for left in dropped if left.page == 1).startswith("Kept by the library")
    assert all(n.text.endswith("rest") for page in kept[1:] for n in page.lines)


def test_what_stands_on_the_first_page_names_the_document() -> None:
    def page(number: int, texts: list[str]) -> pdf.Page:
        lines = [pdf.Line(text, 60, 200, 700 - 14 * i, 710 - 14 * i, 10) for i, text in enumerate(texts)]
        return pdf.Page(number, lines)

    pages = [
        page(i, ["Plan of the harbour towns", "2027-2031", f"Words {'abcd'[i]}", f"of {'efgh'[i]}", "2030)"])
        for i in range(4)
    ]
    kept, dropped = pdf.without_margins(pages)
    assert [line.text for line in kept[0].lines[:2]] == ["Plan of the harbour towns", "2027-2031"]
    assert {left.text for left in dropped} == {"Plan of the harbour towns"}


def test_words_that_the_usual_reader_loses_are_read_by_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "mute.pdf"
    write_pdf(
        path,
        [
            [(72, "The share of paved roads is to reach 85 % by 2031,")],
            [(72, "or 12,345,678,901,234 of 56,789,012,345,678.")],
        ],
    )
    usual = pdf.lines_of
    figures = str.maketrans("", "", string.ascii_letters)
    monkeypatch.setattr(pdf, "lines_of", lambda *a: [replace(n, text=n.text.translate(figures)) for n in usual(*a)])
    document = read_document(path)
    assert document.text.startswith("The share of paved roads is to reach 85 % by 2031, or 12")
    assert document.notes == ()
    monkeypatch.setattr(pdf, "with_letters", lambda *_: [])
    (note,) = read_document(path).notes
    assert note.startswith("pages 1 have figures and hardly a letter")


def test_tables_of_a_page_whose_font_hides_its_letters_keep_their_columns(tmp_path: Path, monkeypatch) -> None:
    rows = [[(72, "Aim"), *zip((250, 300, 350), ("2027", "2029", "2031"), strict=True)]]
    rows += [
        [(72, name), (250, "40"), (300, "50"), (350, "60")] for name in ("Roads of the north", "Roads of the south")
    ]
    write_pdf(tmp_path / "hidden.pdf", rows)
    usual = pdf.lines_of
    figures = str.maketrans("", "", string.ascii_letters)
    monkeypatch.setattr(pdf, "lines_of", lambda *a: [replace(n, text=n.text.translate(figures)) for n in usual(*a)])
    (block,) = read_document(tmp_path / "hidden.pdf").blocks
    assert list(block.rows[1]) == ["Roads of the north", "40", "50", "60"]


def test_a_text_that_is_named_pdf_says_so(tmp_path: Path) -> None:
    (tmp_path / "plan.pdf").write_text("Plan of the county to 2031\nBuild 7 ports by 2031.\n")
    (note,) = read_document(tmp_path / "plan.pdf").notes
    assert note.startswith("named .pdf, but it holds text")


def test_the_text_of_a_page_that_a_table_fills_is_no_heading() -> None:
    def lines(size: float, *heights: int) -> list[pdf.Line]:
        return [pdf.Line("Ports are built on the coast. " * 3, 60, 500, y, y + size, size) for y in heights]

    text, cells = lines(11, 700, 688), lines(8, *range(300, 600, 10))
    pages = [pdf.Page(1, lines(11, *range(100, 700, 12))), pdf.Page(2, [*text, *cells])]
    assert [page.body for page in pdf._sized([*pages[:1], *pages])] == [11, 11, 11]


def test_a_note_below_a_table_that_fills_its_page_is_left_out() -> None:
    note = pdf.Line("13 Figures are of the survey", 60, 200, 80, 88, 8)
    cell = pdf.Line("Ports", 60, 90, 600, 608, 8)
    table = pdf_tables.RuledTable(50, 100, 300, 700, [["Ports", "7"]])
    (kept,), dropped = pdf._without_footnotes([pdf.Page(1, [cell, note], tables=[table], body=10)])
    assert (kept.lines, [left.text for left in dropped]) == ([cell], [note.text])


def test_small_print_above_the_last_line_of_text_is_no_note() -> None:
    label = pdf.Line("3 Harbour of the north", 60, 200, 290, 298, 8)
    text = pdf.Line("By 2031 the harbour will have 12 cranes.", 60, 300, 100, 110, 10)
    note = pdf.Line("13 Cranes are those of the quay", 60, 200, 80, 88, 8)
    (kept,), dropped = pdf._without_footnotes([pdf.Page(1, [label, text, note], body=10)])
    assert (kept.lines, [left.text for left in dropped]) == ([label, text], [note.text])


def test_a_list_between_rules_is_no_table() -> None:
    def between(*rows: list[str]) -> pdf_tables.RuledTable:
        return pdf_tables.RuledTable(50, 100, 300, 700, list(rows))

    assert not pdf_tables.is_table(between(["1.", "Build 7 ports"], ["", "of the coast"], ["2.", "Pave 9 km"]))
    assert not pdf_tables.is_table(between(["•", "Build 7 ports"], ["•", "Pave 9 km"]))
    assert pdf_tables.is_table(between(["No.", "Aim"], ["1", "Build 7 ports"]))


def test_the_size_of_text_is_that_of_each_page() -> None:
    def page(number: int, *sizes: float) -> pdf.Page:
        lines = [
            pdf.Line(
                f"What is done in the county by 2031 is told in part {i} of this plan",
                60,
                400,
                700 - 14 * i,
                710 - 14 * i,
                size,
            )
            for i, size in enumerate(sizes)
        ]
        return pdf.Page(number, lines)

    plan, annex, cover = page(1, *[10] * 12, *[7] * 18), page(2, *[7] * 60), page(3, 30)
    assert [sized.body for sized in pdf._sized([plan, annex, annex, cover])] == [10, 7, 7, 7]


def test_a_lone_number_in_the_lowest_line_is_that_of_its_page_wherever_the_file_tells_it() -> None:
    def page(number: int) -> pdf.Page:
        heads = [pdf.Line(text, 40, 200, y, y + 10, 9) for text, y in (("Harbours", 800), ("Part 7", 788))]
        foot = pdf.Line(str(180 + number), 40, 55, 22, 34, 9)
        text = [
            pdf.Line(f"Aim {'abcdefgh'[i]} of part {number}", 140, 480, 600 - 12 * i, 610 - 12 * i, 10)
            for i in range(4)
        ]
        return pdf.Page(number, [*heads, foot, *text])

    _, dropped = pdf.without_margins([page(number) for number in range(1, 4)])
    assert [left.text for left in dropped if left.reason == "page number"] == ["181", "182", "183"]


def test_a_line_above_the_one_before_it_in_its_column_begins_anew(tmp_path: Path) -> None:
    rows = [
        [
            (
                60,
                ") Tj 1 0 0 1 60 600 Tm (Build 7 ports for the towns on the coast and on the) Tj 1 0 0 1 60 640 Tm (Figure 4",
            )
        ]
    ]
    write_pdf(tmp_path / "risen.pdf", rows, escaped=False)
    assert [block.text for block in read_document(tmp_path / "risen.pdf").blocks] == [
        "Build 7 ports for the towns on the coast and on the", "Figure 4",
    ]  # fmt: skip


def test_a_tab_behind_the_mark_of_a_list_makes_no_table() -> None:
    lines = [pdf.Line(pdf_lines.clean(f"•\t{n} ports"), 60, 160, y, y + 10, 10) for n, y in ((7, 500), (9, 486))]
    assert [b.kind for b in pdf._blocks([pdf.Page(1, lines, body=10)])] == ["item", "item"]


def test_a_table_open_at_its_sides_has_the_rows_between_its_rules(tmp_path: Path) -> None:
    rows = [
        [(55, "Indicator"), (255, "2029"), (305, "2031")],
        [(55, "What is built on the coast, of which the county pays one half")],
        [(55, "Share of paved roads, %"), (255, "40"), (305, "60")],
        [(55, "Towns, number"), (255, "-"), (305, "5")],
        [(55, "Ports, number"), (255, "7"), (305, "9")],
    ]
    levels = [771 - 14 * i for i in range(6)]
    write_ruled(tmp_path / "open.pdf", rows, levels, ())
    (block,) = read_document(tmp_path / "open.pdf").blocks
    told = [[text for _, text in row] for row in rows]
    assert [list(row) for row in block.rows] == [told[0], [*told[1], "", ""], *told[2:]]
    write_ruled(
        tmp_path / "text.pdf",
        [[(55, f"What is done in part {i} of the county is told below and in each")] for i in range(5)],
        levels,
        (),
    )
    write_ruled(tmp_path / "chart.pdf", rows, [level - 8 for level in levels], ())
    for name in ("text", "chart"):
        assert list(pdf_tables.ruled_tables(tmp_path / f"{name}.pdf", [1])) == [(1, [])]


def test_a_table_with_rules_between_its_columns_and_open_sides_keeps_its_outer_columns(tmp_path: Path) -> None:
    rows = [
        [(55, "Indicator"), (205, "2029"), (255, "2031"), (305, "Office")],
        [(55, "Paved roads, %"), (205, "40"), (255, "60"), (305, "Towns")],
        [(55, "Ports, number"), (205, "7"), (255, "9"), (305, "Coast")],
    ]
    write_ruled(tmp_path / "open.pdf", rows, [771 - 14 * i for i in range(4)], (200, 250, 300))
    (block,) = read_document(tmp_path / "open.pdf").blocks
    assert [list(row) for row in block.rows] == [[text for _, text in row] for row in rows]


def test_a_rule_that_cuts_letters_is_no_edge_of_a_column() -> None:
    letters = [{"x0": 10.0, "x1": 20.0}]
    assert pdf_tables._clear_of(letters, [5.0, 15.0, 21.0, 24.0]) == [5.0, 24.0]


_TITLE = "Harbour plan 2031-2036"
_WORDS = (
    "<p>The harbour board has met in the old hall by the quay, and the work goes on at the northern piers as seen.</p>"
)
_TARGETS = "<tr><th>Indicator</th><th>Unit</th><th>2036</th></tr><tr><td>Cargo</td><td>t</td><td>18</td></tr>"


@pytest.mark.parametrize("words", ["", _WORDS * 30])
@pytest.mark.parametrize(
    "table", [f"<table>{_TARGETS}</table>", f"<table><tr><td>Aims</td><td><table>{_TARGETS}</table></td></tr></table>"]
)
def test_a_page_of_any_length_keeps_its_title_and_tables_within_tables(tmp_path: Path, words: str, table: str) -> None:
    page = tmp_path / "plan.html"
    page.write_text(
        f"<html><body><header><h1>{_TITLE}</h1></header><div>{table}{words}<p>Build 12 piers.</p></div></body></html>"
    )
    document = read_document(page)
    assert (document.blocks[0].kind, document.blocks[0].text) == ("heading", _TITLE)
    assert ["Cargo", "t", "18"] in [list(row) for block in document.blocks for row in block.rows]


def test_cyrillic_words_of_one_letter_are_missed_where_there_are_none() -> None:
    def words(text: str) -> list[pdf.Line]:
        return [pdf.Line(word, 0, 1, 0, 1, 12.0) for word in text.split() * 12]

    assert pdf_letters.lack_short_words(words("доля мостов вырастет 2030 году области районах"))
    assert not pdf_letters.lack_short_words(words("доля мостов вырастет к 2030 году в области и районах"))
    assert not pdf_letters.lack_short_words(words("bridges will open by 2030 in every district there"))
    assert not pdf_letters.lack_short_words(words("доля мостов вырастет 2030 году области районах")[:50])


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
def test_a_page_saved_with_its_pictures_is_read(tmp_path: Path, encoding: str) -> None:
    archive = EmailMessage()
    archive["From"], archive["Subject"] = "<Saved by a browser>", "Plan"
    html = "<html><head><title>Plan</title></head><body><p>Долю тепла поднимут до 35 процентов к 2031 году.</p></body></html>"
    archive.set_content(html, subtype="html", charset="cp1251", cte=encoding)
    archive.add_related(b"x", maintype="image", subtype="png")
    (tmp_path / "plan.mhtml").write_bytes(archive.as_bytes())
    document = read_document(tmp_path / "plan.mhtml")
    assert [(t.value, t.year) for t in extract_document(document).targets] == [(35.0, 2031)]
    assert document.notes == ("read from the web archive, without its pictures",)


def test_an_archive_without_a_page_is_refused(tmp_path: Path) -> None:
    archive = EmailMessage()
    archive.set_content("Only words.")
    archive.add_attachment(b"x", maintype="image", subtype="png")
    (tmp_path / "mail.eml").write_bytes(archive.as_bytes())
    with pytest.raises(BadInputError, match=r"without a page of HTML.*save the page as HTML"):
        read_document(tmp_path / "mail.eml")


@pytest.mark.parametrize("name", ["plan.csv", "plan.tsv"])
def test_a_table_of_data_is_no_document(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("id,text\n1,Raise the share to 30 percent by 2030.\n")
    with pytest.raises(BadInputError, match="is a table of data and no document"):
        read_document(tmp_path / name)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_a_pdf_that_was_saved_as_text_is_refused(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes("%PDF-1.7\n2 0 obj\n<< /Length 3 0 R >>\n".encode(encoding))
    with pytest.raises(BadInputError, match=r"plan\.pdf.*saved as text.*get the PDF anew"):
        read_document(path)
