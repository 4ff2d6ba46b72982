"""Trade to tonnes and back: values, volumes, wedges and rents agree."""

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from networks import arc, carrier, network, node

from isthmus.border.wedge import TimeBase
from isthmus.core.errors import BadInputError
from isthmus.corridors.fit import fit, fit_table, premium
from isthmus.corridors.flow import flow
from isthmus.corridors.network import ArcKind
from isthmus.corridors.routes import routes
from isthmus.corridors.volume import Mix, placed, volumes
from isthmus.corridors.wedge import passages, rents, wedges

MIXES = (Mix("S1", "c0", 0.75, 100.0), Mix("S1", "c1", 0.25, 1000.0), Mix("S2", "c1", 1.0, 2000.0))


def trade(value: float = 4.0) -> xr.DataArray:
    labels = {"sector": ["S1", "S2", "S3"], "exporter": ["AA", "BB"], "importer": ["AA", "BB"], "year": [2025, 2030]}
    array = xr.DataArray(np.zeros((3, 2, 2, 2)), dims=tuple(labels), coords=labels)
    array.loc[{"exporter": "AA", "importer": "BB"}] = value
    return array


def border() -> object:
    both = ("c0", "c1")
    return network(
        [node("a"), node("a2"), node("m"), node("b", "BB")],
        [
            arc("line", "a", "m", km=100, rate=0.2, hours=24, carriers=both),
            arc("line2", "a2", "m", km=100, rate=0.2, hours=24, carriers=both),
            arc("cross", "m", "b", km=0, fee=5, hours=48, kind=ArcKind.GAUGE, carriers=both, owner="BB", fee_recipient="AA"),
        ],
        [carrier("c0", time_value=0.001), carrier("c1", time_value=0.01)],
        {("a", "c0", 2025): 30.0, ("a2", "c0", 2025): 10.0, ("a", "c1", 2025): 1.0},
        {("b", "c0", 2025): 20.0, ("b", "c1", 2025): 1.0},
    )  # fmt: skip


def test_values_become_units_and_what_has_no_carrier_crosses_no_network() -> None:
    found = volumes(trade(), MIXES, ["c0", "c1"])
    pair = found.sel(exporter="AA", importer="BB", year=2025)
    assert pair.values.tolist() == pytest.approx([3e6 / 100, 1e6 / 1000 + 4e6 / 2000])
    with pytest.raises(BadInputError, match=r"sum to 0\.75"):
        volumes(trade(), MIXES[:1], ["c0"])


def test_volumes_spread_as_the_network_does() -> None:
    made, left = placed(border(), volumes(trade(), MIXES, ["c0", "c1"]))
    assert made.years == (2025, 2030)
    assert made.demand.sel(node="b", carrier="c0", year=2030).item() == pytest.approx(30000)
    assert made.supply.sel(node="a", carrier="c0", year=2025).item() == pytest.approx(30 * 30000 / 20)
    assert left.empty
    back = trade().rename(exporter="importer", importer="exporter").transpose("sector", "exporter", "importer", "year")
    _, left = placed(border(), volumes(back, MIXES, ["c0", "c1"]))
    assert left["units"].sum() == pytest.approx(2 * (30000 + 3000))


def test_wedges_are_shares_of_the_value_by_component() -> None:
    found = flow(border())
    table = wedges(passages(found, routes(found)), MIXES, TimeBase.JOURNEY)
    got = table.set_index(["component", "sector"])["value"]
    assert got["freight", "S2"] == pytest.approx(20 / 2000)
    assert got["transhipment", "S2"] == pytest.approx(5 / 2000)
    assert got["time", "S2"] == pytest.approx(3 * 0.01)
    assert got["freight", "S1"] == pytest.approx(0.75 * 20 / 100 + 0.25 * 20 / 1000)
    at_border = wedges(passages(found, routes(found)), MIXES, TimeBase.BORDER, {"c1": 15.0}).set_index(
        ["component", "sector"]
    )
    assert at_border["value"]["time", "S2"] == pytest.approx(2 * 0.01)
    assert at_border["value"]["freight", "S2"] == pytest.approx(5 / 2000)


def test_what_is_lost_on_the_way_pays_no_more_and_is_paid_by_what_arrives() -> None:
    made = network(
        [node("a"), node("m"), node("b", "BB")],
        [arc("line", "a", "m", km=100, rate=0.2, hours=24, loss_share=0.5), arc("cross", "m", "b", km=0, hours=48)],
        [carrier()], {("a", "c0", 2025): 9.0}, {("b", "c0", 2025): 1.0},
    )  # fmt: skip
    found = flow(made)
    got = wedges(passages(found, routes(found)), [Mix("S1", "c0", 1.0, 1000.0)], TimeBase.JOURNEY).set_index(
        "component"
    )["value"]
    assert got["time"] == pytest.approx((2 * 24 + 1 * 48) / 24 * 0.01)
    assert got["freight"] == pytest.approx(2 * 20 / 1000)


def test_rents_have_recipients() -> None:
    found = flow(border())
    table = rents(passages(found, routes(found)), MIXES)
    fee = table[(table["kind"] == "fee") & (table["recipient"] == "AA")].set_index("sector")["value"]
    assert fee["S2"] == pytest.approx(5 / 2000)
    assert fee["S1"] == pytest.approx(0.75 * 5 / 100 + 0.25 * 5 / 1000)


def test_what_does_not_fit_pays_the_price_at_which_the_rest_fits() -> None:
    made = network(
        [node("a"), node("b", "BB")], [arc("x", "a", "b", km=0, fee=5, capacity=8)], [carrier(value=100.0)],
        {("a", "c0", 2025): 50.0}, {("b", "c0", 2025): 10.0},
    )  # fmt: skip
    found = fit(made, 5.0)
    assert found.unmet.sum().item() == pytest.approx(2)
    dual = found.scarcity.sel(link="x", direction="forward").item()
    low, high = (100 * premium(np.array(u), 5.0) for u in (0.15, 0.3))
    assert low <= dual <= high
    table: pd.DataFrame = fit_table(found)
    assert table["unmet_share"].item() == pytest.approx(0.2)
    assert table["unmet_pays_usd_per_unit"].item() == pytest.approx(dual)
    roomy = fit(made, 0.5)
    assert roomy.scarcity.sel(link="x", direction="forward").item() > dual
