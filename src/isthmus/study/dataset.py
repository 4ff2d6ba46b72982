"""All numbers of a run in one labelled table, for those who work on in Python or another language."""

from typing import Any

import pandas as pd

from isthmus.study.section import Column, Table, columns, declared_tables, tables_of
from isthmus.study.station import Findings

_LEADING = ("station", "table", "measure", "unit")
_OF_COLUMN = "see column "
_OF_TARGET = "unit of the target"


def dataset(findings: Findings) -> pd.DataFrame:
    """Return every number that a run found, one a row.

    Parameters
    ----------
    findings
        What `run` returns, or `read_findings` of a finished run's folder.

    Returns
    -------
    pandas.DataFrame
        Columns station, table, measure, unit, value; ``at``, the year of tables without a year among their dimensions; and
        one column for every dimension of any table (economy, sector, year and others), empty where a table does not have it.

    Examples
    --------
    >>> import isthmus as im
    >>> im.dataset(im.Findings()).empty
    True
    """
    pieces = [
        _long(station, name, found, str(getattr(section, told.at)) if told.at else "")
        for station, section in findings.sections.items()
        for name, found in tables_of(section).items()
        for told in (declared_tables(type(section))[name][1],)
    ]
    kept = [piece for piece in pieces if len(piece)]
    joined = pd.concat(kept, ignore_index=True) if kept else pd.DataFrame(columns=[*_LEADING, "at", "value"])
    keys = [name for name in joined.columns if name not in (*_LEADING, "at", "value")]
    return joined[[*_LEADING, *keys, "at", "value"]]


def units(frame: pd.DataFrame, measure: Column) -> list[str]:
    """Return the unit of every row of a table: the declared one, or what stands in the column that it names."""
    name = measure.unit.removeprefix(_OF_COLUMN) if measure.unit.startswith(_OF_COLUMN) else ""
    name = "unit" if measure.unit == _OF_TARGET else name.split()[0] if name else ""
    return (
        [str(cell) if pd.notna(cell) and cell != "" else "1" for cell in frame[name]]
        if name in frame
        else [measure.unit] * len(frame)
    )


def _long(station: str, name: str, table: Table[Any], at: str) -> pd.DataFrame:
    """Return the measures of a table one below the other."""
    declared = columns(table.row)
    keys = {column.name: _KEPT.get(column.name, column.name) for column in declared if column.role == "dimension"}
    pieces = []
    for measure in (column for column in declared if column.role == "measure"):
        told = table.frame[list(keys)].rename(columns=keys).assign(station=station, table=name, measure=measure.name)
        numbers = table.frame[measure.name].astype(float)
        pieces.append(told.assign(unit=units(table.frame, measure), at=at, value=numbers))
    return pd.concat(pieces, ignore_index=True) if pieces else pd.DataFrame()


_KEPT = {name: f"{name}_key" for name in (*_LEADING, "at", "value")}
"""Names for dimensions that are called as a column of the result."""
