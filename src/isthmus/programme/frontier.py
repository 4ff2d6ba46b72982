"""The frontier of two partners' gains: the most that one can gain for each gain of the other."""

import numpy as np
import pandas as pd

from isthmus.programme.fairness import most_for
from isthmus.programme.schedule import Schedule, relative_gap
from isthmus.programme.search import Search, seconds_left
from isthmus.programme.solver import Stop, never
from isthmus.programme.terms import terms


def frontier(
    result: Schedule, points: int = 7, *, partners: tuple[str, str] | None = None, stop: Stop = never
) -> pd.DataFrame:
    """Return points of the frontier of two partners' gains (:eq:`programme-frontier`).

    From the plan best for the first partner to the plan best for the second, in equal steps of the second's gain.
    Points that another one equals or exceeds for both partners are left out.

    Parameters
    ----------
    partners
        The two partners; the first two of the budgets by default. Others keep their floor.

    Returns
    -------
    DataFrame
        point, a column `gain_PARTNER` a partner, gap (of the first partner's gain at that point), projects.
    """
    names = result.partners
    a, b = (names.index(name) for name in (partners or names[:2]))
    search = Search(
        terms(result.candidates, result.budget, result.settings), result.settings, result.disagreement, stop=stop
    )
    start = {i: result.start[p.id] for i, p in enumerate(result.candidates.projects) if p.id in result.start}
    part = 1.0 / max(points, 1)
    ends = [most_for(search, one, other, -np.inf, start, part) for one, other in ((a, b), (b, a))]
    found = [one for one in ends if one.plan is not None]
    if len(found) == 2:
        low, high = (float(one.plan.gain[b]) for one in found if one.plan is not None)
        steps = np.linspace(low, high, points)[1:-1]
        found += [most_for(search, a, b, float(least), start, part) for least in steps if seconds_left(search) > 0]
    rows = []
    for one in found:
        if one.plan is not None:
            chosen = [result.candidates.projects[i].id for i in sorted(one.plan.start)]
            gap = relative_gap(one.objective, one.bound, search.case.unit)
            gains = {f"gain_{name}": float(one.plan.gain[j]) for j, name in enumerate(names)}
            rows.append({**gains, "gap": gap, "projects": ";".join(chosen)})
    return efficient(pd.DataFrame(rows), f"gain_{names[a]}", f"gain_{names[b]}")


def efficient(frame: pd.DataFrame, a: str, b: str) -> pd.DataFrame:
    """Keep points that no other one equals or exceeds for both columns, numbered in the order of the second."""
    frame = frame.drop(columns="point", errors="ignore")
    if frame.empty:
        return frame.assign(point=[])
    ordered = frame.sort_values([b, a], ascending=False, kind="stable")
    best, kept = -np.inf, []
    for position in range(len(ordered)):
        value = float(ordered[a].iloc[position])
        if value > best + 1e-9 * max(abs(value), 1):
            kept.append(position)
            best = value
    chosen = ordered.iloc[kept[::-1]].reset_index(drop=True)
    chosen.insert(0, "point", range(1, len(chosen) + 1))
    return chosen
