"""A table is read whole or refused with its file and row: no cell is cut, filled or guessed."""

import gzip
from pathlib import Path

import pandas as pd
import pytest

from isthmus.core.errors import BadInputError
from isthmus.readers import files
from isthmus.readers.guard import guard, guarded
from isthmus.readers.tables import ExpectedColumn, read_table, read_text

COLUMNS = {"name": "text", "value": "number"}


def table(tmp_path: Path, content: str | bytes, **options: object) -> pd.DataFrame:
    path = tmp_path / "t.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_table(path, options.pop("columns", COLUMNS), **options).frame  # type: ignore[arg-type]


WRONG = {
    "a decimal comma without quotes": ("name,value\na,1\nb,0,152\n", ["row 3", "3 cells under a header of 2"]),
    "a surplus cell in a table with quotes": ('name,value\n"a",1,2\n', ["row 2", "3 cells"]),
    "a cell too few": ("name,value\na\n", ["row 2", "1 cells"]),
    "a surplus cell that is empty": ("name,value\na,1,\n", ["row 2", "3 cells"]),
    "a column twice": ("name,value,value\na,1,2\n", ["header", "column value stands twice"]),
    "a decimal comma in quotes": ('name,value\na,"0,152"\n', ["row 2, column value", "'0,152'"]),
    "points among decimal commas": ("name;value\na;1,5\nb;1.500\n", ["row 3, column value", "'1.500'"]),
    "an endless number": ("name,value\na,inf\n", ["row 2, column value", "'inf'"]),
    "a number too large to hold": ("name,value\na,1e999\n", ["row 2, column value", "'1e999'"]),
    "no number": ("name,value\na,nan\n", ["row 2, column value", "'nan'"]),
    "a hexadecimal": ("name,value\na,0x1A\n", ["row 2, column value"]),
    "underscores": ("name,value\na,1_000\n", ["row 2, column value"]),
    "figures of another script": ("name,value\na,٣\n", ["row 2, column value"]),
    "an open quote": ('name,value\n"a,1\nb,2\n', ["cannot be taken apart"]),
    "text behind a quote": ('name,value\n"a"b,1\n', ["cannot be taken apart"]),
    "a cell without end": ("name,value\n" + '"' + "a" * 200_000 + '",1\n', ["t.csv", "131072"]),
    "a column without a name": ("name,value,\na,1,x\n", ["row 2", "no name"]),
    "columns without end": (",".join(f"c{i}" for i in range(20_000)) + "\n", ["20000 columns"]),
    "nothing": ("", ["is empty"]),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_read_is_named(tmp_path: Path, case: str) -> None:
    content, words = WRONG[case]
    with pytest.raises(BadInputError) as raised:
        table(tmp_path, content)
    for word in ["t.csv", *words, "Allowed", "To do"]:
        assert word in str(raised.value)


@pytest.mark.parametrize(
    ("header", "meant"),
    [("base_yaer", "base_year"), ("Base_Year", "base_year"), ("base_year", ""), ("remark", ""), ("share_c", "")],
)
def test_a_misspelt_optional_column_is_named_and_other_columns_are_not(tmp_path: Path, header: str, meant: str) -> None:
    options = {"optional": {"base_year": "whole", "share_b": "number"}, "other": None}
    content = f"name,value,{header}\na,1,2020\n"
    if not meant:
        assert len(table(tmp_path, content, **options)) == 1
        return
    with pytest.raises(BadInputError, match=f"{header} is not known, but nearly {meant}"):
        table(tmp_path, content, **options)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("quote", ["", '"'])
def test_lines_end_as_on_any_system(tmp_path: Path, ends: str, quote: str) -> None:
    found = table(tmp_path, ends.join(["name,value", f"{quote}a{quote},1.5", "b,-2e3", ""]))
    assert found.to_dict("list") == {"name": ["a", "b"], "value": [1.5, -2000.0]}
    assert list(found.index) == [2, 3]


def test_numbers_of_other_habits_are_read(tmp_path: Path) -> None:
    found = table(tmp_path, "name;value\na;1\u00a0234,5\nb;0,152\nc;\n")
    assert list(found["value"][:2]) == [1234.5, 0.152]
    assert found["value"].isna().tolist() == [False, False, True]
    assert list(table(tmp_path, "name;value\na;0.152\n")["value"]) == [0.152]


def test_fast_and_careful_reading_agree(tmp_path: Path) -> None:
    rows = [f"n{i},{i * 0.1 if i % 7 else ''},{i}" for i in range(500)]
    columns = {"name": "text", "value": "number", "count": "whole"}
    quick = table(tmp_path, "name,value,count\n" + "\n".join(rows), columns=columns)
    careful = table(tmp_path, "name,value,count\n" + "\n".join(rows) + "\n\n", columns=columns)
    quoted = table(tmp_path, '"name",value,count\n' + "\n".join(rows), columns=columns)
    pd.testing.assert_frame_equal(quick, careful, check_index_type=False)
    pd.testing.assert_frame_equal(quick, quoted, check_index_type=False)


RULES = {
    "a word of no list": (ExpectedColumn(allowed=("a", "b")), "c", "a, b"),
    "an empty cell": (ExpectedColumn(filled=True), "", "no empty cell"),
    "too small": (ExpectedColumn("number", low=0), "-1", "at least 0"),
    "too large": (ExpectedColumn("number", high=1), "2", "at most 1"),
    "not above": (ExpectedColumn("number", above=-1), "-1", "above -1"),
    "an endless whole number": (ExpectedColumn("whole"), "inf", "whole number"),
    "half a whole number": (ExpectedColumn("whole"), "1.5", "whole number"),
    "no flag": (ExpectedColumn("flag"), "perhaps", "true or false"),
}


@pytest.mark.parametrize("case", RULES)
@pytest.mark.parametrize("quote", ["", '"'])
def test_a_cell_outside_its_column_is_named(tmp_path: Path, case: str, quote: str) -> None:
    rule, cell, allowed = RULES[case]
    with pytest.raises(BadInputError) as raised:
        table(tmp_path, f"name,value\n{quote}x{quote},{cell}\n", columns={"name": "text", "value": rule})
    assert "t.csv, row 2, column value" in raised.value.where
    assert allowed in raised.value.allowed


def test_gzip_is_unpacked_up_to_a_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = gzip.compress(b"name,value\na,1\n")
    assert list(table(tmp_path, whole)["value"]) == [1.0]
    assert list(table(tmp_path, whole + gzip.compress(b"b,2\n"))["value"]) == [1.0, 2.0]
    for broken in (whole[:-6], whole[:12] + b"\xff" * 8 + whole[20:], whole + b"rubbish"):
        with pytest.raises(BadInputError, match="gzip cannot be read"):
            table(tmp_path, broken)
    monkeypatch.setattr(files.unpacked, "__defaults__", (1,))
    with pytest.raises(BadInputError, match="more than 1 MB"):
        table(tmp_path, gzip.compress(b"name,value\n" + b"a,1\n" * 1_000_000))


def test_a_path_that_is_no_file_is_named(tmp_path: Path) -> None:
    for path in (tmp_path, Path(""), tmp_path / "none.csv"):
        with pytest.raises(BadInputError, match="To do"):
            read_table(path, {})


@pytest.mark.parametrize(
    "cell", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "'=x", "''-y", "- raise exports", "-x"]
)
def test_text_that_looks_like_a_formula_is_disarmed_and_comes_back(tmp_path: Path, cell: str) -> None:
    frame = guarded(pd.DataFrame({"name": [cell], "value": [1.0]}))
    assert frame["name"].iloc[0] == f"'{cell}"
    text = frame.to_csv(index=False)
    assert table(tmp_path, text)["name"].iloc[0] == cell


@pytest.mark.parametrize("cell", ["-8", "+5 %", "-0.5e3", "=", ">=", "<=", "~", "plain", "", "'quoted'", 3.5, None])
def test_numbers_and_signs_stay_as_they_are(cell: object) -> None:
    assert guard(cell) == cell


def test_other_files_are_read_within_limits(tmp_path: Path) -> None:
    (tmp_path / "t.json").write_bytes(b"{}\r\n{}")
    assert read_text(tmp_path / "t.json") == "{}\n{}"
