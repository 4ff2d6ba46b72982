import pytest

from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Status
from isthmus.plans.plan import Kind
from isthmus.readers.study.targets import read_targets

HEADER = "id,text,lang,kind,operator,value,unit,year,status,partner\n"


def write(folder, rows):
    path = folder / "targets.csv"
    path.write_text(HEADER + rows, "utf-8")
    return path


def test_reads_numbers_and_leaves_empty_cells_empty(tmp_path):
    first, second = read_targets(
        write(tmp_path, "a,Rise to 2,en,level,>=,2.5,%,2030,quoted,AAA\nb,Be good,en,qualitative,,,,,verified,BBB\n"),
        ("AAA", "BBB"),
    )
    assert (first.kind, first.value, first.year, first.status) == (Kind.LEVEL, 2.5, 2030, Status.QUOTED)
    assert (second.value, second.year, second.operator) == (None, None, "")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("a,t,en,levle,>=,2,%,2030,quoted,AAA", "column kind.*levle"),
        ("a,t,en,level,=>,2,%,2030,quoted,AAA", "column operator"),
        ("a,t,en,level,>=,two,%,2030,quoted,AAA", "column value"),
        ("a,t,en,level,>=,2,%,2030,sure,AAA", "column status"),
        ("a,t,en,level,>=,2,%,2030,quoted,CCC", "column partner"),
        ("a,t,en,level,>=,2,%,2030,quoted,AAA\na,t,en,level,>=,2,%,2030,quoted,AAA", "duplicate"),
    ],
)
def test_names_the_cell_that_cannot_be_used(tmp_path, row, message):
    with pytest.raises(BadInputError, match=message):
        read_targets(write(tmp_path, row + "\n"), ("AAA", "BBB"))
