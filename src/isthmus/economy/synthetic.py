"""Invented worlds of any size that satisfy every identity, for tests and benchmarks."""

import numpy as np

from isthmus.core.axes import Axes
from isthmus.economy.baseline import CELL, FLOW, WorldTable


def synthetic_world(
    economies: int,
    sectors: int,
    rng: np.random.Generator,
    *,
    inputs: bool = True,
    tariffs: bool = True,
    balanced_trade: bool = False,
) -> WorldTable:
    """Return an invented world with exactly balanced tables.

    Preferences, input shares, trade shares and sizes are drawn; outputs follow from the identities, so that nothing needs
    repair. Labels are ``E00...`` and ``S00...``; the first two thirds of the sectors are goods.

    Parameters
    ----------
    economies, sectors
        Numbers of labels.
    rng
        Source of randomness; equal generators give equal worlds.
    inputs, tariffs
        Whether industries use inputs (else value added is all of output) and whether imports of goods pay tariffs.
    balanced_trade
        Whether every deficit is zero (found by adjusting value added, only possible without tariffs on a fixed point).
    """
    n, s = economies, sectors
    alpha = rng.dirichlet(np.full(s, 4.0), size=n).T
    beta = rng.uniform(0.3, 0.7, (s, n)) if inputs else np.ones((s, n))
    gamma = np.swapaxes(rng.dirichlet(np.full(s, 0.7), size=(n, s)), 1, 2)
    size = rng.lognormal(0.0, 1.2, n)
    pi = _trade_shares(s, size, rng)
    goods = max(1, 2 * s // 3)
    rate = np.zeros((s, n, n))
    if tariffs:
        rate[:goods] = rng.uniform(0, 0.2, (goods, n, n))
        rate[:, np.arange(n), np.arange(n)] = 0
    sold = pi / (1 + rate)
    income = 1e6 * size / size.sum()
    X, Y = _levels(alpha, beta, gamma, sold, rate * sold, income, balanced_trade)
    flows = sold * X[:, None, :]
    return _table(flows, gamma * ((1 - beta) * Y).T[:, None, :], alpha, beta * Y, rate, X, goods, rng)


def _trade_shares(s: int, size: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Draw trade shares with a home bias and a place in space, importer columns summing to one."""
    n = len(size)
    place = rng.uniform(0, 1, (n, 2))
    distance = np.linalg.norm(place[:, None] - place[None], axis=2) + 0.1
    pull = np.log(size)[None, :, None] - 1.2 * np.log(distance)[None] + rng.normal(0, 0.8, (s, n, n))
    pull[:, np.arange(n), np.arange(n)] += rng.uniform(2.5, 4.0, (s, n))
    raw = np.exp(pull - pull.max(axis=1, keepdims=True))
    shares: np.ndarray = raw / raw.sum(axis=1, keepdims=True)
    return shares


def _levels(
    alpha: np.ndarray,
    beta: np.ndarray,
    gamma: np.ndarray,
    sold: np.ndarray,
    duty: np.ndarray,
    income: np.ndarray,
    balanced: bool,
) -> tuple[np.ndarray, np.ndarray]:
    """Solve spending and output for given incomes; with `balanced`, income follows from production instead."""
    X = alpha * income
    Y = X
    for _ in range(5000 if balanced else 600):
        Y = np.einsum("jin,jn->ji", sold, X)
        if balanced:
            earned = (beta * Y).sum(axis=0) + np.einsum("jin,jn->n", duty, X)
            income = earned * income.sum() / earned.sum()
        new = alpha * income + np.einsum("nkj,jn->kn", gamma, (1 - beta) * Y)
        if np.abs(new - X).max() <= 1e-15 * X.max():
            break
        X = new
    return X, Y


def _table(
    flows: np.ndarray,
    use: np.ndarray,
    alpha: np.ndarray,
    value_added: np.ndarray,
    rate: np.ndarray,
    X: np.ndarray,
    goods: int,
    rng: np.random.Generator,
) -> WorldTable:
    s, n = X.shape
    names, codes = [f"E{i:02d}" for i in range(n)], [f"S{j:02d}" for j in range(s)]
    axes = Axes(tuple(names), tuple(codes), tuple(codes[:goods]), {"set": ("drawn", "four")})
    final = np.maximum(flows.sum(axis=1) - use.sum(axis=2).T, 0)
    theta = np.vstack([rng.uniform(2, 9, s), np.full(s, 4.0)])
    return WorldTable(
        name=f"synthetic-{n}x{s}",
        flows=axes.array(flows, FLOW),
        intermediate_use=axes.array(use, ("economy", "input", "industry")),
        final_demand=axes.array(final, CELL),
        value_added=axes.array(value_added, CELL),
        tariff_rate=axes.array(rate, FLOW),
        elasticities=axes.array(theta, ("set", "sector")),
        goods=axes.goods,
        source="synthetic",
    )
