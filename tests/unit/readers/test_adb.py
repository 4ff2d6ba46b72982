"""Workbooks in the layout of the Asian Development Bank become worlds; the numbers are made up."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from click.testing import CliRunner

from isthmus.cli import cli
from isthmus.core.errors import BadInputError
from isthmus.economy.calibrate import calibrate
from isthmus.readers.worlds.adb import read_adb
from isthmus.readers.worlds.attributes import read_sector_list

CODES = ["PRC", "KGZ", "UZB", "TAJ", "RoW"]
ISO = ("CHN", "KGZ", "UZB", "TJK", "ROW")
N, S, F = 5, 35, 5
BETWEEN = np.random.default_rng(1).uniform(1, 2, (N * S, N * S))
FINAL = np.random.default_rng(2).uniform(20, 40, (N * S, N * F))
Grid = list[list[object]]


def grid(extra_row: bool = False) -> Grid:
    columns = [(e, f"c{s}") for e in CODES for s in range(1, S + 1)] + [
        (e, f"F{f}") for e in CODES for f in range(1, 6)
    ]
    rows: Grid = [["Multiregional Input-Output Table 2024"], ["5 economies, at current prices"], ["In millions of US$"]]
    if extra_row:
        rows.append([None] * 4 + [f"{i:04}" for i in range(len(columns))])
    rows.append([None] * 4 + [f"name of {code}" for _, code in columns] + ["TOTAL"])
    rows.append([None] * 4 + [economy for economy, _ in columns] + ["ToT"])
    rows.append([None] * 4 + [code for _, code in columns] + [None])
    output = BETWEEN.sum(axis=1) + FINAL.sum(axis=1)
    for i, (economy, code) in enumerate(columns[: N * S]):
        rows.append([None, f"name of {code}", economy, code, *BETWEEN[i], *FINAL[i], output[i]])
    blank = [" "] * (N * F)
    added = output - BETWEEN.sum(axis=0)
    rows.append([None, "Intermediate inputs", "ToT", "r60", *BETWEEN.sum(axis=0), *FINAL.sum(axis=0), None])
    for code, share in (("r99", 0.1), ("r61", 0.0), ("r62", 0.0), ("r63", 0.0), ("r64", 0.8), ("trs", 0.1)):
        rows.append([None, code, "ToT", code, *(share * added), *blank, None])
    rows.append([None, "TOTAL", "ToT", "r69", *output, *blank, None])
    return [*rows, [], ["Source: made up for a test"]]


def written(folder: Path, change: Callable[[Grid], object] = lambda rows: None, extra_row: bool = False) -> Path:
    rows = grid(extra_row)
    change(rows)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "ADB MRIO 2024"
    for row in rows:
        sheet.append(row)
    legend = book.create_sheet("Legend")
    legend.append(["Code", "Country"])
    path = folder / "ADB-MRIO-2024-August 2025.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize("extra_row", [False, True])
def test_every_cell_arrives_where_it_belongs(tmp_path: Path, extra_row: bool) -> None:
    world = read_adb(written(tmp_path, extra_row=extra_row))
    assert world.economies == ISO
    assert world.year == 2024
    assert world.goods == tuple(f"c{s}" for s in range(1, 17))
    between, final = BETWEEN.reshape(N, S, N, S), FINAL.reshape(N, S, N, F)
    flows = between.sum(axis=3) + final.sum(axis=3)
    np.testing.assert_allclose(world.flows.values, flows.transpose(1, 0, 2), rtol=1e-12)
    np.testing.assert_allclose(world.intermediate_use.values, between.sum(axis=0).transpose(1, 0, 2), rtol=1e-12)
    assert [world.economy_names[language]["UZB"] for language in ("", "ru", "zh")] == [
        "Uzbekistan",
        "Узбекистан",
        "乌兹别克斯坦",
    ]
    assert world.economy_names["ru"]["CHN"] == "Китай"
    assert world.sector_names[""]["c27"] == "Post and telecommunications"
    notes = {note.where: note for note in world.notes}
    assert notes["value added"].count == 0
    assert notes["output"].count == 0
    assert float(world.elasticities.sel(set="FGO", sector="c17")) > 0
    assert max(calibrate(world).balance.residuals.values()) < 1e-12


def at(rows: Grid, label: str, column: int, value: object) -> None:
    next(row for row in rows if len(row) > 3 and row[2:4] == label.split())[column] = value


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda rows: at(rows, "UZB c3", 4, "(2)"), r"row 79 \(UZB c3\), column CHN c1: found '\(2\)'"),
        (lambda rows: at(rows, "TAJ c2", 3, "c77"), "has no columns of its own"),
        (lambda rows: at(rows, "TAJ c2", 2, None), "has no columns of its own"),
        (lambda rows: rows.remove(next(r for r in rows if r[2:4] == ["UZB", "c3"])), "no row for UZB_c3"),
        (lambda rows: rows[1].__setitem__(0, "5 economies, at constant 2010 prices"), "constant prices"),
        (lambda rows: rows[5].__setitem__(10, None), "do not stand side by side"),
        (lambda rows: rows[4].__setitem__(10, None), "no economy above it"),
        (lambda rows: [rows.insert(0, []) for _ in range(12)], "no row with codes of columns"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, change: Callable[[Grid], object], words: str) -> None:
    with pytest.raises(BadInputError, match=words):
        read_adb(written(tmp_path, change))


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "table.xlsx").write_text("no workbook")
    with pytest.raises(BadInputError, match="cannot be read"):
        read_adb(tmp_path / "table.xlsx")


def run(*words: object) -> str:
    done = CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_the_command_makes_a_world_that_finds_its_economies(tmp_path: Path) -> None:
    run("world", "import", written(tmp_path), "--parser", "adb", "--out", tmp_path / "world")
    assert "UZB Uzbekistan: on its own" in run("world", "find", "узбекистан", "--world", tmp_path / "world")
    found = run("world", "find", "TKM", "--world", tmp_path / "world")
    assert "unknown part of ROW" in found


@pytest.mark.parametrize("code", ["UZB", "AZE", "GEO", "ARM", "KGZ", "TJK", "TKM"])
def test_find_says_which_table_has_an_economy(code: str) -> None:
    words = run("world", "find", code)
    assert "docs/how-to/central-asia-and-the-caucasus.md" in words
    elsewhere = json.loads(run("world", "find", code, "--json"))["found"][0]["elsewhere"]
    assert f"--parser {elsewhere['parser']}" in words
    assert elsewhere["table"] in words
    assert (Path(__file__).parents[3] / "docs/how-to/central-asia-and-the-caucasus.md").is_file()


def test_own_sectors_take_their_own_codes(tmp_path: Path) -> None:
    listed = tmp_path / "sectors.csv"
    rows = [f"c{s},X{s},Name {s},{'goods' if s < 17 else 'services'}" for s in range(1, S + 1)]
    listed.write_text("\n".join(["label,code,name,kind", *rows]) + "\n")
    path = written(tmp_path)
    run("world", "import", path, "--parser", "adb", "--sectors", listed, "--out", tmp_path / "own")
    assert "X35" in run("world", "show", tmp_path / "own")
    listed.write_text("\n".join(["label,code,name,kind", *rows[1:]]) + "\n")
    with pytest.raises(BadInputError, match="no row for c1 "):
        read_adb(path, sectors=read_sector_list(listed, None))
