"""Tariffs: an agreement that lowers duties, with rules of origin, or a customs union that adopts common ones.

An agreement removes a share of the rate in force on the part of trade that uses it; proof of origin costs that part something.
A union moves the rates of its members on all others towards those of the members whose tariff is adopted. In an agreement
between members every other cell keeps its rate, and a cell without a rate stays free.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np

from isthmus.core.axes import Array
from isthmus.core.errors import BadInputError
from isthmus.equilibrium.scenario import Shock
from isthmus.levers.change import Number
from isthmus.levers.facts import WorldFacts
from isthmus.levers.lever import Effect

KIND, COST = "tariff", "trade_cost"

USE, COMPLIANCE = "use", "compliance"
"""Roles beside ``removed``: part of trade that uses the preference, and what proving origin costs it, a share of its value."""


@dataclass(frozen=True)
class _Cell:
    """One cell of the trade cube: its rate, and the rate it moves towards."""

    exporter: int
    importer: int
    sector: int
    rate: float
    goal: float


def shocks(effect: Effect, n: Mapping[str, float], facts: WorldFacts, degree: float, where: str) -> list[Shock]:
    """Return the new rate t + (g - t) s u d of every cell whose rate differs from its goal g (:eq:`agreement`).

    s is the share removed (of the way to the adopted rate in a union), u the part of trade that uses the agreement. Proving
    origin makes trade that pays duty otherwise dearer by c u d. Revenue follows the rates.
    """
    used = float(n.get(USE, 1.0)) * degree
    cells = [cell for cell in _cells(effect, facts, where) if cell.goal != cell.rate]
    rates = tuple(
        (*_labels(cell, facts), cell.rate + (cell.goal - cell.rate) * float(n["removed"]) * used) for cell in cells
    )
    cost = 100 * float(n.get(COMPLIANCE, 0.0)) * used
    dearer = [Shock(COST, cost, exporter=i, importer=m, sector=j) for i, m, j, _ in rates] if cost > 0 else []
    return [*([Shock(kind=KIND, rates=rates)] if rates else []), *dearer]


def sizes(effect: Effect, n: Mapping[str, Number], facts: WorldFacts, where: str) -> dict[str, Number]:
    """Return the mean logarithm of the change of the tariff factor, as of a fall, and that of what proof of origin costs."""
    cells = [cell for cell in _cells(effect, facts, where) if cell.goal != cell.rate]
    if not cells:
        return {}
    use = np.asarray(n.get(USE, 1.0))
    share = (np.asarray(n["removed"]) * use)[..., None]
    rates, goals = (np.array([getattr(cell, name) for cell in cells]) for name in ("rate", "goal"))
    moved: Array = np.abs(np.log((1 + rates + (goals - rates) * share) / (1 + rates))).mean(axis=-1)
    found: dict[str, Number] = {KIND: -moved}
    if COMPLIANCE in n:
        found[COST] = np.log1p(np.asarray(n[COMPLIANCE]) * use)
    return found


def _cells(effect: Effect, facts: WorldFacts, where: str) -> Iterator[_Cell]:
    members = facts.economy(effect.importer, f"{where}, importer")
    adopted = facts.economy(effect.adopts, f"{where}, adopts") if effect.adopts else []
    if adopted and set(adopted) - set(members):
        raise BadInputError(
            f"{where}, adopts",
            f"found {', '.join(effect.adopts)}",
            allowed=f"members of the union, that is importers of the effect: {', '.join(effect.importer)}",
            remedy="name every member as importer, also those whose tariff is adopted",
        )
    inside = set(members) if adopted else set()
    for i, m, j in product(
        facts.economy(effect.exporter, f"{where}, exporter"), members, facts.sector(effect.sector, f"{where}, sector")
    ):
        if i == m or i in inside:
            continue
        rate = float(facts.tariff[j, i, m]) - 1
        goal = float(np.mean([facts.tariff[j, i, one] - 1 for one in adopted])) if adopted else 0.0
        yield _Cell(i, m, j, rate, goal)


def _labels(cell: _Cell, facts: WorldFacts) -> tuple[str, str, str]:
    return facts.economies[cell.exporter], facts.economies[cell.importer], facts.sectors[cell.sector]
