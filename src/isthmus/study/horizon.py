"""The value of alignment over time: what arrives by when, what waiting costs, who finances it, and what it all is worth."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

import numpy as np
import pandas as pd

from isthmus.core.axes import Array
from isthmus.economy.aggregate import Names
from isthmus.economy.baseline import Baseline
from isthmus.levers.components import AGREEMENT, ALL, TOTAL, ComponentKey, calibrated
from isthmus.levers.support import BOTH, NONE, SUPPORTS
from isthmus.levers.timing import LATE, TOGETHER, longest_lag, synchronising
from isthmus.levers.worlds import AGREED, UNAGREED, Timetable
from isthmus.study.blend import EVERY, Bench, Drawn, central_run
from isthmus.study.border import BorderSection
from isthmus.study.components import THIRD, with_third
from isthmus.study.corridors import CorridorsSection
from isthmus.study.draws import DRAW_FIELDS, central_draw
from isthmus.study.ensemble import EnsembleSection, bench_of, draws_in
from isthmus.study.headline import HEADLINE_FIELDS, headline_world, price_year
from isthmus.study.horizon_draws import FinancedDraws, Financiers
from isthmus.study.horizon_exact import Exact, Financed, exact_run
from isthmus.study.horizon_rows import (
    ArrivalRow,
    EconomyWorthRow,
    FinancingWorthRow,
    HorizonFinancingRow,
    TimingRow,
    YearRow,
    YearsWorthRow,
)  # fmt: skip
from isthmus.study.over_years import (
    LONG_RUN,
    STATIC,
    OverYears,
    agreed_worlds,
    equivalent_pct,
    over_years,
    split_of,
    weights_of,
)
from isthmus.study.runs import FOUR, ORDER
from isthmus.study.section import Help, Section, Table, table
from isthmus.study.standing import standing_costs
from isthmus.study.station import Findings, Station, Work
from isthmus.study.study import Study

DISCOUNT = "consumption_discount"
"""Entry of the ledger: yearly rate by which later consumption counts less."""

OTHERWISE = 0.05
"""Its value where the ledger has no such entry."""

FIFTH, TENTH = "year_5", "year_10"
SYNCHRONISING, WAITING = "synchronising", "waiting:"
SHOWN_SUPPORT = (ALL, BOTH)
ENDS = ("low", "median", "high")
TOGETHER_AT_ONCE = 16
"""Economies whose draws are held at one time."""


@dataclass(frozen=True, kw_only=True)
class HorizonSection(Section):
    """The value of alignment over time."""

    partners: Annotated[tuple[str, ...], Help("partners in the order in which they are shown")]
    economy_names: Annotated[Names, Help("names of economies by code and language")]
    start: Annotated[int, Help("first year of the plans")]
    deadline: Annotated[int, Help("year in which targets are due")]
    last: Annotated[int, Help("last year that counts")]
    draws: Annotated[int, Help("draws that were asked for")]
    price_year: Annotated[int | None, Help("year of the prices that money is told in")]
    discount: Annotated[float, Help("yearly rate by which later consumption counts less, at central values")]
    interest: Annotated[float, Help("yearly interest on loans between partners, at central values")]
    repayment: Annotated[int, Help("years in which loans are repaid")]
    delay: Annotated[float, Help("years by which a late side is late, at central values")]
    horizon: Annotated[Table[YearRow], Help("effects on real income year by year, gross and net of cost")]
    horizon_worth: Annotated[Table[YearsWorthRow], Help("what all years are worth together", at="last")]
    horizon_arrival: Annotated[
        Table[ArrivalRow], Help("year 5 and year 10 beside the static number and the long run", at="deadline")
    ]
    horizon_timing: Annotated[
        Table[TimingRow], Help("the same levers at other times: waiting and synchronising", at="last")
    ]
    horizon_financing: Annotated[
        Table[HorizonFinancingRow], Help("costs, loans, debt and net gain by year, agreed world, with ranges")
    ]
    horizon_financing_worth: Annotated[
        Table[FinancingWorthRow], Help("the agreed world by way of financing", at="last")
    ]
    horizon_economies: Annotated[Table[EconomyWorthRow], Help("what all years are worth to every economy", at="last")]


def compute(study: Study, findings: Findings, work: Work) -> HorizonSection:
    """Bring the ensemble's worlds over all years together, and solve those that differ in timing and financing alone."""
    ensemble, world = findings[EnsembleSection], headline_world(study)[0]
    labels = [*study.partners, THIRD]
    central = central_draw(study).parameters
    last = max(study.review, study.start + 9)
    bench = replace(bench_of(study, ensemble, world, labels), timetable=Timetable(study.start, study.deadline, last))
    drawn = draws_in(study, ensemble)
    exact = exact_run(study, world, standing_costs(findings, study), central, last, central.get(DISCOUNT, OTHERWISE))
    work.progress(0.5)
    runs = _Runs(
        bench=bench,
        labels=labels,
        last=study.review - study.start + 1,
        drawn=over_years(bench, drawn, labels),
        linear=over_years(bench, central_run(bench), labels),
        exact=exact,
        ensemble=ensemble,
        discount=drawn.parameters.get(DISCOUNT, np.full(drawn.count, OTHERWISE)),
        rate=central.get(DISCOUNT, OTHERWISE),
    )
    draws = _financed_draws(runs, drawn)
    return HorizonSection(
        partners=study.partners,
        economy_names=study.economy_names,
        start=study.start,
        deadline=study.deadline,
        last=study.review,
        draws=ensemble.draws,
        price_year=price_year(study),
        discount=runs.rate,
        interest=exact.terms.interest,
        repayment=exact.terms.repayment,
        delay=float(np.asarray(longest_lag(study.levers, central))),
        horizon=table(YearRow, _year_rows(runs)),
        horizon_worth=table(YearsWorthRow, _worth_rows(runs)),
        horizon_arrival=table(ArrivalRow, _arrival_rows(runs)),
        horizon_timing=table(TimingRow, _timing_rows(runs)),
        horizon_financing=_financing(exact.financed, draws, study.partners),
        horizon_financing_worth=table(FinancingWorthRow, _financing_worth_rows(exact.financed, draws, study.partners)),
        horizon_economies=table(EconomyWorthRow, _economy_rows(runs, world, drawn)),
    )


STATION = Station(
    name="horizon",
    section=HorizonSection,
    reads=(
        *dict.fromkeys((*DRAW_FIELDS, *HEADLINE_FIELDS)),
        *("partners", "economy_names", "start", "deadline", "review", "levers", "asked", "costs", "trade_balance"),
    ),
    needs=(BorderSection, CorridorsSection, EnsembleSection),
    applies=lambda study: bool(study.levers) and study.review > study.start,
    compute=compute,
    weight=2,
)


@dataclass(frozen=True, kw_only=True)
class _Runs:
    """Draws, the central run as a sum of responses, and exact worlds; `last` is the number of years that count."""

    bench: Bench
    labels: list[str]
    last: int
    drawn: OverYears
    linear: OverYears
    exact: Exact
    ensemble: EnsembleSection
    discount: Array
    rate: float

    @property
    def years(self) -> Timetable:
        """Years that count."""
        first = self.bench.timetable
        return Timetable(first.start, first.deadline, first.start + self.last - 1)

    @property
    def partners(self) -> tuple[str, ...]:
        return self.bench.study.partners

    @property
    def weights(self) -> Array:
        """Income weights of third countries."""
        names = list(self.bench.income)
        income = np.array([0.0 if n in self.partners else self.bench.income[n] for n in names])
        weights: Array = income / income.sum()
        return weights

    def narrow(self, values: Array) -> Array:
        """Return values of the labels from values of all economies, (…, N) to (…, label)."""
        names = list(self.bench.income)
        at = [*(names.index(p) for p in self.partners), len(names)]
        return with_third(values, self.weights)[..., at]

    def gross(self) -> tuple[dict[ComponentKey, Array], dict[ComponentKey, Array]]:
        """Return components of the years that count, draws moved to the exact ones; and those, (year, label)."""
        data = self.ensemble.data["real_income_pct"].sel(branch=EVERY)
        worlds = {str(name): self.narrow(data.sel(world=name).values) for name in data["world"].values}
        exact = split_of(worlds, self.labels, self.partners)
        return self._moved(slice(0, self.last), exact), exact

    def marks(self) -> tuple[dict[ComponentKey, Array], dict[ComponentKey, Array]]:
        """Return the same of the static number and the long run; all levers alone."""
        worlds = {name: self.narrow(values) for name, values in self.exact.marks.items()}
        # support by support was not solved: each kind stands at its last world, and nothing but all levers is kept
        worlds |= {kind + s: worlds[kind + SUPPORTS[-1]] for kind in (UNAGREED, AGREED) for s in SUPPORTS[:-1]}
        split = split_of(worlds, self.labels, self.partners)
        exact = {part: values for part, values in split.items() if part[1] == ALL}
        return self._moved(slice(-2, None), exact), exact

    def _moved(self, times: slice, exact: Mapping[ComponentKey, Array]) -> dict[ComponentKey, Array]:
        drawn, linear = (
            split_of({n: v[:, times] for n, v in run.gross.items()}, self.labels, self.partners)
            for run in (self.drawn, self.linear)
        )
        return {k: calibrated(drawn[k], linear[k][0], exact[k]) for k in exact}

    def cost(self) -> tuple[dict[ComponentKey, Array], dict[ComponentKey, Array]]:
        """Return components of cost, of the draws and at central values."""
        drawn, linear = (
            split_of({n: v[:, : self.last] for n, v in run.cost.items()}, self.labels, self.partners)
            for run in (self.drawn, self.linear)
        )
        return drawn, {k: v[0] for k, v in linear.items()}

    def both(self) -> Iterator[tuple[ComponentKey, bool, Array, Array]]:
        """Yield every component that is shown, gross and net: draws (draw, year, label) and central (year, label)."""
        (gross, exact), (cost, exact_cost) = self.gross(), self.cost()
        for part in sorted(gross, key=lambda k: ORDER[k[0]]):
            if part[1] in SHOWN_SUPPORT:
                yield part, False, gross[part], exact[part]
                yield part, True, gross[part] - cost[part], exact[part] - exact_cost[part]


def _four(values: Array, central: float) -> tuple[float, float, float, float]:
    low, median, high = (float(x) for x in np.quantile(values, FOUR))
    return low, median, high, float(central)


def _year_rows(runs: _Runs) -> Iterator[YearRow]:
    for part, net, drawn, central in runs.both():
        for position, label in enumerate(runs.labels):
            for t, year in enumerate(runs.drawn.years[: runs.last]):
                if not np.isnan(central[t, position]):
                    four = _four(drawn[:, t, position], central[t, position])
                    yield YearRow(label, *part, net, year, *four)


def _worth_rows(runs: _Runs) -> Iterator[YearsWorthRow]:
    income = np.array([runs.bench.income[p] for p in runs.partners])
    money = np.append(income, sum(runs.bench.income.values()) - income.sum()) / 100
    factors, central_factors = (weights_of(runs.last, rate) for rate in (runs.discount, runs.rate))
    for part, net, drawn, central in runs.both():
        worth, middle = equivalent_pct(drawn, runs.discount), equivalent_pct(central[None], runs.rate)[0]
        present = money * np.einsum("dt,dtl->dl", factors, drawn)
        present_middle = money * (central_factors[0] @ central)
        for position, label in enumerate(runs.labels):
            if not np.isnan(middle[position]):
                yield YearsWorthRow(
                    label,
                    *part,
                    net,
                    *_four(worth[:, position], middle[position]),
                    *_four(present[:, position], present_middle[position]),
                )


def _arrival_rows(runs: _Runs) -> Iterator[ArrivalRow]:
    (gross, exact), (marks, exact_marks) = runs.gross(), runs.marks()
    start = runs.bench.study.start
    years = {FIFTH: 4, TENTH: 9}
    for part in ((TOTAL, ALL), (AGREEMENT, ALL)):
        for position, label in enumerate(runs.labels):
            rest = float(np.median(marks[part][:, 1, position]))
            found: list[tuple[str, int | None, Array, float]] = [
                (STATIC, None, marks[part][:, 0, position], float(exact_marks[part][0, position]))
            ]
            found += [
                (mark, start + t, gross[part][:, t, position], float(exact[part][t, position]))
                for mark, t in years.items()
                if t < runs.last
            ]
            found.append((LONG_RUN, None, marks[part][:, 1, position], float(exact_marks[part][1, position])))
            for mark, year, values, central in found:
                share = 100 * float(np.median(values)) / rest if abs(rest) > 1e-9 else None
                yield ArrivalRow(label, part[0], mark, year, *_four(values, central), share)


def _timing_rows(runs: _Runs) -> Iterator[TimingRow]:
    """Yield the worlds of timing, what each partner's delay costs, and what moving together is worth by itself."""
    if not runs.exact.timing:
        return
    exact = {name: runs.narrow(values)[: runs.last] for name, values in runs.exact.timing.items()}
    central = {n: equivalent_pct(v[None], runs.rate)[0] for n, v in exact.items()}
    linear, drawn = (
        {n: equivalent_pct(v[:, : runs.last], rate) for n, v in run.timing.items()}
        for run, rate in ((runs.linear, runs.rate), (runs.drawn, runs.discount))
    )
    for worlds in (central, linear, drawn):
        for p in runs.partners:
            worlds[WAITING + p] = worlds[TOGETHER] - worlds[LATE + p]
        worlds[SYNCHRONISING] = synchronising(worlds, runs.partners)
    for case in central:
        values = calibrated(drawn[case], linear[case][0], central[case])
        for position, label in enumerate(runs.labels):
            yield TimingRow(label, case, *_four(values[:, position], central[case][position]))


def _financed_draws(runs: _Runs, drawn: Drawn) -> dict[str, FinancedDraws]:
    """Return every way of financing that was solved, in the draws."""
    gross, exact = runs.gross()
    financiers = Financiers(
        bench=runs.bench, drawn=drawn, central=central_run(runs.bench), gross=gross[TOTAL, ALL], exact=exact[TOTAL, ALL],
        discount=runs.discount, rate=runs.rate, repayment=runs.exact.terms.repayment,
    )  # fmt: skip
    return {
        case: financiers.of(case, found) for case, found in runs.exact.financed.items() if isinstance(found, Financed)
    }


def _financing(
    financed: Mapping[str, Financed | str], draws: Mapping[str, FinancedDraws], partners: Sequence[str]
) -> "Table[HorizonFinancingRow]":
    """Return money by year of every way of financing that was solved."""
    frames = []
    for case, spread in draws.items():
        found = financed[case]
        assert isinstance(found, Financed)
        frame = found.worth.table(partners).drop(columns="loans_musd").assign(case=case)
        for name in ("cost", "owed", "net"):
            for end, values in zip(ENDS, np.quantile(getattr(spread, name), FOUR, axis=0), strict=True):
                frame[f"{name}_{end}_musd"] = values.T.ravel()
        frames.append(frame)
    return Table(HorizonFinancingRow, pd.concat(frames, ignore_index=True)) if frames else table(HorizonFinancingRow)


def _financing_worth_rows(
    financed: Mapping[str, Financed | str], draws: Mapping[str, FinancedDraws], partners: Sequence[str]
) -> Iterator[FinancingWorthRow]:
    for case, found in financed.items():
        for position, label in enumerate((*partners, THIRD)):
            if isinstance(found, str):
                yield FinancingWorthRow(label, case, False, found, *(None,) * 8)
            else:
                spread = [np.quantile(v[:, position], FOUR) for v in (draws[case].equivalent, draws[case].present)]
                ranges = map(float, np.concatenate(spread))
                yield FinancingWorthRow(label, case, True, "", found.equivalent[label], found.present[label], *ranges)


def _economy_rows(runs: _Runs, world: Baseline, drawn: Drawn) -> Iterator[EconomyWorthRow]:
    """Yield what the years are worth to every economy, some economies at a time: all of them at once are a large array."""
    study, data = runs.bench.study, runs.ensemble.data["real_income_pct"].sel(branch=EVERY)
    names = [str(name) for name in data["economy"].values]
    for start in range(0, len(names), TOGETHER_AT_ONCE):
        labels = names[start : start + TOGETHER_AT_ONCE]
        bench = replace(bench_of(study, runs.ensemble, world, labels), timetable=runs.years)
        linear, spread = (agreed_worlds(bench, run, labels) for run in (central_run(bench), drawn))
        exact = [data.sel(world=kind + NONE, economy=labels).values for kind in (UNAGREED, AGREED)]
        for component, of in ((AGREEMENT, _last_step), (TOTAL, _whole)):
            middle = of(*exact)
            values = calibrated(of(*spread), of(*linear)[0], middle)
            worth, central = equivalent_pct(values, runs.discount), equivalent_pct(middle[None], runs.rate)[0]
            for i, name in enumerate(labels):
                yield EconomyWorthRow(
                    name, component, *_four(worth[:, i], central[i]), *_four(values[:, -1, i], middle[-1, i])
                )


def _last_step(slow: Array, quick: Array) -> Array:
    """Return what agreeing brings."""
    return quick - slow


def _whole(_: Array, quick: Array) -> Array:
    """Return what all levers bring."""
    return quick
