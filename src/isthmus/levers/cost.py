"""What levers and measures cost a year, who pays, and what is left of the gain.

Costs are paid out of income: the payer's economy buys the investment bundle, whose price is that of consumption, so that a
dollar spent is a dollar not consumed. Where partners lend a part, they pay it now and are repaid with interest.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from isthmus.core.axes import Array
from isthmus.core.provenance import Parameter, Status
from isthmus.levers.change import Number, change, number, numbers
from isthmus.levers.lever import BRANCHES, Lever
from isthmus.levers.worlds import Timetable, World

EXCESS, POINTS, PER_YEAR, INSIDE, UNKNOWN = BASES = ("excess", "points", "per_year", "inside", "unknown")
"""How a row counts: base spending times the growth that the plan adds; spending for one point of the base times the points it
adds; a sum a year; paid inside the lever already; not known."""

ADDITIONAL, DEGREE = SCALES = ("additional", "degree")
"""What a sum a year is multiplied by besides the degree: the additional part of the lever, or nothing."""

LENT, RATE, TERM = "partner_finance_share", "partner_finance_rate", "partner_finance_years"
"""Entries of the ledger: part of the costs that other partners lend, yearly interest, years of repayment."""


@dataclass(frozen=True, kw_only=True)
class Cost:
    """One cost of one lever to one side.

    Attributes
    ----------
    entry
        Name of the ledger entry with the sum in million USD a year; "" where it is not known.
    first, last
        Years in which a sum a year is paid; spending above the trend goes on as long as the lever acts.
    """

    lever: str
    payer: str
    item: str
    basis: str
    scales_with: str
    entry: str
    first: int
    last: int
    note: str = ""


def cost_entry(
    cost: Cost, amount: tuple[float, float, float], source: str, status: Status, unit: str, address: str = ""
) -> Parameter:
    """Return the ledger entry of a cost; `amount` is low, central and high."""
    low, central, high = amount
    return Parameter(
        name=cost.entry,
        description=f"{cost.item}, paid by {cost.payer} for {cost.lever}",
        unit=unit,
        value=central,
        low=low,
        high=high,
        source=source,
        status=status,
        address=address,
        note=cost.note,
    )


def unknown_costs(levers: Iterable[Lever], costs: Sequence[Cost]) -> frozenset[tuple[str, str]]:
    """Return (lever, side) pairs whose cost is not known: without a row, or with one that says so."""
    known = {(c.lever, c.payer) for c in costs if c.basis != UNKNOWN}
    open_ended = {(c.lever, c.payer) for c in costs if c.basis == UNKNOWN}
    pairs = {(lever.id, side) for lever in levers for side in lever.partners}
    return frozenset(pair for pair in pairs if pair not in known or pair in open_ended)


def yearly_costs(
    lever: Lever, costs: Sequence[Cost], parameters: Mapping[str, Number], world: World, year: int
) -> dict[str, Number]:
    """Return what a lever costs every side in a year, in million USD, before lending (:eq:`lever-cost`)."""
    found: dict[str, Number] = {}
    degree = world.degree(lever, year)
    for cost in costs:
        if cost.lever == lever.id and cost.entry:
            paid = number(lever, parameters, cost.entry) * _factor(lever, cost, parameters, degree, year)
            found[cost.payer] = found.get(cost.payer, 0.0) + paid
    return found


def burdens(
    levers: Sequence[Lever],
    costs: Sequence[Cost],
    parameters: Mapping[str, Number],
    world: World,
    timetable: Timetable,
    year: int,
    *,
    labels: Sequence[str],
    income: Mapping[str, float],
    draws: int,
) -> Array:
    """Return what every lever takes from real income in a year, in percent of it, (draw, lever, branch, label).

    A lever's cost counts in the branch of its first effect. Lending moves cost from payers to the other partners of the
    lever, in equal parts, and interest and repayment back, in equal yearly sums from the next year on.

    Parameters
    ----------
    labels, income
        Economies and groups of the last dimension; income in million USD by label, of those that may pay or lend.
    """
    found = np.zeros((draws, len(levers), len(BRANCHES), len(labels)))
    lent = np.asarray(parameters.get(LENT, 0.0))
    for position, lever in enumerate(levers):
        branch = BRANCHES.index(lever.effects[0].channel.branch)
        for payer, paid in yearly_costs(lever, costs, parameters, world, year).items():
            others = [side for side in lever.partners if side != payer]
            share = lent if others else np.zeros(())
            service: Number = 0.0
            if np.any(share > 0):
                earlier = (
                    yearly_costs(lever, costs, parameters, world, past).get(payer, 0.0)
                    for past in _repaid_in(year, timetable, parameters)
                )
                service = share * sum(earlier) * _annuity(parameters)
            burden = {payer: (1 - share) * paid + service}
            burden |= {side: (share * paid - service) / len(others) for side in others}
            for side, value in burden.items():
                found[:, position, branch, labels.index(side)] += 100 * np.asarray(value) / income[side]
    return found


def _factor(lever: Lever, cost: Cost, parameters: Mapping[str, Number], degree: Number, year: int) -> Number:
    """Return what a sum is multiplied by in a year."""
    if cost.basis == PER_YEAR:
        within = cost.first <= year <= cost.last
        part = _additional(lever, parameters) if cost.scales_with == ADDITIONAL else 1.0
        return np.asarray(within * part * degree)
    if cost.basis not in (EXCESS, POINTS):
        return 0.0
    effect = next(e for e in lever.effects if "target" in e.numbers)
    n = numbers(lever, effect, parameters)
    grown = change(effect.form, n, f"lever {lever.id}") ** (n["additional"] * degree) - 1
    return grown * n["base"] if cost.basis == POINTS else grown


def _additional(lever: Lever, parameters: Mapping[str, Number]) -> Number:
    """Return the additional part of a lever: that of its first effect with one."""
    name = next((e.numbers["additional"] for e in lever.effects if "additional" in e.numbers), "")
    return number(lever, parameters, name) if name else 1.0


def _repaid_in(year: int, timetable: Timetable, parameters: Mapping[str, Number]) -> range:
    """Return the earlier years whose loans are still served in a year."""
    term = int(np.max(parameters.get(TERM, 1)))
    return range(max(timetable.start, year - term), year)


def _annuity(parameters: Mapping[str, Number]) -> Number:
    """Return the yearly payment on a loan of one."""
    rate, term = np.asarray(parameters.get(RATE, 0.0)), int(np.max(parameters.get(TERM, 1)))
    return np.where(rate > 0, rate / (1 - (1 + np.where(rate > 0, rate, 1.0)) ** -term), 1 / term)
