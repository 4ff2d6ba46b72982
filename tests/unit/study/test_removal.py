"""What measures remove from the border, and what that gives by direction: against exact worlds of the packaged study."""

import dataclasses

import numpy as np
import pytest

from isthmus.levers.support import BOTH
from isthmus.levers.worlds import AGREED, SINGLES, Timetable, plan_worlds, solve_worlds
from isthmus.study import border, ensemble, pace, trade, value
from isthmus.study.headline import headline_world
from isthmus.study.standing import standing_costs
from isthmus.study.station import Findings
from tests.packaged import packaged_study

pytestmark = pytest.mark.slow


class Bench:
    def progress(self, share: float) -> None:
        assert 0 <= share <= 1

    def piece(self, _name, make):
        return make()

    def map(self, function, items):
        return [function(item) for item in items]


@pytest.fixture(scope="module")
def found():
    read = packaged_study()
    few = dataclasses.replace(read.draws, count=40, closures=("",), elasticities=("",), trade_years=("",))
    study = dataclasses.replace(read, draws=few, start=read.deadline, review=read.deadline)
    priced = border.compute(study, Findings(), Bench())
    study = border.refine(study, priced)
    study = pace.refine(study, pace.compute(study, Findings(), Bench()))
    seen = Findings({"border": priced})
    seen = Findings({**seen.sections, "ensemble": ensemble.compute(study, seen, Bench())})
    seen = Findings({**seen.sections, "value": value.compute(study, seen, Bench())})
    return study, Findings({**seen.sections, "trade": trade.compute(study, seen, Bench())})


def removal(found, support):
    frame = found[1].sections["trade"].removal.frame
    return frame[frame["support"] == support].set_index(["direction", "component"])


@pytest.mark.parametrize(("support", "name"), [(BOTH, AGREED + BOTH), ("all", AGREED + "none")])
def test_points_removed_are_the_cut_of_trade_costs_between_two_solved_worlds(found, support, name):
    """The border's factor times the fall of cost between the worlds with and without the measures, weighted by trade."""
    study, findings = found
    world = headline_world(study)[0]
    parameters = study.ledger.central() | {
        k: v
        for t in study.targets
        for k, v in ((f"target.{t.id}", t.value), (f"target.{t.id}.base", t.base_value))
        if v is not None
    }
    plans = plan_worlds(study.levers, study.partners, parameters, study.asked)
    wanted = [trade.agreed_alone(plan, study) for plan in plans if plan.name in (SINGLES, name)]
    solved = solve_worlds(
        world, study.levers, parameters, wanted, Timetable(study.start, study.deadline, study.deadline),
        standing=standing_costs(findings, study),
    )  # fmt: skip
    n = world.income.size

    def cost(state):
        pi = state.before.pi
        ratio = np.divide(state.system.reach[:, :, :n], pi, out=np.ones_like(pi), where=pi > 0)
        return -np.log(ratio) / state.before.theta[:, None, None]

    cut = cost(solved[SINGLES].at_deadline) - cost(solved[name].at_deadline)
    phi = np.ones_like(cut)
    for row in findings.sections["border"].wedges.rows:
        cell = world.sectors.index(row.sector), world.economies.index(row.exporter), world.economies.index(row.importer)
        phi[cell] *= 1 + row.central
    flows = world.trade_share.values * world.spending.values[:, None, :] / world.tariff_factor.values
    goods = [world.sectors.index(s) for s in world.goods]
    told = removal(found, support)["central"]
    for a in study.partners:
        (b,) = (p for p in study.partners if p != a)
        at = (goods, world.economies.index(a), world.economies.index(b))
        exact = (flows[at] * phi[at] * -np.expm1(-cut[at])).sum() / flows[at].sum()
        assert told[f"{a}>{b}", "all"] + told[f"{a}>{b}", "volume"] == pytest.approx(exact, rel=0.03)


def test_no_cause_loses_more_than_stands_where_measures_work(found):
    bridge = found[1].sections["border"].bridge.frame.set_index(["direction", "step", "component"])["high"]
    for (direction, cause), row in removal(found, BOTH).iterrows():
        assert 0 <= row["low"] <= row["median"] <= row["high"]
        if cause not in ("all", "volume"):
            assert row["high"] <= bridge[direction, "stated", cause]


def test_causes_add_up_to_what_is_removed(found):
    for support in (BOTH, "all"):
        told = removal(found, support)
        for direction in told.index.unique("direction"):
            causes = told.loc[direction].drop(["all", "volume"])
            for column in ("median", "central"):
                assert causes[column].sum() == pytest.approx(told.loc[(direction, "all"), column])


def test_directions_add_up_to_the_gross_value(found):
    study, findings = found
    ways = findings.sections["value"].value_by_direction.frame
    rows = findings.sections["value"].value.frame.set_index(
        ["economy", "channel", "component", "support", "net", "year"]
    )["central"]
    for partner in study.partners:
        whole = rows[partner, "all", "total", BOTH, False, study.deadline]
        mine = ways[ways["economy"] == partner].set_index("direction")["central"]
        assert mine.sum() == pytest.approx(whole)
        assert set(mine.index) == {f"{a}>{b}" for a in study.partners for b in study.partners if a != b}
        assert (mine > 0).all()


def test_measures_of_one_plan_alone_have_no_part_in_what_both_do_to_others(found):
    study, _ = found
    parameters = study.ledger.central()
    (plan,) = (w for w in plan_worlds(study.levers, study.partners, parameters, study.asked) if w.name == AGREED + BOTH)
    acting = {name for name, sides in trade.agreed_alone(plan, study).degrees.items() if any(sides.values())}
    joint = {lever.id for lever in study.levers if lever.joint}
    assert acting & joint == {name for name in joint if study.asked[name].support == BOTH}
