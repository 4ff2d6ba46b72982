"""Goods cross by the modes they are known to cross by, and each mode's price is that of its own ways."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from networks import arc, carrier, network

from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Status
from isthmus.corridors.calibration import Observation, compare
from isthmus.corridors.flow import flow, total_cost
from isthmus.corridors.modes import by_mode
from isthmus.corridors.network import Kind, ModeShare, Network, Node, Store
from isthmus.readers.networks.network import read_network


def two_ways(road: float = 100.0) -> Network:
    """A mine and a town with a cheap railway crossing and a dear road crossing beside it; lines at home serve both."""
    nodes = [
        Node(id=name, name=name, economy=economy, mode=mode)
        for name, economy, mode in (
            ("mine", "AA", "rail"), ("rail-a", "AA", "rail"), ("rail-b", "BB", "rail"), ("town", "BB", "rail"),
            ("road-a", "AA", "road"), ("road-b", "BB", "road"),
        )
    ]  # fmt: skip
    both = {"carriers": ("box", "ore"), "two_way": True}
    arcs = [
        arc("home", "mine", "rail-a", **both),
        arc("rail", "rail-a", "rail-b", kind=Kind.BORDER, fee=10.0, km=0.0, **both),
        arc("there", "rail-b", "town", **both),
        arc("load", "mine", "road-a", kind=Kind.TRANSFER, km=0.0, **both),
        arc("road", "road-a", "road-b", kind=Kind.BORDER, fee=50.0, km=0.0, capacity=road, **both),
        arc("unload", "road-b", "town", kind=Kind.TRANSFER, km=0.0, **both),
    ]
    shares = tuple(
        ModeShare(carrier="box", exporter="AA", importer="BB", mode=mode, share=share, source="counted")
        for mode, share in (("rail", 0.7), ("road", 0.3))
    )
    goods = [carrier("box", value=1000.0, time_value=0.0), carrier("ore", value=10.0, time_value=0.0)]
    made = network(
        nodes, arcs, goods, {("mine", "box", 2025): 20.0, ("mine", "ore", 2025): 20.0},
        {("town", "box", 2025): 10.0, ("town", "ore", 2025): 5.0},
    )  # fmt: skip
    return replace(made, mode_shares=shares)


def test_cheapest_ways_alone_put_all_on_one_mode_and_shares_split_it() -> None:
    plain = flow(replace(two_ways(), mode_shares=()))
    assert float(plain.flow.sel(link="road").sum()) == 0
    split = flow(two_ways())
    across = split.flow.sel(year=2025, direction="forward")
    assert float(across.sel(link="road").sum()) == pytest.approx(3.0)
    assert float(across.sel(link="rail", carrier="box@rail")) == pytest.approx(7.0)
    assert float(across.sel(link="rail", carrier="ore")) == pytest.approx(5.0)
    dearer = (50 - 2 * 10 - 10) * 3.0
    assert float((total_cost(split) - total_cost(plain))[0]) == pytest.approx(dearer)


def test_a_mode_has_the_price_of_its_own_ways_and_copies_count_as_the_carrier() -> None:
    split = flow(two_ways())
    price = split.price.sel(node="town", year=2025)
    assert float(price.sel(carrier="box@road")) == pytest.approx(50.0)
    assert float(price.sel(carrier="box@rail")) == pytest.approx(30.0)
    copies = [c for c in split.network.carriers if c.like == "box"]
    assert [c.mode for c in copies] == ["rail", "road"]
    seen = Observation(
        id="x", what="boxes", arcs=("rail", "road"), direction="forward", carriers=("box",), year=2025, value=10.0,
        unit="t", status=Status.QUOTED, source="counted",
    )  # fmt: skip
    assert bool(compare(split, [seen])["met"][0])


def test_a_network_is_split_once_and_other_directions_stay_whole() -> None:
    once = by_mode(two_ways())
    assert by_mode(once) is once
    back = replace(
        two_ways(), mode_shares=tuple(replace(s, exporter="BB", importer="AA") for s in two_ways().mode_shares)
    )
    assert [c.id for c in by_mode(back).carriers] == ["box", "ore"]
    whole = two_ways()
    assert np.allclose(once.demand.values.sum(axis=1), whole.demand.values.sum(axis=1))


def test_what_is_stored_cannot_be_split() -> None:
    store = Store(node="town", carrier="box", capacity=1.0, loss_share=0.0, cost=0.0)
    with pytest.raises(BadInputError, match="box"):
        by_mode(replace(two_ways(), stores=(store,)))


def written(folder: Path, shares: str) -> Path:
    (folder / "nodes.csv").write_text(
        "id,name,economy,mode\na,A,AA,rail\nb,B,BB,rail\nc,C,AA,road\nd,D,BB,road\n", encoding="utf-8"
    )
    (folder / "arcs.csv").write_text(
        "id,from,to,kind,two_way,carriers,km,rate_usd_per_unit_km,fee_usd_per_unit,hours,capacity,capacity_b,loss_share\n"
        "rail,a,b,border,true,*,1,1,0,0,,,\nroad,c,d,border,true,*,1,9,0,0,,,\nload,a,c,transfer,true,*,0,0,1,0,,,\n",
        encoding="utf-8",
    )
    (folder / "carriers.csv").write_text(
        "id,name,family,unit,value_usd_per_unit,time_value_per_day,weight\nbox,Box,f,t,1,0,1\n", encoding="utf-8"
    )
    (folder / "demand.csv").write_text(
        "node,carrier,year,supply,demand\na,box,2025,9,\nb,box,2025,,4\n", encoding="utf-8"
    )
    (folder / "mode_shares.csv").write_text(
        "carrier,exporter,importer,mode,share,source,status\n" + shares, encoding="utf-8"
    )
    return folder


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        ("box,AA,BB,rail,0.6,counted,quoted\n", "sum to 0.6"),
        ("boot,AA,BB,rail,1,counted,quoted\n", "boot"),
        ("box,AA,BB,air,1,counted,quoted\n", "air"),
        ("box,AA,XX,rail,1,counted,quoted\n", "XX"),
        ("box,AA,BB,rail,1,,quoted\n", "source"),
        ("box,AA,BB,rail,1,counted,sure\n", "sure"),
        ("box,AA,BB,rail,-0.5,counted,quoted\nbox,AA,BB,road,1.5,counted,quoted\n", "-0.5"),
        ("box,AA,BB,rail,0.5,counted,quoted\nbox,AA,BB,road,0.5,counted,quoted\n", "b \\(box@road\\)"),
    ],
)
def test_wrong_shares_are_named(tmp_path: Path, rows: str, word: str) -> None:
    with pytest.raises(BadInputError, match=word):
        read_network(written(tmp_path, rows))


def test_the_packaged_network_carries_containers_as_they_were_counted() -> None:
    split = flow(read_network("china-russia"))
    goods = [c.id for c in split.network.carriers if c.like in ("goods", "boxes", "urgent") and c.mode == "road"]
    crossings = [a.id for a in split.network.arcs if a.id.startswith("rx-")]
    moved = split.flow.sel(link=crossings, carrier=goods, year=2024, direction="backward").sum()
    assert float(moved) == pytest.approx(0.22 * 15.0, rel=0.03)
