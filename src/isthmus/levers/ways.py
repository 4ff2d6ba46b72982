"""What full ways take back of a cut in the cost of crossing: a measure brings no more than what the ways can carry.

Cheaper crossing brings more trade, more trade fills the ways, and full ways send goods by dearer ones. The part of a cut that
these use up is measured on the network, in every sector and direction, for the room there is and for less and more of it
(:eq:`ways-taken`). What full ways earn beyond their cost is somebody's income and is not taken off.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from isthmus.core.axes import Array
from isthmus.equilibrium.scenario import Changes
from isthmus.levers.change import Number

ROOM = "ways_room"
"""Entry of the ledger: room on the ways in the years of the plans, over the network's."""

CUT = "trade_cost"
"""Kind of shock that a cut in the cost of crossing is."""


@dataclass(frozen=True, kw_only=True)
class Ways:
    """Shares of cuts that full ways take back.

    Attributes
    ----------
    room
        `ROOM` at its low end, at its centre and at its high end.
    taken
        Shares at these three, 0 to 1, (3, sector, exporter, importer).
    weight
        Trade, million USD, (sector, exporter, importer): weights of means.
    """

    room: tuple[float, float, float]
    taken: Array
    weight: Array


def limited(changes: Changes, ways: Ways | None, parameters: Mapping[str, float]) -> Changes:
    """Return changes whose cuts in the cost of crossing are what full ways leave of them; what is dearer stays so."""
    if ways is None:
        return changes
    taken = np.tensordot(_weights(ways, parameters), ways.taken, axes=1).ravel()[changes.cells]
    return replace(changes, ln_cost=np.where(changes.ln_cost < 0, changes.ln_cost * (1 - taken), changes.ln_cost))


def kept(ways: Ways | None, cells: Sequence[Sequence[int]], parameters: Mapping[str, Number]) -> Number:
    """Return the mean share of a cut that full ways leave, over sectors, exporters and importers, weighted by trade.

    Numbers may be arrays over draws.
    """
    if ways is None:
        return 1.0
    at = tuple(np.array(list(product(*cells)), dtype=int).reshape(-1, 3).T)
    weight = ways.weight[at]
    if not weight.sum() > 0:
        return 1.0
    means = ways.taken[:, at[0], at[1], at[2]] @ weight / weight.sum()
    share: Array = 1 - _weights(ways, parameters) @ means
    return share


def _weights(ways: Ways, parameters: Mapping[str, Number]) -> Array:
    """Return the weights of the three sets of shares at a room between its ends, (3,) or (draw, 3)."""
    low, central, high = ways.room
    room = np.asarray(parameters.get(ROOM, central), dtype=float)
    down = np.clip((central - room) / (central - low), 0, 1) if central > low else np.zeros_like(room)
    up = np.clip((room - central) / (high - central), 0, 1) if high > central else np.zeros_like(room)
    return np.stack([down, 1 - down - up, up], axis=-1)
