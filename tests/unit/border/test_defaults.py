import pytest
from test_itemise import entry

from isthmus.border.defaults import (
    Clearance,
    Condition,
    PairFacts,
    Rule,
    ShareScale,
    default_entries,
    merge,
    pair_conditions,
)
from isthmus.border.itemise import CostUnit, Direction
from isthmus.border.wedge import Component
from isthmus.core.errors import BadInputError

DIRECTIONS = (Direction("AAA", "BBB"), Direction("BBB", "AAA"))
CLEARANCES = {
    "AAA": Clearance("AAA", 24, 300, 48, 600, "s", 1435),
    "BBB": Clearance("BBB", 72, 150, 24, 450, "s", 1520),
}
FACTS = PairFacts(extra_km=2000, contiguity=1.0, common_language=0.25, agreement=Condition.NONE)


def amount(scale, value=1.0, facts=FACTS):
    rule = Rule(entry("r", Component.TIME, CostUnit.DAYS, value), frozenset(), scale)
    return [e.central for e in default_entries([rule], facts, CLEARANCES, DIRECTIONS)]


def test_both_sides_of_clearance_are_added_by_direction():
    assert amount(ShareScale.CLEARANCE_DAYS) == [2.0, 5.0]
    assert amount(ShareScale.CLEARANCE_USD_PER_TONNE) == [50.0, 50.0]


def test_distance_and_language_scale():
    assert amount(ShareScale.EXTRA_KM, 0.001) == [2.0, 2.0]
    assert amount(ShareScale.LANGUAGE_GAP, 0.44) == pytest.approx([0.33, 0.33])
    assert amount(None, 0.01) == [0.01, 0.01]


def test_conditions_of_a_pair():
    sides = list(CLEARANCES.values())
    assert pair_conditions(FACTS, sides) == {Condition.LAND, Condition.GAUGE_BREAK, Condition.NONE}
    overseas = PairFacts(9000, 0.0, 0.0, Condition.DEEP)
    assert pair_conditions(overseas, [sides[0], sides[0]]) == {Condition.SEA, Condition.DEEP}


def test_a_rule_needs_all_its_conditions():
    rule = Rule(
        entry("g", Component.TRANSHIPMENT, CostUnit.USD_PER_TONNE, 6), frozenset({Condition.LAND, Condition.DEEP})
    )
    assert default_entries([rule], FACTS, CLEARANCES, DIRECTIONS) == ()


def test_an_unknown_economy_is_named():
    with pytest.raises(BadInputError, match="clearance figures of CCC"):
        default_entries([], FACTS, CLEARANCES, [Direction("AAA", "CCC")])


def test_own_rows_replace_a_component_in_their_direction_only():
    defaults = [
        entry(f"{component}{d.exporter}", component, CostUnit.FRACTION, 0.1, exporter=d.exporter, importer=d.importer)
        for component in (Component.FREIGHT, Component.TIME)
        for d in DIRECTIONS
    ]
    own = [entry("own", Component.FREIGHT, CostUnit.FRACTION, 0.3, exporter="AAA", importer="BBB")]
    kept = merge(defaults, own)
    assert [(e.component, e.exporter, e.central) for e in kept] == [
        ("freight", "AAA", 0.3),
        ("freight", "BBB", 0.1),
        ("time", "AAA", 0.1),
        ("time", "BBB", 0.1),
    ]
