"""What the border is measured from: flows over years, bilateral geography, trade agreements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated

import numpy as np
import pandas as pd
import xarray as xr

from isthmus.core.errors import BadInputError
from isthmus.core.fields import Field, Record
from isthmus.core.provenance import Repair

HISTORY = ("year", "sector", "exporter", "importer")


@dataclass(frozen=True, repr=False)
class FlowHistory(Record):
    """Bilateral flows of several years, own sales included.

    Attributes
    ----------
    with_tariff
        Whether `value` contains the importer's tariff.
    notes
        Repairs and recognised dialects found while reading, and what `include_tariff` had to leave at 0.
    """

    value: Annotated[xr.DataArray, Field(HISTORY, "million USD", "X", "total use, own sales included", lower=0.0)]
    with_tariff: bool = False
    notes: tuple[Repair, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        """Years in storage order."""
        return tuple(int(y) for y in self.value["year"].values)

    @property
    def sectors(self) -> tuple[str, ...]:
        """Labels of the sectors in storage order."""
        return tuple(map(str, self.value["sector"].values))

    @property
    def economies(self) -> tuple[str, ...]:
        """Labels of the economies in storage order."""
        return tuple(map(str, self.value["exporter"].values))


@dataclass(frozen=True)
class Geography:
    """Bilateral geography and agreements.

    Attributes
    ----------
    pairs
        One row a directed pair, own pair included: exporter, importer, distance_km, contiguity, common_language.
        Contiguity and language are shares between 0 and 1 where an economy is a group.
    agreements
        One row a pair, year and agreement: exporter, importer, year, agreement, deep, share, status.
        `share` is the share of the two populations that the agreement links, 1 for single economies.
    members
        Members of each economy with their population weights; an economy that is not here is left out of estimation.
    sources
        Source of each column by name.
    """

    pairs: pd.DataFrame
    agreements: pd.DataFrame
    members: Mapping[str, Mapping[str, float]]
    sources: Mapping[str, str] = field(default_factory=dict)

    @property
    def economies(self) -> tuple[str, ...]:
        """Economies with a geography, in the order of the table."""
        return tuple(map(str, self.pairs["exporter"].unique()))

    @property
    def groups(self) -> tuple[str, ...]:
        """Economies that stand for more than one member: their own sales mix domestic sales with trade among members."""
        return tuple(e for e in self.economies if len(self.members.get(e, {e: 1.0})) > 1)


def include_tariff(history: FlowHistory, tariff_rate: xr.DataArray) -> FlowHistory:
    """Return the history at prices paid by the importer, x (1 + rate).

    Parameters
    ----------
    history
        Flows before tariff.
    tariff_rate
        Fractions, dims (sector, exporter, importer); the same rates serve every year. A sector of the history that the
        rates do not know (an aggregate of services) keeps a rate of 0 and is noted.

    Raises
    ------
    BadInputError
        If the history already contains tariffs or has an economy without rates.
    """
    if history.with_tariff:
        raise BadInputError(
            "flow history", "already contains tariffs", allowed="flows before tariff", remedy="call this once"
        )
    known = set(map(str, tariff_rate["exporter"].values))
    missing = [e for e in history.economies if e not in known]
    if missing:
        raise BadInputError(
            "tariffs",
            f"no rates for {', '.join(missing)}",
            allowed=", ".join(sorted(known)),
            remedy="use one set of economies",
        )
    labels = list(history.economies)
    sectors = set(map(str, tariff_rate["sector"].values))
    rates = np.zeros(history.value.shape[1:])
    for i, sector in enumerate(history.sectors):
        if sector in sectors:
            rates[i] = (
                tariff_rate.sel(sector=sector, exporter=labels, importer=labels)
                .transpose("exporter", "importer")
                .values
            )
    unknown = [s for s in history.sectors if s not in sectors]
    note = Repair("tariffs", f"no rates, counted as 0, for sector {', '.join(unknown)}", len(unknown))
    value = history.value.copy(data=np.asarray(history.value.values) * (1 + rates))
    return FlowHistory(value, True, (*history.notes, *((note,) if unknown else ())))


def pair_positions(history: FlowHistory, pair: Sequence[str]) -> tuple[int, int]:
    """Return the positions of the two economies of a pair; BadInputError when one is unknown or both are the same."""
    labels = history.economies
    for economy in pair:
        if economy not in labels:
            raise BadInputError(
                "pair", f"unknown economy {economy!r}", allowed=", ".join(labels), remedy="use a label of the world"
            )
    a, b = pair
    if a == b:
        raise BadInputError("pair", f"{a} twice", allowed="two different economies", remedy="name the partner")
    return labels.index(a), labels.index(b)
