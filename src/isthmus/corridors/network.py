"""A corridor network: places, arcs, carriers, what is supplied and asked for, and the projects that would change it.

A node is a place with a mode and a gauge; changing either is an arc of its own. The timeline says what each arc is like
in each year, after projects that are built and closures.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Annotated, Any, Literal

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from isthmus.core.axes import Array, labelled
from isthmus.core.errors import BadInputError
from isthmus.core.fields import Field, Record
from isthmus.core.labels import positions
from isthmus.core.provenance import Status

Dwell = Literal["low", "central", "high"]
UNLIMITED = float("inf")
PROJECT, ECONOMY = "project:", "economy:"
"""What stands before the id of a project and the code of an economy in `Network.names`: either may be called as a place is."""


class ArcKind(StrEnum):
    """What happens on an arc."""

    LINE = "line"
    TRANSFER = "transfer"
    BORDER = "border"
    GAUGE = "gauge"
    SEA = "sea"
    PIPE = "pipe"
    WIRE = "wire"


@dataclass(frozen=True, kw_only=True)
class Node:
    """A place with a mode and, for railways, a gauge."""

    id: str
    name: str
    economy: str
    mode: str
    gauge: str = ""
    lat: float = float("nan")
    lon: float = float("nan")


@dataclass(frozen=True, kw_only=True)
class Arc:
    """A way from one node to another.

    Attributes
    ----------
    carriers
        Ids of what it can carry.
    rate, fee
        USD per unit and kilometre, USD per unit.
    hours, hours_low, hours_high
        Hours on the arc: central and the range; equal where no range is known.
    queue_hours
        Hours that one more unit waits when the arc is full; the network's `queue` says how this builds up.
    capacity, capacity_b
        Units a year and direction of either side; the smaller one counts. Infinite where there is no limit.
    minimum
        Take-or-pay floor: units a year that have to go from `origin` to `destination`.
    opens, closes
        First and last year of use, None without one.
    planned
        Whether it exists only when a project builds it.
    closed_seasons
        Seasons in which it cannot be used.
    owner, fee_recipient
        Who receives its scarcity rent and its fee: an economy, or ``carrier``.
    """

    id: str
    origin: str
    destination: str
    kind: ArcKind
    two_way: bool
    carriers: tuple[str, ...]
    km: float
    rate: float
    fee: float
    hours: float
    hours_low: float
    hours_high: float
    capacity: float = UNLIMITED
    capacity_b: float = UNLIMITED
    loss_share: float = 0.0
    queue_hours: float = 0.0
    minimum: float = 0.0
    opens: int | None = None
    closes: int | None = None
    planned: bool = False
    closed_seasons: tuple[str, ...] = ()
    owner: str = "carrier"
    fee_recipient: str = "carrier"
    name: str = ""
    source: str = ""
    status: Status = Status.ASSUMED
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Carrier:
    """Something that is carried: a class of goods, or a form of energy.

    `value` is USD per unit, `time_value` the fraction of it that a day costs, `weight` the units of capacity that one
    unit takes, `tonnes` the tonnes of one unit (NaN where it is not weighed), `cost_factor` how much dearer a unit is to
    carry and handle than the rates and fees of arcs say, with its range; `domestic_cost` (USD per unit) and
    `domestic_hours` are what an ordinary haul at home takes. `like` names the carrier this one is a copy of, for another
    direction of trade or for those of its goods that cross by `mode`.
    """

    id: str
    name: str
    family: str
    unit: str
    value: float
    time_value: float
    weight: float
    tonnes: float = float("nan")
    cost_factor: float = 1.0
    cost_factor_low: float = 1.0
    cost_factor_high: float = 1.0
    domestic_cost: float = 0.0
    domestic_hours: float = 0.0
    energy: bool = False
    like: str = ""
    mode: str = ""


@dataclass(frozen=True, kw_only=True)
class ModeShare:
    """Share of a carrier's units in a direction that cross by a mode, a mode of nodes."""

    carrier: str
    exporter: str
    importer: str
    mode: str
    share: float
    source: str = ""
    status: Status = Status.ASSUMED
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Store:
    """Storage of a carrier at a node, filled in some seasons and emptied in others of the same year."""

    node: str
    carrier: str
    capacity: float
    loss_share: float
    cost: float


@dataclass(frozen=True, kw_only=True)
class NetworkProject:
    """What one project does to one arc from one year on; a project has as many entries as it changes arcs.

    `adds` and `adds_b` are units of capacity of either side; hours, fee and rate are new values, None where they stay.
    `statement` names the statements of plans that carry it.
    """

    id: str
    name: str
    arc: str
    year: int
    adds: float = 0.0
    adds_b: float = 0.0
    hours: float | None = None
    fee: float | None = None
    rate: float | None = None
    cost_musd: float = float("nan")
    sides: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    source: str = ""
    status: Status = Status.ASSUMED
    note: str = ""


@dataclass(frozen=True)
class Closure:
    """An arc that cannot be used, in the years named or in all."""

    arc: str
    years: tuple[int, ...] = ()


@dataclass(frozen=True, repr=False)
class Network(Record):
    """Everything the station computes from.

    Attributes
    ----------
    seasons
        Parts of the year with their shares, which sum to one; a single part where seasons do not matter.
    queue
        Steps of waiting: share of capacity up to which a step reaches, share of `Arc.queue_hours` waited in it.
    built, closures
        Ids of the projects that are built, and what is closed.
    mode_shares
        Modes that carriers are known to cross by; none once the network is split by them (`modes.by_mode`).
    names
        Names of nodes, arcs, carriers and projects by id and language.
    """

    nodes: tuple[Node, ...]
    arcs: tuple[Arc, ...]
    carriers: tuple[Carrier, ...]
    years: tuple[int, ...]
    supply: Annotated[
        xr.DataArray, Field(("node", "carrier", "year", "season"), "units", "S", "Most that is offered", 0.0)
    ]
    demand: Annotated[
        xr.DataArray, Field(("node", "carrier", "year", "season"), "units", "D", "What has to arrive", 0.0)
    ]
    supply_cost: Annotated[
        xr.DataArray, Field(("node", "carrier", "year"), "USD per unit", "p", "Price at the source", 0.0)
    ]
    seasons: tuple[tuple[str, float], ...] = (("", 1.0),)
    queue: tuple[tuple[float, float], ...] = ()
    stores: tuple[Store, ...] = ()
    projects: tuple[NetworkProject, ...] = ()
    built: tuple[str, ...] = ()
    closures: tuple[Closure, ...] = ()
    mode_shares: tuple[ModeShare, ...] = ()
    notes: tuple[str, ...] = field(default=())
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Timeline:
    """What each arc is like by (arc, year), `in_season` by (arc, season); it can be used where both flags are true."""

    open: NDArray[np.bool_]
    capacity: Array
    money: Array
    fee: Array
    hours: Array
    minimum: Array
    in_season: NDArray[np.bool_]


def by_place(
    values: Array, nodes: Sequence[Node], carriers: Sequence[Carrier], years: Sequence[int],
    seasons: Sequence[tuple[str, float]],
) -> xr.DataArray:  # fmt: skip
    """Return numbers by (node, carrier, year), or these and season, as an array of a network with its labels."""
    names: list[Sequence[Any]] = [[n.id for n in nodes], [c.id for c in carriers], years, [name for name, _ in seasons]]
    return labelled(values, dict(zip(("node", "carrier", "year", "season")[: values.ndim], names, strict=False)))


def with_carriers(
    network: Network, years: Sequence[int], carriers: Sequence[Carrier], listed: Iterable[tuple[str, ...]], supply: Array,
    demand: Array, supply_cost: Array,
) -> Network:  # fmt: skip
    """Return the network with other carriers, what each arc can carry of them, and their volumes as in `by_place`."""
    arcs = [a if a.carriers == ids else replace(a, carriers=ids) for a, ids in zip(network.arcs, listed, strict=True)]
    made = [by_place(a, network.nodes, carriers, years, network.seasons) for a in (supply, demand, supply_cost)]
    return replace(
        network, years=tuple(years), carriers=tuple(carriers), arcs=tuple(arcs), supply=made[0], demand=made[1],
        supply_cost=made[2],
    )  # fmt: skip


def with_projects(network: Network, ids: Sequence[str]) -> Network:
    """Return the network with these projects built (``*`` for all), each from its own year on.

    Raises
    ------
    BadInputError
        For a project the network does not list.
    """
    listed = tuple(dict.fromkeys(project.id for project in network.projects))
    chosen = positions(list(ids), listed, "projects")
    return replace(network, built=tuple(dict.fromkeys([*network.built, *(listed[i] for i in chosen)])))


def with_closures(network: Network, closures: Sequence[Closure]) -> Network:
    """Return the network without these arcs, in the years of each closure or in all.

    Raises
    ------
    BadInputError
        For an arc or a year the network does not have.
    """
    arcs = [arc.id for arc in network.arcs]
    for closure in closures:
        positions([closure.arc], arcs, "closed arc")
        positions(list(map(str, closure.years)), list(map(str, network.years)), f"years of closed arc {closure.arc}")
    return replace(network, closures=(*network.closures, *closures))


def with_dwell(network: Network, dwell: Dwell) -> Network:
    """Return the network with the hours of every arc at the low or the high end of their range."""
    if dwell == "central":
        return network
    return replace(network, arcs=tuple(replace(arc, hours=getattr(arc, f"hours_{dwell}")) for arc in network.arcs))


def at_end(network: Network, end: Dwell) -> Network:
    """Return the network with hours and cost factors all at the low or the high end of their ranges."""
    if end == "central":
        return network
    dearer = tuple(replace(c, cost_factor=getattr(c, f"cost_factor_{end}")) for c in network.carriers)
    return replace(with_dwell(network, end), carriers=dearer)


def without_limits(network: Network) -> Network:
    """Return the network with nothing full, closed, queued for or built anew."""
    free = tuple(
        replace(a, capacity=UNLIMITED, capacity_b=UNLIMITED, queue_hours=0.0, minimum=0.0) for a in network.arcs
    )
    return replace(network, arcs=free, closures=(), built=())


def with_demand(network: Network, *, supply: xr.DataArray, demand: xr.DataArray) -> Network:
    """Return the network with other volumes: (node, carrier, year, season) with the network's own labels."""
    for name, array in (("supply", supply), ("demand", demand)):
        for dim in network.demand.dims:
            if array.dims != network.demand.dims or list(array[dim].values) != list(network.demand[dim].values):
                raise BadInputError(
                    name,
                    f"dimension {dim} is not the network's",
                    allowed=f"dims {network.demand.dims} with the network's labels",
                    remedy="build it from network.demand",
                )
    return replace(network, supply=supply, demand=demand)


def timeline(network: Network) -> Timeline:
    """Work out capacity, cost and hours of every arc and year.

    A project adds to the capacity of either side; the smaller side counts (:eq:`crossing-capacity`), so that building
    on one side alone may bring nothing. Fee and rate make ``money = km x rate + fee`` (:eq:`arc-cost`).
    """
    shape = (len(network.arcs), len(network.years))
    years = np.array(network.years)
    arcs = network.arcs

    def spread(values: Sequence[float]) -> Array:
        return np.repeat(np.array(values, dtype=float)[:, None], shape[1], axis=1)

    first = np.array([-1 if a.opens is None else a.opens for a in arcs])[:, None]
    last = np.array([10**6 if a.closes is None else a.closes for a in arcs])[:, None]
    is_open = (years >= first) & (years <= last) & ~np.array([a.planned for a in arcs], dtype=bool)[:, None]
    side_a, side_b = spread([a.capacity for a in arcs]), spread([a.capacity_b for a in arcs])
    rate, fee, hours = (spread([getattr(a, name) for a in arcs]) for name in ("rate", "fee", "hours"))
    place = {arc.id: i for i, arc in enumerate(arcs)}
    for project in network.projects:
        if project.id not in network.built:
            continue
        i, later = place[project.arc], years >= project.year
        is_open[i] |= later if arcs[i].planned else False
        side_a[i, later] += project.adds
        side_b[i, later] += project.adds_b
        for array, value in ((rate, project.rate), (fee, project.fee), (hours, project.hours)):
            if value is not None:
                array[i, later] = value
    for closure in network.closures:
        is_open[place[closure.arc], np.isin(years, closure.years) if closure.years else slice(None)] = False
    km, floor = spread([a.km for a in arcs]), spread([a.minimum for a in arcs])
    in_season = np.array([[name not in a.closed_seasons for name, _ in network.seasons] for a in arcs], dtype=bool)
    return Timeline(
        is_open, np.minimum(side_a, side_b), km * rate + fee, fee, hours, np.where(is_open, floor, 0.0), in_season
    )  # fmt: skip
