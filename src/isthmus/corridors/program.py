"""The linear program of one carrier family: built once, with bounds and costs that change from year to year.

Columns: flows of each carrier on each lane and season, supply, unmet demand in steps, shortfall of floors, storage.
Rows: balance of each carrier, node and season (:eq:`corridor-balance`), joint capacity of each lane and season
(:eq:`corridor-capacity`), floors of each arc, storage. A lane is one direction of an arc, or one step of its queue, so
that waiting that grows with use stays linear.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from isthmus.core.axes import Array
from isthmus.corridors.network import Carrier, Network, Timeline

Index = NDArray[np.intp]
FORWARD, BACKWARD = 0, 1
PENALTY = 1e4
"""Cost of a unit that cannot be met, in multiples of the dearest arc: only there to find and name what is unmet."""


@dataclass(frozen=True)
class Lanes:
    """Directed parts of arcs; every array runs over lanes."""

    arc: Index
    direction: Index
    tail: Index
    head: Index
    width: Array
    extra_hours: Array
    loss: Array


@dataclass(frozen=True)
class Program:
    """Structure of the program of one family.

    Attributes
    ----------
    carriers
        Positions of the family's carriers in the network.
    weight, day_cost, cost_factor
        Of each carrier: units of capacity, USD that a day costs a unit, factor on rates and fees.
    flow_season, flow_carrier, flow_lane
        Of each flow column.
    supply, unmet
        (season, carrier, node, step) of each of those columns, as rows.
    floor
        Arcs with a floor.
    stores
        Positions of the stores of the family.
    matrix
        Rows by columns; `starts` has the first column of flows, supply, unmet, shortfall, storage, and the end.
    balance, lane_rows
        (season, carrier, node) of each balance row; (season, lane) of each capacity row; floors and storage follow.
    steps
        Width of the steps of unmet demand as shares of it.
    """

    family: str
    carriers: Index
    weight: Array
    day_cost: Array
    cost_factor: Array
    lanes: Lanes
    flow_season: Index
    flow_carrier: Index
    flow_lane: Index
    supply: Index
    unmet: Index
    floor: Index
    stores: Index
    matrix: sparse.csc_array
    starts: Index
    balance: Index
    lane_rows: Index
    steps: Array


@dataclass(frozen=True)
class Values:
    """What changes from year to year: cost and upper bound of every column, bounds of every row."""

    cost: Array
    upper: Array
    row_lower: Array
    row_upper: Array


def compose(network: Network, times: Timeline, family: str, steps: Array) -> Program:
    """Build the structure of the program of one family.

    Rows and columns are those that any year needs, so that years, closures and projects change only `Values`.
    """
    carriers = np.array([i for i, c in enumerate(network.carriers) if c.family == family], dtype=np.intp)
    listed = [network.carriers[i] for i in carriers]
    weight = np.array([c.weight for c in listed])
    lanes = _lanes(network)
    listing = [set(arc.carriers) for arc in network.arcs]
    carried = np.array([[c.id in some for some in listing] for c in listed], dtype=bool)
    may = carried[:, lanes.arc]
    season, carrier, lane = _tiled(len(network.seasons), *np.nonzero(may))
    ends = np.stack([np.concatenate([carrier, carrier]), np.concatenate([lanes.tail[lane], lanes.head[lane]])])
    supply, demand = (getattr(network, name).values[:, carriers].any(axis=2) for name in ("supply", "demand"))
    stores = np.array([i for i, s in enumerate(network.stores) if s.carrier in {c.id for c in listed}], dtype=np.intp)
    touched = np.zeros((len(listed), len(network.nodes)), dtype=bool)
    touched[ends[0], ends[1]] = True
    touched |= (supply | demand).any(axis=2).T
    touched |= _stored(network, listed)
    balance = np.stack(_tiled(len(network.seasons), *np.nonzero(touched)))
    offered = np.stack([*np.nonzero(supply.transpose(2, 1, 0))])
    asked = np.stack([*np.nonzero(demand.transpose(2, 1, 0))])
    unmet = np.vstack([np.repeat(asked, len(steps), axis=1), np.tile(np.arange(len(steps)), asked.shape[1])])
    finite = np.isfinite(times.capacity[lanes.arc]).any(axis=1) & may.any(axis=0)
    lane_rows = np.stack(_tiled(len(network.seasons), np.nonzero(finite)[0]))
    floor = np.nonzero((times.minimum.max(axis=1, initial=0.0) > 0) & carried.any(axis=0))[0]
    flows = (season, carrier, lane)
    matrix, starts = _matrix(network, listed, lanes, flows, offered, unmet, floor, stores, balance, lane_rows, weight)
    day_cost = np.array([c.time_value * c.value for c in listed])
    factor = np.array([c.cost_factor for c in listed])
    return Program(
        family, carriers, weight, day_cost, factor, lanes, season, carrier, lane, offered, unmet, floor, stores, matrix, starts,
        balance, lane_rows, steps,
    )  # fmt: skip


def values(program: Program, network: Network, times: Timeline, year: int, worth: Array | None = None) -> Values:
    """Return costs and bounds of one year (its position).

    Parameters
    ----------
    worth
        USD a unit that each column of unmet demand pays before it stays away; None where all demand has to be met.
    """
    p, share = program, np.array([s for _, s in network.seasons])
    money, hours = times.money[p.lanes.arc, year], times.hours[p.lanes.arc, year] + p.lanes.extra_hours
    flow_cost = (
        money[p.flow_lane] * p.cost_factor[p.flow_carrier] + hours[p.flow_lane] / 24 * p.day_cost[p.flow_carrier]
    )
    is_open = times.open[p.lanes.arc, year] & times.in_season[p.lanes.arc].T
    flow_upper = np.where(is_open[p.flow_season, p.flow_lane], np.inf, 0.0)
    carrier = p.carriers
    supplied = network.supply.values[p.supply[2], carrier[p.supply[1]], year, p.supply[0]]
    supply_cost = network.supply_cost.values[p.supply[2], carrier[p.supply[1]], year]
    asked = network.demand.values[p.unmet[2], carrier[p.unmet[1]], year, p.unmet[0]] * p.steps[p.unmet[3]]
    penalty = PENALTY * max(flow_cost.max(initial=0.0), supply_cost.max(initial=0.0), 1e-9)
    unmet_cost = np.full(len(asked), penalty) if worth is None else worth
    unmet_upper = np.zeros(len(asked)) if worth is None else asked
    stores = [network.stores[i] for i in p.stores]
    store_cost = np.tile(np.array([[s.cost, 0.0, 0.0] for s in stores]).reshape(-1, 3), (len(share), 1)).ravel()
    room = np.array([[np.inf, np.inf, s.capacity] for s in stores]).reshape(-1, 3)
    cost = np.concatenate([flow_cost, supply_cost, unmet_cost, np.full(len(p.floor), penalty), store_cost])
    store_upper = np.tile(room, (len(share), 1)).ravel()
    upper = np.concatenate([flow_upper, supplied, unmet_upper, np.zeros(len(p.floor)), store_upper])
    need = network.demand.values[p.balance[2], carrier[p.balance[1]], year, p.balance[0]]
    limit = times.capacity[p.lanes.arc, year] * p.lanes.width
    room_rows = limit[p.lane_rows[1]] * share[p.lane_rows[0]]
    floors = times.minimum[p.floor, year]
    kept = np.zeros(len(stores) * len(share))
    return Values(
        cost,
        upper,
        np.concatenate([need, np.full(len(room_rows), -np.inf), floors, kept]),
        np.concatenate([need, room_rows, np.full(len(floors), np.inf), kept]),
    )


def demanded(program: Program, network: Network, year: int) -> Array:
    """Return what each column of unmet demand could be at most: its step of the demand."""
    p = program
    asked: Array = network.demand.values[p.unmet[2], p.carriers[p.unmet[1]], year, p.unmet[0]] * p.steps[p.unmet[3]]
    return asked


def _lanes(network: Network) -> Lanes:
    """Split every arc into its directions and the steps of its queue."""
    place = {node.id: i for i, node in enumerate(network.nodes)}
    rows: list[tuple[int, int, int, int, float, float, float]] = []
    for i, arc in enumerate(network.arcs):
        ends = place[arc.origin], place[arc.destination]
        steps, before = [], 0.0
        for reach, waited in network.queue if arc.queue_hours > 0 else ():
            steps.append((reach - before, waited * arc.queue_hours))
            before = reach
        for direction in (FORWARD, BACKWARD) if arc.two_way else (FORWARD,):
            tail, head = ends if direction == FORWARD else ends[::-1]
            rows += [(i, direction, tail, head, width, wait, arc.loss_share) for width, wait in steps or [(1.0, 0.0)]]
    table = np.array(rows, dtype=float).reshape(-1, 7)
    whole = table[:, :4].astype(np.intp).T
    return Lanes(whole[0], whole[1], whole[2], whole[3], table[:, 4], table[:, 5], table[:, 6])


def _tiled(seasons: int, *index: Index) -> tuple[Index, ...]:
    """Repeat an index for every season; the season comes first."""
    count = len(index[0])
    return (np.repeat(np.arange(seasons), count), *(np.tile(part, seasons) for part in index))


def _stored(network: Network, listed: list[Carrier]) -> NDArray[np.bool_]:
    """Return (carrier, node): whether there is storage."""
    pairs = {(s.carrier, s.node) for s in network.stores}
    return np.array([[(c.id, n.id) in pairs for n in network.nodes] for c in listed], dtype=bool)


def _matrix(
    network: Network, listed: list[Carrier], lanes: Lanes, flows: tuple[Index, ...], offered: Index, unmet: Index,
    floor: Index, stores: Index, balance: Index, lane_rows: Index, weight: Array,
) -> tuple[sparse.csc_array, Index]:  # fmt: skip
    """Put the rows together; see the module's text for their order."""
    season, carrier, lane = flows
    seasons, nodes = len(network.seasons), len(network.nodes)
    row_of = np.full((seasons, len(listed), nodes), -1, dtype=np.intp)
    row_of[tuple(balance)] = np.arange(balance.shape[1])
    capacity_of = np.full((seasons, len(lanes.arc)), -1, dtype=np.intp)
    capacity_of[tuple(lane_rows)] = balance.shape[1] + np.arange(lane_rows.shape[1])
    floor_of = np.full(len(network.arcs), -1, dtype=np.intp)
    first_floor = balance.shape[1] + lane_rows.shape[1]
    floor_of[floor] = first_floor + np.arange(len(floor))
    counts = [len(lane), offered.shape[1], unmet.shape[1], len(floor), 3 * len(stores) * seasons]
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.intp)
    column = np.arange(len(lane))
    parts = [
        (row_of[season, carrier, lanes.tail[lane]], column, np.full(len(lane), -1.0)),
        (row_of[season, carrier, lanes.head[lane]], column, 1.0 - lanes.loss[lane]),
        (row_of[offered[0], offered[1], offered[2]], starts[1] + np.arange(counts[1]), np.ones(counts[1])),
        (row_of[unmet[0], unmet[1], unmet[2]], starts[2] + np.arange(counts[2]), np.ones(counts[2])),
    ]
    bounded = capacity_of[season, lane] >= 0
    parts.append((capacity_of[season, lane][bounded], column[bounded], weight[carrier][bounded]))
    floored = (floor_of[lanes.arc[lane]] >= 0) & (lanes.direction[lane] == FORWARD)
    parts.append((floor_of[lanes.arc[lane]][floored], column[floored], weight[carrier][floored]))
    parts.append((floor_of[floor], starts[3] + np.arange(counts[3]), np.ones(counts[3])))
    parts += _storage(network, listed, stores, row_of, first_floor + len(floor), int(starts[4]))
    rows, columns, numbers = (np.concatenate([part[k] for part in parts]) for k in range(3))
    shape = (first_floor + len(floor) + len(stores) * seasons, int(starts[5]))
    return sparse.csc_array((numbers, (rows, columns)), shape=shape), starts


def _storage(
    network: Network, listed: list[Carrier], stores: Index, row_of: Index, first_row: int, first_column: int
) -> list[tuple[Index, Index, Array]]:
    """Return the entries of storage: filled, emptied and level of each store and season, the year being a circle."""
    place = {node.id: i for i, node in enumerate(network.nodes)}
    carrier_of = {carrier.id: i for i, carrier in enumerate(listed)}
    seasons, found = len(network.seasons), []
    for k, position in enumerate(stores):
        store = network.stores[position]
        c, n = carrier_of[store.carrier], place[store.node]
        for s in range(seasons):
            column = first_column + 3 * (s * len(stores) + k)
            level_before = first_column + 3 * (((s - 1) % seasons) * len(stores) + k) + 2
            row = first_row + s * len(stores) + k
            entries = [
                (row_of[s, c, n], column, -1.0), (row_of[s, c, n], column + 1, 1.0),
                (row, column, 1.0 - store.loss_share), (row, column + 1, -1.0),
                (row, level_before, 1.0), (row, column + 2, -1.0),
            ]  # fmt: skip
            found += entries
    table = np.array(found, dtype=float).reshape(-1, 3)
    return [(table[:, 0].astype(np.intp), table[:, 1].astype(np.intp), table[:, 2])]
