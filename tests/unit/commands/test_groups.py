"""Groups of economies as partners: in a new study, a border, a scenario and a derived world, with one answer everywhere."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner, Result

from isthmus.cli import cli
from isthmus.core.errors import BadInputError
from isthmus.readers.study.study import load_study
from isthmus.readers.worlds.geography import read_geography
from isthmus.readers.worlds.world import read_world, world_directory

SCENARIO = """
[groups]
EAEU = ["RUS", "KAZ"]
[[shock]]
kind = "trade_cost"
exporter = "CHN"
importer = "EAEU"
sector = "goods"
change_pct = -5
[[shock]]
kind = "trade_cost"
exporter = ["EAEU"]
importer = "CHN"
sector = "goods"
change_pct = -5
"""
MAP = "dimension,code,group,name\neconomy,RUS,EAEU,Eurasian Union\neconomy,KAZ,EAEU,\n"


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packaged world with a group, written by the command."""
    home = tmp_path_factory.mktemp("merged")
    (home / "map.csv").write_text(MAP)
    assert run("world", "aggregate", "world-2022", "--map", home / "map.csv", "--out", home / "w").exit_code == 0
    return home / "w"


def goods_overhead(folder: Path) -> dict[str, float]:
    table = pd.read_csv(folder / "overhead.csv")
    rows = table[(table["sector"] == "goods") & (table["definition"] == "ad_valorem_equivalent")]
    return {f"{r.direction} {r.reach}": float(r.central) for r in rows.itertuples()}


def test_a_group_has_one_border_whether_named_or_merged_before(tmp_path: Path, merged: Path) -> None:
    run("border", "CHN", "EAEU=RUS,kazakhstan", "--out", tmp_path / "named")
    run("border", "CHN", "EAEU", "--world", merged, "--out", tmp_path / "merged")
    named, before = goods_overhead(tmp_path / "named"), goods_overhead(tmp_path / "merged")
    assert named.keys() == before.keys()
    assert len(named) >= 6
    np.testing.assert_allclose(list(named.values()), list(before.values()), rtol=1e-6)
    index = [
        pd.read_csv(tmp_path / n / "head_ries.csv").set_index(["year", "sector"])["value"] for n in ("named", "merged")
    ]
    last = [values.loc[2022] for values in index]
    # Earlier years differ a little: one weighs the members' tariffs by the trade of each year, the other by that of 2022.
    pd.testing.assert_series_equal(*last, rtol=1e-4)


def test_geography_of_a_group_lies_between_that_of_its_members_nearer_the_bigger_trader(merged: Path) -> None:
    alone, together = read_geography(world_directory("world-2022"), [2022]), read_geography(merged, [2022])

    def at(geography: object, pair: tuple[str, str], column: str = "distance_km") -> float:
        rows = geography.pairs  # type: ignore[attr-defined]
        return float(rows[(rows["exporter"] == pair[0]) & (rows["importer"] == pair[1])][column].iloc[0])

    world = read_world()
    goods = world.flows.sel(sector=list(world.goods)).sum("sector")
    trade = {
        m: float(goods.sel(exporter=m, importer="CHN") + goods.sel(exporter="CHN", importer=m)) for m in ("RUS", "KAZ")
    }
    wanted = sum(trade[m] * at(alone, (m, "CHN")) for m in trade) / sum(trade.values())
    assert at(together, ("EAEU", "CHN")) == pytest.approx(wanted)
    assert at(together, ("CHN", "EAEU")) == pytest.approx(wanted), "weights are goods in both directions"
    assert at(together, ("CHN", "DEU")) == at(alone, ("CHN", "DEU"))
    assert together.members["EAEU"].keys() == {"RUS", "KAZ"}
    assert together.members["EAEU"]["RUS"] > 0.8
    links = together.agreements
    assert links[(links["exporter"] == "EAEU") & (links["importer"] == "EAEU")].empty, "members are one economy now"


def test_what_lies_beside_the_tables_is_merged_alike(merged: Path) -> None:
    packaged = world_directory("world-2022")
    before, after = (pd.read_csv(place / "flow_history.csv.gz") for place in (packaged, merged))
    years = [c for c in before.columns if c.isdigit()]
    np.testing.assert_allclose(before[years].sum(), after[years].sum(), rtol=1e-12)
    co2 = [pd.read_csv(place / "co2_2022.csv").set_index("economy")["co2_mt"] for place in (packaged, merged)]
    assert co2[1]["EAEU"] == pytest.approx(co2[0]["RUS"] + co2[0]["KAZ"])
    assert "UZB" not in co2[1]
    assert len(co2[1]) == len(co2[0]) - 1
    found = json.loads(run("world", "find", "UZB", "--world", merged, "--json").stdout)["found"][0]
    assert found["label"] == "ROW", "the rest of the world is still known"


def test_a_nowcast_keeps_geography_and_the_changed_flows(tmp_path: Path) -> None:
    totals = Path(world_directory("world-2022")).parents[1] / "studies/china-russia/customs.csv"
    run("world", "nowcast", "world-2022", "--totals", totals, "--out", tmp_path / "n")
    world, history = read_world(tmp_path / "n"), pd.read_csv(tmp_path / "n" / "flow_history.csv.gz")
    assert (tmp_path / "n" / "geography.csv").read_bytes()
    pair = history[(history["exporter"] == "CHN") & (history["importer"] == "RUS")].set_index("sector")["2022"]
    for sector in world.goods:
        assert pair.get(sector, 0.0) == pytest.approx(
            float(world.flows.sel(sector=sector, exporter="CHN", importer="RUS"))
        )
    assert run("border", "CHN", "RUS", "--world", tmp_path / "n", "--out", tmp_path / "b").exit_code == 0


def test_a_group_in_a_scenario_is_its_members_and_has_a_row_of_its_own(tmp_path: Path, merged: Path) -> None:
    (tmp_path / "s.toml").write_text(SCENARIO)
    run("solve", "--scenario", tmp_path / "s.toml", "--out", tmp_path / "r")
    group = pd.read_csv(tmp_path / "r" / "groups.csv").set_index("group").loc["EAEU"]
    each = pd.read_csv(tmp_path / "r" / "economies.csv").set_index("economy")["real_income_pct"]
    assert group["members"] == "RUS;KAZ"
    assert min(each["RUS"], each["KAZ"]) < group["real_income_pct"] < max(each["RUS"], each["KAZ"])
    alone = SCENARIO.replace('[groups]\nEAEU = ["RUS", "KAZ"]\n', "")
    (tmp_path / "m.toml").write_text(alone)
    run("solve", "--world", merged, "--scenario", tmp_path / "m.toml", "--out", tmp_path / "m")
    as_one = pd.read_csv(tmp_path / "m" / "economies.csv").set_index("economy")["real_income_pct"]["EAEU"]
    assert group["real_income_pct"] == pytest.approx(as_one, rel=0.02), (
        "merging is an approximation of the sum, a good one"
    )
    assert not (tmp_path / "m" / "groups.csv").exists()


def test_a_new_study_of_a_group_loads_with_its_border(tmp_path: Path) -> None:
    (tmp_path / "p.txt").write_text("Raise R&D spending to 2.5 percent of GDP by 2030.\n")
    made = run(
        "new", "CHN", "EAEU=RUS,Казахстан", f"EAEU={tmp_path / 'p.txt'}", "--out", tmp_path / "s", "--start", 2026
    )
    assert made.exit_code == 0
    study = load_study(tmp_path / "s")
    assert study.partners == ("CHN", "EAEU")
    assert [t.partner for t in study.targets] == ["EAEU"]
    assert study.baseline.table is not None
    assert study.baseline.table.members["EAEU"] == ("KAZ", "RUS")
    assert "RUS" not in study.baseline.economies
    assert study.borders
    assert study.borders[0].partners == ("CHN", "EAEU")
    assert len(study.borders[0].entries) > 20, "general rules know the group through its members"


def test_names_of_a_group_are_given_in_the_study(tmp_path: Path) -> None:
    run("new", "CHN", "EAEU=RUS,KAZ", "--out", tmp_path / "s")
    with (tmp_path / "s" / "study.toml").open("a") as file:
        file.write('\n[group_names.EAEU]\nru = "ЕАЭС"\nen = "Eurasian Union"\n')
    names = load_study(tmp_path / "s").economy_names["EAEU"]
    assert (names["ru"], names["en"], names["zh"]) == ("ЕАЭС", "Eurasian Union", "Eurasian Union")


@pytest.mark.parametrize(
    ("groups", "problem"),
    [
        ('RUS = ["KAZ", "TUR"]', "groups, RUS"),
        ("EAEU = []", "has no member"),
        ('EAEU = ["RUS", "KGZ"]', "only inside ROW"),
        ('EAEU = ["RUS", "KAZ"]\nOTHER = ["KAZ"]', "KAZ is in EAEU already"),
        ('both = ["RUS", "KAZ"]', "means something else"),
    ],
)
def test_a_bad_group_names_file_key_and_what_is_allowed(groups: str, problem: str, tmp_path: Path) -> None:
    (tmp_path / "study.toml").write_text(f'partners = ["CHN", "IND"]\n[groups]\n{groups}\n')
    with pytest.raises(BadInputError, match=problem) as caught:
        load_study(tmp_path)
    assert caught.value.where.startswith("study.toml, groups")
    assert caught.value.allowed


def test_a_scenario_group_with_the_label_of_an_economy_is_refused(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text('[groups]\nRUS = ["KAZ"]\n')
    done = CliRunner().invoke(cli, ["solve", "--scenario", str(tmp_path / "s.toml"), "--out", str(tmp_path / "r")])
    assert isinstance(done.exception, BadInputError)
    assert "groups, RUS" in str(done.exception)
