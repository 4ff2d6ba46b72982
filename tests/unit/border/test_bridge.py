import numpy as np
import pytest
from test_itemise import CONDITIONS, DIRECTIONS, LEDGER, PROFILES, SECTORS, entry

from isthmus.border.bridge import EVERY_CAUSE, bridge_table
from isthmus.border.itemise import CostUnit, itemise
from isthmus.border.overhead import AT_HAND, STATED, Claim, claim_grid, claim_test, overhead
from isthmus.border.wedge import Component, Reach, TimeBase

KINDS = ("goods", "goods", "services")
WEIGHTS = np.array([[3.0, 1.0], [1.0, 4.0], [2.0, 2.0]])
GATE = ("procedures", "G1", "AAA", "BBB")
COVERED = {AT_HAND: (GATE, ("procedures", "G2", "BBB", "AAA"), ("freight", "G1", "AAA", "BBB")), STATED: (GATE,)}


def priced():
    entries = (
        entry("f", Component.FREIGHT, CostUnit.FRACTION, 0.2, part="distance", reach=Reach.NATURAL),
        entry("p", Component.PROCEDURES, CostUnit.FRACTION, 0.1, range=(0.05, 0.3)),
        entry("t", Component.STANDARDS, CostUnit.FRACTION, 0.05, range=(0.01, 0.2)),
        entry("q", Component.THIRD_PARTY, CostUnit.FRACTION, 0.1, reach=Reach.THIRD_PARTY),
    )
    return itemise(entries, PROFILES, LEDGER, SECTORS, DIRECTIONS, CONDITIONS, TimeBase.BORDER, draws=64)


def steps(covered=None):
    table = bridge_table(priced(), KINDS, WEIGHTS, COVERED if covered is None else covered)
    return table.set_index(["direction", "step", "component"])


@pytest.mark.parametrize("column", ["central", "central_run"])
def test_every_step_is_made_of_causes_and_every_part_of_the_whole_before_it(column):
    found = steps()[column]
    for direction in found.index.unique("direction"):
        told = found[direction]
        whole = told.xs(EVERY_CAUSE, level="component")
        causes = told.drop(EVERY_CAUSE, level="component").groupby("step").sum()
        for step, value in whole.items():
            assert causes.get(step, 0.0) == pytest.approx(value)
        assert whole["all"] == pytest.approx(whole["policy"] + whole["natural"] + whole["third_party"])
        assert whole["policy"] == pytest.approx(whole["tariff"] + whole["fragmentation"])
        assert 0 <= whole[STATED] <= whole[AT_HAND] <= whole["policy"]


def test_measures_reach_what_policy_can_change_where_they_work_and_nothing_else():
    found = steps()["central_run"]
    for step in (STATED, AT_HAND):  # the freight there is distance
        assert [c for d, s, c in found.index if (d, s) == ("AAA>BBB", step)] == [EVERY_CAUSE, "procedures"]
    assert found["BBB>AAA", STATED, EVERY_CAUSE] == 0
    assert 0 < found["BBB>AAA", AT_HAND, "procedures"] < found["BBB>AAA", "policy", "procedures"]
    everywhere = tuple(("procedures", s, *d) for s in SECTORS for d in DIRECTIONS)
    whole = steps({AT_HAND: everywhere, STATED: everywhere})["central_run"]
    for direction in ("AAA>BBB", "BBB>AAA", "both"):
        assert whole[direction, STATED, "procedures"] == pytest.approx(whole[direction, "policy", "procedures"])


def test_without_measures_the_bridge_ends_at_the_reach_of_any_policy():
    assert set(steps({}).index.unique("step")) == {"all", "policy", "tariff", "fragmentation", "natural", "third_party"}


def test_a_claim_is_also_read_against_what_the_measures_work_on():
    index = np.full((3, 65), 1.0)
    found = overhead(priced(), KINDS, WEIGHTS, index, COVERED)
    table = found.table.set_index(["definition", "reach", "direction", "sector"])["central_run"]
    assert table["ad_valorem_equivalent", AT_HAND, "AAA>BBB", "G1"] == pytest.approx(0.1)
    assert table["ad_valorem_equivalent", STATED, "BBB>AAA", "G1"] == 0
    grid = claim_grid(claim_test(Claim("c", 0.3, 0.4, "s"), [found])).set_index("reach")
    assert grid.loc[AT_HAND, "readings"] == grid.loc["policy", "readings"]
    assert grid.loc[AT_HAND, "holds"] == 0
