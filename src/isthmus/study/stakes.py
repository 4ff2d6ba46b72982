"""How the costs of the border that measures work on are established, cell by cell and not by the weakest row of a component."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from isthmus.border.overhead import WedgeCell
from isthmus.border.wedge import Reach
from isthmus.core.provenance import Grade
from isthmus.economy.baseline import Baseline
from isthmus.levers.coverage import worked_on
from isthmus.levers.grades import GRADES
from isthmus.levers.lever import Lever
from isthmus.study.border import BorderSection


@dataclass(frozen=True, kw_only=True)
class Stake:
    """Evidence of the costs that one measure works on.

    Attributes
    ----------
    shares
        Share of these costs by grade, cells weighed by trade times what is burnt there within the reach of policy.
    weakest
        The weakest grade among them by component.
    """

    shares: Mapping[Grade, float] = field(default_factory=dict)
    weakest: Mapping[str, Grade] = field(default_factory=dict)


def stakes(section: BorderSection | None, levers: Iterable[Lever], world: Baseline) -> dict[str, Stake]:
    """Return the evidence of the costs at stake by lever; a lever that works on no cost of the border has an empty one.

    Parameters
    ----------
    world
        The world whose trade weighs the cells.
    """
    evidence = _evidence(section, world)
    return {lever.id: _stake(evidence, lever, world) for lever in levers}


def _evidence(section: BorderSection | None, world: Baseline) -> dict[WedgeCell, dict[Grade, float]]:
    """Return what trade pays by cell and grade of the parts that stand there, in million USD."""
    flows = world.trade_share.values * world.spending.values[:, None, :] / world.tariff_factor.values
    at = {name: place for labels in (world.sectors, world.economies) for place, name in enumerate(labels)}
    found: dict[WedgeCell, dict[Grade, float]] = {}
    for part in section.wedge_parts.rows if section is not None else ():
        if part.reach != Reach.POLICY or not {part.sector, part.exporter, part.importer} <= at.keys():
            continue
        paid = part.central * (1 - part.rent_share) * flows[at[part.sector], at[part.exporter], at[part.importer]]
        cell = found.setdefault((part.component, part.sector, part.exporter, part.importer), {})
        cell[Grade(part.grade)] = cell.get(Grade(part.grade), 0.0) + float(paid)
    return found


def _stake(evidence: Mapping[WedgeCell, Mapping[Grade, float]], lever: Lever, world: Baseline) -> Stake:
    paid = dict.fromkeys(GRADES, 0.0)
    weakest: dict[str, Grade] = {}
    for cell in worked_on((lever,), world.economies, world.sectors, world.sector_groups):
        for grade, amount in evidence.get(cell, {}).items():
            if amount > 0:
                paid[grade] += amount
                weakest[cell[0]] = max(grade, weakest.get(cell[0], GRADES[0]), key=GRADES.index)
    total = float(np.sum(list(paid.values())))
    return Stake(shares={g: v / total for g, v in paid.items() if v > 0} if total else {}, weakest=weakest)
