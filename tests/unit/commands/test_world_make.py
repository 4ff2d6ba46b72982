"""`isthmus world import | aggregate | nowcast` write worlds that read back as what was computed."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from icio_files import table, write

from isthmus.cli import cli
from isthmus.core.errors import BadInputError
from isthmus.economy.nowcast import nowcast
from isthmus.readers.worlds.changes import read_map, read_totals, read_world_trade
from isthmus.readers.worlds.icio import read_icio
from isthmus.readers.worlds.world import read_world
from isthmus.readers.worlds.write import write_world

TOTALS = Path(__file__).resolve().parents[3] / "src/isthmus/assets/studies/china-russia/customs.csv"


def run(*words: object) -> dict:
    done = CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 0
    return json.loads(done.stdout)


def test_a_written_world_reads_back_unchanged(tmp_path: Path) -> None:
    world = read_world()
    write_world(world, tmp_path / "copy")
    again = read_world(tmp_path / "copy")
    for field in ("flows", "intermediate_use", "final_demand", "value_added", "tariff_rate", "elasticities"):
        np.testing.assert_array_equal(getattr(again, field).values, getattr(world, field).values)
        assert getattr(again, field).dims == getattr(world, field).dims
    for field in (
        "year",
        "unit",
        "source",
        "licence",
        "goods",
        "members",
        "economy_names",
        "sector_names",
        "capital_share",
    ):
        assert getattr(again, field) == getattr(world, field), field
    with pytest.raises(BadInputError, match="holds a world already"):
        write_world(world, tmp_path / "copy")


def test_import_writes_a_world_that_solves_and_says_what_was_changed(tmp_path: Path) -> None:
    written = table(2025, ["AUS", "CAN", "ROW"], np.random.default_rng(2))
    path = write(written, tmp_path / "2020_SML.csv")
    summary = run("world", "import", path, "--out", tmp_path / "w", "--json")
    assert (summary["economies"], summary["sectors"]) == (3, 50)
    assert any("tariffs" in repair["where"] for repair in summary["repairs"])
    world = read_world(tmp_path / "w")
    np.testing.assert_allclose(world.flows.values, read_icio(path).flows.values, rtol=1e-15)
    assert world.year == 2020
    (tmp_path / "s.toml").write_text(
        '[[shock]]\nkind = "trade_cost"\nexporter = ["AUS"]\nimporter = ["CAN"]\nsector = "goods"\nchange_pct = -5\n'
    )
    solved = run(
        "solve", "--world", tmp_path / "w", "--scenario", tmp_path / "s.toml", "--out", tmp_path / "r", "--json"
    )
    assert solved["converged"] is True


def test_import_takes_tariffs(tmp_path: Path) -> None:
    written = table(2023, ["AUS", "CAN", "ROW"], np.random.default_rng(2))
    (tmp_path / "t.csv").write_text("exporter,importer,sector,rate\nAUS,CAN,C29,0.05\n")
    path = write(written, tmp_path / "2019_SML.csv")
    summary = run("world", "import", path, "--tariffs", tmp_path / "t.csv", "--out", tmp_path / "w", "--json")
    assert not any("tariffs" in repair["where"] for repair in summary["repairs"])
    assert float(read_world(tmp_path / "w").tariff_rate.sel(exporter="AUS", importer="CAN", sector="C29")) == 0.05


def test_import_of_another_publisher_needs_the_list_of_sectors(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="--sectors: is missing"):
        run("world", "import", tmp_path, "--parser", "wiod", "--out", tmp_path / "w", "--json")


def test_aggregate_follows_the_map(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text(
        "dimension,code,group,name,name_ru\neconomy,DEU,EUR,Three of Europe,Три страны Европы\neconomy,FRA,EUR,,\n"
        "economy,ITA,EUR,,\nsector,B05,B,Fuels,\nsector,B06,B,,\n"
    )
    summary = run("world", "aggregate", "world-2022", "--map", tmp_path / "m.csv", "--out", tmp_path / "w", "--json")
    assert (summary["economies"], summary["sectors"]) == (45, 28)
    world = read_world(tmp_path / "w")
    assert world.economy_names[""]["EUR"] == "Three of Europe"
    assert world.economy_names["ru"]["EUR"] == "Три страны Европы"
    assert world.economy_names["zh"]["JPN"] == "日本"
    assert world.members["EUR"] == ("DEU", "FRA", "ITA")
    assert float(world.flows.sum()) == pytest.approx(float(read_world().flows.sum()), rel=1e-12)


def test_nowcast_of_the_packaged_world_meets_customs_and_accounts_for_every_change(tmp_path: Path) -> None:
    summary = run(
        "world", "nowcast", "world-2022", "--totals", TOTALS, "--year", 2022, "--out", tmp_path / "w", "--json"
    )
    totals = pd.read_csv(tmp_path / "w" / "nowcast_totals.csv").set_index(["exporter", "importer"])
    world = read_world(tmp_path / "w")
    for pair in totals.index:
        goods = world.flows.sel(exporter=pair[0], importer=pair[1], sector=list(world.goods)).sum()
        assert float(goods) == pytest.approx(totals.loc[pair, "target"], rel=1e-9)
    assert totals["basis_factor"].tolist() == [1.0, pytest.approx(1 / 1.06)]
    cells = pd.read_csv(tmp_path / "w" / "nowcast_cells.csv.gz")
    old = read_world().flows.values
    assert len(cells) == int((np.abs(world.flows.values - old) > 0).sum()) == summary["changed_flows"]
    assert summary["largest_output_change"] < 1e-8 * float(old.sum())
    assert summary["largest_absorption_change"] < 1e-8 * float(old.sum())
    revenue = pd.read_csv(tmp_path / "w" / "nowcast_revenue.csv")
    assert revenue["revenue_after"].sum() == pytest.approx(float((world.flows * world.tariff_rate).sum()), rel=1e-12)


def test_the_newest_total_of_each_pair_is_taken_unless_a_year_is_named() -> None:
    assert {total.year for total in read_totals(TOTALS)} == {2024}
    assert {total.year for total in read_totals(TOTALS, 2023)} == {2023}
    with pytest.raises(BadInputError, match=r"no total of 1990.*2022, 2023, 2024"):
        read_totals(TOTALS, 1990)


def test_customs_of_the_worked_case_add_up_to_the_totals_reported() -> None:
    frame = pd.read_csv(TOTALS)
    both = frame.groupby("year")["value"].sum() / 1000
    assert both.to_dict() == pytest.approx({2022: 190.27, 2023: 240.11, 2024: 244.81}, abs=0.006)
    assert frame["source"].str.len().min() > 20
    assert set(read_world_trade()) >= set(frame["year"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("dimension,code,group\ncountry,DEU,X\n", r"row 2: dimension 'country'"),
        ("dimension,code,group\neconomy,DEU,\n", r"row 2: dimension 'economy', group ''"),
        ("dimension,code,group\neconomy,DEU,X\neconomy,DEU,Y\n", "row 3"),
        ("dimension,code\neconomy,DEU\n", "column group is missing"),
    ],
)
def test_a_wrong_map_is_refused(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text(text)
    with pytest.raises(BadInputError, match=message):
        read_map(tmp_path / "m.csv")


@pytest.mark.parametrize("row", ["A,B,2022,1,mass,s", "A,B,2022,1,fob,", "A,B,2022,-1,fob,s", "A,B,2022,,fob,s"])
def test_a_wrong_total_is_refused(row: str, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(f"exporter,importer,year,value,kind,source\n{row}\n")
    with pytest.raises(BadInputError, match="row 2"):
        read_totals(tmp_path / "t.csv")


def test_a_total_of_a_year_without_world_trade_is_refused(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("exporter,importer,year,value,kind,source\nDEU,FRA,1999,1000,fob,a book\n")
    with pytest.raises(BadInputError, match="world goods trade of 1999 is not known"):
        nowcast(read_world(), read_totals(tmp_path / "t.csv"), read_world_trade())
