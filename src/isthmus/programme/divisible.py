"""What single projects are worth to a programme where projects may be done in part: quick, and without a search's tolerance.

A search that ends within one percent of the best cannot tell two programmes apart that differ by less, and most projects are
worth less than one percent of the whole. With divisible projects the best programme is a linear programme, solved to the end
in milliseconds; its value is above that of whole projects, and differences between two such values are meaningful however
small they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
import pandas as pd

from isthmus.programme.constraints import Layout, write_constraints
from isthmus.programme.model import finish
from isthmus.programme.objectives import hold_floor, total_gain
from isthmus.programme.schedule import Schedule
from isthmus.programme.search import SLACK
from isthmus.programme.solver import linear_solver
from isthmus.programme.terms import ProgrammeTerms, terms

Bounds = tuple[float, float]
NO_PROJECT: Bounds = (0.0, 0.0)
WHOLE: Bounds = (1.0, 1.0)
ANY: Bounds = (0.0, 1.0)
CHOSEN, LOSES, EXCLUDED, WAITS, CROWDED = "chosen", "loses", "excluded", "waits", "crowded"


@dataclass(frozen=True, eq=False)
class Divisible:
    """A programme's model with divisible projects, kept in the solver so that the next question starts from the last answer."""

    case: ProgrammeTerms
    layout: Layout
    highs: highspy.Highs

    def most(self, limits: Mapping[int, Bounds]) -> float:
        """Return the largest sum of gains when the part done of some projects is limited, in money; nan where impossible."""
        last = {i: steps[-1] for i, steps in self.layout.step.items()}
        for i, (low, high) in limits.items():
            self.highs.changeColBounds(last[i], low, high)
            if high < 1:
                for column in self.layout.step[i][:-1]:
                    self.highs.changeColBounds(column, 0.0, high)
        self.highs.run()
        solved = self.highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        value = float(self.highs.getInfo().objective_function_value) * self.layout.unit if solved else float("nan")
        for i in limits:
            for column in self.layout.step[i]:
                self.highs.changeColBounds(column, 0.0, 1.0)
        return value


def divisible(result: Schedule, *, floor: bool = True) -> Divisible:
    """Return the model of a programme with divisible projects and the sum of gains as its objective."""
    case = terms(result.candidates, result.budget, result.settings)
    draft, layout = write_constraints(case, range(len(case.partners)))
    if floor and result.settings.floor == "disagreement":
        hold_floor(draft, layout, result.disagreement - SLACK * layout.unit)
    return Divisible(case, layout, linear_solver(finish(draft, total_gain(layout))))


def part_values(result: Schedule) -> pd.DataFrame:
    """Return what the sum of gains loses without each project, and what it loses when each one has to be done.

    Columns: project, regret (against the programme with it, nothing for a project that is not wanted), needed (what it would
    have to bring more, or cost less, to be done as a whole; empty where it cannot be).
    """
    model = divisible(result)
    best = model.most({})
    rows = []
    for i, project in enumerate(model.case.projects):
        regret = best - model.most({i: NO_PROJECT}) if i in model.layout.step else 0.0
        needed = best - model.most({i: WHOLE}) if i in model.layout.step else np.nan
        rows.append((project.id, max(regret, 0.0), max(needed, 0.0) if np.isfinite(needed) else np.nan))
    return pd.DataFrame(rows, columns=["project", "regret", "needed"])


def order_of_adding(result: Schedule, most: int | None = None) -> pd.DataFrame:
    """Return the order in which chosen projects would be added one at a time, each time the one that then brings most.

    Dates and payers of all added so far are chosen anew each time; the floor, which the first few could not keep, is left out.

    Columns: place, project, total (sum of gains so far), added.
    """
    model = divisible(result, floor=False)
    place = {project.id: i for i, project in enumerate(model.case.projects)}
    waiting = [place[name] for name in result.start]
    barred = dict.fromkeys(model.layout.step, NO_PROJECT)
    rows: list[tuple[int, str, float, float]] = []
    total = model.most(barred)
    while waiting and (most is None or len(rows) < most):
        trials = [model.most({**barred, i: ANY}) for i in waiting]
        best = int(np.nanargmax(trials))
        rows.append((len(rows) + 1, model.case.projects[waiting[best]].id, trials[best], trials[best] - total))
        total = trials[best]
        barred[waiting.pop(best)] = ANY
    return pd.DataFrame(rows, columns=["place", "project", "total", "added"])


def frontier_bound(result: Schedule, points: int) -> pd.DataFrame:
    """Return points that no programme goes beyond: the most the first partner gains for each gain of the second.

    Columns: point, partner, gain. The others keep their floor.
    """
    model = divisible(result)
    a, b = (model.layout.gain[j] for j in model.layout.members[:2])
    found = [_at(model, {a: 1.0, b: 1e-6}, b, -np.inf), _at(model, {b: 1.0, a: 1e-6}, b, -np.inf)]
    steps = np.linspace(found[0][1], found[1][1], points)[1:-1]
    found += [_at(model, {a: 1.0, b: 1e-6}, b, float(least)) for least in steps]
    ordered = sorted((first, second) for first, second in found if np.isfinite(first))
    names = [model.case.partners[j] for j in model.layout.members[:2]]
    rows = [
        (number, name, gain)
        for number, pair in enumerate(ordered, start=1)
        for name, gain in zip(names, pair, strict=True)
    ]
    return pd.DataFrame(rows, columns=["point", "partner", "gain"])


def _at(model: Divisible, objective: Mapping[int, float], held: int, least: float) -> tuple[float, float]:
    """Return the first two gains, in money, at the best of an objective where the gain of one partner is at least so much."""
    highs, unit = model.highs, model.layout.unit
    for column in model.layout.gain.values():
        highs.changeColCost(column, objective.get(column, 0.0))
    low, high = float(highs.getLp().col_lower_[held]), float(highs.getLp().col_upper_[held])
    highs.changeColBounds(held, max(low, least / unit - SLACK), high)
    highs.run()
    solved = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    values = highs.getSolution().col_value
    highs.changeColBounds(held, low, high)
    gains = [float(values[model.layout.gain[j]]) * unit if solved else float("nan") for j in model.layout.members[:2]]
    return gains[0], gains[1]


def reasons(result: Schedule, valued: Sequence[float]) -> list[str]:
    """Return why each project is not in the programme: "chosen", or the first of the reasons that holds.

    ``loses``: alone it brings less than it costs; ``excluded``: a chosen one excludes it; ``waits``: what it requires is not
    done; ``crowded``: money or crews are better used elsewhere.

    Parameters
    ----------
    valued
        Value of each project by itself at its best start, in money.
    """
    found = []
    for project, value in zip(result.candidates.projects, valued, strict=True):
        barred = {p.id for p in result.candidates.projects if project.id in p.excludes} | set(project.excludes)
        if project.id in result.start:
            found.append(CHOSEN)
        elif value <= 0:
            found.append(LOSES)
        elif barred & set(result.start):
            found.append(EXCLUDED)
        elif set(project.requires) - set(result.start):
            found.append(WAITS)
        else:
            found.append(CROWDED)
    return found
