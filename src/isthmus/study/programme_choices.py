"""The programme beside others: other objectives, other assumptions about the whole, rules for sharing, ways of financing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from isthmus.core.errors import InfeasibleError, NotConvergedError
from isthmus.equilibrium.finance import Outlay
from isthmus.equilibrium.worth import LoanTerms, PathWorth, path_worth
from isthmus.programme.divisible import frontier_bound
from isthmus.programme.exact import SETTINGS, changes_by_year, done_in
from isthmus.programme.frontier import efficient, frontier
from isthmus.programme.project import Budget, Settings
from isthmus.programme.rounds import Settled
from isthmus.programme.schedule import Schedule, schedule
from isthmus.programme.sharing import sharing_rules
from isthmus.study.components import THIRD
from isthmus.study.programme_case import Case
from isthmus.study.programme_tables import BOUND, WHOLE, ChoiceRow, FinancingRow, FrontierRow, SharingRow

OBJECTIVES = ("sum", "maxmin", "nash")
BUDGETS = {"budgets_half": 0.5, "budgets_half_more": 1.5}
DISCOUNTS = {"discount_low": 0.03, "discount_high": 0.08}
"""Changed assumptions about the whole."""
POINTS, WHOLE_POINTS = 9, 5
"""Points of the frontier's bound, and of the frontier of whole projects, each of which is a search."""
FRONTIER = "frontier"
"""Name of the job that finds the latter."""
SIDE_GAP = 2.0
"""Gap of the objectives that only stand beside the programme, over its own; theirs are shown."""
TAX, LOAN = "tax", "loan_"


@dataclass(frozen=True, kw_only=True)
class Tried:
    """What another choice came to; None where no programme keeps the floor."""

    name: str
    found: Schedule | None


def choices_of(case: Case) -> tuple[str, ...]:
    """Return the names of all choices but the study's own, those that take longest first."""
    return *(name for name in OBJECTIVES if name != case.agenda.objective), *BUDGETS, *DISCOUNTS


def tried(case: Case, settled: Settled, name: str) -> Tried:
    """Choose under another objective, or with the study's own under a changed assumption."""
    plan = settled.plan
    budget, settings = _changed(plan.budget, plan.settings, name)
    objective, alone = (name, plan.disagreement) if name in OBJECTIVES else (case.agenda.objective, None)
    best = plan if name in OBJECTIVES and plan.objective_name == "sum" else None
    try:
        found = schedule(plan.candidates, budget, settings, objective=objective, alone=alone, best=best)
        return Tried(name=name, found=found)
    except (InfeasibleError, NotConvergedError):
        return Tried(name=name, found=None)


def _changed(budget: Budget, settings: Settings, name: str) -> tuple[Budget, Settings]:
    if name in OBJECTIVES:
        return budget, replace(settings, gap=SIDE_GAP * settings.gap)
    if name in DISCOUNTS:
        return budget, replace(settings, discount_rate=DISCOUNTS[name])
    return replace(budget, amount=budget.amount * BUDGETS.get(name, 1.0)), settings


def choice_rows(case: Case, settled: Settled, others: Sequence[Tried]) -> Iterator[ChoiceRow]:
    """Yield what every choice brings every partner, and how its projects differ from the programme's."""
    own = set(settled.plan.start)
    for one in (Tried(name=case.agenda.objective, found=settled.plan), *others):
        found = one.found
        chosen = set(found.start) if found is not None else set()
        for j, partner in enumerate(settled.plan.partners):
            yield ChoiceRow(
                choice=one.name, economy=partner,
                gain_pv=None if found is None else float(found.valued.gain[j]),
                cost_pv=None if found is None else float(found.valued.cost[j]),
                projects=len(chosen), more=";".join(sorted(chosen - own)), fewer=";".join(sorted(own - chosen)),
                gap=0.0 if found is None else float(found.gap),
                price_of_fairness=0.0 if found is None else float(found.price_of_fairness),
            )  # fmt: skip


def whole_frontier(settled: Settled) -> pd.DataFrame:
    """Return the frontier of the first two partners' gains that programmes of whole projects reach."""
    return frontier(settled.plan, WHOLE_POINTS)


def frontier_rows(settled: Settled, whole: pd.DataFrame, others: Sequence[Tried]) -> Iterator[FrontierRow]:
    """Yield the frontier of whole projects, the programme and those of other objectives on it, and its bound."""
    plan, (a, b) = settled.plan, settled.plan.partners[:2]
    same = [plan, *(one.found for one in others if one.name in OBJECTIVES and one.found is not None)]
    known = [
        {f"gain_{a}": one.valued.gain[0], f"gain_{b}": one.valued.gain[1], "projects": ";".join(one.start)}
        for one in same
    ]
    points = efficient(pd.concat([whole, pd.DataFrame(known)], ignore_index=True), f"gain_{a}", f"gain_{b}")
    for row in points.to_dict("records"):
        for partner in (a, b):
            yield FrontierRow(
                kind=WHOLE, point=int(row["point"]), economy=partner, gain_pv=float(row[f"gain_{partner}"]),
                gap=None if np.isnan(row["gap"]) else float(row["gap"]), projects=len(str(row["projects"]).split(";")),
            )  # fmt: skip
    for point, partner, gain in frontier_bound(plan, POINTS).itertuples(index=False):
        yield FrontierRow(kind=BOUND, point=int(point), economy=partner, gain_pv=float(gain), gap=None, projects=None)


def sharing_rows(settled: Settled) -> Iterator[SharingRow]:
    """Yield what each rule would have each partner pay."""
    for row in sharing_rules(settled.plan).to_dict("records"):
        yield SharingRow(
            rule=str(row["rule"]), economy=str(row["partner"]), cost_pv=float(row["cost_pv"]), gain_pv=float(row["gain"]),
            share_of_cost=float(row["share_of_cost"]), in_core=bool(row["in_core"]), payable=bool(row["payable"]),
        )  # fmt: skip


def financing_rows(case: Case, settled: Settled) -> Iterator[FinancingRow]:
    """Yield what taxes and loans leave everybody, each solved in the full model with its transfers."""
    for way, lender_of in _ways(case).items():
        worth = _financed(case, settled, lender_of)
        net = worth.net - case.offer.income * np.expm1(settled.before)
        weights = (1 + case.agenda.settings.discount_rate) ** -np.arange(len(case.years), dtype=float)
        gain = weights @ net - weights[-1] * worth.owed[-1]
        burden = worth.cost - worth.lent
        for label in case.labels:
            at = list(case.third) if label == THIRD else [case.offer.at[case.offer.partners.index(label)]]
            borne = burden[:, at].sum(axis=1)
            most = int(np.argmax(borne))
            yield FinancingRow(
                way=way, economy=label, gain_pv=float(gain[at].sum()), heaviest_musd=max(float(borne[most]), 0.0),
                heaviest_year=case.years[most] if borne[most] > 0 else None, owed_musd=float(worth.owed[-1, at].sum()),
            )  # fmt: skip


def _ways(case: Case) -> dict[str, Mapping[int, int]]:
    """Return who lends to whom, by position, under each way of financing."""
    at = case.offer.at
    pairs = {LOAN + name: {at[j]: at[(j + 1) % len(at)]} for j, name in enumerate(case.offer.partners)}
    return {TAX: {}, **pairs}


def _financed(case: Case, settled: Settled, lender_of: Mapping[int, int]) -> PathWorth:
    agenda, plan, ground = case.agenda, settled.plan, case.offer.ground
    paid = plan.valued.contribution.sum(axis=0)
    first = int(plan.valued.years[0])
    outlays = [
        Outlay(year=first + y, payer=case.offer.at[j], amount=float(paid[j, y]), lender=lender_of.get(case.offer.at[j]))
        for j, y in np.argwhere(paid > 0)
    ]
    added = done_in(agenda.proposals, plan.start, case.offer.shares, ground.years)
    terms = LoanTerms(interest=agenda.loan_rate, repayment=agenda.loan_years, discount=agenda.settings.discount_rate)
    return path_worth(
        ground.problem, changes_by_year(ground, added), ground.years, outlays=outlays, terms=terms,
        depreciation=ground.depreciation, settings=SETTINGS,
    )  # fmt: skip
