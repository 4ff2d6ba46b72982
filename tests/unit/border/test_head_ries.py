import numpy as np
import pandas as pd
import pytest
import xarray as xr

from isthmus.border.head_ries import benchmark_pairs, elasticity_table, head_ries
from isthmus.border.observed import HISTORY, FlowHistory, Geography, include_tariff
from isthmus.core.errors import BadInputError


def _history(grids: dict[int, dict[str, list[list[float]]]], names: list[str]) -> FlowHistory:
    years, sectors = list(grids), list(next(iter(grids.values())))
    values = np.array([[grids[y][s] for s in sectors] for y in years], dtype=float)
    return FlowHistory(
        xr.DataArray(values, coords=dict(zip(HISTORY, (years, sectors, names, names), strict=True)), dims=HISTORY), True
    )


def _theta(sectors: str, central: float = 4.0, low: float = 2.0, high: float = 8.0) -> pd.DataFrame:
    return pd.DataFrame({"central": central, "low": low, "high": high, "x": low, "y": high}, index=list(sectors))


TWO = {2020: {"a": [[100.0, 10.0], [40.0, 400.0]], "b": [[50.0, 5.0], [0.01, 60.0]]}}


def test_index_equals_its_formula():
    found = head_ries(_history(TWO, ["P", "Q"]), ("P", "Q"), _theta("ab")).by_sector.set_index("sector")
    ratio = (100 * 400) / (10 * 40)
    assert found.loc["a", "value"] == pytest.approx(ratio ** (1 / 8) - 1, rel=1e-12)
    assert found.loc["a", "low"] == pytest.approx(ratio ** (1 / 16) - 1, rel=1e-12)
    assert found.loc["a", "high"] == pytest.approx(ratio ** (1 / 4) - 1, rel=1e-12)


@pytest.mark.parametrize("cost", [0.0, 0.35, 2.0])
def test_index_recovers_a_known_border_cost(cost):
    rng, n, theta = np.random.default_rng(3), 5, 4.0
    size, price = rng.uniform(1, 9, n), rng.uniform(0.5, 2, n)
    barrier = 1 + cost * (1 - np.eye(n))
    value = (price[:, None] * barrier) ** -theta * size[None, :]
    names = list("PQRST")
    found = head_ries(_history({2020: {"a": value.tolist()}}, names), ("P", "T"), _theta("a", theta)).by_sector
    assert found["value"].item() == pytest.approx(cost, abs=1e-12)


def test_direction_of_the_pair_does_not_matter():
    flows = _history(TWO, ["P", "Q"])
    left, right = (head_ries(flows, pair, _theta("ab")).by_sector for pair in (("P", "Q"), ("Q", "P")))
    pd.testing.assert_frame_equal(left, right)


def test_one_way_sector_is_flagged_counted_and_left_out_of_the_aggregate():
    found = head_ries(_history(TWO, ["P", "Q"]), ("P", "Q"), _theta("ab"))
    rows = found.by_sector.set_index("sector")
    assert rows["one_way"].to_dict() == {"a": False, "b": True}
    assert found.aggregate["value"].tolist() == pytest.approx([rows.loc["a", "value"]] * 2)
    assert found.aggregate["coverage"].iloc[0] == pytest.approx(50 / 55.01)
    assert found.excluded.to_dict("records") == [{"reason": "one_way", "sectors": "b", "cells": 1}]


def test_threshold_decides_what_is_one_way():
    flows = _history(TWO, ["P", "Q"])
    assert not head_ries(flows, ("P", "Q"), _theta("ab"), one_way_below=1e-4).by_sector["one_way"].any()
    assert head_ries(flows, ("P", "Q"), _theta("ab"), one_way_below=0.1).by_sector["one_way"].tolist() == [False, True]


def test_missing_domestic_sales_and_missing_trade_are_counted_exclusions():
    grid = {
        2020: {
            "a": [[100.0, 10.0], [40.0, 400.0]],
            "b": [[0.0, 5.0], [4.0, 60.0]],
            "c": [[1.0, 0.0], [0.0, 1.0]],
            "d": [[1.0, 1.0], [0.0, 1.0]],
        }
    }
    found = head_ries(_history(grid, ["P", "Q"]), ("P", "Q"), _theta("abcd"))
    rows = found.by_sector.set_index("sector")
    expected = {"a": "", "b": "no_domestic_sales", "c": "no_trade", "d": "one_direction_empty"}
    assert rows["excluded"].to_dict() == expected
    assert rows["value"].isna().tolist() == [False, True, True, True]
    assert set(found.excluded["reason"]) == set(expected.values()) - {""}


def test_constant_basket_holds_sectors_and_weights_fixed():
    first = {"a": [[100.0, 10.0], [40.0, 400.0]], "b": [[50.0, 5.0], [5.0, 60.0]]}
    second = {"a": [[100.0, 10.0], [40.0, 400.0]], "b": [[50.0, 5.0], [0.0, 60.0]]}
    found = head_ries(_history({2020: first, 2021: second}, ["P", "Q"]), ("P", "Q"), _theta("ab")).aggregate
    constant = found[found["basket"] == "constant"]
    assert constant["sectors"].tolist() == [1, 1]
    assert constant["value"].iloc[0] == pytest.approx(constant["value"].iloc[1])
    assert found[found["basket"] == "each_year"]["sectors"].tolist() == [2, 1]


def test_aggregate_range_is_over_consistent_sets():
    theta = pd.DataFrame(
        {"central": [4.0, 4.0], "low": [2.0, 2.0], "high": [8.0, 8.0], "x": [2.0, 8.0], "y": [8.0, 2.0]},
        index=["a", "b"],
    )
    grid = {2020: {"a": [[100.0, 10.0], [40.0, 400.0]], "b": [[100.0, 10.0], [40.0, 400.0]]}}
    found = head_ries(_history(grid, ["P", "Q"]), ("P", "Q"), theta)
    one = found.by_sector.iloc[0]
    assert found.aggregate["high"].iloc[0] < one["high"], "no set has both elasticities low"
    assert set(found.by_set["set"]) == {"x", "y"}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"pair": ("P", "Z")}, "unknown economy 'Z'"),
        ({"pair": ("P", "P")}, "P twice"),
        ({"theta": _theta("a")}, "none for sector b"),
    ],
)
def test_unusable_input_is_named(change, says):
    arguments = {"history": _history(TWO, ["P", "Q"]), "pair": ("P", "Q"), "theta": _theta("ab"), **change}
    with pytest.raises(BadInputError, match=says):
        head_ries(**arguments)


def test_pair_without_trade_is_bad_input():
    with pytest.raises(BadInputError, match="no sector with trade in both directions"):
        head_ries(_history({2020: {"a": [[1.0, 0.0], [0.0, 1.0]]}}, ["P", "Q"]), ("P", "Q"), _theta("a"))


def test_flows_before_tariff_are_refused_and_tariffs_enter_once():
    value = _history(TWO, ["P", "Q"]).value
    before = FlowHistory(value)
    with pytest.raises(BadInputError, match="before tariff"):
        head_ries(before, ("P", "Q"), _theta("ab"))
    rate = xr.DataArray(
        [[[0.0, 0.1], [0.2, 0.0]]],
        coords={"sector": ["a"], "exporter": ["P", "Q"], "importer": ["P", "Q"]},
        dims=("sector", "exporter", "importer"),
    )
    with_tariff = include_tariff(before, rate)
    assert with_tariff.value.sel(year=2020, sector="a").values.tolist() == [[100, 11], [48, 400]]
    assert [note.what for note in with_tariff.notes] == ["no rates, counted as 0, for sector b"]
    with pytest.raises(BadInputError, match="already contains tariffs"):
        include_tariff(with_tariff, rate)


def test_elasticities_of_services_are_a_range_of_their_own():
    sets = xr.DataArray(
        [[2.0, 3.0], [6.0, 4.0]], coords={"set": ["A", "B"], "sector": ["g", "s"]}, dims=("set", "sector")
    )
    table = elasticity_table(sets, "A", ["s", "services"], (3.0, 5.0, 8.35))
    assert table.loc["g", ["central", "low", "high"]].tolist() == [2, 2, 6]
    assert table.loc["services", ["central", "low", "high"]].tolist() == [5, 3, 8.35]
    assert table.loc["s", ["A", "B"]].tolist() == [5, 5]
    with pytest.raises(BadInputError, match="unknown set"):
        elasticity_table(sets, "C", [], (3.0, 5.0, 8.35))


def test_benchmarks_are_single_neighbours_with_a_deep_agreement_in_every_year():
    names = ["P", "Q", "R", "G"]
    pairs = pd.DataFrame(
        [(a, b, 1.0, float(a != b), 0.0) for a in names for b in names],
        columns=["exporter", "importer", "distance_km", "contiguity", "common_language"],
    )
    links = [
        (a, b, y, "u", deep, 1.0, "")
        for y in (2020, 2021)
        for a, b, deep in (("P", "Q", True), ("P", "R", y == 2020), ("P", "G", True), ("Q", "R", False))
    ]
    agreements = pd.DataFrame(links, columns=["exporter", "importer", "year", "agreement", "deep", "share", "status"])
    where = Geography(pairs, agreements, {"G": {"X": 0.5, "Y": 0.5}, **{e: {e: 1.0} for e in "PQR"}})
    grid = {"a": np.ones((4, 4)).tolist()}
    assert benchmark_pairs(_history({2020: grid, 2021: grid}, names), where) == [("P", "Q")]
