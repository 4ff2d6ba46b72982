"""Standard errors that stay honest where single observations carry a fixed effect."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from isthmus.core.axes import Array

Codes = npt.NDArray[np.intp]


class Jackknife(NamedTuple):
    """Covariance of the coefficients, number of clusters, and clusters that could not be left out (taken as they are)."""

    covariance: Array
    clusters: int
    pinned: int


def jackknife_covariance(
    x: Array, weight: Array, residual: Array, effects: tuple[Codes, Codes], cluster: Codes
) -> Jackknife:
    """Return the clustered covariance of a Poisson fit with two fixed effects, by leaving out one cluster at a time.

    In a gravity sample own sales dwarf trade, so an own flow all but determines its economy's effects and its residual is
    almost 0 whatever the noise. The usual clustered errors take these residuals at face value and are far too small. Here
    each cluster's residuals are first divided by what its own leverage took away (the CR3 estimator of Bell and McCaffrey
    2002, one Newton step): b - b(-g) = (Z'WZ)^-1 Z_g' (I - W_g Z_g (Z'WZ)^-1 Z_g')^-1 r_g.

    Parameters
    ----------
    x
        Terms, shape (observations, terms).
    weight, residual
        Fitted values and observed less fitted values, shape (observations,).
    effects
        Codes from 0 of the two fixed effects.
    cluster
        Codes from 0 of the clusters.
    """
    inverse, code_a, code_b = _effects_inverse(weight, effects)
    pulled = weight[:, None] * x
    sums = np.zeros((len(inverse), x.shape[1]))
    np.add.at(sums, code_a, pulled)
    np.add.at(sums, code_b, pulled)
    mean = inverse @ sums
    within = x - mean[code_a] - mean[code_b]
    bread = np.linalg.inv(within.T @ (weight[:, None] * within))
    members = _padded(cluster)
    there = members >= 0
    w = np.where(there, weight[members], 0.0)
    z = np.where(there[:, :, None], within[members], 0.0)
    r = np.where(there, residual[members], 0.0)
    a, b = code_a[members], code_b[members]
    hat = z @ bread @ z.transpose(0, 2, 1)
    hat += sum(inverse[p[:, :, None], q[:, None, :]] for p in (a, b) for q in (a, b))
    room = np.eye(members.shape[1]) - w[:, :, None] * hat
    pinned = np.abs(np.linalg.det(room)) < 1e-9
    room[pinned] = np.eye(members.shape[1])
    scores = np.einsum("gst,gs->gt", z, np.linalg.solve(room, r[:, :, None])[:, :, 0])
    n = len(members)
    return Jackknife((n - 1) / n * bread @ (scores.T @ scores) @ bread, n, int(pinned.sum()))


def _effects_inverse(weight: Array, effects: tuple[Codes, Codes]) -> tuple[Array, Codes, Codes]:
    """Return a generalised inverse of D'WD, with D the dummies of both effects, and the codes of both effects in it."""
    first, second = effects
    k, m = int(first.max()) + 1, int(second.max()) + 1
    gram = np.zeros((k + m, k + m))
    np.add.at(gram, (first, k + second), weight)
    gram += gram.T
    gram[np.arange(k), np.arange(k)] = np.bincount(first, weight, k)
    gram[k + np.arange(m), k + np.arange(m)] = np.bincount(second, weight, m)
    root = np.sqrt(np.diag(gram))
    parts, member = connected_components(coo_array((weight, (first, k + second)), gram.shape), directed=False)
    sign = np.where(np.arange(k + m) < k, root, -root)  # in each part the two sets of dummies add up to the same vector
    null = np.where(member == np.arange(parts)[:, None], sign, 0.0)
    null /= np.linalg.norm(null, axis=1, keepdims=True)
    inverse: Array = cho_solve(cho_factor(gram / np.outer(root, root) + null.T @ null), np.eye(k + m))
    return inverse / np.outer(root, root), first, k + second


def _padded(cluster: Codes) -> Codes:
    """Return the observations of each cluster, shape (clusters, largest size), padded with -1."""
    order = np.argsort(cluster, kind="stable")
    counts = np.bincount(cluster)
    place = np.arange(len(cluster)) - np.repeat(np.cumsum(counts) - counts, counts)
    table = np.full((len(counts), int(counts.max())), -1, dtype=np.intp)
    table[cluster[order], place] = order
    return table
