"""Computed flows beside observed ones: how well the network carries what is known, misses included."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from isthmus.core.labels import positions
from isthmus.core.provenance import Status
from isthmus.corridors.flow import DIRECTIONS, Flows

WITHIN = 0.15
"""Relative gap up to which a computed flow counts as met."""
BOTH = "both"


@dataclass(frozen=True)
class Observation:
    """A known volume: the sum over arcs, carriers (empty for all) and a direction (or both) in a year.

    `used` says whether it was used when the network was made, so that meeting it proves little; `cause` why the network
    misses it, where it does.
    """

    id: str
    what: str
    arcs: tuple[str, ...]
    direction: str
    carriers: tuple[str, ...]
    year: int
    value: float
    unit: str
    status: Status
    source: str
    used: bool = False
    cause: str = ""


def compare(flows: Flows, observations: Sequence[Observation]) -> pd.DataFrame:
    """Return each observation with what is computed, the relative gap and whether it lies within `WITHIN`.

    Raises
    ------
    BadInputError
        For an arc, carrier, direction or year the network does not have.
    """
    network, rows = flows.network, []
    arcs = [a.id for a in network.arcs]
    goods = [c.like or c.id for c in network.carriers]
    for seen in observations:
        where = f"observation {seen.id}"
        a = positions(list(seen.arcs), arcs, f"{where}, arcs")
        positions(list(seen.carriers) or "*", tuple(dict.fromkeys(goods)), f"{where}, carriers")
        c = [k for k, name in enumerate(goods) if not seen.carriers or name in seen.carriers]
        y = positions([str(seen.year)], [str(year) for year in network.years], f"{where}, year")
        d = positions("*" if seen.direction == BOTH else [seen.direction], DIRECTIONS, f"{where}, direction")
        computed = float(flows.flow.values[np.ix_(a, d, c, y)].sum())
        gap = computed / seen.value - 1 if seen.value else np.inf * np.sign(computed)
        rows.append(
            {
                "id": seen.id,
                "what": seen.what,
                "year": seen.year,
                "unit": seen.unit,
                "observed": seen.value,
                "computed": computed,
                "gap": gap,
                "met": bool(abs(gap) <= WITHIN),
                "used": seen.used,
                "status": str(seen.status),
                "source": seen.source,
                "cause": seen.cause,
            }
        )
    return pd.DataFrame(rows)
