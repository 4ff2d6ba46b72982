"""Effects of plans from the incomes of their worlds: own, spillover, interaction, both, coordination, aligned."""

from collections.abc import Mapping, Sequence

import numpy as np

from isthmus.core.axes import Array
from isthmus.economy.baseline import Baseline
from isthmus.levers.lever import Lever
from isthmus.levers.support import SUPPORTS, Terms
from isthmus.levers.worlds import AGREED, SINGLE, UNAGREED, World, plan_worlds

THIRD = "third"
"""Label of the income-weighted group of all economies but the partners."""

BOTH, ALIGNED = f"{UNAGREED}{SUPPORTS[-1]}", f"{AGREED}{SUPPORTS[-1]}"
"""Worlds with every plan: joint measures at each side's own pace, and agreed."""


def split(worlds: Mapping[str, Array], labels: Sequence[str], partners: Sequence[str]) -> dict[str, Array]:
    """Split incomes of the worlds of `plan_by_plan` into effects, for any number of partners.

    Parameters
    ----------
    worlds
        Real income in percent against no plan, (…, L) each, by name of the world.
    labels
        The L economies and groups.
    partners
        Sides that act; an economy without a plan has no own effect (nan).

    Returns
    -------
    dict
        ``own``, ``spillover`` (of all other plans), ``interaction``, ``both``, ``coordination``, ``aligned``.
    """
    together = sum((worlds[SINGLE + p] for p in partners), np.zeros_like(worlds[BOTH]))
    own = np.full_like(together, np.nan)
    for partner in partners:
        at = labels.index(partner)
        own[..., at] = worlds[SINGLE + partner][..., at]
    return {
        "own": own,
        "spillover": together - np.nan_to_num(own),
        "interaction": worlds[BOTH] - together,
        "both": worlds[BOTH],
        "coordination": worlds[ALIGNED] - worlds[BOTH],
        "aligned": worlds[ALIGNED],
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


def plan_by_plan(
    levers: Sequence[Lever],
    partners: Sequence[str],
    parameters: Mapping[str, float],
    asked: Mapping[str, Terms] | None = None,
) -> tuple[World, ...]:
    """Return the worlds of each plan alone, of all plans at each side's own pace, and of all agreed."""
    worlds = {world.name: world for world in plan_worlds(levers, partners, parameters, asked or {})}
    return tuple(worlds[name] for name in (*(SINGLE + p for p in partners), BOTH, ALIGNED))
