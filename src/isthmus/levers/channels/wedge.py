"""A wedge: a share of one component of the border's cost is removed, in every cell of the cost that stands there."""

from collections.abc import Mapping
from itertools import product

import numpy as np

from isthmus.border.wedge import removal_factor
from isthmus.equilibrium.scenario import Shock
from isthmus.levers.change import Number
from isthmus.levers.facts import WorldFacts
from isthmus.levers.lever import Effect

KIND = "trade_cost"

FlowCell = tuple[str, str, str]
"""Exporter, importer, sector."""


def shocks(effect: Effect, n: Mapping[str, float], facts: WorldFacts, degree: float, where: str) -> list[Shock]:
    """Return kappa_hat = (1 + o (1 - s d)) / (1 + o) (:eq:`removal`), o being what stands in each cell."""
    overheads = cell_overheads(effect, float(n["overhead"]), facts, where)
    share = float(n["removed"]) * degree
    groups: dict[float, list[FlowCell]] = {}
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
    """Return the logarithm of the cost factor at the group's figure."""
    return {KIND: np.log(removal_factor(n["overhead"], n["removed"]))}


def cell_overheads(effect: Effect, overhead: float, facts: WorldFacts, where: str) -> dict[FlowCell, float]:
    """Return the overhead a lever works on by cell.

    It is the cost that stands in the cell, moved in proportion where `overhead`, the entry for the group of cells, is not at
    its central value; and `overhead` itself where the border was not priced.
    """
    priced, name = facts.standing.costs.get(effect.component), effect.numbers["overhead"]
    central = facts.standing.central.get(name, overhead)
    ratio = overhead / central if central else 1.0
    found = {}
    for i, m, j in product(
        facts.economy(effect.exporter, f"{where}, exporter"),
        facts.economy(effect.importer, f"{where}, importer"),
        facts.sector(effect.sector, f"{where}, sector"),
    ):
        there = np.nan if priced is None else float(priced[j, i, m]) * ratio
        found[facts.economies[i], facts.economies[m], facts.sectors[j]] = overhead if np.isnan(there) else there
    return found


def capped(effect: Effect, n: Mapping[str, float], facts: WorldFacts, where: str) -> tuple[int, int]:
    """Return the number of cells, and of those in which the group's figure would remove more than stands there."""
    overhead = float(n["overhead"])
    found = cell_overheads(effect, overhead, facts, where)
    return len(found), sum(overhead * float(n["removed"]) > there for there in found.values())
