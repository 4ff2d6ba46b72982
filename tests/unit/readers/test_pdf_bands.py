"""Tables of PDF pages whose rows are shaded by turns, and shading that makes no table."""

from pathlib import Path

from tests.unit.readers.test_pdf_tables import grid, lines, read

XS = ((50, 120), (170, 50), (220, 50))


def shaded(*levels: int, left: int = 0) -> str:
    boxes = " ".join(f"{x} {y} {w} 14 re f" for y in levels for x, w in XS[left:])
    return f"0.9 g {boxes} 0 g\n"


HEAD = [(55, "Area"), (175, "2029"), (225, "2031")]
AREAS = [[(55, name), (175, value), (225, "9")] for name, value in (("Roads", "4"), ("Ports", "7"), ("Quays", "8"))]
ROWS = [["Area", "2029", "2031"], ["Roads", "4", "9"], ["Ports", "7", "9"], ["Quays", "8", "9"]]


def test_rows_shaded_by_turns_are_one_table(tmp_path: Path) -> None:
    (table,) = read(tmp_path / "turns.pdf", [HEAD, *AREAS], shaded(757, 729))
    assert table.rows == ROWS


def test_a_row_without_shading_ends_a_table_and_a_sentence_does_not(tmp_path: Path) -> None:
    cells = [HEAD, *AREAS, [], [(55, "Quays in towns count from the year 2027 on.")]]
    table, *rest = read(tmp_path / "last.pdf", cells, grid((50, 170, 220, 270), (771, 757)) + "\n" + shaded(729))
    assert table.rows == ROWS
    assert [block.text for block in rest] == ["Quays in towns count from the year 2027 on."]


def test_a_head_without_sides_has_the_columns_of_the_shaded_row_below_it(tmp_path: Path) -> None:
    inner = lines((50, 771, 270, 771), (50, 757, 270, 757), *((x, 771, x, 757) for x in (170, 220)))
    (table,) = read(tmp_path / "sides.pdf", [HEAD, AREAS[0]], f"{shaded(743)}{inner}")
    assert table.rows == ROWS[:2]


def test_shaded_lines_of_a_sentence_are_no_table(tmp_path: Path) -> None:
    words = [
        [(50, "The county paves roads with the money of towns")],
        [(50, "and it mends more of the quays there are.")],
    ]
    drawn = "0.9 g 50 757 100 14 re f 150 757 150 14 re f 50 743 100 14 re f 150 743 120 14 re f 0 g\n"
    assert [block.kind for block in read(tmp_path / "sentence.pdf", words, drawn)] != ["table"]


def test_names_of_columns_of_several_lines_stand_below_a_name_for_all_of_them(tmp_path: Path) -> None:
    cells = [
        [(180, "Aims of the town")],
        [(175, "Aim of"), (225, "Aim of")],
        [(175, "2029"), (225, "2031")],
        AREAS[0],
        AREAS[1],
    ]
    inner = lines((50, 715, 270, 715), *((x, 729, x, 701) for x in (170, 220)))
    table, *_ = read(tmp_path / "names.pdf", cells, grid((50, 270), (771, 729, 701)) + "\n" + inner)
    assert table.rows[1] == ["", "Aim of 2029", "Aim of 2031"]
