"""The overhead of a border under three definitions, and where a stated claim falls in its distribution.

"x % overhead" has at least three meanings: points of ad valorem equivalent, share of the delivered price, share of the
all-in cost of trading across the border instead of at home. All three are computed from the same draws.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import pandas as pd

from isthmus.border.itemise import Direction, Itemised
from isthmus.border.spread import CENTRAL, range_columns, ranges
from isthmus.border.wedge import Component, Reach
from isthmus.core.axes import Array
from isthmus.core.errors import BadInputError
from isthmus.core.pairs import Pair

BOTH = "both"
TOTALS = ("goods", "services", "all")
ALL_REACH = "all"
FRAGMENTATION = "fragmentation"
"""What policy could reach besides tariffs: neither distance and language nor measures by others. It is what is meant
where an overhead is blamed on the border being fragmented."""
REACHES = (ALL_REACH, Reach.POLICY, FRAGMENTATION, Reach.NATURAL, Reach.THIRD_PARTY)

AT_HAND, STATED = "at_hand", "stated"
"""What the joint measures of a study work on, and of that what the plans of all sides ask for: parts of what policy reaches."""

WedgeCell = tuple[str, str, str, str]
"""Component, sector, exporter and importer."""


class Definition(StrEnum):
    """What a percentage of overhead is a percentage of."""

    AD_VALOREM = "ad_valorem_equivalent"
    DELIVERED = "share_of_delivered_price"
    ALL_IN = "share_of_all_in_cost"


@dataclass(frozen=True)
class Claim:
    """A stated overhead to be tested.

    Attributes
    ----------
    name
        Identifier.
    low, high
        The stated range as fractions; equal for a single number.
    source, address
        Who states it.
    sources
        The source in other languages, by language.
    definition
        What it is a percentage of, None where the source does not say: then every definition is tested.
    pair
        The pair it is about, None where it is about every pair of the study.
    """

    name: str
    low: float
    high: float
    source: str
    definition: Definition | None = None
    address: str = ""
    pair: Pair | None = None
    sources: Mapping[str, str] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high:
            raise BadInputError(
                f"claim {self.name}",
                f"range {self.low} to {self.high}",
                allowed="fractions with 0 <= low <= high (0.3 for 30 %)",
                remedy="correct the claim",
            )


@dataclass(frozen=True)
class Overhead:
    """Overheads of one pair under one time base.

    Attributes
    ----------
    table
        definition, reach, direction, sector, time_base, low, central, high, central_run (fractions; empty where not
        defined). Central is the median of the draws; because most ranges are skewed upwards the run at central values
        lies below it.
    draws
        The same rows over the draws (row, draw), for tests of claims.
    """

    table: pd.DataFrame
    draws: Array


def overhead(
    itemised: Itemised,
    kinds: Sequence[str],
    weights: Array,
    all_in: Array,
    covered: Mapping[str, Sequence[WedgeCell]] | None = None,
) -> Overhead:
    """Compute overheads by definition, reach, direction and sector.

    Parameters
    ----------
    itemised
        Priced wedges.
    kinds
        ``goods`` or ``services`` for each sector.
    weights
        Trade at the exporter's value (sector, direction), used to add sectors and directions up.
    all_in
        All-in index as a fraction (sector, 1 + draws); NaN where trade is one-way and the index means nothing.
    covered
        Cells that joint measures work on, by `AT_HAND` and `STATED`: two more reaches.
    """
    rows: list[tuple[str, str, str, str]] = []
    series: list[Array] = []
    total = _factor(itemised, ALL_REACH)
    factors = {str(reach): _factor(itemised, reach) for reach in REACHES}
    for name, cells in (covered or {}).items():
        factors[name] = np.prod(1.0 + itemised.values * covered_cells(itemised, cells)[..., None], axis=0)
    for reach, factor in factors.items():
        for direction, d in _directions(itemised.directions):
            for sector, s in _sector_groups(itemised.sectors, kinds):
                cell = _Cell(factor[s][:, d], total[s][:, d], weights[s][:, d], all_in[s])
                for definition, value in _values(cell):
                    rows.append((definition, reach, direction, sector))
                    series.append(value)
    values = np.stack(series)
    table = pd.DataFrame(rows, columns=["definition", "reach", "direction", "sector"])
    table["time_base"] = str(itemised.base)
    table = table.assign(**range_columns(values))
    return Overhead(table, values[:, CENTRAL + 1 :])


def unexplained(itemised: Itemised, all_in: Array) -> pd.DataFrame:
    """Return the all-in index less what the ledger explains, for the geometric mean of both directions.

    The index knows no direction, so neither does the difference. It may be negative: then the ledger says more than
    the trade flows show.

    Returns
    -------
    pandas.DataFrame
        sector, all_in, explained, unexplained and the last one's low and high, as fractions; medians of the draws, so
        that the three need not add up exactly.
    """
    explained = np.sqrt(np.prod(_factor(itemised, ALL_REACH), axis=1)) - 1.0
    gap = ranges(all_in - explained)
    return pd.DataFrame(
        {
            "sector": itemised.sectors,
            "all_in": ranges(all_in).central,
            "explained": ranges(explained).central,
            "unexplained_low": gap.low,
            "unexplained": gap.central,
            "unexplained_high": gap.high,
        }
    )


def claim_test(claim: Claim, overheads: Sequence[Overhead]) -> pd.DataFrame:
    """Place a claim in the distribution of every reading.

    Parameters
    ----------
    claim
        The stated range.
    overheads
        One for each time base.

    Returns
    -------
    pandas.DataFrame
        The rows of the overhead tables with `below`, `within` and `above`: the shares of draws whose overhead is
        smaller than the stated range, inside it, and larger. Readings that are not defined are left out.
    """
    frames = []
    for item in overheads:
        table = item.table
        keep = np.isfinite(item.draws).all(axis=1)
        if claim.definition is not None:
            keep &= (table["definition"] == claim.definition).to_numpy()
        draws = item.draws[keep]
        frames.append(
            table[keep].assign(
                claim=claim.name,
                below=(draws < claim.low).mean(axis=1),
                within=((draws >= claim.low) & (draws <= claim.high)).mean(axis=1),
                above=(draws > claim.high).mean(axis=1),
            )
        )
    tested: pd.DataFrame = pd.concat(frames, ignore_index=True)
    return tested


VERDICTS = ("holds", "possible", "unlikely")
HOLDS, POSSIBLE = 0.5, 0.05
"""Shares of draws from which a claim is said to hold under a reading, or to be possible under it."""


def verdict(within: float) -> str:
    """Say in one word what a share of draws within the stated range means: holds, possible or unlikely."""
    return "holds" if within >= HOLDS else "possible" if within >= POSSIBLE else "unlikely"


def claim_grid(tested: pd.DataFrame, sector: str = "goods") -> pd.DataFrame:
    """Count how a claim fares over every reading of one sector: definition, time base and direction, by reach.

    Returns
    -------
    pandas.DataFrame
        reach, readings, holds, possible, unlikely; one row for each reach that has readings.
    """
    chosen = tested[tested["sector"] == sector]
    words = pd.Series([verdict(within) for within in chosen["within"]], index=chosen.index)
    rows = [
        {"reach": str(reach), "readings": len(told), **{word: int((told == word).sum()) for word in VERDICTS}}
        for reach in (*REACHES, AT_HAND, STATED)
        if len(told := words[chosen["reach"] == reach])
    ]
    return pd.DataFrame(rows, columns=["reach", "readings", *VERDICTS])


@dataclass(frozen=True)
class _Cell:
    """What is added up: factors (sector, direction, draw), trade (sector, direction), all-in index (sector, draw)."""

    factor: Array
    total: Array
    weight: Array
    all_in: Array


def parts_of(itemised: Itemised, reach: str) -> list[int]:
    """Return positions of the parts that count under one of `REACHES`."""
    return [
        i
        for i, (r, (component, _)) in enumerate(zip(itemised.reach, itemised.parts, strict=True))
        if reach in (ALL_REACH, r) or (reach == FRAGMENTATION and r == Reach.POLICY and component != Component.TARIFF)
    ]


def covered_cells(itemised: Itemised, cells: Sequence[WedgeCell]) -> Array:
    """Return 1 for the parts within policy's reach of the cells that measures work on, else 0, (part, sector, direction)."""
    known = set(cells)
    found = [
        [
            [float(reach == Reach.POLICY and (str(c), s, *d) in known) for d in itemised.directions]
            for s in itemised.sectors
        ]
        for reach, (c, _) in zip(itemised.reach, itemised.parts, strict=True)
    ]
    return np.array(found)


def _factor(itemised: Itemised, reach: str) -> Array:
    """Return the cost factor of the parts of one reach."""
    product: Array = np.prod(1.0 + itemised.values[parts_of(itemised, reach)], axis=0)
    return product


def _directions(directions: Sequence[Direction]) -> Iterator[tuple[str, list[int]]]:
    for i, direction in enumerate(directions):
        yield direction_label(direction), [i]
    yield BOTH, list(range(len(directions)))


def direction_label(direction: Direction) -> str:
    """Write a direction as EXPORTER>IMPORTER."""
    return f"{direction.exporter}>{direction.importer}"


def _sector_groups(sectors: Sequence[str], kinds: Sequence[str]) -> Iterator[tuple[str, list[int]]]:
    for i, sector in enumerate(sectors):
        yield sector, [i]
    for name in TOTALS:
        members = [i for i, kind in enumerate(kinds) if name in (kind, "all")]
        if members:
            yield name, members


def _values(cell: _Cell) -> Iterator[tuple[str, Array]]:
    """Yield the overhead of one cell under each definition, over the draws."""
    weight = cell.weight if cell.weight.sum() > 0 else np.ones_like(cell.weight)
    w = (weight / weight.sum())[:, :, None]
    yield Definition.AD_VALOREM, (w * (cell.factor - 1.0)).sum(axis=(0, 1))
    without = cell.total / cell.factor
    yield Definition.DELIVERED, 1.0 - (w * without).sum(axis=(0, 1)) / (w * cell.total).sum(axis=(0, 1))
    two_way = np.isfinite(cell.all_in).all(axis=1)
    if two_way.any() and w[two_way].sum() > 0:
        logs = np.log(cell.factor[two_way])
        base = np.log1p(cell.all_in[two_way])[:, None, :]
        yield Definition.ALL_IN, (w[two_way] * logs).sum(axis=(0, 1)) / (w[two_way] * base).sum(axis=(0, 1))
    else:
        yield Definition.ALL_IN, np.full(cell.total.shape[-1], np.nan)
