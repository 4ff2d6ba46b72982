"""A programme tried in the full model: what projects do there, corrections, and a choice that stands."""

from dataclasses import replace

import numpy as np
import pytest
from offers import FIRST, HORIZON, LEVERS, PARTNERS, PROPOSALS, agenda, claim, ground, offer, proposal

from isthmus.core.errors import BadInputError
from isthmus.equilibrium.scenario import Scenario, Shock
from isthmus.equilibrium.solve import solve
from isthmus.programme.acts import acts_of
from isthmus.programme.agenda import agenda_ledger, budget_of, priced
from isthmus.programme.exact import done_in, in_one_year, margins, pair_synergies, real_incomes
from isthmus.programme.rounds import settle
from isthmus.programme.worth import benefits


@pytest.fixture(scope="module")
def settled():
    given = offer(agenda())
    return given, settle(given)


def test_effects_become_shares_of_levers() -> None:
    acts = acts_of(PROPOSALS, LEVERS, PARTNERS, FIRST)
    shares = acts.shares(agenda_ledger(agenda()).central(), len(PROPOSALS))
    assert shares[0, 0] == 0.5
    assert shares[2, 1] == 0.6
    assert len(acts.levers) == len(LEVERS) + 1
    assert shares[4, -1] == pytest.approx(1 / 1.2)
    assert acts.numbers["effect.stands.0.most"] == pytest.approx(0.24)
    assert [PROPOSALS[p].project.id for p in acts.silent] == ["quay"]
    assert {(e.exporter, e.importer) for e in acts.levers[-1].effects} == {(("E00",), ("E01",)), (("E01",), ("E00",))}


def test_room_acts_through_the_ways_and_only_where_nothing_else_is_said() -> None:
    both = proposal("both", 1.0, claim("lever", "gate", 0.1), claim("arc", "pier", 2.0))
    wide = proposal("wide", 1.0, claim("arc", "pier", 1.5, measure="capacity_factor"))
    passages = {"pier": {("S00", "E00", "E01"): 0.04, ("S01", "E01", "E00"): -0.01}}
    acts = acts_of([both, wide], LEVERS, PARTNERS, FIRST, passages)
    assert [act.project for act in acts.acts] == [0, 1]
    assert acts.silent == ()
    shares = acts.shares({"effect.both.0": 0.1, "effect.wide.0": 1.25}, 2)
    assert shares[1, -1] == pytest.approx(0.5)
    base = ground(acts)
    nothing, found = in_one_year(base, [0 * shares[0], np.eye(len(acts.levers))[-1]])
    shocks = (
        Shock("trade_cost", -4.0, exporter="E00", importer="E01", sector="S00"),
        Shock("trade_cost", 1.0, exporter="E01", importer="E00", sector="S01"),
    )
    solved = solve(base.problem.baseline, Scenario(shocks)).real_income_pct.values
    assert found - nothing == pytest.approx(np.log1p(solved / 100), abs=1e-9)
    assert acts_of([wide], LEVERS, PARTNERS, FIRST).silent == (0,)


@pytest.mark.parametrize(("target", "told"), [("gait", "does not exist"), ("own", "one side’s own")])
def test_a_lever_that_cannot_be_carried_out_together_is_named(target: str, told: str) -> None:
    with pytest.raises(BadInputError, match=f"{target}.*{told}"):
        acts_of([proposal("x", 1.0, claim("lever", target, 0.5))], LEVERS, PARTNERS, FIRST)


def test_a_border_cost_is_removed_by_the_share_that_the_project_says() -> None:
    acts = acts_of(PROPOSALS, LEVERS, PARTNERS, FIRST)
    base = ground(acts)
    shares = acts.shares(agenda_ledger(agenda()).central(), len(PROPOSALS))
    nothing, found = in_one_year(base, [0 * shares[4], shares[4]])
    shocks = tuple(
        Shock("trade_cost", 100 * ((1 + 0.2 * 0.8) / 1.2 - 1), exporter=x, importer=m, sector="S02")
        for x, m in (PARTNERS, PARTNERS[::-1])
    )
    solved = solve(base.problem.baseline, Scenario(shocks)).real_income_pct.values
    assert found - nothing == pytest.approx(np.log1p(solved / 100), abs=1e-9)


def test_a_project_acts_from_the_year_in_which_it_is_done() -> None:
    shares = np.eye(3)[:2]
    found = done_in(PROPOSALS[:2], {"bridge": 2027}, shares, range(2026, 2032))
    assert found[:, 0].tolist() == [0, 0, 0, 1, 1, 1]
    assert not found[:, 1:].any()


def test_gains_by_years_since_the_start_wait_for_the_building() -> None:
    responses = np.array([[[0.1], [0.2], [0.3]]])
    found = benefits(PROPOSALS[:1], np.array([[0.5]]), responses, np.array([1000.0]), ["E00"], 4)
    assert found.values[0, 0].tolist() == [0, 0, 50, 100]


def test_last_is_what_the_rest_leaves(settled) -> None:
    given, _ = settled
    found = margins(given.ground, given.shares, [0, 2])
    nothing, both, first, second = in_one_year(
        given.ground, [0 * given.shares[0], given.shares[0] + given.shares[2], given.shares[0], given.shares[2]]
    )
    assert found.alone[0] == pytest.approx(first - nothing, abs=1e-10)
    assert found.last[0] == pytest.approx(both - second, abs=1e-10)
    beside = in_one_year(given.ground, [given.shares[0] + given.shares[1] + given.shares[2]])[0]
    assert found.last[1] == pytest.approx(beside - both, abs=1e-10)
    extra = pair_synergies(given.ground, given.shares, [(0, 2)], found.alone)
    assert extra[0] == pytest.approx(both - nothing - (first - nothing) - (second - nothing), abs=1e-10)


def test_the_corrected_sum_is_the_full_model(settled) -> None:
    given, found = settled
    last = found.rounds[-1]
    assert found.stable
    assert last.linear == pytest.approx(last.exact, rel=2e-3)
    assert abs(found.rounds[0].linear / found.rounds[0].exact - 1).max() > 5e-3
    added = done_in(given.agenda.proposals, found.plan.start, given.shares, given.ground.years)
    gained = given.income * (np.exp(real_incomes(given.ground, added)) - np.exp(found.before))
    assert found.exact == pytest.approx(gained, abs=1e-6)
    assert found.plan.gap <= given.agenda.settings.gap + 1e-9


def test_what_costs_more_than_it_brings_or_brings_nothing_stays_out(settled) -> None:
    _, found = settled
    assert {"bridge", "forms"} <= set(found.plan.start)
    assert not {"palace", "quay"} & set(found.plan.start)


def test_pairs_are_of_the_most_valuable_and_none_that_exclude_each_other() -> None:
    rival = replace(PROPOSALS[1], project=replace(PROPOSALS[1].project, excludes=("bridge",)))
    found = settle(offer(agenda((PROPOSALS[0], rival, *PROPOSALS[2:]))))
    assert (0, 1) not in found.pairs
    assert len(settle(offer(agenda(pairs=0))).pairs) == 0
    assert len(settle(offer(agenda(pairs=3))).pairs) == 3


def test_less_money_is_never_better() -> None:
    worth = [settle(offer(agenda(money=money))).plan.objective for money in (100.0, 200.0, 400.0)]
    assert worth[0] <= worth[1] * 1.001
    assert worth[1] <= worth[2] * 1.001
    assert worth[0] < worth[2]


def test_unknown_costs_are_never_free() -> None:
    free = proposal("free", None, claim("lever", "gate", 0.1))
    waits = proposal("waits", 1.0, claim("lever", "gate", 0.1), requires=("free",))
    rival = proposal("rival", 1.0, claim("lever", "gate", 0.1), excludes=("free",))
    kept, left = priced(agenda((free, waits, rival)))
    assert [one.project.id for one in left] == ["free", "waits"]
    assert [one.project.id for one in kept.proposals] == ["rival"]
    assert kept.proposals[0].project.excludes == ()


def test_purses_of_one_year_add_up_and_a_partner_without_money_is_named() -> None:
    wanted = agenda()
    twice = replace(wanted, purses=(*wanted.purses, wanted.purses[0]))
    budget = budget_of(twice, PARTNERS, agenda_ledger(twice).central())
    assert budget.amount.sel(partner="E00").values.tolist() == [800.0] * (HORIZON - FIRST + 1)
    with pytest.raises(BadInputError, match="E01"):
        budget_of(replace(wanted, purses=wanted.purses[:1]), PARTNERS, agenda_ledger(wanted).central())
