"""The network's costs in the wedge ledger: every cell has one source, and totals are those of the flows."""

import pytest
from networks import arc, carrier, network, node

from isthmus.border.itemise import CostUnit, Entry, SectorProfile
from isthmus.border.wedge import Component, Reach, TimeBase
from isthmus.core.provenance import Grade
from isthmus.corridors.flow import flow
from isthmus.corridors.ledger import OWNERS, TradeCell, crossings, entries, priced, taken_out
from isthmus.corridors.network import ArcKind, at_end, without_limits
from isthmus.corridors.routes import routes
from isthmus.corridors.volume import Mix
from isthmus.corridors.wedge import passages

PROFILES = {
    "S1": SectorProfile("S1", "goods_a", "goods", 1000.0, "standard"),
    "S2": SectorProfile("S2", "goods_b", "goods", 500.0, "standard"),
    "V": SectorProfile("V", "services", "services", float("inf"), "none"),
}
MIXES = (Mix("S1", "c0", 1.0, 1000.0),)
CELL = TradeCell("S1", "AA", "BB")


def crowded() -> object:
    """A cheap way of 4 units and a dear one for the other 6; a terminal before both."""
    return network(
        [node("a"), node("t"), node("b", "BB")],
        [
            arc("port", "a", "t", km=0, fee=3, hours=12, kind=ArcKind.TRANSFER),
            arc("cheap", "t", "b", km=100, rate=0.1, fee=0, hours=24, kind=ArcKind.GAUGE, capacity=4, owner="BB"),
            arc("dear", "t", "b", km=100, rate=0.5, hours=24, hours_low=12, hours_high=48),
        ],
        [carrier(time_value=0.0, domestic_cost=4.0, domestic_hours=6.0, cost_factor_low=0.5, cost_factor_high=2.0)],
        {("a", "c0", 2025): 10.0}, {("b", "c0", 2025): 10.0},
    )  # fmt: skip


def measure(net: object) -> object:
    passed, free = (passages(f := flow(n), routes(f)) for n in (net, without_limits(net)))
    return crossings(net, passed, free, MIXES)[CELL]


def row(component: Component, sectors: tuple[str, ...], exporter: str = "*", **more: object) -> Entry:
    plain = {
        "id": f"{component}-{exporter}-{'-'.join(sectors)}", "component": component, "part": "p", "sectors": sectors,
        "exporter": exporter, "importer": "*", "unit": CostUnit.USD_PER_TONNE, "low": 1.0, "central": 2.0, "high": 3.0,
        "grade": Grade.EXPERT, "reach": Reach.POLICY, "source": "test",
    }  # fmt: skip
    return Entry(**{**plain, **more})


def test_freight_splits_into_distance_detours_and_the_price_of_full_ways() -> None:
    found = measure(crowded())
    # 6 of 10 units pay 50 by line; at a change of gauge money is transhipment; free, all take the gauge way
    assert found.detours == pytest.approx(30 / 1000)
    assert found.distance == 0.0
    assert found.scarcity == pytest.approx(0.4 * 40 / 1000)
    assert found.gauge == pytest.approx(0.4 * 10 / 1000)
    assert found.terminals == pytest.approx(3 / 1000)
    assert found.border_days == pytest.approx(0.4)
    assert found.way_days == pytest.approx((12 + 0.6 * 24 - 6) / 24)


def test_rows_have_the_ends_of_the_ranges_and_the_rent_its_recipient() -> None:
    found = {end: {CELL: measure(at_end(crowded(), end))} for end in ("low", "central", "high")}
    rows = {entry.part: entry for entry in entries(found, PROFILES, "net", 2025)}
    assert rows["full ways"].rent_share == 1.0
    assert rows["full ways"].recipient == OWNERS
    assert rows["detours"].reach == Reach.POLICY
    assert rows["distance"].reach == Reach.NATURAL
    three = rows["terminals"].low, rows["terminals"].central, rows["terminals"].high
    assert three == pytest.approx((1.5, 3.0, 6.0))
    assert rows["journey"].base == TimeBase.JOURNEY
    assert rows["journey"].low < rows["journey"].central < rows["journey"].high


def test_a_cell_has_one_source() -> None:
    ledger = (
        row(Component.FREIGHT, ("goods",)), row(Component.STANDARDS, ("goods",)), row(Component.TIME, ("S2",), "AA"),
        row(Component.TRANSHIPMENT, ("S1",), "AA"), row(Component.FREIGHT, ("services",), "BB"),
    )  # fmt: skip
    kept = taken_out(ledger, [CELL], PROFILES)
    by_cell = {(e.component, e.exporter, e.importer, s) for e in kept for s in e.sectors}
    assert (Component.FREIGHT, "AA", "BB", "S1") not in by_cell
    assert {(Component.FREIGHT, "AA", "BB", "S2"), (Component.FREIGHT, "BB", "AA", "S1")} <= by_cell
    assert not any(e.component == Component.TRANSHIPMENT for e in kept)
    assert row(Component.STANDARDS, ("goods",)) in kept
    assert len({e.id for e in kept}) == len(kept)


def test_both_sides_are_priced_alike() -> None:
    ledger = (
        row(Component.FREIGHT, ("goods",), low=10.0, central=20.0, high=30.0),
        row(Component.TIME, ("S1",), unit=CostUnit.DAYS, low=0.0, central=1.0, high=2.0),
        row(Component.TIME, ("S1",), "AA", unit=CostUnit.FRACTION, low=0.0, central=0.01, high=0.02),
        row(Component.STANDARDS, ("S1",)),
    )
    found = priced(ledger, PROFILES, {"standard": 0.01}, [CELL])
    assert found[CELL, Component.FREIGHT] == pytest.approx((0.01, 0.02, 0.03))
    assert found[CELL, Component.TIME] == pytest.approx((0.0, 0.02, 1.01**2 - 1 + 0.02))
    assert set(found) == {(CELL, Component.FREIGHT), (CELL, Component.TIME)}


def test_full_ways_in_a_row_share_the_price_of_both() -> None:
    made = network(
        [node("a"), node("m"), node("b", "BB")],
        [
            arc("first", "a", "m", capacity=4, owner="AA", rate=0.1),
            arc("second", "m", "b", capacity=4, owner="BB", rate=0.1),
            arc("around", "a", "b", rate=0.9),
        ],
        [carrier(time_value=0.0)], {("a", "c0", 2025): 10.0}, {("b", "c0", 2025): 10.0},
    )  # fmt: skip
    paid = passages(found := flow(made), routes(found))["c0", "AA", "BB", 2025].paid
    assert paid["scarcity", "AA"] == pytest.approx(paid["scarcity", "BB"])
    assert paid["scarcity", "AA"] + paid["scarcity", "BB"] == pytest.approx(0.4 * 70)
