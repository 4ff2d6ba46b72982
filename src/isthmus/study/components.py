"""Effects of two plans from the incomes of their worlds: own, spillover, interaction, both, coordination, aligned."""

from collections.abc import Mapping, Sequence

import numpy as np

from isthmus.core.axes import Array
from isthmus.economy.baseline import Baseline

THIRD = "third"
"""Label of the income-weighted group of all economies but the two partners."""

COMPONENTS = ("own", "spillover", "interaction", "both", "coordination", "aligned")


def split(worlds: Mapping[str, Array], labels: Sequence[str], partners: Sequence[str]) -> dict[str, Array]:
    """Split incomes of the four worlds into effects.

    Parameters
    ----------
    worlds
        Real income in percent against neither plan, (…, L) each, by name of the world.
    labels
        The L economies and groups.
    partners
        Both partners; an economy without a plan has no own effect (nan).
    """
    a, b = (labels.index(p) for p in partners)
    own, spillover = np.full_like(worlds["a"], np.nan), worlds["a"] + worlds["b"]
    own[..., a], own[..., b] = worlds["a"][..., a], worlds["b"][..., b]
    spillover[..., a], spillover[..., b] = worlds["b"][..., a], worlds["a"][..., b]
    return {
        "own": own,
        "spillover": spillover,
        "interaction": worlds["both"] - worlds["a"] - worlds["b"],
        "both": worlds["both"],
        "coordination": worlds["aligned"] - worlds["both"],
        "aligned": worlds["aligned"],
    }


def third_weights(baseline: Baseline, partners: Sequence[str]) -> Array:
    """Return income weights of the economies that are not partners; they sum to one."""
    income = baseline.income.values.copy()
    income[[baseline.economies.index(p) for p in partners]] = 0
    weights: Array = income / income.sum()
    return weights


def with_third(values: Array, weights: Array) -> Array:
    """Append the weighted mean of third countries to values by economy, (…, N) to (…, N + 1)."""
    return np.concatenate([values, (values @ weights)[..., None]], axis=-1)
