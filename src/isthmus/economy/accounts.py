"""The identities a baseline must satisfy, and how far an array set is from them."""

from dataclasses import dataclass

import numpy as np

from isthmus.core.axes import Array


@dataclass(frozen=True, kw_only=True)
class Accounts:
    """Plain arrays of a baseline: (S, N, N) exporter by importer, (S, N), (N, S, S) input by industry, (N,)."""

    pi: Array
    tau: Array
    X: Array
    Y: Array
    beta: Array
    gamma: Array
    alpha: Array
    VA: Array
    R: Array
    D: Array
    I: Array  # noqa: E741 - the symbol of the equations


def identity_residuals(a: Accounts) -> dict[str, float]:
    """Return the largest absolute residual of each identity, relative to world output (:eq:`identities`)."""
    world = float(a.Y.sum())
    input_bill = (1 - a.beta) * a.Y
    sales = np.einsum("jin,jn->ji", a.pi / a.tau, a.X)
    use = a.alpha * a.I + np.einsum("nkj,jn->kn", a.gamma, input_bill)
    revenue = np.einsum("jin,jn->n", (a.tau - 1) / a.tau * a.pi, a.X)
    gaps = {
        "output": a.Y - sales,
        "spending": a.X - use,
        "income": a.I - a.VA - a.R - a.D,
        "value_added": a.VA - (a.beta * a.Y).sum(axis=0),
        "tariff_revenue": a.R - revenue,
        "deficits": np.array([a.D.sum()]),
        "trade_shares": (a.pi.sum(axis=1) - 1) * a.X,
        "final_shares": (a.alpha.sum(axis=0) - 1) * a.I,
    }
    return {name: float(np.abs(gap).max()) / world for name, gap in gaps.items()}
