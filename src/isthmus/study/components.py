"""Effects of two plans from the incomes of their worlds: own, spillover, interaction, both, coordination, aligned."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from isthmus.core.axes import Array
from isthmus.economy.baseline import Baseline
from isthmus.levers.lever import Lever
from isthmus.levers.support import Terms
from isthmus.levers.worlds import AGREED, SINGLE, UNAGREED, World, plan_worlds

THIRD = "third"
"""Label of the income-weighted group of all economies but the two partners."""

WORLDS = ("a", "b", "both", "aligned")
"""Worlds with a plan: A alone, B alone, both without coordination, both coordinated."""

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


def four_worlds(
    levers: Sequence[Lever],
    partners: Sequence[str],
    parameters: Mapping[str, float],
    asked: Mapping[str, Terms] | None = None,
) -> tuple[World, ...]:
    """Return the worlds of two plans: a and b alone, both unaligned, both aligned."""
    worlds = {world.name: world for world in plan_worlds(levers, partners, parameters, asked or {})}
    names = dict(zip(("a", "b"), (SINGLE + p for p in partners), strict=True))
    names |= {"both": f"{UNAGREED}none", "aligned": f"{AGREED}none"}
    return tuple(replace(worlds[name], name=short) for short, name in names.items())
