"""Read the findings of a finished run: facts from findings.json, tables from the folder tables beside it."""

import json
from pathlib import Path
from typing import Any

import pandas as pd

from isthmus.core.errors import BadInputError
from isthmus.readers.tables import Kind, read_table
from isthmus.study.station import Findings, Section

FILE = "findings.json"


def read_findings(folder: Path) -> Findings:
    """Return the sections of a run by station name, in the order of the flow.

    Raises
    ------
    BadInputError
        If the folder holds no finished run, or a table is missing or was changed beyond reading.
    """
    path = folder / FILE
    if not path.is_file():
        raise BadInputError(
            str(folder),
            f"holds no {FILE}",
            allowed="the folder of a finished run",
            remedy="run `isthmus run STUDY --out DIR` first",
        )
    try:
        content = json.loads(path.read_text("utf-8"))
        return {
            name: Section(
                part["facts"], {table: _read(folder, table, kinds) for table, kinds in part["tables"].items()}
            )
            for name, part in content["sections"].items()
        }
    except (json.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise BadInputError(
            str(path),
            f"is not as a run writes it ({error})",
            allowed="the file of a finished run",
            remedy="run the study again",
        ) from error


def kinds_of(frame: pd.DataFrame) -> dict[str, Kind]:
    """Return the kind of each column, as it is recorded in findings.json so that tables are read back as they were."""
    return {str(name): _kind(frame[name]) for name in frame.columns}


def _kind(column: "pd.Series[Any]") -> Kind:
    if pd.api.types.is_bool_dtype(column):
        return "flag"
    if pd.api.types.is_integer_dtype(column):
        return "whole"
    return "number" if pd.api.types.is_float_dtype(column) else "text"


def _read(folder: Path, name: str, kinds: dict[str, Kind]) -> pd.DataFrame:
    if not kinds:
        return pd.DataFrame()
    frame = read_table(folder / "tables" / f"{name}.csv", kinds).frame.reset_index(drop=True)
    whole = {column: "int64" for column, kind in kinds.items() if kind == "whole" and frame[column].notna().all()}
    return frame[list(kinds)].astype(whole)
