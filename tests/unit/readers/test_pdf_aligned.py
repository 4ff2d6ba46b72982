"""Tables of PDF pages without rules: columns by figures that stand below each other, rows by the distance of their lines."""

from pathlib import Path

from isthmus.readers.documents import pdf
from isthmus.readers.documents.document import read_document
from isthmus.readers.documents.pdf_aligned import aligned_tables
from isthmus.readers.documents.pdf_lines import Line
from isthmus.readers.documents.pdf_tables import RuledTable
from tests.unit.readers.test_documents import write_pdf

YEARS = (200, 224, 248)
HEAD = [(20, "Aim"), (110, "Unit"), *zip(YEARS, ("2027", "2029", "2031"), strict=True)]


def word(text: str, left: float, bottom: float) -> Line:
    return Line(text, left, left + 5 * len(text), bottom, bottom + 10, 10)


def words(*rows: tuple[float, list[tuple[int, str]]]) -> list[Line]:
    """Return the words of some rows, each with its height and its texts with the places where they begin."""
    return [
        word(text, left + 5 * len(" ".join([*told.split()[:i], ""])), bottom)
        for bottom, row in rows
        for left, told in row
        for i, text in enumerate(told.split())
    ]


def figures(*values: str) -> list[tuple[int, str]]:
    return list(zip(YEARS, values, strict=True))


PAGE = words(
    (700, HEAD),
    (685, [(20, "Share of roads"), (110, "%"), *figures("40", "50", "60")]),
    (673, [(20, "that are paved")]),
    (661, [(20, "by the county")]),
    (646, [(20, "Part two of the aims of the county, for all towns on the coast")]),
    (631, [(20, "Ports"), (110, "number"), *figures("3", "4", "5")]),
)


def test_rows_of_figures_below_each_other_are_a_table_with_the_text_beside_them() -> None:
    (table,) = aligned_tables(PAGE)
    assert table.rows == [
        ["Aim", "Unit", "2027", "2029", "2031"],
        ["Share of roads that are paved by the county", "%", "40", "50", "60"],
        ["Part two of the aims of the county, for all towns on the coast", "", "", "", ""],
        ["Ports", "number", "3", "4", "5"],
    ]


def test_a_row_that_fills_the_columns_of_a_table_may_stand_apart_below_it() -> None:
    last = [(20, "Quays"), (110, "km"), *zip(YEARS, ("7", "-", "set later"), strict=True)]
    apart = words((606, last), (594, [(248, "by law")]), (560, [(20, "All aims are checked by the county")]))
    (table,) = aligned_tables([*PAGE, *apart])
    assert table.rows[-1] == ["Quays", "km", "7", "-", "set later by law"]


def test_a_table_goes_on_with_a_single_row_on_the_next_page() -> None:
    before = aligned_tables(PAGE)[-1]
    row = words((760, [(20, "Quays"), (110, "km"), *figures("7", "8", "9")]))
    assert aligned_tables(row) == []
    assert [table.rows for table in aligned_tables(row, before)] == [[["Quays", "km", "7", "8", "9"]]]
    other = words((760, [(20, "Quays"), (120, "7"), (140, "8"), (160, "9")]))
    assert aligned_tables(other, before) == []


def test_numbers_in_sentences_and_rows_far_apart_are_no_table() -> None:
    text = words(
        (700, [(20, "In 2027 the county had 40 ports and 12 quays, all of them built")]),
        (688, [(20, "by towns of the coast: 20 in 2029, 30 in 2030 and 40 in 2031, it")]),
        (676, [(20, "says, and 7 more by 2035 with 5 quays and 300 boats for 9 towns.")]),
    )
    assert aligned_tables(text) == []
    shown = words(
        (700, [(20, "15% of all"), (120, "20% of the"), (220, "95% of it")]),
        (688, [(20, "ports by 7"), (120, "boats at 8"), (220, "quays by 9")]),
    )
    assert aligned_tables(shown) == []
    far = words((700, [(20, "Ports"), *figures("3", "4", "5")]), (600, [(20, "Quays"), *figures("7", "8", "9")]))
    assert aligned_tables(far) == []


def test_what_names_several_columns_of_a_head_stands_in_the_first_of_them() -> None:
    (table,) = aligned_tables([*PAGE, *words((715, [(20, "Aim of"), (205, "by the year")]))])
    assert table.rows[:2] == [["Aim of", "", "by the year", "", ""], ["Aim", "Unit", "2027", "2029", "2031"]]


def test_the_lines_around_a_table_without_rules_stand_above_and_below_it(tmp_path: Path) -> None:
    rows = [
        [
            (
                55,
                "Ports of the county, what they are to handle in each year that the plan names, and by whom they are kept:",
            )
        ]
    ]
    rows += [
        [(55, name), *zip((250, 300, 350), cells, strict=True)]
        for name, *cells in (
            ("Million tonnes", "2027", "2029", "2031"),
            ("Harbour of the north", "40", "50", "60"),
            ("Harbour of the south", "7", "8", "9"),
        )
    ]
    write_pdf(tmp_path / "bare.pdf", [*rows, [(55, "The county pays for them.")]], {4: 10})
    blocks = read_document(tmp_path / "bare.pdf").blocks
    assert [block.kind for block in blocks][1:] == ["table", "paragraph"]
    assert blocks[1].rows[1] == ["Harbour of the north", "40", "50", "60"]


def test_a_row_with_a_base_year_and_figures_goes_on_a_table_of_the_page_before() -> None:
    head = pdf.DocumentBlock("table", "", 1, [["Aim", "Year", "2030"], ["Ports", "2023", "4"]])
    more = pdf.DocumentBlock("table", "", 2, [["Quays", "2023", "7"]])
    other = pdf.DocumentBlock("table", "", 2, [["Aim", "2025", "2030"], ["Quays", "6", "7"]])
    (joined,) = pdf._merged(iter([head, more]))
    assert joined.rows[-1] == ["Quays", "2023", "7"]
    assert len(list(pdf._merged(iter([head, other])))) == 2


def test_numbers_with_spaces_and_years_with_words_stand_in_columns() -> None:
    head = words((700, [(20, "Year"), (100, "2027 (fact)"), (170, "2028 (plan)"), (240, "2029 (plan)")]))
    row = [word("Families", 20, 685), word("1 250", 125, 685), word("1 300", 190, 685), word("1 420", 262, 685)]
    (table,) = aligned_tables([*head, *row])
    assert table.rows == [
        ["Year", "2027 (fact)", "2028 (plan)", "2029 (plan)"],
        ["Families", "1 250", "1 300", "1 420"],
    ]


def test_years_below_values_begin_a_table_of_other_columns() -> None:
    above, below = aligned_tables(
        words(
            (700, [(20, "Aim"), (110, "2027"), (150, "2028"), (190, "2029"), (230, "2030")]),
            (685, [(20, "Births"), (110, "7300"), (150, "7200"), (190, "7100"), (230, "7000")]),
            (670, [(60, "Aim of towns"), (150, "2028"), (190, "2029"), (230, "2030")]),
            (655, [(60, "Rate of births"), (150, "1.26"), (190, "1.28"), (230, "1.32")]),
        )
    )
    assert above.rows[1] == ["Births", "7300", "7200", "7100", "7000"]
    assert below.rows == [["Aim of towns", "2028", "2029", "2030"], ["Rate of births", "1.26", "1.28", "1.32"]]


def test_a_line_over_the_columns_of_figures_parts_none_of_them() -> None:
    """Its words may end where a column does, as spaces stand anywhere in a sentence."""
    (table,) = aligned_tables(
        words(
            (700, HEAD),
            (685, [(20, "Roads"), (110, "km"), *figures("40", "50", "60")]),
            (673, [(20, "of towns")]),
            (658, [(20, "as changed by the decree of all the 17 towns of 3.4.2027")]),
            (643, [(20, "Ports"), (110, "number"), *figures("3", "4", "5")]),
        )
    )
    assert [len(row) - row.count("") for row in table.rows] == [5, 5, 1, 5]


def test_words_below_each_other_are_a_table_and_dates_are_no_figures() -> None:
    rows = [
        [(20, "Quay"), (120, "Ministry of ports"), (320, "2029")],
        [(20, "Road"), (120, "Agency"), (320, "May 2030")],
    ]
    rows += [[(20, "Bridge"), (120, "Town of Brod"), (320, "2031")]]
    (table,) = aligned_tables(words(*((700 - 12 * i, row) for i, row in enumerate(rows))))
    assert table.rows[1] == ["Road", "Agency", "May 2030"]
    dated = [(160, "01.01.2027"), (230, "31.12.2029")]
    assert aligned_tables(words(*((700 - 12 * i, dated) for i in range(3)))) == []


def test_a_table_goes_on_with_its_own_columns_where_they_are_as_many() -> None:
    columns = [(60, 95), (95, 130), (130, 212), (212, 238), (238, 260)]
    before = RuledTable(60, 685, 260, 710, [["1", "2", "3", "4", "5"]], columns)
    rows = words(
        (760, [(20, "Pavedroads"), (150, "%"), *figures("7", "8", "9")]),
        (745, [(20, "Ports"), (150, "%"), *figures("2", "3", "4")]),
    )
    assert [table.rows[0] for table in aligned_tables(rows, before)] == [["Pavedroads", "%", "7", "8", "9"]]


def test_a_line_of_a_head_with_figures_begins_no_row_where_rows_stand_apart() -> None:
    page = words(
        (700, [(20, "Aim"), (200, "Year 1"), (260, "Year 2"), (320, "Year 3")]),
        (688, [(20, "of all"), (200, "aim"), (260, "aim"), (320, "aim")]),
        (666, [(20, "Roads"), (200, "40 of"), (260, "50 of"), (320, "60 of")]),
        (654, [(200, "110"), (260, "120"), (320, "130")]),
        (632, [(20, "Ports"), (200, "3"), (260, "4"), (320, "5")]),
        (610, [(20, "Quays"), (200, "6"), (260, "7"), (320, "8")]),
        (588, [(20, "Canals"), (200, "6"), (260, "7"), (320, "9")]),
    )
    (table,) = aligned_tables(page)
    assert table.rows[:2] == [
        ["Aim of all", "Year 1 aim", "Year 2 aim", "Year 3 aim"],
        ["Roads", "40 of 110", "50 of 120", "60 of 130"],
    ]


def test_text_over_all_columns_parts_two_tables_with_other_columns() -> None:
    first = [
        (700 - 15 * i, [(20, name), (200, "4"), (240, "5"), (280, "6")]) for i, name in enumerate(("Roads", "Ports"))
    ]
    text = [(670, [(20, "The county counts what each of its towns builds by the years below")])]
    second = [
        (655 - 15 * i, [(20, name), (120, "7"), (200, "8"), (240, "9"), (300, "10")])
        for i, name in enumerate(("Quays", "Canals"))
    ]
    tables = aligned_tables(words(*first, *text, *second))
    assert [len(table.rows[0]) for table in tables] == [4, 5]


def test_letters_that_are_set_one_by_one_in_narrow_columns_are_words(tmp_path: Path) -> None:
    row = [(60, "R"), (67, "o"), (73, "a"), (79, "d"), (200, "7"), (240, "8"), (280, "9")]
    write_pdf(tmp_path / "letters.pdf", [row] * 50)
    (table,) = read_document(tmp_path / "letters.pdf").blocks
    assert {tuple(cells) for cells in table.rows} == {("Road", "7", "8", "9")}


def test_a_row_whose_bound_stands_above_its_figures_is_one_row() -> None:
    page = words(
        (722, [(20, "Canals"), (200, "1"), (260, "2"), (320, "3"), (380, "4")]),
        (700, [(20, "Roads"), (200, "40"), (260, "50"), (320, "at least"), (380, "at least")]),
        (688, [(20, "in towns"), (320, "60"), (380, "70")]),
        (666, [(20, "Ports"), (200, "3"), (260, "4"), (320, "at least"), (380, "at least")]),
        (654, [(20, "at sea"), (320, "5"), (380, "6")]),
    )
    (table,) = aligned_tables(page)
    assert table.rows[1:] == [
        ["Roads in towns", "40", "50", "at least 60", "at least 70"],
        ["Ports at sea", "3", "4", "at least 5", "at least 6"],
    ]


def test_figures_within_the_name_of_a_row_part_no_columns() -> None:
    page = words(
        (700, [(20, "Aim"), *figures("2027", "2029", "2031")]),
        (685, [(20, "Wells for 1"), (78, "000 people of towns")]),
        (685, figures("40", "50", "60")),
        (670, [(20, "Ports for 1"), (78, "000 people of towns")]),
        (670, figures("3", "4", "5")),
    )
    (table,) = aligned_tables(page)
    assert [cells[-3:] for cells in table.rows] == [["2027", "2029", "2031"], ["40", "50", "60"], ["3", "4", "5"]]
    assert table.rows[1][0] == "Wells for 1 000 people of towns"


def test_a_row_without_a_name_right_below_a_head_of_years_is_none_of_it() -> None:
    named = [
        (674 - 14 * n, [(20, name), (110, "number"), *figures("3", "4", "5")])
        for n, name in enumerate(("Ferries", "Locks"))
    ]
    (table,) = aligned_tables(words((700, HEAD), (688, figures("7", "8", "9")), *named))
    assert table.rows[:2] == [["Aim", "Unit", "2027", "2029", "2031"], ["", "", "7", "8", "9"]]
