"""Grades of the costs that measures work on, and shares of a lever by grade."""

from types import SimpleNamespace

import numpy as np
import pytest

from isthmus.core.provenance import Grade, Ledger, Parameter, Status
from isthmus.levers.grades import AT_STAKE, WEAKEST, grade_of, grades
from isthmus.levers.lever import Channel, Effect, Lever
from isthmus.levers.support import degree_name
from isthmus.study.stakes import Stake, stakes
from isthmus.study.weights import evidence_shares

PARTNERS = ("AAA", "BBB")


def lever(sectors=("farm", "tools")):
    numbers = {"overhead": "wedge_time_goods", "removed": "removed"}
    effect = Effect(Channel.WEDGE, numbers, exporter=("AAA",), importer=("BBB",), sector=sectors, component="time")
    return Lever(
        "gate", {}, "trade", "joint", PARTNERS, {}, (effect,), 2025, 2026, 2030,
        alone={"AAA": "alone", "BBB": "alone"}, lag="lag",
    )  # fmt: skip


def entry(name, status=Status.QUOTED, grade=None):
    return Parameter(name, name, "share", 0.5, 0.2, 0.8, "a source", status, grade=grade)


def ledger(removed=None, degree=None, status=Status.QUOTED):
    degrees = [entry(degree_name("gate", side), grade=degree) for side in PARTNERS]
    paces = [entry(name, Status.ASSUMED) for name in ("alone", "lag", "wedge_time_goods")]
    return Ledger({one.name: one for one in [entry("removed", status, removed), *degrees, *paces]})


def world():
    """Trade of AAA with BBB is 30 in farm goods and 10 in tools, before a tariff of a quarter; all else is of no account."""
    flows = np.zeros((2, 2, 2))
    flows[:, 0, 1] = 30.0, 10.0
    tariff = np.full((2, 2, 2), 1.25)
    spending = (flows * tariff).sum(axis=1) + 1.0
    share = flows * tariff / spending[:, None, :]
    array = lambda values: SimpleNamespace(values=values)  # noqa: E731
    return SimpleNamespace(
        economies=PARTNERS, sectors=("farm", "tools"), sector_groups={}, trade_share=array(share), spending=array(spending),
        tariff_factor=array(tariff),
    )  # fmt: skip


def part(sector, grade, central=0.1, **more):
    told = {"component": "time", "exporter": "AAA", "importer": "BBB", "reach": "policy", "rent_share": 0.0} | more
    return SimpleNamespace(sector=sector, grade=grade, central=central, **told)


def stake(*parts, sectors=("farm", "tools")):
    section = SimpleNamespace(wedge_parts=SimpleNamespace(rows=parts))
    return stakes(section, (lever(sectors),), world())["gate"]


def test_cells_are_weighed_by_what_trade_pays_there():
    found = stake(part("farm", "estimated"), part("tools", "assumed"))
    assert found.shares == pytest.approx({Grade.ESTIMATED: 0.75, Grade.ASSUMED: 0.25})
    assert found.weakest == {"time": Grade.ASSUMED}
    dear = stake(part("farm", "estimated"), part("tools", "assumed", central=0.3))
    assert dear.shares == pytest.approx({Grade.ESTIMATED: 0.5, Grade.ASSUMED: 0.5})


def test_only_what_is_burnt_within_reach_of_policy_in_the_measures_own_cells_counts():
    other = [
        part("tools", "assumed", reach="natural"),
        part("tools", "assumed", rent_share=1.0),
        part("tools", "assumed", central=0.0),
        part("tools", "assumed", component="freight"),
        part("tools", "assumed", exporter="BBB", importer="AAA"),
        part("mines", "assumed"),
    ]
    found = stake(part("farm", "expert"), *other)
    assert found == Stake(shares={Grade.EXPERT: pytest.approx(1.0)}, weakest={"time": Grade.EXPERT})
    assert stake(part("tools", "assumed"), sectors=("farm",)) == Stake()
    assert stakes(None, (lever(),), world()) == {"gate": Stake()}


def test_shares_move_when_a_grade_changes():
    mixed = Stake(shares={Grade.ESTIMATED: 0.75, Grade.ASSUMED: 0.25}, weakest={"time": Grade.ASSUMED})
    sourced = evidence_shares(lever(), ledger(), mixed)
    assert sourced[AT_STAKE] == {"estimated": 0.75, "assumed": 0.25}
    assert sourced["degree"] == sourced["strength"] == {"estimated": 1.0}
    assert sourced["additional"] == {"none": 1.0}
    assert sourced[WEAKEST] == {"estimated": 0.75, "assumed": 0.25}
    rated = evidence_shares(lever(), ledger(degree=Grade.EXPERT), mixed)
    assert rated["degree"] == {"expert": 1.0}
    assert rated[WEAKEST] == {"expert": 0.75, "assumed": 0.25}
    guessed = evidence_shares(lever(), ledger(status=Status.ASSUMED), mixed)
    assert guessed["strength"] == {"assumed": 1.0}
    assert guessed[WEAKEST] == {"assumed": 1.0}


def test_without_cells_the_ledger_speaks_and_a_lever_of_cells_alone_has_their_grades():
    assert evidence_shares(lever(), ledger(), Stake())[AT_STAKE] == {"assumed": 1.0}
    bare = Ledger({"wedge_time_goods": entry("wedge_time_goods", Status.ASSUMED)})
    only = evidence_shares(lever(), bare, Stake(shares={Grade.MEASURED: 1.0}, weakest={"time": Grade.MEASURED}))
    assert only[WEAKEST] == {"measured": 1.0}


def test_how_fast_each_side_goes_alone_lends_no_grade_to_what_the_measure_is_worth():
    """Pace and delay share the total out over its steps; they do not move it."""
    assert grades(lever(), ledger(), {"time": Grade.ESTIMATED})[WEAKEST] is Grade.ESTIMATED


def test_a_grade_of_its_own_goes_before_what_the_status_says():
    assert grade_of(entry("x"), {}) is Grade.ESTIMATED
    assert grade_of(entry("x", grade=Grade.EXPERT), {}) is Grade.EXPERT
    assert grade_of(entry("wedge_time_x", grade=Grade.EXPERT), {"time": Grade.MEASURED}) is Grade.EXPERT
