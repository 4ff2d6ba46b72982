"""Trade put on a network: directions apart, counted volumes before those by value, growth between the network's years."""

import numpy as np
import pytest
import xarray as xr
from networks import arc, carrier, network, node

from isthmus.core.errors import BadInputError
from isthmus.corridors.flow import flow
from isthmus.corridors.routes import routes
from isthmus.corridors.volume import SLACK, Mix, anchored, growth, mixes_of, placed, volumes
from isthmus.corridors.wedge import passages


def units(one_way: float, back: float, years: tuple[int, ...] = (2025,)) -> xr.DataArray:
    labels = {"carrier": ["c0"], "exporter": ["AA", "BB"], "importer": ["AA", "BB"], "year": list(years)}
    array = xr.DataArray(np.zeros((1, 2, 2, len(years))), dims=tuple(labels), coords=labels)
    array.loc[{"exporter": "AA", "importer": "BB"}] = one_way
    array.loc[{"exporter": "BB", "importer": "AA"}] = back
    return array


def two_sides(**more: object) -> object:
    return network(
        [node("a"), node("a2"), node("m"), node("b", "BB"), node("b2", "BB")],
        [
            arc("one", "a", "m", two_way=True, rate=0.1),
            arc("two", "a2", "m", two_way=True, rate=0.2),
            arc("x1", "m", "b", two_way=True, rate=0.3),
            arc("x2", "m", "b2", two_way=True, rate=0.4),
        ],
        [carrier()],
        {("a", "c0", 2025): 9.0, ("a2", "c0", 2025): 1.0, ("a", "c0", 2030): 18.0, ("a2", "c0", 2030): 2.0},
        {("b", "c0", 2025): 6.0, ("b2", "c0", 2025): 2.0, ("b", "c0", 2030): 12.0, ("b2", "c0", 2030): 4.0},
        years=(2025, 2027, 2030),
        **more,
    )  # fmt: skip


def test_what_one_side_sells_never_serves_its_own_customers() -> None:
    made, left = placed(two_sides(), units(8.0, 4.0))
    assert left.empty
    copy = made.carriers[1]
    assert (copy.id, copy.like) == ("c0:BB>AA", "c0")
    demand = made.demand.isel(year=0, season=0)
    assert demand.sel(carrier="c0", node=["b", "b2"]).values.tolist() == [6.0, 2.0]
    assert demand.sel(carrier=copy.id, node=["a", "a2"]).values.tolist() == pytest.approx([3.6, 0.4])
    offered = made.supply.isel(year=0, season=0).sel(carrier=copy.id)
    assert float(offered.sum()) == pytest.approx(4.0 * SLACK)
    assert all(copy.id in a.carriers for a in made.arcs)
    passed = passages(found := flow(made), routes(found))
    assert {key[:3] for key in passed} == {("c0", "AA", "BB"), ("c0", "BB", "AA")}
    assert passed["c0", "BB", "AA", 2025].delivered == pytest.approx(4.0)


def test_a_direction_without_a_way_is_listed() -> None:
    one_way = network(
        [node("a"), node("b", "BB")], [arc("x", "a", "b")], [carrier()], {("a", "c0", 2025): 9.0},
        {("b", "c0", 2025): 6.0},
    )  # fmt: skip
    made, left = placed(one_way, units(3.0, 2.0))
    assert [c.id for c in made.carriers] == ["c0"]
    assert left.to_dict("records") == [
        {"carrier": "c0", "exporter": "BB", "importer": "AA", "year": 2025, "units": 2.0}
    ]


def test_a_year_without_rows_takes_the_nearest_that_has_demand() -> None:
    made, _ = placed(two_sides(), units(8.0, 0.0, (2027, 2026)))
    assert made.supply.sel(node="a", carrier="c0").sum("season").values.tolist() == pytest.approx([9.0, 9.0])
    assert made.demand.sel(carrier="c0").sum(("node", "season")).values.tolist() == pytest.approx([8.0, 8.0])


def test_counted_volumes_stand_before_those_by_value() -> None:
    found, table = anchored(two_sides(), units(100.0, 5.0))
    assert found.sel(exporter="AA", importer="BB").item() == pytest.approx(8.0)
    assert found.sel(exporter="BB", importer="AA").item() == pytest.approx(5.0)
    assert table["on_network"].isna().tolist() == [False, True]


def test_exporters_share_what_was_counted_by_what_they_sell() -> None:
    three = network(
        [node("a"), node("b", "BB"), node("c", "CC")],
        [arc("x", "a", "b"), arc("y", "c", "b")],
        [carrier()], {("a", "c0", 2025): 9.0, ("c", "c0", 2025): 9.0}, {("b", "c0", 2025): 8.0},
    )  # fmt: skip
    labels = {"carrier": ["c0"], "exporter": ["AA", "CC"], "importer": ["BB"], "year": [2025]}
    found, _ = anchored(three, xr.DataArray(np.array([[[[30.0]], [[10.0]]]]), dims=tuple(labels), coords=labels))
    assert found.values.ravel().tolist() == pytest.approx([6.0, 2.0])


def test_growth_moves_in_a_straight_line_between_years_with_demand() -> None:
    grown = growth(two_sides(), 2025, (2025, 2026, 2030, 2040))
    assert grown["c0", "BB"].tolist() == pytest.approx([1.0, 1.2, 2.0, 2.0])
    assert grown["c0", "AA"].tolist() == [1.0, 1.0, 1.0, 1.0]


def test_a_mix_of_a_direction_goes_before_the_general_one() -> None:
    mixes = (Mix("S", "c0", 1.0, 10.0), Mix("S", "c1", 1.0, 40.0, exporter="BB", importer="AA"))
    assert [m.carrier for m in mixes_of(mixes, "S", "AA", "BB")] == ["c0"]
    assert [m.carrier for m in mixes_of(mixes, "S", "BB", "AA")] == ["c1"]
    labels = {"sector": ["S"], "exporter": ["AA", "BB"], "importer": ["AA", "BB"], "year": [2025]}
    trade = xr.DataArray(np.array([[[[0.0], [2.0]], [[4.0], [0.0]]]]), dims=tuple(labels), coords=labels)
    found = volumes(trade, mixes, ["c0", "c1"])
    assert found.sel(carrier="c0", exporter="AA", importer="BB").item() == pytest.approx(2e6 / 10)
    assert found.sel(carrier="c1", exporter="BB", importer="AA").item() == pytest.approx(4e6 / 40)
    assert found.sel(carrier="c0", exporter="BB", importer="AA").item() == 0.0
    with pytest.raises(BadInputError, match=r"value mix of S BB AA"):
        volumes(trade, (*mixes, Mix("S", "c0", 0.5, 1.0, exporter="BB", importer="AA")), ["c0", "c1"])
