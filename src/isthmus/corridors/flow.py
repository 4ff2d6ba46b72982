"""Cheapest flows over the network, year by year, and what every bottleneck is worth.

For each family of carriers and each year one linear program is solved; years share nothing but capacity. What the
solver returns is checked again in NumPy before it is used. Prices are derivatives of the total cost: of a unit more of
capacity (scarcity), of demand (delivered cost), of a take-or-pay floor.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

import numpy as np
import xarray as xr

from isthmus.core.axes import Array, labelled
from isthmus.core.errors import InfeasibleError, NotConvergedError
from isthmus.core.fields import Field, Record
from isthmus.core.sums import summed
from isthmus.corridors.modes import by_mode
from isthmus.corridors.network import Network, Timeline, timeline
from isthmus.corridors.optimum import Engine, Optimum, engine, optimum, revalue
from isthmus.corridors.program import Index, Program, Values, compose, demanded, values

DIRECTIONS = ("forward", "backward")
TOLERANCE = 1e-6
_ARC = ("link", "direction", "carrier", "year")
_JOINT = ("link", "direction", "family", "year")
_NODE = ("node", "carrier", "year")
_SEASON = (*_NODE, "season")


@dataclass(frozen=True)
class FlowWorth:
    """What demand pays before it stays away, USD a unit.

    Attributes
    ----------
    steps
        Shares of demand.
    reference
        Price at which nothing would stay away, (node, carrier, year, season).
    above
        What each step pays beyond it, (step, node, carrier).
    """

    steps: tuple[float, ...]
    reference: Array
    above: Array

    def paid(self, program: Program, year: int) -> Array:
        """Return what each column of unmet demand pays in a year (its position)."""
        season, of_family, node, step = program.unmet
        carrier = program.carriers[of_family]
        price: Array = self.reference[node, carrier, year, season] + self.above[step, node, carrier]
        return price


@dataclass(frozen=True, repr=False)
class Flows(Record):
    """Cheapest flows of every carrier and year.

    Attributes
    ----------
    residuals
        Largest relative violation of balance, capacity and cost, as checked after solving.
    programs, solved
        Structure of each program, and what was solved with which answer: a changed network is solved from there.
    """

    network: Network
    flow: Annotated[xr.DataArray, Field(_ARC, "units entering", "x", "Flow of each arc and direction", 0.0)]
    wait: Annotated[xr.DataArray, Field(_ARC, "hours", "", "Mean hours waited in the queue of the arc", 0.0)]
    utilisation: Annotated[xr.DataArray, Field(_JOINT, "share", "", "Use of capacity, 0 without a limit", 0.0)]
    scarcity: Annotated[
        xr.DataArray, Field(_JOINT, "USD per unit of capacity", "lambda", "Saving of one more unit of capacity", 0.0)
    ]
    floor_price: Annotated[
        xr.DataArray, Field(("link", "family", "year"), "USD per unit", "", "Cost of one more unit of the floor", 0.0)
    ]
    price: Annotated[xr.DataArray, Field(_NODE, "USD per unit", "pi", "Cost of one more unit delivered")]
    season_price: Annotated[xr.DataArray, Field(_SEASON, "USD per unit", "pi", "The same in each season")]
    supplied: Annotated[xr.DataArray, Field(_NODE, "units", "s", "Supply that is used", 0.0)]
    unmet: Annotated[xr.DataArray, Field(_NODE, "units", "u", "Demand that stays away", 0.0)]
    charged: Annotated[xr.DataArray, Field(_NODE, "units", "", "Put into storage over the year", 0.0)]
    discharged: Annotated[xr.DataArray, Field(_NODE, "units", "", "Taken out of storage over the year", 0.0)]
    cost: Annotated[
        xr.DataArray, Field(("family", "year"), "USD", "", "Cost of transport and supply, unmet demand apart")
    ]
    times: Timeline
    residuals: Mapping[str, float]
    iterations: int
    programs: Mapping[str, Program]
    solved: Mapping[tuple[str, int], tuple[Values, Optimum]]


def flow(network: Network, *, start: Flows | None = None, worth: FlowWorth | None = None) -> Flows:
    """Find the cheapest flows (:eq:`corridor-program`).

    Parameters
    ----------
    network
        The network, with what is built and closed.
    start
        Flows of the same network before a closure, a project or another bound: solved again from there.
    worth
        What demand pays before it stays away; without it all demand has to be met.

    Raises
    ------
    InfeasibleError
        When demand or a floor cannot be met; `detail` names node, carrier and year.
    NotConvergedError
        When the solver stops early or its answer fails the check.

    Notes
    -----
    Where shares of modes are known the flows are those of the network split by them (`modes.by_mode`).
    """
    network = by_mode(network)
    times = timeline(network)
    sums = _empty(network)
    programs: dict[str, Program] = {}
    solved: dict[tuple[str, int], tuple[Values, Optimum]] = {}
    residuals = dict.fromkeys(("balance", "capacity", "cost"), 0.0)
    iterations = 0
    for f, family in enumerate(families(network)):
        program = _program(network, times, family, start, worth)
        programs[family] = program
        loaded: Engine | None = None
        for y in range(len(network.years)):
            now = values(program, network, times, y, None if worth is None else worth.paid(program, y))
            before = start.solved.get((family, y)) if start is not None and program is start.programs[family] else None
            if before is not None and _holds(before, now):
                found = replace(before[1], iterations=0)
            else:
                loaded = _load(loaded, program, now)
                answer = optimum(loaded, None if before is None else before[1].basis)
                if answer is None:
                    raise _unmet(program, network, loaded, now, y)
                found = answer
            solved[family, y] = now, found
            iterations += found.iterations
            gap = _check(program, network, times, now, found, y)
            residuals = {name: max(residuals[name], gap[name]) for name in residuals}
            _gather(sums, program, network, times, now, found, f, y)
    return _labelled(network, times, sums, residuals, iterations, programs, solved)


def families(network: Network) -> tuple[str, ...]:
    """Return the families of carriers in order of appearance."""
    return tuple(dict.fromkeys(carrier.family for carrier in network.carriers))


def total_cost(flows: Flows) -> Array:
    """Return USD of each year over all families."""
    total: Array = flows.cost.values.sum(axis=0)
    return total


def objective(flows: Flows) -> Array:
    """Return what the programs minimise in each year, USD: cost, and what demand that stays away would have paid."""
    total = np.zeros(len(flows.network.years))
    for (_, y), (_, found) in flows.solved.items():
        total[y] += found.objective
    return total


def _load(loaded: Engine | None, program: Program, now: Values) -> Engine:
    """Load the program, or give the one that is loaded its new values."""
    if loaded is None:
        return engine(program, now)
    revalue(loaded, now)
    return loaded


def _holds(before: tuple[Values, Optimum], now: Values) -> bool:
    """Say whether an answer stays the best one: rows and costs are the same, and what closed was not in use."""
    then, found = before
    same = all(np.array_equal(getattr(then, n), getattr(now, n)) for n in ("cost", "row_lower", "row_upper"))
    return same and bool((now.upper <= then.upper).all() and (found.columns <= now.upper).all())


def _program(network: Network, times: Timeline, family: str, start: Flows | None, worth: FlowWorth | None) -> Program:
    """Return the structure: that of `start` where nothing but bounds and costs changed."""
    steps = np.array((1.0,) if worth is None else worth.steps)
    if start is not None and family in start.programs:
        old, kept = start.programs[family], start.network
        same = network.supply is kept.supply and network.demand is kept.demand and network.stores == kept.stores
        same = same and network.queue == kept.queue
        same = same and (network.arcs is kept.arcs or _shape(network) == _shape(kept))
        same = same and np.array_equal(old.steps, steps)
        limited = np.isfinite(times.capacity).any(axis=1), np.isfinite(start.times.capacity).any(axis=1)
        floors = times.minimum.max(axis=1) > 0, start.times.minimum.max(axis=1) > 0
        if same and np.array_equal(*limited) and not (floors[0] & ~floors[1]).any():
            return old
    return compose(network, times, family, steps)


def _shape(network: Network) -> list[tuple[Any, ...]]:
    """Return what the matrix is made of."""
    return [(a.id, a.origin, a.destination, a.two_way, a.carriers, a.loss_share, a.queue_hours) for a in network.arcs]


def _check(
    program: Program, network: Network, times: Timeline, now: Values, found: Optimum, year: int
) -> dict[str, float]:
    """Recompute balance, capacity and cost from the network, not from the matrix, and refuse what does not hold."""
    p, lanes, (x, supplied, unmet) = program, program.lanes, np.split(found.columns, program.starts[1:4])[:3]
    if not p.balance.shape[1]:
        return {"balance": 0.0, "capacity": 0.0, "cost": 0.0}
    shape = (len(network.seasons), len(p.carriers), len(network.nodes))
    filled, emptied, _ = _storage(p, network, found)
    store = np.tile(_store_places(p, network), shape[0])
    parts = [
        ((p.flow_season, p.flow_carrier, lanes.head[p.flow_lane]), x * (1 - lanes.loss[p.flow_lane])),
        ((p.flow_season, p.flow_carrier, lanes.tail[p.flow_lane]), -x),
        (p.supply[:3], supplied),
        (p.unmet[:3], unmet),
        ((np.repeat(np.arange(shape[0]), len(p.stores)), *store), (emptied - filled).ravel()),
    ]
    places, amounts = (np.concatenate(part, axis=-1) for part in zip(*parts, strict=True))
    net = _added(shape, places, amounts)
    need = network.demand.values[:, p.carriers, year].transpose(2, 1, 0)
    scale = max(float(need.max(initial=0.0)), float(x.max(initial=0.0)), 1e-12)
    load = _added((shape[0], len(lanes.arc)), (p.flow_season, p.flow_lane), x * p.weight[p.flow_carrier])
    share = np.array([s for _, s in network.seasons])
    room = times.capacity[lanes.arc, year] * lanes.width * share[:, None]
    cost = float(now.cost @ found.columns)
    gap = {
        "balance": float(np.abs(net - need).max(initial=0.0)) / scale,
        "capacity": float(np.maximum(load - room, 0.0).max(initial=0.0)) / scale,
        "cost": abs(cost - found.objective) / max(abs(cost), 1e-12),
    }
    if max(gap.values()) > TOLERANCE:
        where = f"family {p.family}, year {network.years[year]}"
        raise NotConvergedError(f"{where}: the solver's answer fails the check: {gap}", [gap])
    return gap


def _added(shape: tuple[int, ...], at: Sequence[Index] | Index, amounts: Array) -> Array:
    """Return the sums of amounts at their places in an array of a shape."""
    return summed(np.ravel_multi_index(tuple(at), shape), amounts, int(np.prod(shape))).reshape(shape)


def _store_places(program: Program, network: Network) -> Index:
    """Return carrier (of the program) and node of each store, as rows."""
    carriers = [network.carriers[i].id for i in program.carriers]
    nodes = [node.id for node in network.nodes]
    stores = [network.stores[i] for i in program.stores]
    return np.array([[carriers.index(s.carrier) for s in stores], [nodes.index(s.node) for s in stores]], dtype=np.intp)


def _storage(program: Program, network: Network, found: Optimum) -> tuple[Array, Array, Array]:
    """Return what is filled, emptied and kept by (season, store)."""
    block = found.columns[program.starts[4] :].reshape(len(network.seasons), len(program.stores), 3)
    return block[..., 0], block[..., 1], block[..., 2]


def _unmet(program: Program, network: Network, loaded: Engine, now: Values, year: int) -> InfeasibleError:
    """Let demand and floors give way at a penalty, to name what cannot be met."""
    upper = now.upper.copy()
    p = program
    upper[p.starts[2] : p.starts[3]] = demanded(p, network, year)
    upper[p.starts[3] : p.starts[4]] = np.inf
    revalue(loaded, Values(now.cost, upper, now.row_lower, now.row_upper))
    found = optimum(loaded)
    when, years = network.years[year], f"year {network.years[year]}"
    if found is None:
        return InfeasibleError(f"family {p.family}, {years}: nothing satisfies the network", {"year": when})
    short: dict[tuple[str, str, str], float] = {}
    for k, amount in enumerate(found.columns[p.starts[2] : p.starts[3]]):
        carrier = network.carriers[p.carriers[p.unmet[1, k]]]
        key = (network.nodes[p.unmet[2, k]].id, carrier.id, carrier.unit)
        short[key] = short.get(key, 0.0) + float(amount)
    lacking = [
        {"node": n, "carrier": c, "year": when, "unmet": q, "unit": u} for (n, c, u), q in short.items() if q > 1e-9
    ]
    floors = [
        {"arc": network.arcs[p.floor[k]].id, "year": when, "short": float(q)}
        for k, q in enumerate(found.columns[p.starts[3] : p.starts[4]])
        if q > 1e-9
    ]
    words = [f"node {r['node']}, carrier {r['carrier']}, {years}: {r['unmet']:.6g} {r['unit']} unmet" for r in lacking]
    words += [f"arc {r['arc']}, {years}: {r['short']:.6g} below its floor" for r in floors]
    return InfeasibleError(
        f"demand cannot be met: {'; '.join(words)}. To do: add capacity, supply or a route, or lower the demand.",
        {"unmet": lacking, "floors": floors},
    )


def _empty(network: Network) -> dict[str, Array]:
    """Return zeros for everything that is gathered."""
    a, c, n, y = len(network.arcs), len(network.carriers), len(network.nodes), len(network.years)
    f = len(families(network))
    sums = {name: np.zeros((a, 2, c, y)) for name in ("flow", "wait")}
    sums |= {name: np.zeros((a, 2, f, y)) for name in ("utilisation", "scarcity")}
    sums |= {name: np.zeros((n, c, y)) for name in ("price", "supplied", "unmet", "charged", "discharged")}
    sums["season_price"] = np.zeros((n, c, y, len(network.seasons)))
    return sums | {"cost": np.zeros((f, y)), "floor_price": np.zeros((a, f, y))}


def _gather(
    sums: dict[str, Array], program: Program, network: Network, times: Timeline, now: Values, found: Optimum, f: int, y: int
) -> None:  # fmt: skip
    """Add up seasons and lanes of one family and year."""
    p, lanes, x = program, program.lanes, np.maximum(found.columns, 0.0)
    flows, lane = x[: p.starts[1]], p.flow_lane
    at = lanes.arc[lane], lanes.direction[lane], p.carriers[p.flow_carrier]
    by_carrier, joint = sums["flow"].shape[:3], sums["scarcity"].shape[:2]
    sums["flow"][..., y] += _added(by_carrier, at, flows)
    sums["wait"][..., y] += _added(by_carrier, at, flows * lanes.extra_hours[lane])
    sums["utilisation"][..., f, y] = _added(joint, at[:2], flows * p.weight[p.flow_carrier])
    share = np.array([s for _, s in network.seasons])
    first = p.balance.shape[1]
    dual = np.maximum(-found.row_price[first : first + p.lane_rows.shape[1]], 0.0)
    season, tight = p.lane_rows
    worth = dual * lanes.width[tight] * share[season]
    sums["scarcity"][..., f, y] = _added(joint, (lanes.arc[tight], lanes.direction[tight]), worth)
    floors = found.row_price[first + p.lane_rows.shape[1] :][: len(p.floor)]
    sums["floor_price"][p.floor, f, y] = np.maximum(floors, 0.0)
    _gather_nodes(sums, p, network, found, y)
    unmet = slice(p.starts[2], p.starts[3])
    sums["cost"][f, y] = now.cost @ found.columns - now.cost[unmet] @ found.columns[unmet]


def _gather_nodes(sums: dict[str, Array], p: Program, network: Network, found: Optimum, y: int) -> None:
    x, shape = np.maximum(found.columns, 0.0), sums["price"].shape[:2]
    for name, index, first in (("supplied", p.supply, 1), ("unmet", p.unmet, 2)):
        part = x[p.starts[first] : p.starts[first + 1]]
        sums[name][..., y] += _added(shape, (index[2], p.carriers[index[1]]), part)
    filled, emptied, _ = _storage(p, network, found)
    at = _store_places(p, network)
    where = at[1], p.carriers[at[0]]
    sums["charged"][..., y] += _added(shape, where, np.maximum(filled, 0).sum(axis=0))
    sums["discharged"][..., y] += _added(shape, where, np.maximum(emptied, 0).sum(axis=0))
    season, carrier, node = p.balance
    share = np.array([s for _, s in network.seasons])
    need = network.demand.values[node, p.carriers[carrier], y, season]
    whole = network.demand.values[node, p.carriers[carrier], y].sum(axis=1)
    weight = np.where(whole > 0, need / np.where(whole > 0, whole, 1.0), share[season])
    sums["season_price"][node, p.carriers[carrier], y, season] = found.row_price[: p.balance.shape[1]]
    sums["price"][..., y] += _added(shape, (node, p.carriers[carrier]), found.row_price[: p.balance.shape[1]] * weight)


def _labelled(
    network: Network, times: Timeline, sums: dict[str, Array], residuals: Mapping[str, float], iterations: int,
    programs: Mapping[str, Program], solved: Mapping[tuple[str, int], tuple[Values, Optimum]],
) -> Flows:  # fmt: skip
    """Turn sums into means and shares, and give everything its labels."""
    labels: dict[str, Sequence[Any]] = {
        "link": [arc.id for arc in network.arcs],
        "direction": DIRECTIONS,
        "carrier": [carrier.id for carrier in network.carriers],
        "family": families(network),
        "node": [node.id for node in network.nodes],
        "year": network.years,
        "season": [name for name, _ in network.seasons],
    }
    moving = sums["flow"] > 0
    sums["wait"] = np.divide(sums["wait"], sums["flow"], out=np.zeros_like(sums["wait"]), where=moving)
    usable = np.array([sum(s for n, s in network.seasons if n not in a.closed_seasons) for a in network.arcs])
    room = (times.capacity * usable[:, None])[:, None, None, :] + np.zeros_like(sums["utilisation"])
    bounded = np.isfinite(room) & (room > 0)
    sums["utilisation"] = np.divide(sums["utilisation"], room, out=np.zeros_like(room), where=bounded)
    dims: dict[str, tuple[str, ...]] = {"flow": _ARC, "wait": _ARC, "utilisation": _JOINT, "scarcity": _JOINT}
    dims |= dict.fromkeys(("price", "supplied", "unmet", "charged", "discharged"), _NODE)
    dims |= {"cost": ("family", "year"), "floor_price": ("link", "family", "year"), "season_price": _SEASON}
    arrays: dict[str, Any] = {name: labelled(sums[name], {d: labels[d] for d in dims[name]}) for name in sums}
    return Flows(
        network=network,
        times=times,
        residuals=residuals,
        iterations=iterations,
        programs=programs,
        solved=solved,
        **arrays,
    )
