"""Read wedge ledgers and the sector table of the border station."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from isthmus.border.itemise import CostUnit, Entry, SectorProfile
from isthmus.border.wedge import Component, Reach, TimeBase
from isthmus.core.errors import BadInputError
from isthmus.core.labels import EVERY
from isthmus.core.provenance import Grade, Status
from isthmus.readers.cells import member
from isthmus.readers.tables import ExpectedColumn, ReadTable, read_table
from isthmus.study.section import CellKind

_TEXTS = ("id", "component", "part", "sectors", "exporter", "importer", "unit", "grade", "reach", "source")
_MORE = ("base", "recipient", "address", "status", "note")
_LEDGER: Mapping[str, CellKind] = {
    **dict.fromkeys(_TEXTS, "text"), "low": "number", "central": "number", "high": "number"
}  # fmt: skip
_LEDGER_MORE: Mapping[str, CellKind] = {**dict.fromkeys(_MORE, "text"), "rent_share": "number", "year": "whole"}
_PROFILE: Mapping[str, CellKind] = {
    "sector": "text", "group": "text", "kind": "text", "value_density_usd_per_tonne": "number", "time_class": "text"
}  # fmt: skip


def read_wedges(
    path: Path, economies: Collection[str] = (), profiles: Mapping[str, SectorProfile] | None = None
) -> tuple[Entry, ...]:
    """Read a wedge ledger; with the labels of a world and the sector table, rows that name others are refused.

    Columns: id, component, part, sectors (codes, groups or kinds, separated by ``;``), exporter, importer (code or
    ``*``), unit (`CostUnit`), low, central, high, grade, reach, source; and optional base (border or journey), rent_share,
    recipient, year, address, status, note.

    Raises
    ------
    BadInputError
        For a row whose labels are unknown, whose numbers are missing, negative or out of order, or without a source.
    """
    rows = [(where, entry) for where, _, entry in read_wedge_rows(path)]
    if economies:
        for where, entry in rows:
            _require_known(where, ("exporter", "importer"), (entry.exporter, entry.importer), {EVERY, *economies})
    if profiles is not None:
        known = {EVERY, *profiles, *(p.group for p in profiles.values()), *(p.kind for p in profiles.values())}
        for where, entry in rows:
            _require_known(where, ("sectors",) * len(entry.sectors), entry.sectors, known)
    return tuple(entry for _, entry in rows)


def _require_known(where: str, columns: Sequence[str], labels: Sequence[str], known: Collection[str]) -> None:
    """Raise at the first label that is not known."""
    for column, label in zip(columns, labels, strict=True):
        if label not in known:
            raise BadInputError(
                f"{where}, column {column}",
                f"unknown label {label!r}",
                allowed=", ".join(sorted(known)),
                remedy="correct the label",
            )


def read_wedge_rows(path: Path, *, pair: bool = True) -> list[tuple[str, "pd.Series", Entry]]:
    """Read a wedge ledger with, for each row, its place for messages and the row itself.

    Parameters
    ----------
    path
        The ledger.
    pair
        Whether it names exporter and importer; rules for any pair do not, and get ``*``.
    """
    required = {k: v for k, v in _LEDGER.items() if pair or k not in ("exporter", "importer")}
    table = read_table(path, required, _LEDGER_MORE, key=("id",))
    places = range(len(table.frame))
    return [(table.row(i), table.frame.iloc[i], _entry(table, i)) for i in places]


def read_sector_profiles(path: Path, classes: Sequence[str] | None = None) -> dict[str, SectorProfile]:
    """Read the sector table: sector, group, kind, value_density_usd_per_tonne (goods), time_class (one of `classes`)."""
    columns = {
        **_PROFILE,
        "kind": ExpectedColumn(allowed=("goods", "services")),
        "time_class": ExpectedColumn(allowed=classes),
    }
    table = read_table(path, columns, {"density_source": "text"}, key=("sector",))
    profiles = {}
    for position, row in enumerate(table.frame.to_dict("records")):
        density = float(row["value_density_usd_per_tonne"])
        if row["kind"] == "goods" and not density > 0:
            raise BadInputError(
                f"{table.row(position)}, column value_density_usd_per_tonne",
                f"found {density}",
                allowed="above 0 USD a tonne for goods",
                remedy="enter the value of a tonne",
            )
        profiles[row["sector"]] = SectorProfile(
            row["sector"], row["group"], row["kind"], density if row["kind"] == "goods" else np.inf, row["time_class"],
            str(row.get("density_source", "")),
        )  # fmt: skip
    return profiles


def _entry(table: ReadTable, position: int) -> Entry:
    row, where = table.frame.iloc[position], table.row(position)
    low, central, high = (float(row[name]) for name in ("low", "central", "high"))
    if not 0 <= low <= central <= high:
        raise BadInputError(
            f"{where}, columns low, central, high",
            f"found {low}, {central}, {high}",
            allowed="numbers with 0 <= low <= central <= high",
            remedy="correct the row",
        )
    if not row["source"]:
        raise BadInputError(
            f"{where}, column source", "is empty", allowed="a source, or assumed with a reason", remedy="name it"
        )
    rent = _number(row, "rent_share", 0.0)
    if not 0 <= rent <= 1:
        raise BadInputError(f"{where}, column rent_share", f"found {rent}", allowed="0 to 1", remedy="correct the cell")
    year = _number(row, "year", np.nan)
    base = str(row.get("base", ""))
    return Entry(
        id=row["id"],
        component=member(Component, row["component"], f"{where}, column component"),
        part=row["part"],
        sectors=tuple(name.strip() for name in row["sectors"].split(";")),
        exporter=str(row.get("exporter", EVERY)),
        importer=str(row.get("importer", EVERY)),
        unit=member(CostUnit, row["unit"], f"{where}, column unit"),
        low=low,
        central=central,
        high=high,
        grade=member(Grade, row["grade"], f"{where}, column grade"),
        reach=member(Reach, row["reach"], f"{where}, column reach"),
        source=row["source"],
        base=member(TimeBase, base, f"{where}, column base") if base else None,
        rent_share=rent,
        recipient=str(row.get("recipient", "")),
        year=None if np.isnan(year) else int(year),
        address=str(row.get("address", "")),
        status=member(Status, str(row.get("status", "")) or Status.QUOTED, f"{where}, column status"),
        note=str(row.get("note", "")),
    )


def _number(row: "pd.Series", name: str, otherwise: float) -> float:
    value = row.get(name)
    return otherwise if value is None or np.isnan(value) else float(value)
