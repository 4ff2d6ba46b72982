"""What the border costs cell by cell within the reach of policy: no lever removes more than stands there."""

from collections.abc import Mapping, Sequence

import numpy as np

from isthmus.border.wedge import Component, Reach
from isthmus.levers.facts import Standing
from isthmus.study.border import BorderSection
from isthmus.study.border_tables import WedgePartRow
from isthmus.study.station import Findings
from isthmus.study.study import Study


def border_standing(findings: Findings, study: Study) -> Standing:
    """Return what the border burns within the reach of policy by component and cell, parts of one component composed.

    What somebody receives is left out: a lever that removes it moves income and saves nothing. Without the section of the
    border nothing is known and the result is empty.
    """
    section = findings.get(BorderSection)
    if section is None:
        return Standing()
    sectors, economies = study.baseline.sectors, study.baseline.economies
    shape = (len(sectors), len(economies), len(economies))
    found = {str(component): np.full(shape, np.nan) for component in Component}
    for (component, sector, exporter, importer), cost in _composed(section.wedge_parts.rows).items():
        if sector in sectors and exporter in economies and importer in economies:
            cell = sectors.index(sector), economies.index(exporter), economies.index(importer)
            found[component][cell] = cost
    return Standing(costs=found, central=study.ledger.central())


def _composed(parts: Sequence[WedgePartRow]) -> Mapping[tuple[str, str, str, str], float]:
    """Return (1 + a)(1 + b) - 1 over the parts within reach of policy, by component, sector, exporter and importer.

    a and b are what is burnt of each part: without its rent share.
    """
    found: dict[tuple[str, str, str, str], float] = {}
    for part in parts:
        cell = part.component, part.sector, part.exporter, part.importer
        found.setdefault(cell, 0.0)
        if part.reach == Reach.POLICY:
            found[cell] = (1 + found[cell]) * (1 + part.central * (1 - part.rent_share)) - 1
    return found
