"""The world of an earlier year: its flows, with the cost structure of the year that the full table speaks of."""

import dataclasses

import numpy as np
import xarray as xr

from isthmus.core.axes import Array
from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Repair
from isthmus.economy.aggregate import Grouping, aggregate
from isthmus.economy.baseline import WorldTable

SERVICES = "services"


def world_of_year(world: WorldTable, flows: xr.DataArray, year: int) -> WorldTable:
    """Return the world of an earlier year.

    Output and absorption are those of the year's flows; value-added shares, input shares and tariffs stay as the full
    table has them, so final demand is what is left. Services that the flows hold together are merged first.

    Parameters
    ----------
    world
        The full table.
    flows
        Flows of one year before tariff, own sales included, million USD, dims (sector, exporter, importer); sectors are
        those of the world, or goods sectors and one called ``services``.
    year
        The year of the flows.

    Raises
    ------
    BadInputError
        If the flows have other sectors or economies than the world.
    """
    sectors = [str(label) for label in flows["sector"].values]
    if SERVICES in sectors and SERVICES not in world.sectors:
        merged = dict.fromkeys(world.sector_groups["services"], SERVICES)
        world = aggregate(world, Grouping(sectors=merged, sector_names={"": {SERVICES: SERVICES}}))
    _require_labels(world, flows, sectors)
    ordered = flows.sel(sector=list(world.sectors), exporter=list(world.economies), importer=list(world.economies))
    value = np.ascontiguousarray(ordered.transpose("sector", "exporter", "importer").values.astype(float))
    old, new = world.flows.values.sum(axis=2), value.sum(axis=2)
    use_share, value_share = _cost_shares(world, old)
    use = use_share * new.T[:, None, :]
    absorbed = value.sum(axis=1)
    final = np.maximum(0.0, absorbed - use.sum(axis=2).T)
    new_industries = int(((old == 0) & (new > 0)).sum())
    notes = [
        Repair("history", f"cost structure of {world.year} on flows of {year}", int((old > 0).sum())),
        Repair("history", f"industries without output in {world.year} take the world's cost structure", new_industries),
    ]
    return dataclasses.replace(
        world,
        name=f"{world.name} in {year}",
        year=year,
        flows=world.flows.copy(data=value),
        intermediate_use=world.intermediate_use.copy(data=use),
        final_demand=world.final_demand.copy(data=final),
        value_added=world.value_added.copy(data=value_share * new),
        notes=(*world.notes, *notes),
    )


def _cost_shares(world: WorldTable, output: Array) -> tuple[Array, Array]:
    """Return inputs (economy, input, industry) and value added (sector, economy) as shares of output.

    An industry without output takes the shares of that industry in the whole world.
    """
    use, added = world.intermediate_use.values, world.value_added.values
    total = output.sum(axis=1)
    there = output > 0
    safe = np.where(there, output, 1.0)
    use_share = np.where(there.T[:, None, :], use / safe.T[:, None, :], (use.sum(axis=0) / total)[None])
    value_share: Array = np.where(there, added / safe, (added.sum(axis=1) / total)[:, None])
    return use_share, value_share


def _require_labels(world: WorldTable, flows: xr.DataArray, sectors: list[str]) -> None:
    for dim, wanted, found in (
        ("sector", set(world.sectors), set(sectors)),
        ("exporter", set(world.economies), {str(label) for label in flows["exporter"].values}),
        ("importer", set(world.economies), {str(label) for label in flows["importer"].values}),
    ):
        if wanted != found:
            raise BadInputError(
                f"flow history, {dim}",
                f"missing {', '.join(sorted(wanted - found)) or 'none'}, surplus {', '.join(sorted(found - wanted)) or 'none'}",
                allowed=", ".join(sorted(wanted)),
                remedy="use flows of the same world",
            )
