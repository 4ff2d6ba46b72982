"""Draws over independent inputs: stratified in every input, and without the chance correlations that few draws have."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtri

from isthmus.core.axes import Array

ORDERS = 100
"""Orders of discrete choices among which the least correlated one is taken."""
ROUNDS = 6
"""Rounds of taking correlation out; each one leaves the ranks a little nearer to independence."""


def unit_draws(count: int, columns: int, seed: int, given: Array | None = None) -> Array:
    """Return a Latin hypercube on the unit interval whose columns hardly correlate, (count, columns).

    Every column has one value in each of `count` equal strata. Two columns of a plain hypercube, or of a Sobol sequence in
    many dimensions, correlate by up to three times 1 / sqrt(count); here the normal scores of the ranks are made
    uncorrelated and ranked again (Iman and Conover 1982), so that an effect of one input is not taken for another's.

    Parameters
    ----------
    given
        Columns drawn elsewhere, (count, any): they are kept out of the correlation as well.

    Notes
    -----
    Without as many draws as columns, and a fifth more, correlation cannot be taken out; the hypercube is then returned plain.
    """
    if given is None:
        return _own_draws(count, columns, seed).copy()
    return _made(count, columns, seed, given)


@lru_cache(maxsize=16)
def _own_draws(count: int, columns: int, seed: int) -> Array:
    """Return draws beside nothing else, made once for as many inputs: pairs of partners are drawn alike."""
    return _made(count, columns, seed, None)


def _made(count: int, columns: int, seed: int, given: Array | None) -> Array:
    """Return the draws (see `unit_draws`)."""
    rng = np.random.default_rng(seed)
    ranks = np.argsort(rng.random((count, columns)), axis=0)
    fixed = np.zeros((count, 0)) if given is None else _scores(given.argsort(axis=0, kind="stable").argsort(axis=0))
    if 1.2 * (columns + fixed.shape[1]) < count:
        for _ in range(ROUNDS):
            ranks = _uncorrelated(_scores(ranks), fixed).argsort(axis=0).argsort(axis=0)
    unit: Array = (ranks + rng.random((count, columns))) / count
    return unit


def balanced(count: int, choices: Sequence[str], seed: int, given: Array | None = None) -> NDArray[np.int64]:
    """Return a random order of the positions of `choices`, each as often as any other, (count,).

    Parameters
    ----------
    choices
        What is chosen; one that is named more often is taken more often.
    given
        Columns drawn already, (count, any): of `ORDERS` orders the one is taken whose choices correlate least with them.
    """
    rng, position = np.random.default_rng(seed), np.arange(count) % len(choices)
    if given is None or len(set(choices)) < 2:
        order: NDArray[np.int64] = rng.permutation(position)
        return order
    ranks = standard_ranks(given)
    orders = [rng.permutation(position) for _ in range(ORDERS)]
    far = [np.abs(ranks.T @ standard_ranks(indicators(order, choices))).max(initial=0.0) for order in orders]
    return orders[int(np.argmin(far))]


def indicators(order: NDArray[np.int64], choices: Sequence[str]) -> Array:
    """Return one column for each different choice: 1 where it was taken, (count, different choices)."""
    taken = np.array(choices)[order]
    found: Array = np.stack([(taken == one).astype(float) for one in dict.fromkeys(choices)], axis=1)
    return found


def standard_ranks(values: Array) -> Array:
    """Return columns whose products are rank correlations, ties by their mean; columns that do not vary are left out."""
    varying = values[:, np.ptp(values, axis=0) > 0]
    ranks = pd.DataFrame(varying).rank().to_numpy() if varying.size else varying
    centred = ranks - ranks.mean(axis=0)
    found: Array = centred / np.sqrt((centred**2).sum(axis=0))
    return found


def largest_correlation(values: Array | Sequence[Sequence[float]], related: Sequence[bool] | None = None) -> float:
    """Return the largest absolute rank correlation between two columns; columns that do not vary are left out.

    Parameters
    ----------
    values
        (count, columns).
    related
        By column, whether it is one of those that have to do with each other: they are not counted against each other.
    """
    table = np.asarray(values, dtype=float)
    varies = np.ptp(table, axis=0) > 0
    varying = table[:, varies]
    if varying.shape[1] < 2:
        return 0.0
    ranks = varying.argsort(axis=0, kind="stable").argsort(axis=0)
    found = np.abs(np.corrcoef(ranks, rowvar=False))
    np.fill_diagonal(found, 0.0)
    if related is not None:
        kin = np.asarray(related, dtype=bool)[varies]
        found[np.ix_(kin, kin)] = 0.0
    return float(found.max())


def _scores(ranks: NDArray[np.int64]) -> Array:
    scores: Array = ndtri((ranks + 0.5) / len(ranks))
    return scores


def _uncorrelated(scores: Array, fixed: Array) -> Array:
    """Return scores with the part that `fixed` explains taken out, and without correlation among themselves."""
    if fixed.shape[1]:
        kept, *_ = np.linalg.lstsq(fixed, scores, rcond=None)
        scores = scores - fixed @ kept
    values, vectors = np.linalg.eigh(np.corrcoef(scores, rowvar=False).reshape(scores.shape[1], -1))
    root: Array = (vectors / np.sqrt(values)) @ vectors.T
    found: Array = (scores / scores.std(axis=0)) @ root
    return found
