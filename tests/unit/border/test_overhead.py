import numpy as np
import pytest
from test_itemise import CONDITIONS, DIRECTIONS, LEDGER, PROFILES, SECTORS, entry

from isthmus.border.itemise import CostUnit, itemise
from isthmus.border.overhead import Claim, Definition, claim_grid, claim_test, overhead, unexplained, verdict
from isthmus.border.spread import ranges
from isthmus.border.wedge import Component, Reach, TimeBase
from isthmus.core.errors import BadInputError

KINDS = ("goods", "goods", "services")
WEIGHTS = np.array([[3.0, 0.0], [1.0, 4.0], [2.0, 2.0]])


def priced():
    entries = (
        entry("f", Component.FREIGHT, CostUnit.FRACTION, 0.2, part="distance", reach=Reach.NATURAL),
        entry("p", Component.PROCEDURES, CostUnit.FRACTION, 0.1, range=(0.05, 0.3)),
        entry("q", Component.THIRD_PARTY, CostUnit.FRACTION, 0.1, reach=Reach.THIRD_PARTY),
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
    return chosen["central_run"].item()


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


def test_little_trade_weighs_as_much_does():
    large, small = (overhead(priced(), KINDS, weights, all_in()).table for weights in (WEIGHTS, WEIGHTS / 1000))
    np.testing.assert_allclose(small["central_run"], large["central_run"])


def test_the_all_in_share_is_empty_where_the_index_means_nothing():
    table = overhead(priced(), KINDS, WEIGHTS, all_in()).table
    assert np.isnan(central(table, "share_of_all_in_cost", "all", "AAA>BBB", "S1"))


def test_the_all_in_share_is_empty_where_the_index_is_in_some_draws():
    index = all_in()
    index[0, 3] = np.nan
    table = overhead(priced(), KINDS, WEIGHTS, index).table
    assert np.isnan(central(table, "share_of_all_in_cost", "all", "AAA>BBB", "G1"))
    assert np.isfinite(central(table, "share_of_all_in_cost", "all", "AAA>BBB", "G2"))


def test_what_measures_work_on_is_the_part_of_their_cells_that_policy_reaches():
    cells = {"at_hand": [("procedures", "G1", "AAA", "BBB"), ("freight", "G1", "AAA", "BBB")], "stated": []}
    table = overhead(priced(), KINDS, WEIGHTS, all_in(), cells).table
    assert central(table, "ad_valorem_equivalent", "at_hand", "AAA>BBB", "G1") == pytest.approx(0.1)
    assert central(table, "ad_valorem_equivalent", "at_hand", "BBB>AAA", "G2") == pytest.approx(0)
    assert central(table, "ad_valorem_equivalent", "at_hand", "AAA>BBB", "G2") == pytest.approx(0)
    assert central(table, "ad_valorem_equivalent", "stated", "AAA>BBB", "G1") == pytest.approx(0)


def test_low_central_high_are_in_order():
    table = overhead(priced(), KINDS, WEIGHTS, all_in()).table.dropna()
    assert (table["low"] <= table["central"]).all()
    assert (table["central"] <= table["high"]).all()


def test_unexplained_is_for_the_geometric_mean_and_may_be_negative():
    itemised = priced()
    table = unexplained(itemised, all_in(0.1)).set_index("sector")
    drawn = np.prod(1 + itemised.values[:, 0, :, 1:], axis=0)
    explained = np.median(np.sqrt(drawn[0] * drawn[1]) - 1)
    assert table.loc["G1", "unexplained"] == pytest.approx(0.1 - explained)
    assert table.loc["G1", "unexplained_low"] < table.loc["G1", "unexplained"] < table.loc["G1", "unexplained_high"] < 0


def test_a_claim_is_placed_in_the_draws():
    result = overhead(priced(), KINDS, WEIGHTS, all_in())
    assert result.draws.shape == (len(result.table), priced().values.shape[-1] - 1)
    tested = claim_test(Claim("c", 0.3, 0.4, "a source"), [result])
    np.testing.assert_allclose(tested[["below", "within", "above"]].sum(axis=1), 1.0)
    assert set(tested["definition"]) == set(Definition)
    sure = claim_test(Claim("c", 0.0, 9.0, "a source", Definition.AD_VALOREM), [result])
    assert set(sure["definition"]) == {"ad_valorem_equivalent"}
    assert (sure["within"] == 1).all()


def test_the_grid_counts_every_reading_of_a_claim_once():
    result = overhead(priced(), KINDS, WEIGHTS, all_in())
    tested = claim_test(Claim("c", 0.3, 0.4, "a source"), [result, result])
    grid = claim_grid(tested).set_index("reach")
    assert list(grid.index) == ["all", "policy", "fragmentation", "natural", "third_party"]
    assert (grid["readings"] == 2 * 3 * 3).all()
    assert (grid[["holds", "possible", "unlikely"]].sum(axis=1) == grid["readings"]).all()
    assert grid.loc["fragmentation", "holds"] == 0, "0.05 to 0.3 lies below the claim"


def test_fragmentation_is_policy_without_the_tariff():
    table = overhead(priced(), KINDS, WEIGHTS, all_in()).table
    assert central(table, "ad_valorem_equivalent", "fragmentation", "AAA>BBB", "G1") == pytest.approx(0.1)


def test_the_run_at_central_values_may_lie_outside_a_range_that_is_not_stretched_to_it():
    found = ranges(np.array([[0.0, *np.linspace(1, 3, 101)]]))
    assert (found.low, found.central, found.high, found.run) == pytest.approx((1.1, 2.0, 2.9, 0.0))


@pytest.mark.parametrize(
    ("within", "word"), [(0.9, "holds"), (0.5, "holds"), (0.2, "possible"), (0.05, "possible"), (0.049, "unlikely")]
)
def test_verdicts(within, word):
    assert verdict(within) == word


def test_a_claim_in_percent_instead_of_fractions_upside_down_is_refused():
    with pytest.raises(BadInputError, match="claim c"):
        Claim("c", 0.4, 0.3, "a source")
