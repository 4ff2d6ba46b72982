"""What measures work on: what the border costs cell by cell, and what full ways take back of a cut."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from isthmus.levers.facts import Standing
from isthmus.levers.ways import ROOM, Ways
from isthmus.study.border_standing import border_standing
from isthmus.study.corridors import CorridorsSection
from isthmus.study.station import Findings
from isthmus.study.study import Study


def standing_costs(findings: Findings, study: Study) -> Standing:
    """Return what the border burns within the reach of policy, and the limits that the ways set where a network says."""
    standing, section = border_standing(findings, study), findings.get(CorridorsSection)
    if section is None or not section.way_limits.rows:
        return standing
    return replace(standing, ways=_ways(section, study.baseline.sectors, study.baseline.economies, study))


def _ways(section: CorridorsSection, sectors: Sequence[str], economies: Sequence[str], study: Study) -> Ways:
    taken = np.zeros((3, len(sectors), len(economies), len(economies)))
    weight = np.zeros(taken.shape[1:])
    for row in section.way_limits.rows:
        cell = sectors.index(row.sector), economies.index(row.exporter), economies.index(row.importer)
        taken[(slice(None), *cell)] = np.array([row.taken_less_pct, row.taken_pct, row.taken_more_pct]) / 100
        weight[cell] = row.trade_musd
    entry = study.ledger.parameters.get(ROOM)
    room = (1.0, 1.0, 1.0) if entry is None else (entry.low, entry.value, entry.high)
    return Ways(room=room, taken=taken, weight=weight)
