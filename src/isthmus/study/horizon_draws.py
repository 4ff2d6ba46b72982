"""Ways of financing in the draws: costs, loans and debt of every draw, and what they leave of its gain.

The agreed world and its costs are taken as they are in each draw. What a loan does beyond moving money, through the prices
that both sides pay, is solved at central values and taken to be proportional to the money that flows.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from isthmus.core.axes import Array
from isthmus.levers.change import Number, target_values
from isthmus.levers.components import calibrated
from isthmus.levers.cost import RATE, yearly_costs
from isthmus.levers.support import NONE
from isthmus.levers.worlds import AGREED, plan_worlds
from isthmus.study.blend import Bench, Drawn
from isthmus.study.components import THIRD
from isthmus.study.horizon_exact import HOME, LENT_BY, Financed
from isthmus.study.over_years import equivalent_pct, weights_of


@dataclass(frozen=True, kw_only=True)
class Paid:
    """What the agreed world costs and who lends for it, in every draw, million USD, (draw, year, label).

    Attributes
    ----------
    lent
        Loans received less debt service.
    owed
        Debt at the end of the year, negative for a claim.
    """

    cost: Array
    lent: Array
    owed: Array


@dataclass(frozen=True, kw_only=True)
class FinancedDraws:
    """A way of financing in every draw, million USD, (draw, year, label); `equivalent` (percent) and `present` (draw, label)."""

    gross: Array
    cost: Array
    lent: Array
    owed: Array
    net: Array
    equivalent: Array
    present: Array


@dataclass(frozen=True, kw_only=True)
class Financiers:
    """What all ways of financing share.

    Attributes
    ----------
    drawn, central
        The draws, and the run at central values.
    gross, exact
        Gain of the agreed world before cost, percent of income: (draw, year, label), and solved exactly, (year, label).
    discount, rate
        Rate by which later consumption counts less, of each draw and at central values.
    """

    bench: Bench
    drawn: Drawn
    central: Drawn
    gross: Array
    exact: Array
    discount: Array
    rate: float
    repayment: int

    @property
    def money(self) -> Array:
        """Income of partners and of third economies together, one percent of it, million USD."""
        income = self.bench.income
        own = [income[p] for p in self.bench.study.partners]
        return np.array([*own, sum(income.values()) - sum(own)]) / 100

    def of(self, case: str, found: Financed) -> FinancedDraws:
        """Return a way of financing in the draws, moved to what was solved exactly at central values."""
        drawn = self._financed(self.drawn, self.gross, self.discount, case, found)
        middle = self._financed(self.central, self.exact[None], np.array([self.rate]), case, found)
        labels = (*self.bench.study.partners, THIRD)
        moved = {
            name: calibrated(getattr(drawn, name), getattr(middle, name)[0], np.array([exact[p] for p in labels]))
            for name, exact in (("equivalent", found.equivalent), ("present", found.present))
        }
        return FinancedDraws(
            gross=drawn.gross, cost=drawn.cost, lent=drawn.lent, owed=drawn.owed, net=drawn.net, **moved
        )

    def _financed(self, run: Drawn, percent: Array, discount: Array, case: str, found: Financed) -> FinancedDraws:
        years = percent.shape[1]
        paid = paid_in(self.bench, run, range(self.bench.timetable.start, self.bench.timetable.start + years), case,
                       self.repayment)  # fmt: skip
        gross = self.money * percent
        net = gross - paid.cost + paid.lent * _passed_on(found, self.bench.study.partners, list(self.bench.income))
        third = _third_loans(found, self.bench, paid.lent)
        net[..., -1] += third
        weights = weights_of(years, discount)
        return FinancedDraws(
            gross=gross, cost=paid.cost, lent=paid.lent, owed=paid.owed, net=net,
            equivalent=equivalent_pct(net / self.money, discount),
            present=np.einsum("dt,dtl->dl", weights, net) - weights[:, -1:] * paid.owed[:, -1],
        )  # fmt: skip


def paid_in(bench: Bench, run: Drawn, years: Sequence[int], case: str, repayment: int) -> Paid:
    """Return costs, loans and debt of the agreed world in every draw; loans are repaid in equal yearly sums.

    Parameters
    ----------
    case
        `HOME`, or `LENT_BY` and the partner that lends the others what their levers cost.
    repayment
        Years of repayment, from the year after the loan.
    """
    study, partners = bench.study, bench.study.partners
    parameters: dict[str, Number] = {**target_values(study.targets), **run.parameters}
    plans = plan_worlds(study.levers, partners, parameters, study.asked)
    world = next(one for one in plans if one.name == AGREED + NONE)
    shape = (run.count, len(years), len(partners) + 1)
    cost, lent, owed = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for t, year in enumerate(years):
        for lever in study.levers:
            for payer, paid in yearly_costs(lever, study.costs, parameters, world, year).items():
                cost[:, t, partners.index(payer)] += paid
    if case != HOME:
        lender = partners.index(case.removeprefix(LENT_BY))
        rate = np.broadcast_to(np.asarray(parameters.get(RATE, 0.0), dtype=float), run.count)
        borrowers = [i for i in range(len(partners)) if i != lender]
        flows, debts = _serviced(cost[:, :, borrowers], rate, repayment)
        lent[:, :, borrowers], owed[:, :, borrowers] = flows, debts
        lent[:, :, lender], owed[:, :, lender] = -flows.sum(axis=2), -debts.sum(axis=2)
    return Paid(cost=cost, lent=lent, owed=owed)


def _serviced(borrowed: Array, rate: Array, term: int) -> tuple[Array, Array]:
    """Return loans less service, and debt at the end of each year, (draw, year, borrower) (:eq:`debt-service`)."""
    positive = np.where(rate > 0, rate, 1.0)
    instalment = np.where(rate > 0, rate / (1 - (1 + positive) ** -term), 1 / term)
    flows, debts = borrowed.copy(), np.zeros_like(borrowed)
    before = np.zeros_like(borrowed[:, 0])
    for t in range(borrowed.shape[1]):
        service = instalment[:, None] * borrowed[:, max(0, t - term) : t].sum(axis=1)
        flows[:, t] -= service
        before = before * (1 + rate[:, None]) + borrowed[:, t] - service
        debts[:, t] = before
    return flows, debts


def _passed_on(found: Financed, partners: Sequence[str], names: Sequence[str]) -> Array:
    """Return what a dollar that flows between partners is to its owner in consumption, (year, label); third economies 0."""
    at = [names.index(p) for p in partners]
    loans, lent = found.worth.loans[:, at], found.worth.lent[:, at]
    ratio = np.divide(loans, lent, out=np.ones_like(loans), where=lent != 0)
    return np.concatenate([ratio, np.zeros((len(ratio), 1))], axis=1)


def _third_loans(found: Financed, bench: Bench, lent: Array) -> Array:
    """Return what loans between partners do to third economies together, million USD, (draw, year)."""
    names, partners = list(bench.income), bench.study.partners
    third = [i for i, name in enumerate(names) if name not in partners]
    central = np.abs(found.worth.lent).sum(axis=1)
    effect = found.worth.loans[:, third].sum(axis=1)
    size = np.abs(lent).sum(axis=2)
    ratio: Array = np.divide(size, central, out=np.zeros_like(size), where=central != 0)
    done: Array = ratio * effect
    return done
