"""The equations of the equilibrium solved by plain iteration, written a second time and apart from the product: NumPy alone.

Nothing here is fast or clever, so that it can be read against the equations one by one: prices to their end at given factor
prices, spending to its end at these prices, then factor prices a step towards what their markets ask for. No Newton step, no
acceleration, no answer of one sector for all, no power that is formed once.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

Array = np.ndarray

STEP, ROUNDS, INNER = 0.4, 4000, 400
OUTER_GAP, INNER_GAP = 1e-11, 1e-13


@dataclass(frozen=True, kw_only=True)
class PlainWorld:
    """A world before anything changes, sector first: (j, i, n) trade, (j, n) cells, (n, k, j) inputs, (n,) economies."""

    pi: Array
    tau: Array
    X: Array
    beta: Array
    gamma: Array
    alpha: Array
    VA: Array
    D: Array
    I: Array  # noqa: E741 - the symbol of the equations
    theta: Array
    chi: Array


@dataclass(frozen=True, kw_only=True)
class PlainChange:
    """What changes: trade cost and new tariff factor (j, i, n), productivity (j, n), bundle (n,), requirement (n, k, j)."""

    kappa: Array
    tau: Array
    A: Array
    V: Array
    m: Array


@dataclass(frozen=True, kw_only=True)
class PlainAnswer:
    """Logs of factor price, price index and cost of living, and spending, income and real income after the change."""

    v: Array
    P: Array
    X: Array
    living: Array
    income: Array
    real_income: Array
    gap: float


def nothing(world: PlainWorld) -> PlainChange:
    """Return no change."""
    cell, n = world.X, world.VA.size
    return PlainChange(
        kappa=np.ones_like(world.pi), tau=world.tau, A=np.ones_like(cell), V=np.ones(n), m=np.ones_like(world.gamma)
    )


def plain_solve(
    world: PlainWorld, change: PlainChange, closure: str = "fixed", start: PlainAnswer | None = None
) -> PlainAnswer:
    """Solve one change; `closure` is fixed or own_va."""
    needed = world.gamma * (1 - world.beta).T[:, None, :] * change.m
    z = world.beta.T + needed.sum(axis=1)
    inputs, beta, productivity = needed / z[:, None, :], (world.beta.T / z).T, np.log(change.A) - np.log(z).T
    dearer = (change.kappa * change.tau / world.tau) ** -world.theta[:, None, None]
    v, P, X = (
        (np.zeros(world.VA.size), np.zeros_like(world.X), world.X) if start is None else (start.v, start.P, start.X)
    )
    gap = np.inf
    for _ in range(ROUNDS):
        for _ in range(INNER):
            c = beta * v - productivity + np.einsum("nkj,kn->jn", inputs, P)
            offers = world.pi * dearer * np.exp(-world.theta[:, None] * c)[:, :, None]
            new = -np.log(offers.sum(axis=1)) / world.theta[:, None]
            moved, P = np.abs(new - P).max(), new
            if moved < INNER_GAP:
                break
        share = offers / offers.sum(axis=1, keepdims=True)
        earned = np.exp(v) * change.V * world.VA
        deficit = world.D
        if closure == "own_va":
            own = world.D / world.VA * earned
            deficit = own - earned / earned.sum() * own.sum()
        for _ in range(INNER):
            bought = share * X[:, None, :]
            Y = (bought / change.tau).sum(axis=2)
            income = earned + ((change.tau - 1) / change.tau * bought).sum(axis=(0, 1)) + deficit
            spent = world.alpha * income + np.einsum("nkj,jn->kn", inputs, Y)
            moved, X = np.abs(spent - X).max() / X.max(), spent
            if moved < INNER_GAP:
                break
        wanted = np.log((beta * Y).sum(axis=0) / earned)
        gap = float(np.abs(wanted).max())
        if gap < OUTER_GAP:
            break
        v = v + STEP * wanted
        v = v - np.log((np.exp(v) * change.V * world.VA).sum() / world.VA.sum())
    living = (world.alpha * P).sum(axis=0)
    real = np.log(income / world.I) - living
    return PlainAnswer(v=v, P=P, X=X, living=living, income=income, real_income=real, gap=gap)


def plain_path(
    world: PlainWorld, at: Callable[[int], PlainChange], years: Iterable[int], depreciation: float
) -> Mapping[int, PlainAnswer]:
    """Solve consecutive years; capital moves by the geometric law, K' = K^(1 - delta) (v V / P)^delta."""
    found: dict[int, PlainAnswer] = {}
    capital, last = np.zeros(world.VA.size), None
    for year in years:
        change = at(year)
        grown = replace(change, V=change.V * np.exp(world.chi * capital))
        last = found[year] = plain_solve(world, grown, start=last)
        earning = last.v + np.log(grown.V) - last.living
        capital = (1 - depreciation) * capital + depreciation * earning
    return found
