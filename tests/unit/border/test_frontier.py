import numpy as np
import pytest

from isthmus.border.frontier import excess, frontier_tests
from isthmus.border.gravity import design, estimate
from isthmus.border.head_ries import head_ries
from isthmus.core.errors import BadInputError
from tests.unit.border.gravity_world import THETA, TRUTH, geography, history, theta_table

GROUPS = {"S1": "one", "S2": "two"}


def _setting(seed: int = 1, n: int = 14, noise: float = 0.0):
    rng = np.random.default_rng(seed)
    where = geography(n, rng)
    flows = history(where, rng, noise=noise)
    return where, flows, estimate(flows, where, GROUPS)


def _pair(where, deep: float, other: float):
    table = design(where, 2020)
    chosen = table[(table["border"] == 1) & (table["deep_agreement"] == deep) & (table["other_agreement"] == other)]
    return chosen.iloc[0]["exporter"], chosen.iloc[0]["importer"]


@pytest.mark.parametrize(
    ("deep", "other", "gap"),
    [(1, 0, 0.0), (0, 1, TRUTH["deep_agreement"] - TRUTH["other_agreement"]), (0, 0, TRUTH["deep_agreement"])],
)
def test_excess_is_what_a_deep_agreement_would_bring(deep, other, gap):
    where, flows, estimates = _setting()
    pair = _pair(where, deep, other)
    found = excess(head_ries(flows, pair, theta_table()), pair, estimates, where, GROUPS, theta_table())
    assert found.by_sector["value"].to_numpy() == pytest.approx(np.exp(gap / THETA) - 1, abs=1e-5)
    assert found.aggregate["value"].to_numpy() == pytest.approx(np.exp(gap / THETA) - 1, abs=1e-5)


def test_all_in_cost_is_frontier_times_excess():
    where, flows, estimates = _setting(2, noise=0.6)
    pair = _pair(where, 0, 0)
    found = excess(head_ries(flows, pair, theta_table()), pair, estimates, where, GROUPS, theta_table())
    for table in (found.by_sector, found.aggregate):
        product = ((1 + table["frontier"]) * (1 + table["value"])).to_numpy()
        assert product == pytest.approx((1 + table["all_in"]).to_numpy(), rel=1e-12)
        assert (table["low"] <= table["value"]).all()
        assert (table["value"] <= table["high"]).all()


def test_extra_cost_of_one_pair_shows_in_its_excess_and_nowhere_else():
    where, flows, _ = _setting(3, n=20, noise=0.2)
    pair, other = _pair(where, 1, 0), _pair(where, 0, 1)
    i, j = (flows.economies.index(e) for e in pair)
    dearer = flows.value.copy(deep=True)
    dearer.values[:, :, [i, j], [j, i]] *= 1.25**-THETA
    shocked = type(flows)(dearer, True)

    def value(history, which):
        estimates = estimate(history, where, GROUPS)
        return (
            excess(head_ries(history, which, theta_table()), which, estimates, where, GROUPS, theta_table())
            .aggregate["value"]
            .iloc[0]
        )

    assert (1 + value(shocked, pair)) / (1 + value(flows, pair)) == pytest.approx(1.25, abs=0.02)
    assert value(shocked, other) == pytest.approx(value(flows, other), abs=0.02)


def test_equal_arguments_give_equal_intervals_and_wider_sets_wider_ones():
    where, flows, estimates = _setting(4, noise=0.5)
    pair = _pair(where, 0, 0)
    narrow, wide = theta_table(), theta_table(low=3.0, high=9.0)

    def interval(theta):
        row = excess(head_ries(flows, pair, theta), pair, estimates, where, GROUPS, theta).aggregate.iloc[0]
        return row["low"], row["high"]

    assert interval(narrow) == interval(narrow)
    (a, b), (c, d) = interval(narrow), interval(wide)
    assert d - c > b - a


def test_robustness_table_covers_each_choice():
    where, flows, estimates = _setting(5, noise=0.5)
    pair = _pair(where, 0, 0)
    theta = theta_table(low=3.0, high=9.0)
    found = frontier_tests(head_ries(flows, pair, theta), pair, estimates, where, GROUPS, theta)
    assert set(zip(found["choice"], found["variant"], strict=True)) == {
        ("baseline", ""),
        ("basket", "constant"),
        ("elasticity", "one"),
        ("elasticity", "two"),
        ("integration", "other"),
        ("integration", "none"),
        ("sectors", "without one"),
        ("sectors", "without two"),
    }
    value = found.set_index(["choice", "variant"])["value"]
    assert value["integration", "none"] < value["integration", "other"] < value["baseline", ""]


def test_missing_geography_and_missing_estimates_are_named():
    where, flows, estimates = _setting(6)
    a, b = flows.economies[:2]
    index = head_ries(flows, (a, b), theta_table())
    cut = where.pairs[(where.pairs["exporter"] != a) & (where.pairs["importer"] != a)]
    with pytest.raises(BadInputError, match=f"geography of {a}"):
        excess(index, (a, b), estimates, type(where)(cut, where.agreements, where.members), GROUPS, theta_table())
    with pytest.raises(BadInputError, match="no estimate for group three"):
        excess(index, (a, b), estimates, where, {"S1": "one", "S2": "three"}, theta_table())
    with pytest.raises(BadInputError, match="integration"):
        excess(index, (a, b), estimates, where, GROUPS, theta_table(), integration="full")


@pytest.mark.slow
def test_frontier_covers_the_truth_at_the_stated_rate():
    """In 150 worlds with known coefficients the 90 % interval of the frontier holds the truth in 82 to 96 %."""
    hits, worlds = 0, 150
    for seed in range(worlds):
        rng = np.random.default_rng(1000 + seed)
        where = geography(25, rng)
        flows = history(where, rng, sectors=("S1",), noise=0.5)
        estimates = estimate(flows, where, {"S1": "one"})
        pair = _pair(where, 0, 0)
        index = head_ries(flows, pair, theta_table(("S1",)), one_way_below=0.0)
        row = excess(index, pair, estimates, where, {"S1": "one"}, theta_table(("S1",))).by_sector.iloc[0]
        table = design(where, 2020)
        own = table["exporter"] == table["importer"]
        near = table[table["exporter"].isin(pair) & table["importer"].isin(pair)]
        sign = np.where(own.loc[near.index], -0.5, 0.5)
        terms = {**TRUTH, "other_agreement": 0.0, "deep_agreement": 0.0}
        truth = sum(v * float(sign @ near[t].to_numpy()) for t, v in terms.items()) + TRUTH["deep_agreement"]
        estimate_of_truth = -THETA * np.log1p(row["frontier"])
        hits += abs(estimate_of_truth - truth) <= 1.6448536 * row["se"]
    assert 0.82 <= hits / worlds <= 0.96
