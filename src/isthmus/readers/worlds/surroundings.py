"""What lies beside a world's tables: flows of several years, geography, agreements, groups of sectors, gravity estimates.

Economies of a study's group are merged here as in the tables, so that a border is measured on the world that is solved.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from isthmus.border.gravity import Estimates
from isthmus.border.merge import merged_history, merged_pairs
from isthmus.border.observed import FlowHistory, Geography, include_tariff
from isthmus.economy.aggregate import Grouping
from isthmus.economy.baseline import WorldTable
from isthmus.readers.worlds.estimates import gravity_estimates
from isthmus.readers.worlds.geography import read_geography, read_sector_groups
from isthmus.readers.worlds.groups import grouped
from isthmus.readers.worlds.history import read_history


@dataclass(frozen=True)
class Surroundings:
    """What a border is measured from besides the table itself.

    Attributes
    ----------
    world
        The table, with groups merged.
    history
        Flows over the years, with tariff.
    geography
        None where the world has none.
    estimates
        Gravity estimates of the world before economies were merged; None without geography.
    sector_groups
        Group of each sector of the history.
    note
        Where the estimates come from, or why there are none.
    """

    world: WorldTable
    history: FlowHistory
    geography: Geography | None
    estimates: Estimates | None
    sector_groups: Mapping[str, str]
    note: str


def read_surroundings(folder: Path, world: WorldTable, groups: Grouping) -> Surroundings:
    """Read what lies beside the tables in a world directory and merge groups.

    Parameters
    ----------
    folder
        The world directory.
    world
        Its tables as read, without groups.
    groups
        What is merged into what; a grouping without economies merges nothing.

    Raises
    ------
    BadInputError
        For everything that is wrong in a file.
    """
    raw = read_history(folder, world)
    paid = include_tariff(raw, world.tariff_rate)
    sectors = read_sector_groups(folder, raw.sectors, world.goods)
    geography = read_geography(folder, raw.years) if (folder / "geography.csv").is_file() else None
    estimates, note = (
        gravity_estimates(folder, paid, geography, sectors) if geography else (None, "no geography, no frontier")
    )
    if groups.economies:
        paid = merged_history(paid, groups.economies)
        geography = geography and _merged(folder, geography, world, raw.years, groups)
    return Surroundings(grouped(world, groups), paid, geography, estimates, sectors, note)


def _merged(
    folder: Path, geography: Geography, world: WorldTable, years: tuple[int, ...], groups: Grouping
) -> Geography:
    """Merge pairs by trade; agreements and members by population, as for the groups that a world has itself."""
    goods = world.flows.sel(sector=list(world.goods)).sum("sector")
    pairs = merged_pairs(geography.pairs, groups.economies, goods)
    again = read_geography(folder, years, groups.economies)
    return Geography(pairs, again.agreements, again.members, geography.sources)
