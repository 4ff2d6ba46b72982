"""Tables that pymrio parses become worlds; the package is optional."""

import sys
from pathlib import Path

import numpy as np
import pytest

from isthmus.core.errors import BadInputError
from isthmus.economy.calibrate import calibrate
from isthmus.readers.worlds.mrio import read_mrio

SECTORS = """label,code,name,kind
food,FOO,Food,goods
mining,MIN,Mining,goods
manufactoring,MAN,Manufacturing,goods
electricity,ELE,Electricity,services
construction,CON,Construction,services
trade,TRA,Trade,services
transport,TRP,Transport,services
other,OTH,Other,services
"""


@pytest.fixture
def saved(tmp_path: Path) -> tuple[Path, object]:
    pymrio = pytest.importorskip("pymrio")
    system = pymrio.load_test()
    system.calc_all()
    system.save_all(tmp_path / "saved")
    return tmp_path / "saved", system


def test_a_saved_table_becomes_a_world(saved: tuple[Path, object], tmp_path: Path) -> None:
    path, system = saved
    (tmp_path / "sectors.csv").write_text(SECTORS)
    world = read_mrio(path, "saved", tmp_path / "sectors.csv", year=2015)
    assert world.economies == tuple(system.get_regions())
    assert world.sectors == ("FOO", "MIN", "MAN", "ELE", "CON", "TRA", "TRP", "OTH")
    assert world.goods == ("FOO", "MIN", "MAN")
    output = system.Z.sum(axis=1) + system.Y.sum(axis=1)
    np.testing.assert_allclose(world.flows.sum("importer").values.T.ravel(), output.to_numpy(), rtol=1e-10)
    bought = system.Z.xs("mining", level=1).sum(axis=0)
    np.testing.assert_allclose(world.intermediate_use.sel(input="MIN").values.ravel(), bought.to_numpy(), rtol=1e-10)
    assert float(world.elasticities.values.min()) == float(world.elasticities.values.max()) == 4.0
    assert max(calibrate(world).balance.residuals.values()) < 1e-12


def test_a_sector_that_is_not_listed_is_named(saved: tuple[Path, object], tmp_path: Path) -> None:
    (tmp_path / "sectors.csv").write_text(SECTORS.replace("mining,MIN,Mining,goods\n", ""))
    with pytest.raises(BadInputError, match="no row for mining"):
        read_mrio(saved[0], "saved", tmp_path / "sectors.csv")


def test_without_pymrio_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pymrio", None)
    with pytest.raises(BadInputError, match=r"pip install isthmus\[mrio\]"):
        read_mrio(tmp_path, "saved", tmp_path / "sectors.csv")


def test_a_failing_parser_is_reported_with_its_words(tmp_path: Path) -> None:
    pytest.importorskip("pymrio")
    (tmp_path / "sectors.csv").write_text(SECTORS)
    with pytest.raises(BadInputError, match="parser saved stopped"):
        read_mrio(tmp_path / "nothing", "saved", tmp_path / "sectors.csv")
