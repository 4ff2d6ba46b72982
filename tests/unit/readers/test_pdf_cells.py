"""Tables of PDF pages without rules that are written cell by cell: columns by where lines begin, rows by the steps up."""

from isthmus.readers.documents.pdf_cells import as_head, cell_tables
from isthmus.readers.documents.pdf_lines import Line
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
    assert as_head(table, table) is None
