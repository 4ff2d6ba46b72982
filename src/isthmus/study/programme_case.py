"""What a study's programme is chosen from: gains of projects as sums of responses, and the model the choice is tried in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from isthmus.core.axes import Array
from isthmus.core.provenance import Ledger
from isthmus.economy.baseline import Baseline
from isthmus.equilibrium.path import DEPRECIATION
from isthmus.equilibrium.scenario import Scenario
from isthmus.equilibrium.solve import pose
from isthmus.levers.facts import world_facts
from isthmus.levers.worlds import SINGLES, plan_worlds, with_parameters
from isthmus.programme.acts import ARC, Acts, acts_of
from isthmus.programme.agenda import Agenda, agenda_ledger, priced
from isthmus.programme.exact import Ground
from isthmus.programme.proposal import Proposal
from isthmus.programme.rounds import Offer
from isthmus.programme.worth import benefits
from isthmus.study.blend import Bench, Drawn, lasting_effects, run_at
from isthmus.study.border import BorderSection
from isthmus.study.components import THIRD
from isthmus.study.corridors import AGREED, CorridorsSection
from isthmus.study.draws import median_draw
from isthmus.study.ensemble import EnsembleSection, bench_of
from isthmus.study.headline import headline_world
from isthmus.study.programme_levers import OwnLevers, own_levers
from isthmus.study.programme_tables import ELSEWHERE, NOT_VALUED, SPARE
from isthmus.study.standing import standing_costs
from isthmus.study.station import Findings
from isthmus.study.study import Study

FULL_PCT = 99.9
"""Use of an arc above which it is full."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """What all parts of the station share.

    Attributes
    ----------
    agenda, unpriced
        Projects whose cost is known, with money and settings; and the others.
    labels, money
        Partners and third economies together, and their income, million USD.
    responses
        Change of ln real income by a lever in full, every number at its median, (lever, years of acting, label).
    joint
        Positions of the study's joint levers among all levers.
    own
        What levers that only projects have do in draws.
    third
        Positions of third economies among the world's.
    room
        What the network says of projects that give a way more room.
    """

    offer: Offer
    agenda: Agenda
    unpriced: tuple[Proposal, ...]
    acts: Acts
    ledger: Ledger
    bench: Bench
    labels: tuple[str, ...]
    money: Array
    responses: Array
    joint: tuple[int, ...]
    own: OwnLevers | None
    third: tuple[int, ...]
    room: tuple["Room", ...]

    @property
    def silent(self) -> Mapping[str, str]:
        """Why a project of which nothing reaches the model has no value here, by its id."""
        ids = [one.project.id for one in self.agenda.proposals]
        found = {ids[p]: NOT_VALUED for p in self.acts.silent}
        for room in self.room:
            if room.project in found and room.saving_musd:
                found[room.project] = ELSEWHERE
            elif found.get(room.project) == NOT_VALUED and room.used_pct is not None and room.used_pct < FULL_PCT:
                found[room.project] = SPARE
        return found

    @property
    def years(self) -> tuple[int, ...]:
        """Years that are counted."""
        return self.offer.ground.years


@dataclass(frozen=True, kw_only=True)
class Room:
    """What the network says of an arc that a project gives more room.

    Attributes
    ----------
    candidate
        The network's own project there that saves most; empty where it has none.
    saving_musd
        What the network saves with it at the deadline, million USD a year.
    used_pct
        Use of the arc at the deadline with all joint measures; None where it has no limit, or the network does not have it.
    """

    project: str
    arc: str
    candidate: str
    saving_musd: float | None
    used_pct: float | None


def case_of(study: Study, findings: Findings) -> Case:
    """Put together what the programme of a study is chosen from; projects of unknown cost stand apart.

    Every number, of the ledger and of the projects, is taken at the median of what is drawn of it. The central values are
    modes: of a skewed range they are no middle, and the choice would follow the skew.
    """
    assert study.agenda is not None
    agenda, unpriced = priced(study.agenda)
    passages = passages_of(study, findings)
    acts = acts_of(agenda.proposals, study.levers, study.partners, study.start, passages)
    world, _, _ = headline_world(study)
    ground = _ground(study, world, findings, acts, agenda.settings.horizon)
    economies, income = tuple(world.economies), world.income.values
    at = tuple(economies.index(p) for p in study.partners)
    third = tuple(i for i in range(len(economies)) if i not in at)
    labels = (*study.partners, THIRD)
    section = findings[EnsembleSection]
    bench = bench_of(study, section, world, labels)
    own = own_levers(study, section, acts, bench, ground.facts.standing)
    joint = tuple(i for i, lever in enumerate(study.levers) if lever.joint)
    money = np.array([*income[list(at)], income[list(third)].sum()])
    ledger = agenda_ledger(agenda)
    values = ledger.medians()
    middle = run_at({name: ground.parameters[name] for name in study.ledger.parameters})
    responses = responses_in(middle, bench, joint, own, (len(acts.levers), len(ground.years)))[0]
    shares = acts.shares(values, len(agenda.proposals))
    every = benefits(agenda.proposals, shares, responses, money, labels, len(ground.years))
    offer = Offer(
        agenda=agenda, partners=study.partners, at=at, income=income, values=values, shares=shares,
        benefit=every.sel(partner=list(study.partners)), ground=ground,
    )  # fmt: skip
    return Case(
        offer=offer, agenda=agenda, unpriced=unpriced, acts=acts, ledger=ledger, bench=bench, labels=labels, money=money,
        responses=responses, joint=joint, own=own, third=third, room=tuple(_room(study, findings, agenda)),
    )  # fmt: skip


def passages_of(study: Study, findings: Findings) -> dict[str, dict[tuple[str, str, str], float]]:
    """Return what the network's candidate projects make of the cost of crossing, by every arc that they change.

    What changes hands, as prices of full ways do, is no saving and is left out. Where several projects of the network change an
    arc, the one that saves most speaks for it.
    """
    section, border = findings.get(CorridorsSection), findings.get(BorderSection)
    if section is None or study.corridors is None:
        return {}
    factor: dict[tuple[str, str, str], float] = {}
    for wedge in border.wedges.rows if border is not None else ():
        cell = wedge.sector, wedge.exporter, wedge.importer
        factor[cell] = factor.get(cell, 1.0) * (1 + wedge.central)
    cuts: dict[str, dict[tuple[str, str, str], float]] = {}
    for row in section.candidate_effects.rows:
        cell = row.sector, row.exporter, row.importer
        cuts.setdefault(row.project, {})[cell] = (row.rent - row.price) / factor.get(cell, 1.0)
    found: dict[str, dict[tuple[str, str, str], float]] = {}
    for saving in section.candidates.rows:
        for part in study.corridors.network.projects:
            if part.id == saving.project and part.id in cuts:
                found.setdefault(part.arc, cuts[part.id])
    return found


def _room(study: Study, findings: Findings, agenda: Agenda) -> Iterator[Room]:
    """Yield what the network says of every arc that a project gives more room."""
    section = findings.get(CorridorsSection)
    savings = {row.project: row.agreed_musd for row in section.candidates.rows} if section is not None else {}
    used: dict[str, float] = {}
    for row in section.ways.rows if section is not None else ():
        if row.world == AGREED and row.year == study.deadline:
            used[row.arc] = max(used.get(row.arc, 0.0), row.utilisation_pct)
    own = study.corridors.network.projects if study.corridors is not None else ()
    for one in agenda.proposals:
        for arc in dict.fromkeys(effect.target for effect in one.effects if effect.kind == ARC):
            known = [part.id for part in own if part.arc == arc and part.id in savings]
            best = max(known, key=lambda name: savings[name], default="")
            yield Room(
                project=one.project.id, arc=arc, candidate=best, saving_musd=savings.get(best), used_pct=used.get(arc)
            )


def _ground(study: Study, world: Baseline, findings: Findings, acts: Acts, horizon: int) -> Ground:
    """Return the world in which both sides carry out their own plans, and nothing joint."""
    parameters = {**median_draw(study).parameters, **acts.numbers}
    own_world = with_parameters(world, parameters)
    singles = next(w for w in plan_worlds(study.levers, study.partners, parameters, study.asked) if w.name == SINGLES)
    years = tuple(range(study.start, horizon + 1))
    own = np.zeros((len(years), len(acts.levers)))
    for i, lever in enumerate(study.levers):
        own[:, i] = [float(singles.degree(lever, year)) for year in years]
    return Ground(
        problem=pose(own_world, Scenario(trade_balance=study.trade_balance)),
        levers=acts.levers,
        parameters=parameters,
        facts=world_facts(own_world, standing_costs(findings, study)),
        own=own,
        years=years,
        depreciation=parameters.get("capital_depreciation", DEPRECIATION),
    )


def responses_in(
    drawn: Drawn, bench: Bench, joint: Sequence[int], own: OwnLevers | None, size: tuple[int, int]
) -> Array:
    """Return what every lever in full does in every run, (draw, lever, years of acting, label); single levers are left at 0.

    Parameters
    ----------
    size
        Number of levers, those of projects alone last, and of years.
    """
    levers, lags = size
    found = np.zeros((drawn.count, levers, lags, len(bench.quantities)))
    found[:, list(joint)] = lasting_effects(bench, drawn, joint, lags)
    if own is not None:
        alone = own.effects(drawn, lags)
        found[:, levers - alone.shape[1] :] = alone
    return found
