"""The value of alignment as the brief speaks of it: by side, net and gross, in percent and money, with what it rests on."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from isthmus.report.effects import THIRD, ToldEffect
from isthmus.report.locale import Translator
from isthmus.study.trade import TradeSection
from isthmus.study.value import ValueSection

TABLE = "table"
LEAST_SHARE_PCT = 0.5
"""Shares smaller than this many percent are not told."""


@dataclass(frozen=True)
class MeasureWorth:
    """A joint measure with what it brings each partner and costs both, million USD a year at the deadline.

    Attributes
    ----------
    cost, cost_known
        What is known of the cost to both, and whether that is all of it.
    """

    lever: str
    musd: Mapping[str, float]
    cost: float
    cost_known: bool
    grade: str


@dataclass(frozen=True)
class Mover:
    """A number of the ledger that moves the result: net value in percent by economy at its low and at its high end.

    Attributes
    ----------
    ends_musd
        Net value of all these economies together at both ends, million USD a year.
    swing_musd
        Distance between the ends of each economy, added up, million USD a year.
    """

    parameter: str
    kind: str
    status: str
    ends: Mapping[str, tuple[float, float]]
    ends_musd: tuple[float, float]
    swing_musd: float


class Worth:
    """The section ``value`` looked up for the brief; numbers are medians of the draws with their range."""

    def __init__(self, section: ValueSection, trade: TradeSection | None, text: Translator) -> None:
        self.section, self.partners, self.deadline = section, section.partners, section.deadline
        self._text, self._income = text, trade.income_musd if trade is not None else {}
        self._rows = {
            (row.economy, row.component, row.support, row.net): ToldEffect(row.low, row.median, row.high)
            for row in section.value.rows
            if row.year == section.deadline and row.channel == "all"
        }
        self._central = {
            (row.economy, row.component, row.support, row.net): row.central
            for row in section.value.rows
            if row.year == section.deadline and row.channel == "all"
        }
        self._unknown = {
            (row.economy, row.component, row.support): row.unknown_cost_pct or 0.0
            for row in section.value.rows
            if row.year == section.deadline and row.channel == "all" and row.net
        }

    def name(self, code: str) -> str:
        """Return the name of an economy or of third economies together."""
        if code == THIRD:
            return self._text("common.third")
        return self._text.named(self.section.economy_names.get(code, {}), code)

    def alignment(self, code: str, *, net: bool) -> ToldEffect:
        """Return what the joint measures that both plans support are worth."""
        return self._rows[code, "total", "both", net]

    def net_told(self, code: str) -> str:
        """Write the value of alignment, net, as headline, card and bridge all give it."""
        return self.alignment(code, net=True).middle(self._text, self.more_digits(code))

    def more_digits(self, code: str) -> int:
        """Return the decimals to add so that a partner's gain before and after cost do not read the same although they differ."""
        if code == THIRD:
            return 0
        net, gross = self.alignment(code, net=True), self.alignment(code, net=False)
        return int(net.central != gross.central and net.middle(self._text) == gross.middle(self._text))

    def total(self, code: str, support: str) -> ToldEffect | None:
        """Return what joint measures of one support are worth, net."""
        return self._rows.get((code, "total", support, True))

    def every_measure(self, code: str) -> ToldEffect | None:
        """Return what all joint measures of the study are worth if agreed, net: with support of both plans, one or none."""
        return self._rows.get((code, "total", "joint", True))

    def unknown_cost(self, code: str, component: str = "total", support: str = "both") -> float:
        """Return the part of a gain before cost, in percent, that comes from levers whose cost to a partner is unknown."""
        return self._unknown.get((code, component, support), 0.0)

    def all_costs_known(self) -> bool:
        """Say whether the cost of all that the value of alignment comes from is known."""
        return all(self.unknown_cost(partner) < LEAST_SHARE_PCT for partner in self.partners)

    def every_cost_known(self) -> bool:
        """Say whether the cost of all that any part of the plans' value comes from is known."""
        return all(share < LEAST_SHARE_PCT for (code, *_), share in self._unknown.items() if code in self.partners)

    def with_unknown(self, code: str, told: str, component: str, support: str) -> str:
        """Write what a net figure leaves out behind it: the share of the gain whose cost is unknown, where there is one."""
        share = self.unknown_cost(code, component, support)
        if share < LEAST_SHARE_PCT:
            return told
        return self._text("answer.with_unknown", told=told, share=self._text.percent(share, 0))

    def own(self, code: str, *, net: bool) -> ToldEffect | None:
        """Return what a partner's own plan brings it."""
        return self._rows.get((code, "own", "all", net))

    def own_central(self, code: str, *, net: bool) -> float | None:
        """Return the same in the run at central values, in percent."""
        return self._central.get((code, "own", "all", net))

    def own_cost(self, code: str) -> tuple[float, float] | None:
        """Return what a partner's own plan costs it at central values and in the median, in percent; None where not known."""
        found = (r for r in self.section.costs.rows if (r.economy, r.component, r.support) == (code, "own", "all"))
        return next(((r.central, r.median) for r in found if r.year == self.deadline), None)

    def others_plans(self, code: str) -> ToldEffect | None:
        """Return what the plans of others, before any agreement, bring an economy."""
        return self._rows.get((code, "spillover", "all", True))

    def others_plans_central(self, code: str) -> float:
        """Return the same in the run at central values, in percent."""
        return self._central.get((code, "spillover", "all", True), 0.0)

    def money(self, code: str) -> ToldEffect | None:
        """Return the value of alignment, net, in million USD a year; None where incomes are not known."""
        if code not in self._income:
            return None
        share, effect = self._income[code] / 100, self.alignment(code, net=True)
        return ToldEffect(share * effect.low, share * effect.central, share * effect.high)

    def central_musd(self) -> float:
        """Return the value of alignment to the partners together in the run at central values, net, million USD a year."""
        known = (p for p in self.partners if p in self._income)
        return sum(self._income[p] / 100 * self._central[p, "total", "both", True] for p in known)

    def money_size(self, code: str) -> float:
        """Return the amount in million USD that chooses the unit of money: partners of one size share the largest's."""
        ends = {one: max(abs(m.low), abs(m.high)) for one in (*self.partners, code) if (m := self.money(one))}
        own = ends.get(code, 0.0)
        largest = max((ends.get(p, 0.0) for p in self.partners), default=0.0)
        return largest if code in self.partners and own >= largest / 10 else own

    def third_economies(self) -> dict[str, ToldEffect]:
        """Return the value of alignment to every single third economy, largest gain first."""
        known = {
            code: effect
            for (code, component, support, net), effect in self._rows.items()
            if (component, support, net) == ("total", "both", True) and code not in (*self.partners, THIRD)
        }
        return dict(sorted(known.items(), key=lambda item: -item[1].central))

    def ranked(self) -> list[MeasureWorth]:
        """Return the joint measures of both plans, those that bring the partners most money together first."""
        found: dict[str, dict[str, float]] = {}
        cost: dict[str, float] = {}
        grade: dict[str, str] = {}
        known: dict[str, bool] = {}
        for row in self.section.ranking.rows:
            if row.support == "both" and row.economy in self._income:
                income = self._income[row.economy] / 100
                found.setdefault(row.lever, {})[row.economy] = income * row.median
                cost[row.lever] = cost.get(row.lever, 0.0) + income * row.cost_pct
                grade[row.lever] = row.grade
                known[row.lever] = known.get(row.lever, True) and row.cost_known
        measures = [MeasureWorth(lever, musd, cost[lever], known[lever], grade[lever]) for lever, musd in found.items()]
        return sorted(measures, key=lambda m: m.cost - sum(m.musd.values()))

    def shares(self, role: str, grade: str) -> dict[str, float]:
        """Return the share of each partner's result, in percent, whose numbers of a role, or weakest number, are of a grade."""
        found = {
            row.economy: row.share_pct
            for row in self.section.evidence_weights.rows
            if (row.result, row.role, row.grade) == ("alignment", role, grade)
        }
        return {partner: found.get(partner, 0.0) for partner in self.partners}

    def degrees_told(self) -> str:
        """Say where degrees come from: `own` where some are our reading, `rated` where some are ratings, else `stated`."""
        own, rated = (any(self.shares("degree", grade).values()) for grade in ("assumed", "expert"))
        return "own" if own else "rated" if rated else "stated"

    def movers(self, count: int, codes: Collection[str] = ()) -> list[Mover]:
        """Return the numbers of the ledger that move the results of some economies most, in money of all of them together.

        By default the partners'. Where incomes are not known, by percent of income of all of them together.
        """
        found: dict[str, Mover] = {}
        for row in self.section.assumptions.rows:
            if row.economy not in (codes or self.partners):
                continue
            income = self._income.get(row.economy, 0.0) / 100
            one = found.setdefault(row.parameter, Mover(row.parameter, row.kind, row.status, {}, (0.0, 0.0), 0.0))
            (low, high), ends = one.ends_musd, {**one.ends, row.economy: (row.at_low_pct, row.at_high_pct)}
            money = (low + income * row.at_low_pct, high + income * row.at_high_pct)
            swing = one.swing_musd + income * row.swing_pct
            found[row.parameter] = replace(one, ends=ends, ends_musd=money, swing_musd=swing)

        def size(one: Mover) -> tuple[float, float]:
            return -one.swing_musd, -sum(abs(high - low) for low, high in one.ends.values())

        return sorted(found.values(), key=size)[:count]

    def trade_told(self, text: Translator) -> str:
        """Say on the trade of which year numbers are computed, and whether draws choose among years."""
        drawn = any(row.setting.startswith("trade_year:") for row in self.section.settings.rows)
        return text("answer.trade_drawn" if drawn else "answer.trade_one", year=self.trade_label(text))

    def trade_label(self, text: Translator) -> str:
        """Return the year of the trade that numbers are computed on."""
        year = self.section.trade_year
        return str(self.section.table_year or "") if year == TABLE else year
