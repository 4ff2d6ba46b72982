"""Tables of PDF pages without rules that are written cell by cell: columns by where lines begin, rows by the steps up."""

from pathlib import Path

import pypdfium2 as pdfium

from isthmus.readers.documents import pdf
from isthmus.readers.documents.pdf_aligned import words_of
from isthmus.readers.documents.pdf_cells import as_head, cell_tables, headed
from isthmus.readers.documents.pdf_lines import Line
from isthmus.readers.documents.pdf_tables import RuledTable
from tests.unit.readers.test_documents import write_pdf
from tests.unit.readers.test_pdf_aligned import word

COLUMNS = (20, 60, 200, 330)


def cell(column: int, top: float, *lines: str) -> list[Line]:
    """Return the words of a cell whose lines begin at one place."""
    return [
        word(text, COLUMNS[column] + 5 * len(" ".join([*line.split()[:i], ""])), top - 12 * n)
        for n, line in enumerate(lines)
        for i, text in enumerate(line.split())
    ]


def row(top: float, *cells: tuple[str, ...]) -> list[Line]:
    return [found for column, lines in enumerate(cells) for found in cell(column, top, *lines)]


HEAD = row(700, ("No",), ("Measure",), ("Who is", "in charge"), ("What comes", "of it"))
ROADS = row(
    670, ("1.",), ("Paving of roads", "in the county", "and in towns"), ("Office", "of roads"), ("30 km", "by 2031")
)
PORTS = row(614, ("2.",), ("New quays at", "both ports"), ("Office", "of ports", "and ships"), ("4 quays", "by 2032"))


def test_cells_that_are_written_one_after_another_are_a_table_with_lines_over_several_columns() -> None:
    (table,) = cell_tables([*HEAD, *ROADS, *cell(0, 630, "Part two, of the aims of the county in a line"), *PORTS])
    assert table.rows == [
        ["No", "Measure", "Who is in charge", "What comes of it"],
        ["1.", "Paving of roads in the county and in towns", "Office of roads", "30 km by 2031"],
        ["Part two, of the aims of the county in a line", "", "", ""],
        ["2.", "New quays at both ports", "Office of ports and ships", "4 quays by 2032"],
    ]


def test_two_columns_of_running_text_are_no_table() -> None:
    lines = ("the county has roads", "and some of them", "are paved with stone", "as long as it lasts")
    left = [found for top in (700, 650, 600) for found in cell(0, top, *lines)]
    assert cell_tables([*left, *[Line(n.text, n.left + 200, n.right + 200, n.bottom, n.top, 10) for n in left]]) == []


def test_the_rest_of_a_row_of_the_page_before_begins_a_table_of_as_many_columns() -> None:
    (before,) = cell_tables([*HEAD, *ROADS, *PORTS])
    rest = cell(1, 760, "with a new", "lighthouse")
    page = [*rest, *row(730, ("3.",), ("Ferries to", "the islands"), ("Office", "of ports"), ("2 ferries", "by 2033"))]
    page += row(700, ("4.",), ("Buses to", "the ferries"), ("Office", "of roads"), ("9 buses", "by 2033"))
    (alone,), (table,) = cell_tables(page), cell_tables(page, before)
    assert table.rows == [["", "with a new lighthouse", "", ""], *alone.rows]
    assert [part[0] for part in alone.rows] == ["3.", "4."]


def test_a_lone_row_is_the_head_of_the_table_that_goes_on_below_each_of_its_cells() -> None:
    (table,), head = cell_tables([*ROADS, *PORTS]), ("Measures of", "the county")
    lone = [*cell(1, 90, *head, "by name"), *cell(2, 90, "Who is", "in charge", "of it"), *cell(3, 90, "What", "comes")]
    (found,) = cell_tables([*cell(0, 90, "No", "of the"), *lone, *cell(3, 66, "of it")])
    joined = as_head(found, table)
    assert joined is not None
    assert joined.rows == [
        ["No of the", "Measures of the county by name", "Who is in charge of it", "What comes of it"]
    ]


def test_figures_that_stand_close_beside_each_other_are_cells() -> None:
    years = [[word(text, 330 + 26 * i, top) for i, text in enumerate(("2026", "100", "90,5"))] for top in (670, 634)]
    page = [*cell(0, 670, "1."), *cell(1, 670, "Roads", "in towns"), *cell(2, 670, "Office", "of roads"), *years[0]]
    page += [*cell(0, 634, "2."), *cell(1, 634, "Quays", "and ports"), *cell(2, 634, "Office", "of ports"), *years[1]]
    (table,) = cell_tables(page)
    assert table.rows[0] == ["1.", "Roads in towns", "Office of roads", "2026", "100", "90,5"]


def test_the_number_of_a_row_that_touches_its_name_is_a_word_of_its_own(tmp_path: Path) -> None:
    write_pdf(tmp_path / "plan.pdf", [[(50, "1.Roads of 2.5 km, 1.2.Ports")]])
    with pdfium.PdfDocument(tmp_path / "plan.pdf") as source:
        text_page = source[0].get_textpage()
        words = [found.text for found in words_of(text_page.get_text_range(), text_page)]
        text_page.close()
    assert words == ["1.", "Roads", "of", "2.5", "km,", "1.2.", "Ports"]


def test_lines_of_cells_that_stand_beside_each_other_are_no_rows() -> None:
    lines = ("which the", "county pays", "with towns", "and ports", "each year")
    rows = row(670, ("1.",), ("Paved roads", *lines), ("Office of", *lines), ("Towns of", *lines))
    rows += row(580, ("2.",), ("New quays", *lines), ("Office of", *lines), ("Ports of", *lines))
    (page,) = pdf._with_aligned([pdf.Page(1, [], words=rows)])
    assert [[cells[0] for cells in table.rows] for table in page.tables] == [["1.", "2."]]


def test_rows_without_rules_below_a_ruled_head_are_one_table_with_it() -> None:
    """The name of the rows stands over their numbers too and is told of the names."""
    heads = [["Aim", "Unit", "Aim of the plan", ""], ["", "", "2029", "2031"]]
    head = RuledTable(20, 700, 300, 740, heads, [(20, 120), (120, 160), (160, 230), (230, 300)])
    columns = [(20, 40), (40, 125), (125, 158), (158, 228), (228, 300)]
    rows = [["1.", "Roads", "km", "40", "50"], ["2.", "Ports", "number", "3", "4"]]
    below = RuledTable(20, 600, 300, 690, rows, columns)
    (table,) = headed([head], [below])
    assert table.rows == [["", "Aim", "Unit", "Aim of the plan", ""], ["", "", "", "2029", "2031"], *rows]
    for other in (RuledTable(20, 600, 300, 640, rows, columns), RuledTable(20, 600, 90, 690, [["1."]], [(20, 90)])):
        assert list(headed([head], [other])) == [head, other]


def test_a_head_of_several_rows_that_the_next_page_repeats_is_told_once() -> None:
    heads = [["Aim", "Aim of the plan", ""], ["", "2029", "2031"]]
    blocks = [
        pdf.DocumentBlock("table", "", page, [*heads, [name, "7", "9"], [f"New {name}", "5", "6"]])
        for page, name in ((1, "roads"), (2, "ports"))
    ]
    (joined,) = pdf._merged(iter(blocks))
    assert [cells[0] for cells in joined.rows] == ["Aim", "", "roads", "New roads", "ports", "New ports"]


def test_the_words_of_a_justified_line_stand_apart_in_one_cell() -> None:
    """A cell further to the right begins level with the first line of its row, however the last one of a cell is set."""
    lines = ("New roads", "and paved", "ways")
    names = [*cell(1, 670, *lines), word("of", 160, 646), *cell(1, 634, "the hills", "and in the towns at sea")]
    office = [*cell(2, 670, "Office", "of roads", "and quays"), *cell(3, 670, "30 km", "by 2031")]
    (table,) = cell_tables(
        [*HEAD, *cell(0, 670, "1."), *names, *office, *row(590, ("2.",), *[("Ports", "of sea")] * 3)]
    )
    assert table.rows[1] == [
        "1.",
        "New roads and paved ways of the hills and in the towns at sea",
        "Office of roads and quays",
        "30 km by 2031",
    ]


def test_an_item_that_the_end_of_its_page_breaks_off_goes_on_below() -> None:
    said = "2.沉船保护工程:依托省水下考古研究所和沿海各市博物馆，组织开展沉船遗址调查，编制调查报告。重点实施江"
    blocks = [pdf.DocumentBlock("item", said, 1), pdf.DocumentBlock("paragraph", "州、临港等地沉船文物的修复。", 2)]
    (joined,) = pdf._merged(iter(blocks))
    assert joined.text == f"{said}州、临港等地沉船文物的修复。"
    short = [pdf.DocumentBlock("item", "2.沉船保护工程", 1), blocks[1]]
    assert list(pdf._merged(iter(short))) == short


def test_a_line_with_a_sentence_or_an_open_quotation_is_no_heading() -> None:
    page = pdf.Page(1, [], 10.0)
    kinds = [
        pdf._paragraph(text, None, page).kind for text in ("加强管理。做好对外宣", "实施“海上渔场、深", "保护文物")
    ]
    assert kinds == ["paragraph", "paragraph", "heading"]


def test_a_cell_of_codes_close_in_front_of_the_next_cell_is_a_column_of_its_own() -> None:
    page: list[Line] = []
    for top, name in ((700, ("Roads", "in towns")), (660, ("Quays", "and ports")), (620, ("Buses", "to ferries"))):
        codes = [word(text, 160 + 8 * i, top) for i, text in enumerate(("1", "-", "5"))]
        body = [word("Office", 189, top), word("of works", 189, top - 12)]
        page += [*cell(0, top, "1."), *cell(1, top, *name), *codes, *body, *cell(3, top, "30 km", "by 2031")]
    (table,) = cell_tables(page)
    assert table.rows[0] == ["1.", "Roads in towns", "1 - 5", "Office of works", "30 km by 2031"]


def test_edges_of_the_shading_of_a_head_are_no_columns() -> None:
    table = RuledTable(20, 600, 400, 660, [["Homes", "40", "50"]], [(20, 190), (190, 300), (300, 400)])
    places = [(20, 25), (25, 180), (180, 195), (195, 290), (290, 305), (305, 395)]
    head = RuledTable(20, 660, 400, 680, [["", "Aim", "", "2027", "", "2031"]], places)
    assert [found.rows for found in headed([head], [table])] == [[["Aim", "2027", "2031"], ["Homes", "40", "50"]]]
