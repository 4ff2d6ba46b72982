"""How the programme fares in the draws: what it gains everywhere, and which projects are chosen when it is chosen anew."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from isthmus.core.axes import Array
from isthmus.core.errors import InfeasibleError, NotConvergedError
from isthmus.levers.components import calibrated
from isthmus.programme.agenda import budget_of
from isthmus.programme.proposal import candidates_of, cost_name
from isthmus.programme.rounds import Settled
from isthmus.programme.schedule import schedule
from isthmus.programme.tables import discounts
from isthmus.programme.worth import benefits
from isthmus.study.blend import Drawn
from isthmus.study.programme_case import Case, responses_in

SHIFT = 97
"""Projects' own numbers are drawn with the study's seed moved by this, apart from its ledger."""


@dataclass(frozen=True, kw_only=True)
class Draws:
    """Every lever in full, (draw, lever, years of acting, label), the projects' own numbers, and their shares of levers."""

    responses: Array
    values: Mapping[str, Array]
    shares: Array


@dataclass(frozen=True, kw_only=True)
class Spread:
    """What the programme brings and costs in every draw.

    Attributes
    ----------
    benefit
        Present value to every label, (draw, label).
    cost
        Present value by project of what every label pays, (draw, project, label).
    own
        Present value of each project's benefits, (draw, project, label).
    middle
        The same where every number is at its median, (project, label): to partners as the programme counts it.
    """

    benefit: Array
    cost: Array
    own: Array
    middle: Array


def draws_of(case: Case, drawn: Drawn, seed: int) -> Draws:
    """Return what is drawn, of the study's ledger and of the projects' own numbers."""
    found = responses_in(drawn, case.bench, case.joint, case.own, case.responses.shape[:2])
    names = sorted(case.ledger.parameters)
    table = case.ledger.draw_table(drawn.count, seed + SHIFT)
    values = {name: table[:, i] for i, name in enumerate(names)}
    shares = np.zeros((drawn.count, *case.offer.shares.shape))
    for act in case.acts.acts:
        shares[:, act.project, act.lever] += act.share(values[act.entry])
    return Draws(responses=found, values=values, shares=shares)


def spread_of(case: Case, settled: Settled, draws: Draws, exact: Array, credited: Array) -> Spread:
    """Return what the programme brings and costs in every draw, moved to what the full model says at the medians of all numbers.

    Parameters
    ----------
    exact
        Present value of benefits by label in the full model.
    credited
        Present value of what each project brings each partner in the programme, (project, partner): corrected by what it does
        beside the others, which its draws are moved by as well.
    """
    plan, years, discount = settled.plan, np.array(case.years), discounts(settled.plan)
    count, projects, labels = draws.shares.shape[0], len(case.agenda.proposals), len(case.labels)
    own, middle = np.zeros((count, projects, labels)), np.zeros((projects, labels))
    for p, one in enumerate(case.agenda.proposals):
        if one.project.id in plan.start:
            weight = discount[years >= plan.start[one.project.id] + one.project.build_years]
            lags = len(weight)
            own[:, p] = np.einsum("dl,dlym,y->dm", draws.shares[:, p], draws.responses[:, :, :lags], weight)
            middle[p] = np.einsum("l,lym,y->m", case.offer.shares[p], case.responses[:, :lags], weight)
    own, middle = own * case.money, middle * case.money
    moved = calibrated(own.sum(axis=1), middle.sum(axis=0), exact)
    counted = np.concatenate([credited, middle[:, credited.shape[1] :]], axis=1)
    own = calibrated(own.reshape(count, -1), middle.ravel(), counted.ravel()).reshape(own.shape)
    return Spread(benefit=moved, cost=_costs(case, settled, draws), own=own, middle=counted)


def chosen_anew(case: Case, settled: Settled, draws: Draws, draw: int) -> frozenset[str] | None:
    """Return the projects that are chosen in a draw; None where no programme keeps the floor.

    Gains of projects are corrected as at central values, and what pairs bring beyond is left as it was.
    """
    agenda, partners = case.agenda, case.offer.partners
    own = {name: float(array[draw]) for name, array in draws.values.items()}
    gain = benefits(
        agenda.proposals, draws.shares[draw], draws.responses[draw], case.money, case.labels, len(case.years)
    )
    corrected = gain.sel(partner=list(partners)) * settled.factor[:, :, None]
    pairs = settled.plan.candidates.synergies
    candidates = candidates_of(agenda.proposals, corrected, own, limits=agenda.limits, synergies=pairs)
    try:
        budget = budget_of(agenda, partners, own)
        return frozenset(schedule(candidates, budget, agenda.settings, objective=agenda.objective).start)
    except (InfeasibleError, NotConvergedError):
        return None


def _costs(case: Case, settled: Settled, draws: Draws) -> Array:
    """Return what every label pays for every project in every draw; payers keep their shares, third economies pay nothing."""
    plan, discount, years = settled.plan, discounts(settled.plan), settled.plan.valued.years
    found = np.zeros((draws.shares.shape[0], len(case.agenda.proposals), len(case.labels)))
    for p, one in enumerate(case.agenda.proposals):
        now = plan.valued.contribution[p] @ discount
        if one.project.id not in plan.start or now.sum() <= 0:
            continue
        total, begun = np.zeros(len(found)), plan.start[one.project.id]
        for k, line in enumerate(one.costs):
            paid = (years >= begun + line.first) & (years <= begun + line.last)
            total = total + draws.values[cost_name(one, k)] * float(discount[paid].sum())
        found[:, p, : len(now)] = total[:, None] * now / now.sum()
    return found
