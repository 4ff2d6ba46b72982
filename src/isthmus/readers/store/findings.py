"""Read the findings of a finished run: facts from findings.json, tables from the folder tables beside it."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from isthmus.core.errors import BadInputError
from isthmus.readers.tables import ExpectedColumn, read_table
from isthmus.study.registry import STATIONS
from isthmus.study.section import Parts, columns, declared_tables, from_parts
from isthmus.study.station import Findings, Station

FILE, FORMAT = "findings.json", 2
_FLAGS = {"true": True, "false": False}


def read_findings(folder: Path, stations: Sequence[Station[Any]] = STATIONS) -> Findings:
    """Return the sections of a run by station name, in the order of the flow.

    Raises
    ------
    BadInputError
        If the folder holds no finished run of this version, or a fact or table is missing or was changed beyond reading.
    """
    path = folder / FILE
    if not path.is_file():
        raise BadInputError(
            str(folder),
            f"holds no {FILE}",
            allowed="the folder of a finished run",
            remedy="run `isthmus run STUDY --out DIR` first",
        )
    known = {station.name: station for station in stations}
    try:
        content = json.loads(path.read_text("utf-8"))
        if content["format"] != FORMAT:
            raise ValueError(f"format {content['format']}")
        facts = {known[name]: dict(part) for name, part in content["sections"].items()}
        skipped = tuple(map(str, content["skipped"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInputError(
            str(path),
            f"is not as this version writes it ({error})",
            allowed="the file of a finished run",
            remedy="run the study again",
        ) from error
    sections = {
        station.name: from_parts(station.section, Parts(part, _tables(folder, station)))
        for station, part in facts.items()
    }
    return Findings(sections, skipped)


def _tables(folder: Path, station: Station[Any]) -> dict[str, pd.DataFrame]:
    found = {}
    for name, (row, _) in declared_tables(station.section).items():
        kinds = {column.name: column.kind for column in columns(row)}
        open_flags = [column.name for column in columns(row) if column.optional and column.kind == "flag"]
        expected = kinds | dict.fromkeys(open_flags, ExpectedColumn(allowed=[*_FLAGS, ""]))
        try:
            read = read_table(folder / "tables" / f"{name}.csv", expected).frame
        except BadInputError as error:
            remedy = f"run the study again if another version wrote it; else {error.remedy}"
            raise BadInputError(error.where, error.problem, allowed=error.allowed, remedy=remedy) from error
        read = read.assign(**{flag: read[flag].map(_FLAGS) for flag in open_flags})
        found[name] = read[list(kinds)].reset_index(drop=True)
    return found
