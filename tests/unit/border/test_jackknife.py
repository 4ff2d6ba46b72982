import numpy as np
import pytest

from isthmus.border.jackknife import jackknife_covariance


def _case(seed: int = 0, n: int = 7):
    rng = np.random.default_rng(seed)
    first, second = np.repeat(np.arange(n), n), np.tile(np.arange(n), n)
    x = rng.normal(size=(n * n, 2))
    weight = np.exp(rng.normal(size=n * n)) + 50 * (first == second)
    pair = np.minimum(first, second) * n + np.maximum(first, second)
    cluster = np.unique(pair, return_inverse=True)[1]
    return x, weight, rng.normal(size=n * n), (first, second), cluster


def _by_leaving_out(x, weight, residual, effects, cluster):
    """One Newton step without each cluster in turn, with every dummy written out."""
    dummies = np.hstack([np.eye(e.max() + 1)[e] for e in effects])[:, 1:]
    z = np.hstack([x, dummies])

    def shift(keep):
        zk = z[keep]
        return np.linalg.solve(zk.T @ (weight[keep, None] * zk), zk.T @ residual[keep])

    gram = z.T @ (weight[:, None] * z)
    score = z.T @ residual
    full = np.linalg.solve(gram, score)
    moved = np.array([shift(cluster != g) - full for g in range(cluster.max() + 1)])[:, : x.shape[1]]
    n = len(moved)
    return (n - 1) / n * moved.T @ moved


def test_equals_refitting_without_each_cluster():
    """At a solution the score is zero, so residuals are made orthogonal to everything first."""
    x, weight, noise, effects, cluster = _case()
    z = np.hstack([x, *(np.eye(e.max() + 1)[e] for e in effects)])
    residual = noise * weight**0.5
    residual = residual - weight * (z @ np.linalg.lstsq(z.T @ (weight[:, None] * z), z.T @ residual, rcond=None)[0])
    ours = jackknife_covariance(x, weight, residual, effects, cluster)
    assert ours.covariance == pytest.approx(_by_leaving_out(x, weight, residual, effects, cluster), rel=1e-6)
    assert (ours.clusters, ours.pinned) == (28, 0)


def test_cluster_that_alone_carries_an_effect_is_counted():
    x, weight, residual, (first, second), cluster = _case()
    lonely = np.append(first, 7), np.append(second, 0)
    ours = jackknife_covariance(
        np.vstack([x, [[0.3, 0.1]]]), np.append(weight, 1.0), np.append(residual, 0.0), lonely, np.append(cluster, 28)
    )
    assert ours.pinned == 1
    assert np.isfinite(ours.covariance).all()


def test_order_of_observations_does_not_matter():
    x, weight, residual, (first, second), cluster = _case(3)
    turn = np.random.default_rng(1).permutation(len(x))
    a = jackknife_covariance(x, weight, residual, (first, second), cluster).covariance
    b = jackknife_covariance(
        x[turn], weight[turn], residual[turn], (first[turn], second[turn]), cluster[turn]
    ).covariance
    assert a == pytest.approx(b, rel=1e-9)
