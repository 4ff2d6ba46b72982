"""Wedges: what one cause adds to the price of a good that crosses the border, and how causes combine.

A wedge is a fraction of the value at the exporter's border. Causes multiply: ``phi = prod(1 + x)``. Everything here is
arithmetic on arrays whose first axis is the cause; the other axes are the caller's (sector, direction, draw).
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from isthmus.core.axes import Array
from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Grade, Status


class Component(StrEnum):
    """Causes of the border's cost, in the order in which they are always shown."""

    TARIFF = "tariff"
    PROCEDURES = "procedures"
    TIME = "time"
    TRANSHIPMENT = "transhipment"
    FREIGHT = "freight"
    STANDARDS = "standards"
    PAYMENTS = "payments"
    INFORMATION = "information"
    THIRD_PARTY = "third_party"


class Reach(StrEnum):
    """Who could change a wedge: the two partners by policy, nobody soon (geography, language), or others."""

    POLICY = "policy"
    NATURAL = "natural"
    THIRD_PARTY = "third_party"


class TimeBase(StrEnum):
    """What counts as the border's time: the crossing alone, or the whole journey beyond a benchmark journey."""

    BORDER = "border"
    JOURNEY = "journey"


@dataclass(frozen=True, kw_only=True)
class Wedge:
    """What one part of one component adds in one sector and direction.

    Attributes
    ----------
    component, part
        The cause, and the part of it that has its own evidence (for example the language part of information).
    sector, exporter, importer
        Where it applies.
    low, central, high
        Fraction of the value at the exporter's border: 5th percentile, median and 95th percentile over the ledger.
    central_run
        The same with every assumption at its central value.
    grade, source, year, address, status, note
        Provenance.
    reach
        Who could change it.
    rent_share, recipient
        Part that is not burnt but received by somebody, and by whom (exporter, importer, carrier).
    """

    component: Component
    part: str
    sector: str
    exporter: str
    importer: str
    low: float
    central: float
    high: float
    central_run: float
    grade: Grade
    source: str
    reach: Reach
    year: int | None = None
    rent_share: float = 0.0
    recipient: str = ""
    address: str = ""
    status: Status = Status.QUOTED
    note: str = ""

    def __post_init__(self) -> None:
        where = f"wedge {self.component} ({self.part}), {self.sector}, {self.exporter} to {self.importer}"
        if not -1 < self.low <= self.central <= self.high:
            raise BadInputError(
                where,
                f"low {self.low}, central {self.central}, high {self.high}",
                allowed="fractions above -1 with low <= central <= high",
                remedy="correct the ledger row",
            )
        if not 0 <= self.rent_share <= 1:
            raise BadInputError(where, f"rent share {self.rent_share}", allowed="0 to 1", remedy="correct the row")


def compose(wedges: ArrayLike) -> Array:
    """Return the cost factor ``prod(1 + x)`` over the first axis (:eq:`phi-all`)."""
    product: Array = np.prod(1.0 + _checked(wedges), axis=0)
    return product


def shapley_points(wedges: ArrayLike) -> Array:
    """Return the points of ``phi - 1`` that each cause adds, averaged over every order of adding them.

    The sum over subsets of the other causes is an elementary symmetric polynomial of their factors, so that n causes
    take n^3 steps and not 2^n.
    """
    x = _checked(wedges)
    count = len(x)
    weights = _shapley_weights(count)
    points = np.empty_like(x)
    for i in range(count):
        others = np.delete(1.0 + x, i, axis=0)
        symmetric = np.zeros((count, *x.shape[1:]))
        symmetric[0] = 1.0
        for position, factor in enumerate(others):
            for size in range(position + 1, 0, -1):
                symmetric[size] = symmetric[size] + factor * symmetric[size - 1]
        points[i] = x[i] * np.tensordot(weights, symmetric, axes=(0, 0))
    return points


def removal_factor(overhead: ArrayLike, share: ArrayLike) -> Array:
    """Return the change in cost when a share of an overhead goes: ``(1 + o (1 - s)) / (1 + o)`` (:eq:`removal`).

    Raises
    ------
    BadInputError
        If a share lies outside 0 to 1 or an overhead is -1 or less.
    """
    o, s = _checked(overhead), np.asarray(share, dtype=float)
    wrong = ~((s >= 0) & (s <= 1))
    if wrong.any():
        raise BadInputError("share removed", f"found {s[wrong].flat[0]}", allowed="0 to 1", remedy="correct it")
    factor: Array = (1.0 + o * (1.0 - s)) / (1.0 + o)
    return factor


def _checked(wedges: ArrayLike) -> Array:
    """Return the wedges as an array, or raise where one is not a fraction above -1."""
    x = np.asarray(wedges, dtype=float)
    wrong = ~np.isfinite(x) | (x <= -1)
    if wrong.any():
        raise BadInputError("wedge", f"found {x[wrong].flat[0]}", allowed="a fraction above -1", remedy="correct it")
    return x


def _shapley_weights(count: int) -> Array:
    """Return the weight of joining a coalition of each size 0 to count - 1."""
    weights = np.empty(count)
    weights[:1] = 1.0 / max(count, 1)
    for size in range(1, count):
        weights[size] = weights[size - 1] * size / (count - size)
    return weights
