"""What differs between runs: numbers by table and row, rows that only some have, stations that only some ran."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from isthmus.core.errors import BadInputError
from isthmus.study.section import Table, columns, tables_of
from isthmus.study.station import Findings

ROUNDING = 1e-9
"""Numbers that differ by less than this share of the larger one are the same."""
COLUMNS = ("station", "table", "row", "column", "unit")


def compare(runs: Mapping[str, Findings]) -> pd.DataFrame:
    """Return every number that is not the same in all runs.

    Parameters
    ----------
    runs
        Findings by the name of the run, at least two.

    Returns
    -------
    pandas.DataFrame
        station, table, row (the dimensions as ``name=label``, separated by ``; ``), column, unit, then one column a run, and
        ``spread``: the largest less the smallest. A run that lacks a row has an empty cell.

    Raises
    ------
    BadInputError
        With fewer than two runs.
    """
    if len(runs) < 2:
        raise BadInputError("compare", f"found {len(runs)} run", allowed="two or more", remedy="name another folder")
    names = list(runs)
    frames = []
    for station, table in _tables(runs):
        parts = {
            name: _long(tables_of(f.sections[station])[table]) for name, f in runs.items() if station in f.sections
        }
        wide = pd.DataFrame(parts).reindex(columns=names)
        wide = wide[_differs(wide)]
        if len(wide):
            frames.append(_labelled(wide, station, table))
    found: pd.DataFrame = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=[*COLUMNS, *names])
    values = found[names].astype(float)
    return found.assign(spread=values.max(axis=1) - values.min(axis=1))


def only_in(runs: Mapping[str, Findings]) -> dict[str, tuple[str, ...]]:
    """Return for each run the stations that it has and at least one other run lacks."""
    common = set.intersection(*(set(f.sections) for f in runs.values()))
    return {name: tuple(s for s in f.sections if s not in common) for name, f in runs.items()}


def _tables(runs: Mapping[str, Findings]) -> list[tuple[str, str]]:
    """List the tables of all runs, in the order of the flow."""
    found: dict[tuple[str, str], None] = {}
    for findings in runs.values():
        for station, section in findings.sections.items():
            found.update(dict.fromkeys((station, table) for table in tables_of(section)))
    return list(found)


def _long(table: Table[object]) -> "pd.Series[float]":
    """Return the measures of a table by row and column; rows are told apart by their dimensions."""
    declared = columns(table.row)
    keys = [c.name for c in declared if c.role == "dimension"]
    measures = {c.name: c.unit for c in declared if c.role == "measure"}
    frame = table.frame
    rows = _row_names(frame, keys)
    parts = [
        pd.Series(
            frame[name].to_numpy(dtype=float, na_value=np.nan),
            index=pd.MultiIndex.from_arrays([rows, [name] * len(rows), [unit] * len(rows)]),
        )
        for name, unit in measures.items()
    ]
    found: pd.Series[float] = pd.concat(parts) if parts else pd.Series(dtype=float)
    return found[~found.index.duplicated()]


def _row_names(frame: pd.DataFrame, keys: Sequence[str]) -> list[str]:
    if not keys:
        return [str(i + 1) for i in range(len(frame))]
    return ["; ".join(f"{k}={v}" for k, v in zip(keys, row, strict=True)) for row in frame[list(keys)].to_numpy()]


def _differs(wide: pd.DataFrame) -> "pd.Series[bool]":
    values = wide.to_numpy(dtype=float)
    absent = np.isnan(values)
    if not values.size:
        return pd.Series(False, index=wide.index)
    high, low = np.where(absent, -np.inf, values).max(axis=1), np.where(absent, np.inf, values).min(axis=1)
    apart = high - low > ROUNDING * np.maximum(np.abs(high), np.abs(low))
    some = absent.any(axis=1) & ~absent.all(axis=1)
    return pd.Series((apart & ~absent.all(axis=1)) | some, index=wide.index)


def _labelled(wide: pd.DataFrame, station: str, table: str) -> pd.DataFrame:
    rows, names, units = (list(wide.index.get_level_values(level)) for level in range(3))
    head = pd.DataFrame({"station": station, "table": table, "row": rows, "column": names, "unit": units})
    return pd.concat([head, wide.reset_index(drop=True)], axis=1)
