"""From an inter-country table to a world: what the model needs, with every repair counted."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import xarray as xr

from isthmus.core.axes import Array, Axes
from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Repair
from isthmus.economy.baseline import CELL, FLOW, WorldTable


@dataclass(frozen=True, kw_only=True)
class Sums:
    """An inter-country table summed over what the model does not tell apart.

    Attributes
    ----------
    economies, sectors
        Labels in storage order.
    flows
        Use of each exporter's sector by each importer, shape (S, N, N): production and final use together.
    use
        Use of input k by industry j of economy n from all origins, shape (N, S, S).
    final
        Final use by sector and economy, shape (S, N).
    stated_value_added
        What the table itself states as value added with taxes, shape (S, N); None where it states none.
    """

    economies: tuple[str, ...]
    sectors: tuple[str, ...]
    flows: Array
    use: Array
    final: Array
    stated_value_added: Array | None = None


@dataclass(frozen=True, kw_only=True)
class Attributes:
    """What a table does not say about itself: kinds, elasticities, names and origin."""

    name: str
    goods: tuple[str, ...]
    elasticities: xr.DataArray
    year: int | None = None
    unit: str = "million USD"
    currency: str = "USD"
    source: str = ""
    licence: str = ""
    economy_names: dict[str, dict[str, str]] | None = None
    sector_names: dict[str, dict[str, str]] | None = None


def assemble(
    sums: Sums, attributes: Attributes, tariff_rate: Array | None = None, notes: Sequence[Repair] = ()
) -> WorldTable:
    """Make a world from the sums of an inter-country table.

    Output is the sum of an industry's flows and value added is output less inputs at basic prices, so taxes less subsidies
    on inputs are part of it (:eq:`table-value-added`). Negative flows come from run-down stocks; they are set to zero and
    counted, like inputs above output.

    Parameters
    ----------
    sums
        The table, summed.
    attributes
        What the table does not say about itself.
    tariff_rate
        Applied tariffs, shape (S, N, N); None means that the table brings none, which is noted.
    notes
        Repairs made while reading.

    Raises
    ------
    BadInputError
        If the table holds no flow at all.
    """
    if not np.abs(sums.flows).sum() > 0:
        raise BadInputError(attributes.name, "all flows are zero", allowed="positive flows", remedy="check the file")
    found = list(notes)
    unit = attributes.unit
    flows = _without_negatives(sums.flows, "flows", "negative use (run-down stocks) set to zero", unit, found)
    use = _without_negatives(sums.use, "intermediate use", "negative use set to zero", unit, found)
    final = _without_negatives(sums.final, "final demand", "negative use set to zero; a check only", unit, found)
    use = _within_output(use, flows.sum(axis=2), unit, found)
    added = np.maximum(flows.sum(axis=2) - use.sum(axis=1).T, 0.0)
    if sums.stated_value_added is not None:
        gap = np.abs(added - sums.stated_value_added)
        size, count = float(gap.sum()), int((gap > 1e-6 * flows.sum(axis=2).mean()).sum())
        found.append(Repair("value added", "output less inputs differs from value added as stated", count, size, unit))
    if tariff_rate is None:
        found.append(Repair("tariffs", "none in this table, every rate is 0", int(flows.size)))
    return _pack(sums, attributes, (flows, use, final, added), tariff_rate, found)


def _without_negatives(values: Array, where: str, what: str, unit: str, found: list[Repair]) -> Array:
    """Return values with negatives set to zero, and note how many and how much."""
    negative = values < 0
    if negative.any():
        found.append(Repair(where, what, int(negative.sum()), float(-values[negative].sum()), unit))
    return np.where(negative, 0.0, values)


def _within_output(use: Array, output: Array, unit: str, found: list[Repair]) -> Array:
    """Scale input columns that exceed the industry's output, so that value added is not negative."""
    bill = use.sum(axis=1).T
    over = bill > output * (1 + 1e-12)
    if over.any():
        size = float((bill - output)[over].sum())
        found.append(
            Repair("intermediate use", "inputs above output scaled down to output", int(over.sum()), size, unit)
        )
    factor = np.where(over, output / np.where(bill == 0, 1.0, bill), 1.0)
    scaled: Array = use * factor.T[:, None, :]
    return scaled


def _pack(
    sums: Sums,
    attributes: Attributes,
    arrays: tuple[Array, Array, Array, Array],
    tariff_rate: Array | None,
    found: list[Repair],
) -> WorldTable:
    flows, use, final, added = arrays
    axes = Axes(sums.economies, sums.sectors, attributes.goods)
    rate = np.zeros_like(flows) if tariff_rate is None else tariff_rate
    plain = {"": {label: label for label in axes.economies}}, {"": {label: label for label in axes.sectors}}
    return WorldTable(
        name=attributes.name,
        flows=axes.array(flows, FLOW),
        intermediate_use=axes.array(use, ("economy", "input", "industry")),
        final_demand=axes.array(final, CELL),
        value_added=axes.array(added, CELL),
        tariff_rate=axes.array(rate, FLOW),
        elasticities=attributes.elasticities,
        goods=attributes.goods,
        year=attributes.year,
        unit=attributes.unit,
        currency=attributes.currency,
        source=attributes.source,
        licence=attributes.licence,
        economy_names=attributes.economy_names or plain[0],
        sector_names=attributes.sector_names or plain[1],
        notes=tuple(found),
    )
