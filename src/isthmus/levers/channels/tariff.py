"""Tariffs: an agreement that lowers duties, rules of origin or a customs union, as a share of the rate in force."""

from collections.abc import Mapping
from itertools import product

import numpy as np

from isthmus.core.axes import Array
from isthmus.equilibrium.scenario import Shock
from isthmus.levers.change import Number
from isthmus.levers.facts import WorldFacts
from isthmus.levers.lever import Effect

KIND = "tariff"


def shocks(effect: Effect, n: Mapping[str, float], facts: WorldFacts, degree: float, where: str) -> list[Shock]:
    """Return the new rate t (1 - s d) of every cell that has a positive one; revenue falls with it."""
    share = float(n["removed"]) * degree
    rates = tuple(
        (facts.economies[i], facts.economies[m], facts.sectors[j], float(rate * (1 - share)))
        for (i, m, j), rate in _cells(effect, facts, where)
        if rate > 0
    )
    return [Shock(kind=KIND, rates=rates)] if rates else []


def sizes(effect: Effect, n: Mapping[str, Number], facts: WorldFacts, where: str) -> dict[str, Number]:
    """Return the mean logarithm of the change of the tariff factor."""
    rates: Array = np.array([rate for _, rate in _cells(effect, facts, where) if rate > 0])
    if not rates.size:
        return {}
    share = np.asarray(n["removed"])[..., None]
    return {KIND: np.log((1 + rates * (1 - share)) / (1 + rates)).mean(axis=-1)}


def _cells(effect: Effect, facts: WorldFacts, where: str) -> list[tuple[tuple[int, int, int], float]]:
    cells = product(
        facts.economy(effect.exporter, f"{where}, exporter"),
        facts.economy(effect.importer, f"{where}, importer"),
        facts.sector(effect.sector, f"{where}, sector"),
    )
    return [((i, m, j), float(facts.tariff[j, i, m]) - 1) for i, m, j in cells if i != m]
