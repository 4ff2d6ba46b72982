"""World directories: other labels, dialects people really write, and exact words about everything that cannot be used."""

import dataclasses
import gzip
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from isthmus.core.errors import BadInputError
from isthmus.economy.calibrate import calibrate
from isthmus.economy.synthetic import synthetic_world
from isthmus.readers.worlds.world import load_baseline, read_world, world_directory
from isthmus.readers.worlds.write import write_world

FLOWS, TARIFFS, SETS = "flows_2019.csv", "tariffs.csv", "trade_elasticities.csv"


@pytest.fixture(scope="module")
def table():
    return dataclasses.replace(synthetic_world(3, 4, np.random.default_rng(2)), year=2019)


@pytest.fixture
def folder(table, tmp_path) -> Path:
    """Return a world directory of plain CSV files."""
    place = tmp_path / "world"
    write_world(table, place)
    for path in list(place.glob("*.csv.gz")):
        path.with_suffix("").write_bytes(gzip.decompress(path.read_bytes()))
        path.unlink()
    return place


def edit(path: Path, change) -> None:
    frame = pd.read_csv(path, dtype=str)
    change(frame).to_csv(path, index=False)


def with_cell(frame: pd.DataFrame, row: int, column: str, value: str) -> pd.DataFrame:
    frame.loc[row, column] = value
    return frame


def same(left, right) -> None:
    for name in ("flows", "intermediate_use", "final_demand", "value_added", "tariff_rate", "elasticities"):
        np.testing.assert_allclose(getattr(left, name).values, getattr(right, name).values, rtol=1e-12)


def test_what_was_written_is_read(table, folder):
    read = read_world(folder)
    same(read, table)
    assert read.year == 2019
    assert read.goods == table.goods
    assert calibrate(read).economies == table.economies


def test_gzipped_files_are_read(table, folder):
    for path in list(folder.glob("*.csv")):
        path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes()))
        path.unlink()
    same(read_world(folder), table)


def test_other_labels_are_as_good(table, folder):
    new = {"E00": "Süd", "E01": "北", "E02": "Восток", "S00": "pumps & valves"}
    for path in folder.glob("*.csv"):
        edit(path, lambda frame: frame.replace(new))
    read = read_world(folder)
    assert read.economies == ("Süd", "北", "Восток")
    assert read.sectors[0] == "pumps & valves"
    same(read, table)
    assert load_baseline(folder).economies == read.economies


def test_order_of_rows_does_not_matter(table, folder):
    edit(folder / FLOWS, lambda frame: frame.sample(frac=1, random_state=0))
    same(read_world(folder), table)


DIALECTS = {
    "BOM": (lambda text: b"\xef\xbb\xbf" + text.encode(), "utf-8 with BOM"),
    "semicolon and decimal comma": (
        lambda text: text.replace(",", ";").replace(".", ",").encode(),
        "separator ';', decimal ','",
    ),
    "tab": (lambda text: text.replace(",", "\t").encode(), "separator '\\t'"),
}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_dialects_are_recognised_and_reported(table, folder, dialect):
    write, said = DIALECTS[dialect]
    path = folder / FLOWS
    path.write_bytes(write(path.read_text()))
    read = read_world(folder)
    same(read, table)
    notes = [note for note in read.notes if note.where == FLOWS and said in note.what]
    assert len(notes) == 1
    assert notes[0].count == np.count_nonzero(table.flows.values)


@pytest.mark.parametrize(("encoding", "name"), [("gb18030", "东方经济体，南部"), ("cp1251", "Восточная экономика")])
def test_names_in_legacy_encodings(folder, encoding, name):
    path = folder / "economies.csv"
    frame = pd.read_csv(path, dtype=str)
    frame["name"] = frame["name"].where(frame.index > 0, name)
    path.write_bytes(frame.to_csv(index=False).encode(encoding))
    read = read_world(folder)
    assert read.economy_names[""]["E00"] == name
    assert [note.count for note in read.notes if note.where == "economies.csv" and encoding in note.what] == [3]


@pytest.mark.parametrize(("encoding", "code"), [("gb18030", "东方经济体"), ("cp1251", "Восточная")])
def test_legacy_encodings_of_tables_are_reported(table, folder, encoding, code):
    for path in folder.glob("*.csv"):
        edit(path, lambda frame: frame.replace({"E00": code}))
        path.write_bytes(path.read_text("utf-8").encode(encoding))
    read = read_world(folder)
    same(read, table)
    assert read.economies[0] == code
    assert {note.where for note in read.notes if encoding in note.what} >= {FLOWS, TARIFFS, "value_added_2019.csv"}


def test_absent_rows_are_zero_and_counted(table, folder):
    edit(folder / FLOWS, lambda frame: frame.iloc[3:])
    read = read_world(folder)
    missing = [note.count for note in read.notes if note.where == FLOWS and "absent" in note.what]
    assert missing == [3 + np.count_nonzero(table.flows.values == 0)]
    assert np.count_nonzero(read.flows.values) == np.count_nonzero(table.flows.values) - 3


def test_of_several_years_the_newest_counts_unless_named(table, folder):
    newer = {path: path.with_name(path.name.replace("2019", "2021")) for path in folder.glob("*_2019.csv")}
    for old, new in newer.items():
        edit(old, lambda frame: frame.assign(value=(2 * frame["value"].astype(float)).map(repr)))
        new.write_bytes(old.read_bytes())
    (folder / "world.toml").unlink()
    assert read_world(folder).year == 2021
    (folder / "world.toml").write_text("year = 2019\n")
    assert read_world(folder).year == 2019


def test_files_that_are_not_of_a_world_are_left_alone(table, folder):
    (folder / "notes.csv").write_text("anything\nat all,even broken\n")
    same(read_world(folder), table)


BROKEN = {
    "no flows": (lambda d: (d / FLOWS).unlink(), [FLOWS, "no such file"]),
    "no year at all": (
        lambda d: ((d / FLOWS).unlink(), (d / "world.toml").unlink()),
        ["no flows_YYYY.csv"],
    ),
    "no economies": (lambda d: (d / "economies.csv").unlink(), ["economies.csv", "no such file"]),
    "no column": (
        lambda d: edit(d / FLOWS, lambda f: f.rename(columns={"value": "amount"})),
        [FLOWS, "value", "amount"],
    ),
    "unknown economy": (
        lambda d: edit(d / FLOWS, lambda f: with_cell(f, 1, "importer", "XXX")),
        [f"{FLOWS}, row 3, column importer", "'XXX'", "E00"],
    ),
    "unknown sector": (
        lambda d: edit(d / TARIFFS, lambda f: with_cell(f, 0, "sector", "steel")),
        [f"{TARIFFS}, row 2, column sector", "'steel'", "S00"],
    ),
    "duplicate row": (
        lambda d: edit(d / FLOWS, lambda f: pd.concat([f, f.iloc[[4]]])),
        [FLOWS, "duplicate row", "E0"],
    ),
    "duplicate economy": (
        lambda d: edit(d / "economies.csv", lambda f: pd.concat([f, f.iloc[[0]]])),
        ["economies.csv, row 5", "duplicate", "E00"],
    ),
    "negative flow": (
        lambda d: edit(d / FLOWS, lambda f: with_cell(f, 5, "value", "-1.5")),
        [f"{FLOWS}, row 7, column value", "-1.5"],
    ),
    "text for a number": (
        lambda d: edit(d / FLOWS, lambda f: with_cell(f, 2, "value", "n/a")),
        [f"{FLOWS}, row 4, column value", "'n/a'", "number"],
    ),
    "empty number": (
        lambda d: edit(d / FLOWS, lambda f: with_cell(f, 2, "value", "")),
        [f"{FLOWS}, row 4, column value"],
    ),
    "infinite flow": (
        lambda d: edit(d / FLOWS, lambda f: with_cell(f, 2, "value", "inf")),
        [f"{FLOWS}, row 4, column value", "inf"],
    ),
    "elasticity of 0": (
        lambda d: edit(d / SETS, lambda f: f.assign(**{f.columns[1]: "0"})),
        [f"{SETS}, row 2, column", "elasticity is 0", "above 0"],
    ),
    "sector without elasticity": (lambda d: edit(d / SETS, lambda f: f.iloc[1:]), [SETS, "no row for sector S00"]),
    "tariff of -100 %": (
        lambda d: edit(d / TARIFFS, lambda f: with_cell(f, 0, "rate", "-1")),
        [f"{TARIFFS}, row 2, column rate", "above -1"],
    ),
    "unknown kind": (
        lambda d: edit(d / "sectors.csv", lambda f: with_cell(f, 3, "kind", "both")),
        ["sectors.csv, row 5, column kind", "'both'", "goods, services"],
    ),
    "capital share": (lambda d: (d / "world.toml").write_text("year = 2019\ncapital_share = 1.0\n"), ["capital_share"]),
    "gzip": (lambda d: (d / FLOWS).write_bytes(b"\x1f\x8bnothing"), [FLOWS, "gzip"]),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_cannot_be_used_is_named(folder, case):
    spoil, words = BROKEN[case]
    spoil(folder)
    with pytest.raises(BadInputError) as caught:
        read_world(folder)
    for word in words:
        assert word in str(caught.value)
    assert caught.value.remedy


def test_a_world_that_is_neither_folder_nor_packaged(tmp_path):
    with pytest.raises(BadInputError, match="world-2022"):
        world_directory(tmp_path / "nowhere")


def test_a_world_whose_tables_miss_each_other_is_refused(folder):
    edit(folder / "value_added_2019.csv", lambda f: f.assign(value=(5 * f["value"].astype(float)).map(repr)))
    with pytest.raises(BadInputError, match=r"value added .* exceeds output"):
        load_baseline(folder)
