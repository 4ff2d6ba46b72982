"""What each part of each lever does alone, over the years: solved exactly once, added and scaled in every draw.

A part is what changes size as one: the shocks of one kind of one effect. Each is solved alone at central numbers, and so is
one more percent of capital in every economy. A part that acts for one year moves what is observed in that year and, through
the capital that its return builds, in later ones (:eq:`lever-kernel`). In a draw the logarithm of what was observed is scaled
by the part's size there over its central size and by its degree, and parts and years are added. What this leaves out is of
second order in the size of the parts; `study.value` measures it against exact solves.
"""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from isthmus.core.axes import Array
from isthmus.equilibrium.scenario import Scenario, resolve
from isthmus.equilibrium.solve import Problem, Settings, find
from isthmus.equilibrium.state import State
from isthmus.levers.change import Number
from isthmus.levers.facts import WorldFacts
from isthmus.levers.lever import Lever
from isthmus.levers.shocks import lever_parts, part_sizes
from isthmus.levers.ways import limited

Key = tuple[str, int, str]
"""Lever, position of the effect, kind of shock."""

CAPITAL_STEP = 0.01
"""Logarithmic change of capital at which its effect is measured."""

Observe = Callable[[State], Array]


@dataclass(frozen=True, kw_only=True)
class Responses:
    """Observed logarithmic changes of each part of each lever, solved alone.

    Attributes
    ----------
    levers
        In the order of `lever_of`.
    keys
        (lever, effect, kind) of each part.
    lever_of
        Position of each part's lever.
    sizes
        Central size of each part.
    observed, returns
        What each part does to the quantities observed, (part, quantity), and to the return on capital, (part, economy).
    capital_observed, capital_returns
        The same of one log point of capital in each economy; empty where the path was not asked for.
    """

    levers: tuple[Lever, ...]
    keys: tuple[Key, ...]
    lever_of: tuple[int, ...]
    sizes: Array
    observed: Array
    returns: Array
    capital_observed: Array
    capital_returns: Array


def respond(
    problem: Problem,
    levers: Sequence[Lever],
    parameters: Mapping[str, float],
    facts: WorldFacts,
    observe: Observe,
    settings: Settings | None = None,
    *,
    path: bool = False,
) -> Responses:
    """Solve every part of every lever alone at full degree, and with `path` a little more capital in every economy.

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
    keys: list[Key] = []
    sizes, lever_of, observed, returns = [], [], [], []
    for position, lever in enumerate(levers):
        central = part_sizes(lever, parameters, facts)
        for part, shocks in lever_parts(lever, parameters, facts).items():
            changes = limited(resolve(Scenario(shocks), problem.baseline), facts.standing.ways, parameters)
            state = find(problem, changes, settings=settings)
            keys.append((lever.id, *part))
            lever_of.append(position)
            sizes.append(float(central[part]))
            observed.append(observe(state))
            returns.append(state.welfare.ln_return)
    grown = _capital(problem, observe, settings) if path else (np.zeros((0, 0)), np.zeros((0, 0)))
    return Responses(
        levers=tuple(levers),
        keys=tuple(keys),
        lever_of=tuple(lever_of),
        sizes=np.array(sizes),
        observed=np.array(observed),
        returns=np.array(returns),
        capital_observed=grown[0],
        capital_returns=grown[1],
    )


def scales(responses: Responses, parameters: Mapping[str, Number], facts: WorldFacts) -> Array:
    """Return the size of every part over its central size, (part,) or (draw, part) where numbers are arrays over draws."""
    found: dict[Key, Number] = {}
    for lever in responses.levers:
        found |= {(lever.id, *part): size for part, size in part_sizes(lever, parameters, facts).items()}
    columns = [
        np.asarray(found.get(key, 0.0)) / size if size else np.zeros(())
        for key, size in zip(responses.keys, responses.sizes, strict=True)
    ]
    return np.stack(np.broadcast_arrays(*columns), axis=-1) if columns else np.zeros(0)


def by_lever(
    responses: Responses, parameters: Mapping[str, float], facts: WorldFacts, degrees: Mapping[str, float] | None = None
) -> Array:
    """Return logarithmic changes by (lever, quantity) at the numbers of a draw; degrees are 1 unless given."""
    effects = np.zeros((len(responses.levers), responses.observed.shape[1]))
    scaled = responses.observed * scales(responses, parameters, facts)[:, None]
    np.add.at(effects, np.array(responses.lever_of, dtype=int), scaled)
    if degrees is not None:
        effects *= np.array([degrees.get(lever.id, 0.0) for lever in responses.levers])[:, None]
    return effects


def kernel(responses: Responses, years: int, depreciation: float, capital_ratio: float = 1.0) -> Array:
    """Return what a part that acts in one year alone does in that year and in later ones, (year, part, quantity).

    Parameters
    ----------
    depreciation
        delta of the law of capital (:eq:`accumulation`).
    capital_ratio
        Share of capital over the share the responses were solved with.
    """
    found = np.zeros((years, *responses.observed.shape))
    found[0] = responses.observed
    ln_K = depreciation * responses.returns
    for year in range(1, years):
        built = ln_K * capital_ratio
        found[year] = built @ responses.capital_observed
        ln_K = (1 - depreciation) * ln_K + depreciation * (built @ responses.capital_returns)
    return found


def kernel_and_rest(responses: Responses, years: int, depreciation: float, capital_ratio: float = 1.0) -> Array:
    """Return `kernel`, and behind its years what a part does once capital has followed it for good, (year + 1, part, quantity).

    Capital rests where it equals the return on it: ln K = returns + ln K C with the returns C of capital itself.
    """
    held = np.eye(responses.capital_returns.shape[0]) - capital_ratio * responses.capital_returns
    ln_K = np.linalg.solve(held.T, responses.returns.T).T
    rest = responses.observed + capital_ratio * ln_K @ responses.capital_observed
    return np.concatenate([kernel(responses, years, depreciation, capital_ratio), rest[None]])


def _capital(problem: Problem, observe: Observe, settings: Settings | None) -> tuple[Array, Array]:
    """Solve a little more capital in every economy, one after the other."""
    empty = resolve(Scenario(), problem.baseline)
    observed, returns = [], []
    for economy in range(problem.baseline.income.size):
        ln_K = np.zeros(problem.baseline.income.size)
        ln_K[economy] = CAPITAL_STEP
        changes = dataclasses.replace(empty, ln_capital=ln_K)
        state = find(problem, changes, settings=settings)
        observed.append(observe(state) / CAPITAL_STEP)
        returns.append(state.welfare.ln_return / CAPITAL_STEP)
    return np.array(observed), np.array(returns)
