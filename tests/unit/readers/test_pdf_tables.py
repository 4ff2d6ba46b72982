"""Tables of PDF pages as word processors draw them: shading, open sides, dots, tables in tables, rows over two pages."""

from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest

from isthmus.plans.document import DocumentBlock
from isthmus.readers.documents import pdf, pdf_cell_text, pdf_tables
from isthmus.readers.documents.document import read_document
from isthmus.readers.documents.pdf_lines import Line
from tests.unit.readers.test_documents import write_pdf

LEVELS = (771, 757, 743, 729)


def lines(*ends: tuple[float, float, float, float]) -> str:
    return "\n".join(f"{a} {b} m {c} {d} l S" for a, b, c, d in ends)


def grid(xs: tuple[int, ...], levels: tuple[int, ...]) -> str:
    return lines(*((xs[0], y, xs[-1], y) for y in levels), *((x, levels[0], x, levels[-1]) for x in xs))


def read(path: Path, cells: list[list[tuple[int, str]]], drawn: str) -> tuple[DocumentBlock, ...]:
    """Write cells and what is drawn around them, and read the page."""
    at, last = cells[-1][-1]
    write_pdf(path, [*cells[:-1], [*cells[-1][:-1], (at, f"{last}) Tj ET {drawn} BT (")]], escaped=False)
    return read_document(path).blocks


CELLS = [[(55, "Sector"), (175, "2030")], [(55, "Energy"), (175, "40")], [(55, "Waste"), (175, "7")]]
ROWS = [["Sector", "2030"], ["Energy", "40"], ["Waste", "7"]]


def test_shading_behind_the_lines_of_a_cell_divides_no_cell(tmp_path: Path) -> None:
    shaded = "0.9 g 55 758 80 12 re f 172 730 60 26 re f 0 g\n"
    (table,) = read(tmp_path / "shaded.pdf", CELLS, shaded + grid((50, 170, 250), LEVELS))
    assert table.rows == ROWS


def test_shading_makes_cells_where_no_rules_do(tmp_path: Path) -> None:
    boxes = [(x, y, w) for y in (758, 744, 730) for x, w in ((50, 119), (170, 80))]
    shaded = "0.9 g " + " ".join(f"{x} {y} {w} 13.5 re f" for x, y, w in boxes) + " 0 g\n"
    (table,) = read(tmp_path / "fills.pdf", CELLS, shaded)
    assert table.rows == ROWS


def test_a_cell_without_a_side_is_read(tmp_path: Path) -> None:
    open_left = lines(
        *((50, y, 250, y) for y in LEVELS), (50, 771, 50, 743), (170, 771, 170, 729), (250, 771, 250, 729)
    )
    (table,) = read(tmp_path / "open.pdf", CELLS, open_left)
    assert table.rows == ROWS


def test_a_cell_over_several_rows_stands_in_each_of_them(tmp_path: Path) -> None:
    rules = lines(
        *((50, y, 250, y) for y in (771, 757, 729)), (170, 743, 250, 743), *((x, 771, x, 729) for x in (50, 170, 250))
    )
    (table,) = read(
        tmp_path / "over.pdf", [CELLS[0], [(55, "Energy, TWh"), (175, "North 40")], [(175, "South 7")]], rules
    )
    assert table.rows == [["Sector", "2030"], ["Energy, TWh", "North 40"], ["Energy, TWh", "South 7"]]


def test_a_cell_around_the_parts_of_what_it_names_ends_above_them(tmp_path: Path) -> None:
    rules = lines(
        *((50, y, 250, y) for y in (771, 757, 715)),
        *((80, y, 250, y) for y in (743, 729)),
        *((x, 771, x, 715) for x in (50, 170, 250)),
        (80, 743, 80, 715),
    )
    cells = [CELLS[0], [(55, "Gases"), (175, "47")], [(85, "Methane"), (175, "40")], [(85, "Others"), (175, "7")]]
    (table,) = read(tmp_path / "parts.pdf", cells, rules)
    assert [row[0] for row in table.rows] == ["Sector", "Gases", "", ""]
    assert [[cell for cell in row if cell] for row in table.rows[2:]] == [["Methane", "40"], ["Others", "7"]]


def test_a_rule_of_dots_is_a_rule(tmp_path: Path) -> None:
    dots = "".join(
        f"q 1 0 0 1 {x} {y} cm BI /W 1 /H 1 /CS /G /BPC 8 ID 0 EI Q\n" for y in LEVELS[1:3] for x in range(50, 250, 2)
    )
    sides = lines(*((50, y, 250, y) for y in (771, 771, 729)), *((x, 771, x, 729) for x in (50, 170, 250)))
    (table,) = read(tmp_path / "dots.pdf", CELLS, dots + sides)
    assert table.rows == ROWS


def test_a_table_in_a_cell_is_a_table_of_its_own(tmp_path: Path) -> None:
    cells = [
        [(55, "Reference"), (175, "the past years")],
        [(175, "Year"), (205, "2030")],
        [(175, "Ports"), (205, "7")],
        [(55, "Gases"), (175, "all")],
    ]
    drawn = lines(*((50, y, 250, y) for y in (771, 724, 709)), *((x, 771, x, 709) for x in (50, 170, 250)))
    inner = grid((173, 203, 240), (756, 742, 728))
    blocks = read(tmp_path / "inner.pdf", cells, f"{drawn}\n{inner}")
    assert [["Year", "2030"], ["Ports", "7"]] in [block.rows for block in blocks]
    assert ["Reference", "the past years"] in [row for block in blocks for row in block.rows]


def test_an_index_stays_in_its_cell_where_it_stands(tmp_path: Path) -> None:
    low = ") Tj /F1 6 Tf -3 Ts (2) Tj /F1 10 Tf 0 Ts ("
    cells = [[(55, f"CO{low}e, kt"), (175, "2030")], *CELLS[1:]]
    (table,) = read(tmp_path / "index.pdf", cells, grid((50, 170, 250), LEVELS))
    assert table.rows[0] == ["CO2e, kt", "2030"]


def two_pages(
    folder: Path,
    first: list[list[tuple[int, str]]],
    second: list[list[tuple[int, str]]],
    xs: tuple[int, ...] = (50, 170, 250),
) -> Path:
    for name, cells in (("one", first), ("two", second)):
        read(folder / f"{name}.pdf", cells, grid(xs, tuple(771 - 14 * i for i in range(len(cells) + 1))))
    with pdfium.PdfDocument(folder / "one.pdf") as whole, pdfium.PdfDocument(folder / "two.pdf") as more:
        whole.import_pages(more)
        whole.save(folder / "plan.pdf")
    return folder / "plan.pdf"


def test_a_row_goes_on_in_the_first_row_of_the_next_page(tmp_path: Path) -> None:
    first = [[(55, "Area"), (175, "What is done")], [(55, "Roads of each"), (175, "Pave 40 km of")]]
    second = [[(55, "county"), (175, "streets by 2031.")], [(55, "Ports"), (175, "Build 7.")]]
    (table,) = read_document(two_pages(tmp_path, first, second)).blocks
    assert table.rows[1:] == [["Roads of each county", "Pave 40 km of streets by 2031."], ["Ports", "Build 7."]]
    assert [table.page_of(i) for i in range(3)] == [1, 1, 2]


def test_a_row_after_a_whole_one_is_a_row_of_its_own(tmp_path: Path) -> None:
    first = [[(55, "Area"), (175, "What is done")], [(55, "Roads"), (175, "Pave 40 km.")]]
    second = [[(55, "roads"), (175, "mend 9 km.")], [(55, "Ports"), (175, "Build 7.")]]
    (table,) = read_document(two_pages(tmp_path, first, second)).blocks
    assert len(table.rows) == 4


def test_a_shaded_head_without_rules_has_the_columns_below_it(tmp_path: Path) -> None:
    cells = [[(55, "Sector"), (175, "2029"), (225, "2031")], *([*row, (225, "9")] for row in CELLS[1:])]
    shaded = "0.9 g 50 757 220 14 re f 0 g\n"
    (table,) = read(tmp_path / "head.pdf", cells, shaded + grid((50, 170, 220, 270), LEVELS[1:]))
    assert table.rows == [["Sector", "2029", "2031"], ["Energy", "40", "9"], ["Waste", "7", "9"]]


def test_years_below_a_name_for_several_columns_are_their_heads(tmp_path: Path) -> None:
    cells = [
        [(180, "Aims of the town")],
        [(175, "2029"), (225, "2031")],
        *([*row, (225, "9")] for row in CELLS[1:]),
    ]
    inner = lines((50, 729, 270, 729), *((x, 743, x, 715) for x in (170, 220)))
    (table,) = read(tmp_path / "span.pdf", cells, grid((50, 270), (771, 743, 715)) + "\n" + inner)
    assert table.rows[1:] == [["", "2029", "2031"], ["Energy", "40", "9"], ["Waste", "7", "9"]]
    assert "".join(table.rows[0]) == "Aims of the town"


def test_a_title_over_all_columns_is_not_divided(tmp_path: Path) -> None:
    cells = [[(55, "Work of the county in each of its sectors")], *CELLS[1:]]
    drawn = grid((50, 250), (771, 757, 729)) + "\n" + lines((50, 743, 250, 743), (170, 757, 170, 729))
    (table,) = read(tmp_path / "title.pdf", cells, drawn)
    assert table.rows[0] == ["Work of the county in each of its sectors", ""]


def test_shading_of_cells_with_shading_of_their_lines_in_them_makes_one_grid(tmp_path: Path) -> None:
    boxes = [(x, y, w) for y in (757, 743, 729) for x, w in ((50, 120), (170, 80))]
    shaded = " ".join(f"{x} {y} {w} 14 re f {x + 4} {y} {w - 8} 10 re f" for x, y, w in boxes)
    (table,) = read(tmp_path / "nested.pdf", CELLS, f"0.9 g {shaded} 0 g\n")
    assert table.rows == ROWS


def test_a_watermark_stands_in_no_cell(tmp_path: Path) -> None:
    mark = ") Tj 0.7 0.7 -0.7 0.7 180 730 Tm (DRAFT) Tj 1 0 0 1 300 760 Tm ("
    cells = [[(55, "Sector"), (175, f"2030{mark}")], *CELLS[1:]]
    tables = [b.rows for b in read(tmp_path / "mark.pdf", cells, grid((50, 170, 250), LEVELS)) if b.kind == "table"]
    assert tables == [ROWS]


def test_a_head_that_every_page_repeats_is_one(tmp_path: Path) -> None:
    head = [(55, "Area"), (175, "What is done")]
    first = [head, [(55, "Roads"), (175, "Pave 40 km of")]]
    second = [head, [(175, "streets.")], [(55, "Ports"), (175, "Build 7.")]]
    (table,) = read_document(two_pages(tmp_path, first, second)).blocks
    assert table.rows[1:] == [["Roads", "Pave 40 km of streets."], ["Ports", "Build 7."]]


def test_a_number_in_the_last_row_of_a_page_is_no_page_number(tmp_path: Path) -> None:
    (table,) = read(tmp_path / "last.pdf", [*CELLS[:2], [(55, "Waste"), (175, "2016")]], grid((50, 170, 250), LEVELS))
    assert table.rows[2] == ["Waste", "2016"]
    assert not read_document(tmp_path / "last.pdf").left_out


def test_a_head_that_a_page_break_divides_is_one(tmp_path: Path) -> None:
    first = [[(55, "Base"), (105, "Indicator"), (175, "2031"), (225, "2035")]]
    second = [[(55, "of 2026")], [(55, "4"), (105, "Ports"), (175, "7"), (225, "9")]]
    (table,) = read_document(two_pages(tmp_path, first, second, (50, 100, 170, 220, 270))).blocks
    assert table.rows == [["Base of 2026", "Indicator", "2031", "2035"], ["4", "Ports", "7", "9"]]


def test_letters_that_are_drawn_twice_to_look_bold_are_read_once(tmp_path: Path) -> None:
    drawn = grid((50, 170, 300), LEVELS)
    cells = [[piece for piece in row for _ in range(2)] for row in CELLS]
    (block,) = read(tmp_path / "bold.pdf", cells, drawn)
    assert [list(row) for row in block.rows] == ROWS


def test_rules_around_nothing_are_no_table() -> None:
    assert not pdf_tables.is_table(pdf_tables.RuledTable(0, 0, 300, 100, []))


def test_words_of_a_table_that_no_cell_holds_are_told_with_their_page() -> None:
    table = pdf_tables.RuledTable(0, 0, 300, 100, [["Roads paved", "45"], ["Ports", "7"]])
    lines = [pdf.Line(text, 10, 90, 10, 20, 10) for text in ("Roads", "paved 45", "Quays of 12 towns", "7")]
    page = pdf.Page(3, lines, tables=[table])
    assert [(out.text, out.page) for out in pdf._lost([page])] == [("Quays of towns 12", 3)]


@pytest.mark.parametrize("shown", [0, 90, 180, 270])
@pytest.mark.parametrize("turn", [(0, 1, -1, 0, 842, 0), (-1, 0, 0, -1, 595, 842), (0, -1, 1, 0, 0, 595)])
def test_text_set_sideways_is_read_turned(tmp_path: Path, turn: tuple[int, ...], shown: int) -> None:
    read(tmp_path / "upright.pdf", CELLS, grid((50, 170, 250), LEVELS))
    with pdfium.PdfDocument(tmp_path / "upright.pdf") as source:
        page = source[0]
        pdfium_c.FPDFPage_TransFormWithClip(page.raw, pdfium_c.FS_MATRIX(*turn), None)
        page.set_mediabox(0, 0, *((595, 842) if turn[0] else (842, 595)))
        page.set_rotation(shown)
        source.save(tmp_path / "sideways.pdf")
    (table,) = read_document(tmp_path / "sideways.pdf").blocks
    assert table.rows == ROWS


def test_a_space_that_the_next_letter_is_drawn_over_is_none() -> None:
    chars = [
        {"text": t, "x0": x, "x1": x + 6.0, "top": 100.0}
        for t, x in (("1", 40.0), (" ", 52.0), ("P", 50.0), ("o", 58.0), (" ", 64.0))
    ]
    assert (
        "".join(
            char["text"] for char in pdf_tables._once([*chars, {"text": "r", "x0": 67.0, "x1": 71.0, "top": 100.0}])
        )
        == "1Po r"
    )


def test_a_row_of_which_each_cell_has_as_many_lines_of_figures_is_several_rows(tmp_path: Path) -> None:
    cells = [
        [(55, "Sector"), (175, "2024"), (235, "2030")],
        [(55, "Wood pulp \\(with"), (175, "21.4"), (235, "40")],
        [(55, "paper\\)"), (175, "7.5"), (235, "13.5")],
        [(55, "Fish"), (235, "")],
    ]
    (table,) = read(tmp_path / "lines.pdf", cells, grid((50, 170, 230, 290), (771, 757, 715)))
    assert [list(row) for row in table.rows] == [
        ["Sector", "2024", "2030"],
        ["Wood pulp (with paper)", "21.4", "40"],
        ["Fish", "7.5", "13.5"],
    ]


def test_numbers_that_did_not_fit_their_cells_are_no_rows() -> None:
    cells = [["Grants", "and loans"], ["11,090,25", "0"], ["16,333,00", "0"]]
    assert len(pdf_cell_text.rows_of_lines(["", "", ""], cells)) == 1
    assert len(pdf_cell_text.rows_of_lines(["", "", ""], [["Grants", "Loans"], ["12345", "6"], ["16333", "0"]])) == 1
    assert len(pdf_cell_text.rows_of_lines(["", "", ""], [["Grants", "Loans"], ["12", "345"], ["16", "9"]])) == 2


def test_a_running_head_within_the_frame_of_a_table_is_no_row() -> None:
    tables = [
        pdf_tables.RuledTable(50, 600, 350, 720, [["Sea plan of the harbour town", str(n)], ["Quays", "40"]])
        for n in range(1, 5)
    ]
    head = [Line("Sea plan of the harbour town", 50, 250, 730, 742, 10.0), Line("Text", 50, 90, 700, 712, 10.0)]
    foot = [Line(text, 50, 250, y, y + 12, 10.0) for text, y in (("Quays are built.", 590), ("And docks.", 500))]
    pages = [pdf.Page(n, [*head, *foot]) for n in range(5, 9)] + [
        pdf.Page(n, [], tables=[table]) for n, table in enumerate(tables, 1)
    ]
    kept, dropped = pdf.without_margins(pages)
    assert [table.rows for page in kept for table in page.tables] == [[["Quays", "40"]]] * 4
    assert ("running head", "Sea plan of the harbour town 1") in [(entry.reason, entry.text) for entry in dropped]


def test_an_item_goes_on_over_the_break_of_a_page_with_a_small_letter() -> None:
    blocks = [
        DocumentBlock("item", "• Set up 7 posts to a level to", 1),
        DocumentBlock("paragraph", "support 40 ships. (funded)", 2),
        DocumentBlock("item", "• Dredge 9 docks", 2),
    ]
    assert [block.text for block in pdf._merged(iter(blocks))] == [
        "• Set up 7 posts to a level to support 40 ships. (funded)",
        "• Dredge 9 docks",
    ]


def test_lines_of_parts_below_what_they_are_parts_of_are_rows() -> None:
    cells = [["10g Share of", "(a) Thin", "(b) short (children under 5)"], ["6.0", "14.8"], ["2015"], ["2.0", "5.0"]]
    assert pdf_cell_text.rows_of_lines([""] * 4, cells) == [
        ["10g Share of: (a) Thin", "6.0", "2015", "2.0"],
        ["10g Share of: (b) short (children under 5)", "14.8", "2015", "5.0"],
    ]


def test_numbers_below_each_other_are_several_where_those_of_another_cell_are_no_one_number() -> None:
    cells = [["Rate & No. of pupils"], ["99.8", "386 596"], ["100", "387 369"], ["1 000", "000"]]
    assert pdf_cell_text.texts_of(cells)[1:3] == ["99.8 386 596", "100; 387 369"]
    assert pdf_cell_text.texts_of([["Homes"], ["100", "387 369"]]) == ["Homes", "100 387 369"]


def test_rules_around_rows_of_figures_leave_the_table_to_its_columns(tmp_path: Path) -> None:
    head = ("Aims", "2030", "2032", "2034")
    homes, clinics = ("Homes with water", "40%", "45%", "50%"), ("Clinics with staff", "70%", "75%", "80%")
    told = [
        ("1.1", "Better lives in all towns"),
        head,
        homes,
        clinics,
        ("1.2", "Fewer ills in all towns"),
        head,
        homes,
        clinics,
    ]
    places = {2: (55, 95), 4: (95, 220, 260, 300)}
    cells = [list(zip(places[len(row)], row, strict=True)) for row in told]
    blocks = read(tmp_path / "around.pdf", cells, grid((50, 90, 350), (771, 757, 715, 701, 659)))
    rows = [list(row) for block in blocks if block.kind == "table" for row in block.rows]
    assert [row[-3:] for row in rows if "%" in row[-1]] == [list(homes[1:]), list(clinics[1:])] * 2


def test_numbers_in_groups_are_no_columns_of_figures_within_a_cell(tmp_path: Path) -> None:
    cells = [CELLS[0], [(55, "Forests, ha"), (175, "3 238 540")], [(55, "Fields, ha"), (175, "1 455 324")]]
    cells += [[(55, "Lakes, ha"), (175, "2 352 371")]]
    (table,) = read(tmp_path / "groups.pdf", cells, grid((50, 170, 250), (*LEVELS, 715)))
    assert table.rows[1:] == [["Forests, ha", "3 238 540"], ["Fields, ha", "1 455 324"], ["Lakes, ha", "2 352 371"]]


def on_one_grid(*rows: list[str]) -> pdf_tables.RuledTable:
    columns = [(100.0 * i, 100.0 * i + 100) for i in range(len(rows[0]))]
    return pdf_tables._on_one_grid(pdf_tables.RuledTable(0, 0, 100 * len(columns), 300, list(rows), columns))


def test_a_head_over_other_columns_than_its_rows_stands_over_theirs() -> None:
    group = ["Ports", "", "", "", "of the coast", ""]
    moved = on_one_grid(
        ["Action", "Indicator", "", "2031", "", "Baseline"],
        ["Build", "", "Ports", "", "7", "3"],
        group,
        ["Pave", "", "Roads", "", "9", "none"],
    )
    assert moved.rows == [
        ["Action", "Indicator", "2031", "Baseline"],
        ["Build", "Ports", "7", "3"],
        ["Ports", "", "of the coast", ""],
        ["Pave", "Roads", "9", "none"],
    ]
    assert moved.columns == [(0, 100), (200, 300), (400, 500), (500, 600)]


@pytest.mark.parametrize(
    "rows",
    [
        (["Action", "", "2031", "Body"], ["Build", "7", "", "A"], ["Pave", "9", "B", ""]),
        (["Action", "", "2031", "Body"], ["Build", "7", "", "A"], ["Pave", "9", "4", "B"], ["Dig", "", "", ""]),
        (["Action", "2031", "Body", "", ""], ["Build", "", "", "7", "A"], ["Pave", "", "", "9", "B"]),
        (["Action", "", "2031", "Body"], ["Build", "7", "", "A"], ["Pave", "9", "", "B"], ["Dig", "8", "4", ""]),
        (
            ["Action", "", "2031", "Body", ""],
            ["Build", "7", "", "A", ""],
            ["Pave", "9", "", "B", ""],
            ["Dig", "", "", "", "4"],
        ),
        (["Action", "", "2031", "Body"], ["Build", "7", "", "A"], ["Dig", "", "", ""], ["Fill", "", "", ""]),
        (["Action", "2031", "Body"], ["Build", "7", "A"], ["Pave", "9", "B"]),
    ],
)
def test_other_tables_keep_their_columns(rows: tuple[list[str], ...]) -> None:
    assert on_one_grid(*rows).rows == [*rows]
