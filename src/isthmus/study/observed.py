"""What is observed of third economies in a solved world besides their income: what they trade, with whom, at which prices."""

from collections.abc import Sequence

import numpy as np

from isthmus.core.axes import Array
from isthmus.equilibrium.state import State

KINDS = SALES, ELSEWHERE, PURCHASES, TERMS = ("sales", "elsewhere", "purchases", "terms")
"""Sales to the partners, sales to all others abroad, purchases from the partners, and the part of income from prices."""


def other_names(others: Sequence[str], kind: str) -> list[str]:
    """Return the labels of one of `KINDS` of every third economy."""
    return [f"{kind}:{name}" for name in others]


def places(economies: Sequence[str], partners: Sequence[str]) -> tuple[list[int], list[int]]:
    """Return the positions of partners and of all others."""
    others = [i for i, name in enumerate(economies) if name not in partners]
    return [economies.index(name) for name in partners], others


def traded(flows: Array, partners: Sequence[int], others: Sequence[int]) -> dict[str, Array]:
    """Return what every third economy trades by kind but for `TERMS`, (economy,), from trade before tariff, (S, N, N)."""
    sold = flows[:, others]
    return {
        SALES: sold[:, :, partners].sum(axis=(0, 2)),
        ELSEWHERE: (sold[:, :, others] * (1 - np.eye(len(others)))).sum(axis=(0, 2)),
        PURCHASES: flows[:, partners][:, :, others].sum(axis=(0, 1)),
    }


def terms_of_trade(flows: Array, ln_c: Array, income: Array) -> Array:
    """Return the part of d ln W that comes from prices of what is sold and bought abroad, (N,) (:eq:`first-order`).

    The costs of crossing borders change between the partners alone, so that for all others prices at the factory gate remain.

    Parameters
    ----------
    flows, income
        Trade before tariff, (S, N, N), and income, (N,), before.
    ln_c
        Log change of factory prices, (S, N).
    """
    abroad = flows * (1 - np.eye(income.size))
    sold = (abroad.sum(axis=2) * ln_c).sum(axis=0)
    bought = np.einsum("sin,si->n", abroad, ln_c)
    part: Array = (sold - bought) / income
    return part


def observed_of_others(state: State, partners: Sequence[int], others: Sequence[int]) -> Array:
    """Return the logarithms of what every third economy trades after over before, and its terms of trade, (kind x economy,)."""
    before = traded(state.before.flows, partners, others)
    after = traded(state.flows, partners, others)
    ratios = [np.log(np.divide(after[kind], was, out=np.ones_like(was), where=was > 0)) for kind, was in before.items()]
    terms = terms_of_trade(state.before.flows, state.ln_c, state.before.I)[others]
    return np.concatenate([*ratios, terms])
