"""A plan as the solver has it: which project starts when, and who pays what; from and to the columns of a model."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from isthmus.programme.constraints import Layout
from isthmus.programme.terms import ProgrammeTerms


@dataclass(frozen=True, eq=False)
class Plan:
    """Start year by position of the project; contributions (project, partner, year); gains by partner, in money."""

    start: dict[int, int]
    contribution: np.ndarray
    gain: np.ndarray


def chosen_starts(case: ProgrammeTerms, layout: Layout, values: np.ndarray) -> dict[int, int]:
    """Return the start years that a solution means."""
    start = {}
    for i, steps in layout.step.items():
        begun = np.flatnonzero(values[steps] > 0.5)
        if len(begun):
            start[i] = int(case.starts[i][begun[0]])
    return start


def fixed_steps(case: ProgrammeTerms, layout: Layout, start: Mapping[int, int]) -> dict[int, float]:
    """Return the values of all steps of a plan."""
    fixed = {}
    for i, steps in layout.step.items():
        begun = start.get(i, np.inf)
        fixed.update({column: float(t >= begun) for column, t in zip(steps, case.starts[i], strict=True)})
    return fixed


def read_plan(case: ProgrammeTerms, layout: Layout, values: np.ndarray) -> Plan:
    """Return the plan of a solution; what a group pays together is handed down to projects in proportion to their cost."""
    start = chosen_starts(case, layout, values)
    cost = np.zeros((len(case.projects), len(case.years)))
    for i, year in start.items():
        cost[i] = case.cost[i][year - case.starts[i][0]]
    contribution = np.zeros((len(case.projects), len(case.partners), len(case.years)))
    total: dict[tuple[tuple[int, ...], bool], np.ndarray] = {}
    for i in start:
        group = (layout.paid_by[i], bool(case.projects[i].sides))
        total[group] = total.get(group, 0) + cost[i]
    for i in start:
        who = layout.paid_by[i]
        group = (who, bool(case.projects[i].sides))
        if len(who) == 1:
            contribution[i, who[0]] = cost[i]
            continue
        for j in who:
            for y in np.flatnonzero(cost[i]):
                paid = max(values[layout.share[group, j, int(y)]], 0.0) * layout.unit
                contribution[i, j, y] = paid * cost[i, y] / total[group][y]
    gain = np.full(len(case.partners), np.nan)
    gain[list(layout.members)] = values[[layout.gain[j] for j in layout.members]] * layout.unit
    return Plan(start, contribution, gain)
