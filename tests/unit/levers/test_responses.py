from dataclasses import replace

import numpy as np
import pytest

from isthmus.economy.calibrate import calibrate
from isthmus.economy.synthetic import synthetic_world
from isthmus.equilibrium.scenario import Scenario
from isthmus.equilibrium.solve import find, pose
from isthmus.levers.facts import world_facts
from isthmus.levers.lever import Channel, Effect, Form, Lever
from isthmus.levers.linear import Blend, Group, between, combined, contributions, ln_worlds, model_scales
from isthmus.levers.responses import Responses, by_lever, kernel, kernel_and_rest, respond
from isthmus.levers.shocks import lever_shocks
from isthmus.levers.worlds import Timetable, World, plan_worlds, solve_worlds

PARTNERS = ("E00", "E01")
CENTRAL = {"o": 0.1, "s": 0.3, "t": 1.02, "a": 1.0, "m": -5.0, "net": 0.4}


def lever(name: str, owner: str, *effects: Effect) -> Lever:
    partners = PARTNERS if owner == "joint" else (owner,)
    return Lever(name, {}, "trade", owner, partners, {}, effects, 2025, 2026, 2030)


LEVERS = (
    lever("gate", "joint", *(
        Effect(Channel.WEDGE, {"overhead": "o", "removed": "s"}, exporter=(x,), importer=(m,))
        for x, m in (PARTNERS, PARTNERS[::-1])
    )),
    lever("skill", "E00", Effect(
        Channel.VALUE_ADDED_PRODUCTIVITY, {"target": "t", "additional": "a"}, economy=("E00",), sector=("goods",)
    )),
    lever("saving", "E01", Effect(
        Channel.INPUT, {"target": "m", "additional": "a", "net_saving": "net"}, Form.PERCENT,
        ("E01",), ("S01", "S02"), ("S00",),
    )),
)  # fmt: skip


@pytest.fixture(scope="module")
def world():
    baseline = calibrate(synthetic_world(4, 5, np.random.default_rng(5)))
    return baseline, pose(baseline, Scenario()), world_facts(baseline)


def observe(solution):
    return solution.welfare.ln_real_income


def exact(baseline, levers, parameters, facts):
    shocks = [s for one in levers for s in lever_shocks(one, parameters, facts)]
    problem = pose(baseline, Scenario(tuple(shocks)))
    return observe(find(problem))


def test_parts_add_up_to_the_lever(world):
    baseline, problem, facts = world
    responses = respond(problem, LEVERS, CENTRAL, facts, observe)
    assert [key[0] for key in responses.keys] == ["gate", "gate", "skill", "saving", "saving"]
    effects = by_lever(responses, CENTRAL, facts)
    for i, one in enumerate(LEVERS):
        assert effects[i] == pytest.approx(exact(baseline, [one], CENTRAL, facts), abs=2e-5)


def test_a_draw_is_close_to_an_exact_solve(world):
    """Numbers half as large again: the scaled effects stay within eight percent of the exact ones."""
    baseline, problem, facts = world
    responses = respond(problem, LEVERS, CENTRAL, facts, observe)
    drawn = CENTRAL | {"s": 0.45, "t": 1.03, "m": -7.5, "net": 0.2}
    effects = by_lever(responses, drawn, facts)
    for i, one in enumerate(LEVERS):
        truth = exact(baseline, [one], drawn, facts)
        assert np.abs(effects[i] - truth).max() < 0.08 * np.abs(truth).max()


def test_degrees_scale_levers_and_leave_out_those_that_do_not_act(world):
    _, problem, facts = world
    responses = respond(problem, LEVERS, CENTRAL, facts, observe)
    full, half = by_lever(responses, CENTRAL, facts), by_lever(responses, CENTRAL, facts, {"gate": 0.5})
    assert half[0] == pytest.approx(full[0] / 2, rel=0.02)
    assert half[1:] == pytest.approx(0)


def test_draws_at_once_are_close_to_exact_worlds_year_by_year(world):
    """Joint and single levers over eleven years, capital included: the sum of responses against exact solves."""
    baseline, problem, facts = world
    timetable = Timetable(2026, 2030, 2036)
    numbers = CENTRAL | {"capital_depreciation": 0.08, "alone": 0.5, "lag": 1.0}
    levers = tuple(replace(one, alone=dict.fromkeys(PARTNERS, "alone"), lag="lag") for one in LEVERS)
    worlds = plan_worlds(levers, PARTNERS, numbers, {})
    responses = respond(problem, levers, numbers, facts, observe, path=True)
    kernels = kernel(responses, 11, 0.08)[None]
    group = Group(rows=np.array([0]), kernels=kernels, weights=np.ones((1, 1)))
    blend = Blend(groups=[group], scales=np.ones((1, len(responses.keys))))
    exact = solve_worlds(baseline, levers, numbers, worlds, timetable)
    by_name = {one.name: one for one in worlds}
    for year in (2030, 2036):
        slow, quick = (
            contributions(responses, blend, by_name[name], timetable, year).sum(axis=2)
            for name in ("unagreed:none", "agreed:none")
        )
        found = ln_worlds(levers, PARTNERS, slow, quick, {"gate": "none"})
        assert set(found) == set(exact)
        for name, values in found.items():
            truth = exact[name].real_income[year]
            assert 100 * np.expm1(values[0]) == pytest.approx(truth, abs=0.02 * np.abs(truth).max() + 1e-9), name
    border = contributions(responses, blend, by_name["agreed:none"], timetable, 2030)[0]
    assert (border[0, 1] == 0).all()
    assert (border[1:, 0] == 0).all()


def test_blended_settings_are_a_weighted_sum():
    kernels = np.arange(8.0).reshape(2, 2, 1, 2)
    lever_ = replace(LEVERS[1], start=2026, full=2026)
    responses = Responses(
        levers=(lever_,), keys=(("skill", 0, "productivity"),), lever_of=(0,), sizes=np.ones(1), observed=np.zeros((1, 2)),
        returns=np.zeros((1, 2)), capital_observed=np.zeros((2, 2)), capital_returns=np.zeros((2, 2)),
    )  # fmt: skip
    groups = [Group(rows=np.array([0, 1]), kernels=kernels, weights=np.array([[1.0, 0.0], [0.25, 0.75]]))]
    blend = Blend(groups=groups, scales=np.array([[1.0], [2.0]]))
    world_ = World("one", {"skill": {"E00": 1.0}})
    found = contributions(responses, blend, world_, Timetable(2026, 2027, 2027), 2027)[:, 0, 1]
    whole = kernels.sum(axis=1)[:, 0]
    assert found[0] == pytest.approx(whole[0])
    assert found[1] == pytest.approx(2 * (0.25 * whole[0] + 0.75 * whole[1]))


def test_weights_between_low_central_and_high():
    down, up = between(np.array([1.0, 1.5, 2.0, 3.0, 4.0]), 1.0, 2.0, 4.0)
    assert down == pytest.approx([1.0, 0.5, 0.0, 0.0, 0.0])
    assert up == pytest.approx([0.0, 0.0, 0.0, 0.5, 1.0])
    assert between(np.array([2.0]), 2.0, 2.0, 2.0) == (pytest.approx([0.0]), pytest.approx([0.0]))


def test_another_share_of_capital_scales_capital_and_skills_alone():
    effects = (
        Effect(Channel.CAPITAL, {}, economy=("E00",)),
        Effect(Channel.HUMAN_CAPITAL, {}, economy=("E00",)),
        LEVERS[1].effects[0],
    )
    responses = Responses(
        levers=(lever("mix", "E00", *effects),),
        keys=(("mix", 0, "capital"), ("mix", 1, "endowment"), ("mix", 2, "productivity")),
        lever_of=(0, 0, 0), sizes=np.ones(3), observed=np.zeros((3, 2)), returns=np.zeros((3, 2)),
        capital_observed=np.zeros((2, 2)), capital_returns=np.zeros((2, 2)),
    )  # fmt: skip
    assert model_scales(responses, np.array([1.2]), np.array([0.8])) == pytest.approx(np.array([[1.2, 0.8, 1.0]]))


@pytest.mark.parametrize("ratio", [1.0, 0.8, 1.2])
def test_a_part_that_acts_for_good_ends_in_the_long_run(ratio):
    """The sum of what it does in all later years is where capital equals its own return."""
    rng = np.random.default_rng(5)
    responses = Responses(
        levers=(),
        keys=(("a", 0, "x"), ("b", 0, "x")),
        lever_of=(0, 1),
        sizes=np.ones(2),
        observed=rng.normal(size=(2, 4)),
        returns=rng.normal(size=(2, 3)),
        capital_observed=rng.normal(size=(3, 4)),
        capital_returns=0.3 * np.eye(3) + 0.05 * rng.random((3, 3)),
    )
    whole = kernel_and_rest(responses, 5, 0.1, ratio)
    np.testing.assert_array_equal(whole[:5], kernel(responses, 5, 0.1, ratio))
    np.testing.assert_allclose(whole[5], kernel(responses, 600, 0.1, ratio).sum(axis=0), atol=1e-8)
    assert np.abs(whole[5] - whole[0]).max() > 0.1


def test_departures_multiply_where_levers_act_and_add_where_their_effect_spills_over():
    central, first, second = np.array([2.0, 2.0, 2.0]), np.array([3.0, 3.0, 30.0]), np.array([4.0, 4.0, 4.0])
    assert combined(central, [first, second], [False, True, False]).tolist() == [6.0, 5.0, 32.0]
    assert combined(central, [first, second]).tolist() == [6.0, 6.0, 32.0]
    assert combined(central, [], [True, True, True]).tolist() == central.tolist()
