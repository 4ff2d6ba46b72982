import numpy as np
import pytest

from isthmus.economy.calibrate import calibrate
from isthmus.economy.synthetic import synthetic_world
from isthmus.equilibrium.scenario import Scenario
from isthmus.equilibrium.solve import find, pose
from isthmus.equilibrium.welfare import welfare
from isthmus.levers.facts import world_facts
from isthmus.levers.lever import Channel, Effect, Form, Lever
from isthmus.levers.responses import by_lever, respond
from isthmus.levers.shocks import lever_shocks

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
    return np.log1p(welfare(solution).real_income / 100)


def exact(baseline, levers, parameters, facts):
    shocks = [s for one in levers for s in lever_shocks(one, parameters, facts)]
    problem = pose(baseline, Scenario(tuple(shocks)))
    return observe(find(problem.model, problem.changes, problem.closure, problem.numeraire))


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
