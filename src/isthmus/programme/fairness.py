"""The solves behind each objective: sum, worst gain, product of gains, mean and tail; each returns a plan with its bound."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from isthmus.programme.constraints import Layout
from isthmus.programme.model import Draft, Linear
from isthmus.programme.objectives import hold_floor, log_gains, tail_and_mean, total_gain, worst_gain
from isthmus.programme.plan import Plan, chosen_starts, read_plan
from isthmus.programme.search import SLACK, Search, draft_of, fair_split, seconds_left, solve
from isthmus.programme.solver import Answer

STEP = 1.15
"""Ratio between neighbouring tangents of the logarithm: they are at most 0.25 % above it between two points."""
SMALLEST = 1e-3
"""Smallest gain with a tangent at first, relative to the largest possible one."""
ROUNDS = 6
"""Most rounds of solving and adding tangents where the plan found lies."""


@dataclass(frozen=True, eq=False)
class BestPlan:
    """A plan (None where there is none), its objective and what no plan exceeds, in money; whether it is impossible."""

    plan: Plan | None
    objective: float
    bound: float
    status: str
    impossible: bool = False


def largest_sum(search: Search, start: Mapping[int, int] | None, part: float = 1.0) -> BestPlan:
    """Maximise the sum of gains; of the ways to share the money, take the one with the largest worst gain."""
    draft, layout = draft_of(search)
    answer = solve(search, draft, layout, total_gain(layout), start=start, part=part)
    plan = _fair(search, layout, answer)
    objective = float(plan.gain.sum()) if plan else -np.inf
    return BestPlan(plan, objective, answer.bound * layout.unit, answer.status, answer.infeasible)


def largest_worst(search: Search, start: Mapping[int, int] | None, part: float = 1.0) -> BestPlan:
    """Maximise the smallest gain above disagreement; of the plans that reach it, take one with a large sum."""
    draft, layout = draft_of(search)
    objective = worst_gain(draft, layout, search.disagreement)
    answer = solve(
        search, draft, layout, objective, start=start, part=0.7 * part, absolute_gap=_negligible(search, layout)
    )
    plan = _fair(search, layout, answer)
    if plan is None:
        return BestPlan(None, -np.inf, answer.bound * layout.unit, answer.status, answer.infeasible)
    worst = float((plan.gain - search.disagreement).min())
    plan = _more_for_all(search, plan, worst, part) or plan
    worst = float((plan.gain - search.disagreement).min())
    return BestPlan(plan, worst, answer.bound * layout.unit, answer.status)


def largest_product(search: Search, start: Mapping[int, int] | None) -> BestPlan:
    """Maximise the product of gains above disagreement, told as their geometric mean.

    The logarithm of each gain is bounded from above by tangents; tangents are added where the plan lies until plan and bound are
    within the gap. Where nobody can gain without another gaining nothing, the product is zero for every programme,
    and the plan with the largest worst gain stands in.
    """
    draft, layout = draft_of(search)
    most = _largest_gains(search, draft, layout)
    if (most <= 1e-6).any():
        return _nothing_to_multiply(search, start)
    points = {j: _grid(float(most[k])) for k, j in enumerate(layout.members)}
    bound, best, status = np.inf, BestPlan(None, -np.inf, np.inf, "time limit"), "time limit"
    count, wanted = len(layout.members), np.log1p(search.settings.gap)
    for _ in range(ROUNDS):
        trial = draft.copy()
        objective = log_gains(trial, layout, search.disagreement, points)
        answer = solve(
            search, trial, layout, objective, start=best.plan.start if best.plan else start, gap=0.0, part=0.8,
            absolute_gap=max(count * wanted / 2, 1e-7),
        )  # fmt: skip
        status = answer.status
        if answer.infeasible:
            return BestPlan(None, -np.inf, -np.inf, status, True)
        bound = min(bound, answer.bound)
        if answer.values is None:
            break
        starts = chosen_starts(search.case, layout, answer.values)
        plan = _product_split(search, starts, points) or fair_split(search, starts)
        worth = geometric_mean(plan.gain - search.disagreement) if plan else 0.0
        if plan and worth > best.objective:
            best = BestPlan(plan, worth, np.inf, status)
        ceiling = float(np.exp(bound / count)) * layout.unit
        if best.objective > 0 and ceiling / best.objective - 1 <= search.settings.gap + 1e-9:
            break
        if best.objective <= 0 or answer.status != "optimal" or seconds_left(search) <= 0:
            break
    if best.plan is not None and best.objective <= 1e-9 * layout.unit:
        return _nothing_to_multiply(search, start)
    return BestPlan(best.plan, best.objective, float(np.exp(bound / count)) * layout.unit, status)


def largest_tail(
    search: Search, start: Mapping[int, int] | None, factors: np.ndarray, weight: float, tail: float
) -> BestPlan:
    """Maximise a mixture of the mean total gain over scenarios and its mean in the worst of them."""
    draft, layout = draft_of(search)
    objective = tail_and_mean(draft, layout, search.case, factors, weight=weight, tail=tail)
    answer = solve(search, draft, layout, objective, start=start)
    plan = _fair(search, layout, answer)
    reached = answer.objective * layout.unit if plan else -np.inf
    return BestPlan(plan, reached, answer.bound * layout.unit, answer.status, answer.infeasible)


def sum_relaxed(search: Search) -> float:
    """Return what the sum of gains cannot exceed, even if projects could be done in part; quick enough to be had always."""
    draft, layout = draft_of(search)
    return _relaxed(search, draft, layout, total_gain(layout)) * layout.unit


def most_for(
    search: Search, favoured: int, other: int, least: float, start: Mapping[int, int] | None, part: float
) -> BestPlan:
    """Maximise one partner's gain while another's is at least `least`; a trace of the sum keeps the plan efficient."""
    draft, layout = draft_of(search)
    floor = np.full(len(search.case.partners), -np.inf)
    floor[other] = least - SLACK * layout.unit
    _raise_floor(draft, layout, floor)
    objective = {column: 1.0 if j == favoured else 1e-4 for j, column in layout.gain.items()}
    answer = solve(search, draft, layout, objective, start=start, part=part)
    if answer.values is None:
        return BestPlan(None, -np.inf, answer.bound * layout.unit, answer.status, answer.infeasible)
    starts = chosen_starts(search.case, layout, answer.values)
    exact = solve(search, draft, layout, objective, held=starts)
    plan = read_plan(search.case, layout, (exact if exact.values is not None else answer).values)  # type: ignore[arg-type]
    return BestPlan(plan, float(plan.gain[favoured]), answer.bound * layout.unit, answer.status)


def _negligible(search: Search, layout: Layout) -> float:
    """Return a distance that no partner would notice: a millionth of what projects can bring."""
    most = sum(float(part.sum(axis=1).max(initial=0)) for part in search.case.benefit)
    return max(1e-6 * most / layout.unit, 1e-9) if search.settings.gap > 0 else 1e-9


def _fair(search: Search, layout: Layout, answer: Answer) -> Plan | None:
    if answer.values is None:
        return None
    return fair_split(search, chosen_starts(search.case, layout, answer.values))


def _more_for_all(search: Search, plan: Plan, worst: float, part: float) -> Plan | None:
    """Return a plan with a larger sum in which nobody's gain above disagreement is below the worst of `plan`."""
    if seconds_left(search) <= 0:
        return None
    draft, layout = draft_of(search)
    least = search.disagreement + worst
    hold_floor(draft, layout, least - SLACK * layout.unit)
    answer = solve(search, draft, layout, total_gain(layout), start=plan.start, part=part)
    if answer.values is None or answer.objective * layout.unit <= plan.gain.sum() * (1 + 1e-9):
        return None
    return fair_split(search, chosen_starts(search.case, layout, answer.values), least)


def _raise_floor(draft: Draft, layout: Layout, floor: np.ndarray) -> None:
    present = np.array([draft.columns[layout.gain[j]][1] for j in layout.members]) * layout.unit
    raised = floor.copy()
    raised[list(layout.members)] = np.maximum(floor[list(layout.members)], present)
    hold_floor(draft, layout, raised)


def _largest_gains(search: Search, draft: Draft, layout: Layout) -> np.ndarray:
    """Return what each member could gain above disagreement at the very most, in units of the model."""
    most = [
        _relaxed(search, draft, layout, {layout.gain[j]: 1.0}) - search.disagreement[j] / layout.unit
        for j in layout.members
    ]
    return np.where(np.isfinite(most), most, 1.0)


def _relaxed(search: Search, draft: Draft, layout: Layout, objective: Linear) -> float:
    """Return what an objective cannot exceed, even if projects could be done in part."""
    relaxed = draft.copy()
    relaxed.columns[:] = [(name, low, high, False) for name, low, high, _ in relaxed.columns]
    return solve(search, relaxed, layout, objective, at_once=True).bound


def _grid(most: float) -> list[float]:
    count = int(np.ceil(-np.log(SMALLEST) / np.log(STEP)))
    return [float(most * STEP**-k) for k in range(count + 1)]


def _product_split(search: Search, start: Mapping[int, int], points: dict[int, list[float]]) -> Plan | None:
    """Share the money of fixed starts for the largest product, adding tangents (to `points` too) until it is exact."""
    plan = None
    for _ in range(8):
        draft, layout = draft_of(search)
        objective = log_gains(draft, layout, search.disagreement, points)
        answer = solve(search, draft, layout, objective, held=start)
        if answer.values is None:
            return plan
        plan = read_plan(search.case, layout, answer.values)
        at = [(plan.gain[j] - search.disagreement[j]) / layout.unit for j in layout.members]
        if min(at) <= 1e-9:
            return plan
        error = answer.objective - float(np.log(at).sum())
        for j, value in zip(layout.members, at, strict=True):
            points[j].append(float(value))
        if error < 1e-8:
            break
    return plan


def geometric_mean(above: np.ndarray) -> float:
    """Return the geometric mean of gains above disagreement; nothing where one of them is not positive."""
    return float(np.exp(np.log(above).mean())) if (above > 0).all() else 0.0


def _nothing_to_multiply(search: Search, start: Mapping[int, int] | None) -> BestPlan:
    worst = largest_worst(search, start)
    if worst.plan is None:
        return worst
    return BestPlan(
        worst.plan, geometric_mean(worst.plan.gain - search.disagreement), max(worst.bound, 0.0), worst.status
    )
