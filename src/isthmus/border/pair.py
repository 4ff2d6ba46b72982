"""What the border of one pair is computed from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from isthmus.border.gravity import Estimates
from isthmus.border.itemise import Entry, SectorProfile
from isthmus.border.observed import FlowHistory, Geography
from isthmus.border.overhead import Claim
from isthmus.border.standards import Catalogue, Domain, Recognition, Reference, Share
from isthmus.border.wedge import TimeBase
from isthmus.core.provenance import Ledger
from isthmus.economy.baseline import WorldTable


@dataclass(frozen=True)
class StandardsInput:
    """What is known of both sides' standards and R&D protocols.

    Attributes
    ----------
    weights
        ics, sector, weight.
    field_names
        ICS fields by code.
    left, right
        A catalogue each, or a share each.
    references
        International documents in force, needed with catalogues.
    recognition, default_level
        What is recognised by ICS field, and the conformity parameter elsewhere.
    domains
        Domains of R&D protocols.
    """

    weights: pd.DataFrame
    field_names: Mapping[str, str]
    left: Catalogue | Share
    right: Catalogue | Share
    domains: tuple[Domain, ...]
    references: tuple[Reference, ...] = ()
    recognition: tuple[Recognition, ...] = ()
    default_level: str = "conformity_full_retest"


@dataclass(frozen=True)
class BorderInput:
    """Everything the border of one pair is computed from.

    Attributes
    ----------
    world
        World table: flows, tariffs and elasticities.
    partners
        Labels of the two partners.
    entries
        Wedge ledger of the pair.
    profiles
        Sector table.
    parameters
        Assumed numbers of the station.
    standards
        Standards and protocols.
    services_theta
        Low, central and high elasticity of services.
    history
        Flows over the years, with tariff; None where only the wedges are wanted.
    geography, estimates, groups
        Gravity: geography, coefficients, group of each sector of the history; None without geography.
    claims
        Stated overheads to be tested.
    base
        Time base of the tables; claims are tested under both.
    elasticity
        Elasticity set of the central reading.
    notes
        What the reader has to say, for example which rows are defaults.
    newer
        The world moved to newer totals of trade, by year, oldest first. The newest weighs sectors and directions, and the
        excess over the frontier is told on each.
    covered
        What joint measures work on: cells (component, sector, exporter, importer) by `overhead.AT_HAND` and `overhead.STATED`.
    beside
        Ledger entries of all pairs of a study, which are drawn at once with those of this pair; empty for a pair alone.
    """

    world: WorldTable
    partners: tuple[str, str]
    entries: tuple[Entry, ...]
    profiles: Mapping[str, SectorProfile]
    parameters: Ledger
    standards: StandardsInput
    services_theta: tuple[float, float, float]
    history: FlowHistory | None = None
    geography: Geography | None = None
    estimates: Estimates | None = None
    groups: Mapping[str, str] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    base: TimeBase = TimeBase.BORDER
    elasticity: str = ""
    notes: tuple[str, ...] = ()
    newer: Mapping[str, WorldTable] = field(default_factory=dict)
    covered: Mapping[str, tuple[tuple[str, str, str, str], ...]] = field(default_factory=dict)
    beside: tuple[Entry, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """``goods`` or ``services`` for each sector of the world."""
        return tuple("goods" if s in self.world.goods else "services" for s in self.world.sectors)

    @property
    def trade(self) -> WorldTable:
        """The world whose trade weighs: on the newest totals, else as it stands."""
        return list(self.newer.values())[-1] if self.newer else self.world

    @property
    def trade_year(self) -> int | None:
        """Year of that trade."""
        return int(list(self.newer)[-1]) if self.newer else self.world.year
