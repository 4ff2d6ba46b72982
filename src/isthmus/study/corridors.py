"""The corridors of the study: what crossing costs, does the trade of the plans fit, and what would room be worth."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

from isthmus.core.labels import EVERY
from isthmus.corridors.fit import fit
from isthmus.corridors.flow import Flows, flow
from isthmus.corridors.network import Network, with_projects
from isthmus.corridors.volume import placed
from isthmus.economy.aggregate import Names
from isthmus.equilibrium.scenario import Changes, Scenario
from isthmus.equilibrium.solve import Settings, pose
from isthmus.levers.ways import ROOM
from isthmus.levers.worlds import SINGLES, PlanWorld, Timetable, plan_worlds, solve_worlds, with_parameters
from isthmus.study.border import BorderSection
from isthmus.study.border_standing import border_standing
from isthmus.study.candidates import Candidate, candidate_rows, candidates_of, effect_rows
from isthmus.study.corridor_rows import (
    CorridorCase,
    beside_rows,
    binding_rows,
    energy_rows,
    known_rows,
    limit_rows,
    outside_rows,
    round_rows,
    share_rows,
    trade_limit_rows,
    unmet_rows,
    volume_rows,
    way_rows,
)
from isthmus.study.corridor_tables import (
    BesideRow,
    BindingRow,
    CandidateEffectRow,
    CandidateRow,
    CarrierEnergyRow,
    CouplingRoundRow,
    HeadroomRow,
    KnownRow,
    LimitRow,
    NameRow,
    OutsideRow,
    PlaceRow,
    RouteRow,
    ShareRow,
    StepRow,
    TradeLimitRow,
    UnmetRow,
    VolumeRow,
    WayLimitRow,
    WayLinkRow,
    WayRow,
)
from isthmus.study.corridor_ways import link_rows, name_rows, place_rows, route_rows, step_rows
from isthmus.study.coupling import TOLERANCE, Coupled, CouplingStart, apart, couple, node_elasticity, reference_prices
from isthmus.study.draws import central_draw
from isthmus.study.freight import FREIGHT_FIELDS, Freight, Solved, freight_of, volume_after, volumes_under, ways_of
from isthmus.study.headline import price_year
from isthmus.study.headroom import AS_IT_IS, BUILT, headroom_rows
from isthmus.study.jobs import QUICK
from isthmus.study.network import NetworkSection
from isthmus.study.section import Help, Section, Table, table
from isthmus.study.station import Findings, Station, Work
from isthmus.study.study import Study
from isthmus.study.way_limits import way_limit_rows, with_room

SETTINGS = Settings(tolerance=1e-8)
"""How equilibria of rounds are solved: far below the residual at which rounds end."""

TODAY, WITHOUT, AGREED = "today", "without", "agreed"
PLANS, PROJECTS, LESS, MORE = "plans", "projects", "less_room", "more_room"


@dataclass(frozen=True, kw_only=True)
class CorridorsSection(Section):
    """How goods and energy get across."""

    partners: Annotated[tuple[str, ...], Help("partners in the order in which they are shown")]
    economy_names: Annotated[Names, Help("names of economies by code and language")]
    sector_names: Annotated[Names, Help("names of sectors by code and language")]
    name: Annotated[str, Help("name of the network")]
    places: Annotated[int, Help("nodes of the network")]
    arcs: Annotated[int, Help("arcs of the network")]
    year: Annotated[int, Help("year of the trade that is on the network today")]
    price_year: Annotated[int | None, Help("year of the prices that money is told in")]
    start: Annotated[int, Help("first year of the plans")]
    deadline: Annotated[int, Help("year in which targets are due")]
    on_network_pct: Annotated[float, Help("share of the pair's trade in goods that takes the network, percent")]
    converged: Annotated[bool, Help("whether trade and ways agree in every case that numbers are made of")]
    unsettled: Annotated[tuple[str, ...], Help("cases in which they do not, and which are left out")]
    tolerance: Annotated[float, Help("residual at which they are taken to agree")]
    residual: Annotated[float, Help("largest last residual of all cases")]
    rounds: Annotated[int, Help("most rounds of all cases")]
    solver_residual: Annotated[
        float, Help("largest violation of balance, capacity or cost found by the check of flows")
    ]
    limits: Annotated[
        Table[LimitRow], Help("what the plans bring without limits on the ways and with them", at="deadline")
    ]
    way_limits: Annotated[
        Table[WayLimitRow], Help("what full ways take back of cuts in the cost of crossing", at="deadline")
    ]
    trade_limits: Annotated[
        Table[TradeLimitRow], Help("trade of the plans without limits and with them", at="deadline")
    ]
    coupling: Annotated[Table[CouplingRoundRow], Help("residual of every round between trade and ways", at="deadline")]
    ways: Annotated[Table[WayRow], Help("use of every way that has a limit")]
    binding: Annotated[Table[BindingRow], Help("first year in which each way is full")]
    headroom: Annotated[Table[HeadroomRow], Help("growth of trade at which each way is full, year by year")]
    unmet: Annotated[Table[UnmetRow], Help("trade of the plans that does not get across, and what it would pay")]
    beside: Annotated[Table[BesideRow], Help("costs of the wedge ledger and of the network side by side", at="year")]
    way_rents: Annotated[Table[ShareRow], Help("who receives scarcity prices and fees", at="year")]
    way_routes: Annotated[Table[RouteRow], Help("ways that goods take today, with the four indicators", at="year")]
    way_steps: Annotated[Table[StepRow], Help("time and cost along each route", at="year")]
    candidates: Annotated[Table[CandidateRow], Help("what each candidate project would save by itself")]
    candidate_effects: Annotated[
        Table[CandidateEffectRow], Help("what each changes in the cost of crossing", at="deadline")
    ]
    way_volumes: Annotated[Table[VolumeRow], Help("volumes by value and as the network counts them", at="year")]
    known: Annotated[Table[KnownRow], Help("known volumes beside computed ones")]
    energy_ways: Annotated[Table[CarrierEnergyRow], Help("delivery of energy: losses and cost")]
    outside: Annotated[Table[OutsideRow], Help("trade of goods that does not take the network", at="year")]
    way_places: Annotated[Table[PlaceRow], Help("nodes of the network", at="year")]
    way_links: Annotated[Table[WayLinkRow], Help("arcs of the network as they are used today", at="year")]
    way_names: Annotated[Table[NameRow], Help("names of places, ways, carriers and projects")]
    statement_texts: Annotated[
        Names, Help("plan statements that carry candidate projects, in our own words, by id and language")
    ]


def compute(study: Study, findings: Findings, work: Work) -> CorridorsSection:
    """Put the trade of the plans on the network, year by year, and let ways and trade answer each other."""
    freight = freight_of(study)
    today = ways_of(flow(freight.network))
    worlds = _worlds(study, findings, freight)
    work.progress(0.2)
    years = tuple(range(study.start, study.deadline + 1))
    network, _ = placed(freight.given.network, volumes_under(freight, years))
    without = flow(network)
    case = _case(study, freight, today, without, worlds, years)
    work.progress(0.5)
    point = _point(study, freight, worlds[QUICK])
    coupled = _coupled(study, point, worlds, work)
    work.progress(0.8)
    agreed = coupled[AGREED] if coupled[AGREED].converged else apart(point, worlds[QUICK].at_deadline)
    candidates = candidates_of(point, agreed)
    found: dict[str, Any] = {
        **_facts(case, coupled, findings[NetworkSection]),
        **_limits(case, worlds, coupled, point),
        **_today(case, findings[NetworkSection]),
    }
    return CorridorsSection(
        partners=study.partners,
        economy_names=study.economy_names,
        sector_names=study.sector_names,
        start=study.start,
        deadline=study.deadline,
        price_year=price_year(study),
        statement_texts=_statement_texts(study, candidates),
        headroom=table(HeadroomRow, headroom_rows(freight, without, years, _cases(freight), work)),
        way_volumes=table(VolumeRow, volume_rows(case, agreed)),
        candidates=table(CandidateRow, candidate_rows(candidates, study.deadline)),
        candidate_effects=table(CandidateEffectRow, effect_rows(candidates, point)),
        **found,
    )


def _statement_texts(study: Study, candidates: Sequence[Candidate]) -> Names:
    """Return the statements that carry candidate projects, by id and language."""
    carrying = {name for one in candidates for part in one.parts for name in part.statements}
    return {s.id: {s.lang: s.text, **s.texts} for s in study.statements if s.id in carrying}


STATION = Station(
    name="corridors",
    section=CorridorsSection,
    reads=(
        *dict.fromkeys((*FREIGHT_FIELDS, "ledger", "targets")),
        *("economy_names", "sector_names", "start", "deadline", "levers", "trade_balance", "asked", "statements"),
    ),
    needs=(NetworkSection, BorderSection),
    applies=lambda study: study.corridors is not None,
    compute=compute,
    weight=15,
)


def _worlds(study: Study, findings: Findings, freight: Freight) -> Mapping[str, PlanWorld]:
    """Solve the plans alone and with all joint measures, ways as today."""
    parameters = central_draw(study).parameters
    wanted = [
        w for w in plan_worlds(study.levers, study.partners, parameters, study.asked) if w.name in (SINGLES, QUICK)
    ]
    return solve_worlds(
        freight.world,
        study.levers,
        parameters,
        wanted,
        Timetable(study.start, study.deadline, study.deadline),
        trade_balance=study.trade_balance,
        standing=border_standing(findings, study),
        settings=SETTINGS,
    )


def _case(
    study: Study,
    freight: Freight,
    today: Solved,
    without: Flows,
    worlds: Mapping[str, PlanWorld],
    years: tuple[int, ...],
) -> CorridorCase:
    """Ask year by year whether the trade of the plans with all joint measures fits."""
    agreed = worlds[QUICK]
    trade = {year: volume_after(freight, agreed.states[year], agreed.changes[year]) for year in years}
    network, _ = placed(freight.given.network, volumes_under(freight, years, trade))
    reference = reference_prices(without, network)
    met = fit(network, node_elasticity(freight, network), reference=reference)
    return CorridorCase(
        freight=freight,
        partners=study.partners,
        today=today,
        worlds={TODAY: today.flows, WITHOUT: without, AGREED: met},
        reference=reference,
        wanted=network,
    )


def _point(study: Study, freight: Freight, world: PlanWorld) -> CouplingStart:
    """Return the deadline with the plans' changes, and its network without the plans."""
    parameters, year = central_draw(study).parameters, study.deadline
    network, _ = placed(freight.given.network, volumes_under(freight, [year]))
    return CouplingStart(
        freight=freight,
        year=year,
        problem=pose(with_parameters(freight.world, parameters), Scenario(trade_balance=study.trade_balance), SETTINGS),
        changes=changes_of(world, year),
        reference=ways_of(flow(network)),
    )


def _coupled(study: Study, point: CouplingStart, worlds: Mapping[str, PlanWorld], work: Work) -> dict[str, Coupled]:
    """Let trade and ways of the deadline answer each other: plans alone, with joint measures, with all projects too."""

    def solved(name: str) -> Coupled:
        world = worlds[SINGLES if name == PLANS else QUICK]
        of = replace(point, changes=changes_of(world, study.deadline))
        return couple(of, _built(name, rooms), SETTINGS, world.at_deadline)

    rooms = _rooms(study)
    names = list(dict.fromkeys((PLANS, AGREED, PROJECTS, *rooms)))
    return dict(zip(names, work.map(solved, names), strict=True))


def _rooms(study: Study) -> dict[str, float]:
    """Return the room on the ways in cases that differ in nothing else: what the study counts on, and the ends of its range."""
    entry = study.ledger.parameters.get(ROOM)
    if entry is None:
        return {AGREED: 1.0}
    ends = {LESS: entry.low, MORE: entry.high}
    return {AGREED: entry.value, **{name: room for name, room in ends.items() if room != entry.value}}


def _built(name: str, rooms: Mapping[str, float]) -> Callable[[Network], Network]:
    """Return what is built by the deadline in a case."""
    roomy = with_room(rooms.get(name, rooms[AGREED]))
    return (lambda network: roomy(_all_built(network))) if name == PROJECTS else roomy


def changes_of(world: PlanWorld, year: int) -> Changes:
    """Return what a world's levers change in a year, with the capital that has accumulated."""
    return replace(world.changes[year], ln_capital=world.ln_capital[year])


def _facts(case: CorridorCase, coupled: Mapping[str, Coupled], section: NetworkSection) -> dict[str, Any]:
    """Return the plain facts."""
    freight = case.freight
    outside = sum(row.value_musd for row in outside_rows(freight, section))
    goods = [s for s in freight.trade["sector"].values if str(s) in freight.world.goods]
    whole = float(freight.trade.sel(sector=goods).sum()) * freight.level
    return {
        "name": freight.given.name,
        "places": len(freight.given.network.nodes),
        "arcs": len(freight.given.network.arcs),
        "year": freight.year,
        "on_network_pct": 100 * (1 - outside / whole) if whole > 0 else 0.0,
        "converged": coupled[PLANS].converged and coupled[AGREED].converged,
        "unsettled": tuple(name for name, c in coupled.items() if not c.converged),
        "tolerance": TOLERANCE,
        "residual": max(c.residuals[-1] for c in coupled.values()),
        "rounds": max(len(c.residuals) for c in coupled.values()),
        "solver_residual": max(max(f.residuals.values()) for f in case.worlds.values()),
    }


def _limits(
    case: CorridorCase, worlds: Mapping[str, PlanWorld], coupled: Mapping[str, Coupled], point: CouplingStart
) -> dict[str, Table[Any]]:
    """Return the tables on what fits."""
    pair, agreed = (worlds[SINGLES], worlds[QUICK]), coupled[AGREED]
    free = volume_after(case.freight, worlds[QUICK].at_deadline, worlds[QUICK].changes[point.year])
    settled = coupled[PLANS].converged and agreed.converged
    built = coupled[PROJECTS] if coupled[PROJECTS].converged else None
    rooms = [coupled.get(name, agreed) for name in (LESS, AGREED, MORE)]
    solved = [room if room.converged else agreed for room in rooms]
    return {
        "limits": table(LimitRow, limit_rows(case, pair, (coupled[PLANS], agreed, built)) if settled else ()),
        "trade_limits": table(TradeLimitRow, trade_limit_rows(case, free, (agreed, built), point) if settled else ()),
        "way_limits": table(WayLimitRow, way_limit_rows(point, solved) if agreed.converged else ()),
        "coupling": table(CouplingRoundRow, round_rows(coupled)),
        "ways": table(WayRow, way_rows(case)),
        "binding": table(BindingRow, binding_rows(case)),
        "unmet": table(UnmetRow, unmet_rows(case, case.worlds[AGREED])),
        "energy_ways": table(CarrierEnergyRow, energy_rows(case)),
    }


def _today(case: CorridorCase, section: NetworkSection) -> dict[str, Table[Any]]:
    """Return the tables on the network as it is used today."""
    freight, own = case.freight, case.freight.given.network
    known = known_rows(flow(own), freight) if freight.given.observations else ()
    return {
        "beside": table(BesideRow, beside_rows(freight, section)),
        "way_rents": table(ShareRow, share_rows(case)),
        "way_routes": table(RouteRow, route_rows(case)),
        "way_steps": table(StepRow, step_rows(case)),
        "known": table(KnownRow, known),
        "outside": table(OutsideRow, outside_rows(freight, section)),
        "way_places": table(PlaceRow, place_rows(own)),
        "way_links": table(WayLinkRow, link_rows(case.today.flows)),
        "way_names": table(NameRow, name_rows(own)),
    }


def _cases(freight: Freight) -> dict[str, Network]:
    """Return the networks on which trade is grown."""
    own = freight.given.network
    return {AS_IT_IS: own, **({BUILT: _all_built(own)} if own.projects else {})}


def _all_built(network: Network) -> Network:
    return with_projects(network, [EVERY]) if network.projects else network
