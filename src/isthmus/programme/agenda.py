"""What a study wants scheduled: proposals, resources, the money there is for them with its range, and how to choose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import xarray as xr

from isthmus.core.errors import BadInputError
from isthmus.core.labels import positions
from isthmus.core.provenance import Ledger
from isthmus.programme.project import Budget, Limit, ProgrammeSettings
from isthmus.programme.proposal import Evidence, Proposal, entries, ranged


@dataclass(frozen=True, kw_only=True)
class Purse:
    """What a partner may spend in each year from `first` to `last`, million USD a year."""

    partner: str
    first: int
    last: int
    low: float
    central: float
    high: float
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Agenda:
    """Everything a programme is chosen from.

    Attributes
    ----------
    proposals, limits, purses
        Projects, shared resources and money.
    settings, carry_over, objective
        How the programme is chosen (see `project.Settings` and `project.Budget`).
    draws
        Draws in which the programme is chosen anew.
    pairs
        Number of the most valuable projects of which every pair is solved together.
    loan_rate, loan_years
        Interest a year and years of repayment where one partner lends to another.
    left_out
        Statements that projects name and that no plan has.
    """

    proposals: tuple[Proposal, ...]
    limits: tuple[Limit, ...]
    purses: tuple[Purse, ...]
    settings: ProgrammeSettings
    carry_over: float
    objective: str
    draws: int
    pairs: int
    loan_rate: float
    loan_years: int
    left_out: int = 0


def priced(agenda: Agenda) -> tuple[Agenda, tuple[Proposal, ...]]:
    """Return the agenda of projects whose cost is known, and the others: those without any cost, and those that require one.

    What nobody knows the cost of cannot be scheduled; it is never taken for free.
    """
    left = [one for one in agenda.proposals if not one.costs]
    while more := [
        one
        for one in agenda.proposals
        if one not in left and set(one.project.requires) & {other.project.id for other in left}
    ]:
        left += more
    gone = {one.project.id for one in left}
    kept = [
        replace(one, project=replace(one.project, excludes=tuple(x for x in one.project.excludes if x not in gone)))
        for one in agenda.proposals
        if one not in left
    ]
    return replace(agenda, proposals=tuple(kept)), tuple(left)


def agenda_ledger(agenda: Agenda) -> Ledger:
    """Return an entry for every cost, effect and purse."""
    found = entries(agenda.proposals)
    for k, one in enumerate(agenda.purses):
        name = purse_name(k, one)
        told, amount = f"Budget of {one.partner}, {one.first} to {one.last}", (one.low, one.central, one.high)
        found[name] = ranged(name, told, "million USD a year", amount, one.evidence)
    return Ledger(found)


def purse_name(position: int, purse: Purse) -> str:
    """Return the name under which a purse is drawn."""
    return f"budget.{purse.partner}.{position}"


def budget_of(agenda: Agenda, partners: Sequence[str], values: Mapping[str, float]) -> Budget:
    """Return the budgets by partner and year at one set of values; purses of one year add up.

    Raises
    ------
    BadInputError
        For a purse of somebody who is no partner, or a partner without any.
    """
    years = range(min(p.first for p in agenda.purses), max(p.last for p in agenda.purses) + 1)
    amount = np.zeros((len(partners), len(years)))
    for k, one in enumerate(agenda.purses):
        row = positions(one.partner, tuple(partners), f"budgets, partner of {one.first} to {one.last}")[0]
        amount[row, one.first - years[0] : one.last + 1 - years[0]] += values[purse_name(k, one)]
    without = [name for name, row in zip(partners, amount, strict=True) if not row.any()]
    if without:
        raise BadInputError(
            "budgets", f"no money of {', '.join(without)} in any year", allowed="a row for each partner",
            remedy="add a row; who pays nothing is no partner of a programme",
        )  # fmt: skip
    labelled = xr.DataArray(amount, {"partner": list(partners), "year": list(years)}, ("partner", "year"))
    return Budget(amount=labelled, carry_over=agenda.carry_over)
