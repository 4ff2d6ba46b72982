"""A wedge: a share of one component of the border's cost is removed, never more than stands in a cell."""

from collections.abc import Mapping
from itertools import product

import numpy as np

from isthmus.border.wedge import removal_factor
from isthmus.equilibrium.scenario import Shock
from isthmus.levers.change import Number
from isthmus.levers.facts import WorldFacts
from isthmus.levers.lever import Effect

KIND = "trade_cost"


def shocks(effect: Effect, n: Mapping[str, float], facts: WorldFacts, degree: float, where: str) -> list[Shock]:
    """Return kappa_hat = (1 + o (1 - s d)) / (1 + o) (:eq:`removal`), o being capped at what stands in each cell."""
    overheads = cell_overheads(effect, float(n["overhead"]), facts, where)
    share = float(n["removed"]) * degree
    groups: dict[float, list[tuple[str, str, str]]] = {}
    for cell, overhead in overheads.items():
        groups.setdefault(overhead, []).append(cell)
    whole = len(groups) == 1
    return [
        Shock(
            kind=KIND,
            change_pct=100 * (float(removal_factor(overhead, share)) - 1),
            exporter=effect.exporter if whole else cell[0],
            importer=effect.importer if whole else cell[1],
            sector=effect.sector if whole else cell[2],
        )
        for overhead, cells in groups.items()
        for cell in (cells[:1] if whole else cells)
    ]


def sizes(_: Effect, n: Mapping[str, Number], __: WorldFacts, ___: str) -> dict[str, Number]:
    """Return the logarithm of the cost factor where nothing is capped."""
    return {KIND: np.log(removal_factor(n["overhead"], n["removed"]))}


def cell_overheads(effect: Effect, overhead: float, facts: WorldFacts, where: str) -> dict[tuple[str, str, str], float]:
    """Return the overhead a lever works on by (exporter, importer, sector): the group's, or what stands in the cell if less."""
    standing = facts.standing.get(effect.component)
    found = {}
    for i, m, j in product(
        facts.economy(effect.exporter, f"{where}, exporter"),
        facts.economy(effect.importer, f"{where}, importer"),
        facts.sector(effect.sector, f"{where}, sector"),
    ):
        there = np.nan if standing is None else standing[j, i, m]
        cell = (facts.economies[i], facts.economies[m], facts.sectors[j])
        found[cell] = overhead if np.isnan(there) else min(overhead, float(there))
    return found
