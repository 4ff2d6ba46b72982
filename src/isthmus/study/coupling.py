"""Trade and its ways together: trade fills the network, full ways make trade dearer, until both agree.

Every round solves the equilibrium at the prices of the ways, turns its trade into tonnes, and puts these on the network while
demand follows its price near the point (:eq:`coupling`). What the ways add is a cost where it uses up resources and a rent where
somebody receives it; rents are levied like a tariff and handed to their recipients.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import xarray as xr

from isthmus.core.axes import Array
from isthmus.corridors.fit import follow
from isthmus.corridors.flow import Flows
from isthmus.corridors.ledger import TradeCell
from isthmus.corridors.network import Network
from isthmus.corridors.volume import mixes_of, placed
from isthmus.corridors.wedge import SCARCITY, Arrival
from isthmus.equilibrium.changes import combine, no_changes
from isthmus.equilibrium.scenario import Changes
from isthmus.equilibrium.solve import Problem, Settings, find
from isthmus.equilibrium.state import State
from isthmus.study.freight import Freight, Solved, volume_after, volumes_under, ways_of

DAMPING, TOLERANCE, ROUNDS = 0.5, 1e-4, 40
"""Share of each step that is taken at first; residual at which rounds end; rounds after which cuts become closer."""
SHORTER, LONGER = 0.6, 1.6
"""Factors on the share of a direction's step when it turns back and when it goes on."""
CUTS = ((1e-2, 6, 0.05), (5e-2, 14, 0.01))
"""Residual below which the curve of demand is cut closer around the amounts of the round before, most such amounts, and least
share of a step: at first, and where rounds do not end (many full ways hold goods at many different amounts)."""
CARRIER = "carrier"
"""Recipient of rents where an arc names no economy."""

CarrierDirection = tuple[str, str, str]
"""Carrier, exporter, importer."""

Place = tuple[str, str, str]
"""Node, carrier, and the mode by which its goods cross, empty where that is open."""


@dataclass(frozen=True, kw_only=True)
class CoupledWays:
    """What ways cost more than in a reference, by carrier and direction.

    Attributes
    ----------
    price
        USD a unit.
    rent
        The part of it that is received, USD a unit by recipient.
    """

    price: Mapping[CarrierDirection, float]
    rent: Mapping[CarrierDirection, Mapping[str, float]]

    def toward(self, other: "CoupledWays", shares: Mapping[CarrierDirection, float]) -> "CoupledWays":
        """Return what lies between this and another one, by a share of the way in each direction of each carrier."""
        price, rent = dict[CarrierDirection, float](), dict[CarrierDirection, dict[str, float]]()
        for key, share in shares.items():
            old, new = self.price.get(key, 0.0), other.price.get(key, 0.0)
            price[key] = old + share * (new - old)
            mine, theirs = self.rent.get(key, {}), other.rent.get(key, {})
            rent[key] = {
                r: mine.get(r, 0.0) + share * (theirs.get(r, 0.0) - mine.get(r, 0.0)) for r in {**mine, **theirs}
            }
        return CoupledWays(price=price, rent=rent)


@dataclass(frozen=True, kw_only=True)
class Coupled:
    """Where trade and its ways agree.

    Attributes
    ----------
    ln_real_income
        Log change of real income by economy, (N,).
    trade
        Trade between the partners at today's prices, million USD.
    network
        The network with the volumes of this trade.
    ways
        What ways cost more than in the reference.
    received
        Change of rents by recipient, million USD a year.
    residuals
        Largest relative change of a price of delivery, round by round; the last one is that of the result.
    """

    ln_real_income: Array
    trade: xr.DataArray
    network: Network
    ways: CoupledWays
    received: Mapping[str, float]
    residuals: tuple[float, ...]

    @property
    def converged(self) -> bool:
        """Whether the last residual is within the tolerance."""
        return self.residuals[-1] <= TOLERANCE


@dataclass(frozen=True, kw_only=True)
class CouplingStart:
    """What a coupled solution starts from.

    Attributes
    ----------
    freight
        Today's trade on the network.
    year
        The year that is solved.
    problem, changes
        World and closure; what the plans change, capital included.
    reference
        Flows of the year without the plans: prices and rents of today's kind, which trade has already answered to.
    """

    freight: Freight
    year: int
    problem: Problem
    changes: Changes
    reference: Solved


def couple(point: CouplingStart, build: Callable[[Network], Network], settings: Settings, start: State) -> Coupled:
    """Iterate between equilibrium and network.

    Parameters
    ----------
    build
        What is built or closed on the network.
    start
        A state nearby, for example that of the plans with the ways as they are.
    """
    freight, ways, state, residuals = point.freight, CoupledWays(price={}, rent={}), start, list[float]()
    built = build(freight.given.network)
    steps, shares, centres = dict[CarrierDirection, float](), dict[CarrierDirection, float](), tuple[float, ...]()
    for number in range(ROUNDS * len(CUTS)):
        narrow, most, least = CUTS[number // ROUNDS]
        added, received = ways_changes(point, ways, state)
        changes = combine(point.changes, added)
        if number:
            state = find(point.problem, changes, settings=settings, start=state.point)
        trade = volume_after(freight, state, changes)
        units = volumes_under(freight, [point.year], {point.year: trade})
        network, _ = placed(built, units)
        flows = around(point, network, ways, centres=centres)
        found = ways_between(point.reference, ways_of(flows))
        residuals.append(_gap(point, ways, found))
        if residuals[-1] <= TOLERANCE:
            break
        centres = _centres(flows, network, most) if residuals[-1] < narrow else ()
        before, steps = steps, {key: usd - ways.price.get(key, 0.0) for key, usd in found.price.items()}
        shares = {k: _share(shares.get(k, DAMPING), before.get(k, 0.0), step, least) for k, step in steps.items()}
        ways = ways.toward(found, shares)
    return Coupled(
        ln_real_income=state.welfare.ln_real_income, trade=trade, network=network, ways=ways, received=received,
        residuals=tuple(residuals),
    )  # fmt: skip


def apart(point: CouplingStart, state: State) -> Coupled:
    """Return trade of a state on ways whose prices it does not answer: what is left where rounds do not end."""
    trade = volume_after(point.freight, state, point.changes)
    network, _ = placed(point.freight.given.network, volumes_under(point.freight, [point.year], {point.year: trade}))
    return Coupled(
        ln_real_income=state.welfare.ln_real_income, trade=trade, network=network, ways=CoupledWays(price={}, rent={}),
        received={}, residuals=(0.0,),
    )  # fmt: skip


def _centres(flows: Flows, network: Network, most: int) -> tuple[float, ...]:
    """Return what came over what was wanted where they differ most, and one."""
    wanted = network.demand.values.sum(axis=3)
    came = flows.network.demand.values.sum(axis=3) - flows.unmet.values
    ratios = (came[wanted > 0] / wanted[wanted > 0]).round(4)
    apart = sorted(set(map(float, ratios[np.abs(ratios - 1) > 1e-3])), key=lambda x: -abs(x - 1))
    return (1.0, *apart[: most - 1])


def _share(share: float, before: float, step: float, least: float) -> float:
    """Return the share of a step to take: shorter where it turns back, longer where it goes on."""
    if before * step < 0:
        return max(share * SHORTER, least)
    return min(share * LONGER, 1.0) if before * step > 0 else share


def around(
    point: CouplingStart, network: Network, ways: CoupledWays, start: Flows | None = None, centres: Sequence[float] = ()
) -> Flows:
    """Find the cheapest flows while demand follows its price near what is wanted when ways cost so much more."""
    reference = reference_prices(point.reference.flows, network, ways)
    return follow(network, node_elasticity(point.freight, network), reference, start, centres)


def ways_between(reference: Solved, solved: Solved) -> CoupledWays:
    """Return what ways cost more than in a reference, at the reference's pattern of demand (:eq:`way-price`)."""
    before, after = _prices(reference.flows), _prices(solved.flows)
    found: dict[CarrierDirection, float] = {}
    for key, places in _pattern(reference.flows).items():
        known = [(share, place) for place, share in places.items() if place in after]
        total = sum(share for share, _ in known)
        if total > 0:
            found[key] = sum(share * (after[place] - before[place]) for share, place in known) / total
    rent: dict[CarrierDirection, dict[str, float]] = {}
    for passed, sign in ((solved.passed, 1.0), (reference.passed, -1.0)):
        for way, passage in passed.items():
            for (kind, recipient), usd in passage.paid.items():
                if kind == SCARCITY and way[:3] in found:
                    of = rent.setdefault(way[:3], {})
                    of[recipient] = of.get(recipient, 0.0) + sign * usd
    return CoupledWays(price=found, rent=rent)


def ways_changes(point: CouplingStart, ways: CoupledWays, state: State) -> tuple[Changes, Mapping[str, float]]:
    """Return what dearer ways change in the world, and the change of rents by recipient in million USD.

    The price of delivery rises by kappa_hat t: kappa_hat uses up resources, t is a rent (:eq:`way-change`).
    """
    model, world = point.problem.model, point.freight.world
    sectors, economies = list(world.sectors), list(world.economies)
    cells, ln_cost, ln_rent = [], [], []
    received: dict[str, float] = {}
    transfer = np.zeros(len(economies))
    for (sector, exporter, importer), (level, rise, rents) in by_cell(point, ways).items():
        j, i, n = sectors.index(sector), economies.index(exporter), economies.index(importer)
        rent = sum(rents.values())
        cells.append(int(np.ravel_multi_index((j, i, n), model.pi.shape)))
        ln_cost.append(np.log((level + rise - rent) / level))
        ln_rent.append(np.log((level + rise) / (level + rise - rent)))
        value = float(state.flows[j, i, n])
        for recipient, share in rents.items():
            amount = share / (level + rise - rent) * value
            received[recipient] = received.get(recipient, 0.0) + amount
            for economy, part in _recipients(point, recipient, exporter, importer).items():
                transfer[economy] += amount * part
            transfer[n] -= amount
    order = np.argsort(cells)
    at = np.array(cells, dtype=int)[order]
    tariff = np.log(model.tau.ravel()[at])
    changes = replace(
        no_changes(*model.X.shape),
        cells=at, ln_cost=np.array(ln_cost)[order], ln_tariff=tariff + np.array(ln_rent)[order],
        ln_tariff_before=tariff, transfer=transfer,
    )  # fmt: skip
    return changes, received


def by_cell(point: CouplingStart, ways: CoupledWays) -> dict[TradeCell, tuple[float, float, dict[str, float]]]:
    """Return by sector and direction: the price of delivery over the value, its rise, and the rents in it, as fractions."""
    found: dict[TradeCell, tuple[float, float, dict[str, float]]] = {}
    passed = {key[:3]: passage for key, passage in point.reference.passed.items()}
    mixes = point.freight.given.mixes
    pairs = list(dict.fromkeys(key[1:] for key in ways.price))
    for sector in dict.fromkeys(m.sector for m in mixes):
        for exporter, importer in pairs:
            level, rise, rents = 1.0, 0.0, dict[str, float]()
            for mix in mixes_of(mixes, sector, exporter, importer):
                key = mix.carrier, exporter, importer
                if key not in ways.price:
                    continue
                level += mix.share * _level(passed.get(key, Arrival()), mix.usd_per_unit)
                rise += mix.share * ways.price[key] / mix.usd_per_unit
                for recipient, usd in ways.rent.get(key, {}).items():
                    rents[recipient] = rents.get(recipient, 0.0) + mix.share * usd / mix.usd_per_unit
            if rise or rents:
                found[TradeCell(sector, exporter, importer)] = level, rise, rents
    return found


def node_elasticity(freight: Freight, network: Network) -> Array:
    """Return the trade elasticity of each node and carrier: that of its sectors, weighted by trade."""
    goods, economies = [c.like or c.id for c in network.carriers], [node.economy for node in network.nodes]
    rows = {e: [freight.elasticity.get((one, e), freight.usual_elasticity) for one in goods] for e in set(economies)}
    return np.array([rows[economy] for economy in economies])


def reference_prices(reference: Flows, network: Network, ways: CoupledWays | None = None) -> Array:
    """Return the price at which a network's demand is wanted, (node, carrier, year, season): the reference's, and what ways add.

    Where the reference has no demand, the price is out of reach, so that what is asked for is met.
    """
    own, seasons = reference.network, len(network.seasons)
    rise: dict[tuple[str, str], float] = {}
    for (goods, _, importer), usd in (ways.price if ways else {}).items():
        rise[goods, importer] = usd
    top = 10 * float(np.abs(reference.season_price.values).max(initial=1.0))
    found = np.full((len(network.nodes), len(network.carriers), len(network.years), seasons), top)
    years = [int(np.argmin([abs(y - known) for known in own.years])) for y in network.years]
    known, prices = _wanted(reference), reference.season_price.values[:, :, years]
    carriers = [(carrier.like or carrier.id, carrier.mode) for carrier in network.carriers]
    for n, node in enumerate(network.nodes):
        for c, (base, mode) in enumerate(carriers):
            if at := known.get((node.id, base, mode)):
                found[n, c] = prices[at[0], at[1]] + rise.get((base, node.economy), 0.0)
    return found


def _wanted(flows: Flows) -> dict[Place, tuple[int, int]]:
    """Return the positions of node and carrier where there is demand; copies for a direction count as the carrier."""
    network = flows.network
    at = np.argwhere(network.demand.values.sum(axis=(2, 3)) > 0)
    return {_place(network, int(n), int(c)): (int(n), int(c)) for n, c in at}


def _place(network: Network, node: int, carrier: int) -> Place:
    one = network.carriers[carrier]
    return network.nodes[node].id, one.like or one.id, one.mode


def _gap(point: CouplingStart, used: CoupledWays, found: CoupledWays) -> float:
    """Return the largest relative difference of a price of delivery between two rounds."""
    before, after = by_cell(point, used), by_cell(point, found)
    gaps = [
        abs(np.log((level + rise) / (level + (before[cell][1] if cell in before else 0.0))))
        for cell, (level, rise, _) in after.items()
    ]
    return float(max(gaps, default=0.0))


def _level(passage: Arrival, value: float) -> float:
    """Return all that a unit pays on its way, as a fraction of its value."""
    return (sum(passage.money.values()) + passage.scarcity()) / value + sum(passage.time_share)


def _prices(flows: Flows) -> dict[Place, float]:
    """Return the price of one more unit delivered in the last year where there is demand."""
    prices = flows.price.values
    return {key: float(prices[n, c, -1]) for key, (n, c) in _wanted(flows).items()}


def _pattern(flows: Flows) -> dict[CarrierDirection, dict[Place, float]]:
    """Return demand by place of every carrier and direction of the reference's ways."""
    network = flows.network
    wanted = network.demand.values.sum(axis=3)[..., -1]
    found: dict[CarrierDirection, dict[Place, float]] = {}
    sides = {(c, e, i) for c, e, i in _sides(flows)}
    for n, c in np.argwhere(wanted > 0):
        place = _place(network, int(n), int(c))
        for key in sides:
            if key[0] == place[1] and key[2] == network.nodes[n].economy:
                found.setdefault(key, {})[place] = float(wanted[n, c])
    return found


def _sides(flows: Flows) -> Sequence[CarrierDirection]:
    """Return the directions in which carriers are offered and wanted."""
    network = flows.network
    found = []
    for c, carrier in enumerate(network.carriers):
        ends = [
            {network.nodes[n].economy for n in np.argwhere(values[:, c].sum(axis=(1, 2)) > 0).ravel()}
            for values in (network.supply.values, network.demand.values)
        ]
        found += [(carrier.like or carrier.id, e, i) for e in sorted(ends[0]) for i in sorted(ends[1]) if e != i]
    return list(dict.fromkeys(found))


def _recipients(point: CouplingStart, recipient: str, exporter: str, importer: str) -> dict[int, float]:
    """Return the shares of economies in what a recipient gets; carriers are taken to belong to both sides, half each.

    An economy that the world does not have shares its part with all that are not partners, by income.
    """
    economies = list(point.freight.world.economies)
    if recipient in economies:
        return {economies.index(recipient): 1.0}
    if recipient == CARRIER:
        return {economies.index(exporter): 0.5, economies.index(importer): 0.5}
    income = point.freight.world.income.values.copy()
    partners = {economies.index(str(p)) for p in point.freight.trade["exporter"].values}
    others = {n: float(x) for n, x in enumerate(income) if n not in partners}
    total = sum(others.values())
    return {n: x / total for n, x in others.items()}
