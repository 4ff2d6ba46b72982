"""Choose a programme: what each side can do alone first, then the plan that serves the objective, then a full recount."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from isthmus.core.errors import BadInputError, InfeasibleError
from isthmus.programme.check import Valued, require_kept, value_plan
from isthmus.programme.diagnose import why_none
from isthmus.programme.fairness import (
    Found,
    geometric_mean,
    largest_product,
    largest_sum,
    largest_tail,
    largest_worst,
    sum_relaxed,
)
from isthmus.programme.project import Budget, Candidates, Settings
from isthmus.programme.search import Search, best_of, fair_split, seconds_left
from isthmus.programme.solver import OPTIMAL, Stop, Tell, never, silent
from isthmus.programme.terms import terms
from isthmus.programme.validate import require_sound

OBJECTIVES = ("sum", "maxmin", "nash", "tail")


@dataclass(frozen=True, eq=False, kw_only=True)
class Risk:
    """Scenarios of benefits as factors (scenario, project, partner), the weight of the tail and its size."""

    factors: np.ndarray
    weight: float = 0.5
    tail: float = 0.1


@dataclass(frozen=True, eq=False, kw_only=True)
class Schedule:
    """A programme with what made it.

    `start` holds the start year of each chosen project; `disagreement` and `disagreement_bound` what each partner gains alone, as
    found and at most; `objective` and `bound` are in money of the base year (for "nash" the geometric mean of the gains
    above disagreement); `gap` is their relative distance. `largest_sum` is the sum of gains of the programme that
    maximises it under the same constraints, with which fairness is priced.
    """

    candidates: Candidates
    budget: Budget
    settings: Settings
    objective_name: str
    start: Mapping[str, int]
    valued: Valued
    disagreement: np.ndarray
    disagreement_bound: np.ndarray
    objective: float
    bound: float
    gap: float
    largest_sum: float
    price_of_fairness: float
    status: str
    seconds: float

    @property
    def partners(self) -> tuple[str, ...]:
        """Return the partners in the order of the arrays."""
        return tuple(str(name) for name in self.budget.amount["partner"].values)


def schedule(
    candidates: Candidates,
    budget: Budget,
    settings: Settings,
    *,
    objective: str = "sum",
    risk: Risk | None = None,
    drop: tuple[str, ...] = (),
    force: tuple[str, ...] = (),
    alone: np.ndarray | None = None,
    best: Schedule | None = None,
    stop: Stop = never,
    tell: Tell = silent,
) -> Schedule:
    """Choose projects, start years and payers (:eq:`programme-gains`, :eq:`programme-constraints`).

    Parameters
    ----------
    objective
        "sum" of gains, "maxmin" (worst gain above disagreement), "nash" (product of these), "tail" (with `risk`).
    drop, force
        Projects that may not, or have to, be done.
    alone
        What each partner gains alone, where it is known already.
    best
        The programme with the largest sum of gains under the same constraints and floor, where it is known already.
    stop
        Asked while the solver runs; true ends the search with the best plan found.
    tell
        Told what is being searched for.

    Raises
    ------
    BadInputError
        For input that contradicts itself.
    InfeasibleError
        When no programme satisfies the floor, with the constraints that bind, or none was found in time.
    NotConvergedError
        When the plan found does not stand the recount.
    """
    require_sound(candidates, budget, settings)
    if objective not in OBJECTIVES or (objective == "tail") != (risk is not None):
        raise BadInputError(
            "objective", f"found {objective!r}", allowed=f"{', '.join(OBJECTIVES)}; tail together with risk",
            remedy="correct the objective",
        )  # fmt: skip
    ids = [project.id for project in candidates.projects]
    case = terms(candidates, budget, settings)
    count = len(case.partners)
    search = Search(
        case=case, settings=settings, disagreement=np.zeros(count), drop=tuple(ids.index(name) for name in drop),
        force=tuple(ids.index(name) for name in force), stop=stop, tell=tell,
    )  # fmt: skip
    search, most_alone, guess = _disagree(search, alone)
    tell("largest sum of gains")
    reference = _known_sum(search, best) or largest_sum(search, guess, 1.0 if objective == "sum" else 0.35)
    found = _pursue(search, objective, reference, guess, risk)
    if found.plan is None or _unfinished(search, objective, found, reference):
        raise _nothing(search, found)
    valued = value_plan(
        candidates, budget, settings, {ids[i]: year for i, year in found.plan.start.items()}, found.plan.contribution
    )
    floor = search.disagreement if settings.floor == "disagreement" else None
    require_kept(valued, found.plan.gain, floor, max(case.unit * 100, 1e-300))
    bound = _tightest(search, objective, found, reference)
    top = reference.objective if reference.plan is not None else float("nan")
    total = float(valued.gain.sum())
    return Schedule(
        candidates=candidates, budget=budget, settings=settings, objective_name=objective,
        start={ids[i]: year for i, year in sorted(found.plan.start.items())}, valued=valued,
        disagreement=search.disagreement, disagreement_bound=most_alone,
        objective=found.objective, bound=bound, gap=relative_gap(found.objective, bound, case.unit), largest_sum=max(top, total),
        price_of_fairness=1 - total / top if top > total + 1e-9 * abs(total) else 0.0,
        status=found.status, seconds=sum(search.used),
    )  # fmt: skip


def _unfinished(search: Search, objective: str, found: Found, reference: Found) -> bool:
    """Say whether all that a search had when it ended is to do nothing, while something may be worth doing."""
    assert found.plan is not None
    if found.plan.start or search.force or found.status == OPTIMAL:
        return False
    bound = _tightest(search, objective, found, reference)
    return relative_gap(found.objective, bound, search.case.unit) > search.settings.gap


def relative_gap(objective: float, bound: float, unit: float) -> float:
    """Return the distance to the bound relative to the objective; to the unit of money where the objective is nothing."""
    distance = max(bound - objective, 0.0)
    return distance / max(abs(objective), 1e-6 * unit) if distance > 1e-9 * unit else 0.0


def worth_of(objective: str, gain: np.ndarray, disagreement: np.ndarray) -> float:
    """Return what gains by partner are worth under an objective: "sum", "maxmin" or "nash"."""
    above = gain - disagreement
    return float({"sum": gain.sum(), "maxmin": above.min(), "nash": geometric_mean(above)}[objective])


def _disagree(search: Search, alone: np.ndarray | None) -> tuple[Search, np.ndarray, dict[int, int] | None]:
    """Find what each partner can do alone, and a plan to start from: everyone doing just that, if it goes together."""
    free = replace(search, force=())
    count = len(search.case.partners)
    if alone is not None:
        return replace(search, disagreement=alone), alone.copy(), None
    search.tell("what each partner can do alone")
    results = [best_of(free, (j,), part=1 / (4 * count)) for j in range(count)]
    search = replace(search, disagreement=np.array([value for value, _, _ in results]))
    together: dict[int, int] = {}
    for _, _, starts in results:
        together = {**starts, **together}
    bounds = np.array([bound for _, bound, _ in results])
    if search.force:
        return search, bounds, None
    for guess in (together, {}):
        if fair_split(search, guess) is not None:
            return search, bounds, guess
    return search, bounds, _rearranged(search, set(together))


def _known_sum(search: Search, best: Schedule | None) -> Found | None:
    """Return a programme with the largest sum of gains as if it had been found here; None where it is not known."""
    if best is None:
        return None
    place = {project.id: i for i, project in enumerate(best.candidates.projects)}
    plan = fair_split(search, {place[name]: year for name, year in best.start.items()})
    return None if plan is None else Found(plan, float(plan.gain.sum()), best.bound, best.status)


def _rearranged(search: Search, projects: set[int]) -> dict[int, int] | None:
    """Return starts of these projects, or some of them, with which everyone keeps the floor; None where none is found."""
    others = tuple(i for i in range(len(search.case.projects)) if i not in projects)
    found = largest_worst(replace(search, drop=tuple({*search.drop, *others})), None, part=0.1)
    return found.plan.start if found.plan else None


def _pursue(search: Search, objective: str, reference: Found, guess: dict[int, int] | None, risk: Risk | None) -> Found:
    """Solve for the objective; where time ran out or a word came before, the best plan known stands in."""
    if objective == "sum":
        return reference if reference.plan or guess is None else _stand_in(search, objective, guess, reference)
    start = reference.plan.start if reference.plan else guess
    if reference.impossible:
        return reference
    if seconds_left(search) > 0:
        search.tell(objective)
        if objective == "maxmin":
            found = largest_worst(search, start)
        elif objective == "nash":
            found = largest_product(search, start)
        else:
            assert risk is not None
            found = largest_tail(search, start, risk.factors, risk.weight, risk.tail)
        if found.plan is not None or found.impossible or objective == "tail":
            return found
    return _stand_in(search, objective, start, reference) if start is not None and objective != "tail" else reference


def _stand_in(search: Search, objective: str, start: Mapping[int, int], reference: Found) -> Found:
    """Return a known plan, valued for the objective."""
    plan = fair_split(search, start)
    if plan is None:
        return reference
    status = "interrupted" if search.stop() else "time limit"
    return Found(plan, worth_of(objective, plan.gain, search.disagreement), np.inf, status)


def _tightest(search: Search, objective: str, found: Found, reference: Found) -> float:
    """Return the tightest known bound: neither worst nor geometric mean exceeds the mean of the gains above disagreement."""
    total = min(reference.bound, _plain_bound(search))
    if not np.isfinite(reference.bound):
        total = min(total, sum_relaxed(search))
    if objective == "sum":
        return max(min(found.bound, total), found.objective)
    if objective == "tail":
        return max(found.bound, found.objective)
    mean = (total - float(search.disagreement.sum())) / len(search.case.partners)
    return max(min(found.bound, mean), found.objective)


def _plain_bound(search: Search) -> float:
    """Return the sum of what each project brings at its best and of all synergies that help."""
    case = search.case
    best = [benefit.sum(axis=1) - cost @ case.discount for benefit, cost in zip(case.benefit, case.cost, strict=True)]
    bonus = sum(max(float(value.max(initial=0)), 0.0) for _, _, _, value in case.bonus)
    return sum(max(float(value.max(initial=0)), 0.0) for value in best) + bonus


def _nothing(search: Search, found: Found) -> InfeasibleError:
    if found.impossible:
        reason = why_none(search)
        return InfeasibleError(
            reason.sentence, {"reason": reason.sentence, "binding": list(reason.binding), **reason.numbers}
        )
    sentence = (
        f"no programme was found before the search ended ({found.status}); give it more time (time_limit_s), "
        "accept a wider gap, or lift the floor"
    )
    return InfeasibleError(sentence, {"reason": sentence, "binding": ["time"], "status": found.status})
