"""Candidate projects of the network: what each would save by itself, and what it changes in the cost of crossing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from isthmus.corridors.flow import Flows, flow, objective
from isthmus.corridors.network import Network, NetworkProject, with_projects
from isthmus.study.corridor_tables import CandidateEffectRow, CandidateRow
from isthmus.study.coupling import Coupled, CoupledWays, CouplingStart, around, by_cell, ways_between
from isthmus.study.freight import ways_of

FREIGHT, ENERGY = "freight", "energy"


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One project that is not built, with what it saves without the plans and with their trade, USD a year."""

    parts: tuple[NetworkProject, ...]
    energy: bool
    without: float
    agreed: float
    ways: CoupledWays


def candidates_of(point: CouplingStart, agreed: Coupled) -> list[Candidate]:
    """Solve the network of the deadline with each candidate by itself, without the plans and with their trade.

    Savings count what demand that comes or stays away would have paid (:eq:`saving`).
    """
    plain = point.reference.flows
    moved = around(point, agreed.network, agreed.ways)
    now, found = ways_of(moved), []
    for name in _open(plain):
        built = [with_projects(n, [name]) for n in (plain.network, agreed.network)]
        one = flow(built[0], start=plain)
        other = around(point, built[1], agreed.ways, moved)
        found.append(
            Candidate(
                parts=tuple(p for p in plain.network.projects if p.id == name),
                energy=_energy(plain.network, name),
                without=float((objective(plain) - objective(one))[-1]),
                agreed=float((objective(moved) - objective(other))[-1]),
                ways=ways_between(now, ways_of(other)),
            )
        )
    return found


def candidate_rows(found: Sequence[Candidate], year: int) -> Iterator[CandidateRow]:
    """Yield what each candidate saves, the most valuable first."""
    for one in sorted(found, key=lambda c: -c.agreed):
        first, cost = one.parts[0], float(np.nansum([p.cost_musd for p in one.parts]))
        yield CandidateRow(
            project=first.id, year=year, without_musd=one.without / 1e6, agreed_musd=one.agreed / 1e6,
            cost_musd=cost or None, carries=ENERGY if one.energy else FREIGHT, opens=min(p.year for p in one.parts),
            sides=";".join(dict.fromkeys(s for p in one.parts for s in p.sides)),
            statements=";".join(dict.fromkeys(s for p in one.parts for s in p.statements)), status=str(first.status),
            source=first.source,
        )  # fmt: skip


def effect_rows(found: Sequence[Candidate], point: CouplingStart) -> Iterator[CandidateEffectRow]:
    """Yield what each candidate changes by sector and direction, where it is anything."""
    for one in found:
        for cell, (_, rise, rents) in by_cell(point, one.ways).items():
            rent = sum(rents.values())
            if max(abs(rise), abs(rent)) > 1e-9:
                yield CandidateEffectRow(one.parts[0].id, *cell, rise, rent)


def _energy(network: Network, project: str) -> bool:
    """Say whether all that a project's ways carry is energy."""
    arcs = {p.arc for p in network.projects if p.id == project}
    carried = {c for a in network.arcs if a.id in arcs for c in a.carriers}
    return all(c.energy for c in network.carriers if c.id in carried)


def _open(flows: Flows) -> list[str]:
    """Return the projects that are not built and change something by the last year."""
    network = flows.network
    return list(
        dict.fromkeys(p.id for p in network.projects if p.id not in network.built and p.year <= network.years[-1])
    )
