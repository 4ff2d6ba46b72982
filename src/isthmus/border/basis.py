"""What the border of one pair was measured with and over, and what became of the claims held against it."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from isthmus.border.overhead import Claim, claim_grid
from isthmus.border.wedge import TimeBase


@dataclass(frozen=True)
class ReachCount:
    """Readings of a claim by reach: how many there are, how many hold, are possible, unlikely."""

    reach: str
    readings: int
    holds: int
    possible: int
    unlikely: int


@dataclass(frozen=True, kw_only=True)
class StrictExcess:
    """The excess over the frontier on the newest trade, fractions of the value."""

    low: float
    central: float
    high: float


@dataclass(frozen=True, kw_only=True)
class ClaimStanding:
    """A claim and what became of it: its readings counted by reach, and whether the excess over the frontier lies inside.

    `strict` is None where the pair has no such excess.
    """

    claim: Claim
    grid: tuple[ReachCount, ...]
    strict: StrictExcess | None

    @property
    def strict_inside(self) -> bool | None:
        """Whether the excess at its centre lies within the claim; None where there is none."""
        return None if self.strict is None else self.claim.low <= self.strict.central <= self.claim.high


@dataclass(frozen=True, kw_only=True)
class PairBasis:
    """What the tables of one pair rest on.

    Attributes
    ----------
    directions
        Both directions as EXPORTER>IMPORTER.
    year
        Year of the trade weights; None for a world made in memory without one.
    elasticity
        Set of trade elasticities of the central reading.
    services_theta
        Trade elasticities of services that the draws choose from.
    trade_musd
        Trade by direction, million USD, at the exporter's border.
    compatibility_basis
        Catalogues, or bounds where only shares are known.
    one_way
        Sectors that are traded one way only or left out of the index.
    notes
        Remarks of the reader, in English.
    """

    partners: tuple[str, str]
    directions: tuple[str, ...]
    year: int | None
    time_base: TimeBase
    elasticity: str
    services_theta: tuple[float, ...]
    draws: int
    trade_musd: Mapping[str, float]
    compatibility_basis: str
    one_way: tuple[str, ...]
    notes: tuple[str, ...]
    claims: tuple[ClaimStanding, ...]


def claim_standing(claim: Claim, tested: pd.DataFrame, strict: StrictExcess | None) -> ClaimStanding:
    """Count how a claim fares over every reading for goods.

    Parameters
    ----------
    tested
        Table of tested claims, one row a reading.
    strict
        The pair's excess over the frontier, where there is one.
    """
    grid = claim_grid(tested[tested["claim"] == claim.name])
    counted = tuple(ReachCount(**{str(name): value for name, value in row.items()}) for row in grid.to_dict("records"))
    return ClaimStanding(claim=claim, grid=counted, strict=strict)
