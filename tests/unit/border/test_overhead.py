import numpy as np
import pytest
from test_itemise import CONDITIONS, DIRECTIONS, LEDGER, PROFILES, SECTORS, entry

from isthmus.border.itemise import Unit, itemise
from isthmus.border.overhead import Claim, Definition, best_reading, claim_test, overhead, unexplained, verdict
from isthmus.border.wedge import Component, Reach, TimeBase
from isthmus.core.errors import BadInputError

KINDS = ("goods", "goods", "services")
WEIGHTS = np.array([[3.0, 0.0], [1.0, 4.0], [2.0, 2.0]])


def priced():
    entries = (
        entry("f", Component.FREIGHT, Unit.FRACTION, 0.2, part="distance", reach=Reach.NATURAL),
        entry("p", Component.PROCEDURES, Unit.FRACTION, 0.1, range=(0.05, 0.3)),
        entry("q", Component.THIRD_PARTY, Unit.FRACTION, 0.1, reach=Reach.THIRD_PARTY),
    )
    return itemise(entries, PROFILES, LEDGER, SECTORS, DIRECTIONS, CONDITIONS, TimeBase.BORDER, draws=16)


def all_in(value=1.0):
    index = np.full((3, 17), value)
    index[2] = np.nan
    return index


def central(table, definition, reach, direction, sector):
    chosen = table[
        (table["definition"] == definition)
        & (table["reach"] == reach)
        & (table["direction"] == direction)
        & (table["sector"] == sector)
    ]
    assert len(chosen) == 1
    return chosen["central"].item()


def test_three_definitions_of_one_sector():
    table = overhead(priced(), KINDS, WEIGHTS, all_in()).table
    phi = 1.1 * 1.1 * 1.2 * 1.1
    assert central(table, "ad_valorem_equivalent", "all", "AAA>BBB", "G1") == pytest.approx(phi - 1)
    assert central(table, "share_of_delivered_price", "all", "AAA>BBB", "G1") == pytest.approx(1 - 1 / phi)
    assert central(table, "share_of_all_in_cost", "all", "AAA>BBB", "G1") == pytest.approx(np.log(phi) / np.log(2))


def test_policy_reach_leaves_out_nature_and_others():
    table = overhead(priced(), KINDS, WEIGHTS, all_in()).table
    assert central(table, "ad_valorem_equivalent", "policy", "AAA>BBB", "G1") == pytest.approx(1.1 * 1.1 - 1)
    assert central(table, "share_of_delivered_price", "policy", "AAA>BBB", "G1") == pytest.approx(1 - 1 / 1.21)
    assert central(table, "ad_valorem_equivalent", "third_party", "AAA>BBB", "G1") == pytest.approx(0.1)


def test_sectors_and_directions_are_added_by_trade():
    table = overhead(priced(), KINDS, WEIGHTS, all_in()).table
    one = central(table, "ad_valorem_equivalent", "all", "AAA>BBB", "G1")
    two = central(table, "ad_valorem_equivalent", "all", "AAA>BBB", "G2")
    back = central(table, "ad_valorem_equivalent", "all", "BBB>AAA", "G2")
    assert central(table, "ad_valorem_equivalent", "all", "AAA>BBB", "goods") == pytest.approx((3 * one + two) / 4)
    both = central(table, "ad_valorem_equivalent", "all", "both", "goods")
    assert both == pytest.approx((3 * one + two + 4 * back) / 8)


def test_the_all_in_share_is_empty_where_the_index_means_nothing():
    table = overhead(priced(), KINDS, WEIGHTS, all_in()).table
    assert np.isnan(central(table, "share_of_all_in_cost", "all", "AAA>BBB", "S1"))


def test_low_central_high_are_in_order():
    table = overhead(priced(), KINDS, WEIGHTS, all_in()).table.dropna()
    assert (table["low"] <= table["central"]).all()
    assert (table["central"] <= table["high"]).all()


def test_unexplained_is_for_the_geometric_mean_and_may_be_negative():
    table = unexplained(priced(), all_in(0.1)).set_index("sector")
    explained = np.sqrt(1.1 * 1.0) * 1.1 * 1.2 * 1.1 - 1
    assert table.loc["G1", "unexplained"] == pytest.approx(0.1 - explained)
    assert table.loc["G1", "unexplained"] < 0


def test_a_claim_is_placed_in_the_draws():
    result = overhead(priced(), KINDS, WEIGHTS, all_in())
    tested = claim_test(Claim("c", 0.3, 0.4, "a source"), [result])
    np.testing.assert_allclose(tested[["below", "within", "above"]].sum(axis=1), 1.0)
    assert set(tested["definition"]) == set(Definition)
    sure = claim_test(Claim("c", 0.0, 9.0, "a source", Definition.AD_VALOREM), [result])
    assert set(sure["definition"]) == {"ad_valorem_equivalent"}
    assert (sure["within"] == 1).all()


def test_the_best_reading_has_the_most_draws_inside():
    result = overhead(priced(), KINDS, WEIGHTS, all_in())
    tested = claim_test(Claim("c", 0.3, 0.4, "a source"), [result])
    best = best_reading(tested)["policy"]
    rivals = tested[(tested["sector"] == "goods") & (tested["direction"] == "both") & (tested["reach"] == "policy")]
    assert best["within"] == rivals["within"].max()


@pytest.mark.parametrize(("within", "word"), [(0.9, "holds"), (0.5, "holds"), (0.2, "possible"), (0.01, "unlikely")])
def test_verdicts(within, word):
    assert verdict(within) == word


def test_a_claim_in_percent_instead_of_fractions_upside_down_is_refused():
    with pytest.raises(BadInputError, match="claim c"):
        Claim("c", 0.4, 0.3, "a source")
