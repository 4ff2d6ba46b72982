"""The two records of the world: the table as read, and the baseline that satisfies every identity of the model."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

import xarray as xr

from isthmus.core.fields import Field, Record
from isthmus.core.provenance import Repair

FLOW = ("sector", "exporter", "importer")
CELL = ("sector", "economy")


@dataclass(frozen=True, repr=False, kw_only=True)
class WorldTable(Record):
    """An input-output world as its tables state it, before calibration.

    Attributes
    ----------
    name, year, unit, currency, source, licence
        What the tables are and where they come from.
    economy_names, sector_names
        Names by language (``""`` is the file's own name) and label.
    goods
        Labels of sectors of kind goods; all others are services.
    members
        Members of economies that are groups.
    default_elasticity
        Column of `elasticities` used unless a scenario names another.
    capital_share
        Share of capital in value added.
    notes
        Repairs and recognised dialects found while reading.
    """

    name: str
    flows: Annotated[
        xr.DataArray, Field(FLOW, "million USD", "", "total use before tariff, own sales included", lower=0.0)
    ]
    intermediate_use: Annotated[
        xr.DataArray, Field(("economy", "input", "industry"), "million USD", "", "use from all origins", lower=0.0)
    ]
    final_demand: Annotated[xr.DataArray, Field(CELL, "million USD", "", "as stated; a check only", lower=0.0)]
    value_added: Annotated[xr.DataArray, Field(CELL, "million USD", "", "output minus intermediate inputs", lower=0.0)]
    tariff_rate: Annotated[xr.DataArray, Field(FLOW, "fraction", "t", "applied tariff", lower=-1.0)]
    elasticities: Annotated[
        xr.DataArray, Field(("set", "sector"), "number", "theta", "trade elasticity, large = responsive")
    ]
    goods: tuple[str, ...] = ()
    year: int | None = None
    unit: str = "million USD"
    currency: str = "USD"
    source: str = ""
    licence: str = ""
    default_elasticity: str = ""
    capital_share: float = 0.35
    economy_names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sector_names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[Repair, ...] = ()

    @property
    def economies(self) -> tuple[str, ...]:
        """Labels of the economies in storage order."""
        return self.axes.economies

    @property
    def sectors(self) -> tuple[str, ...]:
        """Labels of the sectors in storage order."""
        return self.axes.sectors

    @property
    def sector_groups(self) -> dict[str, tuple[str, ...]]:
        """Sectors of kind goods and services, the named groups that scenarios may use."""
        return self.axes.groups


@dataclass(frozen=True, kw_only=True)
class Balance:
    """How well the tables fit each other and what calibration had to change.

    Attributes
    ----------
    valuation
        ``before tariff`` or ``with tariff``: the reading of the use tables that fits better.
    misses
        Total absolute miss of absorption against use under each reading, as a share of world output.
    value_added_miss
        Total absolute miss of output against inputs plus value added, as a share of world output.
    residuals
        Largest residual of each identity of the baseline, relative to world output.
    repairs
        Everything that was changed, counted and measured.
    """

    valuation: str
    misses: Mapping[str, float]
    value_added_miss: float
    residuals: Mapping[str, float]
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, repr=False, kw_only=True)
class Baseline(Record):
    """The calibrated world: shares, spending and incomes that satisfy the identities of the model (:eq:`identities`)."""

    name: str
    trade_share: Annotated[xr.DataArray, Field(FLOW, "share of importer's spending", "pi", lower=0.0)]
    tariff_factor: Annotated[xr.DataArray, Field(FLOW, "gross factor", "tau", lower=0.0)]
    spending: Annotated[xr.DataArray, Field(CELL, "million USD, with tariff", "X", lower=0.0)]
    output: Annotated[xr.DataArray, Field(CELL, "million USD, before tariff", "Y", lower=0.0)]
    value_added_share: Annotated[xr.DataArray, Field(CELL, "share of output", "beta", lower=0.0, upper=1.0)]
    input_share: Annotated[
        xr.DataArray,
        Field(("economy", "input", "industry"), "share of the intermediate bill", "gamma", lower=0.0, upper=1.0),
    ]
    final_share: Annotated[xr.DataArray, Field(CELL, "share of income", "alpha", lower=0.0, upper=1.0)]
    value_added: Annotated[xr.DataArray, Field(("economy",), "million USD", "VA", lower=0.0)]
    tariff_revenue: Annotated[xr.DataArray, Field(("economy",), "million USD", "R")]
    deficit: Annotated[xr.DataArray, Field(("economy",), "million USD, net inflow", "D")]
    income: Annotated[xr.DataArray, Field(("economy",), "million USD", "I")]
    elasticity: Annotated[xr.DataArray, Field(("sector",), "number", "theta", lower=0.0)]
    capital_share: Annotated[xr.DataArray, Field(("economy",), "share of value added", "chi", lower=0.0, upper=1.0)]
    goods: tuple[str, ...] = ()
    balance: Balance | None = None
    table: WorldTable | None = None

    @property
    def economies(self) -> tuple[str, ...]:
        """Labels of the economies in storage order."""
        return self.axes.economies

    @property
    def sectors(self) -> tuple[str, ...]:
        """Labels of the sectors in storage order."""
        return self.axes.sectors

    @property
    def sector_groups(self) -> dict[str, tuple[str, ...]]:
        """Sectors of kind goods and services, the named groups that scenarios may use."""
        return self.axes.groups
