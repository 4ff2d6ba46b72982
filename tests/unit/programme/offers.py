"""A small invented world with projects that act on two levers, to be scheduled and solved in full."""

from dataclasses import replace

import numpy as np
import xarray as xr

from isthmus.core.provenance import Status
from isthmus.economy.calibrate import calibrate
from isthmus.economy.synthetic import synthetic_world
from isthmus.equilibrium.scenario import Scenario
from isthmus.equilibrium.solve import pose
from isthmus.levers.facts import BorderCosts, world_facts
from isthmus.levers.lever import Channel, Effect, Lever
from isthmus.programme.acts import Acts, acts_of
from isthmus.programme.agenda import Agenda, Purse, agenda_ledger
from isthmus.programme.exact import Ground, in_one_year
from isthmus.programme.project import ProgrammeSettings, Project
from isthmus.programme.proposal import CostLine, Evidence, Proposal, ProposedEffect
from isthmus.programme.rounds import Offer
from isthmus.programme.worth import benefits

PARTNERS = ("E00", "E01")
NUMBERS = {"o": 0.3, "s": 0.5, "alone": 0.1}
ASSUMED = Evidence(source="assumed", address="", accessed="", status=Status.ASSUMED, note="")
FIRST, HORIZON = 2026, 2033


def lever(name: str, sectors: tuple[str, ...], owner: str = "joint") -> Lever:
    pairs = (PARTNERS, PARTNERS[::-1])
    effects = tuple(
        Effect(Channel.WEDGE, {"overhead": "o", "removed": "s"}, exporter=(x,), importer=(m,), sector=sectors)
        for x, m in pairs
    )
    partners = PARTNERS if owner == "joint" else (owner,)
    return Lever(name, {}, "trade", owner, partners, {}, effects, 2025, FIRST, FIRST)


LEVERS = (lever("gate", ("S00", "S01")), lever("papers", ("S00", "S02")), lever("own", ("S01",), "E00"))


def claim(kind: str, target: str, amount: float, **more: object) -> ProposedEffect:
    plain = {"measure": "share", "unit": "share", "sectors": (), "exporter": (), "importer": (), "evidence": ASSUMED}
    return ProposedEffect(
        kind=kind, target=target, low=0.8 * amount, central=amount, high=1.2 * amount, **{**plain, **more}
    )  # type: ignore[arg-type]


def proposal(name: str, cost: float | None, *effects: ProposedEffect, build: int = 1, **more: object) -> Proposal:
    window = {"build_years": build, "earliest": FIRST, "latest": HORIZON - 2, "sides": PARTNERS}
    lines = [] if cost is None else [
        CostLine(first=0, last=build - 1, side="", low=0.7 * cost, central=cost, high=1.5 * cost, evidence=ASSUMED)
    ]  # fmt: skip
    return Proposal(
        project=Project(id=name, **{**window, **more}), titles={}, theme="border", sectors=(), statements={},
        costs=tuple(lines), effects=effects, needs=(),
    )  # type: ignore[arg-type]  # fmt: skip


PROPOSALS = (
    proposal("bridge", 300.0, claim("lever", "gate", 0.5), build=2),
    proposal("road", 200.0, claim("lever", "gate", 0.4)),
    proposal("forms", 20.0, claim("lever", "papers", 0.6)),
    proposal("palace", 1e6, claim("lever", "papers", 0.01)),
    proposal("stands", 15.0, claim("wedge", "standards", 0.2, sectors=("S02",))),
    proposal("quay", 10.0, claim("arc", "pier", 2.0)),
)


def agenda(proposals: tuple[Proposal, ...] = PROPOSALS, money: float = 400.0, **more: object) -> Agenda:
    purses = tuple(
        Purse(partner=p, first=FIRST, last=HORIZON, low=0.5 * money, central=money, high=2 * money, evidence=ASSUMED)
        for p in PARTNERS
    )
    settings = ProgrammeSettings(
        base_year=FIRST, horizon=HORIZON, discount_rate=0.05, minimum_share=0.1, gap=0.001, time_limit_s=1e9, nodes=1000
    )
    given = {"settings": settings, "carry_over": 0.2, "objective": "sum", "draws": 3, "pairs": 3}
    return Agenda(proposals=proposals, limits=(), purses=purses, loan_rate=0.05, loan_years=5, **{**given, **more})  # type: ignore[arg-type]


def ground(acts: Acts) -> Ground:
    baseline = calibrate(synthetic_world(4, 5, np.random.default_rng(5)))
    priced = np.full((5, 4, 4), 0.2)
    facts = world_facts(baseline, BorderCosts(costs={"standards": priced}))
    years = tuple(range(FIRST, HORIZON + 1))
    return Ground(
        problem=pose(baseline, Scenario()), levers=acts.levers, parameters={**NUMBERS, **acts.numbers}, facts=facts,
        own=np.zeros((len(years), len(acts.levers))), years=years, depreciation=0.06,
    )  # fmt: skip


def offer(wanted: Agenda) -> Offer:
    """Return an offer whose screening gains are those of one year, capital as it was."""
    acts = acts_of(wanted.proposals, LEVERS, PARTNERS, FIRST)
    base = ground(acts)
    shares = acts.shares(agenda_ledger(wanted).central(), len(wanted.proposals))
    full = np.eye(len(acts.levers))
    nothing, *alone = in_one_year(base, [0 * full[0], *full])
    income = base.problem.baseline.income.values
    responses = np.repeat((np.array(alone) - nothing)[:, None, :2], len(base.years), axis=1)
    gain: xr.DataArray = benefits(wanted.proposals, shares, responses, income[:2], PARTNERS, len(base.years))
    return Offer(
        agenda=wanted, partners=PARTNERS, at=(0, 1), income=income, values=agenda_ledger(wanted).central(), shares=shares,
        benefit=gain, ground=base,
    )  # fmt: skip


def with_floor(wanted: Agenda, floor: str) -> Agenda:
    return replace(wanted, settings=replace(wanted.settings, floor=floor))
