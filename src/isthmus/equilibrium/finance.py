"""Who pays for a measure and when, at home or from the partner with debt service, and what a path is worth in the end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from isthmus.core.axes import Array
from isthmus.core.errors import BadInputError
from isthmus.equilibrium.path import Path


@dataclass(frozen=True, kw_only=True)
class Outlay:
    """Money spent on a measure in one year, million USD; `lender` is None where the payer finances it at home."""

    year: int
    payer: int
    amount: float
    lender: int | None = None


@dataclass(frozen=True, kw_only=True)
class Financing:
    """What outlays amount to by year and economy, (T, N), million USD.

    Attributes
    ----------
    cost
        Spent on the measures by their payers.
    transfer
        Net inflow from lending and debt service, zero in sum; enters `Changes.transfer`.
    owed
        Debt at the end of each year; negative is a claim.
    """

    years: tuple[int, ...]
    cost: Array
    transfer: Array
    owed: Array


def financing(outlays: Sequence[Outlay], years: Sequence[int], economies: int, rate: float, term: int) -> Financing:
    """Return costs, transfers and debts of outlays; loans are repaid in equal instalments (:eq:`debt-service`).

    Parameters
    ----------
    rate, term
        Interest a year, and years of repayment from the year after the outlay.

    Raises
    ------
    BadInputError
        For an outlay outside `years` or negative, a loan to oneself, a rate of -100 % or less, or no term.
    """
    at = {year: t for t, year in enumerate(years)}
    if not rate > -1 or term < 1:
        raise BadInputError(
            "loan",
            f"rate {rate:g}, term {term}",
            allowed="a rate above -1 and a term of at least 1",
            remedy="correct it",
        )
    cost, transfer, owed = (np.zeros((len(years), economies)) for _ in range(3))
    instalment = 1 / term if rate == 0 else rate / (1 - (1 + rate) ** -term)
    for outlay in outlays:
        if outlay.year not in at or outlay.amount < 0 or outlay.lender == outlay.payer:
            raise BadInputError(
                f"outlay of {outlay.year}",
                f"amount {outlay.amount:g}, payer {outlay.payer}, lender {outlay.lender}",
                allowed=f"a year from {years[0]} to {years[-1]}, an amount of 0 or more, another economy as lender",
                remedy="correct it",
            )
        first = at[outlay.year]
        cost[first, outlay.payer] += outlay.amount
        if outlay.lender is None:
            continue
        sides = np.zeros(economies)
        sides[outlay.payer], sides[outlay.lender] = 1.0, -1.0
        transfer[first] += outlay.amount * sides
        debt = outlay.amount
        for t in range(first, len(years)):
            if t > first:
                paid = outlay.amount * instalment if t - first <= term else 0.0
                transfer[t] -= paid * sides
                debt = debt * (1 + rate) - paid
            owed[t] += debt * sides
    return Financing(years=tuple(years), cost=cost, transfer=transfer, owed=owed)


def net_consumption(path: Path, cost: Mapping[int, Array]) -> dict[int, Array]:
    """Return ln of real consumption after costs over that of the baseline, by year, (N,).

    Costs are real, in million USD at the prices before: what a measure buys has the price of consumption.

    Raises
    ------
    BadInputError
        If an economy has to pay more in a year than it earns.
    """
    found: dict[int, Array] = {}
    for year, state in path.states.items():
        spent = cost.get(year, np.zeros_like(state.income))
        left = np.exp(state.welfare.ln_real_income) - spent / state.before.I
        if not (left > 0).all():
            poor = int(np.argmin(left))
            raise BadInputError(
                f"costs of {year}",
                f"{state.axes.economies[poor]} pays {spent[poor]:g}",
                allowed=f"less than its real income, {spent[poor] + left[poor] * state.before.I[poor]:.6g}",
                remedy="spread the cost over more years, or share it",
            )
        found[year] = np.log(left)
    return found


def equivalent_variation(ln_consumption: Mapping[int, Array], discount_rate: float) -> Array:
    """Return the log change of consumption in every year that is worth as much as the path (:eq:`equivalent-variation`).

    Lucas (1987): with log utility it is the discounted mean of the yearly log changes.
    """
    years = sorted(ln_consumption)
    weights = np.array([(1 + discount_rate) ** -(year - years[0]) for year in years])
    worth: Array = (weights / weights.sum()) @ np.array([ln_consumption[year] for year in years])
    return worth
