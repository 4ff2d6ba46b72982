"""Where a welfare change comes from: terms of trade, volume of trade, technology, deficit; evaluated in three ways.

The split is exact as a differential (:eq:`first-order`). For a large shock it depends on where it is evaluated, so the three
evaluations stand side by side: integrated along the path of the shock, once with logs at the baseline, and with simple
changes (x_hat - 1) at the baseline as published tables have it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from isthmus.core.axes import Array
from isthmus.equilibrium.scenario import Changes
from isthmus.equilibrium.state import State

PARTS = ("tot", "vot", "deficit", "technology")


@dataclass(frozen=True)
class Split:
    """Parts of d ln W by economy, shape (N,) each, keyed by `PARTS`."""

    parts: dict[str, Array]

    @property
    def total(self) -> Array:
        """Sum of the parts."""
        total: Array = np.sum([self.parts[name] for name in PARTS], axis=0)
        return total


@dataclass(frozen=True, kw_only=True)
class _Point:
    """What the differential needs of one point beside its state: tariff factors and logs of iceberg costs, (S, N, N)."""

    state: State
    tau: Array
    ln_kappa: Array


Difference = Callable[[Array, Array], Array]


def path_split(changes: Changes, ends: Callable[[float], State], steps: int = 40) -> Split:
    """Integrate the differential along the shock in `steps` midpoint steps.

    Parameters
    ----------
    changes
        The whole shock.
    ends
        Gives the state at a share (0 to 1) of the shock; called at step ends and midpoints in ascending order.
    """
    total: dict[str, Array | float] = dict.fromkeys(PARTS, 0.0)
    before = _point(ends(0.0), changes.at(0.0))
    for k in range(steps):
        middle = _point(ends((k + 0.5) / steps), changes.at((k + 0.5) / steps))
        after = _point(ends((k + 1) / steps), changes.at((k + 1) / steps))
        part = _differential(middle, before, after, _log_change)
        total = {name: total[name] + part[name] for name in PARTS}
        before = after
    return Split({name: np.asarray(value, dtype=float) for name, value in total.items()})


def once_split(changes: Changes, start: State, end: State) -> dict[str, Split]:
    """Evaluate the differential once at the baseline: ``log`` with log changes, ``published`` with x_hat - 1."""
    before, after = _point(start, changes.at(0.0)), _point(end, changes)
    return {
        name: Split(_differential(before, before, after, change))
        for name, change in (("log", _log_change), ("published", _simple_change))
    }


def _point(state: State, changes: Changes) -> _Point:
    kappa, tau = np.zeros_like(state.before.tau), state.before.tau.copy()
    kappa.reshape(-1)[changes.cells] = changes.ln_cost
    tau.reshape(-1)[changes.cells] = np.exp(changes.ln_tariff)
    return _Point(state=state, tau=tau, ln_kappa=kappa)


def _technology(at: State, before: State, after: State, change: Difference) -> Array:
    """Return the change of technology between two points, (S, N).

    It is d ln A, less what moving the Cobb-Douglas shares (input requirements) costs at the prices of `at`.
    """
    shift = change(before.system.ln_productivity, after.system.ln_productivity)
    if after.system.chain is before.system.chain:
        return shift
    shares: Array = (after.system.beta - before.system.beta) * at.ln_v
    inputs = np.matmul(at.ln_P.T[:, None, :], after.system.chain - before.system.chain)[:, 0, :].T
    moved: Array = shift - shares - inputs
    return moved


def _differential(at: _Point, before: _Point, after: _Point, change: Difference) -> dict[str, Array]:
    """Return the parts of d ln W with coefficients at one point and changes between two."""
    here, old, new = at.state, before.state, after.state
    n = here.income.size
    abroad, own = 1 - np.eye(n), np.arange(n)
    E = here.flows
    delivered = change(old.ln_c[:, :, None] + before.ln_kappa, new.ln_c[:, :, None] + after.ln_kappa)
    exports = ((E * abroad).sum(axis=2) * change(old.ln_c, new.ln_c)).sum(axis=0)
    imports = np.einsum("jin,jin->n", E * abroad, delivered)
    traded = (old.flows > 0) & (new.flows > 0)
    ratio = np.where(traded, new.flows, 1.0) / np.where(traded, old.flows, 1.0)
    d_value = change(np.zeros_like(ratio), np.log(ratio))
    volume = np.einsum("jin,jin->n", (at.tau - 1) * E * abroad, d_value - delivered)
    d_home = change(before.ln_kappa[:, own, own], after.ln_kappa[:, own, own])
    technology = (here.output * _technology(here, old, new, change) - E[:, own, own] * d_home).sum(axis=0)
    technology = technology + here.factor_income * change(old.system.ln_bundle, new.system.ln_bundle)
    parts = {"tot": exports - imports, "vot": volume, "deficit": new.deficit - old.deficit, "technology": technology}
    return {name: value / here.income for name, value in parts.items()}


def _log_change(before: Array, after: Array) -> Array:
    return after - before


def _simple_change(before: Array, after: Array) -> Array:
    simple: Array = np.expm1(after - before)
    return simple
