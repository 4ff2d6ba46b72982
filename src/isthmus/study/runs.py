"""Components of one year, in all draws and at central values, gross and net: what tables of value are made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from isthmus.core.axes import Array
from isthmus.levers.components import (
    AGREEMENT,
    ALL,
    COMPONENTS,
    JOINT,
    JOINT_UNAGREED,
    OWN,
    SPILLOVER,
    TOTAL,
    ComponentKey,
)
from isthmus.levers.cost import unknown_costs
from isthmus.levers.lever import BORDER, BRANCHES
from isthmus.study.blend import (
    EVERY,
    Bench,
    BranchComponents,
    Drawn,
    DrawnEffects,
    calibrated_split,
    central_run,
    cost_worlds,
    effects_of,
    percent_worlds,
    split_worlds,
)  # fmt: skip
from isthmus.study.components import with_third
from isthmus.study.ensemble import HIGH, LOW, EnsembleSection
from isthmus.study.study import Study

FOUR = (LOW, 0.5, HIGH)


@dataclass(frozen=True, kw_only=True)
class YearRun:
    """Components by branch and key, (draw, label) each.

    Attributes
    ----------
    labels
        Economies, and third countries together last.
    gross, cost
        Of the draws.
    linear
        Of the central run as sums of responses, before they are moved to the exact worlds.
    exact, exact_cost
        Of the central run, (label,).
    effects, central
        What every lever does in every draw, and at central values.
    """

    bench: Bench
    year: int
    labels: tuple[str, ...]
    gross: BranchComponents
    cost: BranchComponents
    linear: BranchComponents
    exact: BranchComponents
    exact_cost: BranchComponents
    effects: DrawnEffects
    central: DrawnEffects


def fours(values: Array, central: Array) -> list[tuple[float, float, float, float]]:
    """Return low, median, high and central of every label; `values` is (draw, label), `central` (label,)."""
    low, median, high = np.quantile(values, FOUR, axis=0).tolist()
    return list(zip(low, median, high, central.tolist(), strict=True))


def year_run(bench: Bench, section: EnsembleSection, drawn: Drawn, year: int, labels: Sequence[str]) -> YearRun:
    """Return the components of a year, draws moved to what was solved exactly at central values."""
    effects, central = effects_of(bench, drawn, year, labels), effects_of(bench, central_run(bench), year, labels)
    exact, linear = exact_split(bench, section, year, labels), linear_split(bench, central, labels)
    costs = cost_split(bench, central, labels)
    return YearRun(
        bench=bench,
        year=year,
        labels=tuple(labels),
        gross=calibrated_split(linear_split(bench, effects, labels), linear, exact),
        cost=cost_split(bench, effects, labels),
        linear=linear,
        exact=exact,
        exact_cost={branch: {key: value[0] for key, value in found.items()} for branch, found in costs.items()},
        effects=effects,
        central=central,
    )


def linear_split(bench: Bench, effects: DrawnEffects, labels: Sequence[str], gdp: bool = False) -> BranchComponents:
    """Return components of sums of responses, not moved; of real GDP of the partners with `gdp`."""
    partners = bench.study.partners
    names = [f"gdp:{p}" for p in partners] if gdp else list(labels)
    columns = [bench.quantities.index(name) for name in names]
    worlds = {
        branch: percent_worlds(bench, effects.slow[..., columns], effects.quick[..., columns], branch)
        for branch in (EVERY, BORDER)
    }
    return split_worlds(worlds, list(partners) if gdp else labels, partners)


def cost_split(bench: Bench, effects: DrawnEffects, labels: Sequence[str]) -> BranchComponents:
    """Return components of cost, in percent of real income; an own cost is a partner's alone."""
    worlds = {branch: cost_worlds(bench, effects, branch) for branch in (EVERY, BORDER)}
    return split_worlds(worlds, labels, bench.study.partners)


def exact_split(
    bench: Bench, section: EnsembleSection, year: int, labels: Sequence[str], gdp: bool = False
) -> BranchComponents:
    """Return components of the worlds that were solved exactly at central values; of real GDP of the partners with `gdp`."""
    study = bench.study
    data = section.data["real_gdp_pct" if gdp else "real_income_pct"].sel(year=year)
    worlds: dict[str, Mapping[str, Array]] = {}
    for branch in (EVERY, BORDER):
        part = data.sel(branch=branch)
        values = part.sel(economy=list(study.partners)).values if gdp else with_third(part.values, _weights(bench))
        worlds[branch] = dict(zip(map(str, part["world"].values), values, strict=True))
    return split_worlds(worlds, list(study.partners) if gdp else labels, study.partners)


def unknown_shares(run: YearRun, study: Study, branch: str) -> dict[tuple[ComponentKey, str], float]:
    """Return by component and partner the part of the gross gain that comes from levers whose cost to it is unknown, in percent.

    Shares are of the sum of absolute effects of levers in the median draw; nothing is unknown where nothing is gained.
    """
    chosen = list(range(len(BRANCHES))) if branch == EVERY else [BRANCHES.index(branch)]
    found: dict[tuple[ComponentKey, str], float] = {}
    for partner in study.partners:
        at = run.bench.quantities.index(partner)
        slow, quick = (
            np.median(x[:, :, chosen, at].sum(axis=2), axis=0) for x in (run.effects.slow, run.effects.quick)
        )
        found |= {(key, partner): _unknown(run, study, key, partner, slow, quick) for key in run.exact[EVERY]}
    return found


def _unknown(run: YearRun, study: Study, key: ComponentKey, label: str, slow: Array, quick: Array) -> float:
    """Return the unknown part of one component to one partner, given every lever's effect on it, (lever,)."""
    unknown = unknown_costs(study.levers, study.costs)
    total = missing = 0.0
    for position, lever in enumerate(study.levers):
        kind = run.bench.support[lever.id] if lever.joint else ""
        size = _size(key, kind, lever.owner == label, float(slow[position]), float(quick[position]))
        total += abs(size)
        missing += abs(size) if (lever.id, label) in unknown else 0.0
    return 100 * (missing / total) if total else 0.0


def _size(key: ComponentKey, kind: str, own: bool, slow: float, quick: float) -> float:
    """Return what a lever brings to a component; `kind` is the support of a joint measure, "" for a single lever."""
    component, support = key
    if kind and support not in (ALL, JOINT, kind):
        return 0.0
    parts = {JOINT_UNAGREED: slow, AGREEMENT: quick - slow, TOTAL: quick} if kind else {}
    if not kind and support == ALL:
        parts = {OWN: quick if own else 0.0, SPILLOVER: 0.0 if own else quick, TOTAL: quick}
    return parts.get(component, 0.0)


def _weights(bench: Bench) -> Array:
    """Return income weights of third countries in the headline world."""
    partners = bench.study.partners
    income = np.array([0.0 if name in partners else value for name, value in bench.income.items()])
    weights: Array = income / income.sum()
    return weights


ORDER = {component: position for position, component in enumerate(COMPONENTS)}
"""Order of components in tables."""
