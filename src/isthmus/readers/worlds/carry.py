"""Carry over what lies beside a world's tables when a world is made from another: years, geography, agreements, CO2.

Without these a derived world could be solved, but its borders could not be measured.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from isthmus.border.merge import merged_history, merged_pairs
from isthmus.border.observed import FlowHistory
from isthmus.core.axes import Array
from isthmus.economy.aggregate import UNGROUPED, Grouping
from isthmus.economy.baseline import WorldTable
from isthmus.economy.history import SERVICES
from isthmus.readers.tables import read_table
from isthmus.readers.worlds.history import FILE, read_history
from isthmus.readers.worlds.write import write_csv

WEIGHTED = "# Rows of merged economies: means weighted by the goods that both sides trade; lengths are added.\n"


def carry_over(
    source: Path, before: WorldTable, after: WorldTable, place: Path, groups: Grouping = UNGROUPED
) -> tuple[str, ...]:
    """Write beside a derived world what lies beside the one it was made from, economies and sectors merged alike.

    Parameters
    ----------
    source
        Directory of the world that the new one was made from.
    before, after
        Both tables. Where nothing is merged, the history takes the flows of the new table's year.
    place
        Directory of the new world.
    groups
        What was merged into what.

    Returns
    -------
    tuple
        Names of the files that were written.

    Raises
    ------
    BadInputError
        For everything that is wrong in a file of the source.
    """
    parts: tuple[Callable[[], str], ...] = (
        lambda: _history(source, before, after, place, groups),
        lambda: _geography(source, before, place, groups),
        lambda: _members(source, place, groups),
        lambda: _copied(source, place, "agreements.toml"),
        lambda: _copied(source, place, "geography.toml", WEIGHTED if groups.economies else ""),
        lambda: _sector_groups(source, place, groups),
        lambda: _co2(source, before, place, groups),
    )
    return tuple(name for part in parts if (name := part()))


def _history(source: Path, before: WorldTable, after: WorldTable, place: Path, groups: Grouping) -> str:
    """Write the flows of all years; where flows were moved, those of the table's year are the new table's."""
    if not any((source / name).is_file() for name in (FILE, FILE.removesuffix(".gz"))):
        return ""
    history = merged_history(read_history(source, before), groups.economies)
    sectors = [groups.sectors.get(sector, sector) for sector in history.sectors]
    labels = list(dict.fromkeys(sectors))
    rows = np.array([[float(label == home) for home in sectors] for label in labels])
    values: Array = np.einsum("aj,tjxy->taxy", rows, history.value.values, optimize=True)
    if groups == UNGROUPED and after.year in history.years:
        _put(values[history.years.index(after.year)], labels, after)
    _wide(history, labels, values).pipe(write_csv, place / FILE)
    return FILE


def _put(year: Array, labels: list[str], after: WorldTable) -> None:
    """Put the flows of a table in the place of its year; sectors that the history holds together are added up."""
    for at, label in enumerate(labels):
        together = list(after.sector_groups["services"]) if label == SERVICES else []
        kept = [label] if label in after.sectors else together
        if kept:
            year[at] = after.flows.sel(sector=kept).sum("sector").values


def _wide(history: FlowHistory, labels: list[str], values: Array) -> pd.DataFrame:
    """Return flows as the file has them: exporter, sector, importer, one column a year, rows of zero left out."""
    economies = history.economies
    at = np.nonzero(values.any(axis=0))
    sector, exporter, importer = at
    columns = {
        "exporter": [economies[i] for i in exporter],
        "sector": [labels[i] for i in sector],
        "importer": [economies[i] for i in importer],
    }
    years = {str(year): values[t][at] for t, year in enumerate(history.years)}
    return pd.DataFrame({**columns, **years})


def _geography(source: Path, before: WorldTable, place: Path, groups: Grouping) -> str:
    path = source / "geography.csv"
    if not path.is_file():
        return ""
    pairs = read_table(path, {"exporter": "text", "importer": "text"}, other="number").frame
    if groups.economies:
        pairs = merged_pairs(pairs, groups.economies, before.flows.sel(sector=list(before.goods)).sum("sector"))
    write_csv(pairs, place / path.name)
    return path.name


def _members(source: Path, place: Path, groups: Grouping) -> str:
    path = source / "members.csv"
    if not path.is_file():
        return ""
    frame = read_table(path, {"economy": "text", "member": "text"}, other="text").frame
    frame["economy"] = [groups.economies.get(economy, economy) for economy in frame["economy"]]
    write_csv(frame, place / path.name)
    return path.name


def _copied(source: Path, place: Path, name: str, before: str = "") -> str:
    if not (source / name).is_file():
        return ""
    (place / name).write_text(before + (source / name).read_text("utf-8"), "utf-8")
    return name


def _sector_groups(source: Path, place: Path, groups: Grouping) -> str:
    """Write the groups of sectors; a merged sector keeps a group that all its parts have."""
    path = source / "sector_groups.csv"
    if not path.is_file():
        return ""
    frame = read_table(path, {"sector": "text", "group": "text"}, key=("sector",)).frame
    homes: dict[str, set[str]] = {}
    for sector, group in zip(frame["sector"], frame["group"], strict=True):
        homes.setdefault(groups.sectors.get(sector, sector), set()).add(group)
    rows = [{"sector": sector, "group": min(found)} for sector, found in homes.items() if len(found) == 1]
    write_csv(pd.DataFrame(rows, columns=["sector", "group"]), place / path.name)
    return path.name


def _co2(source: Path, before: WorldTable, place: Path, groups: Grouping) -> str:
    """Write national CO2: emissions are added, shares of fuels weighted by them where all members have some."""
    path = source / f"co2_{before.year}.csv"
    if not path.is_file():
        return ""
    frame = read_table(path, {"economy": "text", "co2_mt": "number", "source": "text"}, other="text").frame
    homes = [groups.economies.get(economy, economy) for economy in frame["economy"]]
    rows = [merged_row(home, part) for home, part in frame.groupby(homes, sort=False)]
    write_csv(pd.DataFrame(rows, columns=list(frame.columns)), place / path.name)
    return path.name


def merged_row(home: object, part: pd.DataFrame) -> Mapping[str, object]:
    """Return one row of emissions for the members of a group; a group of one keeps its row."""
    row: dict[str, object] = {str(name): part[name].iloc[0] for name in part.columns} | {"economy": home}
    if len(part) == 1:
        return row
    mass = part["co2_mt"].astype(float)
    for column in (name for name in part.columns if name.endswith("_share")):
        shares = pd.to_numeric(part[column], errors="coerce")
        row[column] = float((shares * mass).sum() / mass.sum()) if shares.notna().all() else ""
    for column in ("status", "source", "address", "note"):
        if column in part:
            row[column] = "; ".join(dict.fromkeys(str(cell) for cell in part[column] if str(cell) not in ("", "nan")))
    row["co2_mt"] = float(mass.sum())
    return row
