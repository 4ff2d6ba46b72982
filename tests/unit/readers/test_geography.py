import shutil

import numpy as np
import pytest

from isthmus.border.gravity import design
from isthmus.core.errors import BadInputError
from isthmus.readers.worlds.geography import read_geography, read_sector_groups
from isthmus.readers.worlds.history import read_history
from isthmus.readers.worlds.world import read_world, world_directory

FOLDER = world_directory("world-2022")


@pytest.fixture(scope="module")
def world():
    return read_world(FOLDER)


@pytest.fixture(scope="module")
def packaged():
    return read_geography(FOLDER, [2011, 2015, 2016, 2020, 2022])


def _links(geography, a, b, year):
    rows = geography.agreements
    return rows[(rows["exporter"] == a) & (rows["importer"] == b) & (rows["year"] == year)]


def test_packaged_geography_is_complete_symmetric_and_sourced(packaged, world):
    pairs = packaged.pairs.set_index(["exporter", "importer"])
    for column in ("distance_km", "contiguity", "common_language"):
        grid = pairs[column].unstack()
        assert np.allclose(grid, grid.T)
        assert packaged.sources[column]
    assert set(world.economies) - set(packaged.economies) == {"ROW"}
    assert packaged.groups == ("REU", "RAS", "RLA", "RAF", "RME")


@pytest.mark.parametrize(
    ("a", "b", "low", "high"),
    [
        ("DEU", "POL", 400, 800),
        ("CHN", "RUS", 4500, 6000),
        ("GBR", "AUS", 15000, 18000),
        ("SGP", "SGP", 3, 20),
        ("RUS", "RUS", 500, 2500),
    ],
)
def test_distances_are_plausible(packaged, a, b, low, high):
    assert low < packaged.pairs.set_index(["exporter", "importer"])["distance_km"][a, b] < high


@pytest.mark.parametrize(
    ("a", "b", "touch"),
    [("CHN", "RUS", 1), ("KAZ", "RUS", 1), ("DEU", "GBR", 0), ("FRA", "BRA", 0), ("USA", "RUS", 0), ("CHN", "HKG", 1)],
)
def test_neighbours(packaged, a, b, touch):
    assert packaged.pairs.set_index(["exporter", "importer"])["contiguity"][a, b] == touch


def test_agreements_start_and_end(packaged):
    assert _links(packaged, "DEU", "GBR", 2020)["deep"].any()
    assert not _links(packaged, "DEU", "GBR", 2022)["deep"].any()
    assert len(_links(packaged, "DEU", "GBR", 2022)) == 1
    assert len(_links(packaged, "RUS", "UKR", 2015)) == 1
    assert _links(packaged, "RUS", "UKR", 2016).empty
    assert _links(packaged, "CHN", "RUS", 2022).empty
    assert _links(packaged, "KAZ", "RUS", 2011)["deep"].any()
    assert _links(packaged, "CHN", "JPN", 2022)["agreement"].tolist() == ["Regional Comprehensive Economic Partnership"]


def test_a_group_is_linked_by_the_population_of_its_members(packaged):
    share = _links(packaged, "RAS", "THA", 2022)["share"].max()
    assert share == pytest.approx(1.0)
    partial = _links(packaged, "RLA", "CHN", 2022)["share"].sum()
    weights = packaged.members["RLA"]
    assert partial == pytest.approx(weights["PER"] + weights["CRI"])


def test_design_of_groups_stays_inside_its_bounds(packaged):
    table = design(packaged, 2022)
    for term in ("contiguity", "common_language", "deep_agreement", "other_agreement"):
        assert table[term].between(0, 1).all()
    assert (table["deep_agreement"] + table["other_agreement"] <= 1 + 1e-9).all()


def test_packaged_history_matches_the_world_of_its_year(world):
    history = read_history(FOLDER, world)
    assert history.years == tuple(range(2011, 2023))
    goods = [s for s in history.sectors if s in world.goods]
    ours = history.value.sel(year=2022, sector=goods).transpose("sector", "exporter", "importer").values
    theirs = world.flows.sel(sector=goods).transpose("sector", "exporter", "importer").values
    assert ours.sum() == pytest.approx(theirs.sum(), rel=1e-6)
    apart = np.abs(ours - theirs) > 0.06 + 1e-6 * theirs
    assert apart.sum() <= 1, "values are rounded to 0.1; one cell was balanced after the history was made"


def test_world_without_history_has_its_one_year(world, tmp_path):
    history = read_history(tmp_path, world)
    assert history.years == (2022,)
    assert float(history.value.sum()) == pytest.approx(float(world.flows.sum()))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("DEU,A01T03,DEU,", "XXX,A01T03,DEU,", "unknown label 'XXX'"),
        ("exporter,sector,importer,2011", "exporter,sector,importer,spring", "spring is no year"),
        ("ARG,A01T03,ARE,", "ARG,A01T03,ARE,-", "found -"),
    ],
)
def test_broken_history_is_named(world, tmp_path, old, new, says):
    import gzip

    text = gzip.decompress((FOLDER / "flow_history.csv.gz").read_bytes()).decode()
    assert old in text
    (tmp_path / "flow_history.csv").write_text(text.replace(old, new, 1))
    with pytest.raises(BadInputError, match=says):
        read_history(tmp_path, world)


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("geography.csv", "ARE,ARG,", "ARE,ARG,-", "column distance_km"),
        ("geography.csv", "ARE,ARE,", "ARE,XXX,", "missing"),
        ("members.csv", "ARE,ARE,9630959", "ARE,ARE,0", "column population"),
        ("agreements.toml", 'parties = [".EU"]', 'parties = [".EUX"]', "unknown set '.EUX'"),
        ("agreements.toml", "since = 1993", 'since = "early"', "since"),
        ("agreements.toml", 'parties = [".EFTA"]', "", "neither parties nor two sides"),
    ],
)
def test_broken_geography_is_named(tmp_path, file, old, new, says):
    for name in ("geography.csv", "members.csv", "agreements.toml", "geography.toml"):
        shutil.copy(FOLDER / name, tmp_path / name)
    text = (tmp_path / file).read_text()
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new, 1))
    with pytest.raises(BadInputError, match=says):
        read_geography(tmp_path, [2022])


def test_share_above_one_is_refused(tmp_path):
    lines = (FOLDER / "geography.csv").read_text().splitlines()
    cells = lines[2].split(",")
    cells[3] = "1.5"
    (tmp_path / "geography.csv").write_text("\n".join([*lines[:2], ",".join(cells), *lines[3:]]))
    with pytest.raises(BadInputError, match="column contiguity"):
        read_geography(tmp_path, [2022])


def test_sector_groups_fall_back_on_the_kind(tmp_path):
    assert read_sector_groups(tmp_path, ["A", "services"], ["A"]) == {"A": "goods", "services": "services"}
    assert read_sector_groups(FOLDER, ["C28", "services"], ["C28"]) == {"C28": "machinery", "services": "services"}
