"""Where a welfare change comes from: terms of trade, volume of trade, technology, deficit; evaluated in three ways.

The split is exact as a differential (:eq:`first-order`). For a large shock it depends on where it is evaluated, so the three
evaluations stand side by side: integrated along the path of the shock, once with logs at the baseline, and with simple
changes (x_hat - 1) at the baseline as published tables have it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from isthmus.core.axes import Array
from isthmus.equilibrium.hat import Solution, ln_cost, trade
from isthmus.equilibrium.scenario import Changes

PARTS = ("tot", "vot", "deficit", "technology")


@dataclass(frozen=True)
class Split:
    """Parts of 100 d ln W by economy, shape (N,) each, keyed by `PARTS`."""

    parts: dict[str, Array]

    @property
    def total(self) -> Array:
        """Sum of the parts."""
        total: Array = np.sum([self.parts[name] for name in PARTS], axis=0)
        return total


@dataclass(frozen=True)
class _State:
    """What the differential needs of one point: exports before tariff, tariff factors, values and logs."""

    E: Array
    tau: Array
    Y: Array
    wages: Array
    income: Array
    D: Array
    ln_c: Array
    ln_kappa: Array
    ln_bundle: Array
    ln_A: Array
    beta: Array
    chain: Array


Change = Callable[[Array, Array], Array]


def path_split(changes: Changes, ends: Callable[[float], Solution], steps: int = 40) -> Split:
    """Integrate the differential along the shock in `steps` midpoint steps.

    Parameters
    ----------
    changes
        The whole shock.
    ends
        Gives the solution at a share (0 to 1) of the shock; called at step ends and midpoints in ascending order.
    """
    total: dict[str, Array | float] = dict.fromkeys(PARTS, 0.0)
    before = _state(ends(0.0), changes.at(0.0))
    for k in range(steps):
        middle = ends((k + 0.5) / steps)
        after_solution = ends((k + 1) / steps)
        at = _state(middle, changes.at((k + 0.5) / steps))
        after = _state(after_solution, changes.at((k + 1) / steps))
        part = _differential(at, before, after, _technology(before, after, middle, _log_change), _log_change)
        total = {name: total[name] + part[name] for name in PARTS}
        before = after
    return Split({name: np.asarray(value, dtype=float) for name, value in total.items()})


def once_split(changes: Changes, start: Solution, end: Solution) -> dict[str, Split]:
    """Evaluate the differential once at the baseline: ``log`` with log changes, ``published`` with x_hat - 1."""
    before, after = _state(start, changes.at(0.0)), _state(end, changes)
    return {
        name: Split(_differential(before, before, after, _technology(before, after, start, change), change))
        for name, change in (("log", _log_change), ("published", _simple_change))
    }


def _state(solution: Solution, changes: Changes) -> _State:
    system, swept = solution.system, solution.sweep
    model = system.model
    kappa, tau = np.zeros_like(model.tau), model.tau.copy()
    kappa.reshape(-1)[changes.cells] = changes.ln_cost
    tau.reshape(-1)[changes.cells] = np.exp(changes.ln_tariff)
    _, exports = trade(solution)
    wages = np.exp(solution.ln_v) * system.bundle * model.VA
    return _State(
        exports,
        tau,
        exports.sum(axis=2),
        wages,
        swept.I,
        swept.D,
        ln_cost(system, solution.ln_v, solution.ln_P),
        kappa,
        np.log(system.bundle),
        system.ln_productivity,
        system.beta,
        system.chain,
    )


def _technology(before: _State, after: _State, at: Solution, change: Change) -> Array:
    """Return the change of technology between two points, (S, N).

    It is d ln A, less what moving the Cobb-Douglas shares (input requirements) costs at the prices of `at`.
    """
    shift = change(before.ln_A, after.ln_A)
    if after.chain is before.chain:
        return shift
    shares: Array = (after.beta - before.beta) * at.ln_v
    inputs = np.matmul(at.ln_P.T[:, None, :], after.chain - before.chain)[:, 0, :].T
    moved: Array = shift - shares - inputs
    return moved


def _differential(at: _State, before: _State, after: _State, shift: Array, change: Change) -> dict[str, Array]:
    """Return 100 times the parts of d ln W with coefficients at one point and changes between two."""
    n = at.income.size
    abroad = 1 - np.eye(n)
    own = np.arange(n)
    dc = change(before.ln_c, after.ln_c)
    delivered = change(before.ln_c[:, :, None] + before.ln_kappa, after.ln_c[:, :, None] + after.ln_kappa)
    exports = ((at.E * abroad).sum(axis=2) * dc).sum(axis=0)
    imports = np.einsum("jin,jin->n", at.E * abroad, delivered)
    traded = (before.E > 0) & (after.E > 0)
    ratio = np.where(traded, after.E, 1.0) / np.where(traded, before.E, 1.0)
    d_value = change(np.zeros_like(ratio), np.log(ratio))
    volume = np.einsum("jin,jin->n", (at.tau - 1) * at.E * abroad, d_value - delivered)
    d_home = change(before.ln_kappa[:, own, own], after.ln_kappa[:, own, own])
    technology = (at.Y * shift - at.E[:, own, own] * d_home).sum(axis=0)
    technology = technology + at.wages * change(before.ln_bundle, after.ln_bundle)
    parts = {"tot": exports - imports, "vot": volume, "deficit": after.D - before.D, "technology": technology}
    return {name: 100 * value / at.income for name, value in parts.items()}


def _log_change(before: Array, after: Array) -> Array:
    return after - before


def _simple_change(before: Array, after: Array) -> Array:
    simple: Array = np.expm1(after - before)
    return simple
