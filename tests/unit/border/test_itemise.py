from dataclasses import replace

import numpy as np
import pytest

from isthmus.border.itemise import Conditions, CostUnit, Direction, Entry, SectorProfile, by_component, itemise
from isthmus.border.wedge import Component, Reach, TimeBase
from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Grade, Ledger, Parameter, Status

SECTORS = ("G1", "G2", "S1")
DIRECTIONS = (Direction("AAA", "BBB"), Direction("BBB", "AAA"))
PROFILES = {
    "G1": SectorProfile("G1", "light", "goods", 1000.0, "slow"),
    "G2": SectorProfile("G2", "light", "goods", 10000.0, "fast"),
    "S1": SectorProfile("S1", "services", "services", np.inf, "none"),
}


def parameter(name, value):
    return Parameter(name, name, "", value, value, value, "a source", Status.ASSUMED)


LEDGER = Ledger(
    {
        p.name: p
        for p in (
            parameter("value_density_scale", 1.0),
            parameter("aggregate_elasticity", 5.0),
            parameter("time_cost_slow", 0.001),
            parameter("time_cost_fast", 0.02),
            parameter("time_cost_none", 0.0),
        )
    }
)
CONDITIONS = Conditions(
    tariffs=np.array([[0.1, 0.0], [0.05, 0.2], [0.0, 0.0]]),
    mismatch=np.full((3, 17), 0.5),
    protocol_mismatch=np.full(17, 0.25),
    tariff_source="a tariff table",
)


def entry(id, component, unit, value, sectors=("goods",), **more):
    low, high = more.pop("range", (value, value))
    return Entry(
        id, component, more.pop("part", "a part"), tuple(sectors), more.pop("exporter", "*"), more.pop("importer", "*"),
        unit, low, value, high, Grade.EXPERT, more.pop("reach", Reach.POLICY), "a source", **more,
    )  # fmt: skip


def price(*entries, base=TimeBase.BORDER):
    return itemise(entries, PROFILES, LEDGER, SECTORS, DIRECTIONS, CONDITIONS, base, draws=16)


def central(itemised, component):
    return by_component(itemised)[list(Component).index(component), :, :, 0]


def test_tariffs_come_from_the_world_and_are_measured():
    result = price()
    np.testing.assert_array_equal(central(result, Component.TARIFF), CONDITIONS.tariffs)
    tariffs = [w for w in result.wedges if w.component == Component.TARIFF]
    assert {w.grade for w in tariffs} == {Grade.MEASURED}
    assert {w.low == w.central == w.high for w in tariffs} == {True}


def test_days_cost_more_where_time_matters_more():
    days = central(price(entry("t", Component.TIME, CostUnit.DAYS, 3)), Component.TIME)
    np.testing.assert_allclose(days[:, 0], [1.001**3 - 1, 1.02**3 - 1, 0.0])


def test_money_a_tonne_weighs_less_on_dear_goods():
    money = central(price(entry("p", Component.PROCEDURES, CostUnit.USD_PER_TONNE, 50)), Component.PROCEDURES)
    np.testing.assert_allclose(money[:, 1], [0.05, 0.005, 0.0])


def test_a_trade_effect_is_priced_with_the_aggregate_elasticity():
    effect = central(
        price(entry("l", Component.INFORMATION, CostUnit.TRADE_EFFECT, 0.44, ["*"])), Component.INFORMATION
    )
    np.testing.assert_allclose(effect[:, 0], 1.44**0.2 - 1)


def test_standards_are_scaled_by_the_mismatch():
    wedge = central(price(entry("s", Component.STANDARDS, CostUnit.MISMATCH, 0.1, ["light"])), Component.STANDARDS)
    np.testing.assert_allclose(wedge[:, 0], [0.05, 0.05, 0.0])


def test_the_time_base_is_a_switch():
    entries = (
        entry("b", Component.TIME, CostUnit.DAYS, 2, part="border"),
        entry("j", Component.TIME, CostUnit.DAYS, 5, part="journey", base=TimeBase.JOURNEY),
    )
    border = central(price(*entries), Component.TIME)
    journey = central(price(*entries, base=TimeBase.JOURNEY), Component.TIME)
    np.testing.assert_allclose(1 + journey[1], (1 + border[1]) * 1.02**5)


def test_every_component_is_listed_with_zeros():
    result = price()
    assert {w.component for w in result.wedges} == set(Component)
    silent = [w for w in result.wedges if w.component == Component.PAYMENTS]
    assert len(silent) == len(SECTORS) * len(DIRECTIONS)
    assert all(w.central == 0 and w.source == "no entry in the ledger: zero" for w in silent)


def test_a_row_for_one_direction_leaves_the_other_alone():
    one_way = entry("f", Component.FREIGHT, CostUnit.FRACTION, 0.2, exporter="AAA", importer="BBB")
    wedge = central(price(one_way), Component.FREIGHT)
    np.testing.assert_array_equal(wedge, [[0.2, 0.0], [0.2, 0.0], [0.0, 0.0]])


def test_one_draw_moves_an_entry_in_all_sectors_at_once():
    result = price(entry("f", Component.FREIGHT, CostUnit.FRACTION, 0.2, range=(0.0, 0.5)))
    freight = result.values[[c == Component.FREIGHT for c, _ in result.parts]][0]
    np.testing.assert_array_equal(freight[0], freight[1])
    assert freight[0].std() > 0


def test_two_rows_for_one_cell_are_refused():
    twice = [entry(id, Component.FREIGHT, CostUnit.FRACTION, 0.2, ["G1"]) for id in "ab"]
    with pytest.raises(BadInputError, match="prices the same part of a cell as row a"):
        price(*twice)


def test_an_unknown_sector_is_refused():
    with pytest.raises(BadInputError, match="unknown sector 'G9'"):
        price(entry("a", Component.FREIGHT, CostUnit.FRACTION, 0.2, ["G9"]))


def test_one_part_has_one_reach():
    a = entry("a", Component.FREIGHT, CostUnit.FRACTION, 0.2, ["G1"])
    with pytest.raises(BadInputError, match="differ in reach"):
        price(a, replace(a, id="b", sectors=("G2",), reach=Reach.NATURAL))


def test_what_somebody_receives_is_not_burnt():
    fee = replace(entry("p", Component.PROCEDURES, CostUnit.FRACTION, 0.2), rent_share=0.25, recipient="importer")
    priced = price(fee)
    row = list(Component).index(Component.PROCEDURES)
    np.testing.assert_allclose(by_component(priced)[row][0, 0], 0.2)
    np.testing.assert_allclose(by_component(priced, Reach.POLICY, burnt=True)[row][0, 0], 0.15)
    tariff = list(Component).index(Component.TARIFF)
    assert not by_component(priced, burnt=True)[tariff].any(), "a tariff is revenue and burns nothing"


def test_protocols_are_scaled_by_their_own_mismatch():
    priced = price(entry("r", Component.INFORMATION, CostUnit.PROTOCOL_MISMATCH, 0.08, ["*"], part="protocols"))
    np.testing.assert_allclose(central(priced, Component.INFORMATION), 0.02)
