"""Worlds at central values that differ from the ensemble's in timing or financing, in the static model and in the long run."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from isthmus.core.axes import Array
from isthmus.core.errors import IsthmusError
from isthmus.economy.baseline import Baseline
from isthmus.equilibrium.anderson import Memory
from isthmus.equilibrium.finance import Outlay
from isthmus.equilibrium.path import DEPRECIATION, solve_years
from isthmus.equilibrium.result import percent
from isthmus.equilibrium.scenario import Scenario
from isthmus.equilibrium.solve import Problem, Settings, pose
from isthmus.equilibrium.worth import LoanTerms, PathWorth, path_worth
from isthmus.levers.cost import RATE, TERM, yearly_costs
from isthmus.levers.facts import BorderCosts, WorldFacts, world_facts
from isthmus.levers.support import NONE
from isthmus.levers.timing import longest_lag, timing_worlds
from isthmus.levers.worlds import (
    AGREED,
    MEMORY,
    SINGLE,
    SINGLES,
    UNAGREED,
    World,
    dated_changes,
    full_changes,
    plan_worlds,
    with_parameters,
)  # fmt: skip
from isthmus.study.components import THIRD
from isthmus.study.jobs import EXACT_TOLERANCE
from isthmus.study.study import Study

HOME, LENT_BY = "home", "lent_by:"


@dataclass(frozen=True, kw_only=True)
class Financed:
    """A way of financing the agreed world: money by year, and what all years are worth by partner and `THIRD`."""

    worth: PathWorth
    equivalent: Mapping[str, float]
    present: Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class Exact:
    """What was solved.

    Attributes
    ----------
    timing
        Real income in percent by world of `timing.timing_worlds`, (year, N); none where no measure loses time.
    marks
        Real income in percent by world, (2, N): all levers in full effect, and once capital has followed.
    financed
        By case, or why it was not solved.
    """

    timing: Mapping[str, Array]
    marks: Mapping[str, Array]
    financed: Mapping[str, Financed | str]
    terms: LoanTerms


@dataclass(frozen=True, kw_only=True)
class _Solver:
    """What all worlds share."""

    study: Study
    problem: Problem
    facts: WorldFacts
    parameters: Mapping[str, float]
    years: range
    memory: Memory

    @property
    def depreciation(self) -> float:
        return self.parameters.get("capital_depreciation", DEPRECIATION)


SETTINGS = Settings(tolerance=EXACT_TOLERANCE)


def exact_run(
    study: Study, world: Baseline, standing: BorderCosts, parameters: Mapping[str, float], last: int, discount: float
) -> Exact:
    """Solve the worlds of timing and of financing, static numbers and long runs, at one set of parameters."""
    own = with_parameters(world, parameters)
    solver = _Solver(
        study=study,
        problem=pose(own, Scenario(trade_balance=study.trade_balance), SETTINGS),
        facts=world_facts(own, standing),
        parameters=parameters,
        years=range(study.start, study.review + 1),
        memory=Memory(MEMORY),
    )
    worlds = {w.name: w for w in plan_worlds(study.levers, study.partners, parameters, study.asked)}
    agreed = worlds[AGREED + NONE]
    delay = float(np.asarray(longest_lag(study.levers, parameters)))
    timed = timing_worlds(study.levers, agreed, study.partners, delay) if delay > 0 else ()
    terms = LoanTerms(
        interest=parameters.get(RATE, LoanTerms.interest),
        repayment=round(parameters.get(TERM, LoanTerms.repayment)),
        discount=discount,
    )
    shown = (*(SINGLE + p for p in study.partners), SINGLES, UNAGREED + NONE, AGREED + NONE)
    return Exact(
        timing={w.name: _incomes(solver, w) for w in timed},
        marks={name: _marks(solver, worlds[name]) for name in shown},
        financed={case: _financed(solver, agreed, case, terms) for case in _cases(study)},
        terms=terms,
    )


def _cases(study: Study) -> list[str]:
    return [HOME, *(LENT_BY + p for p in study.partners)] if study.costs else []


def _incomes(solver: _Solver, world: World) -> Array:
    """Return real income by year in percent, (year, N)."""
    plan = dated_changes(solver.problem, solver.study.levers, solver.parameters, solver.facts, world)
    path = solve_years(
        solver.problem, plan, solver.years, depreciation=solver.depreciation, settings=SETTINGS, memory=solver.memory
    )
    return np.array([percent(state.welfare.ln_real_income) for state in path.states.values()])


def _marks(solver: _Solver, world: World) -> Array:
    """Return real income in percent with everything in full effect: with capital as it is, and after it has followed."""
    changes = full_changes(solver.problem, solver.study.levers, solver.parameters, solver.facts, world)
    first = solver.years[0]
    path = solve_years(
        solver.problem, lambda _: changes, [first], long_run=True, settings=SETTINGS, memory=solver.memory
    )
    assert path.long_run is not None
    return np.array([percent(state.welfare.ln_real_income) for state in (path.states[first], path.long_run)])


def _financed(solver: _Solver, world: World, case: str, terms: LoanTerms) -> Financed | str:
    """Return what the world is worth when its costs are paid at home, or lent by one partner to the others."""
    study = solver.study
    try:
        worth = path_worth(
            solver.problem,
            dated_changes(solver.problem, study.levers, solver.parameters, solver.facts, world),
            solver.years,
            outlays=_outlays(solver, world, case.removeprefix(LENT_BY) if case != HOME else ""),
            terms=terms,
            depreciation=solver.depreciation,
            settings=SETTINGS,
            memory=solver.memory,
        )
    except IsthmusError as error:
        return str(error)
    names = list(worth.axes.economies)
    partners = [names.index(p) for p in study.partners]
    others = np.array([n not in partners for n in range(len(names))])
    income = solver.problem.model.I * others
    return Financed(
        worth=worth,
        equivalent={
            p: 100 * float(np.expm1(worth.equivalent[i])) for p, i in zip(study.partners, partners, strict=True)
        }
        | {THIRD: 100 * float(np.expm1(worth.equivalent) @ income / income.sum())},
        present={p: float(worth.present[i]) for p, i in zip(study.partners, partners, strict=True)}
        | {THIRD: float(worth.present[others].sum())},
    )


def _outlays(solver: _Solver, world: World, lender: str) -> list[Outlay]:
    """Return the known costs of every lever in every year, lent by `lender` to whoever else pays."""
    names = list(solver.facts.economies)
    found = []
    for year in solver.years:
        paid: dict[str, float] = {}
        for lever in solver.study.levers:
            for payer, cost in yearly_costs(lever, solver.study.costs, solver.parameters, world, year).items():
                paid[payer] = paid.get(payer, 0.0) + float(np.asarray(cost))
        found += [
            Outlay(
                year=year,
                payer=names.index(payer),
                amount=amount,
                lender=names.index(lender) if lender not in ("", payer) else None,
            )
            for payer, amount in paid.items()
            if amount > 0
        ]
    return found
