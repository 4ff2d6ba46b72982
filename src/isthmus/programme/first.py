"""Which projects first: value for money, the order of adding, regret, the latest useful start, the best one left out."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from isthmus.core.errors import InfeasibleError
from isthmus.programme.project import Budget, Candidates, ProgrammeSettings
from isthmus.programme.schedule import Schedule, schedule
from isthmus.programme.solver import Stop, never
from isthmus.programme.terms import terms


def value_for_money(candidates: Candidates, budget: Budget, settings: ProgrammeSettings) -> pd.DataFrame:
    """Return what each project brings each partner for its cost, done at the best time for all together.

    Columns: project, partner ("all" for the sum), start, cost_pv (of the whole project), benefit_pv, per_dollar
    (benefit_pv / cost_pv), years (counted from completion to the horizon), per_dollar_year.
    """
    case = terms(candidates, budget, settings)
    rows = []
    for i, project in enumerate(case.projects):
        cost = case.cost[i] @ case.discount
        best = int(np.argmax(case.benefit[i].sum(axis=1) - cost))
        start = int(case.starts[i][best])
        years = max(settings.horizon - start - project.build_years + 1, 0)
        values = {**dict(zip(case.partners, case.benefit[i][best], strict=True)), "all": case.benefit[i][best].sum()}
        for partner, value in values.items():
            per_dollar = float(value / cost[best]) if cost[best] > 0 else np.nan
            rows.append(
                {
                    "project": project.id, "partner": partner, "start": start, "cost_pv": float(cost[best]),
                    "benefit_pv": float(value), "per_dollar": per_dollar, "years": years,
                    "per_dollar_year": per_dollar / years if years else np.nan,
                }
            )  # fmt: skip
    return pd.DataFrame(rows)


def adding_order(result: Schedule, most: int | None = None, stop: Stop = never) -> pd.DataFrame:
    """Return the order in which the chosen projects would be added one at a time, each time the one that helps most.

    Every trial is solved anew with only the projects added so far and the one on trial, at the objective of `result` but
    without its floor, which the first few could not keep; a project is tried only once those it requires are in. Of equal
    trials the one with the larger sum of gains goes first.

    Columns: place, project, objective, added.
    """
    bare = replace(result, settings=replace(result.settings, floor="none"))
    chosen, everyone = list(result.start), [project.id for project in result.candidates.projects]
    needs = {project.id: set(project.requires) for project in result.candidates.projects}
    added: list[str] = []
    rows, before = [], _worth(bare, drop=everyone, stop=stop)[0]
    while len(added) < min(most or len(chosen), len(chosen)) and not stop():
        trials = {}
        for name in chosen:
            if name not in added and needs[name] <= set(added):
                drop = [one for one in everyone if one not in added and one != name]
                trials[name] = _worth(bare, drop=drop, stop=stop)
        best = max(trials, key=lambda name: trials[name])
        added.append(best)
        rows.append((len(added), best, trials[best][0], trials[best][0] - before))
        before = trials[best][0]
    return pd.DataFrame(rows, columns=["place", "project", "objective", "added"])


def regret(result: Schedule, projects: Sequence[str] | None = None, stop: Stop = never) -> pd.DataFrame:
    """Return what the objective loses when a chosen project may not be done and the rest is chosen anew.

    Where the rest alone cannot keep the floor, nothing is left and the whole objective is the regret.

    Columns: project, objective, regret, regret_share (of the objective of `result`).
    """
    rows = []
    for name in result.start if projects is None else projects:
        if stop():
            break
        without = _worth(result, drop=[name], stop=stop)[0]
        loss = result.objective - without
        rows.append((name, without, loss, loss / result.objective if result.objective else np.nan))
    return pd.DataFrame(rows, columns=["project", "objective", "regret", "regret_share"])


def latest_useful_start(result: Schedule) -> pd.DataFrame:
    """Return the last year in which each chosen project could start and still bring more than it costs.

    Other starts stay as they are, as do budgets: what is shown is the value of time, not whether money is free in that year.
    Synergies with other chosen projects and projects that wait for this one count: where a follower could no longer start
    in its year, the start is not useful. Empty where no start is.

    Columns: project, start, latest_useful, value_then.
    """
    case = terms(result.candidates, result.budget, result.settings)
    place = {project.id: i for i, project in enumerate(case.projects)}
    rows = []
    for name, start in result.start.items():
        i = place[name]
        cost = case.cost[i] @ case.discount
        value = case.benefit[i].sum(axis=1) - cost
        value = value + [_bonus(result, case.bonus, place, name, int(t)) for t in case.starts[i]]
        followers = [result.start[p.id] for p in case.projects if name in p.requires and p.id in result.start]
        last = min(followers, default=np.inf) - case.projects[i].build_years
        useful = np.flatnonzero((value > 0) & (case.starts[i] <= last))
        rows.append(
            (
                name, start, int(case.starts[i][useful[-1]]) if len(useful) else None,
                float(value[useful[-1]]) if len(useful) else np.nan,
            )
        )  # fmt: skip
    return pd.DataFrame(rows, columns=["project", "start", "latest_useful", "value_then"]).astype(
        {"latest_useful": "Int64"}
    )


def rejected(result: Schedule, stop: Stop = never) -> pd.DataFrame:
    """Return what it would take to bring in each project that was left out, the closest first.

    Each is forced in and the rest chosen anew: `needed` is what the objective loses then, which is what the project would have
    to bring more, or cost less, in base-year money (for "sum"). Where it cannot be forced in, `held_by` says why.

    Columns: project, objective, needed, needed_share_of_cost, held_by.
    """
    rows = []
    value = value_for_money(result.candidates, result.budget, result.settings).set_index(["project", "partner"])
    for project in result.candidates.projects:
        if project.id in result.start or stop():
            continue
        cost = float(value.loc[(project.id, "all"), "cost_pv"])  # type: ignore[arg-type]
        try:
            other = _again(result, force=(project.id,), stop=stop).objective
        except InfeasibleError as error:
            rows.append((project.id, np.nan, np.nan, np.nan, str(error)))
            continue
        needed = max(result.objective - other, 0.0)
        rows.append((project.id, other, needed, needed / cost if cost > 0 else np.nan, ""))
    columns = ["project", "objective", "needed", "needed_share_of_cost", "held_by"]
    return pd.DataFrame(rows, columns=columns).sort_values("needed", kind="stable", ignore_index=True)


def _again(result: Schedule, *, drop: Sequence[str] = (), force: Sequence[str] = (), stop: Stop = never) -> Schedule:
    """Solve again without some projects, or with some forced in; what each can do alone stays as it was."""
    settings = replace(result.settings, gap=min(result.settings.gap, 1e-4))
    return schedule(
        result.candidates, result.budget, settings, objective=result.objective_name, drop=tuple(drop),
        force=tuple(force), alone=result.disagreement, stop=stop,
    )  # fmt: skip


def _worth(result: Schedule, *, drop: Sequence[str], stop: Stop) -> tuple[float, float]:
    """Return objective and sum of gains without some projects; nothing where the floor cannot be kept then."""
    try:
        other = _again(result, drop=drop, stop=stop)
    except InfeasibleError:
        return 0.0, 0.0
    return other.objective, float(other.valued.gain.sum())


def _bonus(
    result: Schedule, bonus: Sequence[tuple[int, int, int, np.ndarray]], place: dict[str, int], name: str, start: int
) -> float:
    """Return the synergies of a project with the other chosen ones when it starts in a year."""
    candidates, first = result.candidates, int(result.valued.years[0])
    done = {place[other]: year + candidates.projects[place[other]].build_years for other, year in result.start.items()}
    done[place[name]] = start + candidates.projects[place[name]].build_years
    total = 0.0
    for a, b, _, value in bonus:
        if place[name] in (a, b) and a in done and b in done:
            at = max(done[a], done[b]) - first
            total += float(value[at]) if at < len(value) else 0.0
    return total
