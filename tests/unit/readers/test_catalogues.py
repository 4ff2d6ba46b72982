from importlib import resources
from pathlib import Path

import pytest

from isthmus.border.standards import Degree, Reference
from isthmus.core.errors import BadInputError
from isthmus.readers.study.catalogues import (
    number_of,
    read_catalogue,
    read_deliverables,
    read_ics_map,
    read_recognition,
    read_shares,
)  # fmt: skip

DATA = Path(__file__).parents[2] / "data"
BORDER = Path(str(resources.files("isthmus"))) / "assets" / "border"
FIELDS = ("03", "21", "25", "27", "35")


@pytest.mark.parametrize("name", ["iso_deliverables_metadata.csv", "iso_deliverables_metadata.jsonl"])
def test_both_layouts_of_the_deliverables_file_give_the_same(name):
    references, notes = read_deliverables(DATA / name, FIELDS)
    assert references == (
        Reference("ISO 9001", ("03.120.10",), 5),
        Reference("ISO 4762", ("21.060.10",), 4),
        Reference("ISO 50001", ("27.015", "03.100.70"), 2),
    )
    assert {note.what: note.count for note in notes} == {
        "left out: supplements": 1,
        "left out: not published or withdrawn": 2,
        "left out: without an ICS code": 1,
    }


def test_an_unknown_ics_field_names_row_and_allowed(tmp_path):
    text = (DATA / "iso_deliverables_metadata.csv").read_text("utf-8").replace("21.060.10", "98.060.10")
    (tmp_path / "d.csv").write_text(text, "utf-8")
    with pytest.raises(BadInputError, match=r"d.csv, row 5, ICS code: found '98.060.10'.*Allowed: NN") as caught:
        read_deliverables(tmp_path / "d.csv", FIELDS)
    assert caught.value.exit_code == 2


def test_circular_replacements_are_refused(tmp_path):
    text = (DATA / "iso_deliverables_metadata.csv").read_text("utf-8")
    text = text.replace("9092,[46486],,", "9092,[46486],[46486],")
    (tmp_path / "d.csv").write_text(text, "utf-8")
    with pytest.raises(BadInputError, match="circular reference"):
        read_deliverables(tmp_path / "d.csv", FIELDS)


def test_a_missing_column_is_named(tmp_path):
    (tmp_path / "d.csv").write_text("id,reference\n1,ISO 1\n", "utf-8")
    with pytest.raises(BadInputError, match="column deliverableType, supplementType, edition"):
        read_deliverables(tmp_path / "d.csv", FIELDS)


def catalogue(tmp_path, *rows):
    path = tmp_path / "c.csv"
    path.write_text("\n".join(["standard,ics,adopts,degree,edition", *rows]) + "\n", "utf-8")
    return read_catalogue(path, "L", FIELDS)


def test_a_national_catalogue(tmp_path):
    read = catalogue(tmp_path, "NX 1,25.040,ISO 9001:2008,Identical,4", "NX 2,,iso 4762,not equivalent,", "NX 3,25,,,")
    assert [(a.adopts, a.degree, a.edition) for a in read.adoptions] == [
        ("ISO 9001", Degree.IDENTICAL, 4),
        ("ISO 4762", Degree.NOT_EQUIVALENT, None),
    ]
    assert [n.count for n in read.notes] == [1]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (("NX 1,25,ISO 1,identical,1", "NX 1,25,ISO 1,modified,1"), "duplicate"),
        (("NX 1,25,NX 2,identical,1", "NX 2,25,NX 1,identical,1"), "circular reference NX 1 > NX 2 > NX 1"),
        (("NX 1,25,ISO 1,equal,1",), "identical, modified, not_equivalent"),
        (("NX 1,2x,ISO 1,identical,1",), "ICS code"),
        (("NX 1,25,ISO 1,identical,first",), "whole number"),
    ],
)
def test_bad_catalogues_are_refused(tmp_path, rows, message):
    with pytest.raises(BadInputError, match=message):
        catalogue(tmp_path, *rows)


def test_number_of_drops_the_year():
    assert number_of("ISO/IEC  27001:2022") == "ISO/IEC 27001"
    assert number_of("ISO 9001") == "ISO 9001"


def test_the_packaged_tables_can_be_read():
    weights, names = read_ics_map(BORDER / "ics_isic.csv")
    assert len(names) == 40
    assert (weights.groupby("ics")["weight"].sum() > 0).all()
    shares = read_shares(BORDER / "adoption_shares.csv")
    assert all(share.source for share in shares.values())


def test_the_example_catalogue_can_be_read():
    folder = BORDER / "example_catalogue"
    names = read_ics_map(BORDER / "ics_isic.csv")[1]
    references, notes = read_deliverables(folder / "deliverables.csv", names)
    assert len(references) == 60
    assert {n.count for n in notes} == {1}
    for side in ("left", "right"):
        known = {r.number for r in references}
        assert {a.adopts for a in read_catalogue(folder / f"{side}.csv", side, names).adoptions} <= known
    assert len(read_recognition(folder / "recognition.csv", names)) == 3
