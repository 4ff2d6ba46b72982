"""What each lever does alone: exact solves of its parts at central numbers, scaled to the numbers of each draw.

A part is what changes size as one: the shocks of one kind of one effect. At central numbers it is solved exactly. In
a draw the logarithm of what was observed is scaled by the part's size there over its central size, and parts are
added. The error is of second order in the size of a part; the response itself keeps the central elasticities.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from isthmus.core.axes import Array
from isthmus.equilibrium.hat import Solution
from isthmus.equilibrium.scenario import Scenario, resolve
from isthmus.equilibrium.solve import Problem, Settings, find
from isthmus.levers.lever import Lever, WorldFacts, lever_parts, part_size


@dataclass(frozen=True)
class Responses:
    """Observed logarithmic changes of each part of each lever, solved alone.

    Attributes
    ----------
    levers
        In the order of the rows of `by_lever`.
    keys
        (lever, effect, kind) of each part.
    sizes
        Central size of each part.
    observed
        (part, quantity).
    """

    levers: tuple[Lever, ...]
    keys: tuple[tuple[str, int, str], ...]
    sizes: Array
    observed: Array


def respond(
    problem: Problem,
    levers: Sequence[Lever],
    parameters: Mapping[str, float],
    facts: WorldFacts,
    observe: Callable[[Solution], Array],
    settings: Settings | None = None,
) -> Responses:
    """Solve every part of every lever alone at full degree.

    Parameters
    ----------
    problem
        A world without shocks (`solve.pose` of an empty scenario): closure and numéraire are its.
    observe
        Logarithms of the quantities of interest in a solution, zero without a shock.

    Raises
    ------
    NotConvergedError
        If a part cannot be solved.
    """
    keys, sizes, rows = [], [], []
    for lever in levers:
        for (effect, kind), shocks in lever_parts(lever, parameters, facts).items():
            changes = resolve(Scenario(shocks), problem.baseline)
            solution = find(problem.model, changes, problem.closure, problem.numeraire, settings)
            keys.append((lever.id, effect, kind))
            sizes.append(part_size(shocks, facts))
            rows.append(observe(solution))
    return Responses(tuple(levers), tuple(keys), np.array(sizes), np.array(rows))


def by_lever(
    responses: Responses, parameters: Mapping[str, float], facts: WorldFacts, degrees: Mapping[str, float] | None = None
) -> Array:
    """Return logarithmic changes by (lever, quantity) at the numbers of a draw; degrees are 1 unless given."""
    effects = np.zeros((len(responses.levers), responses.observed.shape[1]))
    place = {lever.id: i for i, lever in enumerate(responses.levers)}
    found: dict[tuple[str, int, str], float] = {}
    for lever in responses.levers:
        degree = 1.0 if degrees is None else degrees.get(lever.id, 0.0)
        if degree > 0:
            for (effect, kind), shocks in lever_parts(lever, parameters, facts, degree).items():
                found[(lever.id, effect, kind)] = part_size(shocks, facts)
    for key, size, observed in zip(responses.keys, responses.sizes, responses.observed, strict=True):
        if size != 0:
            effects[place[key[0]]] += observed * (found.get(key, 0.0) / size)
    return effects
