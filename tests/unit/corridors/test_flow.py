"""Small networks whose answer is known on paper."""

from dataclasses import replace

import numpy as np
import pytest
from networks import arc, carrier, network, node

from isthmus.core.errors import BadInputError, InfeasibleError
from isthmus.corridors.flow import flow, total_cost
from isthmus.corridors.network import ArcKind, Closure, NetworkProject, Store, with_closures, with_dwell, with_projects
from isthmus.corridors.projects import change_table, project_table, resolve
from isthmus.corridors.routes import route_table, routes, step_table
from isthmus.corridors.tables import bottleneck_table, energy_table, flow_table, rent_table

A, B = node("a"), node("b", "BB")


def line(*arcs, supply=20.0, demand=8.0, years=(2025,), **more):
    return network(
        [A, B], arcs, more.pop("carriers", [carrier()]),
        {("a", "c0", y): supply for y in years}, {("b", "c0", y): demand for y in years}, years=years, **more,
    )  # fmt: skip


def test_cost_is_money_and_the_value_of_time() -> None:
    made = line(arc("x", "a", "b", km=100, rate=0.1, fee=5, hours=48), carriers=[carrier(cost_factor=2.0)])
    assert total_cost(flow(made)).item() == pytest.approx(8 * (2 * (10 + 5) + 2 * 0.01 * 1000))


def test_the_smaller_side_counts_and_its_dual_is_the_detour_saved() -> None:
    made = line(arc("x", "a", "b", fee=1, capacity=12, capacity_b=5), arc("y", "a", "b", fee=4))
    found = flow(made)
    assert found.flow.sel(link="x", direction="forward").item() == pytest.approx(5)
    assert found.scarcity.sel(link="x", direction="forward").item() == pytest.approx(3)
    assert found.utilisation.sel(link="x", direction="forward").item() == pytest.approx(1)
    assert bottleneck_table(found)["full"].tolist() == [True]


def test_a_project_on_one_side_brings_nothing_until_the_other_builds() -> None:
    projects = (
        NetworkProject(id="one", name="One", arc="x", year=2026, adds=10),
        NetworkProject(id="other", name="Other", arc="x", year=2027, adds_b=2),
    )
    made = line(
        arc("x", "a", "b", fee=1, capacity=5, capacity_b=5), arc("y", "a", "b", fee=4), years=(2025, 2026, 2027),
        projects=projects,
    )  # fmt: skip
    before = flow(made)
    assert project_table(before)["saving_musd"].to_list() == pytest.approx([0.0] * 6)
    both = flow(with_projects(made, ["one", "other"]), start=before)
    assert (total_cost(before) - total_cost(both)).tolist() == pytest.approx([0, 0, 2 * 3])
    changed = change_table(before, both)
    assert set(zip(changed["arc"], changed["year"], strict=True)) == {("x", 2027), ("y", 2027)}


def test_a_planned_arc_exists_from_its_project_on() -> None:
    made = line(
        arc("x", "a", "b", fee=9), arc("new", "a", "b", fee=1, planned=True), years=(2025, 2026),
        projects=(NetworkProject(id="p", name="P", arc="new", year=2026),),
    )  # fmt: skip
    assert total_cost(flow(made)).tolist() == pytest.approx([152, 152])
    assert total_cost(flow(with_projects(made, ["*"]))).tolist() == pytest.approx([152, 88])


def test_arcs_open_and_close_with_the_years_and_projects_change_hours() -> None:
    made = line(
        arc("x", "a", "b", fee=9, hours=24), arc("y", "a", "b", km=0, opens=2026, closes=2026), years=(2025, 2026, 2027),
        projects=(NetworkProject(id="p", name="P", arc="x", year=2027, hours=0.0, fee=1.0, rate=0.0),),
    )  # fmt: skip
    assert total_cost(flow(with_projects(made, ["p"]))).tolist() == pytest.approx([8 * (10 + 9 + 10), 0, 8])


def test_a_closure_of_one_year_leaves_the_others() -> None:
    made = line(arc("x", "a", "b", fee=0, km=0), arc("y", "a", "b", fee=4, km=0), years=(2025, 2026))
    before = flow(made)
    after = resolve(before, [with_closures(made, [Closure("x", (2026,))])])[0]
    assert after is not None
    assert total_cost(after).tolist() == pytest.approx([0, 32])
    everything = with_closures(made, [Closure("x"), Closure("y")])
    assert resolve(before, [everything]) == [None]
    with pytest.raises(BadInputError, match="zz"):
        with_closures(made, [Closure("zz")])


def test_losses_raise_what_has_to_be_sent_and_the_delivered_cost() -> None:
    found = flow(line(arc("x", "a", "b", km=0, fee=1, loss_share=0.2), supply_cost={("a", "c0", 2025): 7.0}))
    assert found.supplied.sel(node="a").item() == pytest.approx(10)
    assert found.price.sel(node="b").item() == pytest.approx((7 + 1) / 0.8)
    assert found.price.sel(node="a").item() == pytest.approx(7)


def test_waiting_builds_up_in_steps() -> None:
    queue = ((0.6, 0.0), (0.8, 0.25), (1.0, 1.0))
    x = arc("x", "a", "b", km=0, capacity=10, queue_hours=24.0)
    found = flow(line(x, demand=9.0, queue=queue))
    assert total_cost(found).item() == pytest.approx((2 * 0.25 + 1 * 1.0) * 10)
    assert found.wait.sel(link="x", direction="forward").item() == pytest.approx((2 * 6 + 24) / 9)
    dearer = flow(line(replace(x, hours=1e-9), arc("y", "a", "b", km=0, fee=5), demand=9.0, queue=queue))
    assert dearer.flow.sel(link="x", direction="forward").item() == pytest.approx(8)


def test_a_take_or_pay_floor_is_kept_and_priced() -> None:
    made = line(arc("x", "a", "b", km=0, fee=5, minimum=3), arc("y", "a", "b", km=0, fee=1))
    found = flow(made)
    assert found.flow.sel(link="x", direction="forward").item() == pytest.approx(3)
    assert found.floor_price.sel(link="x").item() == pytest.approx(4)
    with pytest.raises(InfeasibleError, match="arc x, year 2025: 22 below"):
        flow(replace(made, arcs=(replace(made.arcs[0], minimum=30), made.arcs[1])))


def test_seasons_close_arcs_and_storage_bridges_them() -> None:
    seasons = (("summer", 0.5), ("winter", 0.5))
    ship = arc("ship", "a", "b", km=0, fee=1, closed_seasons=("winter",))
    pipe = arc("pipe", "a", "b", km=0, fee=9, kind=ArcKind.PIPE)
    gas = carrier(energy=True)
    plain = flow(line(ship, pipe, seasons=seasons, carriers=[gas]))
    assert total_cost(plain).item() == pytest.approx(4 * 1 + 4 * 9)
    store = Store(node="b", carrier="c0", capacity=2.0, loss_share=0.2, cost=0.5)
    kept = flow(line(ship, pipe, seasons=seasons, carriers=[gas], stores=(store,)))
    assert kept.charged.sel(node="b").item() == pytest.approx(2.5)
    assert kept.discharged.sel(node="b").item() == pytest.approx(2)
    assert total_cost(kept).item() == pytest.approx((4 + 2.5) * 1 + 2.5 * 0.5 + 2 * 9)
    row = energy_table(kept).set_index("node").loc["b"]
    assert (row["stored"], row["withdrawn"], row["arrived"]) == pytest.approx((2.5, 2.0, 8.5))


def test_goods_that_lose_most_by_waiting_go_first() -> None:
    slow, fast = carrier("c0", value=100.0), carrier("c1", value=10000.0)
    both = ("c0", "c1")
    made = network(
        [A, B],
        [arc("x", "a", "b", km=0, capacity=5, carriers=both), arc("y", "a", "b", km=0, hours=24, carriers=both)],
        [slow, fast],
        {("a", c, 2025): 5.0 for c in both},
        {("b", c, 2025): 5.0 for c in both},
    )
    found = flow(made)
    assert found.flow.sel(link="x", direction="forward", carrier="c1").item() == pytest.approx(5)
    assert total_cost(found).item() == pytest.approx(5 * 0.01 * 100)


def test_rents_go_to_their_recipients() -> None:
    made = line(
        arc("x", "a", "b", km=0, fee=1, capacity=10, owner="BB", fee_recipient="AA"),
        arc("y", "a", "b", km=0, fee=4),
        carriers=[carrier(weight=2.0, cost_factor=3.0)],
    )
    found = flow(made)
    assert found.scarcity.sel(link="x", direction="forward").item() == pytest.approx(3 * (4 - 1) / 2)
    rents = rent_table(found).set_index(["kind", "recipient"])["usd"]
    assert rents["scarcity", "BB"] == pytest.approx(4.5 * 10)
    assert rents["fee", "AA"] == pytest.approx(1 * 3 * 5)
    assert rents["fee", "carrier"] == pytest.approx(4 * 3 * 3)


def test_a_route_carries_the_four_indicators() -> None:
    mid = node("m")
    made = network(
        [A, mid, B],
        [
            arc("line", "a", "m", km=1000, rate=0.02, hours=20),
            arc("border", "m", "b", km=0, fee=10, hours=30, kind=ArcKind.BORDER),
        ],
        [carrier()],
        {("a", "c0", 2025): 9.0},
        {("b", "c0", 2025): 9.0},
    )
    found = flow(made)
    row = route_table(found, routes(found)).iloc[0]
    assert row["tfi1_hours_per_crossing"] == 30
    assert row["tfi2_usd_per_crossing_20t"] == pytest.approx(200)
    assert row["tfi3_usd_per_500km_20t"] == pytest.approx((20 + 10) * 20 / 2)
    assert (row["swd_kmh"], row["swod_kmh"]) == pytest.approx((20, 50))
    steps = step_table(found, routes(found))
    assert steps["hours_so_far"].tolist() == [20, 50]
    assert steps["money_usd_per_unit_so_far"].tolist() == pytest.approx([20, 30])


def test_dwell_moves_to_either_end_of_its_range() -> None:
    made = line(arc("x", "a", "b", km=0, hours=24, hours_low=12, hours_high=72))
    costs = [total_cost(flow(with_dwell(made, end))).item() for end in ("low", "central", "high")]
    assert costs == pytest.approx([40, 80, 240])


def test_tables_list_every_carrier_arc_and_year() -> None:
    found = flow(line(arc("x", "a", "b", two_way=True), arc("y", "a", "b", capacity=3), years=(2025, 2026)))
    table = flow_table(found)
    assert len(table) == 2 * 2 + 2
    assert list(table.columns[:7]) == ["arc", "direction", "carrier", "year", "flow", "utilisation", "dual"]
    assert table[table["arc"] == "x"]["utilisation"].isna().all()
    assert np.isfinite(table[table["arc"] == "y"]["utilisation"]).all()
