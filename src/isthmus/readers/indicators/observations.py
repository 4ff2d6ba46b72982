"""Read observations: the product's own CSV with provenance, or SDMX-CSV 1.0, 2.0 and 2.1 as statistics offices serve it."""

import math
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from isthmus.core.errors import BadInputError
from isthmus.core.provenance import Status
from isthmus.readers.tables import ReadTable, read_table, read_text
from isthmus.study.section import CellKind
from isthmus.tracking.indicator import Observation

_REQUIRED: dict[str, CellKind] = {
    "indicator": "text",
    "year": "whole",
    "value": "number",
    "unit": "text",
    "source": "text",
}

_OPTIONAL: dict[str, CellKind] = {
    "break": "flag", "comparable": "text", "partner": "text", "producer": "text", "title": "text", "address": "text",
    "date": "text", "licence": "text", "processing": "text", "status": "text",
}  # fmt: skip

_TEXTS = ("source", "producer", "title", "address", "date", "licence", "processing", "partner")

_INDICATOR = ("INDICATOR", "SERIES", "INDICATOR_ID")
_UNIT = ("UNIT_MEASURE", "UNIT")
_AREA = ("REF_AREA", "GEO", "AREA", "COUNTRY")
_SOURCE = ("SOURCE_DETAIL", "SOURCE", "DATA_SOURCE")
_NOT_A_KEY = {
    "DATAFLOW", "STRUCTURE", "STRUCTURE_ID", "ACTION", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "UNIT_MULT", "FREQ", "DECIMALS",
    "COMMENT_OBS", "COMMENT_TS", "CONF_STATUS", "TIME_FORMAT", "COLLECTION", "TITLE",
}  # fmt: skip


@dataclass(frozen=True)
class Observed:
    """Observations as read, with the format they came in and the number of rows without a value."""

    points: tuple[Observation, ...]
    form: str
    empty: int


def read_observations(path: Path) -> Observed:
    """Return the observations of a file.

    Parameters
    ----------
    path
        CSV with the columns indicator, year, value, unit, source, break (and the provenance columns producer, title,
        address, date, licence, processing, status, comparable, partner), or SDMX-CSV 1.0, 2.0 or 2.1 with yearly periods.

    Raises
    ------
    BadInputError
        For a missing column, an unreadable cell, or SDMX-CSV whose series cannot be told apart by their indicator.
    """
    head = read_text(path).lstrip("\ufeff").split("\n", 1)[0]
    names = {name.strip().strip('"').split(":")[0] for name in head.replace(";", ",").split(",")}
    if "DATAFLOW" in names or {"STRUCTURE", "STRUCTURE_ID"} <= names:
        return _from_sdmx(path)
    table = read_table(path, _REQUIRED, _OPTIONAL)
    filled = table.frame["value"].notna().to_numpy()
    points = tuple(_observation(table, i) for i in range(len(table.frame)) if filled[i])
    return Observed(points, table.dialect or "CSV", int((~filled).sum()))


def _observation(table: ReadTable, position: int) -> Observation:
    row = table.frame.iloc[position]
    where = table.row(position)
    if pd.isna(row["year"]) or not row["indicator"]:
        raise BadInputError(
            where, "indicator or year is empty", allowed="an indicator and a year", remedy="fill the cells"
        )
    status = str(row.get("status", "")) or Status.UNVERIFIED.value
    if status not in tuple(Status):
        raise BadInputError(
            f"{where}, column status", f"found {status!r}", allowed=", ".join(Status), remedy="correct the cell"
        )
    comparable = str(row.get("comparable", "")).lower()
    if comparable not in ("", "true", "false"):
        raise BadInputError(
            f"{where}, column comparable",
            f"found {comparable!r}",
            allowed="true, false or empty",
            remedy="correct the cell",
        )
    if not math.isfinite(row["value"]):
        raise BadInputError(
            f"{where}, column value",
            f"found {row['value']}",
            allowed="a finite number or empty",
            remedy="correct the cell",
        )
    texts = {name: str(row.get(name, "")) for name in _TEXTS}
    return Observation(
        indicator=str(row["indicator"]), year=int(row["year"]), value=float(row["value"]), unit=str(row["unit"]),
        breaks=bool(row.get("break", False)), comparable=comparable != "false", status=Status(status), row=where, **texts,
    )  # fmt: skip


def _from_sdmx(path: Path) -> Observed:
    """Read SDMX-CSV through pysdmx; a new series key within one indicator is refused, not merged."""
    from pysdmx.errors import Invalid
    from pysdmx.io import read_sdmx

    text = read_text(path).lstrip("\ufeff")
    try:
        with warnings.catch_warnings():
            for quiet in (DeprecationWarning, pd.errors.DtypeWarning):
                warnings.simplefilter("ignore", quiet)
            message = read_sdmx(text)
    except (Invalid, ValueError, KeyError) as error:
        raise BadInputError(
            path.name,
            f"SDMX-CSV cannot be read ({error})",
            allowed="SDMX-CSV 1.0, 2.0 or 2.1",
            remedy="download it again",
        ) from error
    points: list[Observation] = []
    empty = 0
    datasets: Any = message.data or []
    for dataset in datasets:
        frame = dataset.data.astype(str)
        structure = dataset.structure if isinstance(dataset.structure, str) else dataset.structure.short_urn
        found, without = _sdmx_points(path, frame, structure.split("=")[-1])
        points += found
        empty += without
    return Observed(tuple(points), "SDMX-CSV", empty)


def _sdmx_points(path: Path, frame: pd.DataFrame, flow: str) -> tuple[list[Observation], int]:
    indicator = _column(path, frame, _INDICATOR, "INDICATOR")
    unit = next((name for name in _UNIT if name in frame), "")
    area = next((name for name in _AREA if name in frame), "")
    source = next((name for name in _SOURCE if name in frame), "")
    _column(path, frame, ("TIME_PERIOD",), "TIME_PERIOD")
    _column(path, frame, ("OBS_VALUE",), "OBS_VALUE")
    _require_one_key(path, frame, [name for name in (indicator, area) if name], {unit, source, ""})
    points, empty = [], 0
    for position, row in enumerate(frame.to_dict("records"), start=2):
        where = f"{path.name}, row {position}"
        if row["OBS_VALUE"] in ("", "NaN", "nan", "<NA>", "None"):
            empty += 1
            continue
        points.append(_sdmx_point(row, where, indicator, unit, area, source, flow))
    return points, empty


def _sdmx_point(
    row: dict[Any, Any], where: str, indicator: str, unit: str, area: str, source: str, flow: str
) -> Observation:
    period = str(row["TIME_PERIOD"])
    if not (len(period) == len("2025") and period.isdigit()):
        raise BadInputError(
            f"{where}, column TIME_PERIOD",
            f"found {period!r}",
            allowed="years, as 2025",
            remedy="export yearly data (FREQ A)",
        )
    try:
        value = float(row["OBS_VALUE"]) * 10.0 ** float(row.get("UNIT_MULT") or 0)
        if not math.isfinite(value):
            raise ValueError(value)
    except ValueError as error:
        raise BadInputError(
            f"{where}, column OBS_VALUE",
            f"found {row['OBS_VALUE']!r}",
            allowed="a number or empty",
            remedy="correct the cell",
        ) from error
    flag = str(row.get("OBS_STATUS") or "")
    notes = [str(row.get("COMMENT_OBS") or ""), f"OBS_STATUS {flag}" if flag not in ("", "A", "nan") else ""]
    return Observation(
        indicator=str(row[indicator]), year=int(period), value=value, unit=str(row[unit]) if unit else "",
        source=str(row[source]) if source else flow, breaks=flag == "B", partner=str(row[area]) if area else "",
        producer=flow.split(":")[0], title=flow, processing="; ".join(note for note in notes if note), status=Status.QUOTED,
        row=where,
    )  # fmt: skip


def _column(path: Path, frame: pd.DataFrame, names: tuple[str, ...], needed: str) -> str:
    found = next((name for name in names if name in frame), None)
    if found is None:
        raise BadInputError(
            f"{path.name}, header",
            f"SDMX-CSV has no column {needed} (found: {', '.join(map(str, frame.columns))})",
            allowed=", ".join(names),
            remedy=f"rename the column that names the indicator to {needed}",
        )
    return found


def _require_one_key(path: Path, frame: pd.DataFrame, key: list[str], aside: set[str]) -> None:
    """Raise where another dimension takes several values within one indicator, so that years would repeat."""
    others = [str(name) for name in frame if name not in _NOT_A_KEY and name not in key and name not in aside]
    repeated = frame.duplicated([*key, "TIME_PERIOD"], keep=False)
    if repeated.any():
        varied = [
            name for name in others if frame.loc[repeated].groupby([*key, "TIME_PERIOD"])[name].nunique().max() > 1
        ]
        if varied:
            raise BadInputError(
                path.name,
                f"{int(repeated.sum())} rows share indicator and year but differ in {', '.join(varied)}",
                allowed="one series an indicator",
                remedy="filter the file to one value of these dimensions",
            )
