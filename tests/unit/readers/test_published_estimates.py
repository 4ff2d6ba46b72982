"""What others found is read with its ends, its words in further languages, and errors that name the row."""

from pathlib import Path

import pytest

from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Status
from isthmus.readers.study.estimates import read_estimates

HEAD = "id,authors,year,address,simulated,measure,whom,result_low,result_high,unit,status,note"
ROW = "one,Nobody,2020,http://example.org,No tariffs,welfare,Aland,1.5,2.5,%,verified,Abstract"


def test_a_row_is_read_as_it_stands(tmp_path: Path) -> None:
    (found,) = read_estimates(_file(tmp_path, ROW))
    assert (found.id, found.authors, found.year, found.whom) == ("one", "Nobody", 2020, "Aland")
    assert (found.low, found.high, found.unit) == (1.5, 2.5, "%")
    assert found.status is Status.VERIFIED
    assert not any(found.words.values())


def test_an_empty_end_is_none_and_the_order_of_the_file_stays(tmp_path: Path) -> None:
    rows = [
        ROW.replace("1.5,2.5", ",2.5"),
        ROW.replace("one", "two").replace("1.5,2.5", "0,"),
        ROW.replace("one", "abc"),
    ]
    found = read_estimates(_file(tmp_path, *rows))
    assert [(e.id, e.low, e.high) for e in found] == [("one", None, 2.5), ("two", 0.0, None), ("abc", 1.5, 2.5)]


def test_words_in_further_languages_are_known_by_column_and_language(tmp_path: Path) -> None:
    path = tmp_path / "estimates.csv"
    path.write_text(f"{HEAD},simulated_ru,whom_zh\n{ROW},Пошлин нет,甲国\n{ROW.replace('one', 'two')},,\n", "utf-8")
    first, second = read_estimates(path)
    assert first.words == {"simulated": {"ru": "Пошлин нет"}, "whom": {"zh": "甲国"}}
    assert second.words == {"simulated": {}, "whom": {}}


@pytest.mark.parametrize(
    ("row", "named"),
    [
        (ROW.replace("1.5,2.5", "3,2.5"), "result_low"),
        (ROW.replace("verified", "certain"), "status"),
        (ROW.replace("2020", "soon"), "year"),
    ],
)
def test_what_cannot_be_read_is_refused_with_row_and_column(tmp_path: Path, row: str, named: str) -> None:
    with pytest.raises(BadInputError) as refused:
        read_estimates(_file(tmp_path, row))
    assert "estimates.csv" in str(refused.value)
    assert "2" in str(refused.value)
    assert named in str(refused.value)


def test_an_id_stands_once_and_every_column_is_there(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="one"):
        read_estimates(_file(tmp_path, ROW, ROW))
    (tmp_path / "estimates.csv").write_text(HEAD.replace(",whom", "") + "\n", "utf-8")
    with pytest.raises(BadInputError, match="whom"):
        read_estimates(tmp_path / "estimates.csv")


def _file(place: Path, *rows: str) -> Path:
    path = place / "estimates.csv"
    path.write_text("\n".join([HEAD, *rows]) + "\n", "utf-8")
    return path
