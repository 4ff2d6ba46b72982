"""The OECD's files become worlds: every edition, split economies, archives, and clear words about broken files."""

from pathlib import Path

import numpy as np
import pytest
from icio_files import Written, table, write

from isthmus.core.errors import BadInputError
from isthmus.economy.calibrate import calibrate
from isthmus.readers.worlds.icio import read_icio

ECONOMIES = ["ARG", "CHN", "JPN", "MEX", "ROW"]
SPLIT = {"CHN": ["CN1", "CN2"], "MEX": ["MX1", "MX2"]}


@pytest.fixture(scope="module")
def newest() -> Written:
    return table(2025, ECONOMIES, np.random.default_rng(1))


def same(written: Written, path: Path, **options: int) -> None:
    world = read_icio(path, **options)
    assert list(world.economies) == written.economies
    assert list(world.sectors) == written.industries
    np.testing.assert_allclose(world.flows.values, written.flows, rtol=1e-10)
    np.testing.assert_allclose(world.intermediate_use.values, written.use, rtol=1e-10)
    np.testing.assert_allclose(world.value_added.values, written.added, rtol=1e-6)


@pytest.mark.parametrize("edition", [2023, 2025])
def test_small_edition(edition: int, tmp_path: Path) -> None:
    written = table(edition, ECONOMIES, np.random.default_rng(edition))
    same(written, write(written, tmp_path / "2019_SML.csv"))


@pytest.mark.parametrize("edition", [2023, 2025])
def test_extended_edition_adds_the_parts_of_economies(edition: int, tmp_path: Path) -> None:
    written = table(edition, ECONOMIES, np.random.default_rng(edition + 1), SPLIT)
    assert "CN1_" in written.text
    assert "CHN_HFCE" in written.text
    same(written, write(written, tmp_path / "2019.csv"))


def test_world_knows_year_kinds_elasticities_and_names_and_calibrates(newest: Written, tmp_path: Path) -> None:
    world = read_icio(write(newest, tmp_path / "ICIO2025_2021.csv"))
    assert world.year == 2021
    assert "ICIO2025_2021.csv" in world.source
    assert set(world.goods) == {code for code in newest.industries if code[0] in "ABC"}
    assert world.elasticities.sel(set="FGO", sector="C302T309") == 8.955
    assert world.sector_names[""]["J61"] == "Telecommunications"
    assert world.economy_names[""]["JPN"] == "Japan"
    assert max(calibrate(world).balance.residuals.values()) < 1e-12
    assert any("tariffs" in note.where for note in world.notes)


def test_gzip_and_archive_with_several_years(newest: Written, tmp_path: Path) -> None:
    same(newest, write(newest, tmp_path / "2021_SML.csv.gz"))
    older = table(2025, ECONOMIES, np.random.default_rng(5))
    path = write(older, tmp_path / "2016-2022_SML.zip", "2020_SML.csv")
    write(newest, path, "2021_SML.csv")
    same(newest, path, year=2021)
    same(older, path, year=2020)
    with pytest.raises(BadInputError, match=r"2 tables fit.*name the year"):
        read_icio(path)
    with pytest.raises(BadInputError, match="0 tables fit the year 1999"):
        read_icio(path, year=1999)


def test_quoted_labels_and_a_byte_order_mark_are_read(newest: Written, tmp_path: Path) -> None:
    lines = newest.text.splitlines()
    header = ",".join(f'"{cell}"' for cell in lines[0].split(","))
    body = ['"' + line.replace(",", '",', 1) for line in lines[1:]]
    path = tmp_path / "2019_SML.csv"
    path.write_text("\ufeff" + "\n".join([header, *body]), encoding="utf-8")
    same(newest, path)


def test_negative_stocks_beyond_all_use_are_set_to_zero_and_counted(newest: Written, tmp_path: Path) -> None:
    lines = newest.text.splitlines()
    cells = lines[1].split(",")
    columns = lines[0].split(",")
    changed = columns.index("JPN_INVNT")
    cells[changed] = "-1000000"
    lines[1] = ",".join(cells)
    (tmp_path / "2019.csv").write_text("\n".join(lines))
    world = read_icio(tmp_path / "2019.csv")
    (note,) = [note for note in world.notes if note.where == "flows"]
    assert note.count == 1
    assert note.size > 9e5
    assert world.flows.sel(exporter="ARG", importer="JPN", sector="A01") == 0


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda text: text.replace("V1,", "region,", 1), "header: starts with 'region'"),
        (lambda text: "\n".join(text.splitlines()[:-40]), r"no row for .* in all\)"),
        (lambda text: text.replace("\nARG_A02,", "\nXXX_A02,", 1), r"row 3 \(XXX_A02\).*no columns of its own"),
        (lambda text: text.replace("_A01,", "_Z99,"), "unknown industry Z99"),
        (lambda text: text[: len(text) // 2], "cells under"),
        (lambda text: text.replace(",OUT\n", "\n", 1), "ends with"),
    ],
)
def test_a_broken_file_is_refused(newest: Written, tmp_path: Path, spoil, message: str) -> None:
    path = tmp_path / "2019_SML.csv"
    path.write_text(spoil(newest.text))
    with pytest.raises(BadInputError, match=message):
        read_icio(path)


def test_a_cell_that_is_no_number_is_named(newest: Written, tmp_path: Path) -> None:
    lines = newest.text.splitlines()
    cells = lines[4].split(",")
    cells[7] = "n.a."
    lines[4] = ",".join(cells)
    (tmp_path / "2019.csv").write_text("\n".join(lines))
    with pytest.raises(BadInputError, match=r"row 5 \(ARG_B05\), column ARG_B08: found 'n.a.'"):
        read_icio(tmp_path / "2019.csv")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="no such file"):
        read_icio(tmp_path / "2019.csv")
