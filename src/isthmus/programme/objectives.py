"""What a programme may be chosen for: the sum of gains, the worst gain, the product of gains, a frontier, risk.

Each function adds what it needs to a draft and returns the expression to be maximised. Money is in the draft's unit.
"""

import numpy as np

from isthmus.programme.constraints import Layout
from isthmus.programme.model import Draft, Linear, add_column, add_row, add_to, step_terms
from isthmus.programme.terms import ProgrammeTerms


def total_gain(layout: Layout) -> Linear:
    """Return the sum of the gains of all members (:eq:`programme-gains`)."""
    return dict.fromkeys(layout.gain.values(), 1.0)


def hold_floor(draft: Draft, layout: Layout, floor: np.ndarray) -> None:
    """Let no member end below its floor, given by partner in money."""
    for j, column in layout.gain.items():
        name, _, upper, whole = draft.columns[column]
        draft.columns[column] = (name, float(floor[j] / layout.unit), upper, whole)


def worst_gain(draft: Draft, layout: Layout, disagreement: np.ndarray) -> Linear:
    """Return the smallest gain above disagreement (:eq:`programme-maxmin`)."""
    least = add_column(draft, "worst gain", -np.inf)
    for j, column in layout.gain.items():
        add_row(draft, f"worst {j}", {column: 1.0, least: -1.0}, lower=float(disagreement[j] / layout.unit))
    return {least: 1.0}


def log_gains(draft: Draft, layout: Layout, disagreement: np.ndarray, points: dict[int, list[float]]) -> Linear:
    """Return the sum of logarithms of gains above disagreement, each below its tangents at `points` (:eq:`programme-nash`)."""
    objective: Linear = {}
    for j, column in layout.gain.items():
        log = add_column(draft, f"log gain {j}", -np.inf)
        for at in points[j]:
            rhs = np.log(at) - 1.0 - disagreement[j] / layout.unit / at
            add_row(draft, f"tangent {j} {at:.4g}", {log: 1.0, column: -1.0 / at}, upper=float(rhs))
        objective[log] = 1.0
    return objective


def tail_and_mean(
    draft: Draft, layout: Layout, case: ProgrammeTerms, factors: np.ndarray, *, weight: float, tail: float
) -> Linear:
    """Return the mean of the total gain over scenarios, mixed with its mean in the worst of them (:eq:`programme-cvar`).

    Parameters
    ----------
    factors
        What benefits are multiplied by (scenario, project, partner).
    weight
        Weight of the tail, 0 to 1.
    tail
        Share of scenarios that count as the worst.
    """
    count = len(factors)
    threshold = add_column(draft, "tail threshold", -np.inf)
    objective: Linear = {threshold: weight}
    for s in range(count):
        total = total_gain(layout)
        for i, steps in layout.step.items():
            change = case.benefit[i][:, layout.members] @ (factors[s, i, layout.members] - 1.0) / layout.unit
            add_to(total, step_terms(steps, change))
        add_to(objective, total, (1 - weight) / count)
        short = add_column(draft, f"shortfall {s}")
        row: Linear = {short: 1.0, threshold: -1.0}
        add_to(row, total)
        add_row(draft, f"shortfall {s}", row, lower=0.0)
        objective[short] = -weight / (count * tail)
    return objective
