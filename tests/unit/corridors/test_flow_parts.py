"""What is refused, what is taken over from an earlier solve, and how seasons, weights and floors are added up."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from networks import arc, carrier, network, node

from isthmus.core.errors import InfeasibleError, NotConvergedError
from isthmus.corridors import flow as flows
from isthmus.corridors.flow import Flows, FlowWorth, flow, objective, total_cost
from isthmus.corridors.network import Closure, Network, Store, with_closures, with_demand
from isthmus.corridors.optimum import Optimum

A, B = node("a"), node("b", "BB")
SUMMER, WINTER = ("summer", 0.25), ("winter", 0.75)


def line(
    *arcs: Any, supply: float = 20.0, demand: float = 8.0, years: tuple[int, ...] = (2025,), **more: Any
) -> Network:
    return network(
        [A, B], arcs, more.pop("carriers", [carrier()]),
        {("a", "c0", y): supply for y in years}, {("b", "c0", y): demand for y in years}, years=years, **more,
    )  # fmt: skip


def two(**more: Any) -> Network:
    """Eight units over an arc for five of them and a dearer one."""
    return line(arc("x", "a", "b", km=0, fee=1, capacity=5), arc("y", "a", "b", km=0, fee=4), **more)


GIVEN = two()


def changed(name: str, **more: Any) -> Network:
    return replace(GIVEN, arcs=tuple(replace(a, **more) if a.id == name else a for a in GIVEN.arcs))


def spoilt(monkeypatch: pytest.MonkeyPatch, change: Any, given: Network | None = None) -> dict[str, float]:
    """Return what the check says of an answer that was changed."""
    real = flows.optimum
    monkeypatch.setattr(flows, "optimum", lambda *loaded: change(real(*loaded)))
    with pytest.raises(NotConvergedError, match="family freight, year 2025") as error:
        flow(two() if given is None else given)
    return dict(error.value.trace[0])


def test_an_answer_out_of_balance_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a unit more on the dearer arc than is supplied: half a unit amiss at both ends, over the eight that are asked for."""

    def change(answer: Optimum) -> Optimum:
        columns = answer.columns + np.array([0.0, 0.5, 0.0, 0.0])
        return replace(answer, columns=columns, objective=answer.objective + 0.5 * 4)

    assert spoilt(monkeypatch, change) == pytest.approx({"balance": 0.5 / 8, "capacity": 0, "cost": 0})


def test_an_answer_beyond_capacity_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def change(answer: Optimum) -> Optimum:
        columns = answer.columns + np.array([2.0, -2.0, 0.0, 0.0])
        return replace(answer, columns=columns, objective=answer.objective - 2 * 3)

    assert spoilt(monkeypatch, change) == pytest.approx({"balance": 0, "capacity": 2 / 8, "cost": 0})


def test_load_is_in_units_of_capacity_and_small_amounts_count_as_large_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """0.05 of 0.08 units cross for two units of capacity each where 0.08 of capacity are: 0.01 units too many are 0.02."""
    ways = arc("x", "a", "b", km=0, fee=1, capacity=0.08), arc("y", "a", "b", km=0, fee=4)
    given = line(*ways, demand=0.08, supply=1.0, carriers=[carrier(weight=2.0)])

    def change(answer: Optimum) -> Optimum:
        columns = answer.columns + np.array([0.01, -0.01, 0.0, 0.0])
        return replace(answer, columns=columns, objective=answer.objective - 0.01 * 3)

    assert spoilt(monkeypatch, change, given) == pytest.approx({"balance": 0, "capacity": 0.02 / 0.08, "cost": 0})


SEASONS = line(
    arc("x", "a", "b", km=0, fee=1, capacity=8), arc("y", "a", "b", km=0, fee=4),
    seasons=(SUMMER, WINTER), supply=100.0, demand=16.0,
)  # fmt: skip
QUEUE = line(
    arc("x", "a", "b", km=0, capacity=10, queue_hours=24.0), queue=((0.5, 0.0), (1.0, 1.0)), demand=8.0, supply=99.0
)


@pytest.mark.parametrize(("given", "most", "saved"), [(SEASONS, 12, 3), (QUEUE, 8, 10)])
def test_room_is_that_of_the_season_and_of_the_step(
    monkeypatch: pytest.MonkeyPatch, given: Network, most: float, saved: float
) -> None:
    """A quarter of 8 in summer, a half of 10 before the queue: half a unit more there is too much."""

    def change(answer: Optimum) -> Optimum:
        columns = answer.columns.copy()
        columns[:2] += [0.5, -0.5]
        return replace(answer, columns=columns, objective=answer.objective - 0.5 * saved)

    assert spoilt(monkeypatch, change, given) == pytest.approx({"balance": 0, "capacity": 0.5 / most, "cost": 0})


@pytest.mark.parametrize("factor", [1.25, 0.75])
def test_an_answer_of_another_cost_is_refused(monkeypatch: pytest.MonkeyPatch, factor: float) -> None:
    gap = spoilt(monkeypatch, lambda answer: replace(answer, objective=factor * answer.objective))
    assert gap == pytest.approx({"balance": 0, "capacity": 0, "cost": 0.25})


def test_more_than_is_asked_for_is_what_gaps_are_shares_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where losses make flows larger than demand, gaps are shares of the largest flow."""
    real = flows.optimum
    made = line(arc("x", "a", "b", km=0, fee=1, loss_share=0.6))
    change = np.array([0.0, 2.0, 0.0])
    monkeypatch.setattr(flows, "optimum", lambda *given: (a := real(*given)) and replace(a, columns=a.columns + change))
    with pytest.raises(NotConvergedError) as error:
        flow(made)
    assert error.value.trace[0]["balance"] == pytest.approx(2 / 20)


def test_residuals_are_the_largest_of_all_years_and_families(monkeypatch: pytest.MonkeyPatch) -> None:
    gaps = iter([{"balance": 3e-9, "capacity": 0.0, "cost": 2e-9}, {"balance": 1e-9, "capacity": 4e-9, "cost": 5e-9}])
    monkeypatch.setattr(flows, "_check", lambda *_: next(gaps))
    found = flow(two(years=(2025, 2026)))
    assert found.residuals == {"balance": 3e-9, "capacity": 4e-9, "cost": 5e-9}


def test_a_family_that_nobody_asks_for_has_nothing_amiss() -> None:
    idle = carrier("c1", family="idle")
    found = flow(line(arc("x", "a", "b", km=0, fee=1), carriers=[carrier(), idle]))
    program = found.programs["idle"]
    assert program.balance.shape[1] == 0
    now, answer = found.solved["idle", 0]
    gap = flows._check(program, found.network, found.times, now, answer, 0)
    assert gap == {"balance": 0.0, "capacity": 0.0, "cost": 0.0}
    assert max(found.residuals.values()) < 1e-9
    assert total_cost(found).tolist() == [8.0]


def resolved(before: Flows, given: Network) -> tuple[Flows, bool]:
    """Solve again from an earlier solve; whether the program was taken over."""
    found = flow(given, start=before)
    assert total_cost(found) == pytest.approx(total_cost(flow(given)), rel=1e-9)
    return found, found.programs["freight"] is before.programs["freight"]


def test_what_closed_unused_leaves_the_answer_and_costs_no_step() -> None:
    ways = (arc("x", "a", "b", km=0, fee=1), arc("y", "a", "b", km=0, fee=4), arc("z", "a", "b", km=0, fee=4))
    given = line(*ways, years=(2025, 2026))
    before = flow(given)
    same, taken = resolved(before, with_closures(given, [Closure("y")]))
    assert taken
    assert same.iterations == 0
    assert all(same.solved["freight", y][1].columns is before.solved["freight", y][1].columns for y in (0, 1))
    other, taken = resolved(before, with_closures(given, [Closure("x")]))
    assert taken
    assert other.iterations == sum(answer.iterations for _, answer in other.solved.values()) > 1
    opened, taken = resolved(other, given)
    assert taken
    assert total_cost(opened).tolist() == [8.0, 8.0]
    assert opened.iterations > 0
    later, _ = resolved(before, with_closures(given, [Closure("x", (2026,))]))
    assert total_cost(later).tolist() == [8.0, 32.0]
    assert [answer.iterations > 0 for _, answer in later.solved.values()] == [False, True]


@pytest.mark.parametrize(
    ("arc_id", "more", "taken"),
    [
        ("x", {"fee": 3.0}, True),
        ("x", {"capacity": 6.0}, True),
        ("x", {"hours": 10.0, "hours_low": 10.0, "hours_high": 10.0}, True),
        ("y", {"loss_share": 0.5}, False),
        ("y", {"capacity": 100.0}, False),
        ("x", {"capacity": float("inf")}, False),
        ("y", {"minimum": 4.0}, False),
        ("y", {"minimum": 0.5}, False),
        ("y", {"two_way": True}, False),
        ("y", {"id": "z"}, False),
    ],
)
def test_a_program_is_taken_over_while_costs_and_bounds_alone_change(
    arc_id: str, more: dict[str, Any], taken: bool
) -> None:
    assert resolved(flow(GIVEN), changed(arc_id, **more))[1] is taken


def test_a_floor_that_falls_away_leaves_the_program_and_another_one_does_not() -> None:
    before = flow(changed("y", minimum=4.0))
    assert total_cost(before).tolist() == [4 * 4 + 4]
    after, taken = resolved(before, GIVEN)
    assert taken
    assert total_cost(after).tolist() == [5 + 3 * 4]
    assert not resolved(before, changed("x", minimum=2.0))[1]
    both = replace(before.network, arcs=tuple(replace(a, minimum=4.0) for a in GIVEN.arcs))
    assert not resolved(before, both)[1]
    small = flow(changed("y", minimum=0.5))
    assert resolved(small, changed("y", minimum=0.4))[1]


def test_limits_and_floors_of_any_year_count() -> None:
    """A project may give a limit or a floor from a later year on; the program has its row in every year."""
    opens = line(
        arc("x", "a", "b", km=0, fee=1, minimum=3, opens=2026), arc("y", "a", "b", km=0, fee=2), years=(2025, 2026)
    )
    before = flow(opens)
    other = replace(opens, arcs=(replace(opens.arcs[0], fee=5.0), opens.arcs[1]))
    found, taken = resolved(before, other)
    assert taken
    assert total_cost(found).tolist() == [16, 3 * 5 + 5 * 2]
    free = replace(opens, arcs=(replace(opens.arcs[0], fee=5.0, minimum=0.0), opens.arcs[1]))
    assert not resolved(flow(free), other)[1]


def test_another_queue_is_another_program() -> None:
    queue = ((0.5, 0.0), (1.0, 1.0))
    ways = arc("x", "a", "b", km=0, fee=1, capacity=6), arc("y", "a", "b", km=0, fee=4)
    given = line(*ways, queue=queue)
    waits = [replace(given, arcs=(replace(ways[0], queue_hours=hours), ways[1])) for hours in (0.5, 24.0)]
    assert not resolved(flow(given), waits[0])[1]
    assert not resolved(flow(waits[0]), given)[1]
    found, taken = resolved(flow(waits[0]), waits[1])
    assert not taken
    assert total_cost(found).tolist() == pytest.approx([3 + 5 * 4])
    assert not resolved(found, replace(waits[1], queue=((0.5, 0.0), (1.0, 0.25))))[1]


def test_another_supply_demand_or_store_is_another_program() -> None:
    given = two(carriers=[carrier(energy=True)])
    before = flow(given)
    more = given.demand * 1.25
    found, taken = resolved(before, with_demand(given, supply=given.supply, demand=more))
    assert not taken
    assert total_cost(found).tolist() == [5 + 5 * 4]
    assert not resolved(before, with_demand(given, supply=given.supply * 2, demand=given.demand))[1]
    assert not resolved(
        before, replace(given, stores=(Store(node="b", carrier="c0", capacity=1, loss_share=0, cost=0),))
    )[1]
    assert resolved(before, replace(given, arcs=tuple(given.arcs)))[1]


def test_steps_of_demand_that_stays_away_are_part_of_the_program() -> None:
    def worth(*steps: float) -> FlowWorth:
        above = np.zeros((len(steps), 2, 1))
        above[:, 1] = np.linspace(5.0, 1.0, len(steps))[:, None]
        return FlowWorth(steps, np.ones((2, 1, 1, 1)), above)

    before = flow(GIVEN, worth=worth(0.5, 0.5))
    assert before.unmet.sel(node="b").item() == pytest.approx(3)
    assert total_cost(before).tolist() == pytest.approx([5])
    assert objective(before).tolist() == pytest.approx([5 + 3 * 2])
    halves = flow(GIVEN, worth=worth(0.25, 0.75), start=before)
    assert halves.programs["freight"] is not before.programs["freight"]
    assert flow(GIVEN, worth=worth(0.5, 0.5), start=before).programs["freight"] is before.programs["freight"]


def test_what_cannot_be_met_is_named_with_its_amount_and_unit() -> None:
    """Six units fit: two of the eight of b and all of the three of m, which has no way, in both seasons together."""
    middle = node("m")
    made = network(
        [A, B, middle],
        [arc("x", "a", "b", km=0, capacity=6, minimum=1, carriers=("c1",)), arc("y", "a", "b", km=0, carriers=("c0",))],
        [carrier("c0"), carrier("c1", unit="TEU")],
        {("a", "c0", 2030): 1.0, ("a", "c1", 2030): 90.0},
        {("b", "c0", 2030): 1.0, ("b", "c1", 2030): 8.0, ("m", "c1", 2030): 3.0},
        years=(2030,),
        seasons=(SUMMER, WINTER),
    )
    with pytest.raises(InfeasibleError) as error:
        flow(made)
    unmet = {row["node"]: row for row in error.value.detail["unmet"]}
    assert unmet["b"] == {"node": "b", "carrier": "c1", "year": 2030, "unmet": pytest.approx(2), "unit": "TEU"}
    assert unmet["m"] == {"node": "m", "carrier": "c1", "year": 2030, "unmet": pytest.approx(3), "unit": "TEU"}
    assert error.value.detail["floors"] == []
    assert str(error.value) == (
        "demand cannot be met: node b, carrier c1, year 2030: 2 TEU unmet; node m, carrier c1, year 2030: 3 TEU unmet. "
        "To do: add capacity, supply or a route, or lower the demand."
    )


def test_floors_that_cannot_be_kept_are_named_with_what_is_short() -> None:
    given = line(
        arc("x", "a", "b", km=0, minimum=2), arc("y", "a", "b", km=0, minimum=3), arc("z", "a", "b", km=0, minimum=30),
        demand=8.0,
    )  # fmt: skip
    with pytest.raises(InfeasibleError) as error:
        flow(given)
    assert error.value.detail["unmet"] == []
    (short,) = error.value.detail["floors"]
    assert short["year"] == 2025
    assert short["short"] == pytest.approx(27)


def test_where_nothing_helps_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flows, "optimum", lambda *_: None)
    with pytest.raises(InfeasibleError, match="family freight, year 2025: nothing satisfies the network") as error:
        flow(two())
    assert error.value.detail == {"year": 2025}


def test_a_unit_of_yearly_capacity_is_worth_what_its_season_uses_of_it() -> None:
    """A quarter of the capacity, 2 of 8, goes to summer, when 4 of a quarter of 16 are wanted: it is full, winter is not."""
    made = line(
        arc("x", "a", "b", km=0, fee=1, capacity=8), arc("y", "a", "b", km=0, fee=4),
        seasons=(SUMMER, WINTER), supply=100.0, demand=16.0,
    )  # fmt: skip
    found = flow(made)
    at = {"link": "x", "direction": "forward"}
    assert found.scarcity.sel(at).item() == pytest.approx(3)
    winter = with_demand(made, supply=made.supply, demand=made.demand * np.array([1.0, 0.25]))
    assert flow(winter).scarcity.sel(at).item() == pytest.approx(0.25 * 3)


def test_use_is_that_of_the_open_seasons_in_units_of_capacity() -> None:
    """Open for a quarter of the year, it takes 2 of 8 units of capacity: one unit of goods at two units of capacity each."""
    made = line(
        arc("x", "a", "b", km=0, fee=1, capacity=8, closed_seasons=("winter",)), arc("y", "a", "b", km=0, fee=4),
        seasons=(SUMMER, WINTER), demand=2.0, carriers=[carrier(weight=2.0)],
    )  # fmt: skip
    found = flow(made)
    assert found.flow.sel(link="x", direction="forward").item() == pytest.approx(0.5)
    assert found.utilisation.sel(link="x", direction="forward").item() == pytest.approx(0.5 * 2 / (8 * 0.25))


def test_little_that_moves_waits_as_long_as_much() -> None:
    queue = ((0.5, 0.0), (1.0, 1.0))
    for capacity, demand in ((0.4, 0.3), (40.0, 30.0)):
        x = arc("x", "a", "b", km=0, capacity=capacity, queue_hours=24.0)
        found = flow(line(x, demand=demand, queue=queue, supply=99.0))
        assert found.wait.sel(link="x", direction="forward").item() == pytest.approx(24 / 3)
        assert found.utilisation.sel(link="x", direction="forward").item() == pytest.approx(0.75)
        more = flow(
            line(replace(x, hours=1e-9), arc("y", "a", "b", km=0, fee=4), demand=demand, queue=queue, supply=99.0)
        )
        assert more.scarcity.sel(link="x", direction="forward").item() == pytest.approx(0.5 * 4, rel=1e-6)


def test_a_floor_that_does_not_bind_has_no_price() -> None:
    found = flow(
        line(
            arc("w", "a", "b", km=0, fee=9, minimum=1), arc("x", "a", "b", km=0, fee=1, minimum=3, capacity=6),
            arc("y", "a", "b", km=0, fee=2), arc("z", "a", "b", km=0, fee=5, minimum=0.5),
        )
    )  # fmt: skip
    price = found.floor_price.sel(family="freight").values.ravel()
    assert price == pytest.approx([9 - 2, 0, 0, 5 - 2])
    assert found.scarcity.sel(link="x", direction="forward").item() == pytest.approx(1)


def test_what_stays_away_is_no_cost_of_transport_and_kept_floors_none_of_it() -> None:
    made = line(arc("x", "a", "b", km=0, fee=1, capacity=5), arc("y", "a", "b", km=0, fee=4, minimum=1))
    found = flow(made, worth=FlowWorth((1.0,), np.full((2, 1, 1, 1), 2.0), np.ones((1, 2, 1))))
    assert found.unmet.sel(node="b").item() == pytest.approx(2)
    assert found.cost.item() == pytest.approx(5 * 1 + 1 * 4)
    assert objective(found).item() == pytest.approx(5 + 4 + 2 * 3)


def test_the_price_of_a_year_weighs_seasons_by_what_is_wanted() -> None:
    made = line(
        arc("x", "a", "b", km=0, fee=1, closed_seasons=("winter",)), arc("y", "a", "b", km=0, fee=5),
        seasons=(SUMMER, WINTER), demand=8.0,
    )  # fmt: skip
    found = flow(made)
    assert found.season_price.sel(node="b").values.ravel() == pytest.approx([1, 5])
    assert found.price.sel(node="b").item() == pytest.approx(0.25 * 1 + 0.75 * 5)
    uneven = with_demand(made, supply=made.supply, demand=made.demand * np.array([1.0, 1 / 3]))
    assert flow(uneven).price.sel(node="b").item() == pytest.approx(0.5 * 1 + 0.5 * 5)
    assert found.price.sel(node="a").item() == pytest.approx(0)
