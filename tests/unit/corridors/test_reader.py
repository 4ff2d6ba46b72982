"""Networks as tables: what is read, and what is refused with file, row and remedy."""

from pathlib import Path

import numpy as np
import pytest

from isthmus.core.errors import BadInputError
from isthmus.corridors.network import ArcKind
from isthmus.readers.networks.network import read_network

TABLES = {
    "nodes.csv": "id,name,economy,mode,gauge,lat,lon\nA,Alpha,AA,rail,1520,1,1\nB,Beta,BB,rail,1435,1,2\n",
    "arcs.csv": "id,from,to,kind,two_way,carriers,km,rate_usd_per_unit_km,fee_usd_per_unit,hours,capacity,capacity_b,loss_share\n"
    "x,A,B,gauge,true,*,100,0.1,5,24,12,10,0.01\n",
    "carriers.csv": "id,name,family,unit,value_usd_per_unit,time_value_per_day,weight\nore,Ore,freight,Mt,100,0.01,1\n",
    "demand.csv": "node,carrier,year,supply,demand\nA,ore,2025,20,\nB,ore,2025,,8\n",
}


def written(folder: Path, **changes: str) -> Path:
    for name, text in {**TABLES, **{f"{key}.csv": text for key, text in changes.items()}}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def edited(name: str, old: str, new: str) -> dict[str, str]:
    assert old in TABLES[f"{name}.csv"]
    return {name: TABLES[f"{name}.csv"].replace(old, new)}


def test_a_network_is_read(tmp_path: Path) -> None:
    found = read_network(written(tmp_path))
    arc = found.arcs[0]
    assert (arc.kind, arc.two_way, arc.carriers, arc.capacity, arc.capacity_b) == (
        ArcKind.GAUGE,
        True,
        ("ore",),
        12,
        10,
    )
    assert (arc.loss_share, arc.hours_low, arc.hours_high) == (0.01, 24, 24)
    assert found.carriers[0].tonnes == 1e6
    assert found.demand.sel(node="B", carrier="ore", year=2025).item() == 8
    assert found.supply.sel(node="B", carrier="ore", year=2025).item() == 0
    assert found.notes == ()


def test_a_semicolon_table_with_decimal_commas_is_read(tmp_path: Path) -> None:
    demand = "node;carrier;year;supply;demand\nA;ore;2025;20,5;\nB;ore;2025;;8\n"
    assert read_network(written(tmp_path, demand=demand)).supply.sum().item() == 20.5


def test_an_empty_capacity_is_no_limit_and_an_empty_number_is_counted(tmp_path: Path) -> None:
    found = read_network(written(tmp_path, **edited("arcs", "24,12,10,0.01", ",,,")))
    assert np.isinf(found.arcs[0].capacity)
    assert found.arcs[0].hours == 0
    assert found.notes == ("arcs.csv, column hours: 1 empty cells read as 0",)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"nodes": TABLES["nodes.csv"] + "C,Gamma,BB,rail,1435,1,3\n"}, ("nodes.csv", "node C", "no arc")),
        ({"nodes": TABLES["nodes.csv"] + "B,Beta,BB,rail,1435,1,3\n"}, ("nodes.csv, row 4", "duplicate")),
        (edited("arcs", "x,A,B", "x,A,Z"), ("arcs.csv, row 2", "arc x", "'Z'")),
        (edited("arcs", "x,A,B", "x,A,A"), ("arc x", "starts where it ends")),
        (edited("arcs", "gauge", "ferry"), ("arcs.csv, row 2", "'ferry'", "line, transfer, border")),
        (edited("arcs", ",0.1,", ",-0.1,"), ("arcs.csv, row 2", "rate_usd_per_unit_km", "-0.1")),
        (edited("arcs", "5,24", "-5,24"), ("fee_usd_per_unit", "-5")),
        (edited("arcs", "10,0.01", "10,1"), ("loss_share", "below 1")),
        (edited("arcs", "true,*", "true,gold"), ("carriers", "'gold'")),
        (edited("carriers", "0.01,1", "0.01,0"), ("weight", "above 0")),
        (edited("carriers", "100,0.01", "-1,0.01"), ("value_usd_per_unit", "-1")),
        (edited("demand", "B,ore,2025,,8", "Q,ore,2025,,8"), ("demand.csv, row 3", "'Q'")),
        (edited("demand", "B,ore,2025,,8", "B,tea,2025,,8"), ("demand.csv, row 3", "'tea'")),
        (edited("demand", "B,ore,2025,,8", "B,ore,2025,,-8"), ("demand.csv, row 3", "-8")),
        ({"demand": TABLES["demand.csv"] + "B,ore,2025,,1\n"}, ("demand.csv, row 4", "duplicate")),
        (edited("arcs", "A,B,gauge,true", "B,A,gauge,false"), ("demand.csv", "B (ore)", "cannot be reached")),
        ({"demand": "node,carrier,year,supply,demand\n"}, ("demand.csv", "no rows")),
    ],
)
def test_defects_are_named(tmp_path: Path, changes: dict[str, str], words: tuple[str, ...]) -> None:
    with pytest.raises(BadInputError) as error:
        read_network(written(tmp_path, **changes))
    for word in words:
        assert word in str(error.value)


def test_a_missing_directory_lists_what_there_is() -> None:
    with pytest.raises(BadInputError, match="china-russia"):
        read_network("no-such-network")


@pytest.mark.parametrize(
    ("name", "text", "word"),
    [
        ("seasons", "season,share\nsummer,0.5\nwinter,0.6\n", "sums to 1.1"),
        ("queue", "up_to_share,hours_share\n0.5,0\n0.9,1\n", "rising to 1"),
        ("storage", "node,carrier,capacity\nZ,ore,5\n", "'Z'"),
        ("projects", "id,name,arc,year,capacity_add\np,P,zz,2026,5\n", "'zz'"),
    ],
)
def test_optional_tables_are_checked(tmp_path: Path, name: str, text: str, word: str) -> None:
    written(tmp_path)
    (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    with pytest.raises(BadInputError, match=word):
        read_network(tmp_path)
